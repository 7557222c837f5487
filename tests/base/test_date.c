/* Vague dates, against a calendar walked day by day. */
#include "support/check.h"

#include <stdio.h>
#include <string.h>

/* A calendar that knows nothing but "tomorrow". */
typedef struct walker {
    int year;
    int month;
    int day;
    int32_t number;
} walker;

static bool leap(int year)
{
    return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
}

static int month_length(int year, int month)
{
    switch (month) {
    case 2:
        return leap(year) ? 29 : 28;
    case 4:
    case 6:
    case 9:
    case 11:
        return 30;
    default:
        return 31;
    }
}

static void tomorrow(walker *w)
{
    w->number++;
    if (w->day < month_length(w->year, w->month)) {
        w->day++;
    } else if (w->month < 12) {
        w->day = 1;
        w->month++;
    } else {
        w->day = 1;
        w->month = 1;
        w->year++;
    }
}

static parley_date date(const char *s)
{
    parley_date d;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_date_parse(&d, s, strlen(s), &err), &err);
    return d;
}

static void day_numbers_agree_with_walking_from_year_1_to_9999(void **state)
{
    (void)state;
    assert_int_equal(parley_day_number(1970, 1, 1), 0);
    walker w = {1, 1, 1, parley_day_number(1, 1, 1)};
    while (w.year <= 9999) {
        parley_date back = parley_date_of_day(w.number);
        if (back.year != w.year || back.month != w.month || back.day != w.day ||
            back.first != w.number || back.last != w.number || back.form != PARLEY_DATE_DAY) {
            fail_msg("day %d is %d-%d-%d", w.number, back.year, back.month, back.day);
        }
        if (parley_day_number(w.year, w.month, w.day) != w.number) {
            fail_msg("%d-%d-%d", w.year, w.month, w.day);
        }
        if (w.year == 1970 && w.month == 1 && w.day == 1) {
            assert_int_equal(w.number, 0);
        }
        tomorrow(&w);
    }
}

static void every_day_month_and_year_of_400_years_is_read_and_written(void **state)
{
    (void)state;
    walker w = {1800, 1, 1, parley_day_number(1800, 1, 1)};
    parley_date month = PARLEY_DATE_INIT;
    parley_date year = PARLEY_DATE_INIT;
    while (w.year < 2200) {
        char text[32];
        char again[32];
        snprintf(text, sizeof text, "%04d-%02d-%02d", w.year, w.month, w.day);
        parley_date d = date(text);
        assert_true(d.form == PARLEY_DATE_DAY && d.side == PARLEY_DATE_ON && !d.about);
        assert_true(d.first == w.number && d.last == w.number);
        assert_true(d.year == w.year && d.month == w.month && d.day == w.day);
        assert_int_equal(parley_date_print(d, again, sizeof again), 10);
        assert_string_equal(again, text);
        if (w.day == 1) {
            text[7] = '\0';
            month = date(text);
            assert_int_equal(month.form, PARLEY_DATE_MONTH);
            assert_int_equal(month.first, w.number);
            parley_date_print(month, again, sizeof again);
            assert_string_equal(again, text);
        }
        if (w.day == 1 && w.month == 1) {
            text[4] = '\0';
            year = date(text);
            assert_int_equal(year.form, PARLEY_DATE_YEAR);
            assert_int_equal(year.first, w.number);
            parley_date_print(year, again, sizeof again);
            assert_string_equal(again, text);
        }
        walker next = w;
        tomorrow(&next);
        if (next.day == 1) {
            assert_int_equal(month.last, w.number);
        }
        if (next.year != w.year) {
            assert_int_equal(year.last, w.number);
        }
        w = next;
    }
}

static void all_days_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    for (int year = 1896; year <= 2004; year++) {
        for (int month = 0; month <= 99; month++) {
            for (int day = 0; day <= 99; day++) {
                char text[48];
                snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
                bool exists =
                    month >= 1 && month <= 12 && day >= 1 && day <= month_length(year, month);
                parley_date d;
                parley_status status = parley_date_parse(&d, text, strlen(text), NULL);
                if (status != (exists ? PARLEY_OK : PARLEY_RANGE)) {
                    fail_msg("%s: %s", text, parley_status_word(status));
                }
            }
        }
    }
}

