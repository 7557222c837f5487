/*
 * The page of `parley deals --numbers`: how many packages, the frontier, what fairness would
 * choose, and what each party gives and gets in it. Research words are used here, and only here.
 */
#include "report/numbers_page.h"
#include "report/numbers_rows.h"
#include "report/report_internal.h"
#include "report/wording.h"

#include <math.h>
#include <string.h>

#define POINTS_SHOWN 12u
#define CORNERS_SHOWN 40u
#define PARTIES_ABREAST 4u
#define ACCOUNTS_ABREAST 3u
#define LABEL_SHORT 24u

static const char *const goal_names[PARLEY_GOAL_COUNT] = {"Nash", "Kalai-Smorodinsky",
                                                          "egalitarian", "utilitarian"};

static void *screen_scratch(parley_screen *s, size_t size)
{
    return s == NULL ? NULL : parley_arena_alloc(s->arena, size);
}

/* A number for people: four figures or so, without zeros behind. */
static const char *figure(parley_screen *s, double x)
{
    double size = fabs(x);
    const char *text = parley_screen_format(s,
                                            size >= 1000  ? "%.0f"
                                            : size >= 100 ? "%.1f"
                                            : size >= 1   ? "%.2f"
                                                          : "%.4f",
                                            x);
    size_t length = strlen(text);
    if (strchr(text, '.') != NULL) {
        while (length > 1 && text[length - 1] == '0') {
            length--;
        }
        length -= text[length - 1] == '.' ? 1 : 0;
    }
    text = parley_screen_format(s, "%.*s", (int)length, text);
    return strcmp(text, "-0") == 0 ? "0" : text;
}

/* "+3", "-1.5", "=" */
static const char *change(parley_screen *s, double x)
{
    const char *text = figure(s, x);
    return strcmp(text, "0") == 0 ? "=" : x > 0 ? parley_screen_format(s, "+%s", text) : text;
}

static const char *count_words(parley_screen *s, const parley_numbers_count *n)
{
    if (!n->known) {
        return "not counted";
    }
    if (parley_count_compare(&n->low, &n->high) == 0) {
        return parley_screen_count(s, &n->low);
    }
    return parley_screen_format(s, "%s to %s", parley_screen_count(s, &n->low),
                                parley_screen_count(s, &n->high));
}

/* What a package says about an issue, short, a label where it is: "stopped", "30 days", "13.33 %
 * Israel". */
const char *numbers_answer(parley_screen *s, const parley_case *c, int32_t issue,
                           const parley_numbers_package *at)
{
    const parley_issue *row = parley_case_issue(c, issue);
    if (at->share[issue] == NULL) {
        if (at->value[issue] < 0) {
            return "";
        }
        const char *label = row->kind == PARLEY_ISSUE_CHOICE
                                ? word_value(s, c, issue, at->value[issue], true)
                                : NULL;
        return label != NULL && strlen(label) <= LABEL_SHORT
                   ? label
                   : word_value_short(s, c, issue, at->value[issue]);
    }
    word_list list = {.count = 0};
    for (uint32_t r = 0; r < row->recipient_count; r++) {
        double part = at->share[issue][r];
        if (part > 0) {
            word_push(&list, part == 1 ? row->recipients[r].label
                                       : parley_screen_format(s, "%s %% %s", figure(s, part * 100),
                                                              row->recipients[r].label));
        }
    }
    return word_join(s, &list, ", ");
}

static const char *package_words(parley_screen *s, const parley_deals_page *page,
                                 const parley_numbers_package *at)
{
    parley_ids issues = parley_numbers_issues(page->numbers);
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < issues.count; k++) {
        word_push(&list, numbers_answer(s, page->c, issues.at[k], at));
    }
    return word_join(s, &list, ", ");
}

/* One number for what a package says about an issue, to see whether it changed. */
static double mark_of(const parley_issue *issue, const double *share, int64_t value)
{
    double mark = share == NULL ? (double)value : 0;
    for (uint32_t r = 0; share != NULL && r < issue->recipient_count; r++) {
        mark += share[r] * (r + 1);
    }
    return mark;
}

