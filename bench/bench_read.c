/*
 * Question: how long does it take to read and check a case file of 10 MB, and where does the time
 * go?
 *
 * The file is made here: tens of thousands of claims with formulas, moves and mentions, answers and
 * readings. Steps of one run: the events of libyaml alone, the tree with its places, the whole
 * case, terms and positions. With a name of a file the file is written and nothing is measured:
 * `bench_read --write F`.
 */
#include "bench.h"

#include <parley/case.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "case/document.h"

typedef struct big {
    parley_ctx *ctx;
    const char *bytes;
    size_t length;
    parley_case *c;
    uint64_t count;
} big;

/* A case of about `bytes` bytes. */
static void make(parley_text *out, size_t bytes)
{
    static const char *const who[] = {"ru", "\"ru:putin\"", "ua", "us", "[us, ua]", "weekly"};
    static const char *const acts[] = {"demand", "say", "accept", "reject", "request", "report"};
    static const char *const classes[] = {"on-record", "outlet", "described", "bare", "document"};
    parley_random r = parley_random_stream(1, 2, 3, 4);
    parley_text_puts(
        out, "parley: 1\ntitle: \"A large case\"\nas-of: 2025-12-31\n"
             "sources:\n  weekly: {name: \"Weekly\", kind: outlet, date: 2025-12-31}\n"
             "parties:\n  us: {name: United States, roles: [mediator]}\n"
             "  ua: {name: Ukraine, roles: [principal]}\n  ru: {name: Russia, roles: [principal]}\n"
             "people:\n  putin: {name: Vladimir Putin, of: ru, office: president}\n"
             "tracks:\n  halt: {table: now}\nissues:\n");
    for (int i = 0; i < 40; i++) {
        parley_text_printf(out,
                           "  issue%d: {track: halt, ask: \"Question %d?\", options: {a: \"First "
                           "answer\", b: \"Second answer\", c: \"Third answer\"}}\n",
                           i, i);
    }
    parley_text_puts(out,
                     "proposals:\n  offer: {tabled-by: us, date: 2025-03-11, text: \"issue0 = a "
                     "and issue1 = b\"}\nresponses:\n");
    for (int i = 0; i < 500; i++) {
        parley_text_printf(out,
                           "  - {party: ru, to: offer, answer: accept-if, if: [\"issue%d = a\"], "
                           "list: open, source: weekly, class: on-record}\n",
                           i % 40);
    }
    parley_text_puts(out, "claims:\n");
    for (uint32_t i = 0; parley_text_size(out) < bytes; i++) {
        uint32_t issue = parley_random_below(&r, 40);
        parley_text_printf(
            out,
            "  c%u: {date: 2025-%02u-%02u, by: %s, act: %s, about: \"issue%u = %c\", says: "
            "\"words number %u of somebody\", source: weekly, class: %s",
            i, 1 + parley_random_below(&r, 12), 1 + parley_random_below(&r, 28),
            who[parley_random_below(&r, 6)], acts[parley_random_below(&r, 6)], issue,
            'a' + (char)parley_random_below(&r, 3), i, classes[parley_random_below(&r, 5)]);
        if (i > 0 && parley_random_below(&r, 20) == 0) {
            parley_text_printf(out, ", replaces: c%u", parley_random_below(&r, i));
        }
        if (i > 0 && parley_random_below(&r, 20) == 0) {
            parley_text_printf(out, ", repeats: [c%u]", parley_random_below(&r, i));
        }
        parley_text_puts(out, "}\n");
    }
    parley_text_puts(out, "readings:\n");
    for (int i = 0; i < 1000; i++) {
        parley_text_printf(
            out,
            "  m%d: {date: 2025-03-14, party: ua, refuses: \"issue%d = b\", because: "
            "\"we think so\", from: [c%d]}\n",
            i, i % 40, i);
    }
}

