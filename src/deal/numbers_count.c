/*
 * How many packages each party accepts, and all of them do.
 *
 * Small spaces are walked through. Where a party's worth is a sum over issues, the distribution of
 * its sum is built issue by issue: exact while there are few distinct sums; else on a grid, once
 * rounded down and once up, which gives bounds. Rules, red lines and what all accept together then
 * widen the bounds (Bonferroni). Nothing here takes long: what would is left unknown.
 */
#include "deal/numbers_internal.h"

#include <string.h>

#define WALK_MOST 4000000u
#define WALK_BOXES_MOST 4000000u /* packages times boxes */
#define CELLS_MOST 4096u

/* ------------------------------------------------------------ walking through */

typedef struct walker {
    const nm_model *m;
    nm_num *sum; /* by level and party: base and what is decided before */
    uint32_t *pkg;
    uint64_t *bad;  /* by level: bit i: a red line of party i is crossed; bit 63: a rule */
    uint32_t **due; /* by variable: tables whose last variable it is */
    uint32_t *dues;
} walker;

/* Level j + 1 from level j with variable j at v. */
static void step(walker *w, uint32_t j, uint32_t v)
{
    const nm_model *m = w->m;
    const nm_num *value = nm_value(m, j, v);
    const nm_num *from = &w->sum[(size_t)j * m->k];
    nm_num *to = &w->sum[(size_t)(j + 1) * m->k];
    w->pkg[j] = v;
    for (uint32_t i = 0; i < m->k; i++) {
        to[i] = from[i] + value[i];
    }
    w->bad[j + 1] = w->bad[j];
    for (uint32_t q = 0; q < w->dues[j]; q++) {
        const nm_table *t = &m->table[w->due[j][q]];
        uint32_t entry = nm_entry(m, t, w->pkg);
        if (t->ok != NULL && !t->ok[entry]) {
            w->bad[j + 1] |= UINT64_C(1) << (t->red_line_of < 0 ? 63 : t->red_line_of);
        }
        for (uint32_t i = 0; t->add != NULL && i < m->k; i++) {
            to[i] += t->add[(size_t)entry * m->k + i];
        }
    }
}

static void judge(const walker *w, nm_tally *out)
{
    const nm_model *m = w->m;
    const nm_num *u = &w->sum[(size_t)m->n * m->k];
    uint64_t bad = w->bad[m->n];
    bool everybody = true;
    if (bad >> 63 != 0) {
        return;
    }
    out->feasible++;
    for (uint32_t i = 0; i < m->k; i++) {
        nm_num worth = m->capped[i] && u[i] > m->cap[i] ? m->cap[i] : u[i];
        bool yes =
            (m->strict ? worth > m->without[i] : worth >= m->without[i]) && (bad >> i & 1) == 0;
        out->by[i] += yes;
        everybody = everybody && yes;
    }
    out->all += everybody;
}

static bool make_walker(walker *w, parley_arena *arena, const nm_model *m)
{
    *w = (walker){.m = m};
    w->sum = parley_arena_array(arena, (size_t)(m->n + 1) * m->k, sizeof(*w->sum));
    w->pkg = parley_arena_array(arena, m->n, sizeof(*w->pkg));
    w->bad = parley_arena_array(arena, m->n + 1, sizeof(*w->bad));
    w->due = parley_arena_array(arena, m->n, sizeof(*w->due));
    w->dues = parley_arena_array(arena, m->n, sizeof(*w->dues));
    if (w->sum == NULL || w->pkg == NULL || w->bad == NULL || w->due == NULL || w->dues == NULL) {
        return false;
    }
    memcpy(w->sum, m->base, m->k * sizeof(*w->sum));
    for (uint32_t j = 0; j < m->n; j++) {
        w->due[j] = parley_arena_array(arena, m->tables, sizeof(**w->due));
        if (w->due[j] == NULL) {
            return false;
        }
    }
    for (uint32_t t = 0; t < m->tables; t++) {
        const nm_table *table = &m->table[t];
        if (table->vars > 0) { /* variables ascend: the last is due last */
            uint32_t j = table->var[table->vars - 1];
            w->due[j][w->dues[j]++] = t;
        } else if (table->ok != NULL && !table->ok[0]) {
            w->bad[0] |= UINT64_C(1) << (table->red_line_of < 0 ? 63 : table->red_line_of);
        }
    }
    return true;
}

