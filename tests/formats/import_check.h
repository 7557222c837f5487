/*
 * What the tests of the room "formats" share: importing texts, and a case as YAML.
 */
#ifndef PARLEY_TESTS_FORMATS_IMPORT_CHECK_H
#define PARLEY_TESTS_FORMATS_IMPORT_CHECK_H

#include "support/check.h"

#include <string.h>

#include <parley/formats.h>
#include <parley/values.h>

enum { IMPORT_FILES = 4 };

typedef struct import {
    parley_ctx *ctx;
    parley_case *c;
    parley_diagnostics *list;
    parley_error err;
    parley_status status;
} import;

/* Texts with their names: {"a.xml", text, "b.xml", text, NULL}. */
static inline import import_texts(parley_format format, const char *const *texts, bool cap)
{
import im = {.ctx = check_ctx(), .err = PARLEY_ERROR_INIT };
    parley_format_file files[IMPORT_FILES];
    parley_formats_options options = PARLEY_FORMATS_OPTIONS_INIT;
    size_t count = 0;
    for (; texts[2 * count] != NULL; count++) {
        assert_true(count < IMPORT_FILES);
        files[count] = (parley_format_file){texts[2 * count], texts[2 * count + 1],
                                            strlen(texts[2 * count + 1])};
    }
    options.cap = cap;
    im.list = parley_diagnostics_new(im.ctx);
    assert_non_null(im.list);
    im.status =
        parley_formats_import(&im.c, im.ctx, format, files, count, &options, im.list, &im.err);
    return im;
}

static inline void import_done(import *im)
{
    parley_case_free(im->c);
    parley_diagnostics_free(im->list);
    check_ctx_done(im->ctx);
}

/* Is there a warning with these words, at this line (0: any)? */
static inline bool has_warning(const import *im, const char *words, uint32_t line)
{
    for (size_t i = 0; i < parley_diagnostics_size(im->list); i++) {
        const parley_diagnostic *d = parley_diagnostics_at(im->list, i);
        if (d->severity == PARLEY_SEVERITY_WARNING && strstr(d->error.message, words) != NULL &&
            (line == 0 || d->error.span.line == line))
            return true;
    }
    return false;
}

static inline void shown(const import *im)
{
    char text[1024];
    for (size_t i = 0; i < parley_diagnostics_size(im->list); i++) {
        parley_error_print(&parley_diagnostics_at(im->list, i)->error, text, sizeof text);
        print_message("# %s\n", text);
    }
    parley_error_print(&im->err, text, sizeof text);
    print_message("# status '%s': %s\n", parley_status_word(im->status), text);
}

/* A file that must be refused: where, and with which words. */
typedef struct refused {
    const char *name; /* of the kind of fault */
    parley_status status;
    const char *source; /* the file blamed */
    uint32_t line;
    uint32_t column;
    const char *words;
    const char *texts[2 * IMPORT_FILES + 1];
} refused;

static inline void check_refused(parley_format format, const refused *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const refused *r = &rows[i];
import im = import_texts(format, r->texts, false);
        bool good = im.status == r->status && im.c == NULL && im.err.status == r->status &&
                    strcmp(im.err.source, r->source) == 0 && im.err.span.line == r->line &&
                    im.err.span.column == r->column && strstr(im.err.message, r->words) != NULL;
        if (!good) {
            shown(&im);
            print_error("'%s' is not refused with '%s', %s:%u:%u, '%s'\n", r->name,
                        parley_status_word(r->status), r->source, r->line, r->column, r->words);
        }
        assert_true(good);
        assert_true(parley_diagnostics_errors(im.list) == 1);
        import_done(&im);
    }
}

/* The number of a worth as a decimal or fraction. */
static inline void check_fraction_at(parley_fraction f, const char *wanted, const char *file,
                                     int line)
{
    char text[100];
    parley_fraction_print(f, text, sizeof text);
    if (strcmp(text, wanted) != 0) {
        print_error("%s, not %s\n", text, wanted);
        _fail(file, line);
    }
}
#define check_fraction(f, wanted) check_fraction_at((f), (wanted), __FILE__, __LINE__)

#endif
