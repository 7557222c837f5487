/*
 * The context: allocator with byte counts, limits, cancel flag, random key, logger, progress.
 *
 * A context may be shared between threads: the counts and the cancel flag are atomic, all else is
 * constant after it was made. The allocator and the callbacks given by the caller must then be safe
 * for threads too. The context does not count its own bytes.
 */
#include "base_internal.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Static_assert(ATOMIC_BOOL_LOCK_FREE == 2, "the cancel flag is set from signal handlers");

struct parley_ctx {
    parley_resize_fn resize;
    void *resize_user;
    parley_log_fn log;
    void *log_user;
    parley_progress_fn progress;
    void *progress_user;
    uint64_t random_key;
    uint32_t threads;
    parley_limits limits;
    atomic_bool cancelled;
    atomic_size_t bytes;
    atomic_size_t peak;
};

static void *resize_libc(void *user, void *p, size_t old_size, size_t new_size)
{
    (void)user;
    (void)old_size;
    if (new_size == 0) {
        free(p);
        return NULL;
    }
    return realloc(p, new_size);
}

/* Zeroed: what comes from the system is so already, and pages nobody writes to are never made. */
static void *zeroed(const parley_ctx *ctx, size_t size)
{
    if (ctx->resize == resize_libc) {
        return calloc(1, size);
    }
    void *p = ctx->resize(ctx->resize_user, NULL, 0, size);
    return p != NULL ? memset(p, 0, size) : NULL;
}

static uint32_t machine_threads(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    if (n < 1) {
        return 1;
    }
    return n > 1024 ? 1024 : (uint32_t)n;
}

parley_status parley_ctx_new(parley_ctx **out, const parley_ctx_options *options, parley_error *err)
{
    static const parley_ctx_options defaults = PARLEY_CTX_OPTIONS_INIT;
    *out = NULL;
    if (options == NULL) {
        options = &defaults;
    }
    if (options->version != 1) {
        return parley_fail(err, PARLEY_INVALID,
                           "version %d of the context options is not known; this library knows 1",
                           options->version);
    }
    parley_resize_fn resize = options->resize != NULL ? options->resize : resize_libc;
    parley_ctx *ctx = resize(options->resize_user, NULL, 0, sizeof *ctx);
    if (ctx == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "no memory for a context");
    }
    memset(ctx, 0, sizeof *ctx);
    ctx->resize = resize;
    ctx->resize_user = options->resize_user;
    ctx->log = options->log;
    ctx->log_user = options->log_user;
    ctx->progress = options->progress;
    ctx->progress_user = options->progress_user;
    ctx->random_key = options->random_key;
    ctx->threads = options->threads != 0 ? options->threads : machine_threads();
    ctx->limits = options->limits;
    atomic_init(&ctx->cancelled, false);
    atomic_init(&ctx->bytes, 0);
    atomic_init(&ctx->peak, 0);
    *out = ctx;
    return PARLEY_OK;
}

void parley_ctx_free(parley_ctx *ctx)
{
    if (ctx != NULL) {
        ctx->resize(ctx->resize_user, ctx, sizeof *ctx, 0);
    }
}

const parley_limits *parley_ctx_limits(const parley_ctx *ctx)
{
    return &ctx->limits;
}

uint64_t parley_ctx_random_key(const parley_ctx *ctx)
{
    return ctx->random_key;
}

uint32_t parley_ctx_threads(const parley_ctx *ctx)
{
    return ctx->threads;
}

void parley_ctx_cancel(parley_ctx *ctx)
{
    atomic_store_explicit(&ctx->cancelled, true, memory_order_relaxed);
}

bool parley_ctx_cancelled(const parley_ctx *ctx)
{
    return atomic_load_explicit(&ctx->cancelled, memory_order_relaxed);
}

void parley_ctx_log(const parley_ctx *ctx, int level, const char *format, ...)
{
    if (ctx->log == NULL) {
        return;
    }
    char line[1024];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (n >= 0) {
        ctx->log(ctx->log_user, level, line);
    }
}

void parley_ctx_progress(const parley_ctx *ctx, const char *what, uint64_t done, uint64_t total)
{
    if (ctx->progress != NULL) {
        ctx->progress(ctx->progress_user, what, done, total);
    }
}

static void count_more(parley_ctx *ctx, size_t size)
{
    size_t now = atomic_fetch_add_explicit(&ctx->bytes, size, memory_order_relaxed) + size;
    size_t peak = atomic_load_explicit(&ctx->peak, memory_order_relaxed);
    while (peak < now && !atomic_compare_exchange_weak_explicit(
                             &ctx->peak, &peak, now, memory_order_relaxed, memory_order_relaxed)) {
    }
}

static void count_less(parley_ctx *ctx, size_t size)
{
    atomic_fetch_sub_explicit(&ctx->bytes, size, memory_order_relaxed);
}

void *parley_alloc(parley_ctx *ctx, size_t size)
{
    if (size == 0 || size > PTRDIFF_MAX) {
        return NULL;
    }
    void *p = zeroed(ctx, size);
    if (p != NULL) {
        count_more(ctx, size);
    }
    return p;
}

void *parley_realloc(parley_ctx *ctx, void *p, size_t old_size, size_t new_size)
{
    if (p == NULL) {
        return parley_alloc(ctx, new_size);
    }
    if (new_size == 0) {
        parley_release(ctx, p, old_size);
        return NULL;
    }
    if (new_size > PTRDIFF_MAX) {
        return NULL;
    }
    char *q = ctx->resize(ctx->resize_user, p, old_size, new_size);
    if (q == NULL) {
        return NULL;
    }
    if (new_size > old_size) {
        memset(q + old_size, 0, new_size - old_size);
        count_more(ctx, new_size - old_size);
    } else {
        count_less(ctx, old_size - new_size);
    }
    return q;
}

void parley_release(parley_ctx *ctx, void *p, size_t size)
{
    if (p != NULL) {
        ctx->resize(ctx->resize_user, p, size, 0);
        count_less(ctx, size);
    }
}

size_t parley_ctx_bytes(const parley_ctx *ctx)
{
    return atomic_load_explicit(&ctx->bytes, memory_order_relaxed);
}

size_t parley_ctx_bytes_peak(const parley_ctx *ctx)
{
    return atomic_load_explicit(&ctx->peak, memory_order_relaxed);
}
