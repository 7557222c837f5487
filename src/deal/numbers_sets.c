/*
 * Exact frontiers by sets of points.
 *
 * Issues that no formula couples are added one by one: dynamic programming with dominance merging
 * (Nemhauser & Ullmann 1969, doi:10.1287/mnsc.15.9.494). Coupled issues are eliminated in min-fill
 * order, each assignment of their neighbours carrying a set of points (multi-objective bucket
 * elimination: Rollon & Larrosa 2006, doi:10.1007/s10732-006-9000-1); where the tables would grow
 * too large, the busiest issue is fixed to each of its values in turn. A point remembers where it
 * came from, so that packages are found again, and how many packages it stands for: no package with
 * the utilities of a frontier point is ever lost, because a partial package that is dominated is
 * dominated in every completion. Boxes are not for this file.
 */
#include "deal/numbers_kernel.h"

#include <string.h>

#define NONE UINT32_MAX

typedef struct set {
    nm_list list;
    bool sum; /* x: point of set a, y: point of set b; else a choice among children */
    uint32_t a, b;
    uint32_t var;   /* choice: y is the value of this variable; NONE: fixed by the run */
    uint32_t child; /* choice: first in children; by y */
} set;

/* A table of sets over a few variables that are still to be eliminated. */
typedef struct factor {
    uint32_t vars;
    const uint32_t *var;
    const uint32_t *set; /* by entry; NONE: nothing */
    bool used;
} factor;

typedef struct run {
    parley_ctx *ctx;
    parley_arena *arena; /* of this run */
    const nm_view *view;
    const nm_model *m;
    const nm_limits *limits;
    nm_scratch s;
    set *pool;
    uint32_t sets, set_room;
    uint32_t *children;
    uint32_t child_count, child_room;
    factor *factor;
    uint32_t factors, factor_room;
    unsigned char *shift; /* values of the view's parties in the type of the rows */
    size_t one;           /* bytes of one shift */
    nm_operand *op;
    uint32_t op_room;
    bool *coupled; /* by variable */
    bool *fixed;   /* by variable */
    bool *gone;    /* by variable: eliminated in this run */
    uint32_t *pkg; /* an assignment that is being looked at */
    uint32_t unit; /* the set of one point, nothing */
    parley_error *err;
    parley_status status;
} run;

static bool fail(run *r, parley_status status, const char *what)
{
    if (r->status == PARLEY_OK) {
        r->status = parley_fail(r->err, status, "%s", what);
    }
    return false;
}

static bool nomem(run *r)
{
    return fail(r, PARLEY_NOMEM, "out of memory for the points of a frontier");
}

/* ------------------------------------------------------------------- sets */

static bool grow(run *r, void *array, uint32_t *room, uint32_t want, size_t size)
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
        return nomem(r);
    }
    *at = grown;
    *room = more;
    return true;
}

static uint32_t new_set(run *r)
{
    if (!grow(r, &r->pool, &r->set_room, r->sets + 1, sizeof(*r->pool))) {
        return NONE;
    }
    r->pool[r->sets] = (set){{NULL, 0}, false, NONE, NONE, NONE, 0};
    return r->sets++;
}

static bool keep_rows(run *r, uint32_t at, const unsigned char *rows, uint32_t size)
{
    unsigned char *copy = parley_arena_array(r->arena, size, r->s.row);
    if (copy == NULL) {
        return nomem(r);
    }
    if (size > 0) {
        memcpy(copy, rows, size * r->s.row);
    }
    r->pool[at].list = (nm_list){copy, size};
    return true;
}

static bool merge(run *r, uint32_t lists, uint32_t at)
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

static const void *shift_of(const run *r, uint32_t var, uint32_t option)
{
    return r->shift + ((size_t)r->m->offset[var] + option) * r->one;
}

