/*
 * The case on disk: what goes in comes out, at every moment; what may be added, and what not.
 */
#include "deal/random_case.h"
#include "store/store_check.h"
#include "support/torture.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <time.h>

static const char *folder;

/* ---- making and opening ---- */

static void a_new_file_is_for_its_owner_only_and_stands_alone(void **state)
{
    (void)state;
    store_box box;
    struct stat info;
    store_box_make(&box);
    mode_t before = umask(0);
    parley_store *store = store_create(&box);
    umask(before);
    assert_int_equal(stat(box.path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_true(parley_store_is(box.path));
    assert_int_equal(store_right(&box, store).entries, 1);
    store_write(store, PARLEY_ENTRY_PUT, 0, "title: \"One\"\n");
    parley_store_close(store);
    assert_int_equal(store_box_files(&box), 1);

    parley_error err = PARLEY_ERROR_INIT;
    check_fails(parley_store_create(&store, box.ctx, box.path, NULL, &box.options, &err),
                PARLEY_CONFLICT, &err);
    assert_null(store);
    store = store_open(&box, false);
    assert_int_equal(store_right(&box, store).records, 1);
    parley_store_close(store);
    assert_int_equal(store_box_files(&box), 1);
    store_box_done(&box);
}

static void names_that_mean_something_to_the_library_are_plain_names(void **state)
{
    (void)state;
    static const char *const names[] = {":memory:", "file:x.parley?mode=memory", "a b'c\".parley",
                                        "-journal"};
    store_box box;
    char here[1024];
    store_box_make(&box);
    assert_non_null(getcwd(here, sizeof(here)));
    assert_int_equal(chdir(box.folder), 0);
    for (size_t i = 0; i < CHECK_COUNT(names); i++) {
        parley_error err = PARLEY_ERROR_INIT;
        parley_store *store = NULL;
        check_ok(parley_store_create(&store, box.ctx, names[i], NULL, &box.options, &err), &err);
        assert_string_equal(parley_store_path(store), names[i]);
        parley_store_close(store);
        assert_int_equal(access(names[i], R_OK), 0);
    }
    assert_int_equal(store_box_files(&box), (int)CHECK_COUNT(names));
    assert_int_equal(chdir(here), 0);
    store_box_done(&box);
}

static void a_reader_cannot_write_and_nothing_is_added_outside_a_transaction(void **state)
{
    (void)state;
    store_box box;
    parley_error err = PARLEY_ERROR_INIT;
    store_box_make(&box);
    parley_store *store = store_create(&box);
    check_fails(parley_store_add(store, NULL, PARLEY_ENTRY_PUT, 0, "title: a\n", 9, &err),
                PARLEY_STATE, &err);
    parley_error_clear(&err);
    check_fails(parley_store_commit(store, &err), PARLEY_STATE, &err);
    parley_error_clear(&err);
    check_ok(parley_store_begin(store, &err), &err);
    check_fails(parley_store_begin(store, &err), PARLEY_STATE, &err);
    parley_error_clear(&err);
    store_add(store, PARLEY_ENTRY_PUT, 0, "title: \"never\"\n");
    parley_store_rollback(store);
    assert_int_equal(store_right(&box, store).entries, 1);
    parley_store_close(store);
    store = store_open(&box, false);
    check_fails(parley_store_begin(store, &err), PARLEY_STATE, &err);
    parley_store_close(store);
    store_box_done(&box);
}

/* ---- what may be added ---- */

static void refuse(parley_store *store, parley_entry_kind kind, uint64_t target, const char *words,
                   parley_status wanted)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = parley_store_add(store, NULL, kind, target, words, strlen(words), &err);
    if (status != wanted) {
        fail_msg("%s %d '%s' gives '%s': %s", parley_entry_kind_word(kind), (int)target, words,
                 parley_status_word(status), err.message);
    }
    check_fails(status, wanted, &err);
}

static void entries_that_say_nothing_right_are_refused_and_leave_no_trace(void **state)
{
    (void)state;
    store_box box;
    parley_error err = PARLEY_ERROR_INIT;
    store_box_make(&box);
    parley_store *store = store_create(&box);
    check_ok(parley_store_begin(store, &err), &err);
    uint64_t ru = store_add(store, PARLEY_ENTRY_PUT, 0, "parties: {ru: {roles: [principal]}}\n");
    uint64_t title = store_add(store, PARLEY_ENTRY_PUT, 0, "title: \"A\"\n");
    uint64_t empty = store_add(store, PARLEY_ENTRY_PUT, 0, "rules: {}\n");
    uint64_t answer =
        store_add(store, PARLEY_ENTRY_PUT, 0, "meetings: [{who: team, place: one}]\n");

    refuse(store, PARLEY_ENTRY_PUT, 0, "parties: {ru: {name: \"R\"}}\n", PARLEY_CONFLICT);
    refuse(store, PARLEY_ENTRY_PUT, 0, "parties: {}\n", PARLEY_CONFLICT);
    refuse(store, PARLEY_ENTRY_PUT, 0, "title: \"B\"\n", PARLEY_CONFLICT);
    refuse(store, PARLEY_ENTRY_PUT, 0, "parties: {a: {}, b: {}}\n", PARLEY_INVALID);
    refuse(store, PARLEY_ENTRY_PUT, 0, "parties: [{a: 1}]\n", PARLEY_INVALID);
    refuse(store, PARLEY_ENTRY_PUT, 0, "title: a\nas-of: 2025-01-01\n", PARLEY_INVALID);
    refuse(store, PARLEY_ENTRY_PUT, 0, "titel: a\n", PARLEY_INVALID);
    refuse(store, PARLEY_ENTRY_PUT, 0, "parties: {a: {]\n", PARLEY_SYNTAX);
    refuse(store, PARLEY_ENTRY_PUT, 0, "title: \"\xFF\"\n", PARLEY_SYNTAX);
    refuse(store, PARLEY_ENTRY_PUT, 1, "title: a\n", PARLEY_INVALID);
    refuse(store, PARLEY_ENTRY_PUT, 0, "", PARLEY_INVALID);
    refuse(store, PARLEY_ENTRY_BEGIN, 0, "", PARLEY_INVALID);
    refuse(store, PARLEY_ENTRY_IMPORT, 0, "\xFF", PARLEY_SYNTAX);
    refuse(store, PARLEY_ENTRY_CORRECT, 0, "title: b\n", PARLEY_NOTFOUND);
    refuse(store, PARLEY_ENTRY_CORRECT, 99, "title: b\n", PARLEY_NOTFOUND);
    refuse(store, PARLEY_ENTRY_CORRECT, 1, "title: b\n", PARLEY_CONFLICT);
    refuse(store, PARLEY_ENTRY_CORRECT, ru, "title: b\n", PARLEY_CONFLICT);
    refuse(store, PARLEY_ENTRY_CORRECT, ru, "parties: {ua: {}}\n", PARLEY_CONFLICT);
    refuse(store, PARLEY_ENTRY_CORRECT, answer, "expected: [{what: x}]\n", PARLEY_CONFLICT);
    refuse(store, PARLEY_ENTRY_REMOVE, 1, "why", PARLEY_CONFLICT);

    store_add(store, PARLEY_ENTRY_CORRECT, ru, "parties: {ru: {name: \"R\"}}\n");
    store_add(store, PARLEY_ENTRY_CORRECT, ru, "parties: {ru: {name: \"S\"}}\n");
    store_add(store, PARLEY_ENTRY_REMOVE, title, "not settled");
    refuse(store, PARLEY_ENTRY_CORRECT, title, "title: b\n", PARLEY_CONFLICT);
    refuse(store, PARLEY_ENTRY_REMOVE, title, "", PARLEY_CONFLICT);
    store_add(store, PARLEY_ENTRY_PUT, 0, "title: \"B\"\n");
    store_add(store, PARLEY_ENTRY_PUT, 0, "rules: {r: {formula: \"true\"}}\n");
    store_add(store, PARLEY_ENTRY_CORRECT, answer, "meetings: [{who: team, place: three}]\n");
    (void)empty;
    check_ok(parley_store_commit(store, &err), &err);
    assert_int_equal(store_right(&box, store).entries, 11);

    parley_text *text = text_of(box.ctx);
    check_ok(parley_store_text(store, PARLEY_STORE_NOW, text, NULL, NULL, NULL, NULL, &err), &err);
    assert_string_equal(parley_text_data(text),
                        "parley: 1\nparties:\n  ru: {name: S}\nrules:\n  r: {formula: \"true\"}\n"
                        "meetings:\n  - {who: team, place: three}\ntitle: B\n");
    parley_text_free(text);
    parley_store_close(store);
    store_box_done(&box);
}

/* ---- round trips ---- */

static void goes_round(store_box *box, const parley_case *c, const char *what)
{
    char *before = write_case(box->ctx, c, false);
    parley_store *store = store_create(box);
    store_take(store, c, false);
    char *after = store_yaml(box->ctx, store, PARLEY_STORE_NOW);
    if (strcmp(before, after) != 0) {
        fail_msg("%s comes out differently:\n%s\n---\n%s", what, before, after);
    }
    parley_verify_result v = store_right(box, store);
    const parley_import_result again = store_take(store, c, true);
    assert_int_equal(again.added + again.corrected + again.removed, 0);
    assert_int_equal(again.unchanged, v.records);
    assert_int_equal(store_right(box, store).entries, v.entries);
    parley_store_close(store);
    store_box_empty(box);
    free(after);
    free(before);
}

static void shipped_cases_go_to_disk_and_come_back_the_same(void **state)
{
    (void)state;
    store_box box;
    store_box_make(&box);
    for (size_t i = 0; i < CHECK_COUNT(shipped_names); i++) {
        parley_case *c = load_shipped(box.ctx, folder, shipped_names[i], NULL);
        goes_round(&box, c, shipped_names[i]);
        parley_case_free(c);
    }
    store_box_done(&box);
}

static void random_cases_go_to_disk_and_come_back_the_same(void **state)
{
    (void)state;
    store_box box;
    store_box_make(&box);
    for (uint64_t key = 1; key <= 60; key++) {
        random_case rc;
        char name[40];
        random_case_make(&rc, key, NULL);
        char *text = random_case_text(&rc, key % 3);
        parley_case *c = read_text(box.ctx, "random.yaml", text, NULL);
        snprintf(name, sizeof(name), "random case %d", (int)key);
        goes_round(&box, c, name);
        parley_case_free(c);
        free(text);
        random_case_free(&rc);
    }
    store_box_done(&box);
}

static void strange_texts_survive(void **state)
{
    (void)state;
    static const char text[] =
        "parley: 1\n"
        "title: \"'; DROP TABLE entry; --\"\n"
        "note: \"tab\\t line\\nend \\x1b[31m \\u202e \\\"quotes\\\" \\\\ : # & * ! | > % @ `\"\n"
        "claims: {}\n"
        "figures:\n"
        "parties: {\"x'); DELETE FROM payload; --\": {name: \"\\u00e9 e\\u0301 \\U0001F54A\"}, "
        "\"no\": {}}\n"
        "meetings:\n"
        "  - {who: team, place: \"\"}\n"
        "  - {who: team, place: \"\"}\n"
        "  - {who: team, place: \"  blanks  \"}\n"
        "  - who: team\n    place: |\n"
        "      several\n"
        "      lines\n";
    store_box box;
    store_box_make(&box);
    parley_case *c = read_text(box.ctx, "strange.yaml", text, NULL);
    goes_round(&box, c, "the strange case");
    parley_case_free(c);
    store_box_done(&box);
}

/* ---- imports ---- */

static void an_edited_file_becomes_corrections(void **state)
{
    (void)state;
    static const char first[] =
        "parley: 1\ntitle: A\nparties: {a: {name: One}, b: {name: Two}}\n"
        "meetings:\n  - {who: team, place: one}\n  - {who: team, place: two}\n";
    static const char second[] =
        "parley: 1\ntitle: B\nparties: {a: {name: One}, b: {name: Zwei}, "
        "c: {}}\nmeetings:\n  - {who: team, place: two}\n  - {who: team, place: three}\n";
    store_box box;
    store_box_make(&box);
    parley_store *store = store_create(&box);
    parley_case *a = read_text(box.ctx, "a.yaml", first, NULL);
    parley_case *b = read_text(box.ctx, "b.yaml", second, NULL);
    parley_import_result r = store_take(store, a, false);
    assert_int_equal(r.added, 6);
    box.now += STORE_DAY;
    r = store_take(store, b, false);
    assert_int_equal(r.added, 2);
    assert_int_equal(r.corrected, 2);
    assert_int_equal(r.removed, 0);
    assert_int_equal(r.unchanged, 3);
    char *text = store_yaml(box.ctx, store, PARLEY_STORE_NOW);
    assert_string_equal(text, "parley: 1\ntitle: B\nparties:\n  a: {name: One}\n  b: {name: Zwei}\n"
                              "  c: {}\nmeetings:\n  - {who: team, place: one}\n  - {who: team, "
                              "place: two}\n  - {who: team, place: three}\n");
    free(text);
    box.now += STORE_DAY;
    r = store_take(store, a, true);
    assert_int_equal(r.added, 0);
    assert_int_equal(r.corrected, 2);
    assert_int_equal(r.removed, 2);
    assert_int_equal(r.unchanged, 4);
    text = store_yaml(box.ctx, store, PARLEY_STORE_NOW);
    char *was = write_case(box.ctx, a, false);
    assert_string_equal(text, was);
    free(was);
    free(text);
    text = store_yaml(box.ctx, store, box.now - 1);
    assert_non_null(strstr(text, "Zwei"));
    free(text);
    store_right(&box, store);
    parley_case_free(b);
    parley_case_free(a);
    parley_store_close(store);
    store_box_done(&box);
}

/* ---- prefixes ---- */

typedef struct replay {
    parley_store *copy;
    store_box *box;
    int64_t by;
} replay;

/* Write an entry of one journal into another, at the moment it had. */
static bool write_again(void *user, const parley_entry *entry)
{
    replay *r = user;
    if (entry->recorded > r->by) {
        return false;
    }
    if (entry->kind != PARLEY_ENTRY_BEGIN) {
        parley_error err = PARLEY_ERROR_INIT;
        r->box->now = entry->recorded;
        check_ok(parley_store_begin(r->copy, &err), &err);
        check_ok(parley_store_add(r->copy, NULL, entry->kind, entry->target, entry->words,
                                  entry->length, &err),
                 &err);
        check_ok(parley_store_commit(r->copy, &err), &err);
    }
    return true;
}

/* A journal of puts, corrections and removals at random moments; gives the last moment. */
static int64_t random_journal(store_box *box, parley_store *store, uint64_t key)
{
    parley_random random = parley_random_stream(key, 77, 0, 0);
    uint64_t held[64];
    char id[64][8];
    uint32_t count = 0;
    uint32_t made = 0;
    for (int i = 0; i < 40; i++) {
        char words[200];
        uint32_t what = parley_random_below(&random, 4);
        box->now += (int64_t)parley_random_below(&random, 3) * (STORE_DAY / 2);
        if (what < 2 || count == 0) {
            snprintf(id[count], sizeof(id[count]), "p%u", ++made);
            snprintf(words, sizeof(words), "parties: {%s: {name: \"first %d\"}}\n", id[count], i);
            held[count++] = store_write(store, PARLEY_ENTRY_PUT, 0, words);
        } else {
            uint32_t k = parley_random_below(&random, count);
            if (what == 2) {
                snprintf(words, sizeof(words), "parties: {%s: {name: \"later %d\"}}\n", id[k], i);
                store_write(store, PARLEY_ENTRY_CORRECT, held[k], words);
            } else {
                store_write(store, PARLEY_ENTRY_REMOVE, held[k], "");
                count--;
                held[k] = held[count];
                memcpy(id[k], id[count], sizeof(id[k]));
            }
        }
    }
    return box->now;
}

static void recorded_as_of_is_a_replay_of_the_prefix(void **state)
{
    (void)state;
    const char *more = getenv("PARLEY_PREFIXES");
    uint64_t journals = more != NULL ? strtoull(more, NULL, 10) : 3;
    for (uint64_t key = 1; key <= journals; key++) {
        store_box box;
        store_box other;
        store_box_make(&box);
        parley_random random = parley_random_stream(key, 78, 0, 0);
        parley_store *store = store_create(&box);
        int64_t begun = box.now;
        int64_t end = random_journal(&box, store, key);
        store_right(&box, store);
        for (int i = 0; i < 5; i++) {
            parley_error err = PARLEY_ERROR_INIT;
            uint32_t span = (uint32_t)((end - begun) / 1000000 + 2);
            int64_t by = begun + (int64_t)parley_random_below(&random, span) * 1000000;
            store_box_make(&other);
            other.now = begun;
            replay r = {store_create(&other), &other, by};
            check_ok(parley_store_each(store, 1, write_again, &r, &err), &err);
            char *a = store_yaml(box.ctx, store, by);
            char *b = store_yaml(other.ctx, r.copy, PARLEY_STORE_NOW);
            assert_string_equal(a, b);
            parley_head ha;
            parley_head hb;
            check_ok(parley_store_head(&ha, store, by, &err), &err);
            check_ok(parley_store_head(&hb, r.copy, PARLEY_STORE_NOW, &err), &err);
            assert_int_equal(ha.seq, hb.seq);
            assert_true(ha.recorded <= by);
            free(a);
            free(b);
            parley_store_close(r.copy);
            store_box_done(&other);
        }
        parley_store_close(store);
        store_box_done(&box);
    }
}

static void nothing_was_recorded_before_the_journal_began(void **state)
{
    (void)state;
    store_box box;
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = NULL;
    store_box_make(&box);
    parley_store *store = store_create(&box);
    check_fails(parley_store_case(&c, store, box.now - 1, NULL, NULL, NULL, &err), PARLEY_NOTFOUND,
                &err);
    assert_null(c);
    assert_non_null(strstr(err.message, "2024-10-04 12:00:00"));
    char *text = store_yaml(box.ctx, store, box.now);
    assert_string_equal(text, "parley: 1\n");
    free(text);
    parley_store_close(store);
    store_box_done(&box);
}

static void a_day_ends_at_midnight_of_utc(void **state)
{
    (void)state;
    static const struct {
        const char *date;
        const char *end;
    } row[] = {{"2025-03-14", "2025-03-14 23:59:59"}, {"2025-02", "2025-02-28 23:59:59"},
               {"2024", "2024-12-31 23:59:59"},       {"before 2025-03-01", "2025-02-28 23:59:59"},
               {"1969-12-31", "1969-12-31 23:59:59"}, {"0001-01-01", "1-01-01 23:59:59"}};
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        parley_date date;
        char text[40];
        check_ok(parley_date_parse(&date, row[i].date, strlen(row[i].date), NULL), NULL);
        parley_store_time_text(parley_store_end_of(date), text);
        assert_string_equal(text, row[i].end);
    }
    assert_int_equal(parley_store_end_of(PARLEY_DATE_INIT), PARLEY_STORE_NOW);
}

