/*
 * Marks on days in lanes, as SVG: marks of one lane that would meet are put under one another.
 */
#include "report/svg_lanes.h"
#include "report/sheet.h"

#include <stdio.h>
#include <string.h>

#define WIDE 700u
#define LEFT 130u   /* of the first day */
#define RIGHT 50u   /* behind the last day: a label */
#define UNDATED 80u /* a strip for what has no day */
#define TOP 26u
#define LEVEL 20u
#define LEVELS 60u /* of a lane; more meet in the last */
#define SPACE 6u   /* between lanes */
#define NAME 106u  /* pixels for a lane's name */
#define LETTER 6u

static const char *const paths[SVG_SIGNS] = {"M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0Z",
                                             "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0Z",
                                             "M0-6.5L6.5 0L0 6.5L-6.5 0Z",
                                             "M-5-5h10v10h-10Z",
                                             "M0-6.5L6.5 5H-6.5Z",
                                             "M-3-7h6l4 4v6l-4 4h-6l-4-4v-6Z",
                                             "M-3-7h6l4 4v6l-4 4h-6l-4-4v-6Z"};

typedef struct placed {
    uint32_t x;
    uint32_t y;
    uint32_t level;
} placed;

typedef struct layout {
    const svg_lanes *of;
    placed at[SVG_MARKS];
    uint32_t marks;
    int32_t first;
    int32_t last;
    uint32_t span; /* pixels from the first day to the last */
    bool dated;    /* some mark has a day */
    bool undated;
    uint32_t bottom;
} layout;

static uint32_t x_of(const layout *l, int32_t day)
{
    if (day < l->first) {
        day = l->first;
    } else if (day > l->last) {
        day = l->last;
    }
    int64_t days = (int64_t)l->last - l->first;
    return LEFT + 10 +
           (days == 0 ? l->span / 2
                      : (uint32_t)(((int64_t)day - l->first) * (int64_t)l->span / days));
}

static uint32_t columns(const char *label)
{
    size_t width = parley_utf8_width(label, strlen(label));
    return width > 8 ? 8 : (uint32_t)width;
}

/* Days, and a level for each mark of a lane so that it does not meet the one before. */
static void place(layout *l, uint32_t lane, uint32_t *y)
{
    uint32_t end[LEVELS] = {0};
    uint32_t levels = 1;
    for (uint32_t i = 0; i < l->marks; i++) {
        const svg_mark *mark = &l->of->mark[i];
        if (mark->lane != lane) {
            continue;
        }
        uint32_t x = mark->day == INT32_MIN ? WIDE - UNDATED + 14 : x_of(l, mark->day);
        uint32_t level = 0;
        uint32_t from = mark->day == INT32_MIN ? x : x_of(l, mark->first);
        while (level + 1 < LEVELS && end[level] > from) {
            level++;
        }
        levels = level + 1 > levels ? level + 1 : levels;
        end[level] = x + 24 + LETTER * columns(mark->label);
        l->at[i] = (placed){x, *y + LEVEL * level + LEVEL / 2, level};
    }
    *y += LEVEL * levels + SPACE;
}

static void measure(layout *l)
{
    for (uint32_t i = 0; i < l->marks; i++) {
        int32_t day = l->of->mark[i].day;
        if (day == INT32_MIN) {
            l->undated = true;
        } else {
            l->first = l->first == INT32_MIN || day < l->first ? day : l->first;
            l->last = l->last == INT32_MIN || day > l->last ? day : l->last;
        }
    }
    l->dated = l->first != INT32_MIN;
    if (!l->dated) {
        l->first = l->last = 0;
    }
    l->span = WIDE - LEFT - 20 - (l->undated ? UNDATED + 20 : RIGHT);
}

/* ----------------------------------------------------------------------- scale */

static void tick(parley_text *out, const layout *l, int32_t day, bool whole_year)
{
    char words[80];
    parley_date d = parley_date_of_day(day);
    uint32_t x = x_of(l, day);
    if (whole_year) {
        snprintf(words, sizeof(words), "%d", d.year);
    } else {
        parley_date_words(d, false, words, sizeof(words));
    }
    parley_text_printf(out,
                       "<path d=\"M%u %uV%u\" stroke=\"#ccc\"/>\n<text x=\"%u\" y=\"%u\" "
                       "text-anchor=\"middle\" font-size=\"11\" fill=\"#444\">%s</text>\n",
                       x, TOP - 6, l->bottom, x, TOP - 12, words);
}

