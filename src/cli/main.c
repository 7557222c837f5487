/*
 * The program: reads the command line, runs one command, writes what it printed.
 *
 * A command prints into one text, which is written here at the very end and as a whole, so that a
 * page is never half on the disk because the second half could not be worked out. What goes wrong
 * while writing (a full disk, a pipe that nobody reads) is an exit status, never silence.
 */
#include "cli/gate.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/suggest.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define WIDTH_MOST 100
#define WIDTH_LEAST 20

/*
 * The one mutable static of the program: a signal handler is given a number and nothing else, so
 * the context to cancel has to be where it can be found. Atomic, because the handler may run at any
 * moment.
 */
static _Atomic(parley_ctx *) interrupted_ctx;

/* The first interrupt asks the work to stop; SA_RESETHAND lets the second one kill. */
static void on_interrupt(int number)
{
    (void)number;
    parley_ctx *ctx = atomic_load(&interrupted_ctx);
    if (ctx != NULL) {
        parley_ctx_cancel(ctx);
    }
}

static void catch_signals(parley_ctx *ctx)
{
    atomic_store(&interrupted_ctx, ctx);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = on_interrupt;
    action.sa_flags = (int)SA_RESETHAND;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    action.sa_handler = SIG_IGN;
    action.sa_flags = 0;
    sigaction(SIGPIPE, &action, NULL); /* a closed pipe is an error of write */
}

/*
 * With 0, 1 or 2 closed, the next file that is opened would get that number, and output would go
 * there. /dev/null takes the place, opened so that reading and writing fail as they would have.
 */
static void keep_standard_files(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
            int got = open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
            if (got >= 0 && got != fd) {
                close(got);
            }
        }
    }
}

/* -------------------------------------------------------------------- terminal */

/* COLUMNS, else the terminal's width up to 100, else 80. */
static uint32_t find_width(void)
{
    const char *columns = getenv("COLUMNS");
    unsigned long width = PARLEY_SCREEN_WIDTH;
    char *end = NULL;
    errno = 0;
    unsigned long asked = columns != NULL ? strtoul(columns, &end, 10) : 0;
    struct winsize size;
    if (asked > 0 && errno == 0 && *end == '\0' && columns[0] != '-') {
        width = asked < 1000 ? asked : 1000;
    } else if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
               size.ws_col > 0) {
        width = size.ws_col < WIDTH_MOST ? size.ws_col : WIDTH_MOST;
    }
    return (uint32_t)(width > WIDTH_LEAST ? width : WIDTH_LEAST);
}

static bool find_colour(const cli_call *call)
{
    int choice = cli_choice(call, CLI_OPT_COLOR, 0);
    if (choice != 0) {
        return choice == 1;
    }
    const char *none = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    return isatty(STDOUT_FILENO) && (none == NULL || none[0] == '\0') &&
           (term == NULL || strcmp(term, "dumb") != 0);
}

/* ---------------------------------------------------------------------- output */

static void to_stderr(void *user, int level, const char *line)
{
    const cli_call *call = user;
    if (level == 0) {
        cli_complain(call, "%s", line);
    } else if (level <= 2) {
        cli_note(call, "%s", line);
    }
}

/* With a context: make the screen, run the command, write. */
static int run(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_screen_options options = PARLEY_SCREEN_OPTIONS_INIT;
    bool away = cli_has(call, CLI_OPT_OUT); /* a file tells nothing of the terminal */
    call->width = away ? PARLEY_SCREEN_WIDTH : find_width();
    call->colour = !away && find_colour(call);
    options.width = call->width;
    options.colour = call->colour;
    call->out = parley_text_new(call->ctx, parley_ctx_limits(call->ctx)->text_bytes);
    if (call->out == NULL) {
        cli_complain(call, "no memory for the output");
        return CLI_ENVIRONMENT;
    }
    int status = CLI_DONE;
    if (parley_screen_new(&call->screen, call->ctx, call->out, &options, &err) != PARLEY_OK) {
        status = cli_fail(call, &err);
    } else if (call->verb == NULL) {
        parley_text_printf(call->out, "parley %s\n", parley_version());
    } else {
        cli_gate gate;
        status = cli_gate_open(call, &gate);
        if (status == CLI_DONE) {
            status = cli_gate_close(call, gate.preview ? cli_preview(call) : call->verb->run(call));
        }
        cli_gate_free(call);
    }
    if (status == CLI_ENVIRONMENT && parley_ctx_cancelled(call->ctx)) {
        status = CLI_INTERRUPTED; /* a call of the system ended early, because it was to */
    }
    if (call->screen != NULL && status <= CLI_FINDING &&
        parley_screen_status(call->screen, &err) != PARLEY_OK) {
        status = cli_fail(call, &err);
    }
    if (!call->dropped && status != CLI_USAGE && parley_text_status(call->out, NULL) == PARLEY_OK) {
        int written = cli_write_out(call);
        status = written != CLI_DONE ? written : status;
    }
    parley_screen_free(call->screen);
    parley_text_free(call->out);
    call->screen = NULL;
    call->out = NULL;
    return status;
}

int main(int argc, char **argv)
{
    cli_call call = {.talk = stderr};
    cli_memory memory = {0};
    cli_progress progress = {0};
    parley_error err = PARLEY_ERROR_INIT;

    keep_standard_files();
    if (argc == 3 && strcmp(argv[1], "--complete") == 0) {
        return cli_suggest(argv[2]);
    }
    int status = cli_parse(&call, &memory, argc, argv);
    if (status == CLI_DONE && call.verb == NULL && call.given_count == 0) {
        cli_usage(&call, "which case?");
        status = CLI_USAGE;
    } else if (status == CLI_DONE) {
        parley_ctx_options options = PARLEY_CTX_OPTIONS_INIT;
        cli_progress_begin(&progress, isatty(STDERR_FILENO) && !call.quiet);
        call.progress = &progress;
        options.log = to_stderr;
        options.log_user = &call;
        options.progress = cli_progress_draw;
        options.progress_user = &progress;
        options.random_key = cli_number(&call, CLI_OPT_SEED, 0);
        options.threads = (uint32_t)cli_number(&call, CLI_OPT_THREADS, 0);
        if (parley_ctx_new(&call.ctx, &options, &err) != PARLEY_OK) {
            status = cli_fail(&call, &err);
        } else {
            catch_signals(call.ctx);
            status = run(&call);
            atomic_store(&interrupted_ctx, NULL);
            cli_progress_end(&progress);
            parley_ctx_free(call.ctx);
        }
    }
    cli_forget(&memory);
    return status;
}
