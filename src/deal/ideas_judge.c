/*
 * What a package in the making is to everybody: how far it meets each concern, which terms no
 * completion of it satisfies, and whether it may be an idea.
 *
 * A package crosses a term if none of its completions (under rules and flags) satisfies it. It may
 * cross a term of a party only if it meets a concern of that party that stands behind the term. Of
 * what it may not cross, all terms of one party must also be able to hold together with it, unless
 * they could not without it.
 */
#include "deal/ideas_internal.h"

#include <string.h>

bool ideas_share(const uint64_t *a, const uint64_t *b, size_t words)
{
    for (size_t k = 0; k < words; k++) {
        if ((a[k] & b[k]) != 0) {
            return true;
        }
    }
    return false;
}

parley_meets ideas_level(ideas_work *w, const idea_package *p, uint32_t k)
{
    if (w->partly[k].yes == IDEA_NONE) {
        return PARLEY_MEETS_UNTOLD;
    }
    if (ideas_always(w, p, w->wholly[k])) {
        return PARLEY_MEETS_WHOLLY;
    }
    if (ideas_always(w, p, w->partly[k])) {
        return PARLEY_MEETS_PART;
    }
    return ideas_exists(w, p, &w->partly[k].yes, 1, NULL) ? PARLEY_MEETS_OPEN : PARLEY_MEETS_NEVER;
}

static bool raised(const ideas_work *w, const uint8_t *level, uint32_t k)
{
    return level[k] != PARLEY_MEETS_UNTOLD && level[k] >= PARLEY_MEETS_PART &&
           level[k] > w->out->base_level[k];
}

bool ideas_raises(const ideas_work *w, const uint8_t *level)
{
    bool any = false;
    for (uint32_t k = 0; k < w->concerns; k++) {
        any = any || raised(w, level, k);
    }
    return any;
}

/* Truth of atoms under an assignment of the space's variables. */
typedef struct witness_state {
    const ideas_work *w;
    const uint32_t *value;
} witness_state;

static parley_truth witness_atom(void *user, const parley_formula *atom)
{
    const witness_state *s = user;
    const parley_deal *d = s->w->d;
    if (atom->kind != PARLEY_F_ACCEPTS) {
        return parley_case_atom_holds(d->c, atom, s->value[d->variable[atom->issue]]) ? PARLEY_YES
                                                                                      : PARLEY_NO;
    }
    parley_truth known = parley_case_accepts(d->c, atom->party, atom->proposal);
    for (uint32_t i = 0; known == PARLEY_NOT_KNOWN && i < d->answers; i++) {
        if (d->answer[i].party == atom->party && d->answer[i].proposal == atom->proposal) {
            return s->value[d->counted + i] != 0 ? PARLEY_YES : PARLEY_NO;
        }
    }
    return known;
}

/* Terms that this completion satisfies need not be asked about. */
static void clear_satisfied(ideas_work *w, const uint32_t *witness, bool *ask)
{
    witness_state s = {w, witness};
    for (uint32_t t = 0; t < w->terms; t++) {
        if (ask[t]) {
            const parley_term *term = parley_terms_at(w->d->terms, t);
            parley_truth truth = parley_formula_eval(term->formula, witness_atom, &s);
            ask[t] = truth != (term->mode == PARLEY_MODE_REFUSES ? PARLEY_NO : PARLEY_YES);
        }
    }
}

static bool permitted(const ideas_work *w, const uint8_t *level, uint32_t t, const bool *permit,
                      int32_t by, bool *own)
{
    const parley_term *term = parley_terms_at(w->d->terms, t);
    bool may = (permit != NULL && permit[t]) || w->own_offer[t];
    for (uint32_t k = 0; !may && k < w->concerns; k++) {
        may = parley_case_concern(w->c, (int32_t)k)->party == term->party && raised(w, level, k) &&
              ideas_share(&w->term_issues[w->issue_words * t],
                          &w->concern_issues[w->issue_words * k], w->issue_words);
    }
    bool mine = may && term->party == by && term->basis != PARLEY_BASIS_READING;
    *own = *own || mine;
    return may && !mine;
}

