/*
 * Sticking points for a page: collected from the engine, each with its weakest basis and its issue.
 */
#include "report/sticking.h"

typedef struct gather_state {
    sticking_points *out;
    parley_deal *deal;
    const parley_case *c;
    parley_arena *arena;
    uint32_t most;
    uint32_t room;
    bool failed;
} gather_state;

static int32_t common_issue(gather_state *s, parley_ids ids)
{
    const parley_terms *terms = parley_deal_terms(s->deal);
    uint32_t issues = parley_case_issues(s->c);
    size_t words = (size_t)issues / 64 + 1;
    uint32_t best_count = 0;
    int32_t best = -1;
    uint64_t *bits = parley_arena_array(s->arena, words * ids.count, sizeof(*bits));
    s->failed = s->failed || bits == NULL;
    for (uint32_t k = 0; bits != NULL && k < ids.count; k++) {
        parley_formula_issues(parley_terms_at(terms, (uint32_t)ids.at[k])->formula,
                              &bits[words * k], words);
    }
    for (uint32_t i = 0; bits != NULL && i < issues; i++) {
        uint32_t count = 0;
        for (uint32_t k = 0; k < ids.count; k++) {
            count += (uint32_t)(bits[words * k + i / 64] >> (i % 64) & 1);
        }
        if (count > best_count) {
            best_count = count;
            best = (int32_t)i;
        }
    }
    return best;
}

static bool keep(void *user, parley_ids ids)
{
    gather_state *s = user;
    sticking_points *out = s->out;
    if (out->count == s->most) {
        out->complete = false;
        return false;
    }
    if (out->count == s->room) {
        uint32_t room = s->room == 0 ? 16 : s->room * 2;
        sticking_set *grown =
            parley_arena_grow(s->arena, out->set, s->room * sizeof(*grown), room * sizeof(*grown));
        if (grown == NULL) {
            s->failed = true;
            return false;
        }
        out->set = grown;
        s->room = room;
    }
    sticking_set *set = &out->set[out->count];
    *set = (sticking_set){parley_arena_array(s->arena, ids.count, sizeof(int32_t)),
                          ids.count,
                          PARLEY_BASIS_RECORD,
                          common_issue(s, ids),
                          {NULL, 0}};
    if (set->term == NULL) {
        s->failed = true;
        return false;
    }
    for (uint32_t k = 0; k < ids.count; k++) {
        parley_basis basis =
            parley_terms_at(parley_deal_terms(s->deal), (uint32_t)ids.at[k])->basis;
        set->term[k] = ids.at[k];
        set->basis = basis > set->basis ? basis : set->basis;
    }
    out->count++;
    return !s->failed;
}

parley_status sticking_gather(sticking_points *out, parley_deal *deal, const parley_case *c,
                              parley_arena *arena, parley_rung rung, uint32_t most,
                              parley_error *err)
{
    gather_state s = {out, deal, c, arena, most, 0, false};
    *out = (sticking_points){NULL, 0, true};
    parley_status status = parley_deal_clashes(deal, rung, -1, keep, &s, err);
    if (s.failed) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while gathering sticking points");
    }
    if (status == PARLEY_LIMIT) {
        out->complete = false;
        parley_error_clear(err);
        status = PARLEY_OK;
    }
    return status;
}

parley_status sticking_find_rules(sticking_points *points, parley_deal *deal, const parley_case *c,
                                  parley_arena *arena, uint32_t most, parley_error *err)
{
    parley_status status = PARLEY_OK;
    uint32_t rules = parley_case_rules(c);
    for (uint32_t i = 0; i < points->count && i < most && rules > 0 && status == PARLEY_OK; i++) {
        sticking_set *set = &points->set[i];
        int32_t *list = parley_arena_array(arena, rules, sizeof(*list));
        if (list == NULL) {
            return parley_fail(err, PARLEY_NOMEM, "out of memory while gathering sticking points");
        }
        status = parley_deal_clash_rules(deal, (parley_ids){set->term, set->terms}, list,
                                         &set->rules.count, err);
        set->rules.at = list;
    }
    return status;
}
