/*
 * Question: can a mediator ask what to sound out next and not wait? 25 issues with 5 options, 6
 * parties and 60 terms: the first five questions in 2 s; a case of 15 issues in 50 ms.
 *
 * Cases are made as YAML text by a seeded generator. "Sides": each party has a package of its own
 * in mind and says only what agrees with it, on few issues besides its own, so that quarrels are
 * between parties, as in real talks; three in ten terms are readings, and what a party asks for has
 * a worry behind it. "Read": words that agree, and readings that do not: every sticking point leans
 * on a reading. "Quarrels": as many sticking points as readings, each on an issue of its own.
 * "Dead" cases are as those of bench_ladder: everybody says anything. Time of parley_soundings_new
 * alone, once for the first five and once for all; median and worst over the seeds, of each seed
 * the best of three. A case that reaches a limit is counted as stopped.
 */
#include "bench.h"

#include <parley/case.h>
#include <parley/deal.h>
#include <parley/soundings.h>

#include <stdlib.h>
#include <string.h>

#define SEEDS_MAX 32
#define ISSUES_MAX 64
#define PARTIES 6

typedef struct mix {
    const char *name;
    uint32_t issues;
    uint32_t options;
    uint32_t terms;
    bool sides; /* each party means what it says */
    bool read;  /* and all mean the same, but for what is read into them */
    bool quarrels;
    uint32_t seeds;
} mix;

static const mix mixes[] = {
    {"15 x 4, 30 terms, sides", 15, 4, 30, true, false, false, 21},
    {"15 x 4, 30 terms, read", 15, 4, 30, true, true, false, 21},
    {"15 x 4, 30 terms, quarrels", 15, 4, 30, true, true, true, 21},
    {"15 x 4, 30 terms, dead", 15, 4, 30, false, false, false, 21},
    {"25 x 5, 60 terms, sides", 25, 5, 60, true, false, false, 21},
    {"25 x 5, 60 terms, read", 25, 5, 60, true, true, false, 21},
    {"25 x 5, 60 terms, quarrels", 25, 5, 60, true, true, true, 21},
    {"25 x 5, 60 terms, dead", 25, 5, 60, false, false, false, 21},
};
#define MIXES (sizeof mixes / sizeof *mixes)

/* ------------------------------------------------------------------ a case as text */

typedef struct maker {
    parley_random random;
    const mix *m;
    uint32_t mind[PARTIES][ISSUES_MAX]; /* the package each party has in mind */
} maker;

static uint32_t below(maker *k, uint32_t n)
{
    return parley_random_below(&k->random, n);
}

/* One literal; does what the party has in mind satisfy it? */
static bool literal(maker *k, char *to, size_t size, uint32_t party, uint32_t issue)
{
    uint32_t first = below(k, k->m->options);
    uint32_t second = below(k, k->m->options);
    uint32_t mind = k->mind[party][issue];
    switch (below(k, 3)) {
    case 0:
        snprintf(to, size, "i%u != o%u", issue, first);
        return mind != first;
    case 1:
        snprintf(to, size, "i%u in {o%u, o%u}", issue, first, second);
        return mind == first || mind == second;
    default:
        snprintf(to, size, "i%u <= o%u", issue, first);
        return mind <= first;
    }
}

/* A formula that the party means (yes) or not; anything when nobody has anything in mind. */
static void formula(maker *k, char *to, size_t size, uint32_t party, bool yes)
{
    char part[3][64];
    bool holds[3];
    bool whole = false;
    do {
        uint32_t dice = below(k, 100);
        uint32_t n = dice < 60 ? 1 : dice < 85 ? 2 : 3;
        uint32_t at = below(k, k->m->issues);
        for (uint32_t i = 0; i < n; i++) {
            holds[i] = literal(k, part[i], sizeof part[i], party, at);
            at = (at + 1 + below(k, k->m->issues - 2)) % k->m->issues;
        }
        if (n == 1) {
            snprintf(to, size, "%s", part[0]);
            whole = holds[0];
        } else if (n == 2) {
            snprintf(to, size, "%s or %s", part[0], part[1]);
            whole = holds[0] || holds[1];
        } else {
            snprintf(to, size, "%s and %s implies %s", part[0], part[1], part[2]);
            whole = !(holds[0] && holds[1]) || holds[2];
        }
    } while (k->m->sides && whole != yes);
}

