/*
 * Minimal clashing sets by hitting-set duality (Reiter 1987, doi:10.1016/0004-3702(87)90062-2;
 * Liffiton, Previti, Malik & Marques-Silva 2016, doi:10.1007/s10601-015-9183-0): each minimal
 * clashing set meets each *correction*, the rest of a largest set of soft constraints that can hold
 * together. So candidates are the sets that meet all corrections known and contain no clashing set
 * known. They are tried by size: one that can hold grows into a new correction, one that cannot is
 * a minimal clashing set, for smaller ones are known already. A size in which nothing was cut off
 * for its size proves that all were found.
 *
 * Candidates of one size come from a depth-first walk that branches on the correction with the
 * fewest elements left; an element that was tried is excluded from the branches beside it, so that
 * no set comes twice. Corrections are made smaller by what the clashing sets known already rule out
 * (space_widen.c): without that, many independent clashes have exponentially many corrections.
 */
#include "deal/space_internal.h"

#include <string.h>

static bool meet(const uint64_t *a, const uint64_t *b, uint32_t words)
{
    for (uint32_t w = 0; w < words; w++)
        if ((a[w] & b[w]) != 0)
            return true;
    return false;
}

/* -------------------------------------------------------------------- walk */

/*
 * The sets of `all` that stand in the parent's list or came since, and pass: corrections not met by
 * `with`, clashing sets (`apart`) that have nothing in common with it.
 */
static parley_status sift(clasher *c, const set_list *all, const number_list *parent,
                          const uint64_t *with, number_list *out)
{
    uint32_t *to = out->number;
    uint32_t inherited = parent != NULL ? parent->count : 0, kept = 0;
    uint32_t since = parent != NULL ? parent->known : 0;
    uint32_t most = inherited + (all->count - since);
    if (most > out->room) {
        to = SCRATCH(c->q->tmp, uint32_t, (size_t)most * 2);
        if (to == NULL)
            return question_nomem(c->q);
        out->room = most * 2;
    }
    /* parent and out may be the same list. */
    for (uint32_t i = 0; i < inherited; i++)
        if (!meet(all->bits + (size_t)parent->number[i] * c->words, with, c->words))
            to[kept++] = parent->number[i];
    for (uint32_t k = since; k < all->count; k++)
        if (!meet(all->bits + (size_t)k * c->words, with, c->words))
            to[kept++] = k;
    *out = (number_list){to, kept, out->room, all->count};
    return question_work(c->q, (uint64_t)most * c->words);
}

/* Elements that would complete a clashing set with `chosen`. False: it already contains one. */
static bool find_blocked(clasher *c, const clash_level *l)
{
    memcpy(c->blocked, l->out, c->words * sizeof *c->blocked);
    for (uint32_t i = 0; i < l->threats.count; i++) {
        const uint64_t *clash = c->clashes.bits + (size_t)l->threats.number[i] * c->words;
        uint32_t missing = 0, word = 0;
        uint64_t last = 0;
        for (uint32_t w = 0; w < c->words && missing < 2; w++) {
            uint64_t x = clash[w] & ~l->chosen[w];
            if (x != 0) {
                missing += bit_ones(x);
                last = x;
                word = w;
            }
        }
        if (missing == 0)
            return false;
        if (missing == 1)
            c->blocked[word] |= last;
    }
    return true;
}

typedef enum walk_result { WALK_BRANCH, WALK_PRUNE, WALK_FREE } walk_result;

/*
 * What to branch on goes to level->left: the elements of the correction not met that has the fewest
 * left; if only one more may be chosen, those that all corrections not met have in common.
 * WALK_PRUNE: no set here meets all, or (*cut) only larger ones do; WALK_FREE: all are met.
 */
