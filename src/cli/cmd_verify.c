/*
 * parley verify: is a case on disk what was written, from the first entry to the last?
 */
#include "cli/journal.h"

#include <stdio.h>

static void json_faults(parley_json *json, const parley_diagnostics *list)
{
    parley_json_key(json, "faults");
    parley_json_array(json);
    for (size_t i = 0; i < parley_diagnostics_size(list); i++) {
        parley_json_string(json, parley_diagnostics_at(list, i)->error.message);
    }
    parley_json_array_end(json);
}

static void show_json(cli_call *call, const parley_verify_result *r, const parley_diagnostics *list)
{
    parley_json json;
    char first[40];
    parley_store_time_text(r->first, first);
    parley_json_begin(&json, call->out);
    parley_json_object(&json);
    parley_json_key(&json, "file");
    parley_json_string(&json, call->path);
    parley_json_key(&json, "right");
    parley_json_bool(&json, r->faults == 0);
    parley_json_key(&json, "records");
    parley_json_uint(&json, r->records);
    parley_json_key(&json, "destroyed");
    parley_json_uint(&json, r->destroyed);
    parley_json_key(&json, "begun");
    parley_json_string(&json, first);
    cli_json_head(&json, &r->head);
    parley_json_key(&json, "noted_head_is_entry");
    if (r->head_asked && r->head_entry > 0) {
        parley_json_uint(&json, r->head_entry);
    } else {
        parley_json_null(&json);
    }
    json_faults(&json, list);
    parley_json_object_end(&json);
    parley_json_finish(&json);
}

/* "1 entry", "2 entries" */
static const char *counted(cli_call *call, uint64_t n, const char *one, const char *many)
{
    return parley_screen_format(call->screen, "%s %s", parley_screen_number(call->screen, n),
                                n == 1 ? one : many);
}

static void show_page(cli_call *call, const parley_verify_result *r, const parley_diagnostics *list)
{
    parley_screen *s = call->screen;
    char first[40];
    char last[40];
    parley_store_time_text(r->first, first);
    parley_store_time_text(r->last, last);
    parley_screen_begin(s, 0, 2);
    parley_screen_add(s, r->faults == 0 ? PARLEY_INK_GOOD : PARLEY_INK_BAD, call->path);
    if (r->faults == 0) {
        parley_screen_add(s, PARLEY_INK_GOOD, ": right");
    } else {
        parley_screen_addf(s, PARLEY_INK_BAD, ": %s", counted(call, r->faults, "fault", "faults"));
    }
    parley_screen_end(s);
    for (size_t i = 0; i < parley_diagnostics_size(list); i++) {
        parley_screen_begin(s, 2, 4);
        parley_screen_add(s, PARLEY_INK_BAD, parley_diagnostics_at(list, i)->error.message);
        parley_screen_end(s);
    }
    if (r->faults > parley_diagnostics_size(list)) {
        parley_screen_begin(s, 2, 4);
        parley_screen_addf(s, PARLEY_INK_BAD, "... and %s more",
                           parley_screen_number(s, r->faults - parley_diagnostics_size(list)));
        parley_screen_end(s);
    }
    parley_screen_begin(s, 0, 2);
    parley_screen_addf(s, PARLEY_INK_PLAIN, "%s, recorded from %s to %s UTC; %s now",
                       counted(call, r->entries, "entry", "entries"), first, last,
                       counted(call, r->records, "record holds", "records hold"));
    parley_screen_end(s);
    if (r->destroyed > 0) {
        parley_screen_begin(s, 0, 2);
        parley_screen_addf(s, PARLEY_INK_WARN, "the words of %s were destroyed",
                           counted(call, r->destroyed, "entry", "entries"));
        parley_screen_end(s);
    }
    if (r->head_entry > 0) {
        uint64_t later = r->entries - r->head_entry;
        parley_screen_begin(s, 0, 2);
        parley_screen_addf(s, PARLEY_INK_PLAIN, "the head that was noted is that of entry %s; %s",
                           parley_screen_number(s, r->head_entry),
                           later == 0
                               ? "nothing came after it"
                               : parley_screen_format(s, "%s came after it",
                                                      counted(call, later, "entry", "entries")));
        parley_screen_end(s);
    }
    cli_show_head(call, &r->head);
}

int cmd_verify(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_verify_result result;
    parley_store *store = NULL;
    uint8_t head[PARLEY_STORE_HASH];
    const char *noted = cli_value(call, CLI_OPT_HEAD);
    if (noted != NULL && !parley_store_hash_parse(head, noted)) {
        return cli_usage(call, "'--head' takes 64 hexadecimal digits, as an export shows them");
    }
    parley_diagnostics *list = parley_diagnostics_new(call->ctx);
    parley_status status =
        list != NULL ? PARLEY_OK : parley_fail(&err, PARLEY_NOMEM, "out of memory");
    if (status == PARLEY_OK) {
        status = parley_store_open(&store, call->ctx, call->path, NULL, &err);
    }
    if (status == PARLEY_OK) {
        status = parley_store_verify(&result, store, noted != NULL ? head : NULL, list, &err);
    }
    int exit = CLI_DONE;
    if (status != PARLEY_OK) {
        exit = cli_fail(call, &err);
    } else {
        if (call->json) {
            show_json(call, &result, list);
        } else {
            show_page(call, &result, list);
        }
        exit = result.faults > 0 ? CLI_FINDING : CLI_DONE;
    }
    parley_store_close(store);
    parley_diagnostics_free(list);
    return exit;
}
