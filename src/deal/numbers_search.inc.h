/*
 * Exact frontiers by depth-first branch and bound over the issues: for boxes, and for spaces small
 * enough to be walked through.
 *
 * A node has a bound for each party: what is decided, the best of each open issue and table, and
 * the boxes that may still count (an outside box, and one below zero, counts in the bound only when
 * that is certain). A node whose bound a found package reaches is cut; with counting, only when it
 * is truly better, so that every package of a frontier point is met. Values of an issue that no box
 * and no score tells apart are one; one that is in fewer boxes and worth no more than another goes.
 * The order of the issues is by the boxes that touch them, that of the values by what they lose.
 *
 * Included by numbers_search.c with 128-bit numbers and by numbers_search64.c with 64-bit numbers,
 * under the names NM_SEARCH_NUM and NM_SEARCH_NAME; no guard on purpose.
 */
#include "deal/numbers_search.h"

typedef NM_SEARCH_NUM num;

#include <stdlib.h>
#include <string.h>

typedef struct side_use {
    uint32_t box; /* index into state->box */
    bool outside;
    const uint64_t *inside;
} side_use;

/*
 * A box while the search runs. Simple boxes (a value above 0, no outside, in no group of least or
 * greatest) only ever die: each value of an issue has the list of those that it kills. Members of
 * min and max groups are marked deep.
 */
typedef struct live_box {
    uint32_t party; /* of the view */
    num add;
    bool deep;
    bool simple;
    bool has_outside;
    uint32_t where_left;
    uint32_t broken; /* sides of where that do not hold */
    uint32_t out_left;
    uint32_t out_hit;
} live_box;

typedef struct level {
    uint32_t var;
    uint32_t cells;
    uint32_t *cell;      /* values, in the order in which they are tried */
    num *bound;          /* what each leaves; place[q] tells where for cell[q] */
    const uint32_t *all; /* those that are looked at */
    uint32_t *place;     /* of each in `bound` */
    uint32_t all_cells;
    uint32_t next;
    bool entered; /* the value at next - 1 is set */
} level;

typedef struct search {
    parley_ctx *ctx;
    parley_arena *arena;
    const nm_view *view;
    const nm_model *m;
    bool count;
    uint32_t k;
    live_box *box; /* by box of the model; those of other parties are never used */
    num *scratch;
    side_use **use; /* by variable: sides of boxes that are not simple */
    uint32_t *uses;
    uint32_t ***kill; /* by variable and value: simple boxes that die */
    uint32_t **kills;
    double *touched;      /* by variable: what those boxes count */
    bool *first;          /* by box: the first member of its group */
    bool groups;          /* min and max groups are there */
    num *best;            /* by variable and party: the best value */
    num *table_best;      /* by table and party */
    uint32_t *table_left; /* variables of a table that are open */
    uint32_t **table_of;  /* by variable: tables */
    uint32_t *tables_of;
    level *at;
    uint32_t *pkg;
    num *bound; /* by depth and party */
    num *trial;
    num *sink;     /* bounds that are known already are counted here */
    num *grouped;  /* a bound with the groups' part */
    double *scale; /* by party */
    /* what was found */
    num *found_u;
    uint32_t *found_pkg;
    uint64_t *found_count;
    uint32_t found, found_room;
    uint64_t nodes;
    uint64_t nodes_most;
} search;

/* ------------------------------------------------------------------ archive */

typedef enum verdict { NEW_POINT, BEATEN, SAME } verdict;

/* Is a vector beaten by a found point? For k == 2 points are sorted by the first, greatest first.
 */
