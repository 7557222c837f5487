/* Decimals and checked arithmetic; comparisons and steps against exact rationals. */
#include "support/check.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void numbers_are_read_as_typed(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t mantissa;
        int32_t scale;
    } rows[] = {
        {"0", 0, 0},
        {"-0", 0, 0},
        {"7", 7, 0},
        {"-12.50", -1250, 2},
        {"0.1", 1, 1},
        {"0.000000000000000001", 1, 18},
        {"0.000000000000000000", 0, 18},
        {"9223372036854775807", INT64_MAX, 0},
        {"-9223372036854775808", INT64_MIN, 0},
        {"-9.223372036854775808", INT64_MIN, 18},
        {"100", 100, 0},
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        parley_decimal d;
        parley_error err = PARLEY_ERROR_INIT;
        check_ok(parley_decimal_parse(&d, rows[i].text, strlen(rows[i].text), &err), &err);
        assert_true(d.mantissa == rows[i].mantissa);
        assert_int_equal(d.scale, rows[i].scale);
    }
}

static void what_is_not_a_number_is_refused_with_a_hint(void **state)
{
    (void)state;
    static const char *const rows[] = {"",    "-",        "+1",  ".5",  "5.",    "1e3",  " 1",
                                       "1 ",  "1,5",      "0x1", "--1", "1.2.3", "1.-2", "007",
                                       "-00", "\xD9\xA1", "1\n", "nan", "-.5",   "12a"};
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        parley_decimal d = {9, 9};
        parley_error err = PARLEY_ERROR_INIT;
        check_fails(parley_decimal_parse(&d, rows[i], strlen(rows[i]), &err), PARLEY_SYNTAX, &err);
        assert_true(err.hint[0] != '\0');
        assert_true(d.mantissa == 0 && d.scale == 0);
    }
    parley_decimal d;
    assert_int_equal(parley_decimal_parse(&d, "1\0002", 3, NULL), PARLEY_SYNTAX);
}

static void numbers_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551616",
        "99999999999999999999",
        "0.0000000000000000001",
        "1.0000000000000000000",
        "12.345678901234567890123",
        "10.000000000000000000",
        "100000000000000000000000000000000000000000000000000000000000000000000000000000000000",
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        parley_decimal d;
        parley_error err = PARLEY_ERROR_INIT;
        check_fails(parley_decimal_parse(&d, rows[i], strlen(rows[i]), &err), PARLEY_RANGE, &err);
    }
}

static void numbers_are_written_without_trailing_zeros(void **state)
{
    (void)state;
    static const struct {
        parley_decimal d;
        const char *text;
    } rows[] = {
        {{0, 0}, "0"},
        {{0, 5}, "0"},
        {{-1250, 2}, "-12.5"},
        {{1, 18}, "0.000000000000000001"},
        {{-5, 1}, "-0.5"},
        {{1000, 3}, "1"},
        {{1000, 0}, "1000"},
        {{INT64_MIN, 0}, "-9223372036854775808"},
        {{INT64_MIN, 18}, "-9.223372036854775808"},
        {{INT64_MAX, 18}, "9.223372036854775807"},
        {{10, 2}, "0.1"},
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        char out[64];
        char small[3];
        assert_int_equal(parley_decimal_print(rows[i].d, out, sizeof out), strlen(rows[i].text));
        assert_string_equal(out, rows[i].text);
        assert_int_equal(parley_decimal_print(rows[i].d, small, sizeof small),
                         strlen(rows[i].text));
        assert_memory_equal(small, rows[i].text,
                            strlen(rows[i].text) < 2 ? strlen(rows[i].text) : 2);
        assert_int_equal(parley_decimal_print(rows[i].d, NULL, 0), strlen(rows[i].text));
    }
}

static int64_t some_number(parley_random *r)
{
    switch (parley_random_below(r, 6)) {
    case 0:
        return (int64_t)parley_random_below(r, 21) - 10;
    case 1:
        return parley_random_below(r, 2) == 0 ? INT64_MIN : INT64_MAX;
    case 2: {
        int64_t p = 1;
        for (uint32_t n = parley_random_below(r, 19); n > 0; n--) {
            p *= 10;
        }
        return parley_random_below(r, 2) == 0 ? p : -p;
    }
    default: {
        int64_t x = (int64_t)(parley_random_u64(r) >> (1 + parley_random_below(r, 63)));
        return parley_random_below(r, 2) == 0 ? x : -x;
    }
    }
}

static parley_decimal some_decimal(parley_random *r)
{
    parley_decimal d = {some_number(r), (int32_t)parley_random_below(r, 19)};
    return d;
}

static int64_t power10(int32_t n)
{
    int64_t p = 1;
    for (; n > 0; n--) {
        p *= 10;
    }
    return p;
}

static parley_rational *rational(parley_ctx *ctx, int64_t num, int64_t den)
{
    parley_rational *r = NULL;
    check_ok(parley_rational_new(&r, ctx, num, den, NULL), NULL);
    return r;
}

static void printing_and_parsing_give_back_the_value(void **state)
{
    (void)state;
    for (uint32_t trial = 0; trial < 20000; trial++) {
        parley_random r = parley_random_stream(5, 0, 0, trial);
        parley_decimal d = some_decimal(&r);
        parley_decimal again;
        char out[64];
        size_t n = parley_decimal_print(d, out, sizeof out);
        parley_error err = PARLEY_ERROR_INIT;
        check_ok(parley_decimal_parse(&again, out, n, &err), &err);
        assert_int_equal(parley_decimal_compare(d, again), 0);
    }
}

