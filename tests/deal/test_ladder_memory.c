/*
 * Memory that ends: every allocation of an analysis of the thirty-day halt, of what is asked of it,
 * and of its pages fails in turn. The status is NOMEM, nothing leaks, results are NULL.
 */
#include "deal_check.h"
#include "support/torture.h"

#include <parley/screens.h>

static char *halt;

static parley_status read_halt(parley_case **out, parley_ctx *ctx, parley_error *err)
{
    return parley_case_read(out, ctx, "halt-2025.yaml", halt, strlen(halt), NULL, NULL, err);
}

/*
 * A case is read in a context of its own, which never fails, so that only the work behind it is
 * tortured. One is enough for all rounds: it never changes.
 */
typedef struct prepared {
    parley_ctx *ctx;
    parley_case *c;
    parley_status (*work)(parley_deal *deal, const parley_case *c, parley_ctx *ctx,
                          parley_error *err);
} prepared;

static parley_status analyse(parley_ctx *ctx, void *user, parley_error *err)
{
    prepared *p = user;
    parley_deal *deal = (parley_deal *)(uintptr_t)1;
    parley_status status = parley_deal_new(&deal, ctx, p->c, NULL, err);
    assert_true((status == PARLEY_OK) == (deal != NULL));
    if (status == PARLEY_OK && p->work != NULL) {
        status = p->work(deal, p->c, ctx, err);
    }
    parley_deal_free(deal);
    return status;
}

static void with_halt(parley_status (*work)(parley_deal *, const parley_case *, parley_ctx *,
                                            parley_error *),
                      torture_fn run, uint64_t floor)
{
    prepared p = {check_ctx(), NULL, work};
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(read_halt(&p.c, p.ctx, &err), &err);
    torture(run, &p, floor);
    parley_case_free(p.c);
    check_ctx_done(p.ctx);
}

static bool take(void *user, parley_package package)
{
    (void)package;
    ++*(uint32_t *)user;
    return true;
}

static parley_status list(parley_deal *deal, const parley_case *c, parley_ctx *ctx,
                          parley_error *err)
{
    (void)c;
    (void)ctx;
    uint32_t count = 0;
    parley_status status = parley_deal_list(deal, PARLEY_RUNG_REPORTED, 0, take, &count, err);
    assert_true(status != PARLEY_OK || count == 12);
    return status;
}

static parley_status judge(parley_deal *deal, const parley_case *c, parley_ctx *ctx,
                           parley_error *err)
{
    int64_t values[10] = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
    parley_verdict v;
    parley_status status = PARLEY_OK;
    (void)ctx;
    values[0] = 1;
    values[2] = 0;
    for (uint32_t p = 0; p < parley_case_parties(c) && status == PARLEY_OK; p++) {
        status = parley_deal_verdict(&v, deal, (int32_t)p, PARLEY_RUNG_READINGS,
                                     (parley_package){values, 10}, err);
    }
    return status;
}

static parley_status count_verdicts(parley_deal *deal, const parley_case *c, parley_ctx *ctx,
                                    parley_error *err)
{
    parley_count never;
    parley_count necessarily;
    parley_status status = PARLEY_OK;
    (void)ctx;
    for (uint32_t p = 0; p < parley_case_parties(c) && status == PARLEY_OK; p++) {
        status = parley_deal_verdict_counts(deal, (int32_t)p, PARLEY_RUNG_READINGS, &never,
                                            &necessarily, err);
    }
    return status;
}

static bool take_set(void *user, parley_ids ids)
{
    assert_int_equal(ids.count, 2);
    ++*(uint32_t *)user;
    return true;
}

static parley_status clashes(parley_deal *deal, const parley_case *c, parley_ctx *ctx,
                             parley_error *err)
{
    uint32_t count = 0;
    bool dispute[10];
    (void)c;
    (void)ctx;
    parley_status status =
        parley_deal_clashes(deal, PARLEY_RUNG_READINGS, -1, take_set, &count, err);
    assert_true(status != PARLEY_OK || count == 5);
    return status == PARLEY_OK ? parley_deal_dispute(deal, PARLEY_RUNG_READINGS, dispute, err)
                               : status;
}

static parley_status query(parley_deal *deal, const parley_case *c, parley_ctx *ctx,
                           parley_error *err)
{
    parley_arena *arena = parley_arena_new(ctx);
    const parley_formula *f = NULL;
    parley_count count;
    bool entails = false;
    parley_status status =
        arena == NULL
            ? parley_fail(err, PARLEY_NOMEM, "out of memory")
            : parley_case_formula(&f, c, arena, "arms = stopped or not eu accepts offer-30", err);
    if (status == PARLEY_OK) {
        status = parley_deal_count(deal, PARLEY_RUNG_ASKS, f, &count, err);
    }
    if (status == PARLEY_OK) {
        status = parley_deal_entails(deal, PARLEY_RUNG_ASKS, f, &entails, err);
    }
    assert_true(status != PARLEY_OK || entails);
    parley_arena_free(arena);
    return status;
}

