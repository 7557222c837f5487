/*
 * Other people's files: read from the disk, handed to the room "formats", and written for others.
 */
#include "cli/foreign.h"
#include "cli/save.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILES_MOST 1024u

/* Files with their bytes, which belong to this list; names are in the arena. */
typedef struct file_list {
    parley_ctx *ctx;
    parley_arena *arena;
    parley_format_file file[FILES_MOST];
    char *bytes[FILES_MOST];
    size_t size[FILES_MOST];
    size_t count;
} file_list;

static parley_status read_one(file_list *files, const char *name, parley_error *err)
{
    size_t length = 0;
    size_t i = files->count;
    if (i == FILES_MOST)
        return parley_fail(err, PARLEY_LIMIT, "more than %u files", FILES_MOST);
    parley_status status =
        cli_read(files->ctx, name, &files->bytes[i], &length, &files->size[i], err);
    if (status == PARLEY_OK) {
        files->file[i] = (parley_format_file){name, files->bytes[i], length};
        files->count++;
    }
    return status;
}

/* ---- folders of scoring games ---- */

static parley_status read_in(file_list *files, const char *folder, const char *name, bool may_lack,
                             parley_error *err)
{
    char *path = parley_arena_format(files->arena, "%s/%s", folder, name);
    if (path == NULL)
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    if (may_lack && access(path, F_OK) != 0)
        return PARLEY_OK;
    return read_one(files, path, err);
}

static int is_text(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);
    return n > 4 && strcmp(entry->d_name + n - 4, ".txt") == 0;
}

static parley_status read_folder(file_list *files, const char *folder, parley_error *err)
{
    struct dirent **entries = NULL;
    char *scores = parley_arena_format(files->arena, "%s/scores_files", folder);
    if (scores == NULL)
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    parley_status status = read_in(files, folder, "config.txt", false, err);
    if (status == PARLEY_OK)
        status = read_in(files, folder, "initial_deal.txt", true, err);
    if (status != PARLEY_OK)
        return status;
    int found = scandir(scores, &entries, is_text, alphasort);
    if (found < 0) {
        parley_fail(err, PARLEY_NOTFOUND, "cannot read the folder '%s': %s", scores,
                    strerror(errno));
        parley_error_hint(err, "a game is a folder with config.txt and scores_files");
        return PARLEY_NOTFOUND;
    }
    for (int i = 0; i < found; i++) {
        if (status == PARLEY_OK)
            status = read_in(files, scores, entries[i]->d_name, false, err);
        free(entries[i]);
    }
    free(entries);
    return status;
}

/* ---- importing ---- */

int cli_format(cli_call *call, cli_option option, parley_format *out)
{
    const char *names[PARLEY_FORMAT_COUNT];
    const char *word = cli_value(call, option);
    for (int i = 0; i < PARLEY_FORMAT_COUNT; i++)
        names[i] = parley_format_word((parley_format)i);
    int format = parley_format_from_word(word);
    if (format >= 0) {
        *out = (parley_format)format;
        return CLI_DONE;
    }
    int near = parley_nearest(word, strlen(word), names, PARLEY_FORMAT_COUNT);
    if (near >= 0)
        return cli_usage(call, "there is no format '%s'; did you mean '%s'?", word, names[near]);
    return cli_usage(call, "there is no format '%s'; there are %s, %s, %s and %s", word, names[0],
                     names[1], names[2], names[3]);
}

static int report(cli_call *call, parley_status status, const parley_diagnostics *list,
                  const parley_error *err)
{
    if (status == PARLEY_OK) {
        cli_diagnose(call, list, NULL);
        return CLI_DONE;
    }
    if (list == NULL || parley_diagnostics_errors(list) == 0)
        return cli_fail(call, err);
    call->dropped = true;
    cli_diagnose(call, list, NULL);
    return cli_exit_status(status);
}

int cli_import(cli_call *call, parley_case **out)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_formats_options options = PARLEY_FORMATS_OPTIONS_INIT;
    parley_format format = PARLEY_FORMAT_GENIUS;
    *out = NULL;
    int wrong = cli_format(call, CLI_OPT_FROM, &format);
    if (wrong != CLI_DONE)
        return wrong;
    options.cap = cli_has(call, CLI_OPT_CAP);
    if (cli_has(call, CLI_OPT_FOR) || cli_has(call, CLI_OPT_AS_OF))
        return cli_usage(call, "'--for' and '--as-of' are about cases, not about foreign files");
    if (format == PARLEY_FORMAT_SCORABLE && call->path_count != 1)
        return cli_usage(call, "'--from scorable' takes one folder");
    if (options.cap && format != PARLEY_FORMAT_GENIUS)
        return cli_usage(call, "'--cap' is about Genius; no other format has a cap");
    parley_arena *arena = parley_arena_new(call->ctx);
    parley_diagnostics *list = parley_diagnostics_new(call->ctx);
    file_list *files = arena != NULL ? parley_arena_alloc(arena, sizeof(*files)) : NULL;
    parley_status status = list == NULL || files == NULL
                               ? parley_fail(&err, PARLEY_NOMEM, "out of memory")
                               : PARLEY_OK;
    if (status == PARLEY_OK) {
        files->ctx = call->ctx;
        files->arena = arena;
    }
    if (status == PARLEY_OK && format == PARLEY_FORMAT_SCORABLE)
        status = read_folder(files, call->path, &err);
    for (size_t i = 0;
         status == PARLEY_OK && format != PARLEY_FORMAT_SCORABLE && i < call->path_count; i++)
        status = read_one(files, call->paths[i], &err);
    if (status == PARLEY_OK)
        status = parley_formats_import(out, call->ctx, format, files->file, files->count, &options,
                                       list, &err);
    int exit = report(call, status, list, &err);
    for (size_t i = 0; files != NULL && i < files->count; i++)
        parley_release(call->ctx, files->bytes[i], files->size[i]);
    parley_diagnostics_free(list);
    parley_arena_free(arena);
    return exit;
}

/* ---- writing ---- */

parley_status cli_write_new(const char *path, const char *bytes, size_t length, parley_error *err)
{
    bool exists = false;
    parley_error told = PARLEY_ERROR_INIT;
    parley_status status = cli_save(path, bytes, length, false, &exists, &told);
    if (exists) {
        status = parley_fail(err, PARLEY_CONFLICT, "cannot write '%s': it exists already", path);
        parley_error_hint(err, "choose another name, or remove it first");
    } else if (status != PARLEY_OK && err != NULL) {
        *err = told;
    }
    return status;
}
