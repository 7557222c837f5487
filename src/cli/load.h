/*
 * Inside the program: what the commands on a case share.
 */
#ifndef PARLEY_CLI_LOAD_H
#define PARLEY_CLI_LOAD_H

#include "cli/cli.h"
#include <parley/case.h>

typedef struct cli_term_options {
    parley_terms_options options;
    const char *without[256];
} cli_term_options;

/* Reads call->path with --for and --as-of; on failure prints the diagnostics and gives the exit
 * status. */
int cli_load(cli_call *call, parley_case **out);
/* --at, --without, --readings-of. */
int cli_terms(cli_call *call, const parley_case *c, cli_term_options *out);
/* Index of a party, issue or track ("parties", "issues", "tracks"), or an error with "did you
 * mean". */
int cli_find(cli_call *call, const parley_case *c, const char *kind, const char *id, int32_t *out);

#endif
