/*
 * Results in which shares move without steps, once more: two parties, straight lines. The frontier
 * is a list of points and of stretches between them; packages with shares drawn at random, and all
 * that give each whole to somebody, must lie on it or below; weights along each stretch must reach
 * no further anywhere; and the solutions are looked for on every stretch again.
 */
#include "deal/recheck_internal.h"

#include <parley/numbers.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#define PACKAGES_MOST 1000u /* of everything else */
#define WAYS 24u            /* of sharing out, for each */

typedef struct shares {
    parley_recheck *r;
    rk_number without[2];
    rk_number ideal[2];
    bool some; /* both accept something */
    bool red;  /* red lines: the frontier is not that of what both accept */
} shares;

static const rk_number *end_of(const parley_recheck *r, uint32_t p, uint32_t i)
{
    return &r->point_exact[(size_t)p * 2 + i];
}

/* ------------------------------------------------------------------ covering */

/* Is there a place on stretch s that is at least u for both? Its ends count. */
static bool stretch_covers(const parley_recheck *r, uint32_t s, const rk_number u[2])
{
    const rk_number *a = end_of(r, r->segment[s][0], 0);
    const rk_number *b = end_of(r, r->segment[s][1], 0);
    if (rk_compare(a, &u[0]) < 0) {
        return false;
    }
    const rk_number *low = rk_compare(b, &u[0]) > 0 ? b : &u[0];
    /* worth of the second party where the first has `low` */
    rk_number part = rk_sub(a, low);
    rk_number whole = rk_sub(a, b);
    rk_number up = rk_sub(end_of(r, r->segment[s][1], 1), end_of(r, r->segment[s][0], 1));
    part = rk_div(&part, &whole);
    up = rk_mul(&up, &part);
    up = rk_add(&up, end_of(r, r->segment[s][0], 1));
    return rk_compare(&up, &u[1]) >= 0;
}

static bool covered(const parley_recheck *r, const rk_number u[2])
{
    const double near[2] = {rk_double(&u[0]), rk_double(&u[1])};
    for (uint32_t p = 0; p < r->points; p++) {
        const double *have = r->point_near + (size_t)p * 2;
        if (have[0] >= near[0] - 1e-6 * (fabs(near[0]) + 1) &&
            have[1] >= near[1] - 1e-6 * (fabs(near[1]) + 1) &&
            rk_compare(end_of(r, p, 0), &u[0]) >= 0 && rk_compare(end_of(r, p, 1), &u[1]) >= 0) {
            return true;
        }
    }
    for (uint32_t s = 0; s < r->segments; s++) {
        const double *a = r->point_near + (size_t)r->segment[s][0] * 2;
        const double *b = r->point_near + (size_t)r->segment[s][1] * 2;
        if (a[0] >= near[0] - 1e-6 * (fabs(near[0]) + 1) &&
            b[1] >= near[1] - 1e-6 * (fabs(near[1]) + 1) && stretch_covers(r, s, u)) {
            return true;
        }
    }
    return false;
}

static bool next(const parley_recheck *r, rk_package *p)
{
    for (uint32_t j = r->n; j-- > 0;) {
        int64_t *v = &p->value[r->issue[j].issue];
        if (r->issue[j].size == 0) {
            continue;
        }
        if ((uint64_t)++ * v < r->issue[j].size) {
            return true;
        }
        *v = 0;
    }
    return false;
}

/* Everything to one recipient, or drawn in twelfths. */
static void share_out(parley_recheck *r, rk_package *p, parley_random *random, bool whole)
{
    for (uint32_t j = 0; j < r->n; j++) {
        const parley_issue *issue = parley_case_issue(r->c, r->issue[j].issue);
        rk_number *share = p->share[r->issue[j].issue];
        uint32_t left = 12;
        if (r->issue[j].size > 0) {
            continue;
        }
        uint32_t all = parley_random_below(random, issue->recipient_count);
        for (uint32_t q = 0; q < issue->recipient_count; q++) {
            uint32_t part = whole ? (q == all ? 12 : 0)
                            : q + 1 == issue->recipient_count
                                ? left
                                : parley_random_below(random, left + 1);
            left -= whole ? 0 : part;
            share[q] = rk_parts(part, 12);
        }
    }
}

