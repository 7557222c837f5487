/*
 * Batches of claims: a small case of the frame, the claims asked for, and stand-ins for those that
 * they name.
 */
#include "store/claims_internal.h"

#include <string.h>

/* ------------------------------------------------------------------- frame */

/* The records of one section, behind its first line. */
static parley_status add_section(parley_store_claims *k, const char *key, parley_text *out,
                                 parley_error *err)
{
    sqlite3_stmt *s = NULL;
    bool row = true;
    bool begun = false;
    store_db *d = &k->store->d;
    parley_status status = store_prepare(
        d, &s, "SELECT last FROM record INDEXED BY record_section WHERE section=?1 ORDER BY seq",
        err);
    if (status == PARLEY_OK) {
        store_bind_text(s, 1, key);
    }
    while (status == PARLEY_OK) {
        store_words words;
        int64_t last = 0;
        size_t key_length = 0;
        size_t body = 0;
        status = store_step(d, s, &row, err);
        if (status != PARLEY_OK || !row) {
            break;
        }
        if (!store_integer(s, 0, &last) || last <= 0) {
            status = store_damaged(d, err, "a record is not what it must be");
            break;
        }
        status = store_need_words(d, (uint64_t)last, &words, err);
        if (status != PARLEY_OK) {
            break;
        }
        if (!parley_piece_split(words.at, words.length, &key_length, &body) || body == 0) {
            status =
                store_damaged(d, err, "the words of entry %lld are no record", (long long)last);
            break;
        }
        parley_text_add(out, words.at + (begun ? body : 0), words.length - (begun ? body : 0));
        begun = true;
    }
    sqlite3_finalize(s);
    return status;
}

/* The member of the top that says how words are searched, if there is one. */
static parley_status add_language(parley_store_claims *k, parley_text *out, parley_error *err)
{
    store_db *d = &k->store->d;
    sqlite3_stmt *s = NULL;
    bool row = false;
    int64_t last = 0;
    store_words words;
    parley_status status = store_use(d, &s, STORE_RECORD_FIND, err);
    if (status != PARLEY_OK) {
        return status;
    }
    store_bind_text(s, 1, "");
    store_bind_text(s, 2, "language");
    status = store_step(d, s, &row, err);
    bool there = status == PARLEY_OK && row && store_integer(s, 1, &last) && last > 0;
    sqlite3_reset(s);
    if (there) {
        status = store_need_words(d, (uint64_t)last, &words, err);
        if (status == PARLEY_OK) {
            parley_text_add(out, words.at, words.length);
        }
    }
    return status;
}

parley_status store_claims_frame(parley_store_claims *k, parley_error *err)
{
    parley_text *whole = parley_text_new(k->ctx, parley_ctx_limits(k->ctx)->file_bytes);
    k->frame_text = parley_text_new(k->ctx, parley_ctx_limits(k->ctx)->file_bytes);
    parley_status status =
        whole == NULL || k->frame_text == NULL ? store_claims_nomem(err) : PARLEY_OK;
    if (status == PARLEY_OK) {
        parley_text_puts(whole, "parley: 1\n");
        status = add_language(k, whole, err);
    }
    for (size_t i = 0; status == PARLEY_OK && parley_frame_section(i) != NULL; i++) {
        status = add_section(k, parley_frame_section(i), whole, err);
    }
    if (status == PARLEY_OK) {
        status = parley_text_status(whole, err);
    }
    if (status == PARLEY_OK) {
        status = parley_frame_text(k->frame_text, k->ctx, parley_store_path(k->store),
                                   parley_text_data(whole), parley_text_size(whole), err);
    }
    if (status == PARLEY_OK) {
        status = parley_case_read(&k->frame, k->ctx, parley_store_path(k->store),
                                  parley_text_data(k->frame_text), parley_text_size(k->frame_text),
                                  NULL, NULL, err);
    }
    parley_text_free(whole);
    return status;
}

/* ------------------------------------------------------------------- rows */

