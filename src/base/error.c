/*
 * Status words and the caller's error object.
 *
 * An error is one line: control characters and bytes that are not UTF-8 in quoted input are
 * replaced, so that hostile input can neither break the line nor drive a terminal, and a text too
 * long for its field is cut between characters.
 */
#include "base_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *parley_status_word(parley_status status)
{
    switch (status) {
#define STATUS_WORD(name, word, text)                                                              \
    case PARLEY_##name:                                                                            \
        return word;
        PARLEY_STATUS_LIST(STATUS_WORD)
#undef STATUS_WORD
    case PARLEY_STATUS_COUNT:
        break;
    }
    return "unknown";
}

size_t base_emit(char *out, size_t size, const char *s, size_t length)
{
    if (size > 0) {
        size_t n = length < size - 1 ? length : size - 1;
        memcpy(out, s, n);
        out[n] = '\0';
    }
    return length;
}

/* Make the field one line of valid UTF-8; what was cut in the middle of a character goes. */
static void tidy(char *field)
{
    size_t length = strlen(field);
    size_t out = 0;
    for (size_t at = 0; at < length;) {
        size_t from = at;
        uint32_t c = base_utf8_next(field, length, &at);
        if (c == BASE_UTF8_BAD) {
            if (at < length) {
                field[out++] = '?';
            }
        } else if (c == '\n' || c == '\r' || c == '\t') {
            field[out++] = ' ';
        } else if (c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029) {
            field[out++] = '?';
        } else {
            memmove(field + out, field + from, at - from);
            out += at - from;
        }
    }
    field[out] = '\0';
}

parley_status parley_error_set(parley_error *err, parley_status status, const char *source,
                               parley_span span, const char *at_file, int at_line,
                               const char *format, ...)
{
    if (err == NULL || err->status != PARLEY_OK) {
        return status;
    }
    parley_error_clear(err);
    err->status = status;
    err->span = span;
    err->at_file = at_file;
    err->at_line = at_line;
    if (source != NULL) {
        base_emit(err->source, sizeof err->source, source, strlen(source));
        tidy(err->source);
    }
    va_list args;
    va_start(args, format);
    if (vsnprintf(err->message, sizeof err->message, format, args) < 0) {
        err->message[0] = '\0';
    }
    va_end(args);
    tidy(err->message);
    return status;
}

void parley_error_hint(parley_error *err, const char *format, ...)
{
    if (err == NULL || err->status == PARLEY_OK || err->hint[0] != '\0') {
        return;
    }
    va_list args;
    va_start(args, format);
    if (vsnprintf(err->hint, sizeof err->hint, format, args) < 0) {
        err->hint[0] = '\0';
    }
    va_end(args);
    tidy(err->hint);
}

void parley_error_clear(parley_error *err)
{
    if (err != NULL) {
        memset(err, 0, sizeof *err);
        err->status = PARLEY_OK;
        err->at_file = NULL;
    }
}

size_t parley_error_print(const parley_error *err, char *out, size_t size)
{
    char place[PARLEY_ERROR_SOURCE_MAX + 32];
    const char *message = err->message[0] != '\0' ? err->message : parley_status_word(err->status);
    int n = 0;
    place[0] = '\0';
    if (err->status == PARLEY_OK) {
        message = "";
    } else if (err->span.line != 0) {
        n = snprintf(place, sizeof place, "%s%s%u:%u: ", err->source,
                     err->source[0] != '\0' ? ":" : "", (unsigned)err->span.line,
                     (unsigned)err->span.column);
    } else if (err->source[0] != '\0') {
        n = snprintf(place, sizeof place, "%s: ", err->source);
    }
    PARLEY_ASSERT(n >= 0 && (size_t)n < sizeof place);
    n = snprintf(out, size, "%s%s%s%s", place, message, err->hint[0] != '\0' ? "; " : "",
                 err->hint);
    return n < 0 ? 0 : (size_t)n;
}

void parley_assert_failed(const char *what, const char *file, int line)
{
    fprintf(stderr, "parley: fault in Parley itself: %s does not hold (%s:%d)\n", what, file, line);
    abort();
}
