/*
 * parley/ideas.h: ideas that meet a concern.
 *
 * A proposal was answered with a condition. Behind the condition stands a concern, and what meets a
 * concern is often not what was demanded. An idea changes the proposal so that some concern is met,
 * wholly or in part, without what anybody else refuses, in words or on our reading. Outsiders'
 * ideas come first, credited; ours only where no credited idea meets a concern. Nobody has proposed
 * or accepted any of them. Nothing here is counted, weighed or ranked by worth.
 */
#ifndef PARLEY_IDEAS_H
#define PARLEY_IDEAS_H

#include <parley/deal.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What an idea does to the proposal, told by the declared structure of the case and never by names.
 * X(NAME, "word on screens and in JSON", "meaning")
 */
#define PARLEY_PATTERN_LIST(X)                                                                     \
    X(SHORTEN, "shorten", "a length of time becomes less")                                         \
    X(NARROW, "narrow", "an answer moves along an ordered issue")                                  \
    X(SUBSTITUTE, "substitute", "another answer to an issue that has no order")                    \
    X(NAME, "name", "what the proposal left open is named; several answers would do")              \
    X(ADD, "add", "what the proposal left open is decided")                                        \
    X(COMPENSATE, "compensate", "something else that the party asked for and nobody refuses")      \
    X(SUNSET, "sunset", "what is demanded, for the shortest time only")                            \
    X(TIE, "tie", "one step waits for a step of the other side")                                   \
    X(STAGE, "stage", "in two parts, the second only once something holds")

typedef enum parley_pattern {
#define PARLEY_PATTERN_ENUM(name, word, meaning) PARLEY_PATTERN_##name,
    PARLEY_PATTERN_LIST(PARLEY_PATTERN_ENUM)
#undef PARLEY_PATTERN_ENUM
        PARLEY_PATTERN_COUNT
} parley_pattern;

PARLEY_API const char *parley_pattern_word(parley_pattern pattern);
PARLEY_API const char *parley_pattern_meaning(parley_pattern pattern);

/* How far a package, whole or partial, meets a concern: judged over all its completions that keep
 * the rules and that no flag keeps out. */
typedef enum parley_meets {
    PARLEY_MEETS_NEVER,  /* no completion meets it, not even in part */
    PARLEY_MEETS_OPEN,   /* some may */
    PARLEY_MEETS_PART,   /* every one meets it wholly or in part */
    PARLEY_MEETS_WHOLLY, /* in every one some formula of `met-by` holds */
    PARLEY_MEETS_UNTOLD  /* no formula says what would meet it */
} parley_meets;

/* What an idea decides on one issue. */
typedef struct parley_idea_choice {
    int32_t issue;
    int64_t from;         /* value in the proposal; -1: it leaves the issue open */
    const int64_t *value; /* ascending: one, or several of which any will do */
    uint32_t values;
    parley_pattern pattern; /* of this change: SHORTEN .. ADD */
    bool kept;              /* not changed: as the proposal has it */
} parley_idea_choice;

/* A party that, as far as the case tells, was never asked about what an idea decides on an issue.
 */
typedef struct parley_idea_unasked {
    int32_t party;
    int32_t issue;
} parley_idea_unasked;

typedef struct parley_idea {
    parley_pattern pattern;
    const char *text;                 /* what it changes, as a formula: "duration = 15 and ..." */
    const parley_formula *formula;    /* the same; NULL for TIE */
    const char *whole;                /* the proposal with the idea, as a formula */
    const parley_formula *package;    /* the same; NULL for TIE */
    const parley_idea_choice *choice; /* changes first, in file order, then what is kept */
    uint32_t choices;
    uint32_t changes;   /* of the choices */
    parley_ids credits; /* claims whose idea it is, in file order; none: it is ours */
    bool open_to;       /* a principal said it is open to it: no acceptance */
    int32_t with[2];    /* STAGE: the ideas it is made of; else -1 */

    parley_ids whole_of;   /* concerns it meets wholly and the proposal does not */
    parley_ids part_of;    /* concerns it meets in part and the proposal does not even so */
    parley_ids worse_for;  /* concerns that the proposal meets better */
    parley_ids conditions; /* met: indexes of parley_ideas_condition */
    parley_ids behind;     /* not met, but a concern behind them is */
    parley_ids instead;    /* COMPENSATE, SUNSET: conditions it answers */
    parley_ids crosses;    /* terms it does not satisfy; of the party whose concern it meets */
    parley_ids satisfies;  /* terms it satisfies in every completion, and the proposal does not */
    parley_ids needs;      /* parties whose act or consent its changes take */
    parley_ids by;         /* parties that carry them out */
    const parley_idea_unasked *unasked;
    uint32_t unasked_count;
    parley_ids objections; /* claims that reject or threaten over what it says */
    parley_ids lifted;     /* flags, opened by a named person, without which it would be kept out */
    parley_conditions provided; /* what a credited claim adds as `if` */

    /* STAGE, SUNSET: `issue` is the length of time. */
    int32_t stage_issue;        /* else -1 */
    int64_t first;              /* value of the first part, or of the time it holds */
    int64_t last;               /* STAGE: value of both parts together; else -1 */
    const parley_formula *gate; /* STAGE: what has to hold before the second part; else NULL */
    const char *gate_text;
    parley_ids first_meets;  /* STAGE: concerns met in the first part only */
    parley_ids second_meets; /* STAGE: concerns met in the second part only */
    /* TIE: steps of the proposal, from 0; step `step` waits for step `after`. Else -1. */
    int32_t step;
    int32_t after;
} parley_idea;

