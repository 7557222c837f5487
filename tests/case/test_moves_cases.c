/*
 * Moves by hand: what they rest on, when they count, what a demand's sheet says, and the worked
 * cases, whose numbers are those of their sections 1.3, 2.2 and 2.4 (tests/golden/walkthrough/
 * moves.md).
 */
#include "case/moves_check.h"
#include "support/torture.h"

/* --------------------------------------------------------------- what it rests on */

#define HEAD                                                                                       \
    "parley: 1\ntitle: small\n"                                                                    \
    "sources: {a: {kind: outlet}, b: {kind: outlet}, w: {kind: outlet}}\n"                         \
    "parties: {p: {roles: [principal]}, q: {roles: [principal]}, o: {roles: [outside]}}\n"         \
    "people: {chief: {name: C, of: p, office: president}, voice: {name: V, of: p, office: "        \
    "spokesman}}\n"                                                                                \
    "tracks: {t: {table: now}, u: {table: later}}\n"                                               \
    "issues:\n  x: {track: t, ordered: true, options: {o0: a, o1: b, o2: c, o3: d}}\n"             \
    "  y: {track: t, options: {y0: a, y1: b}}\n"                                                   \
    "  z: {track: u, options: {z0: a, z1: b}}\n"                                                   \
    "  n: {track: t, quantity: {unit: day, from: 15, to: 60, step: 15}}\n"
#define FIRST                                                                                      \
    "  c1: {date: 2025-01-01, by: \"p:chief\", act: demand, about: \"x = o0\", source: a, class: " \
    "on-record}\n"

static void chains_collapse_and_repeats_add_nothing(void **state)
{
    (void)state;
    moved x = moved_text(
        HEAD
        "claims:\n" FIRST
        "  c2: {date: 2025-02-01, by: p, act: request, about: \"x = o1\", source: b, replaces: "
        "c1, class: described, speaker-text: \"an official\"}\n"
        "  c3: {date: 2025-02-02, by: p, act: request, about: \"x = o1\", source: a, chain: [a, "
        "b], class: described, speaker-text: \"an official\"}\n"
        "  c4: {date: 2025-02-03, by: p, act: request, about: \"x = o1\", source: a, repeats: "
        "c2, class: bare}\n");
    const parley_move *move = parley_moves_at(x.m, 0);
    phrase l;
    check_words(moves_line(&l, &x), "reframed c1 > c2");
    assert_int_equal(move->support.originals, 1);
    assert_int_equal(move->support.claims.count, 2);
    assert_int_equal(move->support.mentions.count, 1);
    assert_true(move->support.unnamed && !move->support.on_record && move->to_confirm);
    assert_int_equal(move->direction, 1);
    assert_int_equal(move->steps, 1);
    moved_close(&x);
}

static void another_description_or_another_outlet_is_another_original(void **state)
{
    (void)state;
    moved x = moved_text(
        HEAD
        "claims:\n" FIRST
        "  c2: {date: 2025-02-01, by: p, act: request, about: \"x = o1\", source: b, replaces: "
        "c1, class: described, speaker-text: \"an official\"}\n"
        "  c3: {date: 2025-02-02, by: p, act: request, about: \"x = o1\", source: b, class: "
        "described, speaker-text: \"a diplomat\"}\n"
        "  c4: {date: 2025-02-03, by: p, act: request, about: \"x = o1\", source: w, class: "
        "outlet}\n");
    phrase l;
    check_words(moves_line(&l, &x), "reframed c1 > c2; ~confirmed c2 > c3; ~confirmed c2 > c4");
    assert_int_equal(parley_moves_at(x.m, 0)->support.originals, 3);
    assert_false(parley_moves_at(x.m, 0)->support.unnamed);
    moved_close(&x);
}

static void a_firmer_source_ends_the_need_to_confirm(void **state)
{
    (void)state;
    static const char *const weak = HEAD
        "claims:\n" FIRST
        "  c2: {date: 2025-02-01, by: p, act: open-to, about: \"x = o1\", source: b, replaces: "
        "c1, class: described}\n";
    static const char *const firm = HEAD
        "claims:\n" FIRST
        "  c2: {date: 2025-02-01, by: p, act: open-to, about: \"x = o1\", source: b, replaces: "
        "c1, class: described}\n"
        "  c3: {date: 2025-02-05, by: \"p:chief\", act: open-to, about: \"x = o1\", source: a, "
        "class: on-record}\n";
    moved x = moved_text(weak);
    moved y = moved_text(firm);
    phrase l;
    assert_true(parley_moves_at(x.m, 0)->to_confirm);
    check_words(moves_line(&l, &y), "softened c1 > c2; ~confirmed c2 > c3");
    assert_false(parley_moves_at(y.m, 0)->to_confirm);
    moved_close(&x);
    moved_close(&y);
}

