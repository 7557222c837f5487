/*
 * Dates as people know them: a day, a month or a year, about, before or after.
 *
 * Proleptic Gregorian calendar, years 1 to 9999. Day numbers by counting 400-year eras that begin
 * on 1 March, so that the leap day is the last of its year (the method of Fliegel & Van Flandern
 * 1968, doi:10.1145/364096.364097, in the shape usual today). Left out: times of day, zones, other
 * calendars.
 */
#include "base_internal.h"

#include <stdio.h>
#include <string.h>

#define SHOWN_MOST 60 /* characters of a bad date quoted in a message */

static const char *const month_names[12] = {"January",   "February", "March",    "April",
                                            "May",       "June",     "July",     "August",
                                            "September", "October",  "November", "December"};

int32_t parley_day_number(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (int32_t)(era * 146097 + day_of_era - 719468);
}

parley_date parley_date_of_day(int32_t day)
{
    const int32_t least = parley_day_number(1, 1, 1);
    const int32_t most = parley_day_number(9999, 12, 31);
    day = day < least ? least : day > most ? most : day;
    /* the year by bisection, then the month: day numbers grow with both */
    int low = 1;
    int high = 9999;
    while (low < high) {
        int middle = low + (high - low + 1) / 2;
        if (parley_day_number(middle, 1, 1) <= day) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    int month = 12;
    while (parley_day_number(low, month, 1) > day) {
        month--;
    }
    parley_date d = PARLEY_DATE_INIT;
    d.form = PARLEY_DATE_DAY;
    d.first = d.last = day;
    d.year = (int16_t)low;
    d.month = (int8_t)month;
    d.day = (int8_t)(day - parley_day_number(low, month, 1) + 1);
    return d;
}

static int days_in_month(int year, int month)
{
    static const int8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

/* Reads exactly n digits at *at. */
static bool number(const char *s, size_t length, size_t *at, size_t n, int *out)
{
    int value = 0;
    if (length - *at < n) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        char c = s[*at + i];
        if (c < '0' || c > '9') {
            return false;
        }
        value = value * 10 + (c - '0');
    }
    *at += n;
    *out = value;
    return true;
}

static bool word(const char *s, size_t length, size_t *at, const char *w)
{
    size_t n = strlen(w);
    if (length - *at < n || memcmp(s + *at, w, n) != 0) {
        return false;
    }
    *at += n;
    while (*at < length && s[*at] == ' ') {
        (*at)++;
    }
    return true;
}

static void hint(parley_error *err)
{
    parley_error_hint(err, "write YYYY-MM-DD, YYYY-MM or YYYY, with ~ for about, or 'before DATE', "
                           "'after DATE'");
}

parley_status parley_date_parse(parley_date *out, const char *s, size_t length, parley_error *err)
{
    *out = PARLEY_DATE_INIT;
    parley_date d = PARLEY_DATE_INIT;
    int shown = length > SHOWN_MOST ? SHOWN_MOST : (int)length;
    const char *dots = length > SHOWN_MOST ? "..." : "";
    size_t at = 0;
    int year = 0;
    int month = 0;
    int day = 0;

    if (word(s, length, &at, "before ")) {
        d.side = PARLEY_DATE_BEFORE;
    } else if (word(s, length, &at, "after ")) {
        d.side = PARLEY_DATE_AFTER;
    }
    if (!number(s, length, &at, 4, &year)) {
        goto bad;
    }
    d.form = PARLEY_DATE_YEAR;
    if (at < length && s[at] == '-') {
        at++;
        if (!number(s, length, &at, 2, &month)) {
            goto bad;
        }
        d.form = PARLEY_DATE_MONTH;
        if (at < length && s[at] == '-') {
            at++;
            if (!number(s, length, &at, 2, &day)) {
                goto bad;
            }
            d.form = PARLEY_DATE_DAY;
        }
    }
    if (at < length && s[at] == '~') {
        d.about = true;
        at++;
    }
    if (at != length) {
        goto bad;
    }

    if (year < 1) {
        parley_fail(err, PARLEY_RANGE, "'%.*s' is not a date: years run from 0001 to 9999", shown,
                    s);
        goto range;
    }
    if (d.form != PARLEY_DATE_YEAR && (month < 1 || month > 12)) {
        parley_fail(err, PARLEY_RANGE, "'%.*s' is not a date: there is no month %02d", shown, s,
                    month);
        goto range;
    }
    if (d.form == PARLEY_DATE_DAY && (day < 1 || day > days_in_month(year, month))) {
        parley_fail(err, PARLEY_RANGE, "'%.*s' is not a date: %s %04d has %d days", shown, s,
                    month_names[month - 1], year, days_in_month(year, month));
        goto range;
    }

    int first_month = d.form == PARLEY_DATE_YEAR ? 1 : month;
    int last_month = d.form == PARLEY_DATE_YEAR ? 12 : month;
    bool whole_month = d.form != PARLEY_DATE_DAY;
    int32_t first = parley_day_number(year, first_month, whole_month ? 1 : day);
    int32_t last =
        parley_day_number(year, last_month, whole_month ? days_in_month(year, last_month) : day);
    d.first = first;
    d.last = last;
    if (d.side == PARLEY_DATE_BEFORE) {
        d.first = INT32_MIN;
        d.last = first - 1;
    } else if (d.side == PARLEY_DATE_AFTER) {
        d.first = last + 1;
        d.last = INT32_MAX;
    }
    d.year = (int16_t)year;
    d.month = (int8_t)month;
    d.day = (int8_t)day;
    *out = d;
    return PARLEY_OK;

bad:
    parley_fail(err, PARLEY_SYNTAX, "'%.*s%s' is not a date", shown, s, dots);
    hint(err);
    return PARLEY_SYNTAX;
range:
    hint(err);
    return PARLEY_RANGE;
}

static const char *side_word(parley_date d)
{
    switch (d.side) {
    case PARLEY_DATE_BEFORE:
        return "before ";
    case PARLEY_DATE_AFTER:
        return "after ";
    default:
        return "";
    }
}

static const char *month_name(parley_date d)
{
    return d.month >= 1 && d.month <= 12 ? month_names[d.month - 1] : "?";
}

size_t parley_date_print(parley_date d, char *out, size_t size)
{
    const char *side = side_word(d);
    const char *about = d.about ? "~" : "";
    int n = 0;
    switch (d.form) {
    case PARLEY_DATE_DAY:
        n = snprintf(out, size, "%s%04d-%02d-%02d%s", side, d.year, d.month, d.day, about);
        break;
    case PARLEY_DATE_MONTH:
        n = snprintf(out, size, "%s%04d-%02d%s", side, d.year, d.month, about);
        break;
    case PARLEY_DATE_YEAR:
        n = snprintf(out, size, "%s%04d%s", side, d.year, about);
        break;
    default:
        return base_emit(out, size, "", 0);
    }
    return n < 0 ? 0 : (size_t)n;
}

size_t parley_date_words(parley_date d, bool with_year, char *out, size_t size)
{
    const char *side = side_word(d);
    const char *about = d.about ? "about " : "";
    char year[8] = "";
    int n = 0;
    if (with_year) {
        snprintf(year, sizeof year, " %d", d.year);
    }
    switch (d.form) {
    case PARLEY_DATE_DAY:
        n = snprintf(out, size, "%s%s%d %.3s%s", side, about, d.day, month_name(d), year);
        break;
    case PARLEY_DATE_MONTH:
        n = snprintf(out, size, "%s%s%s%s", side, about, month_name(d), year);
        break;
    case PARLEY_DATE_YEAR:
        n = snprintf(out, size, "%s%s%d", side, about, d.year);
        break;
    default:
        return base_emit(out, size, "undated", strlen("undated"));
    }
    return n < 0 ? 0 : (size_t)n;
}

bool parley_date_possibly_by(parley_date d, int32_t day)
{
    return d.form == PARLEY_DATE_UNKNOWN || d.first <= day;
}

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

int parley_date_compare(parley_date a, parley_date b)
{
    if (a.form == PARLEY_DATE_UNKNOWN || b.form == PARLEY_DATE_UNKNOWN) {
        return order(a.form == PARLEY_DATE_UNKNOWN, b.form == PARLEY_DATE_UNKNOWN);
    }
    int c = order(a.first != INT32_MIN ? a.first : a.last, b.first != INT32_MIN ? b.first : b.last);
    if (c == 0) {
        c = order((int64_t)a.last - a.first, (int64_t)b.last - b.first);
    }
    if (c == 0) {
        c = order(a.about, b.about);
    }
    if (c == 0) {
        c = order(a.form, b.form); /* `before 2025-03-01` and `before 2025-03` mean the same days */
    }
    return c;
}
