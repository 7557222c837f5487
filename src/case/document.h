/*
 * Inside the room "case": the text of a case file as a tree that remembers every byte's place.
 *
 * Readers (libyaml for YAML, our own for its plainest form and for JSON) give the same events; the
 * document is built from events alone. Nothing here knows what a case is. Scalars stay text;
 * anchors, aliases, tags and merge keys are refused. A document keeps its bytes, so that an edit
 * splices only what changes.
 */
#ifndef PARLEY_CASE_DOCUMENT_H
#define PARLEY_CASE_DOCUMENT_H

#include <parley/base.h>

typedef enum parley_event_kind {
    PARLEY_EVENT_MAP_BEGIN,
    PARLEY_EVENT_MAP_END,
    PARLEY_EVENT_LIST_BEGIN,
    PARLEY_EVENT_LIST_END,
    PARLEY_EVENT_SCALAR,
    PARLEY_EVENT_END /* the one document is over */
} parley_event_kind;

typedef enum parley_style {
    PARLEY_STYLE_PLAIN, /* YAML plain; JSON true, false, null and numbers */
    PARLEY_STYLE_SINGLE,
    PARLEY_STYLE_DOUBLE, /* also JSON strings */
    PARLEY_STYLE_LITERAL,
    PARLEY_STYLE_FOLDED
} parley_style;

typedef struct parley_event {
    parley_event_kind kind;
    parley_style style;
    bool flow; /* MAP_BEGIN, LIST_BEGIN: written with braces or brackets */
    parley_span
        span; /* of the scalar with its quotes, or of the opening (MAP_END: of the closing) mark */
    const char *text; /* SCALAR: value, NUL-terminated, borrowed until the next call */
    size_t length;
} parley_event;

/* A reader: call next until PARLEY_EVENT_END or a failure (SYNTAX, INVALID, LIMIT, NOMEM). */
typedef struct parley_reader {
    void *self;
    parley_status (*next)(void *self, parley_event *out, parley_error *err);
    void (*free)(void *self);
} parley_reader;

/*
 * Readers on bytes that stay with the caller. name is what errors call the file. Checks before
 * anything else: size (limit file_bytes), UTF-8 (the error names the line and column of the first
 * bad byte), no NUL, a UTF-8 byte order mark is skipped. An empty file is an error that says so.
 * YAML also refuses what its readers take differently: U+0085, U+2028, U+2029 and U+FEFF, unless
 * they stand as escapes. bytes and name must stay as long as the reader. Lines end with LF, CR LF
 * or CR.
 */
parley_status parley_yaml_reader(parley_reader *out, parley_ctx *ctx, const char *name,
                                 const char *bytes, size_t length,
                                 parley_error *err) PARLEY_MUST_CHECK;
/*
 * The same for YAML in the form that our own writer gives it, much faster. Gives STATE, from here
 * or from next, for everything else: then nothing was read, and libyaml's reader has to begin.
 */
parley_status parley_plain_reader(parley_reader *out, parley_ctx *ctx, const char *name,
                                  const char *bytes, size_t length,
                                  parley_error *err) PARLEY_MUST_CHECK;
parley_status parley_json_reader(parley_reader *out, parley_ctx *ctx, const char *name,
                                 const char *bytes, size_t length,
                                 parley_error *err) PARLEY_MUST_CHECK;

typedef enum parley_node_kind {
    PARLEY_NODE_SCALAR,
    PARLEY_NODE_MAP,
    PARLEY_NODE_LIST
} parley_node_kind;

/* 64 bytes or thereabouts: a 10 MB file makes a million of them. */
typedef struct parley_node parley_node;
struct parley_node {
    uint8_t kind;
    uint8_t style;
    bool flow;      /* container: written with braces or brackets; scalar: stands within such */
    bool made;      /* a container made by hand: see parley_node_append */
    uint32_t count; /* members of a map, items of a list */
    parley_span
        span; /* whole value: scalar with quotes; a container from its first to its last byte */
    const char *text; /* scalar: value, NUL-terminated */
    uint32_t length;
    parley_node *first;     /* first member or item */
    parley_node *next;      /* next in the same container */
    const parley_node *key; /* value of a map member: its key scalar */
};

typedef struct parley_document parley_document;

/*
 * Read a whole document: JSON when the first character that is not a blank is `{` and the name ends
 * in .json, else YAML. A syntax error ends the reading (one diagnostic); duplicate keys are
 * diagnosed (both places) and the first one counts. The bytes are copied. On any error diagnostic
 * of severity error, returns its status; the document is still given in *out when only duplicate
 * keys were wrong. A root that is no map is INVALID; so is a text with a NUL, however it is
 * written. CANCELLED on request. diagnostics may be NULL. Limits: file_bytes, depth, nodes. O(n)
 * for files without large maps; keys of large maps are hashed.
 */
