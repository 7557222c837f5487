/*
 * Natural numbers of up to 1024 bits in fixed memory: exact numbers of packages.
 *
 * GMP's low-level functions on our own limbs; nothing is allocated at these sizes. Where a GMP limb
 * is not 64 bits wide (or with PARLEY_COUNT_PORTABLE, for the tests) plain loops in 128 bits do the
 * same. Left out: division but for printing, and everything negative.
 */
#include "base_internal.h"

#include <gmp.h>
#include <string.h>

#define LIMBS ((uint32_t)PARLEY_COUNT_LIMBS)

__extension__ typedef unsigned __int128 wide;

#if !defined(PARLEY_COUNT_PORTABLE) && GMP_LIMB_BITS == 64 && GMP_NAIL_BITS == 0 &&                \
    defined(__LP64__)
#define COUNT_GMP 1
#else
#define COUNT_GMP 0
#endif

#if COUNT_GMP
/* Same type, so that our limbs may be handed over as they are. */
_Static_assert(_Generic((mp_limb_t)0, uint64_t : 1, default : 0), "a GMP limb is a uint64_t");

static uint64_t limbs_add(uint64_t *r, const uint64_t *a, uint32_t na, const uint64_t *b,
                          uint32_t nb)
{
    return mpn_add(r, a, (mp_size_t)na, b, (mp_size_t)nb);
}

static void limbs_sub(uint64_t *r, const uint64_t *a, uint32_t na, const uint64_t *b, uint32_t nb)
{
    mpn_sub(r, a, (mp_size_t)na, b, (mp_size_t)nb);
}

static void limbs_mul(uint64_t *r, const uint64_t *a, uint32_t na, const uint64_t *b, uint32_t nb)
{
    mpn_mul(r, a, (mp_size_t)na, b, (mp_size_t)nb);
}

static uint64_t limbs_divide(uint64_t *a, uint32_t na, uint64_t by)
{
    return mpn_divrem_1(a, 0, a, (mp_size_t)na, by);
}
#else
static uint64_t limbs_add(uint64_t *r, const uint64_t *a, uint32_t na, const uint64_t *b,
                          uint32_t nb)
{
    wide carry = 0;
    for (uint32_t i = 0; i < na; i++) {
        carry += (wide)a[i] + (i < nb ? b[i] : 0);
        r[i] = (uint64_t)carry;
        carry >>= 64;
    }
    return (uint64_t)carry;
}

static void limbs_sub(uint64_t *r, const uint64_t *a, uint32_t na, const uint64_t *b, uint32_t nb)
{
    uint64_t borrow = 0;
    for (uint32_t i = 0; i < na; i++) {
        wide take = (wide)(i < nb ? b[i] : 0) + borrow;
        borrow = a[i] < take;
        r[i] = (uint64_t)(a[i] - take);
    }
}

static void limbs_mul(uint64_t *r, const uint64_t *a, uint32_t na, const uint64_t *b, uint32_t nb)
{
    memset(r, 0, (na + nb) * sizeof *r);
    for (uint32_t i = 0; i < na; i++) {
        uint64_t carry = 0;
        for (uint32_t j = 0; j < nb; j++) {
            wide t = (wide)a[i] * b[j] + r[i + j] + carry;
            r[i + j] = (uint64_t)t;
            carry = (uint64_t)(t >> 64);
        }
        r[i + nb] = carry;
    }
}

static uint64_t limbs_divide(uint64_t *a, uint32_t na, uint64_t by)
{
    wide rest = 0;
    for (uint32_t i = na; i-- > 0;) {
        rest = rest << 64 | a[i];
        a[i] = (uint64_t)(rest / by);
        rest %= by;
    }
    return (uint64_t)rest;
}
#endif

static void trim(parley_count *c)
{
    while (c->used > 0 && c->limb[c->used - 1] == 0) {
        c->used--;
    }
}

