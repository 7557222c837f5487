/*
 * Minimal correction sets in order: sets of soft constraints without which the rest can hold
 * together, none of whose elements can be left out. They are the minimal sets that meet every
 * clashing set (Reiter 1987, doi:10.1016/0004-3702(87)90062-2). The clashing sets are found on the
 * way, as they are needed (Davies & Bacchus 2011, doi:10.1007/978-3-642-23786-7_19).
 *
 * Search. A cell of the search stands for all sets that contain `chosen` and nothing of `out`. The
 * first cell is (nothing, nothing). A cell with a clashing set known that `chosen` does not meet is
 * cut in two at one of its elements: with it chosen, and with it out. So cells never share a set,
 * and no set is lost: only cells that cannot contain a wanted set are dropped.
 *
 * Order. The key of a set is a vector: its size, its number of elements of grade 0, of grade 1, and
 * so on, then minus one for each element, by id. Keys are compared entry by entry, which is the
 * order promised; the key of a union of disjoint sets is the sum, and adding an element makes a key
 * larger, for the size comes first. Clashing sets that `chosen` does not meet and that have no open
 * element in common each need an element of their own. So the key of `chosen` with the least open
 * element of each of them is no larger than that of any set of the cell: a bound, and itself the
 * key of a set, the cell's `goal`. Cells leave the queue by bound. A bound never falls on the way
 * down, for a child takes its parent's if that is larger.
 *
 * Completeness and order. When a cell leaves the queue that meets all clashing sets known, either
 * all but `chosen` can hold together, or some clashing set was not known: it is made minimal and
 * the cell put back. In the first case `chosen` is a correction whose key is its cell's bound, so
 * every set in the cells waiting has a larger one, and every minimal correction with a smaller one
 * was given before. If one given before lies within `chosen`, it is not minimal and is dropped;
 * were it not minimal otherwise, some minimal one would lie within it, have fewer elements and so
 * have been given. Each is given once because cells share no set.
 *
 * A bound from few clashing sets lets too many cells through. So before a cell is cut in two, it is
 * asked whether all can hold but `chosen` and the clashing sets that were counted; if not, there is
 * one more that has nothing in common with them.
 *
 * What waits and what was given are bounded by limit search_nodes.
 */
#include "deal/space_internal.h"

#include <string.h>

#define GRADE_WORDS 3u /* size and up to ten grades, 16 bits each */
#define GRADES (SPACE_GRADES)
_Static_assert(SPACE_GRADES + 1 <= GRADE_WORDS * 4, "the size and the grades fit");

struct seeker {
    question q;
    clasher c;
    bool possible;
    const uint8_t *grade; /* [softs] */
    const uint32_t *rank; /* [softs] place in the order of single elements */
    uint32_t *by_rank;    /* [softs] */
    uint32_t cell_words;
    space_queue queue;
    uint64_t *spare; /* cells given back, chained through their first word */
    set_list given;
    uint64_t *opened; /* cells so far, of all seekers of one search */
    uint64_t most;
    uint64_t *set;      /* [words] */
    uint64_t *taken;    /* [words] */
    uint64_t *critical; /* [words] */
    uint64_t *key;      /* [GRADE_WORDS + words] */
    uint32_t *unmet;    /* clashing sets not met, fewest open elements first */
    uint32_t *open;     /* [clashing sets] their open elements */
    uint32_t room;      /* of unmet and open */
    uint32_t *start;    /* [softs + 2] */
};

/* Parts of a cell: its bound (key, then goal), what is chosen, what is out. */
static uint64_t *chosen_of(const seeker *k, uint64_t *cell)
{
    return cell + GRADE_WORDS + k->c.words;
}
static uint64_t *out_of(const seeker *k, uint64_t *cell)
{
    return cell + GRADE_WORDS + 2 * (size_t)k->c.words;
}

/* --------------------------------------------------------------------- keys */

static void key_of(const seeker *k, const uint64_t *set, uint64_t *key)
{
    memset(key, 0, GRADE_WORDS * sizeof *key);
    for (uint32_t w = 0; w < k->c.words; w++)
        for (uint64_t x = set[w]; x != 0; x &= x - 1) {
            uint32_t place = 1u + k->grade[w * 64 + bit_first(x)];
            key[0] += UINT64_C(1) << 48;
            key[place / 4] += UINT64_C(1) << (48 - 16 * (place % 4));
        }
    if (key + GRADE_WORDS != set)
        memcpy(key + GRADE_WORDS, set, k->c.words * sizeof *key);
}

