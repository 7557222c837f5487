/*
 * parley/numbers.h: packages with worth: the exact frontier, and what fairness would choose.
 *
 * For cases with values (values.h). Which packages no other package beats for everybody; which of
 * them Nash, Kalai and Smorodinsky, an egalitarian and a utilitarian would take among those that
 * all accept; how many packages are accepted by whom; what each party gives and gets. Everything is
 * decided in integers over a denominator of each party: no float decides a tie. What cannot be had
 * whole comes with a bound, and says so. Pure: no files, clock or log.
 *
 * Definitions: package q dominates p when it is worth at least as much to every party and more to
 * one. The frontier holds the packages that nothing dominates; packages with the same utilities
 * are one point. A party accepts a package that is worth at least what it has without a deal and
 * that crosses no red line of its own. Gain: worth less the worth without a deal. Nash: the
 * greatest product of gains (Nash 1950, doi:10.2307/1907266). Kalai-Smorodinsky: lexicographically
 * greatest sorted shares of the way from no deal to the best acceptable (1975, doi:10.2307/1914280;
 * leximin: Imai 1983, doi:10.2307/1911996). Egalitarian: lexicographically greatest sorted gains.
 * Utilitarian: the greatest sum. All over packages that everybody accepts.
 */
#ifndef PARLEY_NUMBERS_H
#define PARLEY_NUMBERS_H

#include <parley/base.h>
#include <parley/case.h>
#include <parley/deal.h>
#include <parley/values.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum parley_frontier_status {
    PARLEY_FRONTIER_EXACT,   /* all points */
    PARLEY_FRONTIER_EPSILON, /* for every package a point within epsilon of it for everybody */
    PARLEY_FRONTIER_LIMITED  /* too large: points, if any, are on it; others are not listed */
} parley_frontier_status;

typedef enum parley_solution_status {
    PARLEY_SOLUTION_OPTIMAL, /* nothing is better */
    PARLEY_SOLUTION_BOUNDED, /* nothing is better than the bound */
    PARLEY_SOLUTION_NONE     /* no package is acceptable to all, or it is not defined: see reason */
} parley_solution_status;

typedef enum parley_goal {
    PARLEY_GOAL_NASH,
    PARLEY_GOAL_KALAI_SMORODINSKY,
    PARLEY_GOAL_EGALITARIAN,
    PARLEY_GOAL_UTILITARIAN,
    PARLEY_GOAL_COUNT
} parley_goal;

/* "nash", "kalai-smorodinsky", "egalitarian", "utilitarian" */
PARLEY_API const char *parley_goal_word(parley_goal goal);

/*
 * What other programs report, under names of ours, so that a number of theirs can be compared. All
 * are read from a whole frontier; docs/formats.md says who prints what.
 */
typedef enum parley_elsewhere {
    PARLEY_ELSEWHERE_LEAST_DIFFERENCES, /* least sum of |u_i - u_j| on the frontier: what Genius
                                           calls Kalai-Smorodinsky; acceptance left aside */
    PARLEY_ELSEWHERE_KS_IDEAL_ALL,      /* Kalai-Smorodinsky over what all accept, with what is best
                                           for each among all packages as the ideal (NegMAS) */
    PARLEY_ELSEWHERE_UTILITARIAN_ALL,   /* greatest sum of all packages, accepted or not: max
                                           welfare; NegoLog calls it Kalai */
    PARLEY_ELSEWHERE_PRODUCT_ALL,       /* greatest product of worths that are not below 0, what
                                           there is without a deal left aside (NegoLog's Nash) */
    PARLEY_ELSEWHERE_RELATIVE,          /* greatest sum of shares of the way from no deal to the
                                           best acceptable: free of scale (relative utilitarianism:
                                           Dhillon & Mertens 1999, doi:10.1111/1468-0262.00033) */
    PARLEY_ELSEWHERE_COUNT
} parley_elsewhere;

/* "least-differences", "kalai-smorodinsky-ideal-all", "utilitarian-all", "product-all",
 * "relative-utilitarian" */
PARLEY_API const char *parley_elsewhere_word(parley_elsewhere which);

