/*
 * What an issue may hold: options, a quantity with its range, a split among recipients, who is
 * needed.
 *
 * Keys of one issue lean on each other (`ours:` and `needs:` name options that may stand further
 * down), so the special binders only look at shapes and finish_issue does the work when all keys
 * are known.
 */
#include "case/case_internal.h"

#include <string.h>

static bool bind_one_option(bind_state *b, parley_option *option, const parley_node *m)
{
    option->id = m->key != NULL ? m->key->text : m->text;
    option->span = m->key != NULL ? m->key->span : m->span;
    option->label = option->id;
    if (m->key == NULL) {
        if (m->kind != PARLEY_NODE_SCALAR) {
            option->id = option->label = "";
            return bind_error(b, m, PARLEY_INVALID, "write id: \"label\"",
                              "an option must be an id, or an id with a label");
        }
        return true;
    }
    if (m->kind == PARLEY_NODE_MAP) {
        const case_inner *inner = case_inner_of("option");
        bool good = bind_map(b, inner->field, inner->fields, m, option, -1, "an option");
        if (option->label == NULL || option->label[0] == '\0') {
            option->label = option->id;
        }
        return good;
    }
    const char *label = bind_text(b, m, "option");
    if (label != NULL && label[0] != '\0') {
        option->label = label;
    }
    return label != NULL;
}

/* A list of ids with labels: options of a choice, recipients of a split. */
static bool bind_options(bind_state *b, const parley_node *value, const char *what,
                         const parley_option **out, uint32_t *count)
{
    if (value->kind == PARLEY_NODE_SCALAR) {
        return bind_error(b, value, PARLEY_INVALID, "write {id: \"label\", id: \"label\"}",
                          "'%s' must be a map from id to label", what);
    }
    if (value->count > b->limits->options) {
        return bind_error(b, value, PARLEY_LIMIT, NULL, "more than %u options (limit 'options')",
                          b->limits->options);
    }
    parley_option *list = parley_arena_array(b->arena, value->count, sizeof(*list));
    if (list == NULL) {
        return bind_nomem(b);
    }
    bool good = true;
    const parley_node *m = value->first;
    case_index seen = {0};
    for (uint32_t i = 0; i < value->count; i++, m = m->next) {
        good = bind_one_option(b, &list[i], m) && good;
        if (list[i].id[0] == '\0' && m->kind == PARLEY_NODE_SCALAR) {
            good = bind_error(b, m->key != NULL ? m->key : m, PARLEY_INVALID, "write a short id",
                              "an id must not be empty");
        }
        if (bind_turns(m->key != NULL ? m->key : m)) {
            bind_warning(b, m->key != NULL ? m->key : m,
                         "choose another id, or put it in quotes everywhere",
                         "other YAML readers take the id '%s' as a truth value", list[i].id);
        }
        if (m->key != NULL) {
            continue; /* the document saw to it that no key stands twice */
        }
        if (m->kind == PARLEY_NODE_SCALAR && m->length > 0 &&
            case_index_find(&seen, list[i].id, strlen(list[i].id)) >= 0) {
            good = bind_error(b, m, PARLEY_CONFLICT, "give it another id",
                              "the option '%s' is there twice",
                              bind_shown(b, list[i].id, strlen(list[i].id)));
        } else if (!case_index_add(&seen, b->arena, list[i].id)) {
            return bind_nomem(b);
        }
    }
    *out = list;
    *count = value->count;
    return good;
}

bool special_options(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    parley_issue *issue = row;
    issue->kind = PARLEY_ISSUE_CHOICE;
    bool good = bind_options(b, value, "options", &issue->options, &issue->values);
    return case_options_index(b->c, i) ? good : bind_nomem(b);
}

bool special_ours(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)b, (void)row, (void)i, (void)value;
    return true; /* finish_issue: needs the options */
}

bool special_by(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_issue *issue = row;
    return value->kind == PARLEY_NODE_MAP || bind_ids(b, value, SECTION_PARTIES, &issue->by, "by");
}

