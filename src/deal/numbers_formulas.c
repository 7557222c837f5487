/*
 * Formulas as tables over the issues that they speak of: coupled terms, rules, red lines; and what
 * the package is worth that stands for no deal.
 */
#include "deal/numbers_draft.h"

#include <string.h>

/* --------------------------------------------------------------- formulas */

typedef struct scope_visit {
    const nm_draft *b;
    uint64_t *bits;
    bool outside; /* an issue that is no variable */
    bool split;   /* a split that moves freely */
} scope_visit;

static void scope_atom(void *user, const parley_formula *atom)
{
    scope_visit *v = user;
    if (atom->kind == PARLEY_F_ACCEPTS) {
        return;
    }
    int32_t var = nm_draft_variable(v->b, atom->issue);
    if (var < 0) {
        v->outside = true;
        v->split = v->split || nm_draft_split(v->b, atom->issue) != NULL;
    } else {
        v->bits[(uint32_t)var / 64] |= UINT64_C(1) << ((uint32_t)var % 64);
    }
}

/* The table over the variables of a formula; NULL: an issue of it is not counted, or a failure. */
static nm_draft_table *table_for(nm_draft *b, const parley_formula *f, int32_t red_line_of)
{
    nm_model *m = b->m;
    uint32_t words = (m->n + 63) / 64 + 1;
    uint64_t *bits = parley_arena_array(b->arena, words, sizeof(*bits));
    uint32_t *var = parley_arena_array(b->arena, m->n + 1, sizeof(*var));
    if (bits == NULL || var == NULL) {
        nm_draft_nomem(b);
        return NULL;
    }
    scope_visit visit = {b, bits, false, false};
    parley_formula_atoms(f, scope_atom, &visit);
    b->out->split_bound = b->out->split_bound || visit.split;
    if (visit.outside) {
        return NULL;
    }
    uint32_t vars = 0;
    uint64_t entries = 1;
    uint64_t most = parley_ctx_limits(b->ctx)->table_entries;
    for (uint32_t j = 0; j < m->n; j++) {
        if (bits[j / 64] >> (j % 64) & 1) {
            var[vars++] = j;
            entries *= m->size[j];
            if (entries > most) {
                if (b->status == PARLEY_OK) {
                    b->status = parley_fail(b->err, PARLEY_LIMIT,
                                            "a formula over %u issues has more than %llu cases "
                                            "(limit 'table_entries')",
                                            vars, (unsigned long long)most);
                }
                return NULL;
            }
        }
    }
    for (uint32_t t = 0; t < b->tables; t++) {
        nm_draft_table *d = &b->table[t];
        if (d->red_line_of == red_line_of && d->vars == vars &&
            memcmp(d->var, var, vars * sizeof(*var)) == 0) {
            return d;
        }
    }
    if (b->tables == b->table_room) {
        uint32_t room = b->table_room == 0 ? 16 : b->table_room * 2;
        nm_draft_table *grown = parley_arena_grow(b->arena, b->table, b->tables * sizeof(*grown),
                                                  room * sizeof(*grown));
        if (grown == NULL) {
            nm_draft_nomem(b);
            return NULL;
        }
        b->table = grown;
        b->table_room = room;
    }
    b->table[b->tables] = (nm_draft_table){vars, var, (uint32_t)entries, red_line_of, NULL, NULL};
    return &b->table[b->tables++];
}

/* Set the scratch package to an entry of a table. */
static void set_entry(nm_draft *b, const nm_draft_table *d, uint32_t entry)
{
    for (uint32_t k = d->vars; k-- > 0;) {
        uint32_t j = d->var[k];
        b->values[b->out->issue[j]] = entry % b->m->size[j];
        entry /= b->m->size[j];
    }
}

static void clear_entry(nm_draft *b, const nm_draft_table *d)
{
    for (uint32_t k = 0; k < d->vars; k++) {
        b->values[b->out->issue[d->var[k]]] = -1;
    }
}

