/*
 * What other programs report, once more: the package and worth of each, its number, whether a point
 * of the frontier has a better one, and how many are as good. Points that are near the best are
 * compared in fractions.
 */
#include "deal/recheck_internal.h"

#include <parley/numbers.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What all of this is looked up in. */
typedef struct others {
    double without[RK_PARTIES];
    double full[RK_PARTIES];      /* marks */
    double best_all[RK_PARTIES];  /* of the frontier */
    double best_own[RK_PARTIES];  /* of its points that all accept */
    uint32_t top_all[RK_PARTIES]; /* the points where that is */
    uint32_t top_own[RK_PARTIES];
    bool *accepted; /* by point */
    uint32_t accepted_count;
    bool lines; /* somebody has red lines: what is best need not be on the frontier */
} others;

static const double *near_point(const parley_recheck *r, uint32_t p)
{
    return r->point_near + (size_t)p * r->k;
}

static const uint64_t *whole_point(const parley_recheck *r, uint32_t p, uint32_t i)
{
    return r->point + ((size_t)p * r->k + i) * r->words;
}

static void look_up(parley_recheck *r, others *o)
{
    o->accepted = rk_room(r, r->points, sizeof(*o->accepted));
    for (uint32_t i = 0; i < r->k && o->accepted != NULL; i++) {
        const parley_worth *w = parley_case_worth(r->c, (int32_t)i);
        rk_number scale = w->scale.den == 0 ? rk_whole(1) : rk_of(w->scale);
        o->without[i] = rk_near(r->without + (size_t)i * r->words, r->words, &r->unit);
        o->full[i] = rk_double(&scale);
        o->lines = o->lines || r->reds[i] > 0;
        o->best_all[i] = o->best_own[i] = -HUGE_VAL;
    }
    for (uint32_t p = 0; p < r->points && o->accepted != NULL; p++) {
        bool yes = true;
        for (uint32_t i = 0; i < r->k; i++) {
            yes = yes && rk_enough(r, i, r->point + ((size_t)p * r->k + i) * r->words) &&
                  !rk_crosses(r, i, &r->point_package[p]);
            if (p == 0 ||
                rk_order(whole_point(r, p, i), whole_point(r, o->top_all[i], i), r->words) > 0) {
                o->top_all[i] = p;
                o->best_all[i] = near_point(r, p)[i];
            }
        }
        for (uint32_t i = 0; i < r->k && yes; i++) {
            if (o->accepted_count == 0 ||
                rk_order(whole_point(r, p, i), whole_point(r, o->top_own[i], i), r->words) > 0) {
                o->top_own[i] = p;
                o->best_own[i] = near_point(r, p)[i];
            }
        }
        o->accepted[p] = yes;
        o->accepted_count += yes;
    }
}

static double share_of(double u, double from, double to)
{
    return to > from ? (u - from) / (to - from) : 1;
}

/* Greater is better; -HUGE_VAL: it takes no part. */
static double value_of(const parley_recheck *r, const others *o, parley_elsewhere which,
                       const double *u)
{
    double value = which == PARLEY_ELSEWHERE_PRODUCT_ALL    ? 1
                   : which == PARLEY_ELSEWHERE_KS_IDEAL_ALL ? HUGE_VAL
                                                            : 0;
    for (uint32_t i = 0; i < r->k; i++) {
        switch (which) {
        case PARLEY_ELSEWHERE_LEAST_DIFFERENCES:
            for (uint32_t j = i + 1; j < r->k; j++) {
                value -= fabs(u[i] - u[j]);
            }
            break;
        case PARLEY_ELSEWHERE_KS_IDEAL_ALL:
            value = fmin(value, share_of(u[i], o->without[i], o->best_all[i]));
            break;
        case PARLEY_ELSEWHERE_UTILITARIAN_ALL:
            value += u[i];
            break;
        case PARLEY_ELSEWHERE_PRODUCT_ALL:
            if (u[i] < 0) {
                return -HUGE_VAL;
            }
            value *= u[i];
            break;
        case PARLEY_ELSEWHERE_RELATIVE:
            value += share_of(u[i], o->without[i], o->best_own[i]);
            break;
        case PARLEY_ELSEWHERE_COUNT:
            break;
        }
    }
    return value;
}

