/*
 * Readers beside a writer: what each sees is a whole prefix of the journal, nobody is told that the
 * file is in use, and a journal of the library that comes and goes between two looks of a reader is
 * no obstacle.
 */
#include "store/fault_vfs.h"
#include "store/store_check.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

static double seconds(void)
{
    struct timespec t = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- the journal that has gone ---- */

static parley_status read_all(store_box *box, uint32_t *parties, parley_error *err)
{
    parley_store *store = NULL;
    parley_case *c = NULL;
    parley_store_options options = box->options;
    options.write = false;
    parley_status status = parley_store_open(&store, box->ctx, box->path, &options, err);
    for (int i = 0; i < 3 && status == PARLEY_OK; i++) {
        parley_case_free(c);
        status = parley_store_case(&c, store, PARLEY_STORE_NOW, NULL, NULL, NULL, err);
    }
    *parties = c != NULL ? parley_case_parties(c) : 0;
    parley_case_free(c);
    parley_store_close(store);
    return status;
}

/*
 * A reader looks whether there is a journal of the library, and then whether anybody holds the
 * writer's lock. When the writer finishes between the two, it looks like a change that was cut off,
 * and the library tells a reader that it must be taken back first.
 */
static void a_journal_that_goes_between_two_looks_is_no_obstacle(void **state)
{
    (void)state;
    store_box box;
    uint64_t fired = 0;
    uint64_t now = 1;
    store_box_make(&box);
    parley_store *store = store_create(&box);
    store_write(store, PARLEY_ENTRY_PUT, 0, "parties: {ru: {}}\n");
    parley_store_close(store);
    for (int mode = 0; mode < 2; mode++) { /* where the file may be written, and where not */
        assert_int_equal(chmod(box.path, mode == 0 ? 0600 : 0400), 0);
        now = 1;
        for (uint64_t n = 0; now > 0; n++) {
            parley_error err = PARLEY_ERROR_INIT;
            uint32_t parties = 0;
            fault_vfs_arm(FAULT_PHANTOM, n, false, SQLITE_OK);
            parley_status status = read_all(&box, &parties, &err);
            now = fault_vfs_disarm();
            fired += now;
            if (status != PARLEY_OK) {
                fail_msg("look %d: %s", (int)n, err.message);
            }
            assert_int_equal(parties, 1);
            assert_int_equal(store_box_files(&box), 1);
        }
    }
    assert_true(fired >= 10);
    store_box_done(&box);
}

/* ---- many ---- */

typedef struct seen_head {
    uint64_t seq;
    uint8_t hash[PARLEY_STORE_HASH];
} seen_head;

/* Reads until there are `last` entries or the time is over; writes the heads it saw. */
static _Noreturn void reader(store_box *box, int pipe_end, uint64_t last, double until)
{
    uint64_t before = 0;
    int bad = 0;
    while (bad == 0 && before < last && seconds() < until) {
        parley_store *store = NULL;
        parley_case *c = NULL;
        parley_head head = {0};
        parley_store_options options = box->options;
        options.write = false;
        parley_error told = PARLEY_ERROR_INIT;
        if (parley_store_open(&store, box->ctx, box->path, &options, &told) != PARLEY_OK ||
            parley_store_case(&c, store, PARLEY_STORE_NOW, NULL, NULL, &head, &told) != PARLEY_OK) {
            fprintf(stderr, "a reader: %s\n", told.message);
            bad = 1;
        } else if (parley_case_parties(c) % 2 != 0 || head.seq < before) {
            bad = 2; /* half of a transaction, or back in time */
        } else if (head.seq > before) {
            seen_head one = {.seq = head.seq};
            memcpy(one.hash, head.hash, sizeof(one.hash));
            bad = write(pipe_end, &one, sizeof(one)) == (ssize_t)sizeof(one) ? 0 : 3;
            before = head.seq;
        }
        parley_case_free(c);
        parley_store_close(store);
    }
    _exit(bad);
}

typedef struct chain {
    uint8_t (*hash)[PARLEY_STORE_HASH];
    uint64_t room;
} chain;

static bool keep_hash(void *user, const parley_entry *entry)
{
    chain *c = user;
    if (entry->seq < c->room) {
        memcpy(c->hash[entry->seq], entry->hash, PARLEY_STORE_HASH);
    }
    return true;
}

/* Every head that was seen is that of the entry with its number. */
static uint64_t check_heads(parley_store *store, int pipe_end, uint64_t entries)
{
    parley_error err = PARLEY_ERROR_INIT;
    chain c = {calloc(entries + 1, PARLEY_STORE_HASH), entries + 1};
    uint64_t heads = 0;
    assert_non_null(c.hash);
    check_ok(parley_store_each(store, 1, keep_hash, &c, &err), &err);
    for (seen_head one; read(pipe_end, &one, sizeof(one)) == (ssize_t)sizeof(one); heads++) {
        assert_true(one.seq > 0 && one.seq <= entries);
        assert_memory_equal(one.hash, c.hash[one.seq], sizeof(one.hash));
    }
    free(c.hash);
    return heads;
}

static void each_of_twenty_readers_sees_a_prefix_of_what_is_written(void **state)
{
    (void)state;
    enum { READERS = 20 };
    const char *asked = getenv("PARLEY_BESIDE_SECONDS");
    double length = asked != NULL ? strtod(asked, NULL) : 1.5;
    uint64_t writes = asked != NULL ? UINT64_MAX : 40;
    pid_t child[READERS];
    int pipes[2];
    store_box box;
    parley_error err = PARLEY_ERROR_INIT;
    store_box_make(&box);
    box.options.wait_ms = 20000;
    parley_store_close(store_create(&box));
    assert_int_equal(pipe(pipes), 0);
    double until = seconds() + (asked != NULL ? length : 60);
    uint64_t last = asked != NULL ? UINT64_MAX : 1 + 2 * writes;
    for (int i = 0; i < READERS; i++) {
        child[i] = fork();
        assert_true(child[i] >= 0);
        if (child[i] == 0) {
            close(pipes[0]);
            reader(&box, pipes[1], last, until);
        }
    }
    close(pipes[1]);
    parley_store *store = store_open(&box, true);
    uint64_t n = 0;
    for (; n < writes && seconds() < until; n++) {
        char words[80];
        check_ok(parley_store_begin(store, &err), &err);
        for (int k = 0; k < 2; k++) { /* two parties at a time; most of them go again */
            if (n < 100) {
                snprintf(words, sizeof(words), "parties: {p%d%c: {}}\n", (int)n, 'a' + k);
                store_add(store, PARLEY_ENTRY_PUT, 0, words);
            } else {
                snprintf(words, sizeof(words), "parties: {p%d%c: {name: \"%llu\"}}\n",
                         (int)(n % 100), 'a' + k, (unsigned long long)n);
                store_add(store, PARLEY_ENTRY_CORRECT, 2 + 2 * (n % 100) + (uint64_t)k, words);
            }
        }
        check_ok(parley_store_commit(store, &err), &err);
    }
    uint64_t heads = check_heads(store, pipes[0], 1 + 2 * n);
    for (int i = 0; i < READERS; i++) {
        int status = 0;
        assert_int_equal(waitpid(child[i], &status, 0), child[i]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    print_message("# %llu transactions; readers saw %llu heads\n", (unsigned long long)n,
                  (unsigned long long)heads);
    assert_true(heads >= READERS);
    store_right(&box, store);
    parley_store_close(store);
    assert_int_equal(store_box_files(&box), 1);
    close(pipes[0]);
    store_box_done(&box);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_journal_that_goes_between_two_looks_is_no_obstacle),
        cmocka_unit_test(each_of_twenty_readers_sees_a_prefix_of_what_is_written),
    };
    fault_vfs_install();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
