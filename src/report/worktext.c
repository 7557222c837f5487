/*
 * The page of `parley text`: versions of the working text, who says what to which part, what a
 * version changed for whom, its steps, and the next version that the engine would try.
 */
#include "report/report_internal.h"
#include "report/wording.h"
#include "report/worktext_page.h"

#include <string.h>

const char *worktext_stand(parley_text_stand stand)
{
    static const char *const words[] = {"objects", "tabled",     "accepts",   "asks",
                                        "depends", "accepts if", "rejects",   "counters",
                                        "defers",  "silent",     "no answer", "not asked"};
    return words[stand];
}

const char *worktext_met(parley_text_met met)
{
    static const char *const words[] = {"not met", "open", "in part", "wholly", "not known"};
    return words[met];
}

const char *worktext_fate(parley_text_fate fate)
{
    static const char *const words[] = {"kept",   "unchecked", "replaced",
                                        "opened", "taken in",  "left out"};
    return words[fate];
}

static const char *title_of(parley_screen *s, const parley_case *c, int32_t proposal)
{
    (void)s;
    return parley_case_proposal(c, proposal)->name;
}

static const char *part_words(parley_screen *s, const parley_case *c, const parley_text_part *part)
{
    return part->formula != NULL ? word_formula(s, c, part->formula, false)
                                 : parley_screen_format(s, "\"%s\"", part->text);
}

/* "refuses release at least 50 (position, on record, c5)"; ours: "(our reading, m1)". */
static const char *term_words(parley_screen *s, const parley_case *c, const parley_term *term)
{
    static const char *const firm[] = {
        "",           "aspiration, ",      "ask, ", "position, ", "condition, ",
        "red line, ", "red line, tested, "};
    word_list ids = {.count = 0};
    for (uint32_t k = 0; k < term->support.count; k++) {
        word_push(&ids, word_claim(c, term->support.at[k]));
    }
    for (uint32_t k = 0; k < term->readings.count; k++) {
        word_push(&ids, parley_case_reading(c, term->readings.at[k])->record.id);
    }
    bool ours = term->basis == PARLEY_BASIS_READING;
    return parley_screen_format(
        s, "%s %s (%s%s%s%s)", parley_words_word(PARLEY_WORDS_MODE, term->mode),
        word_formula(s, c, term->formula, false), ours ? "" : firm[term->firmness],
        word_basis(term->basis), ids.count > 0 ? ", " : "", word_join(s, &ids, " "));
}

static const char *terms_words(parley_screen *s, const parley_case *c, const parley_terms *terms,
                               parley_ids ids)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < ids.count; k++) {
        word_push(&list, term_words(s, c, parley_terms_at(terms, (uint32_t)ids.at[k])));
    }
    return word_join(s, &list, "; ");
}

static const char *values_words(parley_screen *s, const parley_case *c, int32_t issue,
                                parley_ids values)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < values.count && k < 8; k++) {
        word_push(&list, word_value_short(s, c, issue, values.at[k]));
    }
    return values.count > 8 ? parley_screen_format(s, "%s ... %u in all", word_join(s, &list, ", "),
                                                   values.count)
                            : word_join(s, &list, values.count > 2 ? ", " : " or ");
}

/* --------------------------------------------------------------------- heading */

static void heading(parley_screen *s, const parley_case *c, const parley_text_version *v,
                    uint32_t number)
{
    const parley_proposal *p = parley_case_proposal(c, v->proposal);
    bool dated = p->record.happened.form != PARLEY_DATE_UNKNOWN;
    parley_screen_blank(s);
    parley_screen_label(s, parley_screen_format(s, "VERSION %u", number));
    parley_screen_addf(s, PARLEY_INK_TITLE, "%s", p->name);
    parley_screen_addf(s, PARLEY_INK_PLAIN, " (%s%s%s)",
                       p->tabled_by.party < 0 && p->tabled_by.source < 0 &&
                               p->tabled_by.words == NULL
                           ? "nobody tabled it"
                           : word_voice(s, c, &p->tabled_by, true),
                       dated ? ", " : "", dated ? word_date(s, c, p->record.happened) : "");
    if (p->replaces >= 0) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, ", replaces %s", title_of(s, c, p->replaces));
    }
    if (p->list != PARLEY_LIST_UNKNOWN) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, "; list %s",
                           parley_words_word(PARLEY_WORDS_LIST, p->list));
    }
    parley_screen_end(s);
}

