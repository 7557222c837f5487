/*
 * parley ask: what to sound out next, and what each answer would change.
 */
#include "cli/load.h"

#include <parley/screens.h>

int cmd_ask(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    cli_analysis a;
    int32_t party = -1;
    int exit = cli_analyse(call, &a);
    if (exit != CLI_DONE) {
        return exit;
    }
    const char *only = cli_value(call, CLI_OPT_PARTY);
    exit = only != NULL ? cli_find(call, a.c, "parties", only, &party) : CLI_DONE;
    if (exit == CLI_DONE) {
        const parley_ask_page page = {a.c, a.deal, a.terms.options, party,
                                      cli_has(call, CLI_OPT_ALL)};
        if (call->json) {
            parley_json json;
            parley_json_begin(&json, call->out);
            status = parley_page_ask_json(&json, call->ctx, &page, &err);
        } else {
            status = parley_page_ask(call->screen, call->ctx, &page, &err);
        }
        exit = status != PARLEY_OK ? cli_fail(call, &err) : CLI_DONE;
    }
    cli_analysis_free(&a);
    return exit;
}
