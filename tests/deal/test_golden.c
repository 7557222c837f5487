/*
 * The worked cases: numbers counted by hand, or by going through every package, before there was an
 * engine. Each test cites its section; tests/golden/walkthrough/README.md says where they are from.
 */
#include "deal_check.h"

#include <parley/screens.h>

/* Terms set aside by id: an analysis of the desk's case without them. */
static parley_deal *without(desk *d, const char *const *ids, uint32_t count)
{
    parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
    options.terms.without = ids;
    options.terms.without_count = count;
    return desk_analyse(d, &options);
}
#define WITHOUT(d, ...)                                                                            \
    without((d), (const char *const[]){__VA_ARGS__},                                               \
            CHECK_COUNT(((const char *const[]){__VA_ARGS__})))

static parley_deal *readings_of(desk *d, const char *party)
{
    parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
    options.terms.readings_of = desk_find(d, "parties", party);
    return desk_analyse(d, &options);
}

static parley_deal *on_track(desk *d, const char *track)
{
    int32_t id = desk_find(d, "tracks", track);
    parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
    options.tracks = &id;
    options.track_count = 1;
    return desk_analyse(d, &options);
}

static void check_never(const desk *d, const char *party, parley_rung rung, uint64_t never,
                        uint64_t necessarily)
{
    uint64_t no = 0;
    uint64_t yes = 0;
    desk_verdict_counts(d, party, rung, &no, &yes);
    if (no != never || yes != necessarily) {
        fail_msg("to %s at '%s': never %llu and necessarily %llu, not %llu and %llu", party,
                 parley_rung_heading(rung), (unsigned long long)no, (unsigned long long)yes,
                 (unsigned long long)never, (unsigned long long)necessarily);
    }
}

#define CLASHES(d, rung, ...)                                                                      \
    check_clashes_at((d), (rung), (const char *const[]){__VA_ARGS__},                              \
                     CHECK_COUNT(((const char *const[]){__VA_ARGS__})), __FILE__, __LINE__)

/* ------------------------------------------------- thirty-day halt, section 1 */

#define HALT "halt-2025.yaml"

static void
the_halt_has_3456_packages_of_which_12_are_left_on_words_and_none_with_readings(void **state)
{
    (void)state; /* section 1.2, the table */
    desk d = desk_open(HALT);
    desk_analyse(&d, NULL);
    parley_count total = parley_deal_total(d.deal);
    assert_int_equal(desk_count(&total), 3456);
    assert_int_equal(parley_deal_issues(d.deal).count, 9);
    check_ladder(d.deal, 3456, 3456, 3456, 288, 72, 48, 24, 12, 0);
    desk_close(&d);
}

static void the_halt_dies_at_our_readings_and_on_no_rung_of_words(void **state)
{
    (void)state; /* sections 1.2 and 1.4, 1 */
    desk d = desk_open(HALT);
    desk_analyse(&d, NULL);
    assert_int_equal(parley_deal_dies_at(d.deal), PARLEY_RUNG_READINGS);
    assert_int_equal(parley_deal_last(d.deal), PARLEY_RUNG_REPORTED);
    assert_int_equal(parley_deal_rung(d.deal, PARLEY_RUNG_READINGS)->basis, PARLEY_BASIS_READING);
    CLASHES(&d, PARLEY_RUNG_REPORTED, NULL);
    desk_close(&d);
}

static void each_rung_of_the_halt_is_bound_by_the_terms_of_the_table(void **state)
{
    (void)state; /* section 1.2, column "binds" */
    static const char *const binds[PARLEY_RUNG_COUNT] = {
        "",
        "",
        "",
        "ru requires arms = stopped; ru requires kursk = surrender; ru requires monitor != unnamed",
        "ua accepts duration = 30; ua accepts guarantee = later",
        "ru requires after in {roadmap, causes}",
        "ru requires start = after-terms",
        "ru requires mobilise = halted",
        "m1; m2; m3; m4; m5",
    };
    desk d = desk_open(HALT);
    phrase l;
    desk_analyse(&d, NULL);
    for (int r = 0; r < PARLEY_RUNG_COUNT; r++) {
        check_words(line_binding(&l, &d, (parley_rung)r), binds[r]);
    }
    desk_close(&d);
}

static void in_the_twelve_six_questions_are_settled_and_three_are_open(void **state)
{
    (void)state; /* section 1.2, "Settled in the 12" */
    desk d = desk_open(HALT);
    phrase l;
    desk_analyse(&d, NULL);
    check_words(line_open(&l, &d, 1),
                "duration 30; start after-terms; arms stopped; mobilise halted; kursk surrender; "
                "guarantee later");
    check_words(line_open(&l, &d, 2),
                "intel continue limited; monitor american third joint; after roadmap causes");
    desk_close(&d);
}

