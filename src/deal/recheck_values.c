/*
 * The values of a case, added up once more: issue by issue, formula by formula, box by box.
 *
 * All numbers of all parties go over one common unit, so that a worth is one whole number and
 * parties can be compared by looking. Splits that move freely stay fractions.
 */
#include "deal/recheck_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ curves */

static rk_number curve_at(const parley_curve *curve, const rk_number *at)
{
    if (curve->count == 0) {
        return rk_whole(0);
    }
    rk_number left = rk_of(curve->point[0].at);
    rk_number from = rk_of(curve->point[0].score);
    if (rk_compare(at, &left) <= 0) {
        return from;
    }
    for (uint32_t k = 1; k < curve->count; k++) {
        rk_number right = rk_of(curve->point[k].at);
        rk_number to = rk_of(curve->point[k].score);
        if (rk_compare(at, &right) <= 0) {
            rk_number part = rk_sub(at, &left);
            rk_number whole = rk_sub(&right, &left);
            rk_number rise = rk_sub(&to, &from);
            part = rk_div(&part, &whole);
            part = rk_mul(&part, &rise);
            return rk_add(&from, &part);
        }
        left = right;
        from = to;
    }
    return from;
}

static const parley_score *score_of(const parley_recheck *r, uint32_t party, int32_t issue)
{
    const parley_worth *w = parley_case_worth(r->c, (int32_t)party);
    for (uint32_t s = 0; s < w->scores; s++) {
        if (w->score[s].issue == issue) {
            return &w->score[s];
        }
    }
    return NULL;
}

/* weight / out-of / divided-by */
static rk_number factor(const parley_worth *w, const parley_score *s)
{
    rk_number f = rk_of(s->weight);
    rk_number by = rk_of(s->out_of);
    f = rk_div(&f, &by);
    by = rk_of(w->divided_by);
    return rk_div(&f, &by);
}

/* Shares are parts of the whole; NULL: those of value v. */
static rk_number score_at(const parley_recheck *r, uint32_t party, const parley_score *s, int64_t v,
                          rk_number *const share)
{
    const parley_issue *issue = parley_case_issue(r->c, s->issue);
    rk_number sum = rk_whole(0);
    rk_number by = factor(parley_case_worth(r->c, (int32_t)party), s);
    if (issue->kind == PARLEY_ISSUE_CHOICE) {
        sum = rk_of(s->option[v]);
    } else if (issue->kind == PARLEY_ISSUE_QUANTITY) {
        rk_number at = rk_of_decimal(parley_case_quantity(issue, v));
        sum = curve_at(&s->curve[0], &at);
    } else {
        for (uint32_t q = 0; q < issue->recipient_count; q++) {
            rk_number at;
            if (issue->has_range) {
                at = rk_of_decimal(parley_case_share(issue, v, q));
            } else {
                rk_number total = rk_of_decimal(issue->total);
                rk_number part = share != NULL ? share[q]
                                 : q == 0      ? rk_parts(v, r->steps)
                                 : q == 1      ? rk_parts((int64_t)r->steps - v, r->steps)
                                               : rk_whole(0);
                at = rk_mul(&total, &part);
            }
            at = curve_at(&s->curve[q], &at);
            sum = rk_add(&sum, &at);
        }
    }
    return rk_mul(&sum, &by);
}

/* --------------------------------------------------------------- what counts */

typedef struct mention {
    const parley_recheck *r;
    bool outside;
    bool moving;
} mention;

static void mention_atom(void *user, const parley_formula *f)
{
    mention *m = user;
    if (f->kind != PARLEY_F_ACCEPTS) {
        int32_t at = m->r->place[f->issue];
        m->outside = m->outside || at < 0;
        m->moving = m->moving || (at >= 0 && m->r->issue[at].size == 0);
    }
}

/* Only about issues that packages decide here? */
static bool counts(const parley_recheck *r, const parley_formula *f)
{
    mention m = {r, false, false};
    parley_formula_atoms(f, mention_atom, &m);
    return !m.outside;
}

