/*
 * Lenient reading of XML: repairs in front, libxml2 behind.
 *
 * The repairs make a text that is well formed where the file nearly is; libxml2 then reads it
 * strictly, as events, without network, document types or entities of its own. Elements keep the
 * byte of their tag, so that what is wrong in them has a line and a column.
 */
#include "formats/xml.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

/* ---- repairs ---- */

typedef struct repair {
    uint32_t count;
    uint32_t at; /* the first, a byte of the file */
    uint32_t length;
} repair;

static void note(repair *r, uint32_t at, uint32_t length)
{
    if (r->count++ == 0) {
        r->at = at;
        r->length = length;
    }
}

static bool starts(const fmt_source *s, uint32_t at, const char *word)
{
    size_t n = strlen(word);
    return n <= s->length - at && memcmp(s->bytes + at, word, n) == 0;
}

/* First byte behind `mark` from `at` on, or the end of the file. */
static uint32_t behind(const fmt_source *s, uint32_t at, const char *mark)
{
    for (; at < s->length; at++)
        if (starts(s, at, mark))
            return at + (uint32_t)strlen(mark);
    return s->length;
}

static bool name_ends(const fmt_source *s, uint32_t at)
{
    return at >= s->length || strchr(" \t\r\n/>", s->bytes[at]) != NULL;
}

/* Does a start tag of one of the roots stand here? */
static const char *root_here(const fmt_source *s, uint32_t at, const char *const *roots)
{
    for (; s->bytes[at] == '<' && *roots != NULL; roots++)
        if (starts(s, at + 1, *roots) && name_ends(s, at + 1 + (uint32_t)strlen(*roots)))
            return *roots;
    return NULL;
}

/* Length of a reference that XML knows, or 0. */
static uint32_t reference(const fmt_source *s, uint32_t at)
{
    static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (starts(s, at, known[i]))
            return (uint32_t)strlen(known[i]);
    uint32_t i = at + 1;
    if (i >= s->length || s->bytes[i] != '#')
        return 0;
    i++;
    bool hex = i < s->length && s->bytes[i] == 'x';
    i += hex ? 1 : 0;
    uint32_t first = i;
    while (i < s->length && i - first < 8 && s->bytes[i] != '\0' &&
           strchr(hex ? "0123456789abcdefABCDEF" : "0123456789", s->bytes[i]) != NULL)
        i++;
    return i > first && i < s->length && s->bytes[i] == ';' ? i + 1 - at : 0;
}

/* Is there anything but blanks, comments and a declaration at its very beginning? */
static bool bare_before(const fmt_source *s, uint32_t root, uint32_t *odd)
{
    uint32_t at = starts(s, 0, "\xEF\xBB\xBF") ? 3 : 0;
    if (starts(s, at, "<?xml"))
        at = behind(s, at, "?>");
    while (at < root) {
        if (strchr(" \t\r\n", s->bytes[at]) != NULL) {
            at++;
        } else if (starts(s, at, "<!--")) {
            uint32_t end = behind(s, at, "-->");
            /* a comment is only odd when a declaration follows it */
            for (uint32_t i = end; i < root; i++) {
                if (starts(s, i, "<?xml")) {
                    *odd = at;
                    return false;
                }
            }
            at = end;
        } else {
            *odd = at;
            return false;
        }
    }
    return true;
}

static void put_warning(fmt_source *s, const repair *r, const char *one, const char *many)
{
    if (r->count == 0)
        return;
    parley_span span = fmt_source_span(s, r->at, r->at + r->length);
    if (r->count == 1)
        fmt_warn(s, span, NULL, "%s", one);
    else
        fmt_warn(s, span, NULL, "%u %s", (unsigned)r->count, many);
}

static uint32_t find_root(const fmt_source *s, const char *const *roots, const char **root)
{
    uint32_t at = 0;
    *root = NULL;
    while (at < s->length) {
        if (starts(s, at, "<!--")) {
            at = behind(s, at, "-->");
            continue;
        }
        *root = root_here(s, at, roots);
        if (*root != NULL)
            return at;
        at++;
    }
    return at;
}

