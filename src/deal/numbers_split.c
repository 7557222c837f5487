/*
 * Splits without a step between two parties, exactly: the frontier as corners and straight
 * stretches, and the solutions on it as fractions.
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

bool nm_chain_new(nm_chain *out, parley_arena *arena, const nm_case *c, const nm_num base[2])
{
    uint32_t room = 0;
    *out = (nm_chain){{base[0], base[1]}, NULL, 0, NULL};
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
    return true;
}

void nm_chain_corner(const nm_chain *chain, uint32_t e, nm_num u[2])
{
    u[0] = chain->start[0];
    u[1] = chain->start[1];
    for (uint32_t k = 0; k < e; k++) {
        u[0] += chain->edge[k].da;
        u[1] += chain->edge[k].db;
    }
}

/* ------------------------------------------------------------------ places */

static nm_ratio of_num(nm_num a)
{
    nm_ratio r = nm_ratio_zero();
    r.negative = a < 0;
    r.num = nm_wide_of(a < 0 ? 0 - (nm_unum)a : (nm_unum)a);
    return r;
}

static nm_ratio add(const nm_ratio *a, const nm_ratio *b)
{
    nm_ratio r = nm_ratio_zero();
    bool fits = nm_ratio_add(&r, a, b);
    PARLEY_ASSERT(fits); /* a few products of 122-bit numbers */
    return r;
}

static nm_ratio minus(const nm_ratio *a, const nm_ratio *b)
{
    nm_ratio r = *b;
    r.negative = !r.negative && r.num.used != 0;
    return add(a, &r);
}

static nm_ratio times(const nm_ratio *a, const nm_ratio *b)
{
    nm_ratio r = nm_ratio_zero();
    bool fits = nm_ratio_mul(&r, a, b);
    PARLEY_ASSERT(fits);
    return r;
}

static nm_ratio over(const nm_ratio *a, const nm_ratio *b)
{
    nm_ratio r = nm_ratio_zero();
    bool fits = nm_ratio_div(&r, a, b);
    PARLEY_ASSERT(fits);
    return r;
}

static int sign(const nm_ratio *a)
{
    return a->num.used == 0 ? 0 : a->negative ? -1 : 1;
}

static nm_place place(const nm_chain *chain, uint32_t e, const nm_ratio *t)
{
    nm_place p = {e, *t, {nm_ratio_zero(), nm_ratio_zero()}};
    nm_num corner[2];
    nm_chain_corner(chain, e, corner);
    for (int i = 0; i < 2; i++) {
        p.u[i] = of_num(corner[i]);
        if (e < chain->edges) {
            nm_ratio whole = of_num(i == 0 ? chain->edge[e].da : chain->edge[e].db);
            nm_ratio part = times(&whole, t);
            p.u[i] = add(&p.u[i], &part);
        }
    }
    return p;
}

nm_place nm_chain_at(const nm_chain *chain, uint32_t e)
{
    nm_ratio zero = nm_ratio_zero();
    return place(chain, e, &zero);
}

static bool before(const nm_place *a, const nm_place *b)
{
    return a->edge != b->edge ? a->edge < b->edge : nm_ratio_compare(&a->t, &b->t) < 0;
}

/*
 * The first place where f(u) = u[0] * x + u[1] * y - z reaches 0; f grows along the chain. The end
 * when it never does.
 */
static nm_place crossing(const nm_chain *chain, const nm_ratio *x, const nm_ratio *y,
                         const nm_ratio *z, bool *never)
{
    nm_ratio zero = nm_ratio_zero();
    *never = false;
    for (uint32_t e = 0; e <= chain->edges; e++) {
        nm_place p = place(chain, e, &zero);
        nm_ratio a = times(&p.u[0], x);
        nm_ratio b = times(&p.u[1], y);
        nm_ratio f = add(&a, &b);
        f = minus(&f, z);
        if (sign(&f) >= 0) {
            if (e == 0 || sign(&f) == 0) {
                return p;
            }
            /* between corner e - 1 and this one: step back by f over what one edge adds */
            nm_ratio da = of_num(chain->edge[e - 1].da);
            nm_ratio db = of_num(chain->edge[e - 1].db);
            nm_ratio one = of_num(1);
            a = times(&da, x);
            b = times(&db, y);
            a = add(&a, &b);
            a = over(&f, &a);
            a = minus(&one, &a);
            return place(chain, e - 1, &a);
        }
    }
    *never = true;
    return place(chain, chain->edges, &zero);
}

/* Product of gains. */
static nm_ratio product(const nm_place *p, const nm_ratio without[2])
{
    nm_ratio a = minus(&p->u[0], &without[0]);
    nm_ratio b = minus(&p->u[1], &without[1]);
    return times(&a, &b);
}

static nm_place nash(const nm_chain *chain, const nm_ratio without[2], const nm_place *first,
                     const nm_place *last)
{
    nm_place best = *first;
    nm_ratio most = product(first, without);
    nm_ratio other = product(last, without);
    nm_ratio zero = nm_ratio_zero();
    if (nm_ratio_compare(&other, &most) > 0) {
        best = *last;
        most = other;
    }
    for (uint32_t e = first->edge; e < chain->edges && e <= last->edge; e++) {
        /* the top of (g0 + t da)(g1 + t db): t = (da g1 + db g0) / (-2 da db) */
        nm_place corner = place(chain, e, &zero);
        nm_ratio g0 = minus(&corner.u[0], &without[0]);
        nm_ratio g1 = minus(&corner.u[1], &without[1]);
        nm_ratio da = of_num(chain->edge[e].da);
        nm_ratio db = of_num(chain->edge[e].db);
        nm_ratio down = of_num(-2);
        nm_ratio one = of_num(1);
        g1 = times(&da, &g1);
        g0 = times(&db, &g0);
        g0 = add(&g0, &g1);
        down = times(&down, &da);
        down = times(&down, &db);
        nm_place top = corner;
        if (sign(&down) > 0) {
            nm_ratio t = over(&g0, &down);
            bool inside = sign(&t) >= 0 && nm_ratio_compare(&t, &one) <= 0;
            top = inside ? place(chain, e, &t) : corner;
        }
        for (int k = 0; k < 2; k++) {
            const nm_place *p = k == 0 ? &corner : &top;
            other = product(p, without);
            if (!before(p, first) && !before(last, p) && nm_ratio_compare(&other, &most) > 0) {
                best = *p;
                most = other;
            }
        }
    }
    return best;
}