/* ------------------------------------------------------------------- worth */

bool rk_enough(const parley_recheck *r, uint32_t party, const uint64_t *worth)
{
    int order = rk_order(worth, r->without + (size_t)party * r->words, r->words);
    return r->strict ? order > 0 : order >= 0;
}

bool rk_crosses(const parley_recheck *r, uint32_t party, const rk_package *p)
{
    for (uint32_t k = 0; k < r->reds[party]; k++) {
        if (rk_eval(r, r->red[party][k].formula, p) == r->red[party][k].bad) {
            return true;
        }
    }
    return false;
}

bool rk_feasible(const parley_recheck *r, const rk_package *p)
{
    for (uint32_t k = 0; k < r->rules; k++) {
        if (rk_eval(r, r->rule[k].formula, p) == r->rule[k].bad) {
            return false;
        }
    }
    return true;
}

void rk_worth(const parley_recheck *r, uint32_t party, const rk_package *p, bool cap, uint64_t *out)
{
    const parley_worth *w = parley_case_worth(r->c, (int32_t)party);
    const uint32_t words = r->words;
    memcpy(out, r->base + (size_t)party * words, words * sizeof(*out));
    for (uint32_t j = 0; j < r->n; j++) {
        int64_t v = p->value[r->issue[j].issue];
        if (v >= 0 && r->issue[j].size > 0) {
            rk_plus(out, r->issue[j].score + ((size_t)v * r->k + party) * words, words);
        }
    }
    for (uint32_t t = 0; t < w->terms; t++) {
        if (rk_eval(r, w->term[t].formula, p) == PARLEY_YES) {
            rk_plus(out, r->term[party] + (size_t)t * words, words);
        }
    }
    rk_boxes(r, party, p, out);
    if (cap && r->capped[party] && rk_order(out, r->cap + (size_t)party * words, words) > 0) {
        memcpy(out, r->cap + (size_t)party * words, words * sizeof(*out));
    }
}

rk_number rk_adds(const parley_recheck *r, uint32_t party, uint32_t issue, const rk_package *p)
{
    const rk_issue *row = &r->issue[issue];
    const parley_score *s = score_of(r, party, row->issue);
    if (s == NULL) {
        return rk_whole(0);
    }
    return score_at(r, party, s, p->value[row->issue], row->size > 0 ? NULL : p->share[row->issue]);
}

rk_number rk_worth_exact(const parley_recheck *r, uint32_t party, const rk_package *p, bool cap)
{
    uint64_t whole[RK_WORDS];
    rk_worth(r, party, p, false, whole);
    rk_number sum = rk_unscale(whole, r->words, &r->unit);
    for (uint32_t j = 0; j < r->n; j++) {
        if (r->issue[j].size == 0) {
            rk_number more = rk_adds(r, party, j, p);
            sum = rk_add(&sum, &more);
        }
    }
    if (cap && r->capped[party]) {
        rk_number most = rk_unscale(r->cap + (size_t)party * r->words, r->words, &r->unit);
        if (rk_compare(&sum, &most) > 0) {
            sum = most;
        }
    }
    return sum;
}

/* ------------------------------------------------------------ common units */

typedef struct measure {
    rk_natural unit; /* of one party */
    double size;     /* sum of the largest magnitudes */
    double most;     /* of what is being measured */
} measure;

static void measure_one(parley_recheck *r, measure *m, const rk_number *a)
{
    if (!rk_common(&m->unit, a) || rk_bits(&m->unit) > 32 * RK_DIGITS / 3) {
        r->too_long = true;
        return;
    }
    double size = fabs(rk_double(a));
    m->most = size > m->most ? size : m->most;
}

static void measured(measure *m)
{
    m->size += m->most;
    m->most = 0;
}

/* Numbers of one party, one after the other; visit sees each, and where it belongs. */
typedef void (*visit_fn)(parley_recheck *r, uint32_t party, const rk_number *a, uint64_t *to,
                         measure *m);

