/*
 * parley/bridges.h: the smallest sets of changes after which packages are left.
 *
 * A bridge is a set of changes to what binds at a rung such that some package satisfies the rest,
 * and no change of the set can be left out. The rules always hold, and what a flag keeps out by law
 * stays out until a named person lifts it. Nothing here costs anything: bridges are ordered by what
 * they ask of people, never by a sum.
 */
#ifndef PARLEY_BRIDGES_H
#define PARLEY_BRIDGES_H

#include <parley/deal.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum parley_change_kind {
    PARLEY_CHANGE_GIVE_WAY, /* a party gives up, or softens, what it demands or refuses */
    PARLEY_CHANGE_CONSENT,  /* so does a party that is no principal, and whose consent is needed */
    PARLEY_CHANGE_REOPEN,   /* an accepted point is no longer held: other answers are looked at */
    PARLEY_CHANGE_READING,  /* our reading is wrong: nobody moves */
    PARLEY_CHANGE_EXTEND,   /* the numbers of an issue go on as far as its could-reach */
} parley_change_kind;

/*
 * One change. A change is whole (the term is gone; the range goes as far as it could reach), or
 * softened: the term also allows what lies up to `steps` values from what it allows now, along one
 * ordered issue or quantity, in one direction; the range goes on for so many values.
 */
typedef struct parley_change {
    parley_change_kind kind;
    int32_t term;  /* index of parley_deal_terms; -1 for EXTEND */
    int32_t party; /* who moves (GIVE_WAY, CONSENT), whose yes or reading it is; -1 for EXTEND */
    int32_t issue; /* EXTEND, and softened changes: along which issue; else -1 */
    int32_t steps; /* softened: so many values up (> 0) or down (< 0); 0: whole */
    parley_decimal reach; /* EXTEND: softened: the last number; whole: the nearest number beyond the
                             range that leaves packages, the other changes being whole */
} parley_change;

/*
 * The same bridge with changes softened as far as they can be: none of them can do with less, and
 * one that is whole cannot be softened beside the others. Readings and accepted points stay whole;
 * so does a term that would allow everything once softened.
 */
typedef struct parley_bridge_softer {
    const parley_change *change; /* as many as the bridge has, in its order */
    parley_count left;
} parley_bridge_softer;

/* What an issue can still be; values are numbers of the range, below 0 and past it with EXTEND. */
typedef struct parley_bridge_open {
    int32_t issue;
    const int64_t *value; /* ascending */
    uint32_t count;       /* 1: settled */
} parley_bridge_open;

typedef struct parley_bridge {
    const parley_change *change; /* terms in the order of parley_deal_terms, then ranges */
    uint32_t changes;
    uint32_t readings;   /* changes that are readings */
    parley_rung firmest; /* firmest rung of a term of words touched; READINGS when none is */
    parley_ids movers;   /* parties that move (GIVE_WAY, CONSENT), ascending */
    bool one_sided; /* exactly one party moves, and it is one of two or more principals or needed
                       parties */
    parley_ids consents; /* parties, not principals, whose consent every package left takes, that
                            move in nothing here and whose yes is not typed; ascending */
    parley_count left;   /* packages, all changes being whole */
    const parley_bridge_softer *softer; /* by change: issue, up before down, fewer steps first */
    uint32_t softer_count;              /* 0 when nothing can be softened */
    bool softer_complete;               /* these are all of them */
    /* with option packages: what is left, by counted issue, and the first of the packages */
    const parley_bridge_open *open;
    uint32_t open_count;
    const parley_package *package; /* values by issue of the case, as in `open`; INT64_MIN: not
                                      counted */
    uint32_t packages;
} parley_bridge;

typedef struct parley_bridges_options {
    int version;       /* 1 */
    int rung;          /* parley_rung; -1: where the ladder empties */
    int32_t party;     /* -1, or only bridges on which nobody but this party moves */
    bool no_readings;  /* only bridges that no reading has to be wrong for */
    uint32_t softer;   /* at most so many softer forms a bridge */
    uint32_t packages; /* at most so many packages a bridge; 0: neither these nor what is open */
} parley_bridges_options;

#define PARLEY_BRIDGES_OPTIONS_INIT                                                                \
    {                                                                                              \
        1, -1, -1, false, 8, 0                                                                     \
    }

/* Borrowed until it returns; it may ask the analysis anything. Return false to stop. */
typedef bool (*parley_visit_bridge)(void *user, const parley_bridge *bridge);

/*
 * All bridges in order: fewest changes; fewest readings; then the firmest term of words touched,
 * softer first, then the second firmest, and so on (never a sum); then the order of the terms.
 * Every bridge once, none left out unless visit stops. Packages left at the rung already: one empty
 * bridge. The rules alone (with what flags keep out) leave nothing: none. INVALID for a rung later
 * than the analysis looked at. LIMIT (search_nodes) and CANCELLED end it; what was visited stands.
 *
 * Minimal hitting sets of the sticking points, found best first while the sticking points
 * themselves are found (Reiter 1987, doi:10.1016/0004-3702(87)90062-2; Davies and Bacchus 2011,
 * doi:10.1007/978-3-642-23786-7_19). Worst case exponential in the number of sticking points.
 */
PARLEY_API parley_status parley_deal_bridges(parley_deal *deal,
                                             const parley_bridges_options *options,
                                             parley_visit_bridge visit, void *user,
                                             parley_error *err) PARLEY_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
