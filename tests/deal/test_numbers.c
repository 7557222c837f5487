/*
 * Frontiers of random small models by three ways: sets of points, branch and bound, and every
 * package against every other.
 */
#include "random_numbers.h"
#include "support/check.h"

typedef struct bench {
    parley_ctx *ctx;
    parley_arena *arena;
} bench;

static const nm_limits no_limits = {1000000, UINT64_MAX / 8, UINT64_MAX / 2, 0};

/* Each example package really has the utilities of its point. */
static void check_packages(const bench *b, const nm_view *view, const nm_frontier *f)
{
    nm_num u[NM_PARTIES_MOST];
    nm_num *scratch = parley_arena_array(b->arena, view->m->boxes, sizeof(*scratch));
    for (uint32_t p = 0; p < f->size; p++) {
        const uint32_t *package = &f->package[(size_t)p * view->m->n];
        nm_worth(view->m, package, scratch, u);
        assert_true(nm_feasible(view->m, package));
        for (uint32_t i = 0; i < view->k; i++) {
            assert_true(u[view->who[i]] == f->u[(size_t)p * view->k + i]);
            assert_true(!view->acceptable ||
                        nm_accepts(view->m, view->who[i], u[view->who[i]], package));
        }
    }
}

static void check_model(const bench *b, const nm_model *m, parley_random *r)
{
    uint32_t who[NM_PARTIES_MOST];
    nm_view view = {m, 0, who, parley_random_below(r, 2) == 0};
    parley_error err = PARLEY_ERROR_INIT;
    nm_frontier f;
    for (uint32_t i = 0; i < m->k; i++) {
        if (parley_random_below(r, 6) != 0) {
            who[view.k++] = i;
        }
    }
    if (view.k == 0) {
        who[view.k++] = 0;
    }
    walked w = walk_all(b->arena, &view);
    bool caps = false;
    for (uint32_t i = 0; i < m->k; i++) {
        caps = caps || m->capped[i];
    }
    for (int count = 0; count < 2; count++) {
        assert_int_equal(
            nm_search_frontier(b->ctx, b->arena, &view, &no_limits, count != 0, &f, &err),
            PARLEY_OK);
        assert_true(same_points(&view, &w, &f, count != 0));
        check_packages(b, &view, &f);
    }
    /* sets know nothing of worth without a deal: they are compared without it */
    if (m->boxes == 0) {
        nm_view free = view;
        free.acceptable = false;
        w = walk_all(b->arena, &free);
        assert_int_equal(nm_sets_frontier(b->ctx, b->arena, &free, &no_limits, &f, &err),
                         PARLEY_OK);
        assert_true(same_points(&free, &w, &f, !caps));
        check_packages(b, &free, &f);
    }
}

/* ------------------------------------------------------------------ solutions */

/* The best of all acceptable packages under a goal, by looking at each. */
static uint32_t best_of(const nm_view *view, const walked *w, nm_goal goal, const nm_num *ideal,
                        const nm_num **best)
{
    uint32_t ties = 0;
    *best = NULL;
    for (uint32_t p = 0; p < w->size; p++) {
        const nm_num *u = &w->u[(size_t)p * view->k];
        int order = *best == NULL ? 1 : nm_goal_compare(view, goal, ideal, u, *best);
        ties = order > 0 ? 1 : ties + (order == 0);
        *best = order > 0 ? u : *best;
    }
    return ties;
}

static void check_solution(const nm_view *view, const walked *w, nm_goal goal, const nm_num *ideal,
                           const nm_solution *s)
{
    const nm_num *best = NULL;
    uint32_t ties = best_of(view, w, goal, ideal, &best);
    if (best == NULL) {
        assert_int_equal(s->status, PARLEY_SOLUTION_NONE);
        return;
    }
    if (s->status == PARLEY_SOLUTION_NONE) { /* said why */
        assert_non_null(s->reason);
        assert_int_equal(goal, NM_KS);
        return;
    }
    assert_true(s->found);
    assert_int_equal(nm_goal_compare(view, goal, ideal, s->u, best), 0);
    if (s->status == PARLEY_SOLUTION_OPTIMAL && s->ties != 0) {
        assert_int_equal(s->ties, ties);
    }
    assert_true(s->bound >= s->value - 1e-9 * (1 + (s->value < 0 ? -s->value : s->value)));
}

