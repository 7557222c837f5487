/*
 * What `parley deals --numbers --json` adds: keys as documented in docs/json.md; their meaning
 * never changes. Worths are numbers in the file's own scale, and once more exactly, as text.
 */
#include "report/json_parts.h"
#include "report/numbers_page.h"
#include "report/report_internal.h"

#include <math.h>

static void key_double(parley_json *j, const char *key, double x)
{
    parley_json_key(j, key);
    parley_json_double(j, x);
}

/* {"exact": "12"}, {"low": "1", "high": "9"} or null. */
static void key_count(parley_json *j, const char *key, const parley_numbers_count *n)
{
    parley_json_key(j, key);
    if (!n->known) {
        parley_json_null(j);
        return;
    }
    parley_json_object(j);
    if (parley_count_compare(&n->low, &n->high) == 0) {
        json_key_count(j, "exact", &n->low);
    } else {
        json_key_count(j, "low", &n->low);
        json_key_count(j, "high", &n->high);
    }
    parley_json_object_end(j);
}

static void quantity(parley_json *j, const parley_issue *issue, int64_t v)
{
    parley_decimal d = parley_case_quantity(issue, v);
    double value = (double)d.mantissa;
    for (int32_t k = 0; k < d.scale; k++) {
        value /= 10;
    }
    parley_json_double(j, value);
}

/* choice -> id, quantity -> number, split -> {recipient: share} */
static void package(parley_json *j, const parley_deals_page *page, const parley_numbers_package *at)
{
    parley_ids issues = parley_numbers_issues(page->numbers);
    parley_json_key(j, "package");
    parley_json_object(j);
    for (uint32_t k = 0; k < issues.count; k++) {
        const parley_issue *issue = parley_case_issue(page->c, issues.at[k]);
        int64_t v = at->value[issues.at[k]];
        const double *share = at->share[issues.at[k]];
        parley_json_key(j, issue->record.id);
        if (issue->kind == PARLEY_ISSUE_CHOICE) {
            parley_json_string(j, issue->options[v].id);
        } else if (issue->kind == PARLEY_ISSUE_QUANTITY) {
            quantity(j, issue, v);
        } else {
            double total = (double)issue->total.mantissa;
            for (int32_t s = 0; s < issue->total.scale; s++) {
                total /= 10;
            }
            parley_json_object(j);
            for (uint32_t r = 0; r < issue->recipient_count; r++) {
                parley_decimal d = {0, 0};
                if (share == NULL) {
                    d = parley_case_share(issue, v, r);
                }
                double value = (double)d.mantissa;
                for (int32_t s = 0; s < d.scale; s++) {
                    value /= 10;
                }
                key_double(j, issue->recipients[r].id, share != NULL ? share[r] * total : value);
            }
            parley_json_object_end(j);
        }
    }
    parley_json_object_end(j);
}

/* {issue: {recipient: "2/15"}}: the parts of the whole, where a split has no steps of its own */
static void exact_shares(parley_json *j, const parley_deals_page *page,
                         const parley_numbers_package *at)
{
    parley_ids issues = parley_numbers_issues(page->numbers);
    parley_json_key(j, "exact_shares");
    parley_json_object(j);
    for (uint32_t k = 0; k < issues.count; k++) {
        const parley_issue *issue = parley_case_issue(page->c, issues.at[k]);
        const char *const *share = at->exact_share[issues.at[k]];
        if (share == NULL) {
            continue;
        }
        parley_json_key(j, issue->record.id);
        parley_json_object(j);
        for (uint32_t r = 0; r < issue->recipient_count; r++) {
            json_key_string(j, issue->recipients[r].id, share[r]);
        }
        parley_json_object_end(j);
    }
    parley_json_object_end(j);
}

static void utilities(parley_json *j, const parley_deals_page *page,
                      const parley_numbers_package *at)
{
    parley_ids parties = parley_numbers_parties(page->numbers);
    parley_json_key(j, "utilities");
    parley_json_object(j);
    for (uint32_t i = 0; i < parties.count; i++) {
        key_double(j, id_party(page->c, parties.at[i]), at->worth[i]);
    }
    parley_json_object_end(j);
    parley_json_key(j, "exact");
    parley_json_object(j);
    for (uint32_t i = 0; i < parties.count; i++) {
        json_key_string(j, id_party(page->c, parties.at[i]), at->exact[i]);
    }
    parley_json_object_end(j);
}

