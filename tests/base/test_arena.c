/* Arenas: zeroed, aligned, never overlapping; marks give back exactly what came after them. */
#include "support/torture.h"

#include <stdalign.h>
#include <stdio.h>

static parley_status fill_one(parley_ctx *ctx, void *user, parley_error *err)
{
    (void)user;
    parley_arena *arena = parley_arena_new(ctx);
    parley_status status = PARLEY_OK;
    if (arena == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "no arena");
    }
    for (size_t size = 1; size < 3000000 && status == PARLEY_OK; size *= 3) {
        if (parley_arena_alloc(arena, size) == NULL) {
            status = parley_fail(err, PARLEY_NOMEM, "no memory for %zu bytes", size);
        }
    }
    if (status == PARLEY_OK && parley_arena_copy(arena, "words", 5) == NULL) {
        status = parley_fail(err, PARLEY_NOMEM, "no memory for a copy");
    }
    if (status == PARLEY_OK && parley_arena_format(arena, "%d words", 5) == NULL) {
        status = parley_fail(err, PARLEY_NOMEM, "no memory for a line");
    }
    parley_arena_free(arena);
    return status;
}

static void an_arena_survives_every_allocation_failure(void **state)
{
    (void)state;
    torture(fill_one, NULL, 5);
}

#define PIECES 4000

typedef struct piece {
    unsigned char *p;
    size_t size;
    unsigned char fill;
} piece;

static size_t some_size(parley_random *r)
{
    switch (parley_random_below(r, 20)) {
    case 0:
        return parley_random_below(r, 3000);
    case 1:
        return parley_random_below(r, 40) == 0 ? 900000 + parley_random_below(r, 600000) : 5000;
    default:
        return parley_random_below(r, 200);
    }
}

/* Pieces, their fills and marks are kept beside the arena and compared after every few steps. */
static void pieces_are_zero_aligned_and_keep_what_is_written(void **state)
{
    (void)state;
    static piece pieces[PIECES];
    torture_allocator t = TORTURE_ALLOCATOR_INIT;
    parley_ctx_options options = torture_options(&t);
    parley_ctx *ctx = NULL;
    check_ok(parley_ctx_new(&ctx, &options, NULL), NULL);
    for (uint32_t trial = 0; trial < 20; trial++) {
        parley_arena *arena = parley_arena_new(ctx);
        parley_random r = parley_random_stream(1, 0, 0, trial);
        struct {
            parley_arena_mark mark;
            size_t n;
        } marks[10];
        size_t depth = 0;
        size_t n = 0;
        for (int step = 0; step < 3000; step++) {
            uint32_t what = parley_random_below(&r, 100);
            if (what == 0 && depth < CHECK_COUNT(marks)) {
                marks[depth].mark = parley_arena_here(arena);
                marks[depth++].n = n;
            } else if (what == 1 && depth > 0) {
                depth--;
                parley_arena_reset(arena, marks[depth].mark);
                n = marks[depth].n;
                for (size_t i = 0; i < n; i++) {
                    for (size_t k = 0; k < pieces[i].size; k++) {
                        assert_int_equal(pieces[i].p[k], pieces[i].fill);
                    }
                }
            } else if (n < PIECES) {
                piece *one = &pieces[n];
                one->size = some_size(&r);
                one->fill = (unsigned char)(1 + parley_random_below(&r, 255));
                one->p = parley_arena_alloc(arena, one->size);
                assert_non_null(one->p);
                assert_int_equal((uintptr_t)one->p % alignof(max_align_t), 0);
                for (size_t k = 0; k < one->size; k++) {
                    assert_int_equal(one->p[k], 0);
                }
                memset(one->p, one->fill, one->size);
                n++;
            }
        }
        parley_arena_free(arena);
        assert_int_equal(parley_ctx_bytes(ctx), 0);
    }
    parley_ctx_free(ctx);
    torture_check_clean(&t);
}

