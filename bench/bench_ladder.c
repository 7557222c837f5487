/*
 * Question: does the whole ladder of a case stay below a blink? 25 issues with 5 options, 6 parties
 * and 60 terms: ladder in 0.2 s; a case of 15 issues in 5 ms.
 *
 * Cases are made as YAML text by a seeded generator and go the way of every case: read, terms
 * derived, ladder, page of the night before (which also looks for the clashing sets). About 60 % of
 * the terms speak of one issue, 25 % of two, 15 % of three; a tenth are readings of ours, and a few
 * rules go with them. "Left" cases have a hidden package that satisfies everything, so that no rung
 * is empty; "dead" ones have none, and clash. Denser mixes and larger cases follow. Median and
 * worst over the seeds; of each seed the best of three. A case that reaches a limit is counted as
 * stopped; its time is the time until then.
 */
#include "bench.h"

#include <parley/case.h>
#include <parley/deal.h>
#include <parley/screens.h>

#include <stdlib.h>
#include <string.h>

#define SEEDS_MAX 32
#define ISSUES_MAX 64

typedef struct mix {
    const char *name;
    uint32_t issues;
    uint32_t options;
    uint32_t terms;
    uint32_t one; /* per cent of the terms */
    uint32_t two;
    bool planted;
    uint32_t seeds;
} mix;

static const mix mixes[] = {
    {"15 x 4, 30 terms, left", 15, 4, 30, 60, 25, true, 21},
    {"15 x 4, 30 terms, dead", 15, 4, 30, 60, 25, false, 21},
    {"25 x 5, 60 terms, left", 25, 5, 60, 60, 25, true, 21},
    {"25 x 5, 60 terms, dead", 25, 5, 60, 60, 25, false, 21},
    {"25 x 5, 60, more pairs", 25, 5, 60, 40, 40, true, 11},
    {"25 x 5, 60, more threes", 25, 5, 60, 40, 25, true, 11},
    {"25 x 5, 120 terms", 25, 5, 120, 60, 25, true, 11},
    {"40 x 5, 80 terms", 40, 5, 80, 60, 25, true, 11},
};
#define MIXES (sizeof mixes / sizeof *mixes)

/* ------------------------------------------------------------------ a case as text */

typedef struct maker {
    parley_random random;
    const mix *m;
    uint32_t hidden[ISSUES_MAX];
    parley_text *out;
} maker;

static uint32_t below(maker *k, uint32_t n)
{
    return parley_random_below(&k->random, n);
}

/* One literal onto `to`; does the hidden package satisfy it? */
static bool literal(maker *k, char *to, size_t size, uint32_t issue)
{
    uint32_t options = k->m->options;
    uint32_t first = below(k, options);
    uint32_t second = below(k, options);
    uint32_t hidden = k->hidden[issue];
    switch (below(k, 3)) {
    case 0:
        snprintf(to, size, "i%u != o%u", issue, first);
        return hidden != first;
    case 1:
        snprintf(to, size, "i%u in {o%u, o%u}", issue, first, second);
        return hidden == first || hidden == second;
    default:
        snprintf(to, size, "i%u <= o%u", issue, first);
        return hidden <= first;
    }
}

/* A formula about so many issues; does the hidden package satisfy it? */
static bool formula(maker *k, char *to, size_t size, uint32_t issues)
{
    char part[3][64];
    bool yes[3];
    uint32_t at[3];
    for (uint32_t i = 0; i < issues; i++) {
        bool again = true;
        while (again) {
            at[i] = below(k, k->m->issues);
            again = (i > 0 && at[i] == at[0]) || (i > 1 && at[i] == at[1]);
        }
        yes[i] = literal(k, part[i], sizeof part[i], at[i]);
    }
    if (issues == 1) {
        snprintf(to, size, "%s", part[0]);
        return yes[0];
    }
    if (issues == 2) {
        bool either = below(k, 2) == 0;
        snprintf(to, size, "%s %s %s", part[0], either ? "or" : "implies", part[1]);
        return either ? yes[0] || yes[1] : !yes[0] || yes[1];
    }
    bool either = below(k, 2) == 0;
    snprintf(to, size, either ? "%s or %s or %s" : "%s and %s implies %s", part[0], part[1],
             part[2]);
    return either ? yes[0] || yes[1] || yes[2] : !(yes[0] && yes[1]) || yes[2];
}

/* As `formula`, but with the truth asked for when a package is planted. */
static void wanted(maker *k, char *to, size_t size, bool yes)
{
    uint32_t dice = below(k, 100);
    uint32_t issues = dice < k->m->one ? 1 : dice < k->m->one + k->m->two ? 2 : 3;
    for (;;) {
        if (formula(k, to, size, issues) == yes || !k->m->planted) {
            return;
        }
    }
}

