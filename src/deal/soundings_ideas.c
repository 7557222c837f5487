/*
 * Ideas and answers: which ideas an answer opens, and which it ends. An idea crosses a term when no
 * package with the idea that keeps the rules satisfies the term.
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

parley_status sound_ideas(parley_soundings *s, parley_error *err)
{
    parley_status status = parley_ideas_new(&s->ideas, s->ctx, s->c, s->deal, NULL, err);
    uint32_t ideas = status == PARLEY_OK ? parley_ideas_size(s->ideas) : 0;
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
