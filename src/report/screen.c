/*
 * A screen: paragraphs with labels, a left and a right end of one line, and strings for callers.
 *
 * Colours are SGR sequences, one where the ink changes; every line ends in plain ink. What holds
 * letters read from right to left is put between U+2068 and U+2069 (UAX 9), so that a terminal
 * which reorders text leaves the columns beside it alone.
 */
#include "report_internal.h"

#include <stdio.h>
#include <string.h>

static const char *const ink_sgr[PARLEY_INK_COUNT] = {
#define INK_SGR(name, sgr) sgr,
    PARLEY_INK_LIST(INK_SGR)
#undef INK_SGR
};

#define ISOLATE_BEGIN "\xe2\x81\xa8"
#define ISOLATE_END "\xe2\x81\xa9"

parley_status parley_screen_new(parley_screen **out, parley_ctx *ctx, parley_text *text,
                                const parley_screen_options *options, parley_error *err)
{
    *out = NULL;
    parley_screen *screen = parley_alloc(ctx, sizeof *screen);
    if (screen == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "no memory for a screen");
    }
    uint32_t width = options != NULL ? options->width : 0;
    uint32_t label = options != NULL ? options->label : 0;
    screen->ctx = ctx;
    screen->out = text;
    screen->width = width == 0 ? PARLEY_SCREEN_WIDTH : width > 1000 ? 1000 : width;
    screen->label = label == 0 ? PARLEY_SCREEN_LABEL : label;
    screen->colour = options != NULL && options->colour;
    screen->scratch = parley_text_new(ctx, parley_ctx_limits(ctx)->text_bytes);
    screen->arena = parley_arena_new(ctx);
    screen->work = parley_arena_new(ctx);
    if (screen->scratch == NULL || screen->arena == NULL || screen->work == NULL) {
        parley_screen_free(screen);
        return parley_fail(err, PARLEY_NOMEM, "no memory for a screen");
    }
    *out = screen;
    return PARLEY_OK;
}

void parley_screen_free(parley_screen *screen)
{
    if (screen != NULL) {
        parley_text_free(screen->scratch);
        parley_arena_free(screen->arena);
        parley_arena_free(screen->work);
        parley_release(screen->ctx, screen, sizeof *screen);
    }
}

uint32_t parley_screen_width(const parley_screen *screen)
{
    return screen != NULL ? screen->width : PARLEY_SCREEN_WIDTH;
}

void parley_screen_labels(parley_screen *screen, uint32_t columns)
{
    if (screen != NULL) {
        parley_screen_end(screen);
        screen->label = columns;
    }
}

parley_status parley_screen_status(parley_screen *screen, parley_error *err)
{
    if (screen == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "no memory for a screen");
    }
    parley_screen_end(screen);
    if (screen->failed != PARLEY_OK) {
        return parley_fail(err, screen->failed, "the page could not be laid out: %s",
                           parley_status_word(screen->failed));
    }
    return parley_text_status(screen->out, err);
}

/* -------------------------------------------------------------------- writing */

void report_blanks(parley_screen *screen, uint32_t n)
{
    screen->blanks += n;
}

void report_end_line(parley_screen *screen)
{
    parley_text_putc(screen->out, '\n');
    screen->blanks = 0;
}

static bool line_right_to_left(const report_lines *lines, const report_line *line)
{
    for (uint32_t i = 0; i < line->count; i++) {
        const report_segment *s = &lines->segment[line->first + i];
        if (report_right_to_left(s->text, s->length)) {
            return true;
        }
    }
    return false;
}

void report_put(parley_screen *screen, const report_lines *lines, uint32_t index)
{
    const report_line *line = &lines->line[index];
    screen->blanks += line->indent;
    if (line->count == 0) {
        return;
    }
    parley_text_fill(screen->out, ' ', screen->blanks);
    screen->blanks = 0;
    bool isolate = line_right_to_left(lines, line);
    if (isolate) {
        parley_text_puts(screen->out, ISOLATE_BEGIN);
    }
    const char *now = "";
    for (uint32_t i = 0; i < line->count; i++) {
        const report_segment *s = &lines->segment[line->first + i];
        const char *sgr = screen->colour ? ink_sgr[s->ink] : "";
        if (sgr != now) {
            if (now[0] != '\0') {
                parley_text_puts(screen->out, "\x1b[0m");
            }
            if (sgr[0] != '\0') {
                parley_text_printf(screen->out, "\x1b[%sm", sgr);
            }
            now = sgr;
        }
        parley_text_add(screen->out, s->text, s->length);
    }
    if (now[0] != '\0') {
        parley_text_puts(screen->out, "\x1b[0m");
    }
    if (isolate) {
        parley_text_puts(screen->out, ISOLATE_END);
    }
}

