/*
 * The page of a case: figures, and the data from which the script of the page draws charts.
 *
 * A data block is JSON in a script element of a type that no browser runs. HTML ends such an
 * element at the first "</script", and "<!--" begins a state of its own (HTML, 4.12.1.3), so that
 * no "<" may stand in it; JSON allows every one of these characters to be escaped inside a string,
 * and they stand nowhere else.
 */
#include "report/bundle.h"
#include "report/case_page.h"
#include "report/svg_lanes.h"

#include <string.h>

bool parley_page_has_charts(void)
{
    return page_charts.length > 0;
}

void page_figure(page *p, const char *kind, const char *table)
{
    if (p->markdown) {
        return;
    }
    parley_text_printf(p->out, "<figure data-chart=\"%s\"", kind);
    if (table != NULL) {
        parley_text_printf(p->out, " data-table=\"%s\"", table);
    }
    page_raw(p, ">\n");
}

void page_figure_end(page *p, const char *caption)
{
    page_raw(p, "<figcaption>");
    page_raw(p, caption);
    page_raw(p, "</figcaption>\n</figure>\n");
}

void page_figure_end_signs(page *p, const char *caption)
{
    static const char *const firm[SVG_SIGNS] = {
        "said", "aspiration", "ask", "position", "condition", "red line", "red line, tested"};
    static const struct {
        svg_fill fill;
        const char *words;
    } basis[] = {{SVG_SOLID, "on record"},
                 {SVG_STRIPES, "reported only"},
                 {SVG_OPEN, "in brackets, our reading"}};
    if (p->markdown) {
        return;
    }
    page_raw(p, "<figcaption>How firm: ");
    for (int i = 0; i < SVG_SIGNS; i++) {
        page_raw(p, i > 0 ? "; " : "");
        svg_sign_inline(p->out, (svg_sign)i, SVG_SOLID);
        page_raw(p, firm[i]);
    }
    page_raw(p, ". What it rests on: ");
    for (size_t i = 0; i < sizeof(basis) / sizeof(basis[0]); i++) {
        page_raw(p, i > 0 ? "; " : "");
        svg_sign_inline(p->out, SVG_SIGN_POSITION, basis[i].fill);
        page_raw(p, basis[i].words);
    }
    page_raw(p, ". ");
    page_raw(p, caption);
    page_raw(p, "</figcaption>\n</figure>\n");
}

void page_element(page *p, parley_json *j, const char *text)
{
    if (text == NULL) {
        parley_json_null(j);
        return;
    }
    parley_text_clear(p->safe);
    parley_safe_add(p->safe, text, strlen(text));
    parley_json_text(j, parley_text_data(p->safe), parley_text_size(p->safe));
}

void page_member(page *p, parley_json *j, const char *key, const char *text)
{
    parley_json_key(j, key);
    page_element(p, j, text);
}

void page_sign_members(page *p, parley_json *j, parley_firmness firmness, parley_basis basis)
{
    parley_json_key(j, "firmness");
    parley_json_uint(j, (uint64_t)firmness);
    page_member(p, j, "basis", parley_words_word(PARLEY_WORDS_BASIS, basis));
}

static void escaped(parley_text *out, const char *json)
{
    for (const char *at = json; *at != '\0';) {
        size_t plain = strcspn(at, "<>&");
        parley_text_add(out, at, plain);
        at += plain;
        if (*at != '\0') {
            parley_text_printf(out, "\\u%04x", (unsigned)*at++);
        }
    }
}

void page_data(page *p, const char *title, const char *words, page_write write, const void *user)
{
    parley_json json;
    if (p->markdown || !p->data) {
        return;
    }
    parley_text *block = parley_text_new(p->ctx, parley_ctx_limits(p->ctx)->text_bytes);
    if (block == NULL) {
        p->failed = true;
        return;
    }
    parley_json_begin(&json, block);
    json.compact = true;
    parley_json_object(&json);
    page_member(p, &json, "title", title);
    page_member(p, &json, "words", words);
    write(p, &json, user);
    parley_json_object_end(&json);
    page_raw(p, "<script type=\"application/json\">");
    escaped(p->out, parley_text_data(block));
    page_raw(p, "</script>\n");
    p->failed = p->failed || parley_text_status(block, NULL) != PARLEY_OK;
    parley_text_free(block);
}
