/*
 * The space in which ideas are looked for: its own, so that the denial of every term and concern
 * can stand in it beside the term. Variables are those of the analysis.
 */
#include "deal/ideas_internal.h"

#include <string.h>

bool ideas_fail(ideas_work *w, parley_status status)
{
    w->status = w->status == PARLEY_OK ? status : w->status;
    return false;
}

void *ideas_take(ideas_work *w, parley_arena *arena, size_t n, size_t size)
{
    if (w->status != PARLEY_OK) {
        return NULL;
    }
    void *p = parley_arena_array(arena, n, size);
    if (p == NULL) {
        w->status = deal_nomem(w->err);
    }
    return p;
}

void *ideas_grow(ideas_work *w, void *at, uint32_t count, uint32_t *room, size_t size)
{
    if (count < *room || w->status != PARLEY_OK) {
        return w->status == PARLEY_OK ? at : NULL;
    }
    uint32_t larger = *room == 0 ? 8 : *room * 2;
    void *grown = parley_arena_grow(w->arena, at, count * size, larger * size);
    if (grown == NULL) {
        ideas_fail(w, deal_nomem(w->err));
        return NULL;
    }
    *room = larger;
    return grown;
}

static bool add(ideas_work *w, const space_expr *e, uint32_t *id)
{
    if (w->status != PARLEY_OK) {
        return false;
    }
    parley_status status = e == NULL ? deal_nomem(w->err) : space_add(w->space, e, id, w->err);
    return status == PARLEY_OK || ideas_fail(w, status);
}

static bool add_pair(ideas_work *w, const space_expr *e, idea_pair *out)
{
    return add(w, e, &out->yes) && add(w, deal_not(w->d->scratch, e), &out->no);
}

bool ideas_state(ideas_work *w, const parley_formula *f, idea_pair *out)
{
    const space_expr *e = NULL;
    *out = (idea_pair){IDEA_NONE, IDEA_NONE};
    if (w->status != PARLEY_OK) {
        return false;
    }
    if (!deal_countable(w->d, f)) {
        return true;
    }
    parley_arena_mark mark = parley_arena_here(w->d->scratch);
    parley_status status = deal_compile_query(w->d, f, true, &e, w->err);
    bool done = status == PARLEY_OK ? add_pair(w, e, out) : ideas_fail(w, status);
    parley_arena_reset(w->d->scratch, mark);
    return done;
}

/* Any of these formulas; what fits no formula or is not counted says nothing. */
static const space_expr *any_of(ideas_work *w, const parley_conditions *list,
                                const space_expr *with)
{
    for (uint32_t k = 0; k < list->count && w->status == PARLEY_OK; k++) {
        const space_expr *e = NULL;
        const parley_formula *f = list->at[k].formula;
        if (f == NULL || !deal_countable(w->d, f)) {
            continue;
        }
        parley_status status = deal_compile_query(w->d, f, true, &e, w->err);
        if (status != PARLEY_OK) {
            ideas_fail(w, status);
            return NULL;
        }
        with = with == NULL
                   ? e
                   : deal_not(w->d->scratch, deal_both(w->d->scratch, deal_not(w->d->scratch, with),
                                                       deal_not(w->d->scratch, e)));
        if (with == NULL) {
            ideas_fail(w, deal_nomem(w->err));
        }
    }
    return with;
}

static void concern_issues(ideas_work *w, const parley_conditions *list, uint64_t *bits)
{
    for (uint32_t k = 0; k < list->count; k++) {
        if (list->at[k].formula != NULL) {
            parley_formula_issues(list->at[k].formula, bits, w->issue_words);
        }
    }
}

