/*
 * Values of issues: decimals, shares against plain enumeration, atoms, packages, evaluation.
 */
#include "case/case_text.h"

static const char text[] =
    "parley: 1\n"
    "parties: {ru: {roles: [principal]}, ua: {roles: [principal]}}\n"
    "sources: {s: {kind: outlet}}\n"
    "issues:\n"
    "  arms: {ordered: true, options: {go: \"Go on\", some: \"Some stop\", stop: \"All stop\"}}\n"
    "  cost: {quantity: {unit: percent, from: -0.5, to: 1.25, step: 0.25}}\n"
    "  days: {quantity: {unit: day, from: 1, to: 30, step: 1}}\n"
    "  water: {split: {of: 1, unit: share, step: 0.25, among: {a: \"Upper\", b: \"Lower\", c: "
    "\"Delta\"}}}\n"
    "  open: {quantity: {unit: person}}\n"
    "  land: {}\n"
    "proposals: {o: {tabled-by: ru, text: \"days = 30\"}, p: {tabled-by: ru, text: \"days = 1\"}}\n"
    "responses:\n"
    "  - {party: ua, to: o, answer: accept, date: 2025-03-01, source: s, class: on-record}\n"
    "  - {party: ua, to: o, answer: reject, date: 2025-03-03, source: s, class: on-record}\n"
    "  - {party: ru, to: p, answer: accept, date: 2025-03-03, if: [\"arms = go\"], source: s, "
    "class: on-record}\n"
    "claims:\n"
    "  c1: {date: 2025-03-02, by: [ua, ru], act: accept, about: o, source: s, class: on-record}\n"
    "  c2: {date: 2025-03-05, by: ua, act: accept, about: p, source: s, class: bare}\n";

static parley_case *open_case(parley_ctx **ctx)
{
    *ctx = check_ctx();
    return read_text(*ctx, "values.yaml", text, NULL);
}

static const parley_issue *issue_named(const parley_case *c, const char *id)
{
    return parley_case_issue(c, parley_case_find(c, "issues", id, strlen(id)));
}

static const parley_formula *formula(const parley_case *c, parley_arena *arena, const char *typed)
{
    const parley_formula *f = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_case_formula(&f, c, arena, typed, &err), &err);
    return f;
}

