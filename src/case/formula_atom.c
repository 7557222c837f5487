/*
 * Atoms of the formula language: comparisons and `party accepts proposal`.
 *
 * The kind of the issue decides what may stand on the right-hand side. Names are resolved as they
 * come, so that the first fault in the text is the one that is told.
 */
#include "case/formula_parser.h"

#include <string.h>

/* ------------------------------------------------------------------ names */

/* The characters of a name; those of an escaped one are copied to the arena. NULL: no memory. */
static const char *name_text(formula_parser *p, const formula_token *t, size_t *length)
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
static parley_status resolve(formula_parser *p, int32_t *out, formula_name_class which,
                             int32_t issue, const formula_token *t)
{
    size_t length = 0;
    const char *name = name_text(p, t, &length);
    if (name == NULL) {
        return formula_no_memory(p);
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

/* ----------------------------------------------------------------- values */

/* The right-hand side of a comparison while it grows. */
typedef struct values {
    int32_t *option;
    parley_decimal *number;
    uint32_t count;
    uint32_t room;
} values;

static bool values_room(formula_parser *p, values *v, bool numbers)
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

/* A comma that clings to digits on both sides: thousands, or a decimal comma? */
static parley_status check_comma(formula_parser *p, const formula_token *number, bool in_list)
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
    formula_show_token(p, shown, &whole);
    formula_show_token(p, head, number);
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

static parley_status parse_number(formula_parser *p, values *v, const char *issue_id,
                                  const formula_token *after, bool in_list)
{
    formula_token t = p->token;
    char shown[FORMULA_SHOWN];
    char of[FORMULA_SHOWN];
    if (t.kind == FORMULA_NAME || t.kind == FORMULA_QUOTED) {
        parley_status status =
            FAIL(p, PARLEY_INVALID, &t, "'%s' is a number: '%s' is none, compare it with a number",
                 formula_show(of, issue_id, strlen(issue_id)), formula_show_token(p, shown, &t));
        parley_error_hint(p->err, "as in '%s <= 30'", of);
        return status;
    }
    if (t.kind != FORMULA_NUMBER) {
        return formula_expected(p, "a number", after,
                                t.kind == FORMULA_BRACE ? "a list follows 'in'"
                                : t.kind == FORMULA_DOT
                                    ? "a digit stands before the point, as in 0.5"
                                    : NULL);
    }
    if (!values_room(p, v, true)) {
        return formula_no_memory(p);
    }
    parley_status status =
        parley_decimal_parse(&v->number[v->count], p->lexer.text + t.begin, t.end - t.begin, NULL);
    if (status != PARLEY_OK) {
        status = FAIL(p, status, &t, "'%s' has too many digits", formula_show_token(p, shown, &t));
        parley_error_hint(p->err, "numbers have up to 18 digits");
        return status;
    }
    v->count++;
    formula_advance(p);
    status = check_comma(p, &t, in_list);
    if (status == PARLEY_OK && p->token.kind == FORMULA_NAME &&
        formula_keyword_any_case(p->lexer.text + p->token.begin, p->token.end - p->token.begin) ==
            FORMULA_NAME) {
        status = FAIL(p, PARLEY_SYNTAX, &p->token, "'%s' follows a number",
                      formula_show_token(p, shown, &p->token));
        parley_error_hint(p->err, "leave the unit out, or join two formulas with and, or");
    }
    return status;
}

static parley_status parse_option(formula_parser *p, values *v, int32_t issue,
                                  const formula_token *after)
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
        return formula_expected(p, "an option", after,
                                t.kind == FORMULA_BRACE ? "a list follows 'in'" : NULL);
    }
    if (!values_room(p, v, false)) {
        return formula_no_memory(p);
    }
    parley_status status = resolve(p, &v->option[v->count], FORMULA_OPTIONS, issue, &t);
    if (status == PARLEY_OK) {
        v->count++;
        formula_advance(p);
    }
    return status;
}