static void russia_ukraine_and_for_arms_the_united_states_must_agree(void **state)
{
    (void)state; /* section 1.3, "Must agree", "ACTS" */
    desk d = desk_open(HALT);
    phrase l;
    desk_analyse(&d, NULL);
    check_words(line_must_agree(&l, &d), "ru ua us");
    check_words(line_acts(&l, &d), "us: arms intel; ua: mobilise kursk; ru: kursk");
    desk_close(&d);
}

static void five_sets_clash_in_the_halt_and_each_leans_on_a_reading(void **state)
{
    (void)state; /* section 1.2, "Minimal clashing sets" */
    desk d = desk_open(HALT);
    desk_analyse(&d, NULL);
    CLASHES(&d, PARLEY_RUNG_READINGS, "ru requires arms = stopped + m1",
            "ru requires arms = stopped + m4", "ru requires kursk = surrender + m2",
            "ru requires mobilise = halted + m3", "ru requires start = after-terms + m5");
    static clash_lines own;
    static const char *const parties[] = {"us", "ua", "ru", "eu"};
    for (size_t p = 0; p < CHECK_COUNT(parties); p++) {
        desk_clashes(&own, &d, PARLEY_RUNG_READINGS, parties[p]);
        assert_int_equal(own.count, 0);
    }
    desk_close(&d);
}

static void any_one_reading_alone_brings_the_halt_to_nothing(void **state)
{
    (void)state; /* section 1.2: "Each of the five readings alone brings the last rung to 0" */
    desk d = desk_open(HALT);
    static const char *const readings[5] = {"m1", "m2", "m3", "m4", "m5"};
    for (size_t keep = 0; keep < 5; keep++) {
        const char *others[4];
        uint32_t n = 0;
        for (size_t k = 0; k < 5; k++) {
            if (k != keep) {
                others[n++] = readings[k];
            }
        }
        without(&d, others, n);
        check_ladder(d.deal, 3456, 3456, 3456, 288, 72, 48, 24, 12, 0);
    }
    desk_close(&d);
}

static void so_do_the_readings_about_one_party_alone(void **state)
{
    (void)state; /* section 1.2: "so do the readings of one party alone" */
    desk d = desk_open(HALT);
    phrase l;
    readings_of(&d, "us");
    check_ladder(d.deal, 3456, 3456, 3456, 288, 72, 48, 24, 12, 0);
    check_words(line_binding(&l, &d, PARLEY_RUNG_READINGS), "m4");
    readings_of(&d, "ua");
    check_ladder(d.deal, 3456, 3456, 3456, 288, 72, 48, 24, 12, 0);
    check_words(line_binding(&l, &d, PARLEY_RUNG_READINGS), "m1; m2; m3; m5");
    readings_of(&d, "ru");
    check_ladder(d.deal, 3456, 3456, 3456, 288, 72, 48, 24, 12, 12);
    desk_close(&d);
}

static void without_russias_answer_its_repeat_carries_arms_alone_on_the_reported_rung(void **state)
{
    (void)state; /* section 1.2: without c3 but with c8 */
    desk d = desk_open(HALT);
    phrase l;
    WITHOUT(&d, "c3");
    check_ladder(d.deal, 3456, 3456, 3456, 3456, 864, 576, 288, 48, 0);
    check_words(line_binding(&l, &d, PARLEY_RUNG_REPORTED),
                "ru requires arms = stopped; ru requires mobilise = halted");
    desk_close(&d);
}

static void removing_the_repeat_c8_changes_nothing(void **state)
{
    (void)state; /* sections 1.2 and 1.4, 2 */
    desk d = desk_open(HALT);
    WITHOUT(&d, "c8");
    check_ladder(d.deal, 3456, 3456, 3456, 288, 72, 48, 24, 12, 0);
    desk_close(&d);
    char *bytes = desk_file(HALT);
    const char *at = strstr(bytes, "\n  c8:");
    const char *end = at != NULL ? strstr(at, "\n  c9:") : NULL;
    assert_non_null(end);
    char *fewer = malloc(strlen(bytes) + 1);
    assert_non_null(fewer);
    memcpy(fewer, bytes, (size_t)(at - bytes));
    strcpy(fewer + (at - bytes), end);
    desk gone = desk_text(fewer);
    desk_analyse(&gone, NULL);
    check_ladder(gone.deal, 3456, 3456, 3456, 288, 72, 48, 24, 12, 0);
    CLASHES(&gone, PARLEY_RUNG_READINGS, "ru requires arms = stopped + m1",
            "ru requires arms = stopped + m4", "ru requires kursk = surrender + m2",
            "ru requires mobilise = halted + m3", "ru requires start = after-terms + m5");
    desk_close(&gone);
    free(fewer);
    free(bytes);
}

