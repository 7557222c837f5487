/*
 * Inside the program: what the ways of `parley log` share. A sitting holds the case as it was read,
 * the counter at which claims come in, and the journal they go to.
 */
#ifndef PARLEY_CLI_LOG_H
#define PARLEY_CLI_LOG_H

#include "cli/journal.h"

#include <parley/intake.h>

/* Ids of claims, each once. */
typedef struct cli_ids {
    const char **at;
    size_t count;
    size_t room;
} cli_ids;

typedef struct cli_logging {
    cli_call *call;
    parley_store *store;
    parley_case *c; /* all records but claims, and the claims that were named */
    parley_intake *in;
    parley_arena *arena; /* of the claims of one batch */
    parley_arena *ids;   /* of the next two */
    cli_ids named;       /* claims that what comes in may lean on or correct */
    cli_ids added;       /* by the open transaction */
    bool whole;          /* c is the whole case: ids are offered from it */
    bool dry;
    bool form; /* claims can still be corrected before they are written */
    uint32_t made;
    uint32_t corrected;
    uint32_t same;
    uint32_t refused;
    int failed;      /* exit status when the journal would not take one; 0: it took them */
    uint32_t unread; /* claims of which something was kept as words */
    parley_json json;
} cli_logging;

/*
 * Get ready for a text that is about to come in: the claims that it may name are read, unless they
 * are there. The counter begins anew when some were not.
 */
parley_status cli_log_ready(cli_logging *l, const char *text, size_t length, parley_error *err);

/* Add a taken claim to the open transaction; nothing when it says what holds already. */
parley_status cli_log_add(cli_logging *l, const parley_taken *taken, parley_error *err);

/*
 * Does the case, with what the open transaction added, still make one? Then it is the sitting's,
 * and the counter begins anew. Else the status, the first error, and all in list (may be NULL).
 */
parley_status cli_log_check(cli_logging *l, parley_diagnostics *list, parley_error *err);

/* Back to the case as the journal has it. */
parley_status cli_log_renew(cli_logging *l, parley_error *err);

/* One claim, for people or as an object. */
void cli_log_show(cli_logging *l, const parley_taken *taken);
/* Its members, into an object that is open. */
void cli_log_json(cli_logging *l, parley_json *json, const parley_taken *taken);

/* --json-lines: each object taken as it comes, each answered once it is on the disk. */
int cli_log_stream(cli_logging *l, const char *path, bool strict);

/* The form: field by field on a terminal, or in plain lines where it can do no more. */
int cli_log_form(cli_logging *l);

#endif
