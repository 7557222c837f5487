/*
 * Terms: statements that bind, equal ones merged, in ladder order.
 *
 * Equal formulas (in normal form) of one party on one mode are one term: it rests on all their
 * claims and stands on the firmest rung any of them reaches. Readings stay apart, each under its
 * own id.
 */
#include "case/statements.h"

#include <stdlib.h>
#include <string.h>

struct parley_terms {
    parley_ctx *ctx;
    parley_arena *arena;
    parley_term *term;
    uint32_t count;
    uint32_t claims; /* of the case */
    case_statements statements;
};

typedef struct merge_key {
    const case_statement *statement;
    const parley_formula *normal;
} merge_key;

/* Same party, mode and meaning side by side; within them by order. Readings never merge. */
static int by_meaning(const void *pa, const void *pb)
{
    const merge_key *a = pa;
    const merge_key *b = pb;
    const case_statement *x = a->statement;
    const case_statement *y = b->statement;
    if (x->reading >= 0 || y->reading >= 0) {
        if ((x->reading >= 0) != (y->reading >= 0)) {
            return x->reading >= 0 ? 1 : -1;
        }
        return (x->order > y->order) - (x->order < y->order);
    }
    if (x->party != y->party) {
        return x->party < y->party ? -1 : 1;
    }
    if (x->mode != y->mode) {
        return x->mode < y->mode ? -1 : 1;
    }
    int order = parley_formula_compare_trees(a->normal, b->normal);
    return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

static bool same_meaning(const merge_key *a, const merge_key *b)
{
    const case_statement *x = a->statement;
    const case_statement *y = b->statement;
    return x->reading < 0 && y->reading < 0 && x->party == y->party && x->mode == y->mode &&
           parley_formula_compare_trees(a->normal, b->normal) == 0;
}

typedef struct ranked {
    parley_term term;
    uint64_t order;
} ranked;

static int by_rung(const void *pa, const void *pb)
{
    const ranked *a = pa;
    const ranked *b = pb;
    if (a->term.rung != b->term.rung) {
        return a->term.rung < b->term.rung ? -1 : 1;
    }
    return (a->order > b->order) - (a->order < b->order);
}

/* Insert an id into a small ascending list without doubles. */
static void insert_id(int32_t *list, uint32_t *count, int32_t id)
{
    uint32_t at = *count;
    while (at > 0 && list[at - 1] > id) {
        at--;
    }
    if (id < 0 || (at > 0 && list[at - 1] == id)) {
        return;
    }
    memmove(&list[at + 1], &list[at], (*count - at) * sizeof(*list));
    list[at] = id;
    (*count)++;
}

static bool holds_id(const int32_t *list, uint32_t count, int32_t id)
{
    uint32_t low = 0;
    while (low < count) {
        uint32_t middle = low + (count - low) / 2;
        if (list[middle] == id) {
            return true;
        }
        if (list[middle] < id) {
            low = middle + 1;
        } else {
            count = middle;
        }
    }
    return false;
}

/* Does a claim only repeat another one of the term? claims ascend. */
static bool only_mention(const parley_case *c, const int32_t *claims, uint32_t count, int32_t claim)
{
    parley_ids repeats = parley_case_claim(c, claim)->repeats;
    for (uint32_t k = 0; k < repeats.count; k++) {
        if (holds_id(claims, count, repeats.at[k])) {
            return true;
        }
    }
    return false;
}

/* Merge statements key[0..n) into one term. */
static bool merge(parley_terms *terms, const parley_case *c, const merge_key *key, uint32_t n,
                  parley_text *text, ranked *out)
{
    parley_arena *arena = terms->arena;
    int32_t *lists = parley_arena_array(arena, (size_t)n * 4, sizeof(*lists));
    if (lists == NULL) {
        return false;
    }
    int32_t *claims = lists;
    int32_t *support = lists + n;
    int32_t *readings = lists + (size_t)2 * n;
    int32_t *responses = lists + (size_t)3 * n;
    uint32_t count[4] = {0, 0, 0, 0};
    const case_statement *top = key[0].statement;
    uint64_t order = top->order;
    bool supposed = true;
    for (uint32_t i = 0; i < n; i++) {
        const case_statement *s = key[i].statement;
        supposed = supposed && s->claim < 0 && s->reading < 0 && s->response < 0;
        insert_id(claims, &count[0], s->claim);
        insert_id(readings, &count[2], s->reading);
        insert_id(responses, &count[3], s->response);
        if (s->rung < top->rung || (s->rung == top->rung && s->order < top->order)) {
            top = s;
        }
        order = s->order < order ? s->order : order;
    }
    for (uint32_t i = 0; i < count[0]; i++) {
        if (!only_mention(c, claims, count[0], claims[i])) {
            support[count[1]++] = claims[i];
        }
    }
    parley_text_clear(text);
    parley_formula_print(top->formula, parley_case_names(c), text);
    const char *printed = parley_arena_copy(arena, parley_text_data(text), parley_text_size(text));
    const char *name = NULL;
    if (top->reading >= 0) {
        name = parley_case_reading(c, top->reading)->record.id;
    } else if (printed != NULL) {
        name =
            parley_arena_format(arena, "%s %s %s", parley_case_party(c, top->party)->record.id,
                                parley_words_word(PARLEY_WORDS_MODE, (size_t)top->mode), printed);
    }
    out->order = order;
    out->term = (parley_term){.name = name,
                              .party = top->party,
                              .mode = (parley_mode)top->mode,
                              .formula = top->formula,
                              .text = printed,
                              .rung = (parley_rung)top->rung,
                              .basis = (parley_basis)top->basis,
                              .firmness = (parley_firmness)top->firmness,
                              .claims = {claims, count[0]},
                              .support = {support, count[1]},
                              .readings = {readings, count[2]},
                              .responses = {responses, count[3]},
                              .date = top->date,
                              .set_aside = false,
                              .supposed = supposed};
    return name != NULL && printed != NULL && parley_text_status(text, NULL) == PARLEY_OK;
}

/* Has the party given up what this statement says? gone: normal forms, by supposition. */
static bool given_up(const parley_terms_options *options, const parley_formula *const *gone,
                     const merge_key *key)
{
    const case_statement *s = key->statement;
    for (uint32_t i = 0; i < options->supposed_count; i++) {
        const parley_supposed *what = &options->supposed[i];
        if (what->kind == PARLEY_SUPPOSE_GIVEN_UP && s->reading < 0 && s->party == what->party &&
            s->mode == (int8_t)what->mode && (s->claim >= 0 || s->response >= 0) &&
            parley_formula_compare_trees(key->normal, gone[i]) == 0) {
            return true;
        }
    }
    return false;
}

static parley_status derive(parley_terms *terms, const parley_case *c,
                            const parley_terms_options *options, parley_error *err)
{
    const case_statements *s = &terms->statements;
    parley_text *text = NULL;
    parley_status status =
        case_statements_collect(&terms->statements, c, terms->arena, options, CASE_SELECT_ALL, err);
    if (status != PARLEY_OK) {
        return status;
    }
    const parley_formula **gone =
        parley_arena_array(terms->arena, (size_t)options->supposed_count + 1, sizeof(*gone));
    merge_key *key = parley_arena_array(terms->arena, s->count, sizeof(*key));
    ranked *row = parley_arena_array(terms->arena, s->count, sizeof(*row));
    terms->term = parley_arena_array(terms->arena, s->count, sizeof(*terms->term));
    text = parley_text_new(terms->ctx, parley_ctx_limits(terms->ctx)->text_bytes);
    if (gone == NULL || key == NULL || row == NULL || terms->term == NULL || text == NULL) {
        goto nomem;
    }
    for (uint32_t i = 0; i < options->supposed_count; i++) {
        if (options->supposed[i].kind == PARLEY_SUPPOSE_GIVEN_UP) {
            status =
                parley_formula_normal(&gone[i], terms->arena, options->supposed[i].formula, err);
            if (status != PARLEY_OK) {
                goto out;
            }
        }
    }
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->at[i].mode >= 0 && s->at[i].formula != NULL) {
            key[n].statement = &s->at[i];
            status = parley_formula_normal(&key[n].normal, terms->arena, s->at[i].formula, err);
            if (status != PARLEY_OK) {
                goto out;
            }
            n += !given_up(options, gone, &key[n]);
        }
    }
    qsort(key, n, sizeof(*key), by_meaning);
    uint32_t rows = 0;
    for (uint32_t i = 0; i < n;) {
        uint32_t j = i + 1;
        while (j < n && same_meaning(&key[i], &key[j])) {
            j++;
        }
        if (!merge(terms, c, &key[i], j - i, text, &row[rows++])) {
            goto nomem;
        }
        i = j;
    }
    qsort(row, rows, sizeof(*row), by_rung);
    for (uint32_t i = 0; i < rows; i++) {
        terms->term[i] = row[i].term;
    }
    terms->count = rows;
    goto out;
