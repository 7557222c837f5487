/*
 * Inside the program: one record of a case on disk, corrected or removed by adding to its journal.
 */
#ifndef PARLEY_CLI_CHANGE_H
#define PARLEY_CLI_CHANGE_H

#include "cli/journal.h"

#include <parley/records.h>

typedef struct cli_change {
    cli_call *call;
    parley_store *store;
    parley_arena *arena;
    const char *what; /* the record as it was asked for */
    parley_entry_kind kind;
    uint64_t target;    /* the entry that put the record there; 0: it is new */
    const char *before; /* canonical bytes, or NULL */
    size_t before_length;
    const char *after; /* likewise; NULL: removed */
    size_t after_length;
    bool dry;
} cli_change;

/* Open call->path for writing and begin a transaction. Else prints why, and gives the exit status.
 * End it with cli_change_end in either case. */
int cli_change_begin(cli_change *change, cli_call *call);
void cli_change_end(cli_change *change);
/*
 * Find a record: `c3`, `claims:c3`, or `responses:2` (also `responses[2]`) for the second of a
 * list. Fills target and before; the bytes live in the arena.
 */
int cli_change_find(cli_change *change, const char *what);
/*
 * Write it: put without target, correct with one, remove (words: why) when `piece` is NULL. What
 * results has to make a case, else nothing is written. Says what stood there and what stands there
 * now, and the journal's end.
 */
int cli_change_write(cli_change *change, const char *piece, size_t length, const char *why);
/* Remove several records together; what is left has to make a case. Says which they were. */
int cli_change_remove(cli_change *change, const char *const *what, size_t count, const char *why);

#endif
