/*
 * The page of the night before, for people: one screen, in the order in which it is read aloud.
 */
#include "report/ask.h"
#include "report/report_internal.h"
#include "report/status_page.h"

#include <string.h>

#define UNREAD_MOST 4 /* lines */

/* ------------------------------------------------------------------ headings */

static void title(parley_screen *s, const parley_case *c)
{
    char date[80];
    parley_date_words(parley_case_as_of(c), true, date, sizeof(date));
    const char *who = parley_case_audience(c);
    const char *copy = who == NULL || strcmp(who, "team") == 0
                           ? "team's copy"
                           : parley_screen_format(s, "for %s", who);
    parley_screen_ends(s, PARLEY_INK_TITLE, parley_case_title(c), PARLEY_INK_DIM,
                       parley_screen_format(s, "as known %s · %s", date, copy));
}

/* ------------------------------------------------------------------ the table */

static void proposal_line(parley_screen *s, const parley_status_page *page, uint32_t i)
{
    const parley_case *c = page->c;
    const parley_proposal *p = parley_case_proposal(c, page->proposal[i].proposal);
    parley_screen_label(s, i == 0 ? "ON THE TABLE" : "");
    parley_screen_add(s, PARLEY_INK_HEADING, p->name);
    parley_screen_addf(
        s, PARLEY_INK_PLAIN, " (%s%s%s): ", word_voice(s, c, &p->tabled_by, true),
        p->record.happened.form == PARLEY_DATE_UNKNOWN ? "" : ", ",
        p->record.happened.form == PARLEY_DATE_UNKNOWN ? "" : word_date(s, c, p->record.happened));
    if (p->formula != NULL) {
        parley_screen_add(s, PARLEY_INK_PLAIN, word_formula(s, c, p->formula, false));
    } else if (p->text != NULL) {
        parley_screen_add(s, PARLEY_INK_PLAIN, p->text);
    }
    for (uint32_t k = 0; k < p->parts.count; k++) {
        const parley_condition *part = &p->parts.at[k];
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%s%s", k == 0 && p->text == NULL ? "" : "; ",
                           part->formula != NULL ? word_formula(s, c, part->formula, false)
                                                 : part->text);
    }
    if (p->text == NULL && p->parts.count == 0) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%u steps", p->step_count);
    }
    if (p->list != PARLEY_LIST_UNKNOWN) {
        parley_screen_addf(s, PARLEY_INK_DIM, " (list %s)",
                           parley_words_word(PARLEY_WORDS_LIST, p->list));
    }
    if (p->version > 1) {
        parley_screen_addf(s, PARLEY_INK_DIM, ", version %lld", (long long)p->version);
    }
    parley_screen_end(s);
}

static const char *how_known(parley_screen *s, const parley_case *c, int32_t claim,
                             parley_class cls)
{
    if (claim >= 0) {
        return word_class(s, parley_case_claim(c, claim));
    }
    return parley_class_on_record(cls) ? "on record" : "reported";
}

static void response_cell(parley_screen *s, parley_table *t, const parley_case *c,
                          const parley_response *r)
{
    static const char *const words[] = {
        "accepts",     "yes, if", "answers with a proposal of its own",
        "puts it off", "rejects", "silent: was asked, has not answered"};
    parley_table_cell(t,
                      r->answer == PARLEY_ANSWER_ACCEPT   ? PARLEY_INK_GOOD
                      : r->answer == PARLEY_ANSWER_REJECT ? PARLEY_INK_BAD
                                                          : PARLEY_INK_PLAIN,
                      words[r->answer]);
    for (uint32_t k = 0; k < r->conditions.count; k++) {
        const parley_condition *condition = &r->conditions.at[k];
        parley_table_addf(t, PARLEY_INK_PLAIN, "%s%s", k == 0 ? "  " : "; ",
                          condition->formula != NULL ? word_formula(s, c, condition->formula, false)
                                                     : condition->text);
    }
    for (uint32_t k = 0; k < r->only_if.count; k++) {
        parley_table_addf(t, PARLEY_INK_PLAIN, "; only if %s",
                          r->only_if.at[k].formula != NULL
                              ? word_formula(s, c, r->only_if.at[k].formula, false)
                              : r->only_if.at[k].text);
    }
    if (r->list != PARLEY_LIST_UNKNOWN) {
        parley_table_addf(t, PARLEY_INK_DIM, " (list %s)",
                          parley_words_word(PARLEY_WORDS_LIST, r->list));
    }
    if (r->with >= 0) {
        parley_table_addf(t, PARLEY_INK_PLAIN, ": %s", parley_case_proposal(c, r->with)->record.id);
    }
}

