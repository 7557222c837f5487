/*
 * Inside the room "report": what can be carried at home, as parts of the page of `parley deals`.
 */
#ifndef PARLEY_REPORT_HOME_PAGE_H
#define PARLEY_REPORT_HOME_PAGE_H

#include <parley/screens.h>

/* Packages left at a rung that every party can carry, on what the rung itself stands on. */
parley_status home_at_rung(parley_count *out, parley_home *home, parley_rung rung,
                           parley_error *err) PARLEY_MUST_CHECK;
/* Parties, constituencies, what they hold a package to, polls, figures of opinion. */
parley_status home_blocks(parley_screen *s, const parley_deals_page *page,
                          parley_error *err) PARLEY_MUST_CHECK;
/* The package of the page: who can carry it, who blocks, what can be said at home. */
parley_status home_package(parley_screen *s, const parley_deals_page *page,
                           parley_error *err) PARLEY_MUST_CHECK;
/* Who stops a whole package at home, for a list; "" when nobody does, as far as is known. */
const char *home_stopped_by(parley_screen *s, const parley_deals_page *page,
                            parley_package package);

/* "home": {...} of the ladder; "at_home": {...} of the package. */
parley_status home_json(parley_json *j, const parley_deals_page *page,
                        parley_error *err) PARLEY_MUST_CHECK;
parley_status home_package_json(parley_json *j, const parley_deals_page *page,
                                parley_error *err) PARLEY_MUST_CHECK;
/* "stopped_at_home": [...] of a whole package in a list. */
void home_stopped_json(parley_json *j, const parley_deals_page *page, parley_package package);

/* Does a whole package cross a term of somebody who blocks? Rules and answers are as they are. */
bool home_crosses(const parley_deals_page *page, const parley_home_term *term,
                  parley_package package);
/* "counts", "too few", "stale" ... */
const char *home_poll_state(parley_poll_state state);

#endif
