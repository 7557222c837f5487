/*
 * The page of `parley deals`: the reading ladder, where it dies, what is settled and open in what
 * is left, who acts, what it rests on; packages listed or judged on request.
 */
#include "report/home_page.h"
#include "report/numbers_page.h"
#include "report/report_internal.h"
#include "report/wording.h"

#include <string.h>

#include <parley/screens.h>

static const char *rung_left(parley_screen *s, const parley_deal *d, int rung)
{
    return parley_screen_count(s, &parley_deal_rung(d, (parley_rung)rung)->left);
}

/* ------------------------------------------------------------ nothing to count */

static void nothing_to_count(parley_screen *s, const parley_case *c, const parley_deal *d)
{
    uint32_t open = 0;
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        parley_not_counted why = parley_deal_why_not(d, (int32_t)i);
        open += why == PARLEY_NOT_COUNTED_OPEN || why == PARLEY_NOT_COUNTED_NO_RANGE;
    }
    parley_screen_begin(s, 0, 0);
    if (open == 0) {
        parley_screen_add(s, PARLEY_INK_PLAIN, "Nothing to count: no issue is on the table.");
        parley_screen_end(s);
        return;
    }
    parley_screen_addf(s, PARLEY_INK_PLAIN,
                       "Nothing to count: the %u issue%s on the table %s no options or range yet.",
                       open, open == 1 ? "" : "s", open == 1 ? "has" : "have");
    parley_screen_end(s);
    const parley_column columns[3] = {{0}, {.flexible = true}, {.flexible = true}};
    parley_table *t = parley_table_new(s, columns, 3, 2, 2);
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        parley_not_counted why = parley_deal_why_not(d, (int32_t)i);
        const parley_issue *issue = parley_case_issue(c, (int32_t)i);
        if (why != PARLEY_NOT_COUNTED_OPEN && why != PARLEY_NOT_COUNTED_NO_RANGE) {
            continue;
        }
        word_list needs = {.count = 0};
        for (uint32_t k = 0; k < issue->needs.count; k++) {
            word_push(&needs, word_party(c, issue->needs.at[k]));
        }
        parley_table_cell(t, PARLEY_INK_PLAIN, issue->name);
        parley_table_cell(t, PARLEY_INK_PLAIN,
                          why == PARLEY_NOT_COUNTED_OPEN      ? "no options"
                          : issue->kind == PARLEY_ISSUE_SPLIT ? "shares, no step given"
                                                              : "a number, no range given");
        parley_table_cellf(t, PARLEY_INK_DIM, "%s%s", needs.count > 0 ? "needs " : "",
                           word_join(s, &needs, ", "));
    }
    parley_table_print(t);
    parley_screen_begin(s, 0, 0);
    parley_screen_add(
        s, PARLEY_INK_PLAIN,
        "Type options, or a range (quantity: {from, to, step}), when a party has named "
        "one. Parley does not make them up.");
    parley_screen_end(s);
}

/* ------------------------------------------------------------------- heading */

