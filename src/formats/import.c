/*
 * The way in: files of one format become a model, and the model a case.
 */
#include "formats/import.h"
#include "formats/genius.h"
#include "formats/json_reading.h"
#include "formats/scorable.h"
#include "formats/to_case.h"

#include <string.h>

static const char *const format_words[PARLEY_FORMAT_COUNT] = {
#define FORMAT_WORD(name, word, text, files) word,
    PARLEY_FORMAT_LIST(FORMAT_WORD)
#undef FORMAT_WORD
};

const char *parley_format_word(parley_format format)
{
    return format < PARLEY_FORMAT_COUNT ? format_words[format] : "unknown";
}

int parley_format_from_word(const char *word)
{
    for (int i = 0; i < PARLEY_FORMAT_COUNT; i++)
        if (strcmp(format_words[i], word) == 0)
            return i;
    return -1;
}

/* ---- names of files ---- */

/* The last part of a path without its ending. */
static const char *stem_of(parley_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    const char *point = strrchr(name, '.');
    return parley_arena_copy(arena, name,
                             point != NULL && point > name ? (size_t)(point - name) : strlen(name));
}

/* The folder that a path stands in, or "" when it has none. */
static const char *folder_of(parley_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *end = slash;
    while (end != NULL && end > path && end[-1] == '/')
        end--;
    const char *begin = end;
    while (begin != NULL && begin > path && begin[-1] != '/')
        begin--;
    return end == NULL ? "" : parley_arena_copy(arena, begin, (size_t)(end - begin));
}

/* ---- one file ---- */

typedef struct importing {
    parley_ctx *ctx;
    fmt_model *model;
    parley_diagnostics *list;
    parley_error *err;
} importing;

/* profile NULL: the domain. */
static parley_status read_xml(importing *im, fmt_source *source, fmt_profile *profile)
{
    genius_reading r = {im->model, source, im->err};
    fmt_element *root = NULL;
    parley_status status = fmt_xml_read(&root, source, genius_roots, im->err);
    if (status != PARLEY_OK)
        return status;
    return profile == NULL ? genius_read_domain(&r, root) : genius_read_profile(&r, root, profile);
}

static parley_status read_json(importing *im, fmt_source *source, fmt_profile *profile)
{
    json_reading r = {im->model, source, im->err};
    fmt_json *root = NULL;
    parley_status status = fmt_json_read(&root, source, im->err);
    if (status != PARLEY_OK)
        return status;
    if (im->model->format == PARLEY_FORMAT_NEGOLOG)
        return negolog_read_profile(&r, root, profile);
    return profile == NULL ? geniusweb_read_domain(&r, root)
                           : geniusweb_read_profile(&r, root, profile);
}

static parley_status read_file(importing *im, const parley_format_file *file, fmt_profile *profile)
{
    fmt_source source;
    fmt_model *m = im->model;
    if (profile != NULL) {
        profile->file = file->name;
        profile->name = stem_of(m->arena, file->name);
        if (profile->name == NULL)
            return parley_fail(im->err, PARLEY_NOMEM, "no memory to read '%s'", file->name);
    } else {
        m->file = file->name;
    }
    parley_status status = fmt_source_begin(&source, im->ctx, m->arena, im->list, file->name,
                                            file->bytes, file->length, im->err);
    if (status == PARLEY_OK)
        status = m->format == PARLEY_FORMAT_GENIUS ? read_xml(im, &source, profile)
                                                   : read_json(im, &source, profile);
    fmt_source_end(&source);
    return status;
}

/* ---- all files ---- */

static parley_status check_count(importing *im, size_t count)
{
    static const size_t least[PARLEY_FORMAT_COUNT] = {2, 2, 1, 1};
    static const char *const wanted[PARLEY_FORMAT_COUNT] = {
        "a domain and at least one profile", "a domain and at least one profile",
        "at least one profile", "the files of a game"};
    parley_format f = im->model->format;
    uint32_t most = parley_ctx_limits(im->ctx)->parties;
    if (count < least[f])
        return parley_fail(im->err, PARLEY_INVALID, "%s takes %s", parley_format_word(f),
                           wanted[f]);
    if (f != PARLEY_FORMAT_SCORABLE && count > (size_t)most + 1)
        return parley_fail(im->err, PARLEY_LIMIT, "more than %u parties (limit 'parties')",
                           (unsigned)most);
    return PARLEY_OK;
}

