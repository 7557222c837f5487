/*
 * parley relay: words carried; exit 1 when something in them may not be passed on.
 */
#include "cli/load.h"

#include <parley/screens.h>
#include <string.h>

static int find_relay(cli_call *call, const parley_case *c, const char *id, int32_t *out)
{
    *out = parley_case_find(c, "relays", id, strlen(id));
    if (*out >= 0) {
        return CLI_DONE;
    }
    const char *names[64];
    size_t count = 0;
    parley_error err = PARLEY_ERROR_INIT;
    for (uint32_t i = 0; i < parley_case_relays(c) && count < 64; i++) {
        names[count++] = parley_case_relay(c, (int32_t)i)->record.id;
    }
    parley_fail(&err, PARLEY_NOTFOUND, "the case has no relay '%s'", id);
    int best = parley_nearest(id, strlen(id), names, count);
    if (best >= 0) {
        parley_error_hint(&err, "did you mean '%s'?", names[best]);
    }
    return cli_fail(call, &err);
}

int cmd_relay(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = PARLEY_OK;
    parley_case *c = NULL;
    int32_t relay = -1;
    uint32_t stopped = 0;
    int exit = cli_load(call, &c);
    if (exit == CLI_DONE && call->path_count > 1) {
        exit = find_relay(call, c, call->paths[1], &relay);
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
