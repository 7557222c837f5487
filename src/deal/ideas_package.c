/*
 * Packages in the making: from formulas, one laid over another, and back as formulas.
 */
#include "deal/ideas_internal.h"

#include <string.h>

uint32_t ideas_values(const ideas_work *w, uint32_t variable)
{
    return variable >= w->d->counted ? 2 : parley_case_issue(w->c, w->d->issue[variable])->values;
}

static size_t set_words(const ideas_work *w, uint32_t variable)
{
    return (ideas_values(w, variable) + 63) / 64;
}

bool ideas_package_new(ideas_work *w, parley_arena *arena, idea_package *out)
{
    out->set = ideas_take(w, arena, w->d->variables, sizeof(*out->set));
    out->unit = NULL;
    out->units = 0;
    return out->set != NULL;
}

bool ideas_package_copy(ideas_work *w, parley_arena *arena, const idea_package *p,
                        idea_package *out)
{
    const uint64_t **set = ideas_take(w, arena, w->d->variables, sizeof(*set));
    uint32_t *unit = ideas_take(w, arena, p->units, sizeof(*unit));
    for (uint32_t v = 0; set != NULL && unit != NULL && v < w->d->variables; v++) {
        if (p->set[v] != NULL) {
            uint64_t *bits = ideas_take(w, arena, set_words(w, v), sizeof(*bits));
            if (bits == NULL) {
                return false;
            }
            memcpy(bits, p->set[v], set_words(w, v) * sizeof(*bits));
            set[v] = bits;
        }
    }
    if (set == NULL || unit == NULL) {
        return false;
    }
    if (p->units > 0) {
        memcpy(unit, p->unit, p->units * sizeof(*unit));
    }
    *out = (idea_package){set, unit, p->units};
    return true;
}

typedef struct value_state {
    const parley_case *c;
    int64_t value;
} value_state;

static parley_truth at_value(void *user, const parley_formula *atom)
{
    const value_state *s = user;
    return parley_case_atom_holds(s->c, atom, s->value) ? PARLEY_YES : PARLEY_NO;
}

uint64_t *ideas_values_of(ideas_work *w, parley_arena *arena, const parley_formula *f,
                          int32_t *issue)
{
    *issue = parley_formula_only_issue(f);
    if (*issue < 0 || w->d->why_not[*issue] != PARLEY_COUNTED) {
        return NULL;
    }
    uint32_t variable = (uint32_t)w->d->variable[*issue];
    uint32_t values = ideas_values(w, variable);
    uint64_t *set = ideas_take(w, arena, (values + 63) / 64, sizeof(*set));
    for (uint32_t v = 0; set != NULL && v < values; v++) {
        value_state s = {w->c, v};
        if (parley_formula_eval(f, at_value, &s) == PARLEY_YES) {
            set[v / 64] |= UINT64_C(1) << (v % 64);
        }
    }
    return set;
}

static bool add_unit(ideas_work *w, parley_arena *arena, idea_package *p, const parley_formula *f)
{
    uint32_t *unit = ideas_take(w, arena, (size_t)p->units + 1, sizeof(*unit));
    uint32_t known = 0;
    idea_pair pair;
    if (unit == NULL) {
        return false;
    }
    while (known < w->unit.count && w->unit.at[known].formula != f) {
        known++;
    }
    if (known == w->unit.count) {
        if (!ideas_state(w, f, &pair)) {
            return false;
        }
        IDEAS_PUSH(w, &w->unit, (idea_unit){f, pair.yes});
    }
    if (p->units > 0) {
        memcpy(unit, p->unit, p->units * sizeof(*unit));
    }
    unit[p->units++] = known;
    p->unit = unit;
    return w->status == PARLEY_OK;
}

bool ideas_package_and(ideas_work *w, parley_arena *arena, idea_package *p, const parley_formula *f)
{
    int32_t issue = -1;
    if (f->kind == PARLEY_F_AND) {
        bool some = false;
        for (uint32_t k = 0; k < f->count; k++) { /* depth: limit formula_depth */
            some = ideas_package_and(w, arena, p, f->arg[k]) || some;
        }
        return some && w->status == PARLEY_OK;
    }
    if (f->kind == PARLEY_F_TRUE || !deal_countable(w->d, f)) {
        return false;
    }
    uint64_t *set = ideas_values_of(w, arena, f, &issue);
    if (set == NULL) {
        return w->status == PARLEY_OK && add_unit(w, arena, p, f);
    }
    uint32_t v = (uint32_t)w->d->variable[issue];
    for (size_t k = 0; p->set[v] != NULL && k < set_words(w, v); k++) {
        set[k] &= p->set[v][k];
    }
    p->set[v] = set;
    return true;
}