static void must_agree(parley_screen *s, const parley_case *c, const parley_deal *d)
{
    parley_ids must = parley_deal_must_agree(d);
    parley_ids issues = parley_deal_issues(d);
    const char *for_what[256] = {0};
    word_list principals = {.count = 0};
    for (uint32_t k = 0; k < must.count && k < 256; k++) {
        const parley_party *party = parley_case_party(c, must.at[k]);
        if ((party->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0) {
            word_push(&principals, party->name);
            continue;
        }
        word_list on = {.count = 0};
        for (uint32_t i = 0; i < issues.count; i++) {
            if (parley_deal_needed(d, must.at[k], issues.at[i])) {
                word_push(&on, word_issue(c, issues.at[i]));
            }
        }
        for_what[k] = word_join(s, &on, ", ");
    }
    parley_screen_begin(s, 0, 12);
    parley_screen_add(s, PARLEY_INK_PLAIN, "Must agree: ");
    parley_screen_add(s, PARLEY_INK_PARTY, word_join(s, &principals, ", "));
    if (principals.count == 0) {
        parley_screen_add(s, PARLEY_INK_WARN, "no principal is named");
    }
    for (uint32_t k = 0; k < must.count && k < 256; k++) {
        word_list same = {.count = 0};
        for (uint32_t i = k; for_what[k] != NULL && i < must.count && i < 256; i++) {
            if (for_what[i] != NULL && strcmp(for_what[i], for_what[k]) == 0) {
                word_push(&same, word_party(c, must.at[i]));
                for_what[i] = i == k ? for_what[k] : NULL;
            }
        }
        if (same.count > 0) {
            parley_screen_addf(s, PARLEY_INK_PLAIN, "; for %s also ", for_what[k]);
            parley_screen_add(s, PARLEY_INK_PARTY, word_join(s, &same, ", "));
        }
    }
    parley_screen_end(s);
}

static void heading(parley_screen *s, const parley_case *c, const parley_deal *d)
{
    parley_count total = parley_deal_total(d);
    parley_ids issues = parley_deal_issues(d);
    parley_ids tracks = parley_deal_tracks(d);
    uint32_t rules = 0;
    for (uint32_t i = 0; i < parley_case_rules(c); i++) {
        rules += !parley_deal_rule_set_aside(d, (int32_t)i);
    }
    parley_screen_begin(s, 0, 0);
    parley_screen_addf(s, PARLEY_INK_TITLE, "%s package%s on %u issue%s",
                       parley_screen_count(s, &total),
                       total.used == 1 && total.limb[0] == 1 ? "" : "s", issues.count,
                       issues.count == 1 ? "" : "s");
    if (tracks.count > 0 && parley_case_tracks(c) > tracks.count) {
        word_list names = {.count = 0};
        for (uint32_t k = 0; k < tracks.count; k++) {
            word_push(&names, parley_case_track(c, tracks.at[k])->name);
        }
        parley_screen_addf(s, PARLEY_INK_PLAIN, " (track%s %s)", tracks.count > 1 ? "s" : "",
                           word_join(s, &names, ", "));
    }
    if (rules > 0) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, ", %s after %u rule%s",
                           rung_left(s, d, PARLEY_RUNG_RULES), rules, rules == 1 ? "" : "s");
    }
    parley_screen_add(s, PARLEY_INK_PLAIN,
                      parley_case_worths(c) == 0
                          ? ". No values given: nothing here ranks packages."
                          : ". Values are given; nothing here looks at them, --numbers does.");
    parley_screen_end(s);
    must_agree(s, c, d);
}

/* -------------------------------------------------------------------- ladder */

static void binds_cell(parley_screen *s, parley_table *t, const parley_case *c,
                       const parley_deal *d, const parley_ladder_rung *rung)
{
    const parley_terms *terms = parley_deal_terms(d);
    bool first = true;
    parley_table_cell(t, PARLEY_INK_PLAIN, "");
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        word_list list = {.count = 0};
        for (uint32_t k = 0; k < rung->terms.count; k++) {
            const parley_term *term = parley_terms_at(terms, (uint32_t)rung->terms.at[k]);
            if (term->party != (int32_t)p) {
                continue;
            }
            if (rung->rung == PARLEY_RUNG_READINGS) {
                word_push(&list, term->name);
                continue;
            }
            bool refuses = term->mode == PARLEY_MODE_REFUSES;
            word_push(&list, parley_screen_format(s, "%s%s", refuses ? "not " : "",
                                                  word_held(s, c, refuses, term->formula, false)));
        }
        if (list.count == 0) {
            continue;
        }
        if (!first) {
            parley_table_newline(t);
        }
        first = false;
        parley_table_addf(t, PARLEY_INK_PARTY, "%s: ", word_party(c, (int32_t)p));
        parley_table_add(t, rung->rung == PARLEY_RUNG_READINGS ? PARLEY_INK_OURS : PARLEY_INK_PLAIN,
                         word_join(s, &list, rung->rung == PARLEY_RUNG_READINGS ? " " : ", "));
    }
    if (first) {
        parley_table_add(t, PARLEY_INK_DIM, "none");
    }
}

