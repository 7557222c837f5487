/*
 * parley destroy: the words of records that no longer hold, for good; or what could go.
 *
 * The journal keeps number, kind, moment and hash of what is destroyed, and why. What the program
 * cannot reach is said, with the exports in which the words went out.
 */
#include "cli/journal.h"

#include <parley/exports.h>
#include <parley/records.h>
#include <stdlib.h>
#include <string.h>

/* The words of one entry: of a put, or of a correction. */
typedef struct words {
    uint64_t entry;
    uint32_t record;
    uint64_t until; /* the entry that ended them; 0: they hold */
    int64_t recorded;
    parley_date happened; /* `date:` of the record, if it has one */
    bool gone;
    bool chosen;
} words;

typedef struct record {
    uint64_t put;
    uint64_t removed;    /* 0: it holds */
    const char *section; /* NULL: its words are gone */
    const char *id;      /* NULL in lists */
    uint32_t last;       /* its last words */
} record;

typedef struct destroying {
    cli_call *call;
    parley_arena *arena;
    words *word;
    uint32_t words;
    uint32_t word_room;
    record *record;
    uint32_t records;
    uint32_t record_room;
    uint32_t *at; /* by entry: words + 1 of a put or correction */
    size_t at_room;
    uint64_t entries;
    const parley_export *list;
    size_t exports;
    parley_status status;
    parley_error err;
} destroying;

/* ----------------------------------------------------------------------- journal */

static void *grow(destroying *d, void *list, uint32_t count, uint32_t *room, size_t size)
{
    if (count < *room) {
        return list;
    }
    uint32_t more = *room == 0 ? 64 : *room * 2;
    void *grown = parley_arena_grow(d->arena, list, count * size, more * size);
    if (grown == NULL) {
        d->status = parley_fail(&d->err, PARLEY_NOMEM, "out of memory");
        return NULL;
    }
    *room = more;
    return grown;
}

static bool note_entry(destroying *d, uint64_t seq, uint32_t word)
{
    if (seq >= d->at_room) {
        size_t room = d->at_room == 0 ? 1024 : d->at_room;
        while (room <= seq) {
            room *= 2;
        }
        uint32_t *at = parley_arena_array(d->arena, room, sizeof(*at));
        if (at == NULL) {
            d->status = parley_fail(&d->err, PARLEY_NOMEM, "out of memory");
            return false;
        }
        if (d->at_room > 0) {
            memcpy(at, d->at, d->at_room * sizeof(*at));
        }
        d->at = at;
        d->at_room = room;
    }
    d->at[seq] = word;
    d->entries = seq;
    return true;
}

/* Which record a piece is, and when it happened. */
static bool read_piece(destroying *d, const parley_entry *e, record *r, words *w)
{
    parley_piece piece;
    if (e->words == NULL) {
        return true;
    }
    d->status =
        parley_piece_read(&piece, d->call->ctx, d->arena, "an entry", e->words, e->length, &d->err);
    if (d->status == PARLEY_OK) {
        r->section = piece.section;
        r->id = piece.record ? piece.id : "";
        w->happened = piece.happened;
    }
    return d->status == PARLEY_OK;
}

static bool add_words(destroying *d, const parley_entry *e, uint32_t r)
{
    words *list = grow(d, d->word, d->words, &d->word_room, sizeof(*list));
    if (list == NULL) {
        return false;
    }
    d->word = list;
    words *w = &d->word[d->words];
    *w = (words){
        .entry = e->seq, .record = r, .recorded = e->recorded, .happened = PARLEY_DATE_INIT};
    if (!read_piece(d, e, &d->record[r], w)) {
        return false;
    }
    d->record[r].last = d->words++;
    return note_entry(d, e->seq, d->words);
}

static words *words_at(destroying *d, uint64_t entry)
{
    return entry < d->at_room && d->at[entry] > 0 ? &d->word[d->at[entry] - 1] : NULL;
}