/* Does this unit speak about an issue that the change speaks about? */
static bool touches(ideas_work *w, uint32_t unit, const idea_package *change)
{
    parley_arena_mark mark = parley_arena_here(w->d->scratch);
    uint64_t *own = ideas_take(w, w->d->scratch, w->issue_words * 2, sizeof(*own));
    bool yes = false;
    if (own != NULL) {
        uint64_t *other = own + w->issue_words;
        parley_formula_issues(w->unit.at[unit].formula, own, w->issue_words);
        for (uint32_t k = 0; k < change->units; k++) {
            parley_formula_issues(w->unit.at[change->unit[k]].formula, other, w->issue_words);
        }
        for (uint32_t v = 0; v < w->d->counted; v++) {
            if (change->set[v] != NULL) {
                other[w->d->issue[v] / 64] |= UINT64_C(1) << (w->d->issue[v] % 64);
            }
        }
        yes = ideas_share(own, other, w->issue_words);
    }
    parley_arena_reset(w->d->scratch, mark);
    return yes;
}

bool ideas_override(ideas_work *w, parley_arena *arena, const idea_package *base,
                    const idea_package *change, idea_package *out)
{
    out->set = ideas_take(w, arena, w->d->variables, sizeof(*out->set));
    out->unit = ideas_take(w, arena, (size_t)base->units + change->units, sizeof(*out->unit));
    out->units = 0;
    if (out->set == NULL || out->unit == NULL) {
        return false;
    }
    for (uint32_t v = 0; v < w->d->variables; v++) {
        out->set[v] = change->set[v] != NULL ? change->set[v] : base->set[v];
    }
    for (uint32_t k = 0; k < change->units; k++) {
        out->unit[out->units++] = change->unit[k];
    }
    uint32_t own = out->units;
    for (uint32_t k = 0; k < base->units; k++) {
        out->unit[out->units++] = base->unit[k];
    }
    if (base->units > 0 && !ideas_exists(w, out, NULL, 0, NULL)) { /* they cannot stand together */
        out->units = own;
        for (uint32_t k = 0; k < base->units; k++) {
            if (!touches(w, base->unit[k], change)) {
                out->unit[out->units++] = base->unit[k];
            }
        }
    }
    return w->status == PARLEY_OK;
}

bool ideas_same_package(const ideas_work *w, const idea_package *a, const idea_package *b)
{
    for (uint32_t v = 0; v < w->d->variables; v++) {
        const uint64_t *x = a->set[v];
        const uint64_t *y = b->set[v];
        if ((x == NULL) != (y == NULL) ||
            (x != NULL && memcmp(x, y, set_words(w, v) * sizeof(*x)) != 0)) {
            return false;
        }
    }
    for (uint32_t pass = 0; pass < 2; pass++) {
        const idea_package *p = pass == 0 ? a : b;
        const idea_package *q = pass == 0 ? b : a;
        for (uint32_t i = 0; i < p->units; i++) {
            bool found = false;
            for (uint32_t k = 0; k < q->units; k++) {
                found = found || p->unit[i] == q->unit[k] ||
                        parley_formula_equal(w->unit.at[p->unit[i]].formula,
                                             w->unit.at[q->unit[k]].formula);
            }
            if (!found) {
                return false;
            }
        }
    }
    return true;
}

int64_t ideas_single(const ideas_work *w, const idea_package *p, uint32_t variable)
{
    int64_t found = -1;
    if (p->set[variable] == NULL) {
        return -1;
    }
    for (size_t k = 0; k < set_words(w, variable); k++) {
        uint64_t word = p->set[variable][k];
        if (word != 0) {
            if (found >= 0 || (word & (word - 1)) != 0) {
                return -1;
            }
            found = (int64_t)k * 64 + __builtin_ctzll(word);
        }
    }
    return found;
}

/* ------------------------------------------------------------ back to formulas */

static parley_formula *node(ideas_work *w, parley_formula_kind kind)
{
    parley_formula *f = ideas_take(w, w->arena, 1, sizeof(*f));
    if (f != NULL) {
        *f = (parley_formula){
            .kind = (uint8_t)kind, .issue = -1, .recipient = -1, .party = -1, .proposal = -1};
    }
    return f;
}

const parley_formula *ideas_and(ideas_work *w, const parley_formula *a, const parley_formula *b,
                                bool either)
{
    const parley_formula **arg = ideas_take(w, w->arena, 2, sizeof(*arg));
    parley_formula *f = node(w, either ? PARLEY_F_OR : PARLEY_F_AND);
    if (a == NULL || b == NULL || arg == NULL || f == NULL) {
        return a == NULL ? b : a;
    }
    arg[0] = a;
    arg[1] = b;
    f->arg = arg;
    f->count = 2;
    return f;
}

