/*
 * The tables of a case on disk, and how a file comes from one format to the next.
 *
 * A new file is made by the same steps that would bring an old one up to date: format 0 is an empty
 * file. What a file must hold is not written down a second time: the steps are run in memory, and
 * the file's own schema has to be the same, text by text. A file of an old format is read as it is,
 * held against the steps up to its format; the first change written to it brings it up to date, in
 * the transaction of that change.
 *
 * Format 2 has entries of kind `export`, which a program that knows only format 1 would not count.
 * Format 3 has more links, so that a part of a case can be read by itself. Format 4 has the tables
 * `word`, `claimed` and `said`, so that a question does not begin by reading what it will not need.
 *
 * Tables: `entry` and `payload` are the journal. All others follow from it:
 * - record: what holds now. seq: the entry that put it there; last: the one with its present words;
 *   id: NULL in lists; a member of the file's top has section '' and its key for an id; place and
 *   shape: order of happening;
 *   since, until: days it may have happened, learned: first day it may have been learned.
 * - link: which claims name a speaker (field 1), a word of a formula (field 2); from format 3 on
 *   also a claim that they replace (3) or repeat (4), the last day they are known by (5), the
 * source they were learned from (6), their own numbered id (7).
 * - words: full text, of words as parley_utf8_fold gives them; rowid is record.seq. The tokenizer
 *   "ascii" cuts at nothing but the blanks between them.
 * - word (from format 4): every word that the full text has, once; of up to 256 bytes.
 * - said (from format 4): every speaker of a claim (link 1) as a number, with bits for the names
 *   that the claim has (link 2); see store_speaker_number.
 * - claimed (from format 4): bit n % 4096 of block n / 4096, the lowest of a byte first, says
 *   whether record n is a claim; a block without one has no row.
 */
#include "store/store_internal.h"

#include <string.h>

typedef struct migration {
    int to; /* user_version afterwards */
    const char *sql;
    bool relink; /* claims have more links than before */
    bool relist; /* tables of words and of claims are new */
} migration;

static const migration migrations[] = {
    {1,
     "PRAGMA application_id=1346458188;" /* STORE_APPLICATION_ID */
     "CREATE TABLE entry(seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, target INTEGER NOT NULL,"
     " recorded INTEGER NOT NULL, commitment BLOB NOT NULL, hash BLOB NOT NULL) STRICT;"
     "CREATE TABLE payload(seq INTEGER PRIMARY KEY, salt BLOB NOT NULL, bytes BLOB NOT NULL)"
     " STRICT;"
     "CREATE TABLE record(seq INTEGER PRIMARY KEY, last INTEGER NOT NULL, section TEXT NOT NULL,"
     " id TEXT, place INTEGER NOT NULL, shape INTEGER NOT NULL, since INTEGER NOT NULL,"
     " until INTEGER NOT NULL, learned INTEGER NOT NULL) STRICT;"
     "CREATE UNIQUE INDEX record_id ON record(section, id) WHERE id IS NOT NULL;"
     "CREATE INDEX record_section ON record(section);"
     "CREATE INDEX record_time ON record(section, place, shape, seq, since, until);"
     "CREATE TABLE link(field INTEGER NOT NULL, word TEXT NOT NULL, seq INTEGER NOT NULL,"
     " PRIMARY KEY(field, word, seq)) STRICT, WITHOUT ROWID;"
     "CREATE VIRTUAL TABLE words USING fts5(text, content='', columnsize=0, detail=none,"
     " tokenize='ascii');",
     false, false},
    {2, "CREATE INDEX entry_export ON entry(seq) WHERE kind='export';", false, false},
    {3, "", true, false}, /* links 3 to 7 */
    {4,
     "CREATE TABLE word(word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;"
     "CREATE TABLE said(speaker INTEGER NOT NULL, seq INTEGER NOT NULL, names INTEGER NOT NULL,"
     " PRIMARY KEY(speaker, seq)) STRICT, WITHOUT ROWID;"
     "CREATE TABLE claimed(block INTEGER PRIMARY KEY, bits BLOB NOT NULL) STRICT;",
     true, true},
};
_Static_assert(sizeof(migrations) / sizeof(migrations[0]) == PARLEY_STORE_FORMAT,
               "one step a format");
_Static_assert(STORE_APPLICATION_ID == 1346458188, "as in the first step");

