/*
 * Genius XML: one party's profile of linear type; the others are told apart here.
 *
 * Weights are taken as given, never normalised. A discrete evaluation is divided by the largest of
 * its issue, without a shift by the smallest. Weights and evaluators of objectives do not count.
 */
#include "formats/genius.h"

#include <string.h>
#include <strings.h>

/* One profile being read: the elements that speak about each issue. */
typedef struct linear {
    const fmt_element **issue;
    const fmt_element **weight;
} linear;

static parley_status index_of(genius_reading *r, const fmt_element *e, int64_t *issue)
{
    int64_t index = 0;
    *issue = -1;
    parley_status status = genius_whole(r, e, "index", &index);
    if (status == PARLEY_OK)
        *issue = genius_issue(r->model, index);
    return status;
}

static parley_status collect(genius_reading *r, const fmt_element *top, linear *l)
{
    for (const fmt_element *e = top; e != NULL; e = genius_after(e, top)) {
        bool weight = strcmp(e->name, "weight") == 0;
        int64_t i = -1;
        if ((!weight && strcmp(e->name, "issue") != 0) || e->parent == NULL ||
            (strcmp(e->parent->name, "objective") != 0 && e->parent != top))
            continue;
        parley_status status = index_of(r, e, &i);
        if (status != PARLEY_OK)
            return status;
        if (i < 0) {
            if (!weight)
                genius_warn(r, e, "index",
                            "the domain has no issue of this index; what is said here is left out");
            continue; /* a weight may be an objective's */
        }
        const fmt_element **place = weight ? &l->weight[i] : &l->issue[i];
        if (*place != NULL)
            genius_warn(r, e, "index", "<%s> of this index is there twice; the last one counts",
                        e->name);
        *place = e;
    }
    return PARLEY_OK;
}

/* ---- discrete ---- */

static parley_status read_table(genius_reading *r, const fmt_element *e, const fmt_issue *issue,
                                fmt_evaluation *v)
{
    char shown[FMT_SHOWN_MAX];
    parley_arena *arena = r->model->arena;
    fmt_map places = {.arena = arena};
    bool *known = parley_arena_array(arena, issue->item_count, sizeof(*known));
    v->table = parley_arena_array(arena, issue->item_count, sizeof(*v->table));
    if (known == NULL || v->table == NULL)
        return genius_nomem(r);
    for (uint32_t i = 0; i < issue->item_count; i++)
        if (!fmt_map_add(&places, issue->items[i].value, i))
            return genius_nomem(r);
    bool any = false;
    v->divisor = FMT_ZERO;
    for (const fmt_element *i = fmt_child(e, "item"); i != NULL; i = fmt_sibling(i, "item")) {
        const char *value = fmt_attribute_of(i, "value");
        const char *typed = fmt_attribute_of(i, "evaluation");
        int64_t place = value != NULL ? fmt_map_find(&places, value) : -1;
        fmt_number x = FMT_ZERO;
        if (typed == NULL || strcasecmp(typed, "null") == 0)
            continue;
        parley_status status = genius_number(r, i, "evaluation", &x);
        if (status != PARLEY_OK)
            return status;
        if (!any || fmt_number_compare(x, v->divisor) > 0)
            v->divisor = x;
        any = true;
        if (place < 0) {
            genius_warn(r, i, value != NULL ? "value" : NULL,
                        "the domain has no such item; it counts for the largest evaluation only");
            continue;
        }
        if (known[place])
            genius_warn(r, i, "value", "the item '%s' is there twice; the last one counts",
                        fmt_shown(shown, value));
        known[place] = true;
        v->table[place] = x;
    }
    for (uint32_t i = 0; i < issue->item_count; i++) {
        if (!known[i]) {
            char name[FMT_SHOWN_MAX];
            parley_status status =
                genius_fail(r, PARLEY_INVALID, e, NULL, "item '%s' of issue '%s' has no evaluation",
                            fmt_shown(shown, issue->items[i].value), fmt_shown(name, issue->name));
            parley_error_hint(r->err, "such a profile says nothing about packages with that item");
            return status;
        }
    }
    if (fmt_number_compare(v->divisor, (fmt_number){1, -5}) < 0) {
        if (v->divisor.mantissa != 0)
            genius_warn(r, e, NULL, "no evaluation of issue '%s' reaches 0.00001; all count as 0",
                        fmt_shown(shown, issue->name));
        memset(v->table, 0, issue->item_count * sizeof(*v->table));
        v->divisor = FMT_ONE;
    }
    return PARLEY_OK;
}

