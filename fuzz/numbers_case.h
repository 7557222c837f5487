/*
 * Small cases with numbers out of bytes, and the check of what the engine says of them: every byte
 * string makes a case (kinds of issues, scores, formulas, boxes, caps, red lines, quorums), the
 * engine solves it, its JSON is gone through again by the second way (parley/recheck.h), and a
 * disagreement ends the program. Shared by the fuzz target and by a test that draws the bytes.
 */
#ifndef PARLEY_FUZZ_NUMBERS_CASE_H
#define PARLEY_FUZZ_NUMBERS_CASE_H

#include <parley/numbers.h>
#include <parley/recheck.h>
#include <parley/screens.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct numbers_bytes {
    const uint8_t *data;
    size_t size;
    size_t at;
    parley_text *out;
    uint32_t parties;
    uint32_t issues;
    int kind[5]; /* 0 choice, 1 quantity, 2 split in steps, 3 split without */
    uint32_t values[5];
} numbers_bytes;

/* 0 .. n - 1; 0 when the bytes are used up. */
static inline uint32_t numbers_draw(numbers_bytes *b, uint32_t n)
{
    return b->at < b->size ? b->data[b->at++] % n : 0;
}

static inline void numbers_number(numbers_bytes *b)
{
    static const char *const before[] = {"", "", "", "\"", "", "\"", ""};
    static const char *const behind[] = {"", "", "", "/3\"", ".5", "/7\"", ".125"};
    int v = (int)numbers_draw(b, 16) - 4;
    uint32_t shape = numbers_draw(b, 7);
    parley_text_printf(b->out, "%s%d%s", before[shape], v, behind[shape]);
}

static inline void numbers_atom(numbers_bytes *b)
{
    static const char *const compare[] = {"=", "!=", "<=", ">=", "<", ">"};
    uint32_t i = numbers_draw(b, b->issues);
    switch (b->kind[i]) {
    case 0:
        parley_text_printf(b->out, "i%u %s o%u", i, compare[numbers_draw(b, 2)],
                           numbers_draw(b, b->values[i]));
        break;
    case 1:
        parley_text_printf(b->out, "i%u %s %u", i, compare[numbers_draw(b, 6)],
                           10 * numbers_draw(b, b->values[i]));
        break;
    default:
        parley_text_printf(b->out, "i%u.r%u %s %u", i, numbers_draw(b, 2),
                           compare[numbers_draw(b, 6)], 25 * numbers_draw(b, 5));
        break;
    }
}

static inline void numbers_formula(numbers_bytes *b)
{
    static const char *const joins[] = {" and ", " or ", " implies ", " iff "};
    parley_text_puts(b->out, "\"");
    bool not = numbers_draw(b, 4) == 3;
    parley_text_puts(b->out, not ? "not (" : "");
    numbers_atom(b);
    if (numbers_draw(b, 2) == 1) {
        parley_text_puts(b->out, joins[numbers_draw(b, 4)]);
        numbers_atom(b);
    }
    parley_text_puts(b->out, not ? ")\"" : "\"");
}

static inline void numbers_issue(numbers_bytes *b, uint32_t i)
{
    b->kind[i] = (int)numbers_draw(b, 4);
    b->values[i] = 2 + numbers_draw(b, 3);
    parley_text_printf(b->out, "%s\"i%u\": {\"ask\": \"?\", ", i == 0 ? "" : ",\n  ", i);
    if (b->kind[i] == 0) {
        parley_text_puts(b->out, "\"options\": {");
        for (uint32_t o = 0; o < b->values[i]; o++) {
            parley_text_printf(b->out, "%s\"o%u\": \"O%u\"", o == 0 ? "" : ", ", o, o);
        }
        parley_text_puts(b->out, "}}");
    } else if (b->kind[i] == 1) {
        parley_text_printf(b->out,
                           "\"quantity\": {\"unit\": \"day\", \"from\": 0, \"to\": %u, \"step\": "
                           "10}}",
                           10 * (b->values[i] - 1));
    } else {
        parley_text_printf(b->out,
                           "\"split\": {\"of\": 100, \"unit\": \"percent\", %s\"among\": "
                           "{\"r0\": \"R\", \"r1\": \"S\"%s}}}",
                           b->kind[i] == 2 ? "\"step\": 50, " : "",
                           b->values[i] == 4 ? ", \"r2\": \"T\"" : "");
        b->values[i] = b->values[i] == 4 ? 3 : 2; /* recipients */
    }
}

