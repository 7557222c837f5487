/* Counts of up to 1024 bits, against school arithmetic on decimal digits. */
#include "support/check.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A natural number as decimal digits, the lowest first; no leading zeros, so n == 0 is zero. */
#define DIGITS 700
typedef struct digits {
    int n;
    unsigned char d[DIGITS];
} digits;

static void drop_zeros(digits *a)
{
    while (a->n > 0 && a->d[a->n - 1] == 0) {
        a->n--;
    }
}

static digits digits_of(uint64_t x)
{
    digits a = {0, {0}};
    for (; x > 0; x /= 10) {
        a.d[a.n++] = (unsigned char)(x % 10);
    }
    return a;
}

static digits digits_add(const digits *a, const digits *b)
{
    digits c = {0, {0}};
    int carry = 0;
    for (int i = 0; i < a->n || i < b->n || carry > 0; i++) {
        int sum = carry + (i < a->n ? a->d[i] : 0) + (i < b->n ? b->d[i] : 0);
        c.d[c.n++] = (unsigned char)(sum % 10);
        carry = sum / 10;
    }
    return c;
}

static digits digits_mul(const digits *a, const digits *b)
{
    digits c = {a->n + b->n, {0}};
    for (int i = 0; i < a->n; i++) {
        int carry = 0;
        for (int j = 0; j < b->n || carry > 0; j++) {
            int t = c.d[i + j] + carry + (j < b->n ? a->d[i] * b->d[j] : 0);
            c.d[i + j] = (unsigned char)(t % 10);
            carry = t / 10;
        }
    }
    drop_zeros(&c);
    return c;
}

static int digits_compare(const digits *a, const digits *b)
{
    if (a->n != b->n) {
        return a->n < b->n ? -1 : 1;
    }
    for (int i = a->n - 1; i >= 0; i--) {
        if (a->d[i] != b->d[i]) {
            return a->d[i] < b->d[i] ? -1 : 1;
        }
    }
    return 0;
}

static void digits_print(const digits *a, char separator, char *out)
{
    if (a->n == 0) {
        *out++ = '0';
    }
    for (int i = a->n - 1; i >= 0; i--) {
        *out++ = (char)('0' + a->d[i]);
        if (separator != 0 && i > 0 && i % 3 == 0) {
            *out++ = separator;
        }
    }
    *out = '\0';
}

/* Limb by limb: value = value * 2^64 + limb. */
static digits digits_of_count(const parley_count *c)
{
    digits base = digits_of(UINT64_MAX);
    digits one = digits_of(1);
    digits value = {0, {0}};
    base = digits_add(&base, &one);
    for (uint32_t i = c->used; i-- > 0;) {
        digits limb = digits_of(c->limb[i]);
        value = digits_mul(&value, &base);
        value = digits_add(&value, &limb);
    }
    return value;
}

/* 2^1024 */
static digits too_large(void)
{
    digits two = digits_of(2);
    digits value = digits_of(1);
    for (int i = 0; i < 1024; i++) {
        value = digits_mul(&value, &two);
    }
    return value;
}

static parley_count some_count(parley_random *r, uint32_t most)
{
    parley_count c = {parley_random_below(r, most + 1), {0}};
    for (uint32_t i = 0; i < c.used; i++) {
        uint32_t kind = parley_random_below(r, 4);
        c.limb[i] = kind == 0 ? 0 : kind == 1 ? UINT64_MAX : parley_random_u64(r);
    }
    while (c.used > 0 && c.limb[c.used - 1] == 0) {
        c.limb[c.used - 1] = 1 + parley_random_below(r, 3);
    }
    /* Rubbish in the limbs that do not count must not matter. */
    for (uint32_t i = c.used; i < PARLEY_COUNT_LIMBS; i++) {
        c.limb[i] = parley_random_below(r, 2) == 0 ? 0 : UINT64_C(0xABABABAB);
    }
    return c;
}

static void expect(const parley_count *got, const digits *wanted)
{
    digits value = digits_of_count(got);
    assert_int_equal(digits_compare(&value, wanted), 0);
    assert_true(got->used <= PARLEY_COUNT_LIMBS);
    assert_true(got->used == 0 || got->limb[got->used - 1] != 0);
}

static void arithmetic_agrees_with_school_arithmetic(void **state)
{
    (void)state;
    const digits top = too_large();
    int refused_sums = 0;
    int refused_products = 0;
    for (uint32_t trial = 0; trial < 3000; trial++) {
        parley_random r = parley_random_stream(6, 0, 0, trial);
        uint32_t most = 1 + parley_random_below(&r, PARLEY_COUNT_LIMBS);
        parley_count a = some_count(&r, most);
        parley_count b = some_count(&r, parley_random_below(&r, 2) == 0 ? most : 17 - most);
        if (trial % 8 == 0) { /* sums at the end of what fits, decided by a carry from far below */
            for (uint32_t k = 0; k < PARLEY_COUNT_LIMBS; k++) {
                a.limb[k] = parley_random_u64(&r) >> 1 | 1;
                b.limb[k] = UINT64_MAX - a.limb[k];
            }
            b.limb[0] += parley_random_below(&r, 2);
            a.used = b.used = PARLEY_COUNT_LIMBS;
        }
        digits da = digits_of_count(&a);
        digits db = digits_of_count(&b);
        parley_count out = {0, {0}};

        digits wanted = digits_add(&da, &db);
        bool done = parley_count_add(&out, &a, &b);
        assert_int_equal(done, digits_compare(&wanted, &top) < 0);
        refused_sums += !done;
        if (done) {
            expect(&out, &wanted);
            parley_count back = {0, {0}};
            assert_true(parley_count_sub(&back, &out, &b));
            expect(&back, &da);
        }

        wanted = digits_mul(&da, &db);
        done = parley_count_mul(&out, &a, &b);
        assert_int_equal(done, digits_compare(&wanted, &top) < 0);
        refused_products += !done;
        if (done) {
            expect(&out, &wanted);
        }

        int order = digits_compare(&da, &db);
        assert_int_equal(parley_count_compare(&a, &b), order);
        done = parley_count_sub(&out, &a, &b);
        assert_int_equal(done, order >= 0);
        if (done) {
            digits left = digits_of_count(&out);
            wanted = digits_add(&left, &db);
            assert_int_equal(digits_compare(&wanted, &da), 0);
            expect(&out, &left);
        }
        assert_int_equal(parley_count_is_zero(&a), da.n == 0);
    }
    assert_true(refused_sums > 10);
    assert_true(refused_products > 100);
}

