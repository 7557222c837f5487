/*
 * `parley digest`: what moved since a day, and what did not, on one page. A move is something that
 * binds or takes back what bound; the rest was said without a move. What was expected and did not
 * come is news too.
 */
#include "report/desk_parts.h"
#include "report/status_page.h"

#include <string.h>

#include <parley/desk.h>

#define SECTION_MOST 12

typedef struct digesting {
    parley_screen *s; /* for its strings only */
    const parley_case *c;
    const parley_status_page *page;
    sheet *sh;
    int32_t first; /* day number: the first that counts */
    bool *speaks;  /* by party: its words stand on the sheet */
    desk_accounts accounts;
    bool *news; /* by incident */
    bool *told; /* by figure: it stands with an incident */
} digesting;

/* May it have happened on or after the first day? Undated things do not. */
static bool since(const digesting *d, parley_date date)
{
    return date.form != PARLEY_DATE_UNKNOWN && date.last >= d->first;
}

static bool sure(const digesting *d, parley_date date)
{
    return since(d, date) && date.first >= d->first;
}

static const char *margin(digesting *d, int32_t claim)
{
    return claim < 0 ? ""
                     : parley_screen_format(d->s, "%s %s",
                                            word_class(d->s, parley_case_claim(d->c, claim)),
                                            word_claim(d->c, claim));
}

static const char *said(digesting *d, const parley_claim *claim)
{
    return claim->about.formula != NULL ? word_matter(d->s, d->c, claim)
           : claim->says != NULL        ? claim->says
                                        : word_about(d->c, &claim->about);
}

static void note_speakers(digesting *d, const parley_claim *claim)
{
    for (uint32_t k = 0; k < claim->by.count; k++) {
        if (claim->by.at[k].party >= 0) {
            d->speaks[claim->by.at[k].party] = true;
        }
    }
}

/* 0 a move, 1 said without a move, 2 only reported, -1 no news. */
static int kind_of(const digesting *d, const parley_claim *claim)
{
    if (claim->by.count == 0 || claim->by.at[0].party < 0 || !since(d, claim->record.happened) ||
        claim->repeats.count > 0 || claim->about.kind == PARLEY_ABOUT_INCIDENT) {
        return -1; /* what is said of an incident stands with it */
    }
    switch ((parley_act)claim->act) {
    case PARLEY_ACT_ACCEPT:
    case PARLEY_ACT_ACCEPT_IF:
    case PARLEY_ACT_CONCEDE:
    case PARLEY_ACT_DEMAND:
    case PARLEY_ACT_REQUEST:
    case PARLEY_ACT_REJECT:
    case PARLEY_ACT_PROPOSE:
    case PARLEY_ACT_OFFER:
    case PARLEY_ACT_DEFER:
        if (claim->about.kind == PARLEY_ABOUT_WORDS || claim->about.kind == PARLEY_ABOUT_NOTHING) {
            return 1;
        }
        return parley_class_on_record(claim->cls) ? 0 : 2;
    default:
        return 1;
    }
}

/* Did it take earlier words out? Then it stands under what moved. */
static bool has_moved(const digesting *d, int32_t claim)
{
    const parley_terms *terms = parley_deal_terms(d->page->deal);
    for (uint32_t i = 0; i < parley_terms_shifts(terms); i++) {
        if (parley_terms_shift(terms, i)->later == claim) {
            return true;
        }
    }
    return false;
}

static void claims(digesting *d, const char *label, int kind)
{
    sheet_section(d->sh, label);
    for (uint32_t i = 0; i < parley_case_claims(d->c); i++) {
        const parley_claim *claim = parley_case_claim(d->c, (int32_t)i);
        if (kind_of(d, claim) == kind && (kind != 1 || !has_moved(d, (int32_t)i))) {
            note_speakers(d, claim);
            sheet_addf(d->sh, PARLEY_INK_PLAIN, margin(d, (int32_t)i), "%s%s %s",
                       word_voices(d->s, d->c, &claim->by),
                       sure(d, claim->record.happened)
                           ? ""
                           : parley_screen_format(d->s, " (%s)",
                                                  word_date(d->s, d->c, claim->record.happened)),
                       word_statement(d->s, d->c, (int32_t)i));
        }
    }
}

