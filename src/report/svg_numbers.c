/*
 * Who gets what as bars, and a frontier with its solutions, as SVG. Places are whole pixels; shapes
 * and words tell marks apart, no colour does.
 */
#include "report/svg_numbers.h"
#include "report/sheet.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define WIDE 700
#define LABELS 170
#define ROW 24
#define TALL 12
#define TOP 34

static void head(parley_text *safe, parley_text *out, const char *id, const char *title,
                 const char *description, int tall)
{
    parley_text_printf(out,
                       "<svg role=\"img\" aria-labelledby=\"%s-title %s-words\" viewBox=\"0 0 %d "
                       "%d\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\" "
                       "fill=\"#111\">\n<title id=\"%s-title\">",
                       id, id, WIDE, tall, id);
    sheet_html_text(safe, out, title);
    parley_text_printf(out, "</title>\n<desc id=\"%s-words\">", id);
    sheet_html_text(safe, out, description);
    parley_text_puts(out, "</desc>\n");
}

/* Cut to so many characters, whole ones. */
static void text_at(parley_text *safe, parley_text *out, int x, int y, const char *anchor,
                    const char *text, size_t most)
{
    char part[400];
    size_t bytes = 0;
    size_t letters = 0;
    while (text[bytes] != '\0' && letters < most && bytes < sizeof(part) - 8) {
        bytes++;
        while (((unsigned char)text[bytes] & 0xc0) == 0x80) {
            bytes++;
        }
        letters++;
    }
    snprintf(part, sizeof(part), "%.*s%s", (int)bytes, text, text[bytes] != '\0' ? "..." : "");
    parley_text_printf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">", x, y, anchor);
    sheet_html_text(safe, out, part);
    parley_text_puts(out, "</text>\n");
}

static void number(char *out, size_t size, double x)
{
    snprintf(out, size, "%.4g", x);
}

void svg_gets(parley_text *safe, parley_text *out, const char *id, const char *title,
              const char *const *label, uint32_t rows, const char *const *party, uint32_t parties,
              const double *bar)
{
    int column = (WIDE - LABELS) / (int)parties;
    head(safe, out, id, title, "A row an issue, a column a party; the table above has the numbers",
         TOP + (int)rows * ROW + 6);
    for (uint32_t k = 0; k < rows; k++) {
        text_at(safe, out, LABELS - 8, TOP + (int)k * ROW + TALL, "end", label[k], 24);
    }
    for (uint32_t i = 0; i < parties; i++) {
        int left = LABELS + (int)i * column;
        double low = 0;
        double high = 0;
        for (uint32_t k = 0; k < rows; k++) {
            double x = bar[(size_t)k * parties + i];
            low = x < low ? x : low;
            high = x > high ? x : high;
        }
        double room = column - 48;
        double by = high - low > 0 ? room / (high - low) : 0;
        int zero = left + 4 + (int)lround(-low * by);
        text_at(safe, out, left + 4, TOP - 14, "start", party[i], (size_t)column / 8);
        parley_text_printf(out, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#666\"/>\n",
                           zero, TOP - 6, zero, TOP + (int)rows * ROW);
        for (uint32_t k = 0; k < rows; k++) {
            char words[40];
            double x = bar[(size_t)k * parties + i];
            int length = (int)lround(fabs(x) * by);
            int y = TOP + (int)k * ROW + 2;
            number(words, sizeof(words), x);
            if (length > 0) {
                parley_text_printf(out,
                                   "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
                                   "fill=\"%s\" stroke=\"#33475b\"/>\n",
                                   x < 0 ? zero - length : zero, y, length, TALL,
                                   x < 0 ? "#fff" : "#33475b");
            }
            text_at(safe, out, (x < 0 ? zero : zero + length) + 4, y + TALL - 2, "start", words,
                    12);
        }
    }
    parley_text_puts(out, "</svg>\n");
}

/* ------------------------------------------------------------------- the plane */

#define LEFT 70
#define RIGHT 150
#define DEEP 380
#define FOOT 46

typedef struct scale {
    double low[2];
    double high[2];
} scale;

static void widen(scale *s, double x, double y)
{
    const double at[2] = {x, y};
    for (int i = 0; i < 2; i++) {
        s->low[i] = at[i] < s->low[i] ? at[i] : s->low[i];
        s->high[i] = at[i] > s->high[i] ? at[i] : s->high[i];
    }
}

static int place_x(const scale *s, double x)
{
    double way = s->high[0] - s->low[0];
    return LEFT + (int)lround((way > 0 ? (x - s->low[0]) / way : 0.5) * (WIDE - LEFT - RIGHT));
}

static int place_y(const scale *s, double y)
{
    double way = s->high[1] - s->low[1];
    return DEEP - FOOT - (int)lround((way > 0 ? (y - s->low[1]) / way : 0.5) * (DEEP - FOOT - 20));
}

