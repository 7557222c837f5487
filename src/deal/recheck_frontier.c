/*
 * The frontier once more: every point added up, none above another, and nothing above them all, by
 * straight lines (where worth is a sum over issues, the most that weights can reach is found issue
 * by issue), by exchanging one or two answers, by samples. The walk through a small space is in
 * recheck_solutions.c.
 */
#include "deal/recheck_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAIRS_MOST 300000000u
#define EXCHANGES_MOST 3000000u
#define LINES 200u

/* ------------------------------------------------------------------- points */

/* A worth of the result, in text, against ours. */
static void check_text(parley_recheck *r, const parley_tree_node *map, const char *party,
                       const rk_number *worth)
{
    const parley_tree_node *text = rk_need(r, map, party);
    rk_number said;
    if (text != NULL &&
        (parley_tree_kind_of(text) != PARLEY_TREE_TEXT ||
         !rk_parse(&said, parley_tree_text(text)) || rk_compare(&said, worth) != 0)) {
        rk_fault(r, text, "the package is worth %.12g to '%s', not this", rk_double(worth), party);
    }
}

bool rk_point(parley_recheck *r, const parley_tree_node *at, rk_package *p, uint64_t *u,
              rk_number *exact)
{
    if (!rk_package_read(r, at, p)) {
        return false;
    }
    const parley_tree_node *numbers = rk_need(r, at, "utilities");
    const parley_tree_node *texts = rk_need(r, at, "exact");
    for (uint32_t i = 0; i < r->k && numbers != NULL && texts != NULL; i++) {
        const char *party = parley_case_worth(r->c, (int32_t)i)->record.id;
        rk_number worth;
        if (r->moving) {
            worth = rk_worth_exact(r, i, p, true);
        } else {
            uint64_t own[RK_WORDS];
            uint64_t *to = u != NULL ? u + (size_t)i * r->words : own;
            rk_worth(r, i, p, true, to);
            worth = rk_unscale(to, r->words, &r->unit);
        }
        if (exact != NULL) {
            exact[i] = worth;
        }
        check_text(r, texts, party, &worth);
        const parley_tree_node *number = rk_need(r, numbers, party);
        if (number != NULL && !rk_says(number, rk_double(&worth))) {
            rk_fault(r, number, "the package is worth %.12g to '%s', not this", rk_double(&worth),
                     party);
        }
    }
    if (!rk_feasible(r, p)) {
        rk_fault(r, parley_tree_member(at, "package"), "the rules do not allow this package");
    }
    return true;
}

static const uint64_t *at_point(const parley_recheck *r, uint32_t p, uint32_t party)
{
    return r->point + ((size_t)p * r->k + party) * r->words;
}

/* Is point p at least as good for everybody as u? *equal: and the same. */
static bool covers(const parley_recheck *r, uint32_t p, const uint64_t *u, bool *equal)
{
    *equal = true;
    for (uint32_t i = 0; i < r->k; i++) {
        int order = rk_order(at_point(r, p, i), u + (size_t)i * r->words, r->words);
        if (order < 0) {
            return false;
        }
        *equal = *equal && order == 0;
    }
    return true;
}

static double slack(double x)
{
    return 1e-9 * (fabs(x) + 1e-6);
}

int64_t rk_covered(const parley_recheck *r, const uint64_t *u, bool *equal)
{
    double near[RK_PARTIES];
    for (uint32_t i = 0; i < r->k; i++) {
        near[i] = rk_near(u + (size_t)i * r->words, r->words, &r->unit);
    }
    for (uint32_t p = 0; p < r->points; p++) {
        const double *have = r->point_near + (size_t)p * r->k;
        bool may = true;
        if (have[0] < near[0] - slack(near[0])) {
            break; /* greatest for the first party first */
        }
        for (uint32_t i = 1; i < r->k && may; i++) {
            may = have[i] >= near[i] - slack(near[i]);
        }
        if (may && covers(r, p, u, equal)) {
            return p;
        }
    }
    *equal = false;
    return -1;
}

