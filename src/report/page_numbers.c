/*
 * The page of a case that has values: what packages are worth, in the one section where research
 * words stand. Tables first; then who gets what as bars, and the frontier as a picture.
 */
#include "report/case_page.h"
#include "report/numbers_rows.h"
#include "report/sheet.h"
#include "report/svg_numbers.h"

#include <parley/numbers.h>

#include <math.h>
#include <string.h>

#define POINTS_SHOWN 60u
#define PARTIES_SHOWN 8u
#define ISSUES_SHOWN 24u
/* a page does not search for minutes: what is larger is near, or left to the command */
#define POINTS_MOST 20000u
#define NODES_MOST 2000000u

static const char *const goals[PARLEY_GOAL_COUNT] = {"Nash", "Kalai-Smorodinsky", "egalitarian",
                                                     "utilitarian"};

typedef struct section {
    page *p;
    const parley_numbers *x;
    uint32_t parties; /* shown */
    uint32_t points;
} section;

/* A number as people write it. */
static const char *figure(page *p, double x)
{
    const char *text = parley_screen_format(p->s, fabs(x) >= 1000 ? "%.0f" : "%.2f", x);
    size_t n = strlen(text);
    while (n > 0 && strchr(text, '.') != NULL && text[n - 1] == '0') {
        n--;
    }
    n -= n > 0 && text[n - 1] == '.' ? 1 : 0;
    text = parley_screen_format(p->s, "%.*s", (int)n, text);
    return strcmp(text, "-0") == 0 ? "0" : text;
}

static const char *party(const section *n, uint32_t i)
{
    return word_party(n->p->c, parley_numbers_parties(n->x).at[i]);
}

/* Point k of those shown, evenly from one end to the other. */
static parley_frontier_point point_at(const section *n, uint32_t k)
{
    uint32_t all = parley_numbers_points(n->x);
    uint32_t at = n->points == all || n->points < 2
                      ? k
                      : (uint32_t)((uint64_t)k * (all - 1) / (n->points - 1));
    return parley_numbers_point(n->x, at);
}

static bool joined(const section *n, uint32_t k)
{
    return n->points == parley_numbers_points(n->x) && parley_numbers_joined(n->x, k);
}

/* What a package says; with `before`, only what is not as in the answers kept there. */
static const char *package_words(const section *n, const parley_numbers_package *at,
                                 const char **before)
{
    parley_ids issues = parley_numbers_issues(n->x);
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < issues.count && k < ISSUES_SHOWN; k++) {
        const char *answer = numbers_answer(n->p->s, n->p->c, issues.at[k], at);
        if (before != NULL && before[k] != NULL && strcmp(before[k], answer) == 0) {
            continue;
        }
        if (before != NULL) {
            before[k] = answer;
        }
        word_push(&list, parley_screen_format(n->p->s, "%s: %s", word_issue(n->p->c, issues.at[k]),
                                              answer));
    }
    return word_join(n->p->s, &list, "; ");
}

/* Is it the same package as an earlier solution's? Its name, or NULL. */
static const char *same_as(const section *n, int goal)
{
    const parley_solution *own = parley_numbers_solution(n->x, (parley_goal)goal);
    for (int g = 0; g < goal && own->has_package; g++) {
        const parley_solution *s = parley_numbers_solution(n->x, (parley_goal)g);
        if (s->has_package &&
            strcmp(package_words(n, &s->at, NULL), package_words(n, &own->at, NULL)) == 0) {
            return goals[g];
        }
    }
    return NULL;
}

/* ----------------------------------------------------------------------- tables */

static void counts(const section *n)
{
    page *p = n->p;
    parley_numbers_count all = parley_numbers_acceptable_to_all(n->x);
    parley_numbers_count total = parley_numbers_total(n->x);
    page_line(p, PARLEY_INK_DIM,
              "As the case gives them; nobody's numbers are made up here. The solutions are ideas "
              "of ours over what is acceptable to all, and nobody has proposed them.");
    if (parley_numbers_none(n->x)) {
        page_line(p, PARLEY_INK_BAD, "Nothing is acceptable to all.");
    } else if (total.known && all.known && parley_count_compare(&all.low, &all.high) == 0) {
        page_linef(p, PARLEY_INK_PLAIN, "%s packages, %s of them acceptable to all.",
                   parley_screen_count(p->s, &total.low), parley_screen_count(p->s, &all.low));
    }
}