/* Attributes of the tag that the scan is in: libxml2 compares each with all before it. */
typedef struct in_tag {
    bool open;
    char quote;
    uint32_t attributes;
} in_tag;

enum { ATTRIBUTES_MOST = 1000 };

/* One character further; false: too many of them. */
static bool step_tag(in_tag *t, char c)
{
    if (!t->open) {
        *t = (in_tag){c == '<', 0, 0};
    } else if (t->quote != 0) {
        t->quote = c == t->quote ? 0 : t->quote;
    } else if (c == '"' || c == '\'') {
        t->quote = c;
        t->attributes++;
    } else {
        t->open = c != '>';
    }
    return t->attributes <= ATTRIBUTES_MOST;
}

/* From the root's start tag to behind its end tag; returns the end. */
static uint32_t repair_body(fmt_source *s, uint32_t at, const char *root, repair *bare,
                            repair *entity, repair *crowded)
{
    uint32_t kept = at; /* taken into the text so far */
    in_tag tag = {false, 0, 0};
    size_t name = strlen(root);
    while (at < s->length) {
        if (starts(s, at, "<!--")) {
            uint32_t end = behind(s, at, "-->");
            fmt_source_take(s, kept, at);
            fmt_source_blank(s, at, end);
            kept = at = end;
        } else if (starts(s, at, "<![CDATA[")) {
            at = behind(s, at, "]]>");
        } else if (s->bytes[at] == '&') {
            uint32_t n = reference(s, at);
            if (n == 0) {
                uint32_t word = at + 1;
                while (word < s->length && word - at < 40 &&
                       ((s->bytes[word] | 0x20) >= 'a' && (s->bytes[word] | 0x20) <= 'z'))
                    word++;
                bool named = word > at + 1 && word < s->length && s->bytes[word] == ';';
                note(named ? entity : bare, at, named ? word + 1 - at : 1);
                fmt_source_take(s, kept, at);
                fmt_source_put(s, "&amp;", at);
                kept = at + 1;
                n = 1;
            }
            at += n;
        } else if (starts(s, at, "</") && starts(s, at + 2, root) &&
                   name_ends(s, at + 2 + (uint32_t)name)) {
            at = behind(s, at, ">");
            break;
        } else {
            if (!step_tag(&tag, s->bytes[at]))
                note(crowded, at, 1);
            at++;
        }
    }
    fmt_source_take(s, kept, at);
    return at;
}

static parley_status repair_text(fmt_source *s, const char *const *roots, parley_error *err)
{
    const char *root = NULL;
    uint32_t begin = find_root(s, roots, &root);
    if (root == NULL) {
        parley_fail_at(err, PARLEY_SYNTAX, s->name, fmt_source_span(s, 0, 0),
                       "there is no <%s> in this file", roots[0]);
        parley_error_hint(err,
                          roots[1] != NULL ? "is it a file of Genius? a profile has <%s>"
                                           : "is it a profile of Genius?",
                          roots[1] != NULL ? roots[1] : roots[0]);
        return PARLEY_SYNTAX;
    }
    repair bare = {0};
    repair entity = {0};
    uint32_t odd = 0;
    if (!bare_before(s, begin, &odd))
        fmt_warn(s, fmt_source_span(s, odd, begin), NULL,
                 "something stands before <%s> that does not belong there; left out", root);
    repair crowded = {0};
    uint32_t end = repair_body(s, begin, root, &bare, &entity, &crowded);
    if (crowded.count > 0)
        return parley_fail_at(err, PARLEY_LIMIT, s->name,
                              fmt_source_span(s, crowded.at, crowded.at + 1),
                              "more than %d attributes in one element", ATTRIBUTES_MOST);
    put_warning(s, &bare, "a bare '&' is read as '&amp;'", "bare '&' are read as '&amp;'");
    put_warning(s, &entity, "an entity that nobody has defined is kept as text",
                "entities that nobody has defined are kept as text");
    while (end < s->length && strchr(" \t\r\n", s->bytes[end]) != NULL)
        end++;
    if (end < s->length && starts(s, end, "<!--"))
        end = behind(s, end, "-->");
    while (end < s->length && strchr(" \t\r\n", s->bytes[end]) != NULL)
        end++;
    if (end < s->length)
        fmt_warn(s, fmt_source_span(s, end, s->length), NULL,
                 "something stands behind </%s>; left out", root);
    return fmt_source_ready(s, err);
}

