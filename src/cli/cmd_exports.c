/*
 * parley exports: the export log of a case; and whose copy a file is.
 */
#include "cli/cli.h"

#include <parley/exports.h>
#include <string.h>

enum { SHOWN_HASH = 16 };

typedef struct listing {
    cli_call *call;
    const parley_export *list;
    size_t count;
    const parley_diagnostics *faults;
    const uint8_t *wanted; /* hash of --check's file; NULL: list all */
    size_t found;
} listing;

/* The block that says that this one was not put in place; NULL: it was. */
static const parley_export *withdrawn(const listing *l, const parley_export *e)
{
    for (size_t i = 0; i < l->count; i++) {
        if (l->list[i].target == e->number) {
            return &l->list[i];
        }
    }
    return NULL;
}

static bool listed(const listing *l, const parley_export *e)
{
    return e->target == 0 &&
           (l->wanted == NULL || memcmp(e->hash, l->wanted, sizeof(e->hash)) == 0);
}

static uint64_t withheld_records(const parley_export *e)
{
    uint64_t count = 0;
    for (uint32_t s = 0; s < e->withheld_count; s++) {
        count += e->withheld[s].which.count;
    }
    return count;
}

static void json_withheld(parley_json *j, const parley_export_section *list, uint32_t count,
                          const parley_texts *members)
{
    parley_json_key(j, "withheld");
    parley_json_object(j);
    for (uint32_t s = 0; s < count; s++) {
        parley_json_key(j, list[s].section);
        parley_json_array(j);
        for (uint32_t i = 0; i < list[s].which.count; i++) {
            parley_json_string(j, list[s].which.at[i]);
        }
        parley_json_array_end(j);
    }
    parley_json_object_end(j);
    parley_json_key(j, "members");
    parley_json_array(j);
    for (uint32_t i = 0; i < members->count; i++) {
        parley_json_string(j, members->at[i]);
    }
    parley_json_array_end(j);
}

static void json_export(parley_json *j, const listing *l, const parley_export *e)
{
    char when[40];
    char hash[PARLEY_STORE_HASH_TEXT];
    parley_store_time_text(e->when, when);
    parley_store_hash_text(e->hash, hash);
    const struct {
        const char *key;
        const char *text;
    } texts[] = {{"when", when},
                 {"verb", e->verb},
                 {"form", e->form},
                 {"audience", e->audience},
                 {"recipient", e->recipient},
                 {"as_of", e->as_of},
                 {"recorded_as_of", e->recorded_as_of},
                 {"hash", hash}};
    parley_json_object(j);
    parley_json_key(j, "export");
    parley_json_uint(j, e->number);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        parley_json_key(j, texts[i].key);
        parley_json_string(j, texts[i].text);
    }
    parley_json_key(j, "bytes");
    parley_json_uint(j, e->bytes);
    parley_json_key(j, "written");
    parley_json_bool(j, withdrawn(l, e) == NULL);
    json_withheld(j, e->withheld, e->withheld_count, &e->members);
    parley_json_key(j, "linked");
    parley_json_array(j);
    for (uint32_t i = 0; i < e->linked_count; i++) {
        const parley_export_linked *one = &e->linked[i];
        parley_json_object(j);
        parley_json_key(j, "file");
        parley_json_string(j, one->file);
        parley_json_key(j, "audience");
        parley_json_string(j, one->audience);
        parley_json_key(j, "records");
        parley_json_uint(j, one->records);
        json_withheld(j, one->withheld, one->withheld_count, &one->members);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
}

static void show_json(listing *l, const char *log)
{
    parley_json json;
    parley_json_begin(&json, l->call->out);
    parley_json_object(&json);
    parley_json_key(&json, "log");
    parley_json_string(&json, log);
    parley_json_key(&json, "exports");
    parley_json_array(&json);
    for (size_t i = 0; i < l->count; i++) {
        if (listed(l, &l->list[i])) {
            json_export(&json, l, &l->list[i]);
            l->found++;
        }
    }
    parley_json_array_end(&json);
    parley_json_key(&json, "faults");
    parley_json_array(&json);
    for (size_t i = 0; i < parley_diagnostics_size(l->faults); i++) {
        parley_json_string(&json, parley_diagnostics_at(l->faults, i)->error.message);
    }
    parley_json_array_end(&json);
    parley_json_object_end(&json);
    parley_json_finish(&json);
}

static void show_withheld(parley_screen *s, const parley_export_section *list, uint32_t count,
                          const parley_texts *members)
{
    for (uint32_t k = 0; k < count; k++) {
        const parley_export_section *w = &list[k];
        parley_screen_itemf(s, PARLEY_INK_PLAIN, "%s", w->section);
        for (uint32_t i = 0; i < w->which.count && i < 8; i++) {
            parley_screen_addf(s, PARLEY_INK_PLAIN, " %s", w->which.at[i]);
        }
        if (w->which.count > 8) {
            parley_screen_addf(s, PARLEY_INK_DIM, " and %s more",
                               parley_screen_number(s, w->which.count - 8));
        }
    }
    for (uint32_t i = 0; i < members->count; i++) {
        parley_screen_itemf(s, PARLEY_INK_PLAIN, "the %s", members->at[i]);
    }
}

