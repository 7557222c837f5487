/*
 * Comparing what two formulas allow, exactly.
 *
 * Values of an issue that no atom of the two formulas tells apart count as one, so a quantity of a
 * hundred thousand steps costs as many values as it has thresholds. The packages of such values are
 * gone through one by one, up to a bound; past it, and where a formula hangs on an answer that
 * nobody knows or on an issue without values, the sets are not compared, unless both have the same
 * normal form. Rules of the case play no part: what a party said is compared as it said it.
 */
#include "case/moves_internal.h"

#include <string.h>

typedef struct atom_list {
    const parley_formula **at;
    uint32_t count;
    uint32_t room; /* 0 while counting */
} atom_list;

static void take_atom(void *user, const parley_formula *atom)
{
    atom_list *list = user;
    if (list->count < list->room) {
        list->at[list->count] = atom;
    }
    list->count++;
}

/* One issue, and a value for each kind of value that the atoms tell apart. */
typedef struct axis {
    int32_t issue;
    int64_t *value;
    uint32_t count;
    uint32_t room;
    uint64_t *sign; /* words of bits a value: which atoms hold */
    uint32_t sign_room;
    uint32_t at;
} axis;

typedef struct comparison {
    parley_moves *m;
    const parley_formula **atom;
    uint32_t atoms;
    size_t words;
    axis *axes;
    uint32_t count;
} comparison;

static bool find_atoms(comparison *k, const parley_formula *a, const parley_formula *b)
{
    atom_list list = {NULL, 0, 0};
    parley_formula_atoms(a, take_atom, &list);
    parley_formula_atoms(b, take_atom, &list);
    list.at = parley_arena_array(k->m->arena, list.count, sizeof(*list.at));
    if (list.at == NULL) {
        k->m->nomem = true;
        return false;
    }
    list.room = list.count;
    list.count = 0;
    parley_formula_atoms(a, take_atom, &list);
    parley_formula_atoms(b, take_atom, &list);
    k->atom = list.at;
    k->atoms = list.count;
    k->words = ((size_t)list.count + 63) / 64 + 1;
    return true;
}

/* Add a value unless an earlier one has the same signature. */
static bool add_value(comparison *k, axis *x, int64_t v, const uint64_t *sign)
{
    for (uint32_t i = x->count; i > 0; i--) { /* neighbours are alike most often */
        if (memcmp(&x->sign[(i - 1) * k->words], sign, k->words * sizeof(*sign)) == 0) {
            return true;
        }
    }
    int64_t *value = moves_grow(k->m, x->value, x->count, &x->room, sizeof(*value));
    uint64_t *signs = moves_grow(k->m, x->sign, x->count, &x->sign_room, k->words * sizeof(*signs));
    if (value == NULL || signs == NULL) {
        return false;
    }
    x->value = value;
    x->sign = signs;
    memcpy(&x->sign[x->count * k->words], sign, k->words * sizeof(*sign));
    x->value[x->count++] = v;
    return true;
}

/* False: more values than one comparison may hold, or no memory. */
static bool fill_axis(comparison *k, axis *x)
{
    const parley_issue *issue = parley_case_issue(k->m->c, x->issue);
    uint64_t *sign = parley_arena_array(k->m->arena, k->words, sizeof(*sign));
    if (sign == NULL) {
        k->m->nomem = true;
        return false;
    }
    for (int64_t v = 0; v < (int64_t)issue->values; v++) {
        memset(sign, 0, k->words * sizeof(*sign));
        for (uint32_t i = 0; i < k->atoms; i++) {
            if (k->atom[i]->issue == x->issue && parley_case_atom_holds(k->m->c, k->atom[i], v)) {
                sign[i / 64] |= UINT64_C(1) << (i % 64);
            }
        }
        if (!add_value(k, x, v, sign) || x->count > MOVES_PACKAGES_MOST) {
            return false;
        }
    }
    return x->count > 0;
}

/* An axis for every issue that an atom mentions; false: cannot be compared, or no memory. */
static bool find_axes(comparison *k)
{
    uint64_t packages = 1;
    k->axes = parley_arena_array(k->m->arena, k->atoms, sizeof(*k->axes));
    if (k->axes == NULL) {
        k->m->nomem = true;
        return false;
    }
    for (uint32_t i = 0; i < k->atoms; i++) {
        bool known = false;
        if (k->atom[i]->kind == PARLEY_F_ACCEPTS) {
            return false; /* hangs on an answer */
        }
        for (uint32_t n = 0; n < k->count; n++) {
            known = known || k->axes[n].issue == k->atom[i]->issue;
        }
        if (known) {
            continue;
        }
        axis *x = &k->axes[k->count++];
        x->issue = k->atom[i]->issue;
        if (!fill_axis(k, x)) {
            return false;
        }
        packages *= x->count;
        if (packages > MOVES_PACKAGES_MOST) {
            return false;
        }
    }
    return true;
}

