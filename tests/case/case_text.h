/*
 * Cases from texts, and everything that follows from a case as one text, for tests that compare.
 */
#ifndef PARLEY_TESTS_CASE_TEXT_H
#define PARLEY_TESTS_CASE_TEXT_H

#include "support/check.h"

#include <parley/case.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the shipped cases are; set from the command line by main. */
typedef struct shipped_cases {
    const char *folder;
} shipped_cases;

static const char *const shipped_names[] = {"exchange-2023",   "halt-2025",     "korr-pass",
                                            "relocation-2025", "river-at-home", "seven-steps-2022",
                                            "shuttle-2022",    "tutorial-river"};

static inline parley_case *read_text(parley_ctx *ctx, const char *name, const char *text,
                                     const parley_case_options *options)
{
    parley_case *c = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_case_read(&c, ctx, name, text, strlen(text), options, NULL, &err), &err);
    assert_non_null(c);
    return c;
}

static inline parley_case *load_shipped(parley_ctx *ctx, const char *folder, const char *name,
                                        const parley_case_options *options)
{
    char path[1024];
    parley_case *c = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    snprintf(path, sizeof(path), "%s/%s.yaml", folder, name);
    check_ok(parley_case_load(&c, ctx, path, options, NULL, &err), &err);
    return c;
}

static inline parley_text *text_of(parley_ctx *ctx)
{
    parley_text *text = parley_text_new(ctx, 1u << 28);
    assert_non_null(text);
    return text;
}

static inline void print_ids(const char *name, parley_ids ids, parley_text *out)
{
    parley_text_printf(out, " %s[", name);
    for (uint32_t i = 0; i < ids.count; i++) {
        parley_text_printf(out, "%s%d", i == 0 ? "" : " ", ids.at[i]);
    }
    parley_text_puts(out, "]");
}

/* Terms, shifts, assurances and positions, one a line. */
static inline void print_derived(parley_ctx *ctx, const parley_case *c,
                                 const parley_terms_options *options, parley_text *out)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_terms *terms = NULL;
    parley_positions *positions = NULL;
    check_ok(parley_terms_derive(&terms, ctx, c, options, &err), &err);
    check_ok(parley_positions_derive(&positions, ctx, c, options, &err), &err);
    for (uint32_t i = 0; i < parley_terms_size(terms); i++) {
        const parley_term *t = parley_terms_at(terms, i);
        char day[40];
        parley_date_print(t->date, day, sizeof(day));
        parley_text_printf(out, "term %s | %d %s %s", t->name, t->party,
                           parley_words_word(PARLEY_WORDS_MODE, t->mode), t->text);
        parley_text_printf(out, " | %s %s %s %s", parley_words_word(PARLEY_WORDS_RUNG, t->rung),
                           parley_words_word(PARLEY_WORDS_BASIS, t->basis),
                           parley_words_word(PARLEY_WORDS_FIRMNESS, t->firmness), day);
        print_ids("claims", t->claims, out);
        print_ids("support", t->support, out);
        print_ids("readings", t->readings, out);
        print_ids("responses", t->responses, out);
        parley_text_puts(out, "\n");
    }
    for (uint32_t i = 0; i < parley_terms_shifts(terms); i++) {
        const parley_shift *s = parley_terms_shift(terms, i);
        parley_text_printf(out, "shift %d %d %d %d %d\n", s->earlier, s->later, s->party, s->issue,
                           (int)s->to_confirm);
    }
    for (uint32_t i = 0; i < parley_terms_assurances(terms); i++) {
        const parley_assurance *a = parley_terms_assurance(terms, i);
        parley_text_printf(out, "assurance %d %d %d %d %d %d:", a->party, (int)a->list,
                           (int)a->rung, a->claim, a->response, a->proposal);
        for (uint32_t k = 0; k < a->count; k++) {
            parley_text_puts(out, " ");
            parley_formula_print(a->formula[k], parley_case_names(c), out);
        }
        parley_text_puts(out, "\n");
    }
    for (uint32_t i = 0; i < parley_positions_size(positions); i++) {
        const parley_position *p = parley_positions_at(positions, i);
        parley_text_printf(out, "position %d %d %s | %s | %d %d %d %d %d\n", p->party, p->issue,
                           p->act, p->text, (int)p->firmness, (int)p->basis, p->claim, p->reading,
                           (int)p->binds);
    }
    parley_positions_free(positions);
    parley_terms_free(terms);
}

/* Common head of a row. */
static inline void print_record(const parley_record *r, parley_text *out)
{
    char happened[40];
    char learned[40];
    parley_date_print(r->happened, happened, sizeof(happened));
    parley_date_print(r->learned, learned, sizeof(learned));
    parley_text_printf(out, "%s %s %s %llx", r->id, happened, learned,
                       (unsigned long long)r->label.bits[0]);
    for (uint32_t k = 0; k < r->evidence_count; k++) {
        parley_text_printf(out, " %d", r->evidence[k]);
    }
    parley_text_puts(out, "\n");
}

/* All that tests compare: counts, heads of rows, what follows. No places: they differ by right. */
static inline char *print_case(parley_ctx *ctx, const parley_case *c)
{
    parley_text *out = text_of(ctx);
    char day[40];
    parley_date_print(parley_case_as_of(c), day, sizeof(day));
    parley_text_printf(out, "%s %s %s %s %s\n", parley_case_title(c), day,
                       parley_case_mandate_task(c) != NULL ? parley_case_mandate_task(c) : "-",
                       parley_case_mandate_not(c) != NULL ? parley_case_mandate_not(c) : "-",
                       parley_case_audience(c) != NULL ? parley_case_audience(c) : "-");
#define X(one, many)                                                                               \
    parley_text_printf(out, #many " %u\n", parley_case_##many(c));                                 \
    for (uint32_t i = 0; i < parley_case_##many(c); i++) {                                         \
        print_record(&parley_case_##one(c, (int32_t)i)->record, out);                              \
    }
    PARLEY_CASE_ROWS(X)
#undef X
    print_derived(ctx, c, NULL, out);
    char *copy = strdup(parley_text_data(out));
    assert_non_null(copy);
    assert_int_equal(parley_text_status(out, NULL), PARLEY_OK);
    parley_text_free(out);
    return copy;
}

static inline char *write_case(parley_ctx *ctx, const parley_case *c, bool json)
{
    parley_text *out = text_of(ctx);
    if (json) {
        parley_case_write_json(c, out);
    } else {
        parley_case_write_yaml(c, out);
    }
    assert_int_equal(parley_text_status(out, NULL), PARLEY_OK);
    char *copy = strdup(parley_text_data(out));
    assert_non_null(copy);
    parley_text_free(out);
    return copy;
}

#endif
