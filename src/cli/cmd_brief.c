/*
 * parley brief: one party on two pages. parley digest: what moved since a day, on one.
 */
#include "cli/load.h"

#include <ctype.h>
#include <parley/screens.h>
#include <stdlib.h>
#include <string.h>

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

/* `7d` before the case's as-of date, or a date; not given: seven days. */
static int first_day(cli_call *call, const parley_case *c, int32_t *out)
{
    const char *text = cli_value(call, CLI_OPT_SINCE);
    const parley_date now = parley_case_as_of(c);
    long days = 7;
    if (text != NULL && isdigit((unsigned char)text[0]) && strchr(text, '-') == NULL &&
        text[strlen(text) - 1] == 'd') {
        char *end = NULL;
        days = strtol(text, &end, 10);
        if (strcmp(end, "d") != 0 || days < 0 || days > 100000) {
            return cli_usage(call, "--since takes a date or a number of days such as 7d, not '%s'",
                             text);
        }
    } else if (text != NULL) {
        parley_error err = PARLEY_ERROR_INIT;
        parley_date date;
        if (parley_date_parse(&date, text, strlen(text), &err) != PARLEY_OK) {
            return cli_usage(call, "--since takes a date or a number of days such as 7d, not '%s'",
                             text);
        }
        *out = date.first;
        return CLI_DONE;
    }
    if (now.form == PARLEY_DATE_UNKNOWN) {
        *out = INT32_MIN;
        return text == NULL ? CLI_DONE
                            : cli_usage(call, "the case has no as-of date to count days back from");
    }
    *out = now.last - (int32_t)days;
    return CLI_DONE;
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