static bool among_accepted(parley_elsewhere which)
{
    return which == PARLEY_ELSEWHERE_KS_IDEAL_ALL || which == PARLEY_ELSEWHERE_RELATIVE;
}

/* (u - without) / (best - without) */
static rk_number exact_share(const parley_recheck *r, const others *o, bool own, const uint64_t *u,
                             uint32_t i)
{
    const uint64_t *best = whole_point(r, own ? o->top_own[i] : o->top_all[i], i);
    rk_number from = rk_unscale(r->without + (size_t)i * r->words, r->words, &r->unit);
    rk_number to = rk_unscale(best, r->words, &r->unit);
    rk_number at = rk_unscale(u + (size_t)i * r->words, r->words, &r->unit);
    rk_number way = rk_sub(&to, &from);
    at = rk_sub(&at, &from);
    return rk_sign(&way) == 0 ? rk_whole(1) : rk_div(&at, &way);
}

/* One number, greater is better; of Kalai-Smorodinsky the shares, the least first. */
static uint32_t exact_value(const parley_recheck *r, const others *o, parley_elsewhere which,
                            const uint64_t *u, rk_number *out)
{
    out[0] = rk_whole(which == PARLEY_ELSEWHERE_PRODUCT_ALL ? 1 : 0);
    for (uint32_t i = 0; i < r->k; i++) {
        rk_number a = rk_unscale(u + (size_t)i * r->words, r->words, &r->unit);
        switch (which) {
        case PARLEY_ELSEWHERE_LEAST_DIFFERENCES:
            for (uint32_t j = i + 1; j < r->k; j++) {
                rk_number b = rk_unscale(u + (size_t)j * r->words, r->words, &r->unit);
                rk_number away = rk_sign(&a) == 0 && rk_sign(&b) == 0 ? rk_whole(0)
                                 : rk_compare(&a, &b) > 0             ? rk_sub(&a, &b)
                                                                      : rk_sub(&b, &a);
                out[0] = rk_sub(&out[0], &away);
            }
            break;
        case PARLEY_ELSEWHERE_KS_IDEAL_ALL: {
            rk_number share = exact_share(r, o, false, u, i);
            uint32_t at = i;
            for (; at > 0 && rk_compare(&out[at - 1], &share) > 0; at--) {
                out[at] = out[at - 1];
            }
            out[at] = share;
            break;
        }
        case PARLEY_ELSEWHERE_PRODUCT_ALL:
            out[0] = rk_mul(&out[0], &a);
            break;
        case PARLEY_ELSEWHERE_RELATIVE: {
            rk_number share = exact_share(r, o, true, u, i);
            out[0] = rk_add(&out[0], &share);
            break;
        }
        case PARLEY_ELSEWHERE_UTILITARIAN_ALL:
        case PARLEY_ELSEWHERE_COUNT:
            out[0] = rk_add(&out[0], &a);
            break;
        }
    }
    return which == PARLEY_ELSEWHERE_KS_IDEAL_ALL ? r->k : 1;
}

