/*
 * Wide naturals and rationals for numbers: common denominators, sums and products over parties.
 *
 * Fixed room on the stack, schoolbook multiplication, division by shift and subtract. They are used
 * to set a model up and to decide ties; inner loops work on 64 or 128 bits.
 */
#include "deal/numbers_internal.h"

#include <math.h>
#include <string.h>

static void trim(nm_wide *a)
{
    while (a->used > 0 && a->limb[a->used - 1] == 0) {
        a->used--;
    }
}

nm_wide nm_wide_of(nm_unum value)
{
    nm_wide out;
    out.used = 2;
    out.limb[0] = (uint64_t)value;
    out.limb[1] = (uint64_t)(value >> 64);
    trim(&out);
    return out;
}

nm_unum nm_wide_low(const nm_wide *a)
{
    nm_unum low = a->used > 0 ? a->limb[0] : 0;
    return a->used > 1 ? low | (nm_unum)a->limb[1] << 64 : low;
}

int nm_wide_compare(const nm_wide *a, const nm_wide *b)
{
    if (a->used != b->used) {
        return a->used > b->used ? 1 : -1;
    }
    for (uint32_t i = a->used; i-- > 0;) {
        if (a->limb[i] != b->limb[i]) {
            return a->limb[i] > b->limb[i] ? 1 : -1;
        }
    }
    return 0;
}

bool nm_wide_mul(nm_wide *out, const nm_wide *a, const nm_wide *b)
{
    uint64_t limb[2 * NM_WIDE_LIMBS];
    uint32_t used = a->used + b->used;
    memset(limb, 0, used * sizeof(limb[0]));
    for (uint32_t i = 0; i < a->used; i++) {
        uint64_t carry = 0;
        for (uint32_t j = 0; j < b->used; j++) {
            nm_unum t = (nm_unum)a->limb[i] * b->limb[j] + limb[i + j] + carry;
            limb[i + j] = (uint64_t)t;
            carry = (uint64_t)(t >> 64);
        }
        limb[i + b->used] = carry;
    }
    while (used > 0 && limb[used - 1] == 0) {
        used--;
    }
    if (used > NM_WIDE_LIMBS) {
        return false;
    }
    out->used = used;
    memcpy(out->limb, limb, used * sizeof(limb[0]));
    return true;
}

bool nm_wide_add(nm_wide *out, const nm_wide *a, const nm_wide *b)
{
    const nm_wide *longer = a->used >= b->used ? a : b;
    const nm_wide *other = longer == a ? b : a;
    uint64_t carry = 0;
    uint32_t used = longer->used;
    uint32_t shorter = other->used;
    for (uint32_t i = 0; i < used; i++) {
        nm_unum t = (nm_unum)longer->limb[i] + (i < shorter ? other->limb[i] : 0) + carry;
        out->limb[i] = (uint64_t)t;
        carry = (uint64_t)(t >> 64);
    }
    if (carry != 0) {
        if (used == NM_WIDE_LIMBS) {
            return false;
        }
        out->limb[used++] = carry;
    }
    out->used = used;
    return true;
}

void nm_wide_sub(nm_wide *out, const nm_wide *a, const nm_wide *b)
{
    uint64_t borrow = 0;
    uint32_t used = a->used;
    uint32_t shorter = b->used;
    for (uint32_t i = 0; i < used; i++) {
        uint64_t y = i < shorter ? b->limb[i] : 0;
        uint64_t x = a->limb[i];
        uint64_t t = x - y - borrow;
        borrow = x < y || (x == y && borrow != 0) ? 1 : 0;
        out->limb[i] = t;
    }
    out->used = used;
    trim(out);
}

uint32_t nm_wide_bits(const nm_wide *a)
{
    return a->used == 0 ? 0 : a->used * 64 - (uint32_t)__builtin_clzll(a->limb[a->used - 1]);
}

void nm_wide_shift(nm_wide *out, const nm_wide *a, int32_t left)
{
    nm_wide r;
    memset(r.limb, 0, sizeof(r.limb));
    r.used = NM_WIDE_LIMBS;
    int32_t limbs = left >= 0 ? left / 64 : -((-left) / 64);
    uint32_t bits = (uint32_t)(left >= 0 ? left % 64 : (-left) % 64);
    for (uint32_t i = 0; i < a->used; i++) {
        int32_t at = (int32_t)i + limbs;
        uint64_t x = a->limb[i];
        if (left >= 0) {
            if (at < NM_WIDE_LIMBS) {
                r.limb[at] |= x << bits;
            }
            if (bits > 0 && at + 1 < NM_WIDE_LIMBS) {
                r.limb[at + 1] |= x >> (64 - bits);
            }
        } else {
            if (at >= 0) {
                r.limb[at] |= x >> bits;
            }
            if (bits > 0 && at - 1 >= 0) {
                r.limb[at - 1] |= x << (64 - bits);
            }
        }
    }
    trim(&r);
    *out = r;
}

