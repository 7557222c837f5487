/*
 * Soft constraints that say the same, in clashing sets. When ten parties demand one thing and ten
 * others its opposite, there are a hundred clashing sets and two different constraints. So sets are
 * looked for among the first of each kind, and each set found stands for all that take one of each
 * of its kinds: those come out here, in the order promised, one at a time, as long as somebody
 * wants them.
 *
 * Order: sets of one size, ascending by ids. The walk chooses the ids of a set from the lowest: at
 * each level the next id that some set of kinds, still possible, has in a kind not used yet, and
 * that leaves every other kind a higher one.
 */
#include "deal/space_internal.h"

#include <string.h>

/* ------------------------------------------------------------------- finding */

static uint64_t table_hash(const net_table *t, uint64_t h)
{
    h = (h ^ t->arity) * UINT64_C(1099511628211);
    for (uint32_t i = 0; i < t->arity; i++)
        h = (h ^ t->scope[i]) * UINT64_C(1099511628211);
    for (size_t i = 0; i < (size_t)t->rows * t->words; i++)
        h = (h ^ t->row[i] ^ t->row[i] >> 32) * UINT64_C(1099511628211);
    return h;
}

static bool same_table(const net_table *a, const net_table *b)
{
    return a->arity == b->arity && a->rows == b->rows && a->words == b->words &&
           memcmp(a->scope, b->scope, a->arity * sizeof *a->scope) == 0 &&
           memcmp(a->row, b->row, (size_t)a->rows * a->words * sizeof *a->row) == 0;
}

/* Tables of one constraint that were cut at auxiliary variables of their own are never the same. */
static bool same_soft(const clasher *c, uint32_t i, uint32_t j)
{
    const net *n = &c->q->net;
    bool same = c->end[i] - c->table[i] == c->end[j] - c->table[j];
    for (uint32_t t = 0; same && t < c->end[i] - c->table[i]; t++)
        same = same_table(&n->table[c->table[i] + t], &n->table[c->table[j] + t]);
    return same;
}

parley_status twins_merge(clasher *c)
{
    scratch *m = c->q->tmp;
    uint32_t slots = 16, kinds = 0;
    while (slots < c->softs * 2)
        slots *= 2;
    uint32_t *slot = SCRATCH_ZERO(m, uint32_t, slots); /* 1 + the first of a kind */
    uint32_t *kind = SCRATCH(m, uint32_t, c->softs);
    c->twin = SCRATCH(m, uint32_t, c->softs);
    c->twins = SCRATCH_ZERO(m, uint32_t, (size_t)c->softs + 2);
    if (slot == NULL || kind == NULL || c->twin == NULL || c->twins == NULL)
        return question_nomem(c->q);
    for (uint32_t i = 0; i < c->softs; i++) {
        uint64_t h = UINT64_C(14695981039346656037);
        for (uint32_t t = c->table[i]; t < c->end[i]; t++)
            h = table_hash(&c->q->net.table[t], h);
        uint32_t at = (uint32_t)(h ^ h >> 32) & (slots - 1);
        while (slot[at] != 0 && !same_soft(c, slot[at] - 1, i))
            at = (at + 1) & (slots - 1);
        if (slot[at] == 0) {
            slot[at] = i + 1;
            kind[i] = kinds++;
        } else
            kind[i] = kind[slot[at] - 1];
        c->twins[kind[i] + 2]++;
    }
    for (uint32_t k = 0; k < kinds; k++)
        c->twins[k + 2] += c->twins[k + 1];
    for (uint32_t i = 0; i < c->softs; i++)
        c->twin[c->twins[kind[i] + 1]++] = c->id[i];
    /* the first of each kind stays; kinds are numbered by their first */
    uint32_t kept = 0;
    for (uint32_t i = 0; i < c->softs; i++)
        if (kind[i] == kept) {
            c->id[kept] = c->id[i];
            c->table[kept] = c->table[i];
            c->end[kept] = c->end[i];
            kept++;
        }
    PARLEY_ASSERT(kept == kinds);
    c->merged = kinds < c->softs;
    c->softs = kinds;
    return PARLEY_OK;
}

/* -------------------------------------------------------------------- giving */

/* One id chosen. */
typedef struct twin_level {
    uint32_t *alive; /* sets that may have what is chosen so far */
    uint32_t count;
    uint32_t id;   /* chosen here; what is tried next is higher */
    uint32_t kind; /* of id */
    bool any;      /* something was chosen here */
} twin_level;

typedef struct twin_walk {
    const clasher *c;
    uint32_t size;
    const uint32_t *kind; /* [sets][size] ascending */
    uint64_t *used;       /* kinds of what is chosen */
    twin_level *level;    /* [size] */
} twin_walk;

static uint32_t highest(const clasher *c, uint32_t kind)
{
    return c->twin[c->twins[kind + 1] - 1];
}

