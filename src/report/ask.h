/*
 * Inside the room "report": questions to sound out and their answers in words.
 */
#ifndef PARLEY_REPORT_ASK_H
#define PARLEY_REPORT_ASK_H

#include <parley/screens.h>
#include <parley/soundings.h>

/* "could it live with arms limited, if duration at most 15 days?", without the party's name. */
const char *ask_question(parley_screen *s, const parley_case *c, const parley_terms *terms,
                         const parley_sounding *q);
/* What it rests on: "m1, never put", "c3", "b5 b6, unnamed: an official". */
const char *ask_rests_on(parley_screen *s, const parley_case *c, const parley_terms *terms,
                         const parley_sounding *q);
/* What an answer would change, in one line. */
const char *ask_answer(parley_screen *s, const parley_case *c, const parley_terms *terms,
                       const parley_outcome *now, const parley_sounding *q,
                       const parley_sounding_answer *a);
/* The questions of a page. */
parley_status ask_gather(parley_soundings **out, parley_ctx *ctx, const parley_ask_page *page,
                         parley_error *err);

/* One question with its answers, an object; `text` is cleared and written to. */
void ask_json_question(parley_json *j, const parley_case *c, const parley_terms *terms,
                       const parley_sounding *q, parley_text *text);

#endif
