/*
 * The normal form of a formula.
 *
 * What it brings together: order and repetition of operands of and, or, iff; nested chains; `if`
 * and `implies`; `not` before a comparison; `not not`; lists of values (order, repetition, lists of
 * one); `x = a or x = b` and `x in {a, b}`; `x != a and x != b` and `not x in {a, b}`; 30.0 and 30;
 * true and false as operands. What it leaves apart: everything that takes knowing the options of an
 * issue, and the laws of De Morgan and of distribution. Meaning is kept for every total assignment.
 */
#include "case/formula_internal.h"

#include <stdlib.h>
#include <string.h>

typedef const parley_formula *tree;

/* ----------------------------------------------------------------- values */

static parley_decimal plain(parley_decimal d)
{
    while (d.scale > 0 && d.mantissa % 10 == 0) {
        d.mantissa /= 10;
        d.scale--;
    }
    return d;
}

static int by_number(const void *a, const void *b)
{
    return parley_decimal_compare(*(const parley_decimal *)a, *(const parley_decimal *)b);
}

static int by_option(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a;
    int32_t y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* A new atom like `first`, = or `in`, with the values of the n atoms together, sorted, each once.
 */
static tree union_of(parley_arena *arena, const tree *atoms, size_t n)
{
    const parley_formula *first = atoms[0];
    bool options = first->kind == PARLEY_F_CHOICE;
    size_t total = 0;
    for (size_t i = 0; i < n; i++) {
        total += atoms[i]->count;
    }
    parley_formula *f = parley_arena_alloc(arena, sizeof *f);
    size_t size = options ? sizeof(int32_t) : sizeof(parley_decimal);
    void *values = parley_arena_array(arena, total, size);
    if (f == NULL || values == NULL) {
        return NULL;
    }
    int32_t *option = values;
    parley_decimal *number = values;
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j < atoms[i]->count; j++) {
            if (options) {
                option[k++] = atoms[i]->option[j];
            } else {
                number[k++] = plain(atoms[i]->number[j]);
            }
        }
    }
    int (*by)(const void *, const void *) = options ? by_option : by_number;
    if (total > 1) {
        qsort(values, total, size, by);
    }
    size_t kept = 0;
    for (size_t i = 0; i < total; i++) {
        char *bytes = values;
        if (kept == 0 || by(bytes + (kept - 1) * size, bytes + i * size) != 0) {
            memmove(bytes + kept * size, bytes + i * size, size);
            kept++;
        }
    }
    *f = *first;
    f->compare = kept == 1 ? PARLEY_EQ : PARLEY_IN;
    f->count = (uint32_t)kept;
    f->option = options ? option : NULL;
    f->number = options ? NULL : number;
    return f;
}

/* ------------------------------------------------------------------ nodes */

static tree constant(parley_arena *arena, bool value, parley_span span)
{
    parley_formula *f = parley_arena_alloc(arena, sizeof *f);
    if (f != NULL) {
        *f = (parley_formula){.kind = value ? PARLEY_F_TRUE : PARLEY_F_FALSE,
                              .span = span,
                              .issue = -1,
                              .recipient = -1,
                              .party = -1,
                              .proposal = -1};
    }
    return f;
}

static tree connective(parley_arena *arena, parley_formula_kind kind, const tree *arg, size_t count,
                       parley_span span)
{
    parley_formula *f = parley_arena_alloc(arena, sizeof *f);
    tree *copy = parley_arena_array(arena, count, sizeof *copy);
    if (f == NULL || copy == NULL) {
        return NULL;
    }
    memcpy(copy, arg, count * sizeof *copy);
    *f = (parley_formula){.kind = (uint8_t)kind,
                          .count = (uint32_t)count,
                          .span = span,
                          .issue = -1,
                          .recipient = -1,
                          .party = -1,
                          .proposal = -1,
                          .arg = copy};
    return f;
}

static bool is_comparison(const parley_formula *f)
{
    return f->kind == PARLEY_F_CHOICE || f->kind == PARLEY_F_QUANTITY || f->kind == PARLEY_F_SHARE;
}

