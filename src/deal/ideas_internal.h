/*
 * Inside the room "deal": how ideas are looked for.
 *
 * A package in the making has a set of values for each variable of the space (NULL: all) and, for
 * what cannot be said issue by issue, units: conjuncts about several issues. A space of its own
 * holds every rule, flag, term, concern and unit as a constraint, most of them also denied, so that
 * each question is one search. The first failure sticks in the work; questions then answer no.
 */
#ifndef PARLEY_IDEAS_INTERNAL_H
#define PARLEY_IDEAS_INTERNAL_H

#include "deal/deal_internal.h"
#include <parley/ideas.h>

#define IDEA_NONE UINT32_MAX

/* A conjunct about several issues, or about answers. */
typedef struct idea_unit {
    const parley_formula *formula;
    uint32_t yes; /* constraint */
} idea_unit;

typedef struct idea_package {
    const uint64_t **set; /* by variable of the space */
    uint32_t *unit;       /* indexes into the work's units */
    uint32_t units;
} idea_package;

/* A statement and its denial, as constraints; IDEA_NONE when it is not counted. */
typedef struct idea_pair {
    uint32_t yes;
    uint32_t no;
} idea_pair;

/* What a package is to everybody. Lists live in the work's scratch. */
typedef struct idea_judgement {
    bool usable;
    bool allowed;     /* crosses nothing that it must not cross */
    bool own_only;    /* not allowed, but only for recorded terms of the party `by` */
    uint8_t *level;   /* by concern: parley_meets */
    int32_t *crossed; /* terms not satisfied by any completion, ascending */
    uint32_t crossings;
    int32_t *bad; /* of others: terms that forbid it, one by one or a smallest set */
    uint32_t bads;
} idea_judgement;

typedef enum idea_kind {
    IDEA_CONCERN,
    IDEA_COMPENSATE,
    IDEA_SUNSET,
    IDEA_TIE,
    IDEA_STAGE
} idea_kind;

/* An idea in the making. */
typedef struct idea_draft {
    idea_kind kind;
    idea_package package;
    parley_idea idea;
    uint8_t *level;
    uint32_t rank;  /* of the first concern it meets */
    uint32_t less;  /* 0 wholly, 1 in part */
    uint32_t order; /* among ideas of that concern: by met-from, then by claim, ours last */
    uint32_t made;  /* as found */
    struct idea_draft *with[2];
} idea_draft;

/* A growing list; memory of the result's arena. */
#define IDEA_LIST(type)                                                                            \
    struct {                                                                                       \
        type *at;                                                                                  \
        uint32_t count;                                                                            \
        uint32_t room;                                                                             \
    }

struct parley_ideas {
    parley_ctx *ctx;
    const parley_case *c;
    parley_deal *d;
    parley_arena *arena;
    int32_t proposal;
    const char *base;
    uint8_t *base_level;
    parley_count kept_out;
    bool nearest_complete;
    IDEA_LIST(idea_draft *) drafts;
    parley_idea *idea;
    uint32_t ideas;
    IDEA_LIST(parley_idea_condition) conditions;
    IDEA_LIST(parley_idea_ask) asks;
    IDEA_LIST(parley_idea_reopened) reopened;
    IDEA_LIST(parley_idea_open_to) open_to;
    IDEA_LIST(parley_idea_left_out) left_out;
    IDEA_LIST(parley_idea_note) notes;
    IDEA_LIST(parley_idea_nearest) nearest;
};

typedef struct ideas_work {
    parley_ideas *out;
    parley_ctx *ctx;
    const parley_case *c;
    parley_deal *d;
    parley_arena *arena;   /* of the result */
    parley_arena *scratch; /* of the search */
    space *space;
    parley_ideas_options options;
    parley_status status;
    parley_error *err;

    uint32_t variables;
    uint32_t terms;
    uint32_t concerns;
    size_t issue_words; /* of a set of issues */
    uint32_t *hard;     /* constraints: rules, and flags nobody has lifted */
    uint32_t hards;
    idea_pair *term;   /* by term; what it asks of a package. Acceptances ask nothing. */
    idea_pair *wholly; /* by concern */
    idea_pair *partly; /* by concern: wholly or in part */
    idea_pair *condition;
    uint32_t conditions;
    idea_pair *lifted;        /* by flag: what a lifted flag had kept out */
    uint64_t *term_issues;    /* issue_words words each */
    uint64_t *concern_issues; /* the same, of the formulas of a concern */
    uint32_t *rank;           /* by concern: its place in the order */
    bool *together;           /* by party: can its terms hold together at all? */
    bool *moot;               /* by term: nothing can satisfy it, so that nothing is its fault */
    bool *never; /* by term: no concern stands behind it, so that no idea may cross it */
    IDEA_LIST(idea_unit) unit;
    uint64_t *bits; /* of one question */
    uint32_t bit_words;

    idea_package empty;
    idea_package tabled; /* the proposal as it stands */
    idea_package base;   /* what of it nobody else refuses */
    bool no_base;        /* the rules leave nothing at all */
    bool *own_offer;     /* by term: the party's own proposal does not satisfy it */
    uint32_t *reopened;  /* parts of the proposal that base is without: a variable, or counted + k
                            for its unit k */
    uint32_t reopens;
} ideas_work;

