/*
 * parley flag: a legal notice on a case on disk that keeps packages out of ideas, bridges and
 * drafts. It is raised, and lifted, by a named person who gives a reason.
 */
#include "cli/change.h"

#include <parley/words.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static bool says_nothing(const char *text)
{
    return text == NULL || text[strspn(text, " \t\r\n")] == '\0';
}

static void put_string(parley_text *out, const char *text)
{
    parley_json json; /* a string of JSON is one of YAML */
    parley_json_begin(&json, out);
    parley_json_string(&json, text);
}

static void put_member(parley_text *out, const char *key, const char *value)
{
    if (value != NULL) {
        parley_text_printf(out, ", %s: ", key);
        put_string(out, value);
    }
}

/* A flag's id: the first of w1, w2, ... that is free. */
static int free_id(cli_change *change, char out[24])
{
    parley_error err = PARLEY_ERROR_INIT;
    bool taken = true;
    for (uint32_t n = 1; taken; n++) {
        snprintf(out, 24, "w%u", n);
        if (parley_store_has(&taken, change->store, "flags", out, &err) != PARLEY_OK) {
            return cli_fail(change->call, &err);
        }
    }
    return CLI_DONE;
}

/* Today (UTC) as a case file writes it. */
static bool put_today(parley_text *out)
{
    const time_t now = time(NULL);
    struct tm day;
    if (gmtime_r(&now, &day) == NULL) {
        return false;
    }
    parley_text_printf(out, ", date: %04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1,
                       day.tm_mday);
    return true;
}

static int raise_flag(cli_change *change, parley_text *piece)
{
    cli_call *call = change->call;
    char id[24] = "";
    if (call->path_count > 1) {
        snprintf(id, sizeof(id), "%s", call->paths[1]);
        if (strcmp(id, call->paths[1]) != 0) {
            return cli_usage(call, "the id '%s' is too long: at most 23 letters", call->paths[1]);
        }
    }
    int exit = id[0] == '\0' ? free_id(change, id) : CLI_DONE;
    if (exit != CLI_DONE) {
        return exit;
    }
    uint32_t kept = 0;
    parley_text_puts(piece, "flags:\n  ");
    put_string(piece, id);
    parley_text_puts(piece, ": {law: ");
    put_string(piece, cli_value(call, CLI_OPT_LAW));
    put_member(piece, "about", cli_value(call, CLI_OPT_ABOUT));
    put_member(piece, "notice", cli_value(call, CLI_OPT_NOTICE));
    put_member(piece, "by", cli_value(call, CLI_OPT_BY));
    put_member(piece, "office", cli_value(call, CLI_OPT_OFFICE));
    put_member(piece, "because", cli_value(call, CLI_OPT_BECAUSE));
    put_today(piece);
    for (size_t i = 0; i < call->given_count; i++) {
        if (call->given[i].option == CLI_OPT_KEEPS_OUT) {
            parley_text_puts(piece, kept++ == 0 ? ", keeps-out: [" : ", ");
            put_string(piece, call->given[i].text);
        }
    }
    parley_text_puts(piece, kept > 0 ? "]}\n" : "}\n");
    parley_error err = PARLEY_ERROR_INIT;
    if (parley_text_status(piece, &err) != PARLEY_OK) {
        return cli_fail(call, &err);
    }
    change->what = parley_arena_copy(change->arena, id, strlen(id));
    if (change->what == NULL) {
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(call, &err);
    }
    return cli_change_write(change, parley_text_data(piece), parley_text_size(piece), NULL);
}

