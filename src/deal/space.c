/*
 * A space: its variables and its constraints in negation normal form, and the questions that need
 * no machinery of their own. Conjunctions at the top are cut into parts, literals of one variable
 * under one connective are merged, constants disappear; so a part over one variable is one literal.
 */
#include "deal/space_internal.h"

#include <string.h>

parley_status space_new(space **out, parley_ctx *ctx, uint32_t variables,
                        const space_variable *variable, parley_error *err)
{
    *out = NULL;
    for (uint32_t v = 0; v < variables; v++) {
        if (variable[v].size == 0)
            return parley_fail(err, PARLEY_INVALID, "variable %u has no values; it needs one", v);
        if (variable[v].size > parley_ctx_limits(ctx)->options)
            return parley_fail(err, PARLEY_LIMIT, "variable %u has %u values; limit options is %u",
                               v, variable[v].size, parley_ctx_limits(ctx)->options);
    }
    space *s = parley_alloc(ctx, sizeof *s);
    if (s == NULL)
        return parley_fail(err, PARLEY_NOMEM, "no memory for a space");
    s->ctx = ctx;
    s->tmp.ctx = ctx;
    s->cache.ctx = ctx;
    s->variables = variables;
    if (variables > 0) {
        s->variable = parley_alloc(ctx, variables * sizeof *s->variable);
        if (s->variable == NULL)
            goto nomem;
    }
    for (uint32_t v = 0; v < variables; v++) {
        value_classes *c = &s->variable[v];
        c->size = variable[v].size;
        c->projected = variable[v].projected;
        c->class_size = parley_alloc(ctx, 2 * sizeof *c->class_size);
        if (c->class_size == NULL)
            goto nomem;
        c->class_room = 2;
        c->classes = 1;
        c->class_size[0] = c->size;
        c->words = 1;
    }
    *out = s;
    return PARLEY_OK;
nomem:
    space_free(s);
    return parley_fail(err, PARLEY_NOMEM, "no memory for a space");
}

void space_free(space *s)
{
    if (s == NULL)
        return;
    for (uint32_t v = 0; s->variable != NULL && v < s->variables; v++)
        classes_free(s, &s->variable[v]);
    parley_release(s->ctx, s->variable, s->variables * sizeof *s->variable);
    parley_release(s->ctx, s->node, s->node_room * sizeof *s->node);
    parley_release(s->ctx, s->arg, s->arg_room * sizeof *s->arg);
    parley_release(s->ctx, s->scope, s->scope_room * sizeof *s->scope);
    parley_release(s->ctx, s->part, s->part_room * sizeof *s->part);
    parley_release(s->ctx, s->constraint, s->constraint_room * sizeof *s->constraint);
    scratch_trim(&s->tmp, 0);
    scratch_trim(&s->cache, 0);
    parley_release(s->ctx, s, sizeof *s);
}

uint32_t space_constraints(const space *s)
{
    return s->constraints;
}

space_work space_last_work(const space *s)
{
    return s->work;
}

space_state space_here(const space *s)
{
    return (space_state){s->nodes, s->args, s->scopes, s->parts, s->constraints, NULL};
}

void space_back(space *s, space_state state)
{
    s->nodes = state.nodes;
    s->args = state.args;
    s->scopes = state.scopes;
    s->parts = state.parts;
    s->constraints = state.constraints;
    for (uint32_t v = 0; state.literals != NULL && v < s->variables; v++)
        s->variable[v].literals = state.literals[v];
}

void sort_u32(uint32_t *a, uint32_t n)
{
    uint32_t gap = 1;
    while (gap < n / 3)
        gap = gap * 3 + 1;
    for (; gap > 0; gap /= 3)
        for (uint32_t i = gap; i < n; i++) {
            uint32_t x = a[i], j = i;
            for (; j >= gap && a[j - gap] > x; j -= gap)
                a[j] = a[j - gap];
            a[j] = x;
        }
}

/* ------------------------------------------------------------ expressions in */

/* One step of the walk: an expression under a polarity, or (leave) all its operands are done. */
typedef struct walk_step {
    const space_expr *e;
    bool negated;
    bool leave;
} walk_step;

/* A node under construction. low: its subtree lies in low .. itself. */
typedef struct draft {
    uint8_t op;
    bool negated;
    uint32_t variable;
    uint32_t low;
    uint32_t count;
    uint32_t *arg;
    uint64_t *set; /* LITERAL: classes */
} draft;

