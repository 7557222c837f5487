/*
 * Inside the room "formats": scoring games in text files.
 */
#ifndef PARLEY_FORMATS_SCORABLE_H
#define PARLEY_FORMATS_SCORABLE_H

#include "formats/model.h"

/* Reads all files of a game. list may be NULL. */
parley_status scorable_read(fmt_model *model, parley_ctx *ctx, const parley_format_file *files,
                            size_t count, parley_diagnostics *list,
                            parley_error *err) PARLEY_MUST_CHECK;

#endif
