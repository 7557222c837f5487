/*
 * The sections `values` and `acceptance`: numbers exactly as typed, every kind of wrong value with
 * its place and what would be right, who may see them, and writing them again.
 */
#include "case/case_text.h"

#include <parley/values.h>

/* -------------------------------------------------------------------- numbers */

static void numbers_are_kept_as_typed_and_printed_shortest(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        int64_t num, den;
        int32_t places;
        const char *printed;
    } rows[] = {
        {"0", 0, 1, 0, "0"},
        {"-12.50", -25, 2, 0, "-12.5"},
        {"3/7", 3, 7, 0, "3/7"},
        {"-6/4", -3, 2, 0, "-1.5"},
        {"0/9", 0, 1, 0, "0"},
        {"9223372036854775807", INT64_MAX, 1, 0, "9223372036854775807"},
        {"1/9223372036854775807", 1, INT64_MAX, 0, "1/9223372036854775807"},
        {"1E3", 1000, 1, 0, "1000"},
        {"1.5e-3", 3, 2000, 0, "0.0015"},
        {"2E+2", 200, 1, 0, "200"},
        {"0E-30", 0, 1, 0, "0"},
        {"4.4829734566424756E-4", 11207433641606189, 250000000000000000, 2,
         "44829734566424756E-20"},
        {"1E-36", 1, 1000000000000000000, 18, "1E-36"},
    };
    for (size_t r = 0; r < CHECK_COUNT(rows); r++) {
        parley_fraction f;
        parley_error err = PARLEY_ERROR_INIT;
        char text[80];
        check_ok(parley_fraction_parse(&f, rows[r].typed, strlen(rows[r].typed), &err), &err);
        assert_true(f.num == rows[r].num && f.den == rows[r].den && f.places == rows[r].places);
        assert_int_equal(parley_fraction_print(f, text, sizeof(text)), strlen(rows[r].printed));
        assert_string_equal(text, rows[r].printed);
        parley_fraction again;
        check_ok(parley_fraction_parse(&again, text, strlen(text), &err), &err);
        assert_int_equal(parley_fraction_compare(f, again), 0);
    }
}

static void what_is_no_number_says_why(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        parley_status status;
    } rows[] = {
        {"", PARLEY_SYNTAX},
        {"-", PARLEY_SYNTAX},
        {"1.", PARLEY_SYNTAX},
        {".5", PARLEY_SYNTAX},
        {"01", PARLEY_SYNTAX},
        {"1/0", PARLEY_SYNTAX},
        {"1/", PARLEY_SYNTAX},
        {"1/-2", PARLEY_SYNTAX},
        {"1.5/2", PARLEY_SYNTAX},
        {"1E", PARLEY_SYNTAX},
        {"1E-", PARLEY_SYNTAX},
        {"nan", PARLEY_SYNTAX},
        {"1 ", PARLEY_SYNTAX},
        {"1e5x", PARLEY_SYNTAX},
        {"9223372036854775808", PARLEY_RANGE},
        {"1E-37", PARLEY_RANGE},
        {"1E999", PARLEY_RANGE},
        {"1E99999999999", PARLEY_RANGE},
        {"--1", PARLEY_SYNTAX},
        {"1/99999999999999999999", PARLEY_RANGE},
    };
    for (size_t r = 0; r < CHECK_COUNT(rows); r++) {
        parley_fraction f;
        parley_error err = PARLEY_ERROR_INIT;
        check_fails(parley_fraction_parse(&f, rows[r].typed, strlen(rows[r].typed), &err),
                    rows[r].status, &err);
    }
}

static void the_order_of_numbers_is_exact(void **state)
{
    (void)state;
    static const char *const ascending[] = {"-9223372036854775807",
                                            "-1/3",
                                            "-0.333",
                                            "0",
                                            "1E-36",
                                            "1/9223372036854775807",
                                            "0.333333333333333333",
                                            "1/3",
                                            "0.333333333333333334",
                                            "9223372036854775806/9223372036854775807",
                                            "1",
                                            "9223372036854775807"};
    for (size_t a = 0; a < CHECK_COUNT(ascending); a++) {
        for (size_t b = 0; b < CHECK_COUNT(ascending); b++) {
            parley_fraction x, y;
            check_ok(parley_fraction_parse(&x, ascending[a], strlen(ascending[a]), NULL), NULL);
            check_ok(parley_fraction_parse(&y, ascending[b], strlen(ascending[b]), NULL), NULL);
            assert_int_equal(parley_fraction_compare(x, y), (a > b) - (a < b));
        }
    }
}

/* ------------------------------------------------------------------- bad input */

