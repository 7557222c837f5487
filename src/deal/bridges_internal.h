/*
 * Inside the room "deal": how bridges are found (bridges.c), over which packages (bridges_space.c),
 * and how far their changes can be softened (bridges_soften.c).
 */
#ifndef PARLEY_DEAL_BRIDGES_INTERNAL_H
#define PARLEY_DEAL_BRIDGES_INTERNAL_H

#include "deal/deal_internal.h"
#include <parley/bridges.h>

/* One way a change can be softened. */
typedef struct bridge_way {
    int32_t issue;
    bool up;
    uint32_t most; /* steps; more would leave nothing of the term */
} bridge_way;

/* A softened term or range as a constraint of the space for counting. */
typedef struct bridge_soft {
    uint32_t way;
    uint32_t steps;
    uint32_t constraint;
} bridge_soft;

/* A soft constraint: a term that binds at the rung, or the range of an issue. */
typedef struct bridge_item {
    int32_t term;  /* -1: a range */
    int32_t issue; /* of the range; else -1 */
    uint32_t constraint;
    bool fixed; /* may not change: hard in this search */
    parley_change_kind kind;
    const space_expr *expr;
    bool ways_known;
    bridge_way *way;
    uint32_t ways;
    bridge_soft *soft; /* softened forms asked for so far */
    uint32_t softs, soft_room;
} bridge_item;

typedef struct bridge_finder {
    parley_deal *d;
    parley_rung rung;
    const parley_bridges_options *options;
    parley_error *err;
    parley_status status;  /* what went wrong in a visit */
    parley_arena *arena;   /* of the whole search */
    parley_arena *scratch; /* of one bridge */
    deal_width *width;     /* by issue of the case */
    uint32_t *size;        /* by variable */
    bridge_item *item;     /* terms in order, then ranges */
    uint32_t items;
    uint32_t *item_of; /* by constraint */
    uint32_t base;     /* constraints of both spaces: hard ones and items */
    uint64_t *hard;    /* rules, what flags keep out */
    uint32_t words;    /* of hard, and of `on` before softened terms came */
    space *search;     /* busy during the whole search */
    space *count;      /* for questions about one bridge */
    uint64_t *on;      /* of a question about one bridge */
    uint32_t on_words;
    int32_t *consenter; /* parties whose consent may be needed */
    uint32_t consenters;
    parley_visit_bridge visit;
    void *user;
} bridge_finder;

/* ---- bridges_space.c ---- */
/* Widths, items, constraints, both spaces. */
parley_status bridges_spaces(bridge_finder *b) PARLEY_MUST_CHECK;
/* One more constraint of the space for counting. */
parley_status bridges_add(bridge_finder *b, const space_expr *e, uint32_t *id) PARLEY_MUST_CHECK;
/* Number of value v of a quantity, v counted in the space. */
parley_decimal bridges_number(const bridge_finder *b, int32_t issue, int64_t v);
/* Everything but these items. */
parley_status bridges_begin(bridge_finder *b, const uint32_t *item,
                            uint32_t count) PARLEY_MUST_CHECK;
/* One constraint more, or less, than that. */
parley_status bridges_switch(bridge_finder *b, uint32_t id, bool on) PARLEY_MUST_CHECK;
parley_status bridges_exists(bridge_finder *b, space_clamp clamp, bool *out) PARLEY_MUST_CHECK;
parley_status bridges_count(bridge_finder *b, parley_count *out) PARLEY_MUST_CHECK;

/* ---- bridges_soften.c ---- */
/* Softened forms of a bridge (item[0 .. changes - 1] are its changes); its ranges' `reach`. */
parley_status bridges_soften(bridge_finder *b, const uint32_t *item, parley_change *change,
                             parley_bridge *out) PARLEY_MUST_CHECK;

/* ---- bridges_shift.c ---- */
/* The set of values up to k above (below) those of `set`. */
void bridges_dilate(uint64_t *out, const uint64_t *set, uint32_t size, bool up, uint32_t k);
/*
 * What e allows, and what lies up to k values of a variable above (below) it; in arena. NULL: out
 * of memory.
 */
const space_expr *bridges_widened(parley_arena *arena, const space_expr *e, uint32_t variable,
                                  uint32_t size, bool up, uint32_t k);

#endif
