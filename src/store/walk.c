/*
 * A walk over the journal, or over what was recorded by a moment: the chain of hashes, the order of
 * entries, and what holds at the end.
 *
 * One pass over `entry`, without the words. Eight bytes an entry are kept.
 */
#include "store/store_internal.h"

#include <stdio.h>
#include <string.h>

typedef struct walker {
    store_walk *walk;
    store_db *d;
    store_fault_fn fault;
    void *user;
    bool stopped;
    parley_status status;
    parley_error *err;
} walker;

/* One fault; the walk goes on when somebody collects them. */
static void PARLEY_PRINTF(2, 3) tell(walker *w, const char *format, ...)
{
    char message[PARLEY_ERROR_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof(message), format, args);
    va_end(args);
    if (w->fault == NULL) {
        if (w->status == PARLEY_OK) {
            w->status = store_damaged(w->d, w->err, "%s", message);
        }
        w->stopped = true;
    } else if (!w->fault(w->user, message)) {
        w->stopped = true;
    }
}

static bool make_room(store_walk *walk, uint64_t seq)
{
    if (seq < walk->room) {
        return true;
    }
    size_t room = walk->room == 0 ? 1024 : walk->room * 2; /* entries come one by one */
    store_held *at =
        parley_realloc(walk->ctx, walk->at, walk->room * sizeof(*at), room * sizeof(*at));
    if (at == NULL) {
        return false;
    }
    memset(at + walk->room, 0, (room - walk->room) * sizeof(*at));
    walk->at = at;
    walk->room = room;
    return true;
}

/* What an entry changes about what holds. */
static void apply(walker *w, const parley_entry *e)
{
    store_walk *walk = w->walk;
    unsigned long long seq = e->seq;
    unsigned long long target = e->target;
    bool about = e->kind == PARLEY_ENTRY_CORRECT || e->kind == PARLEY_ENTRY_REMOVE;
    if (about && (target == 0 || walk->at[target].last == 0)) {
        tell(w, "entry %llu (%s) is about entry %llu, which holds nothing", seq,
             parley_entry_kind_word(e->kind), target);
        return;
    }
    if (!about && e->kind != PARLEY_ENTRY_DESTROY && e->kind != PARLEY_ENTRY_EXPORT &&
        target != 0) {
        tell(w, "entry %llu (%s) is about entry %llu, which it may not", seq,
             parley_entry_kind_word(e->kind), target);
    }
    if ((e->kind == PARLEY_ENTRY_BEGIN) != (seq == 1)) {
        tell(w, "entry %llu is of kind '%s'; entry 1 begins the journal, and no other", seq,
             parley_entry_kind_word(e->kind));
    }
    switch (e->kind) {
    case PARLEY_ENTRY_PUT:
        walk->at[seq].last = (uint32_t)seq;
        break;
    case PARLEY_ENTRY_CORRECT:
        walk->at[target].last = (uint32_t)seq;
        break;
    case PARLEY_ENTRY_REMOVE:
        walk->at[target].last = 0;
        break;
    case PARLEY_ENTRY_DESTROY:
        if (target == 0 || walk->at[target].gone) {
            tell(w, "entry %llu destroys the words of entry %llu, which has none", seq, target);
        } else {
            walk->at[target].gone = true;
            walk->destroyed++;
        }
        break;
    default:
        break;
    }
}

/* One row; false: behind the moment that was asked for. */
static bool take_row(walker *w, sqlite3_stmt *s, int64_t by,
                     bool (*visit)(void *user, const parley_entry *entry))
{
    store_walk *walk = w->walk;
    uint8_t hash[PARLEY_STORE_HASH];
    parley_entry e;
    if (!store_read_entry(s, &e)) {
        tell(w, "the entry behind entry %llu is not what it must be",
             (unsigned long long)walk->head.seq);
        w->stopped = true; /* what follows cannot be told apart */
        return false;
    }
    if (e.recorded > by) {
        return false;
    }
    if (e.seq != walk->head.seq + 1) {
        tell(w, "entry %llu is missing", (unsigned long long)walk->head.seq + 1);
        w->stopped = true;
        return false;
    }
    if (!make_room(walk, e.seq)) {
        w->status = parley_fail(w->err, PARLEY_NOMEM, "out of memory while reading the journal");
        return false;
    }
    store_hash_entry(hash, &e, walk->head.hash);
    if (memcmp(hash, e.hash, sizeof(hash)) != 0) {
        tell(w, "the hash of entry %llu does not fit: it, or an entry before it, was changed",
             (unsigned long long)e.seq);
    }
    if (walk->head.seq > 0 && e.recorded < walk->head.recorded) {
        tell(w, "entry %llu was recorded before the one before it", (unsigned long long)e.seq);
    }
    apply(w, &e);
    walk->first = walk->entries == 0 ? e.recorded : walk->first;
    walk->head.seq = e.seq;
    walk->head.recorded = e.recorded;
    memcpy(walk->head.hash, e.hash, sizeof(e.hash));
    walk->entries = e.seq;
    return !w->stopped && w->status == PARLEY_OK && (visit == NULL || visit(w->user, &e));
}

parley_status store_walk_make(store_walk *out, parley_store *store, int64_t by,
                              bool (*visit)(void *user, const parley_entry *entry),
                              store_fault_fn fault, void *user, parley_error *err)
{
    walker w = {.walk = out, .d = &store->d, .fault = fault, .user = user, .err = err};
    sqlite3_stmt *s = NULL;
    bool row = true;
    *out = (store_walk){.ctx = store->ctx};
    if (!make_room(out, 1)) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while reading the journal");
    }
    parley_status status = store_use(&store->d, &s, STORE_ENTRY_EACH, err);
    if (status == PARLEY_OK) {
        sqlite3_bind_int64(s, 1, INT64_MIN);
    }
    while (status == PARLEY_OK && row) {
        status = store_step(&store->d, s, &row, err);
        if (status != PARLEY_OK || !row || !take_row(&w, s, by, visit)) {
            break;
        }
        if (out->entries % 4096 == 0 && parley_ctx_cancelled(store->ctx)) {
            status = parley_fail(err, PARLEY_CANCELLED, "stopped while reading the journal");
        }
    }
    sqlite3_reset(s);
    status = status == PARLEY_OK ? w.status : status;
    if (status != PARLEY_OK) {
        store_walk_drop(out);
        *out = (store_walk){.ctx = store->ctx}; /* nothing was walked */
    }
    return status;
}

void store_walk_drop(store_walk *walk)
{
    parley_release(walk->ctx, walk->at, walk->room * sizeof(*walk->at));
    walk->at = NULL;
    walk->room = 0;
}
