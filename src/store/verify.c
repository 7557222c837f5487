/*
 * Is a file what was written? Pages, chain, words, and every projection made again and compared.
 *
 * Whatever is wrong is told and the checks go on, as far as what follows can still be told apart.
 * The rebuilt projections stay in memory: nothing of a case is written elsewhere.
 */
#include "store/store_internal.h"

#include <stdio.h>
#include <string.h>

typedef struct verifier {
    parley_store *store;
    parley_verify_result *result;
    parley_diagnostics *diagnostics;
    const uint8_t *head;
    store_walk walk;
    store_db rebuilt;
    parley_error *err;
} verifier;

static bool fault(void *user, const char *message)
{
    verifier *v = user;
    parley_error error = PARLEY_ERROR_INIT;
    v->result->faults++;
    parley_fail_at(&error, PARLEY_INVALID, parley_store_path(v->store), PARLEY_SPAN_NONE, "%s",
                   message);
    if (v->diagnostics != NULL) {
        parley_diagnostics_add(v->diagnostics, PARLEY_SEVERITY_ERROR, &error);
    }
    return true;
}

static void PARLEY_PRINTF(2, 3) tell(verifier *v, const char *format, ...)
{
    char message[PARLEY_ERROR_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof(message), format, args);
    va_end(args);
    fault(v, message);
}

/* A finding of a step becomes a fault; what kept the step from being made stays an error. */
static parley_status tell_damage(verifier *v, parley_status status, parley_error *error)
{
    if (status == PARLEY_INVALID || status == PARLEY_SYNTAX) {
        fault(v, error->message);
        return PARLEY_OK;
    }
    if (status != PARLEY_OK && v->err != NULL) {
        *v->err = *error;
    }
    return status;
}

/* ------------------------------------------------------------------- pages */

static parley_status check_pages(verifier *v)
{
    parley_error error = PARLEY_ERROR_INIT;
    sqlite3_stmt *s = NULL;
    bool row = true;
    store_db *d = &v->store->d;
    parley_status status = store_prepare(d, &s, "PRAGMA integrity_check(20)", &error);
    while (status == PARLEY_OK) {
        const char *text = NULL;
        size_t length = 0;
        status = store_step(d, s, &row, &error);
        if (status != PARLEY_OK || !row) {
            break;
        }
        if (store_text(s, 0, &text, &length) && strcmp(text, "ok") != 0) {
            tell(v, "the file's pages: %.300s", text);
        }
    }
    sqlite3_finalize(s);
    return tell_damage(v, status, &error);
}

/* ------------------------------------------------------------------- words */

static bool see_entry(void *user, const parley_entry *entry)
{
    verifier *v = user;
    if (v->head != NULL && memcmp(entry->hash, v->head, PARLEY_STORE_HASH) == 0) {
        v->result->head_entry = entry->seq;
    }
    return true;
}

static parley_status check_words(verifier *v)
{
    uint64_t there = 0;
    int64_t stored = 0;
    parley_error error = PARLEY_ERROR_INIT;
    for (uint64_t seq = 1; seq <= v->walk.entries; seq++) {
        unsigned long long number = seq;
        store_words words;
        parley_error_clear(&error);
        parley_status status =
            tell_damage(v, store_read_words(&v->store->d, seq, &words, &error), &error);
        if (status != PARLEY_OK) {
            return status;
        }
        there += words.there || error.status != PARLEY_OK ? 1 : 0;
        if (words.there && !words.fit) {
            tell(v, "the words of entry %llu are not those that were written", number);
        } else if (words.there && v->walk.at[seq].gone) {
            tell(v, "the words of entry %llu were destroyed, and are there", number);
        } else if (!words.there && !v->walk.at[seq].gone && error.status == PARLEY_OK) {
            tell(v, "the words of entry %llu are missing, and no entry says why", number);
        }
        if (seq % 4096 == 0) {
            parley_ctx_progress(v->store->ctx, "verifying", seq, v->walk.entries);
            if (parley_ctx_cancelled(v->store->ctx)) {
                return parley_fail(v->err, PARLEY_CANCELLED, "stopped while verifying");
            }
        }
    }
    parley_error_clear(&error);
    parley_status status =
        store_number(&v->store->d, "SELECT count(*) FROM payload", &stored, &error);
    if (status == PARLEY_OK && (uint64_t)stored != there) {
        tell(v, "there are words that belong to no entry");
    }
    return tell_damage(v, status, &error);
}

