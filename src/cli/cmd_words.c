/*
 * `parley words`: the enumerations a case file may use, and the named limits.
 */
#include "cli/cli.h"

#include <parley/words.h>

#include <string.h>

typedef struct limit_row {
    const char *name;
    uint32_t value;
    const char *unit;
    const char *what;
} limit_row;

static const limit_row limit_rows[] = {
#define LIMIT_ROW(name, value, unit, what) {#name, value, unit, what},
    PARLEY_LIMIT_LIST(LIMIT_ROW)
#undef LIMIT_ROW
};

#define LIMITS (sizeof limit_rows / sizeof *limit_rows)

static const char untyped[] = "(nothing)";

/* The value of limit i in this context, which may differ from the default. */
static uint32_t limit_value(const parley_limits *limits, size_t i)
{
    const uint32_t values[] = {
#define LIMIT_VALUE(name, value, unit, what) limits->name,
        PARLEY_LIMIT_LIST(LIMIT_VALUE)
#undef LIMIT_VALUE
    };
    return values[i];
}

static void print_limits(cli_call *call)
{
    static const parley_column columns[] = {
        {.heading = "LIMIT"},
        {.heading = "VALUE", .align = PARLEY_ALIGN_RIGHT},
        {.heading = "UNIT"},
        {.heading = "WHAT IT BOUNDS", .flexible = true},
    };
    parley_table *table = parley_table_new(call->screen, columns, 4, 0, 0);
    for (size_t i = 0; i < LIMITS; i++) {
        parley_table_cell(table, PARLEY_INK_PLAIN, limit_rows[i].name);
        parley_table_cell(
            table, PARLEY_INK_PLAIN,
            parley_screen_number(call->screen, limit_value(parley_ctx_limits(call->ctx), i)));
        parley_table_cell(table, PARLEY_INK_DIM, limit_rows[i].unit);
        parley_table_cell(table, PARLEY_INK_PLAIN, limit_rows[i].what);
    }
    parley_table_print(table);
}

static void write_limits(cli_call *call)
{
    parley_json json;
    parley_json_begin(&json, call->out);
    parley_json_object(&json);
    parley_json_key(&json, "limits");
    parley_json_array(&json);
    for (size_t i = 0; i < LIMITS; i++) {
        parley_json_object(&json);
        parley_json_key(&json, "name");
        parley_json_string(&json, limit_rows[i].name);
        parley_json_key(&json, "value");
        parley_json_uint(&json, limit_value(parley_ctx_limits(call->ctx), i));
        parley_json_key(&json, "unit");
        parley_json_string(&json, limit_rows[i].unit);
        parley_json_key(&json, "bounds");
        parley_json_string(&json, limit_rows[i].what);
        parley_json_object_end(&json);
    }
    parley_json_array_end(&json);
    parley_json_object_end(&json);
    parley_json_finish(&json);
}

static void print_list(cli_call *call, parley_word_list list)
{
    static const parley_column columns[] = {
        {.at_least = 24},
        {.flexible = true},
    };
    parley_screen_begin(call->screen, 0, 2);
    parley_screen_add(call->screen, PARLEY_INK_HEADING, parley_words_name(list));
    parley_screen_addf(call->screen, PARLEY_INK_DIM, ": %s", parley_words_about(list));
    parley_screen_end(call->screen);
    parley_table *table = parley_table_new(call->screen, columns, 2, 2, 0);
    for (size_t i = 0; i < parley_words_size(list); i++) {
        const char *word = parley_words_word(list, i);
        if (word[0] == '\0') {
            parley_table_cell(table, PARLEY_INK_DIM, untyped);
        } else {
            parley_table_cell(table, PARLEY_INK_PLAIN, word);
        }
        parley_table_cell(table, PARLEY_INK_PLAIN, parley_words_meaning(list, i));
    }
    parley_table_print(table);
}

static void write_list(parley_json *json, parley_word_list list)
{
    parley_json_object(json);
    parley_json_key(json, "list");
    parley_json_string(json, parley_words_name(list));
    parley_json_key(json, "about");
    parley_json_string(json, parley_words_about(list));
    parley_json_key(json, "words");
    parley_json_array(json);
    for (size_t i = 0; i < parley_words_size(list); i++) {
        const char *word = parley_words_word(list, i);
        parley_json_object(json);
        parley_json_key(json, "word");
        parley_json_string(json, word[0] != '\0' ? word : NULL);
        parley_json_key(json, "means");
        parley_json_string(json, parley_words_meaning(list, i));
        if (list == PARLEY_WORDS_CLASS) {
            parley_json_key(json, "on-record");
            parley_json_bool(json, parley_class_on_record((parley_class)i));
        } else if (list == PARLEY_WORDS_SOURCE_KIND) {
            parley_json_key(json, "published");
            parley_json_bool(json, parley_source_kind_published((parley_source_kind)i));
        }
        parley_json_object_end(json);
    }
    parley_json_array_end(json);
    parley_json_object_end(json);
}

/* "source class" and "source-class" are the same list. */
static bool same_name(const char *name, const char *typed)
{
    for (; *name != '\0' && *typed != '\0'; name++, typed++) {
        if (*name != *typed && !(*name == ' ' && (*typed == '-' || *typed == '_'))) {
            return false;
        }
    }
    return *name == *typed;
}

static int unknown_list(cli_call *call)
{
    const char *names[PARLEY_WORDS_COUNT];
    for (size_t i = 0; i < PARLEY_WORDS_COUNT; i++) {
        names[i] = parley_words_name((parley_word_list)i);
    }
    int near = parley_nearest(call->path, strlen(call->path), names, PARLEY_WORDS_COUNT);
    const char *all = parley_screen_join(call->screen, names, PARLEY_WORDS_COUNT, ", ");
    if (near >= 0) {
        return cli_usage(call, "there is no list '%s'; did you mean '%s'?", call->path,
                         names[near]);
    }
    return cli_usage(call, "there is no list '%s'; the lists are: %s", call->path, all);
}

int cmd_words(cli_call *call)
{
    if (cli_has(call, CLI_OPT_LIMITS)) {
        if (call->path != NULL) {
            return cli_usage(call, "'--limits' goes with no list");
        }
        if (call->json) {
            write_limits(call);
        } else {
            print_limits(call);
        }
        return CLI_DONE;
    }
    bool wanted[PARLEY_WORDS_COUNT];
    bool any = false;
    for (size_t i = 0; i < PARLEY_WORDS_COUNT; i++) {
        wanted[i] =
            call->path == NULL || same_name(parley_words_name((parley_word_list)i), call->path);
        any = any || wanted[i];
    }
    if (!any) {
        return unknown_list(call);
    }
    parley_json json;
    parley_json_begin(&json, call->out);
    if (call->json) {
        parley_json_object(&json);
        parley_json_key(&json, "lists");
        parley_json_array(&json);
    }
    bool first = true;
    for (size_t i = 0; i < PARLEY_WORDS_COUNT; i++) {
        if (wanted[i] && call->json) {
            write_list(&json, (parley_word_list)i);
        } else if (wanted[i]) {
            if (!first) {
                parley_screen_blank(call->screen);
            }
            print_list(call, (parley_word_list)i);
            first = false;
        }
    }
    if (call->json) {
        parley_json_array_end(&json);
        parley_json_object_end(&json);
        parley_json_finish(&json);
    }
    return CLI_DONE;
}
