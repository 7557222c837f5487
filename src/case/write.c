/*
 * Canonical text of a tree: YAML and JSON.
 *
 * YAML in two-space block style; records that fit in 100 columns stand on one line, but a section
 * (a member of the root) only if it holds no containers. JSON has every member on a line of its
 * own. Both walk with a stack of their own. Leaves out: comments, which a tree does not have.
 */
#include "case/document_internal.h"

#include <string.h>

enum {
    FLOW_DEPTH = 64, /* a record deeper than this is wider than a line */
    LONG_KEY = 1000, /* readers look no further than 1024 characters for the colon */
    STEP = 2,
};

/* A container being written. */
typedef struct level {
    const parley_node *node;
    const parley_node *next;
} level;

static bool is_void(const parley_node *node)
{
    return node->kind == PARLEY_NODE_SCALAR && node->length == 0 &&
           node->style == PARLEY_STYLE_PLAIN;
}

static void put(parley_sink *sink, const char *s)
{
    parley_sink_add(sink, s, strlen(s));
}

static void put_leaf(parley_sink *sink, const parley_node *scalar, bool json)
{
    if (json)
        parley_put_json(sink, scalar->text, scalar->length, (parley_style)scalar->style);
    else
        parley_put_scalar(sink, scalar->text, scalar->length, (parley_style)scalar->style);
}

static void put_key(parley_sink *sink, const parley_node *key, bool json)
{
    if (json)
        parley_put_json(sink, key->text, key->length, PARLEY_STYLE_DOUBLE);
    else
        put_leaf(sink, key, false);
}

static bool long_key(const parley_node *key)
{
    if (key->length * 10 < LONG_KEY) /* no escape is longer than ten bytes */
        return false;
    parley_sink width = {0};
    put_leaf(&width, key, false);
    return width.columns > LONG_KEY;
}

/* ---- one line ---- */

/* One node of a line without its children; false: no form on a line, or too wide already. */
static bool put_flow_node(parley_sink *sink, const parley_node *node, bool json, size_t most)
{
    if (node->key != NULL) {
        if (most != SIZE_MAX && (node->key->length > most || long_key(node->key)))
            return false;
        if (!json && long_key(node->key))
            put(sink, "? ");
        put_key(sink, node->key, json);
        put(sink, !json && long_key(node->key) ? " : " : ": ");
    }
    if (node->kind == PARLEY_NODE_SCALAR) {
        if (most != SIZE_MAX && ((!json && is_void(node)) || node->length > most))
            return false;
        put_leaf(sink, node, json);
    } else {
        put(sink, node->kind == PARLEY_NODE_MAP ? "{" : "[");
    }
    return sink->columns <= most;
}

/* The tree below a container, walked with a stack handed in. */
static bool put_flow_below(parley_sink *sink, const parley_node *container, bool json, size_t most,
                           level *levels, size_t levels_size)
{
    size_t depth = 0;
    levels[depth++] = (level){container, container->first};
    while (depth > 0) {
        level *top = &levels[depth - 1];
        const parley_node *node = top->next;
        if (node == NULL) {
            put(sink, top->node->kind == PARLEY_NODE_MAP ? "}" : "]");
            depth--;
            continue;
        }
        if (node != top->node->first)
            put(sink, ", ");
        top->next = node->next;
        if (!put_flow_node(sink, node, json, most))
            return false;
        if (node->kind != PARLEY_NODE_SCALAR) {
            if (depth == levels_size)
                return false;
            levels[depth++] = (level){node, node->first};
        }
    }
    return sink->columns <= most;
}

bool parley_put_flow(parley_sink *sink, const parley_node *node, bool json, size_t most)
{
    parley_node top = *node; /* without its key */
    top.key = NULL;
    if (!put_flow_node(sink, &top, json, most))
        return false;
    if (node->kind == PARLEY_NODE_SCALAR)
        return true;
    if (most != SIZE_MAX) {
        level few[FLOW_DEPTH];
        return put_flow_below(sink, node, json, most, few, FLOW_DEPTH);
    }
    level many[PARLEY_DEPTH_MOST];
    bool whole = put_flow_below(sink, node, json, most, many, PARLEY_DEPTH_MOST);
    PARLEY_ASSERT(whole); /* trees this deep are not read */
    return whole;
}

/* ---- lines of YAML ---- */

static bool has_containers(const parley_node *container)
{
    for (const parley_node *n = container->first; n != NULL; n = n->next)
        if (n->kind != PARLEY_NODE_SCALAR)
            return true;
    return false;
}

/* May this value stand on the line that has `column` columns already? */
static bool on_line(const parley_node *value, size_t column, uint32_t level_number)
{
    if (value->kind == PARLEY_NODE_SCALAR || value->first == NULL)
        return true;
    if (level_number <= 1 && has_containers(value))
        return false;
    parley_sink width = {.columns = column + 1};
    return parley_put_flow(&width, value, false, PARLEY_WIDTH);
}

