/*
 * The page of `parley channels`: who reaches whom and how well in words, who was asked to mediate,
 * what was done for whom, who must be in the room, which places were named. No scores.
 */
#include "report/json_parts.h"
#include "report/report_internal.h"
#include "report/wording.h"

#include <string.h>

#include <parley/desk.h>
#include <parley/screens.h>

static bool has_role(const parley_case *c, int32_t p, parley_role role)
{
    return (parley_case_party(c, p)->roles >> role & 1) != 0;
}

static const char *known_from(const parley_case *c, const parley_channel *ch)
{
    return ch->claim >= 0    ? word_claim(c, ch->claim)
           : ch->source >= 0 ? parley_case_source(c, ch->source)->record.id
                             : "";
}

static const char *through(parley_screen *s, const parley_case *c, const parley_voice *v)
{
    if (v->person >= 0) {
        return parley_case_person(c, v->person)->name;
    }
    return v->party < 0 && v->source < 0 && v->words == NULL ? "-" : word_voice(s, c, v, false);
}

static void lines(parley_screen *s, const parley_case *c, int32_t to)
{
    const parley_column columns[6] = {
        {.heading = "FROM", .at_most = 16},
        {.heading = "TO", .at_most = 16},
        {.heading = "THROUGH", .flexible = true},
        {.heading = "QUALITY (their word)", .flexible = true, .fill = true},
        {.heading = "OPEN?", .at_most = 10},
        {.heading = "HOW KNOWN", .at_most = 10},
    };
    parley_table *t = parley_table_new(s, columns, 6, 0, 2);
    for (uint32_t i = 0; i < parley_case_channels(c); i++) {
        const parley_channel *ch = parley_case_channel(c, (int32_t)i);
        if (to >= 0 && ch->to.party != to && ch->from.party != to) {
            continue;
        }
        bool turn = to >= 0 && ch->to.party != to;
        parley_table_cell(t, PARLEY_INK_PARTY, word_voice(s, c, turn ? &ch->to : &ch->from, false));
        parley_table_cell(t, PARLEY_INK_PARTY, word_voice(s, c, turn ? &ch->from : &ch->to, false));
        parley_table_cell(t, PARLEY_INK_PLAIN, through(s, c, &ch->through));
        parley_table_cell(t, PARLEY_INK_PLAIN, ch->quality != NULL ? ch->quality : "not recorded");
        parley_table_cell(t, PARLEY_INK_DIM, ch->publicity != NULL ? ch->publicity : "-");
        parley_table_cell(t, PARLEY_INK_DIM, known_from(c, ch));
    }
    /* principals that no channel joins, as far as the reports tell */
    for (uint32_t a = 0; a < parley_case_parties(c); a++) {
        for (uint32_t b = a + 1; b < parley_case_parties(c); b++) {
            bool both = has_role(c, (int32_t)a, PARLEY_ROLE_PRINCIPAL) &&
                        has_role(c, (int32_t)b, PARLEY_ROLE_PRINCIPAL);
            bool asked = to < 0 || to == (int32_t)a || to == (int32_t)b;
            bool typed = false;
            for (uint32_t i = 0; i < parley_case_channels(c); i++) {
                const parley_channel *ch = parley_case_channel(c, (int32_t)i);
                typed = typed || (ch->from.party == (int32_t)a && ch->to.party == (int32_t)b) ||
                        (ch->from.party == (int32_t)b && ch->to.party == (int32_t)a);
            }
            if (both && asked && !typed) {
                parley_table_cell(t, PARLEY_INK_PARTY, word_party(c, (int32_t)a));
                parley_table_cell(t, PARLEY_INK_PARTY, word_party(c, (int32_t)b));
                parley_table_cell(t, PARLEY_INK_DIM, "-");
                parley_table_cell(t, PARLEY_INK_DIM, "none on record");
                parley_table_end_row(t);
            }
        }
    }
    if (parley_table_rows(t) == 0) {
        word_plain(s, PARLEY_INK_DIM,
                   to < 0
                       ? "No channel is typed, and no two principals are."
                       : parley_screen_format(s, "No channel to %s is typed.", word_party(c, to)));
    }
    parley_table_print(t);
}

/* Parties that only one other party reaches, and that nobody does. */
static void coverage(parley_screen *s, const parley_case *c)
{
    bool nobody = false;
    bool one = false;
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        uint32_t count = 0;
        int32_t by = -1;
        if (!has_role(c, (int32_t)p, PARLEY_ROLE_PRINCIPAL)) {
            continue;
        }
        for (uint32_t q = 0; q < parley_case_parties(c); q++) {
            if (q != p && parley_channels_reach(c, (int32_t)q, (int32_t)p) == PARLEY_REACH_WORKS) {
                count++;
                by = (int32_t)q;
            }
        }
        if (count == 0) {
            parley_screen_linef(s, nobody ? "" : "REACHED BY NOBODY", PARLEY_INK_WARN,
                                "%s, as far as these reports tell", word_party(c, (int32_t)p));
            nobody = true;
        } else if (count == 1) {
            parley_screen_linef(s, one ? "" : "ONE WAY ONLY", PARLEY_INK_WARN,
                                "%s: only through %s", word_party(c, (int32_t)p),
                                word_party(c, by));
            one = true;
        }
    }
}

