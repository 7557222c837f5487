/*
 * Statements and figures side by side: what counts as opposed, what never does, and what the worked
 * cases must say.
 */
#include "case/case_text.h"
#include "support/torture.h"

#include <parley/evidence.h>
#include <parley/report.h>
#include <parley/screens.h>

static const char *folder;

static const char head[] =
    "parley: 1\n"
    "as-of: 2025-03-20\n"
    "sources: {s: {kind: outlet, date: 2025-03-14}, t: {kind: outlet, date: 2025-03-14}, "
    "u: {kind: outlet, date: 2025-03-14}}\n"
    "parties: {ua: {roles: [principal]}, ru: {roles: [principal]}}\n"
    "people: {putin: {of: ru}, peskov: {of: ru}}\n"
    "issues: {arms: {options: {go: \"Go on\", some: \"Some\", stop: \"Stop\"}}, place: {options: "
    "{x: \"X\", y: \"Y\"}}}\n"
    "points: {p: {ask: \"Was it so?\"}}\n";

typedef struct bench {
    parley_ctx *ctx;
    parley_case *c;
    parley_figures *figures;
    parley_besides *besides;
} bench;

static bench lay_out(const char *rest)
{
    bench b = {.ctx = check_ctx()};
    parley_error err = PARLEY_ERROR_INIT;
    char *text = calloc(sizeof(head) + strlen(rest), 1);
    assert_non_null(text);
    b.c = read_text(b.ctx, "t.yaml", strcat(strcat(text, head), rest), NULL);
    free(text);
    check_ok(parley_figures_new(&b.figures, b.ctx, b.c, &err), &err);
    check_ok(parley_besides_new(&b.besides, b.ctx, b.c, b.figures, &err), &err);
    return b;
}

static bench lay_out_shipped(const char *name)
{
    bench b = {.ctx = check_ctx()};
    parley_error err = PARLEY_ERROR_INIT;
    b.c = load_shipped(b.ctx, folder, name, NULL);
    check_ok(parley_figures_new(&b.figures, b.ctx, b.c, &err), &err);
    check_ok(parley_besides_new(&b.besides, b.ctx, b.c, b.figures, &err), &err);
    return b;
}

static void clear(bench *b)
{
    parley_besides_free(b->besides);
    parley_figures_free(b->figures);
    parley_case_free(b->c);
    check_ctx_done(b->ctx);
}

static parley_beside_finding first_finding(const char *rest, parley_beside_kind kind)
{
    bench b = lay_out(rest);
    parley_beside_finding finding = PARLEY_BESIDE_NO_CONFLICT;
    bool found = false;
    for (uint32_t i = 0; i < parley_besides_size(b.besides) && !found; i++) {
        found = parley_besides_at(b.besides, i)->kind == kind;
        finding = found ? parley_besides_at(b.besides, i)->finding : finding;
    }
    clear(&b);
    return found ? finding : (parley_beside_finding)-1;
}

#define NONE ((parley_beside_finding)-1)

/* ------------------------------------------------------------------ figures */

static void check_extent(const char *figure, const char *wanted)
{
    char rest[400];
    char got[160] = "unknown";
    snprintf(rest, sizeof(rest), "figures: {f: {what: \"dead\", unit: person, %s}}\n", figure);
    bench b = lay_out(rest);
    const parley_figure_row *row = &parley_figures_group(b.figures, 0)->row[0];
    const parley_extent *e = &row->extent;
    if (row->known) {
        char from[48] = "-";
        char to[48] = "-";
        if (e->has_from) {
            parley_decimal_print(e->from, from, sizeof(from));
        }
        if (e->has_to) {
            parley_decimal_print(e->to, to, sizeof(to));
        }
        snprintf(got, sizeof(got), "%s%s %s%s%s", e->above ? "(" : "[", from, to,
                 e->below ? ")" : "]", e->convention ? " convention" : "");
    }
    if (strcmp(got, wanted) != 0) {
        fail_msg("%s is %s, not %s", figure, got, wanted);
    }
    clear(&b);
}

