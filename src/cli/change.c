/*
 * One record of a case on disk, corrected or removed by adding to its journal: find it, write it,
 * see that the whole still makes a case, show before and after.
 */
#include "cli/change.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------------ finding */

typedef struct finding {
    const char *id;   /* of records with ids; NULL: by number */
    char section[40]; /* "": any */
    uint64_t number;
    uint64_t count; /* records that there are */
    parley_place place[2];
} finding;

/* The words that hold now. */
static bool read_words(void *user, const parley_entry *e)
{
    cli_change *change = user;
    if (e->words != NULL) {
        change->before = parley_arena_copy(change->arena, e->words, e->length);
        change->before_length = e->length;
    }
    return false;
}

/* `section:rest` or `section[rest]`; else the whole is an id. False: neither. */
static bool take_apart(finding *f, const char *what)
{
    size_t n = strcspn(what, ":[");
    parley_section_kind kind = parley_section_kind_of(what, n);
    if (what[n] == '\0' || kind == PARLEY_SECTION_NONE || n >= sizeof(f->section)) {
        f->id = what;
        return what[0] != '\0';
    }
    memcpy(f->section, what, n);
    f->section[n] = '\0';
    if (kind == PARLEY_SECTION_KEYED && what[n] == ':') {
        f->id = what + n + 1;
        return f->id[0] != '\0';
    }
    char *end = NULL;
    f->number = what[n + 1] >= '1' && what[n + 1] <= '9' ? strtoull(what + n + 1, &end, 10) : 0;
    return f->number > 0 && strcmp(end, what[n] == '[' ? "]" : "") == 0 &&
           kind == PARLEY_SECTION_LIST;
}

static int tell_which(cli_change *change, const finding *f, const char *what)
{
    parley_error err = PARLEY_ERROR_INIT;
    if (f->id == NULL) {
        parley_fail(&err, PARLEY_NOTFOUND, "'%s' has %llu records, not %llu", f->section,
                    (unsigned long long)f->count, (unsigned long long)f->number);
    } else if (f->count == 0) {
        parley_fail(&err, PARLEY_NOTFOUND, "'%s' has no record '%s'", change->call->path, what);
        parley_error_hint(&err, "say an id such as c3, section:id, or responses:2 for the second "
                                "of a list");
    } else {
        parley_fail(&err, PARLEY_NOTFOUND, "'%s' is the id of several records", what);
        parley_error_hint(&err, "say %s:%s or %s:%s", f->place[0].section, what,
                          f->place[1].section, what);
    }
    return cli_fail(change->call, &err);
}

int cli_change_find(cli_change *change, const char *what)
{
    parley_error err = PARLEY_ERROR_INIT;
    finding f = {.id = NULL};
    size_t found = 0;
    parley_status status = PARLEY_OK;
    change->what = what;
    if (!take_apart(&f, what)) {
        return cli_usage(change->call,
                         "'%s' names no record: say an id such as c3, section:id, or responses:2 "
                         "for the second of a list",
                         what);
    }
    if (f.id != NULL) {
        status = parley_store_places(f.place, 2, &found, change->store,
                                     f.section[0] != '\0' ? f.section : NULL, f.id, &err);
        f.count = found;
    } else {
        status = parley_store_nth(&f.place[0], &f.count, change->store, f.section, f.number, &err);
    }
    if (status != PARLEY_OK) {
        return cli_fail(change->call, &err);
    }
    if (f.id != NULL ? f.count != 1 : f.number > f.count) {
        return tell_which(change, &f, what);
    }
    change->target = f.place[0].seq;
    status = parley_store_each(change->store, f.place[0].last, read_words, change, &err);
    if (status == PARLEY_OK && change->before == NULL) {
        status = parley_fail(&err, PARLEY_NOMEM, "out of memory");
    }
    return status == PARLEY_OK ? CLI_DONE : cli_fail(change->call, &err);
}

/* ------------------------------------------------------------------------ writing */

int cli_change_begin(cli_change *change, cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_store_options options = PARLEY_STORE_OPTIONS_INIT;
    options.write = true;
    *change = (cli_change){.call = call, .dry = cli_has(call, CLI_OPT_DRY_RUN)};
    if (!parley_store_is(call->path)) {
        return cli_usage(call,
                         "%s corrects a case on disk: make one with 'parley new' and 'parley "
                         "import'; a case file is corrected in an editor",
                         call->verb->name);
    }
    change->arena = parley_arena_new(call->ctx);
    if (change->arena == NULL) {
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(call, &err);
    }
    if (parley_store_open(&change->store, call->ctx, call->path, &options, &err) != PARLEY_OK ||
        parley_store_begin(change->store, &err) != PARLEY_OK) {
        return cli_fail(call, &err);
    }
    return CLI_DONE;
}

void cli_change_end(cli_change *change)
{
    parley_store_close(change->store);
    parley_arena_free(change->arena);
}

