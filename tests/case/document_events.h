/*
 * For the tests of readers: all events of a text as one line, and tables of faults.
 *
 * A scalar is its text behind a letter for its style: p plain, s single, d double, l literal, f
 * folded;
 * {} and [] in flow style, <> and () in block style.
 */
#ifndef PARLEY_TESTS_CASE_DOCUMENT_EVENTS_H
#define PARLEY_TESTS_CASE_DOCUMENT_EVENTS_H

#include "case/document.h"
#include "support/torture.h"

#include <stdio.h>

typedef parley_status (*reader_fn)(parley_reader *out, parley_ctx *ctx, const char *name,
                                   const char *bytes, size_t length, parley_error *err);

static inline parley_status events_of(parley_ctx *ctx, reader_fn make, const char *s, size_t n,
                                      char *out, size_t size, parley_error *err)
{
    parley_reader reader;
    size_t used = 0;
    parley_status status = make(&reader, ctx, "x", s, n, err);
    out[0] = '\0';
    while (status == PARLEY_OK) {
        parley_event e;
        status = reader.next(reader.self, &e, err);
        if (status != PARLEY_OK || e.kind == PARLEY_EVENT_END)
            break;
        assert_true(e.span.begin <= e.span.end && e.span.end <= n && e.span.line > 0);
        static const char marks[][5] = {"{ }", "[ ]", "< >", "( )"};
        bool map = e.kind == PARLEY_EVENT_MAP_BEGIN || e.kind == PARLEY_EVENT_MAP_END;
        bool end = e.kind == PARLEY_EVENT_MAP_END || e.kind == PARLEY_EVENT_LIST_END;
        const char *pair = marks[(map ? 0 : 1) + (e.flow ? 0 : 2)];
        if (e.kind == PARLEY_EVENT_SCALAR)
            used += (size_t)snprintf(out + used, size - used, "%c:%s ", "psdlf"[e.style], e.text);
        else
            used += (size_t)snprintf(out + used, size - used, "%c ", pair[end ? 2 : 0]);
        assert_true(used < size);
    }
    if (used > 0)
        out[used - 1] = '\0';
    if (reader.free != NULL)
        reader.free(reader.self);
    return status;
}

static inline void check_events(reader_fn make, const char *s, const char *wanted)
{
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    char out[4096];
    check_ok(events_of(ctx, make, s, strlen(s), out, sizeof out, &err), &err);
    assert_string_equal(out, wanted);
    check_ctx_done(ctx);
}

typedef struct fault {
    const char *text;
    parley_status status;
    uint32_t line;
    uint32_t column;
    const char *message; /* a part of it */
    const char *hint;    /* a part of it */
} fault;

static inline void check_faults(reader_fn make, const fault *faults, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const fault *f = &faults[i];
        parley_ctx *ctx = check_ctx();
        parley_error err = PARLEY_ERROR_INIT;
        char out[4096];
        parley_status status =
            events_of(ctx, make, f->text, strlen(f->text), out, sizeof out, &err);
        if (status != f->status || err.span.line != f->line || err.span.column != f->column ||
            strstr(err.message, f->message) == NULL || strstr(err.hint, f->hint) == NULL ||
            err.span.end > strlen(f->text) || err.span.begin > err.span.end) {
            char line[1024];
            parley_error_print(&err, line, sizeof line);
            print_error("for:\n%s\nwanted: %s at %u:%u: ...%s...; ...%s...\ngot %s: %s\n", f->text,
                        parley_status_word(f->status), f->line, f->column, f->message, f->hint,
                        parley_status_word(status), line);
            fail();
        }
        check_ctx_done(ctx);
    }
}

#endif
