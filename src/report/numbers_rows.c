/*
 * Frontier, solutions and what everybody gets, as one flat table: a package a row, so that a
 * spreadsheet can sort, filter and draw it. Written as CSV here (RFC 4180), as a workbook in
 * numbers_xlsx.c.
 *
 * A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a return)
 * gets an apostrophe before it; numbers stand bare.
 */
#include "report/numbers_rows.h"
#include "report/json_parts.h"
#include "report/report_internal.h"
#include "report/wording.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void text_cell(const numbers_sink *to, const char *text)
{
    to->cell(to->user, text, 0, text != NULL && *text != '\0');
}

static void number_cell(const numbers_sink *to, double number, bool some)
{
    to->cell(to->user, NULL, number, some && isfinite(number));
}

void numbers_rows_head(parley_screen *s, const parley_deals_page *page, const numbers_sink *to)
{
    static const char *const head[] = {"row", "name", "status", "value", "bound", "packages"};
    parley_ids parties = parley_numbers_parties(page->numbers);
    parley_ids issues = parley_numbers_issues(page->numbers);
    for (size_t i = 0; i < sizeof(head) / sizeof(head[0]); i++) {
        text_cell(to, head[i]);
    }
    for (uint32_t i = 0; i < parties.count; i++) {
        text_cell(to, parley_screen_format(s, "worth:%s", id_party(page->c, parties.at[i])));
    }
    for (uint32_t k = 0; k < issues.count; k++) {
        text_cell(to, parley_screen_format(s, "answer:%s", id_issue(page->c, issues.at[k])));
    }
    for (uint32_t k = 0; k <= issues.count; k++) {
        const char *issue = k < issues.count ? id_issue(page->c, issues.at[k]) : "(together)";
        for (uint32_t i = 0; i < parties.count; i++) {
            text_cell(
                to, parley_screen_format(s, "adds:%s:%s", issue, id_party(page->c, parties.at[i])));
        }
    }
    to->row(to->user);
}

typedef struct rows {
    parley_screen *s;
    const parley_deals_page *page;
    const numbers_sink *to;
    double *adds; /* issues of the case and one more, by party */
} rows;

/* Cells from worth on; at NULL: none. */
static void package_cells(const rows *r, const parley_numbers_package *at)
{
    const parley_numbers *x = r->page->numbers;
    const parley_case *c = r->page->c;
    parley_ids parties = parley_numbers_parties(x);
    parley_ids issues = parley_numbers_issues(x);
    const uint32_t wide = parley_case_issues(c) + 1;
    for (uint32_t i = 0; i < parties.count; i++) {
        number_cell(r->to, at != NULL ? at->worth[i] : 0, at != NULL);
    }
    for (uint32_t k = 0; k < issues.count; k++) {
        const parley_issue *issue = parley_case_issue(c, issues.at[k]);
        if (at != NULL && issue->kind == PARLEY_ISSUE_QUANTITY) {
            parley_decimal d = parley_case_quantity(issue, at->value[issues.at[k]]);
            number_cell(r->to, (double)d.mantissa / pow(10, d.scale), true);
        } else if (at != NULL && issue->kind == PARLEY_ISSUE_CHOICE) {
            text_cell(r->to, word_value(r->s, c, issues.at[k], at->value[issues.at[k]], true));
        } else {
            text_cell(r->to, at == NULL ? NULL : numbers_answer(r->s, c, issues.at[k], at));
        }
    }
    for (uint32_t i = 0; at != NULL && i < parties.count; i++) {
        parley_numbers_by_issue(x, i, at, r->adds + (size_t)i * wide,
                                r->adds + (size_t)i * wide + wide - 1);
    }
    for (uint32_t k = 0; k <= issues.count; k++) {
        uint32_t issue = k < issues.count ? (uint32_t)issues.at[k] : wide - 1;
        for (uint32_t i = 0; i < parties.count; i++) {
            number_cell(r->to, at == NULL ? 0 : r->adds[(size_t)i * wide + issue], at != NULL);
        }
    }
    r->to->row(r->to->user);
}

