/*
 * From the constraints switched on to a net of small bit tables.
 *
 * Unary constraints and the clamp filter the classes of each variable; classes that no remaining
 * literal tells apart are merged, so a variable of the net has as few classes as the question
 * needs. A constraint whose table would be large is cut along its connectives: auxiliary two-valued
 * variables stand for subformulas (in both directions, so that each assignment extends in exactly
 * one way and counts stay). Tables are computed 64 entries at a time.
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

static bool part_unary(const space *s, const part *p)
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

/* ------------------------------------------------------------------- tables */

/* An operand: a node of the part, or a variable of the net that stands for one. */
#define REF_AUX 0x80000000u

typedef struct cutter {
    question *q;
    const part *p;
    uint32_t owner;
    uint32_t *aux;   /* [nodes of the part]: variable of the net that stands for it, or NONE */
    bool *need;      /* [nodes of the part] */
    uint64_t **bits; /* [nodes of the part] */
} cutter;

static bool mark_variable(uint32_t variable, uint32_t *scope, uint32_t *count)
{
    for (uint32_t i = 0; i < *count; i++)
        if (scope[i] == variable)
            return true;
    if (*count == SPACE_ARITY)
        return false;
    scope[(*count)++] = variable;
    return true;
}

/* Fill a bit pattern: is digit `at` (of size k, stride s) of an entry's number in `set`? */
static void fill_literal(uint64_t *out, uint32_t entries, uint32_t stride, uint32_t k,
                         const uint64_t *set)
{
    memset(out, 0, bit_words(entries) * sizeof *out);
    for (uint32_t c = 0; c < k; c++) {
        if (!bit_get(set, c))
            continue;
        for (uint32_t at = c * stride; at < entries; at += k * stride)
            for (uint32_t i = at; i < at + stride; i++)
                bit_set(out, i);
    }
}

/* Classes of the net in which a literal holds. */
static void literal_classes(const question *q, const node *n, uint64_t *out, uint32_t words)
{
    const value_classes *v = &q->s->variable[n->variable];
    const uint64_t *set = v->literal + (size_t)n->first * v->words;
    const uint32_t *map = q->map[n->variable];
    memset(out, 0, words * sizeof *out);
    for (uint32_t c = 0; c < v->classes; c++)
        if (map[c] != SPACE_NONE && bit_get(set, c))
            bit_set(out, map[c]);
}

/* Truth of one operand over all entries. */
static const uint64_t *evaluate(cutter *c, uint32_t ref, const uint32_t *scope,
                                const uint32_t *stride, uint32_t arity, uint32_t entries)
{
    question *q = c->q;
    const space *s = q->s;
    uint32_t words = bit_words(entries);
    if (ref & REF_AUX) {
        uint64_t *out = SCRATCH(q->tmp, uint64_t, words);
        if (out == NULL)
            return NULL;
        const uint64_t yes = 2;
        for (uint32_t i = 0; i < arity; i++)
            if (scope[i] == (ref & ~REF_AUX))
                fill_literal(out, entries, stride[i], 2, &yes);
        return out;
    }
    uint32_t first = c->p->first;
    for (uint32_t i = 0; i <= ref - first; i++) {
        const node *n = &s->node[first + i];
        if (!c->need[i] || c->bits[i] != NULL)
            continue;
        uint64_t *out = SCRATCH(q->tmp, uint64_t, words);
        if (out == NULL)
            return NULL;
        c->bits[i] = out;
        if (c->aux[i] != SPACE_NONE) {
            const uint64_t yes = 2;
            for (uint32_t j = 0; j < arity; j++)
                if (scope[j] == c->aux[i])
                    fill_literal(out, entries, stride[j], 2, &yes);
            continue;
        }
        const uint32_t *arg = s->arg + n->first;
        switch ((node_op)n->op) {
        case NODE_TRUE:
        case NODE_FALSE:
            memset(out, n->op == NODE_TRUE ? 0xff : 0, words * sizeof *out);
            break;
        case NODE_LITERAL: {
            uint32_t at = q->net_of[n->variable];
            uint32_t k = at != SPACE_NONE ? q->net.variable[at].k : 1;
            scratch_mark here = scratch_here(q->tmp);
            uint64_t *set = SCRATCH(q->tmp, uint64_t, bit_words(k));
            if (set == NULL)
                return NULL;
            literal_classes(q, n, set, bit_words(k));
            if (at == SPACE_NONE)
                memset(out, set[0] != 0 ? 0xff : 0, words * sizeof *out);
            for (uint32_t j = 0; at != SPACE_NONE && j < arity; j++)
                if (scope[j] == at)
                    fill_literal(out, entries, stride[j], k, set);
            scratch_reset(q->tmp, here);
            break;
        }
        case NODE_AND:
        case NODE_OR:
            memcpy(out, c->bits[arg[0] - first], words * sizeof *out);
            for (uint32_t j = 1; j < n->count; j++)
                for (uint32_t w = 0; w < words; w++)
                    if (n->op == NODE_AND)
                        out[w] &= c->bits[arg[j] - first][w];
                    else
                        out[w] |= c->bits[arg[j] - first][w];
            break;
        case NODE_IFF: {
            const uint64_t *head = c->bits[arg[0] - first];
            uint64_t flip = n->negated ? ~(uint64_t)0 : 0;
            memset(out, 0, words * sizeof *out);
            for (uint32_t j = 1; j < n->count; j++)
                for (uint32_t w = 0; w < words; w++)
                    out[w] |= head[w] ^ c->bits[arg[j] - first][w];
            for (uint32_t w = 0; w < words; w++)
                out[w] = ~out[w] ^ flip;
            break;
        }
        }
    }
    return c->bits[ref - first];
}

