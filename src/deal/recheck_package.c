/*
 * Packages as a result gives them: an option's id, a number, shares and their exact parts.
 */
#include "deal/recheck_internal.h"

#include <math.h>
#include <string.h>

rk_package rk_package_new(parley_recheck *r)
{
    uint32_t all = parley_case_issues(r->c);
    rk_package p = {rk_room(r, all + 1, sizeof(*p.value)), rk_room(r, all + 1, sizeof(*p.share))};
    for (uint32_t j = 0; p.share != NULL && p.value != NULL && j < r->n; j++) {
        const parley_issue *issue = parley_case_issue(r->c, r->issue[j].issue);
        if (r->issue[j].size == 0) {
            p.share[r->issue[j].issue] = rk_room(r, issue->recipient_count, sizeof(**p.share));
        }
    }
    for (uint32_t i = 0; p.value != NULL && i < all; i++) {
        p.value[i] = -1;
    }
    return p;
}

/* The value of a quantity that a number says; -1: none. */
static int64_t quantity_value(const parley_issue *issue, uint32_t size, double x)
{
    rk_number a = rk_of_decimal(issue->from);
    rk_number step = rk_of_decimal(issue->step);
    double from = rk_double(&a);
    double v = size > 1 ? floor((x - from) / rk_double(&step) + 0.5) : 0;
    if (!(v >= 0) || v >= size) {
        return -1;
    }
    a = rk_of_decimal(parley_case_quantity(issue, (int64_t)v));
    double here = rk_double(&a);
    return fabs(here - x) <= 1e-12 * (fabs(here) + fabs(x)) ? (int64_t)v : -1;
}

static bool number_of(const parley_tree_node *node, double *out)
{
    rk_number a;
    if (node == NULL || parley_tree_kind_of(node) != PARLEY_TREE_BARE ||
        !rk_parse(&a, parley_tree_text(node))) {
        return false;
    }
    *out = rk_double(&a);
    return true;
}

static bool same_share(const parley_issue *issue, double whole, double part,
                       const parley_tree_node *node)
{
    double said = 0;
    (void)issue;
    return number_of(node, &said) &&
           fabs(said - whole * part) <= 1e-12 * (fabs(said) + fabs(whole) + 1e-300);
}

/* {recipient: share}, and beside it the exact parts of the whole. */
static bool read_split(parley_recheck *r, const rk_issue *row, const parley_tree_node *shares,
                       const parley_tree_node *exact, rk_package *out)
{
    const parley_issue *issue = parley_case_issue(r->c, row->issue);
    rk_number total = rk_of_decimal(issue->total);
    double whole = rk_double(&total);
    if (parley_tree_kind_of(shares) != PARLEY_TREE_OBJECT ||
        parley_tree_count(shares) != issue->recipient_count) {
        return false;
    }
    if (issue->has_range) { /* the value whose shares these are */
        for (uint32_t v = 0; v < row->size; v++) {
            bool all = true;
            for (uint32_t q = 0; q < issue->recipient_count && all; q++) {
                rk_number a = rk_of_decimal(parley_case_share(issue, v, q));
                all = same_share(issue, rk_double(&a), 1,
                                 parley_tree_member(shares, issue->recipients[q].id));
            }
            if (all) {
                out->value[row->issue] = v;
                return true;
            }
        }
        return false;
    }
    rk_number sum = rk_whole(0);
    rk_number part = rk_whole(0);
    const rk_number one = rk_whole(1);
    if (exact == NULL || parley_tree_count(exact) != issue->recipient_count) {
        return false;
    }
    for (uint32_t q = 0; q < issue->recipient_count; q++) {
        const parley_tree_node *text = parley_tree_member(exact, issue->recipients[q].id);
        if (text == NULL || parley_tree_kind_of(text) != PARLEY_TREE_TEXT ||
            !rk_parse(&part, parley_tree_text(text)) || part.negative ||
            !same_share(issue, whole, rk_double(&part),
                        parley_tree_member(shares, issue->recipients[q].id))) {
            return false;
        }
        sum = rk_add(&sum, &part);
        if (row->size == 0) {
            out->share[row->issue][q] = part;
        } else if (q == 0) {
            rk_number steps = rk_whole(r->steps);
            rk_number v = rk_mul(&part, &steps);
            if (v.den.n != 1 || v.den.d[0] != 1 || v.num.n > 1) {
                return false;
            }
            out->value[row->issue] = v.num.n == 0 ? 0 : v.num.d[0];
        } else if (q > 1 && rk_sign(&part) != 0) {
            return false;
        }
    }
    return rk_compare(&sum, &one) == 0;
}

bool rk_package_read(parley_recheck *r, const parley_tree_node *from, rk_package *out)
{
    const parley_tree_node *map = rk_need(r, from, "package");
    const parley_tree_node *exact = parley_tree_member(from, "exact_shares");
    if (map == NULL) {
        return false;
    }
    if (parley_tree_kind_of(map) != PARLEY_TREE_OBJECT || parley_tree_count(map) != r->n) {
        rk_fault(r, map, "a package decides %u issues", r->n);
        return false;
    }
    for (uint32_t j = 0; j < r->n; j++) {
        const rk_issue *row = &r->issue[j];
        const parley_issue *issue = parley_case_issue(r->c, row->issue);
        const parley_tree_node *at = rk_need(r, map, issue->record.id);
        bool good = at != NULL;
        double x = 0;
        out->value[row->issue] = -1;
        if (good && issue->kind == PARLEY_ISSUE_CHOICE) {
            const parley_formula_names *names = parley_case_names(r->c);
            const char *text = parley_tree_text(at);
            out->value[row->issue] =
                text == NULL || parley_tree_kind_of(at) != PARLEY_TREE_TEXT
                    ? -1
                    : names->option(names->user, row->issue, text, strlen(text), false);
            good = out->value[row->issue] >= 0;
        } else if (good && issue->kind == PARLEY_ISSUE_QUANTITY) {
            out->value[row->issue] = number_of(at, &x) ? quantity_value(issue, row->size, x) : -1;
            good = out->value[row->issue] >= 0;
        } else if (good) {
            good =
                read_split(r, row, at,
                           exact == NULL ? NULL : parley_tree_member(exact, issue->record.id), out);
        }
        if (!good) {
            if (at != NULL) {
                rk_fault(r, at, "this is no value of '%s'", issue->record.id);
            }
            return false;
        }
    }
    return true;
}