static nm_place clamp(const nm_place *p, const nm_place *first, const nm_place *last)
{
    return before(p, first) ? *first : before(last, p) ? *last : *p;
}

/* Where u0 / unit0 + u1 / unit1 is greatest; *segment: all along an edge. */
static nm_place utilitarian(const nm_chain *chain, const nm_model *m, const nm_place *first,
                            const nm_place *last, bool *segment)
{
    nm_ratio zero = nm_ratio_zero();
    nm_place best = *first;
    for (uint32_t e = first->edge; e < chain->edges; e++) {
        int order =
            nm_compare_ratios(chain->edge[e].da, m->unit[0], -chain->edge[e].db, m->unit[1]);
        if (order == 0) {
            *segment = true;
        }
        if (order <= 0) {
            break;
        }
        best = place(chain, e + 1, &zero);
    }
    return clamp(&best, first, last);
}

void nm_chain_solve(const nm_chain *chain, const nm_model *m, nm_chain_solution out[NM_GOALS])
{
    bool never[2];
    nm_ratio zero = nm_ratio_zero();
    nm_ratio one = of_num(1);
    nm_ratio less = of_num(-1);
    nm_ratio without[2] = {of_num(m->without[0]), of_num(m->without[1])};
    nm_ratio low = times(&less, &without[1]);
    /* acceptable from where party 0 has enough, to where party 1 still has */
    nm_place first = crossing(chain, &one, &zero, &without[0], &never[0]);
    nm_place last = crossing(chain, &zero, &less, &low, &never[1]);
    int over_first = nm_ratio_compare(&first.u[1], &without[1]);
    int over_start = nm_ratio_compare(&last.u[0], &without[0]);
    bool none = never[0] || over_first < 0 || over_start < 0 ||
                (m->strict && (over_first == 0 || over_start == 0));
    for (int g = 0; g < NM_GOALS; g++) {
        out[g] = (nm_chain_solution){.status = PARLEY_SOLUTION_NONE,
                                     .reason = "no package is acceptable to all"};
    }
    if (none) {
        return;
    }
    nm_ratio units[2] = {of_num(m->unit[0]), of_num(m->unit[1])};
    for (int g = 0; g < NM_GOALS; g++) {
        out[g] = (nm_chain_solution){.status = PARLEY_SOLUTION_OPTIMAL};
    }
    out[NM_NASH].at = nash(chain, without, &first, &last);
    nm_ratio most = product(&out[NM_NASH].at, without);
    if (sign(&most) <= 0) {
        out[NM_NASH].reason =
            "in every acceptable package somebody gains nothing: the product is 0";
    }
    out[NM_UTILITARIAN].at = utilitarian(chain, m, &first, &last, &out[NM_UTILITARIAN].segment);
    for (int g = NM_KS; g <= NM_EGALITARIAN; g++) {
        /* (u0 - d0) / s0 = (u1 - d1) / s1, s the units or the ways to the ideals */
        nm_ratio s[2] = {units[0], units[1]};
        if (g == NM_KS) {
            s[0] = minus(&last.u[0], &without[0]);
            s[1] = minus(&first.u[1], &without[1]);
        }
        if (sign(&s[0]) == 0 || sign(&s[1]) == 0) { /* nothing to gain for one: all for the other */
            out[g].at = sign(&s[0]) == 0 ? first : last;
            out[g].value = 1;
            continue;
        }
        nm_ratio x = over(&one, &s[0]);
        nm_ratio y = over(&less, &s[1]);
        nm_ratio a = times(&without[0], &x);
        nm_ratio b = times(&without[1], &y);
        nm_ratio z = add(&a, &b);
        bool unmet = false;
        nm_place p = crossing(chain, &x, &y, &z, &unmet);
        out[g].at = clamp(&p, &first, &last);
        if (g == NM_KS) {
            for (int i = 0; i < 2; i++) {
                nm_ratio part = minus(&out[g].at.u[i], &without[i]);
                part = over(&part, &s[i]);
                double value = nm_ratio_double(&part);
                out[g].value = i == 0 || value < out[g].value ? value : out[g].value;
            }
        }
    }
}

nm_ratio nm_chain_share(const nm_chain *chain, const nm_place *at, uint32_t s, uint32_t r)
{
    uint32_t holder = chain->first[s];
    nm_ratio one = of_num(1);
    for (uint32_t e = 0; e < chain->edges && e <= at->edge; e++) {
        const nm_edge *edge = &chain->edge[e];
        if (edge->split != s) {
            continue;
        }
        if (e == at->edge && at->t.num.used != 0) {
            return r == edge->to ? at->t : r == edge->from ? minus(&one, &at->t) : nm_ratio_zero();
        }
        holder = e < at->edge ? edge->to : holder;
    }
    return r == holder ? one : nm_ratio_zero();
}
