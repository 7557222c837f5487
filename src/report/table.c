/*
 * Aligned tables within a width.
 *
 * Cells are kept until the table is printed; then every column gets the width of its widest text,
 * or less: flexible columns give way first, then whichever is widest. A text wider than its column
 * wraps in it. What is left out: cells over several rows, rules, sorting.
 */
#include "report_internal.h"

#include <string.h>

#define FLEXIBLE_FLOOR 12
#define FLOOR 4
#define NO_LIMIT (UINT32_MAX / 4)

typedef struct cell {
    report_flow flow;
    bool wide;
} cell;

typedef struct row row;
struct row {
    row *next;
    cell *cells;
};

struct parley_table {
    parley_screen *screen;
    parley_column *columns;
    size_t count;
    uint32_t indent;
    uint32_t gap;
    row *first;
    row *last;
    size_t rows;
    size_t at; /* column of the next cell; 0: a row is to begin */
    cell *current;
};

parley_table *parley_table_new(parley_screen *screen, const parley_column *columns, size_t count,
                               uint32_t indent, uint32_t gap)
{
    if (screen == NULL || screen->failed != PARLEY_OK || count == 0) {
        return NULL;
    }
    parley_table *table = parley_arena_alloc(screen->arena, sizeof *table);
    parley_column *copy = parley_arena_array(screen->arena, count, sizeof *copy);
    if (table == NULL || copy == NULL) {
        screen->failed = PARLEY_NOMEM;
        return NULL;
    }
    for (size_t c = 0; c < count; c++) {
        copy[c] = columns[c];
        if (columns[c].heading != NULL) {
            copy[c].heading = parley_screen_format(screen, "%s", columns[c].heading);
        }
    }
    table->screen = screen;
    table->columns = copy;
    table->count = count;
    table->indent = indent;
    table->gap = gap == 0 ? 2 : gap;
    return screen->failed != PARLEY_OK ? NULL : table;
}

/* The next cell, beginning a row where needed; NULL after a failure. */
static cell *next_cell(parley_table *table, bool wide)
{
    if (table == NULL || table->screen->failed != PARLEY_OK) {
        return NULL;
    }
    if (table->at == 0) {
        row *r = parley_arena_alloc(table->screen->arena, sizeof *r);
        cell *cells = parley_arena_array(table->screen->arena, table->count, sizeof *cells);
        if (r == NULL || cells == NULL) {
            table->screen->failed = PARLEY_NOMEM;
            return NULL;
        }
        r->cells = cells;
        if (table->last == NULL) {
            table->first = r;
        } else {
            table->last->next = r;
        }
        table->last = r;
        table->rows++;
    }
    cell *c = &table->last->cells[table->at];
    c->wide = wide;
    table->at = wide ? 0 : (table->at + 1) % table->count;
    table->current = c;
    return c;
}

static cell *last_cell(parley_table *table)
{
    if (table == NULL || table->screen->failed != PARLEY_OK) {
        return NULL;
    }
    return table->current != NULL ? table->current : next_cell(table, false);
}

void parley_table_cell(parley_table *table, parley_ink ink, const char *text)
{
    cell *c = next_cell(table, false);
    if (c != NULL) {
        report_flow_add(table->screen, &c->flow, REPORT_TEXT, ink, text);
    }
}

void parley_table_cellf(parley_table *table, parley_ink ink, const char *format, ...)
{
    cell *c = next_cell(table, false);
    if (c != NULL) {
        va_list args;
        va_start(args, format);
        report_flow_addv(table->screen, &c->flow, REPORT_TEXT, ink, format, args);
        va_end(args);
    }
}

void parley_table_wide(parley_table *table, parley_ink ink, const char *text)
{
    cell *c = next_cell(table, true);
    if (c != NULL) {
        report_flow_add(table->screen, &c->flow, REPORT_TEXT, ink, text);
    }
}

void parley_table_add(parley_table *table, parley_ink ink, const char *text)
{
    cell *c = last_cell(table);
    if (c != NULL) {
        report_flow_add(table->screen, &c->flow, REPORT_TEXT, ink, text);
    }
}

void parley_table_addf(parley_table *table, parley_ink ink, const char *format, ...)
{
    cell *c = last_cell(table);
    if (c != NULL) {
        va_list args;
        va_start(args, format);
        report_flow_addv(table->screen, &c->flow, REPORT_TEXT, ink, format, args);
        va_end(args);
    }
}

void parley_table_item(parley_table *table, parley_ink ink, const char *text)
{
    cell *c = last_cell(table);
    if (c != NULL) {
        report_flow_add(table->screen, &c->flow, REPORT_ITEM, ink, text);
    }
}

void parley_table_itemf(parley_table *table, parley_ink ink, const char *format, ...)
{
    cell *c = last_cell(table);
    if (c != NULL) {
        va_list args;
        va_start(args, format);
        report_flow_addv(table->screen, &c->flow, REPORT_ITEM, ink, format, args);
        va_end(args);
    }
}

void parley_table_newline(parley_table *table)
{
    cell *c = last_cell(table);
    if (c != NULL) {
        report_flow_add(table->screen, &c->flow, REPORT_NEWLINE, PARLEY_INK_PLAIN, "");
    }
}

void parley_table_end_row(parley_table *table)
{
    if (table != NULL) {
        table->at = 0;
        table->current = NULL;
    }
}

size_t parley_table_rows(const parley_table *table)
{
    return table != NULL ? table->rows : 0;
}

/* --------------------------------------------------------------------- widths */

static uint32_t natural_width(parley_screen *screen, const report_flow *flow)
{
    parley_arena_mark mark = parley_arena_here(screen->work);
    report_lines lines = report_layout(screen, flow, NO_LIMIT, NO_LIMIT);
    uint32_t width = 0;
    for (uint32_t i = 0; i < lines.count; i++) {
        if (lines.line[i].width > width) {
            width = lines.line[i].width;
        }
    }
    parley_arena_reset(screen->work, mark);
    return width;
}

