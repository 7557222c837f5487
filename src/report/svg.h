/*
 * Inside the room "report": pictures, as SVG inside a page. They need no script and no font, say in
 * words what they show, and are read without colour.
 */
#ifndef PARLEY_REPORT_SVG_H
#define PARLEY_REPORT_SVG_H

#include <parley/base.h>

/* How a bar is filled: told apart by pattern, not by colour. */
typedef enum svg_fill { SVG_SOLID, SVG_STRIPES, SVG_OPEN, SVG_FILLS } svg_fill;

typedef struct svg_bar {
    const char *label;
    svg_fill fill;
    parley_count count;
} svg_bar;

/*
 * Bars under one another on a logarithmic scale, the count beside each. id: prefix of the ids
 * inside, letters. The title and the description are for those who do not see the picture. Integer
 * arithmetic only: the same bars give the same bytes everywhere. safe: a scratch text.
 */
void svg_bars(parley_text *safe, parley_text *out, const char *id, const char *title,
              const char *description, const svg_bar *bar, uint32_t bars);

/* log2 of a count in 1/1024, rounded down; 0 for 0 and 1; at most one place too small. */
uint32_t svg_log2(const parley_count *count);
/* "3,456", or "about 1.2 x 10^40" when that would not fit beside a bar. */
void svg_count(const parley_count *count, char *out, size_t size);

#endif
