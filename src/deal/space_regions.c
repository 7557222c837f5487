/*
 * Minimal correction sets of a whole space, from those of its regions. Constraints that share a
 * variable, directly or through others, are one region; demands on twenty issues that no rule ties
 * together are twenty. A minimal correction of the whole is one of each region, whichever: so the
 * regions are searched each for itself (space_correct.c), as far as needed, and put together in
 * order. Without that the search would have to order the product while it looks for its factors.
 *
 * Order. The key of a set (fewest first, then by grades, then by ids; see space_correct.c) is the
 * sum of the keys of its parts, so among choices of one correction a region the first is the first
 * of each, and taking a later one of any region makes the key larger. A choice is followed by those
 * that take one step in one region, not before the last region stepped in: each choice has one
 * predecessor, which has a smaller key, and so comes once and in order (the usual listing of best
 * sums; Lawler 1972, doi:10.1287/mnsc.18.7.401).
 *
 * What waits is bounded by limit search_nodes, together with what the regions look at.
 */
#include "deal/space_internal.h"

#include <string.h>

#define COUNTS ((SPACE_GRADES + 1 + 1) / 2) /* size and grades, 32 bits each, two a word */

typedef struct choice {
    uint32_t last; /* the last region that took a step */
    uint32_t *at;  /* [regions] which correction of each */
    uint64_t *key; /* [COUNTS], then the set: [words] */
} choice;

typedef struct regions {
    space *s;
    const uint8_t *grade;
    parley_error *err;
    uint32_t count;
    seeker **seeker; /* [count] */
    uint32_t words;  /* of a set of constraints */
    uint32_t *ids;   /* [constraints] */
    space_queue queue;
    uint64_t opened;
    uint64_t most;
} regions;

static parley_status nomem(const regions *r)
{
    return parley_fail(r->err, PARLEY_NOMEM, "out of memory while looking at packages");
}

/* ------------------------------------------------------------------- regions */

/* The first variable of a constraint; NONE: it speaks of none. */
static uint32_t first_variable(const space *s, uint32_t id)
{
    const constraint *c = &s->constraint[id];
    for (uint32_t i = 0; i < c->count; i++)
        if (s->part[c->part + i].scope_count > 0)
            return s->scope[s->part[c->part + i].scope];
    return SPACE_NONE;
}

static void tie(const space *s, uint32_t id, uint32_t *parent)
{
    const constraint *c = &s->constraint[id];
    uint32_t first = first_variable(s, id);
    for (uint32_t i = 0; i < c->count; i++) {
        const part *p = &s->part[c->part + i];
        for (uint32_t k = 0; k < p->scope_count; k++)
            parent[space_root(parent, s->scope[p->scope + k])] = space_root(parent, first);
    }
}

/*
 * Which region each constraint belongs to. What speaks of no variable, and hard constraints that
 * are tied to no soft one, go to region 0.
 */
static parley_status cut(regions *r, space_set hard, space_set soft, uint32_t *region)
{
    const space *s = r->s;
    uint32_t *parent = SCRATCH(&r->s->tmp, uint32_t, s->variables);
    uint32_t *number = SCRATCH(&r->s->tmp, uint32_t, s->variables);
    if (parent == NULL || number == NULL)
        return nomem(r);
    for (uint32_t v = 0; v < s->variables; v++) {
        parent[v] = v;
        number[v] = SPACE_NONE;
    }
    for (uint32_t id = 0; id < s->constraints; id++)
        if (set_has(hard, id) || set_has(soft, id))
            tie(s, id, parent);
    for (uint32_t id = 0; id < s->constraints; id++) {
        uint32_t v = set_has(soft, id) && !set_has(hard, id) ? first_variable(s, id) : SPACE_NONE;
        if (v == SPACE_NONE)
            continue;
        v = space_root(parent, v);
        if (number[v] == SPACE_NONE)
            number[v] = r->count++;
    }
    for (uint32_t id = 0; id < s->constraints; id++) {
        uint32_t v = first_variable(s, id);
        uint32_t n = v != SPACE_NONE ? number[space_root(parent, v)] : SPACE_NONE;
        region[id] = n != SPACE_NONE ? n : 0;
    }
    r->count = r->count > 0 ? r->count : 1;
    return PARLEY_OK;
}

static parley_status open_regions(regions *r, space_set hard, space_set soft,
                                  const uint32_t *region, bool *possible)
{
    scratch *m = &r->s->tmp;
    uint64_t *sets = SCRATCH_ZERO(m, uint64_t, (size_t)r->count * 2 * r->words);
    parley_status status = sets != NULL ? PARLEY_OK : nomem(r);
    for (uint32_t id = 0; status == PARLEY_OK && id < r->s->constraints; id++) {
        uint64_t *own = sets + (size_t)region[id] * 2 * r->words;
        if (set_has(hard, id))
            bit_set(own, id);
        else if (set_has(soft, id))
            bit_set(own + r->words, id);
    }
    *possible = true;
    for (uint32_t i = 0; status == PARLEY_OK && *possible && i < r->count; i++) {
        const uint64_t *own = sets + (size_t)i * 2 * r->words;
        status = seeker_open(&r->seeker[i], r->s, (space_set){own, r->words},
                             (space_set){own + r->words, r->words}, r->grade, &r->opened, r->err);
        *possible = status == PARLEY_OK && seeker_possible(r->seeker[i]);
    }
    return status;
}