static parley_status ladder(parley_screen *s, const parley_deals_page *page, parley_error *err)
{
    const parley_case *c = page->c;
    const parley_deal *d = page->deal;
    bool home = page->home != NULL && parley_home_constituencies(page->home).count > 0;
    bool flags = parley_deal_flags(d);
    int dies = parley_deal_dies_at(d);
    int top = (int)parley_deal_up_to(d);
    const parley_column columns[5] = {
        {.heading = "READING", .at_most = 26},
        {.heading = "BINDS", .flexible = true, .fill = true},
        {.heading = "LEFT", .align = PARLEY_ALIGN_RIGHT},
        {.heading = flags ? "FLAGGED" : "AT HOME", .align = PARLEY_ALIGN_RIGHT},
        {.heading = "AT HOME", .align = PARLEY_ALIGN_RIGHT}};
    parley_table *t = parley_table_new(s, columns, 3u + (flags ? 1 : 0) + (home ? 1 : 0), 0, 2);
    bool red = parley_deal_rung(d, PARLEY_RUNG_RED_TESTED)->terms.count > 0 ||
               parley_deal_rung(d, PARLEY_RUNG_RED_STATED)->terms.count > 0;
    for (int r = 0; r <= top; r++) {
        const parley_ladder_rung *rung = parley_deal_rung(d, (parley_rung)r);
        bool always = r == PARLEY_RUNG_RULES || (r == top && r > 0);
        if (!always && rung->terms.count == 0) {
            continue;
        }
        parley_ink ink = r == dies ? PARLEY_INK_BAD : PARLEY_INK_PLAIN;
        parley_table_cell(t, ink,
                          r == PARLEY_RUNG_RULES && !red && top >= PARLEY_RUNG_RED_STATED
                              ? "rules, red lines"
                              : parley_rung_heading((parley_rung)r));
        if (r == PARLEY_RUNG_RULES) {
            word_list rules = {.count = 0};
            for (uint32_t i = 0; i < parley_case_rules(c); i++) {
                if (!parley_deal_rule_set_aside(d, (int32_t)i)) {
                    word_push(&rules, parley_case_rule(c, (int32_t)i)->record.id);
                }
            }
            parley_table_cell(t, PARLEY_INK_DIM,
                              rules.count == 0 ? "none stated"
                              : red            ? word_join(s, &rules, " ")
                                               : parley_screen_format(s, "%s; no red line stated",
                                                                      word_join(s, &rules, " ")));
        } else {
            binds_cell(s, t, c, d, rung);
        }
        parley_table_cell(t, ink, rung_left(s, d, r));
        if (flags) {
            parley_table_cell(t, PARLEY_INK_WARN, parley_screen_count(s, &rung->flagged));
        }
        if (home) {
            parley_count carried;
            parley_status status = home_at_rung(&carried, page->home, (parley_rung)r, err);
            if (status != PARLEY_OK) {
                return status;
            }
            parley_table_cell(t, parley_count_is_zero(&carried) ? PARLEY_INK_BAD : PARLEY_INK_PLAIN,
                              parley_screen_count(s, &carried));
        }
    }
    parley_table_print(t);
    return PARLEY_OK;
}

static void where_it_dies(parley_screen *s, const parley_deal *d)
{
    int dies = parley_deal_dies_at(d);
    parley_screen_label(s, "DIES AT");
    if (dies < 0) {
        parley_screen_addf(s, PARLEY_INK_GOOD, "no rung: %s left on all of them",
                           rung_left(s, d, (int)parley_deal_up_to(d)));
    } else if (dies == PARLEY_RUNG_RULES) {
        parley_screen_add(s, PARLEY_INK_BAD, "the rules: they leave no package at all");
    } else {
        parley_screen_add(s, PARLEY_INK_BAD, parley_rung_heading((parley_rung)dies));
        parley_screen_add(s, PARLEY_INK_PLAIN,
                          dies == PARLEY_RUNG_READINGS   ? ". No rung of words is empty."
                          : dies == PARLEY_RUNG_REPORTED ? ": on words that are only reported."
                                                         : ": on the parties' own words.");
    }
    parley_screen_end(s);
}

/* ------------------------------------------------------------- what is left */

