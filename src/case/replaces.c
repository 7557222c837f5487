/*
 * What a later claim takes out of an earlier one.
 *
 * `replaces` takes an earlier claim out as far as the later one speaks about the same issues: a
 * conjunct goes when it shares an issue with what the later claim is about, and all of it goes when
 * the later claim names no issue. Every conjunct that goes is a shift.
 */
#include "case/statements.h"

#include <stdlib.h>
#include <string.h>

static void push_shift(collect_state *s, int32_t earlier, int32_t later, int32_t party,
                       int32_t issue)
{
    case_statements *out = s->out;
    parley_shift *at = statements_grow(s, out->shift, out->shifts, &out->shift_room, sizeof(*at));
    if (at != NULL) {
        out->shift = at;
        bool softer = case_class_strength(parley_case_claim(s->c, later)->cls) <
                      case_class_strength(parley_case_claim(s->c, earlier)->cls);
        out->shift[out->shifts++] = (parley_shift){earlier, later, party, issue, softer};
    }
}

static int by_shift(const void *pa, const void *pb)
{
    const parley_shift *a = pa;
    const parley_shift *b = pb;
    const int32_t x[4] = {a->earlier, a->later, a->party, a->issue};
    const int32_t y[4] = {b->earlier, b->later, b->party, b->issue};
    for (int k = 0; k < 4; k++) {
        if (x[k] != y[k]) {
            return x[k] < y[k] ? -1 : 1;
        }
    }
    return 0;
}

/* In order of the earlier claim, each once. */
void statements_sort_shifts(case_statements *out)
{
    uint32_t n = 0;
    if (out->shifts > 0) {
        qsort(out->shift, out->shifts, sizeof(*out->shift), by_shift);
        n = 1;
    }
    for (uint32_t i = 1; i < out->shifts; i++) {
        if (by_shift(&out->shift[i], &out->shift[n - 1]) != 0) {
            out->shift[n++] = out->shift[i];
        }
    }
    out->shifts = n;
}

/* ------------------------------------------------------------ what replaces */

static void add_issues(collect_state *s, uint64_t *bits, const parley_conditions *list)
{
    for (uint32_t k = 0; k < list->count; k++) {
        if (list->at[k].formula != NULL) {
            parley_formula_issues(list->at[k].formula, bits, s->words);
        }
    }
}

/* The issues a claim speaks about: what it is about, and its conditions. */
static void add_subject(collect_state *s, uint64_t *bits, const parley_claim *claim)
{
    const parley_about *about = &claim->about;
    if (about->kind == PARLEY_ABOUT_ISSUE) {
        bits[about->index / 64] |= UINT64_C(1) << (about->index % 64);
    }
    if (about->kind == PARLEY_ABOUT_PROPOSAL) {
        add_issues(s, bits, &parley_case_proposal(s->c, about->index)->parts);
    }
    if (about->formula != NULL) {
        parley_formula_issues(about->formula, bits, s->words);
    }
    add_issues(s, bits, &claim->conditions);
    add_issues(s, bits, &claim->only_if);
}

bool statements_prepare(collect_state *s)
{
    const parley_case *c = s->c;
    parley_arena *arena = s->out->arena;
    uint32_t claims = parley_case_claims(c);
    uint32_t *count = parley_arena_array(arena, claims, sizeof(*count));
    s->subject = parley_arena_array(arena, claims, sizeof(*s->subject));
    s->replacers = parley_arena_array(arena, claims, sizeof(*s->replacers));
    if (count == NULL || s->subject == NULL || s->replacers == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < claims; i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        if (!s->out->in_force[i] || claim->replaces.count == 0) {
            continue;
        }
        s->subject[i] = parley_arena_array(arena, s->words, sizeof(uint64_t));
        if (s->subject[i] == NULL) {
            return false;
        }
        add_subject(s, s->subject[i], claim);
        for (uint32_t k = 0; k < claim->replaces.count; k++) {
            count[claim->replaces.at[k]]++;
        }
    }
    for (uint32_t i = 0; i < parley_case_responses(c); i++) {
        /* an answer's conditions belong to what its claim speaks about */
        const parley_response *r = parley_case_response(c, (int32_t)i);
        if (r->claim >= 0 && s->subject[r->claim] != NULL) {
            add_issues(s, s->subject[r->claim], &r->conditions);
            add_issues(s, s->subject[r->claim], &r->only_if);
        }
    }
    for (uint32_t i = 0; i < claims; i++) {
        int32_t *list = count[i] > 0 ? parley_arena_array(arena, count[i], sizeof(*list)) : NULL;
        if (count[i] > 0 && list == NULL) {
            return false;
        }
        s->replacers[i] = (parley_ids){list, 0};
    }
    for (uint32_t i = 0; i < claims; i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        for (uint32_t k = 0; s->subject[i] != NULL && k < claim->replaces.count; k++) {
            parley_ids *ids = &s->replacers[claim->replaces.at[k]];
            ((int32_t *)(uintptr_t)ids->at)[ids->count++] = (int32_t)i;
        }
    }
    return true;
}

