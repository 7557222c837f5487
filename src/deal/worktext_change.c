/*
 * What a version changed against the one before, and for whom: questions by their exact value sets,
 * concerns, the conditions of the answers to the version before, and terms that one of the two
 * crosses. Both texts are looked at with what had been said when the newer one was answered.
 */
#include "deal/worktext_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct both_texts {
    parley_worktext *w;
    text_look *look;   /* of the newer version */
    uint32_t *text[2]; /* constraints of the parts: before, after */
    uint32_t parts[2];
    uint64_t **support[2];
    parley_text_change *at;
    uint32_t count;
    uint32_t room;
} both_texts;

/* Are there packages of one of the texts with that constraint? */
static parley_status with(both_texts *s, int which, uint32_t constraint, bool *out,
                          parley_error *err)
{
    parley_status status = text_rules(s->w, s->look, err);
    if (status != PARLEY_OK) {
        return status;
    }
    for (uint32_t i = 0; i < s->parts[which]; i++) {
        text_on(s->look, s->text[which][i]);
    }
    text_on(s->look, constraint);
    return text_some(s->look, out, err);
}

static parley_text_change *push(both_texts *s, parley_text_change_kind kind, int32_t party)
{
    if (s->count == s->room) {
        uint32_t room = s->room == 0 ? 16 : s->room * 2;
        parley_text_change *grown =
            parley_arena_grow(s->w->arena, s->at, s->room * sizeof(*grown), room * sizeof(*grown));
        if (grown == NULL) {
            return NULL;
        }
        s->at = grown;
        s->room = room;
    }
    s->at[s->count] = (parley_text_change){.kind = kind,
                                           .party = party,
                                           .issue = -1,
                                           .concern = -1,
                                           .response = -1,
                                           .short_before = -1,
                                           .short_after = -1};
    return &s->at[s->count++];
}

/* ------------------------------------------------------------------- questions */

static parley_status change_issues(both_texts *s, parley_error *err)
{
    const parley_deal *d = s->look->d;
    for (uint32_t v = 0; v < d->counted; v++) {
        const parley_issue *issue = parley_case_issue(s->w->c, d->issue[v]);
        const uint64_t *a = s->support[0][v];
        const uint64_t *b = s->support[1][v];
        if (memcmp(a, b, (issue->values + 63) / 64 * sizeof(*a)) == 0) {
            continue;
        }
        parley_text_change *change = push(s, PARLEY_CHANGE_ISSUE, -1);
        if (change == NULL) {
            return text_nomem(err);
        }
        change->issue = d->issue[v];
        parley_status status = text_values(s->w, a, issue->values, &change->values_before, err);
        if (status == PARLEY_OK) {
            status = text_values(s->w, b, issue->values, &change->values_after, err);
        }
        if (status != PARLEY_OK) {
            return status;
        }
        if (text_ordered(issue)) {
            change->steps = text_distance(a, b, issue->values);
            change->has_order = change->steps != 0;
        }
    }
    return PARLEY_OK;
}

/* -------------------------------------------------------------- concerns, conditions */

/* How far one text meets a formula. */
static parley_status meets(both_texts *s, int which, const parley_formula *f, parley_text_met *out,
                           parley_error *err)
{
    uint32_t on = 0;
    uint32_t off = 0;
    bool some = false;
    bool without = false;
    *out = PARLEY_MET_NOT_KNOWN;
    if (f == NULL || !deal_countable(s->look->d, f)) {
        return PARLEY_OK;
    }
    parley_status status = text_add(s->look, f, &on, &off, err);
    if (status == PARLEY_OK) {
        status = with(s, which, on, &some, err);
    }
    if (status == PARLEY_OK) {
        status = with(s, which, off, &without, err);
    }
    *out = !some ? PARLEY_MET_CROSSED : without ? PARLEY_MET_OPEN : PARLEY_MET_WHOLLY;
    return status;
}