static void visit_measure(parley_recheck *r, uint32_t party, const rk_number *a, uint64_t *to,
                          measure *m)
{
    (void)party, (void)to;
    measure_one(r, m, a);
}

static void visit_take(parley_recheck *r, uint32_t party, const rk_number *a, uint64_t *to,
                       measure *m)
{
    (void)party, (void)m;
    r->too_long = !rk_scale(to, r->words, a, &r->unit) || r->too_long;
}

static rk_number divided(const parley_worth *w, parley_fraction f)
{
    rk_number a = rk_of(f);
    rk_number by = rk_of(w->divided_by);
    return rk_div(&a, &by);
}

static void all_numbers(parley_recheck *r, uint32_t i, visit_fn visit, measure *m)
{
    const parley_worth *w = parley_case_worth(r->c, (int32_t)i);
    const size_t words = r->words;
    rk_number a = divided(w, w->base);
    visit(r, i, &a, r->base == NULL ? NULL : r->base + i * words, m);
    measured(m);
    if (w->cap.den != 0) {
        a = rk_of(w->cap);
        visit(r, i, &a, r->cap == NULL ? NULL : r->cap + i * words, m);
        measured(m);
    }
    if (w->without.den != 0) {
        a = rk_of(w->without);
        visit(r, i, &a, r->without == NULL ? NULL : r->without + i * words, m);
        measured(m);
    }
    for (uint32_t j = 0; j < r->n && !rk_stop(r); j++) {
        const parley_score *s = score_of(r, i, r->issue[j].issue);
        uint32_t size = r->issue[j].size;
        for (uint32_t v = 0; s != NULL && v < size && !r->too_long; v++) {
            a = score_at(r, i, s, v, NULL);
            visit(r, i, &a,
                  r->issue[j].score == NULL ? NULL
                                            : r->issue[j].score + ((size_t)v * r->k + i) * words,
                  m);
            if (v % 4096 == 4095 && rk_stop(r)) {
                return;
            }
        }
        measured(m);
    }
    for (uint32_t t = 0; t < w->terms; t++) {
        /* nothing, where it is about issues that are not decided here */
        a = counts(r, w->term[t].formula) ? divided(w, w->term[t].add) : rk_whole(0);
        visit(r, i, &a, r->term == NULL ? NULL : r->term[i] + t * words, m);
        measured(m);
    }
    for (uint32_t b = 0; b < w->boxes; b++) {
        if (w->box[b].take != PARLEY_TAKE_BOX) {
            continue;
        }
        a = divided(w, w->box[b].add);
        for (int32_t up = w->box[b].parent; up >= 0; up = w->box[up].parent) {
            rk_number times = rk_of(w->box[up].times);
            a = rk_mul(&a, &times);
        }
        visit(r, i, &a, r->box == NULL ? NULL : r->box[i] + b * words, m);
        measured(m);
    }
}

static void make_units(parley_recheck *r, const parley_tree_node *root)
{
    double size = 0;
    double bits = 0;
    r->unit.n = 1;
    r->unit.d[0] = 1;
    for (uint32_t i = 0; i < r->k && !r->too_long && !rk_stop(r); i++) {
        measure m = {.size = 0, .most = 0};
        m.unit.n = 1;
        m.unit.d[0] = 1;
        all_numbers(r, i, visit_measure, &m);
        rk_number unit = rk_whole(1);
        unit.den = m.unit;
        double own = rk_bits(&m.unit) + log2(m.size + 1);
        bits = own > bits ? own : bits;
        size = m.size > size ? m.size : size;
        r->too_long =
            r->too_long || !rk_common(&r->unit, &unit) || rk_bits(&r->unit) > 32 * RK_DIGITS / 2;
    }
    const parley_tree_node *rounded = rk_need(r, root, "rounded");
    r->rounded = rounded != NULL && strcmp(parley_tree_text(rounded), "true") == 0;
    if (rounded != NULL && !r->rounded && strcmp(parley_tree_text(rounded), "false") != 0) {
        rk_fault(r, rounded, "'rounded' is true or false");
    } else if (!r->too_long && r->rounded && bits < 100) {
        rk_fault(r, rounded, "'rounded' is true, but all numbers fit %d bits", (int)bits + 1);
    } else if (!r->too_long && rounded != NULL && !r->rounded && bits > 124) {
        rk_fault(r, rounded, "'rounded' is false, but the numbers take %d bits", (int)bits + 1);
    }
    double words = (rk_bits(&r->unit) + log2(size + 1) + 24) / 64 + 1;
    r->words = words > RK_WORDS ? RK_WORDS : (uint32_t)words;
    r->too_long = r->too_long || words > RK_WORDS;
}

