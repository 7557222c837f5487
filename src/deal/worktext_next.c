/*
 * The next version that the engine would try: an idea of ours, exact and the same every time.
 *
 * Parts that no recorded term is against by itself are kept, in order, as long as every recorded
 * term can still hold with all of them; a part that only our reading is against is kept too, since
 * nobody has said no. A part that is objected to gives way to the nearest values of its question
 * that every term lets stand, our readings included, and is left open when there are none. Then
 * conditions of answers are taken in, where neither a term nor a reading is against them. No
 * package that an unlifted flag keeps out is ever chosen. Each term is looked at by itself: terms
 * that clash with one another are sticking points, which no wording takes away.
 */
#include "deal/worktext_internal.h"

#include <string.h>

typedef struct next_state {
    parley_worktext *w;
    text_look *look;
    const parley_text_version *version;
    bool *stands;     /* terms that can hold at all beside the law */
    bool *crossed;    /* readings that a part kept is against: no reason against anything else */
    uint32_t *chosen; /* constraints of the next version */
    uint32_t count;
    uint32_t room;
} next_state;

static bool is_ours(const next_state *s, uint32_t term)
{
    return parley_terms_at(s->look->d->terms, term)->basis == PARLEY_BASIS_READING;
}

/* Terms that may be against something: a yes binds nobody to refuse the rest, and what law keeps
 * out altogether is no reason against anything else. */
static bool may_object(const next_state *s, uint32_t term)
{
    return text_counts(s->look, term) && s->stands[term] && !s->crossed[term] &&
           parley_terms_at(s->look->d->terms, term)->mode != PARLEY_MODE_ACCEPTS;
}

/* Switch on the rules, the flags, and with so_far all that has been chosen. */
static parley_status start(next_state *s, bool so_far, parley_error *err)
{
    parley_status status = text_rules(s->w, s->look, err);
    if (status == PARLEY_OK) {
        text_on(s->look, s->look->d->kept_out);
        for (uint32_t i = 0; i < s->count && so_far; i++) {
            text_on(s->look, s->chosen[i]);
        }
    }
    return status;
}

static parley_status fits(next_state *s, bool so_far, uint32_t a, uint32_t b, bool *out,
                          parley_error *err)
{
    parley_status status = start(s, so_far, err);
    if (status == PARLEY_OK) {
        text_on(s->look, a);
        text_on(s->look, b);
        status = text_some(s->look, out, err);
    }
    return status;
}

/* Which terms (readings: ours; else those recorded) cannot hold with a constraint. */
static parley_status against(next_state *s, bool so_far, uint32_t constraint, bool readings,
                             text_list *out, parley_error *err)
{
    for (uint32_t t = 0; t < parley_terms_size(s->look->d->terms); t++) {
        bool holds = true;
        if (!may_object(s, t) || is_ours(s, t) != readings) {
            continue;
        }
        parley_status status =
            fits(s, so_far, constraint, s->look->d->term_constraint[t], &holds, err);
        if (status != PARLEY_OK) {
            return status;
        }
        if (!holds && !text_push(s->w, out, (int32_t)t)) {
            return text_nomem(err);
        }
    }
    return PARLEY_OK;
}

static parley_status choose(next_state *s, uint32_t constraint, parley_error *err)
{
    if (s->count == s->room) {
        uint32_t room = s->room == 0 ? 16 : s->room * 2;
        uint32_t *grown = parley_arena_grow(s->w->arena, s->chosen, s->room * sizeof(*grown),
                                            room * sizeof(*grown));
        if (grown == NULL) {
            return text_nomem(err);
        }
        s->chosen = grown;
        s->room = room;
    }
    s->chosen[s->count++] = constraint;
    return PARLEY_OK;
}

/* --------------------------------------------------------------------- keeping */

