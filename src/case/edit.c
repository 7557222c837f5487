/*
 * Edits: splices applied to a document's bytes, and a scalar given another value.
 *
 * An edit changes the fewest bytes that give the wanted tree; comments, order and layout of the
 * rest stay. A new value keeps the style of the old one where it can. What edits have in common
 * (looking around in the text, making the splice) is here too; edit_insert.c and edit_remove.c use
 * it.
 */
#include "case/document_internal.h"

#include <stdlib.h>
#include <string.h>

enum { LONG_KEY = 1000 }; /* readers look no further than 1024 characters for the colon */

/* ---- common ---- */

bool parley_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

bool parley_is_break(char c)
{
    return c == '\n' || c == '\r';
}

char parley_byte(const parley_editing *e, uint32_t at)
{
    return at < e->length ? e->bytes[at] : '\0';
}

uint32_t parley_line_begin(const parley_editing *e, uint32_t at)
{
    uint32_t start = e->length >= 3 && memcmp(e->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at > start && !parley_is_break(e->bytes[at - 1]))
        at--;
    return at;
}

uint32_t parley_line_end(const parley_editing *e, uint32_t at)
{
    while (at < e->length && !parley_is_break(e->bytes[at]))
        at++;
    return at;
}

uint32_t parley_line_next(const parley_editing *e, uint32_t at)
{
    at = parley_line_end(e, at);
    if (parley_byte(e, at) == '\r' && parley_byte(e, at + 1) == '\n')
        return at + 2;
    return at < e->length ? at + 1 : at;
}

uint32_t parley_skip_gap(const parley_editing *e, uint32_t at, uint32_t end, bool *comment)
{
    while (at < end) {
        char c = e->bytes[at];
        if (c == '#') {
            *comment = true;
            at = parley_line_end(e, at);
        } else if (parley_is_blank(c) || parley_is_break(c)) {
            at++;
        } else {
            break;
        }
    }
    return at < end ? at : end;
}

bool parley_first_in_line(const parley_editing *e, uint32_t at)
{
    uint32_t begin = parley_line_begin(e, at);
    while (at > begin && parley_is_blank(e->bytes[at - 1]))
        at--;
    return at == begin;
}

/* The last child's last child and so on: the leaf with which a tree ends. */
static const parley_node *last_leaf(const parley_node *node)
{
    while (node->kind != PARLEY_NODE_SCALAR && node->first != NULL) {
        node = node->first;
        while (node->next != NULL)
            node = node->next;
    }
    return node;
}

const parley_node *parley_last_literal(const parley_node *node)
{
    const parley_node *leaf = last_leaf(node);
    if (leaf->key != NULL && leaf->span.begin == leaf->span.end &&
        leaf->span.begin == leaf->key->span.end)
        leaf = leaf->key; /* `? |` and text, without a value */
    bool literal = leaf->kind == PARLEY_NODE_SCALAR && leaf->style >= PARLEY_STYLE_LITERAL;
    return literal ? leaf : NULL;
}

bool parley_ends_with_colon(const parley_editing *e, const parley_node *node)
{
    const parley_node *leaf = last_leaf(node);
    return leaf->span.begin == leaf->span.end && leaf->span.end == node->span.end &&
           node->span.end > 0 && e->bytes[node->span.end - 1] == ':';
}

/* The line end that the first line of the document has. */
static const char *newline_of(const char *bytes, uint32_t length)
{
    const char *lf = memchr(bytes, '\n', length);
    if (lf != NULL)
        return lf > bytes && lf[-1] == '\r' ? "\r\n" : "\n";
    return memchr(bytes, '\r', length) != NULL ? "\r" : "\n";
}

parley_status parley_editing_begin(parley_editing *out, parley_document *document,
                                   parley_error *err)
{
    size_t length = 0;
    parley_ctx *ctx = parley_document_ctx(document);
    *out = (parley_editing){.document = document};
    out->bytes = parley_document_bytes(document, &length);
    out->length = (uint32_t)length;
    out->newline = newline_of(out->bytes, out->length);
    out->text = parley_text_new(ctx, parley_ctx_limits(ctx)->text_bytes);
    if (out->text == NULL)
        return parley_fail(err, PARLEY_NOMEM, "no memory for an edit");
    return PARLEY_OK;
}

/*
 * Lines of blanks or comment below an edit. A tab that indents one is harmless behind a value
 * without quotes, which swallows it, and a fault behind others: such lines go into the splice,
 * without it.
 */
