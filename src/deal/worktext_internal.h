/*
 * Inside the room "deal": a working text under construction.
 *
 * Each version has an analysis of its own, to whose space the parts, what they exclude, and what
 * terms exclude are added as constraints, so that every question is one of existence under rules.
 */
#ifndef PARLEY_DEAL_WORKTEXT_INTERNAL_H
#define PARLEY_DEAL_WORKTEXT_INTERNAL_H

#include "deal/deal_internal.h"
#include <parley/worktext.h>

typedef struct text_look {
    parley_deal *d;
    uint32_t *part_on;  /* constraint of each part; DEAL_NO_CONSTRAINT if not exact */
    uint32_t *part_off; /* the opposite; DEAL_NO_CONSTRAINT if the rules leave no such package */
    uint32_t *term_off; /* the opposite of each term */
    uint32_t words;     /* of on */
    uint64_t *on;
    uint64_t **support; /* by variable: values that the whole text leaves */
    bool empty;         /* the whole text leaves no package */
} text_look;

struct parley_worktext {
    parley_ctx *ctx;
    const parley_case *c;
    parley_arena *arena;
    parley_terms_options terms;
    parley_text_version *version;
    text_look *look;
    uint32_t versions;
    int32_t later;
    parley_ids others;
    parley_text_move *move;
    uint32_t moves;
    parley_text_change *next_change;
    uint32_t next_changes;
};

/* A growing list in the arena. */
typedef struct text_list {
    int32_t *at;
    uint32_t count;
    uint32_t room;
} text_list;
/* Add one, unless it is there; false: out of memory. */
bool text_push(parley_worktext *w, text_list *list, int32_t one);
static inline parley_ids text_ids(const text_list *list)
{
    return (parley_ids){list->at, list->count};
}

parley_status text_nomem(parley_error *err);

/* ---- worktext_space.c: questions of one version ---- */
/* Begin a set with the rules of the version; ids are switched on by text_on. */
parley_status text_rules(parley_worktext *w, text_look *look, parley_error *err) PARLEY_MUST_CHECK;
static inline void text_on(text_look *look, uint32_t constraint)
{
    if (constraint != DEAL_NO_CONSTRAINT) {
        deal_switch_on(look->on, constraint);
    }
}
/* Is there a package under what is switched on? */
parley_status text_some(text_look *look, bool *out, parley_error *err) PARLEY_MUST_CHECK;
/* Are there packages that the rules allow with all of these (DEAL_NO_CONSTRAINT: leave out)? */
parley_status text_some_of(parley_worktext *w, text_look *look, uint32_t a, uint32_t b, bool *out,
                           parley_error *err) PARLEY_MUST_CHECK;
/* Add a formula, and its opposite where off is not NULL. */
parley_status text_add(text_look *look, const parley_formula *f, uint32_t *on, uint32_t *off,
                       parley_error *err) PARLEY_MUST_CHECK;
/* "issue takes one of these values" (bits by value) as a constraint. */
parley_status text_add_values(text_look *look, int32_t issue, const uint64_t *values, uint32_t *on,
                              parley_error *err) PARLEY_MUST_CHECK;
/* Values that occur under what is switched on, by variable, into arrays of the arena. */
parley_status text_support(parley_worktext *w, text_look *look, uint64_t ***out,
                           parley_error *err) PARLEY_MUST_CHECK;
/* Do its values stand in an order in which steps can be counted? */
bool text_ordered(const parley_issue *issue);
/* How far the nearest of b is from a, in values, upwards positive; 0 when they meet. Both not
 * empty. */
int64_t text_distance(const uint64_t *a, const uint64_t *b, uint32_t values);
/* Values of a bit set. */
parley_status text_values(parley_worktext *w, const uint64_t *bits, uint32_t values,
                          parley_ids *out, parley_error *err) PARLEY_MUST_CHECK;
/* Does the term count at all: about counted issues, and possible under the rules? */
bool text_counts(const text_look *look, uint32_t term);

/* ---- worktext.c ---- */
/* The last answer of a party to a proposal by a day; -1: none. */
int32_t text_answer(const parley_worktext *w, int32_t party, int32_t proposal, parley_date until);

/* ---- worktext_change.c, worktext_steps.c, worktext_next.c ---- */
parley_status text_changes(parley_worktext *w, uint32_t v, parley_error *err) PARLEY_MUST_CHECK;
/* The next version, as constraints of the last one's space, against the last one. */
parley_status text_next_changes(parley_worktext *w, const uint32_t *chosen, uint32_t count,
                                uint64_t **support, parley_error *err) PARLEY_MUST_CHECK;
parley_status text_steps(parley_worktext *w, uint32_t v, parley_error *err) PARLEY_MUST_CHECK;
parley_status text_next(parley_worktext *w, parley_error *err) PARLEY_MUST_CHECK;

#endif