static void sides_bound_the_days_meant(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *inner;
    } rows[] = {{"2025-03-11", "2025-03-11"},
                {"2025-03", "2025-03"},
                {"2024-02", "2024-02"},
                {"2025", "2025"},
                {"0001", "0001"},
                {"9999-12-31", "9999-12-31"}};
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        parley_date on = date(rows[i].inner);
        for (int about = 0; about < 2; about++) {
            char text[40];
            char again[40];
            snprintf(text, sizeof text, "before %s%s", rows[i].text, about ? "~" : "");
            parley_date before = date(text);
            assert_int_equal(before.first, INT32_MIN);
            assert_int_equal(before.last, on.first - 1);
            assert_int_equal(before.about, about);
            parley_date_print(before, again, sizeof again);
            assert_string_equal(again, text);
            snprintf(text, sizeof text, "after %s%s", rows[i].text, about ? "~" : "");
            parley_date after = date(text);
            assert_int_equal(after.first, on.last + 1);
            assert_int_equal(after.last, INT32_MAX);
            parley_date_print(after, again, sizeof again);
            assert_string_equal(again, text);
            snprintf(text, sizeof text, "%s%s", rows[i].text, about ? "~" : "");
            parley_date plain = date(text);
            assert_true(plain.first == on.first && plain.last == on.last);
            parley_date_print(plain, again, sizeof again);
            assert_string_equal(again, text);
        }
    }
}

static void what_is_not_a_date_is_refused_with_a_hint(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",           "2025-3-11",   "25-03-11",
        "2025/03/11", "2025-03-1",   "2025-03-111",
        "2025-",      "2025-03-",    "~",
        "~2025",      "2025~~",      "2025-03~-11",
        "before",     "before ",     "after",
        "before2025", "Before 2025", "before after 2025",
        "2025 ",      " 2025",       "2025-03-11T00:00",
        "yesterday",  "11 Mar 2025", "\xD9\xA2\xD9\xA0\xD9\xA2\xD9\xA5",
        "-2025",      "20255",       "2025-033",
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        parley_error err = PARLEY_ERROR_INIT;
        parley_date d;
        parley_status status = parley_date_parse(&d, rows[i], strlen(rows[i]), &err);
        if (status != PARLEY_SYNTAX) {
            fail_msg("'%s': %s", rows[i], parley_status_word(status));
        }
        check_fails(status, PARLEY_SYNTAX, &err);
        assert_string_equal(err.hint, "write YYYY-MM-DD, YYYY-MM or YYYY, with ~ for about, or "
                                      "'before DATE', 'after DATE'");
        assert_int_equal(d.form, PARLEY_DATE_UNKNOWN);
        assert_int_equal(d.first, INT32_MIN);
    }
}

static void messages_name_the_date_and_the_rule(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *message;
    } rows[] = {
        {"2025-02-30", "'2025-02-30' is not a date: February 2025 has 28 days"},
        {"2024-02-30", "'2024-02-30' is not a date: February 2024 has 29 days"},
        {"before 2025-04-31~", "'before 2025-04-31~' is not a date: April 2025 has 30 days"},
        {"2025-13", "'2025-13' is not a date: there is no month 13"},
        {"2025-00-01", "'2025-00-01' is not a date: there is no month 00"},
        {"0000", "'0000' is not a date: years run from 0001 to 9999"},
        {"soon", "'soon' is not a date"},
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        parley_error err = PARLEY_ERROR_INIT;
        parley_date d;
        assert_int_not_equal(parley_date_parse(&d, rows[i].text, strlen(rows[i].text), &err),
                             PARLEY_OK);
        assert_string_equal(err.message, rows[i].message);
        assert_true(err.hint[0] != '\0');
    }
}

static void spaces_behind_the_side_are_not_kept(void **state)
{
    (void)state;
    char out[40];
    parley_date_print(date("before   2025"), out, sizeof out);
    assert_string_equal(out, "before 2025");
}