static void check_goals(const bench *b, const nm_model *m)
{
    uint32_t who[NM_PARTIES_MOST];
    nm_num ideal[NM_PARTIES_MOST];
    const nm_view view = {m, m->k, who, true};
    parley_error err = PARLEY_ERROR_INIT;
    nm_solution s[NM_GOALS];
    nm_frontier f;
    for (uint32_t i = 0; i < m->k; i++) {
        who[i] = i;
    }
    walked w = walk_all(b->arena, &view);
    for (uint32_t i = 0; i < m->k; i++) {
        for (uint32_t p = 0; p < w.size; p++) {
            nm_num u = w.u[(size_t)p * m->k + i];
            ideal[i] = p == 0 || u > ideal[i] ? u : ideal[i];
        }
    }
    check_ok(nm_search_frontier(b->ctx, b->arena, &view, &no_limits, false, &f, &err), &err);
    check_ok(nm_pick(b->ctx, b->arena, &view, &f, s, &err), &err);
    for (int g = 0; g < NM_GOALS; g++) {
        check_solution(&view, &w, (nm_goal)g, ideal, &s[g]);
    }
    if (m->boxes == 0) {
        check_ok(nm_prove(b->ctx, b->arena, &view, &no_limits, s, &err), &err);
        for (int g = 0; g < NM_GOALS; g++) {
            check_solution(&view, &w, (nm_goal)g, ideal, &s[g]);
        }
    }
}

static void solutions_agree_with_looking_at_every_package(void **state)
{
    static const random_shape shapes[] = {
        {.k = 2, .n = 6, .size = 3, .spread = 100},
        {.k = 3, .n = 5, .size = 4, .spread = 9},
        {.k = 4, .n = 5, .size = 3, .spread = 60},
        {.k = 2, .n = 6, .size = 3, .spread = 9, .tables = 4, .red_lines = true},
        {.k = 5, .n = 4, .size = 3, .spread = 30, .caps = true},
        {.k = 3, .n = 5, .size = 3, .spread = 50, .huge = true},
        {.k = 3, .n = 5, .size = 3, .spread = 8, .boxes = 6},
    };
    bench *b = *state;
    uint32_t found = 0;
    for (uint32_t round = 0; round < 420; round++) {
        parley_random r = parley_random_stream(4, 6, round, 0);
        parley_arena_mark mark = parley_arena_here(b->arena);
        random_shape s = shapes[round % CHECK_COUNT(shapes)];
        nm_model *m = random_model(b->arena, &r, &s);
        for (uint32_t i = 0; i < m->k && round % 3 != 0; i++) {
            m->without[i] /= 3; /* so that something is acceptable more often */
        }
        check_goals(b, m);
        parley_arena_reset(b->arena, mark);
        found++;
    }
    assert_int_equal(found, 420);
}

/* --------------------------------------------------------------------- counts */

