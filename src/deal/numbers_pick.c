/*
 * Solutions read from a whole frontier, and the exact orders they are read by.
 *
 * Nash, Kalai-Smorodinsky, egalitarian (both leximin) and utilitarian over acceptable packages. A
 * float picks candidates that are near the best; which of them is best, and which tie, is decided
 * in integers.
 */
#include "deal/numbers_kernel.h"

#include <math.h>
#include <string.h>

bool nm_filter(parley_ctx *ctx, parley_arena *arena, uint32_t k, uint32_t n, nm_frontier *f)
{
    nm_scratch s;
    uint32_t size = f->size;
    uint32_t kept = 0;
    unsigned char *rows = NULL;
    nm_frontier to = *f;
    if (size <= 1) {
        return true;
    }
    nm_scratch_begin(&s, ctx, k, true, UINT64_MAX / 4);
    parley_arena *own = parley_arena_new(ctx);
    nm_list *list = own == NULL ? NULL : parley_arena_array(own, size, sizeof(*list));
    nm_operand *op = own == NULL ? NULL : parley_arena_array(own, size, sizeof(*op));
    unsigned char *row = own == NULL ? NULL : parley_arena_array(own, size, s.row);
    bool good = list != NULL && op != NULL && row != NULL;
    for (uint32_t p = 0; good && p < size; p++) {
        unsigned char *at = row + (size_t)p * s.row;
        list[p] = (nm_list){at, 1};
        op[p] = (nm_operand){&list[p], NULL, 1, p};
        *nm_row_count(at) = f->count[p];
        memcpy(nm_row_u(at), &f->u[(size_t)p * k], k * sizeof(nm_num));
    }
    good = good && nm_merge(&s, size, op, UINT32_MAX / 2, &rows, &kept, NULL) == PARLEY_OK;
    if (good) {
        to.size = kept;
        to.u = parley_arena_array(arena, (size_t)kept * k, sizeof(*to.u));
        to.package = parley_arena_array(arena, (size_t)kept * n, sizeof(*to.package));
        to.count = parley_arena_array(arena, kept, sizeof(*to.count));
        good = to.u != NULL && to.package != NULL && to.count != NULL;
    }
    for (uint32_t p = 0; good && p < kept; p++) {
        unsigned char *at = rows + (size_t)p * s.row;
        uint32_t from = nm_row_xy(at)[1];
        memcpy(&to.u[(size_t)p * k], nm_row_u(at), k * sizeof(nm_num));
        memcpy(&to.package[(size_t)p * n], &f->package[(size_t)from * n], n * sizeof(*to.package));
        to.count[p] = *nm_row_count(at) == UINT64_MAX ? 0 : *nm_row_count(at);
    }
    *f = good ? to : *f;
    nm_scratch_free(&s);
    parley_arena_free(own);
    return good;
}

/* ------------------------------------------------------------------- orders */

static nm_num gain(const nm_view *view, const nm_num *u, uint32_t i)
{
    return u[i] - view->m->without[view->who[i]];
}

/* A gain as a share: over the unit (EGALITARIAN), or over the way to the ideal (KS). */
typedef struct share {
    nm_num num;
    nm_num den;
} share;

static share share_of(const nm_view *view, nm_goal goal, const nm_num *ideal, const nm_num *u,
                      uint32_t i)
{
    if (goal == NM_EGALITARIAN) {
        return (share){gain(view, u, i), view->m->unit[view->who[i]]};
    }
    nm_num way = gain(view, ideal, i);
    return way == 0 ? (share){1, 1} : (share){gain(view, u, i), way};
}

static void sorted_shares(const nm_view *view, nm_goal goal, const nm_num *ideal, const nm_num *u,
                          share *out)
{
    for (uint32_t i = 0; i < view->k; i++) {
        share s = share_of(view, goal, ideal, u, i);
        uint32_t at = i;
        while (at > 0 && nm_compare_ratios(out[at - 1].num, out[at - 1].den, s.num, s.den) > 0) {
            out[at] = out[at - 1];
            at--;
        }
        out[at] = s;
    }
}

static int compare_leximin(const nm_view *view, nm_goal goal, const nm_num *ideal, const nm_num *a,
                           const nm_num *b)
{
    share x[NM_PARTIES_MOST];
    share y[NM_PARTIES_MOST];
    sorted_shares(view, goal, ideal, a, x);
    sorted_shares(view, goal, ideal, b, y);
    for (uint32_t i = 0; i < view->k; i++) {
        int order = nm_compare_ratios(x[i].num, x[i].den, y[i].num, y[i].den);
        if (order != 0) {
            return order;
        }
    }
    return 0;
}

/* Product of gains; gains below 0 count as 0. *zeros: how many are 0. */
static bool product_of(const nm_view *view, const nm_num *u, nm_wide *out)
{
    *out = nm_wide_of(1);
    for (uint32_t i = 0; i < view->k; i++) {
        nm_num g = gain(view, u, i);
        nm_wide factor = nm_wide_of(g > 0 ? (nm_unum)g : 0);
        if (!nm_wide_mul(out, out, &factor)) {
            return false;
        }
    }
    return true;
}

