/*
 * Boxes of a party as numbers and sets of values, each with what its groups multiply it by.
 */
#include "deal/numbers_draft.h"

/* ------------------------------------------------------------------- boxes */

/* What a box is multiplied by on its way to the top; groups below a negative factor turn over. */
static bool box_factor(const parley_worth *w, uint32_t box, nm_ratio *out)
{
    nm_ratio one = nm_ratio_of((parley_fraction){1, 1, 0});
    nm_ratio by = nm_ratio_of(w->divided_by);
    if (!nm_ratio_div(out, &one, &by)) {
        return false;
    }
    for (int32_t p = (int32_t)box; p >= 0; p = w->box[p].parent) {
        if (w->box[p].take != PARLEY_TAKE_BOX) {
            nm_ratio times = nm_ratio_of(w->box[p].times);
            if (!nm_ratio_mul(out, out, &times)) {
                return false;
            }
        }
    }
    return true;
}

static bool inside(const parley_issue *issue, const parley_box_side *side, uint32_t v)
{
    if (issue->kind == PARLEY_ISSUE_CHOICE) {
        for (uint32_t k = 0; k < side->options.count; k++) {
            if (side->options.at[k] == (int32_t)v) {
                return true;
            }
        }
        return false;
    }
    parley_decimal d = parley_case_quantity(issue, v);
    int64_t ten = 1;
    for (int32_t k = 0; k < d.scale; k++) {
        ten *= 10;
    }
    parley_fraction at = {d.mantissa, ten, 0};
    return parley_fraction_compare(at, side->low) >= 0 &&
           parley_fraction_compare(at, side->high) <= 0;
}

/* Sides over counted issues. *none: a side can never hold. */
static bool make_sides(nm_draft *b, const parley_box_side *from, uint32_t count, nm_side **out,
                       uint32_t *made)
{
    nm_side *list = parley_arena_array(b->arena, count, sizeof(*list));
    if (list == NULL) {
        return nm_draft_nomem(b);
    }
    uint32_t n = 0;
    for (uint32_t s = 0; s < count; s++) {
        const parley_issue *issue = parley_case_issue(b->c, from[s].issue);
        int32_t var = nm_draft_variable(b, from[s].issue);
        if (var < 0) {
            continue; /* not decided here: as if it held */
        }
        uint32_t size = b->m->size[var];
        uint64_t *bits = parley_arena_array(b->arena, (size + 63) / 64, sizeof(*bits));
        if (bits == NULL) {
            return nm_draft_nomem(b);
        }
        for (uint32_t v = 0; v < size; v++) {
            if (inside(issue, &from[s], v)) {
                bits[v / 64] |= UINT64_C(1) << (v % 64);
            }
        }
        list[n++] = (nm_side){(uint32_t)var, bits};
    }
    *out = list;
    *made = n;
    return true;
}

bool nm_draft_boxes(nm_draft *b, uint32_t i, const parley_worth *w, uint32_t first, nm_pass which)
{
    for (uint32_t k = 0; k < w->boxes; k++) {
        const parley_box *box = &w->box[k];
        nm_box *to = which == NM_TAKE ? &b->m->box[first + k] : NULL;
        nm_ratio factor;
        nm_num add = 0;
        nm_side *where = NULL;
        nm_side *outside = NULL;
        if (!box_factor(w, k, &factor)) {
            return false;
        }
        if (box->take == PARLEY_TAKE_BOX &&
            !nm_draft_fraction(b, i, box->add, &factor, which, &add)) {
            return false;
        }
        if (to == NULL) {
            continue;
        }
        parley_take take = box->take;
        if (factor.negative && take == PARLEY_TAKE_MIN) {
            take = PARLEY_TAKE_MAX;
        } else if (factor.negative && take == PARLEY_TAKE_MAX) {
            take = PARLEY_TAKE_MIN;
        }
        *to = (nm_box){
            i, take, box->parent < 0 ? -1 : (int32_t)first + box->parent, add, NULL, 0, NULL, 0};
        if (!make_sides(b, box->where, box->where_count, &where, &to->where_count) ||
            !make_sides(b, box->outside, box->outside_count, &outside, &to->outside_count)) {
            return false;
        }
        to->where = where;
        to->outside = outside;
        if (box->outside_count > 0 && to->outside_count == 0) {
            to->add = 0; /* what it would have to leave is not decided here */
        }
    }
    return true;
}