static void conjuncts_about_one_issue_are_one_thing_to_hold(void **state)
{
    (void)state;
    moved x = moved_text(
        HEAD
        "claims:\n"
        "  c1: {date: 2025-01-01, by: p, act: demand, about: \"n >= 15 and n <= 30\", source: a, "
        "class: on-record}\n"
        "  c2: {date: 2025-01-02, by: p, act: demand, about: \"n >= 15 and n <= 45\", source: a, "
        "class: on-record, replaces: c1}\n");
    phrase l;
    check_words(moves_line(&l, &x), "softened c1 > c2");
    const parley_move *move = parley_moves_at(x.m, 0);
    assert_int_equal(move->sets, PARLEY_SETS_MORE);
    assert_int_equal(move->direction, 1);
    assert_int_equal(move->steps, 1);
    moved_close(&x);
}

static void what_is_put_off_or_moved_to_a_parked_issue_is_deferred(void **state)
{
    (void)state;
    moved x = moved_text(
        HEAD "proposals: {f: {tabled-by: q, date: 2025-01-01, text: \"y = y0\"}}\n"
             "responses:\n"
             "  - {party: p, to: f, answer: defer, date: 2025-02-03}\n"
             "claims:\n" FIRST
             "  c2: {date: 2025-02-01, by: p, act: defer, about: x, source: a, class: on-record}\n"
             "  c3: {date: 2025-01-01, by: p, act: demand, about: \"y = y1 or z = z1\", source: a, "
             "class: on-record}\n"
             "  c4: {date: 2025-02-02, by: p, act: demand, about: \"z = z1\", source: a, class: "
             "on-record, replaces: c3}\n");
    phrase l;
    check_words(moves_line(&l, &x), "~deferred c1 > c2; deferred c3 > c4");
    moved_close(&x);
    x = moved_text(HEAD
                   "proposals: {f: {tabled-by: q, date: 2025-01-01, text: \"y = y0\"}}\n"
                   "responses:\n"
                   "  - {party: p, to: f, answer: defer, date: 2025-02-03}\n"
                   "claims:\n"
                   "  c3: {date: 2025-01-01, by: p, act: demand, about: \"y = y1\", source: a}\n");
    check_words(moves_line(&l, &x), "~deferred c3 > -");
    moved_close(&x);
}

static void refusing_what_was_excluded_already_moves_nothing(void **state)
{
    (void)state;
    static const char *const more[] = {
        "", /* c3 typed: the demand that it replaces decides */
        "  c3: {date: 2025-02-01, by: p, act: demand, about: \"n >= 45\", source: a, class: "
        "on-record, replaces: c1}\n",
        "  c3: {date: 2025-02-01, by: p, act: demand, about: \"n >= 45\", source: a, class: "
        "on-record}\n"};
    static const char *const wanted[] = {"", "softened c1 > c3", "~softened c1 > c3"};
    for (size_t i = 0; i < CHECK_COUNT(more); i++) {
        char text[3000];
        snprintf(
            text, sizeof text,
            "%s  c1: {date: 2025-01-01, by: p, act: demand, about: \"n = 60\", source: a, "
            "class: on-record}\n"
            "  c2: {date: 2025-01-11, by: p, act: reject, about: \"n = 15\", source: a, class: "
            "on-record}\n%s",
            HEAD "claims:\n", more[i]);
        moved x = moved_text(text);
        phrase l;
        check_words(moves_line(&l, &x), wanted[i]);
        moved_close(&x);
    }
}

static void two_refusals_in_a_row_harden(void **state)
{
    (void)state;
    moved x = moved_text(
        HEAD "claims:\n"
             "  c1: {date: 2025-01-01, by: p, act: reject, about: \"x = o0\", source: a}\n"
             "  c2: {date: 2025-01-02, by: p, act: reject, about: \"x = o1\", source: a}\n"
             "  c3: {date: 2025-01-03, by: p, act: demand, about: \"x in {o2, o3}\", source: a}\n");
    phrase l; /* c3 says what c1 and c2 say together */
    check_words(moves_line(&l, &x), "~hardened c1 > c2");
    moved_close(&x);
}

