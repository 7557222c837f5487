/*
 * Reading the command line against the tables in verbs.c and option_rows.c.
 *
 * Options are long (`--name`, `--name=value`, `--name value`; `-h` and `-o` are the short forms)
 * and may stand anywhere; `--` ends them. The first word that is no option is the verb, or a case
 * file, which means `status`. Every value is checked here, so that a command never meets a bad one.
 */
#include "cli/options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>

void cli_forget(cli_memory *memory)
{
    free(memory->given);
    free(memory->paths);
    free(memory->texts);
    *memory = (cli_memory){0};
}

const cli_verb *cli_find_verb(const char *name)
{
    for (size_t i = 0; i < CLI_VERB_COUNT; i++) {
        if (strcmp(cli_verbs[i].name, name) == 0) {
            return &cli_verbs[i];
        }
    }
    return NULL;
}

bool cli_takes(const cli_verb *verb, cli_option option)
{
    return (cli_options[option].verbs & CLI_OPTION_BIT((unsigned)(verb - cli_verbs))) != 0;
}

void cli_usage_line(const cli_verb *verb, parley_text *out)
{
    parley_text_printf(out, "parley %s %s [options]", verb->name, verb->operands);
}

cli_wording cli_option_words(const cli_option_row *option, const cli_verb *verb)
{
    cli_wording words = {0, option->argument, option->line, option->text};
    uint64_t bit = verb != NULL ? CLI_OPTION_BIT((unsigned)(verb - cli_verbs)) : 0;
    for (const cli_wording *as = option->as; as != NULL && as->verbs != 0; as++) {
        if ((as->verbs & bit) != 0) {
            words.argument = as->argument != NULL ? as->argument : words.argument;
            words.line = as->line != NULL ? as->line : words.line;
            words.text = as->text != NULL ? as->text : words.text;
        }
    }
    words.text = words.text != NULL && words.text[0] == '\0' ? NULL : words.text;
    return words;
}

void cli_option_form(const cli_option_row *option, const cli_verb *verb, parley_text *out)
{
    const char *argument = cli_option_words(option, verb).argument;
    parley_text_printf(out, "--%s", option->name);
    if (argument != NULL) {
        parley_text_printf(out, option->optional ? "[=%s]" : " %s", argument);
    }
}

const char *cli_finding(const cli_verb *verb, char *room, size_t size)
{
    if (!cli_takes(verb, CLI_OPT_PREVIEW)) {
        return verb->finding;
    }
    snprintf(room, size, "%s%swith --preview: something stops the copy",
             verb->finding != NULL ? verb->finding : "", verb->finding != NULL ? "; " : "");
    return room;
}

/* -------------------------------------------------------------------- what it is */

static bool names_a_case(const char *word)
{
    static const char *const endings[] = {".yaml", ".yml", ".json", ".parley"};
    size_t length = strlen(word);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i]);
        if (length > n && strcasecmp(word + length - n, endings[i]) == 0) {
            return true;
        }
    }
    struct stat st;
    return strcmp(word, "-") == 0 || strchr(word, '/') != NULL || stat(word, &st) == 0;
}

static int unknown_verb(cli_call *call, const char *word)
{
    const char *names[CLI_VERB_COUNT];
    for (size_t i = 0; i < CLI_VERB_COUNT; i++) {
        names[i] = cli_verbs[i].name;
    }
    int near = parley_nearest(word, strlen(word), names, CLI_VERB_COUNT);
    if (strcmp(word, "version") == 0) {
        return cli_usage(call, "there is no verb 'version'; did you mean '--version'?");
    }
    if (near >= 0) {
        return cli_usage(call, "there is no verb '%s'; did you mean '%s'?", word, names[near]);
    }
    return cli_usage(call, "'%s' is neither a verb nor a case file; see 'parley help'", word);
}