static void check_packages(parley_recheck *r, const parley_tree_node *list)
{
    parley_random random = parley_random_stream(14, 7, 0, 0);
    rk_package p = rk_package_new(r);
    uint64_t others = 1;
    uint64_t looked = 0;
    for (uint32_t j = 0; j < r->n; j++) {
        uint64_t size = r->issue[j].size == 0 ? 1 : r->issue[j].size;
        others = others > 1000000000 ? others : others * size;
    }
    bool all = others <= PACKAGES_MOST;
    uint64_t rounds = all ? others : PACKAGES_MOST;
    for (uint32_t j = 0; j < r->n && !rk_stop(r); j++) {
        p.value[r->issue[j].issue] = r->issue[j].size == 0 ? -1 : 0;
    }
    for (uint64_t k = 0; k < rounds && !rk_stop(r); k++) {
        for (uint32_t j = 0; j < r->n && !all; j++) {
            if (r->issue[j].size > 0) {
                p.value[r->issue[j].issue] = parley_random_below(&random, r->issue[j].size);
            }
        }
        for (uint32_t way = 0; way < WAYS; way++) {
            share_out(r, &p, &random, way % 2 == 0);
            if (!rk_feasible(r, &p)) {
                continue;
            }
            const rk_number u[2] = {rk_worth_exact(r, 0, &p, true), rk_worth_exact(r, 1, &p, true)};
            looked++;
            if (!covered(r, u)) {
                rk_fault(r, list,
                         "a package gives %.12g and %.12g, which lies beyond this "
                         "frontier",
                         rk_double(&u[0]), rk_double(&u[1]));
                return;
            }
        }
        if (all) {
            next(r, &p);
        }
    }
    rk_done(r, "no package beyond the frontier: shares", looked,
            all ? "all other answers, shares drawn at random"
                : "answers and shares drawn at random");
}

/* --------------------------------------------------------------- straight lines */

/* The most of w0 u0 + w1 u1 over all packages that keep the rules; others are walked through. */
static rk_number reach(parley_recheck *r, const rk_number w[2], rk_package *p)
{
    rk_number most = rk_whole(0);
    bool some = false;
    for (uint32_t j = 0; j < r->n; j++) {
        p->value[r->issue[j].issue] = r->issue[j].size == 0 ? -1 : 0;
    }
    do {
        rk_number sum = rk_whole(0);
        if (!rk_feasible(r, p)) {
            continue;
        }
        for (uint32_t i = 0; i < 2; i++) {
            uint64_t own[RK_WORDS];
            rk_worth(r, i, p, false, own);
            rk_number a = rk_unscale(own, r->words, &r->unit);
            a = rk_mul(&a, &w[i]);
            sum = rk_add(&sum, &a);
        }
        if (!some || rk_compare(&sum, &most) > 0) {
            most = sum;
        }
        some = true;
    } while (next(r, p));
    for (uint32_t j = 0; j < r->n; j++) { /* each split to whoever makes most of it */
        const parley_issue *issue = parley_case_issue(r->c, r->issue[j].issue);
        rk_number *share = p->share[r->issue[j].issue];
        rk_number top = rk_whole(0);
        if (r->issue[j].size > 0) {
            continue;
        }
        for (uint32_t q = 0; q < issue->recipient_count; q++) {
            rk_number sum = rk_whole(0);
            for (uint32_t o = 0; o < issue->recipient_count; o++) {
                share[o] = rk_whole(o == q ? 1 : 0);
            }
            for (uint32_t i = 0; i < 2; i++) {
                rk_number a = rk_adds(r, i, j, p);
                a = rk_mul(&a, &w[i]);
                sum = rk_add(&sum, &a);
            }
            if (q == 0 || rk_compare(&sum, &top) > 0) {
                top = sum;
            }
        }
        most = rk_add(&most, &top);
    }
    return most;
}

