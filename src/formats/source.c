/*
 * One file as bytes, its text, and places in it: see source.h.
 *
 * Windows-1252 leaves five bytes without a character; they become U+FFFD. The WHATWG table is the
 * same but for these.
 */
#include "formats/source.h"

#include <stdio.h>
#include <string.h>

/* 0x80 .. 0x9f of Windows-1252. */
static const uint16_t western[32] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

parley_status fmt_source_begin(fmt_source *out, parley_ctx *ctx, parley_arena *arena,
                               parley_diagnostics *list, const char *name, const char *bytes,
                               size_t length, parley_error *err)
{
    uint32_t most = parley_ctx_limits(ctx)->file_bytes;
    size_t bad = 0;
    *out = (fmt_source){.ctx = ctx, .arena = arena, .list = list, .name = name, .bytes = bytes};
    out->text = parley_text_new(ctx, SIZE_MAX);
    if (out->text == NULL)
        return parley_fail(err, PARLEY_NOMEM, "no memory to read '%s'", name);
    if (length > most || length > UINT32_MAX / 8)
        return parley_fail_at(err, PARLEY_LIMIT, name, PARLEY_SPAN_NONE,
                              "the file is larger than %u bytes", (unsigned)most);
    out->length = (uint32_t)length;
    const char *nul = length > 0 ? memchr(bytes, '\0', length) : NULL;
    if (nul != NULL) {
        uint32_t at = (uint32_t)(nul - bytes);
        parley_fail_at(err, PARLEY_SYNTAX, name, fmt_source_span(out, at, at + 1),
                       "a byte of value 0 stands here, which no text has");
        parley_error_hint(err, "is it a text file in UTF-8? UTF-16 has such bytes");
        return PARLEY_SYNTAX;
    }
    if (!parley_utf8_valid(bytes, length, &bad)) {
        out->western = true;
        parley_span span = fmt_source_span(out, (uint32_t)bad, (uint32_t)bad + 1);
        fmt_warn(out, span, "save it as UTF-8 to be sure of every letter",
                 "the file is not UTF-8; read as Windows-1252");
    }
    return PARLEY_OK;
}

void fmt_source_end(fmt_source *source)
{
    parley_text_free(source->text);
    source->text = NULL;
}

/* ---- the text ---- */

static void jump(fmt_source *s, uint32_t file)
{
    if (s->jump_count > 0 && s->expected == file)
        return;
    if (s->jump_count == s->jump_size) {
        uint32_t size = s->jump_size < 16 ? 32 : s->jump_size * 2;
        fmt_jump *jumps = parley_arena_grow(s->arena, s->jumps, s->jump_size * sizeof(*jumps),
                                            size * sizeof(*jumps));
        if (jumps == NULL) {
            s->failed = true;
            return;
        }
        s->jumps = jumps;
        s->jump_size = size;
    }
    s->jumps[s->jump_count++] = (fmt_jump){(uint32_t)parley_text_size(s->text), file};
    s->expected = file;
}

static void put_character(fmt_source *s, uint32_t c)
{
    char out[3];
    size_t n = 2;
    if (c < 0x800) {
        out[0] = (char)(0xC0 | (c >> 6));
    } else {
        out[0] = (char)(0xE0 | (c >> 12));
        out[1] = (char)(0x80 | ((c >> 6) & 0x3F));
        n = 3;
    }
    out[n - 1] = (char)(0x80 | (c & 0x3F));
    parley_text_add(s->text, out, n);
}

void fmt_source_take(fmt_source *s, uint32_t begin, uint32_t end)
{
    while (begin < end) {
        uint32_t plain = begin;
        if (s->western)
            while (plain < end && (unsigned char)s->bytes[plain] < 0x80)
                plain++;
        else
            plain = end;
        if (plain > begin) {
            jump(s, begin);
            parley_text_add(s->text, s->bytes + begin, plain - begin);
            s->expected = plain;
        }
        if (plain < end) {
            unsigned char c = (unsigned char)s->bytes[plain];
            jump(s, plain);
            put_character(s, c < 0xA0 ? western[c - 0x80] : c);
            s->expected = UINT32_MAX; /* one byte has become two or three */
            plain++;
        }
        begin = plain;
    }
}

