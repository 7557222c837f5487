/*
 * Projections: the rows that follow from a record that holds, and from nothing else.
 *
 * A record gives one row of `record`, its links, and its folded words. All of it follows from the
 * bytes of the record alone, so a rebuild needs one pass, and taking a record out needs its bytes
 * only.
 */
#include "store/store_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ links */

static parley_status one_link(store_db *d, store_statement which, uint64_t seq, int field,
                              const char *word, parley_error *err)
{
    sqlite3_stmt *s = NULL;
    parley_status status = store_use(d, &s, which, err);
    if (status == PARLEY_OK) {
        sqlite3_bind_int(s, 1, field);
        store_bind_text(s, 2, word);
        sqlite3_bind_int64(s, 3, (int64_t)seq);
        status = store_run(d, s, err);
    }
    return status;
}

static parley_status each_link(store_db *d, store_statement which, uint64_t seq, int field,
                               const parley_texts *list, parley_error *err)
{
    parley_status status = PARLEY_OK;
    for (uint32_t i = 0; i < list->count && status == PARLEY_OK; i++) {
        status = one_link(d, which, seq, field, list->at[i], err);
    }
    return status;
}

/* The last day of a date that is neither before nor after one; INT32_MIN: there is none. */
static int32_t known_day(parley_date date)
{
    return date.form != PARLEY_DATE_UNKNOWN && date.side == PARLEY_DATE_ON ? date.last : INT32_MIN;
}

/* What decides up to which day a case is known, where that is not typed. */
static parley_status day_links(store_db *d, store_statement which, uint64_t seq,
                               const parley_piece *piece, parley_error *err)
{
    char word[24];
    int32_t happened = known_day(piece->happened);
    int32_t learned = known_day(piece->learned);
    int32_t day = happened > learned ? happened : learned;
    parley_status status = PARLEY_OK;
    if (day != INT32_MIN) {
        snprintf(word, sizeof(word), "%010lld", (long long)day - INT32_MIN);
        status = one_link(d, which, seq, STORE_LINK_KNOWN, word, err);
    }
    if (status == PARLEY_OK && piece->source != NULL &&
        piece->learned.form == PARLEY_DATE_UNKNOWN) {
        status = one_link(d, which, seq, STORE_LINK_SOURCE, piece->source, err);
    }
    return status;
}

/* An id that is a small letter and a number, so that they are in order as texts. False: another. */
static bool number_word(const char *id, char out[24])
{
    size_t length = strlen(id);
    if (length < 2 || length > 10 || id[0] < 'a' || id[0] > 'z' ||
        strspn(id + 1, "0123456789") != length - 1) {
        return false;
    }
    snprintf(out, 24, "%c%09lld", id[0], strtoll(id + 1, NULL, 10));
    return true;
}

/* FNV-1a, and the mixing at the end of MurmurHash3, without which names that differ in their last
 * letter share most bits. */
static uint64_t number_of(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const char *at = text; *at != '\0'; at++) {
        hash = (hash ^ (uint8_t)*at) * UINT64_C(1099511628211);
    }
    hash = (hash ^ hash >> 33) * UINT64_C(0xff51afd7ed558ccd);
    hash = (hash ^ hash >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    return hash ^ hash >> 33;
}

int64_t store_speaker_number(const char *speaker)
{
    return (int64_t)(number_of(speaker) >> 32);
}

int64_t store_name_bits(const char *name)
{
    uint64_t hash = number_of(name);
    return INT64_C(1) << (hash >> 48) % 63 | INT64_C(1) << (hash >> 32 & 0xffff) % 63 |
           INT64_C(1) << (hash >> 16 & 0xffff) % 63;
}

/* Every speaker, with the bits of all names. */
static parley_status said(store_db *d, bool added, uint64_t seq, const parley_piece *piece,
                          parley_error *err)
{
    parley_status status = PARLEY_OK;
    int64_t names = 0;
    for (uint32_t i = 0; i < piece->names.count; i++) {
        names |= store_name_bits(piece->names.at[i]);
    }
    for (uint32_t i = 0; i < piece->speakers.count && status == PARLEY_OK; i++) {
        sqlite3_stmt *s = NULL;
        status = store_use(d, &s, added ? STORE_SAID_ADD : STORE_SAID_DROP, err);
        if (status == PARLEY_OK) {
            sqlite3_bind_int64(s, 1, store_speaker_number(piece->speakers.at[i]));
            sqlite3_bind_int64(s, 2, (int64_t)seq);
            if (added) {
                sqlite3_bind_int64(s, 3, names);
            }
            status = store_run(d, s, err);
        }
    }
    return status;
}

