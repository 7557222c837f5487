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

typedef struct mention {
    int32_t issue;
    bool found;
} mention;

static void visit_atom(void *user, const parley_formula *atom)
{
    mention *m = user;
    bool has_issue = atom->kind >= PARLEY_F_CHOICE && atom->kind <= PARLEY_F_SHARE;
    m->found = m->found || (has_issue && atom->issue == m->issue);
}

static void look_in(mention *m, const parley_conditions *list)
{
    for (uint32_t k = 0; k < list->count; k++) {
        if (list->at[k].formula != NULL) {
            parley_formula_atoms(list->at[k].formula, visit_atom, m);
        }
    }
}

bool parley_claim_is_about(const parley_case *c, const parley_claim *claim, int32_t issue)
{
    mention m = {issue, claim->about.kind == PARLEY_ABOUT_ISSUE && claim->about.index == issue};
    if (claim->about.formula != NULL) {
        parley_formula_atoms(claim->about.formula, visit_atom, &m);
    }
    if (claim->about.kind == PARLEY_ABOUT_PROPOSAL) {
        look_in(&m, &parley_case_proposal(c, claim->about.index)->parts);
    }
    look_in(&m, &claim->conditions);
    look_in(&m, &claim->only_if);
    return m.found;
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
    return (parley_claims){(void *)(uintptr_t)c, count, get, find, each, search, look};
}