void nm_wide_divide(nm_wide *quotient, nm_wide *rest, const nm_wide *a, const nm_wide *b)
{
    if (a->used <= 2 && b->used <= 2) {
        nm_unum x = nm_wide_low(a);
        nm_unum y = nm_wide_low(b);
        *quotient = nm_wide_of(x / y);
        *rest = nm_wide_of(x % y);
        return;
    }
    if (b->used == 1) { /* limb by limb, from the top */
        nm_unum left = 0;
        uint64_t by = b->limb[0];
        uint32_t used = a->used;
        for (uint32_t i = used; i-- > 0;) {
            left = left << 64 | a->limb[i];
            quotient->limb[i] = (uint64_t)(left / by);
            left %= by;
        }
        quotient->used = used;
        trim(quotient);
        *rest = nm_wide_of(left);
        return;
    }
    nm_wide r = *a;
    nm_wide q;
    nm_wide shifted;
    memset(q.limb, 0, sizeof(q.limb));
    q.used = NM_WIDE_LIMBS;
    int32_t shift = (int32_t)nm_wide_bits(a) - (int32_t)nm_wide_bits(b);
    for (; shift >= 0; shift--) {
        nm_wide_shift(&shifted, b, shift);
        if (nm_wide_compare(&r, &shifted) >= 0) {
            nm_wide_sub(&r, &r, &shifted);
            q.limb[shift / 64] |= UINT64_C(1) << (shift % 64);
        }
    }
    trim(&q);
    *quotient = q;
    *rest = r;
}

static nm_unum small_gcd(nm_unum a, nm_unum b)
{
    while (b != 0 && (a | b) >> 64 != 0) {
        nm_unum rest = a % b;
        a = b;
        b = rest;
    }
    uint64_t x = (uint64_t)a;
    uint64_t y = (uint64_t)b;
    while (b != 0 && y != 0) {
        uint64_t rest = x % y;
        x = y;
        y = rest;
    }
    return b == 0 ? a : x;
}

/* Binary, so that nothing is divided (Stein 1967). */
nm_wide nm_wide_gcd(nm_wide a, nm_wide b)
{
    int32_t twos = 0;
    if (a.used == 0) {
        return b;
    }
    if (b.used == 0) {
        return a;
    }
    if (a.used <= 2 && b.used <= 2) {
        return nm_wide_of(small_gcd(nm_wide_low(&a), nm_wide_low(&b)));
    }
    while ((a.limb[0] & 1) == 0 && (b.limb[0] & 1) == 0) {
        nm_wide_shift(&a, &a, -1);
        nm_wide_shift(&b, &b, -1);
        twos++;
    }
    while (a.used != 0) {
        while ((a.limb[0] & 1) == 0) {
            int32_t zeros = a.limb[0] == 0 ? 63 : __builtin_ctzll(a.limb[0]);
            nm_wide_shift(&a, &a, -zeros);
        }
        while ((b.limb[0] & 1) == 0) {
            int32_t zeros = b.limb[0] == 0 ? 63 : __builtin_ctzll(b.limb[0]);
            nm_wide_shift(&b, &b, -zeros);
        }
        if (nm_wide_compare(&a, &b) >= 0) {
            nm_wide_sub(&a, &a, &b);
        } else {
            nm_wide t = a;
            nm_wide_sub(&a, &b, &a);
            b = t;
        }
    }
    nm_wide_shift(&b, &b, twos);
    return b;
}

double nm_wide_log2(const nm_wide *a)
{
    uint32_t bits = nm_wide_bits(a);
    nm_wide top;
    if (bits == 0) {
        return -HUGE_VAL;
    }
    nm_wide_shift(&top, a, bits > 64 ? -(int32_t)(bits - 64) : 0);
    return log2((double)top.limb[0]) + (bits > 64 ? (double)(bits - 64) : 0.0);
}

/* ------------------------------------------------------------------ ratios */

static void lowest(nm_ratio *r)
{
    nm_wide rest;
    if (r->num.used > 0 && r->num.used <= 2 && r->den.used <= 2) {
        nm_unum num = nm_wide_low(&r->num);
        nm_unum den = nm_wide_low(&r->den);
        nm_unum by = small_gcd(num, den);
        r->num = nm_wide_of(num / by);
        r->den = nm_wide_of(den / by);
        return;
    }
    if (r->num.used == 0) {
        r->negative = false;
        r->den = nm_wide_of(1);
        return;
    }
    nm_wide by = nm_wide_gcd(r->num, r->den);
    if (by.used == 1 && by.limb[0] == 1) {
        return;
    }
    nm_wide_divide(&r->num, &rest, &r->num, &by);
    nm_wide_divide(&r->den, &rest, &r->den, &by);
}

nm_ratio nm_ratio_zero(void)
{
    return (nm_ratio){false, nm_wide_of(0), nm_wide_of(1)};
}