static bool see(void *user, const parley_entry *e)
{
    destroying *d = user;
    words *about = words_at(d, e->target);
    if (!note_entry(d, e->seq, 0)) {
        return false;
    }
    if (e->kind == PARLEY_ENTRY_PUT) {
        record *list = grow(d, d->record, d->records, &d->record_room, sizeof(*list));
        if (list == NULL) {
            return false;
        }
        d->record = list;
        d->record[d->records++] = (record){.put = e->seq};
        return add_words(d, e, d->records - 1);
    }
    if (about != NULL && e->kind == PARLEY_ENTRY_CORRECT) {
        d->word[d->record[about->record].last].until = e->seq;
        return add_words(d, e, about->record);
    }
    if (about != NULL && e->kind == PARLEY_ENTRY_REMOVE) {
        d->word[d->record[about->record].last].until = e->seq;
        d->record[about->record].removed = e->seq;
    } else if (about != NULL && e->kind == PARLEY_ENTRY_DESTROY) {
        about->gone = true;
    }
    return true;
}

/* ---------------------------------------------------------------------- choosing */

static const char *name_of(destroying *d, const record *r)
{
    parley_screen *s = d->call->screen;
    return r->section == NULL ? "a record whose words are gone"
           : r->id == NULL    ? parley_screen_format(s, "an entry of %s", r->section)
           : r->id[0] == '\0' ? r->section
                              : r->id;
}

static int choose_entry(destroying *d, const char *typed)
{
    char *end = NULL;
    unsigned long long entry = strtoull(typed, &end, 10);
    words *w = words_at(d, entry);
    if (w == NULL || w->gone || w->until == 0) {
        if (w != NULL && w->until == 0) {
            d->status =
                parley_fail(&d->err, PARLEY_CONFLICT, "the words of entry %llu still hold (%s)",
                            entry, name_of(d, &d->record[w->record]));
            parley_error_hint(&d->err, "remove or correct the record first: parley edit");
        } else {
            d->status = w != NULL
                            ? parley_fail(&d->err, PARLEY_CONFLICT,
                                          "the words of entry %llu are destroyed already", entry)
                            : parley_fail(&d->err, PARLEY_NOTFOUND,
                                          "entry %llu holds no words of a record", entry);
            parley_error_hint(&d->err, "'parley destroy %s' lists what could go", d->call->path);
        }
        return cli_fail(d->call, &d->err);
    }
    w->chosen = true;
    return CLI_DONE;
}

static bool is_record(const record *r, const char *typed)
{
    const char *colon = strchr(typed, ':');
    if (r->section == NULL || r->id == NULL) {
        return false;
    }
    size_t n = colon != NULL ? (size_t)(colon - typed) : 0;
    return strcmp(r->id[0] != '\0' ? r->id : r->section, typed) == 0 ||
           (colon != NULL && strlen(r->section) == n && memcmp(r->section, typed, n) == 0 &&
            strcmp(r->id, colon + 1) == 0);
}

static int choose_record(destroying *d, const char *typed)
{
    const char *path = d->call->path;
    uint32_t found = 0;
    bool seen = false;
    const record *holds = NULL;
    for (uint32_t i = 0; i < d->words; i++) {
        words *w = &d->word[i];
        const record *r = &d->record[w->record];
        if (!is_record(r, typed)) {
            continue;
        }
        seen = true;
        holds = r->removed == 0 ? r : holds;
        if (r->removed != 0 && !w->gone) {
            w->chosen = true;
            found++;
        }
    }
    if (holds != NULL) {
        d->status = parley_fail(&d->err, PARLEY_CONFLICT, "'%s' still holds", typed);
        parley_error_hint(&d->err, "remove it first: parley edit %s %s --remove --why \"...\"",
                          path, typed);
    } else if (found == 0) {
        d->status =
            seen ? parley_fail(&d->err, PARLEY_CONFLICT, "the words of '%s' are destroyed already",
                               typed)
                 : parley_fail(&d->err, PARLEY_NOTFOUND, "'%s' has no record '%s'", path, typed);
        parley_error_hint(&d->err,
                          "'parley destroy %s' lists what could go; records of lists are "
                          "named by the number of their entry",
                          path);
    }
    return d->status == PARLEY_OK ? CLI_DONE : cli_fail(d->call, &d->err);
}

