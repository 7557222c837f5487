/*
 * Reader of YAML as our own writer lays it out, and as people mostly type it: the same events as
 * libyaml gives, many times faster.
 *
 * What it takes: block maps and lists of any depth, braces and brackets, over several lines where a
 * line ends behind a comma or a bracket, scalars on one line, plain or in quotes, LF, comments, and
 * empty lines. At anything else (a text over several lines, an empty value in braces ...) it gives
 * up with STATE, and the document is read by libyaml from the beginning. So it has no messages of
 * its own, and may be as narrow as it likes; what it takes it must take as libyaml does (the fuzz
 * target of YAML compares the two).
 */
#include "case/document_internal.h"

#include <string.h>

enum { KEY_MOST = 1000 }; /* bytes; libyaml looks no further than 1024 characters for the colon */

typedef struct level {
    uint32_t indent; /* of a block */
    uint32_t members;
    bool map;
    bool flow;
    bool has_key; /* its key has been given, its value not yet */
} level;

typedef struct plain_reader {
    parley_ctx *ctx;
    const char *bytes;
    uint32_t length;
    uint32_t at;
    uint32_t line;       /* from 1 */
    uint32_t line_begin; /* byte */
    uint32_t extra;      /* bytes of this line before `at` that begin no character */
    uint32_t last;       /* end of the last token */
    bool placed;         /* behind the indentation or the dash of what comes next */
    bool begun;
    char *text; /* of the last scalar */
    uint32_t room;
    uint32_t most_depth;
    uint32_t depth;
    uint32_t levels_size;
    level *levels;
} plain_reader;

static const parley_status not_mine = PARLEY_STATE;

static char byte(const plain_reader *p, uint32_t at)
{
    return at < p->length ? p->bytes[at] : '\0';
}

/* Zero width, where the reader stands. */
static parley_span here(const plain_reader *p)
{
    return (parley_span){p->at, p->at, p->line, p->at - p->line_begin - p->extra + 1};
}

static void new_line(plain_reader *p)
{
    p->at++;
    p->line++;
    p->line_begin = p->at;
    p->extra = 0;
    p->placed = false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What the writer never leaves without quotes. */
static bool needs_quotes(char c)
{
    switch (c) {
    case '#':
    case ',':
    case '[':
    case ']':
    case '{':
    case '}':
    case '"':
    case '`':
    case '?':
    case '\\':
        return true;
    default:
        return false;
    }
}

/* ------------------------------------------------------------------ scalars */

/*
 * Length of the character at `at`, if every reader takes it for itself: no controls, no line ends
 * of Unicode, no byte order mark. Else 0. The bytes are valid UTF-8.
 */
static uint32_t character(const plain_reader *p, uint32_t at)
{
    const unsigned char *s = (const unsigned char *)p->bytes + at;
    if (s[0] < 0x80) {
        return s[0] >= 0x20 && s[0] <= 0x7E ? 1 : 0;
    }
    if (s[0] < 0xE0) {
        return s[0] == 0xC2 && s[1] < 0xA0 ? 0 : 2;
    }
    if (s[0] < 0xF0) {
        bool odd = (s[0] == 0xE2 && s[1] == 0x80 && (s[2] == 0xA8 || s[2] == 0xA9)) ||
                   (s[0] == 0xEF && s[1] == 0xBB && s[2] == 0xBF) ||
                   (s[0] == 0xEF && s[1] == 0xBF && s[2] >= 0xBE);
        return odd ? 0 : 3;
    }
    return 4;
}

static parley_status reserve(plain_reader *p, uint32_t size, parley_error *err)
{
    if (size <= p->room) {
        return PARLEY_OK;
    }
    uint32_t room = size < 512 ? 512 : size * 2;
    char *text = parley_realloc(p->ctx, p->text, p->room, room);
    if (text == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "no memory for the values of the file");
    }
    p->text = text;
    p->room = room;
    return PARLEY_OK;
}

/* The first byte of a plain scalar, as the writer writes them. */
static bool begins_plain(const plain_reader *p, uint32_t at)
{
    char c = byte(p, at);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '(' ||
           is_digit(c) || (unsigned char)c >= 0x80 || (c == '-' && is_digit(byte(p, at + 1))) ||
           (c == '~' && strchr("\n,]}", byte(p, at + 1)) != NULL && byte(p, at + 1) != '\0');
}

