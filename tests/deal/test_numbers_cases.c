/*
 * The shipped cases with numbers give the published answers, and a case with everything in it gives
 * what adding up by hand gives.
 */
#include <parley/numbers.h>
#include <parley/screens.h>

#include "support/check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct loaded {
    parley_ctx *ctx;
    parley_case *c;
    parley_deal *deal;
    parley_numbers *x;
} loaded;

static void solve(loaded *l)
{
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_deal_new(&l->deal, l->ctx, l->c, NULL, &err), &err);
    check_ok(parley_numbers_new(&l->x, l->ctx, l->deal, l->c, NULL, &err), &err);
}

static loaded load(const char *name)
{
    loaded l = {check_ctx(), NULL, NULL, NULL};
    parley_error err = PARLEY_ERROR_INIT;
    char path[600];
    const char *folder = getenv("PARLEY_TEST_CASES");
    snprintf(path, sizeof(path), "%s/%s", folder != NULL ? folder : "cases", name);
    check_ok(parley_case_load(&l.c, l.ctx, path, NULL, NULL, &err), &err);
    solve(&l);
    return l;
}

static loaded read_text(const char *text)
{
    loaded l = {check_ctx(), NULL, NULL, NULL};
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_case_read(&l.c, l.ctx, "t.yaml", text, strlen(text), NULL, NULL, &err), &err);
    solve(&l);
    return l;
}

static void done(loaded *l)
{
    parley_numbers_free(l->x);
    parley_deal_free(l->deal);
    parley_case_free(l->c);
    parley_ctx_free(l->ctx);
}

static const parley_solution *goal(const loaded *l, parley_goal g)
{
    const parley_solution *s = parley_numbers_solution(l->x, g);
    assert_int_equal(s->status, PARLEY_SOLUTION_OPTIMAL);
    assert_true(s->has_package);
    return s;
}

static int32_t issue(const loaded *l, const char *id)
{
    int32_t i = parley_case_find(l->c, "issues", id, strlen(id));
    assert_true(i >= 0);
    return i;
}

static void panama_gives_66_each_with_the_land_split_at_two_fifteenths(void **state)
{
    (void)state;
    static const int corners[][2] = {{100, 0}, {98, 13}, {96, 20}, {94, 27}, {90, 38}, {79, 53},
                                     {64, 68}, {58, 73}, {36, 88}, {14, 97}, {0, 100}};
    loaded l = load("panama-1974.yaml");
    assert_int_equal(parley_numbers_frontier(l.x), PARLEY_FRONTIER_EXACT);
    assert_int_equal(parley_numbers_points(l.x), CHECK_COUNT(corners));
    for (uint32_t p = 0; p < CHECK_COUNT(corners); p++) {
        parley_frontier_point point = parley_numbers_point(l.x, p);
        assert_true(point.at.worth[0] == corners[p][0] && point.at.worth[1] == corners[p][1]);
        assert_int_equal(parley_numbers_joined(l.x, p), p + 1 < CHECK_COUNT(corners));
    }
    const parley_goal equal[] = {PARLEY_GOAL_NASH, PARLEY_GOAL_EGALITARIAN,
                                 PARLEY_GOAL_KALAI_SMORODINSKY};
    for (size_t g = 0; g < CHECK_COUNT(equal); g++) {
        const parley_solution *s = goal(&l, equal[g]);
        assert_string_equal(s->at.exact[0], "66");
        assert_string_equal(s->at.exact[1], "66");
        assert_string_equal(s->at.exact_share[issue(&l, "land")][0], "2/15");
        assert_true(fabs(s->at.share[issue(&l, "land")][0] - 0.133333333333) < 1e-9);
    }
    done(&l);
}

static void camp_david_gives_65_and_five_sixths_each(void **state)
{
    (void)state;
    loaded l = load("camp-david-1978.yaml");
    const parley_solution *s = goal(&l, PARLEY_GOAL_EGALITARIAN);
    assert_string_equal(s->at.exact[0], "395/6");
    assert_string_equal(s->at.exact[1], "395/6");
    assert_string_equal(s->at.exact_share[issue(&l, "sinai")][0], "1/6");
    s = goal(&l, PARLEY_GOAL_NASH);
    assert_string_equal(s->at.exact[0], "60");
    assert_string_equal(s->at.exact[1], "75");
    done(&l);
}

