/*
 * Fuzz target of a case on disk: any bytes as the file.
 *
 * It is refused with words, or read; where verify finds nothing, the case reads without a fault of
 * the journal, and every claim can be had: one by one, by its words and their forms, and in a part.
 */
#include <parley/query.h>
#include <parley/store.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool see(void *user, uint64_t i, const parley_claim *claim)
{
    (void)i;
    ++*(uint64_t *)user;
    return claim != NULL && claim->record.id != NULL;
}

static void look(parley_claims *k, parley_ctx *ctx, bool whole)
{
    parley_query *query = NULL;
    uint64_t seen = 0;
    if (parley_query_new(&query, ctx, "arming w*", PARLEY_LANGUAGE_ENGLISH, NULL) == PARLEY_OK) {
        PARLEY_ASSERT(k->look(k->self, query, see, &seen, NULL) == PARLEY_OK || !whole);
    }
    parley_query_free(query);
    PARLEY_ASSERT(!whole || k->count(k->self) == 0 || k->get(k->self, 0) != NULL);
}

/* What the first party and the first issue are asked about. */
static void read_part(parley_store *store, const parley_case *c)
{
    parley_part part = PARLEY_PART_INIT;
    parley_case *some = NULL;
    part.party = parley_case_parties(c) > 0 ? parley_case_party(c, 0)->record.id : "ru";
    part.issue = parley_case_issues(c) > 0 ? parley_case_issue(c, 0)->record.id : NULL;
    part.terms = true;
    parley_status status = parley_store_part(&some, store, &part, NULL, NULL, NULL, NULL);
    PARLEY_ASSERT((status == PARLEY_OK) == (some != NULL));
    PARLEY_ASSERT(some == NULL || parley_case_claims(some) <= parley_case_claims(c));
    parley_case_free(some);
}

static void read_all(parley_store *store, parley_ctx *ctx)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_verify_result v;
    parley_case *c = NULL;
    parley_store_claims *claims = NULL;
    parley_status verified = parley_store_verify(&v, store, NULL, NULL, &err);
    PARLEY_ASSERT(verified == PARLEY_OK || err.message[0] != '\0');
    parley_error_clear(&err);
    parley_status status = parley_store_case(&c, store, PARLEY_STORE_NOW, NULL, NULL, NULL, &err);
    PARLEY_ASSERT((status == PARLEY_OK) == (c != NULL));
    PARLEY_ASSERT(status == PARLEY_OK || err.message[0] != '\0');
    bool whole = verified == PARLEY_OK && v.faults == 0 && status == PARLEY_OK;
    parley_error_clear(&err);
    if (parley_store_claims_new(&claims, store, &err) == PARLEY_OK) {
        uint64_t seen = 0;
        parley_claims k = parley_store_claims_of(claims);
        status = k.each(k.self, -1, -1, INT32_MIN, INT32_MAX, see, &seen, &err);
        PARLEY_ASSERT(!whole || (status == PARLEY_OK && seen == parley_case_claims(c)));
        PARLEY_ASSERT(k.search(k.self, "arms", see, &seen, &err) == PARLEY_OK || !whole);
        look(&k, ctx, whole);
    }
    if (whole) {
        read_part(store, c);
    }
    parley_store_claims_free(claims);
    parley_case_free(c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    parley_ctx *ctx = NULL;
    parley_ctx_options options = PARLEY_CTX_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    parley_store *store = NULL;
    char path[64];
    snprintf(path, sizeof(path), "%s/fuzz-store-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    int fd = mkstemp(path);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size || close(fd) != 0 ||
        parley_ctx_new(&ctx, &options, NULL) != PARLEY_OK) {
        unlink(path);
        return 0;
    }
    parley_status status = parley_store_open(&store, ctx, path, NULL, &err);
    PARLEY_ASSERT((status == PARLEY_OK) == (store != NULL));
    if (store != NULL) {
        read_all(store, ctx);
    } else {
        PARLEY_ASSERT(err.status == status && err.message[0] != '\0');
    }
    parley_store_close(store);
    PARLEY_ASSERT(parley_ctx_bytes(ctx) == 0);
    parley_ctx_free(ctx);
    unlink(path);
    return 0;
}
