/*
 * The page "search": which claims are found, how the words are marked, against a slow search of its
 * own on random cases; bad questions, and memory that ends.
 */
#include "deal/deal_check.h"
#include "deal/random_case.h"
#include "report/page.h"

#include <parley/screens.h>

static const char small[] =
    "parley: 1\ntitle: Two towns\nas-of: 2025-03-14\n"
    "sources: {paper: {name: The paper, kind: outlet, date: 2025-03-14}}\n"
    "parties: {p: {name: Upper, roles: [principal]}, q: {name: Lower, roles: [principal]}}\n"
    "people: {m: {name: Em, of: p, office: mayor}}\n"
    "tracks: {t: {table: now}}\n"
    "issues:\n  gate: {track: t, options: {open: Open, shut: Shut}}\n"
    "claims:\n"
    "  c1: {date: 2025-03, by: \"p:m\", to: q, act: say, says: \"The bridge costs money; bridges "
    "do.\", source: paper, class: on-record}\n"
    "  c2: {date: 2025-02-11, by: q, act: demand, about: \"gate = open\", hedge: \"as the BRIDGE "
    "guard says\", source: paper, class: described, speaker-text: a clerk}\n"
    "  c3: {date: 2025-02-20, by: q, act: say, says: \"Stra\\u00dfe und Br\\u00fccke\", source: "
    "paper}\n";

static parley_search_page like_this(const parley_case *c, const char *query)
{
    return (parley_search_page){.c = c,
                                .claims = parley_claims_of(c),
                                .name = "case.yaml",
                                .query = query,
                                .language = PARLEY_LANGUAGE_NONE,
                                .party = -1,
                                .issue = -1,
                                .source = -1,
                                .act = -1,
                                .cls = -1};
}

/* Ids of what is found, each with a blank behind it. */
static void finds(parley_ctx *ctx, const parley_search_page *like, const char *wanted)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_json json;
    uint64_t found = 0;
    char ids[2000] = "";
    parley_text *out = parley_text_new(ctx, SIZE_MAX);
    assert_non_null(out);
    parley_json_begin(&json, out);
    check_ok(parley_page_search_json(&json, ctx, like, &found, &err), &err);
    check_ok(parley_text_status(out, &err), &err);
    uint64_t n = 0;
    for (const char *at = parley_text_data(out); (at = strstr(at, "\"claim\": \"")) != NULL; n++) {
        at += strlen("\"claim\": \"");
        strncat(ids, at, strcspn(at, "\""));
        strcat(ids, " ");
    }
    assert_true(like->most > 0 ? n <= like->most && n <= found : n == found);
    assert_string_equal(ids, wanted);
    parley_text_free(out);
}

static void words_are_found_folded_and_by_their_beginning(void **state)
{
    (void)state;
    static const struct {
        const char *query;
        const char *wanted;
    } rows[] = {{"bridge", "c2 c1 "},
                {"BRIDGE guard", "c2 "},
                {"bridges", "c1 "},
                {"bridge*", "c2 c1 "},
                {"bridg", ""},
                {"bri* cost*", "c1 "},
                {"strasse", "c3 "},
                {"STRASSE brücke", "c3 "},
                {"br\xc3\xbc*", "c3 "},
                {"clerk", "c2 "},
                {"gate", "c2 "},
                {"gate = open", "c2 "},
                {"money bridge nothing", ""},
                {"b* m*", "c1 "},
                {"costs; money,", "c1 "}};
    desk d = desk_text(small);
    for (size_t k = 0; k < CHECK_COUNT(rows); k++) {
        const parley_search_page like = like_this(d.c, rows[k].query);
        finds(d.ctx, &like, rows[k].wanted);
    }
    desk_close(&d);
}

static void forms_of_a_word_are_found_and_marked(void **state)
{
    (void)state;
    desk d = desk_text(small);
    parley_error err = PARLEY_ERROR_INIT;
    uint64_t found = 0;
    parley_search_page like = like_this(d.c, "bridging cost");
    like.language = PARLEY_LANGUAGE_ENGLISH;
    finds(d.ctx, &like, "c1 ");
    page p = page_new(80, false);
    check_ok(parley_page_search(p.screen, d.ctx, &like, &found, &err), &err);
    page_reads(&p,
               "1 claim holds: bridging cost\n"
               "c1 March 2025, Upper (mayor) to Lower                                  on record\n"
               "     says: \"The \xc2\xab"
               "bridge\xc2\xbb \xc2\xab"
               "costs\xc2\xbb money; \xc2\xab"
               "bridges\xc2\xbb do.\"\n");
    like.query = "\"bridges\"";
    finds(d.ctx, &like, "c1 ");
    like.query = "\"bridge\" costs";
    finds(d.ctx, &like, "c1 ");
    like.language = PARLEY_LANGUAGE_NONE;
    like.query = "bridging";
    finds(d.ctx, &like, "");
    desk_close(&d);
}

