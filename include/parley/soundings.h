/*
 * parley/soundings.h: what to sound out next, and what each answer would change.
 *
 * A sounding is a question to one party together with the answers it may give. What an answer would
 * change is not estimated: the analysis is made again with the answer imagined (parley_supposed,
 * `without`), over the same issues, and compared with the analysis as it stands. Questions are
 * ranked by their worst answer; nothing here says how likely an answer is.
 */
#ifndef PARLEY_SOUNDINGS_H
#define PARLEY_SOUNDINGS_H

#include <parley/deal.h>
#include <parley/ideas.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a question finds out. X(NAME, "word", "what it means") */
#define PARLEY_SOUNDING_LIST(X)                                                                    \
    X(READING, "reading", "is our reading right?")                                                 \
    X(SOFTER, "softer", "would a step less be enough?")                                            \
    X(LINE, "line", "is it a line, or the worry behind it?")                                       \
    X(LIST, "list", "is the list of conditions complete?")                                         \
    X(WHICH, "which", "which of these are out?")                                                   \
    X(CONFIRM, "confirm", "would it say so itself?")

typedef enum parley_sounding_kind {
#define X(name, word, text) PARLEY_SOUNDING_##name,
    PARLEY_SOUNDING_LIST(X)
#undef X
        PARLEY_SOUNDING_KIND_COUNT
} parley_sounding_kind;

/* An answer. X(NAME, "word", "what it means") */
#define PARLEY_REPLY_LIST(X)                                                                       \
    X(YES, "yes", "it could, or would")                                                            \
    X(NO, "no", "it could not, or would not")                                                      \
    X(LINE, "a line", "it will never accept otherwise")                                            \
    X(WORRY, "the worry", "what meets the worry behind it is enough")                              \
    X(REASON, "a reason", "a reason that nobody has typed yet: not known until answered")          \
    X(COMPLETE, "complete", "these conditions and no others")                                      \
    X(MORE, "more", "there are others")                                                            \
    X(OUT, "out", "one of the answers is out")                                                     \
    X(NONE_OUT, "none", "none of them is out")                                                     \
    X(CONFIRMED, "confirmed", "it says so itself")                                                 \
    X(DENIED, "denied", "it does not say so")

typedef enum parley_reply {
#define X(name, word, text) PARLEY_REPLY_##name,
    PARLEY_REPLY_LIST(X)
#undef X
        PARLEY_REPLY_COUNT
} parley_reply;

/* The words of the two lists above; never NULL. */
PARLEY_API const char *parley_sounding_word(parley_sounding_kind kind);
PARLEY_API const char *parley_reply_word(parley_reply reply);

/* How the case stands, now or after an answer. */
typedef struct parley_outcome {
    int dies_at;                          /* parley_rung on which nothing is left, or -1 */
    int last;                             /* last rung with packages, or -1 */
    parley_count left[PARLEY_RUNG_COUNT]; /* by rung */
    uint32_t points;                      /* sticking points at the rung looked at */
    bool points_complete;                 /* else: at least so many */
    bool bridged;     /* a set of changes leaves packages; false: none does, or the search
                         was cut short */
    uint32_t changes; /* of the smallest bridge; 0 when packages are left that no flag keeps out */
    uint32_t change_readings; /* of them readings that would have to be wrong, in the first one */
    uint32_t bridges;         /* bridges of that size... */
    bool bridges_more;        /* ...at least */
    parley_ids movers;        /* who moves on the first of them, ascending */
} parley_outcome;

typedef struct parley_sounding_answer {
    parley_reply reply;
    int64_t value; /* OUT: the value of the question's issue; else -1 */
    bool known;    /* false: what follows is not known until it is answered; `after` is as now */

    /* The answer as the analysis is told it; formulas and ids live as long as the soundings. */
    const parley_supposed *supposed;
    uint32_t supposed_count;
    parley_texts without; /* ids of claims, readings and responses set aside */

    parley_outcome after;
    /* Sticking points as they are now, by index into parley_soundings_point, ascending. */
    parley_ids goes;      /* no longer a sticking point */
    parley_ids on_record; /* stays, and from now on stands on the parties' own words */
    parley_ids stays;     /* stays as it is */
    uint32_t fresh;       /* new ones */
    parley_ids eased;     /* YES to a question with `step`: needs only that step now */
    bool first_no;        /* the first thing this party refuses or requires on record */
    bool has_certain;     /* COMPLETE: packages that become acceptable for certain */
    parley_count certain;
    /* With option `ideas`: indexes into parley_soundings_ideas. Open: nothing that the party would
     * hold stands against it any longer, or it could live with the step the idea takes. */
    parley_ids ideas_open;
    parley_ids ideas_fall; /* no package with the idea satisfies what would stand on record */
    parley_ids only; /* LINE: whose terms stand against it, and can give now: terms, ascending */
} parley_sounding_answer;

