/*
 * The page of `parley contradictions`: what was said side by side on one question, by several
 * voices of one party, in figures on one thing. No verdict: what is opposed is a finding, and
 * people weigh it.
 */
#include "report/json_parts.h"
#include "report/report_internal.h"
#include "report/wording.h"

#include <string.h>

#include <parley/screens.h>

static const char *speaker(parley_screen *s, const parley_case *c, const parley_claim *claim)
{
    const char *who = claim->by.count == 0 ? "nobody named" : word_voices(s, c, &claim->by);
    if (claim->by.count == 1 && claim->by.at[0].person >= 0) {
        const parley_person *person = parley_case_person(c, claim->by.at[0].person);
        who = parley_screen_format(s, "%s (%s)", who,
                                   person->office != NULL ? person->office : person->name);
    }
    return claim->speaker_text != NULL && !parley_class_on_record(claim->cls)
               ? parley_screen_format(s, "%s (%s)", who, claim->speaker_text)
               : who;
}

static const char *words(parley_screen *s, const parley_case *c, const parley_claim *claim)
{
    const char *act = parley_words_word(PARLEY_WORDS_ACT, claim->act);
    const char *said = claim->says;
    if (said == NULL && claim->about.formula != NULL) {
        said = word_matter(s, c, claim);
    }
    if (said == NULL && claim->about.kind != PARLEY_ABOUT_INCIDENT) {
        said = word_about(c, &claim->about); /* what an incident is stands above it */
    }
    said = said == NULL ? "" : said;
    return parley_screen_format(s, "%s%s%s%s%s", act, said[0] != '\0' ? ": " : "", said,
                                claim->hedge != NULL ? ", " : "",
                                claim->hedge != NULL ? claim->hedge : "");
}

static uint32_t at_most(uint32_t count, uint32_t most)
{
    return most > 0 && count > most ? most : count;
}

static void statements(parley_screen *s, const parley_case *c, const parley_beside *b,
                       uint32_t most)
{
    uint32_t shown = at_most(b->claims, most);
    const parley_column columns[3] = {{.at_most = 30, .flexible = true},
                                      {.flexible = true, .fill = true},
                                      {.align = PARLEY_ALIGN_RIGHT, .at_most = 12}};
    parley_table *t = parley_table_new(s, columns, 3, 2, 2);
    for (uint32_t i = 0; i < shown; i++) {
        const parley_claim *claim = parley_case_claim(c, b->claim[i].claim);
        parley_table_cell(t, PARLEY_INK_PARTY, speaker(s, c, claim));
        bool fact = b->kind == PARLEY_BESIDE_POINT || b->kind == PARLEY_BESIDE_INCIDENT;
        if (claim->record.happened.form != PARLEY_DATE_UNKNOWN && b->kind != PARLEY_BESIDE_POINT) {
            parley_table_addf(t, PARLEY_INK_DIM, ", %s", word_date(s, c, claim->record.happened));
        }
        parley_table_cell(t, PARLEY_INK_PLAIN, words(s, c, claim));
        if (b->claim[i].not_denial) {
            parley_table_add(t, PARLEY_INK_WARN, " NOT\u00a0a\u00a0denial");
        } else if (fact && b->claim[i].side >= 0) {
            parley_table_addf(t, PARLEY_INK_DIM, " -> %s", b->side[b->claim[i].side]);
        }
        if (b->claim[i].repeats) {
            parley_table_add(t, PARLEY_INK_DIM, " (a repeat, no second source)");
        }
        parley_table_cell(t, PARLEY_INK_DIM, word_claim(c, b->claim[i].claim));
    }
    parley_table_print(t);
    if (shown < b->claims) {
        parley_screen_begin(s, 2, 2);
        parley_screen_addf(s, PARLEY_INK_DIM, "and %s more: --limit N, or --all",
                           parley_screen_number(s, b->claims - shown));
        parley_screen_end(s);
    }
}

