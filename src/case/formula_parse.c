/*
 * The parser of the formula language: recursive descent over the levels iff, implies / if, or, and,
 * not.
 *
 * Recursion happens for parentheses and `not` only, and is bounded by the limit formula_depth;
 * chains of one connective collect their operands on a stack of the parser's own. Chains of
 * `implies` and `if` make deep trees and are bounded by the same limit. Names are resolved as they
 * come, so that the first fault in the text is the one that is told.
 */
#include "case/formula_internal.h"

#include <stdio.h>
#include <string.h>

/* An operand that waits for its connective. begin and end take in its parentheses. */
typedef struct operand {
    const parley_formula *node;
    uint32_t height; /* levels of connectives in it */
    size_t begin;
    size_t end;
    size_t column;
} operand;

#define FIRST_OPERANDS 32

typedef struct parser {
    parley_arena *arena;
    const parley_formula_names *names;
    const parley_formula_place *place;
    parley_error *err;
    formula_lexer lexer;
    formula_token token; /* the next one, not yet used */
    size_t last_end;     /* of the token used last */
    uint32_t depth;      /* of parentheses and `not` */
    uint32_t depth_max;
    operand first[FIRST_OPERANDS];
    operand *stack;
    size_t stack_size;
    size_t stack_room;
} parser;

/* ----------------------------------------------------------------- errors */

static parley_span span_at(const parser *p, size_t begin, size_t end, size_t column)
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

PARLEY_PRINTF(6, 7)
static parley_status fail_at(parser *p, parley_status status, const formula_token *t,
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
                            span_at(p, t->begin, t->end, t->column), at_file, at_line, "%s%s",
                            message, where);
}

#define FAIL(p, status, token, ...) fail_at((p), (status), (token), __FILE__, __LINE__, __VA_ARGS__)

static parley_status no_memory(parser *p)
{
    return FAIL(p, PARLEY_NOMEM, &p->token, "no memory for a formula");
}

/* How the text of a token looks in a message; quoted names without their quotes. */
static const char *show_token(const parser *p, char out[FORMULA_SHOWN], const formula_token *t)
{
    size_t cut = t->kind == FORMULA_QUOTED ? 1 : 0;
    return formula_show(out, p->lexer.text + t->begin + cut, t->end - t->begin - 2 * cut);
}

/* Where a token stands, in the words of the place: "column 12" or "character 5". */
static void where_is(const parser *p, char out[40], size_t column)
{
    if (p->place != NULL && p->place->exact) {
        snprintf(out, 40, "column %zu", p->place->span.column + column);
    } else {
        snprintf(out, 40, "character %zu", column + 1);
    }
}

/* The next token is of no use here for a reason that holds anywhere: tell it. */
static parley_status fail_bad(parser *p)
{
    char shown[FORMULA_SHOWN];
    const formula_token *t = &p->token;
    parley_status status = t->shows
                               ? FAIL(p, t->status, t, "'%s' %s", show_token(p, shown, t), t->bad)
                               : FAIL(p, t->status, t, "%s", t->bad);
    parley_error_hint(p->err, "%s", t->hint);
    return status;
}

/* ----------------------------------------------------------------- tokens */

static void next_token(parser *p)
{
    p->last_end = p->token.end;
    p->token = formula_next(&p->lexer);
    if (p->token.kind == FORMULA_END) {
        /* the end is right after the last token, blanks or not */
        const char *s = p->lexer.text;
        while (p->token.begin > p->last_end) {
            p->token.begin--;
            p->token.column -= ((unsigned char)s[p->token.begin] & 0xC0) != 0x80;
        }
        p->token.end = p->token.begin;
    }
}

static bool is_keyword(formula_token_kind kind)
{
    return kind >= FORMULA_NOT;
}

/* The token before the one at hand, in a message: "after 'arms'", or "" at the beginning. */
typedef struct context {
    char text[FORMULA_SHOWN + 16];
} context;

static context after_token(const parser *p, const formula_token *t)
{
    context c;
    char shown[FORMULA_SHOWN];
    snprintf(c.text, sizeof c.text, " after '%s'", show_token(p, shown, t));
    return c;
}

/* The characters of a quoted or plain name; an escaped one is copied to the arena. NULL: no memory.
 */
