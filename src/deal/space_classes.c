/*
 * Value classes: two values of a variable that no literal tells apart are one class, so that a
 * quantity with 100,000 steps costs as little as the thresholds that formulas mention. Partition
 * refinement: each literal splits the classes it cuts. Classes only get finer while a space lives;
 * what a question needs is made coarser again when it is compiled.
 */
#include "deal/space_internal.h"

#include <string.h>

parley_status space_room(space *s, void *array, uint32_t used, uint32_t *room, uint32_t more,
                         size_t size, parley_error *err)
{
    void *p;
    if (more <= *room - used)
        return PARLEY_OK;
    uint64_t want = (uint64_t)used + more;
    uint64_t next = (uint64_t)*room * 2;
    if (next < want)
        next = want;
    if (next < 16)
        next = 16;
    if (next > UINT32_MAX / 2)
        return parley_fail(err, PARLEY_NOMEM, "too many constraints for one space");
    memcpy(&p, array, sizeof p);
    p = parley_realloc(s->ctx, p, *room * size, (size_t)next * size);
    if (p == NULL)
        return parley_fail(err, PARLEY_NOMEM, "no memory for the constraints");
    memcpy(array, &p, sizeof p);
    *room = (uint32_t)next;
    return PARLEY_OK;
}

/* Room for literals over `classes` classes: words per literal may have to grow. */
static parley_status widen(space *s, value_classes *v, uint32_t classes, parley_error *err)
{
    uint32_t words = bit_words(classes);
    if (words <= v->words)
        return PARLEY_OK;
    if (words < 2 * v->words)
        words = 2 * v->words;
    uint32_t room = v->literal_room;
    if (room > 0) {
        uint64_t *wide = parley_alloc(s->ctx, (size_t)room * words * sizeof *wide);
        if (wide == NULL)
            return parley_fail(err, PARLEY_NOMEM, "no memory for value classes");
        for (uint32_t i = 0; i < v->literals; i++)
            memcpy(wide + (size_t)i * words, v->literal + (size_t)i * v->words,
                   v->words * sizeof *wide);
        parley_release(s->ctx, v->literal, (size_t)room * v->words * sizeof *wide);
        v->literal = wide;
    }
    v->words = words;
    return PARLEY_OK;
}

/* Of class c, inside[c] values are in the set; where that is a proper part they go to class to[c].
 */
parley_status classes_refine(space *s, uint32_t variable, const uint64_t *set, parley_error *err)
{
    value_classes *v = &s->variable[variable];
    parley_status status = PARLEY_OK;
    scratch_mark mark = scratch_here(&s->tmp);
    uint32_t *inside = SCRATCH_ZERO(&s->tmp, uint32_t, v->classes);
    uint32_t *to = SCRATCH(&s->tmp, uint32_t, v->classes);
    if (inside == NULL || to == NULL) {
        status = parley_fail(err, PARLEY_NOMEM, "no memory for value classes");
        goto out;
    }
    uint32_t words = bit_words(v->size);
    for (uint32_t w = 0; w < words; w++) {
        uint64_t x = set[w];
        if (w == words - 1 && v->size % 64 != 0)
            x &= bit_low(v->size % 64);
        for (; x != 0; x &= x - 1)
            inside[v->class_of != NULL ? v->class_of[w * 64 + bit_first(x)] : 0]++;
    }
    uint32_t classes = v->classes;
    for (uint32_t c = 0; c < v->classes; c++)
        to[c] = inside[c] > 0 && inside[c] < v->class_size[c] ? classes++ : c;
    if (classes == v->classes)
        goto out;

    status = widen(s, v, classes, err);
    if (status == PARLEY_OK)
        status = space_room(s, &v->class_size, v->classes, &v->class_room, classes - v->classes,
                            sizeof *v->class_size, err);
    if (status == PARLEY_OK && v->class_of == NULL) {
        v->class_of = parley_alloc(s->ctx, (size_t)v->size * sizeof *v->class_of);
        if (v->class_of == NULL)
            status = parley_fail(err, PARLEY_NOMEM, "no memory for value classes");
    }
    if (status != PARLEY_OK)
        goto out;
    for (uint32_t w = 0; w < words; w++) {
        uint64_t x = set[w];
        if (w == words - 1 && v->size % 64 != 0)
            x &= bit_low(v->size % 64);
        for (; x != 0; x &= x - 1) {
            uint32_t *c = &v->class_of[w * 64 + bit_first(x)];
            *c = to[*c];
        }
    }
    for (uint32_t c = 0; c < v->classes; c++)
        if (to[c] != c) {
            v->class_size[to[c]] = inside[c];
            v->class_size[c] -= inside[c];
            for (uint32_t i = 0; i < v->literals; i++) {
                uint64_t *literal = v->literal + (size_t)i * v->words;
                if (bit_get(literal, c))
                    bit_set(literal, to[c]);
            }
        }
    v->classes = classes;
out:
    scratch_reset(&s->tmp, mark);
    return status;
}

void classes_of_set(const value_classes *v, const uint64_t *set, uint64_t *out)
{
    memset(out, 0, bit_words(v->classes) * sizeof *out);
    uint32_t words = bit_words(v->size);
    for (uint32_t w = 0; w < words; w++) {
        uint64_t x = set[w];
        if (w == words - 1 && v->size % 64 != 0)
            x &= bit_low(v->size % 64);
        for (; x != 0; x &= x - 1)
            bit_set(out, v->class_of != NULL ? v->class_of[w * 64 + bit_first(x)] : 0);
    }
}

parley_status classes_literal(space *s, uint32_t variable, const uint64_t *classes, uint32_t *out,
                              parley_error *err)
{
    value_classes *v = &s->variable[variable];
    uint32_t words = bit_words(v->classes);
    for (uint32_t i = 0; i < v->literals; i++)
        if (memcmp(v->literal + (size_t)i * v->words, classes, words * sizeof *classes) == 0) {
            *out = i;
            return PARLEY_OK;
        }
    parley_status status = space_room(s, &v->literal, v->literals, &v->literal_room, 1,
                                      v->words * sizeof *v->literal, err);
    if (status != PARLEY_OK)
        return status;
    uint64_t *literal = v->literal + (size_t)v->literals * v->words;
    memset(literal, 0, v->words * sizeof *literal);
    memcpy(literal, classes, words * sizeof *literal);
    *out = v->literals++;
    return PARLEY_OK;
}

void classes_free(space *s, value_classes *v)
{
    parley_release(s->ctx, v->class_of, (size_t)v->size * sizeof *v->class_of);
    parley_release(s->ctx, v->class_size, v->class_room * sizeof *v->class_size);
    parley_release(s->ctx, v->literal, (size_t)v->literal_room * v->words * sizeof *v->literal);
}
