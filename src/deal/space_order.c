/*
 * Elimination orders: greedy by least fill (ties: smallest bucket, lowest number) and greedy by
 * smallest bucket; the cheaper of the two is taken. Projected variables go first, whatever they
 * cost. (Koller & Friedman 2009, section 9.4.3; Kjaerulff 1990.)
 */
#include "deal/space_internal.h"

#include <string.h>

typedef enum order_rule { ORDER_FILL, ORDER_SIZE } order_rule;

typedef struct ordering {
    const net *n;
    uint32_t words;
    uint64_t *near; /* [variables][words] adjacency */
    uint64_t *left; /* [words] not yet eliminated */
    uint64_t *size; /* [variables] entries of the bucket, saturating */
    uint64_t *fill; /* [variables] edges missing among the neighbours */
    uint64_t *dirty;
    uint64_t *below;    /* [variables] price of the buckets that lead into this one, and its own */
    uint32_t *position; /* [variables] */
    bool all_or;
    uint64_t heavy;
} ordering;

static uint64_t times(uint64_t a, uint64_t b)
{
    uint64_t x;
    return __builtin_mul_overflow(a, b, &x) ? UINT64_MAX : x;
}

static void score(ordering *o, uint32_t v, bool with_fill)
{
    const uint64_t *mine = o->near + (size_t)v * o->words;
    uint64_t size = o->n->variable[v].k, fill = 0;
    for (uint32_t w = 0; w < o->words; w++)
        for (uint64_t x = mine[w]; x != 0; x &= x - 1) {
            uint32_t u = w * 64 + bit_first(x);
            size = times(size, o->n->variable[u].k);
            if (!with_fill)
                continue;
            const uint64_t *other = o->near + (size_t)u * o->words;
            for (uint32_t j = 0; j < o->words; j++)
                fill += bit_ones(mine[j] & ~other[j]);
            fill--; /* u itself */
        }
    o->size[v] = size;
    o->fill[v] = fill;
}

static bool better(const ordering *o, order_rule rule, uint32_t a, uint32_t b)
{
    if (!o->all_or && o->n->variable[a].projected != o->n->variable[b].projected)
        return o->n->variable[a].projected;
    if (rule == ORDER_FILL && o->fill[a] != o->fill[b])
        return o->fill[a] < o->fill[b];
    if (o->size[a] != o->size[b])
        return o->size[a] < o->size[b];
    return o->fill[a] < o->fill[b];
}

static void greedy(ordering *o, order_rule rule, elimination *out)
{
    const net *n = o->n;
    out->entries = 0;
    out->largest = 0;
    out->width = 0;
    memset(o->left, 0, o->words * sizeof *o->left);
    for (uint32_t v = 0; v < n->variables; v++) {
        bit_set(o->left, v);
        score(o, v, true);
    }
    for (uint32_t step = 0; step < n->variables; step++) {
        uint32_t best = SPACE_NONE;
        for (uint32_t w = 0; w < o->words; w++)
            for (uint64_t x = o->left[w]; x != 0; x &= x - 1) {
                uint32_t v = w * 64 + bit_first(x);
                if (best == SPACE_NONE || better(o, rule, v, best))
                    best = v;
            }
        uint64_t *mine = o->near + (size_t)best * o->words;
        uint32_t width = 1;
        out->order[step] = best;
        bit_clear(o->left, best);
        if (__builtin_add_overflow(out->entries, o->size[best], &out->entries))
            out->entries = UINT64_MAX;
        uint64_t message =
            o->size[best] == UINT64_MAX ? UINT64_MAX : o->size[best] / n->variable[best].k;
        if (o->all_or || n->variable[best].projected)
            message = message / 64 + 1;
        if (message > out->largest)
            out->largest = message;
        bool filled = o->fill[best] > 0;
        memset(o->dirty, 0, o->words * sizeof *o->dirty);
        for (uint32_t w = 0; w < o->words; w++)
            for (uint64_t x = mine[w]; x != 0; x &= x - 1) {
                uint32_t u = w * 64 + bit_first(x);
                uint64_t *other = o->near + (size_t)u * o->words;
                width++;
                for (uint32_t j = 0; j < o->words; j++) {
                    other[j] |= mine[j];
                    if (filled)
                        o->dirty[j] |= other[j];
                }
                bit_clear(other, u);
                bit_clear(other, best);
                bit_set(o->dirty, u);
            }
        if (width > out->width)
            out->width = width;
        for (uint32_t w = 0; w < o->words; w++)
            for (uint64_t x = o->dirty[w] & o->left[w]; x != 0; x &= x - 1)
                score(o, w * 64 + bit_first(x), true);
    }
}

