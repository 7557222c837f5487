/*
 * Ideas that meet a concern: the five shipped cases as solved by hand, small cases for each pattern
 * and each message, and random cases against a checker that goes through all completions.
 */
#include "deal_check.h"
#include "random_case.h"

#include <parley/ideas.h>

typedef struct found {
    desk d;
    parley_ideas *ideas;
} found;

static parley_ideas *ideas_of(desk *d, const char *to, const char *by, uint32_t nearest)
{
    parley_ideas_options options = PARLEY_IDEAS_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    parley_ideas *ideas = NULL;
    if (d->deal == NULL) {
        desk_analyse(d, NULL);
    }
    options.proposal = to == NULL ? -1 : desk_find(d, "proposals", to);
    options.by = by == NULL ? -1 : desk_find(d, "parties", by);
    options.nearest = nearest;
    check_ok(parley_ideas_new(&ideas, d->ctx, d->c, d->deal, &options, &err), &err);
    return ideas;
}

static found open_case(const char *name, const char *to, const char *by, uint32_t nearest)
{
    found f = {desk_open(name), NULL};
    f.ideas = ideas_of(&f.d, to, by, nearest);
    return f;
}

static found open_text(const char *text, const char *to, const char *by)
{
    found f = {desk_text(text), NULL};
    f.ideas = ideas_of(&f.d, to, by, 0);
    return f;
}

static void close_case(found *f)
{
    parley_ideas_free(f->ideas);
    desk_close(&f->d);
}

/* ---------------------------------------------------------------- ideas as lines */

typedef enum list_kind { CONCERNS, CLAIMS, PARTIES, TERMS } list_kind;

static void add_ids(phrase *l, const found *f, const char *before, parley_ids ids, list_kind kind)
{
    for (uint32_t k = 0; k < ids.count; k++) {
        const char *id =
            kind == CONCERNS ? parley_case_concern(f->d.c, ids.at[k])->record.id
            : kind == CLAIMS ? parley_case_claim(f->d.c, ids.at[k])->record.id
            : kind == PARTIES
                ? parley_case_party(f->d.c, ids.at[k])->record.id
                : parley_terms_at(parley_deal_terms(f->d.deal), (uint32_t)ids.at[k])->name;
        line_add(l, k == 0 ? before : " ", "");
        line_add(l, "", id);
    }
}

/* "shorten: duration = 15 and arms = continue | c21 | meets ru-rearm ua-safe | part - ..." */
static const char *line_idea(phrase *l, const found *f, uint32_t i)
{
    const parley_idea *idea = parley_ideas_at(f->ideas, i);
    *l = (phrase){{0}, 0};
    line_add(l, "", parley_pattern_word(idea->pattern));
    line_add(l, ": ", idea->text);
    add_ids(l, f, " | by ", idea->credits, CLAIMS);
    add_ids(l, f, " | meets ", idea->whole_of, CONCERNS);
    add_ids(l, f, " | part ", idea->part_of, CONCERNS);
    add_ids(l, f, " | first ", idea->first_meets, CONCERNS);
    add_ids(l, f, " | second ", idea->second_meets, CONCERNS);
    add_ids(l, f, " | worse ", idea->worse_for, CONCERNS);
    add_ids(l, f, " | crosses ", idea->crosses, TERMS);
    add_ids(l, f, " | needs ", idea->needs, PARTIES);
    return l->text;
}

static void check_ideas_at(const found *f, const char *const *wanted, uint32_t count,
                           const char *file, int line)
{
    phrase l;
    for (uint32_t i = 0; i < parley_ideas_size(f->ideas) || i < count; i++) {
        const char *is = i < parley_ideas_size(f->ideas) ? line_idea(&l, f, i) : "nothing";
        const char *want = i < count ? wanted[i] : "nothing";
        if (strcmp(is, want) != 0) {
            print_error("idea %u is\n  %s\nnot\n  %s\n", i, is, want);
            _fail(file, line);
        }
    }
}
#define check_ideas(f, ...)                                                                        \
    check_ideas_at((f), (const char *const[]){__VA_ARGS__},                                        \
                   sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), __FILE__,          \
                   __LINE__)
#define check_no_ideas(f) check_ideas_at((f), NULL, 0, __FILE__, __LINE__)

