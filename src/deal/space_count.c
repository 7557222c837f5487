/*
 * Exact counting. The net is cut into components and the product of their counts taken; a component
 * is eliminated bucket by bucket where its tables stay small, else it is conditioned: branch on the
 * classes of one variable, propagate, reduce, cut into components again (Darwiche 2001,
 * doi:10.1145/502090.502091; Bacchus, Dalmao & Pitassi 2009, doi:10.1613/jair.2648). Results of
 * components met while conditioning are kept under their whole description, so that no two
 * different ones can be taken for each other. The walk has its own stack; each level fixes a
 * variable.
 */
#include "deal/space_internal.h"

#include <string.h>

/* Eliminate directly up to so many entries. */
#define COUNT_DIRECT ((uint64_t)1 << 17)
/* Keep the count of a component that costs at least so many entries. */
#define COUNT_KEEP ((uint64_t)1 << 12)

typedef struct level {
    struct level *below;
    const net *n;
    solver *v;
    uint32_t x;     /* variable branched on; NONE: the whole net, one branch */
    uint32_t value; /* next class of x to try */
    parley_count sum;
    /* the branch in progress */
    bool branching;
    net *part;
    uint32_t parts, next;
    parley_count product;
    count_key key;       /* of the component, if its count will be kept */
    scratch_mark mark;   /* before the branch */
    scratch_mark before; /* before the level */
} level;

/* The variable that most entries of tables hang on; the lowest of several. */
static parley_status branch_variable(question *q, const net *n, uint32_t *out)
{
    scratch_mark mark = scratch_here(q->tmp);
    uint64_t *score = SCRATCH_ZERO(q->tmp, uint64_t, n->variables);
    *out = SPACE_NONE;
    if (score == NULL)
        return question_nomem(q);
    for (uint32_t t = 0; t < n->tables; t++)
        for (uint32_t i = 0; i < n->table[t].arity; i++)
            score[n->table[t].scope[i]] += n->table[t].arity - 1;
    for (uint32_t v = 0; v < n->variables; v++)
        if (!n->variable[v].projected && (*out == SPACE_NONE || score[v] > score[*out]))
            *out = v;
    scratch_reset(q->tmp, mark);
    return PARLEY_OK;
}

static parley_status level_new(question *q, level **top, const net *n, uint32_t x)
{
    scratch_mark before = scratch_here(q->tmp);
    level *l = SCRATCH_ZERO(q->tmp, level, 1);
    if (l == NULL)
        return question_nomem(q);
    l->before = before;
    l->n = n;
    l->x = x;
    l->sum = parley_count_of(0);
    parley_status status = solver_new(&l->v, q, n, false);
    if (status != PARLEY_OK)
        return status;
    l->below = *top;
    *top = l;
    return PARLEY_OK;
}

/* Take the next branch of a level. *done: there is none. */
static parley_status level_branch(question *q, level *l, bool *done)
{
    l->mark = scratch_here(q->tmp);
    *done = l->x == SPACE_NONE ? l->value > 0 : l->value == l->n->variable[l->x].k;
    if (*done)
        return PARLEY_OK;
    solver_mark here = solver_here(l->v);
    bool good = true;
    l->parts = 0;
    l->next = 0;
    if (l->x != SPACE_NONE) {
        good = solver_assign(l->v, l->x, l->value);
        q->s->work.branches++;
        parley_status status = question_fail(q);
        if (status != PARLEY_OK)
            return status;
    }
    l->value++;
    good = good && solver_propagate(l->v);
    parley_status status = PARLEY_OK;
    if (good) {
        /* The variable branched on is now in no table, so its weight is in the factor. */
        status = net_reduce(q, l->n, l->v->domain, &l->part, &l->parts, &l->product);
        l->branching = !parley_count_is_zero(&l->product);
    }
    solver_back(l->v, here);
    if (!l->branching)
        scratch_reset(q->tmp, l->mark);
    return status;
}

/*
 * Count a component at once if it can be; *done. Else *key describes it. `again`: components like
 * it may come again.
 */
static parley_status count_at_once(question *q, const net *n, bool again, parley_count *out,
                                   count_key *key, bool *done)
{
    scratch_mark mark = scratch_here(q->tmp);
    parley_status status = PARLEY_OK;
    *done = true;
    bool sums = false;
    for (uint32_t v = 0; v < n->variables; v++)
        sums = sums || !n->variable[v].projected;
    if (!sums) {
        solver *v = NULL;
        bool found = false;
        status = solver_new(&v, q, n, false);
        if (status == PARLEY_OK && solver_propagate(v))
            status = solver_solve(v, &found);
        *out = parley_count_of(found);
        scratch_reset(q->tmp, mark);
        return status;
    }
    if (again) {
        status = cache_key(q, n, key);
        if (status != PARLEY_OK || cache_find(q, key, out)) {
            scratch_reset(q->tmp, mark);
            return status;
        }
    }
    scratch_mark behind_key = scratch_here(q->tmp);
    elimination e;
    status = eliminate_order(q, n, &e);
    uint32_t most = parley_ctx_limits(q->s->ctx)->table_entries;
    *done = e.largest <= most && e.entries <= COUNT_DIRECT;
    if (status == PARLEY_OK && *done) {
        status = eliminate_count(q, n, &e, out);
        if (status == PARLEY_OK && again && e.entries >= COUNT_KEEP)
            status = cache_put(q, key, out);
    }
    scratch_reset(q->tmp, *done ? mark : behind_key);
    return status;
}

static parley_status count_net(question *q, parley_count *out)
{
    level *top = NULL;
    parley_status status = level_new(q, &top, &q->net, SPACE_NONE);
    bool have = false; /* `*out` is the count of the component that was asked for */
    while (status == PARLEY_OK && top != NULL) {
        level *l = top;
        if (have) {
            have = false;
            if (!parley_count_mul(&l->product, &l->product, out))
                return limit_bits(q);
            l->next = parley_count_is_zero(out) ? l->parts : l->next + 1;
        } else if (!l->branching) {
            bool done = false;
            status = level_branch(q, l, &done);
            if (status == PARLEY_OK && done) {
                *out = l->sum;
                have = true;
                if (l->key.word != NULL)
                    status = cache_put(q, &l->key, out);
                top = l->below;
                scratch_reset(q->tmp, l->before);
                if (top == NULL)
                    return PARLEY_OK;
            }
            continue;
        }
        if (l->next == l->parts) {
            if (!parley_count_add(&l->sum, &l->sum, &l->product))
                return limit_bits(q);
            l->branching = false;
            scratch_reset(q->tmp, l->mark);
            continue;
        }
        const net *n = &l->part[l->next];
        count_key key = {NULL, 0, 0};
        bool done = false;
        status = count_at_once(q, n, l->x != SPACE_NONE, out, &key, &done);
        if (status != PARLEY_OK)
            break;
        have = done;
        if (!done) {
            uint32_t x = SPACE_NONE;
            status = branch_variable(q, n, &x);
            if (status == PARLEY_OK)
                status = level_new(q, &top, n, x);
            if (status == PARLEY_OK)
                top->key = key;
        }
    }
    return status;
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
    if (status == PARLEY_OK) {
        uint32_t bits =
            total.used == 0
                ? 0
                : total.used * 64 - (uint32_t)__builtin_clzll(total.limb[total.used - 1] | 1);
        if (bits > parley_ctx_limits(s->ctx)->count_bits)
            status = limit_bits(&q);
    }
    question_end(&q);
    if (status == PARLEY_OK)
        *out = total;
    return status;
}
