/*
 * GeniusWeb, NegoLog and scoring games in: what is read is what is written there, and what is wrong
 * is refused with its place.
 */
#include "formats/import_check.h"

#define WEB_DOMAIN                                                                                 \
    "{\"name\": \"orchard\", \"issuesValues\": {\"Who picks\": {\"values\": [\"we\", \"you\", "    \
    "\"nobody\"]},\n \"Pay\": {\"range\": [0, 10, 2.5]}}}"
#define WEB_PROFILE(utils, bid)                                                                    \
    "{\"LinearAdditiveUtilitySpace\": {\"name\": \"The North\", \"issueUtilities\": {\"Who "       \
    "picks\":"                                                                                     \
    " {\"" utils "\": {\"valueUtilities\": {\"we\": 0.75, \"you\": 5e-1}}},\n\"Pay\": "            \
    "{\"numberutils\": {\"lowValue\": \"0\", \"lowUtility\": 0.1, \"highValue\": 10, "             \
    "\"highUtility\": 0.9}}}, \"issueWeights\": {\"Who picks\": 0.6, \"Pay\": 0.4},\n"             \
    "\"reservationBid\": " bid "}}"

static void a_geniusweb_profile_is_read_as_written(void **state)
{
    (void)state;
    const char *const texts[] = {
        "d.json",
        WEB_DOMAIN,
        "north.json",
        WEB_PROFILE("discreteutils", "{\"issuevalues\": {\"Who picks\": \"you\", \"Pay\": 7.5}}"),
        "south.json",
        WEB_PROFILE("DiscreteValueSetUtilities", "null"),
        NULL};
import im = import_texts(PARLEY_FORMAT_GENIUSWEB, texts, false);
    check_ok(im.status, &im.err);
    assert_string_equal(parley_case_title(im.c), "orchard");
    assert_int_equal(parley_case_issue(im.c, 1)->values, 5);
    assert_string_equal(parley_case_party(im.c, 0)->record.id, "north");
    assert_string_equal(parley_case_party(im.c, 0)->name, "The North");
    const parley_worth *w = parley_case_worth(im.c, 0);
    check_fraction(w->score[0].weight, "0.6");
    check_fraction(w->score[0].option[0], "0.75");
    check_fraction(w->score[0].option[1], "0.5");
    check_fraction(w->score[0].option[2], "0"); /* not listed */
    check_fraction(w->score[1].curve->point[1].score, "0.9");
    assert_non_null(w->without_like);
    int64_t values[2] = {-1, -1};
    check_ok(parley_case_package(values, im.c, w->without_like, &im.err), &im.err);
    assert_int_equal(values[0], 1);
    assert_int_equal(values[1], 3);
    assert_null(parley_case_worth(im.c, 1)->without_like);
    assert_int_equal(parley_case_worth(im.c, 1)->without.den, 0);
    assert_true(has_warning(&im, "1 value of issue 'Who picks' is not listed", 1));
    import_done(&im);
}