static const char *name_text(parser *p, const formula_token *t, size_t *length)
{
    const char *s = p->lexer.text + t->begin;
    size_t n = t->end - t->begin;
    if (t->kind == FORMULA_QUOTED) {
        s++;
        n -= 2;
    }
    if (!t->escaped) {
        *length = n;
        return s;
    }
    char *copy = parley_arena_copy(p->arena, s, n);
    if (copy == NULL) {
        return NULL;
    }
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        i += copy[i] == '\\' && i + 1 < n;
        copy[k++] = copy[i];
    }
    *length = k;
    return copy;
}

/* Look a name up; NOTFOUND with a suggestion. */
static parley_status resolve(parser *p, int32_t *out, formula_name_class which, int32_t issue,
                             const formula_token *t)
{
    size_t length = 0;
    const char *name = name_text(p, t, &length);
    if (name == NULL) {
        return no_memory(p);
    }
    *out = formula_lookup(p->names, which, issue, name, length, t->kind == FORMULA_QUOTED);
    if (*out >= 0) {
        return PARLEY_OK;
    }
    char shown[FORMULA_SHOWN];
    char of[FORMULA_SHOWN];
    formula_show(shown, name, length);
    parley_status status;
    if (which == FORMULA_OPTIONS || which == FORMULA_RECIPIENTS) {
        const char *id = formula_id_or(p->names, FORMULA_ISSUES, -1, issue);
        status = FAIL(p, PARLEY_NOTFOUND, t, "'%s' is no %s of '%s'", shown,
                      which == FORMULA_OPTIONS ? "option" : "recipient",
                      formula_show(of, id, strlen(id)));
    } else {
        const char *what = which == FORMULA_ISSUES    ? "issue"
                           : which == FORMULA_PARTIES ? "party"
                                                      : "proposal";
        status = FAIL(p, PARLEY_NOTFOUND, t, "no %s is called '%s'", what, shown);
    }
    if (p->err != NULL) {
        char hint[PARLEY_ERROR_HINT_MAX];
        formula_suggest(hint, sizeof hint, p->names, which, issue, name, length);
        if (hint[0] != '\0') {
            parley_error_hint(p->err, "%s", hint);
        }
    }
    return status;
}

/* ------------------------------------------------------------------ nodes */

static parley_formula *new_node(parser *p, parley_formula_kind kind, const formula_token *begin)
{
    parley_formula *f = parley_arena_alloc(p->arena, sizeof *f);
    if (f != NULL) {
        *f = (parley_formula){.kind = (uint8_t)kind,
                              .span = span_at(p, begin->begin, p->last_end, begin->column),
                              .issue = -1,
                              .recipient = -1,
                              .party = -1,
                              .proposal = -1};
    }
    return f;
}

static parley_status push(parser *p, const parley_formula *node, uint32_t height,
                          const formula_token *begin)
{
    if (node == NULL) {
        return no_memory(p);
    }
    if (p->stack_size == p->stack_room) {
        operand *grown = parley_arena_array(p->arena, p->stack_room * 2, sizeof *grown);
        if (grown == NULL) {
            return no_memory(p);
        }
        memcpy(grown, p->stack, p->stack_size * sizeof *grown);
        p->stack = grown;
        p->stack_room *= 2;
    }
    p->stack[p->stack_size++] = (operand){node, height, begin->begin, p->last_end, begin->column};
    return PARLEY_OK;
}

static parley_status too_deep(parser *p, const formula_token *t)
{
    parley_status status =
        FAIL(p, PARLEY_LIMIT, t, "formula nested more than %u levels deep", (unsigned)p->depth_max);
    parley_error_hint(p->err, "limit formula_depth");
    return status;
}

