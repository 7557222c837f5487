/*
 * The page of `parley meet --standing`: how each mediator stands with each party, as what passed
 * between them, day by day: meetings, requests, offers, refusals. Nothing is summed into a
 * temperature.
 */
#include "report/desk_parts.h"
#include "report/json_parts.h"
#include "report/report_internal.h"
#include "report/timeline_page.h"
#include "report/wording.h"

#include <stdlib.h>
#include <string.h>

#include <parley/screens.h>

typedef struct passage {
    parley_date date;
    int32_t meeting; /* -1 */
    int32_t claim;   /* -1 */
} passage;

static bool holds(const parley_voices *voices, int32_t party)
{
    for (uint32_t k = 0; k < voices->count; k++) {
        if (voices->at[k].party == party) {
            return true;
        }
    }
    return false;
}

/* Is the claim about the party as a candidate, or does the candidate name it? */
static bool of_candidate(const parley_case *c, int32_t claim, int32_t party)
{
    const parley_about *about = &parley_case_claim(c, claim)->about;
    for (uint32_t i = 0; i < parley_case_candidates(c); i++) {
        const parley_candidate *row = parley_case_candidate(c, (int32_t)i);
        if (row->who.party == party &&
            ((about->kind == PARLEY_ABOUT_CANDIDATE && about->index == (int32_t)i) ||
             parley_ids_hold(row->claims, claim))) {
            return true;
        }
    }
    return false;
}

static int by_day(const void *pa, const void *pb)
{
    const passage *a = pa;
    const passage *b = pb;
    int order = timeline_compare_dates(a->date, b->date);
    if (order != 0) {
        return order;
    }
    if (a->claim != b->claim) {
        return a->claim < b->claim ? -1 : 1;
    }
    return (a->meeting > b->meeting) - (a->meeting < b->meeting);
}

/* What passed between a mediator and a party, in order of happening. */
static uint32_t passed(const parley_case *c, int32_t mediator, int32_t party, passage *out)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < parley_case_meetings(c); i++) {
        const parley_meeting *m = parley_case_meeting(c, (int32_t)i);
        if (holds(&m->who, mediator) && holds(&m->who, party)) {
            out[n++] = (passage){m->record.happened, (int32_t)i, -1};
        }
    }
    for (uint32_t i = 0; i < parley_case_claims(c); i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        bool to_it = holds(&claim->by, party) &&
                     (holds(&claim->to, mediator) || of_candidate(c, (int32_t)i, mediator));
        bool from_it = holds(&claim->by, mediator) && holds(&claim->to, party);
        if (to_it || from_it) {
            out[n++] = (passage){claim->record.happened, -1, (int32_t)i};
        }
    }
    if (n > 1) {
        qsort(out, n, sizeof(*out), by_day);
    }
    return n;
}

static void one_passage(parley_screen *s, parley_table *t, const parley_case *c, const passage *p)
{
    parley_table_cell(t, PARLEY_INK_HEADING,
                      p->date.form == PARLEY_DATE_UNKNOWN ? "no day" : word_date(s, c, p->date));
    if (p->meeting >= 0) {
        const parley_meeting *m = parley_case_meeting(c, p->meeting);
        parley_table_cellf(t, PARLEY_INK_PLAIN, "meet%s%s: %s", m->place != NULL ? " in " : "",
                           m->place != NULL ? m->place : "",
                           m->outcome == NULL || strcmp(m->outcome, "unknown") == 0
                               ? "outcome not logged"
                               : m->outcome);
        parley_table_cell(t, PARLEY_INK_DIM, "meeting");
        return;
    }
    const parley_claim *claim = parley_case_claim(c, p->claim);
    parley_ink ink = claim->act == PARLEY_ACT_REJECT ? PARLEY_INK_BAD : PARLEY_INK_PLAIN;
    parley_table_cellf(t, ink, "%s %s", word_voices(s, c, &claim->by),
                       word_statement(s, c, p->claim));
    parley_table_cellf(t, PARLEY_INK_DIM, "%s", desk_who_says(s, c, p->claim, false));
}

