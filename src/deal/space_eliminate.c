/*
 * Bucket elimination (Dechter 1999, doi:10.1016/S0004-3702(99)00059-4) over a net, exact.
 *
 * Each table is laid out with the variable that is eliminated first varying fastest, so that in its
 * bucket a table of bits gives one mask of classes a row: the masks of all tables are joined by
 * `and`, and only what is left is multiplied and added. Numbers are as wide as they can become at
 * that place (the product of the weights eliminated so far), in 64-bit limbs; so nothing can
 * overflow. Projected variables come first in the order and are eliminated by `or`.
 */
#include "deal/space_internal.h"

#include <string.h>

#define LIMBS_MAX 64u

/* An upper bound m * 2^e, rounded up. */
typedef struct bound {
    uint64_t m;
    uint32_t e;
} bound;

static bound bound_times(bound a, bound b)
{
    space_u128 x = (space_u128)a.m * b.m;
    uint32_t e = a.e + b.e;
    while (x >> 64 != 0) {
        x = (x >> 1) + (x & 1);
        e++;
    }
    return (bound){(uint64_t)x, e};
}

static uint32_t bound_limbs(bound b)
{
    uint32_t bits = 64 - (uint32_t)__builtin_clzll(b.m | 1) + b.e;
    return bits / 64 + (bits % 64 != 0);
}

typedef struct factor factor;
struct factor {
    factor *next; /* in the same bucket */
    uint32_t arity;
    uint32_t *scope; /* in the order of elimination */
    uint32_t limbs;  /* of an entry; 0: a table of bits */
    uint32_t words;  /* of a row of bits */
    const uint64_t *data;
    bound most; /* of an entry */
};

/* One bucket: eliminate `x`; what comes out is over scope[0 .. arity - 1]. */
typedef struct bucket {
    uint32_t x, k, words;
    uint32_t arity;
    uint32_t *scope;
    uint32_t *size;  /* [arity] */
    uint32_t *digit; /* [arity] */
    size_t entries;  /* product of size */
    uint32_t bits, numbers;
    /* Of these so many change with the fastest digit: at the end of the bits, the front of the
     * numbers. */
    uint32_t moving_bits, moving_numbers;
    const uint64_t **at; /* [bits + numbers], the tables of bits first */
    uint32_t *limbs;     /* [bits + numbers] */
    ptrdiff_t *delta; /* [arity][bits + numbers]: move when digit j goes up and lower ones to 0 */
    const uint64_t **begin;
} bucket;

typedef struct eliminator {
    question *q;
    scratch *m;
    const net *n;
    const elimination *e;
    uint32_t *position; /* [variables] in the order */
    factor **first;     /* [variables]: bucket */
} eliminator;

static void put(eliminator *z, factor *f)
{
    uint32_t x = f->scope[0];
    f->next = z->first[x];
    z->first[x] = f;
}

static void sort_by_position(const eliminator *z, uint32_t *scope, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        uint32_t x = scope[i], j = i;
        for (; j > 0 && z->position[scope[j - 1]] > z->position[x]; j--)
            scope[j] = scope[j - 1];
        scope[j] = x;
    }
}

