/*
 * Inside the room "deal": the two compilations of the search (numbers_search.inc.h).
 */
#ifndef PARLEY_DEAL_NUMBERS_SEARCH_H
#define PARLEY_DEAL_NUMBERS_SEARCH_H

#include "deal/numbers_internal.h"

parley_status search_64(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                        const nm_limits *limits, bool count, nm_frontier *out, parley_error *err);
parley_status search_128(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                         const nm_limits *limits, bool count, nm_frontier *out, parley_error *err);

#endif
