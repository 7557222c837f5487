/*
 * The bit tables of one part of a constraint, computed 64 entries at a time. A part whose table
 * would be large is cut along its connectives: auxiliary two-valued variables stand for
 * subformulas, in both directions, so that each assignment extends in exactly one way and counts
 * stay. Long chains of `and` and `or` become chains of small tables; "A, or all of these" becomes
 * "A or this" for each.
 */
#include "deal/space_internal.h"

#include <string.h>

/* An operand: a node of the part, or a variable of the net that stands for one. */
#define REF_AUX 0x80000000u

/* What stands under a connective leaves room for two auxiliary variables beside it, and some
 * company. */
#define CUT_OPERAND (SPACE_TABLE / 8)
/* A group that an auxiliary variable stands for. */
#define CUT_GROUP (SPACE_TABLE / 2)

typedef struct cutter {
    question *q;
    const part *p;
    uint32_t owner;
    uint32_t *aux;   /* [nodes of the part]: variable of the net that stands for it, or NONE */
    uint32_t *low;   /* [nodes of the part]: its subtree is low .. itself */
    uint32_t *live;  /* [nodes of the part]: those one operand is computed from, last first */
    uint64_t **bits; /* [nodes of the part]: truth over all entries */
} cutter;

typedef enum cut_op { CUT_AND, CUT_OR, CUT_ALIKE } cut_op;

/* -------------------------------------------------------------------- scopes */

static bool add_variable(uint32_t variable, uint32_t *scope, uint32_t *count)
{
    for (uint32_t i = 0; i < *count; i++)
        if (scope[i] == variable)
            return true;
    if (*count == SPACE_ARITY)
        return false;
    scope[(*count)++] = variable;
    return true;
}

/* The nodes an operand is computed from; those below an auxiliary variable are not. */
static uint32_t list_live(cutter *c, uint32_t ref)
{
    uint32_t lives = 0;
    uint32_t at = ref - c->p->first + 1, end = c->low[ref - c->p->first];
    while (at > end) {
        at--;
        c->live[lives++] = at;
        if (c->aux[at] != SPACE_NONE)
            at = c->low[at];
    }
    return lives;
}

