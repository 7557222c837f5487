/*
 * Questions about what is said and read on a quarrel: is our reading right; would a step less be
 * enough; is it a line, or the worry behind it.
 */
#include "deal/soundings_internal.h"

#include <string.h>

/* ---------------------------------------------------------------- building */

parley_sounding *sound_add(parley_soundings *s, parley_sounding_kind kind, int32_t party,
                           uint32_t answers)
{
    if (s->count == s->room) {
        uint32_t room = s->room == 0 ? 32 : s->room * 2;
        parley_sounding **grown =
            parley_arena_grow(s->arena, s->found, s->count * sizeof(*grown), room * sizeof(*grown));
        if (grown == NULL) {
            return NULL;
        }
        s->found = grown;
        s->room = room;
    }
    parley_sounding *q = parley_arena_alloc(s->arena, sizeof(*q));
    parley_sounding_answer *a = parley_arena_array(s->arena, answers, sizeof(*a));
    if (q == NULL || a == NULL) {
        return NULL;
    }
    for (uint32_t i = 0; i < answers; i++) {
        a[i].value = -1;
        a[i].known = true;
    }
    *q = (parley_sounding){.kind = kind,
                           .party = party,
                           .reading = -1,
                           .term = -1,
                           .response = -1,
                           .concern = -1,
                           .issue = -1,
                           .step_term = -1,
                           .idea = -1,
                           .stands = PARLEY_RUNG_READINGS,
                           .answer = a,
                           .answers = answers};
    s->found[s->count++] = q;
    return q;
}

parley_sounding_answer *sound_answer_of(parley_sounding *q, uint32_t i)
{
    /* answers are constant to readers; they are made here */
    return (parley_sounding_answer *)(uintptr_t)&q->answer[i];
}

parley_supposed *sound_suppose(parley_soundings *s, parley_sounding_answer *a, uint32_t count)
{
    parley_supposed *at = parley_arena_array(s->arena, count, sizeof(*at));
    a->supposed = at;
    a->supposed_count = at != NULL ? count : 0;
    return at;
}

bool sound_without(parley_soundings *s, parley_sounding_answer *a, const char *id)
{
    const char **at = parley_arena_array(s->arena, (size_t)a->without.count + 1, sizeof(*at));
    if (at == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < a->without.count; i++) {
        at[i] = a->without.at[i];
    }
    at[a->without.count] = id;
    a->without = (parley_texts){at, a->without.count + 1};
    return true;
}

const parley_formula *sound_eased(parley_soundings *s, const parley_term *term,
                                  const parley_formula *f)
{
    const parley_formula *two[2] = {term->formula, f};
    const parley_formula *not = sound_not(s, f);
    return not == NULL                          ? NULL
           : term->mode == PARLEY_MODE_REQUIRES ? sound_or(s, two, 2)
                                                : sound_and(s, term->formula, not );
}

static bool holds_id(parley_ids ids, int32_t id)
{
    for (uint32_t i = 0; i < ids.count; i++) {
        if (ids.at[i] == id) {
            return true;
        }
    }
    return false;
}

bool sound_points_of(parley_soundings *s, parley_sounding *q, const int32_t *terms, uint32_t count)
{
    int32_t *at = parley_arena_array(s->arena, s->points.count, sizeof(*at));
    uint32_t n = 0;
    if (at == NULL) {
        return false;
    }
    for (uint32_t p = 0; p < s->points.count; p++) {
        bool has = false;
        for (uint32_t i = 0; i < count && !has; i++) {
            has = holds_id(s->points.at[p].terms, terms[i]);
        }
        if (has) {
            at[n++] = (int32_t)p;
            q->quarrel = s->quarrel[p] > q->quarrel ? s->quarrel[p] : q->quarrel;
        }
    }
    q->points = (parley_ids){at, n};
    return true;
}

static const parley_term *term_at(const parley_soundings *s, int32_t i)
{
    return parley_terms_at(parley_deal_terms(s->deal), (uint32_t)i);
}

