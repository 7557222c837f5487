/*
 * Reader of YAML: libyaml's events with byte places, and without what case files do not use.
 *
 * libyaml counts characters; a table of places makes bytes of them. Anchors, aliases, tags, merge
 * keys, keys that are not scalars, directives other than %YAML, a second document and characters
 * that readers take differently are refused where they stand. Empty values get the place behind the
 * mark they follow, block scalars end with their last line. Leaves out: the tree (document.c) and
 * the words of syntax errors (explain_yaml.c).
 */
#include "case/document_internal.h"

#include <string.h>
#include <yaml.h>

enum { IN_MAP = 1u, WANTS_KEY = 2u, FLOW = 4u, BRACED = 8u };

typedef struct frame {
    uint32_t is;    /* a sum of the above */
    uint32_t begin; /* byte of the opening mark */
} frame;

typedef struct yaml_reader {
    parley_ctx *ctx;
    const char *name;
    const char *bytes;
    uint32_t length;
    parley_places places;
    parley_place_cursor cursor;
    parley_span last; /* zero width: end of the last token */
    yaml_parser_t parser;
    yaml_event_t event; /* kept while its text is lent out */
    bool parser_made;
    bool has_event;
    bool has_root;
    parley_status failed;
    uint32_t documents;
    uint32_t depth;
    uint32_t most_depth;
    uint32_t frames_size;
    frame *frames; /* one a level */
} yaml_reader;

static parley_span at_byte(yaml_reader *y, uint32_t byte)
{
    parley_place_to_byte(&y->places, &y->cursor, byte);
    return (parley_span){byte, byte, y->cursor.line + 1,
                         y->cursor.character - y->cursor.line_start + 1};
}

/* The place of a mark, zero width. libyaml's lines and columns are ours as long as all is ASCII. */
static parley_span at_mark(yaml_reader *y, const yaml_mark_t *mark)
{
    size_t room = y->length - y->places.start;
    if (mark->index >= room) /* libyaml makes a line end there that the file has not */
        return at_byte(y, y->length);
    if (y->places.ascii) {
        uint32_t byte = y->places.start + (uint32_t)mark->index;
        return (parley_span){byte, byte, (uint32_t)mark->line + 1, (uint32_t)mark->column + 1};
    }
    parley_place_to_character(&y->places, &y->cursor, (uint32_t)mark->index);
    return (parley_span){y->cursor.byte, y->cursor.byte, y->cursor.line + 1,
                         y->cursor.character - y->cursor.line_start + 1};
}

static parley_span between(yaml_reader *y, const yaml_mark_t *from, const yaml_mark_t *to)
{
    parley_span span = at_mark(y, from);
    y->last = at_mark(y, to);
    span.end = y->last.end;
    return span;
}

static parley_status syntax_error(yaml_reader *y, parley_error *err)
{
    const yaml_parser_t *p = &y->parser;
    if (p->error == YAML_MEMORY_ERROR)
        return parley_fail(err, PARLEY_NOMEM, "no memory to read '%s'", y->name);
    parley_yaml_problem problem = {.name = y->name,
                                   .bytes = y->bytes,
                                   .length = y->length,
                                   .problem = p->problem != NULL ? p->problem : "unknown fault",
                                   .context = p->context};
    if (p->error == YAML_READER_ERROR) {
        size_t byte = y->places.start + p->problem_offset;
        problem.at = at_byte(y, byte < y->length ? (uint32_t)byte : y->length);
    } else {
        problem.at = at_mark(y, &p->problem_mark);
        if (p->context != NULL)
            problem.since = at_mark(y, &p->context_mark);
        const frame *top = y->depth > 0 ? &y->frames[y->depth - 1] : NULL;
        bool in_flow = p->context != NULL && strstr(p->context, "flow") != NULL;
        if (in_flow && problem.at.begin == y->length && top != NULL && (top->is & BRACED) != 0) {
            /* libyaml misses a value here; a person misses the closing mark. */
            problem.problem = "did not find expected ',' or ']'";
            if ((top->is & IN_MAP) != 0)
                problem.problem = "did not find expected ',' or '}'";
            problem.since = at_byte(y, top->begin);
        }
    }
    return parley_yaml_explain(&problem, err);
}