/* What else a party holds, beside its answer; gives the number of lines. */
static uint32_t other_lines(parley_screen *s, parley_table *t, const parley_status_page *page,
                            int32_t party, int32_t response, uint32_t most)
{
    const parley_case *c = page->c;
    uint32_t lines = 0;
    for (uint32_t i = 0; i < parley_positions_size(page->positions); i++) {
        const parley_position *p = parley_positions_at(page->positions, i);
        if (p->party != party || !status_is_worth_saying(p) || status_said(page, i, response)) {
            continue;
        }
        if (lines++ >= most) {
            continue;
        }
        parley_table_cell(t, PARLEY_INK_PLAIN, "");
        int32_t other = strcmp(p->act, "yes, if") == 0 ? word_condition_of(c, p) : -1;
        if (p->formula != NULL && other >= 0 &&
            other != page->proposal[0].proposal) { /* a yes to another text than the one above */
            parley_table_cellf(t, PARLEY_INK_PLAIN, "yes to %s, if %s",
                               parley_case_proposal(c, other)->name,
                               word_formula(s, c, p->formula, false));
        } else if (p->formula != NULL) {
            parley_table_cellf(t, PARLEY_INK_PLAIN, "%s %s", p->act,
                               word_held(s, c, word_is_no(p->act), p->formula, false));
        } else {
            parley_table_cellf(t, PARLEY_INK_PLAIN, "in words, %s%s%s: %s", p->act,
                               p->issue >= 0 ? " " : "",
                               p->issue >= 0 ? word_issue(c, p->issue) : "", p->text);
        }
        parley_table_cell(t, PARLEY_INK_DIM, how_known(s, c, p->claim, PARLEY_CLASS_NONE));
        parley_table_cell(t, PARLEY_INK_DIM, word_claim(c, p->claim));
    }
    if (lines > most) {
        parley_table_cell(t, PARLEY_INK_PLAIN, "");
        parley_table_cellf(t, PARLEY_INK_DIM, "and %u more: parley show %s", lines - most,
                           page->path);
        parley_table_end_row(t);
    }
    return lines;
}

static parley_table *answers_table(parley_screen *s)
{
    const parley_column columns[4] = {{.at_least = 13, .at_most = 20},
                                      {.flexible = true, .fill = true},
                                      {.at_most = 24, .flexible = true},
                                      {.align = PARLEY_ALIGN_RIGHT}};
    return parley_table_new(s, columns, 4, 2, 2);
}

static void answers(parley_screen *s, const parley_status_page *page, uint32_t i)
{
    const parley_case *c = page->c;
    const status_proposal *row = &page->proposal[i];
    parley_table *t = answers_table(s);
    for (uint32_t k = 0; k < row->answers; k++) {
        int32_t party = row->answer[k].party;
        int32_t response = row->answer[k].response;
        parley_table_cell(t, PARLEY_INK_PARTY, word_party(c, party));
        if (response >= 0) {
            const parley_response *r = parley_case_response(c, response);
            response_cell(s, t, c, r);
            parley_table_cellf(t, PARLEY_INK_DIM, "%s", how_known(s, c, r->claim, r->cls));
            parley_table_cell(t, PARLEY_INK_DIM, word_claim(c, r->claim));
        } else {
            parley_table_cell(t, PARLEY_INK_DIM, "no answer in these reports");
            parley_table_end_row(t);
        }
        if (i == 0) {
            other_lines(s, t, page, party, response, 6);
        }
    }
    parley_table_print(t);
}

