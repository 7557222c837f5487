/*
 * The sheet "line or bargaining": one block a demand, with how often it was said, by whom, what
 * tested it, the worry behind it, and what speaks for a line beside what speaks for bargaining.
 */
#include "report/moves_page.h"
#include "report/report_internal.h"

#include <string.h>

/* ------------------------------------------------------------------------- words */

const char *moves_stand_words(parley_screen *s, const parley_case *c, const parley_stand *stand,
                              bool whole)
{
    if (stand->hold == PARLEY_STAND_PUT_OFF) {
        return "puts it off";
    }
    if (stand->formula == NULL) {
        return parley_screen_format(s, "in words, %s: %s", stand->act, stand->text);
    }
    const char *what = word_held(s, c, stand->refuses, stand->formula, !whole);
    if (strcmp(stand->act, "yes, if") == 0) {
        return parley_screen_format(s, "%s as a condition", what);
    }
    return parley_screen_format(s, "%s %s", stand->act, what);
}

static const char *person_words(const parley_case *c, int32_t person)
{
    const parley_person *row = parley_case_person(c, person);
    return row->office != NULL ? row->office : row->name;
}

static const char *offer_words(parley_screen *s, const parley_case *c, const parley_offer_test *t)
{
    if (t->proposal >= 0) {
        const parley_proposal *p = parley_case_proposal(c, t->proposal);
        return parley_screen_format(s, "%s (%s, %s)", p->name,
                                    p->tabled_by.party >= 0 ? word_party(c, p->tabled_by.party)
                                                            : "of no party",
                                    word_date(s, c, t->date));
    }
    const parley_claim *claim = parley_case_claim(c, t->offer);
    return parley_screen_format(
        s, "%s (%s, %s, %s)", word_formula(s, c, claim->about.formula, false),
        word_voices(s, c, &claim->by), word_date(s, c, t->date), claim->record.id);
}

/* The same in few letters, for the two columns. */
static const char *offer_name(parley_screen *s, const parley_case *c, const parley_offer_test *t)
{
    return t->proposal >= 0
               ? parley_case_proposal(c, t->proposal)->name
               : word_formula(s, c, parley_case_claim(c, t->offer)->about.formula, false);
}

static const char *in_brackets(parley_screen *s, const parley_case *c, int32_t claim)
{
    return claim < 0 ? "" : parley_screen_format(s, " (%s)", word_claim(c, claim));
}

static bool is_another(const parley_demand *d, int32_t person)
{
    bool own = d->persons.count == 0 || person < 0;
    for (uint32_t k = 0; k < d->persons.count; k++) {
        own = own || d->persons.at[k] == person;
    }
    return !own;
}

/* -------------------------------------------------------------------------- said */

static const char *times(parley_screen *s, uint32_t n)
{
    return n == 1 ? "once" : n == 2 ? "twice" : parley_screen_format(s, "%u times", n);
}

static const char *ids(parley_screen *s, const parley_case *c, parley_ids claims)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < claims.count; k++) {
        word_push(&list, word_claim(c, claims.at[k]));
    }
    return word_join(s, &list, " ");
}

/* Outlets through which it came, each once: the last source of a chain. */
static const char *origins(parley_screen *s, const parley_case *c, const parley_demand *d)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < d->support.claims.count; k++) {
        const parley_claim *claim = parley_case_claim(c, d->support.claims.at[k]);
        int32_t from =
            claim->chain.count > 0 ? claim->chain.at[claim->chain.count - 1] : claim->source;
        const char *name = from >= 0 ? parley_case_source(c, from)->name : NULL;
        bool known = name == NULL;
        for (size_t i = 0; i < list.count && !known; i++) {
            known = strcmp(list.at[i], name) == 0;
        }
        if (!known) {
            word_push(&list, name);
        }
    }
    return word_join(s, &list, "; ");
}

static void print_said(parley_screen *s, const parley_case *c, const parley_demand *d)
{
    word_list by = {.count = 0};
    for (uint32_t k = 0; k < d->persons.count; k++) {
        word_push(&by, person_words(c, d->persons.at[k]));
    }
    bool one_day = parley_date_compare(d->first, d->last) == 0;
    const char *how = d->support.on_record ? "on record"
                      : d->support.unnamed ? "only by unnamed speakers"
                                           : "only reported";
    parley_screen_label(s, "  SAID");
    parley_screen_addf(s, PARLEY_INK_PLAIN, "%s, %s%s%s%s%s, %s", times(s, d->times),
                       word_date(s, c, d->first), one_day ? "" : " to ",
                       one_day ? "" : word_date(s, c, d->last), by.count == 0 ? "" : ", ",
                       word_join(s, &by, " and "), how);
    const char *from = origins(s, c, d);
    if (from[0] != '\0') {
        parley_screen_addf(s, PARLEY_INK_PLAIN, "; %s%s",
                           d->support.originals == 1 ? "one original: " : "", from);
    }
    parley_screen_addf(s, PARLEY_INK_DIM, " (%s)",
                       d->support.claims.count > 0 ? ids(s, c, d->support.claims) : "answer");
    if (d->support.mentions.count > 0) {
        parley_screen_newline(s);
        const parley_claim *one = parley_case_claim(c, d->support.mentions.at[0]);
        bool single = d->support.mentions.count == 1;
        parley_screen_addf(s, PARLEY_INK_DIM, "and repeated %s, which confirms nothing (%s%s%s)",
                           times(s, d->support.mentions.count), single ? word_class(s, one) : "",
                           single ? ", " : "", ids(s, c, d->support.mentions));
    }
    parley_screen_end(s);
}

