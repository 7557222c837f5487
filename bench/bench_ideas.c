/*
 * Question: do ideas come while somebody waits? 25 issues with 5 options, 6 parties, 60 terms and
 * 20 concerns: in 1 s; 15 issues with 4 options, 30 terms and 8 concerns: in 50 ms.
 *
 * Cases are made as YAML text by a seeded generator and read like any other. A mediator's proposal
 * decides a third of the issues; one principal answers it with four conditions; a column makes ten
 * proposals of its own. Every other concern speaks of one issue, the rest of two. A tenth of the
 * terms are readings of ours, and four rules tie issues to each other. Then, of the same cases, the
 * three nearest packages. Median and worst over the seeds; of each seed the best of three.
 */
#include "bench.h"

#include <parley/ideas.h>

#include <stdlib.h>
#include <string.h>

#define SEEDS_MAX 32

typedef struct mix {
    const char *name;
    uint32_t issues;
    uint32_t options;
    uint32_t terms;
    uint32_t concerns;
    uint32_t seeds;
} mix;

static const mix mixes[] = {
    {"15 x 4, 30 terms, 8 concerns", 15, 4, 30, 8, 21},
    {"25 x 5, 60 terms, 20 concerns", 25, 5, 60, 20, 21},
    {"25 x 5, 120 terms, 20 concerns", 25, 5, 120, 20, 3},
    {"40 x 5, 80 terms, 30 concerns", 40, 5, 80, 30, 3},
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

static void literal(maker *k, char *to, size_t size)
{
    uint32_t issue = below(k, k->m->issues);
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
        snprintf(to, size, "i%u = o%u", issue, first);
        break;
    }
}

static void formula(maker *k, char *to, size_t size, uint32_t per_cent_of_one)
{
    char a[64];
    char b[64];
    literal(k, a, sizeof a);
    literal(k, b, sizeof b);
    if (below(k, 100) < per_cent_of_one) {
        snprintf(to, size, "%s", a);
    } else {
        snprintf(to, size, "%s %s %s", a, below(k, 2) == 0 ? "or" : "implies", b);
    }
}

static void make_case(const mix *m, uint64_t seed, parley_text *out)
{
    static const char *const acts[] = {"demand", "demand", "reject", "request"};
    maker k = {parley_random_stream(seed, 0x1dea, m->issues, m->terms), m, out};
    char text[256];
    char more[256];
    parley_text_puts(out, "parley: 1\ntitle: \"A made case\"\nas-of: 2025-03-14\nsources:\n"
                          "  column: {name: \"A column\", kind: column, date: 2025-03-01}\n"
                          "parties:\n");
    for (uint32_t p = 0; p < 6; p++) {
        parley_text_printf(out, "  p%u: {name: \"Party %u\", roles: [%s]}\n", p, p,
                           p < 4    ? "principal"
                           : p == 4 ? "mediator"
                                    : "guarantor");
    }
    parley_text_puts(out, "tracks:\n  t: {table: now}\nissues:\n");
    for (uint32_t i = 0; i < m->issues; i++) {
        parley_text_printf(out, "  i%u:\n    track: t\n    ask: \"Question %u?\"\n", i, i);
        parley_text_printf(out, "    ordered: %s\n    options: {", i % 2 == 0 ? "true" : "false");
        for (uint32_t v = 0; v < m->options; v++) {
            parley_text_printf(out, "%so%u: \"Answer %u\"", v > 0 ? ", " : "", v, v);
        }
        parley_text_puts(out, "}\n");
    }
    parley_text_puts(out, "rules:\n");
    for (uint32_t r = 0; r < 4; r++) {
        literal(&k, text, sizeof text);
        literal(&k, more, sizeof more);
        parley_text_printf(out, "  r%u: {formula: \"%s or %s\", because: \"it is so\"}\n", r, text,
                           more);
    }
    parley_text_puts(out, "concerns:\n");
    for (uint32_t n = 0; n < m->concerns; n++) {
        formula(&k, text, sizeof text, 50);
        literal(&k, more, sizeof more);
        parley_text_printf(out,
                           "  k%u: {party: p%u, reading: \"worry %u\", from: [], met-by: "
                           "[\"%s\"], in-part: [\"%s\"]}\n",
                           n, n % 4, n, text, more);
    }
    parley_text_puts(out, "proposals:\n  offer: {tabled-by: p4, date: 2025-03-01, text: \"");
    for (uint32_t i = 0; i < m->issues / 3; i++) {
        parley_text_printf(out, "%si%u = o%u", i > 0 ? " and " : "", 3 * i, below(&k, m->options));
    }
    parley_text_puts(out, "\"}\nresponses:\n  - {party: p0, to: offer, answer: accept-if, if: [");
    for (uint32_t i = 0; i < 4; i++) {
        literal(&k, text, sizeof text);
        parley_text_printf(out, "%s\"%s\"", i > 0 ? ", " : "", text);
    }
    parley_text_puts(out, "], list: open, class: on-record, date: 2025-03-02}\nclaims:\n");
    for (uint32_t t = 0; t < m->terms - m->terms / 10; t++) {
        formula(&k, text, sizeof text, 60);
        parley_text_printf(out,
                           "  c%u: {date: 2025-03-01, by: p%u, act: %s, about: \"%s\", source: "
                           "column, class: on-record}\n",
                           t, below(&k, 5), acts[below(&k, 4)], text);
    }
    for (uint32_t t = 0; t < 10; t++) {
        literal(&k, text, sizeof text);
        literal(&k, more, sizeof more);
        parley_text_printf(out,
                           "  d%u: {date: 2025-03-01, by: column, act: propose, about: \"%s and "
                           "%s\", source: column, class: outlet}\n",
                           t, text, more);
    }
    parley_text_puts(out, "readings:\n");
    for (uint32_t t = 0; t < m->terms / 10; t++) {
        formula(&k, text, sizeof text, 60);
        parley_text_printf(out,
                           "  m%u: {date: 2025-03-01, party: p%u, refuses: \"%s\", because: "
                           "\"so we read it\", from: []}\n",
                           t, below(&k, 4), text);
    }
}

