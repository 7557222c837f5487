/*
 * parley/report.h: what a reader sees as text.
 *
 * A screen is a place to write for people: paragraphs with a label in a fixed column, aligned
 * tables, a left and a right end of one line. Everything is laid out within a width in terminal
 * columns and goes onto a text in the order in which it was written; nothing here opens a file or
 * asks a terminal.
 *
 * Every text given to a screen is made safe first (see parley_safe_add): what stands in a case file
 * can neither move the cursor, nor change colours, nor turn the reading direction of what stands
 * beside it.
 *
 * A failure sticks (no memory, text too long): later calls do nothing, and parley_screen_status
 * tells it once, at the end. All functions take NULL for the screen or table and then do nothing,
 * so that a caller checks once.
 *
 * Thread contract: a screen and its tables belong to one thread at a time.
 */
#ifndef PARLEY_REPORT_H
#define PARLEY_REPORT_H

#include <parley/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------- safe text */

/*
 * Add s (length bytes) to a text so that a terminal can only print it:
 * - line ends and tabs become one blank, as do U+2028 and U+2029;
 * - escape is shown as `\e`, other controls (C0, DEL, C1) as `\x07`;
 * - marks that turn the reading direction (U+202A-202E, U+2066-2069) and other characters that are
 * not seen (U+FEFF, U+FFF9-FFFB, tags U+E0000-E007F) as `\u202e`;
 * - what is no UTF-8 becomes U+FFFD, one for each ill-formed sequence;
 * - of more than eight combining marks in a row the rest are shown as `\u0301`.
 * Letters of every script stay as they are. Applying it twice gives the same as once. O(length).
 */
PARLEY_API void parley_safe_add(parley_text *out, const char *s, size_t length);

/* ------------------------------------------------------------------------- ink */

/*
 * Why a piece of text looks as it does. Shown as colour only when the screen has colour; the words
 * must say the same without it. X(NAME, "SGR parameters")
 */
#define PARLEY_INK_LIST(X)                                                                         \
    X(PLAIN, "")    /* as it comes */                                                              \
    X(TITLE, "1")   /* the title of a page */                                                      \
    X(HEADING, "1") /* a label or the heading of a column */                                       \
    X(PARTY, "36")  /* the name of a party */                                                      \
    X(GOOD, "32")   /* agreed, holds */                                                            \
    X(WARN, "33")   /* look here */                                                                \
    X(BAD, "31")    /* dies here, contradicts, is wrong */                                         \
    X(DIM, "2")     /* references, dates, what may be skipped */                                   \
    X(OURS, "3;35") /* our own reading or idea, not anybody's words */

typedef enum parley_ink {
#define PARLEY_INK_ENUM(name, sgr) PARLEY_INK_##name,
    PARLEY_INK_LIST(PARLEY_INK_ENUM)
#undef PARLEY_INK_ENUM
        PARLEY_INK_COUNT
} parley_ink;

/* ---------------------------------------------------------------------- screen */

typedef struct parley_screen parley_screen;

#define PARLEY_SCREEN_WIDTH 80
#define PARLEY_SCREEN_LABEL 17

typedef struct parley_screen_options {
    int version;    /* 1 */
    uint32_t width; /* terminal columns, 1 to 1000; 0: PARLEY_SCREEN_WIDTH */
    uint32_t label; /* columns of labels with the gap; 0: PARLEY_SCREEN_LABEL */
    bool colour;    /* write SGR sequences */
} parley_screen_options;

#define PARLEY_SCREEN_OPTIONS_INIT                                                                 \
    {                                                                                              \
        1, 0, 0, false                                                                             \
    }

/* A screen onto out, which must outlive it. options NULL: defaults. NOMEM. */
PARLEY_API parley_status parley_screen_new(parley_screen **out, parley_ctx *ctx, parley_text *text,
                                           const parley_screen_options *options,
                                           parley_error *err) PARLEY_MUST_CHECK;
/* Releases the screen, its tables and every string it gave. Takes NULL. */
PARLEY_API void parley_screen_free(parley_screen *screen);

PARLEY_API uint32_t parley_screen_width(const parley_screen *screen);
/* Columns of labels from here on (with the gap behind them). */
PARLEY_API void parley_screen_labels(parley_screen *screen, uint32_t columns);
/* NOMEM, or the status of the text; ends a paragraph that is still open. */
PARLEY_API parley_status parley_screen_status(parley_screen *screen,
                                              parley_error *err) PARLEY_MUST_CHECK;

/* ------------------------------------------------------------------ paragraphs */

/*
 * A paragraph is begun, filled with pieces, and ended (by end, or by whatever comes next on the
 * screen). It wraps at blanks within the width, and beside wide characters; a word longer than a
 * line is broken between characters. Several blanks count as one, except at the beginning of a
 * paragraph, cell or new line: there they indent it, and what wraps hangs under them. U+00A0 does
 * not break and is not joined.
 *
 *     parley_screen_label(s, "STICKING POINTS");
 *     parley_screen_add(s, PARLEY_INK_PLAIN, "on record: none between Russia and Ukraine");
 *     parley_screen_newline(s);
 *     parley_screen_addf(s, PARLEY_INK_OURS, "on our reading: %u", 5u);
 *     parley_screen_end(s);
 *
 *     STICKING POINTS  on record: none between Russia and Ukraine
 *                      on our reading: 5
 */

/* With a label in the label column; the text hangs behind it. An empty or NULL label leaves it
 * blank. */
