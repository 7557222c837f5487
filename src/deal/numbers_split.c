/*
 * Splits without a step between two parties, exactly: what they add as corners and straight
 * stretches. What there is beside them to decide is put under it in numbers_envelope.c.
 *
 * With straight-line scores each split is a triangle or a segment in the plane of the two
 * utilities; its upper right border is concave, and the border of their sum is made of the same
 * edges in the order of their slopes. Moving along it is Adjusted Winner's list of issues by the
 * ratio of points (Brams & Taylor 1996); its equitable point is the egalitarian one when both
 * parties hand out the same number of points.
 */
#include "deal/numbers_split.h"

#include <stdlib.h>
#include <string.h>

static int by_slope(const void *pa, const void *pb)
{
    const nm_edge *a = pa;
    const nm_edge *b = pb;
    /* what party 1 loses for what party 0 gains, least first */
    int order = nm_compare_ratios(-a->db, a->da, -b->db, b->da);
    return order != 0 ? order : (a->split > b->split) - (a->split < b->split);
}

/* Recipients of one split along its upper right border, from the best for party 1. */
static void add_border(nm_chain *out, const nm_split *s, uint32_t number)
{
    uint32_t at = 0;
    for (uint32_t r = 1; r < s->recipients; r++) {
        const nm_num *w = &s->whole[r * 2];
        const nm_num *best = &s->whole[at * 2];
        at = w[1] > best[1] || (w[1] == best[1] && w[0] > best[0]) ? r : at;
    }
    out->first[number] = at;
    out->start[0] += s->whole[at * 2];
    out->start[1] += s->whole[at * 2 + 1];
    for (;;) {
        /* the next corner: least loss of party 1 per gain of party 0; of equals the farthest */
        uint32_t next = UINT32_MAX;
        nm_num da = 0;
        nm_num db = 0;
        for (uint32_t r = 0; r < s->recipients; r++) {
            nm_num a = s->whole[r * 2] - s->whole[at * 2];
            nm_num b = s->whole[r * 2 + 1] - s->whole[at * 2 + 1];
            if (a <= 0) {
                continue;
            }
            int order = next == UINT32_MAX ? -1 : nm_compare_ratios(-b, a, -db, da);
            if (order < 0 || (order == 0 && a > da)) {
                next = r;
                da = a;
                db = b;
            }
        }
        if (next == UINT32_MAX) {
            return;
        }
        out->edge[out->edges++] = (nm_edge){number, at, next, da, db};
        at = next;
    }
}

bool nm_chain_new(nm_chain *out, parley_arena *arena, const nm_case *c)
{
    uint32_t room = 0;
    *out = (nm_chain){{0, 0}, NULL, 0, NULL, NULL};
    for (uint32_t s = 0; s < c->splits; s++) {
        room += c->split[s].recipients;
    }
    out->edge = parley_arena_array(arena, room, sizeof(*out->edge));
    out->first = parley_arena_array(arena, c->splits, sizeof(*out->first));
    if (out->edge == NULL || out->first == NULL) {
        return false;
    }
    for (uint32_t s = 0; s < c->splits; s++) {
        add_border(out, &c->split[s], s);
    }
    qsort(out->edge, out->edges, sizeof(*out->edge), by_slope);
    out->corner = parley_arena_array(arena, ((size_t)out->edges + 1) * 2, sizeof(*out->corner));
    if (out->corner == NULL) {
        return false;
    }
    out->corner[0] = out->start[0];
    out->corner[1] = out->start[1];
    for (uint32_t e = 0; e < out->edges; e++) {
        out->corner[2 * e + 2] = out->corner[2 * e] + out->edge[e].da;
        out->corner[2 * e + 3] = out->corner[2 * e + 1] + out->edge[e].db;
    }
    return true;
}

/* ------------------------------------------------------------------ places */

nm_ratio nm_ratio_num(nm_num a)
{
    nm_ratio r = nm_ratio_zero();
    r.negative = a < 0;
    r.num = nm_wide_of(a < 0 ? 0 - (nm_unum)a : (nm_unum)a);
    return r;
}

nm_ratio nm_exact_add(const nm_ratio *a, const nm_ratio *b)
{
    nm_ratio r = nm_ratio_zero();
    bool fits = nm_ratio_add(&r, a, b);
    PARLEY_ASSERT(fits); /* a few products of 122-bit numbers */
    return r;
}

nm_ratio nm_exact_minus(const nm_ratio *a, const nm_ratio *b)
{
    nm_ratio r = *b;
    r.negative = !r.negative && r.num.used != 0;
    return nm_exact_add(a, &r);
}

nm_ratio nm_exact_times(const nm_ratio *a, const nm_ratio *b)
{
    nm_ratio r = nm_ratio_zero();
    bool fits = nm_ratio_mul(&r, a, b);
    PARLEY_ASSERT(fits);
    return r;
}

nm_ratio nm_exact_over(const nm_ratio *a, const nm_ratio *b)
{
    nm_ratio r = nm_ratio_zero();
    bool fits = nm_ratio_div(&r, a, b);
    PARLEY_ASSERT(fits);
    return r;
}

int nm_exact_sign(const nm_ratio *a)
{
    return a->num.used == 0 ? 0 : a->negative ? -1 : 1;
}

nm_place nm_chain_place(const nm_chain *chain, uint32_t e, const nm_ratio *t)
{
    nm_place p = {e, *t, {nm_ratio_zero(), nm_ratio_zero()}};
    for (int i = 0; i < 2; i++) {
        p.u[i] = nm_ratio_num(chain->corner[2 * e + (uint32_t)i]);
        if (e < chain->edges) {
            nm_ratio whole = nm_ratio_num(i == 0 ? chain->edge[e].da : chain->edge[e].db);
            nm_ratio part = nm_exact_times(&whole, t);
            p.u[i] = nm_exact_add(&p.u[i], &part);
        }
    }
    return p;
}

nm_place nm_chain_at(const nm_chain *chain, uint32_t e)
{
    nm_ratio zero = nm_ratio_zero();
    return nm_chain_place(chain, e, &zero);
}

nm_ratio nm_chain_share(const nm_chain *chain, const nm_place *at, uint32_t s, uint32_t r)
{
    uint32_t holder = chain->first[s];
    nm_ratio one = nm_ratio_num(1);
    for (uint32_t e = 0; e < chain->edges && e <= at->edge; e++) {
        const nm_edge *edge = &chain->edge[e];
        if (edge->split != s) {
            continue;
        }
        if (e == at->edge && at->t.num.used != 0) {
            return r == edge->to     ? at->t
                   : r == edge->from ? nm_exact_minus(&one, &at->t)
                                     : nm_ratio_zero();
        }
        holder = e < at->edge ? edge->to : holder;
    }
    return r == holder ? one : nm_ratio_zero();
}
