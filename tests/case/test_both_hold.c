/*
 * Can two statements both hold? A table, and a naive oracle: sets of answers written down by hand.
 */
#include "case/case_text.h"

static const char text[] = "parley: 1\n"
                           "parties: {a: {roles: [principal]}}\n"
                           "proposals: {o: {tabled-by: a, text: \"w = x\"}}\n"
                           "issues:\n"
                           "  w: {options: {x: X, y: Y, z: Z}}\n"
                           "  v: {options: {x: X, y: Y}}\n"
                           "  n: {quantity: {unit: day, from: 1, to: 9, step: 1}}\n"
                           "  far: {quantity: {unit: day, from: 1, to: 9000, step: 1}}\n"
                           "  bare: {ask: \"What?\"}\n";

static const parley_formula *formula(parley_arena *arena, const parley_case *c, const char *f)
{
    const parley_limits limits = PARLEY_LIMITS_INIT;
    const parley_formula *out = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(
        parley_formula_parse(&out, arena, &limits, parley_case_names(c), f, strlen(f), NULL, &err),
        &err);
    return out;
}

static void two_statements_about_one_issue_hold_when_some_answer_meets_both(void **state)
{
    (void)state;
    static const struct {
        const char *a;
        bool a_refuses;
        const char *b;
        bool b_refuses;
        parley_truth wanted;
    } row[] = {
        {"w = x", false, "w = x", false, PARLEY_YES},
        {"w = x", false, "w = y", false, PARLEY_NO},
        {"w = x", false, "w = x", true, PARLEY_NO},
        {"w = x", true, "w = y", true, PARLEY_YES}, /* z */
        {"w in {x, z}", true, "w = y", true, PARLEY_NO},
        {"w in {x, y}", false, "w != x", false, PARLEY_YES},
        {"n <= 3", false, "n >= 3", false, PARLEY_YES},
        {"n <= 3", false, "n > 3", false, PARLEY_NO},
        {"n <= 3", true, "n > 4", true, PARLEY_YES}, /* 4 */
        {"n <= 3", true, "n > 3", true, PARLEY_NO},
        {"w = x", false, "v = y", false, PARLEY_NOT_KNOWN},
        {"w = x and v = x", false, "w = y", false, PARLEY_NOT_KNOWN},
        {"w = x", false, "a accepts o", false, PARLEY_NOT_KNOWN},
        {"w = x and a accepts o", false, "w = y", false, PARLEY_NOT_KNOWN},
        {"far = 1", false, "far = 2", false, PARLEY_NOT_KNOWN},
    };
    parley_ctx *ctx = check_ctx();
    parley_case *c = read_text(ctx, "t.yaml", text, NULL);
    parley_arena *arena = parley_arena_new(ctx);
    int64_t package[5] = {-1, -1, -1, -1, -1};
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        parley_holding a = {formula(arena, c, row[i].a), row[i].a_refuses};
        parley_holding b = {formula(arena, c, row[i].b), row[i].b_refuses};
        parley_truth found = parley_case_both_hold(c, a, b, package);
        if (found != row[i].wanted || parley_case_both_hold(c, b, a, package) != found) {
            fail_msg("row %zu: %d, not %d", i, (int)found, (int)row[i].wanted);
        }
        for (size_t k = 0; k < CHECK_COUNT(package); k++) {
            assert_int_equal(package[k], -1);
        }
    }
    parley_holding nothing = {NULL, false};
    parley_holding one = {formula(arena, c, "w = x"), false};
    assert_int_equal(parley_case_both_hold(c, nothing, one, package), PARLEY_NOT_KNOWN);
    assert_int_equal(parley_case_both_hold(c, one, nothing, package), PARLEY_NOT_KNOWN);
    assert_int_equal(parley_formula_only_issue(formula(arena, c, "n > 2 or not n = 1")), 2);
    assert_int_equal(parley_formula_only_issue(formula(arena, c, "a accepts o")), -1);
    parley_arena_free(arena);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void sets_of_answers_say_the_same(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = read_text(ctx, "t.yaml", text, NULL);
    parley_arena *arena = parley_arena_new(ctx);
    int64_t package[5] = {-1, -1, -1, -1, -1};
    for (unsigned one = 1; one < 512; one += 7) { /* sets of days, as alternatives */
        for (unsigned other = 1; other < 512; other += 5) {
            const unsigned sets[2] = {one, other};
            parley_holding held[2];
            for (int k = 0; k < 2; k++) {
                char words[200] = "";
                for (int day = 1; day <= 9; day++) {
                    size_t n = strlen(words);
                    if ((sets[k] >> (day - 1) & 1) != 0) {
                        snprintf(words + n, sizeof(words) - n, "%sn = %d", n > 0 ? " or " : "",
                                 day);
                    }
                }
                held[k] = (parley_holding){formula(arena, c, words), k == 1 && other % 2 == 0};
            }
            unsigned b = held[1].refuses ? ~other & 511u : other;
            assert_int_equal(parley_case_both_hold(c, held[0], held[1], package),
                             (one & b) != 0 ? PARLEY_YES : PARLEY_NO);
        }
    }
    parley_arena_free(arena);
    parley_case_free(c);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_statements_about_one_issue_hold_when_some_answer_meets_both),
        cmocka_unit_test(sets_of_answers_say_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
