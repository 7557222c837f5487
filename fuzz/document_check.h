/*
 * What the fuzz targets of YAML and JSON ask of a document: places that are true, canonical text
 * that reads back to the same tree, an edit that gives the edited tree. A fault ends the program.
 */
#ifndef PARLEY_FUZZ_DOCUMENT_CHECK_H
#define PARLEY_FUZZ_DOCUMENT_CHECK_H

#include "case/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REQUIRE(x) ((x) ? (void)0 : fail(#x, __LINE__))

static _Noreturn void fail(const char *what, int line)
{
    fprintf(stderr, "document_check.h:%d: %s does not hold\n", line, what);
    abort();
}

/* Line and column of every byte, counted the plain way. */
typedef struct counted {
    uint32_t *line;
    uint32_t *column;
} counted;

static counted count_places(const char *s, size_t n)
{
    counted c = {malloc((n + 1) * sizeof *c.line), malloc((n + 1) * sizeof *c.column)};
    REQUIRE(c.line != NULL && c.column != NULL);
    uint32_t line = 1, column = 1;
    size_t start = n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    for (size_t i = 0; i <= n; i++) {
        c.line[i] = line;
        c.column[i] = column;
        if (i < start || i == n)
            continue;
        if (s[i] == '\n' || (s[i] == '\r' && (i + 1 == n || s[i + 1] != '\n'))) {
            line++;
            column = 1;
        } else if (i + 1 == n || ((unsigned char)s[i + 1] & 0xC0) != 0x80) {
            column++;
        }
    }
    return c;
}

/* A place counts from the byte order mark on; before it all is line 1, column 1. */
static void check_span(const counted *c, parley_span span, size_t n)
{
    REQUIRE(span.begin <= span.end && span.end <= n);
    REQUIRE(span.line == c->line[span.begin] && span.column == c->column[span.begin]);
}

static void check_error(const parley_error *err, const counted *c, size_t n, bool text)
{
    REQUIRE(err->status != PARLEY_OK && err->message[0] != '\0');
    REQUIRE(parley_utf8_valid(err->message, strlen(err->message), NULL));
    REQUIRE(parley_utf8_valid(err->hint, strlen(err->hint), NULL));
    REQUIRE(err->span.begin <= err->span.end && err->span.end <= n);
    if (text && err->span.line != 0)
        check_span(c, err->span, n);
    else
        REQUIRE(err->span.line != 0 || err->status == PARLEY_NOMEM);
}

/* Trees are no deeper than the limit `depth`: recursion is fine here. */
static void check_node(const parley_document *d, const counted *c, const parley_node *node,
                       size_t n)
{
    bool exact = false;
    check_span(c, node->span, n);
    if (node->kind == PARLEY_NODE_SCALAR) {
        REQUIRE(strlen(node->text) == node->length);
        REQUIRE(parley_utf8_valid(node->text, node->length, NULL));
        parley_span s = parley_node_place(d, node, node->length / 2, &exact);
        REQUIRE(s.begin >= node->span.begin && s.begin <= node->span.end);
        check_span(c, s, n);
        return;
    }
    uint32_t count = 0, at = node->span.begin;
    for (const parley_node *m = node->first; m != NULL; m = m->next, count++) {
        REQUIRE((m->key != NULL) == (node->kind == PARLEY_NODE_MAP));
        if (m->key != NULL) {
            check_node(d, c, m->key, n);
            REQUIRE(m->key->span.begin >= at && m->key->span.end <= m->span.begin);
        }
        REQUIRE(m->span.begin >= at && m->span.end <= node->span.end);
        at = m->span.end;
        check_node(d, c, m, n);
    }
    REQUIRE(count == node->count);
}

/* What an edit did, for the comparison. */
typedef struct edited {
    const parley_node *set;
    const parley_node *into;
    const parley_node *without;
    const char *text;         /* of set */
    const char *key;          /* into: NULL for a list */
    const parley_node *value; /* into */
} edited;

static bool same_text(const char *a, size_t na, const char *b, size_t nb)
{
    return na == nb && memcmp(a, b, na) == 0;
}

/* Is b what a is after the edit? */
static bool same_tree(const parley_node *a, const parley_node *b, const edited *e)
{
    bool grows = e->into == a;
    if (a->kind == PARLEY_NODE_SCALAR && !grows) {
        const char *text = e->set == a ? e->text : a->text;
        return b->kind == PARLEY_NODE_SCALAR &&
               same_text(text, e->set == a ? strlen(e->text) : a->length, b->text, b->length);
    }
    bool map = a->kind == PARLEY_NODE_SCALAR ? e->key != NULL : a->kind == PARLEY_NODE_MAP;
    if (b->kind != (map ? PARLEY_NODE_MAP : PARLEY_NODE_LIST))
        return false;
    const parley_node *y = b->first;
    for (const parley_node *x = a->first; x != NULL; x = x->next) {
        if (x == e->without)
            continue;
        if (y == NULL || !same_tree(x, y, e) ||
            (map && !same_text(x->key->text, x->key->length, y->key->text, y->key->length)))
            return false;
        y = y->next;
    }
    if (!grows)
        return y == NULL;
    return y != NULL && y->next == NULL && same_tree(e->value, y, &(edited){0}) &&
           (!map || strcmp(e->key, y->key->text) == 0);
}

