/*
 * Shared by the files of the claims interface on disk: lists of entries, batches, and the indexes.
 */
#ifndef PARLEY_STORE_CLAIMS_INTERNAL_H
#define PARLEY_STORE_CLAIMS_INTERNAL_H

#include "store/store_internal.h"

/*
 * Claims read at once: few for one that is asked for, more and more for many. Each batch reads the
 * frame again.
 */
enum { STORE_BATCH_FEW = 32, STORE_BATCH_FIRST = 256, STORE_BATCH_MORE = 8, STORE_BATCH = 8192 };

typedef struct store_batch {
    parley_arena *arena; /* of the copies */
    parley_case *c;
    parley_claim *claim;
    uint64_t first; /* row of claim 0, when they follow one another */
    uint32_t count;
} store_batch;

/* Rows of claims: a bit for each entry that put one there. */
typedef struct store_rows {
    parley_ctx *ctx;
    uint64_t *bits;
    uint32_t *before; /* bits set before each word */
    size_t words;
    uint32_t count;
} store_rows;

struct parley_store_claims {
    parley_store *store;
    parley_ctx *ctx;
    parley_text *frame_text;
    parley_case *frame;
    store_rows rows;
    uint64_t head;    /* entries when this was made */
    store_batch kept; /* for get */
};

/* A list of entries' numbers that grows. */
typedef struct store_numbers {
    parley_ctx *ctx;
    uint32_t *at;
    size_t count;
    size_t room;
    uint32_t *last; /* of as many as at: entries with the present words; NULL: not looked up */
    size_t last_room;
} store_numbers;

/* A set of numbers that are not 0. */
typedef struct store_set {
    parley_ctx *ctx;
    uint32_t *slot;
    size_t size; /* a power of two, or 0 */
    size_t count;
} store_set;

/* *fresh: it was not there. False: no memory. */
bool store_set_add(store_set *set, uint32_t number, bool *fresh);
bool store_set_has(const store_set *set, uint32_t number);
void store_set_drop(store_set *set);

/* What to look for: party, issue -1: any; days inclusive. */
typedef struct store_query {
    int32_t party;
    int32_t issue;
    int32_t first_day;
    int32_t last_day;
    bool exact; /* what an index gives needs no other look */
} store_query;

parley_status store_claims_nomem(parley_error *err);
bool store_number_add(store_numbers *n, uint32_t seq);
void store_numbers_drop(store_numbers *n);
/* All numbers a statement gives. */
parley_status store_number_all(store_numbers *n, parley_store *store, sqlite3_stmt *s,
                               parley_error *err) PARLEY_MUST_CHECK;

/* ---- claimed.c ---- */
parley_status store_rows_read(store_rows *out, parley_store *store,
                              parley_error *err) PARLEY_MUST_CHECK;
void store_rows_drop(store_rows *r);
/* Row of the claim that an entry put there, or -1; and back. O(1); O(log n). */
int64_t store_rows_of(const store_rows *r, uint32_t seq);
uint32_t store_rows_entry(const store_rows *r, uint32_t row);

/* ---- claims_batch.c ---- */
parley_status store_claims_frame(parley_store_claims *k, parley_error *err) PARLEY_MUST_CHECK;
/* Row of a claim by its id, or -1. */
parley_status store_claims_find(const parley_store_claims *k, const char *id, size_t length,
                                int64_t *row, parley_error *err) PARLEY_MUST_CHECK;
void store_batch_drop(store_batch *b);
/* Claims by their entries; the batch held before is dropped. last: where their present words are,
 * NULL when that has to be looked up. */
parley_status store_batch_read(parley_store_claims *k, store_batch *b, const uint32_t *seq,
                               const uint32_t *last, uint32_t count,
                               parley_error *err) PARLEY_MUST_CHECK;

/* ---- claims_find.c: entries in the order in which they are visited ---- */
/*
 * Claims that may be by a party and about an issue of the frame (-1: any), ascending, each once.
 * Every one that is, is among them.
 */
parley_status store_claims_net(parley_store_claims *k, store_numbers *out, int32_t party,
                               int32_t issue, parley_error *err) PARLEY_MUST_CHECK;
parley_status store_claims_select(parley_store_claims *k, store_numbers *out, const store_query *q,
                                  parley_error *err) PARLEY_MUST_CHECK;
parley_status store_claims_match(parley_store_claims *k, store_numbers *out, const char *asked,
                                 parley_error *err) PARLEY_MUST_CHECK;

parley_status store_claims_look(parley_store_claims *k, store_numbers *out, parley_query *query,
                                parley_error *err) PARLEY_MUST_CHECK;

#endif
