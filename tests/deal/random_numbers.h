/*
 * Random models of numbers, and the answers by walking through every package: frontier, solutions
 * and counts straight from the definitions, in plain loops.
 */
#ifndef PARLEY_TEST_RANDOM_NUMBERS_H
#define PARLEY_TEST_RANDOM_NUMBERS_H

#include "deal/numbers_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct random_shape {
    uint32_t k, n, size; /* parties, variables, values at most */
    int32_t spread;      /* values from -spread/4 to spread */
    uint32_t tables;     /* at most */
    uint32_t boxes;      /* at most */
    bool groups;
    bool red_lines;
    bool caps;
    bool huge; /* numbers that need more than 64 bits */
} random_shape;

static inline nm_num random_value(parley_random *r, const random_shape *s)
{
    int64_t low = s->spread / 4;
    nm_num v = (nm_num)parley_random_below(r, (uint32_t)(s->spread + low) + 1) - low;
    return s->huge ? v * ((nm_num)1 << 90) + (nm_num)parley_random_u64(r) : v;
}

static inline uint64_t *random_side(parley_arena *arena, parley_random *r, uint32_t size)
{
    uint64_t *bits = parley_arena_array(arena, 1, sizeof(*bits));
    uint32_t low = parley_random_below(r, size);
    uint32_t high = low + parley_random_below(r, size - low);
    for (uint32_t v = low; v <= high; v++) {
        *bits |= UINT64_C(1) << v;
    }
    return bits;
}

static inline void random_box(parley_arena *arena, parley_random *r, const random_shape *s,
                              nm_model *m, nm_box *box)
{
    nm_side *where = parley_arena_array(arena, m->n, sizeof(*where));
    nm_side *outside = parley_arena_array(arena, m->n, sizeof(*outside));
    *box = (nm_box){parley_random_below(r, m->k),
                    PARLEY_TAKE_BOX,
                    -1,
                    random_value(r, s),
                    where,
                    0,
                    outside,
                    0};
    for (uint32_t j = 0; j < m->n; j++) {
        uint32_t which = parley_random_below(r, 5);
        nm_side side = {j, random_side(arena, r, m->size[j])};
        if (which == 0) {
            outside[box->outside_count++] = side;
        } else if (which < 3) {
            where[box->where_count++] = side;
        }
    }
}

static inline void random_table(parley_arena *arena, parley_random *r, const random_shape *s,
                                nm_model *m, nm_table *t)
{
    uint32_t *var = parley_arena_array(arena, 3, sizeof(*var));
    uint32_t vars = 0;
    uint32_t entries = 1;
    for (uint32_t j = 0; j < m->n && vars < 3; j++) {
        if (parley_random_below(r, m->n) < 2) {
            var[vars++] = j;
            entries *= m->size[j];
        }
    }
    *t = (nm_table){vars, var, entries, NULL, NULL, -1, -1};
    uint32_t kind = parley_random_below(r, s->red_lines ? 3 : 2);
    if (vars == 0) {
        kind = parley_random_below(r, 20) == 0 ? 0 : 3;
    }
    if (kind == 1) {
        nm_num *add = parley_arena_array(arena, (size_t)entries * m->k, sizeof(*add));
        for (size_t e = 0; e < (size_t)entries * m->k; e++) {
            add[e] = parley_random_below(r, 2) ? random_value(r, s) : 0;
        }
        t->add = add;
    } else if (kind != 3) {
        uint8_t *ok = parley_arena_array(arena, entries, 1);
        uint32_t one_in = 2 + parley_random_below(r, 5);
        for (uint32_t e = 0; e < entries; e++) {
            ok[e] = parley_random_below(r, one_in) != 0;
        }
        t->ok = ok;
        t->red_line_of = kind == 2 ? (int32_t)parley_random_below(r, m->k) : -1;
    }
}

