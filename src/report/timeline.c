/*
 * The page "timeline", for people: what happened in order of happening, who said it, whether it was
 * a move, what it rests on, and what was learned when.
 */
#include "report/timeline_page.h"

#include <string.h>

#define LEARNED_LINES 12

/* ------------------------------------------------------------------------- when */

static const char *when(parley_screen *s, const parley_case *c, parley_date d)
{
    bool vague = d.side == PARLEY_DATE_ON && d.form == PARLEY_DATE_MONTH;
    return parley_screen_format(s, "%s%s", word_date(s, c, d), vague ? ", no day" : "");
}

/* -------------------------------------------------------------------------- what */

static const char *answer_verb(parley_answer answer)
{
    static const char *const verbs[] = {[PARLEY_ANSWER_ACCEPT] = "accepts",
                                        [PARLEY_ANSWER_ACCEPT_IF] = "yes, if, to",
                                        [PARLEY_ANSWER_COUNTER] = "answers with its own:",
                                        [PARLEY_ANSWER_DEFER] = "puts off",
                                        [PARLEY_ANSWER_REJECT] = "refuses",
                                        [PARLEY_ANSWER_SILENT] = "was asked, does not answer:"};
    return verbs[answer];
}

static void conditions(parley_screen *s, parley_table *t, const parley_case *c,
                       const parley_conditions *list, parley_list_state state)
{
    for (uint32_t k = 0; k < list->count; k++) {
        const parley_condition *one = &list->at[k];
        parley_table_addf(t, PARLEY_INK_PLAIN, "%s%s", k == 0 ? ": " : "; ",
                          one->formula != NULL ? word_formula(s, c, one->formula, false)
                                               : one->text);
    }
    if (state != PARLEY_LIST_UNKNOWN) {
        parley_table_addf(t, PARLEY_INK_DIM, " (list %s)",
                          parley_words_word(PARLEY_WORDS_LIST, state));
    }
}

static void response_cell(parley_screen *s, parley_table *t, const parley_case *c, int32_t i)
{
    const parley_response *r = parley_case_response(c, i);
    const char *name =
        r->proposal >= 0 ? parley_case_proposal(c, r->proposal)->name : "no proposal";
    parley_table_cellf(t, PARLEY_INK_PLAIN, "%s %s", answer_verb((parley_answer)r->answer), name);
    conditions(s, t, c, &r->conditions, r->list);
    if (r->says != NULL) {
        parley_table_addf(t, PARLEY_INK_PLAIN, ": \"%s\"", r->says);
    }
}

/* What was said, without who said it. */
static void claim_cell(parley_screen *s, parley_table *t, const parley_case *c,
                       const timeline_entry *e)
{
    const parley_claim *claim = parley_case_claim(c, e->claim);
    const parley_about *about = &claim->about;
    if (e->proposal >= 0) {
        parley_table_cellf(t, PARLEY_INK_PLAIN, "tables %s",
                           parley_case_proposal(c, e->proposal)->name);
        return;
    }
    if (e->response >= 0) {
        response_cell(s, t, c, e->response);
        return;
    }
    const char *verb = word_act((parley_act)claim->act);
    switch ((parley_about_kind)about->kind) {
    case PARLEY_ABOUT_FORMULA:
        parley_table_cellf(t, PARLEY_INK_PLAIN, "%s %s", verb,
                           word_formula(s, c, about->formula, false));
        break;
    case PARLEY_ABOUT_PROPOSAL:
        parley_table_cellf(t, PARLEY_INK_PLAIN, "%s %s", verb,
                           parley_case_proposal(c, about->index)->name);
        break;
    case PARLEY_ABOUT_ISSUE:
        parley_table_cellf(t, PARLEY_INK_PLAIN, "on %s", word_issue(c, about->index));
        parley_table_addf(t, PARLEY_INK_PLAIN, ", %s", verb);
        break;
    default:
        parley_table_cell(t, PARLEY_INK_PLAIN, verb);
        if (about->kind == PARLEY_ABOUT_CANDIDATE || about->kind == PARLEY_ABOUT_INCIDENT) {
            parley_table_addf(t, PARLEY_INK_PLAIN,
                              about->kind == PARLEY_ABOUT_INCIDENT ? ", of %s" : " %s",
                              word_about(c, about));
        } else if (claim->says == NULL && about->text != NULL) {
            parley_table_addf(t, PARLEY_INK_PLAIN, " %s", about->text);
        }
        break;
    }
    bool words = about->kind != PARLEY_ABOUT_FORMULA && about->kind != PARLEY_ABOUT_PROPOSAL;
    if (words && claim->says != NULL) {
        parley_table_addf(t, PARLEY_INK_PLAIN, ": \"%s\"", claim->says);
    }
    conditions(s, t, c, &claim->conditions, claim->list);
    if (words && about->kind != PARLEY_ABOUT_ISSUE && about->kind != PARLEY_ABOUT_CANDIDATE &&
        about->kind != PARLEY_ABOUT_INCIDENT) {
        parley_table_add(t, PARLEY_INK_DIM, " (words)");
    }
}