static void take_numbers(parley_recheck *r)
{
    const size_t words = r->words;
    uint64_t *base = rk_room(r, r->k * words, sizeof(*base));
    uint64_t *without = rk_room(r, r->k * words, sizeof(*without));
    uint64_t *cap = rk_room(r, r->k * words, sizeof(*cap));
    uint64_t **term = rk_room(r, r->k, sizeof(*term));
    uint64_t **box = rk_room(r, r->k, sizeof(*box));
    for (uint32_t j = 0; j < r->n && !rk_stop(r); j++) {
        r->issue[j].score =
            rk_room(r, (size_t)r->issue[j].size * r->k * words, sizeof(*r->issue[j].score));
    }
    for (uint32_t i = 0; i < r->k && !rk_stop(r); i++) {
        const parley_worth *w = parley_case_worth(r->c, (int32_t)i);
        term[i] = rk_room(r, w->terms * words, sizeof(**term));
        box[i] = rk_room(r, w->boxes * (2 * words + 1), sizeof(**box));
    }
    if (rk_stop(r) || !rk_boxes_begin(r)) {
        return;
    }
    r->base = base;
    r->without = without;
    r->cap = cap;
    r->term = term;
    r->box = box;
    for (uint32_t i = 0; i < r->k && !rk_stop(r); i++) {
        measure m = {.size = 0};
        all_numbers(r, i, visit_take, &m);
    }
}

/* ------------------------------------------------------------------ the case */

static bool scored(const parley_recheck *r, int32_t issue)
{
    for (uint32_t i = 0; i < r->k; i++) {
        if (score_of(r, i, issue) != NULL) {
            return true;
        }
    }
    return false;
}

static bool in_question(const parley_recheck *r, const parley_issue *issue)
{
    parley_ids tracks = parley_deal_tracks(r->deal);
    bool here = issue->track < 0 || parley_deal_issues(r->deal).count == 0;
    for (uint32_t t = 0; t < tracks.count; t++) {
        here = here || tracks.at[t] == issue->track;
    }
    return here;
}

