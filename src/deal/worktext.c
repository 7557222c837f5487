/*
 * The working text: versions in a row, their parts, and what each party says to each part.
 *
 * A version is looked at with what had been said before the next one was tabled (decision 14). What
 * a term makes of a part is exact: it objects when the rules, the part and the term leave no
 * package together; it says the same when no package of the term lacks the part.
 */
#include "deal/worktext_internal.h"

#include <string.h>

/* ------------------------------------------------------------------- versions */

static int32_t before(const parley_case *c, int32_t proposal)
{
    return parley_case_proposal(c, proposal)->replaces;
}

static uint32_t chain_length(const parley_case *c, int32_t proposal)
{
    uint32_t n = 0;
    for (int32_t p = proposal; p >= 0; p = before(c, p)) { /* circles are errors of the file */
        n++;
    }
    return n;
}

/* May it have been tabled by the day looked from? */
static bool is_tabled(const parley_worktext *w, int32_t proposal)
{
    return w->terms.at.form == PARLEY_DATE_UNKNOWN ||
           parley_date_possibly_by(parley_case_proposal(w->c, proposal)->record.happened,
                                   w->terms.at.last);
}

/* The proposal that replaces this one: the last in the file, or -1. */
static int32_t after(const parley_worktext *w, int32_t proposal)
{
    int32_t found = -1;
    for (uint32_t i = 0; i < parley_case_proposals(w->c); i++) {
        found =
            before(w->c, (int32_t)i) == proposal && is_tabled(w, (int32_t)i) ? (int32_t)i : found;
    }
    return found;
}

static bool later_date(parley_date a, parley_date b)
{
    return a.form != PARLEY_DATE_UNKNOWN &&
           (b.form == PARLEY_DATE_UNKNOWN || parley_date_compare(a, b) >= 0);
}

static int32_t choose(const parley_worktext *w)
{
    const parley_case *c = w->c;
    int32_t best = -1;
    uint32_t longest = 0;
    for (uint32_t i = 0; i < parley_case_proposals(c); i++) {
        uint32_t length = is_tabled(w, (int32_t)i) ? chain_length(c, (int32_t)i) : 0;
        if (length == 0) {
            continue;
        }
        if (length > longest ||
            (length == longest && later_date(parley_case_proposal(c, (int32_t)i)->record.happened,
                                             parley_case_proposal(c, best)->record.happened))) {
            best = (int32_t)i;
            longest = length;
        }
    }
    return best;
}

static parley_status find_others(parley_worktext *w, int32_t last, parley_error *err)
{
    text_list list = {NULL, 0, 0};
    for (uint32_t i = 0; i < parley_case_proposals(w->c); i++) {
        bool here = false;
        for (int32_t p = last; p >= 0; p = before(w->c, p)) {
            here = here || p == (int32_t)i;
        }
        if (!here && is_tabled(w, (int32_t)i) && after(w, (int32_t)i) < 0 &&
            (int32_t)i != w->later && !text_push(w, &list, (int32_t)i)) {
            return text_nomem(err);
        }
    }
    w->others = text_ids(&list);
    return PARLEY_OK;
}

/* ----------------------------------------------------------------- which issues */

typedef struct track_visit {
    parley_worktext *w;
    text_list tracks;
    bool failed;
} track_visit;

static void note_track(void *user, const parley_formula *atom)
{
    track_visit *s = user;
    if (atom->kind != PARLEY_F_ACCEPTS) {
        int32_t track = parley_case_issue(s->w->c, atom->issue)->track;
        s->failed = (track >= 0 && !text_push(s->w, &s->tracks, track)) || s->failed;
    }
}

static void note_conditions(track_visit *s, const parley_conditions *list)
{
    for (uint32_t k = 0; k < list->count; k++) {
        if (list->at[k].formula != NULL) {
            parley_formula_atoms(list->at[k].formula, note_track, s);
        }
    }
}

