/*
 * Words for records, formulas and values, the same on every screen.
 */
#include "report/wording.h"
#include "report/report_internal.h"

#include <string.h>

const char *word_party(const parley_case *c, int32_t party)
{
    return party < 0 ? "nobody" : parley_case_party(c, party)->name;
}

const char *word_issue(const parley_case *c, int32_t issue)
{
    return parley_case_issue(c, issue)->name;
}

const char *word_voice(parley_screen *s, const parley_case *c, const parley_voice *v,
                       bool with_office)
{
    if (v->person >= 0) {
        const parley_person *person = parley_case_person(c, v->person);
        if (with_office && person->office != NULL) {
            return parley_screen_format(s, "%s (%s)", word_party(c, v->party), person->office);
        }
        return with_office
                   ? parley_screen_format(s, "%s (%s)", word_party(c, v->party), person->name)
                   : word_party(c, v->party);
    }
    if (v->party >= 0) {
        return word_party(c, v->party);
    }
    if (v->source >= 0) {
        return parley_case_source(c, v->source)->name;
    }
    return v->words != NULL ? v->words : "not given";
}

const char *word_voices(parley_screen *s, const parley_case *c, const parley_voices *v)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < v->count; k++) {
        word_push(&list, word_voice(s, c, &v->at[k], false));
    }
    return word_join(s, &list, ", ");
}

const char *word_date(parley_screen *s, const parley_case *c, parley_date d)
{
    char text[80];
    parley_date now = parley_case_as_of(c);
    parley_date_words(d, d.year != now.year, text, sizeof(text));
    return parley_screen_format(s, "%s", text);
}

const char *word_claim(const parley_case *c, int32_t claim)
{
    return claim < 0 ? "" : parley_case_claim(c, claim)->record.id;
}

const char *word_act(parley_act act)
{
    static const char *const words[PARLEY_ACT_COUNT] = {
        [PARLEY_ACT_SAY] = "says",
        [PARLEY_ACT_REQUEST] = "asks for",
        [PARLEY_ACT_URGE] = "urges",
        [PARLEY_ACT_DEMAND] = "demands",
        [PARLEY_ACT_PROPOSE] = "proposes",
        [PARLEY_ACT_OFFER] = "offers",
        [PARLEY_ACT_ACCEPT] = "accepts",
        [PARLEY_ACT_ACCEPT_IF] = "accepts, if,",
        [PARLEY_ACT_OPEN_TO] = "is open to",
        [PARLEY_ACT_DEFER] = "puts off",
        [PARLEY_ACT_REJECT] = "refuses",
        [PARLEY_ACT_CONCEDE] = "concedes",
        [PARLEY_ACT_PROMISE] = "promises",
        [PARLEY_ACT_THREATEN] = "threatens",
        [PARLEY_ACT_DENY] = "denies",
        [PARLEY_ACT_NOT_AWARE] = "is not aware of",
        [PARLEY_ACT_NO_COMMENT] = "does not comment on",
        [PARLEY_ACT_REPORT] = "reports",
        [PARLEY_ACT_PREDICT] = "predicts",
    };
    return words[act];
}

static const char *joined_conditions(parley_screen *s, const parley_case *c,
                                     const parley_conditions *list)
{
    word_list words = {.count = 0};
    for (uint32_t k = 0; k < list->count; k++) {
        word_push(&words, list->at[k].formula != NULL
                              ? word_formula(s, c, list->at[k].formula, false)
                              : list->at[k].text);
    }
    return word_join(s, &words, "; ");
}

const char *word_about(const parley_case *c, const parley_about *about)
{
    switch (about->kind) {
    case PARLEY_ABOUT_CANDIDATE:
        return parley_case_candidate(c, about->index)->name;
    case PARLEY_ABOUT_INCIDENT:
        return parley_case_incident(c, about->index)->what;
    default:
        return about->text != NULL ? about->text : "";
    }
}

const char *word_matter(parley_screen *s, const parley_case *c, const parley_claim *claim)
{
    const parley_about *about = &claim->about;
    bool refuses = claim->act == PARLEY_ACT_REJECT;
    if (about->formula == NULL) {
        return NULL;
    }
    if (about->kind == PARLEY_ABOUT_PROPOSAL && about->formula->kind == PARLEY_F_AND) {
        return parley_screen_format(s, "%s (%s)", parley_case_proposal(c, about->index)->name,
                                    word_formula(s, c, about->formula, false));
    }
    return word_held(s, c, refuses, about->formula, false);
}