/* Truth of an atom; a split without a step has the shares that its steps were given. */
static parley_truth atom_truth(void *user, const parley_formula *atom)
{
    const nm_draft *b = user;
    if (atom->kind == PARLEY_F_ACCEPTS) {
        return parley_case_accepts(b->c, atom->party, atom->proposal);
    }
    const parley_issue *issue = parley_case_issue(b->c, atom->issue);
    int64_t v = b->values[atom->issue];
    if (v < 0) {
        return PARLEY_NOT_KNOWN;
    }
    if (issue->kind != PARLEY_ISSUE_SPLIT || issue->has_range) {
        return parley_case_atom_holds(b->c, atom, v) ? PARLEY_YES : PARLEY_NO;
    }
    nm_ratio share;
    bool fits = nm_draft_step_share(b, issue, (uint32_t)v, (uint32_t)atom->recipient, &share);
    PARLEY_ASSERT(fits); /* a 64-bit number and a number of steps */
    for (uint32_t k = 0; k < atom->count; k++) {
        nm_ratio typed = nm_draft_decimal(atom->number[k]);
        int order = nm_ratio_compare(&share, &typed);
        bool holds = atom->compare == PARLEY_NE   ? order != 0
                     : atom->compare == PARLEY_LT ? order < 0
                     : atom->compare == PARLEY_LE ? order <= 0
                     : atom->compare == PARLEY_GT ? order > 0
                     : atom->compare == PARLEY_GE ? order >= 0
                                                  : order == 0;
        if (holds) {
            return PARLEY_YES;
        }
    }
    return PARLEY_NO;
}

parley_truth nm_draft_truth(nm_draft *b, const parley_formula *f)
{
    return parley_formula_eval(f, atom_truth, b);
}

/* Forbid the entries in which f comes out as `bad` (with no answer unknown any more). */
bool nm_draft_forbid(nm_draft *b, const parley_formula *f, parley_truth bad, int32_t red_line_of)
{
    nm_draft_table *d = table_for(b, f, red_line_of);
    if (d == NULL) {
        return b->status == PARLEY_OK; /* about issues that are not counted */
    }
    if (d->ok == NULL) {
        d->ok = parley_arena_array(b->arena, d->entries, 1);
        if (d->ok == NULL) {
            return nm_draft_nomem(b);
        }
        memset(d->ok, 1, d->entries);
    }
    for (uint32_t e = 0; e < d->entries; e++) {
        set_entry(b, d, e);
        if (nm_draft_truth(b, f) == bad) {
            d->ok[e] = 0;
        }
        if (e % 65536 == 65535 && parley_ctx_cancelled(b->ctx)) {
            return nm_draft_stop(b, PARLEY_CANCELLED, "stopped");
        }
    }
    clear_entry(b, d);
    return true;
}

static bool add_term(nm_draft *b, uint32_t i, const parley_formula *f, nm_num add)
{
    nm_draft_table *d = table_for(b, f, -1);
    if (d == NULL) {
        return b->status == PARLEY_OK;
    }
    if (d->vars == 0) { /* it always holds, or never */
        b->m->base[i] += nm_draft_truth(b, f) == PARLEY_YES ? add : 0;
        return true;
    }
    if (d->add == NULL) {
        d->add = parley_arena_array(b->arena, (size_t)d->entries * b->m->k, sizeof(*d->add));
        if (d->add == NULL) {
            return nm_draft_nomem(b);
        }
    }
    for (uint32_t e = 0; e < d->entries; e++) {
        set_entry(b, d, e);
        if (nm_draft_truth(b, f) == PARLEY_YES) {
            d->add[(size_t)e * b->m->k + i] += add;
        }
    }
    clear_entry(b, d);
    return true;
}

bool nm_draft_terms(nm_draft *b, uint32_t i, const parley_worth *w, nm_pass which)
{
    nm_ratio one = nm_ratio_of((parley_fraction){1, 1, 0});
    nm_ratio by = nm_ratio_of(w->divided_by);
    if (!nm_ratio_div(&one, &one, &by)) {
        return false;
    }
    for (uint32_t t = 0; t < w->terms; t++) {
        nm_num add = 0;
        if (!nm_draft_fraction(b, i, w->term[t].add, &one, which, &add) ||
            (which == NM_TAKE && !add_term(b, i, w->term[t].formula, add))) {
            return false;
        }
    }
    return true;
}
/* ------------------------------------------------------------------- rules */

static bool term_red_line(nm_draft *b, const parley_term *term)
{
    for (uint32_t i = 0; i < b->m->k; i++) {
        if (parley_case_worth(b->c, (int32_t)i)->party == term->party &&
            (term->rung == PARLEY_RUNG_RED_TESTED || term->rung == PARLEY_RUNG_RED_STATED) &&
            term->mode != PARLEY_MODE_ACCEPTS) {
            return nm_draft_forbid(b, term->formula,
                                   term->mode == PARLEY_MODE_REQUIRES ? PARLEY_NO : PARLEY_YES,
                                   (int32_t)i);
        }
    }
    return true;
}