/* -------------------------------------------------------------- projections */

static parley_status rebuild_one(verifier *v, uint64_t seq, uint32_t last, parley_arena *arena,
                                 parley_error *error)
{
    store_words words;
    parley_piece piece;
    parley_status status = store_read_words(&v->store->d, last, &words, error);
    if (status != PARLEY_OK || !words.there || !words.fit) {
        if (v->walk.at[last].gone) {
            tell(v, "the words of entry %lu were destroyed while they held", (unsigned long)last);
        }
        return PARLEY_OK; /* told before */
    }
    status = parley_piece_read(&piece, v->store->ctx, arena, "the words of a record", words.at,
                               words.length, error);
    if (status == PARLEY_OK &&
        (piece.length != words.length || memcmp(piece.bytes, words.at, words.length) != 0)) {
        tell(v, "the words of entry %lu are not canonical", (unsigned long)last);
    }
    v->result->records += status == PARLEY_OK ? 1 : 0;
    return status == PARLEY_OK ? store_project(&v->rebuilt, seq, last, &piece, error) : status;
}

static parley_status rebuild(verifier *v)
{
    parley_error error = PARLEY_ERROR_INIT;
    parley_arena *arena = parley_arena_new(v->store->ctx);
    if (arena == NULL) {
        return parley_fail(v->err, PARLEY_NOMEM, "out of memory while verifying");
    }
    parley_arena_mark here = parley_arena_here(arena);
    parley_status status = store_db_memory(&v->rebuilt, v->store->ctx, v->store->format, &error);
    if (status == PARLEY_OK) {
        status = store_exec(&v->rebuilt, "BEGIN;", &error);
    }
    for (uint64_t seq = 1; status == PARLEY_OK && seq <= v->walk.entries; seq++) {
        uint32_t last = v->walk.at[seq].last;
        if (last != 0) {
            parley_error_clear(&error);
            parley_arena_reset(arena, here);
            status = tell_damage(v, rebuild_one(v, seq, last, arena, &error), &error);
        }
        if (seq % 1024 == 0) {
            parley_ctx_progress(v->store->ctx, "making projections again", seq, v->walk.entries);
            if (status == PARLEY_OK && parley_ctx_cancelled(v->store->ctx)) {
                status = parley_fail(v->err, PARLEY_CANCELLED, "stopped while verifying");
            }
        }
    }
    if (status == PARLEY_OK) {
        parley_error_clear(&error);
        status = store_exec(&v->rebuilt, "COMMIT;", &error);
    }
    if (status != PARLEY_OK && v->err != NULL && v->err->status == PARLEY_OK) {
        *v->err = error;
    }
    parley_arena_free(arena);
    return status;
}

/* Are all columns of two rows the same? */
static bool same_row(sqlite3_stmt *a, sqlite3_stmt *b)
{
    int columns = sqlite3_column_count(a);
    for (int i = 0; i < columns; i++) {
        int type = sqlite3_column_type(a, i);
        if (type != sqlite3_column_type(b, i)) {
            return false;
        }
        if (type == SQLITE_INTEGER) {
            if (sqlite3_column_int64(a, i) != sqlite3_column_int64(b, i)) {
                return false;
            }
        } else if (type != SQLITE_NULL) {
            const void *at = sqlite3_column_blob(a, i);
            const void *bt = sqlite3_column_blob(b, i);
            int n = sqlite3_column_bytes(a, i);
            if (n != sqlite3_column_bytes(b, i) || (n > 0 && memcmp(at, bt, (size_t)n) != 0)) {
                return false;
            }
        }
    }
    return true;
}

