/*
 * Inside the room "report": how records are called on screens.
 *
 * Every function gives a string of the screen (released with it), never NULL. Texts of a case are
 * made safe when the screen prints them, not here.
 */
#ifndef PARLEY_REPORT_WORDING_H
#define PARLEY_REPORT_WORDING_H

#include <parley/case.h>
#include <parley/deal.h>
#include <parley/report.h>

/* Name of a party; of a voice: "Russia (president)" with the office when with_office. */
const char *word_party(const parley_case *c, int32_t party);
const char *word_voice(parley_screen *s, const parley_case *c, const parley_voice *v,
                       bool with_office);
const char *word_voices(parley_screen *s, const parley_case *c, const parley_voices *v);
const char *word_issue(const parley_case *c, int32_t issue);

/* "11 Mar 2025", or without the year when it is the year of the case's as-of date. */
const char *word_date(parley_screen *s, const parley_case *c, parley_date d);

/*
 * A formula for people. Short: "arms stopped", "monitor not unnamed", "duration at most 15" (names
 * and ids). Long: "Foreign arms: All deliveries stop". "F given G" is F if G; a conjunction inside
 * another formula stands in brackets, or under the name of the proposal that it is.
 */
const char *word_formula(parley_screen *s, const parley_case *c, const parley_formula *f,
                         bool whole);
/*
 * A formula behind "not", "refuses" or another verb; answer_only: as word_answer has it. What is
 * refused as a whole is shown as one thing: "refuses (a and b)", never "refuses a; b".
 */
const char *word_held(parley_screen *s, const parley_case *c, bool refuses, const parley_formula *f,
                      bool answer_only);
/* The proposal that a condition of a position answers, or -1. */
int32_t word_condition_of(const parley_case *c, const parley_position *p);
/* Is this the act of a position that says no, "refuses"? */
bool word_is_no(const char *act);
/* Only the answer: "stopped", "not unnamed", "at most 15 days"; the formula when it has several
 * issues. */
const char *word_answer(parley_screen *s, const parley_case *c, const parley_formula *f);

const char *word_value(parley_screen *s, const parley_case *c, int32_t issue, int64_t v,
                       bool label);
/* Value for people in few letters: option id, or number and unit. */
const char *word_value_short(parley_screen *s, const parley_case *c, int32_t issue, int64_t v);

/* Whose share is whose in the short value of a split: " of Upper Lirra/Lower Lirra"; else "". */
const char *word_recipients(parley_screen *s, const parley_case *c, int32_t issue);

const char *word_claim(const parley_case *c, int32_t claim);
/* A figure as it was said: "some 2,000,000", "at least 3", "unknown". */
const char *word_figure(parley_screen *s, const parley_figure *f);
/* What a speaker does with a claim, as a verb: "accepts", "asks for", "is open to". */
const char *word_act(parley_act act);
/*
 * What a claim says, with its verb: "demands arms stopped", "refuses: dictated terms"; conditions,
 * its own or those of the answer that leans on it, stand behind an "if".
 */
const char *word_statement(parley_screen *s, const parley_case *c, int32_t claim);
/* What a party answered: "yes, if: arms stopped (list open)". */
const char *word_response(parley_screen *s, const parley_case *c, const parley_response *r);
/*
 * What a claim is about, where it has a formula; NULL: it has none. A proposal of several parts
 * stands under its name: "Second draft (a; b)", so that a no to it is no no to each.
 */
const char *word_matter(parley_screen *s, const parley_case *c, const parley_claim *claim);
/* What it is about, where it has no formula: the name of a candidate, an incident in words, or the
 * text as typed; "" when nothing is typed. */
const char *word_about(const parley_case *c, const parley_about *about);
/* "on record", "reported", "described: a Western official", "our reading". */
const char *word_basis(parley_basis basis);
const char *word_class(parley_screen *s, const parley_claim *claim);

/* Has anybody put anything to this party, or has it spoken to the matter itself? */
bool word_was_asked(const parley_case *c, int32_t party);
/* What every page of a case begins with: its title, the day it is known on, the notices of law. */
void word_heading(parley_screen *s, const parley_case *c);
/* A paragraph from the first column; what wraps hangs by two. */
void word_plain(parley_screen *s, parley_ink ink, const char *text);
/* The notices of the case's flags, which stand on every page; whole: with what they keep out. */
/* Who raised a flag and why, as a sentence behind a blank; "" when nobody said. */
const char *word_raised(parley_screen *s, const parley_case *c, const parley_flag *flag);
void word_law(parley_screen *s, const parley_case *c, bool whole);
/* "never", "possibly", "necessarily" */
const char *word_verdict(const parley_verdict *v);
/* "always", "sometimes", "never", "nothing left" */
const char *word_holds(const parley_count *with, const parley_count *left);

/* A growing list of strings. */
typedef struct word_list {
    const char *at[256];
    size_t count;
    size_t dropped; /* past 256 */
} word_list;
void word_push(word_list *list, const char *text);
const char *word_join(parley_screen *s, const word_list *list, const char *separator);

#endif
