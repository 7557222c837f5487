/*
 * The engine and the second way agree on random small cases of every kind, and the second way finds
 * fault where there is one.
 */
#include "../../fuzz/numbers_case.h"
#include "support/check.h"

static void the_two_ways_agree_on_random_cases(void **state)
{
    (void)state;
    const char *more = getenv("PARLEY_TEST_ROUNDS");
    uint32_t rounds = more != NULL ? (uint32_t)atoi(more) : 1500;
    uint32_t solved = 0;
    parley_ctx *ctx = check_ctx();
    for (uint32_t round = 0; round < rounds; round++) {
        parley_random r = parley_random_stream(21, 6, round, 0);
        uint8_t bytes[220];
        for (size_t i = 0; i < sizeof(bytes); i++) {
            bytes[i] = (uint8_t)parley_random_below(&r, 256);
        }
        solved += numbers_check(ctx, bytes, sizeof(bytes));
    }
    assert_true(solved > rounds / 2);
    parley_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_two_ways_agree_on_random_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
