/*
 * `deals --numbers` as a workbook, through libxlsxwriter, which this file hides.
 *
 * Texts are written as texts, never as formulas. The same case gives the same bytes: the date of
 * making is a fixed one. Rows are written in order and leave memory at once. What a spreadsheet
 * cannot hold (rows, columns, long texts) is left out, and the first sheet says so.
 */
#include "report/json_parts.h"
#include "report/numbers_rows.h"
#include "report/report_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <xlsxwriter.h>

#define ROWS_MOST 1000000u
#define COLUMNS_MOST 16000u
#define TEXT_MOST 32000u
#define MADE 946684800 /* the first of January 2000 */
#define AT_ONCE 256u
#define BARS_MOST 2000u /* points in the chart */

typedef struct sheet {
    lxw_worksheet *on;
    lxw_format *heading;
    uint32_t row;
    uint32_t column;
    lxw_error failed;
} sheet;

static void keep(sheet *to, lxw_error error)
{
    to->failed = to->failed != LXW_NO_ERROR ? to->failed : error;
}

static void put_text(sheet *to, uint32_t row, uint32_t column, const char *text, bool heading)
{
    char part[TEXT_MOST + 4];
    if (strlen(text) > TEXT_MOST) {
        size_t n = TEXT_MOST;
        while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80) {
            n--;
        }
        memcpy(part, text, n);
        memcpy(part + n, "...", 4);
        text = part;
    }
    keep(to, worksheet_write_string(to->on, row, (lxw_col_t)column, text,
                                    heading ? to->heading : NULL));
}

static void cell(void *user, const char *text, double number, bool some)
{
    sheet *to = user;
    uint32_t column = to->column++;
    if (!some || column >= COLUMNS_MOST || to->row >= ROWS_MOST) {
        return;
    }
    if (text != NULL) {
        put_text(to, to->row, column, text, to->row == 0);
    } else {
        keep(to, worksheet_write_number(to->on, to->row, (lxw_col_t)column, number, NULL));
    }
}

static void end_row(void *user)
{
    sheet *to = user;
    to->row++;
    to->column = 0;
}

/* ---------------------------------------------------------------------- summary */

static const char *count_words(parley_screen *s, parley_numbers_count n)
{
    return !n.known ? "not counted"
           : parley_count_compare(&n.low, &n.high) == 0
               ? parley_screen_count(s, &n.low)
               : parley_screen_format(s, "%s to %s", parley_screen_count(s, &n.low),
                                      parley_screen_count(s, &n.high));
}

static void line(sheet *to, const char *label, const char *text)
{
    put_text(to, to->row, 0, label, true);
    put_text(to, to->row++, 1, text, false);
}

static void summary(parley_screen *s, const parley_deals_page *page, sheet *to)
{
    static const char *const frontier[] = {"exact", "near", "too many points to list"};
    const parley_numbers *x = page->numbers;
    parley_ids parties = parley_numbers_parties(x);
    parley_ids issues = parley_numbers_issues(x);
    char date[40] = "";
    if (parley_case_as_of(page->c).form != PARLEY_DATE_UNKNOWN) {
        parley_date_print(parley_case_as_of(page->c), date, sizeof(date));
    }
    keep(to, worksheet_set_column(to->on, 0, 0, 34, NULL));
    keep(to, worksheet_set_column(to->on, 1, 1, 60, NULL));
    line(to, "case", parley_case_title(page->c));
    line(to, "as of", date);
    line(to, "packages",
         parley_numbers_shares_move(x) ? "without number: shares move freely"
                                       : count_words(s, parley_numbers_total(x)));
    line(to, "that the rules allow", count_words(s, parley_numbers_feasible(x)));
    line(to, "acceptable to all",
         parley_numbers_none(x) ? "none" : count_words(s, parley_numbers_acceptable_to_all(x)));
    for (uint32_t i = 0; i < parties.count; i++) {
        line(to, parley_screen_format(s, "acceptable to %s", id_party(page->c, parties.at[i])),
             count_words(s, parley_numbers_acceptable_to(x, i)));
    }
    line(to, "frontier",
         parley_screen_format(s, "%s, %u points", frontier[parley_numbers_frontier(x)],
                              parley_numbers_points(x)));
    if (parley_numbers_rounded(x)) {
        line(to, "rounded", "some numbers had too many digits; ties are decided at that rounding");
    }
    uint64_t columns =
        6 + (uint64_t)parties.count + issues.count + ((uint64_t)issues.count + 1) * parties.count;
    if (columns > COLUMNS_MOST || parley_numbers_points(x) >= ROWS_MOST) {
        line(to, "left out", "rows or columns beyond what a spreadsheet holds");
    }
    line(to, "solutions", "ideas of ours over what is acceptable to all; nobody proposed them");
    line(to, "columns",
         "worth:PARTY, answer:ISSUE, and adds:ISSUE:PARTY, what the answer is worth "
         "to the party");
}