/* Something an answer to the proposal asks or refuses. */
typedef struct parley_idea_condition {
    int32_t party;
    int32_t response;              /* -1: a claim about the proposal */
    int32_t claim;                 /* -1 */
    int32_t term;                  /* -1: words, or a counter-proposal, which binds nothing */
    const parley_formula *formula; /* what the party asks for or (refuses) refuses; NULL: words */
    bool refuses;
    const char *text;      /* the formula printed, or the words */
    parley_ids concerns;   /* that stand behind it */
    parley_ids refused_by; /* terms of others that refuse it */
    bool met;              /* by some idea */
    bool touched;          /* by an idea: met, answered with something else, or the concern is */
    const parley_idea_choice *unheard; /* answers of ours that nobody was asked about and nobody
                                          else refuses, by issue */
    uint32_t unheard_count;
} parley_idea_condition;

/* Something a party asked for in words that the proposal leaves out and nobody refuses. */
typedef struct parley_idea_ask {
    int32_t term;
    int32_t idea; /* that includes it; -1: none */
} parley_idea_ask;

/* Part of the proposal that ideas do not keep, because somebody else refuses it. */
typedef struct parley_idea_reopened {
    int32_t issue; /* -1: a part about several issues */
    const char *text;
    int32_t term; /* that it crosses, or the first of several; -1: the rules, or a flag */
} parley_idea_reopened;

/* A principal said it is open to this (no acceptance), and it meets no concern that is typed. */
typedef struct parley_idea_open_to {
    int32_t claim;
    parley_ids crosses; /* terms that the proposal with it does not satisfy */
} parley_idea_open_to;

/* A credited idea that was looked at and left out. */
typedef struct parley_idea_left_out {
    int32_t claim;      /* -1: ours */
    parley_ids crosses; /* terms of others, or of the party asked for with `by` */
    bool unusable;      /* against the rules, or kept out by a flag */
    bool own;           /* only because it crosses recorded terms of the party `by` */
} parley_idea_left_out;

/* A package near the proposal. */
typedef struct parley_idea_nearest {
    const parley_idea_choice *choice;
    uint32_t choices;
    parley_ids crosses; /* terms, in ladder order */
    uint32_t recorded;  /* of them, words */
    uint32_t readings;
    uint32_t changes; /* issues that differ from the proposal */
    parley_ids needs;
    const parley_idea_unasked *unasked;
    uint32_t unasked_count;
    parley_ids lifted;
} parley_idea_nearest;

typedef enum parley_idea_note_kind {
    PARLEY_IDEA_NOTE_UNTOLD,   /* concern a has no formula */
    PARLEY_IDEA_NOTE_CANNOT,   /* concern a cannot be met: the rules or a flag forbid it */
    PARLEY_IDEA_NOTE_OPPOSED,  /* concerns a and b, of one party, cannot both be met */
    PARLEY_IDEA_NOTE_ALREADY,  /* the proposal meets concern a wholly */
    PARLEY_IDEA_NOTE_UNMET,    /* no idea meets concern a */
    PARLEY_IDEA_NOTE_FAR,      /* concern a: more than the changes looked at would be needed */
    PARLEY_IDEA_NOTE_UNCOUNTED /* condition a is about issues that are not counted */
} parley_idea_note_kind;

