/*
 * For the tests of documents: random trees, written as a person (or several) would write them, in
 * block and flow style, with comments, blank lines, quotes of every kind and both line ends.
 *
 * A tree is made of parley nodes; render_random gives text that reads back to the same texts.
 */
#ifndef PARLEY_TESTS_CASE_DOCUMENT_RANDOM_H
#define PARLEY_TESTS_CASE_DOCUMENT_RANDOM_H

#include "case/document_internal.h"
#include "support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- trees ---- */

static const char *const random_words[] = {
    "a",
    "arms",
    "duration",
    "weekly",
    "ru:putin",
    "all stop",
    "Go on",
    "yes",
    "no",
    "on",
    "off",
    "null",
    "~",
    "",
    "30",
    "-1.5",
    "1e3",
    "0x1",
    "12:30",
    "2025-03-11",
    "2025-03",
    "2025-03-11~",
    "before 2025-03-11",
    "true",
    "False",
    "it's",
    "\"so\"",
    "a: b",
    "a #b",
    "#x",
    "- a",
    "-",
    "? x",
    "{",
    "a, b",
    "x]",
    "[",
    "&a",
    "*a",
    "!t",
    "|",
    ">",
    "%x",
    "@x",
    "`x`",
    "\\",
    " lead",
    "trail ",
    "a\nb",
    "a\n",
    "a\n\nb\n",
    "\n",
    " \n",
    "a\n\n",
    "  a\nb",
    "tab\there",
    "\x07",
    "\xC2\x85",
    "\xE2\x80\xA8",
    "\xEF\xBB\xBF",
    "\xC3\xA9t\xC3\xA9",
    "\xE6\x97\xA5\xE6\x9C\xAC",
    "\xF0\x9F\x98\x80 x",
    "\r",
    "a\r\nb",
    "<<",
    "=",
    "---",
    "...",
    "a:",
    ":a",
    "a?b",
    "duration <= 30",
    "x # no\n# really\n",
    "http://x/y?z#w",
    "100%",
    "\xC2\xA0",
    "-- x",
    "line one\nline two\nline three",
};

static inline const char *random_word(parley_random *r)
{
    return random_words[parley_random_below(r, CHECK_COUNT(random_words))];
}

static inline parley_node *random_scalar(parley_random *r, parley_arena *arena)
{
    const char *word = random_word(r);
    parley_node *node = parley_node_scalar(arena, word, strlen(word));
    assert_non_null(node);
    if (parley_random_below(r, 2) == 0)
        node->style = PARLEY_STYLE_DOUBLE;
    return node;
}

static inline parley_node *random_tree(parley_random *r, parley_arena *arena, int depth)
{
    uint32_t kind = parley_random_below(r, depth > 4 ? 1 : 4);
    if (depth > 0 && kind < 2)
        return random_scalar(r, arena);
    bool map = depth == 0 || kind == 2;
    parley_node *node = map ? parley_node_map(arena) : parley_node_list(arena);
    assert_non_null(node);
    uint32_t n = parley_random_below(r, depth == 0 ? 8 : 5);
    for (uint32_t i = 0; i < n; i++) {
        char key[64];
        const char *word = random_word(r);
        if (parley_random_below(r, 3) == 0)
            snprintf(key, sizeof key, "%s%u", word, i);
        else
            snprintf(key, sizeof key, "k%u", i);
        if (map && parley_node_member(node, key) != NULL)
            continue;
        assert_true(
            parley_node_append(arena, node, map ? key : NULL, random_tree(r, arena, depth + 1)));
    }
    return node;
}

/* ---- rendering ---- */

typedef struct rendering {
    parley_random *r;
    parley_text *out;
    const char *newline;
    uint32_t comments; /* written so far, each with a number of its own */
    bool messy;        /* comments and odd blanks at all */
} rendering;

static inline bool chance(rendering *g, uint32_t one_in)
{
    return parley_random_below(g->r, one_in) == 0;
}

static inline void render_comment(rendering *g)
{
    parley_text_printf(g->out, "#c%u:", g->comments++);
    if (chance(g, 3))
        parley_text_puts(g->out, " {[,'\" \xC3\xA9");
}

/* Line end, perhaps with a comment before it and lines of nothing or comment behind it. */
static inline void render_line_end(rendering *g, uint32_t indent)
{
    if (g->messy && chance(g, 5)) {
        parley_text_putc(g->out, ' ');
        render_comment(g);
    } else if (g->messy && chance(g, 10)) {
        parley_text_puts(g->out, "  ");
    }
    parley_text_puts(g->out, g->newline);
    while (g->messy && chance(g, 6)) {
        parley_text_fill(g->out, ' ', parley_random_below(g->r, indent + 3));
        if (chance(g, 2))
            render_comment(g);
        parley_text_puts(g->out, g->newline);
    }
}

