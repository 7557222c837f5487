/*
 * Files that were changed behind the program's back, by accident or on purpose: every change of the
 * journal is found, nothing foreign is run, and what cannot be read is refused with one clear line.
 */
#include "store/store_check.h"
#include "store/store_internal.h"

#include <fcntl.h>

static const char small_case[] =
    "parley: 1\ntitle: \"Small\"\nsources: {s: {kind: outlet, date: 2025-03-14}}\n"
    "parties: {ru: {roles: [principal]}, ua: {roles: [principal]}}\n"
    "issues: {arms: {options: {go: \"Go on\", stop: \"Stop\"}}}\n"
    "claims:\n"
    "  c1: {by: ru, act: demand, about: \"arms = stop\", source: s, date: 2025-03-13}\n"
    "  c2: {by: ua, act: reject, about: \"arms = stop\", says: \"never\", source: s}\n";

static char *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    fclose(file);
    return bytes;
}

static void write_file(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static void make_small(store_box *box)
{
    store_box_empty(box);
    parley_case *c = read_text(box->ctx, "small.yaml", small_case, NULL);
    parley_store *store = store_create(box);
    store_take(store, c, false);
    box->now += STORE_DAY;
    store_write(store, PARLEY_ENTRY_PUT, 0, "meetings: [{who: team, place: here}]\n");
    store_write(store, PARLEY_ENTRY_CORRECT, 4, "title: \"Smaller\"\n");
    parley_store_close(store);
    parley_case_free(c);
}

/* Is something found, at the opening or by verify? Fills what the case reads as, if it does. */
static bool found(store_box *box, const uint8_t *head, char **yaml, char message[400])
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_store *store = NULL;
    parley_verify_result v = {0};
    parley_store_options options = box->options;
    options.write = false;
    message[0] = '\0';
    parley_diagnostics *list = parley_diagnostics_new(box->ctx);
    parley_status status = parley_store_open(&store, box->ctx, box->path, &options, &err);
    if (status == PARLEY_OK) {
        status = parley_store_verify(&v, store, head, list, &err);
    }
    if (status == PARLEY_OK && v.faults == 0 && yaml != NULL) {
        *yaml = store_yaml(box->ctx, store, PARLEY_STORE_NOW);
    }
    if (status != PARLEY_OK) {
        snprintf(message, 400, "%s", err.message);
        assert_true(err.message[0] != '\0');
    } else if (v.faults > 0) {
        snprintf(message, 400, "%s", parley_diagnostics_first(list)->message);
    }
    parley_store_close(store);
    parley_diagnostics_free(list);
    return status != PARLEY_OK || v.faults > 0;
}

/* ---- bytes ---- */

static size_t find_bytes(const char *bytes, size_t size, const void *what, size_t length)
{
    for (size_t i = 0; i + length <= size; i++) {
        if (memcmp(bytes + i, what, length) == 0) {
            return i;
        }
    }
    fail_msg("the bytes are not in the file");
    return 0;
}

static bool flip(store_box *box, char *bytes, size_t size, size_t at, char mask, char **yaml)
{
    char message[400];
    bytes[at] = (char)(bytes[at] ^ mask);
    write_file(box->path, bytes, size);
    bool is = found(box, NULL, yaml, message);
    bytes[at] = (char)(bytes[at] ^ mask);
    return is;
}

typedef struct place {
    size_t begin;
    size_t length;
} place;

typedef struct places {
    place at[200];
    size_t count;
    const char *bytes;
    size_t size;
} places;

/* Where the words, commitment and hash of an entry stand in the file. */
static bool note_places(void *user, const parley_entry *entry)
{
    places *p = user;
    const struct {
        const void *at;
        size_t length;
    } parts[] = {{entry->commitment, PARLEY_STORE_HASH},
                 {entry->hash, PARLEY_STORE_HASH},
                 {entry->words, entry->length}};
    for (size_t i = 0; i < CHECK_COUNT(parts); i++) {
        if (parts[i].length > 0) {
            assert_true(p->count < CHECK_COUNT(p->at));
            p->at[p->count++] = (place){find_bytes(p->bytes, p->size, parts[i].at, parts[i].length),
                                        parts[i].length};
        }
    }
    return true;
}