static verdict look_up(search *s, const num *u)
{
    const uint32_t k = s->k;
    if (k == 2) {
        uint32_t low = 0;
        uint32_t high = s->found;
        while (low < high) { /* first with u0 < u[0] */
            uint32_t mid = (low + high) / 2;
            if (s->found_u[2 * mid] >= u[0]) {
                low = mid + 1;
            } else {
                high = mid;
            }
        }
        if (low == 0 || s->found_u[2 * (low - 1) + 1] < u[1]) {
            return NEW_POINT;
        }
        const num *w = &s->found_u[2 * (low - 1)];
        return w[0] == u[0] && w[1] == u[1] ? SAME : BEATEN;
    }
    for (uint32_t p = s->found; p-- > 0;) {
        const num *w = &s->found_u[(size_t)p * k];
        uint32_t i = 0;
        while (i < k && w[i] >= u[i]) {
            i++;
        }
        if (i == k) {
            return memcmp(w, u, k * sizeof(*u)) == 0 ? SAME : BEATEN;
        }
    }
    return NEW_POINT;
}

static uint32_t place_of(const search *s, const num *u)
{
    for (uint32_t p = s->found; p-- > 0;) {
        if (memcmp(&s->found_u[(size_t)p * s->k], u, s->k * sizeof(*u)) == 0) {
            return p;
        }
    }
    return s->found;
}

static void take_out(search *s, uint32_t p)
{
    size_t n = s->m->n;
    uint32_t after = s->found - p - 1;
    memmove(&s->found_u[(size_t)p * s->k], &s->found_u[(size_t)(p + 1) * s->k],
            (size_t)after * s->k * sizeof(*s->found_u));
    memmove(&s->found_pkg[p * n], &s->found_pkg[(p + 1) * n],
            (size_t)after * n * sizeof(*s->found_pkg));
    memmove(&s->found_count[p], &s->found_count[p + 1], (size_t)after * sizeof(*s->found_count));
    s->found--;
}

static bool put_in(search *s, const num *u)
{
    size_t n = s->m->n;
    uint32_t k = s->k;
    for (uint32_t p = s->found; p-- > 0;) {
        const num *w = &s->found_u[(size_t)p * k];
        uint32_t i = 0;
        while (i < k && u[i] >= w[i]) {
            i++;
        }
        if (i == k) {
            take_out(s, p);
        }
    }
    if (s->found == s->found_room) {
        uint32_t room = s->found_room == 0 ? 64 : s->found_room * 2;
        num *us = parley_arena_grow(s->arena, s->found_u, (size_t)s->found * k * sizeof(*us),
                                    (size_t)room * k * sizeof(*us));
        uint32_t *packages = parley_arena_grow(
            s->arena, s->found_pkg, s->found * n * sizeof(*packages), room * n * sizeof(*packages));
        uint64_t *counts = parley_arena_grow(s->arena, s->found_count, s->found * sizeof(*counts),
                                             room * sizeof(*counts));
        if (us == NULL || packages == NULL || counts == NULL) {
            return false;
        }
        s->found_u = us;
        s->found_pkg = packages;
        s->found_count = counts;
        s->found_room = room;
    }
    uint32_t at = s->found;
    while (k == 2 && at > 0 && s->found_u[2 * (at - 1)] < u[0]) {
        at--;
    }
    memmove(&s->found_u[(size_t)(at + 1) * k], &s->found_u[(size_t)at * k],
            (size_t)(s->found - at) * k * sizeof(*u));
    memmove(&s->found_pkg[(at + 1) * n], &s->found_pkg[at * n],
            (s->found - at) * n * sizeof(*s->found_pkg));
    memmove(&s->found_count[at + 1], &s->found_count[at],
            (s->found - at) * sizeof(*s->found_count));
    memcpy(&s->found_u[(size_t)at * k], u, k * sizeof(*u));
    memcpy(&s->found_pkg[at * n], s->pkg, n * sizeof(*s->pkg));
    s->found_count[at] = 1;
    s->found++;
    return true;
}

/* ------------------------------------------------------------------- bounds */

static num optimistic(const live_box *b)
{
    bool possible = b->broken == 0 && (!b->has_outside || b->out_hit > 0 || b->out_left > 0);
    bool certain = b->broken == 0 && b->where_left == 0 && (!b->has_outside || b->out_hit > 0);
    return (b->add > 0 ? possible : certain) ? b->add : 0;
}

