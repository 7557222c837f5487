/*
 * What the world does to a case on disk: it stops the program, fills the disk, locks the file,
 * takes away the right to write. What was acknowledged is there, what was not is not there in part,
 * and the message says what happened.
 *
 * PARLEY_KILLS in the environment: how often the writer is killed (100), in turn while it adds
 * entries, corrects, imports, destroys and brings an old file up to date.
 */
#include "store/fault_vfs.h"
#include "store/store_steps.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#define NOBODY 65534

/* ---- kill ---- */

typedef struct ack {
    uint64_t last; /* entries that are there */
} ack;

/* Write as fast as it goes; say after each commit how far it is. Never returns. */
static _Noreturn void write_until_killed(store_box *box, int to, store_way way, uint64_t key)
{
    parley_store *store = NULL;
    if (parley_store_open(&store, box->ctx, box->path, &box->options, NULL) != PARLEY_OK) {
        _exit(2);
    }
    for (uint64_t round = 0;; round++) {
        ack a = {0};
        parley_error err = PARLEY_ERROR_INIT;
        if (steps_take(box, store, way, key, round, &a.last, &err) != PARLEY_OK) {
            fprintf(stderr, "%s: %s\n", store_way_names[way], err.message);
            _exit(3);
        }
        if (write(to, &a, sizeof(a)) != (ssize_t)sizeof(a)) {
            _exit(4);
        }
    }
}

/* One round; gives whether the writer was in the middle of a change. */
static bool kill_once(store_box *box, store_way way, uint64_t key, uint32_t microseconds,
                      uint64_t *acknowledged)
{
    int pipes[2];
    ack a = {0};
    struct timespec wait = {0, (long)microseconds * 1000};
    struct stat info;
    char journal[400];
    int status = 0;
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(pipes[0]);
        write_until_killed(box, pipes[1], way, key);
    }
    close(pipes[1]);
    if (way != WAY_MIGRATE) { /* which is the first change already */
        assert_int_equal(read(pipes[0], &a, sizeof(a)), sizeof(a)); /* it is on its way */
    }
    nanosleep(&wait, NULL);
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGKILL);
    for (ack next; read(pipes[0], &next, sizeof(next)) == (ssize_t)sizeof(next);) {
        a = next;
    }
    close(pipes[0]);
    *acknowledged = a.last;
    snprintf(journal, sizeof(journal), "%s-journal", box->path);
    return stat(journal, &info) == 0 && info.st_size > 0;
}

static void begin_case(store_box *box)
{
    steps_begin(box, WAY_ENTRY);
}

static void a_writer_that_is_killed_loses_nothing_it_has_acknowledged(void **state)
{
    (void)state;
    const char *asked = getenv("PARLEY_KILLS");
    uint32_t rounds = asked != NULL ? (uint32_t)strtoul(asked, NULL, 10) : 100;
    uint32_t middle[WAY_COUNT] = {0};
    uint32_t tried[WAY_COUNT] = {0};
    store_box box;
    store_box_make(&box);
    parley_random random = parley_random_stream(9, 51, 0, 0);
    for (uint32_t i = 0; i < rounds; i++) {
        uint64_t acknowledged = 0;
        store_way way = (store_way)(i / 2 % WAY_COUNT);
        if (i % 20 < 10 || way == WAY_MIGRATE) { /* else on top of what another one left */
            steps_begin(&box, way);
        }
        if (kill_once(&box, way, i, parley_random_below(&random, way == WAY_MIGRATE ? 8000 : 3000),
                      &acknowledged)) {
            middle[way]++;
        }
        tried[way]++;
        parley_store *store = store_open(&box, i % 2 == 0); /* a reader recovers it as well */
        parley_verify_result v = store_right(&box, store);
        assert_true(v.entries >= acknowledged && v.entries >= STEPS_BEGUN);
        parley_store_close(store);
        assert_true(store_box_files(&box) == 1 || i % 2 == 1); /* a reader need not tidy up */
    }
    for (int w = 0; w < WAY_COUNT; w++) {
        print_message("# %s: %u of %u kills were in the middle of a change\n", store_way_names[w],
                      middle[w], tried[w]);
        assert_true(middle[w] >= tried[w] / 20);
    }
    store_box_done(&box);
}