static parley_status walk_through(parley_ctx *ctx, parley_arena *arena, const nm_model *m,
                                  nm_tally *out, parley_error *err)
{
    walker w;
    if (!make_walker(&w, arena, m)) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory for counting");
    }
    if (m->n == 0) {
        judge(&w, out);
        return PARLEY_OK;
    }
    for (uint32_t j = 0; j < m->n; j++) {
        step(&w, j, 0);
    }
    for (uint32_t looked = 0;; looked++) {
        uint32_t last = m->n - 1;
        for (uint32_t v = 0; v < m->size[last]; v++) {
            step(&w, last, v);
            judge(&w, out);
        }
        uint32_t j = last;
        while (j-- > 0 && w.pkg[j] + 1 == m->size[j]) {
        }
        if (j == UINT32_MAX) {
            return PARLEY_OK;
        }
        step(&w, j, w.pkg[j] + 1);
        for (uint32_t l = j + 1; l < last; l++) {
            step(&w, l, 0);
        }
        if (looked % 65536 == 65535 && parley_ctx_cancelled(ctx)) {
            return parley_fail(err, PARLEY_CANCELLED, "stopped");
        }
    }
}

/* ------------------------------------------------------------- distributions */

/* 256 bits are enough for 1e77 packages; with more, nothing is said. */
typedef struct cell {
    nm_num sum;
    uint64_t count[4];
} cell;

static void add_count(uint64_t *to, const uint64_t *from)
{
    uint64_t carry = 0;
    for (int i = 0; i < 4; i++) {
        nm_unum t = (nm_unum)to[i] + from[i] + carry;
        to[i] = (uint64_t)t;
        carry = (uint64_t)(t >> 64);
    }
}

static nm_num down_to(nm_num value, nm_num width)
{
    nm_num rest = value % width;
    return value - (rest < 0 ? rest + width : rest);
}

/* Put cells b into a, both ascending, where sums are equal; into out. */
static uint32_t merge_cells(const cell *a, uint32_t na, const cell *b, uint32_t nb, nm_num shift,
                            cell *out)
{
    uint32_t n = 0;
    uint32_t x = 0;
    uint32_t y = 0;
    while (x < na || y < nb) {
        nm_num from_b = y < nb ? b[y].sum + shift : 0;
        bool take_a = y == nb || (x < na && a[x].sum <= from_b);
        cell c = take_a ? a[x] : b[y];
        c.sum = take_a ? a[x].sum : from_b;
        x += take_a ? 1 : 0;
        y += take_a ? 0 : 1;
        if (n > 0 && out[n - 1].sum == c.sum) {
            add_count(out[n - 1].count, c.count);
        } else {
            out[n++] = c;
        }
    }
    return n;
}

/* Onto a grid of this width, down or up. */
static uint32_t round_cells(cell *c, uint32_t n, nm_num width, bool up)
{
    uint32_t kept = 0;
    for (uint32_t q = 0; q < n; q++) {
        nm_num sum = up ? -down_to(-c[q].sum, width) : down_to(c[q].sum, width);
        if (kept > 0 && c[kept - 1].sum == sum) {
            add_count(c[kept - 1].count, c[q].count);
        } else {
            c[kept] = c[q];
            c[kept++].sum = sum;
        }
    }
    return kept;
}

