/*
 * Four and more parties: which points of one list does a point of another dominate?
 *
 * Neither list holds a point that another of the same list dominates, so that only the other list
 * has to be asked. It is put into a k-d tree (Bentley 1975, doi:10.1145/361002.361007) whose nodes
 * know the greatest number of each party below them; a branch where one of these is too small holds
 * nothing that dominates (range search for dominance as in Kung, Luccio & Preparata 1975,
 * doi:10.1145/321906.321910). The tree sees numbers as floats, made by a map that never turns an
 * order round: what is smaller as a float is smaller. What passes is compared exactly.
 */
#include "deal/numbers_kernel.h"

#include <math.h>
#include <string.h>

#define LEAF 32u    /* slots; a leaf is at least half full */
#define DEEPEST 40u /* levels of a tree */

typedef struct tree {
    uint32_t k;
    size_t row;
    const unsigned char *rows;
    uint32_t size;
    uint32_t leaves; /* a power of two */
    uint32_t *index; /* by leaf: which points */
    float *key;      /* point * k */
    float *slot;     /* leaf * k * LEAF: by party, its points side by side */
    float *most;     /* node * k; node 1 is the root, node q has 2 q and 2 q + 1 */
} tree;

static uint32_t leaves_of(uint32_t size)
{
    uint32_t leaves = 1;
    while (size / leaves > LEAF - 1) {
        leaves *= 2;
    }
    return leaves;
}

static uint32_t begin_of(const tree *t, uint32_t leaf)
{
    return (uint32_t)((uint64_t)leaf * t->size / t->leaves);
}

/* Bytes of a tree of so many points. */
static size_t tree_bytes(uint32_t size, uint32_t k)
{
    size_t leaves = leaves_of(size);
    return size * (sizeof(uint32_t) + k * sizeof(float)) + leaves * (LEAF + 2) * k * sizeof(float) +
           64;
}

size_t nm_cross_bytes(uint32_t points, uint32_t k)
{
    return tree_bytes(points, k) + points + 4 * (size_t)k * sizeof(double) + 256;
}

/* What stands before `middle` in [low, high) becomes no greater than what stands from there on
 * (Hoare 1961, doi:10.1145/366622.366647). */
static void part(const tree *t, uint32_t low, uint32_t high, uint32_t middle, uint32_t party)
{
    int64_t from = low;
    int64_t to = (int64_t)high - 1;
    uint32_t *index = t->index;
    while (from < to) {
        float pivot = t->key[(size_t)index[middle] * t->k + party];
        int64_t i = from;
        int64_t j = to;
        while (i <= j) {
            while (t->key[(size_t)index[i] * t->k + party] < pivot) {
                i++;
            }
            while (t->key[(size_t)index[j] * t->k + party] > pivot) {
                j--;
            }
            if (i <= j) {
                uint32_t one = index[i];
                index[i++] = index[j];
                index[j--] = one;
            }
        }
        from = j < middle ? i : from;
        to = i > middle ? j : to;
    }
}

static uint32_t widest(const tree *t, uint32_t low, uint32_t high)
{
    uint32_t best = 0;
    float most = -1;
    for (uint32_t i = 0; i < t->k; i++) {
        float least = t->key[(size_t)t->index[low] * t->k + i];
        float greatest = least;
        for (uint32_t q = low + 1; q < high; q++) {
            float x = t->key[(size_t)t->index[q] * t->k + i];
            least = x < least ? x : least;
            greatest = x > greatest ? x : greatest;
        }
        if (greatest - least > most) {
            most = greatest - least;
            best = i;
        }
    }
    return best;
}

