/*
 * Fetching for a part of a case: records that are no claims, claims by entry, id or link, what they
 * name and what replaces them, and all of it bound as a small case.
 */
#include "store/part_internal.h"

#include <stdlib.h>
#include <string.h>

parley_status part_nomem(gathering *g)
{
    return parley_fail(g->err, PARLEY_NOMEM, "out of memory while reading a part of '%s'",
                       parley_store_path(g->store));
}

/* ------------------------------------------------------------------ fetching */

parley_status part_fetch(gathering *g, uint32_t seq)
{
    store_words words;
    uint32_t last = 0;
    bool fresh = false;
    const char *section = NULL;
    const char *id = NULL;
    size_t section_length = 0;
    size_t id_length = 0;
    sqlite3_stmt *s = NULL;
    store_db *d = &g->store->d;
    if (!store_set_add(&g->seen, seq, &fresh)) {
        return part_nomem(g);
    }
    if (!fresh) {
        return PARLEY_OK;
    }
    if (g->count == g->room) {
        size_t room = g->room == 0 ? 64 : g->room * 2;
        fetched *grown =
            parley_arena_grow(g->arena, g->claim, g->count * sizeof(*grown), room * sizeof(*grown));
        if (grown == NULL) {
            return part_nomem(g);
        }
        g->claim = grown;
        g->room = room;
    }
    parley_status status = store_record_words(d, seq, &last, &words, g->err);
    if (status != PARLEY_OK) {
        return status;
    }
    s = d->statement[STORE_RECORD_WORDS];
    if (!store_text(s, 5, &section, &section_length) || !store_text(s, 6, &id, &id_length) ||
        strcmp(section, "claims") != 0) {
        return store_damaged(d, g->err, "a record is not what it must be");
    }
    fetched *f = &g->claim[g->count];
    f->id = parley_arena_copy(g->arena, id, id_length);
    f->bytes = parley_arena_copy(g->arena, words.at, words.length);
    if (f->id == NULL || f->bytes == NULL) {
        return part_nomem(g);
    }
    f->seq = seq;
    f->last = last;
    f->length = words.length;
    f->recorded = words.recorded;
    f->asked = false;
    g->count++;
    g->stale = true;
    return PARLEY_OK;
}

/* Entry of the claim with an id; 0: there is none. */
parley_status part_find_id(gathering *g, const char *id, uint32_t *out)
{
    sqlite3_stmt *s = NULL;
    bool row = false;
    int64_t seq = 0;
    *out = 0;
    parley_status status = store_use(&g->store->d, &s, STORE_RECORD_FIND, g->err);
    if (status == PARLEY_OK) {
        store_bind_text(s, 1, "claims");
        store_bind_text(s, 2, id);
        status = store_step(&g->store->d, s, &row, g->err);
    }
    if (status == PARLEY_OK && row && store_integer(s, 0, &seq) && seq > 0 &&
        seq <= STORE_ENTRIES_MOST) {
        *out = (uint32_t)seq;
    }
    sqlite3_reset(s);
    return status;
}

static parley_status fetch_id(gathering *g, const char *id)
{
    uint32_t seq = 0;
    parley_status status = part_find_id(g, id, &seq);
    return status == PARLEY_OK && seq > 0 ? part_fetch(g, seq) : status;
}

/* Claims linked to a word. */
parley_status part_linked(gathering *g, store_numbers *out, int field, const char *word)
{
    sqlite3_stmt *s = NULL;
    parley_status status = store_use(&g->store->d, &s, STORE_LINK_FIND, g->err);
    if (status == PARLEY_OK) {
        sqlite3_bind_int(s, 1, field);
        store_bind_text(s, 2, word);
        status = store_number_all(out, g->store, s, g->err);
        sqlite3_reset(s);
    }
    return status;
}

parley_status part_fetch_linked(gathering *g, int field, const char *word)
{
    store_numbers list = {.ctx = g->ctx};
    parley_status status = part_linked(g, &list, field, word);
    for (size_t i = 0; i < list.count && status == PARLEY_OK; i++) {
        status = part_fetch(g, list.at[i]);
    }
    store_numbers_drop(&list);
    return status;
}

static int by_text(const void *pa, const void *pb)
{
    return strcmp(*(const char *const *)pa, *(const char *const *)pb);
}