static void a_loop_that_marks_and_resets_does_not_allocate(void **state)
{
    (void)state;
    torture_allocator t = TORTURE_ALLOCATOR_INIT;
    parley_ctx_options options = torture_options(&t);
    parley_ctx *ctx = NULL;
    check_ok(parley_ctx_new(&ctx, &options, NULL), NULL);
    parley_arena *arena = parley_arena_new(ctx);
    uint64_t after_first = 0;
    for (int round = 0; round < 50; round++) {
        parley_arena_mark mark = parley_arena_here(arena);
        for (int i = 0; i < 1000; i++) {
            assert_non_null(parley_arena_alloc(arena, 100));
        }
        parley_arena_reset(arena, mark);
        if (round == 0) {
            after_first = t.requests;
        }
    }
    assert_int_equal(t.requests, after_first);
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

static void a_big_block_is_given_back_by_a_reset(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    assert_non_null(parley_arena_alloc(arena, 10));
    size_t before = parley_ctx_bytes(ctx);
    parley_arena_mark mark = parley_arena_here(arena);
    assert_non_null(parley_arena_alloc(arena, (size_t)5 << 20));
    assert_true(parley_ctx_bytes(ctx) > (size_t)5 << 20);
    parley_arena_reset(arena, mark);
    assert_int_equal(parley_ctx_bytes(ctx), before);
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

static void blocks_grow_so_that_many_pieces_need_few_allocations(void **state)
{
    (void)state;
    torture_allocator t = TORTURE_ALLOCATOR_INIT;
    parley_ctx_options options = torture_options(&t);
    parley_ctx *ctx = NULL;
    check_ok(parley_ctx_new(&ctx, &options, NULL), NULL);
    parley_arena *arena = parley_arena_new(ctx);
    for (int i = 0; i < 100000; i++) {
        assert_non_null(parley_arena_alloc(arena, 64));
    }
    assert_true(t.requests < 20);
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

static void an_array_too_large_to_count_is_refused(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    assert_null(parley_arena_array(arena, SIZE_MAX / 2, 3));
    assert_null(parley_arena_array(arena, SIZE_MAX, 1));
    assert_null(parley_arena_alloc(arena, SIZE_MAX));
    assert_non_null(parley_arena_array(arena, 10, 24));
    assert_non_null(parley_arena_array(arena, 0, 24));
    parley_arena_free(arena);
    parley_arena_free(NULL);
    check_ctx_done(ctx);
}

static void growing_an_array_copies_it_and_keeps_the_old_one(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    int *old = parley_arena_grow(arena, NULL, 0, 4 * sizeof *old);
    for (int i = 0; i < 4; i++) {
        old[i] = i + 1;
    }
    int *new = parley_arena_grow(arena, old, 4 * sizeof *old, 8 * sizeof *old);
    for (int i = 0; i < 8; i++) {
        assert_int_equal(new[i], i < 4 ? i + 1 : 0);
    }
    new[0] = 99;
    assert_int_equal(old[0], 1);
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

static void copies_and_formatted_lines_end_with_nul(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    assert_string_equal(parley_arena_copy(arena, "wordless", 4), "word");
    assert_string_equal(parley_arena_copy(arena, NULL, 0), "");
    assert_string_equal(parley_arena_format(arena, "%s-%d", "offer", 30), "offer-30");
    assert_string_equal(parley_arena_format(arena, "%s", ""), "");
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arena_survives_every_allocation_failure),
        cmocka_unit_test(pieces_are_zero_aligned_and_keep_what_is_written),
        cmocka_unit_test(a_loop_that_marks_and_resets_does_not_allocate),
        cmocka_unit_test(a_big_block_is_given_back_by_a_reset),
        cmocka_unit_test(blocks_grow_so_that_many_pieces_need_few_allocations),
        cmocka_unit_test(an_array_too_large_to_count_is_refused),
        cmocka_unit_test(growing_an_array_copies_it_and_keeps_the_old_one),
        cmocka_unit_test(copies_and_formatted_lines_end_with_nul),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
