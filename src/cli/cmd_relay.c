/*
 * parley relay: words carried; exit 1 when something in them may not be passed on.
 */
#include "cli/load.h"

#include <parley/screens.h>
#include <string.h>

int cmd_relay(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    parley_case *c = NULL;
    int32_t relay = -1;
    uint32_t stopped = 0;
    int exit = cli_load(call, &c);
    if (exit == CLI_DONE && call->path_count > 1) {
        exit = cli_find(call, c, "relays", call->paths[1], &relay);
    }
    if (exit != CLI_DONE) {
        parley_case_free(c);
        return exit;
    }
    if (call->json) {
        parley_json json;
        parley_json_begin(&json, call->out);
        status = parley_page_relay_json(&json, call->ctx, c, relay, &stopped, &err);
    } else {
        status = parley_page_relay(call->screen, call->ctx, c, relay, &stopped, &err);
    }
    parley_case_free(c);
    return status != PARLEY_OK ? cli_fail(call, &err) : stopped > 0 ? CLI_FINDING : CLI_DONE;
}
