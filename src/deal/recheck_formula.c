/*
 * Formulas on a package, yes, no or not known, read off their definition once more.
 */
#include "deal/recheck_internal.h"

typedef struct eval_view {
    const parley_recheck *r;
    const rk_package *p;
} eval_view;

static bool compares(int order, parley_compare compare)
{
    switch (compare) {
    case PARLEY_EQ:
    case PARLEY_IN:
        return order == 0;
    case PARLEY_NE:
        return order != 0;
    case PARLEY_LT:
        return order < 0;
    case PARLEY_LE:
        return order <= 0;
    case PARLEY_GT:
        return order > 0;
    case PARLEY_GE:
        return order >= 0;
    }
    return false;
}

static parley_truth atom(const eval_view *v, const parley_formula *f)
{
    const parley_recheck *r = v->r;
    if (f->kind == PARLEY_F_ACCEPTS) {
        return parley_case_accepts(r->c, f->party, f->proposal);
    }
    const parley_issue *issue = parley_case_issue(r->c, f->issue);
    int64_t value = v->p->value[f->issue];
    rk_number *share = v->p->share[f->issue];
    if (value < 0 && share == NULL) {
        return PARLEY_NOT_KNOWN;
    }
    bool some = false;
    for (uint32_t k = 0; k < f->count && !some; k++) {
        int order;
        if (f->kind == PARLEY_F_CHOICE) {
            order = (value > f->option[k]) - (value < f->option[k]);
        } else {
            rk_number typed = rk_of_decimal(f->number[k]);
            rk_number here;
            if (f->kind == PARLEY_F_QUANTITY) {
                here = rk_of_decimal(parley_case_quantity(issue, value));
            } else if (issue->has_range) {
                here = rk_of_decimal(parley_case_share(issue, value, (uint32_t)f->recipient));
            } else {
                rk_number total = rk_of_decimal(issue->total);
                rk_number part = share != NULL       ? share[f->recipient]
                                 : f->recipient == 0 ? rk_parts(value, r->steps)
                                 : f->recipient == 1 ? rk_parts((int64_t)r->steps - value, r->steps)
                                                     : rk_whole(0);
                here = rk_mul(&total, &part);
            }
            order = rk_compare(&here, &typed);
        }
        some = compares(order, (parley_compare)f->compare);
    }
    return some ? PARLEY_YES : PARLEY_NO;
}

static parley_truth turn(parley_truth t)
{
    return t == PARLEY_NOT_KNOWN ? t : t == PARLEY_YES ? PARLEY_NO : PARLEY_YES;
}

/* Least of two with NO < NOT_KNOWN < YES. */
static parley_truth both(parley_truth a, parley_truth b)
{
    return a == PARLEY_NO || b == PARLEY_NO     ? PARLEY_NO
           : a == PARLEY_YES && b == PARLEY_YES ? PARLEY_YES
                                                : PARLEY_NOT_KNOWN;
}

/* What is known of a connective after the operands so far. */
static parley_truth fold(const parley_formula *f, uint32_t k, parley_truth so_far, parley_truth now)
{
    switch ((parley_formula_kind)f->kind) {
    case PARLEY_F_AND:
        return k == 0 ? now : both(so_far, now);
    case PARLEY_F_OR:
        return k == 0 ? now : turn(both(turn(so_far), turn(now)));
    case PARLEY_F_IMPLIES: /* not a, or b */
        return k == 0 ? turn(now) : turn(both(turn(so_far), turn(now)));
    case PARLEY_F_IF: /* a, or not b */
        return k == 0 ? now : turn(both(turn(so_far), now));
    case PARLEY_F_NOT:
        return turn(now);
    default:
        return now;
    }
}

#define EVAL_DEPTH 160u

/* Three-valued, as formulas are defined: a stack in place of recursion. */
parley_truth rk_eval(const parley_recheck *r, const parley_formula *f, const rk_package *p)
{
    struct {
        const parley_formula *f;
        uint32_t k;
        parley_truth so_far;
        bool yes, no, open; /* of IFF: what its operands were */
    } at[EVAL_DEPTH];
    const eval_view view = {r, p};
    uint32_t depth = 0;
    parley_truth value = PARLEY_NOT_KNOWN;
    at[0].f = f;
    at[0].k = 0;
    at[0].so_far = PARLEY_NOT_KNOWN;
    at[0].yes = at[0].no = at[0].open = false;
    for (;;) {
        const parley_formula *here = at[depth].f;
        bool leaf = here->kind <= PARLEY_F_ACCEPTS;
        if (leaf) {
            value = here->kind == PARLEY_F_TRUE    ? PARLEY_YES
                    : here->kind == PARLEY_F_FALSE ? PARLEY_NO
                                                   : atom(&view, here);
        } else if (at[depth].k < here->count) {
            if (depth + 1 == EVAL_DEPTH) {
                return PARLEY_NOT_KNOWN; /* deeper than the limit on formulas */
            }
            depth++;
            at[depth].f = here->arg[at[depth - 1].k];
            at[depth].k = 0;
            at[depth].so_far = PARLEY_NOT_KNOWN;
            at[depth].yes = at[depth].no = at[depth].open = false;
            continue;
        } else {
            value = at[depth].so_far;
            if (here->kind == PARLEY_F_IFF) {
                value = at[depth].yes && at[depth].no ? PARLEY_NO
                        : at[depth].open              ? PARLEY_NOT_KNOWN
                                                      : PARLEY_YES;
            }
        }
        if (depth == 0) {
            return value;
        }
        depth--;
        at[depth].yes = at[depth].yes || value == PARLEY_YES;
        at[depth].no = at[depth].no || value == PARLEY_NO;
        at[depth].open = at[depth].open || value == PARLEY_NOT_KNOWN;
        at[depth].so_far = fold(at[depth].f, at[depth].k, at[depth].so_far, value);
        at[depth].k++;
    }
}