/* --------------------------------------------------------------------- choices */

/* Add correction `i` of a region to a key, or take it out again. */
static void change(const regions *r, uint64_t *key, uint32_t region, uint32_t i, bool in)
{
    uint32_t count = seeker_set(r->seeker[region], i, r->ids);
    for (uint32_t k = 0; k < count; k++) {
        uint32_t place = 1u + r->grade[r->ids[k]];
        uint64_t one = UINT64_C(1) << (place % 2 == 0 ? 32 : 0);
        key[0] += in ? UINT64_C(1) << 32 : ~(UINT64_C(1) << 32) + 1;
        key[place / 2] += in ? one : ~one + 1;
        if (in)
            bit_set(key + COUNTS, r->ids[k]);
        else
            bit_clear(key + COUNTS, r->ids[k]);
    }
}

static choice *new_choice(regions *r, const choice *from)
{
    scratch *m = &r->s->tmp;
    choice *c = SCRATCH(m, choice, 1);
    uint32_t *at = SCRATCH_ZERO(m, uint32_t, r->count);
    uint64_t *key = SCRATCH_ZERO(m, uint64_t, (size_t)COUNTS + r->words);
    if (c == NULL || at == NULL || key == NULL)
        return NULL;
    *c = (choice){0, at, key};
    if (from != NULL) {
        c->last = from->last;
        memcpy(at, from->at, r->count * sizeof *at);
        memcpy(key, from->key, ((size_t)COUNTS + r->words) * sizeof *key);
    }
    return c;
}

static parley_status push(regions *r, choice *c)
{
    if (c == NULL)
        return nomem(r);
    if (r->queue.count % 64 == 0 && parley_ctx_cancelled(r->s->ctx))
        return parley_fail(r->err, PARLEY_CANCELLED, "stopped on request");
    if (++r->opened > r->most)
        return parley_fail(r->err, PARLEY_LIMIT,
                           "more than %u sets of changes were looked at (limit search_nodes)",
                           (unsigned)r->most);
    return space_queue_add(&r->queue, &r->s->tmp, c->key, c) ? PARLEY_OK : nomem(r);
}

/* The choices one step after c. */
static parley_status follow(regions *r, const choice *c)
{
    parley_status status = PARLEY_OK;
    for (uint32_t i = c->last; i < r->count && status == PARLEY_OK; i++) {
        bool there = false;
        status = seeker_reach(r->seeker[i], c->at[i] + 1, &there);
        if (status != PARLEY_OK || !there)
            continue;
        choice *next = new_choice(r, c);
        if (next != NULL) {
            change(r, next->key, i, c->at[i], false);
            change(r, next->key, i, c->at[i] + 1, true);
            next->at[i]++;
            next->last = i;
        }
        status = push(r, next);
    }
    return status;
}

static parley_status list(regions *r, space_visit_set visit, void *user)
{
    choice *first = new_choice(r, NULL);
    parley_status status = first != NULL ? PARLEY_OK : nomem(r);
    bool there = true;
    for (uint32_t i = 0; i < r->count && there && status == PARLEY_OK; i++) {
        status = seeker_reach(r->seeker[i], 0, &there);
        if (status == PARLEY_OK && there)
            change(r, first->key, i, 0, true);
    }
    if (status == PARLEY_OK && there)
        status = push(r, first);
    while (status == PARLEY_OK && r->queue.count > 0) {
        const choice *c = space_queue_take(&r->queue);
        uint32_t count = 0;
        for (uint32_t w = 0; w < r->words; w++)
            for (uint64_t x = c->key[COUNTS + w]; x != 0; x &= x - 1)
                r->ids[count++] = w * 64 + bit_first(x);
        if (!visit(user, r->ids, count))
            break;
        status = follow(r, c);
    }
    return status;
}

/* ----------------------------------------------------------------------- whole */

parley_status space_corrections(space *s, space_set hard, space_set soft, const uint8_t *grade,
                                space_visit_set visit, void *user, parley_error *err)
{
    scratch *m = &s->tmp;
    scratch_mark mark = scratch_here(m);
    regions r = {.s = s,
                 .grade = grade,
                 .err = err,
                 .words = bit_words(s->constraints) + 1,
                 .queue = {.counts = COUNTS, .words = bit_words(s->constraints) + 1},
                 .most = parley_ctx_limits(s->ctx)->search_nodes};
    uint32_t *region = SCRATCH(m, uint32_t, (size_t)s->constraints + 1);
    r.ids = SCRATCH(m, uint32_t, (size_t)s->constraints + 1);
    parley_status status = region == NULL || r.ids == NULL ? nomem(&r) : PARLEY_OK;
    if (status == PARLEY_OK)
        status = cut(&r, hard, soft, region);
    if (status == PARLEY_OK) {
        r.seeker = SCRATCH_ZERO(m, seeker *, r.count);
        status = r.seeker == NULL ? nomem(&r) : PARLEY_OK;
    }
    bool possible = false;
    if (status == PARLEY_OK)
        status = open_regions(&r, hard, soft, region, &possible);
    if (status == PARLEY_OK && possible)
        status = list(&r, visit, user);
    for (uint32_t i = r.count; r.seeker != NULL && i-- > 0;)
        seeker_close(r.seeker[i]);
    scratch_reset(m, mark);
    if (mark.block == NULL && m->total > (size_t)1 << 24)
        scratch_trim(m, (size_t)1 << 22);
    return status;
}
