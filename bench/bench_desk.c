/*
 * Question: do the pages of the desk come at once on a case of a hundred thousand claims?
 *
 * The case is made here: eight parties and sixty people over three years, who mostly report, say
 * and repeat what they hold, and now and then shift. Each step is what a command does behind
 * reading: the whole command costs the first line and its own. `bench_desk --claims N` takes
 * another number; `--write F` writes the case into a file and measures nothing.
 */
#include "bench.h"

#include <parley/moves.h>
#include <parley/report.h>
#include <parley/screens.h>
#include <stdlib.h>
#include <string.h>

enum { PARTIES = 8, PEOPLE = 60, ISSUES = 25, SOURCES = 300 };

typedef struct desk_bench {
    parley_ctx *ctx;
    const char *bytes;
    size_t length;
    parley_case *c;
    parley_text *out;
} desk_bench;

static void make_frame(parley_text *out)
{
    parley_text_puts(out, "parley: 1\ntitle: \"A made case of many claims\"\n"
                          "as-of: 2025-12-31\nsources:\n");
    for (int i = 0; i < SOURCES; i++) {
        parley_text_printf(out, "  s%d: {name: \"Source %d\", kind: outlet}\n", i, i);
    }
    parley_text_puts(out, "parties:\n");
    for (int i = 0; i < PARTIES; i++) {
        parley_text_printf(out, "  p%d: {name: \"Party %d\", roles: [%s]}\n", i, i,
                           i < 3   ? "principal"
                           : i > 5 ? "outside"
                                   : "guarantor");
    }
    parley_text_puts(out, "people:\n");
    for (int i = 0; i < PEOPLE; i++) {
        parley_text_printf(out, "  m%d: {of: p%d, office: \"Office %d\"}\n", i, i % PARTIES, i);
    }
    parley_text_puts(out, "tracks: {main: {table: now}}\nissues:\n");
    for (int i = 0; i < ISSUES; i++) {
        parley_text_printf(out,
                           "  i%d: {track: main, ask: \"Question %d?\", ordered: true, options: "
                           "{a: A, b: B, c: C, d: D}}\n",
                           i, i);
    }
}

static const char *draw_act(parley_random *r)
{
    static const struct {
        const char *act;
        uint32_t of_100;
    } acts[] = {{"say", 34},    {"report", 28}, {"demand", 15},   {"reject", 8}, {"offer", 5},
                {"open-to", 3}, {"deny", 3},    {"not-aware", 2}, {"accept", 2}};
    uint32_t at = parley_random_below(r, 100);
    size_t i = 0;
    while (at >= acts[i].of_100) {
        at -= acts[i++].of_100;
    }
    return acts[i].act;
}

static void make_claims(parley_text *out, uint32_t count)
{
    static const char *const classes[] = {"on-record", "on-record", "on-record",
                                          "described", "bare",      "outlet"};
    parley_random r = parley_random_stream(7, 2, 3, 4);
    char held[PARTIES][ISSUES];
    uint32_t first[PARTIES][ISSUES]; /* 1 + the claim that demanded it; 0: none */
    memset(first, 0, sizeof(first));
    for (int p = 0; p < PARTIES; p++) {
        for (int i = 0; i < ISSUES; i++) {
            held[p][i] = (char)('a' + parley_random_below(&r, 4));
        }
    }
    parley_text_puts(out, "claims:\n");
    for (uint32_t c = 0; c < count; c++) {
        uint32_t day = (uint32_t)((uint64_t)c * 1008 / count); /* of three years of 12 x 28 */
        uint32_t man = parley_random_below(&r, PEOPLE);
        uint32_t p = man % PARTIES;
        uint32_t i = parley_random_below(&r, ISSUES);
        const char *act = draw_act(&r);
        bool words = act[0] == 's' || strcmp(act, "report") == 0 || strcmp(act, "deny") == 0 ||
                     act[0] == 'n';
        parley_text_printf(out,
                           "  c%u: {date: %u-%02u-%02u, by: \"p%u:m%u\", act: %s, source: s%u, "
                           "class: %s, ",
                           c, 2023 + day / 336, 1 + day % 336 / 28, 1 + day % 28, p, man, act,
                           parley_random_below(&r, SOURCES), classes[parley_random_below(&r, 6)]);
        if (words) {
            parley_text_printf(out, "about: i%u, says: \"the guns on road %u fell silent\"}\n", i,
                               parley_random_below(&r, 2000));
            continue;
        }
        char option = held[p][i];
        if (strcmp(act, "demand") == 0) {
            if (first[p][i] != 0 && parley_random_below(&r, 100) == 0) {
                option = held[p][i] = (char)('a' + parley_random_below(&r, 4));
                parley_text_printf(out, "replaces: [c%u], ", first[p][i] - 1);
                first[p][i] = c + 1;
            } else if (first[p][i] != 0 && parley_random_below(&r, 3) == 0) {
                parley_text_printf(out, "repeats: [c%u], ", first[p][i] - 1);
            }
            first[p][i] = first[p][i] == 0 ? c + 1 : first[p][i];
        } else if (act[0] == 'r') {
            option = (char)('a' + (option - 'a' + 1 + (int)parley_random_below(&r, 3)) % 4);
        }
        parley_text_printf(out, "about: \"i%u = %c\"}\n", i, option);
    }
}

