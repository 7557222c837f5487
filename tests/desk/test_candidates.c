/*
 * Candidates, blocs, and who is away: what follows from claims, and what does not.
 */
#include "case/case_text.h"
#include "deal/random_case.h"
#include "support/torture.h"

#include <parley/blocs.h>
#include <parley/candidates.h>

static const char head[] =
    "parley: 1\n"
    "as-of: 2031-10-20\n"
    "sources: {s: {kind: outlet, date: 2031-10-14}}\n"
    "parties: {a: {name: A, roles: [principal]}, b: {name: B, roles: [principal]}, m: {name: M, "
    "roles: [mediator]}, w: {name: W, roles: [affected]}}\n"
    "issues: {place: {options: {hut: Hut, city: City, port: Port}}, day: {options: {x: X, y: Y}}}\n"
    "candidates:\n"
    "  hut: {for: venue, who: b, is: \"place = hut\"}\n"
    "  two: {for: venue, is: \"place in {hut, port}\"}\n"
    "  med: {for: mediator, who: m, claims: [k]}\n"
    "claims:\n"
    "  k: {by: [s], act: say, says: \"M knows the road\", source: s}\n";

static parley_case *with(parley_ctx *ctx, const char *rest)
{
    char *text = calloc(sizeof(head) + strlen(rest), 1);
    assert_non_null(text);
    parley_case *c = read_text(ctx, "t.yaml", strcat(strcat(text, head), rest), NULL);
    free(text);
    return c;
}

static parley_candidates *of(parley_ctx *ctx, const parley_case *c)
{
    parley_candidates *out = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_candidates_new(&out, ctx, c, PARLEY_DATE_INIT, &err), &err);
    return out;
}

/* The stances of a party on a candidate, one word each, in order. */
static void words_of(char out[200], const parley_candidates *all, int32_t candidate, int32_t party)
{
    out[0] = '\0';
    for (uint32_t i = 0; i < parley_candidates_size(all); i++) {
        const parley_stance *one = parley_candidates_at(all, i);
        if (one->candidate == candidate && one->party == party) {
            if (out[0] != '\0') {
                strcat(out, " ");
            }
            strcat(out, parley_stance_word(one->kind));
        }
    }
}

static void what_a_party_makes_of_a_candidate_follows_from_what_it_said(void **state)
{
    (void)state;
    static const struct {
        const char *claims;
        const char *hut; /* of A, on the hut */
        const char *two; /* on the hut or the port */
        const char *med; /* on the mediator */
    } row[] = {
        {"  c: {by: a, act: accept, about: hut, source: s, class: on-record}\n", "accepts", "", ""},
        {"  c: {by: a, act: concede, about: med, source: s, class: on-record}\n", "", "",
         "accepts"},
        {"  c: {by: a, act: reject, about: med, source: s, class: on-record}\n", "", "", "refuses"},
        {"  c: {by: a, act: open-to, about: \"place = hut\", source: s}\n", "open", "open", ""},
        {"  c: {by: a, act: demand, about: \"place = hut\", source: s}\n", "insists", "insists",
         ""},
        {"  c: {by: a, act: request, about: \"place = city\", source: s}\n", "another", "another",
         ""},
        {"  c: {by: a, act: demand, about: \"place != city\", source: s}\n", "allows", "insists",
         ""},
        {"  c: {by: a, act: reject, about: \"place = hut\", source: s}\n", "refuses", "", ""},
        {"  c: {by: a, act: reject, about: \"place != city\", source: s}\n", "refuses", "refuses",
         ""},
        {"  c: {by: a, act: reject, about: \"place = city\", source: s}\n", "", "", ""},
        {"  c: {by: a, act: offer, about: \"place = hut\", if: [\"both come\"], source: s}\n",
         "proposes", "proposes", ""},
        {"  c: {by: a, act: accept-if, about: \"place = hut\", if: [\"day = x\"], source: s}\n",
         "accepts-if", "accepts-if", ""},
        {"  c: {by: a, act: accept-if, about: \"day = x\", if: [\"place = hut\"], source: s}\n",
         "insists", "insists", ""},
        {"  c: {by: a, act: deny, about: med, source: s}\n", "", "", "says"},
        {"  c: {by: a, act: demand, about: \"place = hut and day = x\", source: s}\n", "insists",
         "insists", ""},
        {"  c: {by: a, act: reject, about: \"place = hut and day = x\", source: s}\n", "", "", ""},
        {"  c: {by: a, act: accept, about: med, source: s}\n"
         "  d: {by: a, act: reject, about: med, replaces: c, source: s}\n",
         "", "", "refuses"},
        {"  c: {by: a, act: accept, about: \"place = city\", date: 2031-10-02, source: s}\n"
         "  d: {by: a, act: demand, about: \"place = city\", date: 2031-10-01, source: s}\n",
         "another", "another", ""},
    };
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        static const char *const names[] = {"hut", "two", "med"};
        const char *const wanted[] = {row[i].hut, row[i].two, row[i].med};
        parley_ctx *ctx = check_ctx();
        parley_case *c = with(ctx, row[i].claims);
        parley_candidates *all = of(ctx, c);
        for (int32_t k = 0; k < 3; k++) {
            char words[200];
            words_of(words, all, k, 0);
            if (strcmp(words, wanted[k]) != 0) {
                fail_msg("row %zu: of %s A '%s', not '%s'", i, names[k], words, wanted[k]);
            }
        }
        parley_candidates_free(all);
        parley_case_free(c);
        check_ctx_done(ctx);
    }
}

