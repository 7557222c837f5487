/*
 * The page of `parley ask`: what to sound out next. Each question with its answers, each answer
 * with what it would change, said from what the engine found and from nothing else.
 */
#include "report/ask.h"
#include "report/counter_words.h"
#include "report/report_internal.h"
#include "report/wording.h"

#include <string.h>

#define SHOWN 5

/* --------------------------------------------------------------- questions */

static const char *list_of_values(parley_screen *s, const parley_case *c, const parley_sounding *q)
{
    word_list list = {.count = 0};
    for (uint32_t i = 0; i < q->answers; i++) {
        if (q->answer[i].reply == PARLEY_REPLY_OUT) {
            word_push(&list, word_value_short(s, c, q->issue, q->answer[i].value));
        }
    }
    return word_join(s, &list, ", ");
}

/* What would be confirmed: the formulas of terms, or what the claims say. */
static const char *to_confirm(parley_screen *s, const parley_case *c, const parley_terms *terms,
                              const parley_sounding *q)
{
    word_list list = {.count = 0};
    for (uint32_t i = 0; i < q->terms.count; i++) {
        const parley_term *term = parley_terms_at(terms, (uint32_t)q->terms.at[i]);
        bool refuses = term->mode == PARLEY_MODE_REFUSES;
        word_push(&list, parley_screen_format(s, "%s%s", refuses ? "no to " : "",
                                              word_held(s, c, refuses, term->formula, false)));
    }
    for (uint32_t i = 0; i < q->claims.count && q->terms.count == 0; i++) {
        const parley_claim *claim = parley_case_claim(c, q->claims.at[i]);
        const char *what = claim->about.formula != NULL
                               ? word_formula(s, c, claim->about.formula, false)
                           : claim->says != NULL       ? claim->says
                           : claim->about.text != NULL ? claim->about.text
                                                       : claim->record.id;
        word_push(&list, claim->act == PARLEY_ACT_OPEN_TO
                             ? parley_screen_format(s, "open to %s", what)
                             : what);
    }
    return word_join(s, &list, ", ");
}

const char *ask_question(parley_screen *s, const parley_case *c, const parley_terms *terms,
                         const parley_sounding *q)
{
    const char *what = q->formula != NULL ? word_formula(s, c, q->formula, false) : "";
    const parley_term *term = q->term >= 0 ? parley_terms_at(terms, (uint32_t)q->term) : NULL;
    PARLEY_ASSERT(term != NULL || q->kind > PARLEY_SOUNDING_LINE);
    switch (q->kind) {
    case PARLEY_SOUNDING_READING:
        if (term->mode == PARLEY_MODE_ACCEPTS) {
            return parley_screen_format(s, "does it accept %s?", what);
        }
        return q->given != NULL ? parley_screen_format(s, "could it live with %s, if %s?", what,
                                                       word_formula(s, c, q->given, false))
                                : parley_screen_format(s, "could it live with %s?", what);
    case PARLEY_SOUNDING_SOFTER: {
        const char *in_return =
            q->given != NULL
                ? parley_screen_format(s, ", if %s", word_formula(s, c, q->given, false))
                : "";
        return parley_screen_format(s,
                                    term->mode == PARLEY_MODE_REQUIRES
                                        ? "would %s be enough%s, where it asks for %s?"
                                        : "would %s do%s, though it refuses %s?",
                                    what, in_return, word_answer(s, c, term->formula));
    }
    case PARLEY_SOUNDING_LINE: {
        const char *demand = parley_screen_format(
            s, "%s%s", term->mode == PARLEY_MODE_REFUSES ? "no to " : "",
            word_held(s, c, term->mode == PARLEY_MODE_REFUSES, term->formula, false));
        if (q->concern < 0) {
            return parley_screen_format(s, "is \"%s\" a line? Why: what would it guard against?",
                                        demand);
        }
        return parley_screen_format(s, "is \"%s\" a line, or is it the worry behind it: %s?",
                                    demand, parley_case_concern(c, q->concern)->text);
    }
    case PARLEY_SOUNDING_LIST: {
        const parley_response *r = q->response >= 0 ? parley_case_response(c, q->response) : NULL;
        const parley_claim *claim = r == NULL ? parley_case_claim(c, q->claims.at[0]) : NULL;
        int32_t proposal = r != NULL                                    ? r->proposal
                           : claim->about.kind == PARLEY_ABOUT_PROPOSAL ? claim->about.index
                                                                        : -1;
        return parley_screen_format(s, "is its list of conditions complete (%u on %s)?",
                                    r != NULL ? r->conditions.count : claim->conditions.count,
                                    proposal >= 0 ? parley_case_proposal(c, proposal)->name
                                                  : "the offer");
    }
    case PARLEY_SOUNDING_WHICH:
        return parley_screen_format(s,
                                    term != NULL ? "%s: which are out: %s? It named none."
                                                 : "%s: which are out: %s? It has said nothing.",
                                    word_issue(c, q->issue), list_of_values(s, c, q));
    default:
        return parley_screen_format(s, "would it say so itself: %s?", to_confirm(s, c, terms, q));
    }
}

