/*
 * Finding assignments of a net: depth-first search that keeps every table's domains consistent
 * (generalised arc consistency; Mackworth 1977, doi:10.1016/0004-3702(77)90007-8), chooses
 * variables by domain size over weighted degree (Boussemart, Hemery, Lecoutre & Sais, ECAI 2004),
 * tries the value of the last assignment found first, and restarts with growing patience.
 * Independent components are solved one after the other. Where search does not get on (parity, more
 * pigeons than holes), the walk that counts is asked for the answer, with growing patience too.
 * Domains, the trail and the queue have their full size from the start: the search allocates
 * nothing.
 */
#include "deal/space_internal.h"

#include <string.h>

/* After so many dead ends ask whether elimination with conditioning sees more. */
#ifndef SOLVE_ASK
#define SOLVE_ASK 512u
#endif
/* Dead ends before the first restart. */
#ifndef SOLVE_PATIENCE
#define SOLVE_PATIENCE 32u
#endif

static void enqueue(solver *v, uint32_t t)
{
    if (!v->active[t] || v->queued[t])
        return;
    uint32_t at = v->head + v->waiting;
    if (at >= v->n->tables)
        at -= v->n->tables;
    v->queue[at] = t;
    v->queued[t] = 1;
    v->waiting++;
}

static void enqueue_tables(solver *v, uint32_t variable, uint32_t except)
{
    for (uint32_t i = v->start[variable]; i < v->start[variable + 1]; i++)
        if (v->of[i] != except)
            enqueue(v, v->of[i]);
}

parley_status solver_new(solver **out, question *q, const net *n, bool owned)
{
    scratch *m = q->tmp;
    *out = NULL;
    uint32_t values = 0, uses = 0, widest = 0, row_words = 1;
    for (uint32_t i = 0; i < n->variables; i++)
        values += n->variable[i].k;
    for (uint32_t t = 0; t < n->tables; t++) {
        uint32_t list = 0;
        uses += n->table[t].arity;
        for (uint32_t i = 0; i < n->table[t].arity; i++)
            list += n->variable[n->table[t].scope[i]].k;
        if (list > widest)
            widest = list;
        if (n->table[t].words > row_words)
            row_words = n->table[t].words;
    }
    solver *v = SCRATCH_ZERO(m, solver, 1);
    if (v == NULL)
        return question_nomem(q);
    v->q = q;
    v->n = n;
    v->domain = SCRATCH(m, uint64_t, n->words);
    v->size = SCRATCH(m, uint32_t, n->variables);
    v->weight = SCRATCH(m, uint32_t, n->variables);
    v->phase = SCRATCH(m, uint32_t, n->variables);
    v->model = SCRATCH_ZERO(m, uint32_t, n->variables);
    v->start = SCRATCH_ZERO(m, uint32_t, (size_t)n->variables + 2);
    v->of = SCRATCH(m, uint32_t, uses);
    v->active = SCRATCH_ZERO(m, uint8_t, n->tables);
    v->queued = SCRATCH_ZERO(m, uint8_t, n->tables);
    v->queue = SCRATCH(m, uint32_t, n->tables);
    v->trail = SCRATCH(m, solver_trail, values);
    v->choice = SCRATCH(m, solver_choice, n->variables);
    v->group = SCRATCH(m, uint32_t, n->variables);
    v->mark = SCRATCH_ZERO(m, uint32_t, n->variables);
    v->list = SCRATCH(m, uint32_t, widest);
    v->hit = SCRATCH(m, uint8_t, widest);
    v->row = SCRATCH(m, uint64_t, row_words);
    if (v->domain == NULL || v->size == NULL || v->weight == NULL || v->phase == NULL ||
        v->model == NULL || v->start == NULL || v->of == NULL || v->active == NULL ||
        v->queued == NULL || v->queue == NULL || v->trail == NULL || v->choice == NULL ||
        v->group == NULL || v->mark == NULL || v->list == NULL || v->hit == NULL || v->row == NULL)
        return question_nomem(q);
    for (uint32_t i = 0; i < n->variables; i++) {
        const net_variable *x = &n->variable[i];
        memset(v->domain + x->at, 0xff, x->words * sizeof *v->domain);
        if (x->k % 64 != 0)
            v->domain[x->at + x->words - 1] = bit_low(x->k % 64);
        v->size[i] = x->k;
        v->weight[i] = 1;
        v->phase[i] = SPACE_NONE;
    }
    /* start[i + 2] counts, then start[i + 1] fills up to where i + 1 starts. */
    for (uint32_t t = 0; t < n->tables; t++)
        for (uint32_t i = 0; i < n->table[t].arity; i++)
            v->start[n->table[t].scope[i] + 2]++;
    for (uint32_t i = 0; i < n->variables; i++)
        v->start[i + 2] += v->start[i + 1];
    for (uint32_t t = 0; t < n->tables; t++)
        for (uint32_t i = 0; i < n->table[t].arity; i++)
            v->of[v->start[n->table[t].scope[i] + 1]++] = t;
    for (uint32_t t = 0; t < n->tables; t++)
        if (owned || n->table[t].owner == SPACE_NONE)
            solver_enable(v, t, true);
    *out = v;
    return PARLEY_OK;
}

