/*
 * The words that occur in what holds, each once: what a search for all forms of a word looks
 * through.
 *
 * The full-text index knows its words too, but counts their records whenever it lists them. A word
 * stays for as long as some record has it; when the last one goes, so does the word, since notes
 * may have to be destroyed.
 */
#include "store/store_internal.h"

#include <string.h>

/* A longer word is its own only form (as for parley_stem). */
#define WORD_MOST 256u

static parley_status run_on(store_db *d, store_statement which, const char *word, size_t length,
                            parley_error *err)
{
    sqlite3_stmt *s = NULL;
    parley_status status = store_use(d, &s, which, err);
    if (status == PARLEY_OK) {
        sqlite3_bind_text64(s, 1, word, length, SQLITE_STATIC, SQLITE_UTF8);
        status = store_run(d, s, err);
    }
    return status;
}

/* Has any record that holds this word? */
static parley_status is_left(store_db *d, const char *word, size_t length, bool *left,
                             parley_error *err)
{
    char quoted[WORD_MOST + 3];
    sqlite3_stmt *s = NULL;
    *left = false;
    parley_status status = store_use(d, &s, STORE_TEXT_HAS, err);
    if (status == PARLEY_OK) {
        quoted[0] = '"';
        memcpy(quoted + 1, word, length);
        quoted[length + 1] = '"';
        sqlite3_bind_text64(s, 1, quoted, length + 2, SQLITE_STATIC, SQLITE_UTF8);
        status = store_step(d, s, left, err);
        sqlite3_reset(s);
        sqlite3_clear_bindings(s);
    }
    return status;
}

parley_status store_vocabulary_keep(store_db *d, const char *folded, bool added, parley_error *err)
{
    parley_status status = PARLEY_OK;
    for (const char *at = folded; *at != '\0' && status == PARLEY_OK;) {
        size_t n = strcspn(at, " ");
        bool left = added;
        if (n > 0 && n <= WORD_MOST) {
            if (!added) {
                status = is_left(d, at, n, &left, err);
            }
            if (status == PARLEY_OK && added) {
                status = run_on(d, STORE_WORD_ADD, at, n, err);
            } else if (status == PARLEY_OK && !left) {
                status = run_on(d, STORE_WORD_DROP, at, n, err);
            }
        }
        at += n + (at[n] == ' ');
    }
    return status;
}

static const char make_list[] =
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main','words','row')";

parley_status store_vocabulary_again(store_db *d, parley_error *err)
{
    parley_status status = store_exec(d, make_list, err);
    return status == PARLEY_OK
               ? store_exec(d,
                            "INSERT INTO word SELECT term FROM temp.vocabulary WHERE "
                            "length(CAST(term AS BLOB))<=256 ORDER BY term; "
                            "DROP TABLE temp.vocabulary;",
                            err)
               : status;
}

parley_status store_vocabulary_from(store_db *d, sqlite3_stmt **out, const char *first,
                                    size_t length, parley_error *err)
{
    char from[8];
    char behind[8];
    bool kept = d->format >= STORE_SEARCH_FORMAT;
    PARLEY_ASSERT(length > 0 && length < sizeof(from));
    memcpy(from, first, length);
    memcpy(behind, first, length);
    behind[length - 1] = (char)((unsigned char)behind[length - 1] + 1); /* the next in byte order */
    parley_status status = kept ? PARLEY_OK : store_exec(d, make_list, err);
    if (status == PARLEY_OK) {
        status = store_prepare(d, out,
                               kept ? "SELECT word FROM word WHERE word>=?1 AND word<?2 ORDER BY "
                                      "word"
                                    : "SELECT term FROM temp.vocabulary WHERE term>=?1 AND term<?2",
                               err);
    }
    if (status == PARLEY_OK) {
        sqlite3_bind_text64(*out, 1, from, length, SQLITE_TRANSIENT, SQLITE_UTF8);
        sqlite3_bind_text64(*out, 2, behind, length, SQLITE_TRANSIENT, SQLITE_UTF8);
    }
    return status;
}
