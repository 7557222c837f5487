/*
 * Softer forms of a bridge. Each change that can be softened has ways: along an ordered issue or
 * quantity of its term, up or down; a range goes on upward or downward. A form takes one way for
 * each change, so many steps along it, or leaves the change whole. Fewer steps ask for less, and
 * any number of them asks for less than the whole change. Wanted are the forms that leave packages
 * of which no change can ask for less.
 *
 * Ways are chosen change by change, depth first; a choice that leaves nothing, were it softened as
 * little as can be and all changes behind it whole, is not followed. For a choice of ways, the
 * smallest vectors of steps are found from boxes of vectors: shrink the largest vector of a box to
 * a smallest one, by bisection; every other one in the box has fewer steps in some place, and so
 * lies in one of the boxes cut there. What is left whole must not be softenable beside it.
 */
#include "deal/bridges_internal.h"

#include <stdlib.h>
#include <string.h>

/* Questions about the softer forms of one bridge, and more for each form wanted; then the list may
 * not be complete. */
#define SOFTEN_QUESTIONS 200u
#define SOFTEN_MORE 25u

typedef struct softener {
    bridge_finder *b;
    const uint32_t *item;
    uint32_t changes;
    uint32_t *way;   /* [changes] chosen way; number of ways: whole */
    uint32_t *steps; /* [changes] */
    uint64_t asked;
    bool enough;     /* some were left out */
    uint32_t *found; /* forms found: [way, steps] of each change */
    uint32_t forms, form_room;
    uint32_t *box; /* boxes waiting: upper ends, [changes] each */
    uint32_t boxes, box_room;
} softener;

static bridge_item *item_at(const softener *s, uint32_t k)
{
    return &s->b->item[s->item[k]];
}

/* --------------------------------------------------------------------- ways */

/* The term or range softened, as an expression. */
static const space_expr *softened(const bridge_finder *b, parley_arena *arena,
                                  const bridge_item *item, const bridge_way *way, uint32_t steps)
{
    uint32_t variable = (uint32_t)b->d->variable[way->issue];
    if (item->expr->kind != SPACE_LITERAL || item->expr->variable != variable) {
        return bridges_widened(arena, item->expr, variable, b->size[variable], way->up, steps);
    }
    space_expr *e = parley_arena_alloc(arena, sizeof(*e));
    uint64_t *set = parley_arena_array(arena, (b->size[variable] + 63) / 64, sizeof(*set));
    if (e == NULL || set == NULL) {
        return NULL;
    }
    bridges_dilate(set, item->expr->set, b->size[variable], way->up, steps);
    *e = *item->expr;
    e->set = set;
    return e;
}

/* Does it still exclude anything? */
static parley_status excludes(bridge_finder *b, const bridge_item *item, const bridge_way *way,
                              uint32_t steps, bool *out)
{
    bool all = false;
    parley_arena_mark mark = parley_arena_here(b->scratch);
    const space_expr *e = softened(b, b->scratch, item, way, steps);
    parley_status status = e == NULL
                               ? deal_nomem(b->err)
                               : space_entails(b->count, (space_set){NULL, 0}, e, &all, b->err);
    parley_arena_reset(b->scratch, mark);
    *out = !all;
    return status;
}

/* Add a way, if it is one: with its most steps. */
static parley_status add_way(bridge_finder *b, bridge_item *item, int32_t issue, bool up)
{
    bridge_way way = {issue, up, 0};
    uint32_t high = b->size[b->d->variable[issue]] - 1;
    while (way.most < high) {
        uint32_t middle = way.most + (high - way.most + 1) / 2;
        bool some = false;
        parley_status status = excludes(b, item, &way, middle, &some);
        if (status != PARLEY_OK) {
            return status;
        }
        if (some) {
            way.most = middle;
        } else {
            high = middle - 1;
        }
    }
    if (way.most > 0) {
        item->way[item->ways++] = way;
    }
    return PARLEY_OK;
}

typedef struct scope_state {
    const parley_deal *d;
    bool *in; /* by variable */
} scope_state;

static void scope_atom(void *user, const parley_formula *atom)
{
    scope_state *s = user;
    if (atom->kind != PARLEY_F_ACCEPTS) {
        s->in[s->d->variable[atom->issue]] = true;
    }
}

