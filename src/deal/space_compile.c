/*
 * From the constraints switched on to a net of small tables: unary constraints and the clamp filter
 * the classes of each variable; classes that no remaining literal tells apart are merged, so a
 * variable of the net has as few classes as the question needs. The tables are made in
 * space_table.c.
 */
#include "deal/space_internal.h"

#include <string.h>

/* ---------------------------------------------------------------- question */

parley_status question_nomem(question *q)
{
    return parley_fail(q->err, PARLEY_NOMEM, "no memory for a question about the packages");
}

parley_status question_work(question *q, uint64_t units)
{
    q->looked += units;
    if (q->looked < (uint64_t)1 << 21)
        return PARLEY_OK;
    q->looked = 0;
    if (parley_ctx_cancelled(q->s->ctx))
        return parley_fail(q->err, PARLEY_CANCELLED, "stopped on request");
    return PARLEY_OK;
}

parley_status question_fail(question *q)
{
    uint32_t limit = parley_ctx_limits(q->s->ctx)->search_nodes;
    if (++q->fails > limit)
        return parley_fail(q->err, PARLEY_LIMIT,
                           "the search needs more than limit search_nodes, %u, branches", limit);
    return question_work(q, 1 << 10);
}

parley_status limit_bits(question *q)
{
    return parley_fail(q->err, PARLEY_LIMIT,
                       "the number of packages needs more than limit count_bits, %u, bits",
                       parley_ctx_limits(q->s->ctx)->count_bits);
}

uint32_t question_class(const question *q, uint32_t variable, uint32_t value)
{
    const value_classes *v = &q->s->variable[variable];
    if (q->clamp != NULL && q->clamp[variable] != NULL && !bit_get(q->clamp[variable], value))
        return SPACE_NONE;
    return q->map[variable][v->class_of != NULL ? v->class_of[value] : 0];
}

uint32_t question_value(const question *q, uint32_t variable, uint32_t class_)
{
    uint32_t size = q->s->variable[variable].size;
    for (uint32_t value = 0; value < size; value++)
        if (question_class(q, variable, value) == class_)
            return value;
    return 0;
}

/* ------------------------------------------------------------------ the net */

net_variable *net_new_variable(scratch *m, net *n, uint32_t k)
{
    if (n->variables == n->variable_room) {
        uint32_t room = n->variable_room < 8 ? 16 : n->variable_room * 2;
        net_variable *p = SCRATCH(m, net_variable, room);
        if (p == NULL)
            return NULL;
        if (n->variables > 0)
            memcpy(p, n->variable, n->variables * sizeof *p);
        n->variable = p;
        n->variable_room = room;
    }
    net_variable *v = &n->variable[n->variables++];
    *v = (net_variable){.k = k, .words = bit_words(k), .at = n->words};
    n->words += v->words;
    return v;
}

net_table *net_new_table(scratch *m, net *n, uint32_t arity)
{
    if (n->tables == n->table_room) {
        uint32_t room = n->table_room < 8 ? 16 : n->table_room * 2;
        net_table *p = SCRATCH(m, net_table, room);
        if (p == NULL)
            return NULL;
        if (n->tables > 0)
            memcpy(p, n->table, n->tables * sizeof *p);
        n->table = p;
        n->table_room = room;
    }
    net_table *t = &n->table[n->tables];
    *t = (net_table){.arity = arity, .owner = SPACE_NONE};
    t->scope = SCRATCH(m, uint32_t, arity);
    if (t->scope == NULL)
        return NULL;
    n->tables++;
    return t;
}

/* ------------------------------------------------------------------ classes */

/* Literals in use, by variable. */
typedef struct used_literals {
    uint32_t *start; /* [variables + 1] into `seen` */
    bool *seen;
    uint32_t *touched; /* [variables]: number of literals in use */
} used_literals;

bool part_unary(const space *s, const part *p)
{
    return s->node[p->root].op == NODE_LITERAL;
}

static void use_part(const space *s, const part *p, used_literals *u)
{
    for (uint32_t i = p->first; i <= p->root; i++) {
        const node *n = &s->node[i];
        if (n->op != NODE_LITERAL)
            continue;
        bool *seen = &u->seen[u->start[n->variable] + n->first];
        u->touched[n->variable] += !*seen;
        *seen = true;
    }
}