typedef struct builder {
    space *s;
    parley_error *err;
    scratch *tmp;
    walk_step *order; /* in the order of leaving */
    uint32_t orders, order_room;
    draft *draft;
    uint32_t drafts, draft_room;
    uint32_t *stack; /* finished operands */
    uint32_t *slot;  /* [variables] position + 1 of the merged literal */
} builder;

static parley_status builder_nomem(builder *b)
{
    return parley_fail(b->err, PARLEY_NOMEM, "no memory for a constraint");
}

/* Grow an array in scratch by doubling. */
static void *grow(scratch *m, void *old, uint32_t used, uint32_t *room, size_t size)
{
    if (used < *room)
        return old;
    if (*room > UINT32_MAX / 2)
        return NULL;
    uint32_t next = *room < 16 ? 32 : *room * 2;
    void *p = scratch_alloc(m, next, size);
    if (p == NULL)
        return NULL;
    if (used > 0)
        memcpy(p, old, used * size);
    *room = next;
    return p;
}

static parley_status check(builder *b, const space_expr *e)
{
    if (e == NULL)
        return parley_fail(b->err, PARLEY_INVALID, "an operand is missing");
    switch (e->kind) {
    case SPACE_TRUE:
    case SPACE_FALSE:
        return PARLEY_OK;
    case SPACE_LITERAL:
        if (e->variable >= b->s->variables)
            return parley_fail(b->err, PARLEY_INVALID, "no variable %u; the space has %u",
                               e->variable, b->s->variables);
        if (e->set == NULL)
            return parley_fail(b->err, PARLEY_INVALID, "a literal has no set of values");
        return classes_refine(b->s, e->variable, e->set, b->err);
    case SPACE_NOT:
        if (e->count != 1)
            return parley_fail(b->err, PARLEY_INVALID, "`not` has %u operands; it takes one",
                               e->count);
        break;
    case SPACE_AND:
    case SPACE_OR:
    case SPACE_IFF:
        break;
    default:
        return parley_fail(b->err, PARLEY_INVALID, "%d is no kind of expression", (int)e->kind);
    }
    if (e->count > 0 && e->arg == NULL)
        return parley_fail(b->err, PARLEY_INVALID, "an expression has no operands");
    return PARLEY_OK;
}

/* The expression in the order operands first; refines the classes by all its literals. */
static parley_status walk(builder *b, const space_expr *e, bool negated)
{
    uint32_t limit = parley_ctx_limits(b->s->ctx)->nodes;
    uint32_t steps = 0, room = 0;
    walk_step *step = grow(b->tmp, NULL, 0, &room, sizeof *step);
    if (step == NULL)
        return builder_nomem(b);
    step[steps++] = (walk_step){e, negated, false};
    while (steps > 0) {
        walk_step at = step[--steps];
        if (!at.leave) {
            parley_status status = check(b, at.e);
            if (status != PARLEY_OK)
                return status;
            uint32_t count = at.e->kind >= SPACE_NOT ? at.e->count : 0;
            if (b->orders >= limit || steps >= limit || count >= limit)
                return parley_fail(b->err, PARLEY_LIMIT,
                                   "a constraint is larger than limit nodes, %u", limit);
            if (count > 0) {
                at.leave = true;
                bool inner = at.e->kind == SPACE_IFF   ? false
                             : at.e->kind == SPACE_NOT ? !at.negated
                                                       : at.negated;
                for (uint32_t i = 0; i <= count; i++) {
                    step = grow(b->tmp, step, steps, &room, sizeof *step);
                    if (step == NULL)
                        return builder_nomem(b);
                    /* The last operand is pushed first, so that they come out in order. */
                    step[steps++] = i == 0 ? at : (walk_step){at.e->arg[count - i], inner, false};
                }
                continue;
            }
        }
        b->order = grow(b->tmp, b->order, b->orders, &b->order_room, sizeof *b->order);
        if (b->order == NULL)
            return builder_nomem(b);
        b->order[b->orders++] = at;
    }
    return PARLEY_OK;
}

static draft *new_draft(builder *b, node_op op)
{
    draft *d = grow(b->tmp, b->draft, b->drafts, &b->draft_room, sizeof *d);
    if (d == NULL)
        return NULL;
    b->draft = d;
    d += b->drafts;
    *d = (draft){.op = (uint8_t)op, .low = b->drafts};
    b->drafts++;
    return d;
}

