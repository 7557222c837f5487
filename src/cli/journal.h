/*
 * Inside the program: what the commands on a case on disk share.
 */
#ifndef PARLEY_CLI_JOURNAL_H
#define PARLEY_CLI_JOURNAL_H

#include "cli/load.h"
#include <parley/store.h>

/* A line `head HASH (n entries)` on the screen. */
void cli_show_head(cli_call *call, const parley_head *head);
/* Members `entries`, `recorded` and `head` of an object that is open. */
void cli_json_head(parley_json *json, const parley_head *head);

#endif
