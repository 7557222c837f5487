/*
 * Gathering the page "timeline": everything dated, in order of happening.
 *
 * A vague date stands where it belongs: `before D` at the end of the day before, `about D` at the
 * head of its day, `after D` behind its last day, and a month or year without a day behind all its
 * days. What was not dated comes last. What a claim tells is listed once: the answer, the proposal
 * or the state of a lever that leans on it is told with it.
 */
#include "report/timeline_page.h"

#include <stdlib.h>
#include <string.h>

static parley_status nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while putting what happened in order");
}

/* --------------------------------------------------------------------- order */

static int32_t day_of(parley_date d)
{
    if (d.form == PARLEY_DATE_UNKNOWN) {
        return INT32_MAX;
    }
    return d.side == PARLEY_DATE_AFTER ? d.first : d.last;
}

/* On one day: what was before its end, about it, on it, after it, and what has no day. */
static int rank_of(parley_date d)
{
    if (d.form == PARLEY_DATE_UNKNOWN) {
        return 9;
    }
    if (d.side == PARLEY_DATE_BEFORE) {
        return 5; /* the last thing of the day before */
    }
    if (d.side == PARLEY_DATE_AFTER) {
        return 0; /* the first day it may mean */
    }
    return d.form == PARLEY_DATE_YEAR ? 8 : d.form == PARLEY_DATE_MONTH ? 7 : d.about ? 1 : 2;
}

int timeline_compare_dates(parley_date a, parley_date b)
{
    int32_t day[2] = {day_of(a), day_of(b)};
    if (day[0] != day[1]) {
        return day[0] < day[1] ? -1 : 1;
    }
    int order = rank_of(a) - rank_of(b);
    return order != 0 ? order : parley_date_compare(a, b);
}

static int by_happening(const void *pa, const void *pb)
{
    const timeline_entry *a = pa;
    const timeline_entry *b = pb;
    int order = timeline_compare_dates(a->date, b->date);
    if (order != 0) {
        return order;
    }
    if ((a->kind == TIMELINE_INCIDENT) != (b->kind == TIMELINE_INCIDENT)) {
        return a->kind == TIMELINE_INCIDENT ? -1 : 1; /* before what is said of it */
    }
    if ((a->claim < 0) != (b->claim < 0)) {
        return a->claim < 0 ? 1 : -1; /* claims and what they tell come first, in file order */
    }
    if (a->claim != b->claim) {
        return a->claim < b->claim ? -1 : 1;
    }
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    if (a->row != b->row) {
        return a->row < b->row ? -1 : 1;
    }
    return (a->part > b->part) - (a->part < b->part);
}

/* --------------------------------------------------------------- what is shown */

typedef struct marking {
    bool *claim;
} marking;

static bool mark(void *user, uint64_t i, const parley_claim *claim)
{
    (void)claim;
    ((marking *)user)->claim[i] = true;
    return true;
}

static bool voices_have(const parley_voices *v, int32_t party)
{
    for (uint32_t k = 0; k < v->count; k++) {
        if (v->at[k].party == party) {
            return true;
        }
    }
    return false;
}

static bool speaks_of(const parley_formula *formula, const parley_conditions *list, int32_t issue)
{
    return parley_formula_mentions(formula, issue) || parley_conditions_mention(list, issue);
}

/* May it have happened since the day asked for, and by the day asked for? */
static bool in_time(const timeline_view *view, parley_date d)
{
    const parley_timeline_page *page = view->page;
    if (page->since.form != PARLEY_DATE_UNKNOWN && d.form != PARLEY_DATE_UNKNOWN &&
        d.last < page->since.first) {
        return false;
    }
    return page->terms.at.form == PARLEY_DATE_UNKNOWN ||
           parley_date_possibly_by(d, page->terms.at.last);
}

static timeline_entry *push(timeline_view *view, timeline_kind kind, int32_t row, parley_date date,
                            int32_t claim)
{
    timeline_entry *e = &view->entry[view->entries++];
    *e = (timeline_entry){
        .kind = kind, .row = row, .date = date, .claim = claim, .response = -1, .proposal = -1};
    return e;
}

/* Claims that pass the filters, and of which records they are told with. */
typedef struct taking {
    timeline_view *view;
    const parley_case *c;
    bool *shown;       /* by claim: of this party, about this issue */
    bool *about;       /* by claim: about this issue, whoever said it */
    bool *told;        /* by claim: a lever's state tells it */
    int32_t *response; /* by claim: the answer that leans on it; -1 */
    int32_t *proposal; /* by claim: the proposal that leans on it; -1 */
} taking;