static parley_status find_ways(bridge_finder *b, bridge_item *item)
{
    const parley_deal *d = b->d;
    bool moves = item->kind == PARLEY_CHANGE_GIVE_WAY || item->kind == PARLEY_CHANGE_CONSENT;
    parley_status status = PARLEY_OK;
    if (item->ways_known) {
        return PARLEY_OK;
    }
    item->ways_known = true;
    bool *in = parley_arena_array(b->arena, (size_t)d->counted + 1, sizeof(*in));
    item->way = parley_arena_array(b->arena, (size_t)d->counted * 2 + 1, sizeof(*item->way));
    if (in == NULL || item->way == NULL) {
        return deal_nomem(b->err);
    }
    if (moves) {
        scope_state s = {d, in};
        parley_formula_atoms(parley_terms_at(d->terms, (uint32_t)item->term)->formula, scope_atom,
                             &s);
    } else if (item->kind == PARLEY_CHANGE_EXTEND) {
        in[d->variable[item->issue]] = true;
    }
    for (uint32_t v = 0; v < d->counted && status == PARLEY_OK; v++) {
        const parley_issue *issue = parley_case_issue(d->c, d->issue[v]);
        if (!in[v] || !(issue->ordered || issue->kind == PARLEY_ISSUE_QUANTITY)) {
            continue;
        }
        status = add_way(b, item, d->issue[v], true);
        if (status == PARLEY_OK) {
            status = add_way(b, item, d->issue[v], false);
        }
    }
    return status;
}

/* The constraint for so many steps along a way; made once. */
static parley_status soft_constraint(bridge_finder *b, bridge_item *item, uint32_t way,
                                     uint32_t steps, uint32_t *out)
{
    for (uint32_t i = 0; i < item->softs; i++) {
        if (item->soft[i].way == way && item->soft[i].steps == steps) {
            *out = item->soft[i].constraint;
            return PARLEY_OK;
        }
    }
    if (item->softs == item->soft_room) {
        uint32_t room = item->soft_room == 0 ? 4 : item->soft_room * 2;
        bridge_soft *grown = parley_arena_grow(
            b->arena, item->soft, item->soft_room * sizeof(*grown), room * sizeof(*grown));
        if (grown == NULL) {
            return deal_nomem(b->err);
        }
        item->soft = grown;
        item->soft_room = room;
    }
    parley_arena_mark mark = parley_arena_here(b->scratch);
    parley_status status =
        bridges_add(b, softened(b, b->scratch, item, &item->way[way], steps), out);
    parley_arena_reset(b->scratch, mark);
    if (status == PARLEY_OK) {
        item->soft[item->softs++] = (bridge_soft){way, steps, *out};
    }
    return status;
}

/* -------------------------------------------------------------------- forms */

/* Everything but the changes, and the changes so far softened: the first `count` of them. */
static parley_status put_form(softener *s, uint32_t count)
{
    parley_status status = bridges_begin(s->b, s->item, s->changes);
    for (uint32_t k = 0; k < count && status == PARLEY_OK; k++) {
        bridge_item *item = item_at(s, k);
        uint32_t id = 0;
        if (s->way[k] == item->ways) {
            continue;
        }
        status = soft_constraint(s->b, item, s->way[k], s->steps[k], &id);
        if (status == PARLEY_OK) {
            status = bridges_switch(s->b, id, true);
        }
    }
    return status;
}

static parley_status leaves(softener *s, uint32_t count, bool *out)
{
    *out = false;
    if (s->asked++ >= SOFTEN_QUESTIONS + (uint64_t)SOFTEN_MORE * s->b->options->softer) {
        s->enough = true;
        return PARLEY_OK;
    }
    parley_status status = put_form(s, count);
    return status == PARLEY_OK ? bridges_exists(s->b, NULL, out) : status;
}

/* Fewest steps of change k that leave packages, the other steps as they are; what it has now does.
 */
static parley_status shrink(softener *s, uint32_t k)
{
    uint32_t low = 1;
    uint32_t high = s->steps[k];
    while (low < high) {
        bool good = false;
        s->steps[k] = low + (high - low) / 2;
        parley_status status = leaves(s, s->changes, &good);
        if (status != PARLEY_OK) {
            return status;
        }
        if (good) {
            high = s->steps[k];
        } else {
            low = s->steps[k] + 1;
        }
    }
    s->steps[k] = high;
    return PARLEY_OK;
}

