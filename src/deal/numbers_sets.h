/*
 * Inside the room "deal": a run that makes a frontier from sets of points (numbers_sets.c), and the
 * elimination of coupled issues (numbers_sets_coupled.c).
 */
#ifndef PARLEY_DEAL_NUMBERS_SETS_H
#define PARLEY_DEAL_NUMBERS_SETS_H

#include "deal/numbers_kernel.h"

#define NM_NONE UINT32_MAX

typedef struct nm_set {
    nm_list list;
    bool sum; /* x: point of set a, y: point of set b; else a choice among children */
    uint32_t a, b;
    uint32_t var;   /* choice: y is the value of this variable; NM_NONE: fixed by the run */
    uint32_t child; /* choice: first in children; by y */
} nm_set;

/* A table of sets over a few variables that are still to be eliminated. */
typedef struct nm_factor {
    uint32_t vars;
    const uint32_t *var;
    const uint32_t *set; /* by entry; NM_NONE: nothing */
    bool used;
} nm_factor;

typedef struct nm_run {
    parley_ctx *ctx;
    parley_arena *arena; /* of this run */
    const nm_view *view;
    const nm_model *m;
    const nm_limits *limits;
    nm_scratch s;
    nm_set *pool;
    uint32_t sets, set_room;
    uint32_t *children;
    uint32_t child_count, child_room;
    nm_factor *factor;
    uint32_t factors, factor_room;
    unsigned char *shift; /* values of the view's parties in the type of the rows */
    size_t one;           /* bytes of one shift */
    nm_operand *op;
    uint32_t op_room;
    bool *coupled; /* by variable */
    bool *fixed;   /* by variable */
    bool *gone;    /* by variable: eliminated in this run */
    uint32_t *pkg; /* an assignment that is being looked at */
    uint32_t unit; /* the set of one point, nothing */
    parley_error *err;
    parley_status status;
} nm_run;

/* ---- numbers_sets.c ---- */

bool nm_run_fail(nm_run *r, parley_status status, const char *what); /* false */
bool nm_run_nomem(nm_run *r);                                        /* false */
bool nm_run_grow(nm_run *r, void *array, uint32_t *room, uint32_t want, size_t size);
uint32_t nm_run_new_set(nm_run *r);
bool nm_run_merge(nm_run *r, uint32_t lists, uint32_t at);
const void *nm_run_shift(const nm_run *r, uint32_t var, uint32_t option);
/* Every point of a with every point of b. */
uint32_t nm_run_sum(nm_run *r, uint32_t a, uint32_t b);

/* ---- numbers_sets_coupled.c ---- */

/* Does a table count in this view at all? */
bool nm_run_counts(const nm_run *r, const nm_table *t);
/* All coupled variables: one set, or NM_NONE when nothing is feasible. */
uint32_t nm_run_coupled(nm_run *r);

#endif
