/*
 * Which entries put a claim there that holds: a table of bits, and from it the rows of claims.
 *
 * The claims interface numbers claims in the order of the file, from 0, as memory does. With a bit
 * an entry, a million claims are 128 kilobytes to read; how many bits are set before a word of 64
 * is counted once, and then an entry's row, and a row's entry, are found without a list. A file of
 * a format that has no such table gives the same from the index of sections.
 */
#include "store/claims_internal.h"

#include <string.h>

enum { BLOCK_ENTRIES = 4096, BLOCK_BYTES = BLOCK_ENTRIES / 8 };

/* ------------------------------------------------------------------ keeping */

/* The bits of a block; all clear when there is no row. */
static parley_status read_block(store_db *d, int64_t block, uint8_t bits[BLOCK_BYTES],
                                parley_error *err)
{
    sqlite3_stmt *s = NULL;
    bool row = false;
    const void *at = NULL;
    size_t length = 0;
    memset(bits, 0, BLOCK_BYTES);
    parley_status status = store_use(d, &s, STORE_CLAIMED_GET, err);
    if (status == PARLEY_OK) {
        sqlite3_bind_int64(s, 1, block);
        status = store_step(d, s, &row, err);
    }
    if (status == PARLEY_OK && row) {
        if (store_blob(s, 0, &at, &length) && length == BLOCK_BYTES) {
            memcpy(bits, at, BLOCK_BYTES);
        } else {
            status = store_damaged(d, err, "the list of claims is not what it must be");
        }
    }
    sqlite3_reset(s);
    return status;
}

/* A block without claims has no row, so that one set of claims is one table. */
static parley_status write_block(store_db *d, int64_t block, const uint8_t bits[BLOCK_BYTES],
                                 parley_error *err)
{
    sqlite3_stmt *s = NULL;
    bool any = false;
    for (size_t i = 0; i < BLOCK_BYTES && !any; i++) {
        any = bits[i] != 0;
    }
    parley_status status = store_use(d, &s, any ? STORE_CLAIMED_PUT : STORE_CLAIMED_DROP, err);
    if (status == PARLEY_OK) {
        sqlite3_bind_int64(s, 1, block);
        if (any) {
            sqlite3_bind_blob(s, 2, bits, BLOCK_BYTES, SQLITE_STATIC);
        }
        status = store_run(d, s, err);
    }
    return status;
}

parley_status store_claimed_set(store_db *d, uint64_t seq, bool holds, parley_error *err)
{
    uint8_t bits[BLOCK_BYTES];
    int64_t block = (int64_t)(seq / BLOCK_ENTRIES);
    uint8_t *at = &bits[seq % BLOCK_ENTRIES / 8];
    uint8_t bit = (uint8_t)(1u << (seq % 8));
    parley_status status = read_block(d, block, bits, err);
    if (status != PARLEY_OK) {
        return status;
    }
    *at = (uint8_t)(holds ? *at | bit : *at & ~bit);
    return write_block(d, block, bits, err);
}

parley_status store_claimed_again(store_db *d, parley_error *err)
{
    uint8_t bits[BLOCK_BYTES] = {0};
    int64_t block = -1;
    int64_t seq = 0;
    bool row = true;
    sqlite3_stmt *s = NULL;
    parley_status status = store_prepare(d, &s, STORE_CLAIMS_EACH, err);
    while (status == PARLEY_OK) {
        status = store_step(d, s, &row, err);
        if (status != PARLEY_OK || !row) {
            break;
        }
        if (!store_integer(s, 0, &seq) || seq <= 0 || seq > STORE_ENTRIES_MOST) {
            status = store_damaged(d, err, "a record is not what it must be");
            break;
        }
        if (seq / BLOCK_ENTRIES != block) {
            status = block >= 0 ? write_block(d, block, bits, err) : PARLEY_OK;
            memset(bits, 0, sizeof(bits));
            block = seq / BLOCK_ENTRIES;
        }
        bits[seq % BLOCK_ENTRIES / 8] |= (uint8_t)(1u << (seq % 8));
    }
    sqlite3_finalize(s);
    return status == PARLEY_OK && block >= 0 ? write_block(d, block, bits, err) : status;
}

/* --------------------------------------------------------------------- rows */

/* Room for the word of an entry; what is new is clear. */
static bool make_room(store_rows *r, uint32_t seq)
{
    size_t wanted = (size_t)seq / 64 + 1;
    if (wanted <= r->words) {
        return true;
    }
    size_t words = r->words == 0 ? BLOCK_ENTRIES / 64 : r->words;
    while (words < wanted) {
        words *= 2;
    }
    uint64_t *bits =
        parley_realloc(r->ctx, r->bits, r->words * sizeof(*bits), words * sizeof(*bits));
    if (bits == NULL) {
        return false;
    }
    memset(bits + r->words, 0, (words - r->words) * sizeof(*bits));
    r->bits = bits;
    r->words = words;
    return true;
}

