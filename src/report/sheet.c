/*
 * Sheets: gathered once, printed as text, Markdown or HTML.
 *
 * What stands in a case is data in every form: controls are shown and not sent, Markdown's and
 * HTML's own characters are escaped, text that runs from right to left stays inside its cell, and
 * the HTML allows itself nothing but its own style.
 */
#include "report/sheet.h"
#include "report/json_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

sheet sheet_new(parley_arena *arena, const char *title, const char *right, uint32_t most)
{
    return (sheet){.arena = arena, .title = title, .right = right, .most = most};
}

static void push(sheet *sh, sheet_line line)
{
    if (sh->lines == sh->room) {
        uint32_t room = sh->room == 0 ? 32 : sh->room * 2;
        sheet_line *grown = parley_arena_grow(sh->arena, sh->line, sh->lines * sizeof(*grown),
                                              room * sizeof(*grown));
        if (grown == NULL) {
            sh->failed = true;
            return;
        }
        sh->line = grown;
        sh->room = room;
    }
    sh->line[sh->lines++] = line;
}

static const char *copy(sheet *sh, const char *text)
{
    const char *own = parley_arena_copy(sh->arena, text, strlen(text));
    sh->failed = sh->failed || own == NULL;
    return own != NULL ? own : "";
}

void sheet_close(sheet *sh)
{
    if (sh->extra > 0) {
        const char *more = parley_arena_format(sh->arena, "%u more", sh->extra);
        sh->failed = sh->failed || more == NULL;
        push(sh, (sheet_line){NULL, PARLEY_INK_DIM, more != NULL ? more : "", ""});
    }
    sh->extra = 0;
    sh->here = 0;
    sh->section = NULL;
}

void sheet_section(sheet *sh, const char *label)
{
    sheet_close(sh);
    sh->section = label;
}

void sheet_add(sheet *sh, parley_ink ink, const char *margin, const char *text)
{
    if (sh->most > 0 && sh->here == sh->most) {
        sh->extra++;
        return;
    }
    sh->here++;
    const char *label = sh->section;
    sh->section = NULL;
    push(sh, (sheet_line){label, ink, copy(sh, text), copy(sh, margin != NULL ? margin : "")});
}

void sheet_addf(sheet *sh, parley_ink ink, const char *margin, const char *format, ...)
{
    va_list args;
    char small[512];
    va_start(args, format);
    int length = vsnprintf(small, sizeof(small), format, args);
    va_end(args);
    if (length >= 0 && (size_t)length < sizeof(small)) {
        sheet_add(sh, ink, margin, small);
        return;
    }
    char *large = parley_arena_alloc(sh->arena, (size_t)length + 1);
    if (large == NULL) {
        sh->failed = true;
        return;
    }
    va_start(args, format);
    vsnprintf(large, (size_t)length + 1, format, args);
    va_end(args);
    sheet_add(sh, ink, margin, large);
}

static parley_status nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while writing a page");
}

/* --------------------------------------------------------------------- text */

parley_status sheet_print(const sheet *sh, parley_screen *s, parley_error *err)
{
    if (sh->failed) {
        return nomem(err);
    }
    const parley_column columns[3] = {
        {.at_least = PARLEY_SCREEN_LABEL - 1, .at_most = PARLEY_SCREEN_LABEL - 1},
        {.flexible = true, .fill = true},
        {.align = PARLEY_ALIGN_RIGHT, .at_most = 24}};
    parley_screen_ends(s, PARLEY_INK_TITLE, sh->title, PARLEY_INK_DIM, sh->right);
    parley_table *t = parley_table_new(s, columns, 3, 0, 2);
    for (uint32_t i = 0; i < sh->lines; i++) {
        const sheet_line *line = &sh->line[i];
        parley_table_cell(t, PARLEY_INK_HEADING, line->label != NULL ? line->label : "");
        parley_table_cell(t, line->ink, line->text);
        parley_table_cell(t, PARLEY_INK_DIM, line->margin);
    }
    parley_table_print(t);
    return PARLEY_OK;
}

/* ----------------------------------------------------------- other writings */

typedef enum writing { WRITING_MARKDOWN, WRITING_HTML } writing;

