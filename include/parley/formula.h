/*
 * parley/formula.h: the one formula language of the room "case".
 *
 * Rules, conditions, red lines, concerns, graph-model statements and queries are all written in it:
 *
 *     issue = option        issue != option       issue in {a, b}
 *     issue >= option       (choices that are ordered: < <= > >= too)
 *     quantity <= 30        quantity = 30         quantity in {15, 30}
 *     split.recipient >= 40
 *     "quoted name" = "quoted option"
 *     party accepts proposal
 *     not F, F and G, F or G, F implies G, F if G, F iff G, ( F ), true, false
 *
 * From tightest to loosest: not; and; or; implies and if; iff. `and`, `or` and `iff` take any
 * number of operands; `implies` groups to the right, `if` to the left, and the two do not mix
 * without parentheses. `F if G` is `G implies F`. Keywords are lower case; ids are letters
 * (Unicode, with the combining marks that follow them), digits, `_`, `-`, and do not begin with a
 * digit or `-`; anything else is written in double quotes with \" and \\ as escapes. A keyword used
 * as a name is quoted.
 *
 * This header knows nothing of a case: names are resolved through parley_formula_names.
 */
#ifndef PARLEY_FORMULA_H
#define PARLEY_FORMULA_H

#include <parley/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum parley_truth { PARLEY_NO, PARLEY_YES, PARLEY_NOT_KNOWN } parley_truth;

typedef enum parley_compare {
    PARLEY_EQ,
    PARLEY_NE,
    PARLEY_LT,
    PARLEY_LE,
    PARLEY_GT,
    PARLEY_GE,
    PARLEY_IN /* one of a list */
} parley_compare;

typedef enum parley_formula_kind {
    PARLEY_F_TRUE,
    PARLEY_F_FALSE,
    PARLEY_F_CHOICE,   /* issue compare option(s) */
    PARLEY_F_QUANTITY, /* issue compare number(s) */
    PARLEY_F_SHARE,    /* issue.recipient compare number(s) */
    PARLEY_F_ACCEPTS,  /* party accepts proposal */
    PARLEY_F_NOT,      /* one argument */
    PARLEY_F_AND,      /* two or more */
    PARLEY_F_OR,       /* two or more */
    PARLEY_F_IMPLIES,  /* arg[0] implies arg[1] */
    PARLEY_F_IF,       /* arg[0] if arg[1] */
    PARLEY_F_IFF       /* two or more: all alike */
} parley_formula_kind;

/* A node; immutable after parsing, lives in the arena it was parsed into. */
typedef struct parley_formula parley_formula;
struct parley_formula {
    uint8_t kind;      /* parley_formula_kind */
    uint8_t compare;   /* parley_compare, for the first three atoms */
    uint32_t count;    /* operands of a connective, or values of an atom (1 unless `in`) */
    parley_span span;  /* in the file where known, else offsets in the formula's own text */
    int32_t issue;     /* atoms */
    int32_t recipient; /* share atoms */
    int32_t party;     /* accepts */
    int32_t proposal;  /* accepts */
    const parley_formula *const *arg; /* connectives: count operands */
    const int32_t *option;            /* choice atoms: count option indexes, as typed */
    const parley_decimal *number;     /* quantity and share atoms: count numbers, as typed */
};

/* What kind of thing an issue is, as far as atoms need to know. */
typedef enum parley_issue_kind {
    PARLEY_ISSUE_OPEN, /* no options, range or recipients typed yet */
    PARLEY_ISSUE_CHOICE,
    PARLEY_ISSUE_QUANTITY,
    PARLEY_ISSUE_SPLIT
} parley_issue_kind;

/*
 * How names are looked up and printed. Lookups give an index or -1; `quoted` tells that the name
 * stood in quotes, when labels ("Go on", "How long?") are tried as well as ids. Any of the
 * functions may be NULL: nothing of that kind exists.
 */
typedef struct parley_formula_names {
    void *user;
    int32_t (*issue)(void *user, const char *name, size_t length, bool quoted);
    parley_issue_kind (*issue_kind)(void *user, int32_t issue);
    /* choice issues: may be compared with < and > */
    bool (*issue_ordered)(void *user, int32_t issue);
    int32_t (*option)(void *user, int32_t issue, const char *name, size_t length, bool quoted);
    int32_t (*recipient)(void *user, int32_t issue, const char *name, size_t length, bool quoted);
    int32_t (*party)(void *user, const char *name, size_t length, bool quoted);
    int32_t (*proposal)(void *user, const char *name, size_t length, bool quoted);
    /* ids, for printing and for "did you mean"; i runs from 0 until NULL */
    const char *(*issue_id)(void *user, int32_t i);
    const char *(*option_id)(void *user, int32_t issue, int32_t i);
    const char *(*recipient_id)(void *user, int32_t issue, int32_t i);
    const char *(*party_id)(void *user, int32_t i);
    const char *(*proposal_id)(void *user, int32_t i);
} parley_formula_names;

