/*
 * What the answers to the proposal ask or refuse, which concerns stand behind it, and what was
 * asked that nobody refuses.
 */
#include "deal/ideas_internal.h"

#include <string.h>

/* Does the concern stand behind a condition of this party about these issues? */
static bool behind(const ideas_work *w, uint32_t k, int32_t party, const uint64_t *issues,
                   int32_t claim)
{
    const parley_concern *concern = parley_case_concern(w->c, (int32_t)k);
    bool told = concern->met_by.count + concern->in_part.count > 0;
    return concern->party == party &&
           (told
                ? ideas_share(issues, &w->concern_issues[w->issue_words * k], w->issue_words)
                : claim >= 0 && (concern->claim == claim || parley_ids_hold(concern->from, claim)));
}

static void push(ideas_work *w, parley_idea_condition condition)
{
    parley_ideas *out = w->out;
    int32_t *concerns = ideas_take(w, w->arena, w->concerns, sizeof(*concerns));
    uint64_t *issues = ideas_take(w, w->arena, w->issue_words, sizeof(*issues));
    if (concerns == NULL || issues == NULL) {
        return;
    }
    for (uint32_t i = 0; i < out->conditions.count; i++) { /* each once */
        const parley_idea_condition *other = &out->conditions.at[i];
        if (other->party == condition.party && other->refuses == condition.refuses &&
            (condition.term >= 0 ? other->term == condition.term
                                 : other->term < 0 && strcmp(other->text, condition.text) == 0)) {
            return;
        }
    }
    if (condition.formula != NULL) {
        parley_formula_issues(condition.formula, issues, w->issue_words);
    }
    uint32_t n = 0;
    for (uint32_t k = 0; k < w->concerns; k++) {
        if (behind(w, k, condition.party, issues, condition.claim)) {
            concerns[n++] = (int32_t)k;
        }
    }
    condition.concerns = (parley_ids){concerns, n};
    IDEAS_PUSH(w, &out->conditions, condition);
}

static void words(ideas_work *w, const parley_response *r, int32_t response,
                  const parley_conditions *list)
{
    for (uint32_t k = 0; k < list->count; k++) {
        if (list->at[k].formula == NULL) {
            push(w, (parley_idea_condition){.party = r->by.party,
                                            .response = response,
                                            .claim = r->claim,
                                            .term = -1,
                                            .text = list->at[k].text});
        }
    }
}

/* A counter-proposal binds nothing, but what it decides is asked for. */
static void countered(ideas_work *w, const parley_response *r, int32_t response,
                      const parley_formula *f)
{
    if (f->kind == PARLEY_F_AND) {
        for (uint32_t k = 0; k < f->count; k++) { /* depth: limit formula_depth */
            countered(w, r, response, f->arg[k]);
        }
        return;
    }
    push(w, (parley_idea_condition){.party = r->by.party,
                                    .response = response,
                                    .claim = r->claim,
                                    .term = -1,
                                    .formula = f,
                                    .text = ideas_print(w, f)});
}

static bool about_proposal(const ideas_work *w, const parley_term *term, int32_t *claim)
{
    for (uint32_t k = 0; k < term->claims.count; k++) {
        const parley_claim *row = parley_case_claim(w->c, term->claims.at[k]);
        if (row->about.kind == PARLEY_ABOUT_PROPOSAL && row->about.index == w->out->proposal) {
            *claim = term->claims.at[k];
            return true;
        }
    }
    return false;
}

/* Terms that an answer, or a claim about the proposal, makes. */
static void terms(ideas_work *w, int32_t response, int32_t tabled_by)
{
    for (uint32_t t = 0; t < w->terms && w->status == PARLEY_OK; t++) {
        const parley_term *term = parley_terms_at(w->d->terms, t);
        int32_t claim = term->support.count > 0 ? term->support.at[0] : -1;
        bool here = response >= 0 ? parley_ids_hold(term->responses, response)
                                  : term->party != tabled_by && about_proposal(w, term, &claim);
        if (here && term->mode != PARLEY_MODE_ACCEPTS && term->basis != PARLEY_BASIS_READING) {
            push(w, (parley_idea_condition){.party = term->party,
                                            .response = response,
                                            .claim = claim,
                                            .term = (int32_t)t,
                                            .formula = term->formula,
                                            .refuses = term->mode == PARLEY_MODE_REFUSES,
                                            .text = term->text});
        }
    }
}