/* A table of the net with its variables in the order of elimination. */
static parley_status lay_out(eliminator *z, const net_table *t)
{
    const net *n = z->n;
    factor *f = SCRATCH_ZERO(z->m, factor, 1);
    uint32_t *scope = SCRATCH(z->m, uint32_t, t->arity);
    if (f == NULL || scope == NULL)
        return question_nomem(z->q);
    memcpy(scope, t->scope, t->arity * sizeof *scope);
    sort_by_position(z, scope, t->arity);
    f->arity = t->arity;
    f->scope = scope;
    f->most = (bound){1, 0};
    uint32_t k0 = n->variable[scope[0]].k;
    f->words = bit_words(k0);
    if (memcmp(scope, t->scope, t->arity * sizeof *scope) == 0) {
        f->data = t->row;
        put(z, f);
        return PARLEY_OK;
    }
    size_t rows = 1, stride[SPACE_ARITY] = {0};
    uint32_t digit[SPACE_ARITY] = {0},
             where = 0; /* where: of the old row variable in the new order */
    for (uint32_t i = 1; i < t->arity; i++)
        rows *= n->variable[scope[i]].k;
    size_t step = t->words;
    for (uint32_t i = 0; i < t->arity; i++)
        for (uint32_t j = 0; j < t->arity; j++)
            if (scope[j] == t->scope[i]) {
                if (i == 0)
                    where = j;
                else {
                    stride[j] = step;
                    step *= n->variable[scope[j]].k;
                }
            }
    uint64_t *data = SCRATCH_ZERO(z->m, uint64_t, rows * f->words);
    if (data == NULL)
        return question_nomem(z->q);
    for (size_t row = 0; row < rows; row++) {
        const uint64_t *from = t->row;
        uint64_t *to = data + row * f->words;
        for (uint32_t j = 1; j < t->arity; j++)
            from += stride[j] * digit[j];
        if (where == 0)
            memcpy(to, from, f->words * sizeof *to);
        else
            for (uint32_t c = 0; c < k0; c++)
                to[c / 64] |= (uint64_t)bit_get(from + stride[0] * c, digit[where]) << c % 64;
        for (uint32_t j = 1; j < t->arity; j++) {
            if (++digit[j] < n->variable[scope[j]].k)
                break;
            digit[j] = 0;
        }
    }
    f->data = data;
    put(z, f);
    return PARLEY_OK;
}

static parley_status start(eliminator *z, question *q, const net *n, const elimination *e)
{
    *z = (eliminator){.q = q, .m = q->tmp, .n = n, .e = e};
    z->position = SCRATCH(z->m, uint32_t, n->variables);
    z->first = SCRATCH_ZERO(z->m, factor *, n->variables);
    if (z->position == NULL || z->first == NULL)
        return question_nomem(q);
    for (uint32_t i = 0; i < n->variables; i++)
        z->position[e->order[i]] = i;
    for (uint32_t t = 0; t < n->tables; t++) {
        parley_status status = lay_out(z, &n->table[t]);
        if (status != PARLEY_OK)
            return status;
    }
    if (e->width > q->s->work.width)
        q->s->work.width = e->width;
    return PARLEY_OK;
}

/* Does a factor change when the fastest digit does? */
static bool moves(const bucket *b, const factor *f)
{
    return f->arity > 1 && f->scope[1] == b->scope[0];
}

/* Gather a bucket. *most: bound of what comes out. */
static parley_status gather(eliminator *z, uint32_t x, bucket *b, bound *most)
{
    const net *n = z->n;
    *b = (bucket){.x = x, .k = n->variable[x].k, .words = n->variable[x].words};
    uint32_t room = 0, factors = 0;
    *most = (bound){1, 0};
    for (const factor *f = z->first[x]; f != NULL; f = f->next) {
        room += f->arity - 1;
        factors++;
        b->bits += f->limbs == 0;
        *most = bound_times(*most, f->most);
    }
    b->numbers = factors - b->bits;
    b->scope = SCRATCH(z->m, uint32_t, room);
    if (b->scope == NULL)
        return question_nomem(z->q);
    for (const factor *f = z->first[x]; f != NULL; f = f->next)
        for (uint32_t i = 1; i < f->arity; i++) {
            uint32_t j = 0;
            while (j < b->arity && b->scope[j] != f->scope[i])
                j++;
            if (j == b->arity)
                b->scope[b->arity++] = f->scope[i];
        }
    sort_by_position(z, b->scope, b->arity);
    b->size = SCRATCH(z->m, uint32_t, b->arity);
    b->digit = SCRATCH_ZERO(z->m, uint32_t, b->arity);
    b->at = SCRATCH(z->m, const uint64_t *, factors);
    b->limbs = SCRATCH(z->m, uint32_t, factors);
    b->delta = SCRATCH_ZERO(z->m, ptrdiff_t, (size_t)b->arity * factors);
    if (b->size == NULL || b->digit == NULL || b->at == NULL || b->limbs == NULL ||
        b->delta == NULL)
        return question_nomem(z->q);
    b->entries = 1;
    for (uint32_t j = 0; j < b->arity; j++) {
        b->size[j] = n->variable[b->scope[j]].k;
        b->entries *= b->size[j];
    }
    for (const factor *f = z->first[x]; f != NULL; f = f->next)
        if (moves(b, f)) {
            b->moving_bits += f->limbs == 0;
            b->moving_numbers += f->limbs > 0;
        }
    uint32_t next[4] = {b->bits - b->moving_bits, 0, b->bits, b->bits + b->moving_numbers};
    for (const factor *f = z->first[x]; f != NULL; f = f->next) {
        uint32_t i = next[(f->limbs == 0 ? 0 : 2) + !moves(b, f)]++;
        b->at[i] = f->data;
        b->limbs[i] = f->limbs;
        ptrdiff_t step =
            f->limbs == 0 ? (ptrdiff_t)f->words : (ptrdiff_t)b->k * (ptrdiff_t)f->limbs;
        for (uint32_t j = 0, s = 1; j < b->arity; j++)
            if (s < f->arity && f->scope[s] == b->scope[j]) {
                b->delta[j * factors + i] = step;
                step *= (ptrdiff_t)b->size[j];
                s++;
            }
    }
    /* So far delta is the plain stride; take off what the lower digits had run up. */
    for (uint32_t i = 0; i < factors; i++) {
        ptrdiff_t low = 0;
        for (uint32_t j = 0; j < b->arity; j++) {
            ptrdiff_t *d = &b->delta[j * factors + i], stride = *d;
            *d -= low;
            low += stride * (ptrdiff_t)(b->size[j] - 1);
        }
    }
    z->q->s->work.tables++;
    z->q->s->work.entries += b->entries * b->k;
    return PARLEY_OK;
}