static void grow_tree(tree *t)
{
    for (uint32_t p = 0; p < t->size; p++) {
        t->index[p] = p;
    }
    for (uint32_t nodes = 1; nodes < t->leaves; nodes *= 2) {
        uint32_t each = t->leaves / nodes; /* leaves below a node of this level */
        for (uint32_t q = 0; q < nodes; q++) {
            uint32_t low = begin_of(t, q * each);
            uint32_t high = begin_of(t, (q + 1) * each);
            uint32_t middle = begin_of(t, q * each + each / 2);
            part(t, low, high, middle, widest(t, low, high));
        }
    }
    for (uint32_t l = 0; l < t->leaves; l++) {
        uint32_t from = begin_of(t, l);
        uint32_t count = begin_of(t, l + 1) - from;
        float *slot = t->slot + (size_t)l * t->k * LEAF;
        for (uint32_t i = 0; i < t->k; i++) {
            float most = -HUGE_VALF;
            for (uint32_t q = 0; q < LEAF; q++) {
                float x = q < count ? t->key[(size_t)t->index[from + q] * t->k + i] : -HUGE_VALF;
                slot[i * LEAF + q] = x;
                most = x > most ? x : most;
            }
            t->most[(size_t)(t->leaves + l) * t->k + i] = most;
        }
    }
    for (uint32_t q = t->leaves; q-- > 1;) {
        const float *left = t->most + (size_t)2 * q * t->k;
        for (uint32_t i = 0; i < t->k; i++) {
            t->most[(size_t)q * t->k + i] = left[i] > left[t->k + i] ? left[i] : left[t->k + i];
        }
    }
}

/* Is the point at `row` of the tree at least u for every party, and not equal to it? */
static bool dominates(const nm_scratch *s, const unsigned char *row, const unsigned char *u)
{
    bool more = false;
    for (uint32_t i = 0; i < s->k; i++) {
        if (s->wide) {
            nm_num x = ((const nm_num *)(const void *)(row + NM_ROW_HEAD))[i];
            nm_num y = ((const nm_num *)(const void *)(u + NM_ROW_HEAD))[i];
            if (x < y) {
                return false;
            }
            more = more || x > y;
        } else {
            int64_t x = ((const int64_t *)(const void *)(row + NM_ROW_HEAD))[i];
            int64_t y = ((const int64_t *)(const void *)(u + NM_ROW_HEAD))[i];
            if (x < y) {
                return false;
            }
            more = more || x > y;
        }
    }
    return more;
}

static bool may(const float *most, const float *u, uint32_t k)
{
    for (uint32_t i = 0; i < k; i++) {
        if (most[i] < u[i]) {
            return false;
        }
    }
    return true;
}

/* Does a point of the tree dominate the one at `row`, whose floats are u? */
static bool beaten(nm_scratch *s, const tree *t, const unsigned char *row, const float *u)
{
    uint32_t stack[DEEPEST];
    uint32_t depth = 0;
    uint32_t looked = 1;
    bool yes = false;
    if (may(t->most + t->k, u, t->k)) {
        stack[depth++] = 1;
    }
    while (depth > 0 && !yes) {
        uint32_t q = stack[--depth];
        if (q < t->leaves) { /* what is greater is looked at first */
            looked += 2;
            if (may(t->most + (size_t)2 * q * t->k, u, t->k)) {
                stack[depth++] = 2 * q;
            }
            if (may(t->most + (size_t)(2 * q + 1) * t->k, u, t->k)) {
                stack[depth++] = 2 * q + 1;
            }
            continue;
        }
        const float *slot = t->slot + (size_t)(q - t->leaves) * t->k * LEAF;
        int32_t pass[LEAF];
        int32_t any = 0;
        looked += 4;
        for (uint32_t p = 0; p < LEAF; p++) {
            pass[p] = slot[p] >= u[0] ? -1 : 0;
        }
        for (uint32_t i = 1; i < t->k; i++) {
            const float *of = slot + (size_t)i * LEAF;
            float own = u[i];
            for (uint32_t p = 0; p < LEAF; p++) {
                pass[p] &= of[p] >= own ? -1 : 0;
            }
        }
        for (uint32_t p = 0; p < LEAF; p++) {
            any |= pass[p];
        }
        uint32_t from = any == 0 ? 0 : begin_of(t, q - t->leaves);
        for (uint32_t p = 0; p < LEAF && any != 0 && !yes; p++) {
            yes = pass[p] != 0 && dominates(s, t->rows + (size_t)t->index[from + p] * t->row, row);
        }
    }
    s->work += looked;
    return yes;
}