/* ------------------------------------------------------------------------ measuring */

typedef struct result {
    double ideas;
    double nearest;
    uint32_t found;
    bool stopped;
} result;

static double once(parley_ctx *ctx, const parley_case *c, parley_deal *deal, uint32_t nearest,
                   result *out)
{
    parley_ideas_options options = PARLEY_IDEAS_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    parley_ideas *ideas = NULL;
    options.nearest = nearest;
    double begin = bench_now();
    if (parley_ideas_new(&ideas, ctx, c, deal, &options, &err) != PARLEY_OK) {
        fprintf(stderr, "%s\n", err.message);
        out->stopped = true;
    } else {
        out->found = parley_ideas_size(ideas);
    }
    double passed = bench_now() - begin;
    parley_ideas_free(ideas);
    return passed;
}

static bool measure(parley_ctx *ctx, const mix *m, uint64_t seed, result *out)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = NULL;
    parley_deal *deal = NULL;
    parley_text *text = parley_text_new(ctx, 1u << 22);
    bool done = false;
    *out = (result){0, 0, 0, false};
    if (text == NULL) {
        return false;
    }
    make_case(m, seed, text);
    if (parley_case_read(&c, ctx, "made.yaml", parley_text_data(text), parley_text_size(text), NULL,
                         NULL, &err) != PARLEY_OK ||
        parley_deal_new(&deal, ctx, c, NULL, &err) != PARLEY_OK) {
        fprintf(stderr, "%s\n", err.message);
        goto out;
    }
    for (int round = 0; round < 3; round++) {
        double ideas = once(ctx, c, deal, 0, out);
        double both = once(ctx, c, deal, 3, out);
        out->ideas = round == 0 || ideas < out->ideas ? ideas : out->ideas;
        out->nearest = round == 0 || both < out->nearest ? both : out->nearest;
    }
    done = true;
out:
    parley_deal_free(deal);
    parley_case_free(c);
    parley_text_free(text);
    return done;
}

static int by_seconds(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    parley_ctx *ctx = NULL;
    FILE *json = argc > 1 ? fopen(argv[1], "w") : NULL;
    if (parley_ctx_new(&ctx, NULL, NULL) != PARLEY_OK) {
        return 1;
    }
    printf("%-32s %10s %10s %12s %12s %8s\n", "case", "ideas ms", "worst", "with near ms", "worst",
           "found");
    if (json != NULL) {
        fprintf(json, "[\n");
    }
    for (size_t i = 0; i < MIXES; i++) {
        const mix *m = &mixes[i];
        double ideas[SEEDS_MAX];
        double nearest[SEEDS_MAX];
        uint64_t found = 0;
        for (uint32_t s = 0; s < m->seeds; s++) {
            result r;
            if (!measure(ctx, m, s, &r)) {
                return 1;
            }
            ideas[s] = r.ideas * 1e3;
            nearest[s] = r.nearest * 1e3;
            found += r.found;
        }
        qsort(ideas, m->seeds, sizeof *ideas, by_seconds);
        qsort(nearest, m->seeds, sizeof *nearest, by_seconds);
        printf("%-32s %10.2f %10.2f %12.2f %12.2f %8.1f\n", m->name, ideas[m->seeds / 2],
               ideas[m->seeds - 1], nearest[m->seeds / 2], nearest[m->seeds - 1],
               (double)found / m->seeds);
        if (json != NULL) {
            fprintf(json,
                    "  {\"case\": \"%s\", \"ideas_ms\": %.3f, \"ideas_worst_ms\": %.3f, "
                    "\"nearest_ms\": %.3f, \"nearest_worst_ms\": %.3f}%s\n",
                    m->name, ideas[m->seeds / 2], ideas[m->seeds - 1], nearest[m->seeds / 2],
                    nearest[m->seeds - 1], i + 1 < MIXES ? "," : "");
        }
    }
    if (json != NULL) {
        fprintf(json, "]\n");
        fclose(json);
    }
    parley_ctx_free(ctx);
    return 0;
}