static inline bool is_simple(const char *s, size_t n)
{
    if (n == 0 || s[n - 1] == ' ')
        return false;
    for (size_t i = 0; i < n; i++)
        if (!(s[i] >= 'a' && s[i] <= 'z') && !(i > 0 && strchr("0123456789 =<-", s[i]) != NULL))
            return false;
    return strcmp(s, "null") != 0;
}

static inline void render_quoted(rendering *g, const parley_node *s)
{
    parley_sink sink = {.text = g->out};
    if (parley_fits_single(s->text, s->length) && chance(g, 2))
        parley_put_single(&sink, s->text, s->length);
    else
        parley_put_double(&sink, s->text, s->length);
}

/* One line, in braces or out of them. */
static inline void render_scalar(rendering *g, const parley_node *s)
{
    parley_sink sink = {.text = g->out};
    if (is_simple(s->text, s->length) && chance(g, 2))
        parley_text_add(g->out, s->text, s->length);
    else if (chance(g, 2))
        parley_put_scalar(&sink, s->text, s->length, (parley_style)s->style);
    else
        render_quoted(g, s);
}

/* A text of two lines that the reader folds into one; inner lines stand deeper than indent. */
static inline bool render_folded(rendering *g, const parley_node *s, uint32_t indent)
{
    const char *space = memchr(s->text, ' ', s->length);
    size_t first = space != NULL ? (size_t)(space - s->text) : 0;
    if (first == 0 || first + 1 >= s->length || space[1] == ' ' ||
        !parley_fits_single(s->text, s->length) || strpbrk(s->text, "'\"\\") != NULL ||
        s->text[s->length - 1] == ' ' || space[1] == '#' || space[1] == '-')
        return false;
    bool plain = is_simple(s->text, s->length);
    const char *quote = plain ? "" : chance(g, 2) ? "'" : "\"";
    parley_text_puts(g->out, quote);
    parley_text_add(g->out, s->text, first);
    parley_text_puts(g->out, g->newline);
    parley_text_fill(g->out, ' ', indent + 1 + parley_random_below(g->r, 3));
    parley_text_add(g->out, space + 1, s->length - first - 1);
    parley_text_puts(g->out, quote);
    return true;
}

/* A literal behind `key:` or `-`, with its last line end: lines deeper than indent. False: it
 * cannot be one. */
static inline bool render_literal(rendering *g, const parley_node *s, uint32_t indent)
{
    size_t n = s->length;
    bool keep = n > 1 && s->text[n - 1] == '\n' && s->text[n - 2] == '\n';
    size_t body = n;
    while (keep && body > 1 && s->text[body - 1] == '\n' && s->text[body - 2] == '\n')
        body--;
    if (n == 0 || !parley_fits_literal(s->text, body))
        return false;
    bool ends = s->text[n - 1] == '\n';
    bool folds = !keep && memchr(s->text, '\n', n - 1) == NULL && chance(g, 3);
    parley_text_printf(g->out, " %s%s", folds ? ">" : "|",
                       keep   ? "+"
                       : ends ? chance(g, 4) ? "+" : ""
                              : "-");
    bool plus = parley_text_data(g->out)[parley_text_size(g->out) - 1] == '+';
    if (g->messy && chance(g, 4)) {
        parley_text_puts(g->out, "  ");
        render_comment(g);
    }
    parley_text_puts(g->out, g->newline);
    uint32_t deeper = indent + 1 + parley_random_below(g->r, 3);
    for (size_t at = 0; at < n;) {
        const char *lf = memchr(s->text + at, '\n', n - at);
        size_t end = lf != NULL ? (size_t)(lf - s->text) : n;
        if (end > at) {
            parley_text_fill(g->out, ' ', deeper);
            parley_text_add(g->out, s->text + at, end - at);
        }
        parley_text_puts(g->out, g->newline);
        at = end + 1;
    }
    /* Blank lines do not count, unless they are kept; a comment no deeper than the parent does not.
     */
    while (!plus && g->messy && chance(g, 3)) {
        parley_text_fill(g->out, ' ', parley_random_below(g->r, indent + 1));
        parley_text_puts(g->out, g->newline);
    }
    if (g->messy && chance(g, 5)) {
        parley_text_fill(g->out, ' ', parley_random_below(g->r, indent + 1));
        render_comment(g);
        parley_text_puts(g->out, g->newline);
    }
    return true;
}

