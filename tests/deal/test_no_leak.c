/*
 * What an audience may not see changes no byte of any page for it: every page of random cases, as
 * text and as JSON, with and without hidden records of every kind. The program's own commands are
 * compared in tests/cli/test_leak_program.py.
 */
#include "leak_pair.h"

#include <parley/home.h>
#include <parley/screens.h>
#include <parley/worktext.h>

#define PAIRS 300 /* PARLEY_LEAK_PAIRS asks for more */

/* ------------------------------------------------------------------- every page */

static void put_bargaining(desk *d, parley_screen *screen, parley_text *out)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_json json;
    bool found = false;
    parley_home *home = NULL;
    check_ok(parley_home_new(&home, d->ctx, d->deal, d->c, NULL, &err), &err);
    const parley_deals_page deals = {.c = d->c,
                                     .deal = d->deal,
                                     .path = "case.yaml",
                                     .list = true,
                                     .list_most = 50,
                                     .home = home};
    const parley_blocks_page blocks = {d->c, d->deal, PARLEY_TERMS_OPTIONS_INIT, false};
    const parley_bridges_page bridges = {
        .c = d->c, .deal = d->deal, .rung = -1, .party = -1, .most = 5};
    const parley_counter_page counter = {.c = d->c, .deal = d->deal, .proposal = -1, .by = -1};
    const parley_ask_page ask = {d->c, d->deal, PARLEY_TERMS_OPTIONS_INIT, -1, true};
    check_ok(parley_page_deals(screen, &deals, &err), &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_deals_json(&json, d->ctx, &deals, &err), &err);
    check_ok(parley_page_blocks(screen, d->ctx, &blocks, &err), &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_blocks_json(&json, d->ctx, &blocks, &err), &err);
    check_ok(parley_page_bridges(screen, d->ctx, &bridges, &found, &err), &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_bridges_json(&json, d->ctx, &bridges, &found, &err), &err);
    check_ok(parley_page_counter(screen, d->ctx, &counter, &err), &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_counter_json(&json, d->ctx, &counter, &err), &err);
    check_ok(parley_page_ask(screen, d->ctx, &ask, &err), &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_ask_json(&json, d->ctx, &ask, &err), &err);
    parley_home_free(home);
}

static void put_moves(desk *d, parley_screen *screen, parley_text *out)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_json json;
    const parley_show_page show = {
        .c = d->c, .terms = PARLEY_TERMS_OPTIONS_INIT, .party = -1, .issue = -1};
    const parley_moves_page moves = {
        .c = d->c, .terms = PARLEY_TERMS_OPTIONS_INIT, .party = -1, .issue = -1};
    parley_worktext *work = NULL;
    check_ok(parley_page_show(screen, d->ctx, &show, &err), &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_show_json(&json, d->ctx, &show, &err), &err);
    check_ok(parley_page_moves(screen, d->ctx, &moves, &err), &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_moves_json(&json, d->ctx, &moves, &err), &err);
    static const char *const queries[] = {"hidden", "p*", "so", "i* u*"};
    for (size_t k = 0; k < sizeof(queries) / sizeof(queries[0]); k++) {
        uint64_t found = 0;
        const parley_search_page search = {.c = d->c,
                                           .claims = parley_claims_of(d->c),
                                           .name = "case.yaml",
                                           .query = queries[k],
                                           .party = -1,
                                           .issue = -1};
        check_ok(parley_page_search(screen, d->ctx, &search, &found, &err), &err);
        parley_json_begin(&json, out);
        check_ok(parley_page_search_json(&json, d->ctx, &search, &found, &err), &err);
    }
    for (int positions = 0; positions < 2; positions++) {
        const parley_timeline_page timeline = {.c = d->c,
                                               .terms = PARLEY_TERMS_OPTIONS_INIT,
                                               .party = -1,
                                               .issue = -1,
                                               .positions = positions == 1};
        check_ok(parley_page_timeline(screen, d->ctx, &timeline, &err), &err);
        parley_json_begin(&json, out);
        check_ok(parley_page_timeline_json(&json, d->ctx, &timeline, &err), &err);
    }
    check_ok(parley_worktext_new(&work, d->ctx, d->c, NULL, &err), &err);
    const parley_text_page text = {d->c, work, "case.yaml"};
    check_ok(parley_page_text(screen, &text, &err), &err);
    parley_json_begin(&json, out);
    parley_page_text_json(&json, &text);
    parley_worktext_free(work);
}

