/*
 * "Carried at home" on the page of `parley deals`: of the packages left, how many each party can
 * carry past those who can stop it, who holds it to what and on whose word, and what polls say.
 *
 * Three bases stay apart: on record, with what is reported, with our readings. Polls are never
 * combined, and no margin of error is worked out: how people were chosen is not known here.
 */
#include "report/home_page.h"
#include "report/report_internal.h"
#include "report/wording.h"

#include <string.h>

static const parley_basis bases[3] = {PARLEY_BASIS_RECORD, PARLEY_BASIS_REPORTED,
                                      PARLEY_BASIS_READING};

parley_status home_at_rung(parley_count *out, parley_home *home, parley_rung rung,
                           parley_error *err)
{
    parley_basis basis = parley_rung_basis(rung);
    return parley_home_carried(out, home, rung, -1,
                               basis == PARLEY_BASIS_RULES ? PARLEY_BASIS_RECORD : basis, err);
}

const char *home_poll_state(parley_poll_state state)
{
    static const char *const words[] = {"shown",     "unknown", "enough",       "too few", "older",
                                        "undecided", "stale",   "may be stale", "later"};
    return words[state];
}

bool home_crosses(const parley_deals_page *page, const parley_home_term *term,
                  parley_package package)
{
    if (term->counted != PARLEY_HOME_COUNTS) {
        return false;
    }
    parley_truth truth = parley_case_eval(page->c, term->formula, package);
    return truth == (term->mode == PARLEY_MODE_REFUSES ? PARLEY_YES : PARLEY_NO);
}

static const parley_constituency *of_term(const parley_case *c, const parley_home_term *term)
{
    return parley_case_constituency(c, term->constituency);
}

static const char *percent(parley_screen *s, const parley_number *number)
{
    char text[48];
    if (!number->typed || number->unknown) {
        return "not known";
    }
    parley_decimal_print(number->value, text, sizeof(text));
    return parley_screen_format(s, "%s %%", text);
}

/* The last rung with packages left, or -1: nothing to count there. */
static int last_rung(const parley_deals_page *page)
{
    return parley_deal_issues(page->deal).count == 0 ? -1 : parley_deal_last(page->deal);
}

/* What binds last among what leaves packages: a rung without terms is the one before. */
static const char *rung_name(const parley_deal *d, int last)
{
    while (last > PARLEY_RUNG_RULES && parley_deal_rung(d, (parley_rung)last)->terms.count == 0) {
        last--;
    }
    return parley_rung_heading((parley_rung)last);
}

static const char *say_words(parley_say say)
{
    static const char *const words[] = {"not known whether it can block", "blocks", "advises"};
    return words[say];
}

/* "refuses release at most 30" ; for a poll what it found. */
static const char *holds_to(parley_screen *s, const parley_case *c, const parley_home_term *term)
{
    const char *what = term->formula != NULL ? word_formula(s, c, term->formula, false)
                                             : parley_screen_format(s, "\"%s\"", term->text);
    if (term->poll >= 0) {
        const parley_constituency *row = parley_case_constituency(c, term->row);
        return parley_screen_format(s, "%s: only %s for it, %s needed", what,
                                    percent(s, &parley_case_poll(c, term->poll)->share),
                                    percent(s, &row->needs_share));
    }
    return parley_screen_format(s, "%s %s", parley_words_word(PARLEY_WORDS_MODE, term->mode), what);
}

/* "on record, c7"; "our reading, no claim"; "poll p2". */
static const char *rests_on(parley_screen *s, const parley_case *c, const parley_home_term *term)
{
    const parley_constituency *row = parley_case_constituency(c, term->row);
    parley_ids ids = row->reading != NULL ? row->from : row->claims;
    word_list list = {.count = 0};
    if (term->poll >= 0) {
        word_push(&list,
                  parley_screen_format(s, "poll %s", parley_case_poll(c, term->poll)->record.id));
    }
    for (uint32_t k = 0; k < ids.count; k++) {
        word_push(&list, word_claim(c, ids.at[k]));
    }
    return list.count == 0 ? parley_screen_format(s, "%s, no claim", word_basis(term->basis))
                           : parley_screen_format(s, "%s, %s", word_basis(term->basis),
                                                  word_join(s, &list, " "));
}

static const char *why_not(parley_home_counted counted)
{
    static const char *const words[] = {"", "fits no formula", "issue not counted here",
                                        "not in force", ""};
    return words[counted];
}