/* Boxes of one variable take its value v; bound moves along. back: undo (without a bound). */
static void set_boxes(search *s, uint32_t var, uint32_t v, bool back, num *bound)
{
    const uint32_t *kill = s->kill[var][v];
    for (uint32_t q = 0; q < s->kills[var][v]; q++) {
        live_box *b = &s->box[kill[q]];
        if (back) {
            b->broken--;
        } else if (b->broken++ == 0) {
            bound[b->party] -= b->add;
        }
    }
    for (uint32_t q = 0; q < s->uses[var]; q++) {
        const side_use *use = &s->use[var][q];
        live_box *b = &s->box[use->box];
        bool inside = (use->inside[v / 64] >> (v % 64) & 1) != 0;
        num before = b->deep ? 0 : optimistic(b);
        uint32_t by = back ? UINT32_MAX : 1; /* minus one, or one */
        if (use->outside) {
            b->out_left -= by;
            b->out_hit += inside ? 0 : by;
        } else {
            b->where_left -= by;
            b->broken += inside ? 0 : by;
        }
        if (bound != NULL) {
            bound[b->party] += (b->deep ? 0 : optimistic(b)) - before;
        }
    }
}

/* Min and max groups, from what their members may still count. */
static void add_groups(search *s, num *bound)
{
    const nm_model *m = s->m;
    for (uint32_t b = 0; b < m->boxes; b++) {
        s->scratch[b] = 0;
    }
    /* members stand before their group, first members before the others */
    for (uint32_t b = 0; b < m->boxes; b++) {
        const nm_box *box = &m->box[b];
        if (!s->box[b].deep) {
            continue;
        }
        num value = box->take == PARLEY_TAKE_BOX ? optimistic(&s->box[b]) : s->scratch[b];
        if (box->parent < 0) {
            bound[s->box[b].party] += value;
            continue;
        }
        const nm_box *group = &m->box[box->parent];
        num *have = &s->scratch[box->parent];
        if (!s->box[box->parent].deep) {
            bound[s->box[b].party] += value; /* a sum above: flattened */
        } else if (group->take == PARLEY_TAKE_SUM) {
            *have += value;
        } else if (s->first[b]) {
            *have = value;
        } else if (group->take == PARLEY_TAKE_MAX ? value > *have : value < *have) {
            *have = value;
        }
    }
}

/* A bound with the part of min and max groups, which is worked out anew at each node. */
static const num *with_groups(search *s, const num *bound)
{
    if (!s->groups) {
        return bound;
    }
    memcpy(s->grouped, bound, s->k * sizeof(*bound));
    add_groups(s, s->grouped);
    return s->grouped;
}

/* The bound one level down when var takes v: additive part and tables. false: not allowed. */
static bool descend(search *s, uint32_t var, uint32_t v, const num *from, num *to)
{
    const nm_model *m = s->m;
    const uint32_t *who = s->view->who;
    const nm_num *value = nm_value(m, var, v);
    const num *best = &s->best[(size_t)var * s->k];
    for (uint32_t i = 0; i < s->k; i++) {
        to[i] = from[i] + (num)value[who[i]] - best[i];
    }
    for (uint32_t q = 0; q < s->tables_of[var]; q++) {
        uint32_t t = s->table_of[var][q];
        const nm_table *table = &m->table[t];
        if (s->table_left[t] != 1) {
            continue;
        }
        uint32_t entry = nm_entry(m, table, s->pkg);
        if (nm_binds(s->view, table) && !table->ok[entry]) {
            return false;
        }
        for (uint32_t i = 0; table->add != NULL && i < s->k; i++) {
            to[i] += (num)table->add[(size_t)entry * m->k + who[i]] -
                     s->table_best[(size_t)t * s->k + i];
        }
    }
    return true;
}

/* Is there nothing to be found below a bound? */
static bool cut(search *s, const num *raw)
{
    const nm_model *m = s->m;
    num *u = s->trial;
    for (uint32_t i = 0; i < s->k; i++) {
        uint32_t who = s->view->who[i];
        u[i] = m->capped[who] && raw[i] > m->cap[who] ? (num)m->cap[who] : raw[i];
        if (s->view->acceptable && (m->strict ? u[i] <= m->without[who] : u[i] < m->without[who])) {
            return true;
        }
    }
    verdict v = look_up(s, u);
    return v == BEATEN || (v == SAME && !s->count);
}

