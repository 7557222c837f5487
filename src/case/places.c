/*
 * Places in a text: byte offsets, characters, lines and columns, by a table with one entry a
 * kilobyte and a cursor that walks. Also the checks that every file gets before it is read. Leaves
 * out: what the text means.
 */
#include "case/document_internal.h"

#include <string.h>

#define ONES 0x0101010101010101u
#define HIGH 0x8080808080808080u

/* Has w, whose bytes are all below 128, a byte equal to c? */
static bool has_byte(uint64_t w, unsigned char c)
{
    uint64_t x = w ^ (ONES * c);
    return ((x - ONES) & ~x & HIGH) != 0;
}

/* One step over the byte at the cursor. */
static inline void step(const parley_places *p, parley_place_cursor *c)
{
    unsigned char b = (unsigned char)p->bytes[c->byte];
    c->byte++;
    if ((b & 0xC0u) != 0x80u)
        c->character++;
    if (b == '\n' || (b == '\r' && (c->byte >= p->length || p->bytes[c->byte] != '\n'))) {
        c->line++;
        c->line_start = c->character;
    }
}

/* Eight bytes at once where nothing happens but eight plain characters. */
static inline bool step_plain(const parley_places *p, parley_place_cursor *c)
{
    uint64_t w;
    memcpy(&w, p->bytes + c->byte, sizeof w);
    if ((w & HIGH) != 0 || has_byte(w, '\n') || has_byte(w, '\r'))
        return false;
    c->byte += 8;
    c->character += 8;
    return true;
}

static void walk(const parley_places *p, parley_place_cursor *c, uint32_t byte)
{
    while (c->byte < byte) {
        if (byte - c->byte >= 8 && step_plain(p, c))
            continue;
        step(p, c);
    }
}

parley_status parley_places_make(parley_places *out, parley_ctx *ctx, const char *bytes,
                                 uint32_t length, parley_error *err)
{
    memset(out, 0, sizeof *out);
    parley_places p = {.bytes = bytes, .length = length};
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        p.start = 3;
    p.block_count = (size_t)(length - p.start) / PARLEY_PLACE_STRIDE + 1;
    p.blocks = parley_alloc(ctx, p.block_count * sizeof *p.blocks);
    if (p.blocks == NULL)
        return parley_fail(err, PARLEY_NOMEM, "no memory for the table of lines");
    parley_place_cursor c = {.byte = p.start};
    for (size_t i = 0; i < p.block_count; i++) {
        walk(&p, &c, p.start + (uint32_t)i * PARLEY_PLACE_STRIDE);
        p.blocks[i] = (parley_place_block){c.character, c.line, c.line_start};
    }
    walk(&p, &c, length);
    p.ascii = c.character == length - p.start;
    *out = p;
    return PARLEY_OK;
}

void parley_places_drop(parley_places *places, parley_ctx *ctx)
{
    parley_release(ctx, places->blocks, places->block_count * sizeof *places->blocks);
    memset(places, 0, sizeof *places);
}

static void jump(const parley_places *p, parley_place_cursor *c, size_t block)
{
    const parley_place_block *b = &p->blocks[block];
    *c = (parley_place_cursor){p->start + (uint32_t)block * PARLEY_PLACE_STRIDE, b->characters,
                               b->line, b->line_start};
}

void parley_place_to_byte(const parley_places *p, parley_place_cursor *c, uint32_t byte)
{
    if (byte < p->start)
        byte = p->start;
    if (byte > p->length)
        byte = p->length;
    if (byte < c->byte || byte - c->byte > PARLEY_PLACE_STRIDE || c->byte < p->start)
        jump(p, c, (byte - p->start) / PARLEY_PLACE_STRIDE);
    walk(p, c, byte);
}

void parley_place_to_character(const parley_places *p, parley_place_cursor *c, uint32_t character)
{
    if (p->ascii) {
        uint32_t room = p->length - p->start;
        parley_place_to_byte(p, c, p->start + (character < room ? character : room));
        return;
    }
    if (character < c->character || character - c->character > PARLEY_PLACE_STRIDE ||
        c->byte < p->start) {
        size_t low = 0, high = p->block_count; /* last block that begins at or before it */
        while (high - low > 1) {
            size_t middle = low + (high - low) / 2;
            if (p->blocks[middle].characters <= character)
                low = middle;
            else
                high = middle;
        }
        jump(p, c, low);
    }
    while (c->character < character && c->byte < p->length) {
        if (character - c->character >= 8 && p->length - c->byte >= 8 && step_plain(p, c))
            continue;
        step(p, c);
    }
    while (c->byte < p->length && ((unsigned char)p->bytes[c->byte] & 0xC0u) == 0x80u)
        c->byte++; /* the rest of the last character */
}

