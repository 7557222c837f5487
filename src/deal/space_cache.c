/*
 * Counts of components met before, in one question. The key is the whole description of a component
 * (classes, weights, tables, with its variables numbered from 0), compared in full: two components
 * that meet in a hash are never taken for each other. When the memory for it is used up, all is
 * forgotten.
 */
#include "deal/space_internal.h"

#include <string.h>

#define CACHE_BYTES ((size_t)32 << 20)
#define CACHE_SLOTS 256u

struct count_entry {
    count_entry *next;
    uint64_t hash;
    size_t words;
    uint64_t *key;
    uint32_t used;
    uint64_t *limb;
};

static uint64_t hash_words(const uint64_t *x, size_t n)
{
    uint64_t h = 0x9e3779b97f4a7c15u ^ n;
    for (size_t i = 0; i < n; i++) {
        h = (h ^ x[i]) * 0xd6e8feb86659fd93u;
        h ^= h >> 32;
    }
    return h;
}

parley_status cache_key(question *q, const net *n, bool all_or, count_key *out)
{
    size_t words = 2;
    for (uint32_t v = 0; v < n->variables; v++)
        words += 1 + (size_t)n->variable[v].k;
    for (uint32_t t = 0; t < n->tables; t++)
        words += 1 + n->table[t].arity + (size_t)n->table[t].rows * n->table[t].words;
    uint64_t *key = SCRATCH(q->tmp, uint64_t, words);
    if (key == NULL)
        return question_nomem(q);
    size_t at = 0;
    key[at++] = (uint64_t)n->variables << 1 | all_or;
    for (uint32_t v = 0; v < n->variables; v++) {
        const net_variable *x = &n->variable[v];
        key[at++] = (uint64_t)x->k << 1 | (x->projected && !all_or);
        for (uint32_t c = 0; c < x->k && !x->projected && !all_or; c++)
            key[at++] = x->weight != NULL ? x->weight[c] : 1;
    }
    key[at++] = n->tables;
    for (uint32_t t = 0; t < n->tables; t++) {
        const net_table *x = &n->table[t];
        key[at++] = x->arity;
        for (uint32_t i = 0; i < x->arity; i++)
            key[at++] = x->scope[i];
        memcpy(key + at, x->row, (size_t)x->rows * x->words * sizeof *key);
        at += (size_t)x->rows * x->words;
    }
    *out = (count_key){key, at, hash_words(key, at)};
    return question_work(q, at * 2);
}

bool cache_find(const question *q, const count_key *key, parley_count *out)
{
    const count_cache *c = &q->cache;
    if (c->slots == 0)
        return false;
    for (const count_entry *e = c->slot[key->hash & (c->slots - 1)]; e != NULL; e = e->next)
        if (e->hash == key->hash && e->words == key->words &&
            memcmp(e->key, key->word, key->words * sizeof *key->word) == 0) {
            *out = parley_count_of(0);
            out->used = e->used;
            memcpy(out->limb, e->limb, e->used * sizeof *e->limb);
            return true;
        }
    return false;
}

static bool cache_grow(scratch *m, count_cache *c)
{
    uint32_t slots = c->slots == 0 ? CACHE_SLOTS : c->slots * 4;
    count_entry **slot = SCRATCH_ZERO(m, count_entry *, slots);
    if (slot == NULL)
        return false;
    for (uint32_t i = 0; i < c->slots; i++)
        for (count_entry *e = c->slot[i], *next; e != NULL; e = next) {
            next = e->next;
            e->next = slot[e->hash & (slots - 1)];
            slot[e->hash & (slots - 1)] = e;
        }
    c->slot = slot;
    c->slots = slots;
    return true;
}

parley_status cache_put(question *q, const count_key *key, const parley_count *value)
{
    count_cache *c = &q->cache;
    scratch *m = &q->s->cache;
    size_t bytes = (key->words + value->used) * sizeof(uint64_t) + sizeof(count_entry);
    if (bytes > CACHE_BYTES / 4)
        return PARLEY_OK;
    if (c->bytes + bytes > CACHE_BYTES) {
        scratch_reset(m, (scratch_mark){NULL, 0});
        *c = (count_cache){NULL, 0, 0, 0};
    }
    if (c->entries >= c->slots && !cache_grow(m, c))
        return question_nomem(q);
    count_entry *e = SCRATCH(m, count_entry, 1);
    if (e == NULL)
        return question_nomem(q);
    *e = (count_entry){.hash = key->hash, .words = key->words, .used = value->used};
    e->key = SCRATCH(m, uint64_t, key->words);
    e->limb = SCRATCH(m, uint64_t, value->used);
    if (e->key == NULL || e->limb == NULL)
        return question_nomem(q);
    memcpy(e->key, key->word, key->words * sizeof *e->key);
    memcpy(e->limb, value->limb, value->used * sizeof *e->limb);
    count_entry **slot = &c->slot[key->hash & (c->slots - 1)];
    e->next = *slot;
    *slot = e;
    c->entries++;
    c->bytes += bytes;
    return PARLEY_OK;
}