#define HEAD                                                                                       \
    "parley: 1\n"                                                                                  \
    "parties: {a: {name: A, roles: [principal]}, b: {name: B, roles: [principal]}}\n"              \
    "issues:\n"                                                                                    \
    "  food: {ask: \"?\", options: {rice: Rice, corn: Corn}}\n"                                    \
    "  price: {ask: \"?\", quantity: {unit: eur, from: 0, to: 30, step: 10}}\n"                    \
    "  land: {ask: \"?\", split: {of: 100, unit: percent, step: 50, among: {x: X, y: Y}}}\n"       \
    "  open: {ask: \"?\"}\n"

static void every_wrong_value_has_its_place_and_a_hint(void **state)
{
    (void)state;
    static const struct {
        const char *values; /* line 8 on */
        const char *message;
    } rows[] = {
        {"values: {z: {}}", "no party has the id 'z'"},
        {"values: {a: {scores: {food: {rice: 1}}}}", "leave out 'corn'"},
        {"values: {a: {scores: {food: {rice: 1, corn: 2, maize: 3}}}}", "'maize' is no option"},
        {"values: {a: {scores: {food: [[0, 1]]}}}", "'food' is a choice"},
        {"values: {a: {scores: {price: {rice: 1}}}}", "points are a list"},
        {"values: {a: {scores: {price: [[0, 1, 2]]}}}", "a point is a list of two"},
        {"values: {a: {scores: {price: [[1, 1], [1, 2]]}}}", "must ascend"},
        {"values: {a: {scores: {land: {z: 1}}}}", "'z' is no recipient"},
        {"values: {a: {scores: {land: 3}}}", "'land' is a split"},
        {"values: {a: {scores: {open: {rice: 1}}}}", "has no options yet"},
        {"values: {a: {scores: {fod: {rice: 1}}}}", "no issue has the id 'fod'"},
        {"values: {a: {weights: {food: 2}}}", "has no scores"},
        {"values: {a: {scores: {food: {rice: 1, corn: 2}}, out-of: {food: 0}}}", "above 0"},
        {"values: {a: {divided-by: -1}}", "above 0"},
        {"values: {a: {cap: many}}", "'many' is not a number"},
        {"values: {a: {without-a-deal: \"food != rice\"}}", "must name one package"},
        {"values: {a: {without-a-deal: \"food = rice and food = corn\"}}",
         "decides an issue twice"},
        {"values: {a: {terms: {when: x}}}", "'terms' must be a list"},
        {"values: {a: {terms: [{when: \"food = rice\"}]}}", "lacks 'add'"},
        {"values: {a: {terms: [{when: \"food = maize\", add: 1}]}}", "maize"},
        {"values: {a: {boxes: 3}}", "'boxes' must be a list"},
        {"values: {a: {boxes: [{where: {price: [1, 2]}}]}}", "lacks 'add'"},
        {"values: {a: {boxes: [{where: {price: 3}, add: 1}]}}", "a list of two numbers"},
        {"values: {a: {boxes: [{where: {land: [1, 2]}, add: 1}]}}", "is neither"},
        {"values: {a: {boxes: [{take: mean, of: [{add: 1}]}]}}", "'take' says how"},
        {"values: {a: {boxes: [{take: max, of: []}]}}", "no members"},
        {"values: {a: {boxes: [{take: max, of: [{add: 1}], add: 3}]}}", "no sides or value"},
        {"values: {a: {boxes: [{add: 1, times: 2}]}}", "only a group has"},
        {"values: {a: {boxes: [{of: 3}]}}", "'of' must be a list"},
        {"values: {a: {red-lines: [\"words\"]}}", ""},
        {"values: {a: {score: {}}}", "no key 'score'"},
        {"values: {a: {}}\nacceptance: {at-least: 2}", "more parties than have values"},
        {"values: {a: {}}\nacceptance: {at-least: 0}", "1 or more"},
        {"values: {a: {}}\nacceptance: {vetoes: [b]}", "no values to say"},
        {"values: {a: {}}\nacceptance: {vetoes: [z]}", "no party has the id 'z'"},
    };
    parley_ctx *ctx = check_ctx();
    for (size_t r = 0; r < CHECK_COUNT(rows); r++) {
        char text[2000];
        parley_case *c = NULL;
        parley_error err = PARLEY_ERROR_INIT;
        snprintf(text, sizeof(text), "%s%s\n", HEAD, rows[r].values);
        parley_status status =
            parley_case_read(&c, ctx, "t.yaml", text, strlen(text), NULL, NULL, &err);
        if (status == PARLEY_OK || strstr(err.message, rows[r].message) == NULL) {
            print_error("%s: %s\n", rows[r].values, err.message);
        }
        assert_int_not_equal(status, PARLEY_OK);
        assert_null(c);
        assert_non_null(strstr(err.message, rows[r].message));
        assert_true(err.span.line >= 8);
        assert_true(err.hint[0] != '\0');
    }
    parley_ctx_free(ctx);
}

