/*
 * The set-up of a proof with multipliers: which values of each issue can be best, the steps of the
 * tree, and how much work it may take.
 */
#include "deal/numbers_proof.h"

#include <math.h>
#include <string.h>

static bool in_table(const nm_model *m, uint32_t j)
{
    for (uint32_t t = 0; t < m->tables; t++) {
        for (uint32_t q = 0; q < m->table[t].vars; q++) {
            if (m->table[t].var[q] == j) {
                return true;
            }
        }
    }
    return false;
}

/* Option a of an issue no formula mentions goes when b is worth as much to everybody. */
static bool goes(const nm_view *view, uint32_t j, uint32_t a, uint32_t b)
{
    bool equal = true;
    for (uint32_t i = 0; i < view->k; i++) {
        nm_num va = nm_value(view->m, j, a)[view->who[i]];
        nm_num vb = nm_value(view->m, j, b)[view->who[i]];
        if (vb < va) {
            return false;
        }
        equal = equal && va == vb;
    }
    return !equal || b < a;
}

static bool keep_options(nm_prover *p)
{
    const nm_model *m = p->m;
    uint32_t all = m->n == 0 ? 0 : m->offset[m->n - 1] + m->size[m->n - 1];
    uint32_t most = 1;
    p->kept = parley_arena_array(p->arena, all, sizeof(*p->kept));
    p->first = parley_arena_array(p->arena, m->n, sizeof(*p->first));
    p->count = parley_arena_array(p->arena, m->n, sizeof(*p->count));
    p->value = parley_arena_array(p->arena, m->n, sizeof(*p->value));
    if (p->kept == NULL || p->first == NULL || p->count == NULL || p->value == NULL) {
        return false;
    }
    uint32_t n = 0;
    for (uint32_t j = 0; j < m->n; j++) {
        bool tabled = in_table(m, j);
        p->first[j] = n;
        for (uint32_t v = 0; v < m->size[j]; v++) {
            bool out = false;
            for (uint32_t w = 0; w < m->size[j] && !tabled && !out && m->size[j] <= 2048; w++) {
                out = w != v && goes(p->view, j, v, w);
            }
            if (!out) {
                p->kept[n++] = v;
            }
        }
        p->count[j] = n - p->first[j];
        most = p->count[j] > most ? p->count[j] : most;
        p->value[j] = parley_arena_array(p->arena, (size_t)p->count[j] * p->k, sizeof(double));
        if (p->value[j] == NULL) {
            return false;
        }
        for (uint32_t i = 0; i < p->k; i++) {
            uint32_t who = p->view->who[i];
            double high = -HUGE_VAL;
            double low = HUGE_VAL;
            for (uint32_t o = 0; o < p->count[j]; o++) {
                nm_num exact = nm_value(m, j, p->kept[p->first[j] + o])[who];
                double value = nm_double(exact, m->unit[who]);
                nm_num *best = &p->best[(size_t)j * p->k + i];
                *best = o == 0 || exact > *best ? exact : *best;
                p->value[j][(size_t)i * p->count[j] + o] = value;
                high = fmax(high, value);
                low = fmin(low, value);
            }
            p->size[i] += fmax(fabs(high), fabs(low));
            p->range[i] += high - low;
        }
    }
    p->wide_reduced = parley_arena_array(p->arena, most, sizeof(*p->wide_reduced));
    return p->wide_reduced != NULL;
}

static bool make_steps(nm_prover *p)
{
    const nm_model *m = p->m;
    uint32_t most = 1;
    for (uint32_t j = 0; j < m->n; j++) {
        most = p->count[j] > most ? p->count[j] : most;
    }
    p->at = parley_arena_array(p->arena, m->n + 1, sizeof(*p->at));
    option_loss *order = parley_arena_array(p->arena, (size_t)(m->n + 1) * most, sizeof(*order));
    double *l = parley_arena_array(p->arena, (size_t)(m->n + 1) * p->k * 2, sizeof(*l));
    if (p->at == NULL || order == NULL || l == NULL) {
        return false;
    }
    for (uint32_t d = 0; d <= m->n; d++) {
        p->at[d].order = order + (size_t)d * most;
        p->at[d].l = l + (size_t)d * p->k * 2;
        p->at[d].fixed = p->at[d].l + p->k;
    }
    return true;
}

bool nm_prover_counts(const nm_prover *p, uint32_t t)
{
    return p->m->table[t].vars > 0 &&
           (p->m->table[t].add != NULL || nm_binds(p->view, &p->m->table[t]));
}

