/* Labels are sets of audiences; meeting never adds anybody. */
#include "support/check.h"

#define AUDIENCES 256u

static void nobody_and_everybody(void **state)
{
    (void)state;
    parley_label none = parley_label_none();
    parley_label all = parley_label_everybody();
    for (uint32_t a = 0; a < AUDIENCES; a++) {
        assert_false(parley_label_allows(&none, a));
        assert_true(parley_label_allows(&all, a));
    }
}

static void an_audience_out_of_range_is_never_allowed(void **state)
{
    (void)state;
    parley_label all = parley_label_everybody();
    assert_false(parley_label_allows(&all, AUDIENCES));
    assert_false(parley_label_allows(&all, UINT32_MAX));
}

static void every_party_of_the_largest_case_has_an_audience(void **state)
{
    (void)state;
    const parley_limits limits = PARLEY_LIMITS_INIT;
    assert_true(PARLEY_AUDIENCE_PARTY + limits.parties <= AUDIENCES);
}

static void meeting_keeps_whom_both_allow(void **state)
{
    (void)state;
    for (uint32_t trial = 0; trial < 200; trial++) {
        parley_random r = parley_random_stream(7, 0, 0, trial);
        bool in_a[AUDIENCES] = {false};
        bool in_b[AUDIENCES] = {false};
        parley_label a = parley_label_none();
        parley_label b = parley_label_none();
        for (uint32_t i = 0; i < 150; i++) {
            uint32_t x = parley_random_below(&r, AUDIENCES);
            uint32_t y = parley_random_below(&r, AUDIENCES);
            parley_label_allow(&a, x);
            parley_label_allow(&b, y);
            in_a[x] = true;
            in_b[y] = true;
        }
        parley_label both = parley_label_meet(a, b);
        for (uint32_t i = 0; i < AUDIENCES; i++) {
            assert_int_equal(parley_label_allows(&a, i), in_a[i]);
            assert_int_equal(parley_label_allows(&both, i), in_a[i] && in_b[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_and_everybody),
        cmocka_unit_test(an_audience_out_of_range_is_never_allowed),
        cmocka_unit_test(every_party_of_the_largest_case_has_an_audience),
        cmocka_unit_test(meeting_keeps_whom_both_allow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
