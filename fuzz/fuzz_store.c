/*
 * Fuzz target of a case on disk: any bytes as the file.
 *
 * It is refused with words, or read; where verify finds nothing, the case reads without a fault of
 * the journal, and every claim can be had.
 */
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

static void read_all(parley_store *store)
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
        read_all(store);
    } else {
        PARLEY_ASSERT(err.status == status && err.message[0] != '\0');
    }
    parley_store_close(store);
    PARLEY_ASSERT(parley_ctx_bytes(ctx) == 0);
    parley_ctx_free(ctx);
    unlink(path);
    return 0;
}
