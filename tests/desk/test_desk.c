/*
 * Relays and channels: what stops a carrier, where a relay stands, who reaches whom.
 */
#include "case/case_text.h"
#include "support/torture.h"

#include <parley/desk.h>

static const char *folder;

static const char head[] =
    "parley: 1\n"
    "as-of: 2025-03-20\n"
    "sources: {s: {kind: outlet, date: 2025-03-14}, n: {kind: call, date: 2025-03-14}}\n"
    "parties: {ua: {roles: [principal]}, ru: {roles: [principal]}, il: {roles: [mediator]}, "
    "cn: {roles: [outside]}, eu: {roles: [affected]}}\n"
    "people: {ben: {of: il}}\n"
    "issues: {arms: {options: {go: \"Go on\", stop: \"Stop\"}}}\n"
    "claims:\n"
    "  a: {by: ua, to: public, act: open-to, about: \"arms = go\", source: s}\n"
    "  b: {by: ua, act: accept, about: \"arms = go\", source: s}\n"
    "  c: {by: ua, act: demand, about: \"arms = stop\", source: n, publicity: private}\n"
    "  d: {by: ru, act: demand, about: \"arms = stop\", source: n, publicity: private}\n";

static parley_case *with(parley_ctx *ctx, const char *rest)
{
    char *text = calloc(sizeof(head) + strlen(rest), 1);
    assert_non_null(text);
    parley_case *c = read_text(ctx, "t.yaml", strcat(strcat(text, head), rest), NULL);
    free(text);
    return c;
}

static parley_relay_card card_of(const char *fields)
{
    char rest[800];
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    parley_relay_card card;
    snprintf(rest, sizeof(rest), "relays:\n  r: {owner: ua, carrier: \"il:ben\", to: ru, %s}\n",
             fields);
    parley_case *c = with(ctx, rest);
    check_ok(parley_relay_look(&card, ctx, c, 0, parley_case_as_of(c).last, &err), &err);
    parley_case_free(c);
    check_ctx_done(ctx);
    return card;
}

static void what_is_not_recorded_stops_the_carrier(void **state)
{
    (void)state;
    static const struct {
        const char *fields;
        parley_permission words;
        parley_permission assurance;
        parley_relay_state state;
    } row[] = {
        {"words: [a]", PARLEY_MAY_NOT_RECORDED, PARLEY_MAY_NOT_RECORDED, PARLEY_RELAY_STOPPED},
        {"words: [a], said: {publicity: public}", PARLEY_MAY_PUBLIC, PARLEY_MAY_NOT_RECORDED,
         PARLEY_RELAY_TO_ASK},
        {"words: [a], may-say: exact", PARLEY_MAY_EXACT, PARLEY_MAY_NOT_RECORDED,
         PARLEY_RELAY_TO_ASK},
        {"words: [a], may-say: exakt", PARLEY_MAY_NOT_RECORDED, PARLEY_MAY_NOT_RECORDED,
         PARLEY_RELAY_STOPPED},
        {"words: [a], said: {publicity: public}, may-say: {words: not-recorded}",
         PARLEY_MAY_NOT_RECORDED, PARLEY_MAY_NOT_RECORDED, PARLEY_RELAY_STOPPED},
        {"words: [a], may-say: {words: sense}, meant: {answer: \"yes\", publicity: private}",
         PARLEY_MAY_SENSE, PARLEY_MAY_NOT_RECORDED, PARLEY_RELAY_STOPPED},
        {"words: [a], may-say: {words: sense}, meant: {answer: \"yes\", publicity: public}",
         PARLEY_MAY_SENSE, PARLEY_MAY_PUBLIC, PARLEY_RELAY_TO_CARRY},
        {"words: [a], may-say: {words: sense, assurance: no}, meant: {answer: \"yes\"}",
         PARLEY_MAY_SENSE, PARLEY_MAY_NOT, PARLEY_RELAY_STOPPED},
        {"words: [a], may-say: {words: sense, assurance: unattributed}, meant: {answer: \"yes\"}",
         PARLEY_MAY_SENSE, PARLEY_MAY_UNATTRIBUTED, PARLEY_RELAY_TO_CARRY},
        {"words: [a], may-say: {words: exact, assurance: exact, until: 2025-03-20}, meant: "
         "{answer: \"yes\"}",
         PARLEY_MAY_EXACT, PARLEY_MAY_EXACT, PARLEY_RELAY_TO_CARRY},
        {"words: [a], may-say: {words: exact, assurance: exact, until: 2025-03-19}, meant: "
         "{answer: \"yes\"}",
         PARLEY_MAY_RUN_OUT, PARLEY_MAY_RUN_OUT, PARLEY_RELAY_STOPPED},
        {"words: [a], may-say: {words: public, until: 2025-03-19}", PARLEY_MAY_PUBLIC,
         PARLEY_MAY_NOT_RECORDED, PARLEY_RELAY_TO_ASK},
        {"words: [a], may-say: exact, carried: {date: 2025-03-19}", PARLEY_MAY_EXACT,
         PARLEY_MAY_NOT_RECORDED, PARLEY_RELAY_TO_HEAR},
        {"words: [a], may-say: exact, carried: {date: 2025-03-19}, read-back: none",
         PARLEY_MAY_EXACT, PARLEY_MAY_NOT_RECORDED, PARLEY_RELAY_TO_HEAR},
        {"words: [a], may-say: exact, carried: {date: 2025-03-19}, read-back: {answer: \"as "
         "meant\"}",
         PARLEY_MAY_EXACT, PARLEY_MAY_NOT_RECORDED, PARLEY_RELAY_READ_BACK},
    };
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        parley_relay_card card = card_of(row[i].fields);
        if (card.words != row[i].words || card.assurance != row[i].assurance ||
            card.state != row[i].state) {
            fail_msg("%s: words %s, assurance %s, %s", row[i].fields,
                     parley_permission_word(card.words), parley_permission_word(card.assurance),
                     parley_relay_state_word(card.state));
        }
    }
}