/* -------------------------------------------------------------- who may see them */

static const char labelled[] =
    HEAD "acceptance: {at-least: 1, label: all}\n"
         "values:\n"
         "  a: {without-a-deal: \"1/3\", scores: {food: {rice: 1, corn: 2}}, label: a}\n"
         "  b: {scores: {price: [[0, 1], [30, 2]]}}\n";

static void values_are_the_teams_unless_labelled(void **state)
{
    (void)state;
    static const struct {
        const char *audience;
        uint32_t worths;
        bool acceptance;
    } rows[] = {
        {NULL, 2, true}, {"team", 2, true}, {"a", 1, true}, {"b", 0, true}, {"public", 0, false}};
    parley_ctx *ctx = check_ctx();
    for (size_t r = 0; r < CHECK_COUNT(rows); r++) {
        parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
        options.audience = rows[r].audience;
        parley_case *c = read_text(ctx, "t.yaml", labelled, &options);
        assert_int_equal(parley_case_worths(c), rows[r].worths);
        assert_int_equal(parley_case_acceptance(c)->typed, rows[r].acceptance);
        if (rows[r].worths == 1) {
            assert_int_equal(parley_case_worth(c, 0)->party, 0);
            assert_int_equal(parley_case_worth(c, 0)->without.den, 3);
        }
        parley_case_free(c);
    }
    parley_ctx_free(ctx);
}

static void hidden_values_leave_no_trace(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    options.audience = "a";
    parley_text *one = text_of(ctx);
    parley_text *two = text_of(ctx);
    char other[3000];
    snprintf(other, sizeof(other), "%s", labelled);
    memcpy(strstr(other, "[30, 2]"), "[30, 9]", 7);
    parley_case *c = read_text(ctx, "t.yaml", labelled, &options);
    parley_case *d = read_text(ctx, "t.yaml", other, &options);
    parley_case_write_json(c, one);
    parley_case_write_json(d, two);
    assert_string_equal(parley_text_data(one), parley_text_data(two));
    assert_null(strstr(parley_text_data(one), "[30"));
    parley_case_free(c);
    parley_case_free(d);
    parley_text_free(one);
    parley_text_free(two);
    parley_ctx_free(ctx);
}

static void values_are_written_again_as_they_were_read(void **state)
{
    (void)state;
    static const char text[] =
        HEAD "values:\n"
             "  a:\n"
             "    weights: {food: 4.5E-4}\n"
             "    scores: {food: {rice: \"3/7\", corn: -1}, land: {x: 35, y: [[0, 0], [100, 2]]}}\n"
             "    boxes: [{take: max, times: 2, of: [{where: {price: [0, 10], food: [rice]}, add: "
             "1}]}]\n";
    parley_ctx *ctx = check_ctx();
    parley_text *out = text_of(ctx);
    parley_case *c = read_text(ctx, "t.yaml", text, NULL);
    parley_case_write_yaml(c, out);
    parley_case *again = read_text(ctx, "t.yaml", parley_text_data(out), NULL);
    const parley_worth *x = parley_case_worth(c, 0);
    const parley_worth *y = parley_case_worth(again, 0);
    assert_int_equal(x->scores, y->scores);
    assert_int_equal(x->boxes, 2);
    assert_int_equal(y->boxes, 2);
    assert_int_equal(y->box[0].parent, 1);
    assert_int_equal(y->box[1].take, PARLEY_TAKE_MAX);
    assert_int_equal(parley_fraction_compare(x->score[0].weight, y->score[0].weight), 0);
    assert_int_equal(parley_fraction_compare(x->score[0].option[0], y->score[0].option[0]), 0);
    assert_int_equal(y->score[1].curve[1].count, 2);
    parley_case_free(c);
    parley_case_free(again);
    parley_text_free(out);
    parley_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_kept_as_typed_and_printed_shortest),
        cmocka_unit_test(what_is_no_number_says_why),
        cmocka_unit_test(the_order_of_numbers_is_exact),
        cmocka_unit_test(every_wrong_value_has_its_place_and_a_hint),
        cmocka_unit_test(values_are_the_teams_unless_labelled),
        cmocka_unit_test(hidden_values_leave_no_trace),
        cmocka_unit_test(values_are_written_again_as_they_were_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
