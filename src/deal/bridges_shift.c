/*
 * A formula widened along one variable: it also allows what lies up to k values away from what it
 * allows, in one direction.
 *
 * Values of the variable that no literal of the formula tells apart form classes P with one and the
 * same rest G of the formula (its literals on the variable replaced by what they are in P), so that
 * the formula is the union over classes of "variable in P and G". Moving a package along the
 * variable changes nothing else; so the formula widened is the union of "variable in P widened and
 * G". Exact for any formula, and no larger for large k. O(classes * size of the formula).
 */
#include "deal/bridges_internal.h"

#include <string.h>

static uint32_t words_of(uint32_t size)
{
    return (size + 63) / 64;
}

static bool has(const uint64_t *set, uint32_t v)
{
    return (set[v / 64] >> (v % 64) & 1) != 0;
}

void bridges_dilate(uint64_t *out, const uint64_t *set, uint32_t size, bool up, uint32_t k)
{
    uint32_t left = 0; /* steps that the last value in the set still reaches */
    memset(out, 0, words_of(size) * sizeof(*out));
    for (uint32_t i = 0; i < size; i++) {
        uint32_t v = up ? i : size - 1 - i;
        if (has(set, v)) {
            left = k + 1;
        }
        if (left > 0) {
            deal_switch_on(out, v);
            left--;
        }
    }
}

static space_expr *make(parley_arena *arena, space_expr_kind kind, uint32_t count,
                        const space_expr ***arg)
{
    space_expr *e = parley_arena_alloc(arena, sizeof(*e));
    *arg = parley_arena_array(arena, count + 1, sizeof(**arg));
    if (e == NULL || *arg == NULL) {
        return NULL;
    }
    e->kind = kind;
    e->count = count;
    e->arg = *arg;
    return e;
}

static const space_expr *literal(parley_arena *arena, uint32_t variable, const uint64_t *set)
{
    space_expr *e = parley_arena_alloc(arena, sizeof(*e));
    if (e != NULL) {
        e->kind = SPACE_LITERAL;
        e->variable = variable;
        e->set = set;
    }
    return e;
}

/* The formula with its literals on a variable replaced by what they are at value v. */
static const space_expr *rest(parley_arena *arena, const space_expr *e, uint32_t variable,
                              uint32_t v)
{
    const space_expr **arg = NULL;
    if (e->kind == SPACE_LITERAL) {
        return e->variable != variable
                   ? e
                   : make(arena, has(e->set, v) ? SPACE_TRUE : SPACE_FALSE, 0, &arg);
    }
    if (e->count == 0) {
        return e;
    }
    space_expr *out = make(arena, e->kind, e->count, &arg);
    for (uint32_t i = 0; out != NULL && i < e->count; i++) {
        arg[i] = rest(arena, e->arg[i], variable, v); /* depth: limit formula_depth */
        if (arg[i] == NULL) {
            return NULL;
        }
    }
    return out;
}

/* Tell classes apart by the literals of e: class_[v] numbers them; pair has two entries a class. */
static void refine(const space_expr *e, uint32_t variable, uint32_t size, uint32_t *class_,
                   uint32_t *pair, uint32_t *classes)
{
    if (e->kind == SPACE_LITERAL && e->variable == variable) {
        uint32_t n = 0;
        for (uint32_t i = 0; i < 2 * *classes; i++) {
            pair[i] = UINT32_MAX;
        }
        for (uint32_t v = 0; v < size; v++) {
            uint32_t *p = &pair[2 * class_[v] + has(e->set, v)];
            *p = *p == UINT32_MAX ? n++ : *p;
            class_[v] = *p;
        }
        *classes = n;
    }
    for (uint32_t i = 0; i < e->count; i++) {
        refine(e->arg[i], variable, size, class_, pair, classes);
    }
}

const space_expr *bridges_widened(parley_arena *arena, const space_expr *e, uint32_t variable,
                                  uint32_t size, bool up, uint32_t k)
{
    uint32_t *class_ = parley_arena_array(arena, size, sizeof(*class_));
    uint32_t *pair = parley_arena_array(arena, (size_t)size * 2, sizeof(*pair));
    uint64_t *set = parley_arena_array(arena, words_of(size), sizeof(*set));
    const space_expr **arg = NULL;
    uint32_t classes = 1;
    if (class_ == NULL || pair == NULL || set == NULL) {
        return NULL;
    }
    refine(e, variable, size, class_, pair, &classes);
    space_expr *all = make(arena, SPACE_OR, classes, &arg);
    for (uint32_t c = 0; all != NULL && c < classes; c++) {
        uint64_t *wider = parley_arena_array(arena, words_of(size), sizeof(*wider));
        uint32_t some = 0;
        memset(set, 0, words_of(size) * sizeof(*set));
        for (uint32_t v = 0; v < size; v++) {
            if (class_[v] == c) {
                deal_switch_on(set, v);
                some = v;
            }
        }
        if (wider == NULL) {
            return NULL;
        }
        bridges_dilate(wider, set, size, up, k);
        const space_expr *g = rest(arena, e, variable, some);
        arg[c] = g == NULL ? NULL : deal_both(arena, literal(arena, variable, wider), g);
        if (arg[c] == NULL) {
            return NULL;
        }
    }
    return all;
}
