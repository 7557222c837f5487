/*
 * Every package looked at (oracle.h).
 */
#include "oracle.h"

static bool has_value(const parley_issue *issue)
{
    return issue->values > 0;
}

static bool is_now(const parley_issue *issue)
{
    return issue->table == PARLEY_TABLE_NOW && has_value(issue);
}

/* ---------------------------------------------------------- what is in question */

typedef struct atom_state {
    oracle *o;
    bool all;
    bool touches; /* an issue in question */
} atom_state;

static void tie_atom(void *user, const parley_formula *atom)
{
    atom_state *s = user;
    if (atom->kind == PARLEY_F_ACCEPTS) {
        return;
    }
    const parley_issue *issue = parley_case_issue(s->o->c, atom->issue);
    s->all = s->all && is_now(issue);
    s->touches = s->touches || issue->track < 0 || s->o->on_track[issue->track];
}

static void follow_atom(void *user, const parley_formula *atom)
{
    atom_state *s = user;
    int32_t track =
        atom->kind == PARLEY_F_ACCEPTS ? -1 : parley_case_issue(s->o->c, atom->issue)->track;
    if (track >= 0 && parley_case_track(s->o->c, track)->table == PARLEY_TABLE_NOW &&
        !s->o->on_track[track]) {
        s->o->on_track[track] = true;
        s->touches = true;
    }
}

/* A formula with an issue in question draws the tracks of its other issues in. True if it did. */
static bool follow(oracle *o, const parley_formula *f)
{
    atom_state s = {o, true, false};
    parley_formula_atoms(f, tie_atom, &s);
    if (!s.all || !s.touches) {
        return false;
    }
    s.touches = false;
    parley_formula_atoms(f, follow_atom, &s);
    return s.touches;
}

static void find_tracks(oracle *o)
{
    const parley_case *c = o->c;
    const parley_terms *terms = parley_deal_terms(o->deal);
    uint32_t n = parley_case_tracks(c);
    assert_true(n <= 64);
    if (o->options.track_count > 0) {
        for (uint32_t k = 0; k < o->options.track_count; k++) {
            o->on_track[o->options.tracks[k]] = true;
        }
    } else {
        int32_t first = -1;
        for (uint32_t t = 0; t < n; t++) {
            bool now = parley_case_track(c, (int32_t)t)->table == PARLEY_TABLE_NOW;
            bool some = false;
            for (uint32_t i = 0; i < parley_case_issues(c); i++) {
                const parley_issue *issue = parley_case_issue(c, (int32_t)i);
                some = some || (issue->track == (int32_t)t && is_now(issue));
            }
            o->on_track[t] = now && o->options.all_tracks;
            first = first < 0 && now && some ? (int32_t)t : first;
        }
        for (uint32_t t = 0; t < n && first < 0; t++) {
            first = parley_case_track(c, (int32_t)t)->table == PARLEY_TABLE_NOW ? (int32_t)t : -1;
        }
        if (first >= 0) {
            o->on_track[first] = true;
        }
        for (bool more = !o->options.all_tracks; more;) {
            more = false;
            for (uint32_t i = 0; i < parley_case_rules(c); i++) {
                more = follow(o, parley_case_rule(c, (int32_t)i)->formula) || more;
            }
            for (uint32_t i = 0; i < parley_terms_size(terms); i++) {
                more = follow(o, parley_terms_at(terms, i)->formula) || more;
            }
        }
    }
    for (uint32_t t = 0; t < n; t++) {
        o->other_track[t] =
            !o->on_track[t] && parley_case_track(c, (int32_t)t)->table == PARLEY_TABLE_NOW;
    }
}

/* Later and excluded issues are left out, but for those of a track that was asked for by name and
 * that are parked only because their track is. */
