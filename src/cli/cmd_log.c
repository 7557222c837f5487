/*
 * parley log: who said what after a call, into the journal of a case on disk: one line, lines and
 * tables from a file, JSON objects from a stream, or a form.
 *
 * Lines and tables are written together or not at all, with everything that is wrong in them told
 * at once.
 */
#include "cli/load.h"
#include "cli/log.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---------------------------------------------------------------------- telling */

/* Does an act make a term, so that words instead of a formula leave something uncounted? */
static bool wants_formula(parley_act act)
{
    return act == PARLEY_ACT_DEMAND || act == PARLEY_ACT_REQUEST || act == PARLEY_ACT_URGE ||
           act == PARLEY_ACT_REJECT || act == PARLEY_ACT_ACCEPT || act == PARLEY_ACT_CONCEDE;
}

/* So does a yes under conditions. */
static bool makes_term(parley_act act)
{
    return wants_formula(act) || act == PARLEY_ACT_ACCEPT_IF;
}

/* Speakers as one types them. NULL: none, or no memory. */
static const char *voices_text(cli_logging *l, const parley_case *c, const parley_voices *list)
{
    const char *all = NULL;
    for (uint32_t k = 0; k < list->count; k++) {
        const parley_voice *v = &list->at[k];
        const char *party = v->party >= 0 ? parley_case_party(c, v->party)->record.id : "";
        const char *one = v->person >= 0   ? parley_case_person(c, v->person)->record.id
                          : v->party >= 0  ? party
                          : v->source >= 0 ? parley_case_source(c, v->source)->record.id
                          : v->words       ? v->words
                                           : "";
        all = parley_arena_format(l->arena, "%s%s%s%s%s", all != NULL ? all : "",
                                  all != NULL ? "," : "", v->person >= 0 ? party : "",
                                  v->person >= 0 ? ":" : "", one);
        if (all == NULL) {
            return NULL;
        }
    }
    return all;
}

static const char *date_text(const parley_claim *claim, char out[40])
{
    parley_date_print(claim->record.happened, out, 40);
    return claim->record.happened.form == PARLEY_DATE_UNKNOWN ? NULL : out;
}

static const char *class_text(const parley_claim *claim)
{
    return claim->cls == PARLEY_CLASS_NONE ? NULL
                                           : parley_words_word(PARLEY_WORDS_CLASS, claim->cls);
}

static const char *source_text(const parley_case *c, const parley_claim *claim)
{
    return claim->source >= 0 ? parley_case_source(c, claim->source)->record.id : NULL;
}

void cli_log_json(cli_logging *l, parley_json *json, const parley_taken *taken)
{
    const parley_case *c = taken->in;
    const parley_claim *claim = parley_case_claim(c, taken->claim);
    char date[40];
    const struct {
        const char *key;
        const char *value;
    } members[] = {{"claim", taken->id},
                   {"date", date_text(claim, date)},
                   {"by", voices_text(l, c, &claim->by)},
                   {"to", voices_text(l, c, &claim->to)},
                   {"act", parley_words_word(PARLEY_WORDS_ACT, claim->act)},
                   {"about", claim->about.text},
                   {"says", claim->says},
                   {"source", source_text(c, claim)},
                   {"class", class_text(claim)}};
    for (size_t k = 0; k < sizeof(members) / sizeof(members[0]); k++) {
        parley_json_key(json, members[k].key);
        parley_json_string(json, members[k].value);
    }
    parley_json_key(json, "about_is_words");
    parley_json_bool(json, taken->about_is_words);
    parley_json_key(json, "kept_as_words");
    parley_json_array(json);
    for (uint32_t i = 0; i < taken->unread.count; i++) {
        parley_json_object(json);
        parley_json_key(json, "typed");
        parley_json_string(json, taken->unread.at[i]);
        parley_json_key(json, "why");
        parley_json_string(json, taken->why.at[i]);
        parley_json_object_end(json);
    }
    parley_json_array_end(json);
}

static const char *change_word(const parley_taken *taken)
{
    return taken->same ? "unchanged" : taken->corrects >= 0 ? "corrected" : "new";
}

