/*
 * parley convert: foreign negotiation files to a case and back; a case in canonical form.
 */
#include "cli/foreign.h"
#include "cli/gate.h"
#include "cli/load.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* The case onto stdout, or into the file that --out names; what is logged goes through the gate. */
static int put_case(cli_call *call, const parley_case *c)
{
    const char *path = call->gate->logged ? NULL : cli_value(call, CLI_OPT_OUT);
    parley_error err = PARLEY_ERROR_INIT;
    parley_text *text = path != NULL ? parley_text_new(call->ctx, SIZE_MAX) : call->out;
    if (text == NULL) {
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(call, &err);
    }
    if (call->json)
        parley_case_write_json(c, text);
    else
        parley_case_write_yaml(c, text);
    int exit = CLI_DONE;
    if (path != NULL) {
        parley_status status = parley_text_status(text, &err);
        if (status == PARLEY_OK)
            status = cli_write_new(path, parley_text_data(text), parley_text_size(text), &err);
        if (status != PARLEY_OK)
            exit = cli_fail(call, &err);
        else
            cli_note(call, "wrote %s (%u parties, %u issues)", path, parley_case_parties(c),
                     parley_case_issues(c));
        parley_text_free(text);
    }
    return exit;
}

/* ---- out to others ---- */

typedef struct folder {
    cli_call *call;
    const char *path;
    parley_json json;
    uint32_t files;
} folder;

static parley_status put_file(void *user, const char *name, const char *bytes, size_t length,
                              parley_error *err)
{
    folder *f = user;
    parley_text *path = parley_text_new(f->call->ctx, SIZE_MAX);
    if (path == NULL)
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    parley_text_printf(path, "%s/%s", f->path, name);
    parley_status status = parley_text_status(path, err);
    if (status == PARLEY_OK)
        status = cli_write_new(parley_text_data(path), bytes, length, err);
    parley_text_free(path);
    if (status != PARLEY_OK)
        return status;
    f->files++;
    if (f->call->json) {
        parley_json_string(&f->json, name);
    } else {
        parley_screen_begin(f->call->screen, 0, 2);
        parley_screen_addf(f->call->screen, PARLEY_INK_PLAIN, "%s/%s", f->path, name);
        parley_screen_end(f->call->screen);
    }
    return PARLEY_OK;
}

static int convert_out(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = NULL;
    if (call->path_count != 2)
        return cli_usage(call, "'--to' takes a folder and a case: --to genius FOLDER CASE");
    folder f = {.call = call, .path = call->paths[0]};
    parley_format format = PARLEY_FORMAT_GENIUS;
    int exit = cli_format(call, CLI_OPT_TO, &format);
    call->path = call->paths[1];
    if (exit == CLI_DONE)
        exit = cli_load(call, &c);
    if (exit != CLI_DONE)
        return exit;
    parley_diagnostics *list = parley_diagnostics_new(call->ctx);
    parley_status status = PARLEY_OK;
    if (list == NULL)
        status = parley_fail(&err, PARLEY_NOMEM, "out of memory");
    else if (mkdir(f.path, 0777) != 0 && errno != EEXIST)
        status = parley_fail(&err, PARLEY_IO, "cannot make the folder '%s': %s", f.path,
                             strerror(errno));
    if (call->json) {
        parley_json_begin(&f.json, call->out);
        parley_json_object(&f.json);
        parley_json_key(&f.json, "format");
        parley_json_string(&f.json, parley_format_word(format));
        parley_json_key(&f.json, "folder");
        parley_json_string(&f.json, f.path);
        parley_json_key(&f.json, "files");
        parley_json_array(&f.json);
    }
    if (status == PARLEY_OK)
        status = parley_formats_export(call->ctx, c, format, put_file, &f, list, &err);
    if (list != NULL)
        cli_diagnose(call, list, NULL);
    if (status != PARLEY_OK) {
        exit = cli_fail(call, &err);
        if (f.files > 0)
            cli_complain(call, "%u of the files were written before that", f.files);
    } else if (call->json) {
        parley_json_array_end(&f.json);
        parley_json_object_end(&f.json);
        parley_json_finish(&f.json);
    }
    parley_diagnostics_free(list);
    parley_case_free(c);
    return exit;
}

/* ---- the command ---- */

int cmd_convert(cli_call *call)
{
    parley_case *c = NULL;
    bool from = cli_has(call, CLI_OPT_FROM);
    if (from && cli_has(call, CLI_OPT_TO))
        return cli_usage(call, "'--from' and '--to' are two steps, with a case between them");
    if (cli_has(call, CLI_OPT_TO) && cli_has(call, CLI_OPT_OUT))
        return cli_usage(call, "'--to' writes into a folder; '--out' is for a case");
    if (!from && cli_has(call, CLI_OPT_CAP))
        return cli_usage(call, "'--cap' belongs to '--from genius'");
    const char *audience = cli_value(call, CLI_OPT_FOR);
    if (cli_has(call, CLI_OPT_TO) && audience != NULL && strcmp(audience, "team") != 0)
        return cli_usage(call,
                         "'--to' writes files that the export log cannot name: make the copy "
                         "with 'parley export --for %s --out', and convert that",
                         audience);
    if (cli_has(call, CLI_OPT_TO))
        return convert_out(call);
    if (!from && call->path_count != 1)
        return cli_usage(call, "name one case, or say what the files are with '--from'");
    int exit = from ? cli_import(call, &c) : cli_load(call, &c);
    if (exit == CLI_DONE)
        exit = put_case(call, c);
    parley_case_free(c);
    return exit;
}