static const char *answer_words(parley_screen *s, const parley_case *c, int32_t response)
{
    const parley_response *r = parley_case_response(c, response);
    static const char *const words[] = {"accepts", "yes, if",    "answers with something else",
                                        "defers",  "rejects it", "asked, silent"};
    return parley_screen_format(s, "%s%s%s%s", words[r->answer], r->claim >= 0 ? " (" : "",
                                word_claim(c, r->claim), r->claim >= 0 ? ")" : "");
}

static void answers(parley_screen *s, const parley_case *c, const parley_text_version *v)
{
    bool some = false;
    parley_screen_label(s, "ANSWERS");
    for (uint32_t k = 0; k < v->parties.count && v->parts > 0; k++) {
        int32_t response = v->stance[k].response;
        if (response >= 0) {
            parley_screen_item(s, PARLEY_INK_PARTY, word_party(c, v->parties.at[k]));
            parley_screen_addf(s, PARLEY_INK_PLAIN, ": %s", answer_words(s, c, response));
            some = true;
        }
    }
    if (!some) {
        parley_screen_add(s, PARLEY_INK_DIM, "none typed; silence is no yes");
    }
    parley_screen_end(s);
    /* conditions in words belong to no part */
    for (uint32_t k = 0; k < v->parties.count && v->parts > 0; k++) {
        int32_t response = v->stance[k].response;
        const parley_response *r = response >= 0 ? parley_case_response(c, response) : NULL;
        for (uint32_t i = 0; r != NULL && i < r->conditions.count; i++) {
            if (r->conditions.at[i].formula == NULL) {
                parley_screen_label(s, "  as words");
                parley_screen_add(s, PARLEY_INK_PARTY, word_party(c, v->parties.at[k]));
                parley_screen_addf(s, PARLEY_INK_PLAIN, ", if: \"%s\" (%s%sfits no formula)",
                                   r->conditions.at[i].text, word_claim(c, r->claim),
                                   r->claim >= 0 ? ", " : "");
                parley_screen_end(s);
            }
        }
    }
}

/* Refusals and demands in words while the version was on the table. */
static void words_said(parley_screen *s, const parley_case *c, const parley_text_version *v)
{
    parley_date tabled = parley_case_proposal(c, v->proposal)->record.happened;
    for (uint32_t i = 0; i < parley_case_claims(c); i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        bool hard = claim->act == PARLEY_ACT_REJECT || claim->act == PARLEY_ACT_DEMAND;
        bool then = tabled.form != PARLEY_DATE_UNKNOWN &&
                    claim->record.happened.form != PARLEY_DATE_UNKNOWN &&
                    claim->record.happened.last >= tabled.first &&
                    parley_terms_in_force(v->terms, (int32_t)i);
        if (!hard || !then || claim->about.kind != PARLEY_ABOUT_WORDS || claim->by.count == 0 ||
            claim->by.at[0].party < 0) {
            continue;
        }
        parley_screen_label(s, "  as words");
        parley_screen_add(s, PARLEY_INK_PARTY, word_party(c, claim->by.at[0].party));
        parley_screen_addf(s, PARLEY_INK_PLAIN, ", %s, %s %s: %s (%s, fits no formula)",
                           word_date(s, c, claim->record.happened),
                           claim->act == PARLEY_ACT_REJECT ? "refuses" : "demands",
                           claim->about.text, claim->says != NULL ? claim->says : "no words typed",
                           claim->record.id);
        parley_screen_end(s);
    }
}

/* ----------------------------------------------------------------------- parts */