static void show_unread(cli_logging *l, const parley_taken *taken)
{
    parley_screen *s = l->call->screen;
    const parley_claim *claim = parley_case_claim(taken->in, taken->claim);
    for (uint32_t i = 0; i < taken->unread.count; i++) {
        parley_screen_begin(s, 4, 8);
        parley_screen_addf(s, PARLEY_INK_WARN, "kept as words, not understood: %s",
                           taken->unread.at[i]);
        parley_screen_addf(s, PARLEY_INK_DIM, " (%s)", taken->why.at[i]);
        parley_screen_end(s);
    }
    static const char no_act[] = " is no act; did you mean '";
    const char *act = taken->unread.count > 0 ? strstr(taken->why.at[0], no_act) : NULL;
    if (act != NULL && !l->form) { /* about: acept port = joint */
        const char *about = taken->unread.at[0] + strcspn(taken->unread.at[0], " ") + 1;
        about += strcspn(about, " ") + 1;
        act += sizeof(no_act) - 1;
        parley_screen_begin(s, 4, 8);
        parley_screen_addf(s, PARLEY_INK_DIM, "mend it: parley edit %s %s act:%.*s 'about:%s'",
                           l->call->path, taken->id, (int)strcspn(act, "'"), act, about);
        parley_screen_end(s);
    } else if (taken->unread.count > 0 && !l->form) {
        const char *key = taken->unread.at[0];
        parley_screen_begin(s, 4, 8);
        parley_screen_addf(s, PARLEY_INK_DIM, "mend it: parley edit %s %s '%.*s:...'",
                           l->call->path, taken->id, (int)strcspn(key, ":"), key);
        parley_screen_end(s);
    } else if (!l->form && taken->unread.count == 0 && taken->about_is_words &&
               wants_formula(claim->act)) {
        parley_screen_begin(s, 4, 4);
        parley_screen_add(s, PARLEY_INK_WARN, "in words, in no count: it names no formula");
        parley_screen_end(s);
    }
}

void cli_log_show(cli_logging *l, const parley_taken *taken)
{
    parley_screen *s = l->call->screen;
    const parley_case *c = taken->in;
    const parley_claim *claim = parley_case_claim(c, taken->claim);
    char date[40];
    const char *to = voices_text(l, c, &claim->to);
    const char *by = voices_text(l, c, &claim->by);
    parley_screen_begin(s, 0, 4);
    parley_screen_add(s, PARLEY_INK_HEADING, taken->id);
    if (taken->corrects >= 0) {
        parley_screen_addf(s, PARLEY_INK_DIM, " %s", change_word(taken));
    }
    parley_screen_addf(s, PARLEY_INK_PLAIN, "  %s",
                       date_text(claim, date) != NULL ? date : "undated");
    parley_screen_addf(s, PARLEY_INK_PARTY, "  %s", by != NULL ? by : "");
    if (to != NULL) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, " to %s", to);
    }
    parley_screen_addf(s, PARLEY_INK_PLAIN, ": %s",
                       parley_words_word(PARLEY_WORDS_ACT, claim->act));
    if (claim->about.text != NULL) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, " %s", claim->about.text);
    }
    for (uint32_t i = 0; i < claim->conditions.count; i++) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%s%s", i == 0 ? " if " : "; ",
                           claim->conditions.at[i].text);
    }
    if (claim->says != NULL) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, " \"%s\"", claim->says);
    }
    if (claim->source >= 0) {
        parley_screen_addf(s, PARLEY_INK_DIM, "  @%s%s%s", source_text(c, claim),
                           claim->cls != PARLEY_CLASS_NONE ? "/" : "",
                           claim->cls != PARLEY_CLASS_NONE ? class_text(claim) : "");
    }
    parley_screen_end(s);
    show_unread(l, taken);
    if (!l->form && claim->cls == PARLEY_CLASS_NONE && makes_term(claim->act)) {
        parley_screen_begin(s, 4, 8);
        parley_screen_add(s, PARLEY_INK_WARN, "counts as reported only: no source class");
        parley_screen_addf(s, PARLEY_INK_DIM,
                           " (their own words: @%s/on-record; others: parley words source-class)",
                           claim->source >= 0 ? source_text(c, claim) : "source");
        parley_screen_end(s);
    }
}

/* ---------------------------------------------------------------------- writing */

static bool keep_id(cli_logging *l, cli_ids *ids, const char *id, size_t length)
{
    if (ids->count == ids->room) {
        size_t room = ids->room == 0 ? 32 : ids->room * 2;
        const char **grown =
            parley_arena_grow(l->ids, ids->at, ids->count * sizeof(*grown), room * sizeof(*grown));
        if (grown == NULL) {
            return false;
        }
        ids->at = grown;
        ids->room = room;
    }
    const char *copy = parley_arena_copy(l->ids, id, length);
    if (copy != NULL) {
        ids->at[ids->count++] = copy;
    }
    return copy != NULL;
}

