/*
 * A screen on a text of its own, and a comparison that shows both pages when they differ.
 */
#ifndef PARLEY_TESTS_REPORT_PAGE_H
#define PARLEY_TESTS_REPORT_PAGE_H

#include "support/torture.h"

#include <parley/report.h>

typedef struct page {
    parley_ctx *ctx;
    parley_text *text;
    parley_screen *screen;
} page;

static inline page page_new(uint32_t width, bool colour)
{
    page p = {check_ctx(), NULL, NULL};
    parley_screen_options options = PARLEY_SCREEN_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    options.width = width;
    options.colour = colour;
    p.text = parley_text_new(p.ctx, SIZE_MAX);
    assert_non_null(p.text);
    check_ok(parley_screen_new(&p.screen, p.ctx, p.text, &options, &err), &err);
    return p;
}

/* The page reads like this; then it goes. */
static inline void page_reads_at(page *p, const char *wanted, const char *file, int line)
{
    parley_error err = PARLEY_ERROR_INIT;
    check_ok_at(parley_screen_status(p->screen, &err), &err, file, line);
    if (strcmp(parley_text_data(p->text), wanted) != 0) {
        print_error("the page reads\n%s----\nand not\n%s----\n", parley_text_data(p->text), wanted);
        _fail(file, line);
    }
    parley_screen_free(p->screen);
    parley_text_free(p->text);
    check_ctx_done(p->ctx);
}
#define page_reads(p, wanted) page_reads_at((p), (wanted), __FILE__, __LINE__)

#endif
