/*
 * A whole case into the journal: what is new is put, what has other words is corrected, what is the
 * same stays.
 *
 * Records with an id are compared by it. Entries of lists have none: one with the same words that
 * nothing else has matched yet is the same one.
 */
#include "store/store_internal.h"

#include <string.h>

typedef struct importer {
    parley_store *store;
    parley_import_result *result;
    const parley_import_options *options;
    uint64_t before; /* entries when the import began */
    uint8_t *seen;   /* by number of entry: the record put there is in the case */
    bool announced;
    parley_status status;
    parley_error *err;
} importer;

/* The entry that says where it comes from; written once there is something to say. */
static parley_status announce(importer *im)
{
    parley_store *store = im->store;
    if (im->announced) {
        return PARLEY_OK;
    }
    parley_json json; /* a string of JSON is one of YAML */
    parley_text *text = parley_text_new(store->ctx, PARLEY_STORE_WORDS_MOST);
    if (text == NULL) {
        return parley_fail(im->err, PARLEY_NOMEM, "out of memory while importing");
    }
    if (im->options->from != NULL) {
        parley_text_puts(text, "from: ");
        parley_json_begin(&json, text);
        parley_json_string(&json, im->options->from);
        parley_text_putc(text, '\n');
    }
    parley_status status = parley_text_status(text, im->err);
    if (status == PARLEY_OK) {
        status = parley_store_add(store, NULL, PARLEY_ENTRY_IMPORT, 0, parley_text_data(text),
                                  parley_text_size(text), im->err);
    }
    parley_text_free(text);
    im->announced = true;
    return status;
}

/* The record of the same id: *seq 0 when there is none. */
static parley_status find_by_id(importer *im, const parley_piece *piece, int64_t *seq,
                                int64_t *last)
{
    sqlite3_stmt *s = NULL;
    bool row = false;
    *seq = 0;
    parley_status status = store_use(&im->store->d, &s, STORE_RECORD_FIND, im->err);
    if (status == PARLEY_OK) {
        store_bind_key(s, 1, piece);
        status = store_step(&im->store->d, s, &row, im->err);
    }
    if (status == PARLEY_OK && row &&
        !(store_integer(s, 0, seq) && store_integer(s, 1, last) && *seq > 0)) {
        status = store_damaged(&im->store->d, im->err, "a record is not what it must be");
    }
    sqlite3_reset(s);
    return status;
}

parley_status parley_store_find(uint64_t *seq, parley_store *store, const char *section,
                                const char *id, parley_error *err)
{
    importer im = {.store = store, .err = err};
    const parley_piece wanted = {.section = section, .id = id, .record = true};
    int64_t entry = 0;
    int64_t last = 0;
    *seq = 0;
    parley_status status = find_by_id(&im, &wanted, &entry, &last);
    if (status == PARLEY_OK && entry == 0) {
        return parley_fail(err, PARLEY_NOTFOUND, "'%s' has no record '%.60s' among its %.40s",
                           parley_store_path(store), id, section);
    }
    *seq = (uint64_t)entry;
    return status;
}

/* A list's entry with the same words, not matched yet. */
static parley_status find_same(importer *im, const parley_piece *piece, int64_t *seq)
{
    sqlite3_stmt *s = NULL;
    bool row = true;
    *seq = 0;
    parley_status status = store_use(&im->store->d, &s, STORE_RECORD_SAME, im->err);
    if (status == PARLEY_OK) {
        store_bind_text(s, 1, piece->section);
        sqlite3_bind_blob64(s, 2, piece->bytes, piece->length, SQLITE_STATIC);
    }
    while (status == PARLEY_OK && row && *seq == 0) {
        int64_t found = 0;
        status = store_step(&im->store->d, s, &row, im->err);
        if (status == PARLEY_OK && row && store_integer(s, 0, &found) && found > 0 &&
            (uint64_t)found <= im->before && im->seen[found] == 0) {
            *seq = found;
        }
    }
    sqlite3_reset(s);
    return status;
}

static parley_status write_piece(importer *im, parley_entry_kind kind, uint64_t target,
                                 const parley_piece *piece, uint64_t *counter)
{
    parley_status status = announce(im);
    if (status == PARLEY_OK) {
        status = store_add_piece(im->store, NULL, kind, target, piece, im->err);
    }
    *counter += status == PARLEY_OK ? 1 : 0;
    return status;
}

