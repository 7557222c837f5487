/*
 * `parley brief`: one party on at most two A4 pages, for an envoy on the way to it. What we are to
 * do and what not, what it answered and holds, what moved, what worries it, what we may say to it
 * and may not, what is not known; the class of the source in the margin.
 */
#include "report/desk_parts.h"
#include "report/ripeness_page.h"
#include "report/status_page.h"

#include <string.h>

#include <parley/desk.h>

/* Lines a section may have, so that the whole stays within two pages. */
#define SECTION_MOST 9

typedef struct briefing {
    parley_screen *s; /* for its strings only */
    const parley_case *c;
    const parley_status_page *page;
    sheet *sh;
    int32_t party;
    bool *speaks; /* by party: its words stand on the sheet, or it carries some that do */
} briefing;

static bool by_party(const parley_claim *claim, int32_t party)
{
    for (uint32_t k = 0; k < claim->by.count; k++) {
        if (claim->by.at[k].party == party) {
            return true;
        }
    }
    return false;
}

/* "on record c3", "no speaker named c9". */
static const char *margin(briefing *b, int32_t claim)
{
    return claim < 0 ? ""
                     : parley_screen_format(b->s, "%s %s",
                                            word_class(b->s, parley_case_claim(b->c, claim)),
                                            word_claim(b->c, claim));
}

static void on_the_table(briefing *b)
{
    sheet_section(b->sh, "ON THE TABLE");
    for (uint32_t i = 0; i < b->page->proposals; i++) {
        const status_proposal *row = &b->page->proposal[i];
        const parley_proposal *p = parley_case_proposal(b->c, row->proposal);
        const char *name = p->name != NULL ? p->name : p->record.id;
        if (p->tabled_by.party >= 0) {
            b->speaks[p->tabled_by.party] = true;
        }
        if (p->tabled_by.party == b->party) {
            sheet_addf(b->sh, PARLEY_INK_PLAIN, margin(b, p->claim), "%s: its own, %s", name,
                       word_date(b->s, b->c, p->record.happened));
            continue;
        }
        bool answered = false;
        for (uint32_t k = 0; k < row->answers; k++) {
            if (row->answer[k].party == b->party && row->answer[k].response >= 0) {
                const parley_response *r = parley_case_response(b->c, row->answer[k].response);
                sheet_addf(b->sh, PARLEY_INK_PLAIN, margin(b, r->claim), "%s: %s", name,
                           word_response(b->s, b->c, r));
                answered = true;
            }
        }
        if (!answered) {
            sheet_addf(b->sh, PARLEY_INK_DIM, "", "%s: no answer in these reports", name);
        }
    }
    if (b->page->proposals == 0) {
        sheet_add(b->sh, PARLEY_INK_DIM, "", "nothing is tabled");
    }
}

/* Does an answer shown above rest on the same claim? */
static bool in_an_answer(const briefing *b, uint32_t position)
{
    for (uint32_t i = 0; i < b->page->proposals; i++) {
        for (uint32_t k = 0; k < b->page->proposal[i].answers; k++) {
            const status_answer *a = &b->page->proposal[i].answer[k];
            if (a->party == b->party && a->response >= 0 &&
                status_said(b->page, position, a->response)) {
                return true;
            }
        }
    }
    return !b->page->own[position];
}

