/*
 * The export log through its interface: both places say the same, odd ids come back, a product that
 * was not put in place is told, nothing is half written without memory, and a view holds what a
 * copy leaves out.
 */
#include "store_check.h"
#include "support/torture.h"

#include <parley/exports.h>

static const char talks[] =
    "parley: 1\n"
    "mandate: {task: \"ours\"}\n"
    "parties: {ua: {roles: [principal]}, ru: {roles: [principal]}}\n"
    "issues: {arms: {options: {go: \"Go on\", stop: \"Stop\"}}}\n"
    "proposals:\n"
    "  q4: {tabled-by: ua, text: \"arms = stop\", label: public}\n"
    "  q7: {tabled-by: ua, text: \"arms = go\", label: public}\n"
    "claims:\n"
    "  c2: {by: ua, act: say, about: \"ru accepts q7 or ua accepts \\\"q4\\\"\", label: public}\n"
    "  \"two words\": {by: ru, act: say, about: \"a\", label: team}\n"
    "  \"a \\\"quoted\\\" id\": {by: ru, act: say, about: \"b\", label: ru}\n"
    "  c9: {by: ru, act: say, about: c2, label: public}\n"
    "meetings:\n"
    "  - {who: [ua, ru], label: team}\n"
    "  - {who: [ua, ru], label: public}\n";