/* Mark the nodes that an operand is computed from, and collect its variables. False: too many. */
static bool collect(cutter *c, uint32_t ref, uint32_t *scope, uint32_t *count)
{
    const space *s = c->q->s;
    if (ref & REF_AUX)
        return mark_variable(ref & ~REF_AUX, scope, count);
    uint32_t first = c->p->first;
    c->need[ref - first] = true;
    for (uint32_t i = ref - first + 1; i-- > 0;) {
        if (!c->need[i])
            continue;
        const node *n = &s->node[first + i];
        uint32_t variable = SPACE_NONE;
        if (c->aux[i] != SPACE_NONE)
            variable = c->aux[i];
        else if (n->op == NODE_LITERAL)
            variable = c->q->net_of[n->variable];
        else
            for (uint32_t j = 0; j < n->count; j++)
                c->need[s->arg[n->first + j] - first] = true;
        if (variable != SPACE_NONE && !mark_variable(variable, scope, count))
            return false;
    }
    return true;
}

/* Entries of a table over these variables, saturating. */
static uint64_t table_size(const net *n, const uint32_t *scope, uint32_t count)
{
    uint64_t size = 1;
    for (uint32_t i = 0; i < count; i++)
        if (__builtin_mul_overflow(size, (uint64_t)n->variable[scope[i]].k, &size))
            return UINT64_MAX;
    return size;
}

static void forget(cutter *c)
{
    uint32_t span = c->p->root - c->p->first + 1;
    memset(c->need, 0, span * sizeof *c->need);
    memset(c->bits, 0, span * sizeof *c->bits);
}

typedef enum cut_op { CUT_AND, CUT_OR, CUT_ALIKE } cut_op;

/*
 * A table that says: [out iff] (ref[0] op ref[1] op ...). CUT_ALIKE: ref[0] (if not NONE) and
 * (ref[1] iff ref[2]). out NONE: the operation itself holds.
 */
