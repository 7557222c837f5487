/* Paragraphs: labels, wrapping, lists, ink, and what does not fit. */
#include "page.h"

static void a_label_stands_in_its_column(void **state)
{
    (void)state;
    page p = page_new(80, false);
    parley_screen_label(p.screen, "STICKING POINTS");
    parley_screen_add(p.screen, PARLEY_INK_PLAIN, "on record: none between ");
    parley_screen_add(p.screen, PARLEY_INK_PARTY, "Russia");
    parley_screen_add(p.screen, PARLEY_INK_PLAIN, " and Ukraine");
    parley_screen_newline(p.screen);
    parley_screen_addf(p.screen, PARLEY_INK_OURS, "on our reading: %u", 5u);
    parley_screen_line(p.screen, "MOVED", PARLEY_INK_PLAIN, "guarantees");
    parley_screen_line(p.screen, NULL, PARLEY_INK_PLAIN, "no label");
    parley_screen_labels(p.screen, 8);
    parley_screen_linef(p.screen, "NEXT", PARLEY_INK_PLAIN, "%d %s", 13, "Mar");
    parley_screen_line(p.screen, "EMPTY", PARLEY_INK_PLAIN, "");
    page_reads(&p, "STICKING POINTS  on record: none between Russia and Ukraine\n"
                   "                 on our reading: 5\n"
                   "MOVED            guarantees\n"
                   "                 no label\n"
                   "NEXT    13 Mar\n"
                   "EMPTY\n");
}

static void text_wraps_at_blanks_and_hangs(void **state)
{
    (void)state;
    page p = page_new(40, false);
    parley_screen_line(p.screen, "ON THE TABLE", PARLEY_INK_PLAIN,
                       "offer-30 (United States, about 11 Mar): 30 days");
    parley_screen_begin(p.screen, 2, 6);
    parley_screen_add(p.screen, PARLEY_INK_PLAIN,
                      "one two three  four\nfive six seven eight nine ten eleven");
    page_reads(&p, "ON THE TABLE     offer-30 (United\n"
                   "                 States, about 11 Mar):\n"
                   "                 30 days\n"
                   "  one two three four five six seven\n"
                   "      eight nine ten eleven\n");
}

static void blanks_at_the_beginning_indent_what_wraps(void **state)
{
    (void)state;
    page p = page_new(24, false);
    parley_screen_begin(p.screen, 0, 0);
    parley_screen_add(p.screen, PARLEY_INK_PLAIN, "   indented text that goes on");
    parley_screen_newline(p.screen);
    parley_screen_add(p.screen, PARLEY_INK_PLAIN, "and this is not indented at all");
    page_reads(&p, "   indented text that\n"
                   "   goes on\n"
                   "and this is not indented\n"
                   "at all\n");
}

static void a_label_too_long_for_its_column_pushes_the_text(void **state)
{
    (void)state;
    page p = page_new(40, false);
    parley_screen_labels(p.screen, 8);
    parley_screen_line(p.screen, "TEN LETTERS", PARLEY_INK_PLAIN,
                       "begins two blanks later, then hangs");
    parley_screen_line(p.screen, "A LABEL THAT LEAVES NO ROOM BESIDE", PARLEY_INK_PLAIN, "below");
    page_reads(&p, "TEN LETTERS  begins two blanks later,\n"
                   "        then hangs\n"
                   "A LABEL THAT LEAVES NO ROOM BESIDE\n"
                   "        below\n");
}

static void on_a_narrow_page_the_text_goes_below_the_label(void **state)
{
    (void)state;
    page p = page_new(20, false);
    parley_screen_line(p.screen, "ON THE TABLE", PARLEY_INK_PLAIN, "thirty days, nothing else");
    page_reads(&p, "ON THE TABLE\n"
                   "  thirty days,\n"
                   "  nothing else\n");
}

