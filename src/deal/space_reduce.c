/*
 * Reduction of a net before it is counted: restrict the tables to the domains that propagation
 * left, let tables that say nothing vanish, join a table with one over more of the same variables,
 * simplify values and loose ends (space_simplify.c), and cut what is left into components that
 * share no table. Each step keeps the number of packages; the weight of what drops out goes into a
 * factor.
 */
#include "deal/space_internal.h"

#include <string.h>

static parley_status reduce_variables(reducer *r, const uint64_t *domain, uint32_t **value)
{
    for (uint32_t v = 0; v < r->n->variables; v++) {
        const net_variable *x = &r->n->variable[v];
        uint32_t k = 0;
        value[v] = SCRATCH(r->m, uint32_t, x->k);
        r->weight[v] = SCRATCH(r->m, uint32_t, x->k);
        if (value[v] == NULL || r->weight[v] == NULL)
            return question_nomem(r->q);
        for (uint32_t c = 0; c < x->k; c++)
            if (bit_get(domain + x->at, c)) {
                value[v][k] = c;
                r->weight[v][k] = x->weight != NULL ? x->weight[c] : 1;
                k++;
            }
        r->k[v] = k;
    }
    return PARLEY_OK;
}

parley_status reduce_table(reducer *r, const net_table *t, const uint32_t *old_k,
                           uint32_t *const *value, net_table *out, bool *keep)
{
    uint32_t live[SPACE_ARITY], lives = 0;
    size_t stride[SPACE_ARITY], base = 0, step = t->words;
    uint32_t bit = 0;
    for (uint32_t i = 0; i < t->arity; i++) {
        uint32_t v = t->scope[i];
        stride[i] = 0;
        if (i > 0) {
            stride[i] = step;
            step *= old_k[v];
        }
        if (r->k[v] > 1)
            live[lives++] = i;
        else if (i > 0)
            base += stride[i] * value[v][0];
        else
            bit = value[v][0];
    }
    *out = (net_table){.arity = lives, .owner = t->owner};
    *keep = false;
    if (lives == 0) {
        r->empty = r->empty || !bit_get(t->row + base, bit);
        return PARLEY_OK;
    }
    uint32_t v0 = t->scope[live[0]], k0 = r->k[v0];
    size_t rows = 1;
    for (uint32_t i = 1; i < lives; i++)
        rows *= r->k[t->scope[live[i]]];
    out->words = bit_words(k0);
    out->rows = (uint32_t)rows;
    out->scope = SCRATCH(r->m, uint32_t, lives);
    out->row = SCRATCH_ZERO(r->m, uint64_t, rows * out->words);
    if (out->scope == NULL || out->row == NULL)
        return question_nomem(r->q);
    for (uint32_t i = 0; i < lives; i++)
        out->scope[i] = t->scope[live[i]];
    bool same = live[0] == 0 && k0 == old_k[v0] && t->words == 1;
    uint32_t digit[SPACE_ARITY] = {0};
    uint64_t ones = 0;
    for (size_t row = 0; row < rows; row++) {
        const uint64_t *from = t->row + base;
        for (uint32_t i = 1; i < lives; i++)
            from += stride[live[i]] * value[t->scope[live[i]]][digit[i]];
        uint64_t *to = out->row + row * out->words;
        if (same)
            *to = *from;
        else if (live[0] == 0)
            for (uint32_t c = 0; c < k0; c++)
                to[c / 64] |= (uint64_t)bit_get(from, value[v0][c]) << c % 64;
        else
            for (uint32_t c = 0; c < k0; c++)
                to[c / 64] |= (uint64_t)bit_get(from + stride[live[0]] * value[v0][c], bit)
                              << c % 64;
        for (uint32_t w = 0; w < out->words; w++)
            ones += bit_ones(to[w]);
        for (uint32_t i = 1; i < lives; i++) {
            if (++digit[i] < r->k[out->scope[i]])
                break;
            digit[i] = 0;
        }
    }
    r->q->s->work.tables++;
    r->q->s->work.entries += rows * k0;
    *keep = ones < (uint64_t)rows * k0;
    r->empty = r->empty || ones == 0;
    return question_work(r->q, rows * k0);
}

static uint64_t bloom_of(const net_table *t)
{
    uint64_t bloom = 0;
    for (uint32_t i = 0; i < t->arity; i++)
        bloom |= (uint64_t)1 << t->scope[i] % 64;
    return bloom;
}

