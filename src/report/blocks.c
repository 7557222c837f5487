/*
 * The page of `parley blocks`: sticking points, grouped by what they rest on, each term with its
 * firmness, its day and its claims; words that fit no formula stand beside them.
 */
#include "report/json_parts.h"
#include "report/report_internal.h"
#include "report/sticking.h"
#include "report/wording.h"

#include <string.h>

#include <parley/screens.h>

#define SHOWN 20

static const char *const heads[] = {"", "ON RECORD", "REPORTED ONLY", "ON OUR READING"};

static const char *standing(parley_screen *s, const parley_case *c, const parley_term *term)
{
    static const char *const firm[] = {
        "said", "aspiration", "ask", "position", "condition", "red line", "red line, tested"};
    if (term->basis == PARLEY_BASIS_READING) {
        const parley_reading *r = parley_case_reading(c, term->readings.at[0]);
        return r->from.count == 0 ? "our reading, no claim" : "our reading";
    }
    const char *how = term->basis == PARLEY_BASIS_REPORTED ? "reported only"
                      : term->mode == PARLEY_MODE_ACCEPTS  ? "accepted"
                                                           : firm[term->firmness];
    return term->date.form == PARLEY_DATE_UNKNOWN
               ? how
               : parley_screen_format(s, "%s, %s", how, word_date(s, c, term->date));
}

static const char *ids_of(parley_screen *s, const parley_case *c, const parley_term *term)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < term->support.count; k++) {
        word_push(&list, word_claim(c, term->support.at[k]));
    }
    for (uint32_t k = 0; k < term->readings.count; k++) {
        word_push(&list, parley_case_reading(c, term->readings.at[k])->record.id);
    }
    return word_join(s, &list, " ");
}

/* Refusals and demands of a party that fit no formula. */
static void in_words(parley_screen *s, const parley_case *c, const parley_positions *positions)
{
    for (uint32_t i = 0; i < parley_positions_size(positions); i++) {
        const parley_position *p = parley_positions_at(positions, i);
        bool hard = strcmp(p->act, "refuses") == 0 || strcmp(p->act, "demands") == 0;
        if (p->issue < 0 && p->reading < 0 && hard) {
            parley_screen_label(s, "  as words");
            parley_screen_add(s, PARLEY_INK_PARTY, word_party(c, p->party));
            parley_screen_addf(s, PARLEY_INK_PLAIN, ", %s: %s (%s, fits no formula)",
                               word_date(s, c, p->date), p->text, word_claim(c, p->claim));
            parley_screen_end(s);
        }
    }
}

static void print_sets(parley_screen *s, const parley_blocks_page *page,
                       const sticking_points *points, parley_basis basis, uint32_t most)
{
    const parley_case *c = page->c;
    const parley_terms *terms = parley_deal_terms(page->deal);
    const parley_column columns[5] = {{.align = PARLEY_ALIGN_RIGHT},
                                      {.at_most = 14},
                                      {.flexible = true, .fill = true},
                                      {.at_most = 24, .flexible = true},
                                      {.align = PARLEY_ALIGN_RIGHT, .at_most = 12}};
    parley_table *t = parley_table_new(s, columns, 5, 0, 2);
    for (uint32_t i = 0; i < points->count && i < most; i++) {
        const sticking_set *set = &points->set[i];
        if (set->basis != basis) {
            continue;
        }
        for (uint32_t k = 0; k < set->terms; k++) {
            const parley_term *term = parley_terms_at(terms, (uint32_t)set->term[k]);
            if (k == 0) {
                parley_table_cellf(t, PARLEY_INK_DIM, "%u", i + 1);
                parley_table_cell(t, PARLEY_INK_HEADING,
                                  set->issue < 0 ? "" : word_issue(c, set->issue));
            } else {
                parley_table_cell(t, PARLEY_INK_PLAIN, "");
                parley_table_cell(t, PARLEY_INK_PLAIN, "");
            }
            parley_table_cellf(t, PARLEY_INK_PARTY, "%s: ", word_party(c, term->party));
            parley_table_addf(
                t,
                basis == PARLEY_BASIS_READING && term->basis == basis ? PARLEY_INK_OURS
                                                                      : PARLEY_INK_PLAIN,
                "%s %s", parley_words_word(PARLEY_WORDS_MODE, term->mode),
                word_held(s, c, term->mode == PARLEY_MODE_REFUSES, term->formula, false));
            parley_table_cell(t, PARLEY_INK_DIM, standing(s, c, term));
            parley_table_cell(t, PARLEY_INK_DIM, ids_of(s, c, term));
        }
        for (uint32_t k = 0; k < set->rules.count; k++) {
            const parley_rule *rule = parley_case_rule(c, set->rules.at[k]);
            parley_table_cell(t, PARLEY_INK_PLAIN, "");
            parley_table_cell(t, PARLEY_INK_PLAIN, "");
            parley_table_cellf(t, PARLEY_INK_PLAIN, "rule: %s",
                               word_formula(s, c, rule->formula, false));
            if (rule->because != NULL) {
                parley_table_addf(t, PARLEY_INK_DIM, " (%s)", rule->because);
            }
            parley_table_cell(t, PARLEY_INK_DIM, "ties them");
            parley_table_cell(t, PARLEY_INK_DIM, rule->record.id);
        }
    }
    parley_table_print(t);
}

