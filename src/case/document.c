/*
 * The document: a tree of nodes built from a reader's events, with the bytes it was read from.
 *
 * Nodes and texts live in one arena. The way from the root is an explicit stack. A key that is used
 * twice is reported with both places and the later member left out; maps with more than a handful
 * of members look keys up in a table of hashes. Leaves out: what the values mean.
 */
#include "case/document_internal.h"

#include <string.h>

enum {
    SMALL_MAP = 16,    /* members looked through one by one */
    LOOK_EVERY = 4096, /* events between two looks at the cancel flag */
};

struct parley_document {
    parley_ctx *ctx;
    parley_arena *arena;
    const char *name;
    char *bytes; /* one more than length, the last is NUL */
    size_t length;
    parley_places places;
    parley_node *root;
    bool json;
    bool whole; /* read to its end */
};

/* A container being filled. */
typedef struct level {
    parley_node *node;
    parley_node *last;
    const parley_node *key;    /* of the next member */
    bool doubled;              /* that key is used already: drop its member */
    const parley_node **slots; /* members by the hash of their key; NULL while the map is small */
    uint32_t slots_size;       /* a power of two, or 0 */
} level;

typedef struct builder {
    parley_document *document;
    parley_diagnostics *diagnostics;
    parley_error *err;
    level *levels;
    size_t levels_size;
    size_t depth;
    uint64_t nodes;
    uint64_t salt;
    bool plain;           /* read by the quick reader, which may give up */
    parley_error doubled; /* the first key that was used twice */
} builder;

/* ---- keys ---- */

static uint64_t hash(uint64_t salt, const char *s, size_t n)
{
    uint64_t h = salt ^ (n * 0x9E3779B97F4A7C15u);
    while (n > 0) {
        uint64_t w = 0;
        size_t take = n < 8 ? n : 8;
        memcpy(&w, s, take);
        h = (h ^ w) * 0xFF51AFD7ED558CCDu;
        h ^= h >> 32;
        s += take;
        n -= take;
    }
    h *= 0xC4CEB9FE1A85EC53u;
    return h ^ (h >> 29);
}

static bool same_key(const parley_node *key, const char *s, size_t n)
{
    return key->length == n && memcmp(key->text, s, n) == 0;
}

static void put(const level *top, uint64_t salt, const parley_node *member)
{
    uint32_t mask = top->slots_size - 1;
    uint32_t i = (uint32_t)hash(salt, member->key->text, member->key->length) & mask;
    while (top->slots[i] != NULL)
        i = (i + 1) & mask;
    top->slots[i] = member;
}

/* Make or double the table, so that it stays at most half full. */
static parley_status grow_slots(builder *b, level *top)
{
    uint32_t size = top->slots_size == 0 ? 4 * SMALL_MAP : top->slots_size * 2;
    const parley_node **slots = parley_alloc(b->document->ctx, size * sizeof *slots);
    if (slots == NULL)
        return parley_fail(b->err, PARLEY_NOMEM, "no memory for the keys of a map");
    parley_release(b->document->ctx, top->slots, top->slots_size * sizeof *top->slots);
    top->slots = slots;
    top->slots_size = size;
    for (const parley_node *m = top->node->first; m != NULL; m = m->next)
        put(top, b->salt, m);
    return PARLEY_OK;
}

static const parley_node *find(const builder *b, const level *top, const char *s, size_t n)
{
    if (top->slots == NULL) {
        for (const parley_node *m = top->node->first; m != NULL; m = m->next)
            if (same_key(m->key, s, n))
                return m;
        return NULL;
    }
    uint32_t mask = top->slots_size - 1;
    uint32_t i = (uint32_t)hash(b->salt, s, n) & mask;
    for (; top->slots[i] != NULL; i = (i + 1) & mask)
        if (same_key(top->slots[i]->key, s, n))
            return top->slots[i];
    return NULL;
}

