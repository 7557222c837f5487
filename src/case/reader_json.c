/*
 * Reader of JSON (RFC 8259, strict) that gives the same events as the reader of YAML.
 *
 * A state machine with one small frame a level. Numbers, true, false and null stay text, in style
 * PLAIN; texts have style DOUBLE. A byte order mark is skipped. The usual slips (a trailing comma,
 * single quotes, comments, keys without quotes, NaN) are named. Leaves out: duplicate keys, which
 * the document finds, and any extension of JSON.
 */
#include "case/document_internal.h"

#include <string.h>

typedef enum expects {
    A_VALUE,
    A_VALUE_OR_END, /* just behind `[` */
    A_KEY,
    A_KEY_OR_END, /* just behind `{` */
    A_COMMA_OR_END,
    NOTHING, /* the document is over */
} expects;

typedef struct frame {
    bool map;
    uint32_t begin; /* byte of the opening mark */
} frame;

typedef struct json_reader {
    parley_ctx *ctx;
    const char *name;
    const char *bytes;
    uint32_t length;
    uint32_t at;
    parley_places places;
    parley_place_cursor cursor;
    expects expect;
    parley_status failed;
    uint32_t most_depth;
    uint32_t depth;
    uint32_t frames_size;
    frame *frames;
    char *text; /* of the last string */
    uint32_t text_used;
    uint32_t text_size;
} json_reader;

static parley_span span_of(json_reader *j, uint32_t begin, uint32_t end)
{
    parley_place_to_byte(&j->places, &j->cursor, begin);
    return (parley_span){begin, end, j->cursor.line + 1,
                         j->cursor.character - j->cursor.line_start + 1};
}

/* ---- errors ---- */

static parley_status slip(json_reader *j, uint32_t at, const char *what, const char *hint,
                          parley_error *err)
{
    parley_span span = span_of(j, at, at < j->length ? at + 1 : at);
    parley_fail_at(err, PARLEY_SYNTAX, j->name, span, "%s", what);
    parley_error_hint(err, "%s", hint);
    return PARLEY_SYNTAX;
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '+' || c == '.' || c == '$' || (unsigned char)c >= 0x80;
}

static uint32_t word_end(const json_reader *j, uint32_t at)
{
    while (at < j->length && is_word(j->bytes[at]))
        at++;
    return at;
}

/* The file is over inside a container, or before the first value. */
static parley_status too_short(json_reader *j, parley_error *err)
{
    if (j->depth == 0)
        return slip(j, j->length, "the file ends where a value should be", "is it whole?", err);
    const frame *top = &j->frames[j->depth - 1];
    parley_span span = span_of(j, top->begin, top->begin + 1);
    parley_fail_at(err, PARLEY_SYNTAX, j->name, span, "the '%c' that opens here is never closed",
                   top->map ? '{' : '[');
    parley_error_hint(err, "close it with '%c'; is the file whole?", top->map ? '}' : ']');
    return PARLEY_SYNTAX;
}

/* What stands here is not what is expected, and is none of the things every state looks for. */
static parley_status misfit(json_reader *j, const char *wanted, parley_error *err)
{
    char c = j->bytes[j->at];
    bool ends = c == '}' || c == ']';
    if (c == '/' || c == '#')
        return slip(j, j->at, "JSON has no comments", "take it out, or write the case as YAML",
                    err);
    if (c == '\'')
        return slip(j, j->at, "in JSON texts stand in double quotes", "write \"...\"", err);
    if (ends && (j->expect == A_VALUE || j->expect == A_KEY) && j->depth > 0) {
        uint32_t i = j->at;
        while (i > 0 && strchr(" \t\r\n", j->bytes[i - 1]) != NULL)
            i--;
        if (i > 0 && j->bytes[i - 1] == ',')
            return slip(j, i - 1, "a comma stands before the closing mark",
                        "the last entry has none behind it", err);
    }
    parley_span span = span_of(j, j->at, j->at + 1);
    if (ends) {
        parley_fail_at(err, PARLEY_SYNTAX, j->name, span, "%s must stand before this '%c'", wanted,
                       c);
        if (j->depth > 0 && j->frames[j->depth - 1].map != (c == '}'))
            parley_error_hint(err, "what is open here closes with '%c'", c == '}' ? ']' : '}');
        return PARLEY_SYNTAX;
    }
    parley_fail_at(err, PARLEY_SYNTAX, j->name, span, "%s must stand here", wanted);
    return PARLEY_SYNTAX;
}

