/*
 * From a model to a case: what each party scores.
 *
 * Weights, evaluations and what they are divided by stay apart, so that every number is the one in
 * the file. Evaluators of numbers become points: a curve of the case is straight between points and
 * level outside them, and the points are set so that it is exact at every value of the issue.
 */
#include "formats/to_case.h"

#include <string.h>

__extension__ typedef __int128 wide;

static bool scale(wide *x, int32_t tens)
{
    for (; tens > 0; tens--)
        if (__builtin_mul_overflow(*x, (wide)10, x))
            return false;
    return true;
}

/* slope * x + offset held between 0 and 1, and whether it had to be held or rounded. */
static fmt_number unit_line(fmt_number slope, fmt_number x, fmt_number offset, int *side,
                            bool *rounded)
{
    wide p = (wide)slope.mantissa * x.mantissa;
    wide o = offset.mantissa;
    int32_t e = slope.exponent + x.exponent;
    int32_t both = p == 0 ? offset.exponent : o == 0 || e < offset.exponent ? e : offset.exponent;
    wide one = 1;
    *side = 0;
    if ((p != 0 && !scale(&p, e - both)) || (o != 0 && !scale(&o, offset.exponent - both))) {
        /* 10^38 units of the finer number are far outside 0 .. 1 */
        *side = p > 0 || (p == 0 && o > 0) ? 1 : -1;
        return *side > 0 ? FMT_ONE : FMT_ZERO;
    }
    wide sum = p + o;
    bool small = both < 0 && !scale(&one, -both); /* then the sum is below 1 */
    if (sum <= 0) {
        *side = sum < 0 ? -1 : 0;
        return FMT_ZERO;
    }
    if (both > 0 || (!small && sum >= one)) {
        *side = both > 0 || sum > one ? 1 : 0;
        return FMT_ONE;
    }
    for (; sum > INT64_C(1000000000000000000); both++) {
        *rounded = *rounded || sum % 10 != 0;
        sum = (sum + 5) / 10;
    }
    return (fmt_number){(int64_t)sum, both};
}

static void put_point(making *m, fmt_number at, fmt_number score)
{
    parley_json_array(&m->json);
    fmt_put_number(&m->json, at);
    fmt_put_number(&m->json, score);
    parley_json_array_end(&m->json);
}

/* One straight line over the values of an issue, held between 0 and 1. */
typedef struct line {
    const fmt_evaluation *v;
    fmt_number lower;
    fmt_number step;
} line;

static bool value_at(const line *l, int64_t i, fmt_number *out)
{
    fmt_number way;
    return fmt_number_mul(&way, l->step, (fmt_number){i, 0}) && fmt_number_add(out, l->lower, way);
}

static bool score_at(const line *l, int64_t i, fmt_number *at, fmt_number *score, int *side,
                     bool *rounded)
{
    fmt_number x;
    if (!value_at(l, i, at) ||
        !fmt_number_add(&x, *at, (fmt_number){-l->v->base.mantissa, l->v->base.exponent}))
        return false;
    *score = unit_line(l->v->slope, x, l->v->offset, side, rounded);
    return true;
}

/* The first of the values whose side is `beyond` or farther, going with the slope. */
static bool first_beyond(const line *l, int64_t count, int than, int64_t *out)
{
    int up = l->v->slope.mantissa > 0 ? 1 : -1;
    int64_t low = 0;
    int64_t high = count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        fmt_number at;
        fmt_number score;
        int side = 0;
        bool rounded = false;
        if (!score_at(l, middle, &at, &score, &side, &rounded))
            return false;
        if (side * up > than)
            high = middle;
        else
            low = middle + 1;
    }
    *out = low;
    return true;
}

