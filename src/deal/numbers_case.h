/*
 * Inside the room "deal": from a case's values to a model (numbers_model.c), and the splits without
 * a step that are left to numbers_split.c.
 */
#ifndef PARLEY_DEAL_NUMBERS_CASE_H
#define PARLEY_DEAL_NUMBERS_CASE_H

#include "deal/numbers_internal.h"

/* A split without a step: what each party gets when all goes to one recipient, in its unit. */
typedef struct nm_split {
    int32_t issue;
    uint32_t recipients;
    nm_num *whole; /* recipient * k + party */
} nm_split;

typedef struct nm_case {
    nm_model m;
    const parley_case *c;
    uint32_t *issue;   /* by variable */
    int32_t *variable; /* by issue, or -1 */
    int32_t *party;    /* by party of the model: of the case */
    int32_t *left_out; /* issues that are scored and not counted */
    uint32_t left_outs;
    nm_split *split;
    uint32_t splits;
    bool split_bound; /* a formula that counts speaks of a split without a step */
    uint32_t steps;   /* values made for each split without a step; 0: none were made */
} nm_case;

/*
 * Put the values of a case over one denominator a party. With splits_as_steps above 0 splits
 * without a step become variables of so many steps between their first two recipients; with 0 they
 * go into `split` when that is exact (two parties, straight lines). LIMIT, NOMEM, CANCELLED.
 */
parley_status nm_case_new(nm_case **out, parley_ctx *ctx, parley_arena *arena,
                          const parley_deal *deal, const parley_case *c, uint32_t splits_as_steps,
                          parley_error *err) PARLEY_MUST_CHECK;

#endif
