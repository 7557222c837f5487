/*
 * parley log: who said what after a call, one line, into the journal of a case on disk. Also lines
 * and tables from a file, and what a line would be understood as.
 */
#include "cli/journal.h"

#include <parley/logline.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct logging {
    cli_call *call;
    parley_store *store;
    const parley_case *c;
    parley_text *piece;
    uint32_t made; /* ids made since the case was read */
    int exit;
    bool dry;
    parley_json json;
} logging;

static int32_t today(void)
{
    const time_t now = time(NULL);
    struct tm day;
    return gmtime_r(&now, &day) == NULL
               ? 0
               : parley_day_number(day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

static void told(logging *l, const parley_logged *claim)
{
    parley_screen *s = l->call->screen;
    if (l->call->json) {
        parley_json_object(&l->json);
        const struct {
            const char *key;
            const char *value;
        } members[] = {{"claim", claim->id},  {"date", claim->date},     {"by", claim->by},
                       {"to", claim->to},     {"act", claim->act},       {"about", claim->about},
                       {"says", claim->says}, {"source", claim->source}, {"class", claim->cls}};
        for (size_t k = 0; k < sizeof(members) / sizeof(members[0]); k++) {
            parley_json_key(&l->json, members[k].key);
            parley_json_string(&l->json, members[k].value);
        }
        parley_json_key(&l->json, "about_is_words");
        parley_json_bool(&l->json, claim->about_is_words);
        parley_json_object_end(&l->json);
        return;
    }
    parley_screen_begin(s, 0, 4);
    parley_screen_add(s, PARLEY_INK_HEADING, claim->id);
    parley_screen_addf(s, PARLEY_INK_PLAIN, "  %s", claim->date);
    parley_screen_addf(s, PARLEY_INK_PARTY, "  %s", claim->by);
    if (claim->to != NULL) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, " to %s", claim->to);
    }
    parley_screen_addf(s, PARLEY_INK_PLAIN, ": %s", claim->act);
    if (claim->about != NULL) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, " %s", claim->about);
    }
    for (uint32_t i = 0; i < claim->condition_count; i++) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%s%s", i == 0 ? " if " : "; ",
                           claim->conditions[i]);
    }
    if (claim->says != NULL) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, " \"%s\"", claim->says);
    }
    if (claim->source != NULL) {
        parley_screen_addf(s, PARLEY_INK_DIM, "  @%s%s%s", claim->source,
                           claim->cls != NULL ? "/" : "", claim->cls != NULL ? claim->cls : "");
    }
    parley_screen_end(s);
    if (claim->about_is_words) {
        parley_screen_begin(s, 4, 4);
        parley_screen_addf(s, PARLEY_INK_WARN, "kept as words, in no count%s%s",
                           claim->why_words != NULL ? ": " : "",
                           claim->why_words != NULL ? claim->why_words : "");
        parley_screen_end(s);
    }
}

/* c24 is the next free id of the case; rows of one table take c24, c25, ... */
static void number(const char *id, uint32_t more, char *out, size_t size)
{
    size_t letters = strcspn(id, "0123456789");
    snprintf(out, size, "%.*s%lu", (int)letters, id,
             strtoul(id + letters, NULL, 10) + (unsigned long)more);
}

static bool put(void *user, const parley_logged *typed)
{
    logging *l = user;
    parley_error err = PARLEY_ERROR_INIT;
    char id[64];
    parley_logged copy = *typed;
    const parley_logged *claim = &copy;
    if (typed->id_made) {
        number(typed->id, l->made++, id, sizeof(id));
        copy.id = id;
    }
    parley_text_clear(l->piece);
    parley_log_piece(l->piece, claim);
    if (parley_text_status(l->piece, &err) != PARLEY_OK ||
        parley_store_add(l->store, NULL, PARLEY_ENTRY_PUT, 0, parley_text_data(l->piece),
                         parley_text_size(l->piece), &err) != PARLEY_OK) {
        l->exit = cli_fail(l->call, &err);
        return false;
    }
    told(l, claim);
    return true;
}

/*
 * A claim's free id is looked for among the claims that were there: a second line of one call would
 * get it too. So each line is put into the journal, and the case read again, before the next.
 */
static parley_status refresh(logging *l, parley_case **c, parley_error *err)
{
    parley_case *again = NULL;
    parley_status status =
        parley_store_case(&again, l->store, PARLEY_STORE_NOW, NULL, NULL, NULL, err);
    if (status == PARLEY_OK) {
        parley_case_free(*c);
        *c = again;
        l->c = again;
        l->made = 0;
    }
    return status;
}

static int log_text(logging *l, parley_case **c, const char *text, size_t length, uint32_t first)
{
    parley_error err = PARLEY_ERROR_INIT;
    uint32_t line = first;
    for (size_t at = 0; at < length && l->exit == CLI_DONE; line++) {
        const char *end = memchr(text + at, '\n', length - at);
        size_t size = end != NULL ? (size_t)(end - text) - at : length - at;
        bool blank = strspn(text + at, " \t\r") >= size || text[at] == '#';
        parley_logged claim;
        parley_arena *arena = blank ? NULL : parley_arena_new(l->call->ctx);
        parley_status status = PARLEY_OK;
        if (!blank && arena == NULL) {
            status = parley_fail(&err, PARLEY_NOMEM, "out of memory");
        } else if (!blank) {
            status =
                parley_log_line(&claim, l->call->ctx, l->c, arena, text + at, size, today(), &err);
        }
        if (status == PARLEY_OK && !blank && put(l, &claim)) {
            status = refresh(l, c, &err);
        }
        parley_arena_free(arena);
        if (status != PARLEY_OK) {
            if (first > 0) {
                parley_error at_line = PARLEY_ERROR_INIT;
                parley_fail(&at_line, status, "line %u: %s", line, err.message);
                if (err.hint[0] != '\0') {
                    parley_error_hint(&at_line, "%s", err.hint);
                }
                err = at_line;
            }
            l->exit = cli_fail(l->call, &err);
        }
        at += size + 1;
    }
    return l->exit;
}

