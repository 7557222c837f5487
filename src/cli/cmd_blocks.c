/*
 * parley blocks: sticking points, the smallest sets of terms that cannot hold together.
 */
#include "cli/load.h"

#include <parley/screens.h>

int cmd_blocks(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    cli_analysis a;
    int exit = cli_analyse(call, &a);
    if (exit != CLI_DONE) {
        return exit;
    }
    const parley_blocks_page page = {a.c, a.deal, a.terms.options, cli_has(call, CLI_OPT_ALL)};
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        status = parley_page_blocks_json(&json, call->ctx, &page, &err);
    } else {
        status = parley_page_blocks(call->screen, call->ctx, &page, &err);
    }
    bool found = parley_deal_issues(a.deal).count > 0 && parley_deal_dies_at(a.deal) >= 0;
    exit = status != PARLEY_OK ? cli_fail(call, &err) : found ? CLI_FINDING : CLI_DONE;
    cli_analysis_free(&a);
    return exit;
}
