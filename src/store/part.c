/*
 * A part of the case: everything but claims, and of the claims those that decide what can be said
 * about the ones asked for.
 *
 * Indexes give more claims than are needed, never fewer: they hold every name that stands in a
 * claim. What is read is bound as a small case, which says what the claims are about; then what
 * bears on them is fetched, and the small case read again, until nothing is missing. What decides
 * a claim's moves and terms: docs/decisions/0025-part-of-a-case.md.
 */
#include "store/part_internal.h"

#include <string.h>

/* ---------------------------------------------------------------- what bears */

static void mark(gathering *g, uint32_t seq)
{
    for (size_t i = 0; i < g->count; i++) {
        g->claim[i].asked = g->claim[i].asked || g->claim[i].seq == seq;
    }
}

/* Fetch a list; the claims of it are asked about. */
static parley_status fetch_asked(gathering *g, const store_numbers *list)
{
    parley_status status = PARLEY_OK;
    store_set wanted = {.ctx = g->ctx};
    for (size_t i = 0; i < list->count && status == PARLEY_OK; i++) {
        bool fresh = false;
        status = part_fetch(g, list->at[i]);
        if (status == PARLEY_OK && !store_set_add(&wanted, list->at[i], &fresh)) {
            status = part_nomem(g);
        }
    }
    for (size_t i = 0; i < g->count; i++) {
        g->claim[i].asked = g->claim[i].asked || store_set_has(&wanted, g->claim[i].seq);
    }
    store_set_drop(&wanted);
    return status;
}

/* The frame for the indexes of claims: what is bound so far. */
static parley_store_claims frame_of(gathering *g)
{
    return (parley_store_claims){.store = g->store, .ctx = g->ctx, .frame = g->c};
}

/* Index of a name of the question: -1 when nothing was named, -2 when there is none of it. */
static int32_t index_of(const gathering *g, const char *section, const char *id)
{
    int32_t i = id == NULL ? -1 : parley_case_find(g->c, section, id, strlen(id));
    return id != NULL && i < 0 ? -2 : i;
}

static parley_status fetch_question(gathering *g)
{
    const parley_part *part = g->part;
    store_numbers list = {.ctx = g->ctx};
    parley_status status = PARLEY_OK;
    for (size_t i = 0; i < part->id_count && status == PARLEY_OK; i++) {
        uint32_t seq = 0;
        status = part_find_id(g, part->ids[i], &seq);
        if (status == PARLEY_OK && seq > 0) {
            status = part_fetch(g, seq);
        }
        if (status == PARLEY_OK && seq > 0 && !part->bare) {
            mark(g, seq);
        }
        if (status == PARLEY_OK && part->referrers) {
            status = part_fetch_linked(g, STORE_LINK_REPEATS, part->ids[i]);
        }
        if (status == PARLEY_OK && part->referrers) {
            status = part_fetch_linked(g, STORE_LINK_REPLACES, part->ids[i]);
        }
        if (status == PARLEY_OK && part->referrers) {
            status = part_fetch_linked(g, STORE_LINK_NAME, part->ids[i]);
        }
    }
    if (status == PARLEY_OK && !part->bare) {
        status = part_fetch_newest(g);
    }
    if (status == PARLEY_OK && !part->bare && part->about != NULL) {
        status = part_linked(g, &list, STORE_LINK_NAME, part->about);
        if (status == PARLEY_OK) {
            status = fetch_asked(g, &list);
        }
        list.count = 0;
    }
    if (status == PARLEY_OK) {
        status = part_rebind(g);
    }
    if (part->bare) {
        return status;
    }
    if (status == PARLEY_OK) {
        status = part_fetch_dated(g);
    }
    if (status == PARLEY_OK && (part->party != NULL || part->issue != NULL)) {
        parley_store_claims k = frame_of(g);
        int32_t party = index_of(g, "parties", part->party);
        int32_t issue = index_of(g, "issues", part->issue);
        if (party > -2 && issue > -2) {
            status = store_claims_net(&k, &list, party, issue, g->err);
        }
        if (status == PARLEY_OK) {
            status = fetch_asked(g, &list);
        }
    }
    store_numbers_drop(&list);
    return status == PARLEY_OK ? part_rebind(g) : status;
}

