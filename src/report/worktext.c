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

static const char *title_of(const parley_case *c, int32_t proposal)
{
    return parley_case_proposal(c, proposal)->name;
}

const char *worktext_part(parley_screen *s, const parley_case *c, const parley_text_part *part)
{
    return part->formula != NULL ? word_formula(s, c, part->formula, false)
                                 : parley_screen_format(s, "\"%s\"", part->text);
}

/* "refuses release at least 50 (position, on record, c5)"; ours: "(our reading, m1)". */
const char *worktext_term(parley_screen *s, const parley_case *c, const parley_term *term)
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
        word_held(s, c, term->mode == PARLEY_MODE_REFUSES, term->formula, false),
        ours ? "" : firm[term->firmness], word_basis(term->basis), ids.count > 0 ? ", " : "",
        word_join(s, &ids, " "));
}

static const char *terms_words(parley_screen *s, const parley_case *c, const parley_terms *terms,
                               parley_ids ids)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < ids.count; k++) {
        word_push(&list, worktext_term(s, c, parley_terms_at(terms, (uint32_t)ids.at[k])));
    }
    return word_join(s, &list, "; ");
}

const char *worktext_values(parley_screen *s, const parley_case *c, int32_t issue,
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
        parley_screen_addf(s, PARLEY_INK_PLAIN, ", replaces %s", title_of(c, p->replaces));
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
    const char *text = worktext_term(s, c, term);
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

typedef struct asking {
    const parley_case *c;
    int32_t party;
    bool alone; /* the atom is the whole part: only options it allows count */
    bool needed;
} asking;

static bool among(parley_ids ids, int32_t id)
{
    for (uint32_t k = 0; k < ids.count; k++) {
        if (ids.at[k] == id) {
            return true;
        }
    }
    return false;
}

static void look_for_need(void *user, const parley_formula *atom)
{
    asking *a = user;
    if (atom->kind == PARLEY_F_ACCEPTS) {
        return;
    }
    const parley_issue *issue = parley_case_issue(a->c, atom->issue);
    a->needed = a->needed || among(issue->needs, a->party);
    for (uint32_t v = 0; issue->kind == PARLEY_ISSUE_CHOICE && v < issue->values; v++) {
        a->needed = a->needed || (among(issue->options[v].needs, a->party) &&
                                  (!a->alone || parley_case_atom_holds(a->c, atom, v)));
    }
}

/* Is a part somebody's to answer: a principal's, or whose consent it takes? Words are everybody's,
 * and so is what a party answered. */
static bool is_asked_of(const parley_case *c, int32_t party, const parley_text_part *part)
{
    bool atom = part->formula != NULL && part->formula->kind >= PARLEY_F_CHOICE &&
                part->formula->kind <= PARLEY_F_SHARE;
    asking a = {c, party, atom, false};
    if (part->formula == NULL ||
        (parley_case_party(c, party)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0) {
        return true;
    }
    parley_formula_atoms(part->formula, look_for_need, &a);
    return a.needed;
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
            if (row[k].stand == (parley_text_stand)stand && row[k].terms.count == 0 &&
                (stand != PARLEY_TEXT_NOT_ASKED || is_asked_of(c, v->parties.at[k], &v->part[i]))) {
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
        parley_table_cell(t, PARLEY_INK_PLAIN, worktext_part(s, c, part));
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

const char *worktext_names(parley_screen *s, const parley_case *c, parley_ids ids)
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
        parley_table_cell(t, PARLEY_INK_PARTY, worktext_names(s, c, step->by));
        parley_table_cell(t, PARLEY_INK_PARTY, worktext_names(s, c, step->gets));
        parley_table_cell(t, PARLEY_INK_PARTY, worktext_names(s, c, step->costs));
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

parley_status parley_page_text(parley_screen *s, const parley_text_page *page, parley_error *err)
{
    const parley_case *c = page->c;
    const parley_worktext *w = page->text;
    char now[80];
    (void)err;
    word_law(s, c, false);
    if (parley_worktext_versions(w) == 0) {
        parley_screen_begin(s, 0, 0);
        parley_screen_add(
            s, PARLEY_INK_PLAIN,
            parley_case_proposals(c) > 0
                ? "No working text: none had been tabled by that day."
                : "No working text: the case has no proposals. Type one under 'proposals:' when "
                  "somebody has tabled a text; its next version names it with 'replaces:'.");
        parley_screen_end(s);
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
            worktext_since(s, c, w, i);
        }
        steps(s, c, v);
    }
    worktext_next(s, c, w);
    if (parley_worktext_later(w) >= 0) {
        parley_screen_linef(s, "LATER VERSION", PARLEY_INK_WARN, "%s: parley text %s %s",
                            title_of(c, parley_worktext_later(w)), page->path,
                            parley_case_proposal(c, parley_worktext_later(w))->record.id);
    }
    parley_ids others = parley_worktext_others(w);
    for (uint32_t k = 0; k < others.count; k++) {
        parley_screen_linef(s, k == 0 ? "OTHER TEXTS" : "", PARLEY_INK_DIM, "%s: parley text %s %s",
                            title_of(c, others.at[k]), page->path,
                            parley_case_proposal(c, others.at[k])->record.id);
    }
    return PARLEY_OK;
}