static uint32_t count_basis(const sticking_points *points, parley_basis basis)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < points->count; i++) {
        count += points->set[i].basis == basis;
    }
    return count;
}

static void closing(parley_screen *s, const parley_blocks_page *page, const sticking_points *points)
{
    const parley_case *c = page->c;
    const parley_terms *terms = parley_deal_terms(page->deal);
    word_list bare = {.count = 0};
    for (uint32_t r = 0; r < parley_case_readings(c); r++) {
        bool used = false;
        for (uint32_t i = 0; i < points->count && !used; i++) {
            for (uint32_t k = 0; k < points->set[i].terms; k++) {
                const parley_term *term = parley_terms_at(terms, (uint32_t)points->set[i].term[k]);
                used = used || (term->readings.count > 0 && term->readings.at[0] == (int32_t)r);
            }
        }
        if (used && parley_case_reading(c, (int32_t)r)->from.count == 0) {
            word_push(&bare, parley_case_reading(c, (int32_t)r)->record.id);
        }
    }
    parley_screen_begin(s, 0, 0);
    if (points->complete && count_basis(points, PARLEY_BASIS_RECORD) == 0) {
        parley_screen_addf(s, PARLEY_INK_PLAIN,
                           points->count == 1
                               ? "It does not rest on words alone."
                               : "None of the %u rests on recorded words from every side.",
                           points->count);
    }
    if (bare.count > 0) {
        parley_screen_addf(s, PARLEY_INK_WARN, " %s lean%s on nothing that was said.",
                           word_join(s, &bare, " and "), bare.count == 1 ? "s" : "");
    }
    parley_screen_end(s);
}

static parley_rung rung_of(const parley_blocks_page *page)
{
    int dies = parley_deal_dies_at(page->deal);
    return dies < 0 ? parley_deal_up_to(page->deal) : (parley_rung)dies;
}

