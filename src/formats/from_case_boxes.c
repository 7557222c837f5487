/*
 * From a case to a model: a party's boxes as functions of Genius.
 *
 * Groups are functions; what stands in no group hangs in a function of its own at the top, which
 * adds up. In a case members stand before their group, in Genius functions before their members:
 * the order is turned round, and each group keeps the order of its members.
 */
#include "formats/from_case.h"

#include <string.h>

static parley_status leave_sides(leaving *l, const parley_worth *w, const parley_box *box,
                                 fmt_box *out)
{
    const fmt_model *m = l->model;
    const parley_box_side *sides = box->outside_count > 0 ? box->outside : box->where;
    uint32_t count = box->outside_count > 0 ? box->outside_count : box->where_count;
    parley_span at = w->record.span;
    if (box->outside_count > 0 && box->where_count > 0)
        return leaving_fail(l, at, NULL, "a box of Genius lies inside bounds or outside, not both");
    fmt_bound *bounds = parley_arena_array(l->arena, count, sizeof(*bounds));
    if (bounds == NULL)
        return leaving_nomem(l);
    for (uint32_t i = 0; i < count; i++) {
        fmt_number low;
        fmt_number high;
        int32_t place = l->place[sides[i].issue];
        if (place < 0 || m->issues[place].kind != FMT_INTEGER)
            return leaving_fail(l, at, NULL, "boxes of Genius are about whole numbers; '%s' is not",
                                parley_case_issue(l->c, sides[i].issue)->record.id);
        parley_status status = leaving_number(l, sides[i].low, at, &low);
        if (status == PARLEY_OK)
            status = leaving_number(l, sides[i].high, at, &high);
        if (status != PARLEY_OK)
            return status;
        if (!fmt_number_whole(low, &bounds[i].least) || !fmt_number_whole(high, &bounds[i].most))
            return leaving_fail(l, at, NULL, "the bounds of a box must be whole numbers");
        bounds[i].issue = (uint32_t)place;
    }
    out->outside = box->outside_count > 0;
    out->bounds = bounds;
    out->bound_count = count;
    out->weight = FMT_ONE;
    return leaving_number(l, box->add, at, &out->utility);
}

static fmt_aggregation aggregation(parley_take take)
{
    return take == PARLEY_TAKE_MIN ? FMT_MIN : take == PARLEY_TAKE_MAX ? FMT_MAX : FMT_SUM;
}

/* A single group at the top, whose factor does not count in Genius, may be the top itself. */
static int32_t only_group(const parley_worth *w)
{
    int32_t last = (int32_t)w->boxes - 1;
    const parley_box *b = &w->box[last];
    if (b->take == PARLEY_TAKE_BOX || b->take == PARLEY_TAKE_SUM || w->base.num != 0 ||
        parley_fraction_compare(b->times, (parley_fraction){1, 1, 0}) != 0)
        return -1;
    for (uint32_t k = 0; k + 1 < w->boxes; k++)
        if (w->box[k].parent < 0)
            return -1;
    return last;
}

parley_status leaving_boxes(leaving *l, const parley_worth *w, fmt_profile *out)
{
    int32_t *ufun_of = parley_arena_array(l->arena, w->boxes, sizeof(*ufun_of));
    out->ufuns = parley_arena_array(l->arena, (size_t)w->boxes + 1, sizeof(*out->ufuns));
    out->boxes = parley_arena_array(l->arena, (size_t)w->boxes + 1, sizeof(*out->boxes));
    if (ufun_of == NULL || out->ufuns == NULL || out->boxes == NULL)
        return leaving_nomem(l);
    parley_status status = leaving_number(l, w->divided_by, w->record.span, &out->maximum);
    int32_t top = only_group(w);
    out->ufuns[out->ufun_count++] =
        (fmt_ufun){-1, top >= 0 ? aggregation(w->box[top].take) : FMT_SUM, FMT_ONE};
    for (uint32_t k = w->boxes; k-- > 0 && status == PARLEY_OK;) {
        const parley_box *b = &w->box[k];
        if (b->take == PARLEY_TAKE_BOX || (int32_t)k == top)
            continue;
        fmt_ufun *ufun = &out->ufuns[out->ufun_count];
        ufun->parent = b->parent < 0 || b->parent == top ? 0 : ufun_of[b->parent];
        ufun->aggregation = aggregation(b->take);
        ufun_of[k] = (int32_t)out->ufun_count++;
        status = leaving_number(l, b->times, w->record.span, &ufun->weight);
    }
    if (status == PARLEY_OK && w->base.num != 0) {
        fmt_box *box = &out->boxes[out->box_count++];
        *box = (fmt_box){.weight = FMT_ONE};
        status = leaving_number(l, w->base, w->record.span, &box->utility);
    }
    for (uint32_t k = 0; k < w->boxes && status == PARLEY_OK; k++) {
        const parley_box *b = &w->box[k];
        if (b->take != PARLEY_TAKE_BOX)
            continue;
        fmt_box *box = &out->boxes[out->box_count++];
        *box =
            (fmt_box){.node = b->parent < 0 || b->parent == top ? 0 : (uint32_t)ufun_of[b->parent]};
        status = leave_sides(l, w, b, box);
    }
    return status;
}