static parley_status compare_table(verifier *v, const char *table, const char *sql)
{
    parley_error error = PARLEY_ERROR_INIT;
    sqlite3_stmt *have = NULL;
    sqlite3_stmt *want = NULL;
    bool have_row = true;
    bool want_row = true;
    uint64_t rows = 0;
    parley_status status = store_prepare(&v->store->d, &have, sql, &error);
    if (status == PARLEY_OK) {
        status = store_prepare(&v->rebuilt, &want, sql, &error);
    }
    while (status == PARLEY_OK) {
        status = store_step(&v->store->d, have, &have_row, &error);
        if (status == PARLEY_OK) {
            status = store_step(&v->rebuilt, want, &want_row, &error);
        }
        if (status != PARLEY_OK || (!have_row && !want_row)) {
            break;
        }
        rows++;
        if (have_row != want_row || !same_row(have, want)) {
            tell(v, "the table '%s' does not follow from the journal (row %llu)", table,
                 (unsigned long long)rows);
            break;
        }
    }
    sqlite3_finalize(have);
    sqlite3_finalize(want);
    return tell_damage(v, status, &error);
}

static parley_status compare(verifier *v)
{
    /* the index of words, as rows; in memory beside each of the two */
    static const char vocabulary[] =
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word USING fts5vocab(main, words, instance);";
    parley_error error = PARLEY_ERROR_INIT;
    parley_status status =
        compare_table(v, "record", "SELECT * FROM record NOT INDEXED ORDER BY seq");
    if (status == PARLEY_OK) {
        status = compare_table(v, "link", "SELECT * FROM link ORDER BY field,word,seq");
    }
    if (status == PARLEY_OK && v->store->format >= STORE_SEARCH_FORMAT) {
        status = compare_table(v, "word", "SELECT * FROM word ORDER BY word");
        if (status == PARLEY_OK) {
            status = compare_table(v, "said", "SELECT * FROM said ORDER BY speaker,seq");
        }
        if (status == PARLEY_OK) {
            status = compare_table(v, "claimed", "SELECT * FROM claimed ORDER BY block");
        }
    }
    if (status == PARLEY_OK) {
        status = store_exec(&v->store->d, vocabulary, &error);
        if (status == PARLEY_OK) {
            status = store_exec(&v->rebuilt, vocabulary, &error);
        }
        status = tell_damage(v, status, &error);
    }
    return status == PARLEY_OK && error.status == PARLEY_OK
               ? compare_table(v, "words", "SELECT term, doc FROM temp.word")
               : status;
}

/* ------------------------------------------------------------------- whole */

static parley_status verify_all(verifier *v)
{
    parley_error error = PARLEY_ERROR_INIT;
    parley_verify_result *r = v->result;
    parley_status status = check_pages(v);
    if (status == PARLEY_OK) {
        status = store_walk_make(&v->walk, v->store, PARLEY_STORE_NOW, see_entry, fault, v, &error);
        status = tell_damage(v, status, &error);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    r->entries = v->walk.entries;
    r->destroyed = v->walk.destroyed;
    r->first = v->walk.first;
    r->last = v->walk.head.recorded;
    r->head = v->walk.head;
    if (r->entries == 0 && error.status == PARLEY_OK) {
        fault(v, "the journal is empty");
    }
    if (v->head != NULL && r->head_entry == 0) {
        fault(v, "no entry has the head that was noted: the end of the journal was cut off or "
                 "replaced, or the head is another file's");
    }
    status = check_words(v);
    if (status == PARLEY_OK) {
        status = rebuild(v);
    }
    return status == PARLEY_OK ? compare(v) : status;
}

parley_status parley_store_verify(parley_verify_result *out, parley_store *store,
                                  const uint8_t *head, parley_diagnostics *diagnostics,
                                  parley_error *err)
{
    verifier v = {.store = store,
                  .result = out,
                  .diagnostics = diagnostics,
                  .head = head,
                  .walk = {.ctx = store->ctx},
                  .err = err};
    bool own = false;
    *out = (parley_verify_result){.head_asked = head != NULL};
    parley_status status = store_begin_read(store, &own, err);
    if (status != PARLEY_OK) {
        return status;
    }
    status = verify_all(&v);
    store_db_close(&v.rebuilt);
    store_walk_drop(&v.walk);
    store_end_read(store, own);
    return status;
}
