/*
 * Making, opening and closing the file.
 *
 * Rollback journal and synchronous=EXTRA: one file when nobody writes, the folder is synced when
 * the journal goes, and a file on media that cannot be written opens as it is. A file that another
 * program has put into write-ahead mode is refused: it would need two more files beside it.
 */
#include "store/store_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define HEADER_BYTES 100
#define MAGIC "SQLite format 3" /* with its NUL: 16 bytes */

static int64_t system_now(void *user)
{
    struct timespec t;
    (void)user;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* The first bytes of a regular file; -1 with errno, else how many there are. */
static ssize_t read_header(const char *path, uint8_t out[HEADER_BYTES])
{
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0) {
        return -1;
    }
    ssize_t n = -1;
    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode)) {
        n = pread(fd, out, HEADER_BYTES, 0);
    } else {
        errno = EINVAL;
    }
    int kept = errno;
    close(fd);
    errno = kept;
    return n;
}

static bool has_magic(const uint8_t *header, ssize_t n)
{
    return n >= (ssize_t)sizeof(MAGIC) && memcmp(header, MAGIC, sizeof(MAGIC)) == 0;
}

bool parley_store_is(const char *path)
{
    static const char ending[] = ".parley";
    uint8_t header[HEADER_BYTES];
    size_t length = strlen(path);
    ssize_t n = read_header(path, header);
    if (n < 0) {
        return false;
    }
    return has_magic(header, n) || (length >= sizeof(ending) - 1 &&
                                    strcasecmp(path + length - (sizeof(ending) - 1), ending) == 0);
}