static void settled_and_open(parley_screen *s, const parley_case *c, const parley_deal *d)
{
    parley_ids issues = parley_deal_issues(d);
    int last = parley_deal_last(d);
    if (last < 0) {
        return;
    }
    const char *left = rung_left(s, d, last);
    bool some = false;
    parley_screen_label(s, parley_screen_format(s, "SETTLED in %s", left));
    for (uint32_t k = 0; k < issues.count; k++) {
        for (uint32_t v = 0; parley_deal_open_count(d, issues.at[k]) == 1 &&
                             v < parley_case_issue(c, issues.at[k])->values;
             v++) {
            if (parley_deal_open(d, issues.at[k], v)) {
                bool split = parley_case_issue(c, issues.at[k])->kind == PARLEY_ISSUE_SPLIT;
                parley_screen_itemf(s, PARLEY_INK_PLAIN, "%s %s", word_issue(c, issues.at[k]),
                                    split ? word_value(s, c, issues.at[k], v, true)
                                          : word_value_short(s, c, issues.at[k], v));
                some = true;
            }
        }
    }
    if (!some) {
        parley_screen_add(s, PARLEY_INK_DIM, "nothing");
    }
    parley_screen_end(s);
    some = false;
    parley_screen_label(s, parley_screen_format(s, "OPEN in %s", left));
    for (uint32_t k = 0; k < issues.count; k++) {
        uint32_t count = parley_deal_open_count(d, issues.at[k]);
        word_list values = {.count = 0};
        uint32_t shown = 0;
        for (uint32_t v = 0;
             count > 1 && shown < 8 && v < parley_case_issue(c, issues.at[k])->values; v++) {
            if (parley_deal_open(d, issues.at[k], v)) {
                word_push(&values, word_value_short(s, c, issues.at[k], v));
                shown++;
            }
        }
        if (count > 1) {
            parley_screen_itemf(s, PARLEY_INK_PLAIN, "%s%s (%s%s)", word_issue(c, issues.at[k]),
                                word_recipients(s, c, issues.at[k]), word_join(s, &values, ", "),
                                count > shown ? parley_screen_format(s, " ... %u in all", count)
                                              : "");
            some = true;
        }
    }
    if (!some) {
        parley_screen_add(s, PARLEY_INK_DIM, "nothing");
    }
    parley_screen_end(s);
}

static void who_acts(parley_screen *s, const parley_case *c, const parley_deal *d)
{
    parley_ids issues = parley_deal_issues(d);
    bool some = false;
    if (parley_deal_last(d) < 0) {
        return;
    }
    parley_screen_label(s, "ACTS");
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        word_list on = {.count = 0};
        for (uint32_t k = 0; k < issues.count; k++) {
            if (parley_deal_acts(d, (int32_t)p, issues.at[k])) {
                word_push(&on, word_issue(c, issues.at[k]));
            }
        }
        if (on.count > 0) {
            parley_screen_item(s, PARLEY_INK_PARTY, word_party(c, (int32_t)p));
            parley_screen_addf(s, PARLEY_INK_PLAIN, ": %s", word_join(s, &on, ", "));
            some = true;
        }
    }
    if (!some) {
        parley_screen_add(s, PARLEY_INK_DIM, "nobody is named (needs, by)");
    }
    parley_screen_end(s);
}

/* Marks the rows that some counted term rests on; rows is the number of them. */
static void mark_used(const parley_deal *d, bool *used, bool readings)
{
    const parley_terms *terms = parley_deal_terms(d);
    for (uint32_t k = 0; k < parley_terms_size(terms); k++) {
        const parley_term *term = parley_terms_at(terms, k);
        parley_ids ids = readings ? term->readings : term->support;
        bool counts = !parley_deal_set_aside(d, k) && term->rung <= parley_deal_up_to(d);
        for (uint32_t j = 0; counts && j < ids.count; j++) {
            used[ids.at[j]] = true;
        }
    }
}

#define RESTS_MOST 40

