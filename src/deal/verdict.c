/*
 * What one package is to one party (DESIGN 2.1), clashing terms, and issues in dispute.
 *
 * Verdicts are exact over all completions of a partial package that keep the rules: "in every
 * completion" is an entailment under the rules of "the package implies ...".
 */
#include "deal/deal_internal.h"

#include <string.h>

/* Does this term bind the party at this rung, in a verdict? Acceptance refuses nothing. */
static bool binds(const parley_deal *d, uint32_t i, int32_t party, parley_rung rung)
{
    const parley_term *term = parley_terms_at(d->terms, i);
    return term->party == party && term->rung <= rung && term->mode != PARLEY_MODE_ACCEPTS &&
           d->term_constraint[i] != DEAL_NO_CONSTRAINT;
}

static const space_expr *make(parley_arena *arena, space_expr_kind kind,
                              const space_expr *const *arg, uint32_t count)
{
    space_expr *e = parley_arena_alloc(arena, sizeof(*e));
    const space_expr **list = parley_arena_array(arena, count, sizeof(*list));
    if (e == NULL || list == NULL) {
        return NULL;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (arg[i] == NULL) {
            return NULL;
        }
        list[i] = arg[i];
    }
    *e = (space_expr){count == 0 && kind == SPACE_OR    ? SPACE_FALSE
                      : count == 0 && kind == SPACE_AND ? SPACE_TRUE
                                                        : kind,
                      0, NULL, count, list};
    return e;
}

static const space_expr *package_expr(const parley_deal *d, parley_arena *arena,
                                      parley_package package)
{
    const space_expr **part = parley_arena_array(arena, d->counted, sizeof(*part));
    uint32_t n = 0;
    for (uint32_t v = 0; part != NULL && v < d->counted; v++) {
        int64_t value = package.value[d->issue[v]];
        if (value < 0) {
            continue;
        }
        uint32_t values = parley_case_issue(d->c, d->issue[v])->values;
        space_expr *e = parley_arena_alloc(arena, sizeof(*e));
        uint64_t *set = parley_arena_array(arena, (values + 63) / 64, sizeof(*set));
        if (e == NULL || set == NULL) {
            return NULL;
        }
        set[value / 64] |= UINT64_C(1) << (value % 64);
        *e = (space_expr){SPACE_LITERAL, v, set, 0, NULL};
        part[n++] = e;
    }
    return part == NULL ? NULL : make(arena, SPACE_AND, part, n);
}

/* Does every completion that keeps the rules satisfy e? */
static parley_status always(parley_deal *d, const space_expr *package, const space_expr *e,
                            bool *out, parley_error *err)
{
    const space_expr *either[2] = {package == NULL ? NULL : deal_not(d->scratch, package), e};
    const space_expr *implied = make(d->scratch, SPACE_OR, either, 2);
    *out = false;
    return implied == NULL ? deal_nomem(err)
                           : space_entails(d->space, deal_set(d, d->rules_on), implied, out, err);
}

/* Can the terms listed not all hold in any completion? */
static parley_status never_all(parley_deal *d, const space_expr *package,
                               const space_expr *const *term, const bool *use, uint32_t count,
                               bool *out, parley_error *err)
{
    const space_expr **list = parley_arena_array(d->scratch, count, sizeof(*list));
    uint32_t n = 0;
    if (list == NULL) {
        return deal_nomem(err);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (use[i]) {
            list[n++] = term[i];
        }
    }
    const space_expr *all = make(d->scratch, SPACE_AND, list, n);
    return always(d, package, all == NULL ? NULL : deal_not(d->scratch, all), out, err);
}

/* Do the issues of the assurance's formulas cover every issue the package decides? */
static parley_status covers(bool *out, const parley_deal *d, const parley_assurance *a,
                            parley_package package, parley_error *err)
{
    size_t words = (size_t)package.count / 64 + 1;
    uint64_t *bits = parley_arena_array(d->scratch, words, sizeof(*bits));
    *out = bits != NULL;
    if (bits == NULL) {
        return deal_nomem(err);
    }
    for (uint32_t k = 0; k < a->count; k++) {
        parley_formula_issues(a->formula[k], bits, words);
    }
    for (uint32_t v = 0; v < d->counted && *out; v++) {
        uint32_t i = (uint32_t)d->issue[v];
        *out = package.value[i] < 0 || (bits[i / 64] >> (i % 64) & 1) != 0;
    }
    return PARLEY_OK;
}

