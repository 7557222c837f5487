/*
 * The page of `parley bridges`: the smallest sets of changes after which packages are left, in
 * order, with who moves and what each leaves; or one of them in full. No cost is ever printed.
 */
#include "report/bridges_page.h"
#include "report/report_internal.h"
#include "report/wording.h"

#include <string.h>

/* Softer forms under a bridge of the list, and values named one by one. */
#define FORMS_SHOWN 2
#define VALUES_NAMED 4

typedef struct painter {
    parley_screen *s;
    const parley_case *c;
    const parley_terms *terms;
    const parley_bridges_page *page;
    const bridge_list *list;
} painter;

/* A line from the left edge. */
static void say(const painter *p, parley_ink ink, const char *text)
{
    parley_screen_begin(p->s, 0, 0);
    parley_screen_add(p->s, ink, text);
    parley_screen_end(p->s);
}

static const parley_term *term_of(const painter *p, const parley_change *change)
{
    return parley_terms_at(p->terms, (uint32_t)change->term);
}

/* ------------------------------------------------------------------- changes */

typedef struct issues_state {
    const parley_case *c;
    word_list *names;
} issues_state;

static bool holds_word(const word_list *list, const char *word)
{
    bool found = false;
    for (size_t k = 0; k < list->count; k++) {
        found = found || strcmp(list->at[k], word) == 0;
    }
    return found;
}

static void issue_atom(void *user, const parley_formula *atom)
{
    issues_state *s = user;
    if (atom->kind != PARLEY_F_ACCEPTS && !holds_word(s->names, word_issue(s->c, atom->issue))) {
        word_push(s->names, word_issue(s->c, atom->issue));
    }
}

/* What a change is about, in few words: "arms", "arms with duration". */
static const char *subject(const painter *p, const parley_change *change)
{
    word_list names = {.count = 0};
    issues_state s = {p->c, &names};
    if (change->term < 0) {
        return word_issue(p->c, change->issue);
    }
    parley_formula_atoms(term_of(p, change)->formula, issue_atom, &s);
    return names.count == 0 ? term_of(p, change)->text : word_join(p->s, &names, " with ");
}

static const char *number_words(const painter *p, int32_t issue, parley_decimal d)
{
    char text[140];
    parley_case_number_words(parley_case_issue(p->c, issue), d, text, sizeof(text));
    return parley_screen_format(p->s, "%s", text);
}

/* Number or option v; v of a quantity may lie outside its range. */
static const char *value_words(const painter *p, int32_t issue, int64_t v, bool label)
{
    const parley_issue *row = parley_case_issue(p->c, issue);
    return row->kind == PARLEY_ISSUE_QUANTITY ? number_words(p, issue, parley_case_quantity(row, v))
                                              : word_value(p->s, p->c, issue, v, label);
}

/* Does the term, which speaks of one issue by one comparison, allow value v? */
static bool allows(const painter *p, const parley_term *term, const parley_formula *atom, int64_t v)
{
    return parley_case_atom_holds(p->c, atom, v) != (term->mode == PARLEY_MODE_REFUSES);
}

/* "certain types stop": what a softened term allows and did not; or how far it moved. */
static const char *softened_to(const painter *p, const parley_change *change)
{
    const parley_term *term = term_of(p, change);
    const parley_formula *f = term->formula;
    const parley_issue *issue = parley_case_issue(p->c, change->issue);
    uint32_t steps = (uint32_t)(change->steps < 0 ? -change->steps : change->steps);
    const char *way = change->steps > 0 ? "up" : "down";
    word_list fresh = {.count = 0};
    if ((f->kind == PARLEY_F_CHOICE || f->kind == PARLEY_F_QUANTITY) && steps <= 64) {
        for (uint32_t v = 0; v < issue->values && fresh.count <= VALUES_NAMED; v++) {
            bool new_one = false;
            for (int64_t k = 1; k <= steps && !allows(p, term, f, v); k++) {
                int64_t back = change->steps > 0 ? (int64_t)v - k : (int64_t)v + k;
                new_one =
                    new_one || (back >= 0 && back < issue->values && allows(p, term, f, back));
            }
            if (new_one) {
                word_push(&fresh, value_words(p, change->issue, v, true));
            }
        }
    }
    if (fresh.count > 0 && fresh.count <= VALUES_NAMED) {
        return parley_screen_format(p->s, "\"%s\"", word_join(p->s, &fresh, "\", \""));
    }
    return parley_screen_format(p->s, "%u step%s %s along %s", steps, steps == 1 ? "" : "s", way,
                                issue->name);
}

