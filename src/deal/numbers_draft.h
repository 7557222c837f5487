/*
 * Inside the room "deal": a model while it is being made from a case's values. numbers_model.c puts
 * it together; numbers from scores, formulas and boxes come from the files named after them.
 */
#ifndef PARLEY_DEAL_NUMBERS_DRAFT_H
#define PARLEY_DEAL_NUMBERS_DRAFT_H

#include "deal/deal_internal.h"
#include "deal/numbers_case.h"

/* Tables of the same issues are put together while they are made. */
typedef struct nm_draft_table {
    uint32_t vars;
    uint32_t *var;
    uint32_t entries;
    int32_t red_line_of;
    nm_num *add;
    uint8_t *ok;
} nm_draft_table;

typedef struct nm_draft {
    parley_ctx *ctx;
    parley_arena *arena;
    const parley_deal *deal;
    const parley_case *c;
    nm_case *out;
    nm_model *m;
    uint32_t steps;
    nm_wide *unit; /* by party, while it is being found */
    nm_draft_table *table;
    uint32_t tables;
    uint32_t table_room;
    int64_t *values; /* scratch package by issue */
    parley_error *err;
    parley_status status;
} nm_draft;

#define NM_TOO_LONG "the numbers of a party have too many digits"

/* What is done with every number of a party: first its denominator is taken, then its integer. */
typedef enum nm_pass { NM_FIND_UNIT, NM_TAKE } nm_pass;

/* ---- numbers_scores.c, numbers_boxes.c, numbers_formulas.c ---- */

bool nm_draft_stop(nm_draft *b, parley_status status, const char *what);
bool nm_draft_nomem(nm_draft *b);
nm_ratio nm_draft_decimal(parley_decimal d);
bool nm_draft_step_share(const nm_draft *b, const parley_issue *issue, uint32_t v, uint32_t r,
                         nm_ratio *out);
bool nm_draft_fraction(nm_draft *b, uint32_t party, parley_fraction f, const nm_ratio *times,
                       nm_pass which, nm_num *out);
int32_t nm_draft_variable(const nm_draft *b, int32_t issue);
nm_split *nm_draft_split(const nm_draft *b, int32_t issue);
bool nm_draft_scores(nm_draft *b, uint32_t i, const parley_worth *w, nm_pass which);
bool nm_draft_boxes(nm_draft *b, uint32_t i, const parley_worth *w, uint32_t first, nm_pass which);
parley_truth nm_draft_truth(nm_draft *b, const parley_formula *f);
bool nm_draft_forbid(nm_draft *b, const parley_formula *f, parley_truth bad, int32_t red_line_of);
bool nm_draft_terms(nm_draft *b, uint32_t i, const parley_worth *w, nm_pass which);
bool nm_draft_rules(nm_draft *b);
bool nm_draft_worth_like(nm_draft *b, uint32_t i, const parley_worth *w);

#endif
