/*
 * The solutions on a frontier of stretches, as fractions.
 *
 * On each stretch both worths are straight lines in one number, so that what both accept is an
 * interval, Nash's product a parabola, and equal shares a crossing. The best over all stretches is
 * the solution; when one split moves at the egalitarian point and both parties hand out the same
 * number of points, that is Adjusted Winner's division (Brams & Taylor 1996).
 */
#include "deal/numbers_split.h"

#include <math.h>

/* One straight part of a piece, cut down to what both accept. */
typedef struct stretch {
    uint32_t base;
    uint32_t edge;
    nm_ratio c[2]; /* worth at t = 0 */
    nm_ratio d[2]; /* and what t = 1 adds */
    nm_ratio low, high;
} stretch;

typedef struct solving {
    const nm_envelope *e;
    const nm_model *m;
    nm_ratio without[2];
    nm_ratio unit[2];
    nm_ratio ideal[2];
    bool some;
    bool inner; /* something lies strictly above without-a-deal for both */
    nm_envelope_solution *out;
    double top[NM_GOALS];       /* the best, near: only what comes close is compared exactly */
    nm_ratio last[NM_GOALS][2]; /* worths of the last one that tied */
    bool segment[NM_GOALS];
} solving;

static nm_ratio worth_at(const stretch *s, int i, const nm_ratio *t)
{
    nm_ratio u = nm_exact_times(&s->d[i], t);
    return nm_exact_add(&s->c[i], &u);
}

/* t at which c + t d is w; d is not 0. */
static nm_ratio reaches(const stretch *s, int i, const nm_ratio *w)
{
    nm_ratio way = nm_exact_minus(w, &s->c[i]);
    return nm_exact_over(&way, &s->d[i]);
}

/* false: nobody accepts anything of it, or one of them nothing. */
static bool cut(const solving *x, stretch *s)
{
    for (int i = 0; i < 2; i++) {
        int way = nm_exact_sign(&s->d[i]);
        if (way == 0) {
            if (nm_ratio_compare(&s->c[i], &x->without[i]) < 0) {
                return false;
            }
            continue;
        }
        nm_ratio t = reaches(s, i, &x->without[i]);
        if (way > 0 && nm_ratio_compare(&t, &s->low) > 0) {
            s->low = t;
        } else if (way < 0 && nm_ratio_compare(&t, &s->high) < 0) {
            s->high = t;
        }
    }
    return nm_ratio_compare(&s->low, &s->high) <= 0;
}

/* Part k of a piece, between two of its neighbouring points. */
static bool part(const solving *x, const nm_piece *p, uint32_t k, stretch *s)
{
    const nm_chain *chain = x->e->chain;
    uint32_t edge = p->from.edge + k;
    nm_ratio zero = nm_ratio_zero();
    nm_ratio one = nm_ratio_num(1);
    bool last = edge == p->to.edge;
    if (edge > p->to.edge || (k > 0 && last && nm_exact_sign(&p->to.t) == 0)) {
        return false;
    }
    s->base = p->base;
    s->edge = edge;
    s->low = k == 0 ? p->from.t : zero;
    s->high = last ? p->to.t : one;
    nm_place at = nm_chain_at(chain, edge);
    for (uint32_t i = 0; i < 2; i++) {
        nm_ratio base = nm_ratio_num(x->e->base->u[(size_t)p->base * 2 + i]);
        s->c[i] = nm_exact_add(&at.u[i], &base);
        s->d[i] = edge == chain->edges
                      ? zero
                      : nm_ratio_num(i == 0 ? chain->edge[edge].da : chain->edge[edge].db);
    }
    return true;
}

/* ------------------------------------------------------------------- goals */

static nm_ratio share(const solving *x, int goal, int i, const nm_ratio *u)
{
    nm_ratio by = x->unit[i];
    if (goal == NM_KS) {
        by = nm_exact_minus(&x->ideal[i], &x->without[i]);
        if (nm_exact_sign(&by) == 0) {
            return nm_ratio_num(1);
        }
    }
    nm_ratio g = nm_exact_minus(u, &x->without[i]);
    return nm_exact_over(&g, &by);
}

static int compare(const solving *x, int goal, const nm_ratio a[2], const nm_ratio b[2])
{
    nm_ratio v[2][2];
    for (int i = 0; i < 2; i++) {
        v[0][i] = share(x, goal == NM_KS ? NM_KS : NM_EGALITARIAN, i, &a[i]);
        v[1][i] = share(x, goal == NM_KS ? NM_KS : NM_EGALITARIAN, i, &b[i]);
    }
    nm_ratio all[2];
    for (int k = 0; k < 2; k++) {
        bool turned = nm_ratio_compare(&v[k][0], &v[k][1]) > 0;
        all[k] = goal == NM_NASH          ? nm_exact_times(&v[k][0], &v[k][1])
                 : goal == NM_UTILITARIAN ? nm_exact_add(&v[k][0], &v[k][1])
                                          : v[k][turned ? 1 : 0];
        v[k][0] = v[k][turned ? 0 : 1]; /* the greater one */
    }
    int order = nm_ratio_compare(&all[0], &all[1]);
    bool leximin = goal == NM_KS || goal == NM_EGALITARIAN;
    return order != 0 || !leximin ? order : nm_ratio_compare(&v[0][0], &v[1][0]);
}

