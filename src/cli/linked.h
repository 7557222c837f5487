/*
 * Inside the program: the cases that links of a case lead to, opened for the same reader.
 */
#ifndef PARLEY_CLI_LINKED_H
#define PARLEY_CLI_LINKED_H

#include "cli/load.h"

#include <parley/screens.h>

typedef struct cli_links {
    parley_arena *arena;
    parley_linked *at;    /* one for each link */
    parley_case **opened; /* each once */
    size_t count;
} cli_links;

/*
 * Open what the links of c lead to, relative to the case's own file, for --for and --as-of as
 * given. What cannot be opened says why in its entry. A status other than CLI_DONE was told: no
 * memory, or a record there that this reader may see leans on one that it may not.
 */
int cli_links_open(cli_call *call, const parley_case *c, cli_links *out);
void cli_links_close(cli_links *links);

#endif
