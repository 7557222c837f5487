/*
 * The ledgers: what is overdue stands first, what is not known is said to be, nothing is added up.
 */
#include "case/case_text.h"
#include "report/page.h"

#include <parley/screens.h>

static const char text[] =
    "parley: 1\n"
    "title: \"Ledger\"\n"
    "as-of: 2025-03-20\n"
    "sources: {s: {kind: outlet, date: 2025-03-14}}\n"
    "parties: {a: {name: \"A\", roles: [principal]}, b: {name: \"B\", roles: [principal]}}\n"
    "people: {p: {of: a, name: \"Pat\"}}\n"
    "claims:\n"
    "  c1: {by: a, act: promise, says: \"maps\", date: 2025-03-01, source: s}\n"
    "  c2: {by: b, act: promise, says: \"fuel\", date: 2025-03-02, source: s}\n"
    "obligations:\n"
    "  o1: {bearer: a, to: b, what: \"late\", due: 2025-03-19, kept: minimal, blocker: \"rain\"}\n"
    "  o2: {bearer: a, to: b, what: \"in time\", due: 2025-03-20}\n"
    "  o3: {bearer: b, what: \"done\", due: 2025-03-01, kept: full, claim: c2}\n"
    "  o4: {bearer: b, to: a, what: \"some day\", state: \"talked about\"}\n"
    "  o5: {bearer: \"a:p\", what: \"later\", due: 2025-04, under: \"the first deal\"}\n"
    "  o6: {bearer: a, what: \"earlier still\", due: 2025-03-05}\n"
    "  o7: {bearer: a, what: \"no telling\", due: before 2025-03-05}\n"
    "favours:\n"
    "  - {giver: a, receiver: b, what: \"bread\", since: 2025-01, due: 2025-02, returned: "
    "\"open\"}\n"
    "  - {giver: b, receiver: a, what: \"salt\", due: 2025-02, returned: \"thanks\"}\n"
    "meetings:\n"
    "  - {date: 2025-03-10, who: [a, \"a:p\", b], place: \"Hall\", outcome: continue, next: "
    "2025-03-22, "
    "promises: [o1], claims: [c1]}\n"
    "  - {date: 2025-03-12, who: [b], outcome: unknown}\n"
    "expected:\n"
    "  - {from: a, what: \"a list\", due: 2025-03-18}\n";

static void order_of_promises(void **state)
{
    (void)state;
    page p = page_new(80, false);
    parley_case *c = read_text(p.ctx, "t.yaml", text, NULL);
    parley_error err = PARLEY_ERROR_INIT;
    uint32_t overdue = 0;
    check_ok(parley_page_promises(p.screen, p.ctx, c, -1, &overdue, &err), &err);
    check_ok(parley_screen_status(p.screen, &err), &err);
    static const char *const wanted[] = {
        "earlier still", "late",     "done",      "no telling", "in time",
        "later",         "some day", "ONLY SAID", "maps",       "2 promises are overdue"};
    const char *at = parley_text_data(p.text);
    assert_int_equal(overdue, 2);
    for (size_t i = 0; i < CHECK_COUNT(wanted); i++) {
        const char *next = strstr(at, wanted[i]);
        if (next == NULL) {
            fail_msg("'%s' does not come after what stands before it:\n%s", wanted[i],
                     parley_text_data(p.text));
        }
        at = next;
    }
    assert_null(strstr(parley_text_data(p.text), "fuel")); /* an obligation stands for it */
    assert_non_null(strstr(parley_text_data(p.text), "in the way:"));
    parley_case_free(c);
    parley_screen_free(p.screen);
    parley_text_free(p.text);
    check_ctx_done(p.ctx);
}

static void a_party_sees_what_it_owes_and_is_owed(void **state)
{
    (void)state;
    page p = page_new(80, false);
    parley_case *c = read_text(p.ctx, "t.yaml", text, NULL);
    parley_error err = PARLEY_ERROR_INIT;
    uint32_t overdue = 0;
    check_ok(parley_page_promises(p.screen, p.ctx, c, 1, &overdue, &err), &err);
    check_ok(parley_screen_status(p.screen, &err), &err);
    assert_int_equal(overdue, 1);
    assert_non_null(strstr(parley_text_data(p.text), "late"));
    assert_null(strstr(parley_text_data(p.text), "earlier still"));
    assert_null(strstr(parley_text_data(p.text), "maps"));
    parley_case_free(c);
    parley_screen_free(p.screen);
    parley_text_free(p.text);
    check_ctx_done(p.ctx);
}

static void favours_and_meetings_say_what_is_open(void **state)
{
    (void)state;
    page p = page_new(80, false);
    parley_case *c = read_text(p.ctx, "t.yaml", text, NULL);
    parley_error err = PARLEY_ERROR_INIT;
    parley_page_favours(p.screen, c, -1);
    parley_page_meet(p.screen, c, -1);
    check_ok(parley_screen_status(p.screen, &err), &err);
    const char *page_text = parley_text_data(p.text);
    const char *once = strstr(page_text, "OVERDUE");
    assert_non_null(once);
    assert_null(strstr(once + 1, "OVERDUE"));
    assert_non_null(strstr(page_text, "not logged"));
    assert_non_null(strstr(page_text, "next: 22 Mar"));
    assert_non_null(strstr(page_text, "still silent"));
    assert_non_null(strstr(page_text, "Pat"));
    parley_case_free(c);
    parley_screen_free(p.screen);
    parley_text_free(p.text);
    check_ctx_done(p.ctx);
}

static parley_status all_pages(parley_ctx *ctx, void *user, parley_error *err)
{
    const parley_case *c = user;
    parley_screen *screen = NULL;
    uint32_t overdue = 0;
    parley_json json;
    parley_text *out = parley_text_new(ctx, SIZE_MAX);
    parley_status status = out == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                                       : parley_screen_new(&screen, ctx, out, NULL, err);
    if (status == PARLEY_OK) {
        status = parley_page_promises(screen, ctx, c, -1, &overdue, err);
        parley_page_favours(screen, c, -1);
        parley_page_meet(screen, c, -1);
    }
    if (status == PARLEY_OK) {
        status = parley_screen_status(screen, err);
    }
    if (status == PARLEY_OK) {
        parley_text_clear(out);
        parley_json_begin(&json, out);
        status = parley_page_promises_json(&json, ctx, c, -1, &overdue, err);
    }
    if (status == PARLEY_OK) {
        parley_json_begin(&json, out);
        parley_page_favours_json(&json, c, -1);
        parley_json_begin(&json, out);
        parley_page_meet_json(&json, c, -1);
        status = parley_text_status(out, err);
    }
    parley_screen_free(screen);
    parley_text_free(out);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = read_text(ctx, "t.yaml", text, NULL);
    torture(all_pages, c, 10);
    parley_case_free(c);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_of_promises),
        cmocka_unit_test(a_party_sees_what_it_owes_and_is_owed),
        cmocka_unit_test(favours_and_meetings_say_what_is_open),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