static bool scope_within(const net_table *a, const net_table *b)
{
    uint32_t j = 0;
    for (uint32_t i = 0; i < a->arity; i++, j++) {
        while (j < b->arity && b->scope[j] < a->scope[i])
            j++;
        if (j == b->arity || b->scope[j] != a->scope[i])
            return false;
    }
    return true;
}

/* b says also what a says; a's variables are among b's. */
static void join_into(const reducer *r, const net_table *a, net_table *b)
{
    size_t stride[SPACE_ARITY] = {0}, step = a->words;
    for (uint32_t i = 1, j = 0; i < a->arity; i++) {
        while (b->scope[j] != a->scope[i])
            j++;
        stride[j] = step;
        step *= r->k[a->scope[i]];
    }
    bool rows = a->scope[0] == b->scope[0];
    uint32_t first = 0;
    while (b->scope[first] != a->scope[0])
        first++;
    uint32_t digit[SPACE_ARITY] = {0};
    for (uint32_t row = 0; row < b->rows; row++) {
        const uint64_t *from = a->row;
        for (uint32_t j = 1; j < b->arity; j++)
            from += stride[j] * digit[j];
        uint64_t *to = b->row + (size_t)row * b->words;
        if (rows)
            for (uint32_t w = 0; w < b->words; w++)
                to[w] &= from[w];
        else if (!bit_get(from, digit[first]))
            memset(to, 0, b->words * sizeof *to);
        for (uint32_t j = 1; j < b->arity; j++) {
            if (++digit[j] < r->k[b->scope[j]])
                break;
            digit[j] = 0;
        }
    }
}

static void join_tables(reducer *r)
{
    for (uint32_t i = 0; i < r->tables; i++)
        r->bloom[i] = bloom_of(&r->table[i]);
    for (uint32_t i = 0; i < r->tables;) {
        uint32_t into = SPACE_NONE;
        for (uint32_t j = 0; j < r->tables && into == SPACE_NONE; j++)
            if (i != j && (r->bloom[i] & ~r->bloom[j]) == 0 &&
                r->table[i].arity <= r->table[j].arity && scope_within(&r->table[i], &r->table[j]))
                into = j;
        if (into == SPACE_NONE) {
            i++;
            continue;
        }
        join_into(r, &r->table[i], &r->table[into]);
        r->tables--;
        r->table[i] = r->table[r->tables];
        r->bloom[i] = r->bloom[r->tables];
    }
}

static uint32_t find(uint32_t *up, uint32_t v)
{
    while (up[v] != v) {
        up[v] = up[up[v]];
        v = up[v];
    }
    return v;
}

static parley_status weigh(reducer *r, uint32_t v)
{
    if (reducer_or(r, v) || r->gone[v])
        return PARLEY_OK;
    uint64_t sum = 0;
    for (uint32_t c = 0; c < r->k[v]; c++)
        sum += r->weight[v][c];
    if (sum == 1)
        return PARLEY_OK;
    parley_count x = parley_count_of(sum);
    return parley_count_mul(&r->factor, &r->factor, &x) ? PARLEY_OK : limit_bits(r->q);
}

static bool scope_less(const net_table *a, const net_table *b)
{
    for (uint32_t i = 0; i < a->arity && i < b->arity; i++)
        if (a->scope[i] != b->scope[i])
            return a->scope[i] < b->scope[i];
    return a->arity < b->arity;
}

/* By scope (no two are equal by now), so that equal components have equal descriptions. */
static void sort_tables(net_table *t, uint32_t n)
{
    uint32_t gap = 1;
    while (gap < n / 3)
        gap = gap * 3 + 1;
    for (; gap > 0; gap /= 3)
        for (uint32_t i = gap; i < n; i++) {
            net_table x = t[i];
            uint32_t j = i;
            for (; j >= gap && scope_less(&x, &t[j - gap]); j -= gap)
                t[j] = t[j - gap];
            t[j] = x;
        }
}

