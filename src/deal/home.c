/*
 * What each party can carry at home: the terms of constituencies, as constraints of an analysis.
 *
 * Each term is two constraints of the space, added once and switched on by a question: the package
 * keeps it, the package crosses it. An answer that nobody knows takes nothing away: a term keeps a
 * package that some answer would let through, each term looking for its own answers where nothing
 * else in the case mentions them.
 */
#include "deal/home_internal.h"

#include <string.h>

parley_status home_nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while looking at constituencies");
}

home_entry *home_push(parley_home *h)
{
    if (h->entries == h->room) {
        uint32_t room = h->room == 0 ? 16 : h->room * 2;
        home_entry *grown =
            parley_arena_grow(h->arena, h->entry, h->room * sizeof(*grown), room * sizeof(*grown));
        if (grown == NULL) {
            return NULL;
        }
        h->entry = grown;
        h->room = room;
    }
    home_entry *e = &h->entry[h->entries++];
    *e = (home_entry){.keeps = DEAL_NO_CONSTRAINT, .crosses = DEAL_NO_CONSTRAINT};
    return e;
}

/* Does what the row says hold on the day looked from? A row is as good as one of its claims. */
static bool in_force(const parley_home *h, const parley_constituency *row)
{
    bool some = row->claims.count == 0;
    if (h->day.form != PARLEY_DATE_UNKNOWN &&
        !parley_date_possibly_by(row->record.happened, h->day.last)) {
        return false;
    }
    for (uint32_t k = 0; k < row->claims.count; k++) {
        some = some || parley_terms_in_force(h->d->terms, row->claims.at[k]);
    }
    return some;
}

static parley_status add_row(parley_home *h, int32_t i, parley_error *err)
{
    const parley_constituency *row = parley_case_constituency(h->c, i);
    const parley_conditions list[3] = {row->accepts, row->requires, row->refuses};
    static const parley_mode modes[3] = {PARLEY_MODE_ACCEPTS, PARLEY_MODE_REQUIRES,
                                         PARLEY_MODE_REFUSES};
    bool holds = in_force(h, row);
    for (size_t m = 0; m < 3; m++) {
        for (uint32_t k = 0; k < list[m].count; k++) {
            home_entry *e = home_push(h);
            if (e == NULL) {
                return home_nomem(err);
            }
            const parley_formula *f = list[m].at[k].formula;
            e->term = (parley_home_term){.constituency = home_root(h->c, i),
                                         .row = i,
                                         .poll = -1,
                                         .mode = modes[m],
                                         .formula = f,
                                         .text = list[m].at[k].text,
                                         .basis = row->basis,
                                         .counted =
                                             !holds                     ? PARLEY_HOME_NOT_IN_FORCE
                                             : f == NULL                ? PARLEY_HOME_WORDS
                                             : !deal_countable(h->d, f) ? PARLEY_HOME_OTHER_ISSUE
                                             : modes[m] == PARLEY_MODE_ACCEPTS ? PARLEY_HOME_ACCEPTS
                                                                               : PARLEY_HOME_COUNTS,
                                         .blocks = row->say == PARLEY_SAY_BLOCKS};
        }
    }
    return PARLEY_OK;
}

/* Constituencies in file order, each with the rows that say more on it behind it. */
static parley_status add_rows(parley_home *h, parley_error *err)
{
    uint32_t rows = parley_case_constituencies(h->c);
    int32_t *ids = parley_arena_array(h->arena, rows, sizeof(*ids));
    uint32_t n = 0;
    if (ids == NULL) {
        return home_nomem(err);
    }
    /* rows of each constituency as a chain, so that many rows on many cost no more than once */
    int32_t *next = parley_arena_array(h->arena, rows, sizeof(*next));
    int32_t *last = parley_arena_array(h->arena, rows, sizeof(*last));
    if (next == NULL || last == NULL) {
        return home_nomem(err);
    }
    for (uint32_t i = 0; i < rows; i++) {
        next[i] = -1;
        last[i] = (int32_t)i;
    }
    for (uint32_t i = 0; i < rows; i++) {
        int32_t root = home_root(h->c, (int32_t)i);
        if (root == (int32_t)i) {
            ids[n++] = root;
        } else {
            next[last[root]] = (int32_t)i;
            last[root] = (int32_t)i;
        }
    }
    h->constituencies = (parley_ids){ids, n};
    parley_status status = PARLEY_OK;
    for (uint32_t k = 0; k < n; k++) {
        for (int32_t i = ids[k]; i >= 0 && status == PARLEY_OK; i = next[i]) {
            status = add_row(h, i, err);
        }
    }
    return status;
}

/* ------------------------------------------------------------- constraints */

/* Whether a term is kept, as an expression in the scratch arena: required F holds, refused F does
 * not, for some of the answers that nobody knows. */
