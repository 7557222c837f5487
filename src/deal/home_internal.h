/*
 * Inside the room "deal": what constituencies hold packages to, as constraints of an analysis.
 */
#ifndef PARLEY_DEAL_HOME_INTERNAL_H
#define PARLEY_DEAL_HOME_INTERNAL_H

#include "deal/deal_internal.h"
#include <parley/home.h>

typedef struct home_entry {
    parley_home_term term;
    uint32_t keeps;   /* constraint: the package lets it hold; DEAL_NO_CONSTRAINT if not counted */
    uint32_t crosses; /* constraint: the package does not */
} home_entry;

struct parley_home {
    parley_ctx *ctx;
    parley_deal *d;
    const parley_case *c;
    parley_arena *arena;
    parley_date day;
    parley_ids constituencies;
    home_entry *entry;
    uint32_t entries;
    uint32_t room;
    parley_home_poll *poll;
    uint32_t polls;
    int32_t *found;   /* terms of a verdict */
    uint32_t words;   /* of a set of constraints, once all are added */
    uint64_t *on;     /* scratch: a set */
    uint64_t **clamp; /* scratch: a package, by variable */
};

/* The constituency a row speaks of: itself, or the one it says more on. */
static inline int32_t home_root(const parley_case *c, int32_t row)
{
    int32_t more_on = parley_case_constituency(c, row)->more_on;
    return more_on >= 0 ? more_on : row;
}

/* ---- home.c ---- */
/* Room for one more term, zeroed; NULL: out of memory. */
home_entry *home_push(parley_home *h);
parley_status home_nomem(parley_error *err);

/* ---- home_polls.c ---- */
/* Ages and states of all polls, and a term for each threshold that the newest one misses. */
parley_status home_read_polls(parley_home *h, parley_error *err) PARLEY_MUST_CHECK;

#endif