/* Behind the question: the ids it rests on, and how we know. */
const char *ask_rests_on(parley_screen *s, const parley_case *c, const parley_terms *terms,
                         const parley_sounding *q)
{
    word_list list = {.count = 0};
    if (q->kind == PARLEY_SOUNDING_READING) {
        const parley_reading *r = parley_case_reading(c, q->reading);
        return parley_screen_format(s, "%s, %s", r->record.id,
                                    q->never_put         ? "never put"
                                    : r->from.count == 0 ? "our reading, no claim"
                                                         : "our reading");
    }
    for (uint32_t i = 0; i < q->claims.count; i++) {
        word_push(&list, word_claim(c, q->claims.at[i]));
    }
    if (q->kind == PARLEY_SOUNDING_CONFIRM) {
        return q->claims.count == 0
                   ? "reported only"
                   : parley_screen_format(s, "%s, %s", word_join(s, &list, " "),
                                          word_class(s, parley_case_claim(c, q->claims.at[0])));
    }
    if (q->kind == PARLEY_SOUNDING_LIST && q->response >= 0) {
        const parley_response *r = parley_case_response(c, q->response);
        return r->claim >= 0 ? word_claim(c, r->claim) : r->record.id;
    }
    if (q->idea >= 0) {
        word_push(&list, parley_screen_format(s, "idea %s,", counter_letter(s, (uint32_t)q->idea)));
    }
    if (q->term >= 0) {
        const parley_term *term = parley_terms_at(terms, (uint32_t)q->term);
        for (uint32_t i = 0; i < term->support.count; i++) {
            word_push(&list, word_claim(c, term->support.at[i]));
        }
    }
    return word_join(s, &list, " ");
}

/* ----------------------------------------------------------------- answers */

/* Sticking points are numbered as on the page of `parley blocks`. */
static const char *numbers(parley_screen *s, parley_ids points)
{
    word_list list = {.count = 0};
    uint32_t most = points.count > 6 ? 5 : points.count;
    for (uint32_t i = 0; i < most; i++) {
        word_push(&list, parley_screen_format(s, "%d", points.at[i] + 1));
    }
    const char *head = word_join(s, &list, " ");
    return points.count > most
               ? parley_screen_format(s, "%s and %u more", head, points.count - most)
               : head;
}

static const char *one_or(parley_screen *s, uint32_t count, const char *one, const char *many)
{
    return parley_screen_format(s, "%u %s", count, count == 1 ? one : many);
}

/* Ideas by the letters they have on the page of `parley counter`. */
static const char *letters(parley_screen *s, parley_ids ideas)
{
    word_list list = {.count = 0};
    for (uint32_t i = 0; i < ideas.count; i++) {
        word_push(&list, counter_letter(s, (uint32_t)ideas.at[i]));
    }
    return word_join(s, &list, " ");
}

static void about_ideas(parley_screen *s, const parley_sounding_answer *a, word_list *out)
{
    if (a->ideas_open.count > 0) {
        bool one = a->ideas_open.count == 1;
        word_push(out, parley_screen_format(s, "idea%s %s %s open", one ? "" : "s",
                                            letters(s, a->ideas_open), one ? "is" : "are"));
    }
    if (a->ideas_fall.count > 0) {
        word_push(out, parley_screen_format(
                           s, "idea%s %s fall%s", a->ideas_fall.count == 1 ? "" : "s",
                           letters(s, a->ideas_fall), a->ideas_fall.count == 1 ? "s" : ""));
    }
}

