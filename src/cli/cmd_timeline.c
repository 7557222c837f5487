/*
 * parley timeline: what happened, in order of happening; with --positions, the first day and now.
 * For a party or an issue only what bears on it is read from a case on disk; positions and their
 * dispute take everything.
 */
#include "cli/load.h"

#include <parley/screens.h>

#define SHOWN_MOST 200

static int load(cli_call *call, parley_case **out)
{
    parley_store *store = NULL;
    parley_part part = PARLEY_PART_INIT;
    int exit = CLI_DONE;
    part.party = cli_value(call, CLI_OPT_PARTY);
    part.issue = cli_value(call, CLI_OPT_ISSUE);
    *out = NULL;
    if ((part.party != NULL || part.issue != NULL) && !cli_has(call, CLI_OPT_POSITIONS)) {
        cli_in_part(call, &store);
    }
    if (store != NULL) {
        exit = cli_load_part(call, out, store, &part);
        parley_store_close(store);
    }
    return exit == CLI_DONE && *out == NULL ? cli_load(call, out) : exit;
}

int cmd_timeline(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    cli_term_options terms;
    parley_case *c = NULL;
    if (cli_has(call, CLI_OPT_POSITIONS) &&
        (cli_has(call, CLI_OPT_LIMIT) || cli_has(call, CLI_OPT_ALL))) {
        return cli_usage(call, "'--%s' goes with what happened, not with '--positions'",
                         cli_has(call, CLI_OPT_LIMIT) ? "limit" : "all");
    }
    int exit = load(call, &c);
    if (exit != CLI_DONE) {
        return exit;
    }
    parley_timeline_page page = {
        .c = c, .party = -1, .issue = -1, .positions = cli_has(call, CLI_OPT_POSITIONS)};
    page.most = cli_most(call, SHOWN_MOST);
    exit = cli_since(call, c, &page.since);
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
        if (call->json) {
            parley_json json;
            parley_json_begin(&json, call->out);
            status = parley_page_timeline_json(&json, call->ctx, &page, &err);
        } else {
            status = parley_page_timeline(call->screen, call->ctx, &page, &err);
        }
        exit = status == PARLEY_OK ? CLI_DONE : cli_fail(call, &err);
    }
    parley_case_free(c);
    return exit;
}
