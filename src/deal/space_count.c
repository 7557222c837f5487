/*
 * Exact counting. The net is cut into components and the product of their counts taken; a component
 * is eliminated bucket by bucket where its tables stay small, else it is conditioned: branch on the
 * classes of one variable, propagate, reduce, cut into components again (Darwiche 2001,
 * doi:10.1145/502090.502091; Bacchus, Dalmao & Pitassi 2009, doi:10.1613/jair.2648). The variable
 * is one of a small separator if there is work on both sides of it, else the one in most tables.
 * Results of components met while conditioning are kept under their whole description, so that no
 * two different ones can be taken for each other. The walk has its own stack; each level decides a
 * variable.
 *
 * The same walk with `or` for sums decides whether there is any assignment (decide_net).
 */
#include "deal/space_internal.h"

#include <string.h>

/* Eliminate a component at once up to so many entries, or buckets of so many each. */
#define COUNT_DIRECT ((uint64_t)1 << 17)
#define COUNT_BUCKET ((uint64_t)1 << 13)
#define COUNT_BUCKETS ((uint64_t)1 << 24)
/* Keep the count of a component that costs at least so many entries. */
#define COUNT_KEEP ((uint64_t)1 << 12)

/* One component that is conditioned, or (at the bottom) the net itself. */
typedef struct level {
    struct level *below;
    const net *n;
    solver *v;      /* NULL at the bottom */
    uint32_t x;     /* variable branched on */
    uint32_t value; /* next class of x to try */
    bool either;    /* no sums: one branch that holds is enough */
    parley_count sum;
    count_key key;       /* of the component */
    scratch_mark before; /* before the level */
    /* the branch in progress */
    bool branching;
    net *part;
    uint32_t parts, next;
    parley_count product;
    scratch_mark mark; /* before the branch */
} level;

typedef struct walk {
    question *q;
    bool all_or;
    uint64_t patience; /* branches left */
    bool gave_up;
    level *top;
} walk;

static bool sums(const walk *k, const net *n)
{
    for (uint32_t v = 0; v < n->variables && !k->all_or; v++)
        if (!n->variable[v].projected)
            return true;
    return false;
}

/* The variable in the most tables, wide ones for more; the lowest of several. */
static parley_status branch_variable(const walk *k, const net *n, bool either, uint32_t *out)
{
    scratch *m = k->q->tmp;
    scratch_mark mark = scratch_here(m);
    uint64_t *score = SCRATCH_ZERO(m, uint64_t, n->variables);
    *out = SPACE_NONE;
    if (score == NULL)
        return question_nomem(k->q);
    for (uint32_t t = 0; t < n->tables; t++)
        for (uint32_t i = 0; i < n->table[t].arity; i++)
            score[n->table[t].scope[i]] += n->table[t].arity - 1;
    for (uint32_t v = 0; v < n->variables; v++)
        if ((either || !n->variable[v].projected) && (*out == SPACE_NONE || score[v] > score[*out]))
            *out = v;
    scratch_reset(m, mark);
    return PARLEY_OK;
}

static parley_status push(walk *k, const net *n, bool either, uint32_t x, count_key key)
{
    scratch_mark before = scratch_here(k->q->tmp);
    level *l = SCRATCH_ZERO(k->q->tmp, level, 1);
    if (l == NULL)
        return question_nomem(k->q);
    l->before = before;
    l->n = n;
    l->x = x;
    l->either = either;
    l->key = key;
    l->sum = parley_count_of(0);
    if (n != NULL) {
        parley_status status = solver_new(&l->v, k->q, n, false);
        if (status != PARLEY_OK)
            return status;
    }
    l->below = k->top;
    k->top = l;
    return PARLEY_OK;
}

/* Take the next branch of a level. *done: there is none. */
static parley_status next_branch(walk *k, level *l, bool *done)
{
    question *q = k->q;
    *done = l->v == NULL || l->value == l->n->variable[l->x].k ||
            (l->either && !parley_count_is_zero(&l->sum));
    if (*done)
        return PARLEY_OK;
    q->s->work.branches++;
    k->gave_up = k->patience == 0;
    if (k->gave_up)
        return PARLEY_OK;
    k->patience--;
    parley_status status = question_fail(q);
    if (status != PARLEY_OK)
        return status;
    l->mark = scratch_here(q->tmp);
    solver_mark here = solver_here(l->v);
    l->parts = 0;
    l->next = 0;
    if (solver_assign(l->v, l->x, l->value++) && solver_propagate(l->v)) {
        /* The variable branched on is now in no table, so its weight is in the factor. */
        status =
            net_reduce(q, l->n, NULL, l->v->domain, l->either, &l->part, &l->parts, &l->product);
        l->branching = !parley_count_is_zero(&l->product);
    }
    solver_back(l->v, here);
    if (!l->branching)
        scratch_reset(q->tmp, l->mark);
    return status;
}