static void about_points(parley_screen *s, const parley_case *c, const parley_terms *terms,
                         const parley_sounding *q, const parley_sounding_answer *a, word_list *out)
{
    if (a->eased.count > 0) {
        const parley_term *step = parley_terms_at(terms, (uint32_t)q->step_term);
        word_push(out,
                  parley_screen_format(s, "sticking point%s %s need%s only a step of %s, to %s",
                                       a->eased.count == 1 ? "" : "s", numbers(s, a->eased),
                                       a->eased.count == 1 ? "s" : "", word_party(c, step->party),
                                       word_answer(s, c, q->formula)));
    }
    if (a->goes.count > 0) {
        word_push(out,
                  parley_screen_format(s, "sticking point%s %s go%s", a->goes.count == 1 ? "" : "s",
                                       numbers(s, a->goes), a->goes.count == 1 ? "es" : ""));
    }
    if (a->on_record.count > 0) {
        word_push(out, parley_screen_format(s, "%s stand%s, on record", numbers(s, a->on_record),
                                            a->on_record.count == 1 ? "s" : ""));
    }
    if (a->fresh > 0) {
        word_push(out, one_or(s, a->fresh, "new sticking point", "new sticking points"));
    }
    if (a->first_no) {
        word_push(out, parley_screen_format(s, "the first no on record from %s",
                                            word_party(c, q->party)));
    }
}

static const char *left_at(parley_screen *s, const parley_outcome *o)
{
    return parley_screen_format(s, "%s left at %s", parley_screen_count(s, &o->left[o->last]),
                                parley_rung_heading((parley_rung)o->last));
}

static void about_ladder(parley_screen *s, const parley_outcome *now, const parley_outcome *after,
                         word_list *out)
{
    if (after->dies_at < 0 && now->dies_at >= 0) {
        word_push(out, parley_screen_format(s, "%s left on every rung",
                                            parley_screen_count(s, &after->left[after->last])));
    } else if (after->dies_at != now->dies_at) {
        parley_basis basis = parley_rung_basis((parley_rung)after->dies_at);
        const char *where = basis == PARLEY_BASIS_RECORD     ? "words"
                            : basis == PARLEY_BASIS_REPORTED ? "reports"
                            : basis == PARLEY_BASIS_RULES    ? "the rules"
                                                             : "our readings";
        bool sooner = now->dies_at < 0 || after->dies_at < now->dies_at;
        const char *how =
            parley_screen_format(s, "the ladder dies %s on %s (%s)", sooner ? "sooner," : "later,",
                                 where, parley_rung_heading((parley_rung)after->dies_at));
        word_push(out, after->last >= 0 ? parley_screen_format(s, "%s; %s", how, left_at(s, after))
                                        : how);
    } else if (after->last >= 0 &&
               parley_count_compare(&after->left[after->last], &now->left[after->last]) != 0) {
        word_push(out, parley_screen_format(s, "%s, not %s", left_at(s, after),
                                            parley_screen_count(s, &now->left[after->last])));
    }
    if (after->dies_at >= 0 && after->changes > 0 && !after->bridged) {
        word_push(out, "no bridge found");
    } else if (after->bridged && after->changes != now->changes && after->changes > 0) {
        word_push(out,
                  parley_screen_format(s, "smallest bridge %u change%s, not %u", after->changes,
                                       after->changes == 1 ? "" : "s", now->changes));
    }
}

/* Who stands against a demand that is a line, each with what it rests on. */
static const char *who_can_give(parley_screen *s, const parley_case *c, const parley_terms *terms,
                                parley_ids only)
{
    word_list list = {.count = 0};
    for (uint32_t i = 0; i < only.count; i++) {
        const parley_term *term = parley_terms_at(terms, (uint32_t)only.at[i]);
        bool reading = term->basis == PARLEY_BASIS_READING;
        const char *ref = reading                   ? term->name
                          : term->support.count > 0 ? word_claim(c, term->support.at[0])
                                                    : NULL;
        word_push(&list, ref != NULL
                             ? parley_screen_format(s, "%s (%s%s)", word_party(c, term->party),
                                                    reading ? "our reading " : "", ref)
                             : word_party(c, term->party));
    }
    return word_join(s, &list, ", ");
}