/* The nearest option that the verb takes, else the nearest of all, or -1. */
static int nearest_option(const cli_verb *verb, const char *name, size_t length)
{
    for (int all = verb == NULL; all <= 1; all++) {
        const char *names[CLI_OPT_COUNT];
        int index[CLI_OPT_COUNT];
        size_t n = 0;
        for (int o = 0; o < CLI_OPT_COUNT; o++) {
            if (all || cli_takes(verb, (cli_option)o)) {
                names[n] = cli_options[o].name;
                index[n++] = o;
            }
        }
        int near = parley_nearest(name, length, names, n);
        if (near >= 0) {
            return index[near];
        }
    }
    return -1;
}

static int find_option(const char *name, size_t length)
{
    for (int o = 0; o < CLI_OPT_COUNT; o++) {
        if (strlen(cli_options[o].name) == length &&
            memcmp(cli_options[o].name, name, length) == 0) {
            return o;
        }
    }
    return -1;
}

/* ---------------------------------------------------------------------- values */

static int bad_choice(cli_call *call, const cli_option_row *row, const char *value)
{
    size_t n = 0;
    char all[240] = "";
    size_t used = 0;
    for (; row->choices[n] != NULL; n++) {
        size_t length = strlen(row->choices[n]);
        if (used + length + 3 < sizeof all) {
            used += (size_t)snprintf(all + used, sizeof all - used, "%s%s", n > 0 ? ", " : "",
                                     row->choices[n]);
        }
    }
    int near = parley_nearest(value, strlen(value), row->choices, n);
    if (near >= 0) {
        return cli_usage(call, "'--%s' does not know '%s'; did you mean '%s'?", row->name, value,
                         row->choices[near]);
    }
    return cli_usage(call, "'--%s' takes one of %s, not '%s'", row->name, all, value);
}

static int read_value(cli_call *call, cli_given *g)
{
    const cli_option_row *row = &cli_options[g->option];
    if (g->text == NULL) {
        return CLI_DONE;
    }
    if (row->kind == CLI_NUMBER) {
        char *end = NULL;
        errno = 0;
        unsigned long long n = strtoull(g->text, &end, 10);
        if (g->text[0] < '0' || g->text[0] > '9' || *end != '\0' || errno != 0 || n < row->least ||
            n > row->most) {
            return cli_usage(call, "'--%s' takes a whole number from %llu to %llu, not '%s'",
                             row->name, (unsigned long long)row->least,
                             (unsigned long long)row->most, g->text);
        }
        g->number = n;
    } else if (row->kind == CLI_DATE) {
        parley_error err = PARLEY_ERROR_INIT;
        bool yesterday = strcmp(g->text, "yesterday") == 0;
        if (yesterday ||
            strcmp(g->text, "today") == 0) { /* of the clock, in UTC as the journal's */
            g->date = parley_date_of_day((int32_t)(time(NULL) / 86400) - (yesterday ? 1 : 0));
            return CLI_DONE;
        }
        if (parley_date_parse(&g->date, g->text, strlen(g->text), &err) != PARLEY_OK) {
            return cli_usage(call,
                             "'--%s' takes a date such as 2025-03-14, 2025-03 or today: %s%s%s",
                             row->name, err.message, err.hint[0] != '\0' ? "; " : "", err.hint);
        }
    } else if (row->kind == CLI_CHOICE) {
        for (size_t i = 0; row->choices[i] != NULL; i++) {
            if (strcmp(row->choices[i], g->text) == 0) {
                g->number = i;
                return CLI_DONE;
            }
        }
        return bad_choice(call, row, g->text);
    } else if (g->text[0] == '\0') {
        return cli_usage(call, "'--%s' needs a value: --%s %s", row->name, row->name,
                         row->argument);
    }
    return CLI_DONE;
}

