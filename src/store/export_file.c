/*
 * The export log of a case file: a text beside it, blocks with an empty line between them.
 *
 *     export 2
 *     when 1742000000000000
 *     target 0
 *     previous 90ab...
 *     ... the lines of export_text.c
 *     end 5f1d...
 *
 * `end` is BLAKE2b-256 of every byte of the block before that line, and `previous` the `end` of the
 * block before (zeros in the first), so that a block cannot be changed, taken out or moved without
 * the rest being made anew. A block without `end` was cut off before it was acknowledged; the next
 * one takes its place. Writers take turns by a lock on the file. Links are not followed.
 */
#include "store/exports.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FILE_MOST = 1 << 28, HEAD_LINES = 4, LOCK_TRIES = 500 };

typedef struct block {
    uint64_t number;
    int64_t when;
    uint64_t target;
    char previous[PARLEY_STORE_HASH_TEXT];
    char end[PARLEY_STORE_HASH_TEXT];
    const char *words;
    size_t length;
    bool fits; /* its hash is that of its bytes */
} block;

static parley_status no_log(const char *path, const char *why, parley_error *err)
{
    parley_status status = parley_fail(err, PARLEY_INVALID, "'%s' is %s", path, why);
    parley_error_hint(err, "the export log of a case file stands there; move it away");
    return status;
}

static parley_status system_fault(const char *doing, const char *path, parley_error *err)
{
    parley_status status = parley_fail(err, PARLEY_IO, "cannot %s the export log '%s': %s", doing,
                                       path, errno == ELOOP ? "it is a link" : strerror(errno));
    parley_error_hint(err, "without its line in the log no product is written");
    return status;
}

static parley_status check_file(store_beside *b, parley_error *err)
{
    struct stat info;
    if (fstat(b->fd, &info) != 0) {
        return system_fault("open", b->path, err);
    }
    if (!S_ISREG(info.st_mode)) {
        return no_log(b->path, "no file", err);
    }
    if (info.st_nlink > 1) {
        return no_log(b->path, "known under a second name, which a log must not be", err);
    }
    if (b->write && (info.st_mode & (S_IRWXG | S_IRWXO)) != 0 && fchmod(b->fd, 0600) != 0) {
        return system_fault("close to others", b->path, err);
    }
    return PARLEY_OK;
}

parley_status store_beside_open(store_beside *out, const char *path, bool write, parley_error *err)
{
    *out = (store_beside){.write = write, .path = path};
    out->fd =
        open(path, (write ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK);
    if (out->fd < 0) {
        return errno == ENOENT ? PARLEY_OK : system_fault("open", path, err);
    }
    parley_status status = check_file(out, err);
    if (status != PARLEY_OK) {
        store_beside_close(out);
    }
    return status;
}

void store_beside_close(store_beside *b)
{
    if (b->fd >= 0) {
        close(b->fd);
        b->fd = -1;
    }
}

/* ---------------------------------------------------------------------- reading */

/* All bytes, with a NUL behind them; released with size *size. */
static parley_status read_all(const store_beside *b, parley_ctx *ctx, char **bytes, size_t *length,
                              size_t *size, parley_error *err)
{
    struct stat info;
    *bytes = NULL;
    *length = *size = 0;
    if (fstat(b->fd, &info) != 0) {
        return system_fault("read", b->path, err);
    }
    if (info.st_size > FILE_MOST) {
        return parley_fail(err, PARLEY_LIMIT, "the export log '%s' is larger than %d bytes",
                           b->path, FILE_MOST);
    }
    *size = (size_t)info.st_size + 1;
    *bytes = parley_alloc(ctx, *size);
    if (*bytes == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while reading '%s'", b->path);
    }
    while (*length < (size_t)info.st_size) {
        ssize_t n = pread(b->fd, *bytes + *length, (size_t)info.st_size - *length, (off_t)*length);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            break;
        }
        *length += (size_t)n;
    }
    (*bytes)[*length] = '\0';
    if (*length < (size_t)info.st_size) {
        parley_release(ctx, *bytes, *size);
        *bytes = NULL;
        return system_fault("read", b->path, err);
    }
    return PARLEY_OK;
}