const char *ask_answer(parley_screen *s, const parley_case *c, const parley_terms *terms,
                       const parley_outcome *now, const parley_sounding *q,
                       const parley_sounding_answer *a)
{
    word_list list = {.count = 0};
    if (!a->known) {
        return "no concern is typed: what follows is not known until answered";
    }
    about_ideas(s, a, &list);
    about_points(s, c, terms, q, a, &list);
    about_ladder(s, now, &a->after, &list);
    if (a->has_certain) {
        bool none = parley_count_is_zero(&a->certain);
        word_push(&list, none ? parley_screen_format(
                                    s, "still no package more is certain to be acceptable to %s",
                                    word_party(c, q->party))
                              : parley_screen_format(s, "%s packages acceptable to %s for certain",
                                                     parley_screen_count(s, &a->certain),
                                                     word_party(c, q->party)));
    }
    if (a->reply == PARLEY_REPLY_LINE && a->only.count > 0) {
        word_push(&list,
                  parley_screen_format(s, "only %s can give", who_can_give(s, c, terms, a->only)));
    }
    if (list.count > 0) {
        return word_join(s, &list, "; ");
    }
    return a->reply == PARLEY_REPLY_MORE ? "ask what else; the ladder holds only what was said"
           : a->reply == PARLEY_REPLY_CONFIRMED ? "it stands on record; no count changes"
                                                : "nothing changes in what is counted";
}

static void print_which(parley_screen *s, const parley_case *c, const parley_terms *terms,
                        const parley_outcome *now, const parley_sounding *q)
{
    parley_screen_label(s, "  out");
    for (uint32_t i = 0; i < q->answers; i++) {
        const parley_sounding_answer *a = &q->answer[i];
        if (a->reply == PARLEY_REPLY_OUT) {
            parley_screen_itemf(s, PARLEY_INK_PLAIN, "%s: %s",
                                word_value_short(s, c, q->issue, a->value),
                                ask_answer(s, c, terms, now, q, a));
        }
    }
    parley_screen_end(s);
    parley_screen_line(s, "  none", PARLEY_INK_PLAIN, "nothing changes in what is counted");
}

static void print_one(parley_screen *s, const parley_case *c, const parley_terms *terms,
                      const parley_outcome *now, const parley_sounding *q, uint32_t number)
{
    parley_screen_begin(s, 0, 2);
    parley_screen_addf(s, PARLEY_INK_DIM, "%u ", number);
    parley_screen_add(s, PARLEY_INK_PARTY, word_party(c, q->party));
    parley_screen_addf(s, PARLEY_INK_PLAIN, ": %s", ask_question(s, c, terms, q));
    parley_screen_addf(s, q->kind == PARLEY_SOUNDING_READING ? PARLEY_INK_OURS : PARLEY_INK_DIM,
                       " %s", ask_rests_on(s, c, terms, q));
    parley_screen_end(s);
    if (q->kind == PARLEY_SOUNDING_WHICH) {
        print_which(s, c, terms, now, q);
    }
    for (uint32_t i = 0; i < q->answers && q->kind != PARLEY_SOUNDING_WHICH; i++) {
        const parley_sounding_answer *a = &q->answer[i];
        parley_screen_label(s, parley_screen_format(s, "  %s", parley_reply_word(a->reply)));
        parley_screen_add(s, PARLEY_INK_PLAIN, ask_answer(s, c, terms, now, q, a));
        parley_screen_end(s);
    }
    if (q->reveals.count > 0) {
        const char *ids = parley_screen_join(s, q->reveals.at, q->reveals.count, " ");
        parley_screen_label(s, "  careful");
        parley_screen_addf(s, PARLEY_INK_WARN,
                           "ask without saying why: it would give away %s, which %s may not see",
                           ids, word_party(c, q->party));
        parley_screen_end(s);
    }
}

/* -------------------------------------------------------------------- page */

parley_status ask_gather(parley_soundings **out, parley_ctx *ctx, const parley_ask_page *page,
                         parley_error *err)
{
    parley_soundings_options options = PARLEY_SOUNDINGS_OPTIONS_INIT;
    options.most = page->all ? 0 : SHOWN;
    options.party = page->party;
    options.ideas = true;
    return parley_soundings_new(out, ctx, page->c, page->deal, &page->terms, &options, err);
}

