/*
 * Reading a whole file, or standard input, within the limit file_bytes.
 */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Reads until the end; grows the bytes as needed. One byte stays free for the NUL. */
static parley_status read_all(parley_ctx *ctx, int fd, const char *name, char **bytes,
                              size_t *length, size_t *size, parley_error *err)
{
    size_t most = parley_ctx_limits(ctx)->file_bytes;
    for (;;) {
        if (*length + 1 >= *size) {
            size_t more = *size * 2;
            char *p = parley_realloc(ctx, *bytes, *size, more);
            if (p == NULL) {
                return parley_fail(err, PARLEY_NOMEM, "no memory for reading '%s'", name);
            }
            *bytes = p;
            *size = more;
        }
        ssize_t n = read(fd, *bytes + *length, *size - *length - 1);
        if (n == 0) {
            (*bytes)[*length] = '\0';
            return PARLEY_OK;
        }
        if (n > 0) {
            *length += (size_t)n;
        } else if (parley_ctx_cancelled(ctx)) {
            return parley_fail(err, PARLEY_CANCELLED, "stopped while reading '%s'", name);
        } else if (errno != EINTR) {
            return parley_fail(err, errno == EISDIR ? PARLEY_INVALID : PARLEY_IO,
                               "cannot read '%s': %s", name, strerror(errno));
        }
        if (*length > most) {
            return parley_fail(err, PARLEY_LIMIT, "'%s' is larger than %zu bytes", name, most);
        }
    }
}

parley_status cli_read(parley_ctx *ctx, const char *path, char **bytes, size_t *length,
                       size_t *size, parley_error *err)
{
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "standard input" : path;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    *bytes = NULL;
    *length = 0;
    *size = 0;
    if (fd < 0) {
        bool missing = errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG;
        return parley_fail(err, missing ? PARLEY_NOTFOUND : PARLEY_IO, "cannot open '%s': %s", name,
                           strerror(errno));
    }
    struct stat st;
    size_t room = 4096;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
        (uintmax_t)st.st_size <= parley_ctx_limits(ctx)->file_bytes) {
        room = (size_t)st.st_size + 2; /* what a file that does not change needs, and the NUL */
    }
    *bytes = parley_alloc(ctx, room);
    *size = *bytes != NULL ? room : 0;
    parley_status status = *bytes == NULL
                               ? parley_fail(err, PARLEY_NOMEM, "no memory for reading '%s'", name)
                               : read_all(ctx, fd, name, bytes, length, size, err);
    if (!standard) {
        close(fd);
    }
    if (status != PARLEY_OK) {
        parley_release(ctx, *bytes, *size);
        *bytes = NULL;
        *length = 0;
        *size = 0;
    }
    return status;
}