/* Replace the operands from `base` on by one node over them. */
static parley_status reduce(parser *p, parley_formula_kind kind, size_t base,
                            const formula_token *joint)
{
    size_t count = p->stack_size - base;
    const operand *first = &p->stack[base];
    parley_formula *f = parley_arena_alloc(p->arena, sizeof *f);
    const parley_formula **arg = parley_arena_array(p->arena, count, sizeof *arg);
    if (f == NULL || arg == NULL) {
        return no_memory(p);
    }
    uint32_t height = 0;
    for (size_t i = 0; i < count; i++) {
        arg[i] = first[i].node;
        height = first[i].height > height ? first[i].height : height;
    }
    height++;
    if (height > p->depth_max) {
        return too_deep(p, joint);
    }
    operand all = {f, height, first[0].begin, first[count - 1].end, first[0].column};
    *f = (parley_formula){.kind = (uint8_t)kind,
                          .count = (uint32_t)count,
                          .span = span_at(p, all.begin, all.end, all.column),
                          .issue = -1,
                          .recipient = -1,
                          .party = -1,
                          .proposal = -1,
                          .arg = arg};
    p->stack_size = base;
    p->stack[p->stack_size++] = all;
    return PARLEY_OK;
}

/* ----------------------------------------------------------------- values */

/* The right-hand side of a comparison while it grows. */
typedef struct values {
    int32_t *option;
    parley_decimal *number;
    uint32_t count;
    uint32_t room;
} values;

static bool values_room(parser *p, values *v, bool numbers)
{
    if (v->count < v->room) {
        return true;
    }
    size_t size = numbers ? sizeof *v->number : sizeof *v->option;
    uint32_t room = v->room == 0 ? 1 : v->room * 4;
    void *old = numbers ? (void *)v->number : (void *)v->option;
    void *grown = v->room == 0
                      ? parley_arena_array(p->arena, room, size)
                      : parley_arena_grow(p->arena, old, v->room * size, (size_t)room * size);
    if (grown == NULL) {
        return false;
    }
    if (numbers) {
        v->number = grown;
    } else {
        v->option = grown;
    }
    v->room = room;
    return true;
}

/* The next token is none of what may stand there. */
static parley_status expected(parser *p, const char *what, const formula_token *after,
                              const char *hint)
{
    if (p->token.kind == FORMULA_BAD) {
        return fail_bad(p);
    }
    char shown[FORMULA_SHOWN];
    parley_status status =
        FAIL(p, PARLEY_SYNTAX, &p->token, "expected %s%s", what, after_token(p, after).text);
    if (is_keyword(p->token.kind)) {
        show_token(p, shown, &p->token);
        parley_error_hint(p->err, "'%s' is a keyword: as a name it is written \"%s\"", shown,
                          shown);
    } else if (hint != NULL) {
        parley_error_hint(p->err, "%s", hint);
    }
    return status;
}

/* A comma that clings to digits on both sides: thousands, or a decimal comma? */
static parley_status check_comma(parser *p, const formula_token *number, bool in_list)
{
    const char *s = p->lexer.text;
    size_t i = p->token.end;
    size_t digits = 0;
    if (p->token.kind != FORMULA_COMMA || p->token.begin != number->end) {
        return PARLEY_OK;
    }
    while (i + digits < p->lexer.length && s[i + digits] >= '0' && s[i + digits] <= '9') {
        digits++;
    }
    if (digits == 0 || (in_list && digits != 3)) {
        return PARLEY_OK;
    }
    formula_token whole = *number;
    whole.end = i + digits;
    char shown[FORMULA_SHOWN];
    char head[FORMULA_SHOWN];
    char tail[FORMULA_SHOWN];
    show_token(p, shown, &whole);
    show_token(p, head, number);
    formula_show(tail, s + i, digits);
    parley_status status;
    if (in_list) {
        status = FAIL(p, PARLEY_SYNTAX, &whole, "'%s' can be read as one number or two", shown);
        parley_error_hint(p->err, "%s%s for one number, %s, %s with a blank for two", head, tail,
                          head, tail);
    } else if (digits == 3) {
        status = FAIL(p, PARLEY_SYNTAX, &whole, "'%s' has a comma: numbers have none", shown);
        parley_error_hint(p->err, "write %s%s", head, tail);
    } else {
        status = FAIL(p, PARLEY_SYNTAX, &whole, "'%s' has a comma: numbers have none", shown);
        parley_error_hint(p->err, "write %s.%s", head, tail);
    }
    return status;
}

