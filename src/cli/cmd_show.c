/*
 * parley show: the matrix of parties and issues, today or at a date; with --changes, who moved.
 */
#include "cli/load.h"

#include <parley/screens.h>

/* The page "what moved", for the same case, date, party and issue. */
static parley_status show_changes(cli_call *call, const parley_show_page *matrix, parley_date from,
                                  parley_error *err)
{
    parley_moves_page page = {.c = matrix->c,
                              .terms = matrix->terms,
                              .party = matrix->party,
                              .issue = matrix->issue,
                              .since = from};
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        return parley_page_moves_json(&json, call->ctx, &page, err);
    }
    return parley_page_moves(call->screen, call->ctx, &page, err);
}

int cmd_show(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    cli_term_options terms;
    parley_case *c = NULL;
    if (cli_has(call, CLI_OPT_SINCE) && !cli_has(call, CLI_OPT_CHANGES)) {
        return cli_usage(call, "'--since' goes with '--changes'");
    }
    int exit = cli_load(call, &c);
    if (exit != CLI_DONE) {
        return exit;
    }
    parley_show_page page = {.c = c, .party = -1, .issue = -1};
    parley_date from = PARLEY_DATE_INIT;
    exit = cli_since(call, c, &from);
    if (exit == CLI_DONE) {
        exit = cli_terms(call, c, &terms);
    }
    if (exit == CLI_DONE && cli_value(call, CLI_OPT_PARTY) != NULL) {
        exit = cli_find(call, c, "parties", cli_value(call, CLI_OPT_PARTY), &page.party);
    }
    if (exit == CLI_DONE && cli_value(call, CLI_OPT_ISSUE) != NULL) {
        exit = cli_find(call, c, "issues", cli_value(call, CLI_OPT_ISSUE), &page.issue);
    }
    if (exit == CLI_DONE) {
        parley_status status = PARLEY_OK;
        page.terms = terms.options;
        if (cli_has(call, CLI_OPT_CHANGES)) {
            status = show_changes(call, &page, from, &err);
        } else if (call->json) {
            parley_json json;
            parley_json_begin(&json, call->out);
            status = parley_page_show_json(&json, call->ctx, &page, &err);
        } else {
            status = parley_page_show(call->screen, call->ctx, &page, &err);
        }
        exit = status == PARLEY_OK ? CLI_DONE : cli_fail(call, &err);
    }
    parley_case_free(c);
    return exit;
}
