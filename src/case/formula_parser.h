/*
 * Inside the room "case": the state of one reading of a formula, shared by the parser's three files
 * (connectives in formula_parse.c, atoms in formula_atom.c, faults in formula_error.c).
 */
#ifndef PARLEY_CASE_FORMULA_PARSER_H
#define PARLEY_CASE_FORMULA_PARSER_H

#include "case/formula_internal.h"

/* An operand that waits for its connective. begin and end take in its parentheses. */
typedef struct formula_operand {
    const parley_formula *node;
    uint32_t height; /* levels of connectives in it */
    size_t begin;
    size_t end;
    size_t column;
} formula_operand;

#define FORMULA_FIRST_OPERANDS 32

typedef struct formula_parser {
    parley_arena *arena;
    const parley_formula_names *names;
    const parley_formula_place *place;
    parley_error *err;
    formula_lexer lexer;
    formula_token token; /* the next one, not yet used */
    size_t last_end;     /* of the token used last */
    uint32_t depth;      /* of parentheses and `not` */
    uint32_t depth_max;
    formula_operand first[FORMULA_FIRST_OPERANDS];
    formula_operand *stack;
    size_t stack_size;
    size_t stack_room;
} formula_parser;

/* ---- tokens and nodes (formula_parse.c) ---- */

/* Use the token at hand and read the next one. */
void formula_advance(formula_parser *p);
/* A node without operands, from `begin` to the token used last. NULL: no memory. */
parley_formula *formula_new_node(formula_parser *p, parley_formula_kind kind,
                                 const formula_token *begin);
/* Put a node on the stack; NULL for the node gives NOMEM. */
parley_status formula_push(formula_parser *p, const parley_formula *node, uint32_t height,
                           const formula_token *begin);
parley_span formula_span(const formula_parser *p, size_t begin, size_t end, size_t column);

/* ---- atoms (formula_atom.c): `name` was used, the token at hand follows it ---- */

/* `party accepts proposal`, with `accepts` at hand. */
parley_status formula_parse_accepts(formula_parser *p, const formula_token *name);
parley_status formula_parse_comparison(formula_parser *p, const formula_token *name);

/* ---- faults (formula_error.c): each sets the error and gives its status ---- */

PARLEY_PRINTF(6, 7)
parley_status formula_fail(formula_parser *p, parley_status status, const formula_token *t,
                           const char *at_file, int at_line, const char *format, ...);
#define FAIL(p, status, token, ...)                                                                \
    formula_fail((p), (status), (token), __FILE__, __LINE__, __VA_ARGS__)

parley_status formula_no_memory(formula_parser *p);
parley_status formula_fail_bad(formula_parser *p);
parley_status formula_expected(formula_parser *p, const char *what, const formula_token *after,
                               const char *hint);
parley_status formula_expected_comparison(formula_parser *p, const formula_token *name,
                                          parley_issue_kind kind, bool ordered);
parley_status formula_expected_formula(formula_parser *p, const formula_token *before);
parley_status formula_fail_left_over(formula_parser *p, const formula_token *open);
parley_status formula_fail_capital(formula_parser *p, const formula_token *t);

/* Is it a keyword but for capitals? */
bool formula_is_capital(const formula_parser *p, const formula_token *t);
static inline bool formula_is_keyword(formula_token_kind kind)
{
    return kind >= FORMULA_NOT;
}

/* How the text of a token looks in a message; quoted names without their quotes. */
const char *formula_show_token(const formula_parser *p, char out[FORMULA_SHOWN],
                               const formula_token *t);
/* Where a token stands, in the words of the place: "column 12" or "character 5". */
void formula_where(const formula_parser *p, char out[40], size_t column);

#endif
