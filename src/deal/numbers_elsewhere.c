/*
 * What other programs report, so that their numbers can be compared: read from whole frontiers, by
 * the orders of numbers_pick.c where one of them will do with another zero, ideal or unit.
 *
 * Genius' least sum of differences and the distance to full marks compare parties on their own
 * scales, in fractions. A float picks candidates, and decides nothing.
 */
#include "deal/numbers_analysis.h"

#include <math.h>
#include <string.h>

#define NEAR 1e-9

/* How one of them looks for its best. */
typedef struct search {
    parley_elsewhere which;
    const nm_frontier *f;
    nm_model m; /* a copy, with another zero or other units */
    nm_view view;
    nm_num ideal[NM_PARTIES_MOST];
    nm_num unit[NM_PARTIES_MOST];
    nm_num zero[NM_PARTIES_MOST];
    nm_num start[NM_PARTIES_MOST]; /* without a deal */
} search;

static const char no_frontier[] = "the frontier is not known whole";

/* sum over pairs of |u_i - u_j| over one unit of all parties. false: too long. */
static bool differences(const nm_view *view, const nm_num *u, nm_ratio *out)
{
    nm_ratio worth[2];
    *out = nm_ratio_zero();
    for (uint32_t i = 0; i < view->k; i++) {
        for (uint32_t j = i; j < view->k; j++) {
            uint32_t who = view->who[j];
            nm_ratio *to = &worth[j == i ? 0 : 1];
            *to = nm_ratio_num(u[j]);
            nm_ratio unit = nm_ratio_num(view->m->unit[who]);
            if (!nm_ratio_div(to, to, &unit)) {
                return false;
            }
            if (j > i) {
                nm_ratio minus = worth[0];
                nm_ratio away;
                minus.negative = minus.num.used > 0 && !minus.negative;
                if (!nm_ratio_add(&away, &worth[1], &minus)) {
                    return false;
                }
                away.negative = false;
                if (!nm_ratio_add(out, out, &away)) {
                    return false;
                }
            }
        }
    }
    return true;
}

/* Greater is better. */
static double value_of(const search *s, const nm_num *u)
{
    const nm_view *view = &s->view;
    double value = 0;
    switch (s->which) {
    case PARLEY_ELSEWHERE_LEAST_DIFFERENCES:
        for (uint32_t i = 0; i < view->k; i++) {
            for (uint32_t j = i + 1; j < view->k; j++) {
                value -= fabs(nm_double(u[i], view->m->unit[view->who[i]]) -
                              nm_double(u[j], view->m->unit[view->who[j]]));
            }
        }
        return value;
    case PARLEY_ELSEWHERE_KS_IDEAL_ALL:
        return nm_goal_value(view, NM_KS, s->ideal, u);
    case PARLEY_ELSEWHERE_PRODUCT_ALL:
        return nm_goal_value(view, NM_NASH, NULL, u);
    case PARLEY_ELSEWHERE_RELATIVE: /* units are ways; a way of nothing is done */
        for (uint32_t i = 0; i < view->k; i++) {
            nm_num way = s->ideal[i] - s->start[i];
            value += way == 0 ? 1 : nm_double(u[i] - s->start[i], way);
        }
        return value;
    case PARLEY_ELSEWHERE_UTILITARIAN_ALL:
    case PARLEY_ELSEWHERE_COUNT:
        break;
    }
    return nm_goal_value(view, NM_UTILITARIAN, NULL, u);
}

static int compare(const search *s, const nm_num *a, const nm_num *b)
{
    nm_ratio x;
    nm_ratio y;
    switch (s->which) {
    case PARLEY_ELSEWHERE_LEAST_DIFFERENCES:
        if (differences(&s->view, a, &x) && differences(&s->view, b, &y)) {
            y.negative = y.num.used > 0;
            nm_ratio sum;
            if (nm_ratio_add(&sum, &x, &y)) {
                return sum.num.used == 0 ? 0 : sum.negative ? 1 : -1;
            }
        }
        return (value_of(s, a) > value_of(s, b)) - (value_of(s, a) < value_of(s, b));
    case PARLEY_ELSEWHERE_KS_IDEAL_ALL:
        return nm_goal_compare(&s->view, NM_KS, s->ideal, a, b);
    case PARLEY_ELSEWHERE_PRODUCT_ALL:
        return nm_goal_compare(&s->view, NM_NASH, NULL, a, b);
    case PARLEY_ELSEWHERE_RELATIVE:
    case PARLEY_ELSEWHERE_UTILITARIAN_ALL:
    case PARLEY_ELSEWHERE_COUNT:
        break;
    }
    return nm_goal_compare(&s->view, NM_UTILITARIAN, NULL, a, b);
}