static parley_not_counted why_not(const oracle *o, const parley_issue *issue)
{
    bool by_name = o->options.track_count > 0;
    bool here =
        issue->track >= 0 ? o->on_track[issue->track] : !by_name || parley_case_tracks(o->c) == 0;
    bool with_track = by_name && here && issue->track >= 0 &&
                      parley_case_track(o->c, issue->track)->table == issue->table;
    if (!with_track && issue->table == PARLEY_TABLE_LATER) {
        return PARLEY_NOT_COUNTED_LATER;
    }
    if (!with_track && issue->table == PARLEY_TABLE_EXCLUDED) {
        return PARLEY_NOT_COUNTED_EXCLUDED;
    }
    if (!here) {
        return PARLEY_NOT_COUNTED_TRACK;
    }
    if (issue->kind == PARLEY_ISSUE_OPEN) {
        return PARLEY_NOT_COUNTED_OPEN;
    }
    return has_value(issue) ? PARLEY_COUNTED : PARLEY_NOT_COUNTED_NO_RANGE;
}

static void countable_atom(void *user, const parley_formula *atom)
{
    atom_state *s = user;
    s->all = s->all && (atom->kind == PARLEY_F_ACCEPTS || s->o->why[atom->issue] == PARLEY_COUNTED);
}

bool oracle_countable(const oracle *o, const parley_formula *f)
{
    oracle *mine = (oracle *)(uintptr_t)o;
    atom_state s = {mine, true, false};
    parley_formula_atoms(f, countable_atom, &s);
    return s.all;
}

/* ------------------------------------------------------------------------ tables */

static void note_answer(void *user, const parley_formula *atom)
{
    oracle *o = user;
    if (atom->kind != PARLEY_F_ACCEPTS ||
        parley_case_accepts(o->c, atom->party, atom->proposal) != PARLEY_NOT_KNOWN) {
        return;
    }
    for (uint32_t i = 0; i < o->answers; i++) {
        if (o->party[i] == atom->party && o->proposal[i] == atom->proposal) {
            return;
        }
    }
    if (o->answers == ORACLE_ANSWERS) {
        o->too_many = true;
        return;
    }
    o->party[o->answers] = atom->party;
    o->proposal[o->answers++] = atom->proposal;
}

table oracle_table(oracle *o)
{
    table t = {calloc(o->words, sizeof(uint64_t))};
    assert_non_null(t.bits);
    assert_true(o->memories < CHECK_COUNT(o->memory));
    o->memory[o->memories++] = t.bits;
    return t;
}

table oracle_all(oracle *o)
{
    table t = oracle_table(o);
    for (uint64_t i = 0; i < o->size; i++) {
        t.bits[i / 64] |= UINT64_C(1) << (i % 64);
    }
    return t;
}

bool oracle_has(table t, uint64_t assignment)
{
    return (t.bits[assignment / 64] >> (assignment % 64) & 1) != 0;
}

bool oracle_none(const oracle *o, table t)
{
    for (size_t w = 0; w < o->words; w++) {
        if (t.bits[w] != 0) {
            return false;
        }
    }
    return true;
}

void oracle_and(const oracle *o, table into, table with)
{
    for (size_t w = 0; w < o->words; w++) {
        into.bits[w] &= with.bits[w];
    }
}

void oracle_and_not(const oracle *o, table into, table with)
{
    for (size_t w = 0; w < o->words; w++) {
        into.bits[w] &= ~with.bits[w];
    }
}

uint32_t oracle_value(const oracle *o, uint64_t package, uint32_t k)
{
    /* the first issue changes slowest: packages are numbered in the order of the listing */
    for (uint32_t i = o->counted - 1; i > k; i--) {
        package /= o->values[i];
    }
    return (uint32_t)(package % o->values[k]);
}

bool oracle_package(const oracle *o, table t, uint64_t package)
{
    for (uint64_t way = 0; way < o->ways; way++) {
        if (oracle_has(t, package * o->ways + way)) {
            return true;
        }
    }
    return false;
}