/* -------------------------------------------------------------------- cells */

static uint64_t *take_cell(seeker *k)
{
    uint64_t *cell = k->spare;
    if (cell == NULL)
        return SCRATCH(k->c.q->tmp, uint64_t, k->cell_words);
    uintptr_t next;
    memcpy(&next, cell, sizeof next);
    k->spare = (uint64_t *)next;
    return cell;
}

static void drop_cell(seeker *k, uint64_t *cell)
{
    uintptr_t next = (uintptr_t)k->spare;
    memcpy(cell, &next, sizeof next);
    k->spare = cell;
}

static parley_status push(seeker *k, uint64_t *cell)
{
    return space_queue_add(&k->queue, k->c.q->tmp, cell, cell) ? PARLEY_OK : question_nomem(k->c.q);
}

/* ------------------------------------------------------------ clashing sets */

static void enable_set(seeker *k, const uint64_t *set, bool on)
{
    for (uint32_t w = 0; w < k->c.words; w++)
        for (uint64_t x = set[w]; x != 0; x &= x - 1)
            clash_enable(&k->c, w * 64 + bit_first(x), on);
}

/* Can the soft constraints of a set hold together? */
static parley_status can_hold(seeker *k, const uint64_t *set, bool *holds)
{
    solver *v = k->c.v;
    solver_mark here = solver_here(v);
    parley_status status = PARLEY_OK;
    enable_set(k, set, true);
    *holds = solver_propagate(v);
    if (*holds)
        status = solver_solve(v, holds);
    enable_set(k, set, false);
    solver_back(v, here);
    return status;
}

/*
 * Make a set that cannot hold smaller, as far as propagation alone shows it: take its elements one
 * by one, until it fails; the last one stays and what was not reached goes; then again, with those
 * that stay first.
 */
static void narrow(seeker *k, uint64_t *set)
{
    clasher *c = &k->c;
    solver *v = c->v;
    solver_mark entry = solver_here(v);
    uint64_t *stays = c->good, *reached = c->others;
    bool failed = false;
    memset(stays, 0, c->words * sizeof *stays);
    do {
        solver_mark here = solver_here(v);
        uint32_t last = SPACE_NONE;
        failed = false; /* a try that fails goes on to a smaller one */
        memcpy(reached, stays, c->words * sizeof *reached);
        /* from the last of the order, so that what is met first in it may go */
        for (uint32_t r = c->softs; r-- > 0 && !failed;) {
            uint32_t i = k->by_rank[(r + c->turn) % c->softs];
            if (!bit_get(set, i) || bit_get(stays, i))
                continue;
            bit_set(reached, i);
            clash_enable(c, i, true);
            failed = !solver_propagate(v);
            last = i;
        }
        for (uint32_t w = 0; w < c->words; w++)
            c->rest[w] = reached[w] & ~stays[w];
        enable_set(k, c->rest, false);
        solver_back(v, here);
        if (failed) {
            memcpy(set, reached, c->words * sizeof *set);
            bit_set(stays, last);
            clash_enable(c, last, true);
            failed = solver_propagate(v);
            if (!failed)
                memcpy(set, stays, c->words * sizeof *set);
        }
    } while (failed);
    enable_set(k, stays, false);
    solver_back(v, entry);
}

/* Make a set that cannot hold minimal, and learn it. */
static parley_status learn(seeker *k, uint64_t *set)
{
    clasher *c = &k->c;
    parley_status status = PARLEY_OK;
    c->turn = c->softs > 1 ? (c->turn + c->softs / 2 + 1) % c->softs : 0;
    narrow(k, set);
    for (uint32_t r = 0; r < c->softs && status == PARLEY_OK; r++) {
        uint32_t i = k->by_rank[(r + c->turn) % c->softs];
        if (!bit_get(set, i))
            continue;
        bool holds = false;
        bit_clear(set, i);
        status = can_hold(k, set, &holds);
        if (holds)
            bit_set(set, i);
    }
    return status == PARLEY_OK ? clash_append(c, &c->clashes, set) : status;
}

