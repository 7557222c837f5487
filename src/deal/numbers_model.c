/*
 * From a case's values to a model in integers.
 *
 * Each party's numbers are put over one denominator, the least common multiple of all it has, when
 * that leaves room in 128 bits; else they are rounded to the largest power of ten that does, and
 * the model says so. Formulas become tables over the issues they mention. Flags that nobody lifted
 * count as rules: what the law keeps out of ideas is no solution.
 */
#include "deal/numbers_case.h"

#include "deal/deal_internal.h"

#include <string.h>

/* Tables of the same issues are put together while they are made. */
typedef struct draft_table {
    uint32_t vars;
    uint32_t *var;
    uint32_t entries;
    int32_t red_line_of;
    nm_num *add;
    uint8_t *ok;
} draft_table;

typedef struct builder {
    parley_ctx *ctx;
    parley_arena *arena;
    const parley_deal *deal;
    const parley_case *c;
    nm_case *out;
    nm_model *m;
    uint32_t steps;
    nm_wide *unit;   /* by party, while it is being found */
    nm_ratio *fixed; /* by party: rounding unit when it did not fit, else negative == true */
    draft_table *table;
    uint32_t tables;
    uint32_t table_room;
    int64_t *values; /* scratch package by issue */
    parley_error *err;
    parley_status status;
} builder;

static bool stop(builder *b, parley_status status, const char *what)
{
    if (b->status == PARLEY_OK) {
        b->status = parley_fail(b->err, status, "%s", what);
    }
    return false;
}

static bool nomem(builder *b)
{
    return stop(b, PARLEY_NOMEM, "out of memory while the values are read");
}

#define TOO_LONG "the numbers of a party have too many digits"

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

static nm_ratio of_decimal(parley_decimal d)
{
    int64_t ten = 1;
    for (int32_t k = 0; k < d.scale; k++) {
        ten *= 10; /* at most 18 places */
    }
    return nm_ratio_of((parley_fraction){d.mantissa, ten, 0});
}

