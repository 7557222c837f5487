/*
 * Inside the program: the one gate. Whatever --out writes goes through it, and what is for an
 * audience or a recipient gets its line in the export log or is not written.
 */
#ifndef PARLEY_CLI_GATE_H
#define PARLEY_CLI_GATE_H

#include "cli/cli.h"

#include <parley/audience.h>
#include <parley/store.h>

/* What is withheld of a case that a link leads to. */
typedef struct cli_gate_link {
    struct cli_gate_link *next;
    char *file;
    size_t size;
    char audience[64];
    parley_view *view;
} cli_gate_link;

typedef struct cli_gate {
    char to[4096]; /* where it goes; "": to standard output */
    bool logged;   /* for an audience or a recipient */
    bool replace;
    bool preview;
    bool written;         /* by the verb itself */
    parley_view *view;    /* what an audience's copy leaves out; NULL: the team's copy */
    cli_gate_link *links; /* cases that were read for it besides, in the order of the links */
    uint64_t seen;        /* the journal's end when it was read; 0: it has none */
} cli_gate;

/* Before the verb: are --out, --recipient, --preview and --force right? Prints what is not. */
int cli_gate_open(cli_call *call, cli_gate *gate);
/*
 * May what a verb makes take this name? Not that of the case itself, of an export log, or of what
 * lies beside a case on disk; that of another case on disk only with --force. Prints why not.
 */
int cli_gate_may_write(const cli_call *call, const char *option, const char *to);
/* While a case is read: what the copy is called and where it is told what it leaves out; and what
 * came of it. A copy that is refused is explained on stderr. */
void cli_gate_read(cli_call *call, parley_case_options *options);
void cli_gate_seen(cli_call *call, parley_status status, const parley_head *head);
/* The same for a case that a link leads to, read as an audience: *view (NULL: nothing is logged) is
 * what to fill. NOMEM. */
parley_status cli_gate_link_read(cli_call *call, const char *file, const char *audience,
                                 parley_view **view, parley_error *err) PARLEY_MUST_CHECK;
/* After the verb: write what it printed, with its line in the log. Gives the exit status. */
int cli_gate_close(cli_call *call, int status);
void cli_gate_free(cli_call *call);

/* gate_name.c */
/* The ending of what this call writes: "yaml", "html", "txt" ... */
const char *cli_gate_form(const cli_call *call);
/* A name in a folder that tells nothing. False: too long. */
bool cli_gate_neutral(const cli_call *call, char *to, size_t size);
/* Says so on stderr when the file's name holds a word that only a hidden record has. */
void cli_gate_check_name(cli_call *call, const char *to, const parley_view *view);

/* preview.c */
/* Instead of the verb: what would go out, and what would not. */
int cli_preview(cli_call *call);
/* What stops a copy: each pair, and the commands that settle it, for people. */
void cli_show_pairs(cli_call *call, parley_screen *screen, const parley_view *view);
/* Counts by section: "19 claims, 4 parties". withheld: of what is withheld, else of what goes. */
const char *cli_view_counts(parley_screen *screen, const parley_view *view, bool withheld);

#endif