const char *word_statement(parley_screen *s, const parley_case *c, int32_t claim)
{
    const parley_claim *row = parley_case_claim(c, claim);
    const parley_conditions *conditions = &row->conditions;
    for (uint32_t i = 0; conditions->count == 0 && i < parley_case_responses(c); i++) {
        const parley_response *r = parley_case_response(c, (int32_t)i);
        conditions = r->claim == claim ? &r->conditions : conditions;
    }
    const char *said = row->about.formula != NULL ? word_matter(s, c, row)
                       : row->says != NULL        ? row->says
                                                  : word_about(c, &row->about);
    const char *act = row->act == PARLEY_ACT_ACCEPT_IF ? "accepts" : word_act((parley_act)row->act);
    return parley_screen_format(s, "%s%s %s%s%s", act, row->about.formula != NULL ? "" : ":", said,
                                conditions->count > 0              ? ", if "
                                : row->act == PARLEY_ACT_ACCEPT_IF ? ", if (conditions not typed)"
                                                                   : "",
                                joined_conditions(s, c, conditions));
}

const char *word_basis(parley_basis basis)
{
    static const char *const words[] = {"rules", "on record", "reported", "our reading"};
    return words[basis];
}

const char *word_class(parley_screen *s, const parley_claim *claim)
{
    if (parley_class_on_record(claim->cls)) {
        return "on record";
    }
    if (claim->cls == PARLEY_CLASS_DESCRIBED && claim->speaker_text != NULL) {
        return parley_screen_format(s, "unnamed: %s", claim->speaker_text);
    }
    switch (claim->cls) {
    case PARLEY_CLASS_BARE:
        return "no speaker named";
    case PARLEY_CLASS_DESCRIBED:
        return "an unnamed speaker";
    case PARLEY_CLASS_PARTY_ABOUT_ANOTHER:
        return "another party's word";
    case PARLEY_CLASS_THIRD_PARTY:
        return "observed";
    default:
        return "reported";
    }
}

/* ---------------------------------------------------------------- values */

int32_t word_condition_of(const parley_case *c, const parley_position *p)
{
    const parley_about *about = p->claim >= 0 ? &parley_case_claim(c, p->claim)->about : NULL;
    if (about != NULL && about->kind == PARLEY_ABOUT_PROPOSAL) {
        return about->index;
    }
    for (uint32_t i = 0; i < parley_case_responses(c); i++) {
        const parley_response *r = parley_case_response(c, (int32_t)i);
        if (r->by.party == p->party && p->claim >= 0 && r->claim == p->claim) {
            return r->proposal;
        }
    }
    return -1;
}

bool word_is_no(const char *act)
{
    return strcmp(act, "refuses") == 0;
}

const char *word_value(parley_screen *s, const parley_case *c, int32_t issue, int64_t v, bool label)
{
    char text[400];
    const parley_issue *row = parley_case_issue(c, issue);
    if (label) {
        parley_case_value_words(row, v, text, sizeof(text));
    } else {
        parley_case_value_id(row, v, text, sizeof(text));
    }
    return parley_screen_format(s, "%s", text);
}

const char *word_value_short(parley_screen *s, const parley_case *c, int32_t issue, int64_t v)
{
    const parley_issue *row = parley_case_issue(c, issue);
    if (row->kind == PARLEY_ISSUE_SPLIT) { /* shares in the recipients' order: 50/25/25 */
        word_list shares = {.count = 0};
        for (uint32_t r = 0; r < row->recipient_count; r++) {
            char text[48];
            parley_decimal_print(parley_case_share(row, v, r), text, sizeof(text));
            word_push(&shares, parley_screen_format(s, "%s", text));
        }
        return word_join(s, &shares, "/");
    }
    return word_value(s, c, issue, v, row->kind != PARLEY_ISSUE_CHOICE);
}

const char *word_recipients(parley_screen *s, const parley_case *c, int32_t issue)
{
    const parley_issue *row = parley_case_issue(c, issue);
    word_list names = {.count = 0};
    for (uint32_t r = 0; row->kind == PARLEY_ISSUE_SPLIT && r < row->recipient_count; r++) {
        word_push(&names, row->recipients[r].label);
    }
    return names.count == 0 ? "" : parley_screen_format(s, " of %s", word_join(s, &names, "/"));
}

static const char *number(parley_screen *s, const parley_issue *issue, parley_decimal d)
{
    char text[140];
    parley_case_number_words(issue, d, text, sizeof(text));
    return parley_screen_format(s, "%s", text);
}