static parley_status deals_page(parley_deal *deal, const parley_case *c, parley_ctx *ctx,
                                parley_error *err)
{
    int64_t values[10] = {1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
    const parley_package package = {values, 10};
    const parley_deals_page page = {.c = c,
                                    .deal = deal,
                                    .path = "halt.yaml",
                                    .list = true,
                                    .list_most = 5,
                                    .package = &package,
                                    .package_text = "duration = 30"};
    parley_text *text = parley_text_new(ctx, 1 << 20);
    parley_screen *screen = NULL;
    parley_status status = text == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                                        : parley_screen_new(&screen, ctx, text, NULL, err);
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
    parley_screen_free(screen);
    parley_text_free(text);
    return status;
}

static parley_status status_page(parley_ctx *ctx, void *user, parley_error *err)
{
    const prepared *p = user;
    parley_status_page *page = (parley_status_page *)(uintptr_t)1;
    parley_status status = parley_status_page_new(&page, ctx, p->c, "halt.yaml", err);
    assert_true((status == PARLEY_OK) == (page != NULL));
    parley_text *text = NULL;
    parley_screen *screen = NULL;
    if (status == PARLEY_OK) {
        text = parley_text_new(ctx, 1 << 20);
        status = text == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                              : parley_screen_new(&screen, ctx, text, NULL, err);
    }
    if (status == PARLEY_OK) {
        status = parley_page_status(screen, page, err);
    }
    if (status == PARLEY_OK) {
        status = parley_screen_status(screen, err);
    }
    if (status == PARLEY_OK) {
        parley_json json;
        parley_json_begin(&json, text);
        status = parley_page_status_json(&json, page, err);
    }
    if (status == PARLEY_OK) {
        status = parley_text_status(text, err);
    }
    parley_screen_free(screen);
    parley_text_free(text);
    parley_status_page_free(page);
    return status;
}

static parley_status show_page(parley_ctx *ctx, void *user, parley_error *err)
{
    const prepared *p = user;
    const parley_show_page page = {
        .c = p->c, .terms = PARLEY_TERMS_OPTIONS_INIT, .party = -1, .issue = -1};
    parley_text *text = parley_text_new(ctx, 1 << 20);
    parley_screen *screen = NULL;
    parley_status status = text == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                                        : parley_screen_new(&screen, ctx, text, NULL, err);
    if (status == PARLEY_OK) {
        status = parley_page_show(screen, ctx, &page, err);
    }
    if (status == PARLEY_OK) {
        status = parley_screen_status(screen, err);
    }
    if (status == PARLEY_OK) {
        parley_json json;
        parley_json_begin(&json, text);
        status = parley_page_show_json(&json, ctx, &page, err);
        status = status == PARLEY_OK ? parley_text_status(text, err) : status;
    }
    parley_screen_free(screen);
    parley_text_free(text);
    return status;
}

static void an_analysis_without_memory_leaves_nothing_behind(void **state)
{
    (void)state;
    with_halt(NULL, analyse, 10);
}

static void a_listing_without_memory_leaves_nothing_behind(void **state)
{
    (void)state;
    with_halt(list, analyse, 10);
}

static void a_verdict_without_memory_leaves_nothing_behind(void **state)
{
    (void)state;
    with_halt(judge, analyse, 10);
    with_halt(count_verdicts, analyse, 10);
}

static void clashing_sets_without_memory_leave_nothing_behind(void **state)
{
    (void)state;
    with_halt(clashes, analyse, 10);
}

static void a_query_without_memory_leaves_nothing_behind(void **state)
{
    (void)state;
    with_halt(query, analyse, 10);
}

static void the_page_of_deals_without_memory_leaves_nothing_behind(void **state)
{
    (void)state;
    with_halt(deals_page, analyse, 20);
}

static void the_page_of_the_night_before_without_memory_leaves_nothing_behind(void **state)
{
    (void)state;
    with_halt(NULL, status_page, 20);
}

static void the_matrix_without_memory_leaves_nothing_behind(void **state)
{
    (void)state;
    with_halt(NULL, show_page, 10);
}

static int load(void **state)
{
    (void)state;
    halt = desk_file("halt-2025.yaml");
    return 0;
}

static int unload(void **state)
{
    (void)state;
    free(halt);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_analysis_without_memory_leaves_nothing_behind),
        cmocka_unit_test(a_listing_without_memory_leaves_nothing_behind),
        cmocka_unit_test(a_verdict_without_memory_leaves_nothing_behind),
        cmocka_unit_test(clashing_sets_without_memory_leave_nothing_behind),
        cmocka_unit_test(a_query_without_memory_leaves_nothing_behind),
        cmocka_unit_test(the_page_of_deals_without_memory_leaves_nothing_behind),
        cmocka_unit_test(the_page_of_the_night_before_without_memory_leaves_nothing_behind),
        cmocka_unit_test(the_matrix_without_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