/* Bends lie between a value inside and one outside: both become points. */
static bool put_line(making *m, const fmt_issue *issue, const fmt_evaluation *v)
{
    line l = {v, issue->lower, FMT_ONE};
    int64_t count = 0;
    int64_t enters = 0;
    int64_t leaves = 0;
    if (!fmt_grid(issue, &l.step, &count) || !first_beyond(&l, count, -1, &enters) ||
        !first_beyond(&l, count, 0, &leaves))
        return false;
    int64_t places[6] = {0, enters - 1, enters, leaves - 1, leaves, count - 1};
    fmt_number at[6];
    fmt_number score[6];
    int64_t last = -1;
    size_t n = 0;
    for (size_t k = 0; k < 6; k++) {
        int side = 0;
        if (places[k] <= last || places[k] >= count)
            continue;
        if (!score_at(&l, places[k], &at[n], &score[n], &side, &m->rounded))
            return false;
        last = places[k];
        n++;
    }
    for (size_t k = 0; k < n; k++) {
        bool level = k > 0 && k + 1 < n && fmt_number_compare(score[k - 1], score[k]) == 0 &&
                     fmt_number_compare(score[k], score[k + 1]) == 0;
        if (!level)
            put_point(m, at[k], score[k]);
    }
    return true;
}

/* Up from base to top, down to end; a jump where two of them are one. */
static bool put_triangle(making *m, const fmt_issue *issue, const fmt_evaluation *v)
{
    line l = {v, issue->lower, FMT_ONE};
    int64_t count = 0;
    if (!fmt_grid(issue, &l.step, &count))
        return false;
    bool rises = fmt_number_compare(v->base, v->top) < 0;
    bool falls = fmt_number_compare(v->top, v->end) < 0;
    fmt_number before = FMT_ZERO;
    fmt_number after = FMT_ZERO;
    bool has_before = false;
    bool has_after = false;
    for (int64_t i = 0; i < count; i++) {
        fmt_number at;
        if (!value_at(&l, i, &at))
            return false;
        if (fmt_number_compare(at, v->top) < 0) {
            before = at;
            has_before = true;
        } else if (!has_after && fmt_number_compare(at, v->top) > 0) {
            after = at;
            has_after = true;
        }
    }
    if (rises)
        put_point(m, v->base, FMT_ZERO);
    else if (has_before)
        put_point(m, before, FMT_ZERO);
    put_point(m, v->top, FMT_ONE);
    if (falls)
        put_point(m, v->end, FMT_ZERO);
    else if (has_after)
        put_point(m, after, FMT_ZERO);
    return true;
}

static parley_status put_curve(making *m, const fmt_issue *issue, const fmt_evaluation *v,
                               parley_error *err)
{
    bool good = true;
    parley_json_array(&m->json);
    switch (v->shape) {
    case FMT_LINEAR:
        good = put_line(m, issue, v);
        break;
    case FMT_TRIANGLE:
        good = put_triangle(m, issue, v);
        break;
    case FMT_SEGMENT:
        put_point(m, v->base, v->offset);
        put_point(m, v->end, v->slope);
        break;
    case FMT_CONSTANT:
    case FMT_TABLE:
        put_point(m, issue->lower, v->offset);
        break;
    }
    parley_json_array_end(&m->json);
    return good ? PARLEY_OK
                : parley_fail(err, PARLEY_RANGE,
                              "the numbers of issue '%.60s' have more digits than a case keeps",
                              issue->name);
}

/* `weights` or `out-of`: what is not 1. */
static void put_factors(making *m, const fmt_profile *p, const char *key, bool divisors)
{
    bool any = false;
    for (uint32_t i = 0; i < m->model->issue_count; i++) {
        const fmt_evaluation *v = &p->evaluations[i];
        fmt_number n = divisors ? v->divisor : v->weight;
        if (!v->typed || fmt_number_compare(n, FMT_ONE) == 0)
            continue;
        if (!any) {
            parley_json_key(&m->json, key);
            parley_json_object(&m->json);
            any = true;
        }
        parley_json_key(&m->json, m->issue_ids[i]);
        fmt_put_number(&m->json, n);
    }
    if (any)
        parley_json_object_end(&m->json);
}

static parley_status put_scores(making *m, const fmt_profile *p, parley_error *err)
{
    put_factors(m, p, "weights", false);
    put_factors(m, p, "out-of", true);
    parley_json_key(&m->json, "scores");
    parley_json_object(&m->json);
    for (uint32_t i = 0; i < m->model->issue_count; i++) {
        const fmt_issue *issue = &m->model->issues[i];
        const fmt_evaluation *v = &p->evaluations[i];
        if (!v->typed)
            continue;
        parley_json_key(&m->json, m->issue_ids[i]);
        if (issue->kind == FMT_DISCRETE) {
            parley_json_object(&m->json);
            for (uint32_t k = 0; k < issue->item_count; k++) {
                parley_json_key(&m->json, m->option_ids[i][k]);
                fmt_put_number(&m->json, v->table[k]);
            }
            parley_json_object_end(&m->json);
        } else {
            parley_status status = put_curve(m, issue, v, err);
            if (status != PARLEY_OK)
                return status;
        }
    }
    parley_json_object_end(&m->json);
    return PARLEY_OK;
}