static inline void advance(bucket *b)
{
    uint32_t factors = b->bits + b->numbers;
    for (uint32_t j = 0; j < b->arity; j++) {
        if (++b->digit[j] < b->size[j]) {
            const ptrdiff_t *d = b->delta + (size_t)j * factors;
            for (uint32_t i = 0; i < factors; i++)
                b->at[i] += d[i];
            return;
        }
        b->digit[j] = 0;
    }
}

/* Word w of the classes that the tables of bits allow here. */
static inline uint64_t allowed(const bucket *b, uint32_t w)
{
    uint64_t mask = w < b->words - 1 || b->k % 64 == 0 ? ~(uint64_t)0 : bit_low(b->k % 64);
    for (uint32_t i = 0; i < b->bits; i++)
        mask &= b->at[i][w];
    return mask;
}

/* One class at most 64 times: what does not depend on the fastest digit is worked out once a run.
 */
static void sum_1_runs(bucket *b, const uint32_t *weight, uint64_t *out)
{
    uint32_t factors = b->bits + b->numbers, run = b->size[0];
    uint32_t still_bits = b->bits - b->moving_bits, moving_end = b->bits + b->moving_numbers;
    const uint64_t full = bit_low(b->k);
    for (size_t e = 0; e < b->entries; e += run, advance(b)) {
        uint64_t known[64], still = full;
        for (uint32_t i = 0; i < still_bits; i++)
            still &= *b->at[i];
        for (uint64_t mask = still; mask != 0; mask &= mask - 1) {
            uint32_t c = bit_first(mask);
            uint64_t x = weight != NULL ? weight[c] : 1;
            for (uint32_t i = moving_end; i < factors; i++)
                x *= b->at[i][c];
            known[c] = x;
        }
        for (uint32_t u = 0; u < run; u++) {
            uint64_t mask = still, sum = 0;
            for (uint32_t i = still_bits; i < b->bits; i++)
                mask &= b->at[i][u];
            if (b->moving_numbers == 0) {
                for (; mask != 0; mask &= mask - 1)
                    sum += known[bit_first(mask)];
            } else if (b->moving_numbers == 1) {
                const uint64_t *y = b->at[b->bits] + (size_t)u * b->k;
                for (; mask != 0; mask &= mask - 1)
                    sum += known[bit_first(mask)] * y[bit_first(mask)];
            } else if (b->moving_numbers == 2) {
                const uint64_t *y = b->at[b->bits] + (size_t)u * b->k;
                const uint64_t *z = b->at[b->bits + 1] + (size_t)u * b->k;
                for (; mask != 0; mask &= mask - 1) {
                    uint32_t c = bit_first(mask);
                    sum += known[c] * y[c] * z[c];
                }
            } else {
                for (; mask != 0; mask &= mask - 1) {
                    uint32_t c = bit_first(mask);
                    uint64_t x = known[c];
                    for (uint32_t i = b->bits; i < moving_end; i++)
                        x *= b->at[i][(size_t)u * b->k + c];
                    sum += x;
                }
            }
            out[e + u] = sum;
        }
        /* As if the fastest digit had been stepped through. */
        b->digit[0] = run - 1;
        for (uint32_t i = still_bits; i < moving_end; i++)
            b->at[i] += b->delta[i] * (ptrdiff_t)(run - 1);
    }
}

