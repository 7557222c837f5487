/*
 * Ideas of ours, where no credited idea meets a concern: the proposal with the fewest issues
 * decided otherwise, so that every completion meets the concern, and nothing is crossed that may
 * not be.
 *
 * With one issue, then with two, and so on, every choice of answers is tried; the first number of
 * issues at which something is found is the least. Only issues that the concern speaks about, or
 * that rules, flags or parts of the proposal tie to them, can matter. Where an issue has an order,
 * the answer nearest to the proposal (or else to what the party demanded) is taken; where it has
 * none, all answers that do equally well make one idea.
 */
#include "deal/ideas_internal.h"

#include <string.h>

#define CHANGES_MOST 4
#define EXAMPLES_MOST 64

/* Values of an issue that no formula of the case tells apart: first .. last. */
typedef struct run {
    uint32_t first;
    uint32_t last;
} run;

typedef struct found {
    uint32_t variable[CHANGES_MOST];
    uint64_t distance[CHANGES_MOST];
    bool near[CHANGES_MOST]; /* the distance counts: the issue has an order and a place to begin */
    idea_package change;
    idea_package package;
    idea_judgement judgement;
    bool dropped;
} found;

typedef struct search {
    ideas_work *w;
    uint32_t concern;
    idea_pair target;
    bool wholly;
    int32_t by;
    uint32_t *variable; /* candidates, ascending */
    uint32_t variables;
    run **runs;
    uint32_t *run_count;
    bool **dead; /* by run: it crosses, by itself, what no idea may cross */
    uint32_t changes;
    uint64_t tried;
    uint64_t judged;
    bool far;
    uint32_t *example[EXAMPLES_MOST]; /* completions that do not meet the target */
    uint32_t examples;
    IDEA_LIST(found) found;
} search;

/* ------------------------------------------------------------------ what can matter */

static bool join(ideas_work *w, uint64_t *issues, const parley_formula *f)
{
    parley_arena_mark mark = parley_arena_here(w->d->scratch);
    uint64_t *own = ideas_take(w, w->d->scratch, w->issue_words, sizeof(*own));
    bool grown = false;
    if (own != NULL && f != NULL && deal_countable(w->d, f)) {
        parley_formula_issues(f, own, w->issue_words);
        if (ideas_share(own, issues, w->issue_words)) {
            for (size_t k = 0; k < w->issue_words; k++) {
                grown = grown || (own[k] & ~issues[k]) != 0;
                issues[k] |= own[k];
            }
        }
    }
    parley_arena_reset(w->d->scratch, mark);
    return grown;
}

/* Issues that rules, flags and parts of the proposal tie to those of the concern. */
static void tie(ideas_work *w, uint64_t *issues)
{
    bool grown = true;
    while (grown && w->status == PARLEY_OK) {
        grown = false;
        for (uint32_t i = 0; i < parley_case_rules(w->c); i++) {
            grown = join(w, issues, parley_case_rule(w->c, (int32_t)i)->formula) || grown;
        }
        for (uint32_t i = 0; i < parley_case_flags(w->c); i++) {
            const parley_flag *flag = parley_case_flag(w->c, (int32_t)i);
            for (uint32_t k = 0; !flag->lifted && k < flag->keeps_out.count; k++) {
                grown = join(w, issues, flag->keeps_out.at[k].formula) || grown;
            }
        }
        for (uint32_t k = 0; k < w->base.units; k++) {
            grown = join(w, issues, w->unit.at[w->base.unit[k]].formula) || grown;
        }
    }
}

typedef struct break_state {
    const ideas_work *w;
    int32_t issue;
    uint32_t values;
    bool *begins;
} break_state;

static void break_atom(void *user, const parley_formula *atom)
{
    break_state *s = user;
    if (atom->kind == PARLEY_F_ACCEPTS || atom->issue != s->issue) {
        return;
    }
    bool before = parley_case_atom_holds(s->w->c, atom, 0);
    for (uint32_t v = 1; v < s->values; v++) {
        bool now = parley_case_atom_holds(s->w->c, atom, v);
        s->begins[v] = s->begins[v] || now != before;
        before = now;
    }
}

