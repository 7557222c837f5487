/*
 * Walks over formulas: comparison of trees, three-valued evaluation, atoms, issues.
 *
 * Evaluation is Kleene's strong logic (Kleene 1952, Introduction to Metamathematics, section 64).
 * Recursion is as deep as the tree, which the parser bounds (limit formula_depth); operands of a
 * chain are a loop.
 */
#include "case/formula_internal.h"

/* ------------------------------------------------------------- comparison */

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_atoms(const parley_formula *a, const parley_formula *b)
{
    int c = order(a->issue, b->issue);
    c = c != 0 ? c : order(a->recipient, b->recipient);
    c = c != 0 ? c : order(a->compare, b->compare);
    uint32_t shorter = a->count < b->count ? a->count : b->count;
    for (uint32_t i = 0; c == 0 && i < shorter; i++) {
        c = a->kind == PARLEY_F_CHOICE ? order(a->option[i], b->option[i])
                                       : parley_decimal_compare(a->number[i], b->number[i]);
    }
    return c != 0 ? c : order(a->count, b->count);
}

int parley_formula_compare_trees(const parley_formula *a, const parley_formula *b)
{
    if (a == b) {
        return 0;
    }
    int c = order(a->kind, b->kind);
    if (c != 0) {
        return c;
    }
    switch ((parley_formula_kind)a->kind) {
    case PARLEY_F_TRUE:
    case PARLEY_F_FALSE:
        return 0;
    case PARLEY_F_CHOICE:
    case PARLEY_F_QUANTITY:
    case PARLEY_F_SHARE:
        return compare_atoms(a, b);
    case PARLEY_F_ACCEPTS:
        c = order(a->party, b->party);
        return c != 0 ? c : order(a->proposal, b->proposal);
    default:
        break;
    }
    uint32_t shorter = a->count < b->count ? a->count : b->count;
    for (uint32_t i = 0; c == 0 && i < shorter; i++) {
        c = parley_formula_compare_trees(a->arg[i], b->arg[i]);
    }
    return c != 0 ? c : order(a->count, b->count);
}

bool parley_formula_equal(const parley_formula *a, const parley_formula *b)
{
    return parley_formula_compare_trees(a, b) == 0;
}

/* ------------------------------------------------------------- evaluation */

static parley_truth negate(parley_truth t)
{
    return t == PARLEY_NOT_KNOWN ? t : t == PARLEY_YES ? PARLEY_NO : PARLEY_YES;
}

parley_truth parley_formula_eval(const parley_formula *f, parley_atom_fn atom, void *user)
{
    bool unknown = false;
    bool seen[2] = {false, false};
    parley_truth first;
    switch ((parley_formula_kind)f->kind) {
    case PARLEY_F_TRUE:
        return PARLEY_YES;
    case PARLEY_F_FALSE:
        return PARLEY_NO;
    case PARLEY_F_CHOICE:
    case PARLEY_F_QUANTITY:
    case PARLEY_F_SHARE:
    case PARLEY_F_ACCEPTS:
        return atom(user, f);
    case PARLEY_F_NOT:
        return negate(parley_formula_eval(f->arg[0], atom, user));
    case PARLEY_F_AND:
    case PARLEY_F_OR: {
        parley_truth decides = f->kind == PARLEY_F_AND ? PARLEY_NO : PARLEY_YES;
        for (uint32_t i = 0; i < f->count; i++) {
            parley_truth t = parley_formula_eval(f->arg[i], atom, user);
            if (t == decides) {
                return decides;
            }
            unknown = unknown || t == PARLEY_NOT_KNOWN;
        }
        return unknown ? PARLEY_NOT_KNOWN : negate(decides);
    }
    case PARLEY_F_IMPLIES:
    case PARLEY_F_IF: {
        bool turned = f->kind == PARLEY_F_IF;
        first = parley_formula_eval(f->arg[turned], atom, user);
        if (first == PARLEY_NO) {
            return PARLEY_YES;
        }
        parley_truth then = parley_formula_eval(f->arg[!turned], atom, user);
        return then == PARLEY_YES ? then : first == PARLEY_YES ? then : PARLEY_NOT_KNOWN;
    }
    case PARLEY_F_IFF:
        for (uint32_t i = 0; i < f->count; i++) {
            parley_truth t = parley_formula_eval(f->arg[i], atom, user);
            unknown = unknown || t == PARLEY_NOT_KNOWN;
            seen[0] = seen[0] || t == PARLEY_NO;
            seen[1] = seen[1] || t == PARLEY_YES;
            if (seen[0] && seen[1]) {
                return PARLEY_NO;
            }
        }
        return unknown ? PARLEY_NOT_KNOWN : PARLEY_YES;
    }
    return PARLEY_NOT_KNOWN;
}

/* ------------------------------------------------------------------ atoms */

void parley_formula_atoms(const parley_formula *f, parley_atom_visit visit, void *user)
{
    if (f->kind >= PARLEY_F_NOT) {
        for (uint32_t i = 0; i < f->count; i++) {
            parley_formula_atoms(f->arg[i], visit, user);
        }
    } else if (f->kind >= PARLEY_F_CHOICE) {
        visit(user, f);
    }
}

typedef struct mention {
    int32_t issue;
    bool found;
} mention;

static void find_issue(void *user, const parley_formula *atom)
{
    mention *m = user;
    m->found = m->found || (atom->kind != PARLEY_F_ACCEPTS && atom->issue == m->issue);
}

bool parley_formula_mentions(const parley_formula *f, int32_t issue)
{
    mention m = {issue, false};
    if (f != NULL) {
        parley_formula_atoms(f, find_issue, &m);
    }
    return m.found;
}

#define NONE_YET (-2)

static void note_only(void *user, const parley_formula *atom)
{
    int32_t *issue = user;
    int32_t own = atom->kind == PARLEY_F_ACCEPTS ? -1 : atom->issue;
    *issue = *issue == NONE_YET || *issue == own ? own : -1;
}

int32_t parley_formula_only_issue(const parley_formula *f)
{
    int32_t issue = NONE_YET;
    if (f != NULL) {
        parley_formula_atoms(f, note_only, &issue);
    }
    return issue == NONE_YET ? -1 : issue;
}

typedef struct issue_bits {
    uint64_t *bits;
    size_t n_words;
} issue_bits;

static void set_issue(void *user, const parley_formula *atom)
{
    const issue_bits *to = user;
    if (atom->kind != PARLEY_F_ACCEPTS && atom->issue >= 0 &&
        (size_t)atom->issue / 64 < to->n_words) {
        to->bits[atom->issue / 64] |= UINT64_C(1) << (atom->issue % 64);
    }
}

void parley_formula_issues(const parley_formula *f, uint64_t *bits, size_t n_words)
{
    issue_bits to = {bits, n_words};
    parley_formula_atoms(f, set_issue, &to);
}
