/*
 * What follows from an idea's package: what changes and how, who has to act, who was never asked,
 * what is on record against it.
 */
#include "deal/ideas_internal.h"

#include <stdlib.h>
#include <string.h>

parley_ids ideas_ids(ideas_work *w, const int32_t *at, uint32_t count)
{
    int32_t *copy = ideas_take(w, w->arena, count, sizeof(*copy));
    if (copy != NULL && count > 0) {
        memcpy(copy, at, count * sizeof(*copy));
    }
    return (parley_ids){copy, copy != NULL ? count : 0};
}

bool ideas_is_time(const parley_issue *issue)
{
    static const char *const units[] = {"second", "minute", "hour", "day", "week", "month", "year"};
    if (issue->kind != PARLEY_ISSUE_QUANTITY || issue->unit == NULL) {
        return false;
    }
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        size_t n = strlen(units[i]);
        if (strncmp(issue->unit, units[i], n) == 0 &&
            (issue->unit[n] == '\0' || strcmp(&issue->unit[n], "s") == 0)) {
            return true;
        }
    }
    return false;
}

/* ------------------------------------------------------------------ patterns */

/* Does a demand in words, about this issue alone, leave out every value of the set? */
static bool leaves_demand(ideas_work *w, int32_t issue, const uint64_t *set)
{
    bool leaves = false;
    parley_arena_mark mark = parley_arena_here(w->d->scratch);
    size_t words = (parley_case_issue(w->c, issue)->values + 63) / 64;
    for (uint32_t t = 0; t < w->terms && !leaves; t++) {
        const parley_term *term = parley_terms_at(w->d->terms, t);
        int32_t about = -1;
        if (w->term[t].yes == IDEA_NONE || term->mode != PARLEY_MODE_REQUIRES ||
            term->basis == PARLEY_BASIS_READING ||
            (w->term_issues[w->issue_words * t + (size_t)issue / 64] >> (issue % 64) & 1) == 0) {
            continue;
        }
        const uint64_t *wanted = ideas_values_of(w, w->d->scratch, term->formula, &about);
        leaves = wanted != NULL && about == issue && !ideas_share(wanted, set, words);
    }
    parley_arena_reset(w->d->scratch, mark);
    return leaves;
}

static int64_t highest(const ideas_work *w, const idea_package *p, uint32_t variable)
{
    int64_t found = -1;
    for (uint32_t v = 0; v < ideas_values(w, variable); v++) {
        found = (p->set[variable][v / 64] >> (v % 64) & 1) != 0 ? (int64_t)v : found;
    }
    return found;
}

parley_pattern ideas_change_pattern(ideas_work *w, uint32_t variable, const idea_package *p)
{
    const parley_issue *issue = parley_case_issue(w->c, w->d->issue[variable]);
    bool several = ideas_single(w, p, variable) < 0;
    int64_t from = ideas_single(w, &w->tabled, variable);
    bool line = issue->ordered || issue->kind == PARLEY_ISSUE_QUANTITY;
    if (line && from >= 0) {
        return ideas_is_time(issue) && highest(w, p, variable) < from ? PARLEY_PATTERN_SHORTEN
                                                                      : PARLEY_PATTERN_NARROW;
    }
    if (line && leaves_demand(w, w->d->issue[variable], p->set[variable])) {
        return PARLEY_PATTERN_NARROW;
    }
    if (w->tabled.set[variable] != NULL) {
        return PARLEY_PATTERN_SUBSTITUTE;
    }
    return several ? PARLEY_PATTERN_NAME : PARLEY_PATTERN_ADD;
}

/* Of the changes on issues that the first concern speaks about, the first in the list of patterns.
 */
static parley_pattern pattern_of(const ideas_work *w, const idea_draft *draft, uint32_t concern)
{
    parley_pattern best = PARLEY_PATTERN_ADD;
    bool some = false;
    for (uint32_t pass = 0; pass < 2 && !some; pass++) {
        for (uint32_t i = 0; i < draft->idea.changes; i++) {
            const parley_idea_choice *choice = &draft->idea.choice[i];
            const uint64_t *issues = &w->concern_issues[w->issue_words * concern];
            bool here =
                pass == 1 || (concern != IDEA_NONE &&
                              (issues[choice->issue / 64] >> (choice->issue % 64) & 1) != 0);
            if (here && (!some || choice->pattern < best)) {
                best = choice->pattern;
                some = true;
            }
        }
    }
    return best;
}

