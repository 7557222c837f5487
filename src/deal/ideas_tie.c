/*
 * Ideas about the order of a proposal in steps: a step that raises something, or that its bearer
 * refuses, waits for the step of the other side that lowers the same thing, or from which the
 * bearer gains.
 */
#include "deal/ideas_internal.h"

#include <stdlib.h>
#include <string.h>

/* Somebody acts in b who does not act in a. */
static bool other_side(const parley_proposal_step *a, const parley_proposal_step *b)
{
    for (uint32_t k = 0; k < b->by.count; k++) {
        if (!parley_ids_hold(a->by, b->by.at[k])) {
            return true;
        }
    }
    return false;
}

static bool share_words(parley_texts a, parley_texts b)
{
    for (uint32_t i = 0; i < a.count; i++) {
        for (uint32_t k = 0; k < b.count; k++) {
            if (strcmp(a.at[i], b.at[k]) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* Does step a wait for step b already, at once or by way of others? Numbers in `after` count from
 * 1. */
static bool waits(ideas_work *w, const parley_proposal *p, uint32_t a, uint32_t b)
{
    bool *seen = ideas_take(w, w->scratch, p->step_count, sizeof(*seen));
    bool grown = seen != NULL;
    if (!grown) {
        return true;
    }
    seen[a] = true;
    while (grown) {
        grown = false;
        for (uint32_t s = 0; s < p->step_count; s++) {
            for (uint32_t k = 0; seen[s] && k < p->steps[s].after.count; k++) {
                long n = strtol(p->steps[s].after.at[k], NULL, 10);
                if (n >= 1 && (uint64_t)n <= p->step_count && !seen[n - 1]) {
                    seen[n - 1] = true;
                    grown = true;
                }
            }
        }
    }
    return a != b && seen[b];
}

/* Terms of these parties that the step crosses; once tied, they may be crossed. */
static bool refuses(ideas_work *w, parley_ids parties, const idea_package *p, bool *permit)
{
    bool some = false;
    for (uint32_t t = 0; t < w->terms && w->status == PARLEY_OK; t++) {
        if (w->term[t].yes != IDEA_NONE &&
            parley_ids_hold(parties, parley_terms_at(w->d->terms, t)->party) &&
            !ideas_exists(w, p, &w->term[t].yes, 1, NULL)) {
            permit[t] = true;
            some = true;
        }
    }
    return some;
}

static void tie(ideas_work *w, const parley_proposal *p, uint32_t a, uint32_t b)
{
    const parley_proposal_step *step = &p->steps[a];
    const parley_proposal_step *after = &p->steps[b];
    bool *permit = ideas_take(w, w->scratch, w->terms, sizeof(*permit));
    idea_package one;
    idea_package both;
    idea_judgement j;
    if (permit == NULL || step->formula == NULL || after->formula == NULL ||
        !ideas_package_new(w, w->scratch, &one) ||
        !ideas_package_and(w, w->scratch, &one, step->formula)) {
        return;
    }
    bool refused = refuses(w, step->by, &one, permit);
    bool gains = false;
    for (uint32_t k = 0; k < step->by.count; k++) {
        gains = gains || parley_ids_hold(after->gets, step->by.at[k]);
    }
    bool lowers = share_words(step->raises, after->lowers);
    if (!lowers && !(refused && gains)) {
        return;
    }
    if (lowers) { /* those who go first were promised less, and see more of it only afterwards */
        refuses(w, after->by, &one, permit);
    }
    if (!ideas_package_copy(w, w->scratch, &one, &both) ||
        !ideas_package_and(w, w->scratch, &both, after->formula)) {
        return;
    }
    ideas_judge(w, &both, permit, w->options.by, &j);
    if (w->status != PARLEY_OK || !j.allowed) {
        return;
    }
    idea_draft *draft = ideas_draft(w, IDEA_TIE, &both, &j);
    if (draft != NULL) {
        draft->idea.pattern = PARLEY_PATTERN_TIE;
        draft->idea.formula = NULL;
        draft->idea.package = NULL;
        draft->idea.text = ideas_print(w, step->formula);
        draft->idea.whole = draft->idea.text;
        draft->idea.step = (int32_t)a;
        draft->idea.after = (int32_t)b;
        draft->idea.needs = ideas_needs(w, draft->idea.choice, draft->idea.choices, false);
        IDEAS_PUSH(w, &w->out->drafts, draft);
    }
}

bool ideas_tie(ideas_work *w)
{
    const parley_proposal *p =
        w->out->proposal < 0 ? NULL : parley_case_proposal(w->c, w->out->proposal);
    for (uint32_t a = 0; p != NULL && a < p->step_count; a++) {
        for (uint32_t b = 0; b < p->step_count && w->status == PARLEY_OK; b++) {
            parley_arena_mark mark = parley_arena_here(w->scratch);
            if (a != b && other_side(&p->steps[a], &p->steps[b]) && !waits(w, p, a, b) &&
                !waits(w, p, b, a)) {
                tie(w, p, a, b);
            }
            parley_arena_reset(w->scratch, mark);
        }
    }
    return w->status == PARLEY_OK;
}