/* ------------------------------------------------------------------------ tested */

static void print_test(parley_screen *s, const parley_case *c, const parley_offer_test *t)
{
    static const char *const words[PARLEY_OFFER_COUNT] = {
        [PARLEY_OFFER_NO_ANSWER] = "no answer in these reports",
        [PARLEY_OFFER_REFUSED] = "refused",
        [PARLEY_OFFER_ACCEPTED] = "accepted",
        [PARLEY_OFFER_CONDITIONS] = "answered yes, with conditions",
        [PARLEY_OFFER_COUNTERED] = "answered with a proposal of its own",
        [PARLEY_OFFER_DEFERRED] = "put off",
        [PARLEY_OFFER_SILENT] = "was asked, has not answered"};
    bool answered = t->answer != PARLEY_OFFER_NO_ANSWER && t->when.form != PARLEY_DATE_UNKNOWN;
    bool countered = t->answer == PARLEY_OFFER_REFUSED && t->response >= 0 &&
                     parley_case_response(c, t->response)->answer == PARLEY_ANSWER_COUNTER;
    parley_screen_addf(s, PARLEY_INK_PLAIN, "%s crosses it: %s%s%s%s%s", offer_words(s, c, t),
                       words[t->answer], answered ? " " : "",
                       answered ? word_date(s, c, t->when) : "", in_brackets(s, c, t->claim),
                       countered ? ", and answered with a proposal of its own" : "");
}

static void print_tests(parley_screen *s, const parley_case *c, const parley_demand *d)
{
    bool tested = d->typed_tested;
    for (uint32_t k = 0; k < d->test_count; k++) {
        tested = tested || d->tests[k].answer == PARLEY_OFFER_REFUSED ||
                 d->tests[k].answer == PARLEY_OFFER_ACCEPTED;
    }
    parley_screen_label(s, "  TESTED");
    if (d->typed_tested) {
        parley_screen_add(s, PARLEY_INK_PLAIN,
                          d->test_count > 0 ? "typed as tested; "
                                            : "typed as tested; no such offer in these reports");
    } else if (!tested) {
        parley_screen_add(s, PARLEY_INK_WARN,
                          d->test_count > 0 ? "not yet: " : "never by an offer");
    }
    for (uint32_t k = 0; k < d->test_count; k++) {
        if (k > 0) {
            parley_screen_newline(s);
        }
        print_test(s, c, &d->tests[k]);
    }
    parley_screen_end(s);
}

/* ------------------------------------------------------------- voices and worries */

void moves_print_voices(parley_screen *s, const parley_case *c, const parley_demand *d,
                        const char *label)
{
    bool first = true;
    for (uint32_t k = 0; k < d->evidence_count; k++) {
        const parley_fact *e = &d->evidence[k];
        bool voice = e->kind == PARLEY_FACT_OTHER_VOICE || e->kind == PARLEY_FACT_LEFT_OUT;
        if (!voice || !is_another(d, e->person)) {
            continue;
        }
        if (first) {
            word_list own = {.count = 0};
            for (uint32_t i = 0; i < d->persons.count; i++) {
                word_push(&own, person_words(c, d->persons.at[i]));
            }
            parley_screen_label(s, label);
            parley_screen_addf(s, PARLEY_INK_PLAIN, "%s, %s: %s.", word_join(s, &own, " and "),
                               word_date(s, c, d->last),
                               word_held(s, c, d->stand->refuses, d->stand->formula, false));
        }
        first = false;
        const parley_claim *claim = parley_case_claim(c, e->claim);
        parley_screen_addf(
            s, PARLEY_INK_PLAIN, " %s, %s: %s%s.", person_words(c, e->person),
            word_date(s, c, e->date),
            e->kind == PARLEY_FACT_LEFT_OUT ? "a list said to be complete, without it"
            : claim->about.formula != NULL
                ? parley_screen_format(s, "%s %s", parley_words_word(PARLEY_WORDS_ACT, claim->act),
                                       word_formula(s, c, claim->about.formula, false))
                : claim->record.id,
            in_brackets(s, c, e->claim));
    }
    if (!first) {
        parley_screen_end(s);
    }
}