static void dates_are_put_into_words(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *with_year;
        const char *without;
    } rows[] = {
        {"2025-03-11", "11 Mar 2025", "11 Mar"},
        {"2025-03-11~", "about 11 Mar 2025", "about 11 Mar"},
        {"2025-03-01", "1 Mar 2025", "1 Mar"},
        {"before 2025-03-11", "before 11 Mar 2025", "before 11 Mar"},
        {"after 2025-09-01~", "after about 1 Sep 2025", "after about 1 Sep"},
        {"2025-03", "March 2025", "March"},
        {"2025-03~", "about March 2025", "about March"},
        {"after 2025-12", "after December 2025", "after December"},
        {"2025", "2025", "2025"},
        {"2025~", "about 2025", "about 2025"},
        {"before 0987", "before 987", "before 987"},
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        char out[64];
        parley_date d = date(rows[i].text);
        assert_int_equal(parley_date_words(d, true, out, sizeof out), strlen(rows[i].with_year));
        assert_string_equal(out, rows[i].with_year);
        assert_int_equal(parley_date_words(d, false, out, sizeof out), strlen(rows[i].without));
        assert_string_equal(out, rows[i].without);
    }
}

static void a_date_not_typed_prints_as_nothing_and_may_be_any_day(void **state)
{
    (void)state;
    char out[16] = "x";
    parley_date d = PARLEY_DATE_INIT;
    parley_date zero;
    memset(&zero, 0, sizeof zero);
    assert_int_equal(parley_date_print(d, out, sizeof out), 0);
    assert_string_equal(out, "");
    parley_date_words(d, true, out, sizeof out);
    assert_string_equal(out, "undated");
    assert_true(parley_date_possibly_by(d, INT32_MIN));
    assert_true(parley_date_possibly_by(zero, -100000));
}

static void possibly_by_looks_at_the_first_day_meant(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *by;
        bool wanted;
    } rows[] = {
        {"2025-03-11", "2025-03-10", false},    {"2025-03-11", "2025-03-11", true},
        {"2025-03", "2025-02-28", false},       {"2025-03", "2025-03-01", true},
        {"2025", "2025-01-01", true},           {"2025", "2024-12-31", false},
        {"before 2025", "1000-01-01", true},    {"after 2025-03-11", "2025-03-11", false},
        {"after 2025-03", "2025-03-31", false}, {"after 2025-03", "2025-04-01", true},
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        assert_int_equal(parley_date_possibly_by(date(rows[i].text), date(rows[i].by).first),
                         rows[i].wanted);
    }
}

static void dates_are_in_order_of_the_first_day_then_exact_before_vague(void **state)
{
    (void)state;
    static const char *const sorted[] = {
        "2024-12-31",     "before 2025", "2025-01-01", "2025-01-01~", "2025-01",
        "2025-01~",       "2025",        "2025~",      "2025-02-28",  "before 2025-03-01",
        "before 2025-03", "2025-03-01",  "2025-03-11", "2025-03-12",  "after 2025-03-11",
        "after 2025",
    };
    parley_date unknown = PARLEY_DATE_INIT;
    for (size_t i = 0; i < CHECK_COUNT(sorted); i++) {
        parley_date a = date(sorted[i]);
        for (size_t j = 0; j < CHECK_COUNT(sorted); j++) {
            int wanted = (i > j) - (i < j);
            int got = parley_date_compare(a, date(sorted[j]));
            if (got != wanted) {
                fail_msg("'%s' against '%s': %d", sorted[i], sorted[j], got);
            }
        }
        assert_int_equal(parley_date_compare(a, unknown), -1);
        assert_int_equal(parley_date_compare(unknown, a), 1);
    }
    assert_int_equal(parley_date_compare(unknown, unknown), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(day_numbers_agree_with_walking_from_year_1_to_9999),
        cmocka_unit_test(every_day_month_and_year_of_400_years_is_read_and_written),
        cmocka_unit_test(all_days_that_do_not_exist_are_refused),
        cmocka_unit_test(sides_bound_the_days_meant),
        cmocka_unit_test(what_is_not_a_date_is_refused_with_a_hint),
        cmocka_unit_test(messages_name_the_date_and_the_rule),
        cmocka_unit_test(spaces_behind_the_side_are_not_kept),
        cmocka_unit_test(dates_are_put_into_words),
        cmocka_unit_test(a_date_not_typed_prints_as_nothing_and_may_be_any_day),
        cmocka_unit_test(possibly_by_looks_at_the_first_day_meant),
        cmocka_unit_test(dates_are_in_order_of_the_first_day_then_exact_before_vague),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
