/*
 * Growing text with a stated maximum and a failure that sticks.
 *
 * The maximum is the smaller of what the maker asked for and the limit text_bytes. After a failure
 * the text keeps what it had; clearing empties it but does not forget the failure, so that a text
 * used as scratch for many lines still tells at the end that one of them is missing.
 */
#include "base_internal.h"

#include <stdio.h>
#include <string.h>

struct parley_text {
    parley_ctx *ctx;
    char *data; /* NULL until the first addition */
    size_t size;
    size_t room; /* bytes of data */
    size_t maximum;
    parley_status status;
};

parley_text *parley_text_new(parley_ctx *ctx, size_t maximum)
{
    parley_text *text = parley_alloc(ctx, sizeof *text);
    if (text != NULL) {
        size_t limit = parley_ctx_limits(ctx)->text_bytes;
        text->ctx = ctx;
        text->maximum = maximum < limit ? maximum : limit;
        text->status = PARLEY_OK;
    }
    return text;
}

void parley_text_free(parley_text *text)
{
    if (text != NULL) {
        parley_release(text->ctx, text->data, text->room);
        parley_release(text->ctx, text, sizeof *text);
    }
}

void base_text_fail(parley_text *text, parley_status status)
{
    if (text->status == PARLEY_OK) {
        text->status = status;
    }
}

/* Room for n more bytes and the NUL. */
static bool reserve(parley_text *text, size_t n)
{
    if (text->status != PARLEY_OK) {
        return false;
    }
    if (n > text->maximum - text->size) {
        base_text_fail(text, PARLEY_LIMIT);
        return false;
    }
    size_t need = text->size + n + 1;
    if (need <= text->room) {
        return true;
    }
    size_t room = text->room < 128 ? 128 : text->room * 2;
    if (room > text->maximum + 1) {
        room = text->maximum + 1;
    }
    if (room < need) {
        room = need;
    }
    char *data = parley_realloc(text->ctx, text->data, text->room, room);
    if (data == NULL) {
        base_text_fail(text, PARLEY_NOMEM);
        return false;
    }
    text->data = data;
    text->room = room;
    return true;
}

void parley_text_add(parley_text *text, const char *s, size_t length)
{
    if (length > 0 && reserve(text, length)) {
        memcpy(text->data + text->size, s, length);
        text->size += length;
        text->data[text->size] = '\0';
    }
}

void parley_text_puts(parley_text *text, const char *s)
{
    parley_text_add(text, s, strlen(s));
}

void parley_text_putc(parley_text *text, char c)
{
    parley_text_add(text, &c, 1);
}

void parley_text_fill(parley_text *text, char c, size_t n)
{
    if (n > 0 && reserve(text, n)) {
        memset(text->data + text->size, c, n);
        text->size += n;
        text->data[text->size] = '\0';
    }
}

void parley_text_printf(parley_text *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0) {
        base_text_fail(text, PARLEY_INTERNAL);
        return;
    }
    if (n > 0 && reserve(text, (size_t)n)) {
        va_start(args, format);
        vsnprintf(text->data + text->size, (size_t)n + 1, format, args);
        va_end(args);
        text->size += (size_t)n;
    }
}

void parley_text_clear(parley_text *text)
{
    text->size = 0;
    if (text->data != NULL) {
        text->data[0] = '\0';
    }
}

const char *parley_text_data(const parley_text *text)
{
    return text->data != NULL ? text->data : "";
}

size_t parley_text_size(const parley_text *text)
{
    return text->size;
}

parley_status parley_text_status(const parley_text *text, parley_error *err)
{
    switch (text->status) {
    case PARLEY_OK:
        return PARLEY_OK;
    case PARLEY_NOMEM:
        return parley_fail(err, PARLEY_NOMEM, "no memory for a text of more than %zu bytes",
                           text->size);
    case PARLEY_LIMIT:
        return parley_fail(err, PARLEY_LIMIT, "the text would pass its limit of %zu bytes",
                           text->maximum);
    default:
        return parley_fail(err, text->status, "the text could not be written: %s",
                           parley_status_word(text->status));
    }
}