static void the_game_for_six_has_54_packages_for_all(void **state)
{
    (void)state;
    loaded l = load("orrin-game.yaml");
    const int64_t first[6] = {2, 0, 1, 1, 0, 0}; /* the company's draft */
    const bool yes[6] = {false, true, false, true, true, false};
    double worth[6];
    bool accepts[6];
    assert_int_equal(parley_numbers_acceptable_to_all(l.x).low.limb[0], 54);
    assert_int_equal(parley_numbers_feasible(l.x).high.limb[0], 1440);
    assert_int_equal(parley_numbers_winning(l.x), 4);
    check_ok(parley_numbers_worth(l.x, first, worth, accepts, NULL), NULL);
    for (int i = 0; i < 6; i++) {
        assert_int_equal(accepts[i], yes[i]);
    }
    const parley_solution *s = goal(&l, PARLEY_GOAL_NASH);
    assert_string_equal(s->at.exact[0], "78");
    assert_string_equal(s->at.exact[5], "220/3");
    done(&l);
}

static const char everything[] =
    "parley: 1\n"
    "parties: {a: {name: A, roles: [principal]}, b: {name: B, roles: [principal]}, c: {name: C}}\n"
    "issues:\n"
    "  food: {ask: \"Food?\", options: {rice: Rice, corn: Corn, none: None}}\n"
    "  price: {ask: \"Price?\", quantity: {unit: eur, from: 0, to: 30, step: 10}}\n"
    "  land: {ask: \"Land?\", split: {of: 100, unit: percent, step: 50, among: {x: X, y: Y}}}\n"
    "rules:\n"
    "  r1: {formula: \"not (food = none and price = 30)\"}\n"
    "acceptance: {at-least: 2, vetoes: [a]}\n"
    "values:\n"
    "  a:\n"
    "    without-a-deal: \"food = rice and price = 10\"\n"
    "    weights: {food: 2}\n"
    "    out-of: {food: 7}\n"
    "    scores:\n"
    "      food: {rice: 3, corn: 7, none: 0}\n"
    "      price: [[0, 0], [20, 1], [30, \"1/3\"]]\n"
    "      land: {x: 1, y: [[0, 0], [50, 2], [100, 2]]}\n"
    "    terms: [{when: \"food = corn and price >= 20\", add: -0.5}]\n"
    "    cap: 3\n"
    "  b:\n"
    "    without-a-deal: 1\n"
    "    scores: {food: {rice: 5, corn: 1, none: 2}, price: [[0, 4], [30, 1]]}\n"
    "    boxes:\n"
    "      - {where: {price: [10, 20], food: [rice, none]}, add: 1}\n"
    "      - {take: max, times: -2, of: [{where: {food: corn}, add: 1}, {add: \"1/4\"}]}\n"
    "    red-lines: [\"land.x = 100\"]\n"
    "  c: {divided-by: 4, scores: {price: [[0, 0], [30, 3]]}, base: 1}\n";

/* Worth of one package, worked out by hand. */
static void every_kind_of_value_adds_up(void **state)
{
    (void)state;
    static const struct {
        int64_t food, price, land; /* land: 0 is all for Y, 1 half, 2 all for X */
        double a, b, c;
        bool yes[3];
    } rows[] = {
        /* rice, 0, half: 2*3/7 + 0 + (.5 + 2); 5 + 4 - 2*max(0, 1/4); 1/4 */
        {0, 0, 1, 3, 8.5, 0.25, {true, true, true}}, /* capped: 3.357 */
        {0, 1, 0, 6.0 / 7 + 0.5 + 2, 5 + 3 + 1 - 0.5, 0.5, {true, true, true}},
        {0, 1, 2, 6.0 / 7 + 0.5 + 1, 8.5, 0.5, {true, false, true}}, /* B's red line */
        {1, 2, 2, 2 + 1 + 1 - 0.5, 1 + 2 - 2, 0.75, {true, false, true}},
        {2, 2, 1, 3, 2 + 2 + 1 - 0.5, 0.75, {true, true, true}},
        {2, 0, 2, 1, 2 + 4 - 0.5, 0.25, {false, false, true}},
    };
    loaded l = read_text(everything);
    for (size_t r = 0; r < CHECK_COUNT(rows); r++) {
        const int64_t value[3] = {rows[r].food, rows[r].price, rows[r].land};
        const double wanted[3] = {fmin(rows[r].a, 3), rows[r].b, rows[r].c};
        double worth[3];
        bool accepts[3];
        check_ok(parley_numbers_worth(l.x, value, worth, accepts, NULL), NULL);
        for (int i = 0; i < 3; i++) {
            assert_true(fabs(worth[i] - wanted[i]) < 1e-12);
            assert_int_equal(accepts[i], rows[r].yes[i]);
        }
    }
    /* without a deal: rice for 10 is worth 6/7 + 1/2 */
    assert_true(fabs(parley_numbers_without(l.x, 0) - (6.0 / 7 + 0.5)) < 1e-12);
    assert_true(parley_numbers_without_given(l.x, 0) && !parley_numbers_without_given(l.x, 2));
    assert_int_equal(parley_numbers_winning(l.x), 2);
    assert_true(parley_numbers_winning_all(l.x));
    assert_int_equal(parley_numbers_winning_at(l.x, 0)->parties.count, 2);
    done(&l);
}

