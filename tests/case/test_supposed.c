/*
 * Answers that nobody gave, imagined: what they add to the terms and what they take out.
 */
#include "case/case_text.h"

static const char text[] =
    "parley: 1\n"
    "title: \"Supposed\"\n"
    "as-of: 2025-03-14\n"
    "sources:\n"
    "  paper: {name: \"Paper\", kind: outlet, date: 2025-03-14}\n"
    "parties:\n"
    "  a: {name: \"A\", roles: [principal]}\n"
    "  b: {name: \"B\", roles: [principal]}\n"
    "tracks:\n"
    "  t: {table: now}\n"
    "issues:\n"
    "  x: {track: t, ask: \"X?\", options: {p: \"P\", q: \"Q\"}}\n"
    "  y: {track: t, ask: \"Y?\", options: {p: \"P\", q: \"Q\"}}\n"
    "proposals:\n"
    "  plan: {tabled-by: a, date: 2025-03-11, text: \"x = p\"}\n"
    "responses:\n"
    "  - {party: b, to: plan, answer: accept-if, if: [\"y = q\"], list: open, claim: c1}\n"
    "claims:\n"
    "  c1: {date: 2025-03-12, by: b, act: accept-if, about: plan, source: paper, class: "
    "on-record}\n"
    "  c2: {date: 2025-03-12, by: a, act: demand, about: \"y = p\", source: paper, class: "
    "on-record}\n"
    "  c3: {date: 2025-03-13, by: a, act: demand, about: \"not y = q\", source: paper, class: "
    "bare}\n"
    "readings:\n"
    "  m1: {date: 2025-03-14, party: a, requires: \"y = p\", because: \"so it seems\", from: "
    "[c2]}\n";

typedef struct fixture {
    parley_ctx *ctx;
    parley_case *c;
    parley_arena *arena;
} fixture;

static int open_case(void **state)
{
    static fixture f;
    f.ctx = check_ctx();
    f.c = read_text(f.ctx, "case.yaml", text, NULL);
    f.arena = parley_arena_new(f.ctx);
    assert_non_null(f.arena);
    *state = &f;
    return 0;
}

static int close_case(void **state)
{
    fixture *f = *state;
    parley_arena_free(f->arena);
    parley_case_free(f->c);
    check_ctx_done(f->ctx);
    return 0;
}

static const parley_formula *formula(fixture *f, const char *words)
{
    const parley_formula *out = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    assert_int_equal(parley_case_formula(&out, f->c, f->arena, words, &err), PARLEY_OK);
    return out;
}

static parley_terms *derive(fixture *f, const parley_supposed *supposed, uint32_t count)
{
    parley_terms *terms = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    parley_terms_options o = PARLEY_TERMS_OPTIONS_INIT;
    o.supposed = supposed;
    o.supposed_count = count;
    assert_int_equal(parley_terms_derive(&terms, f->ctx, f->c, &o, &err), PARLEY_OK);
    return terms;
}

static const parley_term *named(const parley_terms *terms, const char *name)
{
    for (uint32_t i = 0; i < parley_terms_size(terms); i++) {
        if (strcmp(parley_terms_at(terms, i)->name, name) == 0) {
            return parley_terms_at(terms, i);
        }
    }
    return NULL;
}

static void a_supposed_term_stands_on_its_rung_and_says_so(void **state)
{
    fixture *f = *state;
    const parley_supposed what = {.kind = PARLEY_SUPPOSE_TERM,
                                  .party = 1,
                                  .mode = PARLEY_MODE_REFUSES,
                                  .formula = formula(f, "x = q"),
                                  .rung = PARLEY_RUNG_POSITIONS,
                                  .basis = PARLEY_BASIS_RECORD,
                                  .firmness = PARLEY_FIRMNESS_POSITION};
    parley_terms *terms = derive(f, &what, 1);
    const parley_term *term = named(terms, "b refuses x = q");
    assert_non_null(term);
    assert_int_equal(term->rung, PARLEY_RUNG_POSITIONS);
    assert_int_equal(term->claims.count, 0);
    assert_true(term->supposed);
    assert_false(named(terms, "b requires y = q")->supposed);
    parley_terms_free(terms);
}

