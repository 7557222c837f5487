/*
 * Ideas in two parts: a shorter time first, and the rest of the time once something that was asked
 * for, and that nobody refuses, is there. No day is invented: the parts are the idea's own time and
 * what is left of the proposal's.
 */
#include "deal/ideas_internal.h"

#include <string.h>

/* The variable on which the draft shortens a time that the proposal decides. */
static bool shortened(const ideas_work *w, const idea_draft *draft, uint32_t *variable)
{
    for (uint32_t i = 0; i < draft->idea.changes; i++) {
        const parley_idea_choice *choice = &draft->idea.choice[i];
        if (choice->pattern == PARLEY_PATTERN_SHORTEN && choice->values == 1) {
            *variable = (uint32_t)w->d->variable[choice->issue];
            return draft->kind == IDEA_CONCERN;
        }
    }
    return false;
}

/* Does it settle a condition of the answer by naming something, against nobody's term? */
static bool may_be_gate(const idea_draft *draft)
{
    return draft->kind == IDEA_CONCERN && draft->idea.conditions.count > 0 &&
           draft->idea.crosses.count == 0 &&
           (draft->idea.pattern == PARLEY_PATTERN_NAME ||
            draft->idea.pattern == PARLEY_PATTERN_ADD);
}

static const parley_formula *changes_but(ideas_work *w, const idea_draft *draft, uint32_t without)
{
    bool *which = ideas_take(w, w->scratch, w->d->counted, sizeof(*which));
    bool some = false;
    for (uint32_t i = 0; which != NULL && i < draft->idea.changes; i++) {
        uint32_t v = (uint32_t)w->d->variable[draft->idea.choice[i].issue];
        which[v] = v != without;
        some = some || which[v];
    }
    return some ? ideas_formula(w, &draft->package, which, false) : NULL;
}

/* `time = value` of the issue, as in this package. */
static const parley_formula *only(ideas_work *w, const idea_package *p, uint32_t variable)
{
    bool *which = ideas_take(w, w->scratch, w->d->counted, sizeof(*which));
    if (which == NULL) {
        return NULL;
    }
    which[variable] = true;
    return ideas_formula(w, p, which, false);
}

static parley_ids met_only(ideas_work *w, const uint8_t *here, const uint8_t *there)
{
    int32_t *at = ideas_take(w, w->arena, w->concerns, sizeof(*at));
    uint32_t n = 0;
    for (uint32_t k = 0; k < w->concerns && at != NULL; k++) {
        bool raised = here[k] != PARLEY_MEETS_UNTOLD && here[k] >= PARLEY_MEETS_PART &&
                      here[k] > w->out->base_level[k];
        if (raised && here[k] > there[k]) {
            at[n++] = (int32_t)k;
        }
    }
    return (parley_ids){at, n};
}

/* Of a, what is in b too; and what is not. */
static parley_ids in_both(ideas_work *w, parley_ids a, parley_ids b)
{
    int32_t *at = ideas_take(w, w->arena, a.count, sizeof(*at));
    uint32_t n = 0;
    for (uint32_t i = 0; i < a.count && at != NULL; i++) {
        for (uint32_t k = 0; k < b.count; k++) {
            if (a.at[i] == b.at[k]) {
                at[n++] = a.at[i];
                break;
            }
        }
    }
    return (parley_ids){at, n};
}

static parley_ids not_in(ideas_work *w, parley_ids a, parley_ids b)
{
    int32_t *at = ideas_take(w, w->arena, a.count, sizeof(*at));
    uint32_t n = 0;
    for (uint32_t i = 0; i < a.count && at != NULL; i++) {
        bool there = false;
        for (uint32_t k = 0; k < b.count; k++) {
            there = there || a.at[i] == b.at[k];
        }
        if (!there) {
            at[n++] = a.at[i];
        }
    }
    return (parley_ids){at, n};
}

static parley_ids both_ids(ideas_work *w, parley_ids a, parley_ids b)
{
    int32_t *at = ideas_take(w, w->arena, (size_t)a.count + b.count, sizeof(*at));
    uint32_t n = 0;
    uint32_t i = 0;
    uint32_t k = 0;
    while (at != NULL && (i < a.count || k < b.count)) {
        bool first = k == b.count || (i < a.count && a.at[i] <= b.at[k]);
        int32_t id = first ? a.at[i] : b.at[k];
        i += first;
        k += !first;
        if (n == 0 || at[n - 1] != id) {
            at[n++] = id;
        }
    }
    return (parley_ids){at, n};
}