solver_mark solver_here(const solver *v)
{
    return (solver_mark){v->trails};
}

static void clear_queue(solver *v)
{
    for (; v->waiting > 0; v->waiting--) {
        v->queued[v->queue[v->head]] = 0;
        if (++v->head == v->n->tables)
            v->head = 0;
    }
}

void solver_back(solver *v, solver_mark mark)
{
    clear_queue(v);
    while (v->trails > mark.trail) {
        const solver_trail *t = &v->trail[--v->trails];
        v->domain[v->n->variable[t->variable].at + t->word] = t->old;
        v->size[t->variable] = t->old_size;
    }
}

void solver_enable(solver *v, uint32_t table, bool on)
{
    v->active[table] = on;
    if (on)
        enqueue(v, table);
}

/* One word of a domain gets fewer values. */
static void shrink(solver *v, uint32_t variable, uint32_t word, uint64_t to)
{
    uint64_t *at = &v->domain[v->n->variable[variable].at + word];
    v->trail[v->trails++] = (solver_trail){variable, word, *at, v->size[variable]};
    v->size[variable] -= bit_ones(*at) - bit_ones(to);
    *at = to;
}

/* Keep only `keep`; tables other than `except` will look. */
static bool narrow(solver *v, uint32_t variable, const uint64_t *keep, uint32_t except)
{
    const net_variable *x = &v->n->variable[variable];
    bool changed = false;
    for (uint32_t w = 0; w < x->words; w++) {
        uint64_t old = v->domain[x->at + w];
        if ((old & ~keep[w]) != 0) {
            shrink(v, variable, w, old & keep[w]);
            changed = true;
        }
    }
    if (changed)
        enqueue_tables(v, variable, except);
    return v->size[variable] > 0;
}

bool solver_restrict(solver *v, uint32_t variable, const uint64_t *keep)
{
    return narrow(v, variable, keep, SPACE_NONE);
}

bool solver_assign(solver *v, uint32_t variable, uint32_t value)
{
    const net_variable *x = &v->n->variable[variable];
    if (!bit_get(v->domain + x->at, value)) {
        return false;
    }
    if (v->size[variable] == 1)
        return true;
    for (uint32_t w = 0; w < x->words; w++) {
        uint64_t to = w == value / 64 ? (uint64_t)1 << value % 64 : 0;
        if (v->domain[x->at + w] != to)
            shrink(v, variable, w, to);
    }
    enqueue_tables(v, variable, SPACE_NONE);
    return true;
}

