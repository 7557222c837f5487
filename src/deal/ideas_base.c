/*
 * What ideas build on: the proposal that was answered, without what somebody else refuses of it.
 *
 * Where the proposal crosses a term (of anybody but the party that tabled it), a smallest part of
 * it that does so is opened again, and so on until it crosses none. What was opened is put back
 * under an idea that may cross the term.
 */
#include "deal/ideas_internal.h"

#include <string.h>

static int32_t choose(const parley_case *c)
{
    int32_t best = -1;
    bool best_answered = false;
    for (uint32_t i = 0; i < parley_case_proposals(c); i++) {
        bool answered = false;
        for (uint32_t r = 0; r < parley_case_responses(c); r++) {
            const parley_response *response = parley_case_response(c, (int32_t)r);
            answered = answered || (response->proposal == (int32_t)i &&
                                    response->answer != PARLEY_ANSWER_SILENT);
        }
        const parley_date date = parley_case_proposal(c, (int32_t)i)->record.happened;
        if (best < 0 || answered > best_answered ||
            (answered == best_answered &&
             parley_date_compare(parley_case_proposal(c, best)->record.happened, date) <= 0)) {
            best = (int32_t)i;
            best_answered = answered;
        }
    }
    return best;
}

static uint32_t parts_of(const ideas_work *w, const idea_package *p)
{
    return w->d->counted + p->units;
}

/* The proposal with some of its parts only. */
static bool take_parts(ideas_work *w, const bool *in, idea_package *out)
{
    for (uint32_t v = 0; v < w->d->counted; v++) {
        out->set[v] = in[v] ? w->tabled.set[v] : NULL;
    }
    out->units = 0;
    for (uint32_t k = 0; k < w->tabled.units; k++) {
        if (in[w->d->counted + k]) {
            out->unit[out->units++] = w->tabled.unit[k];
        }
    }
    return w->status == PARLEY_OK;
}

/* A smallest part of `in` that leaves nothing with these constraints; false: none, or a failure. */
static bool culprit(ideas_work *w, const bool *in, const uint32_t *ids, uint32_t count, bool *out,
                    idea_package *trial)
{
    uint32_t parts = parts_of(w, &w->tabled);
    bool some = false;
    memcpy(out, in, parts * sizeof(*out));
    if (!take_parts(w, out, trial) || ideas_exists(w, trial, ids, count, NULL)) {
        return false;
    }
    for (uint32_t k = 0; k < parts && w->status == PARLEY_OK; k++) {
        if (out[k] && (k >= w->d->counted || w->tabled.set[k] != NULL)) {
            out[k] = false;
            out[k] = take_parts(w, out, trial) && ideas_exists(w, trial, ids, count, NULL);
            some = some || out[k];
        }
    }
    return some && w->status == PARLEY_OK;
}

static void reopen(ideas_work *w, bool *in, const bool *which, int32_t term)
{
    for (uint32_t k = 0; k < parts_of(w, &w->tabled); k++) {
        bool unit = k >= w->d->counted;
        if (!which[k] || !in[k] || (!unit && w->tabled.set[k] == NULL)) {
            continue;
        }
        bool *only = ideas_take(w, w->scratch, w->d->counted, sizeof(*only));
        const parley_formula *f =
            unit ? w->unit.at[w->tabled.unit[k - w->d->counted]].formula : NULL;
        if (only != NULL && !unit) {
            only[k] = true;
            f = ideas_formula(w, &w->tabled, only, false);
        }
        in[k] = false;
        w->reopened[w->reopens++] = k;
        IDEAS_PUSH(w, &w->out->reopened,
                   (parley_idea_reopened){unit ? -1 : w->d->issue[k], ideas_print(w, f), term});
    }
}