/* What the tables add to each party that counts, as floats. */
static bool keep_tables(nm_prover *p)
{
    const nm_model *m = p->m;
    p->table_add = parley_arena_array(p->arena, m->tables, sizeof(*p->table_add));
    for (uint32_t t = 0; t < m->tables && p->table_add != NULL; t++) {
        const nm_table *table = &m->table[t];
        if (table->add == NULL) {
            continue;
        }
        double *to = parley_arena_array(p->arena, (size_t)table->entries * p->k, sizeof(*to));
        if (to == NULL) {
            return false;
        }
        for (uint32_t e = 0; e < table->entries; e++) {
            for (uint32_t i = 0; i < p->k; i++) {
                uint32_t who = p->view->who[i];
                to[(size_t)e * p->k + i] =
                    nm_double(table->add[(size_t)e * m->k + who], m->unit[who]);
            }
        }
        p->table_add[t] = to;
    }
    p->table_most = parley_arena_array(p->arena, m->tables, sizeof(*p->table_most));
    p->joins = parley_arena_array(p->arena, m->n, sizeof(*p->joins));
    uint32_t all = m->n == 0 ? 0 : p->first[m->n - 1] + p->count[m->n - 1];
    p->share = parley_arena_array(p->arena, all, sizeof(*p->share));
    if (p->table_add == NULL || p->table_most == NULL || p->joins == NULL || p->share == NULL) {
        return false;
    }
    for (uint32_t t = 0; t < m->tables; t++) {
        for (uint32_t q = 0; q < m->table[t].vars && nm_prover_counts(p, t); q++) {
            p->joins[m->table[t].var[q]]++;
        }
    }
    return true;
}

bool nm_prover_make(nm_prover *p)
{
    const nm_model *m = p->m;
    p->best = parley_arena_array(p->arena, (size_t)m->n * p->k, sizeof(*p->best));
    p->size = parley_arena_array(p->arena, p->k, sizeof(*p->size));
    p->decided = parley_arena_array(p->arena, m->n, sizeof(*p->decided));
    p->pkg = parley_arena_array(p->arena, m->n, sizeof(*p->pkg));
    p->best_pkg = parley_arena_array(p->arena, m->n, sizeof(*p->best_pkg));
    p->top = parley_arena_array(p->arena, m->n, sizeof(*p->top));
    p->lead = parley_arena_array(p->arena, m->n, sizeof(*p->lead));
    p->table_left = parley_arena_array(p->arena, m->tables, sizeof(*p->table_left));
    p->table_best = parley_arena_array(p->arena, (size_t)m->tables * p->k, sizeof(*p->table_best));
    if (p->best == NULL || p->size == NULL || p->decided == NULL || p->pkg == NULL ||
        p->best_pkg == NULL || p->top == NULL || p->lead == NULL || p->table_left == NULL ||
        p->table_best == NULL || !keep_options(p) || !keep_tables(p) || !make_steps(p)) {
        return false;
    }
    for (uint32_t i = 0; i < p->k; i++) {
        uint32_t who = p->view->who[i];
        p->start[i] = nm_double(m->base[who] - m->without[who], m->unit[who]);
        p->size[i] += fabs(p->start[i]);
        for (uint32_t t = 0; t < m->tables; t++) {
            double most = 0;
            nm_num *best = &p->table_best[(size_t)t * p->k + i];
            bool some = false;
            for (uint32_t e = 0; m->table[t].add != NULL && e < m->table[t].entries; e++) {
                nm_num add = m->table[t].add[(size_t)e * m->k + who];
                most = fmax(most, fabs(nm_double(add, m->unit[who])));
                *best = !some || add > *best ? add : *best;
                some = true;
            }
            p->size[i] += most;
            p->range[i] += most;
        }
    }
    return true;
}

void nm_prover_budget(nm_prover *p, const nm_limits *limits)
{
    double one = 1;
    for (uint32_t j = 0; j < p->m->n; j++) {
        one += (double)p->count[j] * p->k;
    }
    for (uint32_t t = 0; t < p->m->tables; t++) {
        one += p->m->table[t].add == NULL ? 0 : (double)p->m->table[t].entries * p->k;
    }
    double nodes = WORK_MOST / (one * NODE_STEPS);
    p->nodes_most = nodes < 64 ? 64 : (uint64_t)nodes;
    p->nodes_most = p->nodes_most < limits->nodes ? p->nodes_most : limits->nodes;
}
