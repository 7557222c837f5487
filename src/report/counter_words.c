/*
 * Words for ideas: what they decide, whose they are, what they cross, who was never asked.
 */
#include "report/counter_words.h"

#include <string.h>

const char *counter_letter(parley_screen *s, uint32_t i)
{
    return i < 26
               ? parley_screen_format(s, "%c", 'A' + (int)i)
               : parley_screen_format(s, "%c%c", 'A' + (int)(i / 26 - 1) % 26, 'A' + (int)(i % 26));
}

/* "a, b or c" */
static const char *alternatives(parley_screen *s, const word_list *list)
{
    if (list->count < 2 || list->dropped > 0) {
        return word_join(s, list, ", ");
    }
    word_list head = *list;
    head.count--;
    return parley_screen_format(s, "%s or %s", word_join(s, &head, ", "),
                                list->at[list->count - 1]);
}

const char *counter_values(parley_screen *s, const parley_case *c, const parley_idea_choice *choice)
{
    const parley_issue *issue = parley_case_issue(c, choice->issue);
    word_list list = {.count = 0};
    uint32_t ours = 0;
    bool run = issue->kind == PARLEY_ISSUE_QUANTITY && choice->values > 2 &&
               choice->value[choice->values - 1] - choice->value[0] == choice->values - 1;
    if (run) {
        return parley_screen_format(
            s, "%s to %s", word_value(s, c, choice->issue, choice->value[0], false),
            word_value_short(s, c, choice->issue, choice->value[choice->values - 1]));
    }
    for (uint32_t k = 0; k < choice->values; k++) {
        bool own = issue->kind == PARLEY_ISSUE_CHOICE && issue->options[choice->value[k]].ours;
        ours += own;
        word_push(&list, word_value_short(s, c, choice->issue, choice->value[k]));
    }
    return parley_screen_format(s, "%s%s", alternatives(s, &list),
                                ours == 0                ? ""
                                : ours == choice->values ? " (ours)"
                                                         : " (some of them ours)");
}

const char *counter_choice(parley_screen *s, const parley_case *c, const parley_idea_choice *choice)
{
    const char *values = counter_values(s, c, choice);
    if (choice->kept || choice->from < 0) {
        return parley_screen_format(s, "%s %s", word_issue(c, choice->issue), values);
    }
    return parley_screen_format(s, "%s %s, not %s", word_issue(c, choice->issue), values,
                                word_value_short(s, c, choice->issue, choice->from));
}

static const char *author(parley_screen *s, const parley_case *c, const parley_claim *claim)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < claim->by.count; k++) {
        const parley_voice *v = &claim->by.at[k];
        word_push(&list, v->party < 0 && v->source >= 0
                             ? parley_case_source(c, v->source)->record.id
                             : word_voice(s, c, v, false));
    }
    return word_join(s, &list, ", ");
}

const char *counter_credit(parley_screen *s, const parley_case *c, const parley_idea *idea)
{
    word_list list = {.count = 0};
    if (idea->with[0] >= 0) {
        return parley_screen_format(s, "ours (%s with %s)",
                                    counter_letter(s, (uint32_t)idea->with[0]),
                                    counter_letter(s, (uint32_t)idea->with[1]));
    }
    for (uint32_t k = 0; k < idea->credits.count; k++) {
        const parley_claim *claim = parley_case_claim(c, idea->credits.at[k]);
        word_push(&list, parley_screen_format(s, "%s, %s", author(s, c, claim), claim->record.id));
    }
    return list.count == 0 ? "ours"
                           : parley_screen_format(s, "credit: %s", word_join(s, &list, "; "));
}

const char *counter_support(parley_screen *s, const parley_case *c, const parley_term *term)
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

