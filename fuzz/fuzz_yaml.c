/*
 * Fuzz target of the readers of YAML, the document, its edits and its writers: any bytes. The quick
 * reader and libyaml's have to agree on what the quick one takes.
 */
#include "../tests/case/reader_pair.h"
#include "document_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    parley_ctx *ctx = NULL;
    REQUIRE(parley_ctx_new(&ctx, NULL, NULL) == PARLEY_OK);
    REQUIRE(pair_compare(ctx, (const char *)data, size) != PAIR_DIFFERENT);
    REQUIRE(parley_ctx_bytes(ctx) == 0);
    parley_ctx_free(ctx);
    check_document("x.yaml", data, size);
    return 0;
}