static void packages(parley_json *j, const parley_deals_page *page)
{
    const parley_numbers *x = page->numbers;
    parley_ids parties = parley_numbers_parties(x);
    parley_numbers_count n = parley_numbers_total(x);
    parley_json_key(j, "packages");
    parley_json_object(j);
    key_count(j, "total", &n);
    n = parley_numbers_feasible(x);
    key_count(j, "feasible", &n);
    n = parley_numbers_acceptable_to_all(x);
    key_count(j, "acceptable_to_all", &n);
    parley_json_key(j, "acceptable_to");
    parley_json_object(j);
    for (uint32_t i = 0; i < parties.count; i++) {
        n = parley_numbers_acceptable_to(x, i);
        key_count(j, id_party(page->c, parties.at[i]), &n);
    }
    parley_json_object_end(j);
    parley_json_object_end(j);
    parley_json_key(j, "without_a_deal");
    parley_json_object(j);
    for (uint32_t i = 0; i < parties.count; i++) {
        parley_json_key(j, id_party(page->c, parties.at[i]));
        if (parley_numbers_without_given(x, i)) {
            parley_json_double(j, parley_numbers_without(x, i));
        } else {
            parley_json_null(j);
        }
    }
    parley_json_object_end(j);
    json_ids(j, "left_out", page->c, parley_numbers_left_out(x), id_issue);
    parley_json_key(j, "split_steps");
    if (parley_numbers_split_steps(x) > 0) {
        parley_json_uint(j, parley_numbers_split_steps(x));
    } else {
        parley_json_null(j);
    }
    parley_json_key(j, "rounded");
    parley_json_bool(j, parley_numbers_rounded(x));
}