static void printing_agrees_with_school_arithmetic(void **state)
{
    (void)state;
    for (uint32_t trial = 0; trial < 1000; trial++) {
        parley_random r = parley_random_stream(6, 1, 0, trial);
        parley_count a = some_count(&r, PARLEY_COUNT_LIMBS);
        digits d = digits_of_count(&a);
        for (int i = 0; i < 2; i++) {
            char separator = i == 0 ? 0 : ',';
            char wanted[2 * DIGITS];
            char got[420];
            char small[8];
            digits_print(&d, separator, wanted);
            assert_int_equal(parley_count_print(&a, separator, got, sizeof got), strlen(wanted));
            assert_string_equal(got, wanted);
            assert_int_equal(parley_count_print(&a, separator, small, sizeof small),
                             strlen(wanted));
            wanted[7] = '\0';
            assert_string_equal(small, wanted);
        }
    }
}

static void small_numbers_print_as_expected(void **state)
{
    (void)state;
    static const struct {
        uint64_t value;
        const char *text;
    } rows[] = {
        {0, "0"},
        {7, "7"},
        {999, "999"},
        {1000, "1,000"},
        {1000000, "1,000,000"},
        {UINT64_C(1000000000000000000), "1,000,000,000,000,000,000"},
        {UINT64_C(999999999999999999), "999,999,999,999,999,999"},
        {UINT64_MAX, "18,446,744,073,709,551,615"},
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        parley_count c = parley_count_of(rows[i].value);
        char out[64];
        parley_count_print(&c, ',', out, sizeof out);
        assert_string_equal(out, rows[i].text);
        assert_int_equal(parley_count_is_zero(&c), rows[i].value == 0);
        assert_int_equal(c.used, rows[i].value != 0);
    }
}

static void the_largest_count_fits_and_one_more_does_not(void **state)
{
    (void)state;
    parley_count top = {PARLEY_COUNT_LIMBS, {0}};
    memset(top.limb, 0xFF, sizeof top.limb);
    parley_count one = parley_count_of(1);
    parley_count out = parley_count_of(5);
    assert_false(parley_count_add(&out, &top, &one));
    assert_false(parley_count_mul(&out, &top, &top));
    assert_int_equal(out.limb[0], 5); /* unchanged on failure */
    assert_true(parley_count_mul(&out, &top, &one));
    assert_int_equal(parley_count_compare(&out, &top), 0);
    char text[420];
    assert_true(parley_count_print(&top, ',', text, sizeof text) < sizeof text);
    assert_memory_equal(text, "179,769,313,486,231,590,772,930,519,078,902,473,361", 51);
}

static void the_result_may_be_one_of_the_operands(void **state)
{
    (void)state;
    for (uint32_t trial = 0; trial < 500; trial++) {
        parley_random r = parley_random_stream(6, 2, 0, trial);
        parley_count a = some_count(&r, 7);
        parley_count b = some_count(&r, 7);
        parley_count wanted = {0, {0}};
        parley_count x = a;
        assert_true(parley_count_add(&wanted, &a, &b) && parley_count_add(&x, &x, &b));
        assert_int_equal(parley_count_compare(&x, &wanted), 0);
        x = b;
        assert_true(parley_count_add(&x, &a, &x));
        assert_int_equal(parley_count_compare(&x, &wanted), 0);
        assert_true(parley_count_sub(&x, &x, &x) && parley_count_is_zero(&x));
        x = a;
        assert_true(parley_count_mul(&wanted, &a, &a) && parley_count_mul(&x, &x, &x));
        assert_int_equal(parley_count_compare(&x, &wanted), 0);
    }
}

static void a_product_of_many_issues_is_exact(void **state)
{
    (void)state;
    /* 3^646 < 2^1024 < 3^647 */
    parley_count three = parley_count_of(3);
    parley_count value = parley_count_of(1);
    digits check = digits_of(1);
    digits d3 = digits_of(3);
    for (int i = 0; i < 646; i++) {
        assert_true(parley_count_mul(&value, &value, &three));
        check = digits_mul(&check, &d3);
    }
    expect(&value, &check);
    assert_false(parley_count_mul(&value, &value, &three));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arithmetic_agrees_with_school_arithmetic),
        cmocka_unit_test(printing_agrees_with_school_arithmetic),
        cmocka_unit_test(small_numbers_print_as_expected),
        cmocka_unit_test(the_largest_count_fits_and_one_more_does_not),
        cmocka_unit_test(the_result_may_be_one_of_the_operands),
        cmocka_unit_test(a_product_of_many_issues_is_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
