/*
 * Inside the program: what the commands on a case share.
 */
#ifndef PARLEY_CLI_LOAD_H
#define PARLEY_CLI_LOAD_H

#include "cli/cli.h"
#include <parley/case.h>
#include <parley/deal.h>

typedef struct cli_term_options {
    parley_terms_options options;
    const char *without[256];
} cli_term_options;

/* Reads a case from a file, or from standard input for `-`. */
parley_status cli_read_case(cli_call *call, parley_case **out, const char *path,
                            const parley_case_options *options, parley_diagnostics *list,
                            parley_error *err) PARLEY_MUST_CHECK;
/* Reads call->path with --for and --as-of; on failure prints the diagnostics and gives the exit
 * status. */
int cli_load(cli_call *call, parley_case **out);
/* --at, --without, --readings-of. */
int cli_terms(cli_call *call, const parley_case *c, cli_term_options *out);
/* Index of a party, issue or track ("parties", "issues", "tracks"), or an error with "did you
 * mean". */
int cli_find(cli_call *call, const parley_case *c, const char *kind, const char *id, int32_t *out);

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
void cli_analysis_free(cli_analysis *a);

#endif