static void the_repeat_is_a_mention_and_no_support(void **state)
{
    (void)state; /* section 1.4, 2; section 1.3, "why" */
    desk d = desk_open(HALT);
    desk_analyse(&d, NULL);
    parley_ids ids = parley_deal_rung(d.deal, PARLEY_RUNG_CONDITIONS)->terms;
    const parley_term *arms = parley_terms_at(parley_deal_terms(d.deal), (uint32_t)ids.at[0]);
    assert_int_equal(arms->claims.count, 2);
    assert_int_equal(arms->claims.at[0], desk_find(&d, "claims", "c3"));
    assert_int_equal(arms->claims.at[1], desk_find(&d, "claims", "c8"));
    assert_int_equal(arms->support.count, 1);
    assert_int_equal(arms->support.at[0], desk_find(&d, "claims", "c3"));
    desk_close(&d);
}

static void without_the_bare_report_c9_the_reported_rung_keeps_24(void **state)
{
    (void)state; /* section 1.2: without c9 */
    desk d = desk_open(HALT);
    WITHOUT(&d, "c9");
    check_ladder(d.deal, 3456, 3456, 3456, 288, 72, 48, 24, 24, 0);
    desk_close(&d);
}

static void without_c11_the_demand_that_it_replaced_stands_again(void **state)
{
    (void)state; /* section 1.2: without c11 */
    desk d = desk_open(HALT);
    WITHOUT(&d, "c11");
    check_ladder(d.deal, 3456, 3456, 3456, 144, 72, 48, 24, 12, 0);
    desk_close(&d);
}

static void without_the_five_readings_twelve_are_left(void **state)
{
    (void)state; /* section 1.2 */
    desk d = desk_open(HALT);
    WITHOUT(&d, "m1", "m2", "m3", "m4", "m5");
    check_ladder(d.deal, 3456, 3456, 3456, 288, 72, 48, 24, 12, 12);
    assert_int_equal(parley_deal_dies_at(d.deal), -1);
    assert_int_equal(parley_deal_last(d.deal), PARLEY_RUNG_READINGS);
    desk_close(&d);
}

static void with_start_at_once_as_ukraines_condition_on_record_it_dies_on_words(void **state)
{
    (void)state; /* section 1.2: 144, 36, 24, 0 at asks */
    char *bytes = desk_file(HALT);
    char *more = text_insert(bytes, "\nclaims:\n",
                             "  what-if: {date: 2025-03-14, by: ua, act: demand, firmness: "
                             "condition, about: \"start = at-once\", class: document}\n");
    desk d = desk_text(more);
    desk_analyse(&d, NULL);
    check_ladder(d.deal, 3456, 3456, 3456, 144, 36, 24, 0, 0, 0);
    assert_int_equal(parley_deal_dies_at(d.deal), PARLEY_RUNG_ASKS);
    assert_int_equal(parley_deal_last(d.deal), PARLEY_RUNG_POSITIONS);
    desk_close(&d);
    free(more);
    free(bytes);
}

static void never_counts_3408_to_russia_and_none_to_ukraine_on_words(void **state)
{
    (void)state; /* section 1.2, last lines, and the list of expected values */
    desk d = desk_open(HALT);
    desk_analyse(&d, NULL);
    check_never(&d, "ru", PARLEY_RUNG_RULES, 0, 0);
    check_never(&d, "ru", PARLEY_RUNG_CONDITIONS, 3168, 0);
    check_never(&d, "ru", PARLEY_RUNG_REPORTED, 3408, 0);
    check_never(&d, "ru", PARLEY_RUNG_READINGS, 3408, 0);
    check_never(&d, "ua", PARLEY_RUNG_CONDITIONS, 0, 0);
    check_never(&d, "ua", PARLEY_RUNG_REPORTED, 0, 0);
    check_never(&d, "ua", PARLEY_RUNG_READINGS, 3072, 0);
    check_never(&d, "us", PARLEY_RUNG_CONDITIONS, 0, 0);
    check_never(&d, "us", PARLEY_RUNG_REPORTED, 0, 0);
    check_never(&d, "us", PARLEY_RUNG_READINGS, 1152, 0);
    desk_close(&d);
}

static void land_is_for_later_and_counted_nowhere(void **state)
{
    (void)state; /* section 1.4, 9 */
    desk d = desk_open(HALT);
    desk_analyse(&d, NULL);
    assert_int_equal(parley_deal_why_not(d.deal, desk_find(&d, "issues", "land")),
                     PARLEY_NOT_COUNTED_LATER);
    parley_ids tracks = parley_deal_tracks(d.deal);
    assert_int_equal(tracks.count, 1);
    assert_string_equal(parley_case_track(d.c, tracks.at[0])->record.id, "halt");
    desk_close(&d);
}

