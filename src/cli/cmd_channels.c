/*
 * parley channels: who reaches whom.
 */
#include "cli/load.h"

#include <parley/screens.h>

int cmd_channels(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    parley_case *c = NULL;
    int32_t from = -1;
    int32_t to = -1;
    int exit = cli_load(call, &c);
    if (exit == CLI_DONE && cli_value(call, CLI_OPT_FROM) != NULL) {
        exit = cli_find(call, c, "parties", cli_value(call, CLI_OPT_FROM), &from);
    }
    if (exit == CLI_DONE && cli_value(call, CLI_OPT_TO) != NULL) {
        exit = cli_find(call, c, "parties", cli_value(call, CLI_OPT_TO), &to);
    }
    if (exit != CLI_DONE) {
        parley_case_free(c);
        return exit;
    }
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        status = parley_page_channels_json(&json, call->ctx, c, from, to, &err);
    } else {
        status = parley_page_channels(call->screen, call->ctx, c, from, to, &err);
    }
    parley_case_free(c);
    return status == PARLEY_OK ? CLI_DONE : cli_fail(call, &err);
}