bool special_needs(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_issue *issue = row;
    return value->kind == PARLEY_NODE_MAP ||
           bind_ids(b, value, SECTION_PARTIES, &issue->needs, "needs");
}

/* a/10^s as an integer at scale `scale`; false when it does not fit. */
static bool scaled(parley_decimal d, int32_t scale, int64_t *out)
{
    *out = d.mantissa;
    for (int32_t s = d.scale; s < scale; s++) {
        if (!parley_mul_i64(out, *out, 10)) {
            return false;
        }
    }
    return true;
}

/*
 * How many values from, from + step ... <= to; 0 and a message at the key it is about when it is no
 * range. A split passes `of` as `to` and no `from`.
 */
static uint32_t steps_between(bind_state *b, const parley_node *map, const char *last,
                              parley_decimal from, parley_decimal to, parley_decimal step)
{
    const parley_node *at_step = parley_node_member(map, "step");
    const parley_node *at_last = parley_node_member(map, last);
    int32_t scale = from.scale > to.scale ? from.scale : to.scale;
    scale = step.scale > scale ? step.scale : scale;
    int64_t f = 0;
    int64_t t = 0;
    int64_t s = 0;
    int64_t width = 0;
    if (!scaled(from, scale, &f) || !scaled(to, scale, &t) || !scaled(step, scale, &s) ||
        !parley_sub_i64(&width, t, f)) {
        bind_error(b, at_last, PARLEY_RANGE, "use fewer digits", "the range does not fit 64 bits");
        return 0;
    }
    if (s <= 0) {
        bind_error(b, at_step, PARLEY_RANGE, "write a step above 0", "'step' must be above 0");
        return 0;
    }
    if (width < 0) {
        if (strcmp(last, "of") == 0) {
            bind_error(b, at_last, PARLEY_RANGE, "write what is shared out, above 0",
                       "'of' must be above 0");
        } else {
            bind_error(b, at_last, PARLEY_RANGE, "swap them", "'from' lies above 'to'");
        }
        return 0;
    }
    if (width % s != 0 && strcmp(last, "of") == 0) {
        bind_error(b, at_step, PARLEY_RANGE, "choose a step that divides 'of'",
                   "shares in these steps do not add up to 'of'");
        return 0;
    }
    if (width % s != 0) {
        bind_warning(b, at_step, "choose a step that divides the range",
                     "the steps do not reach 'to': the last value is below it");
    }
    int64_t count = width / s;
    if (count >= (int64_t)b->limits->options) {
        bind_error(b, at_step, PARLEY_LIMIT, "choose a larger step",
                   "more than %u steps (limit 'options')", b->limits->options);
        return 0;
    }
    return (uint32_t)count + 1;
}

bool special_quantity(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_issue *issue = row;
    const case_inner *inner = case_inner_of("quantity");
    if (issue->kind == PARLEY_ISSUE_OPEN) {
        issue->kind = PARLEY_ISSUE_QUANTITY;
    }
    if (!bind_map(b, inner->field, inner->fields, value, row, -1, "'quantity'")) {
        return false;
    }
    const parley_node *from = parley_node_member(value, "from");
    const parley_node *to = parley_node_member(value, "to");
    const parley_node *step = parley_node_member(value, "step");
    if (from == NULL && to == NULL && step == NULL) {
        return true; /* a number nobody has put a range to */
    }
    if (from == NULL || to == NULL || step == NULL) {
        return bind_error(b, value, PARLEY_INVALID, "write from, to and step, or none of them",
                          "a range lacks '%s'",
                          from == NULL ? "from"
                          : to == NULL ? "to"
                                       : "step");
    }
    if (!bind_decimal(b, from, &issue->from, "from") || !bind_decimal(b, to, &issue->to, "to") ||
        !bind_decimal(b, step, &issue->step, "step")) {
        return false;
    }
    uint32_t values = steps_between(b, value, "to", issue->from, issue->to, issue->step);
    if (values == 0) {
        return false;
    }
    if (issue->kind == PARLEY_ISSUE_QUANTITY) {
        issue->values = values;
        issue->has_range = true;
    }
    return true;
}