static parley_status parse_number(parser *p, values *v, const char *issue_id,
                                  const formula_token *after, bool in_list)
{
    formula_token t = p->token;
    char shown[FORMULA_SHOWN];
    char of[FORMULA_SHOWN];
    if (t.kind == FORMULA_NAME || t.kind == FORMULA_QUOTED) {
        parley_status status =
            FAIL(p, PARLEY_INVALID, &t, "'%s' is a number: '%s' is none, compare it with a number",
                 formula_show(of, issue_id, strlen(issue_id)), show_token(p, shown, &t));
        parley_error_hint(p->err, "as in '%s <= 30'", of);
        return status;
    }
    if (t.kind != FORMULA_NUMBER) {
        return expected(p, "a number", after,
                        t.kind == FORMULA_BRACE ? "a list follows 'in'"
                        : t.kind == FORMULA_DOT ? "a digit stands before the point, as in 0.5"
                                                : NULL);
    }
    if (!values_room(p, v, true)) {
        return no_memory(p);
    }
    parley_status status =
        parley_decimal_parse(&v->number[v->count], p->lexer.text + t.begin, t.end - t.begin, NULL);
    if (status != PARLEY_OK) {
        status = FAIL(p, status, &t, "'%s' has too many digits", show_token(p, shown, &t));
        parley_error_hint(p->err, "numbers have up to 18 digits");
        return status;
    }
    v->count++;
    next_token(p);
    status = check_comma(p, &t, in_list);
    if (status == PARLEY_OK && p->token.kind == FORMULA_NAME &&
        formula_keyword_any_case(p->lexer.text + p->token.begin, p->token.end - p->token.begin) ==
            FORMULA_NAME) {
        status = FAIL(p, PARLEY_SYNTAX, &p->token, "'%s' follows a number",
                      show_token(p, shown, &p->token));
        parley_error_hint(p->err, "leave the unit out, or join two formulas with and, or");
    }
    return status;
}

static parley_status parse_option(parser *p, values *v, int32_t issue, const formula_token *after)
{
    formula_token t = p->token;
    if (t.kind == FORMULA_NUMBER) {
        char of[FORMULA_SHOWN];
        char hint[PARLEY_ERROR_HINT_MAX];
        const char *id = formula_id_or(p->names, FORMULA_ISSUES, -1, issue);
        parley_status status =
            FAIL(p, PARLEY_INVALID, &t, "'%s' is a choice: compare it with an option",
                 formula_show(of, id, strlen(id)));
        formula_list_names(hint, sizeof hint, p->names, FORMULA_OPTIONS, issue);
        if (hint[0] != '\0') {
            parley_error_hint(p->err, "%s", hint);
        }
        return status;
    }
    if (t.kind != FORMULA_NAME && t.kind != FORMULA_QUOTED) {
        return expected(p, "an option", after,
                        t.kind == FORMULA_BRACE ? "a list follows 'in'" : NULL);
    }
    if (!values_room(p, v, false)) {
        return no_memory(p);
    }
    parley_status status = resolve(p, &v->option[v->count], FORMULA_OPTIONS, issue, &t);
    if (status == PARLEY_OK) {
        v->count++;
        next_token(p);
    }
    return status;
}

/* One value, or after `in` a list in braces. issue_id: how messages call the left-hand side. */
static parley_status parse_values(parser *p, values *v, bool numbers, int32_t issue,
                                  const char *issue_id, const formula_token *op)
{
    if (op->kind != FORMULA_IN) {
        return numbers ? parse_number(p, v, issue_id, op, false) : parse_option(p, v, issue, op);
    }
    formula_token brace = p->token;
    if (brace.kind != FORMULA_BRACE) {
        return expected(p, "'{'", op, "a list is written in braces: {a, b}");
    }
    formula_token after = brace;
    next_token(p);
    if (p->token.kind == FORMULA_BRACE_END) {
        parley_status status = FAIL(p, PARLEY_SYNTAX, &p->token, "empty list after 'in'");
        parley_error_hint(p->err, "name at least one %s", numbers ? "number" : "option");
        return status;
    }
    for (;;) {
        formula_token value = p->token;
        parley_status status = numbers ? parse_number(p, v, issue_id, &after, true)
                                       : parse_option(p, v, issue, &after);
        if (status != PARLEY_OK) {
            return status;
        }
        if (p->token.kind == FORMULA_BRACE_END) {
            next_token(p);
            return PARLEY_OK;
        }
        if (p->token.kind == FORMULA_END) {
            char where[40];
            where_is(p, where, brace.column);
            status = FAIL(p, PARLEY_SYNTAX, &p->token, "expected '}': the '{' at %s is not closed",
                          where);
            parley_error_hint(p->err, "add '}'");
            return status;
        }
        if (p->token.kind != FORMULA_COMMA) {
            return expected(p, "',' or '}'", &value, "the entries of a list stand between commas");
        }
        after = p->token;
        next_token(p);
    }
}

