/*
 * The kit of the page of a case: sections, paragraphs and tables, as HTML or as Markdown
 * (CommonMark with the tables of GitHub's dialect), every text escaped.
 */
#include "report/case_page.h"
#include "report/sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void page_raw(page *p, const char *html)
{
    if (!p->markdown) {
        parley_text_puts(p->out, html);
    }
}

void page_mark(page *p, const char *markdown)
{
    if (p->markdown) {
        parley_text_puts(p->out, markdown);
    }
}

/* Columns that a word may have before it gets a place to break. */
#define WORD 22u

/* Bytes up to such a place, or to the end. */
static size_t breakable(const char *words)
{
    size_t at = 0;
    size_t wide = 0;
    while (words[at] != '\0') {
        size_t bytes = 1;
        while ((words[at + bytes] & 0xc0) == 0x80) {
            bytes++;
        }
        size_t width = parley_utf8_width(words + at, bytes);
        wide = words[at] == ' ' || words[at] == '-' ? 0 : wide + width;
        if (wide > WORD && width > 0) {
            return at;
        }
        at += bytes;
    }
    return at;
}

static void text(page *p, const char *words)
{
    if (words == NULL) {
        return;
    }
    if (p->markdown) {
        sheet_markdown_text(p->safe, p->out, words);
        return;
    }
    parley_text_clear(p->safe);
    parley_safe_add(p->safe, words, strlen(words));
    for (const char *at = parley_text_data(p->safe); *at != '\0';) {
        size_t length = breakable(at);
        sheet_html_escaped(p->out, at, length);
        at += length;
        page_raw(p, *at != '\0' ? "<wbr>" : "");
    }
}

static const char *format_list(page *p, const char *format, va_list args) PARLEY_PRINTF(2, 0);
static const char *format_list(page *p, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *out = length < 0 ? NULL : parley_arena_alloc(p->arena, (size_t)length + 1);
    if (out == NULL) {
        p->failed = true;
        return "";
    }
    vsnprintf(out, (size_t)length + 1, format, args);
    return out;
}

/* Bold begins and ends at a letter, or it would not be bold. */
static void piece_marked(page *p, parley_ink ink, const char *words)
{
    bool bold = ink == PARLEY_INK_PARTY || ink == PARLEY_INK_HEADING || ink == PARLEY_INK_WARN ||
                ink == PARLEY_INK_BAD;
    size_t lead = strspn(words, " ");
    size_t length = strlen(words);
    while (length > lead && words[length - 1] == ' ') {
        length--;
    }
    page_mark(p, lead > 0 ? " " : "");
    page_mark(p, ink == PARLEY_INK_OURS ? "\\[" : bold && length > lead ? "**" : "");
    char *kept = parley_arena_alloc(p->arena, length - lead + 1);
    if (kept == NULL) {
        p->failed = true;
        return;
    }
    memcpy(kept, words + lead, length - lead);
    kept[length - lead] = '\0';
    text(p, kept);
    page_mark(p, ink == PARLEY_INK_OURS ? "\\]" : bold && length > lead ? "**" : "");
    page_mark(p, words[length] == ' ' ? " " : "");
}

void page_piece(page *p, parley_ink ink, const char *words)
{
    static const char *const classes[PARLEY_INK_COUNT] = {
        [PARLEY_INK_PARTY] = "party", [PARLEY_INK_HEADING] = "party", [PARLEY_INK_DIM] = "dim",
        [PARLEY_INK_OURS] = "ours",   [PARLEY_INK_WARN] = "warn",     [PARLEY_INK_BAD] = "bad"};
    if (words == NULL || words[0] == '\0') {
        return;
    }
    if (p->markdown) {
        piece_marked(p, ink, words);
        return;
    }
    if (classes[ink] != NULL) {
        parley_text_printf(p->out, "<bdi class=\"%s\">", classes[ink]);
    } else {
        page_raw(p, "<bdi>");
    }
    page_raw(p, ink == PARLEY_INK_OURS ? "[" : "");
    text(p, words);
    page_raw(p, ink == PARLEY_INK_OURS ? "]</bdi>" : "</bdi>");
}