/* What hangs on an answer that nobody knows assures nothing. */
static bool assures(const parley_deal *d, const parley_assurance *a, int32_t party,
                    parley_rung rung)
{
    if (a->party != party || a->rung > rung) {
        return false;
    }
    for (uint32_t k = 0; k < a->count; k++) {
        if (!deal_countable(d, a->formula[k]) || deal_unknown(d, a->formula[k])) {
            return false;
        }
    }
    return true;
}

static parley_status find_assurance(parley_verdict *out, parley_deal *d, int32_t party,
                                    parley_rung rung, parley_package package,
                                    const space_expr *expr, parley_error *err)
{
    for (uint32_t i = 0; i < parley_terms_assurances(d->terms); i++) {
        const parley_assurance *a = parley_terms_assurance(d->terms, i);
        bool all = assures(d, a, party, rung);
        parley_status covered = all && !a->list ? covers(&all, d, a, package, err) : PARLEY_OK;
        if (covered != PARLEY_OK) {
            return covered;
        }
        if (!all) {
            continue;
        }
        for (uint32_t k = 0; all && k < a->count; k++) {
            parley_status status =
                always(d, expr, deal_compile(d, d->scratch, a->formula[k]), &all, err);
            if (status != PARLEY_OK) {
                return status;
            }
        }
        if (all) {
            out->kind = PARLEY_VERDICT_NECESSARILY;
            out->assurance = (int32_t)i;
            return PARLEY_OK;
        }
    }
    return PARLEY_OK;
}

static parley_status judge(parley_verdict *out, parley_deal *d, int32_t party, parley_rung rung,
                           parley_package package, parley_error *err)
{
    uint32_t terms = parley_terms_size(d->terms);
    const space_expr *expr = package_expr(d, d->scratch, package);
    const space_expr **demand = parley_arena_array(d->scratch, terms, sizeof(*demand));
    int32_t *id = parley_arena_array(d->scratch, terms, sizeof(*id));
    int32_t *refusing = parley_arena_array(d->scratch, terms, sizeof(*refusing));
    int32_t *open = parley_arena_array(d->scratch, terms, sizeof(*open));
    bool *use = parley_arena_array(d->scratch, terms, sizeof(*use));
    if (expr == NULL || demand == NULL || id == NULL || refusing == NULL || open == NULL ||
        use == NULL) {
        return deal_nomem(err);
    }
    const space_expr *nothing = make(d->scratch, SPACE_OR, NULL, 0);
    parley_status status = always(d, expr, nothing, &out->against_rules, err);
    if (status != PARLEY_OK || out->against_rules) {
        out->kind = PARLEY_VERDICT_NEVER;
        return status;
    }
    uint32_t count = 0;
    out->refusing.at = refusing;
    out->open.at = open;
    for (uint32_t i = 0; i < terms && status == PARLEY_OK; i++) {
        if (!binds(d, i, party, rung)) {
            continue;
        }
        bool holds = false;
        bool refused = false;
        const space_expr *e = deal_term_expr(d, d->scratch, parley_terms_at(d->terms, i));
        status = always(d, expr, e, &holds, err);
        if (status == PARLEY_OK && !holds) {
            status = always(d, expr, e == NULL ? NULL : deal_not(d->scratch, e), &refused, err);
        }
        if (refused) {
            refusing[out->refusing.count++] = (int32_t)i;
        } else if (!holds) {
            open[out->open.count++] = (int32_t)i;
            demand[count] = e;
            id[count] = (int32_t)i;
            use[count++] = true;
        }
    }
    if (status != PARLEY_OK) {
        return status;
    }
    bool never = out->refusing.count > 0;
    if (!never && count > 0) {
        status = never_all(d, expr, demand, use, count, &never, err);
        for (uint32_t i = 0; i < count && never && status == PARLEY_OK; i++) {
            bool still = false;
            use[i] = false;
            status = never_all(d, expr, demand, use, count, &still, err);
            use[i] = !still;
        }
        for (uint32_t i = 0; i < count && never; i++) {
            if (use[i]) {
                refusing[out->refusing.count++] = id[i];
            }
        }
    }
    if (status != PARLEY_OK) {
        return status;
    }
    out->kind = never ? PARLEY_VERDICT_NEVER : PARLEY_VERDICT_POSSIBLY;
    return never || out->open.count > 0 ? PARLEY_OK
                                        : find_assurance(out, d, party, rung, package, expr, err);
}