/* "ua duration, ru duration": who was never asked. */
static const char *line_unasked(phrase *l, const found *f, uint32_t i)
{
    const parley_idea *idea = parley_ideas_at(f->ideas, i);
    *l = (phrase){{0}, 0};
    for (uint32_t k = 0; k < idea->unasked_count; k++) {
        line_add(l, ", ", parley_case_party(f->d.c, idea->unasked[k].party)->record.id);
        line_add(l, " ", parley_case_issue(f->d.c, idea->unasked[k].issue)->record.id);
    }
    return l->text;
}

static const char *line_nearest(phrase *l, const found *f, uint32_t i)
{
    const parley_idea_nearest *near = parley_ideas_nearest_at(f->ideas, i);
    *l = (phrase){{0}, 0};
    for (uint32_t k = 0; k < near->choices; k++) {
        char id[200];
        const parley_issue *issue = parley_case_issue(f->d.c, near->choice[k].issue);
        parley_case_value_id(issue, near->choice[k].value[0], id, sizeof id);
        line_add(l, " ", issue->record.id);
        line_add(l, "=", id);
    }
    add_ids(l, f, " | crosses ", near->crosses, TERMS);
    add_ids(l, f, " | needs ", near->needs, PARTIES);
    return l->text;
}

static uint32_t count_notes(const found *f, parley_idea_note_kind kind, const char *concern)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < parley_ideas_notes(f->ideas); i++) {
        const parley_idea_note *note = parley_ideas_note(f->ideas, i);
        count += note->kind == kind &&
                 (concern == NULL ||
                  strcmp(parley_case_concern(f->d.c, note->a)->record.id, concern) == 0);
    }
    return count;
}

/* --------------------------------------------------------------- the shipped cases */

static void the_halt_gives_ideas_a_to_e_and_no_others(void **state)
{
    (void)state;
    found f = open_case("halt-2025.yaml", "offer-30", NULL, 0);
    phrase l;
    check_ideas(&f,
                "shorten: duration = 15 and arms = continue | by c21 | meets ru-rearm ua-safe | "
                "crosses ru requires arms = stopped | needs us",
                "narrow: arms = limited and intel = limited | by c22 | meets ua-safe | part "
                "ru-rearm | crosses ru requires arms = stopped | needs us",
                "name: monitor in {american, third, joint} | meets ru-watch",
                "add: after = roadmap | by c23 | part ru-last",
                "stage: arms = continue and (duration = 15 or duration = 30 and monitor in "
                "{american, third, joint}) | meets ua-safe | first ru-rearm | second ru-watch | "
                "crosses ru requires arms = stopped | needs us");
    const parley_idea *stage = parley_ideas_at(f.ideas, 4);
    assert_int_equal(stage->with[0], 0);
    assert_int_equal(stage->with[1], 2);
    assert_int_equal(stage->first, 0);
    assert_int_equal(stage->last, 1);
    check_words(stage->gate_text, "monitor in {american, third, joint}");
    check_words(line_unasked(&l, &f, 0), "ua duration, ru duration, us arms, ua arms");
    check_words(line_unasked(&l, &f, 2), "ua monitor, ru monitor");
    assert_int_equal(parley_ideas_nearest(f.ideas), 0);
    close_case(&f);
}

static void the_halt_leaves_kursk_with_an_option_that_nobody_refused(void **state)
{
    (void)state;
    found f = open_case("halt-2025.yaml", NULL, NULL, 0);
    uint32_t untouched = 0;
    assert_int_equal(parley_ideas_proposal(f.ideas), desk_find(&f.d, "proposals", "offer-30"));
    check_words(parley_ideas_base(f.ideas), "duration = 30");
    assert_int_equal(parley_ideas_conditions(f.ideas), 3);
    for (uint32_t i = 0; i < 3; i++) {
        const parley_idea_condition *condition = parley_ideas_condition(f.ideas, i);
        if (!condition->touched) {
            phrase l = {{0}, 0};
            untouched++;
            check_words(condition->text, "kursk = surrender");
            add_ids(&l, &f, "", condition->refused_by, TERMS);
            check_words(l.text, "m2");
            assert_int_equal(condition->unheard_count, 1);
            assert_int_equal(condition->unheard[0].values, 1);
            check_words(parley_case_issue(f.d.c, condition->unheard[0].issue)
                            ->options[condition->unheard[0].value[0]]
                            .id,
                        "escorted");
        }
    }
    assert_int_equal(untouched, 1);
    close_case(&f);
}

