/*
 * parley search: claims that hold every word. A case on disk is not loaded for it, unless it is
 * asked for an audience or as of a day.
 */
#include "cli/load.h"

#include <parley/screens.h>
#include <string.h>

#define SHOWN_MOST 50

/* The operands behind the case, as one line. NULL: out of memory, or too long. */
static const char *words_of(cli_call *call, parley_text *out)
{
    for (size_t i = 1; i < call->path_count; i++) {
        parley_text_puts(out, i > 1 ? " " : "");
        parley_text_puts(out, call->paths[i]);
    }
    return parley_text_data(out);
}

/* Can the claims be looked through where they are, or has the case to be read as somebody or
 * some day sees it? */
static bool in_place(cli_call *call)
{
    parley_date date;
    const char *since = cli_value(call, CLI_OPT_SINCE);
    const char *audience = cli_value(call, CLI_OPT_FOR);
    return parley_store_is(call->path) && (audience == NULL || strcmp(audience, "team") == 0) &&
           !cli_has(call, CLI_OPT_AS_OF) && !cli_has(call, CLI_OPT_RECORDED_AS_OF) &&
           (since == NULL || parley_date_parse(&date, since, strlen(since), NULL) == PARLEY_OK);
}

static int search(cli_call *call, parley_search_page *page)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    uint64_t found = 0;
    int exit = cli_since(call, page->c, &page->since);
    cli_date(call, CLI_OPT_AT, &page->at);
    if (exit == CLI_DONE && cli_value(call, CLI_OPT_PARTY) != NULL) {
        exit = cli_find(call, page->c, "parties", cli_value(call, CLI_OPT_PARTY), &page->party);
    }
    if (exit == CLI_DONE && cli_value(call, CLI_OPT_ISSUE) != NULL) {
        exit = cli_find(call, page->c, "issues", cli_value(call, CLI_OPT_ISSUE), &page->issue);
    }
    if (exit == CLI_DONE && cli_value(call, CLI_OPT_SOURCE) != NULL) {
        exit = cli_find(call, page->c, "sources", cli_value(call, CLI_OPT_SOURCE), &page->source);
    }
    if (exit != CLI_DONE) {
        return exit;
    }
    page->act = cli_choice(call, CLI_OPT_ACT, -1);
    page->cls = cli_choice(call, CLI_OPT_CLASS, -1);
    page->cls += page->cls >= 0; /* the first class is none */
    page->language =
        (parley_language)cli_choice(call, CLI_OPT_LANGUAGE, (int)parley_case_language(page->c));
    if (cli_has(call, CLI_OPT_EXACT)) {
        page->language = PARLEY_LANGUAGE_NONE;
    }
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        status = parley_page_search_json(&json, call->ctx, page, &found, &err);
    } else {
        status = parley_page_search(call->screen, call->ctx, page, &found, &err);
    }
    if (status != PARLEY_OK) {
        return cli_fail(call, &err);
    }
    return found > 0 ? CLI_DONE : CLI_FINDING;
}

static int search_store(cli_call *call, parley_search_page *page)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_store *store = NULL;
    parley_store_claims *claims = NULL;
    parley_status status = parley_store_open(&store, call->ctx, call->path, NULL, &err);
    if (status == PARLEY_OK) {
        status = parley_store_claims_new(&claims, store, &err);
    }
    int exit = CLI_DONE;
    if (status != PARLEY_OK) {
        exit = cli_fail(call, &err);
    } else {
        page->c = parley_store_claims_frame(claims);
        page->claims = parley_store_claims_of(claims);
        exit = search(call, page);
    }
    parley_store_claims_free(claims);
    parley_store_close(store);
    return exit;
}

int cmd_search(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = NULL;
    int exit = CLI_DONE;
    parley_text *query = parley_text_new(call->ctx, parley_ctx_limits(call->ctx)->text_bytes);
    if (query == NULL) {
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(call, &err);
    }
    parley_search_page page = {.party = -1, .issue = -1, .source = -1, .act = -1, .cls = -1};
    page.query = words_of(call, query);
    page.most =
        cli_has(call, CLI_OPT_ALL) ? 0 : (uint32_t)cli_number(call, CLI_OPT_LIMIT, SHOWN_MOST);
    const char *slash = strrchr(call->path, '/');
    page.name = slash != NULL ? slash + 1 : call->path;
    if (parley_text_status(query, &err) != PARLEY_OK) {
        exit = cli_fail(call, &err);
    } else if (in_place(call)) {
        exit = search_store(call, &page);
    } else {
        exit = cli_load(call, &c);
        if (exit == CLI_DONE) {
            page.c = c;
            page.claims = parley_claims_of(c);
            page.name = parley_case_name(c);
            exit = search(call, &page);
        }
        parley_case_free(c);
    }
    parley_text_free(query);
    return exit;
}