static void rests_on(parley_screen *s, const parley_deals_page *page)
{
    const parley_case *c = page->c;
    bool some = false;
    parley_screen_label(s, "RESTS ON");
    for (int readings = 0; readings < 2; readings++) {
        uint32_t rows = readings ? parley_case_readings(c) : parley_case_claims(c);
        bool *used = parley_alloc(s->ctx, rows);
        uint32_t shown = 0;
        if (used == NULL) {
            s->failed = s->failed || rows > 0;
            continue;
        }
        mark_used(page->deal, used, readings == 1);
        for (uint32_t i = 0; i < rows && shown <= RESTS_MOST; i++) {
            if (!used[i]) {
                continue;
            }
            if (readings && shown == 0) {
                parley_screen_add(s, PARLEY_INK_PLAIN, some ? "; our readings" : "our readings");
            }
            const char *id = readings ? parley_case_reading(c, (int32_t)i)->record.id
                                      : parley_case_claim(c, (int32_t)i)->record.id;
            parley_screen_addf(s, readings ? PARLEY_INK_OURS : PARLEY_INK_DIM, "%s%s",
                               some       ? " "
                               : readings ? " "
                                          : "",
                               shown == RESTS_MOST ? "..." : id);
            some = true;
            shown++;
        }
        parley_release(s->ctx, used, rows);
    }
    if (!some) {
        parley_screen_add(s, PARLEY_INK_DIM, "no claim: nobody has said anything that binds");
    }
    parley_screen_end(s);
}

/* -------------------------------------------------------------- findings */

typedef struct own_state {
    parley_screen *s;
    const parley_case *c;
    const parley_terms *terms;
    int32_t party;
    uint32_t found;
} own_state;

static bool own_clash(void *user, parley_ids ids)
{
    own_state *o = user;
    if (ids.count == 0) {
        return false; /* the rules alone leave nothing: said elsewhere */
    }
    word_list names = {.count = 0};
    for (uint32_t k = 0; k < ids.count; k++) {
        const parley_term *term = parley_terms_at(o->terms, (uint32_t)ids.at[k]);
        const char *from = term->readings.count > 0
                               ? "our reading"
                               : word_claim(o->c, term->claims.count > 0 ? term->claims.at[0] : -1);
        word_push(&names, parley_screen_format(o->s, "%s %s (%s)",
                                               parley_words_word(PARLEY_WORDS_MODE, term->mode),
                                               term->text, from));
    }
    parley_screen_label(o->s, o->found == 0 ? "OWN WORDS CLASH" : "");
    parley_screen_addf(o->s, PARLEY_INK_PARTY, "%s", word_party(o->c, o->party));
    parley_screen_addf(o->s, PARLEY_INK_WARN, " cannot mean all of: %s",
                       word_join(o->s, &names, "; "));
    parley_screen_end(o->s);
    return ++o->found % 5 != 0;
}

static parley_status own_clashes(parley_screen *s, const parley_case *c, parley_deal *d,
                                 parley_error *err)
{
    own_state o = {s, c, parley_deal_terms(d), 0, 0};
    parley_status status = PARLEY_OK;
    for (uint32_t p = 0; p < parley_case_parties(c) && status == PARLEY_OK; p++) {
        o.party = (int32_t)p;
        status = parley_deal_clashes(d, parley_deal_up_to(d), (int32_t)p, own_clash, &o, err);
    }
    return status;
}

/* Has anybody put anything to this party, or has it spoken to the matter itself? */
bool word_was_asked(const parley_case *c, int32_t party)
{
    for (uint32_t i = 0; i < parley_case_responses(c); i++) {
        if (parley_case_response(c, (int32_t)i)->by.party == party) {
            return true;
        }
    }
    for (uint32_t i = 0; i < parley_case_claims(c); i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        for (uint32_t k = 0; k < claim->to.count; k++) {
            if (claim->to.at[k].party == party) {
                return true;
            }
        }
        bool matter = claim->about.kind == PARLEY_ABOUT_FORMULA ||
                      claim->about.kind == PARLEY_ABOUT_PROPOSAL ||
                      claim->about.kind == PARLEY_ABOUT_ISSUE ||
                      claim->about.kind == PARLEY_ABOUT_CLAIM;
        for (uint32_t k = 0; matter && k < claim->by.count; k++) {
            if (claim->by.at[k].party == party) {
                return true;
            }
        }
    }
    return false;
}

static void not_asked(parley_screen *s, const parley_case *c, const parley_deal *d)
{
    parley_ids must = parley_deal_must_agree(d);
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < must.count; k++) {
        if (!word_was_asked(c, must.at[k])) {
            word_push(&list, word_party(c, must.at[k]));
        }
    }
    if (list.count > 0) {
        parley_screen_linef(s, "NOT ASKED", PARLEY_INK_WARN,
                            "needed, and nobody has put it to them: %s", word_join(s, &list, ", "));
    }
}