static void a_flipped_byte_in_the_journal_is_found(void **state)
{
    (void)state;
    store_box box;
    parley_error err = PARLEY_ERROR_INIT;
    store_box_make(&box);
    make_small(&box);
    places p = {.count = 0};
    char *bytes = read_file(box.path, &p.size);
    p.bytes = bytes;
    parley_store *store = store_open(&box, false);
    check_ok(parley_store_each(store, 1, note_places, &p, &err), &err);
    parley_store_close(store);
    assert_true(p.count >= 30);
    parley_random random = parley_random_stream(5, 80, 0, 0);
    for (size_t i = 0; i < p.count; i++) {
        for (int k = 0; k < 4; k++) {
            uint32_t at = k == 0   ? 0
                          : k == 1 ? (uint32_t)p.at[i].length - 1
                                   : parley_random_below(&random, (uint32_t)p.at[i].length);
            char mask = (char)(1 << parley_random_below(&random, 8));
            if (!flip(&box, bytes, p.size, p.at[i].begin + at, mask, NULL)) {
                fail_msg("byte %zu (part %zu, +%u) flipped by %02x is not found",
                         p.at[i].begin + at, i, at, (unsigned)(unsigned char)mask);
            }
        }
    }
    free(bytes);
    store_box_done(&box);
}

static void no_flipped_byte_anywhere_changes_the_case_unseen(void **state)
{
    (void)state;
    store_box box;
    size_t size = 0;
    uint32_t seen = 0;
    store_box_make(&box);
    make_small(&box);
    char *bytes = read_file(box.path, &size);
    parley_store *store = store_open(&box, false);
    char *before = store_yaml(box.ctx, store, PARLEY_STORE_NOW);
    parley_store_close(store);
    parley_random random = parley_random_stream(6, 80, 0, 0);
    for (int k = 0; k < 400; k++) {
        char *after = NULL;
        size_t at = k < 100 ? (size_t)k : parley_random_below(&random, (uint32_t)size);
        char mask = (char)(1 << parley_random_below(&random, 8));
        if (flip(&box, bytes, size, at, mask, &after)) {
            seen++;
        } else {
            assert_string_equal(before, after); /* in space that holds nothing */
        }
        free(after);
    }
    assert_true(seen > 20);
    free(before);
    free(bytes);
    store_box_done(&box);
}

static void a_shortened_file_is_found(void **state)
{
    (void)state;
    store_box box;
    size_t size = 0;
    char message[400];
    store_box_make(&box);
    make_small(&box);
    char *bytes = read_file(box.path, &size);
    for (size_t keep = 0; keep < size; keep += keep < 120 ? 7 : 2048) {
        write_file(box.path, bytes, keep);
        if (!found(&box, NULL, NULL, message)) {
            fail_msg("a file cut at %zu of %zu bytes is not found", keep, size);
        }
    }
    free(bytes);
    store_box_done(&box);
}

/* ---- rows ---- */

/* Entry n with everything that follows from it taken away: a journal that ended earlier. */
static const char cut_tail[] = "DELETE FROM payload WHERE seq=12; DELETE FROM entry WHERE seq=12;";

static bool see_claim(void *user, uint64_t i, const parley_claim *claim)
{
    (void)i;
    return claim->record.id != NULL && ++*(uint64_t *)user < 100;
}

/* Whoever reads only a part is not told of everything, and stands it all the same. */
static void ask_changed(store_box *box)
{
    parley_store *store = NULL;
    parley_store_claims *disk = NULL;
    parley_case *c = NULL;
    parley_query *query = NULL;
    uint64_t seen = 0;
    parley_part part = PARLEY_PART_INIT;
    part.party = "ru";
    part.issue = "arms";
    part.terms = true;
    if (parley_store_open(&store, box->ctx, box->path, NULL, NULL) != PARLEY_OK) {
        return;
    }
    check_ok(parley_query_new(&query, box->ctx, "arming saying", PARLEY_LANGUAGE_ENGLISH, NULL),
             NULL);
    if (parley_store_claims_new(&disk, store, NULL) == PARLEY_OK) {
        parley_claims claims = parley_store_claims_of(disk);
        (void)!claims.look(claims.self, query, see_claim, &seen, NULL);
        (void)!claims.each(claims.self, 0, 0, INT32_MIN, INT32_MAX, see_claim, &seen, NULL);
    }
    (void)!parley_store_part(&c, store, &part, NULL, NULL, NULL, NULL);
    parley_case_free(c);
    parley_store_claims_free(disk);
    parley_query_free(query);
    parley_store_close(store);
}

