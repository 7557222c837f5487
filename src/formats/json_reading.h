/*
 * Inside the room "formats": what the readers of JSON formats share.
 */
#ifndef PARLEY_FORMATS_JSON_READING_H
#define PARLEY_FORMATS_JSON_READING_H

#include "formats/json.h"
#include "formats/model.h"
#include "formats/names.h"

typedef struct json_reading {
    fmt_model *model;
    fmt_source *source;
    parley_error *err;
} json_reading;

/* An error, or a warning, at a value (at its key when `key`). */
parley_status json_fail(json_reading *r, parley_status status, const fmt_json *at, bool key,
                        const char *format, ...) PARLEY_PRINTF(5, 6);
void json_warn(json_reading *r, const fmt_json *at, bool key, const char *format, ...)
    PARLEY_PRINTF(4, 5);
parley_status json_nomem(json_reading *r);
/* A number, typed as such or as a text. */
parley_status json_number(json_reading *r, const fmt_json *value, const char *what,
                          fmt_number *out) PARLEY_MUST_CHECK;
/* A member that must be there and be an object. */
parley_status json_object(json_reading *r, const fmt_json *holder, const char *key,
                          const fmt_json **out) PARLEY_MUST_CHECK;
/* Members of an object by key. */
parley_status json_index(json_reading *r, const fmt_json *object, fmt_map *map,
                         const fmt_json ***members) PARLEY_MUST_CHECK;

parley_status geniusweb_read_domain(json_reading *r, const fmt_json *root) PARLEY_MUST_CHECK;
parley_status geniusweb_read_profile(json_reading *r, const fmt_json *root,
                                     fmt_profile *out) PARLEY_MUST_CHECK;
/* The issues of the model are those of the first profile: read it with issue_count 0. */
parley_status negolog_read_profile(json_reading *r, const fmt_json *root,
                                   fmt_profile *out) PARLEY_MUST_CHECK;

#endif
