/*
 * parley/values.h: optional numbers of a case: what a package is worth to each party.
 *
 * Only cases that were given numbers have them: a published study, a research domain, a
 * delegation's own scoring sheet. Nobody's numbers are invented. Every number is exact as typed, a
 * decimal or a fraction. The worth of a package to a party is
 *
 *     min(cap, (base + sum over issues of weight * score / out-of
 *                    + terms whose formula holds + boxes) / divided-by)
 *
 * A discount is recorded and never applied. Red lines reject a package, they do not make it
 * infeasible. How a package is accepted stands in `acceptance:`: by all, or by so many of them with
 * these parties among them.
 */
#ifndef PARLEY_VALUES_H
#define PARLEY_VALUES_H

#include <parley/base.h>
#include <parley/case.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A number as typed: num / (den * 10^places), den > 0 and without a factor in common with num.
 * den == 0: not typed. places is 0 unless there are more than 18 of them.
 */
typedef struct parley_fraction {
    int64_t num;
    int64_t den;
    int32_t places;
} parley_fraction;

#define PARLEY_FRACTION_PLACES_MOST 36

/*
 * Parse `-12.50`, `4.5E-4` or `3/7` (whole numbers, the lower one above 0, no spaces). SYNTAX;
 * RANGE: the digits do not fit 64 bits, or there are more than 36 decimal places.
 */
PARLEY_API parley_status parley_fraction_parse(parley_fraction *out, const char *s, size_t length,
                                               parley_error *err) PARLEY_MUST_CHECK;
/* A decimal where one is exact, else `3/7`; returns the length as snprintf does. */
PARLEY_API size_t parley_fraction_print(parley_fraction f, char *out, size_t size);
/* Order of two typed numbers, exact. */
PARLEY_API int parley_fraction_compare(parley_fraction a, parley_fraction b);
PARLEY_API double parley_fraction_double(parley_fraction f);

/* Straight lines between points, ascending in `at`; level before the first and after the last. */
typedef struct parley_curve_point {
    parley_fraction at;
    parley_fraction score;
} parley_curve_point;

typedef struct parley_curve {
    const parley_curve_point *point;
    uint32_t count; /* 0: adds nothing */
} parley_curve;

/* What one party scores on one issue. */
typedef struct parley_score {
    int32_t issue;
    parley_span span;
    parley_fraction weight;        /* 1 when not typed */
    parley_fraction out_of;        /* 1 when not typed; above 0 */
    const parley_fraction *option; /* CHOICE: by option */
    const parley_curve *curve;     /* QUANTITY: one; SPLIT: one a recipient */
} parley_score;

/* Added when the formula holds. */
typedef struct parley_worth_term {
    const parley_formula *formula;
    parley_fraction add;
    const char *because;
} parley_worth_term;

/* One side of a box: a quantity from low to high, both ends inside; or one of these options. */
typedef struct parley_box_side {
    int32_t issue;
    parley_fraction low;
    parley_fraction high;
    parley_ids options; /* CHOICE */
} parley_box_side;

typedef enum parley_take {
    PARLEY_TAKE_BOX,
    PARLEY_TAKE_SUM,
    PARLEY_TAKE_MIN,
    PARLEY_TAKE_MAX
} parley_take;

/*
 * A box, or a group of boxes. A BOX counts `add` when every side of `where` holds and, if there are
 * sides of `outside`, at least one of those does not; else 0. A group counts `times` the sum, least
 * or greatest of its members. Members stand before their group; `parent` is the group's index, or
 * -1: what has no parent is added up.
 */
typedef struct parley_box {
    parley_take take;
    int32_t parent;
    parley_fraction add;   /* BOX */
    parley_fraction times; /* groups */
    const parley_box_side *where;
    uint32_t where_count;
    const parley_box_side *outside;
    uint32_t outside_count;
} parley_box;

/* The numbers of one party. */
typedef struct parley_worth {
    parley_record record; /* id: the party's */
    int32_t party;
    int32_t source;
    const char *says;
    parley_fraction without;            /* worth without a deal; den 0: not given */
    const parley_formula *without_like; /* or: what this package is worth; else NULL */
    parley_fraction scale;              /* what counts as full marks; den 0: not given */
    parley_fraction cap;                /* den 0: none */
    parley_fraction discount;           /* den 0: none */
    parley_fraction divided_by;         /* 1 when not typed */
    parley_fraction base;               /* 0 when not typed */
    const parley_score *score;          /* ascending by issue */
    uint32_t scores;
    const parley_worth_term *term;
    uint32_t terms;
    const parley_box *box;
    uint32_t boxes;
    parley_conditions red_lines;
} parley_worth;

/* How a package is accepted, among the parties that have numbers. */
typedef struct parley_acceptance {
    parley_record record; /* its label */
    bool typed;
    int64_t at_least;  /* 0: all of them */
    parley_ids vetoes; /* parties that must be among them */
    bool strict;       /* worth must lie above the worth without a deal, not only reach it */
} parley_acceptance;

/* Parties with numbers, in file order. */
PARLEY_API uint32_t parley_case_worths(const parley_case *c);
PARLEY_API const parley_worth *parley_case_worth(const parley_case *c, int32_t i);
PARLEY_API const parley_acceptance *parley_case_acceptance(const parley_case *c);

#ifdef __cplusplus
}
#endif
#endif
