/*
 * The parser of the formula language: recursive descent over the levels iff, implies / if, or, and,
 * not.
 *
 * Recursion happens for parentheses and `not` only, and is bounded by the limit formula_depth;
 * chains of one connective collect their operands on a stack of the parser's own. Chains of
 * `implies` and `if` make deep trees and are bounded by the same limit.
 */
#include "case/formula_parser.h"

#include <string.h>

/* ----------------------------------------------------------------- tokens */

void formula_advance(formula_parser *p)
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

/* ------------------------------------------------------------------ nodes */

parley_formula *formula_new_node(formula_parser *p, parley_formula_kind kind,
                                 const formula_token *begin)
{
    parley_formula *f = parley_arena_alloc(p->arena, sizeof *f);
    if (f != NULL) {
        *f = (parley_formula){.kind = (uint8_t)kind,
                              .span = formula_span(p, begin->begin, p->last_end, begin->column),
                              .issue = -1,
                              .recipient = -1,
                              .party = -1,
                              .proposal = -1};
    }
    return f;
}

parley_status formula_push(formula_parser *p, const parley_formula *node, uint32_t height,
                           const formula_token *begin)
{
    if (node == NULL) {
        return formula_no_memory(p);
    }
    if (p->stack_size == p->stack_room) {
        formula_operand *grown = parley_arena_array(p->arena, p->stack_room * 2, sizeof *grown);
        if (grown == NULL) {
            return formula_no_memory(p);
        }
        memcpy(grown, p->stack, p->stack_size * sizeof *grown);
        p->stack = grown;
        p->stack_room *= 2;
    }
    p->stack[p->stack_size++] =
        (formula_operand){node, height, begin->begin, p->last_end, begin->column};
    return PARLEY_OK;
}

static parley_status too_deep(formula_parser *p, const formula_token *t)
{
    parley_status status =
        FAIL(p, PARLEY_LIMIT, t, "formula nested more than %u levels deep", (unsigned)p->depth_max);
    parley_error_hint(p->err, "limit formula_depth");
    return status;
}

/* Replace the operands from `base` on by one node over them. */
static parley_status reduce(formula_parser *p, parley_formula_kind kind, size_t base,
                            const formula_token *joint)
{
    size_t count = p->stack_size - base;
    const formula_operand *first = &p->stack[base];
    parley_formula *f = parley_arena_alloc(p->arena, sizeof *f);
    const parley_formula **arg = parley_arena_array(p->arena, count, sizeof *arg);
    if (f == NULL || arg == NULL) {
        return formula_no_memory(p);
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
    formula_operand all = {f, height, first[0].begin, first[count - 1].end, first[0].column};
    *f = (parley_formula){.kind = (uint8_t)kind,
                          .count = (uint32_t)count,
                          .span = formula_span(p, all.begin, all.end, all.column),
                          .issue = -1,
                          .recipient = -1,
                          .party = -1,
                          .proposal = -1,
                          .arg = arg};
    p->stack_size = base;
    p->stack[p->stack_size++] = all;
    return PARLEY_OK;
}

/* ------------------------------------------------------------ connectives */

static parley_status parse_iff(formula_parser *p, const formula_token *before);

/* not F, ( F ), an atom, true, false. before: the token used last, or NULL. */
static parley_status parse_unary(formula_parser *p, const formula_token *before)
{
    formula_token t = p->token;
    parley_formula *f = NULL;
    size_t base = p->stack_size;
    parley_status status;
    switch (t.kind) {
    case FORMULA_TRUE:
    case FORMULA_FALSE:
        formula_advance(p);
        f = formula_new_node(p, t.kind == FORMULA_TRUE ? PARLEY_F_TRUE : PARLEY_F_FALSE, &t);
        return formula_push(p, f, 0, &t);
    case FORMULA_NOT:
        if (p->depth >= p->depth_max) {
            return too_deep(p, &t);
        }
        p->depth++;
        formula_advance(p);
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
        formula_advance(p);
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
            return formula_fail_left_over(p, &t);
        }
        formula_advance(p);
        p->stack[base].begin = t.begin;
        p->stack[base].column = t.column;
        p->stack[base].end = p->last_end;
        return PARLEY_OK;
    case FORMULA_NAME:
    case FORMULA_QUOTED:
        formula_advance(p);
        if (p->token.kind == FORMULA_ACCEPTS) {
            return formula_parse_accepts(p, &t);
        }
        if (formula_is_capital(p, &t) && p->token.kind != FORMULA_COMPARE &&
            p->token.kind != FORMULA_IN && p->token.kind != FORMULA_DOT) {
            return formula_fail_capital(p, &t);
        }
        return formula_parse_comparison(p, &t);
    default:
        return formula_expected_formula(p, before);
    }
}

static parley_status parse_and(formula_parser *p, const formula_token *before)
{
    size_t base = p->stack_size;
    parley_status status = parse_unary(p, before);
    formula_token joint = p->token;
    while (status == PARLEY_OK && p->token.kind == FORMULA_AND) {
        formula_token op = p->token;
        formula_advance(p);
        status = parse_unary(p, &op);
    }
    if (status == PARLEY_OK && p->stack_size - base > 1) {
        status = reduce(p, PARLEY_F_AND, base, &joint);
    }
    return status;
}

static parley_status parse_or(formula_parser *p, const formula_token *before)
{
    size_t base = p->stack_size;
    parley_status status = parse_and(p, before);
    formula_token joint = p->token;
    while (status == PARLEY_OK && p->token.kind == FORMULA_OR) {
        formula_token op = p->token;
        formula_advance(p);
        status = parse_and(p, &op);
    }
    if (status == PARLEY_OK && p->stack_size - base > 1) {
        status = reduce(p, PARLEY_F_OR, base, &joint);
    }
    return status;
}

/* `if` groups to the left, so its node is made at once; `implies` to the right, when all are known.
 */
static parley_status parse_implies(formula_parser *p, const formula_token *before)
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
        formula_advance(p);
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

static parley_status parse_iff(formula_parser *p, const formula_token *before)
{
    size_t base = p->stack_size;
    parley_status status = parse_implies(p, before);
    formula_token joint = p->token;
    while (status == PARLEY_OK && p->token.kind == FORMULA_IFF) {
        formula_token op = p->token;
        formula_advance(p);
        status = parse_implies(p, &op);
    }
    if (status == PARLEY_OK && p->stack_size - base > 1) {
        status = reduce(p, PARLEY_F_IFF, base, &joint);
    }
    return status;
}

/* ------------------------------------------------------------------ entry */

static parley_status parse_all(formula_parser *p)
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
    formula_advance(p);
    if (p->token.kind == FORMULA_END) {
        parley_status status = FAIL(p, PARLEY_SYNTAX, &p->token, "empty formula");
        parley_error_hint(p->err, "write a comparison such as 'arms = stopped'");
        return status;
    }
    parley_status status = parse_iff(p, NULL);
    if (status == PARLEY_OK && p->token.kind != FORMULA_END) {
        status = formula_fail_left_over(p, NULL);
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
    formula_parser p = {.arena = arena, .names = names, .place = place, .err = err};
    p.lexer.text = text;
    p.lexer.length = length;
    p.depth_max = limits->formula_depth < FORMULA_DEPTH_CEILING ? limits->formula_depth
                                                                : FORMULA_DEPTH_CEILING;
    p.stack = p.first;
    p.stack_room = FORMULA_FIRST_OPERANDS;
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
