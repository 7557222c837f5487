/*
 * Single solutions with a proof, without a frontier: branch and bound with multipliers.
 *
 * For multipliers l >= 0 no package has sum l_i g_i above B(l), the sum over issues of the best
 * option under l (and of the best entry of each table). Hence, over gains that are not negative:
 *   linear goals c.g      <= B(l) for l >= c,
 *   min_i g_i / s_i       <= B(l) / sum l_i s_i,
 *   log prod g_i          <= k log(B(l) / k) - sum log l_i.
 * An issue that tables have in common is cut into equal parts, one for each, so that each looks for
 * the best entry with its issues' parts, among what is allowed and fits what is decided.
 * A node moves l towards a better bound (Fisher 1981, doi:10.1287/mnsc.27.1.1), takes the package
 * that attains B as a candidate, and branches on the issue whose best option leads by least.
 * Bounds are rounded outwards by more than floating arithmetic can lose, and a node is cut only
 * when its bound lies below the best package found, so that every best package is seen; candidates
 * are compared in integers. Stopped early, the bound of what is open is reported.
 */
#include "deal/numbers_proof.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --------------------------------------------------------------------- bounds */

/* The bound on the goal's first value from B(l). */
static double bound_of(const nm_prover *p, double b, double scale)
{
    switch (p->kind) {
    case LINEAR:
        return b;
    case LEAST:
        return b / scale;
    case PRODUCT:
        break;
    }
    return b <= 0 ? -HUGE_VAL : p->k * log(b / p->k) - scale + 1e-12 * (1 + fabs(scale));
}

static double scale_of(const nm_prover *p, const double *l)
{
    double scale = 0;
    for (uint32_t i = 0; i < p->k; i++) {
        scale += p->kind == LEAST ? l[i] * p->s[i] : p->kind == PRODUCT ? log(l[i]) : 0;
    }
    return scale;
}

/*
 * The most a table reaches under l with the parts of its open issues, among entries that are
 * allowed and fit what is decided, and have option `as` of variable j (UINT32_MAX: any);
 * -HUGE_VAL: there is none. Options of an issue with tables are all kept: they are its values.
 */
static double table_best(const nm_prover *p, uint32_t t, const double *l, uint32_t j, uint32_t as,
                         uint32_t *at)
{
    const nm_table *table = &p->m->table[t];
    bool binds = nm_binds(p->view, table);
    double most = -HUGE_VAL;
    for (uint32_t e = 0; e < table->entries; e++) {
        double sum = 0;
        bool fits = !binds || table->ok[e];
        uint32_t rest = e;
        for (uint32_t q = table->vars; q-- > 0 && fits;) {
            uint32_t var = table->var[q];
            uint32_t v = rest % p->m->size[var];
            rest /= p->m->size[var];
            if (p->decided[var]) {
                fits = p->pkg[var] == v;
            } else {
                fits = var != j || v == as;
                sum += p->share[p->first[var] + v];
            }
        }
        for (uint32_t i = 0; i < p->k && fits && table->add != NULL; i++) {
            sum += l[i] * p->table_add[t][(size_t)e * p->k + i];
        }
        if (fits && sum > most) {
            most = sum;
            *at = e;
        }
    }
    return most;
}

/*
 * B(l), rounded up; gains of the package that attains it in u (tables by their own best, so that u
 * is what B counts, not always a package).
 */
