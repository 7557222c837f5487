/*
 * The space engine against brute force over every assignment of thousands of small random spaces:
 * count, existence, witness, support, listing, entailment; in the usual way and with tables kept so
 * small that every question has to branch.
 */
#include "test_space.h"

#include <stdio.h>

static parley_ctx *context(uint32_t table_entries)
{
    parley_ctx_options o = PARLEY_CTX_OPTIONS_INIT;
    parley_ctx *ctx = NULL;
    if (table_entries > 0)
        o.limits.table_entries = table_entries;
    assert_int_equal(parley_ctx_new(&ctx, &o, NULL), PARLEY_OK);
    return ctx;
}

typedef struct truth {
    uint64_t packages;
    uint64_t assignments;
    uint64_t support[TOY_VARIABLES];
} truth;

/* Projected variables vary fastest only by chance, so packages are collected as a set of numbers.
 */
static truth brute(const toy *t, uint64_t on, const uint64_t *const *clamp)
{
    truth r = {0};
    static uint8_t seen[1 << 20];
    uint32_t values[TOY_VARIABLES] = {0};
    memset(seen, 0, sizeof seen);
    do {
        if (!toy_holds(t, on, clamp, values))
            continue;
        r.assignments++;
        uint32_t number = 0;
        for (uint32_t v = 0; v < t->variables; v++) {
            r.support[v] |= (uint64_t)1 << values[v];
            if (!t->variable[v].projected)
                number = number * t->variable[v].size + values[v];
        }
        assert_true(number < sizeof seen);
        r.packages += !seen[number];
        seen[number] = 1;
    } while (toy_next(t, values));
    return r;
}

static void compare(toy *t, uint64_t on, const uint64_t *const *clamp)
{
    parley_error err = PARLEY_ERROR_INIT;
    space_set set = {&on, 1};
    truth want = brute(t, on, clamp);

    parley_count count;
    assert_int_equal(space_count(t->s, set, clamp, &count, &err), PARLEY_OK);
    parley_count expected = parley_count_of(want.packages);
    if (parley_count_compare(&count, &expected) != 0)
        fail_msg("count is %llu, not %llu", (unsigned long long)count.limb[0],
                 (unsigned long long)want.packages);

    bool found = false;
    uint32_t witness[TOY_VARIABLES];
    assert_int_equal(space_exists(t->s, set, clamp, &found, witness, &err), PARLEY_OK);
    assert_int_equal(found, want.assignments > 0);
    if (found) {
        for (uint32_t v = 0; v < t->variables; v++)
            assert_true(witness[v] < t->variable[v].size);
        assert_true(toy_holds(t, on, clamp, witness));
    }

    uint64_t support[TOY_VARIABLES];
    uint64_t *rows[TOY_VARIABLES];
    for (uint32_t v = 0; v < t->variables; v++)
        rows[v] = &support[v];
    memset(support, 0xee, sizeof support);
    assert_int_equal(space_support(t->s, set, clamp, rows, &err), PARLEY_OK);
    for (uint32_t v = 0; v < t->variables; v++)
        assert_int_equal(support[v], want.support[v]);
}

/* What the listing gave, checked as it comes. */
typedef struct listing {
    const toy *t;
    uint64_t on;
    const uint64_t *const *clamp;
    uint64_t packages;
    uint64_t stop_after;
    uint32_t last[TOY_VARIABLES];
} listing;

static bool listed(void *user, const uint32_t *values)
{
    listing *l = user;
    const toy *t = l->t;
    if (l->packages > 0) {
        uint32_t v = 0;
        while (v < t->variables && l->last[v] == values[v])
            v++;
        assert_true(v < t->variables);
        assert_true(l->last[v] < values[v]);
    }
    memcpy(l->last, values, t->variables * sizeof *values);
    /* Some value of the projected variables satisfies. */
    uint32_t trial[TOY_VARIABLES] = {0};
    bool some = false;
    do {
        bool same = true;
        for (uint32_t v = 0; v < t->variables; v++) {
            same = same && (t->variable[v].projected || trial[v] == values[v]);
            if (t->variable[v].projected)
                assert_int_equal(values[v], 0);
        }
        some = some || (same && toy_holds(t, l->on, l->clamp, trial));
    } while (!some && toy_next(t, trial));
    assert_true(some);
    return ++l->packages != l->stop_after;
}