/* Cut a list at its commas: one cli_given an entry. *texts is where the next copy goes. */
static int add_list(cli_call *call, cli_memory *memory, cli_given given, char **texts)
{
    size_t length = strlen(given.text);
    char *copy = *texts;
    memcpy(copy, given.text, length + 1);
    *texts += length + 1;
    for (;;) {
        char *comma = strchr(copy, ',');
        if (comma != NULL) {
            *comma = '\0';
        }
        if (copy[0] == '\0') {
            return cli_usage(call, "'--%s %s' has an empty entry", cli_options[given.option].name,
                             given.text);
        }
        memory->given[call->given_count] = given;
        memory->given[call->given_count++].text = copy;
        if (comma == NULL) {
            return CLI_DONE;
        }
        copy = comma + 1;
    }
}

/* `-o` is written as long as all others are meant. */
static const char *long_form(const char *word)
{
    return strcmp(word, "-o") == 0 ? "--out" : word;
}

/* One word that begins with --; may take the next word as its value. */
static int read_option(cli_call *call, cli_memory *memory, char **texts, int argc,
                       char *const *argv, int *at)
{
    const char *word = long_form(argv[*at]) + 2;
    const char *equals = strchr(word, '=');
    size_t length = equals != NULL ? (size_t)(equals - word) : strlen(word);
    int option = find_option(word, length);
    if (option < 0) {
        int near = nearest_option(call->verb, word, length);
        if (near >= 0) {
            return cli_usage(call, "there is no option '--%.*s'; did you mean '--%s'?", (int)length,
                             word, cli_options[near].name);
        }
        return cli_usage(call, "there is no option '--%.*s'", (int)length, word);
    }
    const cli_option_row *row = &cli_options[option];
    cli_given given = {(cli_option)option, equals != NULL ? equals + 1 : NULL, 0, PARLEY_DATE_INIT};
    if (row->argument == NULL && equals != NULL) {
        return cli_usage(call, "'--%s' takes no value", row->name);
    }
    if (row->argument != NULL && equals == NULL && !row->optional) {
        const char *next = *at + 1 < argc ? argv[*at + 1] : NULL;
        if (next == NULL || strncmp(next, "--", 2) == 0) {
            return cli_usage(call, "'--%s' needs a value: --%s %s", row->name, row->name,
                             row->argument);
        }
        given.text = next;
        ++*at;
    }
    if (row->kind == CLI_LIST && given.text != NULL) {
        return add_list(call, memory, given, texts);
    }
    int status = read_value(call, &given);
    if (status == CLI_DONE) {
        memory->given[call->given_count++] = given;
    }
    return status;
}

/* ------------------------------------------------------------------- whole line */

/* The first word that is no option and no value of one, so that messages know the verb early. */
static const char *first_operand(int argc, char *const *argv)
{
    for (int i = 1; i < argc; i++) {
        const char *word = long_form(argv[i]);
        if (strcmp(word, "--") == 0) {
            return i + 1 < argc ? argv[i + 1] : NULL;
        }
        if (strncmp(word, "--", 2) == 0) {
            int option = find_option(word + 2, strlen(word + 2));
            if (option >= 0 && cli_options[option].argument != NULL &&
                !cli_options[option].optional) {
                i++;
            }
        } else if (word[0] != '-' || word[1] == '\0') {
            return word;
        }
    }
    return NULL;
}

/* What the first operand that is missing is called in the usage of the verb: "PARTY". */
static int missing_operand(const cli_call *call)
{
    const char *at = call->verb->operands;
    for (size_t i = 0; i < call->path_count; i++) {
        at += strcspn(at, " ");
        at += strspn(at, " ");
    }
    int length = (int)strcspn(at, " .[");
    if (call->path_count == 0 && strncmp(at, "CASE", 4) == 0) {
        return cli_usage(call, "'%s' needs a case file", call->verb->name);
    }
    return call->path_count == 0 ? cli_usage(call, "'%s' needs %.*s", call->verb->name, length, at)
                                 : cli_usage(call, "'%s %s' needs %.*s as well", call->verb->name,
                                             call->paths[0], length, at);
}

