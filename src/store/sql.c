/*
 * One SQLite connection: how it is opened so that nothing in the file is trusted, its statements,
 * and what a failure means in our words.
 *
 * The path is never a URI and never a special name (":memory:"): it always gets a folder.
 */
#include "store/store_internal.h"

#include <string.h>

/* Most bytes of one value: the words of an entry, with room for a row around them. */
#define VALUE_MOST ((int)PARLEY_STORE_WORDS_MOST + 4096)
#define STEPS_BETWEEN_LOOKS 20000

parley_status store_fail(store_db *d, int code, const char *doing, parley_error *err)
{
    const char *told = d->db != NULL ? sqlite3_errmsg(d->db) : sqlite3_errstr(code);
    int system = d->db != NULL ? sqlite3_system_errno(d->db) : 0;
    parley_status status = PARLEY_BACKEND;
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return parley_fail(err, PARLEY_NOMEM, "out of memory while %s '%s'", doing, d->name);
    case SQLITE_INTERRUPT:
        return parley_fail(err, PARLEY_CANCELLED, "stopped while %s '%s'", doing, d->name);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        status = parley_fail(err, PARLEY_IO, "'%s' is in use by another program", d->name);
        parley_error_hint(err, "try again when it is done; nothing was changed");
        return status;
    case SQLITE_FULL:
        status = parley_fail(err, PARLEY_IO, "the disk is full while %s '%s'", doing, d->name);
        parley_error_hint(err, "nothing of this change was kept; make room and try again");
        return status;
    case SQLITE_READONLY:
        if (code == SQLITE_READONLY_ROLLBACK || code == SQLITE_READONLY_RECOVERY) {
            status = parley_fail(err, PARLEY_IO,
                                 "'%s' was cut off in the middle of a change, which must be taken "
                                 "back first, and it cannot be written here",
                                 d->name);
            parley_error_hint(err, "copy it, with the file that ends in -journal, to a folder "
                                   "where you may write");
            return status;
        }
        if (code == SQLITE_READONLY_DBMOVED) {
            status = parley_fail(err, PARLEY_IO,
                                 "'%s' was moved, deleted or replaced while it was open", d->name);
            parley_error_hint(err, "what was acknowledged is in the file that was there; nothing "
                                   "more was written");
            return status;
        }
        status = parley_fail(err, PARLEY_IO, "'%s' cannot be written", d->name);
        parley_error_hint(err, "nothing was changed; see who may write the file and its folder");
        return status;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        status = parley_fail(err, PARLEY_IO, "cannot open '%s': %s", d->name,
                             system != 0 ? strerror(system) : told);
        parley_error_hint(err, "nothing was changed; see who may open the file, and write files "
                               "beside it");
        return status;
    case SQLITE_IOERR:
        status = parley_fail(err, PARLEY_IO, "the system could not finish %s '%s': %s", doing,
                             d->name, system != 0 ? strerror(system) : told);
        parley_error_hint(err, "what was acknowledged is there; look at the disk, then run "
                               "'parley verify'");
        return status;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
        status = parley_fail(err, PARLEY_INVALID, "'%s' is damaged: %s", d->name, told);
        parley_error_hint(err, "take the newest copy that 'parley verify' finds right");
        return status;
    case SQLITE_TOOBIG:
        return parley_fail(err, PARLEY_LIMIT, "a value is too large while %s '%s'", doing, d->name);
    default:
        return parley_fail(err, PARLEY_BACKEND, "the storage library failed while %s '%s': %s",
                           doing, d->name, told);
    }
}

static int look_for_cancel(void *user)
{
    return parley_ctx_cancelled(user) ? 1 : 0;
}

/* Nothing that stands in the file runs, and nothing in it can be larger than we write. */
static int harden(sqlite3 *db)
{
    static const struct {
        int what;
        int on;
    } config[] = {{SQLITE_DBCONFIG_DEFENSIVE, 1},      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                  {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
                  {SQLITE_DBCONFIG_DQS_DML, 0},        {SQLITE_DBCONFIG_DQS_DDL, 0},
                  {SQLITE_DBCONFIG_ENABLE_FKEY, 0},    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0}};
    for (size_t i = 0; i < sizeof(config) / sizeof(config[0]); i++) {
        int code = sqlite3_db_config(db, config[i].what, config[i].on, (int *)NULL);
        if (code != SQLITE_OK) {
            return code;
        }
    }
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, VALUE_MOST);
    sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, 1 << 20);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(db, SQLITE_LIMIT_EXPR_DEPTH, 100);
    sqlite3_limit(db, SQLITE_LIMIT_TRIGGER_DEPTH, 1);
    return SQLITE_OK;
}