/* A literal, or the constant it amounts to. */
static parley_status new_literal(builder *b, uint32_t variable, const uint64_t *set, bool negated)
{
    const value_classes *v = &b->s->variable[variable];
    uint32_t words = bit_words(v->classes);
    draft *d = new_draft(b, NODE_LITERAL);
    if (d == NULL)
        return builder_nomem(b);
    d->variable = variable;
    d->set = SCRATCH(b->tmp, uint64_t, words);
    if (d->set == NULL)
        return builder_nomem(b);
    bool none = true, all = true;
    for (uint32_t w = 0; w < words; w++) {
        uint64_t full =
            w < words - 1 || v->classes % 64 == 0 ? ~(uint64_t)0 : bit_low(v->classes % 64);
        d->set[w] = (negated ? ~set[w] : set[w]) & full;
        none = none && d->set[w] == 0;
        all = all && d->set[w] == full;
    }
    if (none || all)
        d->op = (uint8_t)(all ? NODE_TRUE : NODE_FALSE);
    return PARLEY_OK;
}

static parley_status leave_literal(builder *b, const space_expr *e, bool negated)
{
    const value_classes *v = &b->s->variable[e->variable];
    uint64_t *set = SCRATCH(b->tmp, uint64_t, bit_words(v->classes));
    if (set == NULL)
        return builder_nomem(b);
    classes_of_set(v, e->set, set);
    return new_literal(b, e->variable, set, negated);
}

/* AND, OR over finished operands: flatten, drop constants, merge literals of one variable. */
static parley_status leave_chain(builder *b, node_op op, const uint32_t *operand, uint32_t count)
{
    node_op zero = op == NODE_AND ? NODE_FALSE : NODE_TRUE;
    uint32_t low = b->drafts;
    size_t room = 0;
    for (uint32_t i = 0; i < count; i++) {
        const draft *d = &b->draft[operand[i]];
        if (d->low < low)
            low = d->low;
        room += d->op == op ? d->count : 1;
    }
    uint32_t *arg = SCRATCH(b->tmp, uint32_t, room);
    uint32_t *seen = SCRATCH(b->tmp, uint32_t, room);
    if (arg == NULL || seen == NULL || room > UINT32_MAX / 2)
        return builder_nomem(b);
    uint32_t args = 0, seens = 0;
    bool dead = false;
    parley_status status = PARLEY_OK;
    for (uint32_t i = 0; i < count && !dead && status == PARLEY_OK; i++) {
        uint32_t self = operand[i];
        const uint32_t *from = &self;
        uint32_t n = 1;
        if (b->draft[self].op == op) {
            from = b->draft[self].arg;
            n = b->draft[self].count;
        }
        for (uint32_t j = 0; j < n && !dead; j++) {
            const draft *d = &b->draft[from[j]];
            if (d->op == NODE_TRUE || d->op == NODE_FALSE) {
                dead = d->op == zero;
                continue;
            }
            uint32_t *slot = d->op == NODE_LITERAL ? &b->slot[d->variable] : NULL;
            if (slot == NULL || *slot == 0) {
                if (slot != NULL) {
                    *slot = args + 1;
                    seen[seens++] = d->variable;
                }
                arg[args++] = from[j];
                continue;
            }
            uint32_t old = arg[*slot - 1], words = bit_words(b->s->variable[d->variable].classes);
            uint64_t *set = SCRATCH(b->tmp, uint64_t, words);
            if (set == NULL) {
                status = builder_nomem(b);
                break;
            }
            for (uint32_t w = 0; w < words; w++)
                set[w] = op == NODE_AND ? b->draft[old].set[w] & d->set[w]
                                        : b->draft[old].set[w] | d->set[w];
            uint32_t variable = d->variable;
            status = new_literal(b, variable, set, false);
            if (status != PARLEY_OK)
                break;
            arg[*slot - 1] = b->drafts - 1;
            dead = b->draft[b->drafts - 1].op == zero;
        }
    }
    for (uint32_t i = 0; i < seens; i++)
        b->slot[seen[i]] = 0;
    if (status != PARLEY_OK)
        return status;
    /* A merged literal may have become the neutral constant. */
    uint32_t kept = 0;
    for (uint32_t i = 0; i < args; i++)
        if (b->draft[arg[i]].op != NODE_TRUE && b->draft[arg[i]].op != NODE_FALSE)
            arg[kept++] = arg[i];
    if (!dead && kept == 1) {
        /* The operand itself, moved to the end so that it is the last draft. */
        draft copy = b->draft[arg[0]];
        draft *d = new_draft(b, NODE_TRUE);
        if (d == NULL)
            return builder_nomem(b);
        *d = copy;
        d->low = low;
        return PARLEY_OK;
    }
    draft *d = new_draft(b, dead        ? zero
                            : kept == 0 ? (op == NODE_AND ? NODE_TRUE : NODE_FALSE)
                                        : op);
    if (d == NULL)
        return builder_nomem(b);
    d->low = low;
    if (!dead && kept > 0) {
        d->arg = arg;
        d->count = kept;
    }
    return PARLEY_OK;
}

