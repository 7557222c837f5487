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

/* Which statement stands in which cell, and where in it. */
typedef struct entry {
    int32_t party;
    int32_t issue;
    uint64_t order;
    uint32_t statement;
} entry;

static int by_cell(const void *pa, const void *pb)
{
    const entry *a = pa;
    const entry *b = pb;
    if (a->party != b->party) {
        return a->party < b->party ? -1 : 1;
    }
    if (a->issue != b->issue) {
        return a->issue < b->issue ? -1 : 1;
    }
    if (a->order != b->order) {
        return a->order < b->order ? -1 : 1;
    }
    return (a->statement > b->statement) - (a->statement < b->statement);
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

/* The cells of every statement; *count of them, in *out. False without memory. */
static bool find_cells(parley_arena *arena, const parley_case *c, const case_statements *s,
                       int32_t party, entry **out, uint32_t *count)
{
    size_t words = ((size_t)parley_case_issues(c) + 63) / 64 + 1;
    uint64_t *bits = parley_arena_array(arena, words, sizeof(*bits));
    entry *at = NULL;
    *count = 0;
    for (int pass = 0; pass < 2 && bits != NULL; pass++) { /* counts, then fills */
        uint32_t n = 0;
        for (uint32_t i = 0; i < s->count; i++) {
            const case_statement *from = &s->at[i];
            uint32_t before = n;
            if (party >= 0 && from->party != party) {
                continue;
            }
            if (from->formula != NULL) {
                memset(bits, 0, words * sizeof(*bits));
                parley_formula_issues(from->formula, bits, words);
            }
            for (size_t w = 0; from->formula != NULL && w < words; w++) {
                for (uint64_t left = bits[w]; left != 0; left &= left - 1) {
                    int32_t issue = (int32_t)(w * 64) + __builtin_ctzll(left);
                    if (at != NULL) {
                        at[n] = (entry){from->party, issue, from->order, i};
                    }
                    n++;
                }
            }
            if (n == before) {
                if (at != NULL) {
                    at[n] = (entry){from->party, from->issue, from->order, i};
                }
                n++;
            }
        }
        if (pass == 0) {
            at = parley_arena_array(arena, n, sizeof(*at));
            *count = n;
            if (at == NULL) {
                return false;
            }
        }
    }
    *out = at;
    return bits != NULL;
}

static bool lay_out(parley_positions *p, const parley_case *c, const case_statements *s,
                    int32_t party, parley_arena *scratch, parley_text *text)
{
    entry *row = NULL;
    uint32_t n = 0;
    const char **words = parley_arena_array(scratch, s->count, sizeof(*words));
    if (words == NULL || !find_cells(scratch, c, s, party, &row, &n)) {
        return false;
    }
    if (n > 1) {
        qsort(row, n, sizeof(*row), by_cell);
    }
    p->at = parley_arena_array(p->arena, n, sizeof(*p->at));
    if (p->at == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        const case_statement *from = &s->at[row[i].statement];
        const char **own = &words[row[i].statement];
        if (*own == NULL) {
            *own = from->formula != NULL ? print(p, c, from->formula, text)
                   : from->text != NULL  ? from->text
                                         : "";
            if (*own == NULL) {
                return false;
            }
        }
        p->at[i] = (parley_position){.party = from->party,
                                     .issue = row[i].issue,
                                     .act = from->act,
                                     .formula = from->formula,
                                     .text = *own,
                                     .firmness = (parley_firmness)from->firmness,
                                     .basis = (parley_basis)from->basis,
                                     .claim = from->claim,
                                     .reading = from->reading,
                                     .date = from->date,
                                     .binds = from->mode >= 0};
    }
    p->count = n;
    return true;
}

static parley_status derive(parley_positions *p, const parley_case *c,
                            const parley_terms_options *options, const parley_scope *scope,
                            parley_error *err)
{
    case_statements own;
    const case_statements *s = &own;
    parley_status status = PARLEY_OK;
    if (scope->terms != NULL) {
        s = case_terms_statements(scope->terms);
    } else {
        case_selection select = CASE_SELECT_ALL;
        select.party = scope->party;
        status = case_statements_collect(&own, c, p->arena, options, select, err);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    parley_arena *scratch = parley_arena_new(p->ctx);
    parley_text *text = parley_text_new(p->ctx, parley_ctx_limits(p->ctx)->text_bytes);
    if (scratch == NULL || text == NULL || !lay_out(p, c, s, scope->party, scratch, text)) {
        status = parley_fail(err, PARLEY_NOMEM, "out of memory while deriving positions");
    }
    parley_text_free(text);
    parley_arena_free(scratch);
    return status;
}

parley_status parley_positions_derive_in(parley_positions **out, parley_ctx *ctx,
                                         const parley_case *c, const parley_scope *scope,
                                         parley_error *err)
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
        p->arena == NULL
            ? parley_fail(err, PARLEY_NOMEM, "out of memory while deriving positions")
            : derive(p, c, scope->options != NULL ? scope->options : &defaults, scope, err);
    if (status != PARLEY_OK) {
        parley_positions_free(p);
        return status;
    }
    *out = p;
    return PARLEY_OK;
}

parley_status parley_positions_derive(parley_positions **out, parley_ctx *ctx, const parley_case *c,
                                      const parley_terms_options *options, parley_error *err)
{
    parley_scope scope = PARLEY_SCOPE_INIT;
    scope.options = options;
    return parley_positions_derive_in(out, ctx, c, &scope, err);
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