/* ---- events of libxml2 ---- */

typedef struct building {
    fmt_source *source;
    parley_error *err;
    parley_status status;
    fmt_element *root;
    fmt_element *open;
    uint32_t depth;
    uint32_t nodes;
} building;

static uint32_t text_at(xmlParserCtxtPtr xml, const building *b)
{
    long at = xmlByteConsumed(xml);
    size_t size = parley_text_size(b->source->text);
    return at < 0 ? 0 : (size_t)at > size ? (uint32_t)size : (uint32_t)at;
}

static void stop(xmlParserCtxtPtr xml, building *b, parley_status status)
{
    if (b->status == PARLEY_OK)
        b->status = status;
    xmlStopParser(xml);
}

static bool copy_attributes(building *b, fmt_element *e, int count, const xmlChar **attributes)
{
    parley_arena *arena = b->source->arena;
    fmt_attribute *list = parley_arena_array(arena, (size_t)count, sizeof(*list));
    if (list == NULL)
        return false;
    for (int i = 0; i < count; i++, attributes += 5) {
        const char *name = (const char *)attributes[0];
        const char *value = (const char *)attributes[3];
        size_t length = (size_t)(attributes[4] - attributes[3]);
        list[i].name = parley_arena_copy(arena, name, strlen(name));
        list[i].value = parley_arena_copy(arena, value, length);
        if (list[i].name == NULL || list[i].value == NULL)
            return false;
    }
    e->attributes = list;
    e->attribute_count = (uint32_t)count;
    return true;
}

static void on_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **declared, int count, int defaulted,
                     const xmlChar **attributes)
{
    (void)prefix;
    (void)uri;
    (void)namespaces;
    (void)declared;
    (void)defaulted;
    xmlParserCtxtPtr xml = user;
    building *b = xml->_private;
    if (b->status != PARLEY_OK)
        return;
    const parley_limits *limits = parley_ctx_limits(b->source->ctx);
    uint32_t end = text_at(xml, b);
    uint32_t begin = end > 0 ? end - 1 : 0;
    const char *text = parley_text_data(b->source->text);
    while (begin > 0 && text[begin] != '<') /* a start tag holds no other one */
        begin--;
    parley_arena *arena = b->source->arena;
    fmt_element *e = parley_arena_alloc(arena, sizeof(*e));
    if (e == NULL) {
        stop(xml, b, parley_fail(b->err, PARLEY_NOMEM, "no memory to read '%s'", b->source->name));
        return;
    }
    e->name = parley_arena_copy(arena, (const char *)name, strlen((const char *)name));
    e->begin = begin;
    e->end = end;
    if (e->name == NULL || !copy_attributes(b, e, count, attributes)) {
        stop(xml, b, parley_fail(b->err, PARLEY_NOMEM, "no memory to read '%s'", b->source->name));
        return;
    }
    b->nodes += 1 + (uint32_t)count;
    if (++b->depth > limits->depth || b->nodes > limits->nodes) {
        parley_span span = fmt_text_span(b->source, begin, end);
        stop(xml, b,
             parley_fail_at(b->err, PARLEY_LIMIT, b->source->name, span,
                            b->depth > limits->depth ? "elements nested more than %u levels deep"
                                                     : "more than %u elements and attributes",
                            (unsigned)(b->depth > limits->depth ? limits->depth : limits->nodes)));
        return;
    }
    e->parent = b->open;
    if (b->open == NULL) {
        b->root = e;
    } else if (b->open->last == NULL) {
        b->open->first = b->open->last = e;
    } else {
        b->open->last->next = e;
        b->open->last = e;
    }
    b->open = e;
    if (b->nodes % 1024 == 0 && parley_ctx_cancelled(b->source->ctx))
        stop(xml, b,
             parley_fail(b->err, PARLEY_CANCELLED, "stopped while reading '%s'", b->source->name));
}