static parley_status refuse(yaml_reader *y, parley_span span, const char *what, const char *hint,
                            parley_error *err)
{
    parley_status status = parley_fail_at(err, PARLEY_INVALID, y->name, span, "%s", what);
    parley_error_hint(err, "%s", hint);
    return status;
}

static parley_status refuse_anchor(yaml_reader *y, parley_span span, parley_error *err)
{
    return refuse(y, span, "anchors (&name) and aliases (*name) are not used in case files",
                  "repeat the value; a text that begins with & or * needs quotes", err);
}

static parley_status refuse_tag(yaml_reader *y, parley_span span, parley_error *err)
{
    return refuse(y, span, "tags (!name) are not used in case files",
                  "leave it out; a text that begins with ! needs quotes", err);
}

/* Anchor, tag, or a `!` alone, which libyaml drops without a word. */
static parley_status check_properties(yaml_reader *y, parley_span span, const void *anchor,
                                      const void *tag, parley_error *err)
{
    char c = span.begin < y->length ? y->bytes[span.begin] : '\0';
    if (anchor != NULL || tag != NULL || (c == '!' && span.begin < span.end))
        return anchor != NULL || c == '&' ? refuse_anchor(y, span, err) : refuse_tag(y, span, err);
    return PARLEY_OK;
}

/* A value, key or container begins: is it allowed here? */
static parley_status enter(yaml_reader *y, parley_span span, bool scalar, parley_error *err)
{
    y->has_root = true;
    if (y->depth == 0)
        return PARLEY_OK;
    frame *top = &y->frames[y->depth - 1];
    if ((top->is & IN_MAP) == 0)
        return PARLEY_OK;
    if ((top->is & WANTS_KEY) != 0 && !scalar)
        return refuse(y, span, "a map or list cannot be a key",
                      "keys are short texts; a text that begins with { or [ needs quotes", err);
    top->is ^= WANTS_KEY;
    return PARLEY_OK;
}

static parley_status push(yaml_reader *y, parley_span span, uint32_t is, parley_error *err)
{
    if (y->depth >= y->most_depth) {
        parley_fail_at(err, PARLEY_LIMIT, y->name, span,
                       "maps and lists are nested deeper than %u levels (limit depth)",
                       y->most_depth);
        return PARLEY_LIMIT;
    }
    if (y->depth == y->frames_size) {
        uint32_t size = y->frames_size < 32 ? 64 : y->frames_size * 2;
        frame *frames = parley_realloc(y->ctx, y->frames, y->frames_size * sizeof *frames,
                                       size * sizeof *frames);
        if (frames == NULL)
            return parley_fail(err, PARLEY_NOMEM, "no memory to read '%s'", y->name);
        y->frames = frames;
        y->frames_size = size;
    }
    y->frames[y->depth++] = (frame){is, span.begin};
    return PARLEY_OK;
}

/* Behind the last indicator (`:`, `-`, `?`, `,`) between the last token and an empty value's mark.
 */
static parley_span empty_place(yaml_reader *y, uint32_t mark)
{
    uint32_t place = y->last.end;
    for (uint32_t i = place; i < mark; i++) {
        char c = y->bytes[i];
        if (c == '#') {
            while (i < mark && y->bytes[i] != '\n' && y->bytes[i] != '\r')
                i++;
        } else if (c == ':' || c == '-' || c == '?' || c == ',') {
            place = i + 1;
        }
    }
    return place == y->last.end ? y->last : at_byte(y, place);
}

static bool blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r';
}

/*
 * Where a literal or folded scalar ends for an editor: its last line, without the line end and,
 * unless they count (`+`), without the blank lines behind it. A line with more blanks than the text
 * is indented is text. With an indentation digit all is kept: the indentation is not known here.
 */
