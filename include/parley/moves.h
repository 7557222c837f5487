/*
 * parley/moves.h: who moved on what, when, on whose word; and for each demand, what speaks for a
 * line and what for bargaining.
 *
 * A move is what a party held on an issue and what it said there later: typed with `replaces`, or
 * merely later words on the same issue, which are marked so. It is classified by exact sets of
 * values (docs/decisions/0012-moves.md has the table). Nothing here is weighed: there is no score,
 * and a count counts what was said. Pure: case in, result out.
 */
#ifndef PARLEY_MOVES_H
#define PARLEY_MOVES_H

#include <parley/base.h>
#include <parley/case.h>

#ifdef __cplusplus
extern "C" {
#endif

/* X(NAME, "word", "what it means") */
#define PARLEY_MOVE_LIST(X)                                                                        \
    X(SOFTENED, "softened", "allows more than before, or insists less")                            \
    X(HARDENED, "hardened", "allows less than before, or insists more")                            \
    X(REFRAMED, "reframed", "something else: neither allows all that the other does")              \
    X(DEFERRED, "deferred", "put off, or moved to what is parked")                                 \
    X(REVERSED, "reversed", "the opposite of what it had said yes to or required")                 \
    X(CONFIRMED, "confirmed", "the same again, from an independent source")                        \
    X(NOT_COMPARED, "not-compared", "other words; they cannot be compared as sets")

typedef enum parley_move_kind {
#define X(name, word, text) PARLEY_MOVE_##name,
    PARLEY_MOVE_LIST(X)
#undef X
        PARLEY_MOVE_KIND_COUNT
} parley_move_kind;

/* How the later set lies to the earlier one. */
#define PARLEY_SETS_LIST(X)                                                                        \
    X(NOT_COMPARED, "not-compared", "words, an issue without values, or too many packages")        \
    X(EQUAL, "equal", "the same")                                                                  \
    X(MORE, "more", "the later one holds all of the earlier, and more")                            \
    X(LESS, "less", "the later one holds a part of the earlier")                                   \
    X(OVERLAP, "overlap", "each holds something that the other does not, and some is common")      \
    X(APART, "apart", "nothing is common")

typedef enum parley_sets {
#define X(name, word, text) PARLEY_SETS_##name,
    PARLEY_SETS_LIST(X)
#undef X
        PARLEY_SETS_COUNT
} parley_sets;

/* What holding something amounts to, by its act. */
#define PARLEY_STAND_LIST(X)                                                                       \
    X(BINDS, "requires or refuses", "demand, request, urge, reject, a condition")                  \
    X(GIVES, "says yes", "accept, concede, propose, offer, promise")                               \
    X(OPEN, "is open to it", "open-to")                                                            \
    X(PUT_OFF, "puts it off", "defer")                                                             \
    X(STATES, "states it", "say; and words that replace something and are none of these")

typedef enum parley_stand_kind {
#define X(name, word, text) PARLEY_STAND_##name,
    PARLEY_STAND_LIST(X)
#undef X
        PARLEY_STAND_COUNT
} parley_stand_kind;

PARLEY_API const char *parley_move_word(parley_move_kind kind);
PARLEY_API const char *parley_move_meaning(parley_move_kind kind);
PARLEY_API const char *parley_moves_sets_word(parley_sets sets);

/* What one claim, or an answer without a claim, says about one set of issues. */
typedef struct parley_stand {
    int32_t party;
    parley_stand_kind hold;
    bool refuses;    /* BINDS: what `formula` says is refused, not required */
    const char *act; /* "demands", "open to", ... */
    parley_firmness firmness;
    parley_basis basis;
    parley_class cls;
    const parley_formula *formula; /* NULL: words only */
    const char *text;              /* the formula printed, or the words */
    parley_ids issues;             /* ascending; empty for words about no issue */
    int32_t claim;                 /* -1: an answer without a claim */
    int32_t response;              /* -1 */
    int32_t person;                /* -1: nobody by name */
    parley_date date;
} parley_stand;

/* What words rest on. An original is one speaker through one origin: the last source of a chain. */
typedef struct parley_move_support {
    parley_ids claims;   /* that say it, as far as they stand; ascending */
    parley_ids mentions; /* that only repeat one of these */
    uint32_t originals;
    bool unnamed;   /* every one of them an unnamed speaker, or no speaker at all */
    bool on_record; /* at least one of them */
} parley_move_support;

typedef struct parley_move {
    parley_move_kind kind;
    int32_t party;
    parley_ids issues; /* that both speak about; of the earlier when the later is in words */
    const parley_stand *from;
    const parley_stand *to;
    parley_ids earlier; /* claims that said `from` or as much, ascending */
    bool said;          /* typed with `replaces`; else the earlier words still stand */
    bool order_known;   /* the earlier one was certainly before the later */
    parley_sets sets;
    int direction;  /* along an ordered issue: +1 later in its list, -1 earlier, 0 neither */
    uint32_t steps; /* how far, 0 when it is no one number */
    parley_move_support support; /* of `to` */
    bool to_confirm; /* softer in source than the earlier, and nobody firmer has said it */
} parley_move;

/* How a party answered what crossed its demand. */
#define PARLEY_OFFER_LIST(X)                                                                       \
    X(NO_ANSWER, "no-answer")                                                                      \
    X(REFUSED, "refused")                                                                          \
    X(ACCEPTED, "accepted")                                                                        \
    X(CONDITIONS, "yes-if")                                                                        \
    X(COUNTERED, "countered")                                                                      \
    X(DEFERRED, "deferred")                                                                        \
    X(SILENT, "silent")

typedef enum parley_offer_answer {
#define X(name, word) PARLEY_OFFER_##name,
    PARLEY_OFFER_LIST(X)
#undef X
        PARLEY_OFFER_COUNT
} parley_offer_answer;

PARLEY_API const char *parley_offer_answer_word(parley_offer_answer answer);

/* A proposal, or an offer typed as a claim, that cannot be had together with a demand. */
typedef struct parley_offer_test {
    int32_t proposal; /* -1: a claim */
    int32_t offer;    /* claim, -1: a proposal */
    parley_date date;
    parley_offer_answer answer;
    int32_t response;   /* -1 */
    int32_t claim;      /* that answers; -1 */
    parley_date when;   /* of the answer */
    int32_t said_after; /* a claim that said the demand after the offer; -1 */
} parley_offer_test;

/* A worry behind a demand, and how else it would be met. */
typedef struct parley_demand_reason {
    int32_t concern;
    const parley_formula *const *other; /* met by these, though the demand is not */
    uint32_t others;
    const parley_formula *const *in_part;
    uint32_t in_parts;
} parley_demand_reason;

/* X(NAME, "id", speaks for a line?) */
#define PARLEY_FACT_LIST(X)                                                                        \
    X(RED_LINE, "called-a-red-line", true)                                                         \
    X(CONDITION, "a-condition-of-its-yes", true)                                                   \
    X(REFUSED, "refused-an-offer-that-crossed-it", true)                                           \
    X(SAID_AFTER, "said-after-an-offer-that-crossed-it", true)                                     \
    X(VOICES, "said-by-several-persons", true)                                                     \
    X(ORIGINALS, "said-by-several-originals", true)                                                \
    X(HARDENED, "hardened", true)                                                                  \
    X(ASKED, "asked-for-not-insisted-on", false)                                                   \
    X(MOVED, "moved-away-from", false)                                                             \
    X(ACCEPTED, "accepted-an-offer-that-crossed-it", false)                                        \
    X(TALKED, "answered-an-offer-that-crossed-it", false)                                          \
    X(OTHER_VOICE, "another-voice-says-otherwise", false)                                          \
    X(LEFT_OUT, "left-out-of-a-complete-list", false)                                              \
    X(OTHER_WAY, "the-worry-can-be-met-otherwise", false)

typedef enum parley_fact_kind {
#define X(name, id, line) PARLEY_FACT_##name,
    PARLEY_FACT_LIST(X)
#undef X
        PARLEY_FACT_COUNT
} parley_fact_kind;

typedef struct parley_fact {
    parley_fact_kind kind;
    bool line; /* for a line; else for bargaining */
    int32_t claim;
    int32_t concern;
    int32_t person; /* OTHER_VOICE, LEFT_OUT: who; -1 */
    int32_t test;   /* index into the demand's tests; -1 */
    int32_t move;   /* index into the moves; -1 */
    uint32_t count; /* VOICES, ORIGINALS */
    parley_date date;
} parley_fact;

PARLEY_API const char *parley_fact_word(parley_fact_kind kind);

/* One demand: what a party requires or refuses, however often it said so. */
typedef struct parley_demand {
    int32_t party;
    const parley_stand *stand;   /* as said most firmly, and first */
    parley_move_support support; /* all who said it, replaced or not */
    uint32_t times;              /* sayings: claims, and answers without one */
    parley_ids persons;          /* ascending */
    parley_date first;
    parley_date last;
    bool in_force;
    bool typed_tested; /* by `firmness: red-line-tested` */
    const parley_offer_test *tests;
    uint32_t test_count;
    const parley_demand_reason *reasons;
    uint32_t reason_count;
    const parley_fact *evidence; /* for a line first */
    uint32_t evidence_count;
} parley_demand;

typedef struct parley_moves parley_moves;

/*
 * Derive moves. options as for terms: what had happened by a date, what is set aside; readings are
 * left out, since ours is nobody's move. Moves are in order of party, date and file. O(s^2) steps
 * for s statements of one party about one issue; formulas are compared once for each two that
 * differ, over at most 65,536 packages of distinct values. NOTFOUND for an unknown id in `without`.
 */
PARLEY_API parley_status parley_moves_derive(parley_moves **out, parley_ctx *ctx,
                                             const parley_case *c,
                                             const parley_terms_options *options,
                                             parley_error *err) PARLEY_MUST_CHECK;
/* The same of one party alone, or with terms that are there. The first day is then that party's. */
PARLEY_API parley_status parley_moves_derive_in(parley_moves **out, parley_ctx *ctx,
                                                const parley_case *c, const parley_scope *scope,
                                                parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_moves_free(parley_moves *moves);
PARLEY_API uint32_t parley_moves_size(const parley_moves *moves);
PARLEY_API const parley_move *parley_moves_at(const parley_moves *moves, uint32_t i);

/*
 * The sheet "line or bargaining", which most readers of moves do not want: to be found before any
 * of the next four is asked. In order of party, first date and file. O(d o) comparisons for d
 * demands and o offers about their issues. Again: nothing happens. NOMEM.
 */
PARLEY_API parley_status parley_moves_find_demands(parley_moves *moves,
                                                   parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API uint32_t parley_moves_demands(const parley_moves *moves);
PARLEY_API const parley_demand *parley_moves_demand(const parley_moves *moves, uint32_t i);

/* Demands and refusals of the same parties, still in force, that fit no formula: shown, never
 * compared. */
PARLEY_API uint32_t parley_moves_in_words(const parley_moves *moves);
PARLEY_API const parley_stand *parley_moves_in_words_at(const parley_moves *moves, uint32_t i);

/* May it have happened on the first day of `since`, or later? An undated move may; so does every
 * move when `since` is not typed. */
PARLEY_API bool parley_move_since(const parley_move *move, parley_date since);
/*
 * The first exact day on which a principal's term, or our reading of a principal, is known; else
 * the first day of the vaguest. Its `last` is that day, so that it can stand in
 * parley_terms_options. Form UNKNOWN: there is none.
 */
PARLEY_API parley_date parley_moves_first_day(const parley_moves *moves);

/* How what a later formula allows lies to what an earlier one allows; a negated one allows what its
 * formula excludes. Exact, over the issues that the two mention. NOMEM. */
PARLEY_API parley_status parley_moves_compare(parley_sets *out, parley_ctx *ctx,
                                              const parley_case *c, const parley_formula *earlier,
                                              bool earlier_negated, const parley_formula *later,
                                              bool later_negated,
                                              parley_error *err) PARLEY_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