static void on_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)name;
    (void)prefix;
    (void)uri;
    xmlParserCtxtPtr xml = user;
    building *b = xml->_private;
    if (b->status == PARLEY_OK && b->open != NULL) {
        b->open = b->open->parent;
        b->depth--;
    }
}

/* Words for the slips that real files have; the rest in libxml2's own. */
static const char *explain(const building *b, const xmlError *error, char *out, size_t size)
{
    switch (error->code) {
    case XML_ERR_TAG_NAME_MISMATCH:
    case XML_ERR_TAG_NOT_FINISHED:
    case XML_ERR_DOCUMENT_END:
        if (b->open != NULL) {
            snprintf(out, size, "<%.60s> is not closed before this", b->open->name);
            return out;
        }
        return "something stands behind the end of the first element";
    case XML_ERR_ATTRIBUTE_REDEFINED:
        return "an attribute is given twice in one element";
    case XML_ERR_ATTRIBUTE_NOT_STARTED:
    case XML_ERR_ATTRIBUTE_NOT_FINISHED:
    case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
        return "the value of an attribute must stand in quotes behind '='";
    case XML_ERR_LT_IN_ATTRIBUTE:
        return "'<' may not stand in the value of an attribute; is a quote missing?";
    case XML_ERR_GT_REQUIRED:
        return "this tag is not closed with '>'";
    case XML_ERR_SPACE_REQUIRED:
        return "a blank is missing between two attributes";
    case XML_ERR_INVALID_CHAR:
        return "a character that XML does not allow stands here";
    case XML_ERR_NAME_REQUIRED:
        return "'<' must begin the name of an element";
    default:
        break;
    }
    const char *message = error->message != NULL ? error->message : "unknown";
    size_t n = strcspn(message, "\r\n");
    snprintf(out, size, "not well-formed XML: %.*s", (int)(n < 200 ? n : 200), message);
    return out;
}

static void on_error(void *user, xmlErrorPtr error)
{
    xmlParserCtxtPtr xml = user;
    building *b = xml->_private;
    if (b->status != PARLEY_OK)
        return;
    if (error->code == XML_ERR_NO_MEMORY) {
        stop(xml, b, parley_fail(b->err, PARLEY_NOMEM, "no memory to read '%s'", b->source->name));
        return;
    }
    if (error->level == XML_ERR_WARNING || error->domain == XML_FROM_NAMESPACE)
        return;
    char words[320];
    uint32_t at = text_at(xml, b);
    parley_span span = fmt_text_span(b->source, at, at + 1);
    stop(xml, b,
         parley_fail_at(b->err, PARLEY_SYNTAX, b->source->name, span, "%s",
                        explain(b, error, words, sizeof words)));
}

/* What libxml2 has to say outside of a document: it lacks memory, which the caller is told anyway.
 */
static void hush(void *user, xmlErrorPtr error)
{
    (void)user;
    (void)error;
}

