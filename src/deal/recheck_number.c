/*
 * Exact fractions by the methods of school: digits, carries, one subtraction after the other.
 *
 * Slow and plain on purpose. Greatest common divisors by halving and subtracting (Stein 1967,
 * doi:10.1016/0021-9991(67)90047-2), quotients by shifting and subtracting.
 */
#include "deal/recheck_number.h"

#include <math.h>
#include <string.h>

/* ---------------------------------------------------------------- naturals */

static rk_natural natural(uint64_t a)
{
    rk_natural r;
    r.n = 0;
    while (a != 0) {
        r.d[r.n++] = (uint32_t)a;
        a >>= 32;
    }
    return r;
}

static void trim(rk_natural *a)
{
    while (a->n > 0 && a->d[a->n - 1] == 0) {
        a->n--;
    }
}

static int order(const rk_natural *a, const rk_natural *b)
{
    if (a->n != b->n) {
        return a->n < b->n ? -1 : 1;
    }
    for (uint32_t i = a->n; i-- > 0;) {
        if (a->d[i] != b->d[i]) {
            return a->d[i] < b->d[i] ? -1 : 1;
        }
    }
    return 0;
}

static bool add(rk_natural *out, const rk_natural *a, const rk_natural *b)
{
    uint64_t carry = 0;
    uint32_t most = a->n > b->n ? a->n : b->n;
    rk_natural r;
    r.n = 0;
    for (uint32_t i = 0; i < most || carry != 0; i++) {
        if (i == RK_DIGITS) {
            return false;
        }
        carry += (uint64_t)(i < a->n ? a->d[i] : 0) + (i < b->n ? b->d[i] : 0);
        r.d[r.n++] = (uint32_t)carry;
        carry >>= 32;
    }
    *out = r;
    return true;
}

/* a >= b */
static void subtract(rk_natural *a, const rk_natural *b)
{
    uint64_t borrow = 0;
    for (uint32_t i = 0; i < a->n; i++) {
        uint64_t take = (uint64_t)(i < b->n ? b->d[i] : 0) + borrow;
        borrow = a->d[i] < take;
        a->d[i] = (uint32_t)(a->d[i] - take);
    }
    trim(a);
}

static bool multiply(rk_natural *out, const rk_natural *a, const rk_natural *b)
{
    rk_natural r;
    if (a->n + b->n > RK_DIGITS) {
        return false;
    }
    r.n = a->n + b->n;
    memset(r.d, 0, r.n * sizeof(r.d[0]));
    for (uint32_t i = 0; i < a->n; i++) {
        uint64_t carry = 0;
        for (uint32_t j = 0; j < b->n || carry != 0; j++) {
            carry += r.d[i + j] + (uint64_t)a->d[i] * (j < b->n ? b->d[j] : 0);
            r.d[i + j] = (uint32_t)carry;
            carry >>= 32;
        }
    }
    trim(&r);
    *out = r;
    return true;
}

uint32_t rk_bits(const rk_natural *a)
{
    return a->n == 0 ? 0 : 32 * a->n - (uint32_t)__builtin_clz(a->d[a->n - 1]);
}

static void shift_down(rk_natural *a, uint32_t by)
{
    uint32_t digits = by / 32;
    uint32_t bits = by % 32;
    uint32_t n = a->n > digits ? a->n - digits : 0;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t two = a->d[i + digits];
        two |= i + digits + 1 < a->n ? (uint64_t)a->d[i + digits + 1] << 32 : 0;
        a->d[i] = (uint32_t)(two >> bits);
    }
    a->n = n;
    trim(a);
}

static bool shift_up(rk_natural *a, uint32_t by)
{
    uint32_t digits = by / 32;
    uint32_t bits = by % 32;
    if (a->n == 0) {
        return true;
    }
    if (a->n + digits + 1 > RK_DIGITS) {
        return false;
    }
    a->d[a->n] = 0;
    for (uint32_t i = a->n + 1; i-- > 0;) {
        uint64_t two = (uint64_t)a->d[i] << 32 | (i > 0 ? a->d[i - 1] : 0);
        a->d[i + digits] = (uint32_t)(two >> (32 - bits));
    }
    memset(a->d, 0, digits * sizeof(a->d[0]));
    a->n += digits + 1;
    trim(a);
    return true;
}