/* Behind blanks. */
static uint32_t skip_blanks(const plain_reader *p, uint32_t at)
{
    while (byte(p, at) == ' ') {
        at++;
    }
    return at;
}

/* At a blank: is there nothing behind it on this line, or a comment? */
static bool ends_line(const plain_reader *p, uint32_t at)
{
    char c = byte(p, skip_blanks(p, at));
    return c == '\n' || c == '#';
}

/* In braces: does a comma or a bracket come next? */
static bool ends_piece(const plain_reader *p, uint32_t at)
{
    char c = byte(p, skip_blanks(p, at));
    return c == ',' || c == ']' || c == '}';
}

/* *end: behind it. False: not ours. */
static bool scan_plain(const plain_reader *p, bool flow, uint32_t *end, uint32_t *extra)
{
    uint32_t at = p->at;
    if (!begins_plain(p, at)) {
        return false;
    }
    while (at < p->length && p->bytes[at] != '\n') {
        char c = p->bytes[at];
        if (c == ':') {
            char behind = byte(p, at + 1);
            if (behind != ' ' && behind != '\n') {
                return false;
            }
            break;
        }
        if (flow && (c == ',' || c == ']' || c == '}')) {
            break;
        }
        if (c == ' ' && (ends_line(p, at) || (flow && ends_piece(p, at)))) {
            break;
        }
        uint32_t n = character(p, at);
        if (n == 0 || (n == 1 && needs_quotes(c))) {
            return false;
        }
        *extra += n - 1;
        at += n;
    }
    *end = at;
    return at > p->at && p->bytes[at - 1] != ' ';
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The escape behind a backslash at `at`, as bytes; 0: not ours. *used: its length in the file. */
static uint32_t unescape(const plain_reader *p, uint32_t at, char out[3], uint32_t *used)
{
    char c = byte(p, at + 1);
    uint32_t digits = c == 'x' ? 2 : c == 'u' ? 4 : 0;
    uint32_t code = 0;
    *used = 2 + digits;
    if (digits == 0) {
        out[0] = (char)(c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c);
        return c == '"' || c == '\\' || c == 'n' || c == 't' || c == 'r' ? 1 : 0;
    }
    for (uint32_t i = 0; i < digits; i++) {
        int d = hex(byte(p, at + 2 + i));
        if (d < 0) {
            return 0;
        }
        code = code * 16 + (uint32_t)d;
    }
    if (code == 0 || (code >= 0xD800 && code <= 0xDFFF)) {
        return 0;
    }
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    out[0] = (char)(0xE0 | code >> 12);
    out[1] = (char)(0x80 | (code >> 6 & 0x3F));
    out[2] = (char)(0x80 | (code & 0x3F));
    return 3;
}

/* What stands between double quotes goes to p->text. */
static parley_status scan_double(plain_reader *p, uint32_t *end, uint32_t *extra, size_t *length,
                                 parley_error *err)
{
    uint32_t at = p->at + 1;
    uint32_t n = 0;
    while (at < p->length && p->bytes[at] != '"') {
        if (n + 8 > p->room) { /* no escape is longer as bytes than in the file */
            parley_status status = reserve(p, n + 8, err);
            if (status != PARLEY_OK) {
                return status;
            }
        }
        uint32_t used = 0;
        uint32_t size = 0;
        if (p->bytes[at] == '\\') {
            size = unescape(p, at, p->text + n, &used);
        } else {
            size = used = character(p, at);
            memcpy(p->text + n, p->bytes + at, size);
            *extra += size > 0 ? size - 1 : 0;
        }
        if (size == 0) {
            return not_mine;
        }
        n += size;
        at += used;
    }
    if (at >= p->length) {
        return not_mine;
    }
    *length = n;
    *end = at + 1;
    return PARLEY_OK;
}

/* The same between single quotes, where two of them stand for one. */
static parley_status scan_single(plain_reader *p, uint32_t *end, uint32_t *extra, size_t *length,
                                 parley_error *err)
{
    uint32_t at = p->at + 1;
    uint32_t n = 0;
    for (;;) {
        if (byte(p, at) == '\'') {
            if (byte(p, at + 1) != '\'') {
                break;
            }
            at++;
        }
        uint32_t size = at < p->length ? character(p, at) : 0;
        if (size == 0) {
            return not_mine;
        }
        parley_status status = n + 8 > p->room ? reserve(p, n + 8, err) : PARLEY_OK;
        if (status != PARLEY_OK) {
            return status;
        }
        memcpy(p->text + n, p->bytes + at, size);
        *extra += size - 1;
        n += size;
        at += size;
    }
    *length = n;
    *end = at + 1;
    return PARLEY_OK;
}

static parley_status take_scalar(plain_reader *p, bool flow, parley_event *out, parley_error *err)
{
    uint32_t end = p->at;
    uint32_t extra = 0;
    size_t length = 0;
    parley_status status = PARLEY_OK;
    out->kind = PARLEY_EVENT_SCALAR;
    out->span = here(p);
    if (byte(p, p->at) == '"') {
        out->style = PARLEY_STYLE_DOUBLE;
        status = scan_double(p, &end, &extra, &length, err);
    } else if (byte(p, p->at) == '\'') {
        out->style = PARLEY_STYLE_SINGLE;
        status = scan_single(p, &end, &extra, &length, err);
    } else {
        out->style = PARLEY_STYLE_PLAIN;
        status = scan_plain(p, flow, &end, &extra) ? PARLEY_OK : not_mine;
        length = end - p->at;
        if (status == PARLEY_OK) {
            status = reserve(p, (uint32_t)length + 1, err);
        }
        if (status == PARLEY_OK) {
            memcpy(p->text, p->bytes + p->at, length);
        }
    }
    if (status == PARLEY_OK) {
        status = reserve(p, (uint32_t)length + 1, err);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    p->text[length] = '\0';
    out->text = p->text;
    out->length = length;
    out->span.end = end;
    p->at = end;
    p->last = end;
    p->extra += extra;
    return PARLEY_OK;
}

/* A key and the colon behind it, which is left there. */
static parley_status take_key(plain_reader *p, bool flow, parley_event *out, parley_error *err)
{
    parley_status status = take_scalar(p, flow, out, err);
    if (status == PARLEY_OK &&
        (byte(p, p->at) != ':' || out->span.end - out->span.begin > KEY_MOST)) {
        status = not_mine;
    }
    return status;
}

/* --------------------------------------------------------------- containers */

static parley_status push(plain_reader *p, level one, parley_error *err)
{
    if (p->depth >= p->most_depth) {
        return not_mine;
    }
    if (p->depth == p->levels_size) {
        uint32_t size = p->levels_size == 0 ? 16 : p->levels_size * 2;
        level *levels = parley_realloc(p->ctx, p->levels, p->levels_size * sizeof(*levels),
                                       size * sizeof(*levels));
        if (levels == NULL) {
            return parley_fail(err, PARLEY_NOMEM, "no memory for nested maps and lists");
        }
        p->levels = levels;
        p->levels_size = size;
    }
    p->levels[p->depth++] = one;
    return PARLEY_OK;
}

static parley_status begin(plain_reader *p, level one, parley_event *out, parley_error *err)
{
    out->kind = one.map ? PARLEY_EVENT_MAP_BEGIN : PARLEY_EVENT_LIST_BEGIN;
    out->flow = one.flow;
    out->span = here(p);
    if (one.flow) {
        out->span.end = ++p->at;
        p->last = p->at;
    }
    return push(p, one, err);
}

/* Over blanks, a comment behind them, and the end of the line. */
static parley_status end_line(plain_reader *p)
{
    uint32_t at = skip_blanks(p, p->at);
    if (byte(p, at) == '#' && at > p->at) {
        while (at < p->length && p->bytes[at] != '\n') {
            uint32_t n = character(p, at);
            if (n == 0) {
                return not_mine;
            }
            at += n;
        }
    }
    if (byte(p, at) != '\n') {
        return not_mine;
    }
    p->at = at;
    new_line(p);
    return PARLEY_OK;
}

/* In braces, behind a comma or a bracket: to what comes next, on this line or a later one. */
static parley_status next_piece(plain_reader *p)
{
    while (byte(p, p->at) == '\n' || (byte(p, p->at) == ' ' && ends_line(p, p->at))) {
        parley_status status = end_line(p);
        if (status != PARLEY_OK) {
            return status;
        }
        uint32_t blanks = skip_blanks(p, p->at) - p->at;
        if (blanks == 0 || byte(p, p->at + blanks) == '#') {
            return not_mine; /* at the margin, other rules hold */
        }
        p->at += blanks;
    }
    p->at = skip_blanks(p, p->at);
    return PARLEY_OK;
}

/* Behind a value of the level on top: its line is over, unless it stands in braces. */
static parley_status finish_value(plain_reader *p)
{
    if (p->depth > 0) {
        level *top = &p->levels[p->depth - 1];
        top->has_key = false;
        top->members++;
        if (top->flow) {
            return PARLEY_OK;
        }
    }
    return end_line(p);
}

static void end_container(plain_reader *p, parley_event *out)
{
    const level *top = &p->levels[--p->depth];
    out->kind = top->map ? PARLEY_EVENT_MAP_END : PARLEY_EVENT_LIST_END;
    out->flow = top->flow;
    out->span = here(p);
    if (top->flow) {
        out->span.end = ++p->at;
        p->last = p->at;
    } else {
        out->span.begin = out->span.end = p->last;
    }
}

/* A value that stands on this line. */
static parley_status take_value(plain_reader *p, bool flow, parley_event *out, parley_error *err)
{
    char c = byte(p, p->at);
    if (c == '{' || c == '[') {
        return begin(p, (level){.map = c == '{', .flow = true}, out, err);
    }
    parley_status status = take_scalar(p, flow, out, err);
    return status == PARLEY_OK ? finish_value(p) : status;
}

/* ------------------------------------------------------------------- braces */

static parley_status next_in_flow(plain_reader *p, parley_event *out, parley_error *err)
{
    level *top = &p->levels[p->depth - 1];
    if (top->has_key) {
        if (byte(p, p->at + 1) != ' ') { /* the colon is here */
            return not_mine;
        }
        p->at = skip_blanks(p, p->at + 1);
        return take_value(p, true, out, err);
    }
    p->at = skip_blanks(p, p->at);
    if (byte(p, p->at) == (top->map ? '}' : ']')) {
        end_container(p, out);
        return finish_value(p);
    }
    if (top->members > 0) {
        if (byte(p, p->at) != ',' || strchr(" \n", byte(p, p->at + 1)) == NULL) {
            return not_mine;
        }
        p->at++;
    }
    parley_status status = next_piece(p);
    if (status != PARLEY_OK) {
        return status;
    }
    if (byte(p, p->at) == (top->map ? '}' : ']')) { /* behind a line end */
        end_container(p, out);
        return finish_value(p);
    }
    if (!top->map) {
        return take_value(p, true, out, err);
    }
    top->has_key = true;
    return take_key(p, true, out, err);
}

/* ------------------------------------------------------------------- blocks */

/* Is there `key:` at this place? */
static bool at_key(plain_reader *p)
{
    plain_reader probe = *p;
    uint32_t end = p->at;
    uint32_t extra = 0;
    if (byte(p, p->at) != '"') {
        return scan_plain(&probe, false, &end, &extra) && byte(p, end) == ':';
    }
    for (end = p->at + 1; byte(p, end) != '"'; end++) {
        end += byte(p, end) == '\\' ? 1 : 0;
        if (end >= p->length || p->bytes[end] == '\n') {
            return false;
        }
    }
    return byte(p, end + 1) == ':';
}

/* A container that begins at this place in a block. */
static parley_status begin_block(plain_reader *p, uint32_t indent, parley_event *out,
                                 parley_error *err)
{
    bool list = byte(p, p->at) == '-' && byte(p, p->at + 1) == ' ';
    p->placed = true;
    return begin(p, (level){.indent = indent, .map = !list}, out, err);
}

/* From the beginning of a line over those that are empty or a comment; false: not ours. */
static bool skip_idle(plain_reader *p)
{
    while (p->at < p->length) {
        uint32_t at = p->at;
        while (byte(p, at) == ' ') {
            at++;
        }
        if (byte(p, at) != '#' && (byte(p, at) != '\n' || at > p->at)) {
            return true;
        }
        while (at < p->length && p->bytes[at] != '\n') {
            uint32_t n = character(p, at);
            if (n == 0) {
                return false;
            }
            at += n;
        }
        if (at == p->length) {
            return false;
        }
        p->at = at;
        new_line(p);
    }
    return true;
}

static uint32_t indentation(const plain_reader *p)
{
    uint32_t blanks = 0;
    while (byte(p, p->at + blanks) == ' ') {
        blanks++;
    }
    return blanks;
}

/* What stands under the key of a block. */
static parley_status take_block_value(plain_reader *p, parley_event *out, parley_error *err)
{
    level *top = &p->levels[p->depth - 1];
    p->at++; /* behind the colon */
    if (byte(p, p->at) == ' ' && !ends_line(p, p->at)) {
        p->at = skip_blanks(p, p->at);
        return take_value(p, false, out, err);
    }
    parley_span nothing = here(p); /* behind a key in quotes anything may stand: end_line */
    parley_status status = end_line(p);
    if (status != PARLEY_OK) {
        return status;
    }
    if (!skip_idle(p)) {
        return not_mine;
    }
    uint32_t blanks = indentation(p);
    if (p->at == p->length || blanks <= top->indent) {
        out->kind = PARLEY_EVENT_SCALAR;
        out->style = PARLEY_STYLE_PLAIN;
        out->span = nothing;
        out->text = "";
        p->last = nothing.end;
        top->has_key = false;
        top->members++;
        return PARLEY_OK;
    }
    p->at += blanks;
    return begin_block(p, blanks, out, err);
}

static parley_status take_item(plain_reader *p, parley_event *out, parley_error *err)
{
    uint32_t indent = p->levels[p->depth - 1].indent + 2;
    if (byte(p, p->at) != '-' || byte(p, p->at + 1) != ' ') {
        return not_mine;
    }
    p->at += 2;
    char c = byte(p, p->at);
    bool list = c == '-' && byte(p, p->at + 1) == ' ';
    return c != '{' && c != '[' && (list || at_key(p)) ? begin_block(p, indent, out, err)
                                                       : take_value(p, false, out, err);
}

/* Containers of a block end where a line stands further left. */
static void end_block(plain_reader *p, parley_event *out)
{
    end_container(p, out);
    if (p->depth > 0) {
        p->levels[p->depth - 1].has_key = false;
        p->levels[p->depth - 1].members++;
    }
}

static parley_status next_in_block(plain_reader *p, parley_event *out, parley_error *err)
{
    level *top = &p->levels[p->depth - 1];
    if (top->has_key) {
        return take_block_value(p, out, err);
    }
    if (!p->placed) {
        if (!skip_idle(p)) {
            return not_mine;
        }
        uint32_t blanks = indentation(p);
        if (p->at == p->length || blanks < top->indent) {
            end_block(p, out);
            return PARLEY_OK;
        }
        if (blanks > top->indent) {
            return not_mine;
        }
        p->at += blanks;
    }
    p->placed = false;
    if (!top->map) {
        return take_item(p, out, err);
    }
    top->has_key = true;
    return take_key(p, false, out, err);
}

static parley_status next(void *self, parley_event *out, parley_error *err)
{
    plain_reader *p = self;
    memset(out, 0, sizeof(*out));
    if (!p->begun) {
        p->begun = true;
        return skip_idle(p) && at_key(p) ? begin_block(p, 0, out, err) : not_mine;
    }
    if (p->depth == 0) {
        out->kind = PARLEY_EVENT_END;
        out->span = here(p);
        return PARLEY_OK;
    }
    return p->levels[p->depth - 1].flow ? next_in_flow(p, out, err) : next_in_block(p, out, err);
}

static void drop(void *self)
{
    plain_reader *p = self;
    if (p == NULL) {
        return;
    }
    parley_release(p->ctx, p->text, p->room);
    parley_release(p->ctx, p->levels, p->levels_size * sizeof(*p->levels));
    parley_release(p->ctx, p, sizeof(*p));
}

parley_status parley_plain_reader(parley_reader *out, parley_ctx *ctx, const char *name,
                                  const char *bytes, size_t length, parley_error *err)
{
    uint32_t start = 0;
    parley_error ignored = PARLEY_ERROR_INIT; /* libyaml's reader tells it */
    *out = (parley_reader){NULL, NULL, NULL};
    parley_status status = parley_input_check(ctx, name, bytes, length, &start, &ignored);
    if (status != PARLEY_OK || start > 0) {
        return not_mine;
    }
    plain_reader *p = parley_alloc(ctx, sizeof(*p));
    if (p == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "no memory to read '%s'", name);
    }
    *p = (plain_reader){.ctx = ctx,
                        .bytes = bytes,
                        .length = (uint32_t)length,
                        .line = 1,
                        .most_depth = parley_depth_most(ctx)};
    *out = (parley_reader){p, next, drop};
    return PARLEY_OK;
}