/* Euclidean distance to where everybody has full marks: its `scale`, or 1 where none is given. */
typedef enum parley_opposition_of {
    PARLEY_OPPOSITION_ALL,             /* the least of all packages (Genius, NegMAS) */
    PARLEY_OPPOSITION_ACCEPTABLE,      /* the least of those that all accept */
    PARLEY_OPPOSITION_UTILITARIAN_ALL, /* that of the greatest sum (NegoLog) */
    PARLEY_OPPOSITION_COUNT
} parley_opposition_of;

typedef struct parley_opposition {
    bool known;  /* false: no whole frontier, nothing to measure, or `beyond` in a large space */
    bool beyond; /* some worth lies beyond full marks: the nearest need not be on the frontier */
    double distance;
    const char *squared; /* exactly, as a decimal or a fraction */
} parley_opposition;

/* How many packages: exact, between two bounds, or not known. */
typedef struct parley_numbers_count {
    bool known; /* low and high hold bounds */
    parley_count low;
    parley_count high; /* equal: exact */
} parley_numbers_count;

/*
 * One package and what it is worth. value: by issue of the case, -1 for issues that are not
 * counted. share: by issue, for splits without a step that are shared out exactly: the parts of the
 * whole by recipient, which add up to 1; NULL elsewhere. worth: by party with values.
 */
typedef struct parley_numbers_package {
    const int64_t *value;
    const double *const *share;
    const char *const *const *exact_share; /* the same parts as text, "2/15" */
    const double *worth;
    const char *const *exact; /* the same worth as text: a decimal, or a fraction */
} parley_numbers_package;

typedef struct parley_frontier_point {
    parley_numbers_package at;
    uint64_t count; /* packages with exactly these utilities; 0: not counted */
    bool open;      /* a stretch ends here without reaching it: another point is above this one */
} parley_frontier_point;

typedef struct parley_solution {
    parley_solution_status status;
    const char *reason; /* why there is none, or it is degenerate; else NULL */
    double value;       /* of the goal: product, share, smallest gain, sum of worth */
    double bound;       /* nothing is above this */
    uint32_t ties;      /* utility vectors that are equally good; 0: not known */
    bool has_package;
    parley_numbers_package at;
} parley_solution;

/* A smallest group of parties that is enough for a deal, and what fairness chooses for it. */
typedef struct parley_winning {
    parley_ids parties; /* of the case */
    bool none;          /* nothing is acceptable to all of them */
    parley_solution solution[PARLEY_GOAL_COUNT];
} parley_winning;

typedef struct parley_numbers parley_numbers;

typedef struct parley_numbers_options {
    int version;       /* 1 */
    uint64_t points;   /* of one set at most; 0: a million, from four parties on 200,000 */
    uint64_t nodes;    /* of a search at most; 0: four hundred million */
    double epsilon;    /* 0: exact as far as the limits let it, then as near as they do */
    double split_step; /* of a split without a step, as a part of the whole, where it needs one */
} parley_numbers_options;

#define PARLEY_NUMBERS_OPTIONS_INIT                                                                \
    {                                                                                              \
        1, 0, 0, 0.0, 0.01                                                                         \
    }

/*
 * Analyse the packages of an analysis: its counted issues, the rules, and the values of the case.
 * Both must outlive the result. NOTFOUND when the case has no values; LIMIT when even one package
 * cannot be handled (more than 60 parties with values, a rule over too many values); CANCELLED,
 * NOMEM. Cost: the frontier by dynamic programming with dominance (Nemhauser & Ullmann 1969),
 * O(issues * points * options * log options) for two parties; coupled issues by bucket elimination
 * (Rollon & Larrosa 2006), boxes by branch and bound.
 */
