/*
 * What holds of every claim that came in, whichever way; shared by the targets for lines, objects
 * and tables.
 *
 * A claim that was taken is a piece of a case in canonical bytes, and makes a case with what was
 * there. The table of that case comes back unchanged. What was refused says why.
 */
#ifndef PARLEY_FUZZ_INTAKE_CHECK_H
#define PARLEY_FUZZ_INTAKE_CHECK_H

#include <parley/intake.h>
#include <parley/records.h>
#include <stdlib.h>
#include <string.h>

static const char intake_case[] =
    "parley: 1\n"
    "sources: {weekly: {kind: outlet, date: 2025-03-14}, wire: {kind: outlet}}\n"
    "parties: {us: {roles: [mediator]}, ua: {roles: [principal]}, ru: {roles: [principal]}}\n"
    "people: {putin: {of: ru}, zelensky: {of: ua}}\n"
    "issues: {arms: {options: {go: \"Go on\", stop: \"All stop\"}}, days: {quantity: {unit: day, "
    "from: 15, to: 30, step: 15}}, land: {ask: \"Which land?\"}}\n"
    "points: {p: {ask: \"Is it so?\"}}\n"
    "proposals: {offer-30: {tabled-by: us, text: \"days = 30\"}}\n"
    "claims:\n"
    "  c1: {by: us, act: propose, about: offer-30}\n";
static const char intake_more[] =
    "  c2: {by: us, act: say, says: x, note: [1], as-typed: \"k: v\"}\n";

typedef struct intake_bench {
    parley_ctx *ctx;
    parley_case *c;
    parley_intake *in;
    parley_arena *arena;
    parley_text *text; /* the case with what came in */
    bool corrected;    /* some claim of the case: the text above is no longer the whole */
} intake_bench;

static inline bool intake_open(intake_bench *b)
{
    parley_error err = PARLEY_ERROR_INIT;
    *b = (intake_bench){.ctx = NULL};
    if (parley_ctx_new(&b->ctx, NULL, NULL) != PARLEY_OK) {
        return false;
    }
    b->arena = parley_arena_new(b->ctx);
    b->text = parley_text_new(b->ctx, SIZE_MAX);
    PARLEY_ASSERT(b->arena != NULL && b->text != NULL);
    parley_text_puts(b->text, intake_case);
    parley_text_puts(b->text, intake_more);
    PARLEY_ASSERT(parley_case_read(&b->c, b->ctx, "base.yaml", parley_text_data(b->text),
                                   parley_text_size(b->text), NULL, NULL, &err) == PARLEY_OK);
    PARLEY_ASSERT(parley_intake_new(&b->in, b->ctx, b->c, 20000, &err) == PARLEY_OK);
    return true;
}

static inline void intake_close(intake_bench *b)
{
    parley_intake_free(b->in);
    parley_arena_free(b->arena);
    parley_text_free(b->text);
    parley_case_free(b->c);
    PARLEY_ASSERT(parley_ctx_bytes(b->ctx) == 0);
    parley_ctx_free(b->ctx);
}

/* One that was taken, or the error why it was not. */
static inline void intake_see(intake_bench *b, const parley_taken *taken, const parley_error *error)
{
    parley_piece piece;
    parley_error err = PARLEY_ERROR_INIT;
    size_t key = 0;
    size_t body = 0;
    if (taken == NULL) {
        PARLEY_ASSERT(error->status != PARLEY_OK && error->message[0] != '\0');
        PARLEY_ASSERT(error->status != PARLEY_INTERNAL && error->status != PARLEY_STATE);
        return;
    }
    PARLEY_ASSERT(parley_piece_read(&piece, b->ctx, b->arena, "piece", taken->piece, taken->length,
                                    &err) == PARLEY_OK);
    PARLEY_ASSERT(piece.length == taken->length &&
                  memcmp(piece.bytes, taken->piece, taken->length) == 0);
    PARLEY_ASSERT(strcmp(piece.section, "claims") == 0 && strcmp(piece.id, taken->id) == 0);
    PARLEY_ASSERT(taken->unread.count == taken->why.count);
    PARLEY_ASSERT(parley_piece_split(taken->piece, taken->length, &key, &body));
    PARLEY_ASSERT(strcmp(parley_case_claim(taken->in, taken->claim)->record.id, taken->id) == 0);
    if (taken->corrects >= 0) {
        b->corrected = b->corrected || !taken->same;
    } else {
        parley_text_add(b->text, taken->piece + body, taken->length - body);
    }
    PARLEY_ASSERT(parley_intake_done(b->in, taken, &err) == PARLEY_OK);
}

static inline bool intake_same(void *user, const parley_taken *taken, const parley_error *error)
{
    (void)user;
    (void)error;
    PARLEY_ASSERT(taken != NULL && taken->same);
    return true;
}

/* What came in makes a case, and its table comes back unchanged. */
static inline void intake_whole(intake_bench *b)
{
    parley_case *c = NULL;
    parley_intake *in = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    if (b->corrected) {
        return;
    }
    parley_status status = parley_case_read(&c, b->ctx, "whole.yaml", parley_text_data(b->text),
                                            parley_text_size(b->text), NULL, NULL, &err);
    if (status == PARLEY_CONFLICT) {
        return; /* claims that repeat each other in a circle: only the whole can tell */
    }
    PARLEY_ASSERT(status == PARLEY_OK);
    parley_text *table = parley_text_new(b->ctx, SIZE_MAX);
    PARLEY_ASSERT(table != NULL);
    parley_claims_table(table, c);
    PARLEY_ASSERT(parley_intake_new(&in, b->ctx, c, 20000, &err) == PARLEY_OK);
    PARLEY_ASSERT(parley_intake_table(in, parley_text_data(table), parley_text_size(table),
                                      intake_same, NULL, &err) == PARLEY_OK);
    parley_intake_free(in);
    parley_text_free(table);
    parley_case_free(c);
}

#endif