static uint32_t zeros(const rk_natural *a)
{
    uint32_t i = 0;
    while (i < a->n && a->d[i] == 0) {
        i++;
    }
    return i == a->n ? 0 : 32 * i + (uint32_t)__builtin_ctz(a->d[i]);
}

static rk_natural divisor(rk_natural a, rk_natural b)
{
    if (a.n == 0 || b.n == 0) {
        return a.n == 0 ? b : a;
    }
    uint32_t both = zeros(&a) < zeros(&b) ? zeros(&a) : zeros(&b);
    shift_down(&a, zeros(&a));
    shift_down(&b, zeros(&b));
    for (;;) {
        int way = order(&a, &b);
        if (way == 0) {
            shift_up(&a, both); /* not longer than what came in */
            return a;
        }
        rk_natural *more = way > 0 ? &a : &b;
        subtract(more, way > 0 ? &b : &a);
        shift_down(more, zeros(more));
    }
}

/* b > 0 */
static rk_natural quotient(rk_natural a, const rk_natural *b)
{
    rk_natural q = natural(0);
    uint32_t high = rk_bits(&a);
    uint32_t low = rk_bits(b);
    if (b->n == 1) { /* one digit: from the top down */
        uint64_t rest = 0;
        for (uint32_t i = a.n; i-- > 0;) {
            rest = rest << 32 | a.d[i];
            a.d[i] = (uint32_t)(rest / b->d[0]);
            rest %= b->d[0];
        }
        trim(&a);
        return a;
    }
    if (high < low) {
        return q;
    }
    uint32_t places = high - low;
    rk_natural part = *b;
    if (!shift_up(&part, places)) {
        return q; /* cannot be: not longer than a, but for one digit of room */
    }
    q.n = places / 32 + 1;
    memset(q.d, 0, q.n * sizeof(q.d[0]));
    for (uint32_t place = places + 1; place-- > 0;) {
        if (order(&a, &part) >= 0) {
            subtract(&a, &part);
            q.d[place / 32] |= UINT32_C(1) << place % 32;
        }
        shift_down(&part, 1);
    }
    trim(&q);
    return q;
}

static double as_double(const rk_natural *a, int *exponent)
{
    double x = 0;
    uint32_t from = a->n > 4 ? a->n - 4 : 0;
    for (uint32_t i = a->n; i-- > from;) {
        x = x * 4294967296.0 + a->d[i];
    }
    *exponent = (int)(32 * from);
    return x;
}

/* --------------------------------------------------------------- fractions */

static rk_number broken(void)
{
    rk_number r;
    r.negative = false;
    r.broken = true;
    r.num = natural(0);
    r.den = natural(1);
    return r;
}

static void reduce(rk_number *a)
{
    if (a->num.n == 0) {
        a->negative = false;
        a->den = natural(1);
    }
    if (a->den.n == 1 && a->den.d[0] == 1) {
        return;
    }
    rk_natural by = divisor(a->num, a->den);
    if (by.n != 1 || by.d[0] != 1) {
        a->num = quotient(a->num, &by);
        a->den = quotient(a->den, &by);
    }
}

rk_number rk_whole(int64_t a)
{
    rk_number r;
    r.negative = a < 0;
    r.broken = false;
    r.num = natural(a < 0 ? 0 - (uint64_t)a : (uint64_t)a);
    r.den = natural(1);
    return r;
}

rk_number rk_parts(int64_t num, int64_t den)
{
    rk_number a = rk_whole(num);
    rk_number b = rk_whole(den);
    return rk_div(&a, &b);
}

static rk_number tenths(int64_t places)
{
    rk_number r = rk_whole(1);
    const rk_number ten = rk_whole(10);
    for (int64_t k = 0; k < places; k++) {
        r = rk_mul(&r, &ten);
    }
    return r;
}