/* An option whose value may be left out takes it with = only; was this word meant for one? */
static const cli_option_row *meant_for(const cli_call *call, const char *word)
{
    for (size_t i = 0; i < call->given_count; i++) {
        const cli_option_row *row = &cli_options[call->given[i].option];
        if (row->optional && call->given[i].text == NULL) {
            bool fits = row->kind == CLI_NUMBER && word[strspn(word, "0123456789")] == '\0';
            for (size_t k = 0; row->kind == CLI_CHOICE && row->choices[k] != NULL; k++) {
                fits = fits || strcmp(row->choices[k], word) == 0;
            }
            return fits ? row : NULL;
        }
    }
    return NULL;
}

static int check_operands(cli_call *call)
{
    const cli_verb *verb = call->verb;
    if (call->path_count < verb->least) {
        return missing_operand(call);
    }
    /* foreign files are many for one case */
    bool many = verb == &cli_verbs[CLI_DEALS] && cli_has(call, CLI_OPT_FROM);
    if (call->path_count > verb->most && !many) {
        const char *word = call->paths[verb->most];
        const cli_option_row *row = meant_for(call, word);
        if (row != NULL) {
            return cli_usage(call, "the value of '--%s' is written with =: --%s=%s", row->name,
                             row->name, word);
        }
        if (verb->most > 1) {
            return cli_usage(call, "'%s' takes %s; '%s' is one too many", verb->name,
                             verb->operands, word);
        }
        return cli_usage(call, "'%s' takes %s %s; '%s' is one too many", verb->name,
                         verb->least == 0 ? "at most one" : "one",
                         verb->least == 0 ? "word" : "case file", call->paths[verb->most]);
    }
    if (verb == &cli_verbs[CLI_CHECK] && call->path_count == 0 && !cli_has(call, CLI_OPT_SCHEMA)) {
        return cli_usage(call, "'check' needs a case file");
    }
    return CLI_DONE;
}

static int check_options(cli_call *call)
{
    for (size_t i = 0; i < call->given_count; i++) {
        cli_option option = call->given[i].option;
        if (cli_takes(call->verb, option)) {
            continue;
        }
        char owners[200] = "";
        size_t used = 0;
        size_t count = 0;
        for (size_t v = 0; v < CLI_VERB_COUNT; v++) {
            if (cli_takes(&cli_verbs[v], option) && used < sizeof owners) {
                used += (size_t)snprintf(owners + used, sizeof owners - used, "%s'%s'",
                                         count++ > 0 ? ", " : "", cli_verbs[v].name);
            }
        }
        if (count == 0) {
            return cli_usage(call, "'--%s' stands alone", cli_options[option].name);
        }
        if (count > 6) {
            return cli_usage(call, "'%s' does not take '--%s'; %zu other verbs do",
                             call->verb->name, cli_options[option].name, count);
        }
        return cli_usage(call, "'%s' does not take '--%s'; %s %s", call->verb->name,
                         cli_options[option].name, owners, count == 1 ? "does" : "do");
    }
    return CLI_DONE;
}

/* Room for everything: a value has at most as many entries as commas and one. */
static bool make_room(cli_memory *memory, int argc, char *const *argv)
{
    size_t entries = 1;
    size_t bytes = 1;
    for (int i = 1; i < argc; i++) {
        entries++;
        bytes += strlen(argv[i]) + 1;
        for (const char *s = argv[i]; *s != '\0'; s++) {
            entries += *s == ',' ? 1 : 0;
        }
    }
    memory->given = calloc(entries, sizeof *memory->given);
    memory->paths = calloc((size_t)argc + 1, sizeof *memory->paths);
    memory->texts = malloc(bytes);
    return memory->given != NULL && memory->paths != NULL && memory->texts != NULL;
}

