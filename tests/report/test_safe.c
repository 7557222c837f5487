/* Text made safe for a terminal. */
#include "page.h"

static void becomes_at(const char *raw, size_t length, const char *wanted, const char *file,
                       int line)
{
    parley_ctx *ctx = check_ctx();
    parley_text *text = parley_text_new(ctx, SIZE_MAX);
    parley_safe_add(text, raw, length);
    if (strcmp(parley_text_data(text), wanted) != 0) {
        print_error("it reads '%s', not '%s'\n", parley_text_data(text), wanted);
        _fail(file, line);
    }
    parley_text_free(text);
    check_ctx_done(ctx);
}
#define becomes(raw, wanted) becomes_at((raw), sizeof(raw) - 1, (wanted), __FILE__, __LINE__)

static void letters_of_every_script_stay(void **state)
{
    (void)state;
    becomes("", "");
    becomes("Ukraine accepts offer-30 (about 11 Mar)", "Ukraine accepts offer-30 (about 11 Mar)");
    becomes("Перемир'я · 停战 · הפסקת אש · وقف إطلاق النار · "
            "👩‍👩‍👧",
            "Перемир'я · 停战 · הפסקת אש · وقف إطلاق النار · "
            "👩‍👩‍👧");
    becomes("a backslash \\e stays", "a backslash \\e stays");
}

static void controls_are_shown(void **state)
{
    (void)state;
    becomes("\x1b[31mred\x1b]0;title\a", "\\e[31mred\\e]0;title\\x07");
    becomes("nul\0byte", "nul\\x00byte");
    becomes("\x7f", "\\x7f");
    becomes("\xc2\x9b"
            "31m \xc2\x85",
            "\\x9b31m \\x85");
    becomes("back\b\b\b", "back\\x08\\x08\\x08");
}

static void line_ends_and_tabs_become_blanks(void **state)
{
    (void)state;
    becomes("a\nb\tc\rd", "a b c d");
    becomes("a\r\nb", "a b");
    becomes("a\xe2\x80\xa8"
            "b\xe2\x80\xa9"
            "c",
            "a b c");
}

static void marks_that_turn_the_direction_are_shown(void **state)
{
    (void)state;
    becomes("\xe2\x80\xae"
            "gnp.exe",
            "\\u202egnp.exe");
    becomes("\xe2\x80\xaa\xe2\x80\xab\xe2\x80\xac\xe2\x80\xad", "\\u202a\\u202b\\u202c\\u202d");
    becomes("\xe2\x81\xa6\xe2\x81\xa7\xe2\x81\xa8\xe2\x81\xa9", "\\u2066\\u2067\\u2068\\u2069");
    becomes("\xef\xbb\xbf", "\\ufeff");
    becomes("\xf3\xa0\x81\x81", "\\ue0041");
}

static void marks_that_help_a_neighbour_stay(void **state)
{
    (void)state;
    becomes("\xe2\x80\x8e\xe2\x80\x8f\xe2\x80\x8c\xe2\x80\x8d",
            "\xe2\x80\x8e\xe2\x80\x8f\xe2\x80\x8c\xe2\x80\x8d");
    becomes("e\xcc\x81\xcc\xa3", "e\xcc\x81\xcc\xa3");
}

static void marks_piled_up_are_cut(void **state)
{
    (void)state;
#define ACUTE "\xcc\x81"
    becomes("a" ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE "b" ACUTE,
            "a" ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE "\\u0301\\u0301b" ACUTE);
}

static void what_is_no_utf8_becomes_a_replacement_character(void **state)
{
    (void)state;
#define BAD "\xef\xbf\xbd"
    becomes("ab\xff"
            "cd",
            "ab" BAD "cd");
    becomes("\xc0\xaf", BAD BAD);                 /* overlong */
    becomes("\xed\xa0\x80", BAD BAD BAD);         /* surrogate */
    becomes("\xf4\x90\x80\x80", BAD BAD BAD BAD); /* past the last code point */
    becomes("\xe2\x82", BAD);                     /* cut off */
    becomes("\xe2\x82x", BAD "x");
    becomes(BAD, BAD);
}

static void twice_is_the_same_as_once(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_text *once = parley_text_new(ctx, SIZE_MAX);
    parley_text *twice = parley_text_new(ctx, SIZE_MAX);
    parley_random random = parley_random_stream(1, 2, 3, 4);
    for (int round = 0; round < 2000; round++) {
        char raw[64];
        size_t length = parley_random_below(&random, sizeof raw);
        for (size_t i = 0; i < length; i++) {
            raw[i] = (char)parley_random_below(&random, 256);
        }
        parley_text_clear(once);
        parley_text_clear(twice);
        parley_safe_add(once, raw, length);
        parley_safe_add(twice, parley_text_data(once), parley_text_size(once));
        assert_true(parley_utf8_valid(parley_text_data(once), parley_text_size(once), NULL));
        assert_string_equal(parley_text_data(once), parley_text_data(twice));
    }
    parley_text_free(once);
    parley_text_free(twice);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_of_every_script_stay),
        cmocka_unit_test(controls_are_shown),
        cmocka_unit_test(line_ends_and_tabs_become_blanks),
        cmocka_unit_test(marks_that_turn_the_direction_are_shown),
        cmocka_unit_test(marks_that_help_a_neighbour_stay),
        cmocka_unit_test(marks_piled_up_are_cut),
        cmocka_unit_test(what_is_no_utf8_becomes_a_replacement_character),
        cmocka_unit_test(twice_is_the_same_as_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
