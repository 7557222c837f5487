/*
 * Inside the room "case": what the files that bind the section `values` share.
 */
#ifndef PARLEY_CASE_VALUES_INTERNAL_H
#define PARLEY_CASE_VALUES_INTERNAL_H

#include "case/case_internal.h"

/* A divisor: a number above 0. */
bool bind_above_zero(bind_state *b, const parley_node *value, parley_fraction *out,
                     const char *what);
/* Index of the issue a key names, or -1 with a message. */
int32_t values_issue(bind_state *b, const parley_node *key);
const parley_issue *values_issue_row(const bind_state *b, int32_t issue);
/* Index of an option or recipient by id, or -1 with a message. */
/* An option of a choice, or -1 with an error. */
int32_t values_choice(bind_state *b, const parley_issue *issue, const parley_node *name);
int32_t values_option(bind_state *b, const parley_option *options, uint32_t count,
                      const parley_node *name, const char *what, const char *issue);
/* values_boxes.c */
bool bind_boxes(bind_state *b, parley_worth *worth, const parley_node *list);

#endif