static void verdict(parley_screen *s, const parley_beside *b)
{
    parley_ink ink = b->finding == PARLEY_BESIDE_OPPOSED ? PARLEY_INK_WARN : PARLEY_INK_DIM;
    const char *text = "";
    switch (b->finding) {
    case PARLEY_BESIDE_OPPOSED:
        text = b->kind == PARLEY_BESIDE_VOICES
                   ? "two voices, and no telling which came last; no verdict is given here"
                   : "opposed; no verdict is given here";
        break;
    case PARLEY_BESIDE_ONE_SIDED:
        text = parley_screen_format(s,
                                    b->kind == PARLEY_BESIDE_INCIDENT
                                        ? "one account (%s), not established; nobody says otherwise"
                                        : "implies: %s. Nobody says otherwise.",
                                    b->side[0]);
        break;
    case PARLEY_BESIDE_NOTHING:
        text = b->kind == PARLEY_BESIDE_INCIDENT ? "alleged; nobody says who did it"
                                                 : "nobody says so in these reports";
        break;
    case PARLEY_BESIDE_SHIFT:
        text = "the later came after the earlier: a shift to look at, no contradiction";
        break;
    case PARLEY_BESIDE_TO_CONFIRM:
        text = "later and softer in source: a shift to confirm, no contradiction";
        break;
    case PARLEY_BESIDE_NO_CONFLICT:
        text = b->kind == PARLEY_BESIDE_INCIDENT
                   ? "several accounts that do not exclude one another; nothing is established"
                   : "different wishes, no conflict";
        break;
    }
    parley_screen_begin(s, 2, 5);
    parley_screen_addf(s, ink, "-> %s", text);
    parley_screen_end(s);
}

/* Sources that something shown goes back to, and those that only carry it further. */
static void sources(parley_screen *s, const parley_case *c, const parley_besides *besides)
{
    uint32_t n = parley_case_sources(c);
    uint32_t names = 0;
    bool more = false;
    word_list list = {.count = 0};
    word_list carries = {.count = 0};
    for (uint32_t k = 0; k < n; k++) {
        bool origin = false;
        bool carried = false;
        for (uint32_t i = 0; i < parley_besides_size(besides); i++) {
            const parley_beside *b = parley_besides_at(besides, i);
            for (uint32_t m = 0; m < b->claims; m++) {
                const parley_claim *claim = parley_case_claim(c, b->claim[m].claim);
                bool own = parley_evidence_origin(c, b->claim[m].claim) == (int32_t)k;
                origin = origin || own;
                carried = carried || (!own && claim->source == (int32_t)k);
            }
        }
        if (origin) {
            names++;
            word_push(&list, parley_case_source(c, (int32_t)k)->name);
        } else if (carried) {
            more = true;
            word_push(&carries, parley_case_source(c, (int32_t)k)->name);
        }
    }
    if (names > 0) {
        parley_screen_label(s, names == 1 ? "1 ORIGINAL" : "ORIGINALS");
        parley_screen_add(s, PARLEY_INK_PLAIN, word_join(s, &list, " · "));
        if (more) {
            parley_screen_addf(s, PARLEY_INK_DIM, ". Only carried further, no second source: %s",
                               word_join(s, &carries, " · "));
        }
        parley_screen_end(s);
    }
}

static const char *heading(parley_screen *s, const parley_case *c, const parley_figures *figures,
                           const parley_beside *b)
{
    const parley_issue *issue = b->issue >= 0 ? parley_case_issue(c, b->issue) : NULL;
    switch (b->kind) {
    case PARLEY_BESIDE_POINT:
        return parley_case_point(c, b->point)->ask != NULL
                   ? parley_case_point(c, b->point)->ask
                   : parley_case_point(c, b->point)->record.id;
    case PARLEY_BESIDE_VOICES:
        return parley_screen_format(s, "%s: %s", word_party(c, b->party),
                                    issue->ask != NULL ? issue->ask : issue->name);
    case PARLEY_BESIDE_INCIDENT:
        return parley_screen_format(s, "Alleged: %s", parley_case_incident(c, b->incident)->what);
    case PARLEY_BESIDE_WISHES:
        return issue->ask != NULL ? issue->ask : issue->name;
    case PARLEY_BESIDE_FIGURES:
        return parley_case_figure(c,
                                  parley_figures_group(figures, (uint32_t)b->group)->row[0].figure)
            ->what;
    }
    return "";
}

parley_status parley_page_contradictions(parley_screen *s, parley_ctx *ctx,
                                         const parley_contradictions_page *page, uint32_t *found,
                                         parley_error *err)
{
    const parley_case *c = page->c;
    parley_figures *figures = NULL;
    parley_besides *besides = NULL;
    *found = 0;
    parley_status status = parley_figures_new(&figures, ctx, c, err);
    if (status == PARLEY_OK) {
        status = parley_besides_new(&besides, ctx, c, figures, err);
    }
    if (status != PARLEY_OK) {
        parley_figures_free(figures);
        return status;
    }
    word_heading(s, c);
    sources(s, c, besides);
    uint32_t shown = at_most(parley_besides_size(besides), page->most);
    for (uint32_t i = 0; i < shown; i++) {
        const parley_beside *b = parley_besides_at(besides, i);
        word_plain(s, PARLEY_INK_HEADING, heading(s, c, figures, b));
        if (b->kind == PARLEY_BESIDE_FIGURES) {
            parley_screen_begin(s, 2, 5);
            parley_screen_add(s, PARLEY_INK_PLAIN,
                              b->finding == PARLEY_BESIDE_OPPOSED
                                  ? "figures that cannot both be so (parley figures)"
                                  : "figures of different days (parley figures)");
            parley_screen_end(s);
        } else {
            statements(s, c, b, page->most_claims);
        }
        verdict(s, b);
    }
    if (shown < parley_besides_size(besides)) {
        parley_screen_begin(s, 0, 0);
        parley_screen_addf(s, PARLEY_INK_DIM, "and %s more questions: --limit N, or --all",
                           parley_screen_number(s, parley_besides_size(besides) - shown));
        parley_screen_end(s);
    }
    *found = parley_besides_opposed(besides);
    word_plain(s, *found > 0 ? PARLEY_INK_WARN : PARLEY_INK_PLAIN,
               *found == 0   ? "No contradiction found."
               : *found == 1 ? "1 finding."
                             : parley_screen_format(s, "%u findings.", *found));
    parley_besides_free(besides);
    parley_figures_free(figures);
    return PARLEY_OK;
}