static void statement(parley_screen *s, parley_table *t, const parley_case *c, int32_t party,
                      int32_t i, bool first)
{
    const parley_claim *claim = parley_case_claim(c, i);
    parley_about about = claim->about;
    parley_table_cell(t, PARLEY_INK_PARTY,
                      !first                ? ""
                      : claim->by.count > 1 ? word_voices(s, c, &claim->by)
                                            : word_party(c, party));
    const char *on = claim->says != NULL                ? claim->says
                     : about.kind == PARLEY_ABOUT_ISSUE ? word_issue(c, about.index)
                     : about.formula != NULL            ? word_formula(s, c, about.formula, false)
                     : about.text != NULL               ? about.text
                                                        : "";
    parley_table_cellf(t, PARLEY_INK_PLAIN, "%s: %s",
                       parley_words_word(PARLEY_WORDS_ACT, claim->act), on);
    if (claim->to.count > 0) {
        parley_table_addf(t, PARLEY_INK_DIM, " (to %s)", word_voices(s, c, &claim->to));
    }
    parley_table_cell(t, PARLEY_INK_DIM, word_class(s, claim));
    parley_table_cell(t, PARLEY_INK_DIM, claim->record.id);
}

/* Nothing is tabled: what the parties said, a line each. */
static void statements(parley_screen *s, const parley_status_page *page)
{
    const parley_case *c = page->c;
    parley_table *t = answers_table(s);
    parley_ids must = parley_deal_must_agree(page->deal);
    const status_spoken *by = page->spoken;
    parley_screen_line(s, "ON THE TABLE", PARLEY_INK_DIM, "nothing tabled");
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        for (uint32_t k = 0; k < by[p].count; k++) {
            statement(s, t, c, (int32_t)p, by[p].chosen[k], k == 0);
        }
        if (by[p].all > by[p].count) {
            parley_table_cell(t, PARLEY_INK_PLAIN, "");
            parley_table_cellf(t, PARLEY_INK_DIM, "and %u earlier: parley timeline %s --party %s",
                               by[p].all - by[p].count, page->path,
                               parley_case_party(c, (int32_t)p)->record.id);
            parley_table_end_row(t);
        }
        bool principal =
            (parley_case_party(c, (int32_t)p)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
        if (by[p].count == 0 && !by[p].beside && parley_ids_hold(must, (int32_t)p)) {
            parley_table_cell(t, PARLEY_INK_PARTY, word_party(c, (int32_t)p));
            parley_table_cell(t, PARLEY_INK_DIM,
                              principal || word_was_asked(c, (int32_t)p)
                                  ? "no word in these reports"
                                  : "nobody asked, as far as reported");
            parley_table_end_row(t);
        }
    }
    parley_table_print(t);
}

static void not_on_table(parley_screen *s, const parley_status_page *page)
{
    const parley_case *c = page->c;
    word_list open = {.count = 0};
    word_list later = {.count = 0};
    word_list excluded = {.count = 0};
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        const parley_issue *issue = parley_case_issue(c, (int32_t)i);
        if (issue->table == PARLEY_TABLE_LATER) {
            word_push(&later, issue->name);
        } else if (issue->table == PARLEY_TABLE_EXCLUDED) {
            word_push(&excluded, issue->name);
        } else if (issue->values == 0) {
            word_push(&open, issue->name);
        }
    }
    if (open.count + later.count + excluded.count == 0) {
        return;
    }
    parley_screen_label(s, "ISSUES");
    if (open.count > 0) {
        parley_screen_itemf(s, PARLEY_INK_PLAIN, "%s: no options yet", word_join(s, &open, ", "));
    }
    if (later.count > 0) {
        parley_screen_itemf(s, PARLEY_INK_PLAIN, "later: %s", word_join(s, &later, ", "));
    }
    if (excluded.count > 0) {
        parley_screen_itemf(s, PARLEY_INK_PLAIN, "excluded here: %s",
                            word_join(s, &excluded, ", "));
    }
    parley_screen_end(s);
}

/* ------------------------------------------------------------- where it dies */

