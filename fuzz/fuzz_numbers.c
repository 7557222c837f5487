/* Fuzz target of the numbers engine: a small case out of the bytes, solved, and gone through again
 * by the second way. */
#include "numbers_case.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    parley_ctx *ctx = NULL;
    if (parley_ctx_new(&ctx, NULL, NULL) == PARLEY_OK) {
        numbers_check(ctx, data, size);
    }
    parley_ctx_free(ctx);
    return 0;
}