static void filters_narrow_what_is_found(void **state)
{
    (void)state;
    desk d = desk_text(small);
    parley_error err = PARLEY_ERROR_INIT;
    parley_search_page like = like_this(d.c, "bridge");
    like.party = 0;
    finds(d.ctx, &like, "c1 ");
    like.party = -1;
    like.issue = 0;
    finds(d.ctx, &like, "c2 ");
    like.issue = -1;
    check_ok(parley_date_parse(&like.since, "2025-03-05", 10, &err), &err);
    finds(d.ctx, &like, "c1 "); /* some day in March may be later */
    like.since = PARLEY_DATE_INIT;
    check_ok(parley_date_parse(&like.at, "2025-02-28", 10, &err), &err);
    finds(d.ctx, &like, "c2 ");
    like.at = PARLEY_DATE_INIT;
    like.most = 1;
    finds(d.ctx, &like, "c2 ");
    like.most = 0;
    like.act = PARLEY_ACT_DEMAND;
    finds(d.ctx, &like, "c2 ");
    like.act = PARLEY_ACT_REJECT;
    finds(d.ctx, &like, "");
    like.act = -1;
    like.cls = PARLEY_CLASS_ON_RECORD;
    finds(d.ctx, &like, "c1 ");
    like.cls = -1;
    like.source = 0;
    finds(d.ctx, &like, "c2 c1 ");
    desk_close(&d);
}

static void the_page_marks_the_words(void **state)
{
    (void)state;
    desk d = desk_text(small);
    parley_error err = PARLEY_ERROR_INIT;
    parley_search_page like = like_this(d.c, "bridge*");
    uint64_t found = 0;
    page p = page_new(80, false);
    check_ok(parley_page_search(p.screen, d.ctx, &like, &found, &err), &err);
    assert_int_equal(found, 2);
    page_reads(&p,
               "2 claims hold: bridge*\n"
               "c2 11 Feb 2025, Lower                                           unnamed: a clerk\n"
               "     demands gate = open; hedged: as the «BRIDGE» guard says; speaker: a clerk\n"
               "c1 March 2025, Upper (mayor) to Lower                                  on record\n"
               "     says: \"The «bridge» costs money; «bridges» do.\"\n");
    like.query = "ferry";
    p = page_new(80, false);
    check_ok(parley_page_search(p.screen, d.ctx, &like, &found, &err), &err);
    assert_int_equal(found, 0);
    page_reads(&p, "No claim holds: ferry\n");
    desk_close(&d);
}

static void a_question_without_a_word_is_an_error(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "   ", "*", "= ! ;", "\xe2\x80\x9c"};
    desk d = desk_text(small);
    for (size_t k = 0; k < CHECK_COUNT(bad); k++) {
        parley_error err = PARLEY_ERROR_INIT;
        uint64_t found = 7;
        const parley_search_page like = like_this(d.c, bad[k]);
        page p = page_new(80, false);
        check_fails(parley_page_search(p.screen, d.ctx, &like, &found, &err), PARLEY_INVALID, &err);
        assert_int_equal(found, 0);
        page_reads(&p, "");
    }
    parley_error err = PARLEY_ERROR_INIT;
    uint64_t found = 0;
    const parley_search_page like = like_this(d.c, "\xff\xfe");
    page p = page_new(80, false);
    check_fails(parley_page_search(p.screen, d.ctx, &like, &found, &err), PARLEY_SYNTAX, &err);
    page_reads(&p, "");
    desk_close(&d);
}

/* Is `word` (or a word that begins so) among the words of a claim? ASCII, which random cases are.
 */
static bool slow_holds(const parley_claim *claim, const char *word, bool prefix)
{
    const char *const fields[] = {claim->says, claim->about.text, claim->hedge,
                                  claim->speaker_text};
    for (size_t k = 0; k < CHECK_COUNT(fields); k++) {
        for (const char *at = fields[k]; at != NULL && *at != '\0';) {
            size_t n = strcspn(at, " =<>!(){},;.:-\"'_");
            if (n >= strlen(word) && strncmp(at, word, strlen(word)) == 0 &&
                (prefix || n == strlen(word))) {
                return true;
            }
            at += n + (at[n] != '\0');
        }
    }
    return false;
}