uint64_t oracle_count(const oracle *o, table t)
{
    uint64_t count = 0;
    for (uint64_t p = 0; p < o->packages; p++) {
        count += oracle_package(o, t, p);
    }
    return count;
}

typedef struct look {
    const oracle *o;
    const int64_t *value;
    uint64_t way;
} look;

static parley_truth look_atom(void *user, const parley_formula *atom)
{
    const look *l = user;
    if (atom->kind != PARLEY_F_ACCEPTS) {
        assert_true(l->value[atom->issue] >= 0);
        return parley_case_atom_holds(l->o->c, atom, l->value[atom->issue]) ? PARLEY_YES
                                                                            : PARLEY_NO;
    }
    parley_truth known = parley_case_accepts(l->o->c, atom->party, atom->proposal);
    for (uint32_t i = 0; known == PARLEY_NOT_KNOWN && i < l->o->answers; i++) {
        if (l->o->party[i] == atom->party && l->o->proposal[i] == atom->proposal) {
            return (l->way >> i & 1) != 0 ? PARLEY_YES : PARLEY_NO;
        }
    }
    assert_int_not_equal(known, PARLEY_NOT_KNOWN);
    return known;
}

table oracle_formula(oracle *o, const parley_formula *f)
{
    table t = oracle_table(o);
    int64_t value[ORACLE_ISSUES];
    for (size_t i = 0; i < ORACLE_ISSUES; i++) {
        value[i] = -1;
    }
    for (uint64_t p = 0; p < o->packages; p++) {
        for (uint32_t k = 0; k < o->counted; k++) {
            value[o->issue[k]] = oracle_value(o, p, k);
        }
        const parley_package package = {value, parley_case_issues(o->c)};
        parley_truth whole = parley_case_eval(o->c, f, package);
        for (uint64_t way = 0; way < o->ways; way++) {
            look l = {o, value, way};
            parley_truth truth = parley_formula_eval(f, look_atom, &l);
            assert_int_not_equal(truth, PARLEY_NOT_KNOWN);
            assert_true(whole == PARLEY_NOT_KNOWN || whole == truth);
            if (truth == PARLEY_YES) {
                uint64_t at = p * o->ways + way;
                t.bits[at / 64] |= UINT64_C(1) << (at % 64);
            }
        }
    }
    return t;
}

static table negated(oracle *o, table of)
{
    table t = oracle_all(o);
    oracle_and_not(o, t, of);
    return t;
}

/* -------------------------------------------------------------------- making one */

static void find_answers(oracle *o, const parley_formula *const *extra, uint32_t extras)
{
    const parley_terms *terms = parley_deal_terms(o->deal);
    for (uint32_t i = 0; i < parley_case_rules(o->c); i++) {
        parley_formula_atoms(parley_case_rule(o->c, (int32_t)i)->formula, note_answer, o);
    }
    for (uint32_t i = 0; i < parley_terms_size(terms); i++) {
        parley_formula_atoms(parley_terms_at(terms, i)->formula, note_answer, o);
    }
    for (uint32_t i = 0; i < parley_terms_assurances(terms); i++) {
        const parley_assurance *a = parley_terms_assurance(terms, i);
        for (uint32_t k = 0; k < a->count; k++) {
            parley_formula_atoms(a->formula[k], note_answer, o);
        }
    }
    for (uint32_t i = 0; i < parley_case_flags(o->c); i++) {
        const parley_conditions *list = &parley_case_flag(o->c, (int32_t)i)->keeps_out;
        for (uint32_t k = 0; k < list->count; k++) {
            if (list->at[k].formula != NULL) {
                parley_formula_atoms(list->at[k].formula, note_answer, o);
            }
        }
    }
    for (uint32_t i = 0; i < extras; i++) {
        parley_formula_atoms(extra[i], note_answer, o);
    }
}

static void answer_atom(void *user, const parley_formula *atom)
{
    atom_state *s = user;
    s->touches = s->touches ||
                 (atom->kind == PARLEY_F_ACCEPTS &&
                  parley_case_accepts(s->o->c, atom->party, atom->proposal) == PARLEY_NOT_KNOWN);
}