/* Of the cases that links lead to. */
static void show_linked(parley_screen *s, const parley_export *e)
{
    for (uint32_t i = 0; i < e->linked_count; i++) {
        const parley_export_linked *l = &e->linked[i];
        parley_screen_begin(s, 3, 5);
        if (l->withheld_count == 0 && l->members.count == 0) {
            parley_screen_addf(s, PARLEY_INK_PLAIN, "nothing withheld of %s, read as %s", l->file,
                               l->audience);
        } else {
            parley_screen_addf(s, PARLEY_INK_PLAIN, "withheld of %s, read as %s: ", l->file,
                               l->audience);
            show_withheld(s, l->withheld, l->withheld_count, &l->members);
        }
        parley_screen_end(s);
    }
}

static void show_export(listing *l, const parley_export *e)
{
    parley_screen *s = l->call->screen;
    char when[40];
    char hash[PARLEY_STORE_HASH_TEXT];
    parley_store_time_text(e->when, when);
    parley_store_hash_text(e->hash, hash);
    parley_screen_begin(s, 0, 2);
    parley_screen_addf(s, PARLEY_INK_HEADING, "%llu  %s UTC  ", (unsigned long long)e->number,
                       when);
    parley_screen_addf(s, PARLEY_INK_PLAIN, "%s (%s) for %s", e->verb,
                       e->form != NULL ? e->form : "text", e->recipient);
    if (strcmp(e->recipient, e->audience) != 0) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, ", as %s may see it", e->audience);
    }
    if (e->as_of != NULL) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, ", as of %s", e->as_of);
    }
    if (e->recorded_as_of != NULL) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, ", recorded as of %s", e->recorded_as_of);
    }
    if (withdrawn(l, e) != NULL) {
        parley_screen_add(s, PARLEY_INK_WARN, "; it was not put in place");
    }
    parley_screen_end(s);
    parley_screen_begin(s, 3, 5);
    uint64_t count = withheld_records(e);
    if (count == 0 && e->members.count == 0) {
        parley_screen_add(s, PARLEY_INK_PLAIN, "nothing withheld");
    } else {
        parley_screen_add(s, PARLEY_INK_PLAIN, "withheld: ");
        show_withheld(s, e->withheld, e->withheld_count, &e->members);
    }
    parley_screen_end(s);
    show_linked(s, e);
    parley_screen_begin(s, 3, 5);
    parley_screen_addf(s, PARLEY_INK_DIM, "%s bytes  %.*s", parley_screen_number(s, e->bytes),
                       l->wanted != NULL ? PARLEY_STORE_HASH_TEXT : SHOWN_HASH, hash);
    parley_screen_end(s);
}

static void show_page(listing *l, const char *log)
{
    parley_screen *s = l->call->screen;
    for (size_t i = 0; i < l->count; i++) {
        if (listed(l, &l->list[i])) {
            show_export(l, &l->list[i]);
            l->found++;
        }
    }
    if (l->found == 0) {
        parley_screen_begin(s, 0, 2);
        if (l->wanted == NULL) {
            parley_screen_addf(s, PARLEY_INK_PLAIN,
                               "Nothing has left yet, as far as the export log knows (%s).", log);
        } else {
            parley_screen_addf(s, PARLEY_INK_PLAIN,
                               "'%s' is no export of this case: no export has these bytes.",
                               cli_value(l->call, CLI_OPT_CHECK_FILE));
        }
        parley_screen_end(s);
    }
    for (size_t i = 0; i < parley_diagnostics_size(l->faults); i++) {
        parley_screen_begin(s, 0, 2);
        parley_screen_add(s, PARLEY_INK_BAD, parley_diagnostics_at(l->faults, i)->error.message);
        parley_screen_end(s);
    }
}

static parley_status hash_file(cli_call *call, const char *path, uint8_t out[PARLEY_STORE_HASH],
                               parley_error *err)
{
    char *bytes = NULL;
    size_t length = 0;
    size_t size = 0;
    parley_status status = cli_read(call->ctx, path, &bytes, &length, &size, err);
    if (status == PARLEY_OK) {
        status = parley_exports_hash(out, bytes, length, err);
        parley_release(call->ctx, bytes, size);
    }
    return status;
}

int cmd_exports(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    uint8_t wanted[PARLEY_STORE_HASH];
    const char *file = cli_value(call, CLI_OPT_CHECK_FILE);
    listing l = {.call = call, .wanted = file != NULL ? wanted : NULL};
    parley_exports *log = NULL;
    parley_arena *arena = parley_arena_new(call->ctx);
    parley_diagnostics *faults = parley_diagnostics_new(call->ctx);
    parley_status status = arena != NULL && faults != NULL
                               ? PARLEY_OK
                               : parley_fail(&err, PARLEY_NOMEM, "out of memory");
    if (status == PARLEY_OK && file != NULL) {
        status = hash_file(call, file, wanted, &err);
    }
    if (status == PARLEY_OK) {
        status = parley_exports_open(&log, call->ctx, call->path, false, NULL, &err);
    }
    if (status == PARLEY_OK) {
        status = parley_exports_read(log, arena, &l.list, &l.count, faults, &err);
    }
    int exit = CLI_DONE;
    if (status != PARLEY_OK) {
        exit = cli_fail(call, &err);
    } else {
        l.faults = faults;
        if (call->json) {
            show_json(&l, parley_exports_path(log));
        } else {
            show_page(&l, parley_exports_path(log));
        }
        bool finding = parley_diagnostics_errors(faults) > 0 || (file != NULL && l.found == 0);
        exit = finding ? CLI_FINDING : CLI_DONE;
    }
    parley_exports_close(log);
    parley_arena_free(arena);
    parley_diagnostics_free(faults);
    return exit;
}
