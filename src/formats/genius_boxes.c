/*
 * Genius XML: profiles of nonlinear type, functions over hyper-rectangles.
 *
 * A box with EXCLUDES counts when any of their bounds is violated; where a box has both kinds of
 * bounds Genius takes EXCLUDES, and so does this. The weight of the top function does not count.
 */
#include "formats/genius.h"

#include <string.h>
#include <strings.h>

static parley_status read_bounds(genius_reading *r, const fmt_element *e, fmt_box *box)
{
    box->outside = fmt_child(e, "EXCLUDES") != NULL;
    const char *name = box->outside ? "EXCLUDES" : "INCLUDES";
    if (box->outside && fmt_child(e, "INCLUDES") != NULL)
        genius_warn(r, e, NULL, "a box has INCLUDES and EXCLUDES; EXCLUDES is taken, as in Genius");
    uint32_t count = 0;
    for (const fmt_element *b = fmt_child(e, name); b != NULL; b = fmt_sibling(b, name))
        count++;
    fmt_bound *bounds = parley_arena_array(r->model->arena, count, sizeof(*bounds));
    if (bounds == NULL)
        return genius_nomem(r);
    for (const fmt_element *b = fmt_child(e, name); b != NULL; b = fmt_sibling(b, name)) {
        int64_t index = 0;
        fmt_bound *bound = &bounds[box->bound_count++];
        parley_status status = genius_whole(r, b, "index", &index);
        int64_t issue = status == PARLEY_OK ? genius_issue(r->model, index) : -1;
        if (status == PARLEY_OK && issue < 0)
            status = genius_fail(r, PARLEY_NOTFOUND, b, "index",
                                 "the domain has no issue of index %lld", (long long)index);
        if (status == PARLEY_OK && r->model->issues[issue].kind != FMT_INTEGER) {
            char shown[FMT_SHOWN_MAX];
            status = genius_fail(r, PARLEY_INVALID, b, "index",
                                 "a box is bounded in integer issues, and '%s' is none",
                                 fmt_shown(shown, r->model->issues[issue].name));
        }
        if (status == PARLEY_OK)
            status = genius_whole(r, b, "min", &bound->least);
        if (status == PARLEY_OK)
            status = genius_whole(r, b, "max", &bound->most);
        if (status != PARLEY_OK)
            return status;
        bound->issue = (uint32_t)issue;
    }
    box->bounds = bounds;
    return PARLEY_OK;
}

static parley_status read_box(genius_reading *r, const fmt_element *e, fmt_box *box)
{
    box->weight = FMT_ONE;
    parley_status status = genius_number(r, e, "utility", &box->utility);
    if (status == PARLEY_OK && fmt_attribute_of(e, "weight") != NULL)
        status = genius_number(r, e, "weight", &box->weight);
    return status == PARLEY_OK ? read_bounds(r, e, box) : status;
}

static parley_status read_ufun(genius_reading *r, const fmt_element *e, fmt_ufun *ufun)
{
    char shown[FMT_SHOWN_MAX];
    const char *type = fmt_attribute_of(e, "type");
    const char *how = fmt_attribute_of(e, "aggregation");
    ufun->weight = FMT_ONE;
    if (type != NULL && strcasecmp(type, "PlainUfun") != 0)
        return genius_fail(r, PARLEY_INVALID, e, "type", "a function is a PlainUfun, not '%s'",
                           fmt_shown(shown, type));
    if (how == NULL || strcasecmp(how, "sum") == 0)
        ufun->aggregation = FMT_SUM;
    else if (strcasecmp(how, "min") == 0)
        ufun->aggregation = FMT_MIN;
    else if (strcasecmp(how, "max") == 0)
        ufun->aggregation = FMT_MAX;
    else
        return genius_fail(r, PARLEY_INVALID, e, "aggregation",
                           "an aggregation is sum, min or max, not '%s'", fmt_shown(shown, how));
    return fmt_attribute_of(e, "weight") != NULL ? genius_number(r, e, "weight", &ufun->weight)
                                                 : PARLEY_OK;
}

/* Walks below the top function; ufun numbers follow the elements by their place in the walk. */
static parley_status read_functions(genius_reading *r, const fmt_element *top, fmt_profile *out)
{
    uint32_t ufuns = 0;
    uint32_t boxes = 0;
    for (const fmt_element *e = top; e != NULL; e = genius_after(e, top)) {
        ufuns += strcmp(e->name, "ufun") == 0 ? 1 : 0;
        boxes += strcmp(e->name, "hyperRectangle") == 0 ? 1 : 0;
    }
    parley_arena *arena = r->model->arena;
    uint32_t depth = parley_ctx_limits(r->source->ctx)->depth + 2;
    out->ufuns = parley_arena_array(arena, ufuns, sizeof(*out->ufuns));
    out->boxes = parley_arena_array(arena, boxes, sizeof(*out->boxes));
    struct open {
        const fmt_element *element;
        uint32_t ufun;
    } *stack = parley_arena_array(arena, depth, sizeof(*stack));
    if (out->ufuns == NULL || out->boxes == NULL || stack == NULL)
        return genius_nomem(r);
    uint32_t open = 0;
    for (const fmt_element *e = top; e != NULL; e = genius_after(e, top)) {
        parley_status status = PARLEY_OK;
        bool ufun_here = strcmp(e->name, "ufun") == 0;
        if (!ufun_here && strcmp(e->name, "hyperRectangle") != 0)
            continue;
        while (open > 0 && stack[open - 1].element != e->parent)
            open--;
        if (e != top && open == 0) /* inside something else */
            return genius_fail(r, PARLEY_INVALID, e, NULL, "<%s> must stand in a <ufun>", e->name);
        if (ufun_here) {
            fmt_ufun *ufun = &out->ufuns[out->ufun_count];
            ufun->parent = e == top ? -1 : (int32_t)stack[open - 1].ufun;
            status = read_ufun(r, e, ufun);
            stack[open].element = e;
            stack[open++].ufun = out->ufun_count++;
        } else {
            fmt_box *box = &out->boxes[out->box_count++];
            box->node = stack[open - 1].ufun;
            status = read_box(r, e, box);
        }
        if (status != PARLEY_OK)
            return status;
    }
    return PARLEY_OK;
}

parley_status genius_read_boxes(genius_reading *r, const fmt_element *space, fmt_profile *out)
{
    const fmt_element *utility = NULL;
    for (const fmt_element *e = space; e != NULL && utility == NULL; e = genius_after(e, space))
        utility = strcmp(e->name, "utility") == 0 ? e : NULL;
    const fmt_element *top = utility != NULL ? fmt_child(utility, "ufun") : NULL;
    out->kind = FMT_BOXES;
    if (top == NULL)
        return genius_fail(r, PARLEY_INVALID, space, NULL,
                           "this profile is nonlinear and has no <utility> with a <ufun>");
    if (fmt_sibling(top, "ufun") != NULL)
        return genius_fail(r, PARLEY_INVALID, fmt_sibling(top, "ufun"), NULL,
                           "<utility> holds a second <ufun>");
    parley_status status = genius_number(r, utility, "maxutility", &out->maximum);
    if (status == PARLEY_OK && out->maximum.mantissa <= 0)
        status =
            genius_fail(r, PARLEY_INVALID, utility, "maxutility", "maxutility must be above zero");
    return status == PARLEY_OK ? read_functions(r, top, out) : status;
}