/* Could something whole be softened beside the steps found? */
static parley_status too_whole(softener *s, bool *out)
{
    *out = false;
    for (uint32_t k = 0; k < s->changes && !*out; k++) {
        const bridge_item *item = item_at(s, k);
        if (s->way[k] != item->ways) {
            continue;
        }
        for (uint32_t w = 0; w < item->ways && !*out; w++) {
            s->way[k] = w;
            s->steps[k] = item->way[w].most;
            parley_status status = leaves(s, s->changes, out);
            if (status != PARLEY_OK) {
                return status;
            }
        }
        s->way[k] = item->ways;
        s->steps[k] = 0;
    }
    return PARLEY_OK;
}

static parley_status keep_form(softener *s)
{
    size_t row = (size_t)s->changes * 2;
    if (s->forms == s->form_room) {
        uint32_t room = s->form_room == 0 ? 8 : s->form_room * 2;
        uint32_t *grown =
            parley_arena_grow(s->b->scratch, s->found, s->form_room * row * sizeof(*grown),
                              room * row * sizeof(*grown));
        if (grown == NULL) {
            return deal_nomem(s->b->err);
        }
        s->found = grown;
        s->form_room = room;
    }
    memcpy(s->found + s->forms * row, s->way, s->changes * sizeof(*s->way));
    memcpy(s->found + s->forms * row + s->changes, s->steps, s->changes * sizeof(*s->steps));
    s->forms++;
    return PARLEY_OK;
}

static parley_status push_box(softener *s, const uint32_t *end)
{
    if (s->boxes == s->box_room) {
        uint32_t room = s->box_room == 0 ? 16 : s->box_room * 2;
        uint32_t *grown = parley_arena_grow(s->b->scratch, s->box,
                                            (size_t)s->box_room * s->changes * sizeof(*grown),
                                            (size_t)room * s->changes * sizeof(*grown));
        if (grown == NULL) {
            return deal_nomem(s->b->err);
        }
        s->box = grown;
        s->box_room = room;
    }
    memcpy(s->box + (size_t)s->boxes * s->changes, end, s->changes * sizeof(*end));
    s->boxes++;
    return PARLEY_OK;
}

/* A form with these ways that lies in the box, or NULL. */
static const uint32_t *form_within(const softener *s, uint32_t first, const uint32_t *end)
{
    for (uint32_t i = first; i < s->forms; i++) {
        const uint32_t *steps = s->found + (size_t)i * s->changes * 2 + s->changes;
        bool within = true;
        for (uint32_t k = 0; k < s->changes; k++) {
            within = within && steps[k] <= end[k];
        }
        if (within) {
            return steps;
        }
    }
    return NULL;
}

/* Smallest vectors of steps along the ways chosen. */
static parley_status find_steps(softener *s)
{
    uint32_t first = s->forms;
    parley_status status = PARLEY_OK;
    uint32_t *end = parley_arena_array(s->b->scratch, s->changes, sizeof(*end));
    uint32_t *at = parley_arena_array(s->b->scratch, s->changes, sizeof(*at));
    if (end == NULL || at == NULL) {
        return deal_nomem(s->b->err);
    }
    for (uint32_t k = 0; k < s->changes; k++) {
        const bridge_item *item = item_at(s, k);
        end[k] = s->way[k] == item->ways ? 0 : item->way[s->way[k]].most;
    }
    s->boxes = 0;
    status = push_box(s, end);
    while (status == PARLEY_OK && s->boxes > 0) {
        memcpy(end, s->box + (size_t)--s->boxes * s->changes, s->changes * sizeof(*end));
        const uint32_t *known = form_within(s, first, end);
        if (known != NULL) {
            memcpy(at, known, s->changes * sizeof(*at));
        } else {
            bool good = false;
            memcpy(s->steps, end, s->changes * sizeof(*end));
            status = leaves(s, s->changes, &good);
            for (uint32_t k = 0; k < s->changes && status == PARLEY_OK && good; k++) {
                status = s->steps[k] > 0 ? shrink(s, k) : PARLEY_OK;
            }
            if (status != PARLEY_OK || !good || s->enough) {
                continue;
            }
            memcpy(at, s->steps, s->changes * sizeof(*at));
            status = keep_form(s);
        }
        for (uint32_t k = 0; k < s->changes && status == PARLEY_OK; k++) {
            uint32_t old = end[k];
            if (at[k] > 1) {
                end[k] = at[k] - 1;
                status = push_box(s, end);
                end[k] = old;
            }
        }
    }
    /* those with something whole that could be softened beside them are no smallest forms */
    uint32_t kept = first;
    size_t row = (size_t)s->changes * 2;
    for (uint32_t i = first; i < s->forms && status == PARLEY_OK; i++) {
        bool whole = false;
        memcpy(s->steps, s->found + i * row + s->changes, s->changes * sizeof(*s->steps));
        status = too_whole(s, &whole);
        if (!whole && !s->enough) {
            memmove(s->found + kept++ * row, s->found + i * row, row * sizeof(*s->found));
        }
    }
    s->forms = kept;
    return status;
}

