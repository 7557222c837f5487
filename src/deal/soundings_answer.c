/*
 * What an answer changes: the analysis is made again with the answer imagined, and compared with
 * how things stand: the ladder, the sticking points one by one, the smallest bridge.
 */
#include "deal/soundings_internal.h"

#include <parley/bridges.h>
#include <stdlib.h>
#include <string.h>

/* Bridges of the smallest size are counted so far. */
#define BRIDGES_MOST 16

/* -------------------------------------------------------------------- keys */

static parley_status key_of(uint32_t *out, parley_soundings *s, const parley_term *term,
                            bool as_words, parley_error *err)
{
    int32_t reading = !as_words && term->basis == PARLEY_BASIS_READING ? term->readings.at[0] : -1;
    parley_arena_mark mark = parley_arena_here(s->arena);
    const parley_formula *normal = NULL;
    parley_status status = parley_formula_normal(&normal, s->arena, term->formula, err);
    if (status != PARLEY_OK) {
        return status;
    }
    for (uint32_t k = 0; k < s->keys; k++) {
        const sound_key *key = &s->key[k];
        if (key->party == term->party && key->mode == term->mode && key->reading == reading &&
            parley_formula_compare_trees(key->normal, normal) == 0) {
            parley_arena_reset(s->arena, mark);
            *out = k;
            return PARLEY_OK;
        }
    }
    if (s->keys == s->key_room) {
        uint32_t room = s->key_room == 0 ? 64 : s->key_room * 2;
        sound_key *grown =
            parley_arena_grow(s->arena, s->key, s->keys * sizeof(*grown), room * sizeof(*grown));
        if (grown == NULL) {
            return sound_nomem(err);
        }
        s->key = grown;
        s->key_room = room;
    }
    *out = s->keys;
    s->key[s->keys++] = (sound_key){term->party, term->mode, normal, reading};
    return PARLEY_OK;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* ------------------------------------------------------------------ points */

typedef struct gather_state {
    sound_points *out;
    parley_soundings *s;
    parley_deal *deal;
    parley_arena *arena;
    uint32_t most;
    parley_status status;
    parley_error *err;
} gather_state;

static bool keep_point(void *user, parley_ids ids)
{
    gather_state *g = user;
    sound_points *out = g->out;
    if (ids.count == 0) {
        return true; /* the rules alone leave nothing: no words of anybody stick */
    }
    if (out->count == g->most) {
        out->complete = false;
        return false;
    }
    if (out->count == out->room) {
        uint32_t room = out->room == 0 ? 16 : out->room * 2;
        sound_point *grown = parley_arena_grow(g->arena, out->at, out->count * sizeof(*grown),
                                               room * sizeof(*grown));
        if (grown == NULL) {
            g->status = sound_nomem(g->err);
            return false;
        }
        out->at = grown;
        out->room = room;
    }
    int32_t *terms = parley_arena_array(g->arena, ids.count, sizeof(*terms));
    uint32_t *keys = parley_arena_array(g->arena, (size_t)ids.count * 2, sizeof(*keys));
    if (terms == NULL || keys == NULL) {
        g->status = sound_nomem(g->err);
        return false;
    }
    sound_point *p = &out->at[out->count];
    *p = (sound_point){{terms, ids.count}, keys, keys + ids.count, PARLEY_BASIS_RULES};
    for (uint32_t i = 0; i < ids.count && g->status == PARLEY_OK; i++) {
        const parley_term *term = parley_terms_at(parley_deal_terms(g->deal), (uint32_t)ids.at[i]);
        terms[i] = ids.at[i];
        p->basis = term->basis > p->basis ? term->basis : p->basis;
        g->status = key_of(&p->exact[i], g->s, term, false, g->err);
        if (g->status == PARLEY_OK) {
            g->status = key_of(&p->meaning[i], g->s, term, true, g->err);
        }
    }
    qsort(p->exact, ids.count, sizeof(*p->exact), by_number);
    qsort(p->meaning, ids.count, sizeof(*p->meaning), by_number);
    out->count++;
    return g->status == PARLEY_OK;
}

parley_status sound_gather(sound_points *out, parley_soundings *s, parley_deal *deal,
                           parley_arena *arena, parley_error *err)
{
    gather_state g = {out, s, deal, arena, parley_ctx_limits(s->ctx)->clashes, PARLEY_OK, err};
    *out = (sound_points){.complete = true};
    if (!parley_count_is_zero(&parley_deal_rung(deal, s->rung)->left)) {
        return PARLEY_OK;
    }
    parley_status status = parley_deal_clashes(deal, s->rung, -1, keep_point, &g, err);
    return g.status != PARLEY_OK ? g.status : status;
}

/* ----------------------------------------------------------------- outcome */

typedef struct bridge_state {
    parley_outcome *out;
    parley_soundings *s;
    parley_error *err;
    parley_status status;
} bridge_state;

static bool keep_bridge(void *user, const parley_bridge *b)
{
    bridge_state *state = user;
    parley_outcome *out = state->out;
    if (out->bridged) {
        if (b->changes != out->changes) {
            return false;
        }
        out->bridges_more = out->bridges == BRIDGES_MOST;
        out->bridges += !out->bridges_more;
        return !out->bridges_more;
    }
    int32_t *movers = parley_arena_array(state->s->arena, b->movers.count, sizeof(*movers));
    if (movers == NULL) {
        state->status = sound_nomem(state->err);
        return false;
    }
    for (uint32_t i = 0; i < b->movers.count; i++) {
        movers[i] = b->movers.at[i];
    }
    out->bridged = true;
    out->changes = b->changes;
    out->change_readings = b->readings;
    out->movers = (parley_ids){movers, b->movers.count};
    out->bridges = 1;
    return b->changes > 0;
}

parley_status sound_outcome(parley_outcome *out, parley_soundings *s, parley_deal *deal,
                            const sound_points *points, parley_error *err)
{
    *out = (parley_outcome){.dies_at = deal->dies_at,
                            .last = deal->last,
                            .points = points->count,
                            .points_complete = points->complete};
    for (int r = 0; r < PARLEY_RUNG_COUNT; r++) {
        out->left[r] = deal->rung[r].left;
    }
    if (!parley_count_is_zero(&out->left[s->rung]) && !parley_deal_flags(deal)) {
        out->bridged = true;
        out->bridges = 1;
        return PARLEY_OK;
    }
    parley_bridges_options options = PARLEY_BRIDGES_OPTIONS_INIT;
    bridge_state state = {out, s, err, PARLEY_OK};
    options.rung = (int)s->rung;
    options.softer = 0;
    parley_status status = parley_deal_bridges(deal, &options, keep_bridge, &state, err);
    if (state.status != PARLEY_OK) {
        return state.status;
    }
    if (status == PARLEY_LIMIT && out->bridged) { /* the smallest is known, not how many */
        out->bridges_more = true;
        parley_error_clear(err);
        return PARLEY_OK;
    }
    return status;
}

static const parley_outcome *pick(const parley_sounding *q, const parley_outcome *now, int sign)
{
    PARLEY_ASSERT(q->answers > 0);
    const parley_outcome *best = q->answer[0].known ? &q->answer[0].after : now;
    for (uint32_t i = 1; i < q->answers; i++) {
        const parley_outcome *here = q->answer[i].known ? &q->answer[i].after : now;
        if (parley_outcome_compare(here, best) * sign > 0) {
            best = here;
        }
    }
    return best;
}

const parley_outcome *parley_sounding_worst(const parley_sounding *q, const parley_outcome *now)
{
    return pick(q, now, -1);
}

const parley_outcome *parley_sounding_best(const parley_sounding *q, const parley_outcome *now)
{
    return pick(q, now, 1);
}

int parley_outcome_compare(const parley_outcome *a, const parley_outcome *b)
{
    if (a->last != b->last) {
        return a->last > b->last ? 1 : -1;
    }
    if (a->bridged != b->bridged) {
        return a->bridged ? 1 : -1;
    }
    if (a->bridged && a->changes != b->changes) {
        return a->changes < b->changes ? 1 : -1;
    }
    if (a->points != b->points) {
        return a->points < b->points ? 1 : -1;
    }
    return a->last < 0 ? 0 : parley_count_compare(&a->left[a->last], &b->left[b->last]);
}

/* -------------------------------------------------------------- comparison */

typedef struct alias {
    uint32_t from;
    uint32_t to;
} alias;

/* What an answer puts in place of a term, seen as that term changed. */
static parley_status find_aliases(alias *out, uint32_t *count, parley_soundings *s,
                                  const parley_sounding *q, const parley_sounding_answer *a,
                                  parley_error *err)
{
    bool reading = q->kind == PARLEY_SOUNDING_READING;
    bool step = q->kind == PARLEY_SOUNDING_SOFTER || q->kind == PARLEY_SOUNDING_LINE;
    uint32_t first = step ? 1 : 0;
    *count = 0;
    for (uint32_t i = first; (reading || step) && i < a->supposed_count; i++) {
        const parley_supposed *what = &a->supposed[i];
        int32_t t = reading ? q->terms.at[i] : q->term;
        const parley_term *old = parley_terms_at(parley_deal_terms(s->deal), (uint32_t)t);
        const parley_term fresh = {
            .party = what->party, .mode = what->mode, .formula = what->formula};
        alias *at = &out[*count];
        parley_status status = key_of(&at->from, s, &fresh, true, err);
        if (status == PARLEY_OK) {
            status = key_of(&at->to, s, old, true, err);
        }
        if (status != PARLEY_OK) {
            return status;
        }
        *count += at->from != at->to;
    }
    return PARLEY_OK;
}

static void rename_keys(uint32_t *key, uint32_t count, const alias *of, uint32_t aliases)
{
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < aliases; k++) {
            if (key[i] == of[k].from) {
                key[i] = of[k].to;
                break;
            }
        }
    }
    qsort(key, count, sizeof(*key), by_number);
}

