/*
 * parley deals: the reading ladder of a case; packages listed or judged.
 */
#include "cli/load.h"

#include <string.h>

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

static int choose_tracks(cli_call *call, const parley_case *c, parley_arena *arena,
                         parley_deal_options *options)
{
    size_t count = cli_list_size(call, CLI_OPT_TRACK);
    int32_t *tracks = parley_arena_array(arena, count, sizeof(*tracks));
    if (tracks == NULL) {
        parley_error err = PARLEY_ERROR_INIT;
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(call, &err);
    }
    for (size_t i = 0; i < count; i++) {
        const char *id = cli_list_at(call, CLI_OPT_TRACK, i);
        if (count == 1 && strcmp(id, "all") == 0) {
            options->all_tracks = true;
            return CLI_DONE;
        }
        int exit = cli_find(call, c, "tracks", id, &tracks[i]);
        if (exit != CLI_DONE) {
            return exit;
        }
    }
    options->tracks = tracks;
    options->track_count = (uint32_t)count;
    return CLI_DONE;
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
    bool counted = parley_deal_issues(page->deal).count > 0;
    return counted && page->package == NULL && page->query == NULL &&
                   parley_deal_dies_at(page->deal) >= 0
               ? CLI_FINDING
               : CLI_DONE;
}

int cmd_deals(cli_call *call)
{
    parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    parley_package package = {NULL, 0};
    const parley_formula *query = NULL;
    cli_term_options terms;
    parley_case *c = NULL;
    parley_deal *deal = NULL;
    parley_arena *arena = NULL;
    int exit = cli_load(call, &c);
    if (exit != CLI_DONE) {
        return exit;
    }
    arena = parley_arena_new(call->ctx);
    if (arena == NULL) {
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        exit = cli_fail(call, &err);
        goto out;
    }
    exit = cli_terms(call, c, &terms);
    if (exit == CLI_DONE) {
        exit = choose_tracks(call, c, arena, &options);
    }
    if (exit != CLI_DONE) {
        goto out;
    }
    options.terms = terms.options;
    options.up_to = cli_choice(call, CLI_OPT_RUNG, PARLEY_RUNG_READINGS);
    const char *text = cli_value(call, CLI_OPT_PACKAGE);
    const char *asked = cli_value(call, CLI_OPT_QUERY);
    if (parley_deal_new(&deal, call->ctx, c, &options, &err) != PARLEY_OK ||
        (text != NULL && read_package(c, arena, text, &package, &err) != PARLEY_OK) ||
        (asked != NULL && parley_case_formula(&query, c, arena, asked, &err) != PARLEY_OK)) {
        exit = cli_fail(call, &err);
        goto out;
    }
    const parley_deals_page page = {c,
                                    deal,
                                    call->path,
                                    cli_has(call, CLI_OPT_LIST),
                                    cli_number(call, CLI_OPT_LIST, 20),
                                    cli_number(call, CLI_OPT_SKIP, 0),
                                    text != NULL ? &package : NULL,
                                    text,
                                    query,
                                    asked};
    exit = print(call, &page);
out:
    parley_arena_free(arena);
    parley_deal_free(deal);
    parley_case_free(c);
    return exit;
}
