/*
 * Inside the room "deal": the second way to what the numbers engine says. Includes public headers
 * and its own arithmetic only; a test sees to that.
 */
#ifndef PARLEY_DEAL_RECHECK_INTERNAL_H
#define PARLEY_DEAL_RECHECK_INTERNAL_H

#include "deal/recheck_number.h"

#include <parley/deal.h>
#include <parley/recheck.h>
#include <parley/values.h>

#define RK_PARTIES 60u

/* An issue that packages of the numbers decide. */
typedef struct rk_issue {
    int32_t issue;
    uint32_t size;      /* values; 0: a split that moves without steps */
    bool cut;           /* a split without a step, cut into size - 1 steps */
    uint64_t *score;    /* (value * parties + party) * words, in the unit */
    rk_number **curves; /* size 0: by party, the scores of the ends by recipient; or NULL */
} rk_issue;

/* Values of a quantity inside a side of a box: from `first`, before `end`. */
typedef struct rk_side {
    int64_t first;
    int64_t end;
} rk_side;

/* A package: by place in the list of issues a value; shares of the whole where there is none. */
typedef struct rk_package {
    int64_t *value;    /* by issue of the case, -1: not decided */
    rk_number **share; /* by issue of the case, by recipient; NULL: none */
} rk_package;

typedef struct rk_rule {
    const parley_formula *formula;
    parley_truth bad;
} rk_rule;

/* Who has to accept: all parties with values, or one group. */
typedef struct rk_group {
    uint32_t count;
    uint32_t who[RK_PARTIES];
} rk_group;

#define RK_GROUPS_MOST 65u

/* All parties first, then the smallest groups that are enough; and their solutions. */
typedef struct rk_groups {
    uint32_t count;
    rk_group who[RK_GROUPS_MOST];
    const parley_tree_node *json[RK_GROUPS_MOST];
} rk_groups;

struct parley_recheck {
    parley_ctx *ctx;
    parley_arena *arena;
    const parley_case *c;
    const parley_deal *deal;
    const parley_tree *tree;
    parley_diagnostics *faults;
    parley_recheck_row *row;
    uint32_t rows;
    uint32_t row_room;
    parley_status failed; /* NOMEM, CANCELLED: stop */
    uint64_t walk;
    uint64_t samples;

    /* the numbers of the case */
    uint32_t k;
    rk_issue *issue;
    uint32_t n;
    int32_t *place; /* by issue of the case: in `issue`, or -1 */
    uint32_t steps; /* of splits without one; 0: they move freely */
    bool moving;    /* some split does */
    bool rounded;   /* the result says that it rounded */
    bool too_long;  /* the numbers do not fit this arithmetic */
    rk_natural unit;
    uint32_t words;
    uint64_t *base;    /* by party */
    uint64_t *without; /* by party */
    uint64_t *cap;     /* by party */
    bool *capped;
    bool *given; /* without a deal: typed */
    uint64_t **term;
    uint64_t **box;
    rk_side **box_side;   /* by party: of all its boxes */
    uint32_t **box_first; /* by party and box: where its own begin */
    bool no_boxes;
    rk_rule *rule;
    uint32_t rules;
    rk_rule **red; /* by party */
    uint32_t *reds;
    bool strict;
    uint64_t total; /* packages; UINT64_MAX: more than that many, or without number */

    /* the frontier as the result gives it, when it was read */
    bool walks; /* every package is looked at */
    bool frontier_exact;
    uint32_t points;
    uint64_t *point; /* points * k * words */
    double *point_near;
    bool *point_open;
    rk_package *point_package;
    rk_number *point_exact; /* points * k, where splits move */
    uint32_t (*segment)[2];
    uint32_t segments;
};

/* ---- reports (recheck.c) ---- */

void rk_fault(parley_recheck *r, const parley_tree_node *at, const char *format, ...)
    PARLEY_PRINTF(3, 4);
