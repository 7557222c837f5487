/*
 * Inside the room "report": what the sheet of one party takes from the page of the moment.
 */
#ifndef PARLEY_REPORT_RIPENESS_PAGE_H
#define PARLEY_REPORT_RIPENESS_PAGE_H

#include "report/sheet.h"

/* A section of what was typed of one party's moment; nothing typed: no section. */
parley_status ripeness_section(sheet *sh, parley_screen *s, parley_ctx *ctx, const parley_case *c,
                               int32_t party, parley_error *err) PARLEY_MUST_CHECK;

#endif
