/*
 * Whole packages near the proposal: those that cross the fewest recorded terms, then the fewest
 * readings, then differ from it on the fewest issues.
 *
 * Terms and the parts of the proposal are soft constraints. A node of the search says of some of
 * them that they hold and of others that they do not; its packages are cut into parts that share
 * none (Lawler 1972, doi:10.1287/mnsc.18.7.401), along a clash where what is still free cannot hold
 * together. Nodes are taken cheapest first, so packages come in order and each once.
 */
#include "deal/ideas_internal.h"

#include <stdlib.h>
#include <string.h>

#define NEAREST_DEFAULT 3
/* Questions for a clash; fewer where each takes longer. */
#define ASKED_MOST 4096
#define ASKED_LEAST 64
#define ASKED_SOFTS 128

enum { FREE, HOLDS, CROSSED };

typedef struct soft {
    idea_pair pair;
    uint8_t weight; /* 0 recorded term, 1 reading, 2 part of the proposal */
    int32_t term;   /* -1: a part of the proposal */
} soft;

typedef struct cost {
    uint32_t at[3];
} cost;

typedef struct near_node {
    uint8_t *state; /* by soft constraint */
    cost cost;      /* of what is crossed so far */
    cost least;     /* that a package of it can cost */
    bool bounded;   /* least has been worked out */
} near_node;

typedef struct near_package {
    uint32_t *value;
} near_package;

typedef struct near_search {
    ideas_work *w;
    soft *soft;
    uint32_t softs;
    uint32_t most;
    bool *spoken; /* by variable: something speaks about it */
    const uint64_t **clamp;
    IDEA_LIST(near_node) node;
    IDEA_LIST(near_package) package; /* of one cost */
    uint32_t listed;
    uint32_t *clash;
    uint32_t clashes;
    bool clashed;
    uint32_t asked;   /* questions for a clash... */
    uint32_t askable; /* ...of at most so many */
    uint64_t *bits;
    uint64_t *free_bits;
    uint32_t words;
} near_search;

static int compare_cost(const cost *a, const cost *b)
{
    for (uint32_t k = 0; k < 3; k++) {
        if (a->at[k] != b->at[k]) {
            return a->at[k] < b->at[k] ? -1 : 1;
        }
    }
    return 0;
}

static bool mark_issues(near_search *s, const uint64_t *issues)
{
    const parley_deal *d = s->w->d;
    for (uint32_t v = 0; v < d->counted; v++) {
        s->spoken[v] = s->spoken[v] || (issues[d->issue[v] / 64] >> (d->issue[v] % 64) & 1) != 0;
    }
    return true;
}

static void find_spoken(near_search *s)
{
    ideas_work *w = s->w;
    uint64_t *issues = ideas_take(w, w->scratch, w->issue_words, sizeof(*issues));
    if (issues == NULL) {
        return;
    }
    for (uint32_t t = 0; t < w->terms; t++) {
        if (w->term[t].yes != IDEA_NONE) {
            mark_issues(s, &w->term_issues[w->issue_words * t]);
        }
    }
    for (uint32_t i = 0; i < parley_case_rules(w->c); i++) {
        parley_formula_issues(parley_case_rule(w->c, (int32_t)i)->formula, issues, w->issue_words);
    }
    for (uint32_t i = 0; i < parley_case_flags(w->c); i++) {
        const parley_flag *flag = parley_case_flag(w->c, (int32_t)i);
        for (uint32_t k = 0; k < flag->keeps_out.count; k++) {
            if (flag->keeps_out.at[k].formula != NULL) {
                parley_formula_issues(flag->keeps_out.at[k].formula, issues, w->issue_words);
            }
        }
    }
    for (uint32_t k = 0; k < w->tabled.units; k++) {
        parley_formula_issues(w->unit.at[w->tabled.unit[k]].formula, issues, w->issue_words);
    }
    mark_issues(s, issues);
    for (uint32_t v = 0; v < w->d->counted; v++) {
        s->spoken[v] = s->spoken[v] || w->tabled.set[v] != NULL;
    }
}

