/*
 * The reading ladder: how many packages are left as terms are taken as binding, rung by rung, and
 * what is settled and open where it last holds something. Also listing, counting and entailment at
 * a rung.
 */
#include "deal/deal_internal.h"

#include <string.h>

static parley_status count_flagged(parley_deal *d, parley_ladder_rung *rung, const uint64_t *on,
                                   parley_error *err)
{
    if (d->kept_out == DEAL_NO_CONSTRAINT || parley_count_is_zero(&rung->left)) {
        rung->flagged = parley_count_of(0);
        return PARLEY_OK;
    }
    uint64_t *with = parley_arena_array(d->arena, d->words, sizeof(*with));
    parley_count usable;
    if (with == NULL) {
        return deal_nomem(err);
    }
    memcpy(with, on, d->words * sizeof(*with));
    deal_switch_on(with, d->kept_out);
    parley_status status = space_count(d->space, deal_set(d, with), NULL, &usable, err);
    if (status == PARLEY_OK) {
        bool fits = parley_count_sub(&rung->flagged, &rung->left, &usable);
        PARLEY_ASSERT(fits);
        if (rung->rung == PARLEY_RUNG_RULES) {
            d->usable = usable;
        }
    }
    return status;
}

static parley_status climb_one(parley_deal *d, parley_rung r, uint32_t *next, parley_error *err)
{
    parley_ladder_rung *rung = &d->rung[r];
    uint32_t terms = parley_terms_size(d->terms);
    uint32_t first = *next;
    uint32_t bound = 0;
    while (*next < terms && parley_terms_at(d->terms, *next)->rung == r) {
        bound += d->term_constraint[*next] != DEAL_NO_CONSTRAINT;
        (*next)++;
    }
    int32_t *ids = parley_arena_array(d->arena, bound, sizeof(*ids));
    d->rung_on[r] = parley_arena_array(d->arena, d->words, sizeof(uint64_t));
    if (ids == NULL || d->rung_on[r] == NULL) {
        return deal_nomem(err);
    }
    memcpy(d->rung_on[r], r == 0 ? d->rules_on : d->rung_on[r - 1], d->words * sizeof(uint64_t));
    *rung = (parley_ladder_rung){.rung = r, .basis = parley_rung_basis(r), .terms = {ids, bound}};
    uint32_t n = 0;
    for (uint32_t i = first; i < *next; i++) {
        if (d->term_constraint[i] != DEAL_NO_CONSTRAINT) {
            ids[n++] = (int32_t)i;
            deal_switch_on(d->rung_on[r], d->term_constraint[i]);
        }
    }
    if (r > 0 && (bound == 0 || parley_count_is_zero(&d->rung[r - 1].left))) {
        rung->left = d->rung[r - 1].left;
        rung->flagged = d->rung[r - 1].flagged;
        return PARLEY_OK;
    }
    parley_ctx_progress(d->ctx, "counting packages", r, PARLEY_RUNG_COUNT);
    parley_status status =
        space_count(d->space, deal_set(d, d->rung_on[r]), NULL, &rung->left, err);
    return status == PARLEY_OK ? count_flagged(d, rung, d->rung_on[r], err) : status;
}

static parley_status find_support(parley_deal *d, parley_error *err)
{
    d->support = parley_arena_array(d->arena, d->variables, sizeof(*d->support));
    if (d->support == NULL) {
        return deal_nomem(err);
    }
    for (uint32_t v = 0; v < d->variables; v++) {
        uint32_t size = v < d->counted ? parley_case_issue(d->c, d->issue[v])->values : 2;
        d->support[v] = parley_arena_array(d->arena, (size + 63) / 64, sizeof(uint64_t));
        if (d->support[v] == NULL) {
            return deal_nomem(err);
        }
    }
    return d->last < 0
               ? PARLEY_OK
               : space_support(d->space, deal_set(d, d->rung_on[d->last]), NULL, d->support, err);
}