static const char *reached(const painter *p, const parley_change *change)
{
    const parley_issue *issue = parley_case_issue(p->c, change->issue);
    bool more = parley_decimal_compare(change->reach, issue->to) > 0;
    return parley_screen_format(p->s, "%s %s to %s", issue->name, more ? "up" : "down",
                                number_words(p, change->issue, change->reach));
}

/* Who eases what, when more than one party does: "membership (NATO, United States)". */
static const char *with_parties(const painter *p, const parley_bridge *b, const char *name)
{
    word_list parties = {.count = 0};
    for (uint32_t k = 0; k < b->changes; k++) {
        const parley_change *change = &b->change[k];
        if (bridges_moves(change) && strcmp(subject(p, change), name) == 0 &&
            !holds_word(&parties, word_party(p->c, change->party))) {
            word_push(&parties, word_party(p->c, change->party));
        }
    }
    return b->movers.count < 2
               ? name
               : parley_screen_format(p->s, "%s (%s)", name, word_join(p->s, &parties, ", "));
}

/* All changes of a bridge in a few words. */
static const char *in_short(const painter *p, const parley_bridge *b)
{
    word_list eased = {.count = 0};
    word_list names = {.count = 0};
    word_list reopened = {.count = 0};
    word_list ranges = {.count = 0};
    word_list wrong = {.count = 0};
    word_list parts = {.count = 0};
    for (uint32_t k = 0; k < b->changes; k++) {
        const parley_change *change = &b->change[k];
        switch (change->kind) {
        case PARLEY_CHANGE_GIVE_WAY:
        case PARLEY_CHANGE_CONSENT: {
            const char *name = subject(p, change);
            if (!holds_word(&names, name)) {
                word_push(&names, name);
                word_push(&eased, with_parties(p, b, name));
            }
            break;
        }
        case PARLEY_CHANGE_REOPEN:
            word_push(&reopened, parley_screen_format(p->s, "%s (%s)", subject(p, change),
                                                      word_party(p->c, change->party)));
            break;
        case PARLEY_CHANGE_EXTEND:
            word_push(&ranges, reached(p, change));
            break;
        case PARLEY_CHANGE_READING:
            word_push(&wrong, term_of(p, change)->name);
            break;
        }
    }
    bool alone = reopened.count + ranges.count + wrong.count == 0;
    if (eased.count > 0) {
        word_push(&parts, parley_screen_format(p->s, "%s%s eased", word_join(p->s, &eased, ", "),
                                               alone && eased.count > 1 ? ": all" : ""));
    }
    if (reopened.count > 0) {
        word_push(&parts,
                  parley_screen_format(p->s, "%s reopened", word_join(p->s, &reopened, ", ")));
    }
    if (ranges.count > 0) {
        word_push(&parts, word_join(p->s, &ranges, ", "));
    }
    if (wrong.count > 0) {
        bool only = wrong.count == b->changes && wrong.count > 1;
        word_push(&parts, parley_screen_format(p->s, "%s%s wrong", word_join(p->s, &wrong, " "),
                                               only ? " all" : ""));
    }
    return word_join(p->s, &parts, "; ");
}

/* "arms eased to ... only": what is softer than in the bridge itself. */
static const char *form_in_short(const painter *p, const parley_bridge *b,
                                 const parley_bridge_softer *form)
{
    word_list parts = {.count = 0};
    for (uint32_t k = 0; k < b->changes; k++) {
        const parley_change *change = &form->change[k];
        if (change->steps == 0) {
            continue;
        }
        word_push(&parts, change->kind == PARLEY_CHANGE_EXTEND
                              ? reached(p, change)
                              : parley_screen_format(p->s, "%s eased to %s",
                                                     with_parties(p, b, subject(p, change)),
                                                     softened_to(p, change)));
    }
    return parley_screen_format(p->s, "%s only", word_join(p->s, &parts, ", "));
}