static void a_file_whose_making_is_killed_is_right_or_says_so(void **state)
{
    (void)state;
    uint32_t right = 0;
    uint32_t cut = 0;
    store_box box;
    store_box_make(&box);
    parley_random random = parley_random_stream(10, 51, 0, 0);
    for (int i = 0; i < 80; i++) {
        struct timespec wait = {0, (long)parley_random_below(&random, 1500) * 1000};
        parley_error err = PARLEY_ERROR_INIT;
        parley_store *store = NULL;
        store_box_empty(&box);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            _exit(parley_store_create(&store, box.ctx, box.path, "T", &box.options, NULL) ==
                          PARLEY_OK
                      ? 0
                      : 1);
        }
        nanosleep(&wait, NULL);
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, NULL, 0), child);
        parley_status status = parley_store_open(&store, box.ctx, box.path, &box.options, &err);
        if (status == PARLEY_OK) {
            assert_int_equal(store_right(&box, store).entries, 3);
            right++;
        } else {
            assert_true(status == PARLEY_NOTFOUND || status == PARLEY_INVALID);
            assert_true(err.message[0] != '\0');
            cut++;
        }
        parley_store_close(store);
    }
    print_message("# %u whole, %u cut off\n", right, cut);
    assert_true(cut > 0);
    store_box_done(&box);
}

/* ---- the disk ---- */

typedef struct fault_row {
    const char *what;
    fault_kind kind;
    int code;
    uint64_t floor; /* calls that must have failed, over all runs */
} fault_row;

/* Open, one step, close; gives the first failure. *there: entries acknowledged. */
static parley_status write_once(store_box *box, store_way way, uint64_t *there, parley_error *err)
{
    parley_store *store = NULL;
    *there = STEPS_BEGUN;
    parley_status status = parley_store_open(&store, box->ctx, box->path, &box->options, err);
    if (status == PARLEY_OK) {
        status = steps_take(box, store, way, 0, 1, there, err);
    }
    parley_store_close(store);
    return status;
}

/* The message names the file, and says what to do; nothing that was acknowledged is gone. */
static void check_fault(const fault_row *row, store_way way, uint64_t n, parley_status status,
                        const parley_error *err)
{
    bool told = strstr(err->message, "case.parley") != NULL && err->hint[0] != '\0';
    bool wrong = row->kind == FAULT_READ || row->kind == FAULT_SIZE /* half a page: damage */
                     ? status != PARLEY_IO && status != PARLEY_INVALID
                     : status != PARLEY_IO;
    if (!told || wrong) {
        fail_msg("%s, %s, call %d: '%s' %s; %s", store_way_names[way], row->what, (int)n,
                 parley_status_word(status), err->message, err->hint);
    }
}

static void faults_of_the_disk_are_told_and_leave_all_or_nothing(void **state)
{
    (void)state;
    static const fault_row row[] = {
        {"disk full", FAULT_WRITE, SQLITE_FULL, 40},
        {"write", FAULT_WRITE, SQLITE_IOERR_WRITE, 40},
        {"sync", FAULT_SYNC, SQLITE_IOERR_FSYNC, 10},
        {"read", FAULT_READ, SQLITE_IOERR_READ, 40},
        {"truncation", FAULT_TRUNCATE, SQLITE_IOERR_TRUNCATE, 0},
        {"delete", FAULT_DELETE, SQLITE_IOERR_DELETE, 5},
        {"sync of the folder", FAULT_DELETE_SYNCED, SQLITE_IOERR_DIR_FSYNC, 5},
        {"open", FAULT_OPEN, SQLITE_CANTOPEN, 10},
        {"lock", FAULT_LOCK, SQLITE_IOERR_LOCK, 20},
        {"size", FAULT_SIZE, SQLITE_IOERR_FSTAT, 20},
    };
    store_box box;
    store_box_make(&box);
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        uint64_t fired = 0;
        for (int turn = 0; turn < 2 * WAY_COUNT; turn++) {
            store_way way = (store_way)(turn / 2);
            uint64_t now = 1;
            for (uint64_t n = 0; now > 0; n++) {
                parley_error err = PARLEY_ERROR_INIT;
                uint64_t there = 0;
                steps_begin(&box, way);
                fault_vfs_arm(row[i].kind, n, turn % 2 == 1, row[i].code);
                parley_status status = write_once(&box, way, &there, &err);
                now = fault_vfs_disarm();
                fired += now;
                parley_store *store = store_open(&box, true);
                parley_verify_result v = store_right(&box, store);
                parley_store_close(store);
                assert_true(v.entries >= there);
                assert_int_equal(store_box_files(&box), 1);
                if (status != PARLEY_OK) {
                    assert_true(now > 0);
                    check_fault(&row[i], way, n, status, &err);
                }
            }
        }
        if (fired < row[i].floor) {
            fail_msg("%s: only %d faults were injected", row[i].what, (int)fired);
        }
    }
    store_box_done(&box);
}