static void put_line_value(parley_text *out, const parley_node *value)
{
    if (is_void(value))
        return;
    parley_sink sink = {.text = out};
    parley_text_putc(out, ' ');
    parley_put_flow(&sink, value, false, SIZE_MAX);
}

/* `key:`, or `? key` and `:` on the next line when the key is too long. Returns the columns used.
 */
static size_t put_block_key(parley_text *out, const parley_node *key, const char *newline,
                            size_t indent)
{
    parley_sink sink = {.text = out}, width = {.columns = indent + 1};
    bool apart = long_key(key);
    put_leaf(&width, key, false);
    if (apart)
        parley_text_puts(out, "? ");
    put_leaf(&sink, key, false);
    if (apart) {
        parley_text_puts(out, newline);
        parley_text_fill(out, ' ', indent);
    }
    parley_text_putc(out, ':');
    return apart ? indent + 1 : width.columns;
}

void parley_put_block(parley_text *out, const parley_node *container, parley_layout layout)
{
    level levels[PARLEY_DEPTH_MOST];
    size_t depth = 0;
    bool on_new_line = false;
    levels[depth++] = (level){container, container->first};
    while (depth > 0) {
        level *top = &levels[depth - 1];
        const parley_node *node = top->next;
        if (node == NULL) {
            depth--;
            continue;
        }
        top->next = node->next;
        size_t indent = layout.indent + (depth - 1) * STEP;
        if (on_new_line) {
            parley_text_puts(out, layout.newline);
            parley_text_fill(out, ' ', indent);
        }
        on_new_line = true;
        bool in_map = top->node->kind == PARLEY_NODE_MAP;
        size_t column = indent + 1;
        if (in_map)
            column = put_block_key(out, node->key, layout.newline, indent);
        else
            parley_text_putc(out, '-');
        if (on_line(node, column, layout.level + (uint32_t)depth)) {
            put_line_value(out, node);
            continue;
        }
        if (!in_map) { /* its first line begins behind the dash */
            parley_text_putc(out, ' ');
            on_new_line = false;
        }
        PARLEY_ASSERT(depth < PARLEY_DEPTH_MOST);
        levels[depth++] = (level){node, node->first};
    }
}

void parley_put_value(parley_text *out, const parley_node *value, bool in_map, size_t column,
                      parley_layout layout)
{
    if (on_line(value, column, layout.level)) {
        put_line_value(out, value);
        return;
    }
    layout.indent += STEP;
    if (in_map) {
        parley_text_puts(out, layout.newline);
        parley_text_fill(out, ' ', layout.indent);
    } else {
        parley_text_putc(out, ' ');
    }
    parley_put_block(out, value, layout);
}

void parley_document_write_yaml(const parley_node *root, parley_text *out)
{
    if (root->kind == PARLEY_NODE_SCALAR || root->first == NULL) {
        parley_sink sink = {.text = out};
        parley_put_flow(&sink, root, false, SIZE_MAX);
    } else {
        parley_put_block(out, root, (parley_layout){.newline = "\n"});
    }
    parley_text_putc(out, '\n');
}

/* ---- lines of JSON ---- */

static void new_line(parley_text *out, const parley_layout *layout, size_t depth)
{
    parley_text_puts(out, layout->newline);
    parley_text_fill(out, ' ', layout->indent + depth * STEP);
}

void parley_put_lines(parley_text *out, const parley_node *node, parley_layout layout)
{
    parley_sink sink = {.text = out};
    if (node->kind == PARLEY_NODE_SCALAR) {
        put_leaf(&sink, node, true);
        return;
    }
    level levels[PARLEY_DEPTH_MOST];
    size_t depth = 0;
    levels[depth++] = (level){node, node->first};
    put(&sink, node->kind == PARLEY_NODE_MAP ? "{" : "[");
    while (depth > 0) {
        level *top = &levels[depth - 1];
        const parley_node *child = top->next;
        if (child == NULL) {
            depth--;
            if (top->node->first != NULL)
                new_line(out, &layout, depth);
            put(&sink, top->node->kind == PARLEY_NODE_MAP ? "}" : "]");
            continue;
        }
        if (child != top->node->first)
            put(&sink, ",");
        top->next = child->next;
        new_line(out, &layout, depth);
        if (child->key != NULL) {
            put_key(&sink, child->key, true);
            put(&sink, ": ");
        }
        if (child->kind == PARLEY_NODE_SCALAR) {
            put_leaf(&sink, child, true);
            continue;
        }
        put(&sink, child->kind == PARLEY_NODE_MAP ? "{" : "[");
        PARLEY_ASSERT(depth < PARLEY_DEPTH_MOST);
        levels[depth++] = (level){child, child->first};
    }
}

void parley_document_write_json(const parley_node *root, parley_text *out)
{
    parley_put_lines(out, root, (parley_layout){.newline = "\n"});
    parley_text_putc(out, '\n');
}
