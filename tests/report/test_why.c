/*
 * The page of `parley why`: every record of the worked cases can be asked about, copies are one
 * original, repeats confirm nothing.
 */
#include "case/case_text.h"
#include "report/page.h"

#include <parley/screens.h>

static const char *folder;

typedef struct asked {
    const parley_case *c;
    const char *what;
} asked;

static parley_status ask(parley_ctx *ctx, void *user, parley_error *err)
{
    const asked *a = user;
    parley_deal *deal = NULL;
    parley_screen *screen = NULL;
    parley_text *text = parley_text_new(ctx, SIZE_MAX);
    parley_status status = text == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                                        : parley_screen_new(&screen, ctx, text, NULL, err);
    if (status == PARLEY_OK) {
        status = parley_deal_new(&deal, ctx, a->c, NULL, err);
    }
    const parley_why_page why = {a->c, deal, a->what, false};
    if (status == PARLEY_OK) {
        status = parley_page_why(screen, ctx, &why, err);
    }
    if (status == PARLEY_OK) {
        status = parley_screen_status(screen, err);
    }
    if (status == PARLEY_OK) {
        parley_json json;
        parley_text_clear(text);
        parley_json_begin(&json, text);
        status = parley_page_why_json(&json, ctx, &why, err);
    }
    if (status == PARLEY_OK) {
        status = parley_text_status(text, err);
    }
    parley_deal_free(deal);
    parley_screen_free(screen);
    parley_text_free(text);
    return status;
}

/* The page about `what`; the caller frees it. */
static char *page_on(const parley_case *c, const char *what)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_deal *deal = NULL;
    page p = page_new(80, false);
    check_ok(parley_deal_new(&deal, p.ctx, c, NULL, &err), &err);
    const parley_why_page why = {c, deal, what, false};
    check_ok(parley_page_why(p.screen, p.ctx, &why, &err), &err);
    check_ok(parley_screen_status(p.screen, &err), &err);
    char *text = strdup(parley_text_data(p.text));
    assert_non_null(text);
    parley_deal_free(deal);
    parley_screen_free(p.screen);
    parley_text_free(p.text);
    check_ctx_done(p.ctx);
    return text;
}

static void says(const parley_case *c, const char *what, const char *wanted)
{
    char *text = page_on(c, what);
    if (strstr(text, wanted) == NULL) {
        fail_msg("of '%s' the page does not say '%s':\n%s", what, wanted, text);
    }
    free(text);
}

static void says_not(const parley_case *c, const char *what, const char *unwanted)
{
    char *text = page_on(c, what);
    if (strstr(text, unwanted) != NULL) {
        fail_msg("of '%s' the page says '%s':\n%s", what, unwanted, text);
    }
    free(text);
}

