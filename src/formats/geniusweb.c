/*
 * GeniusWeb JSON: a domain, and profiles of the kind LinearAdditiveUtilitySpace.
 *
 * Utilities are weight times value, added up: no division by the largest value, no cap. A value
 * that is not listed is worth 0. The worth without a deal is that of the reservation bid.
 */
#include "formats/json_reading.h"

#include <string.h>

static const char kind_name[] = "LinearAdditiveUtilitySpace";

/* ---- the domain ---- */

static parley_status read_values(json_reading *r, const fmt_json *values, fmt_issue *issue)
{
    char shown[FMT_SHOWN_MAX];
    fmt_map seen = {.arena = r->model->arena};
    uint32_t most = parley_ctx_limits(r->source->ctx)->options;
    if (values->kind != FMT_JSON_ARRAY)
        return json_fail(r, PARLEY_INVALID, values, false, "'values' must be a list of texts");
    if (values->count > most)
        return json_fail(r, PARLEY_LIMIT, values, false, "more than %u values (limit 'options')",
                         (unsigned)most);
    issue->items = parley_arena_array(r->model->arena, values->count, sizeof(*issue->items));
    if (issue->items == NULL)
        return json_nomem(r);
    for (const fmt_json *v = values->first; v != NULL; v = v->next) {
        if (v->kind != FMT_JSON_TEXT && v->kind != FMT_JSON_NUMBER)
            return json_fail(r, PARLEY_INVALID, v, false, "a value must be a text");
        if (fmt_map_find(&seen, v->text) >= 0) {
            json_warn(r, v, false, "the value '%s' is there twice; the second is left out",
                      fmt_shown(shown, v->text));
            continue;
        }
        if (!fmt_map_add(&seen, v->text, issue->item_count))
            return json_nomem(r);
        issue->items[issue->item_count++] = (fmt_item){.value = v->text};
    }
    if (issue->item_count == 0)
        return json_fail(r, PARLEY_INVALID, values, false, "issue '%s' has no values",
                         fmt_shown(shown, issue->name));
    return PARLEY_OK;
}

static parley_status read_range(json_reading *r, const fmt_json *range, fmt_issue *issue)
{
    static const char *const parts[] = {"the low end", "the high end", "the step"};
    fmt_number *const out[] = {&issue->lower, &issue->upper, &issue->step};
    if (range->kind != FMT_JSON_ARRAY || range->count != 3)
        return json_fail(r, PARLEY_INVALID, range, false, "a range is [low, high, step]");
    const fmt_json *n = range->first;
    for (size_t i = 0; i < 3; i++, n = n->next) {
        parley_status status = json_number(r, n, parts[i], out[i]);
        if (status != PARLEY_OK)
            return status;
    }
    issue->kind = FMT_REAL;
    if (fmt_number_compare(issue->lower, issue->upper) > 0 || issue->step.mantissa <= 0)
        return json_fail(r, PARLEY_INVALID, range, false,
                         "a range goes up, in steps that are above zero");
    return PARLEY_OK;
}

parley_status geniusweb_read_domain(json_reading *r, const fmt_json *root)
{
    fmt_model *m = r->model;
    char shown[FMT_SHOWN_MAX];
    const fmt_json *issues = NULL;
    if (fmt_member(root, kind_name) != NULL) {
        json_fail(r, PARLEY_INVALID, root, false, "this is a profile, where the domain should be");
        parley_error_hint(r->err, "name the domain first, then the profiles");
        return PARLEY_INVALID;
    }
    const fmt_json *name = fmt_member(root, "name");
    m->name = name != NULL && name->kind == FMT_JSON_TEXT ? name->text : "";
    parley_status status = json_object(r, root, "issuesValues", &issues);
    if (status != PARLEY_OK)
        return status;
    uint32_t most = parley_ctx_limits(r->source->ctx)->issues;
    if (issues->count > most)
        return json_fail(r, PARLEY_LIMIT, issues, false, "more than %u issues (limit 'issues')",
                         (unsigned)most);
    m->issues = parley_arena_array(m->arena, issues->count, sizeof(*m->issues));
    if (m->issues == NULL)
        return json_nomem(r);
    for (const fmt_json *i = issues->first; i != NULL; i = i->next) {
        fmt_issue *issue = &m->issues[m->issue_count++];
        *issue = (fmt_issue){.name = i->key, .index = m->issue_count};
        const fmt_json *values = fmt_member(i, "values");
        const fmt_json *range = fmt_member(i, "range");
        if (values == NULL && range == NULL)
            return json_fail(r, PARLEY_INVALID, i, true,
                             "issue '%s' has neither 'values' nor a 'range'",
                             fmt_shown(shown, i->key));
        status = values != NULL ? read_values(r, values, issue) : read_range(r, range, issue);
        if (status != PARLEY_OK)
            return status;
    }
    return m->issue_count > 0
               ? PARLEY_OK
               : json_fail(r, PARLEY_INVALID, issues, false, "this domain has no issues");
}