static void make_case(const mix *m, uint64_t seed, parley_text *out)
{
    static const char *const acts[] = {"demand", "demand", "demand", "reject", "request", "accept"};
    static const char *const classes[] = {"on-record", "document", "on-record-institution", "bare"};
    static const char *const firmness[] = {"condition", "red-line-stated", "position", "ask"};
    maker k = {parley_random_stream(seed, 0x50bd, m->issues, m->terms), m, {{0}}};
    uint32_t readings = m->terms * 3 / 10;
    char text[256];
    char other[256];
    parley_text_puts(out, "parley: 1\ntitle: \"A made case\"\nas-of: 2025-03-14\nparties:\n");
    for (uint32_t p = 0; p < PARTIES; p++) {
        parley_text_printf(out, "  p%u: {name: \"Party %u\", roles: [%s]}\n", p, p,
                           p < 4 ? "principal" : "guarantor");
        for (uint32_t i = 0; i < m->issues; i++) {
            /* on most issues all have the same in mind */
            bool own = p > 0 && below(&k, m->read ? 2 : 4) == 0;
            k.mind[p][i] = p == 0 || own ? below(&k, m->options) : k.mind[0][i];
        }
    }
    parley_text_puts(out, "tracks:\n  t: {table: now}\nissues:\n");
    for (uint32_t i = 0; i < m->issues; i++) {
        parley_text_printf(
            out, "  i%u: {track: t, ask: \"Question %u?\", ordered: true, options: {", i, i);
        for (uint32_t v = 0; v < m->options; v++) {
            parley_text_printf(out, "%so%u: \"Answer %u\"", v > 0 ? ", " : "", v, v);
        }
        parley_text_printf(out, "}%s}\n", i % 5 == 0 ? ", ours: [o0]" : "");
    }
    parley_text_puts(out, "concerns:\n");
    for (uint32_t p = 0; p < PARTIES; p++) {
        formula(&k, text, sizeof text, p, true);
        formula(&k, other, sizeof other, p, true);
        parley_text_printf(
            out, "  w%u: {party: p%u, reading: \"a worry\", met-by: [\"%s\"], in-part: [\"%s\"]}\n",
            p, p, text, other);
    }
    parley_text_puts(out, "claims:\n");
    for (uint32_t c = 0; c < m->terms - readings; c++) {
        const char *act = acts[below(&k, 6)];
        uint32_t party = below(&k, PARTIES);
        formula(&k, text, sizeof text, m->read ? 0 : party, strcmp(act, "reject") != 0);
        if (m->quarrels && c < readings) {
            act = "demand";
            party = 0;
            snprintf(text, sizeof text, "i%u = o%u", c, k.mind[0][c]);
        }
        parley_text_printf(out,
                           "  c%u: {date: 2025-03-%02u, by: p%u, act: %s, about: \"%s\", class: %s",
                           c, 1 + below(&k, 14), party, act, text, classes[below(&k, 4)]);
        if (below(&k, 2) == 0 && strcmp(act, "accept") != 0) {
            parley_text_printf(out, ", firmness: %s", firmness[below(&k, 4)]);
        }
        parley_text_puts(out, "}\n");
    }
    parley_text_puts(out, "readings:\n");
    for (uint32_t r = 0; r < readings; r++) {
        bool refuses = below(&k, 2) == 0;
        uint32_t party = 1 + below(&k, PARTIES - 1);
        formula(&k, text, sizeof text, party, !refuses);
        if (m->quarrels) {
            refuses = true;
            snprintf(text, sizeof text, "i%u = o%u", r, k.mind[0][r]);
        }
        parley_text_printf(out, "  m%u: {party: p%u, %s: \"%s\", because: \"it seems so\"}\n", r,
                           party, refuses ? "refuses" : "requires", text);
    }
}

/* ---------------------------------------------------------------------- measuring */

typedef struct found {
    double first;
    double all;
    double points;
    double questions;
    bool stopped;
    char why[200];
} found;

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

