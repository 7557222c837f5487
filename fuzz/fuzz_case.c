/*
 * Fuzz target of a whole case: any bytes as YAML, read, its terms and positions derived; written
 * again as YAML and JSON and read again, the same must follow; then copies for an audience and a
 * day.
 *
 * Wrong input must have an error with words and a place inside the file.
 */
#include <parley/case.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put_number(parley_text *out, int64_t number)
{
    parley_text_printf(out, "%lld ", (long long)number);
}

/* Terms, shifts, assurances and positions as one text. */
static void derive(parley_ctx *ctx, const parley_case *c, parley_text *out)
{
    parley_terms *terms = NULL;
    parley_positions *positions = NULL;
    PARLEY_ASSERT(parley_terms_derive(&terms, ctx, c, NULL, NULL) == PARLEY_OK);
    PARLEY_ASSERT(parley_positions_derive(&positions, ctx, c, NULL, NULL) == PARLEY_OK);
    for (uint32_t i = 0; i < parley_terms_size(terms); i++) {
        const parley_term *t = parley_terms_at(terms, i);
        PARLEY_ASSERT(i == 0 || parley_terms_at(terms, i - 1)->rung <= t->rung);
        parley_text_printf(out, "%s|%s|", t->name, t->text);
        put_number(out, t->rung);
        put_number(out, t->support.count);
        put_number(out, t->claims.count);
    }
    for (uint32_t i = 0; i < parley_terms_shifts(terms); i++) {
        const parley_shift *s = parley_terms_shift(terms, i);
        put_number(out, s->earlier);
        put_number(out, s->later);
        put_number(out, s->issue);
    }
    for (uint32_t i = 0; i < parley_terms_assurances(terms); i++) {
        put_number(out, parley_terms_assurance(terms, i)->party);
        put_number(out, parley_terms_assurance(terms, i)->count);
    }
    for (uint32_t i = 0; i < parley_positions_size(positions); i++) {
        const parley_position *p = parley_positions_at(positions, i);
        parley_text_printf(out, "%s|%s|", p->act, p->text);
        put_number(out, p->issue);
    }
    parley_positions_free(positions);
    parley_terms_free(terms);
}

static void read_again(parley_ctx *ctx, const parley_case *c, bool json, const char *wanted)
{
    parley_text *text = parley_text_new(ctx, 1u << 26);
    parley_text *out = parley_text_new(ctx, 1u << 26);
    parley_case *again = NULL;
    PARLEY_ASSERT(text != NULL && out != NULL);
    if (json) {
        parley_case_write_json(c, text);
    } else {
        parley_case_write_yaml(c, text);
    }
    PARLEY_ASSERT(parley_text_status(text, NULL) == PARLEY_OK);
    PARLEY_ASSERT(parley_case_read(&again, ctx, json ? "x.json" : "x.yaml", parley_text_data(text),
                                   parley_text_size(text), NULL, NULL, NULL) == PARLEY_OK);
    derive(ctx, again, out);
    PARLEY_ASSERT(strcmp(parley_text_data(out), wanted) == 0);
    parley_case_free(again);
    parley_text_free(out);
    parley_text_free(text);
}

static void look_around(parley_ctx *ctx, const parley_case *c)
{
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        const parley_issue *issue = parley_case_issue(c, (int32_t)i);
        char text[200];
        uint32_t last = issue->values > 0 ? issue->values - 1 : 0;
        for (uint32_t v = 0; v < issue->values && v < 3; v++) {
            parley_case_value_id(issue, v, text, sizeof(text));
            parley_case_value_words(issue, last - v, text, sizeof(text));
        }
    }
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        for (uint32_t o = 0; o < parley_case_proposals(c) && o < 10; o++) {
            PARLEY_ASSERT(parley_case_accepts(c, (int32_t)p, (int32_t)o) <= PARLEY_NOT_KNOWN);
        }
    }
    (void)ctx;
}

/* The copy may be refused, but only for the reasons it may be refused for; and it is a case. */
static void project(parley_ctx *ctx, const char *bytes, size_t size, const char *audience,
                    const char *day)
{
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = NULL;
    options.audience = audience;
    if (day != NULL) {
        PARLEY_ASSERT(parley_date_parse(&options.as_of, day, strlen(day), NULL) == PARLEY_OK);
    }
    parley_status status = parley_case_read(&c, ctx, "x.yaml", bytes, size, &options, NULL, &err);
    PARLEY_ASSERT(status == PARLEY_OK || (status == PARLEY_DENIED && audience != NULL));
    if (c != NULL) {
        parley_text *out = parley_text_new(ctx, 1u << 26);
        PARLEY_ASSERT(out != NULL);
        derive(ctx, c, out);
        read_again(ctx, c, false, parley_text_data(out));
        parley_text_free(out);
    }
    parley_case_free(c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    parley_ctx *ctx = NULL;
    parley_ctx_options options = PARLEY_CTX_OPTIONS_INIT;
    options.limits.options = 5000; /* large ranges are only slow */
    if (parley_ctx_new(&ctx, &options, NULL) != PARLEY_OK) {
        return 0;
    }
    char *bytes = malloc(size == 0 ? 1 : size); /* of the exact size: reading past it is noticed */
    PARLEY_ASSERT(bytes != NULL);
    memcpy(bytes, data, size);
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = NULL;
    parley_status status = parley_case_read(&c, ctx, "x.yaml", bytes, size, NULL, NULL, &err);
    PARLEY_ASSERT((status == PARLEY_OK) == (c != NULL));
    if (c == NULL) {
        PARLEY_ASSERT(err.message[0] != '\0' && err.status == status);
        PARLEY_ASSERT(err.span.begin <= err.span.end && err.span.end <= size);
    } else {
        parley_text *out = parley_text_new(ctx, 1u << 26);
        PARLEY_ASSERT(out != NULL);
        derive(ctx, c, out);
        read_again(ctx, c, false, parley_text_data(out));
        read_again(ctx, c, true, parley_text_data(out));
        look_around(ctx, c);
        parley_text_free(out);
        project(ctx, bytes, size, "public", NULL);
        project(ctx, bytes, size, NULL, "2025-03-11");
        if (parley_case_parties(c) > 0) {
            project(ctx, bytes, size, parley_case_party(c, 0)->record.id, "2025-03-13");
        }
    }
    parley_case_free(c);
    free(bytes);
    PARLEY_ASSERT(parley_ctx_bytes(ctx) == 0);
    parley_ctx_free(ctx);
    return 0;
}