static void
ukraines_yes_to_thirty_days_is_necessarily_acceptable_to_it_until_our_readings(void **state)
{
    (void)state; /* DESIGN 2.1: an accepted proposal covers every issue the package decides */
    desk d = desk_open(HALT);
    parley_error err = PARLEY_ERROR_INIT;
    parley_verdict v;
    int64_t value[10];
    int32_t ua = desk_find(&d, "parties", "ua");
    int32_t duration = desk_find(&d, "issues", "duration");
    int32_t arms = desk_find(&d, "issues", "arms");
    desk_analyse(&d, NULL);
    for (size_t i = 0; i < 10; i++) {
        value[i] = -1;
    }
    value[duration] = 1;
    const parley_package package = {value, 10};
    check_ok(parley_deal_verdict(&v, d.deal, ua, PARLEY_RUNG_ACCEPTED, package, &err), &err);
    assert_int_equal(v.kind, PARLEY_VERDICT_NECESSARILY);
    value[duration] = 0; /* fifteen days were never put to Kyiv */
    check_ok(parley_deal_verdict(&v, d.deal, ua, PARLEY_RUNG_ACCEPTED, package, &err), &err);
    assert_int_equal(v.kind, PARLEY_VERDICT_POSSIBLY);
    value[duration] = 1;
    value[arms] = 0;
    check_ok(parley_deal_verdict(&v, d.deal, ua, PARLEY_RUNG_ACCEPTED, package, &err), &err);
    assert_int_equal(v.kind, PARLEY_VERDICT_POSSIBLY);
    value[arms] = 2;
    check_ok(parley_deal_verdict(&v, d.deal, ua, PARLEY_RUNG_READINGS, package, &err), &err);
    assert_int_equal(v.kind, PARLEY_VERDICT_NEVER);
    desk_close(&d);
}

/* --------------------------------------------------------- shuttle, section 2 */

#define SHUTTLE "shuttle-2022.yaml"

static void the_shuttle_has_216_packages_6_on_words_and_none_with_readings(void **state)
{
    (void)state; /* section 2.2; the settlement is what is counted unless asked otherwise */
    desk d = desk_open(SHUTTLE);
    phrase l;
    for (int asked = 0; asked < 2; asked++) {
        if (asked == 0) {
            desk_analyse(&d, NULL);
        } else {
            on_track(&d, "settlement");
        }
        check_ladder(d.deal, 216, 216, 216, 216, 216, 6, 6, 6, 0);
        assert_int_equal(parley_deal_dies_at(d.deal), PARLEY_RUNG_READINGS);
        check_words(line_open(&l, &d, 3), "state removed stays; forces disarmed neutral free; "
                                          "nato amend; crimea russian; donbas two-states");
        check_words(line_must_agree(&l, &d), "nato ru ua");
    }
    desk_close(&d);
}

static void two_sets_clash_in_the_shuttle_both_on_our_reading(void **state)
{
    (void)state; /* section 2.2 */
    desk d = desk_open(SHUTTLE);
    desk_analyse(&d, NULL);
    CLASHES(&d, PARLEY_RUNG_REPORTED, NULL);
    CLASHES(&d, PARLEY_RUNG_READINGS, "ru requires crimea = russian + n3",
            "ru requires donbas = two-states + n4");
    desk_close(&d);
}

static void the_dispute_was_over_survival_on_24_february_and_is_over_land_now(void **state)
{
    (void)state; /* sections 2.2 and 2.4, 1 */
    desk d = desk_open(SHUTTLE);
    phrase l;
    desk_analyse(&d, NULL);
    check_words(line_dispute(&l, &d, PARLEY_RUNG_READINGS), "crimea donbas");
    check_words(line_dispute(&l, &d, PARLEY_RUNG_REPORTED), "");
    parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_date_parse(&options.terms.at, "2022-02-24", 10, &err), &err);
    desk_analyse(&d, &options);
    check_words(line_dispute(&l, &d, PARLEY_RUNG_READINGS), "state forces");
    desk_close(&d);
}

static void without_the_one_unnamed_official_four_issues_are_in_dispute(void **state)
{
    (void)state; /* sections 2.2 and 2.4, 2 */
    desk d = desk_open(SHUTTLE);
    phrase l;
    WITHOUT(&d, "b5", "b6");
    check_words(line_dispute(&l, &d, PARLEY_RUNG_READINGS), "state forces crimea donbas");
    desk_close(&d);
}

static void the_shift_on_forces_and_government_is_to_confirm_and_that_on_nato_is_not(void **state)
{
    (void)state; /* section 2.4, 2 */
    desk d = desk_open(SHUTTLE);
    desk_analyse(&d, NULL);
    const parley_terms *terms = parley_deal_terms(d.deal);
    uint32_t shaky = 0;
    uint32_t firm = 0;
    for (uint32_t i = 0; i < parley_terms_shifts(terms); i++) {
        const parley_shift *shift = parley_terms_shift(terms, i);
        const char *later = parley_case_claim(d.c, shift->later)->record.id;
        bool unnamed = strcmp(later, "b5") == 0 || strcmp(later, "b6") == 0;
        assert_int_equal(shift->to_confirm, unnamed);
        shaky += unnamed;
        firm += !unnamed;
    }
    assert_true(shaky >= 2);
    assert_int_equal(firm, 1);
    desk_close(&d);
}