/*
 * Can all but `chosen` hold? If not, clashing sets that have nothing in common are learned until
 * the rest can.
 */
static parley_status holds_without(seeker *k, const uint64_t *chosen, bool *holds)
{
    clasher *c = &k->c;
    uint32_t before = c->clashes.count;
    for (uint32_t w = 0; w < c->words; w++)
        k->taken[w] = chosen[w];
    for (;;) {
        bool good = false;
        for (uint32_t w = 0; w < c->words; w++)
            k->set[w] = ~k->taken[w];
        if (c->softs % 64 != 0)
            k->set[c->words - 1] &= bit_low(c->softs % 64);
        parley_status status = can_hold(k, k->set, &good);
        if (status != PARLEY_OK)
            return status;
        if (good)
            break;
        status = learn(k, k->set);
        if (status != PARLEY_OK)
            return status;
        for (uint32_t w = 0; w < c->words; w++)
            k->taken[w] |= k->set[w];
    }
    *holds = c->clashes.count == before;
    return PARLEY_OK;
}

/* --------------------------------------------------------------------- cells */

static parley_status make_room(seeker *k)
{
    if (k->c.clashes.count <= k->room)
        return PARLEY_OK;
    uint32_t room = k->c.clashes.count * 2;
    k->unmet = SCRATCH(k->c.q->tmp, uint32_t, room);
    k->open = SCRATCH(k->c.q->tmp, uint32_t, room);
    k->room = room;
    return k->unmet == NULL || k->open == NULL ? question_nomem(k->c.q) : PARLEY_OK;
}

/*
 * Clashing sets that a cell does not meet, fewest open elements first; which elements chosen are
 * needed (some clashing set has no other) goes to k->critical. False: one cannot be met.
 */
static bool find_unmet(seeker *k, const uint64_t *chosen, const uint64_t *out, uint32_t *count)
{
    const clasher *c = &k->c;
    memset(k->critical, 0, c->words * sizeof *k->critical);
    memset(k->start, 0, ((size_t)c->softs + 2) * sizeof *k->start);
    for (uint32_t i = 0; i < c->clashes.count; i++) {
        const uint64_t *clash = c->clashes.bits + (size_t)i * c->words;
        uint32_t common = 0, open = 0;
        for (uint32_t w = 0; w < c->words; w++) {
            common += bit_ones(clash[w] & chosen[w]);
            open += bit_ones(clash[w] & ~out[w]);
        }
        k->open[i] = common == 0 ? open : SPACE_NONE;
        if (common == 0 && open == 0)
            return false;
        if (common == 0)
            k->start[open + 1]++;
        if (common == 1)
            for (uint32_t w = 0; w < c->words; w++)
                k->critical[w] |= clash[w] & chosen[w];
    }
    for (uint32_t i = 0; i <= c->softs; i++)
        k->start[i + 1] += k->start[i];
    *count = k->start[c->softs + 1];
    for (uint32_t i = 0; i < c->clashes.count; i++)
        if (k->open[i] != SPACE_NONE)
            k->unmet[k->start[k->open[i]]++] = i;
    return true;
}

/* The open element of a clashing set that comes first in the order. */
static uint32_t least_open(const seeker *k, const uint64_t *clash, const uint64_t *out)
{
    uint32_t best = SPACE_NONE;
    for (uint32_t w = 0; w < k->c.words; w++)
        for (uint64_t x = clash[w] & ~out[w]; x != 0; x &= x - 1) {
            uint32_t i = w * 64 + bit_first(x);
            if (best == SPACE_NONE || k->rank[i] < k->rank[best])
                best = i;
        }
    return best;
}

