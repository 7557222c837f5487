/*
 * The page of a case: sticking points, and what might get past them: the smallest bridges, ideas
 * and what to sound out.
 */
#include "report/ask.h"
#include "report/case_page.h"
#include "report/counter_words.h"

#include <string.h>

#define ANALYSES_MOST 200

/* -------------------------------------------------------------- sticking points */

void page_sticking(page *p)
{
    static const char *const head[] = {"No.", "Issue", "What cannot hold together", "Rests on"};
    static const char *const heads[] = {"", "On record", "Reported only", "On our reading"};
    const sticking_points *points = &p->status->sticking;
    page_section(p, "sticking", "Sticking points");
    if (parley_deal_issues(p->deal).count == 0 || parley_deal_dies_at(p->deal) < 0) {
        page_line(p, PARLEY_INK_PLAIN,
                  parley_deal_issues(p->deal).count == 0
                      ? "No sticking point: nothing can be counted yet."
                      : "No sticking point: packages are left on every rung.");
        page_section_end(p);
        return;
    }
    if (points->count == 1 && points->set[0].terms == 0) {
        page_line(p, PARLEY_INK_BAD, "The rules of the case leave no package at all.");
        page_section_end(p);
        return;
    }
    page_table(p, "Smallest sets of terms that cannot hold together", head, 4);
    for (uint32_t i = 0; i < points->count && i < PAGE_POINTS; i++) {
        const sticking_set *set = &points->set[i];
        page_row(p, parley_screen_format(p->s, "%u", i + 1));
        page_cell(p, PARLEY_INK_PARTY, set->issue < 0 ? "" : word_issue(p->c, set->issue));
        page_cell_begin(p);
        for (uint32_t k = 0; k < set->terms; k++) {
            const parley_term *term = parley_terms_at(p->terms, (uint32_t)set->term[k]);
            if (k > 0) {
                page_break(p);
            }
            page_note_acts(p, term->party, term->formula,
                           term->basis == PARLEY_BASIS_READING ? PAGE_ACT_READ : PAGE_ACT_STICKS);
            page_term(p, term);
            page_piecef(p, PARLEY_INK_DIM, " (%s; %s)", page_standing(p, term),
                        page_support(p, term));
        }
        page_cell_end(p);
        page_cell(p, set->basis == PARLEY_BASIS_READING ? PARLEY_INK_OURS : PARLEY_INK_PLAIN,
                  heads[set->basis]);
        page_row_end(p);
    }
    page_table_end(p);
    if (!points->complete) {
        page_line(p, PARLEY_INK_DIM, "There are more: parley blocks CASE --all");
    } else {
        page_more(p, points->count > PAGE_POINTS ? points->count - PAGE_POINTS : 0,
                  "parley blocks CASE --all");
    }
    page_section_end(p);
}

/* ---------------------------------------------------------------------- bridges */

static void change(page *p, const parley_change *at)
{
    static const char *const before[] = {
        "gives way: ", "gives way: ", "is reopened: ", "our reading is wrong: ", ""};
    if (at->term < 0) {
        char reach[140];
        const parley_issue *issue = parley_case_issue(p->c, at->issue);
        parley_case_number_words(issue, at->reach, reach, sizeof(reach));
        page_piecef(p, PARLEY_INK_PLAIN, "%s is extended to %s, which it could reach", issue->name,
                    reach);
        return;
    }
    const parley_term *term = parley_terms_at(p->terms, (uint32_t)at->term);
    page_piecef(p, at->kind == PARLEY_CHANGE_READING ? PARLEY_INK_OURS : PARLEY_INK_PLAIN,
                "%s%s %s %s", before[at->kind], word_party(p->c, term->party),
                parley_words_word(PARLEY_WORDS_MODE, term->mode),
                word_held(p->s, p->c, term->mode == PARLEY_MODE_REFUSES, term->formula, false));
    page_piecef(p, PARLEY_INK_DIM, " (%s; %s)", page_standing(p, term), page_support(p, term));
}

