/*
 * Inside the room "formats": a negotiation domain with its profiles, as other people's files have
 * it.
 *
 * Every importer fills one of these, and the way to a case and back starts from it; so an importer
 * knows nothing of cases, and what makes cases knows nothing of files. All memory is in the arena
 * of the model. Names are as typed (no file format here can put a NUL into them). Numbers are
 * exact.
 */
#ifndef PARLEY_FORMATS_MODEL_H
#define PARLEY_FORMATS_MODEL_H

#include <parley/base.h>
#include <parley/formats.h>

/* mantissa * 10^exponent, exactly what was typed (up to 18 digits). */
typedef struct fmt_number {
    int64_t mantissa;
    int32_t exponent;
} fmt_number;

#define FMT_ZERO ((fmt_number){0, 0})
#define FMT_ONE ((fmt_number){1, 0})

typedef enum fmt_issue_kind { FMT_DISCRETE, FMT_INTEGER, FMT_REAL } fmt_issue_kind;

typedef struct fmt_item {
    const char *value; /* what the item is known by */
    const char *id;    /* of the option, when the file has one; else NULL */
    const char *label; /* when it is not the value; else NULL */
    const char *description;
    const char *cost;
} fmt_item;

typedef struct fmt_issue {
    const char *name;
    const char *id; /* when the file has one; else NULL */
    const char *description;
    int64_t index; /* Genius: the key that profiles use; else the place from 1 */
    fmt_issue_kind kind;
    fmt_item *items; /* DISCRETE */
    uint32_t item_count;
    fmt_number lower; /* INTEGER, REAL: both ends belong to it */
    fmt_number upper;
    fmt_number step; /* INTEGER: 1; REAL: 0 when none is given */
} fmt_issue;

/*
 * What one issue adds to a party's utility: weight * e.
 * TABLE: e = table[item] / divisor. LINEAR: e = slope * (v - base) + offset, held between 0 and 1.
 * CONSTANT: e = offset. TRIANGLE: 0 outside base .. end, rising to 1 at top, falling to 0 at end.
 * SEGMENT: a straight line from offset at base to slope at end (the ends of the issue's range).
 */
typedef enum fmt_shape { FMT_TABLE, FMT_LINEAR, FMT_CONSTANT, FMT_TRIANGLE, FMT_SEGMENT } fmt_shape;

typedef struct fmt_evaluation {
    fmt_shape shape;
    bool typed; /* the profile says something about this issue */
    fmt_number weight;
    fmt_number *table;
    fmt_number divisor; /* never 0 */
    fmt_number slope;
    fmt_number offset;
    fmt_number base;
    fmt_number end;
    fmt_number top;
} fmt_evaluation;

typedef struct fmt_bound {
    uint32_t issue;
    int64_t least;
    int64_t most;
} fmt_bound;

/*
 * utility * weight when the package lies inside all bounds (outside: when it violates one of them;
 * without bounds: always).
 */
typedef struct fmt_box {
    uint32_t node;
    bool outside;
    fmt_number utility;
    fmt_number weight;
    const fmt_bound *bounds;
    uint32_t bound_count;
} fmt_box;

typedef enum fmt_aggregation { FMT_SUM, FMT_MIN, FMT_MAX } fmt_aggregation;

/* A function over boxes and child functions; parents stand before their children. */
typedef struct fmt_ufun {
    int32_t parent; /* -1: the top */
    fmt_aggregation aggregation;
    fmt_number weight;
} fmt_ufun;

typedef enum fmt_profile_kind { FMT_ADDITIVE, FMT_BOXES } fmt_profile_kind;

typedef struct fmt_profile {
    const char *name; /* of the party, for people */
    const char *stem; /* what its id is made from; NULL: the name */
    const char *file; /* NULL: the file of the domain */
    fmt_profile_kind kind;
    fmt_evaluation *evaluations; /* ADDITIVE: one an issue */
    fmt_number maximum;          /* BOXES: what the sum is divided by */
    fmt_ufun *ufuns;
    uint32_t ufun_count;
    fmt_box *boxes;
    uint32_t box_count;
    bool has_reservation;
    fmt_number reservation;
    int32_t *reservation_bid; /* GeniusWeb: item by issue, -1: left open; NULL: none */
    bool has_discount;
    fmt_number discount;
    bool cap;  /* worth above 1 counts as 1, says the file */
    bool veto; /* scorable games: p1 and p2 */
} fmt_profile;

/* Genius: an issue found by its index. */
typedef struct fmt_key {
    int64_t index;
    uint32_t issue;
} fmt_key;

typedef struct fmt_model {
    parley_arena *arena;
    parley_format format;
    const char *name; /* of the domain */
    const char *file;
    fmt_issue *issues;
    uint32_t issue_count;
    const fmt_key *keys; /* Genius: by index, ascending */
    fmt_profile *profiles;
    uint32_t profile_count;
    bool cap;                 /* utilities above 1 count as 1 (Genius) */
    uint32_t quorum;          /* so many parties must accept; 0: all */
    int32_t *initial;         /* scorable games: the first proposal, item by issue; NULL: none */
    const char *initial_file; /* where it stands */
} fmt_model;

/* ---- numbers ---- */

/*
 * A number as Java and JSON write it: sign, digits, point, exponent. More than 18 digits, or 36
 * places, are rounded, and *rounded says so. SYNTAX, RANGE (beyond 10^18).
 */
parley_status fmt_number_parse(fmt_number *out, const char *s, size_t length, bool *rounded,
                               parley_error *err) PARLEY_MUST_CHECK;
int fmt_number_compare(fmt_number a, fmt_number b);
/* a * b when it fits. */
bool fmt_number_mul(fmt_number *out, fmt_number a, fmt_number b);
bool fmt_number_add(fmt_number *out, fmt_number a, fmt_number b);
/* a * b + c, exact or rounded to 18 digits; false when it does not fit. */
bool fmt_number_line(fmt_number *out, fmt_number a, fmt_number b, fmt_number c, bool *rounded);
/* a / b, exact or rounded to 18 digits; false when it does not fit. b is not 0. */
bool fmt_number_div(fmt_number *out, fmt_number a, fmt_number b, bool *rounded);
/* Whole steps from `from` to `to`; false when they do not meet, or are too many. step > 0. */
bool fmt_number_steps(fmt_number from, fmt_number to, fmt_number step, int64_t *out);
/* For comparisons with a tolerance and for messages only. */
double fmt_number_double(fmt_number a);
/* The shortest decimal text: `-0.00045`; no exponent. Returns the length as snprintf does. */
#define FMT_NUMBER_MAX 160
size_t fmt_number_print(fmt_number a, char *out, size_t size);
/* A whole number within int64? */
bool fmt_number_whole(fmt_number a, int64_t *out);

#endif