/* ------------------------------------------------------------------ atoms */

/* After the second name of `party accepts proposal`. */
static parley_status parse_accepts(parser *p, const formula_token *name)
{
    formula_token accepts = p->token;
    int32_t party = -1;
    int32_t proposal = -1;
    parley_status status = resolve(p, &party, FORMULA_PARTIES, -1, name);
    if (status != PARLEY_OK) {
        return status;
    }
    next_token(p);
    if (p->token.kind != FORMULA_NAME && p->token.kind != FORMULA_QUOTED) {
        return expected(p, "a proposal", &accepts, NULL);
    }
    status = resolve(p, &proposal, FORMULA_PROPOSALS, -1, &p->token);
    if (status != PARLEY_OK) {
        return status;
    }
    next_token(p);
    parley_formula *f = new_node(p, PARLEY_F_ACCEPTS, name);
    if (f != NULL) {
        f->party = party;
        f->proposal = proposal;
    }
    return push(p, f, 0, name);
}

/* The token after an issue's name is no comparison. */
static parley_status expected_comparison(parser *p, const formula_token *name,
                                         parley_issue_kind kind, bool ordered)
{
    char word[FORMULA_SHOWN];
    const char *hint = kind == PARLEY_ISSUE_OPEN ? "type its options, or keep this as words"
                       : ordered                 ? "use =, !=, <, <=, >, >= or in {..}"
                                                 : "use =, != or in {..}";
    if (p->token.kind == FORMULA_NAME) {
        show_token(p, word, &p->token);
        if (strcmp(word, "is") == 0 || strcmp(word, "are") == 0 || strcmp(word, "equals") == 0) {
            hint = "write '='";
        }
    } else if (p->token.kind == FORMULA_NOT) {
        char shown[FORMULA_SHOWN];
        parley_status status =
            FAIL(p, PARLEY_SYNTAX, &p->token, "expected a comparison%s", after_token(p, name).text);
        show_token(p, shown, name);
        parley_error_hint(p->err, "use !=, or put 'not' in front: 'not %s in {..}'", shown);
        return status;
    } else if (is_keyword(p->token.kind)) {
        parley_status status =
            FAIL(p, PARLEY_SYNTAX, &p->token, "expected a comparison%s", after_token(p, name).text);
        parley_error_hint(p->err, "%s", hint);
        return status;
    }
    return expected(p, "a comparison", name, hint);
}

/* The recipient after `split.`, with the dot at hand. */
static parley_status parse_recipient(parser *p, int32_t issue, parley_issue_kind kind,
                                     const char *issue_id, int32_t *recipient)
{
    formula_token dot = p->token;
    if (kind != PARLEY_ISSUE_SPLIT) {
        parley_status status =
            FAIL(p, PARLEY_INVALID, &dot, "'%s' is no split: it has no shares", issue_id);
        parley_error_hint(p->err, "leave '.' out; names with a point go in double quotes");
        return status;
    }
    next_token(p);
    if (p->token.kind != FORMULA_NAME && p->token.kind != FORMULA_QUOTED) {
        return expected(p, "a recipient", &dot, NULL);
    }
    parley_status status = resolve(p, recipient, FORMULA_RECIPIENTS, issue, &p->token);
    if (status == PARLEY_OK) {
        next_token(p);
    }
    return status;
}

