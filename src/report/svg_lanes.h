/*
 * Inside the room "report": marks on days in lanes, as SVG. Shape and size of a mark say how firm
 * it is, its filling what it rests on; nothing is said by colour.
 */
#ifndef PARLEY_REPORT_SVG_LANES_H
#define PARLEY_REPORT_SVG_LANES_H

#include "report/svg.h"

/* In the order of parley_firmness. web/src/signs.ts has the same paths. */
typedef enum svg_sign {
    SVG_SIGN_SAID,
    SVG_SIGN_ASPIRATION,
    SVG_SIGN_ASK,
    SVG_SIGN_POSITION,
    SVG_SIGN_CONDITION,
    SVG_SIGN_RED_STATED,
    SVG_SIGN_RED_TESTED,
    SVG_SIGNS
} svg_sign;

/* One sign around the origin; and a small picture of it for a line of text, not told to readers. */
void svg_sign_draw(parley_text *out, svg_sign sign, svg_fill fill);
void svg_sign_inline(parley_text *out, svg_sign sign, svg_fill fill);

typedef struct svg_mark {
    uint32_t lane;
    int32_t day; /* days from 1970-01-01; INT32_MIN: none, beside the others */
    int32_t first;
    int32_t last; /* it may have been from first to last */
    svg_sign sign;
    svg_fill fill; /* SOLID on record, STRIPES (drawn hollow) reported, OPEN our reading */
    const char *label;
} svg_mark;

typedef struct svg_join {
    uint32_t from; /* marks */
    uint32_t to;
    bool solid; /* else dashed */
} svg_join;

typedef struct svg_lanes {
    const char *const *lane; /* names */
    uint32_t lanes;
    const svg_mark *mark; /* in the order of days */
    uint32_t marks;
    const svg_join *join;
    uint32_t joins;
} svg_lanes;

/* At most SVG_MARKS marks are drawn. Integers only: the same bytes everywhere. */
#define SVG_MARKS 400
void svg_lanes_draw(parley_text *safe, parley_text *out, const char *id, const char *title,
                    const char *description, const svg_lanes *picture);

#endif
