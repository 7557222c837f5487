/*
 * The moment: whose word a perception is, what follows from answers and from who spoke, which words
 * are the latest, and what an audience must not learn of it.
 */
#include "case/case_text.h"
#include "support/torture.h"

#include <parley/report.h>
#include <parley/ripeness.h>
#include <parley/screens.h>

static const char head[] =
    "parley: 1\n"
    "as-of: 2031-10-20\n"
    "sources: {s: {name: Herald, kind: outlet, date: 2031-10-12}}\n"
    "parties: {a: {name: Arden, roles: [principal]}, b: {name: Brin, roles: [principal]}, m: "
    "{roles: "
    "[mediator]}}\n"
    "people: {p: {name: Pia, of: a, office: envoy}, q: {of: a, office: clerk}}\n"
    "issues: {x: {options: {u: U, v: V}}}\n"
    "proposals: {o: {tabled-by: m, date: 2031-10-01, text: \"x = u\", label: public}}\n"
    "responses:\n"
    "  - {party: a, to: o, answer: reject, date: 2031-10-02, source: s, class: on-record}\n"
    "  - {party: a, to: o, answer: accept, date: 2031-10-05, source: s, class: on-record}\n"
    "claims:\n"
    "  c1: {date: 2031-10-03, by: \"a:p\", act: demand, about: \"x = u\", says: \"no end of it\", "
    "source: s, class: on-record}\n"
    "  c2: {date: 2031-10-04, by: \"a:q\", act: say, says: \"we can go on for years\", source: s, "
    "class: on-record}\n"
    "  c3: {date: 2031-10-06, by: b, act: say, says: \"Arden is tired\", source: s, class: "
    "party-about-another}\n"
    "  c4: {date: 2031-10-07, by: a, act: say, says: \"perhaps not for years\", replaces: c2, "
    "source: "
    "s, class: on-record}\n"
    "  c5: {by: a, act: say, says: \"some day\", source: s, class: on-record}\n";

static parley_case *with(parley_ctx *ctx, const char *perceptions,
                         const parley_case_options *options)
{
    char *text = calloc(sizeof(head) + strlen(perceptions) + 20, 1);
    assert_non_null(text);
    strcat(text, head);
    strcat(text, "perceptions:\n");
    parley_case *c = read_text(ctx, "t.yaml", strcat(text, perceptions), options);
    free(text);
    return c;
}

static const char *state_of(const char *perceptions, parley_ripe_voice voice, const char *at)
{
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = with(ctx, perceptions, NULL);
    parley_ripeness *r = NULL;
    parley_date day = PARLEY_DATE_INIT;
    if (at != NULL) {
        check_ok(parley_date_parse(&day, at, strlen(at), &err), &err);
    }
    check_ok(parley_ripeness_new(&r, ctx, c, day, &err), &err);
    const char *word =
        parley_ripe_state_word(parley_ripeness_state(r, 0, PARLEY_MOMENT_STALEMATE, voice));
    parley_ripeness_free(r);
    parley_case_free(c);
    check_ctx_done(ctx);
    return word;
}

