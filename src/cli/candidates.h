/*
 * Inside the program: what may be typed in a place: ids of a case with what they are, words of the
 * enumerations. For the form of `parley log` and for completion in the shell.
 */
#ifndef PARLEY_CLI_CANDIDATES_H
#define PARLEY_CLI_CANDIDATES_H

#include <parley/case.h>

typedef enum cli_place {
    CLI_PLACE_NONE,
    CLI_PLACE_SPEAKER,
    CLI_PLACE_ADDRESSEE,
    CLI_PLACE_DATE,
    CLI_PLACE_ACT,
    CLI_PLACE_ABOUT,
    CLI_PLACE_CONDITION,
    CLI_PLACE_SOURCE, /* source/class */
    CLI_PLACE_CLASS,
    CLI_PLACE_KEY, /* of a claim */
    CLI_PLACE_CLAIM,
    CLI_PLACE_PARTY,
    CLI_PLACE_ISSUE,
    CLI_PLACE_TRACK,
    CLI_PLACE_PROPOSAL,
    CLI_PLACE_RECORD, /* any with an id */
    CLI_PLACE_AUDIENCE,
    CLI_PLACE_FLAG,
    CLI_PLACE_LAW,
    CLI_PLACE_RELAY,
    CLI_PLACE_LINE /* the next word of a log line */
} cli_place;

/* One that may be typed: the whole word, and what it is (may be NULL). False stops. */
typedef bool (*cli_offer)(void *user, const char *text, const char *about);

/*
 * Everything that may stand in a place behind `before` (what was typed there already: an issue and
 * its `=`, the first words of a line). c may be NULL: only what needs no case.
 */
void cli_candidates(const parley_case *c, cli_place place, const char *before, cli_offer offer,
                    void *user);

/* The place of a claim's member, such as `firmness`: its words are offered by the field's name. */
cli_place cli_place_of_key(const char *key);
void cli_candidates_of_key(const parley_case *c, const char *key, const char *before,
                           cli_offer offer, void *user);

#endif