static uint32_t block_end(const char *bytes, uint32_t begin, uint32_t end)
{
    bool keep = false;
    uint32_t body = begin + 1;
    for (; body < end && bytes[body] != '\n' && bytes[body] != '\r' && bytes[body] != '#'; body++)
        if (bytes[body] == '+' || (bytes[body] >= '0' && bytes[body] <= '9'))
            keep = true;
    while (body < end && bytes[body] != '\n' && bytes[body] != '\r')
        body++;
    uint32_t indent = UINT32_MAX; /* of the text: least of all its lines */
    for (uint32_t i = body, blanks = 0; i < end; i++) {
        if (bytes[i] == '\n' || bytes[i] == '\r') {
            blanks = 0;
        } else if (bytes[i] == ' ' && blanks != UINT32_MAX) {
            blanks++;
        } else if (blanks != UINT32_MAX) {
            indent = blanks < indent ? blanks : indent;
            blanks = UINT32_MAX;
        }
    }
    if (keep && !(bytes[end - 1] == '\n' || bytes[end - 1] == '\r'))
        return end;
    while (end > body && blank(bytes[end - 1])) {
        uint32_t line = end; /* back over blanks to the line end before */
        while (line > body && bytes[line - 1] == ' ')
            line--;
        if (end - line > indent || !(bytes[line - 1] == '\n' || bytes[line - 1] == '\r'))
            break;
        end = line - 1;
        if (end > body && bytes[end] == '\n' && bytes[end - 1] == '\r')
            end--;
        if (keep)
            break;
    }
    return end;
}

static const uint8_t styles[] = {[YAML_ANY_SCALAR_STYLE] = PARLEY_STYLE_PLAIN,
                                 [YAML_PLAIN_SCALAR_STYLE] = PARLEY_STYLE_PLAIN,
                                 [YAML_SINGLE_QUOTED_SCALAR_STYLE] = PARLEY_STYLE_SINGLE,
                                 [YAML_DOUBLE_QUOTED_SCALAR_STYLE] = PARLEY_STYLE_DOUBLE,
                                 [YAML_LITERAL_SCALAR_STYLE] = PARLEY_STYLE_LITERAL,
                                 [YAML_FOLDED_SCALAR_STYLE] = PARLEY_STYLE_FOLDED};

/* Does the mark of an explicit key (`? key`) stand between two tokens? */
static bool has_key_mark(const yaml_reader *y, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++) {
        if (y->bytes[i] == '?')
            return true;
        if (y->bytes[i] == '#')
            while (i < end && y->bytes[i] != '\n' && y->bytes[i] != '\r')
                i++;
    }
    return false;
}

static parley_status take_scalar(yaml_reader *y, parley_event *out, parley_error *err)
{
    const yaml_event_t *e = &y->event;
    parley_span before = y->last;
    parley_span span = between(y, &e->start_mark, &e->end_mark);
    bool marked = has_key_mark(y, before.end, span.begin);
    parley_status status =
        check_properties(y, span, e->data.scalar.anchor, e->data.scalar.tag, err);
    if (status != PARLEY_OK)
        return status;
    out->kind = PARLEY_EVENT_SCALAR;
    out->style = (parley_style)styles[e->data.scalar.style];
    out->text = (const char *)e->data.scalar.value;
    out->length = e->data.scalar.length;
    if (span.begin == span.end) {
        y->last = before;
        span = empty_place(y, span.begin);
        y->last = span;
    } else if (out->style >= PARLEY_STYLE_LITERAL) {
        span.end = block_end(y->bytes, span.begin, span.end);
        y->last = at_byte(y, span.end);
    }
    out->span = span;
    bool key = y->depth > 0 && (y->frames[y->depth - 1].is & WANTS_KEY) != 0;
    if (key && out->style == PARLEY_STYLE_PLAIN && out->length == 2 &&
        memcmp(out->text, "<<", 2) == 0)
        return refuse(y, span, "merge keys (<<) are not used in case files",
                      "write the members out", err);
    uint32_t in = y->depth > 0 ? y->frames[y->depth - 1].is : 0;
    if (key && marked && (in & FLOW) != 0 && (in & BRACED) == 0)
        return refuse(y, span, "a key marked with ? in a list needs braces", "write [{key: value}]",
                      err);
    if (out->style == PARLEY_STYLE_DOUBLE && memchr(out->text, 0, out->length) != NULL)
        return refuse(y, span, "a text cannot hold the NUL character", "leave \\0 out", err);
    return enter(y, span, true, err);
}