/* Choose ways change by change, the last ones whole first tried last. */
static parley_status choose_ways(softener *s)
{
    uint32_t most = s->b->options->softer;
    uint32_t depth = 0;
    parley_status status = PARLEY_OK;
    s->way[0] = 0;
    for (bool fresh = true; status == PARLEY_OK && !s->enough;) {
        const bridge_item *item = item_at(s, depth);
        if (!fresh) {
            s->way[depth]++;
        }
        fresh = false;
        if (s->way[depth] > item->ways) {
            if (depth == 0) {
                break;
            }
            depth--;
            continue;
        }
        bool whole = s->way[depth] == item->ways;
        bool good = true;
        s->steps[depth] = whole ? 0 : item->way[s->way[depth]].most;
        if (!whole) {
            status = leaves(s, depth + 1, &good);
        }
        if (status != PARLEY_OK || !good) {
            continue;
        }
        if (depth + 1 < s->changes) {
            s->way[++depth] = 0;
            fresh = true;
            continue;
        }
        bool some = false;
        for (uint32_t k = 0; k < s->changes; k++) {
            some = some || s->way[k] < item_at(s, k)->ways;
        }
        if (some) {
            if (s->forms > most) {
                s->enough = true;
                break;
            }
            status = find_steps(s);
        }
    }
    return status;
}

/* ------------------------------------------------------------------- results */

/* By change: issue, up before down (so stand the ways), fewer steps. */
static int by_form(const uint32_t *a, const uint32_t *b, uint32_t changes)
{
    for (uint32_t k = 0; k < changes; k++) {
        if (a[k] != b[k]) {
            return a[k] < b[k] ? -1 : 1;
        }
        if (a[changes + k] != b[changes + k]) {
            return a[changes + k] < b[changes + k] ? -1 : 1;
        }
    }
    return 0;
}

static void sort_forms(softener *s)
{
    size_t row = (size_t)s->changes * 2;
    for (uint32_t i = 1; i < s->forms; i++) {
        for (uint32_t j = i; j > 0; j--) {
            uint32_t *a = s->found + (j - 1) * row;
            uint32_t *b = s->found + j * row;
            if (by_form(a, b, s->changes) <= 0) {
                break;
            }
            for (size_t k = 0; k < row; k++) {
                uint32_t x = a[k];
                a[k] = b[k];
                b[k] = x;
            }
        }
    }
}

/* The last number of a range that goes on for so many steps. */
static parley_decimal reach_of(const bridge_finder *b, const bridge_way *way, uint32_t steps)
{
    const deal_width *w = &b->width[way->issue];
    int64_t first = w->below;
    int64_t last = first + parley_case_issue(b->d->c, way->issue)->values - 1;
    return bridges_number(b, way->issue, way->up ? last + steps : first - steps);
}

static parley_status write_forms(softener *s, const parley_change *change, parley_bridge *out)
{
    bridge_finder *b = s->b;
    uint32_t most = b->options->softer;
    uint32_t forms = s->forms < most ? s->forms : most;
    parley_bridge_softer *softer =
        parley_arena_array(b->scratch, (size_t)forms + 1, sizeof(*softer));
    if (softer == NULL) {
        return deal_nomem(b->err);
    }
    for (uint32_t i = 0; i < forms; i++) {
        const uint32_t *form = s->found + (size_t)i * s->changes * 2;
        parley_change *copy = parley_arena_array(b->scratch, s->changes, sizeof(*copy));
        if (copy == NULL) {
            return deal_nomem(b->err);
        }
        memcpy(copy, change, s->changes * sizeof(*copy));
        memcpy(s->way, form, s->changes * sizeof(*form));
        memcpy(s->steps, form + s->changes, s->changes * sizeof(*form));
        for (uint32_t k = 0; k < s->changes; k++) {
            const bridge_item *item = item_at(s, k);
            if (s->way[k] == item->ways) {
                continue;
            }
            const bridge_way *way = &item->way[s->way[k]];
            copy[k].issue = way->issue;
            copy[k].steps = way->up ? (int32_t)s->steps[k] : -(int32_t)s->steps[k];
            if (item->kind == PARLEY_CHANGE_EXTEND) {
                copy[k].reach = reach_of(b, way, s->steps[k]);
            }
        }
        softer[i].change = copy;
        parley_status status = put_form(s, s->changes);
        if (status == PARLEY_OK) {
            status = bridges_count(b, &softer[i].left);
        }
        if (status != PARLEY_OK) {
            return status;
        }
    }
    out->softer = softer;
    out->softer_count = forms;
    out->softer_complete = !s->enough && s->forms <= most;
    return PARLEY_OK;
}

