/*
 * Exact numbers of the section `values`: decimals with or without an exponent, and fractions.
 *
 * What is typed is kept: a fraction is stored in lowest terms, a decimal with more than 18 places
 * (an exponent below zero, as programs write small weights) keeps its digits and a power of ten.
 * Left out: arithmetic. Engines put numbers over a common denominator of their own.
 */
#include "case/case_internal.h"

#include <parley/values.h>

#include <stdio.h>
#include <string.h>

#define SHOWN 40

static int64_t common_factor(int64_t a, int64_t b)
{
    uint64_t x = a < 0 ? 0 - (uint64_t)a : (uint64_t)a;
    uint64_t y = (uint64_t)b;
    while (x != 0) {
        uint64_t rest = y % x;
        y = x;
        x = rest;
    }
    return (int64_t)y; /* b > 0, so that it is above 0 and at most b */
}

static void reduce(parley_fraction *f)
{
    int64_t by = common_factor(f->num, f->den);
    f->num /= by;
    f->den /= by;
}

static parley_status no_number(parley_error *err, const char *s, size_t length, const char *why)
{
    int shown = length > SHOWN ? SHOWN : (int)length;
    parley_fail(err, PARLEY_SYNTAX, "'%.*s%s' is not a number%s", shown, s,
                length > SHOWN ? "..." : "", why);
    parley_error_hint(err, "write a decimal such as -12.5, or a fraction such as \"3/7\"");
    return PARLEY_SYNTAX;
}

static parley_status too_long(parley_error *err, const char *s, size_t length)
{
    int shown = length > SHOWN ? SHOWN : (int)length;
    parley_fail(err, PARLEY_RANGE,
                "number '%.*s%s' has too many digits: 18 of them fit, and %d decimal places", shown,
                s, length > SHOWN ? "..." : "", PARLEY_FRACTION_PLACES_MOST);
    parley_error_hint(err, "round it");
    return PARLEY_RANGE;
}

/* Digits of s from *i on, put behind *value; how many there were. false: they do not fit. */
static bool digits(const char *s, size_t length, size_t *i, int64_t *value, int32_t *count)
{
    *count = 0;
    for (; *i < length && s[*i] >= '0' && s[*i] <= '9'; (*i)++, (*count)++) {
        if (*count > 1000 || !parley_mul_i64(value, *value, 10) ||
            !parley_add_i64(value, *value, s[*i] - '0')) {
            return false;
        }
    }
    return true;
}

/* value * 10^up, false when it does not fit. */
static bool raise_ten(int64_t *value, int32_t up)
{
    for (; up > 0; up--) {
        if (!parley_mul_i64(value, *value, 10)) {
            return false;
        }
    }
    return true;
}

static parley_status whole_parts(parley_fraction *out, const char *s, size_t length, size_t at,
                                 bool negative, parley_error *err)
{
    int32_t count = 0;
    size_t i = at;
    int64_t den = 0;
    if (!digits(s, length, &i, &den, &count)) {
        return too_long(err, s, length);
    }
    if (count == 0 || i != length) {
        return no_number(err, s, length, ": a fraction has whole numbers on both sides of '/'");
    }
    if (den == 0) {
        return no_number(err, s, length, ": nothing can be divided by 0");
    }
    out->num = negative ? -out->num : out->num;
    out->den = den;
    reduce(out);
    return PARLEY_OK;
}