static void check_reads_as(parley_ctx *ctx, const char *name, const parley_text *text,
                           const parley_node *root, const edited *e)
{
    parley_document *d = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    REQUIRE(parley_text_status(text, NULL) == PARLEY_OK);
    parley_status status = parley_document_read(&d, ctx, name, parley_text_data(text),
                                                parley_text_size(text), NULL, &err);
    if (status != PARLEY_OK || !same_tree(root, parley_document_root(d), e))
        fprintf(stderr, "--- became:\n%s\n--- %s\n", parley_text_data(text), err.message);
    REQUIRE(status == PARLEY_OK);
    REQUIRE(same_tree(root, parley_document_root(d), e));
    parley_document_free(d);
}

static const parley_node *pick_below(const parley_node *node, uint32_t *left,
                                     const parley_node **parent)
{
    for (const parley_node *m = node->first; m != NULL; m = m->next) {
        if ((*left)-- == 0) {
            *parent = node;
            return m;
        }
        const parley_node *found =
            m->kind == PARLEY_NODE_SCALAR ? NULL : pick_below(m, left, parent);
        if (found != NULL)
            return found;
    }
    return NULL;
}

/* One edit, chosen by `choice`, of a document without faults. */
static void check_edit(parley_ctx *ctx, parley_document *d, uint32_t choice)
{
    static const char *const words[] = {"new", "a: b", "one\ntwo\n", "",
                                        "30",  "yes",  "it's",       "\t#"};
    const parley_node *root = parley_document_root(d), *parent = NULL;
    parley_arena *arena = parley_document_arena(d);
    uint32_t left = choice / 64 % 40;
    const parley_node *node = pick_below(root, &left, &parent);
    parley_splice splice;
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status;
    edited e = {.text = words[choice / 8 % 8]};
    if (choice % 3 == 0 && node != NULL && node->kind == PARLEY_NODE_SCALAR) {
        e.set = node;
        status = parley_edit_set(&splice, d, node, e.text, strlen(e.text), &err);
    } else if (choice % 3 == 1 && node != NULL) {
        e.without = node;
        status = parley_edit_remove(&splice, d, parent, node, &err);
    } else {
        e.into = node != NULL ? node : root;
        bool map = e.into->kind == PARLEY_NODE_SCALAR ? choice / 8 % 2 == 0
                                                      : e.into->kind == PARLEY_NODE_MAP;
        if (e.into->kind == PARLEY_NODE_SCALAR && e.into->span.begin < e.into->span.end)
            return;
        e.key = map ? "new" : NULL;
        e.value = choice / 8 % 3 == 0 ? parley_node_list(arena)
                                      : parley_node_scalar(arena, e.text, strlen(e.text));
        status = parley_edit_insert(&splice, d, e.into, e.key, e.value, &err);
    }
    REQUIRE(status == PARLEY_OK || status == PARLEY_CONFLICT || status == PARLEY_INVALID);
    if (status != PARLEY_OK)
        return;
    parley_text *text = parley_text_new(ctx, 1u << 26);
    REQUIRE(text != NULL);
    REQUIRE(parley_document_splice(d, &splice, 1, text, NULL) == PARLEY_OK);
    check_reads_as(ctx, parley_document_name(d), text, root, &e);
    parley_text_free(text);
}

static void check_document(const char *name, const uint8_t *data, size_t size)
{
    parley_ctx *ctx = NULL;
    parley_document *d = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    const char *bytes = (const char *)data;
    REQUIRE(parley_ctx_new(&ctx, NULL, NULL) == PARLEY_OK);
    parley_diagnostics *diagnostics = parley_diagnostics_new(ctx);
    REQUIRE(diagnostics != NULL);
    parley_status status = parley_document_read(&d, ctx, name, bytes, size, diagnostics, &err);
    counted c = count_places(bytes, size);
    bool text = parley_utf8_valid(bytes, size, NULL);
    REQUIRE((status == PARLEY_OK) == (parley_diagnostics_errors(diagnostics) == 0));
    if (status != PARLEY_OK)
        check_error(&err, &c, size, text);
    for (size_t i = 0; i < parley_diagnostics_size(diagnostics); i++)
        check_error(&parley_diagnostics_at(diagnostics, i)->error, &c, size, text);
    if (d != NULL) {
        const parley_node *root = parley_document_root(d);
        parley_text *out = parley_text_new(ctx, 1u << 26);
        REQUIRE(out != NULL);
        check_node(d, &c, root, size);
        parley_document_write_yaml(root, out);
        check_reads_as(ctx, "x.yaml", out, root, &(edited){0});
        parley_text_clear(out);
        parley_document_write_json(root, out);
        check_reads_as(ctx, "x.json", out, root, &(edited){0});
        parley_text_free(out);
        uint32_t choice = 2166136261u;
        for (size_t i = 0; i < size; i++)
            choice = (choice ^ data[i]) * 16777619u;
        /* YAML in a file called .json may come to begin with a brace: no edits there. */
        bool editable = strcmp(name, "x.json") != 0 || bytes[root->span.begin] == '{';
        if (status == PARLEY_OK && editable)
            for (uint32_t i = 0; i < 4; i++)
                check_edit(ctx, d, (choice >> 8) + i * 2654435761u);
    }
    free(c.line);
    free(c.column);
    parley_document_free(d);
    parley_diagnostics_free(diagnostics);
    REQUIRE(parley_ctx_bytes(ctx) == 0);
    parley_ctx_free(ctx);
}

#endif
