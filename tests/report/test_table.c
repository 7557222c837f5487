/* Tables: widths, wrapping, cells over several columns, and every allocation failure. */
#include "page.h"

static const parley_column ladder[] = {
    {.heading = "READING"},
    {.heading = "BINDS", .fill = true},
    {.heading = "LEFT", .align = PARLEY_ALIGN_RIGHT},
};

static void row(parley_table *table, const char *a, const char *b, const char *c)
{
    parley_table_cell(table, PARLEY_INK_PLAIN, a);
    parley_table_cell(table, PARLEY_INK_PLAIN, b);
    parley_table_cell(table, PARLEY_INK_PLAIN, c);
}

static void columns_are_as_wide_as_their_widest_text(void **state)
{
    (void)state;
    page p = page_new(80, false);
    static const parley_column plain[] = {{.heading = "A"}, {NULL}, {.align = PARLEY_ALIGN_RIGHT}};
    parley_table *table = parley_table_new(p.screen, plain, 3, 2, 1);
    row(table, "one", "two", "3");
    row(table, "a longer one", "", "33");
    assert_int_equal(parley_table_rows(table), 2);
    parley_table_print(table);
    assert_int_equal(parley_table_rows(table), 0);
    page_reads(&p, "  A\n"
                   "  one          two  3\n"
                   "  a longer one     33\n");
}

static void a_filling_column_takes_the_rest_of_the_line(void **state)
{
    (void)state;
    page p = page_new(40, false);
    parley_table *table = parley_table_new(p.screen, ladder, 3, 0, 0);
    row(table, "rules", "none stated", "3,456");
    row(table, "conditions", "Russia: arms, Kursk, monitor", "288");
    parley_table_print(table);
    page_reads(&p, "READING     BINDS                   LEFT\n"
                   "rules       none stated            3,456\n"
                   "conditions  Russia: arms, Kursk,     288\n"
                   "            monitor\n");
}

static void a_table_without_headings_prints_no_heading_line(void **state)
{
    (void)state;
    page p = page_new(40, false);
    static const parley_column plain[] = {{.at_least = 6}, {.at_most = 8}};
    parley_table *table = parley_table_new(p.screen, plain, 2, 0, 0);
    parley_table_cell(table, PARLEY_INK_PLAIN, "a");
    parley_table_cell(table, PARLEY_INK_PLAIN, "at most eight");
    parley_table_print(table);
    page_reads(&p, "a       at most\n"
                   "        eight\n");
}

static void an_empty_table_prints_nothing(void **state)
{
    (void)state;
    page p = page_new(40, false);
    parley_table *table = parley_table_new(p.screen, ladder, 3, 0, 0);
    parley_table_print(table);
    parley_table_end_row(table);
    parley_table_print(table);
    parley_table_print(NULL);
    assert_null(parley_table_new(p.screen, ladder, 0, 0, 0));
    assert_null(parley_table_new(NULL, ladder, 3, 0, 0));
    page_reads(&p, "");
}

static void a_column_without_any_text_is_left_out(void **state)
{
    (void)state;
    page p = page_new(40, false);
    static const parley_column plain[] = {{NULL}, {NULL}, {NULL}};
    parley_table *table = parley_table_new(p.screen, plain, 3, 0, 0);
    row(table, "a", "", "c");
    row(table, "aa", NULL, "cc");
    parley_table_print(table);
    page_reads(&p, "a   c\n"
                   "aa  cc\n");
}

static void a_wide_cell_takes_the_columns_that_follow(void **state)
{
    (void)state;
    page p = page_new(30, false);
    parley_table *table = parley_table_new(p.screen, ladder, 3, 0, 0);
    row(table, "a", "b", "1");
    parley_table_cell(table, PARLEY_INK_PLAIN, "x");
    parley_table_wide(table, PARLEY_INK_PLAIN, "runs over both columns and wraps");
    parley_table_wide(table, PARLEY_INK_PLAIN, "a line of its own");
    row(table, "c", "d", "2");
    parley_table_print(table);
    page_reads(&p, "READING  BINDS            LEFT\n"
                   "a        b                   1\n"
                   "x        runs over both\n"
                   "         columns and wraps\n"
                   "a line of its own\n"
                   "c        d                   2\n");
}

static void cells_hold_pieces_items_and_lines(void **state)
{
    (void)state;
    page p = page_new(60, false);
    parley_table *table = parley_table_new(p.screen, ladder, 3, 0, 0);
    parley_table_cell(table, PARLEY_INK_PLAIN, "our readings");
    parley_table_cell(table, PARLEY_INK_PLAIN, "");
    parley_table_item(table, PARLEY_INK_PARTY, "Ukraine");
    parley_table_add(table, PARLEY_INK_OURS, " m1 m2");
    parley_table_itemf(table, PARLEY_INK_PARTY, "United %s", "States");
    parley_table_addf(table, PARLEY_INK_OURS, " m%d", 4);
    parley_table_newline(table);
    parley_table_add(table, PARLEY_INK_PLAIN, "  none is theirs");
    parley_table_cellf(table, PARLEY_INK_PLAIN, "%d", 0);
    parley_table_cell(table, PARLEY_INK_PLAIN, "short row");
    parley_table_end_row(table);
    row(table, "next", "", "1");
    parley_table_print(table);
    page_reads(&p, "READING       BINDS                                     LEFT\n"
                   "our readings  Ukraine m1 m2 · United States m4             0\n"
                   "                none is theirs\n"
                   "short row\n"
                   "next                                                       1\n");
}