static const char *formulas(parley_screen *s, const parley_case *c, const parley_formula *const *f,
                            uint32_t count)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < count; k++) {
        word_push(&list, word_formula(s, c, f[k], false));
    }
    return word_join(s, &list, "; ");
}

static void print_reasons(parley_screen *s, const parley_case *c, const parley_demand *d)
{
    for (uint32_t k = 0; k < d->reason_count; k++) {
        const parley_demand_reason *r = &d->reasons[k];
        const parley_concern *concern = parley_case_concern(c, r->concern);
        parley_screen_label(s, k == 0 ? "  BEHIND IT" : "");
        parley_screen_addf(s, concern->ours ? PARLEY_INK_OURS : PARLEY_INK_PLAIN, "%s%s%s",
                           concern->ours ? "our reading: " : "", concern->text,
                           in_brackets(s, c, concern->claim));
        if (r->others > 0) {
            parley_screen_addf(s, PARLEY_INK_PLAIN, "; also met by %s",
                               formulas(s, c, r->other, r->others));
        }
        if (r->in_parts > 0) {
            parley_screen_addf(s, PARLEY_INK_PLAIN, "; in part by %s",
                               formulas(s, c, r->in_part, r->in_parts));
        }
        parley_screen_end(s);
    }
}

/* --------------------------------------------------------------- the two columns */

static const char *evidence_words(parley_screen *s, const moves_view *view, const parley_demand *d,
                                  const parley_fact *e)
{
    const parley_case *c = view->page->c;
    const char *id = in_brackets(s, c, e->claim);
    const parley_offer_test *t = e->test >= 0 ? &d->tests[e->test] : NULL;
    const char *offer = t != NULL ? offer_name(s, c, t) : "an offer";
    bool conditions = t != NULL && t->answer == PARLEY_OFFER_CONDITIONS;
    const parley_move *move = e->move >= 0 ? parley_moves_at(view->moves, (uint32_t)e->move) : NULL;
    switch (e->kind) {
    case PARLEY_FACT_RED_LINE:
        return parley_screen_format(s, "called a red line%s", id);
    case PARLEY_FACT_CONDITION:
        return parley_screen_format(s, "no agreement without it, it says%s", id);
    case PARLEY_FACT_REFUSED:
        return parley_screen_format(s, "refused %s%s", offer, id);
    case PARLEY_FACT_SAID_AFTER:
        return parley_screen_format(s, "said after %s%s", offer, id);
    case PARLEY_FACT_VOICES:
        return parley_screen_format(s, "said by %u persons alike", e->count);
    case PARLEY_FACT_ORIGINALS:
        return parley_screen_format(s, "%u independent originals", e->count);
    case PARLEY_FACT_HARDENED:
        return parley_screen_format(s, "hardened %s%s", word_date(s, c, e->date), id);
    case PARLEY_FACT_ASKED:
        return parley_screen_format(s, "asked for, not insisted on%s", id);
    case PARLEY_FACT_MOVED:
        if (move == NULL) {
            return "moved";
        }
        return parley_screen_format(
            s, "%s %s: %s%s%s%s",
            move->kind == PARLEY_MOVE_NOT_COMPARED ? "other words" : parley_move_word(move->kind),
            word_date(s, c, e->date), moves_stand_words(s, c, move->to, move->issues.count != 1),
            id, move->to_confirm ? ", to confirm" : "", move->said ? "" : "; not said to replace");
    case PARLEY_FACT_ACCEPTED:
        return parley_screen_format(s, "accepted %s, which crosses it%s", offer, id);
    case PARLEY_FACT_TALKED:
        return parley_screen_format(s, "answered %s with %s", offer,
                                    conditions ? "a yes, if" : "a proposal of its own");
    case PARLEY_FACT_OTHER_VOICE:
        return parley_screen_format(s, "another voice: %s, %s%s", person_words(c, e->person),
                                    word_date(s, c, e->date), id);
    case PARLEY_FACT_LEFT_OUT:
        return parley_screen_format(s, "left out of %s list said to be complete, %s%s",
                                    is_another(d, e->person) ? "another voice's" : "its own",
                                    word_date(s, c, e->date), id);
    case PARLEY_FACT_OTHER_WAY:
        return parley_screen_format(s, "another way would meet the worry (%s)",
                                    parley_case_concern(c, e->concern)->record.id);
    default:
        return "";
    }
}