static bool only_ours(const parley_terms *terms, parley_ids ids)
{
    for (uint32_t k = 0; k < ids.count; k++) {
        if (parley_terms_at(terms, (uint32_t)ids.at[k])->basis != PARLEY_BASIS_READING) {
            return false;
        }
    }
    return ids.count > 0;
}

/* What a party says to a part when terms of its own say so; NULL when only its answer does. */
/* "on record, c1": what a yes to just this rests on. */
static const char *just_this(parley_screen *s, const parley_case *c, const parley_text_version *v,
                             uint32_t part, parley_ids ids)
{
    if (ids.count != 1) {
        return NULL;
    }
    const parley_term *term = parley_terms_at(v->terms, (uint32_t)ids.at[0]);
    if (term->mode == PARLEY_MODE_REFUSES || strcmp(term->text, v->part[part].text) != 0) {
        return NULL;
    }
    const char *text = term_words(s, c, term);
    return strrchr(text, '(');
}

static const char *said(parley_screen *s, const parley_case *c, const parley_text_version *v,
                        uint32_t part, const parley_text_stance *stance)
{
    static const char *const words[] = {"OBJECTS", "", "accepts", "asks for it", "may object"};
    static const char *const ours[] = {"as we read it, objects", "", "as we read it, accepts",
                                       "as we read it, wants it", "as we read it, may object"};
    if (stance->terms.count == 0) {
        return NULL;
    }
    const char *how = (only_ours(v->terms, stance->terms) ? ours : words)[stance->stand];
    const char *just = just_this(s, c, v, part, stance->terms);
    if (just != NULL && stance->stand != PARLEY_TEXT_OBJECTS) {
        return parley_screen_format(s, "%s %s", how, just);
    }
    const char *text =
        parley_screen_format(s, "%s: %s", how, terms_words(s, c, v->terms, stance->terms));
    bool yes = stance->stand == PARLEY_TEXT_OBJECTS && stance->response >= 0 &&
               parley_case_response(c, stance->response)->answer == PARLEY_ANSWER_ACCEPT;
    return yes ? parley_screen_format(s, "%s; yet it accepted the whole", text) : text;
}

static void part_says(parley_screen *s, parley_table *t, const parley_case *c,
                      const parley_text_version *v, uint32_t i)
{
    static const char *const plain[] = {"",
                                        "",
                                        "accepts the whole",
                                        "",
                                        "",
                                        "yes to the whole, if; nothing against this",
                                        "rejects the whole, nothing against this by itself",
                                        "answered with something else",
                                        "put it off",
                                        "asked, silent",
                                        "no answer typed",
                                        "not asked"};
    const parley_text_stance *row = &v->stance[(size_t)i * v->parties.count];
    bool first = true;
    parley_table_cell(t, PARLEY_INK_PLAIN, "");
    for (uint32_t k = 0; k < v->parties.count; k++) {
        const char *text = said(s, c, v, i, &row[k]);
        if (text == NULL) {
            continue;
        }
        if (!first) {
            parley_table_newline(t);
        }
        first = false;
        parley_table_addf(t, PARLEY_INK_PARTY, "%s ", word_party(c, v->parties.at[k]));
        parley_table_add(t,
                         only_ours(v->terms, row[k].terms)     ? PARLEY_INK_OURS
                         : row[k].stand == PARLEY_TEXT_OBJECTS ? PARLEY_INK_BAD
                         : row[k].stand == PARLEY_TEXT_DEPENDS ? PARLEY_INK_WARN
                                                               : PARLEY_INK_PLAIN,
                         text);
    }
    for (int stand = PARLEY_TEXT_ACCEPTS; stand <= PARLEY_TEXT_NOT_ASKED; stand++) {
        word_list names = {.count = 0};
        for (uint32_t k = 0; k < v->parties.count; k++) {
            if (row[k].stand == (parley_text_stand)stand && row[k].terms.count == 0) {
                word_push(&names, word_party(c, v->parties.at[k]));
            }
        }
        if (names.count > 0) {
            if (!first) {
                parley_table_newline(t);
            }
            first = false;
            parley_table_addf(t, PARLEY_INK_DIM, "%s: %s", plain[stand],
                              word_join(s, &names, ", "));
        }
    }
    if (first) {
        parley_table_add(t, PARLEY_INK_DIM, "-");
    }
}

