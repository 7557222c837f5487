/*
 * Numbers when memory runs out: each request refused once, in reading the values, in every engine
 * and on the page; and work that is stopped, or limited, or given numbers that are too long.
 */
#include <parley/screens.h>

#include "random_numbers.h"
#include "support/torture.h"

#include <stdio.h>

static const char mixed[] =
    "parley: 1\n"
    "parties: {a: {name: A, roles: [principal]}, b: {name: B, roles: [principal]}, c: {name: C}}\n"
    "issues:\n"
    "  food: {ask: \"?\", options: {rice: Rice, corn: Corn, none: None}}\n"
    "  price: {ask: \"?\", quantity: {unit: eur, from: 0, to: 30, step: 10}}\n"
    "  land: {ask: \"?\", split: {of: 100, unit: percent, step: 50, among: {x: X, y: Y}}}\n"
    "rules: {r1: {formula: \"not (food = none and price = 30)\"}}\n"
    "acceptance: {at-least: 2}\n"
    "values:\n"
    "  a:\n"
    "    without-a-deal: \"food = rice and price = 10\"\n"
    "    out-of: {food: 7}\n"
    "    scores: {food: {rice: 3, corn: 7, none: 0}, price: [[0, 0], [20, 1]], land: {x: 1}}\n"
    "    terms: [{when: \"food = corn and price >= 20\", add: -0.5}]\n"
    "  b: {without-a-deal: 1, scores: {food: {rice: 5, corn: 1, none: 2}, price: [[0, 4], [30, "
    "1]]},\n"
    "      red-lines: [\"land.x = 100\"]}\n"
    "  c: {divided-by: 4, scores: {price: [[0, 0], [30, 3]]}, base: 1}\n";
static const char boxes[] =
    "parley: 1\n"
    "parties: {a: {roles: [principal]}, b: {roles: [principal]}}\n"
    "issues: {i: {ask: \"?\", quantity: {from: 0, to: 5, step: 1}},\n"
    "         j: {ask: \"?\", quantity: {from: 0, to: 5, step: 1}}}\n"
    "values:\n"
    "  a: {cap: 5, boxes: [{where: {i: [0, 2]}, add: 3}, {outside: {i: [1, 4], j: [2, 3]}, add: "
    "4}]}\n"
    "  b: {boxes: [{where: {i: [2, 5], j: [1, 4]}, add: 2},\n"
    "              {take: max, of: [{where: {j: [3, 5]}, add: 1}, {add: 0.5}]}]}\n";
static const char shared[] =
    "parley: 1\n"
    "parties: {a: {name: A, roles: [principal]}, b: {name: B, roles: [principal]}}\n"
    "issues: {l: {ask: \"?\", split: {of: 10, among: {a: A, b: B}}},\n"
    "         m: {ask: \"?\", split: {of: 10, among: {a: A, b: B}}}}\n"
    "values: {a: {scores: {l: {a: 3}, m: {a: 2}}}, b: {scores: {l: {b: 2}, m: {b: 5}}}}\n";

static parley_status everything(parley_ctx *ctx, void *user, parley_error *err)
{
    const char *text = user;
    parley_case *c = NULL;
    parley_deal *deal = NULL;
    parley_numbers *x = NULL;
    parley_screen *screen = NULL;
    parley_text *out = parley_text_new(ctx, 1 << 20);
    parley_status status = out == NULL ? parley_fail(err, PARLEY_NOMEM, "no memory") : PARLEY_OK;
    if (status == PARLEY_OK) {
        status = parley_case_read(&c, ctx, "t.yaml", text, strlen(text), NULL, NULL, err);
    }
    if (status == PARLEY_OK) {
        status = parley_deal_new(&deal, ctx, c, NULL, err);
    }
    if (status == PARLEY_OK) {
        status = parley_numbers_new(&x, ctx, deal, c, NULL, err);
        assert_true((status == PARLEY_OK) == (x != NULL));
    }
    if (status == PARLEY_OK) {
        status = parley_screen_new(&screen, ctx, out, NULL, err);
    }
    const parley_deals_page page = {.c = c, .deal = deal, .path = "t.yaml", .numbers = x};
    if (status == PARLEY_OK) {
        status = parley_page_deals(screen, &page, err);
    }
    if (status == PARLEY_OK) {
        status = parley_screen_status(screen, err);
    }
    if (status == PARLEY_OK) {
        parley_json json;
        parley_json_begin(&json, out);
        status = parley_page_deals_json(&json, ctx, &page, err);
    }
    if (status == PARLEY_OK) {
        status = parley_text_status(out, err);
    }
    parley_screen_free(screen);
    parley_numbers_free(x);
    parley_deal_free(deal);
    parley_case_free(c);
    parley_text_free(out);
    return status;
}

static void every_refusal_gives_nomem_and_nothing_leaks(void **state)
{
    (void)state;
    torture(everything, (void *)(uintptr_t)mixed, 60);
    torture(everything, (void *)(uintptr_t)boxes, 40);
    torture(everything, (void *)(uintptr_t)shared, 40);
}