static const char *parties_words(const painter *p, parley_ids ids, const char *none)
{
    word_list names = {.count = 0};
    for (uint32_t k = 0; k < ids.count; k++) {
        word_push(&names, word_party(p->c, ids.at[k]));
    }
    return ids.count == 0 ? none : word_join(p->s, &names, ", ");
}

/* ------------------------------------------------------------------- consents */

static bool same_ids(parley_ids a, parley_ids b)
{
    return a.count == b.count && (a.count == 0 || memcmp(a.at, b.at, a.count * sizeof(*a.at)) == 0);
}

/* "United States (never asked)" */
static const char *consents_words(const painter *p, parley_ids ids)
{
    word_list names = {.count = 0};
    for (uint32_t k = 0; k < ids.count; k++) {
        word_push(&names, word_was_asked(p->c, ids.at[k])
                              ? word_party(p->c, ids.at[k])
                              : parley_screen_format(p->s, "%s (never asked)",
                                                     word_party(p->c, ids.at[k])));
    }
    return word_join(p->s, &names, ", ");
}

/* ----------------------------------------------------------------------- list */

static void print_rows(painter *p)
{
    const bridge_list *list = p->list;
    bool alike = true;
    for (uint32_t i = 1; i < list->count; i++) {
        alike = alike && same_ids(list->at[i].consents, list->at[0].consents);
    }
    const parley_column columns[5] = {
        {.align = PARLEY_ALIGN_RIGHT},
        {.heading = "CHANGES", .flexible = true, .fill = true},
        {.heading = "WHO MOVES", .at_most = 18, .flexible = true},
        {.heading = "LEAVES", .align = PARLEY_ALIGN_RIGHT, .at_most = 26},
        {.at_most = 1}};
    parley_table *t = parley_table_new(p->s, columns, 5, 0, 1);
    for (uint32_t i = 0; i < list->count; i++) {
        const parley_bridge *b = &list->at[i];
        const char *movers = parties_words(p, b->movers, "nobody");
        parley_table_cellf(t, PARLEY_INK_DIM, "%u", list->first + i);
        parley_table_cell(t, b->readings == b->changes ? PARLEY_INK_OURS : PARLEY_INK_PLAIN,
                          in_short(p, b));
        parley_table_cell(t, PARLEY_INK_PARTY, movers);
        parley_table_cell(t, PARLEY_INK_PLAIN, parley_screen_count(p->s, &b->left));
        parley_table_cell(t, PARLEY_INK_WARN, b->one_sided ? "!" : "");
        for (uint32_t k = 0; k < b->softer_count && k < FORMS_SHOWN; k++) {
            parley_table_cell(t, PARLEY_INK_PLAIN, "");
            parley_table_cell(t, PARLEY_INK_PLAIN, form_in_short(p, b, &b->softer[k]));
            parley_table_cell(t, PARLEY_INK_PARTY, movers);
            parley_table_cell(t, PARLEY_INK_PLAIN, parley_screen_count(p->s, &b->softer[k].left));
            parley_table_cell(t, PARLEY_INK_WARN, b->one_sided ? "!" : "");
        }
        if (b->softer_count > FORMS_SHOWN) {
            parley_table_cell(t, PARLEY_INK_PLAIN, "");
            parley_table_cellf(t, PARLEY_INK_DIM, "more softer forms: --bridge %u",
                               list->first + i);
            parley_table_end_row(t);
        }
        if (!alike && b->consents.count > 0) {
            parley_table_cell(t, PARLEY_INK_PLAIN, "");
            parley_table_cellf(t, PARLEY_INK_WARN, "also takes consent: %s",
                               consents_words(p, b->consents));
            parley_table_end_row(t);
        }
    }
    parley_table_print(t);
    if (alike && list->count > 0 && list->at[0].consents.count > 0) {
        say(p, PARLEY_INK_WARN,
            parley_screen_format(p->s, "%s also takes consent: %s",
                                 list->count > 1 ? "Each of these" : "It",
                                 consents_words(p, list->at[0].consents)));
    }
}