/* The best that any of the formulas gives; NOT_KNOWN only if none says anything. */
static parley_status best_of(both_texts *s, int which, const parley_conditions *list, bool in_part,
                             parley_text_met *out, parley_error *err)
{
    for (uint32_t k = 0; k < list->count; k++) {
        parley_text_met one = PARLEY_MET_NOT_KNOWN;
        parley_status status = meets(s, which, list->at[k].formula, &one, err);
        if (status != PARLEY_OK) {
            return status;
        }
        one = in_part && one == PARLEY_MET_WHOLLY ? PARLEY_MET_IN_PART : one;
        if (one != PARLEY_MET_NOT_KNOWN && (*out == PARLEY_MET_NOT_KNOWN || one > *out)) {
            *out = one;
        }
    }
    return PARLEY_OK;
}

static parley_status change_concerns(both_texts *s, parley_error *err)
{
    for (uint32_t i = 0; i < parley_case_concerns(s->w->c); i++) {
        const parley_concern *concern = parley_case_concern(s->w->c, (int32_t)i);
        parley_text_met met[2] = {PARLEY_MET_NOT_KNOWN, PARLEY_MET_NOT_KNOWN};
        for (int which = 0; which < 2; which++) {
            parley_status status = best_of(s, which, &concern->met_by, false, &met[which], err);
            if (status == PARLEY_OK) {
                status = best_of(s, which, &concern->in_part, true, &met[which], err);
            }
            if (status != PARLEY_OK) {
                return status;
            }
        }
        if (met[0] == met[1]) {
            continue;
        }
        parley_text_change *change = push(s, PARLEY_CHANGE_CONCERN, concern->party);
        if (change == NULL) {
            return text_nomem(err);
        }
        change->concern = (int32_t)i;
        change->before = met[0];
        change->after = met[1];
    }
    return PARLEY_OK;
}