static bool answer_speaks_of(const parley_case *c, const parley_response *r, int32_t issue)
{
    return issue < 0 || parley_conditions_mention(&r->conditions, issue) ||
           parley_conditions_mention(&r->only_if, issue) ||
           (r->proposal >= 0 &&
            parley_proposal_mentions(parley_case_proposal(c, r->proposal), issue));
}

/* An answer says more than the claim it leans on: where it is asked about, so is the claim. So are
 * the claims that a concern leans on. */
static void ask_about_others(gathering *g)
{
    const parley_part *part = g->part;
    int32_t party = index_of(g, "parties", part->party);
    int32_t issue = index_of(g, "issues", part->issue);
    int32_t proposal = index_of(g, "proposals", part->about);
    int32_t concern = index_of(g, "concerns", part->about);
    if (part->party == NULL && part->issue == NULL && part->about == NULL) {
        return;
    }
    for (uint32_t i = 0; i < parley_case_responses(g->c); i++) {
        const parley_response *r = parley_case_response(g->c, (int32_t)i);
        if (r->claim >= 0 && (party == -1 || r->by.party == party) &&
            (proposal == -1 || r->proposal == proposal) && answer_speaks_of(g->c, r, issue)) {
            g->claim[r->claim].asked = true;
        }
    }
    if (concern >= 0) {
        const parley_concern *row = parley_case_concern(g->c, concern);
        const parley_ids lists[] = {row->from, row->met_from};
        if (row->claim >= 0) {
            g->claim[row->claim].asked = true;
        }
        for (size_t l = 0; l < sizeof(lists) / sizeof(lists[0]); l++) {
            for (uint32_t k = 0; k < lists[l].count; k++) {
                g->claim[lists[l].at[k]].asked = true;
            }
        }
    }
}

/* Claims of one term: those that share it with a claim asked about are asked about too. */
static parley_status ask_about_terms(gathering *g)
{
    parley_terms *terms = NULL;
    parley_status status = parley_terms_derive(&terms, g->ctx, g->c, g->part->options, g->err);
    for (uint32_t i = 0; status == PARLEY_OK && i < parley_terms_size(terms); i++) {
        const parley_term *term = parley_terms_at(terms, i);
        bool asked = false;
        for (uint32_t k = 0; k < term->claims.count; k++) {
            asked = asked || g->claim[term->claims.at[k]].asked;
        }
        for (uint32_t k = 0; asked && k < term->claims.count; k++) {
            g->claim[term->claims.at[k]].asked = true;
        }
    }
    parley_terms_free(terms);
    return status;
}

/* Subjects are issues, and behind them proposals that a formula says are accepted. */
typedef struct pairing {
    gathering *g;
    uint32_t issues;
    uint32_t subjects;
    bool *now;     /* by party and subject: wanted */
    bool *subject; /* of one claim */
    bool *active;  /* by party: it said something that is asked about */
} pairing;

static void see_atom(void *user, const parley_formula *atom)
{
    pairing *p = user;
    if (atom->kind >= PARLEY_F_CHOICE && atom->kind <= PARLEY_F_SHARE && atom->issue >= 0) {
        p->subject[atom->issue] = true;
    } else if (atom->kind == PARLEY_F_ACCEPTS && atom->proposal >= 0) {
        p->subject[p->issues + (uint32_t)atom->proposal] = true;
    }
}

static void see_list(pairing *p, const parley_conditions *list)
{
    for (uint32_t k = 0; k < list->count; k++) {
        if (list->at[k].formula != NULL) {
            parley_formula_atoms(list->at[k].formula, see_atom, p);
        }
    }
}

static void see_proposal(pairing *p, int32_t proposal)
{
    if (proposal >= 0) {
        const parley_proposal *row = parley_case_proposal(p->g->c, proposal);
        if (row->formula != NULL) {
            parley_formula_atoms(row->formula, see_atom, p);
        }
        see_list(p, &row->parts);
    }
}

static void want(pairing *p, int32_t party)
{
    for (uint32_t j = 0; party >= 0 && p->active[party] && j < p->subjects; j++) {
        size_t at = (size_t)party * p->subjects + j;
        p->now[at] = p->now[at] || (p->subject[j] && !p->g->paired[at]);
    }
}