/* Worths below 0 have no product. */
static bool takes_part(const search *s, const nm_num *u)
{
    bool yes = true;
    for (uint32_t i = 0; i < s->view.k && s->which == PARLEY_ELSEWHERE_PRODUCT_ALL; i++) {
        yes = yes && u[i] >= 0;
    }
    return yes;
}

static void best_of(const search *s, nm_solution *out)
{
    const nm_frontier *f = s->f;
    const uint32_t k = s->view.k;
    double most = -HUGE_VAL;
    uint32_t best = UINT32_MAX;
    for (uint32_t p = 0; p < f->size; p++) {
        const nm_num *u = &f->u[(size_t)p * k];
        if (takes_part(s, u)) {
            double value = value_of(s, u);
            most = value > most ? value : most;
        }
    }
    double size = s->which == PARLEY_ELSEWHERE_LEAST_DIFFERENCES ? 1 : fabs(most);
    for (uint32_t i = 0; i < k && s->which == PARLEY_ELSEWHERE_LEAST_DIFFERENCES; i++) {
        size = fmax(size, fabs(nm_double(s->ideal[i], s->m.unit[s->view.who[i]])));
    }
    for (uint32_t p = 0; p < f->size; p++) {
        const nm_num *u = &f->u[(size_t)p * k];
        if (!takes_part(s, u) || value_of(s, u) < most - NEAR * (size + 1e-300)) {
            continue;
        }
        int order = best == UINT32_MAX ? 1 : compare(s, u, &f->u[(size_t)best * k]);
        best = order > 0 ? p : best;
        out->ties = order > 0 ? 1 : out->ties + (order == 0 ? 1 : 0);
    }
    if (best == UINT32_MAX) {
        out->reason = s->which == PARLEY_ELSEWHERE_PRODUCT_ALL && f->size > 0
                          ? "everywhere somebody's worth is below 0"
                          : "no package is acceptable to all";
        return;
    }
    const nm_num *u = &f->u[(size_t)best * k];
    double value = value_of(s, u);
    out->status = PARLEY_SOLUTION_OPTIMAL;
    out->reason = NULL;
    out->found = true;
    out->package = &f->package[(size_t)best * s->m.n];
    out->value = s->which == PARLEY_ELSEWHERE_LEAST_DIFFERENCES ? 0 - value : value;
    out->bound = out->value;
    if (s->which == PARLEY_ELSEWHERE_PRODUCT_ALL && value <= 0) {
        out->reason = "everywhere somebody's worth is 0: so is the product";
    }
}

/* The greatest worth of each party of a frontier. */
static void take_ideal(search *s, const nm_frontier *f)
{
    for (uint32_t i = 0; i < s->view.k; i++) {
        for (uint32_t p = 0; p < f->size; p++) {
            nm_num u = f->u[(size_t)p * s->view.k + i];
            s->ideal[i] = p == 0 || u > s->ideal[i] ? u : s->ideal[i];
        }
    }
}

static void set_up(search *s, const parley_numbers *x)
{
    const nm_model *m = &x->nc->m;
    bool acceptable =
        s->which == PARLEY_ELSEWHERE_KS_IDEAL_ALL || s->which == PARLEY_ELSEWHERE_RELATIVE;
    s->f = acceptable ? &x->accepted : &x->frontier;
    s->m = *m;
    s->view = x->all;
    s->view.m = &s->m;
    s->view.acceptable = acceptable;
    take_ideal(s, s->which == PARLEY_ELSEWHERE_RELATIVE ? &x->accepted : &x->frontier);
    for (uint32_t i = 0; i < m->k; i++) {
        nm_num way = s->ideal[i] - m->without[i];
        s->start[i] = m->without[i];
        s->zero[i] = 0;
        s->unit[i] = way > 0 ? way : 1;
    }
    if (s->which == PARLEY_ELSEWHERE_PRODUCT_ALL) {
        s->m.without = s->zero;
    } else if (s->which == PARLEY_ELSEWHERE_RELATIVE) {
        s->m.unit = s->unit;
    }
}