static void parts(parley_screen *s, const parley_case *c, const parley_text_version *v)
{
    static const char *const why[] = {"", "", "not counted", "the rules leave no package with it"};
    bool steps = false;
    for (uint32_t i = 0; i < v->parts; i++) {
        steps = steps || v->part[i].step >= 0;
    }
    const parley_column columns[3] = {{.heading = "NO", .align = PARLEY_ALIGN_RIGHT},
                                      {.heading = steps ? "PART, STEP" : "PART", .at_most = 26},
                                      {.heading = "WHO SAYS WHAT", .flexible = true, .fill = true}};
    parley_table *t = parley_table_new(s, columns, 3, 0, 2);
    for (uint32_t i = 0; i < v->parts; i++) {
        const parley_text_part *part = &v->part[i];
        parley_table_cellf(t, PARLEY_INK_DIM, "%u", i + 1);
        parley_table_cell(t, PARLEY_INK_PLAIN, part_words(s, c, part));
        if (part->step >= 0) {
            parley_table_addf(t, PARLEY_INK_DIM, ", step %d", (int)part->step + 1);
        }
        if (part->checked >= PARLEY_TEXT_NOT_COUNTED) {
            parley_table_addf(t, PARLEY_INK_WARN, " (%s)", why[part->checked]);
        }
        if (part->flagged) {
            parley_table_add(t, PARLEY_INK_WARN, " (kept out by law)");
        }
        part_says(s, t, c, v, i);
    }
    parley_table_print(t);
}

/* ----------------------------------------------------------------------- steps */

static const char *names_of(parley_screen *s, const parley_case *c, parley_ids ids)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < ids.count; k++) {
        word_push(&list, word_party(c, ids.at[k]));
    }
    return list.count == 0 ? "nobody named" : word_join(s, &list, ", ");
}

static bool in_order(const parley_text_version *v, uint32_t step)
{
    for (uint32_t k = 0; k < v->ordered; k++) {
        if (v->order[k] == step) {
            return true;
        }
    }
    return false;
}

static uint32_t times(const parley_proposal *p, int32_t party, int which)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->step_count; i++) {
        parley_ids ids = which == 0   ? p->steps[i].by
                         : which == 1 ? p->steps[i].gets
                                      : p->steps[i].costs;
        for (uint32_t k = 0; k < ids.count; k++) {
            n += ids.at[k] == party;
        }
    }
    return n;
}