static void solution_row(const rows *r, const char *row, const char *name,
                         const parley_solution *one)
{
    static const char *const words[] = {"optimal", "bounded", "none"};
    text_cell(r->to, row);
    text_cell(r->to, name);
    text_cell(r->to, words[one->status]);
    number_cell(r->to, one->value, one->has_package);
    number_cell(r->to, one->bound, one->status != PARLEY_SOLUTION_NONE);
    number_cell(r->to, 0, false);
    package_cells(r, one->has_package ? &one->at : NULL);
}

static void solution_rows(const rows *r, const parley_solution *list, const char *of)
{
    for (int g = 0; g < PARLEY_GOAL_COUNT; g++) {
        const char *goal = parley_goal_word((parley_goal)g);
        solution_row(r, "solution",
                     of == NULL ? goal : parley_screen_format(r->s, "%s: %s", of, goal), &list[g]);
    }
}

static void elsewhere_rows(const rows *r)
{
    static const char *const of[PARLEY_OPPOSITION_COUNT] = {
        "opposition: all", "opposition: acceptable", "opposition: utilitarian-all"};
    const parley_numbers *x = r->page->numbers;
    for (int which = 0; which < PARLEY_ELSEWHERE_COUNT; which++) {
        solution_row(r, "elsewhere", parley_elsewhere_word((parley_elsewhere)which),
                     parley_numbers_elsewhere(x, (parley_elsewhere)which));
    }
    for (int which = 0; which < PARLEY_OPPOSITION_COUNT; which++) {
        parley_opposition o = parley_numbers_opposition(x, (parley_opposition_of)which);
        text_cell(r->to, "elsewhere");
        text_cell(r->to, of[which]);
        text_cell(r->to, o.known ? "optimal" : "none");
        number_cell(r->to, o.distance, o.known);
        number_cell(r->to, 0, false);
        number_cell(r->to, 0, false);
        package_cells(r, NULL);
    }
}

static const char *group_name(const rows *r, parley_ids parties)
{
    const char *name = "";
    for (uint32_t k = 0; k < parties.count; k++) {
        name = parley_screen_format(r->s, "%s%s%s", name, k == 0 ? "" : "+",
                                    id_party(r->page->c, parties.at[k]));
    }
    return name;
}

static void frontier_row(const rows *r, uint32_t p)
{
    static const char *const words[] = {"exact", "epsilon", "limited"};
    const parley_numbers *x = r->page->numbers;
    parley_frontier_point point = parley_numbers_point(x, p);
    text_cell(r->to, "frontier");
    number_cell(r->to, p + 1.0, true);
    text_cell(r->to, point.open                    ? "open end"
                     : parley_numbers_joined(x, p) ? "joined to the next"
                                                   : words[parley_numbers_frontier(x)]);
    number_cell(r->to, 0, false);
    number_cell(r->to, 0, false);
    number_cell(r->to, (double)point.count, point.count > 0 && !parley_numbers_shares_move(x));
    package_cells(r, &point.at);
}

static void without_row(const rows *r)
{
    const parley_numbers *x = r->page->numbers;
    parley_ids parties = parley_numbers_parties(x);
    uint32_t issues = parley_numbers_issues(x).count;
    text_cell(r->to, "without a deal");
    for (int i = 0; i < 5; i++) {
        number_cell(r->to, 0, false);
    }
    for (uint32_t i = 0; i < parties.count; i++) {
        number_cell(r->to, parley_numbers_without(x, i), parley_numbers_without_given(x, i));
    }
    for (uint32_t k = 0; k < issues + (issues + 1) * parties.count; k++) {
        number_cell(r->to, 0, false);
    }
    r->to->row(r->to->user);
}

