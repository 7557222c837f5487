/*
 * Inside the room "report": what the page "timeline" says, gathered once for text and JSON.
 */
#ifndef PARLEY_REPORT_TIMELINE_PAGE_H
#define PARLEY_REPORT_TIMELINE_PAGE_H

#include "report/moves_page.h"

typedef enum timeline_kind {
    TIMELINE_CLAIM,
    TIMELINE_RESPONSE, /* an answer that no claim stands behind */
    TIMELINE_PROPOSAL, /* tabled, and no claim says so */
    TIMELINE_LEVER,    /* a state of a lever, with the claim that tells it */
    TIMELINE_MEETING,
    TIMELINE_FIGURE,
    TIMELINE_INCIDENT
} timeline_kind;

typedef struct timeline_entry {
    timeline_kind kind;
    int32_t row;   /* of its kind */
    uint32_t part; /* LEVER: which state */
    parley_date date;
    int32_t claim;    /* -1 */
    int32_t response; /* that a claim stands behind; -1 */
    int32_t proposal; /* that a claim tables; -1 */
} timeline_entry;

/* What was learned on one day from one source, of what is shown. */
typedef struct timeline_learned {
    parley_date date;
    int32_t source; /* -1: no source given */
    uint32_t entries;
    bool all; /* everything shown from this source */
} timeline_learned;

typedef struct timeline_view {
    const parley_timeline_page *page;
    parley_arena *arena;
    moves_view moves;        /* with the dispute on two days: only for positions */
    parley_moves *own_moves; /* else only these */
    timeline_entry *entry;   /* in order of happening */
    uint32_t entries;
    int32_t *first_move; /* by claim: index of a move that leads to it, -1 none */
    int32_t *next_move;  /* by move: another one to the same claim */
    timeline_learned *learned;
    uint32_t learned_count;
} timeline_view;

parley_status timeline_view_make(timeline_view *view, parley_ctx *ctx,
                                 const parley_timeline_page *page,
                                 parley_error *err) PARLEY_MUST_CHECK;
void timeline_view_end(timeline_view *view);
/* The first entry that is shown: so many earlier ones are left out. */
uint32_t timeline_first(const timeline_view *view);
/* The order of happening for people: a vague date stands where it belongs. */
int timeline_compare_dates(parley_date a, parley_date b);
const parley_moves *timeline_moves(const timeline_view *view);
/* The first move that leads to an entry, or the one after `last` (NULL: the first); NULL: none. */
const parley_move *timeline_move(const timeline_view *view, const timeline_entry *entry,
                                 int32_t *at);

/* ---- timeline_positions.c ---- */

/* Positions on the first day and now, side by side. */
parley_status timeline_positions(parley_screen *s, parley_ctx *ctx, const timeline_view *view,
                                 parley_error *err) PARLEY_MUST_CHECK;
parley_status timeline_positions_json(parley_json *j, parley_ctx *ctx, const timeline_view *view,
                                      parley_error *err) PARLEY_MUST_CHECK;

#endif