static void where(parley_screen *s, const parley_status_page *page)
{
    const parley_case *c = page->c;
    for (uint32_t g = 0; g < page->groups; g++) {
        const status_group *group = &page->group[g];
        if (group->issues == 0) {
            parley_screen_line(s, "WHERE IT DIES", PARLEY_INK_DIM, "nothing to count yet");
            continue;
        }
        parley_screen_label(s, g == 0 ? "WHERE IT DIES" : "");
        if (page->groups > 1) {
            word_list names = {.count = 0};
            for (uint32_t k = 0; k < group->tracks.count; k++) {
                word_push(&names, parley_case_track(c, group->tracks.at[k])->name);
            }
            parley_screen_addf(s, PARLEY_INK_DIM, "%s: ", word_join(s, &names, ", "));
        }
        const char *left = parley_screen_count(s, &group->left);
        if (group->dies_at < 0) {
            parley_screen_addf(s, PARLEY_INK_GOOD, "nowhere: %s package%s left on every rung", left,
                               group->left.used == 1 && group->left.limb[0] == 1 ? " is" : "s are");
        } else if (group->dies_at == PARLEY_RUNG_RULES) {
            parley_screen_add(s, PARLEY_INK_BAD, "on the rules of the case: they leave nothing");
        } else if (group->dies_at == PARLEY_RUNG_READINGS) {
            parley_screen_addf(s, PARLEY_INK_BAD,
                               "on our readings, not on anybody's words (%s left before)", left);
        } else {
            parley_screen_addf(s, PARLEY_INK_BAD, "on %s, %s (%s left before)",
                               group->dies_at == PARLEY_RUNG_REPORTED
                                   ? "words that are only reported"
                                   : "the parties' own words",
                               parley_rung_heading((parley_rung)group->dies_at), left);
        }
        parley_screen_end(s);
    }
}

static void sticking(parley_screen *s, const parley_status_page *page)
{
    const parley_case *c = page->c;
    static const char *const heads[] = {"", "on record", "reported only", "on our reading"};
    if (page->group[0].dies_at < 0 || page->group[0].issues == 0) {
        return;
    }
    parley_screen_label(s, "STICKING POINTS");
    bool first_line = true;
    for (int basis = PARLEY_BASIS_RECORD; basis <= PARLEY_BASIS_READING; basis++) {
        uint32_t total = 0;
        word_list list = {.count = 0};
        for (uint32_t i = 0; i < parley_case_issues(c); i++) {
            uint32_t count = 0;
            for (uint32_t k = 0; k < page->sticking.count; k++) {
                count += page->sticking.set[k].basis == (parley_basis)basis &&
                         page->sticking.set[k].issue == (int32_t)i;
            }
            total += count;
            if (count > 0) {
                word_push(&list, count == 1 ? word_issue(c, (int32_t)i)
                                            : parley_screen_format(
                                                  s, "%s %u", word_issue(c, (int32_t)i), count));
            }
        }
        if (total == 0 && basis != PARLEY_BASIS_RECORD) {
            continue;
        }
        if (!first_line) {
            parley_screen_newline(s);
        }
        first_line = false;
        if (total == 0) {
            parley_screen_addf(s, PARLEY_INK_PLAIN, "%s: none", heads[basis]);
        } else {
            parley_screen_addf(s, basis == PARLEY_BASIS_READING ? PARLEY_INK_OURS : PARLEY_INK_BAD,
                               "%s: %u (%s)", heads[basis], total, word_join(s, &list, ", "));
        }
    }
    if (!page->sticking.complete) {
        parley_screen_newline(s);
        parley_screen_addf(s, PARLEY_INK_DIM, "the first %u; there are more", page->sticking.count);
    }
    parley_screen_end(s);
}

/* ---------------------------------------------------------------- what moved */

const char *status_said_on(parley_screen *s, const parley_case *c, int32_t claim, int32_t issue)
{
    const parley_claim *row = parley_case_claim(c, claim);
    const parley_formula *f = row->about.formula;
    if (f != NULL && f->kind == PARLEY_F_AND) {
        for (uint32_t k = 0; k < f->count; k++) {
            if (f->arg[k]->kind <= PARLEY_F_SHARE && f->arg[k]->kind >= PARLEY_F_CHOICE &&
                f->arg[k]->issue == issue) {
                f = f->arg[k];
                break;
            }
        }
    }
    if (f != NULL) {
        return parley_screen_format(s, "%s%s", row->act == PARLEY_ACT_OPEN_TO ? "open to " : "",
                                    word_answer(s, c, f));
    }
    return row->says != NULL         ? row->says
           : row->about.text != NULL ? row->about.text
                                     : "other words";
}

static const char *issue_set(parley_screen *s, const parley_case *c, const bool *in)
{
    word_list list = {.count = 0};
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        if (in[i]) {
            word_push(&list, word_issue(c, (int32_t)i));
        }
    }
    return list.count == 0 ? "none" : word_join(s, &list, ", ");
}

