/*
 * The page of `parley counter`: ideas that meet a concern, each with whose it is, what it meets,
 * what it crosses, who has to act and who was never asked; then what no idea answers.
 */
#include "report/counter_words.h"
#include "report/report_internal.h"

#include <string.h>

#include <parley/screens.h>

#define HEADING "Ideas of the mediation team; no party has proposed or accepted them."
#define KEPT_SHOWN 3

typedef struct view {
    parley_screen *s;
    const parley_case *c;
    const parley_ideas *ideas;
    const parley_terms *terms;
    const parley_counter_page *page;
    parley_table *table;
} view;

static const char *upper(parley_screen *s, const char *word)
{
    char text[32];
    size_t n = 0;
    for (; word[n] != '\0' && n + 1 < sizeof(text); n++) {
        text[n] = (char)(word[n] >= 'a' && word[n] <= 'z' ? word[n] - 'a' + 'A' : word[n]);
    }
    text[n] = '\0';
    return parley_screen_format(s, "%s", text);
}

static void line(parley_screen *s, parley_ink ink, const char *text)
{
    parley_screen_begin(s, 0, 4);
    parley_screen_add(s, ink, text);
    parley_screen_end(s);
}

/* A line under an idea, of items. */
static void items(view *v, parley_ink ink, const word_list *list)
{
    if (list->count == 0) {
        return;
    }
    parley_table_cell(v->table, PARLEY_INK_PLAIN, "");
    parley_table_cell(v->table, PARLEY_INK_PLAIN, "");
    parley_table_wide(v->table, ink, "");
    for (size_t k = 0; k < list->count; k++) {
        parley_table_item(v->table, ink, list->at[k]);
    }
}

/* ---------------------------------------------------------------------- what it answers */

static void print_proposal(view *v)
{
    parley_screen *s = v->s;
    int32_t proposal = parley_ideas_proposal(v->ideas);
    parley_screen_begin(s, 0, 4);
    if (proposal < 0) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, "Nothing was tabled by name%s",
                           parley_case_concerns(v->c) == 0 ? "; no concern is typed." : ".");
        parley_screen_end(s);
        return;
    }
    const parley_proposal *p = parley_case_proposal(v->c, proposal);
    parley_screen_addf(s, PARLEY_INK_PLAIN, "To %s (%s", p->record.id,
                       word_voice(s, v->c, &p->tabled_by, false));
    if (p->record.happened.form != PARLEY_DATE_UNKNOWN) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, ", %s", word_date(s, v->c, p->record.happened));
    }
    parley_screen_add(s, PARLEY_INK_PLAIN, "): ");
    parley_screen_add(s, PARLEY_INK_PLAIN,
                      p->whole != NULL  ? word_formula(s, v->c, p->whole, false)
                      : p->text != NULL ? p->text
                                        : "no text typed");
    if (p->formula == NULL && p->parts.count == 0) {
        parley_screen_add(s, PARLEY_INK_WARN, " (words only: ideas begin from nothing decided)");
    }
    if (parley_case_concerns(v->c) == 0) {
        parley_screen_add(s, PARLEY_INK_PLAIN, "; no concern is typed.");
    }
    parley_screen_end(s);
}

static void print_reopened(view *v)
{
    parley_screen *s = v->s;
    for (uint32_t i = 0; i < parley_ideas_reopened(v->ideas); i++) {
        const parley_idea_reopened *r = parley_ideas_reopened_at(v->ideas, i);
        parley_screen_begin(s, 0, 4);
        parley_screen_addf(s, PARLEY_INK_PLAIN, "Left open here: %s; ", r->text);
        parley_screen_add(
            s, PARLEY_INK_DIM,
            r->term < 0
                ? "the rules, or a flag, do not allow it"
                : counter_crossing(s, v->c, parley_terms_at(v->terms, (uint32_t)r->term), false));
        parley_screen_end(s);
    }
}

/* ------------------------------------------------------------------------- one idea */

