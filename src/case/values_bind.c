/*
 * The sections `values` and `acceptance`: what each party scores, exact as typed.
 *
 * Scores lean on the kind of their issue, weights and divisors on the scores, so that the table
 * only looks at shapes and finish_worth does the work when all keys of a party are known. Boxes are
 * in values_boxes.c, numbers in values_number.c. Nothing here adds anything up.
 */
#include "case/values_internal.h"

#include <stdlib.h>
#include <string.h>

bool bind_fraction(bind_state *b, const parley_node *value, parley_fraction *out, const char *what)
{
    parley_error error = PARLEY_ERROR_INIT;
    *out = (parley_fraction){0, 0, 0};
    if (value->kind != PARLEY_NODE_SCALAR) {
        return bind_error(b, value, PARLEY_INVALID, "write a number",
                          "'%s' must be a number; this is %s", what, bind_kind(value));
    }
    if (parley_fraction_parse(out, value->text, value->length, &error) != PARLEY_OK) {
        *out = (parley_fraction){0, 1, 0};
        return bind_error(b, value, error.status, error.hint, "'%s': %s", what, error.message);
    }
    return true;
}

bool bind_above_zero(bind_state *b, const parley_node *value, parley_fraction *out,
                     const char *what)
{
    if (!bind_fraction(b, value, out, what)) {
        return false;
    }
    if (out->num <= 0) {
        return bind_error(b, value, PARLEY_RANGE, "write a number above 0",
                          "'%s' must be above 0, because scores are divided by it", what);
    }
    return true;
}

int32_t values_issue(bind_state *b, const parley_node *key)
{
    int32_t issue = -1;
    bind_ref(b, key, SECTION_ISSUES, &issue, "issue");
    return issue;
}

const parley_issue *values_issue_row(const bind_state *b, int32_t issue)
{
    return CASE_ROW(b->c, SECTION_ISSUES, parley_issue, issue);
}

/* No such name: an error that says which there are. */
static int32_t values_no_option(bind_state *b, const parley_option *options, uint32_t count,
                                const parley_node *name, const char *what, const char *issue)
{
    const char *names[64];
    for (uint32_t k = 0; k < count && k < 64; k++) {
        names[k] = options[k].id;
    }
    const char *hint = bind_nearest(b, name->text, name->length, names, count < 64 ? count : 64);
    bind_error(b, name, PARLEY_NOTFOUND,
               hint != NULL ? hint
                            : bind_list_names(b, "there are: ", names, count < 64 ? count : 64),
               "'%s' is no %s of '%s'", bind_shown(b, name->text, name->length), what, issue);
    return -1;
}

int32_t values_option(bind_state *b, const parley_option *options, uint32_t count,
                      const parley_node *name, const char *what, const char *issue)
{
    for (uint32_t k = 0; k < count; k++) {
        if (strcmp(options[k].id, name->text) == 0) {
            return (int32_t)k;
        }
    }
    return values_no_option(b, options, count, name, what, issue);
}

int32_t values_choice(bind_state *b, const parley_issue *issue, const parley_node *name)
{
    int32_t at = case_option_find(b->c, issue, name->text, strlen(name->text));
    return at >= 0 ? at
                   : values_no_option(b, issue->options, issue->values, name, "option",
                                      issue->record.id);
}

/* -------------------------------------------------------------- the table */

bool special_worth_later(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)b, (void)row, (void)i, (void)value;
    return true; /* finish_worth */
}

bool special_without(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_worth *worth = row;
    if (value->kind == PARLEY_NODE_SCALAR &&
        parley_formula_looks_like(value->text, value->length)) {
        return bind_formula(b, value, &worth->without_like);
    }
    return bind_fraction(b, value, &worth->without, "without-a-deal");
}

bool special_worth_terms(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_worth *worth = row;
    if (value->kind != PARLEY_NODE_LIST) {
        return bind_error(b, value, PARLEY_INVALID, "write - {when: \"formula\", add: number}",
                          "'terms' must be a list; this is %s", bind_kind(value));
    }
    parley_worth_term *list = parley_arena_array(b->arena, value->count, sizeof(*list));
    if (list == NULL) {
        return bind_nomem(b);
    }
    const case_inner *inner = case_inner_of("worth-term");
    const parley_node *m = value->first;
    bool good = true;
    for (uint32_t k = 0; k < value->count; k++, m = m->next) {
        good = bind_map(b, inner->field, inner->fields, m, &list[k], -1, "a term") && good;
    }
    worth->term = list;
    worth->terms = value->count;
    return good;
}