parley_status store_claims_find(const parley_store_claims *k, const char *id, size_t length,
                                int64_t *row, parley_error *err)
{
    sqlite3_stmt *s = NULL;
    bool there = false;
    *row = -1;
    parley_status status = store_use(&k->store->d, &s, STORE_RECORD_FIND, err);
    if (status == PARLEY_OK && length > 0) { /* "" stands for members of the top */
        int64_t seq = 0;
        store_bind_text(s, 1, "claims");
        sqlite3_bind_text64(s, 2, id, length, SQLITE_STATIC, SQLITE_UTF8);
        status = store_step(&k->store->d, s, &there, err);
        if (status == PARLEY_OK && there && store_integer(s, 0, &seq) && seq > 0 &&
            seq <= STORE_ENTRIES_MOST) {
            *row = store_rows_of(&k->rows, (uint32_t)seq);
        }
        sqlite3_reset(s);
    }
    return status;
}

/* ----------------------------------------------------------------- batches */

void store_batch_drop(store_batch *b)
{
    parley_case_free(b->c);
    parley_arena_free(b->arena);
    *b = (store_batch){.arena = NULL};
}

/* While a batch is put together. */
typedef struct making {
    parley_store_claims *k;
    parley_text *text;
    parley_arena *arena;
    store_numbers rows; /* row of claim i of the small case */
    store_set seqs;     /* entries of these claims */
    int64_t *recorded;
    const char *speaker; /* for stand-ins */
} making;

/* Somebody a stand-in can be by. */
static const char *any_speaker(const parley_case *c)
{
    return parley_case_parties(c) > 0   ? parley_case_party(c, 0)->record.id
           : parley_case_sources(c) > 0 ? parley_case_source(c, 0)->record.id
           : parley_case_people(c) > 0  ? parley_case_person(c, 0)->record.id
                                        : "";
}

/* The next claim of the small case. *fresh: it has none of that entry yet. */
static parley_status add_row(making *m, uint32_t seq, bool *fresh, parley_error *err)
{
    int64_t row = store_rows_of(&m->k->rows, seq);
    if (row < 0) {
        return store_damaged(&m->k->store->d, err, "a record is not what it must be");
    }
    return store_set_add(&m->seqs, seq, fresh) &&
                   (!*fresh || store_number_add(&m->rows, (uint32_t)row))
               ? PARLEY_OK
               : store_claims_nomem(err);
}

/* Stand-ins for the claims that those in the text name and the batch does not have. */
static parley_status add_stand_ins(making *m, size_t from, parley_error *err)
{
    parley_texts named;
    const char *claims = parley_text_data(m->text) + from;
    parley_status status =
        parley_claims_named(&named, m->k->ctx, m->arena, parley_store_path(m->k->store), claims,
                            parley_text_size(m->text) - from, err);
    for (uint32_t i = 0; i < named.count && status == PARLEY_OK; i++) {
        int64_t row = -1;
        bool fresh = false;
        const char *id = named.at[i];
        status = store_claims_find(m->k, id, strlen(id), &row, err);
        if (status == PARLEY_OK && row >= 0) {
            status = add_row(m, store_rows_entry(&m->k->rows, (uint32_t)row), &fresh, err);
            if (status == PARLEY_OK && fresh) {
                parley_piece_stub(m->text, id, m->speaker);
            }
        }
    }
    return status;
}

/* The claims of the batch, and then what they name. */
static parley_status add_claims(making *m, const uint32_t *seq, const uint32_t *lasts,
                                uint32_t count, parley_error *err)
{
    store_db *d = &m->k->store->d;
    size_t from = parley_text_size(m->text);
    m->recorded = parley_arena_array(m->arena, count, sizeof(*m->recorded));
    if (m->recorded == NULL) {
        return store_claims_nomem(err);
    }
    parley_text_puts(m->text, "claims:\n");
    for (uint32_t i = 0; i < count; i++) {
        store_words words;
        uint32_t last = 0;
        size_t key = 0;
        size_t body = 0;
        bool fresh = false;
        parley_status status = PARLEY_OK;
        if (lasts != NULL) {
            last = lasts[i];
            status = store_need_words(d, last, &words, err);
        } else {
            status = store_record_words(d, seq[i], &last, &words, err);
        }
        if (status == PARLEY_OK &&
            (!parley_piece_split(words.at, words.length, &key, &body) || body == 0)) {
            status =
                store_damaged(d, err, "the words of entry %lu are no record", (unsigned long)last);
        }
        if (status == PARLEY_OK) {
            status = add_row(m, seq[i], &fresh, err);
        }
        if (status == PARLEY_OK && !fresh) {
            status = store_damaged(d, err, "a record is not what it must be");
        }
        if (status != PARLEY_OK) {
            return status;
        }
        m->recorded[i] = words.recorded;
        parley_text_add(m->text, words.at + body, words.length - body);
    }
    parley_status status = parley_text_status(m->text, err);
    return status == PARLEY_OK ? add_stand_ins(m, from, err) : status;
}

