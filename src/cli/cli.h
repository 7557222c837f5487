/*
 * Inside the program: what a command is given, and the one table of verbs and options.
 *
 * The table drives parsing, usage, `parley help`, the manual pages and completion, so that none of
 * them can say something that the others do not. A command is one file, cmd_<verb>.c, with one
 * function `int cmd_<verb>(cli_call *call)` that returns an exit status. What it prints goes onto
 * call->out (through call->screen for people); main writes that text at the end, whole or not at
 * all.
 */
#ifndef PARLEY_CLI_H
#define PARLEY_CLI_H

#include <parley/base.h>
#include <parley/report.h>

#include <stdio.h>

/* Exit statuses. 130 is the shell's own number for an interrupt. */
enum {
    CLI_DONE = 0,
    CLI_FINDING = 1,     /* no deal, gaps, contradictions */
    CLI_USAGE = 2,       /* the command line is wrong */
    CLI_INPUT = 3,       /* a file is wrong, or something named is not in it */
    CLI_ENVIRONMENT = 4, /* disk, memory, a library */
    CLI_INTERRUPTED = 130
};

/* --------------------------------------------------------------------- options */

typedef enum cli_kind {
    CLI_FLAG,   /* no value */
    CLI_TEXT,   /* any text */
    CLI_NUMBER, /* a whole number from `least` to `most` */
    CLI_DATE,   /* a date as in a case file */
    CLI_CHOICE, /* one of a list of words */
    CLI_LIST    /* texts with commas between them; may be given several times */
} cli_kind;

typedef enum cli_option {
    CLI_OPT_JSON,
    CLI_OPT_FOR,
    CLI_OPT_AS_OF,
    CLI_OPT_RECORDED_AS_OF,
    CLI_OPT_AT,
    CLI_OPT_RUNG,
    CLI_OPT_WITHOUT,
    CLI_OPT_LIST,
    CLI_OPT_SKIP,
    CLI_OPT_HOME,
    CLI_OPT_NUMBERS,
    CLI_OPT_PACKAGE,
    CLI_OPT_QUERY,
    CLI_OPT_ALL,
    CLI_OPT_LIMIT,
    CLI_OPT_BY,
    CLI_OPT_NO_READINGS,
    CLI_OPT_BRIDGE,
    CLI_OPT_NEAREST,
    CLI_OPT_TRACK,
    CLI_OPT_READINGS_OF,
    CLI_OPT_FROM,
    CLI_OPT_TO,
    CLI_OPT_FORMAT,
    CLI_OPT_SINCE,
    CLI_OPT_PARTY,
    CLI_OPT_ISSUE,
    CLI_OPT_SOURCE,
    CLI_OPT_ACT,
    CLI_OPT_CLASS,
    CLI_OPT_EXACT,
    CLI_OPT_LANGUAGE,
    CLI_OPT_CHANGES,
    CLI_OPT_POSITIONS,
    CLI_OPT_CANDIDATES,
    CLI_OPT_BLOCS,
    CLI_OPT_LEVERS,
    CLI_OPT_LINKS,
    CLI_OPT_AGENDA,
    CLI_OPT_RIPENESS,
    CLI_OPT_STANDING,
    CLI_OPT_TITLE,
    CLI_OPT_REPLACE,
    CLI_OPT_LINES,
    CLI_OPT_CSV,
    CLI_OPT_XLSX,
    CLI_OPT_JSON_LINES,
    CLI_OPT_DRY_RUN,
    CLI_OPT_REMOVE,
    CLI_OPT_WHY,
    CLI_OPT_LAW,
    CLI_OPT_ABOUT,
    CLI_OPT_NOTICE,
    CLI_OPT_KEEPS_OUT,
    CLI_OPT_LIFT,
    CLI_OPT_OFFICE,
    CLI_OPT_BECAUSE,
    CLI_OPT_OUT,
    CLI_OPT_RECIPIENT,
    CLI_OPT_PREVIEW,
    CLI_OPT_FORCE,
    CLI_OPT_NO_SCRIPT,
    CLI_OPT_CHECK_FILE,
    CLI_OPT_ALL_REMOVED,
    CLI_OPT_BEFORE,
    CLI_OPT_HEAD,
    CLI_OPT_CAP,
    CLI_OPT_STRICT,
    CLI_OPT_SCHEMA,
    CLI_OPT_LIMITS,
    CLI_OPT_MAN,
    CLI_OPT_COMPLETION,
    CLI_OPT_COLOR,
    CLI_OPT_SEED,
    CLI_OPT_THREADS,
    CLI_OPT_QUIET,
    CLI_OPT_HELP,
    CLI_OPT_VERSION,
    CLI_OPT_COUNT
} cli_option;