/* Place of each concern in the order of ideas: those behind a condition first. */
static void order_concerns(ideas_work *w)
{
    uint32_t next = 0;
    memset(w->rank, 0xff, w->concerns * sizeof(*w->rank));
    for (uint32_t i = 0; i < w->out->conditions.count; i++) {
        parley_ids concerns = w->out->conditions.at[i].concerns;
        for (uint32_t k = 0; k < concerns.count; k++) {
            if (w->rank[concerns.at[k]] == IDEA_NONE) {
                w->rank[concerns.at[k]] = next++;
            }
        }
    }
    for (uint32_t k = 0; k < w->concerns; k++) {
        w->rank[k] = w->rank[k] == IDEA_NONE ? next++ : w->rank[k];
    }
}

bool ideas_find_conditions(ideas_work *w)
{
    parley_ideas *out = w->out;
    const parley_case *c = w->c;
    if (out->proposal >= 0) {
        int32_t by = parley_case_proposal(c, out->proposal)->tabled_by.party;
        for (uint32_t i = 0; i < parley_case_responses(c); i++) {
            const parley_response *r = parley_case_response(c, (int32_t)i);
            if (r->proposal != out->proposal || r->by.party < 0) {
                continue;
            }
            terms(w, (int32_t)i, by);
            words(w, r, (int32_t)i, &r->conditions);
            words(w, r, (int32_t)i, &r->only_if);
            if (r->with >= 0) {
                const parley_proposal *p = parley_case_proposal(c, r->with);
                if (p->formula != NULL) {
                    countered(w, r, (int32_t)i, p->formula);
                }
                for (uint32_t k = 0; k < p->parts.count; k++) {
                    if (p->parts.at[k].formula != NULL) {
                        countered(w, r, (int32_t)i, p->parts.at[k].formula);
                    }
                }
            }
        }
        terms(w, -1, by);
    }
    w->conditions = out->conditions.count;
    w->condition = ideas_take(w, w->scratch, w->conditions, sizeof(*w->condition));
    for (uint32_t i = 0; i < w->conditions && w->condition != NULL; i++) {
        parley_idea_condition *condition = &out->conditions.at[i];
        w->condition[i] = (idea_pair){IDEA_NONE, IDEA_NONE};
        if (condition->term >= 0) {
            w->condition[i] = w->term[condition->term];
        } else if (condition->formula != NULL) {
            ideas_state(w, condition->formula, &w->condition[i]);
        }
        if (condition->formula != NULL && w->condition[i].yes == IDEA_NONE) {
            IDEAS_PUSH(w, &out->notes,
                       (parley_idea_note){PARLEY_IDEA_NOTE_UNCOUNTED, (int32_t)i, -1});
        }
    }
    order_concerns(w);
    return w->status == PARLEY_OK;
}

/* Terms of other parties that no completion of base with the statement satisfies, though some
 * completion of base alone does. */
static parley_ids refused_by(ideas_work *w, uint32_t statement, int32_t party)
{
    int32_t *at = ideas_take(w, w->arena, w->terms, sizeof(*at));
    uint32_t n = 0;
    for (uint32_t t = 0; t < w->terms && at != NULL; t++) {
        uint32_t both[2] = {statement, w->term[t].yes};
        if (w->term[t].yes != IDEA_NONE && parley_terms_at(w->d->terms, t)->party != party &&
            !ideas_exists(w, &w->empty, both, 2, NULL) &&
            ideas_exists(w, &w->empty, &both[1], 1, NULL)) {
            at[n++] = (int32_t)t;
        }
    }
    return (parley_ids){at, n};
}

typedef struct options_state {
    ideas_work *w;
    parley_idea_condition *condition;
    uint64_t *seen;
    IDEA_LIST(parley_idea_choice) list;
} options_state;

