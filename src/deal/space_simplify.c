/*
 * Simplification of a net while it is reduced, all exact.
 *
 * Values: a class that some table excludes throughout goes; classes that no table tells apart
 * become one (interchangeable values; Freuder, AAAI 1991); of a projected variable a class goes
 * also when another one is allowed wherever it is (substitutable values). Hashes only find
 * candidates, tables are compared.
 *
 * Loose ends: a variable of one table is eliminated when the weights of its classes add up to the
 * same sum, or to nothing, everywhere: what is left is a smaller table of bits, and the sum goes
 * into the factor. So the auxiliary variables of a formula that has become true disappear with it.
 * A projected variable of one table always goes.
 */
#include "deal/space_internal.h"

#include <string.h>

static uint64_t mix(uint64_t x)
{
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93u;
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93u;
    return x ^ x >> 32;
}

/* What is known of one class of one variable. */
typedef struct class_notes {
    uint64_t hash;   /* of what the tables say about it */
    uint32_t tables; /* those that allow it somewhere */
    uint32_t seen;   /* 1 + the last of them */
} class_notes;

static void note_classes(const reducer *r, uint32_t at, class_notes *const *notes)
{
    const net_table *t = &r->table[at];
    class_notes *first = notes[t->scope[0]];
    for (uint32_t row = 0; row < t->rows; row++) {
        uint64_t salt = mix(((uint64_t)at << 32 | row) + 1);
        for (uint32_t w = 0; w < t->words; w++)
            for (uint64_t x = t->row[(size_t)row * t->words + w]; x != 0; x &= x - 1) {
                class_notes *c = &first[w * 64 + bit_first(x)];
                c->hash += salt;
                c->tables += c->seen != at + 1;
                c->seen = at + 1;
            }
    }
    size_t stride = 1;
    for (uint32_t i = 1; i < t->arity; i++) {
        uint32_t k = r->k[t->scope[i]], value = 0;
        size_t low = 0, other = 0;
        class_notes *c = notes[t->scope[i]];
        for (uint32_t row = 0; row < t->rows; row++) {
            for (uint32_t w = 0; w < t->words; w++) {
                uint64_t x = t->row[(size_t)row * t->words + w];
                if (x == 0)
                    continue;
                c[value].hash += mix((((uint64_t)at << 40) + (other + low) * 31 + w + i) ^ mix(x));
                c[value].tables += c[value].seen != at + 1;
                c[value].seen = at + 1;
            }
            /* The row's number without this digit is other + low. */
            if (++low == stride) {
                low = 0;
                if (++value == k) {
                    value = 0;
                    other += stride;
                }
            }
        }
        stride *= k;
    }
}

/* Does table t allow class b of its variable number `pos` wherever it allows a? */
static bool covered(const reducer *r, const net_table *t, uint32_t pos, uint32_t a, uint32_t b)
{
    if (pos == 0) {
        for (uint32_t row = 0; row < t->rows; row++) {
            const uint64_t *x = t->row + (size_t)row * t->words;
            if (bit_get(x, a) && !bit_get(x, b))
                return false;
        }
        return true;
    }
    size_t stride = t->words;
    for (uint32_t i = 1; i < pos; i++)
        stride *= r->k[t->scope[i]];
    size_t k = r->k[t->scope[pos]], words = (size_t)t->rows * t->words;
    for (size_t high = 0; high < words; high += stride * k) {
        const uint64_t *x = t->row + high + a * stride, *y = t->row + high + b * stride;
        for (size_t w = 0; w < stride; w++)
            if ((x[w] & ~y[w]) != 0)
                return false;
    }
    return true;
}

/* The same in all tables of a variable. */
static bool covered_everywhere(const reducer *r, uint32_t v, uint32_t a, uint32_t b)
{
    for (uint32_t t = 0; t < r->tables; t++) {
        const net_table *x = &r->table[t];
        if ((r->bloom[t] >> v % 64 & 1) == 0)
            continue;
        for (uint32_t i = 0; i < x->arity; i++)
            if (x->scope[i] == v && !covered(r, x, i, a, b))
                return false;
    }
    return true;
}