static void check_lines(parley_recheck *r, const parley_tree_node *list)
{
    rk_package p = rk_package_new(r);
    uint64_t others = 1;
    uint64_t lines = 0;
    for (uint32_t j = 0; j < r->n; j++) {
        others = r->issue[j].size == 0 || others > 1000000 ? others : others * r->issue[j].size;
    }
    if (others * (r->segments + 8) > 100000 || rk_stop(r)) {
        rk_left(r, "straight lines along the frontier", "too much else to decide");
        return;
    }
    for (uint32_t s = 0; s < r->segments + 8 && !rk_stop(r); s++) {
        rk_number w[2] = {rk_whole(s < r->segments ? 0 : (int64_t)(s - r->segments)),
                          rk_whole(s < r->segments ? 0 : (int64_t)(7 - (s - r->segments)))};
        if (s < r->segments) {
            w[0] = rk_sub(end_of(r, r->segment[s][1], 1), end_of(r, r->segment[s][0], 1));
            w[1] = rk_sub(end_of(r, r->segment[s][0], 0), end_of(r, r->segment[s][1], 0));
        }
        rk_number most = reach(r, w, &p);
        rk_number best = rk_whole(0);
        for (uint32_t q = 0; q < r->points; q++) {
            rk_number a = rk_mul(end_of(r, q, 0), &w[0]);
            rk_number b = rk_mul(end_of(r, q, 1), &w[1]);
            a = rk_add(&a, &b);
            best = q == 0 || rk_compare(&a, &best) > 0 ? a : best;
        }
        lines++;
        if (rk_compare(&most, &best) != 0) {
            rk_fault(r, list, "packages reach %.12g under some weights, these points only %.12g",
                     rk_double(&most), rk_double(&best));
            return;
        }
    }
    rk_done(r, "no package beyond the frontier: straight lines", lines,
            "the most under weights, issue by issue");
}

/* In order, and nothing strictly above a point or a stretch. */
static void check_order(parley_recheck *r, const parley_tree_node *list)
{
    const parley_tree_node *at = parley_tree_first(list);
    for (uint32_t p = 0; p < r->points && !rk_stop(r); p++, at = parley_tree_next(at)) {
        if (p > 0 && rk_compare(end_of(r, p - 1, 0), end_of(r, p, 0)) < 0) {
            rk_fault(r, at, "the point before this one is worth less to the first party");
        }
        bool beaten = false;
        bool twice = false;
        for (uint32_t q = 0; q < r->points && !beaten; q++) {
            int a = rk_compare(end_of(r, q, 0), end_of(r, p, 0));
            int b = rk_compare(end_of(r, q, 1), end_of(r, p, 1));
            beaten = a >= 0 && b >= 0 && (a > 0 || b > 0);
            twice = twice || (q != p && !r->point_open[q] && a == 0 && b == 0);
        }
        if (r->point_open[p] ? !beaten && !twice : beaten) {
            rk_fault(r, at,
                     r->point_open[p]
                         ? "nothing is above this end, or stands for it: it is not open"
                         : "another point is above this one");
        }
        for (uint32_t q = 0; q < p && !r->point_open[p]; q++) {
            if (!r->point_open[q] && rk_compare(end_of(r, q, 0), end_of(r, p, 0)) == 0 &&
                rk_compare(end_of(r, q, 1), end_of(r, p, 1)) == 0) {
                rk_fault(r, at, "this point stands here twice");
            }
        }
    }
    for (uint32_t s = 0; s < r->segments && !rk_stop(r); s++) {
        const rk_number *a = end_of(r, r->segment[s][0], 0);
        const rk_number *b = end_of(r, r->segment[s][1], 0);
        const rk_number *a1 = end_of(r, r->segment[s][0], 1);
        const rk_number *b1 = end_of(r, r->segment[s][1], 1);
        if (rk_compare(a, b) <= 0 || rk_compare(a1, b1) >= 0) {
            rk_fault(r, list, "a stretch goes from the better end for one to that for the other");
            return;
        }
        for (uint32_t p = 0; p < r->points; p++) { /* strictly above it, between its ends */
            const rk_number *x = end_of(r, p, 0);
            const rk_number *y = end_of(r, p, 1);
            if (rk_compare(x, b) <= 0 || rk_compare(y, a1) <= 0) {
                continue;
            }
            rk_number over = rk_sub(a, x);
            rk_number up = rk_sub(b1, a1);
            rk_number wide = rk_sub(a, b);
            over = rk_mul(&over, &up);
            over = rk_div(&over, &wide);
            over = rk_add(&over, a1);
            if (rk_compare(y, &over) > 0) {
                rk_fault(r, list, "point %u lies above the stretch from point %u on", p + 1,
                         r->segment[s][0] + 1);
                return;
            }
        }
    }
    rk_done(r, "no point above another, nor above a stretch", r->points, "each against all");
}

/* -------------------------------------------------------------------- solutions */

/* a + t b from the first end of a stretch to the second; t from low to high. */
typedef struct way {
    rk_number a[2], b[2];
    rk_number low, high;
} way;

static rk_number on(const way *w, int i, const rk_number *t)
{
    rk_number u = rk_mul(&w->b[i], t);
    return rk_add(&w->a[i], &u);
}

