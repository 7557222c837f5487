/*
 * Numbers of foreign files, exact as typed, and ids made from names.
 */
#include "support/torture.h"

#include "formats/model.h"
#include "formats/names.h"

static void numbers_keep_their_digits(void **state)
{
    (void)state;
    static const char *const same[][2] = {
        {"0.25", "0.25"},
        {".5", "0.5"},
        {"1.", "1"},
        {"-3", "-3"},
        {"+7", "7"},
        {"10.0", "10"},
        {"1e3", "1000"},
        {"4.4829734566424756E-4", "0.00044829734566424756"},
        {"0e999", "0"},
        {"-0", "0"},
        {" 2 ", "2"},
        {"0.363636363636363636", "0.363636363636363636"},
        {"1200e-2", "12"},
        {"000.10", "0.1"},
        {"1e-36", "0.000000000000000000000000000000000001"},
    };
    for (size_t i = 0; i < CHECK_COUNT(same); i++) {
        fmt_number n;
        char text[FMT_NUMBER_MAX];
        bool rounded = false;
        parley_error err = PARLEY_ERROR_INIT;
        check_ok(fmt_number_parse(&n, same[i][0], strlen(same[i][0]), &rounded, &err), &err);
        fmt_number_print(n, text, sizeof text);
        assert_string_equal(text, same[i][1]);
        assert_false(rounded);
    }
}

static void too_many_digits_are_rounded_and_said(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"0.1234567890123456784", "0.123456789012345678"},
        {"0.1234567890123456789", "0.123456789012345679"},
        {"0.1234567890123456785", "0.123456789012345678"}, /* half to even */
        {"0.12345678901234567850001", "0.123456789012345679"},
        {"1e-40", "0"},
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        fmt_number n;
        char text[FMT_NUMBER_MAX];
        bool rounded = false;
        check_ok(fmt_number_parse(&n, rows[i][0], strlen(rows[i][0]), &rounded, NULL), NULL);
        fmt_number_print(n, text, sizeof text);
        assert_string_equal(text, rows[i][1]);
        assert_true(rounded);
    }
}

static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",     " ",   ".",     "-",   "e5",       "1e",  "1e+",
                                      "0x10", "1,5", "1.2.3", "NaN", "Infinity", "1 2", "two"};
    for (size_t i = 0; i < CHECK_COUNT(bad); i++) {
        fmt_number n;
        parley_error err = PARLEY_ERROR_INIT;
        check_fails(fmt_number_parse(&n, bad[i], strlen(bad[i]), NULL, &err), PARLEY_SYNTAX, &err);
    }
    fmt_number n;
    parley_error err = PARLEY_ERROR_INIT;
    check_fails(fmt_number_parse(&n, "1e30", 4, NULL, &err), PARLEY_RANGE, &err);
}

static fmt_number of(const char *text)
{
    fmt_number n;
    check_ok(fmt_number_parse(&n, text, strlen(text), NULL, NULL), NULL);
    return n;
}

static void numbers_are_compared_and_reckoned_exactly(void **state)
{
    (void)state;
    assert_int_equal(fmt_number_compare(of("0.30"), of("3e-1")), 0);
    assert_int_equal(fmt_number_compare(of("-1"), of("1e-30")), -1);
    assert_int_equal(fmt_number_compare(of("1e18"), of("1e-36")), 1);
    assert_int_equal(fmt_number_compare(of("-1e18"), of("-1e-36")), -1);
    assert_int_equal(fmt_number_compare(of("0"), of("-2")), 1);
    fmt_number n;
    bool rounded = false;
    assert_true(fmt_number_add(&n, of("0.1"), of("0.2")));
    assert_int_equal(fmt_number_compare(n, of("0.3")), 0);
    assert_true(fmt_number_mul(&n, of("0.4"), of("2.5")));
    assert_int_equal(fmt_number_compare(n, of("1")), 0);
    assert_true(fmt_number_div(&n, of("1"), of("8"), &rounded));
    assert_int_equal(fmt_number_compare(n, of("0.125")), 0);
    assert_false(rounded);
    assert_true(fmt_number_div(&n, of("-2"), of("3"), &rounded));
    assert_int_equal(fmt_number_compare(n, of("-0.666666666666666667")), 0);
    assert_true(rounded);
    rounded = false;
    assert_true(fmt_number_line(&n, of("0.5"), of("-3"), of("2"), &rounded));
    assert_int_equal(fmt_number_compare(n, of("0.5")), 0);
    assert_false(rounded);
    assert_true(fmt_number_line(&n, of("32"), of("0.123456789012345678"), of("-1"), &rounded));
    assert_int_equal(fmt_number_compare(n, of("2.9506172483950617")), 0);
    assert_true(rounded);
    int64_t steps = 0;
    assert_true(fmt_number_steps(of("10"), of("12.5"), of("0.5"), &steps));
    assert_int_equal(steps, 5);
    assert_false(fmt_number_steps(of("10"), of("12.4"), of("0.5"), &steps));
    assert_false(fmt_number_steps(of("10"), of("9"), of("0.5"), &steps));
    assert_false(fmt_number_whole(of("1.5"), &steps));
    assert_true(fmt_number_whole(of("15e2"), &steps));
    assert_int_equal(steps, 1500);
}

