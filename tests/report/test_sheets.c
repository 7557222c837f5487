/*
 * Briefs and digests: what they must say of the worked cases, that hostile text stays text in every
 * writing, the same bytes each time.
 */
#include "case/case_text.h"
#include "report/page.h"

#include <parley/screens.h>

static const char *folder;

typedef struct wanted {
    const parley_case *c;
    int32_t party; /* -1: the digest */
    int32_t first;
    parley_writing writing;
    bool json;
    char *result; /* filled when not NULL on entry */
} wanted;

static parley_status make(parley_ctx *ctx, void *user, parley_error *err)
{
    wanted *w = user;
    parley_screen *screen = NULL;
    parley_text *out = parley_text_new(ctx, SIZE_MAX);
    parley_status status = out == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                                       : parley_screen_new(&screen, ctx, out, NULL, err);
    if (status == PARLEY_OK && w->json) {
        parley_json json;
        parley_json_begin(&json, out);
        status = w->party >= 0 ? parley_page_brief_json(&json, screen, ctx, w->c, w->party, err)
                               : parley_page_digest_json(&json, screen, ctx, w->c, w->first, err);
    } else if (status == PARLEY_OK) {
        status = w->party >= 0
                     ? parley_page_brief(screen, out, ctx, w->c, w->party, w->writing, err)
                     : parley_page_digest(screen, out, ctx, w->c, w->first, w->writing, err);
    }
    if (status == PARLEY_OK) {
        status = parley_screen_status(screen, err);
    }
    if (status == PARLEY_OK) {
        status = parley_text_status(out, err);
    }
    if (status == PARLEY_OK && w->result != NULL) {
        free(w->result);
        w->result = strdup(parley_text_data(out));
        assert_non_null(w->result);
    }
    parley_screen_free(screen);
    parley_text_free(out);
    return status;
}

static char *page_of(const parley_case *c, int32_t party, int32_t first, parley_writing writing,
                     bool json)
{
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    wanted w = {c, party, first, writing, json, strdup("")};
    check_ok(make(ctx, &w, &err), &err);
    check_ctx_done(ctx);
    return w.result;
}

static void says(const char *page_text, const char *words)
{
    if (strstr(page_text, words) == NULL) {
        fail_msg("the page does not say '%s':\n%s", words, page_text);
    }
}

static void says_not(const char *page_text, const char *words)
{
    if (strstr(page_text, words) != NULL) {
        fail_msg("the page says '%s':\n%s", words, page_text);
    }
}

static int32_t party(const parley_case *c, const char *id)
{
    int32_t found = parley_case_find(c, "parties", id, strlen(id));
    assert_true(found >= 0);
    return found;
}

static void a_brief_says_what_may_be_said_and_what_is_not_known(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *halt = load_shipped(ctx, folder, "halt-2025", NULL);
    char *russia = page_of(halt, party(halt, "ru"), 0, PARLEY_WRITING_MARKDOWN, false);
    says(russia, "yes, if: ");
    says(russia, "list open");
    says(russia, "## REPORTED ONLY");
    says(russia, "mobilisation halted");
    says(russia, "published: Ukraine accepts duration 30 days");
    says(russia, "our readings: m1 m2 m3 m4 m5");
    says(russia, "whether its list of conditions for offer-30 is complete");
    says(russia, "what it says on duration, intelligence, guarantees");
    says_not(russia, "## OUR READING"); /* all readings of the case are about others */
    free(russia);
    char *ukraine = page_of(halt, party(halt, "ua"), 0, PARLEY_WRITING_MARKDOWN, false);
    says(ukraine, "c10 &gt; c11");
    says(ukraine, "## OUR READING");
    free(ukraine);
    parley_case_free(halt);

    parley_case *shuttle = load_shipped(ctx, folder, "shuttle-2022", NULL);
    char *moscow = page_of(shuttle, party(shuttle, "ru"), 0, PARLEY_WRITING_MARKDOWN, false);
    says(moscow, "the words of relay r1 from Ukraine (public); do not strengthen them");
    says(moscow, "the assurance of relay r1: permission not-recorded");
    says(moscow, "to confirm");
    free(moscow);
    parley_case_free(shuttle);

    parley_case *exchange = load_shipped(ctx, folder, "exchange-2023", NULL);
    char *between = page_of(exchange, party(exchange, "ru"), 0, PARLEY_WRITING_TEXT, false);
    says(between, "our reading");
    says(between, "not in October");
    free(between);
    parley_case_free(exchange);
    check_ctx_done(ctx);
}

