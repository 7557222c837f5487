/*
 * What an audience may not see changes no byte of any page for it: every page of random cases, as
 * text and as JSON, with and without hidden records of every kind.
 */
#include "deal_check.h"
#include "random_case.h"

#include <parley/home.h>
#include <parley/screens.h>
#include <parley/worktext.h>

#define CASES 300

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
    check_ok(parley_page_contradictions(screen, d->ctx, d->c, &found, &err), &err);
    parley_json_begin(&json, out);
    check_ok(parley_page_contradictions_json(&json, d->ctx, d->c, &found, &err), &err);
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
        const parley_why_page why = {d->c, d->deal, parley_case_party(d->c, (int32_t)i)->record.id};
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

/* A record of any kind that only `label` may see, somewhere in its section. */
static void hide(random_case *rc, uint32_t n, uint32_t claims, const char *label)
{
    uint32_t at = parley_random_below(&rc->random, 6);
    const char *f = random_case_formula(rc, 2);
    uint32_t party = parley_random_below(&rc->random, rc->parties);
    static const char *const acts[] = {"demand", "reject", "accept", "say"};
    switch (parley_random_below(&rc->random, 12)) {
    case 0:
        random_case_add(rc, RANDOM_CLAIMS, at,
                        "@c9%u: {by: @p%u, to: @p%u, act: %s, about: \"%s\", class: on-record, "
                        "date: 2026-05-0%u, label: %s}",
                        n, party, (party + 1) % rc->parties, acts[n % 4], f, n + 1, label);
        break;
    case 1: /* takes out, for those who may see it, what all may see */
        if (claims > 0) {
            random_case_add(rc, RANDOM_CLAIMS, at,
                            "@c9%u: {by: @p%u, act: say, replaces: @c0, about: \"%s\", label: %s}",
                            n, party, f, label);
        }
        break;
    case 2:
        random_case_add(rc, RANDOM_READINGS, at,
                        "@m9%u: {party: @p%u, refuses: \"%s\", because: \"so\", label: %s}", n,
                        party, f, label);
        break;
    case 3:
        random_case_add(rc, RANDOM_RULES, at, "@r9%u: {formula: \"%s\", label: %s}", n, f, label);
        break;
    case 4:
        random_case_add(rc, RANDOM_FLAGS, at,
                        "@w9%u: {law: hidden-law, notice: \"hidden\", keeps-out: [\"%s\"], label: "
                        "%s}",
                        n, f, label);
        break;
    case 5:
        random_case_add(rc, RANDOM_PROPOSALS, at,
                        "@q9%u: {tabled-by: @p%u, text: \"%s\", date: 2026-06-01, label: %s}", n,
                        party, f, label);
        break;
    case 6:
        if (rc->proposals > 0) {
            random_case_add(rc, RANDOM_RESPONSES, at,
                            "{party: @p%u, to: @q0, answer: %s, class: on-record, date: "
                            "2026-07-0%u, label: %s}",
                            party, n % 2 == 0 ? "accept" : "reject", n + 1, label);
        }
        break;
    case 7:
        random_case_add(rc, RANDOM_ISSUE_ROWS, at,
                        "@i9%u: {ask: \"@I9%u\", track: @t0, options: {u: U, v: V, w: W}, label: "
                        "%s}",
                        n, n, label);
        break;
    case 8:
        random_case_add(rc, RANDOM_TRACKS, 0, "@t9%u: {table: now, label: %s}", n, label);
        break;
    case 9:
        random_case_add(rc, RANDOM_PARTIES, at,
                        "@p9%u: {name: \"@P9%u\", roles: [principal, mediator], label: %s}", n, n,
                        label);
        break;
    case 10:
        random_case_add(rc, RANDOM_SOURCES, at,
                        "@s9%u: {name: \"@S9%u\", kind: outlet, date: 2027-01-01, label: %s}", n, n,
                        label);
        break;
    default:
        random_case_add(rc, RANDOM_CONCERNS, at,
                        "@n9%u: {party: @p%u, reading: \"hidden\", met-by: [\"%s\"], label: %s}", n,
                        party, f, label);
        break;
    }
}

