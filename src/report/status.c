/*
 * Gathering the status page: what is on the table and who answered how, where it dies, what moved.
 */
#include "report/status_page.h"

#include <string.h>

#define CLASHES_MOST 200
#define ANALYSES_MOST 100

static parley_status nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while making the status page");
}

/* ----------------------------------------------------------------- the table */

static bool superseded(const parley_case *c, int32_t proposal)
{
    for (uint32_t i = 0; i < parley_case_proposals(c); i++) {
        if (parley_case_proposal(c, (int32_t)i)->replaces == proposal) {
            return true;
        }
    }
    return false;
}

/* The latest answer of a party to a proposal, or -1. */
static int32_t answer_of(const parley_case *c, int32_t party, int32_t proposal)
{
    int32_t found = -1;
    for (uint32_t i = 0; i < parley_case_responses(c); i++) {
        const parley_response *r = parley_case_response(c, (int32_t)i);
        if (r->by.party == party && r->proposal == proposal &&
            (found < 0 || parley_date_compare(parley_case_response(c, found)->record.happened,
                                              r->record.happened) <= 0)) {
            found = (int32_t)i;
        }
    }
    return found;
}

/* Parties whose answer is worth a line: who must agree, who is affected, who answered. */
static bool has_line(const parley_status_page *page, int32_t party, int32_t proposal)
{
    const parley_party *row = parley_case_party(page->c, party);
    const parley_proposal *p = parley_case_proposal(page->c, proposal);
    if (answer_of(page->c, party, proposal) >= 0) {
        return true;
    }
    if (p->tabled_by.party == party) {
        return false;
    }
    uint32_t wanted = 1u << PARLEY_ROLE_PRINCIPAL | 1u << PARLEY_ROLE_AFFECTED;
    parley_ids must = parley_deal_must_agree(page->deal);
    bool yes = (row->roles & wanted) != 0;
    for (uint32_t k = 0; k < must.count; k++) {
        yes = yes || must.at[k] == party;
    }
    return yes;
}

