/*
 * Talk: everything the program says on stderr, made safe for a terminal.
 *
 * Messages may quote a case file or the command line, so they go through parley_safe_add like the
 * rest. They are short; what does not fit the buffer of a line is cut, because talk must work
 * without memory.
 */
#include "cli/options.h"
#include "cli/progress.h"

#include <stdlib.h>
#include <string.h>

#define LINE_MAX_BYTES 2048

/* A line for stderr. Without memory for making it safe, bytes that could steer are blanked out. */
static void say(const cli_call *call, const char *before, const char *line)
{
    if (call->progress != NULL) {
        cli_progress_end(call->progress);
    }
    parley_text *safe = call->ctx != NULL ? parley_text_new(call->ctx, LINE_MAX_BYTES * 8) : NULL;
    if (safe != NULL) {
        parley_safe_add(safe, line, strlen(line));
    }
    if (safe != NULL && parley_text_status(safe, NULL) == PARLEY_OK) {
        fprintf(call->talk, "%s%s\n", before, parley_text_data(safe));
    } else {
        fputs(before, call->talk);
        for (const char *s = line; *s != '\0'; s++) {
            fputc(*s >= 0x20 && *s < 0x7f ? *s : '?', call->talk);
        }
        fputc('\n', call->talk);
    }
    parley_text_free(safe);
}

PARLEY_PRINTF(3, 0)
static void sayv(const cli_call *call, const char *before, const char *format, va_list args)
{
    char line[LINE_MAX_BYTES];
    vsnprintf(line, sizeof line, format, args);
    say(call, before, line);
}

void cli_note(const cli_call *call, const char *format, ...)
{
    if (!call->quiet) {
        va_list args;
        va_start(args, format);
        sayv(call, "", format, args);
        va_end(args);
    }
}

void cli_complain(const cli_call *call, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    sayv(call, "parley: ", format, args);
    va_end(args);
}

int cli_usage(const cli_call *call, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    sayv(call, "parley: ", format, args);
    va_end(args);
    if (call->verb != NULL) {
        fprintf(call->talk, "usage: parley %s %s [options]; more: parley help %s\n",
                call->verb->name, call->verb->operands, call->verb->name);
    } else {
        fprintf(call->talk,
                "usage: parley CASE, or parley VERB CASE [options]; more: parley help\n");
    }
    return CLI_USAGE;
}

int cli_exit_status(parley_status status)
{
    switch (status) {
    case PARLEY_OK:
        return CLI_DONE;
    case PARLEY_SYNTAX:
    case PARLEY_INVALID:
    case PARLEY_RANGE:
    case PARLEY_NOTFOUND:
    case PARLEY_CONFLICT:
    case PARLEY_LIMIT:
    case PARLEY_DENIED:
        return CLI_INPUT;
    case PARLEY_CANCELLED:
        return CLI_INTERRUPTED;
    default:
        return CLI_ENVIRONMENT;
    }
}

int cli_fail(cli_call *call, const parley_error *err)
{
    call->dropped = true;
    return cli_error(call, err);
}

int cli_error(const cli_call *call, const parley_error *err)
{
    char line[LINE_MAX_BYTES];
    parley_error_print(err, line, sizeof line);
    say(call, "parley: ", line);
    return cli_exit_status(err->status);
}

/* -------------------------------------------------------------------- diagnostics */

static void diagnostic(const parley_diagnostic *d, parley_text *raw)
{
    const parley_error *e = &d->error;
    parley_text_clear(raw);
    if (e->source[0] != '\0') {
        parley_text_puts(raw, e->source);
        if (e->span.line > 0) {
            parley_text_printf(raw, ":%u:%u", (unsigned)e->span.line, (unsigned)e->span.column);
        }
        parley_text_puts(raw, ": ");
    } else {
        parley_text_puts(raw, "parley: "); /* of the command line, not of a file */
    }
    parley_text_printf(raw, "%s: %s", d->severity == PARLEY_SEVERITY_ERROR ? "error" : "warning",
                       e->message);
}

static void left_out(parley_text *to, uint64_t reported, uint64_t kept, const char *what)
{
    if (reported > kept) {
        parley_text_printf(to, "... and %llu more %s%s\n", (unsigned long long)(reported - kept),
                           what, reported - kept == 1 ? "" : "s");
    }
}

int cli_diagnose(const cli_call *call, const parley_diagnostics *list, parley_text *to)
{
    parley_text *raw = parley_text_new(call->ctx, SIZE_MAX);
    parley_text *page = to != NULL ? to : parley_text_new(call->ctx, SIZE_MAX);
    uint64_t errors = 0;
    uint64_t warnings = 0;
    for (size_t i = 0; raw != NULL && page != NULL && i < parley_diagnostics_size(list); i++) {
        const parley_diagnostic *d = parley_diagnostics_at(list, i);
        bool error = d->severity == PARLEY_SEVERITY_ERROR;
        errors += error ? 1 : 0;
        warnings += error ? 0 : 1;
        if (!error && to == NULL && call->quiet) {
            continue;
        }
        diagnostic(d, raw);
        parley_safe_add(page, parley_text_data(raw), parley_text_size(raw));
        parley_text_putc(page, '\n');
        if (d->error.hint[0] != '\0') {
            parley_text_puts(page, "  ");
            parley_safe_add(page, d->error.hint, strlen(d->error.hint));
            parley_text_putc(page, '\n');
        }
    }
    if (raw != NULL && page != NULL) {
        left_out(page, parley_diagnostics_errors(list), errors, "error");
        if (to != NULL || !call->quiet) {
            left_out(page, parley_diagnostics_warnings(list), warnings, "warning");
        }
        if (to == NULL) {
            if (call->progress != NULL) {
                cli_progress_end(call->progress);
            }
            fputs(parley_text_data(page), call->talk);
        }
    } else {
        cli_complain(call, "no memory for %zu messages", parley_diagnostics_size(list));
    }
    if (to == NULL) {
        parley_text_free(page);
    }
    parley_text_free(raw);
    return parley_diagnostics_errors(list) > 0 ? CLI_INPUT : CLI_DONE;
}