/* Add the variables of an operand to a scope. False: too many. */
static bool collect(cutter *c, uint32_t ref, uint32_t *scope, uint32_t *count)
{
    const space *s = c->q->s;
    if (ref & REF_AUX)
        return add_variable(ref & ~REF_AUX, scope, count);
    uint32_t lives = list_live(c, ref);
    for (uint32_t i = 0; i < lives; i++) {
        const node *n = &s->node[c->p->first + c->live[i]];
        uint32_t variable = c->aux[c->live[i]];
        if (variable == SPACE_NONE && n->op == NODE_LITERAL)
            variable = c->q->net_of[n->variable];
        if (variable != SPACE_NONE && !add_variable(variable, scope, count))
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

static uint64_t refs_size(cutter *c, const uint32_t *ref, uint32_t refs)
{
    uint32_t scope[SPACE_ARITY], arity = 0;
    for (uint32_t i = 0; i < refs; i++)
        if (!collect(c, ref[i], scope, &arity))
            return UINT64_MAX;
    return table_size(&c->q->net, scope, arity);
}

/* ------------------------------------------------------------------ evaluation */

static void set_range(uint64_t *out, uint32_t from, uint32_t count)
{
    while (count > 0) {
        uint32_t at = from % 64, n = 64 - at < count ? 64 - at : count;
        out[from / 64] |= bit_low(n) << at;
        from += n;
        count -= n;
    }
}

/* Or the k lowest bits of `set` (the others are 0) into `out` from bit `at`. */
static void or_bits(uint64_t *out, uint32_t at, const uint64_t *set, uint32_t k)
{
    for (uint32_t w = 0; w < bit_words(k); w++, at += 64) {
        uint32_t shift = at % 64;
        out[at / 64] |= set[w] << shift;
        if (shift > 0 && set[w] >> (64 - shift) != 0)
            out[at / 64 + 1] |= set[w] >> (64 - shift);
    }
}

/* Is digit number i of an entry (of size k, stride s) in `set`? For all entries. */
static void fill_literal(uint64_t *out, uint32_t entries, uint32_t stride, uint32_t k,
                         const uint64_t *set)
{
    memset(out, 0, bit_words(entries) * sizeof *out);
    if (stride == 1) {
        for (uint32_t at = 0; at < entries; at += k)
            or_bits(out, at, set, k);
        return;
    }
    for (uint32_t c = 0; c < k; c++)
        if (bit_get(set, c))
            for (uint32_t at = c * stride; at < entries; at += k * stride)
                set_range(out, at, stride);
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

/* The table under construction. */
typedef struct canvas {
    uint32_t scope[SPACE_ARITY];
    uint32_t stride[SPACE_ARITY];
    uint32_t arity;
    uint32_t entries;
    uint32_t words;
} canvas;

static void fill_variable(const cutter *c, const canvas *v, uint32_t variable, const uint64_t *set,
                          uint64_t *out)
{
    for (uint32_t i = 0; i < v->arity; i++)
        if (v->scope[i] == variable)
            fill_literal(out, v->entries, v->stride[i], c->q->net.variable[variable].k, set);
}

static parley_status evaluate_literal(const cutter *c, const canvas *v, const node *n,
                                      uint64_t *out)
{
    question *q = c->q;
    uint32_t at = q->net_of[n->variable];
    uint32_t words = at != SPACE_NONE ? q->net.variable[at].words : 1;
    scratch_mark mark = scratch_here(q->tmp);
    uint64_t *set = SCRATCH(q->tmp, uint64_t, words);
    if (set == NULL)
        return question_nomem(q);
    literal_classes(q, n, set, words);
    if (at == SPACE_NONE)
        memset(out, set[0] != 0 ? 0xff : 0, v->words * sizeof *out);
    else
        fill_variable(c, v, at, set, out);
    scratch_reset(q->tmp, mark);
    return PARLEY_OK;
}

static void evaluate_node(const cutter *c, const canvas *v, const node *n, uint64_t *out)
{
    uint32_t first = c->p->first;
    if (n->op == NODE_TRUE || n->op == NODE_FALSE) {
        memset(out, n->op == NODE_TRUE ? 0xff : 0, v->words * sizeof *out);
        return;
    }
    const uint32_t *arg = c->q->s->arg + n->first;
    const uint64_t *head = c->bits[arg[0] - first];
    if (n->op == NODE_IFF) {
        uint64_t flip = n->negated ? ~(uint64_t)0 : 0;
        memset(out, 0, v->words * sizeof *out);
        for (uint32_t j = 1; j < n->count; j++)
            for (uint32_t w = 0; w < v->words; w++)
                out[w] |= head[w] ^ c->bits[arg[j] - first][w];
        for (uint32_t w = 0; w < v->words; w++)
            out[w] = ~out[w] ^ flip;
        return;
    }
    memcpy(out, head, v->words * sizeof *out);
    for (uint32_t j = 1; j < n->count; j++) {
        const uint64_t *x = c->bits[arg[j] - first];
        for (uint32_t w = 0; w < v->words; w++)
            out[w] = n->op == NODE_AND ? out[w] & x[w] : out[w] | x[w];
    }
}

/* Truth of one operand over all entries. */
static parley_status evaluate(cutter *c, const canvas *v, uint32_t ref, const uint64_t **result)
{
    question *q = c->q;
    const uint64_t yes = 2;
    uint32_t lives = ref & REF_AUX ? 1 : list_live(c, ref);
    for (uint32_t i = lives; i-- > 0;) {
        uint64_t *out = SCRATCH(q->tmp, uint64_t, v->words);
        if (out == NULL)
            return question_nomem(q);
        *result = out;
        if (ref & REF_AUX) {
            fill_variable(c, v, ref & ~REF_AUX, &yes, out);
            continue;
        }
        uint32_t at = c->live[i];
        const node *n = &q->s->node[c->p->first + at];
        parley_status status = PARLEY_OK;
        c->bits[at] = out;
        if (c->aux[at] != SPACE_NONE)
            fill_variable(c, v, c->aux[at], &yes, out);
        else if (n->op == NODE_LITERAL)
            status = evaluate_literal(c, v, n, out);
        else
            evaluate_node(c, v, n, out);
        if (status != PARLEY_OK)
            return status;
    }
    return PARLEY_OK;
}

/* The operation over all operands; see emit. */
static parley_status evaluate_all(cutter *c, const canvas *v, cut_op op, const uint32_t *ref,
                                  uint32_t refs, uint32_t out, uint64_t *sum)
{
    const uint64_t *x = NULL, *y = NULL;
    parley_status status = PARLEY_OK;
    memset(sum, op == CUT_OR ? 0 : 0xff, v->words * sizeof *sum);
    for (uint32_t i = 0; i < refs && status == PARLEY_OK; i++) {
        status = evaluate(c, v, ref[i], &x);
        if (status != PARLEY_OK)
            break;
        if (op == CUT_ALIKE && i + 2 == refs) {
            status = evaluate(c, v, ref[i + 1], &y);
            for (uint32_t w = 0; w < v->words && status == PARLEY_OK; w++)
                sum[w] &= ~(x[w] ^ y[w]);
            break;
        }
        for (uint32_t w = 0; w < v->words; w++)
            sum[w] = op == CUT_OR ? sum[w] | x[w] : sum[w] & x[w];
    }
    if (status == PARLEY_OK && out != SPACE_NONE) {
        status = evaluate(c, v, out | REF_AUX, &x);
        for (uint32_t w = 0; w < v->words && status == PARLEY_OK; w++)
            sum[w] = ~(sum[w] ^ x[w]);
    }
    if (v->entries % 64 != 0)
        sum[v->words - 1] &= bit_low(v->entries % 64);
    return status;
}

/* -------------------------------------------------------------------- tables */

/* From a packed row of bits to rows that begin with a word each. */
static void unpack(const uint64_t *from, uint32_t k0, net_table *t)
{
    for (uint32_t r = 0, at = 0; r < t->rows; r++)
        for (uint32_t w = 0; w < t->words; w++) {
            uint32_t n = k0 - w * 64 < 64 ? k0 - w * 64 : 64, shift = at % 64;
            uint64_t x = from[at / 64] >> shift;
            if (shift + n > 64)
                x |= from[at / 64 + 1] << (64 - shift);
            t->row[(size_t)r * t->words + w] = x & bit_low(n);
            at += n;
        }
}

/* A table that is always on joins an equal one, or goes into the bucket of its scope. */
static void join_equal(question *q, net_table *t)
{
    uint32_t hash = t->arity;
    for (uint32_t i = 0; i < t->arity; i++)
        hash = hash * 31 + t->scope[i];
    uint32_t *bucket = &q->bucket[(hash ^ hash >> 8) % QUESTION_BUCKETS];
    for (uint32_t i = *bucket; i != SPACE_NONE; i = q->net.table[i].next) {
        net_table *x = &q->net.table[i];
        if (x->arity != t->arity || memcmp(x->scope, t->scope, t->arity * sizeof *t->scope) != 0)
            continue;
        uint64_t any = 0;
        for (size_t w = 0; w < (size_t)t->rows * t->words; w++)
            any |= x->row[w] &= t->row[w];
        q->empty = q->empty || any == 0;
        q->net.tables--;
        return;
    }
    t->next = *bucket;
    *bucket = q->net.tables - 1;
}

/*
 * A table that says: [out iff] (ref[0] op ref[1] op ...). CUT_ALIKE: the last two alike, and what
 * stands before them. out NONE: the operation itself holds.
 */
static parley_status emit(cutter *c, cut_op op, const uint32_t *ref, uint32_t refs, uint32_t out)
{
    question *q = c->q;
    canvas v = {.arity = 0};
    bool fits = true, projected = false;
    for (uint32_t i = 0; i < refs; i++)
        fits = fits && collect(c, ref[i], v.scope, &v.arity);
    for (uint32_t i = 0; i < v.arity; i++)
        projected = projected || q->net.variable[v.scope[i]].projected;
    if (out != SPACE_NONE) {
        q->net.variable[out].projected = projected;
        fits = fits && add_variable(out, v.scope, &v.arity);
    }
    uint64_t size = table_size(&q->net, v.scope, v.arity);
    if (!fits || size > UINT32_MAX / 2)
        return parley_fail(q->err, PARLEY_INTERNAL, "a table of a constraint does not fit");
    sort_u32(v.scope, v.arity);
    v.entries = (uint32_t)size;
    v.words = bit_words(v.entries);
    for (uint32_t i = 0, at = 1; i < v.arity; i++) {
        v.stride[i] = at;
        at *= q->net.variable[v.scope[i]].k;
    }
    net_table *t = net_new_table(q->tmp, &q->net, v.arity);
    if (t == NULL)
        return question_nomem(q);
    uint32_t k0 = v.arity > 0 ? q->net.variable[v.scope[0]].k : 1;
    memcpy(t->scope, v.scope, v.arity * sizeof *v.scope);
    t->owner = c->owner;
    t->words = bit_words(k0);
    t->rows = v.entries / k0;
    t->row = SCRATCH(q->tmp, uint64_t, (size_t)t->rows * t->words);
    scratch_mark mark = scratch_here(q->tmp);
    uint64_t *sum = SCRATCH(q->tmp, uint64_t, v.words);
    if (t->row == NULL || sum == NULL)
        return question_nomem(q);
    parley_status status = evaluate_all(c, &v, op, ref, refs, out, sum);
    if (status != PARLEY_OK)
        return status;
    uint32_t ones = 0;
    for (uint32_t w = 0; w < v.words; w++)
        ones += bit_ones(sum[w]);
    unpack(sum, k0, t);
    scratch_reset(q->tmp, mark);
    q->s->work.tables++;
    q->s->work.entries += v.entries;
    if (ones == v.entries) {
        q->net.tables--;
    } else if (t->owner == SPACE_NONE) {
        q->empty = q->empty || ones == 0;
        join_equal(q, t);
    }
    return question_work(q, v.entries);
}

/* ------------------------------------------------------------------- cutting */

static parley_status new_aux(cutter *c, uint32_t *out)
{
    if (net_new_variable(c->q->tmp, &c->q->net, 2) == NULL)
        return question_nomem(c->q);
    *out = c->q->net.variables - 1;
    return PARLEY_OK;
}

/* An auxiliary variable that says what the operation says. */
static parley_status define(cutter *c, cut_op op, const uint32_t *ref, uint32_t refs, uint32_t *out)
{
    parley_status status = new_aux(c, out);
    return status == PARLEY_OK ? emit(c, op, ref, refs, *out) : status;
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
    uint32_t groups = 0, scope[SPACE_ARITY], arity = 0;
    for (uint32_t i = 0; i < n->count; i++) {
        group[groups++] = arg[i];
        bool fits = collect(c, arg[i], scope, &arity);
        if (fits && table_size(&c->q->net, scope, arity) <= CUT_GROUP)
            continue;
        uint32_t out = 0;
        parley_status status = define(c, op, group, groups - 1, &out);
        if (status != PARLEY_OK)
            return status;
        group[0] = out | REF_AUX;
        group[1] = arg[i];
        groups = 2;
        scope[0] = out;
        arity = 1;
        fits = collect(c, arg[i], scope, &arity);
        PARLEY_ASSERT(fits);
    }
    if (root)
        return emit(c, op, group, groups, SPACE_NONE);
    return define(c, op, group, groups, &c->aux[at - c->p->first]);
}

static parley_status cut_iff(cutter *c, uint32_t at, bool root)
{
    const node *n = &c->q->s->node[at];
    const uint32_t *arg = c->q->s->arg + n->first;
    uint32_t *head = &c->aux[arg[0] - c->p->first], all = SPACE_NONE;
    parley_status status = PARLEY_OK;
    if (*head == SPACE_NONE) {
        uint32_t out = 0;
        status = define(c, CUT_AND, arg, 1, &out);
        *head = out;
    }
    bool plain = root && !n->negated;
    for (uint32_t i = 1; i < n->count && status == PARLEY_OK; i++) {
        uint32_t ref[3] = {all, arg[0], arg[i]};
        uint32_t skip = all == SPACE_NONE, out = 0;
        if (plain) {
            status = emit(c, CUT_ALIKE, ref + 1, 2, SPACE_NONE);
            continue;
        }
        status = define(c, CUT_ALIKE, ref + skip, 3 - skip, &out);
        all = out | REF_AUX;
    }
    if (status != PARLEY_OK || plain)
        return status;
    if (!n->negated) {
        c->aux[at - c->p->first] = all & ~REF_AUX;
        return PARLEY_OK;
    }
    /* "Not alike": both are false together, or one of them and not the other. */
    uint32_t out = SPACE_NONE;
    if (!root) {
        status = new_aux(c, &out);
        if (status != PARLEY_OK)
            return status;
    }
    net_table *t = net_new_table(c->q->tmp, &c->q->net, root ? 1 : 2);
    uint64_t *row = t != NULL ? SCRATCH(c->q->tmp, uint64_t, 2) : NULL;
    if (row == NULL)
        return question_nomem(c->q);
    t->owner = c->owner;
    t->words = 1;
    t->rows = root ? 1 : 2;
    t->scope[0] = all & ~REF_AUX;
    t->row = row;
    row[0] = root ? 1 : 2;
    row[1] = 1;
    if (!root) {
        t->scope[1] = out;
        c->q->net.variable[out].projected = c->q->net.variable[all & ~REF_AUX].projected;
        c->aux[at - c->p->first] = out;
    }
    return PARLEY_OK;
}

/* The operand of a root OR that is to be spread: the only AND, beside little else. */
static uint32_t find_spread(cutter *c)
{
    const space *s = c->q->s;
    const node *n = &s->node[c->p->root];
    uint32_t scope[SPACE_ARITY], arity = 0, spread = SPACE_NONE;
    if (n->op != NODE_OR)
        return SPACE_NONE;
    for (uint32_t i = 0; i < n->count; i++) {
        uint32_t arg = s->arg[n->first + i];
        if (s->node[arg].op != NODE_AND) {
            if (!collect(c, arg, scope, &arity))
                return SPACE_NONE;
            continue;
        }
        if (spread != SPACE_NONE)
            return SPACE_NONE;
        spread = arg;
    }
    return table_size(&c->q->net, scope, arity) <= CUT_OPERAND ? spread : SPACE_NONE;
}

/* "A, or all of these": "A or this" for each of them. */
static parley_status cut_spread(cutter *c, uint32_t spread)
{
    const space *s = c->q->s;
    const node *n = &s->node[c->p->root], *all = &s->node[spread];
    const uint32_t *arg = s->arg + n->first;
    uint32_t *ref = SCRATCH(c->q->tmp, uint32_t, n->count), refs = 0;
    parley_status status = PARLEY_OK;
    if (ref == NULL)
        return question_nomem(c->q);
    for (uint32_t i = 0; i < n->count; i++)
        if (arg[i] != spread)
            ref[refs++] = arg[i];
    for (uint32_t i = 0; i < all->count && status == PARLEY_OK; i++) {
        ref[refs] = s->arg[all->first + i];
        if (refs_size(c, ref, refs + 1) > SPACE_TABLE) {
            uint32_t out = 0;
            status = define(c, CUT_AND, ref + refs, 1, &out);
            ref[refs] = out | REF_AUX;
        }
        if (status == PARLEY_OK)
            status = emit(c, CUT_OR, ref, refs + 1, SPACE_NONE);
    }
    return status;
}

/* A part that is too wide for one table. */
static parley_status cut(cutter *c)
{
    const space *s = c->q->s;
    const part *p = c->p;
    uint32_t spread = find_spread(c);
    parley_status status = PARLEY_OK;
    for (uint32_t at = p->first; at <= p->root && status == PARLEY_OK; at++) {
        const node *n = &s->node[at];
        bool root = at == p->root;
        if (at == spread || n->op == NODE_TRUE || n->op == NODE_FALSE)
            continue;
        uint64_t size = root ? UINT64_MAX : refs_size(c, &at, 1);
        if (size <= CUT_OPERAND)
            continue;
        if (root && spread != SPACE_NONE) {
            status = cut_spread(c, spread);
        } else if (n->op == NODE_LITERAL || size <= CUT_GROUP) {
            uint32_t out = 0;
            status = define(c, CUT_AND, &at, 1, &out);
            c->aux[at - p->first] = out;
        } else if (n->op == NODE_IFF) {
            status = cut_iff(c, at, root);
        } else {
            status = cut_chain(c, at, root);
        }
    }
    return status;
}

parley_status part_tables(question *q, const part *p, uint32_t owner)
{
    const space *s = q->s;
    uint32_t span = p->root - p->first + 1;
    cutter c = {.q = q, .p = p, .owner = owner};
    c.aux = SCRATCH(q->tmp, uint32_t, span);
    c.low = SCRATCH(q->tmp, uint32_t, span);
    c.live = SCRATCH(q->tmp, uint32_t, span);
    c.bits = SCRATCH(q->tmp, uint64_t *, span);
    if (c.aux == NULL || c.low == NULL || c.live == NULL || c.bits == NULL)
        return question_nomem(q);
    for (uint32_t i = 0; i < span; i++) {
        const node *n = &s->node[p->first + i];
        c.aux[i] = SPACE_NONE;
        c.low[i] = i;
        for (uint32_t j = 0; n->op != NODE_LITERAL && j < n->count; j++) {
            uint32_t low = c.low[s->arg[n->first + j] - p->first];
            if (low < c.low[i])
                c.low[i] = low;
        }
    }
    uint64_t size = 1;
    uint32_t variables = 0;
    for (uint32_t i = 0; i < p->scope_count; i++) {
        uint32_t at = q->net_of[s->scope[p->scope + i]];
        if (at == SPACE_NONE)
            continue;
        variables++;
        if (size <= SPACE_PAIR)
            size *= q->net.variable[at].k;
    }
    if (size <= SPACE_TABLE || (variables <= 2 && size <= SPACE_PAIR) || part_unary(s, p))
        return emit(&c, CUT_AND, &p->root, 1, SPACE_NONE);
    return cut(&c);
}
