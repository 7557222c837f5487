/*
 * parley counter: ideas that meet the concern behind a condition.
 */
#include "cli/load.h"

#include <string.h>

#include <parley/screens.h>

/* The proposal named by --to; -1 when none is named. */
static int find_proposal(cli_call *call, const parley_case *c, int32_t *out)
{
    const char *id = cli_value(call, CLI_OPT_TO);
    *out = -1;
    return id == NULL ? CLI_DONE : cli_find(call, c, "proposals", id, out);
}

/* The party of --by; without it, the party whose copy this is. */
static int find_party(cli_call *call, const parley_case *c, int32_t *out)
{
    const char *by = cli_value(call, CLI_OPT_BY);
    const char *audience = cli_value(call, CLI_OPT_FOR);
    *out = -1;
    if (by != NULL) {
        return cli_find(call, c, "parties", by, out);
    }
    if (audience != NULL) {
        *out = parley_case_find(c, "parties", audience, strlen(audience));
    }
    return CLI_DONE;
}

int cmd_counter(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    cli_analysis a;
    int exit = cli_analyse(call, &a);
    if (exit != CLI_DONE) {
        return exit;
    }
    parley_counter_page page = {
        .c = a.c, .deal = a.deal, .nearest = (uint32_t)cli_number(call, CLI_OPT_NEAREST, 0)};
    exit = find_proposal(call, a.c, &page.proposal);
    exit = exit == CLI_DONE ? find_party(call, a.c, &page.by) : exit;
    if (exit == CLI_DONE) {
        if (call->json) {
            parley_json json;
            parley_json_begin(&json, call->out);
            status = parley_page_counter_json(&json, call->ctx, &page, &err);
        } else {
            status = parley_page_counter(call->screen, call->ctx, &page, &err);
        }
        exit = status != PARLEY_OK ? cli_fail(call, &err) : CLI_DONE;
    }
    cli_analysis_free(&a);
    return exit;
}
