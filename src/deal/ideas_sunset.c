/*
 * Ideas for a condition that others refuse only with asks and aspirations, in words: what is
 * demanded, for the shortest time of the same track and no longer.
 */
#include "deal/ideas_internal.h"

/* Others refuse it, and only so softly. */
static bool softly_refused(const ideas_work *w, parley_ids refused_by)
{
    for (uint32_t k = 0; k < refused_by.count; k++) {
        const parley_term *term = parley_terms_at(w->d->terms, (uint32_t)refused_by.at[k]);
        if (term->basis == PARLEY_BASIS_READING || term->firmness > PARLEY_FIRMNESS_ASK) {
            return false;
        }
    }
    return refused_by.count > 0;
}

typedef struct track_state {
    const ideas_work *w;
    int32_t track;
} track_state;

static void note_track(void *user, const parley_formula *atom)
{
    track_state *s = user;
    if (atom->kind != PARLEY_F_ACCEPTS && s->track < 0) {
        s->track = parley_case_issue(s->w->c, atom->issue)->track;
    }
}

/* The first length of time of the track; -1: none. */
static int32_t time_issue(const ideas_work *w, const parley_formula *f)
{
    track_state s = {w, -1};
    parley_formula_atoms(f, note_track, &s);
    for (uint32_t v = 0; v < w->d->counted; v++) {
        const parley_issue *issue = parley_case_issue(w->c, w->d->issue[v]);
        if (s.track >= 0 && issue->track == s.track && ideas_is_time(issue)) {
            return w->d->issue[v];
        }
    }
    return -1;
}

static void limit(ideas_work *w, uint32_t i)
{
    parley_idea_condition *condition = &w->out->conditions.at[i];
    int32_t time = time_issue(w, condition->formula);
    idea_package change;
    idea_package p;
    idea_judgement j;
    bool *permit = ideas_take(w, w->scratch, w->terms, sizeof(*permit));
    if (time < 0 || permit == NULL || !ideas_package_new(w, w->scratch, &change) ||
        !ideas_package_and(w, w->scratch, &change, condition->formula) ||
        change.set[w->d->variable[time]] != NULL ||
        !ideas_override(w, w->scratch, &w->base, &change, &p)) {
        return;
    }
    for (uint32_t k = 0; k < condition->refused_by.count; k++) {
        permit[condition->refused_by.at[k]] = true;
    }
    ideas_judge(w, &p, permit, w->options.by, &j);
    if (w->status != PARLEY_OK || !j.allowed) {
        return;
    }
    idea_draft *draft = ideas_draft(w, IDEA_SUNSET, &p, &j);
    int32_t own = (int32_t)i;
    if (draft != NULL) {
        draft->idea.pattern = PARLEY_PATTERN_SUNSET;
        draft->idea.instead = ideas_ids(w, &own, 1);
        draft->idea.conditions = (parley_ids){NULL, 0}; /* for a time only */
        draft->idea.stage_issue = time;
        draft->idea.first = 0;
        IDEAS_PUSH(w, &w->out->drafts, draft);
    }
}

bool ideas_sunset(ideas_work *w)
{
    for (uint32_t i = 0; i < w->conditions && w->status == PARLEY_OK; i++) {
        const parley_idea_condition *condition = &w->out->conditions.at[i];
        if (!condition->touched && !condition->refuses && w->condition[i].yes != IDEA_NONE &&
            softly_refused(w, condition->refused_by)) {
            parley_arena_mark mark = parley_arena_here(w->scratch);
            limit(w, i);
            parley_arena_reset(w->scratch, mark);
        }
    }
    ideas_touch(w);
    return w->status == PARLEY_OK;
}