static void words_widen_a_number_and_say_when_it_is_a_convention(void **state)
{
    (void)state;
    check_extent("best: 20", "[20 20]");
    check_extent("best: unknown", "unknown");
    check_extent("low: 3", "[3 -]");
    check_extent("high: 800", "[- 800]");
    check_extent("low: 3, high: 9, best: 5", "[3 9]");
    check_extent("best: 20, hedge: \"at least\"", "[20 -]");
    check_extent("best: 20, hedge: \"more than\"", "(20 -]");
    check_extent("best: 20, hedge: \"up to\"", "[- 20]");
    check_extent("best: 20, hedge: \"some\"", "[18 22] convention");
    check_extent("best: 20, hedge: \"nearly\"", "[18 20) convention");
    check_extent("best: 20, hedge: \"reportedly\"", "[20 20]");
    check_extent("best: 9223372036854775807, hedge: \"some\"",
                 "[9223372036854775807 9223372036854775807]");
}

static void only_the_same_thing_counted_by_others_on_the_same_day_can_be_opposed(void **state)
{
    (void)state;
    static const struct {
        const char *second;
        bool opposed;
        bool grows;
        uint32_t groups;
    } row[] = {
        {"best: 9, claimant: ru, what: \"Dead\", unit: person, date: 2025-03-11", true, false, 1},
        {"best: 9, claimant: ua, what: \"dead\", unit: person, date: 2025-03-11", false, false, 1},
        {"best: 9, claimant: ru, what: \"dead\", unit: person, date: 2025-03-13", false, true, 1},
        {"best: 9, claimant: ru, what: \"dead\", unit: person, date: 2025-03", true, false, 1},
        {"best: 3, claimant: ru, what: \"dead\", unit: person, date: 2025-03-11", false, false, 1},
        {"best: 9, claimant: ru, what: \"hurt\", unit: person, date: 2025-03-11", false, false, 2},
        {"best: 9, claimant: ru, what: \"dead\", unit: unit, date: 2025-03-11", false, false, 2},
        {"best: 9, claimant: ru, what: \"dead\", unit: person, about: ru, date: 2025-03-11", false,
         false, 2},
        {"low: 5, claimant: ru, what: \"dead\", unit: person, date: 2025-03-11", true, false, 1},
        {"low: 4, claimant: ru, what: \"dead\", unit: person, date: 2025-03-11", false, false, 1},
        {"best: 4, hedge: \"more than\", claimant: ru, what: \"dead\", unit: person, date: "
         "2025-03-11",
         true, false, 1},
    };
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        char rest[500];
        snprintf(rest, sizeof(rest),
                 "figures:\n  f: {low: 2, high: 4, claimant: ua, what: \"dead\", unit: person, "
                 "date: 2025-03-11, source: s}\n  g: {%s, source: t}\n",
                 row[i].second);
        bench b = lay_out(rest);
        const parley_figure_group *g = parley_figures_group(b.figures, 0);
        assert_int_equal(parley_figures_groups(b.figures), row[i].groups);
        if ((g->against[0] >= 0) != row[i].opposed || g->grows != row[i].grows ||
            parley_besides_opposed(b.besides) != row[i].opposed) {
            fail_msg("%s: opposed %d, grows %d", row[i].second, g->against[0] >= 0, g->grows);
        }
        clear(&b);
    }
}

