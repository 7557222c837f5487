/*
 * Inside the room "case": what the files of the formula language share.
 *
 * The lexer gives one token at a time and never fails: a fault is a token of its own (FORMULA_BAD),
 * told only when the parser comes to use it, so that the first fault in the text is the one that is
 * reported.
 */
#ifndef PARLEY_CASE_FORMULA_INTERNAL_H
#define PARLEY_CASE_FORMULA_INTERNAL_H

#include <parley/formula.h>

/* The parser, printer and walks recurse once a level; a larger limit is cut to this. */
#define FORMULA_DEPTH_CEILING 1000u

typedef enum formula_token_kind {
    FORMULA_END,
    FORMULA_NAME,
    FORMULA_QUOTED,
    FORMULA_NUMBER,
    FORMULA_COMPARE,
    FORMULA_OPEN,
    FORMULA_CLOSE,
    FORMULA_BRACE,
    FORMULA_BRACE_END,
    FORMULA_COMMA,
    FORMULA_DOT,
    FORMULA_BAD,
    /* keywords */
    FORMULA_NOT,
    FORMULA_AND,
    FORMULA_OR,
    FORMULA_IMPLIES,
    FORMULA_IF,
    FORMULA_IFF,
    FORMULA_IN,
    FORMULA_ACCEPTS,
    FORMULA_TRUE,
    FORMULA_FALSE
} formula_token_kind;

typedef struct formula_token {
    formula_token_kind kind;
    parley_compare compare; /* COMPARE */
    bool escaped;           /* QUOTED: holds backslashes */
    bool shows;             /* BAD: the message begins with the text in quotes */
    parley_status status;   /* BAD */
    const char *bad;        /* BAD: message */
    const char *hint;       /* BAD: what would be right */
    size_t begin;           /* bytes of the formula's text */
    size_t end;
    size_t column; /* characters of the formula's text before it */
} formula_token;

typedef struct formula_lexer {
    const char *text;
    size_t length;
    size_t at;
    size_t column;
} formula_lexer;

/* The next token. The text must be valid UTF-8. O(length of the token). */
formula_token formula_next(formula_lexer *lexer);

/* The kind of a keyword, or FORMULA_NAME. */
formula_token_kind formula_keyword(const char *name, size_t length);
/* The same for any mixture of capitals. */
formula_token_kind formula_keyword_any_case(const char *name, size_t length);

/* May the name stand without quotes? (An id that is no keyword.) */
bool formula_plain_name(const char *name, size_t length);

/* A name for a message: one line, at most FORMULA_SHOWN bytes with the NUL, cut at a whole
 * character. */
#define FORMULA_SHOWN 60
const char *formula_show(char out[FORMULA_SHOWN], const char *name, size_t length);

/* The five kinds of names a formula holds. */
typedef enum formula_name_class {
    FORMULA_ISSUES,
    FORMULA_OPTIONS,    /* of an issue */
    FORMULA_RECIPIENTS, /* of an issue */
    FORMULA_PARTIES,
    FORMULA_PROPOSALS
} formula_name_class;

/* Index, or -1. issue is used for options and recipients only. */
int32_t formula_lookup(const parley_formula_names *names, formula_name_class which, int32_t issue,
                       const char *name, size_t length, bool quoted);
/* The i-th id, or NULL. */
const char *formula_id(const parley_formula_names *names, formula_name_class which, int32_t issue,
                       int32_t i);
/* The id, or "?" when the names do not tell it. */
const char *formula_id_or(const parley_formula_names *names, formula_name_class which,
                          int32_t issue, int32_t i);

/* What would be right in place of an unknown name, for a hint; "" when nothing helps. */
void formula_suggest(char *out, size_t size, const parley_formula_names *names,
                     formula_name_class which, int32_t issue, const char *name, size_t length);
/* `options: a, b, c`, as far as it fits. */
void formula_list_names(char *out, size_t size, const parley_formula_names *names,
                        formula_name_class which, int32_t issue);

#endif
