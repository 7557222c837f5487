/*
 * Boxes once more: where each begins and ends is looked up in the values of its issue once, and
 * every box is then asked of a package by itself; groups take what their members hand up.
 */
#include "deal/recheck_internal.h"

#include <string.h>

/* The first value of a quantity that is at least, or above, a number. */
static int64_t first_value(const parley_issue *issue, parley_fraction from, bool above)
{
    rk_number limit = rk_of(from);
    int64_t low = 0;
    int64_t high = issue->values;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        rk_number at = rk_of_decimal(parley_case_quantity(issue, middle));
        int order = rk_compare(&at, &limit);
        if (above ? order > 0 : order >= 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

static rk_side side_of(const parley_recheck *r, const parley_box_side *side)
{
    const parley_issue *issue = parley_case_issue(r->c, side->issue);
    if (issue->kind == PARLEY_ISSUE_CHOICE) {
        return (rk_side){0, 0};
    }
    return (rk_side){first_value(issue, side->low, false), first_value(issue, side->high, true)};
}

bool rk_boxes_begin(parley_recheck *r)
{
    r->box_side = rk_room(r, r->k, sizeof(*r->box_side));
    r->box_first = rk_room(r, r->k, sizeof(*r->box_first));
    for (uint32_t i = 0; i < r->k && !rk_stop(r); i++) {
        const parley_worth *w = parley_case_worth(r->c, (int32_t)i);
        uint32_t sides = 0;
        for (uint32_t b = 0; b < w->boxes; b++) {
            sides += w->box[b].where_count + w->box[b].outside_count;
        }
        r->box_first[i] = rk_room(r, w->boxes, sizeof(**r->box_first));
        r->box_side[i] = rk_room(r, sides, sizeof(**r->box_side));
        sides = 0;
        for (uint32_t b = 0; b < w->boxes && !rk_stop(r); b++) {
            const parley_box *box = &w->box[b];
            r->box_first[i][b] = sides;
            for (uint32_t s = 0; s < box->where_count; s++) {
                r->box_side[i][sides++] = side_of(r, &box->where[s]);
            }
            for (uint32_t s = 0; s < box->outside_count; s++) {
                r->box_side[i][sides++] = side_of(r, &box->outside[s]);
            }
        }
    }
    return !rk_stop(r);
}

static bool side_holds(const parley_recheck *r, const parley_box_side *side, const rk_side *range,
                       const rk_package *p)
{
    int64_t v = p->value[side->issue];
    if (v < 0) {
        return true; /* not decided here */
    }
    if (parley_case_issue(r->c, side->issue)->kind != PARLEY_ISSUE_CHOICE) {
        return v >= range->first && v < range->end;
    }
    for (uint32_t k = 0; k < side->options.count; k++) {
        if (side->options.at[k] == v) {
            return true;
        }
    }
    return false;
}

/* range: of the sides within, then of those outside. */
static bool box_holds(const parley_recheck *r, const parley_box *box, const rk_side *range,
                      const rk_package *p)
{
    for (uint32_t s = 0; s < box->where_count; s++) {
        if (!side_holds(r, &box->where[s], &range[s], p)) {
            return false;
        }
    }
    if (box->outside_count == 0) {
        return true;
    }
    range += box->where_count;
    for (uint32_t s = 0; s < box->outside_count; s++) {
        if (p->value[box->outside[s].issue] >= 0 &&
            !side_holds(r, &box->outside[s], &range[s], p)) {
            return true;
        }
    }
    return false;
}

/* Does the number of a box count the other way round at its place? */
static bool turned(const parley_worth *w, uint32_t box)
{
    bool turn_over = false;
    for (int32_t b = (int32_t)box; b >= 0; b = w->box[b].parent) {
        turn_over = turn_over != (w->box[b].take != PARLEY_TAKE_BOX && w->box[b].times.num < 0);
    }
    return turn_over;
}

/* Members stand before their group: one pass, each handing its number to the group it is in. */
void rk_boxes(const parley_recheck *r, uint32_t party, const rk_package *p, uint64_t *to)
{
    const parley_worth *w = parley_case_worth(r->c, (int32_t)party);
    const uint32_t words = r->words;
    uint64_t zero[RK_WORDS] = {0};
    if (w->boxes == 0 || r->no_boxes) {
        return;
    }
    uint64_t *value = r->box[party] + (size_t)w->boxes * words; /* scratch behind the numbers */
    bool *some = (bool *)(value + (size_t)w->boxes * words);
    memset(value, 0, (size_t)w->boxes * words * sizeof(*value));
    memset(some, 0, w->boxes * sizeof(*some));
    for (uint32_t b = 0; b < w->boxes; b++) {
        uint64_t *own = value + (size_t)b * words;
        if (w->box[b].take == PARLEY_TAKE_BOX) {
            memcpy(own,
                   box_holds(r, &w->box[b], &r->box_side[party][r->box_first[party][b]], p)
                       ? r->box[party] + (size_t)b * words
                       : zero,
                   words * sizeof(*own));
        }
        if (w->box[b].parent < 0) {
            rk_plus(to, own, words);
            continue;
        }
        uint32_t up = (uint32_t)w->box[b].parent;
        uint64_t *group = value + (size_t)up * words;
        bool least = (w->box[up].take == PARLEY_TAKE_MIN) != turned(w, up);
        if (w->box[up].take == PARLEY_TAKE_SUM) {
            rk_plus(group, own, words);
        } else if (!some[up] || (rk_order(own, group, words) < 0) == least) {
            memcpy(group, own, words * sizeof(*own));
        }
        some[up] = true;
    }
}
