/*
 * Inside the room "formats": one file as bytes, its text, and places in it.
 *
 * A file is decoded first: UTF-8, else Windows-1252 with a warning. Readers may then take things
 * out of the text or put things into it; places in the edited text are led back to lines and
 * columns of the file as it is on disk.
 */
#ifndef PARLEY_FORMATS_SOURCE_H
#define PARLEY_FORMATS_SOURCE_H

#include <parley/base.h>

/* From place `text` of the edited text on, bytes are those of the file from `file` on. */
typedef struct fmt_jump {
    uint32_t text;
    uint32_t file;
} fmt_jump;

typedef struct fmt_source {
    parley_ctx *ctx;
    parley_arena *arena;
    parley_diagnostics *list; /* may be NULL */
    const char *name;
    const char *bytes; /* as given */
    uint32_t length;
    bool western;      /* Windows-1252 */
    parley_text *text; /* what is read; NUL behind it */
    fmt_jump *jumps;
    uint32_t jump_count;
    uint32_t jump_size;
    uint32_t expected; /* byte of the file that would go on without a jump */
    /* where the last place was counted to */
    uint32_t at;
    uint32_t line;
    uint32_t column; /* characters of the line before it */
    bool failed;     /* no memory for a jump */
} fmt_source;

/*
 * Checks size and NULs, and finds the encoding. The text is empty: the reader adds to it. bytes and
 * name stay with the caller. LIMIT, SYNTAX (empty, a NUL), NOMEM. fmt_source_end in any case.
 */
parley_status fmt_source_begin(fmt_source *out, parley_ctx *ctx, parley_arena *arena,
                               parley_diagnostics *list, const char *name, const char *bytes,
                               size_t length, parley_error *err) PARLEY_MUST_CHECK;
void fmt_source_end(fmt_source *source);

/* Add bytes begin .. end of the file to the text, decoded. */
void fmt_source_take(fmt_source *source, uint32_t begin, uint32_t end);
/* Add words of our own that stand for byte `at` of the file. */
void fmt_source_put(fmt_source *source, const char *s, uint32_t at);
/* Blanks for bytes begin .. end, line ends stay. */
void fmt_source_blank(fmt_source *source, uint32_t begin, uint32_t end);
/* The whole text is there: NOMEM, LIMIT. */
parley_status fmt_source_ready(fmt_source *source, parley_error *err) PARLEY_MUST_CHECK;

/* Places: of bytes of the file, and of bytes of the text. */
parley_span fmt_source_span(fmt_source *source, uint32_t begin, uint32_t end);
parley_span fmt_text_span(fmt_source *source, uint32_t begin, uint32_t end);

/* A warning, with a hint if hint is not NULL. */
void fmt_warn(fmt_source *source, parley_span span, const char *hint, const char *format, ...)
    PARLEY_PRINTF(4, 5);

/* A text for a message: one line, at most about 60 bytes. */
#define FMT_SHOWN_MAX 72
const char *fmt_shown(char out[FMT_SHOWN_MAX], const char *s);

#endif
