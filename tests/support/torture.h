/*
 * A failing allocator, and the loop that makes every allocation of a piece of code fail in turn.
 *
 * The allocator counts requests and refuses request number n: once, or that one and all later ones.
 * It is unkind in three more ways: new memory is full of rubbish, a resized block always moves, and
 * the old size handed in must be the true one. It may be used from several threads.
 *
 *     static parley_status make_one(parley_ctx *ctx, void *user, parley_error *err)
 *     {
 *         parley_thing *thing = NULL;
 *         parley_status status = parley_thing_new(&thing, ctx, err);
 *         parley_thing_free(thing);
 *         return status;
 *     }
 *     ...
 *     torture(make_one, NULL, 3);
 *
 * torture() runs it with n = 0, 1, 2, ... until nothing was refused, in both modes, and checks:
 * success exactly when nothing was refused, else PARLEY_NOMEM in status and error; every block
 * released; every byte given back to the context; and at least `floor` failure points inside the
 * code, so that a test that has come to test nothing is noticed.
 */
#ifndef PARLEY_TESTS_SUPPORT_TORTURE_H
#define PARLEY_TESTS_SUPPORT_TORTURE_H

#include "support/check.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define TORTURE_NEVER UINT64_MAX

typedef struct torture_allocator {
    uint64_t fail_at;  /* number of the request to refuse, from 0; TORTURE_NEVER: none */
    bool fail_on;      /* refuse all later requests too */
    uint64_t size_max; /* refuse requests above this; 0: no such bound */
    atomic_uint_least64_t requests;
    atomic_uint_least64_t refused;
    atomic_int_least64_t live_blocks;
    atomic_int_least64_t live_bytes;
    atomic_uint_least64_t wrong_sizes; /* calls whose old_size was not the true one */
} torture_allocator;

#define TORTURE_ALLOCATOR_INIT                                                                     \
    {                                                                                              \
        .fail_at = TORTURE_NEVER                                                                   \
    }

typedef union torture_header {
    size_t size;
    max_align_t align;
} torture_header;

/* A place for a breakpoint: the request that is about to be refused. */
static inline void torture_refuses(torture_allocator *t)
{
    atomic_fetch_add(&t->refused, 1);
}

static inline void *torture_resize(void *user, void *p, size_t old_size, size_t new_size)
{
    torture_allocator *t = user;
    torture_header *old = p != NULL ? (torture_header *)p - 1 : NULL;
    if ((old != NULL ? old->size : 0) != old_size) {
        atomic_fetch_add(&t->wrong_sizes, 1);
    }
    torture_header *fresh = NULL;
    if (new_size != 0) {
        uint64_t number = atomic_fetch_add(&t->requests, 1);
        if (number == t->fail_at || (t->fail_on && number > t->fail_at) ||
            (t->size_max != 0 && new_size > t->size_max) ||
            new_size > PTRDIFF_MAX - sizeof *fresh) {
            torture_refuses(t);
            return NULL;
        }
        fresh = malloc(sizeof *fresh + new_size);
        if (fresh == NULL) {
            torture_refuses(t);
            return NULL;
        }
        fresh->size = new_size;
        memset(fresh + 1, 0xA5, new_size);
        atomic_fetch_add(&t->live_blocks, 1);
        atomic_fetch_add(&t->live_bytes, (int64_t)new_size);
        if (old != NULL) {
            memcpy(fresh + 1, p, old->size < new_size ? old->size : new_size);
        }
    }
    if (old != NULL) {
        atomic_fetch_sub(&t->live_blocks, 1);
        atomic_fetch_sub(&t->live_bytes, (int64_t)old->size);
        memset(p, 0x5A, old->size);
        free(old);
    }
    return fresh != NULL ? fresh + 1 : NULL;
}

/* Context options on this allocator. */
static inline parley_ctx_options torture_options(torture_allocator *t)
{
    parley_ctx_options options = PARLEY_CTX_OPTIONS_INIT;
    options.resize = torture_resize;
    options.resize_user = t;
    options.threads = 1;
    return options;
}

/* Nothing is left and nobody lied about a size. */
static inline void torture_check_clean_at(torture_allocator *t, const char *file, int line)
{
    int64_t blocks = (int64_t)atomic_load(&t->live_blocks);
    int64_t bytes = (int64_t)atomic_load(&t->live_bytes);
    uint64_t wrong = (uint64_t)atomic_load(&t->wrong_sizes);
    if (blocks != 0 || bytes != 0 || wrong != 0) {
        print_error("%lld blocks (%lld bytes) left, %llu wrong old sizes\n", (long long)blocks,
                    (long long)bytes, (unsigned long long)wrong);
        _fail(file, line);
    }
}
#define torture_check_clean(t) torture_check_clean_at((t), __FILE__, __LINE__)

typedef parley_status (*torture_fn)(parley_ctx *ctx, void *user, parley_error *err);

/* What is wrong with one run, or NULL. */
static inline const char *torture_judge(torture_allocator *t, parley_status status,
                                        const parley_error *err, size_t bytes)
{
    if (bytes != 0) {
        return "bytes of the context were not given back";
    }
    if (atomic_load(&t->live_blocks) != 0) {
        return "blocks were not released";
    }
    if (atomic_load(&t->wrong_sizes) != 0) {
        return "an old size was not the true one";
    }
    if (atomic_load(&t->refused) == 0) {
        return status == PARLEY_OK ? NULL : "it fails though nothing was refused";
    }
    if (status != PARLEY_NOMEM) {
        return "a refusal did not give the status NOMEM";
    }
    return err->status == PARLEY_NOMEM && err->message[0] != '\0'
               ? NULL
               : "a refusal did not set the error object";
}

/* Returns the number of failure points inside run (the context's own is not counted). */
static inline uint64_t torture_at(torture_fn run, void *user, uint64_t floor, const char *file,
                                  int line)
{
    uint64_t points = 0;
    for (int on = 0; on < 2; on++) {
        bool done = false;
        for (uint64_t n = 0; !done; n++) {
            torture_allocator t = TORTURE_ALLOCATOR_INIT;
            t.fail_at = n;
            t.fail_on = on == 1;
            parley_ctx_options options = torture_options(&t);
            parley_error err = PARLEY_ERROR_INIT;
            parley_ctx *ctx = NULL;
            size_t bytes = 0;
            parley_status status = parley_ctx_new(&ctx, &options, &err);
            if (status == PARLEY_OK) {
                status = run(ctx, user, &err);
                bytes = parley_ctx_bytes(ctx);
                parley_ctx_free(ctx);
            }
            const char *fault = torture_judge(&t, status, &err, bytes);
            if (fault != NULL) {
                print_error("with request %llu refused%s: %s (status '%s', message '%s')\n",
                            (unsigned long long)n, on == 1 ? " and all later ones" : "", fault,
                            parley_status_word(status), err.message);
                _fail(file, line);
            }
            done = atomic_load(&t.refused) == 0;
            points = n > 0 ? n - 1 : 0;
        }
    }
    if (points < floor) {
        print_error("only %llu failure points, not %llu\n", (unsigned long long)points,
                    (unsigned long long)floor);
        _fail(file, line);
    }
    return points;
}
#define torture(run, user, floor) torture_at((run), (user), (floor), __FILE__, __LINE__)

#endif
