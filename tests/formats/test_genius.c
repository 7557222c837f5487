/*
 * Genius XML in: what real files have wrong is mended with a warning at its place, what cannot be
 * understood is refused with its place, and what is read is what is written there.
 */
#include "formats/import_check.h"

#include <stdio.h>

#define DOMAIN                                                                                     \
    "<negotiation_template><utility_space number_of_issues=\"0\">\n"                               \
    "<objective index=\"0\" name=\"orchard\">\n"                                                   \
    "<issue index=\"2\" name=\"Who picks\" type=\"discrete\" vtype=\"discrete\">\n"                \
    "<item index=\"1\" value=\"We do\"/><item index=\"2\" value=\"You do\"/>\n"                    \
    "</issue>\n"                                                                                   \
    "<issue index=\"5\" name=\"Trees\" type=\"integer\" lowerbound=\"1\" upperbound=\"11\"/>\n"    \
    "</objective></utility_space></negotiation_template>\n"

#define ITEMS "<item value=\"We do\" evaluation=\"3\"/><item value=\"You do\" evaluation=\"4\"/>"
#define WHO "<issue index=\"2\" type=\"discrete\">" ITEMS "</issue>"
#define TREES                                                                                      \
    "<issue index=\"5\" type=\"integer\" lowerbound=\"1\" upperbound=\"11\">"                      \
    "<evaluator ftype=\"linear\" offset=\"0.1\" slope=\"0.15\"/></issue>"
#define WEIGHTS "<weight index=\"2\" value=\"0.6\"/><weight index=\"5\" value=\"0.4\"/>"
#define PROFILE                                                                                    \
    "<utility_space>\n<objective index=\"0\">\n" WHO "\n" TREES "\n" WEIGHTS "\n</objective>\n"    \
    "<reservation value=\"0.25\"/><discount_factor value=\"0.9\"/></utility_space>\n"

static void a_linear_profile_is_read_as_written(void **state)
{
    (void)state;
    const char *const texts[] = {"d.xml", DOMAIN, "north.xml", PROFILE, NULL};
import im = import_texts(PARLEY_FORMAT_GENIUS, texts, false);
    check_ok(im.status, &im.err);
    assert_int_equal(parley_diagnostics_size(im.list), 0);
    assert_string_equal(parley_case_title(im.c), "orchard");
    assert_int_equal(parley_case_issues(im.c), 2);
    const parley_issue *who = parley_case_issue(im.c, 0);
    assert_string_equal(who->record.id, "Who-picks");
    assert_string_equal(who->name, "Who picks");
    assert_string_equal(who->options[1].id, "You-do");
    assert_string_equal(who->options[1].label, "You do");
    assert_int_equal(parley_case_issue(im.c, 1)->values, 11);
    assert_int_equal(parley_case_worths(im.c), 1);
    const parley_worth *w = parley_case_worth(im.c, 0);
    assert_string_equal(parley_case_party(im.c, w->party)->record.id, "north");
    check_fraction(w->without, "0.25");
    check_fraction(w->discount, "0.9");
    assert_int_equal(w->cap.den, 0);
    check_fraction(w->score[0].weight, "0.6");
    check_fraction(w->score[0].out_of, "4");
    check_fraction(w->score[0].option[0], "3");
    check_fraction(w->score[1].weight, "0.4");
    /* 0.1 + 0.15 * (v - 1) reaches 1 at v = 7: level from there on */
    const parley_curve *curve = &w->score[1].curve[0];
    assert_int_equal(curve->count, 3);
    check_fraction(curve->point[0].score, "0.1");
    check_fraction(curve->point[1].at, "7");
    check_fraction(curve->point[1].score, "1");
    check_fraction(curve->point[2].score, "1");
    import_done(&im);
    im = import_texts(PARLEY_FORMAT_GENIUS, texts, true);
    check_fraction(parley_case_worth(im.c, 0)->cap, "1");
    import_done(&im);
}

/* A mistake that files in the wild have, and the words of its warning. */
typedef struct mended {
    const char *domain;
    const char *profile;
    const char *words;
    uint32_t line;
} mended;

