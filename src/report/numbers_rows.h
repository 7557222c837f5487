/*
 * Inside the room "report": `deals --numbers` as one table, a package a row, for spreadsheets and
 * scripts (numbers_rows.c).
 */
#ifndef PARLEY_REPORT_NUMBERS_ROWS_H
#define PARLEY_REPORT_NUMBERS_ROWS_H

#include <parley/screens.h>

typedef enum numbers_kind {
    NUMBERS_WITHOUT,   /* without a deal: worth only */
    NUMBERS_BEST,      /* best for a party */
    NUMBERS_SOLUTION,  /* of all, or of a group that is enough */
    NUMBERS_ELSEWHERE, /* what other programs print */
    NUMBERS_FRONTIER
} numbers_kind;

/* Where cells go, one after the other; text NULL: the number; both none: empty. */
typedef struct numbers_sink {
    void (*cell)(void *user, const char *text, double number, bool some);
    void (*row)(void *user); /* the row is over */
    void *user;
} numbers_sink;

/* Headings: row, name, status, value, bound, packages, worth:PARTY, answer:ISSUE,
 * adds:ISSUE:PARTY. */
void numbers_rows_head(parley_screen *s, const parley_deals_page *page, const numbers_sink *to);
/* The rows of one kind, frontier points from `from` to `to_point` - 1. */
parley_status numbers_rows(parley_screen *s, parley_ctx *ctx, const parley_deals_page *page,
                           numbers_kind kind, uint32_t from, uint32_t to_point,
                           const numbers_sink *to, parley_error *err) PARLEY_MUST_CHECK;
/* What a package says about an issue, in words. */
const char *numbers_answer(parley_screen *s, const parley_case *c, int32_t issue,
                           const parley_numbers_package *at);

#endif