static void not_asked_silent_and_spoke_are_three_things(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = with(ctx, "  c: {by: m, to: [a, b], act: propose, about: hut, source: s}\n"
                               "  d: {by: b, act: not-aware, about: hut, source: s}\n"
                               "readings:\n"
                               "  r: {party: a, refuses: \"place = port\", because: \"so\"}\n"
                               "  q: {party: b, refuses: \"place != city\", because: \"so\"}\n");
    parley_candidates *all = of(ctx, c);
    assert_int_equal(parley_candidates_consent(all, 0, 0), PARLEY_CONSENT_SILENT);
    assert_int_equal(parley_candidates_consent(all, 0, 1), PARLEY_CONSENT_SPOKE);
    assert_int_equal(parley_candidates_consent(all, 1, 0), PARLEY_CONSENT_UNKNOWN);
    assert_int_equal(parley_candidates_consent(all, 2, 0), PARLEY_CONSENT_UNKNOWN);
    /* ours is a refusal only when it is asked for */
    assert_false(parley_candidates_refused(all, 0, 1, false));
    assert_true(parley_candidates_refused(all, 0, 1, true));
    assert_false(parley_candidates_refused(all, 0, 0, true));
    parley_candidates_free(all);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void on_an_earlier_day_later_words_do_not_count(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    parley_date day = PARLEY_DATE_INIT;
    parley_candidates *all = NULL;
    char words[200];
    parley_case *c = with(
        ctx, "  c: {date: 2031-10-01, by: a, act: accept, about: med, source: s}\n"
             "  d: {date: 2031-10-05, by: a, act: reject, about: med, replaces: c, source: s}\n");
    check_ok(parley_date_parse(&day, "2031-10-02", 10, &err), &err);
    check_ok(parley_candidates_new(&all, ctx, c, day, &err), &err);
    words_of(words, all, 2, 0);
    assert_string_equal(words, "accepts");
    parley_candidates_free(all);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void away_is_who_met_nobody_said_nothing_and_is_reached_by_nobody(void **state)
{
    (void)state;
    static const struct {
        const char *rest;
        bool away;
    } row[] = {
        {"", true},
        {"meetings: [{who: [m, w]}]\n", false},
        {"channels: [{from: m, to: w, quality: works}]\n", false},
        {"channels: [{from: m, to: w, quality: none}]\n", true},
        {"  c: {by: w, act: say, says: x, source: s}\n", false},
        {"  c: {by: m, to: w, act: say, says: x, source: s}\n", false},
        {"  c: {by: m, act: say, says: \"W should come\", source: s}\n", true},
    };
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        parley_ctx *ctx = check_ctx();
        parley_case *c = with(ctx, row[i].rest);
        if (parley_absent(c, 3) != row[i].away) {
            fail_msg("row %zu: %s", i, row[i].away ? "not away" : "away");
        }
        parley_case_free(c);
        check_ctx_done(ctx);
    }
}

/* --------------------------------------------------------------------- blocs */

static void see_issue(void *user, const parley_formula *atom)
{
    int32_t *issue = user;
    int32_t own = atom->kind == PARLEY_F_ACCEPTS ? -1 : atom->issue;
    *issue = *issue == -2 || *issue == own ? own : -1;
}

/* Does value v of an issue satisfy every term of a party about that issue alone? The other issues
 * have some value or other, which must not matter. */
static bool stands(const parley_case *c, const parley_terms *terms, int32_t party, int32_t issue,
                   int64_t v, bool readings, int64_t others, bool *some)
{
    int64_t value[64];
    bool holds = true;
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        uint32_t n = parley_case_issue(c, (int32_t)i)->values;
        value[i] = n == 0 ? -1 : others % n;
    }
    value[issue] = v;
    for (uint32_t i = 0; i < parley_terms_size(terms); i++) {
        const parley_term *term = parley_terms_at(terms, i);
        int32_t only = -2;
        parley_formula_atoms(term->formula, see_issue, &only);
        if (term->party != party || only != issue ||
            (!readings && term->basis == PARLEY_BASIS_READING)) {
            continue;
        }
        bool yes = parley_case_eval(c, term->formula,
                                    (parley_package){value, parley_case_issues(c)}) == PARLEY_YES;
        *some = true;
        holds = holds && yes != (term->mode == PARLEY_MODE_REFUSES);
    }
    return holds;
}