static void a_clock_that_stands_before_the_last_entry_does_not_turn_time_back(void **state)
{
    (void)state;
    store_box box;
    parley_error err = PARLEY_ERROR_INIT;
    parley_head head;
    store_box_make(&box);
    int64_t begun = box.now;
    parley_store *store = store_create(&box);
    box.now -= 5 * STORE_DAY;
    store_write(store, PARLEY_ENTRY_PUT, 0, "title: \"A\"\n");
    check_ok(parley_store_head(&head, store, PARLEY_STORE_NOW, &err), &err);
    assert_int_equal(head.recorded, begun);
    store_right(&box, store);
    parley_store_close(store);
    store_box_done(&box);
}

static void rows_know_when_their_words_were_recorded(void **state)
{
    (void)state;
    store_box box;
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = NULL;
    store_box_make(&box);
    parley_store *store = store_create(&box);
    store_write(store, PARLEY_ENTRY_PUT, 0, "rules: {}\n");
    uint64_t a = store_write(store, PARLEY_ENTRY_PUT, 0, "parties: {a: {}}\n");
    int64_t first = box.now;
    store_write(store, PARLEY_ENTRY_PUT, 0, "rules: {r: {formula: \"true\"}}\n");
    box.now += STORE_DAY;
    store_write(store, PARLEY_ENTRY_PUT, 0, "parties: {b: {}}\n");
    store_write(store, PARLEY_ENTRY_PUT, 0, "meetings: [{who: team, place: one}]\n");
    int64_t second = box.now;
    box.now += STORE_DAY;
    store_write(store, PARLEY_ENTRY_CORRECT, a, "parties: {a: {name: \"A\"}}\n");
    check_ok(parley_store_case(&c, store, PARLEY_STORE_NOW, NULL, NULL, NULL, &err), &err);
    assert_int_equal(parley_case_party(c, 0)->record.recorded, box.now);
    assert_int_equal(parley_case_party(c, 1)->record.recorded, second);
    assert_int_equal(parley_case_meeting(c, 0)->record.recorded, second);
    assert_int_equal(parley_case_rule(c, 0)->record.recorded, first);
    parley_case_free(c);
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    options.audience = "public";
    check_ok(parley_store_case(&c, store, PARLEY_STORE_NOW, &options, NULL, NULL, &err), &err);
    assert_int_equal(parley_case_party(c, 0)->record.recorded, 0);
    parley_case_free(c);
    parley_store_close(store);
    store_box_done(&box);
}