static void why_these(parley_screen *s, const parley_soundings *all)
{
    uint32_t points = parley_soundings_points(all);
    uint32_t ours = parley_soundings_on_readings(all);
    uint32_t never = parley_soundings_never_put(all);
    bool complete = parley_soundings_now(all)->points_complete;
    parley_screen_begin(s, 0, 2);
    parley_screen_add(s, PARLEY_INK_PLAIN, "Why these: ");
    if (points == 0) {
        parley_screen_add(s, PARLEY_INK_PLAIN, "nothing sticks; they ask about what was left open");
    } else if (complete && never == points) {
        parley_screen_add(s, PARLEY_INK_PLAIN,
                          points == 1 ? "the one sticking point leans on a reading never put to "
                                        "its party"
                                      : parley_screen_format(
                                            s,
                                            "all %u sticking points lean on readings never put to "
                                            "a party",
                                            points));
    } else if (ours > 0) {
        parley_screen_addf(s, PARLEY_INK_PLAIN,
                           "of %s%u sticking point%s %u lean%s on readings, %u on readings never "
                           "put to a party",
                           complete ? "" : "at least ", points, points == 1 ? "" : "s", ours,
                           ours == 1 ? "s" : "", never);
    } else {
        parley_screen_addf(s, PARLEY_INK_PLAIN,
                           points == 1 ? "the one sticking point rests on what parties said"
                                       : "all %u sticking points rest on what parties said",
                           points);
    }
    parley_screen_add(s, PARLEY_INK_PLAIN, ".");
    parley_screen_end(s);
}

static void nothing_to_ask(parley_screen *s, const parley_ask_page *page,
                           const parley_soundings *all)
{
    parley_screen_begin(s, 0, 0);
    if (parley_deal_issues(page->deal).count == 0) {
        parley_screen_add(s, PARLEY_INK_PLAIN,
                          "Nothing can be counted yet: no issue on the table has options or a "
                          "range, so no answer would change a count. Ask the parties what they "
                          "would put forward.");
    } else if (parley_soundings_points(all) == 0 &&
               parley_count_is_zero(&parley_soundings_now(all)->left[PARLEY_RUNG_RULES])) {
        parley_screen_add(s, PARLEY_INK_BAD,
                          "The rules of the case leave no package at all: no party's answer can "
                          "change that.");
    } else {
        parley_screen_addf(s, PARLEY_INK_GOOD, "Nothing to sound out%s%s.",
                           page->party >= 0 ? " with " : "",
                           page->party >= 0 ? word_party(page->c, page->party) : "");
        parley_screen_add(s, PARLEY_INK_PLAIN,
                          " What binds was said on record, and no option is left open that "
                          "nobody has named.");
    }
    parley_screen_end(s);
}

parley_status parley_page_ask(parley_screen *s, parley_ctx *ctx, const parley_ask_page *page,
                              parley_error *err)
{
    const parley_case *c = page->c;
    const parley_terms *terms = parley_deal_terms(page->deal);
    parley_soundings *all = NULL;
    parley_status status = ask_gather(&all, ctx, page, err);
    if (status != PARLEY_OK) {
        return status;
    }
    word_law(s, c, false);
    uint32_t shown = parley_soundings_size(all);
    shown = !page->all && shown > SHOWN ? SHOWN : shown;
    if (shown == 0) {
        nothing_to_ask(s, page, all);
        parley_soundings_free(all);
        return parley_screen_status(s, err);
    }
    parley_screen_begin(s, 0, 0);
    parley_screen_add(s, PARLEY_INK_TITLE, "Sound out next");
    if (page->party >= 0) {
        parley_screen_addf(s, PARLEY_INK_TITLE, " with %s", word_party(c, page->party));
    }
    parley_screen_add(s, PARLEY_INK_PLAIN, " (ranked by the worst answer; no likelihood is used)");
    parley_screen_end(s);
    parley_screen_labels(s, 13);
    for (uint32_t i = 0; i < shown; i++) {
        print_one(s, c, terms, parley_soundings_now(all), parley_soundings_at(all, i), i + 1);
    }
    why_these(s, all);
    if (parley_soundings_found(all) > shown) {
        word_list more = {.count = 0};
        for (int k = 0; k < PARLEY_SOUNDING_KIND_COUNT; k++) {
            uint32_t count = parley_soundings_found_of(all, (parley_sounding_kind)k);
            for (uint32_t i = 0; i < shown; i++) {
                count -= parley_soundings_at(all, i)->kind == (parley_sounding_kind)k;
            }
            if (count > 0) {
                word_push(&more,
                          parley_screen_format(s, "%u %s", count,
                                               parley_sounding_word((parley_sounding_kind)k)));
            }
        }
        parley_screen_begin(s, 0, 2);
        parley_screen_addf(s, PARLEY_INK_DIM, "%u more with --all: %s.",
                           parley_soundings_found(all) - shown, word_join(s, &more, ", "));
        parley_screen_end(s);
    }
    parley_soundings_free(all);
    return parley_screen_status(s, err);
}