static double evaluate(nm_prover *p, const double *l, double *u)
{
    const nm_model *m = p->m;
    const uint32_t k = p->k;
    double b = 0;
    double slack = 0;
    for (uint32_t i = 0; i < k; i++) {
        u[i] = p->fixed[i];
        b += l[i] * p->fixed[i];
        slack += l[i] * p->size[i];
    }
    for (uint32_t j = 0; j < m->n; j++) {
        uint32_t count = p->count[j];
        double *reduced = count <= 64 ? p->reduced : p->wide_reduced;
        if (p->decided[j]) {
            continue;
        }
        memset(reduced, 0, count * sizeof(*reduced));
        for (uint32_t i = 0; i < k; i++) {
            const double *v = p->value[j] + (size_t)i * count;
            const double li = l[i];
            for (uint32_t o = 0; o < count; o++) {
                reduced[o] += li * v[o];
            }
        }
        uint32_t top = 0;
        double second = -HUGE_VAL;
        for (uint32_t o = 1; o < count; o++) {
            if (reduced[o] > reduced[top]) {
                second = reduced[top];
                top = o;
            } else if (reduced[o] > second) {
                second = reduced[o];
            }
        }
        p->top[j] = top;
        p->lead[j] = reduced[top] - second;
        if (p->joins[j] > 0) { /* its tables count it; the busiest is decided first */
            p->lead[j] = -(double)p->joins[j];
            for (uint32_t o = 0; o < count; o++) {
                p->share[p->first[j] + o] = reduced[o] / p->joins[j];
            }
            continue;
        }
        b += reduced[top];
        for (uint32_t i = 0; i < k; i++) {
            u[i] += p->value[j][(size_t)i * count + top];
        }
    }
    for (uint32_t t = 0; t < m->tables; t++) {
        const nm_table *table = &m->table[t];
        uint32_t at = 0;
        if (!nm_prover_counts(p, t) || p->table_left[t] == 0) {
            continue; /* fixed: in p->fixed */
        }
        double most = table_best(p, t, l, UINT32_MAX, 0, &at);
        if (most == -HUGE_VAL) {
            return -HUGE_VAL; /* nothing fits */
        }
        p->table_most[t] = most;
        b += most;
        for (uint32_t i = 0; i < k && table->add != NULL; i++) {
            u[i] += p->table_add[t][(size_t)at * k + i];
        }
        for (uint32_t q = table->vars; q-- > 0;) {
            uint32_t j = table->var[q];
            uint32_t o = at % m->size[j];
            at /= m->size[j];
            if (!p->decided[j]) {
                p->top[j] = o;
                for (uint32_t i = 0; i < k; i++) {
                    u[i] += p->value[j][(size_t)i * p->count[j] + o] / p->joins[j];
                }
            }
        }
    }
    return b + 1e-11 * (slack + fabs(b));
}

/* One step of the multipliers away from what the package that attains B has in plenty. */
static void move(const nm_prover *p, double *l, const double *u, double b, double size)
{
    double mean = 0;
    double square = 0;
    switch (p->kind) {
    case LEAST:
        for (uint32_t i = 0; i < p->k; i++) {
            mean += u[i] / p->s[i] / p->k;
        }
        for (uint32_t i = 0; i < p->k; i++) {
            square += fabs(u[i] / p->s[i] - mean) / p->k;
        }
        if (square <= 0) {
            return;
        }
        double sum = 0;
        for (uint32_t i = 0; i < p->k; i++) {
            double away = (u[i] / p->s[i] - mean) / square;
            away = away > 20 ? 20 : away < -20 ? -20 : away;
            l[i] *= exp(-size * away);
            sum += l[i] * p->s[i];
        }
        for (uint32_t i = 0; i < p->k; i++) {
            l[i] = fmax(l[i] / sum, 1e-12 / p->s[i]);
        }
        return;
    case PRODUCT:
        for (uint32_t i = 0; i < p->k; i++) {
            double gain = fmax(u[i], 1e-3 * p->range[i] + 1e-300);
            double want = log(gain * l[i]);
            want = want > 20 ? 20 : want < -20 ? -20 : want;
            l[i] *= exp(-size * want);
        }
        return;
    case LINEAR:
        break;
    }
    for (uint32_t i = 0; i < p->k; i++) {
        if (u[i] < 0 || l[i] > p->c[i]) {
            square += u[i] * u[i];
        }
    }
    double gap = p->found ? fmax(b - p->inc, 1e-9 * fabs(b)) : 0.05 * fabs(b) + 1e-12;
    for (uint32_t i = 0; i < p->k && square > 0; i++) {
        if (u[i] < 0 || l[i] > p->c[i]) {
            l[i] = fmax(p->c[i], l[i] - size * gap / square * u[i]);
        }
    }
}

/* ------------------------------------------------------------------ candidates */

static double first_value(const nm_prover *p, const nm_num *u)
{
    double value = p->kind == LEAST ? HUGE_VAL : 0;
    for (uint32_t i = 0; i < p->k; i++) {
        uint32_t who = p->view->who[i];
        double g = nm_double(u[i] - p->m->without[who], p->m->unit[who]);
        if (p->kind == LINEAR) {
            value += p->c[i] * g;
        } else if (p->kind == LEAST) {
            value = fmin(value, g / p->s[i]);
        } else {
            value += log(g);
        }
    }
    return value;
}