/* Every claim that a text may name; what claims are about is often the same words. */
static parley_status fetch_named(gathering *g, const parley_text *text)
{
    parley_texts named;
    parley_status status = parley_text_status(text, g->err);
    if (status == PARLEY_OK) {
        status = parley_claims_named(&named, g->ctx, g->arena, parley_store_path(g->store),
                                     parley_text_data(text), parley_text_size(text), g->err);
    }
    if (status == PARLEY_OK && named.count > 1) {
        qsort((const char **)(uintptr_t)named.at, named.count, sizeof(*named.at), by_text);
    }
    for (uint32_t i = 0; status == PARLEY_OK && i < named.count; i++) {
        if (i == 0 || strcmp(named.at[i], named.at[i - 1]) != 0) {
            status = fetch_id(g, named.at[i]);
        }
    }
    return status;
}

/* What the claims name, what replaces them, and so on. */
static parley_status close_over(gathering *g)
{
    parley_status status = PARLEY_OK;
    parley_text *text = parley_text_new(g->ctx, parley_ctx_limits(g->ctx)->file_bytes);
    if (text == NULL) {
        return part_nomem(g);
    }
    while (g->closed < g->count && status == PARLEY_OK) {
        size_t from = g->closed;
        size_t to = g->count;
        parley_text_clear(text);
        parley_text_puts(text, "claims:\n");
        for (size_t i = from; i < to && status == PARLEY_OK; i++) {
            size_t key = 0;
            size_t body = 0;
            const fetched *f = &g->claim[i];
            if (!parley_piece_split(f->bytes, f->length, &key, &body) || body == 0) {
                status = store_damaged(&g->store->d, g->err, "the words of entry %lu are no record",
                                       (unsigned long)f->last);
            } else {
                parley_text_add(text, f->bytes + body, f->length - body);
            }
        }
        if (status == PARLEY_OK) {
            status = fetch_named(g, text);
        }
        for (size_t i = from; i < to && status == PARLEY_OK; i++) {
            status = part_fetch_linked(g, STORE_LINK_REPLACES, g->claim[i].id);
        }
        g->closed = to;
    }
    parley_text_free(text);
    return status;
}

/* ------------------------------------------------------------------- binding */

static int by_entry(const void *pa, const void *pb)
{
    const fetched *a = pa;
    const fetched *b = pb;
    return (a->seq > b->seq) - (a->seq < b->seq);
}

/* What is fetched, as a case; its claim i is g->claim[i]. */
parley_status part_bind(gathering *g, parley_case **out, const parley_case_options *options,
                        parley_diagnostics *diagnostics)
{
    const parley_recorded *recorded = NULL;
    size_t count = 0;
    parley_status status = close_over(g);
    parley_text *text = parley_text_new(g->ctx, parley_ctx_limits(g->ctx)->text_bytes);
    *out = NULL;
    if (status == PARLEY_OK && text == NULL) {
        status = part_nomem(g);
    }
    if (status == PARLEY_OK && g->count > 0) {
        qsort(g->claim, g->count, sizeof(*g->claim), by_entry);
        status = store_tree_clear(g->tree, "claims", g->err);
    }
    for (size_t i = 0; i < g->count && status == PARLEY_OK; i++) {
        const fetched *f = &g->claim[i];
        const store_words words = {true, true, f->bytes, f->length, f->recorded};
        status = store_tree_add(g->tree, &words, f->last, g->err);
    }
    if (status == PARLEY_OK) {
        status = store_tree_join(g->tree, text, g->err);
    }
    if (status == PARLEY_OK) {
        status = store_tree_times(g->tree, g->arena, &recorded, &count, g->err);
    }
    if (status == PARLEY_OK) {
        status = parley_case_read(out, g->ctx, parley_store_path(g->store), parley_text_data(text),
                                  parley_text_size(text), options, diagnostics, g->err);
    }
    if (status == PARLEY_OK) {
        parley_case_set_recorded(*out, recorded, count);
    }
    parley_text_free(text);
    return status;
}

parley_status part_rebind(gathering *g)
{
    if (g->c != NULL && !g->stale) {
        return PARLEY_OK;
    }
    parley_case_free(g->c);
    parley_status status = part_bind(g, &g->c, NULL, NULL);
    g->stale = false;
    PARLEY_ASSERT(status != PARLEY_OK || parley_case_claims(g->c) == g->count);
    return status;
}

/* ------------------------------------------------------------------- records */

