/*
 * parley status, and `parley CASE` alone: the page of the night before.
 */
#include "cli/load.h"

#include <parley/screens.h>

int cmd_status(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status_page *page = NULL;
    parley_case *c = NULL;
    int exit = cli_load(call, &c);
    if (exit != CLI_DONE) {
        return exit;
    }
    parley_status status = parley_status_page_new(&page, call->ctx, c, call->path, &err);
    if (status == PARLEY_OK && call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        status = parley_page_status_json(&json, page, &err);
    } else if (status == PARLEY_OK) {
        status = parley_page_status(call->screen, page, &err);
    }
    exit = status == PARLEY_OK ? CLI_DONE : cli_fail(call, &err);
    parley_status_page_free(page);
    parley_case_free(c);
    return exit;
}