static void find_softs(near_search *s)
{
    ideas_work *w = s->w;
    s->soft = ideas_take(w, w->scratch, (size_t)w->terms + w->d->counted, sizeof(*s->soft));
    bool *only = ideas_take(w, w->scratch, w->d->counted, sizeof(*only));
    for (uint32_t t = 0; t < w->terms && s->soft != NULL; t++) {
        if (w->term[t].yes != IDEA_NONE) {
            bool reading = parley_terms_at(w->d->terms, t)->basis == PARLEY_BASIS_READING;
            s->soft[s->softs++] = (soft){w->term[t], reading, (int32_t)t};
        }
    }
    for (uint32_t v = 0; v < w->d->counted && s->soft != NULL && only != NULL; v++) {
        idea_pair pair;
        if (w->tabled.set[v] == NULL) {
            continue;
        }
        memset(only, 0, w->d->counted * sizeof(*only));
        only[v] = true;
        const parley_formula *f = ideas_formula(w, &w->tabled, only, false);
        if (f == NULL || !ideas_state(w, f, &pair)) {
            return;
        }
        s->soft[s->softs++] = (soft){pair, 2, -1};
    }
}

/* Variables that nothing speaks about stand at their first value while packages are listed. */
static void find_clamp(near_search *s)
{
    ideas_work *w = s->w;
    s->clamp = ideas_take(w, w->scratch, w->variables, sizeof(*s->clamp));
    for (uint32_t v = 0; v < w->d->counted && s->clamp != NULL; v++) {
        if (!s->spoken[v]) {
            uint64_t *set = ideas_take(w, w->scratch, (ideas_values(w, v) + 63) / 64, sizeof(*set));
            if (set != NULL) {
                set[0] = 1;
            }
            s->clamp[v] = set;
        }
    }
}

/* ------------------------------------------------------------------------- nodes */

static void push_node(near_search *s, const near_node *from, const uint32_t *held, uint32_t holds,
                      uint32_t crossed)
{
    const cost nothing = {{0, 0, 0}};
    near_node node = {ideas_take(s->w, s->w->arena, s->softs, 1),
                      from != NULL ? from->cost : nothing, from != NULL ? from->least : nothing,
                      false};
    if (node.state == NULL) {
        return;
    }
    if (from != NULL) {
        memcpy(node.state, from->state, s->softs);
        for (uint32_t k = 0; k < holds; k++) {
            node.state[held[k]] = HOLDS;
        }
        node.state[crossed] = CROSSED;
        node.cost.at[s->soft[crossed].weight]++;
    }
    if (compare_cost(&node.cost, &node.least) > 0) {
        node.least = node.cost;
    }
    IDEAS_PUSH(s->w, &s->node, node);
}

static void switch_node(near_search *s, const near_node *node)
{
    ideas_work *w = s->w;
    memset(s->bits, 0, s->words * sizeof(*s->bits));
    memset(s->free_bits, 0, s->words * sizeof(*s->free_bits));
    for (uint32_t i = 0; i < w->hards; i++) {
        deal_switch_on(s->bits, w->hard[i]);
    }
    for (uint32_t k = 0; k < s->softs; k++) {
        if (node->state[k] == FREE) {
            deal_switch_on(s->free_bits, s->soft[k].pair.yes);
        } else {
            deal_switch_on(s->bits,
                           node->state[k] == HOLDS ? s->soft[k].pair.yes : s->soft[k].pair.no);
        }
    }
}

static bool first_clash(void *user, const uint32_t *ids, uint32_t count)
{
    near_search *s = user;
    s->clashed = true;
    s->clashes = 0;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < s->softs; k++) {
            if (s->soft[k].pair.yes == ids[i]) {
                s->clash[s->clashes++] = k;
            }
        }
    }
    return false;
}

static bool list_one(void *user, const uint32_t *values)
{
    near_search *s = user;
    ideas_work *w = s->w;
    near_package p = {ideas_take(w, w->arena, w->d->counted, sizeof(*p.value))};
    if (p.value == NULL) {
        return false;
    }
    memcpy(p.value, values, w->d->counted * sizeof(*p.value));
    IDEAS_PUSH(w, &s->package, p);
    return w->status == PARLEY_OK && ++s->listed < s->most;
}

/* Cut along these soft constraints, in order: the first that is crossed. */
static void cut(near_search *s, const near_node *node, const uint32_t *along, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++) {
        push_node(s, node, along, k, along[k]);
    }
}

/*
 * What a package of the node costs at least: of every clash among what is free at least one member
 * is crossed, and clashes without a common member add up. False: the node holds nothing.
 */
