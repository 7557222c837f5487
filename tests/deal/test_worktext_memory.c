/*
 * Memory that ends while a working text is looked at and printed: every allocation fails in turn.
 * The status is NOMEM, nothing leaks, results are NULL.
 */
#include "deal_check.h"
#include "support/torture.h"

#include <parley/screens.h>
#include <parley/worktext.h>

typedef struct prepared {
    parley_ctx *ctx;
    parley_case *c;
    bool page;
} prepared;

static parley_status look(parley_ctx *ctx, void *user, parley_error *err)
{
    prepared *p = user;
    parley_worktext *w = (parley_worktext *)(uintptr_t)1;
    parley_status status = parley_worktext_new(&w, ctx, p->c, NULL, err);
    assert_true((status == PARLEY_OK) == (w != NULL));
    parley_text *text = NULL;
    parley_screen *screen = NULL;
    const parley_text_page page = {p->c, w, "case.yaml"};
    if (status == PARLEY_OK && p->page) {
        text = parley_text_new(ctx, 1 << 20);
        status = text == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                              : parley_screen_new(&screen, ctx, text, NULL, err);
        if (status == PARLEY_OK) {
            status = parley_page_text(screen, &page, err);
        }
        if (status == PARLEY_OK) {
            status = parley_screen_status(screen, err);
        }
        if (status == PARLEY_OK) {
            parley_json json;
            parley_json_begin(&json, text);
            parley_page_text_json(&json, &page);
            status = parley_text_status(text, err);
        }
    }
    parley_screen_free(screen);
    parley_text_free(text);
    parley_worktext_free(w);
    return status;
}

static void with_case(const char *name, bool page, uint64_t floor)
{
    desk d = desk_open(name);
    prepared p = {d.ctx, d.c, page};
    torture(look, &p, floor);
    desk_close(&d);
}

static void a_text_without_memory_leaves_nothing_behind(void **state)
{
    (void)state;
    with_case("river-at-home.yaml", false, 20);
    with_case("seven-steps-2022.yaml", false, 20);
}

static void a_page_without_memory_leaves_nothing_behind(void **state)
{
    (void)state;
    with_case("river-at-home.yaml", true, 20);
    with_case("relocation-2025.yaml", true, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_without_memory_leaves_nothing_behind),
        cmocka_unit_test(a_page_without_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