static void report_doubled(builder *b, const parley_node *key, const parley_node *first)
{
    char shown[PARLEY_SHOWN_MAX];
    parley_error e = PARLEY_ERROR_INIT;
    parley_fail_at(&e, PARLEY_INVALID, b->document->name, key->span,
                   "key '%s' is already used at line %u",
                   parley_shown(shown, key->text, key->length), first->key->span.line);
    parley_error_hint(&e, "give one of the two another name, or take it out");
    if (b->diagnostics != NULL)
        parley_diagnostics_add(b->diagnostics, PARLEY_SEVERITY_ERROR, &e);
    if (b->doubled.status == PARLEY_OK)
        b->doubled = e;
}

/* ---- the tree ---- */

/* A node with room for a text behind it. */
static parley_node *new_node(builder *b, parley_node_kind kind, const parley_event *event)
{
    size_t room = kind == PARLEY_NODE_SCALAR ? event->length + 1 : 0;
    parley_node *node = parley_arena_alloc(b->document->arena, sizeof *node + room);
    if (node == NULL)
        return NULL;
    node->kind = (uint8_t)kind;
    node->style = (uint8_t)event->style;
    node->flow = event->flow;
    if (kind == PARLEY_NODE_SCALAR && b->depth > 0)
        node->flow = b->levels[b->depth - 1].node->flow;
    node->span = event->span;
    if (kind == PARLEY_NODE_SCALAR) {
        char *text = (char *)(node + 1);
        if (event->length > 0)
            memcpy(text, event->text, event->length);
        node->text = text;
        node->length = (uint32_t)event->length;
    }
    return node;
}

/* Hang a value into the container on top, or make it the root. */
static parley_status attach(builder *b, parley_node *node)
{
    if (b->depth == 0) {
        b->document->root = node;
        return PARLEY_OK;
    }
    level *top = &b->levels[b->depth - 1];
    if (top->node->kind == PARLEY_NODE_MAP) {
        node->key = top->key;
        top->key = NULL;
        if (top->doubled)
            return PARLEY_OK;
    }
    if (top->last == NULL)
        top->node->first = node;
    else
        top->last->next = node;
    top->last = node;
    top->node->count++;
    if (node->key == NULL || top->node->count <= SMALL_MAP)
        return PARLEY_OK;
    if (top->node->count > top->slots_size / 2)
        return grow_slots(b, top);
    put(top, b->salt, node);
    return PARLEY_OK;
}

static parley_status take_key(builder *b, level *top, parley_node *key)
{
    const parley_node *first = find(b, top, key->text, key->length);
    top->key = key;
    top->doubled = first != NULL;
    if (first != NULL && b->plain)
        return PARLEY_STATE; /* told once, by the reader that reads everything */
    if (first != NULL)
        report_doubled(b, key, first);
    return PARLEY_OK;
}

static parley_status push(builder *b, parley_node *node)
{
    if (b->depth == b->levels_size) {
        size_t size = b->levels_size == 0 ? 16 : b->levels_size * 2;
        level *levels = parley_realloc(b->document->ctx, b->levels, b->levels_size * sizeof *levels,
                                       size * sizeof *levels);
        if (levels == NULL)
            return parley_fail(b->err, PARLEY_NOMEM, "no memory for nested maps and lists");
        b->levels = levels;
        b->levels_size = size;
    }
    b->levels[b->depth++] = (level){.node = node};
    return PARLEY_OK;
}

static void pop(builder *b)
{
    level *top = &b->levels[--b->depth];
    parley_release(b->document->ctx, top->slots, top->slots_size * sizeof *top->slots);
}