/* May claims name records of this section, or what stands in them? */
static bool claims_lean_on(const char *section)
{
    for (size_t i = 0; parley_frame_section(i) != NULL; i++) {
        if (strcmp(parley_frame_section(i), section) == 0) {
            return true;
        }
    }
    return false;
}

/*
 * Does the journal, with what was just added, still make a case? Whoever names a claim is looked
 * at; for a party, an issue and whatever else claims name, every claim is.
 */
static parley_status read_again(cli_change *change, parley_case **c, parley_diagnostics *list,
                                parley_error *err)
{
    parley_piece piece;
    parley_part part = PARLEY_PART_INIT;
    const char *words = change->after != NULL ? change->after : change->before;
    size_t length = change->after != NULL ? change->after_length : change->before_length;
    parley_status status = parley_piece_read(&piece, change->call->ctx, change->arena, change->what,
                                             words, length, err);
    if (status != PARLEY_OK) {
        return status;
    }
    if (claims_lean_on(piece.section)) {
        return parley_store_case(c, change->store, PARLEY_STORE_NOW, NULL, list, NULL, err);
    }
    part.bare = true;
    part.referrers = true;
    if (strcmp(piece.section, "claims") == 0) {
        part.ids = &piece.id;
        part.id_count = piece.id != NULL ? 1 : 0;
    }
    return cli_check_part(c, change->store, &part, list, err);
}

static int check_whole(cli_change *change)
{
    parley_error err = PARLEY_ERROR_INIT;
    cli_call *call = change->call;
    parley_case *c = NULL;
    int exit = CLI_DONE;
    parley_diagnostics *list = parley_diagnostics_new(call->ctx);
    if (list == NULL) {
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(call, &err);
    }
    if (read_again(change, &c, list, &err) != PARLEY_OK) {
        exit = cli_bad_case(call, list, &err);
        cli_note(call, "nothing was written: with this change '%s' makes no case", call->path);
    }
    parley_case_free(c);
    parley_diagnostics_free(list);
    return exit;
}

/* The record's own lines, each behind a mark. */
static void show_lines(cli_call *call, parley_ink ink, const char *mark, const char *bytes,
                       size_t length)
{
    size_t key = 0;
    size_t body = 0;
    parley_piece_split(bytes, length, &key, &body);
    for (size_t at = body; at < length;) {
        const char *end = memchr(bytes + at, '\n', length - at);
        size_t n = end != NULL ? (size_t)(end - bytes) - at : length - at;
        size_t indent = 0;
        while (indent < n && bytes[at + indent] == ' ') {
            indent++;
        }
        parley_screen_begin(call->screen, 0, (uint32_t)indent + 4);
        parley_screen_addf(call->screen, ink, "%s", mark);
        for (size_t i = 2; i < indent; i++) {
            parley_screen_add(call->screen, ink, "\u00a0");
        }
        parley_screen_addf(call->screen, ink, " %.*s", (int)(n - indent), bytes + at + indent);
        parley_screen_end(call->screen);
        at += n + 1;
    }
}

static void json_piece(parley_json *json, const char *key, const char *bytes, size_t length)
{
    parley_json_key(json, key);
    if (bytes == NULL) {
        parley_json_null(json);
    } else {
        parley_json_text(json, bytes, length);
    }
}

static void show_text(cli_change *change, bool same, const parley_head *head)
{
    cli_call *call = change->call;
    parley_screen_begin(call->screen, 0, 2);
    parley_screen_add(call->screen, PARLEY_INK_HEADING, change->what);
    parley_screen_addf(call->screen, PARLEY_INK_PLAIN, " %s",
                       same                                  ? "says that already"
                       : change->kind == PARLEY_ENTRY_PUT    ? "is new"
                       : change->kind == PARLEY_ENTRY_REMOVE ? "no longer holds"
                                                             : "is corrected");
    parley_screen_end(call->screen);
    if (change->before != NULL) {
        show_lines(call, PARLEY_INK_BAD, same ? " " : "-", change->before, change->before_length);
    }
    if (change->after != NULL && !same) {
        show_lines(call, PARLEY_INK_GOOD, "+", change->after, change->after_length);
    }
    if (change->dry || same) {
        parley_screen_begin(call->screen, 0, 0);
        parley_screen_addf(call->screen, PARLEY_INK_WARN, "Nothing was written%s.",
                           change->dry ? " (--dry-run)" : "");
        parley_screen_end(call->screen);
    } else {
        cli_show_head(call, head);
    }
}

static void show(cli_change *change, bool same, const parley_head *head)
{
    parley_json json;
    if (!change->call->json) {
        show_text(change, same, head);
        return;
    }
    parley_json_begin(&json, change->call->out);
    parley_json_object(&json);
    parley_json_key(&json, "record");
    parley_json_string(&json, change->what);
    parley_json_key(&json, "kind");
    parley_json_string(&json, parley_entry_kind_word(change->kind));
    parley_json_key(&json, "target");
    if (change->target > 0) {
        parley_json_uint(&json, change->target);
    } else {
        parley_json_null(&json);
    }
    json_piece(&json, "before", change->before, change->before_length);
    json_piece(&json, "after", change->after, change->after_length);
    parley_json_key(&json, "written");
    parley_json_bool(&json, !change->dry && !same);
    cli_json_head(&json, head);
    parley_json_object_end(&json);
    parley_json_finish(&json);
}

