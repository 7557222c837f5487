/*
 * Fuzz target of one piece of a case: any bytes as the words of a journal entry.
 *
 * What is a piece has canonical bytes, which read as the same piece with the same bytes; its body
 * below the section's line is found without reading.
 */
#include <parley/records.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void same_texts(parley_texts a, parley_texts b)
{
    PARLEY_ASSERT(a.count == b.count);
    for (uint32_t i = 0; i < a.count; i++) {
        PARLEY_ASSERT(strcmp(a.at[i], b.at[i]) == 0);
    }
}

static void look_at(parley_ctx *ctx, parley_arena *arena, const parley_piece *p)
{
    parley_piece again;
    size_t key = 0;
    size_t body = 0;
    PARLEY_ASSERT(parley_piece_read(&again, ctx, arena, "again", p->bytes, p->length, NULL) ==
                  PARLEY_OK);
    PARLEY_ASSERT(again.length == p->length && memcmp(again.bytes, p->bytes, p->length) == 0);
    PARLEY_ASSERT(strcmp(again.section, p->section) == 0 && again.record == p->record);
    PARLEY_ASSERT((again.id == NULL) == (p->id == NULL));
    PARLEY_ASSERT(p->id == NULL || strcmp(again.id, p->id) == 0);
    PARLEY_ASSERT(parley_date_compare(again.happened, p->happened) == 0);
    same_texts(again.speakers, p->speakers);
    same_texts(again.names, p->names);
    same_texts(again.claims, p->claims);
    same_texts(again.words, p->words);
    PARLEY_ASSERT(parley_piece_split(p->bytes, p->length, &key, &body));
    PARLEY_ASSERT(key == strlen(p->section) && memcmp(p->bytes, p->section, key) == 0);
    PARLEY_ASSERT((body > 0) == p->record && body < p->length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    parley_ctx *ctx = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    parley_piece piece;
    if (parley_ctx_new(&ctx, NULL, NULL) != PARLEY_OK) {
        return 0;
    }
    char *bytes = malloc(size == 0 ? 1 : size); /* of the exact size: reading past it is noticed */
    parley_arena *arena = parley_arena_new(ctx);
    PARLEY_ASSERT(bytes != NULL && arena != NULL);
    memcpy(bytes, data, size);
    parley_status status = parley_piece_read(&piece, ctx, arena, "piece", bytes, size, &err);
    PARLEY_ASSERT((status == PARLEY_OK) == (piece.section != NULL));
    if (status == PARLEY_OK) {
        look_at(ctx, arena, &piece);
    } else {
        PARLEY_ASSERT(err.status == status && err.message[0] != '\0');
    }
    free(bytes);
    parley_arena_free(arena);
    PARLEY_ASSERT(parley_ctx_bytes(ctx) == 0);
    parley_ctx_free(ctx);
    return 0;
}
