/*
 * Edits: a member or item less.
 *
 * In block style its lines go, with the comment behind it; the comment lines above stay. Within
 * braces and brackets one comma goes too. A container that loses its last entry becomes `{}` or
 * `[]`.
 */
#include "case/document_internal.h"

/* What is around the entry that goes. */
typedef struct removal {
    parley_editing *e;
    const parley_node *container;
    const parley_node *child;
    const parley_node *before; /* sibling, or NULL */
    uint32_t start;            /* of the entry: its dash, question mark, key or value */
    uint32_t begin;            /* of the splice */
    uint32_t end;
} removal;

/* Where the entry behind `before` (NULL: the first) begins; in flow style behind the comma. */
static uint32_t start_of(const parley_editing *e, const parley_node *container,
                         const parley_node *before, bool braced)
{
    bool comment = false;
    if (before == NULL && !braced)
        return container->span.begin;
    uint32_t at = before != NULL ? before->span.end : container->span.begin + 1;
    at = parley_skip_gap(e, at, e->length, &comment);
    if (braced && before != NULL && parley_byte(e, at) == ',')
        at = parley_skip_gap(e, at + 1, e->length, &comment);
    return at;
}

/* The only entry of a container goes. */
static void empty(removal *r)
{
    const char *marks = r->container->kind == PARLEY_NODE_MAP ? "{}" : "[]";
    r->begin = r->container->span.begin;
    r->end = r->container->span.end;
    /* A list may stand in the column of its key; brackets may not. */
    bool alone = !r->container->flow && parley_first_in_line(r->e, r->begin);
    if (alone && r->container->key != NULL)
        parley_text_putc(r->e->text, ' ');
    parley_text_puts(r->e->text, marks);
}

/* ---- blocks ---- */

/*
 * Behind a literal scalar the lines that stay must not become its text: blank ones, and comments
 * indented deeper than the entries.
 */
static uint32_t skip_orphans(const removal *r, uint32_t at)
{
    const parley_editing *e = r->e;
    while (at < e->length) {
        uint32_t text = at;
        while (parley_is_blank(parley_byte(e, text)))
            text++;
        char c = parley_byte(e, text);
        bool deep = text - at >= r->container->span.column;
        if (c != '\0' && !parley_is_break(c) && !(c == '#' && deep))
            break;
        at = parley_line_next(e, text);
    }
    return at;
}

static void from_block(removal *r)
{
    parley_editing *e = r->e;
    uint32_t line_end = parley_line_end(e, r->child->span.end);
    if (parley_first_in_line(e, r->start)) {
        r->begin = parley_line_begin(e, r->start);
        r->end = parley_line_next(e, line_end);
        if (r->before != NULL && parley_last_literal(r->before) != NULL)
            r->end = skip_orphans(r, r->end);
        return;
    }
    /* The first one, behind a dash: the next one takes its place, unless comments come between. */
    uint32_t next = start_of(e, r->container, r->child, false);
    bool comment = false;
    parley_skip_gap(e, line_end, next, &comment);
    r->begin = r->start;
    r->end = comment ? line_end : next;
    while (comment && parley_is_blank(e->bytes[r->begin - 1]))
        r->begin--;
}

/* ---- braces and brackets ---- */

/* Does a line hold this entry, its comma and perhaps a comment, and nothing else? */
static bool has_own_lines(const removal *r, uint32_t behind_comma)
{
    const parley_editing *e = r->e;
    uint32_t end = parley_line_end(e, behind_comma), at = behind_comma;
    while (at < end && parley_is_blank(e->bytes[at]))
        at++;
    return parley_first_in_line(e, r->start) && (at == end || e->bytes[at] == '#') &&
           parley_line_begin(e, r->start) > r->container->span.begin;
}

/* The last one goes, and the comma before it; comments between stay. */
static void last_from_flow(removal *r)
{
    parley_editing *e = r->e;
    const parley_node *before = r->before;
    bool comment = false;
    uint32_t comma = parley_skip_gap(e, before->span.end, r->start, &comment);
    bool after = false;
    parley_skip_gap(e, comma + 1, r->start, &after);
    r->begin = before->span.end;
    r->end = r->child->span.end;
    if (parley_ends_with_colon(e, before))
        parley_text_putc(e->text, ' '); /* `a:}` is no key */
    if (comment)
        parley_text_add(e->text, e->bytes + r->begin, comma - r->begin);
    if (after && parley_byte(e, comma + 1) == '#')
        parley_text_putc(e->text, ' ');
    if (after)
        parley_text_add(e->text, e->bytes + comma + 1, r->start - comma - 1);
}

static void from_flow(removal *r)
{
    parley_editing *e = r->e;
    const parley_node *next = r->child->next;
    bool comment = false;
    if (next == NULL) {
        last_from_flow(r);
        return;
    }
    uint32_t comma = parley_skip_gap(e, r->child->span.end, e->length, &comment);
    uint32_t behind = comma + 1;
    if (has_own_lines(r, behind)) {
        r->begin = parley_line_begin(e, r->start);
        r->end = parley_line_next(e, behind);
        return;
    }
    uint32_t next_start = parley_skip_gap(e, behind, e->length, &comment);
    r->begin = r->start;
    r->end = comment ? behind : next_start;
    if (parley_line_begin(e, r->begin) == r->begin)
        parley_text_putc(e->text, ' '); /* `---` at the beginning of a line is no entry */
    if (comment && parley_byte(e, behind) == '#')
        parley_text_putc(e->text, ' ');
}

/* ---- the edit ---- */

parley_status parley_edit_remove(parley_splice *out, parley_document *document,
                                 const parley_node *container, const parley_node *child,
                                 parley_error *err)
{
    *out = (parley_splice){0};
    const parley_node *before = NULL, *there = container->first;
    if (container->kind == PARLEY_NODE_SCALAR)
        there = NULL;
    while (there != NULL && there != child) {
        before = there;
        there = there->next;
    }
    if (there == NULL)
        return parley_fail(err, PARLEY_NOTFOUND, "the entry to remove is not in that container");
    parley_editing e;
    parley_status status = parley_editing_begin(&e, document, err);
    if (status != PARLEY_OK)
        return status;
    char mark = parley_byte(&e, container->span.begin);
    bool braced = container->flow && (mark == '{' || mark == '[');
    removal r = {.e = &e, .container = container, .child = child, .before = before};
    r.start = start_of(&e, container, before, braced);
    if (before == NULL && child->next == NULL)
        empty(&r);
    else if (braced)
        from_flow(&r);
    else
        from_block(&r);
    return parley_editing_end(&e, status, r.begin, r.end, out, err);
}
