/*
 * What a command has to say, on its way to standard output: all of it, or a message. A reader who
 * has gone away is no news, and a pipe that somebody made non-blocking is waited for.
 */
#include "cli/cli.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

/* `stoppable`: a request to stop that comes while it waits is heeded. */
static int write_all(const cli_call *call, bool stoppable)
{
    const char *data = parley_text_data(call->out);
    size_t left = parley_text_size(call->out);
    while (left > 0) {
        ssize_t n = write(STDOUT_FILENO, data, left);
        if (n >= 0) {
            data += n;
            left -= (size_t)n;
        } else if (errno == EAGAIN) {
            struct pollfd ready = {STDOUT_FILENO, POLLOUT, 0};
            poll(&ready, 1, 1000);
        } else if (errno == EINTR) {
            if (stoppable && parley_ctx_cancelled(call->ctx)) {
                return CLI_INTERRUPTED;
            }
        } else {
            if (errno != EPIPE) {
                cli_complain(call, "cannot write the output: %s", strerror(errno));
            }
            return CLI_ENVIRONMENT;
        }
    }
    return CLI_DONE;
}

int cli_write_out(const cli_call *call)
{
    int exit = write_all(call, true);
    if (exit == CLI_DONE && close(STDOUT_FILENO) != 0 && errno != EBADF && errno != EINTR) {
        cli_complain(call, "cannot finish the output: %s", strerror(errno));
        exit = CLI_ENVIRONMENT;
    }
    return exit;
}

int cli_flush(cli_call *call)
{
    int exit = write_all(call, false);
    parley_text_clear(call->out);
    call->dropped = call->dropped || exit != CLI_DONE;
    return exit;
}