/* All terms of a party that the idea may not cross, together: a smallest set that cannot hold. */
static void judge_together(ideas_work *w, const idea_package *p, int32_t party, const bool *free,
                           idea_judgement *out)
{
    uint32_t *ids = ideas_take(w, w->scratch, w->terms, sizeof(*ids));
    int32_t *term = ideas_take(w, w->scratch, w->terms, sizeof(*term));
    uint32_t n = 0;
    if (ids == NULL || term == NULL) {
        return;
    }
    for (uint32_t t = 0; t < w->terms; t++) {
        if (w->term[t].yes != IDEA_NONE && !free[t] &&
            parley_terms_at(w->d->terms, t)->party == party) {
            term[n] = (int32_t)t;
            ids[n++] = w->term[t].yes;
        }
    }
    if (n < 2 || ideas_exists(w, p, ids, n, NULL) || w->status != PARLEY_OK) {
        return;
    }
    for (uint32_t i = n; i-- > 0 && w->status == PARLEY_OK;) { /* leave out what is not needed */
        uint32_t last = ids[i];
        memmove(&ids[i], &ids[i + 1], (n - i - 1) * sizeof(*ids));
        if (!ideas_exists(w, p, ids, n - 1, NULL)) {
            memmove(&term[i], &term[i + 1], (n - i - 1) * sizeof(*term));
            n--;
        } else {
            memmove(&ids[i + 1], &ids[i], (n - i - 1) * sizeof(*ids));
            ids[i] = last;
        }
    }
    memcpy(out->bad, term, n * sizeof(*term));
    out->bads = n;
}

bool ideas_hopeless(ideas_work *w, const idea_package *p)
{
    parley_arena_mark mark = parley_arena_here(w->scratch);
    bool *ask = ideas_take(w, w->scratch, w->terms, sizeof(*ask));
    uint32_t *witness = ideas_take(w, w->scratch, w->variables, sizeof(*witness));
    bool hopeless = true;
    if (ask != NULL && witness != NULL && ideas_exists(w, p, NULL, 0, witness)) {
        for (uint32_t t = 0; t < w->terms; t++) {
            ask[t] = w->never[t] && !w->own_offer[t];
        }
        clear_satisfied(w, witness, ask);
        hopeless = false;
        for (uint32_t t = 0; t < w->terms && !hopeless && w->status == PARLEY_OK; t++) {
            if (ask[t]) {
                hopeless = !ideas_exists(w, p, &w->term[t].yes, 1, witness);
                clear_satisfied(w, witness, ask);
            }
        }
    }
    parley_arena_reset(w->scratch, mark);
    return hopeless;
}

void ideas_judge(ideas_work *w, const idea_package *p, const bool *permit, int32_t by,
                 idea_judgement *out)
{
    bool *ask = ideas_take(w, w->scratch, w->terms, sizeof(*ask));
    bool *free = ideas_take(w, w->scratch, w->terms, sizeof(*free));
    uint32_t *witness = ideas_take(w, w->scratch, w->variables, sizeof(*witness));
    *out = (idea_judgement){.level = ideas_take(w, w->scratch, w->concerns, 1),
                            .crossed = ideas_take(w, w->scratch, w->terms, sizeof(int32_t)),
                            .bad = ideas_take(w, w->scratch, w->terms, sizeof(int32_t))};
    if (w->status != PARLEY_OK) {
        return;
    }
    out->usable = ideas_exists(w, p, NULL, 0, witness);
    if (!out->usable) {
        return;
    }
    for (uint32_t t = 0; t < w->terms; t++) {
        ask[t] = w->term[t].yes != IDEA_NONE && !w->moot[t];
    }
    clear_satisfied(w, witness, ask);
    for (uint32_t t = 0; t < w->terms && w->status == PARLEY_OK; t++) {
        if (ask[t] && ideas_exists(w, p, &w->term[t].yes, 1, witness)) {
            clear_satisfied(w, witness, ask);
        } else if (ask[t]) {
            out->crossed[out->crossings++] = (int32_t)t;
        }
    }
    for (uint32_t k = 0; k < w->concerns && w->status == PARLEY_OK; k++) {
        out->level[k] = (uint8_t)ideas_level(w, p, k);
    }
    bool own = false;
    for (uint32_t i = 0; i < out->crossings; i++) {
        uint32_t t = (uint32_t)out->crossed[i];
        bool mine = false;
        free[t] = permitted(w, out->level, t, permit, by, &mine);
        own = own || mine;
        if (!free[t] && !mine) {
            out->bad[out->bads++] = (int32_t)t;
        }
        free[t] = true;
    }
    for (uint32_t t = 0; t < w->terms; t++) { /* what might be crossed may be left open too */
        bool mine = false;
        free[t] = free[t] || permitted(w, out->level, t, permit, by, &mine);
    }
    for (uint32_t q = 0; q < parley_case_parties(w->c) && out->bads == 0; q++) {
        if (w->together[q] && w->status == PARLEY_OK) {
            judge_together(w, p, (int32_t)q, free, out);
        }
    }
    out->own_only = own && out->bads == 0;
    out->allowed = !own && out->bads == 0 && w->status == PARLEY_OK;
    if (own && out->bads == 0) {
        for (uint32_t i = 0; i < out->crossings; i++) {
            const parley_term *term = parley_terms_at(w->d->terms, (uint32_t)out->crossed[i]);
            if (term->party == by && term->basis != PARLEY_BASIS_READING) {
                out->bad[out->bads++] = out->crossed[i];
            }
        }
    }
}