int cli_parse(cli_call *call, cli_memory *memory, int argc, char *const *argv)
{
    if (!make_room(memory, argc, argv)) {
        cli_complain(call, "no memory for the command line");
        return CLI_ENVIRONMENT;
    }
    call->given = memory->given;
    call->paths = memory->paths;
    const char *word = first_operand(argc, argv);
    bool is_case = false;
    if (word != NULL) {
        call->verb = cli_find_verb(word);
        is_case = call->verb == NULL && names_a_case(word);
        if (is_case) {
            call->verb = &cli_verbs[CLI_STATUS];
        } else if (call->verb == NULL) {
            return unknown_verb(call, word);
        }
    }
    char *texts = memory->texts;
    bool options_end = false;
    bool help = false;
    bool verb_seen = is_case;
    for (int i = 1; i < argc; i++) {
        if (!options_end && strcmp(argv[i], "--") == 0) {
            options_end = true;
        } else if (!options_end && strcmp(argv[i], "-h") == 0) {
            help = true;
        } else if (!options_end && strncmp(long_form(argv[i]), "--", 2) == 0) {
            int status = read_option(call, memory, &texts, argc, argv, &i);
            if (status != CLI_DONE) {
                return status;
            }
        } else if (!options_end && argv[i][0] == '-' && argv[i][1] != '\0') {
            bool version = strcmp(argv[i], "-v") == 0 || strcmp(argv[i], "-V") == 0;
            return cli_usage(call,
                             version ? "there is no option '%s'; did you mean '--version'?"
                                     : "there is no option '%s'; options are written '--name'",
                             argv[i]);
        } else if (!verb_seen) {
            verb_seen = true;
        } else {
            memory->paths[call->path_count++] = argv[i];
        }
    }
    call->json = cli_has(call, CLI_OPT_JSON);
    call->quiet = cli_has(call, CLI_OPT_QUIET);
    if (help || cli_has(call, CLI_OPT_HELP)) {
        /* `parley deals --help x` is `parley help deals`; what else was given does not matter */
        bool named = call->verb != NULL && !is_case;
        call->path_count = named ? 1 : 0;
        memory->paths[0] = named ? call->verb->name : NULL;
        call->verb = &cli_verbs[CLI_HELP];
        call->path = memory->paths[0];
        return CLI_DONE;
    }
    if (cli_has(call, CLI_OPT_VERSION)) {
        call->verb = NULL;
        return CLI_DONE;
    }
    if (call->verb == NULL) {
        return argc > 1 ? cli_usage(call, "there is neither a verb nor a case file") : CLI_DONE;
    }
    int status = check_options(call);
    if (status == CLI_DONE) {
        status = check_operands(call);
    }
    call->path = call->path_count > 0 ? call->paths[0] : NULL;
    return status;
}

/* ---------------------------------------------------------------------- getters */

static const cli_given *last(const cli_call *call, cli_option option)
{
    for (size_t i = call->given_count; i > 0; i--) {
        if (call->given[i - 1].option == option) {
            return &call->given[i - 1];
        }
    }
    return NULL;
}

bool cli_has(const cli_call *call, cli_option option)
{
    return last(call, option) != NULL;
}

const char *cli_value(const cli_call *call, cli_option option)
{
    const cli_given *g = last(call, option);
    return g != NULL ? g->text : NULL;
}

uint64_t cli_number(const cli_call *call, cli_option option, uint64_t otherwise)
{
    const cli_given *g = last(call, option);
    return g != NULL && g->text != NULL ? g->number : otherwise;
}

int cli_choice(const cli_call *call, cli_option option, int otherwise)
{
    const cli_given *g = last(call, option);
    return g != NULL && g->text != NULL ? (int)g->number : otherwise;
}

bool cli_date(const cli_call *call, cli_option option, parley_date *out)
{
    const cli_given *g = last(call, option);
    *out = g != NULL ? g->date : PARLEY_DATE_INIT;
    return g != NULL;
}

size_t cli_list_size(const cli_call *call, cli_option option)
{
    size_t n = 0;
    for (size_t i = 0; i < call->given_count; i++) {
        n += call->given[i].option == option ? 1 : 0;
    }
    return n;
}

const char *cli_list_at(const cli_call *call, cli_option option, size_t index)
{
    for (size_t i = 0; i < call->given_count; i++) {
        if (call->given[i].option == option && index-- == 0) {
            return call->given[i].text;
        }
    }
    return NULL;
}
