/*
 * parley promises, parley favours, parley meet: the mediator's ledgers.
 */
#include "cli/load.h"

#include <parley/screens.h>

/* The case, and the party of --party or -1. */
static int open_ledger(cli_call *call, parley_case **c, int32_t *party)
{
    *party = -1;
    int exit = cli_load(call, c);
    if (exit == CLI_DONE && cli_value(call, CLI_OPT_PARTY) != NULL) {
        exit = cli_find(call, *c, "parties", cli_value(call, CLI_OPT_PARTY), party);
        if (exit != CLI_DONE) {
            parley_case_free(*c);
            *c = NULL;
        }
    }
    return exit;
}

int cmd_promises(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    parley_case *c = NULL;
    int32_t party = -1;
    uint32_t overdue = 0;
    int exit = open_ledger(call, &c, &party);
    if (exit != CLI_DONE) {
        return exit;
    }
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        status = parley_page_promises_json(&json, call->ctx, c, party, &overdue, &err);
    } else {
        status = parley_page_promises(call->screen, call->ctx, c, party, &overdue, &err);
    }
    parley_case_free(c);
    return status != PARLEY_OK ? cli_fail(call, &err) : overdue > 0 ? CLI_FINDING : CLI_DONE;
}

int cmd_favours(cli_call *call)
{
    parley_case *c = NULL;
    int32_t party = -1;
    int exit = open_ledger(call, &c, &party);
    if (exit != CLI_DONE) {
        return exit;
    }
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        parley_page_favours_json(&json, c, party);
    } else {
        parley_page_favours(call->screen, c, party);
    }
    parley_case_free(c);
    return CLI_DONE;
}

int cmd_meet(cli_call *call)
{
    parley_case *c = NULL;
    int32_t party = -1;
    int exit = open_ledger(call, &c, &party);
    if (exit != CLI_DONE) {
        return exit;
    }
    if (cli_has(call, CLI_OPT_STANDING)) {
        parley_error err = PARLEY_ERROR_INIT;
        parley_status status = PARLEY_OK;
        if (call->json) {
            parley_json json;
            parley_json_begin(&json, call->out);
            status = parley_page_standing_json(&json, call->ctx, c, party, &err);
        } else {
            status = parley_page_standing(call->screen, call->ctx, c, party, &err);
        }
        parley_case_free(c);
        return status == PARLEY_OK ? CLI_DONE : cli_fail(call, &err);
    }
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        parley_page_meet_json(&json, c, party);
    } else {
        parley_page_meet(call->screen, c, party);
    }
    parley_case_free(c);
    return CLI_DONE;
}
