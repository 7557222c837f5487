/*
 * parley why: from what a page says back to claims and sources.
 */
#include "cli/load.h"

#include <parley/screens.h>

int cmd_why(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    cli_analysis a;
    int exit = cli_analyse(call, &a);
    if (exit != CLI_DONE) {
        return exit;
    }
    const parley_why_page page = {a.c, a.deal, call->paths[1]};
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        status = parley_page_why_json(&json, call->ctx, &page, &err);
    } else {
        status = parley_page_why(call->screen, call->ctx, &page, &err);
    }
    exit = status == PARLEY_OK ? CLI_DONE : cli_fail(call, &err);
    cli_analysis_free(&a);
    return exit;
}
