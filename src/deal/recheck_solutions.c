/*
 * Counts and solutions once more: every package of a small space is looked at, one after the other,
 * against the frontier, against what each party accepts, and against each solution of each group
 * that is enough. Of a large space the points of the frontier are looked at, and what lies one or
 * two answers away from a solution.
 */
#include "deal/recheck_internal.h"

#include <parley/numbers.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COST_MOST 1500000000u
#define TIES_MOST 4096u

/* The best that was met, for one goal of one group. */
typedef struct best {
    bool some;
    double near;
    uint64_t *u;    /* k * words */
    uint64_t *tied; /* worth of the group's members, one after the other */
    uint32_t ties;
    bool many;
} best;

typedef struct group {
    rk_group who;
    uint64_t accepted; /* packages */
    uint64_t *ideal;   /* k * words */
    best goal[PARLEY_GOAL_COUNT];
    const parley_tree_node *json; /* its solutions */
} group;

typedef struct look {
    parley_recheck *r;
    group *group;
    uint32_t groups;
    uint64_t feasible;
    uint64_t by[RK_PARTIES];
    uint64_t *tally; /* by point of the frontier */
    bool complete;   /* every package, or every point that could be best, was looked at */
    bool *accepts;
    uint64_t *u;
} look;

/* -------------------------------------------------------------------- goals */

static void gain(const parley_recheck *r, const uint64_t *u, uint32_t i, uint64_t *out)
{
    memcpy(out, u + (size_t)i * r->words, r->words * sizeof(*out));
    rk_minus(out, r->without + (size_t)i * r->words, r->words);
}

/* What is compared of party i: its gain, or its part of the way to the best it could have. */
static rk_number part(const parley_recheck *r, const group *g, parley_goal goal, const uint64_t *u,
                      uint32_t i)
{
    uint64_t own[RK_WORDS];
    gain(r, u, i, own);
    rk_number a = rk_unscale(own, r->words, &r->unit);
    if (goal == PARLEY_GOAL_KALAI_SMORODINSKY) {
        gain(r, g->ideal, i, own);
        rk_number way = rk_unscale(own, r->words, &r->unit);
        return rk_sign(&way) == 0 ? rk_whole(1) : rk_div(&a, &way);
    }
    return a;
}

static rk_number whole_value(const parley_recheck *r, const group *g, parley_goal goal,
                             const uint64_t *u)
{
    rk_number all = rk_whole(goal == PARLEY_GOAL_NASH ? 1 : 0);
    for (uint32_t k = 0; k < g->who.count; k++) {
        uint32_t i = g->who.who[k];
        if (goal == PARLEY_GOAL_UTILITARIAN) {
            rk_number a = rk_unscale(u + (size_t)i * r->words, r->words, &r->unit);
            all = rk_add(&all, &a);
            continue;
        }
        rk_number a = part(r, g, goal, u, i);
        if (goal == PARLEY_GOAL_NASH) {
            all = rk_mul(&all, &a);
        } else {
            all = k == 0 || rk_compare(&a, &all) < 0 ? a : all;
        }
    }
    return all;
}

static void sort_parts(rk_number *list, uint32_t count)
{
    for (uint32_t a = 1; a < count; a++) {
        for (uint32_t b = a; b > 0 && rk_compare(&list[b - 1], &list[b]) > 0; b--) {
            rk_number t = list[b];
            list[b] = list[b - 1];
            list[b - 1] = t;
        }
    }
}

/* Greater is better. NULL arrays: no memory was there, and nothing is decided. */
static int compare(look *l, const group *g, parley_goal goal, const uint64_t *a, const uint64_t *b)
{
    parley_recheck *r = l->r;
    if (goal == PARLEY_GOAL_NASH || goal == PARLEY_GOAL_UTILITARIAN) {
        rk_number x = whole_value(r, g, goal, a);
        rk_number y = whole_value(r, g, goal, b);
        return rk_compare(&x, &y);
    }
    parley_arena_mark mark = parley_arena_here(r->arena);
    rk_number *x = rk_room(r, g->who.count, sizeof(*x));
    rk_number *y = rk_room(r, g->who.count, sizeof(*y));
    int order = 0;
    for (uint32_t k = 0; x != NULL && y != NULL && k < g->who.count; k++) {
        x[k] = part(r, g, goal, a, g->who.who[k]);
        y[k] = part(r, g, goal, b, g->who.who[k]);
    }
    if (x != NULL && y != NULL) {
        sort_parts(x, g->who.count);
        sort_parts(y, g->who.count);
        for (uint32_t k = 0; k < g->who.count && order == 0; k++) {
            order = rk_compare(&x[k], &y[k]);
        }
    }
    parley_arena_reset(r->arena, mark);
    return order;
}

