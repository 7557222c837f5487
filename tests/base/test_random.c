/* Philox against published vectors; streams against their definition; what is drawn is even. */
#include "support/check.h"

#include <string.h>

static void philox_gives_the_published_vectors(void **state)
{
    (void)state;
    /* Random123, tests/kat_vectors, philox4x32 with 10 rounds. */
    static const struct {
        uint32_t counter[4];
        uint32_t key[2];
        uint32_t wanted[4];
    } rows[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        uint32_t out[4];
        parley_philox(rows[i].key, rows[i].counter, out);
        assert_memory_equal(out, rows[i].wanted, sizeof out);
    }
}

static void philox_may_write_over_its_counter(void **state)
{
    (void)state;
    const uint32_t key[2] = {1, 2};
    uint32_t counter[4] = {3, 4, 5, 6};
    uint32_t out[4];
    parley_philox(key, counter, out);
    parley_philox(key, counter, counter);
    assert_memory_equal(counter, out, sizeof out);
}

static void stream_version_1_is_frozen(void **state)
{
    (void)state;
    /* Computed apart, in Python, from the definition in src/base/random.c. */
    static const uint32_t wanted[] = {0xC018A485, 0xB0A88A02, 0x528C0B6C, 0x72612F5E, 0x759982F9,
                                      0x121DA38E, 0x6264F14A, 0xBAB9FD58, 0x50E8EDDC, 0x9494915E};
    assert_int_equal(PARLEY_RANDOM_STREAM, 1);
    parley_random r = parley_random_stream(UINT64_C(0x0123456789ABCDEF), 7, 3, 11);
    for (size_t i = 0; i < CHECK_COUNT(wanted); i++) {
        assert_int_equal(parley_random_u32(&r), wanted[i]);
    }
}

static void a_stream_is_philox_of_its_counter(void **state)
{
    (void)state;
    parley_random r = parley_random_stream(99, 1, 20, 30);
    const uint32_t key[2] = {r.key[0], r.key[1]};
    for (uint32_t draw = 0; draw < 100; draw++) {
        const uint32_t counter[4] = {draw, 0, 30, 20};
        uint32_t out[4];
        parley_philox(key, counter, out);
        for (int i = 0; i < 4; i++) {
            assert_int_equal(parley_random_u32(&r), out[i]);
        }
    }
}

static void the_draw_counter_passes_32_bits(void **state)
{
    (void)state;
    parley_random r = parley_random_stream(99, 1, 20, 30);
    r.draw = UINT64_C(0x1FFFFFFFF);
    for (uint32_t step = 0; step < 2; step++) {
        const uint32_t counter[4] = {step == 0 ? 0xFFFFFFFF : 0, 1 + step, 30, 20};
        uint32_t out[4];
        parley_philox(r.key, counter, out);
        for (int i = 0; i < 4; i++) {
            assert_int_equal(parley_random_u32(&r), out[i]);
        }
    }
}

static void any_part_of_the_name_makes_another_stream(void **state)
{
    (void)state;
    parley_random streams[] = {
        parley_random_stream(1, 1, 1, 1),
        parley_random_stream(2, 1, 1, 1),
        parley_random_stream(UINT64_C(1) << 32 | 1, 1, 1, 1),
        parley_random_stream(1, 2, 1, 1),
        parley_random_stream(1, 1, 2, 1),
        parley_random_stream(1, 1, 1, 2),
    };
    uint64_t first[CHECK_COUNT(streams)];
    for (size_t i = 0; i < CHECK_COUNT(streams); i++) {
        first[i] = parley_random_u64(&streams[i]);
        for (size_t j = 0; j < i; j++) {
            assert_true(first[i] != first[j]);
        }
    }
}

static void a_64_bit_number_is_two_words_the_low_one_first(void **state)
{
    (void)state;
    parley_random a = parley_random_stream(5, 0, 0, 0);
    parley_random b = a;
    for (int i = 0; i < 50; i++) {
        uint64_t low = parley_random_u32(&a);
        uint64_t high = parley_random_u32(&a);
        assert_true(parley_random_u64(&b) == (high << 32 | low));
    }
}

static void below_stays_below_and_is_even(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {1, 2, 3, 7, 10, 100, 0x80000001u, 0xC0000000u, UINT32_MAX};
    for (size_t s = 0; s < CHECK_COUNT(sizes); s++) {
        uint32_t n = sizes[s];
        uint32_t cells = n < 10 ? n : 10;
        uint32_t seen[10] = {0};
        const uint32_t draws = 100000;
        parley_random r = parley_random_stream(8, 0, 0, (uint32_t)s);
        for (uint32_t i = 0; i < draws; i++) {
            uint32_t x = parley_random_below(&r, n);
            assert_true(x < n);
            seen[(uint64_t)x * cells / n]++;
        }
        /* Within six standard deviations; the numbers are fixed, so this cannot come and go. */
        double wanted = (double)draws / cells;
        for (uint32_t i = 0; i < cells; i++) {
            double off = (double)seen[i] - wanted;
            assert_true(off * off <= 36 * wanted);
        }
    }
}

/* With 3 * 2^30 values a word modulo n would give the first third twice as often. */
static void below_refuses_the_words_that_would_favour_some_results(void **state)
{
    (void)state;
    parley_random r = parley_random_stream(8, 1, 0, 0);
    uint32_t low = 0;
    for (int i = 0; i < 30000; i++) {
        low += parley_random_below(&r, 0xC0000000u) < 0x40000000u;
    }
    assert_in_range(low, 9500, 10500);
    assert_true(r.draw > 30000 / 4 + 1500); /* about a quarter of the words was refused */
}

static void units_are_in_the_half_open_interval_and_even(void **state)
{
    (void)state;
    parley_random r = parley_random_stream(8, 2, 0, 0);
    double sum = 0;
    double squares = 0;
    const int n = 100000;
    for (int i = 0; i < n; i++) {
        double x = parley_random_unit(&r);
        assert_true(x >= 0 && x < 1);
        sum += x;
        squares += x * x;
    }
    assert_true(sum / n > 0.495 && sum / n < 0.505);
    assert_true(squares / n > 0.328 && squares / n < 0.339);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(philox_gives_the_published_vectors),
        cmocka_unit_test(philox_may_write_over_its_counter),
        cmocka_unit_test(stream_version_1_is_frozen),
        cmocka_unit_test(a_stream_is_philox_of_its_counter),
        cmocka_unit_test(the_draw_counter_passes_32_bits),
        cmocka_unit_test(any_part_of_the_name_makes_another_stream),
        cmocka_unit_test(a_64_bit_number_is_two_words_the_low_one_first),
        cmocka_unit_test(below_stays_below_and_is_even),
        cmocka_unit_test(below_refuses_the_words_that_would_favour_some_results),
        cmocka_unit_test(units_are_in_the_half_open_interval_and_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
