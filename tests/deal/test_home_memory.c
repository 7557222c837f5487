/*
 * Memory that ends while constituencies and polls are read, counted, judged and printed: every
 * allocation fails in turn. The status is NOMEM, nothing leaks, results are NULL.
 */
#include "deal_check.h"
#include "support/torture.h"

#include <parley/home.h>
#include <parley/screens.h>

static char *river;

typedef struct prepared {
    parley_ctx *ctx;
    parley_case *c;
    bool package;
} prepared;

static parley_status look(parley_ctx *ctx, void *user, parley_error *err)
{
    prepared *p = user;
    parley_deal *deal = NULL;
    parley_home *home = (parley_home *)(uintptr_t)1;
    int64_t values[4] = {2, 2, -1, 1};
    const parley_package package = {values, 4};
    parley_home_mark mark[16];
    parley_home_verdict v;
    parley_count count;
    bool against = false;
    parley_status status = parley_deal_new(&deal, ctx, p->c, NULL, err);
    if (status != PARLEY_OK) {
        return status;
    }
    status = parley_home_new(&home, ctx, deal, p->c, NULL, err);
    assert_true((status == PARLEY_OK) == (home != NULL));
    if (status == PARLEY_OK) {
        status = parley_home_carried(&count, home, PARLEY_RUNG_RULES, -1, PARLEY_BASIS_RECORD, err);
    }
    if (status == PARLEY_OK) {
        status = parley_home_judge(mark, &against, home, package, err);
    }
    if (status == PARLEY_OK) {
        status = parley_home_verdict_on(&v, home, -1, PARLEY_BASIS_READING, package, err);
    }
    parley_home_free(home);
    parley_deal_free(deal);
    return status;
}

static parley_status print(parley_ctx *ctx, void *user, parley_error *err)
{
    prepared *p = user;
    int64_t values[4] = {2, 2, -1, 1};
    const parley_package package = {values, 4};
    parley_deal *deal = NULL;
    parley_home *home = NULL;
    parley_screen *screen = NULL;
    parley_text *text = parley_text_new(ctx, 1 << 20);
    parley_status status = text == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                                        : parley_screen_new(&screen, ctx, text, NULL, err);
    if (status == PARLEY_OK) {
        status = parley_deal_new(&deal, ctx, p->c, NULL, err);
    }
    if (status == PARLEY_OK) {
        status = parley_home_new(&home, ctx, deal, p->c, NULL, err);
    }
    const parley_deals_page page = {.c = p->c,
                                    .deal = deal,
                                    .path = "river.yaml",
                                    .list = !p->package,
                                    .list_most = 3,
                                    .package = p->package ? &package : NULL,
                                    .package_text = "release = 40",
                                    .home = home};
    if (status == PARLEY_OK) {
        status = parley_page_deals(screen, &page, err);
    }
    if (status == PARLEY_OK) {
        status = parley_screen_status(screen, err);
    }
    if (status == PARLEY_OK) {
        parley_json json;
        parley_json_begin(&json, text);
        status = parley_page_deals_json(&json, ctx, &page, err);
        status = status == PARLEY_OK ? parley_text_status(text, err) : status;
    }
    parley_home_free(home);
    parley_deal_free(deal);
    parley_screen_free(screen);
    parley_text_free(text);
    return status;
}

static parley_status read_it(parley_ctx *ctx, void *user, parley_error *err)
{
    parley_case *c = NULL;
    (void)user;
    parley_status status =
        parley_case_read(&c, ctx, "river.yaml", river, strlen(river), NULL, NULL, err);
    parley_case_free(c);
    return status;
}

static void with_river(torture_fn run, bool package, uint64_t floor)
{
    prepared p = {check_ctx(), NULL, package};
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_case_read(&p.c, p.ctx, "river.yaml", river, strlen(river), NULL, NULL, &err),
             &err);
    torture(run, &p, floor);
    parley_case_free(p.c);
    check_ctx_done(p.ctx);
}

static void counts_without_memory_leave_nothing_behind(void **state)
{
    (void)state;
    with_river(look, false, 20);
}

static void pages_without_memory_leave_nothing_behind(void **state)
{
    (void)state;
    with_river(print, false, 20);
    with_river(print, true, 20);
}

static void reading_without_memory_leaves_nothing_behind(void **state)
{
    (void)state;
    torture(read_it, NULL, 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_without_memory_leave_nothing_behind),
        cmocka_unit_test(pages_without_memory_leave_nothing_behind),
        cmocka_unit_test(reading_without_memory_leaves_nothing_behind),
    };
    river = desk_file("river-at-home.yaml");
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(river);
    return failed;
}
