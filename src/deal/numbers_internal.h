/*
 * Inside the room "deal": numbers. A model is a case's values put over one denominator a party;
 * frontiers, solutions and counts are computed on models, in integers.
 *
 * A model has variables (the counted issues) with values; what a package is worth to party i is
 * (base + sum of the variables' values + tables + boxes), capped, an integer over unit[i]. Tables
 * are coupled terms, rules and red lines over a few variables each.
 */
#ifndef PARLEY_DEAL_NUMBERS_INTERNAL_H
#define PARLEY_DEAL_NUMBERS_INTERNAL_H

#include <parley/base.h>
#include <parley/numbers.h>

/* 128 bits hold every published domain exactly; what does not fit is rounded, and says so. */
__extension__ typedef __int128 nm_num;
__extension__ typedef unsigned __int128 nm_unum;

#define NM_PARTIES_MOST 60
#define NM_NUM_BITS 122 /* room for sums and differences */

/* ------------------------------------------------------------- wide numbers */

/* Naturals of up to 4096 bits, for products over parties. */
#define NM_WIDE_LIMBS 64
typedef struct nm_wide {
    uint32_t used;
    uint64_t limb[NM_WIDE_LIMBS];
} nm_wide;

nm_wide nm_wide_of(nm_unum value);
bool nm_wide_mul(nm_wide *out, const nm_wide *a, const nm_wide *b); /* false: too long */
bool nm_wide_add(nm_wide *out, const nm_wide *a, const nm_wide *b);
void nm_wide_sub(nm_wide *out, const nm_wide *a, const nm_wide *b); /* a >= b */
int nm_wide_compare(const nm_wide *a, const nm_wide *b);
uint32_t nm_wide_bits(const nm_wide *a);
void nm_wide_shift(nm_wide *out, const nm_wide *a, int32_t left); /* left < 0: to the right */
void nm_wide_divide(nm_wide *quotient, nm_wide *rest, const nm_wide *a, const nm_wide *b);
nm_wide nm_wide_gcd(nm_wide a, nm_wide b);
nm_unum nm_wide_low(const nm_wide *a); /* the low 128 bits */
/* log2, for comparisons that are repeated exactly afterwards */
double nm_wide_log2(const nm_wide *a);

/* A rational of wide parts, in lowest terms; den > 0. */
typedef struct nm_ratio {
    bool negative;
    nm_wide num;
    nm_wide den;
} nm_ratio;

nm_ratio nm_ratio_of(parley_fraction f);
nm_ratio nm_ratio_zero(void);
/* false: too long */
bool nm_ratio_add(nm_ratio *out, const nm_ratio *a, const nm_ratio *b);
bool nm_ratio_mul(nm_ratio *out, const nm_ratio *a, const nm_ratio *b);
bool nm_ratio_div(nm_ratio *out, const nm_ratio *a, const nm_ratio *b); /* b is not 0 */
int nm_ratio_compare(const nm_ratio *a, const nm_ratio *b);
double nm_ratio_double(const nm_ratio *a);

/* Sign of a/b - c/d; b, d > 0. */
int nm_compare_ratios(nm_num a, nm_num b, nm_num c, nm_num d);
double nm_double(nm_num a, nm_num unit);

/* ------------------------------------------------------------------- model */

/* Over a few variables: what an assignment adds to each party, and whether it is allowed. */
typedef struct nm_table {
    uint32_t vars;       /* 0: it holds, or not, whatever is decided; then it adds nothing */
    const uint32_t *var; /* ascending */
    uint32_t entries;    /* the product of their sizes; the last variable runs fastest */
    const nm_num *add;   /* entries * k, or NULL: nothing */
    const uint8_t *ok;   /* by entry, or NULL: all allowed */
    int32_t red_line_of; /* party whose red line `ok` is; -1: a rule for everybody */
    int32_t id;          /* rule of the case, or -1 */
} nm_table;

typedef struct nm_side {
    uint32_t var;
    const uint64_t *inside; /* bit o: value o lies inside */
} nm_side;

/* Boxes of all parties; members before their group. A group's `times` is in its members' add. */
typedef struct nm_box {
    uint32_t party;
    parley_take take;
    int32_t parent; /* -1: added up */
    nm_num add;     /* BOX */
    const nm_side *where;
    uint32_t where_count;
    const nm_side *outside;
    uint32_t outside_count;
} nm_box;

typedef struct nm_model {
    uint32_t k;             /* parties */
    uint32_t n;             /* variables */
    const uint32_t *size;   /* by variable */
    const uint32_t *offset; /* values of the variables before */
    nm_num *value;          /* (offset[j] + o) * k + i */
    nm_num *base;           /* by party */
    nm_num *without;        /* acceptance begins here */
    bool strict;            /* above it */
    nm_num *cap;
    bool *capped;
    nm_num *unit; /* worth = value / unit */
    nm_table *table;
    uint32_t tables;
    nm_box *box;
    uint32_t boxes;
    bool rounded; /* some value did not fit and was rounded to 1 / unit */
} nm_model;

/* What is asked of a model: which parties count, what they must accept. */
typedef struct nm_view {
    const nm_model *m;
    uint32_t k;          /* parties that count */
    const uint32_t *who; /* of the model, ascending */
    bool acceptable;     /* only packages that all of them accept */
} nm_view;

/* Is this table in force in a view, and as what? Red lines bind only where acceptance is asked. */
bool nm_binds(const nm_view *view, const nm_table *table);