static void set_aside(parley_screen *s, const parley_case *c, const parley_deal *d)
{
    const parley_terms *terms = parley_deal_terms(d);
    word_list list = {.count = 0};
    for (uint32_t i = 0; i < parley_terms_size(terms); i++) {
        if (parley_deal_set_aside(d, i)) {
            const parley_term *term = parley_terms_at(terms, i);
            word_push(&list,
                      parley_screen_format(s, "%s: %s", word_party(c, term->party), term->text));
        }
    }
    for (uint32_t i = 0; i < parley_case_rules(c); i++) {
        if (parley_deal_rule_set_aside(d, (int32_t)i)) {
            word_push(&list, parley_screen_format(s, "rule %s",
                                                  parley_case_rule(c, (int32_t)i)->record.id));
        }
    }
    if (list.count > 0) {
        parley_screen_label(s, "NOT COUNTED");
        parley_screen_addf(s, PARLEY_INK_DIM, "about issues that are not counted here: %s",
                           word_join(s, &list, NULL));
        parley_screen_end(s);
    }
    word_list other = {.count = 0};
    parley_ids tracks = parley_deal_other_tracks(d);
    for (uint32_t k = 0; k < tracks.count; k++) {
        word_push(&other, parley_case_track(c, tracks.at[k])->record.id);
    }
    if (other.count > 0) {
        parley_screen_linef(s, "OTHER TRACKS", PARLEY_INK_DIM,
                            "%s, counted apart: --track ID, or all", word_join(s, &other, ", "));
    }
}

static void flagged(parley_screen *s, const parley_case *c, const parley_deal *d)
{
    if (!parley_deal_flags(d)) {
        return;
    }
    parley_count usable = parley_deal_usable(d);
    word_list laws = {.count = 0};
    for (uint32_t i = 0; i < parley_case_flags(c); i++) {
        const parley_flag *flag = parley_case_flag(c, (int32_t)i);
        if (!flag->lifted && flag->keeps_out.count > 0) {
            word_push(&laws, parley_screen_format(s, "%s, %s", flag->record.id, flag->law));
        }
    }
    parley_screen_linef(s, "FLAGGED", PARLEY_INK_WARN,
                        "kept out of ideas by law (%s), still counted so that nothing is hidden",
                        word_join(s, &laws, "; "));
    parley_screen_linef(s, "USABLE", PARLEY_INK_PLAIN, "for ideas: %s",
                        parley_screen_count(s, &usable));
}

/* ------------------------------------------------------- packages, verdicts */

typedef struct list_state {
    parley_screen *s;
    const parley_deals_page *page;
    parley_table *table;
    uint64_t number;
    uint64_t left;
} list_state;

static bool list_row(void *user, parley_package package)
{
    list_state *l = user;
    parley_ids issues = parley_deal_issues(l->page->deal);
    if (l->left == 0) {
        return false;
    }
    l->left--;
    parley_table_cellf(l->table, PARLEY_INK_DIM, "%llu", (unsigned long long)++l->number);
    parley_table_cell(l->table, PARLEY_INK_PLAIN, "");
    for (uint32_t k = 0; k < issues.count; k++) {
        if (parley_deal_open_count(l->page->deal, issues.at[k]) != 1) {
            parley_table_itemf(
                l->table, PARLEY_INK_PLAIN, "%s %s", word_issue(l->page->c, issues.at[k]),
                word_value_short(l->s, l->page->c, issues.at[k], package.value[issues.at[k]]));
        }
    }
    if (l->page->home != NULL) {
        const char *who = home_stopped_by(l->s, l->page, package);
        parley_table_cell(l->table, PARLEY_INK_BAD, who);
    }
    return true;
}

