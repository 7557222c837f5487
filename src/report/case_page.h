/*
 * Inside the room "report": the page of a whole case, as one HTML file or as Markdown. The kit that
 * writes it, and its sections, a file for a few of them each.
 */
#ifndef PARLEY_REPORT_CASE_PAGE_H
#define PARLEY_REPORT_CASE_PAGE_H

#include "report/bridges_page.h"
#include "report/moves_page.h"
#include "report/status_page.h"

#include <parley/ideas.h>
#include <parley/soundings.h>

/* Lists end here and say how many more there are and which command shows them. */
#define PAGE_PROPOSALS 8
#define PAGE_PARTIES 12 /* of the matrix, in tables of PAGE_COLUMNS */
#define PAGE_COLUMNS 4
#define PAGE_ISSUES 40
#define PAGE_ENTRIES 5 /* of a cell */
#define PAGE_TERMS 12  /* of a party on a rung */
#define PAGE_MARKS 120 /* on the timeline */
#define PAGE_MOVES 40
#define PAGE_POINTS 20
#define PAGE_BRIDGES 10
#define PAGE_IDEAS 20
#define PAGE_QUESTIONS 5
#define PAGE_WORDS 30
#define PAGE_SOURCES 60

/* Issues and parties that anything is known of, bounded, and what stands in each cell. */
typedef struct page_matrix_cells {
    int32_t *row;  /* issues with a row */
    int32_t *col;  /* parties with a column, principals first */
    uint32_t rows; /* of them shown */
    uint32_t cols;
    uint32_t more_rows;
    uint32_t more_cols;
    int32_t *row_of; /* by issue; -1 */
    int32_t *col_of; /* by party; -1 */
    int32_t *first;  /* by cell: the first position, or -1 */
    int32_t *last;
    int32_t *next;   /* by position */
    uint32_t *held;  /* by cell: listed */
    uint32_t *extra; /* by cell: left out for others */
} page_matrix_cells;

/* Why a party has to do with an issue, as bits. */
enum {
    PAGE_ACT_CONSENT = 1, /* its consent hangs on it */
    PAGE_ACT_ACTS = 2,    /* it must act on it in what is left */
    PAGE_ACT_STICKS = 4,  /* a term of its own is in a sticking point */
    PAGE_ACT_READ = 8,    /* the same, but for our reading only */
    PAGE_ACT_MOVES = 16   /* it would move in one of the bridges shown */
};

typedef struct page {
    parley_ctx *ctx;
    parley_screen *s; /* for its strings only */
    parley_text *out;
    parley_text *safe;
    parley_arena *arena;
    const parley_case *c;
    const parley_status_page *status;
    parley_deal *deal; /* the status page's */
    const parley_terms *terms;
    page_matrix_cells cells;
    uint8_t *acts; /* PAGE_ACT bits, by party and issue of the case */
    bool markdown; /* else HTML */
    bool data;     /* HTML with the data of charts */
    bool script;   /* HTML with the script that draws them */
    bool failed;   /* out of memory */
} page;

/* ---- page_html.c: the kit. Texts are escaped. ---- */

/* Written as it is, into HTML only, and into Markdown only. */
void page_raw(page *p, const char *html);
void page_mark(page *p, const char *markdown);
/* A piece of text in its ink. OURS stands in brackets. */
void page_piece(page *p, parley_ink ink, const char *text);
void page_piecef(page *p, parley_ink ink, const char *format, ...) PARLEY_PRINTF(3, 4);
void page_break(page *p);
/* A paragraph: begun and ended for several pieces, and of one piece. class: NULL, or for HTML. */
void page_para(page *p, const char *class);
void page_para_end(page *p);
void page_heading(page *p, const char *format, ...) PARLEY_PRINTF(2, 3); /* within a section */
void page_line(page *p, parley_ink ink, const char *text);
void page_linef(page *p, parley_ink ink, const char *format, ...) PARLEY_PRINTF(3, 4);
/* id: for links, letters. */
void page_section(page *p, const char *id, const char *heading);
void page_section_end(page *p);
/* id: of the table, NULL none; caption NULL: none. head[i]: heading of column i. */
void page_table_named(page *p, const char *id, const char *caption, const char *const *head,
                      uint32_t columns);