static void counts_hold_the_truth(void **state)
{
    static const random_shape shapes[] = {
        {.k = 2, .n = 6, .size = 4, .spread = 30},
        {.k = 3, .n = 5, .size = 4, .spread = 9, .tables = 4, .red_lines = true},
        {.k = 2, .n = 6, .size = 3, .spread = 50, .huge = true, .caps = true},
    };
    bench *b = *state;
    for (uint32_t round = 0; round < 300; round++) {
        parley_random r = parley_random_stream(5, 6, round, 0);
        parley_arena_mark mark = parley_arena_here(b->arena);
        nm_model *m = random_model(b->arena, &r, &shapes[round % CHECK_COUNT(shapes)]);
        uint32_t who[NM_PARTIES_MOST] = {0, 1, 2};
        const nm_view view = {m, m->k, who, true};
        walked w = walk_all(b->arena, &view);
        nm_counts c;
        check_ok(nm_count(b->ctx, m, NULL, &c, NULL), NULL);
        assert_true(c.feasible.known && c.all.known);
        assert_int_equal(c.feasible.low.limb[0] * (c.feasible.low.used > 0), w.feasible);
        assert_int_equal(c.all.low.limb[0] * (c.all.low.used > 0), w.accepted);
        for (uint32_t i = 0; i < m->k; i++) {
            assert_int_equal(c.by[i].high.limb[0] * (c.by[i].high.used > 0), w.accepted_by[i]);
        }
        parley_arena_reset(b->arena, mark);
    }
}

/* Packages by sum, for values from 0 up: a table of all sums, so that nothing is rounded. */
static uint64_t reaching_by_table(parley_arena *arena, const nm_model *m, uint32_t party,
                                  uint32_t most)
{
    uint64_t *have = parley_arena_array(arena, most + 1, sizeof(*have));
    uint64_t *next = parley_arena_array(arena, most + 1, sizeof(*next));
    have[0] = 1;
    for (uint32_t j = 0; j < m->n; j++) {
        memset(next, 0, (most + 1) * sizeof(*next));
        for (uint32_t v = 0; v < m->size[j]; v++) {
            uint32_t by = (uint32_t)nm_value(m, j, v)[party];
            for (uint32_t s = by; s <= most; s++) {
                next[s] += have[s - by];
            }
        }
        uint64_t *t = have;
        have = next;
        next = t;
    }
    uint64_t count = 0;
    for (uint32_t s = (uint32_t)m->without[party]; s <= most; s++) {
        count += have[s];
    }
    return count;
}

static uint64_t low_word(const parley_count *c)
{
    return c->used == 0 ? 0 : c->limb[0];
}

static void counts_of_large_spaces_bound_the_truth(void **state)
{
    bench *b = *state;
    uint32_t exact = 0;
    uint32_t near = 0;
    for (uint32_t round = 0; round < 12; round++) {
        parley_random r = parley_random_stream(7, 6, round, 0);
        parley_arena_mark mark = parley_arena_here(b->arena);
        random_shape s = {.k = 2, .n = 14, .size = 1, .spread = 8};
        nm_model *m = random_model(b->arena, &r, &s);
        uint32_t most = round % 2 == 0 ? 40 : 4000; /* few sums, or many */
        uint32_t *size = parley_arena_array(b->arena, m->n, sizeof(*size));
        uint32_t *offset = parley_arena_array(b->arena, m->n, sizeof(*offset));
        for (uint32_t j = 0; j < m->n; j++) {
            size[j] = 6;
            offset[j] = 6 * j;
        }
        m->size = size;
        m->offset = offset;
        m->value = parley_arena_array(b->arena, (size_t)m->n * 6 * 2, sizeof(*m->value));
        for (uint32_t v = 0; v < m->n * 6 * 2; v++) {
            m->value[v] = parley_random_below(&r, most + 1);
        }
        m->strict = false;
        for (uint32_t i = 0; i < 2; i++) {
            m->base[i] = 0;
            m->without[i] = most * m->n / 3 + parley_random_below(&r, most * m->n / 3);
        }
        nm_counts c;
        check_ok(nm_count(b->ctx, m, NULL, &c, NULL), NULL);
        for (uint32_t i = 0; i < 2; i++) {
            uint64_t truth = reaching_by_table(b->arena, m, i, most * m->n);
            assert_true(c.by[i].known);
            assert_true(low_word(&c.by[i].low) <= truth && truth <= low_word(&c.by[i].high));
            exact += parley_count_compare(&c.by[i].low, &c.by[i].high) == 0;
            near += low_word(&c.by[i].high) - low_word(&c.by[i].low) <= truth / 10;
        }
        parley_arena_reset(b->arena, mark);
    }
    assert_true(exact >= 12 && near == 24);
}

