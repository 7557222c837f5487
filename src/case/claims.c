/*
 * The claims interface over a case in memory.
 *
 * Nothing is indexed: a filter is one walk over the claims, `each` sorts what is left, and a search
 * folds the words of every claim anew. The store keeps indexes for cases of another size; both pass
 * the same conformance suite.
 */
#include "case/case_internal.h"

#include <stdlib.h>
#include <string.h>

static const parley_case *case_of(void *self)
{
    return self;
}

static uint64_t count(void *self)
{
    return parley_case_claims(case_of(self));
}

static const parley_claim *get(void *self, uint64_t i)
{
    const parley_case *c = case_of(self);
    return i < parley_case_claims(c) ? parley_case_claim(c, (int32_t)i) : NULL;
}

static int64_t find(void *self, const char *id, size_t length)
{
    return case_index_find(&case_of(self)->index[SECTION_CLAIMS], id, length);
}

static parley_status pick(void *self, const uint64_t *rows, size_t n,
                          bool (*visit)(void *user, uint64_t i, const parley_claim *claim),
                          void *user, parley_error *err)
{
    bool go_on = true;
    for (size_t i = 0; i < n && go_on; i++) {
        const parley_claim *claim = get(self, rows[i]);
        if (claim == NULL) {
            return parley_fail(err, PARLEY_INVALID, "there is no claim %llu",
                               (unsigned long long)rows[i]);
        }
        go_on = visit(user, rows[i], claim);
    }
    return PARLEY_OK;
}

/* ------------------------------------------------------------------- filters */

bool parley_claim_is_by(const parley_claim *claim, int32_t party)
{
    for (uint32_t k = 0; k < claim->by.count; k++) {
        if (claim->by.at[k].party == party) {
            return true;
        }
    }
    return false;
}

bool parley_conditions_mention(const parley_conditions *list, int32_t issue)
{
    for (uint32_t k = 0; k < list->count; k++) {
        if (parley_formula_mentions(list->at[k].formula, issue)) {
            return true;
        }
    }
    return false;
}

bool parley_proposal_mentions(const parley_proposal *proposal, int32_t issue)
{
    return parley_formula_mentions(proposal->formula, issue) ||
           parley_conditions_mention(&proposal->parts, issue);
}

bool parley_claim_is_about(const parley_case *c, const parley_claim *claim, int32_t issue)
{
    return (claim->about.kind == PARLEY_ABOUT_ISSUE && claim->about.index == issue) ||
           parley_formula_mentions(claim->about.formula, issue) ||
           (claim->about.kind == PARLEY_ABOUT_PROPOSAL &&
            parley_conditions_mention(&parley_case_proposal(c, claim->about.index)->parts,
                                      issue)) ||
           parley_conditions_mention(&claim->conditions, issue) ||
           parley_conditions_mention(&claim->only_if, issue);
}

typedef struct dated {
    parley_date date;
    uint32_t claim;
} dated;

static int by_happening(const void *pa, const void *pb)
{
    const dated *a = pa;
    const dated *b = pb;
    int order = parley_date_compare(a->date, b->date);
    return order != 0 ? order : (a->claim > b->claim) - (a->claim < b->claim);
}

static parley_status each(void *self, int32_t party, int32_t issue, int32_t first_day,
                          int32_t last_day,
                          bool (*visit)(void *user, uint64_t i, const parley_claim *claim),
                          void *user, parley_error *err)
{
    const parley_case *c = case_of(self);
    uint32_t claims = parley_case_claims(c);
    uint32_t n = 0;
    if (claims == 0) {
        return PARLEY_OK;
    }
    dated *row = parley_alloc(c->ctx, claims * sizeof(*row));
    if (row == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while sorting claims");
    }
    for (uint32_t i = 0; i < claims; i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        parley_date date = claim->record.happened;
        if (date.first <= last_day && date.last >= first_day &&
            (party < 0 || parley_claim_is_by(claim, party)) &&
            (issue < 0 || parley_claim_is_about(c, claim, issue))) {
            row[n++] = (dated){date, i};
        }
    }
    qsort(row, n, sizeof(*row), by_happening);
    for (uint32_t i = 0; i < n; i++) {
        if (!visit(user, row[i].claim, parley_case_claim(c, (int32_t)row[i].claim))) {
            break;
        }
    }
    parley_release(c->ctx, row, claims * sizeof(*row));
    return PARLEY_OK;
}

