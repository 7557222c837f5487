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

/* Deeper trees are neither read nor written, whatever the limit `depth` says. */
#define PARLEY_DEPTH_MOST 1000u
uint32_t parley_depth_most(const parley_ctx *ctx);

/* ---- writing ---- */

/* Records wider than this are written in block style. */
#define PARLEY_WIDTH 100u

/* Where written text goes, with its width in characters; text NULL only measures. */
typedef struct parley_sink {
    parley_text *text;
    size_t columns;
} parley_sink;

void parley_sink_add(parley_sink *sink, const char *s, size_t length);

/* A scalar of YAML as the canonical writer writes it, and forms of it. */
void parley_put_scalar(parley_sink *sink, const char *s, size_t length, parley_style style);
void parley_put_double(parley_sink *sink, const char *s, size_t length);
void parley_put_single(parley_sink *sink, const char *s, size_t length);
/* A scalar of JSON: bare when it is PLAIN and JSON has such a word or number. */
void parley_put_json(parley_sink *sink, const char *s, size_t length, parley_style style);

/* Can it stand in single quotes on one line; as literal text with the first line as a measure? */
bool parley_fits_single(const char *s, size_t length);
bool parley_fits_literal(const char *s, size_t length);

/*
 * A tree on one line. Stops and returns false past `most` columns of the sink; with SIZE_MAX it
 * never does. An empty plain scalar has no form here: false, or with SIZE_MAX an empty text in
 * quotes.
 */
bool parley_put_flow(parley_sink *sink, const parley_node *node, bool json, size_t most);

/* How a tree is laid out on lines. */
typedef struct parley_layout {
    const char *newline;
    size_t indent;  /* of the tree's own lines; the first line begins where the text stands */
    uint32_t level; /* 0: the tree is the root, 1: a section, ... */
} parley_layout;

/* The members or items of a container that has some, without a last line end; YAML, JSON. */
void parley_put_block(parley_text *out, const parley_node *container, parley_layout layout);
void parley_put_lines(parley_text *out, const parley_node *node, parley_layout layout);
/* A value behind `key:` or `-`, with the blank or line end before it; column: where the text
 * stands. */
void parley_put_value(parley_text *out, const parley_node *value, bool in_map, size_t column,
                      parley_layout layout);

/* ---- documents ---- */

parley_ctx *parley_document_ctx(const parley_document *document);
bool parley_document_is_json(const parley_document *document);

/* ---- edits ---- */

/* A piece of the document's text with helpers to look around; see edit.c. */
typedef struct parley_editing {
    parley_document *document;
    const char *bytes;
    uint32_t length;
    const char *newline; /* as the document writes it */
    parley_text *text;   /* what comes instead */
} parley_editing;

/* NOMEM. */
parley_status parley_editing_begin(parley_editing *out, parley_document *document,
                                   parley_error *err) PARLEY_MUST_CHECK;
/* Make the splice: its text moves to the document's arena. Always releases what begin made. */
parley_status parley_editing_end(parley_editing *editing, parley_status status, uint32_t begin,
                                 uint32_t end, parley_splice *out,
                                 parley_error *err) PARLEY_MUST_CHECK;

/* First byte of the line; the line end (not passed) at or behind a byte; the first byte behind it.
 */
uint32_t parley_line_begin(const parley_editing *e, uint32_t at);
uint32_t parley_line_end(const parley_editing *e, uint32_t at);
uint32_t parley_line_next(const parley_editing *e, uint32_t at);
/* Behind blanks, line ends and comments, but not past `end`. *comment: there was a comment. */
uint32_t parley_skip_gap(const parley_editing *e, uint32_t at, uint32_t end, bool *comment);
/* Are there only blanks between the beginning of its line and a byte? */
bool parley_first_in_line(const parley_editing *e, uint32_t at);
bool parley_is_blank(char c);
bool parley_is_break(char c);
/* Byte at an offset, NUL at the end. */
char parley_byte(const parley_editing *e, uint32_t at);
/* Is its last value nothing, right behind a colon? In braces a blank must follow then. */
bool parley_ends_with_colon(const parley_editing *e, const parley_node *node);
/* An empty value may stand behind a key without a colon (`{a}`, `? a`): write it. */
parley_status parley_put_missing_colon(parley_editing *e, const parley_node *scalar,
                                       parley_error *err) PARLEY_MUST_CHECK;
/* The literal or folded scalar with which a tree ends, or NULL. */
const parley_node *parley_last_literal(const parley_node *node);

/* A text for a message: one line, at most about 60 bytes, cut between characters. */
#define PARLEY_SHOWN_MAX 72
const char *parley_shown(char out[PARLEY_SHOWN_MAX], const char *text, size_t length);

#endif