static parley_status list_packages(parley_screen *s, const parley_deals_page *page,
                                   parley_error *err)
{
    int last = parley_deal_last(page->deal);
    if (last < 0) {
        return PARLEY_OK;
    }
    const parley_column columns[3] = {
        {.heading = "NO", .align = PARLEY_ALIGN_RIGHT},
        {.heading = "PACKAGES (what is settled is left out)", .flexible = true},
        {.heading = "STOPPED AT HOME BY", .flexible = true}};
    list_state l = {s, page, parley_table_new(s, columns, page->home != NULL ? 3 : 2, 0, 2),
                    page->list_skip, page->list_most};
    parley_status status =
        parley_deal_list(page->deal, (parley_rung)last, page->list_skip, list_row, &l, err);
    parley_screen_blank(s);
    parley_table_print(l.table);
    if (status == PARLEY_OK && l.left == 0) {
        parley_screen_begin(s, 0, 0);
        parley_screen_addf(s, PARLEY_INK_DIM, "%llu of %s shown; go on with --skip %llu",
                           (unsigned long long)page->list_most, rung_left(s, page->deal, last),
                           (unsigned long long)l.number);
        parley_screen_end(s);
    }
    return status;
}

const char *word_verdict(const parley_verdict *v)
{
    static const char *const words[] = {"never", "possibly", "necessarily"};
    return words[v->kind];
}

static void reasons(parley_screen *s, parley_table *t, const parley_deals_page *page,
                    const parley_verdict *v)
{
    const parley_case *c = page->c;
    const parley_terms *terms = parley_deal_terms(page->deal);
    parley_table_cell(t, PARLEY_INK_PLAIN, "");
    if (v->against_rules) {
        parley_table_add(t, PARLEY_INK_BAD, "breaks the rules of the case");
        return;
    }
    parley_ids ids = v->kind == PARLEY_VERDICT_NEVER ? v->refusing : v->open;
    for (uint32_t k = 0; k < ids.count; k++) {
        const parley_term *term = parley_terms_at(terms, (uint32_t)ids.at[k]);
        word_list from = {.count = 0};
        for (uint32_t j = 0; j < term->claims.count; j++) {
            word_push(&from, word_claim(c, term->claims.at[j]));
        }
        for (uint32_t j = 0; j < term->readings.count; j++) {
            word_push(&from, parley_case_reading(c, term->readings.at[j])->record.id);
        }
        parley_table_itemf(t,
                           term->basis == PARLEY_BASIS_READING ? PARLEY_INK_OURS : PARLEY_INK_PLAIN,
                           "%s%s %s (%s, %s)", v->kind == PARLEY_VERDICT_NEVER ? "" : "open: ",
                           parley_words_word(PARLEY_WORDS_MODE, term->mode),
                           word_held(s, c, term->mode == PARLEY_MODE_REFUSES, term->formula, false),
                           word_basis(term->basis), word_join(s, &from, " "));
    }
    if (v->assurance >= 0) {
        const parley_assurance *a =
            parley_terms_assurance(parley_deal_terms(page->deal), (uint32_t)v->assurance);
        parley_table_addf(t, PARLEY_INK_GOOD, "%s%s%s",
                          a->list ? "its complete list is met" : "it has said yes to this",
                          a->claim >= 0 ? ", " : "", word_claim(c, a->claim));
    } else if (ids.count == 0) {
        parley_table_add(t, PARLEY_INK_DIM,
                         "nothing it said refuses this; it has not said yes to it");
    }
}

static parley_status judge(parley_screen *s, const parley_deals_page *page, parley_error *err)
{
    parley_ids must = parley_deal_must_agree(page->deal);
    parley_rung top = parley_deal_up_to(page->deal);
    bool both = top == PARLEY_RUNG_READINGS;
    const parley_column columns[4] = {{.heading = "PARTY"},
                                      {.heading = both ? "ON WORDS" : "VERDICT"},
                                      {.heading = both ? "WITH READINGS" : NULL},
                                      {.heading = "BECAUSE", .flexible = true, .fill = true}};
    parley_table *t = parley_table_new(s, columns, 4, 0, 2);
    for (uint32_t k = 0; k < must.count; k++) {
        parley_verdict v;
        parley_status status = parley_deal_verdict(
            &v, page->deal, must.at[k], both ? PARLEY_RUNG_REPORTED : top, *page->package, err);
        if (status != PARLEY_OK) {
            return status;
        }
        parley_table_cell(t, PARLEY_INK_PARTY, word_party(page->c, must.at[k]));
        parley_table_cell(t, PARLEY_INK_PLAIN, word_verdict(&v));
        if (both) {
            status = parley_deal_verdict(&v, page->deal, must.at[k], top, *page->package, err);
            if (status != PARLEY_OK) {
                return status;
            }
            parley_table_cell(t, PARLEY_INK_OURS, word_verdict(&v));
        } else {
            parley_table_cell(t, PARLEY_INK_PLAIN, "");
        }
        reasons(s, t, page, &v);
    }
    parley_screen_begin(s, 0, 9);
    parley_screen_addf(s, PARLEY_INK_TITLE, "Package: %s", page->package_text);
    parley_screen_end(s);
    parley_table_print(t);
    parley_screen_begin(s, 0, 0);
    parley_screen_add(
        s, PARLEY_INK_DIM,
        "never: a term refuses it whatever else is agreed; necessarily: the party has said "
        "yes to all of it, or its complete list is met; possibly: neither.");
    parley_screen_end(s);
    return PARLEY_OK;
}