parley_status parley_document_read(parley_document **out, parley_ctx *ctx, const char *name,
                                   const char *bytes, size_t length,
                                   parley_diagnostics *diagnostics,
                                   parley_error *err) PARLEY_MUST_CHECK;
/* The same for a text that is JSON whatever its name. */
parley_status parley_document_read_json(parley_document **out, parley_ctx *ctx, const char *name,
                                        const char *bytes, size_t length,
                                        parley_error *err) PARLEY_MUST_CHECK;
void parley_document_free(parley_document *document);

const char *parley_document_name(const parley_document *document);
const char *parley_document_bytes(const parley_document *document, size_t *length);
const parley_node *parley_document_root(const parley_document *document);
/* The arena of the tree: what is made from it lives as long as the document. */
parley_arena *parley_document_arena(parley_document *document);

/* Member of a map, or NULL. */
const parley_node *parley_node_member(const parley_node *map, const char *key);

/*
 * Place of byte `offset` of a scalar's value. *exact tells whether value bytes are file bytes one
 * to one on one line (plain or quoted without escapes or line breaks): then span is that very
 * byte's; else it is the scalar's own.
 */
parley_span parley_node_place(const parley_document *document, const parley_node *scalar,
                              size_t offset, bool *exact);

/* Line and column (characters, 1-based) of a byte offset. O(log lines + line length). */
parley_span parley_document_place(const parley_document *document, uint32_t offset);

/* ---- edits: splice bytes, keep everything else ---- */

typedef struct parley_splice {
    uint32_t begin; /* byte range that goes */
    uint32_t end;
    const char *text; /* what comes instead */
    size_t length;
} parley_splice;

/*
 * Apply splices (any order; those at one place in the order given) to the document's bytes.
 * CONFLICT when they overlap, RANGE when one lies outside.
 */
parley_status parley_document_splice(const parley_document *document, const parley_splice *splices,
                                     size_t count, parley_text *out,
                                     parley_error *err) PARLEY_MUST_CHECK;

/*
 * Make a splice (its text lives in the document's arena):
 * - set: another value for a scalar, in the style of the old one where it can be, else in double
 *   quotes; what was bare stays bare if it is a number, a date, true, false or null;
 * - insert: a member `key: value` at the end of a map, or (key NULL) an item at the end of a list,
 *   in the style and indentation of that container; value is a tree (made by hand or from another
 *   document). An empty value (`claims:`) may be the container: it becomes one;
 * - remove: a member or item with its line and the comment behind it, comment lines above it stay,
 *   commas are repaired in flow style; a container without entries is written `{}` or `[]`.
 * After splicing, the result must be read again: places have changed. Two insertions into one
 * container need a reading between them. Errors: INVALID (a value or key that is no text, the wrong
 * kind of container, a `? key` that cannot be completed), CONFLICT (the key is there), NOTFOUND (no
 * such entry), NOMEM.
 */
parley_status parley_edit_set(parley_splice *out, parley_document *document,
                              const parley_node *scalar, const char *value, size_t length,
                              parley_error *err) PARLEY_MUST_CHECK;
parley_status parley_edit_insert(parley_splice *out, parley_document *document,
                                 const parley_node *container, const char *key,
                                 const parley_node *value, parley_error *err) PARLEY_MUST_CHECK;
parley_status parley_edit_remove(parley_splice *out, parley_document *document,
                                 const parley_node *container, const parley_node *child,
                                 parley_error *err) PARLEY_MUST_CHECK;

/* ---- trees made by hand, and canonical text ---- */

/*
 * The style of a new scalar is PLAIN, which means for the writers: a number, a date, true, false
 * and null are meant as such. For a text that only looks like one, set style to
 * PARLEY_STYLE_DOUBLE.
 */
parley_node *parley_node_scalar(parley_arena *arena, const char *text, size_t length);
parley_node *parley_node_map(parley_arena *arena);
parley_node *parley_node_list(parley_arena *arena);
/*
 * Append to a container made by hand; key NULL for lists. O(1). A value hangs in one container
 * only. NULL arguments (a failed allocation) and containers of a document make it return false.
 */
bool parley_node_append(parley_arena *arena, parley_node *container, const char *key,
                        parley_node *value);

/*
 * Canonical YAML: two-space block style, records that fit in 100 columns in flow style, plain
 * scalars where every YAML 1.1 and 1.2 reader agrees that they are strings (or numbers, dates and
 * true/false that were plain), else double quotes; reading it back gives the same tree. Canonical
 * JSON: two-space indent; plain numbers, true, false and null stay bare.
 */
void parley_document_write_yaml(const parley_node *root, parley_text *out);
void parley_document_write_json(const parley_node *root, parley_text *out);

#endif
