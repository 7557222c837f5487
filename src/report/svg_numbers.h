/*
 * Inside the room "report": pictures of packages with worth, as SVG inside a page (svg_numbers.c).
 */
#ifndef PARLEY_REPORT_SVG_NUMBERS_H
#define PARLEY_REPORT_SVG_NUMBERS_H

#include <parley/base.h>
#include <parley/numbers.h>

/* Bars of what each row is worth to each party: a column a party, on a scale of its own. bar: row *
 * parties + party. */
void svg_gets(parley_text *safe, parley_text *out, const char *id, const char *title,
              const char *const *label, uint32_t rows, const char *const *party, uint32_t parties,
              const double *bar);

/* The frontier of two parties: points, what joins them, solutions by shape and name. */
typedef struct svg_plane {
    const char *name[2];
    uint32_t points;
    const double (*at)[2];
    const bool *joined;
    double solution[PARLEY_GOAL_COUNT][2];
    bool has[PARLEY_GOAL_COUNT];
    const char *label[PARLEY_GOAL_COUNT];
    double without[2];
    bool has_without[2];
} svg_plane;

void svg_frontier(parley_text *safe, parley_text *out, const char *id, const char *title,
                  const char *description, const svg_plane *plane);

#endif
