/*
 * Inside the room "report": what the page "what moved" says, gathered once for text and JSON.
 */
#ifndef PARLEY_REPORT_MOVES_PAGE_H
#define PARLEY_REPORT_MOVES_PAGE_H

#include "report/wording.h"

#include <parley/moves.h>
#include <parley/screens.h>

/* Issues in dispute on two days; arrays by issue of the case. */
typedef struct moves_dispute {
    bool *then;
    bool *now;
    bool *without; /* now, if what is to be confirmed were left out */
} moves_dispute;

typedef struct moves_view {
    parley_ctx *ctx;
    const parley_moves_page *page;
    parley_arena *arena;
    const parley_moves *moves;
    parley_moves *own;   /* the same; NULL: they are somebody else's */
    parley_date then;    /* --since, or the first day known; form UNKNOWN: no day is known */
    moves_dispute all;   /* our readings count */
    moves_dispute words; /* on words alone; `without` is not filled */
    parley_ids confirm;  /* claims to be confirmed, of the moves since then; ascending */
    const char *const *confirm_ids;
    bool one_speaker; /* all of them one unnamed speaker through one origin */
    uint32_t changed; /* issues that left or entered the dispute */
    uint32_t hanging; /* of them, as they were without what is to be confirmed */
} moves_view;

/* moves: derived already, with the page's terms, and kept by the caller; NULL: to be derived. */
parley_status moves_view_make(moves_view *view, parley_ctx *ctx, const parley_moves_page *page,
                              const parley_moves *moves, parley_error *err) PARLEY_MUST_CHECK;
/* The same, with the sheet "line or bargaining". */
parley_status moves_view_make_sheet(moves_view *view, parley_ctx *ctx,
                                    const parley_moves_page *page,
                                    parley_error *err) PARLEY_MUST_CHECK;
void moves_view_end(moves_view *view);
/* Does the page, asked for one party, one issue or a date, show it? */
bool moves_view_shows(const moves_view *view, const parley_move *move);
bool moves_view_shows_demand(const moves_view *view, const parley_demand *demand);

/* ---- moves_sheet.c ---- */

/* "demands disarmed", "open to neutral", "refuses withdrawn"; with the issue when `whole`. */
const char *moves_stand_words(parley_screen *s, const parley_case *c, const parley_stand *stand,
                              bool whole);
/* The sheet "line or bargaining". */
void moves_sheet(parley_screen *s, const moves_view *view);
/* Where another voice of the party says otherwise, or leaves it out; nothing when none does. */
void moves_print_voices(parley_screen *s, const parley_case *c, const parley_demand *d,
                        const char *label);

/* ---- moves.c, moves_json.c ---- */

/* The issues in dispute then and now; and what of it is to be confirmed. */
void moves_print_dispute(parley_screen *s, const moves_view *view);
void moves_print_confirm(parley_screen *s, const moves_view *view);
/* The same as a member `dispute`. */
void moves_json_dispute(parley_json *j, const moves_view *view);

#endif
