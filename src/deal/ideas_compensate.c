/*
 * Ideas for a condition that nothing meets: something else that the same party asked for, that the
 * proposal leaves open, that nobody refuses, and that no other idea for the party decides already.
 */
#include "deal/ideas_internal.h"

#include <string.h>

static bool is_condition(const ideas_work *w, int32_t term)
{
    for (uint32_t i = 0; i < w->conditions; i++) {
        if (w->out->conditions.at[i].term == term) {
            return true;
        }
    }
    return false;
}

/* Does an idea that meets a concern or condition of the party decide one of these issues? */
static bool decided(const ideas_work *w, int32_t party, const uint64_t *issues)
{
    for (uint32_t i = 0; i < w->out->drafts.count; i++) {
        const parley_idea *idea = &w->out->drafts.at[i]->idea;
        bool for_party = false;
        const parley_ids list[2] = {idea->whole_of, idea->part_of};
        for (uint32_t l = 0; l < 2; l++) {
            for (uint32_t k = 0; k < list[l].count; k++) {
                for_party = for_party || parley_case_concern(w->c, list[l].at[k])->party == party;
            }
        }
        for (uint32_t k = 0; k < idea->conditions.count; k++) {
            for_party = for_party || w->out->conditions.at[idea->conditions.at[k]].party == party;
        }
        for (uint32_t k = 0; for_party && k < idea->changes; k++) {
            int32_t issue = idea->choice[k].issue;
            if ((issues[issue / 64] >> (issue % 64) & 1) != 0) {
                return true;
            }
        }
    }
    return false;
}

static bool open_in_base(const ideas_work *w, const uint64_t *issues)
{
    bool some = false;
    for (uint32_t v = 0; v < w->d->counted; v++) {
        if ((issues[w->d->issue[v] / 64] >> (w->d->issue[v] % 64) & 1) != 0) {
            some = true;
            if (w->tabled.set[v] != NULL) {
                return false;
            }
        }
    }
    return some;
}

/* Conditions of the party that no idea touches, that somebody refuses, and that speak of none of
 * these issues. */
static parley_ids unmet(ideas_work *w, int32_t party, const uint64_t *issues)
{
    int32_t *at = ideas_take(w, w->arena, w->conditions, sizeof(*at));
    uint64_t *own = ideas_take(w, w->scratch, w->issue_words, sizeof(*own));
    uint32_t n = 0;
    for (uint32_t i = 0; i < w->conditions && at != NULL && own != NULL; i++) {
        const parley_idea_condition *condition = &w->out->conditions.at[i];
        if (condition->party != party || condition->touched || condition->formula == NULL ||
            condition->refused_by.count == 0) {
            continue;
        }
        memset(own, 0, w->issue_words * sizeof(*own));
        parley_formula_issues(condition->formula, own, w->issue_words);
        if (!ideas_share(own, issues, w->issue_words)) {
            at[n++] = (int32_t)i;
        }
    }
    return (parley_ids){at, n};
}

static void offer(ideas_work *w, uint32_t t)
{
    const parley_term *term = parley_terms_at(w->d->terms, t);
    const uint64_t *issues = &w->term_issues[w->issue_words * t];
    idea_package change;
    idea_package p;
    idea_judgement j;
    parley_ids instead = unmet(w, term->party, issues);
    if (instead.count == 0 || !ideas_package_new(w, w->scratch, &change) ||
        !ideas_package_and(w, w->scratch, &change, term->formula) ||
        !ideas_override(w, w->scratch, &w->base, &change, &p)) {
        return;
    }
    ideas_judge(w, &p, NULL, w->options.by, &j);
    if (w->status != PARLEY_OK || !j.allowed) {
        return;
    }
    if (w->reopens > 0 && ideas_restore(w, w->scratch, &p, &change)) {
        ideas_judge(w, &p, NULL, w->options.by, &j);
    }
    idea_draft *draft = ideas_draft(w, IDEA_COMPENSATE, &p, &j);
    if (draft != NULL) {
        draft->idea.pattern = PARLEY_PATTERN_COMPENSATE;
        draft->idea.instead = instead;
        IDEAS_PUSH(w, &w->out->drafts, draft);
    }
}

bool ideas_compensate(ideas_work *w)
{
    for (uint32_t t = 0; t < w->terms && w->status == PARLEY_OK; t++) {
        const parley_term *term = parley_terms_at(w->d->terms, t);
        const uint64_t *issues = &w->term_issues[w->issue_words * t];
        if (w->term[t].yes == IDEA_NONE || term->mode != PARLEY_MODE_REQUIRES ||
            term->basis == PARLEY_BASIS_READING || is_condition(w, (int32_t)t) ||
            !open_in_base(w, issues) || decided(w, term->party, issues)) {
            continue;
        }
        parley_arena_mark mark = parley_arena_here(w->scratch);
        offer(w, t);
        parley_arena_reset(w->scratch, mark);
    }
    ideas_touch(w);
    return w->status == PARLEY_OK;
}