static const char *count_or_dash(parley_screen *s, const parley_count *count, bool known,
                                 bool blocks)
{
    const char *text = parley_screen_count(s, count);
    return !known ? "-" : blocks ? text : parley_screen_format(s, "(%s)", text);
}

/* ------------------------------------------------------------- who can carry */

static parley_status carried_row(parley_screen *s, parley_table *t, const parley_deals_page *page,
                                 parley_rung rung, int32_t party, parley_error *err)
{
    bool known = party < 0 || parley_home_known(page->home, party);
    parley_table_cell(t, PARLEY_INK_PARTY, party < 0 ? "every party" : word_party(page->c, party));
    parley_table_cell(t, PARLEY_INK_DIM, known ? "" : "nobody at home is typed");
    for (size_t b = 0; b < 3; b++) {
        parley_count count;
        parley_status status = parley_home_carried(&count, page->home, rung, party, bases[b], err);
        if (status != PARLEY_OK) {
            return status;
        }
        parley_table_cell(t, parley_count_is_zero(&count) ? PARLEY_INK_BAD : PARLEY_INK_PLAIN,
                          count_or_dash(s, &count, known, true));
    }
    return PARLEY_OK;
}

static parley_status constituency_row(parley_screen *s, parley_table *t,
                                      const parley_deals_page *page, parley_rung rung,
                                      int32_t constituency, parley_error *err)
{
    const parley_constituency *row = parley_case_constituency(page->c, constituency);
    parley_table_cellf(t, PARLEY_INK_PLAIN, "  %s", row->name);
    parley_table_cell(t, row->say == PARLEY_SAY_UNKNOWN ? PARLEY_INK_WARN : PARLEY_INK_PLAIN,
                      say_words(row->say));
    for (size_t b = 0; b < 3; b++) {
        parley_count count;
        parley_status status =
            parley_home_count(&count, page->home, rung, constituency, bases[b], err);
        if (status != PARLEY_OK) {
            return status;
        }
        parley_table_cell(t, PARLEY_INK_PLAIN,
                          count_or_dash(s, &count, true, row->say == PARLEY_SAY_BLOCKS));
    }
    return PARLEY_OK;
}

static bool has_home(const parley_deals_page *page, int32_t party)
{
    parley_ids must = parley_deal_must_agree(page->deal);
    for (uint32_t k = 0; k < must.count; k++) {
        if (must.at[k] == party) {
            return true;
        }
    }
    return parley_home_known(page->home, party);
}

static parley_status who_can_carry(parley_screen *s, const parley_deals_page *page,
                                   parley_error *err)
{
    int last = last_rung(page);
    if (last < 0) {
        parley_screen_line(s, "CARRIED AT HOME", PARLEY_INK_DIM,
                           parley_deal_issues(page->deal).count == 0
                               ? "nothing can be counted yet"
                               : "the rules leave no package to carry");
        return PARLEY_OK;
    }
    parley_rung rung = (parley_rung)last;
    parley_ids ids = parley_home_constituencies(page->home);
    bool aside = false;
    const parley_column columns[5] = {{.heading = "PARTY", .at_most = 30},
                                      {.heading = "ITS NO", .flexible = true, .fill = true},
                                      {.heading = "ON RECORD", .align = PARLEY_ALIGN_RIGHT},
                                      {.heading = "+ REPORTED", .align = PARLEY_ALIGN_RIGHT},
                                      {.heading = "+ OURS", .align = PARLEY_ALIGN_RIGHT}};
    parley_table *t = parley_table_new(s, columns, 5, 0, 2);
    parley_status status = PARLEY_OK;
    for (uint32_t p = 0; p < parley_case_parties(page->c) && status == PARLEY_OK; p++) {
        if (!has_home(page, (int32_t)p)) {
            continue;
        }
        status = carried_row(s, t, page, rung, (int32_t)p, err);
        for (uint32_t k = 0; k < ids.count && status == PARLEY_OK; k++) {
            const parley_constituency *row = parley_case_constituency(page->c, ids.at[k]);
            if (row->party == (int32_t)p) {
                status = constituency_row(s, t, page, rung, ids.at[k], err);
                aside = aside || row->say != PARLEY_SAY_BLOCKS;
            }
        }
    }
    if (status == PARLEY_OK) {
        status = carried_row(s, t, page, rung, -1, err);
    }
    parley_screen_blank(s);
    parley_screen_begin(s, 0, 0);
    parley_screen_add(s, PARLEY_INK_HEADING, "CARRIED AT HOME");
    parley_screen_addf(s, PARLEY_INK_PLAIN, "  of the %s left at: %s",
                       parley_screen_count(s, &parley_deal_rung(page->deal, rung)->left),
                       rung_name(page->deal, last));
    parley_screen_end(s);
    parley_table_print(t);
    if (aside) {
        parley_screen_begin(s, 0, 0);
        parley_screen_add(s, PARLEY_INK_DIM,
                          "In brackets: what would be left if its no stopped the party. It is not "
                          "known to, and is not counted for the party.");
        parley_screen_end(s);
    }
    return status;
}