static uint32_t count_bits(uint64_t word)
{
    return (uint32_t)__builtin_popcountll(word);
}

/* How many are before each word. */
static bool count_all(store_rows *r)
{
    r->before = parley_alloc(r->ctx, r->words * sizeof(*r->before));
    if (r->words > 0 && r->before == NULL) {
        return false;
    }
    for (size_t i = 0; i < r->words; i++) {
        r->before[i] = r->count;
        r->count += count_bits(r->bits[i]);
    }
    return true;
}

/* last: the last entry there is; a list that goes beyond is not ours, and would take much room. */
static parley_status take_block(store_rows *r, store_db *d, sqlite3_stmt *s, int64_t last,
                                parley_error *err)
{
    int64_t block = 0;
    const void *bits = NULL;
    size_t length = 0;
    if (!store_integer(s, 0, &block) || block < 0 || block > last / BLOCK_ENTRIES ||
        !store_blob(s, 1, &bits, &length) || length != BLOCK_BYTES) {
        return store_damaged(d, err, "the list of claims is not what it must be");
    }
    if (!make_room(r, (uint32_t)block * BLOCK_ENTRIES + (BLOCK_ENTRIES - 1))) {
        return store_claims_nomem(err);
    }
    const uint8_t *at = bits;
    for (size_t i = 0; i < BLOCK_BYTES; i++) {
        r->bits[(size_t)block * (BLOCK_ENTRIES / 64) + i / 8] |= (uint64_t)at[i] << (i % 8 * 8);
    }
    return PARLEY_OK;
}

static parley_status take_entry(store_rows *r, store_db *d, sqlite3_stmt *s, int64_t last,
                                parley_error *err)
{
    int64_t seq = 0;
    if (!store_integer(s, 0, &seq) || seq <= 0 || seq > last) {
        return store_damaged(d, err, "a record is not what it must be");
    }
    if (!make_room(r, (uint32_t)seq)) {
        return store_claims_nomem(err);
    }
    r->bits[seq / 64] |= UINT64_C(1) << (seq % 64);
    return PARLEY_OK;
}

parley_status store_rows_read(store_rows *out, parley_store *store, parley_error *err)
{
    store_db *d = &store->d;
    bool blocks = d->format >= STORE_SEARCH_FORMAT;
    sqlite3_stmt *s = NULL;
    bool row = true;
    int64_t last = 0;
    *out = (store_rows){.ctx = store->ctx};
    parley_status status = store_number(d, "SELECT coalesce(max(seq),0) FROM entry", &last, err);
    last = last < STORE_ENTRIES_MOST ? last : STORE_ENTRIES_MOST;
    if (status == PARLEY_OK) {
        status = store_prepare(
            d, &s, blocks ? "SELECT block,bits FROM claimed ORDER BY block" : STORE_CLAIMS_EACH,
            err);
    }
    while (status == PARLEY_OK) {
        status = store_step(d, s, &row, err);
        if (status != PARLEY_OK || !row) {
            break;
        }
        status = blocks ? take_block(out, d, s, last, err) : take_entry(out, d, s, last, err);
    }
    sqlite3_finalize(s);
    if (status == PARLEY_OK && !count_all(out)) {
        status = store_claims_nomem(err);
    }
    if (status != PARLEY_OK) {
        store_rows_drop(out);
    }
    return status;
}

void store_rows_drop(store_rows *r)
{
    parley_release(r->ctx, r->bits, r->words * sizeof(*r->bits));
    parley_release(r->ctx, r->before, r->before != NULL ? r->words * sizeof(*r->before) : 0);
    *r = (store_rows){.ctx = r->ctx};
}

int64_t store_rows_of(const store_rows *r, uint32_t seq)
{
    size_t word = seq / 64;
    uint64_t bit = UINT64_C(1) << (seq % 64);
    if (word >= r->words || (r->bits[word] & bit) == 0) {
        return -1;
    }
    return (int64_t)r->before[word] + count_bits(r->bits[word] & (bit - 1));
}

uint32_t store_rows_entry(const store_rows *r, uint32_t row)
{
    size_t low = 0;
    size_t high = r->words;
    PARLEY_ASSERT(row < r->count);
    while (high - low > 1) { /* the last word with no more than `row` before it, which has it */
        size_t middle = low + (high - low) / 2;
        if (r->before[middle] <= row) {
            low = middle;
        } else {
            high = middle;
        }
    }
    uint64_t left = r->bits[low];
    for (uint32_t skip = row - r->before[low]; skip > 0; skip--) {
        left &= left - 1;
    }
    PARLEY_ASSERT(left != 0);
    return (uint32_t)(low * 64 + (size_t)__builtin_ctzll(left));
}