static void solutions(const section *n)
{
    page *p = n->p;
    const char *head[PARTIES_SHOWN + 3] = {"Solution"};
    for (uint32_t i = 0; i < n->parties; i++) {
        head[i + 1] = party(n, i);
    }
    head[n->parties + 1] = "How sure";
    head[n->parties + 2] = "What it says";
    page_table_named(p, "solutions-table", "What each party would have, by solution", head,
                     n->parties + 3);
    for (int g = 0; g < PARLEY_GOAL_COUNT; g++) {
        const parley_solution *s = parley_numbers_solution(n->x, (parley_goal)g);
        page_row(p, goals[g]);
        for (uint32_t i = 0; i < n->parties; i++) {
            page_number(p, s->has_package ? figure(p, s->at.worth[i]) : "");
        }
        if (s->status == PARLEY_SOLUTION_NONE) {
            page_cell(p, PARLEY_INK_BAD, "none");
        } else if (s->status == PARLEY_SOLUTION_BOUNDED) {
            page_cellf(p, PARLEY_INK_WARN, "none above %s", figure(p, s->bound));
        } else if (s->ties > 1) {
            page_cellf(p, PARLEY_INK_PLAIN, "best, one of %u as good", s->ties);
        } else {
            page_cellf(p, PARLEY_INK_PLAIN, "best%s%s", s->reason != NULL ? "; " : "",
                       s->reason != NULL ? s->reason : "");
        }
        const char *same = same_as(n, g);
        page_cell(p, PARLEY_INK_DIM,
                  same != NULL     ? parley_screen_format(p->s, "as %s", same)
                  : s->has_package ? package_words(n, &s->at, NULL)
                                   : s->reason);
        page_row_end(p);
    }
    page_table_end(p);
    word_list without = {.count = 0};
    for (uint32_t i = 0; i < n->parties; i++) {
        word_push(&without, parley_screen_format(p->s, "%s %s", party(n, i),
                                                 parley_numbers_without_given(n->x, i)
                                                     ? figure(p, parley_numbers_without(n->x, i))
                                                     : "not given"));
    }
    page_linef(p, PARLEY_INK_PLAIN, "Without a deal: %s.", word_join(p->s, &without, "; "));
    uint32_t more = parley_numbers_parties(n->x).count - n->parties;
    page_more(p, more, "parley deals CASE --numbers");
}

static const parley_solution *first_solution(const section *n, int *goal)
{
    for (*goal = 0; *goal < PARLEY_GOAL_COUNT; (*goal)++) {
        const parley_solution *s = parley_numbers_solution(n->x, (parley_goal)*goal);
        if (s->has_package) {
            return s;
        }
    }
    return NULL;
}

/* Who gets what, by issue, as a table and as bars. */
static void accounts(const section *n)
{
    page *p = n->p;
    int goal = 0;
    const parley_solution *s = first_solution(n, &goal);
    parley_ids issues = parley_numbers_issues(n->x);
    const uint32_t wide = parley_case_issues(p->c) + 1;
    uint32_t rows = issues.count > ISSUES_SHOWN ? ISSUES_SHOWN : issues.count;
    const char *head[PARTIES_SHOWN + 2] = {"Issue", "Answer"};
    if (s == NULL) {
        return;
    }
    double *adds = parley_arena_array(p->arena, (size_t)wide * n->parties, sizeof(*adds));
    double *bar = parley_arena_array(p->arena, (size_t)(rows + 1) * n->parties, sizeof(*bar));
    const char **label = parley_arena_array(p->arena, rows + 1, sizeof(*label));
    const char **names = parley_arena_array(p->arena, n->parties, sizeof(*names));
    if (adds == NULL || bar == NULL || label == NULL || names == NULL) {
        p->failed = true;
        return;
    }
    for (uint32_t i = 0; i < n->parties; i++) {
        names[i] = head[i + 2] = party(n, i);
        parley_numbers_by_issue(n->x, i, &s->at, adds + (size_t)i * wide,
                                adds + (size_t)i * wide + wide - 1);
    }
    bool together = false;
    for (uint32_t i = 0; i < n->parties; i++) {
        together = together || fabs(adds[(size_t)i * wide + wide - 1]) > 1e-9;
    }
    page_table_named(p, "gets-table",
                     parley_screen_format(p->s, "Who gets what, in the %s solution", goals[goal]),
                     head, n->parties + 2);
    for (uint32_t k = 0; k < rows + together; k++) {
        uint32_t issue = k < rows ? (uint32_t)issues.at[k] : wide - 1;
        label[k] = k < rows ? word_issue(p->c, issues.at[k]) : "together";
        page_row(p, label[k]);
        page_cell(p, PARLEY_INK_PLAIN,
                  k < rows ? numbers_answer(p->s, p->c, issues.at[k], &s->at) : "");
        for (uint32_t i = 0; i < n->parties; i++) {
            bar[(size_t)k * n->parties + i] = adds[(size_t)i * wide + issue];
            page_number(p, figure(p, adds[(size_t)i * wide + issue]));
        }
        page_row_end(p);
    }
    page_row(p, "worth");
    page_cell(p, PARLEY_INK_PLAIN, "");
    for (uint32_t i = 0; i < n->parties; i++) {
        page_number(p, figure(p, s->at.worth[i]));
    }
    page_row_end(p);
    page_table_end(p);
    page_more(p, issues.count - rows, "parley deals CASE --numbers");
    if (!p->markdown) {
        page_raw(p, "<figure>\n");
        svg_gets(p->safe, p->out, "gets",
                 parley_screen_format(p->s, "Who gets what, in the %s solution", goals[goal]),
                 label, rows + together, names, n->parties, bar);
        page_figure_end(p, "What each answer is worth to each party, a column a party, each on its "
                           "own scale; to the left of the line is a loss. The table has the same.");
    }
}