static bool is_flexible(const parley_column *column)
{
    return column->flexible || column->fill;
}

/* The widest column above `floor` (only flexible ones if asked), or the number of columns. */
static size_t widest(const parley_table *table, const uint32_t *width, bool flexible,
                     uint32_t floor)
{
    size_t best = table->count;
    for (size_t c = 0; c < table->count; c++) {
        if ((!flexible || is_flexible(&table->columns[c])) && width[c] > floor &&
            (best == table->count || width[c] > width[best])) {
            best = c;
        }
    }
    return best;
}

static void fit(const parley_table *table, uint32_t *width)
{
    uint64_t screen = table->screen->width;
    uint64_t around = table->indent;
    uint64_t sum = 0;
    bool some = false;
    for (size_t c = 0; c < table->count; c++) {
        if (width[c] > screen) {
            width[c] = (uint32_t)screen;
        }
        sum += width[c];
        around += width[c] > 0 && some ? table->gap : 0;
        some = some || width[c] > 0;
    }
    uint64_t room = screen > around ? screen - around : 0;
    static const struct {
        bool flexible;
        uint32_t floor;
    } steps[] = {{true, FLEXIBLE_FLOOR}, {false, FLOOR}, {false, 1}};
    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
        while (sum > room) {
            size_t c = widest(table, width, steps[s].flexible, steps[s].floor);
            if (c == table->count) {
                break;
            }
            width[c]--;
            sum--;
        }
    }
    for (size_t c = 0; c < table->count && sum < room; c++) {
        if (table->columns[c].fill && width[c] > 0) {
            width[c] += (uint32_t)(room - sum);
            sum = room;
        }
    }
}

static void measure(parley_table *table, uint32_t *width)
{
    for (size_t c = 0; c < table->count; c++) {
        const parley_column *column = &table->columns[c];
        const char *heading = column->heading != NULL ? column->heading : "";
        uint32_t heading_width = (uint32_t)parley_utf8_width(heading, strlen(heading));
        width[c] = heading_width;
        for (const row *r = table->first; r != NULL; r = r->next) {
            if (!r->cells[c].wide) {
                uint32_t w = natural_width(table->screen, &r->cells[c].flow);
                width[c] = w > width[c] ? w : width[c];
            }
        }
        if (column->at_most > 0 && width[c] > column->at_most) {
            width[c] = column->at_most;
        }
        if (width[c] < column->at_least) {
            width[c] = column->at_least;
        }
    }
    fit(table, width);
}

/* ------------------------------------------------------------------- printing */

static void print_row(parley_table *table, const uint32_t *width, const cell *cells)
{
    parley_screen *screen = table->screen;
    parley_arena_mark mark = parley_arena_here(screen->work);
    report_lines *lines = parley_arena_array(screen->work, table->count, sizeof *lines);
    if (lines == NULL) {
        screen->failed = PARLEY_NOMEM;
        return;
    }
    uint32_t height = 1;
    uint32_t x = table->indent;
    size_t used = table->count;
    for (size_t c = 0; c < used; c++) {
        uint32_t room = width[c];
        if (cells[c].wide) {
            room = screen->width > x ? screen->width - x : 1;
            used = c + 1;
        }
        lines[c] = report_layout(screen, &cells[c].flow, room, room);
        if (lines[c].count > height) {
            height = lines[c].count;
        }
        x += width[c] > 0 ? width[c] + table->gap : 0;
    }
    for (uint32_t i = 0; i < height && screen->failed == PARLEY_OK; i++) {
        report_blanks(screen, table->indent);
        for (size_t c = 0; c < used; c++) {
            uint32_t taken = i < lines[c].count ? lines[c].line[i].width : 0;
            uint32_t rest = width[c] > taken && !cells[c].wide ? width[c] - taken : 0;
            bool right = table->columns[c].align == PARLEY_ALIGN_RIGHT && !cells[c].wide;
            report_blanks(screen, right ? rest : 0);
            if (i < lines[c].count) {
                report_put(screen, &lines[c], i);
            }
            report_blanks(screen, (right ? 0 : rest) + (width[c] > 0 ? table->gap : 0));
        }
        report_end_line(screen);
    }
    parley_arena_reset(screen->work, mark);
}

void parley_table_print(parley_table *table)
{
    if (table == NULL) {
        return;
    }
    parley_screen *screen = table->screen;
    parley_screen_end(screen);
    uint32_t *width = NULL;
    cell *headings = NULL;
    bool any = false;
    if (table->first != NULL && screen->failed == PARLEY_OK) {
        width = parley_arena_array(screen->arena, table->count, sizeof *width);
        headings = parley_arena_array(screen->arena, table->count, sizeof *headings);
        screen->failed = width == NULL || headings == NULL ? PARLEY_NOMEM : PARLEY_OK;
    }
    for (size_t c = 0; c < table->count && headings != NULL && screen->failed == PARLEY_OK; c++) {
        any = any || table->columns[c].heading != NULL;
        report_flow_add(screen, &headings[c].flow, REPORT_TEXT, PARLEY_INK_HEADING,
                        table->columns[c].heading);
    }
    if (table->first != NULL && screen->failed == PARLEY_OK) {
        measure(table, width);
        if (any) {
            print_row(table, width, headings);
        }
        for (const row *r = table->first; r != NULL && screen->failed == PARLEY_OK; r = r->next) {
            print_row(table, width, r->cells);
        }
    }
    table->first = NULL;
    table->last = NULL;
    table->rows = 0;
    table->at = 0;
    table->current = NULL;
}