/* "stopped", "not unnamed", "at most 15 days", "a or b". */
static const char *answer(parley_screen *s, const parley_case *c, const parley_formula *f,
                          bool label)
{
    static const char *const before[] = {"",       "not ",      "below ", "at most ",
                                         "above ", "at least ", ""};
    const parley_issue *issue = parley_case_issue(c, f->issue);
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < f->count; k++) {
        if (f->kind == PARLEY_F_CHOICE) {
            const parley_option *option = &issue->options[f->option[k]];
            word_push(&list, label ? option->label : option->id);
        } else {
            word_push(&list, number(s, issue, f->number[k]));
        }
    }
    return parley_screen_format(s, "%s%s", before[f->compare], word_join(s, &list, " or "));
}

static const char *joined_operands(parley_screen *s, const parley_case *c, const parley_formula *f,
                                   bool whole, const char *between);

const char *word_answer(parley_screen *s, const parley_case *c, const parley_formula *f)
{
    if (f->kind == PARLEY_F_CHOICE || f->kind == PARLEY_F_QUANTITY) {
        return answer(s, c, f, false);
    }
    return word_formula(s, c, f, false);
}

/* The proposal that is just this conjunction, or -1: its parts are the same nodes. */
static int32_t proposal_of(const parley_case *c, const parley_formula *f)
{
    for (uint32_t i = 0; f->kind == PARLEY_F_AND && i < parley_case_proposals(c); i++) {
        const parley_formula *whole = parley_case_proposal(c, (int32_t)i)->whole;
        bool same = whole != NULL && whole->kind == PARLEY_F_AND && whole->count == f->count;
        for (uint32_t k = 0; same && k < f->count; k++) {
            same = whole->arg[k] == f->arg[k];
        }
        if (same) {
            return (int32_t)i;
        }
    }
    return -1;
}

/*
 * A formula inside another, or behind "not" and "refuses": what has several parts stands in
 * brackets, so that the word before it cannot be read as belonging to the first part alone.
 */
static const char *operand(parley_screen *s, const parley_case *c, const parley_formula *f,
                           bool whole)
{
    int32_t proposal = proposal_of(c, f);
    if (proposal >= 0) {
        return parley_screen_format(s, "%s as a whole", parley_case_proposal(c, proposal)->name);
    }
    if (f->kind == PARLEY_F_AND) {
        return parley_screen_format(s, "(%s)", joined_operands(s, c, f, whole, " and "));
    }
    /* depth is bounded by the limit formula_depth */
    const char *words = word_formula(s, c, f, whole);
    return f->kind > PARLEY_F_NOT ? parley_screen_format(s, "(%s)", words) : words;
}

static const char *joined_operands(parley_screen *s, const parley_case *c, const parley_formula *f,
                                   bool whole, const char *between)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < f->count; k++) {
        word_push(&list, operand(s, c, f->arg[k], whole));
    }
    return word_join(s, &list, between);
}

const char *word_formula(parley_screen *s, const parley_case *c, const parley_formula *f,
                         bool whole)
{
    if (f->kind == PARLEY_F_CHOICE || f->kind == PARLEY_F_QUANTITY) {
        return parley_screen_format(s, whole ? "%s: %s" : "%s %s", word_issue(c, f->issue),
                                    answer(s, c, f, whole));
    }
    if (f->kind == PARLEY_F_SHARE) {
        return parley_screen_format(s, "%s: %s %s", word_issue(c, f->issue),
                                    parley_case_issue(c, f->issue)->recipients[f->recipient].label,
                                    answer(s, c, f, whole));
    }
    switch ((parley_formula_kind)f->kind) {
    case PARLEY_F_AND:
        return joined_operands(s, c, f, whole, "; ");
    case PARLEY_F_OR:
        return joined_operands(s, c, f, whole, " or ");
    case PARLEY_F_IFF:
        return joined_operands(s, c, f, whole, " just when ");
    case PARLEY_F_NOT:
        return parley_screen_format(s, "not %s", operand(s, c, f->arg[0], whole));
    case PARLEY_F_IMPLIES:
        return parley_screen_format(s, "%s given %s", operand(s, c, f->arg[1], whole),
                                    operand(s, c, f->arg[0], whole));
    case PARLEY_F_IF:
        return parley_screen_format(s, "%s given %s", operand(s, c, f->arg[0], whole),
                                    operand(s, c, f->arg[1], whole));
    case PARLEY_F_ACCEPTS:
        return parley_screen_format(s, "%s accepts %s", word_party(c, f->party),
                                    parley_case_proposal(c, f->proposal)->name);
    default:
        return f->kind == PARLEY_F_TRUE ? "anything" : "nothing";
    }
}