static void marks(parley_table *t, const parley_case *c, const timeline_view *view,
                  const timeline_entry *e)
{
    static const uint8_t inks[PARLEY_MOVE_KIND_COUNT] = {
        [PARLEY_MOVE_SOFTENED] = PARLEY_INK_GOOD,   [PARLEY_MOVE_HARDENED] = PARLEY_INK_BAD,
        [PARLEY_MOVE_REFRAMED] = PARLEY_INK_WARN,   [PARLEY_MOVE_DEFERRED] = PARLEY_INK_WARN,
        [PARLEY_MOVE_REVERSED] = PARLEY_INK_BAD,    [PARLEY_MOVE_CONFIRMED] = PARLEY_INK_DIM,
        [PARLEY_MOVE_NOT_COMPARED] = PARLEY_INK_DIM};
    bool seen[PARLEY_MOVE_KIND_COUNT] = {false};
    bool confirm = false;
    int32_t at = -1;
    for (const parley_move *m = timeline_move(view, e, &at); m != NULL;
         m = timeline_move(view, e, &at)) {
        confirm = confirm || m->to_confirm;
        if (!seen[m->kind] && m->kind != PARLEY_MOVE_NOT_COMPARED) {
            seen[m->kind] = true;
            parley_table_addf(t, (parley_ink)inks[m->kind], " [%s]", parley_move_word(m->kind));
        }
    }
    if (confirm) {
        parley_table_add(t, PARLEY_INK_WARN, " to confirm");
    }
    const parley_claim *claim = parley_case_claim(c, e->claim);
    for (uint32_t k = 0; k < claim->repeats.count; k++) {
        parley_table_addf(t, PARLEY_INK_DIM, "%s%s", k == 0 ? ", repeating " : " ",
                          word_claim(c, claim->repeats.at[k]));
    }
    if (claim->hedge != NULL) {
        parley_table_addf(t, PARLEY_INK_DIM, ", \"%s\"", claim->hedge);
    }
}

static const char *speaker(parley_screen *s, const parley_case *c, const parley_claim *claim)
{
    return claim->by.count == 0 ? "nobody named" : word_voices(s, c, &claim->by);
}

static void claim_margin(parley_screen *s, parley_table *t, const parley_case *c, int32_t claim)
{
    const parley_claim *row = parley_case_claim(c, claim);
    parley_table_cellf(t, PARLEY_INK_DIM, "%s %s", word_class(s, row), row->record.id);
}

static void lever_row(parley_screen *s, parley_table *t, const parley_case *c,
                      const timeline_entry *e)
{
    const parley_lever *l = parley_case_lever(c, e->row);
    const parley_claim *claim = e->claim >= 0 ? parley_case_claim(c, e->claim) : NULL;
    parley_table_cell(t, PARLEY_INK_PARTY, word_voice(s, c, &l->holder, false));
    parley_table_cellf(t, PARLEY_INK_PLAIN, "%s %s", l->what, l->states[e->part].state);
    if (claim != NULL && claim->says != NULL) {
        parley_table_addf(t, PARLEY_INK_PLAIN, ": \"%s\"", claim->says);
    }
}