static bool same_keys(const uint32_t *a, uint32_t na, const uint32_t *b, uint32_t nb)
{
    return na == nb && (na == 0 || memcmp(a, b, na * sizeof(*a)) == 0);
}

/* Which of the points now are which of those afterwards; fate[p]: 0 goes, 1 stays, 2 on record. */
static uint32_t compare_points(const sound_points *now, sound_points *after, uint8_t *fate,
                               bool *taken)
{
    uint32_t fresh = after->count;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t p = 0; p < now->count; p++) {
            const sound_point *a = &now->at[p];
            for (uint32_t k = 0; k < after->count && fate[p] == 0; k++) {
                const sound_point *b = &after->at[k];
                if (taken[k] || !same_keys(pass == 0 ? a->exact : a->meaning, a->terms.count,
                                           pass == 0 ? b->exact : b->meaning, b->terms.count)) {
                    continue;
                }
                bool recorded = b->basis <= PARLEY_BASIS_RECORD && a->basis > PARLEY_BASIS_RECORD;
                fate[p] = recorded ? 2 : 1;
                taken[k] = true;
                fresh--;
            }
        }
    }
    return fresh;
}

static bool sort_fates(parley_soundings *s, parley_sounding_answer *a, const uint8_t *fate)
{
    parley_ids *const lists[3] = {&a->goes, &a->stays, &a->on_record};
    for (int f = 0; f < 3; f++) {
        int32_t *at = parley_arena_array(s->arena, s->points.count, sizeof(*at));
        uint32_t n = 0;
        if (at == NULL) {
            return false;
        }
        for (uint32_t p = 0; p < s->points.count; p++) {
            if (fate[p] == f) {
                at[n++] = (int32_t)p;
            }
        }
        *lists[f] = (parley_ids){at, n};
    }
    return true;
}