void page_piecef(page *p, parley_ink ink, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    page_piece(p, ink, format_list(p, format, args));
    va_end(args);
}

void page_break(page *p)
{
    parley_text_puts(p->out, "<br>");
}

void page_para(page *p, const char *class)
{
    if (p->markdown) {
        page_mark(p, class != NULL && strcmp(class, "law") == 0 ? "> " : "");
    } else if (class != NULL) {
        parley_text_printf(p->out, "<p class=\"%s\">", class);
    } else {
        page_raw(p, "<p>");
    }
}

void page_para_end(page *p)
{
    page_raw(p, "</p>\n");
    page_mark(p, "\n\n");
}

/* A paragraph of Markdown that began like this would be a list, a line or a heading. */
static const char *begun(page *p, const char *words)
{
    size_t digits = strspn(words, "0123456789");
    char mark = words[digits];
    bool numbered = digits > 0 && (mark == '.' || mark == ')');
    bool marked = digits == 0 && (mark == '-' || mark == '+' || mark == '=');
    if (p->markdown && (numbered || marked)) {
        text(p, parley_screen_format(p->s, "%.*s", (int)digits, words));
        page_mark(p, "\\");
        return words + digits;
    }
    return words;
}

void page_line(page *p, parley_ink ink, const char *words)
{
    page_para(p, NULL);
    page_piece(p, ink, words != NULL && ink == PARLEY_INK_PLAIN ? begun(p, words) : words);
    page_para_end(p);
}

void page_linef(page *p, parley_ink ink, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    page_line(p, ink, format_list(p, format, args));
    va_end(args);
}

void page_heading(page *p, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    page_raw(p, "<h3>");
    page_mark(p, "### ");
    page_piece(p, PARLEY_INK_PLAIN, format_list(p, format, args));
    page_raw(p, "</h3>\n");
    page_mark(p, "\n\n");
    va_end(args);
}

void page_section(page *p, const char *id, const char *heading)
{
    if (!p->markdown) {
        parley_text_printf(p->out, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">", id, id);
    }
    page_mark(p, "## ");
    text(p, heading);
    page_raw(p, "</h2>\n");
    page_mark(p, "\n\n");
}

void page_section_end(page *p)
{
    page_raw(p, "</section>\n");
}

static void head_marked(page *p, const char *caption, const char *const *head, uint32_t columns)
{
    if (caption != NULL) {
        page_line(p, PARLEY_INK_PARTY, caption);
    }
    for (uint32_t i = 0; i < columns; i++) {
        page_mark(p, "| ");
        text(p, head[i]);
        page_mark(p, " ");
    }
    page_mark(p, "|\n");
    for (uint32_t i = 0; i < columns; i++) {
        page_mark(p, "|---");
    }
    page_mark(p, "|\n");
}

void page_table_named(page *p, const char *id, const char *caption, const char *const *head,
                      uint32_t columns)
{
    if (p->markdown) {
        head_marked(p, caption, head, columns);
        return;
    }
    page_raw(p, "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table: ");
    sheet_html_text(p->safe, p->out, caption != NULL ? caption : head[0]);
    page_raw(p, "\">\n");
    page_raw(p, strcmp(head[0], "No.") == 0 ? "<table class=\"numbered\"" : "<table");
    if (id != NULL) {
        parley_text_printf(p->out, " id=\"%s\"", id);
    }
    page_raw(p, ">\n");
    if (caption != NULL) {
        page_raw(p, "<caption>");
        text(p, caption);
        page_raw(p, "</caption>\n");
    }
    page_raw(p, "<thead><tr>");
    for (uint32_t i = 0; i < columns; i++) {
        page_raw(p, "<th scope=\"col\"><bdi>");
        text(p, head[i]);
        page_raw(p, "</bdi></th>");
    }
    page_raw(p, "</tr></thead>\n<tbody>\n");
}