void page_table(page *p, const char *caption, const char *const *head, uint32_t columns);
/* A row that begins with its heading (NULL: with a plain cell, to be begun like all others). */
void page_row(page *p, const char *heading);
void page_row_end(page *p);
void page_cell(page *p, parley_ink ink, const char *text);
void page_cellf(page *p, parley_ink ink, const char *format, ...) PARLEY_PRINTF(3, 4);
void page_number(page *p, const char *text); /* a cell, aligned to the right */
void page_cell_begin(page *p);
void page_cell_end(page *p);
void page_table_end(page *p);
/* "12 more: parley blocks CASE --all"; nothing when there are none. */
void page_more(page *p, uint64_t more, const char *command);

/* ---- page_chart.c: pictures, and the data of charts. Nothing of it is in Markdown. ---- */

/*
 * A figure that a chart of web/src/ draws in: `kind` as in web/src/registry.ts; table: id of the
 * table that holds the same, row for row, or NULL. Between begin and end stands the picture for
 * whoever has no script, if there is one. caption: plain HTML.
 */
void page_figure(page *p, const char *kind, const char *table);
void page_figure_end(page *p, const char *caption);
/* The same, with what the signs of firmness and basis mean before it. */
void page_figure_end_signs(page *p, const char *caption);
/*
 * The data block of a figure, before its end: an object with `title` and `words` (what the picture
 * shows, for who does not see it) and the members that `write` adds. Nothing in it can end the
 * block: `<`, `>` and `&` are escaped. Not called when the page has no data.
 */
typedef void (*page_write)(page *p, parley_json *j, const void *user);
void page_data(page *p, const char *title, const char *words, page_write write, const void *user);
/* A member that is a text, made safe as everywhere on the page; NULL writes null. */
void page_member(page *p, parley_json *j, const char *key, const char *text);
/* firmness (0 to 6, in the order of the words) and basis (record, reported, reading). */
void page_sign_members(page *p, parley_json *j, parley_firmness firmness, parley_basis basis);
/* A text of an array. */
void page_element(page *p, parley_json *j, const char *text);

/* ---- words of more than one section ---- */

/* "condition, 13 Mar" and "our reading, no claim"; ids of what a term rests on. */
const char *page_standing(page *p, const parley_term *term);
const char *page_support(page *p, const parley_term *term);
/* "Russia requires arms stopped" as a piece, a reading in brackets. */
void page_term(page *p, const parley_term *term);
/* "Russia, Ukraine", or `nobody`. */
const char *page_parties(page *p, parley_ids parties, const char *nobody);
bool page_is_one(const parley_count *count);
/* Does position i only repeat another claim, or say what its claim said already? */
bool page_says_again(const page *p, uint32_t i);
/* What a position says: "demands stopped", "in words, refuses: dictated terms". */
const char *page_position_words(page *p, const parley_position *q);
/* Bits onto every issue that a formula speaks of. */
void page_note_acts(page *p, int32_t party, const parley_formula *formula, uint8_t bits);

/* ---- sections ---- */

void page_status(page *p);
void page_ladder(page *p);
parley_status page_matrix(page *p, parley_error *err) PARLEY_MUST_CHECK;
parley_status page_timeline(page *p, parley_error *err) PARLEY_MUST_CHECK;
parley_status page_moved(page *p, parley_error *err) PARLEY_MUST_CHECK;
void page_sticking(page *p);
parley_status page_bridges(page *p, parley_error *err) PARLEY_MUST_CHECK;
parley_status page_ideas(page *p, parley_error *err) PARLEY_MUST_CHECK;
parley_status page_soundings(page *p, parley_error *err) PARLEY_MUST_CHECK;
parley_status page_acts(page *p, parley_error *err) PARLEY_MUST_CHECK;
/* Only where the case has values. */
parley_status page_numbers(page *p, parley_error *err) PARLEY_MUST_CHECK;
void page_words(page *p);
void page_interests(page *p);
parley_status page_sources(page *p, parley_error *err) PARLEY_MUST_CHECK;

#endif