const char *word_held(parley_screen *s, const parley_case *c, bool refuses, const parley_formula *f,
                      bool answer_only)
{
    if (refuses && f->kind > PARLEY_F_ACCEPTS) {
        return operand(s, c, f, false);
    }
    return answer_only ? word_answer(s, c, f) : word_formula(s, c, f, false);
}

/* ----------------------------------------------------------------- lists */

void word_push(word_list *list, const char *text)
{
    if (list->count < sizeof(list->at) / sizeof(list->at[0])) {
        list->at[list->count++] = text;
    } else {
        list->dropped++;
    }
}

const char *word_join(parley_screen *s, const word_list *list, const char *separator)
{
    const char *all = parley_screen_join(s, list->at, list->count, separator);
    return list->dropped == 0 ? all
                              : parley_screen_format(s, "%s and %zu more", all, list->dropped);
}

void word_plain(parley_screen *s, parley_ink ink, const char *text)
{
    parley_screen_begin(s, 0, 2);
    parley_screen_add(s, ink, text);
    parley_screen_end(s);
}

void word_heading(parley_screen *s, const parley_case *c)
{
    char now[80];
    parley_date_words(parley_case_as_of(c), true, now, sizeof(now));
    parley_screen_ends(s, PARLEY_INK_TITLE, parley_case_title(c), PARLEY_INK_DIM,
                       parley_screen_format(s, "as known %s", now));
    word_law(s, c, false);
}

const char *word_raised(parley_screen *s, const parley_case *c, const parley_flag *flag)
{
    const char *date =
        flag->record.happened.form == PARLEY_DATE_UNKNOWN
            ? ""
            : parley_screen_format(s, ", %s", word_date(s, c, flag->record.happened));
    if (flag->by == NULL && flag->because == NULL) {
        return "";
    }
    return parley_screen_format(s, " Raised%s%s%s%s%s%s%s.", flag->by != NULL ? " by " : "",
                                flag->by != NULL ? flag->by : "", flag->office != NULL ? ", " : "",
                                flag->office != NULL ? flag->office : "", date,
                                flag->because != NULL ? ": " : "",
                                flag->because != NULL ? flag->because : "");
}

void word_law(parley_screen *s, const parley_case *c, bool whole)
{
    for (uint32_t i = 0; i < parley_case_flags(c); i++) {
        const parley_flag *flag = parley_case_flag(c, (int32_t)i);
        parley_screen_label(s, "LAW");
        parley_screen_addf(s, PARLEY_INK_WARN, "%s",
                           flag->notice != NULL ? flag->notice : flag->law);
        for (uint32_t k = 0; whole && k < flag->keeps_out.count; k++) {
            const parley_formula *f = flag->keeps_out.at[k].formula;
            parley_screen_addf(s, PARLEY_INK_PLAIN, " %s: kept out of ideas, bridges and drafts.",
                               f != NULL ? word_formula(s, c, f, true)
                                         : flag->keeps_out.at[k].text);
        }
        if (whole) {
            parley_screen_add(s, PARLEY_INK_PLAIN, word_raised(s, c, flag));
        }
        if (flag->lifted) {
            parley_screen_addf(s, PARLEY_INK_PLAIN, " Lifted by %s, %s, %s: %s.", flag->lifted_by,
                               flag->lifted_office, word_date(s, c, flag->lifted_date),
                               flag->lifted_because);
        } else if (whole && flag->keeps_out.count > 0) {
            parley_screen_add(s, PARLEY_INK_PLAIN, " Nobody has lifted this.");
        }
        parley_screen_end(s);
    }
}

const char *word_response(parley_screen *s, const parley_case *c, const parley_response *r)
{
    static const char *const words[] = {
        "accepts",     "yes, if", "answers with a proposal of its own",
        "puts it off", "rejects", "silent: was asked, has not answered"};
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < r->conditions.count; k++) {
        const parley_condition *condition = &r->conditions.at[k];
        word_push(&list, condition->formula != NULL ? word_formula(s, c, condition->formula, false)
                                                    : condition->text);
    }
    return parley_screen_format(
        s, "%s%s%s%s", words[r->answer], list.count > 0 ? ": " : "", word_join(s, &list, "; "),
        r->list == PARLEY_LIST_UNKNOWN
            ? ""
            : parley_screen_format(s, " (list %s)", parley_words_word(PARLEY_WORDS_LIST, r->list)));
}