static parley_sets go_through(comparison *k, const parley_formula *a, bool a_negated,
                              const parley_formula *b, bool b_negated)
{
    parley_moves *m = k->m;
    parley_package package = {m->value, parley_case_issues(m->c)};
    bool common = false;
    bool only_a = false;
    bool only_b = false;
    for (uint32_t n = 0; n < k->count; n++) {
        m->value[k->axes[n].issue] = k->axes[n].value[0];
    }
    for (bool more = true; more;) {
        bool in_a = (parley_case_eval(m->c, a, package) == PARLEY_YES) != a_negated;
        bool in_b = (parley_case_eval(m->c, b, package) == PARLEY_YES) != b_negated;
        common = common || (in_a && in_b);
        only_a = only_a || (in_a && !in_b);
        only_b = only_b || (in_b && !in_a);
        more = false;
        for (uint32_t n = 0; n < k->count && !more; n++) {
            axis *x = &k->axes[n];
            more = ++x->at < x->count;
            x->at = more ? x->at : 0;
            m->value[x->issue] = x->value[x->at];
        }
    }
    for (uint32_t n = 0; n < k->count; n++) {
        m->value[k->axes[n].issue] = -1;
    }
    if (!only_a && !only_b) {
        return PARLEY_SETS_EQUAL;
    }
    return !only_a   ? PARLEY_SETS_MORE
           : !only_b ? PARLEY_SETS_LESS
           : common  ? PARLEY_SETS_OVERLAP
                     : PARLEY_SETS_APART;
}

parley_sets moves_compare(parley_moves *m, const parley_formula *a, bool a_negated,
                          const parley_formula *b, bool b_negated)
{
    comparison k = {.m = m};
    parley_sets out = PARLEY_SETS_NOT_COMPARED;
    const parley_formula *normal[2] = {NULL, NULL};
    if (a == NULL || b == NULL || m->nomem) {
        return out;
    }
    parley_arena_mark mark = parley_arena_here(m->arena);
    if (parley_formula_normal(&normal[0], m->arena, a, NULL) != PARLEY_OK ||
        parley_formula_normal(&normal[1], m->arena, b, NULL) != PARLEY_OK) {
        m->nomem = true;
    } else if (a_negated == b_negated && parley_formula_equal(normal[0], normal[1])) {
        out = PARLEY_SETS_EQUAL;
    } else if (find_atoms(&k, a, b) && find_axes(&k)) {
        out = go_through(&k, a, a_negated, b, b_negated);
    }
    parley_arena_reset(m->arena, mark);
    return out;
}

bool moves_range(parley_moves *m, const parley_stand *stand, int64_t *low, int64_t *high,
                 uint64_t *count)
{
    *count = 0;
    if (stand->formula == NULL || stand->issues.count != 1) {
        return false;
    }
    int32_t i = stand->issues.at[0];
    const parley_issue *issue = parley_case_issue(m->c, i);
    bool ordered = issue->kind == PARLEY_ISSUE_QUANTITY ||
                   (issue->kind == PARLEY_ISSUE_CHOICE && issue->ordered);
    parley_package package = {m->value, parley_case_issues(m->c)};
    for (int64_t v = 0; ordered && v < (int64_t)issue->values; v++) {
        m->value[i] = v;
        parley_truth truth = parley_case_eval(m->c, stand->formula, package);
        if (truth == PARLEY_NOT_KNOWN) {
            *count = 0;
            break;
        }
        if ((truth == PARLEY_YES) != stand->refuses) {
            *low = *count == 0 ? v : *low;
            *high = v;
            ++*count;
        }
    }
    m->value[i] = -1;
    return *count > 0;
}

parley_status parley_moves_compare(parley_sets *out, parley_ctx *ctx, const parley_case *c,
                                   const parley_formula *earlier, bool earlier_negated,
                                   const parley_formula *later, bool later_negated,
                                   parley_error *err)
{
    parley_moves m = {.ctx = ctx, .c = c, .arena = parley_arena_new(ctx)};
    *out = PARLEY_SETS_NOT_COMPARED;
    if (m.arena != NULL) {
        m.value = parley_arena_array(m.arena, parley_case_issues(c), sizeof(*m.value));
    }
    m.nomem = m.value == NULL;
    for (uint32_t i = 0; !m.nomem && i < parley_case_issues(c); i++) {
        m.value[i] = -1;
    }
    *out = moves_compare(&m, earlier, earlier_negated, later, later_negated);
    parley_arena_free(m.arena);
    return m.nomem ? parley_fail(err, PARLEY_NOMEM, "out of memory while comparing formulas")
                   : PARLEY_OK;
}