/* ------------------------------------------------------------ who holds what */

static parley_status who_holds_what(parley_screen *s, const parley_deals_page *page,
                                    parley_error *err)
{
    const parley_case *c = page->c;
    int last = last_rung(page);
    const parley_column columns[4] = {{.heading = "WHO", .at_most = 22, .flexible = true},
                                      {.heading = "HOLDS IT TO", .flexible = true, .fill = true},
                                      {.heading = "RESTS ON", .at_most = 24, .flexible = true},
                                      {.heading = "KEEPS", .align = PARLEY_ALIGN_RIGHT}};
    parley_table *t = parley_table_new(s, columns, 4, 0, 2);
    int32_t before = -1;
    for (uint32_t i = 0; i < parley_home_terms(page->home); i++) {
        const parley_home_term *term = parley_home_term_at(page->home, i);
        const parley_constituency *who = of_term(c, term);
        bool ours = term->basis == PARLEY_BASIS_READING;
        parley_count count;
        if (term->constituency != before) {
            parley_table_cellf(t, PARLEY_INK_PARTY, "%s", word_party(c, who->party));
            parley_table_addf(t, PARLEY_INK_PLAIN, ": %s", who->name);
        } else {
            parley_table_cell(t, PARLEY_INK_PLAIN, "");
        }
        before = term->constituency;
        parley_table_cell(t, ours ? PARLEY_INK_OURS : PARLEY_INK_PLAIN, holds_to(s, c, term));
        if (term->counted != PARLEY_HOME_COUNTS && term->counted != PARLEY_HOME_ACCEPTS) {
            parley_table_addf(t, PARLEY_INK_DIM, " (%s)", why_not(term->counted));
        }
        parley_table_cell(t, PARLEY_INK_DIM, rests_on(s, c, term));
        if (term->counted != PARLEY_HOME_COUNTS || last < 0) {
            parley_table_cell(t, PARLEY_INK_DIM, "-");
            continue;
        }
        parley_status status = parley_home_term_left(&count, page->home, (parley_rung)last, i, err);
        if (status != PARLEY_OK) {
            return status;
        }
        parley_table_cell(t, PARLEY_INK_PLAIN, parley_screen_count(s, &count));
    }
    parley_table_print(t);
    return PARLEY_OK;
}

/* --------------------------------------------------------------------- polls */

static const char *age(parley_screen *s, const parley_home_poll *p)
{
    if (!p->aged) {
        return "age not known";
    }
    if (p->age_least != p->age_most) {
        return parley_screen_format(s, "%d to %d days old", (int)p->age_least, (int)p->age_most);
    }
    return p->age_most == 0 ? "taken today"
                            : parley_screen_format(s, "%d day%s old", (int)p->age_most,
                                                   p->age_most == 1 ? "" : "s");
}

static const char *standing(parley_screen *s, const parley_deals_page *page,
                            const parley_home_poll *p)
{
    const parley_poll *poll = parley_case_poll(page->c, p->poll);
    char day[80];
    switch (p->state) {
    case PARLEY_POLL_STALE:
    case PARLEY_POLL_MAY_BE_STALE:
        parley_date_words(poll->stale_from, true, day, sizeof(day));
        return parley_screen_format(
            s, "%s: %s%s%s", p->state == PARLEY_POLL_STALE ? "STALE" : "may be STALE",
            poll->stale_after > 0
                ? parley_screen_format(s, "after %lld days", (long long)poll->stale_after)
                : "",
            poll->stale_after > 0 && poll->stale_from.form != PARLEY_DATE_UNKNOWN ? ", " : "",
            poll->stale_from.form != PARLEY_DATE_UNKNOWN ? parley_screen_format(s, "from %s", day)
                                                         : "");
    case PARLEY_POLL_TOO_FEW:
        return "counts: fewer than were declared necessary";
    case PARLEY_POLL_ENOUGH:
        return "as many as were declared necessary";
    case PARLEY_POLL_OLDER:
        return "shown: a newer one counts";
    case PARLEY_POLL_UNDECIDED:
        return "none counts: they disagree, and which is newer is not known";
    case PARLEY_POLL_UNKNOWN:
        return "shown: its share is not known";
    case PARLEY_POLL_LATER:
        return "taken later";
    case PARLEY_POLL_SHOWN:
        break;
    }
    return poll->about.formula == NULL ? "shown: fits no formula" : "shown: no threshold declared";
}

