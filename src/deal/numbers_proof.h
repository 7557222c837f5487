/*
 * Inside the room "deal": the state of a proof with multipliers (numbers_proof.c), and its set-up
 * (numbers_proof_setup.c).
 */
#ifndef PARLEY_DEAL_NUMBERS_PROOF_H
#define PARLEY_DEAL_NUMBERS_PROOF_H

#include "deal/numbers_internal.h"

#define ROOT_STEPS 400
#define NODE_STEPS 12
#define TIES_MOST 64
#define WORK_MOST 1.5e9 /* multiplications of one goal */

typedef enum kind { LINEAR, LEAST, PRODUCT } kind;

typedef struct option_loss {
    double loss;
    uint32_t option;
} option_loss;

/* A node on the way down: its variable, options in the order of what they lose. */
typedef struct step {
    uint32_t var;
    uint32_t options;
    uint32_t next;
    option_loss *order;
    double b;      /* B(l) there, rounded up */
    double *l;     /* multipliers there */
    double *fixed; /* p->fixed there: taken back as it was, so that no rounding adds up */
    double scale;  /* sum l_i s_i, or sum log l_i */
} step;

typedef struct nm_prover {
    parley_ctx *ctx;
    parley_arena *arena;
    const nm_view *view;
    const nm_model *m;
    uint32_t k;
    nm_goal goal;
    kind kind;
    double c[NM_PARTIES_MOST];     /* LINEAR */
    double s[NM_PARTIES_MOST];     /* LEAST: scales */
    const nm_num *ideal;           /* KS */
    double range[NM_PARTIES_MOST]; /* of the gains, to make steps comparable */
    uint32_t *kept;                /* options that stay, by variable */
    uint32_t *first;               /* where those of a variable begin */
    uint32_t *count;
    double **value;                /* by variable: party * count + option */
    double *size;                  /* by party: sum of the largest magnitudes, for rounding */
    double start[NM_PARTIES_MOST]; /* base - without */
    nm_num *best;                  /* by variable and party */
    nm_num room[NM_PARTIES_MOST];  /* gain so far and the best of everything open, exact */
    double fixed[NM_PARTIES_MOST]; /* start and what is fixed */
    bool *decided;
    uint32_t *pkg;
    uint32_t *top; /* by variable: the option that attains B */
    double *lead;  /* by variable: lead of the best option over the second */
    uint32_t *table_left;
    nm_num *table_best; /* by table and party */
    double **table_add; /* by table, entry * k; NULL: it adds nothing */
    double *table_most; /* by table: the most it reaches with its issues' parts */
    uint32_t *joins;    /* by variable: tables that count and have it */
    double *share;      /* by kept option, under the multipliers: its part in each of them */
    step *at;
    double reduced[64];
    double *wide_reduced; /* for more options */
    /* the best so far */
    bool found;
    double inc; /* its primary value */
    nm_num best_u[NM_PARTIES_MOST];
    uint32_t *best_pkg;
    nm_num ties[TIES_MOST][NM_PARTIES_MOST];
    uint32_t tie_count;
    bool many_ties;
    uint64_t nodes, nodes_most;
} nm_prover;

/* Values that can be best, room for the tree, the bounds at the root. false: no memory. */
bool nm_prover_make(nm_prover *p);
/* Does a table add something, or forbid something here? */
bool nm_prover_counts(const nm_prover *p, uint32_t t);
void nm_prover_budget(nm_prover *p, const nm_limits *limits);

#endif
