/*
 * Parts of the page of `parley text`: what changed between two texts, and for whom; the next
 * version that the engine would try, headed as ours.
 */
#include "report/report_internal.h"
#include "report/wording.h"
#include "report/worktext_page.h"

/* --------------------------------------------------------------------- changes */

static void issue_change(parley_screen *s, const parley_case *c, const parley_text_change *change)
{
    uint32_t all = parley_case_issue(c, change->issue)->values;
    bool was = change->values_before.count < all;
    bool is = change->values_after.count < all;
    parley_screen_item(s, PARLEY_INK_HEADING, word_issue(c, change->issue));
    parley_screen_addf(s, PARLEY_INK_PLAIN, " %s -> %s",
                       was ? worktext_values(s, c, change->issue, change->values_before) : "open",
                       is ? worktext_values(s, c, change->issue, change->values_after) : "open");
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
                       worktext_term(s, c, term));
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

void worktext_since(parley_screen *s, const parley_case *c, const parley_worktext *w,
                    uint32_t number)
{
    const parley_text_version *v = parley_worktext_version(w, number);
    const parley_text_version *old = parley_worktext_version(w, number - 1);
    word_list added = {.count = 0};
    word_list gone = {.count = 0};
    for (uint32_t i = 0; i < v->parts; i++) {
        if (v->part[i].before < 0) {
            word_push(&added, worktext_part(s, c, &v->part[i]));
        }
    }
    for (uint32_t k = 0; k < old->parts; k++) {
        bool kept = false;
        for (uint32_t i = 0; i < v->parts; i++) {
            kept = kept || v->part[i].before == (int32_t)k;
        }
        if (!kept) {
            word_push(&gone, worktext_part(s, c, &old->part[k]));
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
                                              worktext_term(s, c, term)));
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
        parley_table_cell(t, PARLEY_INK_PLAIN, worktext_part(s, c, part));
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
                           worktext_values(s, c, move->issue, move->values));
        parley_table_cellf(t, PARLEY_INK_PLAIN, "instead of %s, against it: %s%s",
                           worktext_part(s, c, part), why, options_ours(s, c, move));
        if (move->steps > 0) {
            parley_table_addf(t, PARLEY_INK_DIM, "; %lld step%s away", (long long)move->steps,
                              move->steps == 1 ? "" : "s");
        }
        break;
    case PARLEY_NEXT_OPENED:
        parley_table_cellf(t, PARLEY_INK_WARN, "%s: open", worktext_part(s, c, part));
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
        parley_table_addf(t, PARLEY_INK_DIM, "; needs %s", worktext_names(s, c, move->needs));
    }
}

void worktext_next(parley_screen *s, const parley_case *c, const parley_worktext *w)
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
