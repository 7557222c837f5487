/*
 * Genius XML: the domain. Names, the tree of objectives, issues in the order of Genius' bids
 * (preorder, the sub-objectives of a level before its issues), and small things that the reader of
 * profiles needs as well.
 *
 * number_of_issues and <agent> are not looked at: files in the wild have them wrong.
 */
#include "formats/genius.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *const genius_roots[] = {"negotiation_template", "utility_space", NULL};

/* ---- common to all readers ---- */

parley_status genius_fail(genius_reading *r, parley_status status, const fmt_element *e,
                          const char *attribute, const char *format, ...)
{
    char message[PARLEY_ERROR_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    parley_span span = fmt_element_span(r->source, e, attribute);
    return parley_fail_at(r->err, status, r->source->name, span, "%s", message);
}

parley_status genius_nomem(genius_reading *r)
{
    return parley_fail(r->err, PARLEY_NOMEM, "no memory to read '%s'", r->source->name);
}

void genius_warn(genius_reading *r, const fmt_element *e, const char *attribute, const char *format,
                 ...)
{
    char message[PARLEY_ERROR_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    fmt_warn(r->source, fmt_element_span(r->source, e, attribute), NULL, "%s", message);
}

parley_status genius_number(genius_reading *r, const fmt_element *e, const char *attribute,
                            fmt_number *out)
{
    const char *text = fmt_attribute_of(e, attribute);
    *out = FMT_ZERO;
    if (text == NULL)
        return genius_fail(r, PARLEY_INVALID, e, NULL, "<%s> has no '%s'", e->name, attribute);
    parley_error own = PARLEY_ERROR_INIT;
    bool rounded = false;
    parley_status status = fmt_number_parse(out, text, strlen(text), &rounded, &own);
    if (status != PARLEY_OK)
        return genius_fail(r, status, e, attribute, "%s of <%s>: %s", attribute, e->name,
                           own.message);
    if (rounded)
        genius_warn(r, e, attribute, "more digits than Parley keeps; rounded to 18");
    return PARLEY_OK;
}

parley_status genius_whole(genius_reading *r, const fmt_element *e, const char *attribute,
                           int64_t *out)
{
    fmt_number n;
    *out = 0;
    parley_status status = genius_number(r, e, attribute, &n);
    if (status == PARLEY_OK && !fmt_number_whole(n, out))
        status = genius_fail(r, PARLEY_INVALID, e, attribute, "%s of <%s> must be a whole number",
                             attribute, e->name);
    return status;
}

parley_status genius_range(genius_reading *r, const fmt_element *issue, bool *found,
                           fmt_number *lower, fmt_number *upper)
{
    const fmt_element *range = fmt_child(issue, "range");
    const fmt_element *holder = fmt_attribute_of(issue, "lowerbound") != NULL ? issue : range;
    *found = holder != NULL;
    if (holder == NULL)
        return PARLEY_OK;
    parley_status status = genius_number(r, holder, "lowerbound", lower);
    return status == PARLEY_OK ? genius_number(r, holder, "upperbound", upper) : status;
}

const fmt_element *genius_space(const fmt_element *root)
{
    if (strcmp(root->name, "utility_space") == 0)
        return root;
    return fmt_child(root, "utility_space");
}

const fmt_element *genius_top(const fmt_element *root)
{
    const fmt_element *space = genius_space(root);
    const fmt_element *objective = space != NULL ? fmt_child(space, "objective") : NULL;
    /* some old files have no objective around their issues */
    return objective == NULL && space != NULL && fmt_child(space, "issue") != NULL ? space
                                                                                   : objective;
}

const fmt_element *genius_after(const fmt_element *e, const fmt_element *top)
{
    if (e->first != NULL)
        return e->first;
    while (e != top && e->next == NULL)
        e = e->parent;
    return e == top ? NULL : e->next;
}

static int by_index(const void *pa, const void *pb)
{
    int64_t a = ((const fmt_key *)pa)->index;
    int64_t b = ((const fmt_key *)pb)->index;
    return (a > b) - (a < b);
}

int64_t genius_issue(const fmt_model *model, int64_t index)
{
    const fmt_key key = {index, 0};
    const fmt_key *found = bsearch(&key, model->keys, model->issue_count, sizeof(key), by_index);
    return found != NULL ? (int64_t)found->issue : -1;
}

/* ---- issues ---- */

static parley_status read_items(genius_reading *r, const fmt_element *e, fmt_issue *issue)
{
    uint32_t count = 0;
    for (const fmt_element *i = fmt_child(e, "item"); i != NULL; i = fmt_sibling(i, "item"))
        count++;
    uint32_t most = parley_ctx_limits(r->source->ctx)->options;
    if (count > most)
        return genius_fail(r, PARLEY_LIMIT, e, NULL, "more than %u items (limit 'options')",
                           (unsigned)most);
    issue->items = parley_arena_array(r->model->arena, count, sizeof(*issue->items));
    fmt_map seen = {.arena = r->model->arena};
    if (issue->items == NULL)
        return genius_nomem(r);
    for (const fmt_element *i = fmt_child(e, "item"); i != NULL; i = fmt_sibling(i, "item")) {
        char shown[FMT_SHOWN_MAX];
        const char *value = fmt_attribute_of(i, "value");
        if (value == NULL)
            return genius_fail(r, PARLEY_INVALID, i, NULL, "an item of issue '%s' has no value",
                               fmt_shown(shown, issue->name));
        if (fmt_map_find(&seen, value) >= 0) {
            genius_warn(r, i, "value", "the item '%s' is there twice; the second is left out",
                        fmt_shown(shown, value));
            continue;
        }
        if (!fmt_map_add(&seen, value, issue->item_count))
            return genius_nomem(r);
        issue->items[issue->item_count++] =
            (fmt_item){value, fmt_attribute_of(i, "id"), fmt_attribute_of(i, "label"),
                       fmt_attribute_of(i, "description"), fmt_attribute_of(i, "cost")};
    }
    if (issue->item_count == 0) {
        char shown[FMT_SHOWN_MAX];
        return genius_fail(r, PARLEY_INVALID, e, NULL, "issue '%s' has no items",
                           fmt_shown(shown, issue->name));
    }
    return PARLEY_OK;
}

static parley_status read_ends(genius_reading *r, const fmt_element *e, fmt_issue *issue)
{
    char shown[FMT_SHOWN_MAX];
    bool found = false;
    int64_t whole = 0;
    parley_status status = genius_range(r, e, &found, &issue->lower, &issue->upper);
    if (status != PARLEY_OK)
        return status;
    if (!found)
        return genius_fail(r, PARLEY_INVALID, e, NULL,
                           "issue '%s' has neither lowerbound and upperbound nor a <range>",
                           fmt_shown(shown, issue->name));
    if (fmt_number_compare(issue->lower, issue->upper) > 0)
        return genius_fail(r, PARLEY_INVALID, e, NULL,
                           "the lower bound of issue '%s' is above its upper bound",
                           fmt_shown(shown, issue->name));
    if (issue->kind != FMT_INTEGER)
        return PARLEY_OK;
    if (!fmt_number_whole(issue->lower, &whole) || !fmt_number_whole(issue->upper, &whole))
        return genius_fail(r, PARLEY_INVALID, e, NULL,
                           "the bounds of issue '%s' must be whole numbers",
                           fmt_shown(shown, issue->name));
    issue->step = FMT_ONE;
    return PARLEY_OK;
}

static parley_status read_issue(genius_reading *r, const fmt_element *e)
{
    fmt_issue *issue = &r->model->issues[r->model->issue_count];
    char shown[FMT_SHOWN_MAX];
    *issue = (fmt_issue){.kind = FMT_DISCRETE};
    const char *name = fmt_attribute_of(e, "name");
    issue->name = name != NULL ? name : "";
    issue->id = fmt_attribute_of(e, "id");
    issue->description = fmt_attribute_of(e, "description");
    parley_status status = genius_whole(r, e, "index", &issue->index);
    if (status != PARLEY_OK)
        return status;
    const char *type = fmt_attribute_of(e, "type");
    const char *vtype = fmt_attribute_of(e, "vtype");
    if (type != NULL && vtype != NULL && strcasecmp(type, vtype) != 0)
        genius_warn(r, e, "vtype", "type and vtype of issue '%s' differ; type is taken",
                    fmt_shown(shown, issue->name));
    if (type == NULL || strcasecmp(type, "discrete") == 0)
        issue->kind = FMT_DISCRETE;
    else if (strcasecmp(type, "integer") == 0)
        issue->kind = FMT_INTEGER;
    else if (strcasecmp(type, "real") == 0)
        issue->kind = FMT_REAL;
    else
        return genius_fail(r, PARLEY_INVALID, e, "type",
                           "an issue is discrete, integer or real, not '%s'",
                           fmt_shown(shown, type));
    r->model->issue_count++;
    return issue->kind == FMT_DISCRETE ? read_items(r, e, issue) : read_ends(r, e, issue);
}

/* ---- the tree ---- */

typedef struct open_objective {
    const fmt_element *element;
    const fmt_element *next; /* objective below it */
} open_objective;

/* Sub-objectives come before the issues of their level. */
static parley_status read_tree(genius_reading *r, const fmt_element *top, open_objective *stack)
{
    uint32_t depth = 0;
    parley_status status = PARLEY_OK;
    stack[depth++] = (open_objective){top, fmt_child(top, "objective")};
    while (status == PARLEY_OK && depth > 0) {
        open_objective *o = &stack[depth - 1];
        if (o->next != NULL) {
            const fmt_element *below = o->next;
            o->next = fmt_sibling(below, "objective");
            stack[depth++] = (open_objective){below, fmt_child(below, "objective")};
            continue;
        }
        for (const fmt_element *e = fmt_child(o->element, "issue");
             e != NULL && status == PARLEY_OK; e = fmt_sibling(e, "issue"))
            status = read_issue(r, e);
        depth--;
    }
    return status;
}

/* Profiles find issues by their index: no two may have the same one. */
static parley_status make_keys(genius_reading *r, const fmt_element *top)
{
    fmt_model *m = r->model;
    fmt_key *keys = parley_arena_array(m->arena, m->issue_count, sizeof(*keys));
    if (keys == NULL)
        return genius_nomem(r);
    for (uint32_t i = 0; i < m->issue_count; i++)
        keys[i] = (fmt_key){m->issues[i].index, i};
    qsort(keys, m->issue_count, sizeof(*keys), by_index);
    m->keys = keys;
    for (uint32_t i = 1; i < m->issue_count; i++) {
        if (keys[i - 1].index != keys[i].index)
            continue;
        /* the second of them in the file */
        uint32_t seen = 0;
        for (const fmt_element *e = top; e != NULL; e = genius_after(e, top)) {
            int64_t index = 0;
            if (strcmp(e->name, "issue") == 0 && genius_whole(r, e, "index", &index) == PARLEY_OK &&
                index == keys[i].index && seen++ == 1)
                return genius_fail(r, PARLEY_CONFLICT, e, "index", "two issues have the index %lld",
                                   (long long)index);
        }
    }
    return PARLEY_OK;
}

parley_status genius_read_domain(genius_reading *r, const fmt_element *root)
{
    fmt_model *m = r->model;
    const fmt_element *top = genius_top(root);
    if (top == NULL)
        return genius_fail(r, PARLEY_INVALID, root, NULL,
                           "this domain has no <utility_space> with an <objective>");
    uint32_t issues = 0;
    uint32_t objectives = strcmp(top->name, "objective") == 0 ? 0 : 1; /* top is counted below */
    for (const fmt_element *e = top; e != NULL; e = genius_after(e, top)) {
        issues += strcmp(e->name, "issue") == 0 ? 1 : 0;
        objectives += strcmp(e->name, "objective") == 0 ? 1 : 0;
    }
    const parley_limits *limits = parley_ctx_limits(r->source->ctx);
    if (issues > limits->issues)
        return genius_fail(r, PARLEY_LIMIT, top, NULL, "more than %u issues (limit 'issues')",
                           (unsigned)limits->issues);
    m->issues = parley_arena_array(m->arena, issues, sizeof(*m->issues));
    open_objective *stack = parley_arena_array(m->arena, limits->depth + 2, sizeof(*stack));
    if (m->issues == NULL || stack == NULL)
        return genius_nomem(r);
    parley_status status = read_tree(r, top, stack);
    if (status != PARLEY_OK)
        return status;
    if (m->issue_count == 0)
        return genius_fail(r, PARLEY_INVALID, top, NULL, "this domain has no issues");
    status = make_keys(r, top);
    if (status != PARLEY_OK)
        return status;
    const char *name = fmt_attribute_of(top, "name");
    m->name = name != NULL ? name : "";
    if (objectives > 1)
        genius_warn(r, top, NULL,
                    "the issues hang in a tree of %u objectives; a case has them side by side",
                    (unsigned)objectives);
    for (uint32_t i = 0; i < m->issue_count; i++) {
        if (m->issues[i].kind == FMT_REAL) {
            char shown[FMT_SHOWN_MAX];
            genius_warn(r, top, NULL,
                        "issue '%s' is a real number; taken in 21 steps, as Genius lists it",
                        fmt_shown(shown, m->issues[i].name));
        }
    }
    return PARLEY_OK;
}