static void option_names_defer_nothing(void **state)
{
    (void)state;
    moved x = moved_open("halt-2025.yaml");
    for (uint32_t i = 0; i < parley_moves_size(x.m); i++) {
        assert_int_not_equal(parley_moves_at(x.m, i)->kind, PARLEY_MOVE_DEFERRED);
    }
    moved_close(&x);
}

static void what_may_have_been_the_same_day_is_no_move_unless_typed(void **state)
{
    (void)state;
    moved x = moved_text(
        HEAD "claims:\n"
             "  c1: {date: 2025-01, by: p, act: demand, about: \"x = o0\", source: a}\n"
             "  c2: {date: 2025-01-20, by: p, act: demand, about: \"x = o1\", source: a}\n"
             "  c3: {by: p, act: demand, about: \"x = o2\", source: a}\n");
    assert_int_equal(parley_moves_size(x.m), 0);
    moved_close(&x);
}

static void a_weaker_source_in_weaker_words_moves_nothing(void **state)
{
    (void)state;
    moved x = moved_text(
        HEAD "claims:\n" FIRST
             "  c2: {date: 2025-01-20, by: p, act: request, about: \"x = o0\", source: b, class: "
             "bare}\n");
    assert_int_equal(parley_moves_size(x.m), 0);
    assert_int_equal(parley_moves_demands(x.m), 1);
    moved_close(&x);
}

/* ------------------------------------------------------------------------- since */

static void since_takes_what_may_have_happened_then_or_later(void **state)
{
    (void)state;
    moved x = moved_open("shuttle-2022.yaml");
    static const struct {
        const char *since;
        uint32_t moves;
    } rows[] = {{"2022-02-01", 3}, {"2022-03-07", 3}, {"2022-03-08", 2}, /* b5, b6: March */
                {"2022-03-31", 2}, {"2022-04-01", 0}, {"2022-03", 3}};
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        parley_date since;
        parley_error err = PARLEY_ERROR_INIT;
        uint32_t n = 0;
        check_ok(parley_date_parse(&since, rows[i].since, strlen(rows[i].since), &err), &err);
        for (uint32_t k = 0; k < parley_moves_size(x.m); k++) {
            n += parley_move_since(parley_moves_at(x.m, k), since);
        }
        assert_int_equal(n, rows[i].moves);
    }
    moved_close(&x);
}

static void moves_stop_at_the_date_asked_for(void **state)
{
    (void)state;
    moved x = moved_open("shuttle-2022.yaml");
    parley_terms_options options = PARLEY_TERMS_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_date_parse(&options.at, "2022-02-28", 10, &err), &err);
    moved_derive(&x, &options);
    assert_int_equal(parley_moves_size(x.m), 0);
    assert_true(find_demand(&x, "ru", "forces = disarmed")->in_force);
    static const char *const none[] = {"nobody"};
    parley_moves *m = x.m;
    options.without = none;
    options.without_count = 1;
    check_fails(parley_moves_derive(&m, x.d.ctx, x.d.c, &options, &err), PARLEY_NOTFOUND, &err);
    assert_null(m);
    moved_close(&x);
}

/* ------------------------------------------------------------------ worked cases */

static void the_shuttle_moves_on_three_issues(void **state)
{
    (void)state; /* sections 2.2 and 2.4, 2 */
    moved x = moved_open("shuttle-2022.yaml");
    phrase l;
    check_words(moves_line(&l, &x), "softened b1 b2 > b5; softened b1 > b6; reframed b3 > b4");
    for (uint32_t i = 0; i < 3; i++) {
        const parley_move *move = parley_moves_at(x.m, i);
        assert_int_equal(move->support.originals, 1);
        assert_int_equal(move->to_confirm, i < 2);
        assert_int_equal(move->support.unnamed, i < 2);
        assert_int_equal(move->support.on_record, i == 2);
    }
    parley_date first = parley_moves_first_day(x.m);
    assert_int_equal(first.last, parley_day_number(2022, 2, 24));
    moved_close(&x);
}