static void wide_characters_keep_columns_straight(void **state)
{
    (void)state;
    page p = page_new(40, false);
    static const parley_column plain[] = {{NULL}, {.align = PARLEY_ALIGN_RIGHT}};
    parley_table *table = parley_table_new(p.screen, plain, 2, 0, 0);
    parley_table_cell(table, PARLEY_INK_PLAIN, "停战");
    parley_table_cell(table, PARLEY_INK_PLAIN, "1");
    parley_table_cell(table, PARLEY_INK_PLAIN, "e\xcc\x81tat");
    parley_table_cell(table, PARLEY_INK_PLAIN, "12");
    parley_table_cell(table, PARLEY_INK_PLAIN, "שלום");
    parley_table_cell(table, PARLEY_INK_PLAIN, "123");
    parley_table_print(table);
    page_reads(&p, "停战    1\n"
                   "e\xcc\x81tat   12\n"
                   "\xe2\x81\xa8שלום\xe2\x81\xa9  123\n");
}

static void the_flexible_column_gives_way_first(void **state)
{
    (void)state;
    page p = page_new(34, false);
    static const parley_column columns[] = {{.heading = "ONE"},
                                            {.heading = "TWO", .flexible = true}};
    parley_table *table = parley_table_new(p.screen, columns, 2, 0, 0);
    parley_table_cell(table, PARLEY_INK_PLAIN, "this is kept whole");
    parley_table_cell(table, PARLEY_INK_PLAIN, "and this text has to wrap");
    parley_table_print(table);
    page_reads(&p, "ONE                 TWO\n"
                   "this is kept whole  and this text\n"
                   "                    has to wrap\n");
}

/* Whatever the width, it ends, and from the width on where the columns have room it fits. */
static void every_width_is_possible(void **state)
{
    (void)state;
    for (uint32_t width = 1; width <= 120; width++) {
        page p = page_new(width, false);
        parley_screen_line(p.screen, "A LABEL", PARLEY_INK_PLAIN, "some text 停战 that wraps");
        parley_table *table = parley_table_new(p.screen, ladder, 3, 1, 0);
        row(table, "other positions on record", "Russia: leads to a settlement", "48");
        row(table, "abcdefghijklmnopqrstuvwxyz", "停战三十天", "1,000,000");
        parley_table_wide(table, PARLEY_INK_PLAIN, "a note over the whole width");
        parley_table_print(table);
        parley_error err = PARLEY_ERROR_INIT;
        check_ok(parley_screen_status(p.screen, &err), &err);
        const char *line = parley_text_data(p.text);
        while (*line != '\0') {
            const char *end = strchr(line, '\n');
            assert_non_null(end);
            assert_true(end == line || end[-1] != ' ');
            if (width >= 12) {
                assert_true(parley_utf8_width(line, (size_t)(end - line)) <= width);
            }
            line = end + 1;
        }
        parley_screen_free(p.screen);
        parley_text_free(p.text);
        check_ctx_done(p.ctx);
    }
}

static void a_very_long_cell_costs_its_length_only(void **state)
{
    (void)state;
    page p = page_new(80, false);
    const size_t size = 1u << 20;
    char *text = malloc(size + 1);
    assert_non_null(text);
    memset(text, 'x', size);
    text[size] = '\0';
    parley_table *table = parley_table_new(p.screen, ladder, 3, 0, 0);
    row(table, "long", text, "1");
    parley_table_print(table);
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_screen_status(p.screen, &err), &err);
    assert_true(parley_text_size(p.text) > size);
    free(text);
    parley_screen_free(p.screen);
    parley_text_free(p.text);
    check_ctx_done(p.ctx);
}

static parley_status write_page(parley_ctx *ctx, void *user, parley_error *err)
{
    (void)user;
    parley_screen *screen = NULL;
    parley_text *text = parley_text_new(ctx, SIZE_MAX);
    if (text == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "no text");
    }
    parley_status status = parley_screen_new(&screen, ctx, text, NULL, err);
    if (status == PARLEY_OK) {
        static const char *const items[] = {"a", "b"};
        parley_screen_linef(screen, "LABEL", PARLEY_INK_PLAIN, "%0400d and more text that wraps",
                            3);
        parley_screen_ends(screen, PARLEY_INK_TITLE, "left", PARLEY_INK_DIM, "right");
        parley_table *table = parley_table_new(screen, ladder, 3, 0, 0);
        for (int i = 0; i < 40; i++) {
            row(table, parley_screen_join(screen, items, 2, NULL),
                parley_screen_format(screen, "item %d with words enough to wrap in its column", i),
                parley_screen_number(screen, (uint64_t)i * 1000));
            parley_table_itemf(table, PARLEY_INK_OURS, "%d", i);
        }
        parley_table_print(table);
        status = parley_screen_status(screen, err);
    } else {
        assert_null(screen);
    }
    parley_screen_free(screen);
    parley_text_free(text);
    return status;
}

static void a_page_survives_every_allocation_failure(void **state)
{
    (void)state;
    torture(write_page, NULL, 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_as_wide_as_their_widest_text),
        cmocka_unit_test(a_filling_column_takes_the_rest_of_the_line),
        cmocka_unit_test(a_table_without_headings_prints_no_heading_line),
        cmocka_unit_test(an_empty_table_prints_nothing),
        cmocka_unit_test(a_column_without_any_text_is_left_out),
        cmocka_unit_test(a_wide_cell_takes_the_columns_that_follow),
        cmocka_unit_test(cells_hold_pieces_items_and_lines),
        cmocka_unit_test(wide_characters_keep_columns_straight),
        cmocka_unit_test(the_flexible_column_gives_way_first),
        cmocka_unit_test(every_width_is_possible),
        cmocka_unit_test(a_very_long_cell_costs_its_length_only),
        cmocka_unit_test(a_page_survives_every_allocation_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