static void moved(parley_screen *s, const parley_status_page *page)
{
    const parley_case *c = page->c;
    const parley_terms *terms = parley_deal_terms(page->deal);
    bool some = false;
    parley_screen_label(s, "MOVED");
    for (uint32_t i = 0; i < parley_terms_shifts(terms); i++) {
        const parley_shift *shift = parley_terms_shift(terms, i);
        if (shift->issue < 0 || status_told_already(terms, i)) {
            continue;
        }
        if (some) {
            parley_screen_newline(s);
        }
        some = true;
        parley_screen_add(s, PARLEY_INK_PARTY, word_party(c, shift->party));
        parley_screen_addf(s, PARLEY_INK_PLAIN, ": %s %s -> %s", word_issue(c, shift->issue),
                           status_said_on(s, c, shift->earlier, shift->issue),
                           status_said_on(s, c, shift->later, shift->issue));
        parley_screen_addf(s, PARLEY_INK_DIM, " (%s > %s)", word_claim(c, shift->earlier),
                           word_claim(c, shift->later));
        if (status_to_confirm(page->moves, shift)) {
            parley_screen_add(s, PARLEY_INK_WARN, ", to confirm");
        }
    }
    bool differ = false;
    bool shaky = false;
    bool then = false;
    bool now = false;
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        differ = differ || page->dispute_first[i] != page->dispute_now[i];
        shaky = shaky || page->dispute_shaky[i];
        then = then || page->dispute_first[i];
        now = now || page->dispute_now[i];
    }
    if (!then && now) {
        if (some) {
            parley_screen_newline(s);
        }
        some = true;
        parley_screen_addf(s, PARLEY_INK_PLAIN, "in dispute now: %s",
                           issue_set(s, c, page->dispute_now));
    } else if (differ && page->first_date.form != PARLEY_DATE_UNKNOWN) {
        if (some) {
            parley_screen_newline(s);
        }
        some = true;
        parley_screen_addf(s, PARLEY_INK_PLAIN, "in dispute: {%s} %s -> {%s} now",
                           issue_set(s, c, page->dispute_first), word_date(s, c, page->first_date),
                           issue_set(s, c, page->dispute_now));
    }
    if (shaky) {
        word_list speakers = {.count = 0};
        word_list claims = {.count = 0};
        for (uint32_t i = 0; i < parley_terms_shifts(terms); i++) {
            const parley_shift *shift = parley_terms_shift(terms, i);
            if (!status_to_confirm(page->moves, shift)) {
                continue;
            }
            const parley_claim *later = parley_case_claim(c, shift->later);
            const char *who =
                later->speaker_text != NULL ? later->speaker_text : word_class(s, later);
            const char *id = word_claim(c, shift->later);
            bool known_who = false;
            bool known_id = false;
            for (size_t k = 0; k < speakers.count; k++) {
                known_who = known_who || strcmp(speakers.at[k], who) == 0;
            }
            for (size_t k = 0; k < claims.count; k++) {
                known_id = known_id || strcmp(claims.at[k], id) == 0;
            }
            if (!known_who) {
                word_push(&speakers, who);
            }
            if (!known_id) {
                word_push(&claims, id);
            }
        }
        parley_screen_newline(s);
        parley_screen_addf(
            s, PARLEY_INK_WARN,
            "%s left the dispute on the word of %s unnamed (%s; %s): to confirm; without it "
            "still in dispute",
            issue_set(s, c, page->dispute_shaky), speakers.count == 1 ? "ONE speaker," : "speakers",
            word_join(s, &speakers, "; "), word_join(s, &claims, " "));
    }
    if (!some) {
        parley_screen_add(s, PARLEY_INK_DIM, "nothing recorded");
    }
    parley_screen_end(s);
}

/* ------------------------------------------------- levers, next, relays, asking */

