/*
 * The page "what moved": how it reads, that hostile text cannot steer a terminal, widths, and
 * memory that ends.
 */
#include "deal/deal_check.h"
#include "deal/random_case.h"
#include "report/page.h"

#include <parley/screens.h>

static const char small[] =
    "parley: 1\ntitle: Two towns\nas-of: 2025-03-01\n"
    "sources: {paper: {name: The paper, kind: outlet}}\n"
    "parties: {p: {name: Upper, roles: [principal]}, q: {name: Lower, roles: [principal]}}\n"
    "people: {m: {name: Em, of: p, office: mayor}}\n"
    "tracks: {t: {table: now}}\n"
    "issues:\n"
    "  toll: {track: t, quantity: {unit: coin, from: 0, to: 40, step: 10}}\n"
    "  gate: {track: t, options: {open: Open, shut: Shut}}\n"
    "concerns: {cost: {party: p, says: \"the bridge costs money\", met-by: [\"toll >= 30\", \"gate "
    "= "
    "shut\"]}}\n"
    "proposals: {plan: {name: The plan, tabled-by: q, date: 2025-02-10, text: \"toll = 0\"}}\n"
    "responses: [{party: p, to: plan, answer: reject, date: 2025-02-11, claim: c2}]\n"
    "claims:\n"
    "  c1: {date: 2025-02-01, by: \"p:m\", act: demand, about: \"toll >= 30\", source: paper, "
    "class: "
    "on-record}\n"
    "  c2: {date: 2025-02-11, by: p, act: reject, about: plan, source: paper, class: on-record}\n"
    "  c3: {date: 2025-02-20, by: p, act: demand, about: \"toll >= 20\", replaces: c1, source: "
    "paper, "
    "class: described, speaker-text: a clerk}\n"
    "  c4: {date: 2025-02-01, by: q, act: demand, about: \"toll < 20\", source: paper, class: "
    "on-record}\n"
    "  c5: {date: 2025-02-21, by: q, act: demand, about: gate, says: open it, source: paper}\n";

static void make(page *p, const char *text, const parley_moves_page *like)
{
    desk d = desk_text(text);
    parley_error err = PARLEY_ERROR_INIT;
    parley_moves_page all = *like;
    all.c = d.c;
    check_ok(parley_page_moves(p->screen, d.ctx, &all, &err), &err);
    check_ok(parley_screen_status(p->screen, &err), &err);
    desk_close(&d);
}

static const parley_moves_page everything = {
    .terms = PARLEY_TERMS_OPTIONS_INIT, .party = -1, .issue = -1};