/* An empty section says nothing where records are. */
static parley_status holds_records(importer *im, const parley_piece *piece, bool *out)
{
    sqlite3_stmt *s = NULL;
    *out = false;
    if (piece->record) {
        return PARLEY_OK;
    }
    parley_status status = store_use(&im->store->d, &s, STORE_RECORD_ANY, im->err);
    if (status == PARLEY_OK) {
        store_bind_text(s, 1, piece->section);
        status = store_step(&im->store->d, s, out, im->err);
    }
    sqlite3_reset(s);
    return status;
}

static parley_status take(importer *im, const parley_piece *piece)
{
    int64_t seq = 0;
    int64_t last = 0;
    bool full = false;
    if (im->before <= 1) { /* nothing to compare with */
        return write_piece(im, PARLEY_ENTRY_PUT, 0, piece, &im->result->added);
    }
    parley_status status = holds_records(im, piece, &full);
    if (status != PARLEY_OK || full) {
        return status;
    }
    if (piece->record && piece->id == NULL) {
        status = find_same(im, piece, &seq);
        if (status == PARLEY_OK && seq > 0) {
            im->seen[seq] = 1;
            im->result->unchanged++;
            return PARLEY_OK;
        }
    } else {
        status = find_by_id(im, piece, &seq, &last);
        if (status == PARLEY_OK && seq > 0) {
            store_words words;
            status = store_need_words(&im->store->d, (uint64_t)last, &words, im->err);
            if (status != PARLEY_OK) {
                return status;
            }
            if ((uint64_t)seq <= im->before) {
                im->seen[seq] = 1;
            }
            if (words.length == piece->length &&
                memcmp(words.at, piece->bytes, piece->length) == 0) {
                im->result->unchanged++;
                return PARLEY_OK;
            }
            return write_piece(im, PARLEY_ENTRY_CORRECT, (uint64_t)seq, piece,
                               &im->result->corrected);
        }
    }
    return status == PARLEY_OK ? write_piece(im, PARLEY_ENTRY_PUT, 0, piece, &im->result->added)
                               : status;
}

static bool take_piece(void *user, const parley_piece *piece)
{
    importer *im = user;
    if (parley_ctx_cancelled(im->store->ctx)) {
        im->status = parley_fail(im->err, PARLEY_CANCELLED, "stopped while importing");
    } else {
        im->status = take(im, piece);
    }
    return im->status == PARLEY_OK;
}

/* Remove what stood there before and is not in the case. */
static parley_status remove_rest(importer *im)
{
    static const char why[] = "not in the file that was imported";
    sqlite3_stmt *s = NULL;
    int64_t seq = 0;
    bool row = true;
    parley_status status = store_prepare(
        &im->store->d, &s, "SELECT seq FROM record WHERE seq>?1 AND seq<=?2 ORDER BY seq LIMIT 1",
        im->err);
    while (status == PARLEY_OK) {
        sqlite3_reset(s);
        sqlite3_bind_int64(s, 1, seq);
        sqlite3_bind_int64(s, 2, (int64_t)im->before);
        status = store_step(&im->store->d, s, &row, im->err);
        if (status != PARLEY_OK || !row || !store_integer(s, 0, &seq)) {
            break;
        }
        sqlite3_reset(s);
        if (seq > 0 && im->seen[seq] == 0) {
            status = announce(im);
            if (status == PARLEY_OK) {
                status = parley_store_add(im->store, NULL, PARLEY_ENTRY_REMOVE, (uint64_t)seq, why,
                                          sizeof(why) - 1, im->err);
            }
            im->result->removed += status == PARLEY_OK ? 1 : 0;
        }
    }
    sqlite3_finalize(s);
    return status;
}

parley_status parley_store_import(parley_import_result *out, parley_store *store,
                                  const parley_case *c, const parley_import_options *options,
                                  parley_error *err)
{
    const parley_import_options defaults = PARLEY_IMPORT_OPTIONS_INIT;
    *out = (parley_import_result){0};
    options = options != NULL ? options : &defaults;
    if (!store->open) {
        return parley_fail(err, PARLEY_STATE, "'%s' is not being written",
                           parley_store_path(store));
    }
    if (options->version != 1) {
        return parley_fail(err, PARLEY_INVALID, "version %d of the options is not known",
                           options->version);
    }
    importer im = {.store = store,
                   .result = out,
                   .options = options,
                   .before = store->head.seq,
                   .status = PARLEY_OK,
                   .err = err};
    size_t size = (size_t)im.before + 1;
    im.seen = parley_alloc(store->ctx, size);
    if (im.seen == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while importing");
    }
    parley_status status = parley_case_pieces(c, take_piece, &im, err);
    status = im.status != PARLEY_OK ? im.status : status;
    if (status == PARLEY_OK && options->replace) {
        status = remove_rest(&im);
    }
    parley_release(store->ctx, im.seen, size);
    return status;
}
