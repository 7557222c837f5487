/*
 * What every fuzz target of the room "formats" does: the input is cut into files at lines of five
 * equals signs, the files are imported, and what comes out is held to what it promises.
 */
#ifndef PARLEY_FUZZ_FORMATS_CHECK_H
#define PARLEY_FUZZ_FORMATS_CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <parley/formats.h>

#define REQUIRE(x)                                                                                 \
    ((x) ? (void)0 : (fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x), abort()))

/* Files in one input; files out of it: the domain, and a profile for each party and model. */
enum { FORMATS_FILES = 4, FORMATS_FILES_OUT = 64 };

/* A case that came out can be written and read again, and comes out the same. */
static inline void check_case(parley_ctx *ctx, const parley_case *c)
{
    parley_text *first = parley_text_new(ctx, SIZE_MAX);
    parley_text *second = parley_text_new(ctx, SIZE_MAX);
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    parley_case *again = NULL;
    REQUIRE(first != NULL && second != NULL);
    parley_case_write_yaml(c, first);
    REQUIRE(parley_case_read(&again, ctx, "x.yaml", parley_text_data(first),
                             parley_text_size(first), &options, NULL, NULL) == PARLEY_OK);
    parley_case_write_yaml(again, second);
    REQUIRE(strcmp(parley_text_data(first), parley_text_data(second)) == 0);
    parley_case_free(again);
    parley_text_free(first);
    parley_text_free(second);
}

/* Files that went out, to be read again. */
typedef struct formats_outgoing {
    parley_format_file file[FORMATS_FILES_OUT];
    char names[FORMATS_FILES_OUT][256];
    size_t count;
} formats_outgoing;

static inline parley_status keep_file(void *user, const char *name, const char *bytes,
                                      size_t length, parley_error *err)
{
    formats_outgoing *o = user;
    (void)err;
    REQUIRE(o->count < FORMATS_FILES_OUT && strlen(name) < sizeof o->names[0]);
    char *copy = malloc(length + 1);
    REQUIRE(copy != NULL);
    memcpy(copy, bytes, length);
    strcpy(o->names[o->count], name);
    o->file[o->count] = (parley_format_file){o->names[o->count], copy, length};
    o->count++;
    return PARLEY_OK;
}

/* What is written out can be read again. */
static inline void check_export(parley_ctx *ctx, const parley_case *c, parley_format format)
{
    formats_outgoing first = {.count = 0};
    parley_case *again = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = parley_formats_export(ctx, c, format, keep_file, &first, NULL, &err);
    REQUIRE(status != PARLEY_NOMEM && status != PARLEY_INTERNAL);
    if (status == PARLEY_OK) {
        status =
            parley_formats_import(&again, ctx, format, first.file, first.count, NULL, NULL, &err);
        if (status != PARLEY_OK)
            fprintf(stderr, "%s:%u: %s\n", err.source, err.span.line, err.message);
        REQUIRE(status == PARLEY_OK && again != NULL);
    }
    for (size_t i = 0; i < first.count; i++)
        free((char *)(uintptr_t)first.file[i].bytes);
    parley_case_free(again);
}

/* Every place lies in the file it is said of. */
static inline void check_place(const parley_error *e, const parley_format_file *files, size_t count)
{
    REQUIRE(e->message[0] != '\0');
    REQUIRE(strchr(e->message, '\n') == NULL);
    for (size_t i = 0; i < count && e->span.line > 0; i++)
        if (strcmp(files[i].name, e->source) == 0)
            REQUIRE(e->span.begin <= e->span.end && e->span.end <= files[i].length);
}

static inline void check_import(parley_format format, const parley_format_file *files, size_t count,
                                bool cap)
{
    parley_ctx *ctx = NULL;
    parley_case *c = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    parley_formats_options options = PARLEY_FORMATS_OPTIONS_INIT;
    REQUIRE(parley_ctx_new(&ctx, NULL, NULL) == PARLEY_OK);
    parley_diagnostics *list = parley_diagnostics_new(ctx);
    REQUIRE(list != NULL);
    options.cap = cap;
    parley_status status =
        parley_formats_import(&c, ctx, format, files, count, &options, list, &err);
    REQUIRE((status == PARLEY_OK) == (c != NULL));
    REQUIRE(status != PARLEY_NOMEM && status != PARLEY_INTERNAL);
    if (status != PARLEY_OK)
        check_place(&err, files, count);
    else
        check_case(ctx, c);
    if (status == PARLEY_OK) {
        check_export(ctx, c, PARLEY_FORMAT_GENIUS);
        check_export(ctx, c, PARLEY_FORMAT_GENIUSWEB);
    }
    for (size_t i = 0; i < parley_diagnostics_size(list); i++)
        check_place(&parley_diagnostics_at(list, i)->error, files, count);
    parley_diagnostics_free(list);
    parley_case_free(c);
    REQUIRE(parley_ctx_bytes(ctx) == 0);
    parley_ctx_free(ctx);
}

static inline void check_format(parley_format format, const char *const *names, const uint8_t *data,
                                size_t size)
{
    static const char cut[] = "\n=====\n";
    parley_format_file files[FORMATS_FILES];
    char *copies[FORMATS_FILES];
    size_t count = 0;
    size_t begin = 0;
    while (count < FORMATS_FILES) {
        size_t end = begin;
        while (end < size && (size - end < sizeof cut - 1 || count == FORMATS_FILES - 1 ||
                              memcmp(data + end, cut, sizeof cut - 1) != 0))
            end++;
        copies[count] = malloc(end - begin + 1); /* of its own size, so that no overrun is hidden */
        REQUIRE(copies[count] != NULL);
        memcpy(copies[count], data + begin, end - begin);
        files[count] = (parley_format_file){names[count], copies[count], end - begin};
        count++;
        if (end >= size)
            break;
        begin = end + sizeof cut - 1;
    }
    check_import(format, files, count, size % 2 == 1);
    for (size_t i = 0; i < count; i++)
        free(copies[i]);
}

#endif