/* The goal's number, near. */
static double near_value(const parley_recheck *r, const group *g, parley_goal goal,
                         const uint64_t *u)
{
    double value = goal == PARLEY_GOAL_NASH ? 1 : goal == PARLEY_GOAL_UTILITARIAN ? 0 : HUGE_VAL;
    for (uint32_t k = 0; k < g->who.count; k++) {
        uint64_t own[RK_WORDS];
        uint32_t i = g->who.who[k];
        gain(r, u, i, own);
        double a = rk_near(own, r->words, &r->unit);
        if (goal == PARLEY_GOAL_UTILITARIAN) {
            value += rk_near(u + (size_t)i * r->words, r->words, &r->unit);
        } else if (goal == PARLEY_GOAL_NASH) {
            value *= a;
        } else {
            if (goal == PARLEY_GOAL_KALAI_SMORODINSKY) {
                gain(r, g->ideal, i, own);
                double way = rk_near(own, r->words, &r->unit);
                a = way == 0 ? 1 : a / way;
            }
            value = a < value ? a : value;
        }
    }
    return value;
}

/* ------------------------------------------------------------------ looking */

static bool accepted_by(const look *l, const group *g)
{
    for (uint32_t k = 0; k < g->who.count; k++) {
        if (!l->accepts[g->who.who[k]]) {
            return false;
        }
    }
    return true;
}

static void take_ideals(look *l)
{
    const parley_recheck *r = l->r;
    for (uint32_t q = 0; q < l->groups; q++) {
        group *g = &l->group[q];
        if (!accepted_by(l, g)) {
            continue;
        }
        for (uint32_t i = 0; i < r->k; i++) {
            uint64_t *ideal = g->ideal + (size_t)i * r->words;
            const uint64_t *own = l->u + (size_t)i * r->words;
            if (g->accepted == 0 || rk_order(own, ideal, r->words) > 0) {
                memcpy(ideal, own, r->words * sizeof(*own));
            }
        }
        g->accepted++;
    }
}

static void add_tie(look *l, const group *g, best *b)
{
    const parley_recheck *r = l->r;
    const size_t row = (size_t)g->who.count * r->words;
    uint64_t own[RK_PARTIES * RK_WORDS];
    for (uint32_t k = 0; k < g->who.count; k++) {
        memcpy(own + (size_t)k * r->words, l->u + (size_t)g->who.who[k] * r->words,
               r->words * sizeof(*own));
    }
    for (uint32_t t = 0; t < b->ties; t++) {
        if (memcmp(b->tied + t * row, own, row * sizeof(*own)) == 0) {
            return;
        }
    }
    if (b->ties == TIES_MOST) {
        b->many = true;
        return;
    }
    if ((b->ties & (b->ties - 1)) == 0 || b->tied == NULL) { /* room doubles */
        uint64_t *grown = rk_room(l->r, row * (b->ties == 0 ? 1 : 2 * b->ties), sizeof(*grown));
        if (grown == NULL) {
            return;
        }
        if (b->ties > 0) {
            memcpy(grown, b->tied, row * b->ties * sizeof(*grown));
        }
        b->tied = grown;
    }
    memcpy(b->tied + b->ties * row, own, row * sizeof(*own));
    b->ties++;
}

static void take_best(look *l)
{
    const parley_recheck *r = l->r;
    for (uint32_t q = 0; q < l->groups; q++) {
        group *g = &l->group[q];
        if (!accepted_by(l, g)) {
            continue;
        }
        for (int goal = 0; goal < PARLEY_GOAL_COUNT; goal++) {
            best *b = &g->goal[goal];
            double near = near_value(r, g, (parley_goal)goal, l->u);
            if (b->some && near < b->near - 1e-9 * (fabs(near) + fabs(b->near)) - 1e-300) {
                continue;
            }
            int order = b->some ? compare(l, g, (parley_goal)goal, l->u, b->u) : 1;
            if (order > 0) {
                memcpy(b->u, l->u, (size_t)r->k * r->words * sizeof(*b->u));
                b->some = true;
                b->near = near;
                b->ties = 0;
                b->tied = NULL;
                b->many = false;
            }
            if (order >= 0) {
                add_tie(l, g, b);
            }
        }
    }
}

