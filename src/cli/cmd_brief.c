/*
 * parley brief: one party on two pages. parley digest: what moved since a day, on one.
 */
#include "cli/load.h"

#include <parley/screens.h>

static parley_writing writing_of(const cli_call *call)
{
    return (parley_writing)cli_choice(call, CLI_OPT_FORMAT, PARLEY_WRITING_TEXT);
}

int cmd_brief(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    parley_case *c = NULL;
    int32_t party = -1;
    int exit = cli_load(call, &c);
    if (exit == CLI_DONE) {
        exit = cli_find(call, c, "parties", call->paths[1], &party);
    }
    if (exit != CLI_DONE) {
        parley_case_free(c);
        return exit;
    }
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        status = parley_page_brief_json(&json, call->screen, call->ctx, c, party, &err);
    } else {
        status =
            parley_page_brief(call->screen, call->out, call->ctx, c, party, writing_of(call), &err);
    }
    parley_case_free(c);
    return status == PARLEY_OK ? CLI_DONE : cli_fail(call, &err);
}

/* The first day that counts; not given: seven days before the case's as-of date. */
static int first_day(cli_call *call, const parley_case *c, int32_t *out)
{
    const parley_date now = parley_case_as_of(c);
    parley_date from = PARLEY_DATE_INIT;
    int exit = cli_since(call, c, &from);
    if (cli_has(call, CLI_OPT_SINCE)) {
        *out = from.first;
    } else if (now.form == PARLEY_DATE_UNKNOWN) {
        *out = INT32_MIN;
    } else {
        *out = now.last - 7;
    }
    return exit;
}

int cmd_digest(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    parley_case *c = NULL;
    int32_t first = INT32_MIN;
    int exit = cli_load(call, &c);
    if (exit == CLI_DONE) {
        exit = first_day(call, c, &first);
    }
    if (exit != CLI_DONE) {
        parley_case_free(c);
        return exit;
    }
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        status = parley_page_digest_json(&json, call->screen, call->ctx, c, first, &err);
    } else {
        status = parley_page_digest(call->screen, call->out, call->ctx, c, first, writing_of(call),
                                    &err);
    }
    parley_case_free(c);
    return status == PARLEY_OK ? CLI_DONE : cli_fail(call, &err);
}