/* Every point of a with every point of b. The longer one is shifted by the shorter. */
static uint32_t sum_of(run *r, uint32_t a, uint32_t b)
{
    if (r->pool[a].list.size < r->pool[b].list.size) {
        uint32_t t = a;
        a = b;
        b = t;
    }
    if (b == r->unit) {
        return a;
    }
    uint32_t at = new_set(r);
    uint32_t lists = r->pool[b].list.size;
    if (at == NONE || !grow(r, &r->op, &r->op_room, lists, sizeof(*r->op))) {
        return NONE;
    }
    r->pool[at].sum = true;
    r->pool[at].a = a;
    r->pool[at].b = b;
    for (uint32_t q = 0; q < lists; q++) {
        unsigned char *row = r->pool[b].list.row + q * r->s.row;
        r->op[q] = (nm_operand){&r->pool[a].list, nm_row_u(row), *nm_row_count(row), q};
    }
    return merge(r, lists, at) ? at : NONE;
}

/* ------------------------------------------------------------- elimination */

static bool has(const uint32_t *var, uint32_t vars, uint32_t j)
{
    for (uint32_t k = 0; k < vars; k++) {
        if (var[k] == j) {
            return true;
        }
    }
    return false;
}

/* Does a table count in this view at all? */
static bool counts(const run *r, const nm_table *t)
{
    return t->add != NULL || nm_binds(r->view, t);
}

/* Number of assignments of what j is joined with, and who they are; NONE: too many. */
static uint32_t neighbours(run *r, uint32_t j, uint32_t *var, uint32_t *vars)
{
    const nm_model *m = r->m;
    uint64_t entries = 1;
    *vars = 0;
    for (int pass = 0; pass < 2; pass++) {
        uint32_t count = pass == 0 ? m->tables : r->factors;
        for (uint32_t t = 0; t < count; t++) {
            const uint32_t *scope = pass == 0 ? m->table[t].var : r->factor[t].var;
            uint32_t size = pass == 0 ? m->table[t].vars : r->factor[t].vars;
            bool live = pass == 0 ? counts(r, &m->table[t]) : !r->factor[t].used;
            bool dead = false;
            for (uint32_t k = 0; k < size && pass == 0; k++) {
                dead = dead || r->gone[scope[k]]; /* taken into a factor already */
            }
            if (!live || dead || !has(scope, size, j)) {
                continue;
            }
            for (uint32_t k = 0; k < size; k++) {
                uint32_t o = scope[k];
                if (o != j && !r->fixed[o] && !has(var, *vars, o)) {
                    var[(*vars)++] = o;
                    entries *= m->size[o];
                    if (entries > UINT32_MAX / 2) {
                        return NONE;
                    }
                }
            }
        }
    }
    return (uint32_t)entries;
}

static uint32_t factor_entry(const run *r, const factor *f)
{
    uint32_t entry = 0;
    for (uint32_t k = 0; k < f->vars; k++) {
        entry = entry * r->m->size[f->var[k]] + r->pkg[f->var[k]];
    }
    return entry;
}

/* The sets that factors with j have at this assignment, added up; NONE with status OK: nothing. */
static uint32_t gathered(run *r, const uint32_t *list, uint32_t count)
{
    uint32_t have = r->unit;
    for (uint32_t k = 0; k < count && have != NONE; k++) {
        const factor *f = &r->factor[list[k]];
        uint32_t next = f->set[factor_entry(r, f)];
        have = next == NONE ? NONE : have == r->unit ? next : sum_of(r, have, next);
    }
    return have;
}

