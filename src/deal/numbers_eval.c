/*
 * What a package is worth in a model, and whether it is allowed and accepted: the simple way, one
 * package at a time. Engines are faster; this is what they are checked against.
 */
#include "deal/numbers_internal.h"

bool nm_binds(const nm_view *view, const nm_table *table)
{
    if (table->ok == NULL) {
        return false;
    }
    bool binds = table->red_line_of < 0;
    for (uint32_t i = 0; i < view->k && view->acceptable && !binds; i++) {
        binds = view->who[i] == (uint32_t)table->red_line_of;
    }
    return binds;
}

bool nm_total(const nm_model *m, parley_count *out)
{
    *out = parley_count_of(1);
    for (uint32_t j = 0; j < m->n; j++) {
        parley_count size = parley_count_of(m->size[j]);
        if (!parley_count_mul(out, out, &size)) {
            return false;
        }
    }
    return true;
}

uint64_t nm_total_most(const nm_model *m, uint64_t most)
{
    uint64_t total = 1;
    for (uint32_t j = 0; j < m->n; j++) {
        if (total > most / m->size[j]) {
            return most + 1;
        }
        total *= m->size[j];
    }
    return total;
}

uint32_t nm_entry(const nm_model *m, const nm_table *t, const uint32_t *package)
{
    uint32_t entry = 0;
    for (uint32_t k = 0; k < t->vars; k++) {
        entry = entry * m->size[t->var[k]] + package[t->var[k]];
    }
    return entry;
}

static bool is_inside(const nm_side *side, const uint32_t *package)
{
    uint32_t v = package[side->var];
    return (side->inside[v / 64] >> (v % 64) & 1) != 0;
}

static bool box_counts(const nm_box *box, const uint32_t *package)
{
    for (uint32_t s = 0; s < box->where_count; s++) {
        if (!is_inside(&box->where[s], package)) {
            return false;
        }
    }
    bool out = box->outside_count == 0;
    for (uint32_t s = 0; s < box->outside_count && !out; s++) {
        out = !is_inside(&box->outside[s], package);
    }
    return out;
}

/* Boxes and groups, added to out. scratch: what each group has so far. */
static void add_boxes(const nm_model *m, const uint32_t *package, nm_num *scratch, nm_num *out)
{
    for (uint32_t b = 0; b < m->boxes; b++) {
        scratch[b] = 0;
    }
    for (uint32_t b = 0; b < m->boxes; b++) {
        const nm_box *box = &m->box[b];
        nm_num value = box->take != PARLEY_TAKE_BOX ? scratch[b]
                       : box_counts(box, package)   ? box->add
                                                    : 0;
        if (box->parent < 0) {
            out[box->party] += value;
            continue;
        }
        const nm_box *group = &m->box[box->parent];
        nm_num *have = &scratch[box->parent];
        /* the first member is the one before which nothing of the group was seen */
        bool first = true;
        for (uint32_t a = b; a-- > 0 && first && group->take != PARLEY_TAKE_SUM;) {
            first = m->box[a].parent != box->parent;
        }
        if (group->take == PARLEY_TAKE_SUM) {
            *have += value;
        } else if (first || (group->take == PARLEY_TAKE_MAX ? value > *have : value < *have)) {
            *have = value;
        }
    }
}

void nm_worth(const nm_model *m, const uint32_t *package, nm_num *scratch, nm_num *out)
{
    nm_worth_uncapped(m, package, scratch, out);
    for (uint32_t i = 0; i < m->k; i++) {
        out[i] = m->capped[i] && out[i] > m->cap[i] ? m->cap[i] : out[i];
    }
}

void nm_worth_uncapped(const nm_model *m, const uint32_t *package, nm_num *scratch, nm_num *out)
{
    for (uint32_t i = 0; i < m->k; i++) {
        out[i] = m->base[i];
    }
    for (uint32_t j = 0; j < m->n; j++) {
        const nm_num *v = nm_value(m, j, package[j]);
        for (uint32_t i = 0; i < m->k; i++) {
            out[i] += v[i];
        }
    }
    for (uint32_t t = 0; t < m->tables; t++) {
        const nm_num *add = m->table[t].add;
        if (add != NULL) {
            add += (size_t)nm_entry(m, &m->table[t], package) * m->k;
            for (uint32_t i = 0; i < m->k; i++) {
                out[i] += add[i];
            }
        }
    }
    add_boxes(m, package, scratch, out);
}

bool nm_feasible(const nm_model *m, const uint32_t *package)
{
    for (uint32_t t = 0; t < m->tables; t++) {
        const nm_table *table = &m->table[t];
        if (table->ok != NULL && table->red_line_of < 0 &&
            !table->ok[nm_entry(m, table, package)]) {
            return false;
        }
    }
    return true;
}

bool nm_crosses(const nm_model *m, uint32_t party, const uint32_t *package)
{
    for (uint32_t t = 0; t < m->tables; t++) {
        const nm_table *table = &m->table[t];
        if (table->ok != NULL && table->red_line_of == (int32_t)party &&
            !table->ok[nm_entry(m, table, package)]) {
            return true;
        }
    }
    return false;
}

bool nm_accepts(const nm_model *m, uint32_t party, nm_num worth, const uint32_t *package)
{
    return (m->strict ? worth > m->without[party] : worth >= m->without[party]) &&
           !nm_crosses(m, party, package);
}

nm_unum nm_reach(const nm_model *m)
{
    nm_unum reach = 0;
    for (uint32_t i = 0; i < m->k; i++) {
        nm_num base = m->base[i];
        nm_unum sum = (nm_unum)(base < 0 ? -base : base);
        for (uint32_t j = 0; j < m->n; j++) {
            nm_unum most = 0;
            for (uint32_t o = 0; o < m->size[j]; o++) {
                nm_num v = nm_value(m, j, o)[i];
                nm_unum a = (nm_unum)(v < 0 ? -v : v);
                most = a > most ? a : most;
            }
            sum += most;
        }
        for (uint32_t b = 0; b < m->boxes; b++) {
            nm_num v = m->box[b].party == i ? m->box[b].add : 0;
            sum += (nm_unum)(v < 0 ? -v : v);
        }
        for (uint32_t t = 0; t < m->tables; t++) {
            nm_unum most = 0;
            for (uint32_t e = 0; m->table[t].add != NULL && e < m->table[t].entries; e++) {
                nm_num v = m->table[t].add[(size_t)e * m->k + i];
                nm_unum a = (nm_unum)(v < 0 ? -v : v);
                most = a > most ? a : most;
            }
            sum += most;
        }
        reach = sum > reach ? sum : reach;
    }
    return reach;
}