/* Raise the bound of a cell by the clashing sets it does not meet. */
static void bound(seeker *k, uint64_t *cell, uint32_t unmet)
{
    const clasher *c = &k->c;
    const uint64_t *chosen = chosen_of(k, cell), *out = out_of(k, cell);
    uint64_t *set = k->key + GRADE_WORDS;
    memcpy(set, chosen, c->words * sizeof *set);
    memcpy(k->taken, chosen, c->words * sizeof *k->taken);
    for (uint32_t i = 0; i < unmet; i++) {
        const uint64_t *clash = c->clashes.bits + (size_t)k->unmet[i] * c->words;
        uint64_t common = 0;
        for (uint32_t w = 0; w < c->words; w++)
            common |= clash[w] & ~out[w] & k->taken[w];
        if (common != 0)
            continue;
        for (uint32_t w = 0; w < c->words; w++)
            k->taken[w] |= clash[w] & ~out[w];
        bit_set(set, least_open(k, clash, out));
    }
    key_of(k, set, k->key);
    if (space_key_order(&k->queue, k->key, cell) > 0)
        memcpy(cell, k->key, (GRADE_WORDS + (size_t)c->words) * sizeof *cell);
}

/* Does `chosen` contain a correction given before? Not if all its elements are needed. */
static bool was_given(const seeker *k, const uint64_t *chosen)
{
    const clasher *c = &k->c;
    bool all = true;
    for (uint32_t w = 0; w < c->words; w++)
        all = all && (chosen[w] & ~k->critical[w]) == 0;
    for (uint32_t i = 0; i < k->given.count && !all; i++) {
        const uint64_t *set = k->given.bits + (size_t)i * c->words;
        uint64_t missing = 0;
        for (uint32_t w = 0; w < c->words; w++)
            missing |= set[w] & ~chosen[w];
        if (missing == 0)
            return true;
    }
    return false;
}

/* Cut a cell in two at an element of the clashing set with the fewest open ones. */
static parley_status split(seeker *k, uint64_t *cell)
{
    clasher *c = &k->c;
    const uint64_t *clash = c->clashes.bits + (size_t)k->unmet[0] * c->words;
    uint32_t i = least_open(k, clash, out_of(k, cell));
    parley_status status = PARLEY_OK;
    if (k->open[k->unmet[0]] > 1) {
        uint64_t *without = take_cell(k);
        if (without == NULL)
            return question_nomem(c->q);
        memcpy(without, cell, k->cell_words * sizeof *cell);
        bit_set(out_of(k, without), i);
        status = push(k, without);
    }
    bit_set(chosen_of(k, cell), i);
    bit_set(out_of(k, cell), i);
    return status == PARLEY_OK ? push(k, cell) : status;
}

/*
 * Can everything hold but what was counted for the bound last? If not, one clashing set more has
 * nothing in common with it, and the bound rises.
 */
static parley_status holds_beside(seeker *k, bool *holds)
{
    clasher *c = &k->c;
    for (uint32_t w = 0; w < c->words; w++)
        k->set[w] = ~k->taken[w];
    if (c->softs % 64 != 0)
        k->set[c->words - 1] &= bit_low(c->softs % 64);
    parley_status status = can_hold(k, k->set, holds);
    return status == PARLEY_OK && !*holds ? learn(k, k->set) : status;
}

/* What becomes of the cell with the least bound. */
static parley_status open_cell(seeker *k, uint64_t *cell)
{
    clasher *c = &k->c;
    uint32_t unmet = 0;
    parley_status status = question_work(c->q, (uint64_t)c->clashes.count * c->words * 4 + 64);
    if (status == PARLEY_OK && ++*k->opened > k->most)
        status = parley_fail(c->q->err, PARLEY_LIMIT,
                             "more than %u sets of changes were looked at (limit search_nodes)",
                             (unsigned)k->most);
    if (status == PARLEY_OK)
        status = make_room(k);
    if (status != PARLEY_OK)
        return status;
    const uint64_t *chosen = chosen_of(k, cell);
    if (!find_unmet(k, chosen, out_of(k, cell), &unmet) || was_given(k, chosen)) {
        drop_cell(k, cell);
        return PARLEY_OK;
    }
    bound(k, cell, unmet);
    if (k->queue.count > 0 && space_key_order(&k->queue, k->queue.at[0].key, cell) < 0)
        return push(k, cell);
    bool holds = false;
    if (unmet > 0) {
        status = holds_beside(k, &holds);
        if (status != PARLEY_OK)
            return status;
        return holds ? split(k, cell) : push(k, cell);
    }
    status = holds_without(k, chosen, &holds);
    if (status != PARLEY_OK)
        return status;
    if (!holds)
        return push(k, cell);
    status = clash_append(c, &k->given, chosen);
    drop_cell(k, cell);
    return status;
}

