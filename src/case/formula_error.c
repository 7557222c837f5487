/*
 * What the parser of the formula language says when it cannot go on.
 *
 * Each function sets the error at a token and gives the status. Messages name the thing and the
 * rule, hints say what would be right; a fault that the lexer found (FORMULA_BAD) goes before any
 * other.
 */
#include "case/formula_parser.h"

#include <stdio.h>
#include <string.h>

parley_span formula_span(const formula_parser *p, size_t begin, size_t end, size_t column)
{
    if (p->place == NULL) {
        return (parley_span){(uint32_t)begin, (uint32_t)end, 1, (uint32_t)column + 1};
    }
    if (!p->place->exact) {
        return p->place->span;
    }
    return (parley_span){p->place->span.begin + (uint32_t)begin,
                         p->place->span.begin + (uint32_t)end, p->place->span.line,
                         p->place->span.column + (uint32_t)column};
}

parley_status formula_fail(formula_parser *p, parley_status status, const formula_token *t,
                           const char *at_file, int at_line, const char *format, ...)
{
    if (p->err == NULL) {
        return status;
    }
    char message[PARLEY_ERROR_MESSAGE_MAX];
    char where[48] = "";
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    if (p->place != NULL && !p->place->exact) {
        snprintf(where, sizeof where, " (at character %zu of the formula)", t->column + 1);
    }
    return parley_error_set(p->err, status, p->place == NULL ? NULL : p->place->source,
                            formula_span(p, t->begin, t->end, t->column), at_file, at_line, "%s%s",
                            message, where);
}

parley_status formula_no_memory(formula_parser *p)
{
    return FAIL(p, PARLEY_NOMEM, &p->token, "no memory for a formula");
}

/* How the text of a token looks in a message; quoted names without their quotes. */
const char *formula_show_token(const formula_parser *p, char out[FORMULA_SHOWN],
                               const formula_token *t)
{
    size_t cut = t->kind == FORMULA_QUOTED ? 1 : 0;
    return formula_show(out, p->lexer.text + t->begin + cut, t->end - t->begin - 2 * cut);
}

/* Where a token stands, in the words of the place: "column 12" or "character 5". */
void formula_where(const formula_parser *p, char out[40], size_t column)
{
    if (p->place != NULL && p->place->exact) {
        snprintf(out, 40, "column %zu", p->place->span.column + column);
    } else {
        snprintf(out, 40, "character %zu", column + 1);
    }
}

/* The next token is of no use here for a reason that holds anywhere: tell it. */
parley_status formula_fail_bad(formula_parser *p)
{
    char shown[FORMULA_SHOWN];
    const formula_token *t = &p->token;
    parley_status status =
        t->shows ? FAIL(p, t->status, t, "'%s' %s", formula_show_token(p, shown, t), t->bad)
                 : FAIL(p, t->status, t, "%s", t->bad);
    parley_error_hint(p->err, "%s", t->hint);
    return status;
}

/* The token before the one at hand, in a message: "after 'arms'", or "" at the beginning. */
typedef struct context {
    char text[FORMULA_SHOWN + 16];
} context;

static context after_token(const formula_parser *p, const formula_token *t)
{
    context c;
    char shown[FORMULA_SHOWN];
    snprintf(c.text, sizeof c.text, " after '%s'", formula_show_token(p, shown, t));
    return c;
}

/* The next token is none of what may stand there. */
parley_status formula_expected(formula_parser *p, const char *what, const formula_token *after,
                               const char *hint)
{
    if (p->token.kind == FORMULA_BAD) {
        return formula_fail_bad(p);
    }
    char shown[FORMULA_SHOWN];
    parley_status status =
        FAIL(p, PARLEY_SYNTAX, &p->token, "expected %s%s", what, after_token(p, after).text);
    if (formula_is_keyword(p->token.kind)) {
        formula_show_token(p, shown, &p->token);
        parley_error_hint(p->err, "'%s' is a keyword: as a name it is written \"%s\"", shown,
                          shown);
    } else if (hint != NULL) {
        parley_error_hint(p->err, "%s", hint);
    }
    return status;
}

/* The token after an issue's name is no comparison. */
parley_status formula_expected_comparison(formula_parser *p, const formula_token *name,
                                          parley_issue_kind kind, bool ordered)
{
    char word[FORMULA_SHOWN];
    const char *hint = kind == PARLEY_ISSUE_OPEN ? "type its options, or keep this as words"
                       : ordered                 ? "use =, !=, <, <=, >, >= or in {..}"
                                                 : "use =, != or in {..}";
    if (p->token.kind == FORMULA_NAME) {
        formula_show_token(p, word, &p->token);
        if (strcmp(word, "is") == 0 || strcmp(word, "are") == 0 || strcmp(word, "equals") == 0) {
            hint = "write '='";
        }
    } else if (formula_is_keyword(p->token.kind)) {
        parley_status status =
            FAIL(p, PARLEY_SYNTAX, &p->token, "expected a comparison%s", after_token(p, name).text);
        if (p->token.kind == FORMULA_NOT) {
            formula_show_token(p, word, name);
            parley_error_hint(p->err, "use !=, or put 'not' in front: 'not %s in {..}'", word);
        } else {
            parley_error_hint(p->err, "%s", hint);
        }
        return status;
    }
    return formula_expected(p, "a comparison", name, hint);
}