static void events_only(void *user)
{
    big *b = user;
    yaml_parser_t parser;
    yaml_event_t event;
    bool more = yaml_parser_initialize(&parser) != 0;
    yaml_parser_set_input_string(&parser, (const unsigned char *)b->bytes, b->length);
    while (more && yaml_parser_parse(&parser, &event) != 0) {
        more = event.type != YAML_STREAM_END_EVENT;
        b->count++;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

static void tree_only(void *user)
{
    big *b = user;
    parley_document *document = NULL;
    parley_status status =
        parley_document_read(&document, b->ctx, "big.yaml", b->bytes, b->length, NULL, NULL);
    PARLEY_ASSERT(status == PARLEY_OK);
    parley_document_free(document);
}

static void whole_case(void *user)
{
    big *b = user;
    parley_case *c = NULL;
    parley_diagnostics *list = parley_diagnostics_new(b->ctx);
    parley_status status =
        parley_case_read(&c, b->ctx, "big.yaml", b->bytes, b->length, NULL, list, NULL);
    PARLEY_ASSERT(status == PARLEY_OK);
    parley_diagnostics_free(list);
    parley_case_free(c);
}

static void terms_only(void *user)
{
    big *b = user;
    parley_terms *terms = NULL;
    parley_status status = parley_terms_derive(&terms, b->ctx, b->c, NULL, NULL);
    PARLEY_ASSERT(status == PARLEY_OK);
    b->count = parley_terms_size(terms);
    parley_terms_free(terms);
}

static void positions_only(void *user)
{
    big *b = user;
    parley_positions *positions = NULL;
    parley_status status = parley_positions_derive(&positions, b->ctx, b->c, NULL, NULL);
    PARLEY_ASSERT(status == PARLEY_OK);
    parley_positions_free(positions);
}

static bool count_one(void *user, uint64_t i, const parley_claim *claim)
{
    (void)i, (void)claim;
    ++*(uint64_t *)user;
    return true;
}

static void search_words(void *user)
{
    big *b = user;
    parley_claims claims = parley_claims_of(b->c);
    uint64_t found = 0;
    parley_status status = claims.search(claims.self, "number 4711", count_one, &found, NULL);
    PARLEY_ASSERT(status == PARLEY_OK && found == 1);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        bench_fn run;
    } steps[] = {
        {"events of libyaml", events_only},  {"tree with places", tree_only},
        {"whole case, checked", whole_case}, {"terms", terms_only},
        {"positions", positions_only},       {"search for two words", search_words},
    };
    bool json = argc > 1 && strcmp(argv[1], "--json") == 0;
    parley_ctx *ctx = NULL;
    if (parley_ctx_new(&ctx, NULL, NULL) != PARLEY_OK) {
        return 4;
    }
    parley_text *text = parley_text_new(ctx, 1u << 26);
    if (text == NULL) {
        return 4;
    }
    make(text, 10u << 20);
    if (argc > 2 && strcmp(argv[1], "--write") == 0) {
        return bench_write_file(argv[2], text);
    }
    big b = {ctx, parley_text_data(text), parley_text_size(text), NULL, 0};
    size_t before = parley_ctx_bytes(ctx);
    parley_status status =
        parley_case_read(&b.c, ctx, "big.yaml", b.bytes, b.length, NULL, NULL, NULL);
    PARLEY_ASSERT(status == PARLEY_OK);
    size_t kept = parley_ctx_bytes(ctx) - before;
    double mb = (double)b.length / 1e6;
    if (json) {
        printf("{\n  \"megabytes\": %.2f,\n  \"claims\": %u,\n  \"memory_megabytes\": %.1f", mb,
               parley_case_claims(b.c), (double)kept / 1e6);
    } else {
        printf("%.1f MB, %u claims; the case keeps %.0f MB\n\n", mb, parley_case_claims(b.c),
               (double)kept / 1e6);
        printf("%-24s %12s %10s\n", "STEP", "MILLISECONDS", "MB/S");
    }
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        double seconds = bench_time(steps[i].run, &b);
        if (json) {
            printf(",\n  \"%s\": {\"ms\": %.2f}", steps[i].name, seconds * 1e3);
        } else {
            printf("%-24s %12.1f %10.1f\n", steps[i].name, seconds * 1e3, mb / seconds);
        }
    }
    printf(json ? "\n}\n" : "");
    parley_case_free(b.c);
    parley_text_free(text);
    parley_ctx_free(ctx);
    return 0;
}
