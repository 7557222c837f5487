/*
 * Checked 64-bit arithmetic and decimal numbers as typed.
 *
 * A decimal keeps the places that were typed (12.50 has two). Comparisons and steps are exact in
 * 128 bits: a mantissa times 10^18 is below 2^123. Left out: exponents, grouping, division.
 */
#include "base_internal.h"

__extension__ typedef __int128 wide;

#define PLACES_MOST 18
#define SHOWN_MOST 60 /* characters of a bad number quoted in a message */

bool parley_add_i64(int64_t *out, int64_t a, int64_t b)
{
    return !__builtin_add_overflow(a, b, out);
}

bool parley_sub_i64(int64_t *out, int64_t a, int64_t b)
{
    return !__builtin_sub_overflow(a, b, out);
}

bool parley_mul_i64(int64_t *out, int64_t a, int64_t b)
{
    return !__builtin_mul_overflow(a, b, out);
}

static int order(wide x, wide y)
{
    return (x > y) - (x < y);
}

int parley_compare_products(int64_t a, int64_t b, int64_t c, int64_t d)
{
    return order((wide)a * b, (wide)c * d);
}

static wide power10(int32_t n)
{
    wide p = 1;
    for (; n > 0; n--) {
        p *= 10;
    }
    return p;
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static parley_status not_a_number(parley_error *err, const char *s, size_t length, const char *why)
{
    int shown = length > SHOWN_MOST ? SHOWN_MOST : (int)length;
    parley_fail(err, PARLEY_SYNTAX, "'%.*s%s' is not a number%s", shown, s,
                length > SHOWN_MOST ? "..." : "", why);
    parley_error_hint(err, "write digits, with - in front and a point where needed, as in -12.50");
    return PARLEY_SYNTAX;
}

parley_status parley_decimal_parse(parley_decimal *out, const char *s, size_t length,
                                   parley_error *err)
{
    out->mantissa = 0;
    out->scale = 0;
    size_t i = 0;
    bool negative = length > 0 && s[0] == '-';
    if (negative) {
        i++;
    }
    size_t whole = i;
    while (i < length && digit(s[i])) {
        i++;
    }
    if (i == whole) {
        return not_a_number(err, s, length, "");
    }
    if (i - whole > 1 && s[whole] == '0') {
        return not_a_number(err, s, length, ": it begins with a zero too many");
    }
    size_t places = 0;
    if (i < length && s[i] == '.') {
        i++;
        while (i < length && digit(s[i])) {
            i++;
            places++;
        }
        if (places == 0) {
            return not_a_number(err, s, length, ": there is no digit behind the point");
        }
    }
    if (i != length) {
        return not_a_number(err, s, length, "");
    }
    int shown = length > SHOWN_MOST ? SHOWN_MOST : (int)length;
    const char *dots = length > SHOWN_MOST ? "..." : "";
    if (places > PLACES_MOST) {
        return parley_fail(err, PARLEY_RANGE,
                           "number '%.*s%s' has %zu decimal places; at most %d are kept", shown, s,
                           dots, places, PLACES_MOST);
    }
    /* Downwards, because the negative side reaches one further. */
    int64_t value = 0;
    for (size_t k = whole; k < length; k++) {
        if (s[k] != '.' && (__builtin_mul_overflow(value, (int64_t)10, &value) ||
                            __builtin_sub_overflow(value, (int64_t)(s[k] - '0'), &value))) {
            goto too_big;
        }
    }
    if (!negative && __builtin_sub_overflow((int64_t)0, value, &value)) {
        goto too_big;
    }
    out->mantissa = value;
    out->scale = (int32_t)places;
    return PARLEY_OK;

too_big:
    return parley_fail(err, PARLEY_RANGE,
                       "number '%.*s%s' is too large: its digits must fit 64 bits (18 digits do)",
                       shown, s, dots);
}

size_t parley_decimal_print(parley_decimal d, char *out, size_t size)
{
    char buffer[48];
    char *end = buffer + sizeof buffer;
    char *p = end;
    uint64_t m = d.mantissa < 0 ? 0 - (uint64_t)d.mantissa : (uint64_t)d.mantissa;
    int32_t scale = d.scale;
    while (scale > 0 && m % 10 == 0) {
        m /= 10;
        scale--;
    }
    int32_t written = 0;
    do {
        *--p = (char)('0' + m % 10);
        m /= 10;
        written++;
        if (written == scale) {
            *--p = '.';
        }
    } while (m > 0 || written <= scale);
    if (d.mantissa < 0) {
        *--p = '-';
    }
    return base_emit(out, size, p, (size_t)(end - p));
}

int parley_decimal_compare(parley_decimal a, parley_decimal b)
{
    return order(a.mantissa * power10(b.scale), b.mantissa * power10(a.scale));
}

bool parley_decimal_step(parley_decimal *out, parley_decimal a, int64_t n, parley_decimal b)
{
    int32_t scale = a.scale > b.scale ? a.scale : b.scale;
    wide sum;
    /* When this overflows, no number of at most 18 places is left that fits 64 bits. */
    if (__builtin_mul_overflow((wide)n * b.mantissa, power10(scale - b.scale), &sum) ||
        __builtin_add_overflow(sum, a.mantissa * power10(scale - a.scale), &sum)) {
        return false;
    }
    while ((sum > INT64_MAX || sum < INT64_MIN) && scale > 0 && sum % 10 == 0) {
        sum /= 10;
        scale--;
    }
    if (sum > INT64_MAX || sum < INT64_MIN) {
        return false;
    }
    out->mantissa = (int64_t)sum;
    out->scale = scale;
    return true;
}