static uint32_t drop_tabs(parley_editing *e, uint32_t end)
{
    bool comment = false, leading = parley_line_begin(e, end) == end;
    uint32_t at = end, last = end;
    if (!leading) {
        uint32_t line_end = parley_line_end(e, end);
        at = parley_skip_gap(e, end, line_end, &comment) < line_end ? e->length
                                                                    : parley_line_next(e, end);
    }
    while (at < e->length) {
        uint32_t text = at;
        while (parley_is_blank(parley_byte(e, text)))
            text++;
        char c = parley_byte(e, text);
        if (c != '\0' && c != '#' && !parley_is_break(c))
            break;
        if (memchr(e->bytes + at, '\t', text - at) != NULL)
            last = text;
        at = parley_line_next(e, text);
    }
    for (at = end; at < last; at++) {
        char c = e->bytes[at];
        if (!leading || c != '\t')
            parley_text_putc(e->text, c);
        leading = parley_is_break(c) || (leading && parley_is_blank(c));
    }
    return last;
}

parley_status parley_editing_end(parley_editing *e, parley_status status, uint32_t begin,
                                 uint32_t end, parley_splice *out, parley_error *err)
{
    if (status == PARLEY_OK && !parley_document_is_json(e->document))
        end = drop_tabs(e, end);
    if (status == PARLEY_OK)
        status = parley_text_status(e->text, err);
    if (status == PARLEY_OK) {
        size_t length = parley_text_size(e->text);
        char *text = parley_arena_copy(parley_document_arena(e->document),
                                       parley_text_data(e->text), length);
        if (text == NULL)
            status = parley_fail(err, PARLEY_NOMEM, "no memory for an edit");
        else
            *out = (parley_splice){begin, end, text, length};
    }
    parley_text_free(e->text);
    e->text = NULL;
    return status;
}

/* ---- splices ---- */

/* By place; at one place what only inserts goes first, then in the order given. */
static int by_place(const void *a, const void *b)
{
    const parley_splice *x = *(const parley_splice *const *)a;
    const parley_splice *y = *(const parley_splice *const *)b;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    return x < y ? -1 : x > y;
}

parley_status parley_document_splice(const parley_document *document, const parley_splice *splices,
                                     size_t count, parley_text *out, parley_error *err)
{
    size_t length = 0;
    const char *bytes = parley_document_bytes(document, &length);
    parley_ctx *ctx = parley_document_ctx(document);
    const parley_splice **order = parley_alloc(ctx, (count > 0 ? count : 1) * sizeof *order);
    if (order == NULL)
        return parley_fail(err, PARLEY_NOMEM, "no memory for %zu edits", count);
    for (size_t i = 0; i < count; i++)
        order[i] = &splices[i];
    qsort(order, count, sizeof *order, by_place);
    parley_status status = PARLEY_OK;
    uint32_t at = 0;
    for (size_t i = 0; i < count && status == PARLEY_OK; i++) {
        const parley_splice *s = order[i];
        if (s->end < s->begin || s->end > length)
            status =
                parley_fail(err, PARLEY_RANGE, "an edit of bytes %u to %u, in a text of %zu bytes",
                            s->begin, s->end, length);
        else if (s->begin < at)
            status = parley_fail_at(err, PARLEY_CONFLICT, parley_document_name(document),
                                    parley_document_place(document, s->begin),
                                    "two edits change the same text");
        at = s->end;
    }
    at = 0;
    for (size_t i = 0; i < count && status == PARLEY_OK; i++) {
        parley_text_add(out, bytes + at, order[i]->begin - at);
        parley_text_add(out, order[i]->text, order[i]->length);
        at = order[i]->end;
    }
    if (status == PARLEY_OK) {
        parley_text_add(out, bytes + at, length - at);
        status = parley_text_status(out, err);
    }
    parley_release(ctx, order, (count > 0 ? count : 1) * sizeof *order);
    return status;
}

/* ---- another value ---- */

/* Blanks before the text of a literal scalar's lines: the least of all; 0 when it has no text. */
static uint32_t literal_indent(const parley_editing *e, parley_span span)
{
    uint32_t least = UINT32_MAX;
    for (uint32_t at = parley_line_next(e, span.begin); at < span.end;
         at = parley_line_next(e, at)) {
        uint32_t text = at;
        while (text < span.end && e->bytes[text] == ' ')
            text++;
        if (text < span.end && !parley_is_break(e->bytes[text]) && text - at < least)
            least = text - at;
    }
    return least == UINT32_MAX ? 0 : least;
}