static inline void render_gap(rendering *g, uint32_t indent)
{
    if (!g->messy)
        return;
    if (chance(g, 4))
        parley_text_putc(g->out, ' ');
    if (chance(g, 10)) {
        parley_text_putc(g->out, ' ');
        render_line_end(g, indent);
        parley_text_fill(g->out, ' ', indent + 1 + parley_random_below(g->r, 4));
    }
}

/* In braces; lines that begin within stand deeper than indent. */
static inline void render_flow(rendering *g, const parley_node *node, uint32_t indent)
{
    bool map = node->kind == PARLEY_NODE_MAP;
    bool lines = g->messy && node->count > 1 && chance(g, 4);
    if (node->kind == PARLEY_NODE_SCALAR) {
        if (!g->messy || !chance(g, 6) || !render_folded(g, node, indent))
            render_scalar(g, node);
        return;
    }
    parley_text_putc(g->out, map ? '{' : '[');
    render_gap(g, indent);
    for (const parley_node *n = node->first; n != NULL; n = n->next) {
        if (lines) {
            parley_text_puts(g->out, g->newline);
            parley_text_fill(g->out, ' ', indent + 2);
        }
        bool bare_key = false;
        if (map) {
            if (g->messy && chance(g, 12))
                parley_text_puts(g->out, "? ");
            render_scalar(g, n->key);
            bare_key = n->kind == PARLEY_NODE_SCALAR && n->length == 0 && chance(g, 2);
            if (!bare_key)
                parley_text_puts(g->out, ": ");
        }
        bool pair = !map && n->kind == PARLEY_NODE_MAP && n->count == 1 && chance(g, 2);
        if (pair) {
            render_scalar(g, n->first->key);
            parley_text_puts(g->out, ": ");
            render_flow(g, n->first, indent + 2);
        } else if (!bare_key) {
            render_flow(g, n, indent + 2);
        }
        render_gap(g, indent);
        if (n->next != NULL || (g->messy && chance(g, 6)))
            parley_text_putc(g->out, ',');
        if (n->next != NULL || lines)
            parley_text_putc(g->out, ' ');
        if (lines && chance(g, 3)) /* the line end comes with the next entry or the closing mark */
            render_comment(g);
        else
            render_gap(g, indent);
    }
    if (lines) {
        parley_text_puts(g->out, g->newline);
        parley_text_fill(g->out, ' ', indent + 1);
    }
    parley_text_putc(g->out, map ? '}' : ']');
}

static inline void render_block(rendering *g, const parley_node *node, uint32_t indent,
                                bool behind);

/* What comes behind `key:` (in_map) or `-`, with its line end. */
static inline void render_value(rendering *g, const parley_node *n, uint32_t indent, bool in_map)
{
    if (n->kind == PARLEY_NODE_SCALAR) {
        if (n->length == 0 && chance(g, 2)) {
            render_line_end(g, indent);
            return;
        }
        if (chance(g, 2) && render_literal(g, n, indent))
            return;
        parley_text_fill(g->out, ' ', 1 + (g->messy ? parley_random_below(g->r, 2) : 0));
        if (!g->messy || !chance(g, 4) || !render_folded(g, n, indent))
            render_scalar(g, n);
        render_line_end(g, indent);
    } else if (n->first == NULL || chance(g, 3)) {
        parley_text_putc(g->out, ' ');
        render_flow(g, n, indent);
        render_line_end(g, indent);
    } else if (!in_map && chance(g, 2)) {
        uint32_t more = 1 + parley_random_below(g->r, 3);
        parley_text_fill(g->out, ' ', more);
        render_block(g, n, indent + 1 + more, true);
    } else {
        uint32_t more = 1 + parley_random_below(g->r, 4);
        if (in_map && n->kind == PARLEY_NODE_LIST && chance(g, 2))
            more = 0;
        render_line_end(g, indent + more);
        render_block(g, n, indent + more, false);
    }
}

/* The entries of a container; behind: the first one stands behind a dash. */
static inline void render_block(rendering *g, const parley_node *node, uint32_t indent, bool behind)
{
    for (const parley_node *n = node->first; n != NULL; n = n->next) {
        if (!behind)
            parley_text_fill(g->out, ' ', indent);
        behind = false;
        if (node->kind == PARLEY_NODE_LIST) {
            parley_text_putc(g->out, '-');
            render_value(g, n, indent, false);
            continue;
        }
        bool apart = g->messy && chance(g, 15);
        if (apart)
            parley_text_puts(g->out, "? ");
        render_scalar(g, n->key);
        if (apart && n->kind == PARLEY_NODE_SCALAR && n->length == 0 && chance(g, 2)) {
            render_line_end(g, indent);
            continue;
        }
        if (apart) {
            render_line_end(g, indent);
            parley_text_fill(g->out, ' ', indent);
        }
        parley_text_putc(g->out, ':');
        render_value(g, n, indent, true);
    }
}