static void print_rest(painter *p)
{
    const bridge_list *list = p->list;
    uint32_t more = list->known - list->count;
    bool whole = p->page->bridge > 0; /* one in full: how many there are stands above */
    bool one_sided = false;
    bool readings = false;
    word_list again = {.count = 0}; /* whose yes is opened */
    for (uint32_t i = 0; i < list->count; i++) {
        const parley_bridge *b = &list->at[i];
        one_sided = one_sided || b->one_sided;
        readings = readings || b->readings > 0;
        for (uint32_t k = 0; k < b->changes; k++) {
            const char *name = b->change[k].kind == PARLEY_CHANGE_REOPEN
                                   ? word_party(p->c, b->change[k].party)
                                   : NULL;
            for (size_t n = 0; n < again.count && name != NULL; n++) {
                name = again.at[n] == name ? NULL : name;
            }
            if (name != NULL) {
                word_push(&again, name);
            }
        }
    }
    if (!whole && (more > 0 || !list->complete)) {
        say(p, PARLEY_INK_DIM,
            parley_screen_format(p->s,
                                 list->complete ? "   ... %u more%s"
                                 : more > 0     ? "   ... at least %u more%s"
                                                : "   ... and there may be more than the limits "
                                                  "allow to look for",
                                 more, p->page->all ? " than the limits allow" : " with --all"));
    } else if (!whole && list->count > 1) {
        say(p, PARLEY_INK_DIM, "That is all of them.");
    }
    if (one_sided) {
        say(p, PARLEY_INK_WARN, "! one side moves alone: as it stands nobody could table it");
    }
    if (again.count > 0) {
        say(p, PARLEY_INK_PLAIN,
            parley_screen_format(p->s,
                                 "\"reopened\": nobody moves, and what was accepted is no longer "
                                 "held. To ask again first: %s, whose yes it was.",
                                 word_join(p->s, &again, ", ")));
    }
    if (readings) {
        say(p, PARLEY_INK_PLAIN,
            "\"wrong\" is no move: a party tells us that our reading was mistaken. "
            "Ask first.");
    }
}

/* ------------------------------------------------------------------ one in full */

static const char *how_firm(painter *p, const parley_term *term)
{
    if (term->basis == PARLEY_BASIS_READING) {
        const parley_reading *r = parley_case_reading(p->c, term->readings.at[0]);
        return r->from.count == 0 ? "our reading, no claim" : "our reading";
    }
    const char *how = term->basis == PARLEY_BASIS_REPORTED ? "reported only"
                      : term->mode == PARLEY_MODE_ACCEPTS
                          ? "accepted"
                          : parley_words_word(PARLEY_WORDS_FIRMNESS, term->firmness);
    return term->date.form == PARLEY_DATE_UNKNOWN
               ? how
               : parley_screen_format(p->s, "%s, %s", how, word_date(p->s, p->c, term->date));
}

static const char *rests_on(painter *p, const parley_term *term)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < term->support.count; k++) {
        word_push(&list, word_claim(p->c, term->support.at[k]));
    }
    for (uint32_t k = 0; k < term->readings.count; k++) {
        word_push(&list, parley_case_reading(p->c, term->readings.at[k])->record.id);
    }
    return word_join(p->s, &list, " ");
}

static void print_changes(painter *p, const parley_bridge *b)
{
    static const char *const what[] = {"eases", "eases", "reopens", "wrong", "extended"};
    const parley_column columns[4] = {{.at_most = 9},
                                      {.flexible = true, .fill = true},
                                      {.at_most = 24, .flexible = true},
                                      {.align = PARLEY_ALIGN_RIGHT, .at_most = 12}};
    parley_table *t = parley_table_new(p->s, columns, 4, 0, 2);
    for (uint32_t k = 0; k < b->changes; k++) {
        const parley_change *change = &b->change[k];
        parley_table_cell(t, PARLEY_INK_HEADING, what[change->kind]);
        if (change->term < 0) {
            parley_table_cellf(t, PARLEY_INK_PLAIN,
                               "%s, which could reach further (the nearest number that helps)",
                               reached(p, change));
            parley_table_end_row(t);
            continue;
        }
        const parley_term *term = term_of(p, change);
        parley_table_cellf(t, PARLEY_INK_PARTY, "%s: ", word_party(p->c, term->party));
        parley_table_addf(
            t, change->kind == PARLEY_CHANGE_READING ? PARLEY_INK_OURS : PARLEY_INK_PLAIN, "%s %s",
            parley_words_word(PARLEY_WORDS_MODE, term->mode),
            word_held(p->s, p->c, term->mode == PARLEY_MODE_REFUSES, term->formula, false));
        parley_table_cell(t, PARLEY_INK_DIM, how_firm(p, term));
        parley_table_cell(t, PARLEY_INK_DIM, rests_on(p, term));
    }
    parley_table_print(t);
}

