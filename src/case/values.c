/*
 * Values of issues: numbers of quantities, shares of splits, truth of atoms, evaluation of
 * packages.
 *
 * Value v of a split is the v-th way, in lexicographic order of the shares, to give n steps to r
 * recipients (weak compositions, counted by C(n + r - 1, r - 1)); it is found by unranking, O(n +
 * r).
 */
#include "case/case_internal.h"

#include <stdio.h>
#include <string.h>

uint64_t case_compositions(uint64_t n, uint32_t r, uint64_t most)
{
    uint64_t count = 1;
    for (uint32_t k = 1; k < r; k++) {
        /* count * (n + k) / k is whole at every step, and fits while count and n + k are below 2^32
         */
        if (n + k > UINT32_MAX) {
            return most + 1;
        }
        count = count * (n + k) / k;
        if (count > most) {
            return most + 1;
        }
    }
    return count;
}

parley_decimal parley_case_quantity(const parley_issue *issue, int64_t v)
{
    parley_decimal d = issue->from;
    bool fits = parley_decimal_step(&d, issue->from, v, issue->step);
    PARLEY_ASSERT(fits); /* the range was checked when it was read */
    return d;
}

/* Steps between 0 and the total of a split. */
static uint64_t split_units(const parley_issue *issue)
{
    parley_decimal at = {0, 0};
    uint64_t low = 0;
    uint64_t high = issue->values; /* r >= 2, so there are at least as many values as steps */
    while (low < high) {
        uint64_t middle = (low + high + 1) / 2;
        if (parley_decimal_step(&at, (parley_decimal){0, 0}, (int64_t)middle, issue->step) &&
            parley_decimal_compare(at, issue->total) <= 0) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

parley_decimal parley_case_share(const parley_issue *issue, int64_t v, uint32_t r)
{
    uint64_t left = split_units(issue);
    uint64_t rank = (uint64_t)v;
    uint64_t share = 0;
    for (uint32_t k = 0; k <= r; k++) {
        uint32_t rest = issue->recipient_count - k - 1;
        if (rest == 0) {
            share = left;
            break;
        }
        for (share = 0; share < left; share++) {
            uint64_t ways = case_compositions(left - share, rest, UINT32_MAX);
            if (rank < ways) {
                break;
            }
            rank -= ways;
        }
        if (k < r) {
            left -= share;
        }
    }
    parley_decimal d = {0, 0};
    bool fits = parley_decimal_step(&d, d, (int64_t)share, issue->step);
    PARLEY_ASSERT(fits);
    return d;
}

static bool holds(int order, parley_compare compare)
{
    switch (compare) {
    case PARLEY_EQ:
    case PARLEY_IN:
        return order == 0;
    case PARLEY_NE:
        return order != 0;
    case PARLEY_LT:
        return order < 0;
    case PARLEY_LE:
        return order <= 0;
    case PARLEY_GT:
        return order > 0;
    case PARLEY_GE:
        return order >= 0;
    }
    return false;
}

bool parley_case_atom_holds(const parley_case *c, const parley_formula *atom, int64_t v)
{
    const parley_issue *issue = parley_case_issue(c, atom->issue);
    parley_compare compare = (parley_compare)atom->compare;
    if (atom->kind == PARLEY_F_CHOICE) {
        for (uint32_t k = 0; k < atom->count; k++) {
            int order = (v > atom->option[k]) - (v < atom->option[k]);
            if (compare != PARLEY_IN) {
                return holds(order, compare);
            }
            if (order == 0) {
                return true;
            }
        }
        return false;
    }
    parley_decimal d = atom->kind == PARLEY_F_QUANTITY
                           ? parley_case_quantity(issue, v)
                           : parley_case_share(issue, v, (uint32_t)atom->recipient);
    for (uint32_t k = 0; k < atom->count; k++) {
        int order = parley_decimal_compare(d, atom->number[k]);
        if (compare != PARLEY_IN) {
            return holds(order, compare);
        }
        if (order == 0) {
            return true;
        }
    }
    return false;
}

static size_t unit_words(const char *unit, bool one, char *out, size_t size)
{
    size_t length = unit != NULL ? strlen(unit) : 0;
    if (length == 0) {
        return (size_t)snprintf(out, size, "%s", "");
    }
    if (strcmp(unit, "percent") == 0) {
        return (size_t)snprintf(out, size, " %%");
    }
    bool plain = unit[length - 1] != 's';
    for (size_t i = 0; i < length; i++) {
        plain = plain && unit[i] >= 'a' && unit[i] <= 'z';
    }
    return (size_t)snprintf(out, size, " %s%s", unit, plain && !one ? "s" : "");
}

static size_t print_value(const parley_issue *issue, int64_t v, bool words, char *out, size_t size)
{
    char number[48];
    char unit[80] = "";
    if (issue->kind == PARLEY_ISSUE_CHOICE) {
        return (size_t)snprintf(out, size, "%s",
                                words ? issue->options[v].label : issue->options[v].id);
    }
    if (issue->kind == PARLEY_ISSUE_QUANTITY) {
        parley_decimal d = parley_case_quantity(issue, v);
        parley_decimal_print(d, number, sizeof(number));
        if (words) {
            unit_words(issue->unit, strcmp(number, "1") == 0, unit, sizeof(unit));
        }
        return (size_t)snprintf(out, size, "%s%s", number, unit);
    }
    size_t used = 0;
    if (size > 0) {
        out[0] = '\0';
    }
    for (uint32_t r = 0; r < issue->recipient_count; r++) {
        parley_decimal_print(parley_case_share(issue, v, r), number, sizeof(number));
        if (words) {
            unit_words(issue->unit, strcmp(number, "1") == 0, unit, sizeof(unit));
        }
        used += (size_t)snprintf(out + (used < size ? used : size), used < size ? size - used : 0,
                                 "%s%s %s%s", r == 0 ? "" : ", ",
                                 words ? issue->recipients[r].label : issue->recipients[r].id,
                                 number, unit);
    }
    return used;
}

size_t parley_case_value_id(const parley_issue *issue, int64_t v, char *out, size_t size)
{
    return print_value(issue, v, false, out, size);
}

size_t parley_case_value_words(const parley_issue *issue, int64_t v, char *out, size_t size)
{
    return print_value(issue, v, true, out, size);
}

/* ------------------------------------------------------------ evaluation */

parley_truth parley_case_accepts(const parley_case *c, int32_t party, int32_t proposal)
{
    parley_truth truth = PARLEY_NOT_KNOWN;
    int32_t when = INT32_MIN;
    for (uint32_t i = 0; i < parley_case_responses(c); i++) {
        const parley_response *r = parley_case_response(c, (int32_t)i);
        if (r->by.party != party || r->proposal != proposal || r->record.happened.first < when) {
            continue;
        }
        when = r->record.happened.first;
        truth = r->answer == PARLEY_ANSWER_ACCEPT   ? PARLEY_YES
                : r->answer == PARLEY_ANSWER_REJECT ? PARLEY_NO
                                                    : PARLEY_NOT_KNOWN;
    }
    for (uint32_t i = 0; i < parley_case_claims(c); i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        bool by = false;
        for (uint32_t k = 0; k < claim->by.count; k++) {
            by = by || claim->by.at[k].party == party;
        }
        if (!by || claim->about.kind != PARLEY_ABOUT_PROPOSAL || claim->about.index != proposal ||
            !parley_class_on_record(claim->cls) || claim->record.happened.first < when) {
            continue;
        }
        if (claim->act == PARLEY_ACT_ACCEPT || claim->act == PARLEY_ACT_REJECT) {
            when = claim->record.happened.first;
            truth = claim->act == PARLEY_ACT_ACCEPT ? PARLEY_YES : PARLEY_NO;
        }
    }
    return truth;
}

typedef struct eval_state {
    const parley_case *c;
    const int64_t *value;
} eval_state;

static parley_truth eval_atom(void *user, const parley_formula *atom)
{
    const eval_state *s = user;
    return case_atom_truth(s->c, atom, s->value);
}

parley_truth case_atom_truth(const parley_case *c, const parley_formula *atom, const int64_t *value)
{
    if (atom->kind == PARLEY_F_ACCEPTS) {
        return parley_case_accepts(c, atom->party, atom->proposal);
    }
    if (value[atom->issue] < 0) {
        return PARLEY_NOT_KNOWN;
    }
    return parley_case_atom_holds(c, atom, value[atom->issue]) ? PARLEY_YES : PARLEY_NO;
}

parley_truth parley_case_eval(const parley_case *c, const parley_formula *f, parley_package package)
{
    eval_state s = {c, package.value};
    PARLEY_ASSERT(package.count == parley_case_issues(c));
    return parley_formula_eval(f, eval_atom, &s);
}

parley_status parley_case_package(int64_t *values, const parley_case *c, const parley_formula *f,
                                  parley_error *err)
{
    uint32_t issues = parley_case_issues(c);
    const parley_formula *const one[1] = {f};
    const parley_formula *const *part = f->kind == PARLEY_F_AND ? f->arg : one;
    uint32_t parts = f->kind == PARLEY_F_AND ? f->count : 1;
    for (uint32_t i = 0; i < issues; i++) {
        values[i] = -1;
    }
    if (f->kind == PARLEY_F_TRUE) {
        return PARLEY_OK;
    }
    for (uint32_t k = 0; k < parts; k++) {
        const parley_formula *atom = part[k];
        if (atom->kind > PARLEY_F_SHARE || atom->kind < PARLEY_F_CHOICE) {
            parley_fail_at(err, PARLEY_INVALID, NULL, atom->span,
                           "a package is a list of `issue = value` joined with `and`");
            parley_error_hint(err, "write arms = continue and duration = 15");
            return PARLEY_INVALID;
        }
        const parley_issue *issue = parley_case_issue(c, atom->issue);
        int64_t found = -1;
        for (uint32_t v = 0; v < issue->values; v++) {
            if (parley_case_atom_holds(c, atom, v)) {
                if (found >= 0 && issue->kind != PARLEY_ISSUE_SPLIT) {
                    parley_fail_at(err, PARLEY_INVALID, NULL, atom->span,
                                   "a package names one value of '%s', not several",
                                   issue->record.id);
                    parley_error_hint(err, "write %s = value", issue->record.id);
                    return PARLEY_INVALID;
                }
                found = v;
            }
        }
        if (found < 0) {
            return parley_fail_at(err, PARLEY_RANGE, NULL, atom->span,
                                  "no value of '%s' fits this part of the package",
                                  issue->record.id);
        }
        if (values[atom->issue] >= 0 && values[atom->issue] != found) {
            return parley_fail_at(err, PARLEY_CONFLICT, NULL, atom->span,
                                  "the package gives '%s' two values", issue->record.id);
        }
        values[atom->issue] = found;
    }
    return PARLEY_OK;
}