/* What the claim's speakers said about the issues it speaks about. */
static void pair_claim(pairing *p, const parley_claim *claim)
{
    memset(p->subject, 0, p->subjects * sizeof(*p->subject));
    if (claim->about.kind == PARLEY_ABOUT_ISSUE) {
        p->subject[claim->about.index] = true;
    }
    if (claim->about.kind == PARLEY_ABOUT_PROPOSAL) {
        see_proposal(p, claim->about.index);
    }
    if (claim->about.formula != NULL) {
        parley_formula_atoms(claim->about.formula, see_atom, p);
    }
    see_list(p, &claim->conditions);
    see_list(p, &claim->only_if);
    for (uint32_t k = 0; k < claim->by.count; k++) {
        want(p, claim->by.at[k].party);
    }
}

static void pair_answer(pairing *p, const parley_response *r)
{
    memset(p->subject, 0, p->subjects * sizeof(*p->subject));
    see_proposal(p, r->proposal);
    see_list(p, &r->conditions);
    see_list(p, &r->only_if);
    want(p, r->by.party);
}

/*
 * Of a party that said something asked about, everything on the issues of that, and of what this
 * speaks of besides, and so on: what says the same is found from one to the next.
 */
static void pair_all(pairing *p)
{
    const parley_case *c = p->g->c;
    int32_t proposal = index_of(p->g, "proposals", p->g->part->about);
    for (uint32_t i = 0; i < parley_case_claims(c); i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        for (uint32_t k = 0; p->g->claim[i].asked && k < claim->by.count; k++) {
            if (claim->by.at[k].party >= 0) {
                p->active[claim->by.at[k].party] = true;
            }
        }
    }
    for (uint32_t i = 0; i < parley_case_responses(c); i++) {
        const parley_response *r = parley_case_response(c, (int32_t)i);
        bool asked = r->claim >= 0 && p->g->claim[r->claim].asked;
        if (r->by.party >= 0 && (asked || (proposal >= 0 && r->proposal == proposal))) {
            p->active[r->by.party] = true;
        }
    }
    for (uint32_t i = 0; i < parley_case_claims(c); i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        bool bears = false;
        for (uint32_t k = 0; k < claim->by.count && !bears; k++) {
            bears = claim->by.at[k].party >= 0 && p->active[claim->by.at[k].party];
        }
        if (bears) {
            pair_claim(p, claim);
        }
    }
    for (uint32_t i = 0; i < parley_case_responses(c); i++) {
        const parley_response *r = parley_case_response(c, (int32_t)i);
        if (r->by.party >= 0 && p->active[r->by.party]) {
            pair_answer(p, r);
        }
    }
}

/* Claims of a party on one subject. */
static parley_status net(gathering *g, parley_store_claims *k, store_numbers *out, int32_t party,
                         uint32_t subject)
{
    uint32_t issues = parley_case_issues(k->frame);
    if (subject < issues) {
        return store_claims_net(k, out, party, (int32_t)subject, g->err);
    }
    const parley_proposal *p = parley_case_proposal(k->frame, (int32_t)(subject - issues));
    parley_status status = part_linked(g, out, STORE_LINK_NAME, p->record.id);
    return status == PARLEY_OK && p->name != NULL ? part_linked(g, out, STORE_LINK_NAME, p->name)
                                                  : status;
}

/* One pass; *more: claims came. */
static parley_status fetch_bearing(gathering *g, bool *more)
{
    pairing p = {.g = g,
                 .issues = parley_case_issues(g->c),
                 .subjects = parley_case_issues(g->c) + parley_case_proposals(g->c)};
    size_t size = (size_t)parley_case_parties(g->c) * p.subjects;
    size_t before = g->count;
    parley_store_claims k = frame_of(g);
    store_numbers list = {.ctx = g->ctx};
    parley_status status = PARLEY_OK;
    p.now = parley_arena_array(g->arena, size, sizeof(*p.now));
    p.subject = parley_arena_array(g->arena, p.subjects, sizeof(*p.subject));
    p.active = parley_arena_array(g->arena, parley_case_parties(g->c), sizeof(*p.active));
    if (p.now == NULL || p.subject == NULL || p.active == NULL) {
        return part_nomem(g);
    }
    pair_all(&p);
    for (size_t at = 0; at < size && status == PARLEY_OK; at++) {
        if (!p.now[at]) {
            continue;
        }
        list.count = 0;
        g->paired[at] = true;
        status = net(g, &k, &list, (int32_t)(at / p.subjects), (uint32_t)(at % p.subjects));
        for (size_t i = 0; i < list.count && status == PARLEY_OK; i++) {
            status = part_fetch(g, list.at[i]);
        }
    }
    store_numbers_drop(&list);
    *more = g->count > before;
    return status == PARLEY_OK ? part_rebind(g) : status;
}

