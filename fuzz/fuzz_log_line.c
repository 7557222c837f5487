/*
 * Fuzz target of a log line: any bytes as what somebody typed after a call.
 */
#include "intake_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    intake_bench b;
    parley_taken taken;
    parley_error err = PARLEY_ERROR_INIT;
    if (!intake_open(&b)) {
        return 0;
    }
    char *bytes = malloc(size == 0 ? 1 : size); /* of the exact size: reading past it is noticed */
    PARLEY_ASSERT(bytes != NULL);
    memcpy(bytes, data, size);
    parley_status status = parley_intake_line(&taken, b.in, b.arena, bytes, size, &err);
    intake_see(&b, status == PARLEY_OK ? &taken : NULL, &err);
    free(bytes);
    intake_whole(&b);
    intake_close(&b);
    return 0;
}