/* ------------------------------------------------------------------- search */

static void table_turn(search *s, uint32_t var, bool back)
{
    for (uint32_t q = 0; q < s->tables_of[var]; q++) {
        s->table_left[s->table_of[var][q]] += back ? 1 : UINT32_MAX;
    }
}

typedef struct ordered {
    double loss;
    uint32_t cell;
    uint32_t place; /* where its bound was put */
} ordered;

static int by_loss(const void *pa, const void *pb)
{
    const ordered *a = pa;
    const ordered *b = pb;
    return a->loss != b->loss ? (a->loss > b->loss) - (a->loss < b->loss)
                              : (a->cell > b->cell) - (a->cell < b->cell);
}

/* What is left when var takes v, without taking it. */
static bool look_down(search *s, uint32_t var, uint32_t v, const num *from, num *to)
{
    s->pkg[var] = v;
    if (!descend(s, var, v, from, to)) {
        return false;
    }
    if (s->uses[var] > 0) {
        set_boxes(s, var, v, false, to);
        set_boxes(s, var, v, true, NULL);
        return true;
    }
    const uint32_t *kill = s->kill[var][v];
    for (uint32_t q = 0; q < s->kills[var][v]; q++) {
        const live_box *b = &s->box[kill[q]];
        to[b->party] -= b->broken == 0 ? b->add : 0;
    }
    return true;
}

/* Values of a level with something below them, in the order of what they lose. */
static void order_level(search *s, uint32_t depth, ordered *room)
{
    level *l = &s->at[depth];
    const num *bound = &s->bound[(size_t)depth * s->k];
    uint32_t n = 0;
    l->next = 0;
    l->entered = false;
    if (s->count) {
        l->cells = l->all_cells;
        return;
    }
    for (uint32_t q = 0; q < l->all_cells; q++) {
        num *to = &l->bound[(size_t)n * s->k];
        if (!look_down(s, l->var, l->all[q], bound, to) || (!s->groups && cut(s, to))) {
            continue;
        }
        double loss = 0;
        for (uint32_t i = 0; i < s->k; i++) {
            loss += (double)(bound[i] - to[i]) * s->scale[i];
        }
        room[n] = (ordered){loss, l->all[q], n};
        n++;
    }
    qsort(room, n, sizeof(*room), by_loss);
    for (uint32_t q = 0; q < n; q++) {
        l->cell[q] = room[q].cell;
        l->place[q] = room[q].place;
    }
    l->cells = n;
}

static void leave(search *s, uint32_t depth)
{
    level *l = &s->at[depth];
    if (l->entered) {
        set_boxes(s, l->var, s->pkg[l->var], true, NULL);
        table_turn(s, l->var, true);
        l->entered = false;
    }
}

/* A whole package: its bound is its worth. */
static bool reach_leaf(search *s)
{
    num *u = s->trial; /* cut() left the capped worth there */
    switch (look_up(s, u)) {
    case SAME: {
        uint32_t p = place_of(s, u);
        if (s->count && p < s->found && s->found_count[p] != UINT64_MAX) {
            s->found_count[p]++;
        }
        return true;
    }
    case BEATEN:
        return true;
    case NEW_POINT:
        return put_in(s, u);
    }
    return true;
}

