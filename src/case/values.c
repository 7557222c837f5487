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
#include <stdlib.h>
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

parley_decimal parley_case_share(const parley_issue *issue, int64_t v, uint32_t r)
{
    uint64_t left = issue->units;
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

size_t parley_case_number_words(const parley_issue *issue, parley_decimal d, char *out, size_t size)
{
    char number[48];
    char unit[80];
    parley_decimal_print(d, number, sizeof(number));
    unit_words(issue->unit, strcmp(number, "1") == 0, unit, sizeof(unit));
    return (size_t)snprintf(out, size, "%s%s", number, unit);
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

static int by_pair(const void *pa, const void *pb)
{
    const case_answer *a = pa;
    const case_answer *b = pb;
    if (a->party != b->party) {
        return a->party < b->party ? -1 : 1;
    }
    if (a->proposal != b->proposal) {
        return a->proposal < b->proposal ? -1 : 1;
    }
    if (a->when != b->when) {
        return a->when < b->when ? -1 : 1;
    }
    return (a->order > b->order) - (a->order < b->order);
}

/* What a claim about a proposal says to it; a yes or no that hangs on something is not known. */
static bool claim_answers(const parley_claim *claim, parley_truth *truth)
{
    if (claim->about.kind != PARLEY_ABOUT_PROPOSAL || !parley_class_on_record(claim->cls)) {
        return false;
    }
    bool hangs = claim->conditions.count > 0 || claim->only_if.count > 0;
    switch (claim->act) {
    case PARLEY_ACT_ACCEPT:
        *truth = hangs ? PARLEY_NOT_KNOWN : PARLEY_YES;
        return true;
    case PARLEY_ACT_REJECT:
        *truth = hangs ? PARLEY_NOT_KNOWN : PARLEY_NO;
        return true;
    case PARLEY_ACT_ACCEPT_IF:
    case PARLEY_ACT_DEFER:
        *truth = PARLEY_NOT_KNOWN;
        return true;
    default:
        return false;
    }
}

static void put_answer(parley_case *c, int32_t party, int32_t proposal, parley_date date,
                       parley_truth truth)
{
    if (party >= 0 && proposal >= 0) {
        c->answer[c->answers] =
            (case_answer){party, proposal, date.first, c->answers, (uint8_t)truth};
        c->answers++;
    }
}

bool case_collect_answers(bind_state *b)
{
    parley_case *c = b->c;
    size_t most = parley_case_responses(c);
    for (uint32_t i = 0; i < parley_case_claims(c); i++) {
        most += parley_case_claim(c, (int32_t)i)->about.kind == PARLEY_ABOUT_PROPOSAL
                    ? parley_case_claim(c, (int32_t)i)->by.count
                    : 0;
    }
    c->answers = 0;
    c->answer = parley_arena_array(c->arena, most, sizeof(*c->answer));
    if (c->answer == NULL) {
        return bind_nomem(b);
    }
    for (uint32_t i = 0; i < parley_case_responses(c); i++) {
        const parley_response *r = parley_case_response(c, (int32_t)i);
        bool hangs = r->conditions.count > 0 || r->only_if.count > 0;
        put_answer(c, r->by.party, r->proposal, r->record.happened,
                   hangs                               ? PARLEY_NOT_KNOWN
                   : r->answer == PARLEY_ANSWER_ACCEPT ? PARLEY_YES
                   : r->answer == PARLEY_ANSWER_REJECT ? PARLEY_NO
                                                       : PARLEY_NOT_KNOWN);
    }
    for (uint32_t i = 0; i < parley_case_claims(c); i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        parley_truth truth = PARLEY_NOT_KNOWN;
        for (uint32_t k = 0; claim_answers(claim, &truth) && k < claim->by.count; k++) {
            put_answer(c, claim->by.at[k].party, claim->about.index, claim->record.happened, truth);
        }
    }
    if (c->answers > 0) {
        qsort(c->answer, c->answers, sizeof(*c->answer), by_pair);
    }
    uint32_t n = 0; /* the last of each pair is what holds */
    for (uint32_t i = 0; i < c->answers; i++) {
        const case_answer *next = i + 1 < c->answers ? &c->answer[i + 1] : NULL;
        if (next == NULL || next->party != c->answer[i].party ||
            next->proposal != c->answer[i].proposal) {
            c->answer[n++] = c->answer[i];
        }
    }
    c->answers = n;
    return true;
}

parley_truth parley_case_accepts(const parley_case *c, int32_t party, int32_t proposal)
{
    uint32_t low = 0;
    uint32_t high = c->answers;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const case_answer *a = &c->answer[middle];
        if (a->party == party && a->proposal == proposal) {
            return (parley_truth)a->truth;
        }
        if (a->party < party || (a->party == party && a->proposal < proposal)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return PARLEY_NOT_KNOWN;
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

/* The one value of an issue that all parts about it allow; -1 with an error. */
static int64_t named_value(const parley_case *c, const parley_formula *const *part, uint32_t parts,
                           const parley_formula *first, parley_error *err)
{
    const parley_issue *issue = parley_case_issue(c, first->issue);
    const char *id = issue->record.id;
    const parley_formula *last = first;
    int64_t found = -1;
    for (uint32_t v = 0; v < issue->values; v++) {
        bool all = true;
        for (uint32_t k = 0; all && k < parts; k++) {
            if (part[k]->issue == first->issue) {
                last = part[k];
                all = parley_case_atom_holds(c, part[k], v);
            }
        }
        if (all && found >= 0) {
            parley_fail_at(err, PARLEY_INVALID, NULL, first->span,
                           "a package names one value of '%s', not several", id);
            if (issue->kind == PARLEY_ISSUE_SPLIT) {
                parley_error_hint(err, "name the share of every recipient but one");
            } else {
                parley_error_hint(err, "write %s = value", id);
            }
            return -1;
        }
        found = all ? v : found;
    }
    if (found < 0) {
        parley_fail_at(err, PARLEY_RANGE, NULL, last->span,
                       "no value of '%s' fits what the package says of it", id);
        parley_error_hint(err, issue->values == 0 ? "nobody has named a value of it yet"
                                                  : "choose one of its values");
    }
    return found;
}

parley_status parley_case_package(int64_t *values, const parley_case *c, const parley_formula *f,
                                  parley_error *err)
{
    parley_error own = PARLEY_ERROR_INIT;
    const parley_formula *const one[1] = {f};
    const parley_formula *const *part = f->kind == PARLEY_F_AND ? f->arg : one;
    uint32_t parts = f->kind == PARLEY_F_TRUE ? 0 : f->kind == PARLEY_F_AND ? f->count : 1;
    err = err != NULL ? err : &own;
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        values[i] = -1;
    }
    for (uint32_t k = 0; k < parts; k++) {
        if (part[k]->kind < PARLEY_F_CHOICE || part[k]->kind > PARLEY_F_SHARE) {
            parley_fail_at(err, PARLEY_INVALID, NULL, part[k]->span,
                           "a package is a list of `issue = value` joined with `and`");
            parley_error_hint(err, "write arms = continue and duration = 15");
            return PARLEY_INVALID;
        }
    }
    for (uint32_t k = 0; k < parts; k++) {
        int64_t *value = &values[part[k]->issue];
        *value = *value >= 0 ? *value : named_value(c, part, parts, part[k], err);
        if (*value < 0) {
            return err->status;
        }
    }
    return PARLEY_OK;
}