static void the_halt_drops_the_guarantees_and_has_never_tested_the_arms(void **state)
{
    (void)state; /* section 1.3, timeline and why */
    moved x = moved_open("halt-2025.yaml");
    phrase l;
    check_words(moves_line(&l, &x), "softened c10 > c11");
    const parley_demand *arms = find_demand(&x, "ru", "arms = stopped");
    assert_int_equal(arms->times, 1);
    assert_int_equal(arms->support.originals, 1);
    assert_int_equal(arms->support.mentions.count, 1);
    check_words(claim_id(&x, arms->support.mentions.at[0]), "c8");
    assert_true(arms->support.on_record && arms->in_force && !arms->typed_tested);
    assert_int_equal(arms->test_count, 0);
    assert_int_equal(arms->reason_count, 1);
    assert_int_equal(arms->reasons[0].others, 1);
    assert_int_equal(arms->reasons[0].in_parts, 1);
    assert_true(has_evidence(arms, PARLEY_FACT_CONDITION));
    assert_true(has_evidence(arms, PARLEY_FACT_OTHER_WAY));
    const parley_demand *guarantee = find_demand(&x, "ua", "guarantee = first");
    assert_false(guarantee->in_force);
    assert_true(has_evidence(guarantee, PARLEY_FACT_MOVED));
    assert_int_equal(parley_moves_demands(x.m), 7);
    moved_close(&x);
}

static void the_shuttle_has_two_voices_and_one_demand_of_two_mentions(void **state)
{
    (void)state; /* section 2.4, 5 and 8 */
    moved x = moved_open("shuttle-2022.yaml");
    const parley_demand *forces = find_demand(&x, "ru", "forces = disarmed");
    assert_int_equal(forces->times, 1);
    assert_int_equal(forces->support.mentions.count, 1);
    assert_false(forces->in_force);
    bool found = false;
    for (uint32_t k = 0; k < forces->evidence_count; k++) {
        const parley_fact *e = &forces->evidence[k];
        if (e->kind == PARLEY_FACT_LEFT_OUT) {
            found = true;
            check_words(claim_id(&x, e->claim), "b4");
            check_words(parley_case_person(x.d.c, e->person)->record.id, "peskov");
        }
    }
    assert_true(found);
    moved_close(&x);
}

static void the_seven_steps_turn_back_what_was_accepted_in_minsk(void **state)
{
    (void)state;
    moved x = moved_open("seven-steps-2022.yaml");
    phrase l;
    check_words(moves_line(&l, &x), "~hardened v19 > v20; reversed v19 > v21; reframed v20 > v21");
    const parley_demand *door = find_demand(&x, "nato", "membership = withdrawn");
    assert_true(door->stand->refuses);
    assert_int_equal(door->test_count, 2);
    assert_int_equal(door->tests[0].answer, PARLEY_OFFER_NO_ANSWER);
    assert_int_equal(door->tests[1].answer, PARLEY_OFFER_REFUSED);
    check_words(claim_id(&x, door->tests[1].claim), "v7");
    assert_true(has_evidence(door, PARLEY_FACT_REFUSED) && has_evidence(door, PARLEY_FACT_TALKED));
    moved_close(&x);
}

static void cases_without_moves_have_none(void **state)
{
    (void)state;
    moved x = moved_open("exchange-2023.yaml");
    assert_int_equal(parley_moves_size(x.m), 0);
    assert_int_equal(parley_moves_demands(x.m), 0);
    assert_int_equal(parley_moves_in_words(x.m), 2); /* Israel: k1, k8; Russia is no principal */
    moved_close(&x);
    x = moved_open("relocation-2025.yaml");
    assert_int_equal(parley_moves_size(x.m), 0);
    assert_int_equal(parley_moves_demands(x.m), 1); /* Sudan, whose consent is needed */
    moved_close(&x);
}

/* --------------------------------------------------------------------- the sheet */