static void levers(parley_screen *s, const parley_case *c)
{
    for (uint32_t i = 0; i < parley_case_levers(c); i++) {
        const parley_lever *lever = parley_case_lever(c, (int32_t)i);
        parley_screen_label(s, i == 0 ? "LEVERS" : "");
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%s over %s: %s",
                           word_voice(s, c, &lever->holder, false),
                           word_voice(s, c, &lever->over, false), lever->what);
        for (uint32_t k = 0; k < lever->state_count; k++) {
            const parley_lever_state *state = &lever->states[k];
            parley_screen_addf(s, PARLEY_INK_PLAIN, ", %s", state->state);
            if (state->date.form != PARLEY_DATE_UNKNOWN) {
                parley_screen_addf(s, PARLEY_INK_DIM, " %s", word_date(s, c, state->date));
            }
        }
        parley_screen_end(s);
    }
}

static bool is_word(const char *text, const char *word)
{
    return text != NULL && strcmp(text, word) == 0;
}

static void next(parley_screen *s, const parley_case *c)
{
    bool some = false;
    for (uint32_t i = 0; i < parley_case_meetings(c); i++) {
        const parley_meeting *m = parley_case_meeting(c, (int32_t)i);
        bool unknown = m->outcome == NULL || is_word(m->outcome, "unknown");
        if (!unknown && !is_word(m->outcome, "meet-again") && !is_word(m->outcome, "continue")) {
            continue;
        }
        parley_screen_label(s, some ? "" : "NEXT");
        some = true;
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%s, %s: ", word_voices(s, c, &m->who),
                           word_date(s, c, m->record.happened));
        parley_screen_add(s, unknown ? PARLEY_INK_WARN : PARLEY_INK_PLAIN,
                          unknown ? "outcome not logged" : "to meet again");
        parley_screen_end(s);
    }
    word_list silent = {.count = 0};
    for (uint32_t i = 0; i < parley_case_expectations(c); i++) {
        const parley_expected *e = parley_case_expected(c, (int32_t)i);
        if (e->result == NULL || e->result[0] == '\0' || is_word(e->result, "none")) {
            word_push(&silent,
                      parley_screen_format(
                          s, "%s: %s%s%s", word_voices(s, c, &e->from), e->what,
                          e->due.form == PARLEY_DATE_UNKNOWN ? "" : ", due ",
                          e->due.form == PARLEY_DATE_UNKNOWN ? "" : word_date(s, c, e->due)));
        }
    }
    for (size_t k = 0; k < silent.count; k++) {
        parley_screen_line(s, k == 0 ? "EXPECTED, SILENT" : "", PARLEY_INK_PLAIN, silent.at[k]);
    }
}

static void relays(parley_screen *s, const parley_case *c)
{
    for (uint32_t i = 0; i < parley_case_relays(c); i++) {
        const parley_relay *r = parley_case_relay(c, (int32_t)i);
        bool carried = r->carried.typed && !is_word(r->carried.words, "none");
        bool read_back = r->read_back.typed && !is_word(r->read_back.words, "none");
        parley_screen_label(s, i == 0 ? "RELAYS" : "");
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%s (%s to %s): %s", r->record.id,
                           word_voice(s, c, &r->owner, false), word_voice(s, c, &r->to, false),
                           carried ? "carried" : "not carried");
        if (is_word(r->may_say_assurance, "not-recorded") ||
            is_word(r->may_say_words, "not-recorded") || is_word(r->may_say, "not-recorded")) {
            parley_screen_addf(s, PARLEY_INK_WARN, "; permission for the %s not recorded",
                               is_word(r->may_say_assurance, "not-recorded") ? "assurance"
                                                                             : "words");
        }
        parley_screen_add(s, read_back ? PARLEY_INK_PLAIN : PARLEY_INK_WARN,
                          read_back ? "; read back" : "; not read back");
        parley_screen_end(s);
    }
}

/* The first question of `parley ask`. */
static void sound_out(parley_screen *s, const parley_status_page *page)
{
    const parley_case *c = page->c;
    const parley_terms *terms = parley_deal_terms(page->deal);
    if (page->soundings == NULL || parley_soundings_size(page->soundings) == 0) {
        return;
    }
    const parley_sounding *q = parley_soundings_at(page->soundings, 0);
    parley_screen_label(s, "SOUND OUT");
    parley_screen_add(s, PARLEY_INK_PARTY, word_party(c, q->party));
    parley_screen_addf(s, PARLEY_INK_PLAIN, ": %s ", ask_question(s, c, terms, q));
    parley_screen_addf(s, PARLEY_INK_DIM, "%s (parley ask)", ask_rests_on(s, c, terms, q));
    parley_screen_end(s);
}

