/*
 * parley show: the matrix of parties and issues, today or at a date; with --changes, who moved;
 * with
 * --blocs, --levers, --links, --agenda or --ripeness, that.
 */
#include "cli/linked.h"

#include <parley/screens.h>

/* A page for people is cut short there, and says so. */
enum { PARTIES_MOST = 24, CELL_MOST = 8, WORDS_MOST = 40 };

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

static parley_status show_blocs(cli_call *call, const parley_show_page *page, parley_error *err)
{
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        return parley_page_blocs_json(&json, call->ctx, page, err);
    }
    return parley_page_blocs(call->screen, call->ctx, page, err);
}

static parley_status show_plain(cli_call *call, const parley_show_page *page, bool levers,
                                parley_error *err)
{
    parley_json json;
    if (call->json) {
        parley_json_begin(&json, call->out);
    }
    if (levers && call->json) {
        parley_page_levers_json(&json, page->c, page->party, page->terms.at);
    } else if (levers) {
        parley_page_levers(call->screen, page->c, page->party, page->terms.at);
    } else if (call->json) {
        return parley_page_agenda_json(&json, call->ctx, page->c, err);
    } else {
        return parley_page_agenda(call->screen, call->ctx, page->c, err);
    }
    return PARLEY_OK;
}

static parley_status show_ripeness(cli_call *call, const parley_show_page *page, parley_error *err)
{
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        return parley_page_ripeness_json(&json, call->ctx, page->c, page->party, page->terms.at,
                                         err);
    }
    return parley_page_ripeness(call->screen, call->ctx, page->c, page->party, page->terms.at, err);
}

static int show_links(cli_call *call, const parley_show_page *page)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    cli_links links;
    int exit = cli_links_open(call, page->c, &links);
    if (exit != CLI_DONE) {
        return exit;
    }
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        status = parley_page_links_json(&json, call->ctx, page->c, links.at, page->issue, &err);
    } else {
        status = parley_page_links(call->screen, call->ctx, page->c, links.at, page->issue, &err);
    }
    cli_links_close(&links);
    return status == PARLEY_OK ? CLI_DONE : cli_fail(call, &err);
}

/* One page at a time. */
static int one_view(cli_call *call)
{
    static const cli_option views[] = {CLI_OPT_CHANGES, CLI_OPT_BLOCS,  CLI_OPT_LEVERS,
                                       CLI_OPT_LINKS,   CLI_OPT_AGENDA, CLI_OPT_RIPENESS};
    const char *first = NULL;
    for (size_t k = 0; k < sizeof(views) / sizeof(views[0]); k++) {
        if (!cli_has(call, views[k])) {
            continue;
        }
        if (first != NULL) {
            return cli_usage(call, "'--%s' and '--%s' are two pages; ask for one", first,
                             cli_options[views[k]].name);
        }
        first = cli_options[views[k]].name;
    }
    if (first != NULL && (cli_has(call, CLI_OPT_LIMIT) || cli_has(call, CLI_OPT_ALL))) {
        return cli_usage(call, "'--%s' goes with the matrix, not with '--%s'",
                         cli_has(call, CLI_OPT_LIMIT) ? "limit" : "all", first);
    }
    return CLI_DONE;
}

int cmd_show(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    cli_term_options terms;
    parley_case *c = NULL;
    if (cli_has(call, CLI_OPT_SINCE) && !cli_has(call, CLI_OPT_CHANGES)) {
        return cli_usage(call, "'--since' goes with '--changes'");
    }
    int exit = one_view(call);
    if (exit == CLI_DONE) {
        exit = cli_load(call, &c);
    }
    if (exit != CLI_DONE) {
        return exit;
    }
    parley_show_page page = {.c = c, .party = -1, .issue = -1};
    page.most_parties = cli_most(call, PARTIES_MOST);
    page.most_cell = cli_most(call, CELL_MOST);
    page.most_words = cli_most(call, WORDS_MOST);
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
        } else if (cli_has(call, CLI_OPT_BLOCS)) {
            status = show_blocs(call, &page, &err);
        } else if (cli_has(call, CLI_OPT_LEVERS) || cli_has(call, CLI_OPT_AGENDA)) {
            status = show_plain(call, &page, cli_has(call, CLI_OPT_LEVERS), &err);
        } else if (cli_has(call, CLI_OPT_RIPENESS)) {
            status = show_ripeness(call, &page, &err);
        } else if (cli_has(call, CLI_OPT_LINKS)) {
            exit = show_links(call, &page);
        } else if (call->json) {
            parley_json json;
            parley_json_begin(&json, call->out);
            status = parley_page_show_json(&json, call->ctx, &page, &err);
        } else {
            status = parley_page_show(call->screen, call->ctx, &page, &err);
        }
        exit = status != PARLEY_OK ? cli_fail(call, &err) : exit;
    }
    parley_case_free(c);
    return exit;
}