/* What the Nash solution, or the first that there is, gives each party by issue. */
static parley_status by_issue(parley_screen *s, parley_ctx *ctx, const parley_deals_page *page,
                              sheet *to, parley_error *err)
{
    const parley_numbers *x = page->numbers;
    const parley_numbers_package *at = NULL;
    parley_ids parties = parley_numbers_parties(x);
    parley_ids issues = parley_numbers_issues(x);
    uint32_t all = parley_case_issues(page->c);
    for (int g = 0; g < PARLEY_GOAL_COUNT && at == NULL; g++) {
        const parley_solution *one = parley_numbers_solution(x, (parley_goal)g);
        at = one->has_package ? &one->at : NULL;
        if (at != NULL) {
            put_text(to, 0, 0,
                     parley_screen_format(s, "issue (%s)", parley_goal_word((parley_goal)g)), true);
        }
    }
    if (at == NULL) {
        put_text(to, 0, 0, "nothing is acceptable to all", false);
        return PARLEY_OK;
    }
    size_t size = 2 * ((size_t)all + 1) * parties.count * sizeof(double);
    double *adds = parley_alloc(ctx, size);
    if (adds == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory for a workbook");
    }
    double *best = adds + (size_t)(all + 1) * parties.count;
    put_text(to, 0, 1, "answer", true);
    for (uint32_t i = 0; i < parties.count; i++) {
        const parley_numbers_package *own = parley_numbers_best(x, i);
        const char *id = id_party(page->c, parties.at[i]);
        parley_numbers_by_issue(x, i, at, adds + (size_t)i * (all + 1),
                                adds + (size_t)i * (all + 1) + all);
        parley_numbers_by_issue(x, i, own != NULL ? own : at, best + (size_t)i * (all + 1),
                                best + (size_t)i * (all + 1) + all);
        put_text(to, 0, 2 + 2 * i, id, true);
        put_text(to, 0, 3 + 2 * i, parley_screen_format(s, "%s, less its best", id), true);
    }
    for (uint32_t k = 0; k <= issues.count; k++) {
        uint32_t issue = k < issues.count ? (uint32_t)issues.at[k] : all;
        put_text(to, k + 1, 0, k < issues.count ? id_issue(page->c, issues.at[k]) : "(together)",
                 true);
        if (k < issues.count) {
            put_text(to, k + 1, 1, numbers_answer(s, page->c, issues.at[k], at), false);
        }
        for (uint32_t i = 0; i < parties.count; i++) {
            double here = adds[(size_t)i * (all + 1) + issue];
            keep(to, worksheet_write_number(to->on, k + 1, (lxw_col_t)(2 + 2 * i), here, NULL));
            keep(to, worksheet_write_number(to->on, k + 1, (lxw_col_t)(3 + 2 * i),
                                            here - best[(size_t)i * (all + 1) + issue], NULL));
        }
    }
    parley_release(ctx, adds, size);
    return PARLEY_OK;
}