parley_status parley_deal_verdict(parley_verdict *out, parley_deal *d, int32_t party,
                                  parley_rung rung, parley_package package, parley_error *err)
{
    *out = (parley_verdict){PARLEY_VERDICT_POSSIBLY, false, {NULL, 0}, {NULL, 0}, -1};
    PARLEY_ASSERT(package.count == parley_case_issues(d->c));
    for (uint32_t i = 0; i < package.count; i++) {
        if (package.value[i] >= 0 && d->why_not[i] != PARLEY_COUNTED) {
            parley_fail(err, PARLEY_INVALID, "the package decides '%s', which is not counted here",
                        parley_case_issue(d->c, (int32_t)i)->record.id);
            parley_error_hint(err, "choose its track with --track, or leave it out");
            return PARLEY_INVALID;
        }
    }
    parley_arena_reset(d->scratch, (parley_arena_mark){NULL, 0});
    return judge(out, d, party, rung, package, err);
}

/*
 * Packages that the rules allow, that something assures, and that no binding term refuses however
 * the answers that nobody knows come out: those assured, without those that some term refuses for
 * some answers.
 */
static parley_status count_certain(parley_deal *d, int32_t party, parley_rung rung,
                                   const uint64_t *on, const space_expr *assured, parley_count *out,
                                   parley_error *err)
{
    uint32_t terms = parley_terms_size(d->terms);
    const space_expr **refused = parley_arena_array(d->scratch, terms, sizeof(*refused));
    parley_count yet;
    uint32_t n = 0;
    bool hangs = false;
    if (refused == NULL) {
        return deal_nomem(err);
    }
    for (uint32_t i = 0; i < terms; i++) {
        if (binds(d, i, party, rung)) {
            const space_expr *e = deal_term_expr(d, d->scratch, parley_terms_at(d->terms, i));
            refused[n++] = e == NULL ? NULL : deal_not(d->scratch, e);
            hangs = hangs || deal_unknown(d, parley_terms_at(d->terms, i)->formula);
        }
    }
    if (!hangs) { /* what the terms say is known: those assured that satisfy them all */
        return deal_count_expr(d, on, assured, out, err);
    }
    const space_expr *some = make(d->scratch, SPACE_OR, refused, n);
    parley_status status = deal_count_expr(d, d->rules_on, assured, out, err);
    if (status == PARLEY_OK) {
        status = deal_count_expr(d, d->rules_on, deal_both(d->scratch, assured, some), &yet, err);
        if (status == PARLEY_OK) {
            bool fits = parley_count_sub(out, out, &yet);
            PARLEY_ASSERT(fits);
        }
    }
    return status;
}