parley_status numbers_rows(parley_screen *s, parley_ctx *ctx, const parley_deals_page *page,
                           numbers_kind kind, uint32_t from, uint32_t to_point,
                           const numbers_sink *to, parley_error *err)
{
    const parley_numbers *x = page->numbers;
    parley_ids parties = parley_numbers_parties(x);
    size_t size = (parley_case_issues(page->c) + 1) * (size_t)parties.count * sizeof(double);
    rows r = {s, page, to, parley_alloc(ctx, size)};
    if (r.adds == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory for a table of numbers");
    }
    switch (kind) {
    case NUMBERS_WITHOUT:
        without_row(&r);
        break;
    case NUMBERS_BEST:
        for (uint32_t i = 0; i < parties.count; i++) {
            text_cell(to, "best");
            text_cell(to, id_party(page->c, parties.at[i]));
            for (int k = 0; k < 4; k++) {
                number_cell(to, 0, false);
            }
            package_cells(&r, parley_numbers_best(x, i));
        }
        break;
    case NUMBERS_SOLUTION: {
        parley_solution list[PARLEY_GOAL_COUNT];
        for (int g = 0; g < PARLEY_GOAL_COUNT; g++) {
            list[g] = *parley_numbers_solution(x, (parley_goal)g);
        }
        solution_rows(&r, list, NULL);
        for (uint32_t g = 0; g < parley_numbers_winning(x); g++) {
            const parley_winning *w = parley_numbers_winning_at(x, g);
            solution_rows(&r, w->solution, group_name(&r, w->parties));
        }
        break;
    }
    case NUMBERS_ELSEWHERE:
        elsewhere_rows(&r);
        break;
    case NUMBERS_FRONTIER:
        for (uint32_t p = from; p < to_point && p < parley_numbers_points(x); p++) {
            frontier_row(&r, p);
        }
        break;
    }
    parley_release(ctx, r.adds, size);
    return parley_screen_status(s, err);
}

/* -------------------------------------------------------------------------- CSV */

typedef struct csv {
    parley_text *out;
    bool first; /* of the row */
} csv;

static void csv_cell(void *user, const char *text, double number, bool some)
{
    csv *to = user;
    if (!to->first) {
        parley_text_puts(to->out, ",");
    }
    to->first = false;
    if (!some) {
        return;
    }
    if (text == NULL) {
        char digits[40];
        snprintf(digits, sizeof(digits), "%.15g", number);
        parley_text_puts(to->out, digits);
        return;
    }
    parley_text_puts(to->out, "\"");
    if (strchr("=+-@\t\r", *text) != NULL) {
        parley_text_puts(to->out, "'");
    }
    for (; *text != '\0'; text++) {
        parley_text_add(to->out, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
    }
    parley_text_puts(to->out, "\"");
}

static void csv_row(void *user)
{
    csv *to = user;
    parley_text_puts(to->out, "\r\n");
    to->first = true;
}

#define AT_ONCE 256u

parley_status parley_page_deals_csv(parley_text *out, parley_ctx *ctx,
                                    const parley_deals_page *page, parley_error *err)
{
    csv state = {out, true};
    const numbers_sink to = {csv_cell, csv_row, &state};
    uint32_t points = parley_numbers_points(page->numbers);
    uint32_t rounds = NUMBERS_FRONTIER + 1 + points / AT_ONCE;
    parley_status status = PARLEY_OK;
    for (uint32_t k = 0; k < rounds && status == PARLEY_OK; k++) {
        parley_screen *s = NULL; /* strings of a few rows at a time */
        parley_text *unused = parley_text_new(ctx, 1u << 20);
        uint32_t from = k < NUMBERS_FRONTIER ? 0 : (k - NUMBERS_FRONTIER) * AT_ONCE;
        status = unused == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                                : parley_screen_new(&s, ctx, unused, NULL, err);
        if (status == PARLEY_OK && k == 0) {
            numbers_rows_head(s, page, &to);
        }
        if (status == PARLEY_OK) {
            numbers_kind kind = k < NUMBERS_FRONTIER ? (numbers_kind)k : NUMBERS_FRONTIER;
            status = numbers_rows(s, ctx, page, kind, from, from + AT_ONCE, &to, err);
        }
        parley_screen_free(s);
        parley_text_free(unused);
    }
    return status == PARLEY_OK ? parley_text_status(out, err) : status;
}
