/*
 * Exact frontiers by depth-first branch and bound over the issues: for boxes, and for spaces small
 * enough to be walked through.
 *
 * A node has a bound for each party: what is decided, the best of each open issue and table, and
 * the boxes that may still count (an outside box, and one below zero, counts in the bound only when
 * that is certain). A node whose bound a found package reaches is cut; with counting, only when it
 * is truly better, so that every package of a frontier point is met. Values of an issue that no box
 * and no score tells apart are one; one that is in fewer boxes and worth no more than another goes.
 * The order of the issues is by the boxes that touch them, that of the values by what they lose.
 *
 * Included by numbers_search.c with 128-bit numbers and by numbers_search64.c with 64-bit numbers,
 * under the names NM_SEARCH_NUM and NM_SEARCH_NAME; no guard on purpose.
 */
#include "deal/numbers_search.h"

typedef NM_SEARCH_NUM num;

#include <stdlib.h>
#include <string.h>

typedef struct side_use {
    uint32_t box; /* index into state->box */
    bool outside;
    const uint64_t *inside;
} side_use;

/*
 * A box while the search runs. Simple boxes (a value above 0, no outside, in no group of least or
 * greatest) only ever die: each value of an issue has the list of those that it kills. Members of
 * min and max groups are marked deep.
 */
typedef struct live_box {
    uint32_t party; /* of the view */
    num add;
    bool deep;
    bool simple;
    bool has_outside;
    uint32_t where_left;
    uint32_t broken; /* sides of where that do not hold */
    uint32_t out_left;
    uint32_t out_hit;
} live_box;

typedef struct level {
    uint32_t var;
    uint32_t cells;
    uint32_t *cell;      /* values, in the order in which they are tried */
    num *bound;          /* what each leaves; place[q] tells where for cell[q] */
    const uint32_t *all; /* those that are looked at */
    uint32_t *place;     /* of each in `bound` */
    uint32_t all_cells;
    uint32_t next;
    bool entered; /* the value at next - 1 is set */
} level;

typedef struct search {
    parley_ctx *ctx;
    parley_arena *arena;
    const nm_view *view;
    const nm_model *m;
    bool count;
    uint32_t k;
    live_box *box; /* by box of the model; those of other parties are never used */
    num *scratch;
    side_use **use; /* by variable: sides of boxes that are not simple */
    uint32_t *uses;
    uint32_t ***kill; /* by variable and value: simple boxes that die */
    uint32_t **kills;
    double *touched;      /* by variable: what those boxes count */
    bool *first;          /* by box: the first member of its group */
    bool groups;          /* min and max groups are there */
    num *best;            /* by variable and party: the best value */
    num *table_best;      /* by table and party */
    uint32_t *table_left; /* variables of a table that are open */
    uint32_t **table_of;  /* by variable: tables */
    uint32_t *tables_of;
    level *at;
    uint32_t *pkg;
    num *bound; /* by depth and party */
    num *trial;
    num *sink;     /* bounds that are known already are counted here */
    num *grouped;  /* a bound with the groups' part */
    double *scale; /* by party */
    /* what was found */
    num *found_u;
    uint32_t *found_pkg;
    uint64_t *found_count;
    uint32_t found, found_room;
    uint64_t nodes;
    uint64_t nodes_most;
} search;

/* ------------------------------------------------------------------ archive */

typedef enum verdict { NEW_POINT, BEATEN, SAME } verdict;

/* Is a vector beaten by a found point? For k == 2 points are sorted by the first, greatest first.
 */