static void every_record_of_the_worked_cases_can_be_asked_about(void **state)
{
    (void)state;
    for (size_t n = 0; n < CHECK_COUNT(shipped_names); n++) {
        parley_ctx *ctx = check_ctx();
        parley_case *c = load_shipped(ctx, folder, shipped_names[n], NULL);
        parley_error err = PARLEY_ERROR_INIT;
#define ALL_OF(one, many)                                                                          \
    for (uint32_t i = 0; i < parley_case_##many(c); i++) {                                         \
        asked a = {c, parley_case_##one(c, (int32_t)i)->record.id};                                \
        check_ok(ask(ctx, &a, &err), &err);                                                        \
    }
        ALL_OF(claim, claims)
        ALL_OF(reading, readings)
        ALL_OF(party, parties)
        ALL_OF(issue, issues)
        ALL_OF(proposal, proposals)
        ALL_OF(concern, concerns)
#undef ALL_OF
        for (size_t r = 0; r < PARLEY_RUNG_COUNT; r++) {
            asked a = {c, parley_words_word(PARLEY_WORDS_RUNG, r)};
            check_ok(ask(ctx, &a, &err), &err);
        }
        parley_case_free(c);
        check_ctx_done(ctx);
    }
}

static void a_repeat_is_no_confirmation_and_a_shift_says_what_it_rests_on(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *halt = load_shipped(ctx, folder, "halt-2025", NULL);
    says(halt, "ru requires arms = stopped", "repeats c3: no confirmation");
    says(halt, "ru requires not (arms != stopped)", "ONE ORIGINAL: said once, repeated once");
    says(halt, "ru arms", "sticking points 1 2");
    says(halt, "ru arms", "ru-rearm: ");
    says(halt, "m2", "leans on no claim");
    says(halt, "c10", "replaced by c11");
    says(halt, "c12", "It binds nothing");
    says(halt, "blocks 1", "Ukraine: refuses arms stopped");
    says_not(halt, "blocks 1", "United States: refuses");
    parley_case *shuttle = load_shipped(ctx, folder, "shuttle-2022", NULL);
    says(shuttle, "b5", "softer in source: to confirm");
    says_not(shuttle, "b4", "to confirm");
    parley_case_free(shuttle);
    parley_case_free(halt);
    parley_case *since = read_text(
        ctx, "since",
        "parley: 1\n"
        "sources: {s: {kind: outlet, date: 2025-03-14}, r: {kind: outlet, date: 2025-03-18}}\n"
        "parties: {a: {roles: [principal]}}\n"
        "issues: {i: {options: {o: \"O\", p: \"P\"}}}\n"
        "claims:\n"
        "  c1: {by: a, act: demand, about: \"i = o\", date: 2025-03-10, source: s, class: "
        "on-record}\n"
        "  c2: {by: a, act: open-to, about: \"i = p\", date: 2025-03-14, source: s, class: "
        "described, speaker-text: \"one\", replaces: c1}\n"
        "  c3: {by: a, act: open-to, about: \"i = p\", date: 2025-03-17, source: r, class: "
        "on-record}\n",
        NULL);
    says(since, "c2", "replaces c1");
    says_not(since, "c2", "to confirm"); /* it has said so itself since */
    parley_case_free(since);
    check_ctx_done(ctx);
}

static void originals_are_counted_and_copies_are_not(void **state)
{
    (void)state;
    static const char head[] =
        "parley: 1\n"
        "sources: {s: {kind: outlet, date: 2025-03-14}, t: {kind: outlet, date: 2025-03-14}, u: "
        "{kind: outlet, date: 2025-03-14}}\n"
        "parties: {ru: {roles: [principal]}}\n"
        "issues: {arms: {options: {go: \"Go on\", stop: \"Stop\"}}}\n"
        "claims:\n"
        "  a: {by: ru, act: demand, about: \"arms = stop\", source: s, chain: [s, u]}\n"
        "  b: {by: ru, act: demand, about: \"arms = stop\", source: t, chain: [t, u]}\n";
    static const struct {
        const char *more;
        const char *wanted;
    } row[] = {
        {"", "ONE ORIGINAL: said 2 times\n"},
        {"  c: {by: ru, act: demand, about: \"arms = stop\", source: t}\n",
         "2 ORIGINALS: said 3 times\n"},
        {"  c: {by: ru, act: demand, about: \"arms = stop\", source: t, repeats: a}\n",
         "ONE ORIGINAL: said 2 times, repeated once\n"},
    };
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        char text[1200];
        parley_ctx *ctx = check_ctx();
        snprintf(text, sizeof(text), "%s%s", head, row[i].more);
        parley_case *c = read_text(ctx, "t.yaml", text, NULL);
        says(c, "ru requires arms = stop", row[i].wanted);
        parley_case_free(c);
        check_ctx_done(ctx);
    }
}

static void what_does_not_exist_is_named_with_what_does(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        parley_status status;
        const char *words;
    } row[] = {
        {"c33", PARLEY_NOTFOUND, "did you mean"},
        {"", PARLEY_NOTFOUND, "give the id"},
        {"blocks 0", PARLEY_NOTFOUND, "5 are known"},
        {"blocks 6", PARLEY_NOTFOUND, "5 are known"},
        {"blocks 99999999999999999999", PARLEY_NOTFOUND, "5 are known"},
        {"ru requires arms = continue", PARLEY_NOTFOUND, "of this party there is"},
        {"ru requires arms = foo", PARLEY_NOTFOUND, "options: "},
        {"ru requires (arms", PARLEY_SYNTAX, ""},
    };
    parley_ctx *ctx = check_ctx();
    parley_case *c = load_shipped(ctx, folder, "halt-2025", NULL);
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        parley_error err = PARLEY_ERROR_INIT;
        char line[1024];
        asked a = {c, row[i].what};
        parley_status status = ask(ctx, &a, &err);
        parley_error_print(&err, line, sizeof(line));
        if (status != row[i].status || strstr(line, row[i].words) == NULL) {
            fail_msg("'%s': %s: %s", row[i].what, parley_status_word(status), line);
        }
    }
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = load_shipped(ctx, folder, "relocation-2025", NULL);
    asked a = {c, "destination"};
    torture(ask, &a, 20);
    parley_case_free(c);
    check_ctx_done(ctx);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_record_of_the_worked_cases_can_be_asked_about),
        cmocka_unit_test(a_repeat_is_no_confirmation_and_a_shift_says_what_it_rests_on),
        cmocka_unit_test(originals_are_counted_and_copies_are_not),
        cmocka_unit_test(what_does_not_exist_is_named_with_what_does),
        cmocka_unit_test(every_allocation_may_fail),
    };
    folder = argc > 1 ? argv[1] : "cases";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