/* A comparison; its first name was used, the next token follows it. */
static parley_status parse_comparison(parser *p, const formula_token *name)
{
    int32_t issue = -1;
    int32_t recipient = -1;
    parley_status status = resolve(p, &issue, FORMULA_ISSUES, -1, name);
    if (status != PARLEY_OK) {
        return status;
    }
    const parley_formula_names *names = p->names;
    parley_issue_kind kind =
        names->issue_kind == NULL ? PARLEY_ISSUE_CHOICE : names->issue_kind(names->user, issue);
    char issue_id[FORMULA_SHOWN];
    const char *id = formula_id_or(names, FORMULA_ISSUES, -1, issue);
    formula_show(issue_id, id, strlen(id));
    bool compares = p->token.kind == FORMULA_COMPARE || p->token.kind == FORMULA_IN;
    if (kind == PARLEY_ISSUE_OPEN && (compares || p->token.kind == FORMULA_DOT)) {
        status = FAIL(p, PARLEY_INVALID, name, "'%s' has no options yet", issue_id);
        parley_error_hint(p->err, "type its options, or keep this as words");
        return status;
    }
    formula_token last = *name;
    if (p->token.kind == FORMULA_DOT) {
        status = parse_recipient(p, issue, kind, issue_id, &recipient);
        if (status != PARLEY_OK) {
            return status;
        }
        compares = p->token.kind == FORMULA_COMPARE || p->token.kind == FORMULA_IN;
    } else if (kind == PARLEY_ISSUE_SPLIT && compares) {
        char hint[PARLEY_ERROR_HINT_MAX - 40];
        status = FAIL(p, PARLEY_INVALID, name, "'%s' is a split: name the recipient", issue_id);
        formula_list_names(hint, 160, names, FORMULA_RECIPIENTS, issue);
        parley_error_hint(p->err, "as in '%.40s.NAME'; %s", issue_id, hint);
        return status;
    }
    bool ordered = kind != PARLEY_ISSUE_CHOICE ||
                   (names->issue_ordered != NULL && names->issue_ordered(names->user, issue));
    formula_token op = p->token;
    if (!compares) {
        return expected_comparison(p, &last, kind, ordered);
    }
    parley_compare compare = op.kind == FORMULA_IN ? PARLEY_IN : op.compare;
    if (!ordered && compare != PARLEY_EQ && compare != PARLEY_NE && compare != PARLEY_IN) {
        status = FAIL(p, PARLEY_INVALID, &op, "'%s' has no order: use =, != or in {..}", issue_id);
        parley_error_hint(p->err, "add 'ordered: true' to the issue");
        return status;
    }
    next_token(p);
    values v = {0};
    bool numbers = kind != PARLEY_ISSUE_CHOICE;
    status = parse_values(p, &v, numbers, issue, issue_id, &op);
    if (status != PARLEY_OK) {
        return status;
    }
    parley_formula_kind node = kind == PARLEY_ISSUE_CHOICE  ? PARLEY_F_CHOICE
                               : kind == PARLEY_ISSUE_SPLIT ? PARLEY_F_SHARE
                                                            : PARLEY_F_QUANTITY;
    parley_formula *f = new_node(p, node, name);
    if (f != NULL) {
        f->compare = (uint8_t)compare;
        f->count = v.count;
        f->issue = issue;
        f->recipient = recipient;
        f->option = v.option;
        f->number = v.number;
    }
    return push(p, f, 0, name);
}

/* A capital AND, Not, IF where a name could not be meant. */
static parley_status fail_capital(parser *p, const formula_token *t)
{
    static const char *const word[] = {"not", "and", "or",      "implies", "if",
                                       "iff", "in",  "accepts", "true",    "false"};
    formula_token_kind kind = formula_keyword_any_case(p->lexer.text + t->begin, t->end - t->begin);
    char shown[FORMULA_SHOWN];
    parley_status status = FAIL(p, PARLEY_SYNTAX, t, "'%s' is no keyword", show_token(p, shown, t));
    parley_error_hint(p->err, "write '%s' in lower case", word[kind - FORMULA_NOT]);
    return status;
}

static bool is_capital(const parser *p, const formula_token *t)
{
    return t->kind == FORMULA_NAME &&
           formula_keyword_any_case(p->lexer.text + t->begin, t->end - t->begin) != FORMULA_NAME;
}

static parley_status parse_iff(parser *p, const formula_token *before);