/* The tracks that the texts and the conditions of their answers are about. */
static parley_status find_tracks(parley_worktext *w, int32_t last, parley_ids *out,
                                 parley_error *err)
{
    track_visit s = {w, {NULL, 0, 0}, false};
    for (int32_t p = last; p >= 0; p = before(w->c, p)) {
        const parley_proposal *text = parley_case_proposal(w->c, p);
        if (text->formula != NULL) {
            parley_formula_atoms(text->formula, note_track, &s);
        }
        note_conditions(&s, &text->parts);
        for (uint32_t k = 0; k < text->step_count; k++) {
            if (text->steps[k].formula != NULL) {
                parley_formula_atoms(text->steps[k].formula, note_track, &s);
            }
        }
        for (uint32_t r = 0; r < parley_case_responses(w->c); r++) {
            const parley_response *response = parley_case_response(w->c, (int32_t)r);
            if (response->proposal == p) {
                note_conditions(&s, &response->conditions);
                note_conditions(&s, &response->only_if);
            }
        }
    }
    *out = text_ids(&s.tracks);
    return s.failed ? text_nomem(err) : PARLEY_OK;
}

/* ------------------------------------------------------------------------ parts */

typedef struct part_list {
    parley_worktext *w;
    parley_text_part *at;
    uint32_t count;
    uint32_t room;
} part_list;

static parley_text_part *push_part(part_list *list, const parley_formula *f, const char *text,
                                   int32_t step)
{
    if (list->count == list->room) {
        uint32_t room = list->room == 0 ? 16 : list->room * 2;
        parley_text_part *grown = parley_arena_grow(
            list->w->arena, list->at, list->room * sizeof(*grown), room * sizeof(*grown));
        if (grown == NULL) {
            return NULL;
        }
        list->at = grown;
        list->room = room;
    }
    parley_text_part *part = &list->at[list->count++];
    *part = (parley_text_part){.formula = f, .text = text, .step = step, .before = -1};
    return part;
}

/* The same formula, whatever way it is typed. */
static parley_status same_formula(parley_worktext *w, const parley_formula *a,
                                  const parley_formula *b, bool *out, parley_error *err)
{
    const parley_formula *na = NULL;
    const parley_formula *nb = NULL;
    *out = false;
    if (a == NULL || b == NULL) {
        return PARLEY_OK;
    }
    parley_arena_mark mark = parley_arena_here(w->arena);
    parley_status status = parley_formula_normal(&na, w->arena, a, err);
    if (status == PARLEY_OK) {
        status = parley_formula_normal(&nb, w->arena, b, err);
    }
    *out = status == PARLEY_OK && parley_formula_compare_trees(na, nb) == 0;
    parley_arena_reset(w->arena, mark);
    return status;
}

/* One conjunct: as a new part, or as the step that is a part already. */
static parley_status add_part(part_list *list, const parley_formula *f, int32_t step,
                              parley_text *print, parley_error *err)
{
    for (uint32_t i = 0; i < list->count; i++) {
        bool same = false;
        parley_status status = same_formula(list->w, list->at[i].formula, f, &same, err);
        if (status != PARLEY_OK) {
            return status;
        }
        if (same) {
            list->at[i].step = list->at[i].step < 0 ? step : list->at[i].step;
            return PARLEY_OK;
        }
    }
    parley_text_clear(print);
    parley_formula_print(f, parley_case_names(list->w->c), print);
    const char *text =
        parley_text_status(print, NULL) != PARLEY_OK
            ? NULL
            : parley_arena_copy(list->w->arena, parley_text_data(print), parley_text_size(print));
    return text == NULL || push_part(list, f, text, step) == NULL ? text_nomem(err) : PARLEY_OK;
}

/* A formula cut at its conjunctions; depth: limit formula_depth. */
static parley_status add_formula(part_list *list, const parley_formula *f, int32_t step,
                                 parley_text *print, parley_error *err)
{
    if (f->kind != PARLEY_F_AND) {
        return add_part(list, f, step, print, err);
    }
    parley_status status = PARLEY_OK;
    for (uint32_t k = 0; k < f->count && status == PARLEY_OK; k++) {
        status = add_formula(list, f->arg[k], step, print, err);
    }
    return status;
}

