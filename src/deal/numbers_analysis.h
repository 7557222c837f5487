/*
 * Inside the room "deal": the whole of an analysis with numbers. numbers.c makes it, in order;
 * numbers_solve.c finds frontiers and solutions, numbers_elsewhere.c what other programs report,
 * numbers_groups.c those of the smallest groups that are enough, and numbers_read.c gives
 * everything out.
 */
#ifndef PARLEY_DEAL_NUMBERS_ANALYSIS_H
#define PARLEY_DEAL_NUMBERS_ANALYSIS_H

#include "deal/numbers_show.h"
#include "deal/numbers_split.h"

#define NM_WALK_MOST 2000000u /* packages looked at one by one to count them */

struct parley_numbers {
    parley_ctx *ctx;
    parley_arena *arena;
    const parley_case *c;
    const parley_deal *deal;
    nm_case *nc;
    nm_view all; /* every party, feasible packages */
    nm_limits limits;
    parley_ids parties;
    parley_ids issues;
    parley_ids left_out;
    parley_numbers_count total;
    nm_counts counts;
    nm_frontier frontier;
    nm_frontier accepted; /* of what all accept; status LIMITED: not known */
    bool chained;         /* splits move freely: envelopes of a chain over points */
    nm_chain chain;
    nm_envelope envelope; /* over `frontier` */
    nm_frontier red;      /* the points that no red line forbids, and the envelope over them */
    nm_envelope agreeable;
    parley_solution solution[PARLEY_GOAL_COUNT];
    bool none;
    parley_solution elsewhere[PARLEY_ELSEWHERE_COUNT];
    parley_opposition opposition[PARLEY_OPPOSITION_COUNT];
    nm_shown **best; /* by party, or NULL */
    parley_winning *winning;
    uint32_t winnings;
    bool winning_all;
    nm_shown *shown; /* of parley_numbers_point */
};

parley_status nm_no_room(parley_error *err); /* NOMEM, with its words */

/* ---- numbers_solve.c ---- */

bool nm_any_red_line(const nm_model *m);
/* The whole frontier of a view. When it is too large: PARLEY_OK with status LIMITED. */
parley_status nm_whole_frontier(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                                const nm_limits *limits, nm_frontier *out, parley_error *err);
/* What all parties of a view accept: from the frontier of all (NULL: not known), or worked out. */
parley_status nm_accepted_frontier(parley_numbers *x, const nm_view *view, const nm_frontier *all,
                                   nm_frontier *out, parley_error *err);
parley_status nm_solve(parley_numbers *x, const nm_view *view, const nm_frontier *accepted,
                       parley_solution out[PARLEY_GOAL_COUNT], bool *none, parley_error *err);
/* A solution as the public interface shows it. false: no memory. */
bool nm_publish(parley_numbers *x, const nm_solution *from, parley_solution *to);
/* Solutions where splits move freely. */
parley_status nm_solve_chain(parley_numbers *x, parley_error *err);

/* ---- numbers_elsewhere.c ---- */

/* What other programs report, from x->frontier and x->accepted. */
parley_status nm_elsewhere(parley_numbers *x, parley_error *err);

/* ---- numbers_groups.c ---- */

/* Groups of the smallest size that is enough, in lexicographic order. */
parley_status nm_winning_groups(parley_numbers *x, parley_error *err);
/* Two parties of whom one is enough, where splits move freely: each takes what is best for it. */
parley_status nm_single_groups(parley_numbers *x, parley_error *err);

#endif
