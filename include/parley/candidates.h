/*
 * parley/candidates.h: who asked for a candidate, who accepts it, who refuses it, whom it reaches,
 * and who is missing.
 *
 * A candidate could be mediator, venue, table, guarantor or monitor. What a party makes of it
 * follows from claims in force: claims about it, claims about the answer that it is (`is:`), and
 * claims it names (`claims:`); from our readings of that answer, which stay ours. Nothing is typed
 * twice, nothing is weighed, and candidates stand in the order of the file.
 */
#ifndef PARLEY_CANDIDATES_H
#define PARLEY_CANDIDATES_H

#include <parley/case.h>
#include <parley/desk.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What somebody made of a candidate in saying something. */
typedef enum parley_stance_kind {
    PARLEY_STANCE_ACCEPTS,    /* accept, concede */
    PARLEY_STANCE_ACCEPTS_IF, /* accept-if */
    PARLEY_STANCE_INSISTS,    /* demand */
    PARLEY_STANCE_ASKS,       /* request, urge */
    PARLEY_STANCE_PROPOSES,   /* propose, offer */
    PARLEY_STANCE_OPEN,       /* open-to */
    PARLEY_STANCE_DEFERS,     /* defer */
    PARLEY_STANCE_ALLOWS,  /* what it wants, offers or accepts leaves room for it, among others */
    PARLEY_STANCE_REFUSES, /* reject; our reading that it refuses */
    PARLEY_STANCE_ANOTHER, /* names another answer to the same issue: wants, offers, accepts it */
    PARLEY_STANCE_SAYS     /* anything else: words, a denial, no comment; the act tells */
} parley_stance_kind;

typedef struct parley_stance {
    int32_t candidate;
    int32_t party; /* -1: a source in its own voice */
    parley_stance_kind kind;
    int32_t claim;                 /* -1 */
    int32_t reading;               /* -1, or our reading */
    const parley_formula *formula; /* what was said of the issue; NULL: of the candidate itself */
    bool itself;                   /* the candidate's own party speaks */
    parley_basis basis;
    parley_date date;
} parley_stance;

/* What is known of one party and one candidate. */
typedef enum parley_consent {
    PARLEY_CONSENT_UNKNOWN, /* it was not asked, and said nothing, as far as the case tells */
    PARLEY_CONSENT_SILENT,  /* it was asked, and said nothing of it */
    PARLEY_CONSENT_SPOKE    /* see its stances */
} parley_consent;

typedef struct parley_candidates parley_candidates;

/*
 * Stances by candidate, then party (outside voices last), then in order of the file; of one party
 * that names the same other answer twice, the later. at: what had
 * happened by then (form UNKNOWN: no bound). O(candidates x (claims + positions x values of an
 * issue)). NOMEM.
 */
PARLEY_API parley_status parley_candidates_new(parley_candidates **out, parley_ctx *ctx,
                                               const parley_case *c, parley_date at,
                                               parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_candidates_free(parley_candidates *candidates);
PARLEY_API uint32_t parley_candidates_size(const parley_candidates *candidates);
PARLEY_API const parley_stance *parley_candidates_at(const parley_candidates *candidates,
                                                     uint32_t i);
PARLEY_API parley_consent parley_candidates_consent(const parley_candidates *candidates,
                                                    int32_t candidate, int32_t party);
/* Does the party refuse it, in words (with_readings: or as we read it)? */
PARLEY_API bool parley_candidates_refused(const parley_candidates *candidates, int32_t candidate,
                                          int32_t party, bool with_readings);
/* "accepts", "refuses", "another" ... */
PARLEY_API const char *parley_stance_word(parley_stance_kind kind);

/*
 * Does an issue on the table take this party's act or consent (for any option)? issue -1: any issue
 * that is not excluded.
 */
PARLEY_API bool parley_needs_party(const parley_case *c, int32_t issue, int32_t party);

/*
 * Is the party away from the talks: no meeting names it, nothing was put to it, it said nothing
 * itself, and no channel that works leads to it? Read in the case as it is.
 */
PARLEY_API bool parley_absent(const parley_case *c, int32_t party);

#ifdef __cplusplus
}
#endif
#endif