static void changed_rows_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *sql;
        const char *message;
    } row[] = {
        {"UPDATE entry SET recorded=recorded+1 WHERE seq=4", "the hash of entry 4"},
        {"UPDATE entry SET recorded=0 WHERE seq=1", "the hash of entry 1"},
        {"UPDATE entry SET kind='remove' WHERE seq=12", "the hash of entry 12"},
        {"UPDATE entry SET kind='PUT' WHERE seq=4", "not what it must be"},
        {"UPDATE entry SET target=5 WHERE seq=12", "the hash of entry 12"},
        {"UPDATE entry SET target=99 WHERE seq=4", "not what it must be"},
        {"UPDATE entry SET target=-1 WHERE seq=4", "not what it must be"},
        {"UPDATE entry SET hash=zeroblob(32) WHERE seq=5", "the hash of entry 5"},
        {"UPDATE entry SET hash=zeroblob(31) WHERE seq=5", "not what it must be"},
        {"UPDATE entry SET commitment=zeroblob(32) WHERE seq=5", "the hash of entry 5"},
        {"DELETE FROM entry WHERE seq=1", "does not begin with entry 1"},
        {"DELETE FROM entry WHERE seq=7", "entry 7 is missing"},
        {"UPDATE entry SET seq=-5 WHERE seq=1", "does not begin with entry 1"},
        {"UPDATE entry SET seq=2000000000 WHERE seq=12", "entry 1999999999 is missing"},
        {"INSERT INTO entry SELECT 13,kind,target,recorded,commitment,hash FROM entry WHERE seq=11",
         "the hash of entry 13"},
        {"UPDATE payload SET bytes=x'00' WHERE seq=4", "the words of entry 4"},
        {"UPDATE payload SET salt=zeroblob(32) WHERE seq=4", "the words of entry 4"},
        {"UPDATE payload SET salt=zeroblob(3) WHERE seq=4", "the words of entry 4"},
        {"UPDATE payload SET bytes=zeroblob(17000000) WHERE seq=4", ""},
        {"DELETE FROM payload WHERE seq=5", "the words of entry 5 are missing"},
        {"DELETE FROM payload WHERE seq=4", "the words of entry 4 are missing"}, /* corrected */
        {"INSERT INTO payload VALUES(13,zeroblob(32),x'00')", "belong to no entry"},
        {"UPDATE payload SET seq=50 WHERE seq=4; UPDATE payload SET seq=4 WHERE seq=5; UPDATE "
         "payload SET seq=5 WHERE seq=50",
         "the words of entry 4"},
        {"UPDATE entry SET seq=50 WHERE seq=4; UPDATE entry SET seq=4 WHERE seq=5; UPDATE "
         "entry SET seq=5 WHERE seq=50",
         "the hash of entry 4"},
        {"UPDATE record SET last=4 WHERE seq=4", "table 'record'"},
        {"UPDATE record SET id='c9' WHERE id='c1'", "table 'record'"},
        {"UPDATE record SET place=0 WHERE id='c1'", "table 'record'"},
        {"DELETE FROM record WHERE id='c1'", "table 'record'"},
        {"INSERT INTO record VALUES(13,4,'claims','c9',0,0,0,0,0)", "table 'record'"},
        {"DELETE FROM link WHERE word='ru'", "table 'link'"},
        {"INSERT INTO link VALUES(1,'ru',4)", "table 'link'"},
        {"DELETE FROM said", "table 'said'"},
        {"UPDATE said SET names=names+1", "table 'said'"},
        {"UPDATE claimed SET bits=zeroblob(512)", "table 'claimed'"},
        {"UPDATE claimed SET bits=zeroblob(3)", "table 'claimed'"},
        {"INSERT INTO claimed VALUES(7,zeroblob(512))", "table 'claimed'"},
        {"INSERT INTO word VALUES('gotcha')", "table 'word'"},
        {"DELETE FROM word", "table 'word'"},
        {"INSERT INTO word VALUES(CAST(x'61f0' AS TEXT))", "table 'word'"},
        {"UPDATE record SET id=CAST(x'ff' AS TEXT) WHERE id='c1'", "table 'record'"},
        {"UPDATE link SET word=CAST(x'c3' AS TEXT) WHERE word='ru'", "table 'link'"},
        {"INSERT INTO words(rowid,text) VALUES(4,'gotcha')", "table 'words'"},
        {"INSERT INTO words(words) VALUES('delete-all')", "table 'words'"},
        {"UPDATE words_data SET block=zeroblob(20)", ""},
        {"DELETE FROM payload; DELETE FROM entry", "does not begin with entry 1"},
    };
    store_box box;
    size_t size = 0;
    store_box_make(&box);
    make_small(&box);
    char *bytes = read_file(box.path, &size);
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        char message[400];
        write_file(box.path, bytes, size);
        store_sql(box.path, row[i].sql);
        if (!found(&box, NULL, NULL, message) || strstr(message, row[i].message) == NULL) {
            fail_msg("%s: verify says '%s', not '%s'", row[i].sql, message, row[i].message);
        }
        ask_changed(&box);
    }
    write_file(box.path, bytes, size);
    char message[400];
    assert_false(found(&box, NULL, NULL, message));
    free(bytes);
    store_box_done(&box);
}