/* Stretch s, or behind the stretches point s - segments; cut to what both accept. */
static bool take_way(const shares *x, uint32_t s, way *w)
{
    const parley_recheck *r = x->r;
    uint32_t from = s < r->segments ? r->segment[s][0] : s - r->segments;
    uint32_t to = s < r->segments ? r->segment[s][1] : from;
    w->low = rk_whole(0);
    w->high = rk_whole(s < r->segments ? 1 : 0);
    for (int i = 0; i < 2; i++) {
        w->a[i] = *end_of(r, from, (uint32_t)i);
        w->b[i] = rk_sub(end_of(r, to, (uint32_t)i), &w->a[i]);
        rk_number need = rk_sub(&x->without[i], &w->a[i]);
        int slope = rk_sign(&w->b[i]);
        if (slope == 0) {
            if (rk_sign(&need) > 0) {
                return false;
            }
            continue;
        }
        rk_number t = rk_div(&need, &w->b[i]);
        if (slope > 0 && rk_compare(&t, &w->low) > 0) {
            w->low = t;
        } else if (slope < 0 && rk_compare(&t, &w->high) < 0) {
            w->high = t;
        }
    }
    return rk_compare(&w->low, &w->high) <= 0;
}

static rk_number part(const shares *x, int goal, int i, const rk_number *u)
{
    rk_number g = rk_sub(u, &x->without[i]);
    if (goal == PARLEY_GOAL_KALAI_SMORODINSKY) {
        rk_number by = rk_sub(&x->ideal[i], &x->without[i]);
        return rk_sign(&by) == 0 ? rk_whole(1) : rk_div(&g, &by);
    }
    return goal == PARLEY_GOAL_UTILITARIAN ? *u : g;
}

static rk_number value_of(const shares *x, int goal, const rk_number u[2])
{
    rk_number a = part(x, goal, 0, &u[0]);
    rk_number b = part(x, goal, 1, &u[1]);
    return goal == PARLEY_GOAL_NASH          ? rk_mul(&a, &b)
           : goal == PARLEY_GOAL_UTILITARIAN ? rk_add(&a, &b)
           : rk_compare(&a, &b) < 0          ? a
                                             : b;
}

static int order_of(const shares *x, int goal, const rk_number u[2], const rk_number v[2])
{
    rk_number a = value_of(x, goal, u);
    rk_number b = value_of(x, goal, v);
    int order = rk_compare(&a, &b);
    if (order == 0 && (goal == PARLEY_GOAL_EGALITARIAN || goal == PARLEY_GOAL_KALAI_SMORODINSKY)) {
        /* the smaller ones are equal: the larger ones decide, and so do the sums */
        rk_number p[4] = {part(x, goal, 0, &u[0]), part(x, goal, 1, &u[1]), part(x, goal, 0, &v[0]),
                          part(x, goal, 1, &v[1])};
        a = rk_add(&p[0], &p[1]);
        b = rk_add(&p[2], &p[3]);
        order = rk_compare(&a, &b);
    }
    return order;
}

/* Where a goal may have its top inside a way. */
static bool inner(const shares *x, int goal, const way *w, rk_number *t)
{
    const rk_number zero = rk_whole(0);
    const rk_number one = rk_whole(1);
    if (rk_sign(&w->b[0]) == 0 || goal == PARLEY_GOAL_UTILITARIAN) {
        return false;
    }
    rk_number u0 = on(w, 0, &zero);
    rk_number u1 = on(w, 1, &zero);
    rk_number a0 = part(x, goal, 0, &u0);
    rk_number a1 = part(x, goal, 1, &u1);
    u0 = on(w, 0, &one);
    u1 = on(w, 1, &one);
    rk_number b0 = part(x, goal, 0, &u0);
    rk_number b1 = part(x, goal, 1, &u1);
    b0 = rk_sub(&b0, &a0);
    b1 = rk_sub(&b1, &a1);
    if (goal == PARLEY_GOAL_NASH) { /* (a0 + t b0)(a1 + t b1): the top is where it stops rising */
        rk_number up = rk_mul(&a0, &b1);
        rk_number more = rk_mul(&a1, &b0);
        up = rk_add(&up, &more);
        more = rk_mul(&b0, &b1);
        rk_number two = rk_whole(-2);
        more = rk_mul(&more, &two);
        *t = rk_div(&up, &more);
    } else {
        rk_number up = rk_sub(&a1, &a0);
        rk_number by = rk_sub(&b0, &b1);
        if (rk_sign(&by) == 0) {
            return false;
        }
        *t = rk_div(&up, &by);
    }
    return !t->broken && rk_compare(t, &w->low) > 0 && rk_compare(t, &w->high) < 0;
}

