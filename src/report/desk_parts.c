/*
 * What the pages of the mediator's desk share: what is said of something, a mediator's own
 * interest, who is away, rival accounts of an incident.
 */
#include "report/desk_parts.h"
#include "report/json_parts.h"
#include "report/wording.h"

#include <string.h>

#define NEAR_DAYS 3

bool desk_has_role(const parley_case *c, int32_t party, parley_role role)
{
    return party >= 0 && (parley_case_party(c, party)->roles >> role & 1) != 0;
}

const char *desk_who_says(parley_screen *s, const parley_case *c, int32_t claim, bool ours)
{
    if (ours) {
        return "our reading";
    }
    return claim < 0 ? "nobody named"
                     : parley_screen_format(s, "%s %s", word_class(s, parley_case_claim(c, claim)),
                                            word_claim(c, claim));
}

const char *desk_basis(parley_screen *s, const parley_case *c, const parley_stance *stance)
{
    const char *when = stance->date.form == PARLEY_DATE_UNKNOWN
                           ? ""
                           : parley_screen_format(s, "%s, ", word_date(s, c, stance->date));
    if (stance->reading >= 0) {
        return parley_screen_format(s, "our reading %s",
                                    parley_case_reading(c, stance->reading)->record.id);
    }
    return parley_screen_format(s, "%s%s%s%s", when,
                                stance->claim >= 0
                                    ? word_class(s, parley_case_claim(c, stance->claim))
                                    : word_basis(stance->basis),
                                stance->claim >= 0 ? " " : "", word_claim(c, stance->claim));
}

/* -------------------------------------------------------------------- aspects */

void desk_aspects(parley_screen *s, const parley_case *c, const parley_aspect *aspects,
                  uint32_t count)
{
    for (uint32_t k = 0; k < count; k++) {
        const parley_aspect *a = &aspects[k];
        const char *of = parley_words_word(PARLEY_WORDS_ASPECT, a->of);
        parley_screen_label(s, parley_screen_format(s, "  %s", of));
        parley_screen_addf(s, a->ours ? PARLEY_INK_OURS : PARLEY_INK_PLAIN, a->ours ? "[%s]" : "%s",
                           a->text != NULL ? a->text : "");
        parley_screen_addf(s, PARLEY_INK_DIM, " (%s)", desk_who_says(s, c, a->claim, a->ours));
        parley_screen_end(s);
    }
}