/* Where shares move: what has changed since the point before. */
static const char *gone_over(parley_screen *s, const parley_deals_page *page,
                             const parley_numbers_package *at, double *before, bool first)
{
    parley_ids issues = parley_numbers_issues(page->numbers);
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < issues.count; k++) {
        int32_t i = issues.at[k];
        double now = mark_of(parley_case_issue(page->c, i), at->share[i], at->value[i]);
        if (!first && now != before[i]) {
            word_push(&list, parley_screen_format(s, "%s: %s", word_issue(page->c, i),
                                                  numbers_answer(s, page->c, i, at)));
        }
        before[i] = now;
    }
    return first ? package_words(s, page, at) : word_join(s, &list, ", ");
}

/* ---------------------------------------------------------------------- counts */

static void counts(parley_screen *s, const parley_deals_page *page)
{
    const parley_numbers *x = page->numbers;
    parley_ids parties = parley_numbers_parties(x);
    parley_numbers_count total = parley_numbers_total(x);
    parley_numbers_count feasible = parley_numbers_feasible(x);
    parley_numbers_count all = parley_numbers_acceptable_to_all(x);
    parley_screen_label(s, "PACKAGES");
    if (parley_numbers_shares_move(x)) {
        parley_screen_add(s, PARLEY_INK_PLAIN,
                          "without number: shares move without steps from one end to the other");
        parley_screen_end(s);
        return;
    }
    parley_screen_addf(s, PARLEY_INK_PLAIN, "%s on %u issue%s", count_words(s, &total),
                       parley_numbers_issues(x).count,
                       parley_numbers_issues(x).count == 1 ? "" : "s");
    if (feasible.known && (parley_count_compare(&feasible.low, &total.low) != 0)) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, ", %s that the rules allow",
                           count_words(s, &feasible));
    }
    parley_screen_newline(s);
    for (uint32_t i = 0; i < parties.count; i++) {
        parley_numbers_count by = parley_numbers_acceptable_to(x, i);
        parley_screen_item(s, PARLEY_INK_PARTY, word_party(page->c, parties.at[i]));
        parley_screen_addf(s, PARLEY_INK_PLAIN, " accepts %s", count_words(s, &by));
    }
    parley_screen_item(s, PARLEY_INK_PLAIN, "all of them accept ");
    parley_screen_add(s, parley_numbers_none(x) ? PARLEY_INK_BAD : PARLEY_INK_GOOD,
                      count_words(s, &all));
    parley_screen_end(s);
}

static void without(parley_screen *s, const parley_deals_page *page)
{
    const parley_numbers *x = page->numbers;
    parley_ids parties = parley_numbers_parties(x);
    parley_screen_label(s, "WITHOUT A DEAL");
    for (uint32_t i = 0; i < parties.count; i++) {
        parley_screen_item(s, PARLEY_INK_PARTY, word_party(page->c, parties.at[i]));
        parley_screen_addf(s, PARLEY_INK_PLAIN, " %s",
                           parley_numbers_without_given(x, i)
                               ? figure(s, parley_numbers_without(x, i))
                               : "not given, 0 is used");
    }
    parley_screen_end(s);
    parley_ids left = parley_numbers_left_out(x);
    word_list names = {.count = 0};
    for (uint32_t k = 0; k < left.count; k++) {
        word_push(&names, word_issue(page->c, left.at[k]));
    }
    if (names.count > 0) {
        parley_screen_linef(s, "LEFT OUT", PARLEY_INK_WARN, "scored, but not counted here: %s",
                            word_join(s, &names, ", "));
    }
    if (parley_numbers_rounded(x)) {
        parley_screen_line(s, "ROUNDED", PARLEY_INK_WARN,
                           "some numbers have too many digits and were rounded; ties are decided "
                           "at that rounding");
    }
}

/* -------------------------------------------------------------------- frontier */

static void worth_columns(parley_screen *s, const parley_deals_page *page, parley_column *columns,
                          uint32_t from, uint32_t count)
{
    parley_ids parties = parley_numbers_parties(page->numbers);
    (void)s;
    for (uint32_t i = 0; i < count; i++) {
        columns[i] = (parley_column){.heading = word_party(page->c, parties.at[from + i]),
                                     .align = PARLEY_ALIGN_RIGHT,
                                     .at_most = count > 3 ? 9 : 14};
    }
}