/* An assurance that hangs on an answer nobody knows assures nothing. */
static bool can_assure(oracle *o, const parley_assurance *a)
{
    atom_state s = {o, true, false};
    for (uint32_t k = 0; k < a->count; k++) {
        s.all = s.all && oracle_countable(o, a->formula[k]);
        parley_formula_atoms(a->formula[k], answer_atom, &s);
    }
    return s.all && !s.touches;
}

void oracle_make(oracle *o, const desk *d, const parley_deal_options *options,
                 const parley_formula *const *extra, uint32_t extras)
{
    const parley_deal_options defaults = PARLEY_DEAL_OPTIONS_INIT;
    const parley_terms *terms = parley_deal_terms(d->deal);
    memset(o, 0, sizeof *o);
    o->c = d->c;
    o->deal = d->deal;
    o->options = options != NULL ? *options : defaults;
    o->terms = parley_terms_size(terms);
    o->assurances = parley_terms_assurances(terms);
    assert_true(parley_case_issues(d->c) <= ORACLE_ISSUES && o->terms <= ORACLE_TERMS);
    assert_true(o->assurances <= ORACLE_TERMS);
    find_tracks(o);
    o->packages = 1;
    for (uint32_t i = 0; i < parley_case_issues(d->c); i++) {
        const parley_issue *issue = parley_case_issue(d->c, (int32_t)i);
        o->why[i] = why_not(o, issue);
        if (o->why[i] == PARLEY_COUNTED) {
            o->issue[o->counted] = (int32_t)i;
            o->values[o->counted++] = issue->values;
            o->packages *= issue->values;
        }
    }
    find_answers(o, extra, extras);
    if (o->too_many) {
        return;
    }
    o->ways = UINT64_C(1) << o->answers;
    o->size = o->packages * o->ways;
    o->words = (size_t)((o->size + 63) / 64);
    o->rules = oracle_all(o);
    for (uint32_t i = 0; i < parley_case_rules(d->c); i++) {
        const parley_formula *f = parley_case_rule(d->c, (int32_t)i)->formula;
        if (oracle_countable(o, f)) {
            oracle_and(o, o->rules, oracle_formula(o, f));
        }
    }
    o->kept_in = oracle_all(o);
    for (uint32_t i = 0; i < parley_case_flags(d->c); i++) {
        const parley_flag *flag = parley_case_flag(d->c, (int32_t)i);
        for (uint32_t k = 0; !flag->lifted && k < flag->keeps_out.count; k++) {
            const parley_formula *f = flag->keeps_out.at[k].formula;
            if (f != NULL && oracle_countable(o, f)) {
                oracle_and_not(o, o->kept_in, oracle_formula(o, f));
                o->flags = true;
            }
        }
    }
    for (uint32_t i = 0; i < o->terms; i++) {
        const parley_term *term = parley_terms_at(terms, i);
        o->counts[i] = oracle_countable(o, term->formula) && (int)term->rung <= o->options.up_to;
        if (oracle_countable(o, term->formula)) {
            o->term[i] = oracle_formula(o, term->formula);
            o->term[i] = term->mode == PARLEY_MODE_REFUSES ? negated(o, o->term[i]) : o->term[i];
        }
    }
    for (uint32_t i = 0; i < o->assurances; i++) {
        const parley_assurance *a = parley_terms_assurance(terms, i);
        o->assures[i] = can_assure(o, a);
        o->assurance[i] = oracle_all(o);
        for (uint32_t k = 0; o->assures[i] && k < a->count; k++) {
            oracle_and(o, o->assurance[i], oracle_formula(o, a->formula[k]));
        }
    }
}

void oracle_free(oracle *o)
{
    for (uint32_t i = 0; i < o->memories; i++) {
        free(o->memory[i]);
    }
    memset(o, 0, sizeof *o);
}