static uint32_t big_endian(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Bytes of the library's journal beside the file; -1: there is none. */
static int64_t journal_size(const char *path)
{
    char name[4096];
    struct stat info;
    int n = snprintf(name, sizeof(name), "%s-journal", path);
    return n > 0 && (size_t)n < sizeof(name) && stat(name, &info) == 0 ? info.st_size : -1;
}

/* On a disk that stays full the library leaves it behind. */
static void forget_journal(const char *path)
{
    char name[4096];
    int n = snprintf(name, sizeof(name), "%s-journal", path);
    if (n > 0 && (size_t)n < sizeof(name)) {
        unlink(name);
    }
}

/* Nothing of it was ever acknowledged. */
static parley_status never_made(const char *path, parley_error *err)
{
    parley_status status =
        parley_fail(err, PARLEY_INVALID, "'%s' is empty: its making was cut off", path);
    parley_error_hint(err, "delete it and make it again");
    return status;
}

/* Before the library sees the file: is it one of ours? */
static parley_status check_header(const char *path, parley_error *err)
{
    uint8_t header[HEADER_BYTES];
    struct stat info;
    parley_status status = PARLEY_OK;
    ssize_t n = read_header(path, header);
    if (n < 0) {
        bool missing = errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG;
        status = errno == EINVAL ? parley_fail(err, PARLEY_INVALID, "'%s' is no file", path)
                                 : parley_fail(err, missing ? PARLEY_NOTFOUND : PARLEY_IO,
                                               "cannot open '%s': %s", path, strerror(errno));
        if (missing) {
            parley_error_hint(err, "'parley new %s' makes one", path);
        }
        return status;
    }
    if (journal_size(path) > 0) {
        return PARLEY_OK; /* what stands in it is half of a change */
    }
    if (n == 0) {
        return never_made(path, err);
    }
    if (!has_magic(header, n)) {
        status = parley_fail(err, PARLEY_INVALID, "'%s' is no case on disk", path);
        parley_error_hint(err, "a case typed as text ends in .yaml; 'parley import' takes it over");
        return status;
    }
    if (n < HEADER_BYTES || big_endian(header + 68) != STORE_APPLICATION_ID) {
        return parley_fail(err, PARLEY_INVALID,
                           "'%s' is a database of another program, not a case on disk", path);
    }
    if (header[18] != 1 || header[19] != 1) {
        status = parley_fail(err, PARLEY_INVALID,
                             "another program has put '%s' into write-ahead mode", path);
        parley_error_hint(err, "sqlite3 %s 'PRAGMA journal_mode=DELETE' puts it back", path);
        return status;
    }
    uint64_t page = (uint64_t)header[16] << 8 | header[17];
    uint64_t bytes = (page == 1 ? 65536 : page) * big_endian(header + 28);
    if (stat(path, &info) == 0 && (uint64_t)info.st_size < bytes) {
        status = parley_fail(err, PARLEY_INVALID, "'%s' is damaged: %lld of %llu bytes are there",
                             path, (long long)info.st_size, (unsigned long long)bytes);
        parley_error_hint(err, "its end was cut off; take a copy that is whole");
        return status;
    }
    return PARLEY_OK;
}

/* ----------------------------------------------------------------- opening */

static parley_status make_object(parley_store **out, parley_ctx *ctx, const char *path,
                                 const parley_store_options *options, parley_error *err)
{
    *out = NULL;
    if (options->version != 1) {
        return parley_fail(err, PARLEY_INVALID, "version %d of the options is not known",
                           options->version);
    }
    parley_status status = store_hash_start(err);
    if (status != PARLEY_OK) {
        return status;
    }
    /* never a URI, never ":memory:" */
    const char *folder = path[0] == '/' ? "" : "./";
    size_t size = strlen(folder) + strlen(path) + 1;
    parley_store *store = parley_alloc(ctx, sizeof(*store));
    char *copy = parley_alloc(ctx, size);
    if (store == NULL || copy == NULL) {
        parley_release(ctx, store, sizeof(*store));
        parley_release(ctx, copy, size);
        return parley_fail(err, PARLEY_NOMEM, "out of memory while opening '%s'", path);
    }
    snprintf(copy, size, "%s%s", folder, path);
    store->ctx = ctx;
    store->path = copy;
    store->path_size = size;
    store->write = options->write;
    store->wait_ms = options->wait_ms;
    store->now = options->now != NULL ? options->now : system_now;
    store->now_user = options->now_user;
    *out = store;
    return PARLEY_OK;
}

const char *parley_store_path(const parley_store *store)
{
    return store->path[0] == '.' && store->path[1] == '/' ? store->path + 2 : store->path;
}

static parley_status connect_file(parley_store *store, bool write, uint32_t wait_ms,
                                  parley_error *err)
{
    parley_status status =
        store_db_open(&store->d, store->ctx, store->path, parley_store_path(store),
                      write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, wait_ms, err);
    if (status == PARLEY_OK) {
        status = store_exec(&store->d,
                            "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA "
                            "temp_store=MEMORY; PRAGMA secure_delete=ON; PRAGMA "
                            "synchronous=EXTRA; PRAGMA cache_size=-16384;",
                            err);
    }
    return status;
}

static parley_status check_format(parley_store *store, parley_error *err)
{
    int64_t id = 0;
    int64_t format = 0;
    const char *path = parley_store_path(store);
    parley_status status = store_number(&store->d, "PRAGMA application_id", &id, err);
    if (status == PARLEY_OK) {
        status = store_number(&store->d, "PRAGMA user_version", &format, err);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    int64_t tables = 0;
    if (id == 0 && format == 0) { /* the making was taken back, or it is somebody else's */
        status = store_number(&store->d, "SELECT count(*) FROM sqlite_schema", &tables, err);
        if (status != PARLEY_OK || tables == 0) {
            return status != PARLEY_OK ? status : never_made(path, err);
        }
    }
    if (id != STORE_APPLICATION_ID || format < 1) {
        return parley_fail(err, PARLEY_INVALID, "'%s' is no case on disk", path);
    }
    if (format > PARLEY_STORE_FORMAT) {
        status = parley_fail(err, PARLEY_INVALID, "'%s' has format %lld; this program reads %d",
                             path, (long long)format, PARLEY_STORE_FORMAT);
        parley_error_hint(err, "open it with a newer Parley");
        return status;
    }
    store->format = format;
    store->d.format = format;
    return status;
}

/* The last entry fits the one before it, and nothing is numbered twice or left out. */
static parley_status check_end(parley_store *store, parley_error *err)
{
    bool own = false;
    int64_t count = 0;
    parley_head head;
    parley_status status = store_begin_read(store, &own, err);
    if (status != PARLEY_OK) {
        return status;
    }
    status = parley_store_head(&head, store, PARLEY_STORE_NOW, err);
    if (status == PARLEY_OK) {
        status = store_number(&store->d, "SELECT min(seq) FROM entry", &count, err);
    }
    if (status == PARLEY_OK && (head.seq == 0 || count != 1)) {
        status = store_damaged(&store->d, err, "its journal does not begin with entry 1");
    }
    store_end_read(store, own);
    store->head = head;
    return status;
}

/*
 * A journal of the library that is left over: a change that was cut off is taken back by the first
 * look at the file; what was cut off before it had begun only lies there, and goes when the library
 * leaves the mode that keeps it. Nothing happens while somebody else is writing.
 */
static parley_status clean_up(store_db *d, parley_error *err)
{
    int64_t tables = 0;
    parley_status status = store_number(d, "SELECT count(*) FROM sqlite_schema", &tables, err);
    return status == PARLEY_OK
               ? store_exec(d, "PRAGMA journal_mode=PERSIST; PRAGMA journal_mode=DELETE;", err)
               : status;
}

/* A reader may not take back a change that was cut off: somebody who may write does it first. */
static parley_status recover(parley_store *store, parley_error *err)
{
    store_db writer;
    parley_status status = store_db_open(&writer, store->ctx, store->path, parley_store_path(store),
                                         SQLITE_OPEN_READWRITE, store->wait_ms, err);
    if (status == PARLEY_OK) {
        status = clean_up(&writer, err);
        store_db_close(&writer);
    }
    return status;
}

bool store_take_back(parley_store *store, uint32_t tried)
{
    enum { TRIES = 40, NAP = 5000000 };
    const struct timespec nap = {0, NAP};
    parley_error ignored = PARLEY_ERROR_INIT;
    bool asked =
        store->d.db != NULL && sqlite3_extended_errcode(store->d.db) == SQLITE_READONLY_ROLLBACK;
    if (!asked || tried >= TRIES) {
        return false;
    }
    if (access(store->path, W_OK) != 0 || recover(store, &ignored) != PARLEY_OK) {
        nanosleep(&nap, NULL); /* the one who is writing may have finished meanwhile */
    }
    return true;
}

/* A connection that has seen the file. */
static parley_status connect_again(parley_store *store, bool write, parley_error *err)
{
    parley_error told = PARLEY_ERROR_INIT;
    parley_status status = connect_file(store, write, store->wait_ms, &told);
    for (uint32_t tried = 0; status != PARLEY_OK && store_take_back(store, tried); tried++) {
        store_db_close(&store->d);
        parley_error_clear(&told);
        status = connect_file(store, write, store->wait_ms, &told);
    }
    if (status != PARLEY_OK && err != NULL) {
        *err = told;
    }
    return status;
}

/* Everything that is looked at before a file is trusted, as it was at one moment. */
static parley_status check_file(parley_store *store, parley_error *err)
{
    bool own = false;
    parley_status status = store_begin_read(store, &own, err);
    if (status != PARLEY_OK) {
        return status;
    }
    status = check_format(store, err);
    if (status == PARLEY_OK) {
        status = store_check_schema(&store->d, store->format, err);
    }
    if (status == PARLEY_OK) {
        status = check_end(store, err);
    }
    store_end_read(store, own);
    return status;
}

static parley_status open_file(parley_store *store, const parley_store_options *options,
                               parley_error *err)
{
    parley_error ignored = PARLEY_ERROR_INIT; /* what is wrong is told below, if it matters */
    parley_status status = check_header(parley_store_path(store), err);
    bool left_over = status == PARLEY_OK && journal_size(store->path) >= 0;
    if (status == PARLEY_OK) {
        status = connect_again(store, options->write, err);
    }
    if (status == PARLEY_OK) {
        status = check_file(store, err);
    }
    if (status == PARLEY_OK && left_over && options->write) {
        (void)!clean_up(&store->d, &ignored);
    }
    return status;
}

parley_status parley_store_open(parley_store **out, parley_ctx *ctx, const char *path,
                                const parley_store_options *options, parley_error *err)
{
    const parley_store_options defaults = PARLEY_STORE_OPTIONS_INIT;
    struct stat info;
    options = options != NULL ? options : &defaults;
    parley_status status = make_object(out, ctx, path, options, err);
    if (status != PARLEY_OK) {
        return status;
    }
    PARLEY_ASSERT(*out != NULL);
    status = open_file(*out, options, err);
    if (status == PARLEY_OK && options->write && stat((*out)->path, &info) == 0 &&
        (info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        parley_ctx_log(ctx, 1, "others on this machine may open '%s'; chmod 600 keeps them out",
                       path);
    }
    if (status != PARLEY_OK) {
        parley_store_close(*out);
        *out = NULL;
    }
    return status;
}

/* ------------------------------------------------------------------ making */

/* The first entry, which names the format and gives the file a name of its own. */
static parley_status first_entries(parley_store *store, const char *title, parley_error *err)
{
    uint8_t id[16];
    char words[80];
    char name[2 * sizeof(id) + 1];
    store_random(id, sizeof(id));
    for (size_t i = 0; i < sizeof(id); i++) {
        snprintf(name + 2 * i, 3, "%02x", id[i]);
    }
    snprintf(words, sizeof(words), "format: %d\nfile: %s\n", PARLEY_STORE_FORMAT, name);
    parley_status status =
        parley_store_add(store, NULL, PARLEY_ENTRY_BEGIN, 0, words, strlen(words), err);
    if (status == PARLEY_OK && title != NULL) { /* a file begins with it */
        static const char version[] = "parley: 1\n";
        status = parley_store_add(store, NULL, PARLEY_ENTRY_PUT, 0, version, strlen(version), err);
    }
    if (status != PARLEY_OK || title == NULL) {
        return status;
    }
    parley_text *text = parley_text_new(store->ctx, PARLEY_STORE_WORDS_MOST);
    if (text == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while making '%s'", store->path);
    }
    parley_json json; /* a string of JSON is one of YAML */
    parley_text_puts(text, "title: ");
    parley_json_begin(&json, text);
    parley_json_string(&json, title);
    parley_text_putc(text, '\n');
    status = parley_text_status(text, err);
    if (status == PARLEY_OK) {
        status = parley_store_add(store, NULL, PARLEY_ENTRY_PUT, 0, parley_text_data(text),
                                  parley_text_size(text), err);
    }
    parley_text_free(text);
    return status;
}

static parley_status fill_file(parley_store *store, const char *title, uint32_t wait_ms,
                               parley_error *err)
{
    parley_status status = connect_file(store, true, wait_ms, err);
    if (status == PARLEY_OK) {
        status = store_exec(&store->d, "BEGIN IMMEDIATE;", err);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    status = store_migrate(&store->d, 0, PARLEY_STORE_FORMAT, err);
    store->format = PARLEY_STORE_FORMAT;
    store->begun = PARLEY_STORE_FORMAT;
    store->open = true;
    store->recorded = store->now(store->now_user);
    if (status == PARLEY_OK) {
        status = first_entries(store, title, err);
    }
    if (status == PARLEY_OK) {
        status = parley_store_commit(store, err);
    }
    parley_store_rollback(store);
    return status;
}

parley_status parley_store_create(parley_store **out, parley_ctx *ctx, const char *path,
                                  const char *title, const parley_store_options *options,
                                  parley_error *err)
{
    parley_store_options all = PARLEY_STORE_OPTIONS_INIT;
    all = options != NULL ? *options : all;
    all.write = true;
    if (title != NULL && !parley_utf8_valid(title, strlen(title), NULL)) {
        *out = NULL;
        return parley_fail(err, PARLEY_SYNTAX, "the title is not UTF-8");
    }
    parley_status status = make_object(out, ctx, path, &all, err);
    if (status != PARLEY_OK) {
        return status;
    }
    parley_store *store = *out;
    PARLEY_ASSERT(store != NULL);
    int fd = open(store->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        status = errno == EEXIST
                     ? parley_fail(err, PARLEY_CONFLICT, "there is a '%s' already", path)
                     : parley_fail(err, PARLEY_IO, "cannot make '%s': %s", path, strerror(errno));
        if (errno == EEXIST) {
            parley_error_hint(err, "choose another name, or move it away");
        }
    } else {
        close(fd);
        status = fill_file(store, title, all.wait_ms, err);
        if (status != PARLEY_OK) {
            store_db_close(&store->d);
            unlink(store->path);
            forget_journal(store->path);
        }
    }
    if (status != PARLEY_OK) {
        parley_store_close(store);
        *out = NULL;
    }
    return status;
}

void parley_store_close(parley_store *store)
{
    if (store == NULL) {
        return;
    }
    parley_ctx *ctx = store->ctx;
    parley_store_rollback(store);
    store_db_close(&store->d);
    parley_release(ctx, store->path, store->path_size);
    parley_release(ctx, store, sizeof(*store));
}
