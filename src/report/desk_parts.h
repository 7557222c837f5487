/*
 * Inside the room "report": what the pages of the mediator's desk share.
 */
#ifndef PARLEY_REPORT_DESK_PARTS_H
#define PARLEY_REPORT_DESK_PARTS_H

#include "report/sheet.h"

#include <parley/candidates.h>
#include <parley/report.h>

bool desk_has_role(const parley_case *c, int32_t party, parley_role role);

/* "on record, 3 Mar, b4"; "our reading n3"; "reported, b16". */
const char *desk_basis(parley_screen *s, const parley_case *c, const parley_stance *stance);

/* What is said of something, one line an aspect: words, and who says so. Ours in brackets. */
void desk_aspects(parley_screen *s, const parley_case *c, const parley_aspect *aspects,
                  uint32_t count);
void json_aspects(parley_json *j, const parley_case *c, const parley_aspect *aspects,
                  uint32_t count);

/* Who says what an aspect says: "on record c4", "reported c4", "our reading", "nobody named". */
const char *desk_who_says(parley_screen *s, const parley_case *c, int32_t claim, bool ours);

/*
 * The own interest of every mediator whose words stand on a paper (speaks[party]), as a footnote:
 * its concerns, what is said of it as a candidate, the levers it holds. One of whom none is known
 * gets a line that says so. Adds a section to the sheet, or nothing.
 */
void desk_interests(sheet *sh, parley_screen *s, const parley_case *c, const bool *speaks);
/* Does the party mediate, or is it a candidate for it? */
bool desk_mediates(const parley_case *c, int32_t party);

/* Parties that are affected, or whose consent is needed, and are away from the talks. */
uint32_t desk_absent(const parley_case *c, int32_t *party, uint32_t room);

/* Claims about each incident, in order of the file: of incident i `first[i]`, after claim k
 * `next[k]`; -1: none. Rival accounts, never added up. False: no memory. O(claims). */
typedef struct desk_accounts {
    int32_t *first;
    int32_t *next;
} desk_accounts;
bool desk_accounts_make(desk_accounts *out, parley_arena *arena, const parley_case *c);
/* The meeting nearest to it within three days, or -1; days: how many after it; about: not sure. */
int32_t desk_near_talks(const parley_case *c, int32_t incident, int32_t *days, bool *about);

#endif
