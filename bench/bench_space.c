/*
 * Question: does the reading ladder stay below a blink? Nine nested counts and the support of the
 * last rung over random terms of six parties, at several sizes and mixes of formulas; what a count,
 * an existence question and the smallest clashing sets cost by themselves.
 *
 * The terms are random but leave one hidden package, so that no rung is empty (an empty rung is
 * easy). One row is the median and the worst of several random cases. `--json` writes JSON.
 */
#include "bench.h"

#include "deal/space.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define ISSUES_MAX 128
#define TERMS_MAX 512
#define OPTIONS_MAX 16
#define CASES_MAX 25
#define RUNGS 9

typedef struct mix {
    const char *name;
    uint32_t issues, options, terms;
    uint32_t one, two; /* per cent of the terms; the others have three issues */
    bool planted;
    uint32_t cases;
} mix;

typedef struct timing {
    double count_ms, support_ms, exists_us, list_ms;
    uint64_t entries, branches;
    uint32_t width, bits;
    bool stopped;
} timing;

/* Formulas live here until they are added. */
typedef struct formula {
    space_expr node[16];
    const space_expr *arg[32];
    uint64_t set[16];
    uint32_t nodes, args;
} formula;

/* Milliseconds of processor time. */
static double now(void)
{
    return bench_now() * 1e3;
}

static void die(const parley_error *err)
{
    char line[900];
    parley_error_print(err, line, sizeof line);
    fprintf(stderr, "bench_space: %s\n", line);
    exit(4);
}

static const space_expr *literal(formula *f, uint32_t issue, uint64_t set)
{
    space_expr *e = &f->node[f->nodes];
    f->set[f->nodes] = set;
    *e = (space_expr){SPACE_LITERAL, issue, &f->set[f->nodes], 0, NULL};
    f->nodes++;
    return e;
}

static const space_expr *join(formula *f, space_expr_kind kind, uint32_t count,
                              const space_expr *const *arg)
{
    space_expr *e = &f->node[f->nodes++];
    *e = (space_expr){kind, 0, NULL, count, &f->arg[f->args]};
    for (uint32_t i = 0; i < count; i++)
        f->arg[f->args++] = arg[i];
    return e;
}

static const space_expr *not_(formula *f, const space_expr *e)
{
    return join(f, SPACE_NOT, 1, &e);
}

/* A set of `of` options with k members. */
static uint64_t some(parley_random *r, uint32_t of, uint32_t k)
{
    uint64_t set = 0;
    while ((uint32_t)__builtin_popcountll(set) < k)
        set |= (uint64_t)1 << parley_random_below(r, of);
    return set;
}

static const space_expr *term(formula *f, parley_random *r, const mix *m)
{
    uint32_t kind = parley_random_below(r, 100), d = m->options;
    uint32_t v[3] = {parley_random_below(r, m->issues), 0, 0};
    do
        v[1] = parley_random_below(r, m->issues);
    while (v[1] == v[0]);
    do
        v[2] = parley_random_below(r, m->issues);
    while (v[2] == v[0] || v[2] == v[1]);
    f->nodes = f->args = 0;
    if (kind < m->one) {
        /* refuses an option (often), or requires one of several */
        if (parley_random_below(r, 3) > 0)
            return not_(f, literal(f, v[0], some(r, d, 1)));
        return literal(f, v[0], some(r, d, 1 + parley_random_below(r, d - 1)));
    }
    uint32_t n = kind < m->one + m->two ? 2 : 3;
    const space_expr *l[3];
    for (uint32_t i = 0; i < n; i++)
        l[i] = literal(f, v[i], some(r, d, 1 + parley_random_below(r, d - 2)));
    switch (parley_random_below(r, 4)) {
    case 0: /* never together */
        return not_(f, join(f, SPACE_AND, n, l));
    case 1: /* one of these */
        return join(f, SPACE_OR, n, l);
    case 2: /* if all but the last, then the last */
    {
        const space_expr *either[2] = {not_(f, join(f, SPACE_AND, n - 1, l)), l[n - 1]};
        return join(f, SPACE_OR, 2, either);
    }
    default: /* the first if and only if one of the others */
    {
        const space_expr *same[2] = {l[0], join(f, SPACE_OR, n - 1, l + 1)};
        return join(f, SPACE_IFF, 2, same);
    }
    }
}