static void break_list(break_state *s, const parley_conditions *list)
{
    for (uint32_t k = 0; k < list->count; k++) {
        if (list->at[k].formula != NULL) {
            parley_formula_atoms(list->at[k].formula, break_atom, s);
        }
    }
}

static void make_runs(search *s, uint32_t at)
{
    ideas_work *w = s->w;
    uint32_t v = s->variable[at];
    const parley_issue *issue = parley_case_issue(w->c, w->d->issue[v]);
    uint32_t values = issue->values;
    break_state b = {w, w->d->issue[v], values,
                     ideas_take(w, w->scratch, values, sizeof(*b.begins))};
    if (b.begins == NULL) {
        return;
    }
    if (issue->kind == PARLEY_ISSUE_CHOICE) {
        memset(b.begins, 1, values);
    } else {
        for (uint32_t i = 0; i < parley_case_rules(w->c); i++) {
            parley_formula_atoms(parley_case_rule(w->c, (int32_t)i)->formula, break_atom, &b);
        }
        for (uint32_t t = 0; t < w->terms; t++) {
            parley_formula_atoms(parley_terms_at(w->d->terms, t)->formula, break_atom, &b);
        }
        for (uint32_t i = 0; i < parley_case_flags(w->c); i++) {
            break_list(&b, &parley_case_flag(w->c, (int32_t)i)->keeps_out);
        }
        for (uint32_t k = 0; k < w->concerns; k++) {
            const parley_concern *concern = parley_case_concern(w->c, (int32_t)k);
            break_list(&b, &concern->met_by);
            break_list(&b, &concern->in_part);
        }
        for (uint32_t k = 0; k < w->unit.count; k++) {
            parley_formula_atoms(w->unit.at[k].formula, break_atom, &b);
        }
        int64_t tabled = ideas_single(w, &w->tabled, v);
        if (tabled >= 0) { /* the proposal's own value stands alone */
            b.begins[tabled] = true;
            if ((uint32_t)tabled + 1 < values) {
                b.begins[tabled + 1] = true;
            }
        }
    }
    b.begins[0] = true;
    uint32_t n = 0;
    for (uint32_t k = 0; k < values; k++) {
        n += b.begins[k];
    }
    s->runs[at] = ideas_take(w, w->scratch, n, sizeof(run));
    s->run_count[at] = 0;
    s->dead[at] = ideas_take(w, w->scratch, n, sizeof(bool));
    for (uint32_t k = 0; k < values && s->runs[at] != NULL; k++) {
        if (b.begins[k]) {
            s->runs[at][s->run_count[at]++] = (run){k, k};
        } else {
            s->runs[at][s->run_count[at] - 1].last = k;
        }
    }
}

/* An answer that crosses by itself what no idea may cross does so in every package. */
static void find_dead(search *s, uint32_t at)
{
    ideas_work *w = s->w;
    uint32_t v = s->variable[at];
    for (uint32_t r = 0; r < s->run_count[at] && w->status == PARLEY_OK; r++) {
        parley_arena_mark mark = parley_arena_here(w->scratch);
        idea_package p;
        uint64_t *set = ideas_take(w, w->scratch, (ideas_values(w, v) + 63) / 64, sizeof(*set));
        if (set != NULL && s->dead[at] != NULL && ideas_package_new(w, w->scratch, &p)) {
            for (uint32_t k = s->runs[at][r].first; k <= s->runs[at][r].last; k++) {
                set[k / 64] |= UINT64_C(1) << (k % 64);
            }
            p.set[v] = set;
            s->dead[at][r] = ideas_hopeless(w, &p);
        }
        parley_arena_reset(w->scratch, mark);
    }
}

/* --------------------------------------------------------------------- nearness */

/*
 * The value of a run nearest to where the search begins: the proposal's value, else the nearest
 * that the party's own demands about this issue allow. False: no order, or nowhere to begin.
 */