static void a_digest_tells_moves_from_words(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = load_shipped(ctx, folder, "halt-2025", NULL);
    char *week = page_of(c, -1, parley_case_as_of(c).last - 7, PARLEY_WRITING_MARKDOWN, false);
    says(week, "# From 7 Mar 2025 to 14 Mar 2025");
    says(week, "c10 &gt; c11");
    const char *record = strstr(week, "## NEW, ON RECORD");
    const char *reported = strstr(week, "## ONLY REPORTED");
    const char *words = strstr(week, "## SAID, NO MOVE");
    const char *yes = strstr(week, "Ukraine accepts duration 30 days");
    const char *mobilise = strstr(week, "asks for mobilisation halted");
    const char *tone = strstr(week, "hopeful");
    tone = tone != NULL ? tone : strstr(week, "United States says");
    assert_non_null(record);
    assert_non_null(reported);
    assert_non_null(words);
    assert_true(record < yes && yes < reported);
    assert_true(reported < mobilise && mobilise < words);
    assert_true(words < tone);
    says(week, "## EXPECTED, SILENT");
    says(week, "hands: roughly 20 %"); /* as it was said */
    says(week, "work: 72 % (n not given)");
    free(week);
    char *after = page_of(c, -1, parley_case_as_of(c).last + 1, PARLEY_WRITING_MARKDOWN, false);
    says_not(after, "accepts duration");
    says(after, "## EXPECTED, SILENT");
    free(after);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static uint32_t times(const char *page_text, const char *words)
{
    uint32_t n = 0;
    for (const char *at = page_text; (at = strstr(at, words)) != NULL; at++) {
        n++;
    }
    return n;
}

static void what_moved_is_told_once_and_not_among_what_did_not_move(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = load_shipped(ctx, folder, "shuttle-2022", NULL);
    char *week = page_of(c, -1, parley_case_as_of(c).last - 7, PARLEY_WRITING_MARKDOWN, false);
    says(week, "b1 b2 &gt; b5, to confirm");
    assert_int_equal(times(week, "b5"), 1);
    assert_int_equal(times(week, "Russia, forces: "), 1);
    says(week, "Russia, NATO: barred -&gt; amend");
    free(week);
    char *russia = page_of(c, party(c, "ru"), 0, PARLEY_WRITING_MARKDOWN, false);
    says(russia, "b1 b2 &gt; b5, to confirm");
    assert_int_equal(times(russia, "forces: disarmed"), 1);
    free(russia);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static const char confirmed_since[] =
    "parley: 1\n"
    "title: T\n"
    "as-of: 2025-03-20\n"
    "sources: {s: {kind: outlet, date: 2025-03-14}, r: {kind: outlet, date: 2025-03-18}}\n"
    "parties: {a: {roles: [principal]}, b: {roles: [principal]}}\n"
    "issues: {i: {options: {o: \"O\", p: \"P\"}}}\n"
    "claims:\n"
    "  c1: {by: a, act: demand, about: \"i = o\", date: 2025-03-10, source: s, class: on-record}\n"
    "  c2: {by: a, act: open-to, about: \"i = p\", date: 2025-03-14, source: s, class: described,\n"
    "       speaker-text: \"an official\", replaces: c1}\n"
    "  c3: {by: a, act: open-to, about: \"i = p\", date: 2025-03-17, source: r, class: "
    "on-record}\n";

static void what_the_party_has_said_itself_since_is_not_to_be_confirmed(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = read_text(ctx, "T", confirmed_since, NULL);
    char *week = page_of(c, -1, parley_case_as_of(c).last - 9, PARLEY_WRITING_TEXT, false);
    char *brief = page_of(c, party(c, "a"), 0, PARLEY_WRITING_TEXT, false);
    says(week, "c1 > c2");
    says(brief, "c1 > c2");
    says_not(week, "to confirm");
    says_not(brief, "to confirm");
    free(week);
    free(brief);
    parley_case_free(c);
    check_ctx_done(ctx);
}

/* ------------------------------------------------------------- hostile text */

static const char hostile[] =
    "parley: 1\n"
    "title: \"<script>alert(1)</script> & \\u202e# *x*\"\n"
    "as-of: 2025-03-20\n"
    "sources: {s: {kind: outlet, date: 2025-03-14}}\n"
    "parties: {a: {name: \"<img src=x onerror=y>\", roles: [principal]}, b: {name: "
    "\"[B](http://x)\", "
    "roles: [principal]}}\n"
    "issues: {i: {options: {o: \"O\", p: \"P\"}}}\n"
    "claims:\n"
    "  c: {by: b, act: reject, says: \"\\e]0;x\\a\\\"' onclick=z --><style>*{}</style>\", date: "
    "2025-03-19, source: s, class: on-record}\n"
    "  d: {by: a, act: demand, about: \"i = o\", says: \"`code` ~~gone~~ | cell\", date: "
    "2025-03-19, "
    "source: s, class: on-record}\n";

static void hostile_text_is_text_in_every_writing(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = read_text(ctx, "t.yaml", hostile, NULL);
    for (int32_t who = -1; who < 2; who++) {
        char *html = page_of(c, who, 0, PARLEY_WRITING_HTML, false);
        says_not(html, "<script");
        says_not(html, "<img");
        says_not(html, "<style>*");
        says_not(html, "\x1b");
        says_not(html, "\xe2\x80\xae");
        says(html, "default-src 'none'");
        says(html, "&lt;script&gt;");
        const char *body = strstr(html, "<body>");
        assert_non_null(body);
        says_not(body, "\"'"); /* a quotation mark of the case never ends an attribute */
        free(html);
        char *markdown = page_of(c, who, 0, PARLEY_WRITING_MARKDOWN, false);
        says_not(markdown, "<script");
        says_not(markdown, "[B](");
        says_not(markdown, " *x*");
        says_not(markdown, "\x1b");
        says(markdown, "\\*x\\*");
        free(markdown);
        char *text = page_of(c, who, 0, PARLEY_WRITING_TEXT, false);
        says_not(text, "\x1b");
        says_not(text, "\xe2\x80\xae");
        free(text);
    }
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void the_same_case_gives_the_same_bytes(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    for (size_t n = 0; n < CHECK_COUNT(shipped_names); n++) {
        parley_case *c = load_shipped(ctx, folder, shipped_names[n], NULL);
        parley_case *again = load_shipped(ctx, folder, shipped_names[n], NULL);
        for (int32_t who = -1; who < (int32_t)parley_case_parties(c); who++) {
            for (int w = 0; w < 4; w++) {
                parley_writing writing = w < 3 ? (parley_writing)w : PARLEY_WRITING_TEXT;
                char *one = page_of(c, who, 0, writing, w == 3);
                char *two = page_of(again, who, 0, writing, w == 3);
                assert_string_equal(one, two);
                assert_true(strlen(one) > 40);
                free(one);
                free(two);
            }
        }
        parley_case_free(c);
        parley_case_free(again);
    }
    check_ctx_done(ctx);
}

static void a_brief_stays_within_two_pages(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_text *long_case = text_of(ctx);
    parley_text_puts(long_case, "parley: 1\n"
                                "sources: {s: {kind: outlet, date: 2025-03-14}}\n"
                                "parties: {a: {roles: [principal]}, b: {roles: [principal]}}\n"
                                "issues:\n");
    for (int i = 0; i < 120; i++) {
        parley_text_printf(long_case, "  i%d: {options: {o: \"O\", p: \"P\"}}\n", i);
    }
    parley_text_puts(long_case, "claims:\n");
    for (int i = 0; i < 400; i++) {
        parley_text_printf(
            long_case,
            "  c%d: {by: %s, act: %s, about: \"i%d = o\", says: \"words\", source: s, "
            "class: %s}\n",
            i, i % 2 == 0 ? "a" : "b", i % 3 == 0 ? "demand" : "accept", i % 120,
            i % 5 == 0 ? "bare" : "on-record");
    }
    parley_case *c = read_text(ctx, "t.yaml", parley_text_data(long_case), NULL);
    char *page_text = page_of(c, 0, 0, PARLEY_WRITING_TEXT, false);
    uint32_t lines = 0;
    for (const char *at = page_text; *at != '\0'; at++) {
        lines += *at == '\n';
    }
    says(page_text, " more");
    assert_true(lines <= 110);
    free(page_text);
    parley_case_free(c);
    parley_text_free(long_case);
    check_ctx_done(ctx);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = load_shipped(ctx, folder, "exchange-2023", NULL);
    for (int w = 0; w < 4; w++) {
        for (int32_t who = -1; who < 3; who += 3) {
            wanted make_it = {c, who, 0, (parley_writing)(w % 3), w == 3, NULL};
            torture(make, &make_it, 30);
        }
    }
    parley_case_free(c);
    check_ctx_done(ctx);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_brief_says_what_may_be_said_and_what_is_not_known),
        cmocka_unit_test(a_digest_tells_moves_from_words),
        cmocka_unit_test(what_moved_is_told_once_and_not_among_what_did_not_move),
        cmocka_unit_test(what_the_party_has_said_itself_since_is_not_to_be_confirmed),
        cmocka_unit_test(hostile_text_is_text_in_every_writing),
        cmocka_unit_test(the_same_case_gives_the_same_bytes),
        cmocka_unit_test(a_brief_stays_within_two_pages),
        cmocka_unit_test(every_allocation_may_fail),
    };
    folder = argc > 1 ? argv[1] : "cases";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