/* The negation of a normal tree, as a normal tree. */
static tree negation(parley_arena *arena, tree f, parley_span span)
{
    static const parley_compare opposite[] = {PARLEY_NE, PARLEY_EQ, PARLEY_GE,
                                              PARLEY_GT, PARLEY_LE, PARLEY_LT};
    if (f->kind == PARLEY_F_TRUE || f->kind == PARLEY_F_FALSE) {
        return constant(arena, f->kind == PARLEY_F_FALSE, span);
    }
    if (f->kind == PARLEY_F_NOT) {
        return f->arg[0];
    }
    if (is_comparison(f) && f->compare != PARLEY_IN) {
        parley_formula *g = parley_arena_alloc(arena, sizeof *g);
        if (g != NULL) {
            *g = *f;
            g->compare = (uint8_t)opposite[f->compare];
            g->span = span;
        }
        return g;
    }
    return connective(arena, PARLEY_F_NOT, &f, 1, span);
}

/* ---------------------------------------------------------------- sorting */

/* By kind, issue and recipient: what may be merged stands together. */
static int by_place(tree a, tree b)
{
    int c = by_option(&a->issue, &b->issue);
    c = c != 0 ? c : (a->kind > b->kind) - (a->kind < b->kind);
    return c != 0 ? c : by_option(&a->recipient, &b->recipient);
}

/* Stable merge sort, so that the result does not depend on the C library. */
static bool sort_trees(parley_arena *arena, tree *v, size_t n, int (*by)(tree, tree))
{
    tree *from = v;
    tree *to = parley_arena_array(arena, n, sizeof *to);
    if (to == NULL) {
        return false;
    }
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t start = 0; start < n; start += 2 * width) {
            size_t middle = n - start < width ? n : start + width;
            size_t end = n - start < 2 * width ? n : start + 2 * width;
            size_t a = start;
            size_t b = middle;
            for (size_t k = start; k < end; k++) {
                bool left = a < middle && (b >= end || by(from[a], from[b]) <= 0);
                to[k] = left ? from[a++] : from[b++];
            }
        }
        tree *swap = from;
        from = to;
        to = swap;
    }
    if (from != v) {
        memcpy(v, from, n * sizeof *v);
    }
    return true;
}

/* ----------------------------------------------------------------- chains */

/*
 * In an `or`, the positive atoms (= and in) of one issue become one; in an `and`, the negative ones
 * (!= and not in). Gives the number of operands left, or 0 when there is no memory (n is never 0).
 */
static size_t merge_atoms(parley_arena *arena, bool conjunction, tree *v, size_t n)
{
    tree *atom = parley_arena_array(arena, n, sizeof *atom);
    if (atom == NULL) {
        return 0;
    }
    size_t atoms = 0;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        tree inner = v[i]->kind == PARLEY_F_NOT ? v[i]->arg[0] : v[i];
        bool negative = inner != v[i];
        bool set =
            is_comparison(inner) && (inner->compare == PARLEY_EQ || inner->compare == PARLEY_IN);
        if (is_comparison(inner) && inner->compare == PARLEY_NE && !negative) {
            negative = true;
            set = true;
        }
        if (set && negative == conjunction) {
            atom[atoms++] = inner;
        } else {
            v[kept++] = v[i];
        }
    }
    if (atoms > 0 && !sort_trees(arena, atom, atoms, by_place)) {
        return 0;
    }
    for (size_t i = 0; i < atoms;) {
        size_t end = i + 1;
        while (end < atoms && by_place(atom[i], atom[end]) == 0) {
            end++;
        }
        tree merged = union_of(arena, atom + i, end - i);
        if (merged != NULL && conjunction) {
            merged = negation(arena, merged, merged->span);
        }
        if (merged == NULL) {
            return 0;
        }
        v[kept++] = merged;
        i = end;
    }
    return kept;
}

static size_t unique(tree *v, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || !parley_formula_equal(v[kept - 1], v[i])) {
            v[kept++] = v[i];
        }
    }
    return kept;
}

static tree normal(parley_arena *arena, const parley_formula *f);

/* and, or: flattened, without constants, merged, sorted, each operand once. */
static tree normal_chain(parley_arena *arena, const parley_formula *f)
{
    bool conjunction = f->kind == PARLEY_F_AND;
    parley_formula_kind neutral = conjunction ? PARLEY_F_TRUE : PARLEY_F_FALSE;
    parley_formula_kind decides = conjunction ? PARLEY_F_FALSE : PARLEY_F_TRUE;
    tree *part = parley_arena_array(arena, f->count, sizeof *part);
    if (part == NULL) {
        return NULL;
    }
    size_t total = 0;
    for (uint32_t i = 0; i < f->count; i++) {
        part[i] = normal(arena, f->arg[i]);
        if (part[i] == NULL) {
            return NULL;
        }
        if (part[i]->kind == decides) {
            return constant(arena, !conjunction, f->span);
        }
        total += part[i]->kind == f->kind ? part[i]->count : 1;
    }
    tree *v = parley_arena_array(arena, total, sizeof *v);
    if (v == NULL) {
        return NULL;
    }
    size_t n = 0;
    for (uint32_t i = 0; i < f->count; i++) {
        if (part[i]->kind == f->kind) {
            memcpy(v + n, part[i]->arg, part[i]->count * sizeof *v);
            n += part[i]->count;
        } else if (part[i]->kind != neutral) {
            v[n++] = part[i];
        }
    }
    if (n == 0) {
        return constant(arena, conjunction, f->span);
    }
    n = merge_atoms(arena, conjunction, v, n);
    if (n == 0 || !sort_trees(arena, v, n, parley_formula_compare_trees)) {
        return NULL;
    }
    n = unique(v, n);
    return n == 1 ? v[0] : connective(arena, (parley_formula_kind)f->kind, v, n, f->span);
}