static void real_files_are_mended_with_a_warning_each(void **state)
{
    (void)state;
    static const mended rows[] = {
        {DOMAIN, "<!-- ours -->\n<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" PROFILE,
         "does not belong there", 1},
        {DOMAIN, "\n<?xml version=\"1.0\"?>\n" PROFILE, "does not belong there", 2},
        {"<!DOCTYPE x [<!ENTITY a \"b\">]>" DOMAIN, PROFILE, "does not belong there", 1},
        {DOMAIN, PROFILE "\n<junk/>\n", "behind </utility_space>", 9},
        {DOMAIN,
         "<utility_space><agent name=\"A & B\"/><objective>" WHO TREES WEIGHTS
         "</objective></utility_space>",
         "bare '&'", 1},
        {DOMAIN,
         "<utility_space><agent name=\"&b; and &c;\"/><objective>" WHO TREES WEIGHTS
         "</objective></utility_space>",
         "nobody has defined", 1},
        {DOMAIN,
         "<utility_space><agent name=\"caf\xE9\"/><objective>" WHO TREES WEIGHTS
         "</objective></utility_space>",
         "Windows-1252", 1},
        {DOMAIN,
         "<utility_space><!-- -- & <x> -->\n<objective>" WHO TREES WEIGHTS
         "<!-- </utility_space> --></objective></utility_space>",
         "", 0},
        {DOMAIN, "<utility_space>" WHO "\n" TREES WEIGHTS "</utility_space>", "", 0},
        {DOMAIN,
         "<utility_space><objective>" WHO TREES WEIGHTS "<weight index=\"0\" value=\"1\"/>"
         "</objective></utility_space>",
         "", 0},
        {DOMAIN,
         "<utility_space><objective>" WHO TREES WEIGHTS
         "</objective><discount_factor value=\"1.5\"/></utility_space>",
         "(0, 1]", 1},
        {DOMAIN,
         "<utility_space><objective>\n" WHO TREES "<weight index=\"5\" value=\"1\"/>"
         "</objective></utility_space>",
         "has no weight", 2},
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        const char *const texts[] = {"d.xml", rows[i].domain, "p.xml", rows[i].profile, NULL};
import im = import_texts(PARLEY_FORMAT_GENIUS, texts, false);
        bool quiet = rows[i].words[0] == '\0';
        if (im.status != PARLEY_OK || parley_diagnostics_size(im.list) != (quiet ? 0 : 1) ||
            (!quiet && !has_warning(&im, rows[i].words, rows[i].line))) {
            shown(&im);
            fail_msg("row %zu: '%s'", i, rows[i].words);
        }
        import_done(&im);
    }
}

static void repairs_are_counted_and_stand_in_the_notes(void **state)
{
    (void)state;
    const char *const texts[] = {
        "d.xml", DOMAIN, "p.xml",
        "<utility_space>\n<agent name=\"& & &\"/><objective>" WHO TREES WEIGHTS
        "</objective></utility_space>",
        NULL};
import im = import_texts(PARLEY_FORMAT_GENIUS, texts, false);
    check_ok(im.status, &im.err);
    assert_true(has_warning(&im, "3 bare '&'", 2));
    parley_text *yaml = parley_text_new(im.ctx, SIZE_MAX);
    parley_case_write_yaml(im.c, yaml);
    assert_non_null(strstr(parley_text_data(yaml), "line 2: 3 bare '&' are read as '&amp;'"));
    parley_text_free(yaml);
    import_done(&im);
}

static void letters_and_references_come_out_as_letters(void **state)
{
    (void)state;
    const char *const texts[] = {
        "d.xml",
        "<utility_space><objective name=\"x\"><issue index=\"1\" name=\"P &amp; Q\">"
        "<item value=\"caf\xE9 \x80 5\"/><item value=\"&lt;&#65;&#x42;&gt;\"/>"
        "<item value=\"R & S\"/></issue></objective></utility_space>",
        "p.xml",
        "<utility_space><objective><issue index=\"1\"><item value=\"caf\xC3\xA9 \xE2\x82\xAC 5\" "
        "evaluation=\"1\"/><item value=\"&#60;AB>\" evaluation=\"2\"/><item value=\"R &amp; S\" "
        "evaluation=\"3\"/></issue><weight index=\"1\" value=\"1\"/></objective></utility_space>",
        NULL};
import im = import_texts(PARLEY_FORMAT_GENIUS, texts, false);
    check_ok(im.status, &im.err);
    const parley_issue *issue = parley_case_issue(im.c, 0);
    assert_string_equal(issue->name, "P & Q");
    assert_string_equal(issue->options[0].label, "caf\xC3\xA9 \xE2\x82\xAC 5");
    assert_string_equal(issue->options[0].id, "cafe-5");
    assert_string_equal(issue->options[1].label, "<AB>");
    assert_string_equal(issue->options[2].label, "R & S");
    check_fraction(parley_case_worth(im.c, 0)->score[0].option[2], "3");
    import_done(&im);
}

