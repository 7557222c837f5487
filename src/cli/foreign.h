/*
 * Inside the program: other people's files, read from the disk and made into a case.
 */
#ifndef PARLEY_CLI_FOREIGN_H
#define PARLEY_CLI_FOREIGN_H

#include "cli/cli.h"
#include <parley/formats.h>

/*
 * Imports all operands as files of the format that --from names (scorable: one folder). Warnings go
 * to stderr; on failure the messages are printed and the exit status is given.
 */
int cli_import(cli_call *call, parley_case **out);

/* The format that --from or --to names, which must be given; CLI_USAGE. */
int cli_format(cli_call *call, cli_option option, parley_format *out);

/*
 * Writes a new file, mode 0600, there whole or not at all; what is there already is never
 * overwritten. CONFLICT, IO.
 */
parley_status cli_write_new(const char *path, const char *bytes, size_t length,
                            parley_error *err) PARLEY_MUST_CHECK;

#endif