static void open_to_refuses_nothing_and_accepts_nothing(void **state)
{
    (void)state; /* section 2.4, 3: b5 to b8 make no term on any rung */
    desk d = desk_open(SHUTTLE);
    parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
    options.all_tracks = true;
    desk_analyse(&d, &options);
    static const char *const open_to[] = {"b5", "b6", "b7", "b8"};
    const parley_terms *terms = parley_deal_terms(d.deal);
    for (size_t k = 0; k < CHECK_COUNT(open_to); k++) {
        int32_t claim = desk_find(&d, "claims", open_to[k]);
        for (uint32_t i = 0; i < parley_terms_size(terms); i++) {
            const parley_term *term = parley_terms_at(terms, i);
            for (uint32_t j = 0; j < term->claims.count; j++) {
                assert_int_not_equal(term->claims.at[j], claim);
            }
        }
        for (uint32_t i = 0; i < parley_terms_assurances(terms); i++) {
            assert_int_not_equal(parley_terms_assurance(terms, i)->claim, claim);
        }
    }
    desk_close(&d);
}

static void
russias_list_is_complete_and_makes_six_packages_acceptable_to_it_for_certain(void **state)
{
    (void)state; /* sections 2.2 and 2.4, 6; DESIGN 2.1 on complete lists */
    desk d = desk_open(SHUTTLE);
    desk_analyse(&d, NULL);
    check_never(&d, "ru", PARLEY_RUNG_POSITIONS, 210, 6);
    check_never(&d, "ru", PARLEY_RUNG_ACCEPTED, 0, 0);
    check_never(&d, "ua", PARLEY_RUNG_REPORTED, 0, 0);
    check_never(&d, "nato", PARLEY_RUNG_READINGS, 0, 0);
    desk_close(&d);
}

static void the_venue_is_counted_apart_on_its_own_track(void **state)
{
    (void)state; /* section 2.2 counts the settlement alone */
    desk d = desk_open(SHUTTLE);
    desk_analyse(&d, NULL);
    assert_int_equal(parley_deal_why_not(d.deal, desk_find(&d, "issues", "venue")),
                     PARLEY_NOT_COUNTED_TRACK);
    assert_int_equal(parley_deal_other_tracks(d.deal).count, 1);
    on_track(&d, "talks");
    check_ladder(d.deal, 3, 3, 3, 3, 3, 3, 3, 1, 1);
    parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
    options.all_tracks = true;
    desk_analyse(&d, &options);
    check_ladder(d.deal, 648, 648, 648, 648, 648, 18, 18, 6, 0);
    desk_close(&d);
}

/* -------------------------------------------------------- exchange, section 3 */

static void the_exchange_has_nothing_to_count_and_that_is_no_failure(void **state)
{
    (void)state; /* section 3.3, 1 */
    desk d = desk_open("exchange-2023.yaml");
    desk_analyse(&d, NULL);
    assert_int_equal(parley_deal_issues(d.deal).count, 0);
    assert_int_equal(parley_deal_dies_at(d.deal), -1);
    static const struct {
        const char *issue;
        parley_not_counted why;
    } rows[] = {
        {"hostages", PARLEY_NOT_COUNTED_NO_RANGE},
        {"prisoners", PARLEY_NOT_COUNTED_NO_RANGE},
        {"order", PARLEY_NOT_COUNTED_OPEN},
        {"end", PARLEY_NOT_COUNTED_EXCLUDED},
    };
    for (size_t k = 0; k < CHECK_COUNT(rows); k++) {
        assert_int_equal(parley_deal_why_not(d.deal, desk_find(&d, "issues", rows[k].issue)),
                         rows[k].why);
    }
    desk_close(&d);
}

static void answered_favourably_binds_russia_to_nothing(void **state)
{
    (void)state; /* section 3.3, 2: no promise, no acceptance, no obligation */
    desk d = desk_open("exchange-2023.yaml");
    desk_analyse(&d, NULL);
    int32_t ru = desk_find(&d, "parties", "ru");
    const parley_terms *terms = parley_deal_terms(d.deal);
    for (uint32_t i = 0; i < parley_terms_size(terms); i++) {
        assert_int_not_equal(parley_terms_at(terms, i)->party, ru);
    }
    for (uint32_t i = 0; i < parley_terms_assurances(terms); i++) {
        assert_int_not_equal(parley_terms_assurance(terms, i)->party, ru);
    }
    for (uint32_t i = 0; i < parley_case_obligations(d.c); i++) {
        /* the unwritten line over Syria was typed; nothing else is there */
        assert_string_equal(parley_case_obligation(d.c, (int32_t)i)->record.id, "syria-line");
    }
    assert_int_equal(parley_case_obligations(d.c), 1);
    desk_close(&d);
}

/* ------------------------------------------------------ relocation, section 4 */

