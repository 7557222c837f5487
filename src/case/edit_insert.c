/*
 * Edits: a member or item more, at the end of its container.
 *
 * Within braces and brackets it comes before the closing mark, on a line of its own if the last one
 * has that; in block style on the line behind the last one, in the column of the others. An empty
 * value
 * (`claims:`) becomes a container. Leaves out: insertion anywhere but at the end.
 */
#include "case/document_internal.h"

#include <string.h>

/* What goes in, and where the splice is to be. */
typedef struct insertion {
    parley_editing *e;
    const char *key; /* NULL: an item */
    const parley_node *value;
    uint32_t begin;
    uint32_t end;
} insertion;

static void put_key(insertion *in)
{
    if (in->key == NULL)
        return;
    parley_sink sink = {.text = in->e->text};
    if (parley_document_is_json(in->e->document))
        parley_put_json(&sink, in->key, strlen(in->key), PARLEY_STYLE_DOUBLE);
    else
        parley_put_scalar(&sink, in->key, strlen(in->key), PARLEY_STYLE_DOUBLE);
}

static void put_line(insertion *in)
{
    bool json = parley_document_is_json(in->e->document);
    parley_sink sink = {.text = in->e->text};
    put_key(in);
    if (in->key != NULL)
        parley_text_puts(in->e->text, ": ");
    parley_put_flow(&sink, in->value, json, SIZE_MAX);
}

/* On a line of its own: JSON that is too wide for it takes more than one. */
static void put_own_line(insertion *in, uint32_t indent)
{
    parley_sink width = {.columns = indent + (in->key != NULL ? strlen(in->key) + 4 : 0)};
    if (!parley_document_is_json(in->e->document) ||
        parley_put_flow(&width, in->value, true, PARLEY_WIDTH)) {
        put_line(in);
        return;
    }
    put_key(in);
    if (in->key != NULL)
        parley_text_puts(in->e->text, ": ");
    parley_put_lines(in->e->text, in->value,
                     (parley_layout){.newline = in->e->newline, .indent = indent});
}

static void copy(insertion *in, uint32_t begin, uint32_t end)
{
    parley_text_add(in->e->text, in->e->bytes + begin, end - begin);
}

/* ---- braces and brackets ---- */

/* Where a child of a flow container begins: its key, or the item itself. */
static uint32_t begin_of(const parley_node *child)
{
    return child->key != NULL ? child->key->span.begin : child->span.begin;
}

static void into_empty_flow(insertion *in, const parley_node *container)
{
    in->begin = in->end = container->span.begin + 1;
    put_line(in);
    if (parley_byte(in->e, in->end) == '#')
        parley_text_putc(in->e->text, ' ');
}

static void into_flow(insertion *in, const parley_node *container)
{
    parley_editing *e = in->e;
    const parley_node *last = container->first;
    while (last->next != NULL)
        last = last->next;
    bool comment = false;
    uint32_t at = last->span.end, close = container->span.end - 1;
    uint32_t comma = parley_skip_gap(e, at, close, &comment);
    bool has_comma = comma < close; /* what is between the last one and the end is a comma */
    uint32_t line_end = parley_line_end(e, has_comma ? comma : at);
    bool own_line = parley_first_in_line(e, begin_of(last)) && line_end < close;
    in->begin = at;
    if (parley_ends_with_colon(e, last))
        parley_text_putc(e->text, ' '); /* `a:,` is no key */
    if (own_line) {
        uint32_t line = parley_line_begin(e, begin_of(last));
        uint32_t indent = 0;
        while (parley_byte(e, line + indent) == ' ')
            indent++;
        in->end = line_end;
        if (!has_comma)
            parley_text_putc(e->text, ',');
        copy(in, at, in->end);
        parley_text_puts(e->text, e->newline);
        parley_text_fill(e->text, ' ', indent);
        put_own_line(in, indent);
        if (has_comma)
            parley_text_putc(e->text, ',');
        return;
    }
    in->end = has_comma ? comma + 1 : at;
    copy(in, at, has_comma ? comma : at);
    parley_text_puts(e->text, ", ");
    put_line(in);
    char next = parley_byte(e, in->end);
    if (next == '#')
        parley_text_putc(e->text, ' ');
}

/* `[a: b]`: the map needs its braces now. */
static void into_pair(insertion *in, const parley_node *container)
{
    in->begin = container->span.begin;
    in->end = container->span.end;
    parley_text_putc(in->e->text, '{');
    copy(in, in->begin, in->end);
    if (parley_ends_with_colon(in->e, container))
        parley_text_putc(in->e->text, ' ');
    parley_text_puts(in->e->text, ", ");
    put_line(in);
    parley_text_putc(in->e->text, '}');
}

/* ---- blocks ---- */

/*
 * A literal scalar that ends with the file, without a line end, would get one: `|-` says that there
 * is none. Puts the text from its header to the end.
 */
