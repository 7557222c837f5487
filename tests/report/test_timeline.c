/*
 * The page "timeline": the order of vague dates, what is told once, filters, the two columns of
 * positions, widths, and memory that ends.
 */
#include "deal/deal_check.h"
#include "deal/random_case.h"
#include "report/page.h"

#include <parley/screens.h>

static const char small[] =
    "parley: 1\ntitle: Two towns\nas-of: 2025-03-14\n"
    "sources: {paper: {name: The paper, kind: outlet, date: 2025-03-14}}\n"
    "parties: {p: {name: Upper, roles: [principal]}, q: {name: Lower, roles: [principal]}}\n"
    "people: {m: {name: Em, of: p, office: mayor}, k: {name: Kay, of: p, office: clerk}}\n"
    "tracks: {t: {table: now}}\n"
    "issues:\n"
    "  toll: {track: t, quantity: {unit: coin, from: 0, to: 40, step: 10}}\n"
    "  gate: {track: t, options: {open: Open, shut: Shut}}\n"
    "proposals: {plan: {name: The plan, tabled-by: q, date: 2025-02-10, text: \"toll = 0\"}}\n"
    "responses:\n"
    "  - {party: p, to: plan, answer: accept-if, if: [\"gate = shut\"], list: open, claim: c2}\n"
    "  - {party: q, to: plan, answer: silent, date: 2025-03-12}\n"
    "claims:\n"
    "  c1: {date: 2025-02-01, by: \"p:m\", act: demand, about: \"toll >= 30\", source: paper, "
    "class: on-record}\n"
    "  c2: {date: 2025-02-11, by: p, act: accept-if, about: plan, source: paper, class: "
    "on-record}\n"
    "  c3: {date: 2025-02-20, by: p, act: demand, about: \"toll >= 20\", replaces: c1, source: "
    "paper, class: described, speaker-text: a clerk}\n"
    "  c4: {date: 2025-02-01, by: q, act: demand, about: \"toll < 20\", source: paper, class: "
    "on-record}\n"
    "  c5: {date: 2025-02-21, learned: 2025-02-22, by: q, act: demand, about: gate, says: open "
    "it, source: paper}\n"
    "  c6: {date: 2025-02-03, by: paper, act: report, says: \"the bridge was shut\", source: "
    "paper}\n"
    "levers: {bridge: {holder: p, over: q, what: the bridge, history: [{date: 2025-02-03, state: "
    "shut, claim: c6}, {date: 2025-03-01, state: open}]}}\n"
    "meetings: [{date: 2025-03-02, who: [p, q], place: the mill, outcome: unknown}]\n"
    "figures: {f1: {what: carts, best: 12, unit: cart, claimant: q, date: 2025-03-02, source: "
    "paper}}\n";

static const parley_timeline_page everything = {
    .terms = PARLEY_TERMS_OPTIONS_INIT, .party = -1, .issue = -1};

static void make(page *p, const char *text, const parley_timeline_page *like)
{
    desk d = desk_text(text);
    parley_error err = PARLEY_ERROR_INIT;
    parley_timeline_page all = *like;
    all.c = d.c;
    check_ok(parley_page_timeline(p->screen, d.ctx, &all, &err), &err);
    check_ok(parley_screen_status(p->screen, &err), &err);
    desk_close(&d);
}

static char *json_of(const char *text, const parley_timeline_page *like)
{
    desk d = desk_text(text);
    parley_error err = PARLEY_ERROR_INIT;
    parley_timeline_page all = *like;
    parley_json json;
    all.c = d.c;
    parley_text *out = parley_text_new(d.ctx, SIZE_MAX);
    assert_non_null(out);
    parley_json_begin(&json, out);
    check_ok(parley_page_timeline_json(&json, d.ctx, &all, &err), &err);
    check_ok(parley_text_status(out, &err), &err);
    assert_int_equal(json.depth, 0);
    char *copy = strdup(parley_text_data(out));
    assert_non_null(copy);
    parley_text_free(out);
    desk_close(&d);
    return copy;
}

static void the_page_reads_like_this(void **state)
{
    (void)state;
    page p = page_new(80, false);
    make(&p, small, &everything);
    page_reads(
        &p, "Two towns                                         in order, as known 14 Mar 2025\n"
            "1 Feb          Upper         demands toll at least 30 coins         on record c1\n"
            "               Lower         demands toll below 20 coins            on record c4\n"
            "3 Feb          Upper         the bridge shut: \"the bridge            reported c6\n"
            "                             was shut\"\n"
            "10 Feb         Lower         tables The plan                       proposal plan\n"
            "11 Feb         Upper         yes, if, to The plan: gate             on record c2\n"
            "                             shut (list open)\n"
            "20 Feb         Upper         demands toll at least 20 coins  unnamed: a clerk c3\n"
            "                             [softened] to confirm\n"
            "21 Feb         Lower         on gate, demands: \"open it\"             reported c5\n"
            "1 Mar          Upper         the bridge open\n"
            "2 Mar          Upper, Lower  meet in the mill: outcome not\n"
            "                             known\n"
            "               Lower         figure: carts, 12 cart                    figure f1\n"
            "12 Mar         Lower         was asked, does not answer:                  answer\n"
            "                             The plan\n"
            "\n"
            "LEARNED          22 Feb: from The paper (1)\n"
            "                 14 Mar: from The paper (6)\n");
}

