/*
 * Listing packages in lexicographic order: depth-first over the variables that are not projected,
 * never entering a branch that holds no package. The assignment found last proves most branches;
 * for the others the solver is asked. What is known of a class at one place is kept for all its
 * values, and runs of values of an excluded class are skipped at once.
 */
#include "deal/space_internal.h"

#include <string.h>

typedef enum verdict { VERDICT_OPEN, VERDICT_YES, VERDICT_NO } verdict;

/* One variable of the walk. */
typedef struct place {
    uint32_t variable;
    uint32_t net;      /* variable of the net, NONE: free */
    uint32_t value;    /* current; size: not begun */
    uint32_t *run_end; /* [size] first later value of another class */
    uint8_t *verdict;  /* [classes of the net] under the values before */
    solver_mark mark;  /* before the current value */
} place;

typedef struct lister {
    question *q;
    solver *v;
    place *place;
    uint32_t places;
    uint32_t *values; /* [variables] of the space */
} lister;

static parley_status prepare(lister *l)
{
    question *q = l->q;
    const space *s = q->s;
    l->place = SCRATCH(q->tmp, place, s->variables);
    l->values = SCRATCH_ZERO(q->tmp, uint32_t, s->variables);
    if (l->place == NULL || l->values == NULL)
        return question_nomem(q);
    for (uint32_t v = 0; v < s->variables; v++) {
        if (s->variable[v].projected)
            continue;
        uint32_t size = s->variable[v].size;
        place *p = &l->place[l->places++];
        *p = (place){.variable = v, .net = q->net_of[v], .value = size};
        p->run_end = SCRATCH(q->tmp, uint32_t, size);
        p->verdict = SCRATCH(q->tmp, uint8_t, p->net != SPACE_NONE ? q->net.variable[p->net].k : 1);
        if (p->run_end == NULL || p->verdict == NULL)
            return question_nomem(q);
        uint32_t after = SPACE_NONE;
        for (uint32_t value = size; value-- > 0;) {
            uint32_t c = question_class(q, v, value);
            p->run_end[value] = value + 1 < size && c == after ? p->run_end[value + 1] : value + 1;
            after = c;
        }
    }
    return solver_new(&l->v, q, &q->net, false);
}

/* Does the assignment found last agree with the values of the places before `depth`? */
static bool model_agrees(const lister *l, uint32_t depth)
{
    for (uint32_t i = 0; i < depth; i++) {
        const place *p = &l->place[i];
        if (p->net != SPACE_NONE &&
            l->v->model[p->net] != question_class(l->q, p->variable, p->value))
            return false;
    }
    return true;
}

/* Enter the next value of the place at `depth` under which there is a package. *found: is there
 * one? */
static parley_status enter_next(lister *l, uint32_t depth, bool *found)
{
    place *p = &l->place[depth];
    solver *v = l->v;
    uint32_t size = l->q->s->variable[p->variable].size;
    if (p->value == size) {
        p->mark = solver_here(v);
        memset(p->verdict, VERDICT_OPEN, p->net != SPACE_NONE ? l->q->net.variable[p->net].k : 1);
        p->value = 0;
    } else {
        solver_back(v, p->mark);
        p->value++;
    }
    *found = false;
    while (p->value < size) {
        uint32_t c = question_class(l->q, p->variable, p->value);
        if (c == SPACE_NONE || p->verdict[c] == VERDICT_NO) {
            p->value = p->run_end[p->value];
            continue;
        }
        if (p->net == SPACE_NONE) {
            *found = true;
            return PARLEY_OK;
        }
        bool good = solver_assign(v, p->net, c) && solver_propagate(v);
        if (good && p->verdict[c] == VERDICT_OPEN && !model_agrees(l, depth + 1)) {
            parley_status status = solver_solve(v, &good);
            if (status != PARLEY_OK)
                return status;
        }
        p->verdict[c] = good ? VERDICT_YES : VERDICT_NO;
        if (good) {
            *found = true;
            return PARLEY_OK;
        }
        solver_back(v, p->mark);
    }
    return PARLEY_OK;
}

parley_status space_list(space *s, space_set on, space_clamp clamp, space_visit visit, void *user,
                         parley_error *err)
{
    question q;
    space_set none = {NULL, 0};
    lister l = {.q = &q};
    bool found = false;
    parley_status status = question_begin(&q, s, on, none, SPACE_NONE, clamp, err);
    if (status == PARLEY_OK && !q.empty) {
        status = prepare(&l);
        if (status == PARLEY_OK && solver_propagate(l.v))
            status = solver_solve(l.v, &found);
    }
    uint32_t depth = 0;
    while (status == PARLEY_OK && found) {
        if (depth == l.places) {
            if (!visit(user, l.values) || depth == 0)
                break;
            depth--;
            continue;
        }
        bool entered = false;
        status = enter_next(&l, depth, &entered);
        if (status == PARLEY_OK)
            status = question_work(&q, 1 << 8);
        if (entered) {
            l.values[l.place[depth].variable] = l.place[depth].value;
            depth++;
        } else {
            l.place[depth].value = s->variable[l.place[depth].variable].size;
            if (depth == 0)
                break;
            depth--;
        }
    }
    question_end(&q);
    return status;
}
