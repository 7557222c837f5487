/*
 * Soundings of the shipped cases, with the consequences counted by hand in the walk-through; what
 * is never asked; what a question would give away; a search that is stopped, and memory that ends.
 */
#include "deal_check.h"
#include "support/torture.h"

#include <parley/soundings.h>

static parley_soundings *sound(const desk *d, const parley_soundings_options *options)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_soundings *s = NULL;
    check_ok(parley_soundings_new(&s, d->ctx, d->c, d->deal, NULL, options, &err), &err);
    return s;
}

static void questions_to_one_party_are_those_of_all_questions(void **state)
{
    (void)state;
    desk d = desk_open("halt-2025.yaml");
    desk_analyse(&d, NULL);
    parley_soundings *all = sound(&d, NULL);
    uint32_t sum = 0;
    for (uint32_t p = 0; p < parley_case_parties(d.c); p++) {
        parley_soundings_options options = PARLEY_SOUNDINGS_OPTIONS_INIT;
        options.party = (int32_t)p;
        parley_soundings *some = sound(&d, &options);
        uint32_t at = 0;
        for (uint32_t i = 0; i < parley_soundings_size(all); i++) {
            const parley_sounding *q = parley_soundings_at(all, i);
            if (q->party == (int32_t)p) {
                const parley_sounding *x = parley_soundings_at(some, at++);
                assert_true(x->kind == q->kind && x->term == q->term && x->issue == q->issue);
            }
        }
        assert_int_equal(at, parley_soundings_size(some));
        sum += at;
        parley_soundings_free(some);
    }
    assert_int_equal(sum, parley_soundings_size(all));
    parley_soundings_free(all);
    desk_close(&d);
}

/* ------------------------------------------------------- the shipped cases */

static const parley_sounding *about(const desk *d, const parley_soundings *s,
                                    parley_sounding_kind kind, const char *party, const char *what)
{
    for (uint32_t i = 0; i < parley_soundings_size(s); i++) {
        const parley_sounding *q = parley_soundings_at(s, i);
        if (q->kind != kind) {
            continue;
        }
        const char *name =
            kind == PARLEY_SOUNDING_WHICH ? parley_case_issue(d->c, q->issue)->record.id
            : q->term >= 0 ? parley_terms_at(parley_deal_terms(d->deal), (uint32_t)q->term)->name
                           : "";
        if (strcmp(parley_case_party(d->c, q->party)->record.id, party) == 0 &&
            (what == NULL || strcmp(name, what) == 0)) {
            return q;
        }
    }
    fail_msg("no such question: %s, %s", party, what != NULL ? what : "");
    return NULL;
}