static parley_status keep(next_state *s, uint32_t i, parley_text_move *move, parley_error *err)
{
    const parley_text_part *part = &s->version->part[i];
    uint32_t on = s->look->part_on[i];
    text_list because = {NULL, 0, 0};
    bool lawful = true;
    bool alone = true;
    if (part->checked == PARLEY_TEXT_WORDS || part->checked == PARLEY_TEXT_NOT_COUNTED) {
        move->fate = PARLEY_NEXT_UNCHECKED;
        return PARLEY_OK;
    }
    move->fate = PARLEY_NEXT_OPENED; /* until something better is found */
    if (part->checked == PARLEY_TEXT_AGAINST_RULES) {
        return PARLEY_OK;
    }
    move->law = part->flagged;
    parley_status status = fits(s, false, on, DEAL_NO_CONSTRAINT, &lawful, err);
    if (status == PARLEY_OK && lawful) {
        status = against(s, false, on, false, &because, err);
    }
    if (status == PARLEY_OK && lawful && because.count == 0) { /* and with the parts above? */
        status = fits(s, true, on, DEAL_NO_CONSTRAINT, &alone, err);
        if (status == PARLEY_OK) {
            status = against(s, true, on, false, &because, err);
        }
        move->together = !alone || because.count > 0;
    }
    if (status == PARLEY_OK && lawful && alone && because.count == 0) {
        move->fate = PARLEY_NEXT_KEPT;
        status = against(s, false, on, true, &because, err);
        if (status == PARLEY_OK) {
            status = choose(s, on, err);
        }
    }
    move->because = text_ids(&because);
    return status;
}

/* Parts that only our readings are against stay, to be asked about. What is added later is then
 * not against these readings: it would be left out because of another part. */
static parley_status note_crossed(next_state *s, parley_error *err)
{
    for (uint32_t t = 0; t < parley_terms_size(s->look->d->terms); t++) {
        bool holds = true;
        parley_status status = !may_object(s, t) ? PARLEY_OK
                                                 : fits(s, true, s->look->d->term_constraint[t],
                                                        DEAL_NO_CONSTRAINT, &holds, err);
        if (status != PARLEY_OK) {
            return status;
        }
        s->crossed[t] = !holds;
    }
    return PARLEY_OK;
}

/* ------------------------------------------------------------------- replacing */

/* Values of a question with which every term can hold, one at a time, and what is chosen too. */
static parley_status let_stand(next_state *s, uint32_t variable, uint32_t values, uint64_t **out,
                               parley_error *err)
{
    const parley_deal *d = s->look->d;
    uint32_t words = (values + 63) / 64;
    uint64_t *ok = parley_arena_array(s->w->arena, words, sizeof(*ok));
    if (ok == NULL) {
        return text_nomem(err);
    }
    memset(ok, 0xff, words * sizeof(*ok));
    for (uint32_t t = 0; t <= parley_terms_size(d->terms); t++) { /* the last: no term at all */
        uint64_t **support = NULL;
        bool none = t == parley_terms_size(d->terms);
        if (!none && !may_object(s, t)) {
            continue;
        }
        parley_arena_mark mark = parley_arena_here(s->w->arena);
        parley_status status = start(s, true, err);
        if (status == PARLEY_OK) {
            text_on(s->look, none ? DEAL_NO_CONSTRAINT : d->term_constraint[t]);
            status = text_support(s->w, s->look, &support, err);
        }
        for (uint32_t k = 0; k < words && status == PARLEY_OK; k++) {
            ok[k] &= support[variable][k];
        }
        if (status != PARLEY_OK) {
            return status;
        }
        parley_arena_reset(s->w->arena, mark);
    }
    *out = ok;
    return PARLEY_OK;
}

/* How far a value is from the nearest old one: one sweep up, one down. */
static void sweep(const parley_issue *issue, const uint64_t *old, int64_t *far)
{
    int64_t last = -1;
    for (int64_t v = 0; v < issue->values; v++) {
        last = (old[v / 64] >> (v % 64) & 1) != 0 ? v : last;
        far[v] = last < 0 ? INT64_MAX : v - last;
    }
    last = -1;
    for (int64_t v = (int64_t)issue->values - 1; v >= 0; v--) {
        last = (old[v / 64] >> (v % 64) & 1) != 0 ? v : last;
        far[v] = last >= 0 && last - v < far[v] ? last - v : far[v];
    }
}

/* Keep only the values of ok that are nearest to the old ones, and say how far they are. Without an
 * order every other value is one step away. */