bool special_acceptance(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_case *c = row;
    const case_inner *inner = case_inner_of("acceptance");
    c->acceptance.typed = true;
    if (!bind_map(b, inner->field, inner->fields, value, &c->acceptance, -1, "'acceptance'")) {
        return false;
    }
    const parley_node *least = parley_node_member(value, "at-least");
    if (least != NULL && c->acceptance.at_least < 1) {
        return bind_error(b, least, PARLEY_RANGE, "write how many parties it takes",
                          "'at-least' must be 1 or more");
    }
    return true;
}

/* ------------------------------------------------------------------ curves */

static bool bind_point(bind_state *b, const parley_node *pair, parley_curve_point *out)
{
    if (pair->kind != PARLEY_NODE_LIST || pair->count != 2) {
        return bind_error(b, pair, PARLEY_INVALID, "write [value, score]",
                          "a point is a list of two numbers");
    }
    if (!bind_fraction(b, pair->first, &out->at, "value") ||
        !bind_fraction(b, pair->first->next, &out->score, "score")) {
        return false;
    }
    return true;
}

/* [[value, score], ...], ascending. */
static bool bind_points(bind_state *b, const parley_node *value, parley_curve *out)
{
    if (value->kind != PARLEY_NODE_LIST || value->count == 0) {
        return bind_error(b, value, PARLEY_INVALID, "write [[0, 0], [30, 10]]",
                          "points are a list of [value, score]");
    }
    parley_curve_point *list = parley_arena_array(b->arena, value->count, sizeof(*list));
    if (list == NULL) {
        return bind_nomem(b);
    }
    const parley_node *m = value->first;
    for (uint32_t k = 0; k < value->count; k++, m = m->next) {
        if (!bind_point(b, m, &list[k])) {
            return false;
        }
        if (k > 0 && parley_fraction_compare(list[k - 1].at, list[k].at) >= 0) {
            return bind_error(b, m, PARLEY_RANGE, "put the points in order, each value once",
                              "the values of points must ascend");
        }
    }
    *out = (parley_curve){list, value->count};
    return true;
}

static bool bind_shares(bind_state *b, const parley_issue *issue, const parley_node *map,
                        parley_curve *curve)
{
    bool good = true;
    for (const parley_node *m = map->first; m != NULL && b->fatal == PARLEY_OK; m = m->next) {
        int32_t r = values_option(b, issue->recipients, issue->recipient_count, m->key, "recipient",
                                  issue->record.id);
        if (r < 0) {
            good = false;
        } else if (m->kind == PARLEY_NODE_LIST) {
            good = bind_points(b, m, &curve[r]) && good;
        } else {
            parley_curve_point *line = parley_arena_array(b->arena, 2, sizeof(*line));
            if (line == NULL) {
                return bind_nomem(b);
            }
            int64_t ten = 1;
            for (int32_t k = 0; k < issue->total.scale; k++) {
                ten *= 10; /* at most 18 places */
            }
            line[0] = (parley_curve_point){{0, 1, 0}, {0, 1, 0}};
            line[1].at = (parley_fraction){issue->total.mantissa, ten, 0};
            good = bind_fraction(b, m, &line[1].score, issue->recipients[r].id) && good;
            curve[r] = (parley_curve){line, 2};
        }
    }
    return good;
}

static bool bind_choices(bind_state *b, const parley_issue *issue, const parley_node *map,
                         parley_fraction *scores)
{
    bool good = true;
    for (const parley_node *m = map->first; m != NULL && b->fatal == PARLEY_OK; m = m->next) {
        int32_t o = values_choice(b, issue, m->key);
        good = o >= 0 && bind_fraction(b, m, &scores[o], m->key->text) && good;
    }
    for (uint32_t o = 0; good && o < issue->values; o++) {
        if (scores[o].den == 0) {
            const char *id = issue->options[o].id;
            good = bind_error(b, map->key != NULL ? map->key : map, PARLEY_INVALID,
                              "give every option a score; write 0 where it adds nothing",
                              "the scores of '%s' leave out '%s'", issue->record.id,
                              bind_shown(b, id, strlen(id)));
        }
    }
    return good;
}

