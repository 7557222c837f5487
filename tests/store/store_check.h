/*
 * For tests of the case on disk: a folder that goes away, a clock that is told, cases in and out.
 */
#ifndef PARLEY_TESTS_STORE_CHECK_H
#define PARLEY_TESTS_STORE_CHECK_H

#include "case/case_text.h"

#include <parley/store.h>

#include <dirent.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

/* Microseconds of a day at noon. */
#define STORE_DAY INT64_C(86400000000)

typedef struct store_box {
    char folder[256];
    char path[300]; /* case.parley in it */
    int64_t now;
    parley_ctx *ctx;
    parley_store_options options;
} store_box;

static inline int64_t store_box_now(void *user)
{
    return ((store_box *)user)->now;
}

static inline void store_box_name(store_box *box, const char *name, char out[320])
{
    snprintf(out, 320, "%s/%s", box->folder, name);
}

static inline void store_box_make(store_box *box)
{
    const parley_store_options options = PARLEY_STORE_OPTIONS_INIT;
    const char *tmp = getenv("TMPDIR");
    tmp = tmp != NULL && strlen(tmp) < 200 ? tmp : "/tmp";
    /* thousands of syncs wait for no disk in memory */
    const char *base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : tmp;
    memset(box, 0, sizeof(*box));
    snprintf(box->folder, sizeof(box->folder), "%s/parley-store-XXXXXX", base);
    assert_non_null(mkdtemp(box->folder));
    snprintf(box->path, sizeof(box->path), "%s/case.parley", box->folder);
    box->now = 20000 * STORE_DAY + STORE_DAY / 2;
    box->ctx = check_ctx();
    box->options = options;
    box->options.write = true;
    box->options.wait_ms = 100;
    box->options.now = store_box_now;
    box->options.now_user = box;
}

/* Files in the folder. */
static inline int store_box_files(const store_box *box)
{
    int n = 0;
    DIR *dir = opendir(box->folder);
    assert_non_null(dir);
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        n += e->d_name[0] != '.' ? 1 : 0;
    }
    closedir(dir);
    return n;
}

static inline void store_box_empty(store_box *box)
{
    DIR *dir = opendir(box->folder);
    assert_non_null(dir);
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        char path[600];
        snprintf(path, sizeof(path), "%s/%s", box->folder, e->d_name);
        if (e->d_name[0] != '.') {
            unlink(path);
        }
    }
    closedir(dir);
}

static inline void store_box_done(store_box *box)
{
    chmod(box->folder, 0700);
    store_box_empty(box);
    rmdir(box->folder);
    check_ctx_done(box->ctx);
}

static inline parley_store *store_create(store_box *box)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_store *store = NULL;
    check_ok(parley_store_create(&store, box->ctx, box->path, NULL, &box->options, &err), &err);
    return store;
}

static inline parley_store *store_open(store_box *box, bool write)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_store *store = NULL;
    parley_store_options options = box->options;
    options.write = write;
    check_ok(parley_store_open(&store, box->ctx, box->path, &options, &err), &err);
    return store;
}

static inline uint64_t store_add(parley_store *store, parley_entry_kind kind, uint64_t target,
                                 const char *words)
{
    parley_error err = PARLEY_ERROR_INIT;
    uint64_t seq = 0;
    check_ok(parley_store_add(store, &seq, kind, target, words, strlen(words), &err), &err);
    return seq;
}

/* One entry in a transaction of its own. */
static inline uint64_t store_write(parley_store *store, parley_entry_kind kind, uint64_t target,
                                   const char *words)
{
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_store_begin(store, &err), &err);
    uint64_t seq = store_add(store, kind, target, words);
    check_ok(parley_store_commit(store, &err), &err);
    return seq;
}

static inline parley_import_result store_take(parley_store *store, const parley_case *c,
                                              bool replace)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_import_options options = PARLEY_IMPORT_OPTIONS_INIT;
    parley_import_result result;
    options.from = "test.yaml";
    options.replace = replace;
    check_ok(parley_store_begin(store, &err), &err);
    check_ok(parley_store_import(&result, store, c, &options, &err), &err);
    check_ok(parley_store_commit(store, &err), &err);
    return result;
}

/* The case as recorded by a moment, in canonical YAML; release with free. */
static inline char *store_yaml(parley_ctx *ctx, parley_store *store, int64_t by)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = NULL;
    check_ok(parley_store_case(&c, store, by, NULL, NULL, NULL, &err), &err);
    char *text = write_case(ctx, c, false);
    parley_case_free(c);
    return text;
}

/* Everything fits; gives what verify counted. */
static inline parley_verify_result store_right_at(store_box *box, parley_store *store,
                                                  const char *file, int line)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_verify_result result;
    parley_diagnostics *list = parley_diagnostics_new(box->ctx);
    check_ok_at(parley_store_verify(&result, store, NULL, list, &err), &err, file, line);
    if (result.faults > 0) {
        print_error("verify: %s\n", parley_diagnostics_first(list)->message);
        _fail(file, line);
    }
    parley_diagnostics_free(list);
    return result;
}
#define store_right(box, store) store_right_at((box), (store), __FILE__, __LINE__)

/* Change the file behind the program's back. */
static inline void store_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    char *message = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, (int *)NULL);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        fail_msg("%s: %s", sql, message);
    }
    sqlite3_close(db);
}

#endif