static void tiny_evaluations_count_as_nothing(void **state)
{
    (void)state;
    static const char *const largest[][3] = {{"0.000009", "0", "1"},
                                             {"0.00001", "0.00001", "0.00001"}};
    for (size_t i = 0; i < CHECK_COUNT(largest); i++) {
        char profile[400];
        snprintf(profile, sizeof profile,
                 "<utility_space><objective><issue index=\"2\"><item value=\"We do\" "
                 "evaluation=\"%s\"/><item value=\"You do\" evaluation=\"0\"/></issue>"
                 "<weight index=\"2\" value=\"1\"/></objective></utility_space>",
                 largest[i][0]);
        const char *const texts[] = {"d.xml", DOMAIN, "p.xml", profile, NULL};
import im = import_texts(PARLEY_FORMAT_GENIUS, texts, false);
        check_ok(im.status, &im.err);
        const parley_worth *w = parley_case_worth(im.c, 0);
        check_fraction(w->score[0].option[0], largest[i][1]);
        check_fraction(w->score[0].out_of, largest[i][2]);
        assert_int_equal(has_warning(&im, "reaches 0.00001", 1), i == 0);
        import_done(&im);
    }
}

static void issues_stand_as_in_bids_of_genius(void **state)
{
    (void)state;
    const char *const texts[] = {
        "d.xml",
        "<utility_space><objective><issue index=\"9\" name=\"fourth\"><item value=\"x\"/></issue>"
        "<objective><issue index=\"3\" name=\"second\"><item value=\"x\"/></issue>"
        "<objective><issue index=\"5\" name=\"first\"><item value=\"x\"/></issue></objective>"
        "</objective><objective><issue index=\"4\" name=\"third\"><item value=\"x\"/></issue>"
        "</objective></objective></utility_space>",
        "p.xml",
        "<utility_space><objective><issue index=\"3\"><item value=\"x\" evaluation=\"1\"/></issue>"
        "<weight index=\"3\" value=\"1\"/></objective></utility_space>",
        NULL};
import im = import_texts(PARLEY_FORMAT_GENIUS, texts, false);
    check_ok(im.status, &im.err);
    static const char *const order[] = {"first", "second", "third", "fourth"};
    for (int32_t i = 0; i < 4; i++)
        assert_string_equal(parley_case_issue(im.c, i)->record.id, order[i]);
    assert_true(has_warning(&im, "tree of 4 objectives", 0));
    assert_true(has_warning(&im, "nothing is said about issue 'first'", 0));
    import_done(&im);
}

#define GRID                                                                                       \
    "<utility_space><objective name=\"grid\">"                                                     \
    "<issue index=\"1\" name=\"a\" type=\"integer\"><range lowerbound=\"0\" upperbound=\"9\"/>"    \
    "</issue><issue index=\"2\" name=\"b\" type=\"integer\" lowerbound=\"0\" upperbound=\"9\"/>"   \
    "</objective></utility_space>"

