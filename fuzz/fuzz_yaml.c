/* Fuzz target of the reader of YAML, the document, its edits and its writers: any bytes. */
#include "document_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_document("x.yaml", data, size);
    return 0;
}
