/*
 * Minimal clashing sets against brute force: over all subsets of up to ten soft constraints, which
 * are satisfied by some assignment? What comes must be exactly the minimal others, smallest first,
 * then by ids.
 */
#include "test_space.h"

#define SETS_MAX 1024

typedef struct found_sets {
    uint32_t count;
    uint64_t set[SETS_MAX];
    uint32_t stop_after;
} found_sets;

static bool found_set(void *user, const uint32_t *ids, uint32_t count)
{
    found_sets *f = user;
    uint64_t set = 0;
    for (uint32_t i = 0; i < count; i++) {
        assert_true(i == 0 || ids[i - 1] < ids[i]);
        set |= (uint64_t)1 << ids[i];
    }
    assert_true(f->count < SETS_MAX);
    f->set[f->count++] = set;
    return f->count != f->stop_after;
}

/* Smaller first; of one size the one with the lowest id that the other has not. */
static bool comes_before(uint64_t a, uint64_t b)
{
    int na = __builtin_popcountll(a), nb = __builtin_popcountll(b);
    uint64_t differ = a ^ b;
    return na != nb ? na < nb : (a & differ & (~differ + 1)) != 0;
}

/* The minimal sets of `soft` that leave nothing with `hard`, by trying everything. */
static uint32_t brute(const toy *t, uint64_t hard, uint64_t soft, uint64_t *out)
{
    static uint8_t holds[1 << TOY_CONSTRAINTS];
    uint32_t values[TOY_VARIABLES] = {0};
    memset(holds, 0, sizeof holds);
    do {
        uint32_t mask = 0;
        for (uint32_t i = 0; i < t->constraints; i++)
            if (toy_eval(t->constraint[i], values))
                mask |= 1u << i;
        if ((hard & ~(uint64_t)mask) == 0)
            holds[mask & soft] = 1;
    } while (toy_next(t, values));
    /* Down-closure. */
    for (uint32_t i = 0; i < t->constraints; i++)
        for (uint32_t m = 0; m < 1u << t->constraints; m++)
            if ((m >> i & 1) && holds[m])
                holds[m & ~(1u << i)] = 1;
    uint32_t n = 0;
    for (uint32_t m = 0; m < 1u << t->constraints; m++) {
        if ((m & ~soft) != 0 || holds[m])
            continue;
        bool minimal = true;
        for (uint32_t i = 0; i < t->constraints; i++)
            minimal = minimal && (!(m >> i & 1) || holds[m & ~(1u << i)]);
        if (minimal && n < SETS_MAX)
            out[n++] = m;
    }
    for (uint32_t i = 1; i < n; i++)
        for (uint32_t j = i; j > 0 && comes_before(out[j], out[j - 1]); j--) {
            uint64_t x = out[j];
            out[j] = out[j - 1];
            out[j - 1] = x;
        }
    return n;
}

/* `rules`: what speaks of several variables is hard, mostly. */
static void run(const toy_kind *kind, bool rules, uint32_t spaces, uint32_t seed)
{
    parley_ctx *ctx = NULL;
    assert_int_equal(parley_ctx_new(&ctx, NULL, NULL), PARLEY_OK);
    uint32_t many = 0;
    for (uint32_t i = 0; i < spaces; i++) {
        toy t;
        toy_open(&t, ctx, seed + i);
        toy_make(&t, kind);
        uint64_t hard = 0, soft = 0;
        for (uint32_t j = 0; j < t.constraints; j++) {
            uint32_t what = toy_below(&t, 8);
            if (rules)
                what = (t.constraint[j]->kind == SPACE_LITERAL) != (what == 7) ? 4 : 0;
            hard |= (uint64_t)(what == 0 || what == 1) << j;
            soft |= (uint64_t)(what != 0 && what != 2) << j; /* some are both, some neither */
        }
        uint64_t want[SETS_MAX];
        uint32_t n = brute(&t, hard, soft & ~hard, want);
        found_sets got = {0};
        assert_int_equal(
            space_clashes(t.s, (space_set){&hard, 1}, (space_set){&soft, 1}, found_set, &got, NULL),
            PARLEY_OK);
        assert_int_equal(got.count, n);
        for (uint32_t j = 0; j < n; j++)
            assert_int_equal(got.set[j], want[j]);
        if (n > 2) {
            found_sets first = {.stop_after = 2};
            assert_int_equal(space_clashes(t.s, (space_set){&hard, 1}, (space_set){&soft, 1},
                                           found_set, &first, NULL),
                             PARLEY_OK);
            assert_int_equal(first.count, 2);
            many++;
        }
        toy_close(&t);
    }
    assert_true(many > spaces / 50);
    parley_ctx_free(ctx);
}