static void by_russia_keeps_what_crosses_no_word_of_russia(void **state)
{
    (void)state;
    found f = open_case("halt-2025.yaml", NULL, "ru", 0);
    uint32_t own = 0;
    check_ideas(&f, "shorten: duration = 15 | meets ru-rearm",
                "name: monitor in {american, third, joint} | meets ru-watch",
                "add: after = roadmap | by c23 | part ru-last",
                "stage: duration = 15 or duration = 30 and monitor in {american, third, joint} | "
                "first ru-rearm | second ru-watch");
    for (uint32_t i = 0; i < parley_ideas_left_out(f.ideas); i++) {
        own += parley_ideas_left_out_at(f.ideas, i)->own;
    }
    assert_true(own >= 2); /* c21 and c22 at least */
    close_case(&f);
}

static void relocation_leaves_one_package_and_says_whom_nobody_asked(void **state)
{
    (void)state;
    found f = open_case("relocation-2025.yaml", NULL, NULL, 0);
    phrase l;
    parley_count kept = parley_ideas_kept_out(f.ideas);
    check_no_ideas(&f);
    assert_int_equal(parley_ideas_proposal(f.ideas), -1);
    assert_int_equal(desk_count(&kept), 6);
    assert_int_equal(parley_ideas_nearest(f.ideas), 1);
    assert_true(parley_ideas_nearest_complete(f.ideas));
    check_words(line_nearest(&l, &f, 0), "destination=stay comeback=assured | needs gazans");
    const parley_idea_nearest *near = parley_ideas_nearest_at(f.ideas, 0);
    bool gazans = false;
    for (uint32_t k = 0; k < near->unasked_count; k++) {
        gazans = gazans || near->unasked[k].party == desk_find(&f.d, "parties", "gazans");
    }
    assert_true(gazans);
    close_case(&f);
}

static void a_lifted_flag_lets_its_packages_in_and_stays_with_them(void **state)
{
    (void)state;
    char *bytes = desk_file("relocation-2025.yaml");
    char *lifted = text_insert(bytes, "    law: forcible-transfer\n",
                               "    lifted: {by: \"Jane Roe\", office: \"legal adviser\", date: "
                               "2025-03-13, because: \"for a test\"}\n");
    found f = {desk_text(lifted), NULL};
    uint32_t used = 0;
    f.ideas = ideas_of(&f.d, NULL, NULL, 20);
    parley_count kept = parley_ideas_kept_out(f.ideas);
    assert_int_equal(desk_count(&kept), 0);
    assert_int_equal(parley_ideas_nearest(f.ideas), 7);
    for (uint32_t i = 0; i < 7; i++) {
        const parley_idea_nearest *near = parley_ideas_nearest_at(f.ideas, i);
        bool away = near->choice[0].value[0] != 0;
        assert_int_equal(near->lifted.count, away);
        used += near->lifted.count;
    }
    assert_int_equal(used, 6);
    close_case(&f);
    free(lifted);
    free(bytes);
}

static void the_shuttle_has_no_concern_and_gives_near_packages(void **state)
{
    (void)state;
    found f = open_case("shuttle-2022.yaml", "ru-terms", NULL, 2);
    phrase l;
    check_no_ideas(&f);
    check_words(parley_ideas_base(f.ideas), "nato = amend");
    assert_int_equal(parley_ideas_reopened(f.ideas), 2);
    check_words(parley_ideas_reopened_at(f.ideas, 0)->text, "crimea = russian");
    check_words(line_nearest(&l, &f, 0),
                "state=stays forces=neutral nato=amend crimea=russian donbas=two-states | crosses "
                "n3 n4 | needs ua");
    assert_int_equal(parley_ideas_nearest(f.ideas), 2);
    assert_false(parley_ideas_nearest_complete(f.ideas));
    /* the doors that were left open are there all the same: b5 b6 of Russia, b7 b8 of Ukraine */
    static const char *const open[] = {"b5", "b6", "b7", "b8"};
    assert_int_equal(parley_ideas_open_to(f.ideas), CHECK_COUNT(open));
    for (uint32_t i = 0; i < CHECK_COUNT(open); i++) {
        const parley_idea_open_to *row = parley_ideas_open_to_at(f.ideas, i);
        check_words(parley_case_claim(f.d.c, row->claim)->record.id, open[i]);
    }
    close_case(&f);
}