/* ---- numbers ---- */

static parley_status three(genius_reading *r, const fmt_element *evaluator, fmt_evaluation *v,
                           const char *ftype)
{
    char shown[FMT_SHOWN_MAX];
    parley_status status = PARLEY_OK;
    if (strcasecmp(ftype, "linear") == 0) {
        v->shape = FMT_LINEAR;
        status = genius_number(r, evaluator, "parameter1", &v->slope);
        if (status == PARLEY_OK)
            status = genius_number(r, evaluator, "parameter0", &v->offset);
        return status;
    }
    if (strcasecmp(ftype, "constant") == 0) {
        v->shape = FMT_CONSTANT;
        return genius_number(r, evaluator, "parameter0", &v->offset);
    }
    if (strcasecmp(ftype, "triangular") == 0) {
        v->shape = FMT_TRIANGLE;
        status = genius_number(r, evaluator, "parameter0", &v->base);
        if (status == PARLEY_OK)
            status = genius_number(r, evaluator, "parameter1", &v->end);
        if (status == PARLEY_OK)
            status = genius_number(r, evaluator, "parameter2", &v->top);
        if (status == PARLEY_OK &&
            (fmt_number_compare(v->base, v->top) > 0 || fmt_number_compare(v->top, v->end) > 0))
            status = genius_fail(r, PARLEY_INVALID, evaluator, NULL,
                                 "the top of a triangle must lie between its ends");
        return status;
    }
    return genius_fail(r, PARLEY_INVALID, evaluator, "ftype",
                       "an evaluator is linear, constant or triangular, not '%s'",
                       fmt_shown(shown, ftype));
}

static parley_status read_function(genius_reading *r, const fmt_element *e, const fmt_issue *issue,
                                   fmt_evaluation *v)
{
    char shown[FMT_SHOWN_MAX];
    const fmt_element *evaluator = fmt_child(e, "evaluator");
    if (evaluator == NULL)
        return genius_fail(r, PARLEY_INVALID, e, NULL,
                           "issue '%s' has no <evaluator>, so nobody knows what it is worth",
                           fmt_shown(shown, issue->name));
    const char *ftype = fmt_attribute_of(evaluator, "ftype");
    ftype = ftype != NULL ? ftype : "linear";
    if (issue->kind == FMT_REAL)
        return three(r, evaluator, v, ftype);
    if (strcasecmp(ftype, "linear") != 0)
        return genius_fail(r, PARLEY_INVALID, evaluator, "ftype",
                           "the evaluator of an integer issue is linear, not '%s'",
                           fmt_shown(shown, ftype));
    fmt_number upper = issue->upper;
    bool found = false;
    v->shape = FMT_LINEAR;
    v->base = issue->lower;
    parley_status status = genius_number(r, evaluator, "slope", &v->slope);
    if (status == PARLEY_OK)
        status = genius_number(r, evaluator, "offset", &v->offset);
    if (status == PARLEY_OK)
        status = genius_range(r, e, &found, &v->base, &upper);
    if (status == PARLEY_OK && found &&
        (fmt_number_compare(v->base, issue->lower) != 0 ||
         fmt_number_compare(upper, issue->upper) != 0))
        genius_warn(r, e, NULL, "the bounds of issue '%s' are others than in the domain",
                    fmt_shown(shown, issue->name));
    return status;
}

