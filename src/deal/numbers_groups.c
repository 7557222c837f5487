/*
 * The smallest groups that are enough when not everybody has to accept, and what fairness chooses
 * for each: over what all of its members accept, by their gains alone.
 */
#include "deal/numbers_analysis.h"

#define WINNING_MOST 64u
#define WINNING_LARGE 8u /* where each takes seconds */

static bool has_veto(const parley_numbers *x, uint32_t i)
{
    const parley_acceptance *a = parley_case_acceptance(x->c);
    for (uint32_t k = 0; k < a->vetoes.count; k++) {
        if (a->vetoes.at[k] == x->nc->party[i]) {
            return true;
        }
    }
    return false;
}

static parley_status one_group(parley_numbers *x, const uint32_t *who, uint32_t count,
                               parley_error *err)
{
    parley_winning *w = &x->winning[x->winnings];
    uint32_t *own = parley_arena_array(x->arena, count, sizeof(*own));
    int32_t *ids = parley_arena_array(x->arena, count, sizeof(*ids));
    nm_frontier accepted;
    if (own == NULL || ids == NULL) {
        return nm_no_room(err);
    }
    for (uint32_t i = 0; i < count; i++) {
        own[i] = who[i];
        ids[i] = x->nc->party[who[i]];
    }
    const nm_view view = {&x->nc->m, count, own, true};
    bool small = x->frontier.status == PARLEY_FRONTIER_EXACT || count <= 3 || x->nc->m.boxes > 0;
    parley_status status = PARLEY_OK;
    if (small) {
        status = nm_accepted_frontier(x, &view, NULL, &accepted, err);
    } else { /* solved one by one */
        accepted = (nm_frontier){.status = PARLEY_FRONTIER_LIMITED};
    }
    if (status == PARLEY_OK) {
        status = nm_solve(x, &view, &accepted, w->solution, &w->none, err);
    }
    w->parties = (parley_ids){ids, count};
    x->winnings++;
    return status;
}

/* Groups of the smallest size that is enough, in lexicographic order. */
parley_status nm_winning_groups(parley_numbers *x, parley_error *err)
{
    const parley_acceptance *a = parley_case_acceptance(x->c);
    const uint32_t k = x->nc->m.k;
    uint32_t need = a->at_least > 0 && (uint64_t)a->at_least < k ? (uint32_t)a->at_least : k;
    uint32_t veto[NM_PARTIES_MOST];
    uint32_t other[NM_PARTIES_MOST];
    uint32_t vetoes = 0;
    uint32_t others = 0;
    x->winning_all = true;
    if (need == k || x->chained) {
        return PARLEY_OK;
    }
    for (uint32_t i = 0; i < k; i++) {
        if (has_veto(x, i)) {
            veto[vetoes++] = i;
        } else {
            other[others++] = i;
        }
    }
    uint32_t take = need > vetoes ? need - vetoes : 0;
    uint32_t pick[NM_PARTIES_MOST];
    for (uint32_t i = 0; i < take; i++) {
        pick[i] = i;
    }
    x->winning = parley_arena_array(x->arena, WINNING_MOST, sizeof(*x->winning));
    if (x->winning == NULL) {
        return nm_no_room(err);
    }
    for (;;) {
        uint32_t who[NM_PARTIES_MOST];
        uint32_t n = 0;
        uint32_t v = 0;
        bool large = x->frontier.status != PARLEY_FRONTIER_EXACT;
        if (x->winnings == (large ? WINNING_LARGE : WINNING_MOST)) {
            x->winning_all = false;
            return PARLEY_OK;
        }
        for (uint32_t i = 0; i < take; i++) { /* ascending */
            while (v < vetoes && veto[v] < other[pick[i]]) {
                who[n++] = veto[v++];
            }
            who[n++] = other[pick[i]];
        }
        while (v < vetoes) {
            who[n++] = veto[v++];
        }
        parley_status status = one_group(x, who, n, err);
        if (status != PARLEY_OK) {
            return status;
        }
        uint32_t i = take;
        while (i-- > 0 && pick[i] == others - take + i) {
        }
        if (i == UINT32_MAX) {
            return PARLEY_OK;
        }
        pick[i]++;
        for (i++; i < take; i++) {
            pick[i] = pick[i - 1] + 1;
        }
    }
}

/* Two parties of whom one is enough, where splits move freely: each takes what is best for it. */
parley_status nm_single_groups(parley_numbers *x, parley_error *err)
{
    const parley_acceptance *a = parley_case_acceptance(x->c);
    const nm_model *m = &x->nc->m;
    x->winning_all = true;
    if (a->at_least != 1 || (has_veto(x, 0) && has_veto(x, 1))) {
        return PARLEY_OK;
    }
    x->winning = parley_arena_array(x->arena, 2, sizeof(*x->winning));
    if (x->winning == NULL) {
        return nm_no_room(err);
    }
    for (uint32_t i = 0; i < 2; i++) {
        const nm_view view = {m, 1, &x->all.who[i], true};
        nm_frontier own;
        int32_t *id = parley_arena_array(x->arena, 1, sizeof(*id));
        nm_shown *shown = nm_shown_new(x->arena, x->nc);
        if (id == NULL || shown == NULL) {
            return nm_no_room(err);
        }
        if (has_veto(x, 1 - i)) {
            continue;
        }
        parley_status status = nm_sets_frontier(x->ctx, x->arena, &view, &x->limits, &own, err);
        if (status != PARLEY_OK) {
            return status;
        }
        parley_winning *w = &x->winning[x->winnings++];
        nm_place at = nm_chain_at(&x->chain, i == 0 ? x->chain.edges : 0);
        nm_num best = own.size == 0 ? 0 : own.u[0] + x->chain.corner[2 * at.edge + i];
        bool good = own.size > 0 && (m->strict ? best > m->without[i] : best >= m->without[i]);
        *id = x->nc->party[i];
        *w = (parley_winning){.parties = {id, 1}, .none = !good};
        if (good) {
            nm_num worth[2];
            nm_num scratch[1];
            nm_worth(m, own.package, scratch, worth); /* no boxes where splits move */
            for (uint32_t k = 0; k < 2; k++) {
                at.u[k] = nm_ratio_num(worth[k] + x->chain.corner[2 * at.edge + k]);
            }
            nm_shown_place(shown, &x->chain, &at, own.package);
        }
        double gain = nm_double(best - m->without[i], m->unit[i]);
        for (int g = 0; g < PARLEY_GOAL_COUNT; g++) {
            double value = g == NM_KS            ? 1
                           : g == NM_UTILITARIAN ? nm_double(best, m->unit[i])
                                                 : gain;
            w->solution[g] =
                good ? (parley_solution){.status = PARLEY_SOLUTION_OPTIMAL,
                                         .value = value,
                                         .bound = value,
                                         .ties = 1,
                                         .has_package = true,
                                         .reason = g == NM_NASH && gain == 0
                                                       ? "in every acceptable package somebody "
                                                         "gains nothing: the product is 0"
                                                       : NULL,
                                         .at = shown->at}
                     : (parley_solution){.status = PARLEY_SOLUTION_NONE,
                                         .reason = "no package is acceptable to all"};
        }
    }
    return PARLEY_OK;
}