nm_ratio nm_ratio_of(parley_fraction f)
{
    nm_ratio r = nm_ratio_zero();
    const nm_wide ten = nm_wide_of(10);
    r.negative = f.num < 0;
    r.num = nm_wide_of(f.num < 0 ? 0 - (uint64_t)f.num : (uint64_t)f.num);
    r.den = nm_wide_of((uint64_t)f.den);
    for (int32_t k = 0; k < f.places; k++) {
        bool fits = nm_wide_mul(&r.den, &r.den, &ten);
        PARLEY_ASSERT(fits);
    }
    lowest(&r);
    return r;
}

bool nm_ratio_mul(nm_ratio *out, const nm_ratio *a, const nm_ratio *b)
{
    nm_ratio r;
    r.negative = a->negative != b->negative;
    if (!nm_wide_mul(&r.num, &a->num, &b->num) || !nm_wide_mul(&r.den, &a->den, &b->den)) {
        return false;
    }
    lowest(&r);
    *out = r;
    return true;
}

bool nm_ratio_div(nm_ratio *out, const nm_ratio *a, const nm_ratio *b)
{
    const nm_ratio turned = {b->negative, b->den, b->num};
    return nm_ratio_mul(out, a, &turned);
}

bool nm_ratio_add(nm_ratio *out, const nm_ratio *a, const nm_ratio *b)
{
    nm_wide x;
    nm_wide y;
    nm_ratio r;
    if (!nm_wide_mul(&x, &a->num, &b->den) || !nm_wide_mul(&y, &b->num, &a->den) ||
        !nm_wide_mul(&r.den, &a->den, &b->den)) {
        return false;
    }
    r.negative = a->negative;
    if (a->negative == b->negative) {
        if (!nm_wide_add(&r.num, &x, &y)) {
            return false;
        }
    } else if (nm_wide_compare(&x, &y) >= 0) {
        nm_wide_sub(&r.num, &x, &y);
    } else {
        nm_wide_sub(&r.num, &y, &x);
        r.negative = b->negative;
    }
    lowest(&r);
    *out = r;
    return true;
}

int nm_ratio_compare(const nm_ratio *a, const nm_ratio *b)
{
    nm_ratio minus = *b;
    nm_ratio d;
    minus.negative = !b->negative;
    bool fits = nm_ratio_add(&d, a, &minus);
    PARLEY_ASSERT(fits); /* callers keep to a quarter of the room */
    return d.num.used == 0 ? 0 : d.negative ? -1 : 1;
}

double nm_ratio_double(const nm_ratio *a)
{
    nm_wide top;
    double part[2];
    int power[2];
    for (int k = 0; k < 2; k++) {
        const nm_wide *w = k == 0 ? &a->num : &a->den;
        uint32_t bits = nm_wide_bits(w);
        power[k] = bits > 64 ? (int)bits - 64 : 0;
        nm_wide_shift(&top, w, -power[k]);
        part[k] = top.used == 0 ? 0.0 : (double)top.limb[0];
    }
    double value = ldexp(part[0] / part[1], power[0] - power[1]);
    return a->negative ? -value : value;
}

/* ------------------------------------------------------------- small ratios */

static nm_unum magnitude(nm_num a)
{
    return a < 0 ? 0 - (nm_unum)a : (nm_unum)a;
}

/* Two halves of a 256-bit product. */
static void product(nm_unum a, nm_unum b, nm_unum *high, nm_unum *low)
{
    uint64_t a0 = (uint64_t)a;
    uint64_t a1 = (uint64_t)(a >> 64);
    uint64_t b0 = (uint64_t)b;
    uint64_t b1 = (uint64_t)(b >> 64);
    nm_unum p00 = (nm_unum)a0 * b0;
    nm_unum p01 = (nm_unum)a0 * b1;
    nm_unum p10 = (nm_unum)a1 * b0;
    nm_unum p11 = (nm_unum)a1 * b1;
    nm_unum middle = (p00 >> 64) + (uint64_t)p01 + (uint64_t)p10;
    *low = (uint64_t)p00 | middle << 64;
    *high = p11 + (p01 >> 64) + (p10 >> 64) + (middle >> 64);
}

int nm_compare_ratios(nm_num a, nm_num b, nm_num c, nm_num d)
{
    int sa = (a > 0) - (a < 0);
    int sc = (c > 0) - (c < 0);
    nm_unum xh, xl, yh, yl;
    if (sa != sc || sa == 0) {
        return (sa > sc) - (sa < sc);
    }
    product(magnitude(a), (nm_unum)d, &xh, &xl);
    product(magnitude(c), (nm_unum)b, &yh, &yl);
    int order = xh != yh ? (xh > yh ? 1 : -1) : (xl > yl) - (xl < yl);
    return sa > 0 ? order : -order;
}

double nm_double(nm_num a, nm_num unit)
{
    return (double)((long double)a / (long double)unit);
}
