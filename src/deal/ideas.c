/*
 * Ideas that meet a concern: the search from beginning to end, and what came of it.
 */
#include "deal/ideas_internal.h"

#include <stdlib.h>
#include <string.h>

static const char *const words[] = {
#define PATTERN_WORD(name, word, meaning) word,
    PARLEY_PATTERN_LIST(PATTERN_WORD)
#undef PATTERN_WORD
};

static const char *const meanings[] = {
#define PATTERN_MEANING(name, word, meaning) meaning,
    PARLEY_PATTERN_LIST(PATTERN_MEANING)
#undef PATTERN_MEANING
};

const char *parley_pattern_word(parley_pattern pattern)
{
    return words[pattern];
}

const char *parley_pattern_meaning(parley_pattern pattern)
{
    return meanings[pattern];
}

/* ------------------------------------------------------------------------ order */

static int by_order(const void *pa, const void *pb)
{
    const idea_draft *a = *(idea_draft *const *)pa;
    const idea_draft *b = *(idea_draft *const *)pb;
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    if (a->kind != IDEA_CONCERN) { /* as found: the parts of a stage have their order already */
        return (a->made > b->made) - (a->made < b->made);
    }
    if (a->rank != b->rank) {
        return a->rank < b->rank ? -1 : 1;
    }
    if (a->less != b->less) {
        return a->less < b->less ? -1 : 1;
    }
    if (a->order != b->order) {
        return a->order < b->order ? -1 : 1;
    }
    return (a->made > b->made) - (a->made < b->made);
}

static void sort(parley_ideas *ideas)
{
    if (ideas->drafts.count > 1) {
        qsort(ideas->drafts.at, ideas->drafts.count, sizeof(*ideas->drafts.at), by_order);
    }
}

static bool publish(ideas_work *w)
{
    parley_ideas *out = w->out;
    sort(out);
    out->idea = ideas_take(w, w->arena, out->drafts.count, sizeof(*out->idea));
    for (uint32_t i = 0; i < out->drafts.count && out->idea != NULL; i++) {
        idea_draft *draft = out->drafts.at[i];
        if (!ideas_finish_draft(w, draft)) {
            return false;
        }
        for (uint32_t k = 0; k < 2; k++) {
            for (uint32_t o = 0; o < out->drafts.count && draft->with[k] != NULL; o++) {
                if (out->drafts.at[o] == draft->with[k]) {
                    draft->idea.with[k] = (int32_t)o;
                }
            }
        }
        out->idea[i] = draft->idea;
        out->ideas++;
    }
    return w->status == PARLEY_OK;
}

/* ------------------------------------------------------------------------ notes */

static void note(ideas_work *w, parley_idea_note_kind kind, uint32_t a, int32_t b)
{
    IDEAS_PUSH(w, &w->out->notes, (parley_idea_note){kind, (int32_t)a, b});
}

static bool touched(parley_ids ids, uint32_t id)
{
    for (uint32_t k = 0; k < ids.count; k++) {
        if (ids.at[k] == (int32_t)id) {
            return true;
        }
    }
    return false;
}

/* Which conditions the ideas so far meet, or answer otherwise. */
void ideas_touch(ideas_work *w)
{
    for (uint32_t i = 0; i < w->conditions; i++) {
        parley_idea_condition *condition = &w->out->conditions.at[i];
        for (uint32_t k = 0; k < w->out->drafts.count; k++) {
            const parley_idea *idea = &w->out->drafts.at[k]->idea;
            condition->met = condition->met || touched(idea->conditions, i);
            condition->touched = condition->touched || condition->met || touched(idea->behind, i) ||
                                 touched(idea->instead, i);
        }
    }
}

/* Concerns that cannot be met, that oppose each other, that nothing tells, that no idea meets. */
static void find_notes(ideas_work *w)
{
    parley_ideas *out = w->out;
    for (uint32_t k = 0; k < w->concerns && w->status == PARLEY_OK; k++) {
        bool met = false;
        if (w->partly[k].yes == IDEA_NONE) {
            note(w, PARLEY_IDEA_NOTE_UNTOLD, k, -1);
            continue;
        }
        if (!ideas_exists(w, &w->empty, &w->partly[k].yes, 1, NULL)) {
            note(w, PARLEY_IDEA_NOTE_CANNOT, k, -1);
            continue;
        }
        if (out->base_level[k] == PARLEY_MEETS_WHOLLY) {
            note(w, PARLEY_IDEA_NOTE_ALREADY, k, -1);
            continue;
        }
        for (uint32_t i = 0; i < out->drafts.count && !met; i++) {
            const parley_idea *idea = &out->drafts.at[i]->idea;
            met = touched(idea->whole_of, k) || touched(idea->part_of, k);
        }
        for (uint32_t i = 0; i < out->notes.count; i++) {
            const parley_idea_note *other = &out->notes.at[i];
            met = met || (other->kind == PARLEY_IDEA_NOTE_FAR && other->a == (int32_t)k);
        }
        if (!met) {
            note(w, PARLEY_IDEA_NOTE_UNMET, k, -1);
        }
    }
    for (uint32_t k = 0; k < w->concerns; k++) {
        for (uint32_t o = k + 1; o < w->concerns && w->status == PARLEY_OK; o++) {
            uint32_t both[2] = {w->partly[k].yes, w->partly[o].yes};
            if (parley_case_concern(w->c, (int32_t)k)->party ==
                    parley_case_concern(w->c, (int32_t)o)->party &&
                both[0] != IDEA_NONE && both[1] != IDEA_NONE &&
                !ideas_exists(w, &w->empty, both, 2, NULL) &&
                ideas_exists(w, &w->empty, &both[0], 1, NULL) &&
                ideas_exists(w, &w->empty, &both[1], 1, NULL)) {
                note(w, PARLEY_IDEA_NOTE_OPPOSED, k, (int32_t)o);
            }
        }
    }
}

