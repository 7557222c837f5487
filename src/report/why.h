/*
 * Inside the room "report": what `parley why` was asked about, found in the case.
 */
#ifndef PARLEY_REPORT_WHY_H
#define PARLEY_REPORT_WHY_H

#include "report/sticking.h"

#include <parley/moves.h>
#include <parley/screens.h>

typedef struct why_found {
    const char
        *kind;     /* claim, reading, term, rung, sticking point, party, issue, proposal, concern */
    int32_t claim; /* the claim itself; -1 */
    int32_t concern;  /* -1 */
    int32_t proposal; /* -1 */
    int32_t rule;     /* -1 */
    bool desk;        /* a candidate, an incident or a lever: `also` is what it leans on */
    int32_t *term;    /* terms to trace, in ladder order */
    uint32_t terms;
    int32_t *also; /* claims that bind nothing, to show after them */
    uint32_t alsos;
    sticking_points points; /* where the ladder empties */
    bool *shown;            /* by claim: it stands on the page already */
    parley_moves *moves;    /* set by the page: which shifts are to be confirmed */
    uint64_t *bits;         /* scratch: two sets of issues */
    size_t words;           /* of one of them */
} why_found;

/* NOTFOUND with what exists; SYNTAX, INVALID for a formula; NOMEM. All in the arena. */
parley_status why_find(why_found *out, parley_ctx *ctx, const parley_why_page *page,
                       parley_arena *arena, parley_error *err) PARLEY_MUST_CHECK;

/* Different originals among a term's claims, those that only repeat another left out. */
uint32_t why_originals(const parley_case *c, const parley_term *term);
/* Claims that take claim i out, in file order: the first from `from` on, or -1. */
int32_t why_replaced_by(const parley_case *c, int32_t claim, int32_t from);
/* Does a concern of the term's party speak about an issue of the term? */
bool why_behind(const why_found *found, const parley_concern *concern, const parley_term *term);

#endif
