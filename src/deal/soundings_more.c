/*
 * Questions about what was left open: is the list complete, which of these are out, would the party
 * say so itself.
 */
#include "deal/soundings_internal.h"

#include <string.h>

static const parley_term *term_at(const parley_soundings *s, uint32_t i)
{
    return parley_terms_at(parley_deal_terms(s->deal), i);
}

/* ------------------------------------------------------------------- lists */

static bool countable(const parley_soundings *s, const parley_conditions *list)
{
    uint32_t count = 0;
    for (uint32_t k = 0; k < list->count; k++) {
        const parley_formula *f = list->at[k].formula;
        count += f != NULL && sound_usable(s, f);
    }
    return count > 0;
}

/* Is the list complete: of an answer, or (response -1) of a claim. */
static parley_status ask_list(parley_soundings *s, int32_t party, int32_t response, int32_t claim,
                              parley_error *err)
{
    parley_sounding *q = sound_add(s, PARLEY_SOUNDING_LIST, party, 2);
    uint32_t terms = parley_terms_size(s->deal->terms);
    int32_t *own = parley_arena_array(s->arena, (size_t)terms + 1, sizeof(*own));
    if (q == NULL || own == NULL) {
        return sound_nomem(err);
    }
    uint32_t n = 0;
    for (uint32_t t = 0; t < terms; t++) {
        const parley_term *term = term_at(s, t);
        if (response >= 0 ? parley_ids_hold(term->responses, response)
                          : term->party == party && parley_ids_hold(term->claims, claim)) {
            own[n++] = (int32_t)t;
            q->stands = term->rung < q->stands ? term->rung : q->stands;
        }
    }
    parley_sounding_answer *complete = sound_answer_of(q, 0);
    parley_supposed *what = sound_suppose(s, complete, 1);
    if (what == NULL || !sound_points_of(s, q, own, n)) {
        return sound_nomem(err);
    }
    if (response < 0) {
        own[terms] = claim; /* the place behind the terms is free */
        q->claims = (parley_ids){&own[terms], 1};
    }
    q->response = response;
    q->terms = (parley_ids){own, n};
    complete->reply = PARLEY_REPLY_COMPLETE;
    what[0] = (parley_supposed){
        .kind = PARLEY_SUPPOSE_COMPLETE, .party = -1, .response = response, .claim = claim};
    sound_answer_of(q, 1)->reply = PARLEY_REPLY_MORE;
    return PARLEY_OK;
}

static bool has_answer(const parley_soundings *s, int32_t claim)
{
    for (uint32_t i = 0; i < parley_case_responses(s->c); i++) {
        if (parley_case_response(s->c, (int32_t)i)->claim == claim) {
            return true;
        }
    }
    return false;
}

parley_status sound_find_lists(parley_soundings *s, parley_error *err)
{
    parley_status status = PARLEY_OK;
    for (uint32_t i = 0; i < parley_case_responses(s->c) && status == PARLEY_OK; i++) {
        const parley_response *r = parley_case_response(s->c, (int32_t)i);
        if (r->answer == PARLEY_ANSWER_ACCEPT_IF && r->list != PARLEY_LIST_COMPLETE &&
            r->by.party >= 0 && countable(s, &r->conditions) &&
            sound_response_counts(s, (int32_t)i)) {
            status = ask_list(s, r->by.party, (int32_t)i, -1, err);
        }
    }
    for (uint32_t i = 0; i < parley_case_claims(s->c) && status == PARLEY_OK; i++) {
        const parley_claim *claim = parley_case_claim(s->c, (int32_t)i);
        if (claim->act == PARLEY_ACT_ACCEPT_IF && claim->list != PARLEY_LIST_COMPLETE &&
            claim->by.count == 1 && claim->by.at[0].party >= 0 &&
            countable(s, &claim->conditions) && !has_answer(s, (int32_t)i) &&
            parley_terms_in_force(s->deal->terms, (int32_t)i)) {
            status = ask_list(s, claim->by.at[0].party, -1, (int32_t)i, err);
        }
    }
    return status;
}

/* ------------------------------------------------------------------- which */

#define WHICH_MOST 8