static void frontier(parley_screen *s, const parley_deals_page *page)
{
    const parley_numbers *x = page->numbers;
    uint32_t parties = parley_numbers_parties(x).count;
    uint32_t shown = parties > 6 ? 6 : parties;
    uint32_t points = parley_numbers_points(x);
    parley_screen_label(s, "FRONTIER");
    switch (parley_numbers_frontier(x)) {
    case PARLEY_FRONTIER_LIMITED:
        if (points == 0) {
            parley_screen_add(s, PARLEY_INK_WARN,
                              "too many points to list; the solutions below do not need it");
            parley_screen_end(s);
            return;
        }
        parley_screen_addf(s, PARLEY_INK_WARN,
                           "too many points to list; %s that are on it for certain, each the best "
                           "under some weights",
                           parley_screen_number(s, points));
        break;
    case PARLEY_FRONTIER_EPSILON:
        parley_screen_addf(s, PARLEY_INK_WARN,
                           "%s points, near: no package is better for everybody by more than %s %% "
                           "of a party's range",
                           parley_screen_number(s, points),
                           figure(s, 100 * parley_numbers_epsilon(x)));
        break;
    case PARLEY_FRONTIER_EXACT:
        if (points == 0) {
            parley_screen_add(s, PARLEY_INK_BAD, "none: no package keeps the rules");
            break;
        }
        parley_screen_addf(
            s, PARLEY_INK_PLAIN, "%s %s%s, exact: nothing is better for all%s",
            parley_screen_number(s, points), parley_numbers_shares_move(x) ? "corner" : "point",
            points == 1 ? "" : "s",
            parley_numbers_shares_move(x) && points > 1 ? "; shares between them too" : "");
        break;
    }
    parley_screen_end(s);
    parley_column columns[9] = {{0}};
    worth_columns(s, page, columns, 0, shown);
    bool joined = parley_numbers_shares_move(x) && points > 1;
    double *before = screen_scratch(s, (parley_case_issues(page->c) + 1) * sizeof(*before));
    columns[shown] =
        (parley_column){.heading = joined ? NULL : "PACKAGES", .align = PARLEY_ALIGN_RIGHT};
    bool examples = shown <= 4;
    columns[shown + 1] = (parley_column){
        .heading = joined ? "WHAT GOES OVER" : "FOR EXAMPLE", .flexible = true, .fill = true};
    parley_table *t = parley_table_new(s, columns, shown + (examples ? 2 : 1), 2, 2);
    uint32_t rows = points;
    if (points > (joined ? CORNERS_SHOWN : POINTS_SHOWN)) {
        rows = joined ? CORNERS_SHOWN : POINTS_SHOWN;
    }
    for (uint32_t r = 0; r < rows; r++) {
        /* evenly from one end to the other */
        uint32_t p = rows == points ? r : (uint32_t)((uint64_t)r * (points - 1) / (rows - 1));
        parley_frontier_point point = parley_numbers_point(x, p);
        for (uint32_t i = 0; i < shown; i++) {
            parley_table_cell(t, PARLEY_INK_PLAIN, figure(s, point.at.worth[i]));
        }
        parley_table_cell(t, PARLEY_INK_PLAIN,
                          point.count == 0 || joined ? "" : parley_screen_number(s, point.count));
        if (!examples) {
            continue;
        }
        const char *words = joined && before != NULL ? gone_over(s, page, &point.at, before, r == 0)
                                                     : package_words(s, page, &point.at);
        if (joined && rows == points && r > 0 && !parley_numbers_joined(x, p - 1)) {
            words = parley_screen_format(s, "over to %s", words);
        }
        if (point.open) {
            words = parley_screen_format(s, "up to here, and not with it: %s", words);
        }
        parley_table_cell(t, PARLEY_INK_DIM,
                          strlen(words) > 160 ? parley_screen_format(s, "%.157s...", words)
                                              : words);
    }
    parley_table_print(t);
    if (rows < points) {
        parley_screen_begin(s, 2, 2);
        parley_screen_addf(s, PARLEY_INK_DIM, "%u of %s, evenly spread; --json gives all", rows,
                           parley_screen_number(s, points));
        parley_screen_end(s);
    }
}

/* ------------------------------------------------------------------- solutions */