/* --------------------------------------------------------------------- begin */

/* The order of single elements: by grade counts, the last grade first, then by id. */
static parley_status prepare(seeker *k, const uint8_t *grade_of)
{
    clasher *c = &k->c;
    scratch *m = c->q->tmp;
    uint8_t *grade = SCRATCH(m, uint8_t, c->softs);
    uint32_t *rank = SCRATCH(m, uint32_t, c->softs), ranks = 0;
    k->by_rank = SCRATCH(m, uint32_t, (size_t)c->softs + 1);
    k->start = SCRATCH(m, uint32_t, (size_t)c->softs + 2);
    k->set = SCRATCH(m, uint64_t, c->words);
    k->taken = SCRATCH(m, uint64_t, c->words);
    k->critical = SCRATCH(m, uint64_t, c->words);
    k->key = SCRATCH(m, uint64_t, GRADE_WORDS + (size_t)c->words);
    if (grade == NULL || rank == NULL || k->by_rank == NULL || k->start == NULL || k->set == NULL ||
        k->taken == NULL || k->critical == NULL || k->key == NULL)
        return question_nomem(c->q);
    if (c->softs > UINT16_MAX)
        return parley_fail(c->q->err, PARLEY_LIMIT, "more than %d terms bind at once", UINT16_MAX);
    for (uint32_t i = 0; i < c->softs; i++)
        grade[i] = grade_of[c->id[i]];
    for (uint32_t g = GRADES; g-- > 0;)
        for (uint32_t i = 0; i < c->softs; i++)
            if (grade[i] == g) {
                k->by_rank[ranks] = i;
                rank[i] = ranks++;
            }
    PARLEY_ASSERT(ranks == c->softs);
    k->grade = grade;
    k->rank = rank;
    k->cell_words = GRADE_WORDS + 3 * c->words;
    k->queue = (space_queue){.counts = GRADE_WORDS, .words = c->words};
    k->most = parley_ctx_limits(c->q->s->ctx)->search_nodes;
    return PARLEY_OK;
}

parley_status seeker_open(seeker **out, space *s, space_set hard, space_set soft,
                          const uint8_t *grade, uint64_t *opened, parley_error *err)
{
    seeker *k = SCRATCH_ZERO(&s->tmp, seeker, 1);
    *out = k;
    if (k == NULL)
        return parley_fail(err, PARLEY_NOMEM, "out of memory while looking at packages");
    k->opened = opened;
    k->c.q = &k->q;
    parley_status status = question_begin(&k->q, s, hard, soft, SPACE_NONE, NULL, err);
    if (status == PARLEY_OK && !k->q.empty) {
        status = clash_prepare(&k->c, false);
        if (status == PARLEY_OK)
            status = prepare(k, grade);
        if (status == PARLEY_OK)
            status = solver_new(&k->c.v, &k->q, &k->q.net, false);
        if (status == PARLEY_OK && solver_propagate(k->c.v))
            status = solver_solve(k->c.v, &k->possible);
    }
    if (status == PARLEY_OK && k->possible) {
        uint64_t *cell = SCRATCH_ZERO(k->q.tmp, uint64_t, k->cell_words);
        status = cell != NULL ? push(k, cell) : question_nomem(&k->q);
    }
    return status;
}

void seeker_close(seeker *k)
{
    if (k != NULL)
        question_end(&k->q);
}

bool seeker_possible(const seeker *k)
{
    return k->possible;
}

parley_status seeker_reach(seeker *k, uint32_t i, bool *there)
{
    parley_status status = PARLEY_OK;
    while (status == PARLEY_OK && k->given.count <= i && k->queue.count > 0)
        status = open_cell(k, space_queue_take(&k->queue));
    *there = k->given.count > i;
    return status;
}

uint32_t seeker_set(const seeker *k, uint32_t i, uint32_t *ids)
{
    const uint64_t *set = k->given.bits + (size_t)i * k->c.words;
    uint32_t count = 0;
    for (uint32_t w = 0; w < k->c.words; w++)
        for (uint64_t x = set[w]; x != 0; x &= x - 1)
            ids[count++] = k->c.id[w * 64 + bit_first(x)];
    return count;
}