void fmt_source_put(fmt_source *s, const char *words, uint32_t at)
{
    jump(s, at);
    parley_text_puts(s->text, words);
    s->expected = UINT32_MAX;
}

void fmt_source_blank(fmt_source *s, uint32_t begin, uint32_t end)
{
    if (begin == end)
        return;
    jump(s, begin);
    for (uint32_t i = begin; i < end; i++)
        parley_text_putc(s->text, s->bytes[i] == '\n' || s->bytes[i] == '\r' ? s->bytes[i] : ' ');
    s->expected = end;
}

parley_status fmt_source_ready(fmt_source *s, parley_error *err)
{
    if (s->failed)
        return parley_fail(err, PARLEY_NOMEM, "no memory to read '%s'", s->name);
    return parley_text_status(s->text, err);
}

/* ---- places ---- */

parley_span fmt_source_span(fmt_source *s, uint32_t begin, uint32_t end)
{
    begin = begin < s->length ? begin : s->length;
    end = end < s->length ? end : s->length;
    if (begin < s->at || s->line == 0) {
        s->at = 0;
        s->line = 1;
        s->column = 0;
    }
    for (; s->at < begin; s->at++) {
        char c = s->bytes[s->at];
        bool pair = c == '\r' && s->at + 1 < s->length && s->bytes[s->at + 1] == '\n';
        if (c == '\n' || (c == '\r' && !pair)) {
            s->line++;
            s->column = 0;
        } else if (s->western || ((unsigned char)c & 0xC0) != 0x80) {
            s->column++;
        }
    }
    return (parley_span){begin, end < begin ? begin : end, s->line, s->column + 1};
}

/* The byte of the file that a byte of the text stands for. */
static uint32_t file_place(const fmt_source *s, uint32_t at)
{
    uint32_t low = 0;
    uint32_t high = s->jump_count; /* the last jump at or before `at` is below */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (s->jumps[middle].text <= at)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return 0;
    uint32_t place = s->jumps[low - 1].file + (at - s->jumps[low - 1].text);
    uint32_t next = low < s->jump_count ? s->jumps[low].file : s->length;
    return place < next || low == s->jump_count ? place : s->jumps[low - 1].file;
}

parley_span fmt_text_span(fmt_source *s, uint32_t begin, uint32_t end)
{
    uint32_t first = file_place(s, begin);
    uint32_t last = end > begin ? file_place(s, end - 1) + 1 : first;
    return fmt_source_span(s, first, last);
}

/* ---- messages ---- */

void fmt_warn(fmt_source *s, parley_span span, const char *hint, const char *format, ...)
{
    if (s->list == NULL)
        return;
    parley_error e = PARLEY_ERROR_INIT;
    char message[PARLEY_ERROR_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    parley_fail_at(&e, PARLEY_INVALID, s->name, span, "%s", message);
    if (hint != NULL)
        parley_error_hint(&e, "%s", hint);
    parley_diagnostics_add(s->list, PARLEY_SEVERITY_WARNING, &e);
}

const char *fmt_shown(char out[FMT_SHOWN_MAX], const char *s)
{
    size_t n = strlen(s);
    size_t most = n > 60 ? 57 : n;
    while (most < n && most > 0 && ((unsigned char)s[most] & 0xC0) == 0x80)
        most--;
    for (size_t i = 0; i < most; i++)
        out[i] = (unsigned char)s[i] < 0x20 || s[i] == 0x7f ? ' ' : s[i];
    memcpy(out + most, most < n ? "..." : "", most < n ? 4 : 1);
    return out;
}