typedef enum cli_verb_id {
    CLI_STATUS,
    CLI_DEALS,
    CLI_BLOCKS,
    CLI_BRIDGES,
    CLI_COUNTER,
    CLI_ASK,
    CLI_WORKTEXT,
    CLI_SHOW,
    CLI_BRIEF,
    CLI_DIGEST,
    CLI_PAGE,
    CLI_RELAY,
    CLI_CHANNELS,
    CLI_MEET,
    CLI_PROMISES,
    CLI_FAVOURS,
    CLI_TIMELINE,
    CLI_SEARCH,
    CLI_WHY,
    CLI_CONTRADICTIONS,
    CLI_FIGURES,
    CLI_NEW,
    CLI_IMPORT,
    CLI_EXPORT,
    CLI_LOG,
    CLI_EDIT,
    CLI_FLAG_VERB,
    CLI_DESTROY,
    CLI_EXPORTS,
    CLI_VERIFY,
    CLI_CONVERT,
    CLI_CHECK,
    CLI_WORDS,
    CLI_HELP,
    CLI_VERB_COUNT
} cli_verb_id;

/* What an option that several verbs take means to some of them; NULL: as for the others. */
typedef struct cli_wording {
    uint64_t verbs; /* bit i: verb i; 0 ends a list */
    const char *argument;
    const char *line;
    const char *text; /* "": nothing more to say */
} cli_wording;

typedef struct cli_option_row {
    const char *name;     /* without the dashes */
    const char *argument; /* the word for its value in usage; NULL for a flag */
    cli_kind kind;
    bool optional;              /* the value may be left out, and is given with = only */
    uint64_t least, most;       /* CLI_NUMBER */
    const char *const *choices; /* CLI_CHOICE: words, ended by NULL */
    uint64_t verbs;             /* bit i: verb i takes it */
    const char *line;           /* one line of help, lower case, no full stop */
    const char *text;           /* more, for the manual page; NULL: nothing more to say */
    bool common;                /* of every page: told in one line, and in `parley help options` */
    const cli_wording *as;      /* NULL, or what differs for some verbs */
} cli_option_row;

typedef struct cli_call cli_call;

typedef struct cli_verb {
    const char *name;
    const char *operands; /* as usage prints them: "CASE" */
    uint32_t least, most; /* number of operands */
    const char *line;     /* one line of help */
    const char *text;     /* paragraphs with an empty line between them */
    const char *finding;  /* what exit status 1 means here; NULL: it does not occur */
    const char *examples; /* lines "command\twhat it shows\n" */
    int (*run)(cli_call *call);
} cli_verb;

extern const cli_verb cli_verbs[CLI_VERB_COUNT];
extern const cli_option_row cli_options[CLI_OPT_COUNT];

/* ------------------------------------------------------------------------ call */

/* One option as it was given; list values are cut at commas. */
typedef struct cli_given {
    cli_option option;
    const char *text; /* NULL: no value */
    uint64_t number;  /* CLI_NUMBER: the value; CLI_CHOICE: index of the word */
    parley_date date; /* CLI_DATE */
} cli_given;

struct cli_call {
    parley_ctx *ctx;
    const cli_verb *verb;
    const char *path;         /* the case, or the first operand; NULL: none */
    const char *const *paths; /* all operands */
    size_t path_count;
    bool json;
    bool quiet;
    bool colour;
    uint32_t width;
    parley_text *out;      /* what goes to stdout */
    parley_screen *screen; /* onto out */
    bool dropped;          /* by cli_fail: stdout stays empty */
    FILE *talk;            /* stderr */
    struct cli_progress *progress;
    const cli_given *given;
    size_t given_count;
    struct cli_gate *gate; /* what leaves goes through it; NULL: the verb has no gate */
};