static void nothing_acceptable_to_all_is_an_answer(void **state)
{
    (void)state;
    loaded l = read_text("parley: 1\n"
                         "parties: {a: {roles: [principal]}, b: {roles: [principal]}}\n"
                         "issues: {i: {ask: \"?\", options: {one: One, two: Two}}}\n"
                         "values:\n"
                         "  a: {without-a-deal: 2, scores: {i: {one: 1, two: 3}}}\n"
                         "  b: {without-a-deal: 2, scores: {i: {one: 3, two: 1}}}\n");
    assert_true(parley_numbers_none(l.x));
    for (int g = 0; g < PARLEY_GOAL_COUNT; g++) {
        const parley_solution *s = parley_numbers_solution(l.x, (parley_goal)g);
        assert_int_equal(s->status, PARLEY_SOLUTION_NONE);
        assert_non_null(s->reason);
    }
    assert_int_equal(parley_numbers_points(l.x), 2);
    done(&l);
}

#define BESIDE                                                                                     \
    "parley: 1\n"                                                                                  \
    "parties: {a: {roles: [principal]}, b: {roles: [principal]}}\n"                                \
    "issues:\n"                                                                                    \
    "  i: {ask: \"?\", options: {one: One, two: Two}}\n"                                           \
    "  land: {ask: \"?\", split: {of: 10, unit: ha, among: {x: X, y: Y}}}\n"

#define BESIDE_VALUES                                                                              \
    "values:\n"                                                                                    \
    "  a: {scores: {i: {one: 2, two: 0}, land: {x: 3}}}\n"                                         \
    "  b: {scores: {i: {one: 0, two: 3}, land: {y: 2}}}\n"

/*
 * Over `one` the line from (5, 0) to (2, 2), over `two` that from (3, 3) to (0, 5). At 2 the second
 * is at 11/3, so that the first is highest only behind 3: from (3, 4/3), which (3, 3) is above, on.
 */
static void a_split_beside_a_choice_stays_whole(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b, *x;
        bool joined, open;
    } rows[] = {{"5", "0", "1", true, false},
                {"3", "4/3", "1/3", false, true},
                {"3", "3", "1", true, false},
                {"0", "5", "0", false, false}};
    loaded l = read_text(BESIDE BESIDE_VALUES);
    assert_false(parley_numbers_total(l.x).known);
    assert_int_equal(parley_numbers_split_steps(l.x), 0);
    assert_int_equal(parley_numbers_points(l.x), CHECK_COUNT(rows));
    for (uint32_t p = 0; p < CHECK_COUNT(rows); p++) {
        parley_frontier_point point = parley_numbers_point(l.x, p);
        assert_string_equal(point.at.exact[0], rows[p].a);
        assert_string_equal(point.at.exact[1], rows[p].b);
        assert_string_equal(point.at.exact_share[issue(&l, "land")][0], rows[p].x);
        assert_int_equal(point.open, rows[p].open);
        assert_int_equal(parley_numbers_joined(l.x, p), rows[p].joined);
    }
    const parley_solution *s = goal(&l, PARLEY_GOAL_EGALITARIAN);
    assert_string_equal(s->at.exact[0], "3");
    assert_string_equal(s->at.exact[1], "3");
    s = goal(&l, PARLEY_GOAL_NASH); /* 3t (5 - 2t) on the second line rises up to its end */
    assert_string_equal(s->at.exact[0], "3");
    done(&l);
}

static void a_rule_on_shares_cuts_them_into_declared_steps(void **state)
{
    (void)state;
    loaded l = read_text(BESIDE "rules: {r: {formula: \"land.x <= 3\"}}\n" BESIDE_VALUES);
    parley_numbers_count total = parley_numbers_total(l.x);
    parley_numbers_count left = parley_numbers_feasible(l.x);
    assert_true(total.known && left.known);
    assert_int_equal(total.low.limb[0], 2 * 101);
    assert_int_equal(left.low.limb[0], 2 * 31);
    assert_int_equal(parley_numbers_split_steps(l.x), 100);
    parley_frontier_point p = parley_numbers_point(l.x, 0);
    assert_true(fabs(p.at.worth[0] - 2.9) < 1e-12);
    assert_string_equal(p.at.exact_share[issue(&l, "land")][0], "0.3");
    done(&l);
}

