/*
 * The set-up of numbers_search.inc.h, which includes it: cells of values that nothing tells apart,
 * what each value kills, boxes and tables as the search uses them, and the order of the issues.
 */
/* Is value a of a variable in no box, and worth no more, than value b? Tables: only when equal. */
static bool covers(const search *s, uint32_t var, uint32_t b, uint32_t a)
{
    const nm_num *va = nm_value(s->m, var, a);
    const nm_num *vb = nm_value(s->m, var, b);
    for (uint32_t i = 0; i < s->k; i++) {
        if (vb[s->view->who[i]] < va[s->view->who[i]]) {
            return false;
        }
    }
    if (s->tables_of[var] > 0) {
        return false;
    }
    for (uint32_t q = 0; q < s->uses[var]; q++) {
        const side_use *use = &s->use[var][q];
        bool in_a = (use->inside[a / 64] >> (a % 64) & 1) != 0;
        bool in_b = (use->inside[b / 64] >> (b % 64) & 1) != 0;
        if (in_a != in_b) {
            return false;
        }
    }
    /* whatever kills b's boxes must be killed by a too: lists ascend */
    const uint32_t *ka = s->kill[var][a];
    const uint32_t *kb = s->kill[var][b];
    uint32_t x = 0;
    for (uint32_t q = 0; q < s->kills[var][b]; q++) {
        while (x < s->kills[var][a] && ka[x] < kb[q]) {
            x++;
        }
        if (x == s->kills[var][a] || ka[x] != kb[q]) {
            return false;
        }
    }
    return true;
}

static bool make_cells(search *s, level *l)
{
    uint32_t size = s->m->size[l->var];
    uint32_t *all = parley_arena_array(s->arena, size, sizeof(*all));
    l->cell = parley_arena_array(s->arena, size, sizeof(*l->cell));
    if (all == NULL || l->cell == NULL) {
        return false;
    }
    uint32_t n = 0;
    for (uint32_t v = 0; v < size; v++) {
        bool goes = false;
        for (uint32_t q = 0; q < n && !goes && !s->count; q++) {
            goes = covers(s, l->var, all[q], v);
        }
        if (goes) {
            continue;
        }
        uint32_t kept = 0;
        for (uint32_t q = 0; q < n; q++) {
            if (s->count || !covers(s, l->var, v, all[q])) {
                all[kept++] = all[q];
            }
        }
        n = kept;
        all[n++] = v;
    }
    memcpy(l->cell, all, n * sizeof(*all));
    l->all = all;
    l->all_cells = l->cells = n;
    l->place = parley_arena_array(s->arena, n, sizeof(*l->place));
    l->bound = parley_arena_array(s->arena, (size_t)n * s->k, sizeof(*l->bound));
    return l->place != NULL && l->bound != NULL;
}

static uint32_t party_in(const nm_view *view, uint32_t party)
{
    for (uint32_t i = 0; i < view->k; i++) {
        if (view->who[i] == party) {
            return i;
        }
    }
    return UINT32_MAX;
}

/* For each value of each variable the simple boxes that it kills, ascending. */
static bool make_kills(search *s)
{
    const nm_model *m = s->m;
    s->kill = parley_arena_array(s->arena, m->n, sizeof(*s->kill));
    s->kills = parley_arena_array(s->arena, m->n, sizeof(*s->kills));
    s->touched = parley_arena_array(s->arena, m->n, sizeof(*s->touched));
    if (s->kill == NULL || s->kills == NULL || s->touched == NULL) {
        return false;
    }
    for (uint32_t j = 0; j < m->n; j++) {
        s->kill[j] = parley_arena_array(s->arena, m->size[j], sizeof(**s->kill));
        s->kills[j] = parley_arena_array(s->arena, m->size[j], sizeof(**s->kills));
        if (s->kill[j] == NULL || s->kills[j] == NULL) {
            return false;
        }
    }
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t j = 0; j < m->n && pass == 1; j++) {
            for (uint32_t v = 0; v < m->size[j]; v++) {
                s->kill[j][v] = parley_arena_array(s->arena, s->kills[j][v], sizeof(uint32_t));
                if (s->kill[j][v] == NULL) {
                    return false;
                }
                s->kills[j][v] = 0;
            }
        }
        for (uint32_t b = 0; b < m->boxes; b++) {
            const nm_box *box = &m->box[b];
            bool counts =
                s->box[b].simple && s->box[b].party != UINT32_MAX && box->take == PARLEY_TAKE_BOX;
            for (uint32_t q = 0; q < box->where_count && counts; q++) {
                uint32_t j = box->where[q].var;
                for (uint32_t v = 0; v < m->size[j]; v++) {
                    if ((box->where[q].inside[v / 64] >> (v % 64) & 1) == 0) {
                        if (pass == 1) {
                            s->kill[j][v][s->kills[j][v]] = b;
                        }
                        s->kills[j][v]++;
                    }
                }
            }
        }
    }
    return true;
}