/* ------------------------------------------------------------------ scores */

static bool bind_score(bind_state *b, const parley_node *m, int32_t at, parley_score *score)
{
    const parley_issue *issue = values_issue_row(b, at);
    const parley_fraction one = {1, 1, 0};
    *score = (parley_score){at, m->key->span, one, one, NULL, NULL};
    uint32_t curves = issue->kind == PARLEY_ISSUE_SPLIT ? issue->recipient_count : 1;
    parley_fraction *options = parley_arena_array(b->arena, issue->values, sizeof(*options));
    parley_curve *curve = parley_arena_array(b->arena, curves, sizeof(*curve));
    if (options == NULL || curve == NULL) {
        return bind_nomem(b);
    }
    switch (issue->kind) {
    case PARLEY_ISSUE_CHOICE:
        score->option = options;
        if (m->kind != PARLEY_NODE_MAP) {
            return bind_error(b, m, PARLEY_INVALID, "write {option: score, ...}",
                              "'%s' is a choice: its scores are a map from option to number",
                              issue->record.id);
        }
        return bind_choices(b, issue, m, options);
    case PARLEY_ISSUE_QUANTITY:
        score->curve = curve;
        return bind_points(b, m, curve);
    case PARLEY_ISSUE_SPLIT:
        score->curve = curve;
        if (m->kind != PARLEY_NODE_MAP) {
            return bind_error(b, m, PARLEY_INVALID, "write {recipient: score of the whole, ...}",
                              "'%s' is a split: its scores are a map from recipient to number",
                              issue->record.id);
        }
        return bind_shares(b, issue, m, curve);
    case PARLEY_ISSUE_OPEN:
        break;
    }
    return bind_error(b, m->key, PARLEY_INVALID, "type its options first",
                      "issue '%s' has no options yet, so that nothing of it can be scored",
                      issue->record.id);
}

static int by_issue(const void *pa, const void *pb)
{
    int32_t a = ((const parley_score *)pa)->issue;
    int32_t b = ((const parley_score *)pb)->issue;
    return (a > b) - (a < b);
}

static bool bind_scores(bind_state *b, parley_worth *worth, const parley_node *scores)
{
    if (scores->kind != PARLEY_NODE_MAP) {
        return bind_error(b, scores, PARLEY_INVALID, "write {issue: {option: score}}",
                          "'scores' must be a map from issue to scores");
    }
    parley_score *list = parley_arena_array(b->arena, scores->count, sizeof(*list));
    if (list == NULL) {
        return bind_nomem(b);
    }
    bool good = true;
    uint32_t n = 0;
    for (const parley_node *m = scores->first; m != NULL && b->fatal == PARLEY_OK; m = m->next) {
        int32_t issue = values_issue(b, m->key);
        good = issue >= 0 && bind_score(b, m, issue, &list[n++]) && good;
    }
    qsort(list, n, sizeof(*list), by_issue);
    worth->score = list;
    worth->scores = n;
    return good;
}

/* `weights` and `out-of`: issue to number, for issues that are scored. */
static bool bind_per_issue(bind_state *b, parley_worth *worth, const parley_node *map,
                           const char *what, bool divisor)
{
    if (map == NULL) {
        return true;
    }
    if (map->kind != PARLEY_NODE_MAP) {
        return bind_error(b, map, PARLEY_INVALID, "write {issue: number}",
                          "'%s' must be a map from issue to number", what);
    }
    bool good = true;
    for (const parley_node *m = map->first; m != NULL && b->fatal == PARLEY_OK; m = m->next) {
        int32_t issue = values_issue(b, m->key);
        parley_score key = {.issue = issue};
        parley_score *score =
            issue < 0 || worth->scores == 0
                ? NULL
                : bsearch(&key, worth->score, worth->scores, sizeof(key), by_issue);
        if (issue >= 0 && score == NULL) {
            good = bind_error(b, m->key, PARLEY_INVALID, "add it under 'scores:'",
                              "'%s' names '%s', which has no scores", what, m->key->text);
        }
        if (score == NULL) {
            good = false;
        } else if (divisor) {
            good = bind_above_zero(b, m, &score->out_of, what) && good;
        } else {
            good = bind_fraction(b, m, &score->weight, what) && good;
        }
    }
    return good;
}