static const char *headline(view *v, const parley_idea *idea)
{
    parley_screen *s = v->s;
    const parley_case *c = v->c;
    word_list list = {.count = 0};
    word_list kept = {.count = 0};
    word_list gate = {.count = 0};
    if (idea->pattern == PARLEY_PATTERN_TIE) {
        const parley_proposal *p = parley_case_proposal(c, parley_ideas_proposal(v->ideas));
        return parley_screen_format(s, "step %d (%s) only after step %d (%s)", idea->step + 1,
                                    p->steps[idea->step].what, idea->after + 1,
                                    p->steps[idea->after].what);
    }
    for (uint32_t i = 0; i < idea->choices; i++) {
        const parley_idea_choice *choice = &idea->choice[i];
        if (choice->kept) {
            word_push(&kept, counter_choice(s, c, choice));
        } else if (parley_formula_mentions(idea->gate, choice->issue)) {
            word_push(&gate, counter_choice(s, c, choice));
        } else if (choice->issue != idea->stage_issue) {
            word_push(&list, counter_choice(s, c, choice));
        }
    }
    if (idea->pattern == PARLEY_PATTERN_STAGE) {
        char rest[200];
        const parley_issue *issue = parley_case_issue(c, idea->stage_issue);
        const char *also = word_join(s, &list, ", ");
        parley_decimal left;
        if (!parley_decimal_step(&left, parley_case_quantity(issue, idea->last), -1,
                                 parley_case_quantity(issue, idea->first))) {
            left = parley_case_quantity(issue, idea->last);
        }
        parley_case_number_words(issue, left, rest, sizeof(rest));
        return parley_screen_format(s, "%s, then %s more only once there is %s%s%s",
                                    word_value_short(s, c, idea->stage_issue, idea->first), rest,
                                    word_join(s, &gate, ", "), also[0] != '\0' ? "; " : "", also);
    }
    if (idea->pattern == PARLEY_PATTERN_SUNSET) {
        return parley_screen_format(s, "%s, for %s only", word_join(s, &list, ", "),
                                    word_value_short(s, c, idea->stage_issue, idea->first));
    }
    size_t more = kept.count > KEPT_SHOWN ? kept.count - KEPT_SHOWN : 0;
    kept.count -= more;
    const char *with = word_join(s, &kept, ", ");
    return parley_screen_format(s, "%s%s%s%s", word_join(s, &list, ", "),
                                with[0] != '\0' ? "; keeps " : "", with,
                                more > 0 ? parley_screen_format(s, " and %zu more", more) : "");
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

/* What it does for each concern, in file order. */
static void push_concerns(view *v, const parley_idea *idea, word_list *list)
{
    for (uint32_t k = 0; k < parley_case_concerns(v->c); k++) {
        const int32_t id = (int32_t)k;
        bool first = has(idea->first_meets, id);
        bool second = has(idea->second_meets, id);
        bool part = has(idea->part_of, id);
        if (first || second || part || has(idea->whole_of, id)) {
            word_push(list, parley_screen_format(v->s, "%smeets %s%s",
                                                 first    ? "the first part "
                                                 : second ? "the second "
                                                          : "",
                                                 counter_concern(v->s, v->c, id),
                                                 part && !first && !second ? " in part" : ""));
        }
    }
}

static void print_meets(view *v, const parley_idea *idea)
{
    parley_screen *s = v->s;
    word_list list = {.count = 0};
    push_concerns(v, idea, &list);
    for (uint32_t k = 0; k < idea->instead.count; k++) {
        const parley_idea_condition *condition =
            parley_ideas_condition(v->ideas, (uint32_t)idea->instead.at[k]);
        word_push(&list, parley_screen_format(s,
                                              idea->pattern == PARLEY_PATTERN_SUNSET
                                                  ? "answers %s for a time"
                                                  : "instead of %s",
                                              word_formula(s, v->c, condition->formula, false)));
    }
    if (idea->needs.count > 0) {
        word_push(&list,
                  parley_screen_format(s, "needs %s", counter_parties(s, v->c, idea->needs)));
    }
    if (idea->by.count > 0) {
        word_push(&list,
                  parley_screen_format(s, "carried out by %s", counter_parties(s, v->c, idea->by)));
    }
    items(v, PARLEY_INK_PLAIN, &list);
}

/* What each party could say it got: its asks, in its own words or as reported. */
static void print_gets(view *v, const parley_idea *idea)
{
    parley_screen *s = v->s;
    word_list list = {.count = 0};
    for (uint32_t p = 0; p < parley_case_parties(v->c); p++) {
        word_list got = {.count = 0};
        for (uint32_t k = 0; k < idea->satisfies.count; k++) {
            const parley_term *term = parley_terms_at(v->terms, (uint32_t)idea->satisfies.at[k]);
            if (term->party == (int32_t)p && term->basis != PARLEY_BASIS_READING) {
                word_push(&got, parley_screen_format(
                                    s, "%s%s (%s)", term->mode == PARLEY_MODE_REFUSES ? "no " : "",
                                    word_held(s, v->c, term->mode == PARLEY_MODE_REFUSES,
                                              term->formula, false),
                                    counter_support(s, v->c, term)));
            }
        }
        if (got.count > 0) {
            word_push(&list,
                      parley_screen_format(s, "%s could say it got: %s",
                                           word_party(v->c, (int32_t)p), word_join(s, &got, ", ")));
        }
    }
    items(v, PARLEY_INK_PLAIN, &list);
}

static void print_against(view *v, const parley_idea *idea)
{
    parley_screen *s = v->s;
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < idea->crosses.count; k++) {
        word_push(&list,
                  counter_crossing(s, v->c,
                                   parley_terms_at(v->terms, (uint32_t)idea->crosses.at[k]), true));
    }
    if (idea->crosses.count == 0) {
        word_push(&list, parley_case_audience(v->c) == NULL ? "contradicts no term and no reading"
                                                            : "contradicts no term");
    }
    for (uint32_t k = 0; k < idea->worse_for.count; k++) {
        word_push(&list, parley_screen_format(s, "takes away from %s",
                                              counter_concern(s, v->c, idea->worse_for.at[k])));
    }
    if (idea->pattern == PARLEY_PATTERN_STAGE) { /* the time of the first part is news too */
        const parley_idea_choice first = {
            .issue = idea->stage_issue, .from = idea->last, .value = &idea->first, .values = 1};
        counter_unasked(s, v->c, &first, 1, idea->unasked, idea->unasked_count, &list);
    }
    counter_unasked(s, v->c, idea->choice, idea->changes, idea->unasked, idea->unasked_count,
                    &list);
    items(v, PARLEY_INK_DIM, &list);
}

