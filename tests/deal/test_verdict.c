/*
 * What a package is to a party, against its definition over every completion (oracle.h): random
 * whole and partial packages of thousands of random cases, every party, every rung.
 */
#include "oracle.h"
#include "random_case.h"

#define CASES 3000

typedef struct trial {
    random_case rc;
    char *text;
    desk d;
    parley_deal_options options;
} trial;

static void trial_begin(trial *t, uint64_t key)
{
    memset(t, 0, sizeof *t);
    random_case_make(&t->rc, key + 100000, NULL);
    t->text = random_case_text(&t->rc, 0);
    t->d = desk_text(t->text);
    t->options = (parley_deal_options)PARLEY_DEAL_OPTIONS_INIT;
    if (key % 5 == 0) {
        t->options.up_to = (int)(key / 5 % PARLEY_RUNG_COUNT);
    }
    t->options.all_tracks = key % 7 == 0;
    desk_analyse(&t->d, &t->options);
}

static void trial_end(trial *t)
{
    desk_close(&t->d);
    free(t->text);
    random_case_free(&t->rc);
}

static void fails_at(const trial *t, const char *what, uint64_t found, uint64_t wanted,
                     const char *file, int line)
{
    if (found != wanted) {
        print_error("key %llu: %s: %llu, not %llu\n", (unsigned long long)t->rc.key, what,
                    (unsigned long long)found, (unsigned long long)wanted);
        fputs(t->text, stderr);
        _fail(file, line);
    }
}
#define same(t, what, found, wanted)                                                               \
    fails_at((t), (what), (uint64_t)(found), (uint64_t)(wanted), __FILE__, __LINE__)

static bool listed(parley_ids ids, int32_t id)
{
    for (uint32_t k = 0; k < ids.count; k++) {
        if (ids.at[k] == id) {
            return true;
        }
    }
    return false;
}

/* Do these terms clash on the package, and no fewer of them? */
static void check_smallest(const trial *t, oracle *o, const int64_t *values, parley_ids ids)
{
    for (uint32_t out = 0; out <= ids.count; out++) {
        uint32_t mark = o->memories;
        table all = oracle_completions(o, values);
        oracle_and(o, all, o->rules);
        for (uint32_t k = 0; k < ids.count; k++) {
            if (k != out) {
                oracle_and(o, all, o->term[ids.at[k]]);
            }
        }
        same(t, "a smallest clash on the package", oracle_none(o, all), out == ids.count);
        while (o->memories > mark) {
            free(o->memory[--o->memories]);
        }
    }
}

static parley_verdict_kind compare_verdict(const trial *t, oracle *o, int32_t party,
                                           parley_rung rung, const int64_t *values)
{
    oracle_verdict want;
    parley_verdict v;
    parley_error err = PARLEY_ERROR_INIT;
    const parley_package package = {values, parley_case_issues(t->d.c)};
    oracle_judge(&want, o, party, rung, values);
    check_ok(parley_deal_verdict(&v, t->d.deal, party, rung, package, &err), &err);
    same(t, "verdict", v.kind, want.kind);
    same(t, "against the rules", v.against_rules, want.against_rules);
    for (uint32_t i = 0; i < o->terms; i++) {
        if (want.alone || want.kind != PARLEY_VERDICT_NEVER) {
            same(t, "a term that refuses", listed(v.refusing, (int32_t)i), want.refused[i]);
        }
        same(t, "a term that may yet refuse", listed(v.open, (int32_t)i), want.open[i]);
    }
    if (want.kind == PARLEY_VERDICT_NEVER && !want.alone && !want.against_rules) {
        assert_true(v.refusing.count > 1);
        check_smallest(t, o, values, v.refusing);
    }
    same(t, "what assures it", v.assurance, want.assurance);
    return want.kind;
}

static void a_verdict_on_a_partial_package_is_that_of_all_its_completions(void **state)
{
    (void)state;
    uint64_t kinds[3] = {0};
    for (uint64_t key = 0; key < CASES; key++) {
        trial t;
        oracle o;
        trial_begin(&t, key);
        oracle_make(&o, &t.d, &t.options, NULL, 0);
        parley_random r = parley_random_stream(key, 7, 0, 0);
        for (int round = 0; round < 12 && !o.too_many; round++) {
            int64_t values[ORACLE_ISSUES];
            for (size_t i = 0; i < ORACLE_ISSUES; i++) {
                values[i] = -1;
            }
            for (uint32_t k = 0; k < o.counted; k++) {
                if (round % 4 == 0 || parley_random_below(&r, 2) == 0) {
                    values[o.issue[k]] = (int64_t)parley_random_below(&r, o.values[k]);
                }
            }
            int32_t party = (int32_t)parley_random_below(&r, parley_case_parties(t.d.c));
            parley_rung rung = (parley_rung)parley_random_below(&r, PARLEY_RUNG_COUNT);
            kinds[compare_verdict(&t, &o, party, rung, values)]++;
        }
        oracle_free(&o);
        trial_end(&t);
    }
    assert_true(kinds[PARLEY_VERDICT_NEVER] > CASES / 10);
    assert_true(kinds[PARLEY_VERDICT_POSSIBLY] > CASES / 10);
    assert_true(kinds[PARLEY_VERDICT_NECESSARILY] > CASES / 20);
}