/* One entry of the new factor: the best over the values of j. */
static uint32_t eliminate_at(run *r, uint32_t j, const uint32_t *tables, uint32_t table_count,
                             const uint32_t *factors, uint32_t factor_count)
{
    const nm_model *m = r->m;
    const nm_view *view = r->view;
    uint32_t first = r->child_count;
    uint32_t from = r->fixed[j] ? r->pkg[j] : 0;
    uint32_t to = r->fixed[j] ? from + 1 : m->size[j];
    uint32_t lists = to - from;
    unsigned char *shifts = parley_arena_array(r->arena, lists, r->one);
    uint32_t *sets = parley_arena_array(r->arena, lists, sizeof(*sets));
    uint32_t *options = parley_arena_array(r->arena, lists, sizeof(*options));
    uint32_t n = 0;
    if (shifts == NULL || sets == NULL || options == NULL) {
        nomem(r);
        return NONE;
    }
    for (uint32_t o = from; o < to && r->status == PARLEY_OK; o++) {
        r->pkg[j] = o;
        bool allowed = true;
        unsigned char *shift = shifts + n * r->one;
        memcpy(shift, shift_of(r, j, o), r->one);
        for (uint32_t t = 0; t < table_count && allowed; t++) {
            const nm_table *table = &m->table[tables[t]];
            uint32_t entry = nm_entry(m, table, r->pkg);
            allowed = !nm_binds(view, table) || table->ok[entry];
            for (uint32_t i = 0; table->add != NULL && i < view->k; i++) {
                nm_num add = table->add[(size_t)entry * m->k + view->who[i]];
                if (r->s.wide) {
                    ((nm_num *)(void *)shift)[i] += add;
                } else {
                    ((int64_t *)(void *)shift)[i] += (int64_t)add;
                }
            }
        }
        sets[n] = allowed ? gathered(r, factors, factor_count) : NONE;
        options[n] = o;
        n += sets[n] != NONE ? 1 : 0;
    }
    if (r->status != PARLEY_OK || n == 0) {
        return NONE;
    }
    uint32_t at = new_set(r);
    if (at == NONE || !grow(r, &r->op, &r->op_room, n, sizeof(*r->op)) ||
        !grow(r, &r->children, &r->child_room, first + n, sizeof(*r->children))) {
        return NONE;
    }
    /* y is the number of the child; its value stands behind the children */
    for (uint32_t q = 0; q < n; q++) {
        r->op[q] = (nm_operand){&r->pool[sets[q]].list, shifts + q * r->one, 1, options[q]};
    }
    if (!merge(r, n, at)) {
        return NONE;
    }
    /* children by value, so that a point finds its own */
    if (!grow(r, &r->children, &r->child_room, first + m->size[j], sizeof(*r->children))) {
        return NONE;
    }
    for (uint32_t o = 0; o < m->size[j]; o++) {
        r->children[first + o] = NONE;
    }
    for (uint32_t q = 0; q < n; q++) {
        r->children[first + options[q]] = sets[q];
    }
    r->child_count = first + m->size[j];
    r->pool[at].var = j;
    r->pool[at].child = first;
    return at;
}

static bool eliminate(run *r, uint32_t j)
{
    const nm_model *m = r->m;
    uint32_t *var = parley_arena_array(r->arena, m->n, sizeof(*var));
    uint32_t *tables = parley_arena_array(r->arena, m->tables, sizeof(*tables));
    uint32_t *factors = parley_arena_array(r->arena, r->factors, sizeof(*factors));
    uint32_t vars = 0;
    uint32_t table_count = 0;
    uint32_t factor_count = 0;
    if (var == NULL || tables == NULL || factors == NULL) {
        return nomem(r);
    }
    uint32_t entries = neighbours(r, j, var, &vars);
    for (uint32_t t = 0; t < m->tables; t++) {
        bool open = counts(r, &m->table[t]) && has(m->table[t].var, m->table[t].vars, j);
        for (uint32_t k = 0; k < m->table[t].vars && open; k++) {
            open = !r->gone[m->table[t].var[k]];
        }
        if (open) {
            tables[table_count++] = t;
        }
    }
    for (uint32_t f = 0; f < r->factors; f++) {
        if (!r->factor[f].used && has(r->factor[f].var, r->factor[f].vars, j)) {
            r->factor[f].used = true;
            factors[factor_count++] = f;
        }
    }
    uint32_t *sets = parley_arena_array(r->arena, entries, sizeof(*sets));
    if (sets == NULL) {
        return nomem(r);
    }
    for (uint32_t e = 0; e < entries; e++) {
        uint32_t rest = e;
        for (uint32_t k = vars; k-- > 0;) {
            r->pkg[var[k]] = rest % m->size[var[k]];
            rest /= m->size[var[k]];
        }
        uint32_t before = r->fixed[j] ? r->pkg[j] : 0;
        sets[e] = eliminate_at(r, j, tables, table_count, factors, factor_count);
        r->pkg[j] = before;
        if (r->status != PARLEY_OK) {
            return false;
        }
    }
    if (!grow(r, &r->factor, &r->factor_room, r->factors + 1, sizeof(*r->factor))) {
        return false;
    }
    r->factor[r->factors++] = (factor){vars, var, sets, false};
    r->gone[j] = true;
    return true;
}