/* The lowest id of a kind that is not below `least`; NONE. */
static uint32_t lowest_from(const clasher *c, uint32_t kind, uint32_t least)
{
    uint32_t low = c->twins[kind], high = c->twins[kind + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (c->twin[middle] < least)
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->twins[kind + 1] ? c->twin[low] : SPACE_NONE;
}

/* Does a set have a higher id than this in each kind not used, but for one kind? */
static bool leaves_room(const twin_walk *w, uint32_t set, uint32_t but, uint32_t id)
{
    const uint32_t *kind = w->kind + (size_t)set * w->size;
    for (uint32_t i = 0; i < w->size; i++)
        if (kind[i] != but && !bit_get(w->used, kind[i]) && highest(w->c, kind[i]) <= id)
            return false;
    return true;
}

/* The next id at a level, from `least` on. False: there is none. */
static bool choose(const twin_walk *w, twin_level *l, uint32_t least)
{
    uint32_t best = SPACE_NONE;
    for (uint32_t a = 0; a < l->count; a++) {
        const uint32_t *kind = w->kind + (size_t)l->alive[a] * w->size;
        for (uint32_t i = 0; i < w->size; i++) {
            if (bit_get(w->used, kind[i]))
                continue;
            uint32_t id = lowest_from(w->c, kind[i], least);
            if (id < best && leaves_room(w, l->alive[a], kind[i], id)) {
                best = id;
                l->kind = kind[i];
            }
        }
    }
    l->id = best;
    return best != SPACE_NONE;
}

/* Sets of a level that have its choice and can go on. */
static void descend(const twin_walk *w, const twin_level *l, twin_level *next)
{
    next->count = 0;
    next->any = false;
    for (uint32_t a = 0; a < l->count; a++) {
        const uint32_t *kind = w->kind + (size_t)l->alive[a] * w->size;
        bool has = false;
        for (uint32_t i = 0; i < w->size; i++)
            has = has || kind[i] == l->kind;
        if (has && leaves_room(w, l->alive[a], l->kind, l->id))
            next->alive[next->count++] = l->alive[a];
    }
}

static parley_status walk_twins(twin_walk *w, space_visit_set visit, void *user, bool *more)
{
    question *q = w->c->q;
    uint32_t depth = 0;
    while (*more) {
        twin_level *l = &w->level[depth];
        parley_status status = question_work(q, (uint64_t)l->count * w->size * w->size * 8 + 16);
        if (status != PARLEY_OK)
            return status;
        uint32_t least = l->any ? l->id + 1 : depth > 0 ? w->level[depth - 1].id + 1 : 0;
        if (l->any)
            bit_clear(w->used, l->kind);
        l->any = choose(w, l, least);
        if (!l->any) {
            if (depth == 0)
                break;
            depth--;
            continue;
        }
        bit_set(w->used, l->kind);
        if (depth + 1 < w->size) {
            descend(w, l, &w->level[depth + 1]);
            depth++;
            continue;
        }
        for (uint32_t d = 0; d < w->size; d++)
            w->c->ids[d] = w->level[d].id;
        *more = visit(user, w->c->ids, w->size);
    }
    return PARLEY_OK;
}

parley_status twins_give(clasher *c, uint32_t first, uint32_t end, space_visit_set visit,
                         void *user, bool *more)
{
    scratch *m = c->q->tmp;
    const uint32_t sets = end - first;
    twin_walk w = {.c = c};
    *more = true;
    if (sets == 0)
        return PARLEY_OK;
    for (uint32_t i = 0; i < c->words; i++)
        w.size += bit_ones(c->clashes.bits[(size_t)first * c->words + i]);
    scratch_mark mark = scratch_here(m);
    uint32_t *kind = SCRATCH(m, uint32_t, (size_t)sets * w.size);
    uint32_t *alive = SCRATCH(m, uint32_t, (size_t)sets * w.size);
    w.used = SCRATCH_ZERO(m, uint64_t, c->words);
    w.level = SCRATCH_ZERO(m, twin_level, w.size);
    parley_status status = PARLEY_OK;
    if (kind == NULL || alive == NULL || w.used == NULL || w.level == NULL)
        status = question_nomem(c->q);
    for (uint32_t i = 0, n = 0; status == PARLEY_OK && i < sets; i++) {
        const uint64_t *set = c->clashes.bits + (size_t)(first + i) * c->words;
        for (uint32_t j = 0; j < c->words; j++)
            for (uint64_t x = set[j]; x != 0; x &= x - 1)
                kind[n++] = j * 64 + bit_first(x);
        PARLEY_ASSERT(n == (i + 1) * w.size); /* all are of one size */
    }
    if (status == PARLEY_OK) {
        w.kind = kind;
        for (uint32_t d = 0; d < w.size; d++)
            w.level[d].alive = alive + (size_t)d * sets;
        for (uint32_t i = 0; i < sets; i++)
            w.level[0].alive[i] = i;
        w.level[0].count = sets;
        status = walk_twins(&w, visit, user, more);
    }
    scratch_reset(m, mark);
    return status;
}