/* Line and column where the text before is known to be valid; for files that never get a table. */
static parley_span place_before(const char *bytes, uint32_t start, size_t offset)
{
    parley_places p = {.bytes = bytes, .start = start, .length = (uint32_t)offset};
    parley_place_cursor c = {.byte = start};
    walk(&p, &c, (uint32_t)offset);
    return (parley_span){(uint32_t)offset, (uint32_t)offset + 1, c.line + 1,
                         c.character - c.line_start + 1};
}

/* Bytes at the beginning that are ASCII, in steps of eight: most files are so to the end. */
static size_t ascii_prefix(const char *s, size_t n)
{
    size_t i = 0;
    for (uint64_t w; n - i >= sizeof w; i += sizeof w) {
        memcpy(&w, s + i, sizeof w);
        if ((w & HIGH) != 0)
            break;
    }
    return i;
}

parley_status parley_input_check(parley_ctx *ctx, const char *name, const char *bytes,
                                 size_t length, uint32_t *start, parley_error *err)
{
    *start = 0;
    uint32_t most = parley_ctx_limits(ctx)->file_bytes;
    if (length > most) {
        parley_fail_at(err, PARLEY_LIMIT, name, PARLEY_SPAN_NONE,
                       "the file has %zu bytes; at most %u are read (limit file_bytes)", length,
                       most);
        return PARLEY_LIMIT;
    }
    size_t bad = 0;
    if (length >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) {
        const parley_span first = {0, 1, 1, 1};
        parley_fail_at(err, PARLEY_SYNTAX, name, first,
                       "the file is UTF-16 text; case files are UTF-8");
        parley_error_hint(err, "save it as UTF-8");
        return PARLEY_SYNTAX;
    }
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        *start = 3;
    size_t ascii = ascii_prefix(bytes, length);
    if (!parley_utf8_valid(bytes + ascii, length - ascii, &bad)) {
        bad += ascii;
        parley_fail_at(err, PARLEY_SYNTAX, name, place_before(bytes, *start, bad),
                       "byte 0x%02X is not UTF-8 text", (unsigned)(unsigned char)bytes[bad]);
        parley_error_hint(err, "save the file as UTF-8");
        return PARLEY_SYNTAX;
    }
    const char *nul = length > 0 ? memchr(bytes, 0, length) : NULL;
    if (nul != NULL) {
        parley_fail_at(err, PARLEY_INVALID, name,
                       place_before(bytes, *start, (size_t)(nul - bytes)),
                       "a NUL byte is not text");
        parley_error_hint(err, "take it out; is this a text file?");
        return PARLEY_INVALID;
    }
    size_t i = *start;
    while (i < length && strchr(" \t\r\n", bytes[i]) != NULL)
        i++;
    if (i == length) {
        const parley_span first = {*start, *start, 1, 1};
        parley_fail_at(err, PARLEY_INVALID, name, first, "the file is empty");
        parley_error_hint(err, "a case file begins with `parley: 1`");
        return PARLEY_INVALID;
    }
    return PARLEY_OK;
}

uint32_t parley_depth_most(const parley_ctx *ctx)
{
    uint32_t most = parley_ctx_limits(ctx)->depth;
    return most < PARLEY_DEPTH_MOST ? most : PARLEY_DEPTH_MOST;
}

const char *parley_shown(char out[PARLEY_SHOWN_MAX], const char *text, size_t length)
{
    size_t n = length < 60 ? length : 60;
    while (n < length && n > 0 && ((unsigned char)text[n] & 0xC0u) == 0x80u)
        n--;
    for (size_t i = 0; i < n; i++)
        out[i] = (unsigned char)text[i] < 0x20 || text[i] == 0x7F ? ' ' : text[i];
    memcpy(out + n, "...", 4);
    if (n == length)
        out[n] = '\0';
    return out;
}