static parley_status read_linear(genius_reading *r, const fmt_element *top, fmt_profile *out)
{
    fmt_model *m = r->model;
    linear l = {parley_arena_array(m->arena, m->issue_count, sizeof(*l.issue)),
                parley_arena_array(m->arena, m->issue_count, sizeof(*l.weight))};
    out->evaluations = parley_arena_array(m->arena, m->issue_count, sizeof(*out->evaluations));
    if (l.issue == NULL || l.weight == NULL || out->evaluations == NULL)
        return genius_nomem(r);
    parley_status status = collect(r, top, &l);
    for (uint32_t i = 0; i < m->issue_count && status == PARLEY_OK; i++) {
        char shown[FMT_SHOWN_MAX];
        const fmt_issue *issue = &m->issues[i];
        fmt_evaluation *v = &out->evaluations[i];
        v->divisor = FMT_ONE;
        if (l.weight[i] != NULL)
            status = genius_number(r, l.weight[i], "value", &v->weight);
        if (status != PARLEY_OK)
            return status;
        if (l.issue[i] == NULL && v->weight.mantissa != 0)
            return genius_fail(r, PARLEY_INVALID, l.weight[i], NULL,
                               "issue '%s' has a weight here, and no evaluations",
                               fmt_shown(shown, issue->name));
        if (l.issue[i] == NULL) {
            genius_warn(r, top, NULL, "nothing is said about issue '%s'; it counts for nothing",
                        fmt_shown(shown, issue->name));
            continue;
        }
        if (l.weight[i] == NULL)
            genius_warn(r, l.issue[i], NULL, "issue '%s' has no weight; it counts for nothing",
                        fmt_shown(shown, issue->name));
        v->typed = true;
        status = issue->kind == FMT_DISCRETE ? read_table(r, l.issue[i], issue, v)
                                             : read_function(r, l.issue[i], issue, v);
    }
    return status;
}

/* ---- the whole profile ---- */

static parley_status read_sides(genius_reading *r, const fmt_element *space, fmt_profile *out)
{
    const fmt_element *reservation = fmt_child(space, "reservation");
    const fmt_element *discount = fmt_child(space, "discount_factor");
    parley_status status = PARLEY_OK;
    if (reservation != NULL) {
        out->has_reservation = true;
        status = genius_number(r, reservation, "value", &out->reservation);
    }
    if (status == PARLEY_OK && discount != NULL) {
        out->has_discount = true;
        status = genius_number(r, discount, "value", &out->discount);
        if (status == PARLEY_OK &&
            (out->discount.mantissa <= 0 || fmt_number_compare(out->discount, FMT_ONE) > 0)) {
            genius_warn(r, discount, "value", "a discount must lie in (0, 1]; 1 is taken");
            out->discount = FMT_ONE;
        }
    }
    return status;
}

parley_status genius_read_profile(genius_reading *r, const fmt_element *root, fmt_profile *out)
{
    char shown[FMT_SHOWN_MAX];
    const fmt_element *space = genius_space(root);
    const fmt_element *top = genius_top(root);
    const char *type = space != NULL ? fmt_attribute_of(space, "type") : NULL;
    if (type != NULL && strcasecmp(type, "uncertain") == 0)
        return genius_fail(r, PARLEY_INVALID, space, "type",
                           "this profile holds comparisons of bids under uncertainty, not numbers");
    if (type != NULL && strcasecmp(type, "constraint") == 0)
        return genius_fail(r, PARLEY_INVALID, space, "type",
                           "profiles of type constraint cannot be read");
    if (type != NULL && strcasecmp(type, "linear") != 0 && strcasecmp(type, "nonlinear") != 0)
        return genius_fail(r, PARLEY_INVALID, space, "type",
                           "a profile is linear or nonlinear, not '%s'", fmt_shown(shown, type));
    if (top == NULL)
        return genius_fail(r, PARLEY_INVALID, root, NULL,
                           "this profile has no <utility_space> with an <objective>");
    if (strcmp(root->name, "utility_space") != 0)
        genius_warn(r, root, NULL, "this looks like a domain; it is taken as a profile");
    const char *party = fmt_attribute_of(space, "party");
    if (party != NULL && party[0] != '\0') {
        out->stem = out->name;
        out->name = party;
    }
    const char *cap = fmt_attribute_of(space, "cap");
    out->cap = cap != NULL && strcmp(cap, "1") == 0;
    parley_status status = read_sides(r, space, out);
    if (status != PARLEY_OK)
        return status;
    if (type != NULL && strcasecmp(type, "nonlinear") == 0)
        return genius_read_boxes(r, space, out);
    out->kind = FMT_ADDITIVE;
    return read_linear(r, top, out);
}
