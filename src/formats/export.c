/*
 * The way out: a case becomes a model, and the model files of one format.
 */
#include <parley/formats.h>

#include "formats/from_case.h"

#include <string.h>

typedef struct exporting {
    parley_ctx *ctx;
    parley_arena *arena;
    const fmt_model *model;
    parley_format_write_fn write;
    void *user;
    parley_error *err;
} exporting;

/* One file: profile -1 is the domain. */
static parley_status put_file(exporting *ex, const char *stem, int32_t profile)
{
    bool web = ex->model->format == PARLEY_FORMAT_GENIUSWEB;
    char *name = parley_arena_format(ex->arena, "%s.%s", stem, web ? "json" : "xml");
    parley_text *text = parley_text_new(ex->ctx, SIZE_MAX);
    parley_status status = PARLEY_OK;
    if (name == NULL || text == NULL)
        status = parley_fail(ex->err, PARLEY_NOMEM, "no memory to write the files");
    if (status == PARLEY_OK)
        status = web ? geniusweb_write(ex->model, profile, text, ex->err)
                     : genius_write(ex->model, profile, text, ex->err);
    if (status == PARLEY_OK)
        status = ex->write(ex->user, name, parley_text_data(text), parley_text_size(text), ex->err);
    parley_text_free(text);
    return status;
}

static parley_status put_files(exporting *ex)
{
    const char *stem = "domain";
    for (uint32_t p = 0; p < ex->model->profile_count; p++)
        if (strcmp(ex->model->profiles[p].stem, stem) == 0)
            stem = "the-domain";
    parley_status status = put_file(ex, stem, -1);
    for (uint32_t p = 0; p < ex->model->profile_count && status == PARLEY_OK; p++) {
        if (parley_ctx_cancelled(ex->ctx))
            return parley_fail(ex->err, PARLEY_CANCELLED, "stopped while writing the files");
        status = put_file(ex, ex->model->profiles[p].stem, (int32_t)p);
    }
    return status;
}

parley_status parley_formats_export(parley_ctx *ctx, const parley_case *c, parley_format format,
                                    parley_format_write_fn write, void *user,
                                    parley_diagnostics *diagnostics, parley_error *err)
{
    parley_error own = PARLEY_ERROR_INIT;
    fmt_model model;
    err = err != NULL ? err : &own;
    if (format != PARLEY_FORMAT_GENIUS && format != PARLEY_FORMAT_GENIUSWEB) {
        parley_fail(err, PARLEY_INVALID, "files of %s are read, not written",
                    parley_format_word(format));
        parley_error_hint(err, "genius and geniusweb are written");
        return PARLEY_INVALID;
    }
    parley_arena *arena = parley_arena_new(ctx);
    if (arena == NULL)
        return parley_fail(err, PARLEY_NOMEM, "no memory to write the files");
    parley_status status = fmt_from_case(&model, arena, ctx, c, format, diagnostics, err);
    if (status == PARLEY_OK) {
        exporting ex = {ctx, arena, &model, write, user, err};
        status = put_files(&ex);
    }
    parley_arena_free(arena);
    return status;
}
