/*
 * Splits that move freely beside issues with options: the frontier of two parties as stretches.
 *
 * Over each frontier point of everything else stands the same chain of the splits, shifted. The
 * frontier is the upper envelope of these concave lines (level to the left of their beginning,
 * nothing to the right of their end), without what is level. Of two of them the one that lies
 * further to the right overtakes the other at most once, because the line is concave; so a stack
 * finds the envelope as it does for straight lines (de Berg and others, Computational Geometry,
 * 2008, chapter 11.4). Crossings are fractions and everything is compared exactly.
 */
#include "deal/numbers_split.h"

#include <string.h>

typedef struct lines {
    const nm_chain *chain;
    const nm_frontier *base;
} lines;

/* Corner e of the chain over point p. */
static nm_num x_of(const lines *l, uint32_t p, uint32_t e)
{
    return l->base->u[(size_t)p * 2] + l->chain->corner[2 * (size_t)e];
}

static nm_num y_of(const lines *l, uint32_t p, uint32_t e)
{
    return l->base->u[(size_t)p * 2 + 1] + l->chain->corner[2 * (size_t)e + 1];
}

/* The last corner of the chain over p at or before x, which is not before the first one. */
static uint32_t corner_before(const lines *l, uint32_t p, nm_num x)
{
    uint32_t low = 0;
    uint32_t high = l->chain->edges;
    while (low < high) {
        uint32_t middle = low + (high - low + 1) / 2;
        if (x_of(l, p, middle) <= x) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

/* Sign of the line over p at x, less y; x is not behind its end. */
static int height(const lines *l, uint32_t p, nm_num x, nm_num y)
{
    uint32_t e = x <= x_of(l, p, 0) ? 0 : corner_before(l, p, x);
    nm_num over = x - x_of(l, p, e);
    nm_num up = y - y_of(l, p, e);
    if (over <= 0) {
        return up < 0 ? 1 : up > 0 ? -1 : 0;
    }
    return nm_compare_ratios(l->chain->edge[e].db, l->chain->edge[e].da, up, over);
}

typedef struct crossing {
    nm_ratio x;
    bool jump; /* the first line ends above the second */
} crossing;

/* A straight piece of a line: through (x, y) with slope db / da; da 0: level. */
typedef struct straight {
    nm_num x, y, da, db;
} straight;

static straight straight_at(const lines *l, uint32_t p, nm_num left)
{
    bool level = left < x_of(l, p, 0);
    uint32_t e = level ? 0 : corner_before(l, p, left);
    straight s = {x_of(l, p, e), y_of(l, p, e), 0, 0};
    if (!level && e < l->chain->edges) {
        s.da = l->chain->edge[e].da;
        s.db = l->chain->edge[e].db;
    }
    return s;
}

static nm_ratio slope(const straight *s)
{
    nm_ratio up = nm_ratio_num(s->db);
    nm_ratio over = nm_ratio_num(s->da == 0 ? 1 : s->da);
    return nm_exact_over(&up, &over);
}

/* Where two straight pieces with different slopes meet. */
static nm_ratio meet(const straight *p, const straight *q)
{
    nm_ratio mp = slope(p);
    nm_ratio mq = slope(q);
    nm_ratio xp = nm_ratio_num(p->x);
    nm_ratio xq = nm_ratio_num(q->x);
    nm_ratio up = nm_ratio_num(q->y - p->y);
    xp = nm_exact_times(&mp, &xp);
    xq = nm_exact_times(&mq, &xq);
    up = nm_exact_add(&up, &xp);
    up = nm_exact_minus(&up, &xq);
    mp = nm_exact_minus(&mp, &mq);
    return nm_exact_over(&up, &mp);
}

/* Where the line over q, further to the right and lower, overtakes the line over p. */
static crossing cross(const lines *l, uint32_t p, uint32_t q)
{
    const uint32_t edges = l->chain->edges;
    uint32_t low = 0; /* there q is below p: its top is below p's first corner */
    uint32_t high = edges;
    if (height(l, q, x_of(l, p, edges), y_of(l, p, edges)) < 0) {
        return (crossing){nm_ratio_num(x_of(l, p, edges)), true};
    }
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (height(l, q, x_of(l, p, middle), y_of(l, p, middle)) < 0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    /* between corners low and high of p; now between corners of q */
    nm_num left = x_of(l, p, low);
    nm_num right = x_of(l, p, high);
    uint32_t f = left < x_of(l, q, 0) ? 0 : corner_before(l, q, left) + 1;
    uint32_t end = f;
    while (end <= edges && x_of(l, q, end) < right) {
        end++;
    }
    while (f < end) {
        uint32_t middle = f + (end - f) / 2;
        nm_num x = x_of(l, q, middle);
        if (height(l, p, x, y_of(l, q, middle)) > 0) { /* p is above */
            left = x;
            f = middle + 1;
        } else {
            end = middle;
        }
    }
    straight sp = straight_at(l, p, left);
    straight sq = straight_at(l, q, left);
    return (crossing){meet(&sp, &sq), false};
}

/* Place on the chain over p at x, without the base. */
static nm_place place_at(const lines *l, uint32_t p, const nm_ratio *x)
{
    const nm_chain *chain = l->chain;
    nm_ratio base = nm_ratio_num(l->base->u[(size_t)p * 2]);
    nm_ratio own = nm_exact_minus(x, &base);
    uint32_t low = 0;
    uint32_t high = chain->edges;
    while (low < high) {
        uint32_t middle = low + (high - low + 1) / 2;
        nm_ratio corner = nm_ratio_num(chain->corner[2 * (size_t)middle]);
        if (nm_ratio_compare(&corner, &own) <= 0) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    nm_ratio t = nm_ratio_zero();
    if (low < chain->edges) {
        nm_ratio corner = nm_ratio_num(chain->corner[2 * (size_t)low]);
        nm_ratio whole = nm_ratio_num(chain->edge[low].da);
        t = nm_exact_minus(&own, &corner);
        t = nm_exact_over(&t, &whole);
    }
    return nm_chain_place(chain, low, &t);
}

static void with_base(const nm_frontier *base, uint32_t p, nm_place *at)
{
    for (uint32_t i = 0; i < 2; i++) {
        nm_ratio own = nm_ratio_num(base->u[(size_t)p * 2 + i]);
        at->u[i] = nm_exact_add(&at->u[i], &own);
    }
}

/* Corners strictly between the ends of a piece: from *first on. */
static uint32_t corners_inside(const nm_piece *p, uint32_t *first)
{
    *first = p->from.edge + 1;
    uint32_t behind = p->to.edge + (nm_exact_sign(&p->to.t) > 0 ? 1 : 0);
    return behind > *first ? behind - *first : 0;
}

static bool same_place(const nm_place *a, const nm_place *b)
{
    return a->edge == b->edge && nm_ratio_compare(&a->t, &b->t) == 0;
}

static uint32_t points_of(const nm_piece *p)
{
    uint32_t first = 0;
    return corners_inside(p, &first) + (same_place(&p->from, &p->to) ? 1 : 2);
}

typedef struct layer {
    uint32_t base;
    crossing at; /* from here on it is the highest; unused for the first */
} layer;

/* Pieces from the layers of the envelope, left to right. */
static void emit(nm_envelope *out, const lines *l, const layer *stack, uint32_t layers)
{
    nm_ratio before = nm_ratio_zero(); /* where the piece before ends */
    bool before_closed = false;
    for (uint32_t s = 0; s < layers; s++) {
        uint32_t p = stack[s].base;
        nm_ratio start = nm_ratio_num(x_of(l, p, 0));
        nm_ratio left = start;
        nm_ratio right = nm_ratio_num(x_of(l, p, l->chain->edges));
        bool from_open = false;
        bool to_open = false;
        if (s > 0 && nm_ratio_compare(&stack[s].at.x, &start) >= 0) {
            left = stack[s].at.x;
            from_open =
                stack[s].at.jump || (before_closed && nm_ratio_compare(&before, &left) == 0);
        }
        if (s + 1 < layers) {
            right = stack[s + 1].at.x;
            nm_ratio begins = nm_ratio_num(x_of(l, stack[s + 1].base, 0));
            to_open = !stack[s + 1].at.jump && nm_ratio_compare(&right, &begins) < 0;
        }
        int way = nm_ratio_compare(&left, &right);
        if (way > 0 || (way == 0 && (from_open || to_open))) {
            continue;
        }
        nm_piece *piece = &out->piece[out->pieces++];
        *piece = (nm_piece){.base = p,
                            .first = out->points,
                            .from = place_at(l, p, &left),
                            .to = place_at(l, p, &right),
                            .from_open = from_open,
                            .to_open = to_open};
        out->points += points_of(piece);
        before = right;
        before_closed = !to_open;
    }
}

parley_status nm_envelope_new(nm_envelope *out, parley_ctx *ctx, parley_arena *arena,
                              const nm_chain *chain, const nm_frontier *base, parley_error *err)
{
    const lines l = {chain, base};
    uint32_t layers = 0;
    layer *stack = parley_arena_array(arena, base->size, sizeof(*stack));
    *out = (nm_envelope){.chain = chain, .base = base};
    out->piece = parley_arena_array(arena, base->size, sizeof(*out->piece));
    if (stack == NULL || out->piece == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory for a frontier of stretches");
    }
    for (uint32_t q = base->size; q-- > 0;) { /* least for party 0 first */
        layer next = {.base = q};
        while (layers > 0) {
            next.at = cross(&l, stack[layers - 1].base, q);
            if (layers == 1 || nm_ratio_compare(&next.at.x, &stack[layers - 1].at.x) > 0) {
                break;
            }
            layers--;
        }
        stack[layers++] = next;
        if (q % 256 == 0 && parley_ctx_cancelled(ctx)) {
            return parley_fail(err, PARLEY_CANCELLED, "stopped");
        }
    }
    emit(out, &l, stack, layers);
    return PARLEY_OK;
}

/* ----------------------------------------------------------------- reading it */

nm_place nm_envelope_point(const nm_envelope *e, uint32_t i, uint32_t *piece, bool *open)
{
    uint32_t number = e->points - 1 - i;
    uint32_t low = 0;
    uint32_t high = e->pieces - 1;
    while (low < high) {
        uint32_t middle = low + (high - low + 1) / 2;
        if (e->piece[middle].first <= number) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    const nm_piece *p = &e->piece[low];
    uint32_t own = number - p->first;
    uint32_t first = 0;
    uint32_t inside = corners_inside(p, &first);
    nm_place at = own == 0        ? p->from
                  : own <= inside ? nm_chain_at(e->chain, first + own - 1)
                                  : p->to;
    *piece = low;
    *open = own == 0 ? p->from_open : own > inside && p->to_open;
    with_base(e->base, p->base, &at);
    return at;
}

nm_place nm_envelope_best(const nm_envelope *e, uint32_t party)
{
    const nm_piece *p = &e->piece[party == 0 ? e->pieces - 1 : 0];
    nm_place at = party == 0 ? p->to : p->from;
    with_base(e->base, p->base, &at);
    return at;
}

bool nm_envelope_joined(const nm_envelope *e, uint32_t i)
{
    uint32_t a = 0;
    uint32_t b = 0;
    bool open = false;
    if (i + 1 >= e->points) {
        return false;
    }
    nm_envelope_point(e, i, &a, &open);
    nm_envelope_point(e, i + 1, &b, &open);
    return a == b;
}