/* Copy of the limbs in use; the others zero, whatever the caller left there. */
static parley_count clean(const parley_count *a)
{
    parley_count c = {0, {0}};
    PARLEY_ASSERT(a->used <= LIMBS);
    c.used = a->used;
    memcpy(c.limb, a->limb, a->used * sizeof *a->limb);
    trim(&c);
    return c;
}

parley_count parley_count_of(uint64_t value)
{
    parley_count c = {value != 0, {value}};
    return c;
}

bool parley_count_add(parley_count *out, const parley_count *a, const parley_count *b)
{
    if (a->used < b->used) {
        const parley_count *t = a;
        a = b;
        b = t;
    }
    if (b->used == 0) {
        *out = clean(a);
        return true;
    }
    PARLEY_ASSERT(a->used <= LIMBS);
    parley_count sum = {a->used, {0}};
    uint64_t carry = limbs_add(sum.limb, a->limb, a->used, b->limb, b->used);
    if (carry != 0) {
        if (sum.used == LIMBS) {
            return false;
        }
        sum.limb[sum.used++] = carry;
    }
    trim(&sum);
    *out = sum;
    return true;
}

bool parley_count_sub(parley_count *out, const parley_count *a, const parley_count *b)
{
    if (parley_count_compare(a, b) < 0) {
        return false;
    }
    parley_count left = clean(a);
    parley_count right = clean(b);
    if (right.used > 0) {
        limbs_sub(left.limb, left.limb, left.used, right.limb, right.used);
        trim(&left);
    }
    *out = left;
    return true;
}

bool parley_count_mul(parley_count *out, const parley_count *a, const parley_count *b)
{
    parley_count x = clean(a->used >= b->used ? a : b);
    parley_count y = clean(a->used >= b->used ? b : a);
    if (x.used < y.used) { /* possible when a caller's count was not trimmed */
        parley_count t = x;
        x = y;
        y = t;
    }
    if (y.used == 0) {
        *out = parley_count_of(0);
        return true;
    }
    if (x.used + y.used > LIMBS + 1) {
        return false;
    }
    uint64_t product[2 * PARLEY_COUNT_LIMBS] = {0};
    limbs_mul(product, x.limb, x.used, y.limb, y.used);
    if (product[LIMBS] != 0) {
        return false;
    }
    x.used = x.used + y.used > LIMBS ? LIMBS : x.used + y.used;
    memcpy(x.limb, product, sizeof x.limb);
    trim(&x);
    *out = x;
    return true;
}

int parley_count_compare(const parley_count *a, const parley_count *b)
{
    uint32_t n = a->used > b->used ? a->used : b->used;
    PARLEY_ASSERT(n <= LIMBS);
    for (uint32_t i = n; i-- > 0;) {
        uint64_t x = i < a->used ? a->limb[i] : 0;
        uint64_t y = i < b->used ? b->limb[i] : 0;
        if (x != y) {
            return x < y ? -1 : 1;
        }
    }
    return 0;
}

bool parley_count_is_zero(const parley_count *a)
{
    for (uint32_t i = 0; i < a->used; i++) {
        if (a->limb[i] != 0) {
            return false;
        }
    }
    return true;
}

size_t parley_count_print(const parley_count *a, char separator, char *out, size_t size)
{
    const uint64_t chunk = UINT64_C(1000000000000000000); /* 18 digits: whole groups of three */
    char buffer[448];
    char *end = buffer + sizeof buffer;
    char *p = end;
    parley_count rest = clean(a);
    uint32_t digits = 0;
    do {
        uint64_t part = rest.used > 0 ? limbs_divide(rest.limb, rest.used, chunk) : 0;
        trim(&rest);
        for (int i = 0; i < 18 && (part > 0 || rest.used > 0 || digits == 0); i++) {
            if (separator != 0 && digits > 0 && digits % 3 == 0) {
                *--p = separator;
            }
            *--p = (char)('0' + part % 10);
            part /= 10;
            digits++;
        }
    } while (rest.used > 0);
    return base_emit(out, size, p, (size_t)(end - p));
}