static void items_get_points_and_wrap_whole(void **state)
{
    (void)state;
    page p = page_new(64, false);
    parley_screen_labels(p.screen, 15);
    parley_screen_label(p.screen, "SETTLED in 12");
    static const char *const items[] = {"duration 30",     "start after terms",
                                        "arms stopped",    "mobilisation stops",
                                        "Kursk surrender", "guarantees later"};
    for (size_t i = 0; i < CHECK_COUNT(items); i++) {
        parley_screen_item(p.screen, PARLEY_INK_PLAIN, items[i]);
    }
    parley_screen_item(p.screen, PARLEY_INK_PLAIN, "");
    parley_screen_label(p.screen, "BINDS");
    parley_screen_item(p.screen, PARLEY_INK_PARTY, "Ukraine");
    parley_screen_add(p.screen, PARLEY_INK_OURS, " m1 m2 m3 m5");
    parley_screen_itemf(p.screen, PARLEY_INK_PARTY, "United %s", "States");
    parley_screen_add(p.screen, PARLEY_INK_OURS, " m4");
    page_reads(&p, "SETTLED in 12  duration 30 · start after terms · arms stopped\n"
                   "               mobilisation stops · Kursk surrender\n"
                   "               guarantees later\n"
                   "BINDS          Ukraine m1 m2 m3 m5 · United States m4\n");
}

static void an_item_longer_than_a_line_begins_on_its_own(void **state)
{
    (void)state;
    page p = page_new(20, false);
    parley_screen_begin(p.screen, 0, 0);
    parley_screen_add(p.screen, PARLEY_INK_PLAIN, "see: ");
    parley_screen_item(p.screen, PARLEY_INK_PLAIN, "short");
    parley_screen_item(p.screen, PARLEY_INK_PLAIN, "one that does not fit on any line");
    parley_screen_item(p.screen, PARLEY_INK_PLAIN, "end");
    page_reads(&p, "see: short\n"
                   "one that does not\n"
                   "fit on any line\n"
                   "end\n");
}

static void a_word_longer_than_a_line_is_broken(void **state)
{
    (void)state;
    page p = page_new(10, false);
    parley_screen_begin(p.screen, 0, 0);
    parley_screen_add(p.screen, PARLEY_INK_PLAIN, "see abcdefghijklmnopqrstuvwxyz now");
    page_reads(&p, "see\n"
                   "abcdefghij\n"
                   "klmnopqrst\n"
                   "uvwxyz now\n");
}

static void wide_characters_take_two_columns(void **state)
{
    (void)state;
    page p = page_new(11, false);
    parley_screen_begin(p.screen, 0, 0);
    parley_screen_add(p.screen, PARLEY_INK_PLAIN, "abc 停战三十天停战");
    page_reads(&p, "abc 停战三\n"
                   "十天停战\n");
    p = page_new(1, false);
    parley_screen_begin(p.screen, 0, 0);
    parley_screen_add(p.screen, PARLEY_INK_PLAIN, "停a战");
    page_reads(&p, "停\na\n战\n");
}

static void combining_marks_stay_with_their_letter(void **state)
{
    (void)state;
    page p = page_new(2, false);
    parley_screen_begin(p.screen, 0, 0);
    parley_screen_add(p.screen, PARLEY_INK_PLAIN,
                      "e\xcc\x81"
                      "e\xcc\x81"
                      "e\xcc\x81");
    page_reads(&p, "e\xcc\x81"
                   "e\xcc\x81\ne\xcc\x81\n");
}

static void text_from_right_to_left_is_kept_apart(void **state)
{
    (void)state;
    page p = page_new(40, false);
    parley_screen_ends(p.screen, PARLEY_INK_PLAIN, "שלום", PARLEY_INK_PLAIN, "12");
    parley_screen_ends(p.screen, PARLEY_INK_PLAIN, "peace", PARLEY_INK_PLAIN, "12");
    page_reads(&p, "\xe2\x81\xa8שלום\xe2\x81\xa9                                  12\n"
                   "peace                                 12\n");
}

static void the_right_end_gets_a_line_of_its_own_where_needed(void **state)
{
    (void)state;
    page p = page_new(30, false);
    parley_screen_ends(p.screen, PARLEY_INK_TITLE, "A title", PARLEY_INK_DIM, "as known today");
    parley_screen_ends(p.screen, PARLEY_INK_TITLE, "A title that is longer", PARLEY_INK_DIM,
                       "as known today");
    parley_screen_ends(p.screen, PARLEY_INK_TITLE, "", PARLEY_INK_DIM, "right");
    parley_screen_ends(p.screen, PARLEY_INK_TITLE, "left", PARLEY_INK_DIM, NULL);
    parley_screen_blank(p.screen);
    page_reads(&p, "A title         as known today\n"
                   "A title that is longer\n"
                   "                as known today\n"
                   "                         right\n"
                   "left\n"
                   "\n");
}