static parley_status take_begin(yaml_reader *y, parley_event *out, bool map, parley_error *err)
{
    const yaml_event_t *e = &y->event;
    bool flow = map ? e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                    : e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    parley_span span = between(y, &e->start_mark, &e->end_mark);
    /* Check properties on a span with width: block containers have none. */
    parley_span wide = span;
    wide.end = wide.begin < y->length ? wide.begin + 1 : wide.begin;
    parley_status status = check_properties(
        y, wide, map ? e->data.mapping_start.anchor : e->data.sequence_start.anchor,
        map ? e->data.mapping_start.tag : e->data.sequence_start.tag, err);
    if (status == PARLEY_OK)
        status = enter(y, span, false, err);
    if (status != PARLEY_OK)
        return status;
    /* `[a: b]` holds a map without braces. */
    bool braced = flow && span.begin < y->length && y->bytes[span.begin] == (map ? '{' : '[');
    if (!braced) {
        span.end = span.begin;
        y->last = span;
    }
    out->kind = map ? PARLEY_EVENT_MAP_BEGIN : PARLEY_EVENT_LIST_BEGIN;
    out->flow = flow;
    out->span = span;
    uint32_t is = (map ? IN_MAP | WANTS_KEY : 0) | (flow ? FLOW : 0) | (braced ? BRACED : 0);
    return push(y, span, is, err);
}

static void take_end(yaml_reader *y, parley_event *out, bool map)
{
    uint32_t is = y->frames[--y->depth].is;
    out->kind = map ? PARLEY_EVENT_MAP_END : PARLEY_EVENT_LIST_END;
    out->flow = (is & FLOW) != 0;
    if ((is & BRACED) != 0)
        out->span = between(y, &y->event.start_mark, &y->event.end_mark);
    else
        out->span = y->last;
}

static parley_status take_document(yaml_reader *y, parley_error *err)
{
    const yaml_event_t *e = &y->event;
    parley_span span = between(y, &e->start_mark, &e->end_mark);
    if (++y->documents > 1)
        return refuse(y, span, "a case file holds one document; a second one begins here",
                      "take the line `---` or `...` out, or use two files", err);
    if (e->data.document_start.tag_directives.start != e->data.document_start.tag_directives.end)
        return refuse(y, span, "tags and %TAG lines are not used in case files", "leave them out",
                      err);
    return PARLEY_OK;
}

/* One libyaml event. *given: out was filled. */
static parley_status take(yaml_reader *y, parley_event *out, bool *given, parley_error *err)
{
    *given = true;
    switch (y->event.type) {
    case YAML_SCALAR_EVENT:
        return take_scalar(y, out, err);
    case YAML_MAPPING_START_EVENT:
    case YAML_SEQUENCE_START_EVENT:
        return take_begin(y, out, y->event.type == YAML_MAPPING_START_EVENT, err);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        take_end(y, out, y->event.type == YAML_MAPPING_END_EVENT);
        return PARLEY_OK;
    case YAML_ALIAS_EVENT:
        return refuse_anchor(y, between(y, &y->event.start_mark, &y->event.end_mark), err);
    case YAML_STREAM_END_EVENT:
        if (!y->has_root)
            return refuse(y, (parley_span){y->places.start, y->places.start, 1, 1},
                          "the file is empty", "a case file begins with `parley: 1`", err);
        out->kind = PARLEY_EVENT_END;
        out->span = at_byte(y, y->length);
        return PARLEY_OK;
    case YAML_DOCUMENT_START_EVENT:
        *given = false;
        return take_document(y, err);
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        *given = false;
        return PARLEY_OK;
    }
    return parley_fail(err, PARLEY_INTERNAL, "an event libyaml does not document");
}