static void steps(parley_screen *s, const parley_case *c, const parley_text_version *v)
{
    const parley_proposal *p = parley_case_proposal(c, v->proposal);
    const parley_column columns[6] = {{.heading = "STEP", .align = PARLEY_ALIGN_RIGHT},
                                      {.heading = "WHAT", .flexible = true, .fill = true},
                                      {.heading = "DOES IT", .at_most = 14},
                                      {.heading = "GAINS", .at_most = 13},
                                      {.heading = "BEARS IT", .at_most = 13},
                                      {.heading = "AFTER", .at_most = 6}};
    if (p->step_count == 0) {
        return;
    }
    parley_table *t = parley_table_new(s, columns, 6, 0, 2);
    for (uint32_t i = 0; i < p->step_count; i++) {
        const parley_proposal_step *step = &p->steps[i];
        word_list after = {.count = 0};
        for (uint32_t k = 0; k < step->after.count; k++) {
            word_push(&after, step->after.at[k]);
        }
        parley_table_cellf(t, PARLEY_INK_DIM, "%u", i + 1);
        parley_table_cell(t, PARLEY_INK_PLAIN, step->what);
        parley_table_cell(t, PARLEY_INK_PARTY, names_of(s, c, step->by));
        parley_table_cell(t, PARLEY_INK_PARTY, names_of(s, c, step->gets));
        parley_table_cell(t, PARLEY_INK_PARTY, names_of(s, c, step->costs));
        parley_table_cell(t, PARLEY_INK_PLAIN, word_join(s, &after, ", "));
    }
    parley_screen_blank(s);
    parley_table_print(t);
    for (uint32_t k = 0; k < v->pulls; k++) {
        parley_screen_linef(s, "PULLS APART", PARLEY_INK_WARN,
                            "step %u raises what step %u lowers: %s", v->pull[k].raises + 1,
                            v->pull[k].lowers + 1, v->pull[k].what);
    }
    word_list circle = {.count = 0};
    for (uint32_t i = 0; i < p->step_count; i++) {
        if (!in_order(v, i)) {
            word_push(&circle, parley_screen_format(s, "%u", i + 1));
        }
    }
    if (circle.count > 0) {
        parley_screen_linef(s, "NO ORDER", PARLEY_INK_BAD,
                            "steps %s wait for one another in a circle, or for steps that do",
                            word_join(s, &circle, ", "));
    }
    parley_screen_label(s, "PER PARTY");
    for (uint32_t party = 0; party < parley_case_parties(c); party++) {
        uint32_t n[3];
        for (int which = 0; which < 3; which++) {
            n[which] = times(p, (int32_t)party, which);
        }
        if (n[0] + n[1] + n[2] > 0) {
            parley_screen_item(s, PARLEY_INK_PARTY, word_party(c, (int32_t)party));
            parley_screen_addf(s, n[1] == 0 ? PARLEY_INK_WARN : PARLEY_INK_PLAIN,
                               ": does %u, gains in %u, bears %u", n[0], n[1], n[2]);
        }
    }
    parley_screen_end(s);
}

/* --------------------------------------------------------------------- changes */

static void issue_change(parley_screen *s, const parley_case *c, const parley_text_change *change)
{
    uint32_t all = parley_case_issue(c, change->issue)->values;
    bool was = change->values_before.count < all;
    bool is = change->values_after.count < all;
    parley_screen_item(s, PARLEY_INK_HEADING, word_issue(c, change->issue));
    parley_screen_addf(s, PARLEY_INK_PLAIN, " %s -> %s",
                       was ? values_words(s, c, change->issue, change->values_before) : "open",
                       is ? values_words(s, c, change->issue, change->values_after) : "open");
    if (change->has_order) {
        long long steps = change->steps < 0 ? -change->steps : change->steps;
        parley_screen_addf(s, PARLEY_INK_DIM, " (%lld step%s %s)", steps, steps == 1 ? "" : "s",
                           change->steps > 0 ? "up" : "down");
    }
}

static void condition_change(parley_screen *s, const parley_case *c,
                             const parley_text_change *change)
{
    const parley_response *r = parley_case_response(c, change->response);
    const parley_condition *condition = &r->conditions.at[change->condition];
    const char *what = condition->formula != NULL
                           ? word_formula(s, c, condition->formula, false)
                           : parley_screen_format(s, "\"%s\"", condition->text);
    const char *how = change->after == PARLEY_MET_WHOLLY    ? "met"
                      : change->after == PARLEY_MET_OPEN    ? "left open"
                      : change->after == PARLEY_MET_CROSSED ? "not met"
                                                            : "in words: ask whether it is met";
    bool nearer = change->short_after > 0 && change->short_after < change->short_before;
    parley_screen_newline(s);
    parley_screen_addf(s,
                       change->after == PARLEY_MET_WHOLLY    ? PARLEY_INK_GOOD
                       : change->after == PARLEY_MET_CROSSED ? PARLEY_INK_BAD
                                                             : PARLEY_INK_PLAIN,
                       "its condition %s: %s", what, how);
    if (nearer) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, ", nearer: %lld step%s short, were %lld",
                           (long long)change->short_after, change->short_after == 1 ? "" : "s",
                           (long long)change->short_before);
    }
    if (r->claim >= 0) {
        parley_screen_addf(s, PARLEY_INK_DIM, " (%s)", word_claim(c, r->claim));
    }
}

