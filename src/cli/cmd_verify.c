/*
 * parley verify: is a case on disk what was written, from the first entry to the last; and is a
 * result of `deals --json` right, by a second way?
 */
#include "cli/journal.h"
#include "cli/load.h"

#include <parley/recheck.h>

#include <stdio.h>
#include <string.h>

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

/* ------------------------------------------------------------------- a result */

static void result_json(cli_call *call, const parley_recheck *r, const parley_diagnostics *faults,
                        const char *name)
{
    parley_json json;
    parley_json_begin(&json, call->out);
    parley_json_object(&json);
    parley_json_key(&json, "file");
    parley_json_string(&json, name);
    parley_json_key(&json, "right");
    parley_json_bool(&json, parley_diagnostics_errors(faults) == 0);
    for (int checked = 1; checked >= 0; checked--) {
        parley_json_key(&json, checked ? "checked" : "not_checked");
        parley_json_array(&json);
        for (uint32_t i = 0; i < parley_recheck_rows(r); i++) {
            parley_recheck_row row = parley_recheck_row_at(r, i);
            if (row.checked != (checked == 1)) {
                continue;
            }
            parley_json_object(&json);
            parley_json_key(&json, "what");
            parley_json_string(&json, row.what);
            parley_json_key(&json, checked ? "how" : "because");
            parley_json_string(&json, row.how);
            if (checked) {
                parley_json_key(&json, "count");
                parley_json_uint(&json, row.count);
            }
            parley_json_object_end(&json);
        }
        parley_json_array_end(&json);
    }
    parley_json_key(&json, "faults");
    parley_json_array(&json);
    for (size_t i = 0; i < parley_diagnostics_size(faults); i++) {
        const parley_error *e = &parley_diagnostics_at(faults, i)->error;
        parley_json_object(&json);
        parley_json_key(&json, "line");
        parley_json_uint(&json, e->span.line);
        parley_json_key(&json, "column");
        parley_json_uint(&json, e->span.column);
        parley_json_key(&json, "message");
        parley_json_string(&json, e->message);
        parley_json_object_end(&json);
    }
    parley_json_array_end(&json);
    parley_json_key(&json, "fault_count");
    parley_json_uint(&json, parley_diagnostics_errors(faults));
    parley_json_object_end(&json);
    parley_json_finish(&json);
}

static void result_rows(cli_call *call, const parley_recheck *r, bool checked)
{
    parley_screen *s = call->screen;
    const parley_column columns[] = {
        {.heading = checked ? "CHECKED" : "NOT CHECKED", .flexible = true, .at_most = 40},
        {.heading = checked ? "TIMES" : NULL, .align = PARLEY_ALIGN_RIGHT},
        {.heading = checked ? "HOW" : "BECAUSE", .flexible = true, .fill = true}};
    parley_table *t = parley_table_new(s, columns, 3, 0, 2);
    for (uint32_t i = 0; i < parley_recheck_rows(r); i++) {
        parley_recheck_row row = parley_recheck_row_at(r, i);
        if (row.checked == checked) {
            parley_table_cell(t, PARLEY_INK_PLAIN, row.what);
            parley_table_cell(t, PARLEY_INK_PLAIN,
                              checked ? parley_screen_number(s, row.count) : NULL);
            parley_table_cell(t, PARLEY_INK_DIM, row.how);
        }
    }
    parley_table_print(t);
}

