/*
 * Shared by the files that read, edit and write documents: the table of places (byte, character,
 * line), the checks every input gets first, and words for error messages. Not for other parts of
 * the room.
 */
#ifndef PARLEY_CASE_DOCUMENT_INTERNAL_H
#define PARLEY_CASE_DOCUMENT_INTERNAL_H

#include "case/document.h"

/* What is known at every PARLEY_PLACE_STRIDE-th byte after the byte order mark. */
#define PARLEY_PLACE_STRIDE 1024u

typedef struct parley_place_block {
    uint32_t characters; /* characters that begin before this byte */
    uint32_t line;       /* line ends before this byte */
    uint32_t line_start; /* index of the character that begins the line of this byte */
} parley_place_block;

/*
 * From bytes to lines and columns and from characters to bytes. Characters and columns are counted
 * from behind the byte order mark; lines end with LF, CR LF or CR, as editors count them.
 */
typedef struct parley_places {
    const char *bytes; /* borrowed */
    uint32_t start;    /* length of the byte order mark */
    uint32_t length;
    bool ascii;
    parley_place_block *blocks;
    size_t block_count;
} parley_places;

/* A place on the move: asking in rising order costs no more than the way walked. */
typedef struct parley_place_cursor {
    uint32_t byte;
    uint32_t character;
    uint32_t line; /* from 0 */
    uint32_t line_start;
} parley_place_cursor;

/* bytes must be valid UTF-8 and stay. NOMEM. O(length). */
parley_status parley_places_make(parley_places *out, parley_ctx *ctx, const char *bytes,
                                 uint32_t length, parley_error *err) PARLEY_MUST_CHECK;
void parley_places_drop(parley_places *places, parley_ctx *ctx);

/* Move to a byte, or to the first byte of a character (0-based). Past the end stops at the end. */
void parley_place_to_byte(const parley_places *places, parley_place_cursor *cursor, uint32_t byte);
void parley_place_to_character(const parley_places *places, parley_place_cursor *cursor,
                               uint32_t character);

/*
 * Checks before any reading: size, UTF-8, no NUL, not empty. *start gets the length of the byte
 * order mark. Errors: LIMIT, SYNTAX, INVALID.
 */
parley_status parley_input_check(parley_ctx *ctx, const char *name, const char *bytes,
                                 size_t length, uint32_t *start,
                                 parley_error *err) PARLEY_MUST_CHECK;

/* A syntax error as libyaml tells it, with places in bytes. */
typedef struct parley_yaml_problem {
    const char *name; /* of the file */
    const char *bytes;
    uint32_t length;
    const char *problem; /* libyaml's words, never NULL */
    const char *context; /* libyaml's words, or NULL */
    parley_span at;
    parley_span since; /* where the thing began that has the problem; line 0: not told */
} parley_yaml_problem;

/* Say it in plain words: SYNTAX or INVALID, with place and hint. */
parley_status parley_yaml_explain(const parley_yaml_problem *problem, parley_error *err);

/* Is this a number as JSON writes it; or such a number, true, false or null? */
bool parley_is_json_number(const char *s, size_t length);
bool parley_is_json_bare(const char *s, size_t length);

/* A text for a message: one line, at most about 60 bytes, cut between characters. */
#define PARLEY_SHOWN_MAX 72
const char *parley_shown(char out[PARLEY_SHOWN_MAX], const char *text, size_t length);

#endif