static tree normal_iff(parley_arena *arena, const parley_formula *f)
{
    tree *v = parley_arena_array(arena, f->count, sizeof *v);
    if (v == NULL) {
        return NULL;
    }
    for (uint32_t i = 0; i < f->count; i++) {
        v[i] = normal(arena, f->arg[i]);
        if (v[i] == NULL) {
            return NULL;
        }
    }
    if (!sort_trees(arena, v, f->count, parley_formula_compare_trees)) {
        return NULL;
    }
    size_t n = unique(v, f->count);
    return n == 1 ? constant(arena, true, f->span) : connective(arena, PARLEY_F_IFF, v, n, f->span);
}

static tree normal_implies(parley_arena *arena, const parley_formula *f)
{
    bool turned = f->kind == PARLEY_F_IF;
    tree v[2] = {normal(arena, f->arg[turned]), NULL};
    v[1] = v[0] == NULL ? NULL : normal(arena, f->arg[!turned]);
    if (v[1] == NULL) {
        return NULL;
    }
    if (v[0]->kind == PARLEY_F_FALSE || v[1]->kind == PARLEY_F_TRUE ||
        parley_formula_equal(v[0], v[1])) {
        return constant(arena, true, f->span);
    }
    if (v[0]->kind == PARLEY_F_TRUE) {
        return v[1];
    }
    if (v[1]->kind == PARLEY_F_FALSE) {
        return negation(arena, v[0], f->span);
    }
    return connective(arena, PARLEY_F_IMPLIES, v, 2, f->span);
}

/* ------------------------------------------------------------------- atoms */

static tree normal_comparison(parley_arena *arena, const parley_formula *f)
{
    tree g = union_of(arena, &f, 1);
    if (g == NULL || f->compare == PARLEY_EQ || f->compare == PARLEY_IN) {
        return g;
    }
    if (f->compare == PARLEY_NE) {
        return negation(arena, g, f->span);
    }
    parley_formula *h = parley_arena_alloc(arena, sizeof *h);
    if (h != NULL) {
        *h = *g;
        h->compare = f->compare;
    }
    return h;
}

static tree normal(parley_arena *arena, const parley_formula *f)
{
    tree inner;
    parley_formula *copy;
    switch ((parley_formula_kind)f->kind) {
    case PARLEY_F_TRUE:
    case PARLEY_F_FALSE:
        return constant(arena, f->kind == PARLEY_F_TRUE, f->span);
    case PARLEY_F_CHOICE:
    case PARLEY_F_QUANTITY:
    case PARLEY_F_SHARE:
        return normal_comparison(arena, f);
    case PARLEY_F_ACCEPTS:
        copy = parley_arena_alloc(arena, sizeof *copy);
        if (copy != NULL) {
            *copy = *f;
        }
        return copy;
    case PARLEY_F_NOT:
        inner = normal(arena, f->arg[0]);
        return inner == NULL ? NULL : negation(arena, inner, f->span);
    case PARLEY_F_AND:
    case PARLEY_F_OR:
        return normal_chain(arena, f);
    case PARLEY_F_IMPLIES:
    case PARLEY_F_IF:
        return normal_implies(arena, f);
    case PARLEY_F_IFF:
        return normal_iff(arena, f);
    }
    return NULL;
}

parley_status parley_formula_normal(const parley_formula **out, parley_arena *arena,
                                    const parley_formula *f, parley_error *err)
{
    parley_arena_mark mark = parley_arena_here(arena);
    *out = normal(arena, f);
    if (*out == NULL) {
        parley_arena_reset(arena, mark);
        return parley_fail(err, PARLEY_NOMEM, "no memory for a formula");
    }
    return PARLEY_OK;
}
