/*
 * parley import: a case file into the journal of a case on disk.
 */
#include "cli/journal.h"

#include <string.h>

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* Does the journal, with what was just added, still make a case? Prints what is wrong. */
static int check_whole(cli_call *call, parley_store *store)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = NULL;
    int exit = CLI_DONE;
    parley_diagnostics *list = parley_diagnostics_new(call->ctx);
    if (list == NULL) {
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(call, &err);
    }
    parley_status status = parley_store_case(&c, store, PARLEY_STORE_NOW, NULL, list, NULL, &err);
    if (status != PARLEY_OK) {
        exit = cli_bad_case(call, list, &err);
        cli_note(call, "nothing was imported: together with what '%s' holds it makes no case",
                 parley_store_path(store));
    }
    parley_case_free(c);
    parley_diagnostics_free(list);
    return exit;
}

static int import(cli_call *call, parley_store *store, const parley_case *c,
                  parley_import_result *result, parley_head *head)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_import_options options = PARLEY_IMPORT_OPTIONS_INIT;
    options.from = base_name(call->paths[0]);
    options.replace = cli_has(call, CLI_OPT_REPLACE);
    if (parley_store_begin(store, &err) != PARLEY_OK ||
        parley_store_import(result, store, c, &options, &err) != PARLEY_OK) {
        return cli_fail(call, &err);
    }
    int exit = check_whole(call, store);
    if (exit == CLI_DONE && (parley_store_commit(store, &err) != PARLEY_OK ||
                             parley_store_head(head, store, PARLEY_STORE_NOW, &err) != PARLEY_OK)) {
        exit = cli_fail(call, &err);
    }
    return exit;
}

static void show(cli_call *call, const parley_import_result *r, const parley_head *head)
{
    static const char *const names[] = {"added", "corrected", "removed", "unchanged"};
    const uint64_t counts[] = {r->added, r->corrected, r->removed, r->unchanged};
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        parley_json_object(&json);
        parley_json_key(&json, "file");
        parley_json_string(&json, call->paths[1]);
        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
            parley_json_key(&json, names[i]);
            parley_json_uint(&json, counts[i]);
        }
        cli_json_head(&json, head);
        parley_json_object_end(&json);
        parley_json_finish(&json);
        return;
    }
    parley_screen_begin(call->screen, 0, 2);
    parley_screen_add(call->screen, PARLEY_INK_GOOD, call->paths[1]);
    parley_screen_add(call->screen, PARLEY_INK_PLAIN, ":");
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        parley_screen_addf(call->screen, PARLEY_INK_PLAIN, "%s %s %s", i > 0 ? "," : "",
                           parley_screen_number(call->screen, counts[i]), names[i]);
    }
    parley_screen_end(call->screen);
    cli_show_head(call, head);
}

int cmd_import(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_store_options options = PARLEY_STORE_OPTIONS_INIT;
    parley_import_result result = {0};
    parley_head head = {0};
    parley_store *store = NULL;
    parley_case *c = NULL;
    if (call->path_count != 2) {
        return cli_usage(call, "name the case file and the case on disk it goes into");
    }
    if (!parley_store_is(call->paths[1]) && parley_store_is(call->paths[0])) {
        return cli_usage(call, "the case file comes first, then the case on disk");
    }
    int exit = cli_load(call, &c);
    if (exit == CLI_DONE) {
        options.write = true;
        if (parley_store_open(&store, call->ctx, call->paths[1], &options, &err) != PARLEY_OK) {
            exit = cli_fail(call, &err);
        }
    }
    if (exit == CLI_DONE) {
        exit = import(call, store, c, &result, &head);
    }
    if (exit == CLI_DONE) {
        show(call, &result, &head);
    }
    parley_store_close(store);
    parley_case_free(c);
    return exit;
}