static void positions(briefing *b, const char *label, parley_basis basis)
{
    sheet_section(b->sh, label);
    for (uint32_t i = 0; i < parley_positions_size(b->page->positions); i++) {
        const parley_position *p = parley_positions_at(b->page->positions, i);
        if (p->party != b->party || p->basis != basis || in_an_answer(b, i)) {
            continue;
        }
        const char *when = p->date.form == PARLEY_DATE_UNKNOWN
                               ? ""
                               : parley_screen_format(b->s, ", %s", word_date(b->s, b->c, p->date));
        if (p->reading >= 0) {
            const parley_reading *r = parley_case_reading(b->c, p->reading);
            sheet_addf(
                b->sh, PARLEY_INK_OURS, parley_screen_format(b->s, "our reading %s", r->record.id),
                "%s %s%s%s", p->act, word_held(b->s, b->c, word_is_no(p->act), p->formula, false),
                r->because != NULL ? ", because " : "", r->because != NULL ? r->because : "");
        } else if (p->formula != NULL && strcmp(p->act, "yes, if") == 0 &&
                   word_condition_of(b->c, p) >= 0) { /* to another text than the one above */
            sheet_addf(b->sh, PARLEY_INK_PLAIN, margin(b, p->claim), "yes to %s, if %s%s",
                       parley_case_proposal(b->c, word_condition_of(b->c, p))->name,
                       word_formula(b->s, b->c, p->formula, false), when);
        } else if (p->formula != NULL) {
            sheet_addf(b->sh, PARLEY_INK_PLAIN, margin(b, p->claim), "%s %s%s", p->act,
                       word_held(b->s, b->c, word_is_no(p->act), p->formula, false), when);
        } else {
            sheet_addf(b->sh, PARLEY_INK_PLAIN, margin(b, p->claim), "in words, %s: %s%s", p->act,
                       p->text, when);
        }
    }
}

static const char *said(briefing *b, int32_t claim)
{
    const parley_claim *row = parley_case_claim(b->c, claim);
    return row->about.formula != NULL ? word_matter(b->s, b->c, row)
           : row->says != NULL        ? row->says
           : row->about.text != NULL  ? word_about(b->c, &row->about)
                                      : word_claim(b->c, claim);
}

static void moved(briefing *b)
{
    const parley_terms *terms = parley_deal_terms(b->page->deal);
    bool some = false;
    sheet_section(b->sh, "MOVED");
    for (uint32_t i = 0; i < parley_terms_shifts(terms); i++) {
        const parley_shift *shift = parley_terms_shift(terms, i);
        if (shift->party != b->party || status_told_already(terms, i)) {
            continue;
        }
        const char *ids = status_shift_ids(b->s, b->c, terms, b->page->moves, i);
        parley_ink ink = strstr(ids, "to confirm") != NULL ? PARLEY_INK_WARN : PARLEY_INK_PLAIN;
        some = true;
        if (shift->issue < 0) {
            sheet_addf(b->sh, ink, ids, "%s -> %s", said(b, shift->earlier), said(b, shift->later));
        } else {
            sheet_addf(b->sh, ink, ids, "%s: %s -> %s", word_issue(b->c, shift->issue),
                       status_said_on(b->s, b->c, shift->earlier, shift->issue),
                       status_said_on(b->s, b->c, shift->later, shift->issue));
        }
    }
    if (!some) {
        sheet_add(b->sh, PARLEY_INK_DIM, "", "nothing recorded");
    }
}

static void worries(briefing *b)
{
    sheet_section(b->sh, "WORRIES");
    for (uint32_t i = 0; i < parley_case_concerns(b->c); i++) {
        const parley_concern *k = parley_case_concern(b->c, (int32_t)i);
        if (k->party == b->party) {
            sheet_add(b->sh, k->ours ? PARLEY_INK_OURS : PARLEY_INK_PLAIN,
                      k->ours ? "our reading" : margin(b, k->claim),
                      k->text != NULL ? k->text : k->record.id);
        }
    }
}

/* Were the words said to everybody? What only the label says is for the gate of exports. */
static bool published(const parley_claim *claim)
{
    return parley_label_allows(&claim->record.label, PARLEY_AUDIENCE_PUBLIC) &&
           parley_class_on_record(claim->cls);
}

static bool binds(const parley_claim *claim)
{
    return claim->act == PARLEY_ACT_ACCEPT || claim->act == PARLEY_ACT_CONCEDE ||
           claim->act == PARLEY_ACT_DEMAND || claim->act == PARLEY_ACT_REJECT ||
           claim->act == PARLEY_ACT_ACCEPT_IF || claim->act == PARLEY_ACT_OPEN_TO;
}