parley_status parley_deal_verdict_counts(parley_deal *d, int32_t party, parley_rung rung,
                                         parley_count *never, parley_count *necessarily,
                                         parley_error *err)
{
    parley_count left;
    *never = parley_count_of(0);
    *necessarily = parley_count_of(0);
    parley_arena_mark mark = parley_arena_here(d->scratch);
    uint64_t *on = parley_arena_array(d->scratch, d->words, sizeof(*on));
    if (on == NULL) {
        return deal_nomem(err);
    }
    memcpy(on, d->rules_on, d->words * sizeof(*on));
    for (uint32_t i = 0; i < parley_terms_size(d->terms); i++) {
        if (binds(d, i, party, rung)) {
            deal_switch_on(on, d->term_constraint[i]);
        }
    }
    parley_status status = space_count(d->space, deal_set(d, on), NULL, &left, err);
    if (status != PARLEY_OK) {
        goto out;
    }
    bool fits = parley_count_sub(never, &d->rung[PARLEY_RUNG_RULES].left, &left);
    PARLEY_ASSERT(fits);

    int64_t *whole = parley_arena_array(d->scratch, parley_case_issues(d->c), sizeof(*whole));
    const space_expr **way =
        parley_arena_array(d->scratch, parley_terms_assurances(d->terms), sizeof(*way));
    uint32_t ways = 0;
    if (whole == NULL || way == NULL) {
        status = deal_nomem(err);
        goto out;
    }
    for (uint32_t i = 0; i < parley_terms_assurances(d->terms); i++) {
        const parley_assurance *a = parley_terms_assurance(d->terms, i);
        parley_package package = {whole, parley_case_issues(d->c)};
        bool all = assures(d, a, party, rung);
        if (all && !a->list) {
            status = covers(&all, d, a, package, err);
        }
        if (status != PARLEY_OK) {
            goto out;
        }
        if (!all) {
            continue;
        }
        const space_expr **part = parley_arena_array(d->scratch, a->count, sizeof(*part));
        for (uint32_t k = 0; part != NULL && k < a->count; k++) {
            part[k] = deal_compile(d, d->scratch, a->formula[k]);
        }
        way[ways] = part == NULL ? NULL : make(d->scratch, SPACE_AND, part, a->count);
        if (way[ways++] == NULL) {
            status = deal_nomem(err);
            goto out;
        }
    }
    if (ways > 0) {
        const space_expr *assured = make(d->scratch, SPACE_OR, way, ways);
        status = count_certain(d, party, rung, on, assured, necessarily, err);
    }
out:
    parley_arena_reset(d->scratch, mark);
    return status;
}

/* ----------------------------------------------------------------- clashes */

typedef struct clash_state {
    parley_deal_visit_set visit;
    void *user;
    const uint32_t *term_of; /* by constraint id */
    int32_t *ids;
} clash_state;

static bool clash_one(void *user, const uint32_t *ids, uint32_t count)
{
    clash_state *s = user;
    for (uint32_t i = 0; i < count; i++) {
        s->ids[i] = (int32_t)s->term_of[ids[i]];
    }
    return s->visit(s->user, (parley_ids){s->ids, count});
}

parley_status parley_deal_clashes(parley_deal *d, parley_rung rung, int32_t party,
                                  parley_deal_visit_set visit, void *user, parley_error *err)
{
    uint32_t terms = parley_terms_size(d->terms);
    parley_arena_mark mark = parley_arena_here(d->scratch);
    uint64_t *soft = parley_arena_array(d->scratch, d->words, sizeof(*soft));
    uint32_t *term_of = parley_arena_array(d->scratch, (size_t)d->words * 64, sizeof(*term_of));
    clash_state s = {visit, user, term_of, parley_arena_array(d->scratch, terms, sizeof(int32_t))};
    if (soft == NULL || term_of == NULL || s.ids == NULL) {
        return deal_nomem(err);
    }
    for (uint32_t i = 0; i < terms; i++) {
        const parley_term *term = parley_terms_at(d->terms, i);
        if (d->term_constraint[i] != DEAL_NO_CONSTRAINT && term->rung <= rung &&
            (party < 0 || term->party == party)) {
            deal_switch_on(soft, d->term_constraint[i]);
            term_of[d->term_constraint[i]] = i;
        }
    }
    parley_status status =
        space_clashes(d->space, deal_set(d, d->rules_on), deal_set(d, soft), clash_one, &s, err);
    parley_arena_reset(d->scratch, mark);
    return status;
}