static void relocation_has_8_packages_7_by_the_rule_and_5_once_sudans_refusal_is_heard(void **state)
{
    (void)state; /* section 4.2 */
    desk d = desk_open("relocation-2025.yaml");
    phrase l;
    desk_analyse(&d, NULL);
    parley_count total = parley_deal_total(d.deal);
    assert_int_equal(desk_count(&total), 8);
    check_ladder(d.deal, 7, 7, 7, 7, 7, 7, 7, 5, 5);
    assert_int_equal(parley_deal_dies_at(d.deal), -1);
    check_words(line_must_agree(&l, &d), "gazans il somalia somaliland sudan us");
    desk_close(&d);
}

static void six_of_seven_are_flagged_then_four_of_five_and_one_is_usable_for_ideas(void **state)
{
    (void)state; /* section 4.2 */
    desk d = desk_open("relocation-2025.yaml");
    desk_analyse(&d, NULL);
    assert_true(parley_deal_flags(d.deal));
    for (int r = 0; r < PARLEY_RUNG_COUNT; r++) {
        assert_int_equal(desk_count(&parley_deal_rung(d.deal, (parley_rung)r)->flagged),
                         r < PARLEY_RUNG_REPORTED ? 6 : 4);
    }
    parley_count usable = parley_deal_usable(d.deal);
    assert_int_equal(desk_count(&usable), 1);
    desk_close(&d);
}

static void sudans_refusal_stands_on_the_reported_rung_and_nowhere_else(void **state)
{
    (void)state; /* section 4.4, 6 */
    desk d = desk_open("relocation-2025.yaml");
    phrase l;
    desk_analyse(&d, NULL);
    for (int r = 0; r < PARLEY_RUNG_COUNT; r++) {
        check_words(line_binding(&l, &d, (parley_rung)r),
                    r == PARLEY_RUNG_REPORTED ? "sudan refuses destination = sudan" : "");
    }
    assert_int_equal(parley_deal_rung(d.deal, PARLEY_RUNG_REPORTED)->basis, PARLEY_BASIS_REPORTED);
    desk_close(&d);
}

static void not_aware_is_no_refusal(void **state)
{
    (void)state; /* section 4.4, 1 */
    desk d = desk_open("relocation-2025.yaml");
    desk_analyse(&d, NULL);
    check_never(&d, "somalia", PARLEY_RUNG_READINGS, 0, 0);
    check_never(&d, "somaliland", PARLEY_RUNG_READINGS, 0, 0);
    check_never(&d, "sudan", PARLEY_RUNG_READINGS, 2, 0);
    check_never(&d, "sudan", PARLEY_RUNG_ASKS, 0, 0);
    desk_close(&d);
}

/* ------------------------------------------------ seven steps, docs/cases page */

#define SEVEN "seven-steps-2022.yaml"

static void the_seven_steps_die_on_words_at_other_positions(void **state)
{
    (void)state; /* "The ladder, by hand" */
    desk d = desk_open(SEVEN);
    phrase l;
    desk_analyse(&d, NULL);
    parley_count total = parley_deal_total(d.deal);
    assert_int_equal(desk_count(&total), 2187);
    check_ladder(d.deal, 1485, 1485, 1485, 495, 165, 0, 0, 0, 0);
    assert_int_equal(parley_deal_dies_at(d.deal), PARLEY_RUNG_POSITIONS);
    assert_int_equal(parley_deal_last(d.deal), PARLEY_RUNG_ACCEPTED);
    check_words(line_open(&l, &d, 1), "donbas autonomy; crimea russian");
    check_words(line_must_agree(&l, &d), "nato ru ua us");
    desk_close(&d);
}

static void five_sets_clash_on_positions_seven_with_asks_and_twelve_with_readings(void **state)
{
    (void)state; /* "The sticking points" */
    desk d = desk_open(SEVEN);
    desk_analyse(&d, NULL);
    static clash_lines found;
    desk_clashes(&found, &d, PARLEY_RUNG_ASKS, NULL);
    assert_int_equal(found.count, 7);
    desk_clashes(&found, &d, PARLEY_RUNG_READINGS, NULL);
    assert_int_equal(found.count, 12);
    CLASHES(&d, PARLEY_RUNG_POSITIONS,
            "ru requires crimea = russian + ua requires crimea = ukrainian",
            "ru requires membership = withdrawn + nato refuses membership = withdrawn",
            "ru requires membership = withdrawn + us refuses membership = withdrawn",
            "ru requires guarantees = treaty + nato refuses membership = withdrawn",
            "ru requires guarantees = treaty + us refuses membership = withdrawn");
    desk_close(&d);
}