static parley_status take(builder *b, const parley_event *event)
{
    if (event->kind == PARLEY_EVENT_MAP_END || event->kind == PARLEY_EVENT_LIST_END) {
        PARLEY_ASSERT(b->depth > 0 && b->levels != NULL);
        b->levels[b->depth - 1].node->span.end = event->span.end;
        pop(b);
        return PARLEY_OK;
    }
    level *top = b->depth > 0 ? &b->levels[b->depth - 1] : NULL;
    bool is_key = top != NULL && top->node->kind == PARLEY_NODE_MAP && top->key == NULL;
    uint32_t most = parley_ctx_limits(b->document->ctx)->nodes;
    if (!is_key && ++b->nodes > most)
        return parley_fail_at(b->err, PARLEY_LIMIT, b->document->name, event->span,
                              "the file holds more than %u values (limit nodes)", most);
    parley_node_kind kind = event->kind == PARLEY_EVENT_SCALAR      ? PARLEY_NODE_SCALAR
                            : event->kind == PARLEY_EVENT_MAP_BEGIN ? PARLEY_NODE_MAP
                                                                    : PARLEY_NODE_LIST;
    if (top == NULL && kind != PARLEY_NODE_MAP) {
        parley_fail_at(b->err, PARLEY_INVALID, b->document->name, event->span,
                       "a case file is a map of sections, not a %s",
                       kind == PARLEY_NODE_LIST ? "list" : "single value");
        if (kind == PARLEY_NODE_SCALAR && memchr(event->text, ':', event->length) != NULL)
            parley_error_hint(b->err, "put a space after the colon: `key: value`");
        else
            parley_error_hint(b->err, "begin with `parley: 1`; sections are written `name:`");
        return PARLEY_INVALID;
    }
    parley_node *node = new_node(b, kind, event);
    if (node == NULL)
        return parley_fail(b->err, PARLEY_NOMEM, "no memory for the values of the file");
    if (is_key)
        return take_key(b, top, node);
    parley_status status = attach(b, node);
    if (status == PARLEY_OK && kind != PARLEY_NODE_SCALAR)
        status = push(b, node);
    return status;
}

static parley_status build(builder *b, parley_reader *reader)
{
    for (uint32_t i = 1;; i++) {
        parley_event event;
        parley_status status = reader->next(reader->self, &event, b->err);
        if (status != PARLEY_OK)
            return status;
        if (event.kind == PARLEY_EVENT_END)
            return PARLEY_OK;
        status = take(b, &event);
        if (status != PARLEY_OK)
            return status;
        if (i % LOOK_EVERY == 0 && parley_ctx_cancelled(b->document->ctx))
            return parley_fail(b->err, PARLEY_CANCELLED, "reading was stopped");
    }
}

/* ---- documents ---- */