static void result_page(cli_call *call, const parley_recheck *r, const parley_diagnostics *faults,
                        const char *name)
{
    parley_screen *s = call->screen;
    uint64_t count = parley_diagnostics_errors(faults);
    parley_screen_begin(s, 0, 2);
    if (count == 0) {
        parley_screen_addf(s, PARLEY_INK_GOOD, "%s: nothing is wrong with what was checked", name);
    } else {
        parley_screen_addf(s, PARLEY_INK_BAD, "%s: %s", name,
                           counted(call, count, "disagreement", "disagreements"));
    }
    parley_screen_end(s);
    for (size_t i = 0; i < parley_diagnostics_size(faults); i++) {
        const parley_error *e = &parley_diagnostics_at(faults, i)->error;
        parley_screen_begin(s, 2, 4);
        parley_screen_addf(s, PARLEY_INK_BAD, "%u:%u: %s", e->span.line, e->span.column,
                           e->message);
        parley_screen_end(s);
    }
    if (count > parley_diagnostics_size(faults)) {
        parley_screen_begin(s, 2, 4);
        parley_screen_addf(s, PARLEY_INK_BAD, "... and %s more",
                           parley_screen_number(s, count - parley_diagnostics_size(faults)));
        parley_screen_end(s);
    }
    result_rows(call, r, true);
    result_rows(call, r, false);
}

/* The first operand is the result; the rest is the case, or what --from makes one of. */
static int verify_result(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    const char *name = call->paths[0];
    char *bytes = NULL;
    size_t length = 0;
    size_t size = 0;
    cli_analysis a;
    parley_tree *tree = NULL;
    parley_recheck *recheck = NULL;
    parley_diagnostics *faults = NULL;
    call->paths++;
    call->path_count--;
    call->path = call->paths[0];
    if (cli_has(call, CLI_OPT_HEAD)) {
        return cli_usage(call, "'--head' is about a case on disk, not about a result");
    }
    if (call->path_count > 1 && !cli_has(call, CLI_OPT_FROM)) {
        return cli_usage(call, "a result is checked against one case");
    }
    if (strcmp(name, "-") == 0 && strcmp(call->path, "-") == 0) {
        return cli_usage(call, "only one of the two can be standard input");
    }
    int exit = cli_analyse(call, &a);
    if (exit != CLI_DONE) {
        return exit;
    }
    faults = parley_diagnostics_new(call->ctx);
    parley_status status = faults == NULL ? parley_fail(&err, PARLEY_NOMEM, "out of memory")
                                          : cli_read(call->ctx, name, &bytes, &length, &size, &err);
    if (status == PARLEY_OK) {
        status = parley_tree_read(&tree, call->ctx, name, bytes, length, &err);
    }
    if (status == PARLEY_OK) {
        status = parley_recheck_new(&recheck, call->ctx, a.c, a.deal, tree, NULL, faults, &err);
    }
    if (status != PARLEY_OK) {
        exit = cli_fail(call, &err);
    } else {
        if (call->json) {
            result_json(call, recheck, faults, name);
        } else {
            result_page(call, recheck, faults, name);
        }
        exit = parley_diagnostics_errors(faults) > 0 ? CLI_FINDING : CLI_DONE;
    }
    parley_recheck_free(recheck);
    parley_tree_free(tree);
    parley_release(call->ctx, bytes, size);
    parley_diagnostics_free(faults);
    cli_analysis_free(&a);
    return exit;
}

/* A journal is checked whole: what is said of it is the team's, and looks at no part of it. */
static int for_the_whole(cli_call *call)
{
    static const cli_option parts[] = {
        CLI_OPT_FOR,   CLI_OPT_AS_OF,       CLI_OPT_RECORDED_AS_OF, CLI_OPT_AT,   CLI_OPT_RUNG,
        CLI_OPT_TRACK, CLI_OPT_READINGS_OF, CLI_OPT_WITHOUT,        CLI_OPT_FROM, CLI_OPT_CAP};
    const char *audience = cli_value(call, CLI_OPT_FOR);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        bool team = parts[i] == CLI_OPT_FOR && audience != NULL && strcmp(audience, "team") == 0;
        if (cli_has(call, parts[i]) && !team) {
            return cli_usage(call,
                             "a journal is checked whole, and for the team; --%s goes with a "
                             "result and its case",
                             cli_options[parts[i]].name);
        }
    }
    return CLI_DONE;
}

int cmd_verify(cli_call *call)
{
    if (call->path_count > 1) {
        return verify_result(call);
    }
    int exit = for_the_whole(call);
    if (exit != CLI_DONE) {
        return exit;
    }
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
