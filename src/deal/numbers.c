/*
 * The analysis behind `parley deals --numbers`: which engine answers what, and in which order.
 *
 * The frontier of all feasible packages comes first: sets of points where worth is a sum over
 * issues and tables, branch and bound where boxes are, a walk where a cap binds and the space is
 * small. Solutions are read from the frontier of what all accept; where that is too large they are
 * found and proven one by one. What has no exact answer within the limits is given near, with the
 * error that was made, or left out and named. Splits without a step between two parties with
 * straight-line scores stay whole, over the frontier of everything else; where that is too long, or
 * a formula speaks of them, they are cut into steps.
 */
#include "deal/deal_internal.h"
#include "deal/numbers_analysis.h"
#include "deal/numbers_show.h"

#include <math.h>

parley_status nm_no_room(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory for the numbers of a case");
}

static bool name_ids(parley_numbers *x)
{
    const nm_case *nc = x->nc;
    uint32_t n = 0;
    int32_t *issues = parley_arena_array(x->arena, nc->m.n + nc->splits, sizeof(*issues));
    if (issues == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < parley_case_issues(x->c); i++) {
        bool in = nc->variable[i] >= 0;
        for (uint32_t s = 0; s < nc->splits; s++) {
            in = in || nc->split[s].issue == (int32_t)i;
        }
        if (in) {
            issues[n++] = (int32_t)i;
        }
    }
    x->issues = (parley_ids){issues, n};
    x->parties = (parley_ids){nc->party, nc->m.k};
    x->left_out = (parley_ids){nc->left_out, nc->left_outs};
    return true;
}

/*
 * Splits that move freely over the frontier of everything else. LIMIT: too much of it, and they are
 * cut into steps.
 */
static parley_status move_splits(parley_numbers *x, parley_error *err)
{
    parley_error own = PARLEY_ERROR_INIT;
    if (x->frontier.status != PARLEY_FRONTIER_EXACT) {
        return PARLEY_LIMIT;
    }
    if (!nm_chain_new(&x->chain, x->arena, x->nc)) {
        return nm_no_room(err);
    }
    x->red = x->frontier;
    if (nm_any_red_line(&x->nc->m)) {
        const nm_view view = {&x->nc->m, 2, x->all.who, true};
        parley_status status = nm_sets_frontier(x->ctx, x->arena, &view, &x->limits, &x->red, &own);
        if (status != PARLEY_OK) {
            if (err != NULL && status != PARLEY_LIMIT) {
                *err = own;
            }
            return status;
        }
    }
    uint64_t base = x->frontier.size > x->red.size ? x->frontier.size : x->red.size;
    if (base > NM_ENVELOPE_BASE_MOST || base * (x->chain.edges + 1) > NM_ENVELOPE_CORNERS_MOST) {
        return PARLEY_LIMIT;
    }
    parley_status status =
        nm_envelope_new(&x->envelope, x->ctx, x->arena, &x->chain, &x->frontier, err);
    return status != PARLEY_OK
               ? status
               : nm_envelope_new(&x->agreeable, x->ctx, x->arena, &x->chain, &x->red, err);
}

/* The model, its frontier, and whether splits stay whole. */
static parley_status prepare(parley_numbers *x, const parley_numbers_options *options,
                             parley_error *err)
{
    uint32_t *who = parley_arena_array(x->arena, parley_case_worths(x->c), sizeof(*who));
    uint32_t steps = 0;
    if (who == NULL) {
        return nm_no_room(err);
    }
    for (uint32_t i = 0; i < parley_case_worths(x->c); i++) {
        who[i] = i;
    }
    for (int round = 0; round < 2; round++) {
        parley_status status = nm_case_new(&x->nc, x->ctx, x->arena, x->deal, x->c, steps, err);
        if (status != PARLEY_OK) {
            return status;
        }
        bool open = false; /* a split that was left out for want of a step */
        for (uint32_t k = 0; k < x->nc->left_outs; k++) {
            const parley_issue *issue = parley_case_issue(x->c, x->nc->left_out[k]);
            open = open || (issue->kind == PARLEY_ISSUE_SPLIT && !issue->has_range);
        }
        x->all = (nm_view){&x->nc->m, x->nc->m.k, who, false};
        x->limits.points = x->limits.points != 0 ? x->limits.points
                           : x->nc->m.k <= 2     ? 3000000
                           : x->nc->m.k <= 3     ? 1000000
                                                 : 200000;
        x->limits.work = x->nc->m.k <= 3 ? 4000000000u : 600000000u;
        status = nm_whole_frontier(x->ctx, x->arena, &x->all, &x->limits, &x->frontier, err);
        if (status != PARLEY_OK) {
            return status;
        }
        if (steps > 0 || (!open && x->nc->splits == 0)) {
            return PARLEY_OK;
        }
        if (!open && !x->nc->split_bound) {
            status = move_splits(x, err);
            x->chained = status == PARLEY_OK;
            if (status != PARLEY_LIMIT) {
                return status;
            }
        }
        steps = options->split_step > 0 && options->split_step <= 1
                    ? (uint32_t)lround(1.0 / options->split_step)
                    : 100;
    }
    return PARLEY_OK;
}