/* Order of a worth against all points that are near the best; *ties: points as good as it. */
static int against_points(parley_recheck *r, const others *o, parley_elsewhere which,
                          const uint64_t *u, double least, uint32_t *ties)
{
    parley_arena_mark mark = parley_arena_here(r->arena);
    rk_number *mine = rk_room(r, r->k, sizeof(*mine));
    rk_number *other = rk_room(r, r->k, sizeof(*other));
    int order = 1;
    *ties = 0;
    uint32_t n = mine == NULL || other == NULL ? 0 : exact_value(r, o, which, u, mine);
    for (uint32_t p = 0; p < r->points && n > 0 && order >= 0 && !rk_stop(r); p++) {
        if ((among_accepted(which) && !o->accepted[p]) ||
            value_of(r, o, which, near_point(r, p)) < least) {
            continue;
        }
        exact_value(r, o, which, whole_point(r, p, 0), other);
        int here = 0;
        for (uint32_t i = 0; i < n && here == 0; i++) {
            here = rk_compare(&mine[i], &other[i]);
        }
        order = here < 0 ? -1 : here == 0 ? 0 : order;
        *ties += here == 0;
    }
    parley_arena_reset(r->arena, mark);
    return order;
}

static bool says(const parley_tree_node *node, const char *text)
{
    const char *have = parley_tree_text(node);
    return text == NULL ? rk_is_null(node)
                        : !rk_is_null(node) && have != NULL && strcmp(have, text) == 0;
}

static const char no_frontier[] = "the frontier is not known whole";
static const char no_steps[] = "not worked out where shares move";
static const char all_below[] = "everywhere somebody's worth is below 0";
static const char all_zero[] = "everywhere somebody's worth is 0: so is the product";

/* There is none: everything is empty but the reason. */
static void check_none(parley_recheck *r, const parley_tree_node *at, const char *reason)
{
    static const char *const empty[] = {"value", "bound", "ties", "package", "utilities"};
    rk_expect(r, at, "status", "none");
    rk_expect(r, at, "reason", reason);
    for (size_t k = 0; k < sizeof(empty) / sizeof(empty[0]); k++) {
        const parley_tree_node *node = rk_need(r, at, empty[k]);
        if (node != NULL && !rk_is_null(node)) {
            rk_fault(r, node, "there is something here, although there is no such package");
        }
    }
}

static void check_one(parley_recheck *r, const others *o, parley_elsewhere which,
                      const parley_tree_node *at)
{
    bool own = among_accepted(which);
    bool lines = own && o->lines;
    double best = -HUGE_VAL;
    for (uint32_t p = 0; p < r->points; p++) {
        if (!own || o->accepted[p]) {
            best = fmax(best, value_of(r, o, which, near_point(r, p)));
        }
    }
    const parley_tree_node *status = rk_need(r, at, "status");
    if (best == -HUGE_VAL && (!lines || (status != NULL && says(status, "none")))) {
        check_none(r, at,
                   which == PARLEY_ELSEWHERE_PRODUCT_ALL && r->points > 0 ? all_below
                                                                          : rk_no_package);
        if (lines) {
            rk_left(r, "elsewhere: whether all accept something", "red lines leave the frontier");
        }
        return;
    }
    const parley_tree_node *value = rk_need(r, at, "value");
    const parley_tree_node *bound = rk_need(r, at, "bound");
    const parley_tree_node *ties = rk_need(r, at, "ties");
    const parley_tree_node *package = rk_need(r, at, "package");
    rk_package p = rk_package_new(r);
    uint64_t *u = rk_room(r, (size_t)r->k * r->words, sizeof(*u));
    double near[RK_PARTIES];
    rk_expect(r, at, "status", "optimal");
    if (rk_stop(r) || value == NULL || bound == NULL || ties == NULL || package == NULL ||
        rk_is_null(package) || !rk_point(r, at, &p, u, NULL)) {
        if (package != NULL && rk_is_null(package)) {
            rk_fault(r, package, "there is one: a point of the frontier gives %.12g", fabs(best));
        }
        return;
    }
    for (uint32_t i = 0; i < r->k; i++) {
        const uint64_t *worth = u + (size_t)i * r->words;
        near[i] = rk_near(worth, r->words, &r->unit);
        if (own && (!rk_enough(r, i, worth) || rk_crosses(r, i, &p))) {
            rk_fault(r, package, "'%s' does not accept this package",
                     parley_case_worth(r->c, (int32_t)i)->record.id);
            return;
        }
    }
    if (!says(bound, parley_tree_text(value))) {
        rk_fault(r, bound, "where nothing is better, the bound is the value");
    }
    if (which == PARLEY_ELSEWHERE_RELATIVE && lines) {
        rk_left(r, "elsewhere: relative-utilitarian",
                "the best for each is not known: red lines leave the frontier");
        return;
    }
    double mine = value_of(r, o, which, near);
    double shown = which == PARLEY_ELSEWHERE_LEAST_DIFFERENCES ? 0 - mine : mine;
    rk_expect(r, at, "reason",
              which == PARLEY_ELSEWHERE_PRODUCT_ALL && mine <= 0 ? all_zero : NULL);
    rk_number said;
    uint32_t as_good = 0;
    double slack = 1e-9 * (fabs(mine) + (which == PARLEY_ELSEWHERE_PRODUCT_ALL ? 0 : 1));
    if (parley_tree_kind_of(value) != PARLEY_TREE_BARE || rk_is_null(value) ||
        !rk_parse(&said, parley_tree_text(value)) || fabs(rk_double(&said) - shown) > slack) {
        rk_fault(r, value, "this package gives %.12g", shown);
        return;
    }
    int order = against_points(r, o, which, u, fmin(best, mine) - slack, &as_good);
    if (order < 0 || (order > 0 && !lines && !rk_stop(r))) {
        rk_fault(r, value, "the best point of the frontier gives %.12g", fabs(best));
    }
    char text[24];
    snprintf(text, sizeof(text), "%u", as_good);
    if (lines) {
        rk_left(r, "elsewhere: how many are as good", "red lines leave the frontier");
    } else if (!says(ties, text)) {
        rk_fault(r, ties, "%s utility vectors are as good as this one", text);
    }
}

