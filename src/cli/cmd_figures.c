/*
 * parley figures: numbers by claimant and method, never added up.
 */
#include "cli/load.h"

#include <parley/screens.h>

int cmd_figures(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    parley_case *c = NULL;
    int exit = cli_load(call, &c);
    if (exit != CLI_DONE) {
        return exit;
    }
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        status = parley_page_figures_json(&json, call->ctx, c, &err);
    } else {
        status = parley_page_figures(call->screen, call->ctx, c, &err);
    }
    parley_case_free(c);
    return status == PARLEY_OK ? CLI_DONE : cli_fail(call, &err);
}
