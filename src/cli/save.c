/*
 * Files that are there whole or not at all: written beside, synced, put in place.
 */
#include "cli/save.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t n = write(fd, bytes, length);
        if (n < 0 && errno != EINTR) {
            return false;
        }
        bytes += n > 0 ? n : 0;
        length -= n > 0 ? (size_t)n : 0;
    }
    return fsync(fd) == 0;
}

/* A link is refused when the name is taken. Where there are no links the name is taken first. */
static bool put_new(const char *beside, const char *path)
{
    if (link(beside, path) == 0) {
        unlink(beside);
        return true;
    }
    if (errno == EEXIST) {
        return false;
    }
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return false;
    }
    close(fd);
    return rename(beside, path) == 0;
}

parley_status cli_save(const char *path, const char *bytes, size_t length, bool replace,
                       bool *exists, parley_error *err)
{
    char beside[4096];
    struct stat there;
    int n = snprintf(beside, sizeof(beside), "%s.XXXXXX", path);
    *exists = !replace && lstat(path, &there) == 0;
    if (*exists) {
        return parley_fail(err, PARLEY_IO, "'%s' is there already", path);
    }
    if (n < 0 || (size_t)n >= sizeof(beside)) {
        return parley_fail(err, PARLEY_IO, "the name '%.60s...' is too long", path);
    }
    int fd = mkstemp(beside);
    if (fd < 0) {
        return parley_fail(err, PARLEY_IO, "cannot make '%s': %s", path, strerror(errno));
    }
    int failed = write_all(fd, bytes, length) ? 0 : errno;
    if (close(fd) != 0 && failed == 0) {
        failed = errno;
    }
    if (failed == 0 && !(replace ? rename(beside, path) == 0 : put_new(beside, path))) {
        failed = errno;
    }
    if (failed != 0) {
        unlink(beside);
        *exists = failed == EEXIST;
        return parley_fail(err, PARLEY_IO, "cannot write '%s': %s", path, strerror(failed));
    }
    return PARLEY_OK;
}