static void compare_distance(parley_recheck *r, const parley_tree_node *at, double square)
{
    const parley_tree_node *distance = rk_need(r, at, "distance");
    const parley_tree_node *squared = rk_need(r, at, "squared");
    rk_number near;
    rk_number exact;
    if (distance == NULL || squared == NULL) {
        return;
    }
    if (rk_is_null(distance) || !rk_parse(&near, parley_tree_text(distance)) ||
        parley_tree_kind_of(squared) != PARLEY_TREE_TEXT ||
        !rk_parse(&exact, parley_tree_text(squared))) {
        rk_fault(r, distance, "a distance is a number, its square an exact one");
    } else if (fabs(rk_double(&exact) - square) > 1e-9 * (square + 1e-9) ||
               fabs(rk_double(&near) - sqrt(square)) > 1e-9 * (sqrt(square) + 1e-5)) {
        rk_fault(r, distance, "the distance is %.12g", sqrt(square));
    }
}

/* The least distance of some points to full marks, against what is said. */
static void check_distance(parley_recheck *r, const others *o, const parley_tree_node *at,
                           bool accepted)
{
    double least = HUGE_VAL;
    bool beyond = false;
    if (rk_is_null(at)) {
        return;
    }
    for (uint32_t i = 0; i < r->k; i++) {
        beyond = beyond || (accepted ? o->best_own[i] : o->best_all[i]) > o->full[i] * (1 + 1e-12);
    }
    for (uint32_t p = 0; p < r->points; p++) {
        double sum = 0;
        for (uint32_t i = 0; i < r->k; i++) {
            double away = near_point(r, p)[i] / o->full[i] - 1;
            sum += away * away;
        }
        least = !accepted || o->accepted[p] ? fmin(least, sum) : least;
    }
    if (!rk_expect(r, at, "beyond", beyond ? "true" : "false")) {
        return;
    }
    if (beyond) {
        rk_left(r, "elsewhere: opposition", "worths lie beyond full marks: not on the frontier");
        return;
    }
    compare_distance(r, at, least);
}