PARLEY_API void parley_screen_label(parley_screen *screen, const char *label);
/* Without a label: first line at column `indent`, the following at column `hang`. */
PARLEY_API void parley_screen_begin(parley_screen *screen, uint32_t indent, uint32_t hang);
/* A piece, joined to the piece before without a blank: pieces bring their own. */
PARLEY_API void parley_screen_add(parley_screen *screen, parley_ink ink, const char *text);
PARLEY_API void parley_screen_addf(parley_screen *screen, parley_ink ink, const char *format, ...)
    PARLEY_PRINTF(3, 4);
/*
 * A piece of a list: " · " goes before it, unless it is the first item since the paragraph (or new
 * line) began. Pieces added after it belong to it. An item wraps as a whole where it fits on a
 * line, and at the end of a line the point is left out.
 */
PARLEY_API void parley_screen_item(parley_screen *screen, parley_ink ink, const char *text);
PARLEY_API void parley_screen_itemf(parley_screen *screen, parley_ink ink, const char *format, ...)
    PARLEY_PRINTF(3, 4);
/* The next piece stands on a new line of the same paragraph. */
PARLEY_API void parley_screen_newline(parley_screen *screen);
PARLEY_API void parley_screen_end(parley_screen *screen);

/* label, one piece, end. */
PARLEY_API void parley_screen_line(parley_screen *screen, const char *label, parley_ink ink,
                                   const char *text);
PARLEY_API void parley_screen_linef(parley_screen *screen, const char *label, parley_ink ink,
                                    const char *format, ...) PARLEY_PRINTF(4, 5);
/* One line with a left and a right end; where both do not fit, the right end gets a line of its
 * own. */
PARLEY_API void parley_screen_ends(parley_screen *screen, parley_ink left_ink, const char *left,
                                   parley_ink right_ink, const char *right);
/* An empty line. */
PARLEY_API void parley_screen_blank(parley_screen *screen);

/* ---------------------------------------------------------------------- tables */

typedef enum parley_align { PARLEY_ALIGN_LEFT, PARLEY_ALIGN_RIGHT } parley_align;

typedef struct parley_column {
    const char *heading; /* NULL: none; a table without any heading prints no heading line */
    parley_align align;
    uint32_t at_least; /* columns, so that tables under one another line up; 0: as the texts need */
    uint32_t at_most;  /* columns; longer texts wrap; 0: no bound */
    bool flexible;     /* gives way first when the table is too wide for the screen */
    bool fill;         /* flexible, and takes all the width that is left over */
} parley_column;

typedef struct parley_table parley_table;

/*
 * A table of the screen; released with the screen. indent: columns before every line; gap: blanks
 * between columns (0: two). The columns are copied (headings too). NULL when the screen has failed,
 * and that is fine: everything below takes NULL.
 *
 * A text that is wider than its column wraps, hanging in the column. When a table is too wide,
 * flexible columns give way first (down to 12), then the widest ones (down to 4). A column without
 * heading, texts and at_least is left out with its gap.
 */
PARLEY_API parley_table *parley_table_new(parley_screen *screen, const parley_column *columns,
                                          size_t count, uint32_t indent, uint32_t gap);
/* The next cell of the row; the row after the last column begins by itself. NULL counts as "". */
PARLEY_API void parley_table_cell(parley_table *table, parley_ink ink, const char *text);
PARLEY_API void parley_table_cellf(parley_table *table, parley_ink ink, const char *format, ...)
    PARLEY_PRINTF(3, 4);
/* A cell that takes this column and all that follow it in the row. */
PARLEY_API void parley_table_wide(parley_table *table, parley_ink ink, const char *text);
/* More of the cell given last: a piece in another ink, an item of a list, a new line. */
PARLEY_API void parley_table_add(parley_table *table, parley_ink ink, const char *text);
PARLEY_API void parley_table_addf(parley_table *table, parley_ink ink, const char *format, ...)
    PARLEY_PRINTF(3, 4);
PARLEY_API void parley_table_item(parley_table *table, parley_ink ink, const char *text);
PARLEY_API void parley_table_itemf(parley_table *table, parley_ink ink, const char *format, ...)
    PARLEY_PRINTF(3, 4);
PARLEY_API void parley_table_newline(parley_table *table);
/* Leave the rest of the row empty. Nothing at the beginning of a row. */
PARLEY_API void parley_table_end_row(parley_table *table);
/* Rows begun. */
PARLEY_API size_t parley_table_rows(const parley_table *table);
/* Ends an open paragraph, prints the table, empties it. A table without rows prints nothing. */
PARLEY_API void parley_table_print(parley_table *table);

/* --------------------------------------------------------------------- strings */

/* Strings of the screen: released with it; "" after a failure, never NULL. */
PARLEY_API const char *parley_screen_format(parley_screen *screen, const char *format, ...)
    PARLEY_PRINTF(2, 3);
/* 3456 as "3,456". */
PARLEY_API const char *parley_screen_number(parley_screen *screen, uint64_t number);
PARLEY_API const char *parley_screen_count(parley_screen *screen, const parley_count *count);
/* items[0] separator items[1] ...; NULL as separator: " · ". Items that are NULL or "" are left
 * out. */
PARLEY_API const char *parley_screen_join(parley_screen *screen, const char *const *items,
                                          size_t count, const char *separator);

#ifdef __cplusplus
}
#endif
#endif