static void find_issues(parley_recheck *r, const parley_tree_node *root)
{
    uint32_t all = parley_case_issues(r->c);
    const parley_tree_node *steps = rk_need(r, root, "split_steps");
    const parley_tree_node *left = rk_need(r, root, "left_out");
    const parley_tree_node *next = left == NULL ? NULL : parley_tree_first(left);
    bool cut = false;
    r->steps = steps == NULL || rk_is_null(steps) ? 0 : (uint32_t)atoi(parley_tree_text(steps));
    r->issue = rk_room(r, all + 1, sizeof(*r->issue));
    r->place = rk_room(r, all + 1, sizeof(*r->place));
    if (rk_stop(r)) {
        return;
    }
    for (uint32_t i = 0; i < all; i++) {
        const parley_issue *issue = parley_case_issue(r->c, (int32_t)i);
        parley_not_counted why = parley_deal_why_not(r->deal, (int32_t)i);
        bool open = why == PARLEY_NOT_COUNTED_NO_RANGE && issue->kind == PARLEY_ISSUE_SPLIT &&
                    !issue->has_range && in_question(r, issue) && scored(r, (int32_t)i);
        r->place[i] = -1;
        if (why == PARLEY_COUNTED || open) {
            r->place[i] = (int32_t)r->n;
            r->issue[r->n++] = (rk_issue){.issue = (int32_t)i,
                                          .size = !open          ? issue->values
                                                  : r->steps > 0 ? r->steps + 1
                                                                 : 0,
                                          .cut = open && r->steps > 0};
            cut = cut || (open && r->steps > 0);
            r->moving = r->moving || (open && r->steps == 0);
        } else if (scored(r, (int32_t)i)) {
            if (next == NULL || parley_tree_text(next) == NULL ||
                strcmp(parley_tree_text(next), issue->record.id) != 0) {
                rk_fault(r,
                         next != NULL   ? next
                         : left != NULL ? left
                                        : root,
                         "'left_out' does not name '%s', which is scored and not counted",
                         issue->record.id);
                left = next = NULL;
            } else {
                next = parley_tree_next(next);
            }
        }
    }
    if (next != NULL) {
        rk_fault(r, next, "'left_out' names '%s', which is counted, or scored by nobody",
                 parley_tree_text(next) == NULL ? "?" : parley_tree_text(next));
    }
    if (steps != NULL && r->steps > 0 && !cut) {
        rk_fault(r, steps, "'split_steps' is %u, and there is no split to cut", r->steps);
        r->steps = 0;
    }
    if (r->steps > 1000000) {
        rk_fault(r, steps, "'split_steps' is more than a million");
        r->failed = PARLEY_LIMIT;
    }
}

static void push_rule(parley_recheck *r, rk_rule **list, uint32_t *count, const parley_formula *f,
                      parley_truth bad)
{
    if (f != NULL && counts(r, f)) {
        (*list)[(*count)++] = (rk_rule){f, bad};
    }
}

static void find_rules(parley_recheck *r)
{
    const parley_terms *terms = parley_deal_terms(r->deal);
    uint32_t room = parley_case_rules(r->c);
    for (uint32_t f = 0; f < parley_case_flags(r->c); f++) {
        room += parley_case_flag(r->c, (int32_t)f)->keeps_out.count;
    }
    r->rule = rk_room(r, room, sizeof(*r->rule));
    r->red = rk_room(r, r->k, sizeof(*r->red));
    r->reds = rk_room(r, r->k, sizeof(*r->reds));
    if (rk_stop(r)) {
        return;
    }
    for (uint32_t k = 0; k < parley_case_rules(r->c); k++) {
        push_rule(r, &r->rule, &r->rules, parley_case_rule(r->c, (int32_t)k)->formula, PARLEY_NO);
    }
    for (uint32_t f = 0; f < parley_case_flags(r->c); f++) {
        const parley_flag *flag = parley_case_flag(r->c, (int32_t)f);
        for (uint32_t k = 0; !flag->lifted && k < flag->keeps_out.count; k++) {
            push_rule(r, &r->rule, &r->rules, flag->keeps_out.at[k].formula, PARLEY_YES);
        }
    }
    for (uint32_t i = 0; i < r->k && !rk_stop(r); i++) {
        const parley_worth *w = parley_case_worth(r->c, (int32_t)i);
        r->red[i] = rk_room(r, w->red_lines.count + parley_terms_size(terms), sizeof(**r->red));
        for (uint32_t k = 0; r->red[i] != NULL && k < w->red_lines.count; k++) {
            push_rule(r, &r->red[i], &r->reds[i], w->red_lines.at[k].formula, PARLEY_YES);
        }
        for (uint32_t t = 0; r->red[i] != NULL && t < parley_terms_size(terms); t++) {
            const parley_term *term = parley_terms_at(terms, t);
            bool red = term->rung == PARLEY_RUNG_RED_TESTED || term->rung == PARLEY_RUNG_RED_STATED;
            if (red && term->party == w->party && term->mode != PARLEY_MODE_ACCEPTS) {
                push_rule(r, &r->red[i], &r->reds[i], term->formula,
                          term->mode == PARLEY_MODE_REQUIRES ? PARLEY_NO : PARLEY_YES);
            }
        }
    }
}