static void the_range_is_known_without_each_source_in_turn(void **state)
{
    (void)state;
    bench b =
        lay_out("figures:\n"
                "  f: {best: 5, claimant: ua, what: \"dead\", unit: person, source: s}\n"
                "  g: {best: 9, claimant: ru, what: \"dead\", unit: person, source: t}\n"
                "  h: {low: 7, high: 8, claimant: x, what: \"dead\", unit: person, source: u}\n"
                "  i: {best: unknown, claimant: x, what: \"dead\", unit: person, source: u}\n");
    const parley_figure_group *g = parley_figures_group(b.figures, 0);
    parley_extent rest;
    static const int64_t wanted[4][2] = {{7, 9}, {5, 8}, {5, 9}, {5, 9}};
    assert_int_equal(g->rows, 4);
    assert_int_equal(g->range.from.mantissa, 5);
    assert_int_equal(g->range.to.mantissa, 9);
    for (uint32_t i = 0; i < 4; i++) {
        assert_true(parley_figures_without(&rest, g, g->row[i].origin));
        assert_int_equal(rest.from.mantissa, wanted[g->row[i].figure][0]);
        assert_int_equal(rest.to.mantissa, wanted[g->row[i].figure][1]);
    }
    assert_int_equal(g->claimants, 3);
    clear(&b);
}

/* ------------------------------------------------------- questions of fact */

static void a_denial_takes_a_side_and_not_aware_never_does(void **state)
{
    (void)state;
    static const struct {
        const char *claims;
        parley_beside_finding finding;
    } row[] = {
        {"  a: {by: ru, act: say, point: p, implies: \"yes\"}\n", PARLEY_BESIDE_ONE_SIDED},
        {"  a: {by: ru, act: say, point: p, implies: \"yes\"}\n"
         "  b: {by: ua, act: not-aware, point: p}\n",
         PARLEY_BESIDE_ONE_SIDED},
        {"  a: {by: ru, act: say, point: p, implies: \"yes\"}\n"
         "  b: {by: ua, act: no-comment, point: p, implies: \"no\"}\n",
         PARLEY_BESIDE_ONE_SIDED},
        {"  a: {by: ru, act: say, point: p, implies: \"yes\"}\n"
         "  b: {by: ua, act: deny, point: p}\n",
         PARLEY_BESIDE_OPPOSED},
        {"  b: {by: ua, act: not-aware, point: p}\n", PARLEY_BESIDE_NOTHING},
        {"  a: {by: ru, act: say, point: p}\n", PARLEY_BESIDE_NOTHING},
        {"  a: {by: ru, act: say, point: p, implies: \"yes\", date: 2025-03-10}\n"
         "  b: {by: ru, act: say, point: p, implies: \"no\", date: 2025-03-12}\n",
         PARLEY_BESIDE_SHIFT},
        {"  a: {by: ru, act: say, point: p, implies: \"yes\", date: 2025-03-10}\n"
         "  b: {by: ru, act: say, point: p, implies: \"no\", date: 2025-03}\n",
         PARLEY_BESIDE_OPPOSED},
        {"  a: {by: \"ru:putin\", act: say, point: p, implies: \"yes\", date: 2025-03-10}\n"
         "  b: {by: \"ru:peskov\", act: say, point: p, implies: \"no\", date: 2025-03-12}\n",
         PARLEY_BESIDE_OPPOSED},
        {"  a: {by: \"ru:putin\", act: say, point: p, implies: \"yes\", date: 2025-03-10}\n"
         "  b: {by: \"ru:peskov\", act: say, point: p, implies: \"no\", replaces: a}\n",
         PARLEY_BESIDE_SHIFT},
    };
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        char rest[600];
        snprintf(rest, sizeof(rest), "claims:\n%s", row[i].claims);
        parley_beside_finding found = first_finding(rest, PARLEY_BESIDE_POINT);
        if (found != row[i].finding) {
            fail_msg("%s is %d, not %d", row[i].claims, (int)found, (int)row[i].finding);
        }
    }
}

