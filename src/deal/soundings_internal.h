/*
 * Inside the room "deal": soundings (parley/soundings.h) while they are found, answered and ranked.
 */
#ifndef PARLEY_DEAL_SOUNDINGS_INTERNAL_H
#define PARLEY_DEAL_SOUNDINGS_INTERNAL_H

#include "deal/deal_internal.h"
#include <parley/soundings.h>

/* What a term says, whoever reported it: terms of two analyses are compared by it. */
typedef struct sound_key {
    int32_t party;
    parley_mode mode;
    const parley_formula *normal;
    int32_t reading; /* -1: words */
} sound_key;

/* A sticking point for comparison: the same set with readings told apart, and without. */
typedef struct sound_point {
    parley_ids terms;
    uint32_t *exact;   /* keys, ascending */
    uint32_t *meaning; /* keys as if every term were words, ascending */
    parley_basis basis;
} sound_point;

typedef struct sound_points {
    sound_point *at;
    uint32_t count;
    uint32_t room;
    bool complete;
} sound_points;

/* A constraint that an answer added to the space; kept for answers that say the same. */
typedef struct sound_extra {
    bool refuses;
    const parley_formula *formula;
    uint32_t constraint;
} sound_extra;

struct parley_soundings {
    parley_ctx *ctx;
    const parley_case *c;
    parley_deal *deal;
    parley_terms_options terms;
    parley_soundings_options options;
    parley_arena *arena;
    parley_rung rung;
    size_t words;   /* 64-bit words of a set of issues */
    uint64_t *bits; /* two such sets, to compare with */

    parley_outcome now;
    sound_points points;
    uint32_t *quarrel; /* by point: how many points hang together with it */
    uint32_t on_readings;
    uint32_t never_put;

    sound_key *key;
    uint32_t keys;
    uint32_t key_room;
    sound_extra *extra;
    uint32_t extras;
    uint32_t extra_room;

    parley_sounding **found; /* in the order of the file */
    uint32_t count;
    uint32_t room;
    parley_sounding **ranked;
    uint32_t size;
    uint32_t analyses;
    bool cut;
    parley_ideas *ideas;
};

parley_status sound_nomem(parley_error *err);

/* ---- soundings_words.c: formulas and what was said about them ---- */

/* The one issue a formula is about, if no answer stands in it and the issue is counted; else -1. */
int32_t sound_issue(const parley_soundings *s, const parley_formula *f);
/* Does f, about this issue alone, hold for value v? */
bool sound_holds(const parley_soundings *s, const parley_formula *f, int32_t issue, int64_t v);
/* Does a term about this issue alone let value v be? */
bool sound_allows(const parley_soundings *s, const parley_term *term, int32_t issue, int64_t v);
/* Can the analysis count f: counted issues only, and no unknown answer but those it knows? */
bool sound_usable(const parley_soundings *s, const parley_formula *f);
/* Is value v of the issue kept out of ideas by a flag that nobody has lifted? */
bool sound_kept_out(const parley_soundings *s, int32_t issue, int64_t v);
/* Does f name an option that is kept out? */
bool sound_names_kept_out(const parley_soundings *s, const parley_formula *f);
/* Formulas in s->arena, in normal form; NULL: out of memory. */
const parley_formula *sound_value(parley_soundings *s, int32_t issue, int64_t v);
const parley_formula *sound_not(parley_soundings *s, const parley_formula *f);
const parley_formula *sound_or(parley_soundings *s, const parley_formula *const *f, uint32_t count);
const parley_formula *sound_and(parley_soundings *s, const parley_formula *a,
                                const parley_formula *b);
/* Has f an issue in common with g? */
bool sound_shares(parley_soundings *s, const parley_formula *f, const parley_formula *g);
/* Does this id stand among those set aside? */
bool sound_set_aside(const parley_soundings *s, const char *id);
/* Was the claim made by the date looked at, and not set aside? */
bool sound_claim_counts(const parley_soundings *s, int32_t claim);
bool sound_response_counts(const parley_soundings *s, int32_t response);
bool sound_claim_by(const parley_claim *claim, int32_t party);
/* Has the party said anything in a formula, or been put a proposal, about an issue of f? */
bool sound_spoke(parley_soundings *s, int32_t party, const parley_formula *f);
/* Has anybody named this option in a formula, apart from our readings? */
bool sound_named(parley_soundings *s, int32_t issue, int64_t v);
bool sound_may_see(const parley_soundings *s, int32_t party, const parley_record *record);
/* The ids that a question from these terms of others would give away to a party. */
parley_status sound_reveals(parley_texts *out, parley_soundings *s, int32_t party,
                            const int32_t *terms, uint32_t count, int32_t concern,
                            parley_error *err);

/* ---- soundings_find.c, soundings_more.c: questions ---- */
/* A question more, with room for so many answers (in order, all `known`, nothing supposed). */
parley_sounding *sound_add(parley_soundings *s, parley_sounding_kind kind, int32_t party,
                           uint32_t answers);
parley_sounding_answer *sound_answer_of(parley_sounding *q, uint32_t i);
/* An array of suppositions or ids in the arena for an answer; NULL: out of memory. */
parley_supposed *sound_suppose(parley_soundings *s, parley_sounding_answer *a, uint32_t count);
bool sound_without(parley_soundings *s, parley_sounding_answer *a, const char *id);
/* What a term asks once it also lets f be; NULL: out of memory. */
const parley_formula *sound_eased(parley_soundings *s, const parley_term *term,
                                  const parley_formula *f);
/* The points that hold any of these terms. */
bool sound_points_of(parley_soundings *s, parley_sounding *q, const int32_t *terms, uint32_t count);
parley_status sound_find_readings(parley_soundings *s, parley_error *err);
parley_status sound_find_softer(parley_soundings *s, parley_error *err);
parley_status sound_find_lines(parley_soundings *s, parley_error *err);
parley_status sound_find_lists(parley_soundings *s, parley_error *err);
parley_status sound_find_which(parley_soundings *s, parley_error *err);
parley_status sound_find_confirm(parley_soundings *s, parley_error *err);

/* ---- soundings_answer.c: what an answer changes ---- */
/* Sticking points of an analysis at s->rung, in the arena of the analysis. */
parley_status sound_gather(sound_points *out, parley_soundings *s, parley_deal *deal,
                           parley_arena *arena, parley_error *err);
parley_status sound_outcome(parley_outcome *out, parley_soundings *s, parley_deal *deal,
                            const sound_points *points, parley_error *err);
/* Fill in the answers of a question. */
parley_status sound_work_out(parley_soundings *s, parley_sounding *q, parley_error *err);

/* ---- soundings_ideas.c ---- */
/* The ideas of the case, where they are asked for, and the questions whether one would do. */
parley_status sound_find_ideas(parley_soundings *s, parley_error *err);
/* What becomes of the ideas of the case with each answer of the ranked questions. */
parley_status sound_ideas(parley_soundings *s, parley_error *err);

/* ---- soundings_view.c: the analysis as it would be ---- */
/*
 * An analysis of the same issues with other terms, over the space of the first: release it with
 * sound_view_free, not later than the first. Nothing is known of what is open on it
 * (parley_deal_open), nor of what is flagged.
 */
parley_status sound_view(parley_deal **out, parley_soundings *s, const parley_supposed *supposed,
                         uint32_t supposed_count, parley_texts without, parley_error *err);
void sound_view_free(parley_deal *view);

#endif