typedef struct parley_sounding {
    parley_sounding_kind kind;
    int32_t party;     /* who is asked */
    bool never_put;    /* READING: nothing the party said speaks to it */
    bool shift;        /* CONFIRM: it moved, on the word of a softer source */
    int32_t reading;   /* READING: index of the reading; else -1 */
    int32_t term;      /* term of parley_deal_terms it is about; -1 for LIST, WHICH without one */
    int32_t response;  /* LIST: the answer; -1: the list is that of the claim in `claims` */
    int32_t concern;   /* LINE: the worry behind it; questions with `given`: where it comes from */
    int32_t issue;     /* WHICH; READING and SOFTER with a step: along which issue; else -1 */
    int32_t idea;      /* SOFTER: the idea it is about; else -1 */
    parley_ids claims; /* CONFIRM: what would be confirmed, ascending */
    parley_ids terms;  /* terms of the reading, or of what would be confirmed; ascending */

    /*
     * What is asked. READING: could the party live with `formula` (what the reading says it
     * refuses)? With a step: `formula` is a step less than the other side asks for, and the reading
     * says nothing against it yet. SOFTER: would `formula` be enough instead of the term? Of an
     * idea: the part that stands against the term, and the rest as `given`. given: what it would be
     * asked for in return for, or NULL.
     */
    const parley_formula *formula;
    const parley_formula *given;
    bool step;         /* READING: asked with a step that the other side might take */
    int32_t step_term; /* the term of the other side that the step softens; else -1 */

    parley_ids points;  /* sticking points it bears on, ascending */
    uint32_t quarrel;   /* sticking points that hang together with these by shared terms */
    parley_rung stands; /* firmest rung of the words it is about or that stand against it */

    /*
     * What the question would give away: ids of claims and readings that the party asked may not
     * see, and that the words of the question come from. Empty: it can be asked openly.
     */
    parley_texts reveals;

    const parley_sounding_answer *answer;
    uint32_t answers;
} parley_sounding;

typedef struct parley_soundings_options {
    int version;
    uint32_t most;     /* rank at least so many, the first ones; 0: all */
    int32_t party;     /* -1, or only questions to this party */
    uint32_t analyses; /* at most so many analyses; 0: no bound */
    bool ideas;        /* find the ideas of the case too, and say what becomes of them */
} parley_soundings_options;

#define PARLEY_SOUNDINGS_OPTIONS_INIT                                                              \
    {                                                                                              \
        1, 0, -1, 0, false                                                                         \
    }

typedef struct parley_soundings parley_soundings;

/*
 * Find the questions and rank them. deal: the analysis as it stands, made with these terms options;
 * it must outlive the result, and nothing else may use it meanwhile. The rung looked at is the one
 * on which the ladder empties, or the last one.
 *
 * Order: first readings that carry a sticking point and were never put to the party, of the largest
 * quarrel before others, and there those asked with a step; then moves that only a softer source
 * told; then what bears on a sticking point; then ideas that would do instead; then the rest. Among
 * these, questions that no answer known would make a difference to stand last; then the better
 * worst answer comes first (packages left on a later rung; a smaller smallest bridge; fewer
 * sticking points; more packages); then the better best answer; then the firmer words; then the
 * order of the file. What is not known counts as nothing changed.
 *
 * LIMIT and CANCELLED of an analysis end it. With `analyses` used up the questions ranked until
 * then are given only if they are the first in the order of all (parley_soundings_cut).
 *
 * Cost: one analysis an answer over the space of the first (its ladder, sticking points and
 * smallest bridge), for the questions that can be among the first `most`.
 */
PARLEY_API parley_status parley_soundings_new(parley_soundings **out, parley_ctx *ctx,
                                              const parley_case *c, parley_deal *deal,
                                              const parley_terms_options *terms,
                                              const parley_soundings_options *options,
                                              parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_soundings_free(parley_soundings *s);

PARLEY_API uint32_t parley_soundings_size(const parley_soundings *s); /* ranked */
PARLEY_API const parley_sounding *parley_soundings_at(const parley_soundings *s, uint32_t i);
/* Questions found, ranked or not, and how many of a kind. */
PARLEY_API uint32_t parley_soundings_found(const parley_soundings *s);
PARLEY_API uint32_t parley_soundings_found_of(const parley_soundings *s, parley_sounding_kind kind);
/* `analyses` was used up before as many as asked for could be ranked. */
PARLEY_API bool parley_soundings_cut(const parley_soundings *s);

/* The ideas of the case, as parley_ideas_new finds them for its latest proposal; NULL without the
 * option. */
PARLEY_API const parley_ideas *parley_soundings_ideas(const parley_soundings *s);

/* The rung looked at, how things stand now, and the sticking points: smallest first, as
 * parley_deal_clashes gives them; terms of the deal, ascending. */
PARLEY_API parley_rung parley_soundings_rung(const parley_soundings *s);
PARLEY_API const parley_outcome *parley_soundings_now(const parley_soundings *s);
PARLEY_API uint32_t parley_soundings_points(const parley_soundings *s);
PARLEY_API parley_ids parley_soundings_point(const parley_soundings *s, uint32_t i);
/* Of the sticking points, those with a reading, and those with a reading never put to its party. */
PARLEY_API uint32_t parley_soundings_on_readings(const parley_soundings *s);
PARLEY_API uint32_t parley_soundings_never_put(const parley_soundings *s);

/* Is the first better to have than the second: > 0, the other way round < 0, alike 0. */
PARLEY_API int parley_outcome_compare(const parley_outcome *a, const parley_outcome *b);
/* The worst and the best of a sounding's answers; what is not known counts as `now`. */
PARLEY_API const parley_outcome *parley_sounding_worst(const parley_sounding *s,
                                                       const parley_outcome *now);
PARLEY_API const parley_outcome *parley_sounding_best(const parley_sounding *s,
                                                      const parley_outcome *now);

#ifdef __cplusplus
}
#endif
#endif
