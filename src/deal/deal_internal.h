/*
 * Inside the room "deal": an analysis. A space (space.h) has one variable for each counted issue,
 * then one projected variable for each answer nobody knows ("party accepts proposal"); rules and
 * terms are its constraints, switched on rung by rung.
 */
#ifndef PARLEY_DEAL_INTERNAL_H
#define PARLEY_DEAL_INTERNAL_H

#include "deal/space.h"
#include <parley/deal.h>

#define DEAL_NO_CONSTRAINT UINT32_MAX

typedef struct deal_answer {
    int32_t party;
    int32_t proposal;
} deal_answer;

/* An issue with more values than its range has: value v is number v - below of the range. */
typedef struct deal_width {
    uint32_t below;
    uint32_t values; /* 0: the issue's own */
} deal_width;

struct parley_deal {
    parley_ctx *ctx;
    const parley_case *c;
    parley_arena *arena;
    parley_terms *terms;
    space *space;

    parley_rung up_to;
    uint8_t *why_not;    /* by issue: parley_not_counted */
    int32_t *variable;   /* by issue: variable, or -1 */
    int32_t *issue;      /* by variable: issue */
    uint32_t counted;    /* number of counted issues */
    uint32_t variables;  /* with the projected ones */
    deal_answer *answer; /* projected variables, counted .. variables - 1 */
    uint32_t answers;
    const deal_answer *asked; /* while a query is compiled: unknown answers that only it mentions */
    uint32_t asked_count;
    uint32_t asked_yes; /* bit i: take asked[i] as yes */

    const deal_width *wide; /* by issue, while formulas are compiled for a wider space; else NULL */

    parley_ids tracks;
    parley_ids other_tracks;
    parley_ids must_agree;
    uint32_t *term_constraint; /* by term, or DEAL_NO_CONSTRAINT when set aside */
    uint32_t *rule_constraint; /* by rule */
    uint32_t kept_out;         /* constraint "no flag keeps it out", or DEAL_NO_CONSTRAINT */
    uint32_t words;            /* of a set of constraints */
    uint64_t *rules_on;
    uint64_t
        *rung_on[PARLEY_RUNG_COUNT]; /* all that binds on this rung: rules and firmer rungs too */

    parley_count total;
    parley_ladder_rung rung[PARLEY_RUNG_COUNT];
    int dies_at;
    int last;
    uint64_t **support; /* by variable */
    parley_count usable;
    parley_arena *scratch; /* of one verdict */
};

/* ---- compile.c ---- */
/* Can every issue of f be counted here? */
bool deal_countable(const parley_deal *d, const parley_formula *f);
/* Does f mention an answer that nobody knows? */
bool deal_unknown(const parley_deal *d, const parley_formula *f);
/* The formula as an expression over the space; in d->arena or scratch. NULL: out of memory. */
const space_expr *deal_compile(const parley_deal *d, parley_arena *arena, const parley_formula *f);
/*
 * A query, which may mention answers that nothing of the analysis mentions: how it comes out
 * whatever they are (all), or for some of them. Made in d->scratch. LIMIT: too many such answers;
 * NOMEM.
 */
parley_status deal_compile_query(parley_deal *d, const parley_formula *f, bool all,
                                 const space_expr **out, parley_error *err) PARLEY_MUST_CHECK;
/* "No flag that stands keeps it out", or NULL when there is none (or out of memory). */
const space_expr *deal_keep_out(const parley_deal *d, parley_arena *arena);
const space_expr *deal_not(parley_arena *arena, const space_expr *e);
const space_expr *deal_both(parley_arena *arena, const space_expr *a, const space_expr *b);
/* What a term demands of a package: F when required or accepted, not F when refused. */
const space_expr *deal_term_expr(const parley_deal *d, parley_arena *arena,
                                 const parley_term *term);

/* ---- ladder.c ---- */
parley_status deal_climb(parley_deal *d, parley_error *err) PARLEY_MUST_CHECK;
/* Packages that satisfy the constraints switched on and e (NULL: out of memory). */
parley_status deal_count_expr(parley_deal *d, const uint64_t *on, const space_expr *e,
                              parley_count *out, parley_error *err) PARLEY_MUST_CHECK;

space_set deal_set(const parley_deal *d, const uint64_t *bits);
parley_status deal_nomem(parley_error *err);

static inline void deal_switch_on(uint64_t *bits, uint32_t id)
{
    bits[id / 64] |= UINT64_C(1) << (id % 64);
}

#endif
