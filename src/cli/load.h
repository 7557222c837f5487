/*
 * Inside the program: what the commands on a case share.
 */
#ifndef PARLEY_CLI_LOAD_H
#define PARLEY_CLI_LOAD_H

#include "cli/cli.h"
#include <parley/case.h>
#include <parley/deal.h>
#include <parley/store.h>

/* Today's day number (UTC). */
int32_t cli_today(void);

typedef struct cli_term_options {
    parley_terms_options options;
    const char *without[256];
} cli_term_options;

/*
 * Reads a case from a file, from a case on disk as of --recorded-as-of, or from standard input for
 * `-`. head (may be NULL) gets the journal's end, seq 0 for a case that has none.
 */
parley_status cli_read_case(cli_call *call, parley_case **out, const char *path,
                            const parley_case_options *options, parley_diagnostics *list,
                            parley_head *head, parley_error *err) PARLEY_MUST_CHECK;
/* Prints why a case could not be read: the errors of the list, else err. Gives the exit status. */
int cli_bad_case(cli_call *call, const parley_diagnostics *list, const parley_error *err);
/* Reads call->path with --for and --as-of; on failure prints the diagnostics and gives the exit
 * status. */
int cli_load(cli_call *call, parley_case **out);
/* The same with the journal's end. */
int cli_load_head(cli_call *call, parley_case **out, parley_head *head);
/*
 * May a page be made from a part of the case: a case on disk, as the team sees it, as it is now?
 * Then *store is open for reading. Else, and when it cannot be opened, *store is NULL, and the case
 * has to be read as a whole, which also says what is wrong.
 */
void cli_in_part(cli_call *call, parley_store **store);
/* Reads a part, with the records that --without names in it. *out is NULL, and no message printed,
 * when one of these is not there: the whole case tells what is near it. */
int cli_load_part(cli_call *call, parley_case **out, parley_store *store, parley_part *part);
/*
 * Does a part of what was just written make a case? If not, the whole is read: its messages name
 * the lines that an export has.
 */
parley_status cli_check_part(parley_case **out, parley_store *store, const parley_part *part,
                             parley_diagnostics *list, parley_error *err) PARLEY_MUST_CHECK;
/* --at, --without, --readings-of. */
int cli_terms(cli_call *call, const parley_case *c, cli_term_options *out);
/* Index of a party, issue or track ("parties", "issues", "tracks"), or an error with "did you
 * mean". */
int cli_find(cli_call *call, const parley_case *c, const char *kind, const char *id, int32_t *out);

/*
 * --limit, --all, or else so many on a page for people; 0: all. What `--json` gives to programs is
 * not cut short unasked.
 */
uint32_t cli_most(const cli_call *call, uint32_t otherwise);

/* --since: a date, or `7d`: so many days back from the case's as-of date. Unknown: not given. */
int cli_since(cli_call *call, const parley_case *c, parley_date *out);

/* A case read and analysed as --for, --as-of, --at, --without, --readings-of, --track and --rung
 * say. */
typedef struct cli_analysis {
    parley_case *c;
    parley_deal *deal;
    parley_arena *arena;
    cli_term_options terms;
} cli_analysis;

/* On failure the message is printed, nothing is held, and the exit status is given. */
int cli_analyse(cli_call *call, cli_analysis *out);
/* The same on a part of a case on disk: see cli_in_part. */
int cli_analyse_part(cli_call *call, cli_analysis *out, parley_store *store, parley_part *part);
void cli_analysis_free(cli_analysis *a);

#endif