static parley_status we_may_say(briefing *b, parley_ctx *ctx, parley_error *err)
{
    const parley_terms *terms = parley_deal_terms(b->page->deal);
    sheet_section(b->sh, "WE MAY SAY");
    for (uint32_t i = 0; i < parley_case_claims(b->c); i++) {
        const parley_claim *claim = parley_case_claim(b->c, (int32_t)i);
        if (claim->by.count > 0 && claim->by.at[0].party >= 0 && !by_party(claim, b->party) &&
            published(claim) && binds(claim) && parley_terms_in_force(terms, (int32_t)i)) {
            b->speaks[claim->by.at[0].party] = true;
            sheet_addf(b->sh, PARLEY_INK_PLAIN, word_claim(b->c, (int32_t)i), "published: %s %s",
                       word_voices(b->s, b->c, &claim->by), word_statement(b->s, b->c, (int32_t)i));
        }
    }
    for (uint32_t i = 0; i < parley_case_relays(b->c); i++) {
        const parley_relay *r = parley_case_relay(b->c, (int32_t)i);
        parley_relay_card card;
        if (r->to.party != b->party) {
            continue;
        }
        parley_status status =
            parley_relay_look(&card, ctx, b->c, (int32_t)i, parley_case_day(b->c), err);
        if (status != PARLEY_OK) {
            return status;
        }
        if (r->carrier.party >= 0) {
            b->speaks[r->carrier.party] = true;
        }
        if (parley_permission_allows(card.words)) {
            sheet_addf(b->sh, PARLEY_INK_PLAIN, r->record.id,
                       "the words of relay %s from %s (%s)%s", r->record.id,
                       word_voice(b->s, b->c, &r->owner, false), parley_permission_word(card.words),
                       card.soft ? "; do not strengthen them" : "");
        }
    }
    sheet_section(b->sh, "WE MAY NOT");
    for (uint32_t i = 0; i < parley_case_relays(b->c); i++) {
        const parley_relay *r = parley_case_relay(b->c, (int32_t)i);
        parley_relay_card card;
        if (r->to.party != b->party) {
            continue;
        }
        parley_status status =
            parley_relay_look(&card, ctx, b->c, (int32_t)i, parley_case_day(b->c), err);
        if (status != PARLEY_OK) {
            return status;
        }
        if (!parley_permission_allows(card.words)) {
            sheet_addf(b->sh, PARLEY_INK_BAD, r->record.id, "the words of relay %s: %s",
                       r->record.id, parley_permission_word(card.words));
        } else if (card.assured && !parley_permission_allows(card.assurance)) {
            sheet_addf(b->sh, PARLEY_INK_BAD, r->record.id,
                       "the assurance of relay %s: permission %s", r->record.id,
                       parley_permission_word(card.assurance));
        }
    }
    word_list hidden = {.count = 0};
    for (uint32_t i = 0; i < parley_case_claims(b->c); i++) {
        const parley_claim *claim = parley_case_claim(b->c, (int32_t)i);
        uint32_t own = PARLEY_AUDIENCE_PARTY + (uint32_t)b->party;
        if (!by_party(claim, b->party) && !parley_label_allows(&claim->record.label, own) &&
            !parley_label_allows(&claim->record.label, PARLEY_AUDIENCE_ALL) &&
            !parley_label_allows(&claim->record.label, PARLEY_AUDIENCE_PUBLIC)) {
            word_push(&hidden, word_claim(b->c, (int32_t)i));
        }
    }
    if (hidden.count > 0 && parley_case_audience(b->c) == NULL) {
        sheet_addf(b->sh, PARLEY_INK_BAD, "", "what was not said to it: %s",
                   word_join(b->s, &hidden, " "));
    }
    word_list readings = {.count = 0};
    for (uint32_t i = 0; i < parley_case_readings(b->c); i++) {
        word_push(&readings, parley_case_reading(b->c, (int32_t)i)->record.id);
    }
    for (uint32_t i = 0; i < parley_case_perceptions(b->c); i++) {
        const parley_perception *seen = parley_case_perception(b->c, (int32_t)i);
        if (seen->ours) {
            word_push(&readings, seen->record.id);
        }
    }
    if (readings.count > 0) {
        sheet_addf(b->sh, PARLEY_INK_PLAIN, "", "our readings: %s",
                   word_join(b->s, &readings, " "));
    }
    sheet_add(b->sh, PARLEY_INK_PLAIN, "", "ideas of the team, before the team has agreed on them");
    return PARLEY_OK;
}