static void the_seven_steps_are_never_acceptable_to_any_of_the_four(void **state)
{
    (void)state; /* "What must come out", the package `seven-steps` */
    static const struct {
        const char *party;
        const char *refusing;
    } rows[] = {
        {"ru", "ru requires crimea = russian; ru requires forces = lines-1997; ru requires nuclear "
               "= home; ru requires guarantees = treaty"},
        {"nato", "nato refuses membership = withdrawn"},
        {"us", "us refuses membership = withdrawn"},
        {"ua", "ua requires crimea = ukrainian; ua requires membership = open"},
    };
    desk d = desk_open(SEVEN);
    parley_error err = PARLEY_ERROR_INIT;
    int64_t value[16];
    desk_analyse(&d, NULL);
    const parley_proposal *p = parley_case_proposal(d.c, desk_find(&d, "proposals", "seven-steps"));
    check_ok(parley_case_package(value, d.c, p->formula, &err), &err);
    const parley_package package = {value, parley_case_issues(d.c)};
    for (size_t k = 0; k < CHECK_COUNT(rows); k++) {
        parley_verdict v;
        phrase l = {{0}, 0};
        int32_t party = desk_find(&d, "parties", rows[k].party);
        check_ok(parley_deal_verdict(&v, d.deal, party, PARLEY_RUNG_REPORTED, package, &err), &err);
        assert_int_equal(v.kind, PARLEY_VERDICT_NEVER);
        assert_false(v.against_rules);
        for (uint32_t i = 0; i < v.refusing.count; i++) {
            line_add(&l, "; ",
                     parley_terms_at(parley_deal_terms(d.deal), (uint32_t)v.refusing.at[i])->name);
        }
        check_words(l.text, rows[k].refusing);
        check_ok(parley_deal_verdict(&v, d.deal, party, PARLEY_RUNG_CONDITIONS, package, &err),
                 &err);
        assert_int_equal(v.kind, k == 0 ? PARLEY_VERDICT_NEVER : PARLEY_VERDICT_POSSIBLY);
        assert_int_equal(v.refusing.count, k == 0 ? 1 : 0);
    }
    desk_close(&d);
}

static void never_counts_1476_to_russia_1377_to_ukraine_837_to_nato_513_to_the_us(void **state)
{
    (void)state; /* "What must come out", at reported only, of 1,485 */
    desk d = desk_open(SEVEN);
    desk_analyse(&d, NULL);
    check_never(&d, "ru", PARLEY_RUNG_REPORTED, 1476, 0);
    check_never(&d, "ua", PARLEY_RUNG_REPORTED, 1377, 0);
    check_never(&d, "nato", PARLEY_RUNG_REPORTED, 837, 0);
    check_never(&d, "us", PARLEY_RUNG_REPORTED, 513, 0);
    desk_close(&d);
}

static void without_russias_five_demands_72_are_left_at_positions_and_36_at_asks(void **state)
{
    (void)state; /* "What must come out" */
    desk d = desk_open(SEVEN);
    WITHOUT(&d, "v1", "v2", "v3", "v4", "v23");
    assert_int_equal(desk_count(&parley_deal_rung(d.deal, PARLEY_RUNG_POSITIONS)->left), 72);
    assert_int_equal(desk_count(&parley_deal_rung(d.deal, PARLEY_RUNG_ASKS)->left), 36);
    desk_close(&d);
}

static void without_the_three_refusals_two_are_left_until_ukraines_aspiration(void **state)
{
    (void)state; /* "What must come out" */
    desk d = desk_open(SEVEN);
    WITHOUT(&d, "v7", "v8", "v14");
    assert_int_equal(desk_count(&parley_deal_rung(d.deal, PARLEY_RUNG_POSITIONS)->left), 2);
    assert_int_equal(desk_count(&parley_deal_rung(d.deal, PARLEY_RUNG_ASKS)->left), 0);
    WITHOUT(&d, "v7", "v8", "v14", "v13");
    assert_int_equal(desk_count(&parley_deal_rung(d.deal, PARLEY_RUNG_REPORTED)->left), 2);
    assert_int_equal(desk_count(&parley_deal_rung(d.deal, PARLEY_RUNG_READINGS)->left), 0);
    desk_close(&d);
}

static void
without_the_recognition_russias_demand_for_minsk_stands_again_and_no_count_moves(void **state)
{
    (void)state; /* "What must come out" */
    desk d = desk_open(SEVEN);
    phrase l;
    WITHOUT(&d, "v21");
    check_ladder(d.deal, 1485, 1485, 1485, 495, 165, 0, 0, 0, 0);
    assert_non_null(
        strstr(line_binding(&l, &d, PARLEY_RUNG_POSITIONS), "ru requires donbas = autonomy"));
    static clash_lines found;
    desk_clashes(&found, &d, PARLEY_RUNG_POSITIONS, NULL);
    assert_int_equal(found.count, 5);
    desk_close(&d);
}

/* ------------------------------------- the river, README of tests/golden/walkthrough */

static void the_river_has_240_packages_and_one_is_left_on_words(void **state)
{
    (void)state; /* "The river, by hand" */
    desk d = desk_open("tutorial-river.yaml");
    phrase l;
    desk_analyse(&d, NULL);
    parley_count total = parley_deal_total(d.deal);
    assert_int_equal(desk_count(&total), 240);
    check_ladder(d.deal, 228, 228, 228, 88, 2, 1, 1, 1, 0);
    check_words(line_open(&l, &d, 3),
                "release 30; gauge joint; repair upper 50, lower 50; dry share");
    desk_close(&d);
}