bool solver_remove(solver *v, uint32_t variable, uint32_t value)
{
    const net_variable *x = &v->n->variable[variable];
    if (!bit_get(v->domain + x->at, value))
        return v->size[variable] > 0;
    uint32_t w = value / 64;
    shrink(v, variable, w, v->domain[x->at + w] & ~((uint64_t)1 << value % 64));
    enqueue_tables(v, variable, SPACE_NONE);
    return v->size[variable] > 0;
}

/* ---------------------------------------------------------------- revision */

/* Two variables of at most 64 classes. */
static bool revise_pair(solver *v, uint32_t t)
{
    const net_table *x = &v->n->table[t];
    uint32_t a = x->scope[0], b = x->scope[1];
    uint64_t da = v->domain[v->n->variable[a].at], db = v->domain[v->n->variable[b].at];
    uint64_t sa = 0, sb = 0;
    for (uint64_t left = db; left != 0; left &= left - 1) {
        uint64_t row = x->row[bit_first(left)] & da;
        sa |= row;
        if (row != 0)
            sb |= left & (~left + 1);
    }
    return narrow(v, a, &sa, t) && narrow(v, b, &sb, t);
}

/* Three variables of at most 64 classes. */
static bool revise_triple(solver *v, uint32_t t)
{
    const net_table *x = &v->n->table[t];
    uint32_t a = x->scope[0], b = x->scope[1], c = x->scope[2];
    uint64_t da = v->domain[v->n->variable[a].at], db = v->domain[v->n->variable[b].at];
    uint64_t dc = v->domain[v->n->variable[c].at];
    uint32_t kb = v->n->variable[b].k;
    uint64_t sa = 0, sb = 0, sc = 0;
    for (uint64_t more = dc; more != 0; more &= more - 1) {
        const uint64_t *at = x->row + (size_t)bit_first(more) * kb;
        uint64_t any = 0;
        for (uint64_t left = db; left != 0; left &= left - 1) {
            uint64_t row = at[bit_first(left)] & da;
            any |= row;
            if (row != 0)
                sb |= left & (~left + 1);
        }
        sa |= any;
        if (any != 0)
            sc |= more & (~more + 1);
    }
    return narrow(v, a, &sa, t) && narrow(v, b, &sb, t) && narrow(v, c, &sc, t);
}

/* Any table: walk the rows whose variables are in their domains. */
static bool revise_any(solver *v, uint32_t t)
{
    const net_table *x = &v->n->table[t];
    if (x->arity == 0)
        return x->row[0] != 0;
    uint32_t digit[SPACE_ARITY] = {0}, first[SPACE_ARITY] = {0}, count[SPACE_ARITY] = {0};
    size_t stride[SPACE_ARITY] = {0};
    uint32_t lists = 0;
    size_t step = x->words;
    for (uint32_t i = 1; i < x->arity; i++) {
        const net_variable *y = &v->n->variable[x->scope[i]];
        first[i] = lists;
        for (uint32_t w = 0; w < y->words; w++)
            for (uint64_t left = v->domain[y->at + w]; left != 0; left &= left - 1)
                v->list[lists++] = w * 64 + bit_first(left);
        count[i] = lists - first[i];
        stride[i] = step;
        step *= y->k;
    }
    memset(v->hit, 0, lists);
    memset(v->row, 0, x->words * sizeof *v->row);
    const uint64_t *domain = v->domain + v->n->variable[x->scope[0]].at;
    bool more = true;
    while (more) {
        const uint64_t *row = x->row;
        for (uint32_t i = 1; i < x->arity; i++)
            row += stride[i] * v->list[first[i] + digit[i]];
        uint64_t any = 0;
        for (uint32_t w = 0; w < x->words; w++) {
            uint64_t some = row[w] & domain[w];
            v->row[w] |= some;
            any |= some;
        }
        if (any != 0)
            for (uint32_t i = 1; i < x->arity; i++)
                v->hit[first[i] + digit[i]] = 1;
        more = false;
        for (uint32_t i = 1; i < x->arity && !more; i++) {
            more = ++digit[i] < count[i];
            if (!more)
                digit[i] = 0;
        }
    }
    if (!narrow(v, x->scope[0], v->row, t))
        return false;
    for (uint32_t i = 1; i < x->arity; i++) {
        const net_variable *y = &v->n->variable[x->scope[i]];
        bool changed = false;
        for (uint32_t j = first[i]; j < first[i] + count[i]; j++)
            if (!v->hit[j]) {
                uint32_t w = v->list[j] / 64;
                shrink(v, x->scope[i], w, v->domain[y->at + w] & ~((uint64_t)1 << v->list[j] % 64));
                changed = true;
            }
        if (changed)
            enqueue_tables(v, x->scope[i], t);
        if (v->size[x->scope[i]] == 0)
            return false;
    }
    return true;
}