static void sum_1(bucket *b, const uint32_t *weight, uint64_t *out)
{
    uint32_t factors = b->bits + b->numbers;
    if (b->words == 1 && b->arity > 0) {
        sum_1_runs(b, weight, out);
        return;
    }
    for (size_t e = 0; e < b->entries; e++, advance(b)) {
        uint64_t sum = 0;
        for (uint32_t w = 0; w < b->words; w++)
            for (uint64_t mask = allowed(b, w); mask != 0; mask &= mask - 1) {
                uint32_t c = w * 64 + bit_first(mask);
                uint64_t x = weight != NULL ? weight[c] : 1;
                for (uint32_t i = b->bits; i < factors; i++)
                    x *= b->at[i][c];
                sum += x;
            }
        out[e] = sum;
    }
}

static void sum_2(bucket *b, const uint32_t *weight, uint64_t *out)
{
    uint32_t factors = b->bits + b->numbers;
    for (size_t e = 0; e < b->entries; e++, advance(b)) {
        space_u128 sum = 0;
        for (uint32_t w = 0; w < b->words; w++)
            for (uint64_t mask = allowed(b, w); mask != 0; mask &= mask - 1) {
                uint32_t c = w * 64 + bit_first(mask);
                space_u128 x = weight != NULL ? weight[c] : 1;
                for (uint32_t i = b->bits; i < factors; i++) {
                    const uint64_t *y = b->at[i] + (size_t)c * b->limbs[i];
                    x *= b->limbs[i] == 2 ? (space_u128)y[1] << 64 | y[0] : y[0];
                }
                sum += x;
            }
        out[2 * e] = (uint64_t)sum;
        out[2 * e + 1] = (uint64_t)(sum >> 64);
    }
}

/* x (used limbs, of at most `limbs`) times y; what lies above is zero by construction. */
static uint32_t multiply(uint64_t *x, uint32_t used, const uint64_t *y, uint32_t limbs_y,
                         uint32_t limbs)
{
    uint64_t z[LIMBS_MAX] = {0};
    while (limbs_y > 0 && y[limbs_y - 1] == 0)
        limbs_y--;
    for (uint32_t i = 0; i < used; i++) {
        uint64_t carry = 0;
        for (uint32_t j = 0; j < limbs_y && i + j < limbs; j++) {
            space_u128 t = (space_u128)x[i] * y[j] + z[i + j] + carry;
            z[i + j] = (uint64_t)t;
            carry = (uint64_t)(t >> 64);
        }
        if (i + limbs_y < limbs)
            z[i + limbs_y] = carry;
    }
    used = used + limbs_y < limbs ? used + limbs_y : limbs;
    while (used > 0 && z[used - 1] == 0)
        used--;
    memcpy(x, z, used * sizeof *x);
    return used;
}

static void sum_n(bucket *b, const uint32_t *weight, uint32_t limbs, uint64_t *out)
{
    uint32_t factors = b->bits + b->numbers;
    for (size_t e = 0; e < b->entries; e++, advance(b)) {
        uint64_t *sum = out + e * limbs;
        memset(sum, 0, limbs * sizeof *sum);
        for (uint32_t w = 0; w < b->words; w++)
            for (uint64_t mask = allowed(b, w); mask != 0; mask &= mask - 1) {
                uint32_t c = w * 64 + bit_first(mask), used = 1;
                uint64_t x[LIMBS_MAX];
                x[0] = weight != NULL ? weight[c] : 1;
                for (uint32_t i = b->bits; i < factors && used > 0; i++)
                    used =
                        multiply(x, used, b->at[i] + (size_t)c * b->limbs[i], b->limbs[i], limbs);
                uint64_t carry = 0;
                for (uint32_t j = 0; j < limbs && (j < used || carry != 0); j++) {
                    space_u128 t = (space_u128)sum[j] + (j < used ? x[j] : 0) + carry;
                    sum[j] = (uint64_t)t;
                    carry = (uint64_t)(t >> 64);
                }
            }
    }
}

