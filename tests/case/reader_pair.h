/*
 * For the tests and the fuzz target of YAML: the quick reader of YAML beside libyaml's. What the
 * quick one takes to the end gives the same events at the same places.
 */
#ifndef PARLEY_TESTS_CASE_READER_PAIR_H
#define PARLEY_TESTS_CASE_READER_PAIR_H

#include "case/document.h"

#include <stdio.h>
#include <string.h>

typedef enum pair_result {
    PAIR_GIVEN_UP, /* by the quick reader; nothing to compare */
    PAIR_SAME,
    PAIR_DIFFERENT /* told on stderr */
} pair_result;

static inline bool pair_same_event(const parley_event *a, const parley_event *b)
{
    bool end = a->kind == PARLEY_EVENT_MAP_END || a->kind == PARLEY_EVENT_LIST_END;
    return a->kind == b->kind && a->style == b->style && a->flow == b->flow &&
           a->length == b->length && (a->length == 0 || memcmp(a->text, b->text, a->length) == 0) &&
           a->span.end == b->span.end &&
           (end || (a->span.begin == b->span.begin && a->span.line == b->span.line &&
                    a->span.column == b->span.column));
}

/* Does the quick reader come to the end? */
static inline bool pair_is_plain(parley_ctx *ctx, const char *bytes, size_t length)
{
    parley_reader quick = {0};
    parley_event event = {0};
    parley_status status = parley_plain_reader(&quick, ctx, "x", bytes, length, NULL);
    do {
        if (status == PARLEY_OK) {
            status = quick.next(quick.self, &event, NULL);
        }
    } while (status == PARLEY_OK && event.kind != PARLEY_EVENT_END);
    if (quick.free != NULL) {
        quick.free(quick.self);
    }
    return status == PARLEY_OK;
}

static inline pair_result pair_compare(parley_ctx *ctx, const char *bytes, size_t length)
{
    parley_reader reader[2] = {{0}, {0}};
    parley_event event[2] = {{0}, {0}};
    parley_error err = PARLEY_ERROR_INIT;
    if (!pair_is_plain(ctx, bytes, length)) {
        return PAIR_GIVEN_UP;
    }
    parley_status status = parley_plain_reader(&reader[0], ctx, "x", bytes, length, NULL);
    if (status == PARLEY_OK) {
        status = parley_yaml_reader(&reader[1], ctx, "x", bytes, length, &err);
    }
    bool same = status == PARLEY_OK;
    uint64_t n = 0;
    do {
        same = same && reader[0].next(reader[0].self, &event[0], NULL) == PARLEY_OK &&
               reader[1].next(reader[1].self, &event[1], &err) == PARLEY_OK &&
               pair_same_event(&event[0], &event[1]);
        n++;
    } while (same && event[0].kind != PARLEY_EVENT_END);
    if (!same) {
        fprintf(stderr,
                "event %llu: kind %d at %u-%u (%u:%u); libyaml: kind %d at %u-%u (%u:%u) %s\n",
                (unsigned long long)n, (int)event[0].kind, event[0].span.begin, event[0].span.end,
                event[0].span.line, event[0].span.column, (int)event[1].kind, event[1].span.begin,
                event[1].span.end, event[1].span.line, event[1].span.column, err.message);
    }
    for (int i = 0; i < 2; i++) {
        if (reader[i].free != NULL) {
            reader[i].free(reader[i].self);
        }
    }
    return same ? PAIR_SAME : PAIR_DIFFERENT;
}

#endif
