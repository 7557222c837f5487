/*
 * JSON texts for readers outside this room: the document's tree, read only.
 */
#include "case/document_internal.h"

#include <parley/tree.h>

#include <string.h>

static const parley_node *node_of(const parley_tree_node *node)
{
    return (const parley_node *)(const void *)node;
}

static const parley_tree_node *shown(const parley_node *node)
{
    return (const parley_tree_node *)(const void *)node;
}

static const parley_document *document_of(const parley_tree *tree)
{
    return (const parley_document *)(const void *)tree;
}

parley_status parley_tree_read(parley_tree **out, parley_ctx *ctx, const char *name,
                               const char *bytes, size_t length, parley_error *err)
{
    parley_document *document = NULL;
    parley_status status = parley_document_read_json(&document, ctx, name, bytes, length, err);
    if (status != PARLEY_OK) { /* a key that stands twice leaves a document behind */
        parley_document_free(document);
        document = NULL;
    }
    *out = (parley_tree *)(void *)document;
    return status;
}

void parley_tree_free(parley_tree *tree)
{
    parley_document_free((parley_document *)(void *)tree);
}

const char *parley_tree_name(const parley_tree *tree)
{
    return parley_document_name(document_of(tree));
}

const parley_tree_node *parley_tree_root(const parley_tree *tree)
{
    return shown(parley_document_root(document_of(tree)));
}

parley_tree_kind parley_tree_kind_of(const parley_tree_node *node)
{
    const parley_node *n = node_of(node);
    switch ((parley_node_kind)n->kind) {
    case PARLEY_NODE_MAP:
        return PARLEY_TREE_OBJECT;
    case PARLEY_NODE_LIST:
        return PARLEY_TREE_ARRAY;
    case PARLEY_NODE_SCALAR:
        break;
    }
    return n->style == PARLEY_STYLE_PLAIN ? PARLEY_TREE_BARE : PARLEY_TREE_TEXT;
}

uint32_t parley_tree_count(const parley_tree_node *node)
{
    return node_of(node)->kind == PARLEY_NODE_SCALAR ? 0 : node_of(node)->count;
}

const parley_tree_node *parley_tree_first(const parley_tree_node *node)
{
    return node_of(node)->kind == PARLEY_NODE_SCALAR ? NULL : shown(node_of(node)->first);
}

const parley_tree_node *parley_tree_next(const parley_tree_node *node)
{
    return shown(node_of(node)->next);
}

const parley_tree_node *parley_tree_member(const parley_tree_node *node, const char *key)
{
    return node_of(node)->kind == PARLEY_NODE_MAP ? shown(parley_node_member(node_of(node), key))
                                                  : NULL;
}

const char *parley_tree_key(const parley_tree_node *node)
{
    return node_of(node)->key == NULL ? NULL : node_of(node)->key->text;
}

const char *parley_tree_text(const parley_tree_node *node)
{
    return node_of(node)->kind == PARLEY_NODE_SCALAR ? node_of(node)->text : NULL;
}

parley_span parley_tree_span(const parley_tree_node *node)
{
    return node_of(node)->span;
}