static bool make_boxes(search *s)
{
    const nm_model *m = s->m;
    s->box = parley_arena_array(s->arena, m->boxes, sizeof(*s->box));
    s->scratch = parley_arena_array(s->arena, m->boxes, sizeof(*s->scratch));
    s->use = parley_arena_array(s->arena, m->n, sizeof(*s->use));
    s->uses = parley_arena_array(s->arena, m->n, sizeof(*s->uses));
    bool *seen = parley_arena_array(s->arena, m->boxes, sizeof(*seen));
    s->first = parley_arena_array(s->arena, m->boxes, sizeof(*s->first));
    if (s->box == NULL || s->scratch == NULL || s->use == NULL || s->uses == NULL ||
        s->first == NULL || seen == NULL) {
        return false;
    }
    for (uint32_t b = m->boxes; b-- > 0;) { /* groups before their members */
        const nm_box *from = &m->box[b];
        live_box *to = &s->box[b];
        *to = (live_box){.party = party_in(s->view, from->party),
                         .add = (num)from->add,
                         .has_outside = from->outside_count > 0,
                         .where_left = from->where_count,
                         .out_left = from->outside_count};
        bool choice = from->take == PARLEY_TAKE_MIN || from->take == PARLEY_TAKE_MAX;
        to->deep =
            to->party != UINT32_MAX && (choice || (from->parent >= 0 && s->box[from->parent].deep));
        to->simple = !to->deep && from->add >= 0 && from->outside_count == 0;
        s->groups = s->groups || to->deep;
        if (to->party == UINT32_MAX || from->take != PARLEY_TAKE_BOX || to->simple) {
            continue;
        }
        for (int outside = 0; outside < 2; outside++) {
            const nm_side *side = outside ? from->outside : from->where;
            for (uint32_t q = 0; q < (outside ? from->outside_count : from->where_count); q++) {
                s->uses[side[q].var]++;
            }
        }
    }
    for (uint32_t j = 0; j < m->n; j++) {
        s->use[j] = parley_arena_array(s->arena, s->uses[j], sizeof(**s->use));
        if (s->use[j] == NULL) {
            return false;
        }
        s->uses[j] = 0;
    }
    if (!make_kills(s)) {
        return false;
    }
    for (uint32_t b = 0; b < m->boxes; b++) {
        const nm_box *from = &m->box[b];
        if (from->parent >= 0 && !seen[from->parent]) {
            s->first[b] = seen[from->parent] = true;
        }
        if (s->box[b].party == UINT32_MAX || from->take != PARLEY_TAKE_BOX) {
            continue;
        }
        for (int outside = 0; outside < 2; outside++) {
            const nm_side *side = outside ? from->outside : from->where;
            for (uint32_t q = 0; q < (outside ? from->outside_count : from->where_count); q++) {
                uint32_t j = side[q].var;
                double add = (double)from->add / (double)m->unit[from->party];
                s->touched[j] += add < 0 ? -add : add;
                if (s->box[b].simple) {
                    continue;
                }
                s->use[j][s->uses[j]++] = (side_use){b, outside != 0, side[q].inside};
            }
        }
    }
    return true;
}