static int better(const nm_prover *p, const nm_num *u)
{
    if (p->goal == NM_GOALS) { /* the most for one party */
        for (uint32_t i = 0; i < p->k; i++) {
            if (p->c[i] > 0) {
                return (u[i] > p->best_u[i]) - (u[i] < p->best_u[i]);
            }
        }
    }
    return nm_goal_compare(p->view, p->goal, p->ideal, u, p->best_u);
}

/* A whole package (p->pkg): is it acceptable to all, and the best so far? */
static void offer(nm_prover *p, const uint32_t *package)
{
    const nm_model *m = p->m;
    nm_num all[NM_PARTIES_MOST];
    nm_num u[NM_PARTIES_MOST];
    nm_worth(m, package, NULL, all);
    if (!nm_feasible(m, package)) {
        return;
    }
    for (uint32_t i = 0; i < p->k; i++) {
        u[i] = all[p->view->who[i]];
        if (!nm_accepts(m, p->view->who[i], u[i], package)) {
            return;
        }
    }
    int order = p->found ? better(p, u) : 1;
    if (order == 0) {
        for (uint32_t t = 0; t < p->tie_count; t++) {
            if (memcmp(p->ties[t], u, p->k * sizeof(*u)) == 0) {
                return;
            }
        }
        if (p->tie_count == TIES_MOST) {
            p->many_ties = true;
            return;
        }
    }
    if (order < 0) {
        return;
    }
    if (order > 0) {
        p->found = true;
        p->inc = first_value(p, u);
        p->tie_count = 0;
        p->many_ties = false;
        memcpy(p->best_u, u, p->k * sizeof(*u));
        memcpy(p->best_pkg, package, m->n * sizeof(*package));
    }
    memcpy(p->ties[p->tie_count++], u, p->k * sizeof(*u));
}

/* Might the package with these gains be acceptable and as good as the best? In floats, generously.
 */
static bool promising(const nm_prover *p, const double *u)
{
    double value = p->kind == LEAST ? HUGE_VAL : 0;
    if (p->m->tables > 0) {
        return true; /* u is no package's */
    }
    for (uint32_t i = 0; i < p->k; i++) {
        if (u[i] < -1e-9 * p->size[i]) {
            return false;
        }
        value = p->kind == LINEAR  ? value + p->c[i] * u[i]
                : p->kind == LEAST ? fmin(value, u[i] / p->s[i])
                                   : value + log(u[i]);
    }
    return !p->found || !(value < p->inc - 1e-9 * fabs(p->inc) - 1e-300);
}

static bool below(const nm_prover *p, double bound)
{
    return p->found && bound < p->inc - 1e-12 * fabs(p->inc) - 1e-300;
}

/* ------------------------------------------------------------------------ tree */

/* A variable takes an option, or gives it back. false: a rule or a red line forbids it. */
static bool set(nm_prover *p, uint32_t j, uint32_t option, bool back)
{
    const nm_model *m = p->m;
    bool allowed = true;
    uint32_t v = p->kept[p->first[j] + option];
    p->pkg[j] = v;
    p->decided[j] = !back;
    for (uint32_t i = 0; i < p->k; i++) {
        uint32_t who = p->view->who[i];
        nm_num exact = nm_value(m, j, v)[who];
        nm_num lost = p->best[(size_t)j * p->k + i] - exact;
        double value = p->value[j][(size_t)i * p->count[j] + option];
        p->room[i] += back ? lost : -lost;
        p->fixed[i] += back ? 0 : value; /* the caller gives the old one back */
    }
    for (uint32_t t = 0; t < m->tables; t++) {
        const nm_table *table = &m->table[t];
        bool mine = false;
        for (uint32_t q = 0; q < table->vars; q++) {
            mine = mine || table->var[q] == j;
        }
        if (!mine) {
            continue;
        }
        p->table_left[t] -= back ? 0 : 1;
        if (p->table_left[t] == 0) {
            uint32_t entry = nm_entry(m, table, p->pkg);
            allowed = allowed && (!nm_binds(p->view, table) || table->ok[entry]);
            for (uint32_t i = 0; table->add != NULL && i < p->k; i++) {
                uint32_t who = p->view->who[i];
                nm_num add = table->add[(size_t)entry * m->k + who];
                nm_num lost = p->table_best[(size_t)t * p->k + i] - add;
                p->room[i] += back ? lost : -lost;
                p->fixed[i] += back ? 0 : nm_double(add, m->unit[who]);
            }
        }
        p->table_left[t] += back ? 1 : 0;
    }
    return allowed;
}

