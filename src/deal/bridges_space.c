/*
 * The packages of bridges: those of the analysis, with every quantity that could reach further
 * running as far as it could. Terms and rules are compiled over all its numbers, and its range is a
 * constraint like a term, which may be given up.
 *
 * Two spaces with the same constraints, so that questions about one bridge can be asked while the
 * search for the next one is under way.
 */
#include "deal/bridges_internal.h"

#include <string.h>

/* How many steps of the issue lie beyond value `from`, no further than `reach`. */
static uint32_t steps_beyond(const parley_issue *issue, int64_t from, bool up, uint32_t most)
{
    uint32_t low = 0;
    uint32_t high = most;
    while (low < high) { /* low can be reached, high + 1 cannot */
        uint32_t middle = low + (high - low + 1) / 2;
        parley_decimal d;
        bool fits = parley_decimal_step(
            &d, issue->from, up ? from + (int64_t)middle : from - (int64_t)middle, issue->step);
        if (fits && (up ? parley_decimal_compare(d, issue->reach_to) <= 0
                        : parley_decimal_compare(d, issue->reach_from) >= 0)) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

static parley_status find_widths(bridge_finder *b)
{
    const parley_deal *d = b->d;
    uint32_t most = parley_ctx_limits(d->ctx)->options;
    b->width = parley_arena_array(b->arena, parley_case_issues(d->c), sizeof(*b->width));
    b->size = parley_arena_array(b->arena, d->variables, sizeof(*b->size));
    if (b->width == NULL || b->size == NULL) {
        return deal_nomem(b->err);
    }
    for (uint32_t v = 0; v < d->variables; v++) {
        if (v >= d->counted) {
            b->size[v] = 2;
            continue;
        }
        const parley_issue *issue = parley_case_issue(d->c, d->issue[v]);
        b->size[v] = issue->values;
        if (issue->kind != PARLEY_ISSUE_QUANTITY || !issue->reach_typed) {
            continue;
        }
        uint32_t below = steps_beyond(issue, 0, false, most);
        uint32_t above = steps_beyond(issue, (int64_t)issue->values - 1, true, most);
        if (below + above > most - issue->values) { /* each is at most `most`, below 2^31 */
            parley_fail(b->err, PARLEY_LIMIT,
                        "'%s' could reach over more than %u steps (limit options)",
                        issue->record.id, most);
            return PARLEY_LIMIT;
        }
        if (below + above > 0) {
            b->size[v] = below + issue->values + above;
            b->width[d->issue[v]] = (deal_width){below, b->size[v]};
        }
    }
    return PARLEY_OK;
}

parley_decimal bridges_number(const bridge_finder *b, int32_t issue, int64_t v)
{
    return parley_case_quantity(parley_case_issue(b->d->c, issue), v - b->width[issue].below);
}

static bool principal(const parley_deal *d, int32_t party)
{
    return (parley_case_party(d->c, party)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
}

typedef struct needed_state {
    const parley_deal *d;
    int32_t party;
    bool needed;
} needed_state;

static void needed_atom(void *user, const parley_formula *atom)
{
    needed_state *s = user;
    s->needed = s->needed ||
                (atom->kind != PARLEY_F_ACCEPTS && parley_deal_needed(s->d, s->party, atom->issue));
}

static parley_change_kind kind_of(const parley_deal *d, const parley_term *term)
{
    if (term->basis == PARLEY_BASIS_READING) {
        return PARLEY_CHANGE_READING;
    }
    if (term->mode == PARLEY_MODE_ACCEPTS) {
        return PARLEY_CHANGE_REOPEN;
    }
    needed_state s = {d, term->party, false};
    parley_formula_atoms(term->formula, needed_atom, &s);
    return s.needed && !principal(d, term->party) ? PARLEY_CHANGE_CONSENT : PARLEY_CHANGE_GIVE_WAY;
}

static const space_expr *range_expr(const bridge_finder *b, int32_t issue)
{
    const deal_width *w = &b->width[issue];
    uint32_t values = parley_case_issue(b->d->c, issue)->values;
    space_expr *e = parley_arena_alloc(b->arena, sizeof(*e));
    uint64_t *set = parley_arena_array(b->arena, (w->values + 63) / 64, sizeof(*set));
    if (e == NULL || set == NULL) {
        return NULL;
    }
    for (uint32_t v = w->below; v < w->below + values; v++) {
        deal_switch_on(set, v);
    }
    e->kind = SPACE_LITERAL;
    e->variable = (uint32_t)b->d->variable[issue];
    e->set = set;
    return e;
}

static parley_status make_items(bridge_finder *b)
{
    parley_deal *d = b->d;
    uint32_t terms = parley_terms_size(d->terms);
    b->item = parley_arena_array(b->arena, (size_t)terms + d->counted + 1, sizeof(*b->item));
    if (b->item == NULL) {
        return deal_nomem(b->err);
    }
    for (uint32_t i = 0; i < terms; i++) {
        const parley_term *term = parley_terms_at(d->terms, i);
        if (term->rung > b->rung || d->term_constraint[i] == DEAL_NO_CONSTRAINT) {
            continue;
        }
        bridge_item *item = &b->item[b->items++];
        *item = (bridge_item){.term = (int32_t)i, .issue = -1, .kind = kind_of(d, term)};
        item->expr = deal_term_expr(d, b->arena, term);
        bool moves = item->kind == PARLEY_CHANGE_GIVE_WAY || item->kind == PARLEY_CHANGE_CONSENT;
        item->fixed = (b->options->no_readings && item->kind == PARLEY_CHANGE_READING) ||
                      (b->options->party >= 0 && moves && term->party != b->options->party);
        if (item->expr == NULL) {
            return deal_nomem(b->err);
        }
    }
    for (uint32_t v = 0; v < d->counted; v++) {
        if (b->width[d->issue[v]].values > 0) {
            bridge_item *item = &b->item[b->items++];
            *item = (bridge_item){.term = -1, .issue = d->issue[v], .kind = PARLEY_CHANGE_EXTEND};
            item->expr = range_expr(b, item->issue);
            if (item->expr == NULL) {
                return deal_nomem(b->err);
            }
        }
    }
    return PARLEY_OK;
}

static parley_status fill(bridge_finder *b, space *s, const space_expr *const *hard, uint32_t hards)
{
    uint32_t id = 0;
    parley_status status = PARLEY_OK;
    for (uint32_t i = 0; i < hards && status == PARLEY_OK; i++) {
        status = space_add(s, hard[i], &id, b->err);
    }
    for (uint32_t i = 0; i < b->items && status == PARLEY_OK; i++) {
        status = space_add(s, b->item[i].expr, &b->item[i].constraint, b->err);
    }
    return status;
}

static parley_status compile(bridge_finder *b, const space_expr **hard, uint32_t *hards)
{
    parley_deal *d = b->d;
    for (uint32_t i = 0; i < parley_case_rules(d->c); i++) {
        if (d->rule_constraint[i] == DEAL_NO_CONSTRAINT) {
            continue;
        }
        hard[*hards] = deal_compile(d, b->arena, parley_case_rule(d->c, (int32_t)i)->formula);
        if (hard[(*hards)++] == NULL) {
            return deal_nomem(b->err);
        }
    }
    if (d->kept_out != DEAL_NO_CONSTRAINT) {
        hard[*hards] = deal_keep_out(d, b->arena);
        if (hard[(*hards)++] == NULL) {
            return deal_nomem(b->err);
        }
    }
    return make_items(b);
}

parley_status bridges_spaces(bridge_finder *b)
{
    parley_deal *d = b->d;
    uint32_t hards = 0;
    parley_status status = find_widths(b);
    if (status != PARLEY_OK) {
        return status;
    }
    const space_expr **hard =
        parley_arena_array(b->arena, (size_t)parley_case_rules(d->c) + 1, sizeof(*hard));
    space_variable *variable =
        parley_arena_array(b->arena, (size_t)d->variables + 1, sizeof(*variable));
    if (hard == NULL || variable == NULL) {
        return deal_nomem(b->err);
    }
    d->wide = b->width;
    status = compile(b, hard, &hards);
    d->wide = NULL;
    for (uint32_t v = 0; v < d->variables; v++) {
        variable[v] = (space_variable){b->size[v], v >= d->counted};
    }
    if (status == PARLEY_OK) {
        status = space_new(&b->search, d->ctx, d->variables, variable, b->err);
    }
    if (status == PARLEY_OK) {
        status = fill(b, b->search, hard, hards);
    }
    if (status == PARLEY_OK) {
        status = space_new(&b->count, d->ctx, d->variables, variable, b->err);
    }
    if (status == PARLEY_OK) {
        status = fill(b, b->count, hard, hards);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    b->base = hards + b->items;
    b->words = b->base / 64 + 1;
    b->hard = parley_arena_array(b->arena, b->words, sizeof(*b->hard));
    b->item_of = parley_arena_array(b->arena, (size_t)b->base + 1, sizeof(*b->item_of));
    if (b->hard == NULL || b->item_of == NULL) {
        return deal_nomem(b->err);
    }
    for (uint32_t i = 0; i < hards; i++) {
        deal_switch_on(b->hard, i);
    }
    for (uint32_t i = 0; i < b->items; i++) {
        b->item_of[b->item[i].constraint] = i;
    }
    return PARLEY_OK;
}

/* ---------------------------------------------------------------- questions */

parley_status bridges_add(bridge_finder *b, const space_expr *e, uint32_t *id)
{
    return e == NULL ? deal_nomem(b->err) : space_add(b->count, e, id, b->err);
}

parley_status bridges_begin(bridge_finder *b, const uint32_t *item, uint32_t count)
{
    if (b->on != NULL) {
        memset(b->on, 0, b->on_words * sizeof(*b->on));
    }
    for (uint32_t i = 0; i < b->base; i++) {
        parley_status status = bridges_switch(b, i, true);
        if (status != PARLEY_OK) {
            return status;
        }
    }
    for (uint32_t k = 0; k < count; k++) {
        uint32_t id = b->item[item[k]].constraint;
        b->on[id / 64] &= ~(UINT64_C(1) << (id % 64));
    }
    return PARLEY_OK;
}

parley_status bridges_switch(bridge_finder *b, uint32_t id, bool on)
{
    if (id / 64 >= b->on_words) {
        uint32_t words = (id / 64 + 1) * 2;
        uint64_t *grown = parley_arena_grow(b->arena, b->on, b->on_words * sizeof(*grown),
                                            words * sizeof(*grown));
        if (grown == NULL) {
            return deal_nomem(b->err);
        }
        b->on = grown;
        b->on_words = words;
    }
    uint64_t bit = UINT64_C(1) << (id % 64);
    b->on[id / 64] = on ? b->on[id / 64] | bit : b->on[id / 64] & ~bit;
    return PARLEY_OK;
}

parley_status bridges_exists(bridge_finder *b, space_clamp clamp, bool *out)
{
    return space_exists(b->count, (space_set){b->on, b->on_words}, clamp, out, NULL, b->err);
}

parley_status bridges_count(bridge_finder *b, parley_count *out)
{
    return space_count(b->count, (space_set){b->on, b->on_words}, NULL, out, b->err);
}