static const char *issue_value(painter *p, int32_t issue, int64_t v)
{
    return parley_screen_format(p->s, "%s %s", word_issue(p->c, issue),
                                value_words(p, issue, v, false));
}

static void print_left(painter *p, const parley_bridge *b)
{
    parley_screen_label(p->s, "SETTLED");
    for (uint32_t i = 0; i < b->open_count; i++) {
        if (b->open[i].count == 1) {
            parley_screen_item(p->s, PARLEY_INK_PLAIN,
                               issue_value(p, b->open[i].issue, b->open[i].value[0]));
        }
    }
    parley_screen_end(p->s);
    parley_screen_label(p->s, "OPEN");
    for (uint32_t i = 0; i < b->open_count; i++) {
        const parley_bridge_open *open = &b->open[i];
        if (open->count < 2) {
            continue;
        }
        word_list values = {.count = 0};
        for (uint32_t k = 0; k < open->count && k < VALUES_NAMED; k++) {
            word_push(&values, value_words(p, open->issue, open->value[k], false));
        }
        if (open->count > VALUES_NAMED) {
            word_push(&values, parley_screen_format(p->s, "%u more", open->count - VALUES_NAMED));
        }
        parley_screen_itemf(p->s, PARLEY_INK_PLAIN, "%s (%s)", word_issue(p->c, open->issue),
                            word_join(p->s, &values, ", "));
    }
    parley_screen_end(p->s);
    for (uint32_t i = 0; i < b->packages; i++) {
        parley_screen_label(p->s, i == 0 ? "FIRST OF THEM" : "");
        parley_screen_addf(p->s, PARLEY_INK_DIM, "%u ", i + 1);
        word_list parts = {.count = 0};
        for (uint32_t k = 0; k < b->open_count; k++) {
            int32_t issue = b->open[k].issue;
            if (b->open[k].count > 1) {
                word_push(&parts, issue_value(p, issue, b->package[i].value[issue]));
            }
        }
        parley_screen_add(p->s, PARLEY_INK_PLAIN,
                          parts.count == 0 ? "all is settled" : word_join(p->s, &parts, ", "));
        parley_screen_end(p->s);
    }
}

static void print_one(painter *p)
{
    const parley_bridge *b = &p->list->at[0];
    parley_screen_begin(p->s, 0, 0);
    parley_screen_addf(p->s, PARLEY_INK_TITLE, "Bridge %u of %s%u: %s", p->list->first,
                       p->list->complete ? "" : "at least ", p->list->known, in_short(p, b));
    parley_screen_end(p->s);
    print_changes(p, b);
    parley_screen_linef(p->s, "WHO MOVES", PARLEY_INK_PARTY, "%s%s",
                        parties_words(p, b->movers, "nobody"), b->one_sided ? ", alone" : "");
    if (b->consents.count > 0) {
        parley_screen_linef(p->s, "TAKES CONSENT", PARLEY_INK_WARN, "%s",
                            consents_words(p, b->consents));
    }
    parley_screen_linef(p->s, "LEAVES", PARLEY_INK_PLAIN, "%s",
                        parley_screen_count(p->s, &b->left));
    for (uint32_t k = 0; k < b->softer_count; k++) {
        parley_screen_label(p->s, k == 0 ? "SOFTER" : "");
        parley_screen_addf(p->s, PARLEY_INK_PLAIN, "%s: %s left",
                           form_in_short(p, b, &b->softer[k]),
                           parley_screen_count(p->s, &b->softer[k].left));
        parley_screen_end(p->s);
    }
    if (!b->softer_complete) {
        parley_screen_line(p->s, "", PARLEY_INK_DIM, "There are more softer forms than these.");
    }
    print_left(p, b);
    print_rest(p);
}