static parley_status next(void *self, parley_event *out, parley_error *err)
{
    yaml_reader *y = self;
    memset(out, 0, sizeof *out);
    if (y->failed != PARLEY_OK)
        return parley_fail(err, y->failed, "reading '%s' has already ended", y->name);
    bool given = false;
    parley_status status = PARLEY_OK;
    while (status == PARLEY_OK && !given) {
        if (y->has_event)
            yaml_event_delete(&y->event);
        y->has_event = yaml_parser_parse(&y->parser, &y->event) != 0;
        status = y->has_event ? take(y, out, &given, err) : syntax_error(y, err);
    }
    if (status != PARLEY_OK || out->kind == PARLEY_EVENT_END)
        y->failed = status != PARLEY_OK ? status : PARLEY_STATE;
    return status;
}

static void drop(void *self)
{
    yaml_reader *y = self;
    if (y == NULL)
        return;
    if (y->has_event)
        yaml_event_delete(&y->event);
    if (y->parser_made)
        yaml_parser_delete(&y->parser);
    parley_places_drop(&y->places, y->ctx);
    parley_release(y->ctx, y->frames, y->frames_size * sizeof *y->frames);
    parley_release(y->ctx, y, sizeof *y);
}

/*
 * U+0085, U+2028 and U+2029 end a line for YAML 1.1 and do not for 1.2; a byte order mark within
 * the file is skipped by some and is text for others. A file must not hang on that. They may stand
 * as escapes.
 */
static parley_status check_characters(yaml_reader *y, parley_error *err)
{
    static const struct {
        const char bytes[4];
        const char *name, *escape;
    } odd[] = {{"\xC2\x85", "U+0085", "\\x85"},
               {"\xE2\x80\xA8", "U+2028", "\\u2028"},
               {"\xE2\x80\xA9", "U+2029", "\\u2029"},
               {"\xEF\xBB\xBF", "U+FEFF", "\\uFEFF"}};
    const char *s = y->bytes;
    for (uint32_t i = y->places.ascii ? y->length : y->places.start; i < y->length; i++) {
        if (s[i] != '\xC2' && s[i] != '\xE2' && s[i] != '\xEF')
            continue;
        for (size_t k = 0; k < sizeof odd / sizeof odd[0]; k++) {
            uint32_t n = (uint32_t)strlen(odd[k].bytes);
            if (y->length - i < n || memcmp(s + i, odd[k].bytes, n) != 0)
                continue;
            parley_span span = at_byte(y, i);
            span.end += n;
            parley_fail_at(err, PARLEY_INVALID, y->name, span,
                           "the character %s %s for some readers of YAML, not for others",
                           odd[k].name, s[i] == '\xEF' ? "is nothing" : "ends a line");
            parley_error_hint(err, "take it out, or write it as %s in double quotes",
                              odd[k].escape);
            return PARLEY_INVALID;
        }
    }
    return PARLEY_OK;
}

parley_status parley_yaml_reader(parley_reader *out, parley_ctx *ctx, const char *name,
                                 const char *bytes, size_t length, parley_error *err)
{
    memset(out, 0, sizeof *out);
    uint32_t start = 0;
    parley_status status = parley_input_check(ctx, name, bytes, length, &start, err);
    if (status != PARLEY_OK)
        return status;
    yaml_reader *y = parley_alloc(ctx, sizeof *y);
    if (y == NULL)
        return parley_fail(err, PARLEY_NOMEM, "no memory to read '%s'", name);
    *y = (yaml_reader){.ctx = ctx, .name = name, .bytes = bytes, .length = (uint32_t)length};
    y->most_depth = parley_depth_most(ctx);
    status = parley_places_make(&y->places, ctx, bytes, y->length, err);
    if (status == PARLEY_OK)
        status = check_characters(y, err);
    if (status == PARLEY_OK) {
        y->last = (parley_span){start, start, 1, 1};
        y->parser_made = yaml_parser_initialize(&y->parser) != 0;
        if (!y->parser_made)
            status = parley_fail(err, PARLEY_NOMEM, "no memory to read '%s'", name);
    }
    if (status != PARLEY_OK) {
        drop(y);
        return status;
    }
    yaml_parser_set_encoding(&y->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&y->parser, (const unsigned char *)bytes + start, length - start);
    *out = (parley_reader){y, next, drop};
    return PARLEY_OK;
}