rk_number rk_of(parley_fraction f)
{
    rk_number a = rk_parts(f.num, f.den);
    rk_number by = tenths(f.places);
    return rk_div(&a, &by);
}

rk_number rk_of_decimal(parley_decimal d)
{
    rk_number a = rk_whole(d.mantissa);
    rk_number by = tenths(d.scale);
    return rk_div(&a, &by);
}

/* Digits into *out; the number of them. */
static size_t digits(rk_natural *out, const char *s, bool *fits)
{
    const rk_natural ten = natural(10);
    size_t n = 0;
    while (s[n] >= '0' && s[n] <= '9') {
        rk_natural one = natural((uint64_t)(s[n] - '0'));
        *fits = *fits && multiply(out, out, &ten) && add(out, out, &one);
        n++;
    }
    return n;
}

bool rk_parse(rk_number *out, const char *s)
{
    bool fits = true;
    bool minus = *s == '-';
    rk_number r = rk_whole(0);
    int64_t places = 0;
    s += minus ? 1 : 0;
    size_t n = digits(&r.num, s, &fits);
    s += n;
    if (n == 0) {
        return false;
    }
    if (*s == '/') {
        r.den = natural(0);
        n = digits(&r.den, s + 1, &fits);
        s += n + 1;
        if (n == 0 || r.den.n == 0) {
            return false;
        }
    } else if (*s == '.') {
        n = digits(&r.num, s + 1, &fits);
        s += n + 1;
        places = (int64_t)n;
        if (n == 0) {
            return false;
        }
    }
    if (*s == 'e' || *s == 'E') {
        bool down = s[1] == '-';
        s += s[1] == '-' || s[1] == '+' ? 2 : 1;
        int64_t power = 0;
        for (n = 0; s[n] >= '0' && s[n] <= '9' && power < 10000; n++) {
            power = power * 10 + (s[n] - '0');
        }
        s += n;
        if (n == 0) {
            return false;
        }
        places += down ? power : -power;
    }
    if (*s != '\0' || !fits || places > 1000 || places < -1000) {
        return false;
    }
    rk_number by = tenths(places < 0 ? -places : places);
    r.negative = minus && r.num.n > 0;
    reduce(&r);
    r = places < 0 ? rk_mul(&r, &by) : rk_div(&r, &by);
    *out = r;
    return !r.broken;
}

rk_number rk_add(const rk_number *a, const rk_number *b)
{
    rk_number r;
    rk_natural x;
    rk_natural y;
    if (a->broken || b->broken || !multiply(&x, &a->num, &b->den) ||
        !multiply(&y, &b->num, &a->den) || !multiply(&r.den, &a->den, &b->den)) {
        return broken();
    }
    r.broken = false;
    if (a->negative == b->negative) {
        r.negative = a->negative;
        if (!add(&r.num, &x, &y)) {
            return broken();
        }
    } else if (order(&x, &y) >= 0) {
        r.negative = a->negative;
        subtract(&x, &y);
        r.num = x;
    } else {
        r.negative = b->negative;
        subtract(&y, &x);
        r.num = y;
    }
    reduce(&r);
    return r;
}

rk_number rk_sub(const rk_number *a, const rk_number *b)
{
    rk_number minus = *b;
    minus.negative = !b->negative && b->num.n > 0;
    return rk_add(a, &minus);
}

rk_number rk_mul(const rk_number *a, const rk_number *b)
{
    rk_number r;
    if (a->broken || b->broken || !multiply(&r.num, &a->num, &b->num) ||
        !multiply(&r.den, &a->den, &b->den)) {
        return broken();
    }
    r.broken = false;
    r.negative = a->negative != b->negative;
    reduce(&r);
    return r;
}

rk_number rk_div(const rk_number *a, const rk_number *b)
{
    rk_number turned = *b;
    if (b->broken || b->num.n == 0) {
        return broken();
    }
    turned.num = b->den;
    turned.den = b->num;
    return rk_mul(a, &turned);
}