static void shifts(digesting *d)
{
    const parley_terms *terms = parley_deal_terms(d->page->deal);
    sheet_section(d->sh, "MOVED");
    for (uint32_t i = 0; i < parley_terms_shifts(terms); i++) {
        const parley_shift *shift = parley_terms_shift(terms, i);
        const parley_claim *later = parley_case_claim(d->c, shift->later);
        const char *ids = status_shift_ids(d->s, d->c, terms, d->page->moves, i);
        parley_ink ink = strstr(ids, "to confirm") != NULL ? PARLEY_INK_WARN : PARLEY_INK_PLAIN;
        if (!since(d, later->record.happened) || status_told_already(terms, i)) {
            continue;
        }
        note_speakers(d, later);
        if (shift->issue < 0) {
            sheet_addf(d->sh, ink, ids, "%s: %s -> %s", word_party(d->c, shift->party),
                       said(d, parley_case_claim(d->c, shift->earlier)), said(d, later));
        } else {
            sheet_addf(d->sh, ink, ids, "%s, %s: %s -> %s", word_party(d->c, shift->party),
                       word_issue(d->c, shift->issue),
                       status_said_on(d->s, d->c, shift->earlier, shift->issue),
                       status_said_on(d->s, d->c, shift->later, shift->issue));
        }
    }
    for (uint32_t i = 0; i < parley_case_levers(d->c); i++) {
        const parley_lever *l = parley_case_lever(d->c, (int32_t)i);
        for (uint32_t k = 0; k < l->state_count; k++) {
            if (since(d, l->states[k].date)) {
                if (l->holder.party >= 0) {
                    d->speaks[l->holder.party] = true;
                }
                sheet_addf(d->sh, PARLEY_INK_PLAIN, margin(d, l->states[k].claim),
                           "%s over %s: %s %s", word_voice(d->s, d->c, &l->holder, false),
                           word_voice(d->s, d->c, &l->over, false), l->what, l->states[k].state);
            }
        }
    }
}

/* ----------------------------------------------------------- alleged violations */

/* News: it happened since then, or somebody has spoken of it since then. */
static bool incident_is_news(const digesting *d, int32_t incident)
{
    bool news = since(d, parley_case_incident(d->c, incident)->record.happened);
    for (int32_t k = d->accounts.first[incident]; k >= 0 && !news; k = d->accounts.next[k]) {
        news = since(d, parley_case_claim(d->c, k)->record.happened);
    }
    return news;
}

/* Which incidents are news, and which figures stand with them. */
static void find_news(digesting *d)
{
    for (uint32_t i = 0; i < parley_case_incidents(d->c); i++) {
        const parley_ids *figures = &parley_case_incident(d->c, (int32_t)i)->figures;
        d->news[i] = incident_is_news(d, (int32_t)i);
        for (uint32_t k = 0; d->news[i] && k < figures->count; k++) {
            d->told[figures->at[k]] = true;
        }
    }
}

static const char *may_breach(digesting *d, const parley_incident *row)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < row->may_breach.count; k++) {
        word_push(&list, parley_case_obligation(d->c, row->may_breach.at[k])->what);
    }
    return list.count == 0
               ? row->clause != NULL ? parley_screen_format(d->s, "; may breach: %s", row->clause)
                                     : ""
               : parley_screen_format(d->s, "; may breach: %s%s%s%s", word_join(d->s, &list, "; "),
                                      row->clause != NULL ? " (" : "",
                                      row->clause != NULL ? row->clause : "",
                                      row->clause != NULL ? ")" : "");
}