parley_status cli_log_add(cli_logging *l, const parley_taken *taken, parley_error *err)
{
    parley_entry_kind kind = taken->corrects >= 0 ? PARLEY_ENTRY_CORRECT : PARLEY_ENTRY_PUT;
    uint64_t target = 0;
    parley_status status = PARLEY_OK;
    if (!taken->same && taken->corrects >= 0) {
        status = parley_store_find(&target, l->store, "claims", taken->id, err);
    }
    if (status == PARLEY_OK && !taken->same) {
        status = parley_store_add(l->store, NULL, kind, target, taken->piece, taken->length, err);
    }
    if (status == PARLEY_OK && !taken->same &&
        !keep_id(l, &l->added, taken->id, strlen(taken->id))) {
        status = parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    if (status == PARLEY_OK) {
        status = parley_intake_done(l->in, taken, err);
    }
    if (status == PARLEY_OK) {
        l->same += taken->same;
        l->corrected += !taken->same && taken->corrects >= 0;
        l->made += taken->corrects < 0;
        l->unread += taken->unread.count > 0;
    }
    return status;
}

/* The part of the case that what was named stands in; with everybody who names a claim of it when
 * they are what the open transaction added. */
static parley_status read_part(cli_logging *l, const cli_ids *ids, bool added,
                               parley_diagnostics *list, parley_error *err)
{
    parley_case *c = NULL;
    parley_intake *in = NULL;
    char next[24];
    bool old = false;
    parley_part part = PARLEY_PART_INIT;
    part.ids = ids->at;
    part.id_count = ids->count;
    part.bare = true;
    part.referrers = added;
    parley_status status =
        l->whole ? parley_store_case(&c, l->store, PARLEY_STORE_NOW, NULL, list, NULL, err)
        : added  ? cli_check_part(&c, l->store, &part, list, err)
                 : parley_store_part(&c, l->store, &part, NULL, NULL, NULL, err);
    if (status == PARLEY_OK) {
        status = parley_intake_new(&in, l->call->ctx, c, cli_today(), err);
    }
    if (status == PARLEY_OK) {
        parley_error ignored = PARLEY_ERROR_INIT;
        status = parley_store_free_id(next, l->store, &ignored);
        old = status == PARLEY_STATE; /* then the part is everything */
        status = old ? PARLEY_OK : status;
        if (status != PARLEY_OK && err != NULL) {
            *err = ignored;
        }
    }
    if (status == PARLEY_OK && !old) {
        status = parley_intake_from(in, next, err);
    }
    for (size_t i = 0; status == PARLEY_OK && !added && i < l->added.count; i++) {
        const parley_taken before = {.id = l->added.at[i]};
        status = parley_intake_done(in, &before, err);
    }
    if (status != PARLEY_OK) {
        parley_intake_free(in);
        parley_case_free(c);
        return status;
    }
    parley_intake_free(l->in);
    parley_case_free(l->c);
    l->in = in;
    l->c = c;
    return PARLEY_OK;
}

/* Is it a claim that was not named yet? */
static parley_status note_id(cli_logging *l, const char *id, size_t length, bool *fresh,
                             parley_error *err)
{
    bool there = false;
    parley_arena_mark here = parley_arena_here(l->ids);
    const char *copy = parley_arena_copy(l->ids, id, length);
    parley_status status = copy == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                                        : parley_store_has(&there, l->store, "claims", copy, err);
    bool known = status == PARLEY_OK && parley_case_find(l->c, "claims", id, length) >= 0;
    const cli_ids *const lists[] = {&l->named, &l->added};
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; there && !known && i < lists[k]->count; i++) {
            known = strcmp(lists[k]->at[i], copy) == 0;
        }
    }
    parley_arena_reset(l->ids, here);
    if (status == PARLEY_OK && there && !known) {
        *fresh = true;
        status = keep_id(l, &l->named, id, length)
                     ? PARLEY_OK
                     : parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    return status;
}