static bool nearest(search *s, uint32_t v, run r, uint32_t *value, uint64_t *distance)
{
    ideas_work *w = s->w;
    const parley_issue *issue = parley_case_issue(w->c, w->d->issue[v]);
    int64_t from = ideas_single(w, &w->tabled, v);
    bool some = false;
    if (!issue->ordered && issue->kind != PARLEY_ISSUE_QUANTITY) {
        return false;
    }
    if (from >= 0) {
        *value = (int64_t)r.first > from  ? r.first
                 : (int64_t)r.last < from ? r.last
                                          : (uint32_t)from;
        *distance = *value > (uint64_t)from ? *value - (uint64_t)from : (uint64_t)from - *value;
        return true;
    }
    parley_arena_mark mark = parley_arena_here(w->d->scratch);
    for (uint32_t t = 0; t < w->terms; t++) {
        const parley_term *term = parley_terms_at(w->d->terms, t);
        int32_t about = -1;
        if (w->term[t].yes == IDEA_NONE || term->basis == PARLEY_BASIS_READING ||
            term->mode != PARLEY_MODE_REQUIRES ||
            term->party != parley_case_concern(w->c, (int32_t)s->concern)->party) {
            continue;
        }
        const uint64_t *wanted = ideas_values_of(w, w->d->scratch, term->formula, &about);
        for (uint32_t k = 0; wanted != NULL && about == w->d->issue[v] && k < issue->values; k++) {
            uint32_t at = k < r.first ? r.first : k > r.last ? r.last : k;
            uint64_t far = at > k ? at - k : k - at;
            if ((wanted[k / 64] >> (k % 64) & 1) != 0 && (!some || far < *distance)) {
                *value = at;
                *distance = far;
                some = true;
            }
        }
    }
    parley_arena_reset(w->d->scratch, mark);
    return some;
}

/* ------------------------------------------------------------------------ trying */

static bool shown(const search *s, const idea_package *change)
{
    for (uint32_t e = 0; e < s->examples; e++) {
        bool fits = true;
        for (uint32_t v = 0; v < s->w->d->counted && fits; v++) {
            const uint64_t *set = change->set[v] != NULL ? change->set[v] : s->w->base.set[v];
            uint32_t value = s->example[e][v];
            fits = set == NULL || (set[value / 64] >> (value % 64) & 1) != 0;
        }
        if (fits) {
            return true;
        }
    }
    return false;
}

/* Does every completion of it meet the target? Keeps what shows that it does not. */
static bool meets(search *s, const idea_package *p)
{
    ideas_work *w = s->w;
    uint32_t *witness = ideas_take(w, w->scratch, w->variables, sizeof(*witness));
    if (witness == NULL || !ideas_exists(w, p, &s->target.no, 1, witness)) {
        return w->status == PARLEY_OK && ideas_exists(w, p, NULL, 0, NULL);
    }
    if (p->units == w->base.units && s->examples < EXAMPLES_MOST) {
        s->example[s->examples++] = witness;
    }
    return false;
}

static void keep(search *s, const uint32_t *at, const uint32_t *pick, const idea_package *change,
                 const idea_package *p, const idea_judgement *j)
{
    found f = {.change = *change, .package = *p, .judgement = *j};
    for (uint32_t i = 0; i < s->changes; i++) {
        uint32_t value = 0;
        f.variable[i] = s->variable[at[i]];
        f.near[i] = nearest(s, f.variable[i], s->runs[at[i]][pick[i]], &value, &f.distance[i]);
    }
    IDEAS_PUSH(s->w, &s->found, f);
}

