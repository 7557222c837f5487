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
#include "deal/numbers_show.h"
#include "deal/numbers_split.h"

#include <math.h>
#include <string.h>

#define WALK_MOST 2000000u /* packages looked at one by one to count them */
#define WINNING_MOST 64u
#define WINNING_LARGE 8u /* where each takes seconds */

struct parley_numbers {
    parley_ctx *ctx;
    parley_arena *arena;
    const parley_case *c;
    const parley_deal *deal;
    nm_case *nc;
    nm_view all; /* every party, feasible packages */
    nm_limits limits;
    parley_ids parties;
    parley_ids issues;
    parley_ids left_out;
    parley_numbers_count total;
    nm_counts counts;
    nm_frontier frontier;
    nm_frontier accepted; /* of what all accept; status LIMITED: not known */
    bool chained;         /* splits move freely: envelopes of a chain over points */
    nm_chain chain;
    nm_envelope envelope; /* over `frontier` */
    nm_frontier red;      /* the points that no red line forbids, and the envelope over them */
    nm_envelope agreeable;
    parley_solution solution[PARLEY_GOAL_COUNT];
    bool none;
    nm_shown **best; /* by party, or NULL */
    parley_winning *winning;
    uint32_t winnings;
    bool winning_all;
    nm_shown *shown; /* of parley_numbers_point */
};

static const char *const goal_words[PARLEY_GOAL_COUNT] = {"nash", "kalai-smorodinsky",
                                                          "egalitarian", "utilitarian"};

const char *parley_goal_word(parley_goal goal)
{
    return goal_words[goal];
}

static parley_status nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory for the numbers of a case");
}

/* ----------------------------------------------------------------- frontiers */

static bool any_cap(const nm_model *m)
{
    for (uint32_t i = 0; i < m->k; i++) {
        if (m->capped[i]) {
            return true;
        }
    }
    return false;
}

static bool any_red_line(const nm_model *m)
{
    for (uint32_t t = 0; t < m->tables; t++) {
        if (m->table[t].ok != NULL && m->table[t].red_line_of >= 0) {
            return true;
        }
    }
    return false;
}

/* Leave only the points that the parties of the view accept; red lines are kept already. */
static void keep_accepted(const nm_view *view, nm_frontier *f)
{
    const nm_model *m = view->m;
    uint32_t kept = 0;
    for (uint32_t p = 0; p < f->size; p++) {
        bool yes = true;
        for (uint32_t i = 0; i < view->k && yes; i++) {
            nm_num u = f->u[(size_t)p * view->k + i];
            nm_num d = m->without[view->who[i]];
            yes = m->strict ? u > d : u >= d;
        }
        if (yes) {
            memmove(&f->u[(size_t)kept * view->k], &f->u[(size_t)p * view->k],
                    view->k * sizeof(*f->u));
            memmove(&f->package[(size_t)kept * m->n], &f->package[(size_t)p * m->n],
                    m->n * sizeof(*f->package));
            f->count[kept++] = f->count[p];
        }
    }
    f->size = kept;
}

/*
 * The whole frontier of a view. When it is too large: PARLEY_OK with status LIMITED. The capped
 * worth of a package may tie after the cap, so that small spaces with a cap are walked through.
 */
static parley_status whole_frontier(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                                    const nm_limits *limits, nm_frontier *out, parley_error *err)
{
    const nm_model *m = view->m;
    parley_error own = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    uint64_t total = nm_total_most(m, WALK_MOST);
    if (m->boxes > 0 || (any_cap(m) && total <= WALK_MOST)) {
        status = nm_search_frontier(ctx, arena, view, limits, total <= WALK_MOST, out, &own);
    } else {
        status = nm_sets_frontier(ctx, arena, view, limits, out, &own);
        if (status == PARLEY_OK && view->acceptable) {
            keep_accepted(view, out);
        }
    }
    if (status == PARLEY_LIMIT && m->boxes == 0 && total <= WALK_MOST) {
        parley_error_clear(&own);
        status = nm_search_frontier(ctx, arena, view, limits, true, out, &own);
    }
    if (status == PARLEY_LIMIT) {
        *out = (nm_frontier){.status = PARLEY_FRONTIER_LIMITED, .method = out->method};
        return PARLEY_OK;
    }
    if (status != PARLEY_OK && err != NULL) {
        *err = own;
    }
    return status;
}