static void the_page_reads_like_this(void **state)
{
    (void)state;
    page p = page_new(80, false);
    make(&p, small, &everything);
    page_reads(
        &p, "Two towns                                        what moved, as known 1 Mar 2025\n"
            "MOVED            1 move\n"
            "Upper\n"
            "  toll  softened, 20 Feb: demands at least 30 coins -> demands at least  c1 > c3\n"
            "        20 coins; 10 coins less\n"
            "        rests on ONE unnamed speaker (a clerk): to confirm\n"
            "IN DISPUTE       1 Feb 2025: toll -> 1 Mar 2025: toll\n"
            "TO CONFIRM       c3; without it the dispute is the same\n"
            "\n"
            "LINE OR BARGAINING? what speaks for either, side by side; nothing is weighed\n"
            "\n"
            "Upper requires toll at least 30 coins                      position · taken back\n"
            "  SAID           once, 1 Feb, mayor, on record; one original: The paper (c1)\n"
            "  TESTED         The plan (Lower, 10 Feb) crosses it: refused 11 Feb (c2)\n"
            "  BEHIND IT      the bridge costs money; also met by gate shut\n"
            "  FOR A LINE                             FOR BARGAINING\n"
            "  refused The plan (c2)                  another way would meet the worry (cost)\n"
            "                                         softened 20 Feb: demands at least 20\n"
            "                                         coins (c3), to confirm\n"
            "\n"
            "Upper refuses toll 0 coins                                              position\n"
            "  SAID           once, 11 Feb, on record; one original: The paper (c2)\n"
            "  TESTED         The plan (Lower, 10 Feb) crosses it: refused 11 Feb (c2)\n"
            "  BEHIND IT      the bridge costs money; also met by gate shut\n"
            "  FOR A LINE                             FOR BARGAINING\n"
            "  refused The plan (c2)                  another way would meet the worry (cost)\n"
            "\n"
            "Upper requires toll at least 20 coins                                   position\n"
            "  SAID           once, 20 Feb, only by unnamed speakers; one original: The paper\n"
            "                 (c3)\n"
            "  TESTED         The plan (Lower, 10 Feb) crosses it: refused 11 Feb (c2)\n"
            "  BEHIND IT      the bridge costs money; also met by gate shut\n"
            "  FOR A LINE                             FOR BARGAINING\n"
            "  refused The plan (c2)                  another way would meet the worry (cost)\n"
            "  said after The plan (c3)\n"
            "\n"
            "Lower requires toll below 20 coins                                      position\n"
            "  SAID           once, 1 Feb, on record; one original: The paper (c4)\n"
            "  TESTED         never by an offer\n"
            "  EVIDENCE       nothing recorded for either\n"
            "\n"
            "IN WORDS         demands that fit no formula; shown, never compared\n"
            "  Lower  demands gate: open it                                                c5\n");
}

static void a_party_an_issue_and_a_date_narrow_it(void **state)
{
    (void)state;
    page p = page_new(80, false);
    parley_moves_page like = everything;
    parley_error err = PARLEY_ERROR_INIT;
    like.party = 1;
    like.issue = 0;
    check_ok(parley_date_parse(&like.since, "2025-02-21", 10, &err), &err);
    make(&p, small, &like);
    page_reads(&p,
               "Two towns                                        what moved, as known 1 Mar 2025\n"
               "MOVED            nothing recorded since 21 Feb\n"
               "IN DISPUTE       21 Feb 2025: toll -> 1 Mar 2025: toll\n"
               "\n"
               "LINE OR BARGAINING? what speaks for either, side by side; nothing is weighed\n"
               "\n"
               "Lower requires toll below 20 coins                                      position\n"
               "  SAID           once, 1 Feb, on record; one original: The paper (c4)\n"
               "  TESTED         never by an offer\n"
               "  EVIDENCE       nothing recorded for either\n");
}

/* Does the page of the night before ask for confirmation? */
static bool status_asks(const char *text)
{
    desk d = desk_text(text);
    page p = page_new(80, false);
    parley_status_page *all = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_status_page_new(&all, d.ctx, d.c, "two-towns.yaml", &err), &err);
    check_ok(parley_page_status(p.screen, all, &err), &err);
    check_ok(parley_screen_status(p.screen, &err), &err);
    const char *moved = strstr(parley_text_data(p.text), "MOVED");
    assert_non_null(moved);
    assert_non_null(strstr(moved, "c1 > c3"));
    bool asks = strstr(moved, "to confirm") != NULL;
    parley_status_page_free(all);
    page_reads(&p, parley_text_data(p.text));
    desk_close(&d);
    return asks;
}

static void the_page_of_the_night_before_asks_to_confirm_the_same(void **state)
{
    (void)state;
    char *firm = text_insert(small, "claims:\n",
                             "  c6: {date: 2025-02-25, by: \"p:m\", act: demand, about: \"toll >= "
                             "20\", source: paper, class: on-record}\n");
    assert_true(status_asks(small));
    assert_false(status_asks(firm));
    free(firm);
}