static parley_status emit(cutter *c, cut_op op, const uint32_t *ref, uint32_t refs, uint32_t out)
{
    question *q = c->q;
    uint32_t scope[SPACE_ARITY], stride[SPACE_ARITY], arity = 0;
    forget(c);
    bool fits = true, projected = false;
    for (uint32_t i = 0; i < refs; i++)
        if (ref[i] != SPACE_NONE)
            fits = fits && collect(c, ref[i], scope, &arity);
    for (uint32_t i = 0; i < arity; i++)
        projected = projected || q->net.variable[scope[i]].projected;
    if (out != SPACE_NONE) {
        q->net.variable[out].projected = projected;
        fits = fits && mark_variable(out, scope, &arity);
    }
    uint64_t size = table_size(&q->net, scope, arity);
    if (!fits || size > UINT32_MAX / 2)
        return parley_fail(q->err, PARLEY_INTERNAL, "a table of a constraint does not fit");
    sort_u32(scope, arity);
    uint32_t entries = (uint32_t)size, words = bit_words(entries);
    for (uint32_t i = 0, at = 1; i < arity; i++) {
        stride[i] = at;
        at *= q->net.variable[scope[i]].k;
    }
    net_table *t = net_new_table(q->tmp, &q->net, arity);
    if (t == NULL)
        return question_nomem(q);
    memcpy(t->scope, scope, arity * sizeof *scope);
    t->owner = c->owner;
    uint32_t k0 = arity > 0 ? q->net.variable[scope[0]].k : 1;
    t->words = bit_words(k0);
    t->rows = entries / k0;
    t->row = SCRATCH_ZERO(q->tmp, uint64_t, (size_t)t->rows * t->words);
    scratch_mark mark = scratch_here(q->tmp);
    uint64_t *sum = SCRATCH(q->tmp, uint64_t, words);
    if (t->row == NULL || sum == NULL)
        return question_nomem(q);
    memset(sum, op == CUT_OR ? 0 : 0xff, words * sizeof *sum);
    for (uint32_t i = 0; i < refs; i++) {
        if (ref[i] == SPACE_NONE)
            continue;
        const uint64_t *x = evaluate(c, ref[i], scope, stride, arity, entries);
        if (x == NULL)
            return question_nomem(q);
        if (op == CUT_ALIKE && i == 1) {
            const uint64_t *y = evaluate(c, ref[2], scope, stride, arity, entries);
            if (y == NULL)
                return question_nomem(q);
            for (uint32_t w = 0; w < words; w++)
                sum[w] &= ~(x[w] ^ y[w]);
            break;
        }
        for (uint32_t w = 0; w < words; w++)
            if (op == CUT_OR)
                sum[w] |= x[w];
            else
                sum[w] &= x[w];
    }
    if (out != SPACE_NONE) {
        const uint64_t *x = evaluate(c, out | REF_AUX, scope, stride, arity, entries);
        if (x == NULL)
            return question_nomem(q);
        for (uint32_t w = 0; w < words; w++)
            sum[w] = ~(sum[w] ^ x[w]);
    }
    if (entries % 64 != 0)
        sum[words - 1] &= bit_low(entries % 64);
    uint32_t ones = 0;
    for (uint32_t w = 0; w < words; w++)
        ones += bit_ones(sum[w]);
    for (uint32_t r = 0, at = 0; r < t->rows; r++)
        for (uint32_t x = 0; x < k0; x++, at++)
            if (bit_get(sum, at))
                bit_set(t->row + (size_t)r * t->words, x);
    scratch_reset(q->tmp, mark);
    q->s->work.tables++;
    q->s->work.entries += entries;
    if (ones == entries)
        q->net.tables--;
    else if (ones == 0 && t->owner == SPACE_NONE)
        q->empty = true;
    return question_work(q, entries);
}

static uint64_t refs_size(cutter *c, const uint32_t *ref, uint32_t refs)
{
    uint32_t scope[SPACE_ARITY], arity = 0;
    forget(c);
    for (uint32_t i = 0; i < refs; i++)
        if (ref[i] != SPACE_NONE && !collect(c, ref[i], scope, &arity))
            return UINT64_MAX;
    return table_size(&c->q->net, scope, arity);
}

static parley_status new_aux(cutter *c, uint32_t *out)
{
    if (net_new_variable(c->q->tmp, &c->q->net, 2) == NULL)
        return question_nomem(c->q);
    *out = c->q->net.variables - 1;
    return PARLEY_OK;
}

/* Let an auxiliary variable stand for a node. */
static parley_status stand_for(cutter *c, uint32_t node_)
{
    uint32_t out = 0;
    parley_status status = new_aux(c, &out);
    if (status == PARLEY_OK)
        status = emit(c, CUT_AND, &node_, 1, out);
    if (status == PARLEY_OK)
        c->aux[node_ - c->p->first] = out;
    return status;
}

/* Cut AND, OR: chain its operands in groups that fit. At the root the last group holds by itself.
 */
static parley_status cut_chain(cutter *c, uint32_t at, bool root)
{
    const node *n = &c->q->s->node[at];
    const uint32_t *arg = c->q->s->arg + n->first;
    cut_op op = n->op == NODE_AND ? CUT_AND : CUT_OR;
    uint32_t *group = SCRATCH(c->q->tmp, uint32_t, (size_t)n->count + 1);
    if (group == NULL)
        return question_nomem(c->q);
    uint32_t groups = 0;
    for (uint32_t i = 0; i < n->count; i++) {
        group[groups] = arg[i];
        if (refs_size(c, group, groups + 1) <= SPACE_TABLE / 2) {
            groups++;
            continue;
        }
        uint32_t out = 0;
        parley_status status = new_aux(c, &out);
        if (status == PARLEY_OK)
            status = emit(c, op, group, groups, out);
        if (status != PARLEY_OK)
            return status;
        group[0] = out | REF_AUX;
        group[1] = arg[i];
        groups = 2;
    }
    if (root)
        return emit(c, op, group, groups, SPACE_NONE);
    uint32_t out = 0;
    parley_status status = new_aux(c, &out);
    if (status == PARLEY_OK)
        status = emit(c, op, group, groups, out);
    c->aux[at - c->p->first] = out;
    return status;
}