static bool bound(near_search *s, near_node *node)
{
    ideas_work *w = s->w;
    cost sum = node->cost;
    switch_node(s, node);
    for (;;) {
        s->clashed = false;
        s->asked++;
        parley_status status =
            space_clashes(w->space, (space_set){s->bits, s->words},
                          (space_set){s->free_bits, s->words}, first_clash, s, w->err);
        if (status != PARLEY_OK) {
            return ideas_fail(w, status);
        }
        if (!s->clashed) {
            break;
        }
        if (s->clashes == 0) {
            return false;
        }
        uint32_t cheapest = 0;
        for (uint32_t k = 0; k < s->clashes; k++) {
            uint32_t id = s->soft[s->clash[k]].pair.yes;
            uint8_t weight = s->soft[s->clash[k]].weight;
            s->free_bits[id / 64] &= ~(UINT64_C(1) << (id % 64));
            cheapest = weight > cheapest ? weight : cheapest;
        }
        sum.at[cheapest]++;
    }
    node->bounded = true;
    if (compare_cost(&sum, &node->least) > 0) {
        node->least = sum;
    }
    return true;
}

static void open_node(near_search *s, const near_node *node)
{
    ideas_work *w = s->w;
    switch_node(s, node);
    s->clashed = false;
    s->asked++;
    parley_status status =
        space_clashes(w->space, (space_set){s->bits, s->words}, (space_set){s->free_bits, s->words},
                      first_clash, s, w->err);
    if (status != PARLEY_OK) {
        ideas_fail(w, status);
        return;
    }
    if (s->clashed) { /* an empty clash: nothing here at all */
        cut(s, node, s->clash, s->clashes);
        return;
    }
    for (uint32_t k = 0; k < s->words; k++) {
        s->bits[k] |= s->free_bits[k];
    }
    s->listed = 0;
    status = space_list(w->space, (space_set){s->bits, s->words}, s->clamp, list_one, s, w->err);
    if (status != PARLEY_OK) {
        ideas_fail(w, status);
        return;
    }
    uint32_t count = 0;
    for (uint32_t k = 0; k < s->softs; k++) {
        if (node->state[k] == FREE) {
            s->clash[count++] = k;
        }
    }
    cut(s, node, s->clash, count);
}

/* ---------------------------------------------------------------------- packages */

static int by_values(const void *pa, const void *pb)
{
    const uint32_t *a = ((const near_package *)pa)->value;
    const uint32_t *b = ((const near_package *)pb)->value;
    uint32_t k = 1;
    while (k <= a[0] && a[k] == b[k]) { /* a[0]: how many values follow */
        k++;
    }
    return k > a[0] ? 0 : a[k] < b[k] ? -1 : 1;
}

static void tell(near_search *s, const uint32_t *value)
{
    ideas_work *w = s->w;
    const parley_deal *d = w->d;
    idea_package p;
    idea_judgement j;
    parley_idea_nearest near = {.choices = 0};
    parley_arena_mark mark = parley_arena_here(w->scratch);
    parley_idea_choice *choice = ideas_take(w, w->arena, d->counted, sizeof(*choice));
    if (choice == NULL || !ideas_package_new(w, w->scratch, &p)) {
        return;
    }
    for (uint32_t pass = 0; pass < 2; pass++) {
        for (uint32_t v = 0; v < d->counted && w->status == PARLEY_OK; v++) {
            int64_t from = ideas_single(w, &w->tabled, v);
            const uint64_t *tabled = w->tabled.set[v];
            bool kept = tabled != NULL && (tabled[value[v] / 64] >> (value[v] % 64) & 1) != 0;
            if (!s->spoken[v] || kept != (pass == 1)) {
                continue;
            }
            uint64_t *set = ideas_take(w, w->scratch, (ideas_values(w, v) + 63) / 64, sizeof(*set));
            int64_t *one = ideas_take(w, w->arena, 1, sizeof(*one));
            if (set == NULL || one == NULL) {
                return;
            }
            set[value[v] / 64] |= UINT64_C(1) << (value[v] % 64);
            p.set[v] = set;
            *one = value[v];
            choice[near.choices++] =
                (parley_idea_choice){d->issue[v],
                                     from,
                                     one,
                                     1,
                                     kept ? PARLEY_PATTERN_ADD : ideas_change_pattern(w, v, &p),
                                     kept};
            near.changes += !kept && tabled != NULL;
        }
    }
    ideas_judge(w, &p, NULL, -1, &j);
    if (w->status != PARLEY_OK) {
        return;
    }
    near.choice = choice;
    near.crosses = ideas_ids(w, j.crossed, j.crossings);
    for (uint32_t i = 0; i < j.crossings; i++) {
        bool reading =
            parley_terms_at(d->terms, (uint32_t)j.crossed[i])->basis == PARLEY_BASIS_READING;
        near.readings += reading;
        near.recorded += !reading;
    }
    near.needs = ideas_needs(w, choice, near.choices, false);
    near.lifted = ideas_lifted(w, &p);
    ideas_unasked(w, choice, near.choices, near.needs, near.crosses, &near.unasked,
                  &near.unasked_count);
    IDEAS_PUSH(w, &w->out->nearest, near);
    parley_arena_reset(w->scratch, mark);
}