static void solution_rows(parley_screen *s, const parley_deals_page *page,
                          const parley_solution *list, uint32_t from, uint32_t shown)
{
    parley_column columns[9] = {{0}};
    columns[0] = (parley_column){.heading = "SOLUTION"};
    worth_columns(s, page, columns + 1, from, shown);
    columns[shown + 1] = (parley_column){.heading = "PROOF", .flexible = true, .fill = true};
    parley_table *t = parley_table_new(s, columns, shown + 2, 2, 2);
    for (int g = 0; g < PARLEY_GOAL_COUNT; g++) {
        const parley_solution *one = &list[g];
        parley_table_cell(t, PARLEY_INK_PLAIN, goal_names[g]);
        for (uint32_t i = 0; i < shown; i++) {
            parley_table_cell(t, PARLEY_INK_PLAIN,
                              one->has_package ? figure(s, one->at.worth[from + i]) : "");
        }
        switch (one->status) {
        case PARLEY_SOLUTION_NONE:
            parley_table_cell(t, PARLEY_INK_BAD, "none");
            break;
        case PARLEY_SOLUTION_BOUNDED:
            parley_table_cellf(t, PARLEY_INK_WARN, "%s; none above %s",
                               one->has_package ? figure(s, one->value) : "not found",
                               figure(s, one->bound));
            break;
        case PARLEY_SOLUTION_OPTIMAL:
            parley_table_cell(t, PARLEY_INK_GOOD, "best");
            if (one->ties > 1) {
                parley_table_addf(t, PARLEY_INK_PLAIN, ", one of %u as good", one->ties);
            }
            break;
        }
        if (one->reason != NULL && one->status != PARLEY_SOLUTION_NONE) {
            parley_table_addf(t, PARLEY_INK_WARN, "; %s", one->reason);
        }
    }
    parley_table_print(t);
}

static void solutions(parley_screen *s, const parley_deals_page *page)
{
    const parley_numbers *x = page->numbers;
    uint32_t parties = parley_numbers_parties(x).count;
    parley_screen_label(s, "SOLUTIONS");
    if (parley_numbers_none(x)) {
        parley_screen_add(s, PARLEY_INK_BAD, "nothing is acceptable to all");
        parley_screen_end(s);
        return;
    }
    parley_screen_add(s, PARLEY_INK_PLAIN,
                      "over what is acceptable to all; ideas of ours, nobody has proposed them");
    parley_screen_end(s);
    for (uint32_t from = 0; from < parties; from += PARTIES_ABREAST) {
        uint32_t shown = parties - from < PARTIES_ABREAST ? parties - from : PARTIES_ABREAST;
        parley_solution list[PARLEY_GOAL_COUNT];
        for (int g = 0; g < PARLEY_GOAL_COUNT; g++) {
            list[g] = *parley_numbers_solution(x, (parley_goal)g);
        }
        solution_rows(s, page, list, from, shown);
    }
}