/* Text of a case as data: made safe, then escaped. */
static void escape(parley_text *out, writing how, const char *text, size_t length)
{
    for (const char *at = text; at < text + length; at++) {
        switch (*at) {
        case '<':
            parley_text_puts(out, "&lt;");
            break;
        case '>':
            parley_text_puts(out, "&gt;");
            break;
        case '&':
            parley_text_puts(out, "&amp;");
            break;
        case '"':
            parley_text_puts(out, how == WRITING_HTML ? "&quot;" : "\"");
            break;
        default:
            if (how == WRITING_MARKDOWN && strchr("\\`*_[]#|~!", *at) != NULL) {
                parley_text_add(out, "\\", 1);
            }
            parley_text_add(out, at, 1);
        }
    }
}

static void put(parley_text *safe, parley_text *out, writing how, const char *text)
{
    parley_text_clear(safe);
    parley_safe_add(safe, text, strlen(text));
    escape(out, how, parley_text_data(safe), parley_text_size(safe));
}

void sheet_html_escaped(parley_text *out, const char *text, size_t length)
{
    escape(out, WRITING_HTML, text, length);
}

void sheet_html_text(parley_text *safe, parley_text *out, const char *text)
{
    put(safe, out, WRITING_HTML, text);
}

parley_status sheet_markdown(const sheet *sh, parley_ctx *ctx, parley_text *out, parley_error *err)
{
    parley_text *safe = parley_text_new(ctx, parley_ctx_limits(ctx)->text_bytes);
    if (sh->failed || safe == NULL) {
        parley_text_free(safe);
        return nomem(err);
    }
    parley_text_puts(out, "# ");
    put(safe, out, WRITING_MARKDOWN, sh->title);
    parley_text_puts(out, "\n\n*");
    put(safe, out, WRITING_MARKDOWN, sh->right);
    parley_text_puts(out, "*\n");
    for (uint32_t i = 0; i < sh->lines; i++) {
        const sheet_line *line = &sh->line[i];
        if (line->label != NULL) {
            parley_text_puts(out, "\n## ");
            put(safe, out, WRITING_MARKDOWN, line->label);
            parley_text_puts(out, "\n\n");
        }
        parley_text_puts(out, "- ");
        put(safe, out, WRITING_MARKDOWN, line->text);
        if (line->margin[0] != '\0') {
            parley_text_puts(out, " (");
            put(safe, out, WRITING_MARKDOWN, line->margin);
            parley_text_puts(out, ")");
        }
        parley_text_puts(out, "\n");
    }
    parley_status status = parley_text_status(safe, err);
    parley_text_free(safe);
    return status;
}

void sheet_markdown_text(parley_text *safe, parley_text *out, const char *text)
{
    put(safe, out, WRITING_MARKDOWN, text);
}

