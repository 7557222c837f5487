/*
 * The page of a case: the ladder as a picture and as a table.
 */
#include "report/case_page.h"
#include "report/svg.h"

#include <string.h>

/* ----------------------------------------------------------------------- ladder */

/* A rung that nothing new binds on is left out, but for the first and the last. */
static bool shown(const page *p, int rung)
{
    return rung == PARLEY_RUNG_RULES || rung == (int)parley_deal_up_to(p->deal) ||
           parley_deal_rung(p->deal, (parley_rung)rung)->terms.count > 0;
}

static const char *packages(page *p, const parley_count *count)
{
    return parley_screen_format(p->s, "%s package%s", parley_screen_count(p->s, count),
                                page_is_one(count) ? "" : "s");
}

/* rungs: [{name, basis, count, log, empty}] */
static void write_rungs(page *p, parley_json *j, const void *user)
{
    char words[120];
    (void)user;
    parley_json_key(j, "rungs");
    parley_json_array(j);
    for (int r = 0; r <= (int)parley_deal_up_to(p->deal); r++) {
        const parley_ladder_rung *rung = parley_deal_rung(p->deal, (parley_rung)r);
        if (!shown(p, r)) {
            continue;
        }
        svg_count(&rung->left, words, sizeof(words));
        parley_json_object(j);
        page_member(p, j, "name", parley_rung_heading((parley_rung)r));
        page_member(p, j, "basis", parley_words_word(PARLEY_WORDS_BASIS, rung->basis));
        page_member(p, j, "count", words);
        parley_json_key(j, "log");
        parley_json_uint(j, svg_log2(&rung->left));
        parley_json_key(j, "empty");
        parley_json_bool(j, parley_count_is_zero(&rung->left));
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static void picture(page *p)
{
    svg_bar bar[PARLEY_RUNG_COUNT];
    uint32_t bars = 0;
    word_list words = {.count = 0};
    for (int r = 0; r <= (int)parley_deal_up_to(p->deal); r++) {
        const parley_ladder_rung *rung = parley_deal_rung(p->deal, (parley_rung)r);
        if (!shown(p, r)) {
            continue;
        }
        bar[bars++] = (svg_bar){parley_rung_heading((parley_rung)r),
                                rung->basis == PARLEY_BASIS_READING    ? SVG_OPEN
                                : rung->basis == PARLEY_BASIS_REPORTED ? SVG_STRIPES
                                                                       : SVG_SOLID,
                                rung->left};
        word_push(&words, parley_screen_format(p->s, "%s %s", parley_rung_heading((parley_rung)r),
                                               parley_screen_count(p->s, &rung->left)));
    }
    static const char title[] = "Packages left on each rung of the ladder";
    const char *all = parley_screen_format(p->s,
                                           "Bars on a logarithmic scale, from firm to soft: "
                                           "%s.",
                                           word_join(p->s, &words, "; "));
    page_figure(p, "ladder", "rungs-table");
    if (!p->markdown) {
        svg_bars(p->safe, p->out, "rungs", title, all, bar, bars);
    }
    page_data(p, title, all, write_rungs, NULL);
    page_figure_end(p, "Packages left, from firm to soft, on a logarithmic scale. Full: rules and "
                       "the parties' own words. Striped: words that are only reported. Dashed: our "
                       "readings. The table has the same numbers.");
}

static void binds(page *p, const parley_ladder_rung *rung)
{
    bool some = false;
    if (rung->rung == PARLEY_RUNG_RULES) {
        word_list rules = {.count = 0};
        for (uint32_t i = 0; i < parley_case_rules(p->c); i++) {
            if (!parley_deal_rule_set_aside(p->deal, (int32_t)i)) {
                word_push(&rules, parley_case_rule(p->c, (int32_t)i)->record.id);
            }
        }
        page_piece(p, PARLEY_INK_PLAIN,
                   rules.count == 0 ? "none stated" : word_join(p->s, &rules, " "));
        return;
    }
    for (uint32_t i = 0; i < parley_case_parties(p->c); i++) {
        word_list list = {.count = 0};
        uint32_t terms = 0;
        for (uint32_t k = 0; k < rung->terms.count; k++) {
            const parley_term *term = parley_terms_at(p->terms, (uint32_t)rung->terms.at[k]);
            if (term->party != (int32_t)i || terms++ >= PAGE_TERMS) {
                continue;
            }
            bool refuses = term->mode == PARLEY_MODE_REFUSES;
            const char *what =
                parley_screen_format(p->s, "%s%s", refuses ? "not " : "",
                                     word_held(p->s, p->c, refuses, term->formula, false));
            word_push(&list, rung->rung == PARLEY_RUNG_READINGS
                                 ? parley_screen_format(p->s, "%s (%s)", what, term->name)
                                 : what);
        }
        if (list.count == 0) {
            continue;
        }
        if (some) {
            page_break(p);
        }
        some = true;
        page_piecef(p, PARLEY_INK_PARTY, "%s: ", word_party(p->c, (int32_t)i));
        page_piece(p, rung->rung == PARLEY_RUNG_READINGS ? PARLEY_INK_OURS : PARLEY_INK_PLAIN,
                   word_join(p->s, &list, "; "));
        if (terms > PAGE_TERMS) {
            page_piecef(p, PARLEY_INK_DIM, " and %u more: parley deals CASE", terms - PAGE_TERMS);
        }
    }
    if (!some) {
        page_piece(p, PARLEY_INK_DIM, "nothing new");
    }
}

static void table(page *p)
{
    static const char *const head[] = {"Rung", "What binds from here on", "Rests on", "Left",
                                       "Of them kept out by law"};
    bool flags = parley_deal_flags(p->deal);
    int dies = parley_deal_dies_at(p->deal);
    page_table_named(p, "rungs-table", "The ladder: what is left as more is taken to bind", head,
                     flags ? 5 : 4);
    for (int r = 0; r <= (int)parley_deal_up_to(p->deal); r++) {
        const parley_ladder_rung *rung = parley_deal_rung(p->deal, (parley_rung)r);
        if (!shown(p, r)) {
            continue;
        }
        page_row(p, parley_rung_heading((parley_rung)r));
        page_cell_begin(p);
        binds(p, rung);
        if (r == dies) {
            page_break(p);
            page_piece(p, PARLEY_INK_BAD, "It dies here.");
        }
        page_cell_end(p);
        page_cell(p, PARLEY_INK_PLAIN, word_basis(rung->basis));
        page_number(p, parley_screen_count(p->s, &rung->left));
        if (flags) {
            page_number(p, parley_screen_count(p->s, &rung->flagged));
        }
        page_row_end(p);
    }
    page_table_end(p);
}

void page_ladder(page *p)
{
    parley_ids issues = parley_deal_issues(p->deal);
    parley_count total = parley_deal_total(p->deal);
    page_section(p, "ladder", "What is left");
    if (issues.count == 0) {
        page_line(p, PARLEY_INK_PLAIN,
                  "Nothing to count yet: no issue on the table has options or a range.");
        page_section_end(p);
        return;
    }
    word_list names = {.count = 0};
    for (uint32_t k = 0; k < issues.count; k++) {
        word_push(&names, word_issue(p->c, issues.at[k]));
    }
    page_linef(p, PARLEY_INK_PLAIN, "%s on %u issue%s: %s. Nothing here ranks packages.",
               packages(p, &total), issues.count, issues.count == 1 ? "" : "s",
               word_join(p->s, &names, ", "));
    picture(p);
    table(p);
    page_section_end(p);
}