/* No two alike, in order, none above another. */
static void check_order(parley_recheck *r, const parley_tree_node *first)
{
    const parley_tree_node *at = first;
    const parley_tree_node *before = NULL;
    bool equal = false;
    uint64_t pairs = 0;
    bool all = true;
    for (uint32_t p = 0; p < r->points && !rk_stop(r);
         p++, before = at, at = parley_tree_next(at)) {
        if (p > 0 && rk_order(at_point(r, p - 1, 0), at_point(r, p, 0), r->words) < 0) {
            rk_fault(r, at, "the point before this one is worth less to the first party");
        }
        /* two parties: a neighbour is enough; the first of several, all behind it */
        uint32_t from = r->k <= 2 && p > 0 ? p - 1 : 0;
        uint32_t to = r->k <= 2 ? p : r->points;
        if (pairs + (to - from) > PAIRS_MOST) {
            all = false;
            break;
        }
        const double *own = r->point_near + (size_t)p * r->k;
        for (uint32_t q = from; q < to; q++) {
            const double *have = r->point_near + (size_t)q * r->k;
            bool may = q != p;
            for (uint32_t i = 0; i < r->k && may; i++) {
                may = have[i] >= own[i] - slack(own[i]);
            }
            if (may && covers(r, q, r->point + (size_t)p * r->k * r->words, &equal)) {
                rk_fault(r, at,
                         equal ? "this point stands here twice (see point %u)"
                               : "point %u is better for somebody and worse for nobody",
                         q + 1);
                break;
            }
        }
        pairs += to - from;
    }
    (void)before;
    rk_done(r, "no point above another, none twice", r->points,
            all ? "each against all that could be" : "each against all, for the first ones");
}

/* ------------------------------------------------------- nothing above them all */

static bool is_sum(const parley_recheck *r)
{
    if (r->rules > 0) {
        return false;
    }
    for (uint32_t i = 0; i < r->k; i++) {
        const parley_worth *w = parley_case_worth(r->c, (int32_t)i);
        if (w->terms > 0 || w->boxes > 0 || r->capped[i]) {
            return false;
        }
    }
    return true;
}

static void scaled(uint64_t *to, const uint64_t *a, uint32_t weight, uint32_t words)
{
    for (uint32_t bit = 0; bit < 16; bit++) { /* weight < 65536: doubling and adding */
        uint64_t part[RK_WORDS];
        if ((weight >> bit & 1) == 0) {
            continue;
        }
        memcpy(part, a, words * sizeof(*part));
        for (uint32_t k = 0; k < bit; k++) {
            rk_plus(part, part, words);
        }
        rk_plus(to, part, words);
    }
}

/* The most that any package can reach under weights, against the best point. Weights and parties
 * take no more than the 24 bits that the length of the numbers leaves free. */
static void check_lines(parley_recheck *r, const parley_tree_node *list)
{
    parley_random random = parley_random_stream(11, 7, 0, 0);
    const uint32_t words = r->words;
    uint32_t lines = r->points > 4096 ? LINES / 10 : LINES;
    for (uint32_t line = 0; line < lines + r->k && !rk_stop(r); line++) {
        uint32_t weight[RK_PARTIES];
        uint64_t most[RK_WORDS] = {0};
        uint64_t best[RK_WORDS] = {0};
        for (uint32_t i = 0; i < r->k; i++) {
            weight[i] = line < r->k ? (line == i ? 1 : 0) : 1 + parley_random_below(&random, 255);
            scaled(most, r->base + (size_t)i * words, weight[i], words);
        }
        for (uint32_t j = 0; j < r->n; j++) {
            uint64_t top[RK_WORDS];
            for (uint32_t v = 0; v < r->issue[j].size; v++) {
                uint64_t sum[RK_WORDS] = {0};
                for (uint32_t i = 0; i < r->k; i++) {
                    scaled(sum, r->issue[j].score + ((size_t)v * r->k + i) * words, weight[i],
                           words);
                }
                if (v == 0 || rk_order(sum, top, words) > 0) {
                    memcpy(top, sum, words * sizeof(*top));
                }
            }
            rk_plus(most, top, words);
        }
        for (uint32_t p = 0; p < r->points; p++) {
            uint64_t sum[RK_WORDS] = {0};
            for (uint32_t i = 0; i < r->k; i++) {
                scaled(sum, at_point(r, p, i), weight[i], words);
            }
            if (p == 0 || rk_order(sum, best, words) > 0) {
                memcpy(best, sum, words * sizeof(*best));
            }
        }
        if (rk_order(most, best, words) != 0) {
            rk_fault(r, list, "packages reach %.12g under some weights, these points only %.12g",
                     rk_near(most, words, &r->unit), rk_near(best, words, &r->unit));
            break;
        }
    }
    rk_done(r, "no package beyond the frontier: straight lines", lines + r->k,
            "the most under weights, issue by issue");
}

