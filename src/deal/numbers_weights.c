/*
 * Some points of a frontier that has too many: what is best under weights that are all above 0 is
 * dominated by nothing, because whatever is as good for everybody and better for one has a greater
 * weighted sum (Geoffrion 1968, doi:10.1016/0022-247X(68)90201-1). Weights are drawn over the
 * parties' ranges, each party's share alike; what each issue adds under them is found by itself,
 * what a formula couples by elimination over one number. Points that no weights favour are not
 * found: there are such, and the frontier is given as what it is, a part of the whole.
 */
#include "deal/numbers_internal.h"

#include <math.h>
#include <string.h>

#define DRAWS 2000u
#define DRAWS_COUPLED 300u
#define WEIGHT_BITS 20

typedef struct drawer {
    parley_ctx *ctx;
    parley_arena *arena; /* of one draw */
    const nm_view *view;
    nm_model one; /* one party: the weighted sum */
    uint32_t *package;
    double range[NM_PARTIES_MOST];
    bool coupled;
    uint32_t *own; /* the party of `one` */
} drawer;

/* What a party can gain or lose by all that is decided, near. */
static double range_of(const nm_model *m, uint32_t i)
{
    double range = 0;
    for (uint32_t j = 0; j < m->n; j++) {
        double low = HUGE_VAL;
        double high = -HUGE_VAL;
        for (uint32_t v = 0; v < m->size[j]; v++) {
            double x = (double)nm_value(m, j, v)[i];
            low = fmin(low, x);
            high = fmax(high, x);
        }
        range += high - low;
    }
    for (uint32_t t = 0; t < m->tables; t++) {
        double most = 0;
        for (uint32_t e = 0; m->table[t].add != NULL && e < m->table[t].entries; e++) {
            most = fmax(most, fabs((double)m->table[t].add[(size_t)e * m->k + i]));
        }
        range += most;
    }
    return range;
}

static bool begin(drawer *d, parley_arena *arena)
{
    const nm_model *m = d->view->m;
    uint32_t all = m->n == 0 ? 0 : m->offset[m->n - 1] + m->size[m->n - 1];
    d->one = *m;
    d->one.k = 1;
    d->one.value = parley_arena_array(arena, all, sizeof(*d->one.value));
    d->one.base = parley_arena_array(arena, 1, sizeof(*d->one.base));
    d->one.without = parley_arena_array(arena, 1, sizeof(*d->one.without));
    d->one.cap = parley_arena_array(arena, 1, sizeof(*d->one.cap));
    d->one.capped = parley_arena_array(arena, 1, sizeof(*d->one.capped));
    d->one.unit = parley_arena_array(arena, 1, sizeof(*d->one.unit));
    d->one.table = parley_arena_array(arena, m->tables, sizeof(*d->one.table));
    d->package = parley_arena_array(arena, m->n, sizeof(*d->package));
    d->own = parley_arena_array(arena, 1, sizeof(*d->own));
    if (d->one.value == NULL || d->one.base == NULL || d->one.without == NULL ||
        d->one.cap == NULL || d->one.capped == NULL || d->one.unit == NULL ||
        d->one.table == NULL || d->package == NULL || d->own == NULL) {
        return false;
    }
    d->one.unit[0] = 1;
    for (uint32_t t = 0; t < m->tables; t++) {
        d->one.table[t] = m->table[t];
        d->coupled = d->coupled || m->table[t].add != NULL || nm_binds(d->view, &m->table[t]);
        if (m->table[t].add != NULL) {
            d->one.table[t].add = parley_arena_array(arena, m->table[t].entries, sizeof(nm_num));
            if (d->one.table[t].add == NULL) {
                return false;
            }
        }
    }
    for (uint32_t i = 0; i < d->view->k; i++) {
        d->range[i] = range_of(m, d->view->who[i]);
    }
    return true;
}

/* The weighted sum of everything, in whole numbers. */
static void weigh(drawer *d, const nm_num *weight)
{
    const nm_model *m = d->view->m;
    uint32_t all = m->n == 0 ? 0 : m->offset[m->n - 1] + m->size[m->n - 1];
    for (uint32_t v = 0; v < all; v++) {
        d->one.value[v] = 0;
        for (uint32_t i = 0; i < d->view->k; i++) {
            d->one.value[v] += weight[i] * m->value[(size_t)v * m->k + d->view->who[i]];
        }
    }
    for (uint32_t t = 0; t < m->tables; t++) {
        nm_num *to = (nm_num *)(uintptr_t)d->one.table[t].add; /* made above */
        for (uint32_t e = 0; to != NULL && e < m->table[t].entries; e++) {
            to[e] = 0;
            for (uint32_t i = 0; i < d->view->k; i++) {
                to[e] += weight[i] * m->table[t].add[(size_t)e * m->k + d->view->who[i]];
            }
        }
    }
}