/* ---------------------------------------------------------------------- JSON */

parley_status parley_page_contradictions_json(parley_json *j, parley_ctx *ctx,
                                              const parley_contradictions_page *page,
                                              uint32_t *found, parley_error *err)
{
    const parley_case *c = page->c;
    static const char *const kinds[] = {"point", "voices", "wishes", "figures", "incident"};
    static const char *const findings[] = {"opposed", "one-sided",  "nothing-said",
                                           "shift",   "to-confirm", "no-conflict"};
    parley_figures *figures = NULL;
    parley_besides *besides = NULL;
    *found = 0;
    parley_status status = parley_figures_new(&figures, ctx, c, err);
    if (status == PARLEY_OK) {
        status = parley_besides_new(&besides, ctx, c, figures, err);
    }
    if (status != PARLEY_OK) {
        parley_figures_free(figures);
        return status;
    }
    *found = parley_besides_opposed(besides);
    parley_json_object(j);
    json_case(j, c);
    parley_json_key(j, "findings");
    parley_json_uint(j, *found);
    uint32_t shown = at_most(parley_besides_size(besides), page->most);
    parley_json_key(j, "left_out");
    parley_json_uint(j, parley_besides_size(besides) - shown);
    parley_json_key(j, "beside");
    parley_json_array(j);
    for (uint32_t i = 0; i < shown; i++) {
        const parley_beside *b = parley_besides_at(besides, i);
        parley_json_object(j);
        json_key_string(j, "kind", kinds[b->kind]);
        json_key_string(j, "finding", findings[b->finding]);
        json_key_string(j, "point",
                        b->point < 0 ? NULL : parley_case_point(c, b->point)->record.id);
        json_key_string(j, "incident",
                        b->incident < 0 ? NULL : parley_case_incident(c, b->incident)->record.id);
        json_key_string(j, "issue", b->issue < 0 ? NULL : id_issue(c, b->issue));
        json_key_string(j, "party", b->party < 0 ? NULL : id_party(c, b->party));
        parley_json_key(j, "originals");
        parley_json_uint(j, b->originals);
        uint32_t claims = at_most(b->claims, page->most_claims);
        parley_json_key(j, "claims_left_out");
        parley_json_uint(j, b->claims - claims);
        parley_json_key(j, "claims");
        parley_json_array(j);
        for (uint32_t k = 0; k < claims; k++) {
            const parley_beside_claim *row = &b->claim[k];
            const parley_claim *claim = parley_case_claim(c, row->claim);
            parley_json_object(j);
            json_key_string(j, "claim", id_claim(c, row->claim));
            json_key_string(j, "act", parley_words_word(PARLEY_WORDS_ACT, claim->act));
            json_key_string(j, "says", claim->says);
            json_key_string(j, "implies",
                            (b->kind == PARLEY_BESIDE_POINT || b->kind == PARLEY_BESIDE_INCIDENT) &&
                                    row->side >= 0
                                ? b->side[row->side]
                                : NULL);
            parley_json_key(j, "not_a_denial");
            parley_json_bool(j, row->not_denial);
            parley_json_key(j, "repeats");
            parley_json_bool(j, row->repeats);
            parley_json_object_end(j);
        }
        parley_json_array_end(j);
        parley_json_key(j, "figures");
        parley_json_array(j);
        for (uint32_t k = 0; b->group >= 0 && k < 2; k++) {
            const parley_figure_group *g = parley_figures_group(figures, (uint32_t)b->group);
            if (g->against[k] >= 0) {
                parley_json_string(j,
                                   parley_case_figure(c, g->row[g->against[k]].figure)->record.id);
            }
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
    parley_json_finish(j);
    parley_besides_free(besides);
    parley_figures_free(figures);
    return PARLEY_OK;
}