/* ----------------------------------------------------------------- paragraphs */

static void begin(parley_screen *screen, bool labelled, uint32_t indent, uint32_t hang)
{
    parley_screen_end(screen);
    screen->open = true;
    screen->labelled = labelled;
    screen->head = (report_flow){NULL, NULL};
    screen->flow = (report_flow){NULL, NULL};
    screen->indent = indent;
    screen->hang = hang;
}

void parley_screen_begin(parley_screen *screen, uint32_t indent, uint32_t hang)
{
    if (screen != NULL) {
        begin(screen, false, indent, hang);
    }
}

void parley_screen_label(parley_screen *screen, const char *label)
{
    if (screen != NULL) {
        begin(screen, true, screen->label, screen->label);
        report_flow_add(screen, &screen->head, REPORT_TEXT, PARLEY_INK_HEADING, label);
    }
}

/* A paragraph whose first line begins where the caller has put the place already. */
static void print_flow(parley_screen *screen, const report_flow *flow, uint32_t taken,
                       uint32_t hang)
{
    uint32_t width = screen->width;
    report_lines lines = report_layout(screen, flow, taken < width ? width - taken : 1,
                                       hang < width ? width - hang : 1);
    for (uint32_t i = 0; i < lines.count; i++) {
        if (i > 0) {
            report_blanks(screen, hang);
        }
        report_put(screen, &lines, i);
        report_end_line(screen);
    }
    if (lines.count == 0) {
        report_end_line(screen);
    }
}

/* A narrow screen, or a label longer than its column: the text keeps at least this many columns. */
#define TEXT_AT_LEAST 16

void parley_screen_end(parley_screen *screen)
{
    if (screen == NULL || !screen->open) {
        return;
    }
    screen->open = false;
    if (screen->failed != PARLEY_OK) {
        return;
    }
    parley_arena_mark mark = parley_arena_here(screen->work);
    uint32_t indent = screen->indent < screen->width / 2 ? screen->indent : screen->width / 2;
    uint32_t hang = screen->hang < screen->width / 2 ? screen->hang : screen->width / 2;
    if (!screen->labelled) {
        if (screen->flow.first != NULL) {
            report_blanks(screen, indent);
            print_flow(screen, &screen->flow, indent, hang);
        }
    } else if (screen->width < screen->label + TEXT_AT_LEAST) {
        /* no room beside labels: the text goes below, hanging */
        uint32_t below = screen->width > TEXT_AT_LEAST ? 2 : 0;
        if (screen->head.first != NULL && screen->head.first->length > 0) {
            print_flow(screen, &screen->head, 0, 0);
        }
        if (screen->flow.first != NULL) {
            report_blanks(screen, below);
            print_flow(screen, &screen->flow, below, below);
        }
    } else {
        report_lines head = report_layout(screen, &screen->head, screen->width, screen->width);
        uint32_t taken = 0;
        for (uint32_t i = 0; i < head.count; i++) {
            if (i > 0) {
                report_end_line(screen);
            }
            report_put(screen, &head, i);
            taken = head.line[i].width;
        }
        uint32_t column = taken < screen->label ? screen->label : taken + 2;
        if (column + TEXT_AT_LEAST > screen->width) {
            report_end_line(screen);
            taken = 0;
            column = screen->label;
        }
        report_blanks(screen, column - taken);
        print_flow(screen, &screen->flow, column, screen->label);
    }
    parley_arena_reset(screen->work, mark);
}

void parley_screen_add(parley_screen *screen, parley_ink ink, const char *text)
{
    if (screen != NULL && screen->open) {
        report_flow_add(screen, &screen->flow, REPORT_TEXT, ink, text);
    }
}

void parley_screen_addf(parley_screen *screen, parley_ink ink, const char *format, ...)
{
    if (screen != NULL && screen->open) {
        va_list args;
        va_start(args, format);
        report_flow_addv(screen, &screen->flow, REPORT_TEXT, ink, format, args);
        va_end(args);
    }
}

void parley_screen_item(parley_screen *screen, parley_ink ink, const char *text)
{
    if (screen != NULL && screen->open) {
        report_flow_add(screen, &screen->flow, REPORT_ITEM, ink, text);
    }
}

void parley_screen_itemf(parley_screen *screen, parley_ink ink, const char *format, ...)
{
    if (screen != NULL && screen->open) {
        va_list args;
        va_start(args, format);
        report_flow_addv(screen, &screen->flow, REPORT_ITEM, ink, format, args);
        va_end(args);
    }
}

