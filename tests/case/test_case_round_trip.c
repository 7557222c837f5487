/*
 * A case written and read again is the same case, in YAML and in JSON; and no failed allocation
 * leaks or leaves half a case behind.
 */
#include "case/case_text.h"
#include "support/torture.h"

static const char *folder;

static void shipped_cases_survive_being_written_and_read_again(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(shipped_names); i++) {
        parley_ctx *ctx = check_ctx();
        parley_case *c = load_shipped(ctx, folder, shipped_names[i], NULL);
        char *before = print_case(ctx, c);
        for (int json = 0; json < 2; json++) {
            char *text = write_case(ctx, c, json == 1);
            parley_case *again = read_text(ctx, json == 1 ? "x.json" : "x.yaml", text, NULL);
            char *after = print_case(ctx, again);
            assert_string_equal(before, after);
            char *twice = write_case(ctx, again, json == 1);
            assert_string_equal(text, twice);
            free(twice);
            free(after);
            free(text);
            parley_case_free(again);
        }
        free(before);
        parley_case_free(c);
        check_ctx_done(ctx);
    }
}

static void projected_cases_survive_it_too(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_date_parse(&options.as_of, "2025-03-12", 10, &err), &err);
    parley_case *c = load_shipped(ctx, folder, "halt-2025", &options);
    char *text = write_case(ctx, c, false);
    parley_case *again = read_text(ctx, "x.yaml", text, NULL);
    char *a = print_case(ctx, c);
    char *b = print_case(ctx, again);
    assert_string_equal(a, b);
    free(a);
    free(b);
    free(text);
    parley_case_free(again);
    parley_case_free(c);
    check_ctx_done(ctx);
}

/* ---- failed allocations ---- */

static const char small[] =
    "parley: 1\n"
    "title: \"Small\"\n"
    "as-of: 2025-03-14\n"
    "sources: {s: {kind: outlet, date: 2025-03-14}, n: {kind: call}}\n"
    "parties: {us: {roles: [mediator]}, ua: {roles: [principal]}, ru: {roles: [principal], "
    "members: [us]}}\n"
    "people: {putin: {of: ru}}\n"
    "tracks: {halt: {table: now}}\n"
    "issues:\n"
    "  arms: {track: halt, options: {go: \"Go on\", some: \"Some\", stop: \"Stop\"}, ours: [some], "
    "needs: {stop: [us]}}\n"
    "  days: {track: halt, quantity: {unit: day, from: 15, to: 30, step: 15}, could-reach: {to: "
    "60}}\n"
    "  cost: {track: halt, split: {of: 100, step: 50, among: {a: \"A\", b: \"B\"}}}\n"
    "points: {p: {ask: \"Was it?\"}}\n"
    "flags: {f: {law: \"l\", keeps-out: [\"arms = some\"], lifted: {by: \"N\", office: \"O\", "
    "date: 2025-03-14, because: \"b\"}}}\n"
    "concerns: {k: {party: ru, says: \"worry\", claim: c3, met-by: [\"arms = stop\"]}}\n"
    "proposals: {o: {label: public, tabled-by: us, date: 2025-03-11, text: \"days = 30 and cost.a "
    ">= 50\", parts: [\"words\"], steps: [{what: \"one\", by: us}]}}\n"
    "responses:\n"
    "  - {party: ua, to: o, answer: accept, claim: c1}\n"
    "  - {party: ru, to: o, answer: accept-if, if: [\"arms = stop\", \"words\"], only-if: [\"arms "
    "!= go\"], list: open, claim: c3}\n"
    "claims:\n"
    "  c1: {date: 2025-03-11, by: [ua, s], act: accept, about: o, source: s, class: on-record}\n"
    "  c2: {date: 2025-03-12, by: ua, act: demand, about: \"arms = go\", if: [\"days = 15\"], "
    "source: s, class: bare}\n"
    "  c3: {date: 2025-03-13, by: \"ru:putin\", act: accept-if, about: o, source: s, class: "
    "on-record}\n"
    "  c4: {date: 2025-03-14, by: ru, act: reject, about: \"arms = go\", source: n, class: "
    "on-record, replaces: c3, repeats: c2, label: [ru]}\n"
    "readings: {m: {party: ua, refuses: \"arms = stop\", because: \"so\", from: [c1, c2]}}\n"
    "rules: {r: {formula: \"ru accepts o implies arms = stop\"}}\n"
    "figures: {g: {what: \"dead\", low: 3, best: unknown, claimant: s, source: s}}\n"
    "levers: {l: {holder: us, over: ua, what: \"aid\", history: [{date: 2025, state: \"stopped\", "
    "claim: c1}]}}\n"
    "channels: [{from: us, to: ru, through: \"a friend\", claim: c1}]\n"
    "relays: {y2: {owner: ua, words: [c1], carrier: us, said: {publicity: public}, read-back: "
    "none}}\n"
    "meetings: [{date: 2025-03-11, who: [us, ua], claims: [c1]}]\n"
    "favours: [{giver: us, receiver: ru, what: \"help\", claim: c1}]\n"
    "obligations: {b: {bearer: us, what: \"keep\", claim: c1}}\n"
    "expected: [{from: us, what: \"word\"}]\n";

