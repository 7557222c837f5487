/*
 * Boxes of the section `values`: a value that counts inside (or outside) ranges of several issues,
 * and groups that add boxes up or take the least or the greatest of them.
 *
 * Groups may hold groups. They are read with a stack of their own, members before their group, so
 * that an evaluation is one pass without recursion; the nesting is bounded by the file's (limit
 * depth).
 */
#include "case/values_internal.h"

#include <string.h>

/* A group that is being read. */
typedef struct open_group {
    const parley_node *next; /* member to read next */
    const parley_node *node; /* of the group; NULL: the list itself */
    uint32_t from;           /* first box that was written since it began */
} open_group;

typedef struct box_fields {
    parley_fraction add;
    parley_fraction times;
} box_fields;

static bool bind_side(bind_state *b, const parley_node *m, parley_box_side *side)
{
    side->issue = values_issue(b, m->key);
    if (side->issue < 0) {
        return false;
    }
    const parley_issue *issue = values_issue_row(b, side->issue);
    if (issue->kind == PARLEY_ISSUE_QUANTITY) {
        if (m->kind != PARLEY_NODE_LIST || m->count != 2) {
            return bind_error(b, m, PARLEY_INVALID, "write [lowest, highest]",
                              "a side of a box over '%s' is a list of two numbers",
                              issue->record.id);
        }
        return bind_fraction(b, m->first, &side->low, "lowest") &&
               bind_fraction(b, m->first->next, &side->high, "highest");
    }
    if (issue->kind != PARLEY_ISSUE_CHOICE) {
        return bind_error(b, m->key, PARLEY_INVALID, "use 'terms:' with a formula",
                          "boxes are about choices and quantities, and '%s' is neither",
                          issue->record.id);
    }
    uint32_t count = m->kind == PARLEY_NODE_LIST ? m->count : 1;
    const parley_node *item = m->kind == PARLEY_NODE_LIST ? m->first : m;
    int32_t *list = parley_arena_array(b->arena, count, sizeof(*list));
    if (list == NULL) {
        return bind_nomem(b);
    }
    bool good = true;
    for (uint32_t k = 0; k < count; k++, item = item->next) {
        if (item->kind != PARLEY_NODE_SCALAR) {
            return bind_error(b, item, PARLEY_INVALID, "write [option, option]",
                              "a side of a box over '%s' is a list of options", issue->record.id);
        }
        list[k] = values_choice(b, issue, item);
        good = list[k] >= 0 && good;
    }
    side->options = (parley_ids){list, count};
    return good;
}

static bool bind_sides(bind_state *b, const parley_node *map, const char *what,
                       const parley_box_side **out, uint32_t *count)
{
    if (map == NULL) {
        return true;
    }
    if (map->kind != PARLEY_NODE_MAP) {
        return bind_error(b, map, PARLEY_INVALID, "write {issue: [lowest, highest]}",
                          "'%s' must be a map from issue to range", what);
    }
    parley_box_side *list = parley_arena_array(b->arena, map->count, sizeof(*list));
    if (list == NULL) {
        return bind_nomem(b);
    }
    bool good = true;
    uint32_t n = 0;
    for (const parley_node *m = map->first; m != NULL && b->fatal == PARLEY_OK; m = m->next) {
        good = bind_side(b, m, &list[n++]) && good;
    }
    *out = list;
    *count = n;
    return good;
}

static bool bind_box(bind_state *b, const parley_node *m, parley_box *box)
{
    const parley_node *add = parley_node_member(m, "add");
    box->take = PARLEY_TAKE_BOX;
    box->parent = -1;
    bool good =
        bind_sides(b, parley_node_member(m, "where"), "where", &box->where, &box->where_count);
    good = bind_sides(b, parley_node_member(m, "outside"), "outside", &box->outside,
                      &box->outside_count) &&
           good;
    if (parley_node_member(m, "take") != NULL || parley_node_member(m, "times") != NULL) {
        good = bind_error(b, m, PARLEY_INVALID, "a group lists its members under 'of:'",
                          "only a group has 'take' and 'times'");
    }
    if (add == NULL) {
        return bind_error(b, m, PARLEY_INVALID, "add 'add:' with a number",
                          "a box lacks 'add', what it counts");
    }
    return bind_fraction(b, add, &box->add, "add") && good;
}

