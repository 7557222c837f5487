/*
 * Inside the room "report": pieces of text in ink, broken into lines, and put on a screen.
 *
 * A flow is a list of pieces as they were added; laying it out gives lines of segments. A screen
 * owes the blanks before the next segment, so that no line ends in blanks.
 */
#ifndef PARLEY_REPORT_INTERNAL_H
#define PARLEY_REPORT_INTERNAL_H

#include <parley/report.h>

typedef enum report_kind { REPORT_TEXT, REPORT_ITEM, REPORT_NEWLINE } report_kind;

typedef struct report_piece report_piece;
struct report_piece {
    report_piece *next;
    const char *text; /* safe, NUL-terminated */
    uint32_t length;
    uint8_t kind;
    uint8_t ink;
};

typedef struct report_flow {
    report_piece *first;
    report_piece *last;
} report_flow;

typedef struct report_segment {
    const char *text;
    uint32_t length;
    uint8_t ink;
} report_segment;

typedef struct report_line {
    uint32_t first; /* of its segments */
    uint32_t count;
    uint32_t indent; /* blanks before the first segment */
    uint32_t width;  /* with the indent */
} report_line;

typedef struct report_lines {
    report_line *line;
    uint32_t count;
    uint32_t line_room;
    report_segment *segment;
    uint32_t segments;
    uint32_t segment_room;
} report_lines;

struct parley_screen {
    parley_ctx *ctx;
    parley_text *out;
    parley_text *scratch;
    parley_arena *arena; /* pieces, tables, strings */
    parley_arena *work;  /* lines being laid out; reset after each paragraph and row */
    uint32_t width;
    uint32_t label;
    bool colour;
    parley_status failed; /* the first failure; those of out stay there */
    /* the paragraph under construction */
    bool open;
    bool labelled;
    report_flow head; /* its label */
    report_flow flow;
    uint32_t indent;
    uint32_t hang;
    uint32_t blanks; /* owed on the current line */
};

/* One code point of well-formed text, and its length in bytes. */
uint32_t report_code_point(const char *s, size_t length, size_t *bytes);
/* Does it hold letters that are read from right to left? */
bool report_right_to_left(const char *s, size_t length);

/* Make text safe and add it to the flow; NULL counts as "". */
void report_flow_add(parley_screen *screen, report_flow *flow, report_kind kind, parley_ink ink,
                     const char *text);
void report_flow_addv(parley_screen *screen, report_flow *flow, report_kind kind, parley_ink ink,
                      const char *format, va_list args) PARLEY_PRINTF(5, 0);

/*
 * Break a flow into lines: the first at most `first` columns wide, the others `rest` (both at least
 * 1). Lines live in screen->work. An empty flow has no lines.
 */
report_lines report_layout(parley_screen *screen, const report_flow *flow, uint32_t first,
                           uint32_t rest);

void report_blanks(parley_screen *screen, uint32_t n);
/* The segments of one line, in their ink, with its indent. */
void report_put(parley_screen *screen, const report_lines *lines, uint32_t index);
void report_end_line(parley_screen *screen);

#endif