/* Every record that is no claim, and where the claims stand among them. */
static parley_status read_records(gathering *g)
{
    store_db *d = &g->store->d;
    sqlite3_stmt *s = NULL;
    int64_t first = 0;
    bool row = true;
    parley_status status = store_number(
        d,
        "SELECT coalesce(min(seq),0) FROM record INDEXED BY record_section WHERE section='claims'",
        &first, g->err);
    if (status == PARLEY_OK) { /* in two ranges of the index, around the claims */
        status = store_prepare(d, &s,
                               "SELECT seq,last FROM record WHERE seq IN (SELECT seq FROM record "
                               "INDEXED BY record_section WHERE section<'claims' UNION ALL SELECT "
                               "seq FROM record INDEXED BY record_section WHERE section>'claims') "
                               "ORDER BY seq",
                               g->err);
    }
    while (status == PARLEY_OK) {
        store_words words;
        int64_t seq = 0;
        int64_t last = 0;
        status = store_step(d, s, &row, g->err);
        if (status != PARLEY_OK || !row) {
            break;
        }
        if (!store_integer(s, 0, &seq) || !store_integer(s, 1, &last) || last <= 0) {
            status = store_damaged(d, g->err, "a record is not what it must be");
            break;
        }
        if (first > 0 && seq > first) {
            status = store_tree_clear(g->tree, "claims", g->err); /* its place */
            first = 0;
        }
        if (status == PARLEY_OK) {
            status = store_need_words(d, (uint64_t)last, &words, g->err);
        }
        if (status == PARLEY_OK) {
            status = store_tree_add(g->tree, &words, (uint64_t)last, g->err);
        }
    }
    sqlite3_finalize(s);
    return status;
}

/* Claims that other records name. */
static parley_status read_names(gathering *g)
{
    parley_text *text = parley_text_new(g->ctx, parley_ctx_limits(g->ctx)->text_bytes);
    parley_status status = text == NULL ? part_nomem(g) : store_tree_naming(g->tree, text, g->err);
    if (status == PARLEY_OK && parley_text_size(text) > 0) {
        status = fetch_named(g, text);
    }
    parley_text_free(text);
    return status;
}

parley_status part_read_records(gathering *g)
{
    parley_status status = read_records(g);
    return status == PARLEY_OK ? read_names(g) : status;
}

/*
 * Where the day up to which the case is known is not typed, it is the newest day on which a claim
 * happened or was learned, and that of the first claim that has it. It is among these: the first
 * with the last day of all typed ones, and the first of every source that is dated.
 */
parley_status part_fetch_newest(gathering *g)
{
    sqlite3_stmt *s = NULL;
    int64_t seq = 0;
    bool row = false;
    if (store_tree_has(g->tree, "as-of")) {
        return PARLEY_OK;
    }
    parley_status status =
        store_prepare(&g->store->d, &s,
                      "SELECT seq FROM link WHERE field=5 AND word=(SELECT max(word) FROM link "
                      "WHERE field=5) ORDER BY seq LIMIT 1",
                      g->err);
    if (status == PARLEY_OK) {
        status = store_step(&g->store->d, s, &row, g->err);
    }
    if (status == PARLEY_OK && row && store_integer(s, 0, &seq) && seq > 0 &&
        seq <= STORE_ENTRIES_MOST) {
        status = part_fetch(g, (uint32_t)seq);
    }
    sqlite3_finalize(s);
    return status;
}

parley_status part_fetch_dated(gathering *g)
{
    sqlite3_stmt *s = NULL;
    int64_t seq = 0;
    bool row = false;
    if (store_tree_has(g->tree, "as-of")) {
        return PARLEY_OK;
    }
    parley_status status = store_prepare(
        &g->store->d, &s, "SELECT seq FROM link WHERE field=6 AND word=?1 ORDER BY seq LIMIT 1",
        g->err);
    for (uint32_t i = 0; status == PARLEY_OK && i < parley_case_sources(g->c); i++) {
        const parley_source *source = parley_case_source(g->c, (int32_t)i);
        if (source->record.happened.form == PARLEY_DATE_UNKNOWN) {
            continue;
        }
        sqlite3_reset(s);
        store_bind_text(s, 1, source->record.id);
        status = store_step(&g->store->d, s, &row, g->err);
        if (status == PARLEY_OK && row && store_integer(s, 0, &seq) && seq > 0 &&
            seq <= STORE_ENTRIES_MOST) {
            status = part_fetch(g, (uint32_t)seq);
        }
    }
    sqlite3_finalize(s);
    return status;
}
