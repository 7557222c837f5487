/*
 * What every implementation of the claims interface must do, whatever it keeps its claims in.
 *
 *     claims_conformance(&claims)      with the claims of `claims_conformance_case`
 *
 * The caller makes the interface over that case, in memory or on disk, and releases it.
 */
#ifndef PARLEY_TESTS_CLAIMS_CONFORMANCE_H
#define PARLEY_TESTS_CLAIMS_CONFORMANCE_H

#include "support/check.h"

#include <parley/case.h>
#include <stdio.h>
#include <string.h>

static const char claims_conformance_case[] =
    "parley: 1\n"
    "sources: {s: {kind: outlet, date: 2025-03-14}}\n"
    "parties: {ru: {roles: [principal]}, ua: {roles: [principal]}, us: {roles: [mediator]}}\n"
    "people: {putin: {of: ru}}\n"
    "issues:\n"
    "  arms: {options: {go: \"Go on\", stop: \"Stop\"}}\n"
    "  days: {quantity: {unit: day, from: 15, to: 30, step: 15}}\n"
    "  land: {ask: \"Which land?\"}\n"
    "proposals:\n"
    "  o: {tabled-by: us, text: \"days = 30\", parts: [\"arms = go\", \"words\"]}\n"
    "claims:\n"
    "  late: {date: 2025-03-13, by: \"ru:putin\", act: demand, about: \"arms = stop\", says: "
    "\"Arms must STOP, at once\", source: s, class: on-record}\n"
    "  early: {date: 2025-03-01, by: ua, act: say, about: land, says: \"The land of Stra\xC3\x9F"
    "en and \xC3\x89t\xC3\xA9\", source: s, class: on-record}\n"
    "  month: {date: 2025-03, by: [ua, us], act: accept, about: o, hedge: \"reportedly\", source: "
    "s, class: bare}\n"
    "  before: {date: before 2025-03-01, by: ru, act: say, about: \"the preconditions as a "
    "whole\", source: s, class: bare}\n"
    "  after: {date: after 2025-03-12, by: ua, act: accept, about: \"days = 30\", if: [\"arms = "
    "go\"], source: s, class: bare}\n"
    "  undated: {by: s, act: report, says: \"nobody said when\", speaker-text: \"a Western "
    "official\", source: s, class: outlet}\n"
    "  same: {date: 2025-03-13, by: ru, act: say, about: month, says: \"arms, arms\", source: s, "
    "class: bare}\n";

typedef struct claims_seen {
    char ids[400];
    uint32_t stop_after; /* 0: never */
    uint32_t count;
} claims_seen;

static inline bool claims_note(void *user, uint64_t i, const parley_claim *claim)
{
    claims_seen *seen = user;
    (void)i;
    strcat(strcat(seen->ids, seen->ids[0] != '\0' ? " " : ""), claim->record.id);
    seen->count++;
    return seen->stop_after == 0 || seen->count < seen->stop_after;
}

static inline void claims_check_each(const parley_claims *claims, int32_t party, int32_t issue,
                                     int32_t first, int32_t last, const char *wanted)
{
    claims_seen seen = {"", 0, 0};
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(claims->each(claims->self, party, issue, first, last, claims_note, &seen, &err), &err);
    assert_string_equal(seen.ids, wanted);
}

static inline void claims_check_search(const parley_claims *claims, const char *query,
                                       const char *wanted)
{
    claims_seen seen = {"", 0, 0};
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(claims->search(claims->self, query, claims_note, &seen, &err), &err);
    if (strcmp(seen.ids, wanted) != 0) {
        fail_msg("'%s' finds '%s', not '%s'", query, seen.ids, wanted);
    }
}

static inline void claims_check_look(const parley_claims *claims, const char *typed,
                                     parley_language language, const char *wanted)
{
    claims_seen seen = {"", 0, 0};
    parley_error err = PARLEY_ERROR_INIT;
    parley_query *query = NULL;
    parley_ctx *ctx = check_ctx();
    check_ok(parley_query_new(&query, ctx, typed, language, &err), &err);
    check_ok(claims->look(claims->self, query, claims_note, &seen, &err), &err);
    if (strcmp(seen.ids, wanted) != 0) {
        fail_msg("'%s' (%s) finds '%s', not '%s'", typed,
                 parley_words_word(PARLEY_WORDS_LANGUAGE, language), seen.ids, wanted);
    }
    parley_query_free(query);
    parley_ctx_free(ctx);
}

/* Claims by their rows, in the order asked for. */
static inline void claims_conformance_pick(const parley_claims *claims)
{
    static const uint64_t some[] = {6, 0, 3, 5};
    static const uint64_t beyond[] = {1, 7};
    claims_seen seen = {"", 0, 0};
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(claims->pick(claims->self, some, 4, claims_note, &seen, &err), &err);
    assert_string_equal(seen.ids, "same late before undated");
    seen = (claims_seen){"", 2, 0};
    check_ok(claims->pick(claims->self, some, 4, claims_note, &seen, &err), &err);
    assert_string_equal(seen.ids, "same late");
    seen = (claims_seen){"", 0, 0};
    check_ok(claims->pick(claims->self, some, 0, claims_note, &seen, &err), &err);
    assert_string_equal(seen.ids, "");
    check_fails(claims->pick(claims->self, beyond, 2, claims_note, &seen, &err), PARLEY_INVALID,
                &err);
}

