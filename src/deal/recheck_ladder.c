/*
 * The reading ladder once more, by looking at every package: which of them the terms of each rung
 * leave. Small cases only; terms are taken as the case derives them.
 */
#include "deal/recheck_internal.h"

#include <parley/words.h>

#include <stdio.h>
#include <string.h>

#define COST_MOST 20000000u /* packages times formulas */

typedef struct walk {
    parley_recheck *r;
    const parley_ids issues;
    rk_package p;
    uint64_t left[PARLEY_RUNG_COUNT];
    uint64_t flagged[PARLEY_RUNG_COUNT];
    uint64_t usable;
    uint64_t looked;
    bool **open[PARLEY_RUNG_COUNT]; /* by issue of the list, by value */
} walk;

static bool next(const parley_recheck *r, parley_ids issues, rk_package *p)
{
    for (uint32_t j = issues.count; j-- > 0;) {
        int32_t i = issues.at[j];
        if ((uint64_t)++p->value[i] < parley_case_issue(r->c, i)->values) {
            return true;
        }
        p->value[i] = 0;
    }
    return false;
}

static bool against(const walk *w, const parley_term *t)
{
    parley_truth truth = rk_eval(w->r, t->formula, &w->p);
    return t->mode == PARLEY_MODE_REFUSES ? truth == PARLEY_YES : truth == PARLEY_NO;
}

/* The firmest rung whose terms leave the package out; RUNG_COUNT: none. */
static int falls_at(const walk *w)
{
    const parley_terms *terms = parley_deal_terms(w->r->deal);
    int at = PARLEY_RUNG_COUNT;
    for (uint32_t k = 0; k < parley_case_rules(w->r->c); k++) {
        if (!parley_deal_rule_set_aside(w->r->deal, (int32_t)k) &&
            rk_eval(w->r, parley_case_rule(w->r->c, (int32_t)k)->formula, &w->p) == PARLEY_NO) {
            return PARLEY_RUNG_RULES;
        }
    }
    for (uint32_t t = 0; t < parley_terms_size(terms); t++) {
        const parley_term *term = parley_terms_at(terms, t);
        if (!parley_deal_set_aside(w->r->deal, t) && (int)term->rung < at && against(w, term)) {
            at = (int)term->rung;
        }
    }
    return at;
}

static bool flagged(const walk *w)
{
    for (uint32_t f = 0; f < parley_case_flags(w->r->c); f++) {
        const parley_flag *flag = parley_case_flag(w->r->c, (int32_t)f);
        for (uint32_t k = 0; !flag->lifted && k < flag->keeps_out.count; k++) {
            const parley_formula *formula = flag->keeps_out.at[k].formula;
            if (formula != NULL && rk_eval(w->r, formula, &w->p) == PARLEY_YES) {
                return true;
            }
        }
    }
    return false;
}

static void look(walk *w)
{
    int at = falls_at(w);
    bool law = at > 0 && flagged(w);
    w->looked++;
    w->usable += at > 0 && !law;
    for (int rung = 0; rung < at && rung < PARLEY_RUNG_COUNT; rung++) {
        w->left[rung]++;
        w->flagged[rung] += law;
        for (uint32_t k = 0; k < w->issues.count; k++) {
            w->open[rung][k][w->p.value[w->issues.at[k]]] = true;
        }
    }
}

static void answers(void *user, const parley_formula *atom)
{
    const parley_recheck **r = user;
    if (atom->kind == PARLEY_F_ACCEPTS && *r != NULL &&
        parley_case_accepts((*r)->c, atom->party, atom->proposal) == PARLEY_NOT_KNOWN) {
        *r = NULL;
    }
}

/* Does a term speak of an answer that nobody knows? Such are not looked at one by one. */
static bool not_known(const parley_recheck *r, uint64_t *formulas)
{
    const parley_terms *terms = parley_deal_terms(r->deal);
    const parley_recheck *seen = r;
    for (uint32_t t = 0; t < parley_terms_size(terms); t++) {
        parley_formula_atoms(parley_terms_at(terms, t)->formula, answers, &seen);
        (*formulas)++;
    }
    for (uint32_t k = 0; k < parley_case_rules(r->c); k++) {
        parley_formula_atoms(parley_case_rule(r->c, (int32_t)k)->formula, answers, &seen);
        (*formulas)++;
    }
    return seen == NULL;
}

