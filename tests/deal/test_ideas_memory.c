/*
 * Memory that ends while ideas are looked for and printed: every allocation fails in turn. The
 * status is NOMEM, nothing leaks, results are NULL.
 */
#include "deal_check.h"
#include "support/torture.h"

#include <parley/ideas.h>
#include <parley/screens.h>

/* Small, and with an idea of every source: credited, ours, compensating, in two parts. */
static const char *const small =
    "parley: 1\n"
    "title: small\n"
    "as-of: 2024-01-10\n"
    "sources:\n"
    "  col: {name: \"A column\", kind: column, date: 2024-01-01}\n"
    "parties:\n"
    "  a: {name: Aland, roles: [principal]}\n"
    "  b: {name: Bland, roles: [principal]}\n"
    "tracks:\n"
    "  t: {table: now}\n"
    "issues:\n"
    "  time: {track: t, ask: \"How long?\", quantity: {unit: day, from: 10, to: 30, step: 10}}\n"
    "  guns: {track: t, ask: \"Guns\", options: {all: \"All\", none: \"None\"}}\n"
    "  watch: {track: t, ask: \"Who?\", options: {open: \"Open\", army: \"Army\", civil: "
    "\"Civil\"}}\n"
    "  road: {track: t, ask: \"Road\", options: {shut: \"Shut\", free: \"Free\"}}\n"
    "concerns:\n"
    "  fear: {party: b, reading: \"fears\", from: [], met-by: [\"time <= 20\"]}\n"
    "  eyes: {party: b, reading: \"eyes\", from: [], met-by: [\"watch != open\"]}\n"
    "proposals:\n"
    "  offer: {tabled-by: a, date: 2024-01-02, text: \"time = 30 and (guns = all or road = "
    "free)\"}\n"
    "responses:\n"
    "  - {party: b, to: offer, answer: accept-if, if: [\"guns = none\", \"watch != open\"], class: "
    "on-record, date: 2024-01-03}\n"
    "claims:\n"
    "  d1: {date: 2024-01-04, by: col, act: propose, about: \"time = 10\", source: col}\n"
    "  c1: {date: 2024-01-04, by: b, act: request, about: \"road = free\", source: col, class: "
    "on-record}\n"
    "readings:\n"
    "  m1: {date: 2024-01-04, party: a, refuses: \"guns = none\", because: x, from: []}\n";

typedef struct prepared {
    parley_ctx *ctx;
    parley_case *c;
    uint32_t nearest;
    int page; /* 0 engine, 1 page, 2 JSON */
} prepared;

static parley_status look(parley_ctx *ctx, const prepared *p, parley_deal *deal, parley_error *err)
{
    parley_ideas_options options = PARLEY_IDEAS_OPTIONS_INIT;
    parley_ideas *ideas = (parley_ideas *)(uintptr_t)1;
    options.nearest = p->nearest;
    parley_status status = parley_ideas_new(&ideas, ctx, p->c, deal, &options, err);
    assert_true((status == PARLEY_OK) == (ideas != NULL));
    assert_true(ideas == NULL || parley_ideas_size(ideas) >= 3);
    parley_ideas_free(ideas);
    return status;
}

static parley_status print(parley_ctx *ctx, const prepared *p, parley_deal *deal, parley_error *err)
{
    const parley_counter_page page = {p->c, deal, -1, -1, p->nearest};
    parley_screen *screen = NULL;
    parley_text *text = parley_text_new(ctx, 1u << 20);
    parley_status status =
        text == NULL ? parley_fail(err, PARLEY_NOMEM, "no memory for the text") : PARLEY_OK;
    if (status == PARLEY_OK && p->page == 1) {
        status = parley_screen_new(&screen, ctx, text, NULL, err);
        if (status == PARLEY_OK) {
            status = parley_page_counter(screen, ctx, &page, err);
        }
        if (status == PARLEY_OK) {
            status = parley_screen_status(screen, err);
        }
    } else if (status == PARLEY_OK) {
        parley_json json;
        parley_json_begin(&json, text);
        status = parley_page_counter_json(&json, ctx, &page, err);
        if (status == PARLEY_OK) {
            status = parley_text_status(text, err);
        }
    }
    parley_screen_free(screen);
    parley_text_free(text);
    return status;
}

static parley_status run(parley_ctx *ctx, void *user, parley_error *err)
{
    const prepared *p = user;
    parley_deal *deal = NULL;
    parley_status status = parley_deal_new(&deal, ctx, p->c, NULL, err);
    if (status == PARLEY_OK) {
        status = p->page == 0 ? look(ctx, p, deal, err) : print(ctx, p, deal, err);
    }
    parley_deal_free(deal);
    return status;
}

static void tortured(uint32_t nearest, int page, uint64_t floor)
{
    prepared p = {check_ctx(), NULL, nearest, page};
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_case_read(&p.c, p.ctx, "small.yaml", small, strlen(small), NULL, NULL, &err),
             &err);
    torture(run, &p, floor);
    parley_case_free(p.c);
    check_ctx_done(p.ctx);
}

static void looking_for_ideas_survives_every_failed_allocation(void **state)
{
    (void)state;
    tortured(0, 0, 70);
}

static void looking_for_near_packages_survives_too(void **state)
{
    (void)state;
    tortured(4, 0, 70);
}

static void the_page_of_ideas_survives_too(void **state)
{
    (void)state;
    tortured(2, 1, 70);
}

static void ideas_as_json_survive_too(void **state)
{
    (void)state;
    tortured(2, 2, 70);
}

static void a_cancelled_search_ends_without_a_result(void **state)
{
    (void)state;
    desk d = desk_text(small);
    parley_error err = PARLEY_ERROR_INIT;
    parley_ideas *ideas = (parley_ideas *)(uintptr_t)1;
    desk_analyse(&d, NULL);
    parley_ctx_cancel(d.ctx);
    assert_int_equal(parley_ideas_new(&ideas, d.ctx, d.c, d.deal, NULL, &err), PARLEY_CANCELLED);
    assert_null(ideas);
    desk_close(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(looking_for_ideas_survives_every_failed_allocation),
        cmocka_unit_test(looking_for_near_packages_survives_too),
        cmocka_unit_test(the_page_of_ideas_survives_too),
        cmocka_unit_test(ideas_as_json_survive_too),
        cmocka_unit_test(a_cancelled_search_ends_without_a_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