bool cli_has(const cli_call *call, cli_option option);
/* The value given last, or NULL (not given, or given without one). */
const char *cli_value(const cli_call *call, cli_option option);
uint64_t cli_number(const cli_call *call, cli_option option, uint64_t otherwise);
/* Word `rung` of --rung as parley_rung, --color as 0 auto, 1 always, 2 never; `otherwise` if not
 * given. */
int cli_choice(const cli_call *call, cli_option option, int otherwise);
/* False when it was not given; *out is then unknown. */
bool cli_date(const cli_call *call, cli_option option, parley_date *out);
/* All texts of a list option, over all its occurrences: number of them, and text i. */
size_t cli_list_size(const cli_call *call, cli_option option);
const char *cli_list_at(const cli_call *call, cli_option option, size_t i);

/* ------------------------------------------------------------ talk and failures */

/* A line on stderr, made safe for a terminal; a note is left out under --quiet, an error never is.
 */
void cli_note(const cli_call *call, const char *format, ...) PARLEY_PRINTF(2, 3);
/* All of call->out to standard output, which ends with it: CLI_DONE, CLI_ENVIRONMENT (said, unless
 * the reader has gone away) or CLI_INTERRUPTED. */
int cli_write_out(const cli_call *call);
/* What stands on call->out so far, and forget it; CLI_ENVIRONMENT: nobody reads. */
int cli_flush(cli_call *call);
void cli_complain(const cli_call *call, const char *format, ...) PARLEY_PRINTF(2, 3);

/*
 * Prints an error as `parley: case.yaml:14:9: message; hint` and gives the exit status for it.
 * After cli_fail nothing is written to stdout, whatever has been printed; after cli_error it is (a
 * command that goes on with the next file).
 */
int cli_fail(cli_call *call, const parley_error *err);
int cli_error(const cli_call *call, const parley_error *err);
int cli_exit_status(parley_status status);

/*
 * Prints diagnostics as `case.yaml:14:9: error: message` with the hint on a line of its own, in
 * file order, and how many were left out. to NULL: stderr (warnings are left out under --quiet).
 * Returns CLI_INPUT when there is an error among them, else CLI_DONE.
 */
int cli_diagnose(const cli_call *call, const parley_diagnostics *list, parley_text *to);

/* Prints "usage: ..." of the verb and a message on stderr; returns CLI_USAGE. */
int cli_usage(const cli_call *call, const char *format, ...) PARLEY_PRINTF(2, 3);

/*
 * Reads a whole file (`-`: standard input) within limit file_bytes. The bytes belong to the caller,
 * who releases *size bytes with parley_release; a NUL follows the *length bytes that were read.
 * NOTFOUND (no such file), INVALID (a folder), IO (errno in the message), LIMIT, NOMEM.
 */
parley_status cli_read(parley_ctx *ctx, const char *path, char **bytes, size_t *length,
                       size_t *size, parley_error *err) PARLEY_MUST_CHECK;

/* -------------------------------------------------------------------- commands */

int cmd_status(cli_call *call);
int cmd_deals(cli_call *call);
int cmd_ask(cli_call *call);
int cmd_blocks(cli_call *call);
int cmd_bridges(cli_call *call);
int cmd_counter(cli_call *call);
int cmd_show(cli_call *call);
int cmd_text(cli_call *call);
int cmd_brief(cli_call *call);
int cmd_digest(cli_call *call);
int cmd_page(cli_call *call);
int cmd_relay(cli_call *call);
int cmd_channels(cli_call *call);
int cmd_meet(cli_call *call);
int cmd_promises(cli_call *call);
int cmd_favours(cli_call *call);
int cmd_search(cli_call *call);
int cmd_timeline(cli_call *call);
int cmd_why(cli_call *call);
int cmd_contradictions(cli_call *call);
int cmd_figures(cli_call *call);
int cmd_new(cli_call *call);
int cmd_import(cli_call *call);
int cmd_export(cli_call *call);
int cmd_destroy(cli_call *call);
int cmd_exports(cli_call *call);
int cmd_edit(cli_call *call);
int cmd_flag(cli_call *call);
int cmd_log(cli_call *call);
int cmd_verify(cli_call *call);
int cmd_check(cli_call *call);
int cmd_convert(cli_call *call);
int cmd_words(cli_call *call);
int cmd_help(cli_call *call);

#endif