/* Pairs that the question itself has fetched: all of a party, or all of an issue. */
static parley_status note_question(gathering *g)
{
    uint32_t parties = parley_case_parties(g->c);
    uint32_t issues = parley_case_issues(g->c);
    uint32_t subjects = issues + parley_case_proposals(g->c);
    int32_t party = index_of(g, "parties", g->part->party);
    int32_t issue = index_of(g, "issues", g->part->issue);
    g->paired = parley_arena_array(g->arena, (size_t)parties * subjects, sizeof(*g->paired));
    if (g->paired == NULL) {
        return part_nomem(g);
    }
    if (party == -2 || issue == -2 || (party < 0 && issue < 0)) {
        return PARLEY_OK;
    }
    for (uint32_t i = 0; i < parties; i++) {
        for (uint32_t j = 0; j < subjects; j++) {
            g->paired[(size_t)i * subjects + j] =
                (party < 0 || (uint32_t)party == i) && (issue < 0 || (uint32_t)issue == j);
        }
    }
    return PARLEY_OK;
}

static parley_status gather(gathering *g)
{
    bool more = !g->part->bare;
    parley_status status = part_read_records(g);
    if (status == PARLEY_OK) {
        status = fetch_question(g);
    }
    if (status == PARLEY_OK && more) {
        ask_about_others(g);
        status = note_question(g);
    }
    while (status == PARLEY_OK && more) {
        if (g->part->terms) {
            status = ask_about_terms(g);
        }
        if (status == PARLEY_OK) {
            status = fetch_bearing(g, &more);
        }
        if (status == PARLEY_OK && parley_ctx_cancelled(g->ctx)) {
            status = parley_fail(g->err, PARLEY_CANCELLED, "stopped while reading '%s'",
                                 parley_store_path(g->store));
        }
    }
    return status;
}

parley_status parley_store_part(parley_case **out, parley_store *store, const parley_part *part,
                                const parley_case_options *options, parley_diagnostics *diagnostics,
                                parley_head *head, parley_error *err)
{
    gathering g = {
        .store = store, .ctx = store->ctx, .part = part, .seen = {.ctx = store->ctx}, .err = err};
    bool own = false;
    parley_head end;
    *out = NULL;
    if (part->version != 1) {
        return parley_fail(err, PARLEY_INVALID, "version %d of the question is not known",
                           part->version);
    }
    parley_status status = store_begin_read(store, &own, err);
    if (status != PARLEY_OK) {
        return status;
    }
    if (store->d.format < STORE_LINKS_FORMAT) { /* its indexes do not tell what is needed */
        status = parley_store_case(out, store, PARLEY_STORE_NOW, options, diagnostics, head, err);
        store_end_read(store, own);
        return status;
    }
    g.arena = parley_arena_new(store->ctx);
    if (g.arena == NULL) {
        status = part_nomem(&g);
    }
    if (status == PARLEY_OK) {
        status = parley_store_head(&end, store, PARLEY_STORE_NOW, err);
    }
    if (status == PARLEY_OK) {
        status = store_tree_new(&g.tree, store, err);
    }
    if (status == PARLEY_OK) {
        status = gather(&g);
    }
    if (status == PARLEY_OK && options == NULL && diagnostics == NULL) {
        *out = g.c;
        g.c = NULL;
    } else if (status == PARLEY_OK) {
        status = part_bind(&g, out, options, diagnostics);
    }
    if (status == PARLEY_OK && head != NULL) {
        *head = end;
    }
    parley_case_free(g.c);
    store_tree_free(g.tree);
    store_set_drop(&g.seen);
    parley_arena_free(g.arena);
    store_end_read(store, own);
    return status;
}