static inline void render_random(parley_random *r, const parley_node *root, parley_text *out,
                                 uint32_t *comments)
{
    rendering g = {.r = r, .out = out, .newline = "\n"};
    g.messy = !chance(&g, 4);
    if (chance(&g, 8))
        g.newline = "\r\n";
    if (chance(&g, 10))
        parley_text_puts(out, "\xEF\xBB\xBF");
    if (g.messy && chance(&g, 4))
        render_line_end(&g, 0);
    if (g.messy && chance(&g, 8)) {
        parley_text_puts(out, chance(&g, 2) ? "---" : "%YAML 1.1\n---");
        parley_text_puts(out, g.newline);
    }
    if (root->first == NULL || chance(&g, 8)) {
        render_flow(&g, root, 0);
        render_line_end(&g, 0);
    } else {
        render_block(&g, root, chance(&g, 8) ? 2 : 0, false);
    }
    *comments = g.comments;
}

/* ---- comparing ---- */

/* A change that a dump applies as it goes. */
typedef struct change {
    const parley_node *set; /* this scalar has another text */
    const char *text;
    const parley_node *into; /* this container (or empty scalar) has one entry more */
    const char *key;
    const parley_node *value;
    const parley_node *without; /* this entry is gone */
} change;

static inline void dump_text(parley_text *out, const char *s, size_t n)
{
    parley_json json;
    parley_json_begin(&json, out);
    parley_json_text(&json, s, n);
}

/*
 * A tree as one line of JSON: ["m", [key, value], ...], ["l", item, ...], and for a scalar its
 * text. With tones a scalar is ["s", text, meant as a number, truth value or null].
 */
static inline void dump_tree(parley_text *out, const parley_node *n, const change *c, bool tones)
{
    bool grows = c != NULL && c->into == n;
    if (n->kind == PARLEY_NODE_SCALAR && !grows) {
        bool set = c != NULL && c->set == n;
        if (tones)
            parley_text_puts(out, "[\"s\", ");
        dump_text(out, set ? c->text : n->text, set ? strlen(c->text) : n->length);
        if (tones)
            parley_text_puts(out, n->style == PARLEY_STYLE_PLAIN && n->length > 0 &&
                                          parley_is_json_bare(n->text, n->length)
                                      ? ", true]"
                                      : ", false]");
        return;
    }
    bool map = n->kind == PARLEY_NODE_SCALAR ? c->key != NULL : n->kind == PARLEY_NODE_MAP;
    parley_text_puts(out, map ? "[\"m\"" : "[\"l\"");
    for (const parley_node *m = n->first; m != NULL; m = m->next) {
        if (c != NULL && c->without == m)
            continue;
        parley_text_puts(out, ", ");
        if (map) {
            parley_text_putc(out, '[');
            dump_text(out, m->key->text, m->key->length);
            parley_text_puts(out, ", ");
        }
        dump_tree(out, m, c, tones);
        if (map)
            parley_text_putc(out, ']');
    }
    if (grows) {
        parley_text_puts(out, ", ");
        if (map) {
            parley_text_putc(out, '[');
            dump_text(out, c->key, strlen(c->key));
            parley_text_puts(out, ", ");
        }
        dump_tree(out, c->value, NULL, tones);
        if (map)
            parley_text_putc(out, ']');
    }
    parley_text_putc(out, ']');
}

static inline void check_same_text(const parley_text *a, const parley_text *b, const char *source,
                                   uint64_t seed)
{
    if (strcmp(parley_text_data(a), parley_text_data(b)) == 0)
        return;
    print_error("seed %llu\n--- text:\n%s\n--- expected:\n%s\n--- got:\n%s\n",
                (unsigned long long)seed, source, parley_text_data(a), parley_text_data(b));
    fail();
}

/* Read a text that must be right. */
static inline parley_document *read_well(parley_ctx *ctx, const char *name, const char *s, size_t n,
                                         uint64_t seed)
{
    parley_document *d = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    if (parley_document_read(&d, ctx, name, s, n, NULL, &err) != PARLEY_OK) {
        char line[1024];
        parley_error_print(&err, line, sizeof line);
        print_error("seed %llu: %s\n--- text:\n%.*s\n", (unsigned long long)seed, line, (int)n, s);
        fail();
    }
    return d;
}

#endif
