/*
 * Inside the room "deal": exact numbers of the second path (recheck_number.c). Nothing of the
 * engine is used here: what checks must not share what it checks.
 */
#ifndef PARLEY_DEAL_RECHECK_NUMBER_H
#define PARLEY_DEAL_RECHECK_NUMBER_H

#include <parley/base.h>
#include <parley/values.h>

#define RK_DIGITS 192u /* of 32 bits */

/* A natural number, least digit first, without zeros at the end. */
typedef struct rk_natural {
    uint32_t n;
    uint32_t d[RK_DIGITS];
} rk_natural;

/*
 * A fraction in lowest terms. broken: it had too many digits, or a division by 0; what is made from
 * it is broken too.
 */
typedef struct rk_number {
    bool negative;
    bool broken;
    rk_natural num;
    rk_natural den;
} rk_number;

rk_number rk_whole(int64_t a);
rk_number rk_parts(int64_t num, int64_t den);
rk_number rk_of(parley_fraction f);
rk_number rk_of_decimal(parley_decimal d);
/* "3", "-1.25", "2.5e-7", "12/7". false: no such number. */
bool rk_parse(rk_number *out, const char *text);
rk_number rk_add(const rk_number *a, const rk_number *b);
rk_number rk_sub(const rk_number *a, const rk_number *b);
rk_number rk_mul(const rk_number *a, const rk_number *b);
rk_number rk_div(const rk_number *a, const rk_number *b);
int rk_compare(const rk_number *a, const rk_number *b); /* neither is broken */
int rk_sign(const rk_number *a);
double rk_double(const rk_number *a);

/* ---- whole numbers of a fixed length: two's complement in `words` words, least word first ---- */

#define RK_WORDS 48u

/* Bits of the larger of num and den, for choosing a length. */
uint32_t rk_bits(const rk_natural *a);
/* Smallest common multiple of *unit and the denominator of a; false: too long. */
bool rk_common(rk_natural *unit, const rk_number *a);
/* a * unit, which is whole. false: does not fit. */
bool rk_scale(uint64_t *out, uint32_t words, const rk_number *a, const rk_natural *unit);
rk_number rk_unscale(const uint64_t *a, uint32_t words, const rk_natural *unit);
void rk_plus(uint64_t *to, const uint64_t *a, uint32_t words);
void rk_minus(uint64_t *to, const uint64_t *a, uint32_t words);
int rk_order(const uint64_t *a, const uint64_t *b, uint32_t words);
double rk_near(const uint64_t *a, uint32_t words, const rk_natural *unit);

#endif
