/*
 * `parley help`: what the program does, one verb in full, manual pages and completion scripts.
 *
 * Everything said here comes from the tables in verbs.c and option_rows.c.
 */
#include "cli/options.h"

#include <string.h>

/* Text with an empty line between paragraphs. */
static void paragraphs(cli_call *call, const char *text, uint32_t indent)
{
    while (*text != '\0') {
        const char *end = strstr(text, "\n\n");
        size_t length = end != NULL ? (size_t)(end - text) : strlen(text);
        parley_screen_begin(call->screen, indent, indent);
        parley_screen_addf(call->screen, PARLEY_INK_PLAIN, "%.*s", (int)length, text);
        parley_screen_end(call->screen);
        text += length + (end != NULL ? 2 : 0);
        if (*text != '\0') {
            parley_screen_blank(call->screen);
        }
    }
}

static void heading(cli_call *call, const char *text)
{
    parley_screen_blank(call->screen);
    parley_screen_begin(call->screen, 0, 0);
    parley_screen_add(call->screen, PARLEY_INK_HEADING, text);
    parley_screen_end(call->screen);
}

static const parley_column two[] = {{.at_least = 12}, {.flexible = true}};

static void statuses(cli_call *call, const cli_verb *verb)
{
    char room[240];
    heading(call, "EXIT STATUS");
    parley_table *table = parley_table_new(call->screen, two, 2, 2, 0);
    for (const cli_status_row *row = cli_statuses; row->text != NULL; row++) {
        const char *text = row->text;
        if (row->status == CLI_FINDING && verb != NULL) {
            text = cli_finding(verb, room, sizeof room);
        }
        if (text != NULL) {
            parley_table_cellf(table, PARLEY_INK_PLAIN, "%d", row->status);
            parley_table_cell(table, PARLEY_INK_PLAIN, text);
        }
    }
    parley_table_print(table);
}

static void overview(cli_call *call)
{
    parley_screen_begin(call->screen, 0, 0);
    parley_screen_add(call->screen, PARLEY_INK_TITLE, "parley");
    parley_screen_add(
        call->screen, PARLEY_INK_PLAIN,
        ": a mediator's workbench. It reads a case file, in which everything that was "
        "said has a speaker, a date and a source, and shows which agreements are "
        "still possible and on whose words they die.");
    parley_screen_end(call->screen);
    heading(call, "USAGE");
    parley_table *usage = parley_table_new(call->screen, two, 2, 2, 0);
    parley_table_cell(usage, PARLEY_INK_PLAIN, "parley CASE");
    parley_table_cell(usage, PARLEY_INK_PLAIN, "the page of the night before");
    parley_table_cell(usage, PARLEY_INK_PLAIN, "parley VERB CASE [options]");
    parley_table_cell(usage, PARLEY_INK_PLAIN, "anything else");
    parley_table_print(usage);
    heading(call, "VERBS");
    parley_table *verbs = parley_table_new(call->screen, two, 2, 2, 0);
    for (size_t i = 0; i < CLI_VERB_COUNT; i++) {
        parley_table_cell(verbs, PARLEY_INK_PLAIN, cli_verbs[i].name);
        parley_table_cell(verbs, PARLEY_INK_PLAIN, cli_verbs[i].line);
    }
    parley_table_print(verbs);
    statuses(call, NULL);
    parley_screen_blank(call->screen);
    parley_screen_begin(call->screen, 0, 0);
    parley_screen_add(
        call->screen, PARLEY_INK_PLAIN,
        "'parley help VERB' has the options of a verb, 'parley help options' those of every page, "
        "'parley words' the words of a case file, 'parley --version' the version.");
    parley_screen_end(call->screen);
}

/* Options of a verb, its own or those of every page; verb NULL: of every page, for all verbs. */
static void option_rows(cli_call *call, const cli_verb *verb, bool common, bool at_length)
{
    parley_text *form = parley_text_new(call->ctx, 200);
    parley_table *table = parley_table_new(call->screen, two, 2, 2, 0);
    for (int o = 0; form != NULL && o < CLI_OPT_COUNT; o++) {
        const cli_option_row *row = &cli_options[o];
        if (row->common != common || (verb != NULL && !cli_takes(verb, (cli_option)o))) {
            continue;
        }
        cli_wording words = cli_option_words(row, verb);
        parley_text_clear(form);
        cli_option_form(row, verb, form);
        parley_table_cell(table, PARLEY_INK_PLAIN, parley_text_data(form));
        parley_table_cell(table, PARLEY_INK_PLAIN, words.line);
        if (words.text != NULL && at_length) {
            parley_table_newline(table);
            parley_table_add(table, PARLEY_INK_DIM, words.text);
        }
    }
    parley_table_print(table);
    parley_text_free(form);
}

static bool has_own(const cli_verb *verb)
{
    bool own = false;
    for (int o = 0; o < CLI_OPT_COUNT; o++) {
        own = own || (!cli_options[o].common && cli_takes(verb, (cli_option)o));
    }
    return own;
}

