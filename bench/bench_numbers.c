/*
 * Question: what do exact frontiers and proven solutions cost, and what would looking at every
 * package cost instead?
 *
 * Random additive models with real-valued weights (40 bits), or two parties strongly opposed; the
 * walk through all packages is timed where there are at most ten million and counted up from there
 * by its time a package. One row is the median of several seeds. `--json` writes JSON.
 */
#include "bench.h"

#include "deal/numbers_internal.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SEEDS 5

typedef enum task { FRONTIER, PROOF, WALK } task;

typedef struct row {
    const char *name;
    task task;
    uint32_t k, n, size;
    bool opposed;
    uint32_t bits; /* of a value */
    double goal;   /* seconds */
} row;

static const row rows[] = {
    {"frontier, 2 parties", FRONTIER, 2, 30, 10, false, 40, 0.005},
    {"frontier, 2 parties", FRONTIER, 2, 60, 10, false, 40, 0.05},
    {"frontier, 2 opposed", FRONTIER, 2, 30, 10, true, 40, 0.3},
    {"frontier, 2 opposed", FRONTIER, 2, 60, 10, true, 40, 0.3},
    {"frontier, 2 parties, 128 bits", FRONTIER, 2, 60, 10, false, 90, 0.05},
    {"frontier, 3 parties", FRONTIER, 3, 20, 10, false, 40, 0.5},
    {"frontier, 3 parties", FRONTIER, 3, 30, 10, false, 40, 5},
    {"frontier, 3 parties, 100 points", FRONTIER, 3, 30, 10, false, 7, 0.01},
    {"four solutions, proven", PROOF, 6, 30, 10, false, 40, 0.2},
    {"four solutions, bounded", PROOF, 10, 30, 10, false, 40, 2},
    {"walk with counts", WALK, 2, 7, 10, false, 40, 0.1},
};

typedef struct timing {
    double seconds;
    double points;
    double megabytes;
    double bound; /* of the egalitarian solution over its value */
} timing;

static parley_arena *arena;

static void *take(size_t n, size_t size)
{
    void *p = parley_arena_array(arena, n, size);
    if (p == NULL) {
        fprintf(stderr, "bench_numbers: no memory\n");
        exit(4);
    }
    return p;
}

static nm_model make(const row *w, uint32_t seed)
{
    nm_model m = {.k = w->k, .n = w->n};
    parley_random r = parley_random_stream(seed, 12, w->n, w->k);
    uint32_t *size = take(w->n, sizeof(*size));
    uint32_t *offset = take(w->n, sizeof(*offset));
    double *weight = take((size_t)w->n * w->k, sizeof(*weight));
    double *sum = take(w->k, sizeof(*sum));
    m.size = size;
    m.offset = offset;
    m.value = take((size_t)w->n * w->size * w->k, sizeof(*m.value));
    m.base = take(w->k, sizeof(*m.base));
    m.without = take(w->k, sizeof(*m.without));
    m.cap = take(w->k, sizeof(*m.cap));
    m.capped = take(w->k, sizeof(*m.capped));
    m.unit = take(w->k, sizeof(*m.unit));
    for (uint32_t q = 0; q < w->n * w->k; q++) {
        weight[q] = parley_random_unit(&r);
        sum[q % w->k] += weight[q];
    }
    for (uint32_t j = 0; j < w->n; j++) {
        size[j] = w->size;
        offset[j] = j * w->size;
        for (uint32_t o = 0; o < w->size; o++) {
            double first = 0;
            for (uint32_t i = 0; i < w->k; i++) {
                double e = parley_random_unit(&r);
                e = w->opposed && i == 1 ? 1 - first + 0.1 * (e - 0.5) : e;
                first = i == 0 ? e : first;
                m.value[((size_t)offset[j] + o) * w->k + i] =
                    (nm_num)ldexp(weight[j * w->k + i] / sum[i] * e, (int)w->bits);
            }
        }
    }
    for (uint32_t i = 0; i < w->k; i++) {
        m.unit[i] = (nm_num)1 << w->bits;
    }
    return m;
}

static void die(const parley_error *err)
{
    char line[900];
    parley_error_print(err, line, sizeof line);
    fprintf(stderr, "bench_numbers: %s\n", line);
    exit(4);
}