static void put_desk(desk *d, parley_screen *screen, parley_text *out)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_json json;
    uint32_t found = 0;
    check_ok(parley_page_contradictions(screen, d->ctx, &(parley_contradictions_page){.c = d->c},
                                        &found, &err),
             &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_contradictions_json(
                 &json, d->ctx, &(parley_contradictions_page){.c = d->c}, &found, &err),
             &err);
    check_ok(parley_page_figures(screen, d->ctx, d->c, &err), &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_figures_json(&json, d->ctx, d->c, &err), &err);
    check_ok(parley_page_relay(screen, d->ctx, d->c, -1, &found, &err), &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_relay_json(&json, d->ctx, d->c, -1, &found, &err), &err);
    check_ok(parley_page_channels(screen, d->ctx, d->c, 0, 1, &err), &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_channels_json(&json, d->ctx, d->c, 0, 1, &err), &err);
    check_ok(parley_page_candidates(screen, d->ctx, d->c, -1, PARLEY_DATE_INIT, &err), &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_candidates_json(&json, d->ctx, d->c, -1, PARLEY_DATE_INIT, &err), &err);
    const parley_show_page show = {
        .c = d->c, .terms = PARLEY_TERMS_OPTIONS_INIT, .party = -1, .issue = -1};
    check_ok(parley_page_blocs(screen, d->ctx, &show, &err), &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_blocs_json(&json, d->ctx, &show, &err), &err);
    parley_page_levers(screen, d->c, -1, PARLEY_DATE_INIT);
    parley_json_begin(&json, out);
    parley_page_levers_json(&json, d->c, -1, PARLEY_DATE_INIT);
    check_ok(parley_page_agenda(screen, d->ctx, d->c, &err), &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_agenda_json(&json, d->ctx, d->c, &err), &err);
    check_ok(parley_page_ripeness(screen, d->ctx, d->c, -1, PARLEY_DATE_INIT, &err), &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_ripeness_json(&json, d->ctx, d->c, -1, PARLEY_DATE_INIT, &err), &err);
    const parley_linked linked[4] = {{d->c, NULL}, {d->c, NULL}, {NULL, "not there"}, {NULL, NULL}};
    assert_true(parley_case_links(d->c) <= 4); /* the case itself stands for the other one */
    check_ok(parley_page_links(screen, d->ctx, d->c, linked, -1, &err), &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_links_json(&json, d->ctx, d->c, linked, -1, &err), &err);
    check_ok(parley_page_standing(screen, d->ctx, d->c, -1, &err), &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_standing_json(&json, d->ctx, d->c, -1, &err), &err);
    check_ok(parley_page_promises(screen, d->ctx, d->c, -1, &found, &err), &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_promises_json(&json, d->ctx, d->c, -1, &found, &err), &err);
    parley_page_meet(screen, d->c, -1);
    parley_json_begin(&json, out);
    parley_page_meet_json(&json, d->c, -1);
    parley_page_favours(screen, d->c, -1);
    parley_json_begin(&json, out);
    parley_page_favours_json(&json, d->c, -1);
}