/* ---- without a deal ---- */

/* An id as a formula takes it. */
static void add_id(parley_text *out, const char *id)
{
    bool plain = (id[0] | 0x20) >= 'a' && (id[0] | 0x20) <= 'z';
    for (const char *s = id; *s != '\0'; s++)
        plain = plain && (((*s | 0x20) >= 'a' && (*s | 0x20) <= 'z') || (*s >= '0' && *s <= '9') ||
                          *s == '-' || *s == '_');
    parley_text_printf(out, plain ? "%s" : "\"%s\"", id);
}

static parley_status put_bid(making *m, const fmt_profile *p, parley_error *err)
{
    parley_text *formula = parley_text_new(m->ctx, SIZE_MAX);
    bool good = formula != NULL;
    for (uint32_t i = 0; good && i < m->model->issue_count; i++) {
        const fmt_issue *issue = &m->model->issues[i];
        if (p->reservation_bid[i] < 0)
            continue;
        if (parley_text_size(formula) > 0)
            parley_text_puts(formula, " and ");
        add_id(formula, m->issue_ids[i]);
        parley_text_puts(formula, " = ");
        if (issue->kind == FMT_DISCRETE) {
            add_id(formula, m->option_ids[i][p->reservation_bid[i]]);
        } else {
            char text[FMT_NUMBER_MAX];
            line l = {NULL, issue->lower, issue->step};
            fmt_number at = issue->lower;
            good = value_at(&l, p->reservation_bid[i], &at);
            fmt_number_print(at, text, sizeof text);
            parley_text_puts(formula, text);
        }
    }
    parley_status status = formula == NULL || !good
                               ? parley_fail(err, PARLEY_NOMEM, "no memory to make a case")
                               : parley_text_status(formula, err);
    if (status == PARLEY_OK && parley_text_size(formula) > 0) {
        parley_json_key(&m->json, "without-a-deal");
        parley_json_string(&m->json, parley_text_data(formula));
    }
    parley_text_free(formula);
    return status;
}

static parley_status put_worth(making *m, uint32_t number, parley_error *err)
{
    const fmt_profile *p = &m->model->profiles[number];
    parley_status status = PARLEY_OK;
    parley_json_key(&m->json, m->party_ids[number]);
    parley_json_object(&m->json);
    parley_json_key(&m->json, "source");
    parley_json_string(&m->json, m->source_ids[number]);
    if (p->has_reservation) {
        parley_json_key(&m->json, "without-a-deal");
        fmt_put_number(&m->json, p->reservation);
    } else if (p->reservation_bid != NULL) {
        status = put_bid(m, p, err);
    }
    if (m->model->cap || p->cap) {
        parley_json_key(&m->json, "cap");
        parley_json_int(&m->json, 1);
    }
    if (p->has_discount) {
        parley_json_key(&m->json, "discount");
        fmt_put_number(&m->json, p->discount);
    }
    if (status == PARLEY_OK && p->kind == FMT_BOXES) {
        parley_json_key(&m->json, "divided-by");
        fmt_put_number(&m->json, p->maximum);
        parley_json_key(&m->json, "boxes");
        status = fmt_put_boxes(m, p, err);
    } else if (status == PARLEY_OK) {
        status = put_scores(m, p, err);
    }
    parley_json_object_end(&m->json);
    return status;
}

parley_status fmt_put_values(making *m, parley_error *err)
{
    parley_status status = PARLEY_OK;
    parley_json_key(&m->json, "values");
    parley_json_object(&m->json);
    for (uint32_t p = 0; p < m->model->profile_count && status == PARLEY_OK; p++)
        status = put_worth(m, p, err);
    if (status == PARLEY_OK)
        parley_json_object_end(&m->json);
    return status;
}