static void print_record(view *v, const parley_idea *idea)
{
    parley_screen *s = v->s;
    word_list list = {.count = 0};
    for (uint32_t k = 0; idea->open_to && k < idea->credits.count; k++) {
        const parley_claim *claim = parley_case_claim(v->c, idea->credits.at[k]);
        if (claim->act == PARLEY_ACT_OPEN_TO) {
            word_push(&list,
                      parley_screen_format(s, "%s is open to it (%s): no acceptance",
                                           word_voices(s, v->c, &claim->by), claim->record.id));
        }
    }
    for (uint32_t k = 0; k < idea->provided.count; k++) {
        word_push(&list, parley_screen_format(s, "if %s", idea->provided.at[k].text));
    }
    for (uint32_t k = 0; k < idea->objections.count; k++) {
        const parley_claim *claim = parley_case_claim(v->c, idea->objections.at[k]);
        word_push(&list, parley_screen_format(
                             s, "objection of %s%s%s (%s)", word_voices(s, v->c, &claim->by),
                             claim->says != NULL ? ": " : "",
                             claim->says != NULL ? claim->says : "", claim->record.id));
    }
    items(v, PARLEY_INK_WARN, &list);
    list.count = 0;
    counter_lifted(s, v->c, idea->lifted, &list);
    items(v, PARLEY_INK_WARN, &list);
}

static void print_ideas(view *v)
{
    parley_screen *s = v->s;
    const parley_column columns[4] = {{.at_least = 1},
                                      {.at_least = 8},
                                      {.flexible = true, .fill = true},
                                      {.align = PARLEY_ALIGN_RIGHT, .at_most = 24}};
    v->table = parley_table_new(s, columns, 4, 0, 1);
    for (uint32_t i = 0; i < parley_ideas_size(v->ideas); i++) {
        const parley_idea *idea = parley_ideas_at(v->ideas, i);
        parley_table_cell(v->table, PARLEY_INK_HEADING, counter_letter(s, i));
        parley_table_cell(v->table, PARLEY_INK_HEADING,
                          upper(s, parley_pattern_word(idea->pattern)));
        parley_table_cell(v->table, PARLEY_INK_OURS, headline(v, idea));
        parley_table_cell(v->table, PARLEY_INK_DIM, counter_credit(s, v->c, idea));
        print_meets(v, idea);
        print_gets(v, idea);
        print_against(v, idea);
        print_record(v, idea);
    }
    parley_table_print(v->table);
}