static void having_carried_what_was_not_allowed_is_told(void **state)
{
    (void)state;
    assert_true(card_of("words: [a], carried: {date: 2025-03-19}").carried_unallowed);
    assert_false(
        card_of("words: [a], may-say: exact, carried: {date: 2025-03-19}").carried_unallowed);
    assert_false(card_of("words: [a], carried: none").carried_unallowed);
}

static void openness_is_not_to_be_strengthened(void **state)
{
    (void)state;
    assert_true(card_of("words: [a]").soft);
    assert_false(card_of("words: [a, b]").soft);
    assert_false(card_of("words: []").soft);
}

static void a_private_version_that_cannot_hold_with_the_public_one_is_found(void **state)
{
    (void)state;
    parley_relay_card card = card_of("words: [a], may-say: exact");
    assert_int_equal(card.against[0], 0);
    assert_int_equal(card.against[1], 2); /* not d: that is another party's */
    assert_int_equal(card_of("words: [d], may-say: exact").against[0], -1);
}

static void the_shuttle_relay_stops_at_the_assurance(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = load_shipped(ctx, folder, "shuttle-2022", NULL);
    parley_relay_card card;
    check_ok(parley_relay_look(&card, ctx, c, 0, parley_case_as_of(c).last, &err), &err);
    assert_int_equal(card.words, PARLEY_MAY_PUBLIC);
    assert_int_equal(card.assurance, PARLEY_MAY_NOT_RECORDED);
    assert_int_equal(card.state, PARLEY_RELAY_STOPPED);
    assert_true(card.carried);
    assert_true(card.soft);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void a_way_is_the_shortest_of_the_channels_that_work(void **state)
{
    (void)state;
    static const struct {
        const char *channels;
        const char *wanted; /* from ua to ru */
    } row[] = {
        {"  - {from: ua, to: ru, quality: none}\n", ""},
        {"  - {from: ua, to: ru, quality: unknown}\n", ""},
        {"  - {from: ru, to: ua, quality: \"strained\"}\n", "ua ru"},
        {"  - {from: ua, to: il, quality: works}\n  - {from: il, to: ru, quality: works}\n",
         "ua il ru"},
        {"  - {from: ua, to: il, quality: works}\n  - {from: il, to: ru, quality: none}\n"
         "  - {from: il, to: cn, quality: works}\n  - {from: ru, to: cn, quality: works}\n",
         "ua il cn ru"},
        {"  - {from: ua, to: eu, quality: works}\n  - {from: eu, to: ru, quality: works}\n"
         "  - {from: ua, to: il, quality: works}\n  - {from: il, to: ru, quality: works}\n",
         "ua il ru"},
        {"  - {from: ua, to: ru, quality: none}\n  - {from: ru, to: ua, quality: works}\n",
         "ua ru"},
    };
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        char rest[600];
        char got[100] = "";
        int32_t path[5];
        uint32_t count = 0;
        parley_ctx *ctx = check_ctx();
        parley_error err = PARLEY_ERROR_INIT;
        snprintf(rest, sizeof(rest), "channels:\n%s", row[i].channels);
        parley_case *c = with(ctx, rest);
        check_ok(parley_channels_path(path, &count, ctx, c, 0, 1, &err), &err);
        for (uint32_t k = 0; k < count; k++) {
            snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s%s", k > 0 ? " " : "",
                     parley_case_party(c, path[k])->record.id);
        }
        if (strcmp(got, row[i].wanted) != 0) {
            fail_msg("%s: '%s', not '%s'", row[i].channels, got, row[i].wanted);
        }
        parley_case_free(c);
        check_ctx_done(ctx);
    }
}

static parley_status look(parley_ctx *ctx, void *user, parley_error *err)
{
    const parley_case *c = user;
    parley_relay_card card;
    int32_t path[64];
    uint32_t count = 0;
    parley_status status = parley_relay_look(&card, ctx, c, 0, 0, err);
    return status == PARLEY_OK ? parley_channels_path(path, &count, ctx, c, 0, 1, err) : status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = load_shipped(ctx, folder, "shuttle-2022", NULL);
    torture(look, c, 2);
    parley_case_free(c);
    check_ctx_done(ctx);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_recorded_stops_the_carrier),
        cmocka_unit_test(having_carried_what_was_not_allowed_is_told),
        cmocka_unit_test(openness_is_not_to_be_strengthened),
        cmocka_unit_test(a_private_version_that_cannot_hold_with_the_public_one_is_found),
        cmocka_unit_test(the_shuttle_relay_stops_at_the_assurance),
        cmocka_unit_test(a_way_is_the_shortest_of_the_channels_that_work),
        cmocka_unit_test(every_allocation_may_fail),
    };
    folder = argc > 1 ? argv[1] : "cases";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
