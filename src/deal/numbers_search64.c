/*
 * The search of numbers_search.inc.h with 64-bit numbers, and the choice between the two.
 */
#define NM_SEARCH_NUM int64_t
#define NM_SEARCH_NAME search_64
#include "deal/numbers_search.inc.h"

/* Everything a party can have, with what it must have and its cap, fits with room to spare. */
static bool fits_64(const nm_model *m)
{
    nm_unum most = nm_reach(m);
    for (uint32_t i = 0; i < m->k; i++) {
        nm_num without = m->without[i];
        nm_num cap = m->capped[i] ? m->cap[i] : 0;
        nm_unum a = (nm_unum)(without < 0 ? -without : without);
        nm_unum b = (nm_unum)(cap < 0 ? -cap : cap);
        most = a > most ? a : most;
        most = b > most ? b : most;
    }
    return most >> 60 == 0;
}

parley_status nm_search_frontier(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                                 const nm_limits *limits, bool count, nm_frontier *out,
                                 parley_error *err)
{
    return (fits_64(view->m) ? search_64 : search_128)(ctx, arena, view, limits, count, out, err);
}