static void a_cut_off_tail_is_found_by_the_head_that_was_noted(void **state)
{
    (void)state;
    store_box box;
    parley_error err = PARLEY_ERROR_INIT;
    parley_head head;
    char message[400];
    size_t size = 0;
    store_box_make(&box);
    make_small(&box);
    parley_store *store = store_open(&box, true);
    store_write(store, PARLEY_ENTRY_IMPORT, 0, "nothing"); /* 13: leaves no projection */
    check_ok(parley_store_head(&head, store, PARLEY_STORE_NOW, &err), &err);
    assert_int_equal(head.seq, 13);
    parley_store_close(store);
    char *bytes = read_file(box.path, &size);
    store_sql(box.path, "DELETE FROM payload WHERE seq=13; DELETE FROM entry WHERE seq=13;");
    assert_false(found(&box, NULL, NULL, message)); /* nothing in the file can tell */
    assert_true(found(&box, head.hash, NULL, message));
    assert_non_null(strstr(message, "cut off"));

    /* the same number of entries again: the head is another one */
    store = store_open(&box, true);
    store_write(store, PARLEY_ENTRY_IMPORT, 0, "nothing");
    parley_store_close(store);
    assert_false(found(&box, NULL, NULL, message));
    assert_true(found(&box, head.hash, NULL, message));

    write_file(box.path, bytes, size);
    assert_false(found(&box, head.hash, NULL, message));
    store_sql(box.path, cut_tail); /* in the middle now */
    assert_true(found(&box, head.hash, NULL, message));
    free(bytes);
    store_box_done(&box);
}

/* ---- schemas ---- */

static void refuses(store_box *box, const char *what, const char *message, parley_status wanted)
{
    for (int write = 0; write < 2; write++) {
        parley_error err = PARLEY_ERROR_INIT;
        parley_store *store = NULL;
        parley_store_options options = box->options;
        options.write = write == 1;
        parley_status status = parley_store_open(&store, box->ctx, box->path, &options, &err);
        if (status != wanted || strstr(err.message, message) == NULL) {
            fail_msg("%s: status '%s', message '%s', not '%s'", what, parley_status_word(status),
                     err.message, message);
        }
        assert_null(store);
    }
}