parley_status parley_deal_clash_rules(parley_deal *d, parley_ids terms, int32_t *rules,
                                      uint32_t *count, parley_error *err)
{
    uint32_t all = parley_case_rules(d->c);
    parley_arena_mark mark = parley_arena_here(d->scratch);
    uint64_t *on = parley_arena_array(d->scratch, d->words, sizeof(*on));
    parley_status status = on == NULL ? deal_nomem(err) : PARLEY_OK;
    *count = 0;
    for (uint32_t k = 0; k < terms.count && status == PARLEY_OK; k++) {
        deal_switch_on(on, d->term_constraint[terms.at[k]]);
    }
    for (uint32_t i = 0; i < all && status == PARLEY_OK; i++) {
        if (d->rule_constraint[i] != DEAL_NO_CONSTRAINT) {
            deal_switch_on(on, d->rule_constraint[i]);
        }
    }
    for (uint32_t i = all; i-- > 0 && status == PARLEY_OK;) { /* leave out whatever is not needed */
        uint32_t id = d->rule_constraint[i];
        bool together = false;
        if (id == DEAL_NO_CONSTRAINT) {
            continue;
        }
        on[id / 64] &= ~(UINT64_C(1) << (id % 64));
        status = space_exists(d->space, deal_set(d, on), NULL, &together, NULL, err);
        if (together) {
            deal_switch_on(on, id);
            rules[(*count)++] = (int32_t)i;
        }
    }
    for (uint32_t i = 0; i < *count / 2; i++) {
        int32_t swap = rules[i];
        rules[i] = rules[*count - 1 - i];
        rules[*count - 1 - i] = swap;
    }
    parley_arena_reset(d->scratch, mark);
    return status;
}

parley_status parley_deal_dispute(parley_deal *d, parley_rung rung, bool *in_dispute,
                                  parley_error *err)
{
    uint32_t issues = parley_case_issues(d->c);
    uint32_t terms = parley_terms_size(d->terms);
    size_t words = (size_t)issues / 64 + 1;
    memset(in_dispute, 0, issues * sizeof(*in_dispute));
    parley_arena_mark mark = parley_arena_here(d->scratch);
    uint64_t *on = parley_arena_array(d->scratch, d->words, sizeof(*on));
    uint64_t *mine = parley_arena_array(d->scratch, words * terms, sizeof(*mine));
    parley_status status = on == NULL || mine == NULL ? deal_nomem(err) : PARLEY_OK;
    for (uint32_t i = 0; i < terms && status == PARLEY_OK; i++) {
        parley_formula_issues(parley_terms_at(d->terms, i)->formula, &mine[words * i], words);
    }
    for (uint32_t i = 0; i < terms && status == PARLEY_OK; i++) {
        const parley_term *a = parley_terms_at(d->terms, i);
        for (uint32_t j = i + 1; j < terms && status == PARLEY_OK; j++) {
            const parley_term *b = parley_terms_at(d->terms, j);
            bool principals =
                (parley_case_party(d->c, a->party)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0 &&
                (parley_case_party(d->c, b->party)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
            bool share = false;
            for (size_t w = 0; w < words; w++) {
                share = share || (mine[words * i + w] & mine[words * j + w]) != 0;
            }
            if (a->party == b->party || !principals || !share || a->rung > rung || b->rung > rung ||
                a->mode == PARLEY_MODE_ACCEPTS || b->mode == PARLEY_MODE_ACCEPTS ||
                d->term_constraint[i] == DEAL_NO_CONSTRAINT ||
                d->term_constraint[j] == DEAL_NO_CONSTRAINT) {
                continue;
            }
            bool together = false;
            memcpy(on, d->rules_on, d->words * sizeof(*on));
            deal_switch_on(on, d->term_constraint[i]);
            deal_switch_on(on, d->term_constraint[j]);
            status = space_exists(d->space, deal_set(d, on), NULL, &together, NULL, err);
            for (uint32_t k = 0; !together && k < issues; k++) {
                in_dispute[k] =
                    in_dispute[k] ||
                    ((mine[words * i + k / 64] & mine[words * j + k / 64]) >> (k % 64) & 1);
            }
        }
    }
    parley_arena_reset(d->scratch, mark);
    return status;
}
