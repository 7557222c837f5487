/*
 * Shared by the files that take claims in: the line, JSON objects, tables and the form.
 */
#ifndef PARLEY_CASE_INTAKE_INTERNAL_H
#define PARLEY_CASE_INTAKE_INTERNAL_H

#include "case/case_internal.h"
#include "case/document_internal.h"
#include <parley/intake.h>
#include <parley/records.h>

#define INTAKE_DOCUMENTS_MOST 64u

struct parley_intake {
    parley_ctx *ctx;
    const parley_case *c;
    int32_t today;
    parley_text *frame;       /* what claims lean on, as a case file of its own */
    const char *speaker;      /* somebody stand-ins can be by */
    parley_arena *arena;      /* of the ids below */
    case_index fresh;         /* ids given since the case was read */
    const case_index *coming; /* ids of the table that is being read; NULL: none is */
    char letter;              /* of made ids, and the number of the last one */
    unsigned long number;
    parley_text *text;                                /* scratch: a piece; a small case */
    parley_case *small;                               /* the claim taken last, with the frame */
    parley_document *document[INTAKE_DOCUMENTS_MOST]; /* values in brackets, of the claim at hand */
    uint32_t documents;
};

/* ---- intake.c ---- */

/* A claim that comes in: a map made by hand, in the manner of a case file. */
typedef struct intake_draft {
    parley_node *record;
    const char *id;            /* NULL: make one */
    const parley_node *origin; /* where it was typed, for places in messages; may be NULL */
} intake_draft;

/*
 * Make a draft a claim: what the reader of case files refuses goes under as-typed, member by
 * member, as far as that is safe; the rest is an error that names the member.
 */
parley_status intake_settle(parley_taken *out, parley_intake *in, parley_arena *arena,
                            const intake_draft *draft, parley_error *err);

/* A copy of a record that can be changed: its members are shared. NULL: no memory. */
parley_node *intake_copy(parley_arena *arena, const parley_node *record);
/* Put a value under a key, in its place or at the end; value NULL takes the key out. What of that
 * key could not be read before is forgotten. False: no memory. */
bool intake_put(parley_arena *arena, parley_node *record, const char *key, parley_node *value);
parley_node *intake_text(parley_arena *arena, const char *text, parley_style style);
/* Take what of a key could not be read out of as-typed: it was mended. False: no memory. */
bool intake_forget(parley_arena *arena, parley_node *record, const char *key);
/* Add a line to as-typed. False: no memory. */
bool intake_note_unread(parley_arena *arena, parley_node *record, const char *line);
bool intake_knows_claim(const parley_intake *in, const char *id);
void intake_drop_documents(parley_intake *in);
/* Claim i of the case, as it was typed. */
const parley_node *intake_claim_node(const parley_intake *in, int32_t i);
/* The field of a claim with this key, or NULL. */
const case_field *intake_field(const char *key);

/* ---- intake_cells.c: a member as the text of one cell ---- */

/* What a text is under a key: a list where it takes one, a date as a file has it. NULL: no memory.
 */
parley_node *intake_value(parley_intake *in, parley_arena *arena, const case_field *field,
                          const char *text);
/* The other way round; NULL value gives "". */
void intake_cell(parley_text *out, const case_field *field, const parley_node *value);

/* ---- logline.c ---- */

parley_status intake_read_line(parley_logged *out, parley_ctx *ctx, const parley_case *c,
                               parley_arena *arena, const char *line, size_t length, int32_t today,
                               bool (*known)(void *user, const char *id), void *user,
                               parley_error *err);
/* The next free id of the commonest letter among the claims. NULL: no memory. */
const char *intake_next_id(const parley_case *c, parley_arena *arena);
/* A date as a case file writes it, from one as people type it (`13mar`, `~2025-03`); or NULL. */
const char *intake_date(parley_ctx *ctx, parley_arena *arena, int32_t today, const char *text);
/* An act, from its word or a form of it (`demands`); or NULL. */
const char *intake_act(const char *text);

#endif