/* What all parties of a view accept: from the frontier of all, or worked out. */
static parley_status accepted_frontier(parley_numbers *x, const nm_view *view,
                                       const nm_frontier *all, nm_frontier *out, parley_error *err)
{
    const nm_model *m = view->m;
    size_t points = all == NULL ? 0 : all->size;
    if (all != NULL && all->status != PARLEY_FRONTIER_EXACT && m->boxes == 0) {
        *out = *all; /* what was too large stays too large: red lines cut little */
        return PARLEY_OK;
    }
    if (all == NULL || all->status != PARLEY_FRONTIER_EXACT || any_red_line(m)) {
        return whole_frontier(x->ctx, x->arena, view, &x->limits, out, err);
    }
    *out = *all;
    out->u = parley_arena_array(x->arena, points * view->k, sizeof(*out->u));
    out->package = parley_arena_array(x->arena, points * m->n, sizeof(*out->package));
    out->count = parley_arena_array(x->arena, points, sizeof(*out->count));
    if (out->u == NULL || out->package == NULL || out->count == NULL) {
        return nomem(err);
    }
    if (points > 0) {
        memcpy(out->u, all->u, points * view->k * sizeof(*out->u));
        memcpy(out->package, all->package, points * m->n * sizeof(*out->package));
        memcpy(out->count, all->count, points * sizeof(*out->count));
    }
    keep_accepted(view, out);
    return PARLEY_OK;
}

/* ----------------------------------------------------------------- solutions */

static bool publish(parley_numbers *x, const nm_solution *from, parley_solution *to)
{
    *to = (parley_solution){.status = from->status,
                            .reason = from->reason,
                            .value = from->value,
                            .bound = from->bound,
                            .ties = from->ties,
                            .has_package = from->found};
    if (from->found) {
        nm_shown *shown = nm_shown_new(x->arena, x->nc);
        if (shown == NULL) {
            return false;
        }
        nm_shown_package(shown, from->package);
        to->at = shown->at;
    }
    return true;
}

static parley_status solve(parley_numbers *x, const nm_view *view, const nm_frontier *accepted,
                           parley_solution out[PARLEY_GOAL_COUNT], bool *none, parley_error *err)
{
    nm_solution found[NM_GOALS];
    parley_status status = accepted->status == PARLEY_FRONTIER_EXACT
                               ? nm_pick(x->ctx, x->arena, view, accepted, found, err)
                               : nm_prove(x->ctx, x->arena, view, &x->limits, found, err);
    *none = true;
    for (int g = 0; g < NM_GOALS && status == PARLEY_OK; g++) {
        *none = *none && found[g].status == PARLEY_SOLUTION_NONE;
        if (!publish(x, &found[g], &out[g])) {
            status = nomem(err);
        }
    }
    return status;
}

/* Solutions where splits move freely. */
static parley_status solve_chain(parley_numbers *x, parley_error *err)
{
    nm_envelope_solution found[NM_GOALS];
    parley_status status = nm_envelope_solve(&x->agreeable, x->ctx, &x->nc->m, found, err);
    x->none = true;
    for (int g = 0; g < NM_GOALS && status == PARLEY_OK; g++) {
        parley_solution *to = &x->solution[g];
        x->none = x->none && found[g].status == PARLEY_SOLUTION_NONE;
        *to = (parley_solution){.status = found[g].status,
                                .reason = found[g].reason,
                                .ties = found[g].ties,
                                .value = found[g].value,
                                .bound = found[g].value,
                                .has_package = found[g].found};
        if (!found[g].found) {
            continue;
        }
        nm_shown *shown = nm_shown_new(x->arena, x->nc);
        if (shown == NULL) {
            return nomem(err);
        }
        nm_shown_place(shown, &x->chain, &found[g].at,
                       &x->red.package[(size_t)found[g].base * x->nc->m.n]);
        to->at = shown->at;
    }
    return status;
}

/* ------------------------------------------------------------ winning groups */

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
        return nomem(err);
    }
    for (uint32_t i = 0; i < count; i++) {
        own[i] = who[i];
        ids[i] = x->nc->party[who[i]];
    }
    const nm_view view = {&x->nc->m, count, own, true};
    bool small = x->frontier.status == PARLEY_FRONTIER_EXACT || count <= 3 || x->nc->m.boxes > 0;
    parley_status status = PARLEY_OK;
    if (small) {
        status = accepted_frontier(x, &view, NULL, &accepted, err);
    } else { /* solved one by one */
        accepted = (nm_frontier){.status = PARLEY_FRONTIER_LIMITED};
    }
    if (status == PARLEY_OK) {
        status = solve(x, &view, &accepted, w->solution, &w->none, err);
    }
    w->parties = (parley_ids){ids, count};
    x->winnings++;
    return status;
}