static parley_status find_parts(parley_worktext *w, parley_text_version *version, parley_error *err)
{
    const parley_proposal *p = parley_case_proposal(w->c, version->proposal);
    part_list list = {w, NULL, 0, 0};
    parley_status status = PARLEY_OK;
    parley_text *print = parley_text_new(w->ctx, parley_ctx_limits(w->ctx)->text_bytes);
    if (print == NULL) {
        return text_nomem(err);
    }
    if (p->formula != NULL) {
        status = add_formula(&list, p->formula, -1, print, err);
    } else if (p->text != NULL && p->text[0] != '\0' &&
               push_part(&list, NULL, p->text, -1) == NULL) {
        status = text_nomem(err);
    }
    for (uint32_t k = 0; k < p->parts.count && status == PARLEY_OK; k++) {
        const parley_condition *part = &p->parts.at[k];
        if (part->formula != NULL) {
            status = add_formula(&list, part->formula, -1, print, err);
        } else if (push_part(&list, NULL, part->text, -1) == NULL) {
            status = text_nomem(err);
        }
    }
    for (uint32_t k = 0; k < p->step_count && status == PARLEY_OK; k++) {
        if (p->steps[k].formula != NULL) {
            status = add_formula(&list, p->steps[k].formula, (int32_t)k, print, err);
        } else if (push_part(&list, NULL, p->steps[k].what, (int32_t)k) == NULL) {
            status = text_nomem(err);
        }
    }
    parley_text_free(print);
    version->part = list.at;
    version->parts = list.count;
    return status;
}

static parley_status match_parts(parley_worktext *w, uint32_t v, parley_error *err)
{
    const parley_text_version *old = &w->version[v - 1];
    parley_text_part *part = (parley_text_part *)(uintptr_t)w->version[v].part;
    for (uint32_t i = 0; i < w->version[v].parts; i++) {
        for (uint32_t k = 0; k < old->parts && part[i].before < 0; k++) {
            bool same = part[i].formula == NULL && old->part[k].formula == NULL &&
                        strcmp(part[i].text, old->part[k].text) == 0;
            parley_status status = PARLEY_OK;
            if (!same) {
                status = same_formula(w, part[i].formula, old->part[k].formula, &same, err);
            }
            if (status != PARLEY_OK) {
                return status;
            }
            part[i].before = same ? (int32_t)k : -1;
        }
    }
    return PARLEY_OK;
}

