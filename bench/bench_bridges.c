/*
 * Question: do sticking points and bridges come while one waits? 25 issues with 5 options, 6
 * parties and 60 terms that leave nothing: first sticking point 0.1 s, first ten bridges 1 s; 15
 * issues: 50 ms each.
 *
 * Cases are made as YAML text by a seeded generator and go the way of every case. Terms speak of
 * one issue (60 %), two (25 %) or three; a tenth are readings; all issues are ordered, so that
 * every term can be softened. Looked at on the last rung, where everything binds. "Pairs" are two
 * opposite demands on each of 25 issues: 2^25 bridges. Bridges come with up to eight softer forms
 * each, as on the page. "All" stops at 1,000. Median and worst over the seeds.
 */
#include "bench.h"

#include <parley/bridges.h>
#include <parley/case.h>
#include <parley/deal.h>

#include <stdlib.h>
#include <string.h>

#define SEEDS 21
#define ALL 1000

typedef struct mix {
    const char *name;
    uint32_t issues;
    uint32_t options;
    uint32_t terms;
    uint32_t one; /* per cent of the terms */
    uint32_t two;
    bool pairs;
} mix;

static const mix mixes[] = {
    {"15 x 4, 30 terms", 15, 4, 30, 60, 25, false},
    {"25 x 5, 60 terms", 25, 5, 60, 60, 25, false},
    {"25 x 5, 60, one issue", 25, 5, 60, 100, 0, false},
    {"25 x 5, 60, more pairs", 25, 5, 60, 40, 40, false},
    {"25 x 5, 120 terms", 25, 5, 120, 60, 25, false},
    {"25 opposite pairs", 25, 5, 50, 0, 0, true},
};
#define MIXES (sizeof mixes / sizeof *mixes)

/* ------------------------------------------------------------------ a case as text */

typedef struct maker {
    parley_random random;
    const mix *m;
    parley_text *out;
} maker;

static uint32_t below(maker *k, uint32_t n)
{
    return parley_random_below(&k->random, n);
}

static void literal(maker *k, char *to, size_t size, uint32_t issue)
{
    uint32_t first = below(k, k->m->options);
    uint32_t second = below(k, k->m->options);
    switch (below(k, 3)) {
    case 0:
        snprintf(to, size, "i%u != o%u", issue, first);
        break;
    case 1:
        snprintf(to, size, "i%u in {o%u, o%u}", issue, first, second);
        break;
    default:
        snprintf(to, size, "i%u <= o%u", issue, first);
        break;
    }
}

static void formula(maker *k, char *to, size_t size, uint32_t issues)
{
    char part[3][64];
    uint32_t at[3];
    for (uint32_t i = 0; i < issues; i++) {
        bool again = true;
        while (again) {
            at[i] = below(k, k->m->issues);
            again = (i > 0 && at[i] == at[0]) || (i > 1 && at[i] == at[1]);
        }
        literal(k, part[i], sizeof part[i], at[i]);
    }
    bool either = below(k, 2) == 0;
    if (issues == 1) {
        snprintf(to, size, "%s", part[0]);
    } else if (issues == 2) {
        snprintf(to, size, "%s %s %s", part[0], either ? "or" : "implies", part[1]);
    } else {
        snprintf(to, size, either ? "%s or %s or %s" : "%s and %s implies %s", part[0], part[1],
                 part[2]);
    }
}

static void any_formula(maker *k, char *to, size_t size)
{
    uint32_t dice = below(k, 100);
    formula(k, to, size, dice < k->m->one ? 1 : dice < k->m->one + k->m->two ? 2 : 3);
}

static void put_terms(maker *k)
{
    static const char *const acts[] = {"demand", "demand", "demand", "reject", "request", "accept"};
    static const char *const firmness[] = {"condition", "red-line-stated", "position", "ask"};
    static const char *const classes[] = {"on-record", "document", "on-record-institution", "bare"};
    const mix *m = k->m;
    char text[256];
    parley_text_puts(k->out, "rules:\n");
    for (uint32_t r = 0; r < 4; r++) {
        formula(k, text, sizeof text, 2);
        parley_text_printf(k->out, "  r%u: {formula: \"%s\", because: \"so it is\"}\n", r, text);
    }
    uint32_t readings = m->terms / 10;
    parley_text_puts(k->out, "claims:\n");
    for (uint32_t c = 0; c < m->terms - readings; c++) {
        any_formula(k, text, sizeof text);
        parley_text_printf(k->out,
                           "  c%u: {date: 2025-03-01, by: p%u, act: %s, about: \"%s\", says: "
                           "\"words\", class: %s, firmness: %s}\n",
                           c, below(k, 6), acts[below(k, 6)], text, classes[below(k, 4)],
                           firmness[below(k, 4)]);
    }
    parley_text_puts(k->out, "readings:\n");
    for (uint32_t r = 0; r < readings; r++) {
        any_formula(k, text, sizeof text);
        parley_text_printf(k->out, "  m%u: {party: p%u, %s: \"%s\", because: \"it seems so\"}\n", r,
                           below(k, 6), below(k, 2) == 0 ? "refuses" : "requires", text);
    }
}

