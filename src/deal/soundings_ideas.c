/*
 * Ideas: the question whether one would do, where a party asks for something else; and which ideas
 * an answer opens, and which it ends. An idea crosses a term when no package with the idea that
 * keeps the rules satisfies the term.
 */
#include "deal/soundings_internal.h"

static parley_status crosses(bool *out, parley_soundings *s, const parley_idea *idea,
                             parley_mode mode, const parley_formula *f, parley_error *err)
{
    parley_deal *d = s->deal;
    *out = false;
    if (idea->package == NULL || !sound_usable(s, idea->package) || !sound_usable(s, f)) {
        return PARLEY_OK;
    }
    parley_arena_mark mark = parley_arena_here(d->scratch);
    const parley_term term = {.mode = mode, .formula = f};
    const space_expr *package = deal_compile(d, d->scratch, idea->package);
    const space_expr *asked = deal_term_expr(d, d->scratch, &term);
    const space_expr *never = deal_not(d->scratch, deal_both(d->scratch, package, asked));
    parley_status status = never == NULL
                               ? sound_nomem(err)
                               : space_entails(d->space, deal_set(d, d->rules_on), never, out, err);
    parley_arena_reset(d->scratch, mark);
    return status;
}

/* Does the idea cross what the answer puts in? record_only: leave out what is not on record. */
static parley_status crosses_answer(bool *out, parley_soundings *s, const parley_idea *idea,
                                    const parley_sounding_answer *a, bool record_only,
                                    parley_error *err)
{
    parley_status status = PARLEY_OK;
    *out = false;
    for (uint32_t k = 0; k < a->supposed_count && status == PARLEY_OK && !*out; k++) {
        const parley_supposed *what = &a->supposed[k];
        bool binds = what->kind == PARLEY_SUPPOSE_TERM && what->mode != PARLEY_MODE_ACCEPTS &&
                     (!record_only || what->basis == PARLEY_BASIS_RECORD);
        if (binds) {
            status = crosses(out, s, idea, what->mode, what->formula, err);
        }
    }
    return status;
}

/* Does the idea cross a term that the answer takes back? */
static parley_status crosses_taken_back(bool *out, parley_soundings *s, const parley_sounding *q,
                                        const parley_sounding_answer *a, const parley_idea *idea,
                                        parley_error *err)
{
    bool gives_up = a->without.count > 0;
    for (uint32_t k = 0; k < a->supposed_count; k++) {
        gives_up = gives_up || a->supposed[k].kind == PARLEY_SUPPOSE_GIVEN_UP;
    }
    parley_status status = PARLEY_OK;
    *out = false;
    for (uint32_t k = 0; k < q->terms.count && gives_up && status == PARLEY_OK && !*out; k++) {
        const parley_term *term =
            parley_terms_at(parley_deal_terms(s->deal), (uint32_t)q->terms.at[k]);
        if (term->mode != PARLEY_MODE_ACCEPTS) {
            status = crosses(out, s, idea, term->mode, term->formula, err);
        }
    }
    return status;
}

static parley_status judge(bool *opens, bool *falls, parley_soundings *s, const parley_sounding *q,
                           const parley_sounding_answer *a, const parley_idea *idea,
                           parley_error *err)
{
    /* to a softer form the new words are the answer; they end nothing the old words let be */
    bool softens = a->reply == PARLEY_REPLY_WORRY ||
                   (q->kind == PARLEY_SOUNDING_SOFTER && a->reply == PARLEY_REPLY_YES);
    bool against = false;
    *opens = false;
    *falls = false;
    parley_status status = crosses_answer(&against, s, idea, a, false, err);
    if (status == PARLEY_OK && against && !softens) {
        return crosses_answer(falls, s, idea, a, true, err);
    }
    if (status != PARLEY_OK || against) {
        return status;
    }
    if (q->step && a->reply == PARLEY_REPLY_YES) { /* does it use the step? */
        return crosses(opens, s, idea, PARLEY_MODE_REFUSES, q->formula, err);
    }
    return crosses_taken_back(opens, s, q, a, idea, err);
}

/* --------------------------------------------------------------- questions */