static void a_demand_is_tested_by_an_offer_that_crosses_it_and_is_refused(void **state)
{
    (void)state;
    moved x = moved_text(
        HEAD
        "proposals:\n"
        "  f: {tabled-by: q, date: 2025-01-10, text: \"x = o2 and y = y0\"}\n"
        "  g: {tabled-by: q, date: 2025-01-10, text: \"x = o0\"}\n"
        "  h: {tabled-by: p, date: 2025-01-10, text: \"x = o3\"}\n"
        "responses:\n"
        "  - {party: p, to: f, answer: reject, date: 2025-01-12}\n"
        "claims:\n" FIRST
        "  c2: {date: 2025-01-20, by: q, act: offer, about: \"x = o1\", source: a}\n"
        "  c3: {date: 2025-01-20, by: q, to: o, act: offer, about: \"x = o2\", source: a}\n"
        "  c4: {date: 2025-01-21, by: p, act: accept, about: c2, source: a}\n"
        "  c5: {date: 2025-01-30, by: \"p:voice\", act: demand, about: \"x = o0\", source: b}\n");
    const parley_demand *d = find_demand(&x, "p", "x = o0");
    assert_int_equal(d->times, 2);
    assert_int_equal(d->persons.count, 2);
    assert_int_equal(d->test_count,
                     2); /* not g, which agrees; not h, its own; not c3, to another */
    assert_int_equal(d->tests[0].answer, PARLEY_OFFER_REFUSED);
    assert_int_equal(d->tests[1].answer, PARLEY_OFFER_ACCEPTED);
    check_words(claim_id(&x, d->tests[0].said_after), "c5");
    assert_true(has_evidence(d, PARLEY_FACT_REFUSED));
    assert_true(has_evidence(d, PARLEY_FACT_SAID_AFTER));
    assert_true(has_evidence(d, PARLEY_FACT_VOICES));
    assert_true(has_evidence(d, PARLEY_FACT_ORIGINALS));
    assert_true(has_evidence(d, PARLEY_FACT_ACCEPTED));
    for (uint32_t k = 1; k < d->evidence_count; k++) { /* for a line first */
        assert_true(d->evidence[k - 1].line || !d->evidence[k].line);
    }
    moved_close(&x);
}

static void another_voice_that_asks_otherwise_is_shown(void **state)
{
    (void)state;
    moved x = moved_text(
        HEAD
        "claims:\n" FIRST
        "  c2: {date: 2025-01-01, by: \"p:voice\", act: demand, about: \"x = o1\", source: a}\n");
    assert_true(has_evidence(find_demand(&x, "p", "x = o0"), PARLEY_FACT_OTHER_VOICE));
    assert_true(has_evidence(find_demand(&x, "p", "x = o1"), PARLEY_FACT_OTHER_VOICE));
    moved_close(&x);
}

/* ------------------------------------------------------------------------ memory */

static parley_status derive_once(parley_ctx *ctx, void *user, parley_error *err)
{
    parley_moves *m = (parley_moves *)(uintptr_t)1;
    parley_status status = parley_moves_derive(&m, ctx, user, NULL, err);
    assert_true((status == PARLEY_OK) == (m != NULL));
    if (status == PARLEY_OK) {
        status = parley_moves_find_demands(m, err);
    }
    parley_moves_free(m);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    static const char *const names[] = {"shuttle-2022.yaml", "seven-steps-2022.yaml"};
    for (size_t i = 0; i < CHECK_COUNT(names); i++) {
        desk d = desk_open(names[i]);
        torture(derive_once, d.c, 4);
        desk_close(&d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_collapse_and_repeats_add_nothing),
        cmocka_unit_test(another_description_or_another_outlet_is_another_original),
        cmocka_unit_test(a_firmer_source_ends_the_need_to_confirm),
        cmocka_unit_test(conjuncts_about_one_issue_are_one_thing_to_hold),
        cmocka_unit_test(what_is_put_off_or_moved_to_a_parked_issue_is_deferred),
        cmocka_unit_test(refusing_what_was_excluded_already_moves_nothing),
        cmocka_unit_test(two_refusals_in_a_row_harden),
        cmocka_unit_test(option_names_defer_nothing),
        cmocka_unit_test(what_may_have_been_the_same_day_is_no_move_unless_typed),
        cmocka_unit_test(a_weaker_source_in_weaker_words_moves_nothing),
        cmocka_unit_test(since_takes_what_may_have_happened_then_or_later),
        cmocka_unit_test(moves_stop_at_the_date_asked_for),
        cmocka_unit_test(the_shuttle_moves_on_three_issues),
        cmocka_unit_test(the_halt_drops_the_guarantees_and_has_never_tested_the_arms),
        cmocka_unit_test(the_shuttle_has_two_voices_and_one_demand_of_two_mentions),
        cmocka_unit_test(the_seven_steps_turn_back_what_was_accepted_in_minsk),
        cmocka_unit_test(cases_without_moves_have_none),
        cmocka_unit_test(a_demand_is_tested_by_an_offer_that_crosses_it_and_is_refused),
        cmocka_unit_test(another_voice_that_asks_otherwise_is_shown),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