static parley_status parse_text(building *b)
{
    const char *text = parley_text_data(b->source->text);
    size_t size = parley_text_size(b->source->text);
    xmlSAXHandler sax;
    if (size > INT_MAX)
        return parley_fail_at(b->err, PARLEY_LIMIT, b->source->name, PARLEY_SPAN_NONE,
                              "the file is too large for the reader of XML");
    memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.serror = on_error;
    xmlParserCtxtPtr xml = xmlNewParserCtxt();
    xmlParserInputBufferPtr buffer =
        xml != NULL ? xmlParserInputBufferCreateMem(text, (int)size, XML_CHAR_ENCODING_NONE) : NULL;
    xmlParserInputPtr input =
        buffer != NULL ? xmlNewIOInputStream(xml, buffer, XML_CHAR_ENCODING_NONE) : NULL;
    if (input == NULL || inputPush(xml, input) < 0) {
        if (buffer != NULL && input == NULL)
            xmlFreeParserInputBuffer(buffer);
        if (xml != NULL)
            xmlFreeParserCtxt(xml);
        return parley_fail(b->err, PARLEY_NOMEM, "no memory to read '%s'", b->source->name);
    }
    /* NOENT decodes the five entities of XML in attributes; there is no place to define others */
    xmlCtxtUseOptions(xml,
                      XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    *xml->sax = sax;
    xml->userData = xml;
    xml->_private = b;
    int failed = xmlParseDocument(xml);
    bool well = xml->wellFormed != 0;
    bool silent = xml->errNo == XML_ERR_OK || xml->errNo == XML_ERR_NO_MEMORY;
    xmlFreeParserCtxt(xml);
    if (b->status == PARLEY_OK && failed != 0 && silent) {
        /* every fault of the text is told; only a lack of memory may not be */
        b->status = parley_fail(b->err, PARLEY_NOMEM, "no memory to read '%s'", b->source->name);
    } else if (b->status == PARLEY_OK && (failed != 0 || !well || b->root == NULL)) {
        parley_span span = fmt_text_span(b->source, (uint32_t)size, (uint32_t)size);
        b->status = parley_fail_at(b->err, PARLEY_SYNTAX, b->source->name, span,
                                   "the XML of this file is not well formed");
    }
    return b->status;
}

static parley_status parse(building *b)
{
    xmlInitParser();
    xmlStructuredErrorFunc before = xmlStructuredError;
    void *context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(NULL, hush);
    parley_status status = parse_text(b);
    xmlSetStructuredErrorFunc(context, before);
    return status;
}

parley_status fmt_xml_read(fmt_element **out, fmt_source *source, const char *const *roots,
                           parley_error *err)
{
    parley_error own = PARLEY_ERROR_INIT;
    building b = {.source = source, .err = err != NULL ? err : &own};
    *out = NULL;
    parley_status status = repair_text(source, roots, err);
    if (status == PARLEY_OK)
        status = parse(&b);
    if (status == PARLEY_OK)
        *out = b.root;
    return status;
}

/* ---- looking around ---- */

const char *fmt_attribute_of(const fmt_element *e, const char *name)
{
    for (uint32_t i = 0; i < e->attribute_count; i++)
        if (strcmp(e->attributes[i].name, name) == 0)
            return e->attributes[i].value;
    return NULL;
}

fmt_element *fmt_child(const fmt_element *e, const char *name)
{
    fmt_element *child = e->first;
    return child == NULL || strcmp(child->name, name) == 0 ? child : fmt_sibling(child, name);
}

fmt_element *fmt_sibling(const fmt_element *e, const char *name)
{
    for (fmt_element *n = e->next; n != NULL; n = n->next)
        if (strcmp(n->name, name) == 0)
            return n;
    return NULL;
}

parley_span fmt_element_span(fmt_source *source, const fmt_element *e, const char *name)
{
    const char *text = parley_text_data(source->text);
    uint32_t at = e->begin;
    while (name != NULL && at < e->end && strchr(" \t\r\n", text[at]) == NULL)
        at++;
    while (name != NULL && at < e->end) {
        at += (uint32_t)strspn(text + at, " \t\r\n");
        uint32_t first = at;
        at += (uint32_t)strcspn(text + at, "= \t\r\n");
        bool this_one = at - first == strlen(name) && strncmp(text + first, name, at - first) == 0;
        at += (uint32_t)strcspn(text + at, "\"'");
        if (at >= e->end)
            break;
        char quote[2] = {text[at++], '\0'};
        uint32_t length = (uint32_t)strcspn(text + at, quote);
        if (this_one)
            return fmt_text_span(source, at, at + length);
        at += length + 1;
    }
    return fmt_text_span(source, e->begin, e->end);
}