static inline const nm_num *nm_value(const nm_model *m, uint32_t var, uint32_t option)
{
    return &m->value[((size_t)m->offset[var] + option) * m->k];
}

/* Packages before any rule. false: too many for a count. */
bool nm_total(const nm_model *m, parley_count *out);
uint64_t nm_total_most(const nm_model *m, uint64_t most); /* most + 1 when there are more */
/* Entry of a table at an assignment of all variables. */
uint32_t nm_entry(const nm_model *m, const nm_table *t, const uint32_t *package);
/* Worth of a package to every party of the model, capped. scratch: m->boxes numbers. */
void nm_worth(const nm_model *m, const uint32_t *package, nm_num *scratch, nm_num *out);
void nm_worth_uncapped(const nm_model *m, const uint32_t *package, nm_num *scratch, nm_num *out);
/* Largest magnitude any partial sum of a party can have. */
nm_unum nm_reach(const nm_model *m);
/* Do the rules allow it; does party i cross a red line of its own in it? */
bool nm_feasible(const nm_model *m, const uint32_t *package);
bool nm_crosses(const nm_model *m, uint32_t party, const uint32_t *package);
bool nm_accepts(const nm_model *m, uint32_t party, nm_num worth, const uint32_t *package);

/* ---------------------------------------------------------------- frontiers */

typedef struct nm_frontier {
    parley_frontier_status status;
    const char *method;
    uint32_t size;
    nm_num *u;         /* size * view.k, capped; sorted, greatest first */
    uint32_t *package; /* size * n: one example each */
    uint64_t *count;   /* packages with these utilities; 0: not counted */
    double epsilon;    /* EPSILON: the error that the points really have */
    uint64_t work;
} nm_frontier;

typedef struct nm_limits {
    uint64_t points; /* in one set */
    uint64_t work;   /* comparisons */
    uint64_t nodes;  /* of a search */
    double epsilon;  /* above 0: an epsilon-frontier is asked for */
} nm_limits;

/*
 * Sets of points: dynamic programming and bucket elimination (numbers_sets.c). LIMIT when a set or
 * a table grows too large; out is then empty. No boxes.
 */
parley_status nm_sets_frontier(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                               const nm_limits *limits, nm_frontier *out, parley_error *err);
/*
 * Branch and bound over the variables, for boxes and for small spaces (numbers_search.c). With
 * `count` every package of a frontier point is counted.
 */
parley_status nm_search_frontier(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                                 const nm_limits *limits, bool count, nm_frontier *out,
                                 parley_error *err);
/* Keep the distinct points of f that nothing dominates, sorted, greatest first. NOMEM: false. */
bool nm_filter(parley_ctx *ctx, parley_arena *arena, uint32_t k, uint32_t n, nm_frontier *f);

/* ---------------------------------------------------------------- solutions */

typedef enum nm_goal { NM_NASH, NM_KS, NM_EGALITARIAN, NM_UTILITARIAN, NM_GOALS } nm_goal;

typedef struct nm_solution {
    parley_solution_status status;
    const char *reason;
    uint32_t ties;     /* distinct vectors that are best; 0: not known */
    uint64_t count;    /* packages of the first; 0: not known */
    bool found;        /* package and u hold the best that is known */
    uint32_t *package; /* n */
    nm_num *u;         /* by party of the view */
    double value;
    double bound;
    uint64_t nodes;
} nm_solution;

/* From a whole frontier of acceptable packages. */
parley_status nm_pick(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                      const nm_frontier *f, nm_solution out[NM_GOALS], parley_error *err);
/* Order of two utility vectors under a goal; ideal: by party, for KS. Exact. */
int nm_goal_compare(const nm_view *view, nm_goal goal, const nm_num *ideal, const nm_num *a,
                    const nm_num *b);
double nm_goal_value(const nm_view *view, nm_goal goal, const nm_num *ideal, const nm_num *u);
/*
 * A frontier near the exact one: values are rounded down to a grid that is made coarser until the
 * sets fit (3.4 of the method: the error of a package is the sum of what its values lost, and the
 * most that can be is what is reported). epsilon: above 0: no finer than this part of each party's
 * range.
 */
parley_status nm_near_frontier(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                               const nm_limits *limits, double epsilon, nm_frontier *out,
                               parley_error *err);
/*
 * Points that are on a frontier with too many, and not all that are: status LIMITED, and none where
 * the numbers are too long, a cap binds, boxes add, or too much hangs together (numbers_weights.c).
 */
parley_status nm_some_points(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                             const nm_limits *limits, nm_frontier *out, parley_error *err);
/* By branch and bound with multipliers, without a frontier (numbers_proof.c). */
parley_status nm_prove(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                       const nm_limits *limits, nm_solution out[NM_GOALS], parley_error *err);

/* ------------------------------------------------------------------- counts */

typedef struct nm_tally {
    uint64_t feasible;
    uint64_t all;
    uint64_t by[NM_PARTIES_MOST];
} nm_tally;

typedef struct nm_counts {
    parley_numbers_count feasible;
    parley_numbers_count all; /* accepted by all parties of the model */
    parley_numbers_count by[NM_PARTIES_MOST];
} nm_counts;

/* rules_leave: how many packages the rules allow, when somebody has counted them; or NULL. */
parley_status nm_count(parley_ctx *ctx, const nm_model *m, const parley_count *rules_leave,
                       nm_counts *out, parley_error *err);

#endif