/* `parley help options`: what nearly every verb takes, at length. */
static void common_options(cli_call *call)
{
    parley_screen_begin(call->screen, 0, 0);
    parley_screen_add(call->screen, PARLEY_INK_TITLE, "Options of every page");
    parley_screen_add(
        call->screen, PARLEY_INK_PLAIN,
        ": most verbs take most of them; 'parley help VERB' says which. They may "
        "stand before or after the case, as --name VALUE or --name=VALUE; two dashes "
        "end them. DATE is 2025-03-14, or vaguer: 2025-03, 2025; or today, yesterday (UTC).");
    parley_screen_end(call->screen);
    parley_screen_blank(call->screen);
    option_rows(call, NULL, true, true);
}

static void examples(cli_call *call, const cli_verb *verb)
{
    heading(call, "EXAMPLES");
    for (const char *line = verb->examples; *line != '\0';) {
        const char *tab = strchr(line, '\t');
        const char *end = strchr(line, '\n');
        parley_screen_begin(call->screen, 2, 6);
        parley_screen_addf(call->screen, PARLEY_INK_PLAIN, "%.*s", (int)(tab - line), line);
        parley_screen_end(call->screen);
        parley_screen_begin(call->screen, 6, 6);
        parley_screen_addf(call->screen, PARLEY_INK_DIM, "%.*s", (int)(end - tab - 1), tab + 1);
        parley_screen_end(call->screen);
        line = end + 1;
    }
}

static void one_verb(cli_call *call, const cli_verb *verb)
{
    parley_screen_begin(call->screen, 0, 0);
    parley_screen_addf(call->screen, PARLEY_INK_TITLE, "parley %s", verb->name);
    parley_screen_addf(call->screen, PARLEY_INK_PLAIN, ": %s", verb->line);
    parley_screen_end(call->screen);
    heading(call, "USAGE");
    parley_screen_begin(call->screen, 2, 4);
    parley_screen_addf(call->screen, PARLEY_INK_PLAIN, "parley %s %s [options]", verb->name,
                       verb->operands);
    parley_screen_end(call->screen);
    parley_screen_blank(call->screen);
    paragraphs(call, verb->text, 0);
    if (has_own(verb)) {
        heading(call, "OPTIONS");
        option_rows(call, verb, false, true);
    }
    heading(call, "AS EVERYWHERE ('parley help options' says more)");
    option_rows(call, verb, true, false);
    examples(call, verb);
    statuses(call, verb);
}

static void write_json(cli_call *call, const cli_verb *only)
{
    parley_json json;
    parley_json_begin(&json, call->out);
    parley_json_object(&json);
    parley_json_key(&json, "verbs");
    parley_json_array(&json);
    for (size_t v = 0; v < CLI_VERB_COUNT; v++) {
        const cli_verb *verb = &cli_verbs[v];
        if (only != NULL && only != verb) {
            continue;
        }
        parley_json_object(&json);
        parley_json_key(&json, "verb");
        parley_json_string(&json, verb->name);
        parley_json_key(&json, "operands");
        parley_json_string(&json, verb->operands);
        parley_json_key(&json, "answers");
        parley_json_string(&json, verb->line);
        parley_json_key(&json, "options");
        parley_json_array(&json);
        for (int o = 0; o < CLI_OPT_COUNT; o++) {
            if (cli_takes(verb, (cli_option)o)) {
                parley_json_object(&json);
                parley_json_key(&json, "option");
                parley_json_string(&json, cli_options[o].name);
                parley_json_key(&json, "argument");
                cli_wording words = cli_option_words(&cli_options[o], verb);
                parley_json_string(&json, words.argument);
                parley_json_key(&json, "does");
                parley_json_string(&json, words.line);
                parley_json_object_end(&json);
            }
        }
        parley_json_array_end(&json);
        parley_json_object_end(&json);
    }
    parley_json_array_end(&json);
    parley_json_object_end(&json);
    parley_json_finish(&json);
}

int cmd_help(cli_call *call)
{
    const cli_verb *verb = NULL;
    bool options = call->path != NULL && strcmp(call->path, "options") == 0;
    if (call->path != NULL && !options) {
        verb = cli_find_verb(call->path);
        if (verb == NULL) {
            const char *names[CLI_VERB_COUNT];
            for (size_t i = 0; i < CLI_VERB_COUNT; i++) {
                names[i] = cli_verbs[i].name;
            }
            int near = parley_nearest(call->path, strlen(call->path), names, CLI_VERB_COUNT);
            if (near >= 0) {
                return cli_usage(call, "there is no verb '%s'; did you mean '%s'?", call->path,
                                 names[near]);
            }
            return cli_usage(call, "there is no verb '%s'", call->path);
        }
    }
    if (cli_has(call, CLI_OPT_COMPLETION)) {
        cli_completion(cli_choice(call, CLI_OPT_COMPLETION, 0), call->out);
    } else if (cli_has(call, CLI_OPT_MAN)) {
        cli_man_page(verb, call->out);
    } else if (call->json) {
        write_json(call, verb);
    } else if (options) {
        common_options(call);
    } else if (verb != NULL) {
        one_verb(call, verb);
    } else {
        overview(call);
    }
    return CLI_DONE;
}