static void print_evidence(parley_screen *s, const moves_view *view, const parley_demand *d)
{
    const parley_column columns[2] = {
        {.heading = "FOR A LINE", .at_least = 37, .at_most = 37, .flexible = true},
        {.heading = "FOR BARGAINING", .flexible = true, .fill = true}};
    uint32_t lines = 0;
    for (uint32_t k = 0; k < d->evidence_count; k++) {
        lines += d->evidence[k].line; /* these come first */
    }
    uint32_t others = d->evidence_count - lines;
    if (d->evidence_count == 0) {
        parley_screen_line(s, "  EVIDENCE", PARLEY_INK_DIM, "nothing recorded for either");
        return;
    }
    uint32_t rows = lines > others ? lines : others;
    parley_table *t = parley_table_new(s, columns, 2, 2, 2);
    for (uint32_t k = 0; k < rows; k++) {
        parley_table_cell(t, lines == 0 && k == 0 ? PARLEY_INK_DIM : PARLEY_INK_PLAIN,
                          k < lines ? evidence_words(s, view, d, &d->evidence[k])
                          : k == 0  ? "nothing recorded"
                                    : "");
        parley_table_cell(t, others == 0 && k == 0 ? PARLEY_INK_DIM : PARLEY_INK_PLAIN,
                          k < others ? evidence_words(s, view, d, &d->evidence[lines + k])
                          : k == 0   ? "nothing recorded"
                                     : "");
    }
    parley_table_print(t);
}

/* ----------------------------------------------------------------------- a block */

static const char *demand_words(parley_screen *s, const parley_case *c, const parley_demand *d)
{
    const parley_stand *stand = d->stand;
    const char *verb = stand->refuses                           ? "refuses"
                       : stand->firmness <= PARLEY_FIRMNESS_ASK ? "asks for"
                                                                : "requires";
    return parley_screen_format(s, "%s %s %s", word_party(c, d->party), verb,
                                word_held(s, c, stand->refuses, stand->formula, false));
}

static void print_demand(parley_screen *s, const moves_view *view, const parley_demand *d)
{
    const parley_case *c = view->page->c;
    static const char *const firmness[] = {
        "", "aspiration", "ask", "position", "condition", "red line, stated", "red line, tested"};
    parley_screen_blank(s);
    parley_screen_ends(s, PARLEY_INK_PARTY, demand_words(s, c, d), PARLEY_INK_DIM,
                       parley_screen_format(s, "%s%s", firmness[d->stand->firmness],
                                            d->in_force ? "" : " · taken back"));
    print_said(s, c, d);
    print_tests(s, c, d);
    moves_print_voices(s, c, d, "  TWO VOICES");
    print_reasons(s, c, d);
    print_evidence(s, view, d);
}

static void print_worded(parley_screen *s, const moves_view *view)
{
    const parley_case *c = view->page->c;
    const parley_moves_page *page = view->page;
    const parley_column columns[3] = {{0}, {.flexible = true, .fill = true}, {0}};
    parley_table *t = parley_table_new(s, columns, 3, 2, 2);
    for (uint32_t i = 0; i < parley_moves_in_words(view->moves); i++) {
        const parley_stand *stand = parley_moves_in_words_at(view->moves, i);
        bool about = stand->issues.count > 0;
        if ((page->party >= 0 && page->party != stand->party) ||
            (page->issue >= 0 && !(about && stand->issues.at[0] == page->issue))) {
            continue;
        }
        parley_table_cell(t, PARLEY_INK_PARTY, word_party(c, stand->party));
        parley_table_cellf(t, PARLEY_INK_PLAIN, "%s%s%s: %s", stand->act, about ? " " : "",
                           about ? word_issue(c, stand->issues.at[0]) : "", stand->text);
        parley_table_cell(t, PARLEY_INK_DIM, word_claim(c, stand->claim));
    }
    if (parley_table_rows(t) > 0) {
        parley_screen_blank(s);
        parley_screen_line(s, "IN WORDS", PARLEY_INK_DIM,
                           "demands that fit no formula; shown, never compared");
        parley_table_print(t);
    }
}

void moves_sheet(parley_screen *s, const moves_view *view)
{
    uint32_t shown = 0;
    parley_screen_blank(s);
    parley_screen_begin(s, 0, 0);
    parley_screen_add(s, PARLEY_INK_HEADING, "LINE OR BARGAINING?");
    for (uint32_t i = 0; i < parley_moves_demands(view->moves); i++) {
        const parley_demand *d = parley_moves_demand(view->moves, i);
        if (!moves_view_shows_demand(view, d)) {
            continue;
        }
        if (shown++ == 0) {
            parley_screen_add(s, PARLEY_INK_DIM,
                              " what speaks for either, side by side; nothing is weighed");
            parley_screen_end(s);
        }
        print_demand(s, view, d);
    }
    if (shown == 0) {
        parley_screen_add(s, PARLEY_INK_DIM, " no demand that fits a formula is recorded");
        parley_screen_end(s);
    }
    print_worded(s, view);
}