static void halt(void **state)
{
    (void)state;
    desk d = desk_open("halt-2025.yaml");
    desk_analyse(&d, NULL);
    parley_soundings *s = sound(&d, NULL);
    parley_text *text = parley_text_new(d.ctx, 4096);
    const parley_outcome *now = parley_soundings_now(s);
    assert_int_equal(parley_soundings_points(s), 5);
    assert_int_equal(parley_soundings_on_readings(s), 5);
    assert_int_equal(parley_soundings_never_put(s), 5);
    assert_int_equal(now->changes, 4);
    assert_int_equal(now->bridges, 8);

    /* first Ukraine on certain arms for fifteen days, then the United States on deliveries */
    const parley_sounding *q = parley_soundings_at(s, 0);
    check_words(parley_case_reading(d.c, q->reading)->record.id, "m1");
    assert_true(q->never_put && q->step && q->reveals.count == 0);
    parley_formula_print(q->formula, parley_case_names(d.c), text);
    parley_text_puts(text, " given ");
    parley_formula_print(q->given, parley_case_names(d.c), text);
    check_words(parley_text_data(text), "arms = limited given duration <= 15");
    const parley_sounding_answer *yes = &q->answer[0];
    const parley_sounding_answer *no = &q->answer[1];
    assert_int_equal(yes->eased.count, 2);
    assert_int_equal(yes->eased.at[0], 0);
    assert_true(no->first_no);
    assert_int_equal(no->after.dies_at, PARLEY_RUNG_POSITIONS);
    assert_int_equal(no->on_record.count, 1);
    assert_int_equal(no->stays.count, 4);
    q = parley_soundings_at(s, 1);
    check_words(parley_case_reading(d.c, q->reading)->record.id, "m4");
    assert_false(q->step);
    assert_int_equal(q->answer[0].goes.count, 1);
    assert_int_equal(q->answer[0].goes.at[0], 1);
    assert_int_equal(q->answer[1].on_record.at[0], 1);
    for (uint32_t i = 0; i < 5; i++) {
        assert_int_equal(parley_soundings_at(s, i)->kind, PARLEY_SOUNDING_READING);
    }
    /* a line, or the worry behind it */
    q = about(&d, s, PARLEY_SOUNDING_LINE, "ru", "ru requires arms = stopped");
    check_words(parley_case_concern(d.c, q->concern)->record.id, "ru-rearm");
    assert_int_equal(q->answer[0].reply, PARLEY_REPLY_LINE);
    assert_int_equal(q->answer[0].stays.count, 5);
    assert_int_equal(q->answer[0].only.count, 2);
    assert_int_equal(q->answer[1].goes.count, 2);
    assert_int_equal(q->answer[1].after.changes, 3);
    assert_int_equal(desk_count(&q->answer[1].after.left[PARLEY_RUNG_REPORTED]), 24);
    q = about(&d, s, PARLEY_SOUNDING_LINE, "ru", "ru requires kursk = surrender");
    assert_int_equal(q->concern, -1);
    assert_false(q->answer[1].known);
    /* the list: what would be certain; only offer-30 with all it asks for */
    q = about(&d, s, PARLEY_SOUNDING_LIST, "ru", NULL);
    assert_true(q->answer[0].has_certain);
    assert_int_equal(desk_count(&q->answer[0].certain), 24);
    assert_int_equal(q->answer[1].stays.count, 5);
    /* the monitors, all ours: each one out leaves eight of twelve */
    q = about(&d, s, PARLEY_SOUNDING_WHICH, "ru", "monitor");
    assert_int_equal(q->answers, 4);
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(desk_count(&q->answer[i].after.left[PARLEY_RUNG_REPORTED]), 8);
    }
    assert_int_equal(desk_count(&q->answer[3].after.left[PARLEY_RUNG_REPORTED]), 12);
    /* what only a column says */
    q = about(&d, s, PARLEY_SOUNDING_CONFIRM, "ru", "ru requires mobilise = halted");
    assert_false(q->shift);
    assert_int_equal(desk_count(&q->answer[1].after.left[PARLEY_RUNG_REPORTED]), 24);
    parley_text_free(text);
    parley_soundings_free(s);
    desk_close(&d);
}

static void shuttle(void **state)
{
    (void)state;
    desk d = desk_open("shuttle-2022.yaml");
    desk_analyse(&d, NULL);
    parley_soundings *s = sound(&d, NULL);
    const parley_sounding *q = parley_soundings_at(s, 0);
    /* will he say it himself: forces and government, on the word of one unnamed official */
    assert_int_equal(q->kind, PARLEY_SOUNDING_CONFIRM);
    assert_true(q->shift);
    assert_int_equal(q->claims.count, 2);
    check_words(parley_case_claim(d.c, q->claims.at[0])->record.id, "b5");
    assert_int_equal(q->answer[1].reply, PARLEY_REPLY_DENIED);
    assert_int_equal(q->answer[1].fresh, 2);
    assert_int_equal(q->answer[1].after.changes, 4);
    /* Ukraine spoke of Crimea and Donbas: those readings were put */
    assert_int_equal(parley_soundings_on_readings(s), 2);
    assert_int_equal(parley_soundings_never_put(s), 0);
    about(&d, s, PARLEY_SOUNDING_READING, "ua", "n3");
    parley_soundings_free(s);
    desk_close(&d);
}

static void seven_steps(void **state)
{
    (void)state;
    desk d = desk_open("seven-steps-2022.yaml");
    desk_analyse(&d, NULL);
    parley_soundings *s = sound(&d, NULL);
    assert_int_equal(parley_soundings_rung(s), PARLEY_RUNG_POSITIONS);
    assert_int_equal(parley_soundings_found_of(s, PARLEY_SOUNDING_READING), 0);
    const parley_sounding *q =
        about(&d, s, PARLEY_SOUNDING_LINE, "ru", "ru requires membership = withdrawn");
    check_words(parley_case_concern(d.c, q->concern)->record.id, "ru-near");
    about(&d, s, PARLEY_SOUNDING_SOFTER, "ru", "ru requires guarantees = treaty");
    parley_soundings_free(s);
    desk_close(&d);
}

