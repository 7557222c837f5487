/*
 * GeniusWeb JSON out: a model's domain, and its profiles.
 */
#include "formats/from_case.h"
#include "formats/to_case.h"

#include <string.h>

static void put_domain(parley_json *json, const fmt_model *m)
{
    parley_json_object(json);
    parley_json_key(json, "name");
    parley_json_string(json, m->name);
    parley_json_key(json, "issuesValues");
    parley_json_object(json);
    for (uint32_t i = 0; i < m->issue_count; i++) {
        const fmt_issue *issue = &m->issues[i];
        bool discrete = issue->kind == FMT_DISCRETE;
        parley_json_key(json, issue->name);
        parley_json_object(json);
        parley_json_key(json, discrete ? "values" : "range");
        parley_json_array(json);
        for (uint32_t k = 0; k < issue->item_count; k++)
            parley_json_string(json, issue->items[k].value);
        if (!discrete) {
            fmt_put_number(json, issue->lower);
            fmt_put_number(json, issue->upper);
            fmt_put_number(json, issue->step);
        }
        parley_json_array_end(json);
        parley_json_object_end(json);
    }
    parley_json_object_end(json);
    parley_json_object_end(json);
}

static void put_pair(parley_json *json, const char *key, fmt_number n)
{
    parley_json_key(json, key);
    fmt_put_number(json, n);
}

static void put_utilities(parley_json *json, const fmt_issue *issue, const fmt_evaluation *v)
{
    parley_json_object(json);
    if (issue->kind == FMT_DISCRETE) {
        parley_json_key(json, "discreteutils");
        parley_json_object(json);
        parley_json_key(json, "valueUtilities");
        parley_json_object(json);
        for (uint32_t k = 0; k < issue->item_count; k++)
            put_pair(json, issue->items[k].value, v->table[k]);
        parley_json_object_end(json);
    } else {
        parley_json_key(json, "numberutils");
        parley_json_object(json);
        put_pair(json, "lowValue", v->base);
        put_pair(json, "lowUtility", v->offset);
        put_pair(json, "highValue", v->end);
        put_pair(json, "highUtility", v->slope);
    }
    parley_json_object_end(json);
    parley_json_object_end(json);
}

/* The number of a value of a quantity. */
static fmt_number value_of(const fmt_issue *issue, int32_t i)
{
    fmt_number way;
    fmt_number at = issue->lower;
    if (fmt_number_mul(&way, issue->step, (fmt_number){i, 0}) &&
        fmt_number_add(&at, issue->lower, way))
        return at;
    return issue->lower;
}

static void put_bid(parley_json *json, const fmt_model *m, const fmt_profile *p)
{
    parley_json_key(json, "reservationBid");
    if (p->reservation_bid == NULL) {
        parley_json_null(json);
        return;
    }
    parley_json_object(json);
    parley_json_key(json, "issuevalues");
    parley_json_object(json);
    for (uint32_t i = 0; i < m->issue_count; i++) {
        int32_t value = p->reservation_bid[i];
        if (value < 0)
            continue;
        parley_json_key(json, m->issues[i].name);
        if (m->issues[i].kind == FMT_DISCRETE)
            parley_json_string(json, m->issues[i].items[value].value);
        else
            fmt_put_number(json, value_of(&m->issues[i], value));
    }
    parley_json_object_end(json);
    parley_json_object_end(json);
}

static void put_profile(parley_json *json, const fmt_model *m, const fmt_profile *p)
{
    parley_json_object(json);
    parley_json_key(json, "LinearAdditiveUtilitySpace");
    parley_json_object(json);
    parley_json_key(json, "name");
    parley_json_string(json, p->name);
    parley_json_key(json, "issueUtilities");
    parley_json_object(json);
    for (uint32_t i = 0; i < m->issue_count; i++) {
        if (!p->evaluations[i].typed)
            continue;
        parley_json_key(json, m->issues[i].name);
        put_utilities(json, &m->issues[i], &p->evaluations[i]);
    }
    parley_json_object_end(json);
    parley_json_key(json, "issueWeights");
    parley_json_object(json);
    for (uint32_t i = 0; i < m->issue_count; i++)
        if (p->evaluations[i].typed)
            put_pair(json, m->issues[i].name, p->evaluations[i].weight);
    parley_json_object_end(json);
    parley_json_key(json, "domain");
    put_domain(json, m);
    put_bid(json, m, p);
    parley_json_object_end(json);
    parley_json_object_end(json);
}

parley_status geniusweb_write(const fmt_model *m, int32_t profile, parley_text *out,
                              parley_error *err)
{
    parley_json json;
    parley_json_begin(&json, out);
    if (profile < 0)
        put_domain(&json, m);
    else
        put_profile(&json, m, &m->profiles[profile]);
    parley_json_finish(&json);
    return parley_text_status(out, err);
}
