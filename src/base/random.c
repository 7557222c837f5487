/*
 * Keyed random numbers: Philox 4x32-10 (Salmon, Moraes, Dror & Shaw 2011,
 * doi:10.1145/2063384.2063405).
 *
 * Stream version 1. The key of a stream is the first half of
 * philox(key = seed (low word, high word), counter = (engine, 1, 0, "Parl")); word i of a stream is
 * word i % 4 of philox(key, counter = (i / 4 low, i / 4 high, trial, scenario)). A change of any of
 * this is a new PARLEY_RANDOM_STREAM. Not for secrets.
 */
#include "base_internal.h"

void parley_philox(const uint32_t key[2], const uint32_t counter[4], uint32_t out[4])
{
    uint32_t k0 = key[0];
    uint32_t k1 = key[1];
    uint32_t c0 = counter[0];
    uint32_t c1 = counter[1];
    uint32_t c2 = counter[2];
    uint32_t c3 = counter[3];
    for (int round = 0; round < 10; round++) {
        uint64_t p0 = (uint64_t)0xD2511F53u * c0;
        uint64_t p1 = (uint64_t)0xCD9E8D57u * c2;
        c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)p1;
        c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)p0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

parley_random parley_random_stream(uint64_t seed, uint32_t engine, uint32_t scenario,
                                   uint32_t trial)
{
    const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    const uint32_t counter[4] = {engine, PARLEY_RANDOM_STREAM, 0, 0x5061726Cu};
    uint32_t word[4];
    parley_philox(key, counter, word);
    parley_random r = {{word[0], word[1]}, scenario, trial, 0, {0, 0, 0, 0}, 0};
    return r;
}

uint32_t parley_random_u32(parley_random *r)
{
    if (r->left == 0) {
        const uint32_t counter[4] = {(uint32_t)r->draw, (uint32_t)(r->draw >> 32), r->trial,
                                     r->scenario};
        parley_philox(r->key, counter, r->word);
        r->draw++;
        r->left = 4;
    }
    return r->word[4 - r->left--];
}

uint64_t parley_random_u64(parley_random *r)
{
    uint64_t low = parley_random_u32(r);
    return (uint64_t)parley_random_u32(r) << 32 | low;
}

uint32_t parley_random_below(parley_random *r, uint32_t n)
{
    PARLEY_ASSERT(n > 0);
    /* Lemire 2019, doi:10.1145/3230636: the high half of a product, without the few words that
     * would favour some results. */
    uint32_t refuse = (0u - n) % n;
    uint64_t product;
    do {
        product = (uint64_t)parley_random_u32(r) * n;
    } while ((uint32_t)product < refuse);
    return (uint32_t)(product >> 32);
}

double parley_random_unit(parley_random *r)
{
    return (double)(parley_random_u64(r) >> 11) * 0x1p-53;
}