static void what_is_kept_out_by_law_is_not_asked_about(void **state)
{
    (void)state;
    desk d = desk_open("relocation-2025.yaml");
    desk_analyse(&d, NULL);
    parley_soundings *s = sound(&d, NULL);
    assert_int_equal(parley_soundings_found_of(s, PARLEY_SOUNDING_CONFIRM), 0);
    int32_t destination = desk_find(&d, "issues", "destination");
    for (uint32_t i = 0; i < parley_soundings_size(s); i++) {
        assert_int_not_equal(parley_soundings_at(s, i)->issue, destination);
    }
    parley_soundings_free(s);
    desk_close(&d);
}

static void nothing_counted_and_nothing_in_dispute_are_no_error(void **state)
{
    (void)state;
    desk d = desk_open("exchange-2023.yaml");
    desk_analyse(&d, NULL);
    parley_soundings *s = sound(&d, NULL);
    assert_int_equal(parley_soundings_found(s), 0);
    parley_soundings_free(s);
    desk_close(&d);
    static const char *const cases[] = {
        "parley: 1\ntitle: \"T\"\n",
        "parley: 1\ntitle: \"T\"\nparties:\n  a: {name: \"A\", roles: [principal]}\n"
        "issues:\n  x: {ask: \"X\", options: {p: \"P\", q: \"Q\"}}\nclaims:\n"
        "  c1: {by: a, act: demand, about: \"x = p\", class: on-record}\n",
        "parley: 1\ntitle: \"T\"\nparties:\n  a: {name: \"A\", roles: [principal]}\n"
        "issues:\n  x: {ask: \"X\", options: {p: \"P\", q: \"Q\"}}\nrules:\n"
        "  r: {formula: \"false\", because: \"so\"}\n"};
    for (size_t i = 0; i < CHECK_COUNT(cases); i++) {
        d = desk_text(cases[i]);
        desk_analyse(&d, NULL);
        s = sound(&d, NULL);
        assert_int_equal(parley_soundings_found(s), 0);
        parley_soundings_free(s);
        desk_close(&d);
    }
}

/* 400,001 values: looking for a step less by going from each value to the next that is allowed
 * would take more than 10^10 steps, and minutes. */
static void a_long_quantity_costs_no_more_than_its_length(void **state)
{
    (void)state;
    desk d = desk_text("parley: 1\ntitle: \"T\"\nparties:\n"
                       "  a: {name: \"A\", roles: [principal]}\n"
                       "  b: {name: \"B\", roles: [principal]}\n"
                       "issues:\n"
                       "  r: {ask: \"R\", quantity: {unit: day, from: 0, to: 400000, step: 1}}\n"
                       "claims:\n"
                       "  c1: {by: a, act: demand, about: \"r >= 399000\", class: on-record}\n"
                       "  c2: {by: b, act: reject, about: \"r >= 300000\", class: on-record}\n");
    desk_analyse(&d, NULL);
    parley_soundings *s = sound(&d, NULL);
    assert_true(parley_soundings_size(s) > 0);
    parley_soundings_free(s);
    desk_close(&d);
}

static void readings_that_contradict_each_other_are_asked_about(void **state)
{
    (void)state;
    desk d = desk_text("parley: 1\ntitle: \"T\"\nparties:\n  a: {name: \"A\", roles: [principal]}\n"
                       "issues:\n  x: {ask: \"X\", options: {p: \"P\", q: \"Q\"}}\nreadings:\n"
                       "  m1: {party: a, requires: \"x = p\", because: \"so\", from: []}\n"
                       "  m2: {party: a, requires: \"x = q\", because: \"so\", from: []}\n");
    desk_analyse(&d, NULL);
    parley_soundings *s = sound(&d, NULL);
    assert_int_equal(parley_soundings_points(s), 1);
    assert_int_equal(parley_soundings_found_of(s, PARLEY_SOUNDING_READING), 2);
    const parley_sounding *q = parley_soundings_at(s, 0);
    assert_int_equal(q->answer[0].goes.count, 1);
    assert_int_equal(q->answer[0].after.dies_at, -1);
    parley_soundings_free(s);
    desk_close(&d);
}