static void bridge(page *p, const bridge_list *list, uint32_t i)
{
    const parley_bridge *b = &list->at[i];
    page_row(p, parley_screen_format(p->s, "%u", list->first + i));
    page_cell_begin(p);
    for (uint32_t k = 0; k < b->changes; k++) {
        if (k > 0) {
            page_break(p);
        }
        if (bridges_moves(&b->change[k]) && b->change[k].term >= 0) {
            const parley_term *term = parley_terms_at(p->terms, (uint32_t)b->change[k].term);
            page_note_acts(p, term->party, term->formula, PAGE_ACT_MOVES);
        }
        change(p, &b->change[k]);
    }
    if (b->softer_count > 0) {
        page_break(p);
        page_piecef(p, PARLEY_INK_DIM, "%s%u softer form%s: parley bridges CASE --bridge %u",
                    b->softer_complete ? "" : "at least ", b->softer_count,
                    b->softer_count == 1 ? "" : "s", list->first + i);
    }
    page_cell_end(p);
    page_cell_begin(p);
    page_piece(p, PARLEY_INK_PLAIN, page_parties(p, b->movers, "nobody"));
    page_piece(p, PARLEY_INK_WARN, b->one_sided ? ", alone" : "");
    page_cell_end(p);
    page_cell(p, PARLEY_INK_PLAIN, page_parties(p, b->consents, ""));
    page_number(p, parley_screen_count(p->s, &b->left));
    page_row_end(p);
}

static void bridges_table(page *p, const bridge_list *list)
{
    static const char *const head[] = {"No.", "What changes", "Who moves", "Takes consent of",
                                       "Then left"};
    bool one_sided = false;
    page_linef(p, PARLEY_INK_PLAIN,
               "At: %s. Order (ours): fewest changes, then fewest readings, "
               "then softest terms; nothing is weighed.",
               parley_rung_heading(list->rung));
    page_table(p, "Smallest sets of changes after which packages are left", head, 5);
    for (uint32_t i = 0; i < list->count; i++) {
        bridge(p, list, i);
        one_sided = one_sided || list->at[i].one_sided;
    }
    page_table_end(p);
    if (list->complete) {
        page_more(p, list->known - list->count, "parley bridges CASE --all");
    } else {
        page_line(p, PARLEY_INK_DIM, "There are more: parley bridges CASE --all");
    }
    if (one_sided) {
        page_line(p, PARLEY_INK_WARN,
                  "Alone: one side moves and the other does not; as it stands nobody could table "
                  "it.");
    }
    page_line(p, PARLEY_INK_DIM,
              "A reading that is wrong is no move: a party tells us that we were mistaken. Ask "
              "first. Reopened: what was accepted is no longer held.");
}

parley_status page_bridges(page *p, parley_error *err)
{
    bridge_list list;
    if (!p->status->sticking.complete) { /* too much clashes to look for all ways round it here */
        page_section(p, "bridges", "Smallest bridges");
        page_line(p, PARLEY_INK_DIM,
                  "It takes longer to find them than a page may: "
                  "parley bridges CASE");
        page_section_end(p);
        return PARLEY_OK;
    }
    parley_bridges_page asked = {
        .c = p->c, .deal = p->deal, .rung = -1, .party = -1, .most = PAGE_BRIDGES};
    parley_status status = bridges_gather(&list, p->arena, p->ctx, &asked, err);
    if (status != PARLEY_OK) {
        return status;
    }
    page_section(p, "bridges", "Smallest bridges");
    if (!list.counted) {
        page_line(p, PARLEY_INK_PLAIN, "No bridge is needed: nothing can be counted yet.");
    } else if (list.none_needed) {
        page_line(p, PARLEY_INK_PLAIN, "No bridge is needed: packages are left on every rung.");
    } else if (list.count == 0) {
        page_line(p, PARLEY_INK_PLAIN,
                  list.complete
                      ? "There is no bridge: the rules, and what the law keeps out, leave "
                        "no package at all."
                      : "None was found before the limits were reached; that proves "
                        "nothing.");
    } else {
        bridges_table(p, &list);
    }
    page_section_end(p);
    return PARLEY_OK;
}

