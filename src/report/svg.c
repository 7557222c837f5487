/*
 * Bars on a logarithmic scale, as SVG.
 *
 * The scale is made with integers, so that no library of mathematics decides how long a bar is: the
 * logarithm bit by bit, by squaring the mantissa (Knuth, The Art of Computer Programming, vol. 1,
 * 1.2.2, exercise 25).
 */
#include "report/svg.h"
#include "report/sheet.h"

#include <stdio.h>
#include <string.h>

#define ONE 1024u    /* of a logarithm */
#define DECADE 3402u /* log2 of 10 */
#define LABELS 200u  /* left of the bars */
#define BARS 300u    /* the longest bar */
#define WIDE 700u
#define TOP 28u /* the scale */
#define ROW 28u
#define TALL 16u
#define LEAST 4u   /* length of the bar of 1 */
#define TICKS 5u   /* at most, beside 1 */
#define DIGITS 18u /* longer counts are shortened; the table has them in full */

uint32_t svg_log2(const parley_count *count)
{
    if (parley_count_is_zero(count)) {
        return 0;
    }
    uint32_t last = count->used - 1;
    uint32_t lead = (uint32_t)__builtin_clzll(count->limb[last]);
    uint64_t mantissa = count->limb[last] << lead;
    if (lead > 0 && last > 0) {
        mantissa |= count->limb[last - 1] >> (64 - lead);
    }
    uint32_t log = 64 * last + 63 - lead;
    uint64_t x = mantissa >> 32; /* 2^31 is one */
    for (uint32_t bit = 0; bit < 10; bit++) {
        x = x * x >> 31;
        uint32_t carry = (uint32_t)(x >> 32);
        x >>= carry;
        log = log * 2 + carry;
    }
    return log;
}

void svg_count(const parley_count *count, char *out, size_t size)
{
    char all[420];
    parley_count_print(count, 0, all, sizeof(all));
    size_t digits = strlen(all);
    if (digits > DIGITS) {
        snprintf(out, size, "about %c.%c \xc3\x97 10^%zu", all[0], all[1], digits - 1);
    } else {
        parley_count_print(count, ',', out, size);
    }
}

static void scale(parley_text *out, uint32_t most, uint32_t bottom)
{
    uint32_t decades = most / DECADE;
    uint32_t by = (decades + TICKS - 1) / TICKS;
    for (uint32_t d = 0; d <= decades; d += by > 0 ? by : 1) {
        uint32_t x = LABELS + (uint32_t)((uint64_t)BARS * d * DECADE / most);
        parley_text_printf(out,
                           "<line x1=\"%u\" y1=\"%u\" x2=\"%u\" y2=\"%u\" stroke=\"#bbb\"/>\n"
                           "<text x=\"%u\" y=\"%u\" text-anchor=\"middle\" font-size=\"11\" "
                           "fill=\"#444\">",
                           x, TOP - 8, x, bottom, x, TOP - 14);
        if (d < 7) {
            char text[40];
            uint64_t power = 1;
            for (uint32_t k = 0; k < d; k++) {
                power *= 10;
            }
            parley_count tick = parley_count_of(power);
            parley_count_print(&tick, ',', text, sizeof(text));
            parley_text_puts(out, text);
        } else {
            parley_text_printf(out, "10^%u", d);
        }
        parley_text_puts(out, "</text>\n");
    }
}

static void one_bar(parley_text *safe, parley_text *out, const char *id, const svg_bar *bar,
                    uint32_t y, uint32_t most)
{
    char text[120];
    parley_text_printf(out, "<text x=\"%u\" y=\"%u\" text-anchor=\"end\">", LABELS - 10,
                       y + TALL - 3);
    sheet_html_text(safe, out, bar->label);
    parley_text_puts(out, "</text>\n");
    if (parley_count_is_zero(&bar->count)) {
        parley_text_printf(out,
                           "<path d=\"M%u %ul10 10m0 -10l-10 10\" stroke=\"#111\" "
                           "stroke-width=\"2.5\" fill=\"none\"/>\n"
                           "<text x=\"%u\" y=\"%u\" font-weight=\"bold\">nothing left</text>\n",
                           LABELS, y + 3, LABELS + 18, y + TALL - 3);
        return;
    }
    uint32_t length = (uint32_t)((uint64_t)BARS * svg_log2(&bar->count) / most);
    length = length < LEAST ? LEAST : length;
    parley_text_printf(out,
                       "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" stroke=\"#111\" fill=\"",
                       LABELS, y, length, TALL);
    if (bar->fill == SVG_STRIPES) {
        parley_text_printf(out, "url(#%s-stripes)\"/>\n", id);
    } else if (bar->fill == SVG_OPEN) {
        parley_text_puts(out, "#fff\" stroke-dasharray=\"4 3\"/>\n");
    } else {
        parley_text_puts(out, "#33475b\"/>\n");
    }
    svg_count(&bar->count, text, sizeof(text));
    parley_text_printf(out, "<text x=\"%u\" y=\"%u\">%s</text>\n", LABELS + length + 8,
                       y + TALL - 3, text);
}

void svg_bars(parley_text *safe, parley_text *out, const char *id, const char *title,
              const char *description, const svg_bar *bar, uint32_t bars)
{
    uint32_t most = DECADE;
    uint32_t bottom = TOP + bars * ROW;
    for (uint32_t i = 0; i < bars; i++) {
        uint32_t log = svg_log2(&bar[i].count);
        most = log > most ? log : most;
    }
    parley_text_printf(out,
                       "<svg role=\"img\" aria-labelledby=\"%s-title %s-words\" viewBox=\"0 0 %u "
                       "%u\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"13\" "
                       "fill=\"#111\">\n<title id=\"%s-title\">",
                       id, id, WIDE, bottom + 4, id);
    sheet_html_text(safe, out, title);
    parley_text_printf(out, "</title>\n<desc id=\"%s-words\">", id);
    sheet_html_text(safe, out, description);
    parley_text_printf(out,
                       "</desc>\n<defs><pattern id=\"%s-stripes\" width=\"6\" height=\"6\" "
                       "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
                       "<rect width=\"6\" height=\"6\" fill=\"#fff\"/><rect width=\"3\" "
                       "height=\"6\" fill=\"#33475b\"/></pattern></defs>\n",
                       id);
    scale(out, most, bottom);
    for (uint32_t i = 0; i < bars; i++) {
        one_bar(safe, out, id, &bar[i], TOP + i * ROW + 2, most);
    }
    parley_text_puts(out, "</svg>\n");
}
