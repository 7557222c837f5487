/*
 * Shared by the files that put a part of a case together: the claims fetched so far, and how more
 * are fetched. Not for other parts of the room.
 */
#ifndef PARLEY_STORE_PART_INTERNAL_H
#define PARLEY_STORE_PART_INTERNAL_H

#include "store/claims_internal.h"

/* A claim that was fetched. */
typedef struct fetched {
    uint32_t seq;
    uint32_t last;
    const char *id;
    const char *bytes;
    size_t length;
    int64_t recorded;
    bool asked; /* the page is about it */
} fetched;

typedef struct gathering {
    parley_store *store;
    parley_ctx *ctx;
    const parley_part *part;
    parley_arena *arena;
    store_tree *tree; /* all records that are no claims, and the place of the claims */
    store_set seen;   /* entries of the claims fetched */
    fetched *claim;
    size_t count;
    size_t room;
    size_t closed;  /* so many have what they name fetched */
    parley_case *c; /* of what is fetched, or */
    bool stale;     /* of what was, before more came */
    bool *paired;   /* by party and subject: that pair is fetched */
    parley_error *err;
} gathering;

parley_status part_nomem(gathering *g);
/* A claim by its entry; nothing when it is there. Makes g->c stale. */
parley_status part_fetch(gathering *g, uint32_t seq) PARLEY_MUST_CHECK;
/* Entry of the claim with an id; 0: there is none. */
parley_status part_find_id(gathering *g, const char *id, uint32_t *out) PARLEY_MUST_CHECK;
/* Claims linked to a word, to a list; the same fetched. */
parley_status part_linked(gathering *g, store_numbers *out, int field,
                          const char *word) PARLEY_MUST_CHECK;
parley_status part_fetch_linked(gathering *g, int field, const char *word) PARLEY_MUST_CHECK;
/* Every record that is no claim, and the claims that these name. */
parley_status part_read_records(gathering *g) PARLEY_MUST_CHECK;
/* The claims that say up to which day the case is known: by their own day; and, when g->c is bound,
 * by the day of their source. */
parley_status part_fetch_newest(gathering *g) PARLEY_MUST_CHECK;
parley_status part_fetch_dated(gathering *g) PARLEY_MUST_CHECK;
/*
 * What is fetched, with all it names and all that replaces it, as a case; its claim i is
 * g->claim[i]. Of g->c: only when it is stale.
 */
parley_status part_bind(gathering *g, parley_case **out, const parley_case_options *options,
                        parley_diagnostics *diagnostics) PARLEY_MUST_CHECK;
parley_status part_rebind(gathering *g) PARLEY_MUST_CHECK;

#endif