static void the_seven_steps_keep_what_nobody_refuses(void **state)
{
    (void)state;
    found f = open_case("seven-steps-2022.yaml", "seven-steps", NULL, 0);
    check_words(parley_ideas_base(f.ideas), "pullback = matched");
    check_ideas(&f, "narrow: nuclear = home | meets ru-missiles | needs us ru");
    assert_int_equal(count_notes(&f, PARLEY_IDEA_NOTE_UNTOLD, "ua-bare"), 1);
    assert_int_equal(parley_ideas_left_out(f.ideas), 1);
    close_case(&f);
}

static void an_exchange_without_options_gives_nothing_and_no_error(void **state)
{
    (void)state;
    found f = open_case("exchange-2023.yaml", NULL, NULL, 0);
    check_no_ideas(&f);
    assert_int_equal(parley_ideas_nearest(f.ideas), 0);
    assert_int_equal(count_notes(&f, PARLEY_IDEA_NOTE_UNTOLD, NULL), 3);
    close_case(&f);
}

/* --------------------------------------------------------------------- small cases */

#define HEAD                                                                                       \
    "parley: 1\n"                                                                                  \
    "title: small\n"                                                                               \
    "as-of: 2024-01-10\n"                                                                          \
    "sources:\n"                                                                                   \
    "  col: {name: \"A column\", kind: column, date: 2024-01-01}\n"                                \
    "parties:\n"                                                                                   \
    "  a: {name: Aland, roles: [principal]}\n"                                                     \
    "  b: {name: Bland, roles: [principal]}\n"                                                     \
    "  g: {name: Guard, roles: [guarantor]}\n"                                                     \
    "tracks:\n"                                                                                    \
    "  t: {table: now}\n"                                                                          \
    "issues:\n"                                                                                    \
    "  time: {track: t, ask: \"How long?\", quantity: {unit: day, from: 10, to: 40, step: 10}}\n"  \
    "  guns: {track: t, ask: \"Guns\", ordered: true, options: {all: \"All\", some: \"Some\", "    \
    "none: \"None\"}}\n"                                                                           \
    "  watch: {track: t, ask: \"Who?\", options: {open: \"Open\", army: \"Army\", civil: "         \
    "\"Civil\"}}\n"                                                                                \
    "  road: {track: t, ask: \"Road\", options: {shut: \"Shut\", free: \"Free\"}}\n"

#define OFFER                                                                                      \
    "proposals:\n"                                                                                 \
    "  offer: {tabled-by: g, date: 2024-01-02, text: \"time = 30\"}\n"                             \
    "responses:\n"                                                                                 \
    "  - {party: b, to: offer, answer: accept-if, if: [\"guns = none\"], class: on-record, date: " \
    "2024-01-03}\n"

static void a_term_of_another_shuts_an_idea_out(void **state)
{
    (void)state;
    static const char *const concern =
        "concerns:\n"
        "  fear: {party: b, reading: \"fears guns\", from: [], met-by: [\"time <= 20\"]}\n";
    char text[4096];
    snprintf(text, sizeof text, "%s%s%s", HEAD, concern, OFFER);
    found f = open_text(text, NULL, NULL);
    check_ideas(&f, "shorten: time = 20 | meets fear");
    close_case(&f);
    snprintf(
        text, sizeof text, "%s%s%sreadings:\n%s", HEAD, concern, OFFER,
        "  m1: {date: 2024-01-04, party: a, requires: \"time >= 20\", because: x, from: []}\n");
    f = open_text(text, NULL, NULL);
    check_ideas(&f, "shorten: time = 20 | meets fear");
    close_case(&f);
    snprintf(
        text, sizeof text, "%s%s%sreadings:\n%s", HEAD, concern, OFFER,
        "  m1: {date: 2024-01-04, party: a, requires: \"time >= 30\", because: x, from: []}\n");
    f = open_text(text, NULL, NULL);
    check_no_ideas(&f);
    assert_int_equal(count_notes(&f, PARLEY_IDEA_NOTE_UNMET, "fear"), 1);
    close_case(&f);
}