static void not_known(parley_screen *s, const parley_status_page *page)
{
    const parley_case *c = page->c;
    parley_ids issues = parley_deal_issues(page->deal);
    bool some = false;
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        if ((parley_case_party(c, (int32_t)p)->roles >> PARLEY_ROLE_PRINCIPAL & 1) == 0) {
            continue;
        }
        word_list list = {.count = 0};
        for (uint32_t k = 0; k < issues.count; k++) {
            if (!status_known(page, (int32_t)p, issues.at[k])) {
                word_push(&list, word_issue(c, issues.at[k]));
            }
        }
        if (list.count > 0) {
            parley_screen_label(s, some ? "" : "NOT KNOWN");
            parley_screen_add(s, PARLEY_INK_PARTY, word_party(c, (int32_t)p));
            parley_screen_addf(s, PARLEY_INK_PLAIN, " on %s",
                               list.count == issues.count ? "anything" : word_join(s, &list, ", "));
            parley_screen_end(s);
            some = true;
        }
    }
    parley_ids must = parley_deal_must_agree(page->deal);
    word_list silent = {.count = 0};
    for (uint32_t k = 0; k < must.count; k++) {
        const parley_party *party = parley_case_party(c, must.at[k]);
        if ((party->roles >> PARLEY_ROLE_PRINCIPAL & 1) == 0 && !word_was_asked(c, must.at[k])) {
            word_push(&silent, party->name);
        }
    }
    if (silent.count > 0) {
        parley_screen_label(s, some ? "" : "NOT KNOWN");
        parley_screen_addf(s, PARLEY_INK_WARN, "needed and never asked: %s",
                           word_join(s, &silent, ", "));
        parley_screen_end(s);
    }
    for (uint32_t i = 0; i < parley_case_figures(c); i++) {
        const parley_figure *f = parley_case_figure(c, (int32_t)i);
        if (f->best.unknown || f->low.unknown || f->high.unknown) {
            parley_screen_linef(s, some || silent.count > 0 ? "" : "NOT KNOWN", PARLEY_INK_PLAIN,
                                "%s: number unknown", f->what);
            some = true;
        }
    }
}

/* What came in and could not be read, with what mends it. */
static void not_understood(parley_screen *s, const parley_status_page *page)
{
    const parley_case *c = page->c;
    uint32_t shown = 0;
    uint32_t more = 0;
    for (uint32_t i = 0; i < parley_case_claims(c); i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        for (uint32_t k = 0; k < claim->as_typed.count; k++) {
            if (shown == UNREAD_MOST) {
                more++;
                continue;
            }
            const char *typed = claim->as_typed.at[k];
            parley_screen_label(s, shown++ == 0 ? "NOT READ" : "");
            parley_screen_addf(s, PARLEY_INK_WARN, "%s kept as words, in no count: %s",
                               claim->record.id, typed);
            parley_screen_addf(s, PARLEY_INK_DIM, " (parley edit %s %s '%.*s:...')", page->path,
                               claim->record.id, (int)strcspn(typed, ":"), typed);
            parley_screen_end(s);
        }
    }
    if (more > 0) {
        parley_screen_linef(s, "", PARLEY_INK_DIM, "and %u more: parley check %s", more,
                            page->path);
    }
}

parley_status parley_page_status(parley_screen *s, const parley_status_page *page,
                                 parley_error *err)
{
    const parley_case *c = page->c;
    title(s, c);
    word_law(s, c, true);
    for (uint32_t i = 0; i < page->proposals; i++) {
        proposal_line(s, page, i);
        answers(s, page, i);
    }
    if (page->proposals == 0) {
        statements(s, page);
    }
    where(s, page);
    sticking(s, page);
    not_on_table(s, page);
    moved(s, page);
    levers(s, c);
    next(s, c);
    relays(s, c);
    sound_out(s, page);
    not_known(s, page);
    not_understood(s, page);
    parley_screen_linef(s, "SOURCES", PARLEY_INK_DIM,
                        "%u statement%s on record, %u reported, from %u original%s",
                        page->on_record, page->on_record == 1 ? "" : "s", page->reported,
                        page->originals, page->originals == 1 ? "" : "s");
    return parley_screen_status(s, err);
}
