/*
 * Scores of issues as numbers over the unit of their party: curves, shares, fractions.
 */
#include "deal/numbers_draft.h"

bool nm_draft_stop(nm_draft *b, parley_status status, const char *what)
{
    if (b->status == PARLEY_OK) {
        b->status = parley_fail(b->err, status, "%s", what);
    }
    return false;
}

bool nm_draft_nomem(nm_draft *b)
{
    return nm_draft_stop(b, PARLEY_NOMEM, "out of memory while the values are read");
}

/* ------------------------------------------------------------------ scores */

/* The score of a curve at a place, as a ratio. */
static bool curve_at(const parley_curve *curve, const nm_ratio *at, nm_ratio *out)
{
    uint32_t k = 0;
    nm_ratio a = nm_ratio_zero();
    while (k < curve->count) {
        a = nm_ratio_of(curve->point[k].at);
        if (nm_ratio_compare(&a, at) >= 0) {
            break;
        }
        k++;
    }
    if (k == 0 || k == curve->count || nm_ratio_compare(&a, at) == 0) {
        *out = nm_ratio_of(curve->point[k == curve->count ? k - 1 : k].score);
        return true;
    }
    /* between points k - 1 and k: s0 + (s1 - s0) (at - a0) / (a1 - a0) */
    nm_ratio a0 = nm_ratio_of(curve->point[k - 1].at);
    nm_ratio s0 = nm_ratio_of(curve->point[k - 1].score);
    nm_ratio s1 = nm_ratio_of(curve->point[k].score);
    nm_ratio minus = a0;
    nm_ratio width;
    nm_ratio part;
    nm_ratio rise;
    minus.negative = !a0.negative;
    if (!nm_ratio_add(&width, &a, &minus) || !nm_ratio_add(&part, at, &minus)) {
        return false;
    }
    minus = s0;
    minus.negative = !s0.negative;
    return nm_ratio_add(&rise, &s1, &minus) && nm_ratio_mul(&rise, &rise, &part) &&
           nm_ratio_div(&rise, &rise, &width) && nm_ratio_add(out, &s0, &rise);
}

nm_ratio nm_draft_decimal(parley_decimal d)
{
    int64_t ten = 1;
    for (int32_t k = 0; k < d.scale; k++) {
        ten *= 10; /* at most 18 places */
    }
    return nm_ratio_of((parley_fraction){d.mantissa, ten, 0});
}

/* Share r of value v of a split without a step that was given steps. */
bool nm_draft_step_share(const nm_draft *b, const parley_issue *issue, uint32_t v, uint32_t r,
                         nm_ratio *out)
{
    nm_ratio total = nm_draft_decimal(issue->total);
    uint32_t steps = r == 0 ? v : r == 1 ? b->steps - v : 0;
    nm_ratio part = nm_ratio_of((parley_fraction){steps, b->steps, 0});
    return nm_ratio_mul(out, &total, &part);
}

/* weight / (out-of * divided-by) */
static bool factor_of(const parley_worth *w, const parley_score *s, nm_ratio *out)
{
    nm_ratio weight = nm_ratio_of(s->weight);
    nm_ratio out_of = nm_ratio_of(s->out_of);
    nm_ratio by = nm_ratio_of(w->divided_by);
    return nm_ratio_div(&weight, &weight, &out_of) && nm_ratio_div(out, &weight, &by);
}

static bool score_of(const nm_draft *b, const parley_score *s, uint32_t v, nm_ratio *out)
{
    const parley_issue *issue = parley_case_issue(b->c, s->issue);
    nm_ratio at;
    nm_ratio one;
    if (issue->kind == PARLEY_ISSUE_CHOICE) {
        *out = nm_ratio_of(s->option[v]);
        return true;
    }
    if (issue->kind == PARLEY_ISSUE_QUANTITY) {
        at = nm_draft_decimal(parley_case_quantity(issue, v));
        return curve_at(&s->curve[0], &at, out);
    }
    *out = nm_ratio_zero();
    for (uint32_t r = 0; r < issue->recipient_count; r++) {
        if (s->curve[r].count == 0) {
            continue;
        }
        if (issue->has_range) {
            at = nm_draft_decimal(parley_case_share(issue, v, r));
        } else if (!nm_draft_step_share(b, issue, v, r, &at)) {
            return false;
        }
        if (!curve_at(&s->curve[r], &at, &one) || !nm_ratio_add(out, out, &one)) {
            return false;
        }
    }
    return true;
}

