/*
 * From a case's values to a model in integers.
 *
 * Each party's numbers are put over one denominator, the least common multiple of all it has, when
 * that leaves room in 128 bits; else they are rounded to the largest power of ten that does, and
 * the model says so. Formulas become tables over the issues they mention. Flags that nobody lifted
 * count as rules: what the law keeps out of ideas is no solution.
 */
#include "deal/numbers_draft.h"

/* ------------------------------------------------------------------- party */

static bool take_party(nm_draft *b, uint32_t i, const parley_worth *w, uint32_t boxes,
                       nm_pass which)
{
    nm_model *m = b->m;
    nm_num unused;
    nm_ratio one = nm_ratio_of((parley_fraction){1, 1, 0});
    nm_ratio by = nm_ratio_of(w->divided_by);
    m->capped[i] = w->cap.den != 0;
    return nm_ratio_div(&one, &one, &by) &&
           nm_draft_fraction(b, i, w->base, &one, which,
                             which == NM_TAKE ? &m->base[i] : &unused) &&
           (w->cap.den == 0 || nm_draft_fraction(b, i, w->cap, NULL, which,
                                                 which == NM_TAKE ? &m->cap[i] : &unused)) &&
           (w->without.den == 0 ||
            nm_draft_fraction(b, i, w->without, NULL, which,
                              which == NM_TAKE ? &m->without[i] : &unused)) &&
           nm_draft_scores(b, i, w, which) && nm_draft_terms(b, i, w, which) &&
           nm_draft_boxes(b, i, w, boxes, which);
}

/* Room that the sum of everything a party may have takes, in bits. */
static uint32_t party_bits(const nm_model *m, const nm_split *split, uint32_t splits, uint32_t i)
{
    nm_unum sum = 0;
    nm_num base = m->base[i];
    sum += (nm_unum)(base < 0 ? -base : base);
    for (uint32_t j = 0; j < m->n; j++) {
        nm_unum most = 0;
        for (uint32_t o = 0; o < m->size[j]; o++) {
            nm_num v = nm_value(m, j, o)[i];
            nm_unum a = (nm_unum)(v < 0 ? -v : v);
            most = a > most ? a : most;
        }
        sum += most;
        if (sum >> NM_NUM_BITS != 0) {
            return 128;
        }
    }
    for (uint32_t s = 0; s < splits; s++) {
        nm_unum most = 0;
        for (uint32_t r = 0; r < split[s].recipients; r++) {
            nm_num v = split[s].whole[r * m->k + i];
            nm_unum a = (nm_unum)(v < 0 ? -v : v);
            most = a > most ? a : most;
        }
        sum += most;
        if (sum >> NM_NUM_BITS != 0) {
            return 128;
        }
    }
    for (uint32_t k = 0; k < m->boxes; k++) {
        nm_num v = m->box[k].party == i ? m->box[k].add : 0;
        sum += (nm_unum)(v < 0 ? -v : v);
        if (sum >> NM_NUM_BITS != 0) {
            return 128;
        }
    }
    for (uint32_t t = 0; t < m->tables; t++) {
        nm_unum most = 0;
        for (uint32_t e = 0; m->table[t].add != NULL && e < m->table[t].entries; e++) {
            nm_num v = m->table[t].add[(size_t)e * m->k + i];
            nm_unum a = (nm_unum)(v < 0 ? -v : v);
            most = a > most ? a : most;
        }
        sum += most;
        if (sum >> NM_NUM_BITS != 0) {
            return 128;
        }
    }
    return sum == 0    ? 0
           : sum >> 64 ? 64 + 64 - (uint32_t)__builtin_clzll((uint64_t)(sum >> 64))
                       : 64 - (uint32_t)__builtin_clzll((uint64_t)sum);
}

static void forget_party(nm_draft *b, uint32_t i)
{
    nm_model *m = b->m;
    uint32_t all = m->n == 0 ? 0 : m->offset[m->n - 1] + m->size[m->n - 1];
    for (uint32_t v = 0; v < all; v++) {
        m->value[(size_t)v * m->k + i] = 0;
    }
    for (uint32_t t = 0; t < b->tables; t++) {
        for (uint32_t e = 0; b->table[t].add != NULL && e < b->table[t].entries; e++) {
            b->table[t].add[(size_t)e * m->k + i] = 0;
        }
    }
}

static void publish_tables(nm_draft *b, nm_table *list)
{
    for (uint32_t t = 0; t < b->tables; t++) {
        const nm_draft_table *d = &b->table[t];
        list[t] = (nm_table){d->vars, d->var, d->entries, d->add, d->ok, d->red_line_of, -1};
    }
    b->m->table = list;
    b->m->tables = b->tables;
}