static bool hopeless(const nm_prover *p)
{
    for (uint32_t i = 0; i < p->k; i++) {
        if (p->m->strict ? p->room[i] <= 0 : p->room[i] < 0) {
            return true;
        }
    }
    return false;
}

static int by_loss(const void *pa, const void *pb)
{
    const option_loss *a = pa;
    const option_loss *b = pb;
    return a->loss != b->loss ? (a->loss > b->loss) - (a->loss < b->loss)
                              : (a->option > b->option) - (a->option < b->option);
}

/*
 * Work at a node: move the multipliers, try candidates, then choose where to branch. false: nothing
 * is to be found below.
 */
static bool open_node(nm_prover *p, uint32_t depth, const double *from)
{
    const nm_model *m = p->m;
    step *s = &p->at[depth];
    double l[NM_PARTIES_MOST];
    double u[NM_PARTIES_MOST];
    double least = HUGE_VAL;
    uint32_t steps = depth == 0 ? ROOT_STEPS : NODE_STEPS;
    if (hopeless(p)) {
        return false;
    }
    memcpy(l, from, p->k * sizeof(*l));
    for (uint32_t r = 0; r < steps; r++) {
        double b = evaluate(p, l, u);
        if (b == -HUGE_VAL) {
            return false;
        }
        double scale = scale_of(p, l);
        double bound = bound_of(p, b, scale);
        if (bound < least) {
            least = bound;
            s->b = b;
            s->scale = scale;
            memcpy(s->l, l, p->k * sizeof(*l));
        }
        if (below(p, least)) {
            return false;
        }
        for (uint32_t j = 0; j < m->n; j++) {
            if (!p->decided[j]) {
                p->pkg[j] = p->kept[p->first[j] + p->top[j]];
            }
        }
        if (promising(p, u)) {
            offer(p, p->pkg);
        }
        double size = depth == 0 ? 0.5 / (1 + 0.05 * r) : 0.1 / (1 + 0.5 * r);
        move(p, l, u, b, p->kind == LINEAR ? fmin(1, 2 * size) : size);
    }
    evaluate(p, s->l, u); /* the leads at the best multipliers */
    uint32_t var = UINT32_MAX;
    for (uint32_t j = 0; j < m->n; j++) {
        if (!p->decided[j] && (var == UINT32_MAX || p->lead[j] < p->lead[var])) {
            var = j;
        }
    }
    if (var == UINT32_MAX) {
        offer(p, p->pkg);
        return false;
    }
    s->var = var;
    s->next = 0;
    s->options = p->count[var];
    double most = -HUGE_VAL;
    for (uint32_t o = 0; o < s->options; o++) {
        double reduced = 0;
        for (uint32_t i = 0; i < p->k; i++) {
            reduced += s->l[i] * p->value[var][(size_t)i * s->options + o];
        }
        if (p->joins[var] > 0) { /* what the option costs its tables, its parts included */
            uint32_t at = 0;
            reduced = 0;
            for (uint32_t t = 0; t < m->tables; t++) {
                bool mine = false;
                for (uint32_t q = 0; q < m->table[t].vars; q++) {
                    mine = mine || m->table[t].var[q] == var;
                }
                if (mine && nm_prover_counts(p, t)) {
                    reduced -= p->table_most[t] - table_best(p, t, s->l, var, o, &at);
                }
            }
        }
        s->order[o] = (option_loss){-reduced, o};
        most = fmax(most, reduced);
    }
    most = p->joins[var] > 0 ? 0 : most;
    for (uint32_t o = 0; o < s->options; o++) {
        s->order[o].loss += most;
    }
    qsort(s->order, s->options, sizeof(*s->order), by_loss);
    return true;
}

/* Bound of everything that a step has not tried yet. */
static double rest_of(const nm_prover *p, const step *s)
{
    return s->next >= s->options
               ? -HUGE_VAL
               : bound_of(p, s->b - s->order[s->next].loss * (1 - 1e-12), s->scale);
}

