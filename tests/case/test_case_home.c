/*
 * Constituencies and polls in a case file: what is wrong, what is worth a look, what follows, and
 * who may see it.
 */
#include "case/case_text.h"

static const char head[] = "parley: 1\n"
                           "as-of: 2025-03-14\n"
                           "sources:\n"
                           "  press: {kind: outlet, date: 2025-03-14}\n"
                           "  call: {kind: call, date: 2025-03-10}\n"
                           "  house: {kind: poll, date: 2025-03-01}\n"
                           "parties: {ua: {roles: [principal]}, ru: {roles: [principal]}}\n"
                           "issues: {arms: {options: {go: \"Go on\", stop: \"Stop\"}}}\n"
                           "claims:\n"
                           "  c1: {date: 2025-03-10, by: ua, act: say, source: press, class: "
                           "on-record}\n"
                           "  c2: {date: 2025-03-10, by: press, act: report, source: press, class: "
                           "outlet}\n"
                           "  c3: {date: 2025-03-10, by: ua, act: say, source: call, class: "
                           "on-record}\n";

static char *with_head(const char *rest)
{
    char *text = calloc(sizeof(head) + strlen(rest), 1);
    assert_non_null(text);
    strcat(strcat(text, head), rest);
    return text;
}

/* The first error of a file, or "" when it is right; `warning`: the first warning. */
static void check_message(const char *rest, bool warning, const char *wanted)
{
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = NULL;
    parley_diagnostics *list = parley_diagnostics_new(ctx);
    char *text = with_head(rest);
    assert_non_null(list);
    parley_status status =
        parley_case_read(&c, ctx, "case.yaml", text, strlen(text), NULL, list, &err);
    assert_true((status == PARLEY_OK) == warning);
    bool found = false;
    for (size_t i = 0; i < parley_diagnostics_size(list); i++) {
        found = found || strcmp(parley_diagnostics_at(list, i)->error.message, wanted) == 0;
    }
    if (!found) {
        fail_msg("no message '%s'; the first: %s", wanted,
                 parley_diagnostics_size(list) > 0 ? parley_diagnostics_at(list, 0)->error.message
                                                   : "none");
    }
    free(text);
    parley_diagnostics_free(list);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void what_cannot_be_meant_is_an_error(void **state)
{
    (void)state;
    check_message("constituencies: {k: {kind: public}}\n", false,
                  "nobody's home: constituency 'k' has no party");
    check_message("constituencies: {k: {party: ua, says: a, reading: b, from: []}}\n", false,
                  "constituency 'k' is either said or read, not both");
    check_message("constituencies: {k: {party: ua, reading: b, claim: c1}}\n", false,
                  "'claim' says who said it, but 'k' is our reading");
    check_message("constituencies: {k: {party: ua, says: b, from: [c1]}}\n", false,
                  "'from' belongs to a reading, and 'k' has none");
    check_message("constituencies: {k: {party: ua, needs-share: 101, claim: c1}}\n", false,
                  "'needs-share' is a percentage");
    check_message("constituencies: {k: {party: ua}, j: {more-on: k}, i: {more-on: j}}\n", false,
                  "'j' only says more on another constituency");
    check_message("constituencies: {k: {more-on: k}}\n", false,
                  "'k' only says more on another constituency");
    check_message("constituencies: {k: {party: ua}, j: {more-on: k, say: blocks}}\n", false,
                  "'say' is said where 'k' is typed");
    check_message("constituencies: {k: {party: ua}, j: {more-on: k, party: ru}}\n", false,
                  "constituency 'k' belongs to 'ua'");
    check_message("constituencies: {k: {party: ua, say: vetoes}}\n", false, "'vetoes' is no say");
    check_message("constituencies: {k: {party: ua}}\n"
                  "polls: {p: {constituency: k, question: q, share: -1}}\n",
                  false, "'share' is a percentage");
    check_message("constituencies: {k: {party: ua}}\n"
                  "polls: {p: {constituency: k, question: q, n: 10.5}}\n",
                  false, "'n' is a number of people");
    check_message("constituencies: {k: {party: ua}}\n"
                  "polls: {p: {constituency: k, question: q, stale-after: 0}}\n",
                  false, "'stale-after' is one day or more");
    check_message("polls: {p: {constituency: k, question: q}}\n", false,
                  "no constituency has the id 'k'");
}

static void what_a_colleague_would_ask_is_a_warning(void **state)
{
    (void)state;
    check_message("constituencies: {k: {party: ua, refuses: [\"arms = stop\"]}}\n", true,
                  "nobody says what constituency 'k' wants: it counts as our reading");
    const char *poll = "constituencies: {k: {party: ua}}\n"
                       "polls: {p: {constituency: k, question: q}}\n";
    check_message(poll, true, "poll 'p' has no share");
    check_message(poll, true, "poll 'p' has no date: nobody can say how old it is");
    check_message(poll, true, "poll 'p' has no source");
}

static void a_row_stands_on_its_firmest_claim_and_takes_over_whose_it_is(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    char *text =
        with_head("constituencies:\n"
                  "  k0: {party: ua, name: Rada, kind: parliament, say: blocks, claim: [c2, c1]}\n"
                  "  k1: {more-on: k0, claim: c2}\n"
                  "  k2: {more-on: k0, reading: ours, from: [c1]}\n"
                  "  k3: {party: ru}\n");
    parley_case *c = read_text(ctx, "case.yaml", text, NULL);
    static const parley_basis wanted[] = {PARLEY_BASIS_RECORD, PARLEY_BASIS_REPORTED,
                                          PARLEY_BASIS_READING, PARLEY_BASIS_READING};
    for (int32_t i = 0; i < 4; i++) {
        const parley_constituency *row = parley_case_constituency(c, i);
        assert_int_equal(row->basis, wanted[i]);
        if (i < 3) {
            assert_string_equal(row->name, "Rada");
            assert_int_equal(row->party, 0);
            assert_int_equal(row->kind, PARLEY_CONSTITUENCY_PARLIAMENT);
            assert_int_equal(row->say, PARLEY_SAY_BLOCKS);
        } else {
            assert_string_equal(row->name, "k3");
            assert_int_equal(row->say, PARLEY_SAY_UNKNOWN);
        }
    }
    parley_case_free(c);
    free(text);
    check_ctx_done(ctx);
}

static void check_seen(const char *text, const char *audience, const char *as_of, uint32_t rows,
                       uint32_t polls)
{
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    options.audience = audience;
    if (as_of != NULL) {
        check_ok(parley_date_parse(&options.as_of, as_of, strlen(as_of), &err), &err);
    }
    parley_case *c = read_text(ctx, "case.yaml", text, &options);
    if (parley_case_constituencies(c) != rows || parley_case_polls(c) != polls) {
        fail_msg("for %s, as of %s: %u rows and %u polls, not %u and %u",
                 audience != NULL ? audience : "the team", as_of != NULL ? as_of : "today",
                 parley_case_constituencies(c), parley_case_polls(c), rows, polls);
    }
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void a_reading_stays_with_the_team_and_a_poll_with_its_constituency(void **state)
{
    (void)state;
    char *text = with_head(
        "constituencies:\n"
        "  open: {party: ua, say: blocks, refuses: [\"arms = stop\"], claim: c1}\n"
        "  open-ours: {more-on: open, reading: ours, refuses: [\"arms = go\"], from: []}\n"
        "  told: {party: ua, refuses: [\"arms = go\"], claim: c3}\n"
        "  read: {party: ru, reading: ours, from: [c1]}\n"
        "polls:\n"
        "  p0: {constituency: open, question: q, share: 40, source: house, date: 2025-03-01}\n"
        "  p1: {constituency: read, question: q, share: 40, source: house, date: 2025-03-01}\n"
        "  p2: {constituency: open, question: q, share: 40, source: call, date: 2025-03-01}\n");
    check_seen(text, NULL, NULL, 4, 3);
    check_seen(text, "public", NULL, 1, 1);
    check_seen(text, "ua", NULL, 1, 1);
    /* by the 12th only what was said in the call of the 10th was known */
    check_seen(text, NULL, "2025-03-12", 1, 0);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_be_meant_is_an_error),
        cmocka_unit_test(what_a_colleague_would_ask_is_a_warning),
        cmocka_unit_test(a_row_stands_on_its_firmest_claim_and_takes_over_whose_it_is),
        cmocka_unit_test(a_reading_stays_with_the_team_and_a_poll_with_its_constituency),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
