/*
 * The space engine when memory runs out: every refusal gives NOMEM, nothing leaks, and the space
 * answers rightly afterwards.
 */
#include "test_space.h"

#include "support/torture.h"

#define VARIABLES 10
#define CONSTRAINTS 14

static const uint64_t all[1] = {~(uint64_t)0};
static const uint64_t low[1] = {0xff};
static const uint64_t high[1] = {0xff00};

/* Clauses over three variables, one wide "if and only if", one long disjunction. No memory of its
 * own. */
typedef struct formulas {
    uint64_t set[64];
    space_expr literal[64];
    const space_expr *arg[64];
    space_expr top[CONSTRAINTS];
} formulas;

static void write_formulas(formulas *f)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < CONSTRAINTS; i++) {
        uint32_t count = i == 5 ? 8 : i == 9 ? VARIABLES : 3;
        f->top[i] = (space_expr){i == 5 ? SPACE_IFF : SPACE_OR, 0, NULL, count, &f->arg[n]};
        for (uint32_t j = 0; j < count; j++, n++) {
            f->set[n] = (uint64_t)3 << (i * 7 + j * 3) % 4;
            f->literal[n] = (space_expr){SPACE_LITERAL, (i * 3 + j * (1 + i % 3)) % VARIABLES,
                                         &f->set[n], 0, NULL};
            f->arg[n] = &f->literal[n];
        }
    }
}

static parley_status build(parley_ctx *ctx, space **out, parley_error *err)
{
    formulas f;
    space_variable v[VARIABLES];
    write_formulas(&f);
    for (uint32_t i = 0; i < VARIABLES; i++)
        v[i] = (space_variable){5, i == 7};
    parley_status status = space_new(out, ctx, VARIABLES, v, err);
    for (uint32_t i = 0; i < CONSTRAINTS && status == PARLEY_OK; i++)
        status = space_add(*out, &f.top[i], NULL, err);
    return status;
}

static bool count_visits(void *user, const uint32_t *values)
{
    (void)values;
    return ++*(uint64_t *)user < 200;
}

static bool count_sets(void *user, const uint32_t *ids, uint32_t count)
{
    (void)ids;
    *(uint64_t *)user += count;
    return true;
}

/* One question of each kind; *sum is the same each time it succeeds. */
static parley_status ask(space *s, uint32_t which, uint64_t *sum, parley_error *err)
{
    parley_status status = PARLEY_OK;
    parley_count count;
    bool found = false;
    formulas f;
    *sum = 0;
    switch (which) {
    case 0:
        status = space_count(s, (space_set){all, 1}, NULL, &count, err);
        *sum = count.limb[0];
        break;
    case 1:
        status = space_exists(s, (space_set){all, 1}, NULL, &found, NULL, err);
        *sum = found;
        break;
    case 2: {
        uint64_t support[VARIABLES], *row[VARIABLES];
        for (uint32_t i = 0; i < VARIABLES; i++)
            row[i] = &support[i];
        status = space_support(s, (space_set){all, 1}, NULL, row, err);
        for (uint32_t i = 0; i < VARIABLES; i++)
            *sum += support[i] << i;
        break;
    }
    case 3:
        status = space_list(s, (space_set){all, 1}, NULL, count_visits, sum, err);
        break;
    case 4:
        write_formulas(&f);
        status = space_entails(s, (space_set){low, 1}, &f.top[9], &found, err);
        *sum = found;
        break;
    default:
        status = space_clashes(s, (space_set){low, 1}, (space_set){high, 1}, count_sets, sum, err);
    }
    return status;
}

#define QUESTIONS 6

static parley_status one_of_each(parley_ctx *ctx, void *user, parley_error *err)
{
    const uint32_t *which = user;
    space *s = NULL;
    uint64_t sum = 0;
    parley_status status = build(ctx, &s, err);
    if (status == PARLEY_OK)
        status = ask(s, *which, &sum, err);
    space_free(s);
    return status;
}

static void every_refusal_is_reported_and_nothing_leaks(void **state)
{
    (void)state;
    for (uint32_t which = 0; which < QUESTIONS; which++)
        torture(one_of_each, &which, 20);
}

static void a_space_answers_rightly_after_a_refusal(void **state)
{
    (void)state;
    uint64_t refused = 0;
    for (uint32_t which = 0; which < QUESTIONS; which++) {
        torture_allocator t = TORTURE_ALLOCATOR_INIT;
        parley_ctx_options o = torture_options(&t);
        o.limits.table_entries = 16; /* branch, so that the cache is used too */
        parley_ctx *ctx = NULL;
        space *s = NULL;
        parley_error err = PARLEY_ERROR_INIT;
        check_ok(parley_ctx_new(&ctx, &o, &err), &err);
        check_ok(build(ctx, &s, &err), &err);
        uint64_t want = 0, got = 0;
        check_ok(ask(s, which, &want, &err), &err);
        space_free(s);
        for (uint64_t n = 0; n < 40; n++) {
            s = NULL;
            t.fail_at = TORTURE_NEVER;
            check_ok(build(ctx, &s, &err), &err);
            t.fail_at = atomic_load(&t.requests) + n;
            uint64_t before = atomic_load(&t.refused);
            parley_error_clear(&err);
            parley_status status = ask(s, which, &got, &err);
            bool hit = atomic_load(&t.refused) > before;
            refused += hit;
            if (hit)
                check_fails(status, PARLEY_NOMEM, &err);
            else
                check_ok(status, &err);
            t.fail_at = TORTURE_NEVER;
            for (uint32_t other = 0; other < QUESTIONS; other++) {
                parley_error_clear(&err);
                check_ok(ask(s, other, &got, &err), &err);
                if (other == which)
                    assert_int_equal(got, want);
            }
            space_free(s);
        }
        parley_ctx_free(ctx);
        torture_check_clean(&t);
    }
    assert_true(refused > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_refusal_is_reported_and_nothing_leaks),
        cmocka_unit_test(a_space_answers_rightly_after_a_refusal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