parley_status store_db_open(store_db *out, parley_ctx *ctx, const char *path, const char *name,
                            int flags, uint32_t wait_ms, parley_error *err)
{
    *out = (store_db){.ctx = ctx, .name = name};
    int code = sqlite3_open_v2(
        path, &out->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, (const char *)NULL);
    if (code == SQLITE_OK) {
        sqlite3_extended_result_codes(out->db, 1);
        code = harden(out->db);
    }
    if (code == SQLITE_OK) {
        code = sqlite3_busy_timeout(out->db, wait_ms > INT32_MAX ? INT32_MAX : (int)wait_ms);
    }
    if (code != SQLITE_OK) {
        parley_status status = store_fail(out, code, "opening", err);
        store_db_close(out);
        return status;
    }
    sqlite3_progress_handler(out->db, STEPS_BETWEEN_LOOKS, look_for_cancel, ctx);
    return PARLEY_OK;
}

void store_db_close(store_db *d)
{
    for (int i = 0; i < STORE_STATEMENT_COUNT; i++) {
        sqlite3_finalize(d->statement[i]);
        d->statement[i] = NULL;
    }
    sqlite3_close_v2(d->db);
    d->db = NULL;
}

parley_status store_exec(store_db *d, const char *sql, parley_error *err)
{
    int code = sqlite3_exec(d->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? PARLEY_OK : store_fail(d, code, "working on", err);
}

parley_status store_prepare(store_db *d, sqlite3_stmt **out, const char *sql, parley_error *err)
{
    *out = NULL;
    int code = sqlite3_prepare_v3(d->db, sql, -1, 0, out, NULL);
    return code == SQLITE_OK ? PARLEY_OK : store_fail(d, code, "reading", err);
}

parley_status store_number(store_db *d, const char *sql, int64_t *out, parley_error *err)
{
    sqlite3_stmt *s = NULL;
    bool row = false;
    *out = 0;
    parley_status status = store_prepare(d, &s, sql, err);
    if (status == PARLEY_OK) {
        status = store_step(d, s, &row, err);
    }
    if (status == PARLEY_OK && row) {
        *out = sqlite3_column_int64(s, 0);
    }
    sqlite3_finalize(s);
    return status;
}

parley_status store_use(store_db *d, sqlite3_stmt **out, store_statement which, parley_error *err)
{
    static const char *const text[] = {
#define STORE_STATEMENT_TEXT(name, text) (text),
        STORE_STATEMENTS(STORE_STATEMENT_TEXT)
#undef STORE_STATEMENT_TEXT
    };
    if (d->statement[which] == NULL) {
        int code = sqlite3_prepare_v3(d->db, text[which], -1, SQLITE_PREPARE_PERSISTENT,
                                      &d->statement[which], NULL);
        if (code != SQLITE_OK) {
            *out = NULL;
            return store_fail(d, code, "reading", err);
        }
    } else {
        sqlite3_reset(d->statement[which]);
        sqlite3_clear_bindings(d->statement[which]);
    }
    *out = d->statement[which];
    return PARLEY_OK;
}

parley_status store_step(store_db *d, sqlite3_stmt *s, bool *row, parley_error *err)
{
    int code = sqlite3_step(s);
    *row = code == SQLITE_ROW;
    return code == SQLITE_ROW || code == SQLITE_DONE ? PARLEY_OK
                                                     : store_fail(d, code, "reading", err);
}

parley_status store_run(store_db *d, sqlite3_stmt *s, parley_error *err)
{
    int code = sqlite3_step(s);
    if (code == SQLITE_DONE || code == SQLITE_ROW) {
        sqlite3_reset(s);
        return PARLEY_OK;
    }
    parley_status status = store_fail(d, code, "writing", err);
    sqlite3_reset(s);
    return status;
}

void store_bind_text(sqlite3_stmt *s, int at, const char *text)
{
    if (text == NULL) {
        sqlite3_bind_null(s, at);
    } else {
        sqlite3_bind_text64(s, at, text, strlen(text), SQLITE_STATIC, SQLITE_UTF8);
    }
}

bool store_text(sqlite3_stmt *s, int column, const char **out, size_t *length)
{
    if (sqlite3_column_type(s, column) != SQLITE_TEXT) {
        return false;
    }
    *out = (const char *)sqlite3_column_text(s, column);
    *length = (size_t)sqlite3_column_bytes(s, column);
    return *out != NULL && memchr(*out, '\0', *length) == NULL;
}

bool store_blob(sqlite3_stmt *s, int column, const void **out, size_t *length)
{
    if (sqlite3_column_type(s, column) != SQLITE_BLOB) {
        return false;
    }
    *out = sqlite3_column_blob(s, column);
    *length = (size_t)sqlite3_column_bytes(s, column);
    if (*out == NULL) {
        *out = ""; /* nothing in it */
    }
    return true;
}

bool store_integer(sqlite3_stmt *s, int column, int64_t *out)
{
    *out = sqlite3_column_int64(s, column);
    return sqlite3_column_type(s, column) == SQLITE_INTEGER;
}
