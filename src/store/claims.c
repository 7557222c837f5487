/*
 * The claims interface on disk.
 *
 * Indexes give the numbers of claims that may match; claims are then read in batches, each as a
 * small case: the frame (what claims lean on), the claims of the batch, and an empty stand-in for
 * every claim that one of them names. The claims interface in memory filters that small case, so
 * both say the same by construction; numbers of claims are turned into rows of the whole.
 *
 * In memory: the frame, one number a claim, one batch.
 */
#include "store/store_internal.h"

#include <stdlib.h>
#include <string.h>

enum { BATCH = 128 };

typedef struct batch {
    parley_arena *arena; /* of the copies */
    parley_case *c;
    parley_claim *claim;
    uint64_t first; /* row of claim 0, when they follow one another */
    uint32_t count;
} batch;

struct parley_store_claims {
    parley_store *store;
    parley_ctx *ctx;
    parley_text *frame_text;
    parley_case *frame;
    uint32_t *seq; /* of every claim, ascending */
    size_t count;
    uint64_t head; /* entries when this was made */
    batch kept;    /* for get */
};

/* ------------------------------------------------------------------- frame */

static parley_status nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while reading claims");
}

/* The records of one section, behind its first line. */
static parley_status add_section(parley_store_claims *k, const char *key, parley_text *out,
                                 parley_error *err)
{
    sqlite3_stmt *s = NULL;
    bool row = true;
    bool begun = false;
    store_db *d = &k->store->d;
    parley_status status = store_prepare(
        d, &s, "SELECT last FROM record NOT INDEXED WHERE section=?1 AND id IS NOT '' ORDER BY seq",
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

static parley_status make_frame(parley_store_claims *k, parley_error *err)
{
    parley_text *whole = parley_text_new(k->ctx, parley_ctx_limits(k->ctx)->file_bytes);
    k->frame_text = parley_text_new(k->ctx, parley_ctx_limits(k->ctx)->file_bytes);
    parley_status status = whole == NULL || k->frame_text == NULL ? nomem(err) : PARLEY_OK;
    if (status == PARLEY_OK) {
        parley_text_puts(whole, "parley: 1\n");
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

/* ----------------------------------------------------------------- numbers */

/* A list of entries' numbers that grows. */
typedef struct numbers {
    parley_ctx *ctx;
    uint32_t *at;
    size_t count;
    size_t room;
} numbers;

static bool number_add(numbers *n, uint32_t seq)
{
    if (n->count == n->room) {
        size_t room = n->room == 0 ? 256 : n->room * 2;
        uint32_t *at = parley_realloc(n->ctx, n->at, n->room * sizeof(*at), room * sizeof(*at));
        if (at == NULL) {
            return false;
        }
        n->at = at;
        n->room = room;
    }
    n->at[n->count++] = seq;
    return true;
}

static void numbers_drop(numbers *n)
{
    parley_release(n->ctx, n->at, n->room * sizeof(*n->at));
}

/* All numbers a statement gives. */
static parley_status number_all(numbers *n, parley_store *store, sqlite3_stmt *s, parley_error *err)
{
    bool row = true;
    parley_status status = PARLEY_OK;
    while (status == PARLEY_OK) {
        int64_t seq = 0;
        status = store_step(&store->d, s, &row, err);
        if (status != PARLEY_OK || !row) {
            break;
        }
        if (!store_integer(s, 0, &seq) || seq <= 0 || seq > STORE_ENTRIES_MOST) {
            status = store_damaged(&store->d, err, "a record is not what it must be");
        } else if (!number_add(n, (uint32_t)seq)) {
            status = nomem(err);
        }
    }
    return status;
}

/* Row of a claim by its entry, or -1. */
static int64_t row_of(const parley_store_claims *k, uint32_t seq)
{
    size_t low = 0;
    size_t high = k->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (k->seq[middle] < seq) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < k->count && k->seq[low] == seq ? (int64_t)low : -1;
}

static parley_status find_id(const parley_store_claims *k, const char *id, size_t length,
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
            *row = row_of(k, (uint32_t)seq);
        }
        sqlite3_reset(s);
    }
    return status;
}

/* ----------------------------------------------------------------- batches */

static void batch_drop(batch *b)
{
    parley_case_free(b->c);
    parley_arena_free(b->arena);
    *b = (batch){.arena = NULL};
}

/* While a batch is put together. */
typedef struct making {
    parley_store_claims *k;
    parley_text *text;
    parley_arena *arena;
    numbers rows; /* row of claim i of the small case */
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

static bool has_row(const making *m, uint32_t row)
{
    for (size_t i = 0; i < m->rows.count; i++) {
        if (m->rows.at[i] == row) {
            return true;
        }
    }
    return false;
}

/* Stand-ins for the claims that a claim names and the batch does not have. */
static parley_status add_stand_ins(making *m, const parley_piece *piece, parley_error *err)
{
    for (uint32_t i = 0; i < piece->claims.count; i++) {
        int64_t row = -1;
        const char *id = piece->claims.at[i];
        parley_status status = find_id(m->k, id, strlen(id), &row, err);
        if (status != PARLEY_OK) {
            return status;
        }
        if (row >= 0 && !has_row(m, (uint32_t)row)) {
            parley_piece_stub(m->text, id, m->speaker);
            if (!number_add(&m->rows, (uint32_t)row)) {
                return nomem(err);
            }
        }
    }
    return PARLEY_OK;
}

/* The claims of the batch, and then what they name. */
static parley_status add_claims(making *m, const uint32_t *seq, uint32_t count, parley_error *err)
{
    store_db *d = &m->k->store->d;
    parley_piece *piece = parley_arena_array(m->arena, count, sizeof(*piece));
    m->recorded = parley_arena_array(m->arena, count, sizeof(*m->recorded));
    if (piece == NULL || m->recorded == NULL) {
        return nomem(err);
    }
    parley_text_puts(m->text, "claims:\n");
    for (uint32_t i = 0; i < count; i++) {
        store_words words;
        int64_t last = 0;
        bool row = false;
        sqlite3_stmt *s = NULL;
        size_t key = 0;
        size_t body = 0;
        parley_status status = store_use(d, &s, STORE_RECORD_GET, err);
        if (status == PARLEY_OK) {
            sqlite3_bind_int64(s, 1, seq[i]);
            status = store_step(d, s, &row, err);
        }
        if (status == PARLEY_OK && (!row || !store_integer(s, 1, &last) || last <= 0)) {
            status = store_damaged(d, err, "a record is not what it must be");
        }
        sqlite3_reset(s);
        if (status == PARLEY_OK) {
            status = store_need_words(d, (uint64_t)last, &words, err);
        }
        if (status == PARLEY_OK) {
            status = parley_piece_read(&piece[i], m->k->ctx, m->arena, "a claim", words.at,
                                       words.length, err);
        }
        if (status != PARLEY_OK) {
            return status;
        }
        if (!parley_piece_split(words.at, words.length, &key, &body) || body == 0) {
            return store_damaged(d, err, "the words of entry %lld are no record", (long long)last);
        }
        m->recorded[i] = words.recorded;
        parley_text_add(m->text, words.at + body, words.length - body);
        int64_t number = row_of(m->k, seq[i]);
        if (number < 0) {
            return store_damaged(d, err, "a record is not what it must be");
        }
        if (!number_add(&m->rows, (uint32_t)number)) {
            return nomem(err);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        parley_status status = add_stand_ins(m, &piece[i], err);
        if (status != PARLEY_OK) {
            return status;
        }
    }
    return parley_text_status(m->text, err);
}

/* Numbers of claims in the small case become rows. */
static bool turn_ids(making *m, batch *b, parley_ids *ids)
{
    int32_t *at = parley_arena_array(b->arena, ids->count, sizeof(*at));
    if (at == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < ids->count; i++) {
        at[i] = (int32_t)m->rows.at[ids->at[i]];
    }
    ids->at = at;
    return true;
}

static parley_status copy_claims(making *m, batch *b, uint32_t count, parley_error *err)
{
    b->claim = parley_arena_array(b->arena, count, sizeof(*b->claim));
    if (b->claim == NULL) {
        return nomem(err);
    }
    for (uint32_t i = 0; i < count; i++) {
        parley_claim *claim = &b->claim[i];
        *claim = *parley_case_claim(b->c, (int32_t)i);
        claim->record.span = PARLEY_SPAN_NONE;
        claim->record.recorded = m->recorded[i];
        parley_ids evidence = {claim->record.evidence, claim->record.evidence_count};
        if (!turn_ids(m, b, &claim->repeats) || !turn_ids(m, b, &claim->replaces) ||
            !turn_ids(m, b, &evidence)) {
            return nomem(err);
        }
        claim->record.evidence = evidence.at;
        if (claim->about.kind == PARLEY_ABOUT_CLAIM) {
            claim->about.index = (int32_t)m->rows.at[claim->about.index];
        }
    }
    b->count = count;
    return PARLEY_OK;
}

/* Claims by their entries; the batch held before is dropped. */
static parley_status batch_read(parley_store_claims *k, batch *b, const uint32_t *seq,
                                uint32_t count, parley_error *err)
{
    making m = {.k = k, .rows = {.ctx = k->ctx}, .speaker = any_speaker(k->frame)};
    batch_drop(b);
    m.text = parley_text_new(k->ctx, parley_ctx_limits(k->ctx)->file_bytes);
    m.arena = parley_arena_new(k->ctx);
    b->arena = parley_arena_new(k->ctx);
    parley_status status =
        m.text == NULL || m.arena == NULL || b->arena == NULL ? nomem(err) : PARLEY_OK;
    if (status == PARLEY_OK) {
        parley_text_add(m.text, parley_text_data(k->frame_text), parley_text_size(k->frame_text));
        status = add_claims(&m, seq, count, err);
    }
    if (status == PARLEY_OK) {
        status =
            parley_case_read(&b->c, k->ctx, parley_store_path(k->store), parley_text_data(m.text),
                             parley_text_size(m.text), NULL, NULL, err);
    }
    if (status == PARLEY_OK) {
        status = copy_claims(&m, b, count, err);
    }
    numbers_drop(&m.rows);
    parley_arena_free(m.arena);
    parley_text_free(m.text);
    if (status != PARLEY_OK) {
        batch_drop(b);
    }
    return status;
}

/* --------------------------------------------------------------- interface */

/* What the lists were made from is still the journal's end. */
static parley_status begin(parley_store_claims *k, bool *own, parley_error *err)
{
    parley_head head;
    parley_status status = store_begin_read(k->store, own, err);
    if (status != PARLEY_OK) {
        return status;
    }
    status = parley_store_head(&head, k->store, PARLEY_STORE_NOW, err);
    if (status == PARLEY_OK && head.seq != k->head) {
        status = parley_fail(err, PARLEY_STATE,
                             "'%s' has been written to since its claims were "
                             "opened",
                             parley_store_path(k->store));
        parley_error_hint(err, "open them again");
    }
    if (status != PARLEY_OK) {
        store_end_read(k->store, *own);
    }
    return status;
}

static uint64_t count(void *self)
{
    const parley_store_claims *k = self;
    return k->count;
}

static const parley_claim *get(void *self, uint64_t i)
{
    parley_store_claims *k = self;
    parley_error err = PARLEY_ERROR_INIT;
    bool own = false;
    if (i >= k->count) {
        return NULL;
    }
    if (i < k->kept.first || i - k->kept.first >= k->kept.count) {
        size_t left = k->count - (size_t)i;
        parley_status status = begin(k, &own, &err);
        if (status == PARLEY_OK) {
            status =
                batch_read(k, &k->kept, k->seq + i, left < BATCH ? (uint32_t)left : BATCH, &err);
            store_end_read(k->store, own);
        }
        if (status != PARLEY_OK) {
            parley_ctx_log(k->ctx, 0, "%s", err.message);
            return NULL;
        }
        k->kept.first = i;
    }
    return &k->kept.claim[i - k->kept.first];
}

static int64_t find(void *self, const char *id, size_t length)
{
    parley_store_claims *k = self;
    int64_t row = -1;
    bool own = false;
    if (begin(k, &own, NULL) == PARLEY_OK) {
        if (find_id(k, id, length, &row, NULL) != PARLEY_OK) {
            row = -1;
        }
        store_end_read(k->store, own);
    }
    return row;
}

/* Which claims of a batch pass, by the interface in memory. */
typedef struct passing {
    bool pass[BATCH];
} passing;

static bool note_pass(void *user, uint64_t i, const parley_claim *claim)
{
    passing *p = user;
    (void)claim;
    if (i < BATCH) { /* stand-ins come after them */
        p->pass[i] = true;
    }
    return true;
}

typedef struct query {
    int32_t party;
    int32_t issue;
    int32_t first_day;
    int32_t last_day;
    bool exact; /* nothing is left to filter */
} query;

/* Visit claims by their entries, in this order. */
static parley_status visit_all(parley_store_claims *k, const numbers *list, const query *q,
                               bool (*visit)(void *user, uint64_t i, const parley_claim *claim),
                               void *user, parley_error *err)
{
    batch b = {.arena = NULL};
    bool go_on = true;
    parley_status status = PARLEY_OK;
    for (size_t at = 0; at < list->count && go_on && status == PARLEY_OK; at += BATCH) {
        passing p = {{false}};
        size_t left = list->count - at;
        uint32_t n = left < BATCH ? (uint32_t)left : BATCH;
        status = batch_read(k, &b, list->at + at, n, err);
        if (status == PARLEY_OK && !q->exact) {
            parley_claims memory = parley_claims_of(b.c);
            status = memory.each(memory.self, q->party, q->issue, q->first_day, q->last_day,
                                 note_pass, &p, err);
        }
        for (uint32_t i = 0; i < n && go_on && status == PARLEY_OK; i++) {
            if (q->exact || p.pass[i]) {
                go_on = visit(user, (uint64_t)row_of(k, list->at[at + i]), &b.claim[i]);
            }
        }
    }
    batch_drop(&b);
    return status;
}

/* ---- each ---- */

static parley_status look_up(parley_store_claims *k, numbers *out, int field, const char *word,
                             parley_error *err)
{
    sqlite3_stmt *s = NULL;
    parley_status status = store_prepare(
        &k->store->d, &s, "SELECT seq FROM link WHERE field=?1 AND word=?2 ORDER BY seq", err);
    if (status == PARLEY_OK && word != NULL) {
        sqlite3_bind_int(s, 1, field);
        store_bind_text(s, 2, word);
        status = number_all(out, k->store, s, err);
    }
    sqlite3_finalize(s);
    return status;
}

/* Everybody who speaks for a party, as a claim may name them. */
static parley_status by_party(parley_store_claims *k, numbers *out, int32_t party,
                              parley_error *err)
{
    const parley_case *c = k->frame;
    const char *id = parley_case_party(c, party)->record.id;
    parley_status status = look_up(k, out, STORE_LINK_SPEAKER, id, err);
    parley_arena *arena = parley_arena_new(k->ctx);
    if (arena == NULL) {
        return nomem(err);
    }
    for (uint32_t i = 0; i < parley_case_people(c) && status == PARLEY_OK; i++) {
        const parley_person *person = parley_case_person(c, (int32_t)i);
        if (person->party >= 0 && person->party != party) {
            continue;
        }
        const char *both = parley_arena_format(arena, "%s:%s", id, person->record.id);
        status = both == NULL ? nomem(err) : look_up(k, out, STORE_LINK_SPEAKER, both, err);
        if (status == PARLEY_OK) {
            status = look_up(k, out, STORE_LINK_SPEAKER, person->record.id, err);
        }
    }
    parley_arena_free(arena);
    return status;
}

typedef struct mention {
    int32_t issue;
    bool found;
} mention;

static void see_atom(void *user, const parley_formula *atom)
{
    mention *m = user;
    m->found = m->found || (atom->kind >= PARLEY_F_CHOICE && atom->kind <= PARLEY_F_SHARE &&
                            atom->issue == m->issue);
}

/* Does a proposal speak of an issue, in its text or its parts? */
static bool proposes(const parley_proposal *p, int32_t issue)
{
    mention m = {issue, false};
    if (p->formula != NULL) {
        parley_formula_atoms(p->formula, see_atom, &m);
    }
    for (uint32_t i = 0; i < p->parts.count; i++) {
        if (p->parts.at[i].formula != NULL) {
            parley_formula_atoms(p->parts.at[i].formula, see_atom, &m);
        }
    }
    return m.found;
}

/* Claims that may be about an issue: by its names, and those of proposals that speak of it. */
static parley_status by_issue(parley_store_claims *k, numbers *out, int32_t issue,
                              parley_error *err)
{
    const parley_case *c = k->frame;
    const parley_issue *row = parley_case_issue(c, issue);
    const char *const names[] = {row->record.id, row->name, row->ask};
    parley_status status = PARLEY_OK;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && status == PARLEY_OK; i++) {
        status = look_up(k, out, STORE_LINK_NAME, names[i], err);
    }
    for (uint32_t i = 0; i < parley_case_proposals(c) && status == PARLEY_OK; i++) {
        const parley_proposal *p = parley_case_proposal(c, (int32_t)i);
        if (proposes(p, issue)) {
            status = look_up(k, out, STORE_LINK_NAME, p->record.id, err);
        }
    }
    return status;
}

static int by_number(const void *pa, const void *pb)
{
    uint32_t a = *(const uint32_t *)pa;
    uint32_t b = *(const uint32_t *)pb;
    return (a > b) - (a < b);
}

typedef struct placed {
    int64_t place;
    int64_t shape;
    uint32_t seq;
} placed;

static int by_place(const void *pa, const void *pb)
{
    const placed *a = pa;
    const placed *b = pb;
    int c = (a->place > b->place) - (a->place < b->place);
    c = c != 0 ? c : (a->shape > b->shape) - (a->shape < b->shape);
    return c != 0 ? c : (a->seq > b->seq) - (a->seq < b->seq);
}

/* Of entries found by name: claims of those days, each once, in order of happening. */
static parley_status order_found(parley_store_claims *k, numbers *list, const query *q,
                                 parley_error *err)
{
    sqlite3_stmt *s = NULL;
    size_t n = 0;
    if (list->count == 0) {
        return PARLEY_OK;
    }
    qsort(list->at, list->count, sizeof(*list->at), by_number);
    size_t size = list->count * sizeof(placed);
    placed *found = parley_alloc(k->ctx, size);
    if (found == NULL) {
        return nomem(err);
    }
    parley_status status =
        store_prepare(&k->store->d, &s,
                      "SELECT place,shape FROM record WHERE seq=?1 AND section='claims' AND "
                      "since<=?3 AND until>=?2",
                      err);
    for (size_t i = 0; i < list->count && status == PARLEY_OK; i++) {
        bool row = false;
        if (i > 0 && list->at[i] == list->at[i - 1]) {
            continue;
        }
        sqlite3_reset(s);
        sqlite3_bind_int64(s, 1, list->at[i]);
        sqlite3_bind_int64(s, 2, q->first_day);
        sqlite3_bind_int64(s, 3, q->last_day);
        status = store_step(&k->store->d, s, &row, err);
        if (status == PARLEY_OK && row) {
            found[n++] =
                (placed){sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1), list->at[i]};
        }
    }
    sqlite3_finalize(s);
    qsort(found, n, sizeof(*found), by_place);
    for (size_t i = 0; i < n; i++) {
        list->at[i] = found[i].seq;
    }
    list->count = n;
    parley_release(k->ctx, found, size);
    return status;
}

static parley_status all_of_days(parley_store_claims *k, numbers *list, const query *q,
                                 parley_error *err)
{
    sqlite3_stmt *s = NULL;
    parley_status status = store_prepare(
        &k->store->d, &s,
        "SELECT seq FROM record WHERE section='claims' AND id IS NOT '' AND since<=?2 "
        "AND until>=?1 ORDER BY place,shape,seq",
        err);
    if (status == PARLEY_OK) {
        sqlite3_bind_int64(s, 1, q->first_day);
        sqlite3_bind_int64(s, 2, q->last_day);
        status = number_all(list, k->store, s, err);
    }
    sqlite3_finalize(s);
    return status;
}

static parley_status each(void *self, int32_t party, int32_t issue, int32_t first_day,
                          int32_t last_day,
                          bool (*visit)(void *user, uint64_t i, const parley_claim *claim),
                          void *user, parley_error *err)
{
    parley_store_claims *k = self;
    numbers list = {.ctx = k->ctx};
    const query q = {party, issue, first_day, last_day, party < 0 && issue < 0};
    bool own = false;
    bool nobody = (party >= 0 && (uint32_t)party >= parley_case_parties(k->frame)) ||
                  (issue >= 0 && (uint32_t)issue >= parley_case_issues(k->frame));
    parley_status status = begin(k, &own, err);
    if (status != PARLEY_OK || nobody) {
        if (status == PARLEY_OK) {
            store_end_read(k->store, own);
        }
        return status;
    }
    if (q.exact) {
        status = all_of_days(k, &list, &q, err);
    } else {
        status = issue >= 0 ? by_issue(k, &list, issue, err) : by_party(k, &list, party, err);
        if (status == PARLEY_OK) {
            status = order_found(k, &list, &q, err);
        }
    }
    if (status == PARLEY_OK) {
        status = visit_all(k, &list, &q, visit, user, err);
    }
    numbers_drop(&list);
    store_end_read(k->store, own);
    return status;
}

/* ---- search ---- */

/* Folded words, each in quotes: the index takes them as they are, all of them. */
static void write_match(parley_text *out, const char *folded)
{
    for (const char *at = folded; *at != '\0';) {
        size_t n = strcspn(at, " ");
        if (n > 0) {
            parley_text_putc(out, '"');
            parley_text_add(out, at, n);
            parley_text_puts(out, "\" ");
        }
        at += n + (at[n] == ' ' ? 1 : 0);
    }
}

static parley_status search(void *self, const char *asked,
                            bool (*visit)(void *user, uint64_t i, const parley_claim *claim),
                            void *user, parley_error *err)
{
    parley_store_claims *k = self;
    numbers list = {.ctx = k->ctx};
    const query q = {-1, -1, INT32_MIN, INT32_MAX, true};
    bool own = false;
    sqlite3_stmt *s = NULL;
    parley_text *folded = parley_text_new(k->ctx, PARLEY_STORE_WORDS_MOST);
    parley_text *match = parley_text_new(k->ctx, PARLEY_STORE_WORDS_MOST);
    parley_status status = folded == NULL || match == NULL ? nomem(err) : PARLEY_OK;
    if (status == PARLEY_OK) {
        status = parley_utf8_fold(k->ctx, asked, strlen(asked), folded, err);
    }
    if (status == PARLEY_OK) {
        write_match(match, parley_text_data(folded));
        status = parley_text_status(match, err);
    }
    if (status == PARLEY_OK && parley_text_size(match) > 0) {
        status = begin(k, &own, err);
        if (status == PARLEY_OK) {
            status = store_prepare(&k->store->d, &s,
                                   "SELECT w.rowid FROM words w CROSS JOIN record r ON "
                                   "r.seq=w.rowid WHERE w.words MATCH ?1 AND "
                                   "r.section='claims' AND r.id IS NOT '' ORDER BY w.rowid",
                                   err);
            if (status == PARLEY_OK) {
                sqlite3_bind_text64(s, 1, parley_text_data(match), parley_text_size(match),
                                    SQLITE_STATIC, SQLITE_UTF8);
                status = number_all(&list, k->store, s, err);
            }
            if (status == PARLEY_OK) {
                status = visit_all(k, &list, &q, visit, user, err);
            }
            sqlite3_finalize(s);
            store_end_read(k->store, own);
        }
    }
    numbers_drop(&list);
    parley_text_free(match);
    parley_text_free(folded);
    return status;
}

/* ------------------------------------------------------------- open, close */

parley_status parley_store_claims_new(parley_store_claims **out, parley_store *store,
                                      parley_error *err)
{
    bool own = false;
    parley_head head;
    numbers all = {.ctx = store->ctx};
    sqlite3_stmt *s = NULL;
    *out = NULL;
    parley_store_claims *k = parley_alloc(store->ctx, sizeof(*k));
    if (k == NULL) {
        return nomem(err);
    }
    k->store = store;
    k->ctx = store->ctx;
    parley_status status = store_begin_read(store, &own, err);
    if (status == PARLEY_OK) {
        status = parley_store_head(&head, store, PARLEY_STORE_NOW, err);
        k->head = head.seq;
    }
    if (status == PARLEY_OK) {
        status = store_prepare(&store->d, &s,
                               "SELECT seq FROM record NOT INDEXED WHERE section='claims' AND id "
                               "IS NOT '' ORDER BY seq",
                               err);
    }
    if (status == PARLEY_OK) {
        status = number_all(&all, store, s, err);
    }
    sqlite3_finalize(s);
    if (status == PARLEY_OK) {
        status = make_frame(k, err);
    }
    store_end_read(store, own);
    size_t room = all.room;
    if (status == PARLEY_OK && all.count > 0) { /* give back what it grew too far */
        uint32_t *at = parley_realloc(k->ctx, all.at, room * sizeof(*at), all.count * sizeof(*at));
        if (at == NULL) {
            status = nomem(err);
        } else {
            k->seq = at;
            k->count = all.count;
            all.at = NULL;
            all.room = 0;
        }
    }
    if (status != PARLEY_OK) {
        numbers_drop(&all);
        parley_store_claims_free(k);
        return status;
    }
    *out = k;
    return PARLEY_OK;
}

void parley_store_claims_free(parley_store_claims *k)
{
    if (k == NULL) {
        return;
    }
    parley_ctx *ctx = k->ctx;
    batch_drop(&k->kept);
    parley_case_free(k->frame);
    parley_text_free(k->frame_text);
    parley_release(ctx, k->seq, k->count * sizeof(*k->seq));
    parley_release(ctx, k, sizeof(*k));
}

parley_claims parley_store_claims_of(parley_store_claims *claims)
{
    return (parley_claims){claims, count, get, find, each, search};
}

const parley_case *parley_store_claims_frame(const parley_store_claims *claims)
{
    return claims->frame;
}