static bool next(const parley_recheck *r, rk_package *p)
{
    for (uint32_t j = r->n; j-- > 0;) {
        int64_t *v = &p->value[r->issue[j].issue];
        if ((uint64_t)++ * v < r->issue[j].size) {
            return true;
        }
        *v = 0;
    }
    return false;
}

static void add_up(look *l, const rk_package *p)
{
    const parley_recheck *r = l->r;
    for (uint32_t i = 0; i < r->k; i++) {
        uint64_t *own = l->u + (size_t)i * r->words;
        rk_worth(r, i, p, true, own);
        l->accepts[i] = rk_enough(r, i, own) && !rk_crosses(r, i, p);
    }
}

/* Every package, twice: first what there is, then what is best of it. */
static bool walk_all(look *l, const parley_tree_node *list)
{
    parley_recheck *r = l->r;
    rk_package p = rk_package_new(r);
    uint64_t looked = 0;
    bool told = false;
    for (int pass = 0; pass < 2 && !rk_stop(r); pass++) {
        for (uint32_t j = 0; j < r->n; j++) {
            p.value[r->issue[j].issue] = 0;
        }
        do {
            if (++looked % 4096 == 0 && rk_stop(r)) {
                return false;
            }
            if (!rk_feasible(r, &p)) {
                continue;
            }
            add_up(l, &p);
            if (pass == 1) {
                take_best(l);
                continue;
            }
            l->feasible++;
            for (uint32_t i = 0; i < r->k; i++) {
                l->by[i] += l->accepts[i];
            }
            take_ideals(l);
            if (r->frontier_exact) {
                bool equal = false;
                int64_t at = rk_covered(r, l->u, &equal);
                if (at >= 0 && equal) {
                    l->tally[at]++;
                } else if (at < 0 && !told) {
                    told = true;
                    rk_fault(r, list,
                             "a package is better than every point here for somebody, "
                             "and worse for nobody");
                }
            }
        } while (next(r, &p));
    }
    if (r->frontier_exact) {
        rk_done(r, "every package against the frontier", looked / 2,
                "each has a point that is as good for everybody");
    }
    l->complete = true;
    return true;
}

/* The points of a frontier that is whole: what is best for a goal is among them. */
static void look_at_points(look *l)
{
    parley_recheck *r = l->r;
    for (int pass = 0; pass < 2 && !rk_stop(r); pass++) {
        for (uint32_t p = 0; p < r->points; p++) {
            add_up(l, &r->point_package[p]);
            if (pass == 0) {
                take_ideals(l);
            } else {
                take_best(l);
            }
        }
    }
    l->complete = true;
    for (uint32_t i = 0; i < r->k; i++) {
        l->complete = l->complete && r->reds[i] == 0;
    }
}

/* -------------------------------------------------------------------- compare */

uint64_t rk_by_issue(parley_recheck *r, const parley_tree_node *at, const rk_package *p)
{
    uint64_t numbers = 0;
    const parley_tree_node *map = rk_need(r, at, "by_issue");
    for (uint32_t i = 0; i < r->k && map != NULL; i++) {
        const parley_tree_node *own =
            rk_need(r, map, parley_case_worth(r->c, (int32_t)i)->record.id);
        rk_number rest = rk_worth_exact(r, i, p, false);
        double size = 0;
        for (uint32_t j = 0; j < r->n && own != NULL; j++) {
            const char *id = parley_case_issue(r->c, r->issue[j].issue)->record.id;
            const parley_tree_node *number = rk_need(r, own, id);
            rk_number adds = rk_adds(r, i, j, p);
            rest = rk_sub(&rest, &adds);
            size += fabs(rk_double(&adds));
            numbers++;
            if (number != NULL && !rk_says(number, rk_double(&adds))) {
                rk_fault(r, number, "'%s' adds %.12g, not this", id, rk_double(&adds));
            }
        }
        const parley_tree_node *together = own == NULL ? NULL : rk_need(r, own, "(together)");
        rk_number said;
        if (together != NULL && (parley_tree_kind_of(together) != PARLEY_TREE_BARE ||
                                 !rk_parse(&said, parley_tree_text(together)) ||
                                 fabs(rk_double(&said) - rk_double(&rest)) >
                                     1e-9 * (size + fabs(rk_double(&rest)) + 1e-9))) {
            rk_fault(r, together, "terms and boxes together add %.12g", rk_double(&rest));
        }
    }
    return numbers;
}