/* Sign of sum over i of (a_i - b_i) / unit_i, over the common multiple of the units. */
static int compare_sums(const nm_view *view, const nm_num *a, const nm_num *b)
{
    nm_wide all = nm_wide_of(1);
    nm_wide more = nm_wide_of(0);
    nm_wide less = nm_wide_of(0);
    nm_wide q;
    nm_wide rest;
    bool fits = true;
    for (uint32_t i = 0; i < view->k; i++) {
        nm_wide unit = nm_wide_of((nm_unum)view->m->unit[view->who[i]]);
        nm_wide by = nm_wide_gcd(all, unit);
        nm_wide_divide(&q, &rest, &unit, &by);
        fits = fits && nm_wide_mul(&all, &all, &q);
    }
    for (uint32_t i = 0; i < view->k && fits; i++) {
        nm_num d = a[i] - b[i];
        nm_wide unit = nm_wide_of((nm_unum)view->m->unit[view->who[i]]);
        nm_wide size = nm_wide_of((nm_unum)(d < 0 ? -d : d));
        nm_wide_divide(&q, &rest, &all, &unit);
        fits = nm_wide_mul(&q, &q, &size) &&
               (d < 0 ? nm_wide_add(&less, &less, &q) : nm_wide_add(&more, &more, &q));
    }
    if (!fits) { /* sixty parties with long denominators: no common one fits */
        double sum = 0;
        for (uint32_t i = 0; i < view->k; i++) {
            sum += nm_double(a[i] - b[i], view->m->unit[view->who[i]]);
        }
        return (sum > 0) - (sum < 0);
    }
    return nm_wide_compare(&more, &less);
}

int nm_goal_compare(const nm_view *view, nm_goal goal, const nm_num *ideal, const nm_num *a,
                    const nm_num *b)
{
    nm_wide x;
    nm_wide y;
    switch (goal) {
    case NM_NASH:
        if (product_of(view, a, &x) && product_of(view, b, &y)) {
            return nm_wide_compare(&x, &y);
        }
        return (nm_goal_value(view, goal, ideal, a) > nm_goal_value(view, goal, ideal, b)) -
               (nm_goal_value(view, goal, ideal, a) < nm_goal_value(view, goal, ideal, b));
    case NM_UTILITARIAN:
        return compare_sums(view, a, b);
    case NM_KS:
    case NM_EGALITARIAN:
    case NM_GOALS:
        break;
    }
    return compare_leximin(view, goal, ideal, a, b);
}

double nm_goal_value(const nm_view *view, nm_goal goal, const nm_num *ideal, const nm_num *u)
{
    double value = goal == NM_NASH ? 1 : goal == NM_UTILITARIAN ? 0 : HUGE_VAL;
    for (uint32_t i = 0; i < view->k; i++) {
        nm_num unit = view->m->unit[view->who[i]];
        double g = nm_double(gain(view, u, i), unit);
        if (goal == NM_NASH) {
            value *= g;
        } else if (goal == NM_UTILITARIAN) {
            value += nm_double(u[i], unit);
        } else {
            share s = share_of(view, goal, ideal, u, i);
            double part = nm_double(s.num, s.den);
            value = part < value ? part : value;
        }
    }
    return value;
}

/* ------------------------------------------------------------------ picking */

static parley_status pick_one(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                              const nm_frontier *f, nm_goal goal, const nm_num *ideal,
                              nm_solution *out, parley_error *err)
{
    const uint32_t k = view->k;
    double most = -HUGE_VAL;
    double *value = parley_arena_array(arena, f->size, sizeof(*value));
    if (value == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory for a solution");
    }
    for (uint32_t p = 0; p < f->size; p++) {
        value[p] = nm_goal_value(view, goal, ideal, &f->u[(size_t)p * k]);
        most = value[p] > most ? value[p] : most;
    }
    double near = most - 1e-9 * (fabs(most) + 1e-300);
    uint32_t best = UINT32_MAX;
    uint32_t ties = 0;
    uint64_t count = 0;
    for (uint32_t p = 0; p < f->size; p++) {
        if (value[p] < near) {
            continue;
        }
        int order = best == UINT32_MAX ? 1
                                       : nm_goal_compare(view, goal, ideal, &f->u[(size_t)p * k],
                                                         &f->u[(size_t)best * k]);
        if (order > 0) {
            best = p;
            ties = 1;
            count = f->count[p];
        } else if (order == 0) {
            ties++;
        }
        if (p % 65536 == 65535 && parley_ctx_cancelled(ctx)) {
            return parley_fail(err, PARLEY_CANCELLED, "stopped");
        }
    }
    *out = (nm_solution){.status = PARLEY_SOLUTION_OPTIMAL,
                         .ties = ties,
                         .count = count,
                         .found = true,
                         .package = &f->package[(size_t)best * view->m->n],
                         .u = &f->u[(size_t)best * k],
                         .value = value[best],
                         .bound = value[best]};
    if (goal == NM_NASH && most <= 0) {
        out->reason = "in every acceptable package somebody gains nothing: the product is 0";
    }
    return PARLEY_OK;
}

parley_status nm_pick(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                      const nm_frontier *f, nm_solution out[NM_GOALS], parley_error *err)
{
    nm_num ideal[NM_PARTIES_MOST];
    for (int g = 0; g < NM_GOALS; g++) {
        out[g] = (nm_solution){.status = PARLEY_SOLUTION_NONE,
                               .reason = "no package is acceptable to all"};
    }
    if (f->size == 0) {
        return PARLEY_OK;
    }
    for (uint32_t i = 0; i < view->k; i++) {
        ideal[i] = f->u[i];
        for (uint32_t p = 1; p < f->size; p++) {
            nm_num u = f->u[(size_t)p * view->k + i];
            ideal[i] = u > ideal[i] ? u : ideal[i];
        }
    }
    for (int g = 0; g < NM_GOALS; g++) {
        parley_status status = pick_one(ctx, arena, view, f, (nm_goal)g, ideal, &out[g], err);
        if (status != PARLEY_OK) {
            return status;
        }
    }
    return PARLEY_OK;
}