static bool make_party(nm_draft *b, uint32_t i, uint32_t boxes)
{
    nm_model *m = b->m;
    const parley_worth *w = parley_case_worth(b->c, (int32_t)i);
    const nm_wide ten = nm_wide_of(10);
    bool fits =
        take_party(b, i, w, boxes, NM_FIND_UNIT) && nm_wide_bits(&b->unit[i]) <= NM_NUM_BITS;
    if (b->status != PARLEY_OK) {
        return false;
    }
    /* The common denominator, or powers of ten that get smaller until everything has room. */
    for (int32_t places = fits ? 28 : 27; places >= 0; places--) {
        if (places < 28) {
            m->rounded = true;
            b->unit[i] = nm_wide_of(1);
            for (int32_t k = 0; k < places; k++) {
                nm_wide_mul(&b->unit[i], &b->unit[i], &ten);
            }
        }
        m->unit[i] = (nm_num)nm_wide_low(&b->unit[i]);
        bool taken = take_party(b, i, w, boxes, NM_TAKE);
        if (b->status != PARLEY_OK) {
            return false;
        }
        nm_table *list = parley_arena_array(b->arena, b->tables, sizeof(*list));
        if (list == NULL) {
            return nm_draft_nomem(b);
        }
        publish_tables(b, list);
        if (taken && party_bits(m, b->out->split, b->out->splits, i) <= NM_NUM_BITS - 2) {
            return true;
        }
        forget_party(b, i);
    }
    return nm_draft_stop(b, PARLEY_RANGE, NM_TOO_LONG);
}
/* --------------------------------------------------------------- variables */

static bool straight(const parley_issue *issue, const parley_curve *curve)
{
    nm_ratio total = nm_draft_decimal(issue->total);
    if (curve->count == 0) {
        return true;
    }
    if (curve->count != 2 || curve->point[0].at.num != 0 || curve->point[0].score.num != 0) {
        return false;
    }
    nm_ratio end = nm_ratio_of(curve->point[1].at);
    return nm_ratio_compare(&end, &total) == 0;
}

static const parley_score *score_for(const parley_worth *w, int32_t issue)
{
    for (uint32_t s = 0; s < w->scores; s++) {
        if (w->score[s].issue == issue) {
            return &w->score[s];
        }
    }
    return NULL;
}

static bool scored(const nm_draft *b, int32_t issue)
{
    for (uint32_t i = 0; i < b->m->k; i++) {
        if (score_for(parley_case_worth(b->c, (int32_t)i), issue) != NULL) {
            return true;
        }
    }
    return false;
}

/* Splits without a step on a track in question that somebody scores. */
static bool is_open_split(const nm_draft *b, int32_t i)
{
    const parley_issue *issue = parley_case_issue(b->c, i);
    parley_ids tracks = parley_deal_tracks(b->deal);
    bool here = issue->track < 0 || parley_deal_issues(b->deal).count == 0;
    for (uint32_t t = 0; t < tracks.count; t++) {
        here = here || tracks.at[t] == issue->track;
    }
    return here && issue->kind == PARLEY_ISSUE_SPLIT && !issue->has_range &&
           parley_deal_why_not(b->deal, i) == PARLEY_NOT_COUNTED_NO_RANGE && scored(b, i);
}

static bool lines_only(const nm_draft *b, int32_t issue)
{
    bool good = b->m->k == 2;
    for (uint32_t i = 0; i < b->m->k && good; i++) {
        const parley_worth *w = parley_case_worth(b->c, (int32_t)i);
        const parley_score *s = score_for(w, issue);
        for (uint32_t r = 0; s != NULL && r < parley_case_issue(b->c, issue)->recipient_count;
             r++) {
            good = good && straight(parley_case_issue(b->c, issue), &s->curve[r]);
        }
        good = good && w->cap.den == 0 && w->boxes == 0;
    }
    return good;
}