/* The first character that is not a blank is `{`, and the name ends in .json. */
static bool is_json(const char *name, const char *bytes, size_t length)
{
    size_t n = strlen(name), i = 0;
    if (n < 5 || memcmp(name + n - 5, ".json", 5) != 0)
        return false;
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        i = 3;
    while (i < length &&
           (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\n' || bytes[i] == '\r'))
        i++;
    return i < length && bytes[i] == '{';
}

static parley_status build_with(builder *b, parley_reader *reader, parley_status made)
{
    parley_ctx *ctx = b->document->ctx;
    parley_status status = made == PARLEY_OK ? build(b, reader) : made;
    while (b->depth > 0)
        pop(b);
    parley_release(ctx, b->levels, b->levels_size * sizeof *b->levels);
    b->levels = NULL;
    b->levels_size = 0;
    if (reader->free != NULL)
        reader->free(reader->self);
    return status;
}

/* err is never NULL here: the diagnostics need the words too. */
static parley_status read_tree(parley_document *d, const char *bytes, bool json,
                               parley_diagnostics *diagnostics, parley_error *err)
{
    parley_reader reader = {0};
    builder b = {.document = d, .diagnostics = diagnostics, .err = err};
    parley_status status = PARLEY_STATE;
    /* The address differs from run to run: no file can be made whose keys all meet in one slot. It
     * decides nothing but speed. */
    b.salt = (uint64_t)(uintptr_t)d * 0x9E3779B97F4A7C15u ^ parley_ctx_random_key(d->ctx);
    d->json = json || is_json(d->name, bytes, d->length);
    if (d->json) {
        status = parley_json_reader(&reader, d->ctx, d->name, bytes, d->length, err);
        status = build_with(&b, &reader, status);
    } else {
        parley_arena_mark before = parley_arena_here(d->arena);
        builder quick = b;
        quick.plain = true;
        status = parley_plain_reader(&reader, d->ctx, d->name, bytes, d->length, err);
        status = build_with(&quick, &reader, status);
        if (status != PARLEY_OK && status != PARLEY_NOMEM && status != PARLEY_CANCELLED) {
            parley_arena_reset(d->arena, before);
            parley_error_clear(err);
            d->root = NULL;
            status = parley_yaml_reader(&reader, d->ctx, d->name, bytes, d->length, err);
            status = build_with(&b, &reader, status);
        }
    }
    if (status != PARLEY_OK)
        return status;
    d->bytes = parley_alloc(d->ctx, d->length + 1);
    if (d->bytes == NULL)
        return parley_fail(err, PARLEY_NOMEM, "no memory to keep '%s'", d->name);
    memcpy(d->bytes, bytes, d->length);
    status = parley_places_make(&d->places, d->ctx, d->bytes, (uint32_t)d->length, err);
    d->whole = status == PARLEY_OK;
    if (status == PARLEY_OK && b.doubled.status != PARLEY_OK) {
        *err = b.doubled;
        status = err->status;
    }
    return status;
}

/* A document with nothing in it; NULL when there is no memory. */
static parley_document *new_document(parley_ctx *ctx, const char *name, size_t length)
{
    parley_document *d = parley_alloc(ctx, sizeof *d);
    if (d == NULL)
        return NULL;
    d->ctx = ctx;
    d->length = length;
    d->arena = parley_arena_new(ctx);
    if (d->arena != NULL)
        d->name = parley_arena_copy(d->arena, name, strlen(name));
    if (d->name == NULL) {
        parley_document_free(d);
        return NULL;
    }
    return d;
}

static parley_status read_document(parley_document **out, parley_ctx *ctx, const char *name,
                                   const char *bytes, size_t length, bool json,
                                   parley_diagnostics *diagnostics, parley_error *err)
{
    *out = NULL;
    parley_error own = PARLEY_ERROR_INIT;
    parley_document *d = new_document(ctx, name, length);
    parley_status status = d != NULL
                               ? read_tree(d, bytes, json, diagnostics, &own)
                               : parley_fail(&own, PARLEY_NOMEM, "no memory to read '%s'", name);
    if (status != PARLEY_OK && (d == NULL || !d->whole)) {
        if (diagnostics != NULL && status != PARLEY_NOMEM && status != PARLEY_CANCELLED)
            parley_diagnostics_add(diagnostics, PARLEY_SEVERITY_ERROR, &own);
        parley_document_free(d);
        d = NULL;
    }
    if (status != PARLEY_OK && err != NULL && err->status == PARLEY_OK)
        *err = own;
    *out = d;
    return status;
}

parley_status parley_document_read(parley_document **out, parley_ctx *ctx, const char *name,
                                   const char *bytes, size_t length,
                                   parley_diagnostics *diagnostics, parley_error *err)
{
    return read_document(out, ctx, name, bytes, length, false, diagnostics, err);
}

parley_status parley_document_read_json(parley_document **out, parley_ctx *ctx, const char *name,
                                        const char *bytes, size_t length, parley_error *err)
{
    return read_document(out, ctx, name, bytes, length, true, NULL, err);
}

void parley_document_free(parley_document *document)
{
    if (document == NULL)
        return;
    parley_ctx *ctx = document->ctx;
    parley_places_drop(&document->places, ctx);
    if (document->bytes != NULL)
        parley_release(ctx, document->bytes, document->length + 1);
    parley_arena_free(document->arena);
    parley_release(ctx, document, sizeof *document);
}

const char *parley_document_name(const parley_document *document)
{
    return document->name;
}

const char *parley_document_bytes(const parley_document *document, size_t *length)
{
    if (length != NULL)
        *length = document->length;
    return document->bytes;
}

const parley_node *parley_document_root(const parley_document *document)
{
    return document->root;
}

parley_ctx *parley_document_ctx(const parley_document *document)
{
    return document->ctx;
}

bool parley_document_is_json(const parley_document *document)
{
    return document->json;
}

parley_arena *parley_document_arena(parley_document *document)
{
    return document->arena;
}

const parley_node *parley_node_member(const parley_node *map, const char *key)
{
    if (map == NULL || map->kind != PARLEY_NODE_MAP)
        return NULL;
    size_t n = strlen(key);
    for (const parley_node *m = map->first; m != NULL; m = m->next)
        if (same_key(m->key, key, n))
            return m;
    return NULL;
}

/* ---- places ---- */

parley_span parley_document_place(const parley_document *document, uint32_t offset)
{
    parley_place_cursor c = {0};
    while (offset > 0 && offset < document->length &&
           ((unsigned char)document->bytes[offset] & 0xC0u) == 0x80u)
        offset--; /* to the first byte of its character */
    parley_place_to_byte(&document->places, &c, offset);
    return (parley_span){c.byte, c.byte, c.line + 1, c.character - c.line_start + 1};
}

parley_span parley_node_place(const parley_document *document, const parley_node *scalar,
                              size_t offset, bool *exact)
{
    parley_span span = scalar->span;
    if (exact != NULL)
        *exact = false;
    if (scalar->kind != PARLEY_NODE_SCALAR || scalar->style >= PARLEY_STYLE_LITERAL ||
        offset > scalar->length || span.end > document->length || span.end < span.begin)
        return span;
    uint32_t quote = scalar->style == PARLEY_STYLE_PLAIN ? 0 : 1;
    /* Same length and same bytes: no escapes, no folded lines. */
    if (span.end - span.begin != scalar->length + 2 * quote ||
        memcmp(document->bytes + span.begin + quote, scalar->text, scalar->length) != 0)
        return span;
    uint32_t byte = span.begin + quote + (uint32_t)offset;
    span = parley_document_place(document, byte);
    span.end = span.begin < document->length ? span.begin + 1 : span.begin;
    while (span.end < document->length &&
           ((unsigned char)document->bytes[span.end] & 0xC0u) == 0x80u)
        span.end++;
    if (exact != NULL)
        *exact = true;
    return span;
}

/* ---- trees made by hand ---- */

/* Containers made by hand know their last child, so that appending takes no walk. */
typedef struct made_container {
    parley_node node;
    parley_node *last;
} made_container;

parley_node *parley_node_scalar(parley_arena *arena, const char *text, size_t length)
{
    if (text == NULL || length >= UINT32_MAX)
        return NULL;
    parley_node *node = parley_arena_alloc(arena, sizeof *node + length + 1);
    if (node == NULL)
        return NULL;
    char *copy = (char *)(node + 1);
    memcpy(copy, text, length);
    *node = (parley_node){.kind = PARLEY_NODE_SCALAR,
                          .style = PARLEY_STYLE_PLAIN,
                          .text = copy,
                          .length = (uint32_t)length};
    return node;
}

static parley_node *made(parley_arena *arena, parley_node_kind kind)
{
    made_container *c = parley_arena_alloc(arena, sizeof *c);
    if (c == NULL)
        return NULL;
    c->node.kind = (uint8_t)kind;
    c->node.made = true;
    return &c->node;
}

parley_node *parley_node_map(parley_arena *arena)
{
    return made(arena, PARLEY_NODE_MAP);
}

parley_node *parley_node_list(parley_arena *arena)
{
    return made(arena, PARLEY_NODE_LIST);
}

bool parley_node_append(parley_arena *arena, parley_node *container, const char *key,
                        parley_node *value)
{
    if (container == NULL || value == NULL || !container->made)
        return false;
    if ((container->kind == PARLEY_NODE_MAP) != (key != NULL))
        return false;
    if (key != NULL) {
        parley_node *name = parley_node_scalar(arena, key, strlen(key));
        if (name == NULL)
            return false;
        name->style = PARLEY_STYLE_DOUBLE; /* keys are names, never numbers */
        value->key = name;
    }
    made_container *c = (made_container *)(void *)container;
    if (c->last == NULL)
        container->first = value;
    else
        c->last->next = value;
    c->last = value;
    container->count++;
    return true;
}