/* ------------------------------------------------------------------- compare */

static bool number_is(const parley_tree_node *node, uint64_t n)
{
    char text[32];
    snprintf(text, sizeof(text), "%llu", (unsigned long long)n);
    return node != NULL && parley_tree_text(node) != NULL &&
           strcmp(parley_tree_text(node), text) == 0;
}

static void expect_count(parley_recheck *r, const parley_tree_node *object, const char *key,
                         uint64_t n)
{
    const parley_tree_node *node = rk_need(r, object, key);
    if (node != NULL && !number_is(node, n)) {
        rk_fault(r, node, "'%s' is %llu when counted one by one", key, (unsigned long long)n);
    }
}

static void check_rungs(const walk *w, const parley_tree_node *root)
{
    parley_recheck *r = w->r;
    const parley_tree_node *list = rk_need(r, root, "ladder");
    int dies = -1;
    int last = -1;
    int rung = 0;
    for (const parley_tree_node *at = list == NULL ? NULL : parley_tree_first(list);
         at != NULL && rung < PARLEY_RUNG_COUNT; at = parley_tree_next(at), rung++) {
        rk_expect(r, at, "rung", parley_words_word(PARLEY_WORDS_RUNG, (size_t)rung));
        expect_count(r, at, "left", w->left[rung]);
        expect_count(r, at, "flagged", w->flagged[rung]);
        dies = dies < 0 && w->left[rung] == 0 ? rung : dies;
        last = w->left[rung] > 0 ? rung : last;
    }
    if (rung != (int)parley_deal_up_to(r->deal) + 1) {
        rk_fault(r, list, "the ladder has %d rungs here", (int)parley_deal_up_to(r->deal) + 1);
    }
    rk_expect(r, root, "dies_at",
              dies < 0 ? NULL : parley_words_word(PARLEY_WORDS_RUNG, (size_t)dies));
    expect_count(r, root, "usable_for_ideas", w->usable);
    for (int open = 0; open < 2; open++) {
        const parley_tree_node *map = rk_need(r, root, open ? "open" : "settled");
        uint32_t wanted = 0;
        for (uint32_t k = 0; k < w->issues.count && map != NULL; k++) {
            const parley_issue *issue = parley_case_issue(r->c, w->issues.at[k]);
            uint32_t values = 0;
            for (uint32_t v = 0; last >= 0 && v < issue->values; v++) {
                values += w->open[last][k][v];
            }
            if (values == 0 || (values > 1) != (open == 1)) {
                continue;
            }
            wanted++;
            const parley_tree_node *own = rk_need(r, map, issue->record.id);
            const parley_tree_node *at = own == NULL ? NULL : open ? parley_tree_first(own) : own;
            for (uint32_t v = 0; v < issue->values && own != NULL; v++) {
                char id[1000];
                if (!w->open[last][k][v]) {
                    continue;
                }
                parley_case_value_id(issue, v, id, sizeof(id));
                if (at == NULL || parley_tree_text(at) == NULL ||
                    strcmp(parley_tree_text(at), id) != 0) {
                    rk_fault(r, at != NULL ? at : own, "'%s' can still be '%.80s'",
                             issue->record.id, id);
                    break;
                }
                at = open ? parley_tree_next(at) : NULL;
            }
            if (open && own != NULL && parley_tree_count(own) != values) {
                rk_fault(r, own, "'%s' has %u values left", issue->record.id, values);
            }
        }
        if (map != NULL && parley_tree_count(map) != wanted) {
            rk_fault(r, map, "%u issues are %s", wanted, open ? "open" : "settled");
        }
    }
}