/* The best of the frontier for a goal; *all_along: a whole stretch is. */
static void find_best(const shares *x, int goal, rk_number best[2], uint32_t *ties, bool *all_along)
{
    const parley_recheck *r = x->r;
    bool some = false;
    rk_number seen[2];
    *ties = 0;
    *all_along = false;
    for (uint32_t s = 0; s < r->segments + r->points; s++) {
        way w;
        rk_number t[3];
        rk_number ends[2][2];
        if (!take_way(x, s, &w)) {
            continue;
        }
        t[0] = w.low;
        t[1] = w.high;
        uint32_t places = inner(x, goal, &w, &t[2]) ? 3 : 2;
        for (uint32_t k = 0; k < places; k++) {
            rk_number u[2] = {on(&w, 0, &t[k]), on(&w, 1, &t[k])};
            int order = some ? order_of(x, goal, u, best) : 1;
            if (k < 2) {
                ends[k][0] = u[0];
                ends[k][1] = u[1];
            }
            if (order > 0) {
                best[0] = seen[0] = u[0];
                best[1] = seen[1] = u[1];
                *ties = 1;
                *all_along = false;
            } else if (order == 0 && (rk_compare(&u[0], &best[0]) != 0) &&
                       rk_compare(&u[0], &seen[0]) != 0) {
                seen[0] = u[0];
                (*ties)++;
            }
            some = true;
        }
        if (rk_compare(&w.low, &w.high) < 0 && goal == PARLEY_GOAL_UTILITARIAN &&
            order_of(x, goal, ends[0], ends[1]) == 0 && order_of(x, goal, ends[0], best) == 0) {
            *all_along = true;
        }
    }
}

static void check_solution(shares *x, const rk_group *g, int goal, const parley_tree_node *at)
{
    static const char stretch[] = "every share on a whole stretch is equally good";
    parley_recheck *r = x->r;
    const parley_tree_node *status = rk_need(r, at, "status");
    const parley_tree_node *reason = rk_need(r, at, "reason");
    const parley_tree_node *value = rk_need(r, at, "value");
    const parley_tree_node *bound = rk_need(r, at, "bound");
    const parley_tree_node *ties = rk_need(r, at, "ties");
    const parley_tree_node *package = rk_need(r, at, "package");
    bool one = g->count == 1;
    bool some = one || x->some;
    if (status == NULL || reason == NULL || value == NULL || bound == NULL || ties == NULL ||
        package == NULL) {
        return;
    }
    const char *word = parley_tree_text(status) == NULL ? "" : parley_tree_text(status);
    if (strcmp(word, "none") == 0) {
        if (some && !x->red && !one && !r->strict) {
            rk_fault(r, status, "there are packages that both accept");
        } else if (x->red || one || r->strict) {
            rk_left(r, "that there is no solution", "red lines, a group of one, or a strict bound");
        }
        rk_expect(r, at, "reason", rk_no_package);
        if (!rk_is_null(value) || !rk_is_null(bound) || !rk_is_null(package) || !rk_is_null(ties)) {
            rk_fault(r, status, "there is a solution here, although it says 'none'");
        }
        return;
    }
    if (strcmp(word, "bounded") == 0 && r->strict && rk_is_null(package)) {
        rk_left(r, "a bound that is not reached", "worth must lie above the worth without a deal");
        return;
    }
    if (strcmp(word, "optimal") != 0) {
        rk_fault(r, status, "'status' is optimal or none where shares move freely");
        return;
    }
    rk_package p = rk_package_new(r);
    rk_number u[2];
    if (rk_is_null(package) || rk_stop(r) || !rk_point(r, at, &p, NULL, u)) {
        rk_fault(r, package, "a solution has a package");
        return;
    }
    rk_done(r, "what each issue adds, in the solutions", rk_by_issue(r, at, &p),
            "against the case");
    for (uint32_t k = 0; k < g->count; k++) {
        uint32_t i = g->who[k];
        int order = rk_compare(&u[i], &x->without[i]);
        if (order < 0 || (r->strict && order == 0) || rk_crosses(r, i, &p)) {
            rk_fault(r, package, "'%s' does not accept this package",
                     parley_case_worth(r->c, (int32_t)i)->record.id);
        }
    }
    rk_number got = one ? part(x, goal, (int)g->who[0], &u[g->who[0]]) : value_of(x, goal, u);
    if (one && goal == PARLEY_GOAL_KALAI_SMORODINSKY) {
        got = rk_whole(1);
    }
    if (x->red && !one && goal == PARLEY_GOAL_KALAI_SMORODINSKY) {
        rk_left(r, "Kalai-Smorodinsky", "the best for each is not on the frontier of all packages");
        return;
    }
    if (!rk_says(value, rk_double(&got))) {
        rk_fault(r, value, "this package gives %.12g", rk_double(&got));
    }
    if (!rk_says(bound, rk_double(&got))) {
        rk_fault(r, bound, "where nothing is better, the bound is the value");
    }
    if (x->red) {
        rk_left(r, "that no package is better than a solution",
                "red lines: the frontier is not that of what all accept");
        return;
    }
    if (one) {
        for (uint32_t q = 0; q < r->points; q++) {
            if (rk_compare(end_of(r, q, g->who[0]), &u[g->who[0]]) > 0) {
                rk_fault(r, value, "point %u is better for the one party that counts", q + 1);
                return;
            }
        }
        rk_done(r, "solutions", 1, "against every point of the frontier");
        return;
    }
    rk_number best[2];
    uint32_t equal = 0;
    bool all_along = false;
    char text[32];
    find_best(x, goal, best, &equal, &all_along);
    if (order_of(x, goal, best, u) > 0 || !covered(r, u)) {
        rk_fault(r, value, "another package gives %.12g and %.12g", rk_double(&best[0]),
                 rk_double(&best[1]));
    }
    rk_number zero = rk_whole(0);
    bool product = goal == PARLEY_GOAL_NASH && rk_compare(&got, &zero) == 0;
    rk_expect(r, at, "reason", all_along ? stretch : product ? rk_no_product : NULL);
    snprintf(text, sizeof(text), "%u", equal);
    if (!product) {
        rk_expect(r, at, "ties", all_along ? NULL : text);
    } else {
        rk_left(r, "how many are as good", "where a product is 0");
    }
    rk_done(r, "solutions", 1, "against every stretch of the frontier");
}