void rk_done(parley_recheck *r, const char *what, uint64_t count, const char *how);
void rk_left(parley_recheck *r, const char *what, const char *why);
void *rk_room(parley_recheck *r, size_t count,
              size_t size);      /* NULL: no memory, and failed is set */
bool rk_stop(parley_recheck *r); /* failed, or cancelled */

/* A member, or NULL; object may be NULL. */
const parley_tree_node *rk_member(const parley_tree_node *object, const char *key);
/* A member that has to be there; a fault and NULL when it is not. */
const parley_tree_node *rk_need(parley_recheck *r, const parley_tree_node *object, const char *key);
/* Is the member this text, number, truth value, or null (text NULL)? A fault when it is not. */
bool rk_expect(parley_recheck *r, const parley_tree_node *object, const char *key,
               const char *text);
bool rk_is_null(const parley_tree_node *node);
/* Does a number that stands bare say what an exact one is? Its digits are those of a double. */
bool rk_says(const parley_tree_node *node, double value);
/* {exact}, {low, high}: holds the count? */
void rk_holds(parley_recheck *r, const parley_tree_node *object, const char *key, uint64_t count);

/* ---- values (recheck_values.c) ---- */

void rk_values(parley_recheck *r, const parley_tree_node *root);
rk_package rk_package_new(parley_recheck *r);
/* Reads `package` of a point or a solution. false: a fault. */
bool rk_package_read(parley_recheck *r, const parley_tree_node *from, rk_package *out);
parley_truth rk_eval(const parley_recheck *r, const parley_formula *f, const rk_package *p);
bool rk_feasible(const parley_recheck *r, const rk_package *p);
/* Worth of a package without moving splits, capped or not; words words. */
void rk_worth(const parley_recheck *r, uint32_t party, const rk_package *p, bool cap,
              uint64_t *out);
/* Worth of any package. */
rk_number rk_worth_exact(const parley_recheck *r, uint32_t party, const rk_package *p, bool cap);
/* What one issue adds, of any package. */
rk_number rk_adds(const parley_recheck *r, uint32_t party, uint32_t issue, const rk_package *p);
bool rk_crosses(const parley_recheck *r, uint32_t party, const rk_package *p);
bool rk_enough(const parley_recheck *r, uint32_t party, const uint64_t *worth);

/* ---- boxes (recheck_boxes.c) ---- */

bool rk_boxes_begin(parley_recheck *r); /* false: stop */
/* What the boxes of a party add to a package goes to `to`. */
void rk_boxes(const parley_recheck *r, uint32_t party, const rk_package *p, uint64_t *to);

/* ---- the ladder (recheck_ladder.c), the frontier, counts and solutions ---- */

void rk_ladder(parley_recheck *r, const parley_tree_node *root);
void rk_frontier(parley_recheck *r, const parley_tree_node *root);
void rk_counts_and_solutions(parley_recheck *r, const parley_tree_node *root);
void rk_solutions_of_shares(parley_recheck *r, const parley_tree_node *root);

/* What other programs report (recheck_elsewhere.c). */
void rk_elsewhere(parley_recheck *r, const parley_tree_node *root);
/* Reads and checks `acceptance` and the groups. */
void rk_acceptance(parley_recheck *r, const parley_tree_node *root, rk_groups *out);
/* `by_issue` of a solution; returns how many numbers. */
uint64_t rk_by_issue(parley_recheck *r, const parley_tree_node *at, const rk_package *p);
extern const char rk_no_package[];
extern const char rk_no_product[];
/* Is the space small enough to look at every package? */
bool rk_walks(const parley_recheck *r);
/* The first point that is at least as good as u for everybody; -1: none. */
int64_t rk_covered(const parley_recheck *r, const uint64_t *u, bool *equal);
/* worth, exact and package of a point or solution against each other; u: k * words or NULL. */
bool rk_point(parley_recheck *r, const parley_tree_node *at, rk_package *p, uint64_t *u,
              rk_number *exact);

#endif