const char rk_no_package[] = "no package is acceptable to all";
const char rk_no_product[] = "in every acceptable package somebody gains nothing: the product is 0";

static void check_ties(look *l, const group *g, parley_goal goal, const parley_tree_node *at,
                       bool zero)
{
    const best *b = &g->goal[goal];
    const parley_tree_node *ties = rk_need(l->r, at, "ties");
    char text[32];
    snprintf(text, sizeof(text), "%u", b->ties);
    if (ties == NULL || rk_is_null(ties)) {
        return;
    }
    if (!l->complete || b->many || zero) {
        rk_left(l->r, "how many are as good",
                zero ? "where a product is 0" : "not every package was looked at");
    } else if (strcmp(parley_tree_text(ties) == NULL ? "" : parley_tree_text(ties), text) != 0) {
        rk_fault(l->r, ties, "%s utility vectors are as good as this one", text);
    }
}

/* A package one or two answers away that is better. */
static void try_exchanges(look *l, group *g, parley_goal goal, const parley_tree_node *at,
                          rk_package *p, const uint64_t *u)
{
    parley_recheck *r = l->r;
    uint64_t tried = 0;
    uint64_t values = 0;
    double own = near_value(r, g, goal, u);
    bool better = false;
    for (uint32_t j = 0; j < r->n; j++) {
        values += r->issue[j].size;
    }
    if (goal == PARLEY_GOAL_KALAI_SMORODINSKY && g->accepted == 0) {
        return; /* what would be best for each is not known */
    }
    bool two = values * values < 400000;
    for (uint32_t a = 0; a < r->n && !better && !rk_stop(r); a++) {
        int64_t *x = &p->value[r->issue[a].issue];
        int64_t kept_x = *x;
        for (uint32_t o = 0; o < r->issue[a].size && !better; o++) {
            for (uint32_t b = two ? a + 1 : r->n; b <= r->n && !better; b++) {
                int64_t *y = b < r->n ? &p->value[r->issue[b].issue] : x;
                int64_t kept_y = *y;
                uint32_t most = b < r->n ? r->issue[b].size : 1;
                for (uint32_t q = 0; q < most && !better; q++) {
                    *x = o;
                    if (b < r->n) {
                        *y = q;
                    }
                    if (!rk_feasible(r, p)) {
                        continue;
                    }
                    tried++;
                    add_up(l, p);
                    better = accepted_by(l, g) &&
                             near_value(r, g, goal, l->u) > own - 1e-9 * fabs(own) &&
                             compare(l, g, goal, l->u, u) > 0;
                }
                if (b < r->n) {
                    *y = kept_y;
                }
            }
        }
        *x = kept_x;
    }
    if (better) {
        rk_fault(r, at, "changing one or two answers of this package gives a better one");
    }
    rk_done(r, "solutions against exchanges", tried, "one or two answers changed");
}