static void make_case(const mix *m, uint64_t seed, parley_text *out)
{
    static const char *const acts[] = {"demand", "demand", "demand", "reject", "request", "accept"};
    static const char *const firmness[] = {"condition", "red-line-stated", "position", "ask"};
    static const char *const classes[] = {"on-record", "document", "on-record-institution", "bare"};
    maker k = {parley_random_stream(seed, 0xbe7c, m->issues, m->terms), m, {0}, out};
    char text[256];
    parley_text_puts(out, "parley: 1\ntitle: \"A made case\"\nas-of: 2025-03-14\nparties:\n");
    for (uint32_t p = 0; p < 6; p++) {
        parley_text_printf(out, "  p%u: {name: \"Party %u\", roles: [%s]}\n", p, p,
                           p < 4 ? "principal" : "guarantor");
    }
    parley_text_puts(out, "tracks:\n  t: {table: now}\nissues:\n");
    for (uint32_t i = 0; i < m->issues; i++) {
        k.hidden[i] = below(&k, m->options);
        parley_text_printf(out, "  i%u:\n    track: t\n    ask: \"Question %u?\"\n", i, i);
        parley_text_puts(out, "    ordered: true\n    options: {");
        for (uint32_t v = 0; v < m->options; v++) {
            parley_text_printf(out, "%so%u: \"Answer %u\"", v > 0 ? ", " : "", v, v);
        }
        parley_text_puts(out, "}\n");
    }
    parley_text_puts(out, "rules:\n");
    for (uint32_t r = 0; r < 4; r++) {
        while (!formula(&k, text, sizeof text, 2)) {
        }
        parley_text_printf(out, "  r%u: {formula: \"%s\", because: \"it cannot be otherwise\"}\n",
                           r, text);
    }
    uint32_t readings = m->terms / 10;
    parley_text_puts(out, "claims:\n");
    for (uint32_t c = 0; c < m->terms - readings; c++) {
        const char *act = acts[below(&k, 6)];
        wanted(&k, text, sizeof text, strcmp(act, "reject") != 0);
        parley_text_printf(out,
                           "  c%u: {date: 2025-03-%02u, by: p%u, act: %s, about: \"%s\", says: "
                           "\"words to that effect\", class: %s",
                           c, 1 + below(&k, 14), below(&k, 6), act, text, classes[below(&k, 4)]);
        if (below(&k, 2) == 0) {
            parley_text_printf(out, ", firmness: %s", firmness[below(&k, 4)]);
        }
        parley_text_puts(out, "}\n");
    }
    parley_text_puts(out, "readings:\n");
    for (uint32_t r = 0; r < readings; r++) {
        bool refuses = below(&k, 2) == 0;
        wanted(&k, text, sizeof text, !refuses);
        parley_text_printf(out, "  m%u: {party: p%u, %s: \"%s\", because: \"it seems so\"}\n", r,
                           below(&k, 6), refuses ? "refuses" : "requires", text);
    }
}

/* ---------------------------------------------------------------------- measuring */

typedef struct times {
    double read;
    double terms;
    double ladder;
    double page;
    double ladder_bytes;
    double page_bytes;
    double dies_at;
    bool ladder_stopped;
    bool page_stopped;
} times;

static void least(double *best, double found, bool first)
{
    *best = first || found < *best ? found : *best;
}

static parley_ctx *context(void)
{
    parley_ctx_options options = PARLEY_CTX_OPTIONS_INIT;
    parley_ctx *ctx = NULL;
    options.threads = 1;
    if (parley_ctx_new(&ctx, &options, NULL) != PARLEY_OK) {
        abort();
    }
    return ctx;
}

static bool read_case(parley_case **out, parley_ctx *ctx, const parley_text *text)
{
    parley_error err = PARLEY_ERROR_INIT;
    if (parley_case_read(out, ctx, "made.yaml", parley_text_data(text), parley_text_size(text),
                         NULL, NULL, &err) == PARLEY_OK) {
        return true;
    }
    fprintf(stderr, "bench_ladder: %s\n", err.message);
    return false;
}

static void page_of(parley_ctx *ctx, const parley_case *c, times *t, bool first)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status_page *page = NULL;
    parley_screen *screen = NULL;
    parley_text *out = parley_text_new(ctx, 1 << 24);
    double begin = bench_now();
    parley_status status = parley_status_page_new(&page, ctx, c, "made.yaml", &err);
    if (status == PARLEY_OK) {
        status = parley_screen_new(&screen, ctx, out, NULL, &err);
    }
    if (status == PARLEY_OK) {
        status = parley_page_status(screen, page, &err);
    }
    least(&t->page, bench_now() - begin, first);
    t->page_stopped = t->page_stopped || status != PARLEY_OK;
    parley_screen_free(screen);
    parley_status_page_free(page);
    parley_text_free(out);
}