int cli_change_write(cli_change *change, const char *piece, size_t length, const char *why)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_head head;
    parley_piece read;
    parley_status status = PARLEY_OK;
    change->kind = piece == NULL         ? PARLEY_ENTRY_REMOVE
                   : change->target == 0 ? PARLEY_ENTRY_PUT
                                         : PARLEY_ENTRY_CORRECT;
    if (piece != NULL) {
        status = parley_piece_read(&read, change->call->ctx, change->arena, change->what, piece,
                                   length, &err);
        if (status != PARLEY_OK) {
            return cli_fail(change->call, &err);
        }
        change->after = read.bytes;
        change->after_length = read.length;
    }
    bool same = change->after != NULL && change->before != NULL &&
                change->after_length == change->before_length &&
                memcmp(change->after, change->before, change->before_length) == 0;
    if (!same) {
        status = parley_store_add(change->store, NULL, change->kind, change->target,
                                  piece != NULL ? change->after : why,
                                  piece != NULL ? change->after_length : strlen(why), &err);
        if (status != PARLEY_OK) {
            return cli_fail(change->call, &err);
        }
        int exit = check_whole(change);
        if (exit != CLI_DONE) {
            return exit;
        }
    }
    if (change->dry || same) {
        parley_store_rollback(change->store);
    } else {
        status = parley_store_commit(change->store, &err);
    }
    if (status == PARLEY_OK) {
        status = parley_store_head(&head, change->store, PARLEY_STORE_NOW, &err);
    }
    if (status != PARLEY_OK) {
        return cli_fail(change->call, &err);
    }
    show(change, same, &head);
    return CLI_DONE;
}

/* -------------------------------------------------------------------- several */

typedef struct gone {
    const char *what;
    uint64_t target;
    const char *before;
    size_t length;
} gone;

static void show_gone(cli_change *change, const gone *list, size_t count, const parley_head *head)
{
    cli_call *call = change->call;
    parley_json json;
    if (!call->json) {
        for (size_t i = 0; i < count; i++) {
            parley_screen_begin(call->screen, 0, 2);
            parley_screen_add(call->screen, PARLEY_INK_HEADING, list[i].what);
            parley_screen_add(call->screen, PARLEY_INK_PLAIN, " no longer holds");
            parley_screen_end(call->screen);
            show_lines(call, PARLEY_INK_BAD, "-", list[i].before, list[i].length);
        }
        if (change->dry) {
            parley_screen_line(call->screen, NULL, PARLEY_INK_WARN,
                               "Nothing was written (--dry-run).");
        } else {
            cli_show_head(call, head);
        }
        return;
    }
    parley_json_begin(&json, call->out);
    parley_json_object(&json);
    parley_json_key(&json, "removed");
    parley_json_array(&json);
    for (size_t i = 0; i < count; i++) {
        parley_json_object(&json);
        parley_json_key(&json, "record");
        parley_json_string(&json, list[i].what);
        parley_json_key(&json, "target");
        parley_json_uint(&json, list[i].target);
        json_piece(&json, "before", list[i].before, list[i].length);
        parley_json_object_end(&json);
    }
    parley_json_array_end(&json);
    parley_json_key(&json, "written");
    parley_json_bool(&json, !change->dry);
    cli_json_head(&json, head);
    parley_json_object_end(&json);
    parley_json_finish(&json);
}

int cli_change_remove(cli_change *change, const char *const *what, size_t count, const char *why)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_head head;
    gone *list = parley_arena_array(change->arena, count, sizeof(*list));
    parley_status status =
        list != NULL ? PARLEY_OK : parley_fail(&err, PARLEY_NOMEM, "out of memory");
    /* all are found before the first goes: numbers of lists are those of what holds now */
    for (size_t i = 0; i < count && status == PARLEY_OK; i++) {
        change->before = NULL;
        int exit = cli_change_find(change, what[i]);
        if (exit != CLI_DONE) {
            return exit;
        }
        list[i] = (gone){what[i], change->target, change->before, change->before_length};
    }
    for (size_t i = 0; i < count && status == PARLEY_OK; i++) {
        status = parley_store_add(change->store, NULL, PARLEY_ENTRY_REMOVE, list[i].target, why,
                                  strlen(why), &err);
    }
    if (status == PARLEY_OK) {
        int exit = check_whole(change);
        if (exit != CLI_DONE) {
            return exit;
        }
        if (change->dry) {
            parley_store_rollback(change->store);
        } else {
            status = parley_store_commit(change->store, &err);
        }
    }
    if (status == PARLEY_OK) {
        status = parley_store_head(&head, change->store, PARLEY_STORE_NOW, &err);
    }
    if (status != PARLEY_OK) {
        return cli_fail(change->call, &err);
    }
    show_gone(change, list, count, &head);
    return CLI_DONE;
}