/* Parts and terms as constraints of the version's space. */
static parley_status add_constraints(parley_worktext *w, uint32_t v, parley_error *err)
{
    text_look *look = &w->look[v];
    parley_deal *d = look->d;
    const parley_text_version *version = &w->version[v];
    parley_text_part *part = (parley_text_part *)(uintptr_t)version->part;
    uint32_t terms = parley_terms_size(d->terms);
    look->part_on = parley_arena_array(w->arena, version->parts, sizeof(*look->part_on));
    look->part_off = parley_arena_array(w->arena, version->parts, sizeof(*look->part_off));
    look->term_off = parley_arena_array(w->arena, terms, sizeof(*look->term_off));
    if (look->part_on == NULL || look->part_off == NULL || look->term_off == NULL) {
        return text_nomem(err);
    }
    parley_status status = PARLEY_OK;
    for (uint32_t i = 0; i < terms && status == PARLEY_OK; i++) {
        bool possible = false;
        look->term_off[i] = DEAL_NO_CONSTRAINT;
        if (d->term_constraint[i] == DEAL_NO_CONSTRAINT) {
            continue;
        }
        status = text_some_of(w, look, d->term_constraint[i], DEAL_NO_CONSTRAINT, &possible, err);
        if (status == PARLEY_OK && possible) {
            parley_arena_mark mark = parley_arena_here(d->scratch);
            const space_expr *e = deal_term_expr(d, d->scratch, parley_terms_at(d->terms, i));
            e = e == NULL ? NULL : deal_not(d->scratch, e);
            status = e == NULL ? text_nomem(err) : space_add(d->space, e, &look->term_off[i], err);
            parley_arena_reset(d->scratch, mark);
        }
    }
    for (uint32_t i = 0; i < version->parts && status == PARLEY_OK; i++) {
        bool possible = false;
        bool free_of = true;
        look->part_on[i] = look->part_off[i] = DEAL_NO_CONSTRAINT;
        part[i].checked = part[i].formula == NULL               ? PARLEY_TEXT_WORDS
                          : !deal_countable(d, part[i].formula) ? PARLEY_TEXT_NOT_COUNTED
                                                                : PARLEY_TEXT_EXACT;
        if (part[i].checked != PARLEY_TEXT_EXACT) {
            continue;
        }
        status = text_add(look, part[i].formula, &look->part_on[i], &look->part_off[i], err);
        if (status == PARLEY_OK) {
            status = text_some_of(w, look, look->part_on[i], DEAL_NO_CONSTRAINT, &possible, err);
        }
        bool excludes = false;
        if (status == PARLEY_OK) {
            status = text_some_of(w, look, look->part_off[i], DEAL_NO_CONSTRAINT, &excludes, err);
        }
        if (!excludes) { /* it asks for nothing, so nobody's term can be said to ask for it */
            look->part_off[i] = DEAL_NO_CONSTRAINT;
        }
        if (status == PARLEY_OK && d->kept_out != DEAL_NO_CONSTRAINT) {
            status = text_some_of(w, look, look->part_on[i], d->kept_out, &free_of, err);
        }
        if (!possible) {
            part[i].checked = PARLEY_TEXT_AGAINST_RULES;
            look->part_on[i] = look->part_off[i] = DEAL_NO_CONSTRAINT;
        }
        part[i].flagged = possible && !free_of;
    }
    return status;
}

/* ---------------------------------------------------------------------- stances */

int32_t text_answer(const parley_worktext *w, int32_t party, int32_t proposal, parley_date until)
{
    int32_t found = -1;
    for (uint32_t i = 0; i < parley_case_responses(w->c); i++) {
        const parley_response *r = parley_case_response(w->c, (int32_t)i);
        bool by_then = until.form == PARLEY_DATE_UNKNOWN ||
                       parley_date_possibly_by(r->record.happened, until.last);
        if (r->by.party == party && r->proposal == proposal && by_then &&
            (found < 0 ||
             later_date(r->record.happened, parley_case_response(w->c, found)->record.happened))) {
            found = (int32_t)i;
        }
    }
    return found;
}

static bool spoken_to(const parley_voices *voices, int32_t party)
{
    for (uint32_t k = 0; k < voices->count; k++) {
        if (voices->at[k].party == party) {
            return true;
        }
    }
    return false;
}

/* Was the text put to the party, as far as the case tells? */
static bool was_asked(const parley_worktext *w, int32_t party, int32_t proposal)
{
    int32_t tabled = parley_case_proposal(w->c, proposal)->claim;
    for (uint32_t i = 0; i < parley_case_claims(w->c); i++) {
        const parley_claim *claim = parley_case_claim(w->c, (int32_t)i);
        bool of_it = (int32_t)i == tabled ||
                     (claim->about.kind == PARLEY_ABOUT_PROPOSAL && claim->about.index == proposal);
        if (of_it && spoken_to(&claim->to, party)) {
            return true;
        }
    }
    return false;
}