static double value_of(const solving *x, int goal, const nm_ratio u[2])
{
    nm_ratio v[2];
    for (int i = 0; i < 2; i++) {
        v[i] = share(x, goal == NM_KS ? NM_KS : NM_EGALITARIAN, i, &u[i]);
    }
    nm_ratio all = v[nm_ratio_compare(&v[0], &v[1]) > 0 ? 1 : 0];
    if (goal == NM_NASH) {
        all = nm_exact_times(&v[0], &v[1]);
    } else if (goal == NM_UTILITARIAN) {
        nm_ratio a = nm_exact_over(&u[0], &x->unit[0]);
        nm_ratio b = nm_exact_over(&u[1], &x->unit[1]);
        all = nm_exact_add(&a, &b);
    }
    return nm_ratio_double(&all);
}

static void consider(solving *x, int goal, const stretch *s, const nm_ratio *t)
{
    nm_envelope_solution *best = &x->out[goal];
    nm_ratio u[2] = {worth_at(s, 0, t), worth_at(s, 1, t)};
    int order = best->found ? compare(x, goal, u, best->at.u) : 1;
    if (order < 0) {
        return;
    }
    if (order == 0) {
        bool same = nm_ratio_compare(&u[0], &x->last[goal][0]) == 0 &&
                    nm_ratio_compare(&u[1], &x->last[goal][1]) == 0;
        best->ties += !same;
    } else {
        *best = (nm_envelope_solution){.base = s->base, .ties = 1, .found = true};
        best->at = (nm_place){s->edge, *t, {u[0], u[1]}};
        const nm_ratio one = nm_ratio_num(1);
        if (nm_ratio_compare(t, &one) == 0) {
            best->at.edge++; /* the end of an edge is the next corner */
            best->at.t = nm_ratio_zero();
        }
        x->segment[goal] = false;
    }
    x->last[goal][0] = u[0];
    x->last[goal][1] = u[1];
}

/* The top of Nash's parabola: t = -(g0 d1 + g1 d0) / (2 d0 d1). */
static nm_ratio parabola(const solving *x, const stretch *s)
{
    nm_ratio g0 = nm_exact_minus(&s->c[0], &x->without[0]);
    nm_ratio g1 = nm_exact_minus(&s->c[1], &x->without[1]);
    nm_ratio down = nm_ratio_num(-2);
    g0 = nm_exact_times(&g0, &s->d[1]);
    g1 = nm_exact_times(&g1, &s->d[0]);
    g0 = nm_exact_add(&g0, &g1);
    down = nm_exact_times(&down, &s->d[0]);
    down = nm_exact_times(&down, &s->d[1]);
    return nm_exact_over(&g0, &down);
}

/* Where both shares are equal. */
static bool equal_shares(const solving *x, int goal, const stretch *s, nm_ratio *t)
{
    nm_ratio a[2];
    nm_ratio b[2];
    const nm_ratio one = nm_ratio_num(1);
    for (int i = 0; i < 2; i++) { /* share at t: a + b t */
        nm_ratio end = worth_at(s, i, &one);
        a[i] = share(x, goal, i, &s->c[i]);
        b[i] = share(x, goal, i, &end);
        b[i] = nm_exact_minus(&b[i], &a[i]);
    }
    nm_ratio over = nm_exact_minus(&a[1], &a[0]);
    nm_ratio by = nm_exact_minus(&b[0], &b[1]);
    if (nm_exact_sign(&by) == 0) {
        return false;
    }
    *t = nm_exact_over(&over, &by);
    return true;
}

/* A goal at part t of a stretch, in floats. */
static double near_at(const solving *x, int goal, const double c[2], const double d[2], double t)
{
    double v[2];
    for (int i = 0; i < 2; i++) {
        double by = nm_ratio_double(&x->unit[i]);
        double w = nm_ratio_double(&x->without[i]);
        if (goal == NM_KS) {
            by = nm_ratio_double(&x->ideal[i]) - w;
        }
        v[i] = goal == NM_KS && by == 0 ? 1 : (c[i] + t * d[i] - w) / by;
    }
    return goal == NM_NASH ? v[0] * v[1] : goal == NM_UTILITARIAN ? v[0] + v[1] : fmin(v[0], v[1]);
}

/* The most of a goal on a stretch, near. */
static double near_most(const solving *x, int goal, const stretch *s)
{
    double c[2] = {nm_ratio_double(&s->c[0]), nm_ratio_double(&s->c[1])};
    double d[2] = {nm_ratio_double(&s->d[0]), nm_ratio_double(&s->d[1])};
    double low = nm_ratio_double(&s->low);
    double high = nm_ratio_double(&s->high);
    double most = fmax(near_at(x, goal, c, d, low), near_at(x, goal, c, d, high));
    /* concave in t: a search by thirds is enough for what stands between */
    for (int k = 0; k < 60 && goal != NM_UTILITARIAN && high > low; k++) {
        double a = low + (high - low) / 3;
        double b = high - (high - low) / 3;
        double fa = near_at(x, goal, c, d, a);
        double fb = near_at(x, goal, c, d, b);
        most = fmax(most, fmax(fa, fb));
        if (fa < fb) {
            low = a;
        } else {
            high = b;
        }
    }
    return most;
}

