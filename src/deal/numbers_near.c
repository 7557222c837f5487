/*
 * A frontier near the exact one, where that has too many points.
 *
 * Every value is rounded down to a grid, a part of the party's range, and the exact frontier of the
 * rounded values is found; fewer distinct sums mean fewer points. The package of a point on it is
 * then taken at its true worth. For any package p there is a point q whose rounded worth reaches
 * that of p for every party, so that q's true worth is below p's by at most the sum of what p's
 * values lost; the greatest such sum over all packages is the error that is reported, as a part of
 * the range of each party. The grid is made coarser until the sets fit. An additive form of
 * Papadimitriou & Yannakakis 2000, doi:10.1109/SFCS.2000.892068.
 */
#include "deal/numbers_internal.h"

#include <string.h>

/* An error above this part of a party's range tells nobody anything: then there is no frontier. */
#define WORST 0.2

static nm_num floor_to(nm_num value, nm_num grid, nm_num *lost)
{
    nm_num rest = value % grid;
    rest = rest < 0 ? rest + grid : rest;
    *lost = rest > *lost ? rest : *lost;
    return (value - rest) / grid;
}

/* The most a party can gain or lose by everything that is decided. */
static nm_num range_of(const nm_model *m, uint32_t i)
{
    nm_num range = 0;
    for (uint32_t j = 0; j < m->n; j++) {
        nm_num low = nm_value(m, j, 0)[i];
        nm_num high = low;
        for (uint32_t v = 1; v < m->size[j]; v++) {
            nm_num value = nm_value(m, j, v)[i];
            low = value < low ? value : low;
            high = value > high ? value : high;
        }
        range += high - low;
    }
    for (uint32_t t = 0; t < m->tables; t++) {
        nm_num low = 0;
        nm_num high = 0;
        for (uint32_t e = 0; m->table[t].add != NULL && e < m->table[t].entries; e++) {
            nm_num value = m->table[t].add[(size_t)e * m->k + i];
            low = value < low ? value : low;
            high = value > high ? value : high;
        }
        range += high - low;
    }
    return range;
}

/* A copy with values on a grid; *error: the greatest loss of any party, as a part of its range. */
static bool on_grid(const nm_model *m, parley_arena *arena, uint32_t cells, nm_model *out,
                    double *error)
{
    uint32_t all = m->n == 0 ? 0 : m->offset[m->n - 1] + m->size[m->n - 1];
    *out = *m;
    *error = 0;
    out->value = parley_arena_array(arena, (size_t)all * m->k, sizeof(*out->value));
    out->table = parley_arena_array(arena, m->tables, sizeof(*out->table));
    out->capped = parley_arena_array(arena, m->k, sizeof(*out->capped)); /* none */
    out->base = parley_arena_array(arena, m->k, sizeof(*out->base));
    if (out->value == NULL || out->table == NULL || out->capped == NULL || out->base == NULL) {
        return false;
    }
    for (uint32_t t = 0; t < m->tables; t++) {
        out->table[t] = m->table[t];
        if (m->table[t].add != NULL) {
            out->table[t].add =
                parley_arena_array(arena, (size_t)m->table[t].entries * m->k, sizeof(nm_num));
            if (out->table[t].add == NULL) {
                return false;
            }
        }
    }
    for (uint32_t i = 0; i < m->k; i++) {
        nm_num range = range_of(m, i);
        nm_num grid = range / cells > 0 ? range / cells : 1;
        nm_num lost = 0;
        for (uint32_t j = 0; j < m->n; j++) {
            nm_num here = 0;
            for (uint32_t v = 0; v < m->size[j]; v++) {
                out->value[((size_t)m->offset[j] + v) * m->k + i] =
                    floor_to(nm_value(m, j, v)[i], grid, &here);
            }
            lost += here;
        }
        for (uint32_t t = 0; t < m->tables; t++) {
            nm_num here = 0;
            nm_num *to = (nm_num *)(uintptr_t)out->table[t].add; /* made above */
            for (uint32_t e = 0; to != NULL && e < m->table[t].entries; e++) {
                to[(size_t)e * m->k + i] =
                    floor_to(m->table[t].add[(size_t)e * m->k + i], grid, &here);
            }
            lost += here;
        }
        double part = range > 0 ? nm_double(lost, range) : 0;
        *error = part > *error ? part : *error;
    }
    return true;
}

/* The true worth of every package; the rounded points may dominate one another now. */
static bool take_true(parley_ctx *ctx, parley_arena *arena, const nm_view *view, nm_frontier *f)
{
    const nm_model *m = view->m;
    nm_num u[NM_PARTIES_MOST];
    for (uint32_t p = 0; p < f->size; p++) {
        nm_worth(m, &f->package[(size_t)p * m->n], NULL, u);
        for (uint32_t i = 0; i < view->k; i++) {
            f->u[(size_t)p * view->k + i] = u[view->who[i]];
        }
        f->count[p] = 0;
    }
    return nm_filter(ctx, arena, view->k, m->n, f);
}

parley_status nm_near_frontier(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                               const nm_limits *limits, double epsilon, nm_frontier *out,
                               parley_error *err)
{
    nm_limits less = *limits;
    PARLEY_ASSERT(view->m->boxes == 0);
    less.points = limits->points / 4 + 1;
    less.work = limits->work / 8 + 1;
    for (uint32_t cells = 4096; cells >= 16; cells /= 4) {
        nm_model rounded;
        double error = 0;
        parley_error own = PARLEY_ERROR_INIT;
        if (epsilon > 0 && (double)view->m->n / cells < epsilon / 4) {
            continue; /* finer than asked for */
        }
        if ((double)view->m->n / cells > 4 * WORST) {
            break; /* what comes out would say nothing */
        }
        parley_arena *grid = parley_arena_new(ctx);
        if (grid == NULL || !on_grid(view->m, grid, cells, &rounded, &error)) {
            parley_arena_free(grid);
            return parley_fail(err, PARLEY_NOMEM, "out of memory for a frontier");
        }
        if (error > WORST) {
            parley_arena_free(grid);
            break;
        }
        nm_view near = *view;
        near.m = &rounded;
        parley_status status = nm_sets_frontier(ctx, arena, &near, &less, out, &own);
        parley_arena_free(grid);
        if (status == PARLEY_OK) {
            out->status = PARLEY_FRONTIER_EPSILON;
            out->epsilon = error;
            out->method = "dynamic programming on a grid";
            return take_true(ctx, arena, view, out)
                       ? PARLEY_OK
                       : parley_fail(err, PARLEY_NOMEM, "out of memory for a frontier");
        }
        if (status != PARLEY_LIMIT) {
            if (err != NULL) {
                *err = own;
            }
            return status;
        }
    }
    *out = (nm_frontier){.status = PARLEY_FRONTIER_LIMITED, .method = "dynamic programming"};
    return PARLEY_OK;
}