/* Terms of others in the points of a question, ascending, each once. */
static bool others(parley_ids *out, parley_soundings *s, const parley_sounding *q, bool words_only)
{
    uint32_t terms = parley_terms_size(s->deal->terms);
    int32_t *at = parley_arena_array(s->arena, terms, sizeof(*at));
    uint32_t n = 0;
    if (at == NULL) {
        return false;
    }
    for (uint32_t t = 0; t < terms; t++) {
        bool in = false;
        for (uint32_t k = 0; k < q->points.count && !in; k++) {
            in = holds_id(s->points.at[q->points.at[k]].terms, (int32_t)t);
        }
        const parley_term *term = term_at(s, (int32_t)t);
        if (in && term->party != q->party && !(words_only && term->basis == PARLEY_BASIS_READING)) {
            at[n++] = (int32_t)t;
        }
    }
    *out = (parley_ids){at, n};
    return true;
}

/* The firmest rung of these terms. */
static parley_rung firmest(const parley_soundings *s, parley_ids terms)
{
    parley_rung rung = PARLEY_RUNG_READINGS;
    for (uint32_t i = 0; i < terms.count; i++) {
        parley_rung r = term_at(s, terms.at[i])->rung;
        rung = r < rung ? r : rung;
    }
    return rung;
}

static parley_supposed held(int32_t party, parley_mode mode, const parley_formula *f,
                            parley_rung rung, parley_basis basis, parley_firmness firmness)
{
    return (parley_supposed){.kind = PARLEY_SUPPOSE_TERM,
                             .party = party,
                             .mode = mode,
                             .formula = f,
                             .rung = rung,
                             .basis = basis,
                             .firmness = firmness,
                             .response = -1};
}

/* On record from now on: an acceptance, or a position. */
static parley_supposed recorded(int32_t party, parley_mode mode, const parley_formula *f)
{
    bool accepts = mode == PARLEY_MODE_ACCEPTS;
    return held(party, mode, f, accepts ? PARLEY_RUNG_ACCEPTED : PARLEY_RUNG_POSITIONS,
                PARLEY_BASIS_RECORD, accepts ? PARLEY_FIRMNESS_UNSTATED : PARLEY_FIRMNESS_POSITION);
}

static parley_supposed given_up(const parley_term *term)
{
    return (parley_supposed){.kind = PARLEY_SUPPOSE_GIVEN_UP,
                             .party = term->party,
                             .mode = term->mode,
                             .formula = term->formula,
                             .response = -1};
}

/* ------------------------------------------------------------------- steps */

static bool has_order(const parley_issue *issue)
{
    return issue->kind == PARLEY_ISSUE_QUANTITY ||
           (issue->kind == PARLEY_ISSUE_CHOICE && issue->ordered);
}

/*
 * The nearest value that a term does not allow and that these others do not refuse: a step less
 * than what it asks for. -1: none.
 */
static int64_t step_less(const parley_soundings *s, const parley_term *term, int32_t issue,
                         const int32_t *against, uint32_t count)
{
    uint32_t values = parley_case_issue(s->c, issue)->values;
    int64_t best = -1;
    int64_t distance = 0;
    int64_t last = -1; /* nearest value allowed below */
    int64_t next = 0;  /* and above: each value is looked at once */
    for (int64_t v = 0; v < (int64_t)values; v++) {
        if (sound_allows(s, term, issue, v)) {
            last = v;
            continue;
        }
        bool open = !sound_kept_out(s, issue, v);
        for (uint32_t i = 0; i < count && open; i++) {
            const parley_term *other = term_at(s, against[i]);
            open = sound_issue(s, other->formula) != issue || sound_allows(s, other, issue, v);
        }
        if (!open) {
            continue;
        }
        next = next < v ? v : next;
        while (next < (int64_t)values && !sound_allows(s, term, issue, next)) {
            next++;
        }
        int64_t below = last >= 0 ? v - last : INT64_MAX;
        int64_t above = next < (int64_t)values ? next - v : INT64_MAX;
        int64_t here = below < above ? below : above;
        if (here != INT64_MAX && (best < 0 || here < distance)) {
            best = v;
            distance = here;
        }
    }
    return best;
}