void rk_solutions_of_shares(parley_recheck *r, const parley_tree_node *root)
{
    shares x = {.r = r};
    rk_groups *groups = rk_room(r, 1, sizeof(*groups));
    const parley_tree_node *list = rk_member(rk_member(root, "frontier"), "points");
    const parley_tree_node *counts = rk_need(r, root, "packages");
    if (r->k != 2 || list == NULL || counts == NULL || groups == NULL || !r->frontier_exact ||
        parley_tree_count(list) != r->points) {
        rk_left(r, "the frontier and the solutions", "the frontier could not be read");
        return;
    }
    rk_expect(r, counts, "total", NULL);
    rk_expect(r, counts, "feasible", NULL);
    rk_expect(r, counts, "acceptable_to_all", NULL);
    check_order(r, list);
    check_packages(r, list);
    if (r->points > 0) {
        check_lines(r, list);
    }
    for (const parley_tree_node *at = parley_tree_first(list); at != NULL;
         at = parley_tree_next(at)) {
        rk_expect(r, at, "count", "1");
    }
    for (uint32_t i = 0; i < 2; i++) {
        const parley_tree_node *by = rk_need(r, counts, "acceptable_to");
        x.without[i] = rk_unscale(r->without + (size_t)i * r->words, r->words, &r->unit);
        x.red = x.red || r->reds[i] > 0;
        if (by != NULL) {
            rk_expect(r, by, parley_case_worth(r->c, (int32_t)i)->record.id, NULL);
        }
    }
    for (uint32_t s = 0; s < r->segments + r->points; s++) { /* the best for each */
        way w;
        if (!take_way(&x, s, &w)) {
            continue;
        }
        for (int end = 0; end < 2; end++) {
            for (int i = 0; i < 2; i++) {
                rk_number u = on(&w, i, end == 0 ? &w.low : &w.high);
                x.ideal[i] =
                    (!x.some && end == 0) || rk_compare(&u, &x.ideal[i]) > 0 ? u : x.ideal[i];
            }
        }
        x.some = true;
    }
    rk_acceptance(r, root, groups);
    for (uint32_t q = 0; q < groups->count && !rk_stop(r); q++) {
        for (int goal = 0; goal < PARLEY_GOAL_COUNT && groups->json[q] != NULL; goal++) {
            const parley_tree_node *at =
                rk_need(r, groups->json[q], parley_goal_word((parley_goal)goal));
            if (at != NULL) {
                check_solution(&x, &groups->who[q], goal, at);
            }
        }
    }
}