/* OK: proven. LIMIT: *bound tells what is open. */
static parley_status climb(nm_prover *p, const double *l, double *bound, parley_error *err)
{
    uint32_t depth = 0;
    p->nodes = 1;
    *bound = -HUGE_VAL;
    if (!open_node(p, 0, l)) {
        return PARLEY_OK;
    }
    for (;;) {
        step *s = &p->at[depth];
        if (s->next > 0) {
            set(p, s->var, s->order[s->next - 1].option, true);
            memcpy(p->fixed, s->fixed, p->k * sizeof(*p->fixed));
        }
        if (s->next == s->options || below(p, rest_of(p, s))) {
            if (depth == 0) {
                return PARLEY_OK;
            }
            depth--;
            continue;
        }
        memcpy(s->fixed, p->fixed, p->k * sizeof(*p->fixed));
        bool allowed = set(p, s->var, s->order[s->next].option, false);
        s->next++;
        p->nodes++;
        if (p->nodes % 64 == 0) {
            if (parley_ctx_cancelled(p->ctx)) {
                return parley_fail(err, PARLEY_CANCELLED, "stopped");
            }
            parley_ctx_progress(p->ctx, "solutions", p->nodes, 0);
        }
        if (p->nodes > p->nodes_most) {
            s->next--; /* this one is open too */
            for (uint32_t d = 0; d <= depth; d++) {
                *bound = fmax(*bound, rest_of(p, &p->at[d]));
            }
            s->next++;
            return PARLEY_LIMIT;
        }
        if (allowed && open_node(p, depth + 1, s->l)) {
            depth++;
        }
    }
}

/* Give back everything that a stopped climb left decided. */
static void reset(nm_prover *p)
{
    const nm_model *m = p->m;
    for (uint32_t i = 0; i < p->k; i++) {
        uint32_t who = p->view->who[i];
        p->fixed[i] = p->start[i];
        p->room[i] = m->base[who] - m->without[who];
        for (uint32_t j = 0; j < m->n; j++) {
            p->room[i] += p->best[(size_t)j * p->k + i];
        }
        for (uint32_t t = 0; t < m->tables; t++) {
            p->room[i] += p->table_best[(size_t)t * p->k + i];
        }
    }
    for (uint32_t t = 0; t < m->tables; t++) {
        p->table_left[t] = m->table[t].vars;
    }
    memset(p->decided, 0, m->n * sizeof(*p->decided));
    p->found = false;
    p->tie_count = 0;
    p->many_ties = false;
}

/* ----------------------------------------------------------------------- goals */

static void start_multipliers(const nm_prover *p, double *l)
{
    double sum = 0;
    for (uint32_t i = 0; i < p->k; i++) {
        double range = p->range[i] > 0 ? p->range[i] : 1;
        l[i] = p->kind == LINEAR ? p->c[i] : p->kind == LEAST ? 1 / p->s[i] : 2 / range;
        sum += l[i] * (p->kind == LEAST ? p->s[i] : 0);
    }
    for (uint32_t i = 0; i < p->k && p->kind == LEAST; i++) {
        l[i] /= sum;
    }
}

static parley_status prove_one(nm_prover *p, nm_solution *out, parley_arena *arena,
                               parley_error *err)
{
    double l[NM_PARTIES_MOST];
    double open = 0;
    reset(p);
    start_multipliers(p, l);
    parley_status status = climb(p, l, &open, err);
    if (status != PARLEY_OK && status != PARLEY_LIMIT) {
        return status;
    }
    *out = (nm_solution){.status = status == PARLEY_OK ? PARLEY_SOLUTION_OPTIMAL
                                                       : PARLEY_SOLUTION_BOUNDED,
                         .ties = status != PARLEY_OK || p->many_ties ? 0 : p->tie_count,
                         .found = p->found,
                         .nodes = p->nodes};
    if (!p->found) {
        out->status = status == PARLEY_OK ? PARLEY_SOLUTION_NONE : PARLEY_SOLUTION_BOUNDED;
        out->reason = status == PARLEY_OK ? "no package is acceptable to all"
                                          : "no acceptable package was found in time";
    } else {
        out->package = parley_arena_array(arena, p->m->n, sizeof(*out->package));
        out->u = parley_arena_array(arena, p->k, sizeof(*out->u));
        if (out->package == NULL || out->u == NULL) {
            return parley_fail(err, PARLEY_NOMEM, "out of memory for a solution");
        }
        memcpy(out->package, p->best_pkg, p->m->n * sizeof(*out->package));
        memcpy(out->u, p->best_u, p->k * sizeof(*out->u));
        if (p->goal != NM_GOALS) {
            out->value = nm_goal_value(p->view, p->goal, p->ideal, p->best_u);
        }
    }
    out->bound = out->value;
    if (status == PARLEY_LIMIT) {
        double bound = p->kind == PRODUCT ? exp(open) : open;
        if (p->goal == NM_UTILITARIAN) { /* worth, not gains */
            for (uint32_t i = 0; i < p->k; i++) {
                bound += nm_double(p->m->without[p->view->who[i]], p->m->unit[p->view->who[i]]);
            }
        }
        out->bound = p->found ? fmax(bound, out->value) : bound;
    }
    return PARLEY_OK;
}