/* What other programs print under these names, so that a researcher can compare. */
static void elsewhere(parley_screen *s, const parley_deals_page *page)
{
    static const char *const names[PARLEY_ELSEWHERE_COUNT] = {
        "least sum of differences (Genius: Kalai-Smorodinsky)",
        "Kalai-Smorodinsky, ideal of all packages (NegMAS)",
        "greatest sum of all packages (max welfare; NegoLog: Kalai)",
        "greatest product of all packages (NegoLog: Nash)",
        "greatest sum of shares of the way (relative utilitarian)"};
    const parley_numbers *x = page->numbers;
    uint32_t parties = parley_numbers_parties(x).count;
    uint32_t rows = 0;
    for (int which = 0; which < PARLEY_ELSEWHERE_COUNT; which++) {
        rows += parley_numbers_elsewhere(x, (parley_elsewhere)which)->has_package;
    }
    if (rows == 0) {
        return;
    }
    parley_screen_line(s, "ELSEWHERE", PARLEY_INK_PLAIN,
                       "what other programs report, for comparison");
    const parley_column columns[2] = {{.heading = "WHAT", .flexible = true, .at_most = 58},
                                      {.heading = "WORTH", .flexible = true, .fill = true}};
    parley_table *t = parley_table_new(s, columns, 2, 2, 2);
    for (int which = 0; which < PARLEY_ELSEWHERE_COUNT; which++) {
        const parley_solution *one = parley_numbers_elsewhere(x, (parley_elsewhere)which);
        word_list worth = {.count = 0};
        for (uint32_t i = 0; i < parties && one->has_package; i++) {
            word_push(&worth, figure(s, one->at.worth[i]));
        }
        if (one->has_package) {
            parley_table_cell(t, PARLEY_INK_PLAIN, names[which]);
            parley_table_cell(t, PARLEY_INK_PLAIN, word_join(s, &worth, ", "));
            if (one->ties > 1) {
                parley_table_addf(t, PARLEY_INK_PLAIN, "; one of %u", one->ties);
            }
        }
    }
    parley_opposition o = parley_numbers_opposition(x, PARLEY_OPPOSITION_ALL);
    parley_opposition own = parley_numbers_opposition(x, PARLEY_OPPOSITION_ACCEPTABLE);
    if (o.known && !o.beyond) {
        parley_table_cell(t, PARLEY_INK_PLAIN, "opposition, the least distance to full marks");
        parley_table_cell(t, PARLEY_INK_PLAIN, figure(s, o.distance));
    }
    if (o.known && !o.beyond && own.known && own.distance > o.distance) {
        parley_table_cell(t, PARLEY_INK_PLAIN, "opposition over what all accept");
        parley_table_cell(t, PARLEY_INK_PLAIN, figure(s, own.distance));
    }
    parley_table_print(t);
}

/* --------------------------------------------------------------- gives and gets */

/* Worth by issue of one package and of another, for parties from .. from + shown - 1. */
typedef struct account {
    double *here;  /* party * (issues + 1) + issue; last: terms and boxes */
    double *other; /* its best, or the package compared with */
    double *total; /* party * 2 */
} account;

static void account_rows(parley_screen *s, const parley_deals_page *page,
                         const parley_numbers_package *at, const account *a, uint32_t from,
                         uint32_t shown)
{
    const parley_numbers *x = page->numbers;
    parley_ids issues = parley_numbers_issues(x);
    parley_ids parties = parley_numbers_parties(x);
    uint32_t row = parley_case_issues(page->c) + 1;
    parley_column columns[2 + 2 * ACCOUNTS_ABREAST] = {{0}};
    columns[0] = (parley_column){.heading = "ISSUE", .flexible = true, .at_most = 26};
    columns[1] = (parley_column){.heading = "ANSWER", .flexible = true, .fill = true};
    for (uint32_t i = 0; i < shown; i++) {
        columns[2 + 2 * i] = (parley_column){.heading = word_party(page->c, parties.at[from + i]),
                                             .align = PARLEY_ALIGN_RIGHT,
                                             .at_most = 12};
        columns[3 + 2 * i] = (parley_column){.align = PARLEY_ALIGN_RIGHT};
    }
    parley_table *t = parley_table_new(s, columns, 2 + 2 * (size_t)shown, 2, 1);
    for (uint32_t k = 0; k <= issues.count; k++) {
        bool last = k == issues.count;
        uint32_t at_issue = last ? row - 1 : (uint32_t)issues.at[k];
        bool some = !last;
        for (uint32_t i = from; i < from + shown; i++) {
            some = some || fabs(a->here[i * row + at_issue]) > 1e-12 ||
                   fabs(a->other[i * row + at_issue]) > 1e-12;
        }
        if (!some) {
            continue;
        }
        parley_table_cell(t, PARLEY_INK_PLAIN,
                          last ? "together" : word_issue(page->c, issues.at[k]));
        parley_table_cell(t, PARLEY_INK_PLAIN,
                          last ? "" : numbers_answer(s, page->c, issues.at[k], at));
        for (uint32_t i = from; i < from + shown; i++) {
            double here = a->here[i * row + at_issue];
            double moved = here - a->other[i * row + at_issue];
            parley_table_cell(t, PARLEY_INK_PLAIN, figure(s, here));
            parley_table_cell(t, moved < 0 ? PARLEY_INK_WARN : PARLEY_INK_DIM, change(s, moved));
        }
    }
    parley_table_cell(t, PARLEY_INK_HEADING, "worth");
    parley_table_cell(t, PARLEY_INK_PLAIN, "");
    for (uint32_t i = from; i < from + shown; i++) {
        parley_table_cell(t, PARLEY_INK_HEADING, figure(s, a->total[2 * i]));
        parley_table_cell(t, PARLEY_INK_PLAIN, change(s, a->total[2 * i] - a->total[2 * i + 1]));
    }
    parley_table_cell(t, PARLEY_INK_PLAIN, "against no deal");
    parley_table_cell(t, PARLEY_INK_PLAIN, "");
    for (uint32_t i = from; i < from + shown; i++) {
        parley_table_cell(t, PARLEY_INK_PLAIN, figure(s, parley_numbers_without(x, i)));
        parley_table_cell(t, PARLEY_INK_PLAIN,
                          change(s, a->total[2 * i] - parley_numbers_without(x, i)));
    }
    parley_table_print(t);
}