/* All operands alike. Over one variable (and constants) it is a literal. */
static parley_status leave_iff(builder *b, const uint32_t *operand, uint32_t count, bool negated)
{
    uint32_t low = b->drafts, variable = SPACE_NONE;
    bool wide = false;
    for (uint32_t i = 0; i < count; i++) {
        const draft *d = &b->draft[operand[i]];
        if (d->low < low)
            low = d->low;
        if (d->op == NODE_LITERAL && (variable == SPACE_NONE || variable == d->variable))
            variable = d->variable;
        else if (d->op != NODE_TRUE && d->op != NODE_FALSE)
            wide = true;
    }
    parley_status status = PARLEY_OK;
    if (!wide && variable != SPACE_NONE) {
        uint32_t classes = b->s->variable[variable].classes;
        uint64_t *set = SCRATCH_ZERO(b->tmp, uint64_t, bit_words(classes));
        if (set == NULL)
            return builder_nomem(b);
        for (uint32_t c = 0; c < classes; c++) {
            uint32_t yes = 0;
            for (uint32_t i = 0; i < count; i++) {
                const draft *d = &b->draft[operand[i]];
                yes += d->op == NODE_TRUE || (d->op == NODE_LITERAL && bit_get(d->set, c));
            }
            if (yes == 0 || yes == count)
                bit_set(set, c);
        }
        status = new_literal(b, variable, set, negated);
        if (status == PARLEY_OK)
            b->draft[b->drafts - 1].low = low;
        return status;
    }
    draft *d = new_draft(b, NODE_IFF);
    if (d == NULL)
        return builder_nomem(b);
    d->low = low;
    if (!wide) {
        uint32_t yes = 0;
        for (uint32_t i = 0; i < count; i++)
            yes += b->draft[operand[i]].op == NODE_TRUE;
        bool alike = yes == 0 || yes == count;
        d->op = (uint8_t)(alike != negated ? NODE_TRUE : NODE_FALSE);
        return PARLEY_OK;
    }
    uint32_t *arg = SCRATCH(b->tmp, uint32_t, count);
    if (arg == NULL)
        return builder_nomem(b);
    memcpy(arg, operand, count * sizeof *arg);
    d->arg = arg;
    d->count = count;
    d->negated = negated;
    return PARLEY_OK;
}

static parley_status build(builder *b)
{
    uint32_t depth = 0;
    b->stack = SCRATCH(b->tmp, uint32_t, b->orders);
    b->slot = SCRATCH_ZERO(b->tmp, uint32_t, b->s->variables);
    if (b->stack == NULL || b->slot == NULL)
        return builder_nomem(b);
    for (uint32_t i = 0; i < b->orders; i++) {
        const space_expr *e = b->order[i].e;
        bool negated = b->order[i].negated;
        uint32_t count = e->kind >= SPACE_NOT ? e->count : 0;
        parley_status status = PARLEY_OK;
        if (e->kind == SPACE_NOT)
            continue; /* its operand was walked with the other polarity */
        depth -= count;
        switch (e->kind) {
        case SPACE_TRUE:
        case SPACE_FALSE:
            if (new_draft(b, (e->kind == SPACE_TRUE) != negated ? NODE_TRUE : NODE_FALSE) == NULL)
                status = builder_nomem(b);
            break;
        case SPACE_LITERAL:
            status = leave_literal(b, e, negated);
            break;
        case SPACE_IFF:
            status = leave_iff(b, b->stack + depth, count, negated);
            break;
        case SPACE_AND:
        case SPACE_OR:
        case SPACE_NOT:
            status = leave_chain(b, (e->kind == SPACE_AND) != negated ? NODE_AND : NODE_OR,
                                 b->stack + depth, count);
            break;
        }
        if (status != PARLEY_OK)
            return status;
        b->stack[depth++] = b->drafts - 1;
    }
    return PARLEY_OK;
}