/* ----------------------------------------------------------------------- page */

static bool is_one(const parley_count *count)
{
    return count->used == 1 && count->limb[0] == 1;
}

static void nothing_to_bridge(painter *p)
{
    const parley_deal *deal = p->page->deal;
    parley_screen_begin(p->s, 0, 0);
    if (!p->list->counted) {
        parley_screen_add(p->s, PARLEY_INK_GOOD,
                          "No bridge is needed: nothing can be counted yet.");
    } else if (p->list->none_needed) {
        parley_screen_addf(
            p->s, PARLEY_INK_GOOD, "No bridge is needed: %s package%s left at '%s'%s.",
            parley_screen_count(p->s, &p->list->at[0].left),
            is_one(&p->list->at[0].left) ? " is" : "s are", parley_rung_heading(p->list->rung),
            p->page->rung < 0 ? ", where everything binds" : "");
        if (parley_deal_flags(deal)) {
            parley_screen_add(p->s, PARLEY_INK_PLAIN,
                              " What the law keeps out is not among them (parley deals).");
        }
    } else if (p->page->party >= 0 || p->page->no_readings) {
        word_list what = {.count = 0};
        if (p->page->party >= 0) {
            word_push(&what, parley_screen_format(p->s, "with only %s moving",
                                                  word_party(p->c, p->page->party)));
        }
        if (p->page->no_readings) {
            word_push(&what, "with all our readings right");
        }
        parley_screen_addf(p->s, PARLEY_INK_BAD, "There is no bridge %s.",
                           word_join(p->s, &what, " and "));
    } else if (!p->list->complete) {
        parley_screen_add(p->s, PARLEY_INK_BAD,
                          "None was found before the limits were reached; that proves nothing.");
    } else {
        bool law = parley_deal_flags(deal) &&
                   !parley_count_is_zero(&parley_deal_rung(deal, PARLEY_RUNG_RULES)->left);
        parley_screen_add(p->s, PARLEY_INK_BAD,
                          law ? "There is no bridge: the rules and what the law keeps out leave no "
                                "package at all, whoever moves."
                              : "There is no bridge: the rules of the case leave no package at "
                                "all, whoever moves.");
    }
    parley_screen_end(p->s);
}

parley_status parley_page_bridges(parley_screen *s, parley_ctx *ctx,
                                  const parley_bridges_page *page, bool *found, parley_error *err)
{
    bridge_list list;
    painter p = {s, page->c, parley_deal_terms(page->deal), page, &list};
    parley_arena *arena = parley_arena_new(ctx);
    *found = false;
    if (arena == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    parley_status status = bridges_gather(&list, arena, ctx, page, err);
    if (status != PARLEY_OK) {
        parley_arena_free(arena);
        return status;
    }
    *found = list.counted && !list.none_needed;
    word_law(s, page->c, true);
    if (list.none_needed || list.count == 0) {
        nothing_to_bridge(&p);
    } else if (page->bridge > 0) {
        print_one(&p);
    } else {
        parley_screen_begin(s, 0, 0);
        parley_screen_addf(s, PARLEY_INK_TITLE,
                           list.complete && list.known == 1
                               ? "What would make agreement possible again: one smallest set."
                               : "What would make agreement possible again: %s%s smallest sets.",
                           list.complete ? "" : "at least ", parley_screen_number(s, list.known));
        parley_screen_end(s);
        say(&p, PARLEY_INK_DIM, parley_screen_format(s, "At: %s", parley_rung_heading(list.rung)));
        if (list.known > 1) {
            say(&p, PARLEY_INK_DIM,
                "Order (ours): fewest changes, then fewest readings, then softest terms.");
        }
        print_rows(&p);
        print_rest(&p);
    }
    parley_arena_free(arena);
    return PARLEY_OK;
}
