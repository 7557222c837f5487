/*
 * parley contradictions: what was said side by side; exit 1 when something cannot both be so.
 */
#include "cli/load.h"

#include <parley/screens.h>

/* A page for people is cut short there, and says so. */
enum { QUESTIONS_MOST = 40, STATEMENTS_MOST = 20 };

int cmd_contradictions(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    parley_case *c = NULL;
    uint32_t found = 0;
    int exit = cli_load(call, &c);
    if (exit != CLI_DONE) {
        return exit;
    }
    const parley_contradictions_page page = {c, cli_most(call, QUESTIONS_MOST),
                                             cli_most(call, STATEMENTS_MOST)};
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        status = parley_page_contradictions_json(&json, call->ctx, &page, &found, &err);
    } else {
        status = parley_page_contradictions(call->screen, call->ctx, &page, &found, &err);
    }
    parley_case_free(c);
    return status != PARLEY_OK ? cli_fail(call, &err) : found > 0 ? CLI_FINDING : CLI_DONE;
}