/* Share r of value v of a split without a step that was given steps. */
static bool step_share(const builder *b, const parley_issue *issue, uint32_t v, uint32_t r,
                       nm_ratio *out)
{
    nm_ratio total = of_decimal(issue->total);
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

static bool score_of(const builder *b, const parley_score *s, uint32_t v, nm_ratio *out)
{
    const parley_issue *issue = parley_case_issue(b->c, s->issue);
    nm_ratio at;
    nm_ratio one;
    if (issue->kind == PARLEY_ISSUE_CHOICE) {
        *out = nm_ratio_of(s->option[v]);
        return true;
    }
    if (issue->kind == PARLEY_ISSUE_QUANTITY) {
        at = of_decimal(parley_case_quantity(issue, v));
        return curve_at(&s->curve[0], &at, out);
    }
    *out = nm_ratio_zero();
    for (uint32_t r = 0; r < issue->recipient_count; r++) {
        if (s->curve[r].count == 0) {
            continue;
        }
        if (issue->has_range) {
            at = of_decimal(parley_case_share(issue, v, r));
        } else if (!step_share(b, issue, v, r, &at)) {
            return false;
        }
        if (!curve_at(&s->curve[r], &at, &one) || !nm_ratio_add(out, out, &one)) {
            return false;
        }
    }
    return true;
}

/* ------------------------------------------------------------ common units */

/* What is done with every number of a party: first its denominator is taken, then its integer. */
typedef enum pass { FIND_UNIT, TAKE } pass;

static bool number(builder *b, uint32_t party, const nm_ratio *r, pass which, nm_num *out)
{
    nm_wide rest;
    nm_wide q;
    nm_wide *unit = &b->unit[party];
    if (which == FIND_UNIT) {
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

static bool fraction(builder *b, uint32_t party, parley_fraction f, const nm_ratio *times,
                     pass which, nm_num *out)
{
    nm_ratio r = nm_ratio_of(f);
    return (times == NULL || nm_ratio_mul(&r, &r, times)) && number(b, party, &r, which, out);
}

static int32_t variable_of(const builder *b, int32_t issue)
{
    return b->out->variable[issue];
}

static nm_split *split_of(const builder *b, int32_t issue)
{
    for (uint32_t k = 0; k < b->out->splits; k++) {
        if (b->out->split[k].issue == issue) {
            return &b->out->split[k];
        }
    }
    return NULL;
}

/* Scores of one party, or their denominators. */
static bool take_scores(builder *b, uint32_t i, const parley_worth *w, pass which)
{
    nm_model *m = b->m;
    for (uint32_t s = 0; s < w->scores; s++) {
        const parley_score *score = &w->score[s];
        int32_t var = variable_of(b, score->issue);
        nm_split *split = split_of(b, score->issue);
        nm_ratio factor;
        nm_ratio r;
        nm_num unused;
        if (!factor_of(w, score, &factor)) {
            return false;
        }
        for (uint32_t v = 0; var >= 0 && v < m->size[var]; v++) {
            nm_num *to = &m->value[((size_t)m->offset[var] + v) * m->k + i];
            if (!score_of(b, score, v, &r) || !nm_ratio_mul(&r, &r, &factor) ||
                !number(b, i, &r, which, which == TAKE ? to : &unused)) {
                return false;
            }
            if (v % 1024 == 1023 && parley_ctx_cancelled(b->ctx)) {
                return stop(b, PARLEY_CANCELLED, "stopped");
            }
        }
        for (uint32_t q = 0; split != NULL && q < split->recipients; q++) {
            /* a straight line: its end says it all */
            if (score->curve[q].count > 0 &&
                !fraction(b, i, score->curve[q].point[1].score, &factor, which,
                          which == TAKE ? &split->whole[q * m->k + i] : &unused)) {
                return false;
            }
        }
    }
    return true;
}

/* ------------------------------------------------------------------- boxes */

/* What a box is multiplied by on its way to the top; groups below a negative factor turn over. */
static bool box_factor(const parley_worth *w, uint32_t box, nm_ratio *out)
{
    nm_ratio one = nm_ratio_of((parley_fraction){1, 1, 0});
    nm_ratio by = nm_ratio_of(w->divided_by);
    if (!nm_ratio_div(out, &one, &by)) {
        return false;
    }
    for (int32_t p = (int32_t)box; p >= 0; p = w->box[p].parent) {
        if (w->box[p].take != PARLEY_TAKE_BOX) {
            nm_ratio times = nm_ratio_of(w->box[p].times);
            if (!nm_ratio_mul(out, out, &times)) {
                return false;
            }
        }
    }
    return true;
}

static bool inside(const parley_issue *issue, const parley_box_side *side, uint32_t v)
{
    if (issue->kind == PARLEY_ISSUE_CHOICE) {
        for (uint32_t k = 0; k < side->options.count; k++) {
            if (side->options.at[k] == (int32_t)v) {
                return true;
            }
        }
        return false;
    }
    parley_decimal d = parley_case_quantity(issue, v);
    int64_t ten = 1;
    for (int32_t k = 0; k < d.scale; k++) {
        ten *= 10;
    }
    parley_fraction at = {d.mantissa, ten, 0};
    return parley_fraction_compare(at, side->low) >= 0 &&
           parley_fraction_compare(at, side->high) <= 0;
}

/* Sides over counted issues. *none: a side can never hold. */
static bool make_sides(builder *b, const parley_box_side *from, uint32_t count, nm_side **out,
                       uint32_t *made)
{
    nm_side *list = parley_arena_array(b->arena, count, sizeof(*list));
    if (list == NULL) {
        return nomem(b);
    }
    uint32_t n = 0;
    for (uint32_t s = 0; s < count; s++) {
        const parley_issue *issue = parley_case_issue(b->c, from[s].issue);
        int32_t var = variable_of(b, from[s].issue);
        if (var < 0) {
            continue; /* not decided here: as if it held */
        }
        uint32_t size = b->m->size[var];
        uint64_t *bits = parley_arena_array(b->arena, (size + 63) / 64, sizeof(*bits));
        if (bits == NULL) {
            return nomem(b);
        }
        for (uint32_t v = 0; v < size; v++) {
            if (inside(issue, &from[s], v)) {
                bits[v / 64] |= UINT64_C(1) << (v % 64);
            }
        }
        list[n++] = (nm_side){(uint32_t)var, bits};
    }
    *out = list;
    *made = n;
    return true;
}

static bool take_boxes(builder *b, uint32_t i, const parley_worth *w, uint32_t first, pass which)
{
    for (uint32_t k = 0; k < w->boxes; k++) {
        const parley_box *box = &w->box[k];
        nm_box *to = which == TAKE ? &b->m->box[first + k] : NULL;
        nm_ratio factor;
        nm_num add = 0;
        nm_side *where = NULL;
        nm_side *outside = NULL;
        if (!box_factor(w, k, &factor)) {
            return false;
        }
        if (box->take == PARLEY_TAKE_BOX && !fraction(b, i, box->add, &factor, which, &add)) {
            return false;
        }
        if (to == NULL) {
            continue;
        }
        parley_take take = box->take;
        if (factor.negative && take == PARLEY_TAKE_MIN) {
            take = PARLEY_TAKE_MAX;
        } else if (factor.negative && take == PARLEY_TAKE_MAX) {
            take = PARLEY_TAKE_MIN;
        }
        *to = (nm_box){
            i, take, box->parent < 0 ? -1 : (int32_t)first + box->parent, add, NULL, 0, NULL, 0};
        if (!make_sides(b, box->where, box->where_count, &where, &to->where_count) ||
            !make_sides(b, box->outside, box->outside_count, &outside, &to->outside_count)) {
            return false;
        }
        to->where = where;
        to->outside = outside;
        if (box->outside_count > 0 && to->outside_count == 0) {
            to->add = 0; /* what it would have to leave is not decided here */
        }
    }
    return true;
}

/* --------------------------------------------------------------- formulas */

typedef struct scope_visit {
    const builder *b;
    uint64_t *bits;
    bool outside; /* an issue that is no variable */
    bool split;   /* a split that moves freely */
} scope_visit;

static void scope_atom(void *user, const parley_formula *atom)
{
    scope_visit *v = user;
    if (atom->kind == PARLEY_F_ACCEPTS) {
        return;
    }
    int32_t var = variable_of(v->b, atom->issue);
    if (var < 0) {
        v->outside = true;
        v->split = v->split || split_of(v->b, atom->issue) != NULL;
    } else {
        v->bits[(uint32_t)var / 64] |= UINT64_C(1) << ((uint32_t)var % 64);
    }
}

/* The table over the variables of a formula; NULL: an issue of it is not counted, or a failure. */
static draft_table *table_for(builder *b, const parley_formula *f, int32_t red_line_of)
{
    nm_model *m = b->m;
    uint32_t words = (m->n + 63) / 64 + 1;
    uint64_t *bits = parley_arena_array(b->arena, words, sizeof(*bits));
    uint32_t *var = parley_arena_array(b->arena, m->n + 1, sizeof(*var));
    if (bits == NULL || var == NULL) {
        nomem(b);
        return NULL;
    }
    scope_visit visit = {b, bits, false, false};
    parley_formula_atoms(f, scope_atom, &visit);
    b->out->split_bound = b->out->split_bound || visit.split;
    if (visit.outside) {
        return NULL;
    }
    uint32_t vars = 0;
    uint64_t entries = 1;
    uint64_t most = parley_ctx_limits(b->ctx)->table_entries;
    for (uint32_t j = 0; j < m->n; j++) {
        if (bits[j / 64] >> (j % 64) & 1) {
            var[vars++] = j;
            entries *= m->size[j];
            if (entries > most) {
                if (b->status == PARLEY_OK) {
                    b->status = parley_fail(b->err, PARLEY_LIMIT,
                                            "a formula over %u issues has more than %llu cases "
                                            "(limit 'table_entries')",
                                            vars, (unsigned long long)most);
                }
                return NULL;
            }
        }
    }
    for (uint32_t t = 0; t < b->tables; t++) {
        draft_table *d = &b->table[t];
        if (d->red_line_of == red_line_of && d->vars == vars &&
            memcmp(d->var, var, vars * sizeof(*var)) == 0) {
            return d;
        }
    }
    if (b->tables == b->table_room) {
        uint32_t room = b->table_room == 0 ? 16 : b->table_room * 2;
        draft_table *grown = parley_arena_grow(b->arena, b->table, b->tables * sizeof(*grown),
                                               room * sizeof(*grown));
        if (grown == NULL) {
            nomem(b);
            return NULL;
        }
        b->table = grown;
        b->table_room = room;
    }
    b->table[b->tables] = (draft_table){vars, var, (uint32_t)entries, red_line_of, NULL, NULL};
    return &b->table[b->tables++];
}

/* Set the scratch package to an entry of a table. */
static void set_entry(builder *b, const draft_table *d, uint32_t entry)
{
    for (uint32_t k = d->vars; k-- > 0;) {
        uint32_t j = d->var[k];
        b->values[b->out->issue[j]] = entry % b->m->size[j];
        entry /= b->m->size[j];
    }
}

static void clear_entry(builder *b, const draft_table *d)
{
    for (uint32_t k = 0; k < d->vars; k++) {
        b->values[b->out->issue[d->var[k]]] = -1;
    }
}

/* Truth of an atom; a split without a step has the shares that its steps were given. */
static parley_truth atom_truth(void *user, const parley_formula *atom)
{
    const builder *b = user;
    if (atom->kind == PARLEY_F_ACCEPTS) {
        return parley_case_accepts(b->c, atom->party, atom->proposal);
    }
    const parley_issue *issue = parley_case_issue(b->c, atom->issue);
    int64_t v = b->values[atom->issue];
    if (v < 0) {
        return PARLEY_NOT_KNOWN;
    }
    if (issue->kind != PARLEY_ISSUE_SPLIT || issue->has_range) {
        return parley_case_atom_holds(b->c, atom, v) ? PARLEY_YES : PARLEY_NO;
    }
    nm_ratio share;
    bool fits = step_share(b, issue, (uint32_t)v, (uint32_t)atom->recipient, &share);
    PARLEY_ASSERT(fits); /* a 64-bit number and a number of steps */
    for (uint32_t k = 0; k < atom->count; k++) {
        nm_ratio typed = of_decimal(atom->number[k]);
        int order = nm_ratio_compare(&share, &typed);
        bool holds = atom->compare == PARLEY_NE   ? order != 0
                     : atom->compare == PARLEY_LT ? order < 0
                     : atom->compare == PARLEY_LE ? order <= 0
                     : atom->compare == PARLEY_GT ? order > 0
                     : atom->compare == PARLEY_GE ? order >= 0
                                                  : order == 0;
        if (holds) {
            return PARLEY_YES;
        }
    }
    return PARLEY_NO;
}

static parley_truth truth(builder *b, const parley_formula *f)
{
    return parley_formula_eval(f, atom_truth, b);
}

/* Forbid the entries in which f comes out as `bad` (with no answer unknown any more). */
static bool forbid(builder *b, const parley_formula *f, parley_truth bad, int32_t red_line_of)
{
    draft_table *d = table_for(b, f, red_line_of);
    if (d == NULL) {
        return b->status == PARLEY_OK; /* about issues that are not counted */
    }
    if (d->ok == NULL) {
        d->ok = parley_arena_array(b->arena, d->entries, 1);
        if (d->ok == NULL) {
            return nomem(b);
        }
        memset(d->ok, 1, d->entries);
    }
    for (uint32_t e = 0; e < d->entries; e++) {
        set_entry(b, d, e);
        if (truth(b, f) == bad) {
            d->ok[e] = 0;
        }
        if (e % 65536 == 65535 && parley_ctx_cancelled(b->ctx)) {
            return stop(b, PARLEY_CANCELLED, "stopped");
        }
    }
    clear_entry(b, d);
    return true;
}

static bool add_term(builder *b, uint32_t i, const parley_formula *f, nm_num add)
{
    draft_table *d = table_for(b, f, -1);
    if (d == NULL) {
        return b->status == PARLEY_OK;
    }
    if (d->vars == 0) { /* it always holds, or never */
        b->m->base[i] += truth(b, f) == PARLEY_YES ? add : 0;
        return true;
    }
    if (d->add == NULL) {
        d->add = parley_arena_array(b->arena, (size_t)d->entries * b->m->k, sizeof(*d->add));
        if (d->add == NULL) {
            return nomem(b);
        }
    }
    for (uint32_t e = 0; e < d->entries; e++) {
        set_entry(b, d, e);
        if (truth(b, f) == PARLEY_YES) {
            d->add[(size_t)e * b->m->k + i] += add;
        }
    }
    clear_entry(b, d);
    return true;
}

static bool take_terms(builder *b, uint32_t i, const parley_worth *w, pass which)
{
    nm_ratio one = nm_ratio_of((parley_fraction){1, 1, 0});
    nm_ratio by = nm_ratio_of(w->divided_by);
    if (!nm_ratio_div(&one, &one, &by)) {
        return false;
    }
    for (uint32_t t = 0; t < w->terms; t++) {
        nm_num add = 0;
        if (!fraction(b, i, w->term[t].add, &one, which, &add) ||
            (which == TAKE && !add_term(b, i, w->term[t].formula, add))) {
            return false;
        }
    }
    return true;
}

/* ------------------------------------------------------------------- party */

static bool take_party(builder *b, uint32_t i, const parley_worth *w, uint32_t boxes, pass which)
{
    nm_model *m = b->m;
    nm_num unused;
    nm_ratio one = nm_ratio_of((parley_fraction){1, 1, 0});
    nm_ratio by = nm_ratio_of(w->divided_by);
    m->capped[i] = w->cap.den != 0;
    return nm_ratio_div(&one, &one, &by) &&
           fraction(b, i, w->base, &one, which, which == TAKE ? &m->base[i] : &unused) &&
           (w->cap.den == 0 ||
            fraction(b, i, w->cap, NULL, which, which == TAKE ? &m->cap[i] : &unused)) &&
           (w->without.den == 0 ||
            fraction(b, i, w->without, NULL, which, which == TAKE ? &m->without[i] : &unused)) &&
           take_scores(b, i, w, which) && take_terms(b, i, w, which) &&
           take_boxes(b, i, w, boxes, which);
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

static void forget_party(builder *b, uint32_t i)
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

static void publish_tables(builder *b, nm_table *list)
{
    for (uint32_t t = 0; t < b->tables; t++) {
        const draft_table *d = &b->table[t];
        list[t] = (nm_table){d->vars, d->var, d->entries, d->add, d->ok, d->red_line_of, -1};
    }
    b->m->table = list;
    b->m->tables = b->tables;
}

static bool make_party(builder *b, uint32_t i, uint32_t boxes)
{
    nm_model *m = b->m;
    const parley_worth *w = parley_case_worth(b->c, (int32_t)i);
    const nm_wide ten = nm_wide_of(10);
    bool fits = take_party(b, i, w, boxes, FIND_UNIT) && nm_wide_bits(&b->unit[i]) <= NM_NUM_BITS;
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
        bool taken = take_party(b, i, w, boxes, TAKE);
        if (b->status != PARLEY_OK) {
            return false;
        }
        nm_table *list = parley_arena_array(b->arena, b->tables, sizeof(*list));
        if (list == NULL) {
            return nomem(b);
        }
        publish_tables(b, list);
        if (taken && party_bits(m, b->out->split, b->out->splits, i) <= NM_NUM_BITS - 2) {
            return true;
        }
        forget_party(b, i);
    }
    return stop(b, PARLEY_RANGE, TOO_LONG);
}

/* --------------------------------------------------------------- variables */

static bool straight(const parley_issue *issue, const parley_curve *curve)
{
    nm_ratio total = of_decimal(issue->total);
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

static bool scored(const builder *b, int32_t issue)
{
    for (uint32_t i = 0; i < b->m->k; i++) {
        if (score_for(parley_case_worth(b->c, (int32_t)i), issue) != NULL) {
            return true;
        }
    }
    return false;
}

/* Splits without a step on a track in question that somebody scores. */
static bool is_open_split(const builder *b, int32_t i)
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

static bool lines_only(const builder *b, int32_t issue)
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

static bool make_variables(builder *b)
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
        return nomem(b);
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
                    return nomem(b);
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
    return (m->value != NULL && all < UINT32_MAX / (m->k + 1)) || nomem(b);
}

/* ------------------------------------------------------------------- rules */

static bool term_red_line(builder *b, const parley_term *term)
{
    for (uint32_t i = 0; i < b->m->k; i++) {
        if (parley_case_worth(b->c, (int32_t)i)->party == term->party &&
            (term->rung == PARLEY_RUNG_RED_TESTED || term->rung == PARLEY_RUNG_RED_STATED) &&
            term->mode != PARLEY_MODE_ACCEPTS) {
            return forbid(b, term->formula,
                          term->mode == PARLEY_MODE_REQUIRES ? PARLEY_NO : PARLEY_YES, (int32_t)i);
        }
    }
    return true;
}

static bool make_rules(builder *b)
{
    const parley_terms *terms = parley_deal_terms(b->deal);
    for (uint32_t r = 0; r < parley_case_rules(b->c); r++) {
        if (!forbid(b, parley_case_rule(b->c, (int32_t)r)->formula, PARLEY_NO, -1)) {
            return false;
        }
    }
    for (uint32_t f = 0; f < parley_case_flags(b->c); f++) {
        const parley_flag *flag = parley_case_flag(b->c, (int32_t)f);
        for (uint32_t k = 0; !flag->lifted && k < flag->keeps_out.count; k++) {
            if (!forbid(b, flag->keeps_out.at[k].formula, PARLEY_YES, -1)) {
                return false;
            }
        }
    }
    for (uint32_t i = 0; i < b->m->k; i++) {
        const parley_worth *w = parley_case_worth(b->c, (int32_t)i);
        for (uint32_t k = 0; k < w->red_lines.count; k++) {
            if (!forbid(b, w->red_lines.at[k].formula, PARLEY_YES, (int32_t)i)) {
                return false;
            }
        }
    }
    for (uint32_t t = 0; t < parley_terms_size(terms); t++) {
        if (!term_red_line(b, parley_terms_at(terms, t))) {
            return false;
        }
    }
    return true;
}

/* Terms that hold whatever the open issues become; those about no issue are in the base. */
static bool terms_like(builder *b, uint32_t i, const parley_worth *w, nm_num *sum)
{
    nm_ratio one = nm_ratio_of((parley_fraction){1, 1, 0});
    nm_ratio by = nm_ratio_of(w->divided_by);
    uint64_t *bits = parley_arena_array(b->arena, (b->m->n + 63) / 64 + 1, sizeof(*bits));
    if (bits == NULL) {
        return nomem(b);
    }
    for (uint32_t t = 0; t < w->terms; t++) {
        const parley_formula *f = w->term[t].formula;
        scope_visit visit = {b, bits, false, false};
        nm_num add = 0;
        memset(bits, 0, ((b->m->n + 63) / 64 + 1) * sizeof(*bits));
        parley_formula_atoms(f, scope_atom, &visit);
        bool about = false;
        for (uint32_t k = 0; k < (b->m->n + 63) / 64; k++) {
            about = about || bits[k] != 0;
        }
        if (!about || visit.outside || truth(b, f) != PARLEY_YES) {
            continue;
        }
        if (!nm_ratio_div(&one, &one, &by) || !fraction(b, i, w->term[t].add, &one, TAKE, &add)) {
            return stop(b, PARLEY_RANGE, TOO_LONG);
        }
        one = nm_ratio_of((parley_fraction){1, 1, 0});
        *sum += add;
    }
    return true;
}

/* Worth of the package that `without-a-deal` names; boxes count where it decides everything. */
static bool worth_like(builder *b, uint32_t i, const parley_worth *w)
{
    nm_model *m = b->m;
    const parley_formula *f = w->without_like;
    uint32_t count = f->kind == PARLEY_F_AND ? f->count : 1;
    nm_num sum = m->base[i];
    uint32_t decided_all = 0;
    nm_num *worth = parley_arena_array(b->arena, m->k, sizeof(*worth));
    nm_num *scratch = parley_arena_array(b->arena, m->boxes, sizeof(*scratch));
    uint32_t *package = parley_arena_array(b->arena, m->n, sizeof(*package));
    if (worth == NULL || scratch == NULL || package == NULL) {
        return nomem(b);
    }
    for (uint32_t k = 0; k < count; k++) {
        const parley_formula *atom = f->kind == PARLEY_F_AND ? f->arg[k] : f;
        int32_t var = variable_of(b, atom->issue);
        for (uint32_t v = 0; var >= 0 && v < m->size[var]; v++) {
            if (parley_case_atom_holds(b->c, atom, v)) {
                sum += nm_value(m, (uint32_t)var, v)[i];
                b->values[atom->issue] = v;
                package[var] = v;
                decided_all++;
                break;
            }
        }
    }
    if (!terms_like(b, i, w, &sum)) {
        return false;
    }
    for (uint32_t issue = 0; issue < parley_case_issues(b->c); issue++) {
        b->values[issue] = -1;
    }
    if (decided_all == m->n && m->boxes > 0) {
        nm_worth_uncapped(m, package, scratch, worth);
        sum = worth[i];
    }
    m->without[i] = m->capped[i] && sum > m->cap[i] ? m->cap[i] : sum;
    return true;
}

static bool build(builder *b)
{
    nm_model *m = b->m;
    uint32_t boxes = 0;
    m->k = parley_case_worths(b->c);
    if (m->k > NM_PARTIES_MOST) {
        return stop(b, PARLEY_LIMIT, "more than 60 parties have values");
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
        return nomem(b);
    }
    for (uint32_t i = 0; i < m->k; i++) {
        boxes += parley_case_worth(b->c, (int32_t)i)->boxes;
        b->unit[i] = nm_wide_of(1);
        b->out->party[i] = parley_case_worth(b->c, (int32_t)i)->party;
    }
    m->box = parley_arena_array(b->arena, boxes, sizeof(*m->box));
    if (m->box == NULL) {
        return nomem(b);
    }
    m->strict = parley_case_acceptance(b->c)->strict;
    for (uint32_t i = 0; i < m->k; i++) {
        uint32_t first = m->boxes;
        m->boxes += parley_case_worth(b->c, (int32_t)i)->boxes;
        if (!make_party(b, i, first)) {
            return stop(b, PARLEY_RANGE, TOO_LONG);
        }
    }
    if (!make_rules(b)) {
        return false;
    }
    nm_table *list = parley_arena_array(b->arena, b->tables, sizeof(*list));
    if (list == NULL) {
        return nomem(b);
    }
    publish_tables(b, list);
    for (uint32_t i = 0; i < m->k; i++) {
        const parley_worth *w = parley_case_worth(b->c, (int32_t)i);
        if (w->without_like != NULL && !worth_like(b, i, w)) {
            return false;
        }
    }
    return true;
}

parley_status nm_case_new(nm_case **out, parley_ctx *ctx, parley_arena *arena,
                          const parley_deal *deal, const parley_case *c, uint32_t splits_as_steps,
                          parley_error *err)
{
    builder b = {.ctx = ctx,
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
