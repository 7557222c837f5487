/*
 * From a case to a model: a party's curve over a quantity as an evaluator of the format.
 *
 * Genius has a straight line held between 0 and 1 (and for real numbers a triangle): the line is
 * guessed from the points of the curve and then compared with it at every value of the issue, so
 * that a guess may be wrong and a result may not. GeniusWeb has a straight line over the range.
 */
#include "formats/from_case.h"

#include <string.h>

/* The curve as numbers of the model; scores are divided by `most` so that they reach up to 1. */
typedef struct shape {
    const fmt_issue *issue;
    fmt_number *at;
    fmt_number *score;
    uint32_t count;
} shape;

static fmt_number minus(fmt_number n)
{
    return (fmt_number){-n.mantissa, n.exponent};
}

/* (y1 - y0) / (x1 - x0) */
static bool slope_between(const shape *s, uint32_t a, uint32_t b, fmt_number *out, bool *rounded)
{
    fmt_number rise;
    fmt_number run;
    return fmt_number_add(&rise, s->score[b], minus(s->score[a])) &&
           fmt_number_add(&run, s->at[b], minus(s->at[a])) && run.mantissa != 0 &&
           fmt_number_div(out, rise, run, rounded);
}

/* The curve at x, in floating point: guesses are proved within 1e-12. */
static double curve_at(const shape *s, double x)
{
    double before = fmt_number_double(s->at[0]);
    double y = fmt_number_double(s->score[0]);
    if (x <= before)
        return y;
    for (uint32_t k = 1; k < s->count; k++) {
        double at = fmt_number_double(s->at[k]);
        double score = fmt_number_double(s->score[k]);
        if (x <= at)
            return y + (score - y) * (x - before) / (at - before);
        before = at;
        y = score;
    }
    return y;
}

static double held(double y)
{
    return y < 0 ? 0 : y > 1 ? 1 : y;
}

static double evaluation_at(const fmt_evaluation *v, double x)
{
    double base = fmt_number_double(v->base);
    double end = fmt_number_double(v->end);
    double top = fmt_number_double(v->top);
    switch (v->shape) {
    case FMT_LINEAR:
        return held(fmt_number_double(v->slope) * (x - base) + fmt_number_double(v->offset));
    case FMT_TRIANGLE:
        return x < base || x > end                   ? 0
               : x < top                             ? (x - base) / (top - base)
               : x == top /* also where top = end */ ? 1
                                                     : 1 - (x - top) / (end - top);
    case FMT_SEGMENT: {
        double y = fmt_number_double(v->offset);
        return y + (fmt_number_double(v->slope) - y) * (x - base) / (end - base);
    }
    case FMT_CONSTANT:
    case FMT_TABLE:
        break;
    }
    return fmt_number_double(v->offset);
}

/* At every value; where there are very many, at some thousands and all those around the points. */
static bool same(const shape *s, const fmt_evaluation *v, int64_t values)
{
    double lower = fmt_number_double(s->issue->lower);
    double step = fmt_number_double(s->issue->step);
    int64_t jump = values / 4096 + 1;
    for (int64_t i = 0; i < values; i += jump) {
        double x = lower + (double)i * step;
        double gap = curve_at(s, x) - evaluation_at(v, x);
        if (gap > 1e-12 || gap < -1e-12)
            return false;
    }
    for (uint32_t k = 0; k < s->count; k++) {
        for (int side = -1; side <= 1; side++) {
            double x = fmt_number_double(s->at[k]) + side * step;
            double upper = fmt_number_double(s->issue->upper);
            double gap = curve_at(s, x) - evaluation_at(v, x);
            if (x >= lower && x <= upper && (gap > 1e-12 || gap < -1e-12))
                return false;
        }
    }
    return true;
}

/* The line through two points of the curve. */
static bool try_line(const shape *s, fmt_evaluation *v, uint32_t a, uint32_t b, int64_t values,
                     bool *rounded)
{
    fmt_number way;
    bool cut = false;
    v->shape = FMT_LINEAR;
    v->base = s->issue->kind == FMT_INTEGER ? s->issue->lower : FMT_ZERO;
    if (!slope_between(s, a, b, &v->slope, &cut) ||
        !fmt_number_add(&way, v->base, minus(s->at[a])) ||
        !fmt_number_line(&v->offset, way, v->slope, s->score[a], &cut) || !same(s, v, values))
        return false;
    *rounded = *rounded || cut;
    return true;
}

static bool find_line(const shape *s, fmt_evaluation *v, int64_t values, bool *rounded)
{
    uint32_t first = s->count;
    uint32_t last = 0;
    for (uint32_t k = 0; k < s->count; k++) {
        if (s->score[k].mantissa > 0 && fmt_number_compare(s->score[k], FMT_ONE) < 0) {
            first = first == s->count ? k : first;
            last = k;
        }
    }
    if (first < last && try_line(s, v, first, last, values, rounded))
        return true;
    if (s->count > 1 && try_line(s, v, 0, s->count - 1, values, rounded))
        return true;
    for (uint32_t k = 1; k < s->count && k < 64; k++)
        if (fmt_number_compare(s->score[k - 1], s->score[k]) != 0 &&
            try_line(s, v, k - 1, k, values, rounded))
            return true;
    return false;
}