static void put_together(ideas_work *w, idea_draft *s, idea_draft *g, uint32_t time)
{
    idea_package whole_time = s->package;
    idea_package named;
    idea_package second;
    idea_judgement j;
    whole_time.set = ideas_take(w, w->scratch, w->variables, sizeof(*whole_time.set));
    bool *permit = ideas_take(w, w->scratch, w->terms, sizeof(*permit));
    if (whole_time.set == NULL || permit == NULL || !ideas_package_new(w, w->scratch, &named)) {
        return;
    }
    memcpy(whole_time.set, s->package.set, w->variables * sizeof(*whole_time.set));
    whole_time.set[time] = w->tabled.set[time];
    for (uint32_t i = 0; i < g->idea.changes; i++) {
        uint32_t v = (uint32_t)w->d->variable[g->idea.choice[i].issue];
        for (uint32_t k = 0; k < s->idea.changes; k++) {
            if (s->idea.choice[k].issue == g->idea.choice[i].issue) {
                return; /* they decide the same issue */
            }
        }
        named.set[v] = g->package.set[v];
    }
    for (uint32_t i = 0; i < s->idea.crosses.count; i++) {
        permit[s->idea.crosses.at[i]] = true;
    }
    if (!ideas_override(w, w->scratch, &whole_time, &named, &second)) {
        return;
    }
    ideas_judge(w, &second, permit, w->options.by, &j);
    if (w->status != PARLEY_OK || !j.allowed) {
        return;
    }
    const parley_formula *rest = changes_but(w, s, time);
    const parley_formula *gate = changes_but(w, g, IDEA_NONE);
    const parley_formula *first = only(w, &s->package, time);
    const parley_formula *last = only(w, &w->tabled, time);
    const parley_formula *parts = ideas_and(w, first, ideas_and(w, last, gate, false), true);
    idea_draft *draft = ideas_draft(w, IDEA_STAGE, &second, &j);
    if (draft == NULL) {
        return;
    }
    parley_idea *idea = &draft->idea;
    idea->pattern = PARLEY_PATTERN_STAGE;
    idea->formula = rest == NULL ? parts : ideas_and(w, rest, parts, false);
    idea->text = ideas_print(w, idea->formula);
    idea->package = idea->formula;
    idea->whole = idea->text;
    idea->stage_issue = w->d->issue[time];
    idea->first = ideas_single(w, &s->package, time);
    idea->last = ideas_single(w, &w->tabled, time);
    idea->gate = gate;
    idea->gate_text = ideas_print(w, gate);
    idea->first_meets = met_only(w, s->level, j.level);
    idea->second_meets = met_only(w, j.level, s->level);
    idea->whole_of = not_in(w, idea->whole_of, idea->second_meets);
    idea->part_of = not_in(w, idea->part_of, idea->second_meets);
    idea->worse_for = not_in(w, idea->worse_for, idea->first_meets);
    idea->satisfies = in_both(w, idea->satisfies, s->idea.satisfies);
    idea->conditions = g->idea.conditions;
    idea->behind = s->idea.behind;
    idea->needs = both_ids(w, s->idea.needs, g->idea.needs);
    idea->by = both_ids(w, s->idea.by, g->idea.by);
    idea->lifted = both_ids(w, s->idea.lifted, g->idea.lifted);
    parley_idea_unasked *unasked = ideas_take(
        w, w->arena, (size_t)s->idea.unasked_count + g->idea.unasked_count, sizeof(*unasked));
    if (unasked != NULL) {
        uint32_t n = s->idea.unasked_count;
        if (n > 0) {
            memcpy(unasked, s->idea.unasked, n * sizeof(*unasked));
        }
        if (g->idea.unasked_count > 0) {
            memcpy(&unasked[n], g->idea.unasked, g->idea.unasked_count * sizeof(*unasked));
        }
        idea->unasked = unasked;
        idea->unasked_count = n + g->idea.unasked_count;
    }
    draft->with[0] = s;
    draft->with[1] = g;
    draft->rank = s->rank;
    IDEAS_PUSH(w, &w->out->drafts, draft);
}

bool ideas_stage(ideas_work *w)
{
    uint32_t drafts = w->out->drafts.count;
    for (uint32_t i = 0; i < drafts && w->status == PARLEY_OK; i++) {
        uint32_t time = 0;
        if (!shortened(w, w->out->drafts.at[i], &time)) {
            continue;
        }
        for (uint32_t k = 0; k < drafts && w->status == PARLEY_OK; k++) {
            if (k != i && may_be_gate(w->out->drafts.at[k])) {
                parley_arena_mark mark = parley_arena_here(w->scratch);
                put_together(w, w->out->drafts.at[i], w->out->drafts.at[k], time);
                parley_arena_reset(w->scratch, mark);
            }
        }
    }
    return w->status == PARLEY_OK;
}
