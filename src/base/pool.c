/*
 * Numbered blocks of work on several threads.
 *
 * Workers take the next number from one counter; the caller is one of them. A block's result
 * depends on its number alone, so neither the number of threads nor their order shows. Once a block
 * has failed or the context was cancelled no further block begins. Because numbers are taken in
 * order, every block below the failed ones has run or is running; they all end, and the lowest
 * failure is told. Which blocks above it still ran does depend on the threads.
 *
 * Fewer threads than asked for is no fault: the caller alone gives the same result. Left out: work
 * stealing, nested blocks (a block may run a pool of its own), thread affinity.
 */
#include "base_internal.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>

#define THREADS_MOST 256

typedef struct job {
    parley_ctx *ctx;
    uint64_t blocks;
    parley_block_fn run;
    void *user;
    atomic_uint_least64_t next;
    atomic_bool stop;
    pthread_mutex_t lock; /* of what follows */
    uint64_t failed;      /* the lowest failed block; blocks: none */
    parley_status status;
    parley_error error;
} job;

static void note_failure(job *j, uint64_t number, parley_status status, const parley_error *error)
{
    pthread_mutex_lock(&j->lock);
    if (number < j->failed) {
        j->failed = number;
        j->status = status;
        j->error = *error;
    }
    pthread_mutex_unlock(&j->lock);
}

static void *work(void *user)
{
    job *j = user;
    while (!atomic_load(&j->stop) && !parley_ctx_cancelled(j->ctx)) {
        uint64_t number = atomic_fetch_add(&j->next, 1);
        if (number >= j->blocks) {
            break;
        }
        parley_error error = PARLEY_ERROR_INIT;
        parley_status status = j->run(j->user, number, &error);
        if (status != PARLEY_OK) {
            atomic_store(&j->stop, true);
            parley_fail(&error, status, "block %" PRIu64 " of %" PRIu64 ": %s", number, j->blocks,
                        parley_status_word(status));
            note_failure(j, number, status, &error);
        }
    }
    return NULL;
}

parley_status parley_pool_run(parley_ctx *ctx, uint64_t blocks, parley_block_fn run, void *user,
                              parley_error *err)
{
    if (blocks == 0) {
        return PARLEY_OK;
    }
    job j = {.ctx = ctx, .blocks = blocks, .run = run, .user = user, .failed = blocks};
    atomic_init(&j.next, 0);
    atomic_init(&j.stop, false);
    if (pthread_mutex_init(&j.lock, NULL) != 0) {
        return parley_fail(err, PARLEY_BACKEND, "the system gave no lock for a pool of threads");
    }
    uint32_t threads = parley_ctx_threads(ctx);
    if (threads > THREADS_MOST) {
        threads = THREADS_MOST;
    }
    if (threads > blocks) {
        threads = (uint32_t)blocks;
    }
    pthread_t helper[THREADS_MOST];
    uint32_t helpers = 0;
    while (helpers + 1 < threads && pthread_create(&helper[helpers], NULL, work, &j) == 0) {
        helpers++;
    }
    work(&j);
    for (uint32_t i = 0; i < helpers; i++) {
        pthread_join(helper[i], NULL);
    }
    pthread_mutex_destroy(&j.lock);

    if (j.failed < blocks) {
        if (err != NULL && err->status == PARLEY_OK) {
            *err = j.error;
        }
        return j.status;
    }
    if (atomic_load(&j.next) < blocks) {
        return parley_fail(err, PARLEY_CANCELLED, "stopped on request");
    }
    return PARLEY_OK;
}