/* The classes of v to go on with: class[0 .. result - 1], ascending. */
static uint32_t choose_classes(reducer *r, uint32_t v, uint32_t uses, const class_notes *notes,
                               uint32_t *class_)
{
    uint32_t k = 0;
    for (uint32_t c = 0; c < r->k[v]; c++) {
        uint32_t same = SPACE_NONE;
        if (notes[c].tables < uses)
            continue;
        for (uint32_t d = 0; d < k && same == SPACE_NONE; d++)
            if (notes[class_[d]].hash == notes[c].hash && covered_everywhere(r, v, c, class_[d]) &&
                covered_everywhere(r, v, class_[d], c))
                same = d;
        if (same != SPACE_NONE) {
            r->weight[v][same] += r->weight[v][c];
            continue;
        }
        class_[k] = c;
        r->weight[v][k] = r->weight[v][c];
        k++;
    }
    if (!reducer_or(r, v))
        return k;
    for (uint32_t a = 0; a < k;) {
        bool drop = false;
        for (uint32_t b = 0; b < k && !drop; b++)
            drop = a != b && covered_everywhere(r, v, class_[a], class_[b]);
        if (!drop) {
            a++;
            continue;
        }
        k--;
        for (uint32_t b = a; b < k; b++)
            class_[b] = class_[b + 1];
    }
    return k;
}

parley_status reduce_values(reducer *r, bool *changed)
{
    const net *n = r->n;
    uint32_t **class_ = SCRATCH(r->m, uint32_t *, n->variables);
    uint32_t *old_k = SCRATCH(r->m, uint32_t, n->variables);
    uint32_t *new_k = SCRATCH(r->m, uint32_t, n->variables);
    uint32_t *uses = SCRATCH_ZERO(r->m, uint32_t, n->variables);
    class_notes **notes = SCRATCH(r->m, class_notes *, n->variables);
    *changed = false;
    if (class_ == NULL || old_k == NULL || new_k == NULL || uses == NULL || notes == NULL)
        return question_nomem(r->q);
    for (uint32_t t = 0; t < r->tables; t++)
        for (uint32_t i = 0; i < r->table[t].arity; i++)
            uses[r->table[t].scope[i]]++;
    for (uint32_t v = 0; v < n->variables; v++) {
        class_[v] = NULL;
        old_k[v] = new_k[v] = r->k[v];
        if (uses[v] == 0)
            continue;
        class_[v] = SCRATCH(r->m, uint32_t, r->k[v]);
        notes[v] = SCRATCH_ZERO(r->m, class_notes, r->k[v]);
        if (class_[v] == NULL || notes[v] == NULL)
            return question_nomem(r->q);
    }
    for (uint32_t t = 0; t < r->tables; t++)
        note_classes(r, t, notes);
    for (uint32_t v = 0; v < n->variables; v++) {
        if (uses[v] == 0)
            continue;
        new_k[v] = choose_classes(r, v, uses[v], notes[v], class_[v]);
        *changed = *changed || new_k[v] != old_k[v];
        r->empty = r->empty || new_k[v] == 0;
    }
    if (!*changed || r->empty)
        return PARLEY_OK;
    memcpy(r->k, new_k, n->variables * sizeof *new_k);
    uint32_t kept = 0;
    for (uint32_t t = 0; t < r->tables; t++) {
        bool keep = true, touched = false;
        net_table out = r->table[t];
        for (uint32_t i = 0; i < out.arity; i++)
            touched = touched || r->k[out.scope[i]] != old_k[out.scope[i]];
        if (touched) {
            parley_status status = reduce_table(r, &r->table[t], old_k, class_, &out, &keep);
            if (status != PARLEY_OK)
                return status;
        }
        if (keep)
            r->table[kept++] = out;
    }
    r->tables = kept;
    return PARLEY_OK;
}

/* ------------------------------------------------------------------ loose ends */

/*
 * Sum the weights of variable number `pos` for each assignment of the others; *sum: the one value
 * that is not 0. *out: where it is. False: there are several, or no memory (*status).
 */
