/*
 * parley export: a case as canonical YAML or JSON, or its claims as a table; with the head of the
 * journal it was taken from.
 *
 * A copy made for an audience carries no head: it would change with records the audience may not
 * know of.
 */
#include "cli/journal.h"

#include <parley/intake.h>

static bool write_json(cli_call *call, const parley_case *c, const parley_head *head)
{
    parley_json json;
    parley_text *whole = parley_text_new(call->ctx, SIZE_MAX);
    if (whole == NULL) {
        return false;
    }
    parley_case_write_json(c, whole);
    parley_json_begin(&json, call->out);
    parley_json_object(&json);
    parley_json_key(&json, "file");
    parley_json_string(&json, parley_case_name(c));
    if (head->seq > 0) {
        cli_json_head(&json, head);
    }
    parley_json_key(&json, "case");
    parley_text_add(call->out, parley_text_data(whole),
                    parley_text_size(whole) - (parley_text_size(whole) > 0 ? 1 : 0)); /* line end */
    json.after_key = false;
    parley_json_object_end(&json);
    parley_json_finish(&json);
    bool good = parley_text_status(whole, NULL) == PARLEY_OK;
    parley_text_free(whole);
    return good;
}

/* The head comes last: lines are those that messages about the case on disk name. */
static void write_yaml(cli_call *call, const parley_case *c, const parley_head *head)
{
    parley_case_write_yaml(c, call->out);
    if (head->seq > 0) {
        char hash[PARLEY_STORE_HASH_TEXT];
        char when[40];
        parley_store_hash_text(head->hash, hash);
        parley_store_time_text(head->recorded, when);
        parley_text_printf(call->out, "# head %s\n# %llu entries, the last recorded %s UTC\n", hash,
                           (unsigned long long)head->seq, when);
    }
}

int cmd_export(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_head head = {0};
    parley_case *c = NULL;
    const char *table = cli_value(call, CLI_OPT_CSV);
    if (table != NULL && (cli_has(call, CLI_OPT_OUT) || call->json)) {
        return cli_usage(call, "--csv goes with neither --out nor --json");
    }
    int exit = cli_load_head(call, &c, &head);
    if (exit != CLI_DONE) {
        return exit;
    }
    if (parley_case_audience(c) != NULL) {
        head.seq = 0;
    }
    bool good = true;
    if (table != NULL) {
        parley_claims_table(call->out, c);
    } else if (call->json) {
        good = write_json(call, c, &head);
    } else {
        write_yaml(call, c, &head);
    }
    parley_case_free(c);
    if (!good) {
        parley_fail(&err, PARLEY_NOMEM, "out of memory while writing the case");
        return cli_fail(call, &err);
    }
    return CLI_DONE;
}