static void boxes_keep_bounds_weights_and_groups(void **state)
{
    (void)state;
    const char *const texts[] = {
        "d.xml", GRID, "p.xml",
        "<utility_space type=\"NonLinear\"><objective><utility maxutility=\"100\">"
        "<ufun type=\"PlainUfun\" weight=\"7\" aggregation=\"sum\">"
        "<hyperRectangle utility=\"40\" weight=\"0.5\"><INCLUDES index=\"1\" min=\"2\" max=\"7\"/>"
        "<INCLUDES index=\"2\" min=\"0\" max=\"4\"/></hyperRectangle>"
        "<hyperRectangle utility=\"12\"><INCLUDES index=\"2\" min=\"1\" max=\"1\"/>"
        "<EXCLUDES index=\"1\" min=\"3\" max=\"9\"/></hyperRectangle>"
        "<hyperRectangle utility=\"5\"/>"
        "<ufun aggregation=\"max\" weight=\"2\"><hyperRectangle utility=\"9\">"
        "<INCLUDES index=\"2\" min=\"3\" max=\"3\"/><INCLUDES index=\"2\" min=\"0\" max=\"8\"/>"
        "</hyperRectangle><ufun aggregation=\"min\"/></ufun></ufun></utility></objective>"
        "</utility_space>",
        NULL};
import im = import_texts(PARLEY_FORMAT_GENIUS, texts, false);
    check_ok(im.status, &im.err);
    const parley_worth *w = parley_case_worth(im.c, 0);
    check_fraction(w->divided_by, "100");
    assert_int_equal(w->boxes, 7);
    check_fraction(w->box[0].add, "20");
    assert_int_equal(w->box[0].where_count, 2);
    check_fraction(w->box[0].where[0].high, "7");
    assert_int_equal(w->box[1].where_count, 0);
    assert_int_equal(w->box[1].outside_count, 1);
    check_fraction(w->box[2].add, "5");
    check_fraction(w->box[3].where[0].low, "3"); /* two bounds on one issue meet */
    assert_int_equal(w->box[3].where_count, 1);
    check_fraction(w->box[4].add, "2147483647"); /* the least of nothing, in Genius */
    assert_int_equal(w->box[5].take, PARLEY_TAKE_MIN);
    assert_int_equal(w->box[6].take, PARLEY_TAKE_MAX);
    check_fraction(w->box[6].times, "2");
    assert_int_equal(w->box[5].parent, 6);
    assert_int_equal(w->box[6].parent, -1);
    assert_true(has_warning(&im, "EXCLUDES is taken", 0));
    import_done(&im);
}

static void real_numbers_are_taken_in_21_steps(void **state)
{
    (void)state;
    const char *const texts[] = {
        "d.xml",
        "<utility_space><objective><issue index=\"1\" name=\"km\" type=\"real\">"
        "<range lowerbound=\"10.0\" upperbound=\"40.0\"/></issue></objective></utility_space>",
        "p.xml",
        "<utility_space><objective><issue index=\"1\"><evaluator ftype=\"triangular\" "
        "parameter0=\"12\" parameter1=\"38.5\" parameter2=\"20\"/></issue>"
        "<weight index=\"1\" value=\"1\"/></objective></utility_space>",
        "q.xml",
        "<utility_space><objective><issue index=\"1\"><evaluator ftype=\"linear\" "
        "parameter1=\"-0.05\" parameter0=\"1.6\"/></issue>"
        "<weight index=\"1\" value=\"1\"/></objective></utility_space>",
        NULL};
import im = import_texts(PARLEY_FORMAT_GENIUS, texts, false);
    check_ok(im.status, &im.err);
    assert_int_equal(parley_case_issue(im.c, 0)->values, 21);
    const parley_curve *up = parley_case_worth(im.c, 0)->score[0].curve;
    assert_int_equal(up->count, 3);
    check_fraction(up->point[1].at, "20");
    check_fraction(up->point[1].score, "1");
    /* 1.6 - 0.05 v: above 1 below 12, under 0 from 32 on; exact at 10, 11.5, 13, ... */
    const parley_curve *down = parley_case_worth(im.c, 1)->score[0].curve;
    check_fraction(down->point[0].score, "1");
    check_fraction(down->point[1].at, "11.5");
    check_fraction(down->point[2].at, "13");
    check_fraction(down->point[2].score, "0.95");
    assert_true(has_warning(&im, "21 steps", 0));
    import_done(&im);
}