static void a_question_tells_when_it_would_give_away_private_words(void **state)
{
    static const char head[] =
        "parley: 1\ntitle: \"T\"\nsources:\n  s: {name: \"S\", kind: outlet}\n"
        "  t: {name: \"T\", kind: call}\nparties:\n  a: {name: \"A\", roles: [principal]}\n"
        "  b: {name: \"B\", roles: [principal]}\n"
        "issues:\n  x: {ask: \"X\", options: {p: \"P\", q: \"Q\"}}\nclaims:\n"
        "  c1: {by: a, act: demand, about: \"x = p\", class: on-record, source: ";
    static const char tail[] =
        "}\nreadings:\n  m1: {party: b, refuses: \"x = p\", because: \"so\", from: []}\n";
    char text[2048];
    (void)state;
    for (int private = 0; private < 2; private ++) {
        snprintf(text, sizeof text, "%s%c%s", head, "st"[private], tail);
        desk d = desk_text(text);
        desk_analyse(&d, NULL);
        parley_soundings *s = sound(&d, NULL);
        const parley_sounding *q = parley_soundings_at(s, 0);
        assert_int_equal(q->kind, PARLEY_SOUNDING_READING);
        assert_int_equal(q->reveals.count, private);
        if (private) {
            check_words(q->reveals.at[0], "c1");
        }
        parley_soundings_free(s);
        desk_close(&d);
    }
}

static void a_cancelled_search_says_so(void **state)
{
    (void)state;
    desk d = desk_open("halt-2025.yaml");
    desk_analyse(&d, NULL);
    parley_error err = PARLEY_ERROR_INIT;
    parley_soundings *s = NULL;
    parley_ctx_cancel(d.ctx);
    assert_int_equal(parley_soundings_new(&s, d.ctx, d.c, d.deal, NULL, NULL, &err),
                     PARLEY_CANCELLED);
    assert_null(s);
    desk_close(&d);
}

typedef struct prepared {
    parley_case *c;
} prepared;

static parley_status sound_out(parley_ctx *ctx, void *user, parley_error *err)
{
    prepared *p = user;
    parley_deal *deal = NULL;
    parley_soundings *s = (parley_soundings *)(uintptr_t)1;
    parley_status status = parley_deal_new(&deal, ctx, p->c, NULL, err);
    if (status == PARLEY_OK) {
        parley_soundings_options options = PARLEY_SOUNDINGS_OPTIONS_INIT;
        options.most = 1;
        status = parley_soundings_new(&s, ctx, p->c, deal, NULL, &options, err);
        assert_true((status == PARLEY_OK) == (s != NULL));
        parley_soundings_free(s);
    }
    parley_deal_free(deal);
    return status;
}

static void memory_that_ends_is_told_and_given_back(void **state)
{
    static const char text[] =
        "parley: 1\ntitle: \"T\"\nparties:\n  a: {name: \"A\", roles: [principal]}\n"
        "  b: {name: \"B\", roles: [principal]}\nissues:\n"
        "  x: {ask: \"X\", ordered: true, options: {p: \"P\", q: \"Q\", r: \"R\"}, ours: [q]}\n"
        "  y: {ask: \"Y\", options: {p: \"P\", q: \"Q\"}}\n"
        "concerns:\n  w: {party: a, reading: \"W\", met-by: [\"x = p\", \"y = p\"], in-part: "
        "[\"x = q\"]}\n"
        "proposals:\n  o: {tabled-by: b, text: \"y = q\"}\n"
        "responses:\n  - {party: a, to: o, answer: accept-if, if: [\"x = p\"], class: on-record}\n"
        "claims:\n  c1: {by: b, act: demand, about: \"y = q\", class: bare}\n"
        "readings:\n  m1: {party: b, refuses: \"x = p\", because: \"so\", from: []}\n";
    parley_error err = PARLEY_ERROR_INIT;
    parley_ctx *ctx = check_ctx();
    prepared p = {NULL};
    (void)state;
    check_ok(parley_case_read(&p.c, ctx, "case.yaml", text, strlen(text), NULL, NULL, &err), &err);
    torture(sound_out, &p, 60);
    parley_case_free(p.c);
    check_ctx_done(ctx);
}