bool special_reach(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_issue *issue = row;
    const case_inner *inner = case_inner_of("could-reach");
    issue->reach_typed = bind_map(b, inner->field, inner->fields, value, row, -1, "'could-reach'");
    return issue->reach_typed; /* the numbers wait for the quantity: finish_issue */
}

/* A quantity could reach at least as far as its range. */
static bool finish_reach(bind_state *b, parley_issue *issue, const parley_node *reach)
{
    const parley_node *from = parley_node_member(reach, "from");
    const parley_node *to = parley_node_member(reach, "to");
    issue->reach_from = issue->from;
    issue->reach_to = issue->to;
    if ((from != NULL && !bind_decimal(b, from, &issue->reach_from, "from")) ||
        (to != NULL && !bind_decimal(b, to, &issue->reach_to, "to"))) {
        return false;
    }
    if (!issue->has_range || issue->kind != PARLEY_ISSUE_QUANTITY) {
        bind_warning(b, reach, "give the quantity from, to and step",
                     "'could-reach' has no range to extend");
        return true;
    }
    bool below = parley_decimal_compare(issue->reach_from, issue->from) > 0;
    if (below || parley_decimal_compare(issue->reach_to, issue->to) < 0) {
        return bind_error(b, below ? from : to, PARLEY_RANGE, "it holds the range and more",
                          "'could-reach' stops inside the range of '%s'", issue->record.id);
    }
    return true;
}

bool special_split(bind_state *b, void *row, int32_t i, const parley_node *value)
{
    (void)i;
    parley_issue *issue = row;
    const case_inner *inner = case_inner_of("split");
    if (issue->kind == PARLEY_ISSUE_OPEN) {
        issue->kind = PARLEY_ISSUE_SPLIT;
    }
    if (!bind_map(b, inner->field, inner->fields, value, row, -1, "'split'")) {
        return false;
    }
    const parley_node *of = parley_node_member(value, "of");
    const parley_node *step = parley_node_member(value, "step");
    const parley_node *among = parley_node_member(value, "among");
    if (!bind_decimal(b, of, &issue->total, "of") ||
        !bind_options(b, among, "among", &issue->recipients, &issue->recipient_count)) {
        return false;
    }
    if (issue->recipient_count < 2) {
        return bind_error(b, among, PARLEY_INVALID, "name two recipients or more",
                          "a split needs at least two recipients");
    }
    if (step == NULL) {
        return true; /* shares without a step: a continuum, not counted */
    }
    parley_decimal zero = {0, 0};
    if (!bind_decimal(b, step, &issue->step, "step")) {
        return false;
    }
    issue->units = 0;
    uint32_t units = steps_between(b, value, "of", zero, issue->total, issue->step);
    if (units == 0) {
        return false;
    }
    uint64_t count = case_compositions(units - 1, issue->recipient_count, b->limits->options);
    if (count > b->limits->options) {
        return bind_error(b, value, PARLEY_LIMIT, "choose a larger step",
                          "more than %u ways to share it out (limit 'options')",
                          b->limits->options);
    }
    if (issue->kind == PARLEY_ISSUE_SPLIT) {
        issue->values = (uint32_t)count;
        issue->has_range = true;
        issue->units = units - 1;
    }
    return true;
}