void page_table(page *p, const char *caption, const char *const *head, uint32_t columns)
{
    page_table_named(p, NULL, caption, head, columns);
}

void page_row(page *p, const char *heading)
{
    page_raw(p, "<tr>");
    if (heading != NULL) {
        page_raw(p, "<th scope=\"row\"><bdi>");
        page_mark(p, "| ");
        text(p, heading);
        page_mark(p, " ");
        page_raw(p, "</bdi></th>");
    }
}

void page_row_end(page *p)
{
    page_raw(p, "</tr>\n");
    page_mark(p, "|\n");
}

void page_cell_begin(page *p)
{
    page_raw(p, "<td>");
    page_mark(p, "| ");
}

void page_cell_end(page *p)
{
    page_raw(p, "</td>");
    page_mark(p, " ");
}

void page_cell(page *p, parley_ink ink, const char *words)
{
    page_cell_begin(p);
    page_piece(p, ink, words);
    page_cell_end(p);
}

void page_cellf(page *p, parley_ink ink, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    page_cell(p, ink, format_list(p, format, args));
    va_end(args);
}

void page_number(page *p, const char *words)
{
    page_raw(p, "<td class=\"number\">");
    page_mark(p, "| ");
    text(p, words);
    page_cell_end(p);
}

void page_table_end(page *p)
{
    page_raw(p, "</tbody>\n</table>\n</div>\n");
    page_mark(p, "\n");
}

void page_more(page *p, uint64_t more, const char *command)
{
    if (more > 0) {
        page_linef(p, PARLEY_INK_DIM, "%llu more: %s", (unsigned long long)more, command);
    }
}

/* ------------------------------------------------------------------------ words */

const char *page_standing(page *p, const parley_term *term)
{
    static const char *const firm[] = {
        "said", "aspiration", "ask", "position", "condition", "red line", "red line, tested"};
    if (term->basis == PARLEY_BASIS_READING) {
        const parley_reading *r = parley_case_reading(p->c, term->readings.at[0]);
        return r->from.count == 0 ? "our reading, no claim" : "our reading";
    }
    const char *how = term->basis == PARLEY_BASIS_REPORTED ? "reported only"
                      : term->mode == PARLEY_MODE_ACCEPTS  ? "accepted"
                                                           : firm[term->firmness];
    return term->date.form == PARLEY_DATE_UNKNOWN
               ? how
               : parley_screen_format(p->s, "%s, %s", how, word_date(p->s, p->c, term->date));
}

const char *page_support(page *p, const parley_term *term)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < term->support.count; k++) {
        word_push(&list, word_claim(p->c, term->support.at[k]));
    }
    for (uint32_t k = 0; k < term->readings.count; k++) {
        word_push(&list, parley_case_reading(p->c, term->readings.at[k])->record.id);
    }
    return word_join(p->s, &list, " ");
}

void page_term(page *p, const parley_term *term)
{
    bool ours = term->basis == PARLEY_BASIS_READING;
    page_piecef(p, ours ? PARLEY_INK_OURS : PARLEY_INK_PLAIN, "%s%s %s %s",
                ours ? "our reading: " : "", word_party(p->c, term->party),
                parley_words_word(PARLEY_WORDS_MODE, term->mode),
                word_held(p->s, p->c, term->mode == PARLEY_MODE_REFUSES, term->formula, false));
}

const char *page_parties(page *p, parley_ids parties, const char *nobody)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < parties.count; k++) {
        word_push(&list, word_party(p->c, parties.at[k]));
    }
    return list.count == 0 ? nobody : word_join(p->s, &list, ", ");
}

bool page_is_one(const parley_count *count)
{
    return count->used == 1 && count->limb[0] == 1;
}
