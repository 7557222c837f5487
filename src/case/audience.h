/*
 * Inside the room "case": a smaller copy while it is being made (audience.c), its numbers
 * (renumber.c), and what is told about it (view.c).
 */
#ifndef PARLEY_CASE_AUDIENCE_H
#define PARLEY_CASE_AUDIENCE_H

#include "case/case_internal.h"
#include <parley/audience.h>

typedef struct projection {
    bind_state *b;
    bool *hidden[SECTION_COUNT];
    bool *late[SECTION_COUNT]; /* hidden because it was learned too late, whatever else hides it */
    parley_date as_of;         /* form UNKNOWN: no bound */
    uint8_t *why[SECTION_COUNT];       /* parley_withheld of each row */
    const char **shown[SECTION_COUNT]; /* id in the copy; NULL before renumbering */
    uint32_t base[SECTION_COUNT + 1];  /* rows of the sections before */
} projection;

/* Edges by the row they lead to, or come from, as lists of their numbers. */
typedef struct lean_lists {
    uint32_t *start; /* by row (base of its section + number): where its list begins */
    uint32_t *edge;
} lean_lists;
bool case_list_leans(projection *p, bool by_origin, lean_lists *out);

/* Give the rows that are left new numbers where they have numbers; the tree is pruned already. */
bool case_renumber(projection *p);

/*
 * carried.c: words that a relay does not let be passed on stop a copy that holds them. False: no
 * memory.
 */
bool case_check_carried(projection *p, parley_view *view);

/* view.c: tell the view, if there is one. The tree is whole when rows are told, and a pair. */
bool case_view_rows(projection *p, parley_view *view);
bool case_view_pair(projection *p, parley_view *view, const case_lean *lean);
/* Of a relay that stops a record: why, in words. */
bool case_view_carried(projection *p, parley_view *view, int section, uint32_t row, uint32_t relay,
                       const char *why);
bool case_view_shown(projection *p, parley_view *view);

#endif