/* The coupled variable whose elimination costs least now; NONE: none is left. */
static uint32_t cheapest(run *r, uint32_t *room, uint32_t *cost)
{
    uint32_t best = NONE;
    *cost = NONE;
    for (uint32_t j = 0; j < r->m->n; j++) {
        uint32_t vars = 0;
        if (!r->coupled[j] || r->gone[j]) {
            continue;
        }
        uint32_t entries = neighbours(r, j, room, &vars);
        uint64_t work = entries == NONE ? NONE : (uint64_t)entries * r->m->size[j];
        work = work > NONE - 1 ? NONE - 1 : work;
        if (best == NONE || work < *cost) {
            best = j;
            *cost = (uint32_t)work;
        }
    }
    return best;
}

/* One run with the fixed variables at r->pkg: the set of all coupled variables, or NONE. */
static uint32_t run_once(run *r)
{
    uint32_t *room = parley_arena_array(r->arena, r->m->n, sizeof(*room));
    uint32_t cost = 0;
    uint32_t have = r->unit;
    if (room == NULL) {
        nomem(r);
        return NONE;
    }
    r->factors = 0;
    memset(r->gone, 0, r->m->n * sizeof(*r->gone));
    for (uint32_t j = cheapest(r, room, &cost); j != NONE; j = cheapest(r, room, &cost)) {
        if (!eliminate(r, j)) {
            return NONE;
        }
    }
    for (uint32_t f = 0; f < r->factors && have != NONE; f++) {
        if (!r->factor[f].used) {
            uint32_t next = r->factor[f].set[0];
            have = next == NONE ? NONE : sum_of(r, have, next);
        }
    }
    return have;
}

/* Would a run stay within the limit? Plays the elimination on scopes alone. */
static bool too_wide(run *r, uint64_t most, uint32_t *busiest)
{
    const nm_model *m = r->m;
    uint32_t n = m->n;
    uint32_t words = (n + 63) / 64;
    uint64_t *joined = parley_arena_array(r->arena, (size_t)n * words, sizeof(*joined));
    bool *gone = parley_arena_array(r->arena, n, sizeof(*gone));
    if (joined == NULL || gone == NULL) {
        return nomem(r);
    }
    for (uint32_t t = 0; t < m->tables; t++) {
        for (uint32_t a = 0; counts(r, &m->table[t]) && a < m->table[t].vars; a++) {
            for (uint32_t b = 0; b < m->table[t].vars; b++) {
                uint32_t x = m->table[t].var[a];
                uint32_t y = m->table[t].var[b];
                if (x != y && !r->fixed[x] && !r->fixed[y]) {
                    joined[(size_t)x * words + y / 64] |= UINT64_C(1) << (y % 64);
                }
            }
        }
    }
    uint32_t most_joined = 0;
    *busiest = NONE;
    for (uint32_t j = 0; j < n; j++) {
        uint32_t degree = 0;
        for (uint32_t w = 0; w < words; w++) {
            degree += (uint32_t)__builtin_popcountll(joined[(size_t)j * words + w]);
        }
        if (!r->fixed[j] && degree > most_joined) {
            most_joined = degree;
            *busiest = j;
        }
    }
    uint64_t all = 0;
    for (;;) {
        uint32_t best = NONE;
        uint64_t cost = UINT64_MAX;
        for (uint32_t j = 0; j < n; j++) {
            if (!r->coupled[j] || r->fixed[j] || gone[j]) {
                continue;
            }
            uint64_t entries = m->size[j];
            for (uint32_t o = 0; o < n && entries <= most; o++) {
                if (joined[(size_t)j * words + o / 64] >> (o % 64) & 1) {
                    entries *= m->size[o];
                }
            }
            if (entries < cost) {
                cost = entries;
                best = j;
            }
        }
        if (best == NONE) {
            return false;
        }
        all += cost;
        if (all > most) {
            return true;
        }
        gone[best] = true;
        for (uint32_t a = 0; a < n; a++) {
            if (joined[(size_t)best * words + a / 64] >> (a % 64) & 1) {
                for (uint32_t w = 0; w < words; w++) {
                    joined[(size_t)a * words + w] |= joined[(size_t)best * words + w];
                }
                joined[(size_t)a * words + a / 64] &= ~(UINT64_C(1) << (a % 64));
                joined[(size_t)a * words + best / 64] &= ~(UINT64_C(1) << (best % 64));
            }
        }
    }
}