static const char *near_talks(digesting *d, int32_t incident)
{
    int32_t days = 0;
    bool about = false;
    int32_t meeting = desk_near_talks(d->c, incident, &days, &about);
    if (meeting < 0) {
        return "";
    }
    int32_t far = days < 0 ? -days : days;
    return parley_screen_format(d->s, "; %s%s talks of %s", about ? "about " : "",
                                days == 0 ? (about ? "the day of" : "on the day of")
                                          : parley_screen_format(d->s, "%d day%s %s", (int)far,
                                                                 far == 1 ? "" : "s",
                                                                 days > 0 ? "before" : "after"),
                                word_voices(d->s, d->c, &parley_case_meeting(d->c, meeting)->who));
}

static const char *account_verb(const parley_claim *claim)
{
    switch (claim->act) {
    case PARLEY_ACT_DENY:
        return "denies it";
    case PARLEY_ACT_NOT_AWARE:
        return "is not aware of it (no denial)";
    case PARLEY_ACT_NO_COMMENT:
        return "does not comment (no denial)";
    default:
        return word_act((parley_act)claim->act);
    }
}

/* Each account by itself: nobody's is taken for the other's, and no figures are added up. */
static void tell_accounts(digesting *d, int32_t incident)
{
    for (int32_t k = d->accounts.first[incident]; k >= 0; k = d->accounts.next[k]) {
        const parley_claim *claim = parley_case_claim(d->c, k);
        bool silent = claim->act == PARLEY_ACT_NOT_AWARE || claim->act == PARLEY_ACT_NO_COMMENT;
        const char *words = claim->says != NULL ? claim->says : "";
        note_speakers(d, claim);
        sheet_addf(d->sh, silent ? PARLEY_INK_DIM : PARLEY_INK_PLAIN, margin(d, k),
                   "- %s %s%s%s%s%s", word_voices(d->s, d->c, &claim->by), account_verb(claim),
                   claim->blames.count > 0 ? ": done by " : "",
                   claim->blames.count > 0 ? word_voices(d->s, d->c, &claim->blames) : "",
                   words[0] != '\0' ? "; " : "", words);
    }
    if (d->accounts.first[incident] < 0) {
        sheet_add(d->sh, PARLEY_INK_DIM, "", "- who did it: nobody says");
    }
    const parley_incident *row = parley_case_incident(d->c, incident);
    for (uint32_t k = 0; k < row->figures.count; k++) {
        const parley_figure *f = parley_case_figure(d->c, row->figures.at[k]);
        bool nobody = f->claimant.party < 0 && f->claimant.source < 0;
        sheet_addf(d->sh, PARLEY_INK_PLAIN,
                   nobody ? "claimant not given" : word_voice(d->s, d->c, &f->claimant, false),
                   "- %s: %s", f->what, word_figure(d->s, f));
    }
}

static void alleged(digesting *d)
{
    sheet_section(d->sh, "ALLEGED");
    for (uint32_t i = 0; i < parley_case_incidents(d->c); i++) {
        const parley_incident *row = parley_case_incident(d->c, (int32_t)i);
        if (!d->news[i]) {
            continue;
        }
        sheet_addf(d->sh, PARLEY_INK_WARN,
                   parley_screen_format(d->s, "not established %s", row->record.id),
                   "%s%s%s%s%s%s%s%s%s", row->what,
                   row->record.happened.form != PARLEY_DATE_UNKNOWN ? ", " : "",
                   row->record.happened.form != PARLEY_DATE_UNKNOWN
                       ? word_date(d->s, d->c, row->record.happened)
                       : "",
                   row->place != NULL ? ", " : "", row->place != NULL ? row->place : "",
                   row->hedge != NULL ? ", " : "", row->hedge != NULL ? row->hedge : "",
                   may_breach(d, row), near_talks(d, (int32_t)i));
        tell_accounts(d, (int32_t)i);
    }
}