static verdict look_up(search *s, const num *u)
{
    const uint32_t k = s->k;
    if (k == 2) {
        uint32_t low = 0;
        uint32_t high = s->found;
        while (low < high) { /* first with u0 < u[0] */
            uint32_t mid = (low + high) / 2;
            if (s->found_u[2 * mid] >= u[0]) {
                low = mid + 1;
            } else {
                high = mid;
            }
        }
        if (low == 0 || s->found_u[2 * (low - 1) + 1] < u[1]) {
            return NEW_POINT;
        }
        const num *w = &s->found_u[2 * (low - 1)];
        return w[0] == u[0] && w[1] == u[1] ? SAME : BEATEN;
    }
    for (uint32_t p = s->found; p-- > 0;) {
        const num *w = &s->found_u[(size_t)p * k];
        uint32_t i = 0;
        while (i < k && w[i] >= u[i]) {
            i++;
        }
        if (i == k) {
            return memcmp(w, u, k * sizeof(*u)) == 0 ? SAME : BEATEN;
        }
    }
    return NEW_POINT;
}

static uint32_t place_of(const search *s, const num *u)
{
    for (uint32_t p = s->found; p-- > 0;) {
        if (memcmp(&s->found_u[(size_t)p * s->k], u, s->k * sizeof(*u)) == 0) {
            return p;
        }
    }
    return s->found;
}

static void take_out(search *s, uint32_t p)
{
    size_t n = s->m->n;
    uint32_t after = s->found - p - 1;
    memmove(&s->found_u[(size_t)p * s->k], &s->found_u[(size_t)(p + 1) * s->k],
            (size_t)after * s->k * sizeof(*s->found_u));
    memmove(&s->found_pkg[p * n], &s->found_pkg[(p + 1) * n],
            (size_t)after * n * sizeof(*s->found_pkg));
    memmove(&s->found_count[p], &s->found_count[p + 1], (size_t)after * sizeof(*s->found_count));
    s->found--;
}

static bool put_in(search *s, const num *u)
{
    size_t n = s->m->n;
    uint32_t k = s->k;
    for (uint32_t p = s->found; p-- > 0;) {
        const num *w = &s->found_u[(size_t)p * k];
        uint32_t i = 0;
        while (i < k && u[i] >= w[i]) {
            i++;
        }
        if (i == k) {
            take_out(s, p);
        }
    }
    if (s->found == s->found_room) {
        uint32_t room = s->found_room == 0 ? 64 : s->found_room * 2;
        num *us = parley_arena_grow(s->arena, s->found_u, (size_t)s->found * k * sizeof(*us),
                                    (size_t)room * k * sizeof(*us));
        uint32_t *packages = parley_arena_grow(
            s->arena, s->found_pkg, s->found * n * sizeof(*packages), room * n * sizeof(*packages));
        uint64_t *counts = parley_arena_grow(s->arena, s->found_count, s->found * sizeof(*counts),
                                             room * sizeof(*counts));
        if (us == NULL || packages == NULL || counts == NULL) {
            return false;
        }
        s->found_u = us;
        s->found_pkg = packages;
        s->found_count = counts;
        s->found_room = room;
    }
    uint32_t at = s->found;
    while (k == 2 && at > 0 && s->found_u[2 * (at - 1)] < u[0]) {
        at--;
    }
    memmove(&s->found_u[(size_t)(at + 1) * k], &s->found_u[(size_t)at * k],
            (size_t)(s->found - at) * k * sizeof(*u));
    memmove(&s->found_pkg[(at + 1) * n], &s->found_pkg[at * n],
            (s->found - at) * n * sizeof(*s->found_pkg));
    memmove(&s->found_count[at + 1], &s->found_count[at],
            (s->found - at) * sizeof(*s->found_count));
    memcpy(&s->found_u[(size_t)at * k], u, k * sizeof(*u));
    memcpy(&s->found_pkg[at * n], s->pkg, n * sizeof(*s->pkg));
    s->found_count[at] = 1;
    s->found++;
    return true;
}

/* ------------------------------------------------------------------- bounds */

static num optimistic(const live_box *b)
{
    bool possible = b->broken == 0 && (!b->has_outside || b->out_hit > 0 || b->out_left > 0);
    bool certain = b->broken == 0 && b->where_left == 0 && (!b->has_outside || b->out_hit > 0);
    return (b->add > 0 ? possible : certain) ? b->add : 0;
}