static void polls(parley_screen *s, const parley_deals_page *page)
{
    const parley_case *c = page->c;
    const parley_column columns[5] = {{.heading = "POLL", .at_most = 20, .flexible = true},
                                      {.heading = "QUESTION", .flexible = true, .fill = true},
                                      {.heading = "YES", .align = PARLEY_ALIGN_RIGHT},
                                      {.heading = "TAKEN", .at_most = 17},
                                      {.heading = "STANDS", .at_most = 24, .flexible = true}};
    parley_table *t = parley_table_new(s, columns, 5, 0, 2);
    for (uint32_t i = 0; i < parley_home_polls(page->home); i++) {
        const parley_home_poll *p = parley_home_poll_at(page->home, i);
        const parley_poll *poll = parley_case_poll(c, p->poll);
        const parley_constituency *who = parley_case_constituency(c, poll->constituency);
        bool stale = p->state == PARLEY_POLL_STALE || p->state == PARLEY_POLL_MAY_BE_STALE;
        char n[48];
        parley_decimal_print(poll->n.value, n, sizeof(n));
        parley_table_cellf(t, PARLEY_INK_DIM, "%s ", poll->record.id);
        parley_table_addf(t, PARLEY_INK_PARTY, "%s", word_party(c, who->party));
        parley_table_addf(t, PARLEY_INK_PLAIN, ": %s", who->name);
        parley_table_cellf(t, PARLEY_INK_PLAIN, "%s", poll->question);
        if (poll->hedge != NULL) {
            parley_table_addf(t, PARLEY_INK_DIM, " (%s)", poll->hedge);
        }
        const char *house = poll->house != NULL ? poll->house
                            : poll->source >= 0 ? parley_case_source(c, poll->source)->name
                                                : NULL;
        parley_table_newline(t);
        parley_table_addf(t, PARLEY_INK_DIM, "%s", house != NULL ? house : "source not given");
        if (poll->via >= 0) {
            parley_table_addf(t, PARLEY_INK_DIM, ", via %s",
                              parley_case_source(c, poll->via)->name);
        }
        parley_table_cell(t, PARLEY_INK_PLAIN, percent(s, &poll->share));
        parley_table_newline(t);
        parley_table_addf(t, PARLEY_INK_DIM, "%s",
                          poll->n.typed && !poll->n.unknown
                              ? parley_screen_format(s, "n\xC2\xA0%s", n)
                              : "n not given");
        parley_table_cell(t, PARLEY_INK_PLAIN, word_date(s, c, poll->record.happened));
        parley_table_newline(t);
        parley_table_add(t, PARLEY_INK_DIM, age(s, p));
        parley_table_cell(t,
                          stale                             ? PARLEY_INK_WARN
                          : p->state == PARLEY_POLL_TOO_FEW ? PARLEY_INK_BAD
                                                            : PARLEY_INK_PLAIN,
                          standing(s, page, p));
    }
    if (parley_table_rows(t) > 0) {
        parley_screen_blank(s);
        parley_table_print(t);
        parley_screen_begin(s, 0, 0);
        parley_screen_add(s, PARLEY_INK_DIM,
                          "Polls are opinion, never a position; none is combined with another, and "
                          "no margin of error is worked out.");
        parley_screen_end(s);
    }
}