/* ------------------------------------------------------------- who acts, who was asked */

parley_ids ideas_needs(ideas_work *w, const parley_idea_choice *choice, uint32_t choices, bool by)
{
    uint32_t parties = parley_case_parties(w->c);
    int32_t *at = ideas_take(w, w->arena, parties, sizeof(*at));
    uint32_t n = 0;
    for (uint32_t p = 0; p < parties && at != NULL; p++) {
        bool needed = false;
        for (uint32_t i = 0; i < choices && !needed; i++) {
            const parley_issue *issue = parley_case_issue(w->c, choice[i].issue);
            needed = parley_ids_hold(by ? issue->by : issue->needs, (int32_t)p);
            for (uint32_t k = 0; issue->kind == PARLEY_ISSUE_CHOICE && k < choice[i].values; k++) {
                const parley_option *option = &issue->options[choice[i].value[k]];
                needed = needed || parley_ids_hold(by ? option->by : option->needs, (int32_t)p);
            }
        }
        if (needed) {
            at[n++] = (int32_t)p;
        }
    }
    return (parley_ids){at, n};
}

typedef struct named_state {
    const ideas_work *w;
    int32_t issue;
    const int64_t *value;
    uint32_t values;
    bool named;
} named_state;

/* An atom names a value when it holds for it and says more than what it is not. */
static void named_atom(void *user, const parley_formula *atom)
{
    named_state *s = user;
    if (atom->kind == PARLEY_F_ACCEPTS || atom->issue != s->issue || atom->compare == PARLEY_NE) {
        return;
    }
    for (uint32_t k = 0; k < s->values && !s->named; k++) {
        s->named = parley_case_atom_holds(s->w->c, atom, s->value[k]);
    }
}

static void named_in(named_state *s, const parley_formula *f)
{
    if (f != NULL && !s->named) {
        parley_formula_atoms(f, named_atom, s);
    }
}

static void named_list(named_state *s, const parley_conditions *list)
{
    for (uint32_t k = 0; k < list->count; k++) {
        named_in(s, list->at[k].formula);
    }
}

static void named_proposal(named_state *s, int32_t proposal)
{
    if (proposal >= 0) {
        const parley_proposal *p = parley_case_proposal(s->w->c, proposal);
        named_in(s, p->formula);
        named_list(s, &p->parts);
    }
}

static bool speaks(const parley_voices *voices, int32_t party)
{
    for (uint32_t k = 0; k < voices->count; k++) {
        if (party < 0 || voices->at[k].party == party) {
            return true;
        }
    }
    return false;
}

static bool from_a_party(const parley_voices *voices)
{
    for (uint32_t k = 0; k < voices->count; k++) {
        if (voices->at[k].party >= 0) {
            return true;
        }
    }
    return false;
}

bool ideas_named(ideas_work *w, int32_t party, int32_t issue, const int64_t *value, uint32_t values)
{
    named_state s = {w, issue, value, values, false};
    const parley_case *c = w->c;
    for (uint32_t i = 0; i < parley_case_claims(c) && !s.named; i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        bool here = speaks(&claim->by, party) ||
                    (party >= 0 && from_a_party(&claim->by) && speaks(&claim->to, party));
        if (!here || !parley_terms_in_force(w->d->terms, (int32_t)i)) {
            continue;
        }
        named_in(&s, claim->about.formula);
        named_list(&s, &claim->conditions);
        named_list(&s, &claim->only_if);
        if (claim->about.kind == PARLEY_ABOUT_PROPOSAL) {
            named_proposal(&s, claim->about.index);
        }
    }
    for (uint32_t i = 0; i < parley_case_responses(c) && !s.named; i++) {
        const parley_response *r = parley_case_response(c, (int32_t)i);
        if (party < 0 || r->by.party == party) {
            named_list(&s, &r->conditions);
            named_list(&s, &r->only_if);
            named_proposal(&s, r->proposal);
            named_proposal(&s, r->with);
        }
    }
    for (uint32_t i = 0; i < parley_case_proposals(c) && !s.named; i++) {
        const parley_proposal *p = parley_case_proposal(c, (int32_t)i);
        if (party < 0 || p->tabled_by.party == party) {
            named_proposal(&s, (int32_t)i);
        }
    }
    return s.named;
}