/* ------------------------------------------------------------------ answer */

static parley_status certain(parley_sounding_answer *a, parley_soundings *s,
                             const parley_sounding *q, parley_deal *view, parley_error *err)
{
    parley_count never;
    parley_count before;
    parley_count after;
    parley_status status =
        parley_deal_verdict_counts(s->deal, q->party, s->rung, &never, &before, err);
    if (status == PARLEY_OK) {
        status = parley_deal_verdict_counts(view, q->party, s->rung, &never, &after, err);
    }
    a->has_certain = status == PARLEY_OK;
    if (status == PARLEY_OK && !parley_count_sub(&a->certain, &after, &before)) {
        a->certain = parley_count_of(0);
    }
    return status;
}

/* The points after these suppositions, told by the points now: fate in scratch of the view. */
static parley_status imagine(parley_deal **view, sound_points *after, uint8_t **fate,
                             uint32_t *fresh, parley_soundings *s, const parley_sounding *q,
                             const parley_sounding_answer *a, parley_error *err)
{
    s->analyses++;
    parley_status status = sound_view(view, s, a->supposed, a->supposed_count, a->without, err);
    if (status != PARLEY_OK) {
        return status;
    }
    parley_arena *arena = (*view)->arena;
    uint32_t aliases = 0;
    alias *of = parley_arena_array(arena, (size_t)a->supposed_count + 1, sizeof(*of));
    if (of == NULL) {
        return sound_nomem(err);
    }
    status = sound_gather(after, s, *view, arena, err);
    if (status == PARLEY_OK) {
        status = find_aliases(of, &aliases, s, q, a, err);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    for (uint32_t k = 0; k < after->count && aliases > 0; k++) {
        sound_point *p = &after->at[k];
        rename_keys(p->exact, p->terms.count, of, aliases);
        rename_keys(p->meaning, p->terms.count, of, aliases);
    }
    *fate = parley_arena_array(arena, s->points.count, sizeof(**fate));
    bool *taken = parley_arena_array(arena, after->count, sizeof(*taken));
    if (*fate == NULL || taken == NULL) {
        return sound_nomem(err);
    }
    *fresh = compare_points(&s->points, after, *fate, taken);
    return PARLEY_OK;
}

/* Points that need only the step of the other side, the reading being as it is. */
static parley_status find_eased(parley_sounding_answer *a, parley_soundings *s,
                                const parley_sounding *q, parley_error *err)
{
    const parley_term *term = parley_terms_at(parley_deal_terms(s->deal), (uint32_t)q->step_term);
    const parley_formula *eased = sound_eased(s, term, q->formula);
    int32_t *at = parley_arena_array(s->arena, s->points.count, sizeof(*at));
    if (eased == NULL || at == NULL) {
        return sound_nomem(err);
    }
    const parley_supposed step[2] = {{.kind = PARLEY_SUPPOSE_GIVEN_UP,
                                      .party = term->party,
                                      .mode = term->mode,
                                      .formula = term->formula,
                                      .response = -1},
                                     {.kind = PARLEY_SUPPOSE_TERM,
                                      .party = term->party,
                                      .mode = term->mode,
                                      .formula = eased,
                                      .rung = term->rung,
                                      .basis = term->basis,
                                      .firmness = term->firmness,
                                      .response = -1}};
    const parley_sounding_answer moved = {.supposed = step, .supposed_count = 2};
    const parley_sounding taken = {.kind = PARLEY_SOUNDING_SOFTER, .term = q->step_term};
    parley_deal *view = NULL;
    sound_points after = {.count = 0};
    uint8_t *fate = NULL;
    uint32_t fresh = 0;
    uint32_t n = 0;
    parley_status status = imagine(&view, &after, &fate, &fresh, s, &taken, &moved, err);
    for (uint32_t p = 0; p < s->points.count && status == PARLEY_OK && fate != NULL; p++) {
        if (fate[p] == 0) {
            at[n++] = (int32_t)p;
        }
    }
    a->eased = (parley_ids){at, n};
    sound_view_free(view);
    return status;
}

static bool says_no(const parley_soundings *s, const parley_sounding *q,
                    const parley_sounding_answer *a)
{
    bool no = false;
    for (uint32_t i = 0; i < a->supposed_count; i++) {
        const parley_supposed *what = &a->supposed[i];
        no = no || (what->kind == PARLEY_SUPPOSE_TERM && what->basis == PARLEY_BASIS_RECORD &&
                    what->mode != PARLEY_MODE_ACCEPTS);
    }
    for (uint32_t t = 0; t < parley_terms_size(s->deal->terms) && no; t++) {
        const parley_term *term = parley_terms_at(s->deal->terms, t);
        no = term->party != q->party || term->basis != PARLEY_BASIS_RECORD ||
             term->mode == PARLEY_MODE_ACCEPTS;
    }
    return no;
}

static parley_status work_out_one(parley_soundings *s, const parley_sounding *q,
                                  parley_sounding_answer *a, parley_error *err)
{
    if (a->supposed_count == 0 && a->without.count == 0) {
        int32_t *all = parley_arena_array(s->arena, s->points.count, sizeof(*all));
        if (all == NULL) {
            return sound_nomem(err);
        }
        for (uint32_t p = 0; p < s->points.count; p++) {
            all[p] = (int32_t)p;
        }
        a->stays = (parley_ids){all, s->points.count};
        a->after = s->now;
        return PARLEY_OK;
    }
    parley_deal *view = NULL;
    sound_points after = {.count = 0};
    uint8_t *fate = NULL;
    parley_status status = imagine(&view, &after, &fate, &a->fresh, s, q, a, err);
    if (status == PARLEY_OK) {
        status = sound_outcome(&a->after, s, view, &after, err);
    }
    if (status == PARLEY_OK && (fate == NULL || !sort_fates(s, a, fate))) {
        status = sound_nomem(err);
    }
    if (status == PARLEY_OK && a->reply == PARLEY_REPLY_COMPLETE) {
        status = certain(a, s, q, view, err);
    }
    a->first_no = says_no(s, q, a);
    sound_view_free(view);
    return status;
}

parley_status sound_work_out(parley_soundings *s, parley_sounding *q, parley_error *err)
{
    parley_status status = PARLEY_OK;
    for (uint32_t i = 0; i < q->answers && status == PARLEY_OK; i++) {
        parley_sounding_answer *a = sound_answer_of(q, i);
        status = work_out_one(s, q, a, err);
        if (status == PARLEY_OK && q->step && a->reply == PARLEY_REPLY_YES) {
            status = find_eased(a, s, q, err);
        }
    }
    return status;
}
