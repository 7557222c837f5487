/* The pool: every block once, the same result on any number of threads, failures and cancelling. */
#include "support/torture.h"

#include <inttypes.h>
#include <pthread.h>
#include <signal.h>

static parley_ctx *ctx_with_threads(uint32_t threads)
{
    parley_ctx_options options = PARLEY_CTX_OPTIONS_INIT;
    options.threads = threads;
    parley_ctx *ctx = NULL;
    check_ok(parley_ctx_new(&ctx, &options, NULL), NULL);
    return ctx;
}

static const uint32_t thread_counts[] = {1, 2, 3, 7, 300};

#define BLOCKS 500

typedef struct shared {
    parley_ctx *ctx;
    uint64_t result[BLOCKS];
    atomic_uint runs[BLOCKS];
    atomic_uint_least64_t begun;
    uint64_t fail_from;  /* blocks from here fail; BLOCKS: none */
    uint64_t fail_every; /* ... those that are multiples of this */
    uint64_t cancel_at;  /* this block cancels; BLOCKS: none */
    bool silent;         /* fail without setting the error */
} shared;

static void prepare(shared *s, parley_ctx *ctx)
{
    s->ctx = ctx;
    s->fail_from = BLOCKS;
    s->fail_every = 1;
    s->cancel_at = BLOCKS;
    s->silent = false;
    atomic_init(&s->begun, 0);
    for (int i = 0; i < BLOCKS; i++) {
        s->result[i] = 0;
        atomic_init(&s->runs[i], 0);
    }
}

static parley_status simulate(void *user, uint64_t block, parley_error *err)
{
    shared *s = user;
    atomic_fetch_add(&s->begun, 1);
    atomic_fetch_add(&s->runs[block], 1);
    if (block == s->cancel_at) {
        parley_ctx_cancel(s->ctx);
    }
    if (block >= s->fail_from && block % s->fail_every == 0) {
        return s->silent ? PARLEY_RANGE
                         : parley_fail(err, PARLEY_RANGE, "block number %" PRIu64, block);
    }
    /* Memory of the context, from several threads at once. */
    size_t size = 100 + block;
    uint64_t *scratch = parley_alloc(s->ctx, size * sizeof *scratch);
    if (scratch == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "no scratch");
    }
    parley_random r = parley_random_stream(parley_ctx_random_key(s->ctx), 1, 0, (uint32_t)block);
    uint64_t sum = 0;
    for (size_t i = 0; i < size; i++) {
        scratch[i] = parley_random_u64(&r);
        sum += scratch[i];
    }
    s->result[block] = sum;
    parley_release(s->ctx, scratch, size * sizeof *scratch);
    return PARLEY_OK;
}

static void every_block_runs_once_and_results_do_not_depend_on_threads(void **state)
{
    (void)state;
    static shared s;
    static uint64_t wanted[BLOCKS];
    for (size_t t = 0; t < CHECK_COUNT(thread_counts); t++) {
        parley_ctx *ctx = ctx_with_threads(thread_counts[t]);
        parley_error err = PARLEY_ERROR_INIT;
        prepare(&s, ctx);
        check_ok(parley_pool_run(ctx, BLOCKS, simulate, &s, &err), &err);
        for (int i = 0; i < BLOCKS; i++) {
            assert_int_equal(s.runs[i], 1);
        }
        if (t == 0) {
            memcpy(wanted, s.result, sizeof wanted);
        }
        assert_memory_equal(s.result, wanted, sizeof wanted);
        check_ctx_done(ctx);
    }
}

static void the_lowest_failure_is_told_and_stops_the_rest(void **state)
{
    (void)state;
    static shared s;
    for (size_t t = 0; t < CHECK_COUNT(thread_counts); t++) {
        for (int round = 0; round < 20; round++) {
            parley_ctx *ctx = ctx_with_threads(thread_counts[t]);
            parley_error err = PARLEY_ERROR_INIT;
            prepare(&s, ctx);
            s.fail_from = 11;
            s.fail_every = 3;
            check_fails(parley_pool_run(ctx, BLOCKS, simulate, &s, &err), PARLEY_RANGE, &err);
            assert_string_equal(err.message, "block number 12");
            for (int i = 0; i < 12; i++) {
                assert_int_equal(s.runs[i], 1);
            }
            if (thread_counts[t] == 1) {
                assert_int_equal(s.begun, 13);
            }
            check_ctx_done(ctx);
        }
    }
}

static void a_failure_without_a_message_names_the_block(void **state)
{
    (void)state;
    static shared s;
    parley_ctx *ctx = ctx_with_threads(2);
    parley_error err = PARLEY_ERROR_INIT;
    prepare(&s, ctx);
    s.fail_from = 5;
    s.silent = true;
    check_fails(parley_pool_run(ctx, BLOCKS, simulate, &s, &err), PARLEY_RANGE, &err);
    assert_string_equal(err.message, "block 5 of 500: range");
    assert_int_equal(parley_pool_run(ctx, BLOCKS, simulate, &s, NULL), PARLEY_RANGE);
    check_ctx_done(ctx);
}

