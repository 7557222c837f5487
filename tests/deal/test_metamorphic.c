/*
 * What must not change an answer, and what may change it in one direction only, over random cases:
 * names and order of records, one claim more, one less.
 */
#include "deal_check.h"
#include "random_case.h"

#define CASES 1500

/* ------------------------------------------------------- other names, another order */

/* The same row of two cases that were written with other names. */
static int32_t there(const desk *d, const char *kind, char letter, uint32_t index, uint64_t salt)
{
    char name[48];
    random_case_name(name, letter, index, 0, salt);
    return desk_find(d, kind, name);
}

typedef struct sizes {
    uint32_t of[32];
    uint32_t sets;
} sizes;

static bool note_size(void *user, parley_ids ids)
{
    sizes *s = user;
    s->of[ids.count < 31 ? ids.count : 31]++;
    return ++s->sets < 300;
}

static void differs(uint64_t key, const char *what, uint64_t a, uint64_t b, const char *text)
{
    if (a != b) {
        print_error("key %llu: %s: %llu and %llu\n", (unsigned long long)key, what,
                    (unsigned long long)a, (unsigned long long)b);
        fputs(text, stderr);
        fail();
    }
}

static void compare_renamed(const random_case *rc, uint64_t salt)
{
    char *plain = random_case_text(rc, 0);
    char *other = random_case_text(rc, salt);
    desk a = desk_text(plain);
    desk b = desk_text(other);
    const parley_deal *x = desk_analyse(&a, NULL);
    const parley_deal *y = desk_analyse(&b, NULL);
    parley_error err = PARLEY_ERROR_INIT;
    uint64_t key = rc->key;
    int64_t here[RANDOM_ISSUES];
    int64_t over[RANDOM_ISSUES];
    bool dispute[2][RANDOM_ISSUES];
    parley_random r = parley_random_stream(key, 9, 0, 0);

    differs(key, "dies at", (uint64_t)(int64_t)parley_deal_dies_at(x),
            (uint64_t)(int64_t)parley_deal_dies_at(y), other);
    for (int k = 0; k < PARLEY_RUNG_COUNT; k++) {
        const parley_ladder_rung *p = parley_deal_rung(x, (parley_rung)k);
        const parley_ladder_rung *q = parley_deal_rung(y, (parley_rung)k);
        differs(key, "left", desk_count(&p->left), desk_count(&q->left), other);
        differs(key, "flagged", desk_count(&p->flagged), desk_count(&q->flagged), other);
        differs(key, "terms", p->terms.count, q->terms.count, other);
    }
    check_ok(parley_deal_dispute(a.deal, PARLEY_RUNG_READINGS, dispute[0], &err), &err);
    check_ok(parley_deal_dispute(b.deal, PARLEY_RUNG_READINGS, dispute[1], &err), &err);
    for (uint32_t i = 0; i < rc->issues; i++) {
        int32_t one = there(&a, "issues", 'i', i, 0);
        int32_t two = there(&b, "issues", 'i', i, salt);
        differs(key, "why not", parley_deal_why_not(x, one), parley_deal_why_not(y, two), other);
        differs(key, "dispute", dispute[0][one], dispute[1][two], other);
        uint32_t values = parley_case_issue(a.c, one)->values;
        bool counted = parley_deal_why_not(x, one) == PARLEY_COUNTED;
        for (uint32_t v = 0; v < values; v++) {
            differs(key, "open", parley_deal_open(x, one, v), parley_deal_open(y, two, v), other);
        }
        here[one] = counted && parley_random_below(&r, 2) == 0
                        ? (int64_t)parley_random_below(&r, values)
                        : -1;
        over[two] = here[one];
    }
    for (uint32_t p = 0; p < rc->parties; p++) {
        int32_t one = there(&a, "parties", 'p', p, 0);
        int32_t two = there(&b, "parties", 'p', p, salt);
        parley_rung rung = (parley_rung)parley_random_below(&r, PARLEY_RUNG_COUNT);
        parley_verdict v;
        parley_verdict w;
        parley_count n[4];
        check_ok(
            parley_deal_verdict(&v, a.deal, one, rung, (parley_package){here, rc->issues}, &err),
            &err);
        check_ok(
            parley_deal_verdict(&w, b.deal, two, rung, (parley_package){over, rc->issues}, &err),
            &err);
        differs(key, "verdict", v.kind, w.kind, other);
        differs(key, "may refuse", v.open.count, w.open.count, other);
        check_ok(parley_deal_verdict_counts(a.deal, one, rung, &n[0], &n[1], &err), &err);
        check_ok(parley_deal_verdict_counts(b.deal, two, rung, &n[2], &n[3], &err), &err);
        differs(key, "never", desk_count(&n[0]), desk_count(&n[2]), other);
        differs(key, "necessarily", desk_count(&n[1]), desk_count(&n[3]), other);
        for (uint32_t i = 0; i < rc->issues; i++) {
            int32_t i1 = there(&a, "issues", 'i', i, 0);
            int32_t i2 = there(&b, "issues", 'i', i, salt);
            differs(key, "acts", parley_deal_acts(x, one, i1), parley_deal_acts(y, two, i2), other);
        }
    }
    sizes s = {{0}, 0};
    sizes t = {{0}, 0};
    check_ok(parley_deal_clashes(a.deal, PARLEY_RUNG_READINGS, -1, note_size, &s, &err), &err);
    check_ok(parley_deal_clashes(b.deal, PARLEY_RUNG_READINGS, -1, note_size, &t, &err), &err);
    for (uint32_t k = 0; k < 32 && s.sets < 300; k++) {
        differs(key, "clashing sets of a size", s.of[k], t.of[k], other);
    }
    desk_close(&a);
    desk_close(&b);
    free(plain);
    free(other);
}