/* ------------------------------------------------------------------------ ideas */

static const char *what_it_changes(page *p, const parley_ideas *ideas, const parley_idea *idea)
{
    word_list list = {.count = 0};
    if (idea->pattern == PARLEY_PATTERN_TIE) {
        const parley_proposal *tabled = parley_case_proposal(p->c, parley_ideas_proposal(ideas));
        return parley_screen_format(p->s, "step %d (%s) only after step %d (%s)", idea->step + 1,
                                    tabled->steps[idea->step].what, idea->after + 1,
                                    tabled->steps[idea->after].what);
    }
    for (uint32_t i = 0; i < idea->changes; i++) {
        word_push(&list, counter_choice(p->s, p->c, &idea->choice[i]));
    }
    const char *all = word_join(p->s, &list, "; ");
    if (idea->pattern == PARLEY_PATTERN_STAGE) {
        return parley_screen_format(p->s, "%s; first %s, the rest only once there is %s", all,
                                    word_value_short(p->s, p->c, idea->stage_issue, idea->first),
                                    word_formula(p->s, p->c, idea->gate, false));
    }
    if (idea->pattern == PARLEY_PATTERN_SUNSET) {
        return parley_screen_format(p->s, "%s, for %s only", all,
                                    word_value_short(p->s, p->c, idea->stage_issue, idea->first));
    }
    return all;
}

static void meets(page *p, const parley_idea *idea)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < idea->whole_of.count; k++) {
        word_push(&list, counter_concern(p->s, p->c, idea->whole_of.at[k]));
    }
    for (uint32_t k = 0; k < idea->part_of.count; k++) {
        word_push(&list, parley_screen_format(p->s, "%s in part",
                                              counter_concern(p->s, p->c, idea->part_of.at[k])));
    }
    for (uint32_t k = 0; k < idea->worse_for.count; k++) {
        word_push(&list, parley_screen_format(p->s, "takes away from %s",
                                              counter_concern(p->s, p->c, idea->worse_for.at[k])));
    }
    page_cell(p, PARLEY_INK_PLAIN, word_join(p->s, &list, ", "));
}

static void against(page *p, const parley_idea *idea)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < idea->crosses.count; k++) {
        const parley_term *term = parley_terms_at(p->terms, (uint32_t)idea->crosses.at[k]);
        const char *words = counter_crossing(p->s, p->c, term, true);
        word_push(&list, term->basis == PARLEY_BASIS_READING
                             ? parley_screen_format(p->s, "[%s]", words)
                             : words);
    }
    if (idea->crosses.count == 0) {
        word_push(&list, parley_case_audience(p->c) == NULL ? "contradicts no term and no reading"
                                                            : "contradicts no term");
    }
    for (uint32_t k = 0; k < idea->objections.count; k++) {
        const parley_claim *claim = parley_case_claim(p->c, idea->objections.at[k]);
        word_push(&list,
                  parley_screen_format(p->s, "objection of %s (%s)",
                                       word_voices(p->s, p->c, &claim->by), claim->record.id));
    }
    counter_lifted(p->s, p->c, idea->lifted, &list);
    page_cell(p, PARLEY_INK_PLAIN, word_join(p->s, &list, "; "));
    list.count = 0;
    if (idea->needs.count > 0) {
        word_push(&list, parley_screen_format(p->s, "needs %s", page_parties(p, idea->needs, "")));
    }
    if (idea->by.count > 0) {
        word_push(&list,
                  parley_screen_format(p->s, "carried out by %s", page_parties(p, idea->by, "")));
    }
    counter_unasked(p->s, p->c, idea->choice, idea->changes, idea->unasked, idea->unasked_count,
                    &list);
    page_cell(p, PARLEY_INK_PLAIN, word_join(p->s, &list, "; "));
}

