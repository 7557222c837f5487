/*
 * A file system under SQLite that fails when told to: the n-th write, sync, read, truncation or
 * deletion, once or from then on.
 *
 *     fault_vfs_install();                      it becomes the default
 *     fault_vfs_arm(FAULT_WRITE, 3, true, SQLITE_FULL);
 *     ...
 *     fired = fault_vfs_disarm();               how often it failed
 *
 * Everything else is handed to the file system that was the default before.
 */
#ifndef PARLEY_TESTS_FAULT_VFS_H
#define PARLEY_TESTS_FAULT_VFS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef enum fault_kind {
    FAULT_NONE,
    FAULT_READ,
    FAULT_WRITE, /* half of it gets there */
    FAULT_SYNC,
    FAULT_TRUNCATE,
    FAULT_DELETE,        /* nothing was deleted */
    FAULT_DELETE_SYNCED, /* it was, but the folder could not be synced */
    FAULT_OPEN,
    FAULT_LOCK,
    FAULT_SIZE,
    FAULT_PHANTOM /* no failure: a journal is seen that has gone by the next look */
} fault_kind;

typedef struct fault_state {
    sqlite3_vfs vfs;
    sqlite3_vfs *below;
    fault_kind kind;
    uint64_t left; /* calls that still succeed */
    bool on;       /* all later ones fail too */
    int code;
    uint64_t fired;
} fault_state;

typedef struct fault_file {
    sqlite3_file base;
    fault_state *state;
    sqlite3_file *below; /* behind this struct */
} fault_file;

static fault_state fault;

static bool fault_now(fault_kind kind)
{
    if (fault.kind != kind) {
        return false;
    }
    if (fault.left > 0) {
        fault.left--;
        return false;
    }
    if (fault.fired > 0 && !fault.on) {
        return false;
    }
    fault.fired++;
    return true;
}

static sqlite3_file *fault_below(sqlite3_file *f)
{
    return ((fault_file *)(void *)f)->below;
}

static int fault_close(sqlite3_file *f)
{
    sqlite3_file *b = fault_below(f);
    return b->pMethods != NULL ? b->pMethods->xClose(b) : SQLITE_OK;
}

static int fault_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
    sqlite3_file *b = fault_below(f);
    return fault_now(FAULT_READ) ? fault.code : b->pMethods->xRead(b, to, n, at);
}

static int fault_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
    sqlite3_file *b = fault_below(f);
    if (fault_now(FAULT_WRITE)) {
        if (n > 1) { /* half of it gets there */
            (void)!b->pMethods->xWrite(b, from, n / 2, at);
        }
        return fault.code;
    }
    return b->pMethods->xWrite(b, from, n, at);
}

static int fault_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    sqlite3_file *b = fault_below(f);
    return fault_now(FAULT_TRUNCATE) ? fault.code : b->pMethods->xTruncate(b, size);
}

static int fault_sync(sqlite3_file *f, int flags)
{
    sqlite3_file *b = fault_below(f);
    return fault_now(FAULT_SYNC) ? fault.code : b->pMethods->xSync(b, flags);
}

static int fault_size(sqlite3_file *f, sqlite3_int64 *size)
{
    sqlite3_file *b = fault_below(f);
    return fault_now(FAULT_SIZE) ? fault.code : b->pMethods->xFileSize(b, size);
}

static int fault_lock(sqlite3_file *f, int level)
{
    sqlite3_file *b = fault_below(f);
    return fault_now(FAULT_LOCK) ? fault.code : b->pMethods->xLock(b, level);
}

static int fault_unlock(sqlite3_file *f, int level)
{
    sqlite3_file *b = fault_below(f);
    return b->pMethods->xUnlock(b, level);
}

static int fault_check_lock(sqlite3_file *f, int *out)
{
    sqlite3_file *b = fault_below(f);
    return b->pMethods->xCheckReservedLock(b, out);
}

static int fault_control(sqlite3_file *f, int op, void *arg)
{
    sqlite3_file *b = fault_below(f);
    return b->pMethods->xFileControl(b, op, arg);
}

static int fault_sector(sqlite3_file *f)
{
    sqlite3_file *b = fault_below(f);
    return b->pMethods->xSectorSize(b);
}

static int fault_device(sqlite3_file *f)
{
    sqlite3_file *b = fault_below(f);
    return b->pMethods->xDeviceCharacteristics(b);
}

static const sqlite3_io_methods fault_methods = {.iVersion = 1,
                                                 .xClose = fault_close,
                                                 .xRead = fault_read,
                                                 .xWrite = fault_write,
                                                 .xTruncate = fault_truncate,
                                                 .xSync = fault_sync,
                                                 .xFileSize = fault_size,
                                                 .xLock = fault_lock,
                                                 .xUnlock = fault_unlock,
                                                 .xCheckReservedLock = fault_check_lock,
                                                 .xFileControl = fault_control,
                                                 .xSectorSize = fault_sector,
                                                 .xDeviceCharacteristics = fault_device};

static int fault_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
    fault_file *file = (fault_file *)(void *)f;
    (void)vfs;
    file->base.pMethods = NULL;
    if (fault_now(FAULT_OPEN)) {
        return fault.code;
    }
    file->below = (sqlite3_file *)(void *)(file + 1);
    memset(file->below, 0, (size_t)fault.below->szOsFile);
    int code = fault.below->xOpen(fault.below, name, file->below, flags, out);
    if (code == SQLITE_OK) {
        file->base.pMethods = &fault_methods;
    }
    return code;
}

static int fault_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    if (fault_now(FAULT_DELETE)) {
        return fault.code;
    }
    int code = fault.below->xDelete(fault.below, name, sync);
    return sync != 0 && fault_now(FAULT_DELETE_SYNCED) ? fault.code : code;
}

static int fault_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
    static const char ending[] = "-journal";
    size_t n = strlen(name);
    (void)vfs;
    int code = fault.below->xAccess(fault.below, name, flags, out);
    if (code == SQLITE_OK && flags == SQLITE_ACCESS_EXISTS && n > sizeof(ending) &&
        strcmp(name + n - (sizeof(ending) - 1), ending) == 0 && fault_now(FAULT_PHANTOM)) {
        *out = 1;
    }
    return code;
}

static inline void fault_vfs_install(void)
{
    fault.below = sqlite3_vfs_find(NULL);
    fault.vfs = *fault.below;
    fault.vfs.zName = "fault";
    fault.vfs.szOsFile = (int)sizeof(fault_file) + fault.below->szOsFile;
    fault.vfs.xOpen = fault_open;
    fault.vfs.xDelete = fault_delete;
    fault.vfs.xAccess = fault_access;
    if (sqlite3_vfs_register(&fault.vfs, 1) != SQLITE_OK) {
        abort();
    }
}

static inline void fault_vfs_arm(fault_kind kind, uint64_t left, bool on, int code)
{
    fault.kind = kind;
    fault.left = left;
    fault.on = on;
    fault.code = code;
    fault.fired = 0;
}

static inline uint64_t fault_vfs_disarm(void)
{
    uint64_t fired = fault.fired;
    fault.kind = FAULT_NONE;
    fault.fired = 0;
    return fired;
}

#endif