table oracle_rung(oracle *o, parley_rung rung)
{
    const parley_terms *terms = parley_deal_terms(o->deal);
    table t = oracle_all(o);
    oracle_and(o, t, o->rules);
    for (uint32_t i = 0; i < o->terms; i++) {
        if (o->counts[i] && parley_terms_at(terms, i)->rung <= rung) {
            oracle_and(o, t, o->term[i]);
        }
    }
    return t;
}

table oracle_completions(oracle *o, const int64_t *values)
{
    table t = oracle_table(o);
    for (uint64_t p = 0; p < o->packages; p++) {
        bool fits = true;
        for (uint32_t k = 0; k < o->counted; k++) {
            int64_t wanted = values[o->issue[k]];
            fits = fits && (wanted < 0 || wanted == (int64_t)oracle_value(o, p, k));
        }
        for (uint64_t at = p * o->ways; fits && at < (p + 1) * o->ways; at++) {
            t.bits[at / 64] |= UINT64_C(1) << (at % 64);
        }
    }
    return t;
}

/* ---------------------------------------------------------------------- verdicts */

/* Is every assignment of `all` one of `of`; and is none of them? */
static bool inside(const oracle *o, table all, table of)
{
    for (size_t w = 0; w < o->words; w++) {
        if ((all.bits[w] & ~of.bits[w]) != 0) {
            return false;
        }
    }
    return true;
}

static bool apart(const oracle *o, table all, table of)
{
    for (size_t w = 0; w < o->words; w++) {
        if ((all.bits[w] & of.bits[w]) != 0) {
            return false;
        }
    }
    return true;
}

static bool covered(const oracle *o, const parley_assurance *a, const int64_t *values)
{
    uint64_t bits[1] = {0};
    for (uint32_t k = 0; k < a->count; k++) {
        parley_formula_issues(a->formula[k], bits, 1);
    }
    for (uint32_t k = 0; k < o->counted; k++) {
        if (values[o->issue[k]] >= 0 && (bits[0] >> o->issue[k] & 1) == 0) {
            return false;
        }
    }
    return true;
}

void oracle_judge(oracle_verdict *out, oracle *o, int32_t party, parley_rung rung,
                  const int64_t *values)
{
    const parley_terms *terms = parley_deal_terms(o->deal);
    uint32_t mark = o->memories;
    table completions = oracle_completions(o, values);
    table kept = oracle_all(o);
    bool any_open = false;
    memset(out, 0, sizeof *out);
    out->assurance = -1;
    oracle_and(o, completions, o->rules);
    out->against_rules = oracle_none(o, completions);
    for (uint32_t i = 0; i < o->terms && !out->against_rules; i++) {
        const parley_term *term = parley_terms_at(terms, i);
        if (!o->counts[i] || term->party != party || term->rung > rung ||
            term->mode == PARLEY_MODE_ACCEPTS) {
            continue;
        }
        oracle_and(o, kept, o->term[i]);
        out->refused[i] = apart(o, completions, o->term[i]);
        out->open[i] = !out->refused[i] && !inside(o, completions, o->term[i]);
        out->alone = out->alone || out->refused[i];
        any_open = any_open || out->open[i];
    }
    bool never = out->against_rules || apart(o, completions, kept);
    out->kind = never ? PARLEY_VERDICT_NEVER : PARLEY_VERDICT_POSSIBLY;
    for (uint32_t i = 0; i < o->assurances && !never && !any_open && out->assurance < 0; i++) {
        const parley_assurance *a = parley_terms_assurance(terms, i);
        if (a->party == party && a->rung <= rung && o->assures[i] &&
            (a->list || covered(o, a, values)) && inside(o, completions, o->assurance[i])) {
            out->assurance = (int32_t)i;
            out->kind = PARLEY_VERDICT_NECESSARILY;
        }
    }
    while (o->memories > mark) {
        free(o->memory[--o->memories]);
    }
}
