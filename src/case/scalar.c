/*
 * How one scalar is written: plain, in quotes, or as JSON.
 *
 * A text stands plain only if every reader of YAML 1.1 and 1.2 takes it for the same string, inside
 * braces too; the alphabet for that is small on purpose. Numbers, dates, true, false and null stand
 * plain when they were typed so. All other texts get double quotes. Leaves out: layout (write.c).
 */
#include "case/document_internal.h"

#include <stdio.h>
#include <string.h>

void parley_sink_add(parley_sink *sink, const char *s, size_t length)
{
    if (sink->text != NULL)
        parley_text_add(sink->text, s, length);
    else
        sink->columns += parley_utf8_characters(s, length);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Code point at *at of valid UTF-8, moving on. */
static uint32_t next_character(const char *s, size_t length, size_t *at)
{
    unsigned char lead = (unsigned char)s[(*at)++];
    if (lead < 0x80)
        return lead;
    uint32_t c = lead >= 0xF0 ? lead & 0x07u : lead >= 0xE0 ? lead & 0x0Fu : lead & 0x1Fu;
    while (*at < length && ((unsigned char)s[*at] & 0xC0u) == 0x80u)
        c = c << 6 | ((unsigned char)s[(*at)++] & 0x3Fu);
    return c;
}

/* Characters that YAML allows as they are and that no editor or reader takes for a line end. */
static bool is_printable(uint32_t c)
{
    return (c >= 0x20 && c <= 0x7E) || (c >= 0xA0 && c <= 0xD7FF && c != 0x2028 && c != 0x2029) ||
           (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF) || c >= 0x10000;
}

static bool same_word(const char *s, size_t length, const char *word)
{
    if (strlen(word) != length)
        return false;
    for (size_t i = 0; i < length; i++) {
        char c = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] - 'A' + 'a') : s[i];
        if (c != word[i])
            return false;
    }
    return true;
}

/* A word that some reader takes for a truth value, for nothing or for a number. */
static bool is_loaded(const char *s, size_t length)
{
    static const char *const words[] = {"y",    "n",     "yes",  "no",  "on",  "off",
                                        "true", "false", "null", "nan", "inf", "infinity"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (same_word(s, length, words[i]))
            return true;
    return false;
}

/* `pattern` has 0 for a digit. */
static bool has_form(const char *s, size_t length, const char *pattern)
{
    if (strlen(pattern) != length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (pattern[i] == '0' ? !is_digit(s[i]) : s[i] != pattern[i])
            return false;
    return true;
}

/* A string without quotes for every reader, in braces and out of them. */
static bool is_plain(const char *s, size_t length)
{
    if (length == 0 || is_loaded(s, length))
        return false;
    if (!is_letter(s[0]) && s[0] != '(' && (unsigned char)s[0] < 0x80)
        return has_form(s, length, "0000-00") || has_form(s, length, "0000~") ||
               has_form(s, length, "0000-00~") || has_form(s, length, "0000-00-00~");
    if (s[length - 1] == ' ')
        return false;
    for (size_t i = 0; i < length;) {
        uint32_t c = next_character(s, length, &i);
        if (c < 0x80 ? strchr(":#,[]{}\"`?\\", (int)c) != NULL || !is_printable(c)
                     : !is_printable(c) || c == 0xA0)
            return false;
    }
    return true;
}

/* What keeps its meaning without quotes: numbers as JSON has them, days, true, false, null. */
static bool is_typed(const char *s, size_t length)
{
    parley_date date;
    if (has_form(s, length, "0000-00-00"))
        return parley_date_parse(&date, s, length, NULL) == PARLEY_OK;
    return parley_is_json_bare(s, length) || (length == 1 && s[0] == '~');
}

/* Double quotes, with escapes that YAML has, or those that JSON has too. */
static void put_quoted(parley_sink *sink, const char *s, size_t length, bool json)
{
    parley_sink_add(sink, "\"", 1);
    size_t plain = 0; /* start of what needs no escape */
    for (size_t at = 0; at < length;) {
        size_t from = at;
        uint32_t c = next_character(s, length, &at);
        if (is_printable(c) && c != '"' && c != '\\')
            continue;
        char out[12];
        int n = c == '"' || c == '\\' ? snprintf(out, sizeof out, "\\%c", (int)c)
                : c == '\n'           ? snprintf(out, sizeof out, "\\n")
                : c == '\t'           ? snprintf(out, sizeof out, "\\t")
                : c == '\r'           ? snprintf(out, sizeof out, "\\r")
                : c < 0x100 && !json  ? snprintf(out, sizeof out, "\\x%02X", (unsigned)c)
                                      : snprintf(out, sizeof out, "\\u%04X", (unsigned)c);
        parley_sink_add(sink, s + plain, from - plain);
        parley_sink_add(sink, out, (size_t)n);
        plain = at;
    }
    parley_sink_add(sink, s + plain, length - plain);
    parley_sink_add(sink, "\"", 1);
}

void parley_put_double(parley_sink *sink, const char *s, size_t length)
{
    put_quoted(sink, s, length, false);
}

bool parley_fits_single(const char *s, size_t length)
{
    for (size_t at = 0; at < length;)
        if (!is_printable(next_character(s, length, &at)))
            return false;
    return true;
}

void parley_put_single(parley_sink *sink, const char *s, size_t length)
{
    parley_sink_add(sink, "'", 1);
    size_t plain = 0;
    for (size_t i = 0; i < length; i++) {
        if (s[i] != '\'')
            continue;
        parley_sink_add(sink, s + plain, i + 1 - plain);
        plain = i; /* once more */
    }
    parley_sink_add(sink, s + plain, length - plain);
    parley_sink_add(sink, "'", 1);
}

bool parley_fits_literal(const char *s, size_t length)
{
    if (length == 0 || strchr(" \t\n", s[0]) != NULL)
        return false;
    if (length >= 2 && memcmp(s + length - 2, "\n\n", 2) == 0)
        return false; /* needs `+`, and then the lines behind it count */
    bool blank = true;
    for (size_t at = 0; at < length;) {
        uint32_t c = next_character(s, length, &at);
        if (c == '\n') {
            if (blank && at >= 2 && s[at - 2] == ' ')
                return false; /* a line of blanks alone */
            blank = true;
        } else if (!is_printable(c) && c != '\t') {
            return false;
        } else if (c != ' ') {
            blank = false;
        }
    }
    return !blank || s[length - 1] == '\n';
}

void parley_put_scalar(parley_sink *sink, const char *s, size_t length, parley_style style)
{
    if (is_plain(s, length) || (style == PARLEY_STYLE_PLAIN && is_typed(s, length)))
        parley_sink_add(sink, s, length);
    else
        parley_put_double(sink, s, length);
}

void parley_put_json(parley_sink *sink, const char *s, size_t length, parley_style style)
{
    if (style == PARLEY_STYLE_PLAIN && parley_is_json_bare(s, length))
        parley_sink_add(sink, s, length);
    else
        put_quoted(sink, s, length, true);
}