/* Figures out of polls, typed as figures: they belong to no constituency and hold nothing. */
static void opinion(parley_screen *s, const parley_case *c)
{
    for (uint32_t i = 0; i < parley_case_figures(c); i++) {
        const parley_figure *f = parley_case_figure(c, (int32_t)i);
        if (f->source < 0 || parley_case_source(c, f->source)->kind != PARLEY_SOURCE_POLL ||
            !f->best.typed || f->best.unknown) {
            continue;
        }
        char best[48];
        char n[48];
        parley_decimal_print(f->best.value, best, sizeof(best));
        parley_decimal_print(f->n.value, n, sizeof(n));
        parley_screen_label(s, "OPINION");
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%s: %s %s", f->what, best,
                           f->unit == NULL ? "" : f->unit);
        parley_screen_addf(s, PARLEY_INK_DIM, " (%s, %s, %s; a figure, not a position)",
                           f->record.id, parley_case_source(c, f->source)->name,
                           f->n.typed && !f->n.unknown ? parley_screen_format(s, "n %s", n)
                                                       : "n not given");
        parley_screen_end(s);
    }
}

parley_status home_blocks(parley_screen *s, const parley_deals_page *page, parley_error *err)
{
    if (parley_home_constituencies(page->home).count == 0) {
        parley_screen_label(s, "CARRIED AT HOME");
        parley_screen_add(s, PARLEY_INK_PLAIN,
                          "not known: nobody at home is typed for any party (section "
                          "'constituencies': who they are, whether their no stops the party, what "
                          "they would accept and who said so)");
        parley_screen_end(s);
        opinion(s, page->c);
        return PARLEY_OK;
    }
    parley_status status = who_can_carry(s, page, err);
    if (status == PARLEY_OK && parley_home_terms(page->home) > 0) {
        parley_screen_blank(s);
        status = who_holds_what(s, page, err);
    }
    if (status == PARLEY_OK) {
        polls(s, page);
        opinion(s, page->c);
    }
    return status;
}

/* --------------------------------------------------------------- one package */

static const char *kind_word(const parley_home_verdict *v)
{
    static const char *const words[] = {"outside", "depends", "yes"};
    return v->against_rules ? "breaks rules" : words[v->kind];
}

static const char *term_words(parley_screen *s, const parley_case *c, const parley_home_term *term)
{
    return parley_screen_format(s, "%s: %s (%s)", of_term(c, term)->name, holds_to(s, c, term),
                                rests_on(s, c, term));
}

static parley_status party_row(parley_screen *s, parley_table *t, const parley_deals_page *page,
                               const parley_home_mark *mark, int32_t party, parley_error *err)
{
    const parley_case *c = page->c;
    parley_home_verdict v = {PARLEY_HOME_CARRIES, false, {NULL, 0}};
    parley_table_cell(t, PARLEY_INK_PARTY, word_party(c, party));
    for (size_t b = 0; b < 3; b++) {
        parley_status status =
            parley_home_verdict_on(&v, page->home, party, bases[b], *page->package, err);
        if (status != PARLEY_OK) {
            return status;
        }
        bool known = parley_home_known(page->home, party);
        parley_table_cell(t,
                          !known                          ? PARLEY_INK_DIM
                          : v.kind == PARLEY_HOME_OUTSIDE ? PARLEY_INK_BAD
                                                          : PARLEY_INK_PLAIN,
                          known ? kind_word(&v) : "-");
    }
    parley_table_cell(t, PARLEY_INK_PLAIN, "");
    if (!parley_home_known(page->home, party)) {
        parley_table_add(t, PARLEY_INK_DIM, "nobody at home is typed");
    }
    for (uint32_t k = 0; k < v.terms.count; k++) {
        const parley_home_term *term = parley_home_term_at(page->home, (uint32_t)v.terms.at[k]);
        parley_table_itemf(
            t, term->basis == PARLEY_BASIS_READING ? PARLEY_INK_OURS : PARLEY_INK_PLAIN, "%s%s",
            v.kind == PARLEY_HOME_OUTSIDE ? "" : "open: ", term_words(s, c, term));
    }
    for (uint32_t i = 0; i < parley_home_terms(page->home); i++) {
        const parley_home_term *term = parley_home_term_at(page->home, i);
        if (of_term(c, term)->party == party && !term->blocks &&
            term->counted == PARLEY_HOME_COUNTS && mark[i] == PARLEY_HOME_CROSSED) {
            parley_table_itemf(t, PARLEY_INK_DIM, "%s, %s", term_words(s, c, term),
                               say_words(of_term(c, term)->say));
        }
    }
    return PARLEY_OK;
}

