/*
 * Inside the room "case": what each claim, answer and reading says, one conjunct at a time.
 *
 * Terms (terms.c) merge the statements that bind; positions (positions.c) lay all of them out by
 * issue.
 */
#ifndef PARLEY_CASE_STATEMENTS_H
#define PARLEY_CASE_STATEMENTS_H

#include "case/case_internal.h"

typedef struct case_statement {
    int32_t party;
    int8_t mode;                   /* parley_mode, or -1: binds nothing */
    uint8_t rung;                  /* parley_rung, when it binds */
    uint8_t firmness;              /* parley_firmness */
    uint8_t basis;                 /* parley_basis */
    const char *act;               /* "demands", "open to", ... */
    const parley_formula *formula; /* NULL: about an issue as a whole, or words */
    int32_t issue;    /* the issue, when formula is NULL; -1 for words about nothing typed */
    const char *text; /* words, when formula is NULL */
    int32_t claim;
    int32_t response;
    int32_t reading;
    parley_date date;
    uint64_t order; /* ascending: file order of what it rests on, then place in its list; never
                     * 0 in its lower half, which is free for what stands before all of it */
} case_statement;

typedef struct case_statements {
    parley_arena *arena;
    case_statement *at;
    uint32_t count;
    uint32_t room;
    bool *in_force;  /* by claim: happened by the date, not set aside */
    bool *taken_out; /* by claim: replaced as a whole */
    bool *spoke;     /* by claim with replacers: something of it was looked at */
    bool *stands;    /* by claim with replacers: something of it was not taken out */
    parley_shift *shift;
    uint32_t shifts;
    uint32_t shift_room;
    parley_assurance *assurance;
    uint32_t assurances;
    uint32_t assurance_room;
} case_statements;

typedef struct collect_state {
    case_statements *out;
    const parley_case *c;
    const parley_terms_options *options;
    int32_t party;         /* -1, or only what this one says */
    size_t words;          /* 64-bit words of an issue set */
    uint64_t **subject;    /* by claim: issues it speaks about; NULL when it replaces nothing */
    parley_ids *replacers; /* by claim: claims in force that replace it */
    bool *response_off;
    bool *reading_off;
    bool failed;
} collect_state;

/* The array with room for one more, or NULL and s->failed. */
void *statements_grow(collect_state *s, void *at, uint32_t count, uint32_t *room, size_t size);

/* ---- replaces.c ---- */

/* Who replaces whom, and what the later ones speak about; false without memory. */
bool statements_prepare(collect_state *s);
/*
 * Is this conjunct (or, formula NULL, this issue; or, both missing, these words) of claim `claim`
 * taken out by a later one? Records the shift.
 */
bool statements_replaced(collect_state *s, int32_t claim, int32_t party,
                         const parley_formula *formula, int32_t issue);
/* A claim that made no statement (its conditions stand under an answer) may be replaced all the
 * same. */
bool statements_replaced_in_silence(collect_state *s, int32_t claim);
/* In order of the earlier claim, each once. */
void statements_sort_shifts(case_statements *out);

/* What to collect of a case. */
typedef struct case_selection {
    int32_t party;          /* -1: of everybody; who replaces whom is known of everybody anyway */
    const uint32_t *colour; /* by claim, or NULL: all of them; else only those of colour `only`, */
    uint32_t only;          /* and those of another colour replace nothing */
} case_selection;

#define CASE_SELECT_ALL                                                                            \
    (case_selection)                                                                               \
    {                                                                                              \
        -1, NULL, 0                                                                                \
    }

/* Collect. NOTFOUND for an unknown id in options->without. O(claims x replaces). */
parley_status case_statements_collect(case_statements *out, const parley_case *c,
                                      parley_arena *arena, const parley_terms_options *options,
                                      case_selection select, parley_error *err) PARLEY_MUST_CHECK;
/* What terms were made of: lives as long as they do. */
const case_statements *case_terms_statements(const parley_terms *terms);

/* How soft a source class is: 0 for nobody named, 3 on record. */
int case_class_strength(parley_class cls);

#endif