static bool make_tables(search *s)
{
    const nm_model *m = s->m;
    s->table_left = parley_arena_array(s->arena, m->tables, sizeof(*s->table_left));
    s->table_best = parley_arena_array(s->arena, (size_t)m->tables * s->k, sizeof(*s->table_best));
    s->table_of = parley_arena_array(s->arena, m->n, sizeof(*s->table_of));
    s->tables_of = parley_arena_array(s->arena, m->n, sizeof(*s->tables_of));
    if (s->table_left == NULL || s->table_best == NULL || s->table_of == NULL ||
        s->tables_of == NULL) {
        return false;
    }
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t j = 0; j < m->n; j++) {
            if (pass == 1) {
                s->table_of[j] = parley_arena_array(s->arena, s->tables_of[j], sizeof(uint32_t));
                if (s->table_of[j] == NULL) {
                    return false;
                }
                s->tables_of[j] = 0;
            }
        }
        for (uint32_t t = 0; t < m->tables; t++) {
            const nm_table *table = &m->table[t];
            if (table->add == NULL && !nm_binds(s->view, table)) {
                continue;
            }
            s->table_left[t] = table->vars;
            for (uint32_t q = 0; q < table->vars; q++) {
                uint32_t j = table->var[q];
                if (pass == 1) {
                    s->table_of[j][s->tables_of[j]] = t;
                }
                s->tables_of[j]++;
            }
            bool some = false;
            for (uint32_t e = 0; table->add != NULL && e < table->entries; e++) {
                if (nm_binds(s->view, table) && !table->ok[e]) {
                    continue;
                }
                for (uint32_t i = 0; i < s->k; i++) {
                    num add = (num)table->add[(size_t)e * m->k + s->view->who[i]];
                    num *best = &s->table_best[(size_t)t * s->k + i];
                    *best = !some || add > *best ? add : *best;
                }
                some = true;
            }
        }
    }
    return true;
}

typedef struct weighed {
    double weight;
    uint32_t var;
} weighed;

static int by_weight(const void *pa, const void *pb)
{
    const weighed *a = pa;
    const weighed *b = pb;
    return a->weight != b->weight ? (a->weight < b->weight) - (a->weight > b->weight)
                                  : (a->var > b->var) - (a->var < b->var);
}

static bool make_levels(search *s)
{
    const nm_model *m = s->m;
    weighed *order = parley_arena_array(s->arena, m->n, sizeof(*order));
    s->at = parley_arena_array(s->arena, m->n, sizeof(*s->at));
    s->pkg = parley_arena_array(s->arena, m->n, sizeof(*s->pkg));
    s->bound = parley_arena_array(s->arena, (size_t)(m->n + 1) * s->k, sizeof(*s->bound));
    s->trial = parley_arena_array(s->arena, s->k, sizeof(*s->trial));
    s->grouped = parley_arena_array(s->arena, s->k, sizeof(*s->grouped));
    s->sink = parley_arena_array(s->arena, s->k, sizeof(*s->sink));
    s->scale = parley_arena_array(s->arena, s->k, sizeof(*s->scale));
    s->best = parley_arena_array(s->arena, (size_t)m->n * s->k, sizeof(*s->best));
    if (order == NULL || s->at == NULL || s->pkg == NULL || s->bound == NULL || s->trial == NULL ||
        s->grouped == NULL || s->sink == NULL || s->scale == NULL || s->best == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < s->k; i++) {
        s->bound[i] = (num)m->base[s->view->who[i]];
        s->scale[i] = 1.0 / (double)m->unit[s->view->who[i]];
    }
    for (uint32_t j = 0; j < m->n; j++) {
        order[j] = (weighed){0.0, j};
        for (uint32_t i = 0; i < s->k; i++) {
            num low = (num)nm_value(m, j, 0)[s->view->who[i]];
            num high = low;
            for (uint32_t v = 1; v < m->size[j]; v++) {
                num value = (num)nm_value(m, j, v)[s->view->who[i]];
                low = value < low ? value : low;
                high = value > high ? value : high;
            }
            s->best[(size_t)j * s->k + i] = high;
            s->bound[i] += high;
            order[j].weight += (double)(high - low) * s->scale[i];
        }
        order[j].weight += s->touched[j];
    }
    for (uint32_t t = 0; t < m->tables; t++) {
        for (uint32_t i = 0; i < s->k; i++) {
            s->bound[i] += s->table_best[(size_t)t * s->k + i];
        }
    }
    for (uint32_t b = 0; b < m->boxes; b++) {
        if (s->box[b].party != UINT32_MAX && !s->box[b].deep && m->box[b].take == PARLEY_TAKE_BOX) {
            s->bound[s->box[b].party] += optimistic(&s->box[b]);
        }
    }
    qsort(order, m->n, sizeof(*order), by_weight);
    for (uint32_t d = 0; d < m->n; d++) {
        s->at[d].var = order[d].var;
        if (!make_cells(s, &s->at[d])) {
            return false;
        }
    }
    return true;
}

static bool impossible(const nm_view *view)
{
    for (uint32_t t = 0; t < view->m->tables; t++) {
        const nm_table *table = &view->m->table[t];
        if (table->vars == 0 && nm_binds(view, table) && !table->ok[0]) {
            return true;
        }
    }
    return false;
}
