/*
 * The journal: reading entries, adding them, and destroying words.
 *
 * An entry is added together with what follows from it, in one transaction; what was added counts
 * as written when parley_store_commit has said so. Each addition stands under a savepoint, so that
 * a refused one leaves the transaction as it was.
 */
#include "store/store_internal.h"

#include <stdio.h>
#include <string.h>

static const char *const kind_words[] = {
#define KIND_WORD(name, word, text) word,
    PARLEY_ENTRY_KIND_LIST(KIND_WORD)
#undef KIND_WORD
};

const char *parley_entry_kind_word(parley_entry_kind kind)
{
    return (unsigned)kind < PARLEY_ENTRY_KIND_COUNT ? kind_words[kind] : "unknown";
}

parley_status store_damaged(store_db *d, parley_error *err, const char *format, ...)
{
    char what[PARLEY_ERROR_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof(what), format, args);
    va_end(args);
    parley_status status =
        parley_fail(err, PARLEY_INVALID, "the journal of '%s' is damaged: %s", d->name, what);
    parley_error_hint(err, "'parley verify' says where; take the newest copy that it finds right");
    return status;
}

/* ----------------------------------------------------------------- reading */

static bool read_hash(sqlite3_stmt *s, int column, uint8_t out[PARLEY_STORE_HASH])
{
    const void *at = NULL;
    size_t length = 0;
    if (!store_blob(s, column, &at, &length) || length != PARLEY_STORE_HASH) {
        return false;
    }
    memcpy(out, at, PARLEY_STORE_HASH);
    return true;
}

bool store_read_entry(sqlite3_stmt *s, parley_entry *out)
{
    const char *kind = NULL;
    size_t length = 0;
    int64_t seq = 0;
    int64_t target = 0;
    *out = (parley_entry){.seq = 0};
    bool good = store_integer(s, 0, &seq) && store_text(s, 1, &kind, &length) &&
                store_integer(s, 2, &target) && store_integer(s, 3, &out->recorded) &&
                read_hash(s, 4, out->commitment) && read_hash(s, 5, out->hash) && seq > 0 &&
                seq <= STORE_ENTRIES_MOST && target >= 0 && target < seq;
    int k = 0;
    while (good && k < PARLEY_ENTRY_KIND_COUNT && strcmp(kind_words[k], kind) != 0) {
        k++;
    }
    out->seq = (uint64_t)seq;
    out->target = (uint64_t)target;
    out->kind = (parley_entry_kind)k;
    return good && k < PARLEY_ENTRY_KIND_COUNT;
}

/* The row of WORDS_GET or RECORD_WORDS that a statement stands on. */
static parley_status take_words(store_db *d, sqlite3_stmt *s, uint64_t seq, store_words *out,
                                parley_error *err)
{
    const void *salt = NULL;
    const void *at = NULL;
    size_t salt_size = 0;
    uint8_t wanted[PARLEY_STORE_HASH];
    uint8_t have[PARLEY_STORE_HASH];
    if (!store_integer(s, 0, &out->recorded) || !read_hash(s, 1, wanted)) {
        return store_damaged(d, err, "entry %llu is not what it must be", (unsigned long long)seq);
    }
    if (sqlite3_column_type(s, 2) == SQLITE_NULL && sqlite3_column_type(s, 3) == SQLITE_NULL) {
        return PARLEY_OK;
    }
    if (!store_blob(s, 2, &salt, &salt_size) || salt_size != STORE_SALT ||
        !store_blob(s, 3, &at, &out->length) || out->length > PARLEY_STORE_WORDS_MOST) {
        return store_damaged(d, err, "the words of entry %llu are not what they must be",
                             (unsigned long long)seq);
    }
    store_commit_words(have, salt, at, out->length);
    out->at = at;
    out->there = true;
    out->fit = memcmp(have, wanted, sizeof(have)) == 0;
    return PARLEY_OK;
}