const char *word_holds(const parley_count *with, const parley_count *left)
{
    return parley_count_is_zero(left)              ? "nothing left"
           : parley_count_is_zero(with)            ? "never"
           : parley_count_compare(with, left) == 0 ? "always"
                                                   : "sometimes";
}

static parley_status ask(parley_screen *s, const parley_deals_page *page, parley_error *err)
{
    const parley_column columns[4] = {{.heading = "READING"},
                                      {.heading = "LEFT", .align = PARLEY_ALIGN_RIGHT},
                                      {.heading = "WITH IT", .align = PARLEY_ALIGN_RIGHT},
                                      {.heading = "HOLDS"}};
    parley_table *t = parley_table_new(s, columns, 4, 0, 2);
    for (int r = 0; r <= (int)parley_deal_up_to(page->deal); r++) {
        const parley_ladder_rung *rung = parley_deal_rung(page->deal, (parley_rung)r);
        parley_count with;
        if (r > 0 && rung->terms.count == 0) {
            continue;
        }
        parley_status status =
            parley_deal_count(page->deal, (parley_rung)r, page->query, &with, err);
        if (status != PARLEY_OK) {
            return status;
        }
        parley_table_cell(t, PARLEY_INK_PLAIN, parley_rung_heading((parley_rung)r));
        parley_table_cell(t, PARLEY_INK_PLAIN, parley_screen_count(s, &rung->left));
        parley_table_cell(t, PARLEY_INK_PLAIN, parley_screen_count(s, &with));
        parley_table_cell(t, PARLEY_INK_HEADING, word_holds(&with, &rung->left));
    }
    parley_screen_begin(s, 0, 11);
    parley_screen_addf(s, PARLEY_INK_TITLE, "Statement: %s", page->query_text);
    parley_screen_end(s);
    parley_table_print(t);
    return PARLEY_OK;
}

parley_status parley_page_deals(parley_screen *s, const parley_deals_page *page, parley_error *err)
{
    const parley_case *c = page->c;
    parley_deal *d = page->deal;
    parley_status status = PARLEY_OK;
    word_law(s, c, false);
    if (page->numbers != NULL) {
        return numbers_page(s, page, err);
    }
    if (parley_deal_issues(d).count == 0) {
        nothing_to_count(s, c, d);
        return page->home != NULL ? home_blocks(s, page, err) : PARLEY_OK;
    }
    if (page->package != NULL) {
        status = judge(s, page, err);
        return status == PARLEY_OK && page->home != NULL ? home_package(s, page, err) : status;
    }
    if (page->query != NULL) {
        return ask(s, page, err);
    }
    heading(s, c, d);
    status = ladder(s, page, err);
    if (status != PARLEY_OK) {
        return status;
    }
    where_it_dies(s, d);
    settled_and_open(s, c, d);
    who_acts(s, c, d);
    not_asked(s, c, d);
    status = own_clashes(s, c, d, err);
    flagged(s, c, d);
    rests_on(s, page);
    set_aside(s, c, d);
    if (status == PARLEY_OK && page->home != NULL) {
        status = home_blocks(s, page, err);
    }
    if (status == PARLEY_OK && page->list) {
        status = list_packages(s, page, err);
    }
    return status;
}