static void a_file_that_cannot_be_made_leaves_nothing_behind(void **state)
{
    (void)state;
    store_box box;
    uint64_t fired = 0;
    uint64_t now = 1;
    store_box_make(&box);
    for (uint64_t n = 0; now > 0; n++) {
        parley_error err = PARLEY_ERROR_INIT;
        parley_store *store = NULL;
        store_box_empty(&box);
        fault_vfs_arm(FAULT_WRITE, n, true, SQLITE_FULL);
        parley_status status =
            parley_store_create(&store, box.ctx, box.path, "T", &box.options, &err);
        now = fault_vfs_disarm();
        fired += now > 0 ? 1 : 0;
        if (now > 0) {
            check_fails(status, PARLEY_IO, &err);
            assert_non_null(strstr(err.message, "full"));
            assert_null(store);
            assert_int_equal(access(box.path, F_OK), -1);
        }
        parley_store_close(store);
    }
    assert_true(fired > 5);
    store_box_done(&box);
}

/* The limit of the system on file sizes: no shim is in between. */
static void a_real_limit_on_the_file_is_told(void **state)
{
    (void)state;
    store_box box;
    int status = 0;
    store_box_make(&box);
    begin_case(&box);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct rlimit limit = {256 * 1024, 256 * 1024};
        parley_store *store = NULL;
        parley_error err = PARLEY_ERROR_INIT;
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        parley_status got = parley_store_open(&store, box.ctx, box.path, &box.options, &err);
        uint32_t i = 0;
        for (; got == PARLEY_OK && i < 100000; i++) {
            char words[2200];
            int n = snprintf(words, sizeof(words),
                             "claims: {r%u: {by: ru, act: say, says: \"%2000u\"}}\n", i, i);
            got = parley_store_begin(store, &err);
            if (got == PARLEY_OK) {
                got = parley_store_add(store, NULL, PARLEY_ENTRY_PUT, 0, words, (size_t)n, &err);
            }
            if (got == PARLEY_OK) {
                got = parley_store_commit(store, &err);
            }
        }
        _exit(got == PARLEY_IO && i > 10 && err.message[0] != '\0' ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    parley_store *store = store_open(&box, true);
    assert_true(store_right(&box, store).entries > 12);
    store_write(store, PARLEY_ENTRY_PUT, 0, "title: \"goes on\"\n");
    parley_store_close(store);
    store_box_done(&box);
}

/* ---- rights and locks ---- */

/* As somebody without rights; root drops them for good, in a child. */
static int as_nobody(store_box *box, int (*run)(store_box *box))
{
    int status = 0;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (geteuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0)) {
            _exit(99);
        }
        _exit(run(box));
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* 0: it reads, and cannot be written with a clear message. */
static int reads_only(store_box *box)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_store *store = NULL;
    parley_case *c = NULL;
    parley_store_options options = box->options;
    options.write = false;
    if (parley_store_open(&store, box->ctx, box->path, &options, &err) != PARLEY_OK ||
        parley_store_case(&c, store, PARLEY_STORE_NOW, NULL, NULL, NULL, &err) != PARLEY_OK) {
        print_error("%s\n", err.message);
        return 1;
    }
    parley_case_free(c);
    parley_store_close(store);
    if (store_box_files(box) != 1) {
        return 2;
    }
    options.write = true;
    parley_status status = parley_store_open(&store, box->ctx, box->path, &options, &err);
    if (status == PARLEY_OK) {
        status = parley_store_begin(store, &err);
    }
    if (status == PARLEY_OK) {
        status = parley_store_add(store, NULL, PARLEY_ENTRY_PUT, 0, "title: a\n", 9, &err);
    }
    if (status == PARLEY_OK) {
        status = parley_store_commit(store, &err);
    }
    parley_store_close(store);
    return status == PARLEY_IO && strstr(err.message, box->path) != NULL ? 0 : 3;
}

/* 0: no file can be made here, and the message says so. */
static int makes_none(store_box *box)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_store *store = NULL;
    char path[320];
    store_box_name(box, "new.parley", path);
    return parley_store_create(&store, box->ctx, path, NULL, &box->options, &err) == PARLEY_IO &&
                   strstr(err.message, "Permission denied") != NULL
               ? 0
               : 1;
}

/* 0: the reader says that a change must be taken back first. */
static int must_recover(store_box *box)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_store *store = NULL;
    parley_store_options options = box->options;
    options.write = false;
    parley_status status = parley_store_open(&store, box->ctx, box->path, &options, &err);
    if (status != PARLEY_IO) {
        print_error("status '%s': %s\n", parley_status_word(status), err.message);
        return 1;
    }
    return strstr(err.message, "cut off") != NULL && strstr(err.hint, "-journal") != NULL ? 0 : 2;
}