static parley_status need(store_db *d, uint64_t seq, const store_words *words, parley_error *err)
{
    return words->there && words->fit
               ? PARLEY_OK
               : store_damaged(d, err, "the words of entry %llu %s", (unsigned long long)seq,
                               words->there ? "are not those that were written" : "are missing");
}

parley_status store_read_words(store_db *d, uint64_t seq, store_words *out, parley_error *err)
{
    bool row = false;
    *out = (store_words){.there = false};
    sqlite3_stmt *s = NULL;
    parley_status status = store_use(d, &s, STORE_WORDS_GET, err);
    if (status == PARLEY_OK) {
        sqlite3_bind_int64(s, 1, (int64_t)seq);
        status = store_step(d, s, &row, err);
    }
    return status == PARLEY_OK && row ? take_words(d, s, seq, out, err) : status;
}

parley_status store_need_words(store_db *d, uint64_t seq, store_words *out, parley_error *err)
{
    parley_status status = store_read_words(d, seq, out, err);
    return status == PARLEY_OK ? need(d, seq, out, err) : status;
}

parley_status store_record_words(store_db *d, uint64_t seq, uint32_t *last, store_words *out,
                                 parley_error *err)
{
    bool row = false;
    int64_t entry = 0;
    *out = (store_words){.there = false};
    *last = 0;
    sqlite3_stmt *s = NULL;
    parley_status status = store_use(d, &s, STORE_RECORD_WORDS, err);
    if (status == PARLEY_OK) {
        sqlite3_bind_int64(s, 1, (int64_t)seq);
        status = store_step(d, s, &row, err);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    if (!row || !store_integer(s, 4, &entry) || entry <= 0 || entry > STORE_ENTRIES_MOST) {
        return store_damaged(d, err, "a record is not what it must be");
    }
    *last = (uint32_t)entry;
    status = take_words(d, s, *last, out, err);
    return status == PARLEY_OK ? need(d, *last, out, err) : status;
}

parley_status store_begin_read(parley_store *store, bool *own, parley_error *err)
{
    /* the lock is taken by the first look, and must be there before anything is judged */
    static const char look[] = "BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1;";
    parley_error told = PARLEY_ERROR_INIT;
    *own = sqlite3_get_autocommit(store->d.db) != 0;
    if (!*own) {
        return PARLEY_OK;
    }
    parley_status status = store_exec(&store->d, look, &told);
    for (uint32_t tried = 0; status != PARLEY_OK && store_take_back(store, tried); tried++) {
        store_end_read(store, true);
        parley_error_clear(&told);
        status = store_exec(&store->d, look, &told);
    }
    if (status != PARLEY_OK) {
        store_end_read(store, true);
        if (err != NULL) {
            *err = told;
        }
    }
    return status;
}

void store_end_read(parley_store *store, bool own)
{
    for (int i = 0; i < STORE_STATEMENT_COUNT; i++) {
        sqlite3_reset(store->d.statement[i]); /* what is still reading would keep the lock */
    }
    if (own && sqlite3_get_autocommit(store->d.db) == 0) {
        (void)!store_exec(&store->d, "ROLLBACK;", NULL);
    }
}

/* The entry a statement stands on, checked against the one before it. */
static parley_status check_link(parley_store *store, const parley_entry *entry, parley_error *err)
{
    uint8_t previous[PARLEY_STORE_HASH] = {0};
    uint8_t hash[PARLEY_STORE_HASH];
    bool row = true;
    if (entry->seq > 1) {
        parley_entry before;
        sqlite3_stmt *s = NULL;
        parley_status status = store_use(&store->d, &s, STORE_ENTRY_GET, err);
        if (status == PARLEY_OK) {
            sqlite3_bind_int64(s, 1, (int64_t)entry->seq - 1);
            status = store_step(&store->d, s, &row, err);
        }
        if (status != PARLEY_OK) {
            return status;
        }
        if (!row || !store_read_entry(s, &before)) {
            return store_damaged(&store->d, err, "entry %llu is missing",
                                 (unsigned long long)(entry->seq - 1));
        }
        memcpy(previous, before.hash, sizeof(previous));
    }
    store_hash_entry(hash, entry, previous);
    return memcmp(hash, entry->hash, sizeof(hash)) == 0
               ? PARLEY_OK
               : store_damaged(&store->d, err, "the hash of entry %llu does not fit",
                               (unsigned long long)entry->seq);
}

static parley_status read_last(parley_head *out, parley_store *store, parley_error *err)
{
    parley_entry entry;
    bool row = false;
    *out = (parley_head){.seq = 0};
    sqlite3_stmt *s = NULL;
    parley_status status = store_use(&store->d, &s, STORE_ENTRY_LAST, err);
    if (status == PARLEY_OK) {
        status = store_step(&store->d, s, &row, err);
    }
    if (status != PARLEY_OK || !row) {
        return status;
    }
    if (!store_read_entry(s, &entry)) {
        status = store_damaged(&store->d, err, "its last entry is not what it must be");
    } else {
        status = check_link(store, &entry, err);
    }
    sqlite3_reset(s);
    out->seq = entry.seq;
    out->recorded = entry.recorded;
    memcpy(out->hash, entry.hash, sizeof(out->hash));
    return status;
}

parley_status parley_store_head(parley_head *out, parley_store *store, int64_t by,
                                parley_error *err)
{
    bool own = false;
    *out = (parley_head){.seq = 0};
    parley_status status = store_begin_read(store, &own, err);
    if (status != PARLEY_OK) {
        return status;
    }
    status = read_last(out, store, err);
    if (status == PARLEY_OK && out->recorded > by) {
        store_walk walk;
        status = store_walk_make(&walk, store, by, NULL, NULL, NULL, err);
        if (status == PARLEY_OK) {
            *out = walk.head;
            store_walk_drop(&walk);
        }
    }
    store_end_read(store, own);
    return status;
}

parley_status parley_store_each(parley_store *store, uint64_t first,
                                bool (*visit)(void *user, const parley_entry *entry), void *user,
                                parley_error *err)
{
    bool own = false;
    bool row = true;
    bool go_on = true;
    sqlite3_stmt *s = NULL;
    parley_status status = store_begin_read(store, &own, err);
    if (status != PARLEY_OK) {
        return status;
    }
    status = store_prepare(&store->d, &s,
                           "SELECT seq,kind,target,recorded,commitment,hash FROM entry WHERE "
                           "seq>=?1 ORDER BY seq",
                           err);
    if (status == PARLEY_OK) {
        sqlite3_bind_int64(s, 1, first > INT64_MAX ? INT64_MAX : (int64_t)first);
    }
    while (status == PARLEY_OK && go_on) {
        parley_entry entry;
        store_words words;
        status = store_step(&store->d, s, &row, err);
        if (status != PARLEY_OK || !row) {
            break;
        }
        if (!store_read_entry(s, &entry)) {
            status = store_damaged(&store->d, err, "an entry is not what it must be");
            break;
        }
        status = store_read_words(&store->d, entry.seq, &words, err);
        if (status == PARLEY_OK && words.there && !words.fit) {
            status = store_need_words(&store->d, entry.seq, &words, err); /* says so */
        }
        entry.words = words.at;
        entry.length = words.length;
        go_on = status == PARLEY_OK && visit(user, &entry);
    }
    sqlite3_finalize(s);
    store_end_read(store, own);
    return status;
}

/* ----------------------------------------------------------------- writing */

/* Within the transaction that has just begun: a file of an old format gets the steps it lacks. */
static parley_status bring_up_to_date(parley_store *store, parley_error *err)
{
    int64_t format = 0;
    store->begun = store->format;
    parley_status status = store_number(&store->d, "PRAGMA user_version", &format, err);
    if (status == PARLEY_OK && (format < store->format || format > PARLEY_STORE_FORMAT)) {
        status = parley_fail(err, PARLEY_INVALID, "'%s' has format %lld now; this program reads %d",
                             parley_store_path(store), (long long)format, PARLEY_STORE_FORMAT);
    }
    if (status == PARLEY_OK && format < PARLEY_STORE_FORMAT) {
        status = store_migrate(&store->d, format, PARLEY_STORE_FORMAT, err);
    }
    if (status == PARLEY_OK) {
        store->format = PARLEY_STORE_FORMAT;
    }
    return status;
}

parley_status parley_store_begin(parley_store *store, parley_error *err)
{
    if (!store->write || store->open) {
        return parley_fail(err, PARLEY_STATE, "'%s' is %s", parley_store_path(store),
                           store->open ? "being written already" : "open for reading only");
    }
    parley_status status = store_exec(&store->d, "BEGIN IMMEDIATE;", err);
    if (status != PARLEY_OK) {
        return status;
    }
    status = bring_up_to_date(store, err);
    if (status == PARLEY_OK) {
        status = read_last(&store->head, store, err);
    }
    if (status != PARLEY_OK) {
        store->format = store->begun;
        store->d.format = store->begun;
        store_end_read(store, true);
        return status;
    }
    store->open = true;
    store->recorded = store->now(store->now_user);
    if (store->recorded < store->head.recorded) {
        parley_ctx_log(store->ctx, 1,
                       "the clock stands before the last entry of '%s'; what is added counts as "
                       "recorded together with it",
                       parley_store_path(store));
        store->recorded = store->head.recorded;
    }
    return PARLEY_OK;
}

void parley_store_rollback(parley_store *store)
{
    if (store->open) {
        store->open = false;
        store->format = store->begun;
        store->d.format = store->begun;
        store_end_read(store, true);
    }
}

parley_status parley_store_commit(parley_store *store, parley_error *err)
{
    if (!store->open) {
        return parley_fail(err, PARLEY_STATE, "'%s' is not being written",
                           parley_store_path(store));
    }
    parley_status status = store_exec(&store->d, "COMMIT;", err);
    if (status != PARLEY_OK) {
        parley_store_rollback(store);
    }
    store->open = false;
    return status;
}

/* The journal row and the words of a new entry. */
static parley_status write_entry(parley_store *store, const parley_entry *entry,
                                 const uint8_t salt[STORE_SALT], parley_error *err)
{
    sqlite3_stmt *s = NULL;
    sqlite3_stmt *w = NULL;
    parley_status status = store_use(&store->d, &s, STORE_ENTRY_ADD, err);
    if (status == PARLEY_OK) {
        status = store_use(&store->d, &w, STORE_WORDS_ADD, err);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    sqlite3_bind_int64(s, 1, (int64_t)entry->seq);
    store_bind_text(s, 2, parley_entry_kind_word(entry->kind));
    sqlite3_bind_int64(s, 3, (int64_t)entry->target);
    sqlite3_bind_int64(s, 4, entry->recorded);
    sqlite3_bind_blob(s, 5, entry->commitment, PARLEY_STORE_HASH, SQLITE_STATIC);
    sqlite3_bind_blob(s, 6, entry->hash, PARLEY_STORE_HASH, SQLITE_STATIC);
    sqlite3_bind_int64(w, 1, (int64_t)entry->seq);
    sqlite3_bind_blob(w, 2, salt, STORE_SALT, SQLITE_STATIC);
    sqlite3_bind_blob64(w, 3, entry->length > 0 ? entry->words : "", entry->length, SQLITE_STATIC);
    status = store_run(&store->d, s, err);
    return status == PARLEY_OK ? store_run(&store->d, w, err) : status;
}

/* Does a put name a record that is there, or a member that holds records? */
static parley_status check_put(parley_store *store, const parley_piece *piece, parley_error *err)
{
    bool row = false;
    sqlite3_stmt *s = NULL;
    parley_status status = PARLEY_OK;
    if (piece->record && piece->id == NULL) {
        return PARLEY_OK;
    }
    if (!piece->record) {
        status = store_use(&store->d, &s, STORE_RECORD_ANY, err);
        if (status == PARLEY_OK) {
            store_bind_text(s, 1, piece->section);
            status = store_step(&store->d, s, &row, err);
            sqlite3_reset(s);
        }
    }
    if (status == PARLEY_OK && !row) {
        status = store_use(&store->d, &s, STORE_RECORD_FIND, err);
        if (status == PARLEY_OK) {
            store_bind_key(s, 1, piece);
            status = store_step(&store->d, s, &row, err);
            sqlite3_reset(s);
        }
    }
    if (status == PARLEY_OK && row) {
        status = piece->record
                     ? parley_fail(err, PARLEY_CONFLICT, "'%s' has '%.80s' already", piece->section,
                                   piece->id)
                     : parley_fail(err, PARLEY_CONFLICT, "there is a '%s' already", piece->section);
        parley_error_hint(err, "correct it instead");
    }
    return status;
}

/* The present piece of a record, read into the arena. */
static parley_status read_present(parley_store *store, uint64_t last, parley_arena *arena,
                                  parley_piece *out, parley_error *err)
{
    store_words words;
    parley_status status = store_need_words(&store->d, last, &words, err);
    return status == PARLEY_OK ? parley_piece_read(out, store->ctx, arena, "the present words",
                                                   words.at, words.length, err)
                               : status;
}

/* Take what holds out of the projections, for a correction or a removal. */
static parley_status take_out(parley_store *store, uint64_t target, const parley_piece *piece,
                              parley_arena *arena, parley_error *err)
{
    parley_piece before;
    int64_t last = 0;
    bool row = false;
    sqlite3_stmt *s = NULL;
    parley_status status = store_use(&store->d, &s, STORE_RECORD_GET, err);
    if (status == PARLEY_OK) {
        sqlite3_bind_int64(s, 1, (int64_t)target);
        status = store_step(&store->d, s, &row, err);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    if (!row || !store_integer(s, 1, &last)) {
        status = parley_fail(err, target <= store->head.seq ? PARLEY_CONFLICT : PARLEY_NOTFOUND,
                             "entry %llu put nothing there that holds", (unsigned long long)target);
        return status;
    }
    sqlite3_reset(s);
    status = read_present(store, (uint64_t)last, arena, &before, err);
    if (status != PARLEY_OK) {
        return status;
    }
    if (piece != NULL &&
        (strcmp(piece->section, before.section) != 0 || piece->record != before.record ||
         (piece->id == NULL) != (before.id == NULL) ||
         (piece->id != NULL && strcmp(piece->id, before.id) != 0))) {
        return parley_fail(err, PARLEY_CONFLICT, "entry %llu put another record there",
                           (unsigned long long)target);
    }
    return store_unproject(&store->d, target, &before, err);
}

static parley_status check_words(parley_entry_kind kind, const char *words, size_t length,
                                 parley_error *err)
{
    size_t bad = 0;
    if (length > PARLEY_STORE_WORDS_MOST) {
        return parley_fail(err, PARLEY_LIMIT, "an entry of %zu bytes; %u are the most", length,
                           PARLEY_STORE_WORDS_MOST);
    }
    if (kind != PARLEY_ENTRY_PUT && kind != PARLEY_ENTRY_CORRECT &&
        (!parley_utf8_valid(words, length, &bad) || memchr(words, '\0', length) != NULL)) {
        return parley_fail(err, PARLEY_SYNTAX, "the words of an entry must be UTF-8 without NUL");
    }
    return PARLEY_OK;
}

/* Which targets a kind may have. */
static parley_status check_target(parley_store *store, parley_entry_kind kind, uint64_t target,
                                  parley_error *err)
{
    bool wants =
        kind == PARLEY_ENTRY_CORRECT || kind == PARLEY_ENTRY_REMOVE || kind == PARLEY_ENTRY_DESTROY;
    if (wants && (target == 0 || target > store->head.seq)) {
        return parley_fail(err, PARLEY_NOTFOUND, "there is no entry %llu",
                           (unsigned long long)target);
    }
    bool may = wants || kind == PARLEY_ENTRY_EXPORT; /* the export that was not put in place */
    if ((!may && target != 0) || target > store->head.seq ||
        (kind == PARLEY_ENTRY_BEGIN) != (store->head.seq == 0)) {
        return parley_fail(err, PARLEY_INVALID, "an entry of kind '%s' cannot stand here",
                           parley_entry_kind_word(kind));
    }
    return PARLEY_OK;
}

/* Within a savepoint: the entry, its words and what follows from them. */
static parley_status add_entry(parley_store *store, parley_entry *entry, const parley_piece *piece,
                               parley_error *err)
{
    uint8_t salt[STORE_SALT];
    parley_status status = PARLEY_OK;
    if (entry->kind == PARLEY_ENTRY_PUT) {
        status = check_put(store, piece, err);
    } else if (entry->kind == PARLEY_ENTRY_CORRECT || entry->kind == PARLEY_ENTRY_REMOVE) {
        parley_arena *arena = parley_arena_new(store->ctx);
        status = arena == NULL
                     ? parley_fail(err, PARLEY_NOMEM, "out of memory while writing an entry")
                     : take_out(store, entry->target, piece, arena, err);
        parley_arena_free(arena);
    }
    if (status == PARLEY_OK && piece != NULL) {
        uint64_t seq = entry->kind == PARLEY_ENTRY_PUT ? entry->seq : entry->target;
        status = store_project(&store->d, seq, entry->seq, piece, err);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    store_random(salt, sizeof(salt));
    store_commit_words(entry->commitment, salt, entry->words, entry->length);
    store_hash_entry(entry->hash, entry, store->head.hash);
    return write_entry(store, entry, salt, err);
}

static parley_status add_words(parley_store *store, uint64_t *seq, parley_entry_kind kind,
                               uint64_t target, const parley_piece *piece, const char *words,
                               size_t length, parley_error *err)
{
    parley_entry entry = {.seq = store->head.seq + 1,
                          .kind = kind,
                          .target = target,
                          .recorded = store->recorded,
                          .words = words,
                          .length = length};
    if (entry.seq > STORE_ENTRIES_MOST) {
        return parley_fail(err, PARLEY_LIMIT, "the journal of '%s' is full",
                           parley_store_path(store));
    }
    parley_status status = check_words(kind, words, length, err);
    if (status == PARLEY_OK) {
        status = check_target(store, kind, target, err);
    }
    if (status == PARLEY_OK) {
        status = store_exec(&store->d, "SAVEPOINT entry;", err);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    status = add_entry(store, &entry, piece, err);
    parley_status ended = store_exec(
        &store->d, status == PARLEY_OK ? "RELEASE entry;" : "ROLLBACK TO entry; RELEASE entry;",
        err);
    status = status == PARLEY_OK ? ended : status;
    if (status == PARLEY_OK) {
        store->head.seq = entry.seq;
        store->head.recorded = entry.recorded;
        memcpy(store->head.hash, entry.hash, sizeof(entry.hash));
        if (seq != NULL) {
            *seq = entry.seq;
        }
    }
    return status;
}

parley_status store_add_piece(parley_store *store, uint64_t *seq, parley_entry_kind kind,
                              uint64_t target, const parley_piece *piece, parley_error *err)
{
    return add_words(store, seq, kind, target, piece, piece->bytes, piece->length, err);
}

parley_status parley_store_add(parley_store *store, uint64_t *seq, parley_entry_kind kind,
                               uint64_t target, const char *words, size_t length, parley_error *err)
{
    parley_piece piece;
    if (!store->open) {
        return parley_fail(err, PARLEY_STATE, "'%s' is not being written",
                           parley_store_path(store));
    }
    if (kind != PARLEY_ENTRY_PUT && kind != PARLEY_ENTRY_CORRECT) {
        return add_words(store, seq, kind, target, NULL, words, length, err);
    }
    parley_arena *arena = parley_arena_new(store->ctx);
    if (arena == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while writing an entry");
    }
    parley_status status = check_words(kind, words, length, err);
    if (status == PARLEY_OK) {
        status = parley_piece_read(&piece, store->ctx, arena, "the entry", words, length, err);
    }
    if (status == PARLEY_OK) {
        status = store_add_piece(store, seq, kind, target, &piece, err);
    }
    parley_arena_free(arena);
    return status;
}

/* -------------------------------------------------------------- destroying */

/* May the words of this entry go? holds: by entry, whether its words are those of a record. */
static parley_status check_past(parley_store *store, const store_walk *walk, const bool *holds,
                                uint64_t seq, parley_error *err)
{
    unsigned long long number = seq;
    parley_entry entry = {.kind = PARLEY_ENTRY_KIND_COUNT};
    sqlite3_stmt *s = NULL;
    bool row = false;
    if (seq == 0 || seq > walk->entries) {
        return parley_fail(err, PARLEY_NOTFOUND, "there is no entry %llu", number);
    }
    parley_status status = store_use(&store->d, &s, STORE_ENTRY_GET, err);
    if (status == PARLEY_OK) {
        sqlite3_bind_int64(s, 1, (int64_t)seq);
        status = store_step(&store->d, s, &row, err);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    row = row && store_read_entry(s, &entry);
    sqlite3_reset(s);
    if (seq == 1) {
        return parley_fail(err, PARLEY_CONFLICT,
                           "entry 1 begins the journal: it names the format, and stays");
    }
    if (row && entry.kind == PARLEY_ENTRY_EXPORT) {
        return parley_fail(err, PARLEY_CONFLICT, "entry %llu is of the export log, which stays",
                           number);
    }
    if (walk->at[seq].gone) {
        return parley_fail(err, PARLEY_CONFLICT, "the words of entry %llu are destroyed already",
                           number);
    }
    if (holds[seq]) {
        status = parley_fail(err, PARLEY_CONFLICT, "the words of entry %llu still hold", number);
        parley_error_hint(err, "correct or remove the record first");
    }
    return status;
}

static parley_status destroy_one(parley_store *store, uint64_t seq, const char *why,
                                 parley_error *err)
{
    parley_status status =
        parley_store_add(store, NULL, PARLEY_ENTRY_DESTROY, seq, why, strlen(why), err);
    sqlite3_stmt *s = NULL;
    if (status == PARLEY_OK) {
        status = store_use(&store->d, &s, STORE_WORDS_DROP, err);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    sqlite3_bind_int64(s, 1, (int64_t)seq);
    return store_run(&store->d, s, err);
}

parley_status parley_store_destroy(parley_store *store, const uint64_t *entries, size_t count,
                                   const char *why, parley_error *err)
{
    store_walk walk;
    parley_status status = parley_store_begin(store, err);
    if (status != PARLEY_OK) {
        return status;
    }
    status = store_walk_make(&walk, store, PARLEY_STORE_NOW, NULL, NULL, NULL, err);
    size_t room = status == PARLEY_OK ? walk.entries + 1 : 0;
    bool *holds = parley_alloc(store->ctx, room * sizeof(*holds));
    if (status == PARLEY_OK && holds == NULL) {
        status = parley_fail(err, PARLEY_NOMEM, "out of memory while destroying words");
    }
    for (uint64_t e = 1; status == PARLEY_OK && e < room; e++) {
        holds[walk.at[e].last] = true; /* 0: no record */
    }
    for (size_t i = 0; i < count && status == PARLEY_OK; i++) {
        status = check_past(store, &walk, holds, entries[i], err);
        if (status == PARLEY_OK) {
            walk.at[entries[i]].gone = true; /* named twice is once too often */
            status = destroy_one(store, entries[i], why, err);
        }
    }
    if (status == PARLEY_OK) { /* segments of the index may hold words that are gone */
        sqlite3_stmt *s = NULL;
        status = store_use(&store->d, &s, STORE_TEXT_CLEAN, err);
        if (status == PARLEY_OK) {
            status = store_run(&store->d, s, err);
        }
    }
    if (status == PARLEY_OK) {
        status = parley_store_commit(store, err);
    }
    parley_release(store->ctx, holds, room * sizeof(*holds));
    store_walk_drop(&walk);
    parley_store_rollback(store);
    return status;
}