/* Count a component at once if that is cheap; else branch on it. *have: `*out` is its count. */
static parley_status take_component(walk *k, const net *n, bool again, parley_count *out,
                                    bool *have)
{
    question *q = k->q;
    scratch_mark mark = scratch_here(q->tmp);
    bool either = !sums(k, n);
    count_key key = {NULL, 0, 0};
    parley_status status = PARLEY_OK;
    *have = false;
    if (again) {
        status = cache_key(q, n, either, &key);
        if (status != PARLEY_OK)
            return status;
        *have = cache_find(q, &key, out);
    }
    scratch_mark behind_key = scratch_here(q->tmp);
    elimination e;
    if (!*have)
        status = eliminate_order(q, n, either, COUNT_DIRECT, &e);
    if (status != PARLEY_OK || *have) {
        scratch_reset(q->tmp, mark);
        return status;
    }
    uint32_t most = parley_ctx_limits(q->s->ctx)->table_entries;
    bool cheap =
        e.entries <= COUNT_DIRECT || (e.largest <= COUNT_BUCKET && e.entries <= COUNT_BUCKETS);
    if (cheap && e.largest <= most) {
        *have = true;
        status = eliminate_count(q, n, &e, either, out);
        if (status == PARLEY_OK && again && e.entries >= COUNT_KEEP)
            status = cache_put(q, &key, out);
        scratch_reset(q->tmp, mark);
        return status;
    }
    uint32_t x = e.split;
    scratch_reset(q->tmp, behind_key);
    if (x == SPACE_NONE)
        status = branch_variable(k, n, either, &x);
    if (status == PARLEY_OK)
        status = push(k, n, either, x, key);
    return status;
}

static parley_status pop(walk *k, parley_count *out)
{
    level *l = k->top;
    parley_status status = PARLEY_OK;
    *out = l->sum;
    if (l->key.word != NULL)
        status = cache_put(k->q, &l->key, out);
    k->top = l->below;
    scratch_reset(k->q->tmp, l->before);
    return status;
}

/* What is left of a net. *out is meaningless if the walk gave up. */
static parley_status walk_net(walk *k, const net *n, const uint8_t *active, const uint64_t *domain,
                              parley_count *out)
{
    question *q = k->q;
    scratch_mark mark = scratch_here(q->tmp);
    bool have = false; /* `*out` is the count of the component that was asked for */
    parley_status status = push(k, NULL, k->all_or, SPACE_NONE, (count_key){NULL, 0, 0});
    if (status == PARLEY_OK) {
        level *l = k->top;
        l->mark = scratch_here(q->tmp);
        status = net_reduce(q, n, active, domain, k->all_or, &l->part, &l->parts, &l->product);
        l->branching = true;
        if (parley_count_is_zero(&l->product))
            l->parts = 0;
    }
    while (status == PARLEY_OK && k->top != NULL && !k->gave_up) {
        level *l = k->top;
        if (have) {
            have = false;
            if (!parley_count_mul(&l->product, &l->product, out))
                return limit_bits(q);
            l->next = parley_count_is_zero(out) ? l->parts : l->next + 1;
        }
        if (!l->branching) {
            bool done = false;
            status = next_branch(k, l, &done);
            if (status == PARLEY_OK && done) {
                status = pop(k, out);
                have = true;
            }
        } else if (l->next == l->parts) {
            if (l->either && !parley_count_is_zero(&l->product))
                l->sum = parley_count_of(1);
            else if (!parley_count_add(&l->sum, &l->sum, &l->product))
                return limit_bits(q);
            l->branching = false;
            scratch_reset(q->tmp, l->mark);
        } else {
            status = take_component(k, &l->part[l->next], l->v != NULL, out, &have);
        }
    }
    scratch_reset(q->tmp, mark);
    return status;
}

parley_status decide_net(question *q, const net *n, const uint8_t *active, const uint64_t *domain,
                         uint64_t patience, bool *known, bool *found)
{
    walk k = {.q = q, .all_or = true, .patience = patience};
    parley_count count = parley_count_of(0);
    parley_status status = walk_net(&k, n, active, domain, &count);
    *known = status == PARLEY_OK && !k.gave_up;
    *found = *known && !parley_count_is_zero(&count);
    return status;
}

static parley_status count_net(question *q, parley_count *out)
{
    walk k = {.q = q, .patience = UINT64_MAX};
    solver *v = NULL;
    parley_status status = solver_new(&v, q, &q->net, false);
    if (status == PARLEY_OK && solver_propagate(v))
        status = walk_net(&k, &q->net, NULL, v->domain, out);
    return status;
}

static uint32_t bits_of(const parley_count *x)
{
    return x->used == 0 ? 0 : x->used * 64 - (uint32_t)__builtin_clzll(x->limb[x->used - 1] | 1);
}

parley_status space_count(space *s, space_set on, space_clamp clamp, parley_count *out,
                          parley_error *err)
{
    question q;
    space_set none = {NULL, 0};
    *out = parley_count_of(0);
    parley_count total = parley_count_of(0);
    parley_status status = question_begin(&q, s, on, none, SPACE_NONE, clamp, err);
    if (status == PARLEY_OK && !q.empty)
        status = count_net(&q, &total);
    for (uint32_t v = 0; v < s->variables && status == PARLEY_OK; v++) {
        if (parley_count_is_zero(&total))
            break;
        if (s->variable[v].projected || q.net_of[v] != SPACE_NONE)
            continue;
        parley_count x = parley_count_of(q.total[v]);
        if (!parley_count_mul(&total, &total, &x))
            status = limit_bits(&q);
    }
    if (status == PARLEY_OK && bits_of(&total) > parley_ctx_limits(s->ctx)->count_bits)
        status = limit_bits(&q);
    question_end(&q);
    if (status == PARLEY_OK)
        *out = total;
    return status;
}