static parley_between by_hand(const parley_case *c, const parley_terms *terms, int32_t a, int32_t b,
                              int32_t issue, bool readings)
{
    uint32_t values = parley_case_issue(c, issue)->values;
    uint32_t in_a = 0;
    uint32_t in_b = 0;
    uint32_t both = 0;
    bool some_a = false;
    bool some_b = false;
    (void)stands(c, terms, a, issue, 0, readings, 0, &some_a);
    (void)stands(c, terms, b, issue, 0, readings, 0, &some_b);
    if (!some_a || !some_b) {
        return PARLEY_BETWEEN_NOT_KNOWN;
    }
    for (uint32_t v = 0; v < values; v++) {
        bool x = stands(c, terms, a, issue, v, readings, v + 1, &some_a);
        bool y = stands(c, terms, b, issue, v, readings, 2 * v, &some_b);
        in_a += x;
        in_b += y;
        both += x && y;
    }
    return in_a == 0 || in_b == 0         ? PARLEY_BETWEEN_NOT_COMPARED
           : both == 0                    ? PARLEY_BETWEEN_CLASH
           : both == in_a && both == in_b ? PARLEY_BETWEEN_AGREE
                                          : PARLEY_BETWEEN_OVERLAP;
}

static void parties_are_compared_as_by_hand(void **state)
{
    (void)state;
    uint64_t seen[5] = {0, 0, 0, 0, 0};
    for (uint64_t key = 0; key < 400; key++) {
        const random_case_options how = {.claims_most = 20};
        random_case rc;
        parley_ctx *ctx = check_ctx();
        parley_error err = PARLEY_ERROR_INIT;
        parley_blocs *blocs = NULL;
        parley_terms *terms = NULL;
        random_case_make(&rc, key + 910000, &how);
        char *text = random_case_text(&rc, 0);
        parley_case *c = read_text(ctx, "random.yaml", text, NULL);
        const parley_terms_options options = PARLEY_TERMS_OPTIONS_INIT;
        check_ok(parley_blocs_new(&blocs, ctx, c, NULL, &err), &err);
        check_ok(parley_terms_derive(&terms, ctx, c, &options, &err), &err);
        assert_true(parley_case_issues(c) <= 64);
        for (int32_t a = 0; a < (int32_t)parley_case_parties(c); a++) {
            for (int32_t b = 0; b < (int32_t)parley_case_parties(c); b++) {
                for (int32_t i = 0; i < (int32_t)parley_case_issues(c); i++) {
                    for (int r = 0; r < 2; r++) {
                        parley_between got = parley_blocs_between(blocs, a, b, i, r == 1);
                        parley_between want = by_hand(c, terms, a, b, i, r == 1);
                        if (got != want) {
                            fail_msg("key %llu, parties %d %d, issue %d: %s, not %s\n%s",
                                     (unsigned long long)rc.key, a, b, i, parley_between_word(got),
                                     parley_between_word(want), text);
                        }
                        assert_int_equal(got, parley_blocs_between(blocs, b, a, i, r == 1));
                        seen[got]++;
                    }
                }
            }
        }
        parley_terms_free(terms);
        parley_blocs_free(blocs);
        parley_case_free(c);
        free(text);
        random_case_free(&rc);
        check_ctx_done(ctx);
    }
    for (int k = 0; k < 5; k++) {
        assert_true(seen[k] > 20);
    }
}

/* ------------------------------------------------------------------- torture */

static parley_status both(parley_ctx *ctx, void *user, parley_error *err)
{
    parley_candidates *all = NULL;
    parley_blocs *blocs = NULL;
    parley_status status = parley_candidates_new(&all, ctx, user, PARLEY_DATE_INIT, err);
    if (status == PARLEY_OK) {
        status = parley_blocs_new(&blocs, ctx, user, NULL, err);
    }
    parley_blocs_free(blocs);
    parley_candidates_free(all);
    return status;
}

static void without_memory_nothing_is_left_behind(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = with(ctx, "  c: {by: a, act: demand, about: \"place = hut\", source: s}\n"
                               "  d: {by: b, act: reject, about: med, source: s}\n");
    torture(both, c, 6);
    parley_case_free(c);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_party_makes_of_a_candidate_follows_from_what_it_said),
        cmocka_unit_test(not_asked_silent_and_spoke_are_three_things),
        cmocka_unit_test(on_an_earlier_day_later_words_do_not_count),
        cmocka_unit_test(away_is_who_met_nobody_said_nothing_and_is_reached_by_nobody),
        cmocka_unit_test(parties_are_compared_as_by_hand),
        cmocka_unit_test(without_memory_nothing_is_left_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