static void before_the_mayors_call_the_river_died_on_hearsay(void **state)
{
    (void)state; /* the guide, step 8: 88, 4, 2, 1, and nothing once it is said that ... */
    desk d = desk_open("tutorial-river.yaml");
    WITHOUT(&d, "c7");
    check_ladder(d.deal, 228, 228, 228, 88, 4, 2, 1, 0, 0);
    assert_int_equal(parley_deal_dies_at(d.deal), PARLEY_RUNG_REPORTED);
    WITHOUT(&d, "c7", "c6");
    check_ladder(d.deal, 228, 228, 228, 88, 4, 2, 1, 1, 0);
    desk_close(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            the_halt_has_3456_packages_of_which_12_are_left_on_words_and_none_with_readings),
        cmocka_unit_test(the_halt_dies_at_our_readings_and_on_no_rung_of_words),
        cmocka_unit_test(each_rung_of_the_halt_is_bound_by_the_terms_of_the_table),
        cmocka_unit_test(in_the_twelve_six_questions_are_settled_and_three_are_open),
        cmocka_unit_test(russia_ukraine_and_for_arms_the_united_states_must_agree),
        cmocka_unit_test(five_sets_clash_in_the_halt_and_each_leans_on_a_reading),
        cmocka_unit_test(any_one_reading_alone_brings_the_halt_to_nothing),
        cmocka_unit_test(so_do_the_readings_about_one_party_alone),
        cmocka_unit_test(without_russias_answer_its_repeat_carries_arms_alone_on_the_reported_rung),
        cmocka_unit_test(removing_the_repeat_c8_changes_nothing),
        cmocka_unit_test(the_repeat_is_a_mention_and_no_support),
        cmocka_unit_test(without_the_bare_report_c9_the_reported_rung_keeps_24),
        cmocka_unit_test(without_c11_the_demand_that_it_replaced_stands_again),
        cmocka_unit_test(without_the_five_readings_twelve_are_left),
        cmocka_unit_test(with_start_at_once_as_ukraines_condition_on_record_it_dies_on_words),
        cmocka_unit_test(never_counts_3408_to_russia_and_none_to_ukraine_on_words),
        cmocka_unit_test(land_is_for_later_and_counted_nowhere),
        cmocka_unit_test(
            ukraines_yes_to_thirty_days_is_necessarily_acceptable_to_it_until_our_readings),
        cmocka_unit_test(the_shuttle_has_216_packages_6_on_words_and_none_with_readings),
        cmocka_unit_test(two_sets_clash_in_the_shuttle_both_on_our_reading),
        cmocka_unit_test(the_dispute_was_over_survival_on_24_february_and_is_over_land_now),
        cmocka_unit_test(without_the_one_unnamed_official_four_issues_are_in_dispute),
        cmocka_unit_test(the_shift_on_forces_and_government_is_to_confirm_and_that_on_nato_is_not),
        cmocka_unit_test(open_to_refuses_nothing_and_accepts_nothing),
        cmocka_unit_test(
            russias_list_is_complete_and_makes_six_packages_acceptable_to_it_for_certain),
        cmocka_unit_test(the_venue_is_counted_apart_on_its_own_track),
        cmocka_unit_test(the_exchange_has_nothing_to_count_and_that_is_no_failure),
        cmocka_unit_test(answered_favourably_binds_russia_to_nothing),
        cmocka_unit_test(
            relocation_has_8_packages_7_by_the_rule_and_5_once_sudans_refusal_is_heard),
        cmocka_unit_test(six_of_seven_are_flagged_then_four_of_five_and_one_is_usable_for_ideas),
        cmocka_unit_test(sudans_refusal_stands_on_the_reported_rung_and_nowhere_else),
        cmocka_unit_test(not_aware_is_no_refusal),
        cmocka_unit_test(the_seven_steps_die_on_words_at_other_positions),
        cmocka_unit_test(five_sets_clash_on_positions_seven_with_asks_and_twelve_with_readings),
        cmocka_unit_test(the_seven_steps_are_never_acceptable_to_any_of_the_four),
        cmocka_unit_test(never_counts_1476_to_russia_1377_to_ukraine_837_to_nato_513_to_the_us),
        cmocka_unit_test(without_russias_five_demands_72_are_left_at_positions_and_36_at_asks),
        cmocka_unit_test(without_the_three_refusals_two_are_left_until_ukraines_aspiration),
        cmocka_unit_test(
            without_the_recognition_russias_demand_for_minsk_stands_again_and_no_count_moves),
        cmocka_unit_test(the_river_has_240_packages_and_one_is_left_on_words),
        cmocka_unit_test(before_the_mayors_call_the_river_died_on_hearsay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