/* Who asked a mediator for what, or urged it; what it offered. */
static void asked(parley_screen *s, const parley_case *c)
{
    for (uint32_t m = 0; m < parley_case_parties(c); m++) {
        uint32_t shown = 0;
        for (uint32_t i = 0;
             has_role(c, (int32_t)m, PARLEY_ROLE_MEDIATOR) && i < parley_case_claims(c); i++) {
            const parley_claim *claim = parley_case_claim(c, (int32_t)i);
            bool to = false;
            bool own = claim->by.count == 1 && claim->by.at[0].party == (int32_t)m &&
                       claim->act == PARLEY_ACT_OFFER;
            for (uint32_t k = 0; k < claim->to.count; k++) {
                to = to || claim->to.at[k].party == (int32_t)m;
            }
            to = to && (claim->act == PARLEY_ACT_REQUEST || claim->act == PARLEY_ACT_URGE) &&
                 claim->by.count > 0 && claim->by.at[0].source < 0;
            if (!to && !own) {
                continue;
            }
            parley_screen_label(s, shown++ == 0 ? "ASKED, OFFERED" : "");
            parley_screen_addf(s, PARLEY_INK_PARTY, "%s", word_voices(s, c, &claim->by));
            if (to) {
                parley_screen_addf(s, PARLEY_INK_PLAIN, ", to %s", word_party(c, (int32_t)m));
            }
            parley_screen_addf(s, PARLEY_INK_PLAIN, ": %s", word_statement(s, c, (int32_t)i));
            parley_screen_addf(s, PARLEY_INK_DIM, " (%s, %s)", word_class(s, claim),
                               word_claim(c, (int32_t)i));
            parley_screen_end(s);
        }
    }
}

static void must_be_in_the_room(parley_screen *s, const parley_case *c)
{
    bool first = true;
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        word_list list = {.count = 0};
        for (uint32_t i = 0; i < parley_case_issues(c); i++) {
            const parley_issue *issue = parley_case_issue(c, (int32_t)i);
            bool needs = false;
            for (uint32_t k = 0; k < issue->needs.count; k++) {
                needs = needs || issue->needs.at[k] == (int32_t)p;
            }
            for (uint32_t v = 0; issue->kind == PARLEY_ISSUE_CHOICE && v < issue->values; v++) {
                for (uint32_t k = 0; k < issue->options[v].needs.count; k++) {
                    needs = needs || issue->options[v].needs.at[k] == (int32_t)p;
                }
            }
            if (needs && issue->table != PARLEY_TABLE_EXCLUDED) {
                word_push(&list, issue->name);
            }
        }
        if (list.count > 0) {
            parley_screen_label(s, first ? "MUST CONSENT" : "");
            parley_screen_addf(s, PARLEY_INK_PARTY, "%s: ", word_party(c, (int32_t)p));
            parley_screen_add(s, PARLEY_INK_PLAIN, word_join(s, &list, ", "));
            if (has_role(c, (int32_t)p, PARLEY_ROLE_OUTSIDE)) {
                parley_screen_add(s, PARLEY_INK_WARN, " (outside the talks)");
            }
            parley_screen_end(s);
            first = false;
        }
    }
}

static void favours(parley_screen *s, const parley_case *c, int32_t party)
{
    for (uint32_t i = 0, shown = 0; i < parley_case_favours(c); i++) {
        const parley_favour *f = parley_case_favour(c, (int32_t)i);
        if (party >= 0 && f->giver.party != party && f->receiver.party != party) {
            continue;
        }
        parley_screen_label(s, shown++ == 0 ? "FAVOURS" : "");
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%s to %s: %s", word_voice(s, c, &f->giver, false),
                           word_voice(s, c, &f->receiver, false), f->what);
        parley_screen_addf(s, PARLEY_INK_DIM, "; back: %s",
                           f->returned != NULL ? f->returned : "not recorded");
        parley_screen_end(s);
    }
}

/* Levers, for a mediator that holds one is not only a mediator. */
static void own_interest(parley_screen *s, const parley_case *c)
{
    for (uint32_t i = 0; i < parley_case_levers(c); i++) {
        const parley_lever *l = parley_case_lever(c, (int32_t)i);
        if (l->holder.party >= 0 && has_role(c, l->holder.party, PARLEY_ROLE_MEDIATOR)) {
            parley_screen_linef(
                s, "NOTE", PARLEY_INK_WARN, "%s mediates and holds a lever over %s (%s)",
                word_voice(s, c, &l->holder, false), word_voice(s, c, &l->over, false), l->what);
        }
    }
    for (uint32_t i = 0, shown = 0; i < parley_case_concerns(c); i++) {
        const parley_concern *k = parley_case_concern(c, (int32_t)i);
        if (has_role(c, k->party, PARLEY_ROLE_MEDIATOR)) {
            parley_screen_label(s, shown++ == 0 ? "OWN INTEREST" : "");
            parley_screen_addf(s, k->ours ? PARLEY_INK_OURS : PARLEY_INK_PLAIN, "%s: %s%s",
                               word_party(c, k->party), k->text, k->ours ? " (our reading)" : "");
            parley_screen_end(s);
        }
    }
}

