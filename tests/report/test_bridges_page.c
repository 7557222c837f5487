/*
 * The page of `parley bridges`: what it says of the worked cases, within its width, of cases with
 * nothing to bridge or no bridge at all, of hostile text; and when memory ends.
 */
#include "case/case_text.h"
#include "report/page.h"

#include <parley/screens.h>

static const char *folder;

typedef struct asked {
    const parley_case *c;
    parley_bridges_page page; /* c and deal are filled in */
    uint32_t width;
    bool json;
    bool found;
    char *text; /* of the last run, or NULL */
    bool keep;
} asked;

#define ASKED(case_)                                                                               \
    {                                                                                              \
        .c = (case_), .page = {.rung = -1, .party = -1}, .width = 80                               \
    }

static parley_status ask(parley_ctx *ctx, void *user, parley_error *err)
{
    asked *a = user;
    parley_deal *deal = NULL;
    parley_screen *screen = NULL;
    parley_screen_options options = PARLEY_SCREEN_OPTIONS_INIT;
    options.width = a->width;
    parley_text *text = parley_text_new(ctx, SIZE_MAX);
    parley_status status = text == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                                        : parley_screen_new(&screen, ctx, text, &options, err);
    if (status == PARLEY_OK) {
        status = parley_deal_new(&deal, ctx, a->c, NULL, err);
    }
    a->page.c = a->c;
    a->page.deal = deal;
    if (status == PARLEY_OK && a->json) {
        parley_json json;
        parley_json_begin(&json, text);
        status = parley_page_bridges_json(&json, ctx, &a->page, &a->found, err);
    } else if (status == PARLEY_OK) {
        status = parley_page_bridges(screen, ctx, &a->page, &a->found, err);
    }
    if (status == PARLEY_OK) {
        status = parley_screen_status(screen, err);
    }
    if (status == PARLEY_OK) {
        status = parley_text_status(text, err);
    }
    if (status == PARLEY_OK && a->keep) {
        free(a->text);
        a->text = strdup(parley_text_data(text));
    }
    parley_deal_free(deal);
    parley_screen_free(screen);
    parley_text_free(text);
    return status;
}

/* The page, kept in a->text. */
static const char *page_of(asked *a)
{
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    a->keep = true;
    check_ok(ask(ctx, a, &err), &err);
    check_ctx_done(ctx);
    return a->text;
}

static void says(asked *a, const char *wanted)
{
    if (strstr(page_of(a), wanted) == NULL) {
        fail_msg("the page does not say '%s':\n%s", wanted, a->text);
    }
}

static void says_not(asked *a, const char *unwanted)
{
    if (strstr(page_of(a), unwanted) != NULL) {
        fail_msg("the page says '%s':\n%s", unwanted, a->text);
    }
}

