/*
 * The page of `parley ask`: what it must say of the worked cases, that it keeps to 80 columns, that
 * hostile text stays text, clear lines where there is nothing to ask, memory that ends.
 */
#include "case/case_text.h"
#include "report/page.h"

#include <parley/screens.h>
#include <stdio.h>

static const char *folder;

typedef struct wanted {
    const parley_case *c;
    int32_t party;
    bool all;
    bool json;
    char *result; /* filled when not NULL on entry */
} wanted;

static parley_status make(parley_ctx *ctx, void *user, parley_error *err)
{
    wanted *w = user;
    parley_screen *screen = NULL;
    parley_deal *deal = NULL;
    parley_text *out = parley_text_new(ctx, SIZE_MAX);
    parley_status status = out == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                                       : parley_screen_new(&screen, ctx, out, NULL, err);
    if (status == PARLEY_OK) {
        status = parley_deal_new(&deal, ctx, w->c, NULL, err);
    }
    const parley_ask_page shown = {w->c, deal, PARLEY_TERMS_OPTIONS_INIT, w->party, w->all};
    if (status == PARLEY_OK && w->json) {
        parley_json json;
        parley_json_begin(&json, out);
        status = parley_page_ask_json(&json, ctx, &shown, err);
    } else if (status == PARLEY_OK) {
        status = parley_page_ask(screen, ctx, &shown, err);
    }
    if (status == PARLEY_OK) {
        status = parley_screen_status(screen, err);
    }
    if (status == PARLEY_OK) {
        status = parley_text_status(out, err);
    }
    if (status == PARLEY_OK && w->result != NULL) {
        free(w->result);
        w->result = strdup(parley_text_data(out));
        assert_non_null(w->result);
    }
    parley_deal_free(deal);
    parley_screen_free(screen);
    parley_text_free(out);
    return status;
}

/* To be released with free. */
static char *page_of(const parley_case *c, const char *party, bool all, bool json)
{
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    wanted w = {c, party != NULL ? parley_case_find(c, "parties", party, strlen(party)) : -1, all,
                json, strdup("")};
    check_ok(make(ctx, &w, &err), &err);
    check_ctx_done(ctx);
    return w.result;
}

static parley_case *open_case(parley_ctx *ctx, const char *name)
{
    char path[4096];
    parley_case *c = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    check_ok(parley_case_load(&c, ctx, path, NULL, NULL, &err), &err);
    return c;
}

static void says(const char *shown, const char *words)
{
    if (strstr(shown, words) == NULL) {
        print_error("'%s' is not on the page\n%s", words, shown);
        fail();
    }
}

static void says_not(const char *shown, const char *words)
{
    if (strstr(shown, words) != NULL) {
        print_error("'%s' is on the page\n%s", words, shown);
        fail();
    }
}

static void keeps_to_80_columns(const char *shown)
{
    for (const char *line = shown; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        if (parley_utf8_width(line, length) > 80) {
            print_error("wider than 80 columns: %.*s\n", (int)length, line);
            fail();
        }
        line += length + (line[length] == '\n');
    }
}