/* Boxes of one variable take its value v; bound moves along. back: undo (without a bound). */
static void set_boxes(search *s, uint32_t var, uint32_t v, bool back, num *bound)
{
    const uint32_t *kill = s->kill[var][v];
    for (uint32_t q = 0; q < s->kills[var][v]; q++) {
        live_box *b = &s->box[kill[q]];
        if (back) {
            b->broken--;
        } else if (b->broken++ == 0) {
            bound[b->party] -= b->add;
        }
    }
    for (uint32_t q = 0; q < s->uses[var]; q++) {
        const side_use *use = &s->use[var][q];
        live_box *b = &s->box[use->box];
        bool inside = (use->inside[v / 64] >> (v % 64) & 1) != 0;
        num before = b->deep ? 0 : optimistic(b);
        uint32_t by = back ? UINT32_MAX : 1; /* minus one, or one */
        if (use->outside) {
            b->out_left -= by;
            b->out_hit += inside ? 0 : by;
        } else {
            b->where_left -= by;
            b->broken += inside ? 0 : by;
        }
        if (bound != NULL) {
            bound[b->party] += (b->deep ? 0 : optimistic(b)) - before;
        }
    }
}

/* Min and max groups, from what their members may still count. */
static void add_groups(search *s, num *bound)
{
    const nm_model *m = s->m;
    for (uint32_t b = 0; b < m->boxes; b++) {
        s->scratch[b] = 0;
    }
    /* members stand before their group, first members before the others */
    for (uint32_t b = 0; b < m->boxes; b++) {
        const nm_box *box = &m->box[b];
        if (!s->box[b].deep) {
            continue;
        }
        num value = box->take == PARLEY_TAKE_BOX ? optimistic(&s->box[b]) : s->scratch[b];
        if (box->parent < 0) {
            bound[s->box[b].party] += value;
            continue;
        }
        const nm_box *group = &m->box[box->parent];
        num *have = &s->scratch[box->parent];
        if (!s->box[box->parent].deep) {
            bound[s->box[b].party] += value; /* a sum above: flattened */
        } else if (group->take == PARLEY_TAKE_SUM) {
            *have += value;
        } else if (s->first[b]) {
            *have = value;
        } else if (group->take == PARLEY_TAKE_MAX ? value > *have : value < *have) {
            *have = value;
        }
    }
}

/* A bound with the part of min and max groups, which is worked out anew at each node. */
static const num *with_groups(search *s, const num *bound)
{
    if (!s->groups) {
        return bound;
    }
    memcpy(s->grouped, bound, s->k * sizeof(*bound));
    add_groups(s, s->grouped);
    return s->grouped;
}

/* The bound one level down when var takes v: additive part and tables. false: not allowed. */
static bool descend(search *s, uint32_t var, uint32_t v, const num *from, num *to)
{
    const nm_model *m = s->m;
    const uint32_t *who = s->view->who;
    const nm_num *value = nm_value(m, var, v);
    const num *best = &s->best[(size_t)var * s->k];
    for (uint32_t i = 0; i < s->k; i++) {
        to[i] = from[i] + (num)value[who[i]] - best[i];
    }
    for (uint32_t q = 0; q < s->tables_of[var]; q++) {
        uint32_t t = s->table_of[var][q];
        const nm_table *table = &m->table[t];
        if (s->table_left[t] != 1) {
            continue;
        }
        uint32_t entry = nm_entry(m, table, s->pkg);
        if (nm_binds(s->view, table) && !table->ok[entry]) {
            return false;
        }
        for (uint32_t i = 0; table->add != NULL && i < s->k; i++) {
            to[i] += (num)table->add[(size_t)entry * m->k + who[i]] -
                     s->table_best[(size_t)t * s->k + i];
        }
    }
    return true;
}

/* Is there nothing to be found below a bound? */
static bool cut(search *s, const num *raw)
{
    const nm_model *m = s->m;
    num *u = s->trial;
    for (uint32_t i = 0; i < s->k; i++) {
        uint32_t who = s->view->who[i];
        u[i] = m->capped[who] && raw[i] > m->cap[who] ? (num)m->cap[who] : raw[i];
        if (s->view->acceptable && (m->strict ? u[i] <= m->without[who] : u[i] < m->without[who])) {
            return true;
        }
    }
    verdict v = look_up(s, u);
    return v == BEATEN || (v == SAME && !s->count);
}