static void one_exchange(parley_recheck *r, rk_package *p, const parley_tree_node *at, uint64_t *u,
                         uint64_t *tried)
{
    bool equal = false;
    if (!rk_feasible(r, p)) {
        return;
    }
    for (uint32_t i = 0; i < r->k; i++) {
        rk_worth(r, i, p, true, u + (size_t)i * r->words);
    }
    (*tried)++;
    if (rk_covered(r, u, &equal) < 0) {
        rk_fault(r, at,
                 "changing one or two answers of this package gives one that no point of "
                 "the frontier is as good as");
    }
}

/* Every package one answer away from a point, and for some of them two. */
static void check_exchanges(parley_recheck *r, const parley_tree_node *first)
{
    uint64_t *u = rk_room(r, (size_t)r->k * r->words, sizeof(*u));
    parley_random random = parley_random_stream(12, 7, 0, 0);
    uint64_t values = 1;
    uint64_t tried = 0;
    const parley_tree_node *at = first;
    for (uint32_t j = 0; j < r->n; j++) {
        values += r->issue[j].size;
    }
    uint64_t cost = values * (r->points + 1);
    uint32_t every = cost * (r->points + 1) / 200 > EXCHANGES_MOST
                         ? (uint32_t)(cost * (r->points + 1) / 200 / EXCHANGES_MOST + 1)
                         : 1;
    for (uint32_t p = 0; u != NULL && p < r->points && !rk_stop(r);
         p++, at = parley_tree_next(at)) {
        rk_package *own = &r->point_package[p];
        if (p % every != 0) {
            continue;
        }
        for (uint32_t j = 0; j < r->n; j++) {
            int64_t *v = &own->value[r->issue[j].issue];
            int64_t kept = *v;
            for (uint32_t o = 0; o < r->issue[j].size; o++) {
                *v = o;
                if (o != kept) {
                    one_exchange(r, own, at, u, &tried);
                }
            }
            *v = kept;
        }
        for (uint32_t k = 0; k < 16 && r->n > 1; k++) { /* two at once, drawn */
            uint32_t a = parley_random_below(&random, r->n);
            uint32_t b = parley_random_below(&random, r->n);
            int64_t *x = &own->value[r->issue[a].issue];
            int64_t *y = &own->value[r->issue[b].issue];
            int64_t kept_x = *x;
            int64_t kept_y = *y;
            *x = parley_random_below(&random, r->issue[a].size);
            *y = parley_random_below(&random, r->issue[b].size);
            one_exchange(r, own, at, u, &tried);
            *y = kept_y;
            *x = kept_x;
        }
    }
    rk_done(r, "no package beyond the frontier: exchanges", tried,
            "one or two answers of a point changed");
}

/* Of a part of a frontier: nothing one answer away is better for somebody and worse for nobody. */
static void check_neighbours(parley_recheck *r, const parley_tree_node *first)
{
    uint64_t *u = rk_room(r, r->words, sizeof(*u));
    uint64_t tried = 0;
    const parley_tree_node *at = first;
    for (uint32_t p = 0; u != NULL && p < r->points && tried < EXCHANGES_MOST && !rk_stop(r);
         p++, at = parley_tree_next(at)) {
        rk_package *own = &r->point_package[p];
        bool beaten = false;
        for (uint32_t j = 0; j < r->n && !beaten; j++) {
            int64_t *v = &own->value[r->issue[j].issue];
            int64_t kept = *v;
            for (uint32_t o = 0; o < r->issue[j].size && !beaten; o++) {
                bool more = false;
                bool less = o == kept;
                *v = o;
                less = less || !rk_feasible(r, own);
                for (uint32_t i = 0; i < r->k && !less; i++) {
                    rk_worth(r, i, own, true, u);
                    int order = rk_order(u, at_point(r, p, i), r->words);
                    less = order < 0;
                    more = more || order > 0;
                }
                tried++;
                beaten = more && !less;
            }
            *v = kept;
        }
        if (beaten) {
            rk_fault(r, at,
                     "changing one answer of this package gives a better one for somebody "
                     "and a worse for nobody");
        }
    }
    rk_done(r, "points of a frontier that is not whole", tried, "one answer of a point changed");
}