static void take_levers(taking *t)
{
    const parley_timeline_page *page = t->view->page;
    for (uint32_t i = 0; i < parley_case_levers(t->c); i++) {
        const parley_lever *l = parley_case_lever(t->c, (int32_t)i);
        bool issue = page->issue < 0; /* all its states, when one of them is about the issue */
        for (uint32_t k = 0; k < l->state_count; k++) {
            issue = issue || (l->states[k].claim >= 0 && t->about[l->states[k].claim]);
        }
        bool party =
            page->party < 0 || l->holder.party == page->party || l->over.party == page->party;
        for (uint32_t k = 0; k < l->state_count; k++) {
            const parley_lever_state *state = &l->states[k];
            if (party && issue && in_time(t->view, state->date)) {
                timeline_entry *e =
                    push(t->view, TIMELINE_LEVER, (int32_t)i, state->date, state->claim);
                e->part = k;
                if (state->claim >= 0 && parley_case_claim(t->c, state->claim)->act ==
                                             PARLEY_ACT_REPORT) { /* nobody else's words */
                    t->told[state->claim] = true;
                }
            }
        }
    }
}

static void take_answers(taking *t)
{
    const parley_timeline_page *page = t->view->page;
    for (uint32_t i = 0; i < parley_case_responses(t->c); i++) {
        const parley_response *r = parley_case_response(t->c, (int32_t)i);
        const parley_proposal *p =
            r->proposal >= 0 ? parley_case_proposal(t->c, r->proposal) : NULL;
        if (r->claim >= 0) { /* its conditions may be typed with the answer only */
            const parley_claim *claim = parley_case_claim(t->c, r->claim);
            t->response[r->claim] = (int32_t)i;
            t->shown[r->claim] = t->shown[r->claim] ||
                                 ((page->party < 0 || voices_have(&claim->by, page->party)) &&
                                  page->issue >= 0 && speaks_of(NULL, &r->conditions, page->issue));
        } else if ((page->party < 0 || r->by.party == page->party) &&
                   (page->issue < 0 ||
                    speaks_of(p != NULL ? p->formula : NULL, &r->conditions, page->issue)) &&
                   in_time(t->view, r->record.happened)) {
            timeline_entry *e =
                push(t->view, TIMELINE_RESPONSE, (int32_t)i, r->record.happened, -1);
            e->response = (int32_t)i;
        }
    }
    for (uint32_t i = 0; i < parley_case_proposals(t->c); i++) {
        const parley_proposal *p = parley_case_proposal(t->c, (int32_t)i);
        if (p->claim >= 0) {
            t->proposal[p->claim] = (int32_t)i;
        } else if ((page->party < 0 || p->tabled_by.party == page->party) &&
                   (page->issue < 0 || speaks_of(p->formula, &p->parts, page->issue)) &&
                   in_time(t->view, p->record.happened)) {
            timeline_entry *e =
                push(t->view, TIMELINE_PROPOSAL, (int32_t)i, p->record.happened, -1);
            e->proposal = (int32_t)i;
        }
    }
}

static void take_meetings(taking *t)
{
    const parley_timeline_page *page = t->view->page;
    for (uint32_t i = 0; i < parley_case_meetings(t->c); i++) {
        const parley_meeting *m = parley_case_meeting(t->c, (int32_t)i);
        bool issue = page->issue < 0;
        for (uint32_t k = 0; k < m->claims.count; k++) {
            issue = issue || t->shown[m->claims.at[k]];
        }
        if ((page->party < 0 || voices_have(&m->who, page->party)) && issue &&
            in_time(t->view, m->record.happened)) {
            push(t->view, TIMELINE_MEETING, (int32_t)i, m->record.happened, -1);
        }
    }
    for (uint32_t i = 0; i < parley_case_figures(t->c); i++) {
        const parley_figure *f = parley_case_figure(t->c, (int32_t)i);
        bool party =
            page->party < 0 || f->claimant.party == page->party || f->about.party == page->party;
        if (party && page->issue < 0 && in_time(t->view, f->record.happened)) {
            push(t->view, TIMELINE_FIGURE, (int32_t)i, f->record.happened, -1);
        }
    }
}