static void must(parley_status status)
{
    PARLEY_ASSERT(status == PARLEY_OK);
}

static void read_case(void *user)
{
    desk_bench *b = user;
    parley_case *c = NULL;
    must(parley_case_read(&c, b->ctx, "made.yaml", b->bytes, b->length, NULL, NULL, NULL));
    parley_case_free(c);
}

static void moves_only(void *user)
{
    desk_bench *b = user;
    parley_moves *m = NULL;
    must(parley_moves_derive(&m, b->ctx, b->c, NULL, NULL));
    parley_moves_free(m);
}

static void moves_and_demands(void *user)
{
    desk_bench *b = user;
    parley_moves *m = NULL;
    must(parley_moves_derive(&m, b->ctx, b->c, NULL, NULL));
    must(parley_moves_find_demands(m, NULL));
    parley_moves_free(m);
}

/* A page onto a screen of its own; `which` by the table below. */
static void write_page(desk_bench *b, int which)
{
    parley_screen *screen = NULL;
    parley_text_clear(b->out);
    must(parley_screen_new(&screen, b->ctx, b->out, NULL, NULL));
    if (which == 0) {
        parley_status_page *page = NULL;
        must(parley_status_page_new(&page, b->ctx, b->c, "CASE", NULL));
        must(parley_page_status(screen, page, NULL));
        parley_status_page_free(page);
    } else if (which == 1) {
        must(parley_page_brief(screen, b->out, b->ctx, b->c, 1, PARLEY_WRITING_TEXT, NULL));
    } else if (which == 2) {
        must(parley_page_digest(screen, b->out, b->ctx, b->c, parley_day_number(2025, 12, 24),
                                PARLEY_WRITING_TEXT, NULL));
    } else {
        const parley_case_page page = {b->c, PARLEY_WRITING_HTML, PARLEY_CHARTS_DRAWN};
        must(parley_page_case(screen, b->out, b->ctx, &page, NULL));
    }
    parley_screen_free(screen);
}

static void status_page(void *user)
{
    write_page(user, 0);
}
static void brief(void *user)
{
    write_page(user, 1);
}
static void digest(void *user)
{
    write_page(user, 2);
}
static void html_page(void *user)
{
    write_page(user, 3);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        bench_fn run;
        int goal; /* milliseconds, of the whole command; 0: none */
    } steps[] = {
        {"read and check", read_case, 0},
        {"moves", moves_only, 0},
        {"moves and demands", moves_and_demands, 0},
        {"status", status_page, 0},
        {"brief", brief, 500},
        {"digest", digest, 1000},
        {"page", html_page, 2000},
    };
    bool json = false;
    const char *write = NULL;
    uint32_t count = 100000;
    for (int i = 1; i < argc; i++) {
        json = json || strcmp(argv[i], "--json") == 0;
        if (i + 1 < argc && strcmp(argv[i], "--claims") == 0) {
            count = (uint32_t)strtoul(argv[++i], NULL, 10);
        } else if (i + 1 < argc && strcmp(argv[i], "--write") == 0) {
            write = argv[++i];
        }
    }
    desk_bench b = {NULL, NULL, 0, NULL, NULL};
    if (parley_ctx_new(&b.ctx, NULL, NULL) != PARLEY_OK) {
        return 4;
    }
    parley_text *text = parley_text_new(b.ctx, SIZE_MAX);
    b.out = parley_text_new(b.ctx, SIZE_MAX);
    PARLEY_ASSERT(text != NULL && b.out != NULL);
    make_frame(text);
    make_claims(text, count);
    if (write != NULL) {
        return bench_write_file(write, text);
    }
    b.bytes = parley_text_data(text);
    b.length = parley_text_size(text);
    must(parley_case_read(&b.c, b.ctx, "made.yaml", b.bytes, b.length, NULL, NULL, NULL));
    if (json) {
        printf("{\n  \"claims\": %u", count);
    } else {
        printf("%u claims, %.1f MB\n\n%-20s %12s %18s %8s\n", count, (double)b.length / 1e6, "STEP",
               "MILLISECONDS", "WITH READING", "GOAL");
    }
    double reading = 0;
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        double ms = bench_time(steps[i].run, &b) * 1e3;
        reading = i == 0 ? ms : reading;
        if (json) {
            printf(",\n  \"%s\": {\"ms\": %.2f, \"goal\": %d}", steps[i].name, ms, steps[i].goal);
        } else if (steps[i].goal > 0) {
            printf("%-20s %12.1f %18.1f %8d\n", steps[i].name, ms, ms + reading, steps[i].goal);
        } else {
            printf("%-20s %12.1f\n", steps[i].name, ms);
        }
    }
    printf(json ? "\n}\n" : "");
    parley_case_free(b.c);
    parley_text_free(b.out);
    parley_text_free(text);
    parley_ctx_free(b.ctx);
    return 0;
}