static void figures(digesting *d)
{
    sheet_section(d->sh, "FIGURES");
    for (uint32_t i = 0; i < parley_case_figures(d->c); i++) {
        const parley_figure *f = parley_case_figure(d->c, (int32_t)i);
        if (!since(d, f->record.happened) || d->told[i]) {
            continue;
        }
        bool poll = f->unit != NULL && strcmp(f->unit, "percent-of-answers") == 0;
        const char *sample = poll && (!f->n.typed || f->n.unknown) ? " (n not given)" : "";
        bool nobody = f->claimant.party < 0 && f->claimant.source < 0;
        sheet_addf(d->sh, PARLEY_INK_PLAIN,
                   nobody ? "claimant not given" : word_voice(d->s, d->c, &f->claimant, false),
                   "%s: %s%s", f->what, word_figure(d->s, f), sample);
    }
}

static parley_status open_matters(digesting *d, parley_ctx *ctx, parley_error *err)
{
    parley_date now = parley_case_as_of(d->c);
    int32_t day = now.form == PARLEY_DATE_UNKNOWN ? INT32_MIN : now.last;
    sheet_section(d->sh, "MEETINGS");
    for (uint32_t i = 0; i < parley_case_meetings(d->c); i++) {
        const parley_meeting *m = parley_case_meeting(d->c, (int32_t)i);
        if (since(d, m->record.happened)) {
            sheet_addf(d->sh, PARLEY_INK_PLAIN, word_date(d->s, d->c, m->record.happened), "%s: %s",
                       word_voices(d->s, d->c, &m->who),
                       m->outcome == NULL || strcmp(m->outcome, "unknown") == 0
                           ? "outcome not logged"
                           : m->outcome);
        }
    }
    sheet_section(d->sh, "EXPECTED, SILENT");
    for (uint32_t i = 0; i < parley_case_expectations(d->c); i++) {
        const parley_expected *e = parley_case_expected(d->c, (int32_t)i);
        if (e->result == NULL || strcmp(e->result, "none") == 0) {
            sheet_addf(d->sh, PARLEY_INK_PLAIN,
                       e->due.form == PARLEY_DATE_UNKNOWN
                           ? ""
                           : parley_screen_format(d->s, "due %s", word_date(d->s, d->c, e->due)),
                       "%s: %s", word_voices(d->s, d->c, &e->from), e->what);
        }
    }
    sheet_section(d->sh, "PROMISES DUE");
    for (uint32_t i = 0; i < parley_case_obligations(d->c); i++) {
        const parley_obligation *o = parley_case_obligation(d->c, (int32_t)i);
        if (o->due.form != PARLEY_DATE_UNKNOWN && o->kept != PARLEY_KEPT_FULL &&
            parley_date_possibly_by(o->due, day)) {
            sheet_addf(d->sh, PARLEY_INK_WARN,
                       parley_screen_format(d->s, "due %s", word_date(d->s, d->c, o->due)),
                       "%s: %s", word_voice(d->s, d->c, &o->bearer, false), o->what);
        }
    }
    sheet_section(d->sh, "RELAYS OPEN");
    for (uint32_t i = 0; i < parley_case_relays(d->c); i++) {
        const parley_relay *r = parley_case_relay(d->c, (int32_t)i);
        parley_relay_card card;
        parley_status status =
            parley_relay_look(&card, ctx, d->c, (int32_t)i, parley_case_day(d->c), err);
        if (status != PARLEY_OK) {
            return status;
        }
        if (card.state != PARLEY_RELAY_READ_BACK) {
            sheet_addf(d->sh, PARLEY_INK_WARN, parley_relay_state_word(card.state), "%s: %s to %s",
                       r->record.id, word_voice(d->s, d->c, &r->owner, false),
                       word_voice(d->s, d->c, &r->to, false));
        }
    }
    return PARLEY_OK;
}

static void learned_late(digesting *d)
{
    sheet_section(d->sh, "LEARNED LATE");
    for (uint32_t i = 0; i < parley_case_claims(d->c); i++) {
        const parley_record *r = &parley_case_claim(d->c, (int32_t)i)->record;
        if (since(d, r->learned) && r->happened.form != PARLEY_DATE_UNKNOWN &&
            !since(d, r->happened)) {
            sheet_addf(d->sh, PARLEY_INK_PLAIN, margin(d, (int32_t)i), "%s, of %s: %s",
                       word_voices(d->s, d->c, &parley_case_claim(d->c, (int32_t)i)->by),
                       word_date(d->s, d->c, r->happened),
                       said(d, parley_case_claim(d->c, (int32_t)i)));
        }
    }
}