/* Incidents; with a party, those that it speaks of or is blamed for. */
static parley_status take_incidents(taking *t, parley_error *err)
{
    const parley_timeline_page *page = t->view->page;
    uint32_t count = parley_case_incidents(t->c);
    bool *in = parley_arena_array(t->view->arena, count, sizeof(*in));
    if (in == NULL) {
        return nomem(err);
    }
    for (uint32_t i = 0; i < parley_case_claims(t->c) && count > 0 && page->party >= 0; i++) {
        const parley_claim *claim = parley_case_claim(t->c, (int32_t)i);
        if (claim->about.kind == PARLEY_ABOUT_INCIDENT &&
            (voices_have(&claim->by, page->party) || voices_have(&claim->blames, page->party))) {
            in[claim->about.index] = true;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        const parley_record *r = &parley_case_incident(t->c, (int32_t)i)->record;
        if ((page->party < 0 || in[i]) && page->issue < 0 && in_time(t->view, r->happened)) {
            push(t->view, TIMELINE_INCIDENT, (int32_t)i, r->happened, -1);
        }
    }
    return PARLEY_OK;
}

static void take_claims(taking *t)
{
    for (uint32_t i = 0; i < parley_case_claims(t->c); i++) {
        const parley_claim *claim = parley_case_claim(t->c, (int32_t)i);
        if (t->shown[i] && !t->told[i] && in_time(t->view, claim->record.happened)) {
            timeline_entry *e =
                push(t->view, TIMELINE_CLAIM, (int32_t)i, claim->record.happened, (int32_t)i);
            e->response = t->response[i];
            e->proposal = t->proposal[i];
        }
    }
}

static parley_status take_all(timeline_view *view, parley_error *err)
{
    const parley_case *c = view->page->c;
    uint32_t claims = parley_case_claims(c);
    uint64_t most = (uint64_t)claims + parley_case_responses(c) + parley_case_proposals(c) +
                    parley_case_meetings(c) + parley_case_figures(c) + parley_case_incidents(c);
    for (uint32_t i = 0; i < parley_case_levers(c); i++) {
        most += parley_case_lever(c, (int32_t)i)->state_count;
    }
    taking t = {.view = view,
                .c = c,
                .shown = parley_arena_array(view->arena, claims, sizeof(bool)),
                .about = parley_arena_array(view->arena, claims, sizeof(bool)),
                .told = parley_arena_array(view->arena, claims, sizeof(bool)),
                .response = parley_arena_array(view->arena, claims, sizeof(int32_t)),
                .proposal = parley_arena_array(view->arena, claims, sizeof(int32_t))};
    view->entry = parley_arena_array(view->arena, (size_t)most, sizeof(*view->entry));
    if (t.shown == NULL || t.about == NULL || t.told == NULL || t.response == NULL ||
        t.proposal == NULL || view->entry == NULL) {
        return nomem(err);
    }
    for (uint32_t i = 0; i < claims; i++) {
        t.response[i] = -1;
        t.proposal[i] = -1;
    }
    marking m = {t.shown};
    parley_claims all = parley_claims_of(c);
    parley_status status = all.each(all.self, view->page->party, view->page->issue, INT32_MIN,
                                    INT32_MAX, mark, &m, err);
    m.claim = t.about;
    if (status == PARLEY_OK && view->page->issue >= 0) { /* a lever is its holder's */
        status = all.each(all.self, -1, view->page->issue, INT32_MIN, INT32_MAX, mark, &m, err);
    }
    if (status == PARLEY_OK) {
        take_levers(&t);
        take_answers(&t);
        take_meetings(&t);
        status = take_incidents(&t, err);
    }
    if (status == PARLEY_OK) {
        take_claims(&t);
        if (view->entries > 0) {
            qsort(view->entry, view->entries, sizeof(*view->entry), by_happening);
        }
    }
    return status;
}

/* ------------------------------------------------------------------- learned */

static int by_source(const void *pa, const void *pb)
{
    const timeline_learned *a = pa;
    const timeline_learned *b = pb;
    if (a->source != b->source) {
        return a->source < b->source ? -1 : 1;
    }
    return parley_date_compare(a->date, b->date);
}

static int by_learning(const void *pa, const void *pb)
{
    const timeline_learned *a = pa;
    const timeline_learned *b = pb;
    int order = timeline_compare_dates(a->date, b->date);
    return order != 0 ? order : (a->source > b->source) - (a->source < b->source);
}

static parley_status find_learned(timeline_view *view, parley_error *err)
{
    const parley_case *c = view->page->c;
    view->learned = parley_arena_array(view->arena, view->entries, sizeof(*view->learned));
    if (view->learned == NULL) {
        return nomem(err);
    }
    uint32_t n = 0;
    for (uint32_t i = 0; i < view->entries; i++) {
        const timeline_entry *e = &view->entry[i];
        const parley_claim *claim = e->claim >= 0 ? parley_case_claim(c, e->claim) : NULL;
        const parley_figure *f = e->kind == TIMELINE_FIGURE ? parley_case_figure(c, e->row) : NULL;
        const parley_record *r = claim != NULL ? &claim->record : f != NULL ? &f->record : NULL;
        if (r != NULL && r->learned.form != PARLEY_DATE_UNKNOWN) {
            view->learned[n++] =
                (timeline_learned){.date = r->learned,
                                   .source = claim != NULL ? claim->source : f->source,
                                   .entries = 1};
        }
    }
    if (n == 0) {
        return PARLEY_OK;
    }
    qsort(view->learned, n, sizeof(*view->learned), by_source);
    uint32_t kept = 0;
    for (uint32_t i = 1; i < n; i++) {
        timeline_learned *last = &view->learned[kept];
        if (by_source(last, &view->learned[i]) == 0) {
            last->entries++;
        } else {
            view->learned[++kept] = view->learned[i];
        }
    }
    view->learned_count = kept + 1;
    for (uint32_t i = 0; i <= kept; i++) {
        bool before = i > 0 && view->learned[i - 1].source == view->learned[i].source;
        bool behind = i < kept && view->learned[i + 1].source == view->learned[i].source;
        view->learned[i].all = !before && !behind;
    }
    qsort(view->learned, view->learned_count, sizeof(*view->learned), by_learning);
    return PARLEY_OK;
}

/* --------------------------------------------------------------------- moves */

const parley_moves *timeline_moves(const timeline_view *view)
{
    return view->page->positions ? view->moves.moves : view->own_moves;
}

static parley_status link_moves(timeline_view *view, parley_error *err)
{
    const parley_moves *moves = timeline_moves(view);
    uint32_t claims = parley_case_claims(view->page->c);
    uint32_t size = parley_moves_size(moves);
    view->first_move = parley_arena_array(view->arena, claims, sizeof(int32_t));
    view->next_move = parley_arena_array(view->arena, size, sizeof(int32_t));
    if (view->first_move == NULL || view->next_move == NULL) {
        return nomem(err);
    }
    for (uint32_t i = 0; i < claims; i++) {
        view->first_move[i] = -1;
    }
    for (uint32_t i = size; i-- > 0;) {
        const parley_move *move = parley_moves_at(moves, i);
        if (move->to->claim >= 0) {
            view->next_move[i] = view->first_move[move->to->claim];
            view->first_move[move->to->claim] = (int32_t)i;
        }
    }
    return PARLEY_OK;
}

const parley_move *timeline_move(const timeline_view *view, const timeline_entry *entry,
                                 int32_t *at)
{
    if (entry->kind != TIMELINE_CLAIM) {
        return NULL;
    }
    *at = *at < 0 ? view->first_move[entry->claim] : view->next_move[*at];
    return *at < 0 ? NULL : parley_moves_at(timeline_moves(view), (uint32_t)*at);
}

/* ---------------------------------------------------------------------- whole */

parley_status timeline_view_make(timeline_view *view, parley_ctx *ctx,
                                 const parley_timeline_page *page, parley_error *err)
{
    parley_status status = PARLEY_OK;
    *view = (timeline_view){.page = page, .arena = parley_arena_new(ctx)};
    if (view->arena == NULL) {
        return nomem(err);
    }
    if (page->positions) {
        parley_moves_page *like = parley_arena_alloc(view->arena, sizeof(*like));
        if (like == NULL) {
            status = nomem(err);
        } else {
            *like = (parley_moves_page){.c = page->c,
                                        .terms = page->terms,
                                        .party = page->party,
                                        .issue = page->issue,
                                        .since = page->since};
            status = moves_view_make_sheet(&view->moves, ctx, like, err);
        }
    } else {
        status = parley_moves_derive(&view->own_moves, ctx, page->c, &page->terms, err);
    }
    if (status == PARLEY_OK) {
        status = link_moves(view, err);
    }
    if (status == PARLEY_OK && !page->positions) {
        status = take_all(view, err);
    }
    if (status == PARLEY_OK && !page->positions) {
        status = find_learned(view, err);
    }
    if (status != PARLEY_OK) {
        timeline_view_end(view);
    }
    return status;
}

uint32_t timeline_first(const timeline_view *view)
{
    uint32_t most = view->page->most;
    return most > 0 && view->entries > most ? view->entries - most : 0;
}

void timeline_view_end(timeline_view *view)
{
    if (view->moves.arena != NULL) {
        moves_view_end(&view->moves);
    }
    parley_moves_free(view->own_moves);
    parley_arena_free(view->arena);
    view->own_moves = NULL;
    view->arena = NULL;
}