static void not_known(briefing *b)
{
    word_list silent = {.count = 0};
    parley_ids issues = parley_deal_issues(b->page->deal);
    sheet_section(b->sh, "NOT KNOWN");
    for (uint32_t i = 0; i < issues.count; i++) {
        if (!status_known(b->page, b->party, issues.at[i])) {
            word_push(&silent, word_issue(b->c, issues.at[i]));
        }
    }
    if (silent.count > 0) {
        sheet_addf(b->sh, PARLEY_INK_PLAIN, "", "what it says on %s",
                   word_join(b->s, &silent, ", "));
    }
    for (uint32_t i = 0; i < parley_case_responses(b->c); i++) {
        const parley_response *r = parley_case_response(b->c, (int32_t)i);
        if (r->by.party == b->party && r->conditions.count > 0 && r->list != PARLEY_LIST_COMPLETE) {
            sheet_addf(b->sh, PARLEY_INK_PLAIN, word_claim(b->c, r->claim),
                       "whether its list of conditions for %s is complete",
                       parley_case_proposal(b->c, r->proposal)->record.id);
        }
    }
    for (uint32_t i = 0; i < parley_terms_size(parley_deal_terms(b->page->deal)); i++) {
        const parley_term *term = parley_terms_at(parley_deal_terms(b->page->deal), i);
        if (term->party == b->party && term->basis == PARLEY_BASIS_RECORD &&
            term->firmness == PARLEY_FIRMNESS_CONDITION) {
            sheet_addf(b->sh, PARLEY_INK_PLAIN, "", "whether \"%s\" is a line",
                       word_formula(b->s, b->c, term->formula, false));
        }
    }
    for (uint32_t i = 0; i < parley_case_expectations(b->c); i++) {
        const parley_expected *e = parley_case_expected(b->c, (int32_t)i);
        for (uint32_t k = 0; k < e->from.count; k++) {
            if (e->from.at[k].party == b->party && e->result == NULL) {
                sheet_addf(b->sh, PARLEY_INK_PLAIN, "expected", "%s", e->what);
                break;
            }
        }
    }
}

static void dealings(briefing *b)
{
    sheet_section(b->sh, "REACHED BY");
    for (uint32_t i = 0; i < parley_case_channels(b->c); i++) {
        const parley_channel *ch = parley_case_channel(b->c, (int32_t)i);
        bool to = ch->to.party == b->party;
        if (to || ch->from.party == b->party) {
            sheet_addf(b->sh, PARLEY_INK_PLAIN, word_claim(b->c, ch->claim), "%s: %s",
                       word_voice(b->s, b->c, to ? &ch->from : &ch->to, false),
                       ch->quality != NULL ? ch->quality : "not recorded");
        }
    }
    sheet_section(b->sh, "FAVOURS");
    for (uint32_t i = 0; i < parley_case_favours(b->c); i++) {
        const parley_favour *f = parley_case_favour(b->c, (int32_t)i);
        if (f->giver.party == b->party || f->receiver.party == b->party) {
            sheet_addf(b->sh, PARLEY_INK_PLAIN, word_claim(b->c, f->claim),
                       "%s to %s: %s; back: %s", word_voice(b->s, b->c, &f->giver, false),
                       word_voice(b->s, b->c, &f->receiver, false), f->what,
                       f->returned != NULL ? f->returned : "not recorded");
        }
    }
    sheet_section(b->sh, "PROMISES");
    for (uint32_t i = 0; i < parley_case_obligations(b->c); i++) {
        const parley_obligation *o = parley_case_obligation(b->c, (int32_t)i);
        if (o->bearer.party == b->party || o->to.party == b->party) {
            sheet_addf(
                b->sh, PARLEY_INK_PLAIN,
                o->kept != PARLEY_KEPT_UNKNOWN ? parley_words_word(PARLEY_WORDS_KEPT, o->kept) : "",
                "%s: %s%s%s", word_voice(b->s, b->c, &o->bearer, false), o->what,
                o->state != NULL ? "; " : "", o->state != NULL ? o->state : "");
        }
    }
}