static bool revise(solver *v, uint32_t t)
{
    const net_table *x = &v->n->table[t];
    bool narrow_all = x->words == 1;
    for (uint32_t i = 1; i < x->arity && narrow_all; i++)
        narrow_all = v->n->variable[x->scope[i]].words == 1;
    if (narrow_all && x->arity == 2)
        return revise_pair(v, t);
    if (narrow_all && x->arity == 3)
        return revise_triple(v, t);
    return revise_any(v, t);
}

bool solver_propagate(solver *v)
{
    while (v->waiting > 0) {
        uint32_t t = v->queue[v->head];
        if (++v->head == v->n->tables)
            v->head = 0;
        v->waiting--;
        v->queued[t] = 0;
        v->q->looked += v->n->table[t].rows;
        if (!revise(v, t)) {
            const net_table *x = &v->n->table[t];
            for (uint32_t i = 0; i < x->arity; i++)
                v->weight[x->scope[i]]++;
            clear_queue(v);
            return false;
        }
    }
    return true;
}

/* ------------------------------------------------------------------ search */

/* The component of a variable over tables with two open variables; appended to group. */
static uint32_t gather(solver *v, uint32_t variable, uint32_t at)
{
    uint32_t end = at;
    v->group[end++] = variable;
    v->mark[variable] = v->stamp;
    for (; at < end; at++)
        for (uint32_t i = v->start[v->group[at]]; i < v->start[v->group[at] + 1]; i++) {
            if (!v->active[v->of[i]])
                continue;
            const net_table *t = &v->n->table[v->of[i]];
            for (uint32_t j = 0; j < t->arity; j++) {
                uint32_t other = t->scope[j];
                if (v->mark[other] != v->stamp && v->size[other] > 1) {
                    v->mark[other] = v->stamp;
                    v->group[end++] = other;
                }
            }
        }
    return end;
}

/* Smallest domain for its weight among the open variables of the component; NONE: all decided. */
static uint32_t choose(const solver *v, uint32_t from, uint32_t to)
{
    uint32_t best = SPACE_NONE;
    for (uint32_t i = from; i < to; i++) {
        uint32_t x = v->group[i];
        if (v->size[x] > 1 && (best == SPACE_NONE || (uint64_t)v->size[x] * v->weight[best] <
                                                         (uint64_t)v->size[best] * v->weight[x]))
            best = x;
    }
    return best;
}

static uint32_t choose_value(const solver *v, uint32_t variable)
{
    const net_variable *x = &v->n->variable[variable];
    const uint64_t *domain = v->domain + x->at;
    if (v->avoid != NULL)
        for (uint32_t w = 0; w < x->words; w++) {
            uint64_t fresh = domain[w] & ~v->avoid[x->at + w];
            if (fresh != 0)
                return w * 64 + bit_first(fresh);
        }
    if (v->phase[variable] != SPACE_NONE && bit_get(domain, v->phase[variable]))
        return v->phase[variable];
    for (uint32_t w = 0; w < x->words; w++)
        if (domain[w] != 0)
            return w * 64 + bit_first(domain[w]);
    return 0;
}

