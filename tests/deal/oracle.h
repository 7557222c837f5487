/*
 * The other way to every answer of an analysis: go through all packages, and for each through every
 * way in which the answers that nobody knows might come out.
 *
 * A table has one bit for each assignment (package times answers); formulas become tables by plain
 * evaluation, and every question becomes a loop over bits. Definitions are those of the headers and
 * of DESIGN 2.1; nothing here looks at how the engine works. What is taken as given are the terms
 * and assurances that the room "case" derives.
 */
#ifndef PARLEY_TESTS_DEAL_ORACLE_H
#define PARLEY_TESTS_DEAL_ORACLE_H

#include "deal_check.h"

#define ORACLE_ISSUES 16
#define ORACLE_ANSWERS 4
#define ORACLE_TERMS 256

typedef struct table {
    uint64_t *bits;
} table;

typedef struct oracle {
    const parley_case *c;
    const parley_deal *deal;
    parley_deal_options options;
    bool on_track[64];    /* tracks in question */
    bool other_track[64]; /* on the table now, but not in question */
    parley_not_counted why[ORACLE_ISSUES];
    uint32_t counted;
    int32_t issue[ORACLE_ISSUES];
    uint32_t values[ORACLE_ISSUES];
    uint32_t answers;
    int32_t party[ORACLE_ANSWERS];
    int32_t proposal[ORACLE_ANSWERS];
    bool too_many; /* more answers than this looks at: skip the case */
    uint64_t packages;
    uint64_t ways; /* of the answers to come out: 1 << answers */
    uint64_t size; /* assignments */
    size_t words;
    table rules;   /* what the rules allow */
    table kept_in; /* what no flag keeps out */
    bool flags;    /* there is such a flag */
    uint32_t terms;
    bool counts[ORACLE_TERMS]; /* the term is about counted issues, and not above the rung looked at
                                */
    table term[ORACLE_TERMS];  /* what it asks of a package */
    uint32_t assurances;
    table assurance[ORACLE_TERMS];
    bool assures[ORACLE_TERMS];
    void *memory[2 * ORACLE_TERMS + 64];
    uint32_t memories;
} oracle;

/* extra formulas are part of what answers are looked for in; options as the deal was made with. */
void oracle_make(oracle *o, const desk *d, const parley_deal_options *options,
                 const parley_formula *const *extra, uint32_t extras);
void oracle_free(oracle *o);

table oracle_table(oracle *o); /* all no */
table oracle_all(oracle *o);   /* all yes */
table oracle_formula(oracle *o, const parley_formula *f);
bool oracle_countable(const oracle *o, const parley_formula *f);
void oracle_and(const oracle *o, table into, table with);
void oracle_and_not(const oracle *o, table into, table with);
bool oracle_has(table t, uint64_t assignment);
bool oracle_none(const oracle *o, table t);
/* Packages with some answers under which the table says yes. */
uint64_t oracle_count(const oracle *o, table t);
bool oracle_package(const oracle *o, table t, uint64_t package);
/* What binds at a rung: rules, and the terms up to it. */
table oracle_rung(oracle *o, parley_rung rung);
/* Value of issue number k (of the counted ones) in a package. */
uint32_t oracle_value(const oracle *o, uint64_t package, uint32_t k);
/* Assignments that complete a package; values by issue of the case. */
table oracle_completions(oracle *o, const int64_t *values);

typedef struct oracle_verdict {
    parley_verdict_kind kind;
    bool against_rules;
    bool refused[ORACLE_TERMS]; /* by the term alone, in every completion */
    bool open[ORACLE_TERMS];    /* refused in some completions and not in others */
    bool alone;                 /* some term refuses it by itself */
    int32_t assurance;
} oracle_verdict;
void oracle_judge(oracle_verdict *out, oracle *o, int32_t party, parley_rung rung,
                  const int64_t *values);

#endif