/* ------------------------------------------------------------------- opposition */

/* What is full marks for party i of the model: its scale, or 1. */
static nm_ratio full_marks(const parley_numbers *x, uint32_t i)
{
    const parley_worth *w = parley_case_worth(x->c, (int32_t)i);
    return w->scale.den == 0 ? nm_ratio_num(1) : nm_ratio_of(w->scale);
}

/* Worth of party i as a part of full marks, less 1. false: too long. */
static bool shortfall(const parley_numbers *x, uint32_t i, nm_num u, nm_ratio *out)
{
    nm_ratio unit = nm_ratio_num(x->nc->m.unit[i]);
    nm_ratio full = full_marks(x, i);
    nm_ratio one = nm_ratio_num(-1);
    nm_ratio part = nm_ratio_num(u);
    return full.num.used > 0 && !full.negative && nm_ratio_div(&part, &part, &unit) &&
           nm_ratio_div(&part, &part, &full) && nm_ratio_add(out, &part, &one);
}

static bool squared(const parley_numbers *x, const nm_num *u, nm_ratio *out)
{
    *out = nm_ratio_zero();
    for (uint32_t i = 0; i < x->nc->m.k; i++) {
        nm_ratio away;
        if (!shortfall(x, i, u[i], &away) || !nm_ratio_mul(&away, &away, &away) ||
            !nm_ratio_add(out, out, &away)) {
            return false;
        }
    }
    return true;
}

/* The nearest to full marks so far; floats tell who may be nearer. */
typedef struct nearest {
    const parley_numbers *x;
    double full[NM_PARTIES_MOST];
    double least;
    nm_ratio best;
    bool some;
} nearest;

static void look_at(nearest *n, const nm_num *u)
{
    double sum = 0;
    nm_ratio own;
    for (uint32_t i = 0; i < n->x->nc->m.k; i++) {
        double away = nm_double(u[i], n->x->nc->m.unit[i]) / n->full[i] - 1;
        sum += away * away;
    }
    if ((n->some && sum > n->least + NEAR * (n->least + 1e-300)) || !squared(n->x, u, &own)) {
        return;
    }
    if (n->some) {
        nm_ratio minus = n->best;
        nm_ratio d;
        minus.negative = minus.num.used > 0;
        if (!nm_ratio_add(&d, &own, &minus) || !d.negative) {
            return;
        }
    }
    n->best = own;
    n->least = sum;
    n->some = true;
}

/* Beyond full marks the nearest need not be on the frontier: every package of a small space. */
static parley_status walk(nearest *n, parley_arena *arena, bool acceptable, parley_error *err)
{
    const nm_model *m = &n->x->nc->m;
    uint32_t *package = parley_arena_array(arena, m->n, sizeof(*package));
    nm_num *scratch = parley_arena_array(arena, m->boxes, sizeof(*scratch));
    nm_num u[NM_PARTIES_MOST];
    uint32_t looked = 0;
    if (package == NULL || scratch == NULL) {
        return nm_no_room(err);
    }
    for (;;) {
        if (nm_feasible(m, package)) {
            bool yes = true;
            nm_worth(m, package, scratch, u);
            for (uint32_t i = 0; i < m->k && acceptable && yes; i++) {
                yes = nm_accepts(m, i, u[i], package);
            }
            if (yes) {
                look_at(n, u);
            }
        }
        if (++looked % 65536 == 0 && parley_ctx_cancelled(n->x->ctx)) {
            return parley_fail(err, PARLEY_CANCELLED, "stopped");
        }
        uint32_t j = m->n;
        while (j-- > 0 && ++package[j] == m->size[j]) {
            package[j] = 0;
        }
        if (j == UINT32_MAX) {
            return PARLEY_OK;
        }
    }
}

