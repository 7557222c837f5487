/*
 * Inside the room "report": sticking points gathered for a page.
 */
#ifndef PARLEY_REPORT_STICKING_H
#define PARLEY_REPORT_STICKING_H

#include <parley/deal.h>

/* A minimal set of terms that cannot hold together. */
typedef struct sticking_set {
    int32_t *term;
    uint32_t terms;
    parley_basis basis; /* weakest of its terms: record, reported, reading */
    int32_t issue;      /* the issue most of its terms mention; the first of them on a tie */
    parley_ids rules;   /* through which they clash; filled by sticking_find_rules */
} sticking_set;

typedef struct sticking_points {
    sticking_set *set; /* smallest first */
    uint32_t count;
    bool complete; /* these are all of them */
} sticking_points;

/*
 * At most `most` sets of terms on `rung` or firmer, in the arena. A limit reached on the way leaves
 * what was found, not complete. CANCELLED, NOMEM.
 */
parley_status sticking_gather(sticking_points *out, parley_deal *deal, const parley_case *c,
                              parley_arena *arena, parley_rung rung, uint32_t most,
                              parley_error *err) PARLEY_MUST_CHECK;

/* Fill `rules` of the first `most` sets. */
parley_status sticking_find_rules(sticking_points *points, parley_deal *deal, const parley_case *c,
                                  parley_arena *arena, uint32_t most,
                                  parley_error *err) PARLEY_MUST_CHECK;

#endif
