/*
 * NegoLog JSON: profiles that hold the issues as well. The first one says which there are, and in
 * which order; the others must have the same. Utilities are weight times value, added up, no cap.
 */
#include "formats/json_reading.h"

#include <string.h>

/* The issues and values of the first profile become the domain. */
static parley_status make_domain(json_reading *r, const fmt_json *issues)
{
    fmt_model *m = r->model;
    char shown[FMT_SHOWN_MAX];
    const parley_limits *limits = parley_ctx_limits(r->source->ctx);
    if (issues->count == 0)
        return json_fail(r, PARLEY_INVALID, issues, false, "this profile has no issues");
    if (issues->count > limits->issues)
        return json_fail(r, PARLEY_LIMIT, issues, false, "more than %u issues (limit 'issues')",
                         (unsigned)limits->issues);
    m->issues = parley_arena_array(m->arena, issues->count, sizeof(*m->issues));
    if (m->issues == NULL)
        return json_nomem(r);
    for (const fmt_json *i = issues->first; i != NULL; i = i->next) {
        fmt_issue *issue = &m->issues[m->issue_count++];
        *issue = (fmt_issue){.name = i->key, .index = m->issue_count};
        if (i->kind != FMT_JSON_OBJECT || i->count == 0)
            return json_fail(r, PARLEY_INVALID, i, true, "issue '%s' has no values",
                             fmt_shown(shown, i->key));
        if (i->count > limits->options)
            return json_fail(r, PARLEY_LIMIT, i, true, "more than %u values (limit 'options')",
                             (unsigned)limits->options);
        issue->items = parley_arena_array(m->arena, i->count, sizeof(*issue->items));
        if (issue->items == NULL)
            return json_nomem(r);
        for (const fmt_json *v = i->first; v != NULL; v = v->next)
            issue->items[issue->item_count++] = (fmt_item){.value = v->key};
    }
    return PARLEY_OK;
}

static parley_status read_issue(json_reading *r, const fmt_json *values, const fmt_issue *issue,
                                fmt_evaluation *v)
{
    char shown[FMT_SHOWN_MAX];
    char name[FMT_SHOWN_MAX];
    fmt_map map;
    const fmt_json **members;
    if (values->kind != FMT_JSON_OBJECT)
        return json_fail(r, PARLEY_INVALID, values, false, "issue '%s' must be an object of values",
                         fmt_shown(shown, issue->name));
    parley_status status = json_index(r, values, &map, &members);
    v->table = parley_arena_array(r->model->arena, issue->item_count, sizeof(*v->table));
    if (status != PARLEY_OK || v->table == NULL)
        return json_nomem(r);
    for (uint32_t i = 0; i < issue->item_count && status == PARLEY_OK; i++) {
        int64_t at = fmt_map_find(&map, issue->items[i].value);
        if (at < 0)
            return json_fail(r, PARLEY_INVALID, values, true,
                             "value '%s' of issue '%s' is missing here, and the first profile has "
                             "it",
                             fmt_shown(shown, issue->items[i].value), fmt_shown(name, issue->name));
        status = json_number(r, members[at], "a value", &v->table[i]);
    }
    if (status == PARLEY_OK && values->count > issue->item_count)
        status = json_fail(r, PARLEY_INVALID, values, true,
                           "issue '%s' has more values here than in the first profile",
                           fmt_shown(name, issue->name));
    return status;
}

static parley_status read_issues(json_reading *r, const fmt_json *issues, const fmt_json *weights,
                                 fmt_profile *out)
{
    fmt_model *m = r->model;
    char shown[FMT_SHOWN_MAX];
    fmt_map of_issues;
    fmt_map of_weights;
    const fmt_json **issue;
    const fmt_json **weight;
    parley_status status = json_index(r, issues, &of_issues, &issue);
    if (status == PARLEY_OK)
        status = json_index(r, weights, &of_weights, &weight);
    for (uint32_t i = 0; i < m->issue_count && status == PARLEY_OK; i++) {
        const char *name = m->issues[i].name;
        fmt_evaluation *v = &out->evaluations[i];
        int64_t at = fmt_map_find(&of_issues, name);
        int64_t w = fmt_map_find(&of_weights, name);
        if (at < 0 || w < 0)
            return json_fail(r, PARLEY_INVALID, at < 0 ? issues : weights, true,
                             "issue '%s' is missing here", fmt_shown(shown, name));
        v->divisor = FMT_ONE;
        v->typed = true;
        status = json_number(r, weight[w], "a weight", &v->weight);
        if (status == PARLEY_OK)
            status = read_issue(r, issue[at], &m->issues[i], v);
    }
    if (status == PARLEY_OK && issues->count > m->issue_count)
        status = json_fail(r, PARLEY_INVALID, issues, true,
                           "there are more issues here than in the first profile");
    if (status == PARLEY_OK && weights->count > m->issue_count)
        json_warn(r, weights, true, "there is a weight for an issue that does not exist");
    return status;
}

parley_status negolog_read_profile(json_reading *r, const fmt_json *root, fmt_profile *out)
{
    fmt_model *m = r->model;
    const fmt_json *issues = NULL;
    const fmt_json *weights = NULL;
    parley_status status = json_object(r, root, "issues", &issues);
    if (status == PARLEY_OK)
        status = json_object(r, root, "issueWeights", &weights);
    if (status == PARLEY_OK && m->issue_count == 0)
        status = make_domain(r, issues);
    if (status != PARLEY_OK)
        return status;
    out->kind = FMT_ADDITIVE;
    out->evaluations = parley_arena_array(m->arena, m->issue_count, sizeof(*out->evaluations));
    if (out->evaluations == NULL)
        return json_nomem(r);
    const fmt_json *reservation = fmt_member(root, "reservationValue");
    if (reservation != NULL && reservation->kind != FMT_JSON_WORD) {
        out->has_reservation = true;
        status = json_number(r, reservation, "reservationValue", &out->reservation);
    }
    return status == PARLEY_OK ? read_issues(r, issues, weights, out) : status;
}
