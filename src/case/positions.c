/*
 * Positions: everything a party is known, or read by us, to hold, laid out by party and issue.
 *
 * A statement about several issues stands in each of their cells. Words that name no issue stand in
 * no cell (issue -1): they are shown beside the matrix, never lost.
 */
#include "case/statements.h"

#include <stdlib.h>
#include <string.h>

struct parley_positions {
    parley_ctx *ctx;
    parley_arena *arena;
    parley_position *at;
    uint32_t count;
};

typedef struct ordered_position {
    parley_position position;
    uint64_t order;
} ordered_position;

static int by_cell(const void *pa, const void *pb)
{
    const ordered_position *a = pa;
    const ordered_position *b = pb;
    if (a->position.party != b->position.party) {
        return a->position.party < b->position.party ? -1 : 1;
    }
    if (a->position.issue != b->position.issue) {
        return a->position.issue < b->position.issue ? -1 : 1;
    }
    return (a->order > b->order) - (a->order < b->order);
}

static const char *print(parley_positions *p, const parley_case *c, const parley_formula *f,
                         parley_text *text)
{
    parley_text_clear(text);
    parley_formula_print(f, parley_case_names(c), text);
    return parley_text_status(text, NULL) != PARLEY_OK
               ? NULL
               : parley_arena_copy(p->arena, parley_text_data(text), parley_text_size(text));
}

static parley_status derive(parley_positions *p, const parley_case *c,
                            const parley_terms_options *options, parley_error *err)
{
    case_statements s;
    size_t words = ((size_t)parley_case_issues(c) + 63) / 64 + 1;
    parley_text *text = NULL;
    parley_status status = case_statements_collect(&s, c, p->arena, options, err);
    if (status != PARLEY_OK) {
        return status;
    }
    uint64_t *bits = parley_arena_array(p->arena, words, sizeof(*bits));
    text = parley_text_new(p->ctx, parley_ctx_limits(p->ctx)->text_bytes);
    if (bits == NULL || text == NULL) {
        goto nomem;
    }
    uint32_t room = 0;
    for (uint32_t i = 0; i < s.count; i++) {
        uint32_t cells = 0;
        if (s.at[i].formula != NULL) {
            memset(bits, 0, words * sizeof(*bits));
            parley_formula_issues(s.at[i].formula, bits, words);
            for (size_t w = 0; w < words; w++) {
                cells += (uint32_t)__builtin_popcountll(bits[w]);
            }
        }
        room += cells > 0 ? cells : 1;
    }
    ordered_position *row = parley_arena_array(p->arena, room, sizeof(*row));
    p->at = parley_arena_array(p->arena, room, sizeof(*p->at));
    if (row == NULL || p->at == NULL) {
        goto nomem;
    }
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.count; i++) {
        const case_statement *from = &s.at[i];
        parley_position position = {.party = from->party,
                                    .issue = from->issue,
                                    .act = from->act,
                                    .formula = from->formula,
                                    .text = from->text != NULL ? from->text : "",
                                    .firmness = (parley_firmness)from->firmness,
                                    .basis = (parley_basis)from->basis,
                                    .claim = from->claim,
                                    .reading = from->reading,
                                    .date = from->date,
                                    .binds = from->mode >= 0};
        uint32_t before = n;
        memset(bits, 0, words * sizeof(*bits));
        if (from->formula != NULL) {
            position.text = print(p, c, from->formula, text);
            if (position.text == NULL) {
                goto nomem;
            }
            parley_formula_issues(from->formula, bits, words);
        }
        for (size_t w = 0; w < words; w++) {
            for (uint64_t left = bits[w]; left != 0; left &= left - 1) {
                position.issue = (int32_t)(w * 64) + __builtin_ctzll(left);
                row[n++] = (ordered_position){position, from->order};
            }
        }
        if (n == before) {
            row[n++] = (ordered_position){position, from->order};
        }
    }
    qsort(row, n, sizeof(*row), by_cell);
    for (uint32_t i = 0; i < n; i++) {
        p->at[i] = row[i].position;
    }
    p->count = n;
    goto out;
nomem:
    status = parley_fail(err, PARLEY_NOMEM, "out of memory while deriving positions");
out:
    parley_text_free(text);
    return status;
}

parley_status parley_positions_derive(parley_positions **out, parley_ctx *ctx, const parley_case *c,
                                      const parley_terms_options *options, parley_error *err)
{
    const parley_terms_options defaults = PARLEY_TERMS_OPTIONS_INIT;
    *out = NULL;
    parley_positions *p = parley_alloc(ctx, sizeof(*p));
    if (p == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while deriving positions");
    }
    p->ctx = ctx;
    p->arena = parley_arena_new(ctx);
    parley_status status =
        p->arena == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory while deriving positions")
                         : derive(p, c, options != NULL ? options : &defaults, err);
    if (status != PARLEY_OK) {
        parley_positions_free(p);
        return status;
    }
    *out = p;
    return PARLEY_OK;
}

void parley_positions_free(parley_positions *positions)
{
    if (positions != NULL) {
        parley_arena_free(positions->arena);
        parley_release(positions->ctx, positions, sizeof(*positions));
    }
}

uint32_t parley_positions_size(const parley_positions *positions)
{
    return positions->count;
}

const parley_position *parley_positions_at(const parley_positions *positions, uint32_t i)
{
    PARLEY_ASSERT(i < positions->count);
    return &positions->at[i];
}