/* ---- destroying ---- */

static bool file_holds(const char *path, const char *word)
{
    static char bytes[1 << 20];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t n = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    size_t length = strlen(word);
    for (size_t i = 0; i + length <= n; i++) {
        if (memcmp(bytes + i, word, length) == 0) {
            return true;
        }
    }
    return false;
}

static void destroyed_words_are_gone_from_the_file_and_the_chain_still_verifies(void **state)
{
    (void)state;
    store_box box;
    parley_error err = PARLEY_ERROR_INIT;
    parley_head noted;
    store_box_make(&box);
    parley_store *store = store_create(&box);
    uint64_t one = store_write(store, PARLEY_ENTRY_PUT, 0,
                               "meetings: [{who: team, place: \"the xylophone was promised\"}]\n");
    store_write(store, PARLEY_ENTRY_PUT, 0, "meetings: [{who: team, place: \"something else\"}]\n");
    check_ok(parley_store_head(&noted, store, PARLEY_STORE_NOW, &err), &err);
    assert_true(file_holds(box.path, "xylophone"));

    check_fails(parley_store_destroy(store, &one, 1, "held still", &err), PARLEY_CONFLICT, &err);
    parley_error_clear(&err);
    assert_true(file_holds(box.path, "xylophone"));
    box.now += STORE_DAY;
    uint64_t fixed = store_write(store, PARLEY_ENTRY_CORRECT, one,
                                 "meetings: [{who: team, place: \"zeppelins\"}]\n");
    store_write(store, PARLEY_ENTRY_REMOVE, one, "never happened");
    const uint64_t both[] = {one, fixed};
    const uint64_t twice[] = {one, one};
    const uint64_t wrong[] = {one, 999};
    check_fails(parley_store_destroy(store, twice, 2, "", &err), PARLEY_CONFLICT, &err);
    parley_error_clear(&err);
    check_fails(parley_store_destroy(store, wrong, 2, "", &err), PARLEY_NOTFOUND, &err);
    parley_error_clear(&err);
    store_right(&box, store);
    assert_true(file_holds(box.path, "xylophone"));
    check_ok(parley_store_destroy(store, both, 2, "notes are destroyed at the end", &err), &err);
    check_fails(parley_store_destroy(store, both, 1, "", &err), PARLEY_CONFLICT, &err);
    parley_error_clear(&err);

    parley_verify_result v;
    check_ok(parley_store_verify(&v, store, noted.hash, NULL, &err), &err);
    assert_int_equal(v.faults, 0);
    assert_int_equal(v.destroyed, 2);
    assert_int_equal(v.head_entry, noted.seq);
    parley_store_close(store);
    assert_false(file_holds(box.path, "xylophone"));
    assert_false(file_holds(box.path, "zeppelins"));
    assert_true(file_holds(box.path, "something else"));
    assert_true(file_holds(box.path, "notes are destroyed"));

    store = store_open(&box, false);
    char *then = store_yaml(box.ctx, store, box.now - STORE_DAY); /* it held then, and is gone */
    assert_null(strstr(then, "xylophone"));
    free(then);
    parley_store_close(store);
    store_box_done(&box);
}