static parley_status no_word(json_reader *j, uint32_t begin, uint32_t end, parley_error *err)
{
    char shown[PARLEY_SHOWN_MAX];
    parley_fail_at(err, PARLEY_SYNTAX, j->name, span_of(j, begin, end), "'%s' is no JSON value",
                   parley_shown(shown, j->bytes + begin, end - begin));
    parley_error_hint(err, "texts stand in double quotes; the words are true, false and null");
    return PARLEY_SYNTAX;
}

/* ---- texts ---- */

static parley_status add(json_reader *j, const char *s, uint32_t n, parley_error *err)
{
    if (j->text_size - j->text_used <= n) {
        uint32_t size = j->text_size < 128 ? 256 : j->text_size;
        while (size - j->text_used <= n)
            size = size < UINT32_MAX / 2 ? size * 2 : UINT32_MAX;
        char *text = parley_realloc(j->ctx, j->text, j->text_size, size);
        if (text == NULL)
            return parley_fail(err, PARLEY_NOMEM, "no memory to read '%s'", j->name);
        j->text = text;
        j->text_size = size;
    }
    memcpy(j->text + j->text_used, s, n);
    j->text_used += n;
    j->text[j->text_used] = '\0';
    return PARLEY_OK;
}

/* Four hexadecimal digits, or -1. */
static int32_t hex4(const json_reader *j, uint32_t at)
{
    int32_t value = 0;
    if (j->length - at < 4)
        return -1;
    for (uint32_t i = at; i < at + 4; i++) {
        char c = j->bytes[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

static parley_status add_character(json_reader *j, uint32_t c, parley_error *err)
{
    char out[4];
    uint32_t n = 0;
    if (c < 0x80) {
        out[n++] = (char)c;
    } else if (c < 0x800) {
        out[n++] = (char)(0xC0 | c >> 6);
    } else if (c < 0x10000) {
        out[n++] = (char)(0xE0 | c >> 12);
        out[n++] = (char)(0x80 | (c >> 6 & 0x3F));
    } else {
        out[n++] = (char)(0xF0 | c >> 18);
        out[n++] = (char)(0x80 | (c >> 12 & 0x3F));
        out[n++] = (char)(0x80 | (c >> 6 & 0x3F));
    }
    if (c >= 0x80)
        out[n++] = (char)(0x80 | (c & 0x3F));
    return add(j, out, n, err);
}

/* `\uXXXX`, with a second half where the first is one of a pair; *at is on the `\`. */
static parley_status unicode_escape(json_reader *j, uint32_t *at, parley_error *err)
{
    int32_t c = hex4(j, *at + 2);
    if (c < 0)
        return slip(j, *at, "\\u is followed by four hexadecimal digits", "write it as \\u00e9",
                    err);
    uint32_t value = (uint32_t)c, end = *at + 6;
    if (value == 0) {
        parley_fail_at(err, PARLEY_INVALID, j->name, span_of(j, *at, end),
                       "a text cannot hold the NUL character");
        parley_error_hint(err, "leave \\u0000 out");
        return PARLEY_INVALID;
    }
    if (value >= 0xD800 && value <= 0xDFFF) {
        int32_t second = -1;
        if (value < 0xDC00 && j->length - end >= 6 && memcmp(j->bytes + end, "\\u", 2) == 0)
            second = hex4(j, end + 2);
        if (second < 0xDC00 || second > 0xDFFF)
            return slip(j, *at, "this is half of a surrogate pair",
                        "write both halves, or the character itself", err);
        value = 0x10000 + ((value - 0xD800) << 10) + ((uint32_t)second - 0xDC00);
        end += 6;
    }
    *at = end;
    return add_character(j, value, err);
}

static parley_status escape(json_reader *j, uint32_t *at, parley_error *err)
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    char c = *at + 1 < j->length ? j->bytes[*at + 1] : '\0';
    if (c == 'u')
        return unicode_escape(j, at, err);
    const char *found = c != '\0' ? strchr(from, c) : NULL;
    if (found == NULL)
        return slip(j, *at, "a backslash begins an escape, and this is none",
                    "write \\\\ for a backslash", err);
    *at += 2;
    return add(j, &to[found - from], 1, err);
}

/* The string at the place; its value goes to j->text. */
static parley_status read_string(json_reader *j, parley_event *out, parley_error *err)
{
    uint32_t begin = j->at, i = begin + 1;
    parley_status status = PARLEY_OK;
    j->text_used = 0;
    while (status == PARLEY_OK) {
        uint32_t plain = i;
        while (i < j->length && (unsigned char)j->bytes[i] >= 0x20 && j->bytes[i] != '"' &&
               j->bytes[i] != '\\')
            i++;
        status = add(j, j->bytes + plain, i - plain, err);
        if (status != PARLEY_OK)
            break;
        if (i >= j->length || j->bytes[i] == '\n' || j->bytes[i] == '\r')
            return slip(j, begin, "the quote (\") that opens here is not closed on its line",
                        "close it; a line end inside a text is written \\n", err);
        if (j->bytes[i] == '"')
            break;
        if (j->bytes[i] != '\\')
            return slip(j, i, "a control character cannot stand inside a text",
                        "write it as an escape: \\t for a tab, \\u0007 for others", err);
        status = escape(j, &i, err);
    }
    if (status != PARLEY_OK)
        return status;
    j->at = i + 1;
    out->kind = PARLEY_EVENT_SCALAR;
    out->style = PARLEY_STYLE_DOUBLE;
    out->span = span_of(j, begin, j->at);
    out->text = j->text;
    out->length = j->text_used;
    return PARLEY_OK;
}

/* ---- numbers and words ---- */

static uint32_t digits(const char *s, uint32_t i, uint32_t n)
{
    while (i < n && s[i] >= '0' && s[i] <= '9')
        i++;
    return i;
}

bool parley_is_json_number(const char *s, size_t length)
{
    uint32_t n = length < UINT32_MAX ? (uint32_t)length : 0;
    uint32_t i = n > 0 && s[0] == '-' ? 1 : 0;
    uint32_t whole = digits(s, i, n);
    if (whole == i || (s[i] == '0' && whole > i + 1))
        return false;
    i = whole;
    if (i < n && s[i] == '.') {
        uint32_t end = digits(s, i + 1, n);
        if (end == i + 1)
            return false;
        i = end;
    }
    if (i < n && (s[i] == 'e' || s[i] == 'E')) {
        i++;
        if (i < n && (s[i] == '+' || s[i] == '-'))
            i++;
        uint32_t end = digits(s, i, n);
        if (end == i)
            return false;
        i = end;
    }
    return i == n;
}

bool parley_is_json_bare(const char *s, size_t length)
{
    return (length == 4 && memcmp(s, "true", 4) == 0) ||
           (length == 4 && memcmp(s, "null", 4) == 0) ||
           (length == 5 && memcmp(s, "false", 5) == 0) || parley_is_json_number(s, length);
}

static parley_status read_word(json_reader *j, parley_event *out, parley_error *err)
{
    uint32_t begin = j->at, end = word_end(j, begin);
    if (!parley_is_json_bare(j->bytes + begin, end - begin)) {
        char c = j->bytes[begin];
        if ((c < '0' || c > '9') && c != '-' && c != '+' && c != '.')
            return no_word(j, begin, end, err);
        char shown[PARLEY_SHOWN_MAX];
        parley_fail_at(err, PARLEY_SYNTAX, j->name, span_of(j, begin, end),
                       "'%s' is no JSON number",
                       parley_shown(shown, j->bytes + begin, end - begin));
        parley_error_hint(err, "numbers are written 12, -0.5 or 1e6, without leading zeros; dates "
                               "and other texts stand in double quotes");
        return PARLEY_SYNTAX;
    }
    j->text_used = 0;
    parley_status status = add(j, j->bytes + begin, end - begin, err);
    if (status != PARLEY_OK)
        return status;
    j->at = end;
    out->kind = PARLEY_EVENT_SCALAR;
    out->style = PARLEY_STYLE_PLAIN;
    out->span = span_of(j, begin, end);
    out->text = j->text;
    out->length = j->text_used;
    return PARLEY_OK;
}

/* ---- structure ---- */

static void after_value(json_reader *j)
{
    j->expect = j->depth == 0 ? NOTHING : A_COMMA_OR_END;
}

static parley_status begin_container(json_reader *j, parley_event *out, parley_error *err)
{
    bool map = j->bytes[j->at] == '{';
    parley_span span = span_of(j, j->at, j->at + 1);
    if (j->depth >= j->most_depth)
        return parley_fail_at(err, PARLEY_LIMIT, j->name, span,
                              "maps and lists are nested deeper than %u levels (limit depth)",
                              j->most_depth);
    if (j->depth == j->frames_size) {
        uint32_t size = j->frames_size < 32 ? 64 : j->frames_size * 2;
        frame *frames = parley_realloc(j->ctx, j->frames, j->frames_size * sizeof *frames,
                                       size * sizeof *frames);
        if (frames == NULL)
            return parley_fail(err, PARLEY_NOMEM, "no memory to read '%s'", j->name);
        j->frames = frames;
        j->frames_size = size;
    }
    j->frames[j->depth++] = (frame){map, j->at};
    j->at++;
    j->expect = map ? A_KEY_OR_END : A_VALUE_OR_END;
    out->kind = map ? PARLEY_EVENT_MAP_BEGIN : PARLEY_EVENT_LIST_BEGIN;
    out->flow = true;
    out->span = span;
    return PARLEY_OK;
}

static parley_status end_container(json_reader *j, parley_event *out)
{
    out->kind = j->frames[--j->depth].map ? PARLEY_EVENT_MAP_END : PARLEY_EVENT_LIST_END;
    out->flow = true;
    out->span = span_of(j, j->at, j->at + 1);
    j->at++;
    after_value(j);
    return PARLEY_OK;
}

static void skip_blanks(json_reader *j)
{
    while (j->at < j->length && (j->bytes[j->at] == ' ' || j->bytes[j->at] == '\n' ||
                                 j->bytes[j->at] == '\t' || j->bytes[j->at] == '\r'))
        j->at++;
}

static bool at_end_mark(const json_reader *j)
{
    return j->depth > 0 && j->bytes[j->at] == (j->frames[j->depth - 1].map ? '}' : ']');
}

static parley_status read_value(json_reader *j, parley_event *out, parley_error *err)
{
    char c = j->bytes[j->at];
    if (c == '{' || c == '[')
        return begin_container(j, out, err);
    if (c != '"' && !is_word(c))
        return misfit(j, "a value", err);
    parley_status status = c == '"' ? read_string(j, out, err) : read_word(j, out, err);
    after_value(j);
    return status;
}

static parley_status read_key(json_reader *j, parley_event *out, parley_error *err)
{
    char c = j->bytes[j->at];
    if (is_word(c)) {
        char shown[PARLEY_SHOWN_MAX];
        uint32_t end = word_end(j, j->at);
        parley_shown(shown, j->bytes + j->at, end - j->at);
        parley_fail_at(err, PARLEY_SYNTAX, j->name, span_of(j, j->at, end),
                       "key '%s' must stand in double quotes", shown);
        parley_error_hint(err, "write \"%s\": ...", shown);
        return PARLEY_SYNTAX;
    }
    if (c != '"')
        return misfit(j, "a key in double quotes", err);
    parley_status status = read_string(j, out, err);
    if (status != PARLEY_OK)
        return status;
    skip_blanks(j);
    if (j->at >= j->length)
        return too_short(j, err);
    if (j->bytes[j->at] != ':')
        return misfit(j, "a colon after the key", err);
    j->at++;
    j->expect = A_VALUE;
    return PARLEY_OK;
}

/* Between values: take a comma, if there must be one. */
static parley_status take_comma(json_reader *j, parley_error *err)
{
    if (j->bytes[j->at] != ',')
        return misfit(j, j->frames[j->depth - 1].map ? "',' or '}'" : "',' or ']'", err);
    j->at++;
    j->expect = j->frames[j->depth - 1].map ? A_KEY : A_VALUE;
    skip_blanks(j);
    return j->at < j->length ? PARLEY_OK : too_short(j, err);
}

static parley_status take(json_reader *j, parley_event *out, parley_error *err)
{
    skip_blanks(j);
    if (j->expect == NOTHING) {
        if (j->at < j->length)
            return j->bytes[j->at] == '/' || j->bytes[j->at] == '#'
                       ? misfit(j, "nothing", err)
                       : slip(j, j->at, "text follows the end of the document", "take it out", err);
        out->kind = PARLEY_EVENT_END;
        out->span = span_of(j, j->length, j->length);
        return PARLEY_OK;
    }
    if (j->at >= j->length)
        return too_short(j, err);
    if ((j->expect == A_COMMA_OR_END || j->expect == A_KEY_OR_END || j->expect == A_VALUE_OR_END) &&
        at_end_mark(j))
        return end_container(j, out);
    if (j->expect == A_COMMA_OR_END) {
        parley_status status = take_comma(j, err);
        if (status != PARLEY_OK)
            return status;
    }
    return j->expect == A_KEY || j->expect == A_KEY_OR_END ? read_key(j, out, err)
                                                           : read_value(j, out, err);
}

static parley_status next(void *self, parley_event *out, parley_error *err)
{
    json_reader *j = self;
    memset(out, 0, sizeof *out);
    if (j->failed != PARLEY_OK)
        return parley_fail(err, j->failed, "reading '%s' has already ended", j->name);
    parley_status status = take(j, out, err);
    if (status != PARLEY_OK || out->kind == PARLEY_EVENT_END)
        j->failed = status != PARLEY_OK ? status : PARLEY_STATE;
    return status;
}

static void drop(void *self)
{
    json_reader *j = self;
    if (j == NULL)
        return;
    parley_places_drop(&j->places, j->ctx);
    parley_release(j->ctx, j->frames, j->frames_size * sizeof *j->frames);
    parley_release(j->ctx, j->text, j->text_size);
    parley_release(j->ctx, j, sizeof *j);
}

parley_status parley_json_reader(parley_reader *out, parley_ctx *ctx, const char *name,
                                 const char *bytes, size_t length, parley_error *err)
{
    memset(out, 0, sizeof *out);
    uint32_t start = 0;
    parley_status status = parley_input_check(ctx, name, bytes, length, &start, err);
    if (status != PARLEY_OK)
        return status;
    json_reader *j = parley_alloc(ctx, sizeof *j);
    if (j == NULL)
        return parley_fail(err, PARLEY_NOMEM, "no memory to read '%s'", name);
    *j = (json_reader){.ctx = ctx,
                       .name = name,
                       .bytes = bytes,
                       .length = (uint32_t)length,
                       .at = start,
                       .most_depth = parley_depth_most(ctx)};
    status = parley_places_make(&j->places, ctx, bytes, j->length, err);
    if (status != PARLEY_OK) {
        drop(j);
        return status;
    }
    *out = (parley_reader){j, next, drop};
    return PARLEY_OK;
}
