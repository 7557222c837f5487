/* Errors: set once, one clean line, printed with the place. */
#include "support/check.h"

#include <string.h>

static parley_status fail_in_helper(parley_error *err)
{
    return parley_fail(err, PARLEY_RANGE, "weight %d is above %d", 120, 100);
}

static void failing_returns_the_status_and_fills_the_error(void **state)
{
    (void)state;
    parley_error err = PARLEY_ERROR_INIT;
    assert_int_equal(fail_in_helper(&err), PARLEY_RANGE);
    assert_int_equal(err.status, PARLEY_RANGE);
    assert_string_equal(err.message, "weight 120 is above 100");
    assert_string_equal(err.hint, "");
    assert_non_null(strstr(err.at_file, "test_error.c"));
    assert_true(err.at_line > 0);
}

static void failing_without_an_error_object_returns_the_status(void **state)
{
    (void)state;
    assert_int_equal(fail_in_helper(NULL), PARLEY_RANGE);
    parley_error_hint(NULL, "nothing");
    parley_error_clear(NULL);
}

static void an_error_that_is_set_is_not_overwritten(void **state)
{
    (void)state;
    parley_error err = PARLEY_ERROR_INIT;
    fail_in_helper(&err);
    parley_error_hint(&err, "first");
    assert_int_equal(parley_fail(&err, PARLEY_IO, "later"), PARLEY_IO);
    parley_error_hint(&err, "second");
    assert_int_equal(err.status, PARLEY_RANGE);
    assert_string_equal(err.message, "weight 120 is above 100");
    assert_string_equal(err.hint, "first");
}

static void a_cleared_error_can_be_set_again(void **state)
{
    (void)state;
    parley_error err = PARLEY_ERROR_INIT;
    fail_in_helper(&err);
    parley_error_clear(&err);
    assert_int_equal(err.status, PARLEY_OK);
    assert_string_equal(err.message, "");
    parley_fail(&err, PARLEY_IO, "later");
    assert_int_equal(err.status, PARLEY_IO);
}

static void a_hint_without_an_error_is_dropped(void **state)
{
    (void)state;
    parley_error err = PARLEY_ERROR_INIT;
    parley_error_hint(&err, "nothing went wrong");
    assert_string_equal(err.hint, "");
}

static void a_printed_error_leaves_out_the_parts_that_are_empty(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        parley_span span;
        const char *hint;
        const char *line;
    } rows[] = {
        {"case.yaml", {5, 9, 14, 9}, "write 3", "case.yaml:14:9: bad thing; write 3"},
        {"case.yaml", {5, 9, 14, 9}, "", "case.yaml:14:9: bad thing"},
        {"case.yaml", {0, 0, 0, 0}, "", "case.yaml: bad thing"},
        {NULL, {5, 9, 14, 9}, "", "14:9: bad thing"},
        {NULL, {0, 0, 0, 0}, "write 3", "bad thing; write 3"},
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        parley_error err = PARLEY_ERROR_INIT;
        char line[200];
        parley_fail_at(&err, PARLEY_INVALID, rows[i].source, rows[i].span, "bad %s", "thing");
        if (rows[i].hint[0] != '\0') {
            parley_error_hint(&err, "%s", rows[i].hint);
        }
        assert_int_equal(parley_error_print(&err, line, sizeof line), strlen(rows[i].line));
        assert_string_equal(line, rows[i].line);
    }
}

static void printing_into_a_small_buffer_tells_the_whole_length(void **state)
{
    (void)state;
    parley_error err = PARLEY_ERROR_INIT;
    char line[5] = "xxxx";
    parley_fail(&err, PARLEY_INVALID, "0123456789");
    assert_int_equal(parley_error_print(&err, line, sizeof line), 10);
    assert_string_equal(line, "0123");
    assert_int_equal(parley_error_print(&err, NULL, 0), 10);
}

static void an_error_that_is_not_set_prints_as_nothing(void **state)
{
    (void)state;
    parley_error err = PARLEY_ERROR_INIT;
    char line[20] = "x";
    assert_int_equal(parley_error_print(&err, line, sizeof line), 0);
    assert_string_equal(line, "");
}

static void quoted_input_cannot_break_the_line_or_drive_the_terminal(void **state)
{
    (void)state;
    parley_error err = PARLEY_ERROR_INIT;
    parley_fail_at(&err, PARLEY_INVALID, "a\nb\x1b.yaml", PARLEY_SPAN_NONE, "name '%s' is bad",
                   "x\ny\x1b[31m\x7f\xC2\x9Bz\xff!");
    parley_error_hint(&err, "not '%s'", "\t\r\n");
    assert_string_equal(err.message, "name 'x y?[31m??z?!' is bad");
    assert_string_equal(err.source, "a b?.yaml");
    assert_string_equal(err.hint, "not '   '");
}

static void a_message_too_long_is_cut_between_characters(void **state)
{
    (void)state;
    char longer[3 * PARLEY_ERROR_MESSAGE_MAX + 1];
    for (size_t shift = 0; shift < 3; shift++) {
        parley_error err = PARLEY_ERROR_INIT;
        memset(longer, 'x', shift);
        for (size_t i = shift; i + 3 < sizeof longer; i += 3) {
            memcpy(longer + i, "\xE2\x82\xAC", 4);
        }
        parley_fail(&err, PARLEY_INVALID, "%s", longer);
        assert_true(parley_utf8_valid(err.message, strlen(err.message), NULL));
        assert_true(strlen(err.message) > PARLEY_ERROR_MESSAGE_MAX - 5);
        assert_memory_equal(err.message, longer, strlen(err.message));
    }
}

static void every_status_has_a_word_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < PARLEY_STATUS_COUNT; i++) {
        assert_true(strlen(parley_status_word((parley_status)i)) > 0);
        for (int j = 0; j < i; j++) {
            assert_string_not_equal(parley_status_word((parley_status)i),
                                    parley_status_word((parley_status)j));
        }
    }
    assert_string_equal(parley_status_word(PARLEY_OK), "ok");
    assert_string_equal(parley_status_word((parley_status)99), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failing_returns_the_status_and_fills_the_error),
        cmocka_unit_test(failing_without_an_error_object_returns_the_status),
        cmocka_unit_test(an_error_that_is_set_is_not_overwritten),
        cmocka_unit_test(a_cleared_error_can_be_set_again),
        cmocka_unit_test(a_hint_without_an_error_is_dropped),
        cmocka_unit_test(a_printed_error_leaves_out_the_parts_that_are_empty),
        cmocka_unit_test(printing_into_a_small_buffer_tells_the_whole_length),
        cmocka_unit_test(an_error_that_is_not_set_prints_as_nothing),
        cmocka_unit_test(quoted_input_cannot_break_the_line_or_drive_the_terminal),
        cmocka_unit_test(a_message_too_long_is_cut_between_characters),
        cmocka_unit_test(every_status_has_a_word_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