static bool is_empty(const uint64_t *bits, size_t words)
{
    for (size_t w = 0; w < words; w++) {
        if (bits[w] != 0) {
            return false;
        }
    }
    return true;
}

/*
 * Is this conjunct (or, formula NULL, this issue; or, both missing, these words) of claim `claim`
 * taken out by a later one? Records the shift.
 */
bool statements_replaced(collect_state *s, int32_t claim, int32_t party,
                         const parley_formula *formula, int32_t issue)
{
    if (claim < 0 || s->replacers[claim].count == 0) {
        return false;
    }
    parley_arena *arena = s->out->arena;
    uint64_t *mine = parley_arena_array(arena, s->words, sizeof(*mine));
    if (mine == NULL) {
        s->failed = true;
        return false;
    }
    if (formula != NULL) {
        parley_formula_issues(formula, mine, s->words);
    } else if (issue >= 0) {
        mine[issue / 64] |= UINT64_C(1) << (issue % 64);
    }
    bool out = false;
    s->out->spoke[claim] = true;
    for (uint32_t k = 0; k < s->replacers[claim].count; k++) {
        int32_t later = s->replacers[claim].at[k];
        const uint64_t *theirs = s->subject[later];
        bool whole = is_empty(theirs, s->words) || is_empty(mine, s->words);
        bool hit = whole;
        for (size_t w = 0; w < s->words; w++) {
            uint64_t both = mine[w] & theirs[w];
            for (uint64_t bits = whole ? mine[w] : both; bits != 0; bits &= bits - 1) {
                push_shift(s, claim, later, party, (int32_t)(w * 64) + __builtin_ctzll(bits));
            }
            hit = hit || both != 0;
        }
        if (hit && whole) {
            push_shift(s, claim, later, party, -1);
        }
        out = out || hit;
    }
    s->out->stands[claim] = s->out->stands[claim] || !out;
    return out;
}

/* A claim that made no statement (its conditions stand under no answer) is replaced all the same.
 */
bool statements_replaced_in_silence(collect_state *s, int32_t claim)
{
    const parley_claim *row = parley_case_claim(s->c, claim);
    const parley_about *about = &row->about;
    bool some = false;
    for (uint32_t k = 0; k < row->by.count && s->out->in_force[claim] && !s->failed; k++) {
        int32_t party = row->by.at[k].party;
        if (party < 0) {
            continue;
        }
        const parley_formula *text = about->kind == PARLEY_ABOUT_PROPOSAL
                                         ? parley_case_proposal(s->c, about->index)->formula
                                         : about->formula;
        bool asked = text != NULL;
        some = (asked && statements_replaced(s, claim, party, text, -1)) || some;
        for (uint32_t f = 0; about->kind == PARLEY_ABOUT_PROPOSAL &&
                             f < parley_case_proposal(s->c, about->index)->parts.count;
             f++) {
            const parley_formula *part =
                parley_case_proposal(s->c, about->index)->parts.at[f].formula;
            asked = asked || part != NULL;
            some = (part != NULL && statements_replaced(s, claim, party, part, -1)) || some;
        }
        if (!asked) {
            int32_t issue = about->kind == PARLEY_ABOUT_ISSUE ? about->index : -1;
            some = statements_replaced(s, claim, party, NULL, issue) || some;
        }
    }
    return some && !s->out->stands[claim];
}
