/*
 * Inside the program: the bar that long work shows on a terminal.
 */
#ifndef PARLEY_CLI_PROGRESS_H
#define PARLEY_CLI_PROGRESS_H

#include <parley/base.h>

typedef struct cli_progress {
    bool on;       /* stderr is a terminal, and not --quiet */
    bool shown;    /* something stands on the line */
    int64_t begun; /* milliseconds */
    int64_t last;  /* when it was drawn last */
} cli_progress;

void cli_progress_begin(cli_progress *progress, bool on);
/* A parley_progress_fn; user is the cli_progress. */
void cli_progress_draw(void *user, const char *what, uint64_t done, uint64_t total);
/* Wipe the line. */
void cli_progress_end(cli_progress *progress);

#endif