static walk_result select_correction(clasher *c, const clash_level *l, uint32_t room, bool *cut)
{
    uint32_t fewest = UINT32_MAX, best = 0, apart = 0;
    if (!find_blocked(c, l))
        return WALK_PRUNE;
    if (l->unmet.count == 0)
        return WALK_FREE;
    memset(c->apart, 0, c->words * sizeof *c->apart);
    for (uint32_t w = 0; w < c->words; w++)
        l->left[w] = ~c->blocked[w];
    for (uint32_t k = 0; k < l->unmet.count; k++) {
        const uint64_t *x = c->corrections.bits + (size_t)l->unmet.number[k] * c->words;
        uint32_t n = 0;
        uint64_t common = 0;
        for (uint32_t w = 0; w < c->words; w++) {
            uint64_t open = x[w] & ~c->blocked[w];
            n += bit_ones(open);
            common |= open & c->apart[w];
            l->left[w] &= open;
        }
        if (n == 0)
            return WALK_PRUNE;
        if (n < fewest) {
            fewest = n;
            best = l->unmet.number[k];
        }
        if (common == 0) {
            apart++;
            for (uint32_t w = 0; w < c->words; w++)
                c->apart[w] |= x[w] & ~c->blocked[w];
        }
    }
    *cut = *cut || apart > room;
    if (apart > room)
        return WALK_PRUNE;
    if (room == 1) {
        /* Elements that do not meet all could begin a larger set. */
        uint32_t n = 0;
        for (uint32_t w = 0; w < c->words; w++)
            n += bit_ones(l->left[w]);
        *cut = *cut || n < fewest;
        return WALK_BRANCH;
    }
    const uint64_t *x = c->corrections.bits + (size_t)best * c->words;
    for (uint32_t w = 0; w < c->words; w++)
        l->left[w] = x[w] & ~c->blocked[w];
    return WALK_BRANCH;
}

static parley_status make_level(clasher *c, uint32_t depth)
{
    if (depth < c->levels)
        return PARLEY_OK;
    uint64_t *bits = SCRATCH_ZERO(c->q->tmp, uint64_t, (size_t)c->words * 3);
    if (bits == NULL)
        return question_nomem(c->q);
    c->level[c->levels++] =
        (clash_level){.chosen = bits, .out = bits + c->words, .left = bits + 2 * (size_t)c->words};
    return PARLEY_OK;
}

/*
 * Is there a clashing set at all among what the branches of this level may choose? If not, what can
 * hold together is a correction that prunes them all. Where a clashing set known says yes, nothing
 * is asked.
 */
static parley_status look_ahead(clasher *c, const clash_level *l, bool *pruned)
{
    for (uint32_t w = 0; w < c->words; w++)
        c->rest[w] = l->chosen[w] | ~c->blocked[w];
    if (c->softs % 64 != 0)
        c->rest[c->words - 1] &= bit_low(c->softs % 64);
    *pruned = false;
    for (uint32_t i = 0; i < l->threats.count; i++) {
        const uint64_t *clash = c->clashes.bits + (size_t)l->threats.number[i] * c->words;
        uint64_t missing = 0;
        for (uint32_t w = 0; w < c->words; w++)
            missing |= clash[w] & ~c->rest[w];
        if (missing == 0)
            return PARLEY_OK;
    }
    return clash_try(c, c->rest, pruned);
}

/* Look at the set of a level: test it if it meets everything, and choose what to branch on. */
static parley_status open_level(clasher *c, uint32_t depth, uint32_t size, bool *cut)
{
    clash_level *l = &c->level[depth];
    const clash_level *up = depth > 0 ? l - 1 : NULL;
    parley_status status = question_fail(c->q);
    c->nodes++;
    if (status == PARLEY_OK)
        status = sift(c, &c->corrections, up != NULL ? &up->unmet : NULL, l->chosen, &l->unmet);
    if (status == PARLEY_OK)
        status = sift(c, &c->clashes, up != NULL ? &up->threats : NULL, l->out, &l->threats);
    while (status == PARLEY_OK) {
        walk_result r = select_correction(c, l, size - depth, cut);
        bool holds = false;
        if (r == WALK_BRANCH && depth > 0 && size - depth > 1)
            status = look_ahead(c, l, &holds);
        if (r != WALK_BRANCH || holds)
            memset(l->left, 0, c->words * sizeof *l->left);
        if (r != WALK_FREE)
            break;
        status = clash_try(c, l->chosen, &holds);
        if (status == PARLEY_OK && !holds) {
            PARLEY_ASSERT(depth == size);
            status = clash_append(c, &c->clashes, l->chosen);
            if (status == PARLEY_OK)
                status = widen_learn(c, c->clashes.count - 1);
            break;
        }
        if (status == PARLEY_OK)
            status = sift(c, &c->corrections, &l->unmet, l->chosen, &l->unmet);
    }
    return status;
}

/* Of what is left to try, the element of the most corrections not met: without it the others have
 * less. */