static void comparing_agrees_with_rationals(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    for (uint32_t trial = 0; trial < 20000; trial++) {
        parley_random r = parley_random_stream(5, 1, 0, trial);
        parley_decimal a = some_decimal(&r);
        parley_decimal b = some_decimal(&r);
        if (parley_random_below(&r, 4) == 0) {
            b = a; /* the same value with other places, where it fits */
            if (b.scale < 18 && b.mantissa > -1000000 && b.mantissa < 1000000) {
                b.mantissa *= 10;
                b.scale++;
            }
        }
        parley_rational *x = rational(ctx, a.mantissa, power10(a.scale));
        parley_rational *y = rational(ctx, b.mantissa, power10(b.scale));
        assert_int_equal(parley_decimal_compare(a, b), parley_rational_compare(x, y));
        parley_rational_free(x);
        parley_rational_free(y);
    }
    check_ctx_done(ctx);
}

/* Is x a whole number of 10^-scale that fits 64 bits? */
static bool fits(parley_ctx *ctx, const parley_rational *x, int32_t scale)
{
    parley_rational *p = rational(ctx, power10(scale), 1);
    parley_text *text = parley_text_new(ctx, 1000);
    parley_rational_mul(p, p, x);
    parley_rational_print(p, text);
    bool yes = strchr(parley_text_data(text), '/') == NULL;
    if (yes) {
        errno = 0;
        (void)strtoll(parley_text_data(text), NULL, 10);
        yes = errno == 0;
    }
    parley_rational_free(p);
    parley_text_free(text);
    return yes;
}

static void stepping_agrees_with_rationals_and_fails_only_when_nothing_fits(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    int failed = 0;
    for (uint32_t trial = 0; trial < 20000; trial++) {
        parley_random r = parley_random_stream(5, 2, 0, trial);
        parley_decimal a = some_decimal(&r);
        parley_decimal b = some_decimal(&r);
        int64_t n = some_number(&r);
        parley_decimal got = {0, 0};
        parley_rational *x = rational(ctx, b.mantissa, power10(b.scale));
        parley_rational *y = rational(ctx, n, 1);
        parley_rational_mul(x, x, y);
        parley_rational_free(y);
        y = rational(ctx, a.mantissa, power10(a.scale));
        parley_rational_add(x, x, y);
        parley_rational_free(y);
        if (parley_decimal_step(&got, a, n, b)) {
            assert_in_range(got.scale, 0, 18);
            y = rational(ctx, got.mantissa, power10(got.scale));
            assert_int_equal(parley_rational_compare(x, y), 0);
            parley_rational_free(y);
        } else {
            failed++;
            for (int32_t scale = 0; scale <= 18; scale++) {
                assert_false(fits(ctx, x, scale));
            }
        }
        parley_rational_free(x);
    }
    assert_in_range(failed, 1000, 19000);
    check_ctx_done(ctx);
}

static void products_are_compared_exactly(void **state)
{
    (void)state;
    assert_int_equal(parley_compare_products(INT64_MIN, INT64_MIN, INT64_MAX, INT64_MAX), 1);
    assert_int_equal(parley_compare_products(INT64_MIN, INT64_MAX, INT64_MIN, INT64_MAX), 0);
    assert_int_equal(parley_compare_products(INT64_MIN, INT64_MAX, INT64_MIN, INT64_MAX - 1), -1);
    parley_ctx *ctx = check_ctx();
    for (uint32_t trial = 0; trial < 5000; trial++) {
        parley_random r = parley_random_stream(5, 3, 0, trial);
        int64_t v[4];
        parley_rational *q[4];
        for (int i = 0; i < 4; i++) {
            v[i] = some_number(&r);
            q[i] = rational(ctx, v[i], 1);
        }
        parley_rational_mul(q[0], q[0], q[1]);
        parley_rational_mul(q[2], q[2], q[3]);
        assert_int_equal(parley_compare_products(v[0], v[1], v[2], v[3]),
                         parley_rational_compare(q[0], q[2]));
        for (int i = 0; i < 4; i++) {
            parley_rational_free(q[i]);
        }
    }
    check_ctx_done(ctx);
}

static void checked_arithmetic_refuses_what_does_not_fit(void **state)
{
    (void)state;
    int64_t out = 0;
    assert_true(parley_add_i64(&out, INT64_MAX, INT64_MIN) && out == -1);
    assert_false(parley_add_i64(&out, INT64_MAX, 1));
    assert_false(parley_add_i64(&out, INT64_MIN, -1));
    assert_true(parley_sub_i64(&out, INT64_MIN, INT64_MIN) && out == 0);
    assert_false(parley_sub_i64(&out, 0, INT64_MIN));
    assert_true(parley_mul_i64(&out, INT64_C(3037000499), INT64_C(3037000499)) &&
                out == INT64_C(9223372030926249001));
    assert_false(parley_mul_i64(&out, INT64_C(3037000500), INT64_C(3037000500)));
    assert_false(parley_mul_i64(&out, INT64_MIN, -1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_as_typed),
        cmocka_unit_test(what_is_not_a_number_is_refused_with_a_hint),
        cmocka_unit_test(numbers_that_do_not_fit_are_refused),
        cmocka_unit_test(numbers_are_written_without_trailing_zeros),
        cmocka_unit_test(printing_and_parsing_give_back_the_value),
        cmocka_unit_test(comparing_agrees_with_rationals),
        cmocka_unit_test(stepping_agrees_with_rationals_and_fails_only_when_nothing_fits),
        cmocka_unit_test(products_are_compared_exactly),
        cmocka_unit_test(checked_arithmetic_refuses_what_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