static parley_status read_profiles(importing *im, const parley_format_file *files, size_t count)
{
    fmt_model *m = im->model;
    parley_status status = PARLEY_OK;
    m->profiles = parley_arena_array(m->arena, count, sizeof(*m->profiles));
    if (m->profiles == NULL)
        return parley_fail(im->err, PARLEY_NOMEM, "no memory to read the profiles");
    for (size_t i = 0; i < count && status == PARLEY_OK; i++) {
        if (parley_ctx_cancelled(im->ctx))
            return parley_fail(im->err, PARLEY_CANCELLED, "stopped while reading '%s'",
                               files[i].name);
        status = read_file(im, &files[i], &m->profiles[m->profile_count++]);
    }
    return status;
}

/* What the case is called: the domain's own name, else that of its file or folder. */
static parley_status name_model(importing *im, const parley_format_file *files)
{
    fmt_model *m = im->model;
    bool own = m->name != NULL && m->name[0] != '\0' && strcmp(m->name, "root") != 0 &&
               strcmp(m->name, "Root") != 0;
    if (!own)
        m->name = m->format == PARLEY_FORMAT_NEGOLOG || m->format == PARLEY_FORMAT_SCORABLE
                      ? folder_of(m->arena, files[0].name)
                      : stem_of(m->arena, files[0].name);
    if (m->name != NULL && m->name[0] == '\0')
        m->name = stem_of(m->arena, files[0].name);
    return m->name != NULL ? PARLEY_OK
                           : parley_fail(im->err, PARLEY_NOMEM, "no memory to name the case");
}

parley_status fmt_read_model(fmt_model *model, parley_arena *arena, parley_ctx *ctx,
                             parley_format format, const parley_format_file *files, size_t count,
                             parley_diagnostics *list, parley_error *err)
{
    *model = (fmt_model){.arena = arena, .format = format};
    importing im = {ctx, model, list, err};
    parley_status status = check_count(&im, count);
    if (status != PARLEY_OK)
        return status;
    if (format == PARLEY_FORMAT_SCORABLE) {
        status = scorable_read(model, ctx, files, count, list, err);
    } else if (format == PARLEY_FORMAT_NEGOLOG) {
        status = read_profiles(&im, files, count);
    } else {
        status = read_file(&im, &files[0], NULL);
        if (status == PARLEY_OK)
            status = read_profiles(&im, files + 1, count - 1);
    }
    return status == PARLEY_OK ? name_model(&im, files) : status;
}

/* ---- the public way ---- */

static void hand_on(parley_diagnostics *to, const parley_diagnostics *from)
{
    for (size_t i = 0; to != NULL && i < parley_diagnostics_size(from); i++) {
        const parley_diagnostic *d = parley_diagnostics_at(from, i);
        parley_diagnostics_add(to, d->severity, &d->error);
    }
}

/* The name that the case is read by must end in .json, for it is JSON. */
static const char *case_name(parley_arena *arena, const parley_formats_options *options,
                             const fmt_model *model)
{
    const char *name = options->name != NULL ? options->name : model->name;
    const char *slash = strrchr(name, '/');
    name = slash != NULL ? slash + 1 : name;
    return parley_arena_format(arena, "%s.json", name);
}

parley_status parley_formats_import(parley_case **out, parley_ctx *ctx, parley_format format,
                                    const parley_format_file *files, size_t count,
                                    const parley_formats_options *options,
                                    parley_diagnostics *diagnostics, parley_error *err)
{
    const parley_formats_options usual = PARLEY_FORMATS_OPTIONS_INIT;
    parley_error own = PARLEY_ERROR_INIT;
    err = err != NULL ? err : &own;
    options = options != NULL ? options : &usual;
    *out = NULL;
    if (options->version != 1 || format >= PARLEY_FORMAT_COUNT)
        return parley_fail(err, PARLEY_INVALID, "unknown version of the options, or format");
    parley_arena *arena = parley_arena_new(ctx);
    parley_diagnostics *list = parley_diagnostics_new(ctx);
    parley_status status = PARLEY_OK;
    if (arena == NULL || list == NULL)
        status = parley_fail(err, PARLEY_NOMEM, "no memory to read the files");
    fmt_model model;
    if (status == PARLEY_OK)
        status = fmt_read_model(&model, arena, ctx, format, files, count, list, err);
    if (status == PARLEY_OK) {
        model.cap = options->cap && format == PARLEY_FORMAT_GENIUS;
        const char *name = case_name(arena, options, &model);
        status = name == NULL ? parley_fail(err, PARLEY_NOMEM, "no memory to make a case")
                              : fmt_to_case(out, ctx, &model, name, list, list, err);
    }
    hand_on(diagnostics, list);
    if (status != PARLEY_OK && diagnostics != NULL)
        parley_diagnostics_add(diagnostics, PARLEY_SEVERITY_ERROR, err);
    parley_diagnostics_free(list);
    parley_arena_free(arena);
    return status;
}
