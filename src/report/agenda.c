/*
 * The page of `parley show --agenda`: what is on the table now, later and never, and who asked for
 * it.
 */
#include "report/desk_parts.h"
#include "report/json_parts.h"
#include "report/report_internal.h"
#include "report/timeline_page.h"
#include "report/wording.h"

#include <string.h>

#include <parley/screens.h>

/* The first claim of each party that speaks of each issue, by day; -1. */
typedef struct raising {
    const parley_case *c;
    int32_t *first; /* party x issue */
    int32_t claim;
    int32_t party;
} raising;

static void note(raising *r, int32_t issue)
{
    int32_t *first = &r->first[(size_t)r->party * parley_case_issues(r->c) + (size_t)issue];
    if (*first < 0 ||
        timeline_compare_dates(parley_case_claim(r->c, r->claim)->record.happened,
                               parley_case_claim(r->c, *first)->record.happened) < 0) {
        *first = r->claim;
    }
}

static void note_atom(void *user, const parley_formula *atom)
{
    if (atom->kind >= PARLEY_F_CHOICE && atom->kind <= PARLEY_F_SHARE) {
        note(user, atom->issue);
    }
}

static int32_t *who_raised(parley_arena *arena, const parley_case *c)
{
    size_t cells = (size_t)parley_case_parties(c) * parley_case_issues(c);
    raising r = {.c = c, .first = parley_arena_array(arena, cells + 1, sizeof(int32_t))};
    for (size_t k = 0; r.first != NULL && k < cells; k++) {
        r.first[k] = -1;
    }
    for (uint32_t i = 0; r.first != NULL && i < parley_case_claims(c); i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        r.claim = (int32_t)i;
        for (uint32_t k = 0; k < claim->by.count; k++) {
            r.party = claim->by.at[k].party;
            if (r.party >= 0 && claim->about.kind == PARLEY_ABOUT_ISSUE) {
                note(&r, claim->about.index);
            } else if (r.party >= 0 && claim->about.formula != NULL) {
                parley_formula_atoms(claim->about.formula, note_atom, &r);
            }
        }
    }
    return r.first;
}

static void one_issue(parley_screen *s, const parley_case *c, const int32_t *first, int32_t i)
{
    const parley_issue *issue = parley_case_issue(c, i);
    bool some = false;
    parley_screen_begin(s, 2, 6);
    parley_screen_addf(s, PARLEY_INK_HEADING, "%s", word_issue(c, i));
    if (issue->ask != NULL && strcmp(issue->ask, word_issue(c, i)) != 0) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, ": %s", issue->ask);
    }
    parley_screen_end(s);
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        int32_t claim = first[(size_t)p * parley_case_issues(c) + (size_t)i];
        if (claim >= 0) {
            parley_screen_begin(s, 6, 8);
            parley_screen_addf(s, PARLEY_INK_PARTY, "%s", word_party(c, (int32_t)p));
            const parley_claim *row = parley_case_claim(c, claim);
            parley_screen_addf(
                s, PARLEY_INK_PLAIN, ", %s: %s",
                row->record.happened.form == PARLEY_DATE_UNKNOWN
                    ? "no day"
                    : word_date(s, c, row->record.happened),
                row->about.kind == PARLEY_ABOUT_PROPOSAL
                    ? parley_screen_format(s, "%s %s", word_act((parley_act)row->act),
                                           parley_case_proposal(c, row->about.index)->name)
                    : word_statement(s, c, claim));
            parley_screen_addf(s, PARLEY_INK_DIM, " (%s)", desk_who_says(s, c, claim, false));
            parley_screen_end(s);
            some = true;
        }
    }
    if (!some) {
        parley_screen_begin(s, 6, 8);
        parley_screen_add(s, PARLEY_INK_DIM, "no party has spoken of it, in these reports");
        parley_screen_end(s);
    }
}

parley_status parley_page_agenda(parley_screen *s, parley_ctx *ctx, const parley_case *c,
                                 parley_error *err)
{
    parley_arena *arena = parley_arena_new(ctx);
    const int32_t *raised = arena == NULL ? NULL : who_raised(arena, c);
    if (raised == NULL) {
        parley_arena_free(arena);
        return parley_fail(err, PARLEY_NOMEM, "out of memory while making the agenda");
    }
    static const char *const labels[] = {"ON THE TABLE NOW", "LATER", "EXCLUDED HERE"};
    static const parley_table_state states[] = {PARLEY_TABLE_NOW, PARLEY_TABLE_LATER,
                                                PARLEY_TABLE_EXCLUDED};
    word_heading(s, c);
    if (parley_case_mandate_task(c) != NULL) {
        parley_screen_line(s, "MANDATE", PARLEY_INK_PLAIN, parley_case_mandate_task(c));
    }
    if (parley_case_mandate_not(c) != NULL) {
        parley_screen_linef(s, parley_case_mandate_task(c) != NULL ? "" : "MANDATE",
                            PARLEY_INK_WARN, "not: %s", parley_case_mandate_not(c));
    }
    for (size_t k = 0; k < 3; k++) {
        bool first = true;
        for (uint32_t i = 0; i < parley_case_issues(c); i++) {
            if (parley_case_issue(c, (int32_t)i)->table == states[k]) {
                if (first) {
                    word_plain(s, PARLEY_INK_HEADING, labels[k]);
                }
                first = false;
                one_issue(s, c, raised, (int32_t)i);
            }
        }
    }
    if (parley_case_issues(c) == 0) {
        word_plain(s, PARLEY_INK_DIM, "No issue is typed.");
    }
    word_plain(s, PARLEY_INK_DIM, "Of each party the first that it said on the matter.");
    parley_arena_free(arena);
    return PARLEY_OK;
}

parley_status parley_page_agenda_json(parley_json *j, parley_ctx *ctx, const parley_case *c,
                                      parley_error *err)
{
    parley_arena *arena = parley_arena_new(ctx);
    const int32_t *raised = arena == NULL ? NULL : who_raised(arena, c);
    if (raised == NULL) {
        parley_arena_free(arena);
        return parley_fail(err, PARLEY_NOMEM, "out of memory while making the agenda");
    }
    parley_json_object(j);
    json_case(j, c);
    json_key_string(j, "task", parley_case_mandate_task(c));
    json_key_string(j, "not", parley_case_mandate_not(c));
    parley_json_key(j, "agenda");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        const parley_issue *issue = parley_case_issue(c, (int32_t)i);
        parley_json_object(j);
        json_key_string(j, "issue", issue->record.id);
        json_key_string(j, "track", id_track(c, issue->track));
        json_key_string(j, "table", parley_words_word(PARLEY_WORDS_TABLE, issue->table));
        parley_json_key(j, "raised_by");
        parley_json_array(j);
        for (uint32_t p = 0; p < parley_case_parties(c); p++) {
            int32_t claim = raised[(size_t)p * parley_case_issues(c) + i];
            if (claim >= 0) {
                parley_json_object(j);
                json_key_string(j, "party", id_party(c, (int32_t)p));
                json_key_string(j, "claim", id_claim(c, claim));
                parley_json_object_end(j);
            }
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
    parley_json_finish(j);
    parley_arena_free(arena);
    return PARLEY_OK;
}
