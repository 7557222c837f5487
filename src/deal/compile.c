/*
 * Formulas of a case as expressions over a space of packages.
 *
 * An atom about an issue becomes the set of that issue's values for which it holds; an answer that
 * is known becomes true or false, one that nobody knows a projected variable with the values no and
 * yes.
 */
#include "deal/deal_internal.h"

typedef struct countable_state {
    const parley_deal *d;
    bool all;
} countable_state;

static void countable_atom(void *user, const parley_formula *atom)
{
    countable_state *s = user;
    if (atom->kind != PARLEY_F_ACCEPTS && s->d->why_not[atom->issue] != PARLEY_COUNTED) {
        s->all = false;
    }
}

bool deal_countable(const parley_deal *d, const parley_formula *f)
{
    countable_state s = {d, true};
    parley_formula_atoms(f, countable_atom, &s);
    return s.all;
}

static void unknown_atom(void *user, const parley_formula *atom)
{
    countable_state *s = user;
    if (atom->kind == PARLEY_F_ACCEPTS &&
        parley_case_accepts(s->d->c, atom->party, atom->proposal) == PARLEY_NOT_KNOWN) {
        s->all = false;
    }
}

bool deal_unknown(const parley_deal *d, const parley_formula *f)
{
    countable_state s = {d, true};
    parley_formula_atoms(f, unknown_atom, &s);
    return !s.all;
}

static space_expr *node(parley_arena *arena, space_expr_kind kind, uint32_t count)
{
    space_expr *e = parley_arena_alloc(arena, sizeof(*e));
    const space_expr **arg = count > 0 ? parley_arena_array(arena, count, sizeof(*arg)) : NULL;
    if (e == NULL || (count > 0 && arg == NULL)) {
        return NULL;
    }
    e->kind = kind;
    e->count = count;
    e->arg = arg;
    return e;
}

static void set_arg(space_expr *e, uint32_t i, const space_expr *value)
{
    ((const space_expr **)(uintptr_t)e->arg)[i] = value;
}

const space_expr *deal_not(parley_arena *arena, const space_expr *e)
{
    space_expr *not = e != NULL ? node(arena, SPACE_NOT, 1) : NULL;
    if (not != NULL) {
        set_arg(not, 0, e);
    }
    return not ;
}

const space_expr *deal_both(parley_arena *arena, const space_expr *a, const space_expr *b)
{
    space_expr *both = a != NULL && b != NULL ? node(arena, SPACE_AND, 2) : NULL;
    if (both != NULL) {
        set_arg(both, 0, a);
        set_arg(both, 1, b);
    }
    return both;
}

static const space_expr *literal(const parley_deal *d, parley_arena *arena,
                                 const parley_formula *atom)
{
    const deal_width *wide = d->wide != NULL ? &d->wide[atom->issue] : NULL;
    bool wider = wide != NULL && wide->values > 0;
    uint32_t values = wider ? wide->values : parley_case_issue(d->c, atom->issue)->values;
    int64_t below = wider ? wide->below : 0;
    uint64_t *set = parley_arena_array(arena, (values + 63) / 64, sizeof(*set));
    space_expr *e = node(arena, SPACE_LITERAL, 0);
    if (set == NULL || e == NULL) {
        return NULL;
    }
    for (uint32_t v = 0; v < values; v++) {
        if (parley_case_atom_holds(d->c, atom, (int64_t)v - below)) {
            set[v / 64] |= UINT64_C(1) << (v % 64);
        }
    }
    e->variable = (uint32_t)d->variable[atom->issue];
    e->set = set;
    return e;
}

static const space_expr *answer(const parley_deal *d, parley_arena *arena,
                                const parley_formula *atom)
{
    parley_truth truth = parley_case_accepts(d->c, atom->party, atom->proposal);
    if (truth != PARLEY_NOT_KNOWN) {
        return node(arena, truth == PARLEY_YES ? SPACE_TRUE : SPACE_FALSE, 0);
    }
    space_expr *e = node(arena, SPACE_LITERAL, 0);
    uint64_t *set = parley_arena_alloc(arena, sizeof(*set));
    if (e == NULL || set == NULL) {
        return NULL;
    }
    *set = 2; /* value 1: yes */
    e->set = set;
    for (uint32_t i = 0; i < d->answers; i++) {
        if (d->answer[i].party == atom->party && d->answer[i].proposal == atom->proposal) {
            e->variable = d->counted + i;
            return e;
        }
    }
    for (uint32_t i = 0; i < d->asked_count; i++) {
        if (d->asked[i].party == atom->party && d->asked[i].proposal == atom->proposal) {
            return node(arena, (d->asked_yes >> i & 1) != 0 ? SPACE_TRUE : SPACE_FALSE, 0);
        }
    }
    parley_assert_failed("an answer that nobody collected", __FILE__, __LINE__);
}

