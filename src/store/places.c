/*
 * Where records stand: by section and id, by number, and ids that are free.
 *
 * From the projection `record` alone; what it says about a record is checked when its words are
 * read.
 */
#include "store/claims_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

parley_status parley_store_has(bool *out, parley_store *store, const char *section, const char *id,
                               parley_error *err)
{
    sqlite3_stmt *s = NULL;
    bool own = false;
    *out = false;
    parley_status status = store_begin_read(store, &own, err);
    if (status != PARLEY_OK) {
        return status;
    }
    status = store_use(&store->d, &s, STORE_RECORD_FIND, err);
    if (status == PARLEY_OK) {
        store_bind_text(s, 1, section);
        store_bind_text(s, 2, id);
        status = store_step(&store->d, s, out, err);
    }
    store_end_read(store, own);
    return status;
}

parley_status parley_store_more_claims(bool *out, parley_store *store, uint64_t least,
                                       parley_error *err)
{
    sqlite3_stmt *s = NULL;
    bool own = false;
    *out = false;
    parley_status status = store_begin_read(store, &own, err);
    if (status != PARLEY_OK) {
        return status;
    }
    if (store->d.format >= STORE_SEARCH_FORMAT) {
        store_rows rows;
        status = store_rows_read(&rows, store, err);
        *out = status == PARLEY_OK && rows.count > least;
        store_rows_drop(&rows);
        store_end_read(store, own);
        return status;
    }
    status = store_prepare(&store->d, &s,
                           "SELECT 1 FROM record INDEXED BY record_section WHERE section='claims' "
                           "LIMIT 1 OFFSET ?1",
                           err);
    if (status == PARLEY_OK) {
        sqlite3_bind_int64(s, 1, least > INT64_MAX ? INT64_MAX : (int64_t)least);
        status = store_step(&store->d, s, out, err);
    }
    sqlite3_finalize(s);
    store_end_read(store, own);
    return status;
}

/* A row of seq, last, section. */
static parley_status take_place(parley_store *store, sqlite3_stmt *s, parley_place *out,
                                parley_error *err)
{
    int64_t seq = 0;
    int64_t last = 0;
    const char *section = NULL;
    size_t length = 0;
    *out = (parley_place){.seq = 0};
    if (!store_integer(s, 0, &seq) || !store_integer(s, 1, &last) ||
        !store_text(s, 2, &section, &length) || seq <= 0 || last <= 0 ||
        length >= sizeof(out->section)) {
        return store_damaged(&store->d, err, "a record is not what it must be");
    }
    out->seq = (uint64_t)seq;
    out->last = (uint64_t)last;
    memcpy(out->section, section, length);
    out->section[length] = '\0';
    return PARLEY_OK;
}

static int by_seq(const void *pa, const void *pb)
{
    const parley_place *a = pa;
    const parley_place *b = pb;
    return (a->seq > b->seq) - (a->seq < b->seq);
}

parley_status parley_store_places(parley_place *out, size_t room, size_t *count,
                                  parley_store *store, const char *section, const char *id,
                                  parley_error *err)
{
    enum { SECTIONS_MOST = 64 };
    parley_place found[SECTIONS_MOST];
    size_t n = 0;
    bool own = false;
    bool row = true;
    sqlite3_stmt *s = NULL;
    *count = 0;
    parley_status status = store_begin_read(store, &own, err);
    if (status != PARLEY_OK) {
        return status;
    }
    /* the sections that there are, by steps in the index; then one look in each */
    status = store_prepare(
        &store->d, &s,
        section != NULL
            ? "SELECT seq,last,section FROM record WHERE section=?1 AND id=?2"
            : "WITH RECURSIVE s(name) AS (SELECT min(section) FROM record WHERE section>'' UNION "
              "ALL SELECT (SELECT min(section) FROM record WHERE section>name) FROM s WHERE name "
              "IS "
              "NOT NULL) SELECT r.seq,r.last,r.section FROM s JOIN record r ON r.section=s.name "
              "AND "
              "r.id=?2 WHERE s.name IS NOT NULL",
        err);
    if (status == PARLEY_OK) {
        if (section != NULL) {
            store_bind_text(s, 1, section);
        }
        store_bind_text(s, 2, id);
    }
    while (status == PARLEY_OK && n < SECTIONS_MOST) {
        status = store_step(&store->d, s, &row, err);
        if (status != PARLEY_OK || !row) {
            break;
        }
        status = take_place(store, s, &found[n], err);
        n++;
    }
    sqlite3_finalize(s);
    store_end_read(store, own);
    if (status != PARLEY_OK) {
        return status;
    }
    if (n > 0) {
        qsort(found, n, sizeof(found[0]), by_seq);
    }
    memcpy(out, found, (n < room ? n : room) * sizeof(found[0]));
    *count = n;
    return PARLEY_OK;
}

