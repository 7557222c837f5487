/*
 * Inside the room "report": packages with worth, as the page and the JSON of `deals --numbers`.
 */
#ifndef PARLEY_REPORT_NUMBERS_PAGE_H
#define PARLEY_REPORT_NUMBERS_PAGE_H

#include <parley/screens.h>

/* The page, instead of the ladder. */
parley_status numbers_page(parley_screen *s, const parley_deals_page *page,
                           parley_error *err) PARLEY_MUST_CHECK;
/* Members "packages", "frontier", "solutions" and so on of the object that is open. */
parley_status numbers_json(parley_json *j, parley_ctx *ctx, const parley_deals_page *page,
                           parley_error *err) PARLEY_MUST_CHECK;

#endif