static void positions_stand_in_two_columns(void **state)
{
    (void)state;
    parley_timeline_page like = everything;
    like.positions = true;
    page p = page_new(80, false);
    make(&p, small, &like);
    page_reads(&p,
               "Two towns                                        positions, as known 14 Mar 2025\n"
               "        1 Feb 2025                14 Mar 2025                HOW KNOWN NOW\n"
               "Upper\n"
               "  toll  demands at least 30       demands at least 20 coins  unnamed: a clerk c3\n"
               "        coins                     (softened, to confirm)\n"
               "  gate  -                         if shut                    on record c2\n"
               "Lower\n"
               "  toll  demands below 20 coins    demands below 20 coins     on record c4\n"
               "  gate  -                         demands open it            reported c5\n"
               "IN DISPUTE       1 Feb 2025: toll -> 14 Mar 2025: toll\n"
               "TO CONFIRM       c3; without it the dispute is the same\n");
}

/* ------------------------------------------------------------------------- order */

/* Places of the ids in the JSON's entries, in order; "" ends. */
static void claims_come_in_this_order(const char *text, const char *wanted)
{
    char *json = json_of(text, &everything);
    char found[400] = "";
    const char *end = strstr(json, "\"learned\"");
    for (const char *at = json; (at = strstr(at, "\"claim\": \"")) != NULL && at < end;) {
        at += strlen("\"claim\": \"");
        strncat(found, at, strcspn(at, "\""));
        strcat(found, " ");
    }
    assert_string_equal(found, wanted);
    free(json);
}

static void a_vague_date_stands_where_it_belongs(void **state)
{
    (void)state;
    claims_come_in_this_order(
        "parley: 1\nparties: {a: {name: A, roles: [principal]}}\nclaims:\n"
        "  undated: {by: a, act: say, says: x}\n"
        "  april: {by: a, act: say, says: x, date: 2025-04-01}\n"
        "  year: {by: a, act: say, says: x, date: 2025}\n"
        "  month: {by: a, act: say, says: x, date: 2025-03}\n"
        "  month-about: {by: a, act: say, says: x, date: 2025-03~}\n"
        "  last-day: {by: a, act: say, says: x, date: 2025-03-31}\n"
        "  day-before: {by: a, act: say, says: x, date: 2025-03-10}\n"
        "  next-day: {by: a, act: say, says: x, date: 2025-03-12}\n"
        "  after-day: {by: a, act: say, says: x, date: after 2025-03-11}\n"
        "  the-day: {by: a, act: say, says: x, date: 2025-03-11}\n"
        "  about-day: {by: a, act: say, says: x, date: 2025-03-11~}\n"
        "  before-day: {by: a, act: say, says: x, date: before 2025-03-11}\n"
        "  december: {by: a, act: say, says: x, date: 2025-12-31}\n",
        "day-before before-day about-day the-day after-day next-day last-day month month-about "
        "april december year undated ");
}

static size_t count(const char *text, const char *what)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, what)) != NULL; at++) {
        n++;
    }
    return n;
}

static void every_claim_of_a_random_case_is_told_once(void **state)
{
    (void)state;
    size_t lines = 0;
    size_t told = 0;
    for (uint64_t key = 1; key <= 150; key++) {
        random_case rc;
        random_case_options options = {.all_dated = key % 2 == 0, .claims_most = 20};
        random_case_make(&rc, key, &options);
        char *text = random_case_text(&rc, 0);
        char *json = json_of(text, &everything);
        const char *entries = strstr(json, "\"entries\"");
        desk d = desk_text(text);
        for (uint32_t i = 0; i < parley_case_claims(d.c); i++) {
            char wanted[80];
            snprintf(wanted, sizeof(wanted), "\"claim\": \"%s\"",
                     parley_case_claim(d.c, (int32_t)i)->record.id);
            assert_int_equal(count(entries, wanted), 1);
            told++;
        }
        desk_close(&d);
        for (int positions = 0; positions < 2; positions++) {
            parley_timeline_page like = everything;
            page p = page_new(72, false);
            like.positions = positions == 1;
            make(&p, text, &like);
            for (const char *line = parley_text_data(p.text); *line != '\0'; lines++) {
                size_t length = strcspn(line, "\n");
                assert_true(parley_utf8_width(line, length) <= 72);
                line += length + 1;
            }
            page_reads(&p, parley_text_data(p.text));
        }
        free(json);
        free(text);
        random_case_free(&rc);
    }
    assert_true(lines > 3000);
    assert_true(told > 1000);
}