/* ------------------------------------------------------------------- rows */

static bool finish_without(bind_state *b, const parley_worth *worth, const parley_node *node)
{
    const parley_formula *f = worth->without_like;
    const parley_node *at = parley_node_member(node, "without-a-deal");
    uint32_t count = f == NULL ? 0 : f->kind == PARLEY_F_AND ? f->count : 1;
    for (uint32_t k = 0; k < count; k++) {
        const parley_formula *part = f->kind == PARLEY_F_AND ? f->arg[k] : f;
        bool decides = (part->kind == PARLEY_F_CHOICE || part->kind == PARLEY_F_QUANTITY) &&
                       part->compare == PARLEY_EQ;
        if (!decides) {
            return bind_error(b, at, PARLEY_INVALID, "write \"issue = value and issue = value\"",
                              "'without-a-deal' must name one package or a number");
        }
        for (uint32_t l = 0; l < k; l++) {
            if (f->arg[l]->issue == part->issue) {
                return bind_error(b, at, PARLEY_CONFLICT, "name each issue once",
                                  "'without-a-deal' decides an issue twice");
            }
        }
    }
    return true;
}

bool finish_worth(bind_state *b, parley_worth *worth, const parley_node *node)
{
    const parley_fraction one = {1, 1, 0};
    if (node->kind != PARLEY_NODE_MAP) {
        return false;
    }
    const parley_node *divided = parley_node_member(node, "divided-by");
    const parley_node *scores = parley_node_member(node, "scores");
    const parley_node *boxes = parley_node_member(node, "boxes");
    bool good = bind_ref(b, node->key, SECTION_PARTIES, &worth->party, "values");
    good = finish_without(b, worth, node) && good;
    if (divided == NULL) {
        worth->divided_by = one;
    } else {
        good = bind_above_zero(b, divided, &worth->divided_by, "divided-by") && good;
    }
    worth->base = worth->base.den == 0 ? (parley_fraction){0, 1, 0} : worth->base;
    good = (scores == NULL || bind_scores(b, worth, scores)) && good;
    good = bind_per_issue(b, worth, parley_node_member(node, "weights"), "weights", false) && good;
    good = bind_per_issue(b, worth, parley_node_member(node, "out-of"), "out-of", true) && good;
    return (boxes == NULL || bind_boxes(b, worth, boxes)) && good;
}

void check_acceptance(bind_state *b)
{
    const parley_case *c = b->c;
    const parley_acceptance *a = &c->acceptance;
    const parley_node *node = parley_node_member(c->root, "acceptance");
    if (!a->typed || node == NULL || node->kind != PARLEY_NODE_MAP) {
        return;
    }
    if (c->audience != NULL && !b->note_leans) {
        return; /* said of the whole file */
    }
    if (a->at_least > (int64_t)c->count[SECTION_VALUES]) {
        bind_error(b, parley_node_member(node, "at-least"), PARLEY_RANGE,
                   "lower it, or give the others values",
                   "'at-least' asks for more parties than have values");
    }
    for (uint32_t k = 0; k < a->vetoes.count; k++) {
        const char *id = c->index[SECTION_PARTIES].text[a->vetoes.at[k]];
        if (case_index_find(&c->index[SECTION_VALUES], id, strlen(id)) < 0) {
            bind_error(b, parley_node_member(node, "vetoes"), PARLEY_INVALID,
                       "give it values, or take it out",
                       "'%s' has a veto but no values to say what it would accept", id);
        }
    }
}

/* ------------------------------------------------------------------ reading */

uint32_t parley_case_worths(const parley_case *c)
{
    return c->count[SECTION_VALUES];
}

const parley_worth *parley_case_worth(const parley_case *c, int32_t i)
{
    PARLEY_ASSERT(i >= 0 && (uint32_t)i < c->count[SECTION_VALUES]);
    return CASE_ROW(c, SECTION_VALUES, parley_worth, i);
}

const parley_acceptance *parley_case_acceptance(const parley_case *c)
{
    return &c->acceptance;
}