static void check_samples(parley_recheck *r, const parley_tree_node *list, double epsilon)
{
    parley_random random = parley_random_stream(13, 7, 0, 0);
    uint64_t *u = rk_room(r, (size_t)r->k * r->words, sizeof(*u));
    rk_package p = rk_package_new(r);
    double range[RK_PARTIES] = {0};
    uint64_t looked = 0;
    for (uint32_t j = 0; j < r->n && u != NULL; j++) {
        for (uint32_t i = 0; i < r->k; i++) {
            double low = 0;
            double high = 0;
            for (uint32_t v = 0; v < r->issue[j].size; v++) {
                double x = rk_near(r->issue[j].score + ((size_t)v * r->k + i) * r->words, r->words,
                                   &r->unit);
                low = v == 0 || x < low ? x : low;
                high = v == 0 || x > high ? x : high;
            }
            range[i] += high - low;
        }
    }
    uint64_t most = r->points == 0 ? 0 : UINT64_C(400000000) / (r->points * r->k);
    most = most < r->samples ? most : r->samples;
    for (uint64_t s = 0; s < most && !rk_stop(r); s++) {
        for (uint32_t j = 0; j < r->n; j++) {
            p.value[r->issue[j].issue] = parley_random_below(&random, r->issue[j].size);
        }
        if (!rk_feasible(r, &p)) {
            continue;
        }
        looked++;
        double near[RK_PARTIES];
        bool equal = false;
        for (uint32_t i = 0; i < r->k; i++) {
            rk_worth(r, i, &p, true, u + (size_t)i * r->words);
            near[i] = rk_near(u + (size_t)i * r->words, r->words, &r->unit);
        }
        bool good = epsilon == 0 && rk_covered(r, u, &equal) >= 0;
        for (uint32_t q = 0; q < r->points && epsilon > 0 && !good; q++) {
            good = true;
            for (uint32_t i = 0; i < r->k && good; i++) {
                good = r->point_near[(size_t)q * r->k + i] >=
                       near[i] - epsilon * range[i] - slack(near[i]);
            }
        }
        if (!good) {
            rk_fault(r, list,
                     "a package drawn at random is better than every point here for "
                     "somebody, and worse for nobody");
            break;
        }
    }
    rk_done(r, "no package beyond the frontier: samples", looked, "packages drawn at random");
}

/* ----------------------------------------------------------------- reading it */

static bool whole_number(const parley_tree_node *node, uint64_t *out)
{
    const char *text = node == NULL ? NULL : parley_tree_text(node);
    char *end = NULL;
    if (text == NULL || *text < '0' || *text > '9') {
        return false;
    }
    *out = strtoull(text, &end, 10);
    return *end == '\0';
}

static bool read_points(parley_recheck *r, const parley_tree_node *list)
{
    uint32_t count = parley_tree_count(list);
    bool good = true;
    uint32_t p = 0;
    r->point = rk_room(r, (size_t)count * r->k * r->words, sizeof(*r->point));
    r->point_near = rk_room(r, (size_t)count * r->k, sizeof(*r->point_near));
    r->point_open = rk_room(r, count, sizeof(*r->point_open));
    r->point_package = rk_room(r, count, sizeof(*r->point_package));
    r->point_exact = rk_room(r, r->moving ? (size_t)count * r->k : 1, sizeof(*r->point_exact));
    for (const parley_tree_node *at = parley_tree_first(list); at != NULL && !rk_stop(r);
         at = parley_tree_next(at), p++) {
        const parley_tree_node *open = parley_tree_member(at, "open");
        r->point_package[p] = rk_package_new(r);
        if (rk_need(r, at, "open") != NULL && !r->moving) {
            rk_expect(r, at, "open", "false");
        }
        r->point_open[p] = open != NULL && parley_tree_text(open) != NULL &&
                           strcmp(parley_tree_text(open), "true") == 0;
        if (rk_stop(r) ||
            !rk_point(r, at, &r->point_package[p], r->point + (size_t)p * r->k * r->words,
                      r->moving ? r->point_exact + (size_t)p * r->k : NULL)) {
            good = false;
            continue;
        }
        for (uint32_t i = 0; i < r->k; i++) {
            r->point_near[(size_t)p * r->k + i] =
                r->moving ? rk_double(&r->point_exact[(size_t)p * r->k + i])
                          : rk_near(at_point(r, p, i), r->words, &r->unit);
        }
    }
    r->points = count;
    rk_done(r, "points of the frontier", count, "worth added up from the case, rules looked at");
    return good && !rk_stop(r);
}

