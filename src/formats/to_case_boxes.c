/*
 * From a model to a case: functions over hyper-rectangles become boxes and groups of boxes.
 *
 * The boxes of a top function that adds up stand side by side; any other function is a group. A
 * group in a case has members: a sum of nothing is a box that adds 0, and least and greatest of
 * nothing are the numbers with which Genius starts them.
 */
#include "formats/to_case.h"

#include <string.h>

enum { GROUPS_DEEP = 20 };

/* Members of each function, as lists of numbers. */
typedef struct members {
    int32_t *first_box;
    int32_t *next_box;
    int32_t *first_child;
    int32_t *next_child;
} members;

static bool list_members(const fmt_model *model, const fmt_profile *p, members *out)
{
    parley_arena *arena = model->arena;
    out->first_box = parley_arena_array(arena, p->ufun_count, sizeof(int32_t));
    out->first_child = parley_arena_array(arena, p->ufun_count, sizeof(int32_t));
    out->next_child = parley_arena_array(arena, p->ufun_count, sizeof(int32_t));
    out->next_box = parley_arena_array(arena, p->box_count, sizeof(int32_t));
    if (out->first_box == NULL || out->first_child == NULL || out->next_child == NULL ||
        out->next_box == NULL)
        return false;
    for (uint32_t u = 0; u < p->ufun_count; u++)
        out->first_box[u] = out->first_child[u] = -1;
    for (uint32_t b = p->box_count; b-- > 0;) {
        out->next_box[b] = out->first_box[p->boxes[b].node];
        out->first_box[p->boxes[b].node] = (int32_t)b;
    }
    for (uint32_t u = p->ufun_count; u-- > 0;) {
        int32_t parent = p->ufuns[u].parent;
        out->next_child[u] = parent >= 0 ? out->first_child[parent] : -1;
        if (parent >= 0)
            out->first_child[parent] = (int32_t)u;
    }
    return true;
}

static void put_sides(making *m, const fmt_box *box, bool *done)
{
    parley_json_key(&m->json, box->outside ? "outside" : "where");
    parley_json_object(&m->json);
    memset(done, 0, box->bound_count * sizeof(*done));
    for (uint32_t i = 0; i < box->bound_count; i++) {
        if (done[i])
            continue;
        fmt_bound bound = box->bounds[i];
        /* two bounds on one issue are their common part */
        for (uint32_t k = i + 1; k < box->bound_count; k++) {
            const fmt_bound *other = &box->bounds[k];
            if (other->issue != bound.issue)
                continue;
            bound.least = other->least > bound.least ? other->least : bound.least;
            bound.most = other->most < bound.most ? other->most : bound.most;
            done[k] = true;
        }
        parley_json_key(&m->json, m->issue_ids[bound.issue]);
        parley_json_array(&m->json);
        parley_json_int(&m->json, bound.least);
        parley_json_int(&m->json, bound.most);
        parley_json_array_end(&m->json);
    }
    parley_json_object_end(&m->json);
}

static void put_inner(making *m, const fmt_box *box, fmt_number add, bool *done)
{
    parley_json_object(&m->json);
    if (box->bound_count > 0)
        put_sides(m, box, done);
    parley_json_key(&m->json, "add");
    fmt_put_number(&m->json, add);
    parley_json_object_end(&m->json);
}

static void put_box(making *m, const fmt_box *box, bool *done)
{
    fmt_number add;
    int64_t whole = 0;
    if (fmt_number_mul(&add, box->utility, box->weight) && add.exponent >= -36 &&
        (add.exponent <= 0 || fmt_number_whole(add, &whole))) {
        put_inner(m, box, add, done);
        return;
    }
    parley_json_object(&m->json);
    parley_json_key(&m->json, "times");
    fmt_put_number(&m->json, box->weight);
    parley_json_key(&m->json, "of");
    parley_json_array(&m->json);
    put_inner(m, box, box->utility, done);
    parley_json_array_end(&m->json);
    parley_json_object_end(&m->json);
}

static void put_constant(making *m, int64_t n)
{
    parley_json_object(&m->json);
    parley_json_key(&m->json, "add");
    parley_json_int(&m->json, n);
    parley_json_object_end(&m->json);
}

/* The own boxes of a function, or what stands for nothing. */
static void put_own(making *m, const fmt_profile *p, const members *list, int32_t u, bool *done)
{
    for (int32_t b = list->first_box[u]; b >= 0; b = list->next_box[b])
        put_box(m, &p->boxes[b], done);
    if (list->first_box[u] < 0 && list->first_child[u] < 0) {
        fmt_aggregation how = p->ufuns[u].aggregation;
        put_constant(m, how == FMT_SUM ? 0 : how == FMT_MIN ? INT32_MAX : -INT32_MAX);
    }
}

static void open_group(making *m, const fmt_ufun *ufun, bool top)
{
    static const char *const words[] = {"sum", "min", "max"};
    parley_json_object(&m->json);
    parley_json_key(&m->json, "take");
    parley_json_string(&m->json, words[ufun->aggregation]);
    if (!top && fmt_number_compare(ufun->weight, FMT_ONE) != 0) {
        parley_json_key(&m->json, "times");
        fmt_put_number(&m->json, ufun->weight);
    }
    parley_json_key(&m->json, "of");
    parley_json_array(&m->json);
}

static void close_group(making *m)
{
    parley_json_array_end(&m->json);
    parley_json_object_end(&m->json);
}

parley_status fmt_put_boxes(making *m, const fmt_profile *p, parley_error *err)
{
    members list;
    int32_t stack[GROUPS_DEEP + 1];
    uint32_t depth = 0;
    uint32_t widest = 1;
    for (uint32_t b = 0; b < p->box_count; b++)
        widest = p->boxes[b].bound_count > widest ? p->boxes[b].bound_count : widest;
    bool *done = parley_arena_array(m->model->arena, widest, sizeof(*done));
    if (done == NULL || !list_members(m->model, p, &list))
        return parley_fail(err, PARLEY_NOMEM, "no memory to make a case");
    bool plain = p->ufuns[0].aggregation == FMT_SUM;
    parley_json_array(&m->json);
    if (!plain)
        open_group(m, &p->ufuns[0], true);
    put_own(m, p, &list, 0, done);
    int32_t next = list.first_child[0];
    for (;;) {
        if (next >= 0) {
            if (depth == GROUPS_DEEP)
                return parley_fail_at(err, PARLEY_LIMIT, p->file, PARLEY_SPAN_NONE,
                                      "functions nested more than %d deep", GROUPS_DEEP);
            open_group(m, &p->ufuns[next], false);
            put_own(m, p, &list, next, done);
            stack[depth++] = next;
            next = list.first_child[next];
        } else if (depth > 0) {
            close_group(m);
            next = list.next_child[stack[--depth]];
        } else {
            break;
        }
    }
    if (!plain)
        close_group(m);
    parley_json_array_end(&m->json);
    return PARLEY_OK;
}