/* ------------------------------------------------------------------- search */

static void table_turn(search *s, uint32_t var, bool back)
{
    for (uint32_t q = 0; q < s->tables_of[var]; q++) {
        s->table_left[s->table_of[var][q]] += back ? 1 : UINT32_MAX;
    }
}

typedef struct ordered {
    double loss;
    uint32_t cell;
    uint32_t place; /* where its bound was put */
} ordered;

static int by_loss(const void *pa, const void *pb)
{
    const ordered *a = pa;
    const ordered *b = pb;
    return a->loss != b->loss ? (a->loss > b->loss) - (a->loss < b->loss)
                              : (a->cell > b->cell) - (a->cell < b->cell);
}

/* What is left when var takes v, without taking it. */
static bool look_down(search *s, uint32_t var, uint32_t v, const num *from, num *to)
{
    s->pkg[var] = v;
    if (!descend(s, var, v, from, to)) {
        return false;
    }
    if (s->uses[var] > 0) {
        set_boxes(s, var, v, false, to);
        set_boxes(s, var, v, true, NULL);
        return true;
    }
    const uint32_t *kill = s->kill[var][v];
    for (uint32_t q = 0; q < s->kills[var][v]; q++) {
        const live_box *b = &s->box[kill[q]];
        to[b->party] -= b->broken == 0 ? b->add : 0;
    }
    return true;
}

/* Values of a level with something below them, in the order of what they lose. */
static void order_level(search *s, uint32_t depth, ordered *room)
{
    level *l = &s->at[depth];
    const num *bound = &s->bound[(size_t)depth * s->k];
    uint32_t n = 0;
    l->next = 0;
    l->entered = false;
    if (s->count) {
        l->cells = l->all_cells;
        return;
    }
    for (uint32_t q = 0; q < l->all_cells; q++) {
        num *to = &l->bound[(size_t)n * s->k];
        if (!look_down(s, l->var, l->all[q], bound, to) || (!s->groups && cut(s, to))) {
            continue;
        }
        double loss = 0;
        for (uint32_t i = 0; i < s->k; i++) {
            loss += (double)(bound[i] - to[i]) * s->scale[i];
        }
        room[n] = (ordered){loss, l->all[q], n};
        n++;
    }
    qsort(room, n, sizeof(*room), by_loss);
    for (uint32_t q = 0; q < n; q++) {
        l->cell[q] = room[q].cell;
        l->place[q] = room[q].place;
    }
    l->cells = n;
}

static void leave(search *s, uint32_t depth)
{
    level *l = &s->at[depth];
    if (l->entered) {
        set_boxes(s, l->var, s->pkg[l->var], true, NULL);
        table_turn(s, l->var, true);
        l->entered = false;
    }
}

/* A whole package: its bound is its worth. */
static bool reach_leaf(search *s)
{
    num *u = s->trial; /* cut() left the capped worth there */
    switch (look_up(s, u)) {
    case SAME: {
        uint32_t p = place_of(s, u);
        if (s->count && p < s->found && s->found_count[p] != UINT64_MAX) {
            s->found_count[p]++;
        }
        return true;
    }
    case BEATEN:
        return true;
    case NEW_POINT:
        return put_in(s, u);
    }
    return true;
}