/* Store the subtree of a draft as a part. */
static parley_status emit_part(builder *b, uint32_t root)
{
    space *s = b->s;
    uint32_t low = b->draft[root].low, span = root - low + 1;
    bool *used = SCRATCH_ZERO(b->tmp, bool, span);
    uint32_t *to = SCRATCH(b->tmp, uint32_t, span);
    if (used == NULL || to == NULL)
        return builder_nomem(b);
    used[root - low] = true;
    uint32_t nodes = 0, args = 0, scopes = 0;
    for (uint32_t i = span; i-- > 0;) {
        const draft *d = &b->draft[low + i];
        if (!used[i])
            continue;
        for (uint32_t j = 0; j < d->count; j++)
            used[d->arg[j] - low] = true;
        nodes++;
        args += d->count;
        scopes += d->op == NODE_LITERAL && b->slot[d->variable] == 0;
        if (d->op == NODE_LITERAL)
            b->slot[d->variable] = 1;
    }
    parley_status status =
        space_room(s, &s->node, s->nodes, &s->node_room, nodes, sizeof *s->node, b->err);
    if (status == PARLEY_OK)
        status = space_room(s, &s->arg, s->args, &s->arg_room, args, sizeof *s->arg, b->err);
    if (status == PARLEY_OK)
        status =
            space_room(s, &s->scope, s->scopes, &s->scope_room, scopes, sizeof *s->scope, b->err);
    if (status == PARLEY_OK)
        status = space_room(s, &s->part, s->parts, &s->part_room, 1, sizeof *s->part, b->err);
    if (status != PARLEY_OK)
        return status;
    part *p = &s->part[s->parts];
    *p = (part){s->nodes, 0, s->scopes, scopes};
    for (uint32_t i = 0; i < span; i++) {
        const draft *d = &b->draft[low + i];
        if (!used[i])
            continue;
        node *n = &s->node[s->nodes];
        *n = (node){d->op, d->negated, d->variable, s->args, d->count};
        if (d->op == NODE_LITERAL) {
            status = classes_literal(s, d->variable, d->set, &n->first, b->err);
            if (status != PARLEY_OK)
                return status;
            if (b->slot[d->variable] != 0)
                s->scope[s->scopes++] = d->variable;
            b->slot[d->variable] = 0;
        }
        for (uint32_t j = 0; j < d->count; j++)
            s->arg[s->args++] = to[d->arg[j] - low];
        to[i] = s->nodes++;
    }
    p->root = s->nodes - 1;
    sort_u32(s->scope + p->scope, scopes);
    s->parts++;
    return PARLEY_OK;
}

parley_status space_put(space *s, const space_expr *e, bool negated, uint32_t *id,
                        parley_error *err)
{
    space_state state = space_here(s);
    scratch_mark mark = scratch_here(&s->tmp);
    builder b = {.s = s, .err = err, .tmp = &s->tmp};
    parley_status status = space_room(s, &s->constraint, s->constraints, &s->constraint_room, 1,
                                      sizeof *s->constraint, err);
    if (status == PARLEY_OK)
        status = walk(&b, e, negated);
    if (status == PARLEY_OK)
        status = build(&b);
    if (status != PARLEY_OK)
        goto out;
    constraint *c = &s->constraint[s->constraints];
    *c = (constraint){s->parts, 0, false};
    uint32_t root = b.drafts - 1;
    if (b.draft[root].op == NODE_FALSE)
        c->never = true;
    else if (b.draft[root].op == NODE_AND)
        for (uint32_t i = 0; i < b.draft[root].count && status == PARLEY_OK; i++)
            status = emit_part(&b, b.draft[root].arg[i]);
    else if (b.draft[root].op != NODE_TRUE)
        status = emit_part(&b, root);
    if (status != PARLEY_OK)
        goto out;
    c->count = s->parts - c->part;
    *id = s->constraints++;
out:
    scratch_reset(&s->tmp, mark);
    if (status != PARLEY_OK)
        space_back(s, state);
    return status;
}

parley_status space_add(space *s, const space_expr *e, uint32_t *id, parley_error *err)
{
    uint32_t made = 0;
    parley_status status = space_put(s, e, false, &made, err);
    if (id != NULL)
        *id = status == PARLEY_OK ? made : 0;
    return status;
}