/* Does the most that somebody has on a frontier go beyond full marks? */
static bool goes_beyond(const parley_numbers *x, const nm_frontier *f)
{
    const uint32_t k = x->nc->m.k;
    for (uint32_t i = 0; i < k; i++) {
        nm_num most = 0;
        nm_ratio away;
        for (uint32_t p = 0; p < f->size; p++) {
            nm_num u = f->u[(size_t)p * k + i];
            most = p == 0 || u > most ? u : most;
        }
        if (shortfall(x, i, most, &away) && away.num.used > 0 && !away.negative) {
            return true;
        }
    }
    return false;
}

/* The least over the points of a frontier; one: of this point, whatever lies near. */
static parley_status oppose(parley_numbers *x, const nm_frontier *f, parley_opposition_of which,
                            parley_error *err)
{
    const nm_model *m = &x->nc->m;
    parley_opposition *out = &x->opposition[which];
    nearest n = {.x = x};
    for (uint32_t i = 0; i < m->k; i++) {
        nm_ratio marks = full_marks(x, i);
        n.full[i] = nm_ratio_double(&marks);
    }
    out->beyond = goes_beyond(x, f);
    if (out->beyond && which != PARLEY_OPPOSITION_UTILITARIAN_ALL && f->size > 0) {
        if (nm_total_most(m, NM_WALK_MOST) > NM_WALK_MOST) {
            return PARLEY_OK;
        }
        parley_status status = walk(&n, x->arena, which == PARLEY_OPPOSITION_ACCEPTABLE, err);
        if (status != PARLEY_OK) {
            return status;
        }
    } else {
        for (uint32_t p = 0; p < f->size; p++) {
            look_at(&n, &f->u[(size_t)p * m->k]);
        }
    }
    if (n.some) {
        char *text = parley_arena_alloc(x->arena, NM_LONG);
        if (text == NULL) {
            return nm_no_room(err);
        }
        nm_print_ratio(&n.best, text);
        out->known = true;
        out->distance = sqrt(nm_ratio_double(&n.best));
        out->squared = text;
    }
    return PARLEY_OK;
}

parley_status nm_elsewhere(parley_numbers *x, parley_error *err)
{
    bool whole = !x->chained && x->frontier.status == PARLEY_FRONTIER_EXACT;
    bool accepted = whole && x->accepted.status == PARLEY_FRONTIER_EXACT;
    nm_frontier sum = {.size = 0};
    for (int which = 0; which < PARLEY_ELSEWHERE_COUNT; which++) {
        search s = {.which = (parley_elsewhere)which};
        nm_solution found = {.status = PARLEY_SOLUTION_NONE,
                             .reason =
                                 x->chained ? "not worked out where shares move" : no_frontier};
        bool all = which == PARLEY_ELSEWHERE_LEAST_DIFFERENCES ||
                   which == PARLEY_ELSEWHERE_UTILITARIAN_ALL ||
                   which == PARLEY_ELSEWHERE_PRODUCT_ALL;
        if (all ? whole : accepted) {
            set_up(&s, x);
            best_of(&s, &found);
        }
        if (!nm_publish(x, &found, &x->elsewhere[which])) {
            return nm_no_room(err);
        }
        if (which == PARLEY_ELSEWHERE_UTILITARIAN_ALL && found.found) {
            sum = x->frontier;
            sum.size = 1;
            sum.u = &x->frontier.u[(size_t)((found.package - x->frontier.package) /
                                            (ptrdiff_t)(s.m.n > 0 ? s.m.n : 1)) *
                                   s.m.k];
        }
    }
    parley_status status = PARLEY_OK;
    if (whole) {
        status = oppose(x, &x->frontier, PARLEY_OPPOSITION_ALL, err);
    }
    if (accepted && status == PARLEY_OK) {
        status = oppose(x, &x->accepted, PARLEY_OPPOSITION_ACCEPTABLE, err);
    }
    if (sum.size > 0 && status == PARLEY_OK) {
        status = oppose(x, &sum, PARLEY_OPPOSITION_UTILITARIAN_ALL, err);
    }
    return status;
}