static void foreign_schemas_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *sql;
        const char *message;
    } row[] = {
        {"CREATE TABLE extra(x)", "'extra'"},
        {"CREATE TABLE a(x)", "'a'"},
        {"CREATE TABLE zzz(x)", "'zzz'"},
        {"CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM payload; END", "'t'"},
        {"CREATE VIEW v AS SELECT * FROM entry", "'v'"},
        {"CREATE INDEX i ON entry(kind)", "'i'"},
        {"CREATE VIRTUAL TABLE f USING fts5(x)", "'f'"},
        {"DROP TABLE link", "lacks the table or index 'link'"},
        {"DROP INDEX record_time", "lacks the table or index 'record_time'"},
        {"DROP TABLE record; CREATE VIEW record AS SELECT 1 AS seq", "Parley"},
        {"ALTER TABLE entry ADD COLUMN more TEXT", "'entry'"},
        {"PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql='CREATE TABLE entry(seq INTEGER "
         "PRIMARY KEY, kind TEXT, target INTEGER, recorded INTEGER, commitment BLOB, hash BLOB AS "
         "(commitment))' WHERE name='entry'",
         "'entry'"},
        {"PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql='CREATE TABLE nonsense' WHERE "
         "name='link'",
         "damaged"},
        {"PRAGMA application_id=7", "another program"},
        {"PRAGMA user_version=99", "format 99; this program reads"},
        {"PRAGMA user_version=1", "holds something that Parley does not make: 'claimed'"},
        {"PRAGMA user_version=0", "no case on disk"},
        {"PRAGMA user_version=-3", "no case on disk"},
        {"PRAGMA journal_mode=WAL", "write-ahead"},
    };
    store_box box;
    size_t size = 0;
    store_box_make(&box);
    make_small(&box);
    char *bytes = read_file(box.path, &size);
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        store_box_empty(&box);
        write_file(box.path, bytes, size);
        store_sql(box.path, row[i].sql);
        refuses(&box, row[i].sql, row[i].message, PARLEY_INVALID);
    }
    free(bytes);
    store_box_done(&box);
}

static void files_of_another_kind_are_refused(void **state)
{
    (void)state;
    store_box box;
    store_box_make(&box);
    refuses(&box, "nothing", "No such file", PARLEY_NOTFOUND);
    write_file(box.path, "", 0);
    refuses(&box, "empty", "is empty", PARLEY_INVALID);
    write_file(box.path, "parley: 1\n", 10);
    refuses(&box, "yaml", "no case on disk", PARLEY_INVALID);
    assert_true(parley_store_is(box.path)); /* by its name */
    write_file(box.path, "SQLite format 3\0", 16);
    refuses(&box, "a header only", "another program", PARLEY_INVALID);
    unlink(box.path);
    store_sql(box.path, "CREATE TABLE t(x)");
    refuses(&box, "another database", "another program", PARLEY_INVALID);
    unlink(box.path);
    assert_int_equal(mkdir(box.path, 0700), 0);
    refuses(&box, "a folder", "no file", PARLEY_INVALID);
    assert_false(parley_store_is(box.path));
    rmdir(box.path);
    assert_int_equal(mkfifo(box.path, 0600), 0);
    refuses(&box, "a pipe", "no file", PARLEY_INVALID);
    unlink(box.path);
    store_box_done(&box);
}

/* ---- entries that fit the chain and hold what they must not ---- */