/* At most seven days with a name: days, firsts of months, or firsts of years. */
static void scale(parley_text *out, const layout *l)
{
    int32_t days = l->last - l->first;
    if (days <= 100) {
        int32_t by = days <= 6 ? 1 : (days + 6) / 7;
        for (int32_t day = l->first; day <= l->last; day += by) {
            tick(out, l, day, false);
        }
        return;
    }
    parley_date from = parley_date_of_day(l->first);
    parley_date to = parley_date_of_day(l->last);
    int months = (to.year - from.year) * 12 + to.month - from.month;
    int by = months <= 7 ? 1 : months <= 14 ? 2 : months <= 24 ? 4 : 12;
    by = by == 12 && months > 84 ? 12 * ((months / 12 + 6) / 7) : by;
    for (int k = 0; k <= months; k += by) {
        int month = from.month - 1 + k + 1;
        int32_t day = by >= 12 ? parley_day_number(from.year + k / 12 + 1, 1, 1)
                               : parley_day_number(from.year + month / 12, month % 12 + 1, 1);
        if (day <= l->last) {
            tick(out, l, day, by >= 12);
        }
    }
}

/* ----------------------------------------------------------------------- marks */

/* Pixels of a letter at 13, rounded up: what is wide in every font without serifs. */
static uint32_t letter(const char *at, size_t bytes)
{
    if (bytes > 1) {
        return parley_utf8_width(at, bytes) > 1 ? 14 : 9;
    }
    return strchr("WM@%mw", *at) != NULL           ? 13
           : strchr("iljtfI. ,:;'|!", *at) != NULL ? 5
           : *at >= 'A' && *at <= 'Z'              ? 10
                                                   : 8;
}

/* As much of a name as fits beside a lane. */
static void name_of(parley_text *safe, parley_text *out, const char *name)
{
    char cut[NAME + 8];
    size_t at = 0;
    uint32_t wide = 0;
    while (name[at] != '\0') {
        size_t bytes = 1;
        while ((name[at + bytes] & 0xc0) == 0x80) {
            bytes++;
        }
        wide += letter(name + at, bytes);
        if (wide > NAME || at + bytes >= sizeof(cut)) {
            break;
        }
        memcpy(cut + at, name + at, bytes);
        at += bytes;
    }
    cut[at] = '\0';
    sheet_html_text(safe, out, cut);
    parley_text_puts(out, name[at] != '\0' ? "\xe2\x80\xa6" : "");
}

static void lines(parley_text *out, const layout *l)
{
    for (uint32_t i = 0; i < l->marks; i++) { /* days it may have been */
        const svg_mark *mark = &l->of->mark[i];
        if (mark->day != INT32_MIN && mark->first < mark->last) {
            uint32_t from = x_of(l, mark->first);
            parley_text_printf(out, "<path d=\"M%u %uv6m0-3H%u\" stroke=\"#777\"/>\n", from,
                               l->at[i].y - 3, x_of(l, mark->last));
        }
    }
    for (uint32_t k = 0; k < l->of->joins; k++) {
        const svg_join *join = &l->of->join[k];
        if (join->from < l->marks && join->to < l->marks) {
            const placed *a = &l->at[join->from];
            const placed *b = &l->at[join->to];
            parley_text_printf(out,
                               "<path d=\"M%u %uL%u %u\" stroke=\"#111\" stroke-width=\"1.4\" "
                               "fill=\"none\"%s/>\n",
                               a->x, a->y, b->x, b->y,
                               join->solid ? "" : " stroke-dasharray=\"3 3\"");
        }
    }
}