static void check_one(look *l, group *g, parley_goal goal, const parley_tree_node *at)
{
    parley_recheck *r = l->r;
    const best *b = &g->goal[goal];
    const parley_tree_node *status = rk_need(r, at, "status");
    const parley_tree_node *reason = rk_need(r, at, "reason");
    const parley_tree_node *value = rk_need(r, at, "value");
    const parley_tree_node *bound = rk_need(r, at, "bound");
    const parley_tree_node *package = rk_need(r, at, "package");
    if (status == NULL || reason == NULL || value == NULL || bound == NULL || package == NULL) {
        return;
    }
    const char *word = parley_tree_text(status) == NULL ? "" : parley_tree_text(status);
    const char *why =
        rk_is_null(reason) || parley_tree_text(reason) == NULL ? NULL : parley_tree_text(reason);
    if (strcmp(word, "none") == 0) {
        if (b->some && why != NULL && strcmp(why, rk_no_package) == 0) {
            rk_fault(r, status, "there are packages that all of them accept");
        } else if (b->some) {
            rk_left(r, "a solution that is not given", "it says why");
        }
        if (why == NULL) {
            rk_fault(r, reason, "where there is no solution, the reason stands here");
        }
        if (!rk_is_null(value) || !rk_is_null(bound) || !rk_is_null(package) ||
            !rk_is_null(rk_need(r, at, "ties") == NULL ? package
                                                       : parley_tree_member(at, "ties"))) {
            rk_fault(r, status, "there is a solution here, although it says 'none'");
        }
        return;
    }
    bool optimal = strcmp(word, "optimal") == 0;
    if (!optimal && strcmp(word, "bounded") != 0) {
        rk_fault(r, status, "'status' is optimal, bounded or none");
        return;
    }
    rk_number limit;
    if (parley_tree_kind_of(bound) != PARLEY_TREE_BARE || rk_is_null(bound) ||
        !rk_parse(&limit, parley_tree_text(bound))) {
        rk_fault(r, bound, "'bound' is a number");
        return;
    }
    double most = rk_double(&limit);
    if (b->some && b->near > most + 1e-9 * (fabs(most) + fabs(b->near))) {
        rk_fault(r, bound, "a package reaches %.12g", b->near);
    }
    if (rk_is_null(package)) {
        if (optimal || !rk_is_null(value)) {
            rk_fault(r, package, "a solution has a package");
        }
        return;
    }
    rk_package p = rk_package_new(r);
    uint64_t *u = rk_room(r, (size_t)r->k * r->words, sizeof(*u));
    if (rk_stop(r) || !rk_point(r, at, &p, u, NULL)) {
        return;
    }
    rk_done(r, "what each issue adds, in the solutions", rk_by_issue(r, at, &p),
            "against the case");
    for (uint32_t k = 0; k < g->who.count; k++) {
        uint32_t i = g->who.who[k];
        if (!rk_enough(r, i, u + (size_t)i * r->words) || rk_crosses(r, i, &p)) {
            rk_fault(r, package, "'%s' does not accept this package",
                     parley_case_worth(r->c, (int32_t)i)->record.id);
            return;
        }
    }
    if (!l->complete && goal == PARLEY_GOAL_KALAI_SMORODINSKY) {
        rk_left(r, "Kalai-Smorodinsky", "the best for each is not known without every package");
        return;
    }
    rk_number exact = whole_value(r, g, goal, u);
    bool zero = goal == PARLEY_GOAL_NASH && rk_sign(&exact) == 0;
    if (!rk_says(value, rk_double(&exact)) && !(zero && rk_says(value, 0))) {
        rk_fault(r, value, "this package gives %.12g", rk_double(&exact));
    }
    if (optimal && !rk_says(bound, rk_double(&exact))) {
        rk_fault(r, bound, "where nothing is better, the bound is the value");
    } else if (!optimal && most < rk_double(&exact) * (1 - 1e-12) - 1e-300) {
        rk_fault(r, bound, "the bound is below the value");
    }
    if (optimal && (zero ? why == NULL || strcmp(why, rk_no_product) != 0 : why != NULL)) {
        rk_fault(r, reason,
                 zero ? "the product is 0, and the reason says so"
                      : "there is nothing to say here");
    } else if (!optimal && why != NULL) {
        rk_left(r, "the words of a reason", "they are for people");
    }
    if (b->some && compare(l, g, goal, b->u, u) > 0) {
        if (optimal) {
            rk_fault(r, value, "another package gives %.12g", b->near);
        }
    }
    if (optimal) {
        check_ties(l, g, goal, at, zero);
    }
    if (!l->complete) {
        try_exchanges(l, g, goal, at, &p, u);
        rk_left(r, "that no package is better than a solution",
                optimal ? "too many packages to walk through; the result has its proof from the "
                          "engine"
                        : "it is not claimed: the bound is");
    } else {
        rk_done(r, "solutions", 1,
                r->walks ? "against every package that is accepted"
                         : "against every point of the frontier");
    }
}

static void check_group(look *l, group *g)
{
    for (int goal = 0; goal < PARLEY_GOAL_COUNT && g->json != NULL && !rk_stop(l->r); goal++) {
        const parley_tree_node *at = rk_need(l->r, g->json, parley_goal_word((parley_goal)goal));
        if (at != NULL) {
            check_one(l, g, (parley_goal)goal, at);
        }
    }
}

/* --------------------------------------------------------------------- counts */

