/*
 * Inside the room "report": what the status page says, gathered once for text and JSON.
 */
#ifndef PARLEY_REPORT_STATUS_PAGE_H
#define PARLEY_REPORT_STATUS_PAGE_H

#include "report/sticking.h"
#include "report/wording.h"

#include <parley/moves.h>
#include <parley/screens.h>
#include <parley/soundings.h>

/* A party's answer to a proposal: a response, or none; and what else it holds, as positions. */
typedef struct status_answer {
    int32_t party;
    int32_t response; /* -1: no answer typed */
} status_answer;

typedef struct status_proposal {
    int32_t proposal;
    status_answer *answer;
    uint32_t answers;
} status_proposal;

#define STATEMENTS_MOST 4 /* of a party */

/* What one party said that still stands, the latest of it. */
typedef struct status_spoken {
    int32_t chosen[STATEMENTS_MOST]; /* claims, in file order */
    uint32_t count;
    uint32_t all;
    bool beside; /* it spoke together with another party, on whose line that stands */
} status_spoken;

/* How one track, or tracks tied together, ends. */
typedef struct status_group {
    parley_ids tracks;
    uint32_t issues;
    int dies_at;
    int last;
    parley_count left; /* at the last rung that holds something */
} status_group;

struct parley_status_page {
    parley_ctx *ctx;
    const parley_case *c;
    const char *path;
    parley_arena *arena;
    parley_deal *deal;
    parley_moves *moves;
    parley_positions *positions;
    bool *own; /* by position: a line of its own */

    status_spoken *spoken; /* by party */
    status_proposal *proposal;
    uint32_t proposals;
    status_group *group; /* the first is the main one */
    uint32_t groups;
    sticking_points sticking;
    parley_soundings *soundings; /* the first question; NULL when it would take too long to know */
    parley_date first_date;      /* the earliest day the case knows; form UNKNOWN: one day only */
    bool *dispute_first;         /* by issue */
    bool *dispute_now;
    bool *dispute_shaky; /* in dispute again if what is to be confirmed is left out */
    uint32_t originals;  /* sources that are somebody's own, not a repetition */
    uint32_t on_record;
    uint32_t reported;
};

/* Is position i worth a line beside an answer to a proposal: binding, open to, or a refusal in
 * words? */
bool status_is_worth_saying(const parley_position *p);
/* Is it the same claim as the response, or a repetition of an earlier entry? */
bool status_said(const parley_status_page *page, uint32_t position, int32_t response);
/* What other pages need of it. */
typedef struct status_extent {
    bool whole;    /* not set: the analysis, positions, moves, and who answered how; no more */
    int32_t party; /* positions and moves of one party alone; -1: of all, as the whole needs them */
} status_extent;
parley_status status_page_make(parley_status_page **out, parley_ctx *ctx, const parley_case *c,
                               const char *path, status_extent extent,
                               parley_error *err) PARLEY_MUST_CHECK;
/* Fill page->spoken. */
parley_status status_gather_spoken(parley_status_page *page, parley_error *err) PARLEY_MUST_CHECK;
/* Is a shift to be confirmed, as long as nobody firmer has said what came instead? */
bool status_to_confirm(const parley_moves *moves, const parley_shift *shift);
/* Was what came instead, on the same issue, told with a shift before this one? */
bool status_told_already(const parley_terms *terms, uint32_t i);
/* The claims of a shift and of those that ended in the same words: "b1 b2 > b5, to confirm". */
const char *status_shift_ids(parley_screen *s, const parley_case *c, const parley_terms *terms,
                             const parley_moves *moves, uint32_t i);
/* What a claim says about an issue, in few words. */
const char *status_said_on(parley_screen *s, const parley_case *c, int32_t claim, int32_t issue);
/* Has the party said anything of its own about the issue? */
bool status_known(const parley_status_page *page, int32_t party, int32_t issue);

#endif