static void two_terms_of_one_party_may_refuse_together(void **state)
{
    (void)state;
    found f = open_text(
        HEAD "concerns:\n"
             "  fear: {party: b, reading: \"fears\", from: [], met-by: [\"road = free\"]}\n" OFFER
             "readings:\n"
             "  m1: {date: 2024-01-04, party: a, requires: \"road = free implies watch = army\", "
             "because: x, from: []}\n"
             "  m2: {date: 2024-01-04, party: a, requires: \"road = free implies watch = civil\", "
             "because: x, from: []}\n",
        NULL, NULL);
    check_no_ideas(&f);
    close_case(&f);
}

static void the_nearest_answer_of_an_order_is_taken_and_all_answers_of_none(void **state)
{
    (void)state;
    found f = open_text(
        HEAD "concerns:\n"
             "  less: {party: b, reading: \"less\", from: [], met-by: [\"guns != all\"]}\n"
             "  eyes: {party: a, reading: \"eyes\", from: [], met-by: [\"watch != open\"]}\n"
             "proposals:\n"
             "  offer: {tabled-by: g, date: 2024-01-02, text: \"guns = all and watch = open\"}\n",
        NULL, NULL);
    check_ideas(&f, "narrow: guns = some | meets less",
                "substitute: watch in {army, civil} | meets eyes");
    close_case(&f);
}

static void least_means_fewest_issues(void **state)
{
    (void)state;
    found f = open_text(
        HEAD "rules:\n"
             "  r1: {formula: \"road = free implies watch = civil\", because: x}\n"
             "concerns:\n"
             "  both: {party: b, reading: \"both\", from: [], met-by: [\"watch = civil and road = "
             "free\", \"time = 10 and guns = none\"]}\n" OFFER,
        NULL, NULL);
    check_ideas(&f, "add: road = free | meets both");
    close_case(&f);
}

static void equal_ideas_are_one_with_every_credit(void **state)
{
    (void)state;
    found f = open_text(
        HEAD
        "concerns:\n"
        "  eyes: {party: b, reading: \"eyes\", from: [], met-by: [\"watch != open\"], "
        "met-from: [d2]}\n" OFFER "claims:\n"
        "  d1: {date: 2024-01-04, by: col, act: propose, about: \"watch = army\", source: col}\n"
        "  d2: {date: 2024-01-04, by: col, act: propose, about: \"watch = civil\", source: "
        "col}\n"
        "  d3: {date: 2024-01-05, by: g, act: say, about: \"watch = army\", source: col}\n"
        "  d4: {date: 2024-01-05, by: a, act: open-to, about: \"watch = civil\", source: col}\n"
        "  d5: {date: 2024-01-05, by: a, act: propose, about: \"road = free\", source: col}\n"
        "  d6: {date: 2024-01-06, by: g, act: reject, about: d1, says: \"soldiers watch "
        "nobody\", source: col}\n",
        NULL, NULL);
    check_ideas(&f, "add: watch = civil | by d2 d4 | meets eyes",
                "add: watch = army | by d1 d3 | meets eyes");
    assert_true(parley_ideas_at(f.ideas, 0)->open_to);
    assert_false(parley_ideas_at(f.ideas, 1)->open_to);
    assert_int_equal(parley_ideas_at(f.ideas, 1)->objections.count, 1);
    assert_int_equal(parley_ideas_at(f.ideas, 0)->objections.count, 0);
    close_case(&f);
}

static void something_else_the_party_asked_for_compensates(void **state)
{
    (void)state;
    found f = open_text(
        HEAD OFFER
        "claims:\n"
        "  c1: {date: 2024-01-04, by: b, act: request, about: \"road = free\", source: col, class: "
        "on-record}\n"
        "  c2: {date: 2024-01-04, by: b, act: request, about: \"watch = army\", source: col, "
        "class: on-record}\n"
        "readings:\n"
        "  m1: {date: 2024-01-04, party: a, refuses: \"guns = none\", because: x, from: []}\n"
        "  m2: {date: 2024-01-04, party: a, refuses: \"watch = army\", because: x, from: []}\n",
        NULL, NULL);
    check_ideas(&f, "compensate: road = free");
    assert_int_equal(parley_ideas_at(f.ideas, 0)->instead.count, 1);
    assert_true(parley_ideas_condition(f.ideas, 0)->touched);
    assert_false(parley_ideas_condition(f.ideas, 0)->met);
    close_case(&f);
}