/* The engines that small cases do not reach: a proof, a near frontier. */
static parley_status deep(parley_ctx *ctx, void *user, parley_error *err)
{
    const nm_model *m = user;
    uint32_t who[NM_PARTIES_MOST] = {0, 1, 2};
    const nm_view view = {m, m->k, who, true};
    const nm_view free = {m, m->k, who, false};
    const nm_limits limits = {40, UINT64_MAX / 8, 2000, 0};
    nm_solution s[NM_GOALS];
    nm_frontier f;
    parley_arena *arena = parley_arena_new(ctx);
    parley_status status = arena == NULL ? parley_fail(err, PARLEY_NOMEM, "no memory")
                                         : nm_prove(ctx, arena, &view, &limits, s, err);
    if (status == PARLEY_OK) {
        status = nm_near_frontier(ctx, arena, &free, &limits, 0, &f, err);
    }
    parley_arena_free(arena);
    return status;
}

static nm_model *model_of(parley_arena *arena, uint32_t n, uint32_t size)
{
    parley_random r = parley_random_stream(9, 9, n, 0);
    random_shape s = {.k = 3, .n = n, .size = size, .spread = 100000};
    nm_model *m = random_model(arena, &r, &s);
    m->strict = false;
    for (uint32_t i = 0; i < m->k; i++) {
        m->without[i] = m->base[i] = 0;
    }
    return m;
}

static void engines_for_large_spaces_survive_refusals(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    torture(deep, model_of(arena, 6, 5), 10);
    parley_arena_free(arena);
    parley_ctx_free(ctx);
}

/* ------------------------------------------------------------- near, limited, stopped */

static void a_near_frontier_is_as_near_as_it_says(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    uint32_t who[] = {0, 1, 2};
    uint32_t near = 0;
    for (uint32_t round = 0; round < 20; round++) {
        parley_random r = parley_random_stream(10, 9, round, 0);
        random_shape s = {.k = 3, .n = 7, .size = 4, .spread = 3000, .tables = 2};
        nm_model *m = random_model(arena, &r, &s);
        const nm_view view = {m, 3, who, false};
        const nm_limits all = {1000000, UINT64_MAX / 8, 1000000, 0};
        const nm_limits few = {120, UINT64_MAX / 8, 1000000, 0};
        nm_frontier exact;
        nm_frontier f;
        parley_error err = PARLEY_ERROR_INIT;
        check_ok(nm_sets_frontier(ctx, arena, &view, &all, &exact, &err), &err);
        check_ok(nm_near_frontier(ctx, arena, &view, &few, 0, &f, &err), &err);
        if (f.status != PARLEY_FRONTIER_EPSILON) {
            continue;
        }
        near++;
        nm_num range[3];
        for (uint32_t i = 0; i < 3; i++) { /* of the values: what epsilon is a part of */
            nm_num low = 0;
            nm_num high = 0;
            for (uint32_t j = 0; j < m->n; j++) {
                nm_num least = nm_value(m, j, 0)[i];
                nm_num most = least;
                for (uint32_t v = 1; v < m->size[j]; v++) {
                    nm_num x = nm_value(m, j, v)[i];
                    least = x < least ? x : least;
                    most = x > most ? x : most;
                }
                low += least;
                high += most;
            }
            for (uint32_t t = 0; t < m->tables; t++) {
                nm_num least = 0;
                nm_num most = 0;
                for (uint32_t e = 0; m->table[t].add != NULL && e < m->table[t].entries; e++) {
                    nm_num x = m->table[t].add[e * 3 + i];
                    least = x < least ? x : least;
                    most = x > most ? x : most;
                }
                low += least;
                high += most;
            }
            range[i] = high - low;
        }
        for (uint32_t p = 0; p < exact.size; p++) {
            bool covered = false;
            for (uint32_t q = 0; q < f.size && !covered; q++) {
                covered = true;
                for (uint32_t i = 0; i < 3 && covered; i++) {
                    double short_of = (double)(exact.u[p * 3 + i] - f.u[q * 3 + i]);
                    covered = short_of <= f.epsilon * (double)range[i] * (1 + 1e-9) + 1e-9;
                }
            }
            assert_true(covered);
        }
    }
    assert_true(near >= 5);
    parley_arena_free(arena);
    parley_ctx_free(ctx);
}

static void a_limit_is_told_and_a_cancel_stops(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    nm_model *m = model_of(arena, 10, 8);
    uint32_t who[] = {0, 1, 2};
    const nm_view view = {m, 3, who, false};
    const nm_limits few = {20, UINT64_MAX / 8, 5, 0};
    nm_frontier f;
    parley_error err = PARLEY_ERROR_INIT;
    check_fails(nm_sets_frontier(ctx, arena, &view, &few, &f, &err), PARLEY_LIMIT, &err);
    assert_int_equal(f.size, 0);
    assert_int_equal(f.status, PARLEY_FRONTIER_LIMITED);
    nm_solution s[NM_GOALS];
    const nm_view accepted = {m, 3, who, true};
    parley_error_clear(&err);
    check_ok(nm_prove(ctx, arena, &accepted, &few, s, &err), &err);
    parley_ctx_cancel(ctx);
    check_fails(nm_sets_frontier(ctx, arena, &view, &few, &f, &err), PARLEY_CANCELLED, &err);
    parley_arena_free(arena);
    parley_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_refusal_gives_nomem_and_nothing_leaks),
        cmocka_unit_test(engines_for_large_spaces_survive_refusals),
        cmocka_unit_test(a_near_frontier_is_as_near_as_it_says),
        cmocka_unit_test(a_limit_is_told_and_a_cancel_stops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