parley_status parley_page_standing(parley_screen *s, parley_ctx *ctx, const parley_case *c,
                                   int32_t party, parley_error *err)
{
    static const char *const reach[] = {"a channel works", "no channel, as typed",
                                        "no channel on record"};
    bool some = false;
    parley_arena *arena = parley_arena_new(ctx);
    passage *row =
        arena == NULL
            ? NULL
            : parley_arena_array(arena, (size_t)parley_case_meetings(c) + parley_case_claims(c) + 1,
                                 sizeof(*row));
    if (row == NULL) {
        parley_arena_free(arena);
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    word_heading(s, c);
    for (uint32_t m = 0; m < parley_case_parties(c); m++) {
        for (uint32_t p = 0; desk_mediates(c, (int32_t)m) && p < parley_case_parties(c); p++) {
            uint32_t n = m == p ? 0 : passed(c, (int32_t)m, (int32_t)p, row);
            bool asked = party < 0 || party == (int32_t)m || party == (int32_t)p;
            if (n == 0 || !asked) {
                continue;
            }
            some = true;
            parley_screen_begin(s, 0, 2);
            parley_screen_addf(s, PARLEY_INK_PARTY, "%s and %s", word_party(c, (int32_t)m),
                               word_party(c, (int32_t)p));
            parley_screen_addf(s, PARLEY_INK_DIM, " · %s",
                               reach[parley_channels_reach(c, (int32_t)m, (int32_t)p)]);
            parley_screen_end(s);
            const parley_column columns[3] = {{.at_most = 16},
                                              {.flexible = true, .fill = true},
                                              {.at_most = 22, .align = PARLEY_ALIGN_RIGHT}};
            parley_table *t = parley_table_new(s, columns, 3, 2, 2);
            for (uint32_t k = 0; k < n; k++) {
                one_passage(s, t, c, &row[k]);
            }
            parley_table_print(t);
        }
    }
    word_plain(s, PARLEY_INK_DIM,
               some ? "What passed between a mediator and a party, in order; nothing is summed."
                    : "Nothing passed between a mediator and a party, as far as the case tells.");
    parley_arena_free(arena);
    return PARLEY_OK;
}

parley_status parley_page_standing_json(parley_json *j, parley_ctx *ctx, const parley_case *c,
                                        int32_t party, parley_error *err)
{
    parley_arena *arena = parley_arena_new(ctx);
    passage *row =
        arena == NULL
            ? NULL
            : parley_arena_array(arena, (size_t)parley_case_meetings(c) + parley_case_claims(c) + 1,
                                 sizeof(*row));
    if (row == NULL) {
        parley_arena_free(arena);
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    parley_json_object(j);
    json_case(j, c);
    parley_json_key(j, "standing");
    parley_json_array(j);
    for (uint32_t m = 0; m < parley_case_parties(c); m++) {
        for (uint32_t p = 0; desk_mediates(c, (int32_t)m) && p < parley_case_parties(c); p++) {
            uint32_t n = m == p ? 0 : passed(c, (int32_t)m, (int32_t)p, row);
            if (n == 0 || !(party < 0 || party == (int32_t)m || party == (int32_t)p)) {
                continue;
            }
            parley_json_object(j);
            json_key_string(j, "mediator", id_party(c, (int32_t)m));
            json_key_string(j, "party", id_party(c, (int32_t)p));
            parley_json_key(j, "passed");
            parley_json_array(j);
            for (uint32_t k = 0; k < n; k++) {
                const parley_meeting *met =
                    row[k].meeting < 0 ? NULL : parley_case_meeting(c, row[k].meeting);
                parley_json_object(j);
                json_key_date(j, "date", row[k].date);
                json_key_string(j, "claim", id_claim(c, row[k].claim));
                json_key_string(j, "meeting", met != NULL ? met->record.id : NULL);
                json_key_string(j, "outcome", met != NULL ? met->outcome : NULL);
                parley_json_object_end(j);
            }
            parley_json_array_end(j);
            parley_json_object_end(j);
        }
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
    parley_json_finish(j);
    parley_arena_free(arena);
    return PARLEY_OK;
}