static inline nm_model *random_model(parley_arena *arena, parley_random *r, const random_shape *s)
{
    nm_model *m = parley_arena_alloc(arena, sizeof(*m));
    m->k = s->k;
    m->n = s->n;
    uint32_t *size = parley_arena_array(arena, s->n + 1, sizeof(*size));
    uint32_t *offset = parley_arena_array(arena, s->n + 1, sizeof(*offset));
    uint32_t all = 0;
    for (uint32_t j = 0; j < s->n; j++) {
        size[j] = 1 + parley_random_below(r, s->size);
        offset[j] = all;
        all += size[j];
    }
    m->size = size;
    m->offset = offset;
    m->value = parley_arena_array(arena, (size_t)all * s->k, sizeof(*m->value));
    m->base = parley_arena_array(arena, s->k, sizeof(*m->base));
    m->without = parley_arena_array(arena, s->k, sizeof(*m->without));
    m->cap = parley_arena_array(arena, s->k, sizeof(*m->cap));
    m->capped = parley_arena_array(arena, s->k, sizeof(*m->capped));
    m->unit = parley_arena_array(arena, s->k, sizeof(*m->unit));
    m->table = parley_arena_array(arena, s->tables, sizeof(*m->table));
    m->box = parley_arena_array(arena, s->boxes + 4, sizeof(*m->box));
    for (uint32_t v = 0; v < all * s->k; v++) {
        m->value[v] = random_value(r, s);
    }
    for (uint32_t i = 0; i < s->k; i++) {
        m->unit[i] = 1 + parley_random_below(r, 7);
        m->base[i] = parley_random_below(r, 3) == 0 ? random_value(r, s) : 0;
        m->without[i] = random_value(r, s) * (nm_num)parley_random_below(r, s->n + 1);
        m->capped[i] = s->caps && parley_random_below(r, 2) == 0;
        m->cap[i] = random_value(r, s) * (nm_num)(1 + parley_random_below(r, s->n + 1));
    }
    m->strict = parley_random_below(r, 4) == 0;
    m->tables = s->tables == 0 ? 0 : parley_random_below(r, s->tables + 1);
    for (uint32_t t = 0; t < m->tables; t++) {
        random_table(arena, r, s, m, &m->table[t]);
    }
    m->boxes = s->boxes == 0 ? 0 : parley_random_below(r, s->boxes + 1);
    for (uint32_t b = 0; b < m->boxes; b++) {
        random_box(arena, r, s, m, &m->box[b]);
    }
    if (s->groups && m->boxes >= 2) { /* the first boxes under one or two groups of one party */
        uint32_t party = m->box[0].party;
        uint32_t under = 1 + parley_random_below(r, m->boxes - 1);
        static const parley_take takes[] = {PARLEY_TAKE_SUM, PARLEY_TAKE_MIN, PARLEY_TAKE_MAX};
        uint32_t top = under + 1;
        memmove(&m->box[under + 1], &m->box[under], (m->boxes - under) * sizeof(*m->box));
        m->boxes++;
        for (uint32_t b = 0; b < under; b++) {
            m->box[b].party = party;
            m->box[b].parent = (int32_t)under;
        }
        m->box[under] =
            (nm_box){.party = party, .take = takes[parley_random_below(r, 3)], .parent = -1};
        if (top < m->boxes && parley_random_below(r, 2)) { /* a group of the group and a box */
            memmove(&m->box[top + 1 < m->boxes ? top + 2 : top + 1], &m->box[top + 1],
                    (m->boxes - top - 1) * sizeof(*m->box));
            m->box[top].party = party;
            m->box[top].parent = m->box[under].parent = (int32_t)top + 1;
            m->box[top + 1] =
                (nm_box){.party = party, .take = takes[parley_random_below(r, 3)], .parent = -1};
            m->boxes++;
        }
    }
    return m;
}

/* ------------------------------------------------------------------- oracle */

typedef struct walked {
    uint32_t size; /* distinct frontier vectors */
    nm_num *u;     /* size * k, in any order */
    uint64_t *count;
    uint64_t total, feasible, accepted;
    uint64_t accepted_by[NM_PARTIES_MOST];
} walked;

static inline bool walk_next(const nm_model *m, uint32_t *pkg)
{
    for (uint32_t j = m->n; j-- > 0;) {
        if (++pkg[j] < m->size[j]) {
            return true;
        }
        pkg[j] = 0;
    }
    return false;
}

/* Every feasible package's vector against every other. */
static inline walked walk_all(parley_arena *arena, const nm_view *view)
{
    const nm_model *m = view->m;
    const uint32_t k = view->k;
    walked w = {0};
    w.total = nm_total_most(m, 1u << 20);
    uint32_t *pkg = parley_arena_array(arena, m->n, sizeof(*pkg));
    nm_num *all = parley_arena_array(arena, w.total * k, sizeof(*all));
    nm_num *u = parley_arena_array(arena, m->k, sizeof(*u));
    nm_num *scratch = parley_arena_array(arena, m->boxes, sizeof(*scratch));
    uint32_t n = 0;
    do {
        nm_worth(m, pkg, scratch, u);
        if (!nm_feasible(m, pkg)) {
            continue;
        }
        w.feasible++;
        bool everybody = true;
        bool wanted = true;
        for (uint32_t i = 0; i < m->k; i++) {
            bool yes = nm_accepts(m, i, u[i], pkg);
            w.accepted_by[i] += yes;
            everybody = everybody && yes;
        }
        w.accepted += everybody;
        for (uint32_t i = 0; i < k && view->acceptable; i++) {
            wanted = wanted && nm_accepts(m, view->who[i], u[view->who[i]], pkg);
        }
        for (uint32_t i = 0; i < k; i++) {
            all[(size_t)n * k + i] = u[view->who[i]];
        }
        n += wanted;
    } while (walk_next(m, pkg));
    w.u = parley_arena_array(arena, (size_t)n * k, sizeof(*w.u));
    w.count = parley_arena_array(arena, n, sizeof(*w.count));
    for (uint32_t p = 0; p < n; p++) {
        const nm_num *x = &all[(size_t)p * k];
        bool beaten = false;
        for (uint32_t q = 0; q < n && !beaten; q++) {
            const nm_num *y = &all[(size_t)q * k];
            bool least = true;
            bool more = false;
            for (uint32_t i = 0; i < k; i++) {
                least = least && y[i] >= x[i];
                more = more || y[i] > x[i];
            }
            beaten = least && more;
        }
        uint32_t at = 0;
        while (at < w.size && memcmp(&w.u[(size_t)at * k], x, k * sizeof(*x)) != 0) {
            at++;
        }
        if (!beaten && at == w.size) {
            memcpy(&w.u[(size_t)at * k], x, k * sizeof(*x));
            w.size++;
        }
        w.count[at] += !beaten;
    }
    return w;
}

static inline bool same_points(const nm_view *view, const walked *w, const nm_frontier *f,
                               bool counts)
{
    if (w->size != f->size) {
        return false;
    }
    for (uint32_t p = 0; p < f->size; p++) {
        uint32_t at = 0;
        while (at < w->size && memcmp(&w->u[(size_t)at * view->k], &f->u[(size_t)p * view->k],
                                      view->k * sizeof(*f->u)) != 0) {
            at++;
        }
        if (at == w->size || (counts && f->count[p] != w->count[at])) {
            return false;
        }
    }
    return true;
}

#endif