PARLEY_API parley_status parley_numbers_new(parley_numbers **out, parley_ctx *ctx,
                                            const parley_deal *deal, const parley_case *c,
                                            const parley_numbers_options *options,
                                            parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_numbers_free(parley_numbers *numbers);

/* Parties with values, as indexes of the case, in the order of every `worth` here. */
PARLEY_API parley_ids parley_numbers_parties(const parley_numbers *numbers);
/* Issues that packages decide, as indexes of the case. */
PARLEY_API parley_ids parley_numbers_issues(const parley_numbers *numbers);
/* Issues with scores that are not counted here, as indexes of the case. */
PARLEY_API parley_ids parley_numbers_left_out(const parley_numbers *numbers);
/* Some number had more digits than 122 bits hold, and was rounded to this part of its scale. */
PARLEY_API bool parley_numbers_rounded(const parley_numbers *numbers);

/* Splits without a step were cut into so many equal parts; 0: there are none, or they move freely.
 */
PARLEY_API uint32_t parley_numbers_split_steps(const parley_numbers *numbers);
/* They do: packages have no number, and points of the frontier are joined. */
PARLEY_API bool parley_numbers_shares_move(const parley_numbers *numbers);

PARLEY_API parley_numbers_count parley_numbers_total(const parley_numbers *numbers);
PARLEY_API parley_numbers_count parley_numbers_feasible(const parley_numbers *numbers);
PARLEY_API parley_numbers_count parley_numbers_acceptable_to_all(const parley_numbers *numbers);
/* By index into parley_numbers_parties. */
PARLEY_API parley_numbers_count parley_numbers_acceptable_to(const parley_numbers *numbers,
                                                             uint32_t party);
/* What a party has without a deal, and whether it was given. */
PARLEY_API double parley_numbers_without(const parley_numbers *numbers, uint32_t party);
PARLEY_API bool parley_numbers_without_given(const parley_numbers *numbers, uint32_t party);
/* A feasible package that is worth most to a party, or NULL: none is known. */
PARLEY_API const parley_numbers_package *parley_numbers_best(const parley_numbers *numbers,
                                                             uint32_t party);

PARLEY_API parley_frontier_status parley_numbers_frontier(const parley_numbers *numbers);
PARLEY_API uint32_t parley_numbers_points(const parley_numbers *numbers);
/* Point i, greatest worth of the first party first; borrowed until the next call. */
PARLEY_API parley_frontier_point parley_numbers_point(const parley_numbers *numbers, uint32_t i);
/* Points i and i + 1 are joined: every share between is on the frontier too. */
PARLEY_API bool parley_numbers_joined(const parley_numbers *numbers, uint32_t i);
/* EPSILON: the error that was really made. */
PARLEY_API double parley_numbers_epsilon(const parley_numbers *numbers);
/* How the frontier was found, in a few words. */
PARLEY_API const char *parley_numbers_method(const parley_numbers *numbers);

PARLEY_API const parley_solution *parley_numbers_solution(const parley_numbers *numbers,
                                                          parley_goal goal);
/* NONE with a reason where there is no whole frontier to read it from. */
PARLEY_API const parley_solution *parley_numbers_elsewhere(const parley_numbers *numbers,
                                                           parley_elsewhere which);
PARLEY_API parley_opposition parley_numbers_opposition(const parley_numbers *numbers,
                                                       parley_opposition_of of);
/* Nothing is acceptable to all. */
PARLEY_API bool parley_numbers_none(const parley_numbers *numbers);

/* Minimal winning groups, when not everybody has to accept; at most 64 are worked out. */
PARLEY_API uint32_t parley_numbers_winning(const parley_numbers *numbers);
PARLEY_API const parley_winning *parley_numbers_winning_at(const parley_numbers *numbers,
                                                           uint32_t i);
PARLEY_API bool parley_numbers_winning_all(const parley_numbers *numbers);

/*
 * What a package is worth to a party, by issue: out[i] for issue i of the case, in the party's own
 * scale (0 where nothing is scored); base, terms and boxes together in *other. The cap is not taken
 * off.
 */
PARLEY_API void parley_numbers_by_issue(const parley_numbers *numbers, uint32_t party,
                                        const parley_numbers_package *package, double *out,
                                        double *other);
/*
 * Worth of any package to every party with values, and who accepts it (arrays by party). value: by
 * issue of the case. INVALID: an issue that is counted is not decided, or there are splits
 * without a step.
 */
PARLEY_API parley_status parley_numbers_worth(const parley_numbers *numbers, const int64_t *value,
                                              double *worth, bool *accepts,
                                              parley_error *err) PARLEY_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