/* What is best for each, over what all accept. LIMIT: not proven for somebody. */
static parley_status find_ideals(nm_prover *p, nm_num *ideal, bool *proven, bool *none,
                                 parley_error *err)
{
    *proven = true;
    *none = false;
    p->kind = LINEAR;
    p->goal = NM_GOALS;
    for (uint32_t i = 0; i < p->k && !*none; i++) {
        nm_solution one;
        for (uint32_t q = 0; q < p->k; q++) {
            p->c[q] = q == i ? 1 : 0;
        }
        parley_status status = prove_one(p, &one, p->arena, err);
        if (status != PARLEY_OK) {
            return status;
        }
        *none = one.status == PARLEY_SOLUTION_NONE;
        *proven = *proven && one.status == PARLEY_SOLUTION_OPTIMAL;
        ideal[i] = one.found ? one.u[i] : 0;
    }
    return PARLEY_OK;
}

static parley_status prove_all(nm_prover *p, parley_arena *arena, nm_solution out[NM_GOALS],
                               parley_error *err)
{
    nm_num ideal[NM_PARTIES_MOST];
    bool proven = true;
    bool none = false;
    parley_status status = find_ideals(p, ideal, &proven, &none, err);
    for (int g = 0; g < NM_GOALS; g++) {
        out[g] = (nm_solution){.status = PARLEY_SOLUTION_NONE,
                               .reason = "no package is acceptable to all"};
    }
    if (none || status != PARLEY_OK) {
        return status;
    }
    p->ideal = ideal;
    for (int g = 0; g < NM_GOALS && status == PARLEY_OK; g++) {
        p->goal = (nm_goal)g;
        p->kind = g == NM_NASH ? PRODUCT : g == NM_UTILITARIAN ? LINEAR : LEAST;
        for (uint32_t i = 0; i < p->k; i++) {
            uint32_t who = p->view->who[i];
            double way = nm_double(ideal[i] - p->m->without[who], p->m->unit[who]);
            p->c[i] = 1;
            p->s[i] = g == NM_KS ? way : 1;
        }
        bool way = true;
        for (uint32_t i = 0; i < p->k && g == NM_KS; i++) {
            way = way && p->s[i] > 0;
        }
        if (g == NM_KS && (!proven || !way)) {
            out[g].reason = proven ? "somebody can gain nothing, and the space is too large"
                                   : "what is best for each was not proven in time";
            continue;
        }
        status = prove_one(p, &out[g], arena, err);
    }
    return status;
}

parley_status nm_prove(parley_ctx *ctx, parley_arena *arena, const nm_view *view,
                       const nm_limits *limits, nm_solution out[NM_GOALS], parley_error *err)
{
    parley_status status = PARLEY_OK;
    for (int g = 0; g < NM_GOALS; g++) {
        out[g] = (nm_solution){.status = PARLEY_SOLUTION_NONE,
                               .reason = "the space is too large for boxes"};
    }
    if (view->m->boxes > 0) {
        return PARLEY_OK;
    }
    for (uint32_t t = 0; t < view->m->tables; t++) {
        if (view->m->table[t].vars == 0 && nm_binds(view, &view->m->table[t]) &&
            !view->m->table[t].ok[0]) {
            for (int g = 0; g < NM_GOALS; g++) {
                out[g].reason = "no package is acceptable to all";
            }
            return PARLEY_OK;
        }
    }
    parley_arena *own = parley_arena_new(ctx);
    nm_prover *p = own == NULL ? NULL : parley_arena_alloc(own, sizeof(*p));
    if (p != NULL) {
        p->ctx = ctx;
        p->arena = own;
        p->view = view;
        p->m = view->m;
        p->k = view->k;
    }
    if (p == NULL || !nm_prover_make(p)) {
        status = parley_fail(err, PARLEY_NOMEM, "out of memory for a solution");
    } else {
        nm_prover_budget(p, limits);
        status = prove_all(p, arena, out, err);
    }
    parley_arena_free(own);
    return status;
}