/* ------------------------------------------------------------------------ search */

static bool run(ideas_work *w)
{
    parley_ideas *out = w->out;
    if (!ideas_begin(w) || !ideas_find_base(w) || !ideas_find_conditions(w)) {
        return false;
    }
    if (w->d->kept_out != DEAL_NO_CONSTRAINT) {
        out->kept_out = w->d->rung[PARLEY_RUNG_RULES].flagged;
    }
    if (w->no_base || w->d->counted == 0) {
        out->nearest_complete = true; /* there are none */
        find_notes(w);
        return w->status == PARLEY_OK;
    }
    if (!ideas_credited(w) || !ideas_own(w) || !ideas_close_conditions(w)) {
        return false;
    }
    ideas_touch(w);
    if (!ideas_compensate(w) || !ideas_sunset(w)) {
        return false;
    }
    sort(out); /* composed ideas follow the order of their parts */
    if (!ideas_tie(w) || !ideas_stage(w)) {
        return false;
    }
    ideas_touch(w);
    find_notes(w);
    return publish(w) && ideas_find_asks(w) && ideas_find_nearest(w);
}

parley_status parley_ideas_new(parley_ideas **out, parley_ctx *ctx, const parley_case *c,
                               parley_deal *deal, const parley_ideas_options *options,
                               parley_error *err)
{
    const parley_ideas_options defaults = PARLEY_IDEAS_OPTIONS_INIT;
    parley_error own = PARLEY_ERROR_INIT;
    *out = NULL;
    parley_ideas *ideas = parley_alloc(ctx, sizeof(*ideas));
    if (ideas == NULL) {
        return deal_nomem(err);
    }
    ideas->ctx = ctx;
    ideas->c = c;
    ideas->d = deal;
    ideas->proposal = -1;
    ideas->base = "";
    ideas->arena = parley_arena_new(ctx);
    ideas_work w = {.out = ideas,
                    .ctx = ctx,
                    .c = c,
                    .d = deal,
                    .arena = ideas->arena,
                    .scratch = parley_arena_new(ctx),
                    .options = options != NULL ? *options : defaults,
                    .status = PARLEY_OK,
                    .err = err != NULL ? err : &own};
    if (w.arena == NULL || w.scratch == NULL) {
        w.status = deal_nomem(err);
    } else {
        run(&w);
    }
    space_free(w.space);
    parley_arena_free(w.scratch);
    if (w.status != PARLEY_OK) {
        parley_ideas_free(ideas);
        return w.status;
    }
    *out = ideas;
    return PARLEY_OK;
}

void parley_ideas_free(parley_ideas *ideas)
{
    if (ideas != NULL) {
        parley_arena_free(ideas->arena);
        parley_release(ideas->ctx, ideas, sizeof(*ideas));
    }
}

/* ----------------------------------------------------------------------- answers */

uint32_t parley_ideas_size(const parley_ideas *ideas)
{
    return ideas->ideas;
}

const parley_idea *parley_ideas_at(const parley_ideas *ideas, uint32_t i)
{
    PARLEY_ASSERT(i < ideas->ideas);
    return &ideas->idea[i];
}

int32_t parley_ideas_proposal(const parley_ideas *ideas)
{
    return ideas->proposal;
}

const char *parley_ideas_base(const parley_ideas *ideas)
{
    return ideas->base;
}

parley_count parley_ideas_kept_out(const parley_ideas *ideas)
{
    return ideas->kept_out;
}

parley_meets parley_ideas_base_meets(const parley_ideas *ideas, int32_t concern)
{
    return (parley_meets)ideas->base_level[concern];
}

bool parley_ideas_nearest_complete(const parley_ideas *ideas)
{
    return ideas->nearest_complete;
}

#define IDEAS_ACCESS(many, one, type, list)                                                        \
    uint32_t parley_ideas_##many(const parley_ideas *ideas)                                        \
    {                                                                                              \
        return ideas->list.count;                                                                  \
    }                                                                                              \
    const type *parley_ideas_##one(const parley_ideas *ideas, uint32_t i)                          \
    {                                                                                              \
        PARLEY_ASSERT(i < ideas->list.count);                                                      \
        return &ideas->list.at[i];                                                                 \
    }

IDEAS_ACCESS(conditions, condition, parley_idea_condition, conditions)
IDEAS_ACCESS(asks, ask, parley_idea_ask, asks)
IDEAS_ACCESS(reopened, reopened_at, parley_idea_reopened, reopened)
IDEAS_ACCESS(open_to, open_to_at, parley_idea_open_to, open_to)
IDEAS_ACCESS(left_out, left_out_at, parley_idea_left_out, left_out)
IDEAS_ACCESS(notes, note, parley_idea_note, notes)
IDEAS_ACCESS(nearest, nearest_at, parley_idea_nearest, nearest)