/* The parts of an idea that speak of what the term speaks of, and the rest (NULL: none). */
static parley_status split(parley_soundings *s, const parley_formula *whole,
                           const parley_formula *about, const parley_formula **here,
                           const parley_formula **rest, parley_error *err)
{
    const parley_formula *const one[1] = {whole};
    bool parts = whole->kind == PARLEY_F_AND;
    const parley_formula *const *part = parts ? whole->arg : one;
    *here = NULL;
    *rest = NULL;
    for (uint32_t k = 0; k < (parts ? whole->count : 1); k++) {
        const parley_formula **to = sound_shares(s, part[k], about) ? here : rest;
        *to = *to == NULL ? part[k] : sound_and(s, *to, part[k]);
        if (*to == NULL) {
            return sound_nomem(err);
        }
    }
    if (*here == NULL) {
        *here = whole;
        *rest = NULL;
    }
    return PARLEY_OK;
}

/* A concern that the idea meets: of this party, else of anybody; -1: none. */
static int32_t concern_of(const parley_soundings *s, const parley_idea *idea, int32_t party)
{
    const parley_ids *const lists[2] = {&idea->whole_of, &idea->part_of};
    int32_t other = -1;
    for (int l = 0; l < 2; l++) {
        for (uint32_t k = 0; k < lists[l]->count; k++) {
            int32_t concern = lists[l]->at[k];
            if (parley_case_concern(s->c, concern)->party == party) {
                return concern;
            }
            other = other < 0 ? concern : other;
        }
    }
    return other;
}

