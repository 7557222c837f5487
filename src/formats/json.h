/*
 * Inside the room "formats": JSON files as a tree with places and numbers as typed.
 */
#ifndef PARLEY_FORMATS_JSON_H
#define PARLEY_FORMATS_JSON_H

#include "formats/source.h"

typedef enum fmt_json_kind {
    FMT_JSON_OBJECT,
    FMT_JSON_ARRAY,
    FMT_JSON_TEXT,
    FMT_JSON_NUMBER,
    FMT_JSON_WORD /* true, false, null */
} fmt_json_kind;

typedef struct fmt_json {
    fmt_json_kind kind;
    const char *key;  /* of a member; NULL in arrays */
    const char *text; /* TEXT: decoded; NUMBER, WORD: as typed */
    uint32_t begin;   /* of the value, in the text of the source */
    uint32_t end;
    uint32_t key_begin;
    uint32_t key_end;
    uint32_t count; /* members or entries */
    struct fmt_json *parent;
    struct fmt_json *first;
    struct fmt_json *last;
    struct fmt_json *next;
} fmt_json;

/*
 * Reads a whole file. A byte order mark and bytes of Windows-1252 are repaired with a warning each;
 * else JSON is read strictly, and a key given twice is refused. SYNTAX with place, LIMIT (depth,
 * nodes), NOMEM. O(n).
 */
parley_status fmt_json_read(fmt_json **out, fmt_source *source,
                            parley_error *err) PARLEY_MUST_CHECK;

/* Member of an object, or NULL (also when it is no object). */
fmt_json *fmt_member(const fmt_json *object, const char *key);
parley_span fmt_json_span(fmt_source *source, const fmt_json *value);
parley_span fmt_json_key_span(fmt_source *source, const fmt_json *member);

#endif