/* Steps that each text still lacks of a condition on one ordered question. */
static parley_status missing(both_texts *s, const parley_formula *f, parley_text_change *change,
                             parley_error *err)
{
    const parley_deal *d = s->look->d;
    int32_t issue = parley_formula_only_issue(f);
    uint32_t on = 0;
    uint64_t **support = NULL;
    if (issue < 0 || d->variable[issue] < 0 || !text_ordered(parley_case_issue(s->w->c, issue))) {
        return PARLEY_OK;
    }
    parley_status status = text_add(s->look, f, &on, NULL, err);
    if (status == PARLEY_OK) {
        status = text_rules(s->w, s->look, err);
    }
    if (status == PARLEY_OK) {
        text_on(s->look, on);
        status = text_support(s->w, s->look, &support, err);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    uint32_t v = (uint32_t)d->variable[issue];
    uint32_t values = parley_case_issue(s->w->c, issue)->values;
    int64_t gap[2];
    for (int which = 0; which < 2; which++) {
        gap[which] = text_distance(s->support[which][v], support[v], values);
        gap[which] = gap[which] == INT64_MAX ? -1 : llabs(gap[which]);
    }
    change->short_before = gap[0];
    change->short_after = gap[1];
    return PARLEY_OK;
}

static parley_status change_conditions(both_texts *s, uint32_t v, parley_error *err)
{
    const parley_case *c = s->w->c;
    const parley_text_version *old = &s->w->version[v - 1];
    for (uint32_t r = 0; r < parley_case_responses(c); r++) {
        const parley_response *response = parley_case_response(c, (int32_t)r);
        if (response->proposal != old->proposal ||
            text_answer(s->w, response->by.party, old->proposal, old->until) != (int32_t)r) {
            continue;
        }
        for (uint32_t k = 0; k < response->conditions.count; k++) {
            const parley_formula *f = response->conditions.at[k].formula;
            parley_text_change *change = push(s, PARLEY_CHANGE_CONDITION, response->by.party);
            if (change == NULL) {
                return text_nomem(err);
            }
            change->response = (int32_t)r;
            change->condition = k;
            parley_status status = meets(s, 0, f, &change->before, err);
            if (status == PARLEY_OK) {
                status = meets(s, 1, f, &change->after, err);
            }
            if (status == PARLEY_OK) {
                status = missing(s, f, change, err);
            }
            if (status != PARLEY_OK) {
                return status;
            }
        }
    }
    return PARLEY_OK;
}

/* ----------------------------------------------------------------------- terms */

static parley_status change_terms(both_texts *s, parley_error *err)
{
    const parley_deal *d = s->look->d;
    for (uint32_t t = 0; t < parley_terms_size(d->terms); t++) {
        const parley_term *term = parley_terms_at(d->terms, t);
        bool kept[2] = {true, true};
        if (!text_counts(s->look, t) || term->mode == PARLEY_MODE_ACCEPTS) {
            continue;
        }
        for (int which = 0; which < 2; which++) {
            parley_status status = with(s, which, d->term_constraint[t], &kept[which], err);
            if (status != PARLEY_OK) {
                return status;
            }
        }
        if (kept[0] == kept[1]) {
            continue;
        }
        parley_text_change *change = push(s, PARLEY_CHANGE_TERM, term->party);
        if (change == NULL) {
            return text_nomem(err);
        }
        change->term = t;
        change->before = kept[0] ? PARLEY_MET_OPEN : PARLEY_MET_CROSSED;
        change->after = kept[1] ? PARLEY_MET_OPEN : PARLEY_MET_CROSSED;
    }
    return PARLEY_OK;
}

/* The parts of the version before, added to the space of the newer one. */
static parley_status add_old(both_texts *s, const parley_text_version *old, parley_error *err)
{
    s->parts[0] = old->parts;
    s->text[0] = parley_arena_array(s->w->arena, old->parts, sizeof(*s->text[0]));
    if (s->text[0] == NULL) {
        return text_nomem(err);
    }
    parley_status status = PARLEY_OK;
    for (uint32_t i = 0; i < old->parts && status == PARLEY_OK; i++) {
        s->text[0][i] = DEAL_NO_CONSTRAINT;
        if (old->part[i].checked == PARLEY_TEXT_EXACT) {
            status = text_add(s->look, old->part[i].formula, &s->text[0][i], NULL, err);
        }
    }
    return status;
}

parley_status text_next_changes(parley_worktext *w, const uint32_t *chosen, uint32_t count,
                                uint64_t **support, parley_error *err)
{
    uint32_t last = w->versions - 1;
    both_texts s = {.w = w, .look = &w->look[last]};
    s.text[0] = w->look[last].part_on;
    s.parts[0] = w->version[last].parts;
    s.text[1] = (uint32_t *)(uintptr_t)chosen;
    s.parts[1] = count;
    s.support[0] = w->look[last].support;
    s.support[1] = support;
    if (w->look[last].empty) {
        return PARLEY_OK;
    }
    parley_status status = change_issues(&s, err);
    if (status == PARLEY_OK) {
        status = change_concerns(&s, err);
    }
    if (status == PARLEY_OK) {
        status = change_terms(&s, err);
    }
    w->next_change = s.at;
    w->next_changes = s.count;
    return status;
}

parley_status text_changes(parley_worktext *w, uint32_t v, parley_error *err)
{
    both_texts s = {.w = w, .look = &w->look[v]};
    s.text[1] = w->look[v].part_on;
    s.parts[1] = w->version[v].parts;
    s.support[0] = w->look[v - 1].support;
    s.support[1] = w->look[v].support;
    PARLEY_ASSERT(w->look[v].d->counted == w->look[v - 1].d->counted);
    if (w->look[v].empty || w->look[v - 1].empty) {
        return PARLEY_OK; /* a text without any package: everything would have changed */
    }
    parley_status status = add_old(&s, &w->version[v - 1], err);
    if (status == PARLEY_OK) {
        status = change_issues(&s, err);
    }
    if (status == PARLEY_OK) {
        status = change_concerns(&s, err);
    }
    if (status == PARLEY_OK) {
        status = change_conditions(&s, v, err);
    }
    if (status == PARLEY_OK) {
        status = change_terms(&s, err);
    }
    w->version[v].change = s.at;
    w->version[v].changes = s.count;
    return status;
}
