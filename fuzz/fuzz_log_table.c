/*
 * Fuzz target of claims as a table: any bytes as what a spreadsheet wrote.
 */
#include "intake_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool see(void *user, const parley_taken *taken, const parley_error *error)
{
    intake_see(user, taken, error);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    intake_bench b;
    parley_error err = PARLEY_ERROR_INIT;
    if (!intake_open(&b)) {
        return 0;
    }
    char *bytes = malloc(size == 0 ? 1 : size); /* of the exact size: reading past it is noticed */
    PARLEY_ASSERT(bytes != NULL);
    memcpy(bytes, data, size);
    parley_status status = parley_intake_table(b.in, bytes, size, see, &b, &err);
    PARLEY_ASSERT(status == PARLEY_OK || err.message[0] != '\0');
    free(bytes);
    if (status == PARLEY_OK) {
        intake_whole(&b);
    }
    intake_close(&b);
    return 0;
}