static void all_minimal_clashing_sets_come_in_order(void **state)
{
    (void)state;
    const toy_kind kind = {4, 3, 10, 2, 3, 10, 0};
    run(&kind, false, 4000, 100);
}

static void one_issue_terms_clash_in_pairs_and_more(void **state)
{
    (void)state;
    const toy_kind kind = {3, 4, 12, 1, 2, 0, 0};
    run(&kind, false, 2000, 10000);
}

static void demands_on_single_issues_clash_through_rules(void **state)
{
    (void)state;
    const toy_kind kind = {6, 3, 14, 1, 2, 0, 0};
    run(&kind, true, 1500, 30000);
    const toy_kind few = {4, 4, 14, 2, 3, 0, 6};
    run(&few, true, 1000, 40000);
}

static void what_several_say_clashes_once_for_each_of_them(void **state)
{
    (void)state;
    const toy_kind same = {2, 2, 12, 0, 2, 0, 0}; /* four things to say, said by twelve */
    run(&same, false, 1500, 50000);
    const toy_kind nearly = {2, 3, 13, 1, 2, 0, 0};
    run(&nearly, false, 1500, 60000);
    const toy_kind ruled = {3, 2, 13, 1, 2, 0, 0};
    run(&ruled, true, 1500, 70000);
}

static bool count_pairs(void *user, const uint32_t *ids, uint32_t count)
{
    uint64_t *seen = user;
    assert_int_equal(count, 2);
    assert_int_equal(ids[0] / 2, ids[1] / 2);
    *seen |= (uint64_t)1 << ids[0] / 2;
    return true;
}

/* Two opposite demands on each of fifty issues: which of each pair holds is free, 2^50 ways. */
static void opposite_demands_on_every_issue_are_proved_complete(void **state)
{
    (void)state;
    enum { ISSUES = 50 };
    for (uint32_t linked = 0; linked < 2; linked++) {
        parley_ctx_options o = PARLEY_CTX_OPTIONS_INIT;
        parley_ctx *ctx = NULL;
        parley_error err = PARLEY_ERROR_INIT;
        o.limits.search_nodes = 20000;
        check_ok(parley_ctx_new(&ctx, &o, &err), &err);
        space_variable v[ISSUES];
        for (uint32_t i = 0; i < ISSUES; i++)
            v[i] = (space_variable){4, false};
        space *s = NULL;
        check_ok(space_new(&s, ctx, ISSUES, v, &err), &err);
        const uint64_t low = 3, high = 12, ends = 9;
        for (uint32_t i = 0; i < ISSUES; i++)
            for (uint32_t side = 0; side < 2; side++) {
                const space_expr e = {SPACE_LITERAL, i, side ? &high : &low, 0, NULL};
                check_ok(space_add(s, &e, NULL, &err), &err);
            }
        /* Rules that tie neighbours together, whichever side wins: both at an end, or neither. */
        for (uint32_t i = 0; i + 1 < ISSUES; i++) {
            const space_expr a = {SPACE_LITERAL, i, &ends, 0, NULL};
            const space_expr b = {SPACE_LITERAL, i + 1, &ends, 0, NULL};
            const space_expr *arg[2] = {&a, &b};
            const space_expr e = {SPACE_IFF, 0, NULL, 2, arg};
            check_ok(space_add(s, &e, NULL, &err), &err);
        }
        uint64_t hard[3] = {0}, soft[3] = {0}, seen = 0;
        for (uint32_t i = 0; i < 2 * ISSUES + ISSUES - 1; i++)
            (i < 2 * ISSUES ? soft : hard)[i / 64] |= (uint64_t)1 << i % 64;
        check_ok(space_clashes(s, (space_set){hard, linked ? 3 : 0}, (space_set){soft, 3},
                               count_pairs, &seen, &err),
                 &err);
        assert_true(seen == ((uint64_t)1 << ISSUES) - 1);
        space_free(s);
        parley_ctx_free(ctx);
    }
}

static void wide_soft_constraints_are_cut_and_still_exact(void **state)
{
    (void)state;
    const toy_kind kind = {8, 3, 8, 3, 8, 30, 5};
    run(&kind, false, 150, 20000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_minimal_clashing_sets_come_in_order),
        cmocka_unit_test(one_issue_terms_clash_in_pairs_and_more),
        cmocka_unit_test(demands_on_single_issues_clash_through_rules),
        cmocka_unit_test(what_several_say_clashes_once_for_each_of_them),
        cmocka_unit_test(opposite_demands_on_every_issue_are_proved_complete),
        cmocka_unit_test(wide_soft_constraints_are_cut_and_still_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