static void wrong_files_are_refused_with_their_place(void **state)
{
    (void)state;
#define ONE(profile)                                                                               \
    {                                                                                              \
        "d.xml", DOMAIN, "p.xml", profile, NULL                                                    \
    }
#define DOM(domain)                                                                                \
    {                                                                                              \
        "d.xml", domain, "p.xml", PROFILE, NULL                                                    \
    }
    static const refused rows[] = {
        {"empty", PARLEY_SYNTAX, "p.xml", 1, 1, "no <negotiation_template>", ONE("")},
        {"not XML", PARLEY_SYNTAX, "p.xml", 1, 1, "no <negotiation_template>", ONE("{\"a\": 1}")},
        {"cut off", PARLEY_SYNTAX, "p.xml", 2, 12, "is not closed",
         ONE("<utility_space>\n<objective>")},
        {"wrong end tag", PARLEY_SYNTAX, "p.xml", 2, 17, "<objective> is not closed",
         ONE("<utility_space><objective>\n</utility_space></x>")},
        {"attribute twice", PARLEY_SYNTAX, "p.xml", 1, 27, "twice",
         ONE("<utility_space a=\"1\" a=\"2\"></utility_space>")},
        {"no quotes", PARLEY_SYNTAX, "p.xml", 1, 23, "quotes",
         ONE("<utility_space number=2></utility_space>")},
        {"no objective", PARLEY_INVALID, "p.xml", 1, 1, "<objective>",
         ONE("<utility_space></utility_space>")},
        {"no issues", PARLEY_INVALID, "d.xml", 1, 16, "has no issues",
         DOM("<utility_space><objective/></utility_space>")},
        {"no items", PARLEY_INVALID, "d.xml", 2, 1, "'Empty' has no items",
         DOM("<utility_space><objective>\n<issue index=\"1\" name=\"Empty\"/></objective>"
             "</utility_space>")},
        {"no bounds", PARLEY_INVALID, "d.xml", 1, 27, "lowerbound",
         DOM("<utility_space><objective><issue index=\"1\" type=\"integer\"/></objective>"
             "</utility_space>")},
        {"bounds turned round", PARLEY_INVALID, "d.xml", 1, 27, "above its upper bound",
         DOM("<utility_space><objective><issue index=\"1\" type=\"integer\" lowerbound=\"3\" "
             "upperbound=\"2\"/></objective></utility_space>")},
        {"unknown type", PARLEY_INVALID, "d.xml", 1, 50, "not 'colour'",
         DOM("<utility_space><objective><issue index=\"1\" type=\"colour\"/></objective>"
             "</utility_space>")},
        {"index twice", PARLEY_CONFLICT, "d.xml", 1, 83, "index 1",
         DOM("<utility_space><objective><issue index=\"1\"><item value=\"x\"/></issue>"
             "<issue index=\"1\"><item value=\"y\"/></issue></objective></utility_space>")},
        {"no number", PARLEY_SYNTAX, "p.xml", 1, 76, "'three' is not a number",
         ONE("<utility_space><objective><issue index=\"2\"><item value=\"We do\" evaluation="
             "\"three\"/></issue></objective></utility_space>")},
        {"evaluation missing", PARLEY_INVALID, "p.xml", 1, 27, "'You do' of issue 'Who picks'",
         ONE("<utility_space><objective><issue index=\"2\"><item value=\"We do\" "
             "evaluation=\"1\"/><item value=\"You do\" evaluation=\"null\"/></issue></objective>"
             "</utility_space>")},
        {"weight without evaluations", PARLEY_INVALID, "p.xml", 1, 27, "no evaluations",
         ONE("<utility_space><objective><weight index=\"2\" value=\"1\"/></objective>"
             "</utility_space>")},
        {"no evaluator", PARLEY_INVALID, "p.xml", 2, 1, "no <evaluator>",
         ONE("<utility_space><objective>" WHO WEIGHTS "\n<issue index=\"5\"/></objective>"
             "</utility_space>")},
        {"faratin", PARLEY_INVALID, "p.xml", 2, 36, "is linear, not 'faratin'",
         ONE("<utility_space><objective>" WHO WEIGHTS "\n<issue index=\"5\"><evaluator ftype="
             "\"faratin\"/></issue></objective></utility_space>")},
        {"a place behind a letter of two bytes", PARLEY_SYNTAX, "p.xml", 1, 64, "'o' is not",
         ONE("<utility_space><objective name=\"\xE9\xE9\xE9\xE9\"><weight index=\"2\" "
             "value=\"o\"/>"
             "</objective></utility_space>")},
        {"uncertain", PARLEY_INVALID, "p.xml", 1, 22, "comparisons",
         ONE("<utility_space type=\"UNCERTAIN\"><experiment/></utility_space>")},
        {"constraint", PARLEY_INVALID, "p.xml", 1, 22, "constraint",
         ONE("<utility_space type=\"constraint\"></utility_space>")},
        {"no boxes", PARLEY_INVALID, "p.xml", 1, 1, "<ufun>",
         ONE("<utility_space type=\"nonlinear\"><objective/></utility_space>")},
        {"box over a choice", PARLEY_INVALID, "p.xml", 2, 18, "'Who picks' is none",
         ONE("<utility_space type=\"nonlinear\"><objective><utility maxutility=\"1\"><ufun>"
             "<hyperRectangle utility=\"1\">\n<INCLUDES index=\"2\" min=\"1\" max=\"2\"/>"
             "</hyperRectangle></ufun></utility></objective></utility_space>")},
        {"maxutility zero", PARLEY_INVALID, "p.xml", 1, 65, "above zero",
         ONE("<utility_space type=\"nonlinear\"><objective><utility maxutility=\"0\"><ufun/>"
             "</utility></objective></utility_space>")},
    };
    check_refused(PARLEY_FORMAT_GENIUS, rows, CHECK_COUNT(rows));
    /* one file alone is no domain with a profile */
    const char *const alone[] = {"d.xml", DOMAIN, NULL};
import im = import_texts(PARLEY_FORMAT_GENIUS, alone, false);
    check_fails(im.status, PARLEY_INVALID, &im.err);
    import_done(&im);
}