static bool meets_with(const parley_soundings *s, const parley_conditions *list, int32_t issue,
                       int64_t v)
{
    for (uint32_t k = 0; k < list->count; k++) {
        const parley_formula *f = list->at[k].formula;
        if (f != NULL && sound_issue(s, f) == issue && sound_holds(s, f, issue, v)) {
            return true;
        }
    }
    return false;
}

/* What else would meet a concern, on another issue; NULL: nothing typed. */
static const parley_formula *meets_elsewhere(const parley_soundings *s, const parley_concern *row,
                                             int32_t issue)
{
    const parley_conditions *const lists[2] = {&row->met_by, &row->in_part};
    for (int l = 0; l < 2; l++) {
        for (uint32_t k = 0; k < lists[l]->count; k++) {
            const parley_formula *f = lists[l]->at[k].formula;
            int32_t on = f != NULL ? sound_issue(s, f) : -1;
            if (on >= 0 && on != issue && sound_usable(s, f) && !sound_names_kept_out(s, f)) {
                return f;
            }
        }
    }
    return NULL;
}

/* A concern of the party that this value of the issue would meet, wholly or in part; -1: none. */
static int32_t concern_met(const parley_soundings *s, int32_t party, int32_t issue, int64_t v)
{
    for (uint32_t i = 0; i < parley_case_concerns(s->c); i++) {
        const parley_concern *row = parley_case_concern(s->c, (int32_t)i);
        if (row->party == party &&
            (meets_with(s, &row->met_by, issue, v) || meets_with(s, &row->in_part, issue, v))) {
            return (int32_t)i;
        }
    }
    return -1;
}

/*
 * What is asked for when a reading refuses it: the formula, or, of what a reading requires, what it
 * rules out: the one other answer by name, where there is only one. NULL: out of memory.
 */
static const parley_formula *asked_for(parley_soundings *s, const parley_term *term)
{
    int32_t issue = sound_issue(s, term->formula);
    if (term->mode != PARLEY_MODE_REQUIRES) {
        return term->formula;
    }
    uint32_t values = issue < 0 ? 0 : parley_case_issue(s->c, issue)->values;
    int64_t other = -1;
    uint32_t ruled_out = 0;
    for (int64_t v = 0; v < (int64_t)values; v++) {
        if (!sound_holds(s, term->formula, issue, v)) {
            other = v;
            ruled_out++;
        }
    }
    bool named = ruled_out == 1 && parley_case_issue(s->c, issue)->kind != PARLEY_ISSUE_SPLIT;
    return named ? sound_value(s, issue, other) : sound_not(s, term->formula);
}

/* ---------------------------------------------------------------- readings */

/*
 * Where the reading stands against a step that the other side might take, and that would meet the
 * worry of that side: ask about the step, and in return for what else would meet it.
 */