/* Number of values of each class that the clamp leaves. */
static parley_status class_weights(question *q, uint32_t variable, uint32_t *weight)
{
    const value_classes *v = &q->s->variable[variable];
    const uint64_t *clamp = q->clamp != NULL ? q->clamp[variable] : NULL;
    if (clamp == NULL) {
        memcpy(weight, v->class_size, v->classes * sizeof *weight);
        return PARLEY_OK;
    }
    memset(weight, 0, v->classes * sizeof *weight);
    uint32_t words = bit_words(v->size);
    for (uint32_t w = 0; w < words; w++) {
        uint64_t x = clamp[w];
        if (w == words - 1 && v->size % 64 != 0)
            x &= bit_low(v->size % 64);
        if (v->class_of == NULL)
            weight[0] += bit_ones(x);
        else
            for (; x != 0; x &= x - 1)
                weight[v->class_of[w * 64 + bit_first(x)]]++;
    }
    return question_work(q, v->size);
}

/* Number the classes that are left (allowed) so that those no literal in use tells apart share one.
 */
static parley_status merge_classes(question *q, uint32_t variable, const used_literals *u,
                                   uint32_t *label, uint32_t *labels)
{
    const value_classes *v = &q->s->variable[variable];
    scratch_mark mark = scratch_here(q->tmp);
    uint32_t *pair = SCRATCH(q->tmp, uint32_t, (size_t)v->classes * 2);
    if (pair == NULL)
        return question_nomem(q);
    uint32_t used = 0;
    for (uint32_t c = 0; c < v->classes; c++)
        if (label[c] != SPACE_NONE)
            used = 1;
    for (uint32_t i = 0; i < v->literals && used > 0; i++) {
        if (!u->seen[u->start[variable] + i])
            continue;
        const uint64_t *set = v->literal + (size_t)i * v->words;
        for (uint32_t j = 0; j < 2 * used; j++)
            pair[j] = SPACE_NONE;
        used = 0;
        for (uint32_t c = 0; c < v->classes; c++) {
            if (label[c] == SPACE_NONE)
                continue;
            uint32_t *p = &pair[2 * label[c] + bit_get(set, c)];
            if (*p == SPACE_NONE)
                *p = used++;
            label[c] = *p;
        }
    }
    *labels = used;
    scratch_reset(q->tmp, mark);
    return question_work(q, (uint64_t)v->classes * u->touched[variable]);
}

/* Filter, merge, and make the variables of the net. */
static parley_status compile_variables(question *q, const uint64_t *const *allow,
                                       const used_literals *u)
{
    space *s = q->s;
    for (uint32_t v = 0; v < s->variables; v++) {
        const value_classes *c = &s->variable[v];
        uint32_t *label = SCRATCH(q->tmp, uint32_t, c->classes);
        if (label == NULL)
            return question_nomem(q);
        q->map[v] = label;
        q->net_of[v] = SPACE_NONE;
        scratch_mark mark = scratch_here(q->tmp);
        uint32_t *weight = SCRATCH(q->tmp, uint32_t, c->classes);
        if (weight == NULL)
            return question_nomem(q);
        parley_status status = class_weights(q, v, weight);
        if (status != PARLEY_OK)
            return status;
        uint32_t total = 0;
        for (uint32_t i = 0; i < c->classes; i++) {
            if (weight[i] == 0 || (allow[v] != NULL && !bit_get(allow[v], i))) {
                label[i] = SPACE_NONE;
                continue;
            }
            label[i] = 0;
            total += weight[i];
        }
        q->total[v] = total;
        uint32_t k = 0;
        if (total == 0)
            q->empty = true;
        else if (u->touched[v] > 0)
            status = merge_classes(q, v, u, label, &k);
        if (status != PARLEY_OK)
            return status;
        if (k < 2) {
            scratch_reset(q->tmp, mark);
            continue;
        }
        net_variable *n = net_new_variable(q->tmp, &q->net, k);
        uint32_t *sum = n != NULL ? SCRATCH_ZERO(q->tmp, uint32_t, k) : NULL;
        if (sum == NULL)
            return question_nomem(q);
        for (uint32_t i = 0; i < c->classes; i++)
            if (label[i] != SPACE_NONE)
                sum[label[i]] += weight[i];
        n->weight = sum;
        n->projected = c->projected;
        q->net_of[v] = q->net.variables - 1;
    }
    return PARLEY_OK;
}

/* ------------------------------------------------------------------ compile */