static void frontier(parley_json *j, const parley_deals_page *page)
{
    static const char *const words[] = {"exact", "epsilon", "limited"};
    const parley_numbers *x = page->numbers;
    uint32_t points = parley_numbers_points(x);
    parley_json_key(j, "frontier");
    parley_json_object(j);
    json_key_string(j, "status", words[parley_numbers_frontier(x)]);
    parley_json_key(j, "epsilon");
    if (parley_numbers_frontier(x) == PARLEY_FRONTIER_EPSILON) {
        parley_json_double(j, parley_numbers_epsilon(x));
    } else {
        parley_json_null(j);
    }
    parley_json_key(j, "size");
    parley_json_uint(j, points);
    parley_json_key(j, "points");
    parley_json_array(j);
    for (uint32_t p = 0; p < points; p++) {
        parley_frontier_point point = parley_numbers_point(x, p);
        parley_json_object(j);
        package(j, page, &point.at);
        exact_shares(j, page, &point.at);
        utilities(j, page, &point.at);
        parley_json_key(j, "open");
        parley_json_bool(j, point.open);
        parley_json_key(j, "count");
        if (point.count == 0) {
            parley_json_null(j);
        } else {
            parley_count count = parley_count_of(point.count);
            char text[32];
            parley_count_print(&count, 0, text, sizeof(text));
            parley_json_string(j, text);
        }
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "segments");
    parley_json_array(j);
    for (uint32_t p = 0; p + 1 < points; p++) {
        if (parley_numbers_joined(x, p)) {
            parley_json_array(j);
            parley_json_uint(j, p);
            parley_json_uint(j, p + 1);
            parley_json_array_end(j);
        }
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
}

static void by_issue(parley_json *j, const parley_deals_page *page, double *room,
                     const parley_numbers_package *at)
{
    parley_ids parties = parley_numbers_parties(page->numbers);
    parley_ids issues = parley_numbers_issues(page->numbers);
    parley_json_key(j, "by_issue");
    parley_json_object(j);
    for (uint32_t i = 0; i < parties.count; i++) {
        double other = 0;
        parley_numbers_by_issue(page->numbers, i, at, room, &other);
        parley_json_key(j, id_party(page->c, parties.at[i]));
        parley_json_object(j);
        for (uint32_t k = 0; k < issues.count; k++) {
            key_double(j, id_issue(page->c, issues.at[k]), room[issues.at[k]]);
        }
        key_double(j, "(together)", other);
        parley_json_object_end(j);
    }
    parley_json_object_end(j);
}

/* room NULL: without what each issue adds. */
static void solution(parley_json *j, const parley_deals_page *page, double *room,
                     const parley_solution *s)
{
    static const char *const words[] = {"optimal", "bounded", "none"};
    bool some = s->status != PARLEY_SOLUTION_NONE;
    parley_json_object(j);
    json_key_string(j, "status", words[s->status]);
    json_key_string(j, "reason", s->reason);
    parley_json_key(j, "value");
    if (some && s->has_package) {
        parley_json_double(j, s->value);
    } else {
        parley_json_null(j);
    }
    parley_json_key(j, "bound");
    if (some) {
        parley_json_double(j, s->bound);
    } else {
        parley_json_null(j);
    }
    parley_json_key(j, "ties");
    if (s->ties > 0) {
        parley_json_uint(j, s->ties);
    } else {
        parley_json_null(j);
    }
    if (s->has_package) {
        package(j, page, &s->at);
        exact_shares(j, page, &s->at);
        utilities(j, page, &s->at);
        if (room != NULL) {
            by_issue(j, page, room, &s->at);
        }
    } else {
        parley_json_key(j, "package");
        parley_json_null(j);
        parley_json_key(j, "utilities");
        parley_json_null(j);
    }
    parley_json_object_end(j);
}

static void solutions(parley_json *j, const parley_deals_page *page, double *room,
                      const parley_solution *list)
{
    parley_json_key(j, "solutions");
    parley_json_object(j);
    for (int g = 0; g < PARLEY_GOAL_COUNT; g++) {
        parley_json_key(j, parley_goal_word((parley_goal)g));
        solution(j, page, room, &list[g]);
    }
    parley_json_object_end(j);
}

/* What other programs print, to be compared. */
static void elsewhere(parley_json *j, const parley_deals_page *page)
{
    static const char *const of[PARLEY_OPPOSITION_COUNT] = {"all", "acceptable", "utilitarian-all"};
    parley_json_key(j, "elsewhere");
    parley_json_object(j);
    for (int which = 0; which < PARLEY_ELSEWHERE_COUNT; which++) {
        parley_json_key(j, parley_elsewhere_word((parley_elsewhere)which));
        solution(j, page, NULL, parley_numbers_elsewhere(page->numbers, (parley_elsewhere)which));
    }
    parley_json_key(j, "opposition");
    parley_json_object(j);
    for (int which = 0; which < PARLEY_OPPOSITION_COUNT; which++) {
        parley_opposition o = parley_numbers_opposition(page->numbers, (parley_opposition_of)which);
        parley_json_key(j, of[which]);
        if (!o.known) {
            parley_json_null(j);
            continue;
        }
        parley_json_object(j);
        key_double(j, "distance", o.distance);
        json_key_string(j, "squared", o.squared);
        parley_json_key(j, "beyond");
        parley_json_bool(j, o.beyond);
        parley_json_object_end(j);
    }
    parley_json_object_end(j);
    parley_json_object_end(j);
}

static double distance(const double *a, const double *b, uint32_t k)
{
    double sum = 0;
    for (uint32_t i = 0; i < k; i++) {
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sqrt(sum);
}

/* The package asked about: worth, who accepts it, how far it is from the frontier and solutions. */
static void asked(parley_json *j, const parley_deals_page *page, double *worth, bool *accepts)
{
    const parley_numbers *x = page->numbers;
    parley_ids parties = parley_numbers_parties(x);
    const uint32_t k = parties.count;
    parley_json_key(j, "asked");
    if (page->package == NULL ||
        parley_numbers_worth(x, page->package->value, worth, accepts, NULL) != PARLEY_OK) {
        parley_json_null(j);
        return;
    }
    parley_json_object(j);
    parley_json_key(j, "utilities");
    parley_json_object(j);
    for (uint32_t i = 0; i < k; i++) {
        key_double(j, id_party(page->c, parties.at[i]), worth[i]);
    }
    parley_json_object_end(j);
    parley_json_key(j, "accepts");
    parley_json_object(j);
    for (uint32_t i = 0; i < k; i++) {
        parley_json_key(j, id_party(page->c, parties.at[i]));
        parley_json_bool(j, accepts[i]);
    }
    parley_json_object_end(j);
    parley_json_key(j, "distance");
    parley_json_object(j);
    parley_json_key(j, "frontier");
    double least = HUGE_VAL;
    for (uint32_t p = 0; p < parley_numbers_points(x); p++) {
        least = fmin(least, distance(worth, parley_numbers_point(x, p).at.worth, k));
    }
    if (parley_numbers_frontier(x) == PARLEY_FRONTIER_EXACT && least < HUGE_VAL) {
        parley_json_double(j, least);
    } else {
        parley_json_null(j);
    }
    for (int g = 0; g < PARLEY_GOAL_COUNT; g++) {
        const parley_solution *s = parley_numbers_solution(x, (parley_goal)g);
        parley_json_key(j, parley_goal_word((parley_goal)g));
        if (s->status == PARLEY_SOLUTION_OPTIMAL) {
            parley_json_double(j, distance(worth, s->at.worth, k));
        } else {
            parley_json_null(j);
        }
    }
    parley_json_object_end(j);
    parley_json_object_end(j);
}

static void groups(parley_json *j, const parley_deals_page *page, double *room)
{
    const parley_numbers *x = page->numbers;
    const parley_acceptance *a = parley_case_acceptance(page->c);
    uint32_t parties = parley_numbers_parties(x).count;
    parley_json_key(j, "acceptance");
    parley_json_object(j);
    parley_json_key(j, "at_least");
    parley_json_int(j, a->at_least > 0 ? a->at_least : parties);
    json_ids(j, "vetoes", page->c, a->vetoes, id_party);
    parley_json_key(j, "strict");
    parley_json_bool(j, a->strict);
    parley_json_key(j, "all_groups");
    parley_json_bool(j, parley_numbers_winning_all(x));
    parley_json_key(j, "groups");
    parley_json_array(j);
    for (uint32_t g = 0; g < parley_numbers_winning(x); g++) {
        const parley_winning *w = parley_numbers_winning_at(x, g);
        parley_json_object(j);
        json_ids(j, "parties", page->c, w->parties, id_party);
        solutions(j, page, room, w->solution);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
}

parley_status numbers_json(parley_json *j, parley_ctx *ctx, const parley_deals_page *page,
                           parley_error *err)
{
    const parley_numbers *x = page->numbers;
    parley_solution list[PARLEY_GOAL_COUNT];
    uint32_t parties = parley_numbers_parties(x).count;
    size_t size =
        (parley_case_issues(page->c) + 1 + parties) * sizeof(double) + parties * sizeof(bool);
    double *room = parley_alloc(ctx, size);
    if (room == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    for (int g = 0; g < PARLEY_GOAL_COUNT; g++) {
        list[g] = *parley_numbers_solution(x, (parley_goal)g);
    }
    packages(j, page);
    frontier(j, page);
    solutions(j, page, room, list);
    elsewhere(j, page);
    double *worth = room + parley_case_issues(page->c) + 1;
    asked(j, page, worth, (bool *)(worth + parties));
    groups(j, page, room);
    parley_json_key(j, "engine");
    parley_json_object(j);
    if (parley_case_audience(page->c) == NULL) {
        key_double(j, "seconds", page->numbers_seconds);
    } else { /* a copy is the same whenever and wherever it is made */
        parley_json_key(j, "seconds");
        parley_json_null(j);
    }
    json_key_string(j, "method", parley_numbers_method(x));
    parley_json_object_end(j);
    parley_release(ctx, room, size);
    return PARLEY_OK;
}