const space_expr *deal_compile(const parley_deal *d, parley_arena *arena, const parley_formula *f)
{
    space_expr_kind kind = SPACE_AND;
    switch ((parley_formula_kind)f->kind) {
    case PARLEY_F_TRUE:
        return node(arena, SPACE_TRUE, 0);
    case PARLEY_F_FALSE:
        return node(arena, SPACE_FALSE, 0);
    case PARLEY_F_CHOICE:
    case PARLEY_F_QUANTITY:
    case PARLEY_F_SHARE:
        return literal(d, arena, f);
    case PARLEY_F_ACCEPTS:
        return answer(d, arena, f);
    case PARLEY_F_NOT:
        kind = SPACE_NOT;
        break;
    case PARLEY_F_AND:
        kind = SPACE_AND;
        break;
    case PARLEY_F_OR:
    case PARLEY_F_IMPLIES:
    case PARLEY_F_IF:
        kind = SPACE_OR;
        break;
    case PARLEY_F_IFF:
        kind = SPACE_IFF;
        break;
    }
    space_expr *e = node(arena, kind, f->count);
    if (e == NULL) {
        return NULL;
    }
    /* `a implies b` is `not a or b`; `a if b` is `a or not b` */
    uint32_t negated = f->kind == PARLEY_F_IMPLIES ? 0 : f->kind == PARLEY_F_IF ? 1 : UINT32_MAX;
    for (uint32_t i = 0; i < f->count; i++) {
        const space_expr *arg = deal_compile(d, arena, f->arg[i]); /* depth: limit formula_depth */
        if (arg != NULL && i == negated) {
            arg = deal_not(arena, arg);
        }
        if (arg == NULL) {
            return NULL;
        }
        set_arg(e, i, arg);
    }
    return e;
}

#define ASKED_MOST 8

typedef struct asked_state {
    const parley_deal *d;
    deal_answer *at;
    uint32_t count;
    bool too_many;
} asked_state;

/* An unknown answer that is no variable of the space. */
static void note_asked(void *user, const parley_formula *atom)
{
    asked_state *s = user;
    if (atom->kind != PARLEY_F_ACCEPTS ||
        parley_case_accepts(s->d->c, atom->party, atom->proposal) != PARLEY_NOT_KNOWN) {
        return;
    }
    for (uint32_t i = 0; i < s->d->answers + s->count; i++) {
        const deal_answer *a = i < s->d->answers ? &s->d->answer[i] : &s->at[i - s->d->answers];
        if (a->party == atom->party && a->proposal == atom->proposal) {
            return;
        }
    }
    if (s->count == ASKED_MOST) {
        s->too_many = true;
        return;
    }
    s->at[s->count++] = (deal_answer){atom->party, atom->proposal};
}

parley_status deal_compile_query(parley_deal *d, const parley_formula *f, bool all,
                                 const space_expr **out, parley_error *err)
{
    deal_answer asked[ASKED_MOST];
    asked_state s = {d, asked, 0, false};
    const space_expr *whole = NULL;
    *out = NULL;
    parley_formula_atoms(f, note_asked, &s);
    if (s.too_many) {
        parley_fail(err, PARLEY_LIMIT,
                    "the formula asks for more than %d answers that nobody knows", ASKED_MOST);
        parley_error_hint(err, "ask in parts");
        return PARLEY_LIMIT;
    }
    d->asked = asked;
    d->asked_count = s.count;
    for (uint32_t yes = 0; yes < UINT32_C(1) << s.count; yes++) {
        d->asked_yes = yes;
        const space_expr *e = deal_compile(d, d->scratch, f);
        /* for some: not (not a and not b and ...) */
        e = e == NULL || all ? e : deal_not(d->scratch, e);
        whole = yes == 0 ? e : deal_both(d->scratch, whole, e);
        if (whole == NULL) {
            break;
        }
    }
    d->asked = NULL;
    d->asked_count = 0;
    *out = whole == NULL || all ? whole : deal_not(d->scratch, whole);
    return *out == NULL ? deal_nomem(err) : PARLEY_OK;
}

const space_expr *deal_term_expr(const parley_deal *d, parley_arena *arena, const parley_term *term)
{
    const space_expr *e = deal_compile(d, arena, term->formula);
    return term->mode == PARLEY_MODE_REFUSES ? deal_not(arena, e) : e;
}