static bool strip(ideas_work *w, int32_t tabled_by)
{
    uint32_t parts = parts_of(w, &w->tabled);
    bool *in = ideas_take(w, w->scratch, parts, sizeof(*in));
    bool *which = ideas_take(w, w->scratch, parts, sizeof(*which));
    uint32_t *ids = ideas_take(w, w->scratch, w->terms, sizeof(*ids));
    idea_package trial;
    w->reopened = ideas_take(w, w->scratch, parts, sizeof(*w->reopened));
    if (in == NULL || which == NULL || ids == NULL || w->reopened == NULL ||
        !ideas_package_copy(w, w->scratch, &w->tabled, &trial)) {
        return false;
    }
    memset(in, 1, parts * sizeof(*in));
    while (culprit(w, in, NULL, 0, which, &trial)) { /* the rules, or a flag */
        reopen(w, in, which, -1);
    }
    for (uint32_t t = 0; t < w->terms && w->status == PARLEY_OK; t++) {
        w->own_offer[t] = w->term[t].yes != IDEA_NONE && tabled_by >= 0 &&
                          parley_terms_at(w->d->terms, t)->party == tabled_by &&
                          culprit(w, in, &w->term[t].yes, 1, which, &trial);
    }
    for (uint32_t t = 0; t < w->terms && w->status == PARLEY_OK; t++) {
        if (w->term[t].yes == IDEA_NONE) {
            continue;
        }
        bool crossed = culprit(w, in, &w->term[t].yes, 1, which, &trial);
        while (crossed && !w->own_offer[t]) {
            reopen(w, in, which, (int32_t)t);
            crossed = culprit(w, in, &w->term[t].yes, 1, which, &trial);
        }
    }
    for (uint32_t q = 0; q < parley_case_parties(w->c) && w->status == PARLEY_OK; q++) {
        uint32_t n = 0;
        int32_t first = -1;
        for (uint32_t t = 0; t < w->terms; t++) {
            if (w->term[t].yes != IDEA_NONE && !w->own_offer[t] &&
                parley_terms_at(w->d->terms, t)->party == (int32_t)q) {
                first = first < 0 ? (int32_t)t : first;
                ids[n++] = w->term[t].yes;
            }
        }
        while (w->together[q] && n > 1 && culprit(w, in, ids, n, which, &trial)) {
            reopen(w, in, which, first);
        }
    }
    return take_parts(w, in, &trial) && ideas_package_copy(w, w->scratch, &trial, &w->base);
}

bool ideas_find_base(ideas_work *w)
{
    int32_t proposal = w->options.proposal >= 0 ? w->options.proposal : choose(w->c);
    w->out->proposal = proposal;
    w->own_offer = ideas_take(w, w->scratch, w->terms, sizeof(*w->own_offer));
    if (!ideas_package_new(w, w->scratch, &w->tabled) || w->own_offer == NULL) {
        return false;
    }
    int32_t by = -1;
    if (proposal >= 0) {
        const parley_proposal *p = parley_case_proposal(w->c, proposal);
        by = p->tabled_by.party;
        if (p->formula != NULL) {
            ideas_package_and(w, w->scratch, &w->tabled, p->formula);
        }
        for (uint32_t k = 0; k < p->parts.count; k++) {
            if (p->parts.at[k].formula != NULL) {
                ideas_package_and(w, w->scratch, &w->tabled, p->parts.at[k].formula);
            }
        }
    }
    if (w->status != PARLEY_OK || !strip(w, by)) {
        return false;
    }
    w->no_base = !ideas_exists(w, &w->base, NULL, 0, NULL);
    w->out->base = ideas_print(w, ideas_formula(w, &w->base, NULL, true));
    for (uint32_t k = 0; k < w->concerns && w->status == PARLEY_OK; k++) {
        w->out->base_level[k] = (uint8_t)ideas_level(w, &w->base, k);
    }
    return w->status == PARLEY_OK;
}

bool ideas_restore(ideas_work *w, parley_arena *arena, idea_package *p, const idea_package *change)
{
    for (uint32_t k = 0; k < w->reopens && w->status == PARLEY_OK; k++) {
        uint32_t part = w->reopened[k];
        bool unit = part >= w->d->counted;
        idea_package trial = *p;
        idea_judgement j;
        if (unit ? false : change->set[part] != NULL || p->set[part] != NULL) {
            continue;
        }
        idea_package add;
        if (!ideas_package_new(w, arena, &add)) {
            return false;
        }
        if (unit) {
            add.unit = &w->tabled.unit[part - w->d->counted];
            add.units = 1;
        } else {
            add.set[part] = w->tabled.set[part];
        }
        if (!ideas_override(w, arena, p, &add, &trial)) {
            return false;
        }
        parley_arena_mark mark = parley_arena_here(w->scratch);
        bool separate = arena != w->scratch;
        ideas_judge(w, &trial, NULL, w->options.by, &j);
        bool allowed = j.usable && j.allowed;
        if (separate) {
            parley_arena_reset(w->scratch, mark);
        }
        *p = allowed ? trial : *p;
    }
    return w->status == PARLEY_OK;
}
