/*
 * Inside the program: reading the command line, and the texts made from the table of verbs and
 * options.
 */
#ifndef PARLEY_CLI_OPTIONS_H
#define PARLEY_CLI_OPTIONS_H

#include "cli/cli.h"

#define CLI_OPTION_BIT(verb) (UINT64_C(1) << (verb))

/* What reading the command line left in memory. */
typedef struct cli_memory {
    cli_given *given;
    const char **paths;
    char *texts; /* list values, cut */
} cli_memory;

/*
 * Read the command line into call (verb, paths, given, json, quiet) and check every value.
 * CLI_DONE, or CLI_USAGE or CLI_ENVIRONMENT after a message on call->talk. call->verb is NULL when
 * there is nothing to do but print a version (CLI_OPT_VERSION is given) or a short usage (nothing
 * is given).
 */
int cli_parse(cli_call *call, cli_memory *memory, int argc, char *const *argv);
void cli_forget(cli_memory *memory);

/* The verb of that name, or NULL. */
const cli_verb *cli_find_verb(const char *name);
bool cli_takes(const cli_verb *verb, cli_option option);

/* "parley deals CASE [options]" */
void cli_usage_line(const cli_verb *verb, parley_text *out);
/* The argument, the line and the text of an option as one verb has it; text may be NULL. */
cli_wording cli_option_words(const cli_option_row *option, const cli_verb *verb);
/* "--list[=N]"; verb NULL: as most verbs have it */
void cli_option_form(const cli_option_row *option, const cli_verb *verb, parley_text *out);
/* What exit status 1 means for the verb, with --preview where it takes that; NULL: never. */
const char *cli_finding(const cli_verb *verb, char *room, size_t size);

/* Roff of parley(1) (verb NULL) or parley-VERB(1). */
void cli_man_page(const cli_verb *verb, parley_text *out);
/* shell 0 bash, 1 zsh, 2 fish. */
void cli_completion(int shell, parley_text *out);

/* Exit statuses with their meaning, ended by a NULL text. */
typedef struct cli_status_row {
    int status;
    const char *text;
} cli_status_row;
extern const cli_status_row cli_statuses[];

#endif
