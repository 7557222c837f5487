/*
 * Which engine finds the frontier of a view and the solutions on it: sets of points where worth is
 * a sum over issues and tables, branch and bound where boxes are, a walk where a cap binds and the
 * space is small; solutions from the frontier, or one by one with a proof where that is too large.
 */
#include "deal/numbers_analysis.h"

#include <string.h>

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

bool nm_any_red_line(const nm_model *m)
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
parley_status nm_whole_frontier(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                                const nm_limits *limits, nm_frontier *out, parley_error *err)
{
    const nm_model *m = view->m;
    parley_error own = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    uint64_t total = nm_total_most(m, NM_WALK_MOST);
    if (m->boxes > 0 || (any_cap(m) && total <= NM_WALK_MOST)) {
        status = nm_search_frontier(ctx, arena, view, limits, total <= NM_WALK_MOST, out, &own);
    } else {
        status = nm_sets_frontier(ctx, arena, view, limits, out, &own);
        if (status == PARLEY_OK && view->acceptable) {
            keep_accepted(view, out);
        }
    }
    if (status == PARLEY_LIMIT && m->boxes == 0 && total <= NM_WALK_MOST) {
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
parley_status nm_accepted_frontier(parley_numbers *x, const nm_view *view, const nm_frontier *all,
                                   nm_frontier *out, parley_error *err)
{
    const nm_model *m = view->m;
    size_t points = all == NULL ? 0 : all->size;
    if (all != NULL && all->status != PARLEY_FRONTIER_EXACT && m->boxes == 0) {
        *out = *all; /* what was too large stays too large: red lines cut little */
        return PARLEY_OK;
    }
    if (all == NULL || all->status != PARLEY_FRONTIER_EXACT || nm_any_red_line(m)) {
        return nm_whole_frontier(x->ctx, x->arena, view, &x->limits, out, err);
    }
    *out = *all;
    out->u = parley_arena_array(x->arena, points * view->k, sizeof(*out->u));
    out->package = parley_arena_array(x->arena, points * m->n, sizeof(*out->package));
    out->count = parley_arena_array(x->arena, points, sizeof(*out->count));
    if (out->u == NULL || out->package == NULL || out->count == NULL) {
        return nm_no_room(err);
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

bool nm_publish(parley_numbers *x, const nm_solution *from, parley_solution *to)
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

parley_status nm_solve(parley_numbers *x, const nm_view *view, const nm_frontier *accepted,
                       parley_solution out[PARLEY_GOAL_COUNT], bool *none, parley_error *err)
{
    nm_solution found[NM_GOALS];
    parley_status status = accepted->status == PARLEY_FRONTIER_EXACT
                               ? nm_pick(x->ctx, x->arena, view, accepted, found, err)
                               : nm_prove(x->ctx, x->arena, view, &x->limits, found, err);
    *none = true;
    for (int g = 0; g < NM_GOALS && status == PARLEY_OK; g++) {
        *none = *none && found[g].status == PARLEY_SOLUTION_NONE;
        if (!nm_publish(x, &found[g], &out[g])) {
            status = nm_no_room(err);
        }
    }
    return status;
}

/* Solutions where splits move freely. */
parley_status nm_solve_chain(parley_numbers *x, parley_error *err)
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
            return nm_no_room(err);
        }
        nm_shown_place(shown, &x->chain, &found[g].at,
                       &x->red.package[(size_t)found[g].base * x->nc->m.n]);
        to->at = shown->at;
    }
    return status;
}