static const char html_head[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'";

static const char html_names[] =
    "\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"referrer\" content=\"no-referrer\">\n";

static const char html_style[] =
    "<style>\n"
    "@page { size: A4; margin: 18mm 16mm }\n"
    "body { font: 11pt/1.4 Georgia, 'Times New Roman', serif; color: #111; background: #fff;\n"
    "  max-width: 46em; margin: 2em auto; padding: 0 1em }\n"
    "h1 { font-size: 1.35em; margin: 0 }\n"
    "p.when { color: #444; margin: .2em 0 1em }\n"
    "table { border-collapse: collapse; width: 100% }\n"
    "th, td { text-align: start; vertical-align: top; padding: .18em .6em .18em 0;\n"
    "  overflow-wrap: anywhere }\n"
    "th { font-size: .78em; letter-spacing: .04em; width: 9.5em; padding-top: .35em }\n"
    "tr.first th, tr.first td { border-top: 1px solid #bbb }\n"
    "td.margin { color: #444; font-size: .85em; text-align: end; width: 10em }\n"
    ".ours { font-style: italic }\n"
    ".ours::before { content: '[' } .ours::after { content: ']' }\n"
    ".warn, .bad { font-weight: bold }\n"
    "@media print { body { margin: 0; max-width: none; font-size: 10pt; padding: 0 }\n"
    "  tr { break-inside: avoid } }\n"
    "</style>\n";

const char *sheet_html_class(parley_ink ink)
{
    switch (ink) {
    case PARLEY_INK_OURS:
        return " class=\"ours\"";
    case PARLEY_INK_WARN:
        return " class=\"warn\"";
    case PARLEY_INK_BAD:
        return " class=\"bad\"";
    default:
        return "";
    }
}

void sheet_html_open(parley_text *safe, parley_text *out, const char *title, const char *style,
                     const char *script)
{
    parley_text_puts(out, html_head);
    if (script != NULL) {
        parley_text_printf(out, "; script-src '%s'", script);
    }
    parley_text_puts(out, html_names);
    parley_text_puts(out, "<title>");
    put(safe, out, WRITING_HTML, title);
    parley_text_puts(out, "</title>\n");
    parley_text_puts(out, html_style);
    parley_text_puts(out, style);
    parley_text_puts(out, "</head>\n<body>\n");
}

parley_status sheet_html(const sheet *sh, parley_ctx *ctx, parley_text *out, parley_error *err)
{
    parley_text *safe = parley_text_new(ctx, parley_ctx_limits(ctx)->text_bytes);
    if (sh->failed || safe == NULL) {
        parley_text_free(safe);
        return nomem(err);
    }
    sheet_html_open(safe, out, sh->title, "", NULL);
    parley_text_puts(out, "<main>\n<h1><bdi>");
    put(safe, out, WRITING_HTML, sh->title);
    parley_text_puts(out, "</bdi></h1>\n<p class=\"when\">");
    put(safe, out, WRITING_HTML, sh->right);
    parley_text_puts(out, "</p>\n<table>\n");
    for (uint32_t i = 0; i < sh->lines; i++) {
        const sheet_line *line = &sh->line[i];
        uint32_t rows = 1;
        while (line->label != NULL && i + rows < sh->lines && sh->line[i + rows].label == NULL) {
            rows++;
        }
        parley_text_puts(out, line->label != NULL ? "<tr class=\"first\">" : "<tr>");
        if (line->label != NULL) {
            parley_text_printf(out, "<th scope=\"rowgroup\" rowspan=\"%u\">", rows);
            put(safe, out, WRITING_HTML, line->label);
            parley_text_puts(out, "</th>");
        } else if (i == 0) {
            parley_text_puts(out, "<td></td>");
        }
        parley_text_printf(out, "<td><bdi%s>", sheet_html_class(line->ink));
        put(safe, out, WRITING_HTML, line->text);
        parley_text_puts(out, "</bdi></td><td class=\"margin\"><bdi>");
        put(safe, out, WRITING_HTML, line->margin);
        parley_text_puts(out, "</bdi></td></tr>\n");
    }
    parley_text_puts(out, "</table>\n</main>\n</body>\n</html>\n");
    parley_status status = parley_text_status(safe, err);
    parley_text_free(safe);
    return status;
}

parley_status sheet_write(const sheet *sh, parley_screen *s, parley_text *out, parley_ctx *ctx,
                          parley_writing form, parley_error *err)
{
    return form == PARLEY_WRITING_HTML       ? sheet_html(sh, ctx, out, err)
           : form == PARLEY_WRITING_MARKDOWN ? sheet_markdown(sh, ctx, out, err)
                                             : sheet_print(sh, s, err);
}

/* ---------------------------------------------------------------------- JSON */

parley_status sheet_json(parley_json *j, const sheet *sh, const parley_case *c, parley_error *err)
{
    bool open = false;
    if (sh->failed) {
        return nomem(err);
    }
    parley_json_object(j);
    json_case(j, c);
    json_key_string(j, "heading", sh->title);
    parley_json_key(j, "sections");
    parley_json_array(j);
    for (uint32_t i = 0; i < sh->lines; i++) {
        const sheet_line *line = &sh->line[i];
        if (line->label != NULL || !open) {
            if (open) {
                parley_json_array_end(j);
                parley_json_object_end(j);
            }
            open = true;
            parley_json_object(j);
            json_key_string(j, "label", line->label);
            parley_json_key(j, "lines");
            parley_json_array(j);
        }
        parley_json_object(j);
        json_key_string(j, "text", line->text);
        json_key_string(j, "margin", line->margin[0] != '\0' ? line->margin : NULL);
        parley_json_key(j, "ours");
        parley_json_bool(j, line->ink == PARLEY_INK_OURS);
        parley_json_object_end(j);
    }
    if (open) {
        parley_json_array_end(j);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
    parley_json_finish(j);
    return PARLEY_OK;
}