static void party_change(parley_screen *s, const parley_case *c, const parley_text_version *v,
                         const parley_text_change *change)
{
    if (change->kind == PARLEY_CHANGE_CONDITION) {
        condition_change(s, c, change);
        return;
    }
    bool better = change->after > change->before && change->after != PARLEY_MET_NOT_KNOWN;
    parley_screen_newline(s);
    if (change->kind == PARLEY_CHANGE_CONCERN) {
        const parley_concern *concern = parley_case_concern(c, change->concern);
        parley_screen_addf(s,
                           concern->ours ? PARLEY_INK_OURS
                           : better      ? PARLEY_INK_GOOD
                                         : PARLEY_INK_BAD,
                           "its worry \"%s\"%s: %s, was %s", concern->text,
                           concern->ours ? " (our reading)" : "", worktext_met(change->after),
                           worktext_met(change->before));
        return;
    }
    const parley_term *term = parley_terms_at(v->terms, change->term);
    parley_screen_addf(s,
                       term->basis == PARLEY_BASIS_READING ? PARLEY_INK_OURS
                       : better                            ? PARLEY_INK_GOOD
                                                           : PARLEY_INK_BAD,
                       "%s: %s", better ? "no longer crossed" : "now crossed",
                       term_words(s, c, term));
}

/* Questions that moved, then party by party what changed for it. */
static void changes(parley_screen *s, const parley_case *c, const parley_text_version *v,
                    const parley_text_change *change, uint32_t count)
{
    bool some = false;
    for (uint32_t k = 0; k < count; k++) {
        if (change[k].kind == PARLEY_CHANGE_ISSUE) {
            if (!some) {
                parley_screen_label(s, "  moved");
            }
            some = true;
            issue_change(s, c, &change[k]);
        }
    }
    parley_screen_end(s);
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        some = false;
        for (uint32_t k = 0; k < count; k++) {
            if (change[k].party != (int32_t)p) {
                continue;
            }
            if (!some) {
                parley_screen_label(s, "  for");
                parley_screen_add(s, PARLEY_INK_PARTY, word_party(c, (int32_t)p));
            }
            some = true;
            party_change(s, c, v, &change[k]);
        }
        parley_screen_end(s);
    }
}

static void since(parley_screen *s, const parley_case *c, const parley_worktext *w, uint32_t number)
{
    const parley_text_version *v = parley_worktext_version(w, number);
    const parley_text_version *old = parley_worktext_version(w, number - 1);
    word_list added = {.count = 0};
    word_list gone = {.count = 0};
    for (uint32_t i = 0; i < v->parts; i++) {
        if (v->part[i].before < 0) {
            word_push(&added, part_words(s, c, &v->part[i]));
        }
    }
    for (uint32_t k = 0; k < old->parts; k++) {
        bool kept = false;
        for (uint32_t i = 0; i < v->parts; i++) {
            kept = kept || v->part[i].before == (int32_t)k;
        }
        if (!kept) {
            word_push(&gone, part_words(s, c, &old->part[k]));
        }
    }
    parley_screen_begin(s, 0, 0);
    parley_screen_addf(s, PARLEY_INK_HEADING, "SINCE VERSION %u", number);
    parley_screen_end(s);
    parley_screen_linef(s, "  in", PARLEY_INK_PLAIN, "%s",
                        added.count > 0 ? word_join(s, &added, NULL) : "nothing");
    parley_screen_linef(s, "  out", PARLEY_INK_PLAIN, "%s",
                        gone.count > 0 ? word_join(s, &gone, NULL) : "nothing");
    changes(s, c, v, v->change, v->changes);
}

/* ------------------------------------------------------------- the next version */

static const char *options_ours(parley_screen *s, const parley_case *c,
                                const parley_text_move *move)
{
    const parley_issue *issue = parley_case_issue(c, move->issue);
    word_list list = {.count = 0};
    for (uint32_t k = 0; issue->kind == PARLEY_ISSUE_CHOICE && k < move->values.count; k++) {
        if (issue->options[move->values.at[k]].ours) {
            word_push(&list, issue->options[move->values.at[k]].id);
        }
    }
    return list.count == 0
               ? ""
               : parley_screen_format(s, "; nobody has named %s", word_join(s, &list, ", "));
}