bool formula_is_capital(const formula_parser *p, const formula_token *t)
{
    return t->kind == FORMULA_NAME &&
           formula_keyword_any_case(p->lexer.text + t->begin, t->end - t->begin) != FORMULA_NAME;
}

/* A capital AND, Not, IF where a name could not be meant. */
parley_status formula_fail_capital(formula_parser *p, const formula_token *t)
{
    static const char *const word[] = {"not", "and", "or",      "implies", "if",
                                       "iff", "in",  "accepts", "true",    "false"};
    formula_token_kind kind = formula_keyword_any_case(p->lexer.text + t->begin, t->end - t->begin);
    char shown[FORMULA_SHOWN];
    parley_status status =
        FAIL(p, PARLEY_SYNTAX, t, "'%s' is no keyword", formula_show_token(p, shown, t));
    parley_error_hint(p->err, "write '%s' in lower case", word[kind - FORMULA_NOT]);
    return status;
}

/* No formula begins here. before: the token used last, or NULL at the beginning. */
parley_status formula_expected_formula(formula_parser *p, const formula_token *before)
{
    char shown[FORMULA_SHOWN];
    const formula_token *t = &p->token;
    if (t->kind == FORMULA_BAD) {
        return formula_fail_bad(p);
    }
    parley_status status = before == NULL ? FAIL(p, PARLEY_SYNTAX, t, "expected a formula")
                                          : FAIL(p, PARLEY_SYNTAX, t, "expected a formula%s",
                                                 after_token(p, before).text);
    formula_show_token(p, shown, t);
    switch (t->kind) {
    case FORMULA_NUMBER:
        parley_error_hint(p->err, "a comparison begins with the issue, as in 'duration <= 30'");
        break;
    case FORMULA_IF:
        parley_error_hint(p->err, "write 'F if G', or 'G implies F'");
        break;
    case FORMULA_AND:
    case FORMULA_OR:
    case FORMULA_IMPLIES:
    case FORMULA_IFF:
        parley_error_hint(p->err, "'%s' stands between two formulas", shown);
        break;
    case FORMULA_IN:
    case FORMULA_ACCEPTS:
        parley_error_hint(p->err, "'%s' is a keyword: as a name it is written \"%s\"", shown,
                          shown);
        break;
    case FORMULA_COMPARE:
        if (before != NULL && formula_is_keyword(before->kind)) {
            formula_show_token(p, shown, before);
            parley_error_hint(p->err, "'%s' is a keyword: as a name it is written \"%s\"", shown,
                              shown);
        } else {
            parley_error_hint(p->err, "a comparison begins with the issue");
        }
        break;
    default:
        parley_error_hint(p->err, "a formula is a comparison such as 'arms = stopped'");
        break;
    }
    return status;
}

/* After a whole formula stands neither a connective nor its end. open: the parenthesis around it.
 */
parley_status formula_fail_left_over(formula_parser *p, const formula_token *open)
{
    const formula_token *t = &p->token;
    char shown[FORMULA_SHOWN];
    char where[40];
    if (t->kind == FORMULA_BAD) {
        return formula_fail_bad(p);
    }
    if (formula_is_capital(p, t)) {
        return formula_fail_capital(p, t);
    }
    if (t->kind == FORMULA_END && open != NULL) {
        formula_where(p, where, open->column);
        parley_status status =
            FAIL(p, PARLEY_SYNTAX, t, "expected ')': the '(' at %s is not closed", where);
        parley_error_hint(p->err, "add ')'");
        return status;
    }
    formula_show_token(p, shown, t);
    if (t->kind == FORMULA_CLOSE) {
        parley_status status = FAIL(p, PARLEY_SYNTAX, t, "this ')' closes nothing");
        parley_error_hint(p->err, "remove it, or add the '('");
        return status;
    }
    parley_status status = FAIL(p, PARLEY_SYNTAX, t, "'%s' left over after the formula", shown);
    switch (t->kind) {
    case FORMULA_NUMBER:
        parley_error_hint(p->err,
                          "write a number without blanks, or join two formulas with and, or");
        break;
    case FORMULA_COMPARE:
        parley_error_hint(p->err, "write two comparisons and join them with and, or");
        break;
    case FORMULA_ACCEPTS:
        parley_error_hint(p->err, "as in 'PARTY accepts PROPOSAL'");
        break;
    case FORMULA_DOT:
        parley_error_hint(p->err, "a formula ends without a point");
        break;
    default:
        parley_error_hint(p->err, "join them with and, or");
        break;
    }
    return status;
}
