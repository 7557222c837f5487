/*
 * Inside the room "report": a sheet of paper. Sections with a label, lines with a margin for what
 * they rest on; printed as text onto a screen, as Markdown, or as one HTML file that needs nothing
 * else, the same bytes each time.
 */
#ifndef PARLEY_REPORT_SHEET_H
#define PARLEY_REPORT_SHEET_H

#include <parley/case.h>
#include <parley/report.h>
#include <parley/screens.h>

typedef struct sheet_line {
    const char *label; /* of the section it begins; NULL: the section goes on */
    parley_ink ink;
    const char *text;
    const char *margin;
} sheet_line;

typedef struct sheet {
    parley_arena *arena;
    const char *title;
    const char *right;
    const char *section; /* the label to begin with the next line */
    sheet_line *line;
    uint32_t lines;
    uint32_t room;
    uint32_t most;  /* lines a section may have; the rest is counted */
    uint32_t here;  /* lines of the section so far */
    uint32_t extra; /* lines left out of the section */
    bool failed;    /* out of memory: told by the printers */
} sheet;

/* Texts are copied; those of a case are made safe when they are printed. most 0: no bound. */
sheet sheet_new(parley_arena *arena, const char *title, const char *right, uint32_t most);
/* The lines that follow stand under this label; a section without lines is not printed. */
void sheet_section(sheet *sh, const char *label);
void sheet_add(sheet *sh, parley_ink ink, const char *margin, const char *text);
void sheet_addf(sheet *sh, parley_ink ink, const char *margin, const char *format, ...)
    PARLEY_PRINTF(4, 5);
/* Ends the last section. */
void sheet_close(sheet *sh);

parley_status sheet_print(const sheet *sh, parley_screen *s, parley_error *err) PARLEY_MUST_CHECK;
/* NOMEM; the text's own failure is the text's. */
parley_status sheet_markdown(const sheet *sh, parley_ctx *ctx, parley_text *out,
                             parley_error *err) PARLEY_MUST_CHECK;
parley_status sheet_html(const sheet *sh, parley_ctx *ctx, parley_text *out,
                         parley_error *err) PARLEY_MUST_CHECK;
/* As one of the three: onto the screen, or the text it writes to. */
parley_status sheet_write(const sheet *sh, parley_screen *s, parley_text *out, parley_ctx *ctx,
                          parley_writing form, parley_error *err) PARLEY_MUST_CHECK;
/* case, title, as_of, audience, parties; heading; sections: [{label, lines: [{text, margin,
 * ours}]}]. */
parley_status sheet_json(parley_json *j, const sheet *sh, const parley_case *c,
                         parley_error *err) PARLEY_MUST_CHECK;

/* ---- HTML that sheets and the page of a case share ---- */

/* Text of a case as data: made safe, then escaped for HTML. `safe` is a scratch text. */
void sheet_html_text(parley_text *safe, parley_text *out, const char *text);
/* What was made safe already, escaped for HTML. */
void sheet_html_escaped(parley_text *out, const char *text, size_t length);
/* Text of a case as data, escaped for Markdown. */
void sheet_markdown_text(parley_text *safe, parley_text *out, const char *text);
/* From the doctype to <body>, with the content policy, the style of sheets, and `style` (an element
 * <style>, or nothing) after it. script: "sha256-..." of the one that may run; NULL: none may. */
void sheet_html_open(parley_text *safe, parley_text *out, const char *title, const char *style,
                     const char *script);
/* " class=\"ours\"" and the like, or nothing. */
const char *sheet_html_class(parley_ink ink);

#endif
