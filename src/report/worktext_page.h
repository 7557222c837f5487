/*
 * Inside the room "report": words of the page of `parley text` that its JSON shares.
 */
#ifndef PARLEY_REPORT_WORKTEXT_PAGE_H
#define PARLEY_REPORT_WORKTEXT_PAGE_H

#include <parley/screens.h>

/* "objects", "accepts", "not asked" ... */
const char *worktext_stand(parley_text_stand stand);
/* "wholly", "in part", "open", "not met", "not known" */
const char *worktext_met(parley_text_met met);
/* "kept", "replaced", "opened" ... */
const char *worktext_fate(parley_text_fate fate);

#endif