static void unwritten(parley_screen *s, const parley_case *c, int32_t party)
{
    for (uint32_t i = 0, shown = 0; i < parley_case_obligations(c); i++) {
        const parley_obligation *o = parley_case_obligation(c, (int32_t)i);
        if (o->kind == NULL || strcmp(o->kind, "unwritten") != 0 ||
            (party >= 0 && o->bearer.party != party && o->to.party != party)) {
            continue;
        }
        parley_screen_label(s, shown++ == 0 ? "UNWRITTEN" : "");
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%s %s", word_voice(s, c, &o->bearer, false),
                           o->what);
        parley_screen_addf(s, PARLEY_INK_DIM, "; %s%s%s",
                           o->publicity != NULL ? o->publicity : "publicity not recorded",
                           o->state != NULL ? "; " : "", o->state != NULL ? o->state : "");
        parley_screen_end(s);
    }
}

parley_status parley_page_channels(parley_screen *s, parley_ctx *ctx, const parley_case *c,
                                   int32_t from, int32_t to, parley_error *err)
{
    word_heading(s, c);
    lines(s, c, to);
    if (from >= 0 && to >= 0) {
        int32_t path[PARLEY_LABEL_WORDS * 64];
        uint32_t count = 0;
        parley_status status = parley_channels_path(path, &count, ctx, c, from, to, err);
        if (status != PARLEY_OK) {
            return status;
        }
        word_list list = {.count = 0};
        for (uint32_t k = 0; k < count; k++) {
            word_push(&list, word_party(c, path[k]));
        }
        parley_screen_line(s, "SHORTEST WAY", count > 0 ? PARLEY_INK_PLAIN : PARLEY_INK_WARN,
                           count > 0
                               ? word_join(s, &list, " > ")
                               : parley_screen_format(s, "none from %s to %s that works",
                                                      word_party(c, from), word_party(c, to)));
    }
    coverage(s, c);
    must_be_in_the_room(s, c);
    asked(s, c);
    own_interest(s, c);
    favours(s, c, to);
    unwritten(s, c, to);
    word_plain(s, PARLEY_INK_DIM,
               "Words and sources only. \"None on record\" means none in these reports.");
    return PARLEY_OK;
}

/* ---------------------------------------------------------------------- JSON */

parley_status parley_page_channels_json(parley_json *j, parley_ctx *ctx, const parley_case *c,
                                        int32_t from, int32_t to, parley_error *err)
{
    static const char *const reach[] = {"works", "none", "unknown"};
    int32_t path[PARLEY_LABEL_WORDS * 64];
    uint32_t count = 0;
    if (from >= 0 && to >= 0) {
        parley_status status = parley_channels_path(path, &count, ctx, c, from, to, err);
        if (status != PARLEY_OK) {
            return status;
        }
    }
    parley_json_object(j);
    json_case(j, c);
    parley_json_key(j, "channels");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_case_channels(c); i++) {
        const parley_channel *ch = parley_case_channel(c, (int32_t)i);
        if (to >= 0 && ch->to.party != to && ch->from.party != to) {
            continue;
        }
        parley_json_object(j);
        json_voice(j, "from", c, &ch->from);
        json_voice(j, "to", c, &ch->to);
        json_voice(j, "through", c, &ch->through);
        json_key_string(j, "quality", ch->quality);
        json_key_string(j, "publicity", ch->publicity);
        json_key_string(j, "claim", id_claim(c, ch->claim));
        json_key_string(j, "source",
                        ch->source < 0 ? NULL : parley_case_source(c, ch->source)->record.id);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "reach");
    parley_json_array(j);
    for (uint32_t a = 0; a < parley_case_parties(c); a++) {
        for (uint32_t b = a + 1; b < parley_case_parties(c); b++) {
            parley_json_object(j);
            json_key_string(j, "between", id_party(c, (int32_t)a));
            json_key_string(j, "and", id_party(c, (int32_t)b));
            json_key_string(j, "reach", reach[parley_channels_reach(c, (int32_t)a, (int32_t)b)]);
            parley_json_object_end(j);
        }
    }
    parley_json_array_end(j);
    json_ids(j, "shortest_way", c, (parley_ids){path, count}, id_party);
    parley_json_object_end(j);
    parley_json_finish(j);
    return PARLEY_OK;
}