/* Numbers of claims in the small case become rows. */
static bool turn_ids(making *m, store_batch *b, parley_ids *ids)
{
    int32_t *at = parley_arena_array(b->arena, ids->count, sizeof(*at));
    if (at == NULL) {
        return false;
    }
    PARLEY_ASSERT(m->rows.at != NULL); /* the batch has a claim at least */
    for (uint32_t i = 0; i < ids->count; i++) {
        at[i] = (int32_t)m->rows.at[ids->at[i]];
    }
    ids->at = at;
    return true;
}

static parley_status copy_claims(making *m, store_batch *b, uint32_t count, parley_error *err)
{
    b->claim = parley_arena_array(b->arena, count, sizeof(*b->claim));
    if (b->claim == NULL) {
        return store_claims_nomem(err);
    }
    for (uint32_t i = 0; i < count; i++) {
        parley_claim *claim = &b->claim[i];
        *claim = *parley_case_claim(b->c, (int32_t)i);
        claim->record.span = PARLEY_SPAN_NONE;
        claim->record.recorded = m->recorded[i];
        parley_ids evidence = {claim->record.evidence, claim->record.evidence_count};
        if (!turn_ids(m, b, &claim->repeats) || !turn_ids(m, b, &claim->replaces) ||
            !turn_ids(m, b, &evidence)) {
            return store_claims_nomem(err);
        }
        claim->record.evidence = evidence.at;
        if (claim->about.kind == PARLEY_ABOUT_CLAIM) {
            PARLEY_ASSERT(m->rows.at != NULL);
            claim->about.index = (int32_t)m->rows.at[claim->about.index];
        }
    }
    b->count = count;
    return PARLEY_OK;
}

/* Claims by their entries; the batch held before is dropped. */
parley_status store_batch_read(parley_store_claims *k, store_batch *b, const uint32_t *seq,
                               const uint32_t *last, uint32_t count, parley_error *err)
{
    making m = {
        .k = k, .rows = {.ctx = k->ctx}, .seqs = {.ctx = k->ctx}, .speaker = any_speaker(k->frame)};
    store_batch_drop(b);
    m.text = parley_text_new(k->ctx, parley_ctx_limits(k->ctx)->file_bytes);
    m.arena = parley_arena_new(k->ctx);
    b->arena = parley_arena_new(k->ctx);
    parley_status status =
        m.text == NULL || m.arena == NULL || b->arena == NULL ? store_claims_nomem(err) : PARLEY_OK;
    if (status == PARLEY_OK) {
        parley_text_add(m.text, parley_text_data(k->frame_text), parley_text_size(k->frame_text));
        status = add_claims(&m, seq, last, count, err);
    }
    if (status == PARLEY_OK) {
        status = parley_text_status(m.text, err);
    }
    if (status == PARLEY_OK) {
        status =
            parley_case_read(&b->c, k->ctx, parley_store_path(k->store), parley_text_data(m.text),
                             parley_text_size(m.text), NULL, NULL, err);
    }
    if (status == PARLEY_OK) {
        status = copy_claims(&m, b, count, err);
    }
    store_numbers_drop(&m.rows);
    store_set_drop(&m.seqs);
    parley_arena_free(m.arena);
    parley_text_free(m.text);
    if (status != PARLEY_OK) {
        store_batch_drop(b);
    }
    return status;
}