/* An entity bomb and a file outside: neither is defined, so neither is looked at. */
static void nothing_outside_is_read_and_nothing_grows(void **state)
{
    (void)state;
    const char *const texts[] = {
        "d.xml",
        "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaaaaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">"
        "<!ENTITY f SYSTEM \"file:///etc/hostname\">]>"
        "<utility_space><objective><issue index=\"1\" name=\"n\"><item value=\"&b;\"/>"
        "<item value=\"&f;\"/></issue></objective></utility_space>",
        "p.xml",
        "<utility_space><objective><issue index=\"1\"><item value=\"&amp;b;\" evaluation=\"1\"/>"
        "<item value=\"&amp;f;\" evaluation=\"1\"/></issue><weight index=\"1\" value=\"1\"/>"
        "</objective></utility_space>",
        NULL};
import im = import_texts(PARLEY_FORMAT_GENIUS, texts, false);
    check_ok(im.status, &im.err);
    assert_string_equal(parley_case_issue(im.c, 0)->options[0].label, "&b;");
    assert_string_equal(parley_case_issue(im.c, 0)->options[1].label, "&f;");
    import_done(&im);
}

static void depth_and_size_are_bounded(void **state)
{
    (void)state;
    char deep[4000] = "<utility_space>";
    for (int i = 0; i < 200; i++)
        strcat(deep, "<objective>");
    for (int i = 0; i < 100; i++)
        strcat(deep, "</objective>");
    const char *const texts[] = {"d.xml", deep, "p.xml", PROFILE, NULL};
import im = import_texts(PARLEY_FORMAT_GENIUS, texts, false);
    check_fails(im.status, PARLEY_LIMIT, &im.err);
    assert_int_equal(im.err.span.line, 1);
    import_done(&im);
    static char crowd[20000] = "<utility_space ";
    size_t n = strlen(crowd);
    for (int i = 0; i < 1001; i++)
        n += (size_t)snprintf(crowd + n, sizeof crowd - n, "a%d='>' ", i);
    snprintf(crowd + n, sizeof crowd - n, "/>");
    const char *const crowded[] = {"d.xml", crowd, "p.xml", PROFILE, NULL};
    im = import_texts(PARLEY_FORMAT_GENIUS, crowded, false);
    check_fails(im.status, PARLEY_LIMIT, &im.err);
    assert_non_null(strstr(im.err.message, "1000 attributes"));
    import_done(&im);
    const char *const wide[] = {"d.xml",
                                "<utility_space><objective><issue index=\"1\" type=\"integer\" "
                                "lowerbound=\"0\" upperbound=\"900000000000\"/></objective>"
                                "</utility_space>",
                                "p.xml",
                                "<utility_space><objective><issue index=\"1\"><evaluator "
                                "offset=\"0\" slope=\"1\"/></issue><weight index=\"1\" "
                                "value=\"1\"/></objective></utility_space>",
                                NULL};
    im = import_texts(PARLEY_FORMAT_GENIUS, wide, false);
    check_fails(im.status, PARLEY_LIMIT, &im.err);
    import_done(&im);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_linear_profile_is_read_as_written),
        cmocka_unit_test(real_files_are_mended_with_a_warning_each),
        cmocka_unit_test(repairs_are_counted_and_stand_in_the_notes),
        cmocka_unit_test(letters_and_references_come_out_as_letters),
        cmocka_unit_test(tiny_evaluations_count_as_nothing),
        cmocka_unit_test(issues_stand_as_in_bids_of_genius),
        cmocka_unit_test(boxes_keep_bounds_weights_and_groups),
        cmocka_unit_test(real_numbers_are_taken_in_21_steps),
        cmocka_unit_test(wrong_files_are_refused_with_their_place),
        cmocka_unit_test(nothing_outside_is_read_and_nothing_grows),
        cmocka_unit_test(depth_and_size_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
