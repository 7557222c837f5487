/*
 * parley text: the working text in its versions, and the next one that the engine would try.
 */
#include "cli/load.h"

#include <string.h>

#include <parley/screens.h>
#include <parley/worktext.h>

int cmd_text(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_worktext_options options = PARLEY_WORKTEXT_OPTIONS_INIT;
    parley_case *c = NULL;
    parley_worktext *text = NULL;
    cli_term_options terms;
    int exit = cli_load(call, &c);
    if (exit == CLI_DONE) {
        exit = cli_terms(call, c, &terms);
        options.terms = terms.options;
    }
    if (exit == CLI_DONE && call->path_count > 1) {
        exit = cli_find(call, c, "proposals", call->paths[1], &options.proposal);
    }
    parley_status status = PARLEY_OK;
    if (exit == CLI_DONE) {
        status = parley_worktext_new(&text, call->ctx, c, &options, &err);
        const parley_text_page page = {c, text, call->path};
        if (status == PARLEY_OK && call->json) {
            parley_json json;
            parley_json_begin(&json, call->out);
            parley_page_text_json(&json, &page);
        } else if (status == PARLEY_OK) {
            status = parley_page_text(call->screen, &page, &err);
        }
        exit = status == PARLEY_OK ? CLI_DONE : cli_fail(call, &err);
    }
    parley_worktext_free(text);
    parley_case_free(c);
    return exit;
}
