/*
 * Projections: the rows that follow from a record that holds, and from nothing else.
 *
 * A record gives one row of `record`, its links, and its folded words. All of it follows from the
 * bytes of the record alone, so a rebuild needs one pass, and taking a record out needs its bytes
 * only.
 */
#include "store/store_internal.h"

#include <string.h>

/* ------------------------------------------------------------------ links */

static parley_status each_link(store_db *d, store_statement which, uint64_t seq, int field,
                               const parley_texts *list, parley_error *err)
{
    parley_status status = PARLEY_OK;
    for (uint32_t i = 0; i < list->count && status == PARLEY_OK; i++) {
        sqlite3_stmt *s = NULL;
        status = store_use(d, &s, which, err);
        if (status == PARLEY_OK) {
            sqlite3_bind_int(s, 1, field);
            store_bind_text(s, 2, list->at[i]);
            sqlite3_bind_int64(s, 3, (int64_t)seq);
            status = store_run(d, s, err);
        }
    }
    return status;
}

static parley_status links(store_db *d, store_statement which, uint64_t seq,
                           const parley_piece *piece, parley_error *err)
{
    parley_status status = each_link(d, which, seq, STORE_LINK_SPEAKER, &piece->speakers, err);
    return status == PARLEY_OK ? each_link(d, which, seq, STORE_LINK_NAME, &piece->names, err)
                               : status;
}

/* ------------------------------------------------------------------ words */

static parley_status words(store_db *d, store_statement which, uint64_t seq,
                           const parley_piece *piece, parley_error *err)
{
    parley_status status = PARLEY_OK;
    parley_text *raw = parley_text_new(d->ctx, PARLEY_STORE_WORDS_MOST);
    parley_text *folded = parley_text_new(d->ctx, SIZE_MAX);
    if (raw == NULL || folded == NULL) {
        status = parley_fail(err, PARLEY_NOMEM, "out of memory while indexing words");
        goto out;
    }
    for (uint32_t i = 0; i < piece->words.count; i++) {
        parley_text_puts(raw, piece->words.at[i]);
        parley_text_putc(raw, '\n');
    }
    status = parley_text_status(raw, err);
    if (status == PARLEY_OK) {
        status =
            parley_utf8_fold(d->ctx, parley_text_data(raw), parley_text_size(raw), folded, err);
    }
    if (status == PARLEY_OK && parley_text_size(folded) > 1) { /* one blank: no words */
        sqlite3_stmt *s = NULL;
        status = store_use(d, &s, which, err);
        if (status == PARLEY_OK) {
            sqlite3_bind_int64(s, 1, (int64_t)seq);
            sqlite3_bind_text64(s, 2, parley_text_data(folded), parley_text_size(folded),
                                SQLITE_STATIC, SQLITE_UTF8);
            status = store_run(d, s, err);
        }
    }
out:
    parley_text_free(folded);
    parley_text_free(raw);
    return status;
}

/* ----------------------------------------------------------------- records */

/* As parley_date_compare has it, in two numbers: undated ones come last. */
static void bind_order(sqlite3_stmt *s, parley_date date)
{
    bool dated = date.form != PARLEY_DATE_UNKNOWN;
    int64_t place = !dated ? INT64_C(1) << 40 : date.first != INT32_MIN ? date.first : date.last;
    int64_t shape =
        !dated ? 0 : ((int64_t)date.last - date.first) * 8 + (date.about ? 4 : 0) + date.form % 4;
    sqlite3_bind_int64(s, 5, place);
    sqlite3_bind_int64(s, 6, shape);
    sqlite3_bind_int64(s, 7, date.first);
    sqlite3_bind_int64(s, 8, date.last);
}

void store_bind_key(sqlite3_stmt *s, int at, const parley_piece *piece)
{
    store_bind_text(s, at, piece->record ? piece->section : "");
    store_bind_text(s, at + 1, piece->record ? piece->id : piece->section);
}

static parley_status add_record(store_db *d, uint64_t seq, uint64_t last, const parley_piece *piece,
                                parley_error *err)
{
    sqlite3_stmt *s = NULL;
    parley_status status = store_use(d, &s, STORE_RECORD_ADD, err);
    if (status != PARLEY_OK) {
        return status;
    }
    sqlite3_bind_int64(s, 1, (int64_t)seq);
    sqlite3_bind_int64(s, 2, (int64_t)last);
    store_bind_key(s, 3, piece);
    bind_order(s, piece->happened);
    sqlite3_bind_int64(s, 9, piece->learned.first);
    return store_run(d, s, err);
}

parley_status store_project(store_db *d, uint64_t seq, uint64_t last, const parley_piece *piece,
                            parley_error *err)
{
    parley_status status = add_record(d, seq, last, piece, err);
    if (status == PARLEY_OK) {
        status = links(d, STORE_LINK_ADD, seq, piece, err);
    }
    return status == PARLEY_OK ? words(d, STORE_TEXT_ADD, seq, piece, err) : status;
}

parley_status store_unproject(store_db *d, uint64_t seq, const parley_piece *piece,
                              parley_error *err)
{
    sqlite3_stmt *s = NULL;
    parley_status status = store_use(d, &s, STORE_RECORD_DROP, err);
    if (status == PARLEY_OK) {
        sqlite3_bind_int64(s, 1, (int64_t)seq);
        status = store_run(d, s, err);
    }
    if (status == PARLEY_OK) {
        status = links(d, STORE_LINK_DROP, seq, piece, err);
    }
    return status == PARLEY_OK ? words(d, STORE_TEXT_DROP, seq, piece, err) : status;
}