static inline void numbers_points(numbers_bytes *b, uint32_t top)
{
    parley_text_puts(b->out, "[[0, ");
    numbers_number(b);
    if (numbers_draw(b, 2) == 1) {
        parley_text_printf(b->out, "], [%u, ", top / 2 == 0 ? 1 : top / 2);
        numbers_number(b);
    }
    parley_text_printf(b->out, "], [%u, ", top + 1);
    numbers_number(b);
    parley_text_puts(b->out, "]]");
}

static inline void numbers_scores(numbers_bytes *b)
{
    parley_text_puts(b->out, "\"scores\": {");
    for (uint32_t i = 0; i < b->issues; i++) {
        parley_text_printf(b->out, "%s\"i%u\": ", i == 0 ? "" : ", ", i);
        if (b->kind[i] == 1) {
            numbers_points(b, 10 * (b->values[i] - 1));
            continue;
        }
        parley_text_puts(b->out, "{");
        bool lines = numbers_draw(b, 8) != 7;
        for (uint32_t o = 0; o < b->values[i]; o++) {
            parley_text_printf(b->out, "%s\"%s%u\": ", o == 0 ? "" : ", ",
                               b->kind[i] == 0 ? "o" : "r", o);
            if (b->kind[i] >= 2 && !lines) {
                numbers_points(b, 99);
            } else {
                numbers_number(b);
            }
        }
        parley_text_puts(b->out, "}");
    }
    parley_text_puts(b->out, "}");
}

static inline void numbers_box(numbers_bytes *b)
{
    bool some = false;
    parley_text_puts(b->out, "{\"where\": {");
    for (uint32_t i = 0; i < b->issues; i++) {
        if (b->kind[i] > 1 || numbers_draw(b, 2) == 0) {
            continue;
        }
        parley_text_printf(b->out, "%s\"i%u\": ", some ? ", " : "", i);
        if (b->kind[i] == 0) {
            parley_text_printf(b->out, "[\"o%u\"]", numbers_draw(b, b->values[i]));
        } else {
            uint32_t low = 10 * numbers_draw(b, b->values[i]);
            parley_text_printf(b->out, "[%u, %u]", low, low + 10 * numbers_draw(b, 3));
        }
        some = true;
    }
    parley_text_puts(b->out, "}, \"add\": ");
    numbers_number(b);
    parley_text_puts(b->out, "}");
}

static inline void numbers_party(numbers_bytes *b, uint32_t p)
{
    parley_text_printf(b->out, "%s\"p%u\": {", p == 0 ? "" : ",\n  ", p);
    uint32_t without = numbers_draw(b, 4);
    if (without > 1) {
        parley_text_puts(b->out, "\"without-a-deal\": ");
        numbers_number(b);
        parley_text_puts(b->out, ", ");
    } else if (without == 1 && b->kind[0] == 0) {
        parley_text_printf(b->out, "\"without-a-deal\": \"i0 = o%u\", ", numbers_draw(b, 2));
    }
    uint32_t more = numbers_draw(b, 32);
    if ((more & 1) != 0) {
        parley_text_puts(b->out, "\"weights\": {\"i0\": ");
        numbers_number(b);
        parley_text_puts(b->out, "}, \"out-of\": {\"i0\": 3}, ");
    }
    if ((more & 2) != 0) {
        parley_text_puts(b->out, "\"terms\": [{\"when\": ");
        numbers_formula(b);
        parley_text_puts(b->out, ", \"add\": ");
        numbers_number(b);
        parley_text_puts(b->out, "}], ");
    }
    if ((more & 4) != 0) {
        parley_text_puts(b->out, "\"red-lines\": [");
        numbers_formula(b);
        parley_text_puts(b->out, "], ");
    }
    if ((more & 24) == 24) {
        parley_text_puts(b->out, "\"cap\": ");
        numbers_number(b);
        parley_text_puts(b->out, ", ");
    }
    if ((more & 24) == 8) {
        static const char *const take[] = {"min", "max", "sum"};
        parley_text_puts(b->out, "\"boxes\": [");
        numbers_box(b);
        parley_text_printf(b->out, ", {\"take\": \"%s\", \"times\": ", take[numbers_draw(b, 3)]);
        numbers_number(b);
        parley_text_puts(b->out, ", \"of\": [");
        numbers_box(b);
        parley_text_puts(b->out, ", ");
        numbers_box(b);
        parley_text_puts(b->out, "]}], \"divided-by\": 2, ");
    }
    numbers_scores(b);
    parley_text_puts(b->out, "}");
}

