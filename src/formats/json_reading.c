/*
 * What the readers of JSON formats share: errors with places, numbers, members by key.
 */
#include "formats/json_reading.h"

#include <stdio.h>
#include <string.h>

static parley_span place(json_reading *r, const fmt_json *at, bool key)
{
    return key ? fmt_json_key_span(r->source, at) : fmt_json_span(r->source, at);
}

parley_status json_fail(json_reading *r, parley_status status, const fmt_json *at, bool key,
                        const char *format, ...)
{
    char message[PARLEY_ERROR_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return parley_fail_at(r->err, status, r->source->name, place(r, at, key), "%s", message);
}

void json_warn(json_reading *r, const fmt_json *at, bool key, const char *format, ...)
{
    char message[PARLEY_ERROR_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    fmt_warn(r->source, place(r, at, key), NULL, "%s", message);
}

parley_status json_nomem(json_reading *r)
{
    return parley_fail(r->err, PARLEY_NOMEM, "no memory to read '%s'", r->source->name);
}

parley_status json_number(json_reading *r, const fmt_json *value, const char *what, fmt_number *out)
{
    parley_error own = PARLEY_ERROR_INIT;
    bool rounded = false;
    *out = FMT_ZERO;
    if (value->kind != FMT_JSON_NUMBER && value->kind != FMT_JSON_TEXT)
        return json_fail(r, PARLEY_INVALID, value, false, "%s must be a number", what);
    parley_status status = fmt_number_parse(out, value->text, strlen(value->text), &rounded, &own);
    if (status != PARLEY_OK)
        return json_fail(r, status, value, false, "%s: %s", what, own.message);
    if (rounded)
        json_warn(r, value, false, "more digits than Parley keeps; rounded to 18");
    return PARLEY_OK;
}

parley_status json_object(json_reading *r, const fmt_json *holder, const char *key,
                          const fmt_json **out)
{
    *out = fmt_member(holder, key);
    if (*out == NULL)
        return json_fail(r, PARLEY_INVALID, holder, false, "'%s' is missing here", key);
    if ((*out)->kind != FMT_JSON_OBJECT)
        return json_fail(r, PARLEY_INVALID, *out, false, "'%s' must be an object", key);
    return PARLEY_OK;
}

parley_status json_index(json_reading *r, const fmt_json *object, fmt_map *map,
                         const fmt_json ***members)
{
    *map = (fmt_map){.arena = r->model->arena};
    *members = parley_arena_array(r->model->arena, object->count, sizeof(**members));
    if (*members == NULL)
        return json_nomem(r);
    uint32_t n = 0;
    for (const fmt_json *m = object->first; m != NULL; m = m->next) {
        (*members)[n] = m;
        if (m->key != NULL && !fmt_map_add(map, m->key, n))
            return json_nomem(r);
        n++;
    }
    return PARLEY_OK;
}