/* The block that begins at `at`; its length with the empty line, 0 when it has no end. */
static size_t read_block(const char *bytes, size_t length, size_t at, block *out)
{
    const char *begin = bytes + at;
    const char *stop = bytes + length;
    char hash[PARLEY_STORE_HASH_TEXT];
    uint8_t digest[PARLEY_STORE_HASH];
    int used = 0;
    *out = (block){.number = 0};
    int got = sscanf(
        begin, "export %" SCNu64 "\nwhen %" SCNd64 "\ntarget %" SCNu64 "\nprevious %64[0-9a-f]\n%n",
        &out->number, &out->when, &out->target, out->previous, &used);
    const char *line = begin;
    for (;;) {
        const char *end = memchr(line, '\n', (size_t)(stop - line));
        if (end == NULL) {
            return 0;
        }
        if (end - line == 4 + PARLEY_STORE_HASH_TEXT - 1 && memcmp(line, "end ", 4) == 0) {
            memcpy(out->end, line + 4, PARLEY_STORE_HASH_TEXT - 1);
            crypto_generichash(digest, sizeof(digest), (const unsigned char *)begin,
                               (unsigned long long)(line - begin), NULL, 0);
            parley_store_hash_text(digest, hash);
            bool headed = got == HEAD_LINES && used > 0 && begin + used <= line;
            out->fits = headed && strcmp(hash, out->end) == 0;
            out->words = headed ? begin + used : line;
            out->length = (size_t)(line - out->words);
            if (end + 1 == stop || end[1] != '\n') {
                return 0;
            }
            return (size_t)(end + 2 - begin);
        }
        line = end + 1;
    }
}

static void tell(const store_beside *b, parley_diagnostics *list, const char *format, ...)
    PARLEY_PRINTF(3, 4);
static void tell(const store_beside *b, parley_diagnostics *list, const char *format, ...)
{
    parley_error error = PARLEY_ERROR_INIT;
    char message[PARLEY_ERROR_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof(message), format, args);
    va_end(args);
    parley_fail(&error, PARLEY_INVALID, "the export log '%s': %s", b->path, message);
    if (list != NULL) {
        parley_diagnostics_add(list, PARLEY_SEVERITY_ERROR, &error);
    }
}

/* Walk over the blocks; *end gets the length of what is whole, last the last of them. */
static bool walk(store_beside *b, const char *bytes, size_t length, size_t *end, block *last,
                 bool (*visit)(void *user, const parley_export *head, const char *words,
                               size_t length),
                 void *user, parley_diagnostics *diagnostics)
{
    *end = 0;
    *last = (block){.number = 0};
    memset(last->end, '0', PARLEY_STORE_HASH_TEXT - 1);
    while (*end < length) {
        block next;
        size_t n = read_block(bytes, length, *end, &next);
        if (n == 0) {
            tell(b, diagnostics, "what stands behind export %llu has no end: it was cut off",
                 (unsigned long long)last->number);
            return true;
        }
        if (!next.fits) {
            tell(b, diagnostics, "the block behind export %llu was changed",
                 (unsigned long long)last->number);
        } else if (next.number != last->number + 1 || strcmp(next.previous, last->end) != 0) {
            tell(b, diagnostics, "behind export %llu something was taken out, or put in",
                 (unsigned long long)last->number);
        }
        const parley_export head = {
            .number = next.number, .when = next.when, .target = next.target};
        if (visit != NULL && !visit(user, &head, next.words, next.length)) {
            return false;
        }
        *last = next;
        *end += n;
    }
    return true;
}

parley_status store_beside_read(store_beside *b, parley_ctx *ctx, parley_arena *arena,
                                bool (*visit)(void *user, const parley_export *head,
                                              const char *words, size_t length),
                                void *user, parley_diagnostics *diagnostics, parley_error *err)
{
    char *bytes = NULL;
    size_t length = 0;
    size_t size = 0;
    size_t end = 0;
    block last;
    (void)arena;
    if (b->fd < 0) {
        return PARLEY_OK;
    }
    parley_status status = read_all(b, ctx, &bytes, &length, &size, err);
    if (status == PARLEY_OK) {
        walk(b, bytes, length, &end, &last, visit, user, diagnostics);
        parley_release(ctx, bytes, size);
    }
    return status;
}

/* ---------------------------------------------------------------------- writing */

static parley_status lock(store_beside *b, parley_error *err)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    const struct timespec pause = {0, 10000000};
    for (int i = 0; fcntl(b->fd, F_SETLK, &whole) != 0; i++) {
        if ((errno != EACCES && errno != EAGAIN && errno != EINTR) || i == LOCK_TRIES) {
            return system_fault("lock", b->path, err);
        }
        nanosleep(&pause, NULL);
    }
    return PARLEY_OK;
}