static void meeting_row(parley_screen *s, parley_table *t, const parley_case *c,
                        const timeline_entry *e)
{
    const parley_meeting *m = parley_case_meeting(c, e->row);
    parley_table_cell(t, PARLEY_INK_PARTY, word_voices(s, c, &m->who));
    parley_table_cellf(t, PARLEY_INK_PLAIN, "meet%s%s%s%s", m->place != NULL ? " in " : "",
                       m->place != NULL ? m->place : "", m->outcome != NULL ? ": " : "",
                       m->outcome == NULL                   ? ""
                       : strcmp(m->outcome, "unknown") == 0 ? "outcome not known"
                                                            : m->outcome);
    if (m->next.form != PARLEY_DATE_UNKNOWN) {
        parley_table_addf(t, PARLEY_INK_PLAIN, "; again %s", word_date(s, c, m->next));
    }
    word_list ids = {.count = 0};
    for (uint32_t k = 0; k < m->claims.count; k++) {
        word_push(&ids, word_claim(c, m->claims.at[k]));
    }
    parley_table_cell(t, PARLEY_INK_DIM, word_join(s, &ids, " "));
}

static void figure_row(parley_screen *s, parley_table *t, const parley_case *c,
                       const timeline_entry *e)
{
    const parley_figure *f = parley_case_figure(c, e->row);
    const parley_voice *v = &f->claimant;
    bool given =
        v->party >= 0 || v->source >= 0 || (v->words != NULL && strcmp(v->words, "unknown") != 0);
    parley_table_cell(t, given ? PARLEY_INK_PARTY : PARLEY_INK_DIM,
                      given ? word_voice(s, c, v, false) : "claimant not given");
    parley_table_cellf(t, PARLEY_INK_PLAIN, "figure: %s, %s", f->what, word_figure(s, f));
    parley_table_cellf(t, PARLEY_INK_DIM, "figure %s", f->record.id);
}

static void incident_row(parley_table *t, const parley_case *c, const timeline_entry *e)
{
    const parley_incident *row = parley_case_incident(c, e->row);
    parley_table_cell(t, PARLEY_INK_WARN, "alleged");
    parley_table_cellf(t, PARLEY_INK_PLAIN, "%s%s%s", row->what, row->place != NULL ? ", " : "",
                       row->place != NULL ? row->place : "");
    if (row->hedge != NULL) {
        parley_table_addf(t, PARLEY_INK_DIM, ", \"%s\"", row->hedge);
    }
    parley_table_cellf(t, PARLEY_INK_DIM, "not established %s", row->record.id);
}

static void entry_row(parley_screen *s, parley_table *t, const timeline_view *view,
                      const timeline_entry *e, bool same_day)
{
    const parley_case *c = view->page->c;
    parley_table_cell(t, PARLEY_INK_HEADING, same_day ? "" : when(s, c, e->date));
    switch (e->kind) {
    case TIMELINE_CLAIM:
        parley_table_cell(t, PARLEY_INK_PARTY, speaker(s, c, parley_case_claim(c, e->claim)));
        claim_cell(s, t, c, e);
        marks(t, c, view, e);
        claim_margin(s, t, c, e->claim);
        break;
    case TIMELINE_LEVER:
        lever_row(s, t, c, e);
        if (e->claim >= 0) {
            claim_margin(s, t, c, e->claim);
        }
        break;
    case TIMELINE_RESPONSE: {
        const parley_response *r = parley_case_response(c, e->row);
        parley_table_cell(t, PARLEY_INK_PARTY, word_voice(s, c, &r->by, false));
        response_cell(s, t, c, e->row);
        parley_table_cell(t, PARLEY_INK_DIM, "answer");
        break;
    }
    case TIMELINE_PROPOSAL: {
        const parley_proposal *p = parley_case_proposal(c, e->row);
        parley_table_cell(t, PARLEY_INK_PARTY, word_voice(s, c, &p->tabled_by, false));
        parley_table_cellf(t, PARLEY_INK_PLAIN, "tables %s", p->name);
        parley_table_cellf(t, PARLEY_INK_DIM, "proposal %s", p->record.id);
        break;
    }
    case TIMELINE_MEETING:
        meeting_row(s, t, c, e);
        break;
    case TIMELINE_FIGURE:
        figure_row(s, t, c, e);
        break;
    case TIMELINE_INCIDENT:
        incident_row(t, c, e);
        break;
    }
    parley_table_end_row(t);
}