const char *counter_crossing(parley_screen *s, const parley_case *c, const parley_term *term,
                             bool still)
{
    bool reading = term->basis == PARLEY_BASIS_READING;
    const char *verb = term->mode == PARLEY_MODE_REFUSES ? "refuses" : "asks for";
    return reading
               ? parley_screen_format(
                     s, "on our reading %s %s %s (%s)", word_party(c, term->party), verb,
                     word_held(s, c, term->mode == PARLEY_MODE_REFUSES, term->formula, false),
                     counter_support(s, c, term))
               : parley_screen_format(
                     s, "%s: %s%s %s (%s%s)", word_party(c, term->party), still ? "still " : "",
                     verb, word_held(s, c, term->mode == PARLEY_MODE_REFUSES, term->formula, false),
                     term->basis == PARLEY_BASIS_REPORTED ? "reported, " : "",
                     counter_support(s, c, term));
}

const char *counter_concern(parley_screen *s, const parley_case *c, int32_t concern)
{
    const parley_concern *row = parley_case_concern(c, concern);
    return parley_screen_format(s, "%s", row->record.id);
}

static bool unasked_on(const parley_idea_unasked *unasked, uint32_t count, int32_t party,
                       int32_t issue)
{
    for (uint32_t i = 0; i < count; i++) {
        if (unasked[i].party == party && unasked[i].issue == issue) {
            return true;
        }
    }
    return false;
}

void counter_unasked(parley_screen *s, const parley_case *c, const parley_idea_choice *choice,
                     uint32_t choices, const parley_idea_unasked *unasked, uint32_t count,
                     word_list *out)
{
    uint32_t parties = parley_case_parties(c);
    word_list nobody = {.count = 0};
    uint32_t sides = 0;
    for (uint32_t p = 0; p < parties; p++) {
        sides += (parley_case_party(c, (int32_t)p)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
    }
    bool whole[256] = {false};
    for (uint32_t i = 0; i < choices && i < 256; i++) { /* no principal at all was asked */
        uint32_t silent = 0;
        for (uint32_t p = 0; p < parties; p++) {
            silent += (parley_case_party(c, (int32_t)p)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0 &&
                      unasked_on(unasked, count, (int32_t)p, choice[i].issue);
        }
        whole[i] = sides > 1 && silent == sides;
        if (whole[i]) {
            word_push(&nobody, parley_screen_format(s, "%s %s", word_issue(c, choice[i].issue),
                                                    counter_values(s, c, &choice[i])));
        }
    }
    if (nobody.count > 0) {
        word_push(out, parley_screen_format(s, "%s asked on %s",
                                            sides == 2 ? "neither side" : "no principal",
                                            word_join(s, &nobody, ", ")));
    }
    for (uint32_t p = 0; p < parties; p++) {
        word_list issues = {.count = 0};
        bool side = (parley_case_party(c, (int32_t)p)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
        for (uint32_t i = 0; i < choices && i < 256; i++) {
            if (unasked_on(unasked, count, (int32_t)p, choice[i].issue) && !(side && whole[i])) {
                word_push(&issues, word_issue(c, choice[i].issue));
            }
        }
        if (issues.count > 0) {
            word_push(out, parley_screen_format(s, "%s not asked on %s", word_party(c, (int32_t)p),
                                                word_join(s, &issues, ", ")));
        }
    }
}

void counter_lifted(parley_screen *s, const parley_case *c, parley_ids flags, word_list *out)
{
    for (uint32_t k = 0; k < flags.count; k++) {
        const parley_flag *flag = parley_case_flag(c, flags.at[k]);
        word_push(out,
                  parley_screen_format(s, "%s opened by %s, %s, %s: %s", flag->record.id,
                                       flag->lifted_by, flag->lifted_office,
                                       word_date(s, c, flag->lifted_date), flag->lifted_because));
    }
}

const char *counter_parties(parley_screen *s, const parley_case *c, parley_ids parties)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < parties.count; k++) {
        word_push(&list, word_party(c, parties.at[k]));
    }
    return word_join(s, &list, ", ");
}