static void a_cancelled_context_begins_no_block(void **state)
{
    (void)state;
    static shared s;
    for (size_t t = 0; t < CHECK_COUNT(thread_counts); t++) {
        parley_ctx *ctx = ctx_with_threads(thread_counts[t]);
        parley_error err = PARLEY_ERROR_INIT;
        prepare(&s, ctx);
        parley_ctx_cancel(ctx);
        check_fails(parley_pool_run(ctx, BLOCKS, simulate, &s, &err), PARLEY_CANCELLED, &err);
        assert_int_equal(s.begun, 0);
        check_ctx_done(ctx);
    }
}

static void cancelling_in_the_middle_stops_after_the_running_blocks(void **state)
{
    (void)state;
    static shared s;
    for (size_t t = 0; t < CHECK_COUNT(thread_counts); t++) {
        parley_ctx *ctx = ctx_with_threads(thread_counts[t]);
        parley_error err = PARLEY_ERROR_INIT;
        prepare(&s, ctx);
        s.cancel_at = 50;
        parley_status status = parley_pool_run(ctx, BLOCKS, simulate, &s, &err);
        if (thread_counts[t] == 1) {
            assert_int_equal(s.begun, 51);
        }
        if (s.begun < BLOCKS) {
            check_fails(status, PARLEY_CANCELLED, &err);
        } else {
            check_ok(status, &err); /* all had begun already: the work is whole */
        }
        for (int i = 0; i <= 50; i++) {
            assert_int_equal(s.runs[i], 1);
        }
        check_ctx_done(ctx);
    }
}

static void a_cancel_during_the_last_block_does_not_spoil_whole_work(void **state)
{
    (void)state;
    static shared s;
    parley_ctx *ctx = ctx_with_threads(1);
    parley_error err = PARLEY_ERROR_INIT;
    prepare(&s, ctx);
    s.cancel_at = 9;
    check_ok(parley_pool_run(ctx, 10, simulate, &s, &err), &err);
    check_ctx_done(ctx);
}

static void no_blocks_are_no_work(void **state)
{
    (void)state;
    parley_ctx *ctx = ctx_with_threads(4);
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_pool_run(ctx, 0, simulate, NULL, &err), &err);
    check_ctx_done(ctx);
}

typedef struct caller_check {
    pthread_t caller;
    atomic_uint elsewhere;
} caller_check;

static parley_status where(void *user, uint64_t block, parley_error *err)
{
    caller_check *c = user;
    (void)block;
    (void)err;
    if (!pthread_equal(pthread_self(), c->caller)) {
        atomic_fetch_add(&c->elsewhere, 1);
    }
    return PARLEY_OK;
}

static void one_thread_or_one_block_stays_in_the_caller(void **state)
{
    (void)state;
    caller_check c = {pthread_self(), 0};
    parley_ctx *ctx = ctx_with_threads(1);
    check_ok(parley_pool_run(ctx, 100, where, &c, NULL), NULL);
    check_ctx_done(ctx);
    ctx = ctx_with_threads(4);
    check_ok(parley_pool_run(ctx, 1, where, &c, NULL), NULL);
    check_ctx_done(ctx);
    assert_int_equal(c.elsewhere, 0);
}

static parley_status outer(void *user, uint64_t block, parley_error *err)
{
    shared *all = user;
    (void)block;
    return parley_pool_run(all->ctx, BLOCKS, simulate, all, err);
}

static void a_block_may_run_a_pool_of_its_own(void **state)
{
    (void)state;
    static shared s;
    parley_ctx *ctx = ctx_with_threads(2);
    parley_error err = PARLEY_ERROR_INIT;
    prepare(&s, ctx);
    check_ok(parley_pool_run(ctx, 1, outer, &s, &err), &err);
    assert_int_equal(s.begun, BLOCKS);
    check_ctx_done(ctx);
}

static parley_status run_all(parley_ctx *ctx, void *user, parley_error *err)
{
    shared *s = user;
    prepare(s, ctx);
    return parley_pool_run(ctx, 40, simulate, s, err);
}

static void allocation_failures_in_blocks_come_out_as_they_are(void **state)
{
    (void)state;
    static shared s;
    torture(run_all, &s, 40);
}

static void peak_bytes_count_all_threads(void **state)
{
    (void)state;
    static shared s;
    parley_ctx *ctx = ctx_with_threads(4);
    prepare(&s, ctx);
    check_ok(parley_pool_run(ctx, BLOCKS, simulate, &s, NULL), NULL);
    assert_true(parley_ctx_bytes_peak(ctx) >= (100 + BLOCKS - 1) * sizeof(uint64_t));
    assert_true(parley_ctx_bytes_peak(ctx) <= 4 * (100 + BLOCKS - 1) * sizeof(uint64_t));
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_block_runs_once_and_results_do_not_depend_on_threads),
        cmocka_unit_test(the_lowest_failure_is_told_and_stops_the_rest),
        cmocka_unit_test(a_failure_without_a_message_names_the_block),
        cmocka_unit_test(a_cancelled_context_begins_no_block),
        cmocka_unit_test(cancelling_in_the_middle_stops_after_the_running_blocks),
        cmocka_unit_test(a_cancel_during_the_last_block_does_not_spoil_whole_work),
        cmocka_unit_test(no_blocks_are_no_work),
        cmocka_unit_test(one_thread_or_one_block_stays_in_the_caller),
        cmocka_unit_test(a_block_may_run_a_pool_of_its_own),
        cmocka_unit_test(allocation_failures_in_blocks_come_out_as_they_are),
        cmocka_unit_test(peak_bytes_count_all_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