void json_aspects(parley_json *j, const parley_case *c, const parley_aspect *aspects,
                  uint32_t count)
{
    parley_json_key(j, "aspects");
    parley_json_array(j);
    for (uint32_t k = 0; k < count; k++) {
        parley_json_object(j);
        json_key_string(j, "of", parley_words_word(PARLEY_WORDS_ASPECT, aspects[k].of));
        json_key_string(j, "words", aspects[k].text);
        parley_json_key(j, "ours");
        parley_json_bool(j, aspects[k].ours);
        json_key_string(j, "claim", id_claim(c, aspects[k].claim));
        json_ids(j, "from", c, aspects[k].from, id_claim);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

/* ------------------------------------------------------------------ interests */

static bool is_candidate(const parley_case *c, int32_t party)
{
    for (uint32_t i = 0; i < parley_case_candidates(c); i++) {
        const parley_candidate *row = parley_case_candidate(c, (int32_t)i);
        if (row->purpose == PARLEY_PURPOSE_MEDIATOR && row->who.party == party) {
            return true;
        }
    }
    return false;
}

bool desk_mediates(const parley_case *c, int32_t party)
{
    return desk_has_role(c, party, PARLEY_ROLE_MEDIATOR) || is_candidate(c, party);
}

/* "Israel, which mediates"; of a candidate: "Sollen, a candidate to mediate". */
static const char *called(parley_screen *s, const parley_case *c, int32_t party)
{
    return parley_screen_format(s, "%s, %s", word_party(c, party),
                                desk_has_role(c, party, PARLEY_ROLE_MEDIATOR)
                                    ? "which mediates"
                                    : "a candidate to mediate");
}

static const char *lever_state(parley_screen *s, const parley_lever *l)
{
    return l->state_count == 0
               ? ""
               : parley_screen_format(s, " (%s)", l->states[l->state_count - 1].state);
}

void desk_interests(sheet *sh, parley_screen *s, const parley_case *c, const bool *speaks)
{
    sheet_section(sh, "OWN INTEREST");
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        const char *name = called(s, c, (int32_t)p);
        bool some = false;
        if (!speaks[p] || !desk_mediates(c, (int32_t)p)) {
            continue;
        }
        for (uint32_t i = 0; i < parley_case_concerns(c); i++) {
            const parley_concern *k = parley_case_concern(c, (int32_t)i);
            if (k->party == (int32_t)p && k->text != NULL) {
                sheet_addf(sh, k->ours ? PARLEY_INK_OURS : PARLEY_INK_PLAIN,
                           desk_who_says(s, c, k->claim, k->ours), "%s: %s", name, k->text);
                some = true;
            }
        }
        for (uint32_t i = 0; i < parley_case_candidates(c); i++) {
            const parley_candidate *row = parley_case_candidate(c, (int32_t)i);
            for (uint32_t k = 0; row->who.party == (int32_t)p && k < row->aspect_count; k++) {
                const parley_aspect *a = &row->aspects[k];
                if (a->of == PARLEY_ASPECT_INTEREST && a->text != NULL) {
                    sheet_addf(sh, a->ours ? PARLEY_INK_OURS : PARLEY_INK_PLAIN,
                               desk_who_says(s, c, a->claim, a->ours), "%s: %s", name, a->text);
                    some = true;
                }
            }
        }
        for (uint32_t i = 0; i < parley_case_levers(c); i++) {
            const parley_lever *l = parley_case_lever(c, (int32_t)i);
            if (l->holder.party == (int32_t)p) {
                sheet_addf(sh, PARLEY_INK_PLAIN, "", "%s, holds %s over %s%s", name, l->what,
                           word_voice(s, c, &l->over, false), lever_state(s, l));
                some = true;
            }
        }
        if (!some) {
            sheet_addf(sh, PARLEY_INK_DIM, "", "%s: not recorded", name);
        }
    }
}

/* ------------------------------------------------------------------- who is away */

uint32_t desk_absent(const parley_case *c, int32_t *party, uint32_t room)
{
    uint32_t count = 0;
    for (uint32_t p = 0; p < parley_case_parties(c) && count < room; p++) {
        bool counts = desk_has_role(c, (int32_t)p, PARLEY_ROLE_AFFECTED) ||
                      parley_needs_party(c, -1, (int32_t)p);
        if (counts && parley_absent(c, (int32_t)p)) {
            party[count++] = (int32_t)p;
        }
    }
    return count;
}

/* ------------------------------------------------------------------- incidents */

bool desk_accounts_make(desk_accounts *out, parley_arena *arena, const parley_case *c)
{
    uint32_t incidents = parley_case_incidents(c);
    uint32_t claims = parley_case_claims(c);
    out->first = parley_arena_array(arena, incidents, sizeof(*out->first));
    out->next = parley_arena_array(arena, claims, sizeof(*out->next));
    if (out->first == NULL || out->next == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < incidents; i++) {
        out->first[i] = -1;
    }
    for (uint32_t i = claims; i-- > 0;) {
        const parley_about *about = &parley_case_claim(c, (int32_t)i)->about;
        out->next[i] = -1;
        if (about->kind == PARLEY_ABOUT_INCIDENT) {
            out->next[i] = out->first[about->index];
            out->first[about->index] = (int32_t)i;
        }
    }
    return true;
}

int32_t desk_near_talks(const parley_case *c, int32_t incident, int32_t *days, bool *about)
{
    parley_date when = parley_case_incident(c, incident)->record.happened;
    int32_t best = -1;
    int32_t nearest = NEAR_DAYS + 1;
    if (when.form != PARLEY_DATE_DAY || when.side != PARLEY_DATE_ON) {
        return -1;
    }
    for (uint32_t i = 0; i < parley_case_meetings(c); i++) {
        parley_date met = parley_case_meeting(c, (int32_t)i)->record.happened;
        if (met.form != PARLEY_DATE_DAY || met.side != PARLEY_DATE_ON) {
            continue;
        }
        int32_t far = met.first - when.first;
        if ((far < 0 ? -far : far) < nearest) {
            nearest = far < 0 ? -far : far;
            best = (int32_t)i;
            *days = far;
            *about = when.about || met.about;
        }
    }
    return best;
}
