/*
 * Exact rationals on GMP's mpq, which appears only here and in count.c.
 *
 * GMP allocates on its own and ends the program when that fails; its memory is not counted by the
 * context. Numbers must be bounded by the caller's limits, not by GMP. The object itself and the
 * digits of a printed number come from the context.
 */
#include "base_internal.h"

#include <gmp.h>
#include <string.h>

struct parley_rational {
    parley_ctx *ctx;
    mpq_t value;
};

/* mpz_set_si takes a long, which is not 64 bits everywhere. */
static void set_i64(mpz_t out, int64_t value)
{
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    mpz_import(out, 1, -1, sizeof magnitude, 0, 0, &magnitude);
    if (value < 0) {
        mpz_neg(out, out);
    }
}

parley_status parley_rational_new(parley_rational **out, parley_ctx *ctx, int64_t num, int64_t den,
                                  parley_error *err)
{
    *out = NULL;
    if (den == 0) {
        return parley_fail(err, PARLEY_RANGE, "a fraction cannot have the denominator 0");
    }
    parley_rational *r = parley_alloc(ctx, sizeof *r);
    if (r == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "no memory for a fraction");
    }
    r->ctx = ctx;
    mpq_init(r->value);
    set_i64(mpq_numref(r->value), num);
    set_i64(mpq_denref(r->value), den);
    mpq_canonicalize(r->value);
    *out = r;
    return PARLEY_OK;
}

void parley_rational_free(parley_rational *r)
{
    if (r != NULL) {
        mpq_clear(r->value);
        parley_release(r->ctx, r, sizeof *r);
    }
}

void parley_rational_set(parley_rational *out, const parley_rational *a)
{
    mpq_set(out->value, a->value);
}

void parley_rational_add(parley_rational *out, const parley_rational *a, const parley_rational *b)
{
    mpq_add(out->value, a->value, b->value);
}

void parley_rational_sub(parley_rational *out, const parley_rational *a, const parley_rational *b)
{
    mpq_sub(out->value, a->value, b->value);
}

void parley_rational_mul(parley_rational *out, const parley_rational *a, const parley_rational *b)
{
    mpq_mul(out->value, a->value, b->value);
}

parley_status parley_rational_div(parley_rational *out, const parley_rational *a,
                                  const parley_rational *b, parley_error *err)
{
    if (mpq_sgn(b->value) == 0) {
        return parley_fail(err, PARLEY_RANGE, "division by zero");
    }
    mpq_div(out->value, a->value, b->value);
    return PARLEY_OK;
}

int parley_rational_compare(const parley_rational *a, const parley_rational *b)
{
    int c = mpq_cmp(a->value, b->value);
    return (c > 0) - (c < 0);
}

int parley_rational_sign(const parley_rational *a)
{
    return mpq_sgn(a->value);
}

static void print_whole(parley_ctx *ctx, mpz_srcptr value, parley_text *out)
{
    size_t size = mpz_sizeinbase(value, 10) + 2;
    char *digits = parley_alloc(ctx, size);
    if (digits == NULL) {
        base_text_fail(out, PARLEY_NOMEM);
        return;
    }
    mpz_get_str(digits, 10, value);
    parley_text_puts(out, digits);
    parley_release(ctx, digits, size);
}

void parley_rational_print(const parley_rational *a, parley_text *out)
{
    print_whole(a->ctx, mpq_numref(a->value), out);
    if (mpz_cmp_ui(mpq_denref(a->value), 1) != 0) {
        parley_text_putc(out, '/');
        print_whole(a->ctx, mpq_denref(a->value), out);
    }
}