/* Worth of the package that `without-a-deal` names; other issues add nothing. */
static void worth_like(parley_recheck *r, uint32_t i, const parley_formula *f, rk_package *p)
{
    uint32_t count = f->kind == PARLEY_F_AND ? f->count : 1;
    uint32_t decided = 0;
    for (uint32_t k = 0; k < parley_case_issues(r->c); k++) {
        p->value[k] = -1;
    }
    for (uint32_t k = 0; k < count; k++) {
        const parley_formula *part = f->kind == PARLEY_F_AND ? f->arg[k] : f;
        int32_t at = r->place[part->issue];
        for (uint32_t v = 0; at >= 0 && v < r->issue[at].size && p->value[part->issue] < 0; v++) {
            p->value[part->issue] = v;
            if (rk_eval(r, part, p) != PARLEY_YES) {
                p->value[part->issue] = -1;
            }
        }
        decided += p->value[part->issue] >= 0;
    }
    r->no_boxes = decided < r->n; /* boxes are worth something in whole packages */
    rk_worth(r, i, p, true, r->without + (size_t)i * r->words);
    r->no_boxes = false;
}

/* `without_a_deal`: {party: number or null} */
static void check_without(parley_recheck *r, const parley_tree_node *root)
{
    const parley_tree_node *map = rk_need(r, root, "without_a_deal");
    for (uint32_t i = 0; i < r->k && map != NULL; i++) {
        const parley_worth *w = parley_case_worth(r->c, (int32_t)i);
        const parley_tree_node *own = rk_need(r, map, w->record.id);
        if (own == NULL) {
            continue;
        }
        double worth = rk_near(r->without + (size_t)i * r->words, r->words, &r->unit);
        if (r->given[i] == rk_is_null(own) || (r->given[i] && !rk_says(own, worth))) {
            rk_fault(r, own, "without a deal '%s' has %.12g in the case, not %s", w->record.id,
                     worth, parley_tree_text(own) == NULL ? "that" : parley_tree_text(own));
        }
    }
    rk_done(r, "worth without a deal", r->k, "against the case");
}

void rk_values(parley_recheck *r, const parley_tree_node *root)
{
    r->k = parley_case_worths(r->c);
    if (r->k > RK_PARTIES) {
        r->too_long = true;
        return;
    }
    r->strict = parley_case_acceptance(r->c)->strict;
    r->capped = rk_room(r, r->k, sizeof(*r->capped));
    r->given = rk_room(r, r->k, sizeof(*r->given));
    if (rk_stop(r)) {
        return;
    }
    for (uint32_t i = 0; i < r->k; i++) {
        const parley_worth *w = parley_case_worth(r->c, (int32_t)i);
        r->capped[i] = w->cap.den != 0;
        r->given[i] = w->without.den != 0 || w->without_like != NULL;
    }
    find_issues(r, root);
    if (!rk_stop(r)) {
        make_units(r, root);
    }
    if (rk_stop(r) || r->too_long) {
        return;
    }
    take_numbers(r);
    if (!rk_stop(r)) {
        find_rules(r);
    }
    rk_package p = rk_package_new(r);
    if (rk_stop(r) || r->too_long) {
        return;
    }
    for (uint32_t i = 0; i < r->k; i++) {
        const parley_worth *w = parley_case_worth(r->c, (int32_t)i);
        if (w->without_like != NULL) {
            worth_like(r, i, w->without_like, &p);
        }
    }
    r->total = r->moving ? UINT64_MAX : 1;
    for (uint32_t j = 0; j < r->n && r->total != UINT64_MAX; j++) {
        bool fits = r->total <= UINT64_C(1000000000000) / (r->issue[j].size + 1);
        r->total = fits ? r->total * r->issue[j].size : UINT64_MAX;
    }
    if (!r->rounded) {
        check_without(r, root);
    }
}