static uint32_t next_element(const clasher *c, const clash_level *l)
{
    uint32_t best = SPACE_NONE, most = 0;
    for (uint32_t w = 0; w < c->words; w++)
        for (uint64_t x = l->left[w]; x != 0; x &= x - 1) {
            uint32_t i = w * 64 + bit_first(x), n = 0;
            for (uint32_t k = 0; k < l->unmet.count; k++)
                n += bit_get(c->corrections.bits + (size_t)l->unmet.number[k] * c->words, i);
            if (best == SPACE_NONE || n > most) {
                best = i;
                most = n;
            }
        }
    return best;
}

/* All clashing sets of one size. *cut: larger ones are possible. */
static parley_status walk_size(clasher *c, uint32_t size, bool *cut)
{
    uint32_t depth = 0;
    *cut = false;
    parley_status status = make_level(c, 0);
    if (status == PARLEY_OK) {
        memset(c->level[0].out, 0, c->words * sizeof *c->level[0].out);
        status = open_level(c, 0, size, cut);
    }
    while (status == PARLEY_OK) {
        clash_level *l = &c->level[depth];
        uint32_t i = next_element(c, l);
        if (i == SPACE_NONE) {
            if (depth == 0)
                break;
            depth--;
            continue;
        }
        bit_clear(l->left, i);
        status = make_level(c, depth + 1);
        if (status != PARLEY_OK)
            break;
        clash_level *up = &c->level[depth + 1];
        memcpy(up->chosen, l->chosen, c->words * sizeof *up->chosen);
        memcpy(up->out, l->out, c->words * sizeof *up->out);
        bit_set(up->chosen, i);
        bit_set(l->out, i); /* for the branches beside this one */
        depth++;
        status = open_level(c, depth, size, cut);
    }
    return status;
}

/* ------------------------------------------------------------------- proof */

/* The proof may take so many steps, but no more than the walk has taken so far. */
#define PROOF_LEAST 64u
#define PROOF_MOST (1u << 16)

/*
 * What to try next in a walk through the minimal sets that meet every clashing set known: *left
 * gets the clashing set not met that has the fewest elements to choose from. False: no such set is
 * here, for one cannot be met, or some element chosen is not needed. *met: `chosen` meets them all.
 */
static bool proof_branch(clasher *c, const clash_level *l, bool *met)
{
    uint32_t fewest = UINT32_MAX, best = 0;
    memset(c->apart, 0, c->words * sizeof *c->apart);
    for (uint32_t k = 0; k < c->clashes.count; k++) {
        const uint64_t *set = c->clashes.bits + (size_t)k * c->words;
        uint32_t common = 0, open = 0;
        for (uint32_t w = 0; w < c->words; w++) {
            common += bit_ones(set[w] & l->chosen[w]);
            open += bit_ones(set[w] & ~l->out[w]);
        }
        if (common == 1) /* its one element chosen is needed */
            for (uint32_t w = 0; w < c->words; w++)
                c->apart[w] |= set[w] & l->chosen[w];
        if (common == 0 && open == 0)
            return false;
        if (common == 0 && open < fewest) {
            fewest = open;
            best = k;
        }
    }
    for (uint32_t w = 0; w < c->words; w++)
        if ((l->chosen[w] & ~c->apart[w]) != 0)
            return false;
    *met = fewest == UINT32_MAX;
    for (uint32_t w = 0; w < c->words; w++)
        l->left[w] = *met ? 0 : c->clashes.bits[(size_t)best * c->words + w] & ~l->out[w];
    return true;
}

/* Can everything but `chosen` hold? Known corrections answer first. */
static parley_status holds_without(clasher *c, const uint64_t *chosen, bool *holds)
{
    *holds = false;
    for (uint32_t k = 0; k < c->corrections.count && !*holds; k++) {
        const uint64_t *x = c->corrections.bits + (size_t)k * c->words;
        *holds = true;
        for (uint32_t w = 0; w < c->words && *holds; w++)
            *holds = (x[w] & ~chosen[w]) == 0;
    }
    if (*holds)
        return PARLEY_OK;
    for (uint32_t w = 0; w < c->words; w++)
        c->others[w] = ~chosen[w];
    if (c->softs % 64 != 0)
        c->others[c->words - 1] &= bit_low(c->softs % 64);
    return clash_try(c, c->others, holds);
}