static void try(search *s, const uint32_t *at, const uint32_t *pick)
{
    ideas_work *w = s->w;
    idea_package change;
    idea_package p;
    idea_judgement j;
    parley_arena_mark mark = parley_arena_here(w->scratch);
    uint32_t examples = s->examples;
    bool kept = false;
    s->tried++;
    if (!ideas_package_new(w, w->scratch, &change)) {
        return;
    }
    for (uint32_t i = 0; i < s->changes; i++) {
        uint32_t v = s->variable[at[i]];
        run r = s->runs[at[i]][pick[i]];
        uint64_t *set = ideas_take(w, w->scratch, (ideas_values(w, v) + 63) / 64, sizeof(*set));
        uint32_t value = 0;
        uint64_t distance = 0;
        if (set == NULL) {
            return;
        }
        if (nearest(s, v, r, &value, &distance)) {
            r = (run){value, value};
        }
        for (uint32_t k = r.first; k <= r.last; k++) {
            set[k / 64] |= UINT64_C(1) << (k % 64);
        }
        change.set[v] = set;
    }
    if (!shown(s, &change) && ideas_override(w, w->scratch, &w->base, &change, &p) &&
        meets(s, &p) && !ideas_hopeless(w, &p)) {
        s->judged++;
        ideas_judge(w, &p, NULL, s->by, &j);
        if (w->status == PARLEY_OK && j.allowed) {
            keep(s, at, pick, &change, &p, &j);
            kept = true;
        }
    }
    if (!kept && s->examples == examples) {
        parley_arena_reset(w->scratch, mark);
    }
}

/* The same answer as the proposal's is no change, and a dead one no idea. */
static bool changes(const search *s, uint32_t at, uint32_t pick)
{
    uint32_t v = s->variable[at];
    int64_t tabled = ideas_single(s->w, &s->w->tabled, v);
    run r = s->runs[at][pick];
    return !s->dead[at][pick] &&
           (tabled < 0 || (int64_t)r.first != tabled || (int64_t)r.last != tabled);
}

/* Every choice of answers for these issues. */
static void try_answers(search *s, const uint32_t *at)
{
    uint32_t pick[CHANGES_MOST] = {0, 0, 0, 0};
    uint32_t most = parley_ctx_limits(s->w->ctx)->search_nodes / 256;
    for (;;) {
        bool real = true;
        for (uint32_t i = 0; i < s->changes; i++) {
            real = real && changes(s, at[i], pick[i]);
        }
        if (real) {
            try(s, at, pick);
        }
        if (s->w->status != PARLEY_OK) {
            return;
        }
        if (s->tried >= most || s->judged >= most / 32) {
            s->far = true;
            return;
        }
        uint32_t i = s->changes;
        while (i > 0 && ++pick[i - 1] == s->run_count[at[i - 1]]) {
            pick[--i] = 0;
        }
        if (i == 0) {
            return;
        }
    }
}

/* Every choice of so many issues. */
static void try_issues(search *s)
{
    uint32_t at[CHANGES_MOST];
    for (uint32_t i = 0; i < s->changes; i++) {
        at[i] = i;
    }
    while (s->w->status == PARLEY_OK && !s->far) {
        if (parley_ctx_cancelled(s->w->ctx)) {
            ideas_fail(s->w, parley_fail(s->w->err, PARLEY_CANCELLED, "stopped"));
            return;
        }
        try_answers(s, at);
        uint32_t i = s->changes;
        while (i > 0 && at[i - 1] == s->variables - s->changes + i - 1) {
            i--;
        }
        if (i == 0) {
            return;
        }
        at[i - 1]++;
        for (uint32_t k = i; k < s->changes; k++) {
            at[k] = at[k - 1] + 1;
        }
    }
}

/* ---------------------------------------------------------------- of what was found */

static bool same_issues(const search *s, const found *a, const found *b)
{
    return memcmp(a->variable, b->variable, s->changes * sizeof(*a->variable)) == 0;
}

static bool same_answer(const search *s, const found *a, const found *b, uint32_t i)
{
    uint32_t v = a->variable[i];
    return memcmp(a->change.set[v], b->change.set[v],
                  (ideas_values(s->w, v) + 63) / 64 * sizeof(uint64_t)) == 0;
}

