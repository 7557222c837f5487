/*
 * parley deals: the reading ladder of a case; packages listed or judged.
 */
#include "cli/load.h"

#include <string.h>
#include <time.h>

#include <parley/screens.h>

/* The package named: a proposal's id, or a formula. Values by issue are in the arena. */
static parley_status read_package(const parley_case *c, parley_arena *arena, const char *text,
                                  parley_package *out, parley_error *err)
{
    uint32_t issues = parley_case_issues(c);
    int64_t *values = parley_arena_array(arena, issues, sizeof(*values));
    const parley_formula *f = NULL;
    int32_t proposal = parley_case_find(c, "proposals", text, strlen(text));
    if (values == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    if (proposal >= 0) {
        f = parley_case_proposal(c, proposal)->formula;
        if (f == NULL) {
            parley_fail(err, PARLEY_INVALID, "the text of proposal '%s' is words, not a formula",
                        text);
            parley_error_hint(err, "give the package as issue = value and ...");
            return PARLEY_INVALID;
        }
    } else {
        parley_status status = parley_case_formula(&f, c, arena, text, err);
        if (status != PARLEY_OK) {
            return status;
        }
    }
    *out = (parley_package){values, issues};
    return parley_case_package(values, c, f, err);
}

/* What each party can carry at home, looked at from --at or the case's own day. */
static parley_status look_home(cli_call *call, const cli_analysis *a, parley_home **out,
                               parley_error *err)
{
    parley_home_options options = PARLEY_HOME_OPTIONS_INIT;
    cli_date(call, CLI_OPT_AT, &options.at);
    return parley_home_new(out, call->ctx, a->deal, a->c, &options, err);
}

/* Seconds since some moment. */
static double seconds(void)
{
    struct timespec t = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int print(cli_call *call, const parley_deals_page *page)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        status = parley_page_deals_json(&json, call->ctx, page, &err);
    } else {
        status = parley_page_deals(call->screen, page, &err);
    }
    if (status != PARLEY_OK) {
        return cli_fail(call, &err);
    }
    if (page->numbers != NULL) {
        return parley_numbers_none(page->numbers) ? CLI_FINDING : CLI_DONE;
    }
    bool counted = parley_deal_issues(page->deal).count > 0;
    return counted && page->package == NULL && page->query == NULL &&
                   parley_deal_dies_at(page->deal) >= 0
               ? CLI_FINDING
               : CLI_DONE;
}

int cmd_deals(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_package package = {NULL, 0};
    const parley_formula *query = NULL;
    cli_analysis a;
    int exit = cli_analyse(call, &a);
    if (exit != CLI_DONE) {
        return exit;
    }
    const char *text = cli_value(call, CLI_OPT_PACKAGE);
    const char *asked = cli_value(call, CLI_OPT_QUERY);
    parley_home *home = NULL;
    parley_numbers *numbers = NULL;
    double begin = seconds();
    if (cli_has(call, CLI_OPT_NUMBERS) && cli_has(call, CLI_OPT_LIST)) {
        cli_analysis_free(&a);
        return cli_usage(call, "--numbers and --list are two pages; ask for one of them");
    }
    if ((text != NULL && read_package(a.c, a.arena, text, &package, &err) != PARLEY_OK) ||
        (asked != NULL && parley_case_formula(&query, a.c, a.arena, asked, &err) != PARLEY_OK)) {
        exit = cli_fail(call, &err);
    } else if (cli_has(call, CLI_OPT_HOME) && look_home(call, &a, &home, &err) != PARLEY_OK) {
        exit = cli_fail(call, &err);
    } else if (cli_has(call, CLI_OPT_NUMBERS) &&
               parley_numbers_new(&numbers, call->ctx, a.deal, a.c, NULL, &err) != PARLEY_OK) {
        exit = cli_fail(call, &err);
    } else {
        const parley_deals_page page = {a.c,
                                        a.deal,
                                        call->path,
                                        cli_has(call, CLI_OPT_LIST),
                                        cli_number(call, CLI_OPT_LIST, 20),
                                        cli_number(call, CLI_OPT_SKIP, 0),
                                        text != NULL ? &package : NULL,
                                        text,
                                        query,
                                        asked,
                                        home,
                                        numbers,
                                        seconds() - begin};
        exit = print(call, &page);
    }
    parley_numbers_free(numbers);
    parley_home_free(home);
    cli_analysis_free(&a);
    return exit;
}
