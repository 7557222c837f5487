/*
 * The one gate: every product that leaves, and the export log.
 *
 * A verb prints onto call->out; with --out the gate writes that to a file. For an audience or a
 * recipient the order is: the bytes are written beside their place and synced; their line goes into
 * the log, durably; they are put in place. What is in place is in the log, whatever happens in
 * between. When the last step fails the log says that the product was not put in place; a crash
 * before it leaves a line too many in the log, and never a product that is not in it.
 */
#include "cli/gate.h"
#include "cli/load.h"
#include "cli/save.h"

#include <parley/exports.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Are these two names of one file? */
static bool same_file(const char *a, const char *b)
{
    struct stat one;
    struct stat other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

static bool verb_is(const cli_call *call, cli_verb_id id)
{
    return call->verb == &cli_verbs[id];
}

/* Is it a whole case, not an audience's? */
static bool for_team(const cli_call *call)
{
    const char *audience = cli_value(call, CLI_OPT_FOR);
    return audience == NULL || strcmp(audience, "team") == 0;
}

static bool from_foreign(const cli_call *call)
{
    return cli_has(call, CLI_OPT_FROM) && (verb_is(call, CLI_DEALS) || verb_is(call, CLI_CONVERT));
}

static bool ends_with(const char *text, const char *ending)
{
    size_t length = strlen(text);
    size_t n = strlen(ending);
    return length > n && strcmp(text + length - n, ending) == 0;
}

/* Is it the journal of a change that the library keeps beside a case on disk? */
static bool journal_of_a_case(const char *to)
{
    static const char ending[] = "-journal";
    char name[4096];
    int n = snprintf(name, sizeof(name), "%s", to);
    if (n < 0 || (size_t)n >= sizeof(name) || !ends_with(to, ending)) {
        return false;
    }
    name[strlen(name) - (sizeof(ending) - 1)] = '\0';
    return parley_store_is(name);
}

int cli_gate_may_write(const cli_call *call, const char *option, const char *to)
{
    struct stat info;
    size_t files = from_foreign(call) ? call->path_count : 1;
    for (size_t i = 0; i < files && call->path != NULL; i++) {
        if (same_file(to, i == 0 ? call->path : call->paths[i])) {
            return cli_usage(call, "--%s names the case itself; choose another file", option);
        }
    }
    if (ends_with(to, PARLEY_EXPORTS_ENDING) && lstat(to, &info) == 0) {
        parley_error err = PARLEY_ERROR_INIT;
        parley_fail(&err, PARLEY_INVALID, "'%s' is an export log itself", to);
        parley_error_hint(&err, "choose another file");
        return cli_error(call, &err);
    }
    if (journal_of_a_case(to)) {
        return cli_usage(call, "'%s' belongs to a case on disk; choose another file", to);
    }
    if (!cli_has(call, CLI_OPT_FORCE) && parley_store_is(to)) {
        return cli_usage(call, "'%s' is a case on disk; --force replaces it", to);
    }
    return CLI_DONE;
}

/* Where it goes; a folder gets a file with a neutral name. */
static int find_place(cli_call *call, cli_gate *gate)
{
    struct stat info;
    const char *out = cli_value(call, CLI_OPT_OUT);
    const char *table = verb_is(call, CLI_EXPORT) ? cli_value(call, CLI_OPT_CSV) : NULL;
    if (out == NULL && table != NULL && strcmp(table, "-") != 0) {
        out = table;
    }
    if (out == NULL) {
        return CLI_DONE;
    }
    int n = snprintf(gate->to, sizeof(gate->to), "%s", out);
    bool fits = n > 0 && (size_t)n < sizeof(gate->to);
    if (fits && (out[n - 1] == '/' || (stat(out, &info) == 0 && S_ISDIR(info.st_mode)))) {
        fits = cli_gate_neutral(call, gate->to, sizeof(gate->to));
    }
    if (!fits) {
        return cli_usage(call, "'--out' names no file, or one with too long a name");
    }
    return cli_gate_may_write(call, out == table ? "csv" : "out", gate->to);
}

static int check_options(cli_call *call, cli_gate *gate)
{
    bool out = gate->to[0] != '\0';
    const char *recipient = cli_value(call, CLI_OPT_RECIPIENT);
    if (gate->preview && for_team(call)) {
        return cli_usage(call, "--preview shows what a copy leaves out: say for whom, with --for");
    }
    if (recipient != NULL && !out && !gate->preview) {
        return cli_usage(call, "--recipient goes with --out");
    }
    if (recipient != NULL && recipient[strspn(recipient, " ")] == '\0') {
        return cli_usage(call, "--recipient names nobody");
    }
    bool table = verb_is(call, CLI_DEALS) &&
                 (cli_value(call, CLI_OPT_CSV) != NULL || cli_value(call, CLI_OPT_XLSX) != NULL);
    if (cli_has(call, CLI_OPT_FORCE) && !out && !table) {
        return cli_usage(call, "--force goes with --out");
    }
    if (out && cli_has(call, CLI_OPT_TO) && verb_is(call, CLI_CONVERT)) {
        return CLI_DONE; /* its own business */
    }
    if (gate->logged && from_foreign(call)) {
        return cli_usage(call, "files of other programs have no audiences and no export log; make "
                               "a case of them first, with 'parley convert'");
    }
    if (gate->logged && strcmp(call->path, "-") == 0) {
        return cli_usage(call, "standard input has no export log beside it; name the case's file");
    }
    return CLI_DONE;
}

int cli_gate_open(cli_call *call, cli_gate *gate)
{
    parley_error err = PARLEY_ERROR_INIT;
    *gate = (cli_gate){.preview = cli_has(call, CLI_OPT_PREVIEW)};
    call->gate = gate;
    int exit = find_place(call, gate);
    bool out = gate->to[0] != '\0';
    gate->logged =
        out && (cli_has(call, CLI_OPT_FOR) || cli_has(call, CLI_OPT_RECIPIENT)) && !gate->preview;
    gate->replace = cli_has(call, CLI_OPT_FORCE) || (verb_is(call, CLI_EXPORT) && !gate->logged);
    if (exit == CLI_DONE) {
        exit = check_options(call, gate);
    }
    struct stat info;
    if (exit == CLI_DONE && out && !gate->replace && !gate->preview &&
        (gate->logged || !verb_is(call, CLI_CONVERT)) && lstat(gate->to, &info) == 0) {
        exit = cli_usage(call, "'%s' is there already; --force replaces it", gate->to);
    }
    if (exit == CLI_DONE && !for_team(call) &&
        parley_view_new(&gate->view, call->ctx, &err) != PARLEY_OK) {
        exit = cli_fail(call, &err);
    }
    gate->written = verb_is(call, CLI_CONVERT) && !gate->logged;
    return exit;
}

void cli_gate_free(cli_call *call)
{
    for (cli_gate_link *l = call->gate->links; l != NULL;) {
        cli_gate_link *next = l->next;
        parley_view_free(l->view);
        parley_release(call->ctx, l->file, l->size);
        parley_release(call->ctx, l, sizeof(*l));
        l = next;
    }
    parley_view_free(call->gate->view);
    call->gate = NULL;
}

/* ---------------------------------------------------------------------- reading */

void cli_gate_read(cli_call *call, parley_case_options *options)
{
    options->view = call->gate->view;
    options->called = call->gate->logged ? "case" : NULL;
    options->today = cli_today();
}

parley_status cli_gate_link_read(cli_call *call, const char *file, const char *audience,
                                 parley_view **view, parley_error *err)
{
    cli_gate *gate = call->gate;
    *view = NULL;
    if (!gate->logged) {
        return PARLEY_OK;
    }
    cli_gate_link *l = parley_alloc(call->ctx, sizeof(*l));
    if (l == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    cli_gate_link **end = &gate->links;
    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = l;
    snprintf(l->audience, sizeof(l->audience), "%s", audience);
    l->size = strlen(file) + 1;
    l->file = parley_alloc(call->ctx, l->size);
    if (l->file == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    memcpy(l->file, file, l->size);
    parley_status status = parley_view_new(&l->view, call->ctx, err);
    *view = l->view;
    return status;
}

void cli_gate_seen(cli_call *call, parley_status status, const parley_head *head)
{
    const parley_view *view = call->gate->view;
    if (status == PARLEY_OK) {
        call->gate->seen = head->seq;
    } else if (view != NULL && parley_view_pairs(view) > 0 && !call->gate->preview) {
        parley_error err = PARLEY_ERROR_INIT;
        parley_screen *screen = NULL;
        parley_screen_options options = PARLEY_SCREEN_OPTIONS_INIT;
        parley_text *text = parley_text_new(call->ctx, parley_ctx_limits(call->ctx)->text_bytes);
        if (text != NULL &&
            parley_screen_new(&screen, call->ctx, text, &options, &err) == PARLEY_OK) {
            cli_show_pairs(call, screen, view);
            if (parley_screen_status(screen, &err) == PARLEY_OK) {
                fputs(parley_text_data(text), call->talk);
            }
        }
        parley_screen_free(screen);
        parley_text_free(text);
    }
}

/* ---------------------------------------------------------------------- writing */

/* Cases that were read besides; one that could not be shown has withheld nothing. */
static parley_status describe_links(const cli_gate *gate, parley_arena *arena, parley_export *out,
                                    parley_error *err)
{
    size_t n = 0;
    parley_status status = PARLEY_OK;
    for (const cli_gate_link *l = gate->links; l != NULL; l = l->next) {
        n++;
    }
    parley_export_linked *list = parley_arena_array(arena, n, sizeof(*list));
    if (list == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    out->linked = list;
    for (const cli_gate_link *l = gate->links; l != NULL && status == PARLEY_OK; l = l->next) {
        parley_export one = {.number = 0};
        if (l->view == NULL || !parley_view_filled(l->view)) {
            continue;
        }
        status = parley_exports_withheld(&one, l->view, arena, err);
        list[out->linked_count++] = (parley_export_linked){.file = l->file,
                                                           .audience = l->audience,
                                                           .records = one.records,
                                                           .withheld = one.withheld,
                                                           .withheld_count = one.withheld_count,
                                                           .members = one.members};
    }
    return status;
}

static parley_status describe(cli_call *call, parley_arena *arena, parley_export *out,
                              parley_error *err)
{
    const cli_gate *gate = call->gate;
    const char *audience = cli_value(call, CLI_OPT_FOR);
    const char *recipient = cli_value(call, CLI_OPT_RECIPIENT);
    *out = (parley_export){.verb = call->verb->name,
                           .form = cli_gate_form(call),
                           .audience = audience != NULL ? audience : "team",
                           .as_of = cli_value(call, CLI_OPT_AS_OF),
                           .recorded_as_of = cli_value(call, CLI_OPT_RECORDED_AS_OF),
                           .seen = gate->seen,
                           .bytes = parley_text_size(call->out)};
    out->recipient = recipient != NULL ? recipient : out->audience;
    parley_status status = parley_exports_hash(out->hash, parley_text_data(call->out),
                                               parley_text_size(call->out), err);
    if (status == PARLEY_OK && gate->view != NULL && parley_view_filled(gate->view)) {
        status = parley_exports_withheld(out, gate->view, arena, err);
    }
    return status == PARLEY_OK ? describe_links(gate, arena, out, err) : status;
}

static parley_status withdraw(parley_exports *log, uint64_t number, const parley_error *why,
                              parley_error *err)
{
    parley_error second = PARLEY_ERROR_INIT;
    *err = *why;
    if (parley_exports_withdraw(log, number, why->message, &second) != PARLEY_OK) {
        parley_error_hint(err, "and the export log still has it as export %llu",
                          (unsigned long long)number);
    }
    return why->status;
}

/* Beside, into the log, in place. */
static parley_status let_out(cli_call *call, parley_arena *arena, parley_export *what,
                             uint64_t *number, bool *exists, parley_error *err)
{
    const cli_gate *gate = call->gate;
    cli_saving saving;
    parley_exports *log = NULL;
    parley_status status = describe(call, arena, what, err);
    if (status == PARLEY_OK) {
        status = parley_exports_open(&log, call->ctx, call->path, true, NULL, err);
    }
    if (status == PARLEY_OK && same_file(gate->to, parley_exports_path(log))) {
        status = parley_fail(err, PARLEY_INVALID, "'%s' is the export log itself", gate->to);
        parley_error_hint(err, "choose another file");
    }
    if (status == PARLEY_OK) {
        status = cli_save_beside(&saving, gate->to, parley_text_data(call->out),
                                 parley_text_size(call->out), gate->replace, exists, err);
    }
    if (status == PARLEY_OK) {
        status = parley_exports_add(log, what, number, err);
        if (status != PARLEY_OK) {
            cli_save_forget(&saving);
        } else {
            parley_error failed = PARLEY_ERROR_INIT;
            status = cli_save_place(&saving, exists, &failed);
            if (status != PARLEY_OK) {
                status = withdraw(log, *number, &failed, err);
            }
        }
    }
    parley_exports_close(log);
    return status;
}

static void tell(cli_call *call, const parley_export *what, uint64_t number)
{
    const cli_gate *gate = call->gate;
    if (number == 0) {
        cli_note(call, "written to %s; it is not encrypted", gate->to);
        return;
    }
    cli_note(call, "written to %s for %s; it is not encrypted. Export %llu in the log", gate->to,
             what->recipient, (unsigned long long)number);
    if (gate->view != NULL && parley_view_filled(gate->view)) {
        const char *withheld = cli_view_counts(call->screen, gate->view, true);
        cli_note(call, "withheld: %s", withheld[0] != '\0' ? withheld : "nothing");
        for (const cli_gate_link *l = gate->links; l != NULL; l = l->next) {
            withheld = l->view != NULL && parley_view_filled(l->view)
                           ? cli_view_counts(call->screen, l->view, true)
                           : "";
            if (withheld[0] != '\0') {
                cli_note(call, "withheld of %s: %s", l->file, withheld);
            }
        }
        uint32_t mentions = parley_view_mentions(gate->view);
        if (mentions > 0) {
            cli_complain(call,
                         "%u place%s in it name%s or repeat%s what is withheld; --preview shows %s",
                         mentions, mentions == 1 ? "" : "s", mentions == 1 ? "s" : "",
                         mentions == 1 ? "s" : "", mentions == 1 ? "it" : "them");
        }
        cli_gate_check_name(call, gate->to, gate->view);
    }
}

/* The page's own JSON: where it was written. Other products are JSON themselves. */
static void page_json(cli_call *call, size_t bytes)
{
    parley_json json;
    parley_json_begin(&json, call->out);
    parley_json_object(&json);
    parley_json_key(&json, "file");
    parley_json_string(&json, call->gate->to);
    parley_json_key(&json, "bytes");
    parley_json_int(&json, (int64_t)bytes);
    parley_json_key(&json, "html");
    parley_json_null(&json);
    parley_json_key(&json, "markdown");
    parley_json_null(&json);
    parley_json_object_end(&json);
    parley_json_finish(&json);
}

int cli_gate_close(cli_call *call, int exit)
{
    parley_error err = PARLEY_ERROR_INIT;
    cli_gate *gate = call->gate;
    parley_export what;
    uint64_t number = 0;
    bool exists = false;
    if (gate->to[0] == '\0' || gate->preview || gate->written || exit > CLI_FINDING ||
        call->dropped) {
        return exit;
    }
    parley_status status = parley_screen_status(call->screen, &err);
    if (status == PARLEY_OK) {
        status = parley_text_status(call->out, &err);
    }
    size_t bytes = parley_text_size(call->out);
    parley_arena *arena = parley_arena_new(call->ctx);
    if (status == PARLEY_OK && arena == NULL) {
        status = parley_fail(&err, PARLEY_NOMEM, "out of memory");
    }
    if (status == PARLEY_OK) {
        status = gate->logged ? let_out(call, arena, &what, &number, &exists, &err)
                              : cli_save(gate->to, parley_text_data(call->out), bytes,
                                         gate->replace, &exists, &err);
    }
    if (exists) {
        exit = cli_usage(call, "'%s' is there already; --force replaces it", gate->to);
    } else if (status != PARLEY_OK) {
        exit = cli_fail(call, &err);
    } else {
        parley_text_clear(call->out);
        tell(call, &what, number);
        if (call->json && verb_is(call, CLI_PAGE)) {
            page_json(call, bytes);
        }
    }
    parley_arena_free(arena);
    return exit;
}
