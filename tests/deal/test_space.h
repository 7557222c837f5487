/*
 * Random small spaces and the slowest honest answers about them, for the tests of the space engine.
 */
#ifndef PARLEY_TEST_SPACE_H
#define PARLEY_TEST_SPACE_H

#include "deal/space.h"

#include "support/check.h"

#include <stdlib.h>
#include <string.h>

#define TOY_VARIABLES 12
#define TOY_CONSTRAINTS 16

/* A space with its constraints as expressions, so that an oracle can evaluate them. */
typedef struct toy {
    parley_ctx *ctx;
    parley_arena *arena;
    parley_random random;
    uint32_t variables;
    space_variable variable[TOY_VARIABLES];
    uint32_t constraints;
    const space_expr *constraint[TOY_CONSTRAINTS];
    space *s;
} toy;

/* What shapes to make. */
typedef struct toy_kind {
    uint32_t variables; /* at most */
    uint32_t size;      /* of a variable, at most */
    uint32_t constraints;
    uint32_t depth;     /* of a formula */
    uint32_t width;     /* operands of one connective, at most */
    uint32_t constant;  /* one in so many leaves is TRUE or FALSE; 0: none */
    uint32_t projected; /* one in so many variables; 0: none */
} toy_kind;

static inline uint32_t toy_below(toy *t, uint32_t n)
{
    return parley_random_below(&t->random, n);
}

static inline space_expr *toy_node(toy *t, space_expr_kind kind, uint32_t count)
{
    space_expr *e = parley_arena_alloc(t->arena, sizeof *e);
    assert_non_null(e);
    e->kind = kind;
    e->count = count;
    if (count > 0) {
        e->arg = parley_arena_array(t->arena, count, sizeof *e->arg);
        assert_non_null(e->arg);
    }
    return e;
}

static inline void toy_arg(space_expr *e, uint32_t i, const space_expr *x)
{
    /* The array was made by toy_node for this very node. */
    memcpy((char *)(uintptr_t)e->arg + i * sizeof e->arg, &x, sizeof x);
}

static inline const space_expr *toy_literal(toy *t, uint32_t variable, uint64_t set)
{
    space_expr *e = toy_node(t, SPACE_LITERAL, 0);
    uint64_t *words = parley_arena_array(t->arena, (t->variable[variable].size + 63) / 64, 8);
    assert_non_null(words);
    words[0] = set;
    e->variable = variable;
    e->set = words;
    return e;
}

static inline const space_expr *toy_expr(toy *t, const toy_kind *kind, uint32_t depth)
{
    if (depth == 0 || toy_below(t, 4) == 0) {
        if (kind->constant > 0 && toy_below(t, kind->constant) == 0)
            return toy_node(t, toy_below(t, 2) ? SPACE_TRUE : SPACE_FALSE, 0);
        uint32_t v = toy_below(t, t->variables);
        /* Bits beyond the size must not matter. */
        return toy_literal(t, v, parley_random_u64(&t->random));
    }
    uint32_t what = toy_below(t, 8);
    if (what == 0) {
        space_expr *e = toy_node(t, SPACE_NOT, 1);
        toy_arg(e, 0, toy_expr(t, kind, depth - 1));
        return e;
    }
    uint32_t count = toy_below(t, 12) == 0 ? toy_below(t, 2) : 2 + toy_below(t, kind->width - 1);
    space_expr *e = toy_node(t, what < 3 ? SPACE_AND : what < 6 ? SPACE_OR : SPACE_IFF, count);
    for (uint32_t i = 0; i < count; i++)
        toy_arg(e, i, toy_expr(t, kind, depth - 1));
    return e;
}

static inline bool toy_eval(const space_expr *e, const uint32_t *values)
{
    switch (e->kind) {
    case SPACE_TRUE:
        return true;
    case SPACE_FALSE:
        return false;
    case SPACE_LITERAL:
        return e->set[values[e->variable] / 64] >> values[e->variable] % 64 & 1;
    case SPACE_NOT:
        return !toy_eval(e->arg[0], values);
    case SPACE_AND:
        for (uint32_t i = 0; i < e->count; i++)
            if (!toy_eval(e->arg[i], values))
                return false;
        return true;
    case SPACE_OR:
        for (uint32_t i = 0; i < e->count; i++)
            if (toy_eval(e->arg[i], values))
                return true;
        return false;
    case SPACE_IFF:
        for (uint32_t i = 1; i < e->count; i++)
            if (toy_eval(e->arg[i], values) != toy_eval(e->arg[0], values))
                return false;
        return true;
    }
    return false;
}

static inline void toy_open(toy *t, parley_ctx *ctx, uint32_t seed)
{
    *t = (toy){.ctx = ctx, .random = parley_random_stream(seed, 7, 0, 0)};
    t->arena = parley_arena_new(ctx);
    assert_non_null(t->arena);
}

static inline void toy_close(toy *t)
{
    space_free(t->s);
    parley_arena_free(t->arena);
}

static inline void toy_make(toy *t, const toy_kind *kind)
{
    parley_error err = PARLEY_ERROR_INIT;
    t->variables = 1 + toy_below(t, kind->variables);
    for (uint32_t v = 0; v < t->variables; v++) {
        t->variable[v].size = 1 + toy_below(t, kind->size);
        t->variable[v].projected = kind->projected > 0 && toy_below(t, kind->projected) == 0;
    }
    t->constraints = toy_below(t, kind->constraints + 1);
    for (uint32_t i = 0; i < t->constraints; i++)
        t->constraint[i] = toy_expr(t, kind, toy_below(t, kind->depth + 1));
    assert_int_equal(space_new(&t->s, t->ctx, t->variables, t->variable, &err), PARLEY_OK);
    for (uint32_t i = 0; i < t->constraints; i++) {
        uint32_t id = 99;
        assert_int_equal(space_add(t->s, t->constraint[i], &id, &err), PARLEY_OK);
        assert_int_equal(id, i);
    }
    assert_int_equal(space_constraints(t->s), t->constraints);
}

/* Next assignment; false after the last. The last variable varies fastest. */
static inline bool toy_next(const toy *t, uint32_t *values)
{
    for (uint32_t v = t->variables; v-- > 0;) {
        if (++values[v] < t->variable[v].size)
            return true;
        values[v] = 0;
    }
    return false;
}

static inline bool toy_holds(const toy *t, uint64_t on, const uint64_t *const *clamp,
                             const uint32_t *values)
{
    for (uint32_t i = 0; i < t->constraints; i++)
        if ((on >> i & 1) && !toy_eval(t->constraint[i], values))
            return false;
    for (uint32_t v = 0; clamp != NULL && v < t->variables; v++)
        if (clamp[v] != NULL && !(clamp[v][values[v] / 64] >> values[v] % 64 & 1))
            return false;
    return true;
}

#endif