/* No formula begins here. before: the token used last, or NULL at the beginning. */
static parley_status expected_formula(parser *p, const formula_token *before)
{
    char shown[FORMULA_SHOWN];
    const formula_token *t = &p->token;
    if (t->kind == FORMULA_BAD) {
        return fail_bad(p);
    }
    parley_status status = before == NULL ? FAIL(p, PARLEY_SYNTAX, t, "expected a formula")
                                          : FAIL(p, PARLEY_SYNTAX, t, "expected a formula%s",
                                                 after_token(p, before).text);
    show_token(p, shown, t);
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
        if (before != NULL && is_keyword(before->kind)) {
            show_token(p, shown, before);
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

/* What follows a whole formula is neither a connective nor the end. open: the parenthesis it is in.
 */
static parley_status fail_left_over(parser *p, const formula_token *open)
{
    const formula_token *t = &p->token;
    char shown[FORMULA_SHOWN];
    char where[40];
    if (t->kind == FORMULA_BAD) {
        return fail_bad(p);
    }
    if (is_capital(p, t)) {
        return fail_capital(p, t);
    }
    if (t->kind == FORMULA_END && open != NULL) {
        where_is(p, where, open->column);
        parley_status status =
            FAIL(p, PARLEY_SYNTAX, t, "expected ')': the '(' at %s is not closed", where);
        parley_error_hint(p->err, "add ')'");
        return status;
    }
    show_token(p, shown, t);
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

/* not F, ( F ), an atom, true, false. before: the token used last, or NULL. */
static parley_status parse_unary(parser *p, const formula_token *before)
{
    formula_token t = p->token;
    parley_formula *f = NULL;
    size_t base = p->stack_size;
    parley_status status;
    switch (t.kind) {
    case FORMULA_TRUE:
    case FORMULA_FALSE:
        next_token(p);
        f = new_node(p, t.kind == FORMULA_TRUE ? PARLEY_F_TRUE : PARLEY_F_FALSE, &t);
        return push(p, f, 0, &t);
    case FORMULA_NOT:
        if (p->depth >= p->depth_max) {
            return too_deep(p, &t);
        }
        p->depth++;
        next_token(p);
        status = parse_unary(p, &t);
        p->depth--;
        if (status == PARLEY_OK) {
            /* the span of a negation begins at its `not` */
            p->stack[base].begin = t.begin;
            p->stack[base].column = t.column;
            status = reduce(p, PARLEY_F_NOT, base, &t);
        }
        return status;
    case FORMULA_OPEN:
        if (p->depth >= p->depth_max) {
            return too_deep(p, &t);
        }
        p->depth++;
        next_token(p);
        if (p->token.kind == FORMULA_CLOSE) {
            status = FAIL(p, PARLEY_SYNTAX, &p->token, "nothing between the parentheses");
            parley_error_hint(p->err, "write a formula between them, or remove them");
            return status;
        }
        status = parse_iff(p, &t);
        p->depth--;
        if (status != PARLEY_OK) {
            return status;
        }
        if (p->token.kind != FORMULA_CLOSE) {
            return fail_left_over(p, &t);
        }
        next_token(p);
        p->stack[base].begin = t.begin;
        p->stack[base].column = t.column;
        p->stack[base].end = p->last_end;
        return PARLEY_OK;
    case FORMULA_NAME:
    case FORMULA_QUOTED:
        next_token(p);
        if (p->token.kind == FORMULA_ACCEPTS) {
            return parse_accepts(p, &t);
        }
        if (is_capital(p, &t) && p->token.kind != FORMULA_COMPARE && p->token.kind != FORMULA_IN &&
            p->token.kind != FORMULA_DOT) {
            return fail_capital(p, &t);
        }
        return parse_comparison(p, &t);
    default:
        return expected_formula(p, before);
    }
}

/* ------------------------------------------------------------ connectives */

static parley_status parse_and(parser *p, const formula_token *before)
{
    size_t base = p->stack_size;
    parley_status status = parse_unary(p, before);
    formula_token joint = p->token;
    while (status == PARLEY_OK && p->token.kind == FORMULA_AND) {
        formula_token op = p->token;
        next_token(p);
        status = parse_unary(p, &op);
    }
    if (status == PARLEY_OK && p->stack_size - base > 1) {
        status = reduce(p, PARLEY_F_AND, base, &joint);
    }
    return status;
}

static parley_status parse_or(parser *p, const formula_token *before)
{
    size_t base = p->stack_size;
    parley_status status = parse_and(p, before);
    formula_token joint = p->token;
    while (status == PARLEY_OK && p->token.kind == FORMULA_OR) {
        formula_token op = p->token;
        next_token(p);
        status = parse_and(p, &op);
    }
    if (status == PARLEY_OK && p->stack_size - base > 1) {
        status = reduce(p, PARLEY_F_OR, base, &joint);
    }
    return status;
}

/* `if` groups to the left, so its node is made at once; `implies` to the right, when all are known.
 */
static parley_status parse_implies(parser *p, const formula_token *before)
{
    size_t base = p->stack_size;
    parley_status status = parse_or(p, before);
    formula_token joint = p->token;
    formula_token_kind kind = joint.kind;
    while (status == PARLEY_OK &&
           (p->token.kind == FORMULA_IMPLIES || p->token.kind == FORMULA_IF)) {
        formula_token op = p->token;
        if (op.kind != kind) {
            status =
                FAIL(p, PARLEY_SYNTAX, &op, "'if' and 'implies' do not mix without parentheses");
            parley_error_hint(p->err, "put one of them in parentheses");
            return status;
        }
        if (p->stack_size - base > p->depth_max) {
            return too_deep(p, &op);
        }
        next_token(p);
        status = parse_or(p, &op);
        if (status == PARLEY_OK && kind == FORMULA_IF) {
            status = reduce(p, PARLEY_F_IF, base, &op);
        }
    }
    while (status == PARLEY_OK && p->stack_size - base > 1) {
        status = reduce(p, PARLEY_F_IMPLIES, p->stack_size - 2, &joint);
    }
    return status;
}

static parley_status parse_iff(parser *p, const formula_token *before)
{
    size_t base = p->stack_size;
    parley_status status = parse_implies(p, before);
    formula_token joint = p->token;
    while (status == PARLEY_OK && p->token.kind == FORMULA_IFF) {
        formula_token op = p->token;
        next_token(p);
        status = parse_implies(p, &op);
    }
    if (status == PARLEY_OK && p->stack_size - base > 1) {
        status = reduce(p, PARLEY_F_IFF, base, &joint);
    }
    return status;
}

/* ------------------------------------------------------------------ entry */

static parley_status parse_all(parser *p)
{
    size_t bad = 0;
    if (!parley_utf8_valid(p->lexer.text, p->lexer.length, &bad)) {
        formula_token t = {.begin = bad, .end = bad + 1};
        t.column = parley_utf8_characters(p->lexer.text, bad);
        parley_status status = FAIL(p, PARLEY_SYNTAX, &t, "byte 0x%02X is no UTF-8",
                                    (unsigned)(unsigned char)p->lexer.text[bad]);
        parley_error_hint(p->err, "save the text as UTF-8");
        return status;
    }
    next_token(p);
    if (p->token.kind == FORMULA_END) {
        parley_status status = FAIL(p, PARLEY_SYNTAX, &p->token, "empty formula");
        parley_error_hint(p->err, "write a comparison such as 'arms = stopped'");
        return status;
    }
    parley_status status = parse_iff(p, NULL);
    if (status == PARLEY_OK && p->token.kind != FORMULA_END) {
        status = fail_left_over(p, NULL);
    }
    return status;
}

parley_status parley_formula_parse(const parley_formula **out, parley_arena *arena,
                                   const parley_limits *limits, const parley_formula_names *names,
                                   const char *text, size_t length,
                                   const parley_formula_place *place, parley_error *err)
{
    *out = NULL;
    const parley_limits standard = PARLEY_LIMITS_INIT;
    if (limits == NULL) {
        limits = &standard;
    }
    parser p = {.arena = arena, .names = names, .place = place, .err = err};
    p.lexer.text = text;
    p.lexer.length = length;
    p.depth_max = limits->formula_depth < FORMULA_DEPTH_CEILING ? limits->formula_depth
                                                                : FORMULA_DEPTH_CEILING;
    p.stack = p.first;
    p.stack_room = FIRST_OPERANDS;
    if (length > limits->formula_bytes) {
        formula_token t = {0};
        parley_status status =
            FAIL(&p, PARLEY_LIMIT, &t, "formula of %zu bytes; at most %u are read", length,
                 (unsigned)limits->formula_bytes);
        parley_error_hint(err, "limit formula_bytes");
        return status;
    }
    parley_arena_mark mark = parley_arena_here(arena);
    parley_status status = parse_all(&p);
    if (status != PARLEY_OK) {
        parley_arena_reset(arena, mark);
        return status;
    }
    *out = p.stack[0].node;
    return PARLEY_OK;
}
