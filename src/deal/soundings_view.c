/*
 * The analysis as it would be after an answer: other terms over the same issues, in the space of
 * the analysis as it is. Terms that say what was said before keep their constraint; for new ones a
 * constraint is added, once for all answers that need it. A rung on which the same constraints
 * stand has the same packages left, and is not counted again.
 */
#include "deal/soundings_internal.h"

#include <string.h>

static parley_status all_ids(parley_texts *out, parley_soundings *s, parley_texts more,
                             parley_arena *arena, parley_error *err)
{
    uint32_t before = s->terms.without_count;
    const char **at = parley_arena_array(arena, (size_t)before + more.count + 1, sizeof(*at));
    if (at == NULL) {
        return sound_nomem(err);
    }
    for (uint32_t i = 0; i < before; i++) {
        at[i] = s->terms.without[i];
    }
    for (uint32_t i = 0; i < more.count; i++) {
        at[before + i] = more.at[i];
    }
    *out = (parley_texts){at, before + more.count};
    return PARLEY_OK;
}

static parley_status derive(parley_deal *view, parley_soundings *s, const parley_supposed *supposed,
                            uint32_t count, parley_texts without, parley_error *err)
{
    parley_terms_options options = s->terms;
    uint32_t before = options.supposed_count;
    parley_supposed *all =
        parley_arena_array(view->arena, (size_t)before + count + 1, sizeof(*all));
    parley_texts ids = {NULL, 0};
    if (all == NULL) {
        return sound_nomem(err);
    }
    if (before > 0) {
        memcpy(all, options.supposed, before * sizeof(*all));
    }
    if (count > 0) {
        memcpy(all + before, supposed, count * sizeof(*all));
    }
    parley_status status = all_ids(&ids, s, without, view->arena, err);
    if (status != PARLEY_OK) {
        return status;
    }
    options.supposed = all;
    options.supposed_count = before + count;
    options.without = ids.at;
    options.without_count = ids.count;
    return parley_terms_derive(&view->terms, s->ctx, s->c, &options, err);
}

/* The constraint of a term: that of an equal one of the first analysis, or one added since. */
static parley_status constrain(uint32_t *out, parley_soundings *s, parley_deal *view,
                               const parley_term *term, uint32_t hint, uint64_t *used,
                               parley_error *err)
{
    const parley_deal *base = s->deal;
    uint32_t terms = parley_terms_size(base->terms);
    bool refuses = term->mode == PARLEY_MODE_REFUSES;
    for (uint32_t k = 0; k < terms; k++) {
        uint32_t i = hint + k < terms ? hint + k : hint + k - terms;
        const parley_term *old = parley_terms_at(base->terms, i);
        uint32_t id = base->term_constraint[i];
        if (id != DEAL_NO_CONSTRAINT && (used[i / 64] >> (i % 64) & 1) == 0 &&
            (old->mode == PARLEY_MODE_REFUSES) == refuses &&
            parley_formula_equal(old->formula, term->formula)) {
            deal_switch_on(used, i);
            *out = id;
            return PARLEY_OK;
        }
    }
    uint64_t *free_extra = used + (terms + 63) / 64;
    const parley_formula *normal = NULL;
    /* not in the view's arena: the constraint outlives the view */
    parley_status status = parley_formula_normal(&normal, s->arena, term->formula, err);
    if (status != PARLEY_OK) {
        return status;
    }
    for (uint32_t i = 0; i < s->extras; i++) {
        if ((free_extra[i / 64] >> (i % 64) & 1) == 0 && s->extra[i].refuses == refuses &&
            parley_formula_equal(s->extra[i].formula, normal)) {
            deal_switch_on(free_extra, i);
            *out = s->extra[i].constraint;
            return PARLEY_OK;
        }
    }
    if (s->extras == s->extra_room) {
        uint32_t room = s->extra_room == 0 ? 16 : s->extra_room * 2;
        sound_extra *grown = parley_arena_grow(s->arena, s->extra, s->extras * sizeof(*grown),
                                               room * sizeof(*grown));
        if (grown == NULL) {
            return sound_nomem(err);
        }
        s->extra = grown;
        s->extra_room = room;
    }
    const space_expr *e = deal_term_expr(base, view->arena, term);
    status = e == NULL ? sound_nomem(err) : space_add(base->space, e, out, err);
    if (status == PARLEY_OK) {
        deal_switch_on(free_extra, s->extras);
        s->extra[s->extras++] = (sound_extra){refuses, normal, *out};
    }
    return status;
}