/* Words, and up to four of them in a row with single blanks: an id may have some. */
parley_status cli_log_ready(cli_logging *l, const char *text, size_t length, parley_error *err)
{
    enum { RUN = 4 };
    static const char between[] = " \t\r\n,;\":'{}[]";
    bool fresh = false;
    parley_status status = PARLEY_OK;
    for (size_t at = 0; at < length && status == PARLEY_OK;) {
        size_t next = at + 1;
        if (text[at] == '\0' || strchr(between, text[at]) != NULL) {
            at++;
            continue;
        }
        size_t end = at;
        for (int words = 0; words < RUN && end < length && status == PARLEY_OK; words++) {
            while (end < length && text[end] != '\0' && strchr(between, text[end]) == NULL) {
                end++;
            }
            next = words == 0 ? end : next;
            status = note_id(l, text + at, end - at, &fresh, err);
            if (end + 1 >= length || text[end] != ' ') {
                break;
            }
            end++;
        }
        at = next;
    }
    return status == PARLEY_OK && fresh ? read_part(l, &l->named, false, NULL, err) : status;
}

parley_status cli_log_check(cli_logging *l, parley_diagnostics *list, parley_error *err)
{
    parley_status status = read_part(l, &l->added, true, list, err);
    if (status == PARLEY_OK) { /* what comes next names its own */
        l->named = (cli_ids){.count = 0};
        l->added = (cli_ids){.count = 0};
    }
    return status;
}

parley_status cli_log_renew(cli_logging *l, parley_error *err)
{
    l->added = (cli_ids){.count = 0};
    return read_part(l, &l->named, false, NULL, err);
}

/* ------------------------------------------------------------- lines and tables */

/* A taken claim, or why there is none; false: the journal would not take it. */
static bool put(void *user, const parley_taken *taken, const parley_error *error)
{
    cli_logging *l = user;
    parley_error err = PARLEY_ERROR_INIT;
    if (taken == NULL) {
        l->refused++;
        if (l->refused <= parley_ctx_limits(l->call->ctx)->diagnostics) {
            cli_error(l->call, error);
        }
        return true;
    }
    if (cli_log_add(l, taken, &err) != PARLEY_OK) {
        l->refused++;
        l->failed = cli_error(l->call, &err);
        return false;
    }
    if (l->refused > 0) {
        return true;
    }
    if (l->call->json) {
        parley_json_object(&l->json);
        cli_log_json(l, &l->json, taken);
        parley_json_key(&l->json, "change");
        parley_json_string(&l->json, change_word(taken));
        parley_json_object_end(&l->json);
    } else if (!taken->same) {
        cli_log_show(l, taken);
    }
    return true;
}

static void put_line(cli_logging *l, const char *text, size_t length, uint32_t number)
{
    parley_taken taken;
    parley_error err = PARLEY_ERROR_INIT;
    parley_arena_mark here = parley_arena_here(l->arena);
    parley_status status = parley_intake_line(&taken, l->in, l->arena, text, length, &err);
    if (status == PARLEY_OK) {
        put(l, &taken, NULL);
    } else if (number == 0) {
        put(l, NULL, &err);
    } else {
        parley_error at_line = PARLEY_ERROR_INIT;
        parley_fail(&at_line, status, "line %u: %.380s", number, err.message);
        parley_error_hint(&at_line, "%s", err.hint);
        put(l, NULL, &at_line);
    }
    parley_arena_reset(l->arena, here);
}

static void put_lines(cli_logging *l, const char *text, size_t length)
{
    uint32_t line = 1;
    for (size_t at = 0; at < length; line++) {
        const char *end = memchr(text + at, '\n', length - at);
        size_t size = end != NULL ? (size_t)(end - text) - at : length - at;
        size_t blank = 0;
        while (blank < size && strchr(" \t\r", text[at + blank]) != NULL &&
               text[at + blank] != '\0') {
            blank++;
        }
        if (blank < size && text[at + blank] != '#') {
            put_line(l, text + at, size, line);
        }
        at += size + 1;
    }
}

/* The operands behind the file, as one line. */
static int put_operands(cli_logging *l)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_text *line = parley_text_new(l->call->ctx, parley_ctx_limits(l->call->ctx)->text_bytes);
    parley_status status =
        line == NULL ? parley_fail(&err, PARLEY_NOMEM, "out of memory") : PARLEY_OK;
    for (size_t i = 1; status == PARLEY_OK && i < l->call->path_count; i++) {
        parley_text_puts(line, i > 1 ? " " : "");
        parley_text_puts(line, l->call->paths[i]);
    }
    if (status == PARLEY_OK) {
        status = parley_text_status(line, &err);
    }
    if (status == PARLEY_OK) {
        status = cli_log_ready(l, parley_text_data(line), parley_text_size(line), &err);
    }
    if (status == PARLEY_OK) {
        put_line(l, parley_text_data(line), parley_text_size(line), 0);
    }
    parley_text_free(line);
    return status == PARLEY_OK ? CLI_DONE : cli_fail(l->call, &err);
}