parley_status deal_climb(parley_deal *d, parley_error *err)
{
    d->words = (space_constraints(d->space) + 63) / 64 + 1;
    d->rules_on = parley_arena_array(d->arena, d->words, sizeof(uint64_t));
    if (d->rules_on == NULL) {
        return deal_nomem(err);
    }
    d->total = parley_count_of(1);
    for (uint32_t v = 0; v < d->counted; v++) {
        parley_count values = parley_count_of(parley_case_issue(d->c, d->issue[v])->values);
        if (!parley_count_mul(&d->total, &d->total, &values)) {
            parley_fail(err, PARLEY_LIMIT, "the number of packages has more than %u bits",
                        parley_ctx_limits(d->ctx)->count_bits);
            parley_error_hint(err, "look at one track at a time with --track");
            return PARLEY_LIMIT;
        }
    }
    for (uint32_t i = 0; i < parley_case_rules(d->c); i++) {
        if (d->rule_constraint[i] != DEAL_NO_CONSTRAINT) {
            deal_switch_on(d->rules_on, d->rule_constraint[i]);
        }
    }
    uint32_t next = 0;
    d->dies_at = -1;
    d->last = -1;
    for (int r = 0; r < PARLEY_RUNG_COUNT; r++) {
        parley_status status = climb_one(d, (parley_rung)r, &next, err);
        if (status != PARLEY_OK) {
            return status;
        }
        if (!parley_count_is_zero(&d->rung[r].left)) {
            d->last = r;
        } else if (d->dies_at < 0) {
            d->dies_at = r;
        }
    }
    if (d->kept_out == DEAL_NO_CONSTRAINT) {
        d->usable = d->rung[PARLEY_RUNG_RULES].left;
    }
    return find_support(d, err);
}

/* ------------------------------------------------------------------ listing */

typedef struct list_state {
    const parley_deal *d;
    parley_deal_visit visit;
    void *user;
    uint64_t skip;
    int64_t *value;
} list_state;

static bool list_one(void *user, const uint32_t *values)
{
    list_state *s = user;
    if (s->skip > 0) {
        s->skip--;
        return true;
    }
    for (uint32_t v = 0; v < s->d->counted; v++) {
        s->value[s->d->issue[v]] = values[v];
    }
    return s->visit(s->user, (parley_package){s->value, parley_case_issues(s->d->c)});
}

parley_status parley_deal_list(parley_deal *d, parley_rung rung, uint64_t skip,
                               parley_deal_visit visit, void *user, parley_error *err)
{
    uint32_t issues = parley_case_issues(d->c);
    list_state s = {d, visit, user, skip, NULL};
    parley_arena_mark mark = parley_arena_here(d->scratch);
    s.value = parley_arena_array(d->scratch, issues, sizeof(*s.value));
    if (s.value == NULL) {
        return deal_nomem(err);
    }
    for (uint32_t i = 0; i < issues; i++) {
        s.value[i] = -1;
    }
    parley_status status =
        space_list(d->space, deal_set(d, d->rung_on[rung]), NULL, list_one, &s, err);
    parley_arena_reset(d->scratch, mark);
    return status;
}

/* --------------------------------------------------------------- queries */

static parley_status check_query(const parley_deal *d, const parley_formula *f, parley_error *err)
{
    if (!deal_countable(d, f)) {
        parley_fail(err, PARLEY_INVALID, "the formula is about an issue that is not counted here");
        parley_error_hint(err, "choose its track with --track, or give the issue options");
        return PARLEY_INVALID;
    }
    return PARLEY_OK;
}

parley_status parley_deal_entails(parley_deal *d, parley_rung rung, const parley_formula *f,
                                  bool *out, parley_error *err)
{
    *out = false;
    parley_status status = check_query(d, f, err);
    if (status != PARLEY_OK) {
        return status;
    }
    parley_arena_mark mark = parley_arena_here(d->scratch);
    const space_expr *e = NULL;
    status = deal_compile_query(d, f, true, &e, err);
    if (status == PARLEY_OK) {
        status = space_entails(d->space, deal_set(d, d->rung_on[rung]), e, out, err);
    }
    parley_arena_reset(d->scratch, mark);
    return status;
}

parley_status deal_count_expr(parley_deal *d, const uint64_t *on, const space_expr *e,
                              parley_count *out, parley_error *err)
{
    uint32_t id = 0;
    parley_status status = e == NULL ? deal_nomem(err) : space_add(d->space, e, &id, err);
    if (status != PARLEY_OK) {
        return status;
    }
    uint32_t words = space_constraints(d->space) / 64 + 1;
    words = words > d->words ? words : d->words;
    uint64_t *with = parley_arena_array(d->scratch, words, sizeof(*with));
    if (with == NULL) {
        return deal_nomem(err);
    }
    memcpy(with, on, d->words * sizeof(*with));
    deal_switch_on(with, id);
    return space_count(d->space, (space_set){with, words}, NULL, out, err);
}

parley_status parley_deal_count(parley_deal *d, parley_rung rung, const parley_formula *f,
                                parley_count *out, parley_error *err)
{
    *out = parley_count_of(0);
    parley_status status = check_query(d, f, err);
    if (status == PARLEY_OK) {
        parley_arena_mark mark = parley_arena_here(d->scratch);
        const space_expr *e = NULL;
        status = deal_compile_query(d, f, false, &e, err);
        if (status == PARLEY_OK) {
            status = deal_count_expr(d, d->rung_on[rung], e, out, err);
        }
        parley_arena_reset(d->scratch, mark);
    }
    return status;
}