/*
 * Are the clashing sets known all there are? They are if whatever is left by each minimal set that
 * meets them all can hold: one not known would miss such a set and lie in what it leaves. Gives up
 * in time with *all false, which says nothing. (Duality of clashing sets and corrections;
 * walk as in Murakami & Uno 2014, doi:10.1016/j.dam.2014.01.012.)
 */
static parley_status prove(clasher *c, bool *all)
{
    uint32_t depth = 0, steps = 0;
    uint32_t most = c->nodes < PROOF_LEAST  ? PROOF_LEAST
                    : c->nodes > PROOF_MOST ? PROOF_MOST
                                            : (uint32_t)c->nodes;
    bool met = false;
    *all = false;
    if (c->clashes.count == 0)
        return PARLEY_OK;
    parley_status status = make_level(c, 0);
    if (status != PARLEY_OK)
        return status;
    memset(c->level[0].chosen, 0, c->words * sizeof *c->level[0].chosen);
    memset(c->level[0].out, 0, c->words * sizeof *c->level[0].out);
    if (!proof_branch(c, &c->level[0], &met))
        return PARLEY_OK;
    for (;;) {
        clash_level *l = &c->level[depth];
        uint32_t w = 0;
        while (w < c->words && l->left[w] == 0)
            w++;
        if (w == c->words) {
            if (depth == 0)
                break;
            depth--;
            continue;
        }
        if (++steps > most)
            return PARLEY_OK;
        uint32_t i = w * 64 + bit_first(l->left[w]);
        bit_clear(l->left, i);
        status = make_level(c, depth + 1);
        if (status == PARLEY_OK)
            status = question_work(c->q, (uint64_t)c->clashes.count * c->words);
        if (status != PARLEY_OK)
            return status;
        clash_level *up = &c->level[depth + 1];
        memcpy(up->chosen, l->chosen, c->words * sizeof *up->chosen);
        memcpy(up->out, l->out, c->words * sizeof *up->out);
        bit_set(up->chosen, i);
        bit_set(l->out, i); /* for the branches beside this one */
        if (!proof_branch(c, up, &met))
            continue;
        if (met) {
            bool holds = false;
            status = holds_without(c, up->chosen, &holds);
            if (status != PARLEY_OK || !holds)
                return status;
            continue;
        }
        depth++;
    }
    *all = true;
    return PARLEY_OK;
}

/* ------------------------------------------------------------------ results */

/* Ascending by ids; all sets have the same size, so the one with the lowest id not shared comes
 * first. */
static bool set_less(const uint64_t *a, const uint64_t *b, uint32_t words)
{
    for (uint32_t w = 0; w < words; w++)
        if (a[w] != b[w]) {
            uint64_t differ = a[w] ^ b[w];
            return (a[w] & differ & (~differ + 1)) != 0;
        }
    return false;
}

/* Give what was found of this size, in order. False: the visitor had enough. */
static parley_status give(clasher *c, space_visit_set visit, void *user, bool *more)
{
    uint32_t n = c->clashes.count - c->first;
    if (c->merged) {
        uint32_t first = c->first;
        c->first = c->clashes.count;
        return twins_give(c, first, c->clashes.count, visit, user, more);
    }
    uint32_t *order = SCRATCH(c->q->tmp, uint32_t, n);
    *more = true;
    if (order == NULL)
        return question_nomem(c->q);
    for (uint32_t i = 0; i < n; i++)
        order[i] = c->first + i;
    uint32_t gap = 1;
    while (gap < n / 3)
        gap = gap * 3 + 1;
    for (; gap > 0; gap /= 3)
        for (uint32_t i = gap; i < n; i++) {
            uint32_t x = order[i], j = i;
            for (; j >= gap &&
                   set_less(c->clashes.bits + (size_t)x * c->words,
                            c->clashes.bits + (size_t)order[j - gap] * c->words, c->words);
                 j -= gap)
                order[j] = order[j - gap];
            order[j] = x;
        }
    for (uint32_t i = 0; i < n && *more; i++) {
        const uint64_t *set = c->clashes.bits + (size_t)order[i] * c->words;
        uint32_t count = 0;
        for (uint32_t w = 0; w < c->words; w++)
            for (uint64_t x = set[w]; x != 0; x &= x - 1)
                c->ids[count++] = c->id[w * 64 + bit_first(x)];
        *more = visit(user, c->ids, count);
    }
    c->first = c->clashes.count;
    return PARLEY_OK;
}

/* --------------------------------------------------------------------- begin */