static void a_folder_that_cannot_be_written_can_be_read(void **state)
{
    (void)state;
    store_box box;
    store_box_make(&box);
    begin_case(&box);
    assert_int_equal(chmod(box.path, 0444), 0);
    assert_int_equal(chmod(box.folder, 0555), 0);
    assert_int_equal(as_nobody(&box, reads_only), 0);
    assert_int_equal(as_nobody(&box, makes_none), 0);
    store_box_done(&box);
}

/* The journal of the library counts once its beginning is written. */
static bool must_be_taken_back(const store_box *box)
{
    char journal[400];
    snprintf(journal, sizeof(journal), "%s-journal", box->path);
    FILE *file = fopen(journal, "rb");
    int first = file != NULL ? fgetc(file) : EOF;
    if (file != NULL) {
        fclose(file);
    }
    return first != EOF && first != 0;
}

static void a_change_that_was_cut_off_must_be_taken_back_where_one_may_write(void **state)
{
    (void)state;
    store_box box;
    bool middle = false;
    char journal[400];
    uint64_t acknowledged = 0;
    store_box_make(&box);
    parley_random random = parley_random_stream(12, 51, 0, 0);
    for (uint64_t i = 0; i < 300 && !middle; i++) {
        begin_case(&box);
        middle = kill_once(&box, WAY_ENTRY, i, parley_random_below(&random, 2000), &acknowledged) &&
                 must_be_taken_back(&box);
    }
    assert_true(middle);
    snprintf(journal, sizeof(journal), "%s-journal", box.path);
    assert_int_equal(chmod(box.path, 0444), 0);
    assert_int_equal(chmod(journal, 0444), 0);
    assert_int_equal(chmod(box.folder, 0555), 0);
    assert_int_equal(as_nobody(&box, must_recover), 0);
    assert_int_equal(chmod(box.folder, 0755), 0);
    assert_int_equal(chmod(box.path, 0600), 0);
    parley_store *store = store_open(&box, false);
    assert_true(store_right(&box, store).entries >= acknowledged);
    parley_store_close(store);
    store_box_done(&box);
}

static void a_locked_file_is_waited_for_and_then_told(void **state)
{
    (void)state;
    store_box box;
    sqlite3 *other = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    parley_store *store = NULL;
    store_box_make(&box);
    begin_case(&box);
    assert_int_equal(sqlite3_open(box.path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
    check_fails(parley_store_open(&store, box.ctx, box.path, &box.options, &err), PARLEY_IO, &err);
    assert_non_null(strstr(err.message, "in use by another program"));
    assert_null(store);
    parley_error_clear(&err);
    assert_int_equal(sqlite3_exec(other, "ROLLBACK; BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    store = store_open(&box, true);
    store_right(&box, store); /* a reader is not in the way of a writer that has not finished */
    check_fails(parley_store_begin(store, &err), PARLEY_IO, &err);
    assert_non_null(strstr(err.message, "in use by another program"));
    parley_error_clear(&err);
    assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    store_write(store, PARLEY_ENTRY_PUT, 0, "title: \"T\"\n");
    parley_store_close(store);
    sqlite3_close(other);
    store_box_done(&box);
}

static void a_request_to_stop_is_heard(void **state)
{
    (void)state;
    store_box box;
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = NULL;
    parley_import_result r;
    store_box_make(&box);
    begin_case(&box);
    parley_store *store = store_open(&box, true);
    parley_case *from =
        read_text(box.ctx, "x.yaml", "parley: 1\ntitle: A\nparties: {b: {}}\n", NULL);
    check_ok(parley_store_begin(store, &err), &err);
    parley_ctx_cancel(box.ctx);
    check_fails(parley_store_import(&r, store, from, NULL, &err), PARLEY_CANCELLED, &err);
    parley_error_clear(&err);
    parley_store_rollback(store);
    check_fails(parley_store_case(&c, store, PARLEY_STORE_NOW, NULL, NULL, NULL, &err),
                PARLEY_CANCELLED, &err);
    parley_error_clear(&err);
    parley_case_free(from);
    parley_store_close(store);
    store_box_done(&box);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_writer_that_is_killed_loses_nothing_it_has_acknowledged),
        cmocka_unit_test(a_file_whose_making_is_killed_is_right_or_says_so),
        cmocka_unit_test(faults_of_the_disk_are_told_and_leave_all_or_nothing),
        cmocka_unit_test(a_file_that_cannot_be_made_leaves_nothing_behind),
        cmocka_unit_test(a_real_limit_on_the_file_is_told),
        cmocka_unit_test(a_folder_that_cannot_be_written_can_be_read),
        cmocka_unit_test(a_change_that_was_cut_off_must_be_taken_back_where_one_may_write),
        cmocka_unit_test(a_locked_file_is_waited_for_and_then_told),
        cmocka_unit_test(a_request_to_stop_is_heard),
    };
    fault_vfs_install();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