static parley_status kept_expr(parley_home *h, const parley_home_term *term, const space_expr **out,
                               parley_error *err)
{
    bool refuses = term->mode == PARLEY_MODE_REFUSES;
    parley_status status = deal_compile_query(h->d, term->formula, refuses, out, err);
    if (status == PARLEY_OK && refuses) {
        *out = deal_not(h->d->scratch, *out);
        status = *out == NULL ? home_nomem(err) : PARLEY_OK;
    }
    return status;
}

static parley_status add_constraints(parley_home *h, parley_error *err)
{
    parley_status status = PARLEY_OK;
    for (uint32_t i = 0; i < h->entries && status == PARLEY_OK; i++) {
        home_entry *e = &h->entry[i];
        if (e->term.counted != PARLEY_HOME_COUNTS && e->term.counted != PARLEY_HOME_ACCEPTS) {
            continue;
        }
        parley_arena_mark mark = parley_arena_here(h->d->scratch);
        const space_expr *kept = NULL;
        status = kept_expr(h, &e->term, &kept, err);
        if (status == PARLEY_OK) {
            status = space_add(h->d->space, kept, &e->keeps, err);
        }
        if (status == PARLEY_OK) {
            const space_expr *crossed = deal_not(h->d->scratch, kept);
            status = crossed == NULL ? home_nomem(err)
                                     : space_add(h->d->space, crossed, &e->crosses, err);
        }
        parley_arena_reset(h->d->scratch, mark);
    }
    return status;
}

static parley_status prepare(parley_home *h, parley_error *err)
{
    const parley_deal *d = h->d;
    h->words = space_constraints(d->space) / 64 + 1;
    h->words = h->words > d->words ? h->words : d->words;
    h->on = parley_arena_array(h->arena, h->words, sizeof(*h->on));
    h->found = parley_arena_array(h->arena, h->entries, sizeof(*h->found));
    h->clamp = parley_arena_array(h->arena, d->variables, sizeof(*h->clamp));
    if (h->on == NULL || h->found == NULL || h->clamp == NULL) {
        return home_nomem(err);
    }
    for (uint32_t v = 0; v < d->counted; v++) {
        uint32_t values = parley_case_issue(h->c, d->issue[v])->values;
        h->clamp[v] = parley_arena_array(h->arena, (values + 63) / 64, sizeof(uint64_t));
        if (h->clamp[v] == NULL) {
            return home_nomem(err);
        }
    }
    return PARLEY_OK;
}

parley_status parley_home_new(parley_home **out, parley_ctx *ctx, parley_deal *deal,
                              const parley_case *c, const parley_home_options *options,
                              parley_error *err)
{
    const parley_home_options defaults = PARLEY_HOME_OPTIONS_INIT;
    const parley_home_options *o = options != NULL ? options : &defaults;
    *out = NULL;
    parley_home *h = parley_alloc(ctx, sizeof(*h));
    if (h == NULL) {
        return home_nomem(err);
    }
    h->ctx = ctx;
    h->d = deal;
    h->c = c;
    h->day = o->at.form != PARLEY_DATE_UNKNOWN ? o->at : parley_case_as_of(c);
    h->arena = parley_arena_new(ctx);
    parley_status status = h->arena == NULL ? home_nomem(err) : add_rows(h, err);
    if (status == PARLEY_OK) {
        status = home_read_polls(h, err);
    }
    if (status == PARLEY_OK) {
        status = add_constraints(h, err);
    }
    if (status == PARLEY_OK) {
        status = prepare(h, err);
    }
    if (status != PARLEY_OK) {
        parley_home_free(h);
        return status;
    }
    *out = h;
    return PARLEY_OK;
}

void parley_home_free(parley_home *h)
{
    if (h != NULL) {
        parley_arena_free(h->arena);
        parley_release(h->ctx, h, sizeof(*h));
    }
}

/* ------------------------------------------------------------------ answers */

parley_date parley_home_day(const parley_home *h)
{
    return h->day;
}

parley_ids parley_home_constituencies(const parley_home *h)
{
    return h->constituencies;
}

uint32_t parley_home_terms(const parley_home *h)
{
    return h->entries;
}

const parley_home_term *parley_home_term_at(const parley_home *h, uint32_t i)
{
    PARLEY_ASSERT(i < h->entries);
    return &h->entry[i].term;
}

uint32_t parley_home_polls(const parley_home *h)
{
    return h->polls;
}

const parley_home_poll *parley_home_poll_at(const parley_home *h, uint32_t i)
{
    PARLEY_ASSERT(i < h->polls);
    return &h->poll[i];
}

bool parley_home_known(const parley_home *h, int32_t party)
{
    for (uint32_t k = 0; k < h->constituencies.count; k++) {
        if (parley_case_constituency(h->c, h->constituencies.at[k])->party == party) {
            return true;
        }
    }
    return false;
}