static void many(void **state, const random_shape *shapes, size_t count, uint32_t rounds,
                 uint32_t seed)
{
    bench *b = *state;
    for (uint32_t round = 0; round < rounds; round++) {
        parley_random r = parley_random_stream(seed, 6, round, 0);
        parley_arena_mark mark = parley_arena_here(b->arena);
        random_shape s = shapes[round % count];
        s.n = 1 + parley_random_below(&r, s.n);
        check_model(b, random_model(b->arena, &r, &s), &r);
        parley_arena_reset(b->arena, mark);
    }
}

static void frontiers_agree_with_every_package_against_every_other(void **state)
{
    static const random_shape shapes[] = {
        {.k = 2, .n = 5, .size = 4, .spread = 6},
        {.k = 2, .n = 6, .size = 3, .spread = 100},
        {.k = 3, .n = 5, .size = 4, .spread = 5},
        {.k = 3, .n = 5, .size = 3, .spread = 60},
        {.k = 4, .n = 5, .size = 3, .spread = 5},
        {.k = 5, .n = 4, .size = 3, .spread = 40},
        {.k = 1, .n = 5, .size = 3, .spread = 3},
        {.k = 2, .n = 5, .size = 3, .spread = 30, .huge = true},
        {.k = 3, .n = 4, .size = 3, .spread = 9, .huge = true},
        {.k = 2, .n = 5, .size = 3, .spread = 6, .caps = true},
        {.k = 3, .n = 5, .size = 3, .spread = 6, .caps = true},
    };
    many(state, shapes, sizeof(shapes) / sizeof(shapes[0]), 660, 1);
}

static void coupled_issues_agree_with_every_package(void **state)
{
    static const random_shape shapes[] = {
        {.k = 2, .n = 6, .size = 3, .spread = 8, .tables = 5},
        {.k = 2, .n = 6, .size = 3, .spread = 50, .tables = 4, .red_lines = true},
        {.k = 3, .n = 6, .size = 3, .spread = 8, .tables = 6, .red_lines = true},
        {.k = 4, .n = 5, .size = 3, .spread = 6, .tables = 4, .red_lines = true, .caps = true},
        {.k = 3, .n = 5, .size = 3, .spread = 6, .tables = 8, .huge = true},
    };
    many(state, shapes, sizeof(shapes) / sizeof(shapes[0]), 600, 2);
}

static void boxes_agree_with_every_package(void **state)
{
    static const random_shape shapes[] = {
        {.k = 2, .n = 5, .size = 4, .spread = 8, .boxes = 9},
        {.k = 2, .n = 5, .size = 4, .spread = 9, .boxes = 9, .groups = true},
        {.k = 3, .n = 5, .size = 3, .spread = 8, .boxes = 8, .tables = 3, .red_lines = true},
        {.k = 3, .n = 4, .size = 4, .spread = 8, .boxes = 8, .groups = true, .caps = true},
    };
    many(state, shapes, sizeof(shapes) / sizeof(shapes[0]), 600, 3);
}

static int begin(void **state)
{
    static bench b;
    assert_int_equal(parley_ctx_new(&b.ctx, NULL, NULL), PARLEY_OK);
    b.arena = parley_arena_new(b.ctx);
    *state = &b;
    return b.arena == NULL;
}

static int end(void **state)
{
    bench *b = *state;
    parley_arena_free(b->arena);
    parley_ctx_free(b->ctx);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frontiers_agree_with_every_package_against_every_other),
        cmocka_unit_test(coupled_issues_agree_with_every_package),
        cmocka_unit_test(boxes_agree_with_every_package),
        cmocka_unit_test(solutions_agree_with_looking_at_every_package),
        cmocka_unit_test(counts_hold_the_truth),
        cmocka_unit_test(counts_of_large_spaces_bound_the_truth),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