/* Another answer on the same issues is nearer, and nowhere further. */
static void drop_further(search *s)
{
    for (uint32_t a = 0; a < s->found.count; a++) {
        for (uint32_t b = 0; b < s->found.count && !s->found.at[a].dropped; b++) {
            found *x = &s->found.at[a];
            const found *y = &s->found.at[b];
            bool nearer = a != b && same_issues(s, x, y);
            bool some = false;
            for (uint32_t i = 0; i < s->changes && nearer; i++) {
                nearer = x->near[i] ? y->distance[i] <= x->distance[i] : same_answer(s, x, y, i);
                some = some || (x->near[i] && y->distance[i] < x->distance[i]);
            }
            x->dropped = nearer && some;
        }
    }
}

static bool same_judgement(const search *s, const idea_judgement *a, const idea_judgement *b)
{
    return a->crossings == b->crossings &&
           memcmp(a->crossed, b->crossed, a->crossings * sizeof(*a->crossed)) == 0 &&
           memcmp(a->level, b->level, s->w->concerns) == 0;
}

/* Answers that do equally well on an issue without an order become one idea. */
static bool merge(search *s, found *a, found *b)
{
    uint32_t differs = IDEA_NONE;
    uint32_t count = 0;
    if (!same_issues(s, a, b) || !same_judgement(s, &a->judgement, &b->judgement) ||
        a->package.units != b->package.units) {
        return false;
    }
    for (uint32_t i = 0; i < s->changes; i++) {
        if (!same_answer(s, a, b, i)) {
            differs = i;
            count++;
        }
    }
    if (count != 1 || a->near[differs]) {
        return false;
    }
    uint32_t v = a->variable[differs];
    for (uint32_t k = 0; k < s->w->d->counted; k++) { /* what was put back must agree */
        if (k != v && (a->package.set[k] == NULL) != (b->package.set[k] == NULL)) {
            return false;
        }
    }
    size_t words = (ideas_values(s->w, v) + 63) / 64;
    uint64_t *set = ideas_take(s->w, s->w->scratch, words, sizeof(*set));
    for (size_t k = 0; k < words && set != NULL; k++) {
        set[k] = a->change.set[v][k] | b->change.set[v][k];
    }
    if (set != NULL) {
        a->change.set[v] = set;
        a->package.set[v] = set;
        b->dropped = true;
    }
    return set != NULL;
}

static void merge_all(search *s)
{
    bool again = true;
    while (again && s->w->status == PARLEY_OK) {
        again = false;
        for (uint32_t a = 0; a < s->found.count; a++) {
            for (uint32_t b = a + 1; b < s->found.count && !s->found.at[a].dropped; b++) {
                again = (!s->found.at[b].dropped && merge(s, &s->found.at[a], &s->found.at[b])) ||
                        again;
            }
        }
    }
}

static void make_drafts(search *s)
{
    ideas_work *w = s->w;
    drop_further(s);
    for (uint32_t i = 0; i < s->found.count && w->reopens > 0; i++) {
        found *f = &s->found.at[i];
        if (!f->dropped && ideas_restore(w, w->scratch, &f->package, &f->change)) {
            ideas_judge(w, &f->package, NULL, s->by, &f->judgement);
        }
    }
    merge_all(s);
    for (uint32_t i = 0; i < s->found.count && w->status == PARLEY_OK; i++) {
        found *f = &s->found.at[i];
        bool known = f->dropped;
        for (uint32_t k = 0; k < w->out->drafts.count && !known; k++) {
            known = ideas_same_package(w, &w->out->drafts.at[k]->package, &f->package);
        }
        idea_draft *draft = known ? NULL : ideas_draft(w, IDEA_CONCERN, &f->package, &f->judgement);
        if (draft != NULL) {
            draft->order = UINT32_MAX / 2 + i;
            IDEAS_PUSH(w, &w->out->drafts, draft);
        }
    }
}