/* Would the idea do, where the party asks for something else (or refuses what the idea has)? */
static parley_status ask_idea(parley_soundings *s, int32_t number, int32_t t, parley_error *err)
{
    const parley_idea *idea = parley_ideas_at(s->ideas, (uint32_t)number);
    const parley_term *term = parley_terms_at(parley_deal_terms(s->deal), (uint32_t)t);
    parley_sounding at = {.party = term->party};
    if (term->basis == PARLEY_BASIS_READING || term->mode == PARLEY_MODE_ACCEPTS ||
        term->rung <= PARLEY_RUNG_RED_TESTED || sound_names_kept_out(s, term->formula) ||
        !sound_usable(s, idea->formula) || sound_names_kept_out(s, idea->formula)) {
        return PARLEY_OK;
    }
    if (!sound_points_of(s, &at, &t, 1)) {
        return sound_nomem(err);
    }
    if (at.points.count == 0) {
        return PARLEY_OK;
    }
    parley_sounding *q = sound_add(s, PARLEY_SOUNDING_SOFTER, term->party, 2);
    int32_t *own = parley_arena_alloc(s->arena, sizeof(*own));
    const char **hidden =
        parley_arena_array(s->arena, (size_t)idea->credits.count + 1, sizeof(*hidden));
    if (q == NULL || own == NULL || hidden == NULL) {
        return sound_nomem(err);
    }
    *own = t;
    q->idea = number;
    q->term = t;
    q->terms = (parley_ids){own, 1};
    q->points = at.points;
    q->quarrel = at.quarrel;
    q->stands = term->rung;
    q->concern = concern_of(s, idea, q->party);
    for (uint32_t k = 0; k < idea->credits.count; k++) {
        const parley_record *record = &parley_case_claim(s->c, idea->credits.at[k])->record;
        if (!sound_may_see(s, q->party, record)) {
            hidden[q->reveals.count++] = record->id;
        }
    }
    if (q->concern >= 0 && idea->credits.count == 0) { /* ours, from what somebody worries about */
        const parley_concern *row = parley_case_concern(s->c, q->concern);
        if (row->party != q->party && !sound_may_see(s, q->party, &row->record)) {
            hidden[q->reveals.count++] = row->record.id;
        }
    }
    q->reveals.at = hidden;
    parley_status status = split(s, idea->formula, term->formula, &q->formula, &q->given, err);
    parley_sounding_answer *yes = sound_answer_of(q, 0);
    parley_sounding_answer *no = sound_answer_of(q, 1);
    parley_supposed *softer = sound_suppose(s, yes, 2);
    parley_supposed *refused = sound_suppose(s, no, 1);
    const parley_formula *eased = sound_eased(s, term, idea->formula);
    if (softer == NULL || refused == NULL || eased == NULL) {
        return sound_nomem(err);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    yes->reply = PARLEY_REPLY_YES;
    softer[0] = (parley_supposed){.kind = PARLEY_SUPPOSE_GIVEN_UP,
                                  .party = term->party,
                                  .mode = term->mode,
                                  .formula = term->formula,
                                  .response = -1};
    softer[1] = (parley_supposed){.kind = PARLEY_SUPPOSE_TERM,
                                  .party = term->party,
                                  .mode = term->mode,
                                  .formula = eased,
                                  .rung = term->rung,
                                  .basis = term->basis,
                                  .firmness = term->firmness,
                                  .response = -1};
    no->reply = PARLEY_REPLY_NO;
    refused[0] = (parley_supposed){.kind = PARLEY_SUPPOSE_TERM,
                                   .party = term->party,
                                   .mode = PARLEY_MODE_REFUSES,
                                   .formula = idea->formula,
                                   .rung = PARLEY_RUNG_POSITIONS,
                                   .basis = PARLEY_BASIS_RECORD,
                                   .firmness = PARLEY_FIRMNESS_POSITION,
                                   .response = -1};
    return PARLEY_OK;
}

/* Is the idea, on this term, the step that is asked about already? */
static bool is_the_step(const parley_soundings *s, const parley_idea *idea, int32_t t)
{
    for (uint32_t i = 0; i < s->count; i++) {
        const parley_sounding *q = s->found[i];
        if (q->kind == PARLEY_SOUNDING_SOFTER && q->idea < 0 && q->term == t &&
            parley_formula_equal(q->formula, idea->formula)) {
            return true;
        }
    }
    return false;
}

parley_status sound_find_ideas(parley_soundings *s, parley_error *err)
{
    if (!s->options.ideas) {
        return PARLEY_OK;
    }
    parley_ideas_options options = PARLEY_IDEAS_OPTIONS_INIT;
    options.no_nearest = true; /* nobody is asked about a whole package */
    parley_status status = parley_ideas_new(&s->ideas, s->ctx, s->c, s->deal, &options, err);
    uint32_t ideas = status == PARLEY_OK ? parley_ideas_size(s->ideas) : 0;
    for (uint32_t n = 0; n < ideas && status == PARLEY_OK; n++) {
        const parley_idea *idea = parley_ideas_at(s->ideas, n);
        for (uint32_t k = 0; k < idea->crosses.count && status == PARLEY_OK; k++) {
            if (idea->formula != NULL && idea->pattern != PARLEY_PATTERN_STAGE &&
                idea->pattern != PARLEY_PATTERN_SUNSET &&
                !is_the_step(s, idea, idea->crosses.at[k])) {
                status = ask_idea(s, (int32_t)n, idea->crosses.at[k], err);
            }
        }
    }
    return status;
}

parley_status sound_ideas(parley_soundings *s, parley_error *err)
{
    parley_status status = PARLEY_OK;
    uint32_t ideas = parley_ideas_size(s->ideas);
    for (uint32_t i = 0; i < s->size && ideas > 0 && status == PARLEY_OK; i++) {
        parley_sounding *q = s->ranked[i];
        for (uint32_t k = 0; k < q->answers && status == PARLEY_OK; k++) {
            parley_sounding_answer *a = sound_answer_of(q, k);
            int32_t *opens = parley_arena_array(s->arena, ideas, sizeof(*opens));
            int32_t *falls = parley_arena_array(s->arena, ideas, sizeof(*falls));
            if (opens == NULL || falls == NULL) {
                return sound_nomem(err);
            }
            for (uint32_t n = 0; n < ideas && a->known && status == PARLEY_OK; n++) {
                bool open = false;
                bool fall = false;
                status = judge(&open, &fall, s, q, a, parley_ideas_at(s->ideas, n), err);
                if (open) {
                    opens[a->ideas_open.count++] = (int32_t)n;
                }
                if (fall) {
                    falls[a->ideas_fall.count++] = (int32_t)n;
                }
            }
            a->ideas_open.at = opens;
            a->ideas_fall.at = falls;
        }
    }
    return status;
}