static void look(solving *x, const stretch *s)
{
    bool moves = nm_exact_sign(&s->d[0]) != 0;
    for (int goal = 0; goal < NM_GOALS; goal++) {
        nm_ratio t = nm_ratio_zero();
        if (near_most(x, goal, s) < x->top[goal] - 1e-7 * (fabs(x->top[goal]) + 1e-300)) {
            continue;
        }
        bool inner = moves && goal == NM_NASH;
        consider(x, goal, s, &s->low);
        if (inner) {
            t = parabola(x, s);
        } else if (moves && goal != NM_UTILITARIAN) {
            inner = equal_shares(x, goal, s, &t);
        }
        if (inner && nm_ratio_compare(&t, &s->low) > 0 && nm_ratio_compare(&t, &s->high) < 0) {
            consider(x, goal, s, &t);
        }
        if (nm_ratio_compare(&s->low, &s->high) < 0) {
            nm_ratio u[2] = {worth_at(s, 0, &s->low), worth_at(s, 1, &s->low)};
            consider(x, goal, s, &s->high);
            nm_ratio v[2] = {worth_at(s, 0, &s->high), worth_at(s, 1, &s->high)};
            x->segment[goal] =
                x->segment[goal] || (goal == NM_UTILITARIAN && compare(x, goal, u, v) == 0 &&
                                     compare(x, goal, u, x->out[goal].at.u) == 0);
        }
    }
}

static void ideals(solving *x, const stretch *s)
{
    nm_ratio u[2] = {worth_at(s, 0, &s->high), worth_at(s, 1, &s->low)};
    bool above[2];
    for (int i = 0; i < 2; i++) {
        if (!x->some || nm_ratio_compare(&u[i], &x->ideal[i]) > 0) {
            x->ideal[i] = u[i];
        }
        above[i] = nm_ratio_compare(&u[i], &x->without[i]) > 0;
    }
    /* between the ends of a part both are above; a single point has to be */
    x->inner = x->inner || (above[0] && above[1]);
    x->some = true;
}

static void finish(const solving *x, int goal)
{
    nm_envelope_solution *s = &x->out[goal];
    s->status = PARLEY_SOLUTION_OPTIMAL;
    s->value = value_of(x, goal, s->at.u);
    for (int i = 0; i < 2 && x->m->strict; i++) {
        if (nm_ratio_compare(&s->at.u[i], &x->without[i]) <= 0) {
            s->status = PARLEY_SOLUTION_BOUNDED;
            s->found = false;
            s->reason = "packages come as near to the bound as one likes and never reach it";
            return;
        }
    }
    if (x->segment[goal]) {
        s->ties = 0;
        s->reason = "every share on a whole stretch is equally good";
    } else if (goal == NM_NASH && s->value <= 0) {
        s->reason = "in every acceptable package somebody gains nothing: the product is 0";
    }
}

parley_status nm_envelope_solve(const nm_envelope *e, parley_ctx *ctx, const nm_model *m,
                                nm_envelope_solution out[NM_GOALS], parley_error *err)
{
    solving x = {.e = e, .m = m, .out = out};
    stretch s;
    for (int i = 0; i < 2; i++) {
        x.without[i] = nm_ratio_num(m->without[i]);
        x.unit[i] = nm_ratio_num(m->unit[i]);
    }
    for (int goal = 0; goal < NM_GOALS; goal++) {
        out[goal] = (nm_envelope_solution){.status = PARLEY_SOLUTION_NONE,
                                           .reason = "no package is acceptable to all"};
    }
    for (int goal = 0; goal < NM_GOALS; goal++) {
        x.top[goal] = -HUGE_VAL;
    }
    for (int pass = 0; pass < 3; pass++) {
        for (uint32_t p = 0; p < e->pieces; p++) {
            for (uint32_t k = 0; part(&x, &e->piece[p], k, &s); k++) {
                if (!cut(&x, &s)) {
                    continue;
                }
                if (pass == 0) {
                    ideals(&x, &s);
                } else if (pass == 2) {
                    look(&x, &s);
                }
                for (int goal = 0; pass == 1 && goal < NM_GOALS; goal++) {
                    x.top[goal] = fmax(x.top[goal], near_most(&x, goal, &s));
                }
            }
            if (p % 64 == 63 && parley_ctx_cancelled(ctx)) {
                return parley_fail(err, PARLEY_CANCELLED, "stopped");
            }
        }
        if (!x.some || (m->strict && !x.inner)) {
            return PARLEY_OK;
        }
    }
    for (int goal = 0; goal < NM_GOALS; goal++) {
        finish(&x, goal);
    }
    return PARLEY_OK;
}
