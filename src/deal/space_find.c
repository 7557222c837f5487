/*
 * Questions answered by finding assignments: existence, entailment and support. Support keeps what
 * each assignment found shows, and asks only for classes not yet seen, which the search then tries
 * first.
 */
#include "deal/space_internal.h"

#include <string.h>

static void witness_out(const question *q, const uint32_t *model, uint32_t *witness)
{
    for (uint32_t v = 0; v < q->s->variables; v++)
        witness[v] = question_value(q, v, q->net_of[v] != SPACE_NONE ? model[q->net_of[v]] : 0);
}

static parley_status find(space *s, space_set on, uint32_t extra, space_clamp clamp, bool *out,
                          uint32_t *witness, parley_error *err)
{
    question q;
    space_set none = {NULL, 0};
    bool found = false;
    parley_status status = question_begin(&q, s, on, none, extra, clamp, err);
    if (status == PARLEY_OK && !q.empty) {
        solver *v = NULL;
        status = solver_new(&v, &q, &q.net, false);
        if (status == PARLEY_OK && solver_propagate(v))
            status = solver_solve(v, &found);
        if (status == PARLEY_OK && found && witness != NULL)
            witness_out(&q, v->model, witness);
    }
    question_end(&q);
    *out = status == PARLEY_OK && found;
    return status;
}

parley_status space_exists(space *s, space_set on, space_clamp clamp, bool *out, uint32_t *witness,
                           parley_error *err)
{
    return find(s, on, SPACE_NONE, clamp, out, witness, err);
}

parley_status space_entails(space *s, space_set on, const space_expr *e, bool *out,
                            parley_error *err)
{
    *out = false;
    scratch_mark mark = scratch_here(&s->tmp);
    uint32_t *literals = SCRATCH(&s->tmp, uint32_t, s->variables);
    if (literals == NULL)
        return parley_fail(err, PARLEY_NOMEM, "no memory for a question about the packages");
    space_state state = space_here(s);
    for (uint32_t v = 0; v < s->variables; v++)
        literals[v] = s->variable[v].literals;
    state.literals = literals;
    uint32_t id = 0;
    bool found = false;
    parley_status status = space_put(s, e, true, &id, err);
    if (status == PARLEY_OK)
        status = find(s, on, id, NULL, &found, NULL, err);
    space_back(s, state);
    scratch_reset(&s->tmp, mark);
    *out = status == PARLEY_OK && !found;
    return status;
}

static parley_status find_support(question *q, uint64_t *seen, bool *some)
{
    solver *v = NULL;
    const net *n = &q->net;
    parley_status status = solver_new(&v, q, n, false);
    *some = status == PARLEY_OK && solver_propagate(v);
    if (!*some)
        return status;
    v->avoid = seen;
    status = solver_solve(v, some);
    if (status != PARLEY_OK || !*some)
        return status;
    bool fresh = true;
    for (uint32_t x = 0; x < n->variables; x++) {
        const net_variable *y = &n->variable[x];
        for (uint32_t c = 0; c < y->k; c++) {
            if (fresh)
                for (uint32_t i = 0; i < n->variables; i++)
                    bit_set(seen + n->variable[i].at, v->model[i]);
            fresh = false;
            if (bit_get(seen + y->at, c) || !bit_get(v->domain + y->at, c))
                continue;
            solver_mark here = solver_here(v);
            bool found = solver_assign(v, x, c) && solver_propagate(v);
            if (found)
                status = solver_solve(v, &found);
            solver_back(v, here);
            if (status != PARLEY_OK)
                return status;
            fresh = found;
            if (!found && !(solver_remove(v, x, c) && solver_propagate(v)))
                return parley_fail(q->err, PARLEY_INTERNAL, "support was lost");
            c -= found; /* mark what was found before going on */
        }
    }
    return PARLEY_OK;
}

parley_status space_support(space *s, space_set on, space_clamp clamp, uint64_t *const *support,
                            parley_error *err)
{
    question q;
    space_set none = {NULL, 0};
    for (uint32_t v = 0; v < s->variables; v++)
        memset(support[v], 0, bit_words(s->variable[v].size) * sizeof **support);
    parley_status status = question_begin(&q, s, on, none, SPACE_NONE, clamp, err);
    if (status != PARLEY_OK || q.empty)
        goto out;
    uint64_t *seen = SCRATCH_ZERO(q.tmp, uint64_t, q.net.words);
    if (seen == NULL) {
        status = question_nomem(&q);
        goto out;
    }
    bool some = false;
    status = find_support(&q, seen, &some);
    if (status != PARLEY_OK || !some)
        goto out;
    for (uint32_t v = 0; v < s->variables; v++)
        for (uint32_t value = 0; value < s->variable[v].size; value++) {
            uint32_t c = question_class(&q, v, value), at = q.net_of[v];
            if (c != SPACE_NONE && (at == SPACE_NONE || bit_get(seen + q.net.variable[at].at, c)))
                bit_set(support[v], value);
        }
out:
    question_end(&q);
    return status;
}
