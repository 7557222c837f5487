/*
 * The page of `parley show --levers`: who can press whom, with what, and in what state it is on a
 * day; what it costs and whether it would be used, in the words of whoever says so; what a party's
 * position without a deal rests on. Nothing is weighed.
 */
#include "report/desk_parts.h"
#include "report/json_parts.h"
#include "report/report_internal.h"
#include "report/timeline_page.h"
#include "report/wording.h"

#include <string.h>

#include <parley/screens.h>

/* Did it happen by the day asked for (form UNKNOWN: any day)? A vague date counts if it may have.
 */
static bool by_then(parley_date date, parley_date at)
{
    return at.form == PARLEY_DATE_UNKNOWN || date.form == PARLEY_DATE_UNKNOWN ||
           parley_date_possibly_by(date, at.last);
}

/* The last state by then: by day, and of one day the one typed last; -1. */
static int32_t state_at(const parley_lever *l, parley_date at)
{
    int32_t last = -1;
    for (uint32_t k = 0; k < l->state_count; k++) {
        if (by_then(l->states[k].date, at) &&
            (last < 0 || l->states[k].date.form == PARLEY_DATE_UNKNOWN ||
             timeline_compare_dates(l->states[last].date, l->states[k].date) <= 0)) {
            last = (int32_t)k;
        }
    }
    return last;
}

static bool wanted(const parley_lever *l, int32_t party)
{
    return party < 0 || l->holder.party == party || l->over.party == party;
}

static void state_words(parley_screen *s, const parley_case *c, const parley_lever_state *state)
{
    parley_screen_addf(s, PARLEY_INK_PLAIN, "%s", state->state);
    if (state->date.form != PARLEY_DATE_UNKNOWN) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, " %s", word_date(s, c, state->date));
    }
    parley_screen_addf(s, PARLEY_INK_DIM, " (%s)", desk_who_says(s, c, state->claim, false));
}

static void one_lever(parley_screen *s, const parley_case *c, const parley_lever *l, parley_date at)
{
    int32_t now = state_at(l, at);
    parley_screen_begin(s, 0, 2);
    parley_screen_addf(s, PARLEY_INK_PARTY, "%s", word_voice(s, c, &l->holder, false));
    parley_screen_add(s, PARLEY_INK_PLAIN, " over ");
    parley_screen_addf(s, PARLEY_INK_PARTY, "%s", word_voice(s, c, &l->over, false));
    parley_screen_addf(s, PARLEY_INK_PLAIN, ": %s", l->what);
    if (desk_has_role(c, l->holder.party, PARLEY_ROLE_MEDIATOR)) {
        parley_screen_add(s, PARLEY_INK_WARN, " (and mediates)");
    }
    parley_screen_end(s);
    parley_screen_label(s, "  now");
    if (now < 0) {
        parley_screen_add(s, PARLEY_INK_DIM, "not recorded");
    } else {
        state_words(s, c, &l->states[now]);
    }
    parley_screen_end(s);
    for (uint32_t k = 0, shown = 0; k < l->state_count; k++) {
        if ((int32_t)k != now && by_then(l->states[k].date, at)) {
            parley_screen_label(s, shown++ == 0 ? "  before" : "");
            state_words(s, c, &l->states[k]);
            parley_screen_end(s);
        }
    }
    if (l->about.kind == PARLEY_ABOUT_ISSUE) {
        parley_screen_line(s, "  about", PARLEY_INK_PLAIN, word_issue(c, l->about.index));
    } else if (l->about.formula != NULL) {
        parley_screen_line(s, "  about", PARLEY_INK_PLAIN,
                           word_formula(s, c, l->about.formula, false));
    } else if (l->about.text != NULL) {
        parley_screen_line(s, "  about", PARLEY_INK_PLAIN, l->about.text);
    }
    for (uint32_t k = 0; k < l->aspect_count; k++) {
        if (l->aspects[k].of != PARLEY_ASPECT_WITHOUT_A_DEAL) { /* these stand below, by party */
            desk_aspects(s, c, &l->aspects[k], 1);
        }
    }
}

/* What each party's position without a deal rests on, as far as levers over it tell. */
static void without_a_deal(parley_screen *s, const parley_case *c, int32_t party, parley_date at)
{
    bool first = true;
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        for (uint32_t i = 0; i < parley_case_levers(c); i++) {
            const parley_lever *l = parley_case_lever(c, (int32_t)i);
            int32_t now = state_at(l, at);
            if (l->over.party != (int32_t)p || !wanted(l, party)) {
                continue;
            }
            for (uint32_t k = 0; k < l->aspect_count; k++) {
                const parley_aspect *a = &l->aspects[k];
                if (a->of != PARLEY_ASPECT_WITHOUT_A_DEAL || a->text == NULL) {
                    continue;
                }
                parley_screen_label(s, first ? "WITHOUT A DEAL" : "");
                first = false;
                parley_screen_addf(s, PARLEY_INK_PARTY, "%s: ", word_party(c, (int32_t)p));
                parley_screen_addf(s, a->ours ? PARLEY_INK_OURS : PARLEY_INK_PLAIN,
                                   a->ours ? "[%s]" : "%s", a->text);
                parley_screen_addf(s, PARLEY_INK_DIM, " (%s; lever: %s, %s%s%s)",
                                   desk_who_says(s, c, a->claim, a->ours), l->what,
                                   word_voice(s, c, &l->holder, false), now >= 0 ? ", " : "",
                                   now >= 0 ? l->states[now].state : "");
                parley_screen_end(s);
            }
        }
    }
}

void parley_page_levers(parley_screen *s, const parley_case *c, int32_t party, parley_date at)
{
    bool some = false;
    word_heading(s, c);
    for (uint32_t i = 0; i < parley_case_levers(c); i++) {
        if (wanted(parley_case_lever(c, (int32_t)i), party)) {
            some = true;
            one_lever(s, c, parley_case_lever(c, (int32_t)i), at);
        }
    }
    without_a_deal(s, c, party, at);
    word_plain(s, PARLEY_INK_DIM,
               some ? "In the words of whoever says so; nothing is weighed."
                    : "No lever is typed.");
}

void parley_page_levers_json(parley_json *j, const parley_case *c, int32_t party, parley_date at)
{
    parley_json_object(j);
    json_case(j, c);
    json_key_date(j, "at", at);
    parley_json_key(j, "levers");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_case_levers(c); i++) {
        const parley_lever *l = parley_case_lever(c, (int32_t)i);
        int32_t now = state_at(l, at);
        if (!wanted(l, party)) {
            continue;
        }
        parley_json_object(j);
        json_key_string(j, "lever", l->record.id);
        json_voice(j, "holder", c, &l->holder);
        json_voice(j, "over", c, &l->over);
        json_key_string(j, "what", l->what);
        json_key_string(j, "about", l->about.text);
        json_key_string(j, "now", now < 0 ? NULL : l->states[now].state);
        parley_json_key(j, "history");
        parley_json_array(j);
        for (uint32_t k = 0; k < l->state_count; k++) {
            if (by_then(l->states[k].date, at)) {
                parley_json_object(j);
                json_key_date(j, "date", l->states[k].date);
                json_key_string(j, "state", l->states[k].state);
                json_key_string(j, "claim", id_claim(c, l->states[k].claim));
                parley_json_object_end(j);
            }
        }
        parley_json_array_end(j);
        json_aspects(j, c, l->aspects, l->aspect_count);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
    parley_json_finish(j);
}