static parley_status nearest(next_state *s, const parley_issue *issue, const uint64_t *old,
                             uint64_t *ok, int64_t *out, parley_error *err)
{
    int64_t *far = parley_arena_array(s->w->arena, issue->values, sizeof(*far));
    int64_t best = INT64_MAX;
    if (far == NULL) {
        return text_nomem(err);
    }
    sweep(issue, old, far);
    for (uint32_t v = 0; v < issue->values; v++) {
        far[v] = text_ordered(issue) || far[v] == 0 ? far[v] : 1;
        if ((ok[v / 64] >> (v % 64) & 1) != 0 && far[v] < best) {
            best = far[v];
        }
    }
    for (uint32_t v = 0; v < issue->values; v++) {
        if (far[v] != best) {
            ok[v / 64] &= ~(UINT64_C(1) << (v % 64));
        }
    }
    *out = best;
    return PARLEY_OK;
}

static parley_status replace(next_state *s, uint32_t i, parley_text_move *move, parley_error *err)
{
    const parley_text_part *part = &s->version->part[i];
    const parley_deal *d = s->look->d;
    int32_t issue = parley_formula_only_issue(part->formula);
    if (move->fate != PARLEY_NEXT_OPENED || part->checked != PARLEY_TEXT_EXACT || issue < 0) {
        return PARLEY_OK;
    }
    const parley_issue *row = parley_case_issue(s->w->c, issue);
    uint32_t variable = (uint32_t)d->variable[issue];
    uint64_t *ok = NULL;
    uint64_t **old = NULL;
    uint32_t on = 0;
    parley_status status = let_stand(s, variable, row->values, &ok, err);
    if (status == PARLEY_OK) {
        status = text_rules(s->w, s->look, err);
    }
    if (status == PARLEY_OK) {
        text_on(s->look, s->look->part_on[i]);
        status = text_support(s->w, s->look, &old, err);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    int64_t far = 0;
    status = nearest(s, row, old[variable], ok, &far, err);
    if (status == PARLEY_OK) {
        status = text_values(s->w, ok, row->values, &move->values, err);
    }
    if (status != PARLEY_OK || move->values.count == 0) {
        return status;
    }
    move->fate = PARLEY_NEXT_REPLACED;
    move->issue = issue;
    move->steps = text_ordered(row) ? far : -1;
    status = text_add_values(s->look, issue, ok, &on, err);
    return status == PARLEY_OK ? choose(s, on, err) : status;
}

/* ----------------------------------------------------------------- taking in */

static parley_status take_in(next_state *s, int32_t r, uint32_t k, parley_text_move *move,
                             bool *known, parley_error *err)
{
    const parley_formula *f = parley_case_response(s->w->c, r)->conditions.at[k].formula;
    text_list because = {NULL, 0, 0};
    uint32_t on = 0;
    uint32_t off = 0;
    bool without = true;
    bool possible = true;
    *move = (parley_text_move){.fate = PARLEY_NEXT_LEFT_OUT,
                               .part = -1,
                               .response = r,
                               .condition = k,
                               .issue = -1,
                               .steps = -1};
    *known = false;
    if (f == NULL || !deal_countable(s->look->d, f)) {
        return PARLEY_OK;
    }
    parley_status status = text_add(s->look, f, &on, &off, err);
    if (status == PARLEY_OK) {
        status = fits(s, true, off, DEAL_NO_CONSTRAINT, &without, err);
    }
    if (status == PARLEY_OK && !without) {
        *known = true; /* the text says so already */
        return PARLEY_OK;
    }
    if (status == PARLEY_OK) {
        status = fits(s, true, on, DEAL_NO_CONSTRAINT, &possible, err);
    }
    if (status == PARLEY_OK) {
        status = against(s, true, on, false, &because, err);
    }
    if (status == PARLEY_OK) {
        status = against(s, true, on, true, &because, err);
    }
    move->because = text_ids(&because);
    if (status == PARLEY_OK && !possible) {
        bool lawful = false;
        status = text_some_of(s->w, s->look, on, s->look->d->kept_out, &lawful, err);
        move->law = status == PARLEY_OK && !lawful;
        move->together = !move->law;
    }
    if (status == PARLEY_OK && possible && because.count == 0) {
        move->fate = PARLEY_NEXT_TAKEN_IN;
        status = choose(s, on, err);
    }
    return status;
}

/* ----------------------------------------------------------------------- needs */

/* Whose consent a change takes: of the question, and of the options that it now may come to. */
static parley_status find_needs(next_state *s, parley_text_move *move, uint64_t *const *support,
                                parley_error *err)
{
    text_list list = {NULL, 0, 0};
    int32_t issue = move->issue;
    if (move->fate == PARLEY_NEXT_TAKEN_IN) {
        issue = parley_formula_only_issue(
            parley_case_response(s->w->c, move->response)->conditions.at[move->condition].formula);
    }
    if (issue < 0 || s->look->d->variable[issue] < 0) {
        return PARLEY_OK;
    }
    const parley_issue *row = parley_case_issue(s->w->c, issue);
    const uint64_t *left = support[s->look->d->variable[issue]];
    for (uint32_t p = 0; p < parley_case_parties(s->w->c); p++) {
        bool needed = parley_ids_hold(row->needs, (int32_t)p);
        for (uint32_t v = 0; row->kind == PARLEY_ISSUE_CHOICE && v < row->values; v++) {
            needed = needed || ((left[v / 64] >> (v % 64) & 1) != 0 &&
                                parley_ids_hold(row->options[v].needs, (int32_t)p));
        }
        if (needed && !text_push(s->w, &list, (int32_t)p)) {
            return text_nomem(err);
        }
    }
    move->needs = text_ids(&list);
    return PARLEY_OK;
}

parley_status text_next(parley_worktext *w, parley_error *err)
{
    uint32_t last = w->versions - 1;
    next_state s = {.w = w, .look = &w->look[last], .version = &w->version[last]};
    uint32_t terms = parley_terms_size(s.look->d->terms);
    uint32_t conditions = 0;
    for (uint32_t r = 0; r < parley_case_responses(w->c); r++) {
        conditions += parley_case_response(w->c, (int32_t)r)->conditions.count;
    }
    w->move = parley_arena_array(w->arena, (size_t)s.version->parts + conditions, sizeof(*w->move));
    s.stands = parley_arena_array(w->arena, terms, sizeof(*s.stands));
    s.crossed = parley_arena_array(w->arena, terms, sizeof(*s.crossed));
    if (w->move == NULL || s.stands == NULL || s.crossed == NULL) {
        return text_nomem(err);
    }
    parley_status status = PARLEY_OK;
    for (uint32_t t = 0; t < terms && status == PARLEY_OK; t++) {
        if (text_counts(s.look, t)) {
            status = fits(&s, false, s.look->d->term_constraint[t], DEAL_NO_CONSTRAINT,
                          &s.stands[t], err);
        }
    }
    for (uint32_t i = 0; i < s.version->parts && status == PARLEY_OK; i++) {
        w->move[i] =
            (parley_text_move){.part = (int32_t)i, .response = -1, .issue = -1, .steps = -1};
        status = keep(&s, i, &w->move[i], err);
    }
    if (status == PARLEY_OK) {
        status = note_crossed(&s, err);
    }
    for (uint32_t i = 0; i < s.version->parts && status == PARLEY_OK; i++) {
        status = replace(&s, i, &w->move[i], err);
    }
    w->moves = s.version->parts;
    for (uint32_t r = 0; r < parley_case_responses(w->c) && status == PARLEY_OK; r++) {
        const parley_response *response = parley_case_response(w->c, (int32_t)r);
        if (response->proposal != s.version->proposal ||
            text_answer(w, response->by.party, response->proposal, s.version->until) !=
                (int32_t)r) {
            continue;
        }
        for (uint32_t k = 0; k < response->conditions.count && status == PARLEY_OK; k++) {
            bool known = false;
            status = take_in(&s, (int32_t)r, k, &w->move[w->moves], &known, err);
            w->moves += known ? 0 : 1;
        }
    }
    uint64_t **support = NULL;
    if (status == PARLEY_OK) {
        status = start(&s, true, err);
    }
    if (status == PARLEY_OK) {
        status = text_support(w, s.look, &support, err);
    }
    for (uint32_t i = 0; i < w->moves && status == PARLEY_OK; i++) {
        if (w->move[i].fate == PARLEY_NEXT_REPLACED || w->move[i].fate == PARLEY_NEXT_TAKEN_IN) {
            status = find_needs(&s, &w->move[i], support, err);
        }
    }
    return status == PARLEY_OK ? text_next_changes(w, s.chosen, s.count, support, err) : status;
}

bool parley_worktext_differs(const parley_worktext *w)
{
    for (uint32_t i = 0; i < w->moves; i++) {
        if (w->move[i].fate == PARLEY_NEXT_REPLACED || w->move[i].fate == PARLEY_NEXT_OPENED ||
            w->move[i].fate == PARLEY_NEXT_TAKEN_IN) {
            return true;
        }
    }
    return false;
}
