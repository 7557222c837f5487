/*
 * Issues that formulas couple, eliminated in min-fill order, each assignment of their neighbours
 * carrying a set of points (multi-objective bucket elimination: Rollon & Larrosa 2006,
 * doi:10.1007/s10732-006-9000-1); where the tables would grow too large, the busiest issue is fixed
 * to each of its values in turn.
 */
#include "deal/numbers_sets.h"

#include <string.h>

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
bool nm_run_counts(const nm_run *r, const nm_table *t)
{
    return t->add != NULL || nm_binds(r->view, t);
}

/* Number of assignments of what j is joined with, and who they are; NM_NONE: too many. */
static uint32_t neighbours(nm_run *r, uint32_t j, uint32_t *var, uint32_t *vars)
{
    const nm_model *m = r->m;
    uint64_t entries = 1;
    *vars = 0;
    for (int pass = 0; pass < 2; pass++) {
        uint32_t count = pass == 0 ? m->tables : r->factors;
        for (uint32_t t = 0; t < count; t++) {
            const uint32_t *scope = pass == 0 ? m->table[t].var : r->factor[t].var;
            uint32_t size = pass == 0 ? m->table[t].vars : r->factor[t].vars;
            bool live = pass == 0 ? nm_run_counts(r, &m->table[t]) : !r->factor[t].used;
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
                        return NM_NONE;
                    }
                }
            }
        }
    }
    return (uint32_t)entries;
}

static uint32_t factor_entry(const nm_run *r, const nm_factor *f)
{
    uint32_t entry = 0;
    for (uint32_t k = 0; k < f->vars; k++) {
        entry = entry * r->m->size[f->var[k]] + r->pkg[f->var[k]];
    }
    return entry;
}

/* The sets that factors with j have at this assignment, added up; NM_NONE with status OK: nothing.
 */
static uint32_t gathered(nm_run *r, const uint32_t *list, uint32_t count)
{
    uint32_t have = r->unit;
    for (uint32_t k = 0; k < count && have != NM_NONE; k++) {
        const nm_factor *f = &r->factor[list[k]];
        uint32_t next = f->set[factor_entry(r, f)];
        have = next == NM_NONE ? NM_NONE : have == r->unit ? next : nm_run_sum(r, have, next);
    }
    return have;
}

/* One entry of the new factor: the best over the values of j. */
static uint32_t eliminate_at(nm_run *r, uint32_t j, const uint32_t *tables, uint32_t table_count,
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
        nm_run_nomem(r);
        return NM_NONE;
    }
    for (uint32_t o = from; o < to && r->status == PARLEY_OK; o++) {
        r->pkg[j] = o;
        bool allowed = true;
        unsigned char *shift = shifts + n * r->one;
        memcpy(shift, nm_run_shift(r, j, o), r->one);
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
        sets[n] = allowed ? gathered(r, factors, factor_count) : NM_NONE;
        options[n] = o;
        n += sets[n] != NM_NONE ? 1 : 0;
    }
    if (r->status != PARLEY_OK || n == 0) {
        return NM_NONE;
    }
    uint32_t at = nm_run_new_set(r);
    if (at == NM_NONE || !nm_run_grow(r, &r->op, &r->op_room, n, sizeof(*r->op)) ||
        !nm_run_grow(r, &r->children, &r->child_room, first + n, sizeof(*r->children))) {
        return NM_NONE;
    }
    /* y is the number of the child; its value stands behind the children */
    for (uint32_t q = 0; q < n; q++) {
        r->op[q] = (nm_operand){&r->pool[sets[q]].list, shifts + q * r->one, 1, options[q]};
    }
    if (!nm_run_merge(r, n, at)) {
        return NM_NONE;
    }
    /* children by value, so that a point finds its own */
    if (!nm_run_grow(r, &r->children, &r->child_room, first + m->size[j], sizeof(*r->children))) {
        return NM_NONE;
    }
    for (uint32_t o = 0; o < m->size[j]; o++) {
        r->children[first + o] = NM_NONE;
    }
    for (uint32_t q = 0; q < n; q++) {
        r->children[first + options[q]] = sets[q];
    }
    r->child_count = first + m->size[j];
    r->pool[at].var = j;
    r->pool[at].child = first;
    return at;
}