static parley_status compile_constraint(question *q, uint32_t id, bool firm)
{
    const constraint *c = &q->s->constraint[id];
    parley_status status = PARLEY_OK;
    if (c->never) {
        net_table *t = net_new_table(q->tmp, &q->net, 0);
        if (t == NULL)
            return question_nomem(q);
        t->owner = firm ? SPACE_NONE : id;
        t->words = 1;
        t->rows = 1;
        t->row = SCRATCH_ZERO(q->tmp, uint64_t, 1);
        if (t->row == NULL)
            return question_nomem(q);
        q->empty = q->empty || firm;
        return PARLEY_OK;
    }
    for (uint32_t i = 0; i < c->count && status == PARLEY_OK; i++) {
        const part *p = &q->s->part[c->part + i];
        if (!firm || !part_unary(q->s, p))
            status = part_tables(q, p, firm ? SPACE_NONE : id);
        if (q->empty)
            break;
    }
    return status;
}

parley_status question_begin(question *q, space *s, space_set firm, space_set soft, uint32_t extra,
                             space_clamp clamp, parley_error *err)
{
    *q = (question){.s = s, .err = err, .tmp = &s->tmp, .clamp = clamp};
    q->mark = scratch_here(q->tmp);
    s->work = (space_work){0, 0, 0, 0};
    q->map = SCRATCH(q->tmp, uint32_t *, s->variables);
    q->net_of = SCRATCH(q->tmp, uint32_t, s->variables);
    q->total = SCRATCH(q->tmp, uint32_t, s->variables);
    uint64_t **allow = SCRATCH_ZERO(q->tmp, uint64_t *, s->variables);
    used_literals u;
    u.start = SCRATCH(q->tmp, uint32_t, (size_t)s->variables + 1);
    u.touched = SCRATCH_ZERO(q->tmp, uint32_t, s->variables);
    if (q->map == NULL || q->net_of == NULL || q->total == NULL || allow == NULL ||
        u.start == NULL || u.touched == NULL)
        return question_nomem(q);
    uint32_t literals = 0;
    for (uint32_t v = 0; v < s->variables; v++) {
        u.start[v] = literals;
        literals += s->variable[v].literals;
    }
    u.start[s->variables] = literals;
    u.seen = SCRATCH_ZERO(q->tmp, bool, literals);
    if (u.seen == NULL)
        return question_nomem(q);

    for (uint32_t id = 0; id < s->constraints; id++) {
        bool is_firm = set_has(firm, id) || id == extra;
        if (!is_firm && !set_has(soft, id))
            continue;
        const constraint *c = &s->constraint[id];
        for (uint32_t i = 0; i < c->count; i++) {
            const part *p = &s->part[c->part + i];
            if (!is_firm || !part_unary(s, p)) {
                use_part(s, p, &u);
                continue;
            }
            const node *n = &s->node[p->root];
            const value_classes *v = &s->variable[n->variable];
            const uint64_t *set = v->literal + (size_t)n->first * v->words;
            uint32_t words = bit_words(v->classes);
            uint64_t **a = &allow[n->variable];
            if (*a == NULL) {
                *a = SCRATCH(q->tmp, uint64_t, words);
                if (*a == NULL)
                    return question_nomem(q);
                memcpy(*a, set, words * sizeof **a);
            } else {
                for (uint32_t w = 0; w < words; w++)
                    (*a)[w] &= set[w];
            }
        }
    }
    parley_status status = compile_variables(q, (const uint64_t *const *)allow, &u);
    for (uint32_t i = 0; i < QUESTION_BUCKETS; i++)
        q->bucket[i] = SPACE_NONE;
    for (uint32_t pass = 0; pass < 2; pass++)
        for (uint32_t id = 0; id < s->constraints && status == PARLEY_OK && !q->empty; id++) {
            bool is_firm = set_has(firm, id) || id == extra;
            if (pass == 0 ? is_firm : !is_firm && set_has(soft, id))
                status = compile_constraint(q, id, is_firm);
        }
    return status;
}

void question_end(question *q)
{
    scratch_reset(q->tmp, q->mark);
    if (q->mark.block == NULL && q->s->tmp.total > (size_t)1 << 24)
        scratch_trim(q->tmp, (size_t)1 << 22);
    if (q->cache.slots > 0)
        scratch_trim(&q->s->cache, (size_t)1 << 16);
}
