/* Fuzz target of the reader of JSON: any bytes, as a document and as events of the reader alone. */
#include "document_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Events nest as they must, lie in the file and end with one kind of end. */
static void check_events(const char *bytes, size_t size)
{
    parley_ctx *ctx = NULL;
    parley_reader reader;
    REQUIRE(parley_ctx_new(&ctx, NULL, NULL) == PARLEY_OK);
    parley_status status = parley_json_reader(&reader, ctx, "x.json", bytes, size, NULL);
    uint32_t depth = 0, at = 0;
    while (status == PARLEY_OK) {
        parley_event e;
        status = reader.next(reader.self, &e, NULL);
        if (status != PARLEY_OK)
            break;
        REQUIRE(e.span.begin <= e.span.end && e.span.end <= size && e.span.begin >= at);
        at = e.span.end;
        if (e.kind == PARLEY_EVENT_MAP_BEGIN || e.kind == PARLEY_EVENT_LIST_BEGIN)
            depth++;
        if (e.kind == PARLEY_EVENT_MAP_END || e.kind == PARLEY_EVENT_LIST_END) {
            REQUIRE(depth > 0);
            depth--;
        }
        if (e.kind == PARLEY_EVENT_SCALAR)
            REQUIRE(strlen(e.text) == e.length && parley_utf8_valid(e.text, e.length, NULL));
        if (e.kind == PARLEY_EVENT_END) {
            REQUIRE(depth == 0);
            break;
        }
    }
    if (reader.free != NULL)
        reader.free(reader.self);
    REQUIRE(parley_ctx_bytes(ctx) == 0);
    parley_ctx_free(ctx);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_events((const char *)data, size);
    check_document("x.json", data, size);
    return 0;
}