static void make_case(const mix *m, uint64_t seed, parley_text *out)
{
    maker k = {parley_random_stream(seed, 0xb21d, m->issues, m->terms), m, out};
    parley_text_puts(out, "parley: 1\ntitle: \"A made case\"\nas-of: 2025-03-14\nparties:\n");
    for (uint32_t p = 0; p < 6; p++) {
        parley_text_printf(out, "  p%u: {name: \"Party %u\", roles: [%s]}\n", p, p,
                           p < 4 ? "principal" : "guarantor");
    }
    parley_text_puts(out, "tracks:\n  t: {table: now}\nissues:\n");
    for (uint32_t i = 0; i < m->issues; i++) {
        parley_text_printf(
            out, "  i%u: {track: t, ask: \"Question %u?\", ordered: true, options: {", i, i);
        for (uint32_t v = 0; v < m->options; v++) {
            parley_text_printf(out, "%so%u: \"Answer %u\"", v > 0 ? ", " : "", v, v);
        }
        parley_text_puts(out, "}}\n");
    }
    if (!m->pairs) {
        put_terms(&k);
        return;
    }
    parley_text_puts(out, "claims:\n");
    for (uint32_t i = 0; i < m->issues * 2; i++) {
        parley_text_printf(out,
                           "  c%u: {date: 2025-03-01, by: p%u, act: demand, about: \"i%u = o%u\", "
                           "says: \"words\", class: on-record}\n",
                           i, i % 2, i / 2, i % 2 * (m->options - 1));
    }
}

/* ---------------------------------------------------------------------- measuring */

enum { POINT, FIRST, TEN, MANY, MEASURES };
static const char *const measures[MEASURES] = {"first point", "first bridge", "ten bridges",
                                               "all, 1000"};

typedef struct visit_state {
    uint32_t seen;
    uint32_t most;
} visit_state;

static bool one_set(void *user, parley_ids terms)
{
    (void)terms;
    ((visit_state *)user)->seen++;
    return false;
}

static bool one_bridge(void *user, const parley_bridge *b)
{
    visit_state *s = user;
    (void)b;
    return ++s->seen < s->most;
}

/* Seconds until so much is there; found: how much was there to be found. */
static double measure(parley_deal *deal, int what, uint32_t *found, bool *stopped)
{
    static const uint32_t most[MEASURES] = {1, 1, 10, ALL};
    double best = 0;
    for (int round = 0; round < 3; round++) {
        visit_state s = {0, most[what]};
        parley_bridges_options options = PARLEY_BRIDGES_OPTIONS_INIT;
        options.rung = PARLEY_RUNG_READINGS;
        double begin = bench_now();
        parley_status status =
            what == POINT ? parley_deal_clashes(deal, PARLEY_RUNG_READINGS, -1, one_set, &s, NULL)
                          : parley_deal_bridges(deal, &options, one_bridge, &s, NULL);
        double passed = bench_now() - begin;
        best = round == 0 || passed < best ? passed : best;
        *found = s.seen;
        *stopped = status == PARLEY_LIMIT;
        if (passed > 0.1 || what == MANY) {
            break;
        }
    }
    return best;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void one_mix(const mix *m, FILE *json, bool first)
{
    double times[MEASURES][SEEDS];
    double counts[SEEDS];
    uint32_t stops = 0;
    uint32_t seeds = m->pairs ? 1 : SEEDS;
    for (uint32_t seed = 0; seed < seeds; seed++) {
        parley_ctx *ctx = NULL;
        parley_case *c = NULL;
        parley_deal *deal = NULL;
        parley_error err = PARLEY_ERROR_INIT;
        if (parley_ctx_new(&ctx, NULL, &err) != PARLEY_OK) {
            abort();
        }
        parley_text *text = parley_text_new(ctx, 1 << 20);
        make_case(m, seed, text);
        if (parley_case_read(&c, ctx, "case.yaml", parley_text_data(text),
                             strlen(parley_text_data(text)), NULL, NULL, &err) != PARLEY_OK ||
            parley_deal_new(&deal, ctx, c, NULL, &err) != PARLEY_OK) {
            fprintf(stderr, "%s\n", err.message);
            abort();
        }
        for (int what = 0; what < MEASURES; what++) {
            uint32_t found = 0;
            bool stopped = false;
            times[what][seed] = measure(deal, what, &found, &stopped);
            stops += stopped;
            counts[seed] = found;
        }
        parley_deal_free(deal);
        parley_case_free(c);
        parley_text_free(text);
        parley_ctx_free(ctx);
    }
    printf("%-24s", m->name);
    if (json != NULL) {
        fprintf(json, "%s\n  {\"case\": \"%s\", \"seeds\": %u, \"stopped\": %u", first ? "" : ",",
                m->name, seeds, stops);
    }
    for (int what = 0; what < MEASURES; what++) {
        qsort(times[what], seeds, sizeof(double), by_size);
        double median = times[what][seeds / 2] * 1e3;
        double worst = times[what][seeds - 1] * 1e3;
        printf(" %8.2f %8.2f", median, worst);
        if (json != NULL) {
            fprintf(json, ", \"%s\": {\"median_ms\": %.3f, \"worst_ms\": %.3f}", measures[what],
                    median, worst);
        }
    }
    qsort(counts, seeds, sizeof(double), by_size);
    printf(" %7.0f %5u\n", counts[seeds / 2], stops);
    if (json != NULL) {
        fprintf(json, ", \"bridges\": %.0f}", counts[seeds / 2]);
    }
}

int main(int argc, char **argv)
{
    FILE *json = argc > 1 ? fopen(argv[1], "w") : NULL;
    if (argc > 1 && json == NULL) {
        perror(argv[1]);
        return 1;
    }
    printf("milliseconds: median and worst of %d seeds\n%-24s", SEEDS, "");
    for (int what = 0; what < MEASURES; what++) {
        printf(" %17s", measures[what]);
    }
    printf(" %7s %5s\n", "bridges", "stops");
    if (json != NULL) {
        fprintf(json, "[");
    }
    for (size_t i = 0; i < MIXES; i++) {
        one_mix(&mixes[i], json, i == 0);
    }
    if (json != NULL) {
        fprintf(json, "\n]\n");
        fclose(json);
    }
    return 0;
}