static int put_file(cli_logging *l, const char *path, bool table)
{
    parley_error err = PARLEY_ERROR_INIT;
    char *bytes = NULL;
    size_t length = 0;
    size_t size = 0;
    int exit = CLI_DONE;
    if (cli_read(l->call->ctx, path, &bytes, &length, &size, &err) != PARLEY_OK) {
        return cli_fail(l->call, &err);
    }
    if (cli_log_ready(l, bytes, length, &err) != PARLEY_OK) {
        exit = cli_fail(l->call, &err);
    } else if (!table) {
        put_lines(l, bytes, length);
    } else if (parley_intake_table(l->in, bytes, length, put, l, &err) != PARLEY_OK) {
        exit = cli_fail(l->call, &err);
    }
    parley_release(l->call->ctx, bytes, size);
    return exit;
}

static int refuse(cli_logging *l)
{
    uint32_t most = parley_ctx_limits(l->call->ctx)->diagnostics;
    if (l->refused > most) {
        cli_note(l->call, "and %u errors more", l->refused - most);
    }
    if (l->refused > 1 || l->made + l->corrected + l->same > 0) {
        cli_note(l->call, "nothing was written: all of one call is, or nothing");
    }
    l->call->dropped = true;
    return l->failed != CLI_DONE ? l->failed : CLI_INPUT;
}

/* What was put together has to make a case before it is kept. */
static int check(cli_logging *l)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_diagnostics *list = parley_diagnostics_new(l->call->ctx);
    int exit = CLI_DONE;
    if (list == NULL) {
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(l->call, &err);
    }
    if (cli_log_check(l, list, &err) != PARLEY_OK) {
        exit = cli_bad_case(l->call, list, &err);
        cli_note(l->call, "nothing was written: with this '%s' makes no case", l->call->path);
    }
    parley_diagnostics_free(list);
    return exit;
}

static int write_journal(cli_logging *l)
{
    parley_error err = PARLEY_ERROR_INIT;
    const char *lines = cli_value(l->call, CLI_OPT_LINES);
    const char *table = cli_value(l->call, CLI_OPT_CSV);
    /* with the writer's lock: nobody else makes the same id */
    if (parley_store_begin(l->store, &err) != PARLEY_OK || cli_log_renew(l, &err) != PARLEY_OK) {
        return cli_fail(l->call, &err);
    }
    int exit = l->call->path_count > 1 ? put_operands(l) : CLI_DONE;
    if (exit == CLI_DONE && lines != NULL) {
        exit = put_file(l, lines, false);
    }
    if (exit == CLI_DONE && table != NULL) {
        exit = put_file(l, table, true);
    }
    if (exit == CLI_DONE && l->refused > 0) {
        exit = refuse(l);
    }
    if (exit == CLI_DONE && l->made + l->corrected > 0) {
        exit = check(l);
    }
    if (exit != CLI_DONE || l->dry || l->made + l->corrected == 0) {
        parley_store_rollback(l->store);
        return exit;
    }
    return parley_store_commit(l->store, &err) == PARLEY_OK ? CLI_DONE : cli_fail(l->call, &err);
}

static void close_json(cli_logging *l, const parley_head *head)
{
    parley_json_array_end(&l->json);
    const struct {
        const char *key;
        uint32_t value;
    } counts[] = {{"new", l->made}, {"corrected", l->corrected}, {"unchanged", l->same}};
    for (size_t k = 0; k < sizeof(counts) / sizeof(counts[0]); k++) {
        parley_json_key(&l->json, counts[k].key);
        parley_json_uint(&l->json, counts[k].value);
    }
    parley_json_key(&l->json, "written");
    parley_json_bool(&l->json, !l->dry && l->made + l->corrected > 0);
    cli_json_head(&l->json, head);
    parley_json_object_end(&l->json);
    parley_json_finish(&l->json);
}