/* Groups of the smallest size that is enough, in lexicographic order. */
static parley_status winning_groups(parley_numbers *x, parley_error *err)
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
        return nomem(err);
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
static parley_status single_groups(parley_numbers *x, parley_error *err)
{
    const parley_acceptance *a = parley_case_acceptance(x->c);
    const nm_model *m = &x->nc->m;
    x->winning_all = true;
    if (a->at_least != 1 || (has_veto(x, 0) && has_veto(x, 1))) {
        return PARLEY_OK;
    }
    x->winning = parley_arena_array(x->arena, 2, sizeof(*x->winning));
    if (x->winning == NULL) {
        return nomem(err);
    }
    for (uint32_t i = 0; i < 2; i++) {
        const nm_view view = {m, 1, &x->all.who[i], true};
        nm_frontier own;
        int32_t *id = parley_arena_array(x->arena, 1, sizeof(*id));
        nm_shown *shown = nm_shown_new(x->arena, x->nc);
        if (id == NULL || shown == NULL) {
            return nomem(err);
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

/* ------------------------------------------------------------------- analysis */

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
        return nomem(err);
    }
    x->red = x->frontier;
    if (any_red_line(&x->nc->m)) {
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
        return nomem(err);
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
                                                 : 40000;
        x->limits.work = x->nc->m.k <= 3 ? 4000000000u : 1000000000u;
        status = whole_frontier(x->ctx, x->arena, &x->all, &x->limits, &x->frontier, err);
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
        return nomem(err);
    }
    for (uint32_t i = 0; i < m->k; i++) {
        const uint32_t *package = NULL;
        nm_frontier f = x->frontier;
        uint32_t k = m->k;
        uint32_t at = i;
        if (f.status != PARLEY_FRONTIER_EXACT) {
            const nm_view one = {m, 1, &x->all.who[i], false};
            parley_status status = whole_frontier(x->ctx, x->arena, &one, &x->limits, &f, err);
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
            return nomem(err);
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
        return nomem(err);
    }
    if (x->chained) {
        status = solve_chain(x, err);
        if (status == PARLEY_OK) {
            status = best_packages(x, err);
        }
        return status == PARLEY_OK ? single_groups(x, err) : status;
    }
    const nm_view all_accept = {m, m->k, x->all.who, true};
    status = accepted_frontier(x, &all_accept, &x->frontier, &x->accepted, err);
    if (status == PARLEY_OK) {
        status = solve(x, &all_accept, &x->accepted, x->solution, &x->none, err);
    }
    if (status == PARLEY_OK && x->frontier.status == PARLEY_FRONTIER_LIMITED && m->boxes == 0) {
        status = nm_near_frontier(x->ctx, x->arena, &x->all, &x->limits, options->epsilon,
                                  &x->frontier, err);
    }
    if (status == PARLEY_OK) {
        parley_count usable = parley_deal_usable(x->deal);
        status = nm_count(x->ctx, m, x->nc->steps == 0 ? &usable : NULL, &x->counts, err);
    }
    if (status == PARLEY_OK) {
        status = best_packages(x, err);
    }
    return status == PARLEY_OK ? winning_groups(x, err) : status;
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
        return nomem(err);
    }
    x->ctx = ctx;
    x->c = c;
    x->deal = deal;
    x->limits = (nm_limits){options->points, 0, options->nodes != 0 ? options->nodes : 400000000,
                            options->epsilon};
    x->arena = parley_arena_new(ctx);
    parley_status status = x->arena == NULL ? nomem(err) : analyse(x, options, err);
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

/* -------------------------------------------------------------------- reading */

parley_ids parley_numbers_parties(const parley_numbers *x)
{
    return x->parties;
}

parley_ids parley_numbers_issues(const parley_numbers *x)
{
    return x->issues;
}

parley_ids parley_numbers_left_out(const parley_numbers *x)
{
    return x->left_out;
}

bool parley_numbers_rounded(const parley_numbers *x)
{
    return x->nc->m.rounded;
}

bool parley_numbers_shares_move(const parley_numbers *x)
{
    return x->chained;
}

uint32_t parley_numbers_split_steps(const parley_numbers *x)
{
    return x->nc->steps;
}

parley_numbers_count parley_numbers_total(const parley_numbers *x)
{
    return x->total;
}

parley_numbers_count parley_numbers_feasible(const parley_numbers *x)
{
    return x->counts.feasible;
}

parley_numbers_count parley_numbers_acceptable_to_all(const parley_numbers *x)
{
    return x->counts.all;
}

parley_numbers_count parley_numbers_acceptable_to(const parley_numbers *x, uint32_t party)
{
    PARLEY_ASSERT(party < x->nc->m.k);
    return x->counts.by[party];
}

double parley_numbers_without(const parley_numbers *x, uint32_t party)
{
    PARLEY_ASSERT(party < x->nc->m.k);
    return nm_double(x->nc->m.without[party], x->nc->m.unit[party]);
}

bool parley_numbers_without_given(const parley_numbers *x, uint32_t party)
{
    const parley_worth *w = parley_case_worth(x->c, (int32_t)party);
    return w->without.den != 0 || w->without_like != NULL;
}

const parley_numbers_package *parley_numbers_best(const parley_numbers *x, uint32_t party)
{
    PARLEY_ASSERT(party < x->nc->m.k);
    return x->best[party] == NULL ? NULL : &x->best[party]->at;
}

parley_frontier_status parley_numbers_frontier(const parley_numbers *x)
{
    return x->frontier.status;
}

uint32_t parley_numbers_points(const parley_numbers *x)
{
    return x->chained ? x->envelope.points : x->frontier.size;
}

parley_frontier_point parley_numbers_point(const parley_numbers *x, uint32_t i)
{
    PARLEY_ASSERT(i < parley_numbers_points(x));
    if (x->chained) {
        uint32_t piece = 0;
        bool open = false;
        nm_place place = nm_envelope_point(&x->envelope, i, &piece, &open);
        uint32_t base = x->envelope.piece[piece].base;
        nm_shown_place(x->shown, &x->chain, &place,
                       &x->frontier.package[(size_t)base * x->nc->m.n]);
        return (parley_frontier_point){x->shown->at, 1, open};
    }
    nm_shown_package(x->shown, &x->frontier.package[(size_t)i * x->nc->m.n]);
    return (parley_frontier_point){x->shown->at, x->frontier.count[i], false};
}

bool parley_numbers_joined(const parley_numbers *x, uint32_t i)
{
    return x->chained && nm_envelope_joined(&x->envelope, i);
}

double parley_numbers_epsilon(const parley_numbers *x)
{
    return x->frontier.epsilon;
}

const char *parley_numbers_method(const parley_numbers *x)
{
    return !x->chained ? x->frontier.method
           : x->frontier.size <= 1
               ? "splits by the ratio of what they are worth"
               : "splits by the ratio of what they are worth, over sets of points";
}

const parley_solution *parley_numbers_solution(const parley_numbers *x, parley_goal goal)
{
    return &x->solution[goal];
}

bool parley_numbers_none(const parley_numbers *x)
{
    return x->none;
}

uint32_t parley_numbers_winning(const parley_numbers *x)
{
    return x->winnings;
}

const parley_winning *parley_numbers_winning_at(const parley_numbers *x, uint32_t i)
{
    PARLEY_ASSERT(i < x->winnings);
    return &x->winning[i];
}

bool parley_numbers_winning_all(const parley_numbers *x)
{
    return x->winning_all;
}

void parley_numbers_by_issue(const parley_numbers *x, uint32_t party,
                             const parley_numbers_package *package, double *out, double *other)
{
    const nm_case *nc = x->nc;
    const nm_model *m = &nc->m;
    double sum = 0;
    for (uint32_t i = 0; i < parley_case_issues(x->c); i++) {
        int32_t var = nc->variable[i];
        out[i] = 0;
        if (var >= 0 && package->value[i] >= 0) {
            out[i] = nm_double(nm_value(m, (uint32_t)var, (uint32_t)package->value[i])[party],
                               m->unit[party]);
        }
        for (uint32_t s = 0; s < nc->splits; s++) {
            for (uint32_t r = 0; nc->split[s].issue == (int32_t)i && r < nc->split[s].recipients;
                 r++) {
                out[i] += nm_double(nc->split[s].whole[r * m->k + party], m->unit[party]) *
                          package->share[i][r];
            }
        }
        sum += out[i];
    }
    *other = nm_shown_uncapped(x->shown, party, package) - sum;
}

parley_status parley_numbers_worth(const parley_numbers *x, const int64_t *value, double *worth,
                                   bool *accepts, parley_error *err)
{
    const nm_case *nc = x->nc;
    const nm_model *m = &nc->m;
    nm_num u[NM_PARTIES_MOST];
    if (x->chained || nc->steps > 0) {
        return parley_fail(err, PARLEY_INVALID, "the case shares something out without a step");
    }
    parley_arena_mark mark = parley_arena_here(x->arena);
    uint32_t *package = parley_arena_array(x->arena, m->n, sizeof(*package));
    nm_num *scratch = parley_arena_array(x->arena, m->boxes, sizeof(*scratch));
    if (package == NULL || scratch == NULL) {
        return nomem(err);
    }
    for (uint32_t j = 0; j < m->n; j++) {
        int64_t v = value[nc->issue[j]];
        if (v < 0 || v >= m->size[j]) {
            parley_arena_reset(x->arena, mark);
            return parley_fail(err, PARLEY_INVALID, "the package does not decide '%s'",
                               parley_case_issue(x->c, (int32_t)nc->issue[j])->record.id);
        }
        package[j] = (uint32_t)v;
    }
    nm_worth(m, package, scratch, u);
    for (uint32_t i = 0; i < m->k; i++) {
        worth[i] = nm_double(u[i], m->unit[i]);
        accepts[i] = nm_accepts(m, i, u[i], package);
    }
    parley_arena_reset(x->arena, mark);
    return PARLEY_OK;
}