/* `other` NULL: each party's own best. */
static bool give_and_get(parley_screen *s, const parley_deals_page *page,
                         const parley_numbers_package *at, const parley_numbers_package *other)
{
    const parley_numbers *x = page->numbers;
    uint32_t parties = parley_numbers_parties(x).count;
    size_t row = parley_case_issues(page->c) + 1;
    account a = {screen_scratch(s, parties * row * sizeof(double)),
                 screen_scratch(s, parties * row * sizeof(double)),
                 screen_scratch(s, parties * 2 * sizeof(double))};
    if (a.here == NULL || a.other == NULL || a.total == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < parties; i++) {
        const parley_numbers_package *than = other != NULL ? other : parley_numbers_best(x, i);
        than = than == NULL ? at : than;
        parley_numbers_by_issue(x, i, at, a.here + i * row, a.here + i * row + row - 1);
        parley_numbers_by_issue(x, i, than, a.other + i * row, a.other + i * row + row - 1);
        a.total[2 * i] = at->worth[i];
        a.total[2 * i + 1] = than->worth[i];
    }
    for (uint32_t from = 0; from < parties; from += ACCOUNTS_ABREAST) {
        uint32_t shown = parties - from < ACCOUNTS_ABREAST ? parties - from : ACCOUNTS_ABREAST;
        account_rows(s, page, at, &a, from, shown);
    }
    return true;
}

/* The package that was asked about, as numbers show it. */
static parley_status asked_package(parley_screen *s, const parley_deals_page *page,
                                   parley_numbers_package *out, bool *accepts, parley_error *err)
{
    uint32_t issues = parley_case_issues(page->c);
    uint32_t parties = parley_numbers_parties(page->numbers).count;
    double *worth = screen_scratch(s, parties * sizeof(*worth));
    const double **share = screen_scratch(s, issues * sizeof(*share));
    if (worth == NULL || share == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory");
    }
    *out = (parley_numbers_package){page->package->value, (const double *const *)share, NULL, worth,
                                    NULL};
    return parley_numbers_worth(page->numbers, page->package->value, worth, accepts, err);
}

static parley_status who_gets_what(parley_screen *s, const parley_deals_page *page,
                                   parley_error *err)
{
    const parley_numbers *x = page->numbers;
    const parley_solution *nash = parley_numbers_solution(x, PARLEY_GOAL_NASH);
    bool accepts[256] = {false};
    bool good = true;
    if (page->package != NULL) {
        parley_numbers_package asked;
        parley_status status = asked_package(s, page, &asked, accepts, err);
        if (status != PARLEY_OK) {
            return status;
        }
        parley_ids parties = parley_numbers_parties(x);
        parley_screen_label(s, "THE PACKAGE");
        for (uint32_t i = 0; i < parties.count; i++) {
            parley_screen_item(s, PARLEY_INK_PARTY, word_party(page->c, parties.at[i]));
            parley_screen_add(s, accepts[i] ? PARLEY_INK_GOOD : PARLEY_INK_BAD,
                              accepts[i] ? " accepts" : " rejects");
        }
        parley_screen_end(s);
        parley_screen_line(s, "GIVES AND GETS", PARLEY_INK_PLAIN,
                           "in it, and against the package that is best for each");
        good = give_and_get(s, page, &asked, NULL);
        if (nash->has_package && good) {
            parley_screen_line(s, "GIVES AND GETS", PARLEY_INK_PLAIN,
                               "in the Nash solution, and against the package asked about");
            good = give_and_get(s, page, &nash->at, &asked);
        }
    } else if (nash->has_package) {
        parley_screen_line(s, "GIVES AND GETS", PARLEY_INK_PLAIN,
                           "in the Nash solution, and against the package that is best for each");
        good = give_and_get(s, page, &nash->at, NULL);
    }
    return good ? PARLEY_OK : parley_fail(err, PARLEY_NOMEM, "out of memory");
}