/* --------------------------------------------------------------- what no idea answers */

static const char *asked_of(view *v, const parley_idea_condition *condition)
{
    parley_screen *s = v->s;
    const char *claim = condition->claim >= 0 ? word_claim(v->c, condition->claim) : "";
    const char *what = condition->formula == NULL
                           ? condition->text
                           : word_held(s, v->c, condition->refuses, condition->formula, false);
    return parley_screen_format(s, "%s: %s%s%s%s%s", word_party(v->c, condition->party),
                                condition->refuses ? "not " : "", what,
                                claim[0] != '\0' ? " (" : "", claim, claim[0] != '\0' ? ")" : "");
}

static void print_unmet(view *v)
{
    parley_screen *s = v->s;
    bool label = true;
    for (uint32_t i = 0; i < parley_ideas_conditions(v->ideas); i++) {
        const parley_idea_condition *condition = parley_ideas_condition(v->ideas, i);
        bool words = condition->formula == NULL;
        bool counted = words || condition->term < 0 ||
                       !parley_deal_set_aside(v->page->deal, (uint32_t)condition->term);
        if (condition->touched || !counted) {
            continue;
        }
        word_list refusing = {.count = 0};
        for (uint32_t k = 0; k < condition->refused_by.count; k++) {
            word_push(
                &refusing,
                counter_support(s, v->c,
                                parley_terms_at(v->terms, (uint32_t)condition->refused_by.at[k])));
        }
        parley_screen_label(s, label ? "NOT MET BY ANY" : "");
        label = false;
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%s", asked_of(v, condition));
        if (words) {
            parley_screen_add(s, PARLEY_INK_DIM, ": words that fit no formula");
        } else if (refusing.count == 0) {
            parley_screen_add(s, PARLEY_INK_DIM, "; refused by nobody");
        } else {
            parley_screen_addf(s, PARLEY_INK_DIM, "; refused: %s", word_join(s, &refusing, " "));
        }
        for (uint32_t k = 0; k < condition->unheard_count; k++) {
            const parley_idea_choice *choice = &condition->unheard[k];
            word_list list = {.count = 0};
            for (uint32_t o = 0; o < choice->values; o++) {
                word_push(&list, word_value(s, v->c, choice->issue, choice->value[o], true));
            }
            parley_screen_addf(s, PARLEY_INK_OURS, ". Options nobody has refused: %s (ours)",
                               word_join(s, &list, ", "));
        }
        parley_screen_end(s);
    }
}

static bool is_condition(const view *v, int32_t term)
{
    for (uint32_t i = 0; i < parley_ideas_conditions(v->ideas); i++) {
        if (parley_ideas_condition(v->ideas, i)->term == term) {
            return true;
        }
    }
    return false;
}

/* Beside the conditions of the answer, which the ideas are about. */
static void print_asks(view *v)
{
    parley_screen *s = v->s;
    bool label = true;
    for (uint32_t p = 0; p < parley_case_parties(v->c); p++) {
        bool some = false;
        for (uint32_t i = 0; i < parley_ideas_asks(v->ideas); i++) {
            const parley_idea_ask *ask = parley_ideas_ask(v->ideas, i);
            const parley_term *term = parley_terms_at(v->terms, (uint32_t)ask->term);
            if (term->party != (int32_t)p || is_condition(v, ask->term)) {
                continue;
            }
            if (!some) {
                if (label) {
                    parley_screen_begin(s, 0, 4);
                    parley_screen_add(s, PARLEY_INK_HEADING, "ASKED, REFUSED BY NOBODY: ");
                } else {
                    parley_screen_begin(s, 4, 4);
                }
                parley_screen_addf(s, PARLEY_INK_PARTY, "%s: ", word_party(v->c, term->party));
            }
            parley_screen_addf(
                s, PARLEY_INK_PLAIN, "%s%s (%s%s%s)", some ? ", " : "",
                word_held(s, v->c, term->mode == PARLEY_MODE_REFUSES, term->formula, false),
                counter_support(s, v->c, term), ask->idea >= 0 ? "; idea " : "",
                ask->idea >= 0 ? counter_letter(s, (uint32_t)ask->idea) : "");
            some = true;
            label = false;
        }
        if (some) {
            parley_screen_end(s);
        }
    }
}