static bool bind_take(bind_state *b, const parley_node *m, parley_take *out)
{
    static const char *const words[] = {"", "sum", "min", "max"};
    const parley_node *take = parley_node_member(m, "take");
    *out = PARLEY_TAKE_SUM;
    if (take == NULL) {
        return true;
    }
    for (int k = 1; k < 4; k++) {
        if (take->kind == PARLEY_NODE_SCALAR && strcmp(take->text, words[k]) == 0) {
            *out = (parley_take)k;
            return true;
        }
    }
    return bind_error(b, take, PARLEY_INVALID, "one of: sum, min, max",
                      "'take' says how the members of a group are put together");
}

static bool bind_group(bind_state *b, const parley_node *m, parley_box *box)
{
    const parley_node *times = parley_node_member(m, "times");
    box->parent = -1;
    box->times = (parley_fraction){1, 1, 0};
    bool good = bind_take(b, m, &box->take);
    if (parley_node_member(m, "of")->count == 0) {
        good = bind_error(b, m, PARLEY_INVALID, "leave the group out", "a group has no members");
    }
    if (parley_node_member(m, "where") != NULL || parley_node_member(m, "outside") != NULL ||
        parley_node_member(m, "add") != NULL) {
        good = bind_error(b, m, PARLEY_INVALID, "put the box under 'of:'",
                          "a group has no sides or value of its own");
    }
    return (times == NULL || bind_fraction(b, times, &box->times, "times")) && good;
}

/* How many boxes and groups there are below a list; the tree's depth is the file's. */
static uint32_t count_boxes(const parley_node *list, const parley_node **stack, uint32_t room)
{
    uint32_t count = 0;
    uint32_t depth = 0;
    const parley_node *m = list->first;
    for (;;) {
        while (m == NULL) {
            if (depth == 0) {
                return count;
            }
            m = stack[--depth];
        }
        count++;
        const parley_node *of = m->kind == PARLEY_NODE_MAP ? parley_node_member(m, "of") : NULL;
        if (of != NULL && of->kind == PARLEY_NODE_LIST && depth < room) {
            stack[depth++] = m->next;
            m = of->first;
        } else {
            m = m->next;
        }
    }
}

bool bind_boxes(bind_state *b, parley_worth *worth, const parley_node *list)
{
    if (list->kind != PARLEY_NODE_LIST) {
        return bind_error(b, list, PARLEY_INVALID, "write - {where: {...}, add: number}",
                          "'boxes' must be a list; this is %s", bind_kind(list));
    }
    const case_inner *inner = case_inner_of("box");
    uint32_t room = b->limits->depth;
    const parley_node **below = parley_arena_array(b->arena, room + 1, sizeof(*below));
    open_group *stack = parley_arena_array(b->arena, room + 2, sizeof(*stack));
    if (below == NULL || stack == NULL) {
        return bind_nomem(b);
    }
    uint32_t total = count_boxes(list, below, room);
    parley_box *box = parley_arena_array(b->arena, total, sizeof(*box));
    if (box == NULL) {
        return bind_nomem(b);
    }
    bool good = true;
    uint32_t n = 0;
    uint32_t depth = 0;
    stack[0] = (open_group){list->first, NULL, 0};
    while (b->fatal == PARLEY_OK) {
        open_group *top = &stack[depth];
        if (top->next == NULL) {
            if (depth == 0) {
                break;
            }
            /* the group is over: it follows its members */
            good = bind_group(b, top->node, &box[n]) && good;
            for (uint32_t k = top->from; k < n; k++) {
                box[k].parent = box[k].parent < 0 ? (int32_t)n : box[k].parent;
            }
            n++;
            depth--;
            continue;
        }
        const parley_node *m = top->next;
        top->next = m->next;
        box_fields unused;
        if (!bind_map(b, inner->field, inner->fields, m, &unused, -1, "a box")) {
            good = false;
            continue;
        }
        const parley_node *of = parley_node_member(m, "of");
        if (of == NULL) {
            good = bind_box(b, m, &box[n++]) && good;
        } else if (of->kind != PARLEY_NODE_LIST) {
            good = bind_error(b, of, PARLEY_INVALID, "write a list of boxes",
                              "'of' must be a list; this is %s", bind_kind(of));
        } else {
            stack[++depth] = (open_group){of->first, m, n};
        }
    }
    worth->box = box;
    worth->boxes = n;
    return good;
}