/* ---- profiles ---- */

static parley_status read_table(json_reading *r, const fmt_json *utilities, const fmt_issue *issue,
                                fmt_evaluation *v)
{
    char shown[FMT_SHOWN_MAX];
    fmt_map places = {.arena = r->model->arena};
    const fmt_json *map = NULL;
    parley_status status = json_object(r, utilities, "valueUtilities", &map);
    if (status != PARLEY_OK)
        return status;
    v->table = parley_arena_array(r->model->arena, issue->item_count, sizeof(*v->table));
    if (v->table == NULL)
        return json_nomem(r);
    for (uint32_t i = 0; i < issue->item_count; i++)
        if (!fmt_map_add(&places, issue->items[i].value, i))
            return json_nomem(r);
    uint32_t known = 0;
    for (const fmt_json *m = map->first; m != NULL && status == PARLEY_OK; m = m->next) {
        int64_t place = fmt_map_find(&places, m->key);
        if (place < 0) {
            json_warn(r, m, true, "the domain has no value '%s'; left out",
                      fmt_shown(shown, m->key));
            continue;
        }
        known++;
        status = json_number(r, m, "a utility", &v->table[place]);
    }
    if (status == PARLEY_OK && known < issue->item_count)
        json_warn(r, map, false, "%u value%s of issue '%s' %s not listed here; worth 0",
                  (unsigned)(issue->item_count - known), issue->item_count - known == 1 ? "" : "s",
                  fmt_shown(shown, issue->name), issue->item_count - known == 1 ? "is" : "are");
    return status;
}

static parley_status read_line(json_reading *r, const fmt_json *utilities, fmt_evaluation *v)
{
    static const char *const parts[] = {"lowValue", "lowUtility", "highValue", "highUtility"};
    fmt_number *const out[] = {&v->base, &v->offset, &v->end, &v->slope};
    v->shape = FMT_SEGMENT;
    for (size_t i = 0; i < 4; i++) {
        const fmt_json *n = fmt_member(utilities, parts[i]);
        if (n == NULL)
            return json_fail(r, PARLEY_INVALID, utilities, false, "'%s' is missing here", parts[i]);
        parley_status status = json_number(r, n, parts[i], out[i]);
        if (status != PARLEY_OK)
            return status;
    }
    if (fmt_number_compare(v->base, v->end) >= 0)
        return json_fail(r, PARLEY_INVALID, utilities, false, "lowValue must be below highValue");
    return PARLEY_OK;
}

static parley_status read_issue(json_reading *r, const fmt_json *utilities, const fmt_issue *issue,
                                fmt_evaluation *v)
{
    static const char *const discrete[] = {"discreteutils", "DiscreteValueSetUtilities"};
    static const char *const numbers[] = {"numberutils", "NumberValueSetUtilities"};
    const char *const *names = issue->kind == FMT_DISCRETE ? discrete : numbers;
    char shown[FMT_SHOWN_MAX];
    for (size_t i = 0; i < 2; i++) {
        const fmt_json *u = fmt_member(utilities, names[i]);
        if (u != NULL && u->kind == FMT_JSON_OBJECT)
            return issue->kind == FMT_DISCRETE ? read_table(r, u, issue, v) : read_line(r, u, v);
    }
    return json_fail(r, PARLEY_INVALID, utilities, false, "the utilities of issue '%s' lack '%s'",
                     fmt_shown(shown, issue->name), names[0]);
}

/* Number of the value of an issue that a bid names. */
static parley_status find_value(json_reading *r, const fmt_json *value, const fmt_issue *issue,
                                int32_t *out)
{
    char shown[FMT_SHOWN_MAX];
    if (issue->kind == FMT_DISCRETE) {
        for (uint32_t i = 0; i < issue->item_count; i++) {
            if (value->text != NULL && strcmp(issue->items[i].value, value->text) == 0) {
                *out = (int32_t)i;
                return PARLEY_OK;
            }
        }
    } else {
        fmt_number n;
        int64_t steps = 0;
        parley_status status = json_number(r, value, "a value of the bid", &n);
        if (status != PARLEY_OK)
            return status;
        if (fmt_number_compare(n, issue->upper) <= 0 &&
            fmt_number_steps(issue->lower, n, issue->step, &steps) && steps <= INT32_MAX) {
            *out = (int32_t)steps;
            return PARLEY_OK;
        }
    }
    return json_fail(r, PARLEY_INVALID, value, false, "issue '%s' has no such value",
                     fmt_shown(shown, issue->name));
}

