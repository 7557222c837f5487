/* The context: memory and its counts, limits, cancel, log, progress. */
#include "support/torture.h"

#include <signal.h>
#include <stdio.h>

static parley_status nothing(parley_ctx *ctx, void *user, parley_error *err)
{
    (void)ctx;
    (void)user;
    (void)err;
    return PARLEY_OK;
}

static void making_a_context_survives_a_refusing_allocator(void **state)
{
    (void)state;
    torture(nothing, NULL, 0);
    torture_allocator t = TORTURE_ALLOCATOR_INIT;
    t.fail_at = 0;
    parley_ctx_options options = torture_options(&t);
    parley_error err = PARLEY_ERROR_INIT;
    parley_ctx *ctx = (parley_ctx *)&t;
    check_fails(parley_ctx_new(&ctx, &options, &err), PARLEY_NOMEM, &err);
    assert_null(ctx);
}

static void a_context_without_options_has_the_default_limits(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    const parley_limits wanted = PARLEY_LIMITS_INIT;
    assert_memory_equal(parley_ctx_limits(ctx), &wanted, sizeof wanted);
    assert_true(parley_ctx_threads(ctx) >= 1);
    assert_int_equal(parley_ctx_random_key(ctx), 0);
    check_ctx_done(ctx);
    parley_ctx_free(NULL);
}

static void options_reach_the_context(void **state)
{
    (void)state;
    parley_ctx_options options = PARLEY_CTX_OPTIONS_INIT;
    options.threads = 3;
    options.random_key = 77;
    options.limits.depth = 5;
    parley_ctx *ctx = NULL;
    check_ok(parley_ctx_new(&ctx, &options, NULL), NULL);
    assert_int_equal(parley_ctx_threads(ctx), 3);
    assert_int_equal(parley_ctx_random_key(ctx), 77);
    assert_int_equal(parley_ctx_limits(ctx)->depth, 5);
    check_ctx_done(ctx);
}

static void an_unknown_version_of_the_options_is_refused(void **state)
{
    (void)state;
    parley_ctx_options options = PARLEY_CTX_OPTIONS_INIT;
    options.version = 2;
    parley_error err = PARLEY_ERROR_INIT;
    parley_ctx *ctx = NULL;
    check_fails(parley_ctx_new(&ctx, &options, &err), PARLEY_INVALID, &err);
    assert_null(ctx);
}

static bool all_are(const unsigned char *p, size_t n, unsigned char value)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i] != value) {
            return false;
        }
    }
    return true;
}

static void new_memory_is_zero_and_counted(void **state)
{
    (void)state;
    torture_allocator t = TORTURE_ALLOCATOR_INIT;
    parley_ctx_options options = torture_options(&t);
    parley_ctx *ctx = NULL;
    check_ok(parley_ctx_new(&ctx, &options, NULL), NULL);
    unsigned char *p = parley_alloc(ctx, 100);
    assert_true(all_are(p, 100, 0));
    assert_int_equal(parley_ctx_bytes(ctx), 100);
    memset(p, 7, 100);
    p = parley_realloc(ctx, p, 100, 300);
    assert_true(all_are(p, 100, 7));
    assert_true(all_are(p + 100, 200, 0));
    assert_int_equal(parley_ctx_bytes(ctx), 300);
    p = parley_realloc(ctx, p, 300, 50);
    assert_true(all_are(p, 50, 7));
    assert_int_equal(parley_ctx_bytes(ctx), 50);
    assert_int_equal(parley_ctx_bytes_peak(ctx), 300);
    assert_null(parley_realloc(ctx, p, 50, 0));
    p = parley_realloc(ctx, NULL, 0, 10);
    assert_true(all_are(p, 10, 0));
    parley_release(ctx, p, 10);
    parley_release(ctx, NULL, 0);
    check_ctx_done(ctx);
    torture_check_clean(&t);
}

static void a_refused_resize_leaves_the_block_as_it_was(void **state)
{
    (void)state;
    torture_allocator t = TORTURE_ALLOCATOR_INIT;
    t.fail_at = 2;
    parley_ctx_options options = torture_options(&t);
    parley_ctx *ctx = NULL;
    check_ok(parley_ctx_new(&ctx, &options, NULL), NULL);
    unsigned char *p = parley_alloc(ctx, 100);
    memset(p, 9, 100);
    assert_null(parley_realloc(ctx, p, 100, 200));
    assert_true(all_are(p, 100, 9));
    assert_int_equal(parley_ctx_bytes(ctx), 100);
    parley_release(ctx, p, 100);
    check_ctx_done(ctx);
    torture_check_clean(&t);
}

static void no_memory_is_given_for_size_zero_or_absurd_sizes(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    assert_null(parley_alloc(ctx, 0));
    assert_null(parley_alloc(ctx, SIZE_MAX));
    void *p = parley_alloc(ctx, 8);
    assert_null(parley_realloc(ctx, p, 8, SIZE_MAX));
    parley_release(ctx, p, 8);
    check_ctx_done(ctx);
}

static void cancelling_is_seen(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    assert_false(parley_ctx_cancelled(ctx));
    parley_ctx_cancel(ctx);
    assert_true(parley_ctx_cancelled(ctx));
    parley_ctx_free(ctx);
}

typedef struct heard {
    int level;
    char line[64];
    uint64_t done;
    uint64_t total;
} heard;

static void hear_log(void *user, int level, const char *line)
{
    heard *h = user;
    h->level = level;
    snprintf(h->line, sizeof h->line, "%s", line);
}

static void hear_progress(void *user, const char *what, uint64_t done, uint64_t total)
{
    heard *h = user;
    snprintf(h->line, sizeof h->line, "%s", what);
    h->done = done;
    h->total = total;
}

static void log_and_progress_reach_the_caller(void **state)
{
    (void)state;
    heard log = {0};
    heard progress = {0};
    parley_ctx_options options = PARLEY_CTX_OPTIONS_INIT;
    options.log = hear_log;
    options.log_user = &log;
    options.progress = hear_progress;
    options.progress_user = &progress;
    parley_ctx *ctx = NULL;
    check_ok(parley_ctx_new(&ctx, &options, NULL), NULL);
    parley_ctx_log(ctx, 2, "read %d claims", 7);
    parley_ctx_progress(ctx, "counting", 3, 9);
    assert_int_equal(log.level, 2);
    assert_string_equal(log.line, "read 7 claims");
    assert_string_equal(progress.line, "counting");
    assert_int_equal(progress.done, 3);
    assert_int_equal(progress.total, 9);
    check_ctx_done(ctx);
}

static void log_and_progress_without_listeners_do_nothing(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_ctx_log(ctx, 0, "nobody hears");
    parley_ctx_progress(ctx, "nobody sees", 0, 0);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(making_a_context_survives_a_refusing_allocator),
        cmocka_unit_test(a_context_without_options_has_the_default_limits),
        cmocka_unit_test(options_reach_the_context),
        cmocka_unit_test(an_unknown_version_of_the_options_is_refused),
        cmocka_unit_test(new_memory_is_zero_and_counted),
        cmocka_unit_test(a_refused_resize_leaves_the_block_as_it_was),
        cmocka_unit_test(no_memory_is_given_for_size_zero_or_absurd_sizes),
        cmocka_unit_test(cancelling_is_seen),
        cmocka_unit_test(log_and_progress_reach_the_caller),
        cmocka_unit_test(log_and_progress_without_listeners_do_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
