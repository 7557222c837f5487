/*
 * Small random cases: questions of every kind, parties in every role, claims of every act with
 * random formulas, answers of every kind, readings, rules, flags. The same key gives the same case.
 *
 * A case is made as rows in which names are placeholders ("@i3" is the fourth issue, "@o3.1" the
 * second option of it), so that one case can be written with other names and its rows and sections
 * in another order: nothing that a test compares may depend on either.
 */
#ifndef PARLEY_TESTS_DEAL_RANDOM_CASE_H
#define PARLEY_TESTS_DEAL_RANDOM_CASE_H

#include <parley/base.h>

#define RANDOM_ISSUES 8
#define RANDOM_VALUES 3
#define RANDOM_ROWS 48

typedef enum random_section {
    RANDOM_SOURCES,
    RANDOM_PARTIES,
    RANDOM_PEOPLE,
    RANDOM_TRACKS,
    RANDOM_ISSUE_ROWS,
    RANDOM_RULES,
    RANDOM_FLAGS,
    RANDOM_CONCERNS,
    RANDOM_PROPOSALS,
    RANDOM_RESPONSES,
    RANDOM_CLAIMS,
    RANDOM_READINGS,
    RANDOM_SECTIONS
} random_section;

typedef enum random_kind { RANDOM_CHOICE, RANDOM_QUANTITY, RANDOM_SPLIT, RANDOM_OPEN } random_kind;

typedef struct random_issue {
    random_kind kind;
    bool ordered;
    uint32_t values;
} random_issue;

typedef struct random_case_options {
    uint32_t issues_most; /* 0: six */
    uint32_t claims_most; /* 0: twelve */
    bool one_track;       /* everything on one track, on the table */
    bool all_dated;       /* every record has a date of its own */
    bool no_answers;      /* no formula says `party accepts proposal` */
    bool no_replacing;    /* no claim replaces another */
    const char *label;    /* NULL, or typed on every row */
} random_case_options;

typedef struct random_case {
    parley_random random;
    random_case_options options;
    uint64_t key;
    uint32_t issues;
    random_issue issue[RANDOM_ISSUES];
    uint32_t parties;
    uint32_t tracks;
    uint32_t proposals;
    uint32_t sources;
    uint32_t days; /* given out so far */
    char *row[RANDOM_SECTIONS][RANDOM_ROWS];
    uint32_t rows[RANDOM_SECTIONS];
    char *formula[32]; /* given out by random_case_formula */
    uint32_t formulas;
} random_case;

void random_case_make(random_case *rc, uint64_t key, const random_case_options *options);
void random_case_free(random_case *rc);

/* A row more, at place `at` of its section (or at the end). Placeholders as in the others. */
void random_case_add(random_case *rc, random_section section, uint32_t at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* A random formula about the case with placeholders; valid until the case goes. */
const char *random_case_formula(random_case *rc, uint32_t depth);

/*
 * How a case is written: with plain names and in order (0), or, for any other salt, with other
 * names, sections and rows in another order.
 */
char *random_case_text(const random_case *rc, uint64_t salt);
/* Any text with placeholders; for both, release with free. */
char *random_case_expand(const char *text, uint64_t salt);
/* The name that a placeholder stands for: kind 'i', index, and for options and recipients the
 * second index. */
void random_case_name(char out[48], char kind, uint32_t index, uint32_t second, uint64_t salt);

#endif