parley_status parley_store_nth(parley_place *out, uint64_t *count, parley_store *store,
                               const char *section, uint64_t number, parley_error *err)
{
    bool own = false;
    bool row = false;
    sqlite3_stmt *s = NULL;
    *out = (parley_place){.seq = 0};
    *count = 0;
    parley_status status = store_begin_read(store, &own, err);
    if (status != PARLEY_OK) {
        return status;
    }
    status = store_prepare(&store->d, &s, "SELECT count(*) FROM record WHERE section=?1", err);
    if (status == PARLEY_OK) {
        store_bind_text(s, 1, section);
        status = store_step(&store->d, s, &row, err);
        *count = row ? (uint64_t)sqlite3_column_int64(s, 0) : 0;
    }
    sqlite3_finalize(s);
    s = NULL;
    if (status == PARLEY_OK && number > 0 && number <= *count) {
        status = store_prepare(&store->d, &s,
                               "SELECT seq,last,section FROM record WHERE section=?1 ORDER BY seq "
                               "LIMIT 1 OFFSET ?2",
                               err);
        if (status == PARLEY_OK) {
            store_bind_text(s, 1, section);
            sqlite3_bind_int64(s, 2, (int64_t)number - 1);
            status = store_step(&store->d, s, &row, err);
        }
        if (status == PARLEY_OK && row) {
            status = take_place(store, s, out, err);
        }
        sqlite3_finalize(s);
    }
    store_end_read(store, own);
    return status;
}

/* How many claims have numbered ids of one letter; so many at most. */
static parley_status count_letter(parley_store *store, char letter, int64_t most, int64_t *count,
                                  parley_error *err)
{
    char sql[200];
    snprintf(sql, sizeof(sql),
             "SELECT count(*) FROM (SELECT 1 FROM link WHERE field=%d AND word>='%c' AND word<'%c' "
             "LIMIT %lld)",
             STORE_LINK_NUMBER, letter, letter + 1, (long long)most);
    return store_number(&store->d, sql, count, err);
}

/* A letter of numbered ids. */
typedef struct lettered {
    char letter;
    int64_t count; /* of ids that have it, as far as they were counted */
    int64_t last;  /* the largest number */
} lettered;

/* The letters there are, from the last in the alphabet. */
static parley_status find_letters(parley_store *store, lettered out[26], size_t *letters,
                                  parley_error *err)
{
    char highest[2] = "{"; /* behind z */
    sqlite3_stmt *s = NULL;
    bool row = true;
    parley_status status = store_prepare(
        &store->d, &s,
        "SELECT word FROM link WHERE field=?1 AND word<?2 ORDER BY word DESC LIMIT 1", err);
    *letters = 0;
    while (status == PARLEY_OK) {
        const char *word = NULL;
        size_t length = 0;
        sqlite3_reset(s);
        sqlite3_bind_int(s, 1, STORE_LINK_NUMBER);
        store_bind_text(s, 2, highest);
        status = store_step(&store->d, s, &row, err);
        if (status != PARLEY_OK || !row) {
            break;
        }
        if (!store_text(s, 0, &word, &length) || length != 10 || word[0] < 'a' || word[0] > 'z') {
            status = store_damaged(&store->d, err, "a link is not what it must be");
            break;
        }
        highest[0] = word[0];
        out[(*letters)++] = (lettered){word[0], 0, strtoll(word + 1, NULL, 10)};
    }
    sqlite3_finalize(s);
    return status;
}

/* The letter that most ids have; the first of the alphabet where several have as many. */
static parley_status commonest(parley_store *store, lettered *list, size_t letters, size_t *out,
                               parley_error *err)
{
    size_t full = letters;
    *out = 0;
    /* a single one need not be counted; of several, no further than one of them goes */
    for (int64_t most = 1024; full > 1 && most < STORE_ENTRIES_MOST; most *= 8) {
        full = 0;
        for (size_t i = 0; i < letters; i++) {
            if (list[i].count >= most / 8 || most == 1024) {
                parley_status status =
                    count_letter(store, list[i].letter, most, &list[i].count, err);
                if (status != PARLEY_OK) {
                    return status;
                }
            }
            full += list[i].count == most;
        }
    }
    for (size_t i = 1; i < letters; i++) { /* from the last in the alphabet */
        *out = list[i].count >= list[*out].count ? i : *out;
    }
    return PARLEY_OK;
}

parley_status parley_store_free_id(char out[24], parley_store *store, parley_error *err)
{
    lettered list[26];
    size_t letters = 0;
    size_t best = 0;
    bool own = false;
    parley_status status = store_begin_read(store, &own, err);
    if (status != PARLEY_OK) {
        return status;
    }
    if (store->d.format < STORE_LINKS_FORMAT) {
        store_end_read(store, own);
        return parley_fail(err, PARLEY_STATE, "'%s' has an old format", parley_store_path(store));
    }
    status = find_letters(store, list, &letters, err);
    if (status == PARLEY_OK) {
        status = commonest(store, list, letters, &best, err);
    }
    store_end_read(store, own);
    snprintf(out, 24, "%c%lld", letters > 0 ? list[best].letter : 'c',
             letters > 0 ? (long long)list[best].last + 1 : 1LL);
    return status;
}