static void ids_are_made_from_names(void **state)
{
    (void)state;
    static const struct {
        fmt_id_kind kind;
        const char *name;
        const char *id;
    } rows[] = {
        {FMT_ID_ISSUE, "Size of Fund", "Size-of-Fund"},
        {FMT_ID_OPTION, "$100 Billion", "o-100-Billion"},
        {FMT_ID_OPTION, "No", "o-No"},
        {FMT_ID_OPTION, "yes", "o-yes"},
        {FMT_ID_ISSUE, "Not", "i-Not"},
        {FMT_ID_PARTY, "team", "p-team"},
        {FMT_ID_OPTION, "Café  über", "Cafe-uber"},
        {FMT_ID_OPTION, "łódź", "lodz"},
        {FMT_ID_OPTION, "河", "option-3"},
        {FMT_ID_ISSUE, "", "issue-3"},
        {FMT_ID_ISSUE, "___", "issue-3"},
        {FMT_ID_OPTION, "a - b", "a-b"},
        {FMT_ID_OPTION, "-5", "o-5"},
        {FMT_ID_OPTION, "issueA", "issueA"},
        {FMT_ID_OPTION, "Creation of committee to discuss creation of fund",
         "Creation-of-committee-to-discuss"},
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        char id[FMT_ID_MAX];
        fmt_id_from(id, rows[i].kind, rows[i].name, 3);
        assert_string_equal(id, rows[i].id);
    }
}

static void equal_names_get_different_ids(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    fmt_map taken = {.arena = parley_arena_new(ctx)};
    assert_string_equal(fmt_id_take(&taken, FMT_ID_OPTION, "a b", 1), "a-b");
    assert_string_equal(fmt_id_take(&taken, FMT_ID_OPTION, "a, b", 2), "a-b-2");
    assert_string_equal(fmt_id_take(&taken, FMT_ID_OPTION, "a-b-2", 3), "a-b-2-2");
    assert_string_equal(fmt_id_take(&taken, FMT_ID_OPTION, "a/b", 4), "a-b-3");
    assert_string_equal(fmt_id_take(&taken, FMT_ID_OPTION, "c", 5), "c");
    assert_string_equal(fmt_id_take(&taken, FMT_ID_OPTION, "c-2", 6), "c-2");
    assert_string_equal(fmt_id_take(&taken, FMT_ID_OPTION, "c", 7), "c-3");
    /* many equal names take no longer than many different ones */
    for (uint32_t i = 0; i < 20000; i++)
        assert_non_null(fmt_id_take(&taken, FMT_ID_OPTION, "x", i));
    assert_true(fmt_map_find(&taken, "x-20000") >= 0);
    assert_true(fmt_map_find(&taken, "x-20001") < 0);
    parley_arena_free(taken.arena);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_keep_their_digits),
        cmocka_unit_test(too_many_digits_are_rounded_and_said),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(numbers_are_compared_and_reckoned_exactly),
        cmocka_unit_test(ids_are_made_from_names),
        cmocka_unit_test(equal_names_get_different_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