/*
 * Where a formula's text stands in a file, so that errors point there. If `exact`, byte k of the
 * text is byte begin + k of the file, on one line; else errors point at the whole value and say "at
 * character N".
 */
typedef struct parley_formula_place {
    const char *source; /* name of the file, NULL for none */
    parley_span span;   /* of the text: begin, line and column of its first byte */
    bool exact;
} parley_formula_place;

/*
 * Parse. The tree is made in arena; after a failure the arena is as it was. place NULL: spans are
 * offsets in the text, line 1. limits NULL: the defaults. Errors (SYNTAX, NOTFOUND for names,
 * INVALID for a comparison that the issue does not allow, RANGE for a number of too many digits,
 * LIMIT, NOMEM) tell the first fault in the text, with the exact place and a hint with what would
 * be right ("did you mean 'stopped'?"). A choice compared with an unknown option, a quantity with a
 * word, an issue that has no options yet compared with an option: each its own message. O(length),
 * and once over the names after a NOTFOUND.
 */
PARLEY_API parley_status parley_formula_parse(const parley_formula **out, parley_arena *arena,
                                              const parley_limits *limits,
                                              const parley_formula_names *names, const char *text,
                                              size_t length, const parley_formula_place *place,
                                              parley_error *err) PARLEY_MUST_CHECK;

/*
 * Does the text look as if it was meant as a formula? True when, outside double quotes, it holds
 * one of = != < <= > >= (or their typeset forms, which the parser then explains) or `in {`, or when
 * `word accepts word` stands alone or between keywords and parentheses ("ru accepts the offer" is
 * prose). A fast test on characters, no names; any bytes may be given.
 */
PARLEY_API bool parley_formula_looks_like(const char *text, size_t length);

/*
 * Print with as few parentheses as parsing back needs; parse(print(f)) equals f node for node
 * (spans apart). Names that are no ids, or are keywords, are quoted; a name that the table does not
 * know is "?". A failure sticks in out (parley_text_status).
 */
PARLEY_API void parley_formula_print(const parley_formula *f, const parley_formula_names *names,
                                     parley_text *out);

/* Same tree (spans apart); numbers are compared by value: 30.0 is 30. */
PARLEY_API bool parley_formula_equal(const parley_formula *a, const parley_formula *b);

/*
 * A canonical order and form, so that equal meanings of simple atoms compare equal. Lists become
 * sorted and duplicate-free, a list of one becomes `=`; `not` goes into a comparison (`not x = a`
 * is `x != a`, `not x < 3` is `x >= 3`; `not x in {a, b}` stays) and double negation goes; `F if G`
 * becomes `G implies F`; operands of and/or are flattened, sorted and made unique, those of iff
 * sorted and made unique; `x = a or x = b` becomes `x in {a, b}`, `x != a and x != b` becomes `not
 * x in {a, b}`; operands true and false go; 30.0 becomes 30. Only `in` has more than one value
 * afterwards, as before. Same truth under every total assignment; under a partial one, known at
 * least where f is. Not a decision procedure: `x = a` and `x != b` stay apart when a and b are all
 * there is, and De Morgan's laws are not used. Whoever counts the operands of an `and` splits f
 * itself, not its normal form. The result shares nothing with f but lives in arena; printing and
 * parsing gives it back. NOMEM.
 */
PARLEY_API parley_status parley_formula_normal(const parley_formula **out, parley_arena *arena,
                                               const parley_formula *f,
                                               parley_error *err) PARLEY_MUST_CHECK;

/* Total order on trees, for sorting; 0 means equal. */
PARLEY_API int parley_formula_compare_trees(const parley_formula *a, const parley_formula *b);

/* Truth of one atom (CHOICE, QUANTITY, SHARE or ACCEPTS node). */
typedef parley_truth (*parley_atom_fn)(void *user, const parley_formula *atom);

/*
 * Kleene's strong three-valued evaluation: yes, no, or not known. O(nodes), stops early. Not exact
 * about completions: `x = a or x != a` with x open is not known; `entails` in the room deal is
 * exact.
 */
PARLEY_API parley_truth parley_formula_eval(const parley_formula *f, parley_atom_fn atom,
                                            void *user);

/* Calls visit for every atom, left to right. */
typedef void (*parley_atom_visit)(void *user, const parley_formula *atom);
PARLEY_API void parley_formula_atoms(const parley_formula *f, parley_atom_visit visit, void *user);

/* Does an atom of f speak of the issue? Whether its answers do is not asked. f may be NULL: no. */
PARLEY_API bool parley_formula_mentions(const parley_formula *f, int32_t issue);

/* The one issue that f speaks of; -1: none (or f is NULL), several, or an answer to a text. */
PARLEY_API int32_t parley_formula_only_issue(const parley_formula *f);

/* Sets bit i of bits (n_words words) for every issue i that f mentions. */
PARLEY_API void parley_formula_issues(const parley_formula *f, uint64_t *bits, size_t n_words);

#ifdef __cplusplus
}
#endif
#endif
