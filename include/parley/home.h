/*
 * parley/home.h: which packages each party can carry at home, and who there would stop it.
 *
 * A constituency holds a package to what it requires and refuses (on record, reported, or as we
 * read it: three kinds that stay apart), and to the newest poll about it, if a threshold was
 * declared. A package is outside what a party can carry when a constituency whose no stops that
 * party is crossed whatever else is agreed. Counts are exact. Nothing here weighs or adds up
 * constituencies or polls. Pure: no files, clock or log.
 */
#ifndef PARLEY_HOME_H
#define PARLEY_HOME_H

#include <parley/base.h>
#include <parley/case.h>
#include <parley/deal.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct parley_home parley_home;

typedef struct parley_home_options {
    int version;    /* 1 */
    parley_date at; /* the day to look from; form UNKNOWN: the case's as-of date */
} parley_home_options;

#define PARLEY_HOME_OPTIONS_INIT                                                                   \
    {                                                                                              \
        1,                                                                                         \
        {                                                                                          \
            0, 0, false, INT32_MIN, INT32_MAX, 0, 0, 0                                             \
        }                                                                                          \
    }

/* Why a term of a constituency is not counted. */
typedef enum parley_home_counted {
    PARLEY_HOME_COUNTS,
    PARLEY_HOME_WORDS,        /* fits no formula */
    PARLEY_HOME_OTHER_ISSUE,  /* about an issue that is not counted here */
    PARLEY_HOME_NOT_IN_FORCE, /* later than the day looked from, or its claims were replaced */
    PARLEY_HOME_ACCEPTS       /* what it would accept: holds a package to nothing */
} parley_home_counted;

/* One thing that a constituency would accept, or holds a package to. */
typedef struct parley_home_term {
    int32_t constituency;          /* never a row that says more on another one */
    int32_t row;                   /* the row that says so; of a poll: the row with the threshold */
    int32_t poll;                  /* the poll that says so, else -1 */
    parley_mode mode;              /* a poll below its threshold refuses what it asked about */
    const parley_formula *formula; /* NULL for words */
    const char *text;              /* as typed */
    parley_basis basis;            /* record, reported, reading; a poll is reported at best */
    parley_home_counted counted;
    bool blocks; /* its constituency's no stops the party */
} parley_home_term;

/* What became of a poll. */
typedef enum parley_poll_state {
    PARLEY_POLL_SHOWN,     /* no threshold declared, or about nothing that can be counted */
    PARLEY_POLL_UNKNOWN,   /* its share is not known */
    PARLEY_POLL_ENOUGH,    /* as many as were declared necessary, or more */
    PARLEY_POLL_TOO_FEW,   /* fewer: what it asked about is refused */
    PARLEY_POLL_OLDER,     /* a newer one on the same counts */
    PARLEY_POLL_UNDECIDED, /* which is the newest cannot be told, and they do not agree */
    PARLEY_POLL_STALE,
    PARLEY_POLL_MAY_BE_STALE,
    PARLEY_POLL_LATER /* taken after the day looked from */
} parley_poll_state;

typedef struct parley_home_poll {
    int32_t poll;
    parley_poll_state state;
    bool aged;         /* is its age known? */
    int32_t age_least; /* days up to the day looked from; both alike for exact days */
    int32_t age_most;
} parley_home_poll;

/*
 * Look from the packages of an analysis; the analysis must outlive the result, and takes one or two
 * constraints a term. NOMEM; LIMIT for a formula with too many answers that nobody knows.
 */
PARLEY_API parley_status parley_home_new(parley_home **out, parley_ctx *ctx, parley_deal *deal,
                                         const parley_case *c, const parley_home_options *options,
                                         parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_home_free(parley_home *home);

/* The day looked from; form UNKNOWN when the case has none. */
PARLEY_API parley_date parley_home_day(const parley_home *home);
/* Constituencies, each once, in file order (rows that say more on another one are not listed). */
PARLEY_API parley_ids parley_home_constituencies(const parley_home *home);
/* Terms, in the order of constituencies, rows and the file; those of polls follow their row's. */
PARLEY_API uint32_t parley_home_terms(const parley_home *home);
PARLEY_API const parley_home_term *parley_home_term_at(const parley_home *home, uint32_t i);
/* Polls, in the order of their constituencies and the file. */
PARLEY_API uint32_t parley_home_polls(const parley_home *home);
PARLEY_API const parley_home_poll *parley_home_poll_at(const parley_home *home, uint32_t i);
/* Has the party a constituency at all? Without one nothing is known about its home. */
PARLEY_API bool parley_home_known(const parley_home *home, int32_t party);

/*
 * Packages left at a rung that one constituency's terms let through; for one whose no does not stop
 * the party, or of which that is not known: those it would let through if it did. Terms up to and
 * with `basis`: record; record and reported; all.
 */
PARLEY_API parley_status parley_home_count(parley_count *out, parley_home *home, parley_rung rung,
                                           int32_t constituency, parley_basis basis,
                                           parley_error *err) PARLEY_MUST_CHECK;
/* Packages left at a rung that keep one term that is counted (whoever says it). */
PARLEY_API parley_status parley_home_term_left(parley_count *out, parley_home *home,
                                               parley_rung rung, uint32_t term,
                                               parley_error *err) PARLEY_MUST_CHECK;
/* Packages left at a rung that a party (-1: every party) can carry past those who block. */
PARLEY_API parley_status parley_home_carried(parley_count *out, parley_home *home, parley_rung rung,
                                             int32_t party, parley_basis basis,
                                             parley_error *err) PARLEY_MUST_CHECK;

typedef enum parley_home_mark {
    PARLEY_HOME_CROSSED, /* in every completion that keeps the rules */
    PARLEY_HOME_OPEN,    /* in some */
    PARLEY_HOME_KEPT,    /* in none */
    PARLEY_HOME_UNMARKED /* not counted, and nothing that would be accepted */
} parley_home_mark;

/*
 * What a package, whole or partial, does to each term: marks by term. An accepted formula is KEPT
 * when the package brings it in every completion, CROSSED when in none. against_rules: no
 * completion keeps the rules, and nothing is marked.
 */
PARLEY_API parley_status parley_home_judge(parley_home_mark *mark, bool *against_rules,
                                           parley_home *home, parley_package package,
                                           parley_error *err) PARLEY_MUST_CHECK;

typedef enum parley_home_kind {
    PARLEY_HOME_OUTSIDE, /* somebody who blocks is crossed in every completion */
    PARLEY_HOME_DEPENDS, /* in some */
    PARLEY_HOME_CARRIES  /* in none, as far as is known */
} parley_home_kind;

typedef struct parley_home_verdict {
    parley_home_kind kind;
    bool against_rules; /* then outside, for everybody */
    parley_ids terms;   /* outside: those that stop it, each by itself, else a smallest clash;
                           depends: those that may. Borrowed until the next verdict */
} parley_home_verdict;

/* Can the party (-1: every party) carry the package past those who block, on that basis? */
PARLEY_API parley_status parley_home_verdict_on(parley_home_verdict *out, parley_home *home,
                                                int32_t party, parley_basis basis,
                                                parley_package package,
                                                parley_error *err) PARLEY_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
