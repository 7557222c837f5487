/*
 * Inside the room "report": what the files of the page of `parley text` share.
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

/* A part, a term with what it rests on, values of a question, parties, for people. */
const char *worktext_part(parley_screen *s, const parley_case *c, const parley_text_part *part);
const char *worktext_term(parley_screen *s, const parley_case *c, const parley_term *term);
const char *worktext_values(parley_screen *s, const parley_case *c, int32_t issue,
                            parley_ids values);
const char *worktext_names(parley_screen *s, const parley_case *c, parley_ids ids);

/* What version `number` (from 1: the second) changed. */
void worktext_since(parley_screen *s, const parley_case *c, const parley_worktext *w,
                    uint32_t number);
void worktext_next(parley_screen *s, const parley_case *c, const parley_worktext *w);

#endif