static bool find_triangle(const shape *s, fmt_evaluation *v, int64_t values)
{
    v->shape = FMT_TRIANGLE;
    for (uint32_t k = 0; k < s->count; k++) {
        if (fmt_number_compare(s->score[k], FMT_ONE) != 0)
            continue;
        v->top = s->at[k];
        /* where a side is steep, its end is the top: the neighbour is one step away */
        for (int form = 0; form < 4; form++) {
            v->base = k > 0 && (form & 1) == 0 ? s->at[k - 1] : v->top;
            v->end = k + 1 < s->count && (form & 2) == 0 ? s->at[k + 1] : v->top;
            if (same(s, v, values))
                return true;
        }
    }
    return false;
}

static bool level(const shape *s)
{
    for (uint32_t k = 1; k < s->count; k++)
        if (fmt_number_compare(s->score[0], s->score[k]) != 0)
            return false;
    return true;
}

/* Genius holds scores between 0 and 1: larger ones go into the weight. */
static parley_status leave_genius(leaving *l, const parley_score *score, shape *s, int64_t values,
                                  fmt_number out_of, fmt_evaluation *v)
{
    bool rounded = false;
    bool fits = true;
    fmt_number most = s->score[0];
    for (uint32_t k = 0; k < s->count; k++) {
        if (fmt_number_compare(s->score[k], most) > 0)
            most = s->score[k];
        if (s->score[k].mantissa < 0)
            return leaving_fail(l, score->span, NULL,
                                "Genius has no scores below 0 for quantities such as '%s'",
                                s->issue->name);
    }
    if (fmt_number_compare(most, FMT_ONE) > 0 || fmt_number_compare(out_of, FMT_ONE) != 0) {
        fmt_number by = fmt_number_compare(most, FMT_ONE) > 0 ? most : FMT_ONE;
        for (uint32_t k = 0; k < s->count && fits; k++)
            fits = fmt_number_div(&s->score[k], s->score[k], by, &rounded);
        fits = fits && fmt_number_mul(&v->weight, v->weight, by) &&
               fmt_number_div(&v->weight, v->weight, out_of, &rounded);
    }
    bool found = false;
    if (fits && level(s)) {
        v->shape = s->issue->kind == FMT_INTEGER ? FMT_LINEAR : FMT_CONSTANT;
        v->base = s->issue->lower;
        v->offset = s->score[0];
        found = true;
    }
    found = found || (fits && find_line(s, v, values, &rounded));
    found = found || (fits && s->issue->kind == FMT_REAL && find_triangle(s, v, values));
    if (!found)
        return leaving_fail(
            l, score->span, "write its values as options",
            s->issue->kind == FMT_REAL
                ? "the scores of '%s' are neither a line held between 0 and 1 nor a "
                  "triangle, which is what Genius has"
                : "the scores of '%s' are no line held between 0 and 1, which is "
                  "what Genius has",
            s->issue->name);
    if (rounded)
        leaving_warn(l, score->span, "weight or scores of '%s' are rounded to 18 digits",
                     s->issue->name);
    return PARLEY_OK;
}

static parley_status leave_web(leaving *l, const parley_score *score, shape *s, int64_t values,
                               fmt_number out_of, fmt_evaluation *v)
{
    bool rounded = false;
    v->shape = FMT_SEGMENT;
    v->base = s->at[0];
    v->end = s->count > 1 ? s->at[s->count - 1] : s->issue->upper;
    v->offset = s->score[0];
    v->slope = s->score[s->count - 1];
    if (fmt_number_compare(v->base, v->end) >= 0 || !same(s, v, values) ||
        !fmt_number_div(&v->offset, v->offset, out_of, &rounded) ||
        !fmt_number_div(&v->slope, v->slope, out_of, &rounded))
        return leaving_fail(l, score->span, "write its values as options",
                            "the scores of '%s' are no straight line, which is what GeniusWeb has",
                            s->issue->name);
    if (rounded)
        leaving_warn(l, score->span, "the scores of '%s' are rounded to 18 digits", s->issue->name);
    return PARLEY_OK;
}

parley_status leaving_curve(leaving *l, const parley_worth *w, const parley_score *score,
                            const fmt_issue *issue, fmt_evaluation *v)
{
    (void)w;
    const parley_curve *curve = score->curve;
    int64_t values = parley_case_issue(l->c, score->issue)->values;
    fmt_number out_of;
    shape s = {.issue = issue, .count = curve->count};
    s.at = parley_arena_array(l->arena, curve->count, sizeof(*s.at));
    s.score = parley_arena_array(l->arena, curve->count, sizeof(*s.score));
    if (s.at == NULL || s.score == NULL)
        return leaving_nomem(l);
    parley_status status = leaving_number(l, score->weight, score->span, &v->weight);
    if (status == PARLEY_OK)
        status = leaving_number(l, score->out_of, score->span, &out_of);
    for (uint32_t k = 0; k < curve->count && status == PARLEY_OK; k++) {
        status = leaving_number(l, curve->point[k].at, score->span, &s.at[k]);
        if (status == PARLEY_OK)
            status = leaving_number(l, curve->point[k].score, score->span, &s.score[k]);
    }
    if (status != PARLEY_OK)
        return status;
    if (curve->count == 0) {
        v->typed = false;
        return PARLEY_OK;
    }
    return l->model->format == PARLEY_FORMAT_GENIUSWEB
               ? leave_web(l, score, &s, values, out_of, v)
               : leave_genius(l, score, &s, values, out_of, v);
}