static void other_names_and_another_order_of_records_change_no_answer(void **state)
{
    (void)state;
    const random_case_options how = {.all_dated = true, .one_track = true};
    for (uint64_t key = 0; key < CASES; key++) {
        random_case rc;
        random_case_make(&rc, key + 200000, &how);
        compare_renamed(&rc, key + 1);
        random_case_free(&rc);
    }
}

/* ------------------------------------------------------------ one more, one less */

static void ladder_of(const char *text, const char *without, uint64_t left[PARLEY_RUNG_COUNT])
{
    desk d = desk_text(text);
    parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
    options.terms.without = &without;
    options.terms.without_count = without != NULL;
    desk_analyse(&d, &options);
    for (int r = 0; r < PARLEY_RUNG_COUNT; r++) {
        left[r] = desk_count(&parley_deal_rung(d.deal, (parley_rung)r)->left);
    }
    desk_close(&d);
}

static void no_more_than(const random_case *rc, const uint64_t less[PARLEY_RUNG_COUNT],
                         const uint64_t more[PARLEY_RUNG_COUNT], const char *text)
{
    for (int r = 0; r < PARLEY_RUNG_COUNT; r++) {
        if (less[r] > more[r]) {
            print_error("key %llu: %llu left at '%s', more than %llu\n",
                        (unsigned long long)rc->key, (unsigned long long)less[r],
                        parley_rung_heading((parley_rung)r), (unsigned long long)more[r]);
            fputs(text, stderr);
            fail();
        }
    }
}

static void a_claim_that_replaces_nothing_never_leaves_more(void **state)
{
    (void)state;
    static const char *const acts[] = {"demand",    "reject", "accept", "request",
                                       "accept-if", "offer",  "open-to"};
    const random_case_options how = {.one_track = true, .no_answers = true};
    uint64_t fewer = 0;
    for (uint64_t key = 0; key < CASES; key++) {
        random_case rc;
        uint64_t before[PARLEY_RUNG_COUNT];
        uint64_t after[PARLEY_RUNG_COUNT];
        random_case_make(&rc, key + 300000, &how);
        char *text = random_case_text(&rc, 0);
        ladder_of(text, NULL, before);
        free(text);
        uint32_t what = parley_random_below(&rc.random, 9);
        if (what == 7) {
            random_case_add(&rc, RANDOM_READINGS, UINT32_MAX,
                            "@m90: {party: @p0, because: \"so\", refuses: \"%s\"}",
                            random_case_formula(&rc, 2));
        } else if (what == 8) {
            random_case_add(&rc, RANDOM_RULES, UINT32_MAX, "@r90: {formula: \"%s\"}",
                            random_case_formula(&rc, 2));
        } else {
            random_case_add(&rc, RANDOM_CLAIMS, parley_random_below(&rc.random, 4),
                            "@c90: {by: @p1, act: %s, about: \"%s\", class: on-record, if: "
                            "[\"%s\"]}",
                            acts[what], random_case_formula(&rc, 2), random_case_formula(&rc, 1));
        }
        text = random_case_text(&rc, 0);
        ladder_of(text, NULL, after);
        no_more_than(&rc, after, before, text);
        fewer += after[PARLEY_RUNG_READINGS] < before[PARLEY_RUNG_READINGS];
        free(text);
        random_case_free(&rc);
    }
    assert_true(fewer > CASES / 20);
}

static void setting_a_claim_or_reading_aside_never_leaves_fewer(void **state)
{
    (void)state;
    const random_case_options how = {.one_track = true, .no_answers = true, .no_replacing = true};
    uint64_t more = 0;
    for (uint64_t key = 0; key < CASES; key++) {
        random_case rc;
        uint64_t all[PARLEY_RUNG_COUNT];
        uint64_t some[PARLEY_RUNG_COUNT];
        random_case_make(&rc, key + 400000, &how);
        char *text = random_case_text(&rc, 0);
        uint32_t claims = rc.rows[RANDOM_CLAIMS];
        uint32_t rows = claims + rc.rows[RANDOM_READINGS];
        ladder_of(text, NULL, all);
        for (uint32_t i = 0; i < rows; i++) {
            char id[48];
            random_case_name(id, i < claims ? 'c' : 'm', i < claims ? i : i - claims, 0, 0);
            ladder_of(text, id, some);
            no_more_than(&rc, all, some, text);
            more += all[PARLEY_RUNG_READINGS] < some[PARLEY_RUNG_READINGS];
        }
        free(text);
        random_case_free(&rc);
    }
    assert_true(more > CASES / 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_names_and_another_order_of_records_change_no_answer),
        cmocka_unit_test(a_claim_that_replaces_nothing_never_leaves_more),
        cmocka_unit_test(setting_a_claim_or_reading_aside_never_leaves_fewer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