static void compare_listing(toy *t, uint64_t on, const uint64_t *const *clamp)
{
    truth want = brute(t, on, clamp);
    if (want.packages > 300)
        return;
    space_set set = {&on, 1};
    listing l = {.t = t, .on = on, .clamp = clamp};
    assert_int_equal(space_list(t->s, set, clamp, listed, &l, NULL), PARLEY_OK);
    assert_int_equal(l.packages, want.packages);
    if (want.packages < 2)
        return;
    listing first = {.t = t, .on = on, .clamp = clamp, .stop_after = want.packages / 2};
    assert_int_equal(space_list(t->s, set, clamp, listed, &first, NULL), PARLEY_OK);
    assert_int_equal(first.packages, want.packages / 2);
}

static void compare_entailment(toy *t, const toy_kind *kind, uint64_t on)
{
    const space_expr *e = toy_expr(t, kind, 2);
    uint32_t values[TOY_VARIABLES] = {0};
    bool want = true, got = false;
    do {
        want = want && (!toy_holds(t, on, NULL, values) || toy_eval(e, values));
    } while (toy_next(t, values));
    space_set set = {&on, 1};
    assert_int_equal(space_entails(t->s, set, e, &got, NULL), PARLEY_OK);
    assert_int_equal(got, want);
    assert_int_equal(space_constraints(t->s), t->constraints);
}

static void run(const toy_kind *kind, uint32_t spaces, uint32_t table_entries, uint32_t seed)
{
    parley_ctx *ctx = context(table_entries);
    for (uint32_t i = 0; i < spaces; i++) {
        toy t;
        toy_open(&t, ctx, seed + i);
        toy_make(&t, kind);
        for (uint32_t round = 0; round < 4; round++) {
            uint64_t on = round == 0 ? ~(uint64_t)0 : parley_random_u64(&t.random);
            uint64_t clamps[TOY_VARIABLES];
            const uint64_t *clamp[TOY_VARIABLES];
            for (uint32_t v = 0; v < t.variables; v++) {
                clamps[v] = parley_random_u64(&t.random);
                clamp[v] = toy_below(&t, 3) == 0 ? &clamps[v] : NULL;
            }
            compare(&t, on, round % 2 == 1 ? clamp : NULL);
            compare_listing(&t, on, round % 2 == 1 ? clamp : NULL);
            compare_entailment(&t, kind, on);
        }
        toy_close(&t);
    }
    parley_ctx_free(ctx);
}

static void brute_force_agrees_on_small_spaces(void **state)
{
    (void)state;
    const toy_kind kind = {6, 3, 12, 3, 3, 8, 0};
    run(&kind, 3000, 0, 1000);
}

static void brute_force_agrees_with_projected_variables(void **state)
{
    (void)state;
    const toy_kind kind = {6, 3, 8, 3, 3, 8, 3};
    run(&kind, 3000, 0, 20000);
}

static void brute_force_agrees_when_every_question_must_branch(void **state)
{
    (void)state;
    const toy_kind kind = {6, 3, 8, 3, 3, 8, 4};
    run(&kind, 1500, 1, 30000);
    run(&kind, 1500, 3, 40000);
}

static void brute_force_agrees_on_wide_formulas(void **state)
{
    (void)state;
    const toy_kind kind = {9, 4, 4, 3, 9, 30, 6};
    run(&kind, 60, 0, 50000);
    run(&kind, 60, 1, 51000);
}

static void brute_force_agrees_on_larger_variables(void **state)
{
    (void)state;
    const toy_kind kind = {4, 20, 8, 3, 4, 20, 5};
    run(&kind, 300, 0, 60000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(brute_force_agrees_on_small_spaces),
        cmocka_unit_test(brute_force_agrees_with_projected_variables),
        cmocka_unit_test(brute_force_agrees_when_every_question_must_branch),
        cmocka_unit_test(brute_force_agrees_on_wide_formulas),
        cmocka_unit_test(brute_force_agrees_on_larger_variables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