/* A door that a principal left open, though it meets no concern that is typed. */
static void print_open_to(view *v)
{
    parley_screen *s = v->s;
    for (uint32_t i = 0; i < parley_ideas_open_to(v->ideas); i++) {
        const parley_idea_open_to *open = parley_ideas_open_to_at(v->ideas, i);
        const parley_claim *claim = parley_case_claim(v->c, open->claim);
        const char *what = claim->about.formula != NULL
                               ? word_formula(s, v->c, claim->about.formula, false)
                           : claim->about.kind == PARLEY_ABOUT_PROPOSAL
                               ? parley_case_proposal(v->c, claim->about.index)->name
                               : "";
        parley_screen_label(s, i == 0 ? "OPEN TO" : "");
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%s: %s (%s)", word_voices(s, v->c, &claim->by),
                           what, word_claim(v->c, open->claim));
        parley_screen_add(s, PARLEY_INK_DIM, "; no acceptance");
        for (uint32_t k = 0; k < open->crosses.count && k < 3; k++) {
            const parley_term *term = parley_terms_at(v->terms, (uint32_t)open->crosses.at[k]);
            parley_screen_addf(s, PARLEY_INK_DIM, "; %s", counter_crossing(s, v->c, term, false));
        }
        if (open->crosses.count > 3) {
            parley_screen_addf(s, PARLEY_INK_DIM, "; and %u more", open->crosses.count - 3);
        }
        parley_screen_end(s);
    }
}

/* Concerns that the page names, in words. */
static void print_concerns(view *v)
{
    parley_screen *s = v->s;
    const parley_column columns[2] = {{.at_most = 24}, {.flexible = true, .fill = true}};
    if (parley_case_concerns(v->c) == 0) {
        return;
    }
    parley_screen_begin(s, 0, 0);
    parley_screen_add(s, PARLEY_INK_HEADING, "CONCERNS");
    parley_screen_end(s);
    parley_table *t = parley_table_new(s, columns, 2, 2, 2);
    for (uint32_t k = 0; k < parley_case_concerns(v->c); k++) {
        const parley_concern *concern = parley_case_concern(v->c, (int32_t)k);
        word_list behind = {.count = 0};
        for (uint32_t i = 0; i < parley_ideas_conditions(v->ideas); i++) {
            const parley_idea_condition *condition = parley_ideas_condition(v->ideas, i);
            for (uint32_t o = 0; o < condition->concerns.count; o++) {
                if (condition->concerns.at[o] == (int32_t)k) {
                    word_push(&behind, condition->formula == NULL
                                           ? condition->text
                                           : word_formula(s, v->c, condition->formula, false));
                }
            }
        }
        parley_table_cell(t, PARLEY_INK_PLAIN, concern->record.id);
        parley_table_cellf(t, PARLEY_INK_PARTY, "%s: ", word_party(v->c, concern->party));
        parley_table_add(t, concern->ours ? PARLEY_INK_OURS : PARLEY_INK_PLAIN, concern->text);
        if (concern->ours) {
            parley_table_add(t, PARLEY_INK_DIM, " (our words)");
        }
        if (behind.count > 0) {
            parley_table_addf(t, PARLEY_INK_DIM, "; behind its condition %s",
                              word_join(s, &behind, ", "));
        }
        for (uint32_t i = 0; i < parley_ideas_notes(v->ideas); i++) {
            const parley_idea_note *note = parley_ideas_note(v->ideas, i);
            if (note->kind == PARLEY_IDEA_NOTE_UNCOUNTED || note->a != (int32_t)k) {
                continue;
            }
            const char *text = note->kind == PARLEY_IDEA_NOTE_UNTOLD
                                   ? "no formula says what would meet it"
                               : note->kind == PARLEY_IDEA_NOTE_CANNOT
                                   ? "cannot be met: the rules, or a flag, do not allow it"
                               : note->kind == PARLEY_IDEA_NOTE_OPPOSED
                                   ? parley_screen_format(s, "cannot be met together with %s",
                                                          counter_concern(s, v->c, note->b))
                               : note->kind == PARLEY_IDEA_NOTE_ALREADY ? "met by the proposal"
                               : note->kind == PARLEY_IDEA_NOTE_FAR
                                   ? "nothing within the changes looked at; more were not tried"
                                   : "no idea meets it";
            parley_table_newline(t);
            parley_table_add(t, PARLEY_INK_WARN, text);
        }
    }
    parley_table_print(t);
}