static parley_status constrain_all(parley_deal *view, parley_soundings *s, parley_error *err)
{
    uint32_t terms = parley_terms_size(view->terms);
    uint32_t before = parley_terms_size(s->deal->terms);
    /* which equal terms of before, then which constraints added since, are taken */
    uint64_t *used = parley_arena_array(
        view->arena, (size_t)(before + 63) / 64 + (s->extras + terms + 63) / 64 + 1, sizeof(*used));
    view->term_constraint = parley_arena_array(view->arena, terms, sizeof(uint32_t));
    if (used == NULL || view->term_constraint == NULL) {
        return sound_nomem(err);
    }
    parley_status status = PARLEY_OK;
    for (uint32_t i = 0; i < terms && status == PARLEY_OK; i++) {
        const parley_term *term = parley_terms_at(view->terms, i);
        view->term_constraint[i] = DEAL_NO_CONSTRAINT;
        if (term->rung <= view->up_to && sound_usable(s, term->formula)) {
            status =
                constrain(&view->term_constraint[i], s, view, term, i < before ? i : 0, used, err);
        }
    }
    return status;
}

static bool same_set(const uint64_t *a, uint32_t na, const uint64_t *b, uint32_t nb)
{
    for (uint32_t w = 0; w < na || w < nb; w++) {
        if ((w < na ? a[w] : 0) != (w < nb ? b[w] : 0)) {
            return false;
        }
    }
    return true;
}

/* The ladder, without what is open and what is flagged. */
static parley_status climb(parley_deal *view, parley_soundings *s, parley_error *err)
{
    const parley_deal *base = s->deal;
    uint32_t terms = parley_terms_size(view->terms);
    uint32_t next = 0;
    view->words = (space_constraints(view->space) + 63) / 64 + 1;
    view->rules_on = parley_arena_array(view->arena, view->words, sizeof(uint64_t));
    if (view->rules_on == NULL) {
        return sound_nomem(err);
    }
    memcpy(view->rules_on, base->rules_on, base->words * sizeof(uint64_t));
    view->dies_at = -1;
    view->last = -1;
    for (int r = 0; r < PARLEY_RUNG_COUNT; r++) {
        parley_ladder_rung *rung = &view->rung[r];
        uint32_t bound = 0;
        view->rung_on[r] = parley_arena_array(view->arena, view->words, sizeof(uint64_t));
        if (view->rung_on[r] == NULL) {
            return sound_nomem(err);
        }
        memcpy(view->rung_on[r], r == 0 ? view->rules_on : view->rung_on[r - 1],
               view->words * sizeof(uint64_t));
        for (; next < terms && parley_terms_at(view->terms, next)->rung == (parley_rung)r; next++) {
            if (view->term_constraint[next] != DEAL_NO_CONSTRAINT) {
                deal_switch_on(view->rung_on[r], view->term_constraint[next]);
                bound++;
            }
        }
        *rung = (parley_ladder_rung){.rung = (parley_rung)r,
                                     .basis = parley_rung_basis((parley_rung)r)};
        parley_status status = PARLEY_OK;
        if (same_set(view->rung_on[r], view->words, base->rung_on[r], base->words)) {
            rung->left = base->rung[r].left;
        } else if (r > 0 && (bound == 0 || parley_count_is_zero(&view->rung[r - 1].left))) {
            rung->left = view->rung[r - 1].left;
        } else {
            status =
                space_count(view->space, deal_set(view, view->rung_on[r]), NULL, &rung->left, err);
        }
        if (status != PARLEY_OK) {
            return status;
        }
        if (!parley_count_is_zero(&rung->left)) {
            view->last = r;
        } else if (view->dies_at < 0) {
            view->dies_at = r;
        }
    }
    return PARLEY_OK;
}

parley_status sound_view(parley_deal **out, parley_soundings *s, const parley_supposed *supposed,
                         uint32_t supposed_count, parley_texts without, parley_error *err)
{
    *out = NULL;
    parley_deal *view = parley_alloc(s->ctx, sizeof(*view));
    if (view == NULL) {
        return sound_nomem(err);
    }
    *view = *s->deal;
    view->terms = NULL;
    view->arena = parley_arena_new(s->ctx);
    view->scratch = parley_arena_new(s->ctx);
    parley_status status = view->arena == NULL || view->scratch == NULL
                               ? sound_nomem(err)
                               : derive(view, s, supposed, supposed_count, without, err);
    if (status == PARLEY_OK) {
        status = constrain_all(view, s, err);
    }
    if (status == PARLEY_OK) {
        status = climb(view, s, err);
    }
    if (status != PARLEY_OK) {
        sound_view_free(view);
        return status;
    }
    *out = view;
    return PARLEY_OK;
}

void sound_view_free(parley_deal *view)
{
    if (view != NULL) {
        view->space = NULL; /* it belongs to the first analysis */
        parley_deal_free(view);
    }
}