/* Ask the slower way whether the component can be decided at all. */
static parley_status decide(solver *v, uint64_t patience, bool *known, bool *found)
{
    question *q = v->q;
    scratch_mark mark = scratch_here(q->tmp);
    uint8_t *active = SCRATCH_ZERO(q->tmp, uint8_t, v->n->tables);
    if (active == NULL)
        return question_nomem(q);
    for (uint32_t t = 0; t < v->n->tables; t++) {
        const net_table *x = &v->n->table[t];
        for (uint32_t i = 0; i < x->arity && v->active[t]; i++)
            if (v->mark[x->scope[i]] == v->stamp && v->size[x->scope[i]] > 1)
                active[t] = 1;
    }
    parley_status status = decide_net(q, v->n, active, v->domain, patience, known, found);
    scratch_reset(q->tmp, mark);
    return status;
}

/* There is an assignment: find it, asking after each choice. */
static parley_status dive(solver *v, uint32_t from, uint32_t to)
{
    for (uint32_t x = choose(v, from, to); x != SPACE_NONE; x = choose(v, from, to)) {
        uint32_t value = choose_value(v, x);
        solver_mark here = solver_here(v);
        bool good = solver_assign(v, x, value) && solver_propagate(v), known = true;
        if (good) {
            parley_status status = decide(v, UINT64_MAX, &known, &good);
            if (status != PARLEY_OK)
                return status;
        }
        if (good)
            continue;
        solver_back(v, here);
        good = solver_remove(v, x, value) && solver_propagate(v);
        PARLEY_ASSERT(good);
    }
    return PARLEY_OK;
}

/* Search one component. On success its variables stay decided. */
static parley_status search(solver *v, uint32_t from, uint32_t to, bool *found)
{
    solver_mark base = solver_here(v);
    uint64_t patience = SOLVE_PATIENCE, total = 0, ask = SOLVE_ASK;
    *found = false;
    for (;;) {
        uint32_t choices = 0;
        uint64_t fails = 0;
        while (fails <= patience) {
            uint32_t x = choose(v, from, to);
            if (x == SPACE_NONE) {
                *found = true;
                return PARLEY_OK;
            }
            uint32_t value = choose_value(v, x);
            v->choice[choices++] = (solver_choice){v->trails, x, value};
            bool good = solver_assign(v, x, value) && solver_propagate(v);
            parley_status status = question_work(v->q, to - from);
            while (status == PARLEY_OK && !good && choices > 0) {
                status = question_fail(v->q);
                fails++;
                solver_choice c = v->choice[--choices];
                solver_back(v, (solver_mark){c.trail});
                good = solver_remove(v, c.variable, c.value) && solver_propagate(v);
            }
            if (status != PARLEY_OK || !good)
                return status;
            if (choices == 0)
                base = solver_here(v); /* what was refuted without a choice stays */
        }
        total += fails;
        patience += patience / 2;
        solver_back(v, base);
        if (total < ask)
            continue;
        bool known = false;
        parley_status status = decide(v, ask, &known, found);
        if (status != PARLEY_OK || (known && !*found))
            return status;
        if (known)
            return dive(v, from, to);
        ask *= 8;
    }
}

parley_status solver_solve(solver *v, bool *found)
{
    const solver_mark entry = solver_here(v);
    parley_status status = PARLEY_OK;
    uint32_t end = 0;
    v->stamp++;
    *found = true;
    for (uint32_t i = 0; i < v->n->variables && *found && status == PARLEY_OK; i++) {
        if (v->size[i] == 1 || v->mark[i] == v->stamp)
            continue;
        uint32_t from = end;
        end = gather(v, i, end);
        status = search(v, from, end, found);
    }
    if (status == PARLEY_OK && *found)
        for (uint32_t i = 0; i < v->n->variables; i++) {
            const net_variable *x = &v->n->variable[i];
            for (uint32_t w = 0; w < x->words; w++)
                if (v->domain[x->at + w] != 0)
                    v->model[i] = w * 64 + bit_first(v->domain[x->at + w]);
            v->phase[i] = v->model[i];
        }
    solver_back(v, entry);
    return status;
}