static void wrong_geniusweb_files_are_refused_with_their_place(void **state)
{
    (void)state;
    static const refused rows[] = {
        {"profile first",
         PARLEY_INVALID,
         "d.json",
         1,
         1,
         "this is a profile",
         {"d.json", WEB_PROFILE("discreteutils", "null"), "p.json", WEB_DOMAIN, NULL}},
        {"another kind",
         PARLEY_INVALID,
         "p.json",
         1,
         1,
         "this has 'PartialOrdering'",
         {"d.json", WEB_DOMAIN, "p.json", "{\"PartialOrdering\": {}}", NULL}},
        {"no issues",
         PARLEY_INVALID,
         "d.json",
         1,
         18,
         "no issues",
         {"d.json", "{\"issuesValues\": {}}", "p.json", "{}", NULL}},
        {"nothing inside",
         PARLEY_INVALID,
         "d.json",
         1,
         1,
         "'issuesValues' is missing",
         {"d.json", "{}", "p.json", "{}", NULL}},
        {"neither values nor range",
         PARLEY_INVALID,
         "d.json",
         2,
         1,
         "'a' has neither",
         {"d.json", "{\"issuesValues\": {\n\"a\": {}}}", "p.json", "{}", NULL}},
        {"range down",
         PARLEY_INVALID,
         "d.json",
         1,
         34,
         "goes up",
         {"d.json", "{\"issuesValues\": {\"a\": {\"range\": [3, 1, 1]}}}", "p.json", "{}", NULL}},
        {"value of nobody",
         PARLEY_INVALID,
         "p.json",
         3,
         49,
         "has no such value",
         {"d.json", WEB_DOMAIN, "p.json",
          WEB_PROFILE("discreteutils", "{\"issuevalues\": {\"Who picks\": \"they\"}}"), NULL}},
        {"value between steps",
         PARLEY_INVALID,
         "p.json",
         3,
         43,
         "has no such value",
         {"d.json", WEB_DOMAIN, "p.json",
          WEB_PROFILE("discreteutils", "{\"issuevalues\": {\"Pay\": 7.6}}"), NULL}},
        {"value above the range",
         PARLEY_INVALID,
         "p.json",
         3,
         43,
         "has no such value",
         {"d.json", WEB_DOMAIN, "p.json",
          WEB_PROFILE("discreteutils", "{\"issuevalues\": {\"Pay\": 12.5}}"), NULL}},
        {"unknown utilities",
         PARLEY_INVALID,
         "p.json",
         1,
         86,
         "lack 'discreteutils'",
         {"d.json", WEB_DOMAIN, "p.json", WEB_PROFILE("guesses", "null"), NULL}},
        {"cut off",
         PARLEY_SYNTAX,
         "d.json",
         2,
         6,
         "ends before",
         {"d.json", "{\"name\":\n \"orch", "p.json", "{}", NULL}},
        {"key twice",
         PARLEY_SYNTAX,
         "d.json",
         1,
         12,
         "twice",
         {"d.json", "{\"a\": 1, \"a\": 2}", "p.json", "{}", NULL}},
        {"more behind",
         PARLEY_SYNTAX,
         "d.json",
         1,
         3,
         "behind the end",
         {"d.json", "{}}", "p.json", "{}", NULL}},
        {"no JSON",
         PARLEY_SYNTAX,
         "d.json",
         1,
         1,
         "not JSON",
         {"d.json", "<xml/>", "p.json", "{}", NULL}},
        {"too large",
         PARLEY_RANGE,
         "d.json",
         1,
         11,
         "too large",
         {"d.json", "{\"a\": 1e999}", "p.json", "{}", NULL}},
    };
    check_refused(PARLEY_FORMAT_GENIUSWEB, rows, CHECK_COUNT(rows));
    char deep[300];
    memset(deep, '[', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    const char *const texts[] = {"d.json", deep, "p.json", "{}", NULL};
import im = import_texts(PARLEY_FORMAT_GENIUSWEB, texts, false);
    check_fails(im.status, PARLEY_LIMIT, &im.err);
    assert_int_equal(im.err.span.column, 65);
    import_done(&im);
}

static void encodings_of_json_are_mended(void **state)
{
    (void)state;
    const char *const texts[] = {
        "d.json",
        "\xEF\xBB\xBF{\"issuesValues\": {\"caf\xE9\": {\"values\": [\"\\u00e9\", \"x\"]}}}",
        "p.json",
        "{\"LinearAdditiveUtilitySpace\": {\"issueUtilities\": {\"caf\xC3\xA9\": "
        "{\"discreteutils\":"
        " {\"valueUtilities\": {\"\xC3\xA9\": 1, \"x\": 0.5}}}}, \"issueWeights\": "
        "{\"caf\xC3\xA9\":"
        " 1}}}",
        NULL};
import im = import_texts(PARLEY_FORMAT_GENIUSWEB, texts, false);
    /* the mark says UTF-8 and the bytes say otherwise: the mark is left out, the bytes count */
    check_ok(im.status, &im.err);
    assert_true(has_warning(&im, "Windows-1252", 1));
    assert_true(has_warning(&im, "byte order mark", 1));
    check_fraction(parley_case_worth(im.c, 0)->score[0].option[0], "1");
    import_done(&im);
}

#define NEGO(r, a, b)                                                                              \
    "{\"reservationValue\": " r ", \"issueWeights\": {\"issueA\": 0.7, \"issueB\": 0.3},\n"        \
    "\"issues\": {\"issueA\": {\"v1\": " a ", \"v2\": 1.0}, \"issueB\": {\"v1\": 0.2, \"v2\": " b  \
    "}}}"

static void negolog_profiles_are_read_as_written(void **state)
{
    (void)state;
    const char *const texts[] = {"games/domain7/profileA.json", NEGO("0.4", "0.25", "1"),
                                 "games/domain7/profileB.json",
                                 NEGO("null", "0.123456789012345678901", "0"), NULL};
import im = import_texts(PARLEY_FORMAT_NEGOLOG, texts, false);
    check_ok(im.status, &im.err);
    assert_string_equal(parley_case_title(im.c), "domain7");
    assert_string_equal(parley_case_party(im.c, 1)->record.id, "profileB");
    const parley_worth *w = parley_case_worth(im.c, 0);
    check_fraction(w->without, "0.4");
    check_fraction(w->score[0].weight, "0.7");
    check_fraction(w->score[0].option[0], "0.25");
    assert_int_equal(w->cap.den, 0);
    w = parley_case_worth(im.c, 1);
    assert_int_equal(w->without.den, 0);
    check_fraction(w->score[0].option[0], "0.123456789012345679");
    assert_true(has_warning(&im, "rounded to 18", 2));
    import_done(&im);
    static const refused rows[] = {
        {"value missing",
         PARLEY_INVALID,
         "b.json",
         2,
         42,
         "'v2' of issue 'issueB'",
         {"a.json", NEGO("0", "1", "1"), "b.json",
          "{\"issueWeights\": {\"issueA\": 0.7, \"issueB\": 0.3},\n\"issues\": {\"issueA\": "
          "{\"v1\": 1, \"v2\": 1}, \"issueB\": {\"v1\": 1}}}",
          NULL}},
        {"value too many",
         PARLEY_INVALID,
         "b.json",
         1,
         57,
         "more values here",
         {"a.json", NEGO("0", "1", "1"), "b.json",
          "{\"issueWeights\": {\"issueA\": 1, \"issueB\": 1}, \"issues\": {\"issueA\": {\"v1\": 1, "
          "\"v2\": 1, \"v3\": 1}, \"issueB\": {\"v1\": 1, \"v2\": 1}}}",
          NULL}},
        {"no weight",
         PARLEY_INVALID,
         "a.json",
         1,
         2,
         "'issueA' is missing",
         {"a.json", "{\"issueWeights\": {}, \"issues\": {\"issueA\": {\"v1\": 1}}}", NULL}},
        {"no number",
         PARLEY_SYNTAX,
         "a.json",
         1,
         22,
         "'much' is not a number",
         {"a.json", NEGO("\"much\"", "1", "1"), NULL}},
        {"a list", PARLEY_INVALID, "a.json", 1, 1, "'issues' is missing", {"a.json", "[1]", NULL}},
    };
    check_refused(PARLEY_FORMAT_NEGOLOG, rows, CHECK_COUNT(rows));
}

#define CONFIG "Upper Town,a,p1,kind,x\r\nLower Town,b,p2\n\nThe Mill,c,player,greedy\n"

static void a_scoring_game_keeps_thresholds_vetoes_and_the_first_deal(void **state)
{
    (void)state;
    const char *const texts[] = {"games/mill/config.txt",
                                 CONFIG,
                                 "games/mill/scores_files/a.txt",
                                 "10, 0, 5 \n3,7\n12",
                                 "games/mill/scores_files/b.txt",
                                 "0,10,5\n7,3\n\n9\n",
                                 "games/mill/initial_deal.txt",
                                 "A1, B2\n",
                                 NULL};
import im = import_texts(PARLEY_FORMAT_SCORABLE, texts, false);
    check_fails(im.status, PARLEY_NOTFOUND, &im.err); /* c.txt */
    assert_non_null(strstr(im.err.message, "'c.txt'"));
    import_done(&im);
    const char *const whole[] = {"games/mill/config.txt",
                                 "Upper Town,a,p1\nLower Town,b,p2\n",
                                 texts[2],
                                 texts[3],
                                 texts[4],
                                 texts[5],
                                 texts[6],
                                 texts[7],
                                 NULL};
    im = import_texts(PARLEY_FORMAT_SCORABLE, whole, false);
    check_ok(im.status, &im.err);
    assert_string_equal(parley_case_title(im.c), "mill");
    assert_string_equal(parley_case_party(im.c, 0)->record.id, "a");
    assert_string_equal(parley_case_party(im.c, 0)->name, "Upper Town");
    assert_string_equal(parley_case_issue(im.c, 1)->options[1].id, "B2");
    check_fraction(parley_case_worth(im.c, 0)->without, "12");
    check_fraction(parley_case_worth(im.c, 1)->score[1].option[0], "7");
    const parley_acceptance *rule = parley_case_acceptance(im.c);
    assert_int_equal(rule->at_least, 1);
    assert_int_equal(rule->vetoes.count, 2);
    assert_int_equal(parley_case_proposals(im.c), 1);
    int64_t values[2] = {-1, -1};
    check_ok(parley_case_package(values, im.c, parley_case_proposal(im.c, 0)->formula, &im.err),
             &im.err);
    assert_int_equal(values[0], 0);
    assert_int_equal(values[1], 1);
    import_done(&im);
}

static void wrong_scoring_games_are_refused_with_their_place(void **state)
{
    (void)state;
#define GAME(b, deal)                                                                              \
    {                                                                                              \
        "config.txt", "A,a,p1\nB,b,player\n", "a.txt", "10,0,5\n3,7\n12", "b.txt", b,              \
            "initial_deal.txt", deal, NULL                                                         \
    }
    static const refused rows[] = {
        {"too few columns",
         PARLEY_INVALID,
         "config.txt",
         2,
         1,
         "name, file, role",
         {"config.txt", "A,a,p1\nB,b\n", NULL}},
        {"nobody", PARLEY_INVALID, "config.txt", 1, 1, "no party", {"config.txt", "\n", NULL}},
        {"one line only",
         PARLEY_INVALID,
         "a.txt",
         1,
         1,
         "a line for each issue",
         {"config.txt", "A,a,p1\n", "a.txt", "1,2", NULL}},
        {"a word", PARLEY_SYNTAX, "b.txt", 1, 3, "'zero' is not a number",
         GAME("0,zero,5\n7,3\n9", "")},
        {"a gap", PARLEY_SYNTAX, "b.txt", 1, 1, "missing", GAME("0,,5\n7,3\n9", "")},
        {"too few options", PARLEY_INVALID, "b.txt", 1, 1, "number of options",
         GAME("0,1\n7,3\n9", "")},
        {"too few lines", PARLEY_INVALID, "b.txt", 2, 4, "threshold", GAME("0,1,2\n7,3", "")},
        {"too many lines", PARLEY_INVALID, "b.txt", 4, 1, "more lines",
         GAME("0,1,2\n7,3\n9\n9", "")},
        {"no option", PARLEY_INVALID, "initial_deal.txt", 1, 4, "no option of the game",
         GAME("0,1,2\n7,3\n9", "A1,C1")},
        {"issue twice", PARLEY_INVALID, "initial_deal.txt", 1, 5, "decided already",
         GAME("0,1,2\n7,3\n9", "A1, A2")},
    };
    check_refused(PARLEY_FORMAT_SCORABLE, rows, CHECK_COUNT(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_geniusweb_profile_is_read_as_written),
        cmocka_unit_test(wrong_geniusweb_files_are_refused_with_their_place),
        cmocka_unit_test(encodings_of_json_are_mended),
        cmocka_unit_test(negolog_profiles_are_read_as_written),
        cmocka_unit_test(a_scoring_game_keeps_thresholds_vetoes_and_the_first_deal),
        cmocka_unit_test(wrong_scoring_games_are_refused_with_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
