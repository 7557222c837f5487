/*
 * parley why: from what a page says back to claims and sources.
 *
 * Sticking points take every word that binds. In a case of very many claims they are left to
 * `parley blocks`; then a case on disk need not be read as a whole for one claim or position.
 */
#include "cli/load.h"

#include <parley/screens.h>
#include <string.h>

typedef struct asking {
    cli_call *call;
    parley_store *store;
    parley_part part;
    char *party; /* the first word of two */
    int exit;
} asking;

static bool has(asking *a, const char *section, const char *id)
{
    parley_error err = PARLEY_ERROR_INIT;
    bool there = false;
    if (a->exit == CLI_DONE && parley_store_has(&there, a->store, section, id, &err) != PARLEY_OK) {
        a->exit = cli_fail(a->call, &err);
    }
    return there && a->exit == CLI_DONE;
}

/* What has to be read for an answer, in the order in which the page looks for what was meant;
 * false: everything. */
static bool find_part(asking *a, const char *what)
{
    static const char *const others[] = {"proposals", "concerns"};
    if (has(a, "claims", what)) {
        a->part.ids = &a->call->paths[1];
        a->part.id_count = 1;
        return true;
    }
    if (has(a, "readings", what)) {
        return true;
    }
    if (parley_words_find(PARLEY_WORDS_RUNG, what, strlen(what)) >= 0) {
        return false;
    }
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (has(a, others[i], what)) {
            a->part.about = what;
            return true;
        }
    }
    if (has(a, "parties", what)) {
        a->part.party = what;
        return true;
    }
    if (has(a, "issues", what)) {
        a->part.issue = what;
        return true;
    }
    size_t first = strcspn(what, " ");
    const char *rest = what + first + strspn(what + first, " ");
    if (what[first] == '\0') {
        return false;
    }
    memcpy(a->party, what, first);
    a->party[first] = '\0';
    if (has(a, "parties", a->party)) { /* and an issue, or a term, which names its issues */
        a->part.party = a->party;
        a->part.issue = has(a, "issues", rest) ? rest : NULL;
        return a->exit == CLI_DONE;
    }
    return false;
}

static int show(cli_call *call, const cli_analysis *a, bool apart)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    const parley_why_page page = {a->c, a->deal, call->paths[1], apart};
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        status = parley_page_why_json(&json, call->ctx, &page, &err);
    } else {
        status = parley_page_why(call->screen, call->ctx, &page, &err);
    }
    return status == PARLEY_OK ? CLI_DONE : cli_fail(call, &err);
}

/* *done: the answer is given, or cannot be. */
static int why_in_part(cli_call *call, bool *done)
{
    parley_error err = PARLEY_ERROR_INIT;
    const parley_part nothing = PARLEY_PART_INIT;
    asking a = {.call = call, .part = nothing};
    cli_analysis found = {.c = NULL};
    bool many = false;
    *done = false;
    cli_in_part(call, &a.store);
    if (a.store == NULL) {
        return CLI_DONE;
    }
    const char *what = call->paths[1] + strspn(call->paths[1], " ");
    size_t size = strlen(what) + 1;
    parley_terms_options options = PARLEY_TERMS_OPTIONS_INIT;
    a.part.terms = true;
    a.part.options = &options;
    a.party = parley_alloc(call->ctx, size);
    if (a.party == NULL) {
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        a.exit = cli_fail(call, &err);
    } else if (parley_store_more_claims(&many, a.store, parley_ctx_limits(call->ctx)->traced_claims,
                                        &err) != PARLEY_OK) {
        a.exit = cli_fail(call, &err);
    }
    if (a.exit == CLI_DONE && many && find_part(&a, what)) {
        const char *without[256];
        options.without = without;
        cli_date(call, CLI_OPT_AT, &options.at);
        for (size_t i = 0; i < cli_list_size(call, CLI_OPT_WITHOUT) && i < 256; i++) {
            without[options.without_count++] = cli_list_at(call, CLI_OPT_WITHOUT, i);
        }
        a.exit = cli_analyse_part(call, &found, a.store, &a.part);
        if (a.exit == CLI_DONE && found.c != NULL) {
            a.exit = show(call, &found, true);
            cli_analysis_free(&found);
            *done = true;
        }
    }
    *done = *done || a.exit != CLI_DONE;
    parley_release(call->ctx, a.party, size);
    parley_store_close(a.store);
    return a.exit;
}

int cmd_why(cli_call *call)
{
    cli_analysis a;
    bool done = false;
    int exit = why_in_part(call, &done);
    if (done) {
        return exit;
    }
    exit = cli_analyse(call, &a);
    if (exit != CLI_DONE) {
        return exit;
    }
    exit = show(call, &a, parley_case_claims(a.c) > parley_ctx_limits(call->ctx)->traced_claims);
    cli_analysis_free(&a);
    return exit;
}