static void accounts_of_an_incident_are_opposed_only_where_they_exclude_one_another(void **state)
{
    (void)state;
    static const struct {
        const char *claims;
        parley_beside_finding finding;
    } row[] = {
        {"", PARLEY_BESIDE_NOTHING},
        {"  a: {by: ua, act: report, about: i, source: s}\n", PARLEY_BESIDE_NOTHING},
        {"  a: {by: ua, act: say, about: i, blames: ru, source: s}\n", PARLEY_BESIDE_ONE_SIDED},
        {"  a: {by: ua, act: say, about: i, blames: ru, source: s}\n"
         "  b: {by: ru, act: not-aware, about: i, source: s}\n",
         PARLEY_BESIDE_ONE_SIDED},
        {"  a: {by: ua, act: say, about: i, blames: ru, source: s}\n"
         "  b: {by: ru, act: no-comment, about: i, blames: ua, source: s}\n",
         PARLEY_BESIDE_ONE_SIDED},
        {"  a: {by: ua, act: say, about: i, blames: ru, source: s}\n"
         "  b: {by: ru, act: deny, about: i, source: s}\n",
         PARLEY_BESIDE_OPPOSED},
        {"  a: {by: ua, act: say, about: i, blames: ru, source: s}\n"
         "  b: {by: [t], act: deny, about: i, blames: ru, source: t}\n",
         PARLEY_BESIDE_OPPOSED},
        {"  a: {by: ua, act: say, about: i, blames: ru, source: s}\n"
         "  b: {by: ru, act: say, about: i, blames: ua, source: s}\n",
         PARLEY_BESIDE_OPPOSED},
        /* that it was not oneself says nothing about who it was */
        {"  a: {by: ua, act: deny, about: i, source: s}\n"
         "  b: {by: ru, act: deny, about: i, blames: ru, source: s}\n",
         PARLEY_BESIDE_NO_CONFLICT},
        {"  a: {by: [t], act: report, about: i, blames: ru, source: t}\n"
         "  b: {by: ua, act: deny, about: i, source: s}\n",
         PARLEY_BESIDE_NO_CONFLICT},
        /* one speaker, later: a shift */
        {"  a: {date: 2025-03-01, by: ua, act: say, about: i, blames: ru, source: s}\n"
         "  b: {date: 2025-03-05, by: ua, act: say, about: i, blames: ua, source: s}\n",
         PARLEY_BESIDE_SHIFT},
    };
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        char rest[1000];
        snprintf(rest, sizeof(rest), "incidents: {i: {what: \"fire\", source: s}}\nclaims:\n%s",
                 row[i].claims);
        bench b = lay_out(rest);
        bool found = false;
        for (uint32_t k = 0; k < parley_besides_size(b.besides); k++) {
            const parley_beside *one = parley_besides_at(b.besides, k);
            if (one->kind == PARLEY_BESIDE_INCIDENT) {
                found = true;
                assert_int_equal(one->incident, 0);
                if (one->finding != row[i].finding) {
                    fail_msg("row %zu: %d, not %d", i, one->finding, row[i].finding);
                }
            }
        }
        assert_true(found);
        clear(&b);
    }
}

static void copies_of_one_report_are_one_original(void **state)
{
    (void)state;
    bench b =
        lay_out("claims:\n"
                "  a: {by: ru, act: say, point: p, implies: \"yes\", source: s, chain: [s, u]}\n"
                "  b: {by: ua, act: say, point: p, implies: \"yes\", source: t, chain: [t, u]}\n"
                "  c: {by: ua, act: say, point: p, implies: \"yes\", source: u, repeats: b}\n");
    const parley_beside *beside = parley_besides_at(b.besides, 0);
    assert_int_equal(beside->originals, 1);
    assert_int_equal(beside->sides, 1);
    assert_false(beside->claim[0].repeats);
    assert_true(beside->claim[2].repeats);
    clear(&b);
}

/* ---------------------------------------------------------------- positions */