static inline void numbers_write(numbers_bytes *b)
{
    b->parties = 1 + numbers_draw(b, 4);
    b->issues = 1 + numbers_draw(b, 4);
    parley_text_puts(b->out, "{\"parley\": 1,\n \"parties\": {");
    for (uint32_t p = 0; p < b->parties; p++) {
        parley_text_printf(b->out, "%s\"p%u\": {\"name\": \"P%u\", \"roles\": [\"principal\"]}",
                           p == 0 ? "" : ", ", p, p);
    }
    parley_text_puts(b->out, "},\n \"issues\": {");
    for (uint32_t i = 0; i < b->issues; i++) {
        numbers_issue(b, i);
    }
    parley_text_puts(b->out, "},\n");
    uint32_t rules = numbers_draw(b, 4);
    if (rules >= 2) {
        parley_text_puts(b->out, " \"rules\": {\"r1\": {\"formula\": ");
        numbers_formula(b);
        parley_text_puts(b->out, "}},\n");
    }
    uint32_t accept = numbers_draw(b, 8);
    if (accept >= 4) {
        parley_text_printf(
            b->out, " \"acceptance\": {\"at-least\": %u%s%s},\n", 1 + numbers_draw(b, b->parties),
            accept >= 6 ? ", \"vetoes\": [\"p0\"]" : "", accept == 7 ? ", \"strict\": true" : "");
    }
    parley_text_puts(b->out, " \"values\": {");
    for (uint32_t p = 0; p < b->parties; p++) {
        numbers_party(b, p);
    }
    parley_text_puts(b->out, "}}\n");
}

static inline void numbers_differ(const parley_text *text, const parley_text *json,
                                  const parley_diagnostics *faults, const char *what)
{
    fprintf(stderr, "%s\n%s\n", what, parley_text_data(text));
    if (json != NULL) {
        fprintf(stderr, "%s\n", parley_text_data(json));
    }
    for (size_t i = 0; faults != NULL && i < parley_diagnostics_size(faults); i++) {
        const parley_error *e = &parley_diagnostics_at(faults, i)->error;
        fprintf(stderr, "%u:%u: %s\n", e->span.line, e->span.column, e->message);
    }
    abort();
}

/* Solve and check the case of these bytes. false: the bytes make no case, or nothing to solve. */
static inline bool numbers_check(parley_ctx *ctx, const uint8_t *data, size_t size)
{
    numbers_bytes b = {.data = data, .size = size};
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = NULL;
    parley_deal *deal = NULL;
    parley_numbers *numbers = NULL;
    parley_tree *tree = NULL;
    parley_recheck *recheck = NULL;
    parley_diagnostics *faults = parley_diagnostics_new(ctx);
    parley_text *json = parley_text_new(ctx, 1 << 26);
    b.out = parley_text_new(ctx, 1 << 20);
    numbers_write(&b);
    bool good = parley_case_read(&c, ctx, "t.json", parley_text_data(b.out),
                                 parley_text_size(b.out), NULL, NULL, &err) == PARLEY_OK &&
                parley_deal_new(&deal, ctx, c, NULL, &err) == PARLEY_OK;
    if (good) {
        parley_numbers_options options = PARLEY_NUMBERS_OPTIONS_INIT;
        options.split_step = 0.25;
        parley_status status = parley_numbers_new(&numbers, ctx, deal, c, &options, &err);
        if (status != PARLEY_OK && status != PARLEY_LIMIT && status != PARLEY_RANGE) {
            numbers_differ(b.out, NULL, NULL, err.message);
        }
        good = status == PARLEY_OK;
    }
    if (good) {
        const parley_deals_page page = {.c = c, .deal = deal, .path = "t.json", .numbers = numbers};
        const parley_recheck_options options = {1, 20000, 200};
        parley_json writer;
        parley_json_begin(&writer, json);
        if (parley_page_deals_json(&writer, ctx, &page, &err) != PARLEY_OK ||
            parley_tree_read(&tree, ctx, "result.json", parley_text_data(json),
                             parley_text_size(json), &err) != PARLEY_OK ||
            parley_recheck_new(&recheck, ctx, c, deal, tree, &options, faults, &err) != PARLEY_OK) {
            numbers_differ(b.out, json, NULL, err.message);
        }
        if (parley_diagnostics_errors(faults) > 0) {
            numbers_differ(b.out, json, faults, "the two ways disagree");
        }
    }
    parley_recheck_free(recheck);
    parley_tree_free(tree);
    parley_numbers_free(numbers);
    parley_deal_free(deal);
    parley_case_free(c);
    parley_text_free(b.out);
    parley_text_free(json);
    parley_diagnostics_free(faults);
    return good;
}

#endif