/* Other forms of a word, words that begin so, and words as they are. */
static inline void claims_conformance_look(const parley_claims *claims)
{
    const parley_language english = PARLEY_LANGUAGE_ENGLISH;
    const parley_language none = PARLEY_LANGUAGE_NONE;
    claims_check_look(claims, "arm", english, "late same");
    claims_check_look(claims, "ARMING", english, "late same");
    claims_check_look(claims, "arm", none, "");
    claims_check_look(claims, "\"arm\"", english, "");
    claims_check_look(claims, "\"arms\" stopping", english, "late");
    claims_check_look(claims, "\"stop arms\"", english, "late");
    claims_check_look(claims, "ar*", english, "late same");
    claims_check_look(claims, "ar*", none, "late same");
    claims_check_look(claims, "o*", none, "late early month undated");
    claims_check_look(claims, "o* m*", none, "late");
    claims_check_look(claims, "*", english, "");
    claims_check_look(claims, "", english, "");
    claims_check_look(claims, "precondition", english, "before");
    claims_check_look(claims, "precondition wholes", english, "before");
    claims_check_look(claims, "nobodies", english, "undated");
    claims_check_look(claims,
                      "stra\xC3\x9F"
                      "e",
                      PARLEY_LANGUAGE_GERMAN, "early");
    claims_check_look(claims, "strasse", english, "");
    claims_check_look(claims, "\xC3\xA9t\xC3\xA9s", PARLEY_LANGUAGE_FRENCH, "early");
    claims_check_look(claims, "\xC3\xA9*", none, "early");
    claims_check_look(claims, "officials westerns", english, "undated");
    claims_check_look(claims, "zebras", english, "");
    claims_check_look(claims, "zebras arms", english, "");
}

static inline void claims_conformance(const parley_claims *claims)
{
    claims_conformance_pick(claims);
    static const char *const ids[] = {"late",  "early",   "month", "before",
                                      "after", "undated", "same"};
    const int32_t any_first = INT32_MIN;
    const int32_t any_last = INT32_MAX;
    const int32_t march = parley_day_number(2025, 3, 1);

    /* rows stand in file order, and are found by id */
    assert_int_equal(claims->count(claims->self), CHECK_COUNT(ids));
    for (uint64_t i = 0; i < CHECK_COUNT(ids); i++) {
        assert_string_equal(claims->get(claims->self, i)->record.id, ids[i]);
        assert_int_equal(claims->find(claims->self, ids[i], strlen(ids[i])), (int64_t)i);
    }
    assert_null(claims->get(claims->self, CHECK_COUNT(ids)));
    assert_null(claims->get(claims->self, UINT64_MAX));
    assert_int_equal(claims->find(claims->self, "lat", 3), -1);
    assert_int_equal(claims->find(claims->self, "late.", 4), 0);
    assert_int_equal(claims->find(claims->self, "", 0), -1);

    /* in order of happening: the first possible day, open ones by the last, exact before vague */
    claims_check_each(claims, -1, -1, any_first, any_last,
                      "before early month late same after undated");
    claims_check_each(claims, 0, -1, any_first, any_last, "before late same");
    claims_check_each(claims, 1, -1, any_first, any_last, "early month after");
    claims_check_each(claims, 2, -1, any_first, any_last, "month");
    claims_check_each(claims, -1, 0, any_first, any_last, "month late after");
    claims_check_each(claims, -1, 1, any_first, any_last, "month after");
    claims_check_each(claims, -1, 2, any_first, any_last, "early");
    claims_check_each(claims, 1, 0, any_first, any_last, "month after");
    claims_check_each(claims, 0, 2, any_first, any_last, "");

    /* days are inclusive, and a vague date counts if it may have been then */
    claims_check_each(claims, -1, -1, march, march, "early month undated");
    claims_check_each(claims, -1, -1, march + 1, march + 11, "month undated");
    claims_check_each(claims, -1, -1, march + 12, march + 12, "month late same after undated");
    claims_check_each(claims, -1, -1, march + 31, any_last, "after undated");
    claims_check_each(claims, -1, -1, any_first, march - 1, "before undated");

    /* a visitor may stop it */
    claims_seen seen = {"", 2, 0};
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(claims->each(claims->self, -1, -1, any_first, any_last, claims_note, &seen, &err),
             &err);
    assert_string_equal(seen.ids, "before early");
    seen = (claims_seen){"", 1, 0};
    check_ok(claims->search(claims->self, "arms", claims_note, &seen, &err), &err);
    assert_string_equal(seen.ids, "late");

    /* whole words, every one of them, whatever the case */
    claims_check_search(claims, "arms", "late same");
    claims_check_search(claims, "STOP", "late");
    claims_check_search(claims, "once must", "late");
    claims_check_search(claims, "arm", "");
    claims_check_search(claims, "arms land", "");
    claims_check_search(claims,
                        "stra\xC3\x9F"
                        "en",
                        "early");
    claims_check_search(claims, "STRASSEN", "early");
    claims_check_search(claims, "\xC3\xA9T\xC3\x89", "early");
    claims_check_search(claims, "e\xCC\x81te\xCC\x81", "early");
    claims_check_search(claims, "preconditions", "before");
    claims_check_search(claims, "reportedly", "month");
    claims_check_search(claims, "western OFFICIAL", "undated");
    claims_check_search(claims, "at, once!", "late");
    claims_check_search(claims, "", "");
    claims_check_search(claims, " \t-- ", "");
    claims_conformance_look(claims);
}

#endif