/* Everything that no longer holds, or what of it happened before a day. */
static void choose_all(destroying *d)
{
    parley_date before;
    bool dated = cli_date(d->call, CLI_OPT_BEFORE, &before);
    for (uint32_t i = 0; i < d->words; i++) {
        words *w = &d->word[i];
        int32_t day = w->happened.form != PARLEY_DATE_UNKNOWN
                          ? w->happened.last
                          : (int32_t)(w->recorded / 86400000000);
        w->chosen = w->until > 0 && !w->gone && (!dated || day < before.first);
    }
}

static int choose(destroying *d)
{
    cli_call *call = d->call;
    if (cli_has(call, CLI_OPT_ALL_REMOVED)) {
        choose_all(d);
        return CLI_DONE;
    }
    for (size_t i = 1; i < call->path_count; i++) {
        const char *typed = call->paths[i];
        int exit = typed[strspn(typed, "0123456789")] == '\0' ? choose_entry(d, typed)
                                                              : choose_record(d, typed);
        if (exit != CLI_DONE) {
            return exit;
        }
    }
    return CLI_DONE;
}

/* ----------------------------------------------------------------------- exports */

/* Its number in its section when the journal ended with an entry. */
static uint64_t number_then(const destroying *d, const record *r, uint64_t seen)
{
    uint64_t number = 1;
    for (const record *other = d->record; other < r; other++) {
        number += other->section != NULL && strcmp(other->section, r->section) == 0 &&
                  other->put <= seen && (other->removed == 0 || other->removed > seen);
    }
    return number;
}

static bool withdrawn(const destroying *d, const parley_export *e)
{
    for (size_t i = 0; i < d->exports; i++) {
        if (d->list[i].target == e->number) {
            return true;
        }
    }
    return false;
}

/* Did these words stand in the copy that an export was made from? */
static bool went_out(const destroying *d, const words *w, const parley_export *e)
{
    const record *r = &d->record[w->record];
    bool held = w->entry <= e->seen && (w->until == 0 || w->until > e->seen);
    if (!held || e->target != 0 || r->section == NULL) {
        return false;
    }
    if (r->id != NULL && r->id[0] == '\0') { /* a member of the top */
        for (uint32_t i = 0; i < e->members.count; i++) {
            held = held && strcmp(e->members.at[i], r->section) != 0;
        }
        return held;
    }
    return !parley_export_withholds(e, r->section, r->id, number_then(d, r, e->seen));
}

/* -------------------------------------------------------------------------- pages */

static void show_words(destroying *d, const words *w)
{
    parley_screen *s = d->call->screen;
    const record *r = &d->record[w->record];
    char when[40];
    parley_store_time_text(w->recorded, when);
    when[10] = '\0';
    parley_screen_begin(s, 2, 8);
    parley_screen_addf(s, PARLEY_INK_PLAIN, "entry %llu  ", (unsigned long long)w->entry);
    parley_screen_add(s, PARLEY_INK_HEADING, name_of(d, r));
    parley_screen_addf(s, PARLEY_INK_PLAIN, ", written down on %s, %s by entry %llu", when,
                       r->removed == w->until ? "removed" : "corrected",
                       (unsigned long long)w->until);
    parley_screen_end(s);
}