/* ---- ideas_space.c ---- */
/* Zeroed memory; NULL and a sticky failure when there is none. */
void *ideas_take(ideas_work *w, parley_arena *arena, size_t n, size_t size);
bool ideas_fail(ideas_work *w, parley_status status);
/* Where the elements are once there is room for one more; NULL: a failure. */
void *ideas_grow(ideas_work *w, void *at, uint32_t count, uint32_t *room, size_t size);
#define IDEAS_PUSH(w, list, ...)                                                                   \
    do {                                                                                           \
        void *at_ =                                                                                \
            ideas_grow((w), (list)->at, (list)->count, &(list)->room, sizeof(*(list)->at));        \
        if (at_ != NULL) {                                                                         \
            (list)->at = at_;                                                                      \
            (list)->at[(list)->count++] = __VA_ARGS__;                                             \
        }                                                                                          \
    } while (0)
bool ideas_begin(ideas_work *w);
/* A formula as two constraints. False: a failure. Not countable: IDEA_NONE. */
bool ideas_state(ideas_work *w, const parley_formula *f, idea_pair *out);
/* Has the package a completion that keeps the rules and flags and satisfies these constraints too?
 * witness NULL, or a value for every variable. */
bool ideas_exists(ideas_work *w, const idea_package *p, const uint32_t *ids, uint32_t count,
                  uint32_t *witness);
/* Does every such completion satisfy the statement? */
bool ideas_always(ideas_work *w, const idea_package *p, idea_pair statement);

/* ---- ideas_package.c ---- */
bool ideas_package_new(ideas_work *w, parley_arena *arena, idea_package *out);
bool ideas_package_copy(ideas_work *w, parley_arena *arena, const idea_package *p,
                        idea_package *out);
/* Add what f says to the package; false: a failure, or nothing of f is counted. */
bool ideas_package_and(ideas_work *w, parley_arena *arena, idea_package *p,
                       const parley_formula *f);
/* base, but on the issues that change speaks about as change has it. */
bool ideas_override(ideas_work *w, parley_arena *arena, const idea_package *base,
                    const idea_package *change, idea_package *out);
bool ideas_same_package(const ideas_work *w, const idea_package *a, const idea_package *b);
/* The one value of a set, or -1. */
int64_t ideas_single(const ideas_work *w, const idea_package *p, uint32_t variable);
uint32_t ideas_values(const ideas_work *w, uint32_t variable);
/* Values of an issue for which f holds, f being about that issue alone; NULL otherwise. */
uint64_t *ideas_values_of(ideas_work *w, parley_arena *arena, const parley_formula *f,
                          int32_t *issue);
/* A package as a formula; which: NULL, or variables to leave out where false. */
const parley_formula *ideas_formula(ideas_work *w, const idea_package *p, const bool *which,
                                    bool units);
const parley_formula *ideas_and(ideas_work *w, const parley_formula *a, const parley_formula *b,
                                bool either);
const char *ideas_print(ideas_work *w, const parley_formula *f);

/* ---- ideas_judge.c ---- */
parley_meets ideas_level(ideas_work *w, const idea_package *p, uint32_t concern);
/* permit: NULL, or by term: crossing it is no fault. by: -1 or a party. */
void ideas_judge(ideas_work *w, const idea_package *p, const bool *permit, int32_t by,
                 idea_judgement *out);
/* Is it unusable, or does it cross a term that no idea may cross? Fast; a no says little. */
bool ideas_hopeless(ideas_work *w, const idea_package *p);
bool ideas_share(const uint64_t *a, const uint64_t *b, size_t words);
bool ideas_raises(const ideas_work *w, const uint8_t *level);

/* ---- ideas_base.c ---- */
bool ideas_find_base(ideas_work *w);
/* Put back what was reopened and does no harm here. */
bool ideas_restore(ideas_work *w, parley_arena *arena, idea_package *p, const idea_package *change);

/* ---- ideas_conditions.c ---- */
bool ideas_find_conditions(ideas_work *w);
bool ideas_close_conditions(ideas_work *w);
bool ideas_find_asks(ideas_work *w);

/* ---- ideas_facts.c ---- */
/* Fill in what follows from the package; NULL: a failure. The draft is in the arena. */
idea_draft *ideas_draft(ideas_work *w, idea_kind kind, const idea_package *p,
                        const idea_judgement *j);
/* Once credits are known: what is on record against it. */
bool ideas_finish_draft(ideas_work *w, idea_draft *draft);
bool ideas_unasked(ideas_work *w, const parley_idea_choice *choice, uint32_t choices,
                   parley_ids needs, parley_ids crosses, const parley_idea_unasked **out,
                   uint32_t *count);
parley_ids ideas_needs(ideas_work *w, const parley_idea_choice *choice, uint32_t choices, bool by);
parley_ids ideas_lifted(ideas_work *w, const idea_package *p);
/* Was this answer ever named by anybody, or (party >= 0) by or to this party? */
bool ideas_named(ideas_work *w, int32_t party, int32_t issue, const int64_t *value,
                 uint32_t values);
parley_ids ideas_ids(ideas_work *w, const int32_t *at, uint32_t count);
parley_pattern ideas_change_pattern(ideas_work *w, uint32_t variable, const idea_package *p);
/* Does the issue measure time, by its unit? */
bool ideas_is_time(const parley_issue *issue);

/* ---- ideas.c ---- */
/* Which conditions the ideas so far meet, or answer otherwise. */
void ideas_touch(ideas_work *w);

/* ---- one source of ideas a file ---- */
bool ideas_credited(ideas_work *w);
bool ideas_own(ideas_work *w);
bool ideas_compensate(ideas_work *w);
bool ideas_sunset(ideas_work *w);
bool ideas_tie(ideas_work *w);
bool ideas_stage(ideas_work *w);
bool ideas_find_nearest(ideas_work *w);

#endif