static const char *because_words(parley_screen *s, const parley_case *c,
                                 const parley_text_version *v, const parley_text_move *move)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < move->because.count; k++) {
        const parley_term *term = parley_terms_at(v->terms, (uint32_t)move->because.at[k]);
        word_push(&list, parley_screen_format(s, "%s %s", word_party(c, term->party),
                                              term_words(s, c, term)));
    }
    const char *law = move->law ? "law keeps it out" : "";
    return parley_screen_format(
        s, "%s%s%s%s", law, move->law && list.count > 0 ? "; " : "", word_join(s, &list, "; "),
        move->together && !move->law ? " (together with what is kept)" : "");
}

static void move_row(parley_screen *s, parley_table *t, const parley_case *c,
                     const parley_text_version *v, const parley_text_move *move, uint32_t number)
{
    const parley_text_part *part = move->part >= 0 ? &v->part[move->part] : NULL;
    const char *why = because_words(s, c, v, move);
    parley_table_cellf(t, PARLEY_INK_DIM, "%u", number);
    switch (move->fate) {
    case PARLEY_NEXT_KEPT:
    case PARLEY_NEXT_UNCHECKED:
        parley_table_cell(t, PARLEY_INK_PLAIN, part_words(s, c, part));
        parley_table_cell(t, PARLEY_INK_DIM,
                          move->fate == PARLEY_NEXT_UNCHECKED
                              ? "as it is: it cannot be looked at exactly"
                              : "as it is");
        if (move->because.count > 0) {
            parley_table_addf(t, PARLEY_INK_OURS, "; ask first: %s", why);
        }
        break;
    case PARLEY_NEXT_REPLACED:
        parley_table_cellf(t, PARLEY_INK_OURS, "%s %s", word_issue(c, move->issue),
                           values_words(s, c, move->issue, move->values));
        parley_table_cellf(t, PARLEY_INK_PLAIN, "instead of %s, against it: %s%s",
                           part_words(s, c, part), why, options_ours(s, c, move));
        if (move->steps > 0) {
            parley_table_addf(t, PARLEY_INK_DIM, "; %lld step%s away", (long long)move->steps,
                              move->steps == 1 ? "" : "s");
        }
        break;
    case PARLEY_NEXT_OPENED:
        parley_table_cellf(t, PARLEY_INK_WARN, "%s: open", part_words(s, c, part));
        parley_table_cellf(t, PARLEY_INK_PLAIN, "%s%s",
                           part->checked == PARLEY_TEXT_AGAINST_RULES
                               ? "the rules leave no package with it"
                               : "no answer to it is left that nobody refuses; against it: ",
                           why);
        break;
    case PARLEY_NEXT_TAKEN_IN:
    case PARLEY_NEXT_LEFT_OUT: {
        const parley_response *r = parley_case_response(c, move->response);
        const parley_condition *condition = &r->conditions.at[move->condition];
        const char *what = condition->formula != NULL
                               ? word_formula(s, c, condition->formula, false)
                               : parley_screen_format(s, "\"%s\"", condition->text);
        bool in = move->fate == PARLEY_NEXT_TAKEN_IN;
        parley_table_cellf(t, in ? PARLEY_INK_OURS : PARLEY_INK_WARN, "%s%s", what,
                           in ? "" : ": not in it");
        parley_table_cellf(t, PARLEY_INK_PLAIN, "a condition of %s%s%s", word_party(c, r->by.party),
                           r->claim >= 0 ? ", " : "", word_claim(c, r->claim));
        if (!in && condition->formula == NULL) {
            parley_table_add(t, PARLEY_INK_PLAIN, "; it fits no formula: find words for it");
        } else if (!in) {
            parley_table_addf(t, PARLEY_INK_PLAIN, "; against it: %s",
                              why[0] != '\0' ? why : "it cannot be counted");
        }
        break;
    }
    }
    if (move->needs.count > 0) {
        parley_table_addf(t, PARLEY_INK_DIM, "; needs %s", names_of(s, c, move->needs));
    }
}

