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
    if (rename(beside, path) == 0) {
        return true;
    }
    int failed = errno;
    unlink(path); /* the name was taken for something that did not come */
    errno = failed;
    return false;
}

/*
 * A device, a pipe, a socket, a link to one or to standard output (/dev/stdout): nothing that a
 * file may take the place of.
 */
static bool is_special(const char *path, const struct stat *info)
{
    struct stat to;
    struct stat out;
    bool link = S_ISLNK(info->st_mode);
    if (link && stat(path, &to) == 0 && fstat(STDOUT_FILENO, &out) == 0 &&
        to.st_dev == out.st_dev && to.st_ino == out.st_ino) {
        return true;
    }
    const struct stat *end = link && stat(path, &to) == 0 ? &to : info;
    return !S_ISREG(end->st_mode) && !S_ISLNK(end->st_mode) && !S_ISDIR(end->st_mode);
}

parley_status cli_save_beside(cli_saving *out, const char *path, const char *bytes, size_t length,
                              bool replace, bool *exists, parley_error *err)
{
    struct stat there;
    *out = (cli_saving){.path = path, .replace = replace};
    int n = snprintf(out->beside, sizeof(out->beside), "%s.XXXXXX", path);
    bool taken = lstat(path, &there) == 0;
    if (taken && is_special(path, &there)) {
        *exists = false;
        parley_status status =
            parley_fail(err, PARLEY_IO, "'%s' is a device or a pipe, not a file", path);
        parley_error_hint(err, "leave --out away, and let the shell send the output there");
        return status;
    }
    *exists = !replace && taken;
    if (*exists) {
        return parley_fail(err, PARLEY_IO, "'%s' is there already", path);
    }
    if (n < 0 || (size_t)n >= sizeof(out->beside)) {
        return parley_fail(err, PARLEY_IO, "the name '%.60s...' is too long", path);
    }
    int fd = mkstemp(out->beside);
    if (fd < 0) {
        return parley_fail(err, PARLEY_IO, "cannot make '%s': %s", path, strerror(errno));
    }
    int failed = write_all(fd, bytes, length) ? 0 : errno;
    if (close(fd) != 0 && failed == 0) {
        failed = errno;
    }
    if (failed != 0) {
        unlink(out->beside);
        return parley_fail(err, PARLEY_IO, "cannot write '%s': %s", path, strerror(failed));
    }
    return PARLEY_OK;
}

parley_status cli_save_place(cli_saving *saving, bool *exists, parley_error *err)
{
    *exists = false;
    if (saving->replace ? rename(saving->beside, saving->path) == 0
                        : put_new(saving->beside, saving->path)) {
        return PARLEY_OK;
    }
    int failed = errno;
    cli_save_forget(saving);
    *exists = failed == EEXIST;
    return parley_fail(err, PARLEY_IO, "cannot write '%s': %s", saving->path, strerror(failed));
}

void cli_save_forget(cli_saving *saving)
{
    unlink(saving->beside);
}

parley_status cli_save(const char *path, const char *bytes, size_t length, bool replace,
                       bool *exists, parley_error *err)
{
    cli_saving saving;
    parley_status status = cli_save_beside(&saving, path, bytes, length, replace, exists, err);
    return status == PARLEY_OK ? cli_save_place(&saving, exists, err) : status;
}