static void ideas_table(page *p, const parley_ideas *ideas)
{
    static const char *const head[] = {"Idea",  "What it changes", "Whose",
                                       "Meets", "Against it",      "Who must act or be asked"};
    uint32_t count = parley_ideas_size(ideas);
    if (count == 0) {
        page_line(p, PARLEY_INK_PLAIN,
                  parley_case_concerns(p->c) == 0
                      ? "No concern is typed, so no idea can be tried against one."
                      : "No idea meets a concern without what somebody else refuses.");
        return;
    }
    page_table(p, "Ideas", head, 6);
    for (uint32_t i = 0; i < count && i < PAGE_IDEAS; i++) {
        const parley_idea *idea = parley_ideas_at(ideas, i);
        page_row(p, parley_screen_format(p->s, "%s, %s", counter_letter(p->s, i),
                                         parley_pattern_word(idea->pattern)));
        page_cell(p, PARLEY_INK_OURS, what_it_changes(p, ideas, idea));
        page_cell(p, PARLEY_INK_PLAIN, counter_credit(p->s, p->c, idea));
        meets(p, idea);
        against(p, idea);
        page_row_end(p);
    }
    page_table_end(p);
    page_more(p, count > PAGE_IDEAS ? count - PAGE_IDEAS : 0, "parley counter CASE");
}

static void concerns(page *p)
{
    static const char *const head[] = {"Concern", "Party", "What it worries about", "Claim"};
    uint32_t count = parley_case_concerns(p->c);
    if (count == 0) {
        return;
    }
    page_table(p, "Concerns that the ideas are tried against", head, 4);
    for (uint32_t i = 0; i < count && i < PAGE_ISSUES; i++) {
        const parley_concern *concern = parley_case_concern(p->c, (int32_t)i);
        page_row(p, concern->record.id);
        page_cell(p, PARLEY_INK_PLAIN, word_party(p->c, concern->party));
        if (concern->ours) {
            page_cellf(p, PARLEY_INK_OURS, "our words: %s",
                       concern->text != NULL ? concern->text : "");
        } else {
            page_cell(p, PARLEY_INK_PLAIN, concern->text);
        }
        page_cell(p, PARLEY_INK_DIM, word_claim(p->c, concern->claim));
        page_row_end(p);
    }
    page_table_end(p);
    page_more(p, count > PAGE_ISSUES ? count - PAGE_ISSUES : 0, "parley counter CASE");
}

parley_status page_ideas(page *p, parley_error *err)
{
    parley_ideas_options options = PARLEY_IDEAS_OPTIONS_INIT;
    parley_ideas *ideas = NULL;
    parley_status status = PARLEY_LIMIT;
    if (p->status->sticking.complete) {
        status = parley_ideas_new(&ideas, p->ctx, p->c, p->deal, &options, err);
    }
    bool cut = status == PARLEY_LIMIT;
    if (status != PARLEY_OK && !cut) {
        return status;
    }
    page_section(p, "ideas", "Ideas of the mediation team");
    page_line(p, PARLEY_INK_WARN, "No party has proposed or accepted any of them.");
    if (cut) {
        parley_error_clear(err);
        page_line(p, PARLEY_INK_DIM, "Not found within the limits: parley counter CASE");
    } else {
        int32_t to = parley_ideas_proposal(ideas);
        if (to >= 0) {
            page_linef(p, PARLEY_INK_PLAIN, "To %s.", parley_case_proposal(p->c, to)->name);
        }
        ideas_table(p, ideas);
        concerns(p);
    }
    page_section_end(p);
    parley_ideas_free(ideas);
    return PARLEY_OK;
}

