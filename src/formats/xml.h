/*
 * Inside the room "formats": lenient reading of small XML files, as a tree with places.
 */
#ifndef PARLEY_FORMATS_XML_H
#define PARLEY_FORMATS_XML_H

#include "formats/source.h"

typedef struct fmt_attribute {
    const char *name;
    const char *value;
} fmt_attribute;

/* An element; text between elements is not kept. */
typedef struct fmt_element {
    const char *name;
    uint32_t begin; /* of the start tag, in the text of the source */
    uint32_t end;
    const fmt_attribute *attributes;
    uint32_t attribute_count;
    struct fmt_element *parent;
    struct fmt_element *first;
    struct fmt_element *last;
    struct fmt_element *next;
} fmt_element;

/*
 * Reads the first element with one of the names in `roots` (ended by NULL), with what files in the
 * wild need: bytes of Windows-1252, something before the root (comments, a declaration that is not
 * at the beginning), comments anywhere, bare `&`, something behind the root's end. Each kind of
 * repair is one warning with its first place. What stands before the root is dropped, so there is
 * no document type and no entity but the five of XML. Limits: file_bytes, depth, nodes. SYNTAX with
 * place, LIMIT, NOMEM. O(n).
 */
parley_status fmt_xml_read(fmt_element **out, fmt_source *source, const char *const *roots,
                           parley_error *err) PARLEY_MUST_CHECK;

/* Value of an attribute, or NULL. */
const char *fmt_attribute_of(const fmt_element *e, const char *name);
/* First child with a name; next sibling with a name; NULL. */
fmt_element *fmt_child(const fmt_element *e, const char *name);
fmt_element *fmt_sibling(const fmt_element *e, const char *name);
/* Place of the start tag, or of the attribute's value if name is not NULL and it is there. */
parley_span fmt_element_span(fmt_source *source, const fmt_element *e, const char *name);

#endif