/* Packages whose sum for party i reaches d, rounded one way; *exact: nothing was rounded. */
static bool reaching(parley_ctx *ctx, parley_arena *arena, const nm_model *m, uint32_t i, nm_num d,
                     bool up, parley_count *out, bool *exact)
{
    uint32_t most = 1;
    nm_num range = 0;
    for (uint32_t j = 0; j < m->n; j++) {
        nm_num low = nm_value(m, j, 0)[i];
        nm_num high = low;
        for (uint32_t v = 1; v < m->size[j]; v++) {
            nm_num value = nm_value(m, j, v)[i];
            low = value < low ? value : low;
            high = value > high ? value : high;
        }
        range += high - low;
        most = m->size[j] > most ? m->size[j] : most;
    }
    nm_num width = range / CELLS_MOST + 1;
    if (most > CELLS_MOST) {
        return false; /* too many values of one issue to be quick */
    }
    size_t room = (size_t)CELLS_MOST * 2 * (most < 64 ? most : 64) + most + 16;
    cell *have = parley_arena_array(arena, room, sizeof(*have));
    cell *next = parley_arena_array(arena, room, sizeof(*next));
    cell *spare = parley_arena_array(arena, room, sizeof(*spare));
    if (have == NULL || next == NULL || spare == NULL) {
        return false;
    }
    have[0] = (cell){m->base[i], {1, 0, 0, 0}};
    uint32_t n = 1;
    *exact = true;
    for (uint32_t j = 0; j < m->n; j++) {
        uint32_t made = 0;
        for (uint32_t v = 0; v < m->size[j]; v++) {
            made = merge_cells(next, made, have, n, nm_value(m, j, v)[i], spare);
            cell *t = next;
            next = spare;
            spare = t;
            if (made > CELLS_MOST * (most < 64 ? most : 64)) {
                made = round_cells(next, made, width, up);
                *exact = false;
            }
        }
        if (made > CELLS_MOST) {
            made = round_cells(next, made, width, up);
            *exact = false;
        }
        cell *t = have;
        have = next;
        next = t;
        n = made;
        if (n > 2 * CELLS_MOST || parley_ctx_cancelled(ctx)) {
            return false;
        }
    }
    uint64_t sum[4] = {0, 0, 0, 0};
    for (uint32_t q = 0; q < n; q++) {
        if (m->strict ? have[q].sum > d : have[q].sum >= d) {
            add_count(sum, have[q].count);
        }
    }
    *out = parley_count_of(0);
    for (uint32_t l = 0; l < 4; l++) {
        out->limb[l] = sum[l];
        out->used = sum[l] != 0 ? l + 1 : out->used;
    }
    return true;
}

static const parley_count *smaller(const parley_count *a, const parley_count *b)
{
    return parley_count_compare(a, b) <= 0 ? a : b;
}

/* Bounds for one party in a large space. */
static parley_numbers_count bounds_of(parley_ctx *ctx, const nm_model *m, uint32_t i,
                                      const parley_numbers_count *feasible,
                                      const parley_count *total)
{
    parley_numbers_count c = {false, parley_count_of(0), parley_count_of(0)};
    bool low_exact = false;
    bool high_exact = false;
    if (m->boxes > 0 || !feasible->known || total->used > 4 ||
        (m->capped[i] && m->cap[i] < m->without[i])) {
        return c;
    }
    bool lines = false;
    for (uint32_t t = 0; t < m->tables; t++) {
        if (m->table[t].add != NULL) {
            return c;
        }
        lines = lines || m->table[t].red_line_of == (int32_t)i;
    }
    parley_arena *arena = parley_arena_new(ctx);
    bool good =
        arena != NULL && reaching(ctx, arena, m, i, m->without[i], false, &c.low, &low_exact) &&
        (low_exact || reaching(ctx, arena, m, i, m->without[i], true, &c.high, &high_exact));
    parley_arena_free(arena);
    if (!good) {
        return (parley_numbers_count){false, parley_count_of(0), parley_count_of(0)};
    }
    c.known = true;
    c.high = low_exact ? c.low : c.high;
    if (parley_count_compare(&feasible->low, total) != 0) { /* some rule takes packages out */
        parley_count out;
        parley_count left = parley_count_of(0);
        bool some = parley_count_sub(&out, total, &feasible->low) &&
                    parley_count_compare(&c.low, &out) > 0 && parley_count_sub(&left, &c.low, &out);
        c.low = some ? left : parley_count_of(0);
        c.high = *smaller(&c.high, &feasible->high);
    }
    if (lines) {
        c.low = parley_count_of(0);
    }
    return c;
}