static double one(parley_ctx *ctx, const parley_case *c, parley_deal *deal, uint32_t most, found *f)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_soundings_options options = PARLEY_SOUNDINGS_OPTIONS_INIT;
    parley_soundings *s = NULL;
    options.most = most;
    double begin = bench_now();
    parley_status status = parley_soundings_new(&s, ctx, c, deal, NULL, &options, &err);
    double passed = bench_now() - begin;
    if (status != PARLEY_OK) {
        f->stopped = true;
        snprintf(f->why, sizeof f->why, "%.190s", err.message);
        return passed;
    }
    f->points = parley_soundings_points(s);
    f->questions = parley_soundings_found(s);
    parley_soundings_free(s);
    return passed;
}

static bool measure(const mix *m, uint64_t seed, found *f)
{
    parley_ctx *ctx = context();
    parley_text *text = parley_text_new(ctx, 1 << 24);
    parley_error err = PARLEY_ERROR_INIT;
    memset(f, 0, sizeof *f);
    make_case(m, seed, text);
    for (int round = 0; round < 3 && f->all < 5; round++) {
        parley_ctx *mine = context();
        parley_case *c = NULL;
        parley_deal *deal = NULL;
        if (parley_case_read(&c, mine, "made.yaml", parley_text_data(text), parley_text_size(text),
                             NULL, NULL, &err) != PARLEY_OK) {
            fprintf(stderr, "bench_soundings: %s\n", err.message);
            return false;
        }
        if (parley_deal_new(&deal, mine, c, NULL, &err) != PARLEY_OK) {
            fprintf(stderr, "bench_soundings: %s\n", err.message);
            return false;
        }
        double first = one(mine, c, deal, 5, f);
        double all = one(mine, c, deal, 0, f);
        f->first = round == 0 || first < f->first ? first : f->first;
        f->all = round == 0 || all < f->all ? all : f->all;
        parley_deal_free(deal);
        parley_case_free(c);
        parley_ctx_free(mine);
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

int main(int argc, char **argv)
{
    static const char *const names[] = {"first_ns", "all_ns", "sticking_points", "questions"};
    bool as_json = argc > 1 && strcmp(argv[1], "--json") == 0;
    parley_ctx *ctx = context();
    parley_text *json_text = parley_text_new(ctx, 1 << 20);
    parley_json json;
    parley_json_begin(&json, json_text);
    parley_json_array(&json);
    if (!as_json) {
        printf("What to sound out next. Milliseconds and numbers, median and worst.\n"
               "%-28s %17s %17s %13s %11s %6s\n",
               "CASE", "FIRST FIVE", "ALL", "POINTS", "QUESTIONS", "STOP");
    }
    for (size_t k = 0; k < MIXES; k++) {
        const mix *m = &mixes[k];
        double rows[4][SEEDS_MAX];
        uint32_t stopped = 0;
        for (uint32_t s = 0; s < m->seeds; s++) {
            found f;
            if (!measure(m, s + 1, &f)) {
                return 4;
            }
            const double values[4] = {f.first * 1e9, f.all * 1e9, f.points, f.questions};
            for (size_t v = 0; v < 4; v++) {
                rows[v][s] = values[v];
            }
            stopped += f.stopped;
        }
        parley_json_object(&json);
        parley_json_key(&json, "case");
        parley_json_string(&json, m->name);
        parley_json_key(&json, "seeds");
        parley_json_uint(&json, m->seeds);
        parley_json_key(&json, "stopped");
        parley_json_uint(&json, stopped);
        double pair[4][2];
        for (size_t v = 0; v < 4; v++) {
            qsort(rows[v], m->seeds, sizeof rows[v][0], by_size);
            pair[v][0] = rows[v][m->seeds / 2];
            pair[v][1] = rows[v][m->seeds - 1];
            parley_json_key(&json, names[v]);
            parley_json_array(&json);
            parley_json_int(&json, (int64_t)pair[v][0]);
            parley_json_int(&json, (int64_t)pair[v][1]);
            parley_json_array_end(&json);
        }
        parley_json_object_end(&json);
        if (!as_json) {
            printf("%-28s %8.2f %8.2f %8.2f %8.2f %6.0f %6.0f %5.0f %5.0f %3u/%u\n", m->name,
                   pair[0][0] * 1e-6, pair[0][1] * 1e-6, pair[1][0] * 1e-6, pair[1][1] * 1e-6,
                   pair[2][0], pair[2][1], pair[3][0], pair[3][1], stopped, m->seeds);
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