static void print_left_out(view *v)
{
    parley_screen *s = v->s;
    uint32_t own = 0;
    bool label = true;
    for (uint32_t i = 0; i < parley_ideas_left_out(v->ideas); i++) {
        const parley_idea_left_out *out = parley_ideas_left_out_at(v->ideas, i);
        own += out->own;
        if (out->own || out->claim < 0) {
            continue;
        }
        word_list crosses = {.count = 0};
        for (uint32_t k = 0; k < out->crosses.count && k < 3; k++) {
            word_push(&crosses,
                      counter_crossing(
                          s, v->c, parley_terms_at(v->terms, (uint32_t)out->crosses.at[k]), false));
        }
        parley_screen_label(s, label ? "LEFT OUT" : "");
        label = false;
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%s: ", word_claim(v->c, out->claim));
        parley_screen_add(s, PARLEY_INK_DIM,
                          out->unusable ? "the rules, or a flag, do not allow it"
                                        : word_join(s, &crosses, "; "));
        if (out->crosses.count > 3) {
            parley_screen_addf(s, PARLEY_INK_DIM, "; and %u more", out->crosses.count - 3);
        }
        parley_screen_end(s);
    }
    if (own > 0) {
        parley_screen_label(s, label ? "LEFT OUT" : "");
        parley_screen_addf(s, PARLEY_INK_PLAIN,
                           "%u that cross%s recorded terms of %s itself (--by)", own,
                           own == 1 ? "es" : "", word_party(v->c, v->page->by));
        parley_screen_end(s);
    }
    for (uint32_t i = 0; i < parley_ideas_notes(v->ideas); i++) {
        const parley_idea_note *note = parley_ideas_note(v->ideas, i);
        if (note->kind == PARLEY_IDEA_NOTE_UNCOUNTED) {
            parley_screen_linef(s, "NOT COUNTED", PARLEY_INK_DIM,
                                "%s: about an issue that is not "
                                "on the table here",
                                asked_of(v, parley_ideas_condition(v->ideas, (uint32_t)note->a)));
        }
    }
}

static void print_kept_out(view *v)
{
    parley_screen *s = v->s;
    const parley_count count = parley_ideas_kept_out(v->ideas);
    if (parley_count_is_zero(&count)) {
        return;
    }
    word_list laws = {.count = 0};
    const char *first = "";
    for (uint32_t i = 0; i < parley_case_flags(v->c); i++) {
        const parley_flag *flag = parley_case_flag(v->c, (int32_t)i);
        if (!flag->lifted && flag->keeps_out.count > 0) {
            char law[200];
            size_t n = 0;
            for (; flag->law != NULL && flag->law[n] != '\0' && n + 1 < sizeof(law); n++) {
                law[n] = (char)(flag->law[n] == '-' ? ' ' : flag->law[n]);
            }
            law[n] = '\0';
            first = laws.count == 0 ? flag->record.id : first;
            word_push(&laws, parley_screen_format(s, "%s, %s", flag->record.id, law));
        }
    }
    parley_screen_label(s, "KEPT OUT");
    parley_screen_addf(s, PARLEY_INK_WARN, "%s package%s (%s).", parley_screen_count(s, &count),
                       count.used == 1 && count.limb[0] == 1 ? "" : "s", word_join(s, &laws, "; "));
    parley_screen_add(s, PARLEY_INK_PLAIN, " To use one, a named person records why:");
    parley_screen_newline(s);
    parley_screen_addf(s, PARLEY_INK_PLAIN, "  flags: %s: lifted: {by: NAME, office: OFFICE,",
                       first);
    parley_screen_newline(s);
    parley_screen_add(s, PARLEY_INK_PLAIN, "    date: DATE, because: \"...\"}");
    parley_screen_newline(s);
    parley_screen_add(s, PARLEY_INK_PLAIN,
                      "The name and the reason are then printed with every such idea.");
    parley_screen_end(s);
}