static void next(parley_screen *s, const parley_case *c, const parley_worktext *w)
{
    const parley_text_version *v = parley_worktext_version(w, parley_worktext_versions(w) - 1);
    parley_screen_blank(s);
    parley_screen_begin(s, 0, 0);
    parley_screen_add(s, PARLEY_INK_HEADING, "THE NEXT VERSION THE ENGINE WOULD TRY");
    parley_screen_end(s);
    parley_screen_begin(s, 0, 0);
    parley_screen_add(s, PARLEY_INK_OURS,
                      "Ideas of the mediation team; no party has proposed or accepted them.");
    parley_screen_end(s);
    const parley_column columns[3] = {{.heading = "NO", .align = PARLEY_ALIGN_RIGHT},
                                      {.heading = "TEXT", .at_most = 26},
                                      {.heading = "WHY", .flexible = true, .fill = true}};
    parley_table *t = parley_table_new(s, columns, 3, 0, 2);
    for (uint32_t i = 0; i < parley_worktext_moves(w); i++) {
        move_row(s, t, c, v, parley_worktext_move(w, i), i + 1);
    }
    parley_table_print(t);
    if (parley_worktext_next_changes(w) > 0) {
        parley_screen_begin(s, 0, 0);
        parley_screen_add(s, PARLEY_INK_HEADING, "IT WOULD CHANGE");
        parley_screen_end(s);
        changes(s, c, v, parley_worktext_next_change(w, 0), parley_worktext_next_changes(w));
    }
    parley_screen_begin(s, 0, 0);
    parley_screen_add(
        s, PARLEY_INK_DIM,
        parley_worktext_differs(w)
            ? "Exact, and no number of anybody's: each recorded term can still hold "
              "with all of it. Terms that clash with one another stay so (parley "
              "blocks)."
            : "It is the last version: nobody on record is against a part of it. What "
              "is left is to ask those who have not answered.");
    parley_screen_end(s);
}

parley_status parley_page_text(parley_screen *s, const parley_text_page *page, parley_error *err)
{
    const parley_case *c = page->c;
    const parley_worktext *w = page->text;
    char now[80];
    (void)err;
    word_law(s, c, false);
    if (parley_worktext_versions(w) == 0) {
        parley_screen_line(
            s, NULL, PARLEY_INK_PLAIN,
            "No working text: the case has no proposals. Type one under "
            "'proposals:' when somebody has tabled a text; its next version names it "
            "with 'replaces:'.");
        return PARLEY_OK;
    }
    parley_date_words(parley_case_as_of(c), true, now, sizeof(now));
    parley_screen_ends(s, PARLEY_INK_TITLE,
                       parley_screen_format(s, "Working text: %s", parley_case_title(c)),
                       PARLEY_INK_DIM, parley_screen_format(s, "as known %s", now));
    for (uint32_t i = 0; i < parley_worktext_versions(w); i++) {
        const parley_text_version *v = parley_worktext_version(w, i);
        heading(s, c, v, i + 1);
        answers(s, c, v);
        words_said(s, c, v);
        parts(s, c, v);
        if (i > 0) {
            since(s, c, w, i);
        }
        steps(s, c, v);
    }
    next(s, c, w);
    if (parley_worktext_later(w) >= 0) {
        parley_screen_linef(s, "LATER VERSION", PARLEY_INK_WARN, "%s: parley text %s %s",
                            title_of(s, c, parley_worktext_later(w)), page->path,
                            parley_case_proposal(c, parley_worktext_later(w))->record.id);
    }
    parley_ids others = parley_worktext_others(w);
    for (uint32_t k = 0; k < others.count; k++) {
        parley_screen_linef(s, k == 0 ? "OTHER TEXTS" : "", PARLEY_INK_DIM, "%s: parley text %s %s",
                            title_of(s, c, others.at[k]), page->path,
                            parley_case_proposal(c, others.at[k])->record.id);
    }
    return PARLEY_OK;
}