/* One share of a split equals what it is in value v. */
static const parley_formula *share(ideas_work *w, int32_t issue, int64_t v)
{
    const parley_issue *row = parley_case_issue(w->c, issue);
    const parley_formula *all = NULL;
    uint32_t named = row->recipient_count > 1 ? row->recipient_count - 1 : row->recipient_count;
    for (uint32_t r = 0; r < named; r++) {
        parley_formula *f = node(w, PARLEY_F_SHARE);
        parley_decimal *number = ideas_take(w, w->arena, 1, sizeof(*number));
        if (f == NULL || number == NULL) {
            return NULL;
        }
        *number = parley_case_share(row, v, r);
        f->issue = issue;
        f->recipient = (int32_t)r;
        f->compare = PARLEY_EQ;
        f->count = 1;
        f->number = number;
        all = all == NULL ? f : ideas_and(w, all, f, false);
    }
    return all;
}

static const parley_formula *value_formula(ideas_work *w, uint32_t variable, const uint64_t *set)
{
    int32_t issue = w->d->issue[variable];
    const parley_issue *row = parley_case_issue(w->c, issue);
    uint32_t values = row->values;
    uint32_t count = 0;
    for (uint32_t v = 0; v < values; v++) {
        count += (set[v / 64] >> (v % 64) & 1) != 0;
    }
    if (count == 0) {
        return node(w, PARLEY_F_FALSE);
    }
    if (row->kind == PARLEY_ISSUE_SPLIT) {
        const parley_formula *all = NULL;
        for (uint32_t v = 0; v < values; v++) {
            if ((set[v / 64] >> (v % 64) & 1) != 0) {
                const parley_formula *one = share(w, issue, v);
                all = all == NULL ? one : ideas_and(w, all, one, true);
            }
        }
        return all;
    }
    bool choice = row->kind == PARLEY_ISSUE_CHOICE;
    parley_formula *f = node(w, choice ? PARLEY_F_CHOICE : PARLEY_F_QUANTITY);
    int32_t *option = ideas_take(w, w->arena, count, sizeof(*option));
    parley_decimal *number = ideas_take(w, w->arena, choice ? 0 : count, sizeof(*number));
    if (f == NULL || option == NULL || number == NULL) {
        return NULL;
    }
    uint32_t n = 0;
    for (uint32_t v = 0; v < values; v++) {
        if ((set[v / 64] >> (v % 64) & 1) != 0) {
            if (choice) {
                option[n] = (int32_t)v;
            } else {
                number[n] = parley_case_quantity(row, v);
            }
            n++;
        }
    }
    f->issue = issue;
    f->compare = count == 1 ? PARLEY_EQ : PARLEY_IN;
    f->count = count;
    f->option = choice ? option : NULL;
    f->number = choice ? NULL : number;
    return f;
}

/* "a and b and c" as one conjunction, so that it prints without parentheses. */
const parley_formula *ideas_formula(ideas_work *w, const idea_package *p, const bool *which,
                                    bool units)
{
    uint32_t most = w->d->counted + p->units;
    const parley_formula **arg = ideas_take(w, w->arena, most, sizeof(*arg));
    uint32_t n = 0;
    if (arg == NULL) {
        return NULL;
    }
    for (uint32_t v = 0; v < w->d->counted; v++) {
        if (p->set[v] != NULL && (which == NULL || which[v])) {
            arg[n++] = value_formula(w, v, p->set[v]);
        }
    }
    for (uint32_t k = 0; units && k < p->units; k++) {
        arg[n++] = w->unit.at[p->unit[k]].formula;
    }
    for (uint32_t k = 0; k < n; k++) {
        if (arg[k] == NULL) {
            return NULL;
        }
    }
    parley_formula *f = n == 1 ? NULL : node(w, n == 0 ? PARLEY_F_TRUE : PARLEY_F_AND);
    if (f != NULL && n > 0) {
        f->arg = arg;
        f->count = n;
    }
    return n == 1 ? arg[0] : f;
}

const char *ideas_print(ideas_work *w, const parley_formula *f)
{
    if (w->status != PARLEY_OK || f == NULL) {
        return "";
    }
    parley_text *text = parley_text_new(w->ctx, parley_ctx_limits(w->ctx)->text_bytes);
    const char *out = NULL;
    if (text != NULL) {
        parley_formula_print(f, parley_case_names(w->c), text);
        if (parley_text_status(text, NULL) == PARLEY_OK) {
            out = parley_arena_copy(w->arena, parley_text_data(text), parley_text_size(text));
        }
    }
    parley_text_free(text);
    if (out == NULL) {
        ideas_fail(w, deal_nomem(w->err));
    }
    return out == NULL ? "" : out;
}