/* -------------------------------------------------------------------- search */

/* Folded words stand between blanks: " arms stop ". Is every word of the query among them? */
static bool holds_words(const char *words, const char *query)
{
    while (query[0] == ' ' && query[1] != '\0') {
        size_t length = 1 + strcspn(query + 1, " ");
        const char *at = words;
        while ((at = strstr(at, " ")) != NULL && strncmp(at, query, length + 1) != 0) {
            at++;
        }
        if (at == NULL) {
            return false;
        }
        query += length;
    }
    return true;
}

static parley_status fold_claim(const parley_case *c, const parley_claim *claim, parley_text *raw,
                                parley_text *words, parley_error *err)
{
    const char *const fields[4] = {claim->says, claim->about.text, claim->hedge,
                                   claim->speaker_text};
    parley_text_clear(raw);
    parley_text_clear(words);
    for (int k = 0; k < 4; k++) {
        if (fields[k] != NULL) {
            parley_text_puts(raw, fields[k]);
            parley_text_putc(raw, '\n');
        }
    }
    for (uint32_t k = 0; k < claim->as_typed.count; k++) {
        parley_text_puts(raw, claim->as_typed.at[k]);
        parley_text_putc(raw, '\n');
    }
    parley_status status = parley_text_status(raw, err);
    return status == PARLEY_OK
               ? parley_utf8_fold(c->ctx, parley_text_data(raw), parley_text_size(raw), words, err)
               : status;
}

static parley_status search(void *self, const char *query,
                            bool (*visit)(void *user, uint64_t i, const parley_claim *claim),
                            void *user, parley_error *err)
{
    const parley_case *c = case_of(self);
    size_t most = parley_ctx_limits(c->ctx)->text_bytes;
    parley_text *asked = parley_text_new(c->ctx, most);
    parley_text *raw = parley_text_new(c->ctx, most);
    parley_text *words = parley_text_new(c->ctx, most);
    parley_status status = PARLEY_OK;
    if (asked == NULL || raw == NULL || words == NULL) {
        status = parley_fail(err, PARLEY_NOMEM, "out of memory while searching claims");
        goto out;
    }
    status = parley_utf8_fold(c->ctx, query, strlen(query), asked, err);
    bool empty = parley_text_size(asked) <= 1;
    for (uint32_t i = 0; status == PARLEY_OK && !empty && i < parley_case_claims(c); i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        status = fold_claim(c, claim, raw, words, err);
        if (status == PARLEY_OK && holds_words(parley_text_data(words), parley_text_data(asked)) &&
            !visit(user, i, claim)) {
            break;
        }
    }
out:
    parley_text_free(words);
    parley_text_free(raw);
    parley_text_free(asked);
    return status;
}

/* Every claim's words against the query. */
static parley_status look(void *self, parley_query *query,
                          bool (*visit)(void *user, uint64_t i, const parley_claim *claim),
                          void *user, parley_error *err)
{
    const parley_case *c = case_of(self);
    size_t most = parley_ctx_limits(c->ctx)->text_bytes;
    parley_text *raw = parley_text_new(c->ctx, most);
    parley_text *words = parley_text_new(c->ctx, most);
    parley_status status = raw == NULL || words == NULL
                               ? parley_fail(err, PARLEY_NOMEM,
                                             "out of memory while searching "
                                             "claims")
                               : PARLEY_OK;
    bool go_on = parley_query_size(query) > 0;
    for (uint32_t i = 0; status == PARLEY_OK && go_on && i < parley_case_claims(c); i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        status = fold_claim(c, claim, raw, words, err);
        bool holds = status == PARLEY_OK && parley_query_holds(query, parley_text_data(words));
        status = status == PARLEY_OK ? parley_query_status(query, err) : status;
        go_on = status == PARLEY_OK && (!holds || visit(user, i, claim));
    }
    parley_text_free(words);
    parley_text_free(raw);
    return status;
}

parley_claims parley_claims_of(const parley_case *c)
{
    return (parley_claims){(void *)(uintptr_t)c, count, get, find, pick, each, search, look};
}