static void close_literal(insertion *in, const parley_node *literal)
{
    parley_editing *e = in->e;
    uint32_t at = literal->span.begin;
    in->begin = at;
    parley_text_putc(e->text, e->bytes[at++]);
    for (; at < e->length && strchr("+-0123456789", e->bytes[at]) != NULL; at++)
        if (e->bytes[at] >= '0' && e->bytes[at] <= '9')
            parley_text_putc(e->text, e->bytes[at]);
    parley_text_putc(e->text, '-');
    copy(in, at, e->length);
}

/* `key: value` or `- value` where the text stands, in the column `indent`. */
static void put_block_entry(insertion *in, uint32_t indent, uint32_t level)
{
    parley_text *text = in->e->text;
    size_t column = indent + 1;
    if (in->key != NULL) {
        put_key(in);
        parley_text_putc(text, ':');
        column = indent + parley_utf8_characters(in->key, strlen(in->key)) + 3;
    } else {
        parley_text_putc(text, '-');
    }
    parley_put_value(text, in->value, in->key != NULL, column,
                     (parley_layout){.newline = in->e->newline, .indent = indent, .level = level});
}

static void into_block(insertion *in, const parley_node *container)
{
    parley_editing *e = in->e;
    const parley_node *literal = parley_last_literal(container);
    uint32_t indent = container->span.column - 1;
    in->begin = in->end = parley_line_end(e, container->span.end);
    if (literal != NULL && in->end == e->length)
        close_literal(in, literal);
    if (in->end > 0 && e->bytes[in->end - 1] == '\r' && e->newline[0] == '\n')
        parley_text_putc(e->text, '\r'); /* else CR and LF would be one line end */
    parley_text_puts(e->text, e->newline);
    parley_text_fill(e->text, ' ', indent);
    put_block_entry(in, indent, container == parley_document_root(e->document) ? 1 : 2);
}

/* A value that is empty becomes a container of one. */
static parley_status into_nothing(insertion *in, const parley_node *scalar, parley_error *err)
{
    parley_editing *e = in->e;
    const parley_node *key = scalar->key;
    in->begin = in->end = scalar->span.end;
    bool colon =
        in->end > 0 && e->bytes[in->end - 1] == ':' && key != NULL && in->end > key->span.end;
    if (!scalar->flow && colon && parley_first_in_line(e, key->span.begin)) {
        uint32_t indent = key->span.column - 1 + 2;
        in->begin = in->end = parley_line_end(e, in->end);
        parley_text_puts(e->text, e->newline);
        parley_text_fill(e->text, ' ', indent);
        put_block_entry(in, indent, 2);
        return PARLEY_OK;
    }
    parley_status status = parley_put_missing_colon(e, scalar, err);
    parley_text_puts(e->text, in->key != NULL ? " {" : " [");
    put_line(in);
    parley_text_putc(e->text, in->key != NULL ? '}' : ']');
    return status;
}

/* ---- the edit ---- */

static parley_status check(const parley_document *document, const parley_node *container,
                           const char *key, const parley_node *value, parley_error *err)
{
    const char *name = parley_document_name(document);
    char shown[PARLEY_SHOWN_MAX];
    bool nothing = container->kind == PARLEY_NODE_SCALAR && container->length == 0 &&
                   container->span.begin == container->span.end;
    if (value == NULL)
        return parley_fail(err, PARLEY_NOMEM, "no memory for the value to insert");
    if (container->kind == PARLEY_NODE_SCALAR && !nothing)
        return parley_fail_at(err, PARLEY_INVALID, name, container->span,
                              "nothing can be added to a single value");
    if (!nothing && (container->kind == PARLEY_NODE_MAP) != (key != NULL))
        return parley_fail_at(err, PARLEY_INVALID, name, container->span,
                              key != NULL ? "a list takes entries without keys"
                                          : "a map takes entries with keys");
    if (key == NULL)
        return PARLEY_OK;
    if (!parley_utf8_valid(key, strlen(key), NULL) || strlen(key) > 100)
        return parley_fail(err, PARLEY_INVALID, "a key must be UTF-8 text of at most 100 bytes");
    const parley_node *there = nothing ? NULL : parley_node_member(container, key);
    if (there != NULL)
        return parley_fail_at(err, PARLEY_CONFLICT, name, there->key->span,
                              "key '%s' is already used at line %u",
                              parley_shown(shown, key, strlen(key)), there->key->span.line);
    return PARLEY_OK;
}

parley_status parley_edit_insert(parley_splice *out, parley_document *document,
                                 const parley_node *container, const char *key,
                                 const parley_node *value, parley_error *err)
{
    *out = (parley_splice){0};
    parley_status status = check(document, container, key, value, err);
    if (status != PARLEY_OK)
        return status;
    parley_editing e;
    status = parley_editing_begin(&e, document, err);
    if (status != PARLEY_OK)
        return status;
    insertion in = {.e = &e, .key = key, .value = value};
    char first = parley_byte(&e, container->span.begin);
    if (container->kind == PARLEY_NODE_SCALAR)
        status = into_nothing(&in, container, err);
    else if (!container->flow)
        into_block(&in, container);
    else if (first != '{' && first != '[')
        into_pair(&in, container);
    else if (container->first == NULL)
        into_empty_flow(&in, container);
    else
        into_flow(&in, container);
    return parley_editing_end(&e, status, in.begin, in.end, out, err);
}