static parley_text_stand by_answer(const parley_worktext *w, int32_t party, int32_t proposal,
                                   int32_t response)
{
    if (parley_case_proposal(w->c, proposal)->tabled_by.party == party) {
        return PARLEY_TEXT_TABLED;
    }
    if (response < 0) {
        return was_asked(w, party, proposal) ? PARLEY_TEXT_NO_ANSWER : PARLEY_TEXT_NOT_ASKED;
    }
    static const parley_text_stand stands[] = {[PARLEY_ANSWER_ACCEPT] = PARLEY_TEXT_ACCEPTS,
                                               [PARLEY_ANSWER_ACCEPT_IF] = PARLEY_TEXT_IF,
                                               [PARLEY_ANSWER_COUNTER] = PARLEY_TEXT_COUNTERS,
                                               [PARLEY_ANSWER_DEFER] = PARLEY_TEXT_DEFERS,
                                               [PARLEY_ANSWER_REJECT] = PARLEY_TEXT_REJECTS,
                                               [PARLEY_ANSWER_SILENT] = PARLEY_TEXT_SILENT};
    const parley_response *r = parley_case_response(w->c, response);
    bool conditional = r->conditions.count > 0 || r->only_if.count > 0;
    return r->answer == PARLEY_ANSWER_ACCEPT && conditional ? PARLEY_TEXT_IF : stands[r->answer];
}

/* Does the term speak of an issue of the part? */
static bool shares(const parley_formula *a, const parley_formula *b, uint64_t *bits, size_t words)
{
    memset(bits, 0, 2 * words * sizeof(*bits));
    parley_formula_issues(a, bits, words);
    parley_formula_issues(b, bits + words, words);
    for (size_t k = 0; k < words; k++) {
        if ((bits[k] & bits[words + k]) != 0) {
            return true;
        }
    }
    return false;
}

/* What one term makes of one part: OBJECTS, ACCEPTS, ASKS, DEPENDS, or NOT_ASKED for nothing. */
static parley_status one_term(parley_worktext *w, text_look *look, uint32_t part, uint32_t term,
                              bool shared, parley_text_stand *out, parley_error *err)
{
    const parley_term *t = parley_terms_at(look->d->terms, term);
    uint32_t on = look->d->term_constraint[term];
    bool together = true;
    bool without = false;
    bool against = false;
    parley_status status = PARLEY_OK;
    *out = PARLEY_TEXT_NOT_ASKED;
    if (t->mode != PARLEY_MODE_ACCEPTS) {
        status = text_some_of(w, look, look->part_on[part], on, &together, err);
    }
    if (status == PARLEY_OK && together) {
        status = text_some_of(w, look, look->part_off[part], on, &without, err);
    }
    if (status == PARLEY_OK && together && without && shared && t->mode != PARLEY_MODE_ACCEPTS) {
        status = text_some_of(w, look, look->part_on[part], look->term_off[term], &against, err);
    }
    if (!together) {
        *out = PARLEY_TEXT_OBJECTS;
    } else if (!without && shared) {
        *out = t->mode == PARLEY_MODE_ACCEPTS ? PARLEY_TEXT_ACCEPTS : PARLEY_TEXT_ASKS;
    } else if (against) {
        *out = PARLEY_TEXT_DEPENDS;
    }
    return status;
}