void svg_sign_draw(parley_text *out, svg_sign shape, svg_fill fill)
{
    if (shape == SVG_SIGN_SAID && fill == SVG_OPEN) {
        shape = SVG_SIGN_ASPIRATION; /* a dot has no room for dashes */
    }
    parley_text_printf(out, "<path d=\"%s\" stroke=\"#111\" stroke-width=\"1.5\" fill=\"%s\"%s/>",
                       paths[shape], fill == SVG_SOLID ? "#33475b" : "#fff",
                       fill == SVG_OPEN ? " stroke-dasharray=\"2.5 1.5\"" : "");
    if (shape >= SVG_SIGN_RED_STATED) {
        parley_text_printf(out, "<path d=\"%s\" stroke=\"%s\" stroke-width=\"2\"/>",
                           shape == SVG_SIGN_RED_STATED ? "M-4 0h8" : "M-3-3l6 6m0-6l-6 6",
                           fill == SVG_SOLID ? "#fff" : "#111");
    }
    if (fill == SVG_OPEN) {
        parley_text_puts(out, "<path d=\"M-8-8.5h-2.5v17h2.5M8-8.5h2.5v17h-2.5\" "
                              "stroke=\"#111\" stroke-width=\"1.3\" fill=\"none\"/>");
    }
}

void svg_sign_inline(parley_text *out, svg_sign shape, svg_fill fill)
{
    parley_text_puts(out, "<svg aria-hidden=\"true\" viewBox=\"-11 -10 22 20\">");
    svg_sign_draw(out, shape, fill);
    parley_text_puts(out, "</svg> ");
}

static void draw_marks(parley_text *safe, parley_text *out, const layout *l)
{
    for (uint32_t i = 0; i < l->marks; i++) {
        const svg_mark *mark = &l->of->mark[i];
        parley_text_printf(out, "<g transform=\"translate(%u %u)\">", l->at[i].x, l->at[i].y);
        svg_sign_draw(out, mark->sign, mark->fill);
        if (columns(mark->label) < 8) {
            parley_text_printf(out, "<text x=\"%u\" y=\"4\" font-size=\"10\" fill=\"#333\">",
                               mark->fill == SVG_OPEN ? 15u : 12u);
            sheet_html_text(safe, out, mark->label);
            parley_text_puts(out, "</text>");
        }
        parley_text_puts(out, "</g>\n");
    }
}

void svg_lanes_draw(parley_text *safe, parley_text *out, const char *id, const char *title,
                    const char *description, const svg_lanes *picture)
{
    layout l = {.of = picture, .first = INT32_MIN, .last = INT32_MIN};
    uint32_t y = TOP;
    l.marks = picture->marks < SVG_MARKS ? picture->marks : SVG_MARKS;
    measure(&l);
    for (uint32_t lane = 0; lane < picture->lanes; lane++) {
        place(&l, lane, &y);
    }
    l.bottom = y;
    parley_text_printf(out,
                       "<svg role=\"img\" aria-labelledby=\"%s-title %s-words\" viewBox=\"0 0 %u "
                       "%u\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"13\" "
                       "fill=\"#111\">\n<title id=\"%s-title\">",
                       id, id, WIDE, l.bottom + 4, id);
    sheet_html_text(safe, out, title);
    parley_text_printf(out, "</title>\n<desc id=\"%s-words\">", id);
    sheet_html_text(safe, out, description);
    parley_text_puts(out, "</desc>\n");
    if (l.dated) {
        scale(out, &l);
    }
    if (l.undated) {
        parley_text_printf(out,
                           "<text x=\"%u\" y=\"%u\" text-anchor=\"middle\" font-size=\"11\" "
                           "fill=\"#444\">no day known</text>\n<path d=\"M%u %uV%u\" "
                           "stroke=\"#777\" stroke-dasharray=\"2 3\"/>\n",
                           WIDE - UNDATED / 2, TOP - 12, WIDE - UNDATED - 6, TOP - 6, l.bottom);
    }
    y = TOP;
    for (uint32_t lane = 0; lane < picture->lanes; lane++) {
        uint32_t levels = 0;
        for (uint32_t i = 0; i < l.marks; i++) {
            if (picture->mark[i].lane == lane && l.at[i].level + 1 > levels) {
                levels = l.at[i].level + 1;
            }
        }
        parley_text_printf(out,
                           "<path d=\"M0 %uH%u\" stroke=\"#ddd\"/>\n<text x=\"%u\" y=\"%u\" "
                           "text-anchor=\"end\">",
                           y - SPACE / 2, WIDE, LEFT - 12, y + 15);
        name_of(safe, out, picture->lane[lane]);
        parley_text_puts(out, "</text>\n");
        y += LEVEL * (levels > 0 ? levels : 1) + SPACE;
    }
    lines(out, &l);
    draw_marks(safe, out, &l);
    parley_text_puts(out, "</svg>\n");
}
