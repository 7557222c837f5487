/*
 * parley/desk.h: the mediator's own work: words carried between people who do not trust each other,
 * and who reaches whom.
 *
 * Nothing is scored. What is not recorded counts as not allowed and not known.
 */
#ifndef PARLEY_DESK_H
#define PARLEY_DESK_H

#include <parley/case.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------- relays */

/* Where a relay stands; a stop comes before everything else. */
typedef enum parley_relay_state {
    PARLEY_RELAY_STOPPED,   /* something in it may not be passed on */
    PARLEY_RELAY_TO_ASK,    /* allowed; nobody asked whether it was meant */
    PARLEY_RELAY_TO_CARRY,  /* meant and allowed; not carried yet */
    PARLEY_RELAY_TO_HEAR,   /* carried; how it was understood is not recorded */
    PARLEY_RELAY_READ_BACK, /* read back */
} parley_relay_state;

typedef struct parley_relay_card {
    parley_permission words;
    bool assured;                /* somebody answered whether the words were meant */
    parley_permission assurance; /* of that answer, when it was given in private */
    parley_relay_state state;
    bool carried;
    bool carried_unallowed; /* carried although something in it may not be passed on */
    bool soft;              /* none of the words accepts or promises anything: do not strengthen */
    /* A private and a public version of these words by the same owner on the same issue that cannot
     * both hold: two claims, or -1. */
    int32_t against[2];
} parley_relay_card;

/*
 * Look at one relay. Day: permission that ran out before it counts as run out (a day number; the
 * case's as-of date as a rule). O(claims of the relay x claims of the case). NOMEM.
 */
PARLEY_API parley_status parley_relay_look(parley_relay_card *out, parley_ctx *ctx,
                                           const parley_case *c, int32_t relay, int32_t day,
                                           parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API const char *parley_relay_state_word(parley_relay_state state);

/* ----------------------------------------------------------------- channels */

/* What is known of the way from one party to another. */
typedef enum parley_reach {
    PARLEY_REACH_WORKS,  /* a channel is typed, and its quality is neither none nor unknown */
    PARLEY_REACH_NONE,   /* typed: there is none */
    PARLEY_REACH_UNKNOWN /* nothing typed, or typed as unknown */
} parley_reach;

/* Channels between two parties count in both directions. */
PARLEY_API parley_reach parley_channels_reach(const parley_case *c, int32_t from, int32_t to);

/*
 * A shortest path of channels that work, from a party to a party: parties on it with both ends, or
 * none (count 0). Ties go to the party that stands first in the file. path has room for every party
 * of the case. O(parties^2 x channels). NOMEM.
 */
PARLEY_API parley_status parley_channels_path(int32_t *path, uint32_t *count, parley_ctx *ctx,
                                              const parley_case *c, int32_t from, int32_t to,
                                              parley_error *err) PARLEY_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