bool nm_draft_rules(nm_draft *b)
{
    const parley_terms *terms = parley_deal_terms(b->deal);
    for (uint32_t r = 0; r < parley_case_rules(b->c); r++) {
        if (!nm_draft_forbid(b, parley_case_rule(b->c, (int32_t)r)->formula, PARLEY_NO, -1)) {
            return false;
        }
    }
    for (uint32_t f = 0; f < parley_case_flags(b->c); f++) {
        const parley_flag *flag = parley_case_flag(b->c, (int32_t)f);
        for (uint32_t k = 0; !flag->lifted && k < flag->keeps_out.count; k++) {
            if (!nm_draft_forbid(b, flag->keeps_out.at[k].formula, PARLEY_YES, -1)) {
                return false;
            }
        }
    }
    for (uint32_t i = 0; i < b->m->k; i++) {
        const parley_worth *w = parley_case_worth(b->c, (int32_t)i);
        for (uint32_t k = 0; k < w->red_lines.count; k++) {
            if (!nm_draft_forbid(b, w->red_lines.at[k].formula, PARLEY_YES, (int32_t)i)) {
                return false;
            }
        }
    }
    for (uint32_t t = 0; t < parley_terms_size(terms); t++) {
        if (!term_red_line(b, parley_terms_at(terms, t))) {
            return false;
        }
    }
    return true;
}

/* Terms that hold whatever the open issues become; those about no issue are in the base. */
static bool terms_like(nm_draft *b, uint32_t i, const parley_worth *w, nm_num *sum)
{
    nm_ratio one = nm_ratio_of((parley_fraction){1, 1, 0});
    nm_ratio by = nm_ratio_of(w->divided_by);
    uint64_t *bits = parley_arena_array(b->arena, (b->m->n + 63) / 64 + 1, sizeof(*bits));
    if (bits == NULL) {
        return nm_draft_nomem(b);
    }
    for (uint32_t t = 0; t < w->terms; t++) {
        const parley_formula *f = w->term[t].formula;
        scope_visit visit = {b, bits, false, false};
        nm_num add = 0;
        memset(bits, 0, ((b->m->n + 63) / 64 + 1) * sizeof(*bits));
        parley_formula_atoms(f, scope_atom, &visit);
        bool about = false;
        for (uint32_t k = 0; k < (b->m->n + 63) / 64; k++) {
            about = about || bits[k] != 0;
        }
        if (!about || visit.outside || nm_draft_truth(b, f) != PARLEY_YES) {
            continue;
        }
        if (!nm_ratio_div(&one, &one, &by) ||
            !nm_draft_fraction(b, i, w->term[t].add, &one, NM_TAKE, &add)) {
            return nm_draft_stop(b, PARLEY_RANGE, NM_TOO_LONG);
        }
        one = nm_ratio_of((parley_fraction){1, 1, 0});
        *sum += add;
    }
    return true;
}

/* Worth of the package that `without-a-deal` names; boxes count where it decides everything. */
bool nm_draft_worth_like(nm_draft *b, uint32_t i, const parley_worth *w)
{
    nm_model *m = b->m;
    const parley_formula *f = w->without_like;
    uint32_t count = f->kind == PARLEY_F_AND ? f->count : 1;
    nm_num sum = m->base[i];
    uint32_t decided_all = 0;
    nm_num *worth = parley_arena_array(b->arena, m->k, sizeof(*worth));
    nm_num *scratch = parley_arena_array(b->arena, m->boxes, sizeof(*scratch));
    uint32_t *package = parley_arena_array(b->arena, m->n, sizeof(*package));
    if (worth == NULL || scratch == NULL || package == NULL) {
        return nm_draft_nomem(b);
    }
    for (uint32_t k = 0; k < count; k++) {
        const parley_formula *atom = f->kind == PARLEY_F_AND ? f->arg[k] : f;
        int32_t var = nm_draft_variable(b, atom->issue);
        for (uint32_t v = 0; var >= 0 && v < m->size[var]; v++) {
            if (parley_case_atom_holds(b->c, atom, v)) {
                sum += nm_value(m, (uint32_t)var, v)[i];
                b->values[atom->issue] = v;
                package[var] = v;
                decided_all++;
                break;
            }
        }
    }
    if (!terms_like(b, i, w, &sum)) {
        return false;
    }
    for (uint32_t issue = 0; issue < parley_case_issues(b->c); issue++) {
        b->values[issue] = -1;
    }
    if (decided_all == m->n && m->boxes > 0) {
        nm_worth_uncapped(m, package, scratch, worth);
        sum = worth[i];
    }
    m->without[i] = m->capped[i] && sum > m->cap[i] ? m->cap[i] : sum;
    return true;
}
