/*
 * The export log of a case, wherever it stands: entries of the journal, or a file beside.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "store/exports.h"

#include <errno.h>
#include <limits.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

struct parley_exports {
    parley_ctx *ctx;
    parley_arena *arena;
    const char *path;
    parley_store *store; /* NULL: a file beside */
    store_beside beside;
    int64_t (*now)(void *user);
    void *now_user;
};

parley_status parley_exports_hash(uint8_t out[PARLEY_STORE_HASH], const void *bytes, size_t length,
                                  parley_error *err)
{
    parley_status status = store_hash_start(err);
    if (status == PARLEY_OK) {
        crypto_generichash(out, PARLEY_STORE_HASH, bytes, length, NULL, 0);
    }
    return status;
}

static int64_t system_now(void *user)
{
    struct timespec t;
    (void)user;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static parley_status open_log(parley_exports *log, const char *case_path, bool write,
                              const parley_store_options *options, parley_error *err)
{
    struct stat info;
    parley_store_options how = PARLEY_STORE_OPTIONS_INIT;
    how = options != NULL ? *options : how;
    how.write = write;
    if (parley_store_is(case_path)) {
        log->path = parley_arena_copy(log->arena, case_path, strlen(case_path));
        return log->path == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                                 : parley_store_open(&log->store, log->ctx, case_path, &how, err);
    }
    char *real = NULL; /* one log, whatever link the case is opened by */
    if (lstat(case_path, &info) != 0 ||
        (S_ISLNK(info.st_mode) && (real = realpath(case_path, NULL)) == NULL)) {
        return parley_fail(err, errno == ENOENT ? PARLEY_NOTFOUND : PARLEY_IO,
                           "cannot find the case '%s': %s", case_path, strerror(errno));
    }
    log->path = parley_arena_format(log->arena, "%s%s", real != NULL ? real : case_path,
                                    PARLEY_EXPORTS_ENDING);
    free(real);
    if (log->path == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    parley_status status = store_hash_start(err);
    return status == PARLEY_OK ? store_beside_open(&log->beside, log->path, write, err) : status;
}

parley_status parley_exports_open(parley_exports **out, parley_ctx *ctx, const char *case_path,
                                  bool write, const parley_store_options *options,
                                  parley_error *err)
{
    *out = NULL;
    parley_exports *log = parley_alloc(ctx, sizeof(*log));
    parley_arena *arena = log != NULL ? parley_arena_new(ctx) : NULL;
    if (arena == NULL) {
        parley_release(ctx, log, sizeof(*log));
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    *log =
        (parley_exports){.ctx = ctx,
                         .arena = arena,
                         .beside = {.fd = -1},
                         .now = options != NULL && options->now != NULL ? options->now : system_now,
                         .now_user = options != NULL ? options->now_user : NULL};
    parley_status status = open_log(log, case_path, write, options, err);
    if (status != PARLEY_OK) {
        parley_exports_close(log);
        return status;
    }
    *out = log;
    return PARLEY_OK;
}

void parley_exports_close(parley_exports *log)
{
    if (log != NULL) {
        parley_ctx *ctx = log->ctx;
        parley_store_close(log->store);
        store_beside_close(&log->beside);
        parley_arena_free(log->arena);
        parley_release(ctx, log, sizeof(*log));
    }
}

const char *parley_exports_path(const parley_exports *log)
{
    return log->path;
}

/* ---------------------------------------------------------------------- writing */

static parley_status add_entry(parley_exports *log, uint64_t target, const char *words,
                               size_t length, uint64_t *number, parley_error *err)
{
    if (log->store == NULL) {
        return store_beside_add(&log->beside, log->ctx, target, log->now(log->now_user), words,
                                length, number, err);
    }
    parley_status status = parley_store_begin(log->store, err);
    if (status == PARLEY_OK) {
        status =
            parley_store_add(log->store, number, PARLEY_ENTRY_EXPORT, target, words, length, err);
    }
    if (status == PARLEY_OK) {
        status = parley_store_commit(log->store, err);
    }
    parley_store_rollback(log->store);
    return status;
}

parley_status parley_exports_add(parley_exports *log, const parley_export *what, uint64_t *number,
                                 parley_error *err)
{
    uint64_t at = 0;
    parley_text *text = parley_text_new(log->ctx, PARLEY_STORE_WORDS_MOST);
    if (text == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while writing the export log");
    }
    parley_status status = store_export_write(text, what, err);
    if (status == PARLEY_OK) {
        status = add_entry(log, 0, parley_text_data(text), parley_text_size(text), &at, err);
    }
    parley_text_free(text);
    if (number != NULL) {
        *number = at;
    }
    return status;
}

parley_status parley_exports_withdraw(parley_exports *log, uint64_t number, const char *why,
                                      parley_error *err)
{
    uint64_t at = 0;
    parley_text *text = parley_text_new(log->ctx, PARLEY_STORE_WORDS_MOST);
    if (text == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while writing the export log");
    }
    parley_text_puts(text, "verb withdrawn\nwhy ");
    for (const char *p = why; *p != '\0'; p++) {
        parley_text_putc(text, (unsigned char)*p < 0x20 ? ' ' : *p);
    }
    parley_text_putc(text, '\n');
    parley_status status = parley_text_status(text, err);
    if (status == PARLEY_OK) {
        status = add_entry(log, number, parley_text_data(text), parley_text_size(text), &at, err);
    }
    parley_text_free(text);
    return status;
}

/* ---------------------------------------------------------------------- reading */

typedef struct reading {
    parley_exports *log;
    parley_arena *arena;
    parley_export *list;
    size_t count;
    size_t room;
    parley_diagnostics *diagnostics;
    parley_status status;
    parley_error *err;
} reading;

static bool take(void *user, const parley_export *head, const char *words, size_t length)
{
    reading *r = user;
    bool good = false;
    if (r->count == r->room) {
        size_t room = r->room == 0 ? 64 : r->room * 2;
        parley_export *list =
            parley_arena_grow(r->arena, r->list, r->count * sizeof(*list), room * sizeof(*list));
        if (list == NULL) {
            r->status = parley_fail(r->err, PARLEY_NOMEM, "out of memory while reading the log");
            return false;
        }
        r->list = list;
        r->room = room;
    }
    r->list[r->count] = *head;
    r->status = store_export_read(&r->list[r->count], r->arena, words, length, &good, r->err);
    if (r->status == PARLEY_OK && good) {
        r->count++;
    } else if (r->status == PARLEY_OK && r->diagnostics != NULL) {
        parley_error error = PARLEY_ERROR_INIT;
        parley_fail(&error, PARLEY_INVALID, "export %llu of '%s' is not what it must be",
                    (unsigned long long)head->number, r->log->path);
        parley_diagnostics_add(r->diagnostics, PARLEY_SEVERITY_ERROR, &error);
    }
    return r->status == PARLEY_OK;
}

static parley_status read_journal(reading *r)
{
    parley_store *store = r->log->store;
    bool own = false;
    bool row = true;
    int64_t seq = 0;
    sqlite3_stmt *s = NULL;
    parley_status status = store_begin_read(store, &own, r->err);
    if (status != PARLEY_OK) {
        return status;
    }
    status = store_use(&store->d, &s, STORE_EXPORT_EACH, r->err);
    if (status == PARLEY_OK) {
        sqlite3_bind_int64(s, 1, 1);
    }
    while (status == PARLEY_OK) {
        store_words words;
        parley_export head = {.number = 0};
        parley_entry entry;
        sqlite3_stmt *e = NULL;
        status = store_step(&store->d, s, &row, r->err);
        if (status != PARLEY_OK || !row || !store_integer(s, 0, &seq)) {
            break;
        }
        status = store_use(&store->d, &e, STORE_ENTRY_GET, r->err);
        if (status == PARLEY_OK) {
            sqlite3_bind_int64(e, 1, seq);
            status = store_step(&store->d, e, &row, r->err);
        }
        if (status == PARLEY_OK && !(row && store_read_entry(e, &entry))) {
            status = store_damaged(&store->d, r->err, "entry %lld is not what it must be",
                                   (long long)seq);
        }
        if (status == PARLEY_OK) {
            head = (parley_export){
                .number = entry.seq, .when = entry.recorded, .target = entry.target};
            sqlite3_reset(e);
            status = store_need_words(&store->d, entry.seq, &words, r->err);
        }
        if (status == PARLEY_OK && !take(r, &head, words.at, words.length)) {
            status = r->status;
        }
    }
    store_end_read(store, own);
    return status;
}

parley_status parley_exports_read(parley_exports *log, parley_arena *arena,
                                  const parley_export **out, size_t *count,
                                  parley_diagnostics *diagnostics, parley_error *err)
{
    reading r = {.log = log, .arena = arena, .diagnostics = diagnostics, .err = err};
    parley_status status = log->store != NULL ? read_journal(&r)
                                              : store_beside_read(&log->beside, log->ctx, arena,
                                                                  take, &r, diagnostics, err);
    status = status == PARLEY_OK ? r.status : status;
    *out = r.list;
    *count = status == PARLEY_OK ? r.count : 0;
    return status;
}