/* The operands behind the file, as one line. */
static int log_operands(logging *l, parley_case **c)
{
    parley_text_clear(l->piece);
    for (size_t i = 1; i < l->call->path_count; i++) {
        parley_text_puts(l->piece, i > 1 ? " " : "");
        parley_text_puts(l->piece, l->call->paths[i]);
    }
    parley_error err = PARLEY_ERROR_INIT;
    if (parley_text_status(l->piece, &err) != PARLEY_OK) {
        return cli_fail(l->call, &err);
    }
    size_t length = parley_text_size(l->piece);
    char *line = parley_alloc(l->call->ctx, length + 1);
    if (line == NULL) {
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(l->call, &err);
    }
    memcpy(line, parley_text_data(l->piece), length + 1);
    int exit = log_text(l, c, line, length, 0);
    parley_release(l->call->ctx, line, length + 1);
    return exit;
}

static int log_file(logging *l, parley_case **c, const char *path, bool table)
{
    parley_error err = PARLEY_ERROR_INIT;
    char *bytes = NULL;
    size_t length = 0;
    size_t size = 0;
    if (cli_read(l->call->ctx, path, &bytes, &length, &size, &err) != PARLEY_OK) {
        return cli_fail(l->call, &err);
    }
    if (!table) {
        log_text(l, c, bytes, length, 1);
    } else if (parley_log_table(l->call->ctx, l->c, bytes, length, today(), put, l, &err) !=
               PARLEY_OK) {
        l->exit = cli_fail(l->call, &err);
    }
    parley_release(l->call->ctx, bytes, size);
    return l->exit;
}

static int write_journal(logging *l, parley_case **c)
{
    parley_error err = PARLEY_ERROR_INIT;
    const char *lines = cli_value(l->call, CLI_OPT_LINES);
    const char *table = cli_value(l->call, CLI_OPT_CSV);
    if (parley_store_begin(l->store, &err) != PARLEY_OK) {
        return cli_fail(l->call, &err);
    }
    int exit = l->call->path_count > 1 ? log_operands(l, c) : CLI_DONE;
    if (exit == CLI_DONE && lines != NULL) {
        exit = log_file(l, c, lines, false);
    }
    if (exit == CLI_DONE && table != NULL) {
        exit = log_file(l, c, table, true);
    }
    /* what was put together has to make a case before it is kept */
    if (exit == CLI_DONE && refresh(l, c, &err) != PARLEY_OK) {
        exit = cli_fail(l->call, &err);
    }
    if (exit != CLI_DONE || l->dry) {
        parley_store_rollback(l->store);
        return exit;
    }
    return parley_store_commit(l->store, &err) == PARLEY_OK ? CLI_DONE : cli_fail(l->call, &err);
}

static void closing(logging *l)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_head head;
    if (l->call->json) {
        parley_json_array_end(&l->json);
        parley_json_key(&l->json, "written");
        parley_json_bool(&l->json, !l->dry);
        if (parley_store_head(&head, l->store, PARLEY_STORE_NOW, &err) == PARLEY_OK) {
            cli_json_head(&l->json, &head);
        }
        parley_json_object_end(&l->json);
        parley_json_finish(&l->json);
        return;
    }
    if (l->dry) {
        parley_screen_begin(l->call->screen, 0, 0);
        parley_screen_add(l->call->screen, PARLEY_INK_WARN, "Nothing was written (--dry-run).");
        parley_screen_end(l->call->screen);
    } else if (parley_store_head(&head, l->store, PARLEY_STORE_NOW, &err) == PARLEY_OK) {
        cli_show_head(l->call, &head);
    }
}

int cmd_log(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_store_options options = PARLEY_STORE_OPTIONS_INIT;
    parley_case *c = NULL;
    logging l = {.call = call, .dry = cli_has(call, CLI_OPT_DRY_RUN)};
    if (!parley_store_is(call->path)) {
        return cli_usage(call, "log writes into a case on disk: make one with 'parley new' and "
                               "'parley import'");
    }
    if (call->path_count < 2 && cli_value(call, CLI_OPT_LINES) == NULL &&
        cli_value(call, CLI_OPT_CSV) == NULL) {
        return cli_usage(call,
                         "say who, when, what act and about what: parley log %s ru 13mar "
                         "demand \"arms = stopped\"",
                         call->path);
    }
    options.write = true;
    l.piece = parley_text_new(call->ctx, parley_ctx_limits(call->ctx)->text_bytes);
    if (l.piece == NULL) {
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(call, &err);
    }
    int exit = CLI_DONE;
    if (parley_store_open(&l.store, call->ctx, call->path, &options, &err) != PARLEY_OK ||
        parley_store_case(&c, l.store, PARLEY_STORE_NOW, NULL, NULL, NULL, &err) != PARLEY_OK) {
        exit = cli_fail(call, &err);
    }
    l.c = c;
    if (call->json) {
        parley_json_begin(&l.json, call->out);
        parley_json_object(&l.json);
        parley_json_key(&l.json, "claims");
        parley_json_array(&l.json);
    }
    if (exit == CLI_DONE) {
        exit = write_journal(&l, &c);
    }
    if (exit == CLI_DONE) {
        closing(&l);
    }
    parley_store_close(l.store);
    parley_case_free(c);
    parley_text_free(l.piece);
    return exit;
}
