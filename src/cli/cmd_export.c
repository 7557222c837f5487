/*
 * parley export: a case as canonical YAML or JSON, or its claims as a table; with the head of the
 * journal it was taken from.
 *
 * A copy made for an audience carries no head: it would change with records the audience may not
 * know of.
 */
#include "cli/journal.h"
#include "cli/save.h"

#include <parley/intake.h>
#include <string.h>
#include <sys/stat.h>

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

/* Are these two names of one file? */
static bool same_file(const char *a, const char *b)
{
    struct stat one;
    struct stat other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

int cmd_export(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_head head = {0};
    parley_case *c = NULL;
    const char *to = cli_value(call, CLI_OPT_OUT);
    const char *table = cli_value(call, CLI_OPT_CSV);
    if (table != NULL && (to != NULL || call->json)) {
        return cli_usage(call, "--csv goes with neither --out nor --json");
    }
    if (table != NULL && strcmp(table, "-") != 0) {
        to = table;
    }
    if (to != NULL && same_file(to, call->path)) {
        return cli_usage(call, "--%s names the case itself; choose another file",
                         table != NULL ? "csv" : "out");
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
    if (to != NULL) {
        parley_status status = parley_text_status(call->out, &err);
        if (status == PARLEY_OK) {
            bool exists = false;
            status = cli_save(to, parley_text_data(call->out), parley_text_size(call->out), true,
                              &exists, &err);
        }
        if (status != PARLEY_OK) {
            return cli_fail(call, &err);
        }
        parley_text_clear(call->out);
        cli_note(call, "written to %s; it is not encrypted", to);
    }
    return CLI_DONE;
}