static void a_list_said_in_a_claim_alone_is_asked_about_too(void **state)
{
    (void)state;
    static const char text[] =
        "parley: 1\n"
        "sources: {s: {kind: outlet, date: 2025-03-14}}\n"
        "parties: {a: {roles: [principal]}, b: {roles: [principal]}}\n"
        "issues: {x: {options: {p: P, q: Q}}, y: {options: {p: P, q: Q}}}\n"
        "proposals: {plan: {tabled-by: a, text: \"x = p\"}}\n"
        "claims:\n"
        "  c1: {by: b, act: accept-if, about: plan, if: [\"y = q\"], source: s, class: on-record}\n"
        "  c2: {by: b, act: accept-if, about: plan, if: [words], source: s, class: on-record}\n"
        "  c3: {by: b, act: accept-if, about: plan, if: [\"y = q\"], list: complete, source: s, "
        "class: on-record}\n";
    desk d = desk_text(text);
    desk_analyse(&d, NULL);
    parley_soundings *s = sound(&d, NULL);
    const parley_sounding *found = NULL;
    uint32_t lists = 0;
    for (uint32_t i = 0; i < parley_soundings_size(s); i++) {
        const parley_sounding *q = parley_soundings_at(s, i);
        found = q->kind == PARLEY_SOUNDING_LIST ? q : found;
        lists += q->kind == PARLEY_SOUNDING_LIST;
    }
    assert_int_equal(lists, 1); /* not words alone, not a list that is complete */
    assert_int_equal(found->response, -1);
    assert_int_equal(found->claims.count, 1);
    assert_int_equal(found->claims.at[0], 0);
    parley_soundings_free(s);
    desk_close(&d);
}

static void what_a_complete_list_of_a_claim_makes_certain(void **state)
{
    (void)state;
    static const char text[] = "parley: 1\n"
                               "sources: {s: {kind: outlet, date: 2025-03-14}}\n"
                               "parties: {a: {roles: [principal]}, b: {roles: [principal]}}\n"
                               "issues: {x: {options: {p: P, q: Q}}, y: {options: {p: P, q: Q}}}\n"
                               "proposals: {plan: {tabled-by: a, text: \"x = p\"}}\n"
                               "claims:\n"
                               "  c1: {by: b, act: accept-if, about: plan, if: [\"y = q\"], "
                               "source: s, class: on-record}\n";
    desk d = desk_text(text);
    desk_analyse(&d, NULL);
    parley_soundings *s = sound(&d, NULL);
    bool seen = false;
    for (uint32_t i = 0; i < parley_soundings_size(s); i++) {
        const parley_sounding *q = parley_soundings_at(s, i);
        for (uint32_t k = 0; q->kind == PARLEY_SOUNDING_LIST && k < q->answers; k++) {
            if (q->answer[k].reply == PARLEY_REPLY_COMPLETE) {
                assert_true(q->answer[k].has_certain);
                assert_int_equal(desk_count(&q->answer[k].certain), 1); /* x = p, y = q */
                seen = true;
            }
        }
    }
    assert_true(seen);
    parley_soundings_free(s);
    desk_close(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_said_in_a_claim_alone_is_asked_about_too),
        cmocka_unit_test(what_a_complete_list_of_a_claim_makes_certain),
        cmocka_unit_test(halt),
        cmocka_unit_test(shuttle),
        cmocka_unit_test(seven_steps),
        cmocka_unit_test(what_is_kept_out_by_law_is_not_asked_about),
        cmocka_unit_test(nothing_counted_and_nothing_in_dispute_are_no_error),
        cmocka_unit_test(a_long_quantity_costs_no_more_than_its_length),
        cmocka_unit_test(readings_that_contradict_each_other_are_asked_about),
        cmocka_unit_test(a_question_tells_when_it_would_give_away_private_words),
        cmocka_unit_test(questions_to_one_party_are_those_of_all_questions),
        cmocka_unit_test(a_cancelled_search_says_so),
        cmocka_unit_test(memory_that_ends_is_told_and_given_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