static parley_status best_packages(parley_numbers *x, parley_error *err)
{
    const nm_model *m = &x->nc->m;
    x->best = parley_arena_array(x->arena, m->k, sizeof(*x->best));
    if (x->best == NULL) {
        return nm_no_room(err);
    }
    for (uint32_t i = 0; i < m->k; i++) {
        const uint32_t *package = NULL;
        nm_frontier f = x->frontier;
        uint32_t k = m->k;
        uint32_t at = i;
        if (f.status != PARLEY_FRONTIER_EXACT) {
            const nm_view one = {m, 1, &x->all.who[i], false};
            parley_status status = nm_whole_frontier(x->ctx, x->arena, &one, &x->limits, &f, err);
            if (status != PARLEY_OK) {
                return status;
            }
            k = 1;
            at = 0;
        }
        for (uint32_t p = 0, top = 0; p < f.size; p++) {
            if (p == 0 || f.u[(size_t)p * k + at] > f.u[(size_t)top * k + at]) {
                top = p;
                package = &f.package[(size_t)p * m->n];
            }
        }
        if (f.size == 0) {
            continue;
        }
        x->best[i] = nm_shown_new(x->arena, x->nc);
        if (x->best[i] == NULL) {
            return nm_no_room(err);
        }
        nm_shown_package(x->best[i], package);
        if (x->chained) {
            nm_place place = nm_envelope_best(&x->envelope, i);
            nm_shown_place(x->best[i], &x->chain, &place, package);
        }
    }
    return PARLEY_OK;
}

static parley_status analyse(parley_numbers *x, const parley_numbers_options *options,
                             parley_error *err)
{
    parley_status status = prepare(x, options, err);
    if (status != PARLEY_OK) {
        return status;
    }
    const nm_model *m = &x->nc->m;
    x->total.known = !x->chained && nm_total(m, &x->total.low);
    x->total.high = x->total.low;
    x->shown = nm_shown_new(x->arena, x->nc);
    if (!name_ids(x) || x->shown == NULL) {
        return nm_no_room(err);
    }
    if (x->chained) {
        status = nm_solve_chain(x, err);
        if (status == PARLEY_OK) {
            status = nm_elsewhere(x, err);
        }
        if (status == PARLEY_OK) {
            status = best_packages(x, err);
        }
        return status == PARLEY_OK ? nm_single_groups(x, err) : status;
    }
    const nm_view all_accept = {m, m->k, x->all.who, true};
    status = nm_accepted_frontier(x, &all_accept, &x->frontier, &x->accepted, err);
    if (status == PARLEY_OK) {
        status = nm_solve(x, &all_accept, &x->accepted, x->solution, &x->none, err);
    }
    if (status == PARLEY_OK) {
        status = nm_elsewhere(x, err);
    }
    if (status == PARLEY_OK && x->frontier.status == PARLEY_FRONTIER_LIMITED && m->boxes == 0) {
        status = nm_near_frontier(x->ctx, x->arena, &x->all, &x->limits, options->epsilon,
                                  &x->frontier, err);
    }
    if (status == PARLEY_OK && x->frontier.status == PARLEY_FRONTIER_LIMITED && m->boxes == 0) {
        status = nm_some_points(x->ctx, x->arena, &x->all, &x->limits, &x->frontier, err);
    }
    if (status == PARLEY_OK) {
        parley_count usable = parley_deal_usable(x->deal);
        status = nm_count(x->ctx, m, x->nc->steps == 0 ? &usable : NULL, &x->counts, err);
    }
    if (status == PARLEY_OK) {
        status = best_packages(x, err);
    }
    return status == PARLEY_OK ? nm_winning_groups(x, err) : status;
}

parley_status parley_numbers_new(parley_numbers **out, parley_ctx *ctx, const parley_deal *deal,
                                 const parley_case *c, const parley_numbers_options *options,
                                 parley_error *err)
{
    const parley_numbers_options defaults = PARLEY_NUMBERS_OPTIONS_INIT;
    *out = NULL;
    options = options != NULL ? options : &defaults;
    if (options->version != 1) {
        return parley_fail(err, PARLEY_INVALID, "version %d of the options is not known",
                           options->version);
    }
    if (parley_case_worths(c) == 0) {
        parley_fail(err, PARLEY_NOTFOUND, "the case gives no party any values");
        parley_error_hint(err, "add 'values:' by party; docs/case-format.md says how");
        return PARLEY_NOTFOUND;
    }
    parley_numbers *x = parley_alloc(ctx, sizeof(*x));
    if (x == NULL) {
        return nm_no_room(err);
    }
    x->ctx = ctx;
    x->c = c;
    x->deal = deal;
    x->limits = (nm_limits){options->points, 0, options->nodes != 0 ? options->nodes : 400000000,
                            options->epsilon};
    x->arena = parley_arena_new(ctx);
    parley_status status = x->arena == NULL ? nm_no_room(err) : analyse(x, options, err);
    if (status != PARLEY_OK) {
        parley_numbers_free(x);
        return status;
    }
    *out = x;
    return PARLEY_OK;
}

void parley_numbers_free(parley_numbers *x)
{
    if (x != NULL) {
        parley_ctx *ctx = x->ctx;
        parley_arena_free(x->arena);
        parley_release(ctx, x, sizeof(*x));
    }
}