static void the_latest_words_of_each_voice_count(void **state)
{
    (void)state;
#define NO_C2 "  v: {party: a, of: stalemate, sees: not-so, claim: c2}\n"
    static const struct {
        const char *perceptions;
        parley_ripe_voice voice;
        const char *at;
        const char *wanted;
    } row[] = {
        {"  v: {party: b, of: stalemate, sees: so, claim: c3}\n", PARLEY_RIPE_OWN, NULL,
         "not-known"},
        {"  v: {party: a, of: cost, sees: so, claim: c1}\n", PARLEY_RIPE_OWN, NULL, "not-known"},
        {"  v: {party: a, of: stalemate, claim: c1}\n", PARLEY_RIPE_OWN, NULL, "not-known"},
        {"  v: {party: a, of: stalemate, sees: so, claim: c1}\n", PARLEY_RIPE_OWN, NULL, "so"},
        {"  v: {party: a, of: stalemate, sees: in-part, claim: c3}\n", PARLEY_RIPE_OTHERS, NULL,
         "in-part"},
        {"  v: {party: a, of: stalemate, sees: in-part, claim: c3}\n", PARLEY_RIPE_OWN, NULL,
         "not-known"},
        {"  v: {party: a, of: stalemate, sees: not-so, reading: \"so\"}\n", PARLEY_RIPE_OURS, NULL,
         "not-so"},
        {"  v: {party: a, of: stalemate, sees: not-so, reading: \"so\"}\n", PARLEY_RIPE_OTHERS,
         NULL, "not-known"},
        /* a later word counts; one that was replaced does not, from the day it was */
        {NO_C2 "  w: {party: a, of: stalemate, sees: so, claim: c1}\n", PARLEY_RIPE_OWN,
         "2031-10-04", "not-so"},
        {NO_C2 "  w: {party: a, of: stalemate, sees: so, claim: c1}\n", PARLEY_RIPE_OWN, NULL,
         "so"},
        {NO_C2 "  w: {party: a, of: stalemate, sees: so, claim: c4}\n", PARLEY_RIPE_OWN,
         "2031-10-05", "not-so"},
        {NO_C2 "  w: {party: a, of: stalemate, sees: so, claim: c4}\n", PARLEY_RIPE_OWN, NULL,
         "so"},
        /* without a day, none is later */
        {"  v: {party: a, of: stalemate, sees: so, claim: c5}\n"
         "  w: {party: a, of: stalemate, sees: not-so, claim: c1}\n",
         PARLEY_RIPE_OWN, NULL, "both"},
    };
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        const char *word = state_of(row[i].perceptions, row[i].voice, row[i].at);
        if (strcmp(word, row[i].wanted) != 0) {
            fail_msg("row %zu: '%s', not '%s'", i, word, row[i].wanted);
        }
    }
}

static void an_answer_and_who_spoke_follow_and_say_nothing_of_their_own(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = with(ctx, "  v: {party: b, of: spoiler, who: m, reading: \"so\"}\n", NULL);
    parley_ripeness *r = NULL;
    check_ok(parley_ripeness_new(&r, ctx, c, PARLEY_DATE_INIT, &err), &err);
    assert_int_equal(parley_ripeness_size(r), 3);
    const parley_ripe_line *way = parley_ripeness_at(r, 0);
    const parley_ripe_line *who = parley_ripeness_at(r, 1);
    assert_int_equal(way->of, PARLEY_MOMENT_WAY_OUT);
    assert_int_equal(way->response, 1); /* the later answer */
    assert_int_equal(who->of, PARLEY_MOMENT_SPOKESMAN);
    assert_int_equal(who->person, 0); /* the clerk only said something */
    assert_int_equal(who->claim, 0);
    assert_int_equal(way->sees, PARLEY_SIGHT_NONE);
    assert_int_equal(who->sees, PARLEY_SIGHT_NONE);
    for (int of = PARLEY_MOMENT_STALEMATE; of < PARLEY_MOMENT_COUNT; of++) {
        assert_int_equal(parley_ripeness_state(r, 0, (parley_moment)of, PARLEY_RIPE_OWN),
                         PARLEY_RIPE_NOT_KNOWN);
    }
    parley_ripeness_free(r);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void what_a_perception_lacks_is_told_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *perceptions;
        const char *message;
    } row[] = {
        {"  v: {party: a, of: stalemate, sees: so}\n", "perception 'v' says nothing"},
        {"  v: {party: a, of: cost, who: b, reading: \"so\"}\n",
         "'who' names a spokesman or a spoiler, and 'v' is about a cost"},
        {"  v: {party: a, of: cost, says: \"so\", reading: \"so\"}\n",
         "a perception is either said or read, not both"},
        {"  v: {party: a, of: cost, reading: \"so\", claim: c1}\n",
         "'claim' says who said it, but this is our reading"},
        {"  v: {party: a, of: mood, reading: \"so\"}\n", "'mood'"},
        {"  v: {of: cost, reading: \"so\"}\n", "'party'"},
    };
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        char text[3000];
        parley_ctx *ctx = check_ctx();
        parley_error err = PARLEY_ERROR_INIT;
        parley_case *c = NULL;
        snprintf(text, sizeof(text), "%sperceptions:\n%s", head, row[i].perceptions);
        assert_int_not_equal(
            parley_case_read(&c, ctx, "t.yaml", text, strlen(text), NULL, NULL, &err), PARLEY_OK);
        if (strstr(err.message, row[i].message) == NULL) {
            fail_msg("row %zu: %s", i, err.message);
        }
        assert_true(err.span.line > 0);
        check_ctx_done(ctx);
    }
}