static int closing(cli_logging *l)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_head head;
    parley_screen *s = l->call->screen;
    if (parley_store_head(&head, l->store, PARLEY_STORE_NOW, &err) != PARLEY_OK) {
        return cli_fail(l->call, &err);
    }
    if (l->call->json) {
        close_json(l, &head);
        return CLI_DONE;
    }
    if (cli_value(l->call, CLI_OPT_CSV) != NULL) {
        parley_screen_begin(s, 0, 0);
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%u new, %u corrected, %u unchanged", l->made,
                           l->corrected, l->same);
        if (l->unread > 0) {
            parley_screen_addf(s, PARLEY_INK_WARN, "; of %u something was kept as words",
                               l->unread);
        }
        parley_screen_end(s);
    }
    if (l->dry || l->made + l->corrected == 0) {
        parley_screen_begin(s, 0, 0);
        parley_screen_addf(s, PARLEY_INK_WARN, "Nothing was written%s.",
                           l->dry ? " (--dry-run)" : "");
        parley_screen_end(s);
    } else {
        cli_show_head(l->call, &head);
    }
    return CLI_DONE;
}

static int put_all(cli_logging *l)
{
    if (l->call->json) {
        parley_json_begin(&l->json, l->call->out);
        parley_json_object(&l->json);
        parley_json_key(&l->json, "claims");
        parley_json_array(&l->json);
    }
    int exit = write_journal(l);
    return exit == CLI_DONE ? closing(l) : exit;
}

static int check_call(cli_call *call, bool *form)
{
    const char *stream = cli_value(call, CLI_OPT_JSON_LINES);
    bool file = cli_value(call, CLI_OPT_LINES) != NULL || cli_value(call, CLI_OPT_CSV) != NULL;
    *form = call->path_count < 2 && !file && stream == NULL;
    struct stat st;
    if (!parley_store_is(call->path) && stat(call->path, &st) != 0) {
        parley_error err = PARLEY_ERROR_INIT;
        parley_fail(&err, PARLEY_NOTFOUND, "cannot open '%s': %s", call->path, strerror(errno));
        parley_error_hint(&err, "parley new %s makes an empty case", call->path);
        return cli_fail(call, &err);
    }
    if (!parley_store_is(call->path)) {
        return cli_usage(call, "log writes into a case on disk: make one with 'parley new' and "
                               "'parley import'");
    }
    if (stream != NULL && (file || call->path_count > 1)) {
        return cli_usage(call, "--json-lines stands alone");
    }
    if (stream == NULL && cli_has(call, CLI_OPT_STRICT)) {
        return cli_usage(call, "'--strict' goes with '--json-lines': lines and tables are written "
                               "together or not at all");
    }
    if (*form && (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || call->json)) {
        return cli_usage(call,
                         "say who, when, what act and about what: parley log %s ru 13mar "
                         "demand \"arms = stopped\"; on a terminal 'parley log %s' asks",
                         call->path, call->path);
    }
    return CLI_DONE;
}

int cmd_log(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_store_options options = PARLEY_STORE_OPTIONS_INIT;
    cli_logging l = {.call = call, .dry = cli_has(call, CLI_OPT_DRY_RUN)};
    bool form = false;
    int exit = check_call(call, &form);
    if (exit != CLI_DONE) {
        return exit;
    }
    options.write = true;
    l.arena = parley_arena_new(call->ctx);
    l.ids = parley_arena_new(call->ctx);
    if (l.arena == NULL || l.ids == NULL) {
        parley_arena_free(l.arena);
        parley_arena_free(l.ids);
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(call, &err);
    }
    const char *stream = cli_value(call, CLI_OPT_JSON_LINES);
    bool many = true;
    if (parley_store_open(&l.store, call->ctx, call->path, &options, &err) != PARLEY_OK ||
        (form &&
         parley_store_more_claims(&many, l.store, parley_ctx_limits(call->ctx)->traced_claims,
                                  &err) != PARLEY_OK)) {
        exit = cli_fail(call, &err);
    }
    l.whole = !many;
    if (exit == CLI_DONE && (form || stream != NULL) && cli_log_renew(&l, &err) != PARLEY_OK) {
        exit = cli_fail(call, &err);
    }
    if (exit != CLI_DONE) {
        /* told */
    } else if (stream != NULL) {
        exit = cli_log_stream(&l, stream, cli_has(call, CLI_OPT_STRICT));
    } else {
        exit = form ? cli_log_form(&l) : put_all(&l);
    }
    parley_intake_free(l.in);
    parley_store_close(l.store);
    parley_case_free(l.c);
    parley_arena_free(l.arena);
    parley_arena_free(l.ids);
    return exit;
}
