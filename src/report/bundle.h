/*
 * Inside the room "report": the script of the page, bundled from web/ when the build found Node and
 * npm (docs/decisions/0027-charts.md). Length 0: built without; the page then has its tables and
 * the pictures the program draws.
 */
#ifndef PARLEY_REPORT_BUNDLE_H
#define PARLEY_REPORT_BUNDLE_H

#include <stddef.h>

typedef struct page_bundle {
    const char *bytes; /* ASCII; nothing in it ends a script element */
    size_t length;
    const char *hash; /* "sha256-...", as a content policy names it */
} page_bundle;

extern const page_bundle page_charts;

#endif