static parley_status walk(search *s, ordered *room, parley_error *err)
{
    const uint32_t n = s->m->n;
    const uint32_t k = s->k;
    uint32_t depth = 0;
    if (cut(s, with_groups(s, s->bound))) {
        return PARLEY_OK;
    }
    if (n == 0) {
        return reach_leaf(s) ? PARLEY_OK : parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    order_level(s, 0, room);
    for (;;) {
        level *l = &s->at[depth];
        leave(s, depth);
        if (l->next == l->cells) {
            if (depth == 0) {
                return PARLEY_OK;
            }
            depth--;
            continue;
        }
        uint32_t v = l->cell[l->next++];
        num *to = &s->bound[(size_t)(depth + 1) * k];
        s->pkg[l->var] = v;
        s->nodes++;
        if (s->nodes % 65536 == 0) {
            if (parley_ctx_cancelled(s->ctx)) {
                return parley_fail(err, PARLEY_CANCELLED, "stopped");
            }
            parley_ctx_progress(s->ctx, "frontier", s->nodes, 0);
            if (s->nodes > s->nodes_most) {
                return parley_fail(err, PARLEY_LIMIT, "the search takes too many steps");
            }
        }
        if (s->count) {
            if (!descend(s, l->var, v, &s->bound[(size_t)depth * k], to)) {
                continue;
            }
        } else {
            const num *left = &l->bound[(size_t)l->place[l->next - 1] * k];
            if (!s->groups && cut(s, left)) {
                continue; /* what was found since the level was opened reaches it */
            }
            memcpy(to, left, k * sizeof(*to));
        }
        set_boxes(s, l->var, v, false, s->count ? to : s->sink);
        table_turn(s, l->var, false);
        l->entered = true;
        if (cut(s, with_groups(s, to))) {
            continue;
        }
        if (depth + 1 == n) {
            if (!reach_leaf(s)) {
                return parley_fail(err, PARLEY_NOMEM, "out of memory for a frontier");
            }
            continue;
        }
        depth++;
        order_level(s, depth, room);
    }
}

#include "deal/numbers_search_setup.inc.h"

parley_status NM_SEARCH_NAME(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                             const nm_limits *limits, bool count, nm_frontier *out,
                             parley_error *err)
{
    const nm_model *m = view->m;
    search s = {.ctx = ctx,
                .view = view,
                .m = m,
                .count = count,
                .k = view->k,
                .nodes_most = limits->nodes};
    parley_status status = PARLEY_OK;
    uint32_t most = 1;
    *out = (nm_frontier){.status = PARLEY_FRONTIER_EXACT,
                         .method = count ? "walk through all packages" : "branch and bound"};
    s.arena = parley_arena_new(ctx);
    for (uint32_t j = 0; j < m->n; j++) {
        most = m->size[j] > most ? m->size[j] : most;
    }
    ordered *room = s.arena == NULL ? NULL : parley_arena_array(s.arena, most, sizeof(*room));
    if (room == NULL || !make_boxes(&s) || !make_tables(&s) || !make_levels(&s)) {
        status = parley_fail(err, PARLEY_NOMEM, "out of memory for a search");
    } else if (!impossible(view)) {
        status = walk(&s, room, err);
    }
    out->work = s.nodes;
    if (status == PARLEY_OK) {
        out->size = s.found;
        out->u = parley_arena_array(arena, (size_t)s.found * s.k, sizeof(*out->u));
        out->package = parley_arena_array(arena, (size_t)s.found * m->n, sizeof(*out->package));
        out->count = parley_arena_array(arena, s.found, sizeof(*out->count));
        if (out->u == NULL || out->package == NULL || out->count == NULL) {
            status = parley_fail(err, PARLEY_NOMEM, "out of memory for a frontier");
        } else if (s.found > 0) {
            for (size_t q = 0; q < (size_t)s.found * s.k; q++) {
                out->u[q] = s.found_u[q];
            }
            memcpy(out->package, s.found_pkg, (size_t)s.found * m->n * sizeof(*out->package));
            for (uint32_t p = 0; count && p < s.found; p++) {
                out->count[p] = s.found_count[p] == UINT64_MAX ? 0 : s.found_count[p];
            }
            if (!nm_filter(ctx, arena, s.k, m->n, out)) {
                status = parley_fail(err, PARLEY_NOMEM, "out of memory for a frontier");
            }
        }
    }
    if (status != PARLEY_OK) {
        *out = (nm_frontier){.status = PARLEY_FRONTIER_LIMITED, .method = "branch and bound"};
    }
    parley_arena_free(s.arena);
    return status;
}