void parley_screen_newline(parley_screen *screen)
{
    if (screen != NULL && screen->open) {
        report_flow_add(screen, &screen->flow, REPORT_NEWLINE, PARLEY_INK_PLAIN, "");
    }
}

void parley_screen_line(parley_screen *screen, const char *label, parley_ink ink, const char *text)
{
    parley_screen_label(screen, label);
    parley_screen_add(screen, ink, text);
    parley_screen_end(screen);
}

void parley_screen_linef(parley_screen *screen, const char *label, parley_ink ink,
                         const char *format, ...)
{
    parley_screen_label(screen, label);
    if (screen != NULL) {
        va_list args;
        va_start(args, format);
        report_flow_addv(screen, &screen->flow, REPORT_TEXT, ink, format, args);
        va_end(args);
    }
    parley_screen_end(screen);
}

void parley_screen_ends(parley_screen *screen, parley_ink left_ink, const char *left,
                        parley_ink right_ink, const char *right)
{
    if (screen == NULL) {
        return;
    }
    parley_screen_end(screen);
    report_flow left_flow = {NULL, NULL};
    report_flow right_flow = {NULL, NULL};
    report_flow_add(screen, &left_flow, REPORT_TEXT, left_ink, left);
    report_flow_add(screen, &right_flow, REPORT_TEXT, right_ink, right);
    if (screen->failed != PARLEY_OK) {
        return;
    }
    parley_arena_mark mark = parley_arena_here(screen->work);
    report_lines a = report_layout(screen, &left_flow, screen->width, screen->width);
    report_lines b = report_layout(screen, &right_flow, screen->width, screen->width);
    for (uint32_t i = 0; i < a.count; i++) {
        if (i > 0) {
            report_end_line(screen);
        }
        report_put(screen, &a, i);
    }
    uint32_t taken = a.count > 0 ? a.line[a.count - 1].width : 0;
    for (uint32_t i = 0; i < b.count; i++) {
        uint32_t width = b.line[i].width;
        if (i > 0 || (taken > 0 && taken + 2 + width > screen->width)) {
            report_end_line(screen);
            taken = 0;
        }
        report_blanks(screen, screen->width > taken + width ? screen->width - taken - width : 0);
        report_put(screen, &b, i);
    }
    report_end_line(screen);
    parley_arena_reset(screen->work, mark);
}

void parley_screen_blank(parley_screen *screen)
{
    if (screen != NULL) {
        parley_screen_end(screen);
        report_end_line(screen);
    }
}

/* -------------------------------------------------------------------- strings */

const char *parley_screen_format(parley_screen *screen, const char *format, ...)
{
    if (screen == NULL) {
        return "";
    }
    char *s = NULL;
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length >= 0) {
        s = parley_arena_alloc(screen->arena, (size_t)length + 1);
    }
    if (s == NULL) {
        screen->failed = PARLEY_NOMEM;
        return "";
    }
    va_start(args, format);
    vsnprintf(s, (size_t)length + 1, format, args);
    va_end(args);
    return s;
}

const char *parley_screen_count(parley_screen *screen, const parley_count *count)
{
    if (screen == NULL) {
        return "";
    }
    char digits[512];
    parley_count_print(count, ',', digits, sizeof digits);
    return parley_screen_format(screen, "%s", digits);
}

const char *parley_screen_number(parley_screen *screen, uint64_t number)
{
    parley_count count = parley_count_of(number);
    return parley_screen_count(screen, &count);
}

const char *parley_screen_join(parley_screen *screen, const char *const *items, size_t count,
                               const char *separator)
{
    if (screen == NULL) {
        return "";
    }
    const char *between = separator != NULL ? separator : " \xc2\xb7 ";
    size_t size = 1;
    size_t some = 0;
    for (size_t i = 0; i < count; i++) {
        if (items[i] != NULL && items[i][0] != '\0') {
            size += strlen(items[i]) + (some++ > 0 ? strlen(between) : 0);
        }
    }
    char *s = parley_arena_alloc(screen->arena, size);
    if (s == NULL) {
        screen->failed = PARLEY_NOMEM;
        return "";
    }
    char *end = s;
    for (size_t i = 0; i < count; i++) {
        if (items[i] != NULL && items[i][0] != '\0') {
            const char *parts[2] = {end == s ? "" : between, items[i]};
            for (size_t k = 0; k < 2; k++) {
                size_t length = strlen(parts[k]);
                memcpy(end, parts[k], length);
                end += length;
            }
        }
    }
    *end = '\0';
    return s;
}