static void two_voices_are_opposed_only_if_both_cannot_hold_and_no_order_is_known(void **state)
{
    (void)state;
    static const struct {
        const char *claims;
        parley_beside_finding finding;
    } row[] = {
        {"  a: {by: \"ru:putin\", act: demand, about: \"arms = stop\", class: on-record}\n"
         "  b: {by: \"ru:peskov\", act: open-to, about: \"arms = some\", class: on-record}\n",
         PARLEY_BESIDE_OPPOSED},
        {"  a: {by: \"ru:putin\", act: demand, about: \"arms = stop\", date: 2025-03-10}\n"
         "  b: {by: \"ru:peskov\", act: open-to, about: \"arms = some\", date: 2025-03-11}\n",
         PARLEY_BESIDE_SHIFT},
        {"  a: {by: ru, act: demand, about: \"arms = stop\"}\n"
         "  b: {by: ua, act: demand, about: \"arms = go\"}\n",
         NONE},
        {"  a: {by: ru, act: accept, about: \"arms = stop\"}\n"
         "  b: {by: ru, act: open-to, about: \"arms = some\"}\n",
         NONE},
        {"  a: {by: ru, act: demand, about: \"arms != go\"}\n"
         "  b: {by: ru, act: reject, about: \"arms = stop\"}\n",
         NONE},
        {"  a: {by: ru, act: demand, about: \"arms = stop\"}\n"
         "  b: {by: ru, act: reject, about: \"arms = stop\"}\n",
         PARLEY_BESIDE_OPPOSED},
        {"  a: {by: ru, act: demand, about: \"arms = stop\"}\n"
         "  b: {by: ru, act: demand, about: \"arms = some\", class: on-record, replaces: a}\n",
         NONE},
        {"  a: {by: ru, act: demand, about: \"arms = stop\", class: on-record}\n"
         "  b: {by: ru, act: demand, about: \"arms = some\", class: described, replaces: a}\n",
         PARLEY_BESIDE_TO_CONFIRM},
    };
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        char rest[600];
        snprintf(rest, sizeof(rest), "claims:\n%s", row[i].claims);
        parley_beside_finding found = first_finding(rest, PARLEY_BESIDE_VOICES);
        if (found != row[i].finding) {
            fail_msg("%s is %d, not %d", row[i].claims, (int)found, (int)row[i].finding);
        }
    }
}

/* Pairs of voices in a case in which a party demands one thing on `each` days, and then another. */
static uint32_t pairs_of_voices(int each, int32_t *first, int32_t *second)
{
    char rest[16384] = "claims:\n";
    size_t used = strlen(rest);
    uint32_t pairs = 0;
    for (int i = 0; i < 2 * each; i++) {
        used += (size_t)snprintf(rest + used, sizeof(rest) - used,
                                 "  c%d: {date: 2025-%02d-%02d, by: ru, act: demand, about: \"arms "
                                 "= %s\", source: s, class: on-record}\n",
                                 i, 1 + i / 28, 1 + i % 28, i < each ? "go" : "stop");
        assert_true(used < sizeof(rest));
    }
    bench b = lay_out(rest);
    for (uint32_t i = 0; i < parley_besides_size(b.besides); i++) {
        const parley_beside *item = parley_besides_at(b.besides, i);
        if (item->kind == PARLEY_BESIDE_VOICES) {
            assert_int_equal(item->claims, 2);
            *first = item->claim[0].claim;
            *second = item->claim[1].claim;
            pairs++;
        }
    }
    clear(&b);
    return pairs;
}

static void much_said_twice_is_one_contradiction_of_the_last_words(void **state)
{
    (void)state;
    int32_t first = -1;
    int32_t second = -1;
    assert_int_equal(pairs_of_voices(16, &first, &second), 16 * 16);
    assert_int_equal(pairs_of_voices(17, &first, &second), 1);
    assert_int_equal(first, 16);
    assert_int_equal(second, 33);
}

static void different_wishes_are_no_conflict(void **state)
{
    (void)state;
    assert_int_equal(first_finding("claims:\n"
                                   "  a: {by: ru, act: propose, about: \"place = x\"}\n"
                                   "  b: {by: ua, act: request, about: \"place = y\"}\n",
                                   PARLEY_BESIDE_WISHES),
                     PARLEY_BESIDE_NO_CONFLICT);
    assert_int_equal(
        first_finding("claims:\n"
                      "  a: {by: ru, act: propose, about: \"place = x\"}\n"
                      "  b: {by: ua, act: demand, about: \"place = y\", class: on-record}\n",
                      PARLEY_BESIDE_WISHES),
        NONE);
}