static parley_status read_bid(json_reading *r, const fmt_json *bid, fmt_profile *out)
{
    fmt_model *m = r->model;
    const fmt_json *values = fmt_member(bid, "issuevalues");
    if (values == NULL || values->kind != FMT_JSON_OBJECT)
        return json_fail(r, PARLEY_INVALID, bid, false, "a bid is {\"issuevalues\": {...}}");
    out->reservation_bid = parley_arena_array(m->arena, m->issue_count, sizeof(int32_t));
    fmt_map map;
    const fmt_json **members;
    parley_status status = json_index(r, values, &map, &members);
    if (out->reservation_bid == NULL || status != PARLEY_OK)
        return json_nomem(r);
    uint32_t found = 0;
    for (uint32_t i = 0; i < m->issue_count && status == PARLEY_OK; i++) {
        int64_t at = fmt_map_find(&map, m->issues[i].name);
        out->reservation_bid[i] = -1;
        if (at >= 0) {
            found++;
            status = find_value(r, members[at], &m->issues[i], &out->reservation_bid[i]);
        }
    }
    if (status == PARLEY_OK && found < values->count)
        json_warn(r, values, false, "the bid names an issue that the domain does not have");
    return status;
}

static parley_status read_issues(json_reading *r, const fmt_json *utilities,
                                 const fmt_json *weights, fmt_profile *out)
{
    fmt_model *m = r->model;
    char shown[FMT_SHOWN_MAX];
    fmt_map of_utilities;
    fmt_map of_weights;
    const fmt_json **utility;
    const fmt_json **weight;
    parley_status status = json_index(r, utilities, &of_utilities, &utility);
    if (status == PARLEY_OK)
        status = json_index(r, weights, &of_weights, &weight);
    uint32_t found = 0;
    for (uint32_t i = 0; i < m->issue_count && status == PARLEY_OK; i++) {
        fmt_evaluation *v = &out->evaluations[i];
        int64_t u = fmt_map_find(&of_utilities, m->issues[i].name);
        int64_t w = fmt_map_find(&of_weights, m->issues[i].name);
        v->divisor = FMT_ONE;
        if (u < 0 || w < 0) {
            json_warn(r, u < 0 ? utilities : weights, false,
                      "issue '%s' has no %s here; it counts for nothing",
                      fmt_shown(shown, m->issues[i].name), u < 0 ? "utilities" : "weight");
        }
        found += u >= 0 ? 1 : 0;
        v->typed = u >= 0;
        if (w >= 0 && u >= 0)
            status = json_number(r, weight[w], "a weight", &v->weight);
        if (status == PARLEY_OK && u >= 0)
            status = read_issue(r, utility[u], &m->issues[i], v);
    }
    if (status == PARLEY_OK && found < utilities->count)
        json_warn(r, utilities, false, "there are utilities for an issue that the domain lacks");
    return status;
}

parley_status geniusweb_read_profile(json_reading *r, const fmt_json *root, fmt_profile *out)
{
    fmt_model *m = r->model;
    const fmt_json *space = fmt_member(root, kind_name);
    const fmt_json *utilities = NULL;
    const fmt_json *weights = NULL;
    char shown[FMT_SHOWN_MAX];
    if (space == NULL || space->kind != FMT_JSON_OBJECT) {
        const char *other =
            root->kind == FMT_JSON_OBJECT && root->first != NULL ? root->first->key : "something";
        return json_fail(r, PARLEY_INVALID, root, false, "a profile must be a %s; this has '%s'",
                         kind_name, fmt_shown(shown, other));
    }
    const fmt_json *name = fmt_member(space, "name");
    if (name != NULL && name->kind == FMT_JSON_TEXT && name->text[0] != '\0') {
        out->stem = out->name;
        out->name = name->text;
    }
    out->kind = FMT_ADDITIVE;
    out->evaluations = parley_arena_array(m->arena, m->issue_count, sizeof(*out->evaluations));
    if (out->evaluations == NULL)
        return json_nomem(r);
    parley_status status = json_object(r, space, "issueUtilities", &utilities);
    if (status == PARLEY_OK)
        status = json_object(r, space, "issueWeights", &weights);
    if (status == PARLEY_OK)
        status = read_issues(r, utilities, weights, out);
    const fmt_json *bid = fmt_member(space, "reservationBid");
    bool none = bid == NULL || bid->kind == FMT_JSON_WORD;
    return status == PARLEY_OK && !none ? read_bid(r, bid, out) : status;
}