/* What all accept, from what each accepts. */
static parley_numbers_count together(const nm_model *m, const parley_numbers_count *by,
                                     const parley_numbers_count *feasible)
{
    parley_numbers_count c = {true, parley_count_of(0), feasible->high};
    parley_count sum = parley_count_of(0);
    parley_count least = parley_count_of(0);
    bool fits = true;
    for (uint32_t i = 0; i < m->k; i++) {
        if (!by[i].known) {
            return (parley_numbers_count){false, parley_count_of(0), parley_count_of(0)};
        }
        c.high = *smaller(&c.high, &by[i].high);
        fits = fits && parley_count_add(&sum, &sum, &by[i].low) &&
               (i == 0 || parley_count_add(&least, &least, &feasible->high));
    }
    if (fits && parley_count_compare(&sum, &least) > 0) {
        fits = parley_count_sub(&c.low, &sum, &least);
    }
    c.known = fits;
    return c;
}

/* Boxes add to whole packages: each is added up by itself. */
static parley_status walk_boxes(parley_ctx *ctx, parley_arena *arena, const nm_model *m,
                                nm_tally *t, parley_error *err)
{
    uint32_t *package = parley_arena_array(arena, m->n, sizeof(*package));
    nm_num *scratch = parley_arena_array(arena, m->boxes, sizeof(*scratch));
    nm_num u[NM_PARTIES_MOST];
    uint64_t looked = 0;
    if (package == NULL || scratch == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory for counting");
    }
    for (;;) {
        if (nm_feasible(m, package)) {
            bool all = true;
            nm_worth(m, package, scratch, u);
            t->feasible++;
            for (uint32_t i = 0; i < m->k; i++) {
                bool yes = nm_accepts(m, i, u[i], package);
                t->by[i] += yes;
                all = all && yes;
            }
            t->all += all;
        }
        if (++looked % 4096 == 0 && parley_ctx_cancelled(ctx)) {
            return parley_fail(err, PARLEY_CANCELLED, "stopped");
        }
        uint32_t j = m->n;
        while (j-- > 0 && ++package[j] == m->size[j]) {
            package[j] = 0;
        }
        if (j == UINT32_MAX) {
            return PARLEY_OK;
        }
    }
}

parley_status nm_count(parley_ctx *ctx, const nm_model *m, const parley_count *rules_leave,
                       nm_counts *out, parley_error *err)
{
    parley_count total;
    nm_tally tally = {0, 0, {0}};
    memset(out, 0, sizeof(*out));
    uint64_t most = m->boxes == 0 ? WALK_MOST : WALK_BOXES_MOST / (m->boxes + 1);
    if (nm_total_most(m, most) <= most) {
        parley_arena *arena = parley_arena_new(ctx);
        parley_status status = arena == NULL
                                   ? parley_fail(err, PARLEY_NOMEM, "out of memory for counting")
                               : m->boxes == 0 ? walk_through(ctx, arena, m, &tally, err)
                                               : walk_boxes(ctx, arena, m, &tally, err);
        parley_arena_free(arena);
        parley_count n = parley_count_of(tally.feasible);
        out->feasible = (parley_numbers_count){true, n, n};
        n = parley_count_of(tally.all);
        out->all = (parley_numbers_count){true, n, n};
        for (uint32_t i = 0; i < m->k; i++) {
            n = parley_count_of(tally.by[i]);
            out->by[i] = (parley_numbers_count){true, n, n};
        }
        return status;
    }
    if (!nm_total(m, &total)) {
        return PARLEY_OK; /* nothing is known */
    }
    bool rules = false;
    for (uint32_t t = 0; t < m->tables; t++) {
        rules = rules || (m->table[t].ok != NULL && m->table[t].red_line_of < 0);
    }
    if (!rules) {
        out->feasible = (parley_numbers_count){true, total, total};
    } else if (rules_leave != NULL) {
        out->feasible = (parley_numbers_count){true, *rules_leave, *rules_leave};
    } else {
        out->feasible = (parley_numbers_count){true, parley_count_of(0), total};
    }
    for (uint32_t i = 0; i < m->k; i++) {
        out->by[i] = bounds_of(ctx, m, i, &out->feasible, &total);
        if (parley_ctx_cancelled(ctx)) {
            return parley_fail(err, PARLEY_CANCELLED, "stopped");
        }
    }
    out->all = together(m, out->by, &out->feasible);
    return PARLEY_OK;
}