static parley_status stances(parley_worktext *w, uint32_t v, parley_error *err)
{
    parley_text_version *version = &w->version[v];
    text_look *look = &w->look[v];
    const parley_terms *terms = look->d->terms;
    uint32_t all = parley_terms_size(terms);
    size_t words = (size_t)parley_case_issues(w->c) / 64 + 1;
    uint64_t *bits = parley_arena_array(w->arena, 2 * words, sizeof(*bits));
    uint8_t *said = parley_arena_array(w->arena, (size_t)version->parts * all, 1);
    text_list parties = {NULL, 0, 0};
    parley_ids must = parley_deal_must_agree(look->d);
    if (bits == NULL || said == NULL) {
        return text_nomem(err);
    }
    for (uint32_t i = 0; i < version->parts; i++) {
        for (uint32_t t = 0; t < all; t++) {
            parley_text_stand stand = PARLEY_TEXT_NOT_ASKED;
            if (version->part[i].checked == PARLEY_TEXT_EXACT && text_counts(look, t)) {
                const parley_formula *f = parley_terms_at(terms, t)->formula;
                bool shared = shares(f, version->part[i].formula, bits, words);
                parley_status status = one_term(w, look, i, t, shared, &stand, err);
                if (status != PARLEY_OK) {
                    return status;
                }
            }
            said[(size_t)i * all + t] = (uint8_t)stand;
        }
    }
    for (uint32_t p = 0; p < parley_case_parties(w->c); p++) {
        bool in = text_answer(w, (int32_t)p, version->proposal, version->until) >= 0 ||
                  parley_case_proposal(w->c, version->proposal)->tabled_by.party == (int32_t)p;
        for (uint32_t k = 0; k < must.count; k++) {
            in = in || must.at[k] == (int32_t)p;
        }
        for (size_t k = 0; k < (size_t)version->parts * all; k++) {
            in = in || (said[k] != PARLEY_TEXT_NOT_ASKED &&
                        parley_terms_at(terms, (uint32_t)(k % all))->party == (int32_t)p);
        }
        if (in && !text_push(w, &parties, (int32_t)p)) {
            return text_nomem(err);
        }
    }
    version->parties = text_ids(&parties);
    parley_text_stance *stance =
        parley_arena_array(w->arena, (size_t)version->parts * parties.count, sizeof(*stance));
    if (stance == NULL) {
        return text_nomem(err);
    }
    for (uint32_t i = 0; i < version->parts; i++) {
        for (uint32_t k = 0; k < parties.count; k++) {
            parley_text_stance *s = &stance[(size_t)i * parties.count + k];
            int32_t party = parties.at[k];
            text_list list = {NULL, 0, 0};
            s->response = text_answer(w, party, version->proposal, version->until);
            s->stand = by_answer(w, party, version->proposal, s->response);
            for (uint32_t t = 0; t < all; t++) {
                uint8_t one = said[(size_t)i * all + t];
                const parley_term *term = parley_terms_at(terms, t);
                if (term->party != party || one == PARLEY_TEXT_NOT_ASKED) {
                    continue;
                }
                if (one < s->stand) {
                    list.count = 0;
                    s->stand = (parley_text_stand)one;
                }
                if (one == s->stand && !text_push(w, &list, (int32_t)t)) {
                    return text_nomem(err);
                }
            }
            s->terms = text_ids(&list);
        }
    }
    version->stance = stance;
    return PARLEY_OK;
}

/* ----------------------------------------------------------------------- making */

/* The day before a version was tabled, as a bound for what was said to the one before. */
static parley_date day_before(parley_date tabled)
{
    parley_date out = PARLEY_DATE_INIT;
    if (tabled.form == PARLEY_DATE_UNKNOWN || tabled.first == INT32_MIN) {
        return out;
    }
    out.form = PARLEY_DATE_DAY;
    out.first = out.last = tabled.first - 1;
    return out;
}

static parley_status look_at(parley_worktext *w, uint32_t v, const parley_ids *tracks,
                             parley_error *err)
{
    parley_text_version *version = &w->version[v];
    text_look *look = &w->look[v];
    parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
    options.tracks = tracks->at;
    options.track_count = tracks->count;
    options.terms = w->terms;
    if (v + 1 < w->versions) {
        parley_date end =
            day_before(parley_case_proposal(w->c, w->version[v + 1].proposal)->record.happened);
        bool sooner =
            options.terms.at.form == PARLEY_DATE_UNKNOWN || end.last < options.terms.at.last;
        options.terms.at = end.form != PARLEY_DATE_UNKNOWN && sooner ? end : options.terms.at;
    }
    version->until = options.terms.at;
    parley_status status = parley_deal_new(&look->d, w->ctx, w->c, &options, err);
    if (status == PARLEY_OK) {
        version->terms = look->d->terms;
        status = find_parts(w, version, err);
    }
    if (status == PARLEY_OK && v > 0) {
        status = match_parts(w, v, err);
    }
    if (status == PARLEY_OK) {
        status = add_constraints(w, v, err);
    }
    if (status == PARLEY_OK) {
        status = stances(w, v, err);
    }
    if (status == PARLEY_OK) {
        status = text_rules(w, look, err);
    }
    for (uint32_t i = 0; i < version->parts && status == PARLEY_OK; i++) {
        text_on(look, look->part_on[i]);
    }
    if (status == PARLEY_OK) {
        bool some = false;
        status = text_some(look, &some, err);
        look->empty = !some;
    }
    return status == PARLEY_OK ? text_support(w, look, &look->support, err) : status;
}