static void ink_is_colour_only_where_it_was_asked_for(void **state)
{
    (void)state;
    page p = page_new(20, true);
    parley_screen_begin(p.screen, 0, 0);
    parley_screen_add(p.screen, PARLEY_INK_PARTY, "Russia and");
    parley_screen_add(p.screen, PARLEY_INK_PLAIN, " the others ");
    parley_screen_add(p.screen, PARLEY_INK_BAD, "\x1b[0m");
    page_reads(&p, "\x1b[36mRussia and\x1b[0m the\n"
                   "others \x1b[31m\\e[0m\x1b[0m\n");
}

static void pieces_outside_a_paragraph_are_left_out(void **state)
{
    (void)state;
    page p = page_new(20, false);
    parley_screen_add(p.screen, PARLEY_INK_PLAIN, "nowhere");
    parley_screen_end(p.screen);
    parley_screen_begin(p.screen, 0, 0);
    parley_screen_end(p.screen);
    page_reads(&p, "");
    assert_int_equal(parley_screen_status(NULL, NULL), PARLEY_NOMEM);
    parley_screen_free(NULL);
}

static void strings_are_made_for_the_caller(void **state)
{
    (void)state;
    page p = page_new(20, false);
    static const char *const items[] = {"a", "", NULL, "b", "c"};
    assert_string_equal(parley_screen_number(p.screen, 0), "0");
    assert_string_equal(parley_screen_number(p.screen, 3456), "3,456");
    assert_string_equal(parley_screen_number(p.screen, UINT64_MAX), "18,446,744,073,709,551,615");
    assert_string_equal(parley_screen_join(p.screen, items, 5, NULL), "a · b · c");
    assert_string_equal(parley_screen_join(p.screen, items, 5, ", "), "a, b, c");
    assert_string_equal(parley_screen_join(p.screen, items, 0, NULL), "");
    assert_string_equal(parley_screen_format(p.screen, "%s-%d", "offer", 30), "offer-30");
    assert_string_equal(parley_screen_format(NULL, "x"), "");
    page_reads(&p, "");
}

static void long_formatted_pieces_are_whole(void **state)
{
    (void)state;
    page p = page_new(1000, false);
    parley_screen_begin(p.screen, 0, 0);
    parley_screen_addf(p.screen, PARLEY_INK_PLAIN, "%0600d", 7);
    parley_screen_end(p.screen);
    assert_int_equal(parley_text_size(p.text), 601);
    parley_text_clear(p.text);
    page_reads(&p, "");
}

static void a_full_text_is_told_at_the_end(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_text *text = parley_text_new(ctx, 40);
    parley_screen *screen = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_screen_new(&screen, ctx, text, NULL, &err), &err);
    for (int i = 0; i < 10; i++) {
        parley_screen_line(screen, "LABEL", PARLEY_INK_PLAIN, "text");
    }
    check_fails(parley_screen_status(screen, &err), PARLEY_LIMIT, &err);
    parley_screen_free(screen);
    parley_text_free(text);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_label_stands_in_its_column),
        cmocka_unit_test(text_wraps_at_blanks_and_hangs),
        cmocka_unit_test(blanks_at_the_beginning_indent_what_wraps),
        cmocka_unit_test(a_label_too_long_for_its_column_pushes_the_text),
        cmocka_unit_test(on_a_narrow_page_the_text_goes_below_the_label),
        cmocka_unit_test(items_get_points_and_wrap_whole),
        cmocka_unit_test(an_item_longer_than_a_line_begins_on_its_own),
        cmocka_unit_test(a_word_longer_than_a_line_is_broken),
        cmocka_unit_test(wide_characters_take_two_columns),
        cmocka_unit_test(combining_marks_stay_with_their_letter),
        cmocka_unit_test(text_from_right_to_left_is_kept_apart),
        cmocka_unit_test(the_right_end_gets_a_line_of_its_own_where_needed),
        cmocka_unit_test(ink_is_colour_only_where_it_was_asked_for),
        cmocka_unit_test(pieces_outside_a_paragraph_are_left_out),
        cmocka_unit_test(strings_are_made_for_the_caller),
        cmocka_unit_test(long_formatted_pieces_are_whole),
        cmocka_unit_test(a_full_text_is_told_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