static void check_issues(parley_recheck *r, const parley_tree_node *root)
{
    static const char *const why[] = {"counted",     "later",      "excluded",
                                      "other track", "no options", "no range"};
    parley_ids issues = parley_deal_issues(r->deal);
    const parley_tree_node *map = rk_need(r, root, "issues");
    const parley_tree_node *rest = rk_need(r, root, "not_counted");
    uint64_t values = 0;
    uint32_t others = 0;
    for (uint32_t k = 0; k < issues.count && map != NULL; k++) {
        const parley_issue *issue = parley_case_issue(r->c, issues.at[k]);
        const parley_tree_node *own = rk_need(r, map, issue->record.id);
        const parley_tree_node *at = own == NULL ? NULL : parley_tree_first(own);
        for (uint32_t v = 0; v < issue->values && own != NULL; v++) {
            char id[1000];
            parley_case_value_id(issue, v, id, sizeof(id));
            if (at == NULL || parley_tree_text(at) == NULL ||
                strcmp(parley_tree_text(at), id) != 0) {
                rk_fault(r, at != NULL ? at : own, "value %u of '%s' is '%.80s'", v + 1,
                         issue->record.id, id);
                break;
            }
            at = parley_tree_next(at);
            values++;
        }
        if (own != NULL && parley_tree_count(own) != issue->values) {
            rk_fault(r, own, "'%s' has %u values", issue->record.id, issue->values);
        }
    }
    for (uint32_t i = 0; i < parley_case_issues(r->c) && rest != NULL; i++) {
        parley_not_counted reason = parley_deal_why_not(r->deal, (int32_t)i);
        if (reason != PARLEY_COUNTED) {
            rk_expect(r, rest, parley_case_issue(r->c, (int32_t)i)->record.id, why[reason]);
            others++;
        }
    }
    if ((map != NULL && parley_tree_count(map) != issues.count) ||
        (rest != NULL && parley_tree_count(rest) != others)) {
        rk_fault(r, map != NULL ? map : rest, "%u issues are counted, %u are not", issues.count,
                 others);
    }
    rk_done(r, "issues and their values", values, "against the case");
}

void rk_ladder(parley_recheck *r, const parley_tree_node *root)
{
    parley_ids issues = parley_deal_issues(r->deal);
    walk w = {.r = r, .issues = issues};
    uint64_t total = issues.count == 0 ? 0 : 1;
    uint64_t formulas = 1;
    parley_count product = parley_count_of(total);
    char text[400];
    check_issues(r, root);
    for (uint32_t k = 0; k < issues.count; k++) {
        uint32_t size = parley_case_issue(r->c, issues.at[k])->values;
        parley_count by = parley_count_of(size);
        bool fits = parley_count_mul(&product, &product, &by);
        total = fits && total <= r->walk / (size == 0 ? 1 : size) ? total * size : UINT64_MAX / 2;
        total = total > r->walk ? UINT64_MAX / 2 : total;
    }
    parley_count_print(&product, 0, text, sizeof(text));
    rk_expect(r, root, "packages_total", text);
    rk_done(r, "packages before any rule", 1, "values multiplied");
    rk_left(r, "terms that bind, who must act, clashes of own words",
            "they are words: 'parley why' shows where each comes from");
    if (issues.count == 0) {
        return;
    }
    bool hidden = not_known(r, &formulas);
    if (hidden || total > r->walk || total > COST_MOST / formulas) {
        rk_left(r, "packages left on each rung",
                hidden ? "a term speaks of an answer that nobody knows"
                       : "too many packages to look at one by one");
        return;
    }
    w.p = rk_package_new(r);
    for (int rung = 0; rung < PARLEY_RUNG_COUNT; rung++) {
        w.open[rung] = rk_room(r, issues.count, sizeof(*w.open[rung]));
        for (uint32_t k = 0; k < issues.count && w.open[rung] != NULL; k++) {
            w.open[rung][k] = rk_room(r, parley_case_issue(r->c, issues.at[k])->values, 1);
        }
    }
    if (rk_stop(r)) {
        return;
    }
    for (uint32_t k = 0; k < issues.count; k++) {
        w.p.value[issues.at[k]] = 0;
    }
    do {
        look(&w);
        if (w.looked % 4096 == 0 && rk_stop(r)) {
            return;
        }
    } while (next(r, issues, &w.p));
    check_rungs(&w, root);
    rk_done(r, "packages left on each rung, settled, open", w.looked, "every package looked at");
}
