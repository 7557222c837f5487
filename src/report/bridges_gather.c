/*
 * Bridges for a page: the first ones with their softer forms, then how many there are.
 */
#include "report/bridges_page.h"

#include <string.h>

#define SHOWN 10
#define PACKAGES 3

typedef struct gather_state {
    bridge_list *out;
    parley_arena *arena;
    parley_ctx *ctx;
    uint32_t most; /* kept */
    uint32_t skip; /* passed over */
    uint32_t seen;
    uint32_t room;
    bool failed;
} gather_state;

bool bridges_moves(const parley_change *change)
{
    return change->kind == PARLEY_CHANGE_GIVE_WAY || change->kind == PARLEY_CHANGE_CONSENT;
}

static const void *copy(gather_state *s, const void *from, size_t n, size_t size)
{
    void *to = parley_arena_array(s->arena, n + 1, size);
    s->failed = s->failed || to == NULL;
    if (to != NULL && n > 0) {
        memcpy(to, from, n * size);
    }
    return to;
}

/* Copies of all that a bridge points at. */
static void keep_parts(gather_state *s, parley_bridge *b)
{
    b->change = copy(s, b->change, b->changes, sizeof(*b->change));
    b->movers.at = copy(s, b->movers.at, b->movers.count, sizeof(int32_t));
    b->consents.at = copy(s, b->consents.at, b->consents.count, sizeof(int32_t));
    parley_bridge_softer *softer =
        (parley_bridge_softer *)(uintptr_t)copy(s, b->softer, b->softer_count, sizeof(*b->softer));
    for (uint32_t i = 0; !s->failed && i < b->softer_count; i++) {
        softer[i].change = copy(s, softer[i].change, b->changes, sizeof(*b->change));
    }
    b->softer = softer;
    parley_bridge_open *open =
        (parley_bridge_open *)(uintptr_t)copy(s, b->open, b->open_count, sizeof(*b->open));
    for (uint32_t i = 0; !s->failed && i < b->open_count; i++) {
        open[i].value = copy(s, open[i].value, open[i].count, sizeof(*open[i].value));
    }
    b->open = open;
    parley_package *package =
        (parley_package *)(uintptr_t)copy(s, b->package, b->packages, sizeof(*b->package));
    for (uint32_t i = 0; !s->failed && i < b->packages; i++) {
        package[i].value = copy(s, package[i].value, package[i].count, sizeof(int64_t));
    }
    b->package = package;
}

static bool keep(void *user, const parley_bridge *bridge)
{
    gather_state *s = user;
    bridge_list *out = s->out;
    s->seen++;
    parley_ctx_progress(s->ctx, "looking for bridges", s->seen, 0);
    out->none_needed = bridge->changes == 0;
    if (s->seen <= s->skip) {
        return true;
    }
    if (out->count == s->room) {
        uint32_t room = s->room == 0 ? 16 : s->room * 2;
        parley_bridge *grown =
            parley_arena_grow(s->arena, out->at, s->room * sizeof(*grown), room * sizeof(*grown));
        if (grown == NULL) {
            s->failed = true;
            return false;
        }
        out->at = grown;
        s->room = room;
    }
    out->at[out->count] = *bridge;
    keep_parts(s, &out->at[out->count++]);
    return !s->failed && out->count < s->most;
}

static bool count_one(void *user, const parley_bridge *bridge)
{
    gather_state *s = user;
    (void)bridge;
    s->seen++;
    return s->seen < s->most;
}

/* How many there are: looked for once more, without what costs time, up to the limit `clashes`. */
static parley_status count_all(bridge_list *out, parley_ctx *ctx, parley_deal *deal,
                               const parley_bridges_options *options, parley_error *err)
{
    parley_bridges_options quick = *options;
    gather_state s = {.most = parley_ctx_limits(ctx)->clashes};
    quick.softer = 0;
    quick.packages = 0;
    parley_status status = parley_deal_bridges(deal, &quick, count_one, &s, err);
    out->complete = status == PARLEY_OK && s.seen < s.most;
    out->known = s.seen > out->known ? s.seen : out->known;
    return status;
}

parley_status bridges_gather(bridge_list *out, parley_arena *arena, parley_ctx *ctx,
                             const parley_bridges_page *page, parley_error *err)
{
    parley_deal *deal = page->deal;
    int dies = parley_deal_dies_at(deal);
    parley_bridges_options options = PARLEY_BRIDGES_OPTIONS_INIT;
    gather_state s = {.out = out, .arena = arena, .ctx = ctx};
    *out = (bridge_list){.first = 1, .complete = true};
    out->counted = parley_deal_issues(deal).count > 0;
    out->rung = page->rung >= 0 ? (parley_rung)page->rung
                : dies >= 0     ? (parley_rung)dies
                                : parley_deal_up_to(deal);
    if (!out->counted) {
        return PARLEY_OK;
    }
    options.rung = (int)out->rung;
    options.party = page->party;
    options.no_readings = page->no_readings;
    if (page->bridge > 0) {
        out->first = page->bridge;
        s.skip = page->bridge - 1;
        s.most = 1;
        options.packages = PACKAGES;
        options.softer = 32;
    } else {
        s.most = page->all ? parley_ctx_limits(ctx)->clashes : page->most == 0 ? SHOWN : page->most;
    }
    parley_status status = parley_deal_bridges(deal, &options, keep, &s, err);
    if (s.failed) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while gathering bridges");
    }
    out->known = s.seen;
    if (status == PARLEY_OK && out->count == s.most && !out->none_needed) {
        status = count_all(out, ctx, deal, &options, err);
    }
    if (status == PARLEY_LIMIT) {
        out->complete = false;
        parley_error_clear(err);
        status = PARLEY_OK;
    }
    if (status == PARLEY_OK && page->bridge > 0 && out->count == 0 && !out->none_needed) {
        status = parley_fail(err, PARLEY_NOTFOUND, "there is no bridge %u: %s %u", page->bridge,
                             out->complete ? "there are" : "no more were found than", out->known);
    }
    return status;
}