static timing measure(const row *w, uint32_t seed)
{
    static const nm_limits limits = {4000000, UINT64_MAX / 8, 1000000000, 0};
    parley_ctx *ctx = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    timing t = {0, 0, 0, 1};
    uint32_t who[NM_PARTIES_MOST];
    nm_frontier f = {.size = 0};
    nm_solution s[NM_GOALS];
    if (parley_ctx_new(&ctx, NULL, &err) != PARLEY_OK) {
        die(&err);
    }
    arena = parley_arena_new(ctx);
    const nm_model m = make(w, seed);
    for (uint32_t i = 0; i < m.k; i++) {
        who[i] = i;
    }
    const nm_view view = {&m, m.k, who, w->task == PROOF};
    double begin = bench_now();
    parley_status status =
        w->task == FRONTIER ? nm_sets_frontier(ctx, arena, &view, &limits, &f, &err)
        : w->task == PROOF  ? nm_prove(ctx, arena, &view, &limits, s, &err)
                            : nm_search_frontier(ctx, arena, &view, &limits, true, &f, &err);
    t.seconds = bench_now() - begin;
    if (status != PARLEY_OK) {
        die(&err);
    }
    t.points = f.size;
    t.megabytes = (double)parley_ctx_bytes_peak(ctx) / 1e6;
    if (w->task == PROOF) {
        t.bound = s[NM_EGALITARIAN].bound / s[NM_EGALITARIAN].value;
    }
    parley_arena_free(arena);
    parley_ctx_free(ctx);
    return t;
}

/* Seconds a package takes when each is looked at: ten million of them, two parties. */
static double plain_package(void)
{
    const row w = {"plain", WALK, 2, 7, 10, false, 40, 0};
    parley_ctx *ctx = NULL;
    if (parley_ctx_new(&ctx, NULL, NULL) != PARLEY_OK) {
        exit(4);
    }
    arena = parley_arena_new(ctx);
    const nm_model m = make(&w, 1);
    uint32_t package[7] = {0};
    volatile int64_t best = 0; /* so that nothing is left out */
    double begin = bench_now();
    for (uint32_t p = 0; p < 10000000; p++) {
        int64_t u[2] = {0, 0};
        for (uint32_t j = 0, rest = p; j < 7; j++, rest /= 10) {
            package[j] = rest % 10;
            const nm_num *v = nm_value(&m, j, package[j]);
            u[0] += (int64_t)v[0];
            u[1] += (int64_t)v[1];
        }
        if (u[0] + u[1] > best) {
            best = u[0] + u[1];
        }
    }
    double seconds = bench_now() - begin;
    parley_arena_free(arena);
    parley_ctx_free(ctx);
    return seconds / 1e7;
}

static int by_seconds(const void *pa, const void *pb)
{
    double a = ((const timing *)pa)->seconds;
    double b = ((const timing *)pb)->seconds;
    return (a > b) - (a < b);
}

int main(int argc, char **argv)
{
    bool json = argc > 1 && strcmp(argv[1], "--json") == 0;
    double plain = plain_package();
    if (json) {
        printf("{\"plain_seconds_a_package\": %.3g, \"rows\": [", plain);
    }
    if (!json) {
        printf("one package looked at: %.1f ns\n", plain * 1e9);
        printf("%-32s %8s %9s %10s %9s %8s %12s %7s\n", "task", "size", "points", "seconds", "goal",
               "MB", "times plain", "bound");
    }
    for (size_t q = 0; q < sizeof(rows) / sizeof(rows[0]); q++) {
        const row *w = &rows[q];
        timing t[SEEDS];
        char size[24];
        for (uint32_t seed = 0; seed < SEEDS; seed++) {
            t[seed] = measure(w, seed + 1);
        }
        qsort(t, SEEDS, sizeof(t[0]), by_seconds);
        const timing *m = &t[SEEDS / 2];
        double all = plain * pow(w->size, w->n);
        snprintf(size, sizeof(size), "%ux%u", w->n, w->size);
        if (!json) {
            printf("%-32s %8s %9.0f %10.5f %9.3f %8.1f %12.2g %7.4f\n", w->name, size, m->points,
                   m->seconds, w->goal, m->megabytes, all / m->seconds, m->bound);
        }
        if (json) {
            printf("%s\n  {\"task\": \"%s\", \"parties\": %u, \"issues\": %u, \"options\": %u, "
                   "\"points\": %.0f, \"seconds\": %.6f, \"worst\": %.6f, \"goal\": %g, "
                   "\"megabytes\": %.2f, \"bound\": %.6f}",
                   q == 0 ? "" : ",", w->name, w->k, w->n, w->size, m->points, m->seconds,
                   t[SEEDS - 1].seconds, w->goal, m->megabytes, m->bound);
        }
    }
    if (json) {
        printf("]}\n");
    }
    return 0;
}
