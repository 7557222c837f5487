/*
 * Inside the room "report": words of the page of ideas.
 */
#ifndef PARLEY_REPORT_COUNTER_WORDS_H
#define PARLEY_REPORT_COUNTER_WORDS_H

#include "report/wording.h"
#include <parley/ideas.h>

/* "arms continue", "duration 15 days, not 30 days", "monitor american, third or joint (ours)". */
const char *counter_choice(parley_screen *s, const parley_case *c,
                           const parley_idea_choice *choice);
/* "american, third or joint (ours)" */
const char *counter_values(parley_screen *s, const parley_case *c,
                           const parley_idea_choice *choice);
/* "credit: column, c21", "ours", "ours (A with C)". */
const char *counter_credit(parley_screen *s, const parley_case *c, const parley_idea *idea);
/* "Russia: asks for arms stopped (c3)"; a reading: "on our reading Ukraine refuses ... (m1)". */
const char *counter_crossing(parley_screen *s, const parley_case *c, const parley_term *term,
                             bool still);
/* "Russia (a pause would let Ukraine rearm)" needs a line of its own; here the id and the party. */
const char *counter_concern(parley_screen *s, const parley_case *c, int32_t concern);
/* "A" .. "Z", "AA" .. */
const char *counter_letter(parley_screen *s, uint32_t i);
/* Parties that were never asked, as items: "neither side asked on 15 days", "Ukraine never asked on
 * arms". */
void counter_unasked(parley_screen *s, const parley_case *c, const parley_idea_choice *choice,
                     uint32_t choices, const parley_idea_unasked *unasked, uint32_t count,
                     word_list *out);
/* Claims and readings behind a term: "c3 c8". */
const char *counter_support(parley_screen *s, const parley_case *c, const parley_term *term);
/* Flags that a named person opened: "w1 opened by NAME, OFFICE, DATE: because". */
void counter_lifted(parley_screen *s, const parley_case *c, parley_ids flags, word_list *out);
const char *counter_parties(parley_screen *s, const parley_case *c, parley_ids parties);

#endif
