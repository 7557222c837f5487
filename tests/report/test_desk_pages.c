/*
 * The views of the mediator's desk on the invented pass: what stands on them, and what happens when
 * memory runs out anywhere.
 */
#include "case/case_text.h"
#include "report/page.h"

#include <parley/screens.h>

static const char *folder;

static parley_case *pass(parley_ctx *ctx)
{
    char path[1000];
    parley_case *c = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    snprintf(path, sizeof(path), "%s/korr-pass.yaml", folder);
    check_ok(parley_case_load(&c, ctx, path, NULL, NULL, &err), &err);
    return c;
}

static parley_status views(parley_ctx *ctx, const parley_case *c, parley_screen *screen,
                           parley_text *out, parley_error *err)
{
    const parley_show_page show = {
        .c = c, .terms = PARLEY_TERMS_OPTIONS_INIT, .party = -1, .issue = -1};
    const parley_linked linked[2] = {{c, NULL}, {NULL, "there is no such file"}};
    parley_status status = parley_page_candidates(screen, ctx, c, -1, PARLEY_DATE_INIT, err);
    status = status == PARLEY_OK ? parley_page_blocs(screen, ctx, &show, err) : status;
    status = status == PARLEY_OK ? parley_page_agenda(screen, ctx, c, err) : status;
    status = status == PARLEY_OK ? parley_page_links(screen, ctx, c, linked, -1, err) : status;
    status = status == PARLEY_OK ? parley_page_standing(screen, ctx, c, -1, err) : status;
    status = status == PARLEY_OK ? parley_page_ripeness(screen, ctx, c, -1, PARLEY_DATE_INIT, err)
                                 : status;
    if (status == PARLEY_OK) {
        parley_page_levers(screen, c, -1, PARLEY_DATE_INIT);
        status = parley_screen_status(screen, err);
    }
    for (int k = 0; k < 6 && status == PARLEY_OK; k++) {
        parley_json json;
        parley_json_begin(&json, out);
        status = k == 0   ? parley_page_candidates_json(&json, ctx, c, -1, PARLEY_DATE_INIT, err)
                 : k == 1 ? parley_page_blocs_json(&json, ctx, &show, err)
                 : k == 2 ? parley_page_agenda_json(&json, ctx, c, err)
                 : k == 3 ? parley_page_links_json(&json, ctx, c, linked, -1, err)
                 : k == 4 ? parley_page_ripeness_json(&json, ctx, c, -1, PARLEY_DATE_INIT, err)
                          : parley_page_standing_json(&json, ctx, c, -1, err);
    }
    return status == PARLEY_OK ? parley_text_status(out, err) : status;
}

static void a_veto_is_named_and_what_nobody_refuses_is_no_acceptance(void **state)
{
    (void)state;
    page p = page_new(80, false);
    parley_case *c = pass(p.ctx);
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(views(p.ctx, c, p.screen, p.text, &err), &err);
    static const char *const wanted[] = {
        "Sollen: refused by Hest",
        "The hut on the pass: refused by Arden",
        "[The port of Arden: refused by Hest, as we read it]",
        "Marit's capital (which is no acceptance)",
        "REACHED BY NONE  Brin",
        "Herders of the Korr, whose consent it takes",
        "AGAINST ITSELF   what the bloc said and a member cannot both be had on: toll",
        "Brin is at one with Hest, and clashes inside, on: patrol",
        "not opened: there is no such file",
        "suspended 3 Oct",
        "EXCLUDED HERE",
    };
    for (size_t i = 0; i < CHECK_COUNT(wanted); i++) {
        if (strstr(parley_text_data(p.text), wanted[i]) == NULL) {
            fail_msg("'%s' is not on the pages:\n%s", wanted[i], parley_text_data(p.text));
        }
    }
    parley_case_free(c);
    parley_screen_free(p.screen);
    parley_text_free(p.text);
    check_ctx_done(p.ctx);
}

static parley_status once(parley_ctx *ctx, void *user, parley_error *err)
{
    parley_screen *screen = NULL;
    parley_text *out = parley_text_new(ctx, SIZE_MAX);
    parley_status status = out == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                                       : parley_screen_new(&screen, ctx, out, NULL, err);
    if (status == PARLEY_OK) {
        status = views(ctx, user, screen, out, err);
    }
    parley_screen_free(screen);
    parley_text_free(out);
    return status;
}

static void without_memory_nothing_is_left_behind(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = pass(ctx);
    torture(once, c, 20);
    parley_case_free(c);
    check_ctx_done(ctx);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_veto_is_named_and_what_nobody_refuses_is_no_acceptance),
        cmocka_unit_test(without_memory_nothing_is_left_behind),
    };
    assert_true(argc > 1);
    folder = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