static void what_is_refused_softly_is_possible_for_the_shortest_time(void **state)
{
    (void)state;
    found f = open_text(
        HEAD OFFER
        "claims:\n"
        "  c1: {date: 2024-01-04, by: a, act: request, about: \"guns != none\", source: col, "
        "class: on-record}\n",
        NULL, NULL);
    check_ideas(&f, "sunset: guns = none | crosses a requires guns != none");
    assert_int_equal(parley_ideas_at(f.ideas, 0)->first, 0);
    assert_int_equal(parley_ideas_at(f.ideas, 0)->stage_issue, desk_find(&f.d, "issues", "time"));
    close_case(&f);
    f = open_text(HEAD OFFER
                  "claims:\n"
                  "  c1: {date: 2024-01-04, by: a, act: demand, about: \"guns != none\", source: "
                  "col, class: on-record}\n",
                  NULL, NULL);
    check_no_ideas(&f);
    close_case(&f);
}

#define STEPS                                                                                      \
    "proposals:\n"                                                                                 \
    "  plan:\n"                                                                                    \
    "    tabled-by: g\n"                                                                           \
    "    date: 2024-01-02\n"                                                                       \
    "    text: \"guns = none and road = free\"\n"                                                  \
    "    steps:\n"                                                                                 \
    "      - {what: \"Bland gives up its guns\", by: [b], gets: [a], formula: \"guns = "           \
    "none\"%s}\n"                                                                                  \
    "      - {what: \"Aland opens the road\", by: [a], gets: [b], formula: \"road = free\"}\n"     \
    "claims:\n"                                                                                    \
    "  c1: {date: 2024-01-04, by: b, act: reject, about: \"guns = none\", source: col, class: "    \
    "on-record}\n"

static void a_step_its_bearer_refuses_waits_for_the_other_side(void **state)
{
    (void)state;
    char text[8192];
    snprintf(text, sizeof text, HEAD STEPS, "");
    found f = open_text(text, NULL, NULL);
    check_ideas(&f, "tie: guns = none | crosses b refuses guns = none");
    assert_int_equal(parley_ideas_at(f.ideas, 0)->step, 0);
    assert_int_equal(parley_ideas_at(f.ideas, 0)->after, 1);
    close_case(&f);
    snprintf(text, sizeof text, HEAD STEPS, ", after: [\"2\"]"); /* it waits already */
    f = open_text(text, NULL, NULL);
    check_no_ideas(&f);
    close_case(&f);
}

static void contradictions_and_silences_are_told(void **state)
{
    (void)state;
    found f = open_text(
        HEAD "rules:\n"
             "  r1: {formula: \"road = shut\", because: x}\n"
             "concerns:\n"
             "  gone: {party: b, reading: \"gone\", from: [], met-by: [\"road = free\"]}\n"
             "  all: {party: b, reading: \"all\", from: [], met-by: [\"guns = all\"]}\n"
             "  none: {party: b, reading: \"none\", from: [], met-by: [\"guns = none\"]}\n"
             "  mute: {party: b, reading: \"mute\", from: [], met-by: []}\n"
             "  had: {party: b, reading: \"had\", from: [], met-by: [\"time = 30\"]}\n" OFFER,
        NULL, NULL);
    assert_int_equal(count_notes(&f, PARLEY_IDEA_NOTE_CANNOT, "gone"), 1);
    assert_int_equal(count_notes(&f, PARLEY_IDEA_NOTE_OPPOSED, "all"), 1);
    assert_int_equal(count_notes(&f, PARLEY_IDEA_NOTE_UNTOLD, "mute"), 1);
    assert_int_equal(count_notes(&f, PARLEY_IDEA_NOTE_ALREADY, "had"), 1);
    check_ideas(&f, "narrow: guns = all | meets all | worse none | crosses b requires guns = none",
                "add: guns = none | meets none | worse all");
    close_case(&f);
}

static void a_proposal_in_words_decides_nothing(void **state)
{
    (void)state;
    found f = open_text(
        HEAD "concerns:\n"
             "  eyes: {party: b, reading: \"eyes\", from: [], met-by: [\"watch != open\"]}\n"
             "proposals:\n"
             "  wish: {tabled-by: g, date: 2024-01-02, text: \"that all be well\"}\n"
             "responses:\n"
             "  - {party: b, to: wish, answer: accept-if, if: [\"we are heard\"], class: "
             "on-record, date: 2024-01-03}\n",
        NULL, NULL);
    check_words(parley_ideas_base(f.ideas), "true");
    check_ideas(&f, "name: watch in {army, civil} | meets eyes");
    assert_int_equal(parley_ideas_conditions(f.ideas), 1);
    assert_null(parley_ideas_condition(f.ideas, 0)->formula);
    close_case(&f);
}

