/*
 * Exact frontiers by sets of points.
 *
 * Issues that no formula couples are added one by one: dynamic programming with dominance merging
 * (Nemhauser & Ullmann 1969, doi:10.1287/mnsc.15.9.494); coupled ones are in
 * numbers_sets_coupled.c. A point remembers where it came from, so that packages are found again,
 * and how many packages it stands for: no package with the utilities of a frontier point is ever
 * lost, because a partial package that is dominated is dominated in every completion. Boxes are not
 * for this file.
 */
#include "deal/numbers_sets.h"

#include <string.h>

bool nm_run_fail(nm_run *r, parley_status status, const char *what)
{
    if (r->status == PARLEY_OK) {
        r->status = parley_fail(r->err, status, "%s", what);
    }
    return false;
}

bool nm_run_nomem(nm_run *r)
{
    return nm_run_fail(r, PARLEY_NOMEM, "out of memory for the points of a frontier");
}

/* ------------------------------------------------------------------- sets */

bool nm_run_grow(nm_run *r, void *array, uint32_t *room, uint32_t want, size_t size)
{
    void **at = array;
    if (want <= *room) {
        return true;
    }
    uint32_t more = *room == 0 ? 64 : *room;
    while (more < want) {
        more *= 2;
    }
    void *grown = parley_arena_grow(r->arena, *at, *room * size, more * size);
    if (grown == NULL) {
        return nm_run_nomem(r);
    }
    *at = grown;
    *room = more;
    return true;
}

uint32_t nm_run_new_set(nm_run *r)
{
    if (!nm_run_grow(r, &r->pool, &r->set_room, r->sets + 1, sizeof(*r->pool))) {
        return NM_NONE;
    }
    r->pool[r->sets] = (nm_set){{NULL, 0}, false, NM_NONE, NM_NONE, NM_NONE, 0};
    return r->sets++;
}

static bool keep_rows(nm_run *r, uint32_t at, const unsigned char *rows, uint32_t size)
{
    unsigned char *copy = parley_arena_array(r->arena, size, r->s.row);
    if (copy == NULL) {
        return nm_run_nomem(r);
    }
    if (size > 0) {
        memcpy(copy, rows, size * r->s.row);
    }
    r->pool[at].list = (nm_list){copy, size};
    return true;
}

bool nm_run_merge(nm_run *r, uint32_t lists, uint32_t at)
{
    unsigned char *rows = NULL;
    uint32_t size = 0;
    parley_status status = nm_merge(&r->s, lists, r->op, r->limits->points, &rows, &size, r->err);
    if (status != PARLEY_OK) {
        r->status = status;
        return false;
    }
    return keep_rows(r, at, rows, size);
}

const void *nm_run_shift(const nm_run *r, uint32_t var, uint32_t option)
{
    return r->shift + ((size_t)r->m->offset[var] + option) * r->one;
}

/* Every point of a with every point of b. The longer one is shifted by the shorter. */
uint32_t nm_run_sum(nm_run *r, uint32_t a, uint32_t b)
{
    if (r->pool[a].list.size < r->pool[b].list.size) {
        uint32_t t = a;
        a = b;
        b = t;
    }
    if (b == r->unit) {
        return a;
    }
    uint32_t at = nm_run_new_set(r);
    uint32_t lists = r->pool[b].list.size;
    if (at == NM_NONE || !nm_run_grow(r, &r->op, &r->op_room, lists, sizeof(*r->op))) {
        return NM_NONE;
    }
    r->pool[at].sum = true;
    r->pool[at].a = a;
    r->pool[at].b = b;
    for (uint32_t q = 0; q < lists; q++) {
        unsigned char *row = r->pool[b].list.row + q * r->s.row;
        r->op[q] = (nm_operand){&r->pool[a].list, nm_row_u(row), *nm_row_count(row), q};
    }
    return nm_run_merge(r, lists, at) ? at : NM_NONE;
}