/* ----------------------------------------------------------------------- learned */

static void print_learned(parley_screen *s, const timeline_view *view)
{
    const parley_case *c = view->page->c;
    uint32_t first = view->learned_count > LEARNED_LINES ? view->learned_count - LEARNED_LINES : 0;
    if (view->learned_count == 0) {
        return;
    }
    parley_screen_blank(s);
    parley_screen_label(s, "LEARNED");
    if (first > 0) {
        parley_screen_addf(s, PARLEY_INK_DIM, "%u earlier left out; --json has them", first);
        parley_screen_newline(s);
    }
    for (uint32_t i = first; i < view->learned_count; i++) {
        const timeline_learned *l = &view->learned[i];
        const char *name =
            l->source < 0 ? "what has no source" : parley_case_source(c, l->source)->name;
        bool same = i > first && parley_date_compare(l->date, view->learned[i - 1].date) == 0;
        if (same) {
            parley_screen_add(s, PARLEY_INK_PLAIN, "; ");
        } else {
            if (i > first) {
                parley_screen_newline(s);
            }
            parley_screen_addf(s, PARLEY_INK_HEADING, "%s: ", when(s, c, l->date));
        }
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%s%s", l->all ? "everything from " : "from ",
                           name);
        parley_screen_addf(s, PARLEY_INK_DIM, " (%u)", l->entries);
    }
    parley_screen_end(s);
}

/* -------------------------------------------------------------------------- page */

static void print_entries(parley_screen *s, const timeline_view *view)
{
    const parley_column columns[4] = {{.at_least = 13, .at_most = 20},
                                      {.at_most = 16, .flexible = true},
                                      {.flexible = true, .fill = true},
                                      {.at_most = 22, .align = PARLEY_ALIGN_RIGHT}};
    if (view->entries == 0) {
        parley_screen_begin(s, 0, 0);
        parley_screen_add(s, PARLEY_INK_DIM, "Nothing recorded.");
        parley_screen_end(s);
        return;
    }
    uint32_t first = timeline_first(view);
    if (first > 0) {
        parley_screen_begin(s, 0, 0);
        parley_screen_addf(s, PARLEY_INK_DIM,
                           "%s earlier left out: --since DATE, --limit N, or --all",
                           parley_screen_number(s, first));
        parley_screen_end(s);
    }
    parley_table *t = parley_table_new(s, columns, 4, 0, 2);
    for (uint32_t i = first; i < view->entries; i++) {
        const timeline_entry *e = &view->entry[i];
        bool same = i > first && parley_date_compare(e->date, view->entry[i - 1].date) == 0;
        entry_row(s, t, view, e, same);
    }
    parley_table_print(t);
}

parley_status parley_page_timeline(parley_screen *s, parley_ctx *ctx,
                                   const parley_timeline_page *page, parley_error *err)
{
    timeline_view view;
    char now[80];
    parley_status status = timeline_view_make(&view, ctx, page, err);
    if (status != PARLEY_OK) {
        return status;
    }
    parley_date_words(parley_case_as_of(page->c), true, now, sizeof(now));
    parley_screen_ends(s, PARLEY_INK_TITLE, parley_case_title(page->c), PARLEY_INK_DIM,
                       parley_screen_format(s, "%s, as known %s",
                                            page->positions ? "positions" : "in order", now));
    word_law(s, page->c, false);
    if (page->positions) {
        status = timeline_positions(s, ctx, &view, err);
    } else {
        print_entries(s, &view);
        print_learned(s, &view);
    }
    timeline_view_end(&view);
    return status;
}