static void decimals_step_exactly(void **state)
{
    (void)state;
    static const char *const ids[] = {"-0.5", "-0.25", "0", "0.25", "0.5", "0.75", "1", "1.25"};
    parley_ctx *ctx = NULL;
    parley_case *c = open_case(&ctx);
    const parley_issue *cost = issue_named(c, "cost");
    assert_int_equal(cost->values, CHECK_COUNT(ids));
    for (int64_t v = 0; v < (int64_t)CHECK_COUNT(ids); v++) {
        char id[40];
        parley_case_value_id(cost, v, id, sizeof(id));
        assert_string_equal(id, ids[v]);
    }
    char words[80];
    parley_case_value_words(cost, 7, words, sizeof(words));
    assert_string_equal(words, "1.25 %");
    parley_case_value_words(issue_named(c, "days"), 0, words, sizeof(words));
    assert_string_equal(words, "1 day");
    parley_case_value_words(issue_named(c, "days"), 29, words, sizeof(words));
    assert_string_equal(words, "30 days");
    parley_case_value_words(issue_named(c, "arms"), 2, words, sizeof(words));
    assert_string_equal(words, "All stop");
    assert_int_equal(issue_named(c, "open")->values, 0);
    assert_int_equal(issue_named(c, "land")->kind, PARLEY_ISSUE_OPEN);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void shares_are_the_compositions_in_order(void **state)
{
    (void)state;
    for (uint32_t recipients = 2; recipients <= 5; recipients++) {
        for (uint32_t units = 0; units <= 7; units++) {
            parley_ctx *ctx = check_ctx();
            char file[600];
            size_t used = (size_t)snprintf(file, sizeof(file),
                                           "parley: 1\nissues: {w: {split: {of: %u.%u, step: 0.5, "
                                           "among: [",
                                           units / 2, units % 2 * 5);
            for (uint32_t r = 0; r < recipients; r++) {
                used += (size_t)snprintf(file + used, sizeof(file) - used, "%sr%u",
                                         r == 0 ? "" : ", ", r);
            }
            snprintf(file + used, sizeof(file) - used, "]}}}\n");
            parley_case *c = read_text(ctx, "w.yaml", file, NULL);
            const parley_issue *w = parley_case_issue(c, 0);
            assert_int_equal(w->units, units);
            uint32_t share[5] = {0};
            uint32_t v = 0;
            /* all tuples in lexicographic order; those that add up are the values */
            for (bool more = true; more;) {
                uint32_t sum = 0;
                for (uint32_t r = 0; r < recipients; r++) {
                    sum += share[r];
                }
                if (sum == units) {
                    assert_true(v < w->values);
                    for (uint32_t r = 0; r < recipients; r++) {
                        parley_decimal d = parley_case_share(w, v, r);
                        const parley_decimal wanted = {(int64_t)share[r] * 5, 1};
                        assert_int_equal(parley_decimal_compare(d, wanted), 0);
                    }
                    v++;
                }
                uint32_t at = recipients;
                while (at > 0 && share[at - 1] == units) {
                    share[--at] = 0;
                }
                more = at > 0;
                if (more) {
                    share[at - 1]++;
                }
            }
            assert_int_equal(w->values, v);
            parley_case_free(c);
            check_ctx_done(ctx);
        }
    }
}

static void atoms_hold_for_the_values_they_name(void **state)
{
    (void)state;
    static const struct {
        const char *formula;
        const char *values; /* 1 and 0 by value */
    } row[] = {
        {"arms = some", "010"},
        {"arms != some", "101"},
        {"arms < stop", "110"},
        {"arms >= some", "011"},
        {"arms in {go, stop}", "101"},
        {"cost <= 0", "11100000"},
        {"cost = 0.250", "00010000"},
        {"cost in {1, 7}", "00000010"},
        {"cost > 0.3", "00001111"},
        {"cost != -0.5", "01111111"},
        {"water.a = 1", "000000000000001"},
        {"water.c >= 0.75", "110001000000000"},
        {"water.b in {0.5, 1}", "001010010001000"},
    };
    parley_ctx *ctx = NULL;
    parley_case *c = open_case(&ctx);
    parley_arena *arena = parley_arena_new(ctx);
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        const parley_formula *f = formula(c, arena, row[i].formula);
        const parley_issue *issue = parley_case_issue(c, f->issue);
        assert_int_equal(issue->values, strlen(row[i].values));
        for (uint32_t v = 0; v < issue->values; v++) {
            bool wanted = row[i].values[v] == '1';
            if (parley_case_atom_holds(c, f, v) != wanted) {
                fail_msg("%s at value %u is not %d", row[i].formula, v, (int)wanted);
            }
        }
    }
    parley_arena_free(arena);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void packages_come_from_conjunctions_only(void **state)
{
    (void)state;
    static const struct {
        const char *formula;
        parley_status status;
        const char *message;
        int64_t value[6];
    } row[] = {
        {"arms = some and days = 30", PARLEY_OK, "", {1, -1, 29, -1, -1, -1}},
        {"true", PARLEY_OK, "", {-1, -1, -1, -1, -1, -1}},
        {"cost = 0.5", PARLEY_OK, "", {-1, 4, -1, -1, -1, -1}},
        {"arms < some", PARLEY_OK, "", {0, -1, -1, -1, -1, -1}},
        {"water.a = 0.25 and water.b = 0.25 and water.c = 0.5",
         PARLEY_OK,
         "",
         {-1, -1, -1, 6, -1, -1}},
        {"water.a = 0.25 and water.c = 0.5", PARLEY_OK, "", {-1, -1, -1, 6, -1, -1}},
        {"water.a = 0.25", PARLEY_INVALID, "names one value of 'water'", {0}},
        {"water.a = 0.5 and water.b = 0.75", PARLEY_RANGE, "no value of 'water'", {0}},
        {"arms != some", PARLEY_INVALID, "names one value of 'arms'", {0}},
        {"arms = some and arms = go", PARLEY_RANGE, "no value of 'arms'", {0}},
        {"arms != some and arms != go", PARLEY_OK, "", {2, -1, -1, -1, -1, -1}},
        {"days = 31", PARLEY_RANGE, "no value of 'days'", {0}},
        {"open = 5", PARLEY_RANGE, "no value of 'open'", {0}},
        {"arms = some or arms = go", PARLEY_INVALID, "a package is a list", {0}},
        {"not arms = some", PARLEY_INVALID, "a package is a list", {0}},
        {"ru accepts o", PARLEY_INVALID, "a package is a list", {0}},
        {"false", PARLEY_INVALID, "a package is a list", {0}},
    };
    parley_ctx *ctx = NULL;
    parley_case *c = open_case(&ctx);
    parley_arena *arena = parley_arena_new(ctx);
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        int64_t value[6];
        parley_error err = PARLEY_ERROR_INIT;
        const parley_formula *f = formula(c, arena, row[i].formula);
        parley_status status = parley_case_package(value, c, f, &err);
        if (status != row[i].status || strstr(err.message, row[i].message) == NULL) {
            fail_msg("%s: %s, %s", row[i].formula, parley_status_word(status), err.message);
        }
        assert_int_equal(parley_case_package(value, c, f, NULL), row[i].status);
        if (status == PARLEY_OK) {
            assert_memory_equal(value, row[i].value, sizeof(value));
        } else {
            assert_true(err.hint[0] != '\0');
        }
    }
    parley_arena_free(arena);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void the_last_answer_decides_who_accepts(void **state)
{
    (void)state;
    parley_ctx *ctx = NULL;
    parley_case *c = open_case(&ctx);
    int32_t ru = parley_case_find(c, "parties", "ru", 2);
    int32_t ua = parley_case_find(c, "parties", "ua", 2);
    int32_t o = parley_case_find(c, "proposals", "o", 1);
    int32_t p = parley_case_find(c, "proposals", "p", 1);
    assert_int_equal(parley_case_accepts(c, ua, o), PARLEY_NO);        /* the later no */
    assert_int_equal(parley_case_accepts(c, ru, o), PARLEY_YES);       /* by a joint claim */
    assert_int_equal(parley_case_accepts(c, ru, p), PARLEY_NOT_KNOWN); /* a yes under a condition */
    assert_int_equal(parley_case_accepts(c, ua, p), PARLEY_NOT_KNOWN); /* not on record */
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void partial_packages_are_judged_as_far_as_they_go(void **state)
{
    (void)state;
    static const struct {
        const char *package;
        const char *formula;
        parley_truth truth;
    } row[] = {
        {"arms = some", "arms = some", PARLEY_YES},
        {"arms = some", "arms = go", PARLEY_NO},
        {"arms = some", "arms = go or days = 30", PARLEY_NOT_KNOWN},
        {"arms = some", "arms = some or days = 30", PARLEY_YES},
        {"true", "ru accepts o", PARLEY_YES},
        {"true", "ua accepts o", PARLEY_NO},
        {"true", "ua accepts p", PARLEY_NOT_KNOWN},
        {"days = 30", "ua accepts o implies days = 1", PARLEY_YES},
        {"true", "open <= 5", PARLEY_NOT_KNOWN},
    };
    parley_ctx *ctx = NULL;
    parley_case *c = open_case(&ctx);
    parley_arena *arena = parley_arena_new(ctx);
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        int64_t value[6];
        parley_error err = PARLEY_ERROR_INIT;
        check_ok(parley_case_package(value, c, formula(c, arena, row[i].package), &err), &err);
        parley_package package = {value, 6};
        assert_int_equal(parley_case_eval(c, formula(c, arena, row[i].formula), package),
                         row[i].truth);
    }
    parley_arena_free(arena);
    parley_case_free(c);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_step_exactly),
        cmocka_unit_test(shares_are_the_compositions_in_order),
        cmocka_unit_test(atoms_hold_for_the_values_they_name),
        cmocka_unit_test(packages_come_from_conjunctions_only),
        cmocka_unit_test(the_last_answer_decides_who_accepts),
        cmocka_unit_test(partial_packages_are_judged_as_far_as_they_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