static parley_status cut_iff(cutter *c, uint32_t at, bool root)
{
    const node *n = &c->q->s->node[at];
    const uint32_t *arg = c->q->s->arg + n->first;
    parley_status status = PARLEY_OK;
    if (c->aux[arg[0] - c->p->first] == SPACE_NONE)
        status = stand_for(c, arg[0]);
    uint32_t all = SPACE_NONE;
    for (uint32_t i = 1; i < n->count && status == PARLEY_OK; i++) {
        uint32_t out = SPACE_NONE;
        if (!root || n->negated)
            status = new_aux(c, &out);
        if (status != PARLEY_OK)
            break;
        uint32_t ref[3] = {all, arg[0], arg[i]};
        status = emit(c, CUT_ALIKE, ref, 3, out);
        if (out != SPACE_NONE)
            all = out | REF_AUX;
    }
    if (status != PARLEY_OK || (root && !n->negated))
        return status;
    /* Negated: one more variable that says the opposite; at the root the opposite holds. */
    uint32_t out = all & ~REF_AUX;
    if (n->negated) {
        net_table *t;
        uint32_t flipped = SPACE_NONE;
        if (!root)
            status = new_aux(c, &flipped);
        if (status != PARLEY_OK)
            return status;
        t = net_new_table(c->q->tmp, &c->q->net, root ? 1 : 2);
        if (t == NULL)
            return question_nomem(c->q);
        t->owner = c->owner;
        t->words = 1;
        t->rows = root ? 1 : 2;
        t->scope[0] = out;
        if (!root) {
            t->scope[1] = flipped;
            c->q->net.variable[flipped].projected = c->q->net.variable[out].projected;
        }
        t->row = SCRATCH(c->q->tmp, uint64_t, t->rows);
        if (t->row == NULL)
            return question_nomem(c->q);
        t->row[0] = root ? 1 : 2;
        if (!root)
            t->row[1] = 1;
        out = flipped;
    }
    c->aux[at - c->p->first] = out;
    return PARLEY_OK;
}

/* A part that is too wide for one table. */
static parley_status cut(cutter *c)
{
    const space *s = c->q->s;
    const part *p = c->p;
    for (uint32_t at = p->first; at <= p->root; at++) {
        const node *n = &s->node[at];
        if (n->op == NODE_TRUE || n->op == NODE_FALSE)
            continue;
        bool root = at == p->root;
        /* What stands under a connective leaves room for two auxiliary variables beside it. */
        uint64_t size = refs_size(c, &at, 1);
        if (size <= SPACE_TABLE / 8 && !root)
            continue;
        parley_status status;
        if (n->op == NODE_LITERAL || (size <= SPACE_TABLE / 2 && !root))
            status = stand_for(c, at);
        else if (n->op == NODE_IFF)
            status = cut_iff(c, at, root);
        else
            status = cut_chain(c, at, root);
        if (status != PARLEY_OK)
            return status;
    }
    return PARLEY_OK;
}

static parley_status compile_part(question *q, const part *p, uint32_t owner)
{
    uint32_t span = p->root - p->first + 1;
    cutter c = {.q = q, .p = p, .owner = owner};
    c.aux = SCRATCH(q->tmp, uint32_t, span);
    c.need = SCRATCH_ZERO(q->tmp, bool, span);
    c.bits = SCRATCH_ZERO(q->tmp, uint64_t *, span);
    if (c.aux == NULL || c.need == NULL || c.bits == NULL)
        return question_nomem(q);
    for (uint32_t i = 0; i < span; i++)
        c.aux[i] = SPACE_NONE;
    uint64_t size = 1;
    for (uint32_t i = 0; i < p->scope_count; i++) {
        uint32_t at = q->net_of[q->s->scope[p->scope + i]];
        if (at != SPACE_NONE && size <= SPACE_TABLE)
            size *= q->net.variable[at].k;
    }
    if (size <= SPACE_TABLE || part_unary(q->s, p))
        return emit(&c, CUT_AND, &p->root, 1, SPACE_NONE);
    return cut(&c);
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
            status = compile_part(q, p, firm ? SPACE_NONE : id);
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