static bool add_concerns(ideas_work *w)
{
    for (uint32_t k = 0; k < w->concerns && w->status == PARLEY_OK; k++) {
        const parley_concern *concern = parley_case_concern(w->c, (int32_t)k);
        w->wholly[k] = w->partly[k] = (idea_pair){IDEA_NONE, IDEA_NONE};
        parley_arena_mark mark = parley_arena_here(w->d->scratch);
        const space_expr *whole = any_of(w, &concern->met_by, NULL);
        const space_expr *part = any_of(w, &concern->in_part, whole);
        if (whole != NULL) {
            add_pair(w, whole, &w->wholly[k]);
        }
        if (part != NULL) {
            add_pair(w, part, &w->partly[k]);
        }
        parley_arena_reset(w->d->scratch, mark);
        concern_issues(w, &concern->met_by, &w->concern_issues[w->issue_words * k]);
        concern_issues(w, &concern->in_part, &w->concern_issues[w->issue_words * k]);
    }
    return w->status == PARLEY_OK;
}

static bool add_terms(ideas_work *w)
{
    for (uint32_t t = 0; t < w->terms && w->status == PARLEY_OK; t++) {
        const parley_term *term = parley_terms_at(w->d->terms, t);
        w->term[t] = (idea_pair){IDEA_NONE, IDEA_NONE};
        parley_formula_issues(term->formula, &w->term_issues[w->issue_words * t], w->issue_words);
        if (w->d->term_constraint[t] != DEAL_NO_CONSTRAINT && term->mode != PARLEY_MODE_ACCEPTS) {
            parley_arena_mark mark = parley_arena_here(w->d->scratch);
            add_pair(w, deal_term_expr(w->d, w->d->scratch, term), &w->term[t]);
            parley_arena_reset(w->d->scratch, mark);
        }
    }
    return w->status == PARLEY_OK;
}

static bool add_rules(ideas_work *w)
{
    const parley_case *c = w->c;
    idea_pair pair;
    uint32_t most = parley_case_rules(c);
    for (uint32_t i = 0; i < parley_case_flags(c); i++) {
        most += parley_case_flag(c, (int32_t)i)->keeps_out.count;
    }
    w->hard = ideas_take(w, w->scratch, most, sizeof(*w->hard));
    w->lifted = ideas_take(w, w->scratch, parley_case_flags(c), sizeof(*w->lifted));
    if (w->hard == NULL || w->lifted == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < parley_case_rules(c); i++) {
        if (!ideas_state(w, parley_case_rule(c, (int32_t)i)->formula, &pair)) {
            return false;
        }
        if (pair.yes != IDEA_NONE) {
            w->hard[w->hards++] = pair.yes;
        }
    }
    for (uint32_t i = 0; i < parley_case_flags(c); i++) {
        const parley_flag *flag = parley_case_flag(c, (int32_t)i);
        w->lifted[i] = (idea_pair){IDEA_NONE, IDEA_NONE};
        if (flag->lifted) {
            parley_arena_mark mark = parley_arena_here(w->d->scratch);
            const space_expr *e = any_of(w, &flag->keeps_out, NULL);
            if (e != NULL) {
                add_pair(w, e, &w->lifted[i]);
            }
            parley_arena_reset(w->d->scratch, mark);
            continue;
        }
        for (uint32_t k = 0; k < flag->keeps_out.count; k++) {
            const parley_formula *f = flag->keeps_out.at[k].formula;
            if (f != NULL && !ideas_state(w, f, &pair)) {
                return false;
            }
            if (f != NULL && pair.no != IDEA_NONE) {
                w->hard[w->hards++] = pair.no;
            }
        }
    }
    return w->status == PARLEY_OK;
}

