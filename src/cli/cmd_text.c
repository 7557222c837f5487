/*
 * parley text: the working text in its versions, and the next one that the engine would try.
 */
#include "cli/load.h"

#include <string.h>

#include <parley/screens.h>
#include <parley/worktext.h>

/* The proposal named on the command line, or what there is. */
static int find_proposal(cli_call *call, const parley_case *c, const char *id, int32_t *out)
{
    *out = parley_case_find(c, "proposals", id, strlen(id));
    if (*out >= 0) {
        return CLI_DONE;
    }
    char known[400] = "";
    size_t used = 0;
    for (uint32_t i = 0; i < parley_case_proposals(c) && used < sizeof(known); i++) {
        used += (size_t)snprintf(known + used, sizeof(known) - used, "%s%s", i == 0 ? "" : ", ",
                                 parley_case_proposal(c, (int32_t)i)->record.id);
    }
    call->dropped = true;
    return parley_case_proposals(c) == 0
               ? cli_usage(call, "the case has no proposal '%s': it has none at all", id)
               : cli_usage(call, "the case has no proposal '%s'; it has: %s", id, known);
}

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
        exit = find_proposal(call, c, call->paths[1], &options.proposal);
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