typedef struct run {
    const char *name;
    const char *text;
    const char *audience;
    const char *as_of;
} run;

static parley_status read_derive_and_search(parley_ctx *ctx, void *user, parley_error *err);

static bool count_it(void *user, uint64_t i, const parley_claim *claim)
{
    (void)i;
    (void)claim;
    ++*(int *)user;
    return true;
}

static parley_status read_derive_and_search(parley_ctx *ctx, void *user, parley_error *err)
{
    const run *r = user;
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    parley_case *c = (parley_case *)(uintptr_t)1;
    parley_terms *terms = NULL;
    parley_positions *positions = NULL;
    options.audience = r->audience;
    if (r->as_of != NULL &&
        parley_date_parse(&options.as_of, r->as_of, strlen(r->as_of), NULL) != PARLEY_OK) {
        return PARLEY_INTERNAL;
    }
    parley_status status =
        parley_case_read(&c, ctx, r->name, r->text, strlen(r->text), &options, NULL, err);
    if (status != PARLEY_OK) {
        return c == NULL ? status : PARLEY_INTERNAL;
    }
    status = parley_terms_derive(&terms, ctx, c, NULL, err);
    if (status == PARLEY_OK) {
        status = parley_positions_derive(&positions, ctx, c, NULL, err);
    } else if (terms != NULL) {
        status = PARLEY_INTERNAL;
    }
    if (status == PARLEY_OK) {
        int seen = 0;
        parley_claims claims = parley_claims_of(c);
        status = claims.each(claims.self, -1, -1, INT32_MIN, INT32_MAX, count_it, &seen, err);
        if (status == PARLEY_OK) {
            status = claims.search(claims.self, "worry", count_it, &seen, err);
        }
    } else if (positions != NULL) {
        status = PARLEY_INTERNAL;
    }
    parley_positions_free(positions);
    parley_terms_free(terms);
    parley_case_free(c);
    return status;
}

static void no_failed_allocation_leaks_or_leaves_half_a_case(void **state)
{
    (void)state;
    run whole = {"small.yaml", small, NULL, NULL};
    torture(read_derive_and_search, &whole, 20);
}

static void no_failed_allocation_spoils_a_projection(void **state)
{
    (void)state;
    run party = {"small.yaml", small, "ru", "2025-03-14"};
    torture(read_derive_and_search, &party, 20);
}

static void no_failed_allocation_spoils_a_file_of_errors(void **state)
{
    (void)state;
    /* errors allocate too: hints and what is shown; the status is the file's or NOMEM */
    static const char bad[] =
        "parley: 1\nparties: {ru: {role: x}}\nclaims: {c: {by: ur, act: sya}}\n";
    bool refused = true;
    for (uint64_t n = 0; refused; n++) {
        torture_allocator t = TORTURE_ALLOCATOR_INIT;
        t.fail_at = n;
        parley_ctx_options options = torture_options(&t);
        parley_error err = PARLEY_ERROR_INIT;
        parley_ctx *ctx = NULL;
        parley_case *c = NULL;
        parley_status status = parley_ctx_new(&ctx, &options, &err);
        if (status == PARLEY_OK) {
            status = parley_case_read(&c, ctx, "bad.yaml", bad, sizeof(bad) - 1, NULL, NULL, &err);
            assert_true(status == PARLEY_NOMEM || status == PARLEY_INVALID);
            assert_null(c);
            assert_int_equal(parley_ctx_bytes(ctx), 0);
            parley_ctx_free(ctx);
        }
        torture_check_clean(&t);
        refused = atomic_load(&t.refused) != 0;
        assert_true(n < 10000);
    }
}

static void reading_stops_when_it_is_told_to(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    parley_ctx_cancel(ctx);
    check_fails(parley_case_read(&c, ctx, "small.yaml", small, sizeof(small) - 1, NULL, NULL, &err),
                PARLEY_CANCELLED, &err);
    assert_null(c);
    check_ctx_done(ctx);
}

int main(int count, char **name)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_cases_survive_being_written_and_read_again),
        cmocka_unit_test(projected_cases_survive_it_too),
        cmocka_unit_test(no_failed_allocation_leaks_or_leaves_half_a_case),
        cmocka_unit_test(no_failed_allocation_spoils_a_projection),
        cmocka_unit_test(no_failed_allocation_spoils_a_file_of_errors),
        cmocka_unit_test(reading_stops_when_it_is_told_to),
    };
    folder = count > 1 ? name[1] : "cases";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
