/*
 * Marks on days in lanes, as a picture: marks of a lane do not meet, later is further right, every
 * mark and join is drawn, and a name that is too long is cut between letters.
 */
#include "report/svg_lanes.h"
#include "support/check.h"

#include <stdlib.h>
#include <string.h>

static char *drawn(const svg_lanes *picture)
{
    parley_ctx *ctx = check_ctx();
    parley_text *safe = parley_text_new(ctx, 1u << 16);
    parley_text *out = parley_text_new(ctx, 1u << 22);
    assert_non_null(safe);
    assert_non_null(out);
    svg_lanes_draw(safe, out, "id", "T <&", "D", picture);
    check_ok(parley_text_status(out, NULL), NULL);
    char *copy = strdup(parley_text_data(out));
    parley_text_free(safe);
    parley_text_free(out);
    check_ctx_done(ctx);
    assert_non_null(copy);
    return copy;
}

static uint32_t times(const char *text, const char *words)
{
    uint32_t n = 0;
    for (const char *at = text; (at = strstr(at, words)) != NULL; at++) {
        n++;
    }
    return n;
}

/* Places of the marks, in their order. */
static uint32_t places(const char *svg, long (*at)[2], uint32_t most)
{
    static const char begin[] = "<g transform=\"translate(";
    uint32_t n = 0;
    for (const char *s = svg; (s = strstr(s, begin)) != NULL && n < most; n++) {
        char *end = NULL;
        s += strlen(begin);
        at[n][0] = strtol(s, &end, 10);
        at[n][1] = strtol(end, NULL, 10);
    }
    return n;
}

static int by_day(const void *a, const void *b)
{
    const svg_mark *x = a;
    const svg_mark *y = b;
    return (x->day > y->day) - (x->day < y->day);
}

static void marks_of_a_lane_do_not_meet_and_later_is_further_right(void **state)
{
    (void)state;
    static const char *const names[] = {"one", "two", "three"};
    uint64_t seed = 7;
    for (int run = 0; run < 200; run++) {
        svg_mark mark[40];
        long at[40][2];
        uint32_t n = 1 + (uint32_t)run % 40;
        int32_t span = run % 4 == 0 ? 1 : run % 4 == 1 ? 10 : run % 4 == 2 ? 300 : 4000;
        for (uint32_t i = 0; i < n; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            int32_t day = 19000 + (int32_t)(seed >> 33) % span;
            int32_t before = (int32_t)(seed >> 45 & 7);
            mark[i] = (svg_mark){(uint32_t)(seed >> 40) % 3,
                                 day,
                                 day - before,
                                 day,
                                 (svg_sign)((seed >> 50) % SVG_SIGNS),
                                 (svg_fill)((seed >> 55) % SVG_FILLS),
                                 "c12"};
        }
        qsort(mark, n, sizeof(mark[0]), by_day);
        char *svg = drawn(&(svg_lanes){names, 3, mark, n, NULL, 0});
        assert_int_equal(places(svg, at, 40), n);
        for (uint32_t i = 0; i < n; i++) {
            assert_true(at[i][0] >= 130 && at[i][0] <= 660);
            for (uint32_t k = 0; k < i; k++) {
                assert_true(at[k][0] <= at[i][0]);
                if (mark[k].lane == mark[i].lane && at[k][1] == at[i][1]) {
                    assert_true(at[i][0] - at[k][0] >= 36); /* the sign, and its label */
                }
                if (mark[k].lane < mark[i].lane) {
                    assert_true(at[k][1] < at[i][1]);
                }
            }
        }
        free(svg);
    }
}

static void joins_and_marks_without_a_day_are_drawn(void **state)
{
    (void)state;
    static const char *const names[] = {"a", "b"};
    const svg_mark mark[] = {{0, 100, 100, 100, SVG_SIGN_ASK, SVG_SOLID, "c1"},
                             {0, 110, 105, 110, SVG_SIGN_RED_TESTED, SVG_STRIPES, "c2"},
                             {1, INT32_MIN, 0, 0, SVG_SIGN_SAID, SVG_OPEN, "m<1"}};
    const svg_join join[] = {{0, 1, true}, {0, 1, false}, {0, 9, true}};
    long at[3][2];
    char *svg = drawn(&(svg_lanes){names, 2, mark, 3, join, 3});
    assert_int_equal(places(svg, at, 3), 3);
    assert_true(at[2][0] > at[1][0] + 20);
    assert_int_equal(times(svg, "no day known"), 1);
    assert_int_equal(times(svg, "stroke-dasharray=\"3 3\""), 1);
    assert_int_equal(times(svg, "stroke-width=\"1.4\""), 2); /* a join to nowhere is left out */
    assert_int_equal(times(svg, "m&lt;1"), 1);
    assert_int_equal(times(svg, "-8.5h-2.5v17h2.5M8-8.5h2.5v17h-2.5"), 1); /* brackets: ours */
    free(svg);
}

static void marks_without_a_day_alone_have_no_scale(void **state)
{
    (void)state;
    static const char *const names[] = {"a"};
    const svg_mark mark[] = {{0, INT32_MIN, 0, 0, SVG_SIGN_SAID, SVG_SOLID, "c"}};
    char *svg = drawn(&(svg_lanes){names, 1, mark, 1, NULL, 0});
    assert_int_equal(times(svg, "no day known"), 1);
    assert_int_equal(times(svg, "1 Jan"), 0);
    free(svg);
}

static void a_picture_of_nothing_is_a_picture(void **state)
{
    (void)state;
    char *svg = drawn(&(svg_lanes){NULL, 0, NULL, 0, NULL, 0});
    assert_int_equal(times(svg, "<svg"), 1);
    assert_int_equal(times(svg, "</svg>"), 1);
    free(svg);
}

static void a_long_name_is_cut_between_letters(void **state)
{
    (void)state;
    static const char *const names[] = {
        "WWWWWWWWWWWWWWWWWWWWWWWW", "short",
        "\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc"
        "\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4"};
    const svg_mark mark[] = {{0, 1, 1, 1, SVG_SIGN_SAID, SVG_SOLID, "c"},
                             {1, 1, 1, 1, SVG_SIGN_SAID, SVG_SOLID, "c"},
                             {2, 1, 1, 1, SVG_SIGN_SAID, SVG_SOLID, "c"}};
    char *svg = drawn(&(svg_lanes){names, 3, mark, 3, NULL, 0});
    size_t bad = 0;
    assert_true(parley_utf8_valid(svg, strlen(svg), &bad));
    assert_int_equal(times(svg, ">WWWWWWWW\xe2\x80\xa6<"), 1);
    assert_int_equal(times(svg, ">short<"), 1);
    assert_int_equal(times(svg, "\xe2\x80\xa6"), 2);
    free(svg);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_of_a_lane_do_not_meet_and_later_is_further_right),
        cmocka_unit_test(joins_and_marks_without_a_day_are_drawn),
        cmocka_unit_test(marks_without_a_day_alone_have_no_scale),
        cmocka_unit_test(a_picture_of_nothing_is_a_picture),
        cmocka_unit_test(a_long_name_is_cut_between_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