/* Do its own words, as terms that the package crosses, speak of the issue? */
static bool opposed(const ideas_work *w, parley_ids crosses, int32_t party, int32_t issue)
{
    for (uint32_t k = 0; k < crosses.count; k++) {
        uint32_t t = (uint32_t)crosses.at[k];
        const parley_term *term = parley_terms_at(w->d->terms, t);
        if (term->party == party && term->basis != PARLEY_BASIS_READING &&
            (w->term_issues[w->issue_words * t + (size_t)issue / 64] >> (issue % 64) & 1) != 0) {
            return true;
        }
    }
    return false;
}

bool ideas_unasked(ideas_work *w, const parley_idea_choice *choice, uint32_t choices,
                   parley_ids needs, parley_ids crosses, const parley_idea_unasked **out,
                   uint32_t *count)
{
    uint32_t parties = parley_case_parties(w->c);
    parley_idea_unasked *at = ideas_take(w, w->arena, (size_t)parties * choices, sizeof(*at));
    uint32_t n = 0;
    for (uint32_t i = 0; i < choices && at != NULL; i++) {
        for (uint32_t p = 0; p < parties; p++) {
            bool must =
                (parley_case_party(w->c, (int32_t)p)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
            if (!must && parley_ids_hold(needs, (int32_t)p)) {
                parley_ids own = ideas_needs(w, &choice[i], 1, false);
                must = parley_ids_hold(own, (int32_t)p);
            }
            if (must && !opposed(w, crosses, (int32_t)p, choice[i].issue) &&
                !ideas_named(w, (int32_t)p, choice[i].issue, choice[i].value, choice[i].values)) {
                at[n++] = (parley_idea_unasked){(int32_t)p, choice[i].issue};
            }
        }
    }
    *out = at;
    *count = n;
    return w->status == PARLEY_OK;
}

/* ------------------------------------------------------------------ objections */

static bool decides(const parley_idea *idea, int32_t issue)
{
    for (uint32_t i = 0; i < idea->changes; i++) {
        if (idea->choice[i].issue == issue) {
            return true;
        }
    }
    return false;
}

static bool objects(ideas_work *w, const idea_draft *draft, const parley_claim *claim)
{
    idea_pair pair;
    if (claim->act != PARLEY_ACT_REJECT && claim->act != PARLEY_ACT_THREATEN) {
        return false;
    }
    switch (claim->about.kind) {
    case PARLEY_ABOUT_CLAIM:
        return parley_ids_hold(draft->idea.credits, claim->about.index);
    case PARLEY_ABOUT_ISSUE:
        return decides(&draft->idea, claim->about.index);
    case PARLEY_ABOUT_FORMULA:
        return ideas_state(w, claim->about.formula, &pair) &&
               ideas_always(w, &draft->package, pair) && !ideas_always(w, &w->base, pair);
    default:
        return false;
    }
}

static void find_objections(ideas_work *w, idea_draft *draft)
{
    uint32_t claims = parley_case_claims(w->c);
    int32_t *at = ideas_take(w, w->scratch, claims, sizeof(*at));
    uint32_t n = 0;
    for (uint32_t i = 0; i < claims && at != NULL; i++) {
        if (parley_terms_in_force(w->d->terms, (int32_t)i) &&
            objects(w, draft, parley_case_claim(w->c, (int32_t)i))) {
            at[n++] = (int32_t)i;
        }
    }
    draft->idea.objections = ideas_ids(w, at, n);
}

/* ------------------------------------------------------------------ the draft */

static bool same_set(const ideas_work *w, uint32_t v, const uint64_t *a, const uint64_t *b)
{
    return a != NULL && b != NULL && memcmp(a, b, (ideas_values(w, v) + 63) / 64 * sizeof(*a)) == 0;
}

static void find_choices(ideas_work *w, idea_draft *draft)
{
    const idea_package *p = &draft->package;
    parley_idea_choice *choice =
        ideas_take(w, w->arena, w->d->counted, sizeof(*draft->idea.choice));
    uint32_t n = 0;
    for (uint32_t pass = 0; pass < 2 && choice != NULL; pass++) {
        for (uint32_t v = 0; v < w->d->counted && w->status == PARLEY_OK; v++) {
            bool kept = same_set(w, v, p->set[v], w->tabled.set[v]);
            if (p->set[v] == NULL || kept != (pass == 1)) {
                continue;
            }
            uint32_t values = 0;
            for (uint32_t k = 0; k < (ideas_values(w, v) + 63) / 64; k++) {
                values += (uint32_t)__builtin_popcountll(p->set[v][k]);
            }
            int64_t *value = ideas_take(w, w->arena, values, sizeof(*value));
            uint32_t got = 0;
            for (uint32_t k = 0; value != NULL && k < ideas_values(w, v); k++) {
                if ((p->set[v][k / 64] >> (k % 64) & 1) != 0) {
                    value[got++] = k;
                }
            }
            choice[n++] =
                (parley_idea_choice){w->d->issue[v],
                                     ideas_single(w, &w->tabled, v),
                                     value,
                                     values,
                                     kept ? PARLEY_PATTERN_ADD : ideas_change_pattern(w, v, p),
                                     kept};
        }
        draft->idea.changes = pass == 0 ? n : draft->idea.changes;
    }
    draft->idea.choice = choice;
    draft->idea.choices = n;
}

static void find_texts(ideas_work *w, idea_draft *draft)
{
    bool *changed = ideas_take(w, w->scratch, w->d->counted, sizeof(*changed));
    idea_package only = draft->package;
    uint32_t *unit = ideas_take(w, w->scratch, only.units, sizeof(*unit));
    if (changed == NULL || unit == NULL) {
        return;
    }
    for (uint32_t i = 0; i < draft->idea.changes; i++) {
        changed[w->d->variable[draft->idea.choice[i].issue]] = true;
    }
    only.unit = unit;
    only.units = 0;
    for (uint32_t k = 0; k < draft->package.units; k++) {
        bool tabled = false;
        for (uint32_t o = 0; o < w->tabled.units; o++) {
            tabled = tabled || w->tabled.unit[o] == draft->package.unit[k];
        }
        if (!tabled) {
            unit[only.units++] = draft->package.unit[k];
        }
    }
    draft->idea.formula = ideas_formula(w, &only, changed, true);
    draft->idea.text = ideas_print(w, draft->idea.formula);
    draft->idea.package = ideas_formula(w, &draft->package, NULL, true);
    draft->idea.whole = ideas_print(w, draft->idea.package);
}

static void find_concerns(ideas_work *w, idea_draft *draft)
{
    parley_ids *list[3] = {&draft->idea.whole_of, &draft->idea.part_of, &draft->idea.worse_for};
    int32_t *at = ideas_take(w, w->scratch, w->concerns, sizeof(*at));
    draft->rank = IDEA_NONE;
    for (uint32_t pass = 0; pass < 3 && at != NULL; pass++) {
        uint32_t n = 0;
        for (uint32_t k = 0; k < w->concerns; k++) {
            uint8_t now = draft->level[k];
            uint8_t before = w->out->base_level[k];
            bool here = now != PARLEY_MEETS_UNTOLD &&
                        (pass == 0   ? now == PARLEY_MEETS_WHOLLY && before < now
                         : pass == 1 ? now == PARLEY_MEETS_PART && before < now
                                     : now < before);
            if (here) {
                at[n++] = (int32_t)k;
            }
            if (here && pass < 2 && w->rank[k] < draft->rank) {
                draft->rank = w->rank[k];
                draft->less = pass;
            }
        }
        *list[pass] = ideas_ids(w, at, n);
    }
}

static void find_conditions(ideas_work *w, idea_draft *draft)
{
    int32_t *met = ideas_take(w, w->scratch, w->conditions, sizeof(*met));
    int32_t *behind = ideas_take(w, w->scratch, w->conditions, sizeof(*behind));
    uint32_t n = 0;
    uint32_t m = 0;
    for (uint32_t i = 0; i < w->conditions && met != NULL && behind != NULL; i++) {
        parley_ids concerns = w->out->conditions.at[i].concerns;
        if (ideas_always(w, &draft->package, w->condition[i]) &&
            !ideas_always(w, &w->base, w->condition[i])) {
            met[n++] = (int32_t)i;
            continue;
        }
        bool raised = false;
        for (uint32_t k = 0; k < concerns.count; k++) {
            raised = raised || parley_ids_hold(draft->idea.whole_of, concerns.at[k]) ||
                     parley_ids_hold(draft->idea.part_of, concerns.at[k]);
        }
        if (raised) {
            behind[m++] = (int32_t)i;
        }
    }
    draft->idea.conditions = ideas_ids(w, met, n);
    draft->idea.behind = ideas_ids(w, behind, m);
}

static void find_satisfied(ideas_work *w, idea_draft *draft)
{
    int32_t *at = ideas_take(w, w->scratch, w->terms, sizeof(*at));
    uint32_t n = 0;
    for (uint32_t t = 0; t < w->terms && at != NULL && w->status == PARLEY_OK; t++) {
        if (w->term[t].yes != IDEA_NONE && ideas_always(w, &draft->package, w->term[t]) &&
            !ideas_always(w, &w->base, w->term[t])) {
            at[n++] = (int32_t)t;
        }
    }
    draft->idea.satisfies = ideas_ids(w, at, n);
}

parley_ids ideas_lifted(ideas_work *w, const idea_package *p)
{
    int32_t *at = ideas_take(w, w->arena, parley_case_flags(w->c), sizeof(*at));
    uint32_t n = 0;
    for (uint32_t i = 0; i < parley_case_flags(w->c) && at != NULL; i++) {
        if (w->lifted[i].yes != IDEA_NONE && ideas_exists(w, p, &w->lifted[i].yes, 1, NULL)) {
            const parley_flag *flag = parley_case_flag(w->c, (int32_t)i);
            uint64_t *issues = ideas_take(w, w->scratch, w->issue_words, sizeof(*issues));
            bool used = false;
            for (uint32_t k = 0; issues != NULL && k < flag->keeps_out.count; k++) {
                if (flag->keeps_out.at[k].formula != NULL) {
                    parley_formula_issues(flag->keeps_out.at[k].formula, issues, w->issue_words);
                }
            }
            for (uint32_t v = 0; issues != NULL && v < w->d->counted; v++) {
                used = used || (p->set[v] != NULL &&
                                (issues[w->d->issue[v] / 64] >> (w->d->issue[v] % 64) & 1) != 0);
            }
            if (used) {
                at[n++] = (int32_t)i;
            }
        }
    }
    return (parley_ids){at, n};
}

idea_draft *ideas_draft(ideas_work *w, idea_kind kind, const idea_package *p,
                        const idea_judgement *j)
{
    idea_draft *draft = ideas_take(w, w->arena, 1, sizeof(*draft));
    uint8_t *level = ideas_take(w, w->arena, w->concerns, 1);
    if (draft == NULL || level == NULL || !ideas_package_copy(w, w->arena, p, &draft->package)) {
        return NULL;
    }
    memcpy(level, j->level, w->concerns);
    draft->kind = kind;
    draft->level = level;
    draft->made = w->out->drafts.count;
    parley_idea *idea = &draft->idea;
    *idea = (parley_idea){.with = {-1, -1}, .stage_issue = -1, .first = -1, .last = -1};
    idea->step = -1;
    idea->after = -1;
    idea->crosses = ideas_ids(w, j->crossed, j->crossings);
    find_choices(w, draft);
    find_texts(w, draft);
    find_concerns(w, draft);
    find_conditions(w, draft);
    find_satisfied(w, draft);
    uint32_t first = IDEA_NONE;
    for (uint32_t k = 0; k < w->concerns; k++) {
        first = w->rank[k] == draft->rank && draft->rank != IDEA_NONE ? k : first;
    }
    idea->pattern = pattern_of(w, draft, first);
    idea->needs = ideas_needs(w, idea->choice, idea->changes, false);
    idea->by = ideas_needs(w, idea->choice, idea->changes, true);
    idea->lifted = ideas_lifted(w, p);
    ideas_unasked(w, idea->choice, idea->changes, idea->needs, idea->crosses, &idea->unasked,
                  &idea->unasked_count);
    return w->status == PARLEY_OK ? draft : NULL;
}

/* Once credits are known. */
bool ideas_finish_draft(ideas_work *w, idea_draft *draft)
{
    find_objections(w, draft);
    return w->status == PARLEY_OK;
}
