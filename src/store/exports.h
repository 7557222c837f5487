/*
 * Inside the room "store": the export log in its two places.
 */
#ifndef PARLEY_STORE_EXPORTS_H
#define PARLEY_STORE_EXPORTS_H

#include "store/store_internal.h"
#include <parley/exports.h>

/* export_text.c */
parley_status store_export_write(parley_text *out, const parley_export *e,
                                 parley_error *err) PARLEY_MUST_CHECK;
/* *good: these are the words of an export. The rest of *out is as it was. NOMEM. */
parley_status store_export_read(parley_export *out, parley_arena *arena, const char *words,
                                size_t length, bool *good, parley_error *err) PARLEY_MUST_CHECK;

/* export_file.c: the file beside a case file */
typedef struct store_beside {
    int fd; /* -1: there is none yet */
    bool write;
    const char *path;
} store_beside;

parley_status store_beside_open(store_beside *out, const char *path, bool write,
                                parley_error *err) PARLEY_MUST_CHECK;
void store_beside_close(store_beside *b);
parley_status store_beside_add(store_beside *b, parley_ctx *ctx, uint64_t target, int64_t when,
                               const char *words, size_t length, uint64_t *number,
                               parley_error *err) PARLEY_MUST_CHECK;
/* Every block whose text can be read; what is wrong about the file goes to diagnostics. */
parley_status store_beside_read(store_beside *b, parley_ctx *ctx, parley_arena *arena,
                                bool (*visit)(void *user, const parley_export *head,
                                              const char *words, size_t length),
                                void *user, parley_diagnostics *diagnostics,
                                parley_error *err) PARLEY_MUST_CHECK;

#endif
