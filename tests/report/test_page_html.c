/*
 * The page of a case as one HTML file: what it must say of the worked cases, that hostile text
 * stays text, what a copy for an audience must not hold, the same bytes each time, and the scale of
 * its picture.
 */
#include "case/case_text.h"
#include "report/page.h"

#include "report/svg.h"
#include <ctype.h>
#include <parley/screens.h>

static const char *folder;

typedef struct wanted {
    const parley_case *c;
    char *result; /* filled when not NULL on entry */
} wanted;

static parley_status make(parley_ctx *ctx, void *user, parley_error *err)
{
    wanted *w = user;
    parley_screen *screen = NULL;
    parley_text *out = parley_text_new(ctx, SIZE_MAX);
    parley_status status = out == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                                       : parley_screen_new(&screen, ctx, out, NULL, err);
    if (status == PARLEY_OK) {
        const parley_case_page asked = {w->c, PARLEY_WRITING_HTML, PARLEY_CHARTS_DATA};
        status = parley_page_case(screen, out, ctx, &asked, err);
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

static char *page_of(const parley_case *c)
{
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    wanted w = {c, strdup("")};
    check_ok(make(ctx, &w, &err), &err);
    check_ctx_done(ctx);
    return w.result;
}

/* The page without the data of its charts, in place. Nothing in a block but its end begins with <.
 */
static char *without_data(char *html)
{
    static const char begin[] = "<script type=\"application/json\">";
    for (char *at = html; (at = strstr(at, begin)) != NULL;) {
        char *end = at + strlen(begin) + strcspn(at + strlen(begin), "<>&");
        assert_int_equal(strncmp(end, "</script>", 9), 0);
        memmove(at, end + 9, strlen(end + 9) + 1);
    }
    return html;
}

/* The words without the tags, entities as one character each; where a cell ends, " | ". */
static char *words_of(const char *html)
{
    char *out = malloc(strlen(html) * 4 + 1);
    char *to = out;
    assert_non_null(out);
    for (const char *at = html; *at != '\0';) {
        if (strncmp(at, "</td>", 5) == 0 || strncmp(at, "</th>", 5) == 0) {
            memcpy(to, " | ", 3);
            to += 3;
        } else if (strncmp(at, "<br>", 4) == 0) {
            *to++ = '\n';
        }
        if (*at == '<') {
            at = strchr(at, '>') + 1;
        } else if (strncmp(at, "&quot;", 6) == 0) {
            *to++ = '"';
            at += 6;
        } else {
            *to++ = *at++;
        }
    }
    *to = '\0';
    return out;
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

static char *shipped(const char *name)
{
    parley_ctx *ctx = check_ctx();
    parley_case *c = load_shipped(ctx, folder, name, NULL);
    char *html = page_of(c);
    char *words = words_of(html);
    free(html);
    parley_case_free(c);
    check_ctx_done(ctx);
    return words;
}

static void the_halt_dies_on_our_readings_and_says_whose_they_are(void **state)
{
    (void)state;
    char *page_text = shipped("halt-2025");
    says(page_text, "As known 14 Mar 2025");
    says(page_text, "Where it dies: on our readings, not on anybody's words (12 left before)");
    says(page_text, "0 on record, 0 reported only, [5 on our reading]");
    says(page_text, "Ukraine | accepts | on record | c1 | ");
    says(page_text, "rules 3,456; conditions 288; what was accepted 72; other positions on record "
                    "48; asks and aspirations 24; reported only 12; our readings 0.");
    says(page_text, "conditions | Russia: arms stopped; Kursk surrender; monitor not unnamed | on "
                    "record | 288 | ");
    says(page_text, "Ukraine: [not arms stopped (m1); not Kursk surrender (m2)");
    says(page_text, "arms | [our reading: refuses stopped (m1)] | yes, if stopped (condition, on "
                    "record, 13 Mar, c3) | [our reading: refuses stopped (m4)] | ");
    says(page_text, "monitor | not known | ");
    says(page_text, "Ukraine | guarantees | softened | ");
    says(page_text, "[our reading is wrong: ");
    says(page_text, "No party has proposed or accepted any of them.");
    says(page_text, "A, shorten | [duration 15 days, not 30 days; arms continue]");
    says(page_text, "credit: column, c21");
    says(page_text, "could it live with arms limited, if duration at most 15 days?");
    says(page_text, "It dies here.");
    free(page_text);
}

static void the_shuttle_shows_two_days_and_what_hangs_on_one_unnamed_speaker(void **state)
{
    (void)state;
    char *page_text = shipped("shuttle-2022");
    says(page_text,
         "Russia | forces | softened | demands disarmed \xe2\x86\x92 open to neutral | ");
    says(page_text, "ONE unnamed speaker: an official familiar with the talks");
    says(page_text,
         "Issue | 24 Feb 2022 | 11 Mar 2022 | Without what is to be confirmed (b5 b6) | ");
    says(page_text, "forces | [in dispute, because of our reading] on words alone: not in dispute "
                    "| not in dispute | in dispute | ");
    says(page_text, "half of the move rests on ONE unnamed speaker: 2 of the 4 issues");
    says(page_text, "NATO | needed for parts of it | NATO |  |  |  | never asked");
    says(page_text, "refuses: refuses to surrender and to take dictation | on record | b9 | ");
    free(page_text);
}

static void a_case_that_counts_nothing_is_still_a_page(void **state)
{
    (void)state;
    char *page_text = shipped("exchange-2023");
    says(page_text, "LAW: To take hostages is a crime.");
    says(page_text, "Nothing is tabled.");
    says(page_text, "Nothing to count yet: no issue on the table has options or a range.");
    says(page_text, "ceasefire (kept out) | ");
    says(page_text,
         "in words, asks for: would like Russia's help in getting the hostages out (ask, "
         "reported, about 2023, k1)");
    says(page_text, "[our words: would like Israel to keep from arming Ukraine");
    says_not(page_text, "It dies here.");
    free(page_text);
    char *law = shipped("relocation-2025");
    says(law, "LAW: ");
    says(law, "kept out of ideas, bridges and drafts.");
    free(law);
}

static void steps_and_their_order_are_on_the_page(void **state)
{
    (void)state;
    char *page_text = shipped("seven-steps-2022");
    says(page_text, "step 1: ");
    says(page_text, "Who must agree, and who must do something");
    free(page_text);
}

/* ------------------------------------------------------------- hostile text */

#define EVIL "</td></table><script>alert(1)</script><img src=x onerror=y>\\\"' & \\e[31m\\u202e"

static const char hostile[] =
    "parley: 1\n"
    "title: \"" EVIL "\"\n"
    "as-of: 2025-03-20\n"
    "sources: {s: {name: \"" EVIL "\", kind: outlet, date: 2025-03-14}}\n"
    "parties: {a: {name: \"A" EVIL "\", roles: [principal]}, b: {name: \"B" EVIL
    "\", roles: [principal]}}\n"
    "issues: {i: {name: \"I" EVIL "\", options: {o: \"" EVIL "\", p: \"P\"}}}\n"
    "concerns: {k: {party: a, says: \"" EVIL "\", met-by: [\"i = p\"]}}\n"
    "proposals: {t: {name: \"" EVIL "\", tabled-by: b, text: \"i = o\", date: 2025-03-18}}\n"
    "claims:\n"
    "  c: {by: b, act: reject, says: \"" EVIL "\", date: 2025-03-19, source: s, class: on-record}\n"
    "  d: {by: a, act: demand, about: \"i = p\", says: \"" EVIL "\", date: 2025-03-19, source: s, "
    "class: described, speaker-text: \"" EVIL "\", hedge: \"" EVIL "\"}\n"
    "  e: {by: b, act: demand, about: \"i = o\", says: \"" EVIL "\", date: 2025-03-18, source: s, "
    "class: on-record}\n"
    "readings: {m: {party: b, refuses: \"i = p\", because: \"" EVIL "\"}}\n"
    "flags: {f: {law: \"" EVIL "\", notice: \"" EVIL "\"}}\n";

static void hostile_text_is_text(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = read_text(ctx, "t.yaml", hostile, NULL);
    char *html = without_data(page_of(c));
    says_not(html, "<script");
    says_not(html, "<img");
    says_not(html, "\x1b");
    says_not(html, "\xe2\x80\xae");
    says(html, "&lt;script&gt;");
    says(html, "\\e[31m");
    size_t tables = 0;
    size_t ends = 0;
    for (const char *at = html; (at = strstr(at, "<table")) != NULL; at++) {
        tables++;
    }
    for (const char *at = html; (at = strstr(at, "</table>")) != NULL; at++) {
        ends++;
    }
    assert_true(tables > 5);
    assert_int_equal(tables, ends);
    free(html);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void a_page_asks_nothing_from_outside(void **state)
{
    (void)state;
    static const char *const never[] = {"<script",
                                        "http://",
                                        "https://",
                                        "//",
                                        " src=",
                                        "@import",
                                        "<link",
                                        "<iframe",
                                        "on"
                                        "load",
                                        "/home/",
                                        "/tmp/"};
    parley_ctx *ctx = check_ctx();
    for (size_t n = 0; n < CHECK_COUNT(shipped_names); n++) {
        parley_case *c = load_shipped(ctx, folder, shipped_names[n], NULL);
        char *html = page_of(c);
        says_not(html, "//");
        says_not(html, folder);
        html = without_data(html);
        for (size_t k = 0; k < CHECK_COUNT(never); k++) {
            says_not(html, never[k]);
        }
        says_not(html, folder);
        says_not(html, shipped_names[n]);
        says(html, "default-src 'none'; style-src 'unsafe-inline'");
        says(html, "<html lang=\"en\">");
        free(html);
        parley_case_free(c);
    }
    check_ctx_done(ctx);
}

/* ------------------------------------------------------------------ audiences */

static bool is_name(char at)
{
    return isalnum((unsigned char)at) || at == '-' || at == '_';
}

static bool has_word(const char *text, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = text; (at = strstr(at, word)) != NULL; at++) {
        if ((at == text || !is_name(at[-1])) && !is_name(at[length])) {
            return true;
        }
    }
    return false;
}

static uint32_t hidden_ids_are_absent(const parley_case *team, const parley_case *copy,
                                      const char *words)
{
    uint32_t hidden = 0;
    for (uint32_t i = 0; i < parley_case_claims(team); i++) {
        const char *id = parley_case_claim(team, (int32_t)i)->record.id;
        if (parley_case_find(copy, "claims", id, strlen(id)) < 0) {
            assert_false(has_word(words, id));
            hidden++;
        }
    }
    for (uint32_t i = 0; i < parley_case_readings(team); i++) {
        const char *id = parley_case_reading(team, (int32_t)i)->record.id;
        if (parley_case_find(copy, "readings", id, strlen(id)) < 0) {
            assert_false(has_word(words, id));
            hidden++;
        }
    }
    return hidden;
}

static void a_copy_for_an_audience_names_nothing_that_is_hidden_from_it(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    uint32_t hidden = 0;
    for (size_t n = 0; n < CHECK_COUNT(shipped_names); n++) {
        parley_case *team = load_shipped(ctx, folder, shipped_names[n], NULL);
        uint32_t parties = parley_case_parties(team);
        for (uint32_t a = 0; a < parties + 3; a++) {
            static const char *const wide[] = {"public", "all", "principals"};
            char path[1024];
            parley_case *copy = NULL;
            parley_error err = PARLEY_ERROR_INIT;
            parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
            options.audience =
                a < 3 ? wide[a] : parley_case_party(team, (int32_t)(a - 3))->record.id;
            snprintf(path, sizeof(path), "%s/%s.yaml", folder, shipped_names[n]);
            if (parley_case_load(&copy, ctx, path, &options, NULL, &err) != PARLEY_OK) {
                parley_error_clear(&err);
                continue; /* not projected: no page either */
            }
            char *html = page_of(copy);
            char *words = words_of(html);
            hidden += hidden_ids_are_absent(team, copy, words);
            if (parley_case_readings(copy) == 0) {
                says_not(words, "[our reading");
            }
            says(words, "for ");
            says_not(words, "team's copy");
            free(words);
            free(html);
            parley_case_free(copy);
        }
        parley_case_free(team);
    }
    assert_true(hidden > 20);
    check_ctx_done(ctx);
}

static void the_same_case_gives_the_same_bytes(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    for (size_t n = 0; n < CHECK_COUNT(shipped_names); n++) {
        parley_case *c = load_shipped(ctx, folder, shipped_names[n], NULL);
        parley_case *again = load_shipped(ctx, folder, shipped_names[n], NULL);
        char *one = page_of(c);
        char *two = page_of(again);
        assert_string_equal(one, two);
        assert_true(strlen(one) > 5000);
        free(one);
        free(two);
        parley_case_free(c);
        parley_case_free(again);
    }
    check_ctx_done(ctx);
}

/* --------------------------------------------------------------------- bounds */

static void long_lists_end_and_say_which_command_shows_the_rest(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_text *text = text_of(ctx);
    parley_text_puts(text, "parley: 1\nas-of: 2025-03-14\nsources:\n");
    for (int i = 0; i < 100; i++) {
        parley_text_printf(text, "  s%d: {kind: outlet, date: 2025-03-14}\n", i);
    }
    parley_text_puts(text, "parties:\n");
    for (int i = 0; i < 20; i++) {
        parley_text_printf(text, "  p%d: {roles: [%s]}\n", i, i < 2 ? "principal" : "outside");
    }
    parley_text_puts(text, "issues:\n");
    for (int i = 0; i < 60; i++) {
        parley_text_printf(text, "  i%d: {options: {o: \"O\", p: \"P\"}}\n", i);
    }
    parley_text_puts(text, "claims:\n");
    for (int i = 0; i < 4000; i++) {
        parley_text_printf(text,
                           "  c%d: {by: p%d, act: %s, about: \"i%d = o\", says: \"words\", source: "
                           "s%d, class: on-record}\n",
                           i, i % 20, i % 3 == 0 ? "demand" : "open-to", i % 60, i % 100);
    }
    for (int i = 0; i < 50; i++) {
        parley_text_printf(text, "  w%d: {by: p0, act: reject, says: \"word %d\", source: s0}\n", i,
                           i);
    }
    parley_case *c = read_text(ctx, "t.yaml", parley_text_data(text), NULL);
    char *html = page_of(c);
    says(html, "20 more issues and 8 more parties: parley show CASE");
    says(html, "more: parley show CASE");
    says(html, "20 more: parley show CASE"); /* words */
    says(html, "40 more: parley export CASE");
    assert_true(strlen(html) < 400000);
    free(html);
    parley_case_free(c);
    parley_text_free(text);
    check_ctx_done(ctx);
}

/* -------------------------------------------------------------------- picture */

static void logarithms_are_exact_where_they_can_be_and_never_run_backwards(void **state)
{
    (void)state;
    parley_count count = parley_count_of(1);
    const parley_count two = parley_count_of(2);
    for (uint32_t k = 0; k < 1000; k++) { /* powers of two */
        assert_int_equal(svg_log2(&count), k * 1024);
        assert_true(parley_count_mul(&count, &count, &two));
    }
    uint32_t before = 0;
    for (uint64_t n = 0; n < 20000; n++) {
        parley_count small = parley_count_of(n);
        uint32_t log = svg_log2(&small);
        assert_true(log >= before);
        before = log;
    }
    parley_count ten = parley_count_of(10);
    assert_int_equal(svg_log2(&ten), 3401); /* 3401.6 */
    parley_count most = parley_count_of(UINT64_MAX);
    assert_int_equal(svg_log2(&most), 64 * 1024 - 1);
    parley_count three = parley_count_of(3456);
    assert_int_equal(svg_log2(&three), 12037); /* 12037.5 */
}

static void draw(parley_ctx *ctx, const svg_bar *bar, uint32_t bars, parley_text *out)
{
    parley_text *safe = text_of(ctx);
    svg_bars(safe, out, "t", "A title", "words", bar, bars);
    parley_text_free(safe);
}

static void nothing_left_is_no_short_bar_and_a_great_count_keeps_within_the_picture(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_text *out = text_of(ctx);
    parley_count great = parley_count_of(1);
    const parley_count ten = parley_count_of(10);
    for (int k = 0; k < 80; k++) {
        assert_true(parley_count_mul(&great, &great, &ten));
    }
    const svg_bar bars[] = {{"a<b", SVG_SOLID, great},
                            {"b", SVG_STRIPES, parley_count_of(1)},
                            {"c", SVG_OPEN, parley_count_of(0)}};
    draw(ctx, bars, 3, out);
    const char *svg = parley_text_data(out);
    says(svg, "a&lt;b");
    says(svg, "about 1.0 \xc3\x97 10^80");
    says(svg, "width=\"300\"");
    says(svg, "width=\"4\" height=\"16\" stroke=\"#111\" fill=\"url(#t-stripes)\"");
    says(svg, "nothing left");
    says_not(svg, "stroke-dasharray"); /* no bar for what is empty */
    says(svg, "<title id=\"t-title\">A title</title>");
    parley_text_clear(out);
    draw(ctx, &bars[2], 1, out); /* all empty: a scale all the same */
    says(parley_text_data(out), "nothing left");
    parley_text_free(out);
    check_ctx_done(ctx);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = load_shipped(ctx, folder, "exchange-2023", NULL);
    wanted w = {c, NULL};
    torture(make, &w, 30);
    parley_case_free(c);
    c = read_text(ctx, "t.yaml", hostile, NULL);
    w.c = c;
    torture(make, &w, 60);
    parley_case_free(c);
    check_ctx_done(ctx);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_halt_dies_on_our_readings_and_says_whose_they_are),
        cmocka_unit_test(the_shuttle_shows_two_days_and_what_hangs_on_one_unnamed_speaker),
        cmocka_unit_test(a_case_that_counts_nothing_is_still_a_page),
        cmocka_unit_test(steps_and_their_order_are_on_the_page),
        cmocka_unit_test(hostile_text_is_text),
        cmocka_unit_test(a_page_asks_nothing_from_outside),
        cmocka_unit_test(a_copy_for_an_audience_names_nothing_that_is_hidden_from_it),
        cmocka_unit_test(the_same_case_gives_the_same_bytes),
        cmocka_unit_test(long_lists_end_and_say_which_command_shows_the_rest),
        cmocka_unit_test(logarithms_are_exact_where_they_can_be_and_never_run_backwards),
        cmocka_unit_test(nothing_left_is_no_short_bar_and_a_great_count_keeps_within_the_picture),
        cmocka_unit_test(every_allocation_may_fail),
    };
    folder = argc > 1 ? argv[1] : "cases";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