/* ---- several at once ---- */

static void readers_beside_a_writer_see_whole_transactions(void **state)
{
    (void)state;
    enum { READERS = 20, WRITES = 30 };
    store_box box;
    parley_error err = PARLEY_ERROR_INIT;
    pid_t child[READERS];
    store_box_make(&box);
    box.options.wait_ms = 20000;
    parley_store_close(store_create(&box));
    for (int i = 0; i < READERS; i++) {
        child[i] = fork();
        assert_true(child[i] >= 0);
        if (child[i] == 0) { /* a and b are always written together */
            uint32_t seen = 0;
            int bad = 0;
            for (int k = 0; k < 400 && seen < 2 * WRITES && bad == 0; k++) {
                parley_store *store = NULL;
                parley_case *c = NULL;
                parley_store_options options = box.options;
                options.write = false;
                parley_error told = PARLEY_ERROR_INIT;
                if (parley_store_open(&store, box.ctx, box.path, &options, &told) != PARLEY_OK ||
                    parley_store_case(&c, store, PARLEY_STORE_NOW, NULL, NULL, NULL, &told) !=
                        PARLEY_OK) {
                    print_error("a reader: %s\n", told.message);
                    bad = 1;
                } else {
                    bad = parley_case_parties(c) % 2 != 0 || parley_case_parties(c) < seen ? 2 : 0;
                    seen = parley_case_parties(c);
                }
                parley_case_free(c);
                parley_store_close(store);
                struct timespec pause = {0, 2000000};
                nanosleep(&pause, NULL);
            }
            _exit(bad);
        }
    }
    parley_store *store = store_open(&box, true);
    for (int i = 0; i < WRITES; i++) {
        char words[80];
        check_ok(parley_store_begin(store, &err), &err);
        for (int k = 0; k < 2; k++) {
            snprintf(words, sizeof(words), "parties: {p%d%c: {}}\n", i, 'a' + k);
            store_add(store, PARLEY_ENTRY_PUT, 0, words);
        }
        check_ok(parley_store_commit(store, &err), &err);
    }
    for (int i = 0; i < READERS; i++) {
        int status = 0;
        assert_int_equal(waitpid(child[i], &status, 0), child[i]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    store_right(&box, store);
    parley_store_close(store);
    assert_int_equal(store_box_files(&box), 1);
    store_box_done(&box);
}

/* ---- memory ---- */

static parley_status all_of_it(parley_ctx *ctx, void *user, parley_error *err)
{
    store_box *box = user;
    static const char text[] =
        "parley: 1\ntitle: T\nsources: {s: {kind: outlet, date: 2025-03-14}}\n"
        "parties: {a: {name: A}, b: {}}\nissues: {i: {options: {x: X, y: Y}}}\n"
        "meetings:\n  - {who: team, place: three}\n"
        "claims:\n  c1: {by: a, act: demand, about: \"i = x\", source: s, date: 2025-03-01}\n"
        "  c2: {by: a, act: say, says: \"words\", repeats: c1, source: s}\n";
    parley_store *store = NULL;
    parley_case *c = NULL;
    parley_case *back = NULL;
    parley_import_result imported;
    parley_verify_result verified;
    store_box_empty(box);
    parley_status status = parley_case_read(&c, ctx, "t.yaml", text, strlen(text), NULL, NULL, err);
    if (status == PARLEY_OK) {
        status = parley_store_create(&store, ctx, box->path, "T", &box->options, err);
    }
    if (status == PARLEY_OK) {
        status = parley_store_begin(store, err);
    }
    if (status == PARLEY_OK) {
        status = parley_store_import(&imported, store, c, NULL, err);
    }
    if (status == PARLEY_OK) {
        status = parley_store_commit(store, err);
    }
    if (status == PARLEY_OK) {
        status = parley_store_case(&back, store, PARLEY_STORE_NOW, NULL, NULL, NULL, err);
    }
    if (status == PARLEY_OK) {
        status = parley_store_verify(&verified, store, NULL, NULL, err);
    }
    parley_case_free(back);
    parley_case_free(c);
    parley_store_close(store);
    return status;
}

static void no_failed_allocation_leaks_or_goes_unnoticed(void **state)
{
    (void)state;
    store_box box;
    store_box_make(&box);
    torture(all_of_it, &box, 200);
    store_box_done(&box);
}

/* An addition that fails half-way leaves the transaction as it was: the next one goes in. */
static void an_entry_that_could_not_be_added_leaves_no_half(void **state)
{
    (void)state;
    store_box box;
    uint64_t failed = 0;
    bool done = false;
    store_box_make(&box);
    for (uint64_t n = 0; !done; n++) {
        static const char first[] =
            "claims: {c1: {by: ru, act: say, says: \"one\", about: \"x\"}}\n";
        static const char second[] =
            "claims: {c1: {by: ua, act: say, says: \"two\", about: \"y\"}}\n";
        torture_allocator t = TORTURE_ALLOCATOR_INIT;
        parley_ctx_options options = torture_options(&t);
        parley_error err = PARLEY_ERROR_INIT;
        parley_ctx *ctx = NULL;
        parley_store *store = NULL;
        store_box_empty(&box);
        check_ok(parley_ctx_new(&ctx, &options, &err), &err);
        check_ok(parley_store_create(&store, ctx, box.path, NULL, &box.options, &err), &err);
        uint64_t put = store_write(store, PARLEY_ENTRY_PUT, 0, first);
        check_ok(parley_store_begin(store, &err), &err);
        t.fail_at = atomic_load(&t.requests) + n;
        parley_status status = parley_store_add(store, NULL, PARLEY_ENTRY_CORRECT, put, second,
                                                sizeof(second) - 1, &err);
        t.fail_at = TORTURE_NEVER;
        done = status == PARLEY_OK;
        failed += done ? 0 : 1;
        if (!done) {
            check_fails(status, PARLEY_NOMEM, &err);
            parley_error_clear(&err);
        }
        store_add(store, PARLEY_ENTRY_PUT, 0, "title: \"T\"\n");
        check_ok(parley_store_commit(store, &err), &err);
        parley_store_close(store);
        parley_ctx_free(ctx);
        torture_check_clean(&t);
        store = store_open(&box, false);
        assert_int_equal(store_right(&box, store).entries, done ? 4 : 3);
        parley_store_close(store);
    }
    assert_true(failed > 20);
    store_box_done(&box);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_file_is_for_its_owner_only_and_stands_alone),
        cmocka_unit_test(names_that_mean_something_to_the_library_are_plain_names),
        cmocka_unit_test(a_reader_cannot_write_and_nothing_is_added_outside_a_transaction),
        cmocka_unit_test(entries_that_say_nothing_right_are_refused_and_leave_no_trace),
        cmocka_unit_test(shipped_cases_go_to_disk_and_come_back_the_same),
        cmocka_unit_test(random_cases_go_to_disk_and_come_back_the_same),
        cmocka_unit_test(strange_texts_survive),
        cmocka_unit_test(an_edited_file_becomes_corrections),
        cmocka_unit_test(recorded_as_of_is_a_replay_of_the_prefix),
        cmocka_unit_test(nothing_was_recorded_before_the_journal_began),
        cmocka_unit_test(a_day_ends_at_midnight_of_utc),
        cmocka_unit_test(a_clock_that_stands_before_the_last_entry_does_not_turn_time_back),
        cmocka_unit_test(rows_know_when_their_words_were_recorded),
        cmocka_unit_test(destroyed_words_are_gone_from_the_file_and_the_chain_still_verifies),
        cmocka_unit_test(readers_beside_a_writer_see_whole_transactions),
        cmocka_unit_test(no_failed_allocation_leaks_or_goes_unnoticed),
        cmocka_unit_test(an_entry_that_could_not_be_added_leaves_no_half),
    };
    folder = argc > 1 ? argv[1] : "cases";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