static parley_status split(reducer *r, net **out, uint32_t *count)
{
    const net *n = r->n;
    uint32_t *up = SCRATCH(r->m, uint32_t, n->variables);
    uint32_t *number = SCRATCH(r->m, uint32_t, n->variables);
    bool *used = SCRATCH_ZERO(r->m, bool, n->variables);
    if (up == NULL || number == NULL || used == NULL)
        return question_nomem(r->q);
    for (uint32_t v = 0; v < n->variables; v++) {
        up[v] = v;
        number[v] = SPACE_NONE;
    }
    for (uint32_t t = 0; t < r->tables; t++)
        for (uint32_t i = 0; i < r->table[t].arity; i++) {
            uint32_t a = find(up, r->table[t].scope[0]), b = find(up, r->table[t].scope[i]);
            used[r->table[t].scope[i]] = true;
            if (a < b)
                up[b] = a;
            else
                up[a] = b;
        }
    sort_tables(r->table, r->tables);
    *count = 0;
    for (uint32_t v = 0; v < n->variables; v++) {
        if (used[v] && find(up, v) == v)
            number[v] = (*count)++;
        if (!used[v]) {
            parley_status status = weigh(r, v);
            if (status != PARLEY_OK)
                return status;
        }
    }
    net *nets = SCRATCH_ZERO(r->m, net, *count);
    uint32_t *local = SCRATCH(r->m, uint32_t, n->variables);
    if (nets == NULL || local == NULL)
        return question_nomem(r->q);
    for (uint32_t v = 0; v < n->variables; v++) {
        if (!used[v])
            continue;
        net *to = &nets[number[find(up, v)]];
        net_variable *x = net_new_variable(r->m, to, r->k[v]);
        if (x == NULL)
            return question_nomem(r->q);
        local[v] = to->variables - 1;
        x->projected = n->variable[v].projected;
        x->weight = r->weight[v];
    }
    for (uint32_t t = 0; t < r->tables; t++) {
        const net_table *from = &r->table[t];
        net *to = &nets[number[find(up, from->scope[0])]];
        net_table *x = net_new_table(r->m, to, from->arity);
        if (x == NULL)
            return question_nomem(r->q);
        for (uint32_t i = 0; i < from->arity; i++)
            x->scope[i] = local[from->scope[i]];
        x->words = from->words;
        x->rows = from->rows;
        x->row = from->row;
    }
    *out = nets;
    return PARLEY_OK;
}

parley_status net_reduce(question *q, const net *n, const uint8_t *active, const uint64_t *domain,
                         bool all_or, net **out, uint32_t *count, parley_count *factor)
{
    reducer r = {.q = q, .m = q->tmp, .n = n, .all_or = all_or};
    *factor = parley_count_of(0);
    *count = 0;
    *out = NULL;
    r.factor = parley_count_of(1);
    r.k = SCRATCH(r.m, uint32_t, n->variables);
    r.weight = SCRATCH(r.m, uint32_t *, n->variables);
    r.gone = SCRATCH_ZERO(r.m, bool, n->variables);
    r.table = SCRATCH(r.m, net_table, n->tables);
    r.bloom = SCRATCH(r.m, uint64_t, n->tables);
    uint32_t **value = SCRATCH(r.m, uint32_t *, n->variables);
    uint32_t *old_k = SCRATCH(r.m, uint32_t, n->variables);
    if (r.k == NULL || r.weight == NULL || r.gone == NULL || r.table == NULL || r.bloom == NULL ||
        value == NULL || old_k == NULL)
        return question_nomem(q);
    for (uint32_t v = 0; v < n->variables; v++)
        old_k[v] = n->variable[v].k;
    parley_status status = reduce_variables(&r, domain, value);
    for (uint32_t t = 0; t < n->tables && status == PARLEY_OK; t++) {
        bool keep = false;
        if (active != NULL ? !active[t] : n->table[t].owner != SPACE_NONE)
            continue;
        status = reduce_table(&r, &n->table[t], old_k, value, &r.table[r.tables], &keep);
        r.tables += keep;
    }
    for (bool again = true; again && status == PARLEY_OK && !r.empty;) {
        bool merged = false;
        join_tables(&r);
        again = false;
        status = reduce_values(&r, &merged);
        if (merged && status == PARLEY_OK)
            join_tables(&r);
        if (status == PARLEY_OK && !r.empty)
            status = reduce_pendants(&r, &again);
    }
    if (status != PARLEY_OK || r.empty)
        return status;
    status = split(&r, out, count);
    *factor = r.factor;
    return status;
}
