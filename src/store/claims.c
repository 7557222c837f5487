/*
 * The claims interface on disk.
 *
 * Indexes give the numbers of claims that may match; claims are then read in batches, each as a
 * small case: the frame (what claims lean on), the claims of the batch, and an empty stand-in for
 * every claim that one of them names. The claims interface in memory filters that small case, so
 * both say the same by construction; numbers of claims are turned into rows of the whole.
 *
 * In memory: the frame, a bit an entry, one batch.
 */
#include "store/claims_internal.h"

parley_status store_claims_nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while reading claims");
}

/* ----------------------------------------------------------------- numbers */

bool store_number_add(store_numbers *n, uint32_t seq)
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

void store_numbers_drop(store_numbers *n)
{
    parley_release(n->ctx, n->at, n->room * sizeof(*n->at));
    parley_release(n->ctx, n->last, n->last_room * sizeof(*n->last));
}

/* -------------------------------------------------------------------- sets */

static size_t slot_of(const store_set *set, uint32_t number)
{
    size_t i = (size_t)(number * 0x9E3779B1u) & (set->size - 1);
    while (set->slot[i] != 0 && set->slot[i] != number) {
        i = (i + 1) & (set->size - 1);
    }
    return i;
}

bool store_set_has(const store_set *set, uint32_t number)
{
    return set->size > 0 && set->slot[slot_of(set, number)] == number;
}

bool store_set_add(store_set *set, uint32_t number, bool *fresh)
{
    if ((set->count + 1) * 2 > set->size) {
        store_set larger = {.ctx = set->ctx, .size = set->size == 0 ? 256 : set->size * 2};
        larger.slot = parley_alloc(set->ctx, larger.size * sizeof(*larger.slot));
        if (larger.slot == NULL) {
            return false;
        }
        for (size_t i = 0; i < set->size; i++) {
            if (set->slot[i] != 0) {
                larger.slot[slot_of(&larger, set->slot[i])] = set->slot[i];
            }
        }
        parley_release(set->ctx, set->slot, set->size * sizeof(*set->slot));
        set->slot = larger.slot;
        set->size = larger.size;
    }
    size_t i = slot_of(set, number);
    *fresh = set->slot[i] == 0;
    set->slot[i] = number;
    set->count += *fresh ? 1 : 0;
    return true;
}

void store_set_drop(store_set *set)
{
    parley_release(set->ctx, set->slot, set->size * sizeof(*set->slot));
    set->slot = NULL;
    set->size = 0;
}

/* All numbers a statement gives. */
parley_status store_number_all(store_numbers *n, parley_store *store, sqlite3_stmt *s,
                               parley_error *err)
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
        } else if (!store_number_add(n, (uint32_t)seq)) {
            status = store_claims_nomem(err);
        }
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
    return k->rows.count;
}