/* ------------------------------------------------------------ common units */

static bool number(nm_draft *b, uint32_t party, const nm_ratio *r, nm_pass which, nm_num *out)
{
    nm_wide rest;
    nm_wide q;
    nm_wide *unit = &b->unit[party];
    if (which == NM_FIND_UNIT) {
        nm_wide by = nm_wide_gcd(*unit, r->den);
        nm_wide_divide(&q, &rest, &r->den, &by);
        return nm_wide_mul(unit, unit, &q) && nm_wide_bits(unit) < 2000;
    }
    if (!nm_wide_mul(&q, &r->num, unit)) {
        return false;
    }
    nm_wide_divide(&q, &rest, &q, &r->den);
    if (rest.used != 0) { /* rounded to the nearest, halves away from 0 */
        const nm_wide one = nm_wide_of(1);
        nm_wide_shift(&rest, &rest, 1);
        if (nm_wide_compare(&rest, &r->den) >= 0 && !nm_wide_add(&q, &q, &one)) {
            return false;
        }
    }
    if (nm_wide_bits(&q) > NM_NUM_BITS) {
        return false;
    }
    nm_num value = (nm_num)nm_wide_low(&q);
    *out = r->negative ? -value : value;
    return true;
}

bool nm_draft_fraction(nm_draft *b, uint32_t party, parley_fraction f, const nm_ratio *times,
                       nm_pass which, nm_num *out)
{
    nm_ratio r = nm_ratio_of(f);
    return (times == NULL || nm_ratio_mul(&r, &r, times)) && number(b, party, &r, which, out);
}

int32_t nm_draft_variable(const nm_draft *b, int32_t issue)
{
    return b->out->variable[issue];
}

nm_split *nm_draft_split(const nm_draft *b, int32_t issue)
{
    for (uint32_t k = 0; k < b->out->splits; k++) {
        if (b->out->split[k].issue == issue) {
            return &b->out->split[k];
        }
    }
    return NULL;
}

/* Scores of one party, or their denominators. */
bool nm_draft_scores(nm_draft *b, uint32_t i, const parley_worth *w, nm_pass which)
{
    nm_model *m = b->m;
    for (uint32_t s = 0; s < w->scores; s++) {
        const parley_score *score = &w->score[s];
        int32_t var = nm_draft_variable(b, score->issue);
        nm_split *split = nm_draft_split(b, score->issue);
        nm_ratio factor;
        nm_ratio r;
        nm_num unused;
        if (!factor_of(w, score, &factor)) {
            return false;
        }
        for (uint32_t v = 0; var >= 0 && v < m->size[var]; v++) {
            nm_num *to = &m->value[((size_t)m->offset[var] + v) * m->k + i];
            if (!score_of(b, score, v, &r) || !nm_ratio_mul(&r, &r, &factor) ||
                !number(b, i, &r, which, which == NM_TAKE ? to : &unused)) {
                return false;
            }
            if (v % 1024 == 1023 && parley_ctx_cancelled(b->ctx)) {
                return nm_draft_stop(b, PARLEY_CANCELLED, "stopped");
            }
        }
        for (uint32_t q = 0; split != NULL && q < split->recipients; q++) {
            /* a straight line: its end says it all */
            if (score->curve[q].count > 0 &&
                !nm_draft_fraction(b, i, score->curve[q].point[1].score, &factor, which,
                                   which == NM_TAKE ? &split->whole[q * m->k + i] : &unused)) {
                return false;
            }
        }
    }
    return true;
}