static bool look_for(ideas_work *w, search *s)
{
    s->found.count = 0;
    s->examples = 0;
    s->tried = 0;
    s->judged = 0;
    for (s->changes = 1; s->changes <= CHANGES_MOST && s->changes <= s->variables &&
                         s->found.count == 0 && w->status == PARLEY_OK && !s->far;
         s->changes++) {
        try_issues(s);
        if (s->found.count > 0) {
            return true;
        }
    }
    s->far = s->far || (s->found.count == 0 && s->variables > CHANGES_MOST);
    return false;
}

static void for_concern(ideas_work *w, uint32_t k)
{
    search s = {.w = w, .concern = k};
    uint64_t *issues = ideas_take(w, w->scratch, w->issue_words, sizeof(*issues));
    s.variable = ideas_take(w, w->scratch, w->d->counted, sizeof(*s.variable));
    s.runs = ideas_take(w, w->scratch, w->d->counted, sizeof(*s.runs));
    s.run_count = ideas_take(w, w->scratch, w->d->counted, sizeof(*s.run_count));
    s.dead = ideas_take(w, w->scratch, w->d->counted, sizeof(*s.dead));
    if (s.dead == NULL || issues == NULL || s.variable == NULL || s.runs == NULL ||
        s.run_count == NULL) {
        return;
    }
    memcpy(issues, &w->concern_issues[w->issue_words * k], w->issue_words * sizeof(*issues));
    tie(w, issues);
    for (uint32_t v = 0; v < w->d->counted; v++) {
        uint32_t issue = (uint32_t)w->d->issue[v];
        if ((issues[issue / 64] >> (issue % 64) & 1) != 0) {
            s.variable[s.variables++] = v;
            make_runs(&s, s.variables - 1);
            find_dead(&s, s.variables - 1);
        }
    }
    bool far = false;
    for (uint32_t pass = 0; pass < 2 && w->status == PARLEY_OK; pass++) {
        s.wholly = pass == 0;
        s.target = s.wholly ? w->wholly[k] : w->partly[k];
        s.far = false;
        if (s.target.yes == IDEA_NONE ||
            (!s.wholly && w->out->base_level[k] >= PARLEY_MEETS_PART)) {
            continue;
        }
        s.by = -1;
        bool some = look_for(w, &s);
        if (some && w->options.by >= 0) { /* what of it crosses that party's own words? */
            uint32_t all = s.found.count;
            uint32_t kept = 0;
            for (uint32_t i = 0; i < all && w->status == PARLEY_OK; i++) {
                idea_judgement j;
                ideas_judge(w, &s.found.at[i].package, NULL, w->options.by, &j);
                if (j.allowed) {
                    s.found.at[kept++] = s.found.at[i];
                } else {
                    IDEAS_PUSH(
                        w, &w->out->left_out,
                        (parley_idea_left_out){-1, ideas_ids(w, j.bad, j.bads), false, j.own_only});
                }
            }
            s.found.count = kept;
            s.by = w->options.by;
            some = kept > 0 || look_for(w, &s);
        }
        far = far || s.far;
        if (some) {
            make_drafts(&s);
            return;
        }
    }
    if (far) {
        IDEAS_PUSH(w, &w->out->notes, (parley_idea_note){PARLEY_IDEA_NOTE_FAR, (int32_t)k, -1});
    }
}

bool ideas_own(ideas_work *w)
{
    uint32_t credited = w->out->drafts.count;
    for (uint32_t r = 0; r < w->concerns && w->status == PARLEY_OK; r++) {
        uint32_t k = 0;
        while (w->rank[k] != r) {
            k++;
        }
        bool met = w->out->base_level[k] >= PARLEY_MEETS_WHOLLY; /* or no formula tells */
        for (uint32_t i = 0; i < credited && !met; i++) {
            const uint8_t *level = w->out->drafts.at[i]->level;
            met = level[k] >= PARLEY_MEETS_PART && level[k] > w->out->base_level[k];
        }
        if (!met) {
            parley_arena_mark mark = parley_arena_here(w->scratch);
            parley_ctx_progress(w->ctx, "looking for ideas", r, w->concerns);
            for_concern(w, k);
            parley_arena_reset(w->scratch, mark);
        }
    }
    return w->status == PARLEY_OK;
}
