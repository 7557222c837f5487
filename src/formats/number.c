/*
 * Numbers of other people's files: a 64-bit mantissa and a power of ten.
 */
#include "formats/model.h"

#include <stdio.h>
#include <string.h>

enum { MOST_PLACES = 36, MOST_EXPONENT = 60 };

__extension__ typedef __int128 wide;

static fmt_number shortest(int64_t mantissa, int64_t exponent)
{
    if (mantissa == 0)
        return FMT_ZERO;
    while (mantissa % 10 == 0) {
        mantissa /= 10;
        exponent++;
    }
    return (fmt_number){mantissa, (int32_t)exponent};
}

static parley_status no_number(const char *s, size_t length, parley_error *err)
{
    parley_fail(err, PARLEY_SYNTAX, "'%.*s' is not a number", (int)(length < 40 ? length : 40), s);
    parley_error_hint(err, "write digits with a point: 0.25");
    return PARLEY_SYNTAX;
}

parley_status fmt_number_parse(fmt_number *out, const char *s, size_t length, bool *rounded,
                               parley_error *err)
{
    size_t i = 0;
    while (length > 0 && strchr(" \t\r\n", s[length - 1]) != NULL)
        length--;
    while (i < length && strchr(" \t\r\n", s[i]) != NULL)
        i++;
    bool negative = i < length && s[i] == '-';
    i += i < length && (s[i] == '-' || s[i] == '+') ? 1 : 0;
    uint64_t mantissa = 0;
    int64_t exponent = 0;
    size_t digits = 0;
    bool point = false;
    int cut = -1; /* the first digit that did not fit */
    bool more = false;
    *out = FMT_ZERO;
    for (; i < length; i++) {
        if (s[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (s[i] < '0' || s[i] > '9')
            break;
        unsigned digit = (unsigned)(s[i] - '0');
        digits++;
        if (cut < 0 && mantissa < UINT64_C(100000000000000000)) { /* 18 digits always fit */
            mantissa = mantissa * 10 + digit;
            exponent -= point ? 1 : 0;
        } else {
            more = more || (cut >= 0 && digit != 0);
            cut = cut < 0 ? (int)digit : cut;
            exponent += point ? 0 : 1;
        }
    }
    if (digits == 0)
        return no_number(s, length, err);
    if (i < length && (s[i] == 'e' || s[i] == 'E')) {
        bool minus = i + 1 < length && s[i + 1] == '-';
        i += i + 1 < length && (s[i + 1] == '-' || s[i + 1] == '+') ? 2 : 1;
        int64_t e = 0;
        size_t first = i;
        for (; i < length && s[i] >= '0' && s[i] <= '9'; i++)
            e = e < 100000 ? e * 10 + (s[i] - '0') : e;
        if (i == first)
            return no_number(s, length, err);
        exponent += minus ? -e : e;
    }
    if (i < length)
        return no_number(s, length, err);
    if (cut > 5 || (cut == 5 && (more || mantissa % 2 == 1)))
        mantissa++;
    fmt_number n = shortest(negative ? -(int64_t)mantissa : (int64_t)mantissa, exponent);
    bool fine = n.exponent < -MOST_PLACES;
    for (; n.exponent < -MOST_PLACES && n.mantissa != 0; n.exponent++)
        n.mantissa = (n.mantissa + (n.exponent == -MOST_PLACES - 1 ? (negative ? -5 : 5) : 0)) / 10;
    n = fine ? shortest(n.mantissa, n.exponent) : n;
    if ((cut > 0 || more || fine) && rounded != NULL)
        *rounded = true;
    int64_t whole = 0;
    if (n.exponent > 18 || (n.exponent > 0 && !fmt_number_whole(n, &whole)))
        return parley_fail(err, PARLEY_RANGE, "'%.*s' is too large a number",
                           (int)(length < 40 ? length : 40), s);
    *out = n;
    return PARLEY_OK;
}

/* Both on the finer of two exponents; false when that does not fit 128 bits. */
static bool align(fmt_number a, fmt_number b, wide *x, wide *y, int32_t *exponent)
{
    *exponent = a.exponent < b.exponent ? a.exponent : b.exponent;
    *x = a.mantissa;
    *y = b.mantissa;
    if (a.exponent - *exponent > 19 || b.exponent - *exponent > 19)
        return false;
    for (int32_t i = a.exponent; i > *exponent; i--)
        *x *= 10;
    for (int32_t i = b.exponent; i > *exponent; i--)
        *y *= 10;
    return true;
}

static int sign(int64_t x)
{
    return x > 0 ? 1 : x < 0 ? -1 : 0;
}

int fmt_number_compare(fmt_number a, fmt_number b)
{
    wide x = 0;
    wide y = 0;
    int32_t exponent = 0;
    if (a.mantissa == 0 || b.mantissa == 0 || sign(a.mantissa) != sign(b.mantissa))
        return sign(a.mantissa) - sign(b.mantissa) > 0   ? 1
               : sign(a.mantissa) - sign(b.mantissa) < 0 ? -1
                                                         : 0;
    if (align(a, b, &x, &y, &exponent))
        return x > y ? 1 : x < y ? -1 : 0;
    /* twenty powers of ten apart: more than the mantissas can make good */
    return a.exponent > b.exponent ? sign(a.mantissa) : -sign(a.mantissa);
}

static bool narrow(fmt_number *out, wide x, int32_t exponent)
{
    while (x != 0 && x % 10 == 0) {
        x /= 10;
        exponent++;
    }
    if (x > INT64_MAX || x < -INT64_MAX || exponent > 2 * MOST_EXPONENT ||
        exponent < -2 * MOST_EXPONENT)
        return false;
    *out = x == 0 ? FMT_ZERO : (fmt_number){(int64_t)x, exponent};
    return true;
}

bool fmt_number_mul(fmt_number *out, fmt_number a, fmt_number b)
{
    return narrow(out, (wide)a.mantissa * b.mantissa, a.exponent + b.exponent);
}

bool fmt_number_add(fmt_number *out, fmt_number a, fmt_number b)
{
    wide x = 0;
    wide y = 0;
    int32_t exponent = 0;
    if (a.mantissa == 0 || b.mantissa == 0) {
        *out = a.mantissa == 0 ? b : a;
        return true;
    }
    return align(a, b, &x, &y, &exponent) && narrow(out, x + y, exponent);
}

/* At most 18 digits of a 128-bit number. */
static bool cut_digits(fmt_number *out, wide x, int32_t exponent, bool *rounded)
{
    while (x > INT64_C(1000000000000000000) || x < -INT64_C(1000000000000000000)) {
        *rounded = *rounded || x % 10 != 0;
        x = (x + (x < 0 ? -5 : 5)) / 10;
        exponent++;
    }
    return narrow(out, x, exponent);
}

bool fmt_number_line(fmt_number *out, fmt_number a, fmt_number b, fmt_number c, bool *rounded)
{
    fmt_number product;
    wide x = 0;
    wide y = 0;
    int32_t exponent = 0;
    *out = c;
    if (!cut_digits(&product, (wide)a.mantissa * b.mantissa, a.exponent + b.exponent, rounded))
        return false;
    if (product.mantissa == 0)
        return true;
    if (c.mantissa == 0 || !align(product, c, &x, &y, &exponent)) {
        /* alone, or twenty powers of ten apart: the finer one is lost in rounding */
        bool first = c.mantissa == 0 || product.exponent > c.exponent;
        *rounded = *rounded || c.mantissa != 0;
        *out = first ? product : c;
        return true;
    }
    return cut_digits(out, x + y, exponent, rounded);
}

bool fmt_number_div(fmt_number *out, fmt_number a, fmt_number b, bool *rounded)
{
    wide x = a.mantissa < 0 ? -(wide)a.mantissa : (wide)a.mantissa;
    wide y = b.mantissa < 0 ? -(wide)b.mantissa : (wide)b.mantissa;
    int32_t exponent = a.exponent - b.exponent;
    *out = FMT_ZERO;
    if (x == 0)
        return true;
    /* as many digits as there is room for, for the quotient keeps 18 of them */
    wide whole = x / y;
    wide rest = x % y;
    while (rest != 0 && whole < INT64_C(100000000000000000)) {
        rest *= 10;
        whole = whole * 10 + rest / y;
        rest %= y;
        exponent--;
    }
    if (rest != 0) {
        whole += rest * 2 >= y ? 1 : 0;
        *rounded = true;
    }
    return narrow(out, (a.mantissa < 0) != (b.mantissa < 0) ? -whole : whole, exponent);
}

bool fmt_number_steps(fmt_number from, fmt_number to, fmt_number step, int64_t *out)
{
    wide x = 0;
    wide y = 0;
    int32_t exponent = 0;
    fmt_number way;
    *out = 0;
    if (!fmt_number_add(&way, to, (fmt_number){-from.mantissa, from.exponent}))
        return false;
    if (way.mantissa == 0)
        return true;
    if (!align(way, step, &x, &y, &exponent) || y <= 0 || x < 0 || x % y != 0 || x / y > INT64_MAX)
        return false;
    *out = (int64_t)(x / y);
    return true;
}

double fmt_number_double(fmt_number a)
{
    double tens = 1;
    for (int32_t i = a.exponent < 0 ? -a.exponent : a.exponent; i > 0; i--)
        tens *= 10;
    return a.exponent < 0 ? (double)a.mantissa / tens : (double)a.mantissa * tens;
}

bool fmt_number_whole(fmt_number a, int64_t *out)
{
    *out = a.mantissa;
    if (a.exponent < 0)
        return false;
    for (int32_t i = 0; i < a.exponent; i++)
        if (!parley_mul_i64(out, *out, 10))
            return false;
    return true;
}

size_t fmt_number_print(fmt_number a, char *out, size_t size)
{
    char digits[24];
    char text[FMT_NUMBER_MAX];
    size_t n = 0;
    fmt_number s = shortest(a.mantissa, a.exponent);
    uint64_t magnitude = s.mantissa < 0 ? (uint64_t)-s.mantissa : (uint64_t)s.mantissa;
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)magnitude);
    if (s.mantissa < 0)
        text[n++] = '-';
    int whole = length + s.exponent; /* digits before the point */
    if (s.exponent > 2 * MOST_EXPONENT || s.exponent < -2 * MOST_EXPONENT)
        return (size_t)snprintf(out, size, "%s%se%d", n > 0 ? "-" : "", digits, (int)s.exponent);
    if (whole <= 0) {
        text[n++] = '0';
        text[n++] = '.';
        for (int i = whole; i < 0; i++)
            text[n++] = '0';
    }
    for (int i = 0; i < length; i++) {
        if (i == whole && whole > 0)
            text[n++] = '.';
        text[n++] = digits[i];
    }
    for (int i = length; i < whole; i++)
        text[n++] = '0';
    text[n] = '\0';
    return (size_t)snprintf(out, size, "%s", text);
}