static parley_status gather(sheet *sh, parley_ctx *ctx, parley_arena *arena, parley_screen *s,
                            const parley_status_page *page, int32_t first, parley_error *err)
{
    const parley_case *c = page->c;
    char now[80];
    char from[80] = "the beginning";
    const char *audience = parley_case_audience(c);
    parley_date_words(parley_case_as_of(c), true, now, sizeof(now));
    if (first > INT32_MIN) {
        parley_date_words(parley_date_of_day(first), true, from, sizeof(from));
    }
    *sh = sheet_new(
        arena, parley_screen_format(s, "From %s to %s: %s", from, now, parley_case_title(c)),
        audience != NULL ? parley_screen_format(s, "for %s", audience) : "team only", SECTION_MOST);
    digesting d = {.s = s, .c = c, .page = page, .sh = sh, .first = first};
    d.speaks = parley_arena_array(arena, parley_case_parties(c), sizeof(bool));
    d.news = parley_arena_array(arena, parley_case_incidents(c), sizeof(bool));
    d.told = parley_arena_array(arena, parley_case_figures(c), sizeof(bool));
    if (d.speaks == NULL || d.news == NULL || d.told == NULL ||
        !desk_accounts_make(&d.accounts, arena, c)) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    find_news(&d);
    sheet_section(sh, "LAW");
    for (uint32_t i = 0; i < parley_case_flags(c); i++) {
        const parley_flag *flag = parley_case_flag(c, (int32_t)i);
        if (flag->notice != NULL) {
            sheet_add(sh, PARLEY_INK_WARN, flag->law != NULL ? flag->law : "", flag->notice);
        }
    }
    shifts(&d);
    claims(&d, "NEW, ON RECORD", 0);
    claims(&d, "ONLY REPORTED", 2);
    claims(&d, "SAID, NO MOVE", 1);
    alleged(&d);
    figures(&d);
    parley_status status = open_matters(&d, ctx, err);
    if (status == PARLEY_OK) {
        learned_late(&d);
        desk_interests(sh, s, c, d.speaks);
        sheet_close(sh);
    }
    if (status == PARLEY_OK && sh->lines == 0) {
        sheet_section(sh, "NOTHING");
        sheet_add(sh, PARLEY_INK_DIM, "", "no news, nothing expected, nothing due");
        sheet_close(sh);
    }
    return status;
}

/* Gathers the sheet and gives it to the screen and text, or (j not NULL) to the writer. */
static parley_status make(parley_screen *s, parley_text *out, parley_json *j, parley_ctx *ctx,
                          const parley_case *c, int32_t first, parley_writing writing,
                          parley_error *err)
{
    parley_status_page *page = NULL;
    sheet sh = {0};
    parley_arena *arena = parley_arena_new(ctx);
    parley_status status = arena == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                                         : status_page_make(&page, ctx, c, parley_case_name(c),
                                                            (status_extent){false, -1}, err);
    if (status == PARLEY_OK) {
        status = gather(&sh, ctx, arena, s, page, first, err);
    }
    if (status == PARLEY_OK) {
        status =
            j != NULL ? sheet_json(j, &sh, c, err) : sheet_write(&sh, s, out, ctx, writing, err);
    }
    parley_status_page_free(page);
    parley_arena_free(arena);
    return status;
}

parley_status parley_page_digest(parley_screen *s, parley_text *out, parley_ctx *ctx,
                                 const parley_case *c, int32_t first, parley_writing writing,
                                 parley_error *err)
{
    return make(s, out, NULL, ctx, c, first, writing, err);
}

parley_status parley_page_digest_json(parley_json *j, parley_screen *s, parley_ctx *ctx,
                                      const parley_case *c, int32_t first, parley_error *err)
{
    return make(s, NULL, j, ctx, c, first, PARLEY_WRITING_TEXT, err);
}