int rk_sign(const rk_number *a)
{
    return a->num.n == 0 ? 0 : a->negative ? -1 : 1;
}

int rk_compare(const rk_number *a, const rk_number *b)
{
    rk_number d = rk_sub(a, b);
    return rk_sign(&d);
}

double rk_double(const rk_number *a)
{
    int up = 0;
    int down = 0;
    double x = as_double(&a->num, &up);
    double y = as_double(&a->den, &down);
    double r = ldexp(x / y, up - down);
    return a->negative ? -r : r;
}

/* ------------------------------------------------------------ fixed length */

bool rk_common(rk_natural *unit, const rk_number *a)
{
    rk_natural by = divisor(*unit, a->den);
    rk_natural more = quotient(a->den, &by);
    return !a->broken && multiply(unit, unit, &more);
}

bool rk_scale(uint64_t *out, uint32_t words, const rk_number *a, const rk_natural *unit)
{
    rk_natural whole = quotient(*unit, &a->den);
    if (a->broken || !multiply(&whole, &whole, &a->num) || rk_bits(&whole) + 1 > 64 * words) {
        return false;
    }
    uint64_t carry = 1;
    for (uint32_t w = 0; w < words; w++) {
        uint64_t low = 2 * w < whole.n ? whole.d[2 * w] : 0;
        uint64_t high = 2 * w + 1 < whole.n ? whole.d[2 * w + 1] : 0;
        out[w] = high << 32 | low;
        if (a->negative) {
            out[w] = ~out[w] + carry;
            carry = carry && out[w] == 0;
        }
    }
    return true;
}

/* Magnitude; returns whether it is below 0. */
static bool magnitude(rk_natural *out, const uint64_t *a, uint32_t words)
{
    bool negative = a[words - 1] >> 63 != 0;
    uint64_t carry = 1;
    out->n = 2 * words;
    for (uint32_t w = 0; w < words; w++) {
        uint64_t x = a[w];
        if (negative) {
            x = ~x + carry;
            carry = carry && x == 0;
        }
        out->d[2 * w] = (uint32_t)x;
        out->d[2 * w + 1] = (uint32_t)(x >> 32);
    }
    trim(out);
    return negative;
}

rk_number rk_unscale(const uint64_t *a, uint32_t words, const rk_natural *unit)
{
    rk_number r;
    r.broken = false;
    r.den = *unit;
    r.negative = magnitude(&r.num, a, words);
    reduce(&r);
    return r;
}

void rk_plus(uint64_t *to, const uint64_t *a, uint32_t words)
{
    uint64_t carry = 0;
    for (uint32_t w = 0; w < words; w++) {
        uint64_t sum = to[w] + a[w];
        uint64_t more = sum < a[w];
        to[w] = sum + carry;
        carry = more | (to[w] < carry);
    }
}

void rk_minus(uint64_t *to, const uint64_t *a, uint32_t words)
{
    uint64_t borrow = 0;
    for (uint32_t w = 0; w < words; w++) {
        uint64_t less = to[w] - a[w];
        uint64_t more = to[w] < a[w];
        to[w] = less - borrow;
        borrow = more | (less < borrow);
    }
}

int rk_order(const uint64_t *a, const uint64_t *b, uint32_t words)
{
    if (a[words - 1] != b[words - 1]) {
        return (int64_t)a[words - 1] < (int64_t)b[words - 1] ? -1 : 1;
    }
    for (uint32_t w = words - 1; w-- > 0;) {
        if (a[w] != b[w]) {
            return a[w] < b[w] ? -1 : 1;
        }
    }
    return 0;
}

double rk_near(const uint64_t *a, uint32_t words, const rk_natural *unit)
{
    rk_natural m;
    int up = 0;
    int down = 0;
    bool negative = magnitude(&m, a, words);
    double x = as_double(&m, &up);
    double y = as_double(unit, &down);
    x = ldexp(x / y, up - down);
    return negative ? -x : x;
}