/* What the party can show at home: what its constituencies would have, and worries that are met. */
static void can_say(parley_screen *s, const parley_deals_page *page, const parley_home_mark *mark,
                    int32_t party)
{
    const parley_case *c = page->c;
    word_list list = {.count = 0};
    for (uint32_t i = 0; i < parley_home_terms(page->home); i++) {
        const parley_home_term *term = parley_home_term_at(page->home, i);
        if (of_term(c, term)->party == party && term->poll < 0 &&
            term->mode != PARLEY_MODE_REFUSES && mark[i] == PARLEY_HOME_KEPT) {
            word_push(&list, parley_screen_format(s, "%s (%s, %s)",
                                                  word_formula(s, c, term->formula, false),
                                                  of_term(c, term)->name, rests_on(s, c, term)));
        }
    }
    for (uint32_t i = 0; i < parley_case_concerns(c); i++) {
        const parley_concern *concern = parley_case_concern(c, (int32_t)i);
        const parley_conditions tries[2] = {concern->met_by, concern->in_part};
        int met = -1;
        for (int w = 0; w < 2 && met < 0 && concern->party == party; w++) {
            for (uint32_t k = 0; k < tries[w].count && met < 0; k++) {
                met = parley_case_eval(c, tries[w].at[k].formula, *page->package) == PARLEY_YES
                          ? w
                          : -1;
            }
        }
        if (met >= 0) {
            word_push(&list,
                      parley_screen_format(s, "meets%s its worry: %s%s", met == 1 ? " in part" : "",
                                           concern->text, concern->ours ? " (our reading)" : ""));
        }
    }
    if (list.count > 0) {
        parley_screen_label(s, "CAN SAY AT HOME");
        parley_screen_addf(s, PARLEY_INK_PARTY, "%s", word_party(c, party));
        parley_screen_addf(s, PARLEY_INK_PLAIN, ": %s", word_join(s, &list, "; "));
        parley_screen_end(s);
    }
}

parley_status home_package(parley_screen *s, const parley_deals_page *page, parley_error *err)
{
    if (parley_home_constituencies(page->home).count == 0) {
        return home_blocks(s, page, err);
    }
    bool against = false;
    uint32_t terms = parley_home_terms(page->home);
    parley_home_mark *mark = parley_alloc(s->ctx, (terms + 1) * sizeof(*mark));
    if (mark == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    parley_status status = parley_home_judge(mark, &against, page->home, *page->package, err);
    const parley_column columns[5] = {{.heading = "CARRIED AT HOME"},
                                      {.heading = "ON RECORD"},
                                      {.heading = "+ REPORTED"},
                                      {.heading = "+ OURS"},
                                      {.heading = "WHO BLOCKS", .flexible = true, .fill = true}};
    parley_table *t = parley_table_new(s, columns, 5, 0, 2);
    for (uint32_t p = 0; p < parley_case_parties(page->c) && status == PARLEY_OK; p++) {
        if (has_home(page, (int32_t)p)) {
            status = party_row(s, t, page, mark, (int32_t)p, err);
        }
    }
    parley_screen_blank(s);
    parley_table_print(t);
    for (uint32_t p = 0; p < parley_case_parties(page->c) && status == PARLEY_OK; p++) {
        can_say(s, page, mark, (int32_t)p);
    }
    if (status == PARLEY_OK) {
        parley_screen_begin(s, 0, 0);
        parley_screen_add(
            s, PARLEY_INK_DIM,
            "outside: somebody whose no stops the party is crossed whatever else is agreed; "
            "depends: on what is still open; yes: nobody known to block is crossed.");
        parley_screen_end(s);
    }
    parley_release(s->ctx, mark, (terms + 1) * sizeof(*mark));
    return status;
}

const char *home_stopped_by(parley_screen *s, const parley_deals_page *page, parley_package package)
{
    word_list list = {.count = 0};
    for (uint32_t i = 0; i < parley_home_terms(page->home); i++) {
        const parley_home_term *term = parley_home_term_at(page->home, i);
        if (!term->blocks || !home_crosses(page, term, package)) {
            continue;
        }
        const char *name = parley_screen_format(
            s, "%s: %s%s%s", word_party(page->c, of_term(page->c, term)->party),
            of_term(page->c, term)->name, term->poll >= 0 ? ", by poll" : "",
            term->basis == PARLEY_BASIS_READING    ? " (ours)"
            : term->basis == PARLEY_BASIS_REPORTED ? " (reported)"
                                                   : "");
        bool twice = false;
        for (size_t k = 0; k < list.count; k++) {
            twice = twice || strcmp(list.at[k], name) == 0;
        }
        if (!twice) {
            word_push(&list, name);
        }
    }
    return word_join(s, &list, NULL);
}