static void frontier_table(const section *n)
{
    page *p = n->p;
    const char *head[PARTIES_SHOWN + 3] = {"No."};
    static const char *const words[] = {"exact: nothing is better for all", "near",
                                        "on it for certain, and too many others to list"};
    parley_frontier_status status = parley_numbers_frontier(n->x);
    uint32_t all = parley_numbers_points(n->x);
    if (all == 0) {
        page_linef(p, PARLEY_INK_PLAIN, "Frontier: %s.",
                   status == PARLEY_FRONTIER_EXACT ? "no package keeps the rules"
                                                   : "too many points to list");
        return;
    }
    for (uint32_t i = 0; i < n->parties; i++) {
        head[i + 1] = party(n, i);
    }
    head[n->parties + 1] = "For example; then what is other than in the row above";
    const char **before = parley_arena_array(p->arena, ISSUES_SHOWN, sizeof(*before));
    page_table_named(
        p, "frontier-table",
        parley_screen_format(p->s, "Frontier: %s %s, %s%s", parley_screen_number(p->s, all),
                             all == 1 ? "point" : "points", words[status],
                             parley_numbers_shares_move(n->x) ? "; shares between joined ones too"
                                                              : ""),
        head, n->parties + 2);
    for (uint32_t k = 0; k < n->points; k++) {
        parley_frontier_point point = point_at(n, k);
        page_row(p, parley_screen_number(p->s, k + 1));
        for (uint32_t i = 0; i < n->parties; i++) {
            page_number(p, figure(p, point.at.worth[i]));
        }
        page_cellf(p, PARLEY_INK_DIM, "%s%s", point.open ? "up to here, and not with it: " : "",
                   package_words(n, &point.at, before));
        page_row_end(p);
    }
    page_table_end(p);
    page_more(p, all - n->points, "parley deals CASE --numbers --json");
}

/* ---------------------------------------------------------------------- frontier */

static void worths(page *p, parley_json *j, const section *n, const parley_numbers_package *at)
{
    (void)p;
    parley_json_key(j, "worth");
    parley_json_array(j);
    for (uint32_t i = 0; i < n->parties; i++) {
        parley_json_double(j, at->worth[i]);
    }
    parley_json_array_end(j);
}