static void show_exports(destroying *d)
{
    parley_screen *s = d->call->screen;
    bool first = true;
    for (size_t k = 0; k < d->exports; k++) {
        const parley_export *e = &d->list[k];
        const char *which = "";
        for (uint32_t i = 0; i < d->words; i++) {
            const words *w = &d->word[i];
            if (w->chosen && !withdrawn(d, e) && went_out(d, w, e)) {
                which = parley_screen_format(s, "%s%s%s", which, which[0] != '\0' ? ", " : "",
                                             name_of(d, &d->record[w->record]));
            }
        }
        if (which[0] != '\0') {
            char when[40];
            parley_store_time_text(e->when, when);
            if (first) {
                parley_screen_begin(s, 0, 2);
                parley_screen_add(s, PARLEY_INK_WARN,
                                  "Words of these records had left before, or may have:");
                parley_screen_end(s);
                first = false;
            }
            parley_screen_begin(s, 2, 8);
            parley_screen_addf(s, PARLEY_INK_PLAIN, "export %llu  %s UTC, %s for %s: %s",
                               (unsigned long long)e->number, when, e->verb, e->recipient, which);
            parley_screen_end(s);
        }
    }
}

static uint32_t count_chosen(const destroying *d)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < d->words; i++) {
        count += d->word[i].chosen;
    }
    return count;
}

static void show_page(destroying *d, bool listed, bool dry, const parley_head *head)
{
    parley_screen *s = d->call->screen;
    uint32_t count = count_chosen(d);
    if (count == 0) {
        parley_screen_line(
            s, NULL, PARLEY_INK_PLAIN,
            "Nothing to destroy: all words in the journal hold, or are gone already.");
        return;
    }
    parley_screen_begin(s, 0, 2);
    parley_screen_addf(s, PARLEY_INK_HEADING,
                       listed ? "%s %s words that no longer hold; nothing was destroyed"
                       : dry  ? "The words of %s %s would be destroyed; nothing was written"
                              : "The words of %s %s are destroyed",
                       parley_screen_number(s, count),
                       listed ? (count == 1 ? "entry holds" : "entries hold")
                              : (count == 1 ? "entry" : "entries"));
    parley_screen_end(s);
    for (uint32_t i = 0; i < d->words; i++) {
        if (d->word[i].chosen) {
            show_words(d, &d->word[i]);
        }
    }
    show_exports(d);
    if (!listed) {
        parley_screen_begin(s, 0, 2);
        parley_screen_add(s, PARLEY_INK_PLAIN,
                          "Out of reach: copies of the file, backups, what was exported, and what "
                          "a disk keeps of old blocks.");
        parley_screen_end(s);
    }
    if (!listed && !dry) {
        cli_show_head(d->call, head);
    }
}

static void show_json(destroying *d, bool written, const parley_head *head)
{
    parley_json json;
    parley_json_begin(&json, d->call->out);
    parley_json_object(&json);
    parley_json_key(&json, "words");
    parley_json_array(&json);
    for (uint32_t i = 0; i < d->words; i++) {
        const words *w = &d->word[i];
        const record *r = &d->record[w->record];
        if (!w->chosen) {
            continue;
        }
        parley_json_object(&json);
        parley_json_key(&json, "entry");
        parley_json_uint(&json, w->entry);
        parley_json_key(&json, "section");
        parley_json_string(&json, r->section);
        parley_json_key(&json, "id");
        parley_json_string(&json, r->id != NULL && r->id[0] != '\0' ? r->id : NULL);
        parley_json_key(&json, "ended_by");
        parley_json_uint(&json, w->until);
        parley_json_key(&json, "exports");
        parley_json_array(&json);
        for (size_t k = 0; k < d->exports; k++) {
            if (!withdrawn(d, &d->list[k]) && went_out(d, w, &d->list[k])) {
                parley_json_uint(&json, d->list[k].number);
            }
        }
        parley_json_array_end(&json);
        parley_json_object_end(&json);
    }
    parley_json_array_end(&json);
    parley_json_key(&json, "written");
    parley_json_bool(&json, written);
    cli_json_head(&json, head);
    parley_json_object_end(&json);
    parley_json_finish(&json);
}

/* ------------------------------------------------------------------------ command */