static parley_status links(store_db *d, store_statement which, uint64_t seq,
                           const parley_piece *piece, parley_error *err)
{
    const struct {
        int field;
        const parley_texts *list;
    } lists[] = {{STORE_LINK_SPEAKER, &piece->speakers},
                 {STORE_LINK_NAME, &piece->names},
                 {STORE_LINK_REPLACES, &piece->replaces},
                 {STORE_LINK_REPEATS, &piece->repeats}};
    parley_status status = PARLEY_OK;
    char number[24];
    bool old = d->format < STORE_LINKS_FORMAT;
    size_t count = old ? 2 : sizeof(lists) / sizeof(lists[0]);
    for (size_t i = 0; i < count && status == PARLEY_OK; i++) {
        status = each_link(d, which, seq, lists[i].field, lists[i].list, err);
    }
    if (status == PARLEY_OK && d->format >= STORE_SEARCH_FORMAT) {
        status = said(d, which == STORE_LINK_ADD, seq, piece, err);
    }
    if (status != PARLEY_OK || old || !piece->record || piece->id == NULL ||
        strcmp(piece->section, "claims") != 0) {
        return status;
    }
    status = day_links(d, which, seq, piece, err);
    return status == PARLEY_OK && number_word(piece->id, number)
               ? one_link(d, which, seq, STORE_LINK_NUMBER, number, err)
               : status;
}

static parley_status link_one_again(store_db *d, uint64_t seq, parley_arena *arena,
                                    parley_error *err)
{
    store_words words;
    parley_piece piece;
    uint32_t last = 0;
    parley_status status = store_record_words(d, seq, &last, &words, err);
    if (status == PARLEY_OK) {
        status = parley_piece_read(&piece, d->ctx, arena, "the words of a record", words.at,
                                   words.length, err);
    }
    return status == PARLEY_OK ? links(d, STORE_LINK_ADD, seq, &piece, err) : status;
}

parley_status store_link_again(store_db *d, parley_error *err)
{
    int64_t seq = 0;
    uint64_t done = 0;
    int64_t all = 0;
    bool row = true;
    sqlite3_stmt *s = NULL;
    parley_arena *arena = parley_arena_new(d->ctx);
    parley_status status = arena == NULL
                               ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                               : store_number(d, "SELECT count(*) FROM record", &all, err);
    if (status == PARLEY_OK) {
        status = store_prepare(d, &s,
                               "SELECT seq FROM record WHERE seq>?1 AND section='claims' ORDER BY "
                               "seq LIMIT 1",
                               err);
    }
    while (status == PARLEY_OK) {
        sqlite3_reset(s);
        sqlite3_bind_int64(s, 1, seq);
        status = store_step(d, s, &row, err);
        if (status != PARLEY_OK || !row || !store_integer(s, 0, &seq) || seq <= 0) {
            break;
        }
        parley_arena_mark here = parley_arena_here(arena);
        status = link_one_again(d, (uint64_t)seq, arena, err);
        parley_arena_reset(arena, here);
        if (++done % 4096 == 0) {
            parley_ctx_progress(d->ctx, "bringing the file up to date", done, (uint64_t)all);
            if (status == PARLEY_OK && parley_ctx_cancelled(d->ctx)) {
                status = parley_fail(err, PARLEY_CANCELLED, "stopped; nothing was changed");
            }
        }
    }
    sqlite3_finalize(s);
    parley_arena_free(arena);
    return status;
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
        if (status == PARLEY_OK && d->format >= STORE_SEARCH_FORMAT) {
            status =
                store_vocabulary_keep(d, parley_text_data(folded), which == STORE_TEXT_ADD, err);
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

/* A claim comes or goes. */
static parley_status claimed(store_db *d, uint64_t seq, const parley_piece *piece, bool holds,
                             parley_error *err)
{
    return d->format >= STORE_SEARCH_FORMAT && piece->record &&
                   strcmp(piece->section, "claims") == 0
               ? store_claimed_set(d, seq, holds, err)
               : PARLEY_OK;
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
    if (status == PARLEY_OK) {
        status = claimed(d, seq, piece, true, err);
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
    if (status == PARLEY_OK) {
        status = claimed(d, seq, piece, false, err);
    }
    return status == PARLEY_OK ? words(d, STORE_TEXT_DROP, seq, piece, err) : status;
}