static uint64_t plus(uint64_t a, uint64_t b)
{
    uint64_t x;
    return __builtin_add_overflow(a, b, &x) ? UINT64_MAX : x;
}

/*
 * The buckets form a tree: what comes out of one goes into the first bucket of its variables. An
 * edge with a small message and much work on both sides is a place to branch, for the sides are
 * then counted one after the other and not one within the other.
 */
static void find_split(ordering *o, elimination *out)
{
    const net *n = o->n;
    uint64_t smallest = 257;
    out->split = SPACE_NONE;
    if (out->entries == UINT64_MAX || out->entries < 2 * o->heavy)
        return;
    for (uint32_t i = 0; i < n->variables; i++) {
        o->position[out->order[i]] = i;
        o->below[i] = 0;
    }
    for (uint32_t i = 0; i < n->variables; i++) {
        uint32_t x = out->order[i], parent = SPACE_NONE, member = SPACE_NONE;
        const uint64_t *mine = o->near + (size_t)x * o->words;
        o->below[x] = plus(o->below[x], o->size[x]);
        for (uint32_t w = 0; w < o->words; w++)
            for (uint64_t bits = mine[w]; bits != 0; bits &= bits - 1) {
                uint32_t u = w * 64 + bit_first(bits);
                if (parent == SPACE_NONE || o->position[u] < o->position[parent])
                    parent = u;
                if (member == SPACE_NONE && (o->all_or || !n->variable[u].projected))
                    member = u;
            }
        if (parent == SPACE_NONE)
            continue;
        o->below[parent] = plus(o->below[parent], o->below[x]);
        uint64_t message = o->size[x] / n->variable[x].k;
        if (member != SPACE_NONE && message < smallest && o->below[x] >= o->heavy &&
            out->entries - o->below[x] >= o->heavy) {
            smallest = message;
            out->split = member;
        }
    }
}

static void adjacency(ordering *o)
{
    const net *n = o->n;
    memset(o->near, 0, (size_t)n->variables * o->words * sizeof *o->near);
    for (uint32_t t = 0; t < n->tables; t++)
        for (uint32_t i = 0; i < n->table[t].arity; i++)
            for (uint32_t j = 0; j < n->table[t].arity; j++)
                if (i != j)
                    bit_set(o->near + (size_t)n->table[t].scope[i] * o->words,
                            n->table[t].scope[j]);
}

parley_status eliminate_order(question *q, const net *n, bool all_or, uint64_t heavy,
                              elimination *out)
{
    scratch *m = q->tmp;
    elimination other = {NULL, 0, 0, 0, SPACE_NONE};
    out->order = SCRATCH(m, uint32_t, n->variables);
    if (out->order == NULL)
        return question_nomem(q);
    scratch_mark mark = scratch_here(m);
    ordering o = {.n = n, .words = bit_words(n->variables), .all_or = all_or, .heavy = heavy};
    o.near = SCRATCH(m, uint64_t, (size_t)n->variables * o.words);
    o.left = SCRATCH(m, uint64_t, o.words);
    o.dirty = SCRATCH(m, uint64_t, o.words);
    o.size = SCRATCH(m, uint64_t, n->variables);
    o.fill = SCRATCH(m, uint64_t, n->variables);
    o.below = SCRATCH(m, uint64_t, n->variables);
    o.position = SCRATCH(m, uint32_t, n->variables);
    other.order = SCRATCH(m, uint32_t, n->variables);
    if (o.near == NULL || o.left == NULL || o.dirty == NULL || o.size == NULL || o.fill == NULL ||
        o.below == NULL || o.position == NULL || other.order == NULL)
        return question_nomem(q);
    adjacency(&o);
    greedy(&o, ORDER_FILL, out);
    find_split(&o, out);
    if (out->entries > 256) {
        adjacency(&o);
        greedy(&o, ORDER_SIZE, &other);
        if (other.entries < out->entries) {
            find_split(&o, &other);
            out->split = other.split;
            memcpy(out->order, other.order, n->variables * sizeof *out->order);
            out->entries = other.entries;
            out->largest = other.largest;
            out->width = other.width;
        }
    }
    scratch_reset(m, mark);
    return question_work(q, (uint64_t)n->variables * n->variables * 4);
}