static void rules_that_leave_nothing_give_no_idea(void **state)
{
    (void)state;
    found f = open_text(
        HEAD "rules:\n"
             "  r1: {formula: \"road = shut\", because: x}\n"
             "  r2: {formula: \"road = free\", because: x}\n"
             "concerns:\n"
             "  eyes: {party: b, reading: \"eyes\", from: [], met-by: [\"watch != open\"]}\n" OFFER,
        NULL, NULL);
    check_no_ideas(&f);
    assert_int_equal(count_notes(&f, PARLEY_IDEA_NOTE_CANNOT, "eyes"), 1);
    close_case(&f);
}

static void a_long_quantity_costs_no_more_than_its_thresholds(void **state)
{
    (void)state;
    found f = open_text("parley: 1\n"
                        "title: long\n"
                        "as-of: 2024-01-10\n"
                        "parties:\n"
                        "  a: {name: Aland, roles: [principal]}\n"
                        "tracks:\n"
                        "  t: {table: now}\n"
                        "issues:\n"
                        "  time: {track: t, ask: \"How long?\", quantity: {unit: hour, from: 1, "
                        "to: 100000, step: 1}}\n"
                        "  rest: {track: t, ask: \"Rest\", quantity: {unit: kg, from: 1, to: 100, "
                        "step: 1}}\n"
                        "concerns:\n"
                        "  soon: {party: a, reading: \"soon\", from: [], met-by: [\"time <= "
                        "500\"]}\n"
                        "  more: {party: a, reading: \"more\", from: [], met-by: [\"rest >= "
                        "98\"]}\n"
                        "proposals:\n"
                        "  offer: {tabled-by: a, date: 2024-01-02, text: \"time = 99999\"}\n",
                        NULL, NULL);
    check_ideas(&f, "shorten: time = 500 | meets soon", "name: rest in {98, 99, 100} | meets more");
    close_case(&f);
}

#include "test_ideas_random.h"

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_halt_gives_ideas_a_to_e_and_no_others),
        cmocka_unit_test(the_halt_leaves_kursk_with_an_option_that_nobody_refused),
        cmocka_unit_test(by_russia_keeps_what_crosses_no_word_of_russia),
        cmocka_unit_test(relocation_leaves_one_package_and_says_whom_nobody_asked),
        cmocka_unit_test(a_lifted_flag_lets_its_packages_in_and_stays_with_them),
        cmocka_unit_test(the_shuttle_has_no_concern_and_gives_near_packages),
        cmocka_unit_test(the_seven_steps_keep_what_nobody_refuses),
        cmocka_unit_test(an_exchange_without_options_gives_nothing_and_no_error),
        cmocka_unit_test(a_term_of_another_shuts_an_idea_out),
        cmocka_unit_test(two_terms_of_one_party_may_refuse_together),
        cmocka_unit_test(the_nearest_answer_of_an_order_is_taken_and_all_answers_of_none),
        cmocka_unit_test(least_means_fewest_issues),
        cmocka_unit_test(equal_ideas_are_one_with_every_credit),
        cmocka_unit_test(something_else_the_party_asked_for_compensates),
        cmocka_unit_test(what_is_refused_softly_is_possible_for_the_shortest_time),
        cmocka_unit_test(a_step_its_bearer_refuses_waits_for_the_other_side),
        cmocka_unit_test(contradictions_and_silences_are_told),
        cmocka_unit_test(a_proposal_in_words_decides_nothing),
        cmocka_unit_test(rules_that_leave_nothing_give_no_idea),
        cmocka_unit_test(a_long_quantity_costs_no_more_than_its_thresholds),
        cmocka_unit_test(ideas_are_what_a_naive_check_of_all_completions_says),
        cmocka_unit_test(near_packages_come_in_order_and_none_is_missing),
        cmocka_unit_test(names_and_order_of_rows_change_no_idea),
        cmocka_unit_test(a_term_more_never_adds_an_idea_that_crosses_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