/* The distance of the package with the greatest sum. */
static void check_distance_of(parley_recheck *r, const others *o, const parley_tree_node *at,
                              const parley_tree_node *of)
{
    rk_package p = rk_package_new(r);
    uint64_t *u = rk_room(r, (size_t)r->k * r->words, sizeof(*u));
    const parley_tree_node *package = parley_tree_member(of, "package");
    if (rk_stop(r) || package == NULL || rk_is_null(package) || !rk_point(r, of, &p, u, NULL)) {
        return;
    }
    double sum = 0;
    bool beyond = false;
    for (uint32_t i = 0; i < r->k; i++) {
        double away = rk_near(u + (size_t)i * r->words, r->words, &r->unit) / o->full[i] - 1;
        sum += away * away;
        beyond = beyond || away > 0;
    }
    rk_expect(r, at, "beyond", beyond ? "true" : "false");
    compare_distance(r, at, sum);
}

void rk_elsewhere(parley_recheck *r, const parley_tree_node *root)
{
    const parley_tree_node *map = rk_need(r, root, "elsewhere");
    const parley_tree_node *asked = rk_need(r, root, "asked");
    if (asked != NULL && !rk_is_null(asked)) {
        if (rk_member(asked, "utilities") == NULL) {
            rk_fault(r, asked, "'asked' is nothing, or tells what a package is worth");
        }
        rk_left(r, "the package asked about", "ask with 'parley deals --package' again");
    }
    others o = {.accepted_count = 0};
    if (map == NULL) {
        return;
    }
    const parley_tree_node *frontier = parley_tree_member(root, "frontier");
    const parley_tree_node *state = rk_member(frontier, "status");
    bool whole = !r->moving && r->frontier_exact;
    if (!whole && !r->moving && (state == NULL || says(state, "exact"))) {
        rk_left(r, "elsewhere: what other programs report", "the frontier could not be read");
        return;
    }
    for (int which = 0; which < PARLEY_ELSEWHERE_COUNT && !whole && !rk_stop(r); which++) {
        const parley_tree_node *at =
            rk_need(r, map, parley_elsewhere_word((parley_elsewhere)which));
        if (at != NULL) {
            check_none(r, at, r->moving ? no_steps : no_frontier);
        }
    }
    if (!whole) {
        const parley_tree_node *none = rk_need(r, map, "opposition");
        rk_expect(r, none, "all", NULL);
        rk_expect(r, none, "acceptable", NULL);
        rk_expect(r, none, "utilitarian-all", NULL);
        rk_done(r, "elsewhere: what other programs report", PARLEY_ELSEWHERE_COUNT,
                "empty: there is no whole frontier");
        return;
    }
    look_up(r, &o);
    for (int which = 0; which < PARLEY_ELSEWHERE_COUNT && !rk_stop(r); which++) {
        const parley_tree_node *at =
            rk_need(r, map, parley_elsewhere_word((parley_elsewhere)which));
        if (at != NULL) {
            check_one(r, &o, (parley_elsewhere)which, at);
        }
    }
    const parley_tree_node *opposition = rk_need(r, map, "opposition");
    const parley_tree_node *all = opposition == NULL ? NULL : rk_need(r, opposition, "all");
    const parley_tree_node *own = opposition == NULL ? NULL : rk_need(r, opposition, "acceptable");
    if (all != NULL && !rk_stop(r)) {
        check_distance(r, &o, all, false);
    }
    const parley_tree_node *sum =
        opposition == NULL ? NULL : rk_need(r, opposition, "utilitarian-all");
    const parley_tree_node *of = parley_tree_member(map, "utilitarian-all");
    if (sum != NULL && of != NULL && !rk_stop(r)) {
        check_distance_of(r, &o, sum, of);
    }
    if (own != NULL && !rk_stop(r) && !o.lines) {
        check_distance(r, &o, own, true);
    } else if (own != NULL) {
        rk_left(r, "elsewhere: opposition of what all accept", "red lines leave the frontier");
    }
    rk_done(r, "elsewhere: what other programs report", PARLEY_ELSEWHERE_COUNT,
            "against every point of the frontier");
}
