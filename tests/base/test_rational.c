/* Exact rationals: against fractions of small numbers in 64 bits, and laws on large ones. */
#include "support/torture.h"

#include <inttypes.h>
#include <stdio.h>

static parley_status make_and_print(parley_ctx *ctx, void *user, parley_error *err)
{
    (void)user;
    parley_rational *r = NULL;
    parley_text *text = parley_text_new(ctx, 1000);
    if (text == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "no text");
    }
    parley_status status = parley_rational_new(&r, ctx, 22, 7, err);
    if (status != PARLEY_OK) {
        assert_null(r);
    } else {
        parley_rational_print(r, text);
        status = parley_text_status(text, err);
    }
    if (status == PARLEY_OK) {
        assert_string_equal(parley_text_data(text), "22/7");
    }
    parley_rational_free(r);
    parley_text_free(text);
    return status;
}

static void a_rational_survives_every_allocation_failure(void **state)
{
    (void)state;
    torture(make_and_print, NULL, 4);
}

static parley_rational *make(parley_ctx *ctx, int64_t num, int64_t den)
{
    parley_rational *r = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_rational_new(&r, ctx, num, den, &err), &err);
    return r;
}

static void check_prints(parley_ctx *ctx, const parley_rational *r, const char *wanted)
{
    parley_text *text = parley_text_new(ctx, 10000);
    parley_rational_print(r, text);
    assert_string_equal(parley_text_data(text), wanted);
    parley_text_free(text);
}

static int64_t gcd(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t t = a % b;
        a = b;
        b = t;
    }
    return a < 0 ? -a : a;
}

/* The fraction in lowest terms, with the sign in front. */
static void fraction_words(int64_t num, int64_t den, char *out, size_t size)
{
    int64_t g = gcd(num, den);
    num /= den < 0 ? -g : g;
    den /= den < 0 ? -g : g;
    if (den == 1) {
        snprintf(out, size, "%" PRId64, num);
    } else {
        snprintf(out, size, "%" PRId64 "/%" PRId64, num, den);
    }
}

static void arithmetic_agrees_with_small_fractions(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_rational *out = make(ctx, 0, 1);
    for (int64_t a = -7; a <= 7; a += 1) {
        for (int64_t b = -6; b <= 6; b += b == -1 ? 2 : 1) {
            for (int64_t c = -5; c <= 5; c += 1) {
                for (int64_t d = -4; d <= 4; d += d == -1 ? 2 : 1) {
                    char wanted[64];
                    parley_rational *x = make(ctx, a, b);
                    parley_rational *y = make(ctx, c, d);
                    parley_rational_add(out, x, y);
                    fraction_words(a * d + c * b, b * d, wanted, sizeof wanted);
                    check_prints(ctx, out, wanted);
                    parley_rational_sub(out, x, y);
                    fraction_words(a * d - c * b, b * d, wanted, sizeof wanted);
                    check_prints(ctx, out, wanted);
                    int order = parley_rational_compare(x, y);
                    assert_int_equal(order, parley_rational_sign(out));
                    parley_rational_mul(out, x, y);
                    fraction_words(a * c, b * d, wanted, sizeof wanted);
                    check_prints(ctx, out, wanted);
                    if (c != 0) {
                        check_ok(parley_rational_div(out, x, y, NULL), NULL);
                        fraction_words(a * d, b * c, wanted, sizeof wanted);
                        check_prints(ctx, out, wanted);
                    }
                    parley_rational_free(x);
                    parley_rational_free(y);
                }
            }
        }
    }
    parley_rational_free(out);
    check_ctx_done(ctx);
}

static void the_ends_of_64_bits_are_exact(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    static const struct {
        int64_t num;
        int64_t den;
        const char *text;
    } rows[] = {
        {INT64_MIN, 1, "-9223372036854775808"},
        {INT64_MAX, 1, "9223372036854775807"},
        {1, INT64_MIN, "-1/9223372036854775808"},
        {INT64_MIN, INT64_MIN, "1"},
        {INT64_MIN, INT64_MAX, "-9223372036854775808/9223372036854775807"},
        {0, INT64_MIN, "0"},
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        parley_rational *r = make(ctx, rows[i].num, rows[i].den);
        check_prints(ctx, r, rows[i].text);
        parley_rational_free(r);
    }
    check_ctx_done(ctx);
}

static void numbers_grow_past_64_bits(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    /* (2^62)^8 / 3, and all the way back */
    parley_rational *x = make(ctx, 1, 3);
    parley_rational *y = make(ctx, INT64_C(1) << 62, 1);
    parley_rational *third = make(ctx, 1, 3);
    for (int i = 0; i < 8; i++) {
        parley_rational_mul(x, x, y);
    }
    assert_int_equal(parley_rational_compare(x, third), 1);
    for (int i = 0; i < 8; i++) {
        check_ok(parley_rational_div(x, x, y, NULL), NULL);
    }
    assert_int_equal(parley_rational_compare(x, third), 0);
    parley_rational_free(x);
    parley_rational_free(y);
    parley_rational_free(third);
    check_ctx_done(ctx);
}

static void division_by_zero_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_rational *x = make(ctx, 3, 4);
    parley_rational *zero = make(ctx, 0, 5);
    parley_error err = PARLEY_ERROR_INIT;
    check_fails(parley_rational_div(x, x, zero, &err), PARLEY_RANGE, &err);
    check_prints(ctx, x, "3/4");
    parley_error_clear(&err);
    parley_rational *none = x;
    check_fails(parley_rational_new(&none, ctx, 1, 0, &err), PARLEY_RANGE, &err);
    assert_null(none);
    parley_rational_free(x);
    parley_rational_free(zero);
    parley_rational_free(NULL);
    check_ctx_done(ctx);
}

static void setting_copies_the_value(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_rational *x = make(ctx, 3, 4);
    parley_rational *y = make(ctx, 0, 1);
    parley_rational_set(y, x);
    parley_rational_add(x, x, x);
    check_prints(ctx, y, "3/4");
    check_prints(ctx, x, "3/2");
    parley_rational_free(x);
    parley_rational_free(y);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rational_survives_every_allocation_failure),
        cmocka_unit_test(arithmetic_agrees_with_small_fractions),
        cmocka_unit_test(the_ends_of_64_bits_are_exact),
        cmocka_unit_test(numbers_grow_past_64_bits),
        cmocka_unit_test(division_by_zero_is_refused_and_changes_nothing),
        cmocka_unit_test(setting_copies_the_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
