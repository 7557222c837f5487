/*
 * Inside the room "report": bridges gathered for a page, for text and JSON alike.
 */
#ifndef PARLEY_REPORT_BRIDGES_PAGE_H
#define PARLEY_REPORT_BRIDGES_PAGE_H

#include <parley/screens.h>

typedef struct bridge_list {
    parley_bridge *at; /* in the arena, with all they point at */
    uint32_t count;
    uint32_t first;   /* number of the first one: 1, or the one asked for */
    uint32_t known;   /* so many there are at least */
    bool complete;    /* and these are all */
    bool none_needed; /* packages are left at the rung */
    parley_rung rung;
    bool counted; /* is there anything to count? */
} bridge_list;

/* Fills the list. A limit on the way leaves what was found, not complete. CANCELLED, NOMEM;
 * NOTFOUND for a number past the last bridge. */
parley_status bridges_gather(bridge_list *out, parley_arena *arena, parley_ctx *ctx,
                             const parley_bridges_page *page, parley_error *err) PARLEY_MUST_CHECK;

/* Does a change say that a party moves? */
bool bridges_moves(const parley_change *change);

#endif