typedef struct parley_idea_note {
    parley_idea_note_kind kind;
    int32_t a;
    int32_t b;
} parley_idea_note;

typedef struct parley_ideas_options {
    int version;      /* 1 */
    int32_t proposal; /* -1: the latest with an answer, else the latest tabled, else none */
    int32_t by;       /* -1, or a party whose own recorded terms no idea may cross either */
    uint32_t nearest; /* whole packages to find; 0: three, and only when there is no idea */
    bool no_nearest;  /* find none, whatever `nearest` says */
} parley_ideas_options;

#define PARLEY_IDEAS_OPTIONS_INIT                                                                  \
    {                                                                                              \
        1, -1, -1, 0, false                                                                        \
    }

typedef struct parley_ideas parley_ideas;

/*
 * Find the ideas. Terms are those of the analysis, up to the rung it looked at. The analysis must
 * outlive the result. LIMIT (search_nodes), CANCELLED, NOMEM.
 *
 * Order: concerns behind a condition of the answer first, in the order of the conditions, then the
 * other concerns in file order; of one concern those that meet it wholly first, then in part; then
 * claims named in `met-from` as named there, then file order; composed ideas last. Exact over all
 * completions; of our own ideas, per concern, all that need the fewest changes. Cost: one question
 * to the space for each idea and each term it might cross; our own ideas try every answer of the
 * issues that the rules tie to a concern.
 */
PARLEY_API parley_status parley_ideas_new(parley_ideas **out, parley_ctx *ctx, const parley_case *c,
                                          parley_deal *deal, const parley_ideas_options *options,
                                          parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_ideas_free(parley_ideas *ideas);

PARLEY_API uint32_t parley_ideas_size(const parley_ideas *ideas);
PARLEY_API const parley_idea *parley_ideas_at(const parley_ideas *ideas, uint32_t i);

/* The proposal they answer, -1: none. */
PARLEY_API int32_t parley_ideas_proposal(const parley_ideas *ideas);
/* What of it ideas build on; NULL and "" when it decides nothing here. */
PARLEY_API const char *parley_ideas_base(const parley_ideas *ideas);
PARLEY_API uint32_t parley_ideas_reopened(const parley_ideas *ideas);
PARLEY_API const parley_idea_reopened *parley_ideas_reopened_at(const parley_ideas *ideas,
                                                                uint32_t i);
PARLEY_API uint32_t parley_ideas_conditions(const parley_ideas *ideas);
PARLEY_API const parley_idea_condition *parley_ideas_condition(const parley_ideas *ideas,
                                                               uint32_t i);
PARLEY_API uint32_t parley_ideas_asks(const parley_ideas *ideas);
PARLEY_API const parley_idea_ask *parley_ideas_ask(const parley_ideas *ideas, uint32_t i);
/* What principals said they are open to and no idea takes up, in file order. */
PARLEY_API uint32_t parley_ideas_open_to(const parley_ideas *ideas);
PARLEY_API const parley_idea_open_to *parley_ideas_open_to_at(const parley_ideas *ideas,
                                                              uint32_t i);
PARLEY_API uint32_t parley_ideas_left_out(const parley_ideas *ideas);
PARLEY_API const parley_idea_left_out *parley_ideas_left_out_at(const parley_ideas *ideas,
                                                                uint32_t i);
PARLEY_API uint32_t parley_ideas_notes(const parley_ideas *ideas);
PARLEY_API const parley_idea_note *parley_ideas_note(const parley_ideas *ideas, uint32_t i);
/* Whole packages near the proposal, nearest first: fewest recorded terms crossed, then fewest
 * readings, then fewest issues changed, then the order of the values. They decide the counted
 * issues that the proposal, a term or a rule speaks about, and leave the others open. The search
 * has a limit, at which some of the last cost may be missing, or all. complete: there are no more.
 */
PARLEY_API uint32_t parley_ideas_nearest(const parley_ideas *ideas);
PARLEY_API const parley_idea_nearest *parley_ideas_nearest_at(const parley_ideas *ideas,
                                                              uint32_t i);
PARLEY_API bool parley_ideas_nearest_complete(const parley_ideas *ideas);
/* Packages that the rules allow and that a flag keeps out. */
PARLEY_API parley_count parley_ideas_kept_out(const parley_ideas *ideas);
/* How far a concern is met by what ideas build on. */
PARLEY_API parley_meets parley_ideas_base_meets(const parley_ideas *ideas, int32_t concern);

#ifdef __cplusplus
}
#endif
#endif