/* Records of the desk's own sections, which random cases do not have: the team's, unless said. */
static char *with_desk(const char *text, const random_case *rc, const char *label, uint64_t key)
{
    char a[48];
    char b[48];
    char issue[48];
    char *more = malloc(strlen(text) + 4000);
    assert_non_null(more);
    random_case_name(a, 'p', 0, 0, 0);
    random_case_name(b, 'p', rc->parties > 1 ? 1 : 0, 0, 0);
    random_case_name(issue, 'i', 0, 0, 0);
    int length = snprintf(
        more, strlen(text) + 4000,
        "%s"
        "figures:\n  f99: {what: \"hidden\", best: %u, unit: person, claimant: %s, label: %s}\n"
        "channels:\n  - {from: %s, to: %s, quality: works, label: %s}\n"
        "relays:\n  r99: {owner: %s, carrier: %s, to: %s, may-say: exact, label: %s}\n"
        "favours:\n  - {giver: %s, receiver: %s, what: \"hidden\", label: %s}\n"
        "obligations:\n  o99: {bearer: %s, what: \"hidden\", due: 2026-01-01, label: %s}\n"
        "meetings:\n  - {who: [%s, %s], outcome: \"hidden\", date: 2026-02-02, label: %s}\n"
        "expected:\n  - {from: %s, what: \"hidden\", label: %s}\n"
        "levers:\n  l99: {holder: %s, over: %s, what: \"hidden\", history: [{date: 2026-01, state: "
        "on}], label: %s}\n"
        "constituencies:\n  k99: {party: %s, name: \"hidden\", kind: parliament, say: blocks, "
        "label: %s}\n"
        "candidates:\n  a99: {for: mediator, who: %s, aspects: [{of: interest, reading: "
        "\"hidden\"}], label: %s}\n  b99: {for: table, name: \"hidden\", seats: [%s, %s], label: "
        "%s}\n"
        "incidents:\n  e99: {what: \"hidden\", place: \"hidden\", date: 2026-02-03, label: %s}\n"
        "links:\n  h99: {issue: %s, case: \"hidden.yaml\", to: x, sign: hurts, owner: %s, reading: "
        "\"hidden\", label: %s}\n",
        text, (unsigned)(key % 90), a, label, a, b, label, a, b, b, label, a, b, label, b, label, a,
        b, label, a, label, a, b, label, a, label, b, label, a, b, label, label, issue, a, label);
    assert_true(length > 0 && (size_t)length < strlen(text) + 4000);
    return more;
}

static void what_an_audience_may_not_see_changes_no_byte_of_its_pages(void **state)
{
    (void)state;
    const random_case_options how = {.label = "public"};
    uint64_t seen = 0;
    for (uint64_t key = 0; key < CASES; key++) {
        random_case rc;
        char name[48];
        bool public = key % 2 == 0;
        random_case_make(&rc, key + 500000, &how);
        random_case_name(name, 'p', 0, 0, 0);
        const char *audience = public ? "public" : name;
        char *text = random_case_text(&rc, 0);
        char *before = pages(text, audience);
        uint32_t claims = rc.rows[RANDOM_CLAIMS];
        uint32_t hidden = 1 + parley_random_below(&rc.random, 4);
        for (uint32_t n = 0; n < hidden; n++) {
            hide(&rc, n, claims,
                 public       ? (n % 2 == 0 ? "team" : "@p0")
                 : n % 2 == 0 ? "team"
                              : "@p1");
        }
        char *plain = random_case_text(&rc, 0);
        char *more = with_desk(plain, &rc,
                               key % 4 < 2 ? "team"
                               : public    ? "principals"
                                           : "team",
                               key);
        char *after = pages(more, audience);
        free(plain);
        if (strcmp(before, after) != 0) {
            print_error("key %llu: for '%s', with hidden records, the pages differ:\n",
                        (unsigned long long)rc.key, audience);
            size_t at = 0;
            while (before[at] == after[at]) {
                at++;
            }
            at = at > 200 ? at - 200 : 0;
            fprintf(stderr, "--- without\n%.600s\n--- with\n%.600s\n--- case\n%s", before + at,
                    after + at, more);
            fail();
        }
        if (key % 5 == 0) { /* the team sees a difference: there was something to hide */
            char *without = pages(text, NULL);
            char *with = pages(more, NULL);
            seen += strcmp(without, with) != 0;
            free(without);
            free(with);
        }
        free(before);
        free(after);
        free(text);
        free(more);
        random_case_free(&rc);
    }
    assert_true(seen > CASES / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_an_audience_may_not_see_changes_no_byte_of_its_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