static void read_segments(parley_recheck *r, const parley_tree_node *list)
{
    uint32_t n = 0;
    r->segment = rk_room(r, parley_tree_count(list), sizeof(*r->segment));
    for (const parley_tree_node *at = parley_tree_first(list); at != NULL && !rk_stop(r);
         at = parley_tree_next(at)) {
        uint64_t from = 0;
        uint64_t to = 0;
        const parley_tree_node *first = parley_tree_first(at);
        bool good = parley_tree_count(at) == 2 && whole_number(first, &from) &&
                    whole_number(parley_tree_next(first), &to) && to == from + 1 &&
                    to < r->points && (n == 0 || from > r->segment[n - 1][0]);
        if (!good) {
            rk_fault(r, at, "a stretch joins a point and the next one, in order");
            continue;
        }
        r->segment[n][0] = (uint32_t)from;
        r->segment[n++][1] = (uint32_t)to;
    }
    r->segments = n;
    if (n > 0 && !r->moving) {
        rk_fault(r, list, "nothing moves without steps here: points are not joined");
    }
}

void rk_frontier(parley_recheck *r, const parley_tree_node *root)
{
    const parley_tree_node *frontier = rk_need(r, root, "frontier");
    const parley_tree_node *status = frontier == NULL ? NULL : rk_need(r, frontier, "status");
    const parley_tree_node *list = frontier == NULL ? NULL : rk_need(r, frontier, "points");
    const parley_tree_node *joined = frontier == NULL ? NULL : rk_need(r, frontier, "segments");
    const parley_tree_node *error = frontier == NULL ? NULL : rk_need(r, frontier, "epsilon");
    if (status == NULL || list == NULL || joined == NULL || error == NULL) {
        return;
    }
    const char *word = parley_tree_text(status);
    char size[32];
    rk_number epsilon = rk_whole(0);
    snprintf(size, sizeof(size), "%u", parley_tree_count(list));
    rk_expect(r, frontier, "size", size);
    r->frontier_exact = word != NULL && strcmp(word, "exact") == 0;
    bool near = word != NULL && strcmp(word, "epsilon") == 0;
    if (!r->frontier_exact && !near && (word == NULL || strcmp(word, "limited") != 0)) {
        rk_fault(r, status, "'status' is exact, epsilon or limited");
    }
    if (near && (rk_is_null(error) || !rk_parse(&epsilon, parley_tree_text(error)) ||
                 rk_sign(&epsilon) <= 0)) {
        rk_fault(r, error, "'epsilon' is above 0 where the frontier is near");
        near = false;
    } else if (!near && !rk_is_null(error)) {
        rk_fault(r, error, "'epsilon' stands only where the frontier is near");
    }
    if (!read_points(r, list)) {
        r->frontier_exact = false;
        return;
    }
    read_segments(r, joined);
    if (r->moving || rk_stop(r)) {
        return; /* recheck_shares.c goes on */
    }
    if (r->points > 0) {
        check_order(r, parley_tree_first(list));
    }
    r->walks = rk_walks(r);
    if (r->walks && r->frontier_exact) {
        return; /* every package is walked past it */
    }
    if (!r->frontier_exact && !near) {
        if (r->points > 0) {
            check_neighbours(r, parley_tree_first(list));
        }
        rk_left(r, "the rest of the frontier", "the result does not list it");
        return;
    }
    if (r->frontier_exact && is_sum(r)) {
        check_lines(r, list);
    }
    if (r->frontier_exact && r->points > 0) {
        check_exchanges(r, parley_tree_first(list));
    }
    check_samples(r, list, near ? rk_double(&epsilon) : 0);
    rk_left(r, "every package against the frontier", "too many packages to walk through");
}