static bool eval(const space_expr *e, const uint32_t *value)
{
    uint32_t yes = 0;
    if (e->kind == SPACE_LITERAL)
        return e->set[0] >> value[e->variable] & 1;
    for (uint32_t i = 0; i < e->count; i++)
        yes += eval(e->arg[i], value);
    return e->kind == SPACE_NOT   ? yes == 0
           : e->kind == SPACE_AND ? yes == e->count
           : e->kind == SPACE_OR  ? yes > 0
                                  : yes == 0 || yes == e->count;
}

static bool visit_some(void *user, const uint32_t *values)
{
    uint32_t *left = user;
    (void)values;
    return --*left > 0;
}

static timing one_case(parley_ctx *ctx, const mix *m, uint32_t seed)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_random r = parley_random_stream(seed, 3, 0, 0);
    timing t = {0};
    space_variable issue[ISSUES_MAX];
    uint32_t hidden[ISSUES_MAX];
    for (uint32_t i = 0; i < m->issues; i++) {
        issue[i] = (space_variable){m->options, false};
        hidden[i] = parley_random_below(&r, m->options);
    }
    space *s = NULL;
    if (space_new(&s, ctx, m->issues, issue, &err) != PARLEY_OK)
        die(&err);
    formula f;
    for (uint32_t i = 0; i < m->terms;) {
        const space_expr *e = term(&f, &r, m);
        uint32_t id;
        if (m->planted && !eval(e, hidden))
            continue;
        if (space_add(s, e, &id, &err) != PARLEY_OK)
            die(&err);
        i++;
    }
    double begin = now();
    uint64_t on[TERMS_MAX / 64] = {0};
    space_set set = {on, TERMS_MAX / 64};
    for (uint32_t rung = 0, next = 0; rung < RUNGS; rung++) {
        for (; next < (rung + 1) * m->terms / RUNGS; next++)
            on[next / 64] |= (uint64_t)1 << next % 64;
        parley_count count;
        parley_status status = space_count(s, set, NULL, &count, &err);
        space_work w = space_last_work(s);
        if (status == PARLEY_LIMIT) {
            t.stopped = true;
            parley_error_clear(&err);
        } else if (status != PARLEY_OK)
            die(&err);
        t.entries += w.entries;
        t.branches += w.branches;
        if (w.width > t.width)
            t.width = w.width;
        uint32_t bits = count.used == 0 ? 0
                                        : count.used * 64 -
                                              (uint32_t)__builtin_clzll(count.limb[count.used - 1]);
        if (bits > t.bits)
            t.bits = bits;
    }
    t.count_ms = now() - begin;

    uint64_t support[ISSUES_MAX], *rows[ISSUES_MAX];
    for (uint32_t i = 0; i < m->issues; i++)
        rows[i] = &support[i];
    begin = now();
    if (space_support(s, set, NULL, rows, &err) != PARLEY_OK)
        die(&err);
    t.support_ms = now() - begin;

    begin = now();
    bool found = false;
    for (uint32_t i = 0; i < 100; i++)
        if (space_exists(s, set, NULL, &found, NULL, &err) != PARLEY_OK)
            die(&err);
    t.exists_us = (now() - begin) * 10;

    uint32_t left = 1000;
    begin = now();
    if (space_list(s, set, NULL, visit_some, &left, &err) != PARLEY_OK)
        die(&err);
    t.list_ms = now() - begin;
    space_free(s);
    return t;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    static const mix mixes[] = {
        {"15 x 5, 36 terms, 60/25/15", 15, 5, 36, 60, 25, true, 25},
        {"25 x 5, 60 terms, 60/25/15", 25, 5, 60, 60, 25, true, 25},
        {"25 x 5, 60 terms, 30/40/30", 25, 5, 60, 30, 40, true, 25},
        {"40 x 5, 60 terms, 30/40/30", 40, 5, 60, 30, 40, true, 15},
        {"40 x 5, 96 terms, 60/25/15", 40, 5, 96, 60, 25, true, 15},
        {"40 x 5, 96 terms, 30/40/30", 40, 5, 96, 30, 40, true, 5},
        {"25 x 5, 40 terms, 0/0/100", 25, 5, 40, 0, 0, true, 5},
        {"25 x 5, 60 terms, 0/0/100", 25, 5, 60, 0, 0, true, 5},
        {"40 x 5, 60 terms, 0/0/100", 40, 5, 60, 0, 0, true, 5},
        {"40 x 5, 80 terms, 0/20/80", 40, 5, 80, 0, 20, true, 3},
        {"60 x 10, 60 terms, 60/25/15", 60, 10, 60, 60, 25, true, 15},
        {"128 x 10, 128 terms, 60/40/0", 128, 10, 128, 60, 40, true, 5},
    };
    bool json = argc > 1 && strcmp(argv[1], "--json") == 0;
    const char *only = argc > 1 && !json ? argv[1] : NULL;
    parley_ctx *ctx = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    if (parley_ctx_new(&ctx, NULL, &err) != PARLEY_OK)
        die(&err);
    if (json)
        printf("[\n");
    else
        printf("%-30s %9s %9s %8s %8s %8s %8s %9s %9s %5s %5s\n", "issues x options, terms, mix",
               "9 counts", "worst", "support", "worst", "exists", "list", "entries", "branches",
               "width", "bits");
    uint32_t mixes_n = (uint32_t)(sizeof mixes / sizeof *mixes);
    for (uint32_t i = 0; i < mixes_n; i++) {
        const mix *m = &mixes[i];
        if (only != NULL && strstr(m->name, only) == NULL)
            continue;
        double count[CASES_MAX], support[CASES_MAX], exists[CASES_MAX], list[CASES_MAX];
        timing most = {0};
        uint32_t stopped = 0;
        for (uint32_t c = 0; c < m->cases; c++) {
            timing t = one_case(ctx, m, 100 * i + c);
            count[c] = t.count_ms;
            support[c] = t.support_ms;
            exists[c] = t.exists_us;
            list[c] = t.list_ms;
            stopped += t.stopped;
            if (t.entries > most.entries)
                most.entries = t.entries;
            if (t.branches > most.branches)
                most.branches = t.branches;
            if (t.width > most.width)
                most.width = t.width;
            if (t.bits > most.bits)
                most.bits = t.bits;
        }
        qsort(count, m->cases, sizeof *count, by_value);
        qsort(support, m->cases, sizeof *support, by_value);
        qsort(exists, m->cases, sizeof *exists, by_value);
        qsort(list, m->cases, sizeof *list, by_value);
        uint32_t mid = m->cases / 2, last = m->cases - 1;
        if (json)
            printf("  {\"case\": \"%s\", \"nine_counts_ms\": %.3f, \"worst_ms\": %.3f, "
                   "\"support_ms\": %.3f, \"support_worst_ms\": %.3f, \"exists_us\": %.1f, "
                   "\"list_1000_ms\": %.3f, \"entries\": %" PRIu64 ", \"branches\": %" PRIu64
                   ", \"width\": %u, \"bits\": %u, \"stopped\": %u}%s\n",
                   m->name, count[mid], count[last], support[mid], support[last], exists[mid],
                   list[mid], most.entries, most.branches, most.width, most.bits, stopped,
                   i + 1 < mixes_n ? "," : "");
        else
            printf("%-30s %7.2fms %7.2fms %6.2fms %6.2fms %6.1fus %6.2fms %9" PRIu64 " %9" PRIu64
                   " %5u %5u%s\n",
                   m->name, count[mid], count[last], support[mid], support[last], exists[mid],
                   list[mid], most.entries, most.branches, most.width, most.bits,
                   stopped > 0 ? " (some stopped)" : "");
        fflush(stdout);
    }
    if (json)
        printf("]\n");
    parley_ctx_free(ctx);
    return 0;
}
