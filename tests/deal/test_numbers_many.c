/*
 * Four and more parties: long lists merged by trees leave what every point against every other
 * leaves, and what is best under weights is on the frontier.
 */
#include "random_numbers.h"
#include "support/check.h"

#include "deal/numbers_kernel.h"

static int by_worth(const void *pa, const void *pb)
{
    const int64_t *a = pa;
    const int64_t *b = pb;
    for (int i = 0; i < 8; i++) {
        if (a[i] != b[i]) {
            return a[i] > b[i] ? -1 : 1;
        }
    }
    return 0;
}

/* Distinct points that nothing dominates, sorted, with how often each was there; returns how many.
 */
static uint32_t plainly(int64_t (*u)[8], uint64_t *count, uint32_t n)
{
    uint32_t kept = 0;
    qsort(u, n, sizeof(*u), by_worth);
    for (uint32_t p = 0; p < n; p++) {
        bool out = false;
        if (kept > 0 && by_worth(u[kept - 1], u[p]) == 0) {
            count[kept - 1]++;
            continue;
        }
        for (uint32_t q = 0; q < kept && !out; q++) { /* only what is before can be above */
            out = true;
            for (int i = 0; i < 8; i++) {
                out = out && u[q][i] >= u[p][i];
            }
        }
        if (!out) {
            memmove(u[kept], u[p], sizeof(*u));
            count[kept++] = 1;
        }
    }
    return kept;
}

static void long_lists_leave_what_every_point_against_every_other_leaves(void **state)
{
    parley_ctx *ctx = check_ctx();
    uint32_t longest = 0;
    (void)state;
    for (uint32_t round = 0; round < 24; round++) {
        parley_random r = parley_random_stream(41, 6, round, 0);
        parley_arena *arena = parley_arena_new(ctx);
        uint32_t k = 4 + round % 4;
        uint32_t n = 2500;
        uint32_t spread = round % 3 == 0 ? 12 : round % 3 == 1 ? 200 : 1000000000;
        bool wide = round % 2 == 1;
        nm_scratch s;
        int64_t(*u)[8] = parley_arena_array(arena, n, sizeof(*u));
        uint64_t *count = parley_arena_array(arena, n, sizeof(*count));
        nm_list *list = parley_arena_array(arena, n, sizeof(*list));
        nm_operand *op = parley_arena_array(arena, n, sizeof(*op));
        nm_scratch_begin(&s, ctx, k, wide, UINT64_MAX / 4);
        unsigned char *row = parley_arena_array(arena, n, s.row);
        for (uint32_t p = 0; p < n; p++) {
            int64_t left = (int64_t)spread * 2; /* near a plane: few dominate */
            unsigned char *at = row + (size_t)p * s.row;
            for (uint32_t i = 0; i < k; i++) {
                int64_t x = (int64_t)parley_random_below(&r, spread);
                u[p][i] = i + 1 == k && round % 5 != 0 ? left - 1 : x;
                left -= x;
                nm_row_set(&s, at, i, wide ? (nm_num)u[p][i] * ((nm_num)1 << 80) : (nm_num)u[p][i]);
            }
            *nm_row_count(at) = 1;
            list[p] = (nm_list){at, 1};
            op[p] = (nm_operand){&list[p], NULL, 1, p};
        }
        unsigned char *rows = NULL;
        uint32_t size = 0;
        check_ok(nm_merge(&s, n, op, n, &rows, &size, NULL), NULL);
        uint32_t wanted = plainly(u, count, n);
        assert_int_equal(size, wanted);
        longest = size > longest ? size : longest;
        for (int pass = 0; pass < 2; pass++) {
            for (uint32_t p = 0; p < size; p++) {
                unsigned char *at = rows + (size_t)p * s.row;
                assert_true(*nm_row_count(at) == count[p] * (pass == 0 ? 1 : 6));
                for (uint32_t i = 0; i < k; i++) {
                    assert_true(nm_row_number(&s, at, i) ==
                                (wide ? (nm_num)u[p][i] * ((nm_num)1 << 80) : (nm_num)u[p][i]));
                }
            }
            if (pass == 0) { /* the same list three times over, one after the other */
                unsigned char *copy = parley_arena_array(arena, size, s.row);
                memcpy(copy, rows, (size_t)size * s.row);
                nm_list same = {copy, size};
                nm_operand three[3] = {
                    {&same, NULL, 1, 0}, {&same, NULL, 2, 1}, {&same, NULL, 3, 2}};
                s.pile = 0;
                check_ok(nm_merge(&s, 3, three, size, &rows, &size, NULL), NULL);
                assert_int_equal(size, wanted);
            }
        }
        nm_scratch_free(&s);
        parley_arena_free(arena);
    }
    assert_true(longest > 1000);
    parley_ctx_free(ctx);
}

static void what_is_best_under_weights_is_on_the_frontier(void **state)
{
    static const random_shape shapes[] = {
        {.k = 4, .n = 5, .size = 3, .spread = 9},
        {.k = 5, .n = 5, .size = 3, .spread = 60, .tables = 4},
        {.k = 3, .n = 5, .size = 4, .spread = 30, .tables = 3, .red_lines = true},
    };
    static const nm_limits limits = {1000000, UINT64_MAX / 8, UINT64_MAX / 2, 0};
    parley_ctx *ctx = check_ctx();
    uint32_t some = 0;
    (void)state;
    for (uint32_t round = 0; round < 60; round++) {
        parley_random r = parley_random_stream(42, 6, round, 0);
        parley_arena *arena = parley_arena_new(ctx);
        random_shape s = shapes[round % 3];
        nm_model *m = random_model(arena, &r, &s);
        uint32_t who[NM_PARTIES_MOST] = {0, 1, 2, 3, 4};
        const nm_view view = {m, m->k, who, false};
        nm_frontier f = {.status = PARLEY_FRONTIER_LIMITED, .method = ""};
        walked w = walk_all(arena, &view);
        check_ok(nm_some_points(ctx, arena, &view, &limits, &f, NULL), NULL);
        assert_int_equal(f.status, PARLEY_FRONTIER_LIMITED);
        for (uint32_t p = 0; p < f.size; p++) {
            bool there = false;
            for (uint32_t q = 0; q < w.size; q++) {
                bool same = true;
                bool above = true;
                bool more = false;
                for (uint32_t i = 0; i < m->k; i++) {
                    nm_num a = w.u[(size_t)q * m->k + i];
                    nm_num b = f.u[(size_t)p * m->k + i];
                    same = same && a == b;
                    above = above && a >= b;
                    more = more || a > b;
                }
                there = there || same;
                assert_false(above && more);
            }
            assert_true(there);
        }
        assert_true((f.size > 0) == (w.size > 0));
        some += f.size > 3;
        parley_arena_free(arena);
    }
    assert_true(some > 20);
    parley_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_lists_leave_what_every_point_against_every_other_leaves),
        cmocka_unit_test(what_is_best_under_weights_is_on_the_frontier),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