/* Are packages left with one of the first `most` numbers beyond a range, on one side? */
static parley_status near(softener *s, const bridge_item *item, const uint64_t **clamp, bool up,
                          uint32_t most, bool *out)
{
    const deal_width *w = &s->b->width[item->issue];
    uint32_t values = parley_case_issue(s->b->d->c, item->issue)->values;
    parley_arena_mark mark = parley_arena_here(s->b->scratch);
    uint64_t *set = parley_arena_array(s->b->scratch, (w->values + 63) / 64, sizeof(*set));
    if (set == NULL) {
        return deal_nomem(s->b->err);
    }
    for (uint32_t n = 1; n <= most; n++) {
        deal_switch_on(set, up ? w->below + values - 1 + n : w->below - n);
    }
    clamp[s->b->d->variable[item->issue]] = set;
    parley_status status = bridges_exists(s->b, clamp, out);
    parley_arena_reset(s->b->scratch, mark);
    return status;
}

/* The nearest number beyond a range with packages, the other changes being whole. */
static parley_status nearest(softener *s, uint32_t k, parley_change *change)
{
    const bridge_item *item = item_at(s, k);
    const deal_width *w = &s->b->width[item->issue];
    uint32_t values = parley_case_issue(s->b->d->c, item->issue)->values;
    uint32_t best = UINT32_MAX;
    const uint64_t **clamp =
        parley_arena_array(s->b->scratch, (size_t)s->b->d->variables + 1, sizeof(*clamp));
    if (clamp == NULL) {
        return deal_nomem(s->b->err);
    }
    parley_status status = bridges_begin(s->b, s->item, s->changes);
    for (int up = 1; up >= 0 && status == PARLEY_OK; up--) {
        uint32_t side = up == 1 ? w->values - w->below - values : w->below;
        uint32_t low = 1;
        uint32_t high = side < best - 1 ? side : best - 1;
        bool some = false;
        if (high > 0) {
            status = near(s, item, clamp, up == 1, high, &some);
        }
        if (status != PARLEY_OK || !some) {
            continue;
        }
        while (low < high && status == PARLEY_OK) {
            uint32_t middle = low + (high - low) / 2;
            status = near(s, item, clamp, up == 1, middle, &some);
            high = some ? middle : high;
            low = some ? low : middle + 1;
        }
        best = high;
        change->reach = reach_of(s->b, &(bridge_way){item->issue, up == 1, 0}, best);
    }
    return status;
}

parley_status bridges_soften(bridge_finder *b, const uint32_t *item, parley_change *change,
                             parley_bridge *out)
{
    softener s = {.b = b, .item = item, .changes = out->changes};
    parley_status status = PARLEY_OK;
    bool some = false;
    out->softer_complete = true;
    s.way = parley_arena_array(b->scratch, (size_t)s.changes + 1, sizeof(*s.way));
    s.steps = parley_arena_array(b->scratch, (size_t)s.changes + 1, sizeof(*s.steps));
    if (s.way == NULL || s.steps == NULL) {
        return deal_nomem(b->err);
    }
    for (uint32_t k = 0; k < s.changes && status == PARLEY_OK; k++) {
        if (item_at(&s, k)->kind == PARLEY_CHANGE_EXTEND) {
            status = nearest(&s, k, &change[k]);
        }
    }
    if (b->options->softer == 0) {
        return status;
    }
    for (uint32_t k = 0; k < s.changes && status == PARLEY_OK; k++) {
        status = find_ways(b, item_at(&s, k));
        some = some || item_at(&s, k)->ways > 0;
    }
    if (status == PARLEY_OK && some) {
        status = choose_ways(&s);
        sort_forms(&s);
        status = status == PARLEY_OK ? write_forms(&s, change, out) : status;
    }
    return status;
}