/* Put an entry at the end as somebody would who knows how to hash. */
static void forge(store_box *box, const char *kind, const char *words, size_t length)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_head head;
    uint8_t salt[STORE_SALT] = {7};
    sqlite3 *db = NULL;
    sqlite3_stmt *s = NULL;
    parley_store *store = store_open(box, false);
    check_ok(parley_store_head(&head, store, PARLEY_STORE_NOW, &err), &err);
    parley_store_close(store);
    parley_entry e = {.seq = head.seq + 1, .kind = PARLEY_ENTRY_PUT, .recorded = head.recorded};
    if (strcmp(kind, "import") == 0) {
        e.kind = PARLEY_ENTRY_IMPORT;
    }
    store_commit_words(e.commitment, salt, words, length);
    store_hash_entry(e.hash, &e, head.hash);
    assert_int_equal(sqlite3_open(box->path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "INSERT INTO entry VALUES(?1,?2,0,?3,?4,?5)", -1, &s, NULL),
        SQLITE_OK);
    sqlite3_bind_int64(s, 1, (int64_t)e.seq);
    sqlite3_bind_text(s, 2, kind, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 3, e.recorded);
    sqlite3_bind_blob(s, 4, e.commitment, PARLEY_STORE_HASH, SQLITE_STATIC);
    sqlite3_bind_blob(s, 5, e.hash, PARLEY_STORE_HASH, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(s), SQLITE_DONE);
    sqlite3_finalize(s);
    assert_int_equal(sqlite3_prepare_v2(db, "INSERT INTO payload VALUES(?1,?2,?3)", -1, &s, NULL),
                     SQLITE_OK);
    sqlite3_bind_int64(s, 1, (int64_t)e.seq);
    sqlite3_bind_blob(s, 2, salt, STORE_SALT, SQLITE_STATIC);
    sqlite3_bind_blob(s, 3, words, (int)length, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(s), SQLITE_DONE);
    sqlite3_finalize(s);
    sqlite3_close(db);
}

static void forged_words_are_refused_by_every_reader(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        size_t length;
    } row[] = {
#define WORDS(text) {text, sizeof(text) - 1}
        WORDS("note: \"\xFF\"\n"),
        WORDS("note: \"a\0b\"\n"),
        WORDS("note: [\n"),
        WORDS("claims:\n  c1: {by: ru, act: say}\n"), /* doubled */
        WORDS("claims:\n  c9: {by: nobody, act: say}\n"),
        WORDS("x"),
        WORDS(""),
        WORDS("note: a\nclaims: {}\n"),
        WORDS("claims:\n  - x\n"),
        WORDS("&a note: *a\n"),
#undef WORDS
    };
    store_box box;
    size_t size = 0;
    char message[400];
    store_box_make(&box);
    make_small(&box);
    char *bytes = read_file(box.path, &size);
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        parley_error err = PARLEY_ERROR_INIT;
        parley_case *c = NULL;
        write_file(box.path, bytes, size);
        forge(&box, "put", row[i].words, row[i].length);
        assert_true(found(&box, NULL, NULL, message)); /* a projection is missing, at least */
        parley_store *store = store_open(&box, true);
        parley_status status =
            parley_store_case(&c, store, PARLEY_STORE_NOW, NULL, NULL, NULL, &err);
        if (status != PARLEY_SYNTAX && status != PARLEY_INVALID && status != PARLEY_NOTFOUND &&
            status != PARLEY_CONFLICT) {
            fail_msg("'%s' gives '%s' %s", row[i].words, parley_status_word(status), err.message);
        }
        assert_null(c);
        parley_store_close(store);
    }
    write_file(box.path, bytes, size);
    forge(&box, "import", "from: \"x\"\n", 10);
    assert_false(found(&box, NULL, NULL, message)); /* and the forger knows how to do it right */
    free(bytes);
    store_box_done(&box);
}

typedef struct claims_seen_none {
    uint32_t count;
} claims_seen_none;

static bool see_none(void *user, uint64_t i, const parley_claim *claim)
{
    (void)i;
    (void)claim;
    ((claims_seen_none *)user)->count++;
    return true;
}

/* What is not what was written is not corrected either. */
static void refuse_words(parley_store *store, uint64_t target)
{
    static const char words[] = "claims: {c1: {by: ru, act: say}}\n";
    parley_error err = PARLEY_ERROR_INIT;
    check_fails(
        parley_store_add(store, NULL, PARLEY_ENTRY_CORRECT, target, words, sizeof(words) - 1, &err),
        PARLEY_INVALID, &err);
}