/* A line in a file that is known by no name any more is a line nobody will read. */
static parley_status still_there(const store_beside *b, parley_error *err)
{
    struct stat open;
    struct stat named;
    if (fstat(b->fd, &open) == 0 && lstat(b->path, &named) == 0 && open.st_dev == named.st_dev &&
        open.st_ino == named.st_ino) {
        return PARLEY_OK;
    }
    parley_status status = parley_fail(
        err, PARLEY_IO, "the export log '%s' was moved, deleted or replaced meanwhile", b->path);
    parley_error_hint(err, "nothing left; see who did, and try again");
    return status;
}

/* A new file is known once its folder is on the disk too. */
static void sync_folder(const char *path)
{
    char folder[4096];
    const char *slash = strrchr(path, '/');
    size_t n = slash != NULL ? (size_t)(slash - path) + 1 : 0;
    if (n >= sizeof(folder)) {
        return;
    }
    memcpy(folder, path, n);
    memcpy(folder + n, n > 0 ? "" : ".", n > 0 ? 1 : 2);
    int fd = open(folder, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        (void)!fsync(fd);
        close(fd);
    }
}

static bool write_at(int fd, off_t at, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t n = pwrite(fd, bytes, length, at);
        if (n < 0 && errno != EINTR) {
            return false;
        }
        n = n > 0 ? n : 0;
        bytes += n;
        at += n;
        length -= (size_t)n;
    }
    return fsync(fd) == 0;
}

/* Head, words and end of a new block. */
static parley_status make_block(parley_text *out, const block *last, uint64_t target, int64_t when,
                                const char *words, size_t length, parley_error *err)
{
    uint8_t digest[PARLEY_STORE_HASH];
    char hash[PARLEY_STORE_HASH_TEXT];
    parley_text_printf(out, "export %llu\nwhen %lld\ntarget %llu\nprevious %s\n",
                       (unsigned long long)last->number + 1, (long long)when,
                       (unsigned long long)target, last->end);
    parley_text_add(out, words, length);
    crypto_generichash(digest, sizeof(digest), (const unsigned char *)parley_text_data(out),
                       parley_text_size(out), NULL, 0);
    parley_store_hash_text(digest, hash);
    parley_text_printf(out, "end %s\n\n", hash);
    return parley_text_status(out, err);
}

static parley_status add_locked(store_beside *b, parley_ctx *ctx, uint64_t target, int64_t when,
                                const char *words, size_t words_length, uint64_t *number,
                                parley_error *err)
{
    char *bytes = NULL;
    size_t length = 0;
    size_t size = 0;
    size_t end = 0;
    block last;
    parley_status status = read_all(b, ctx, &bytes, &length, &size, err);
    if (status != PARLEY_OK) {
        return status;
    }
    walk(b, bytes, length, &end, &last, NULL, NULL, NULL);
    bool foreign =
        end == 0 && length > 0 && strncmp(bytes, "export ", length < 7 ? length : 7) != 0;
    parley_release(ctx, bytes, size);
    if (foreign) {
        return no_log(b->path, "no export log", err);
    }
    parley_text *text = parley_text_new(ctx, FILE_MOST);
    if (text == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while writing the export log");
    }
    status = make_block(text, &last, target, when, words, words_length, err);
    if (status == PARLEY_OK && end < length && ftruncate(b->fd, (off_t)end) != 0) {
        status = system_fault("write", b->path, err);
    }
    if (status == PARLEY_OK &&
        !write_at(b->fd, (off_t)end, parley_text_data(text), parley_text_size(text))) {
        status = system_fault("write", b->path, err);
        (void)!ftruncate(b->fd, (off_t)end);
    }
    parley_text_free(text);
    *number = last.number + 1;
    return status;
}

parley_status store_beside_add(store_beside *b, parley_ctx *ctx, uint64_t target, int64_t when,
                               const char *words, size_t length, uint64_t *number,
                               parley_error *err)
{
    struct flock none = {.l_type = F_UNLCK, .l_whence = SEEK_SET};
    parley_status status = PARLEY_OK;
    if (b->fd < 0) {
        b->fd = open(b->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600);
        if (b->fd < 0) {
            return system_fault("make", b->path, err);
        }
        status = check_file(b, err);
        sync_folder(b->path);
    }
    if (status == PARLEY_OK) {
        status = lock(b, err);
    }
    if (status == PARLEY_OK) {
        status = still_there(b, err);
    }
    if (status == PARLEY_OK) {
        status = add_locked(b, ctx, target, when, words, length, number, err);
        (void)!fcntl(b->fd, F_SETLK, &none);
    }
    return status;
}
