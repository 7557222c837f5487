/*
 * Ideas that somebody else had: formulas that an outsider proposed in its own voice, and what a
 * principal said it is open to. An idea stays its author's: it is shown with the claim.
 */
#include "deal/ideas_internal.h"

#include <string.h>

static bool may_be_an_idea(const ideas_work *w, int32_t i, bool *open_to)
{
    const parley_claim *claim = parley_case_claim(w->c, i);
    bool principal = false;
    bool named = false;
    for (uint32_t k = 0; k < claim->by.count; k++) {
        int32_t party = claim->by.at[k].party;
        named = named || party >= 0 || claim->by.at[k].source >= 0;
        principal = principal ||
                    (party >= 0 &&
                     (parley_case_party(w->c, party)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0);
    }
    *open_to = principal;
    bool formula =
        claim->about.kind == PARLEY_ABOUT_FORMULA || claim->about.kind == PARLEY_ABOUT_PROPOSAL;
    if (!named || !formula || !parley_terms_in_force(w->d->terms, i)) {
        return false;
    }
    switch (claim->act) {
    case PARLEY_ACT_OPEN_TO:
        return true;
    case PARLEY_ACT_PROPOSE:
    case PARLEY_ACT_OFFER:
    case PARLEY_ACT_SAY:
        return !principal;
    case PARLEY_ACT_URGE: /* of a party it is an ask, and so a term */
        for (uint32_t k = 0; k < claim->by.count; k++) {
            if (claim->by.at[k].party >= 0) {
                return false;
            }
        }
        return true;
    default:
        return false;
    }
}

static void add_conditions(ideas_work *w, idea_package *p, const parley_conditions *list)
{
    for (uint32_t k = 0; k < list->count; k++) {
        if (list->at[k].formula != NULL) {
            ideas_package_and(w, w->scratch, p, list->at[k].formula);
        }
    }
}

/* What the claim says, as a package; false when nothing of it is counted. */
static bool said(ideas_work *w, const parley_claim *claim, idea_package *out)
{
    bool some = false;
    if (!ideas_package_new(w, w->scratch, out)) {
        return false;
    }
    if (claim->about.formula != NULL) {
        some = ideas_package_and(w, w->scratch, out, claim->about.formula);
    }
    if (some) {
        add_conditions(w, out, &claim->conditions);
        add_conditions(w, out, &claim->only_if);
    }
    return some && w->status == PARLEY_OK;
}

/* Place of the claim among those of the concern that it meets first. */
static uint32_t order_of(const ideas_work *w, uint32_t rank, int32_t claim)
{
    for (uint32_t k = 0; k < w->concerns; k++) {
        parley_ids from = parley_case_concern(w->c, (int32_t)k)->met_from;
        for (uint32_t i = 0; w->rank[k] == rank && i < from.count; i++) {
            if (from.at[i] == claim) {
                return i;
            }
        }
    }
    return UINT32_MAX / 4 + (uint32_t)claim;
}

static bool add_credit(ideas_work *w, idea_draft *draft, int32_t claim, bool open_to)
{
    parley_ids old = draft->idea.credits;
    int32_t *at = ideas_take(w, w->arena, (size_t)old.count + 1, sizeof(*at));
    if (at == NULL) {
        return false;
    }
    if (old.count > 0) {
        memcpy(at, old.at, old.count * sizeof(*at));
    }
    at[old.count] = claim;
    draft->idea.credits = (parley_ids){at, old.count + 1};
    draft->idea.open_to = draft->idea.open_to || open_to;
    uint32_t order = order_of(w, draft->rank, claim);
    draft->order = old.count == 0 || order < draft->order ? order : draft->order;
    const parley_claim *row = parley_case_claim(w->c, claim);
    if (row->conditions.count > 0 && draft->idea.provided.count == 0) {
        draft->idea.provided = row->conditions;
    }
    return true;
}

static void look_at(ideas_work *w, int32_t i, bool open_to)
{
    const parley_claim *claim = parley_case_claim(w->c, i);
    idea_package change;
    idea_package p;
    idea_judgement j;
    if (!said(w, claim, &change) || !ideas_override(w, w->scratch, &w->base, &change, &p)) {
        return;
    }
    ideas_judge(w, &p, NULL, w->options.by, &j);
    if (w->status != PARLEY_OK) {
        return;
    }
    if (open_to && j.usable && !ideas_raises(w, j.level)) { /* no idea, but not to be passed over */
        IDEAS_PUSH(w, &w->out->open_to,
                   (parley_idea_open_to){i, ideas_ids(w, j.crossed, j.crossings)});
        return;
    }
    if (!j.usable || !j.allowed) {
        if (!j.usable || ideas_raises(w, j.level)) {
            IDEAS_PUSH(
                w, &w->out->left_out,
                (parley_idea_left_out){i, ideas_ids(w, j.bad, j.bads), !j.usable, j.own_only});
        }
        return;
    }
    if (!ideas_raises(w, j.level)) {
        return;
    }
    if (w->reopens > 0) {
        if (!ideas_restore(w, w->scratch, &p, &change)) {
            return;
        }
        ideas_judge(w, &p, NULL, w->options.by, &j);
    }
    for (uint32_t k = 0; k < w->out->drafts.count; k++) { /* two may have had the same idea */
        if (ideas_same_package(w, &w->out->drafts.at[k]->package, &p)) {
            add_credit(w, w->out->drafts.at[k], i, open_to);
            return;
        }
    }
    idea_draft *draft = ideas_draft(w, IDEA_CONCERN, &p, &j);
    if (draft != NULL && add_credit(w, draft, i, open_to)) {
        IDEAS_PUSH(w, &w->out->drafts, draft);
    }
}

bool ideas_credited(ideas_work *w)
{
    for (uint32_t i = 0; i < parley_case_claims(w->c) && w->status == PARLEY_OK; i++) {
        bool open_to = false;
        if (may_be_an_idea(w, (int32_t)i, &open_to)) {
            parley_arena_mark mark = parley_arena_here(w->scratch);
            look_at(w, (int32_t)i, open_to);
            parley_arena_reset(w->scratch, mark);
        }
    }
    return w->status == PARLEY_OK;
}