/* The frontier of the first two parties with the solutions; of more, what each solution gives. */
static void chart(lxw_workbook *book, const parley_deals_page *page, sheet *to, uint32_t rows)
{
    const parley_numbers *x = page->numbers;
    parley_ids parties = parley_numbers_parties(x);
    bool two = parties.count == 2;
    uint32_t points = parley_numbers_points(x);
    lxw_chart *drawn = workbook_add_chart(book, two ? LXW_CHART_SCATTER : LXW_CHART_COLUMN);
    if (drawn == NULL) {
        keep(to, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    if (two) {
        uint32_t last = points > BARS_MOST ? BARS_MOST : points;
        lxw_chart_series *line_of = NULL;
        if (last > 0) {
            line_of = chart_add_series(drawn, NULL, NULL);
            chart_series_set_categories(line_of, "Frontier", 1, 6, last, 6);
            chart_series_set_values(line_of, "Frontier", 1, 7, last, 7);
            chart_series_set_name(line_of, "frontier");
        }
        line_of = chart_add_series(drawn, NULL, NULL);
        chart_series_set_categories(line_of, "Solutions", 1 + 1 + parties.count, 6,
                                    1 + parties.count + PARLEY_GOAL_COUNT, 6);
        chart_series_set_values(line_of, "Solutions", 1 + 1 + parties.count, 7,
                                1 + parties.count + PARLEY_GOAL_COUNT, 7);
        chart_series_set_name(line_of, "solutions");
        chart_series_set_marker_type(line_of, LXW_CHART_MARKER_DIAMOND);
        chart_series_set_marker_size(line_of, 11);
        chart_axis_set_name(drawn->x_axis, id_party(page->c, parties.at[0]));
        chart_axis_set_name(drawn->y_axis, id_party(page->c, parties.at[1]));
    } else {
        for (uint32_t i = 0; i < parties.count; i++) {
            lxw_chart_series *bars = chart_add_series(drawn, NULL, NULL);
            chart_series_set_categories(bars, "Solutions", 2 + parties.count, 1,
                                        1 + parties.count + PARLEY_GOAL_COUNT, 1);
            chart_series_set_values(bars, "Solutions", 2 + parties.count, (lxw_col_t)(6 + i),
                                    1 + parties.count + PARLEY_GOAL_COUNT, (lxw_col_t)(6 + i));
            chart_series_set_name(bars, id_party(page->c, parties.at[i]));
        }
    }
    chart_title_set_name(drawn, two ? "Frontier and solutions" : "Worth in each solution");
    lxw_chart_options options = {.x_scale = 1.6, .y_scale = 1.6};
    keep(to, worksheet_insert_chart_opt(to->on, rows, 0, drawn, &options));
}

/* Rows of one sheet, a few at a time so that their strings can go. */
static parley_status fill(parley_ctx *ctx, const parley_deals_page *page, sheet *to, bool frontier,
                          parley_error *err)
{
    const numbers_sink sink = {cell, end_row, to};
    uint32_t points = parley_numbers_points(page->numbers);
    uint32_t rounds = frontier ? points / AT_ONCE + 1 : NUMBERS_FRONTIER;
    parley_status status = PARLEY_OK;
    for (uint32_t k = 0; k < rounds && status == PARLEY_OK && to->row < ROWS_MOST; k++) {
        parley_screen *s = NULL;
        parley_text *unused = parley_text_new(ctx, 1u << 20);
        status = unused == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                                : parley_screen_new(&s, ctx, unused, NULL, err);
        if (status == PARLEY_OK && k == 0) {
            numbers_rows_head(s, page, &sink);
        }
        if (status == PARLEY_OK) {
            status = numbers_rows(s, ctx, page, frontier ? NUMBERS_FRONTIER : (numbers_kind)k,
                                  k * AT_ONCE, (k + 1) * AT_ONCE, &sink, err);
        }
        parley_screen_free(s);
        parley_text_free(unused);
    }
    return status;
}

parley_status parley_page_deals_xlsx(parley_screen *s, parley_ctx *ctx,
                                     const parley_deals_page *page, const char *path,
                                     const char *scratch, parley_error *err)
{
    static const char *const names[] = {"Summary", "Solutions", "Frontier", "By issue", "Chart"};
    char *folder = parley_arena_copy(s->arena, scratch, strlen(scratch));
    char *title =
        parley_arena_copy(s->arena, parley_case_title(page->c), strlen(parley_case_title(page->c)));
    if (folder == NULL || title == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory for a workbook");
    }
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = folder};
    lxw_doc_properties properties = {.title = title, .created = MADE};
    lxw_workbook *book = workbook_new_opt(path, &options);
    sheet to[5];
    parley_status status = PARLEY_OK;
    if (book == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory for a workbook");
    }
    lxw_format *bold = workbook_add_format(book);
    lxw_error failed =
        bold == NULL ? LXW_ERROR_MEMORY_MALLOC_FAILED : workbook_set_properties(book, &properties);
    if (bold != NULL) {
        format_set_bold(bold);
    }
    for (int k = 0; k < 5 && failed == LXW_NO_ERROR; k++) {
        to[k] = (sheet){.on = workbook_add_worksheet(book, names[k]), .heading = bold};
        failed = to[k].on == NULL ? LXW_ERROR_MEMORY_MALLOC_FAILED : LXW_NO_ERROR;
    }
    if (failed == LXW_NO_ERROR) {
        summary(s, page, &to[0]);
        status = fill(ctx, page, &to[1], false, err);
        if (status == PARLEY_OK) {
            status = fill(ctx, page, &to[2], true, err);
        }
        if (status == PARLEY_OK) {
            status = by_issue(s, ctx, page, &to[3], err);
        }
        chart(book, page, &to[4], 0);
        for (int k = 0; k < 5; k++) {
            failed = failed != LXW_NO_ERROR ? failed : to[k].failed;
        }
    }
    lxw_error closed = workbook_close(book);
    failed = failed != LXW_NO_ERROR ? failed : closed;
    if (status == PARLEY_OK && failed != LXW_NO_ERROR) {
        status =
            parley_fail(err, failed == LXW_ERROR_MEMORY_MALLOC_FAILED ? PARLEY_NOMEM : PARLEY_IO,
                        "cannot write a workbook: %s", lxw_strerror(failed));
    }
    return status == PARLEY_OK ? parley_screen_status(s, err) : status;
}