static parley_status make(parley_worktext *w, int32_t last, parley_error *err)
{
    parley_ids tracks = {NULL, 0};
    w->later = after(w, last);
    w->versions = chain_length(w->c, last);
    w->version = parley_arena_array(w->arena, w->versions, sizeof(*w->version));
    w->look = parley_arena_array(w->arena, w->versions, sizeof(*w->look));
    if (w->version == NULL || w->look == NULL) {
        w->versions = 0;
        return text_nomem(err);
    }
    int32_t p = last;
    for (uint32_t v = w->versions; v > 0; v--, p = before(w->c, p)) {
        w->version[v - 1].proposal = p;
    }
    parley_status status = find_others(w, last, err);
    if (status == PARLEY_OK) {
        status = find_tracks(w, last, &tracks, err);
    }
    for (uint32_t v = 0; v < w->versions && status == PARLEY_OK; v++) {
        parley_ctx_progress(w->ctx, "looking at versions", v, w->versions);
        status = look_at(w, v, &tracks, err);
        if (status == PARLEY_OK && v > 0) {
            status = text_changes(w, v, err);
        }
        if (status == PARLEY_OK) {
            status = text_steps(w, v, err);
        }
    }
    return status == PARLEY_OK ? text_next(w, err) : status;
}

parley_status parley_worktext_new(parley_worktext **out, parley_ctx *ctx, const parley_case *c,
                                  const parley_worktext_options *options, parley_error *err)
{
    const parley_worktext_options defaults = PARLEY_WORKTEXT_OPTIONS_INIT;
    const parley_worktext_options *o = options != NULL ? options : &defaults;
    *out = NULL;
    parley_worktext *w = parley_alloc(ctx, sizeof(*w));
    if (w == NULL) {
        return text_nomem(err);
    }
    w->ctx = ctx;
    w->c = c;
    w->terms = o->terms;
    w->later = -1;
    w->arena = parley_arena_new(ctx);
    int32_t last = o->proposal >= 0 ? o->proposal : choose(w);
    parley_status status = w->arena == NULL ? text_nomem(err)
                           : last < 0       ? PARLEY_OK
                                            : make(w, last, err);
    if (status != PARLEY_OK) {
        parley_worktext_free(w);
        return status;
    }
    *out = w;
    return PARLEY_OK;
}

void parley_worktext_free(parley_worktext *w)
{
    if (w != NULL) {
        for (uint32_t v = 0; v < w->versions; v++) {
            parley_deal_free(w->look[v].d);
        }
        parley_arena_free(w->arena);
        parley_release(w->ctx, w, sizeof(*w));
    }
}

uint32_t parley_worktext_versions(const parley_worktext *w)
{
    return w->versions;
}

const parley_text_version *parley_worktext_version(const parley_worktext *w, uint32_t i)
{
    PARLEY_ASSERT(i < w->versions);
    return &w->version[i];
}

int32_t parley_worktext_later(const parley_worktext *w)
{
    return w->later;
}

parley_ids parley_worktext_others(const parley_worktext *w)
{
    return w->others;
}

uint32_t parley_worktext_moves(const parley_worktext *w)
{
    return w->moves;
}

const parley_text_move *parley_worktext_move(const parley_worktext *w, uint32_t i)
{
    PARLEY_ASSERT(i < w->moves);
    return &w->move[i];
}

uint32_t parley_worktext_next_changes(const parley_worktext *w)
{
    return w->next_changes;
}

const parley_text_change *parley_worktext_next_change(const parley_worktext *w, uint32_t i)
{
    PARLEY_ASSERT(i < w->next_changes);
    return &w->next_change[i];
}
