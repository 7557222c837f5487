/*
 * Inside the room "case": what the files of the moves share.
 *
 * moves_stands.c gathers what every claim says, whether something replaced it or not; moves_sets.c
 * compares sets of packages; moves_table.c says which way a pair goes; moves.c finds the pairs;
 * moves_demands.c makes the sheet "line or bargaining".
 */
#ifndef PARLEY_CASE_MOVES_INTERNAL_H
#define PARLEY_CASE_MOVES_INTERNAL_H

#include "case/statements.h"

#include <parley/moves.h>

/* Packages of distinct values that one comparison goes through. */
#define MOVES_PACKAGES_MOST ((uint64_t)1 << 16)

/* A stand, and what the derivation has to know about it. */
typedef struct moves_row {
    parley_stand stand;   /* first: a stand is found in its row */
    const uint64_t *bits; /* its issues */
    bool words;           /* no formula */
    bool only_repeats;    /* its claim is a second mention */
    uint32_t group;       /* rows of one party that hold the same have the same; 0: like no other */
    uint64_t order;       /* file order, to tell rows of one date apart */
    uint32_t before;      /* while rows are collected: 1 + the row of the same claim or answer
                           * before this one; 0: none */
} moves_row;

/* Rows by a key: those of key k, ascending, are row[first[k]] to row[first[k + 1]]. */
typedef struct moves_lists {
    uint32_t *first;
    uint32_t *row;
} moves_lists;

struct parley_moves {
    parley_ctx *ctx;
    parley_arena *arena;
    const parley_case *c;
    const parley_terms_options *options; /* the caller's, while deriving */
    const parley_terms *terms;           /* the same, or NULL */
    int32_t party;                       /* -1: everybody */
    parley_date at;                      /* of the options */
    size_t bit_words;                    /* 64-bit words of an issue set */
    case_statements now;                 /* with everything in force, for the shifts */
    moves_row *row;                      /* in order of party, date, file */
    uint32_t rows;
    uint32_t row_room;
    uint32_t *of_claim;    /* while rows are collected: 1 + the last row of a claim; 0: none */
    uint32_t *of_response; /* the same, of an answer without a claim */
    uint32_t groups;
    moves_lists by_group; /* rows that hold the same; group 0 has none */
    moves_lists by_issue; /* rows of the party at hand that speak about an issue */
    uint32_t *stamp;      /* by claim: moves_support's own */
    uint32_t stamped;
    int64_t *value; /* by issue, -1: a package under construction */
    parley_move *move;
    uint32_t moves;
    uint32_t move_room;
    parley_demand *demand;
    uint32_t demands;
    const parley_stand **worded; /* demands in words */
    uint32_t worded_count;
    bool has_demands;
    parley_date first_day;
    bool nomem;
};

/* An array of the arena with room for one more; NULL and m->nomem without memory. */
void *moves_grow(parley_moves *m, void *at, uint32_t count, uint32_t *room, size_t size);

/* ---- moves_sets.c ---- */

parley_sets moves_compare(parley_moves *m, const parley_formula *a, bool a_negated,
                          const parley_formula *b, bool b_negated);
/* Lowest and highest value of its one issue that a set holds, and how many; false: none, or an
 * issue whose values have no order. */
bool moves_range(parley_moves *m, const parley_stand *stand, int64_t *low, int64_t *high,
                 uint64_t *count);

/* ---- moves_table.c ---- */

/* A letter of the table; '-' is no move. */
char moves_classify(const parley_case *c, const parley_stand *e, const parley_stand *l, bool said,
                    parley_sets sets);
parley_move_kind moves_kind_of(char letter);

/* ---- moves_stands.c ---- */

/* Fill rows and first_day. */
parley_status moves_gather(parley_moves *m, parley_error *err) PARLEY_MUST_CHECK;
bool moves_share_issue(const parley_moves *m, const moves_row *a, const moves_row *b);
/* Does claim `later` replace this row? Gives the shift too (may be NULL). */
bool moves_replaced_by(const parley_moves *m, const moves_row *row, int32_t later,
                       const parley_shift **out);
/* Is it replaced by any claim in force? */
bool moves_replaced(const parley_moves *m, const moves_row *row);
/* The first shift of an earlier claim; those of one claim stand together. */
uint32_t moves_first_shift(const parley_moves *m, int32_t earlier);
/* File rows begin to end of one party by the issues they speak about. False without memory. */
bool moves_list_issues(parley_moves *m, uint32_t begin, uint32_t end);
/* Do two rows hold the same: party, hold and set? */
bool moves_same(const moves_row *a, const moves_row *b);
/* The row that a stand is part of. */
const moves_row *moves_row_of(const parley_stand *stand);
/* One formula and another; NULL without memory. */
const parley_formula *moves_conjoin(parley_moves *m, const parley_formula *a,
                                    const parley_formula *b);
/* Into a small ascending list with room, once. */
void moves_insert(int32_t *list, parley_ids *ids, int32_t id);
bool moves_holds(const parley_ids *ids, int32_t id);
/* Claims, mentions and originals behind rows[0..n). */
bool moves_support(parley_moves *m, const moves_row *const *rows, uint32_t n,
                   parley_move_support *out);
/* Does l bring an original that rows[0..n) do not have? Room for one more behind them. */
bool moves_brings_original(parley_moves *m, const moves_row **rows, uint32_t n, const moves_row *l);
bool moves_is_unnamed(parley_class cls);

/* ---- moves_demands.c ---- */

/* After the moves are there; false without memory. */
bool moves_make_demands(parley_moves *m);

#endif