/* All coupled variables: one set, or NONE when nothing is feasible. */
static uint32_t coupled_set(run *r)
{
    const nm_model *m = r->m;
    uint64_t most = parley_ctx_limits(r->ctx)->table_entries / 4;
    uint32_t *fixed = parley_arena_array(r->arena, m->n, sizeof(*fixed));
    uint32_t fixes = 0;
    uint64_t runs = 1;
    uint32_t busiest = NONE;
    if (fixed == NULL) {
        nomem(r);
        return NONE;
    }
    while (too_wide(r, most / runs + 1, &busiest)) {
        if (busiest == NONE || runs * m->size[busiest] > most) {
            fail(r, PARLEY_LIMIT, "too many issues hang together (limit 'table_entries')");
            return NONE;
        }
        r->fixed[busiest] = true;
        fixed[fixes++] = busiest;
        runs *= m->size[busiest];
    }
    if (r->status != PARLEY_OK) {
        return NONE;
    }
    uint32_t *top = parley_arena_array(r->arena, runs, sizeof(*top));
    uint32_t n = 0;
    if (top == NULL) {
        nomem(r);
        return NONE;
    }
    for (uint64_t run_number = 0; run_number < runs; run_number++) {
        uint64_t rest = run_number;
        for (uint32_t k = fixes; k-- > 0;) {
            r->pkg[fixed[k]] = (uint32_t)(rest % m->size[fixed[k]]);
            rest /= m->size[fixed[k]];
        }
        uint32_t at = run_once(r);
        if (r->status != PARLEY_OK) {
            return NONE;
        }
        if (at != NONE) {
            top[n++] = at;
        }
    }
    if (n <= 1) {
        return n == 0 ? NONE : top[0];
    }
    uint32_t at = new_set(r);
    if (at == NONE || !grow(r, &r->op, &r->op_room, n, sizeof(*r->op)) ||
        !grow(r, &r->children, &r->child_room, r->child_count + n, sizeof(*r->children))) {
        return NONE;
    }
    for (uint32_t q = 0; q < n; q++) {
        r->op[q] = (nm_operand){&r->pool[top[q]].list, NULL, 1, q};
        r->children[r->child_count + q] = top[q];
    }
    r->pool[at].child = r->child_count;
    r->child_count += n;
    return merge(r, n, at) ? at : NONE;
}

/* ------------------------------------------------------------------- result */