static void the_halt_reads_like_this(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = load_shipped(ctx, folder, "halt-2025", NULL);
    asked a = ASKED(c);
    a.page.most = 4;
    const char *wanted =
        "What would make agreement possible again: 16 smallest sets.\n"
        "At: our readings\n"
        "Order (ours): fewest changes, then fewest readings, then softest terms.\n"
        "  CHANGES                                                     WHO MOVES LEAVES\n"
        "1 arms, Kursk, start, mobilisation: all eased                 Russia        48 !\n"
        "  arms eased to \"Some types stop\" only                        Russia        24 !\n"
        "2 arms, start, mobilisation eased; m2 wrong                   Russia        24 !\n"
        "  arms eased to \"Some types stop\" only                        Russia        12 !\n"
        "3 arms, Kursk, mobilisation eased; m5 wrong                   Russia        48 !\n"
        "  arms eased to \"Some types stop\" only                        Russia        24 !\n"
        "4 arms, Kursk, start eased; m3 wrong                          Russia        48 !\n"
        "  arms eased to \"Some types stop\" only                        Russia        24 !\n"
        "Each of these also takes consent: United States\n"
        "   ... 12 more with --all\n"
        "! one side moves alone: as it stands nobody could table it\n"
        "\"wrong\" is no move: a party tells us that our reading was mistaken. Ask first.\n";
    if (strcmp(page_of(&a), wanted) != 0) {
        fail_msg("the page reads\n%s----\nand not\n%s", a.text, wanted);
    }
    assert_true(a.found);
    a.page.most = 0;
    says(&a, "... 6 more with --all");
    a.page.all = true;
    says(&a, "16 m1 m2 m3 m4 m5 all wrong");
    says(&a, "That is all of them.");
    says_not(&a, "17 ");
    says_not(&a, "cost");
    a.page.bridge = 2;
    says(&a, "Bridge 2 of 16: arms, start, mobilisation eased; m2 wrong");
    says(&a, "condition, 13 Mar");
    says(&a, "our reading, no claim");
    says(&a, "arms eased to \"Some types stop\" only: 12 left");
    says(&a, "Kursk surrender");
    says(&a, "FIRST OF THEM");
    says_not(&a, "more with --all");
    a.page.bridge = 16;
    says(&a, "nobody");
    says_not(&a, "one side moves alone");
    free(a.text);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void who_said_yes_to_what_is_reopened_is_to_be_asked_again(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = load_shipped(ctx, folder, "tutorial-river", NULL);
    asked a = ASKED(c);
    says(&a, "1 release (Upper Lirra) reopened");
    says(&a, "first: Upper Lirra, whose yes it was");
    free(a.text);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void only_some_of_them(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = load_shipped(ctx, folder, "halt-2025", NULL);
    asked a = ASKED(c);
    a.page.party = parley_case_find(c, "parties", "ua", 2);
    says(&a, "one smallest set");
    a.page.no_readings = true;
    says(&a, "There is no bridge with only Ukraine moving and with all our readings right.");
    assert_true(a.found);
    free(a.text);
    a = (asked)ASKED(c);
    a.page.rung = PARLEY_RUNG_REPORTED;
    says(&a, "No bridge is needed: 12 packages are left at 'reported only'.");
    assert_false(a.found);
    free(a.text);
    a = (asked)ASKED(c);
    a.page.bridge = 17;
    parley_error err = PARLEY_ERROR_INIT;
    check_fails(ask(ctx, &a, &err), PARLEY_NOTFOUND, &err);
    assert_non_null(strstr(err.message, "there are 16"));
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void read_and_say(const char *text, const char *wanted, bool found)
{
    parley_ctx *ctx = check_ctx();
    parley_case *c = read_text(ctx, "c.yaml", text, NULL);
    asked a = ASKED(c);
    says(&a, wanted);
    assert_int_equal(a.found, found);
    a.json = true;
    page_of(&a);
    assert_int_equal(a.found, found);
    free(a.text);
    parley_case_free(c);
    check_ctx_done(ctx);
}

#define HEAD                                                                                       \
    "parley: 1\ntitle: T\nas-of: 2025-03-14\nparties:\n"                                           \
    "  a: {name: A, roles: [principal]}\n  b: {name: B, roles: [principal]}\n"                     \
    "tracks:\n  t: {table: now}\n"
#define DEMAND(id, by, about)                                                                      \
    "  " id ": {date: 2025-03-01, by: " by ", act: demand, about: \"" about                        \
    "\", says: w, class: on-record}\n"

static void cases_with_nothing_to_bridge_and_with_no_bridge(void **state)
{
    (void)state;
    read_and_say(HEAD, "nothing can be counted yet", false);
    read_and_say(HEAD "issues:\n  x: {track: t, ask: \"X?\", options: {p: P}}\n",
                 "No bridge is needed: 1 package is left at 'our readings', where everything",
                 false);
    read_and_say(HEAD "issues:\n  x: {track: t, ask: \"X?\", options: {p: P, q: Q}}\n"
                      "flags:\n  f: {law: L, about: \"x\", notice: \"Against the law\", keeps-out: "
                      "[\"x = q\"]}\n",
                 "binds. What the law keeps out is not among them", false);
    read_and_say(HEAD "issues:\n  x: {track: t, ask: \"X?\", options: {p: P, q: Q}}\n"
                      "rules:\n  r: {formula: \"x = p and x = q\", because: so}\n",
                 "the rules of the case leave no package at all", true);
    read_and_say(HEAD "issues:\n  x: {track: t, ask: \"X?\", options: {p: P, q: Q}}\n"
                      "flags:\n  f: {law: L, about: \"x\", notice: \"Against the law\", keeps-out: "
                      "[\"x in {p, q}\"]}\n"
                      "claims:\n" DEMAND("c1", "a", "x = p"),
                 "the rules and what the law keeps out leave no package", true);
    read_and_say(HEAD "issues:\n  q: {track: t, ask: \"Q?\", quantity: {unit: day, from: 15, to: "
                      "30, step: 5}, could-reach: {from: 5, to: 60}}\n"
                      "claims:\n" DEMAND("c1", "a", "q >= 45"),
                 "q up to 45 days", true);
    read_and_say(HEAD "issues:\n  x: {track: t, ask: \"X?\", options: {p: P, q: Q}}\n"
                      "claims:\n" DEMAND("c1", "a", "x = q") DEMAND("c2", "b", "x = p")
                          DEMAND("c3", "b", "x != q"),
                 "x eased", true);
}

/* Columns of a line, where every byte that does not continue a character counts one. */
static void lines_fit(const char *text, uint32_t width)
{
    uint32_t columns = 0;
    for (const char *at = text; *at != '\0'; at++) {
        columns = *at == '\n' ? 0 : columns + ((*at & 0xc0) != 0x80);
        if (columns > width) {
            fail_msg("a line is wider than %u:\n%s", width, text);
        }
        assert_true(*at == '\n' || (unsigned char)*at >= ' ');
    }
}

static void pages_fit_their_width_and_text_cannot_steer_the_terminal(void **state)
{
    (void)state;
    static const uint32_t widths[] = {40, 57, 80, 133};
    parley_ctx *ctx = check_ctx();
    for (size_t n = 0; n < CHECK_COUNT(shipped_names); n++) {
        parley_case *c = load_shipped(ctx, folder, shipped_names[n], NULL);
        asked a = ASKED(c);
        for (size_t w = 0; w < CHECK_COUNT(widths); w++) {
            a.width = widths[w];
            a.page.bridge = 0;
            lines_fit(page_of(&a), widths[w]);
            a.page.bridge = a.found ? 1 : 0;
            lines_fit(page_of(&a), widths[w]);
        }
        free(a.text);
        parley_case_free(c);
    }
    parley_case *c = read_text(
        ctx, "c.yaml",
        "parley: 1\ntitle: T\nas-of: 2025-03-14\nparties:\n"
        "  a: {name: \"A\\e[2J\\u202e\", roles: [principal]}\n"
        "  b: {name: \"B\\tB\", roles: [principal]}\n"
        "tracks:\n  t: {table: now}\n"
        "issues:\n  x: {track: t, name: \"X\\e]0;x\\a\", ask: \"X?\", ordered: true, options: {p: "
        "\"P\\n\", q: \"Q\\x9b\", r: R}, needs: [a]}\n"
        "claims:\n" DEMAND("c1", "a", "x = p") DEMAND("c2", "b", "x = r"),
        NULL);
    asked a = ASKED(c);
    lines_fit(page_of(&a), 80);
    says(&a, "A\\e[2J\\u202e");
    a.page.bridge = 1;
    lines_fit(page_of(&a), 80);
    free(a.text);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void the_json_says_the_same(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = load_shipped(ctx, folder, "halt-2025", NULL);
    asked a = ASKED(c);
    a.json = true;
    says(&a, "\"known\": 16");
    says(&a, "\"complete\": true");
    says(&a, "\"needed\": true");
    says(&a, "\"one_sided\": true");
    says(&a, "\"date\": \"2025-03-13\"");
    says_not(&a, "\"number\": 11");
    says_not(&a, "\"open\"");
    a.page.bridge = 16;
    says(&a, "\"number\": 16");
    says(&a, "\"firmest\": null");
    says(&a, "\"open\"");
    free(a.text);
    a = (asked)ASKED(c);
    a.json = true;
    a.page.rung = PARLEY_RUNG_RULES;
    says(&a, "\"needed\": false");
    says(&a, "\"left\": \"3456\"");
    says(&a, "\"bridges\": []");
    free(a.text);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = load_shipped(ctx, folder, "seven-steps-2022", NULL);
    for (int json = 0; json < 2; json++) {
        for (uint32_t bridge = 0; bridge < 2; bridge++) {
            asked a = ASKED(c);
            a.json = json == 1;
            a.page.bridge = bridge;
            a.page.most = 2;
            torture(ask, &a, 40);
        }
    }
    parley_case_free(c);
    check_ctx_done(ctx);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_halt_reads_like_this),
        cmocka_unit_test(who_said_yes_to_what_is_reopened_is_to_be_asked_again),
        cmocka_unit_test(only_some_of_them),
        cmocka_unit_test(cases_with_nothing_to_bridge_and_with_no_bridge),
        cmocka_unit_test(pages_fit_their_width_and_text_cannot_steer_the_terminal),
        cmocka_unit_test(the_json_says_the_same),
        cmocka_unit_test(every_allocation_may_fail),
    };
    folder = argc > 1 ? argv[1] : "cases";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