/* ------------------------------------------------------------------ small groups */

static void groups(parley_screen *s, const parley_deals_page *page)
{
    const parley_numbers *x = page->numbers;
    const parley_acceptance *a = parley_case_acceptance(page->c);
    uint32_t count = parley_numbers_winning(x);
    if (count == 0) {
        return;
    }
    word_list vetoes = {.count = 0};
    for (uint32_t k = 0; k < a->vetoes.count; k++) {
        word_push(&vetoes, word_party(page->c, a->vetoes.at[k]));
    }
    parley_screen_label(s, "ENOUGH FOR IT");
    parley_screen_addf(s, PARLEY_INK_PLAIN, "%lld of %u must accept", (long long)a->at_least,
                       parley_numbers_parties(x).count);
    if (vetoes.count > 0) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, ", among them %s", word_join(s, &vetoes, ", "));
    }
    parley_screen_addf(s, PARLEY_INK_PLAIN, "; %s%u smallest group%s; the Nash solution of each",
                       parley_numbers_winning_all(x) ? "" : "the first ", count,
                       count == 1 ? "" : "s");
    parley_screen_end(s);
    const parley_column columns[2] = {{.heading = "WHO ACCEPTS", .flexible = true, .at_most = 44},
                                      {.heading = "WORTH TO THEM", .flexible = true, .fill = true}};
    parley_table *t = parley_table_new(s, columns, 2, 2, 2);
    for (uint32_t g = 0; g < count; g++) {
        const parley_winning *w = parley_numbers_winning_at(x, g);
        const parley_solution *nash = &w->solution[PARLEY_GOAL_NASH];
        parley_ids parties = parley_numbers_parties(x);
        word_list names = {.count = 0};
        word_list worth = {.count = 0};
        for (uint32_t i = 0; i < parties.count; i++) {
            for (uint32_t k = 0; k < w->parties.count; k++) {
                if (w->parties.at[k] == parties.at[i]) {
                    word_push(&names, word_party(page->c, parties.at[i]));
                    word_push(&worth, nash->has_package ? figure(s, nash->at.worth[i]) : "");
                }
            }
        }
        parley_table_cell(t, PARLEY_INK_PARTY, word_join(s, &names, ", "));
        if (w->none) {
            parley_table_cell(t, PARLEY_INK_BAD, "nothing that all of them accept");
        } else {
            parley_table_cell(t, PARLEY_INK_PLAIN, word_join(s, &worth, ", "));
        }
    }
    parley_table_print(t);
}

parley_status numbers_page(parley_screen *s, const parley_deals_page *page, parley_error *err)
{
    word_list names = {.count = 0};
    parley_ids parties = parley_numbers_parties(page->numbers);
    for (uint32_t i = 0; i < parties.count; i++) {
        const parley_worth *w = parley_case_worth(page->c, (int32_t)i);
        const char *scale =
            w->scale.den == 0
                ? ""
                : parley_screen_format(s, " (of %s)", figure(s, parley_fraction_double(w->scale)));
        word_push(&names,
                  parley_screen_format(s, "%s%s", word_party(page->c, parties.at[i]), scale));
    }
    parley_screen_begin(s, 0, 0);
    parley_screen_add(s, PARLEY_INK_TITLE, "In numbers, as the case gives them, for ");
    parley_screen_add(s, PARLEY_INK_PARTY, word_join(s, &names, ", "));
    parley_screen_end(s);
    counts(s, page);
    without(s, page);
    frontier(s, page);
    solutions(s, page);
    elsewhere(s, page);
    parley_status status = who_gets_what(s, page, err);
    if (status == PARLEY_OK) {
        groups(s, page);
    }
    return status;
}