static bool measure(const mix *m, uint64_t seed, times *t)
{
    parley_ctx *ctx = context();
    parley_text *text = parley_text_new(ctx, 1 << 24);
    memset(t, 0, sizeof *t);
    make_case(m, seed, text);
    for (int round = 0; round < 3; round++) {
        parley_ctx *mine = context();
        parley_case *c = NULL;
        parley_terms *terms = NULL;
        parley_deal *deal = NULL;
        double begin = bench_now();
        if (!read_case(&c, mine, text)) {
            return false;
        }
        least(&t->read, bench_now() - begin, round == 0);
        begin = bench_now();
        if (parley_terms_derive(&terms, mine, c, NULL, NULL) != PARLEY_OK) {
            return false;
        }
        least(&t->terms, bench_now() - begin, round == 0);
        parley_terms_free(terms);
        begin = bench_now();
        parley_status status = parley_deal_new(&deal, mine, c, NULL, NULL);
        least(&t->ladder, bench_now() - begin, round == 0);
        t->ladder_stopped = status != PARLEY_OK;
        t->dies_at = deal != NULL ? parley_deal_dies_at(deal) : -2;
        t->ladder_bytes = (double)parley_ctx_bytes_peak(mine);
        parley_deal_free(deal);
        page_of(mine, c, t, round == 0);
        t->page_bytes = (double)parley_ctx_bytes_peak(mine);
        parley_case_free(c);
        parley_ctx_free(mine);
        if (t->page > 5) {
            break; /* one round says enough */
        }
    }
    parley_text_free(text);
    parley_ctx_free(ctx);
    return true;
}

static int by_size(const void *pa, const void *pb)
{
    double a = *(const double *)pa;
    double b = *(const double *)pb;
    return (a > b) - (a < b);
}

/* Sorts: the median first, the worst second. */
static void both(double *at, uint32_t n, double out[2])
{
    qsort(at, n, sizeof *at, by_size);
    out[0] = at[n / 2];
    out[1] = at[n - 1];
}

static void key_number(parley_json *j, const char *key, double value)
{
    parley_json_key(j, key);
    parley_json_int(j, (int64_t)value);
}

int main(int argc, char **argv)
{
    static const char *const names[] = {"read_ns", "terms_ns",     "ladder_ns",
                                        "page_ns", "ladder_bytes", "page_bytes"};
    bool as_json = argc > 1 && strcmp(argv[1], "--json") == 0;
    parley_ctx *ctx = context();
    parley_text *json_text = parley_text_new(ctx, 1 << 20);
    parley_json json;
    parley_json_begin(&json, json_text);
    parley_json_array(&json);
    if (!as_json) {
        printf("A whole case: read, terms, ladder, page of the night before. Milliseconds, median "
               "and worst.\n%-24s %6s %6s %15s %17s %6s %6s %5s\n",
               "CASE", "READ", "TERMS", "LADDER", "PAGE", "MB", "MB", "STOP");
    }
    for (size_t k = 0; k < MIXES; k++) {
        const mix *m = &mixes[k];
        double rows[6][SEEDS_MAX];
        double found[6][2];
        uint32_t stopped = 0;
        uint32_t dead = 0;
        for (uint32_t s = 0; s < m->seeds; s++) {
            times t;
            if (!measure(m, s + 1, &t)) {
                return 4;
            }
            const double values[6] = {t.read * 1e9, t.terms * 1e9,  t.ladder * 1e9,
                                      t.page * 1e9, t.ladder_bytes, t.page_bytes};
            for (size_t v = 0; v < 6; v++) {
                rows[v][s] = values[v];
            }
            stopped += t.ladder_stopped || t.page_stopped;
            dead += t.dies_at >= 0;
        }
        parley_json_object(&json);
        parley_json_key(&json, "case");
        parley_json_string(&json, m->name);
        key_number(&json, "seeds", m->seeds);
        key_number(&json, "dead", dead);
        key_number(&json, "stopped", stopped);
        for (size_t v = 0; v < 6; v++) {
            both(rows[v], m->seeds, found[v]);
            parley_json_key(&json, names[v]);
            parley_json_array(&json);
            parley_json_int(&json, (int64_t)found[v][0]);
            parley_json_int(&json, (int64_t)found[v][1]);
            parley_json_array_end(&json);
        }
        parley_json_object_end(&json);
        if (!as_json) {
            printf("%-24s %6.2f %6.2f %7.2f %7.2f %8.2f %8.2f %6.2f %6.2f %2u/%u\n", m->name,
                   found[0][0] * 1e-6, found[1][0] * 1e-6, found[2][0] * 1e-6, found[2][1] * 1e-6,
                   found[3][0] * 1e-6, found[3][1] * 1e-6, found[4][1] * 1e-6, found[5][1] * 1e-6,
                   stopped, m->seeds);
            fflush(stdout);
        }
    }
    parley_json_array_end(&json);
    parley_json_finish(&json);
    if (as_json) {
        fputs(parley_text_data(json_text), stdout);
    }
    parley_text_free(json_text);
    parley_ctx_free(ctx);
    return 0;
}