/* Page and JSON of a case as an audience may see it. */
static void page_for(const char *perceptions, const char *audience, char *out, size_t size)
{
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    options.audience = audience;
    parley_case *c = with(ctx, perceptions, &options);
    parley_screen *screen = NULL;
    parley_json json;
    parley_text *text = parley_text_new(ctx, SIZE_MAX);
    check_ok(parley_screen_new(&screen, ctx, text, NULL, &err), &err);
    check_ok(parley_page_ripeness(screen, ctx, c, -1, PARLEY_DATE_INIT, &err), &err);
    check_ok(parley_page_brief(screen, text, ctx, c, 0, PARLEY_WRITING_TEXT, &err), &err);
    parley_json_begin(&json, text);
    check_ok(parley_page_ripeness_json(&json, ctx, c, -1, PARLEY_DATE_INIT, &err), &err);
    assert_true(parley_text_size(text) < size);
    memcpy(out, parley_text_data(text), parley_text_size(text) + 1);
    parley_screen_free(screen);
    parley_text_free(text);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void what_an_audience_may_not_see_leaves_no_trace(void **state)
{
    (void)state;
    static char one[30000];
    static char other[30000];
    static const char *const audience[] = {"public", "a", "b", "principals", "all"};
    for (size_t i = 0; i < CHECK_COUNT(audience); i++) {
        page_for("  v1: {party: a, of: cost, sees: so, claim: c3}\n"
                 "  v2: {party: a, of: stalemate, sees: not-so, claim: c2}\n",
                 audience[i], one, sizeof(one));
        page_for("  v1: {party: a, of: stalemate, sees: so, reading: \"so it seems\", from: [c1]}\n"
                 "  v2: {party: a, of: cost, sees: so, claim: c3}\n"
                 "  v3: {party: m, of: spoiler, sees: so, who: b, reading: \"wants none of it\"}\n"
                 "  v4: {party: b, of: way-out, sees: so, claim: c3, label: team}\n"
                 "  v5: {party: a, of: stalemate, sees: not-so, claim: c2}\n",
                 audience[i], other, sizeof(other));
        assert_string_equal(one, other);
        assert_non_null(strstr(one, "Arden is tired"));
    }
    page_for("  v1: {party: a, of: stalemate, sees: so, reading: \"so it seems\", from: [c1]}\n",
             NULL, one, sizeof(one));
    assert_non_null(strstr(one, "[sees one: so it seems] (our reading v1, from c1)"));
}

static parley_status make_one(parley_ctx *ctx, void *user, parley_error *err)
{
    parley_ripeness *r = NULL;
    parley_status status = parley_ripeness_new(&r, ctx, user, PARLEY_DATE_INIT, err);
    parley_ripeness_free(r);
    return status;
}

static void no_memory_is_told_and_nothing_leaks(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = with(ctx, "  v: {party: a, of: cost, sees: so, claim: c3}\n", NULL);
    torture(make_one, c, 3);
    parley_case_free(c);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_latest_words_of_each_voice_count),
        cmocka_unit_test(an_answer_and_who_spoke_follow_and_say_nothing_of_their_own),
        cmocka_unit_test(what_a_perception_lacks_is_told_with_its_place),
        cmocka_unit_test(what_an_audience_may_not_see_leaves_no_trace),
        cmocka_unit_test(no_memory_is_told_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