static bool sum_out(reducer *r, const net_table *t, uint32_t pos, net_table *out, uint64_t *sum,
                    parley_status *status)
{
    uint32_t v = t->scope[pos], arity = t->arity - 1;
    uint32_t digit[SPACE_ARITY] = {0}, k[SPACE_ARITY];
    size_t stride[SPACE_ARITY], step = t->words, mine = 0;
    bool either = reducer_or(r, v);
    *out = (net_table){.arity = arity, .owner = SPACE_NONE, .words = 1, .rows = 1};
    out->scope = SCRATCH(r->m, uint32_t, arity);
    if (out->scope == NULL) {
        *status = question_nomem(r->q);
        return false;
    }
    for (uint32_t i = 0, j = 0; i < t->arity; i++) {
        size_t s = i == 0 ? 0 : step;
        if (i > 0)
            step *= r->k[t->scope[i]];
        if (i == pos) {
            mine = s;
            continue;
        }
        stride[j] = s;
        k[j] = r->k[t->scope[i]];
        out->scope[j++] = t->scope[i];
    }
    size_t rows = 1;
    for (uint32_t j = 1; j < arity; j++)
        rows *= k[j];
    uint32_t k0 = arity > 0 ? k[0] : 1;
    out->words = bit_words(k0);
    out->rows = (uint32_t)rows;
    out->row = SCRATCH_ZERO(r->m, uint64_t, rows * out->words);
    if (out->row == NULL) {
        *status = question_nomem(r->q);
        return false;
    }
    *sum = 0;
    for (size_t row = 0; row < rows; row++) {
        const uint64_t *base = t->row;
        for (uint32_t j = 1; j < arity; j++)
            base += stride[j] * digit[j];
        for (uint32_t x = 0; x < k0; x++) {
            uint64_t here = 0;
            for (uint32_t c = 0; c < r->k[v]; c++) {
                /* One of the two is the table's row variable: a bit; the other moves over rows. */
                bool bit = pos == 0 ? bit_get(base + (arity > 0 ? stride[0] * x : 0), c)
                                    : bit_get(base + mine * c, x);
                here += bit ? r->weight[v][c] : 0;
            }
            if (here == 0)
                continue;
            if (!either && *sum != 0 && *sum != here)
                return false;
            *sum = here;
            bit_set(out->row + row * out->words, x);
        }
        for (uint32_t j = 1; j < arity; j++) {
            if (++digit[j] < k[j])
                break;
            digit[j] = 0;
        }
    }
    if (either && *sum != 0)
        *sum = 1;
    return true;
}

static bool excludes(const net_table *t, uint32_t k0)
{
    uint64_t ones = 0;
    for (size_t w = 0; w < (size_t)t->rows * t->words; w++)
        ones += bit_ones(t->row[w]);
    return ones < (uint64_t)t->rows * k0;
}

/* One variable of one table. *changed: it is gone. */
static parley_status try_pendant(reducer *r, uint32_t v, uint32_t t, bool *changed)
{
    const net_table *x = &r->table[t];
    scratch_mark mark = scratch_here(r->m);
    parley_status status = PARLEY_OK;
    uint32_t pos = 0;
    uint64_t sum = 0;
    net_table out;
    *changed = false;
    while (x->scope[pos] != v)
        pos++;
    /* A sum does not change places with the `or` of a projected variable. */
    for (uint32_t i = 0; i < x->arity; i++)
        if (!reducer_or(r, v) && reducer_or(r, x->scope[i]))
            return PARLEY_OK;
    *changed = sum_out(r, x, pos, &out, &sum, &status);
    if (!*changed) {
        scratch_reset(r->m, mark);
        return status;
    }
    r->empty = r->empty || sum == 0;
    r->gone[v] = true;
    parley_count factor = parley_count_of(sum);
    if (sum != 1 && !parley_count_mul(&r->factor, &r->factor, &factor))
        return limit_bits(r->q);
    r->table[t] = out;
    return question_work(r->q, (uint64_t)out.rows * out.words * 64);
}

parley_status reduce_pendants(reducer *r, bool *changed)
{
    const net *n = r->n;
    scratch_mark mark = scratch_here(r->m);
    uint32_t *uses = SCRATCH_ZERO(r->m, uint32_t, n->variables);
    uint32_t *where = SCRATCH(r->m, uint32_t, n->variables);
    bool *tried = SCRATCH_ZERO(r->m, bool, n->variables);
    *changed = false;
    if (uses == NULL || where == NULL || tried == NULL)
        return question_nomem(r->q);
    for (uint32_t t = 0; t < r->tables; t++)
        for (uint32_t i = 0; i < r->table[t].arity; i++) {
            uses[r->table[t].scope[i]]++;
            where[r->table[t].scope[i]] = t;
        }
    for (bool more = true; more && !r->empty;) {
        more = false;
        for (uint32_t v = 0; v < n->variables && !r->empty; v++) {
            if (uses[v] != 1 || tried[v] || r->gone[v])
                continue;
            bool done = false;
            uint32_t t = where[v];
            tried[v] = true;
            parley_status status = try_pendant(r, v, t, &done);
            if (status != PARLEY_OK)
                return status;
            if (!done)
                continue;
            more = *changed = true;
            const net_table *x = &r->table[t];
            for (uint32_t i = 0; i < x->arity; i++)
                tried[x->scope[i]] = false;
        }
    }
    if (!*changed) {
        scratch_reset(r->m, mark);
        return PARLEY_OK;
    }
    uint32_t kept = 0;
    for (uint32_t t = 0; t < r->tables; t++)
        if (r->table[t].arity > 0 && excludes(&r->table[t], r->k[r->table[t].scope[0]]))
            r->table[kept++] = r->table[t];
    r->tables = kept;
    return PARLEY_OK;
}
