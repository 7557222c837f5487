/*
 * For the tests of faults and kills: every way of writing to a case on disk, each as one step that
 * is acknowledged when it returns.
 */
#ifndef PARLEY_TESTS_STORE_STEPS_H
#define PARLEY_TESTS_STORE_STEPS_H

#include "store/store_check.h"

typedef enum store_way {
    WAY_ENTRY,   /* a few entries in one transaction */
    WAY_CORRECT, /* other words for a record, and a record removed */
    WAY_IMPORT,  /* a case, with what it does not hold removed */
    WAY_DESTROY, /* words that no longer hold, for good */
    WAY_MIGRATE, /* the first change to a file of the first format */
    WAY_COUNT
} store_way;

static const char *const store_way_names[WAY_COUNT] = {"entry", "correct", "import", "destroy",
                                                       "migrate"};

/* A file as the third format had it: without what a search is answered from. */
static inline void steps_make_third(const char *path)
{
    store_sql(path, "DROP TABLE word; DROP TABLE said; DROP TABLE claimed; PRAGMA user_version=3;");
}

/* As the first format had it: also without the export log's index and the links of format 3. */
static inline void steps_make_old(const char *path)
{
    steps_make_third(path);
    store_sql(path, "DROP INDEX entry_export; DELETE FROM link WHERE field>2; PRAGMA "
                    "user_version=1;");
}

/* A case with a few claims; entry 2 has a party, 3 and 4 claims. */
static inline void steps_begin(store_box *box, store_way way)
{
    store_box_empty(box);
    parley_store *store = store_create(box);
    store_write(store, PARLEY_ENTRY_PUT, 0, "parties: {ru: {}}\n");
    store_write(store, PARLEY_ENTRY_PUT, 0,
                "claims: {c1: {by: ru, act: say, says: \"first\", date: 2025-03-01}}\n");
    store_write(store, PARLEY_ENTRY_PUT, 0,
                "claims: {c2: {by: ru, act: say, says: \"second\", repeats: c1}}\n");
    parley_store_close(store);
    if (way == WAY_MIGRATE) {
        steps_make_old(box->path);
    }
}

enum { STEPS_BEGUN = 4 }; /* entries of that case */

static inline parley_status steps_put(parley_store *store, parley_entry_kind kind, uint64_t target,
                                      uint64_t *seq, parley_error *err, const char *words)
{
    return parley_store_add(store, seq, kind, target, words, strlen(words), err);
}

static inline parley_status steps_import(parley_store *store, parley_ctx *ctx, uint64_t round,
                                         parley_error *err)
{
    char text[600];
    parley_case *c = NULL;
    parley_import_result result;
    parley_import_options options = PARLEY_IMPORT_OPTIONS_INIT;
    options.from = "x.yaml";
    options.replace = true;
    snprintf(text, sizeof(text),
             "parley: 1\nparties:\n  ru: {}\nclaims:\n  c1: {by: ru, act: say, says: \"round "
             "%llu\"}\n  i%llu: {by: ru, act: say, says: \"new\", repeats: c1}\n",
             (unsigned long long)round, (unsigned long long)round);
    parley_status status = parley_case_read(&c, ctx, "x.yaml", text, strlen(text), NULL, NULL, err);
    if (status == PARLEY_OK) {
        status = parley_store_import(&result, store, c, &options, err);
    }
    parley_case_free(c);
    return status;
}

/* One step; *there gets how many entries there are when it is acknowledged. */
static inline parley_status steps_take(store_box *box, parley_store *store, store_way way,
                                       uint64_t key, uint64_t round, uint64_t *there,
                                       parley_error *err)
{
    char words[200];
    uint64_t seq = 0;
    uint64_t gone = 0;
    parley_head head;
    parley_status status = parley_store_begin(store, err);
    switch (way) {
    case WAY_ENTRY:
    case WAY_MIGRATE:
        for (uint32_t k = 0; k < 1 + round % 4 && status == PARLEY_OK; k++) {
            snprintf(words, sizeof(words),
                     "claims: {k%llu-%llu-%u: {by: ru, act: say, says: \"round\"}}\n",
                     (unsigned long long)key, (unsigned long long)round, k);
            status = steps_put(store, PARLEY_ENTRY_PUT, 0, NULL, err, words);
        }
        break;
    case WAY_CORRECT:
        snprintf(words, sizeof(words), "claims: {c1: {by: ru, act: say, says: \"round %llu\"}}\n",
                 (unsigned long long)round);
        status = status == PARLEY_OK ? steps_put(store, PARLEY_ENTRY_CORRECT, 3, NULL, err, words)
                                     : status;
        snprintf(words, sizeof(words),
                 "claims: {k%llu-%llu: {by: ru, act: say, says: \"short\"}}\n",
                 (unsigned long long)key, (unsigned long long)round);
        status =
            status == PARLEY_OK ? steps_put(store, PARLEY_ENTRY_PUT, 0, &seq, err, words) : status;
        status = status == PARLEY_OK
                     ? steps_put(store, PARLEY_ENTRY_REMOVE, seq, NULL, err, "was wrong")
                     : status;
        break;
    case WAY_IMPORT:
        status = status == PARLEY_OK ? steps_import(store, box->ctx, round, err) : status;
        break;
    case WAY_DESTROY:
        snprintf(words, sizeof(words),
                 "claims: {k%llu-%llu: {by: ru, act: say, says: \"secret\"}}\n",
                 (unsigned long long)key, (unsigned long long)round);
        status =
            status == PARLEY_OK ? steps_put(store, PARLEY_ENTRY_PUT, 0, &seq, err, words) : status;
        status = status == PARLEY_OK
                     ? steps_put(store, PARLEY_ENTRY_REMOVE, seq, NULL, err, "to be forgotten")
                     : status;
        gone = seq;
        break;
    case WAY_COUNT:
        break;
    }
    if (status == PARLEY_OK) {
        status = parley_store_commit(store, err);
    } else {
        parley_store_rollback(store);
    }
    if (status == PARLEY_OK && gone > 0) {
        status = parley_store_destroy(store, &gone, 1, "asked for", err);
    }
    if (status == PARLEY_OK) {
        status = parley_store_head(&head, store, PARLEY_STORE_NOW, err);
        *there = head.seq;
    }
    return status;
}

#endif