/* ----------------------------------------------------------------------- filters */

static void a_party_an_issue_and_a_day_narrow_it(void **state)
{
    (void)state;
    parley_error err = PARLEY_ERROR_INIT;
    parley_timeline_page like = everything;
    like.party = 1;
    char *lower = json_of(small, &like);
    assert_null(strstr(lower, "\"c1\""));
    assert_non_null(strstr(lower, "\"c4\""));
    assert_non_null(strstr(lower, "\"tables\": \"plan\""));
    assert_non_null(strstr(lower, "\"lever\": \"bridge\"")); /* held over it */
    like = everything;
    like.issue = 1;
    char *gate = json_of(small, &like);
    assert_non_null(strstr(gate, "\"claim\": \"c2\"")); /* in the conditions of the answer */
    assert_non_null(strstr(gate, "\"claim\": \"c5\""));
    assert_null(strstr(gate, "\"claim\": \"c1\""));
    assert_null(strstr(gate, "\"lever\""));
    like = everything;
    check_ok(parley_date_parse(&like.since, "2025-02-20", 10, &err), &err);
    char *late = json_of(small, &like);
    assert_null(strstr(late, "\"claim\": \"c2\""));
    assert_non_null(strstr(late, "\"claim\": \"c3\""));
    like = everything;
    check_ok(parley_date_parse(&like.terms.at, "2025-02-11", 10, &err), &err);
    char *early = json_of(small, &like);
    assert_non_null(strstr(early, "\"claim\": \"c2\""));
    assert_null(strstr(early, "\"claim\": \"c3\""));
    assert_null(strstr(early, "\"meeting\""));
    free(lower);
    free(gate);
    free(late);
    free(early);
}

static void nothing_in_a_case_steers_the_terminal(void **state)
{
    (void)state;
    static const char evil[] =
        "parley: 1\ntitle: \"\\e[2J\"\nparties: {a: {name: \"A\\e[1m\", roles: [principal]}}\n"
        "claims:\n  c1: {by: a, act: say, says: \"\\e]0;x\\a\\u202e\", hedge: \"\\e[31m\"}\n"
        "meetings: [{who: [a], place: \"\\e[2J\", outcome: \"\\e[2J\"}]\n"
        "figures: {f: {what: \"\\e[2J\", best: 1, unit: \"\\e[2J\", claimant: \"\\e[2J\"}}\n";
    page p = page_new(80, false);
    make(&p, evil, &everything);
    assert_null(strchr(parley_text_data(p.text), '\033'));
    assert_non_null(strstr(parley_text_data(p.text), "\\e[2J"));
    page_reads(&p, parley_text_data(p.text));
}

/* ------------------------------------------------------------------------ memory */

typedef struct run {
    const parley_case *c;
    bool positions;
    bool json;
} run;

static parley_status page_once(parley_ctx *ctx, void *user, parley_error *err)
{
    const run *r = user;
    parley_timeline_page like = everything;
    parley_screen *screen = NULL;
    parley_json json;
    like.c = r->c;
    like.positions = r->positions;
    parley_text *text = parley_text_new(ctx, SIZE_MAX);
    if (text == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "no text");
    }
    parley_status status = parley_screen_new(&screen, ctx, text, NULL, err);
    if (status == PARLEY_OK && r->json) {
        parley_json_begin(&json, text);
        status = parley_page_timeline_json(&json, ctx, &like, err);
        status = status == PARLEY_OK ? parley_text_status(text, err) : status;
    } else if (status == PARLEY_OK) {
        status = parley_page_timeline(screen, ctx, &like, err);
        status = status == PARLEY_OK ? parley_screen_status(screen, err) : status;
    }
    parley_screen_free(screen);
    parley_text_free(text);
    return status;
}

static void every_allocation_of_the_pages_may_fail(void **state)
{
    (void)state;
    desk d = desk_text(small);
    for (int k = 0; k < 4; k++) {
        run r = {d.c, k >= 2, k % 2 == 1};
        torture(page_once, &r, 15);
    }
    desk_close(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_reads_like_this),
        cmocka_unit_test(positions_stand_in_two_columns),
        cmocka_unit_test(a_vague_date_stands_where_it_belongs),
        cmocka_unit_test(every_claim_of_a_random_case_is_told_once),
        cmocka_unit_test(a_party_an_issue_and_a_day_narrow_it),
        cmocka_unit_test(nothing_in_a_case_steers_the_terminal),
        cmocka_unit_test(every_allocation_of_the_pages_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