static void axes(parley_text *safe, parley_text *out, const scale *s, const svg_plane *plane)
{
    for (int k = 0; k <= 4; k++) {
        char words[40];
        double x = s->low[0] + (s->high[0] - s->low[0]) * k / 4;
        double y = s->low[1] + (s->high[1] - s->low[1]) * k / 4;
        parley_text_printf(out, "<line x1=\"%d\" y1=\"20\" x2=\"%d\" y2=\"%d\" stroke=\"#ddd\"/>\n",
                           place_x(s, x), place_x(s, x), DEEP - FOOT);
        parley_text_printf(out, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#ddd\"/>\n",
                           LEFT, place_y(s, y), WIDE - RIGHT, place_y(s, y));
        number(words, sizeof(words), x);
        text_at(safe, out, place_x(s, x), DEEP - FOOT + 16, "middle", words, 12);
        number(words, sizeof(words), y);
        text_at(safe, out, LEFT - 6, place_y(s, y) + 4, "end", words, 12);
    }
    text_at(safe, out, (LEFT + WIDE - RIGHT) / 2, DEEP - 8, "middle", plane->name[0], 60);
    text_at(safe, out, 4, 12, "start", plane->name[1], 60);
    for (int i = 0; i < 2; i++) {
        if (!plane->has_without[i]) {
            continue;
        }
        int at = i == 0 ? place_x(s, plane->without[0]) : place_y(s, plane->without[1]);
        parley_text_printf(out,
                           "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#111\" "
                           "stroke-dasharray=\"5 4\"/>\n",
                           i == 0 ? at : LEFT, i == 0 ? 20 : at, i == 0 ? at : WIDE - RIGHT,
                           i == 0 ? DEEP - FOOT : at);
    }
}

/* A shape for each goal, so that colour is not needed: diamond, square, triangle, cross. */
static void shape(parley_text *out, int goal, int x, int y)
{
    static const char *const path[PARLEY_GOAL_COUNT] = {"m0 -9l9 9l-9 9l-9 -9z",
                                                        "m-8 -8h16v16h-16z", "m0 -10l9 16h-18z",
                                                        "m-8 -8l16 16m0 -16l-16 16"};
    parley_text_printf(out,
                       "<path d=\"M%d %d%s\" fill=\"%s\" stroke=\"#111\" stroke-width=\"2\"/>\n", x,
                       y, path[goal], goal == 3 ? "none" : "#fff");
}

void svg_frontier(parley_text *safe, parley_text *out, const char *id, const char *title,
                  const char *description, const svg_plane *plane)
{
    scale s = {{plane->at[0][0], plane->at[0][1]}, {plane->at[0][0], plane->at[0][1]}};
    for (uint32_t k = 0; k < plane->points; k++) {
        widen(&s, plane->at[k][0], plane->at[k][1]);
    }
    for (int g = 0; g < PARLEY_GOAL_COUNT; g++) {
        if (plane->has[g]) {
            widen(&s, plane->solution[g][0], plane->solution[g][1]);
        }
    }
    for (int i = 0; i < 2; i++) {
        if (plane->has_without[i]) {
            widen(&s, i == 0 ? plane->without[0] : s.low[0], i == 1 ? plane->without[1] : s.low[1]);
        }
    }
    head(safe, out, id, title, description, DEEP);
    axes(safe, out, &s, plane);
    for (uint32_t k = 0; k + 1 < plane->points; k++) {
        if (plane->joined[k]) {
            parley_text_printf(out,
                               "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#33475b\" "
                               "stroke-width=\"2\"/>\n",
                               place_x(&s, plane->at[k][0]), place_y(&s, plane->at[k][1]),
                               place_x(&s, plane->at[k + 1][0]), place_y(&s, plane->at[k + 1][1]));
        }
    }
    for (uint32_t k = 0; k < plane->points; k++) {
        parley_text_printf(out, "<circle cx=\"%d\" cy=\"%d\" r=\"3.5\" fill=\"#33475b\"/>\n",
                           place_x(&s, plane->at[k][0]), place_y(&s, plane->at[k][1]));
    }
    for (int g = 0; g < PARLEY_GOAL_COUNT; g++) {
        int legend = 40 + 26 * g;
        shape(out, g, WIDE - RIGHT + 18, legend);
        text_at(safe, out, WIDE - RIGHT + 34, legend + 4, "start",
                plane->has[g] ? plane->label[g] : "none", 20);
        if (plane->has[g]) {
            shape(out, g, place_x(&s, plane->solution[g][0]), place_y(&s, plane->solution[g][1]));
        }
    }
    parley_text_puts(out, "</svg>\n");
}