static double number_at(const nm_scratch *s, const unsigned char *row, uint32_t i, nm_num low)
{
    const void *u = row + NM_ROW_HEAD;
    return s->wide ? (double)(((const nm_num *)u)[i] - low)
                   : (double)(((const int64_t *)u)[i] - (int64_t)low);
}

/* least, and 1 / range, of each party over a list */
static void spread(const nm_scratch *s, const unsigned char *rows, uint32_t size, nm_num *low,
                   nm_num *high)
{
    for (uint32_t p = 0; p < size; p++) {
        unsigned char *row = (unsigned char *)(uintptr_t)rows + (size_t)p * s->row;
        for (uint32_t i = 0; i < s->k; i++) {
            nm_num x = nm_row_number(s, row, i);
            low[i] = x < low[i] ? x : low[i];
            high[i] = x > high[i] ? x : high[i];
        }
    }
}

/* Marks in out[] the points of `asked` that a point of `rows` dominates. false: stopped. */
static bool ask(nm_scratch *s, char *room, const unsigned char *rows, uint32_t size,
                const unsigned char *asked, uint32_t count, const nm_num *low, const double *by,
                uint8_t *out)
{
    tree t = {.k = s->k, .row = s->row, .rows = rows, .size = size, .leaves = leaves_of(size)};
    t.key = (float *)(void *)room;
    t.slot = t.key + (size_t)size * s->k;
    t.most = t.slot + (size_t)t.leaves * LEAF * s->k;
    t.index = (uint32_t *)(void *)(t.most + (size_t)2 * t.leaves * s->k);
    for (uint32_t p = 0; p < size; p++) {
        for (uint32_t i = 0; i < s->k; i++) {
            t.key[(size_t)p * s->k + i] =
                (float)(number_at(s, rows + (size_t)p * s->row, i, low[i]) * by[i]);
        }
    }
    grow_tree(&t);
    s->work += (uint64_t)size * 4;
    for (uint32_t p = 0; p < count; p++) {
        const unsigned char *row = asked + (size_t)p * s->row;
        float u[NM_PARTIES_MOST];
        for (uint32_t i = 0; i < s->k; i++) {
            u[i] = (float)(number_at(s, row, i, low[i]) * by[i]);
        }
        out[p] = beaten(s, &t, row, u);
        if (s->work > s->work_look) {
            s->work_look = s->work + NM_LOOK;
            s->work = parley_ctx_cancelled(s->ctx) ? UINT64_MAX / 2 : s->work;
            if (s->work > s->work_most) {
                return false;
            }
        }
    }
    return true;
}

uint8_t *nm_cross(nm_scratch *s, const unsigned char *a, uint32_t na, const unsigned char *b,
                  uint32_t nb)
{
    nm_num low[NM_PARTIES_MOST];
    nm_num high[NM_PARTIES_MOST];
    double by[NM_PARTIES_MOST];
    uint8_t *out = s->stair;
    char *room = (char *)s->stair + (((size_t)na + nb + 63) / 64) * 64;
    for (uint32_t i = 0; i < s->k; i++) {
        unsigned char *row = (unsigned char *)(uintptr_t)a;
        low[i] = high[i] = nm_row_number(s, row, i);
    }
    spread(s, a, na, low, high);
    spread(s, b, nb, low, high);
    for (uint32_t i = 0; i < s->k; i++) {
        by[i] = high[i] > low[i] ? 1.0 / (double)(high[i] - low[i]) : 1.0;
    }
    return ask(s, room, b, nb, a, na, low, by, out) && ask(s, room, a, na, b, nb, low, by, out + na)
               ? out
               : NULL;
}
