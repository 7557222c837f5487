/*
 * parley bridges: the smallest sets of changes after which agreement is possible again.
 */
#include "cli/load.h"

#include <parley/screens.h>

int cmd_bridges(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    const char *by = cli_value(call, CLI_OPT_BY);
    bool found = false;
    cli_analysis a;
    uint32_t most = parley_ctx_limits(call->ctx)->clashes;
    if (cli_number(call, CLI_OPT_LIMIT, 1) > most) {
        return cli_usage(call, "--limit takes a number from 1 to %u here", most);
    }
    int exit = cli_analyse(call, &a);
    if (exit != CLI_DONE) {
        return exit;
    }
    parley_bridges_page page = {.c = a.c,
                                .deal = a.deal,
                                .rung = cli_choice(call, CLI_OPT_RUNG, -1),
                                .party = -1,
                                .no_readings = cli_has(call, CLI_OPT_NO_READINGS),
                                .all = cli_has(call, CLI_OPT_ALL),
                                .most = (uint32_t)cli_number(call, CLI_OPT_LIMIT, 0),
                                .bridge = (uint32_t)cli_number(call, CLI_OPT_BRIDGE, 0)};
    exit = by != NULL ? cli_find(call, a.c, "parties", by, &page.party) : CLI_DONE;
    if (exit == CLI_DONE) {
        if (call->json) {
            parley_json json;
            parley_json_begin(&json, call->out);
            status = parley_page_bridges_json(&json, call->ctx, &page, &found, &err);
        } else {
            status = parley_page_bridges(call->screen, call->ctx, &page, &found, &err);
        }
        exit = status != PARLEY_OK ? cli_fail(call, &err) : found ? CLI_FINDING : CLI_DONE;
    }
    cli_analysis_free(&a);
    return exit;
}