static parley_status gather_proposals(parley_status_page *page, parley_error *err)
{
    const parley_case *c = page->c;
    uint32_t parties = parley_case_parties(c);
    page->proposal =
        parley_arena_array(page->arena, parley_case_proposals(c), sizeof(*page->proposal));
    if (page->proposal == NULL) {
        return nomem(err);
    }
    for (uint32_t i = 0; i < parley_case_proposals(c); i++) {
        if (superseded(c, (int32_t)i)) {
            continue;
        }
        status_proposal *p = &page->proposal[page->proposals++];
        p->proposal = (int32_t)i;
        p->answer = parley_arena_array(page->arena, parties, sizeof(*p->answer));
        if (p->answer == NULL) {
            return nomem(err);
        }
        /* principals first, then those who answered, then the rest */
        for (int pass = 0; pass < 3; pass++) {
            for (uint32_t k = 0; k < parties; k++) {
                int32_t response = answer_of(c, (int32_t)k, (int32_t)i);
                bool principal =
                    (parley_case_party(c, (int32_t)k)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
                int when = principal ? 0 : response >= 0 ? 1 : 2;
                if (when == pass && has_line(page, (int32_t)k, (int32_t)i)) {
                    p->answer[p->answers++] = (status_answer){(int32_t)k, response};
                }
            }
        }
    }
    return PARLEY_OK;
}

bool status_is_worth_saying(const parley_position *p)
{
    if (p->reading >= 0) {
        return false;
    }
    if (p->issue >= 0) {
        return p->binds || strcmp(p->act, "open to") == 0 || strcmp(p->act, "offers") == 0 ||
               strcmp(p->act, "promises") == 0;
    }
    return strcmp(p->act, "refuses") == 0 || strcmp(p->act, "demands") == 0 ||
           strcmp(p->act, "accepts") == 0;
}

/* Statements about several issues stand in several cells: only the first of them is a line. */
static bool first_cell(const parley_position *p, uint64_t *bits, size_t words)
{
    if (p->formula == NULL) {
        return true;
    }
    memset(bits, 0, words * sizeof(*bits));
    parley_formula_issues(p->formula, bits, words);
    for (size_t w = 0; w < words; w++) {
        if (bits[w] != 0) {
            return (int32_t)(w * 64) + __builtin_ctzll(bits[w]) == p->issue;
        }
    }
    return true;
}

/* Which positions are a line of their own: not a repetition, and not said by the entry before. */
static parley_status gather_own(parley_status_page *page, parley_error *err)
{
    uint32_t count = parley_positions_size(page->positions);
    size_t words = (size_t)parley_case_issues(page->c) / 64 + 1;
    uint64_t *bits = parley_arena_array(page->arena, words, sizeof(*bits));
    page->own = parley_arena_array(page->arena, count, sizeof(bool));
    if (page->own == NULL || bits == NULL) {
        return nomem(err);
    }
    for (uint32_t i = 0; i < count; i++) {
        const parley_position *p = parley_positions_at(page->positions, i);
        bool repeats = p->claim >= 0 && parley_case_claim(page->c, p->claim)->repeats.count > 0;
        bool before = false;
        /* what one claim and its answer say stands together in a cell */
        for (uint32_t k = i; k > 0 && i - k < 16 && !before; k--) {
            const parley_position *q = parley_positions_at(page->positions, k - 1);
            before = q->party == p->party && q->issue == p->issue && q->claim == p->claim &&
                     strcmp(q->text, p->text) == 0;
        }
        page->own[i] = !repeats && !before && first_cell(p, bits, words);
    }
    return PARLEY_OK;
}

bool status_said(const parley_status_page *page, uint32_t position, int32_t response)
{
    const parley_position *p = parley_positions_at(page->positions, position);
    return !page->own[position] || (response >= 0 && p->claim >= 0 &&
                                    p->claim == parley_case_response(page->c, response)->claim);
}

bool status_known(const parley_status_page *page, int32_t party, int32_t issue)
{
    for (uint32_t i = 0; i < parley_positions_size(page->positions); i++) {
        const parley_position *p = parley_positions_at(page->positions, i);
        if (p->party == party && p->issue == issue && p->reading < 0) {
            return true;
        }
    }
    return false;
}

/* ------------------------------------------------------------- where it dies */

static void fill_group(status_group *group, const parley_deal *d)
{
    group->tracks = parley_deal_tracks(d);
    group->issues = parley_deal_issues(d).count;
    group->dies_at = parley_deal_dies_at(d);
    group->last = parley_deal_last(d);
    group->left = parley_count_of(0);
    if (group->last >= 0) {
        group->left = parley_deal_rung(d, (parley_rung)group->last)->left;
    }
}

/* The main group, and each other track on the table by itself. */
static parley_status gather_groups(parley_status_page *page, parley_error *err)
{
    parley_ids other = parley_deal_other_tracks(page->deal);
    page->group = parley_arena_array(page->arena, (size_t)other.count + 1, sizeof(*page->group));
    if (page->group == NULL) {
        return nomem(err);
    }
    fill_group(&page->group[page->groups++], page->deal);
    for (uint32_t k = 0; k < other.count; k++) {
        parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
        parley_deal *deal = NULL;
        options.tracks = &other.at[k];
        options.track_count = 1;
        parley_status status = parley_deal_new(&deal, page->ctx, page->c, &options, err);
        if (status != PARLEY_OK) {
            return status;
        }
        fill_group(&page->group[page->groups], deal);
        page->group[page->groups].tracks = (parley_ids){&other.at[k], 1};
        page->groups += parley_deal_issues(deal).count > 0;
        parley_deal_free(deal);
    }
    return PARLEY_OK;
}

static parley_status gather_clashes(parley_status_page *page, parley_error *err)
{
    if (parley_deal_dies_at(page->deal) < 0 || parley_deal_issues(page->deal).count == 0) {
        page->sticking.complete = true;
        return PARLEY_OK;
    }
    return sticking_gather(&page->sticking, page->deal, page->c, page->arena, PARLEY_RUNG_READINGS,
                           CLASHES_MOST, err);
}

/* What to sound out first. Cut short, nothing is said rather than something wrong. */
static parley_status gather_soundings(parley_status_page *page, parley_error *err)
{
    parley_soundings_options options = PARLEY_SOUNDINGS_OPTIONS_INIT;
    options.most = 1;
    options.analyses = ANALYSES_MOST;
    if (!page->sticking.complete) {
        return PARLEY_OK;
    }
    parley_status status =
        parley_soundings_new(&page->soundings, page->ctx, page->c, page->deal, NULL, &options, err);
    if (status == PARLEY_LIMIT) {
        parley_error_clear(err);
        return PARLEY_OK;
    }
    if (status == PARLEY_OK && parley_soundings_cut(page->soundings)) {
        parley_soundings_free(page->soundings);
        page->soundings = NULL;
    }
    return status;
}

/* ------------------------------------------------------------------ what moved */

/* The earliest exact first day on which a party said something or we read something. */
static parley_date earliest(const parley_case *c)
{
    parley_date best = PARLEY_DATE_INIT;
    for (uint32_t i = 0; i < parley_case_claims(c) + parley_case_readings(c); i++) {
        bool claim = i < parley_case_claims(c);
        const parley_claim *row = claim ? parley_case_claim(c, (int32_t)i) : NULL;
        parley_date d = claim ? row->record.happened
                              : parley_case_reading(c, (int32_t)i - (int32_t)parley_case_claims(c))
                                    ->record.happened;
        bool binds = !claim || row->act == PARLEY_ACT_DEMAND || row->act == PARLEY_ACT_REQUEST ||
                     row->act == PARLEY_ACT_REJECT || row->act == PARLEY_ACT_ACCEPT;
        if (binds && d.form == PARLEY_DATE_DAY && d.side == PARLEY_DATE_ON &&
            (best.form == PARLEY_DATE_UNKNOWN || d.first < best.first)) {
            best = d;
        }
    }
    return best;
}

static parley_status dispute_at(parley_status_page *page, const parley_terms_options *terms,
                                bool *out, parley_error *err)
{
    parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
    parley_deal *deal = NULL;
    options.all_tracks = true;
    options.terms = *terms;
    parley_status status = parley_deal_new(&deal, page->ctx, page->c, &options, err);
    if (status == PARLEY_OK) {
        status = parley_deal_dispute(deal, PARLEY_RUNG_READINGS, out, err);
    }
    parley_deal_free(deal);
    return status;
}

bool status_to_confirm(const parley_moves *moves, const parley_shift *shift)
{
    for (uint32_t i = 0; i < parley_moves_size(moves); i++) {
        const parley_move *move = parley_moves_at(moves, i);
        bool same = move->said && move->party == shift->party && move->to->claim == shift->later;
        bool earlier = false;
        bool issue = shift->issue < 0;
        for (uint32_t k = 0; same && k < move->earlier.count; k++) {
            earlier = earlier || move->earlier.at[k] == shift->earlier;
        }
        for (uint32_t k = 0; same && k < move->issues.count; k++) {
            issue = issue || move->issues.at[k] == shift->issue;
        }
        if (earlier && issue) {
            return move->to_confirm;
        }
    }
    return shift->to_confirm; /* of something that nobody holds */
}

bool status_told_already(const parley_terms *terms, uint32_t i)
{
    const parley_shift *shift = parley_terms_shift(terms, i);
    for (uint32_t k = i > 64 ? i - 64 : 0; k < i; k++) {
        const parley_shift *before = parley_terms_shift(terms, k);
        if (before->later == shift->later && before->issue == shift->issue) {
            return true;
        }
    }
    return false;
}

const char *status_shift_ids(parley_screen *s, const parley_case *c, const parley_terms *terms,
                             const parley_moves *moves, uint32_t i)
{
    const parley_shift *shift = parley_terms_shift(terms, i);
    word_list earlier = {.count = 0};
    bool confirm = false;
    for (uint32_t k = i; k < parley_terms_shifts(terms) && k < i + 64; k++) {
        const parley_shift *other = parley_terms_shift(terms, k);
        if (other->later == shift->later && other->issue == shift->issue) {
            word_push(&earlier, word_claim(c, other->earlier));
            confirm = confirm || status_to_confirm(moves, other);
        }
    }
    return parley_screen_format(s, "%s > %s%s", word_join(s, &earlier, " "),
                                word_claim(c, shift->later), confirm ? ", to confirm" : "");
}

static parley_status gather_dispute(parley_status_page *page, parley_error *err)
{
    const parley_case *c = page->c;
    const parley_terms *terms = parley_deal_terms(page->deal);
    uint32_t issues = parley_case_issues(c);
    uint32_t shifts = parley_terms_shifts(terms);
    page->dispute_first = parley_arena_array(page->arena, issues, sizeof(bool));
    page->dispute_now = parley_arena_array(page->arena, issues, sizeof(bool));
    page->dispute_shaky = parley_arena_array(page->arena, issues, sizeof(bool));
    const char **without = parley_arena_array(page->arena, shifts, sizeof(*without));
    if (page->dispute_first == NULL || page->dispute_now == NULL || page->dispute_shaky == NULL ||
        without == NULL) {
        return nomem(err);
    }
    parley_terms_options options = PARLEY_TERMS_OPTIONS_INIT;
    parley_status status = dispute_at(page, &options, page->dispute_now, err);
    page->first_date = earliest(c);
    if (status == PARLEY_OK && page->first_date.form != PARLEY_DATE_UNKNOWN) {
        options.at = page->first_date;
        status = dispute_at(page, &options, page->dispute_first, err);
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < shifts; i++) {
        const parley_shift *shift = parley_terms_shift(terms, i);
        if (status_to_confirm(page->moves, shift)) {
            without[count++] = parley_case_claim(c, shift->later)->record.id;
        }
    }
    if (status == PARLEY_OK && count > 0) {
        options = (parley_terms_options)PARLEY_TERMS_OPTIONS_INIT;
        options.without = without;
        options.without_count = count;
        status = dispute_at(page, &options, page->dispute_shaky, err);
    }
    for (uint32_t i = 0; i < issues; i++) {
        page->dispute_shaky[i] = page->dispute_shaky[i] && !page->dispute_now[i];
    }
    return status;
}

static parley_status count_sources(parley_status_page *page, parley_error *err)
{
    const parley_case *c = page->c;
    bool *original = parley_arena_array(page->arena, parley_case_sources(c), sizeof(*original));
    if (original == NULL) {
        return nomem(err);
    }
    for (uint32_t i = 0; i < parley_case_claims(c); i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        bool voice = claim->by.count > 0 && claim->by.at[0].source >= 0;
        int32_t from =
            claim->chain.count > 0 ? claim->chain.at[claim->chain.count - 1] : claim->source;
        if (voice) {
            continue; /* a source in its own voice is no report of what a party said */
        }
        if (from >= 0) {
            original[from] = true;
        }
        if (parley_class_on_record(claim->cls)) {
            page->on_record++;
        } else {
            page->reported++;
        }
    }
    for (uint32_t i = 0; i < parley_case_sources(c); i++) {
        page->originals += original[i];
    }
    return PARLEY_OK;
}

parley_status status_page_make(parley_status_page **out, parley_ctx *ctx, const parley_case *c,
                               const char *path, status_extent extent, parley_error *err)
{
    *out = NULL;
    parley_status_page *page = parley_alloc(ctx, sizeof(*page));
    if (page == NULL) {
        return nomem(err);
    }
    page->ctx = ctx;
    page->c = c;
    page->path = path;
    page->arena = parley_arena_new(ctx);
    parley_status status = page->arena == NULL ? nomem(err) : PARLEY_OK;
    if (status == PARLEY_OK) {
        status = parley_deal_new(&page->deal, ctx, c, NULL, err);
    }
    parley_scope scope = PARLEY_SCOPE_INIT;
    scope.party = extent.party;
    if (status == PARLEY_OK) {
        scope.terms = parley_deal_terms(page->deal);
        status = parley_positions_derive_in(&page->positions, ctx, c, &scope, err);
    }
    if (status == PARLEY_OK) {
        status = parley_moves_derive_in(&page->moves, ctx, c, &scope, err);
    }
    parley_status (*const parts[])(parley_status_page *, parley_error *) = {
        gather_proposals,     gather_own, /* and of the whole page: */
        status_gather_spoken, gather_groups,    gather_clashes,
        gather_dispute,       gather_soundings, count_sources};
    size_t most = extent.whole ? sizeof(parts) / sizeof(parts[0]) : 2;
    for (size_t k = 0; k < most && status == PARLEY_OK; k++) {
        status = parts[k](page, err);
    }
    if (status != PARLEY_OK) {
        parley_status_page_free(page);
        return status;
    }
    *out = page;
    return PARLEY_OK;
}

parley_status parley_status_page_new(parley_status_page **out, parley_ctx *ctx,
                                     const parley_case *c, const char *path, parley_error *err)
{
    return status_page_make(out, ctx, c, path, (status_extent){true, -1}, err);
}

void parley_status_page_free(parley_status_page *page)
{
    if (page != NULL) {
        parley_soundings_free(page->soundings);
        parley_positions_free(page->positions);
        parley_moves_free(page->moves);
        parley_deal_free(page->deal); /* its terms are what positions and moves lean on */
        parley_arena_free(page->arena);
        parley_release(page->ctx, page, sizeof(*page));
    }
}
