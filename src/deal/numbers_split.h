/*
 * Inside the room "deal": splits without a step between two parties. What they add by themselves is
 * a chain (numbers_split.c); over everything else that is decided, a frontier of points, they make
 * an envelope of chains (numbers_envelope.c), on which the solutions lie
 * (numbers_envelope_solve.c).
 */
#ifndef PARLEY_DEAL_NUMBERS_SPLIT_H
#define PARLEY_DEAL_NUMBERS_SPLIT_H

#include "deal/numbers_case.h"

/* A stretch on which one split moves from one recipient to another: da > 0, db < 0. */
typedef struct nm_edge {
    uint32_t split;
    uint32_t from; /* recipient that had it all */
    uint32_t to;
    nm_num da;
    nm_num db;
} nm_edge;

/*
 * What splits add: a falling, concave line from the best for party 1 to the best for party 0.
 * Corner e is `start` plus the edges before e.
 */
typedef struct nm_chain {
    nm_num start[2];
    nm_edge *edge;
    uint32_t edges;
    uint32_t *first; /* by split: recipient at the start */
    nm_num *corner;  /* (edges + 1) * 2 */
} nm_chain;

/* A place on a chain: part t of edge `edge` is done, and all edges before it. */
typedef struct nm_place {
    uint32_t edge; /* == edges: the end */
    nm_ratio t;
    nm_ratio u[2]; /* utilities there, in units of the model */
} nm_place;

/* NOMEM: false. */
bool nm_chain_new(nm_chain *out, parley_arena *arena, const nm_case *c);
nm_place nm_chain_place(const nm_chain *chain, uint32_t e, const nm_ratio *t);
/* Corner e as a place. */
nm_place nm_chain_at(const nm_chain *chain, uint32_t e);
/* Part of split s that goes to recipient r at a place. */
nm_ratio nm_chain_share(const nm_chain *chain, const nm_place *at, uint32_t s, uint32_t r);

/* Fractions that are known to fit: a few products of 122-bit numbers. */
nm_ratio nm_ratio_num(nm_num a);
nm_ratio nm_exact_add(const nm_ratio *a, const nm_ratio *b);
nm_ratio nm_exact_minus(const nm_ratio *a, const nm_ratio *b);
nm_ratio nm_exact_times(const nm_ratio *a, const nm_ratio *b);
nm_ratio nm_exact_over(const nm_ratio *a, const nm_ratio *b);
int nm_exact_sign(const nm_ratio *a);

/* ---- the envelope ---- */

/* A part of a chain over one point of everything else, from the best for party 1 on. */
typedef struct nm_piece {
    uint32_t base;  /* point of the frontier of everything else */
    uint32_t first; /* number of its first point, counted from the best for party 1 */
    nm_place from;
    nm_place to;
    bool from_open; /* the end itself is not on the frontier, or stands elsewhere */
    bool to_open;
} nm_piece;

typedef struct nm_envelope {
    const nm_chain *chain;
    const nm_frontier *base;
    nm_piece *piece;
    uint32_t pieces;
    uint32_t points; /* ends and corners */
} nm_envelope;

/* More points of everything else, or more corners over them, are cut into steps. */
#define NM_ENVELOPE_BASE_MOST 4096u
#define NM_ENVELOPE_CORNERS_MOST 40000u

/*
 * base: a whole frontier of two parties, greatest for party 0 first. O(n (log n + log edges)) exact
 * comparisons: shifted copies of one concave line cross at most once. CANCELLED, NOMEM.
 */
parley_status nm_envelope_new(nm_envelope *out, parley_ctx *ctx, parley_arena *arena,
                              const nm_chain *chain, const nm_frontier *base,
                              parley_error *err) PARLEY_MUST_CHECK;
/* Point i, greatest for party 0 first; its piece, and whether it is an open end. */
nm_place nm_envelope_point(const nm_envelope *e, uint32_t i, uint32_t *piece, bool *open);
/* The end that is best for a party; there is at least one piece. */
nm_place nm_envelope_best(const nm_envelope *e, uint32_t party);
/* Are points i and i + 1 joined? */
bool nm_envelope_joined(const nm_envelope *e, uint32_t i);

typedef struct nm_envelope_solution {
    parley_solution_status status;
    const char *reason;
    uint32_t base;
    nm_place at; /* u: with the base */
    uint32_t ties;
    bool found;
    double value;
} nm_envelope_solution;

/* Over the part that both accept; the envelope is that of what no red line forbids. */
parley_status nm_envelope_solve(const nm_envelope *e, parley_ctx *ctx, const nm_model *m,
                                nm_envelope_solution out[NM_GOALS],
                                parley_error *err) PARLEY_MUST_CHECK;

#endif