static bool eliminate(nm_run *r, uint32_t j)
{
    const nm_model *m = r->m;
    uint32_t *var = parley_arena_array(r->arena, m->n, sizeof(*var));
    uint32_t *tables = parley_arena_array(r->arena, m->tables, sizeof(*tables));
    uint32_t *factors = parley_arena_array(r->arena, r->factors, sizeof(*factors));
    uint32_t vars = 0;
    uint32_t table_count = 0;
    uint32_t factor_count = 0;
    if (var == NULL || tables == NULL || factors == NULL) {
        return nm_run_nomem(r);
    }
    uint32_t entries = neighbours(r, j, var, &vars);
    for (uint32_t t = 0; t < m->tables; t++) {
        bool open = nm_run_counts(r, &m->table[t]) && has(m->table[t].var, m->table[t].vars, j);
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
        return nm_run_nomem(r);
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
    if (!nm_run_grow(r, &r->factor, &r->factor_room, r->factors + 1, sizeof(*r->factor))) {
        return false;
    }
    r->factor[r->factors++] = (nm_factor){vars, var, sets, false};
    r->gone[j] = true;
    return true;
}

/* The coupled variable whose elimination costs least now; NM_NONE: none is left. */
static uint32_t cheapest(nm_run *r, uint32_t *room, uint32_t *cost)
{
    uint32_t best = NM_NONE;
    *cost = NM_NONE;
    for (uint32_t j = 0; j < r->m->n; j++) {
        uint32_t vars = 0;
        if (!r->coupled[j] || r->gone[j]) {
            continue;
        }
        uint32_t entries = neighbours(r, j, room, &vars);
        uint64_t work = entries == NM_NONE ? NM_NONE : (uint64_t)entries * r->m->size[j];
        work = work > NM_NONE - 1 ? NM_NONE - 1 : work;
        if (best == NM_NONE || work < *cost) {
            best = j;
            *cost = (uint32_t)work;
        }
    }
    return best;
}

/* One run with the fixed variables at r->pkg: the set of all coupled variables, or NM_NONE. */
static uint32_t run_once(nm_run *r)
{
    uint32_t *room = parley_arena_array(r->arena, r->m->n, sizeof(*room));
    uint32_t cost = 0;
    uint32_t have = r->unit;
    if (room == NULL) {
        nm_run_nomem(r);
        return NM_NONE;
    }
    r->factors = 0;
    memset(r->gone, 0, r->m->n * sizeof(*r->gone));
    for (uint32_t j = cheapest(r, room, &cost); j != NM_NONE; j = cheapest(r, room, &cost)) {
        if (!eliminate(r, j)) {
            return NM_NONE;
        }
    }
    for (uint32_t f = 0; f < r->factors && have != NM_NONE; f++) {
        if (!r->factor[f].used) {
            uint32_t next = r->factor[f].set[0];
            have = next == NM_NONE ? NM_NONE : nm_run_sum(r, have, next);
        }
    }
    return have;
}

/* Would a run stay within the limit? Plays the elimination on scopes alone. */
static bool too_wide(nm_run *r, uint64_t most, uint32_t *busiest)
{
    const nm_model *m = r->m;
    uint32_t n = m->n;
    uint32_t words = (n + 63) / 64;
    uint64_t *joined = parley_arena_array(r->arena, (size_t)n * words, sizeof(*joined));
    bool *gone = parley_arena_array(r->arena, n, sizeof(*gone));
    if (joined == NULL || gone == NULL) {
        return nm_run_nomem(r);
    }
    for (uint32_t t = 0; t < m->tables; t++) {
        for (uint32_t a = 0; nm_run_counts(r, &m->table[t]) && a < m->table[t].vars; a++) {
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
    *busiest = NM_NONE;
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
        uint32_t best = NM_NONE;
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
        if (best == NM_NONE) {
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

/* All coupled variables: one set, or NM_NONE when nothing is feasible. */
uint32_t nm_run_coupled(nm_run *r)
{
    const nm_model *m = r->m;
    uint64_t most = parley_ctx_limits(r->ctx)->table_entries / 4;
    uint32_t *fixed = parley_arena_array(r->arena, m->n, sizeof(*fixed));
    uint32_t fixes = 0;
    uint64_t runs = 1;
    uint32_t busiest = NM_NONE;
    if (fixed == NULL) {
        nm_run_nomem(r);
        return NM_NONE;
    }
    while (too_wide(r, most / runs + 1, &busiest)) {
        if (busiest == NM_NONE || runs * m->size[busiest] > most) {
            nm_run_fail(r, PARLEY_LIMIT, "too many issues hang together (limit 'table_entries')");
            return NM_NONE;
        }
        r->fixed[busiest] = true;
        fixed[fixes++] = busiest;
        runs *= m->size[busiest];
    }
    if (r->status != PARLEY_OK) {
        return NM_NONE;
    }
    uint32_t *top = parley_arena_array(r->arena, runs, sizeof(*top));
    uint32_t n = 0;
    if (top == NULL) {
        nm_run_nomem(r);
        return NM_NONE;
    }
    for (uint64_t run_number = 0; run_number < runs; run_number++) {
        uint64_t rest = run_number;
        for (uint32_t k = fixes; k-- > 0;) {
            r->pkg[fixed[k]] = (uint32_t)(rest % m->size[fixed[k]]);
            rest /= m->size[fixed[k]];
        }
        uint32_t at = run_once(r);
        if (r->status != PARLEY_OK) {
            return NM_NONE;
        }
        if (at != NM_NONE) {
            top[n++] = at;
        }
    }
    if (n <= 1) {
        return n == 0 ? NM_NONE : top[0];
    }
    uint32_t at = nm_run_new_set(r);
    if (at == NM_NONE || !nm_run_grow(r, &r->op, &r->op_room, n, sizeof(*r->op)) ||
        !nm_run_grow(r, &r->children, &r->child_room, r->child_count + n, sizeof(*r->children))) {
        return NM_NONE;
    }
    for (uint32_t q = 0; q < n; q++) {
        r->op[q] = (nm_operand){&r->pool[top[q]].list, NULL, 1, q};
        r->children[r->child_count + q] = top[q];
    }
    r->pool[at].child = r->child_count;
    r->child_count += n;
    return nm_run_merge(r, n, at) ? at : NM_NONE;
}
