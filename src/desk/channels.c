/*
 * Who reaches whom: channels as typed, and the shortest path of those that work. Words only: no
 * access score.
 */
#include <parley/desk.h>

#include <string.h>

static bool joins(const parley_channel *ch, int32_t a, int32_t b)
{
    return (ch->from.party == a && ch->to.party == b) || (ch->from.party == b && ch->to.party == a);
}

static parley_reach quality(const parley_channel *ch)
{
    if (ch->quality == NULL || strcmp(ch->quality, "unknown") == 0) {
        return PARLEY_REACH_UNKNOWN;
    }
    return strcmp(ch->quality, "none") == 0 ? PARLEY_REACH_NONE : PARLEY_REACH_WORKS;
}

parley_reach parley_channels_reach(const parley_case *c, int32_t from, int32_t to)
{
    parley_reach best = PARLEY_REACH_UNKNOWN;
    for (uint32_t i = 0; i < parley_case_channels(c); i++) {
        const parley_channel *ch = parley_case_channel(c, (int32_t)i);
        if (from >= 0 && to >= 0 && joins(ch, from, to)) {
            parley_reach own = quality(ch);
            if (own == PARLEY_REACH_WORKS) {
                return own;
            }
            best = own == PARLEY_REACH_NONE ? own : best;
        }
    }
    return best;
}

parley_status parley_channels_path(int32_t *path, uint32_t *count, parley_ctx *ctx,
                                   const parley_case *c, int32_t from, int32_t to,
                                   parley_error *err)
{
    const uint32_t n = parley_case_parties(c);
    const size_t size = ((size_t)n + 1) * 2 * sizeof(int32_t);
    *count = 0;
    int32_t *before = parley_alloc(ctx, size);
    if (before == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while looking for a channel");
    }
    int32_t *queue = before + n + 1;
    uint32_t head = 0;
    uint32_t tail = 0;
    for (uint32_t p = 0; p < n; p++) {
        before[p] = -2;
    }
    /* from the far end, so that the path reads forward */
    before[to] = -1;
    queue[tail++] = to;
    while (head < tail && before[from] == -2) {
        int32_t at = queue[head++];
        for (uint32_t p = 0; p < n; p++) {
            if (before[p] == -2 && parley_channels_reach(c, at, (int32_t)p) == PARLEY_REACH_WORKS) {
                before[p] = at;
                queue[tail++] = (int32_t)p;
            }
        }
    }
    for (int32_t at = from; before[from] != -2 && at >= 0; at = before[at]) {
        path[(*count)++] = at;
    }
    parley_release(ctx, before, size);
    return PARLEY_OK;
}