static void check_counts(const look *l, const parley_tree_node *root)
{
    parley_recheck *r = l->r;
    const parley_tree_node *map = rk_need(r, root, "packages");
    const parley_tree_node *by = map == NULL ? NULL : rk_need(r, map, "acceptable_to");
    if (by == NULL) {
        return;
    }
    rk_holds(r, map, "feasible", l->feasible);
    rk_holds(r, map, "acceptable_to_all", l->group[0].accepted);
    for (uint32_t i = 0; i < r->k; i++) {
        rk_holds(r, by, parley_case_worth(r->c, (int32_t)i)->record.id, l->by[i]);
    }
    uint32_t p = 0;
    const parley_tree_node *list = rk_member(rk_member(root, "frontier"), "points");
    for (const parley_tree_node *at = parley_tree_first(list);
         at != NULL && r->frontier_exact && p < r->points; at = parley_tree_next(at), p++) {
        const parley_tree_node *count = rk_need(r, at, "count");
        char text[32];
        snprintf(text, sizeof(text), "%llu", (unsigned long long)l->tally[p]);
        if (count == NULL || rk_is_null(count)) {
            continue;
        }
        if (parley_tree_kind_of(count) != PARLEY_TREE_TEXT ||
            strcmp(parley_tree_text(count), text) != 0) {
            rk_fault(r, count, "%s packages are worth this", text);
        }
    }
    rk_done(r, "how many packages, accepted by whom", r->k + 2u, "counted one by one");
}

static void check_total(parley_recheck *r, const parley_tree_node *root)
{
    const parley_tree_node *map = rk_need(r, root, "packages");
    const parley_tree_node *total = map == NULL ? NULL : rk_need(r, map, "total");
    parley_count product = parley_count_of(1);
    bool fits = true;
    char text[420];
    for (uint32_t j = 0; j < r->n; j++) {
        parley_count by = parley_count_of(r->issue[j].size);
        fits = fits && parley_count_mul(&product, &product, &by);
    }
    parley_count_print(&product, 0, text, sizeof(text));
    if (total != NULL && rk_is_null(total)) {
        if (fits) {
            rk_fault(r, total, "there are %s packages", text);
        }
    } else if (total != NULL) {
        rk_expect(r, total, "exact", text);
    }
    rk_done(r, "packages of the numbers", 1, "values multiplied");
}

bool rk_walks(const parley_recheck *r)
{
    const parley_acceptance *a = parley_case_acceptance(r->c);
    uint64_t one = (uint64_t)r->k * (r->n + 4) * r->words + 40u * r->rules;
    one += a->at_least > 0 && a->at_least < (int64_t)r->k ? 400 : 20;
    for (uint32_t i = 0; i < r->k; i++) {
        const parley_worth *w = parley_case_worth(r->c, (int32_t)i);
        one += 40u * (w->terms + r->reds[i]) + 200u * w->boxes;
    }
    one += r->frontier_exact ? r->points / 4 : 0;
    return r->total <= r->walk && r->total <= COST_MOST / (one + 1);
}

void rk_counts_and_solutions(parley_recheck *r, const parley_tree_node *root)
{
    look l = {.r = r};
    rk_groups *groups = rk_room(r, 1, sizeof(*groups));
    l.group = rk_room(r, RK_GROUPS_MOST, sizeof(*l.group));
    l.tally = rk_room(r, r->points, sizeof(*l.tally));
    l.accepts = rk_room(r, r->k, sizeof(*l.accepts));
    l.u = rk_room(r, (size_t)r->k * r->words, sizeof(*l.u));
    check_total(r, root);
    if (rk_stop(r)) {
        return;
    }
    rk_acceptance(r, root, groups);
    l.groups = groups->count;
    for (uint32_t q = 0; q < l.groups; q++) {
        group *g = &l.group[q];
        g->who = groups->who[q];
        g->json = groups->json[q];
        g->ideal = rk_room(r, (size_t)r->k * r->words, sizeof(*g->ideal));
        for (int goal = 0; goal < PARLEY_GOAL_COUNT; goal++) {
            g->goal[goal].u = rk_room(r, (size_t)r->k * r->words, sizeof(*g->goal[goal].u));
        }
    }
    if (rk_stop(r)) {
        return;
    }
    if (r->walks) {
        const parley_tree_node *frontier = parley_tree_member(root, "frontier");
        if (walk_all(&l, frontier == NULL ? root : parley_tree_member(frontier, "points"))) {
            check_counts(&l, root);
        }
    } else {
        rk_left(r, "how many packages the rules allow, and who accepts how many",
                "too many packages to count one by one");
        if (r->frontier_exact) {
            look_at_points(&l);
        }
    }
    for (uint32_t q = 0; q < l.groups && !rk_stop(r); q++) {
        check_group(&l, &l.group[q]);
    }
}