static void random_cases_are_searched_as_a_slow_search_does(void **state)
{
    (void)state;
    static const char *const words[] = {"p0", "i0", "i1", "in", "and", "not", "p", "i", "c0", "q0"};
    uint64_t hits = 0;
    for (uint64_t key = 1; key <= 100; key++) {
        random_case rc;
        random_case_options options = {.claims_most = 20};
        random_case_make(&rc, key, &options);
        char *text = random_case_text(&rc, 0);
        desk d = desk_text(text);
        for (size_t a = 0; a < CHECK_COUNT(words); a++) {
            for (size_t b = 0; b < CHECK_COUNT(words); b += 3) {
                char query[40];
                parley_error err = PARLEY_ERROR_INIT;
                uint64_t found = 0;
                uint64_t wanted = 0;
                snprintf(query, sizeof(query), "%s* %s", words[a], words[b]);
                for (uint32_t i = 0; i < parley_case_claims(d.c); i++) {
                    const parley_claim *claim = parley_case_claim(d.c, (int32_t)i);
                    wanted +=
                        slow_holds(claim, words[a], true) && slow_holds(claim, words[b], false);
                }
                const parley_search_page like = like_this(d.c, query);
                page p = page_new(72, false);
                check_ok(parley_page_search(p.screen, d.ctx, &like, &found, &err), &err);
                if (found != wanted) {
                    fail_msg("key %llu, '%s': %llu found, not %llu", (unsigned long long)key, query,
                             (unsigned long long)found, (unsigned long long)wanted);
                }
                hits += found;
                page_reads(&p, parley_text_data(p.text));
            }
        }
        desk_close(&d);
        free(text);
        random_case_free(&rc);
    }
    assert_true(hits > 500);
}

static void nothing_found_steers_the_terminal(void **state)
{
    (void)state;
    desk d = desk_text("parley: 1\nparties: {a: {name: \"A\\e[1m\"}}\nclaims:\n"
                       "  c1: {by: a, act: say, says: \"word \\e[2J word\\u202e\"}\n");
    parley_error err = PARLEY_ERROR_INIT;
    uint64_t found = 0;
    const parley_search_page like = like_this(d.c, "word");
    page p = page_new(80, false);
    check_ok(parley_page_search(p.screen, d.ctx, &like, &found, &err), &err);
    assert_null(strchr(parley_text_data(p.text), '\033'));
    assert_non_null(strstr(parley_text_data(p.text), "«word» \\e[2J «word"));
    page_reads(&p, parley_text_data(p.text));
    desk_close(&d);
}

/* ------------------------------------------------------------------------ memory */

static const char *tortured;

static parley_status page_once(parley_ctx *ctx, void *user, parley_error *err)
{
    parley_case *c = NULL;
    parley_screen *screen = NULL;
    parley_json json;
    uint64_t found = 0;
    bool as_json = *(const bool *)user;
    parley_status status =
        parley_case_read(&c, ctx, "case.yaml", small, strlen(small), NULL, NULL, err);
    if (status != PARLEY_OK) {
        return status;
    }
    const parley_search_page like = like_this(c, tortured);
    parley_text *text = parley_text_new(ctx, SIZE_MAX);
    if (text == NULL) {
        parley_case_free(c);
        return parley_fail(err, PARLEY_NOMEM, "no text");
    }
    status = parley_screen_new(&screen, ctx, text, NULL, err);
    if (status == PARLEY_OK && as_json) {
        parley_json_begin(&json, text);
        status = parley_page_search_json(&json, ctx, &like, &found, err);
        status = status == PARLEY_OK ? parley_text_status(text, err) : status;
    } else if (status == PARLEY_OK) {
        status = parley_page_search(screen, ctx, &like, &found, err);
        status = status == PARLEY_OK ? parley_screen_status(screen, err) : status;
    }
    parley_screen_free(screen);
    parley_text_free(text);
    parley_case_free(c);
    return status;
}

static void every_allocation_of_the_pages_may_fail(void **state)
{
    (void)state;
    for (int k = 0; k < 4; k++) {
        bool json = k % 2 == 1;
        tortured = k < 2 ? "bridge" : "bri*";
        torture(page_once, &json, 30);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found_folded_and_by_their_beginning),
        cmocka_unit_test(forms_of_a_word_are_found_and_marked),
        cmocka_unit_test(filters_narrow_what_is_found),
        cmocka_unit_test(the_page_marks_the_words),
        cmocka_unit_test(a_question_without_a_word_is_an_error),
        cmocka_unit_test(random_cases_are_searched_as_a_slow_search_does),
        cmocka_unit_test(nothing_found_steers_the_terminal),
        cmocka_unit_test(every_allocation_of_the_pages_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