/* ------------------------------------------------------------------- result */

static bool package_of(nm_run *r, uint32_t from, uint32_t point, uint32_t *package, uint32_t *stack)
{
    uint32_t depth = 0;
    stack[depth++] = from;
    stack[depth++] = point;
    while (depth > 0) {
        uint32_t p = stack[--depth];
        uint32_t at = stack[--depth];
        const nm_set *s = &r->pool[at];
        if (at == r->unit) {
            continue;
        }
        const uint32_t *xy = nm_row_xy(s->list.row + (size_t)p * r->s.row);
        if (s->sum) {
            stack[depth++] = s->a;
            stack[depth++] = xy[0];
            stack[depth++] = s->b;
            stack[depth++] = xy[1];
        } else {
            if (s->var != NM_NONE) {
                package[s->var] = xy[1];
            }
            stack[depth++] = r->children[s->child + xy[1]];
            stack[depth++] = xy[0];
        }
    }
    return true;
}

static bool publish(nm_run *r, parley_arena *arena, uint32_t top, nm_frontier *out)
{
    const nm_view *view = r->view;
    const nm_model *m = r->m;
    uint32_t size = top == NM_NONE ? 0 : r->pool[top].list.size;
    uint32_t *stack = parley_arena_array(r->arena, (size_t)(m->n + 2) * 8 + 64, sizeof(*stack));
    out->u = parley_arena_array(arena, (size_t)size * view->k, sizeof(*out->u));
    out->package = parley_arena_array(arena, (size_t)size * m->n, sizeof(*out->package));
    out->count = parley_arena_array(arena, size, sizeof(*out->count));
    if (stack == NULL || out->u == NULL || out->package == NULL || out->count == NULL) {
        return nm_run_nomem(r);
    }
    bool caps = false;
    for (uint32_t p = 0; p < size; p++) {
        unsigned char *row = r->pool[top].list.row + (size_t)p * r->s.row;
        for (uint32_t i = 0; i < view->k; i++) {
            uint32_t who = view->who[i];
            nm_num u = nm_row_number(&r->s, row, i) + m->base[who];
            if (m->capped[who] && u > m->cap[who]) {
                u = m->cap[who];
                caps = true;
            }
            out->u[(size_t)p * view->k + i] = u;
        }
        uint64_t count = *nm_row_count(row);
        out->count[p] = count == UINT64_MAX ? 0 : count;
        package_of(r, top, p, out->package + (size_t)p * m->n, stack);
    }
    out->size = size;
    if (caps) { /* what was dominated before the cap may tie after it */
        for (uint32_t p = 0; p < size; p++) {
            out->count[p] = 0;
        }
        return nm_filter(r->ctx, arena, view->k, m->n, out) || nm_run_nomem(r);
    }
    return true;
}

/* Values of the view's parties in the type of the rows. */
static bool make_shifts(nm_run *r)
{
    const nm_model *m = r->m;
    uint32_t all = m->n == 0 ? 0 : m->offset[m->n - 1] + m->size[m->n - 1];
    r->one = r->view->k * (r->s.wide ? sizeof(nm_num) : sizeof(int64_t));
    r->shift = parley_arena_array(r->arena, all, r->one);
    if (r->shift == NULL) {
        return nm_run_nomem(r);
    }
    for (uint32_t v = 0; v < all; v++) {
        for (uint32_t i = 0; i < r->view->k; i++) {
            nm_num value = m->value[(size_t)v * m->k + r->view->who[i]];
            if (r->s.wide) {
                ((nm_num *)(void *)(r->shift + v * r->one))[i] = value;
            } else {
                ((int64_t *)(void *)(r->shift + v * r->one))[i] = (int64_t)value;
            }
        }
    }
    return true;
}