static void write_frontier(page *p, parley_json *j, const void *user)
{
    const section *n = user;
    parley_json_key(j, "parties");
    parley_json_array(j);
    for (uint32_t i = 0; i < n->parties; i++) {
        parley_json_object(j);
        page_member(p, j, "name", party(n, i));
        parley_json_key(j, "without");
        if (parley_numbers_without_given(n->x, i)) {
            parley_json_double(j, parley_numbers_without(n->x, i));
        } else {
            parley_json_null(j);
        }
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "points");
    parley_json_array(j);
    for (uint32_t k = 0; k < n->points; k++) {
        parley_frontier_point point = point_at(n, k);
        parley_json_object(j);
        worths(p, j, n, &point.at);
        parley_json_key(j, "open");
        parley_json_bool(j, point.open);
        parley_json_key(j, "joined");
        parley_json_bool(j, joined(n, k));
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "solutions");
    parley_json_array(j);
    for (int g = 0; g < PARLEY_GOAL_COUNT; g++) {
        const parley_solution *s = parley_numbers_solution(n->x, (parley_goal)g);
        parley_json_object(j);
        page_member(p, j, "name", goals[g]);
        if (s->has_package) {
            worths(p, j, n, &s->at);
        } else {
            parley_json_key(j, "worth");
            parley_json_null(j);
        }
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static void frontier_picture(const section *n)
{
    page *p = n->p;
    if (n->points == 0 || p->markdown || n->parties < 2) {
        return;
    }
    const char *title = "The frontier and the solutions";
    const char *words = parley_screen_format(
        p->s, "%u points by what they are worth to %s and to %s; the table has the same", n->points,
        party(n, 0), party(n, 1));
    page_figure(p, "frontier", "frontier-table solutions-table");
    svg_plane plane = {.name = {party(n, 0), party(n, 1)}, .points = n->points};
    double(*at)[2] = parley_arena_array(p->arena, n->points, sizeof(*at));
    bool *to_next = parley_arena_array(p->arena, n->points, sizeof(*to_next));
    if (at == NULL || to_next == NULL) {
        p->failed = true;
    } else {
        for (uint32_t k = 0; k < n->points; k++) {
            parley_frontier_point point = point_at(n, k);
            at[k][0] = point.at.worth[0];
            at[k][1] = point.at.worth[1];
            to_next[k] = joined(n, k);
        }
        plane.at = (const double(*)[2])at;
        plane.joined = to_next;
        for (int g = 0; g < PARLEY_GOAL_COUNT; g++) {
            const parley_solution *s = parley_numbers_solution(n->x, (parley_goal)g);
            plane.has[g] = s->has_package;
            for (int i = 0; i < 2 && s->has_package; i++) {
                plane.solution[g][i] = s->at.worth[i];
            }
            plane.label[g] = goals[g];
        }
        for (uint32_t i = 0; i < 2; i++) {
            plane.has_without[i] = parley_numbers_without_given(n->x, i);
            plane.without[i] = parley_numbers_without(n->x, i);
        }
        svg_frontier(p->safe, p->out, "frontier", title, words, &plane);
    }
    page_data(p, title, words, write_frontier, n);
    page_figure_end(p, n->parties == 2
                           ? "Each dot is a package that none is better than for both. Lines join "
                             "what shares reach between. Solutions have shapes of their own and "
                             "their names; dashed lines are what there is without a deal. The "
                             "tables have the same numbers."
                           : "Two of the parties; each dot is a package that none is better than "
                             "for all of them, though it may be for these two. Solutions have "
                             "shapes of their own and their names; dashed lines are what there is "
                             "without a deal. The tables have the same numbers.");
}

parley_status page_numbers(page *p, parley_error *err)
{
    parley_numbers *x = NULL;
    parley_numbers_options options = PARLEY_NUMBERS_OPTIONS_INIT;
    if (parley_case_worths(p->c) == 0) {
        return PARLEY_OK;
    }
    options.points = POINTS_MOST;
    options.nodes = NODES_MOST;
    parley_status status = parley_numbers_new(&x, p->ctx, p->deal, p->c, &options, err);
    page_section(p, "numbers", "In numbers");
    if (status == PARLEY_LIMIT || status == PARLEY_RANGE) {
        parley_error_clear(err);
        page_line(p, PARLEY_INK_PLAIN,
                  "Too large for a page; 'parley deals CASE --numbers' says more.");
        page_section_end(p);
        return PARLEY_OK;
    }
    if (status == PARLEY_OK) {
        section n = {.p = p, .x = x};
        n.parties = parley_numbers_parties(x).count;
        n.parties = n.parties > PARTIES_SHOWN ? PARTIES_SHOWN : n.parties;
        n.points = parley_numbers_points(x);
        n.points = n.points > POINTS_SHOWN ? POINTS_SHOWN : n.points;
        counts(&n);
        solutions(&n);
        accounts(&n);
        frontier_picture(&n);
        frontier_table(&n);
    }
    page_section_end(p);
    parley_numbers_free(x);
    return status;
}
