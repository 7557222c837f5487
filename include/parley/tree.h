/*
 * parley/tree.h: a JSON text as a tree that remembers where everything stands.
 *
 * For whoever checks a result that this program, or somebody else's, has written: numbers keep
 * their digits, objects their order, and a complaint can point at line and column. Strict JSON (RFC
 * 8259); a key that stands twice is an error. Nothing here knows what the text is about.
 */
#ifndef PARLEY_TREE_H
#define PARLEY_TREE_H

#include <parley/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum parley_tree_kind {
    PARLEY_TREE_TEXT, /* in quotes */
    PARLEY_TREE_BARE, /* a number, true, false or null, as typed */
    PARLEY_TREE_OBJECT,
    PARLEY_TREE_ARRAY
} parley_tree_kind;

typedef struct parley_tree parley_tree;
typedef struct parley_tree_node parley_tree_node; /* lives as long as its tree */

/*
 * Read; name is what errors call the text. The root is an object. SYNTAX, INVALID (another root, a
 * key twice), LIMIT (file_bytes, depth, nodes), CANCELLED, NOMEM. O(length).
 */
PARLEY_API parley_status parley_tree_read(parley_tree **out, parley_ctx *ctx, const char *name,
                                          const char *bytes, size_t length,
                                          parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_tree_free(parley_tree *tree);
PARLEY_API const char *parley_tree_name(const parley_tree *tree);
PARLEY_API const parley_tree_node *parley_tree_root(const parley_tree *tree);

PARLEY_API parley_tree_kind parley_tree_kind_of(const parley_tree_node *node);
/* Members of an object, items of an array; 0 elsewhere. */
PARLEY_API uint32_t parley_tree_count(const parley_tree_node *node);
/* First member or item, the next one of the same container; NULL at the end. */
PARLEY_API const parley_tree_node *parley_tree_first(const parley_tree_node *node);
PARLEY_API const parley_tree_node *parley_tree_next(const parley_tree_node *node);
/* Member by key; NULL: none, or no object. O(members). */
PARLEY_API const parley_tree_node *parley_tree_member(const parley_tree_node *node,
                                                      const char *key);
/* Key of a member; NULL for an item and for the root. */
PARLEY_API const char *parley_tree_key(const parley_tree_node *node);
/* A text without its quotes, or what stands bare; NULL for containers. */
PARLEY_API const char *parley_tree_text(const parley_tree_node *node);
PARLEY_API parley_span parley_tree_span(const parley_tree_node *node);

#ifdef __cplusplus
}
#endif
#endif