static void what_is_said_already_is_said_once(void **state)
{
    fixture *f = *state;
    const parley_supposed what = {.kind = PARLEY_SUPPOSE_TERM,
                                  .party = 0,
                                  .mode = PARLEY_MODE_REQUIRES,
                                  .formula = formula(f, "y = p"),
                                  .rung = PARLEY_RUNG_RED_STATED,
                                  .basis = PARLEY_BASIS_RECORD,
                                  .firmness = PARLEY_FIRMNESS_RED_STATED};
    parley_terms *plain = derive(f, NULL, 0);
    parley_terms *terms = derive(f, &what, 1);
    const parley_term *term = named(terms, "a requires y = p");
    assert_int_equal(parley_terms_size(terms), parley_terms_size(plain));
    assert_int_equal(term->rung, PARLEY_RUNG_RED_STATED);
    assert_int_equal(term->claims.count, named(plain, "a requires y = p")->claims.count);
    assert_false(term->supposed);
    parley_terms_free(plain);
    parley_terms_free(terms);
}

static void what_is_given_up_goes_whoever_reported_it_and_readings_stay(void **state)
{
    fixture *f = *state;
    const parley_supposed what[2] = {{.kind = PARLEY_SUPPOSE_GIVEN_UP,
                                      .party = 0,
                                      .mode = PARLEY_MODE_REQUIRES,
                                      .formula = formula(f, "y = p")},
                                     {.kind = PARLEY_SUPPOSE_GIVEN_UP,
                                      .party = 0,
                                      .mode = PARLEY_MODE_REQUIRES,
                                      .formula = formula(f, "not (y = q)")}};
    parley_terms *terms = derive(f, what, 2);
    assert_null(named(terms, "a requires y = p"));
    assert_null(named(terms, "a requires not y = q"));
    assert_non_null(named(terms, "m1"));
    assert_non_null(named(terms, "b requires y = q"));
    parley_terms_free(terms);
}

static void giving_up_and_saying_something_softer_are_one_move(void **state)
{
    fixture *f = *state;
    const parley_supposed what[2] = {{.kind = PARLEY_SUPPOSE_GIVEN_UP,
                                      .party = 1,
                                      .mode = PARLEY_MODE_REQUIRES,
                                      .formula = formula(f, "y = q")},
                                     {.kind = PARLEY_SUPPOSE_TERM,
                                      .party = 1,
                                      .mode = PARLEY_MODE_REQUIRES,
                                      .formula = formula(f, "y = q"),
                                      .rung = PARLEY_RUNG_ASKS,
                                      .basis = PARLEY_BASIS_RECORD,
                                      .firmness = PARLEY_FIRMNESS_ASK}};
    parley_terms *terms = derive(f, what, 2);
    const parley_term *term = named(terms, "b requires y = q");
    assert_non_null(term);
    assert_int_equal(term->rung, PARLEY_RUNG_ASKS);
    assert_true(term->supposed);
    parley_terms_free(terms);
}

static void a_list_supposed_complete_assures(void **state)
{
    fixture *f = *state;
    const parley_supposed what = {.kind = PARLEY_SUPPOSE_COMPLETE, .response = 0};
    parley_terms *plain = derive(f, NULL, 0);
    parley_terms *terms = derive(f, &what, 1);
    assert_int_equal(parley_terms_assurances(plain), 0);
    assert_int_equal(parley_terms_assurances(terms), 1);
    assert_true(parley_terms_assurance(terms, 0)->list);
    assert_int_equal(parley_terms_assurance(terms, 0)->party, 1);
    assert_int_equal(parley_terms_assurance(terms, 0)->count, 2);
    parley_terms_free(plain);
    parley_terms_free(terms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_supposed_term_stands_on_its_rung_and_says_so, open_case,
                                        close_case),
        cmocka_unit_test_setup_teardown(what_is_said_already_is_said_once, open_case, close_case),
        cmocka_unit_test_setup_teardown(what_is_given_up_goes_whoever_reported_it_and_readings_stay,
                                        open_case, close_case),
        cmocka_unit_test_setup_teardown(giving_up_and_saying_something_softer_are_one_move,
                                        open_case, close_case),
        cmocka_unit_test_setup_teardown(a_list_supposed_complete_assures, open_case, close_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