/* All packages of one cost were found: in the order of their values. */
static void tell_all(near_search *s)
{
    ideas_work *w = s->w;
    for (uint32_t i = 0; i < s->package.count; i++) {
        uint32_t *with = ideas_take(w, w->arena, (size_t)w->d->counted + 1, sizeof(*with));
        if (with == NULL) {
            return;
        }
        with[0] = w->d->counted;
        memcpy(&with[1], s->package.at[i].value, w->d->counted * sizeof(*with));
        s->package.at[i].value = with;
    }
    if (s->package.count > 1) {
        qsort(s->package.at, s->package.count, sizeof(*s->package.at), by_values);
    }
    for (uint32_t i = 0; i < s->package.count && w->out->nearest.count < s->most; i++) {
        tell(s, &s->package.at[i].value[1]);
    }
    s->package.count = 0;
}

static void find(near_search *s)
{
    ideas_work *w = s->w;
    uint32_t opened = 0;
    cost level = {{0, 0, 0}};
    push_node(s, NULL, NULL, 0, 0);
    while (w->status == PARLEY_OK) {
        uint32_t best = 0;
        for (uint32_t i = 1; i < s->node.count; i++) {
            best = compare_cost(&s->node.at[i].least, &s->node.at[best].least) < 0 ? i : best;
        }
        bool next = s->node.count == 0 || s->asked >= s->askable ||
                    compare_cost(&s->node.at[best].least, &level) > 0;
        if (next) {
            bool more = s->package.count + w->out->nearest.count > s->most;
            tell_all(s);
            if (s->node.count == 0 || w->out->nearest.count >= s->most || s->asked >= s->askable) {
                w->out->nearest_complete = s->node.count == 0 && !more;
                return;
            }
            level = s->node.at[best].least;
        }
        near_node node = s->node.at[best];
        s->node.at[best] = s->node.at[--s->node.count];
        opened++;
        parley_ctx_progress(w->ctx, "looking for near packages", opened, 0);
        if (!node.bounded) {
            if (bound(s, &node)) {
                IDEAS_PUSH(w, &s->node, node);
            }
        } else {
            open_node(s, &node);
        }
    }
}

bool ideas_find_nearest(ideas_work *w)
{
    near_search s = {.w = w, .most = w->options.nearest, .askable = ASKED_MOST};
    if (w->options.no_nearest) {
        return w->status == PARLEY_OK;
    }
    if (s.most == 0) {
        if (w->out->ideas > 0) {
            return w->status == PARLEY_OK;
        }
        s.most = NEAREST_DEFAULT;
    }
    s.spoken = ideas_take(w, w->scratch, w->variables, sizeof(*s.spoken));
    if (s.spoken == NULL) {
        return false;
    }
    find_spoken(&s);
    find_softs(&s);
    find_clamp(&s);
    s.words = space_constraints(w->space) / 64 + 1;
    s.bits = ideas_take(w, w->scratch, s.words, sizeof(*s.bits));
    s.free_bits = ideas_take(w, w->scratch, s.words, sizeof(*s.free_bits));
    s.clash = ideas_take(w, w->scratch, s.softs, sizeof(*s.clash));
    if (w->status != PARLEY_OK) {
        return false;
    }
    if (s.softs > ASKED_SOFTS) {
        uint64_t fewer = (uint64_t)ASKED_MOST * ASKED_SOFTS * ASKED_SOFTS / s.softs / s.softs;
        s.askable = fewer > ASKED_LEAST ? (uint32_t)fewer : ASKED_LEAST;
    }
    find(&s);
    return w->status == PARLEY_OK;
}
