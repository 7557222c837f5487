/*
 * Largest sets of soft constraints that can hold together: from a set that can, take along what the
 * assignment found satisfies, then try the others one after the other. Each try starts from the
 * domains that the set so far leaves; where to begin moves on, so that the corrections differ.
 */
#include "deal/space_internal.h"

#include <string.h>

parley_status clash_append(clasher *c, set_list *list, const uint64_t *set)
{
    if (list->count == list->room) {
        uint32_t room = list->room == 0 ? 64 : list->room * 2;
        uint64_t *bits = SCRATCH(c->q->tmp, uint64_t, (size_t)room * c->words);
        if (bits == NULL || room > UINT32_MAX / 4)
            return question_nomem(c->q);
        if (list->count > 0)
            memcpy(bits, list->bits, (size_t)list->count * c->words * sizeof *bits);
        list->bits = bits;
        list->room = room;
    }
    memcpy(list->bits + (size_t)list->count * c->words, set, c->words * sizeof *set);
    list->count++;
    return PARLEY_OK;
}

/* Does the assignment found last satisfy a constraint? Auxiliary variables are not asked. */
static bool satisfied(const clasher *c, uint32_t id)
{
    const question *q = c->q;
    const space *s = q->s;
    const constraint *x = &s->constraint[id];
    if (x->never)
        return false;
    for (uint32_t i = 0; i < x->count; i++) {
        const part *p = &s->part[x->part + i];
        for (uint32_t j = p->first; j <= p->root; j++) {
            const node *n = &s->node[j];
            bool *truth = &c->truth[j - p->first];
            uint32_t yes = 0;
            if (n->op == NODE_LITERAL) {
                const value_classes *v = &s->variable[n->variable];
                uint32_t at = q->net_of[n->variable];
                uint32_t class_ = c->base[n->variable][at != SPACE_NONE ? c->v->model[at] : 0];
                *truth = bit_get(v->literal + (size_t)n->first * v->words, class_);
                continue;
            }
            for (uint32_t k = 0; k < n->count; k++)
                yes += c->truth[s->arg[n->first + k] - p->first];
            *truth = n->op == NODE_TRUE  ? true
                     : n->op == NODE_AND ? yes == n->count
                     : n->op == NODE_OR  ? yes > 0
                     : n->op == NODE_IFF ? (yes == 0 || yes == n->count) != n->negated
                                         : false;
        }
        if (!c->truth[p->root - p->first])
            return false;
    }
    return true;
}

void clash_enable(clasher *c, uint32_t soft, bool on)
{
    for (uint32_t t = c->table[soft]; t < c->end[soft]; t++)
        solver_enable(c->v, t, on);
}

/* Add what the assignment found last satisfies. */
static void take_satisfied(clasher *c)
{
    for (uint32_t i = 0; i < c->softs; i++)
        if (!bit_get(c->good, i) && satisfied(c, c->id[i])) {
            bit_set(c->good, i);
            clash_enable(c, i, true);
        }
}

/* Would soft constraint i complete a clashing set known? */
static bool completes(const clasher *c, uint32_t i)
{
    for (uint32_t k = 0; k < c->clashes.count; k++) {
        const uint64_t *clash = c->clashes.bits + (size_t)k * c->words;
        if (!bit_get(clash, i))
            continue;
        bool all = true;
        for (uint32_t w = 0; w < c->words && all; w++) {
            uint64_t missing = clash[w] & ~c->good[w];
            if (w == i / 64)
                missing &= ~((uint64_t)1 << i % 64);
            all = missing == 0;
        }
        if (all)
            return true;
    }
    return false;
}

/*
 * Can `chosen` hold? If so grow it as far as it goes and keep the rest as a correction.
 */
parley_status clash_try(clasher *c, const uint64_t *chosen, bool *holds)
{
    solver *v = c->v;
    solver_mark here = solver_here(v);
    parley_status status = PARLEY_OK;
    memcpy(c->good, chosen, c->words * sizeof *chosen);
    for (uint32_t i = 0; i < c->softs; i++)
        if (bit_get(chosen, i))
            clash_enable(c, i, true);
    *holds = solver_propagate(v);
    if (*holds)
        status = solver_solve(v, holds);
    if (status == PARLEY_OK && *holds) {
        take_satisfied(c);
        bool good = solver_propagate(v);
        PARLEY_ASSERT(good);
        c->turn = c->softs > 0 ? (c->turn + c->softs / 2 + 1) % c->softs : 0;
        for (uint32_t k = 0; k < c->softs && status == PARLEY_OK; k++) {
            uint32_t i = k + c->turn < c->softs ? k + c->turn : k + c->turn - c->softs;
            if (bit_get(c->good, i) || completes(c, i))
                continue;
            solver_mark before = solver_here(v);
            clash_enable(c, i, true);
            good = solver_propagate(v);
            if (good)
                status = solver_solve(v, &good);
            if (status == PARLEY_OK && good) {
                bit_set(c->good, i);
                take_satisfied(c);
                good = solver_propagate(v);
                PARLEY_ASSERT(good);
            } else {
                solver_back(v, before);
                clash_enable(c, i, false);
            }
        }
    }
    /* Auxiliary variables of what was taken along are not right yet. */
    if (status == PARLEY_OK && *holds && c->wide.auxiliary)
        status = solver_solve(v, holds);
    for (uint32_t i = 0; i < c->softs; i++)
        clash_enable(c, i, false);
    solver_back(v, here);
    if (status != PARLEY_OK || !*holds)
        return status;
    for (uint32_t w = 0; w < c->words; w++)
        c->bad[w] = ~c->good[w];
    if (c->softs % 64 != 0)
        c->bad[c->words - 1] &= bit_low(c->softs % 64);
    status = widen_correction(c, c->bad);
    return status == PARLEY_OK ? clash_append(c, &c->corrections, c->bad) : status;
}