static void print_nearest(view *v)
{
    parley_screen *s = v->s;
    uint32_t count = parley_ideas_nearest(v->ideas);
    bool clean = parley_ideas_nearest_complete(v->ideas);
    for (uint32_t i = 0; i < count; i++) {
        clean = clean && parley_ideas_nearest_at(v->ideas, i)->crosses.count == 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        const parley_idea_nearest *near = parley_ideas_nearest_at(v->ideas, i);
        word_list list = {.count = 0};
        parley_screen_label(s, i > 0 ? "" : clean ? "LEFT" : "NEAREST");
        for (uint32_t k = 0; k < near->choices; k++) {
            parley_screen_item(s, near->choice[k].kept ? PARLEY_INK_PLAIN : PARLEY_INK_OURS,
                               counter_choice(s, v->c, &near->choice[k]));
        }
        parley_screen_newline(s);
        for (uint32_t k = 0; k < near->crosses.count; k++) {
            word_push(&list,
                      counter_crossing(
                          s, v->c, parley_terms_at(v->terms, (uint32_t)near->crosses.at[k]), true));
        }
        if (near->crosses.count == 0) {
            word_push(&list, "contradicts no term and no reading");
        }
        if (near->needs.count > 0) {
            word_push(&list,
                      parley_screen_format(s, "needs %s", counter_parties(s, v->c, near->needs)));
        }
        counter_unasked(s, v->c, near->choice, near->choices, near->unasked, near->unasked_count,
                        &list);
        counter_lifted(s, v->c, near->lifted, &list);
        for (size_t k = 0; k < list.count; k++) {
            parley_screen_item(s, PARLEY_INK_DIM, list.at[k]);
        }
        parley_screen_end(s);
    }
    bool looked = v->page->nearest > 0 || parley_ideas_size(v->ideas) == 0;
    if (count == 0 && looked && !parley_ideas_nearest_complete(v->ideas)) {
        parley_screen_line(s, "NEAREST", PARLEY_INK_WARN,
                           "not found within the limit of the search: too much clashes");
    }
    if (count > 0 && !parley_ideas_nearest_complete(v->ideas)) {
        parley_screen_line(s, "", PARLEY_INK_DIM, "There are more: --nearest N");
    }
}

parley_status parley_page_counter(parley_screen *s, parley_ctx *ctx,
                                  const parley_counter_page *page, parley_error *err)
{
    parley_ideas_options options = PARLEY_IDEAS_OPTIONS_INIT;
    parley_ideas *ideas = NULL;
    options.proposal = page->proposal;
    options.by = page->by;
    options.nearest = page->nearest;
    parley_status status = parley_ideas_new(&ideas, ctx, page->c, page->deal, &options, err);
    if (status != PARLEY_OK) {
        return status;
    }
    view v = {s, page->c, ideas, parley_deal_terms(page->deal), page, NULL};
    parley_screen_labels(s, 16);
    word_law(s, page->c, false);
    line(s, PARLEY_INK_TITLE, HEADING);
    print_proposal(&v);
    print_reopened(&v);
    if (parley_deal_issues(page->deal).count == 0) {
        line(s, PARLEY_INK_PLAIN,
             "Nothing can be counted: no issue on the table has options or a range.");
    } else if (parley_ideas_size(ideas) == 0 && parley_case_concerns(page->c) > 0) {
        line(s, PARLEY_INK_PLAIN, "No idea meets a concern without what somebody else refuses.");
    }
    print_ideas(&v);
    print_unmet(&v);
    print_asks(&v);
    print_open_to(&v);
    print_left_out(&v);
    print_kept_out(&v);
    print_nearest(&v);
    print_concerns(&v);
    parley_ideas_free(ideas);
    return PARLEY_OK;
}