parley_status parley_fraction_parse(parley_fraction *out, const char *s, size_t length,
                                    parley_error *err)
{
    *out = (parley_fraction){0, 0, 0};
    size_t i = 0;
    int32_t whole = 0;
    int32_t behind = 0;
    int32_t power_digits = 0;
    int64_t value = 0;
    int64_t power = 0;
    bool negative = length > 0 && s[0] == '-';
    i += negative ? 1 : 0;
    size_t first = i;
    if (!digits(s, length, &i, &value, &whole)) {
        return too_long(err, s, length);
    }
    if (whole == 0) {
        return no_number(err, s, length, "");
    }
    if (whole > 1 && s[first] == '0') {
        return no_number(err, s, length, ": it begins with a zero too many");
    }
    if (i < length && s[i] == '/') {
        out->num = value;
        return whole_parts(out, s, length, i + 1, negative, err);
    }
    if (i < length && s[i] == '.') {
        i++;
        if (!digits(s, length, &i, &value, &behind)) {
            return too_long(err, s, length);
        }
        if (behind == 0) {
            return no_number(err, s, length, ": there is no digit behind the point");
        }
    }
    if (i < length && (s[i] == 'E' || s[i] == 'e')) {
        bool down = i + 1 < length && s[i + 1] == '-';
        i += i + 1 < length && (s[i + 1] == '-' || s[i + 1] == '+') ? 2 : 1;
        if (!digits(s, length, &i, &power, &power_digits) || power > 1000) {
            return too_long(err, s, length);
        }
        if (power_digits == 0) {
            return no_number(err, s, length, ": there is no digit behind the E");
        }
        power = down ? -power : power;
    }
    if (i != length) {
        return no_number(err, s, length, "");
    }
    int32_t places = behind - (int32_t)power;
    value = negative ? -value : value;
    while (places > 0 && value % 10 == 0 && value != 0) {
        value /= 10;
        places--;
    }
    places = value == 0 ? 0 : places;
    if (places > PARLEY_FRACTION_PLACES_MOST || (places < 0 && !raise_ten(&value, -places))) {
        return too_long(err, s, length);
    }
    *out = (parley_fraction){value, 1, places > 18 ? places - 18 : 0};
    if (places > 0) {
        raise_ten(&out->den, places > 18 ? 18 : places);
    }
    reduce(out);
    return PARLEY_OK;
}

/* The decimal that a fraction is, if it is one: den divides a power of ten that fits. */
static bool as_decimal(parley_fraction f, parley_decimal *out)
{
    int64_t ten = 1;
    for (int32_t scale = 0; scale <= 18; scale++, ten *= scale <= 18 ? 10 : 1) {
        int64_t num = 0;
        if (ten % f.den == 0) {
            if (f.places != 0 || !parley_mul_i64(&num, f.num, ten / f.den)) {
                return false;
            }
            *out = (parley_decimal){num, scale};
            return true;
        }
    }
    return false;
}

size_t parley_fraction_print(parley_fraction f, char *out, size_t size)
{
    parley_decimal d = {0, 0};
    if (f.den == 0) {
        return (size_t)snprintf(out, size, "%s", "");
    }
    if (as_decimal(f, &d)) {
        return parley_decimal_print(d, out, size);
    }
    if (f.places > 0) {
        /* num / (den 10^places), and den divides 10^18: the digits and one exponent */
        int64_t ten = 1;
        raise_ten(&ten, 18);
        int64_t num = 0;
        int64_t den = f.den;
        int32_t exponent = f.places;
        while (den % 10 == 0) {
            den /= 10;
            exponent++;
        }
        while (den > 1 && ten % den == 0 && parley_mul_i64(&num, f.num, den % 2 == 0 ? 5 : 2)) {
            f.num = num;
            den /= den % 2 == 0 ? 2 : 5;
            exponent++;
        }
        return den == 1 ? (size_t)snprintf(out, size, "%lldE-%d", (long long)f.num, exponent)
                        : (size_t)snprintf(out, size, "%lld/%lldE-%d", (long long)f.num,
                                           (long long)den, exponent);
    }
    return (size_t)snprintf(out, size, "%lld/%lld", (long long)f.num, (long long)f.den);
}

static uint64_t magnitude(int64_t a)
{
    return a < 0 ? 0 - (uint64_t)a : (uint64_t)a;
}

/* |a| times the denominator of b, at most 64 + 64 + 60 bits. */
static parley_count crossed(parley_fraction a, parley_fraction b)
{
    parley_count product = parley_count_of(magnitude(a.num));
    parley_count factor = parley_count_of((uint64_t)b.den);
    bool fits = parley_count_mul(&product, &product, &factor);
    factor = parley_count_of(10);
    for (int32_t k = 0; fits && k < b.places; k++) {
        fits = parley_count_mul(&product, &product, &factor);
    }
    PARLEY_ASSERT(fits);
    return product;
}

int parley_fraction_compare(parley_fraction a, parley_fraction b)
{
    int sa = (a.num > 0) - (a.num < 0);
    int sb = (b.num > 0) - (b.num < 0);
    if (sa != sb || sa == 0) {
        return (sa > sb) - (sa < sb);
    }
    parley_count x = crossed(a, b);
    parley_count y = crossed(b, a);
    int order = parley_count_compare(&x, &y);
    return sa > 0 ? order : -order;
}

double parley_fraction_double(parley_fraction f)
{
    double value = f.den == 0 ? 0.0 : (double)f.num / (double)f.den;
    for (int32_t k = 0; k < f.places; k++) {
        value /= 10.0;
    }
    return value;
}