/* Option named by a node, or NULL with a message. */
static parley_option *option_named(bind_state *b, const parley_issue *issue,
                                   const parley_node *name)
{
    parley_option *options = (parley_option *)(uintptr_t)issue->options;
    uint32_t count = issue->kind == PARLEY_ISSUE_CHOICE ? issue->values : 0;
    const char *names[64];
    if (name->kind != PARLEY_NODE_SCALAR) {
        bind_error(b, name, PARLEY_INVALID, "write the id of one of its options",
                   "an option's id must be a text; this is %s", bind_kind(name));
        return NULL;
    }
    int32_t at = case_option_find(b->c, issue, name->text, strlen(name->text));
    if (at >= 0) {
        return &options[at];
    }
    for (uint32_t k = 0; k < count && k < 64; k++) {
        names[k] = options[k].id;
    }
    const char *hint = bind_nearest(b, name->text, name->length, names, count < 64 ? count : 64);
    bind_error(b, name, PARLEY_NOTFOUND, hint != NULL ? hint : "write the id of one of its options",
               "'%s' is no option of '%s'", bind_shown(b, name->text, name->length),
               issue->record.id);
    return NULL;
}

static bool finish_map(bind_state *b, const parley_issue *issue, const parley_node *map, bool needs)
{
    bool good = true;
    if (issue->kind != PARLEY_ISSUE_CHOICE) {
        return bind_error(b, map, PARLEY_INVALID, "write a list of parties",
                          "'%s' hangs on an option here, but '%s' has no options",
                          needs ? "needs" : "by", issue->record.id);
    }
    for (const parley_node *m = map->first; m != NULL; m = m->next) {
        parley_option *option = option_named(b, issue, m->key);
        good = option != NULL && good;
        if (option != NULL) {
            good = bind_ids(b, m, SECTION_PARTIES, needs ? &option->needs : &option->by,
                            needs ? "needs" : "by") &&
                   good;
        }
    }
    return good;
}

bool finish_issue(bind_state *b, parley_issue *issue, const parley_node *node)
{
    if (node->kind != PARLEY_NODE_MAP) {
        return false;
    }
    const parley_node *options = parley_node_member(node, "options");
    const parley_node *quantity = parley_node_member(node, "quantity");
    const parley_node *split = parley_node_member(node, "split");
    const parley_node *ours = parley_node_member(node, "ours");
    const parley_node *needs = parley_node_member(node, "needs");
    const parley_node *by = parley_node_member(node, "by");
    const parley_node *reach = parley_node_member(node, "could-reach");
    bool good = true;
    if ((options != NULL) + (quantity != NULL) + (split != NULL) > 1) {
        good = bind_error(b, node->key, PARLEY_CONFLICT, "keep one of options, quantity, split",
                          "issue '%s' is more than one kind of question", issue->record.id);
    }
    if (issue->name == NULL || issue->name[0] == '\0') {
        issue->name = issue->record.id;
    }
    if (issue->ask == NULL || issue->ask[0] == '\0') {
        issue->ask = issue->name;
    }
    if (ours != NULL) {
        const parley_node *item = ours->kind == PARLEY_NODE_LIST ? ours->first : ours;
        uint32_t count = ours->kind == PARLEY_NODE_LIST ? ours->count : 1;
        for (uint32_t k = 0; k < count; k++, item = item->next) {
            parley_option *option = option_named(b, issue, item);
            good = option != NULL && good;
            if (option != NULL) {
                option->ours = true;
            }
        }
    }
    if (needs != NULL && needs->kind == PARLEY_NODE_MAP) {
        good = finish_map(b, issue, needs, true) && good;
    }
    if (by != NULL && by->kind == PARLEY_NODE_MAP) {
        good = finish_map(b, issue, by, false) && good;
    }
    if (issue->ordered && issue->kind != PARLEY_ISSUE_CHOICE) {
        bind_warning(b, parley_node_member(node, "ordered"), "leave it out",
                     "'ordered' says nothing about an issue without options");
    }
    if (reach != NULL && issue->reach_typed) {
        good = finish_reach(b, issue, reach) && good;
    }
    if (issue->kind == PARLEY_ISSUE_CHOICE && issue->values == 0) {
        issue->kind = PARLEY_ISSUE_OPEN; /* options: {} */
    }
    if (issue->kind == PARLEY_ISSUE_CHOICE && issue->values == 1) {
        bind_warning(b, options, "type the other answers",
                     "issue '%s' has only one option: nothing to decide", issue->record.id);
    }
    return good;
}