/* The best package under the weights. NOTFOUND: nothing is feasible. */
static parley_status best(drawer *d, const nm_limits *limits, parley_error *err)
{
    const nm_model *m = d->view->m;
    if (!d->coupled) {
        for (uint32_t j = 0; j < m->n; j++) {
            d->package[j] = 0;
            for (uint32_t v = 1; v < m->size[j]; v++) {
                if (d->one.value[m->offset[j] + v] > d->one.value[m->offset[j] + d->package[j]]) {
                    d->package[j] = v;
                }
            }
        }
        return PARLEY_OK;
    }
    const nm_view view = {&d->one, 1, d->own, false};
    nm_frontier f;
    parley_status status = nm_sets_frontier(d->ctx, d->arena, &view, limits, &f, err);
    if (status == PARLEY_OK && f.size > 0) {
        memcpy(d->package, f.package, m->n * sizeof(*d->package));
    }
    return status == PARLEY_OK && f.size == 0 ? PARLEY_NOTFOUND : status;
}

/* Weights over ranges, evenly over all ways to share them out; the first ones favour one party. */
static void draw(const drawer *d, parley_random *random, uint32_t round, nm_num *weight)
{
    double sum = 0;
    double part[NM_PARTIES_MOST];
    double scale = 0;
    for (uint32_t i = 0; i < d->view->k; i++) {
        part[i] = round < d->view->k ? (round == i ? 1.0 : 1e-3)
                                     : -log(1 - 0.999999 * parley_random_unit(random));
        sum += part[i];
    }
    for (uint32_t i = 0; i < d->view->k; i++) {
        part[i] = part[i] / sum / (d->range[i] > 0 ? d->range[i] : 1);
        scale = fmax(scale, part[i]);
    }
    for (uint32_t i = 0; i < d->view->k; i++) {
        double w = part[i] / scale * (double)(1 << WEIGHT_BITS);
        weight[i] = w < 1 ? 1 : (nm_num)w;
    }
}

parley_status nm_some_points(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                             const nm_limits *limits, nm_frontier *out, parley_error *err)
{
    const nm_model *m = view->m;
    parley_random random = parley_random_stream(31, 12, m->n, view->k);
    parley_status status = PARLEY_OK;
    drawer d = {.ctx = ctx, .view = view};
    nm_num weight[NM_PARTIES_MOST];
    nm_num u[NM_PARTIES_MOST];
    bool fits = nm_reach(m) >> (NM_NUM_BITS - WEIGHT_BITS - 6) == 0 && m->boxes == 0;
    for (uint32_t i = 0; i < view->k; i++) {
        fits = fits && !m->capped[view->who[i]]; /* under a cap a sum says less */
    }
    if (!fits) {
        return PARLEY_OK;
    }
    parley_arena *own = parley_arena_new(ctx);
    if (own == NULL || !begin(&d, own)) {
        parley_arena_free(own);
        return parley_fail(err, PARLEY_NOMEM, "out of memory for a frontier");
    }
    uint32_t draws = d.coupled ? DRAWS_COUPLED : DRAWS;
    nm_frontier f = {.status = PARLEY_FRONTIER_LIMITED, .method = out->method};
    f.u = parley_arena_array(arena, (size_t)draws * view->k, sizeof(*f.u));
    f.package = parley_arena_array(arena, (size_t)draws * m->n, sizeof(*f.package));
    f.count = parley_arena_array(arena, draws, sizeof(*f.count));
    if (f.u == NULL || f.package == NULL || f.count == NULL) {
        parley_arena_free(own);
        return parley_fail(err, PARLEY_NOMEM, "out of memory for a frontier");
    }
    for (uint32_t round = 0; round < draws && status == PARLEY_OK; round++) {
        draw(&d, &random, round, weight);
        weigh(&d, weight);
        d.arena = parley_arena_new(ctx);
        status = d.arena == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory for a frontier")
                                 : best(&d, limits, err);
        parley_arena_free(d.arena);
        if (status == PARLEY_OK && parley_ctx_cancelled(ctx)) {
            status = parley_fail(err, PARLEY_CANCELLED, "stopped");
        }
        if (status == PARLEY_OK) {
            nm_worth(m, d.package, NULL, u);
            for (uint32_t i = 0; i < view->k; i++) {
                f.u[(size_t)f.size * view->k + i] = u[view->who[i]];
            }
            memcpy(&f.package[(size_t)f.size * m->n], d.package, m->n * sizeof(*f.package));
            f.size++;
        }
        parley_ctx_progress(ctx, "frontier", round + 1, draws);
    }
    parley_arena_free(own);
    if (status == PARLEY_LIMIT || status == PARLEY_NOTFOUND) {
        if (err != NULL) {
            parley_error_clear(err);
        }
        return PARLEY_OK;
    }
    if (status == PARLEY_OK && !nm_filter(ctx, arena, view->k, m->n, &f)) {
        status = parley_fail(err, PARLEY_NOMEM, "out of memory for a frontier");
    }
    for (uint32_t p = 0; p < f.size; p++) {
        f.count[p] = 0; /* counted where all are known */
    }
    if (status == PARLEY_OK) {
        f.method = "the best under weights";
        *out = f;
    }
    return status;
}
