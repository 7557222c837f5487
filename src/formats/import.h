/*
 * Inside the room "formats": reading files into a model.
 */
#ifndef PARLEY_FORMATS_IMPORT_H
#define PARLEY_FORMATS_IMPORT_H

#include "formats/model.h"

/* Everything of the model is in the arena, or borrowed from the files. As parley_formats_import. */
parley_status fmt_read_model(fmt_model *model, parley_arena *arena, parley_ctx *ctx,
                             parley_format format, const parley_format_file *files, size_t count,
                             parley_diagnostics *list, parley_error *err) PARLEY_MUST_CHECK;

#endif