/* -------------------------------------------------------------- worked cases */

static void the_worked_cases_say_what_they_must(void **state)
{
    (void)state;
    bench halt = lay_out_shipped("halt-2025");
    assert_int_equal(parley_besides_opposed(halt.besides), 0);
    assert_int_equal(parley_figures_groups(halt.figures), 5);
    clear(&halt);

    bench shuttle = lay_out_shipped("shuttle-2022");
    uint32_t to_confirm = 0;
    uint32_t wishes = 0;
    assert_int_equal(parley_besides_opposed(shuttle.besides), 0);
    assert_int_equal(parley_figures_groups(shuttle.figures), 2);
    for (uint32_t i = 0; i < parley_besides_size(shuttle.besides); i++) {
        const parley_beside *b = parley_besides_at(shuttle.besides, i);
        to_confirm += b->finding == PARLEY_BESIDE_TO_CONFIRM;
        wishes += b->kind == PARLEY_BESIDE_WISHES;
    }
    assert_int_equal(wishes, 1);
    assert_true(to_confirm >= 2); /* forces and government */
    clear(&shuttle);

    bench relocation = lay_out_shipped("relocation-2025");
    static const parley_beside_finding wanted[4] = {PARLEY_BESIDE_ONE_SIDED, PARLEY_BESIDE_NOTHING,
                                                    PARLEY_BESIDE_NOTHING, PARLEY_BESIDE_OPPOSED};
    assert_int_equal(parley_besides_opposed(relocation.besides), 1);
    assert_int_equal(parley_besides_size(relocation.besides), 4);
    for (uint32_t i = 0; i < 4; i++) {
        assert_int_equal(parley_besides_at(relocation.besides, i)->finding, wanted[i]);
    }
    clear(&relocation);

    bench exchange = lay_out_shipped("exchange-2023");
    assert_int_equal(parley_figures_groups(exchange.figures), 2);
    assert_false(parley_figures_group(exchange.figures, 0)->known);
    assert_false(parley_figures_group(exchange.figures, 1)->known);
    clear(&exchange);
}

/* ------------------------------------------------------------------- torture */

static parley_status all_of_it(parley_ctx *ctx, void *user, parley_error *err)
{
    const parley_case *c = user;
    parley_figures *figures = NULL;
    parley_besides *besides = NULL;
    parley_status status = parley_figures_new(&figures, ctx, c, err);
    if (status == PARLEY_OK) {
        status = parley_besides_new(&besides, ctx, c, figures, err);
    }
    assert_true(status == PARLEY_OK || besides == NULL);
    parley_besides_free(besides);
    parley_figures_free(figures);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = load_shipped(ctx, folder, "shuttle-2022", NULL);
    torture(all_of_it, c, 8);
    parley_case_free(c);
    check_ctx_done(ctx);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_widen_a_number_and_say_when_it_is_a_convention),
        cmocka_unit_test(only_the_same_thing_counted_by_others_on_the_same_day_can_be_opposed),
        cmocka_unit_test(the_range_is_known_without_each_source_in_turn),
        cmocka_unit_test(a_denial_takes_a_side_and_not_aware_never_does),
        cmocka_unit_test(accounts_of_an_incident_are_opposed_only_where_they_exclude_one_another),
        cmocka_unit_test(copies_of_one_report_are_one_original),
        cmocka_unit_test(two_voices_are_opposed_only_if_both_cannot_hold_and_no_order_is_known),
        cmocka_unit_test(much_said_twice_is_one_contradiction_of_the_last_words),
        cmocka_unit_test(different_wishes_are_no_conflict),
        cmocka_unit_test(the_worked_cases_say_what_they_must),
        cmocka_unit_test(every_allocation_may_fail),
    };
    folder = argc > 1 ? argv[1] : "cases";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
