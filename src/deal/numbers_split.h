/*
 * Inside the room "deal": splits without a step between two parties (numbers_split.c).
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
 * The frontier of splits on top of one package of everything else: a falling, concave line from the
 * best for party 1 to the best for party 0. Corner e is `start` plus the edges before e.
 */
typedef struct nm_chain {
    nm_num start[2];
    nm_edge *edge;
    uint32_t edges;
    uint32_t *first; /* by split: recipient at the start */
} nm_chain;

/* A place on a chain: part t of edge `edge` is done, and all edges before it. */
typedef struct nm_place {
    uint32_t edge; /* == edges: the end */
    nm_ratio t;
    nm_ratio u[2]; /* utilities there, in units of the model */
} nm_place;

typedef struct nm_chain_solution {
    parley_solution_status status;
    const char *reason;
    nm_place at;
    bool segment; /* a whole stretch is as good */
    double value; /* KS: share of the way to what is best for each */
} nm_chain_solution;

/* base: the worth of the package of everything else. NOMEM: false. */
bool nm_chain_new(nm_chain *out, parley_arena *arena, const nm_case *c, const nm_num base[2]);
void nm_chain_corner(const nm_chain *chain, uint32_t e, nm_num u[2]);
/* All four solutions. */
void nm_chain_solve(const nm_chain *chain, const nm_model *m, nm_chain_solution out[NM_GOALS]);
/* Corner e as a place. */
nm_place nm_chain_at(const nm_chain *chain, uint32_t e);
/* Part of split s that goes to recipient r at a place. */
nm_ratio nm_chain_share(const nm_chain *chain, const nm_place *at, uint32_t s, uint32_t r);

#endif