static bool make_variables(nm_draft *b)
{
    nm_case *out = b->out;
    nm_model *m = b->m;
    uint32_t issues = parley_case_issues(b->c);
    uint32_t *size = parley_arena_array(b->arena, issues + 1, sizeof(*size));
    uint32_t *offset = parley_arena_array(b->arena, issues + 1, sizeof(*offset));
    out->issue = parley_arena_array(b->arena, issues + 1, sizeof(*out->issue));
    out->variable = parley_arena_array(b->arena, issues + 1, sizeof(*out->variable));
    out->left_out = parley_arena_array(b->arena, issues + 1, sizeof(*out->left_out));
    out->split = parley_arena_array(b->arena, issues + 1, sizeof(*out->split));
    b->values = parley_arena_array(b->arena, issues + 1, sizeof(*b->values));
    if (size == NULL || offset == NULL || out->issue == NULL || out->variable == NULL ||
        out->left_out == NULL || out->split == NULL || b->values == NULL) {
        return nm_draft_nomem(b);
    }
    uint64_t all = 0;
    for (uint32_t i = 0; i < issues; i++) {
        const parley_issue *issue = parley_case_issue(b->c, (int32_t)i);
        out->variable[i] = -1;
        b->values[i] = -1;
        uint32_t values = 0;
        if (parley_deal_why_not(b->deal, (int32_t)i) == PARLEY_COUNTED) {
            values = issue->values;
        } else if (is_open_split(b, (int32_t)i)) {
            if (b->steps > 0) {
                values = b->steps + 1;
            } else if (lines_only(b, (int32_t)i)) {
                nm_num *whole = parley_arena_array(b->arena, (size_t)issue->recipient_count * m->k,
                                                   sizeof(*whole));
                if (whole == NULL) {
                    return nm_draft_nomem(b);
                }
                out->split[out->splits++] = (nm_split){(int32_t)i, issue->recipient_count, whole};
                continue;
            } else {
                out->left_out[out->left_outs++] = (int32_t)i;
                continue;
            }
        } else if (scored(b, (int32_t)i)) {
            out->left_out[out->left_outs++] = (int32_t)i;
        }
        if (values == 0) {
            continue;
        }
        out->variable[i] = (int32_t)m->n;
        out->issue[m->n] = i;
        size[m->n] = values;
        offset[m->n] = (uint32_t)all;
        m->n++;
        all += values;
    }
    m->size = size;
    m->offset = offset;
    m->value = parley_arena_array(b->arena, all * m->k, sizeof(*m->value));
    return (m->value != NULL && all < UINT32_MAX / (m->k + 1)) || nm_draft_nomem(b);
}
static bool build(nm_draft *b)
{
    nm_model *m = b->m;
    uint32_t boxes = 0;
    m->k = parley_case_worths(b->c);
    if (m->k > NM_PARTIES_MOST) {
        return nm_draft_stop(b, PARLEY_LIMIT, "more than 60 parties have values");
    }
    if (!make_variables(b)) {
        return false;
    }
    m->base = parley_arena_array(b->arena, m->k, sizeof(*m->base));
    m->without = parley_arena_array(b->arena, m->k, sizeof(*m->without));
    m->cap = parley_arena_array(b->arena, m->k, sizeof(*m->cap));
    m->capped = parley_arena_array(b->arena, m->k, sizeof(*m->capped));
    m->unit = parley_arena_array(b->arena, m->k, sizeof(*m->unit));
    b->unit = parley_arena_array(b->arena, m->k, sizeof(*b->unit));
    b->out->party = parley_arena_array(b->arena, m->k, sizeof(*b->out->party));
    if (m->base == NULL || m->without == NULL || m->cap == NULL || m->capped == NULL ||
        m->unit == NULL || b->unit == NULL || b->out->party == NULL) {
        return nm_draft_nomem(b);
    }
    for (uint32_t i = 0; i < m->k; i++) {
        boxes += parley_case_worth(b->c, (int32_t)i)->boxes;
        b->unit[i] = nm_wide_of(1);
        b->out->party[i] = parley_case_worth(b->c, (int32_t)i)->party;
    }
    m->box = parley_arena_array(b->arena, boxes, sizeof(*m->box));
    if (m->box == NULL) {
        return nm_draft_nomem(b);
    }
    m->strict = parley_case_acceptance(b->c)->strict;
    for (uint32_t i = 0; i < m->k; i++) {
        uint32_t first = m->boxes;
        m->boxes += parley_case_worth(b->c, (int32_t)i)->boxes;
        if (!make_party(b, i, first)) {
            return nm_draft_stop(b, PARLEY_RANGE, NM_TOO_LONG);
        }
    }
    if (!nm_draft_rules(b)) {
        return false;
    }
    nm_table *list = parley_arena_array(b->arena, b->tables, sizeof(*list));
    if (list == NULL) {
        return nm_draft_nomem(b);
    }
    publish_tables(b, list);
    for (uint32_t i = 0; i < m->k; i++) {
        const parley_worth *w = parley_case_worth(b->c, (int32_t)i);
        if (w->without_like != NULL && !nm_draft_worth_like(b, i, w)) {
            return false;
        }
    }
    return true;
}

parley_status nm_case_new(nm_case **out, parley_ctx *ctx, parley_arena *arena,
                          const parley_deal *deal, const parley_case *c, uint32_t splits_as_steps,
                          parley_error *err)
{
    nm_draft b = {.ctx = ctx,
                  .arena = arena,
                  .deal = deal,
                  .c = c,
                  .steps = splits_as_steps,
                  .err = err,
                  .status = PARLEY_OK};
    *out = NULL;
    b.out = parley_arena_alloc(arena, sizeof(*b.out));
    if (b.out == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    b.out->c = c;
    b.out->steps = splits_as_steps;
    b.m = &b.out->m;
    if (!build(&b)) {
        return b.status;
    }
    *out = b.out;
    return PARLEY_OK;
}