/* Options of ours on the issue that nobody named and no other party refuses. */
static void unheard_atom(void *user, const parley_formula *atom)
{
    options_state *s = user;
    ideas_work *w = s->w;
    if (atom->kind != PARLEY_F_CHOICE || w->d->why_not[atom->issue] != PARLEY_COUNTED ||
        (s->seen[atom->issue / 64] >> (atom->issue % 64) & 1) != 0) {
        return;
    }
    s->seen[atom->issue / 64] |= UINT64_C(1) << (atom->issue % 64);
    const parley_issue *issue = parley_case_issue(w->c, atom->issue);
    uint32_t v = (uint32_t)w->d->variable[atom->issue];
    int64_t *value = ideas_take(w, w->arena, issue->values, sizeof(*value));
    uint32_t n = 0;
    for (int64_t o = 0; o < issue->values && value != NULL; o++) {
        idea_package p = w->empty;
        idea_judgement j;
        if (!issue->options[o].ours || ideas_named(w, -1, atom->issue, &o, 1)) {
            continue;
        }
        parley_arena_mark mark = parley_arena_here(w->scratch);
        p.set = ideas_take(w, w->scratch, w->variables, sizeof(*p.set));
        uint64_t *set = ideas_take(w, w->scratch, (issue->values + 63) / 64, sizeof(*set));
        if (p.set == NULL || set == NULL) {
            return;
        }
        set[o / 64] |= UINT64_C(1) << (o % 64);
        p.set[v] = set;
        ideas_judge(w, &p, NULL, -1, &j);
        bool refused = !j.usable;
        for (uint32_t i = 0; i < j.crossings; i++) {
            refused = refused || parley_terms_at(w->d->terms, (uint32_t)j.crossed[i])->party !=
                                     s->condition->party;
        }
        parley_arena_reset(w->scratch, mark);
        if (!refused) {
            value[n++] = o;
        }
    }
    if (n > 0) {
        IDEAS_PUSH(w, &s->list,
                   (parley_idea_choice){.issue = atom->issue,
                                        .from = ideas_single(w, &w->tabled, v),
                                        .value = value,
                                        .values = n,
                                        .pattern = PARLEY_PATTERN_ADD});
    }
}

bool ideas_close_conditions(ideas_work *w)
{
    for (uint32_t i = 0; i < w->conditions && w->status == PARLEY_OK; i++) {
        parley_idea_condition *condition = &w->out->conditions.at[i];
        if (w->condition[i].yes == IDEA_NONE) {
            continue;
        }
        condition->refused_by = refused_by(w, w->condition[i].yes, condition->party);
        options_state s = {.w = w,
                           .condition = condition,
                           .seen = ideas_take(w, w->scratch, w->issue_words, sizeof(uint64_t))};
        if (s.seen != NULL) {
            parley_formula_atoms(condition->formula, unheard_atom, &s);
        }
        condition->unheard = s.list.at;
        condition->unheard_count = s.list.count;
    }
    return w->status == PARLEY_OK;
}

bool ideas_find_asks(ideas_work *w)
{
    for (uint32_t t = 0; t < w->terms && w->status == PARLEY_OK; t++) {
        const parley_term *term = parley_terms_at(w->d->terms, t);
        if (w->term[t].yes == IDEA_NONE || term->mode != PARLEY_MODE_REQUIRES ||
            term->basis == PARLEY_BASIS_READING || ideas_always(w, &w->base, w->term[t]) ||
            !ideas_exists(w, &w->base, &w->term[t].yes, 1, NULL)) {
            continue;
        }
        bool refused = false;
        for (uint32_t o = 0; o < w->terms && !refused && w->status == PARLEY_OK; o++) {
            uint32_t both[2] = {w->term[t].yes, w->term[o].yes};
            refused = w->term[o].yes != IDEA_NONE &&
                      parley_terms_at(w->d->terms, o)->party != term->party &&
                      !ideas_exists(w, &w->base, both, 2, NULL) &&
                      ideas_exists(w, &w->base, &both[1], 1, NULL);
        }
        int32_t idea = -1;
        for (uint32_t i = 0; i < w->out->ideas && idea < 0; i++) {
            idea = parley_ids_hold(w->out->idea[i].satisfies, (int32_t)t) ? (int32_t)i : -1;
        }
        if (!refused) {
            IDEAS_PUSH(w, &w->out->asks, (parley_idea_ask){(int32_t)t, idea});
        }
    }
    return w->status == PARLEY_OK;
}