/* Can the terms of each party hold together, whatever the package? */
static bool find_together(ideas_work *w)
{
    uint32_t parties = parley_case_parties(w->c);
    w->together = ideas_take(w, w->scratch, parties, sizeof(*w->together));
    w->moot = ideas_take(w, w->scratch, w->terms, sizeof(*w->moot));
    w->never = ideas_take(w, w->scratch, w->terms, sizeof(*w->never));
    for (uint32_t t = 0; t < w->terms && w->status == PARLEY_OK; t++) {
        w->never[t] = w->term[t].yes != IDEA_NONE;
        for (uint32_t k = 0; k < w->concerns && w->never[t]; k++) {
            w->never[t] = parley_case_concern(w->c, (int32_t)k)->party !=
                              parley_terms_at(w->d->terms, t)->party ||
                          !ideas_share(&w->term_issues[w->issue_words * t],
                                       &w->concern_issues[w->issue_words * k], w->issue_words);
        }
        w->moot[t] =
            w->term[t].yes != IDEA_NONE && !ideas_exists(w, &w->empty, &w->term[t].yes, 1, NULL);
        w->never[t] = w->never[t] && !w->moot[t];
    }
    uint32_t *ids = ideas_take(w, w->scratch, w->terms, sizeof(*ids));
    for (uint32_t p = 0; p < parties && ids != NULL && w->together != NULL; p++) {
        uint32_t n = 0;
        for (uint32_t t = 0; t < w->terms; t++) {
            if (w->term[t].yes != IDEA_NONE &&
                parley_terms_at(w->d->terms, t)->party == (int32_t)p) {
                ids[n++] = w->term[t].yes;
            }
        }
        w->together[p] = n < 2 || ideas_exists(w, &w->empty, ids, n, NULL);
    }
    return w->status == PARLEY_OK;
}

bool ideas_begin(ideas_work *w)
{
    parley_deal *d = w->d;
    w->variables = d->variables;
    w->terms = parley_terms_size(d->terms);
    w->concerns = parley_case_concerns(w->c);
    w->issue_words = (size_t)parley_case_issues(w->c) / 64 + 1;
    w->term = ideas_take(w, w->scratch, w->terms, sizeof(*w->term));
    w->term_issues = ideas_take(w, w->scratch, w->terms * w->issue_words, sizeof(uint64_t));
    w->wholly = ideas_take(w, w->scratch, w->concerns, sizeof(*w->wholly));
    w->partly = ideas_take(w, w->scratch, w->concerns, sizeof(*w->partly));
    w->concern_issues = ideas_take(w, w->scratch, w->concerns * w->issue_words, sizeof(uint64_t));
    w->rank = ideas_take(w, w->scratch, w->concerns, sizeof(*w->rank));
    w->out->base_level = ideas_take(w, w->arena, w->concerns, sizeof(*w->out->base_level));
    space_variable *variable = ideas_take(w, w->scratch, d->variables, sizeof(*variable));
    if (variable == NULL) {
        return false;
    }
    for (uint32_t v = 0; v < d->variables; v++) {
        variable[v].projected = v >= d->counted;
        variable[v].size = ideas_values(w, v);
    }
    parley_status status = space_new(&w->space, w->ctx, d->variables, variable, w->err);
    if (status != PARLEY_OK) {
        return ideas_fail(w, status);
    }
    return add_rules(w) && add_terms(w) && add_concerns(w) &&
           ideas_package_new(w, w->scratch, &w->empty) && find_together(w);
}

static bool switch_on(ideas_work *w, const uint32_t *ids, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        deal_switch_on(w->bits, ids[i]);
    }
    return true;
}

bool ideas_exists(ideas_work *w, const idea_package *p, const uint32_t *ids, uint32_t count,
                  uint32_t *witness)
{
    uint32_t words = space_constraints(w->space) / 64 + 1;
    bool found = false;
    if (words > w->bit_words) {
        w->bits = ideas_take(w, w->arena, (size_t)words * 2, sizeof(*w->bits));
        w->bit_words = w->bits != NULL ? words * 2 : 0;
    }
    if (w->status != PARLEY_OK) {
        return false;
    }
    memset(w->bits, 0, w->bit_words * sizeof(*w->bits));
    switch_on(w, w->hard, w->hards);
    switch_on(w, ids, count);
    for (uint32_t i = 0; i < p->units; i++) {
        deal_switch_on(w->bits, w->unit.at[p->unit[i]].yes);
    }
    parley_status status =
        space_exists(w->space, (space_set){w->bits, words}, p->set, &found, witness, w->err);
    return status == PARLEY_OK ? found : ideas_fail(w, status);
}

bool ideas_always(ideas_work *w, const idea_package *p, idea_pair statement)
{
    return statement.no != IDEA_NONE && !ideas_exists(w, p, &statement.no, 1, NULL) &&
           w->status == PARLEY_OK;
}