/* One value, or after `in` a list in braces. issue_id: how messages call the left-hand side. */
static parley_status parse_values(formula_parser *p, values *v, bool numbers, int32_t issue,
                                  const char *issue_id, const formula_token *op)
{
    if (op->kind != FORMULA_IN) {
        return numbers ? parse_number(p, v, issue_id, op, false) : parse_option(p, v, issue, op);
    }
    formula_token brace = p->token;
    if (brace.kind != FORMULA_BRACE) {
        return formula_expected(p, "'{'", op, "a list is written in braces: {a, b}");
    }
    formula_token after = brace;
    formula_advance(p);
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
            formula_advance(p);
            return PARLEY_OK;
        }
        if (p->token.kind == FORMULA_END) {
            char where[40];
            formula_where(p, where, brace.column);
            status = FAIL(p, PARLEY_SYNTAX, &p->token, "expected '}': the '{' at %s is not closed",
                          where);
            parley_error_hint(p->err, "add '}'");
            return status;
        }
        if (p->token.kind != FORMULA_COMMA) {
            return formula_expected(p, "',' or '}'", &value,
                                    "the entries of a list stand between commas");
        }
        after = p->token;
        formula_advance(p);
    }
}

/* ------------------------------------------------------------------ atoms */

/* After the second name of `party accepts proposal`. */
parley_status formula_parse_accepts(formula_parser *p, const formula_token *name)
{
    formula_token accepts = p->token;
    int32_t party = -1;
    int32_t proposal = -1;
    parley_status status = resolve(p, &party, FORMULA_PARTIES, -1, name);
    if (status != PARLEY_OK) {
        return status;
    }
    formula_advance(p);
    if (p->token.kind != FORMULA_NAME && p->token.kind != FORMULA_QUOTED) {
        return formula_expected(p, "a proposal", &accepts, NULL);
    }
    status = resolve(p, &proposal, FORMULA_PROPOSALS, -1, &p->token);
    if (status != PARLEY_OK) {
        return status;
    }
    formula_advance(p);
    parley_formula *f = formula_new_node(p, PARLEY_F_ACCEPTS, name);
    if (f != NULL) {
        f->party = party;
        f->proposal = proposal;
    }
    return formula_push(p, f, 0, name);
}

/* The recipient after `split.`, with the dot at hand. */
static parley_status parse_recipient(formula_parser *p, int32_t issue, parley_issue_kind kind,
                                     const char *issue_id, int32_t *recipient)
{
    formula_token dot = p->token;
    if (kind != PARLEY_ISSUE_SPLIT) {
        parley_status status =
            FAIL(p, PARLEY_INVALID, &dot, "'%s' is no split: it has no shares", issue_id);
        parley_error_hint(p->err, "leave '.' out; names with a point go in double quotes");
        return status;
    }
    formula_advance(p);
    if (p->token.kind != FORMULA_NAME && p->token.kind != FORMULA_QUOTED) {
        return formula_expected(p, "a recipient", &dot, NULL);
    }
    parley_status status = resolve(p, recipient, FORMULA_RECIPIENTS, issue, &p->token);
    if (status == PARLEY_OK) {
        formula_advance(p);
    }
    return status;
}

/* A comparison; its first name was used, the next token follows it. */
parley_status formula_parse_comparison(formula_parser *p, const formula_token *name)
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
        return formula_expected_comparison(p, &last, kind, ordered);
    }
    parley_compare compare = op.kind == FORMULA_IN ? PARLEY_IN : op.compare;
    if (!ordered && compare != PARLEY_EQ && compare != PARLEY_NE && compare != PARLEY_IN) {
        status = FAIL(p, PARLEY_INVALID, &op, "'%s' has no order: use =, != or in {..}", issue_id);
        parley_error_hint(p->err, "add 'ordered: true' to the issue");
        return status;
    }
    formula_advance(p);
    values v = {0};
    bool numbers = kind != PARLEY_ISSUE_CHOICE;
    status = parse_values(p, &v, numbers, issue, issue_id, &op);
    if (status != PARLEY_OK) {
        return status;
    }
    parley_formula_kind node = kind == PARLEY_ISSUE_CHOICE  ? PARLEY_F_CHOICE
                               : kind == PARLEY_ISSUE_SPLIT ? PARLEY_F_SHARE
                                                            : PARLEY_F_QUANTITY;
    parley_formula *f = formula_new_node(p, node, name);
    if (f != NULL) {
        f->compare = (uint8_t)compare;
        f->count = v.count;
        f->issue = issue;
        f->recipient = recipient;
        f->option = v.option;
        f->number = v.number;
    }
    return formula_push(p, f, 0, name);
}