static bool package_of(run *r, uint32_t from, uint32_t point, uint32_t *package, uint32_t *stack)
{
    uint32_t depth = 0;
    stack[depth++] = from;
    stack[depth++] = point;
    while (depth > 0) {
        uint32_t p = stack[--depth];
        uint32_t at = stack[--depth];
        const set *s = &r->pool[at];
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
            if (s->var != NONE) {
                package[s->var] = xy[1];
            }
            stack[depth++] = r->children[s->child + xy[1]];
            stack[depth++] = xy[0];
        }
    }
    return true;
}

static bool publish(run *r, parley_arena *arena, uint32_t top, nm_frontier *out)
{
    const nm_view *view = r->view;
    const nm_model *m = r->m;
    uint32_t size = top == NONE ? 0 : r->pool[top].list.size;
    uint32_t *stack = parley_arena_array(r->arena, (size_t)(m->n + 2) * 8 + 64, sizeof(*stack));
    out->u = parley_arena_array(arena, (size_t)size * view->k, sizeof(*out->u));
    out->package = parley_arena_array(arena, (size_t)size * m->n, sizeof(*out->package));
    out->count = parley_arena_array(arena, size, sizeof(*out->count));
    if (stack == NULL || out->u == NULL || out->package == NULL || out->count == NULL) {
        return nomem(r);
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
        return nm_filter(r->ctx, arena, view->k, m->n, out) || nomem(r);
    }
    return true;
}

/* Values of the view's parties in the type of the rows. */
static bool make_shifts(run *r)
{
    const nm_model *m = r->m;
    uint32_t all = m->n == 0 ? 0 : m->offset[m->n - 1] + m->size[m->n - 1];
    r->one = r->view->k * (r->s.wide ? sizeof(nm_num) : sizeof(int64_t));
    r->shift = parley_arena_array(r->arena, all, r->one);
    if (r->shift == NULL) {
        return nomem(r);
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

static uint32_t leaf(run *r, uint32_t j)
{
    uint32_t at = new_set(r);
    uint32_t size = r->m->size[j];
    if (at == NONE || !grow(r, &r->op, &r->op_room, size, sizeof(*r->op)) ||
        !grow(r, &r->children, &r->child_room, r->child_count + size, sizeof(*r->children))) {
        return NONE;
    }
    for (uint32_t o = 0; o < size; o++) {
        r->op[o] = (nm_operand){&r->pool[r->unit].list, shift_of(r, j, o), 1, o};
        r->children[r->child_count + o] = r->unit;
    }
    r->pool[at].var = j;
    r->pool[at].child = r->child_count;
    r->child_count += size;
    return merge(r, size, at) ? at : NONE;
}

static bool whole(run *r, uint32_t *top)
{
    const nm_model *m = r->m;
    uint32_t done = 0;
    *top = NONE;
    for (uint32_t t = 0; t < m->tables; t++) {
        const nm_table *table = &m->table[t];
        if (table->vars == 0 && nm_binds(r->view, table) && !table->ok[0]) {
            return true; /* a rule that nothing can keep */
        }
        for (uint32_t k = 0; k < table->vars && counts(r, table); k++) {
            r->coupled[table->var[k]] = true;
        }
    }
    r->unit = new_set(r);
    unsigned char *one = parley_arena_alloc(r->arena, r->s.row);
    if (r->unit == NONE || one == NULL) {
        return nomem(r);
    }
    *nm_row_count(one) = 1;
    r->pool[r->unit].list = (nm_list){one, 1};
    uint32_t have = coupled_set(r);
    for (uint32_t j = 0; j < m->n && have != NONE && r->status == PARLEY_OK; j++) {
        if (!r->coupled[j]) {
            uint32_t next = leaf(r, j);
            have = next == NONE ? NONE : sum_of(r, have, next);
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
    run r = {.ctx = ctx, .view = view, .m = m, .limits = limits, .err = err, .status = PARLEY_OK};
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
    uint32_t top = NONE;
    if (r.coupled == NULL || r.fixed == NULL || r.gone == NULL || r.pkg == NULL) {
        nomem(&r);
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