/* A literal or folded scalar stays a block of lines, if its new value can be one. */
static void set_block(parley_editing *e, const parley_node *scalar, const char *value,
                      size_t length)
{
    parley_span span = scalar->span;
    uint32_t header = parley_line_end(e, span.begin);
    uint32_t comment = span.begin, head = span.begin + 1;
    while (comment < header && e->bytes[comment] != '#')
        comment++;
    bool digit = false;
    for (; head < comment && !parley_is_blank(e->bytes[head]); head++)
        digit = digit || (e->bytes[head] >= '0' && e->bytes[head] <= '9');
    uint32_t indent = literal_indent(e, span);
    parley_sink sink = {.text = e->text};
    if (digit || indent == 0 || !parley_fits_literal(value, length)) {
        if (parley_first_in_line(e, span.begin)) /* in the column of the keys it would be one */
            parley_text_putc(e->text, ' ');
        parley_put_double(&sink, value, length);
        if (comment < header) {
            parley_text_putc(e->text, ' ');
            parley_text_add(e->text, e->bytes + comment, header - comment);
        }
        return;
    }
    bool ends = value[length - 1] == '\n';
    parley_text_puts(e->text, ends ? "|" : "|-");
    parley_text_add(e->text, e->bytes + head, header - head); /* a comment stays */
    size_t lines = ends ? length - 1 : length;
    for (size_t at = 0; at <= lines;) {
        const char *lf = memchr(value + at, '\n', lines - at);
        size_t end = lf != NULL ? (size_t)(lf - value) : lines;
        parley_text_puts(e->text, e->newline);
        if (end > at) {
            parley_text_fill(e->text, ' ', indent);
            parley_text_add(e->text, value + at, end - at);
        }
        at = end + 1;
    }
    if (ends && span.end == e->length)
        parley_text_puts(e->text, e->newline);
}

parley_status parley_put_missing_colon(parley_editing *e, const parley_node *scalar,
                                       parley_error *err)
{
    const parley_node *key = scalar->key;
    if (key == NULL || scalar->span.begin != key->span.end)
        return PARLEY_OK;
    if (parley_line_end(e, key->span.begin) < key->span.end ||
        key->span.end - key->span.begin > LONG_KEY)
        return parley_fail_at(err, PARLEY_INVALID, parley_document_name(e->document), key->span,
                              "a key of several lines that has no colon is not edited");
    if (!scalar->flow) { /* `? key`: the colon stands below the question mark */
        uint32_t before = key->span.begin;
        while (before > 0 &&
               (parley_is_blank(e->bytes[before - 1]) || parley_is_break(e->bytes[before - 1])))
            before--;
        if (before == 0 || e->bytes[before - 1] != '?')
            return parley_fail_at(err, PARLEY_INVALID, parley_document_name(e->document), key->span,
                                  "a key with a comment behind its question mark is not edited");
        parley_span mark = parley_document_place(e->document, before - 1);
        parley_text_puts(e->text, e->newline);
        parley_text_fill(e->text, ' ', mark.column - 1);
    }
    parley_text_putc(e->text, ':');
    return PARLEY_OK;
}

/* An empty value: there is nothing but a place, perhaps without a colon before it. */
static parley_status set_empty(parley_editing *e, const parley_node *scalar, const char *value,
                               size_t length, parley_error *err)
{
    uint32_t at = scalar->span.begin;
    parley_sink sink = {.text = e->text};
    parley_status status = parley_put_missing_colon(e, scalar, err);
    parley_text_putc(e->text, ' ');
    parley_put_scalar(&sink, value, length, PARLEY_STYLE_PLAIN);
    char next = parley_byte(e, at);
    if (next != '\0' && strchr(" \t\r\n,]}", next) == NULL)
        parley_text_putc(e->text, ' ');
    return status;
}

parley_status parley_edit_set(parley_splice *out, parley_document *document,
                              const parley_node *scalar, const char *value, size_t length,
                              parley_error *err)
{
    *out = (parley_splice){0};
    size_t bad = 0;
    if (scalar->kind != PARLEY_NODE_SCALAR)
        return parley_fail(err, PARLEY_INVALID, "a map or list cannot be set to a text");
    if (!parley_utf8_valid(value, length, &bad) || memchr(value, 0, length) != NULL)
        return parley_fail(err, PARLEY_INVALID, "a value must be UTF-8 text without NUL");
    parley_editing e;
    parley_status status = parley_editing_begin(&e, document, err);
    if (status != PARLEY_OK)
        return status;
    parley_sink sink = {.text = e.text};
    parley_style style = (parley_style)scalar->style;
    if (parley_document_is_json(document))
        parley_put_json(&sink, value, length, style);
    else if (scalar->span.begin == scalar->span.end)
        status = set_empty(&e, scalar, value, length, err);
    else if (style >= PARLEY_STYLE_LITERAL)
        set_block(&e, scalar, value, length);
    else if (style == PARLEY_STYLE_PLAIN)
        parley_put_scalar(&sink, value, length, style);
    else if (style == PARLEY_STYLE_SINGLE && parley_fits_single(value, length))
        parley_put_single(&sink, value, length);
    else
        parley_put_double(&sink, value, length);
    return parley_editing_end(&e, status, scalar->span.begin, scalar->span.end, out, err);
}
