/*
 * parley/ripeness.h: is this the moment? What each party is known to see of it, on which words.
 *
 * After Zartman (The Timing of Peace Initiatives, Global Review of Ethnopolitics 1, 2001): talks
 * begin when parties see a stalemate that hurts them and a way out of it, and somebody can speak
 * for each. All of this is perception, so every line is a dated claim of somebody, or a reading of
 * ours, which stays apart. Nothing is added up, and not known is the normal answer.
 */
#ifndef PARLEY_RIPENESS_H
#define PARLEY_RIPENESS_H

#include <parley/case.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Whose word a line is. */
typedef enum parley_ripe_voice {
    PARLEY_RIPE_OWN,    /* the party's own */
    PARLEY_RIPE_OTHERS, /* of somebody else, about the party */
    PARLEY_RIPE_OURS,   /* our reading */
    PARLEY_RIPE_VOICES
} parley_ripe_voice;

typedef struct parley_ripe_line {
    int32_t party;
    parley_moment of;
    parley_sight sees; /* NONE: not said whether; what follows never says */
    parley_ripe_voice voice;
    int32_t perception; /* -1: it follows from an answer, or from who spoke */
    int32_t claim;      /* -1 */
    int32_t response;   /* -1, or the party's last answer to what is on the table: a way out */
    int32_t person;     /* -1, or who spoke for the party when it bound itself: a spokesman */
    parley_basis basis;
    parley_date date;
    bool replaced; /* a later claim replaces it: it counts no longer */
} parley_ripe_line;

/* How the latest words of one voice about one party stand. */
typedef enum parley_ripe_state {
    PARLEY_RIPE_NOT_KNOWN,
    PARLEY_RIPE_SO,
    PARLEY_RIPE_IN_PART,
    PARLEY_RIPE_NOT_SO,
    PARLEY_RIPE_BOTH /* words of which none is surely later say different things */
} parley_ripe_state;

typedef struct parley_ripeness parley_ripeness;

/*
 * Lines by party, in order of the file, then by what they are about; of these the party's own words
 * first, then those of others, what follows from other records, and ours; each by day (those
 * without one last), then in order of the file. at: what had happened by then (form UNKNOWN: no
 * bound). O(claims
 * + perceptions log perceptions + proposals x responses). NOMEM.
 */
PARLEY_API parley_status parley_ripeness_new(parley_ripeness **out, parley_ctx *ctx,
                                             const parley_case *c, parley_date at,
                                             parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_ripeness_free(parley_ripeness *ripeness);
PARLEY_API uint32_t parley_ripeness_size(const parley_ripeness *ripeness);
PARLEY_API const parley_ripe_line *parley_ripeness_at(const parley_ripeness *ripeness, uint32_t i);
/* From lines that say whether, are not replaced, and before none of which another surely came. */
PARLEY_API parley_ripe_state parley_ripeness_state(const parley_ripeness *ripeness, int32_t party,
                                                   parley_moment of, parley_ripe_voice voice);
/* "not-known", "so", "in-part", "not-so", "both"; "own", "others", "ours". */
PARLEY_API const char *parley_ripe_state_word(parley_ripe_state state);
PARLEY_API const char *parley_ripe_voice_word(parley_ripe_voice voice);

#ifdef __cplusplus
}
#endif
#endif