/* Is some class allowed? Bits, one row for each assignment of scope[1 ..]. */
static void some(bucket *b, uint64_t *out)
{
    uint32_t k = b->arity > 0 ? b->size[0] : 1, c = 0;
    for (size_t e = 0; e < b->entries; e++, advance(b)) {
        uint64_t any = 0;
        for (uint32_t w = 0; w < b->words && any == 0; w++)
            any = allowed(b, w);
        if (any != 0)
            bit_set(out, c);
        if (++c == k) {
            out += bit_words(k);
            c = 0;
        }
    }
}

/* Eliminate by `or`. *dead: nothing is allowed at all. */
static parley_status eliminate_or(eliminator *z, bucket *b, bool *dead)
{
    uint32_t words = b->arity > 0 ? bit_words(b->size[0]) : 1;
    size_t rows = b->arity > 0 ? b->entries / b->size[0] : 1;
    uint64_t *data = SCRATCH_ZERO(z->m, uint64_t, rows * words);
    factor *f = SCRATCH_ZERO(z->m, factor, 1);
    if (data == NULL || f == NULL)
        return question_nomem(z->q);
    some(b, data);
    if (b->arity == 0) {
        *dead = *dead || data[0] == 0;
    } else {
        f->arity = b->arity;
        f->scope = b->scope;
        f->words = words;
        f->data = data;
        f->most = (bound){1, 0};
        put(z, f);
    }
    return question_work(z->q, b->entries * (b->bits + 2));
}

static parley_status times_limbs(question *q, parley_count *total, const uint64_t *limb, uint32_t n)
{
    parley_count x = {0, {0}};
    while (n > 0 && limb[n - 1] == 0)
        n--;
    if (n > PARLEY_COUNT_LIMBS)
        return limit_bits(q);
    memcpy(x.limb, limb, n * sizeof *limb);
    x.used = n;
    return parley_count_mul(total, total, &x) ? PARLEY_OK : limit_bits(q);
}

static parley_status eliminate_sum(eliminator *z, bucket *b, bound most, parley_count *total)
{
    const uint32_t *weight = z->n->variable[b->x].weight;
    uint64_t all = 0;
    for (uint32_t c = 0; c < b->k; c++)
        all += weight != NULL ? weight[c] : 1;
    most = bound_times(most, (bound){all, 0});
    uint32_t limbs = bound_limbs(most);
    if (limbs > LIMBS_MAX)
        return limit_bits(z->q);
    uint64_t *data = SCRATCH(z->m, uint64_t, b->entries * limbs);
    factor *f = SCRATCH_ZERO(z->m, factor, 1);
    if (data == NULL || f == NULL)
        return question_nomem(z->q);
    if (limbs == 1)
        sum_1(b, weight, data);
    else if (limbs == 2)
        sum_2(b, weight, data);
    else
        sum_n(b, weight, limbs, data);
    if (b->arity == 0)
        return times_limbs(z->q, total, data, limbs);
    f->arity = b->arity;
    f->scope = b->scope;
    f->limbs = limbs;
    f->data = data;
    f->most = most;
    put(z, f);
    return question_work(z->q, b->entries * b->k * (b->bits + b->numbers + 1) * limbs);
}

parley_status eliminate_count(question *q, const net *n, const elimination *e, bool all_or,
                              parley_count *out)
{
    scratch_mark mark = scratch_here(q->tmp);
    eliminator z;
    bool dead = false;
    *out = parley_count_of(1);
    parley_status status = start(&z, q, n, e);
    for (uint32_t i = 0; i < n->variables && status == PARLEY_OK && !dead; i++) {
        bucket b;
        bound most;
        status = gather(&z, e->order[i], &b, &most);
        if (status != PARLEY_OK)
            break;
        if (all_or || n->variable[b.x].projected)
            status = eliminate_or(&z, &b, &dead);
        else
            status = eliminate_sum(&z, &b, most, out);
    }
    if (dead)
        *out = parley_count_of(0);
    scratch_reset(q->tmp, mark);
    return status;
}
