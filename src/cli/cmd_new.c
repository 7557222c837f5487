/*
 * parley new: make a case on disk, and say plainly what it is not.
 */
#include "cli/journal.h"

static const char not_encrypted[] =
    "The file is not encrypted: whoever can read it can read everything in it. Only your own user "
    "may open it (mode 0600); keep it on an encrypted disk.";

int cmd_new(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_store *store = NULL;
    parley_head head;
    parley_status status = parley_store_create(&store, call->ctx, call->path,
                                               cli_value(call, CLI_OPT_TITLE), NULL, &err);
    if (status == PARLEY_OK) {
        status = parley_store_head(&head, store, PARLEY_STORE_NOW, &err);
    }
    parley_store_close(store);
    if (status != PARLEY_OK) {
        return cli_fail(call, &err);
    }
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        parley_json_object(&json);
        parley_json_key(&json, "file");
        parley_json_string(&json, call->path);
        parley_json_key(&json, "encrypted");
        parley_json_bool(&json, false);
        cli_json_head(&json, &head);
        parley_json_object_end(&json);
        parley_json_finish(&json);
        return CLI_DONE;
    }
    parley_screen_begin(call->screen, 0, 2);
    parley_screen_add(call->screen, PARLEY_INK_GOOD, call->path);
    parley_screen_add(call->screen, PARLEY_INK_GOOD, ": made");
    parley_screen_end(call->screen);
    parley_screen_begin(call->screen, 0, 0);
    parley_screen_add(call->screen, PARLEY_INK_WARN, not_encrypted);
    parley_screen_end(call->screen);
    cli_show_head(call, &head);
    return CLI_DONE;
}