parley_status store_migrate(store_db *d, int64_t from, int64_t to, parley_error *err)
{
    bool relink = false;
    bool relist = false;
    d->format = to; /* what is projected from here on */
    for (size_t i = 0; i < sizeof(migrations) / sizeof(migrations[0]); i++) {
        if (migrations[i].to <= from || migrations[i].to > to) {
            continue;
        }
        parley_status status = store_exec(d, migrations[i].sql, err);
        if (status != PARLEY_OK) {
            return status;
        }
        relink = relink || migrations[i].relink;
        relist = relist || migrations[i].relist;
    }
    if (relink && from > 0) {
        parley_status status = store_link_again(d, err);
        if (status != PARLEY_OK) {
            return status;
        }
    }
    if (relist && from > 0) {
        parley_status status = store_vocabulary_again(d, err);
        if (status == PARLEY_OK) {
            status = store_claimed_again(d, err);
        }
        if (status != PARLEY_OK) {
            return status;
        }
    }
    char version[64];
    sqlite3_snprintf(sizeof(version), version, "PRAGMA user_version=%lld;", (long long)to);
    return store_exec(d, version, err);
}

parley_status store_db_memory(store_db *out, parley_ctx *ctx, int64_t format, parley_error *err)
{
    parley_status status = store_db_open(out, ctx, ":memory:", "memory",
                                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, 0, err);
    if (status == PARLEY_OK) {
        status = store_migrate(out, 0, format, err);
        if (status != PARLEY_OK) {
            store_db_close(out);
        }
    }
    return status;
}

/* Is a column of both rows the same text, or nothing in both? */
static bool same_column(sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
    const char *ta = NULL;
    const char *tb = NULL;
    size_t na = 0;
    size_t nb = 0;
    bool is_a = store_text(a, column, &ta, &na);
    bool is_b = store_text(b, column, &tb, &nb);
    if (!is_a || !is_b) {
        return sqlite3_column_type(a, column) == SQLITE_NULL &&
               sqlite3_column_type(b, column) == SQLITE_NULL;
    }
    return na == nb && memcmp(ta, tb, na) == 0;
}

/* The name of a row; "" behind the last. */
static const char *name_in(sqlite3_stmt *s, bool row)
{
    const char *name = NULL;
    size_t length = 0;
    return row && store_text(s, 1, &name, &length) ? name : "";
}

/* Rows come in the order of their names: what comes too early is foreign, too late is missing. */
static parley_status foreign(store_db *d, const char *have, const char *want, parley_error *err)
{
    int order = have[0] == '\0' ? 1 : want[0] == '\0' ? -1 : strcmp(have, want);
    parley_status status =
        order > 0 ? parley_fail(err, PARLEY_INVALID, "'%s' lacks the table or index '%.60s'",
                                d->name, want)
        : order < 0
            ? parley_fail(err, PARLEY_INVALID,
                          "'%s' holds something that Parley does not make: '%.60s'", d->name, have)
            : parley_fail(err, PARLEY_INVALID, "'%.60s' in '%s' is not as Parley makes it", have,
                          d->name);
    parley_error_hint(err, "the file was changed by another program; nothing was read from it");
    return status;
}

parley_status store_check_schema(store_db *d, int64_t format, parley_error *err)
{
    static const char sql[] = "SELECT type,name,tbl_name,sql FROM sqlite_schema ORDER BY name,type";
    store_db wanted = {.db = NULL};
    sqlite3_stmt *have = NULL;
    sqlite3_stmt *want = NULL;
    bool have_row = true;
    bool want_row = true;
    parley_status status = store_db_memory(&wanted, d->ctx, format, err);
    if (status == PARLEY_OK) {
        status = store_prepare(&wanted, &want, sql, err);
    }
    if (status == PARLEY_OK) {
        status = store_prepare(d, &have, sql, err);
    }
    while (status == PARLEY_OK && have_row && want_row) {
        status = store_step(&wanted, want, &want_row, err);
        if (status == PARLEY_OK) {
            status = store_step(d, have, &have_row, err);
        }
        if (status != PARLEY_OK || (!have_row && !want_row)) {
            break;
        }
        bool same = have_row && want_row;
        for (int column = 0; same && column < 4; column++) {
            same = same_column(have, want, column);
        }
        if (!same) {
            status = foreign(d, name_in(have, have_row), name_in(want, want_row), err);
        }
    }
    sqlite3_finalize(have);
    sqlite3_finalize(want);
    store_db_close(&wanted);
    return status;
}