static void put_papers(desk *d, parley_screen *screen, parley_text *out)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_json json;
    parley_status_page *night = NULL;
    check_ok(parley_status_page_new(&night, d->ctx, d->c, "case.yaml", &err), &err);
    check_ok(parley_page_status(screen, night, &err), &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_status_json(&json, night, &err), &err);
    parley_status_page_free(night);
    for (int writing = 0; writing < 3; writing++) {
        check_ok(parley_page_brief(screen, out, d->ctx, d->c, 0, (parley_writing)writing, &err),
                 &err);
        check_ok(
            parley_page_digest(screen, out, d->ctx, d->c, INT32_MIN, (parley_writing)writing, &err),
            &err);
    }
    for (int writing = PARLEY_WRITING_MARKDOWN; writing <= PARLEY_WRITING_HTML; writing++) {
        const parley_case_page whole = {d->c, (parley_writing)writing, PARLEY_CHARTS_DATA};
        check_ok(parley_page_case(screen, out, d->ctx, &whole, &err), &err);
    }
    for (uint32_t i = 0; i < parley_case_parties(d->c) && i < 3; i++) {
        const parley_why_page why = {d->c, d->deal, parley_case_party(d->c, (int32_t)i)->record.id,
                                     false};
        check_ok(parley_page_why(screen, d->ctx, &why, &err), &err);
        parley_json_begin(&json, out);
        check_ok(parley_page_why_json(&json, d->ctx, &why, &err), &err);
    }
}

/* --------------------------------------------------------------- hidden records */

/* Every page of a case for an audience, one after the other; released with free. */
static char *pages(const char *text, const char *audience)
{
    desk d = {check_ctx(), NULL, NULL};
    parley_error err = PARLEY_ERROR_INIT;
    parley_case_options how = PARLEY_CASE_OPTIONS_INIT;
    how.audience = audience;
    parley_status status =
        parley_case_read(&d.c, d.ctx, "case.yaml", text, strlen(text), &how, NULL, &err);
    if (status != PARLEY_OK) {
        fputs(text, stderr);
    }
    check_ok(status, &err);
    parley_text *out = parley_text_new(d.ctx, 1 << 24);
    parley_screen *screen = NULL;
    assert_non_null(out);
    check_ok(parley_screen_new(&screen, d.ctx, out, NULL, &err), &err);
    desk_analyse(&d, NULL);
    put_bargaining(&d, screen, out);
    put_moves(&d, screen, out);
    put_desk(&d, screen, out);
    put_papers(&d, screen, out);
    check_ok(parley_screen_status(screen, &err), &err);
    check_ok(parley_text_status(out, &err), &err);
    char *copy = malloc(parley_text_size(out) + 1);
    assert_non_null(copy);
    memcpy(copy, parley_text_data(out), parley_text_size(out) + 1);
    parley_screen_free(screen);
    parley_text_free(out);
    desk_close(&d);
    return copy;
}

static void what_an_audience_may_not_see_changes_no_byte_of_its_pages(void **state)
{
    (void)state;
    const char *asked = getenv("PARLEY_LEAK_PAIRS");
    const uint64_t pairs = asked != NULL ? strtoull(asked, NULL, 10) : PAIRS;
    uint64_t seen = 0;
    for (uint64_t key = 0; key < pairs; key++) {
        leak_pair pair;
        leak_pair_make(&pair, key);
        char *before = pages(pair.without, pair.audience);
        char *after = pages(pair.with, pair.audience);
        if (strcmp(before, after) != 0) {
            print_error("key %llu: for '%s', with hidden records, the pages differ:\n",
                        (unsigned long long)key, pair.audience);
            size_t at = 0;
            while (before[at] == after[at]) {
                at++;
            }
            at = at > 200 ? at - 200 : 0;
            fprintf(stderr, "--- without\n%.600s\n--- with\n%.600s\n--- case\n%s", before + at,
                    after + at, pair.with);
            fail();
        }
        if (key % 5 == 0) { /* the team sees a difference: there was something to hide */
            char *without = pages(pair.without, NULL);
            char *with = pages(pair.with, NULL);
            seen += strcmp(without, with) != 0;
            free(without);
            free(with);
        }
        free(before);
        free(after);
        leak_pair_free(&pair);
    }
    assert_true(seen > pairs / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_an_audience_may_not_see_changes_no_byte_of_its_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