static uint32_t leaf(nm_run *r, uint32_t j)
{
    uint32_t at = nm_run_new_set(r);
    uint32_t size = r->m->size[j];
    if (at == NM_NONE || !nm_run_grow(r, &r->op, &r->op_room, size, sizeof(*r->op)) ||
        !nm_run_grow(r, &r->children, &r->child_room, r->child_count + size,
                     sizeof(*r->children))) {
        return NM_NONE;
    }
    for (uint32_t o = 0; o < size; o++) {
        r->op[o] = (nm_operand){&r->pool[r->unit].list, nm_run_shift(r, j, o), 1, o};
        r->children[r->child_count + o] = r->unit;
    }
    r->pool[at].var = j;
    r->pool[at].child = r->child_count;
    r->child_count += size;
    return nm_run_merge(r, size, at) ? at : NM_NONE;
}

static bool whole(nm_run *r, uint32_t *top)
{
    const nm_model *m = r->m;
    uint32_t done = 0;
    *top = NM_NONE;
    for (uint32_t t = 0; t < m->tables; t++) {
        const nm_table *table = &m->table[t];
        if (table->vars == 0 && nm_binds(r->view, table) && !table->ok[0]) {
            return true; /* a rule that nothing can keep */
        }
        for (uint32_t k = 0; k < table->vars && nm_run_counts(r, table); k++) {
            r->coupled[table->var[k]] = true;
        }
    }
    r->unit = nm_run_new_set(r);
    unsigned char *one = parley_arena_alloc(r->arena, r->s.row);
    if (r->unit == NM_NONE || one == NULL) {
        return nm_run_nomem(r);
    }
    *nm_row_count(one) = 1;
    r->pool[r->unit].list = (nm_list){one, 1};
    uint32_t have = nm_run_coupled(r);
    for (uint32_t j = 0; j < m->n && have != NM_NONE && r->status == PARLEY_OK; j++) {
        if (!r->coupled[j]) {
            uint32_t next = leaf(r, j);
            have = next == NM_NONE ? NM_NONE : nm_run_sum(r, have, next);
            parley_ctx_progress(r->ctx, "frontier", ++done, m->n);
        }
    }
    *top = have;
    return r->status == PARLEY_OK;
}

parley_status nm_sets_frontier(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                               const nm_limits *limits, nm_frontier *out, parley_error *err)
{
    const nm_model *m = view->m;
    nm_run r = {
        .ctx = ctx, .view = view, .m = m, .limits = limits, .err = err, .status = PARLEY_OK};
    *out = (nm_frontier){.status = PARLEY_FRONTIER_EXACT, .method = "dynamic programming"};
    PARLEY_ASSERT(m->boxes == 0);
    r.arena = parley_arena_new(ctx);
    if (r.arena == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory for the points of a frontier");
    }
    nm_scratch_begin(&r.s, ctx, view->k, nm_reach(m) >> 61 != 0, limits->work);
    r.coupled = parley_arena_array(r.arena, m->n, sizeof(*r.coupled));
    r.fixed = parley_arena_array(r.arena, m->n, sizeof(*r.fixed));
    r.gone = parley_arena_array(r.arena, m->n, sizeof(*r.gone));
    r.pkg = parley_arena_array(r.arena, m->n, sizeof(*r.pkg));
    uint32_t top = NM_NONE;
    if (r.coupled == NULL || r.fixed == NULL || r.gone == NULL || r.pkg == NULL) {
        nm_run_nomem(&r);
    } else if (make_shifts(&r) && whole(&r, &top) && publish(&r, arena, top, out)) {
        for (uint32_t j = 0; j < m->n; j++) {
            if (r.coupled[j]) {
                out->method = "dynamic programming, coupled issues by bucket elimination";
            }
        }
    }
    out->work = r.s.work;
    nm_scratch_free(&r.s);
    parley_arena_free(r.arena);
    if (r.status != PARLEY_OK) {
        *out = (nm_frontier){.status = PARLEY_FRONTIER_LIMITED, .method = "dynamic programming"};
    }
    return r.status;
}