static void never_and_necessarily_counts_are_sums_of_verdicts_on_whole_packages(void **state)
{
    (void)state;
    uint64_t certain = 0;
    for (uint64_t key = 0; key < CASES; key++) {
        trial t;
        oracle o;
        trial_begin(&t, key);
        oracle_make(&o, &t.d, &t.options, NULL, 0);
        parley_random r = parley_random_stream(key, 8, 0, 0);
        for (uint32_t p = 0; p < parley_case_parties(t.d.c) && !o.too_many && o.packages < 200;
             p++) {
            parley_rung rung = (parley_rung)parley_random_below(&r, PARLEY_RUNG_COUNT);
            uint64_t never = 0;
            uint64_t yes = 0;
            for (uint64_t package = 0; package < o.packages; package++) {
                int64_t values[ORACLE_ISSUES];
                oracle_verdict v;
                for (size_t i = 0; i < ORACLE_ISSUES; i++) {
                    values[i] = -1;
                }
                for (uint32_t k = 0; k < o.counted; k++) {
                    values[o.issue[k]] = (int64_t)oracle_value(&o, package, k);
                }
                oracle_judge(&v, &o, (int32_t)p, rung, values);
                never += v.kind == PARLEY_VERDICT_NEVER && !v.against_rules;
                yes += v.kind == PARLEY_VERDICT_NECESSARILY;
            }
            parley_error err = PARLEY_ERROR_INIT;
            parley_count no_count;
            parley_count yes_count;
            check_ok(
                parley_deal_verdict_counts(t.d.deal, (int32_t)p, rung, &no_count, &yes_count, &err),
                &err);
            same(&t, "never", desk_count(&no_count), never);
            same(&t, "necessarily", desk_count(&yes_count), yes);
            certain += yes > 0;
        }
        oracle_free(&o);
        trial_end(&t);
    }
    assert_true(certain > CASES / 20);
}

static void a_package_that_decides_what_is_not_counted_is_refused(void **state)
{
    (void)state;
    desk d = desk_text("parley: 1\nparties:\n  a: {roles: [principal]}\n"
                       "tracks:\n  t: {table: now}\n  u: {table: later}\n"
                       "issues:\n  x: {track: t, options: {p: P, q: Q}}\n"
                       "  y: {track: u, options: {p: P, q: Q}}\n");
    parley_error err = PARLEY_ERROR_INIT;
    parley_verdict v;
    const int64_t values[2] = {-1, 0};
    desk_analyse(&d, NULL);
    check_fails(
        parley_deal_verdict(&v, d.deal, 0, PARLEY_RUNG_READINGS, (parley_package){values, 2}, &err),
        PARLEY_INVALID, &err);
    assert_non_null(strstr(err.message, "'y'"));
    desk_close(&d);
}

#define SIDES                                                                                      \
    "parley: 1\nparties:\n  a: {roles: [principal]}\n  b: {roles: [principal]}\n"                  \
    "issues:\n  x: {options: {p: P, q: Q}}\nproposals:\n  draft: {text: \"x = p\"}\n"

static void a_yes_is_certain_only_if_no_unknown_answer_can_undo_it(void **state)
{
    (void)state;
    desk d = desk_text(SIDES "claims:\n"
                             "  c1: {by: a, act: accept, about: \"x = p\", class: document}\n"
                             "  c2: {by: a, act: demand, about: \"b accepts draft implies x = q\", "
                             "class: document}\n");
    parley_error err = PARLEY_ERROR_INIT;
    parley_verdict v;
    uint64_t never = 1;
    uint64_t certain = 1;
    const int64_t values[1] = {0};
    desk_analyse(&d, NULL);
    check_ok(
        parley_deal_verdict(&v, d.deal, 0, PARLEY_RUNG_ACCEPTED, (parley_package){values, 1}, &err),
        &err);
    assert_int_equal(v.kind, PARLEY_VERDICT_NECESSARILY);
    check_ok(parley_deal_verdict(&v, d.deal, 0, PARLEY_RUNG_POSITIONS, (parley_package){values, 1},
                                 &err),
             &err);
    assert_int_equal(v.kind, PARLEY_VERDICT_POSSIBLY);
    desk_verdict_counts(&d, "a", PARLEY_RUNG_ACCEPTED, &never, &certain);
    assert_int_equal(never, 0);
    assert_int_equal(certain, 1);
    desk_verdict_counts(&d, "a", PARLEY_RUNG_POSITIONS, &never, &certain);
    assert_int_equal(never, 0);
    assert_int_equal(certain, 0);
    desk_close(&d);
}

static void an_offer_that_hangs_on_an_unknown_answer_assures_nothing(void **state)
{
    (void)state;
    desk d = desk_text(SIDES "claims:\n  c1: {by: a, act: propose, about: \"x = p and b accepts "
                             "draft\", class: document}\n");
    parley_error err = PARLEY_ERROR_INIT;
    parley_verdict v;
    uint64_t never = 1;
    uint64_t certain = 1;
    const int64_t values[1] = {0};
    desk_analyse(&d, NULL);
    check_ok(
        parley_deal_verdict(&v, d.deal, 0, PARLEY_RUNG_READINGS, (parley_package){values, 1}, &err),
        &err);
    assert_int_equal(v.kind, PARLEY_VERDICT_POSSIBLY);
    desk_verdict_counts(&d, "a", PARLEY_RUNG_READINGS, &never, &certain);
    assert_int_equal(never, 0);
    assert_int_equal(certain, 0);
    desk_close(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_verdict_on_a_partial_package_is_that_of_all_its_completions),
        cmocka_unit_test(never_and_necessarily_counts_are_sums_of_verdicts_on_whole_packages),
        cmocka_unit_test(a_yes_is_certain_only_if_no_unknown_answer_can_undo_it),
        cmocka_unit_test(an_offer_that_hangs_on_an_unknown_answer_assures_nothing),
        cmocka_unit_test(a_package_that_decides_what_is_not_counted_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