static void nothing_in_a_case_steers_the_terminal_or_leaves_the_width(void **state)
{
    (void)state;
    char *text = text_insert(small, "speaker-text: ", "\"evil \\u001b[2J\\u202e\", hedge: \"");
    char *end = text_insert(text, "a clerk", "\"");
    for (uint32_t width = 20; width <= 120; width += 10) {
        page p = page_new(width, false);
        make(&p, end, &everything);
        const char *line = parley_text_data(p.text);
        assert_null(strchr(line, '\033'));
        while (*line != '\0') {
            size_t length = strcspn(line, "\n");
            if (parley_utf8_width(line, length) > width) {
                fail_msg("at %u: '%.*s'", width, (int)length, line);
            }
            assert_true(length == 0 || line[length - 1] != ' ');
            line += length + 1;
        }
        page_reads(&p, parley_text_data(p.text));
    }
    free(text);
    free(end);
}

static void random_cases_are_printed_within_the_width_and_as_whole_json(void **state)
{
    (void)state;
    size_t lines = 0;
    for (uint64_t key = 1; key <= 200; key++) {
        random_case rc;
        random_case_options options = {.all_dated = key % 2 == 0, .claims_most = 20};
        random_case_make(&rc, key, &options);
        char *text = random_case_text(&rc, 0);
        desk d = desk_text(text);
        page p = page_new(72, false);
        parley_moves_page all = everything;
        parley_error err = PARLEY_ERROR_INIT;
        all.c = d.c;
        check_ok(parley_page_moves(p.screen, d.ctx, &all, &err), &err);
        check_ok(parley_screen_status(p.screen, &err), &err);
        for (const char *line = parley_text_data(p.text); *line != '\0'; lines++) {
            size_t length = strcspn(line, "\n");
            assert_true(parley_utf8_width(line, length) <= 72);
            line += length + 1;
        }
        page_reads(&p, parley_text_data(p.text));
        parley_text *out = parley_text_new(d.ctx, SIZE_MAX);
        parley_json json;
        parley_json_begin(&json, out);
        check_ok(parley_page_moves_json(&json, d.ctx, &all, &err), &err);
        assert_int_equal(json.depth, 0);
        parley_text_free(out);
        desk_close(&d);
        free(text);
        random_case_free(&rc);
    }
    assert_true(lines > 5000);
}

/* ------------------------------------------------------------------------ memory */

static parley_status page_once(parley_ctx *ctx, void *user, parley_error *err)
{
    parley_moves_page like = everything;
    parley_screen *screen = NULL;
    like.c = user;
    parley_text *text = parley_text_new(ctx, SIZE_MAX);
    if (text == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "no text");
    }
    parley_status status = parley_screen_new(&screen, ctx, text, NULL, err);
    if (status == PARLEY_OK) {
        status = parley_page_moves(screen, ctx, &like, err);
    }
    if (status == PARLEY_OK) {
        status = parley_screen_status(screen, err);
    }
    parley_screen_free(screen);
    parley_text_free(text);
    return status;
}

static parley_status json_once(parley_ctx *ctx, void *user, parley_error *err)
{
    parley_moves_page like = everything;
    parley_json json;
    like.c = user;
    parley_text *text = parley_text_new(ctx, SIZE_MAX);
    if (text == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "no text");
    }
    parley_json_begin(&json, text);
    parley_status status = parley_page_moves_json(&json, ctx, &like, err);
    if (status == PARLEY_OK) {
        status = parley_text_status(text, err);
    }
    parley_text_free(text);
    return status;
}

static void every_allocation_of_the_pages_may_fail(void **state)
{
    (void)state;
    desk d = desk_open("shuttle-2022.yaml");
    torture(page_once, d.c, 30);
    torture(json_once, d.c, 30);
    desk_close(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_reads_like_this),
        cmocka_unit_test(a_party_an_issue_and_a_date_narrow_it),
        cmocka_unit_test(the_page_of_the_night_before_asks_to_confirm_the_same),
        cmocka_unit_test(nothing_in_a_case_steers_the_terminal_or_leaves_the_width),
        cmocka_unit_test(random_cases_are_printed_within_the_width_and_as_whole_json),
        cmocka_unit_test(every_allocation_of_the_pages_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
