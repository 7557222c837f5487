/*
 * A streaming JSON writer (RFC 8259) onto a text.
 *
 * Nesting is a programming matter here (at most 60, asserted), never input. Control characters,
 * those of the C1 block and the line separators U+2028 and U+2029 are escaped; bytes that are not
 * UTF-8 are written as U+FFFD. What has to be exact is an integer, or a string made by its owner.
 */
#include "base_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MOST 60

void parley_json_begin(parley_json *json, parley_text *text)
{
    memset(json, 0, sizeof *json);
    json->text = text;
}

static void line(parley_json *json)
{
    if (!json->compact) {
        parley_text_putc(json->text, '\n');
        parley_text_fill(json->text, ' ', (size_t)json->depth * 2);
    }
}

/* The comma and line before a member; a value behind its key needs none. */
static void member(parley_json *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    uint64_t bit = (uint64_t)1 << json->depth;
    if (json->has_some & bit) {
        PARLEY_ASSERT(json->depth > 0);
        parley_text_putc(json->text, ',');
    }
    json->has_some |= bit;
    if (json->depth > 0) {
        line(json);
    }
}

static void open(parley_json *json, char c)
{
    member(json);
    PARLEY_ASSERT(json->depth < DEPTH_MOST);
    parley_text_putc(json->text, c);
    json->depth++;
    json->has_some &= ~((uint64_t)1 << json->depth);
}

static void shut(parley_json *json, char c)
{
    PARLEY_ASSERT(json->depth > 0 && !json->after_key);
    bool some = (json->has_some >> json->depth & 1) != 0;
    json->depth--;
    if (some) {
        line(json);
    }
    parley_text_putc(json->text, c);
}

void parley_json_object(parley_json *json)
{
    open(json, '{');
}

void parley_json_object_end(parley_json *json)
{
    shut(json, '}');
}

void parley_json_array(parley_json *json)
{
    open(json, '[');
}

void parley_json_array_end(parley_json *json)
{
    shut(json, ']');
}

static void quote(parley_text *text, const char *s, size_t length)
{
    parley_text_putc(text, '"');
    size_t plain = 0; /* start of what needs no escape */
    for (size_t at = 0; at < length;) {
        size_t from = at;
        uint32_t c = base_utf8_next(s, length, &at);
        bool control = c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029;
        if (!control && c != '"' && c != '\\' && c != BASE_UTF8_BAD) {
            continue;
        }
        parley_text_add(text, s + plain, from - plain);
        plain = at;
        switch (c) {
        case '"':
            parley_text_puts(text, "\\\"");
            break;
        case '\\':
            parley_text_puts(text, "\\\\");
            break;
        case '\n':
            parley_text_puts(text, "\\n");
            break;
        case '\r':
            parley_text_puts(text, "\\r");
            break;
        case '\t':
            parley_text_puts(text, "\\t");
            break;
        case BASE_UTF8_BAD:
            parley_text_puts(text, "\xEF\xBF\xBD");
            break;
        default:
            parley_text_printf(text, "\\u%04" PRIx32, c);
            break;
        }
    }
    parley_text_add(text, s + plain, length - plain);
    parley_text_putc(text, '"');
}

void parley_json_key(parley_json *json, const char *key)
{
    PARLEY_ASSERT(json->depth > 0 && !json->after_key);
    member(json);
    quote(json->text, key, strlen(key));
    parley_text_puts(json->text, json->compact ? ":" : ": ");
    json->after_key = true;
}

void parley_json_string(parley_json *json, const char *s)
{
    if (s == NULL) {
        parley_json_null(json);
    } else {
        parley_json_text(json, s, strlen(s));
    }
}

void parley_json_text(parley_json *json, const char *s, size_t length)
{
    member(json);
    quote(json->text, s, length);
}

void parley_json_int(parley_json *json, int64_t value)
{
    member(json);
    parley_text_printf(json->text, "%" PRId64, value);
}

void parley_json_uint(parley_json *json, uint64_t value)
{
    member(json);
    parley_text_printf(json->text, "%" PRIu64, value);
}

void parley_json_double(parley_json *json, double value)
{
    char text[40];
    if (!(value - value == 0)) { /* infinite, or no number */
        parley_json_null(json);
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) {
            break;
        }
    }
    member(json);
    parley_text_puts(json->text, text);
}

void parley_json_bool(parley_json *json, bool value)
{
    member(json);
    parley_text_puts(json->text, value ? "true" : "false");
}

void parley_json_null(parley_json *json)
{
    member(json);
    parley_text_puts(json->text, "null");
}

void parley_json_finish(parley_json *json)
{
    PARLEY_ASSERT(json->depth == 0 && !json->after_key);
    parley_text_putc(json->text, '\n');
}