parley_status parley_page_blocks(parley_screen *s, parley_ctx *ctx, const parley_blocks_page *page,
                                 parley_error *err)
{
    sticking_points points = {NULL, 0, true};
    parley_positions *positions = NULL;
    parley_status status = PARLEY_OK;
    parley_arena *arena = parley_arena_new(ctx);
    if (arena == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    parley_rung rung = rung_of(page);
    word_law(s, page->c, false);
    if (parley_deal_dies_at(page->deal) < 0 || parley_deal_issues(page->deal).count == 0) {
        bool counted = parley_deal_issues(page->deal).count > 0;
        parley_screen_begin(s, 0, 0);
        parley_screen_addf(
            s, PARLEY_INK_GOOD,
            counted ? "No sticking point: %s left on every rung."
                    : "No sticking point: nothing can be counted yet%s.",
            counted ? parley_screen_count(s, &parley_deal_rung(page->deal, rung)->left) : "");
        parley_screen_end(s);
        goto out;
    }
    status = sticking_gather(&points, page->deal, page->c, arena, rung,
                             page->all ? parley_ctx_limits(ctx)->clashes : SHOWN + 1, err);
    if (status == PARLEY_OK) {
        status = parley_positions_derive(&positions, ctx, page->c, &page->terms, err);
    }
    if (status != PARLEY_OK) {
        goto out;
    }
    uint32_t most = page->all ? points.count : points.count < SHOWN ? points.count : SHOWN;
    status = sticking_find_rules(&points, page->deal, page->c, arena, most, err);
    if (status != PARLEY_OK) {
        goto out;
    }
    parley_screen_begin(s, 0, 0);
    parley_screen_addf(s, PARLEY_INK_TITLE, "Sticking points at: %s", parley_rung_heading(rung));
    parley_screen_end(s);
    if (points.count == 1 && points.set[0].terms == 0) {
        parley_screen_line(s, NULL, PARLEY_INK_BAD,
                           "The rules of the case leave no package at all.");
        goto out;
    }
    for (int basis = PARLEY_BASIS_RECORD; basis <= PARLEY_BASIS_READING; basis++) {
        uint32_t count = count_basis(&points, (parley_basis)basis);
        if (count == 0 && basis != PARLEY_BASIS_RECORD) {
            continue;
        }
        parley_screen_begin(s, 0, 0);
        parley_screen_add(s, PARLEY_INK_HEADING, heads[basis]);
        parley_screen_add(s, PARLEY_INK_PLAIN,
                          count == 0 ? ": none; no recorded term of one is refused by another"
                                     : "");
        parley_screen_end(s);
        print_sets(s, page, &points, (parley_basis)basis, most);
        if (basis == PARLEY_BASIS_RECORD) {
            in_words(s, page->c, positions);
        }
    }
    if (!points.complete || points.count > most) {
        parley_screen_line(s, NULL, PARLEY_INK_DIM,
                           page->all ? "There are more than the limit 'clashes' allows."
                                     : "There are more: --all");
    }
    closing(s, page, &points);
out:
    parley_positions_free(positions);
    parley_arena_free(arena);
    return status;
}

parley_status parley_page_blocks_json(parley_json *j, parley_ctx *ctx,
                                      const parley_blocks_page *page, parley_error *err)
{
    sticking_points points = {NULL, 0, true};
    const parley_terms *terms = parley_deal_terms(page->deal);
    parley_arena *arena = parley_arena_new(ctx);
    parley_status status = PARLEY_OK;
    parley_rung rung = rung_of(page);
    if (arena == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    bool dies = parley_deal_dies_at(page->deal) >= 0 && parley_deal_issues(page->deal).count > 0;
    if (dies) {
        status = sticking_gather(&points, page->deal, page->c, arena, rung,
                                 page->all ? parley_ctx_limits(ctx)->clashes : SHOWN, err);
    }
    if (dies && status == PARLEY_OK) {
        status = sticking_find_rules(&points, page->deal, page->c, arena, points.count, err);
    }
    parley_json_object(j);
    json_case(j, page->c);
    parley_json_key(j, "rung");
    parley_json_string(j, dies ? parley_words_word(PARLEY_WORDS_RUNG, rung) : NULL);
    parley_json_key(j, "complete");
    parley_json_bool(j, points.complete);
    parley_json_key(j, "sets");
    parley_json_array(j);
    for (uint32_t i = 0; i < points.count; i++) {
        const sticking_set *set = &points.set[i];
        parley_json_object(j);
        parley_json_key(j, "issue");
        parley_json_string(j, set->issue < 0 ? NULL
                                             : parley_case_issue(page->c, set->issue)->record.id);
        parley_json_key(j, "basis");
        parley_json_string(j, parley_words_word(PARLEY_WORDS_BASIS, set->basis));
        parley_json_key(j, "terms");
        parley_json_array(j);
        for (uint32_t k = 0; k < set->terms; k++) {
            json_term(j, page->c, parley_terms_at(terms, (uint32_t)set->term[k]));
        }
        parley_json_array_end(j);
        parley_json_key(j, "rules");
        parley_json_array(j);
        for (uint32_t k = 0; k < set->rules.count; k++) {
            parley_json_string(j, parley_case_rule(page->c, set->rules.at[k])->record.id);
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
    parley_json_finish(j);
    parley_arena_free(arena);
    return status;
}