static int check_options(cli_call *call, const char *why)
{
    bool all = cli_has(call, CLI_OPT_ALL_REMOVED);
    bool some = all || call->path_count > 1;
    if (all && call->path_count > 1) {
        return cli_usage(call, "--all-removed destroys everything that no longer holds: it goes "
                               "with no record");
    }
    if (cli_has(call, CLI_OPT_BEFORE) && !all) {
        return cli_usage(call, "--before goes with --all-removed");
    }
    if (some && (why == NULL || why[strspn(why, " \t\n")] == '\0')) {
        return cli_usage(call, "destroying needs --because \"...\": the journal keeps the reason");
    }
    if (!some && (why != NULL || cli_has(call, CLI_OPT_DRY_RUN))) {
        return cli_usage(call,
                         "say what to destroy: records, numbers of entries, or --all-removed");
    }
    return CLI_DONE;
}

static parley_status read_all(destroying *d, bool write, parley_store **store)
{
    parley_store_options options = PARLEY_STORE_OPTIONS_INIT;
    parley_exports *log = NULL;
    options.write = write;
    d->arena = parley_arena_new(d->call->ctx);
    if (d->arena == NULL) {
        return parley_fail(&d->err, PARLEY_NOMEM, "out of memory");
    }
    parley_status status = parley_store_open(store, d->call->ctx, d->call->path, &options, &d->err);
    if (status == PARLEY_OK) {
        status = parley_store_each(*store, 1, see, d, &d->err);
    }
    status = status == PARLEY_OK ? d->status : status;
    if (status == PARLEY_OK) {
        status = parley_exports_open(&log, d->call->ctx, d->call->path, false, NULL, &d->err);
    }
    if (status == PARLEY_OK) {
        status = parley_exports_read(log, d->arena, &d->list, &d->exports, NULL, &d->err);
    }
    parley_exports_close(log);
    return status;
}

static parley_status destroy(destroying *d, parley_store *store, const char *why)
{
    size_t count = 0;
    uint64_t *entry = parley_arena_array(d->arena, (size_t)d->words + 1, sizeof(*entry));
    if (entry == NULL) {
        return parley_fail(&d->err, PARLEY_NOMEM, "out of memory");
    }
    for (uint32_t i = 0; i < d->words; i++) {
        if (d->word[i].chosen) {
            entry[count++] = d->word[i].entry;
        }
    }
    return count > 0 ? parley_store_destroy(store, entry, count, why, &d->err) : PARLEY_OK;
}

int cmd_destroy(cli_call *call)
{
    destroying d = {.call = call, .err = PARLEY_ERROR_INIT};
    parley_store *store = NULL;
    parley_head head = {0};
    const char *why = cli_value(call, CLI_OPT_BECAUSE);
    bool dry = cli_has(call, CLI_OPT_DRY_RUN);
    bool listed = call->path_count == 1 && !cli_has(call, CLI_OPT_ALL_REMOVED);
    int exit = check_options(call, why);
    if (exit != CLI_DONE) {
        return exit;
    }
    if (!parley_store_is(call->path)) {
        return cli_usage(call, "a case file keeps no earlier words; delete what it holds in an "
                               "editor. 'parley destroy' is for a case on disk");
    }
    parley_status status = read_all(&d, !dry && !listed, &store);
    if (status != PARLEY_OK) {
        exit = cli_fail(call, &d.err);
    } else if (listed) {
        choose_all(&d);
    } else {
        exit = choose(&d);
    }
    if (exit == CLI_DONE) {
        status = dry || listed ? PARLEY_OK : destroy(&d, store, why);
        if (status == PARLEY_OK) {
            status = parley_store_head(&head, store, PARLEY_STORE_NOW, &d.err);
        }
        if (status != PARLEY_OK) {
            exit = cli_fail(call, &d.err);
        } else if (call->json) {
            show_json(&d, !dry && !listed && count_chosen(&d) > 0, &head);
        } else {
            show_page(&d, listed, dry, &head);
        }
    }
    parley_store_close(store);
    parley_arena_free(d.arena);
    return exit;
}