/* Words of the party about this issue alone, the firmest; -1: none. */
static int32_t own_words(const parley_soundings *s, int32_t party, int32_t issue)
{
    for (uint32_t t = 0; t < parley_terms_size(s->deal->terms); t++) {
        const parley_term *term = term_at(s, t);
        if (term->party == party && term->basis != PARLEY_BASIS_READING &&
            term->mode != PARLEY_MODE_ACCEPTS &&
            s->deal->term_constraint[t] != DEAL_NO_CONSTRAINT &&
            sound_issue(s, term->formula) == issue) {
            return (int32_t)t;
        }
    }
    return -1;
}

/* Does nothing the party said about this issue alone rule the value out? */
static bool leaves(const parley_soundings *s, int32_t party, int32_t issue, int64_t v)
{
    for (uint32_t t = 0; t < parley_terms_size(s->deal->terms); t++) {
        const parley_term *term = term_at(s, t);
        if (term->party == party && term->basis != PARLEY_BASIS_READING &&
            term->mode != PARLEY_MODE_ACCEPTS && sound_issue(s, term->formula) == issue &&
            !sound_allows(s, term, issue, v)) {
            return false;
        }
    }
    return true;
}

static parley_status find_which(parley_soundings *s, int32_t party, int32_t issue,
                                parley_error *err)
{
    const parley_issue *row = parley_case_issue(s->c, issue);
    bool principal = (parley_case_party(s->c, party)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
    int64_t open[WHICH_MOST];
    uint32_t n = 0;
    bool unnamed = false;
    if (row->kind != PARLEY_ISSUE_CHOICE ||
        !(principal || parley_deal_needed(s->deal, party, issue))) {
        return PARLEY_OK;
    }
    int32_t term = own_words(s, party, issue);
    for (uint32_t v = 0; v < row->values; v++) {
        if (parley_deal_open(s->deal, issue, v) && !sound_kept_out(s, issue, v) &&
            leaves(s, party, issue, v)) {
            if (n == WHICH_MOST) {
                return PARLEY_OK; /* too many to name in one question */
            }
            unnamed = unnamed || row->options[v].ours || !sound_named(s, issue, v);
            open[n++] = v;
        }
    }
    if (n < 2 || !unnamed) {
        return PARLEY_OK;
    }
    const parley_formula *any = sound_value(s, issue, open[0]);
    if (any == NULL) {
        return sound_nomem(err);
    }
    if (term < 0 && sound_spoke(s, party, any)) {
        return PARLEY_OK;
    }
    parley_sounding *q = sound_add(s, PARLEY_SOUNDING_WHICH, party, n + 1);
    if (q == NULL) {
        return sound_nomem(err);
    }
    q->issue = issue;
    q->term = term;
    q->stands = term >= 0 ? term_at(s, (uint32_t)term)->rung : PARLEY_RUNG_READINGS;
    for (uint32_t i = 0; i < n; i++) {
        parley_sounding_answer *a = sound_answer_of(q, i);
        parley_supposed *what = sound_suppose(s, a, 1);
        const parley_formula *f = sound_value(s, issue, open[i]);
        if (what == NULL || f == NULL) {
            return sound_nomem(err);
        }
        a->reply = PARLEY_REPLY_OUT;
        a->value = open[i];
        what[0] = (parley_supposed){.kind = PARLEY_SUPPOSE_TERM,
                                    .party = party,
                                    .mode = PARLEY_MODE_REFUSES,
                                    .formula = f,
                                    .rung = PARLEY_RUNG_POSITIONS,
                                    .basis = PARLEY_BASIS_RECORD,
                                    .firmness = PARLEY_FIRMNESS_POSITION,
                                    .response = -1};
    }
    sound_answer_of(q, n)->reply = PARLEY_REPLY_NONE_OUT;
    return PARLEY_OK;
}

parley_status sound_find_which(parley_soundings *s, parley_error *err)
{
    parley_ids issues = parley_deal_issues(s->deal);
    parley_ids parties = parley_deal_must_agree(s->deal);
    parley_status status = PARLEY_OK;
    for (uint32_t k = 0; k < issues.count && status == PARLEY_OK; k++) {
        for (uint32_t p = 0; p < parties.count && status == PARLEY_OK; p++) {
            status = find_which(s, parties.at[p], issues.at[k], err);
        }
    }
    return status;
}

/* ------------------------------------------------------------- to confirm */

static bool subset(parley_ids small, parley_ids large)
{
    for (uint32_t i = 0; i < small.count; i++) {
        bool in = false;
        for (uint32_t k = 0; k < large.count && !in; k++) {
            in = large.at[k] == small.at[i];
        }
        if (!in) {
            return false;
        }
    }
    return true;
}

/* Is all of this asked of the party in a question that is there already? */
static bool asked_already(const parley_soundings *s, int32_t party, parley_ids claims)
{
    for (uint32_t i = 0; i < s->count; i++) {
        const parley_sounding *q = s->found[i];
        if (q->kind == PARLEY_SOUNDING_CONFIRM && q->party == party && claims.count > 0 &&
            subset(claims, q->claims)) {
            return true;
        }
    }
    return false;
}

static bool is_reported(const parley_soundings *s, uint32_t t)
{
    const parley_term *term = term_at(s, t);
    return term->rung == PARLEY_RUNG_REPORTED && !term->supposed &&
           s->deal->term_constraint[t] != DEAL_NO_CONSTRAINT;
}

/* Does what another term rests on hold all that this one rests on? The first of equals stands. */
static bool within_another(const parley_soundings *s, uint32_t t)
{
    const parley_term *term = term_at(s, t);
    for (uint32_t u = 0; u < parley_terms_size(s->deal->terms); u++) {
        const parley_term *other = term_at(s, u);
        if (u == t || !is_reported(s, u) || other->party != term->party ||
            !subset(term->claims, other->claims) || !subset(term->responses, other->responses)) {
            continue;
        }
        bool equal =
            subset(other->claims, term->claims) && subset(other->responses, term->responses);
        if (!equal || u < t) {
            return true;
        }
    }
    return false;
}

/* The rung of the record on which a reported term would stand. */
static parley_rung record_rung(const parley_term *term)
{
    if (term->mode == PARLEY_MODE_ACCEPTS) {
        return PARLEY_RUNG_ACCEPTED;
    }
    switch (term->firmness) {
    case PARLEY_FIRMNESS_ASPIRATION:
    case PARLEY_FIRMNESS_ASK:
        return PARLEY_RUNG_ASKS;
    case PARLEY_FIRMNESS_CONDITION:
        return PARLEY_RUNG_CONDITIONS;
    case PARLEY_FIRMNESS_RED_STATED:
        return PARLEY_RUNG_RED_STATED;
    case PARLEY_FIRMNESS_RED_TESTED:
        return PARLEY_RUNG_RED_TESTED;
    default:
        return PARLEY_RUNG_POSITIONS;
    }
}

/* Would the party say itself what these claims (and answers without a claim) say? */
static parley_status add_confirm(parley_soundings *s, int32_t party, bool shift, parley_ids claims,
                                 parley_ids responses, parley_error *err)
{
    uint32_t terms = parley_terms_size(s->deal->terms);
    int32_t *own = parley_arena_array(s->arena, terms, sizeof(*own));
    uint32_t n = 0;
    if (own == NULL) {
        return sound_nomem(err);
    }
    for (uint32_t t = 0; t < terms; t++) {
        const parley_term *term = term_at(s, t);
        if (term->rung == PARLEY_RUNG_REPORTED && term->party == party && !term->supposed &&
            s->deal->term_constraint[t] != DEAL_NO_CONSTRAINT && subset(term->claims, claims) &&
            subset(term->responses, responses)) {
            if (sound_names_kept_out(s, term->formula)) {
                return PARLEY_OK;
            }
            own[n++] = (int32_t)t;
        }
    }
    for (uint32_t i = 0; i < claims.count; i++) {
        const parley_about *about = &parley_case_claim(s->c, claims.at[i])->about;
        if (about->formula != NULL && sound_names_kept_out(s, about->formula)) {
            return PARLEY_OK;
        }
    }
    parley_sounding *q = sound_add(s, PARLEY_SOUNDING_CONFIRM, party, 2);
    if (q == NULL) {
        return sound_nomem(err);
    }
    parley_sounding_answer *yes = sound_answer_of(q, 0);
    parley_sounding_answer *no = sound_answer_of(q, 1);
    parley_supposed *what = sound_suppose(s, yes, n);
    const char **hidden = parley_arena_array(s->arena, claims.count, sizeof(*hidden));
    if (what == NULL || hidden == NULL || !sound_points_of(s, q, own, n)) {
        return sound_nomem(err);
    }
    q->shift = shift;
    q->claims = claims;
    q->terms = (parley_ids){own, n};
    q->term = n > 0 ? own[0] : -1;
    q->stands = n > 0 ? PARLEY_RUNG_REPORTED : PARLEY_RUNG_READINGS;
    yes->reply = PARLEY_REPLY_CONFIRMED;
    no->reply = PARLEY_REPLY_DENIED;
    for (uint32_t i = 0; i < n; i++) {
        const parley_term *term = term_at(s, (uint32_t)own[i]);
        what[i] = (parley_supposed){.kind = PARLEY_SUPPOSE_TERM,
                                    .party = party,
                                    .mode = term->mode,
                                    .formula = term->formula,
                                    .rung = record_rung(term),
                                    .basis = PARLEY_BASIS_RECORD,
                                    .firmness = term->firmness,
                                    .response = -1};
    }
    uint32_t hides = 0;
    for (uint32_t i = 0; i < claims.count; i++) {
        const parley_record *record = &parley_case_claim(s->c, claims.at[i])->record;
        if (!sound_may_see(s, party, record)) {
            hidden[hides++] = record->id; /* somebody else told us */
        }
        if (!sound_without(s, no, record->id)) {
            return sound_nomem(err);
        }
    }
    q->reveals = (parley_texts){hidden, hides};
    for (uint32_t i = 0; i < responses.count; i++) {
        if (!sound_without(s, no, parley_case_response(s->c, responses.at[i])->record.id)) {
            return sound_nomem(err);
        }
    }
    return PARLEY_OK;
}

static bool same_word(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Do two claims rest on the word of one speaker, told in one place? */
static bool same_voice(const parley_claim *a, const parley_claim *b)
{
    return a->by.count > 0 && b->by.count > 0 && a->by.at[0].party == b->by.at[0].party &&
           a->by.at[0].person == b->by.at[0].person && a->source == b->source && a->cls == b->cls &&
           same_word(a->speaker_text, b->speaker_text);
}

static bool is_shaky(const parley_soundings *s, const parley_shift *shift)
{
    return shift->to_confirm && shift->issue >= 0 &&
           s->deal->why_not[shift->issue] == PARLEY_COUNTED &&
           parley_terms_in_force(s->deal->terms, shift->later);
}

/* Shifts that a softer source told: one question for all on the word of one speaker. */
static parley_status confirm_shifts(parley_soundings *s, parley_error *err)
{
    const parley_terms *terms = s->deal->terms;
    uint32_t shifts = parley_terms_shifts(terms);
    parley_status status = PARLEY_OK;
    for (uint32_t i = 0; i < shifts && status == PARLEY_OK; i++) {
        const parley_shift *shift = parley_terms_shift(terms, i);
        const int32_t one[1] = {shift->later};
        if (!is_shaky(s, shift) || asked_already(s, shift->party, (parley_ids){one, 1})) {
            continue;
        }
        int32_t *claims = parley_arena_array(s->arena, shifts, sizeof(*claims));
        uint32_t n = 0;
        if (claims == NULL) {
            return sound_nomem(err);
        }
        for (uint32_t k = i; k < shifts; k++) {
            const parley_shift *other = parley_terms_shift(terms, k);
            bool again = !is_shaky(s, other) || other->party != shift->party ||
                         !same_voice(parley_case_claim(s->c, shift->later),
                                     parley_case_claim(s->c, other->later));
            uint32_t at = n;
            for (uint32_t j = 0; j < n; j++) {
                again = again || claims[j] == other->later;
            }
            while (!again && at > 0 && claims[at - 1] > other->later) {
                claims[at] = claims[at - 1];
                at--;
            }
            if (!again) {
                claims[at] = other->later;
                n++;
            }
        }
        status =
            add_confirm(s, shift->party, true, (parley_ids){claims, n}, (parley_ids){NULL, 0}, err);
    }
    return status;
}

parley_status sound_find_confirm(parley_soundings *s, parley_error *err)
{
    parley_status status = confirm_shifts(s, err);
    for (uint32_t t = 0; t < parley_terms_size(s->deal->terms) && status == PARLEY_OK; t++) {
        const parley_term *term = term_at(s, t);
        if (is_reported(s, t) && !within_another(s, t) &&
            !(term->responses.count == 0 && asked_already(s, term->party, term->claims))) {
            status = add_confirm(s, term->party, false, term->claims, term->responses, err);
        }
    }
    return status;
}