static void a_reader_finds_changed_words_without_being_asked_to_verify(void **state)
{
    (void)state;
    static const char *const row[] = {
        ("UPDATE payload SET bytes=CAST(replace(CAST(bytes AS TEXT),'arms = stop','arms = go') AS "
         "BLOB) WHERE seq=9"),
        "DELETE FROM payload WHERE seq=9",
        "UPDATE payload SET salt=zeroblob(32) WHERE seq=9",
    };
    store_box box;
    size_t size = 0;
    store_box_make(&box);
    make_small(&box);
    char *bytes = read_file(box.path, &size);
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        parley_error err = PARLEY_ERROR_INIT;
        parley_case *c = NULL;
        parley_store_claims *disk = NULL;
        claims_seen_none seen = {0};
        write_file(box.path, bytes, size);
        store_sql(box.path, row[i]);
        parley_store *store = store_open(&box, true);
        check_fails(parley_store_case(&c, store, PARLEY_STORE_NOW, NULL, NULL, NULL, &err),
                    PARLEY_INVALID, &err);
        assert_non_null(strstr(err.message, "the words of entry 9"));
        parley_error_clear(&err);
        check_ok(parley_store_claims_new(&disk, store, &err), &err);
        parley_claims claims = parley_store_claims_of(disk);
        assert_null(claims.get(claims.self, 0));
        check_fails(claims.each(claims.self, 0, -1, INT32_MIN, INT32_MAX, see_none, &seen, &err),
                    PARLEY_INVALID, &err);
        assert_int_equal(seen.count, 0);
        parley_error_clear(&err);
        check_ok(parley_store_begin(store, &err), &err);
        refuse_words(store, 9);
        parley_store_rollback(store);
        parley_store_claims_free(disk);
        parley_store_close(store);
    }
    free(bytes);
    store_box_done(&box);
}

/* ---- words of others ---- */

static void statements_in_every_field_stay_words(void **state)
{
    (void)state;
    static const char evil[] = "'); DROP TABLE entry; --";
    store_box box;
    parley_error err = PARLEY_ERROR_INIT;
    store_box_make(&box);
    box.options.now_user = &box;
    parley_store *store = NULL;
    check_ok(parley_store_create(&store, box.ctx, box.path, evil, &box.options, &err), &err);
    parley_text *t = text_of(box.ctx);
    parley_text_printf(t,
                       "claims:\n  \"%s\": {by: \"%s\", act: say, about: \"%s\", says: \"%s\", "
                       "date: 2025-03-01, source: \"%s\"}\n",
                       evil, evil, evil, evil, evil);
    store_write(store, PARLEY_ENTRY_PUT, 0, "parties: {\"'); DROP TABLE entry; --\": {}}\n");
    store_write(store, PARLEY_ENTRY_PUT, 0,
                "sources: {\"'); DROP TABLE entry; --\": {kind: outlet}}\n");
    uint64_t seq = store_write(store, PARLEY_ENTRY_PUT, 0, parley_text_data(t));
    store_write(store, PARLEY_ENTRY_CORRECT, seq, parley_text_data(t));
    parley_store_claims *disk = NULL;
    check_ok(parley_store_claims_new(&disk, store, &err), &err);
    parley_claims claims = parley_store_claims_of(disk);
    assert_int_equal(claims.find(claims.self, evil, strlen(evil)), 0);
    assert_string_equal(claims.get(claims.self, 0)->record.id, evil);
    parley_store_claims_free(disk);
    store_write(store, PARLEY_ENTRY_REMOVE, seq, evil);
    store_right(&box, store);
    parley_text_free(t);
    parley_store_close(store);
    store_box_done(&box);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flipped_byte_in_the_journal_is_found),
        cmocka_unit_test(no_flipped_byte_anywhere_changes_the_case_unseen),
        cmocka_unit_test(a_shortened_file_is_found),
        cmocka_unit_test(changed_rows_are_found),
        cmocka_unit_test(a_cut_off_tail_is_found_by_the_head_that_was_noted),
        cmocka_unit_test(foreign_schemas_are_refused),
        cmocka_unit_test(files_of_another_kind_are_refused),
        cmocka_unit_test(forged_words_are_refused_by_every_reader),
        cmocka_unit_test(a_reader_finds_changed_words_without_being_asked_to_verify),
        cmocka_unit_test(statements_in_every_field_stay_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