/* Soft constraints that have tables; the others cannot exclude anything. */
parley_status clash_prepare(clasher *c, bool merge)
{
    question *q = c->q;
    const space *s = q->s;
    const net *n = &q->net;
    uint32_t nodes = 0;
    c->id = SCRATCH(q->tmp, uint32_t, n->tables);
    c->table = SCRATCH(q->tmp, uint32_t, n->tables);
    c->end = SCRATCH(q->tmp, uint32_t, n->tables);
    c->base = SCRATCH(q->tmp, uint32_t *, s->variables);
    if (c->id == NULL || c->table == NULL || c->end == NULL || c->base == NULL)
        return question_nomem(q);
    /* Tables of the constraints always on come first; the others stand in the order of their
     * owners. */
    for (uint32_t t = 0; t < n->tables; t++) {
        uint32_t owner = n->table[t].owner;
        if (owner == SPACE_NONE)
            continue;
        if (c->softs == 0 || c->id[c->softs - 1] != owner) {
            c->table[c->softs] = t;
            c->id[c->softs++] = owner;
        }
        c->end[c->softs - 1] = t + 1;
    }
    if (merge) {
        parley_status status = twins_merge(c);
        if (status != PARLEY_OK)
            return status;
    }
    for (uint32_t i = 0; i < s->parts; i++)
        if (s->part[i].root - s->part[i].first + 1 > nodes)
            nodes = s->part[i].root - s->part[i].first + 1;
    c->words = bit_words(c->softs);
    c->truth = SCRATCH(q->tmp, bool, nodes);
    c->good = SCRATCH(q->tmp, uint64_t, c->words);
    c->blocked = SCRATCH(q->tmp, uint64_t, c->words);
    c->others = SCRATCH(q->tmp, uint64_t, c->words);
    c->apart = SCRATCH(q->tmp, uint64_t, c->words);
    c->rest = SCRATCH(q->tmp, uint64_t, c->words);
    c->bad = SCRATCH(q->tmp, uint64_t, c->words);
    c->level = SCRATCH(q->tmp, clash_level, (size_t)c->softs + 2);
    c->ids = SCRATCH(q->tmp, uint32_t, c->softs);
    if (c->truth == NULL || c->good == NULL || c->blocked == NULL || c->others == NULL ||
        c->apart == NULL || c->rest == NULL || c->bad == NULL || c->level == NULL || c->ids == NULL)
        return question_nomem(q);
    for (uint32_t v = 0; v < s->variables; v++) {
        uint32_t at = q->net_of[v], k = at != SPACE_NONE ? n->variable[at].k : 1;
        c->base[v] = SCRATCH_ZERO(q->tmp, uint32_t, k);
        if (c->base[v] == NULL)
            return question_nomem(q);
        for (uint32_t b = s->variable[v].classes; b-- > 0;)
            if (q->map[v][b] != SPACE_NONE)
                c->base[v][q->map[v][b]] = b;
    }
    return widen_prepare(c);
}

parley_status space_clashes(space *s, space_set hard, space_set soft, space_visit_set visit,
                            void *user, parley_error *err)
{
    question q;
    clasher c = {.q = &q};
    bool found = false, more = true, cut = true;
    parley_status status = question_begin(&q, s, hard, soft, SPACE_NONE, NULL, err);
    if (status == PARLEY_OK && !q.empty) {
        status = clash_prepare(&c, true);
        if (status == PARLEY_OK)
            status = solver_new(&c.v, &q, &q.net, false);
        if (status == PARLEY_OK && solver_propagate(c.v))
            status = solver_solve(c.v, &found);
    }
    if (status == PARLEY_OK && !found) {
        const uint32_t nothing = 0;
        visit(user, &nothing, 0);
        goto out;
    }
    for (uint32_t size = 1; status == PARLEY_OK && cut && more && size <= c.softs; size++) {
        status = walk_size(&c, size, &cut);
        /* What was found before a stop is minimal all the same. */
        if (status == PARLEY_OK || status == PARLEY_LIMIT || status == PARLEY_CANCELLED) {
            parley_status given = give(&c, visit, user, &more);
            if (status == PARLEY_OK)
                status = given;
        }
        bool all = false;
        if (status == PARLEY_OK && cut && more)
            status = prove(&c, &all);
        cut = cut && !all;
    }
out:
    question_end(&q);
    return status;
}