static int lift(cli_change *change, parley_text *piece)
{
    cli_call *call = change->call;
    parley_error err = PARLEY_ERROR_INIT;
    char what[64];
    snprintf(what, sizeof(what), "flags:%s", call->paths[1]);
    parley_text *value = parley_text_new(call->ctx, PARLEY_STORE_WORDS_MOST);
    if (value == NULL) {
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(call, &err);
    }
    parley_text_puts(value, "{by: ");
    put_string(value, cli_value(call, CLI_OPT_BY));
    put_member(value, "office", cli_value(call, CLI_OPT_OFFICE));
    if (!put_today(value)) {
        parley_text_free(value);
        parley_fail(&err, PARLEY_BACKEND, "the clock gives no date");
        return cli_fail(call, &err);
    }
    put_member(value, "because", cli_value(call, CLI_OPT_BECAUSE));
    parley_text_puts(value, "}");
    int exit = parley_text_status(value, &err) != PARLEY_OK ? cli_fail(call, &err)
                                                            : cli_change_find(change, what);
    const parley_member_change lifted = {"lifted", parley_text_data(value)};
    if (exit == CLI_DONE &&
        parley_piece_change(piece, call->ctx, call->paths[1], change->before, change->before_length,
                            &lifted, 1, &err) != PARLEY_OK) {
        exit = cli_fail(call, &err);
    }
    if (exit == CLI_DONE) {
        change->what = call->paths[1];
        exit = cli_change_write(change, parley_text_data(piece), parley_text_size(piece), NULL);
    }
    parley_text_free(value);
    return exit;
}

/* Who does it, in which office, and why: each more than blanks. */
static int check_author(cli_call *call, const char *done)
{
    static const struct {
        cli_option option;
        const char *name;
    } needed[] = {{CLI_OPT_BY, "by"}, {CLI_OPT_OFFICE, "office"}, {CLI_OPT_BECAUSE, "because"}};
    for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
        if (says_nothing(cli_value(call, needed[i].option))) {
            return cli_usage(call,
                             "a flag is %s by a named person who gives a reason: '--%s' is "
                             "missing or empty",
                             done, needed[i].name);
        }
    }
    return CLI_DONE;
}

/* What was asked for, before anything is opened. */
static int check_lift(cli_call *call)
{
    if (call->path_count != 2) {
        return cli_usage(call, "say which flag is lifted: parley flag %s w1 --lift", call->path);
    }
    if (strlen(call->paths[1]) > 50) {
        return cli_usage(call, "'%s' is no id of a flag", call->paths[1]);
    }
    return check_author(call, "lifted");
}

/* A law that is nearly one of the list is a slip; other laws have names of their own. */
static int check_law(cli_call *call)
{
    const char *law = cli_value(call, CLI_OPT_LAW);
    const char *names[PARLEY_LAW_COUNT];
    for (size_t i = 0; i < PARLEY_LAW_COUNT; i++) {
        names[i] = parley_words_word(PARLEY_WORDS_LAW, i);
        if (strcmp(names[i], law) == 0) {
            return CLI_DONE;
        }
    }
    int near = parley_nearest(law, strlen(law), names, PARLEY_LAW_COUNT);
    return near < 0
               ? CLI_DONE
               : cli_usage(call, "no law is called '%s': did you mean '%s'? (parley words law)",
                           law, names[near]);
}

static int check_raise(cli_call *call)
{
    if (says_nothing(cli_value(call, CLI_OPT_LAW)) ||
        says_nothing(cli_value(call, CLI_OPT_NOTICE))) {
        return cli_usage(call, "a flag needs --law LAW and --notice \"...\": the notice stands on "
                               "every page");
    }
    int exit = check_law(call);
    return exit == CLI_DONE ? check_author(call, "raised") : exit;
}

int cmd_flag(cli_call *call)
{
    cli_change change;
    parley_error err = PARLEY_ERROR_INIT;
    bool lifting = cli_has(call, CLI_OPT_LIFT);
    int exit = lifting ? check_lift(call) : check_raise(call);
    if (exit != CLI_DONE) {
        return exit;
    }
    parley_text *piece = parley_text_new(call->ctx, PARLEY_STORE_WORDS_MOST);
    if (piece == NULL) {
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(call, &err);
    }
    exit = cli_change_begin(&change, call);
    if (exit == CLI_DONE) {
        exit = lifting ? lift(&change, piece) : raise_flag(&change, piece);
    }
    cli_change_end(&change);
    parley_text_free(piece);
    return exit;
}