/* The page of an analysis; every line within eighty columns. */
static void check_page(const loaded *l, const char *const *words, size_t count)
{
    parley_text *out = parley_text_new(l->ctx, 1 << 20);
    parley_screen *screen = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    const parley_deals_page page = {.c = l->c, .deal = l->deal, .path = "t", .numbers = l->x};
    check_ok(parley_screen_new(&screen, l->ctx, out, NULL, &err), &err);
    check_ok(parley_page_deals(screen, &page, &err), &err);
    check_ok(parley_screen_status(screen, &err), &err);
    const char *text = parley_text_data(out);
    for (const char *line = text, *end = NULL; *line != '\0'; line = end + 1) {
        end = strchr(line, '\n');
        assert_non_null(end);
        assert_true(parley_utf8_width(line, (size_t)(end - line)) <= 80);
    }
    for (size_t w = 0; w < count; w++) {
        if (strstr(text, words[w]) == NULL) {
            print_error("no '%s' in\n%s\n", words[w], text);
        }
        assert_non_null(strstr(text, words[w]));
    }
    assert_null(strchr(text, '\x1b'));
    parley_screen_free(screen);
    parley_text_free(out);
}

static void the_page_says_it_within_eighty_columns(void **state)
{
    (void)state;
    static const char *const panama[] = {"11 corners, exact", "13.33 % the United",
                                         "Nash                          66      66  best",
                                         "every share on a whole stretch"};
    static const char *const kinds[] = {"36 on 3 issues, 33 that the rules allow", "A accepts",
                                        "2 of 3 must accept, among them A", "WITHOUT A DEAL",
                                        "C not given, 0 is used"};
    loaded l = load("panama-1974.yaml");
    check_page(&l, panama, CHECK_COUNT(panama));
    done(&l);
    l = read_text(everything);
    check_page(&l, kinds, CHECK_COUNT(kinds));
    done(&l);
}

static void many_parties_with_hostile_names_stay_on_the_page(void **state)
{
    (void)state;
    char text[8000];
    size_t used = (size_t)snprintf(text, sizeof(text), "parley: 1\nparties:\n");
    for (int i = 0; i < 9; i++) {
        used += (size_t)snprintf(text + used, sizeof(text) - used,
                                 "  p%d: {name: \"A party with a long name %d \\x1b[31m\", roles: "
                                 "[principal]}\n",
                                 i, i);
    }
    used += (size_t)snprintf(text + used, sizeof(text) - used,
                             "issues: {i: {ask: \"?\", options: {one: One, two: Two, \"%s\": x}}}\n"
                             "acceptance: {at-least: 7}\nvalues:\n",
                             "an option whose id is a sentence that goes on and on and on");
    for (int i = 0; i < 9; i++) {
        used += (size_t)snprintf(
            text + used, sizeof(text) - used,
            "  p%d: {scores: {i: {one: %d, two: %d, \"%s\": 0.%d}}}\n", i, i, 9 - i,
            "an option whose id is a sentence that goes on and on and on", i + 1);
    }
    assert_true(used < sizeof(text));
    loaded l = read_text(text);
    assert_int_equal(parley_numbers_winning(l.x), 36); /* nine over seven */
    check_page(&l, NULL, 0);
    done(&l);
}

static void a_case_without_values_says_so(void **state)
{
    (void)state;
    loaded l = {check_ctx(), NULL, NULL, NULL};
    parley_error err = PARLEY_ERROR_INIT;
    const char *text = "parley: 1\nparties: {a: {roles: [principal]}}\n"
                       "issues: {i: {ask: \"?\", options: {one: One, two: Two}}}\n";
    check_ok(parley_case_read(&l.c, l.ctx, "t.yaml", text, strlen(text), NULL, NULL, &err), &err);
    check_ok(parley_deal_new(&l.deal, l.ctx, l.c, NULL, &err), &err);
    check_fails(parley_numbers_new(&l.x, l.ctx, l.deal, l.c, NULL, &err), PARLEY_NOTFOUND, &err);
    assert_null(l.x);
    done(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(panama_gives_66_each_with_the_land_split_at_two_fifteenths),
        cmocka_unit_test(camp_david_gives_65_and_five_sixths_each),
        cmocka_unit_test(the_game_for_six_has_54_packages_for_all),
        cmocka_unit_test(every_kind_of_value_adds_up),
        cmocka_unit_test(nothing_acceptable_to_all_is_an_answer),
        cmocka_unit_test(a_split_beside_a_choice_stays_whole),
        cmocka_unit_test(a_rule_on_shares_cuts_them_into_declared_steps),
        cmocka_unit_test(the_page_says_it_within_eighty_columns),
        cmocka_unit_test(many_parties_with_hostile_names_stay_on_the_page),
        cmocka_unit_test(a_case_without_values_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