/* ------------------------------------------------------------ what to sound out */

static void question(page *p, const parley_soundings *all, uint32_t i)
{
    const parley_sounding *q = parley_soundings_at(all, i);
    const parley_outcome *now = parley_soundings_now(all);
    bool ours = q->kind == PARLEY_SOUNDING_READING;
    uint32_t shown = 0;
    page_row(p, parley_screen_format(p->s, "%u", i + 1));
    page_cell(p, PARLEY_INK_PARTY, word_party(p->c, q->party));
    page_cell_begin(p);
    page_piecef(p, PARLEY_INK_PLAIN, "%s ", ask_question(p->s, p->c, p->terms, q));
    page_piece(p, ours ? PARLEY_INK_OURS : PARLEY_INK_DIM, ask_rests_on(p->s, p->c, p->terms, q));
    if (q->reveals.count > 0) {
        page_break(p);
        page_piecef(p, PARLEY_INK_WARN,
                    "Ask without saying why: it would give away %s, which %s may not see.",
                    parley_screen_join(p->s, q->reveals.at, q->reveals.count, " "),
                    word_party(p->c, q->party));
    }
    page_cell_end(p);
    page_cell_begin(p);
    for (uint32_t k = 0; k < q->answers; k++) {
        const parley_sounding_answer *a = &q->answer[k];
        if (shown++ > 0) {
            page_break(p);
        }
        page_piecef(p, PARLEY_INK_PARTY, "%s%s: ",
                    a->reply == PARLEY_REPLY_OUT
                        ? parley_screen_format(p->s, "%s ",
                                               word_value_short(p->s, p->c, q->issue, a->value))
                        : "",
                    parley_reply_word(a->reply));
        page_piece(p, PARLEY_INK_PLAIN, ask_answer(p->s, p->c, p->terms, now, q, a));
    }
    page_cell_end(p);
    page_row_end(p);
}

static void questions(page *p, const parley_soundings *all)
{
    static const char *const head[] = {"No.", "Ask", "The question, and what it rests on",
                                       "What each answer would change"};
    uint32_t count = parley_soundings_size(all);
    if (count == 0) {
        page_line(p, PARLEY_INK_PLAIN,
                  parley_deal_issues(p->deal).count == 0
                      ? "Nothing can be counted yet, so no answer would change a count. Ask the "
                        "parties what they would put forward."
                      : "Nothing to sound out.");
        return;
    }
    page_table(p, "Ranked by the worst answer; no likelihood is used", head, 4);
    for (uint32_t i = 0; i < count && i < PAGE_QUESTIONS; i++) {
        question(p, all, i);
    }
    page_table_end(p);
    uint32_t found = parley_soundings_found(all);
    page_more(p, found > PAGE_QUESTIONS ? found - PAGE_QUESTIONS : 0, "parley ask CASE --all");
}

parley_status page_soundings(page *p, parley_error *err)
{
    parley_soundings_options options = PARLEY_SOUNDINGS_OPTIONS_INIT;
    parley_soundings *all = NULL;
    parley_status status = PARLEY_LIMIT;
    options.most = PAGE_QUESTIONS;
    options.analyses = ANALYSES_MOST;
    options.ideas = true;
    if (p->status->sticking.complete) {
        status = parley_soundings_new(&all, p->ctx, p->c, p->deal, NULL, &options, err);
    }
    bool cut = status == PARLEY_LIMIT || (status == PARLEY_OK && parley_soundings_cut(all));
    if (status != PARLEY_OK && !cut) {
        return status;
    }
    parley_error_clear(err);
    page_section(p, "ask", "What to sound out");
    if (cut) {
        page_line(p, PARLEY_INK_DIM, "It takes longer to rank than a page may: parley ask CASE");
    } else {
        questions(p, all);
    }
    page_section_end(p);
    parley_soundings_free(all);
    return PARLEY_OK;
}