static bool with_step(parley_soundings *s, parley_sounding *q, parley_ids against)
{
    const parley_term *mine = term_at(s, q->term);
    int32_t issue = sound_issue(s, mine->formula);
    bool principal = (parley_case_party(s->c, q->party)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
    if (!principal || issue < 0 || mine->mode == PARLEY_MODE_ACCEPTS ||
        !has_order(parley_case_issue(s->c, issue))) {
        return true;
    }
    int64_t step = -1;
    for (uint32_t i = 0; i < against.count; i++) { /* firmest words first, then the lower value */
        const parley_term *term = term_at(s, against.at[i]);
        if (term->mode == PARLEY_MODE_ACCEPTS || sound_issue(s, term->formula) != issue ||
            (step >= 0 && term->rung > term_at(s, q->step_term)->rung)) {
            continue;
        }
        int64_t v = step_less(s, term, issue, q->terms.at, q->terms.count);
        int32_t concern = v >= 0 ? concern_met(s, term->party, issue, v) : -1;
        if (concern >= 0 && (step < 0 || v < step)) {
            step = v;
            q->step_term = against.at[i];
            q->concern = concern;
        }
    }
    if (step < 0) {
        return true;
    }
    q->step = true;
    q->issue = issue;
    q->formula = sound_value(s, issue, step);
    q->given = meets_elsewhere(s, parley_case_concern(s->c, q->concern), issue);
    return q->formula != NULL;
}

static bool reading_answers(parley_soundings *s, parley_sounding *q)
{
    const char *id = parley_case_reading(s->c, q->reading)->record.id;
    bool accepts = term_at(s, q->term)->mode == PARLEY_MODE_ACCEPTS;
    parley_sounding_answer *yes = sound_answer_of(q, 0);
    parley_sounding_answer *no = sound_answer_of(q, 1);
    yes->reply = PARLEY_REPLY_YES;
    no->reply = PARLEY_REPLY_NO;
    /* the reading as the party's own words; of an acceptance a yes, else a no */
    parley_sounding_answer *own = accepts ? yes : no;
    parley_sounding_answer *wrong = accepts ? no : yes;
    if (!q->step && !sound_without(s, wrong, id)) {
        return false;
    }
    parley_supposed *what = sound_suppose(s, own, q->terms.count);
    if (what == NULL || !sound_without(s, own, id)) {
        return false;
    }
    for (uint32_t i = 0; i < q->terms.count; i++) {
        const parley_term *term = term_at(s, q->terms.at[i]);
        const parley_formula *f = term->formula;
        if (q->step && q->terms.at[i] == q->term) {
            /* no to the step is no to what goes further */
            const parley_formula *two[2] = {f, q->formula};
            f = term->mode == PARLEY_MODE_REFUSES ? sound_or(s, two, 2)
                                                  : sound_and(s, f, sound_not(s, q->formula));
        }
        if (f == NULL) {
            return false;
        }
        what[i] = recorded(q->party, term->mode, f);
    }
    return true;
}

static parley_status find_reading(parley_soundings *s, int32_t reading, parley_error *err)
{
    uint32_t terms = parley_terms_size(s->deal->terms);
    int32_t *mine = parley_arena_array(s->arena, terms, sizeof(*mine));
    uint32_t n = 0;
    int32_t first = -1;
    if (mine == NULL) {
        return sound_nomem(err);
    }
    for (uint32_t t = 0; t < terms; t++) {
        const parley_term *term = term_at(s, (int32_t)t);
        if (term->basis != PARLEY_BASIS_READING || !holds_id(term->readings, reading)) {
            continue;
        }
        mine[n++] = (int32_t)t;
        for (uint32_t p = 0; p < s->points.count && first < 0; p++) {
            first = holds_id(s->points.at[p].terms, (int32_t)t) ? (int32_t)t : -1;
        }
    }
    if (first < 0) {
        return PARLEY_OK;
    }
    const parley_term *term = term_at(s, first);
    if (sound_names_kept_out(s, term->formula)) {
        return PARLEY_OK;
    }
    parley_sounding *q = sound_add(s, PARLEY_SOUNDING_READING, term->party, 2);
    parley_ids against;
    if (q == NULL) {
        return sound_nomem(err);
    }
    q->reading = reading;
    q->term = first;
    q->terms = (parley_ids){mine, n};
    q->never_put = !sound_spoke(s, q->party, term->formula);
    if (!sound_points_of(s, q, mine, n) || !others(&against, s, q, true)) {
        return sound_nomem(err);
    }
    q->stands = firmest(s, against);
    q->formula = asked_for(s, term);
    if (q->formula == NULL || !with_step(s, q, against) || !reading_answers(s, q)) {
        return sound_nomem(err);
    }
    return sound_reveals(&q->reveals, s, q->party, against.at, against.count,
                         q->given != NULL ? q->concern : -1, err);
}

parley_status sound_find_readings(parley_soundings *s, parley_error *err)
{
    parley_status status = PARLEY_OK;
    for (uint32_t r = 0; r < parley_case_readings(s->c) && status == PARLEY_OK; r++) {
        status = find_reading(s, (int32_t)r, err);
    }
    return status;
}

/* -------------------------------------------------------- softer, and lines */

/* Words that demand or refuse, in some sticking point. */
static bool demands(parley_soundings *s, uint32_t t)
{
    const parley_term *term = term_at(s, (int32_t)t);
    bool in = false;
    for (uint32_t p = 0; p < s->points.count && !in; p++) {
        in = holds_id(s->points.at[p].terms, (int32_t)t);
    }
    return in && term->basis != PARLEY_BASIS_READING && term->mode != PARLEY_MODE_ACCEPTS &&
           !sound_names_kept_out(s, term->formula);
}

parley_status sound_find_softer(parley_soundings *s, parley_error *err)
{
    for (uint32_t t = 0; t < parley_terms_size(s->deal->terms); t++) {
        const parley_term *term = term_at(s, (int32_t)t);
        int32_t issue = sound_issue(s, term->formula);
        if (issue < 0 || !has_order(parley_case_issue(s->c, issue)) || !demands(s, t)) {
            continue;
        }
        parley_sounding at = {.party = term->party};
        parley_ids against;
        const int32_t id = (int32_t)t;
        if (!sound_points_of(s, &at, &id, 1) || !others(&against, s, &at, false)) {
            return sound_nomem(err);
        }
        int64_t v = step_less(s, term, issue, against.at, against.count);
        uint32_t out = 0;
        for (uint32_t k = 0; k < parley_case_issue(s->c, issue)->values; k++) {
            out += !sound_allows(s, term, issue, k);
        }
        if (v < 0 || out < 2) { /* to allow all is no step, it is giving up */
            continue;
        }
        parley_sounding *q = sound_add(s, PARLEY_SOUNDING_SOFTER, term->party, 2);
        int32_t *own = parley_arena_alloc(s->arena, sizeof(*own));
        if (q == NULL || own == NULL) {
            return sound_nomem(err);
        }
        *own = id;
        q->term = id;
        q->terms = (parley_ids){own, 1};
        q->issue = issue;
        q->points = at.points;
        q->quarrel = at.quarrel;
        q->stands = term->rung;
        q->formula = sound_value(s, issue, v);
        q->concern = concern_met(s, term->party, issue, v);
        parley_sounding_answer *yes = sound_answer_of(q, 0);
        parley_sounding_answer *no = sound_answer_of(q, 1);
        parley_supposed *softer = sound_suppose(s, yes, 2);
        parley_supposed *refused = sound_suppose(s, no, 1);
        if (q->formula == NULL || softer == NULL || refused == NULL) {
            return sound_nomem(err);
        }
        const parley_formula *eased = sound_eased(s, term, q->formula);
        if (eased == NULL) {
            return sound_nomem(err);
        }
        yes->reply = PARLEY_REPLY_YES;
        softer[0] = given_up(term);
        softer[1] = held(term->party, term->mode, eased, term->rung, term->basis, term->firmness);
        no->reply = PARLEY_REPLY_NO;
        refused[0] = recorded(term->party, PARLEY_MODE_REFUSES, q->formula);
    }
    return PARLEY_OK;
}

/* Does some formula of the list stand behind the term: the same, or about the same issue? */
static int stands_behind(parley_soundings *s, const parley_conditions *list,
                         const parley_term *term, parley_error *err)
{
    int best = 0;
    for (uint32_t k = 0; k < list->count; k++) {
        const parley_formula *f = list->at[k].formula;
        const parley_formula *a = NULL;
        const parley_formula *b = NULL;
        if (f == NULL || !sound_shares(s, f, term->formula)) {
            continue;
        }
        if (parley_formula_normal(&a, s->arena, f, err) != PARLEY_OK ||
            parley_formula_normal(&b, s->arena, term->formula, err) != PARLEY_OK) {
            return -1;
        }
        int same = parley_formula_compare_trees(a, b) == 0 ? 2 : 1;
        best = same > best ? same : best;
    }
    return best;
}

/*
 * The worry behind a term: one whose formulas name it, else one that its own claims tell, else one
 * about the same issue; the first in the file of these. -1: none typed.
 */
static parley_status find_worry(int32_t *out, parley_soundings *s, const parley_term *term,
                                parley_error *err)
{
    int best = 0;
    *out = -1;
    for (uint32_t i = 0; i < parley_case_concerns(s->c); i++) {
        const parley_concern *row = parley_case_concern(s->c, (int32_t)i);
        if (row->party != term->party) {
            continue;
        }
        int whole = stands_behind(s, &row->met_by, term, err);
        int part = whole < 0 ? -1 : stands_behind(s, &row->in_part, term, err);
        if (part < 0) {
            return PARLEY_NOMEM;
        }
        bool told = row->claim >= 0 && holds_id(term->claims, row->claim);
        int here = whole == 2                 ? 4
                   : told && whole + part > 0 ? 3
                   : part == 2                ? 2
                   : whole + part > 0         ? 1
                                              : 0;
        if (here > best) {
            best = here;
            *out = (int32_t)i;
        }
    }
    return PARLEY_OK;
}

/* Whatever meets the concern, wholly or in part; NULL with *failed: out of memory. */
static const parley_formula *whatever_meets(parley_soundings *s, const parley_concern *row,
                                            bool *failed)
{
    uint32_t most = row->met_by.count + row->in_part.count;
    const parley_formula **any = parley_arena_array(s->arena, most, sizeof(*any));
    uint32_t n = 0;
    *failed = any == NULL;
    for (uint32_t k = 0; k < most && any != NULL; k++) {
        const parley_condition *at =
            k < row->met_by.count ? &row->met_by.at[k] : &row->in_part.at[k - row->met_by.count];
        if (at->formula != NULL && sound_usable(s, at->formula)) {
            any[n++] = at->formula;
        }
    }
    const parley_formula *f = n > 0 ? sound_or(s, any, n) : NULL;
    *failed = *failed || (n > 0 && f == NULL);
    return f;
}

static parley_status find_line(parley_soundings *s, int32_t t, parley_error *err)
{
    const parley_term *term = term_at(s, t);
    parley_sounding *q = sound_add(s, PARLEY_SOUNDING_LINE, term->party, 2);
    int32_t *own = parley_arena_alloc(s->arena, sizeof(*own));
    if (q == NULL || own == NULL) {
        return sound_nomem(err);
    }
    *own = t;
    q->term = t;
    q->terms = (parley_ids){own, 1};
    q->formula = term->formula;
    q->stands = term->rung;
    parley_sounding_answer *line = sound_answer_of(q, 0);
    parley_sounding_answer *worry = sound_answer_of(q, 1);
    parley_supposed *red = sound_suppose(s, line, 1);
    if (red == NULL || !sound_points_of(s, q, own, 1) || !others(&line->only, s, q, false)) {
        return sound_nomem(err);
    }
    line->reply = PARLEY_REPLY_LINE;
    red[0] = held(term->party, term->mode, term->formula, PARLEY_RUNG_RED_STATED,
                  PARLEY_BASIS_RECORD, PARLEY_FIRMNESS_RED_STATED);
    bool failed = false;
    parley_status status = find_worry(&q->concern, s, term, err);
    if (status != PARLEY_OK) {
        return status;
    }
    const parley_formula *met =
        q->concern >= 0 ? whatever_meets(s, parley_case_concern(s->c, q->concern), &failed) : NULL;
    if (failed) {
        return sound_nomem(err);
    }
    worry->reply = met != NULL ? PARLEY_REPLY_WORRY : PARLEY_REPLY_REASON;
    worry->known = met != NULL;
    if (met != NULL) {
        parley_supposed *instead = sound_suppose(s, worry, 2);
        if (instead == NULL) {
            return sound_nomem(err);
        }
        instead[0] = given_up(term);
        instead[1] =
            held(term->party, PARLEY_MODE_REQUIRES, met, term->rung, term->basis, term->firmness);
    }
    return PARLEY_OK;
}

parley_status sound_find_lines(parley_soundings *s, parley_error *err)
{
    parley_status status = PARLEY_OK;
    for (uint32_t t = 0; t < parley_terms_size(s->deal->terms) && status == PARLEY_OK; t++) {
        const parley_term *term = term_at(s, (int32_t)t);
        if (term->basis == PARLEY_BASIS_RECORD && term->rung > PARLEY_RUNG_RED_TESTED &&
            demands(s, t)) {
            status = find_line(s, (int32_t)t, err);
        }
    }
    return status;
}
