/*
 * Gathering the page "what moved": moves and demands from the room "case", the dispute on two days
 * from the room "deal".
 */
#include "report/moves_page.h"

#include <string.h>

static parley_status nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while finding what moved");
}

static bool has(parley_ids ids, int32_t id)
{
    for (uint32_t k = 0; k < ids.count; k++) {
        if (ids.at[k] == id) {
            return true;
        }
    }
    return false;
}

bool moves_view_shows(const moves_view *view, const parley_move *move)
{
    const parley_moves_page *page = view->page;
    return (page->party < 0 || page->party == move->party) &&
           (page->issue < 0 || has(move->issues, page->issue)) &&
           parley_move_since(move, page->since);
}

bool moves_view_shows_demand(const moves_view *view, const parley_demand *demand)
{
    const parley_moves_page *page = view->page;
    return (page->party < 0 || page->party == demand->party) &&
           (page->issue < 0 || has(demand->stand->issues, page->issue));
}

/* ------------------------------------------------------------- what is to confirm */

/* Claims of moves to be confirmed, whoever and whatever the page is about. */
static parley_status find_unconfirmed(moves_view *view, parley_error *err)
{
    const parley_case *c = view->page->c;
    uint32_t claims = parley_case_claims(c);
    bool *marked = parley_arena_array(view->arena, claims, sizeof(*marked));
    int32_t *list = parley_arena_array(view->arena, claims, sizeof(*list));
    const char **ids = parley_arena_array(view->arena, claims, sizeof(*ids));
    uint32_t n = 0;
    if (marked == NULL || list == NULL || ids == NULL) {
        return nomem(err);
    }
    for (uint32_t i = 0; i < parley_moves_size(view->moves); i++) {
        const parley_move *move = parley_moves_at(view->moves, i);
        if (move->to_confirm && move->to->claim >= 0 &&
            parley_move_since(move, view->page->since)) {
            marked[move->to->claim] = true;
        }
    }
    view->one_speaker = true;
    for (uint32_t i = 0; i < claims; i++) {
        if (!marked[i]) {
            continue;
        }
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        const parley_claim *first = n == 0 ? claim : parley_case_claim(c, list[0]);
        int32_t from[2];
        from[0] = claim->chain.count > 0 ? claim->chain.at[claim->chain.count - 1] : claim->source;
        from[1] = first->chain.count > 0 ? first->chain.at[first->chain.count - 1] : first->source;
        const char *who[2] = {claim->speaker_text, first->speaker_text};
        bool unnamed = claim->cls == PARLEY_CLASS_DESCRIBED || claim->cls == PARLEY_CLASS_BARE;
        view->one_speaker =
            view->one_speaker && unnamed && claim->cls == first->cls && from[0] == from[1] &&
            (who[0] == NULL || who[1] == NULL ? who[0] == who[1] : strcmp(who[0], who[1]) == 0);
        list[n] = (int32_t)i;
        ids[n++] = claim->record.id;
    }
    view->confirm = (parley_ids){list, n};
    view->confirm_ids = ids;
    return PARLEY_OK;
}

/* ------------------------------------------------------------------- the dispute */

static parley_status dispute_at(moves_view *view, const parley_terms_options *terms, bool *all,
                                bool *words, parley_error *err)
{
    parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
    parley_deal *deal = NULL;
    options.all_tracks = true;
    options.terms = *terms;
    parley_status status = parley_deal_new(&deal, view->ctx, view->page->c, &options, err);
    if (status == PARLEY_OK) {
        status = parley_deal_dispute(deal, PARLEY_RUNG_READINGS, all, err);
    }
    if (status == PARLEY_OK && words != NULL) {
        status = parley_deal_dispute(deal, PARLEY_RUNG_REPORTED, words, err);
    }
    parley_deal_free(deal);
    return status;
}

static parley_status find_disputes(moves_view *view, parley_error *err)
{
    uint32_t issues = parley_case_issues(view->page->c);
    const parley_terms_options *asked = &view->page->terms;
    bool **const all[] = {&view->all.then,   &view->all.now,   &view->all.without,
                          &view->words.then, &view->words.now, &view->words.without};
    for (size_t k = 0; k < sizeof(all) / sizeof(all[0]); k++) {
        *all[k] = parley_arena_array(view->arena, issues, sizeof(**all[k]));
        if (*all[k] == NULL) {
            return nomem(err);
        }
    }
    parley_status status = dispute_at(view, asked, view->all.now, view->words.now, err);
    parley_terms_options options = *asked;
    if (status == PARLEY_OK && view->then.form != PARLEY_DATE_UNKNOWN) {
        options.at = view->then;
        if (asked->at.form != PARLEY_DATE_UNKNOWN && asked->at.last < options.at.last) {
            options.at = asked->at; /* nothing later than what was asked for */
        }
        status = dispute_at(view, &options, view->all.then, view->words.then, err);
    }
    uint32_t n = asked->without_count;
    const char **without =
        parley_arena_array(view->arena, (size_t)n + view->confirm.count, sizeof(*without));
    if (without == NULL) {
        return status == PARLEY_OK ? nomem(err) : status;
    }
    for (uint32_t k = 0; k < n; k++) {
        without[k] = asked->without[k];
    }
    for (uint32_t k = 0; k < view->confirm.count; k++) {
        without[n + k] = view->confirm_ids[k];
    }
    if (status == PARLEY_OK) {
        options = *asked;
        options.without = without;
        options.without_count = n + view->confirm.count;
        status = dispute_at(view, &options, view->all.without, NULL, err);
    }
    for (uint32_t i = 0; i < issues; i++) {
        bool moved =
            view->then.form != PARLEY_DATE_UNKNOWN && view->all.then[i] != view->all.now[i];
        view->changed += moved;
        view->hanging += moved && view->all.without[i] == view->all.then[i];
    }
    return status;
}

parley_status moves_view_make(moves_view *view, parley_ctx *ctx, const parley_moves_page *page,
                              const parley_moves *moves, parley_error *err)
{
    *view = (moves_view){.ctx = ctx, .page = page, .arena = parley_arena_new(ctx), .moves = moves};
    parley_status status = view->arena == NULL ? nomem(err) : PARLEY_OK;
    if (status == PARLEY_OK && moves == NULL) {
        status = parley_moves_derive(&view->own, ctx, page->c, &page->terms, err);
        view->moves = view->own;
    }
    if (status == PARLEY_OK) {
        view->then = page->since;
        if (page->since.form == PARLEY_DATE_UNKNOWN) {
            view->then = parley_moves_first_day(view->moves);
        } else if (page->since.first != INT32_MIN) {
            view->then.last = page->since.first; /* a month begins on its first day */
        }
        status = find_unconfirmed(view, err);
    }
    if (status == PARLEY_OK) {
        status = find_disputes(view, err);
    }
    if (status != PARLEY_OK) {
        moves_view_end(view);
    }
    return status;
}

parley_status moves_view_make_sheet(moves_view *view, parley_ctx *ctx,
                                    const parley_moves_page *page, parley_error *err)
{
    parley_status status = moves_view_make(view, ctx, page, NULL, err);
    if (status == PARLEY_OK) {
        status = parley_moves_find_demands(view->own, err);
        if (status != PARLEY_OK) {
            moves_view_end(view);
        }
    }
    return status;
}

void moves_view_end(moves_view *view)
{
    parley_moves_free(view->own);
    parley_arena_free(view->arena);
    view->own = NULL;
    view->moves = NULL;
    view->arena = NULL;
}