static void sources(briefing *b)
{
    uint32_t record = 0;
    uint32_t reported = 0;
    for (uint32_t i = 0; i < parley_case_claims(b->c); i++) {
        const parley_claim *claim = parley_case_claim(b->c, (int32_t)i);
        if (by_party(claim, b->party)) {
            record += parley_class_on_record(claim->cls);
            reported += !parley_class_on_record(claim->cls);
        }
    }
    sheet_section(b->sh, "SOURCES");
    sheet_addf(b->sh, PARLEY_INK_DIM, "", "its statements: %u on record, %u reported", record,
               reported);
}

/* Gathers the sheet of a party. The strings are the screen's. */
static parley_status gather(sheet *sh, parley_ctx *ctx, parley_arena *arena, parley_screen *s,
                            const parley_status_page *page, int32_t party, parley_error *err)
{
    const parley_case *c = page->c;
    char now[80];
    parley_date_words(parley_case_as_of(c), true, now, sizeof(now));
    const char *audience = parley_case_audience(c);
    *sh = sheet_new(
        arena, parley_screen_format(s, "%s: %s", word_party(c, party), parley_case_title(c)),
        parley_screen_format(s, "as known %s · %s", now,
                             audience != NULL ? parley_screen_format(s, "for %s", audience)
                                              : "team only"),
        SECTION_MOST);
    briefing b = {s,  c,     page,
                  sh, party, parley_arena_array(arena, parley_case_parties(c), sizeof(bool))};
    if (b.speaks == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    b.speaks[party] = true;
    sheet_section(sh, "LAW");
    for (uint32_t i = 0; i < parley_case_flags(c); i++) {
        const parley_flag *flag = parley_case_flag(c, (int32_t)i);
        if (flag->notice != NULL) {
            sheet_add(sh, PARLEY_INK_WARN, flag->law != NULL ? flag->law : "", flag->notice);
        }
    }
    sheet_section(sh, "MANDATE");
    if (parley_case_mandate_task(c) != NULL) {
        sheet_add(sh, PARLEY_INK_PLAIN, "", parley_case_mandate_task(c));
    }
    if (parley_case_mandate_not(c) != NULL) {
        sheet_addf(sh, PARLEY_INK_WARN, "", "not: %s", parley_case_mandate_not(c));
    }
    on_the_table(&b);
    positions(&b, "ALSO SAID", PARLEY_BASIS_RECORD);
    positions(&b, "REPORTED ONLY", PARLEY_BASIS_REPORTED);
    positions(&b, "OUR READING", PARLEY_BASIS_READING);
    moved(&b);
    worries(&b);
    parley_status status = ripeness_section(sh, s, ctx, c, party, err);
    dealings(&b);
    status = status == PARLEY_OK ? we_may_say(&b, ctx, err) : status;
    if (status == PARLEY_OK) {
        not_known(&b);
        desk_interests(sh, s, c, b.speaks);
        sources(&b);
        sheet_close(sh);
    }
    return status;
}

/* Gathers the sheet and gives it to the screen and text, or (j not NULL) to the writer. */
static parley_status make(parley_screen *s, parley_text *out, parley_json *j, parley_ctx *ctx,
                          const parley_case *c, int32_t party, parley_writing writing,
                          parley_error *err)
{
    parley_status_page *page = NULL;
    sheet sh = {0};
    parley_arena *arena = parley_arena_new(ctx);
    parley_status status = arena == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                                         : status_page_make(&page, ctx, c, parley_case_name(c),
                                                            (status_extent){false, party}, err);
    if (status == PARLEY_OK) {
        status = gather(&sh, ctx, arena, s, page, party, err);
    }
    if (status == PARLEY_OK) {
        status =
            j != NULL ? sheet_json(j, &sh, c, err) : sheet_write(&sh, s, out, ctx, writing, err);
    }
    parley_status_page_free(page);
    parley_arena_free(arena);
    return status;
}

parley_status parley_page_brief(parley_screen *s, parley_text *out, parley_ctx *ctx,
                                const parley_case *c, int32_t party, parley_writing writing,
                                parley_error *err)
{
    return make(s, out, NULL, ctx, c, party, writing, err);
}

parley_status parley_page_brief_json(parley_json *j, parley_screen *s, parley_ctx *ctx,
                                     const parley_case *c, int32_t party, parley_error *err)
{
    return make(s, NULL, j, ctx, c, party, PARLEY_WRITING_TEXT, err);
}