static void the_halt_asks_what_the_walk_through_asks(void **state)
{
    parley_ctx *ctx = check_ctx();
    parley_case *c = open_case(ctx, "halt-2025.yaml");
    char *shown = page_of(c, NULL, false, false);
    (void)state;
    says(shown, "Sound out next (ranked by the worst answer; no likelihood is used)\n"
                "1 Ukraine: could it live with arms limited, if duration at most 15 days? m1,\n"
                "  never put\n"
                "  yes        idea B is open; sticking points 1 2 need only a step of Russia, to\n"
                "             limited\n"
                "  no         idea B falls; 1 stands, on record; the first no on record from\n"
                "             Ukraine; the ladder dies sooner, on words (other positions on\n"
                "             record); 72 left at what was accepted\n"
                "2 United States: could it live with arms stopped? m4, never put\n"
                "  yes        sticking point 2 goes\n");
    says(shown, "Why these: all 5 sticking points lean on readings never put to a party.\n");
    says_not(shown, "6 Russia");
    keeps_to_80_columns(shown);
    free(shown);
    shown = page_of(c, NULL, true, false);
    says(shown,
         "  a line     ideas A B E fall; only Ukraine (our reading m1), United States (our\n");
    says(shown, "  the worry  ideas A B E are open; sticking points 1 2 go; 24 left at reported\n"
                "             only, not 12; smallest bridge 3 changes, not 4\n");
    says(shown, "is its list of conditions complete (3 on offer-30)? c3\n"
                "  complete   24 packages acceptable to Russia for certain\n"
                "  more       ask what else; the ladder holds only what was said\n");
    says(shown, "Russia: monitor: which are out: american, third, joint? It named none. c3\n"
                "  out        american: 8 left at reported only, not 12\n");
    says(shown, "not known until answered");
    says_not(shown, "with --all");
    keeps_to_80_columns(shown);
    free(shown);
    shown = page_of(c, "us", true, false);
    says(shown, "Sound out next with United States");
    says_not(shown, "Ukraine:");
    free(shown);
    shown = page_of(c, "eu", false, false);
    says(shown, "Nothing to sound out with Europe.");
    free(shown);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void the_other_cases_have_clear_lines(void **state)
{
    static const char *const wanted_lines[][2] = {
        {"shuttle-2022.yaml", "1 Russia: would it say so itself: open to forces neutral, open to"},
        {"shuttle-2022.yaml", "of 2 sticking points 2 lean on readings, 0 on readings never put"},
        {"exchange-2023.yaml", "Nothing can be counted yet"},
        {"exchange-2023.yaml", "LAW "},
        {"relocation-2025.yaml", "Why these: nothing sticks; they ask about what was left open."},
        {"seven-steps-2022.yaml", "all 5 sticking points rest on what parties said."},
        {"tutorial-river.yaml",
         "ask without saying why: it would give away c1, which Lower Lirra"}};
    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(wanted_lines); i++) {
        parley_ctx *ctx = check_ctx();
        parley_case *c = open_case(ctx, wanted_lines[i][0]);
        char *shown = page_of(c, NULL, false, false);
        char *json = page_of(c, NULL, true, true);
        says(shown, wanted_lines[i][1]);
        keeps_to_80_columns(shown);
        says(json, "\"questions\": [");
        says_not(shown, "likely");
        free(shown);
        free(json);
        parley_case_free(c);
        check_ctx_done(ctx);
    }
}

static const char hostile[] =
    "parley: 1\ntitle: \"T\"\nparties:\n"
    "  a: {name: \"A\\e[31mred\", roles: [principal]}\n"
    "  b: {name: \"B\\u202eback\", roles: [principal]}\n"
    "issues:\n  x: {ask: \"X\", name: \"x\\a\", ordered: true, options: {p: \"P\", q: \"Q\", r: "
    "\"R\"}}\n"
    "concerns:\n  w: {party: a, reading: \"W\\e[2J\", met-by: [\"x = p\"], in-part: [\"x = q\"]}\n"
    "claims:\n  c1: {by: a, act: demand, about: \"x = p\", class: on-record, says: \"\\e]0;t\"}\n"
    "readings:\n  m1: {party: b, refuses: \"x = p\", because: \"\\e[1m\", from: []}\n";

static void hostile_text_stays_text(void **state)
{
    parley_ctx *ctx = check_ctx();
    parley_case *c = read_text(ctx, "case.yaml", hostile, NULL);
    char *shown = page_of(c, NULL, true, false);
    (void)state;
    says(shown, "could it live with");
    for (const char *at = shown; *at != '\0'; at++) {
        assert_true(*at == '\n' || (unsigned char)*at >= 0x20);
    }
    says_not(shown, "\xe2\x80\xae");
    free(shown);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void rules_that_leave_nothing_are_said_to(void **state)
{
    parley_ctx *ctx = check_ctx();
    parley_case *c = read_text(ctx, "case.yaml",
                               "parley: 1\ntitle: \"T\"\nparties:\n  a: {name: \"A\", roles: "
                               "[principal]}\nissues:\n  x: {ask: \"X\", options: {p: \"P\"}}\n"
                               "rules:\n  r: {formula: \"false\", because: \"so\"}\n",
                               NULL);
    char *shown = page_of(c, NULL, false, false);
    (void)state;
    says(shown, "The rules of the case leave no package at all");
    free(shown);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void memory_that_ends_is_told(void **state)
{
    parley_ctx *ctx = check_ctx();
    parley_case *c = read_text(ctx, "case.yaml", hostile, NULL);
    (void)state;
    for (int json = 0; json < 2; json++) {
        wanted w = {c, -1, false, json == 1, NULL};
        torture(make, &w, 60);
    }
    parley_case_free(c);
    check_ctx_done(ctx);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_halt_asks_what_the_walk_through_asks),
        cmocka_unit_test(the_other_cases_have_clear_lines),
        cmocka_unit_test(hostile_text_stays_text),
        cmocka_unit_test(rules_that_leave_nothing_are_said_to),
        cmocka_unit_test(memory_that_ends_is_told),
    };
    folder = argc > 1 ? argv[1] : "cases";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