static const parley_claim *get(void *self, uint64_t i)
{
    parley_store_claims *k = self;
    parley_error err = PARLEY_ERROR_INIT;
    bool own = false;
    if (i >= k->rows.count) {
        return NULL;
    }
    if (i < k->kept.first || i - k->kept.first >= k->kept.count) {
        uint32_t seq[STORE_BATCH_FEW];
        uint32_t n = 0;
        while (n < STORE_BATCH_FEW && i + n < k->rows.count) {
            seq[n] = store_rows_entry(&k->rows, (uint32_t)i + n);
            n++;
        }
        parley_status status = begin(k, &own, &err);
        if (status == PARLEY_OK) {
            status = store_batch_read(k, &k->kept, seq, NULL, n, &err);
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
        if (store_claims_find(k, id, length, &row, NULL) != PARLEY_OK) {
            row = -1;
        }
        store_end_read(k->store, own);
    }
    return row;
}

/* Which claims of a batch pass, by the interface in memory. */
typedef struct passing {
    bool pass[STORE_BATCH];
} passing;

static bool note_pass(void *user, uint64_t i, const parley_claim *claim)
{
    passing *p = user;
    (void)claim;
    if (i < STORE_BATCH) { /* stand-ins come after them */
        p->pass[i] = true;
    }
    return true;
}

/* Visit claims by their entries, in this order. */
static parley_status visit_all(parley_store_claims *k, const store_numbers *list,
                               const store_query *q,
                               bool (*visit)(void *user, uint64_t i, const parley_claim *claim),
                               void *user, parley_error *err)
{
    store_batch b = {.arena = NULL};
    bool go_on = true;
    parley_status status = PARLEY_OK;
    uint32_t n = STORE_BATCH_FIRST;
    for (size_t at = 0; at < list->count && go_on && status == PARLEY_OK; at += n) {
        passing p = {{false}};
        size_t left = list->count - at;
        n = at > 0 && n < STORE_BATCH ? n * STORE_BATCH_MORE : n;
        n = n < STORE_BATCH ? n : STORE_BATCH;
        n = left < n ? (uint32_t)left : n;
        status = store_batch_read(k, &b, list->at + at, list->last != NULL ? list->last + at : NULL,
                                  n, err);
        if (status == PARLEY_OK && !q->exact) {
            parley_claims memory = parley_claims_of(b.c);
            status = memory.each(memory.self, q->party, q->issue, q->first_day, q->last_day,
                                 note_pass, &p, err);
        }
        for (uint32_t i = 0; i < n && go_on && status == PARLEY_OK; i++) {
            if (q->exact || p.pass[i]) {
                go_on =
                    visit(user, (uint64_t)store_rows_of(&k->rows, list->at[at + i]), &b.claim[i]);
            }
        }
    }
    store_batch_drop(&b);
    return status;
}

static parley_status pick(void *self, const uint64_t *rows, size_t n,
                          bool (*visit)(void *user, uint64_t i, const parley_claim *claim),
                          void *user, parley_error *err)
{
    parley_store_claims *k = self;
    store_numbers list = {.ctx = k->ctx};
    const store_query q = {-1, -1, INT32_MIN, INT32_MAX, true};
    bool own = false;
    parley_status status = begin(k, &own, err);
    if (status != PARLEY_OK) {
        return status;
    }
    for (size_t i = 0; i < n && status == PARLEY_OK; i++) {
        if (rows[i] >= k->rows.count) {
            status = parley_fail(err, PARLEY_INVALID, "there is no claim %llu",
                                 (unsigned long long)rows[i]);
        } else if (!store_number_add(&list, store_rows_entry(&k->rows, (uint32_t)rows[i]))) {
            status = store_claims_nomem(err);
        }
    }
    if (status == PARLEY_OK) {
        status = visit_all(k, &list, &q, visit, user, err);
    }
    store_numbers_drop(&list);
    store_end_read(k->store, own);
    return status;
}

static parley_status each(void *self, int32_t party, int32_t issue, int32_t first_day,
                          int32_t last_day,
                          bool (*visit)(void *user, uint64_t i, const parley_claim *claim),
                          void *user, parley_error *err)
{
    parley_store_claims *k = self;
    store_numbers list = {.ctx = k->ctx};
    const store_query q = {party, issue, first_day, last_day, party < 0 && issue < 0};
    bool own = false;
    bool nobody = (party >= 0 && (uint32_t)party >= parley_case_parties(k->frame)) ||
                  (issue >= 0 && (uint32_t)issue >= parley_case_issues(k->frame));
    parley_status status = begin(k, &own, err);
    if (status != PARLEY_OK) {
        return status;
    }
    if (!nobody) {
        status = store_claims_select(k, &list, &q, err);
    }
    if (status == PARLEY_OK) {
        status = visit_all(k, &list, &q, visit, user, err);
    }
    store_numbers_drop(&list);
    store_end_read(k->store, own);
    return status;
}

static parley_status search(void *self, const char *asked,
                            bool (*visit)(void *user, uint64_t i, const parley_claim *claim),
                            void *user, parley_error *err)
{
    parley_store_claims *k = self;
    store_numbers list = {.ctx = k->ctx};
    const store_query q = {-1, -1, INT32_MIN, INT32_MAX, true};
    bool own = false;
    parley_status status = begin(k, &own, err);
    if (status != PARLEY_OK) {
        return status;
    }
    status = store_claims_match(k, &list, asked, err);
    if (status == PARLEY_OK) {
        status = visit_all(k, &list, &q, visit, user, err);
    }
    store_numbers_drop(&list);
    store_end_read(k->store, own);
    return status;
}

static parley_status look(void *self, parley_query *query,
                          bool (*visit)(void *user, uint64_t i, const parley_claim *claim),
                          void *user, parley_error *err)
{
    parley_store_claims *k = self;
    store_numbers list = {.ctx = k->ctx};
    const store_query q = {-1, -1, INT32_MIN, INT32_MAX, true};
    bool own = false;
    parley_status status = begin(k, &own, err);
    if (status != PARLEY_OK) {
        return status;
    }
    status = store_claims_look(k, &list, query, err);
    if (status == PARLEY_OK) {
        status = visit_all(k, &list, &q, visit, user, err);
    }
    store_numbers_drop(&list);
    store_end_read(k->store, own);
    return status;
}

/* ------------------------------------------------------------- open, close */

parley_status parley_store_claims_new(parley_store_claims **out, parley_store *store,
                                      parley_error *err)
{
    bool own = false;
    parley_head head;
    *out = NULL;
    parley_store_claims *k = parley_alloc(store->ctx, sizeof(*k));
    if (k == NULL) {
        return store_claims_nomem(err);
    }
    k->store = store;
    k->ctx = store->ctx;
    k->rows.ctx = store->ctx;
    parley_status status = store_begin_read(store, &own, err);
    if (status == PARLEY_OK) {
        status = parley_store_head(&head, store, PARLEY_STORE_NOW, err);
        k->head = head.seq;
    }
    if (status == PARLEY_OK) {
        status = store_rows_read(&k->rows, store, err);
    }
    if (status == PARLEY_OK) {
        status = store_claims_frame(k, err);
    }
    store_end_read(store, own);
    if (status != PARLEY_OK) {
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
    store_batch_drop(&k->kept);
    parley_case_free(k->frame);
    parley_text_free(k->frame_text);
    store_rows_drop(&k->rows);
    parley_release(ctx, k, sizeof(*k));
}

parley_claims parley_store_claims_of(parley_store_claims *claims)
{
    return (parley_claims){claims, count, get, find, pick, each, search, look};
}

const parley_case *parley_store_claims_frame(const parley_store_claims *claims)
{
    return claims->frame;
}