nomem:
    status = parley_fail(err, PARLEY_NOMEM, "out of memory while deriving terms");
out:
    parley_text_free(text);
    return status;
}

parley_status parley_terms_derive(parley_terms **out, parley_ctx *ctx, const parley_case *c,
                                  const parley_terms_options *options, parley_error *err)
{
    const parley_terms_options defaults = PARLEY_TERMS_OPTIONS_INIT;
    *out = NULL;
    parley_terms *terms = parley_alloc(ctx, sizeof(*terms));
    if (terms == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while deriving terms");
    }
    terms->ctx = ctx;
    terms->claims = parley_case_claims(c);
    terms->arena = parley_arena_new(ctx);
    parley_status status =
        terms->arena == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory while deriving terms")
                             : derive(terms, c, options != NULL ? options : &defaults, err);
    if (status != PARLEY_OK) {
        parley_terms_free(terms);
        return status;
    }
    *out = terms;
    return PARLEY_OK;
}

void parley_terms_free(parley_terms *terms)
{
    if (terms != NULL) {
        parley_arena_free(terms->arena);
        parley_release(terms->ctx, terms, sizeof(*terms));
    }
}

const case_statements *case_terms_statements(const parley_terms *terms)
{
    return &terms->statements;
}

uint32_t parley_terms_size(const parley_terms *terms)
{
    return terms->count;
}

const parley_term *parley_terms_at(const parley_terms *terms, uint32_t i)
{
    PARLEY_ASSERT(i < terms->count);
    return &terms->term[i];
}

uint32_t parley_terms_shifts(const parley_terms *terms)
{
    return terms->statements.shifts;
}

const parley_shift *parley_terms_shift(const parley_terms *terms, uint32_t i)
{
    PARLEY_ASSERT(i < terms->statements.shifts);
    return &terms->statements.shift[i];
}

bool parley_terms_in_force(const parley_terms *terms, int32_t claim)
{
    PARLEY_ASSERT(claim >= 0 && (uint32_t)claim < terms->claims);
    return terms->statements.in_force[claim] && !terms->statements.taken_out[claim];
}

uint32_t parley_terms_assurances(const parley_terms *terms)
{
    return terms->statements.assurances;
}

const parley_assurance *parley_terms_assurance(const parley_terms *terms, uint32_t i)
{
    PARLEY_ASSERT(i < terms->statements.assurances);
    return &terms->statements.assurance[i];
}