static parley_status walk(search *s, ordered *room, parley_error *err)
{
    const uint32_t n = s->m->n;
    const uint32_t k = s->k;
    uint32_t depth = 0;
    if (cut(s, with_groups(s, s->bound))) {
        return PARLEY_OK;
    }
    if (n == 0) {
        return reach_leaf(s) ? PARLEY_OK : parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    order_level(s, 0, room);
    for (;;) {
        level *l = &s->at[depth];
        leave(s, depth);
        if (l->next == l->cells) {
            if (depth == 0) {
                return PARLEY_OK;
            }
            depth--;
            continue;
        }
        uint32_t v = l->cell[l->next++];
        num *to = &s->bound[(size_t)(depth + 1) * k];
        s->pkg[l->var] = v;
        s->nodes++;
        if (s->nodes % 65536 == 0) {
            if (parley_ctx_cancelled(s->ctx)) {
                return parley_fail(err, PARLEY_CANCELLED, "stopped");
            }
            parley_ctx_progress(s->ctx, "frontier", s->nodes, 0);
            if (s->nodes > s->nodes_most) {
                return parley_fail(err, PARLEY_LIMIT, "the search takes too many steps");
            }
        }
        if (s->count) {
            if (!descend(s, l->var, v, &s->bound[(size_t)depth * k], to)) {
                continue;
            }
        } else {
            const num *left = &l->bound[(size_t)l->place[l->next - 1] * k];
            if (!s->groups && cut(s, left)) {
                continue; /* what was found since the level was opened reaches it */
            }
            memcpy(to, left, k * sizeof(*to));
        }
        set_boxes(s, l->var, v, false, s->count ? to : s->sink);
        table_turn(s, l->var, false);
        l->entered = true;
        if (cut(s, with_groups(s, to))) {
            continue;
        }
        if (depth + 1 == n) {
            if (!reach_leaf(s)) {
                return parley_fail(err, PARLEY_NOMEM, "out of memory for a frontier");
            }
            continue;
        }
        depth++;
        order_level(s, depth, room);
    }
}

/* ------------------------------------------------------------------- set-up */

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

parley_status NM_SEARCH_NAME(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                             const nm_limits *limits, bool count, nm_frontier *out,
                             parley_error *err)
{
    const nm_model *m = view->m;
    search s = {.ctx = ctx,
                .view = view,
                .m = m,
                .count = count,
                .k = view->k,
                .nodes_most = limits->nodes};
    parley_status status = PARLEY_OK;
    uint32_t most = 1;
    *out = (nm_frontier){.status = PARLEY_FRONTIER_EXACT,
                         .method = count ? "walk through all packages" : "branch and bound"};
    s.arena = parley_arena_new(ctx);
    for (uint32_t j = 0; j < m->n; j++) {
        most = m->size[j] > most ? m->size[j] : most;
    }
    ordered *room = s.arena == NULL ? NULL : parley_arena_array(s.arena, most, sizeof(*room));
    if (room == NULL || !make_boxes(&s) || !make_tables(&s) || !make_levels(&s)) {
        status = parley_fail(err, PARLEY_NOMEM, "out of memory for a search");
    } else if (!impossible(view)) {
        status = walk(&s, room, err);
    }
    out->work = s.nodes;
    if (status == PARLEY_OK) {
        out->size = s.found;
        out->u = parley_arena_array(arena, (size_t)s.found * s.k, sizeof(*out->u));
        out->package = parley_arena_array(arena, (size_t)s.found * m->n, sizeof(*out->package));
        out->count = parley_arena_array(arena, s.found, sizeof(*out->count));
        if (out->u == NULL || out->package == NULL || out->count == NULL) {
            status = parley_fail(err, PARLEY_NOMEM, "out of memory for a frontier");
        } else if (s.found > 0) {
            for (size_t q = 0; q < (size_t)s.found * s.k; q++) {
                out->u[q] = s.found_u[q];
            }
            memcpy(out->package, s.found_pkg, (size_t)s.found * m->n * sizeof(*out->package));
            for (uint32_t p = 0; count && p < s.found; p++) {
                out->count[p] = s.found_count[p] == UINT64_MAX ? 0 : s.found_count[p];
            }
            if (!nm_filter(ctx, arena, s.k, m->n, out)) {
                status = parley_fail(err, PARLEY_NOMEM, "out of memory for a frontier");
            }
        }
    }
    if (status != PARLEY_OK) {
        *out = (nm_frontier){.status = PARLEY_FRONTIER_LIMITED, .method = "branch and bound"};
    }
    parley_arena_free(s.arena);
    return status;
}
