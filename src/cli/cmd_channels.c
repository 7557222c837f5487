/*
 * parley channels: who reaches whom; with --candidates, who or what could serve.
 */
#include "cli/load.h"

#include <parley/screens.h>

static int candidates(cli_call *call, const parley_case *c)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    parley_date at = PARLEY_DATE_INIT;
    int32_t purpose = cli_choice(call, CLI_OPT_CANDIDATES, -1); /* in the order of the words */
    purpose = purpose < 0 ? -1 : purpose + PARLEY_PURPOSE_MEDIATOR;
    cli_date(call, CLI_OPT_AT, &at);
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        status = parley_page_candidates_json(&json, call->ctx, c, purpose, at, &err);
    } else {
        status = parley_page_candidates(call->screen, call->ctx, c, purpose, at, &err);
    }
    return status == PARLEY_OK ? CLI_DONE : cli_fail(call, &err);
}

int cmd_channels(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    parley_case *c = NULL;
    int32_t from = -1;
    int32_t to = -1;
    if (cli_has(call, CLI_OPT_CANDIDATES) &&
        (cli_has(call, CLI_OPT_FROM) || cli_has(call, CLI_OPT_TO))) {
        return cli_usage(call, "'--candidates' stands without '--from' and '--to'");
    }
    int exit = cli_load(call, &c);
    if (exit == CLI_DONE && cli_has(call, CLI_OPT_CANDIDATES)) {
        exit = candidates(call, c);
        parley_case_free(c);
        return exit;
    }
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