static void make_case(const store_box *box, bool on_disk, char path[320])
{
    if (on_disk) {
        snprintf(path, 320, "%s", box->path);
        parley_store *store = store_create((store_box *)(uintptr_t)box);
        parley_store_close(store);
        return;
    }
    snprintf(path, 320, "%s/talks.yaml", box->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(talks, file);
    fclose(file);
}

static parley_status fill(parley_ctx *ctx, parley_view *view, const char *audience,
                          parley_case **out, parley_error *err)
{
    parley_case_options how = PARLEY_CASE_OPTIONS_INIT;
    how.audience = audience;
    how.called = "case";
    how.view = view;
    return parley_case_read(out, ctx, "talks.yaml", talks, strlen(talks), &how, NULL, err);
}

static const parley_export sample = {.verb = "brief",
                                     .form = "html",
                                     .audience = "public",
                                     .recipient = "Frau Müller, \"the\" minister",
                                     .as_of = "2025-03",
                                     .bytes = 12,
                                     .hash = {1, 2, 255}};

static void check_sample(const parley_export *e)
{
    assert_string_equal(e->verb, sample.verb);
    assert_string_equal(e->form, sample.form);
    assert_string_equal(e->audience, sample.audience);
    assert_string_equal(e->recipient, sample.recipient);
    assert_string_equal(e->as_of, sample.as_of);
    assert_null(e->recorded_as_of);
    assert_int_equal(e->bytes, 12);
    assert_memory_equal(e->hash, sample.hash, PARLEY_STORE_HASH);
}

static void what_is_logged_comes_back_from_either_place(void **state)
{
    (void)state;
    for (int on_disk = 0; on_disk < 2; on_disk++) {
        store_box box;
        char path[320];
        parley_error err = PARLEY_ERROR_INIT;
        parley_exports *log = NULL;
        parley_view *view = NULL;
        parley_case *c = NULL;
        const parley_export *list = NULL;
        size_t count = 0;
        uint64_t first = 0;
        uint64_t second = 0;
        store_box_make(&box);
        make_case(&box, on_disk == 1, path);
        parley_arena *arena = parley_arena_new(box.ctx);
        check_ok(parley_view_new(&view, box.ctx, &err), &err);
        check_ok(fill(box.ctx, view, "public", &c, &err), &err);
        parley_export what = sample;
        check_ok(parley_exports_withheld(&what, view, arena, &err), &err);
        check_ok(parley_exports_open(&log, box.ctx, path, true, &box.options, &err), &err);
        check_ok(parley_exports_add(log, &what, &first, &err), &err);
        box.now += STORE_DAY;
        check_ok(parley_exports_add(log, &sample, &second, &err), &err);
        check_ok(parley_exports_withdraw(log, second, "the folder\nwas gone", &err), &err);
        what.recipient = "two\nlines";
        check_fails(parley_exports_add(log, &what, NULL, &err), PARLEY_INVALID, &err);
        parley_exports_close(log);
        parley_error_clear(&err);
        check_ok(parley_exports_open(&log, box.ctx, path, false, &box.options, &err), &err);
        check_ok(parley_exports_read(log, arena, &list, &count, NULL, &err), &err);
        assert_int_equal(count, 3);
        check_sample(&list[0]);
        check_sample(&list[1]);
        assert_int_equal(list[0].number, first);
        assert_int_equal(list[1].when - list[0].when, STORE_DAY);
        assert_int_equal(list[2].target, second);
        assert_int_equal(list[0].withheld_count, 2);
        assert_string_equal(list[0].withheld[0].section, "claims");
        assert_int_equal(list[0].withheld[0].which.count, 2);
        assert_string_equal(list[0].withheld[0].which.at[0], "two words");
        assert_string_equal(list[0].withheld[0].which.at[1], "a \"quoted\" id");
        assert_string_equal(list[0].withheld[1].which.at[0], "1");
        assert_string_equal(list[0].members.at[0], "mandate");
        assert_true(parley_export_withholds(&list[0], "claims", "two words", 0));
        assert_false(parley_export_withholds(&list[0], "claims", "c2", 0));
        assert_true(parley_export_withholds(&list[0], "meetings", NULL, 1));
        assert_false(parley_export_withholds(&list[0], "meetings", NULL, 2));
        parley_exports_close(log);
        parley_case_free(c);
        parley_view_free(view);
        parley_arena_free(arena);
        store_box_done(&box);
    }
}

static void a_view_names_every_record_and_the_copy_knows_nothing_of_it(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    parley_view *view = NULL;
    parley_case *c = NULL;
    check_ok(parley_view_new(&view, ctx, &err), &err);
    assert_false(parley_view_filled(view));
    check_ok(fill(ctx, view, "public", &c, &err), &err);
    assert_true(parley_view_filled(view));
    assert_int_equal(parley_view_rows(view), 2 + 1 + 2 + 4 + 2);
    assert_int_equal(parley_view_pairs(view), 0);
    static const char *const shown[] = {"ua", "ru", "arms", "q1", "q2", "c1",
                                        NULL, NULL, "c2",   NULL, NULL};
    for (uint32_t i = 0; i < parley_view_rows(view); i++) {
        const parley_view_row *row = parley_view_row_at(view, i);
        if (shown[i] == NULL) {
            assert_null(row->shown);
        } else {
            assert_string_equal(row->shown, shown[i]);
        }
    }
    assert_string_equal(parley_case_name(c), "case");
    assert_string_equal(parley_case_claim(c, 0)->about.text, "ru accepts q2 or ua accepts \"q1\"");
    assert_string_equal(parley_case_claim(c, 1)->about.text, "c1");
    assert_int_equal(parley_case_claim(c, 1)->about.kind, PARLEY_ABOUT_CLAIM);
    parley_case_free(c);
    parley_view_free(view);
    check_ctx_done(ctx);
}

/* A copy that is made, one that is refused, and the log beside a case file. */
static parley_status all_of_it(parley_ctx *ctx, void *user, parley_error *err)
{
    const char *path = user;
    parley_case *c = NULL;
    parley_view *view = NULL;
    parley_exports *log = NULL;
    const parley_export *list = NULL;
    size_t count = 0;
    parley_export what = sample;
    parley_arena *arena = NULL;
    char beside[400];
    snprintf(beside, sizeof(beside), "%s" PARLEY_EXPORTS_ENDING, path);
    unlink(beside);
    parley_status status = parley_view_new(&view, ctx, err);
    if (status == PARLEY_OK) {
        status = fill(ctx, view, "public", &c, err);
    }
    parley_case_free(c);
    arena = parley_arena_new(ctx);
    if (status == PARLEY_OK && arena == NULL) {
        status = parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    if (status == PARLEY_OK) {
        status = parley_exports_withheld(&what, view, arena, err);
    }
    if (status == PARLEY_OK) {
        status = parley_exports_open(&log, ctx, path, true, NULL, err);
    }
    if (status == PARLEY_OK) {
        status = parley_exports_add(log, &what, NULL, err);
    }
    if (status == PARLEY_OK) {
        status = parley_exports_read(log, arena, &list, &count, NULL, err);
    }
    if (status == PARLEY_OK) {
        assert_int_equal(count, 1);
    }
    parley_exports_close(log);
    parley_view_free(view);
    parley_arena_free(arena);
    return status;
}

static parley_status refused(parley_ctx *ctx, void *user, parley_error *err)
{
    static const char text[] =
        "parley: 1\n"
        "parties: {ua: {roles: [principal]}, ru: {roles: [principal]}}\n"
        "claims:\n"
        "  c1: {by: ua, act: say, about: \"a\", label: ru}\n"
        "  c2: {by: ua, act: say, about: c1, label: team}\n"
        "readings:\n"
        "  m1: {party: ru, accepts: \"true\", because: \"see c2\", from: [c2], label: public}\n";
    parley_case_options how = PARLEY_CASE_OPTIONS_INIT;
    parley_case *c = NULL;
    (void)user;
    how.audience = "public";
    parley_status status = parley_view_new(&how.view, ctx, err);
    if (status == PARLEY_OK) {
        status = parley_case_read(&c, ctx, "t.yaml", text, strlen(text), &how, NULL, err);
        assert_int_not_equal(status, PARLEY_OK);
    }
    if (status == PARLEY_DENIED) {
        const parley_view_pair *pair = parley_view_pair_at(how.view, 0);
        assert_int_equal(parley_view_pairs(how.view), 1);
        assert_string_equal(pair->says, "see c2");
        assert_string_equal(pair->may_see, "team");
        assert_string_equal(pair->wider, "public");
        assert_int_equal(pair->behind_count, 1);
        assert_string_equal(parley_view_row_at(how.view, pair->behind[0])->id, "c1");
        assert_int_equal(parley_view_mentions(how.view), 1);
        if (err != NULL) {
            parley_error_clear(err);
        }
        status = PARLEY_OK;
    }
    parley_view_free(how.view);
    parley_case_free(c);
    return status;
}

static void without_memory_nothing_is_lost_and_nothing_is_half_told(void **state)
{
    (void)state;
    store_box box;
    char path[320];
    store_box_make(&box);
    make_case(&box, false, path);
    torture(all_of_it, path, 40);
    torture(refused, NULL, 12);
    store_box_done(&box);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_logged_comes_back_from_either_place),
        cmocka_unit_test(a_view_names_every_record_and_the_copy_knows_nothing_of_it),
        cmocka_unit_test(without_memory_nothing_is_lost_and_nothing_is_half_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
