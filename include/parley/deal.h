/*
 * parley/deal.h: which packages are left, at which rung none is, and on whose words.
 *
 * An analysis takes a case and answers from words alone: no number is asked of anybody. Counts are
 * exact and no package is ever listed to be counted (src/deal/space.h). Pure: no files, clock or
 * log.
 */
#ifndef PARLEY_DEAL_H
#define PARLEY_DEAL_H

#include <parley/base.h>
#include <parley/case.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct parley_deal parley_deal;

typedef struct parley_deal_options {
    int version; /* 1 */
    /*
     * Tracks in question, as indexes; count 0: the first track on the table now that has something
     * to count, with every track on the table that a rule or term couples to it; all_tracks: every
     * track on the table now.
     */
    const int32_t *tracks;
    uint32_t track_count;
    bool all_tracks;
    int up_to;                  /* parley_rung: terms on later rungs are left out of the analysis */
    parley_terms_options terms; /* date, what is set aside, whose readings */
} parley_deal_options;

#define PARLEY_DEAL_OPTIONS_INIT                                                                   \
    {                                                                                              \
        1, NULL, 0, false, PARLEY_RUNG_READINGS, PARLEY_TERMS_OPTIONS_INIT                         \
    }

/* Why an issue is not counted. */
typedef enum parley_not_counted {
    PARLEY_COUNTED,
    PARLEY_NOT_COUNTED_LATER,    /* parked */
    PARLEY_NOT_COUNTED_EXCLUDED, /* kept out of these talks */
    PARLEY_NOT_COUNTED_TRACK,    /* on the table, but on another track */
    PARLEY_NOT_COUNTED_OPEN,     /* no options typed */
    PARLEY_NOT_COUNTED_NO_RANGE, /* a number or a split without a range or step */
} parley_not_counted;

/* A rung of the ladder: what binds from here on, and what is left. */
typedef struct parley_ladder_rung {
    parley_rung rung;
    parley_basis basis;
    parley_ids terms; /* new on this rung: indexes into parley_deal_terms */
    parley_count left;
    parley_count flagged; /* of them, kept out of ideas by law */
} parley_ladder_rung;

/*
 * Analyse. LIMIT, CANCELLED, NOMEM; NOTFOUND for an unknown id to set aside. The case must outlive
 * the result. Cost: one exact count a rung on which something new binds, and one pass for what is
 * open (bucket elimination: O(n d^(w+1)) for n issues, d values, induced width w; see
 * src/deal/space.h).
 */
PARLEY_API parley_status parley_deal_new(parley_deal **out, parley_ctx *ctx, const parley_case *c,
                                         const parley_deal_options *options,
                                         parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_deal_free(parley_deal *deal);

/* The tracks in question and the issues counted, in file order. */
PARLEY_API parley_ids parley_deal_tracks(const parley_deal *deal);
PARLEY_API parley_ids parley_deal_issues(const parley_deal *deal);
/* Tracks on the table now that are not in question. */
PARLEY_API parley_ids parley_deal_other_tracks(const parley_deal *deal);
PARLEY_API parley_not_counted parley_deal_why_not(const parley_deal *deal, int32_t issue);

/* Who must agree: principals, then whoever is in `needs` of a counted issue; ascending by id. */
PARLEY_API parley_ids parley_deal_must_agree(const parley_deal *deal);
/* Does this party's consent hang on the issue (any option)? */
PARLEY_API bool parley_deal_needed(const parley_deal *deal, int32_t party, int32_t issue);
/* Must it act, given what is left (issue as a whole, or an option still open)? */
PARLEY_API bool parley_deal_acts(const parley_deal *deal, int32_t party, int32_t issue);

/* Packages before any rule: the product of the issues' values. */
PARLEY_API parley_count parley_deal_total(const parley_deal *deal);
PARLEY_API const parley_ladder_rung *parley_deal_rung(const parley_deal *deal, parley_rung rung);
/* The last rung looked at (option up_to); later ones hold what it holds. */
PARLEY_API parley_rung parley_deal_up_to(const parley_deal *deal);
/* The rung on which the set becomes empty, or -1. */
PARLEY_API int parley_deal_dies_at(const parley_deal *deal);
/* The last rung with packages left, or -1 when the rules alone leave none. */
PARLEY_API int parley_deal_last(const parley_deal *deal);
/* Does value v of a counted issue occur in what is left at the last non-empty rung? */
PARLEY_API bool parley_deal_open(const parley_deal *deal, int32_t issue, int64_t v);
/* How many values of it do. */
PARLEY_API uint32_t parley_deal_open_count(const parley_deal *deal, int32_t issue);

/* All terms, in ladder order; set_aside tells those about issues that are not counted. */
PARLEY_API const parley_terms *parley_deal_terms(const parley_deal *deal);
PARLEY_API bool parley_deal_set_aside(const parley_deal *deal, uint32_t term);
/* Rules about issues that are not counted. */
PARLEY_API bool parley_deal_rule_set_aside(const parley_deal *deal, int32_t rule);

/* Has the case flags that keep packages out of ideas, and that nobody has lifted? */
PARLEY_API bool parley_deal_flags(const parley_deal *deal);
/* Packages that the rules allow and no flag keeps out. */
PARLEY_API parley_count parley_deal_usable(const parley_deal *deal);

/*
 * Packages at a rung, in the order of the issues' values, from number `skip` on; values by issue of
 * the case, -1 for issues that are not counted. Return false to stop.
 */
typedef bool (*parley_deal_visit)(void *user, parley_package package);
PARLEY_API parley_status parley_deal_list(parley_deal *deal, parley_rung rung, uint64_t skip,
                                          parley_deal_visit visit, void *user,
                                          parley_error *err) PARLEY_MUST_CHECK;

/*
 * Does every package left at a rung satisfy f? Exact over all completions. Formulas about issues
 * that are not counted: INVALID. When nothing is left, true.
 */
PARLEY_API parley_status parley_deal_entails(parley_deal *deal, parley_rung rung,
                                             const parley_formula *f, bool *out,
                                             parley_error *err) PARLEY_MUST_CHECK;

/* Packages at a rung that satisfy f. */
PARLEY_API parley_status parley_deal_count(parley_deal *deal, parley_rung rung,
                                           const parley_formula *f, parley_count *out,
                                           parley_error *err) PARLEY_MUST_CHECK;

typedef enum parley_verdict_kind {
    PARLEY_VERDICT_NEVER,
    PARLEY_VERDICT_POSSIBLY,
    PARLEY_VERDICT_NECESSARILY
} parley_verdict_kind;

/* What a package, whole or partial, is to a party at a rung. Lists are borrowed until the next
 * verdict. */
typedef struct parley_verdict {
    parley_verdict_kind kind;
    bool against_rules;  /* no completion keeps the rules: then never, for everybody */
    parley_ids refusing; /* never: terms that refuse it, each by itself; else a smallest clash */
    parley_ids open;     /* possibly: terms that may yet refuse it */
    int32_t assurance;   /* necessarily: index of parley_terms_assurance; else -1 */
} parley_verdict;

/*
 * Section 2.1 of the design. Never: a term that refuses or requires, on this rung or a firmer one,
 * refuses the package in every completion. Necessarily: no such term refuses any completion, and an
 * acceptance or own proposal covers every issue the package decides, or a complete list is
 * satisfied.
 */
PARLEY_API parley_status parley_deal_verdict(parley_verdict *out, parley_deal *deal, int32_t party,
                                             parley_rung rung, parley_package package,
                                             parley_error *err) PARLEY_MUST_CHECK;

/* How many whole packages that keep the rules are never, and necessarily, acceptable to a party. */
PARLEY_API parley_status parley_deal_verdict_counts(parley_deal *deal, int32_t party,
                                                    parley_rung rung, parley_count *never,
                                                    parley_count *necessarily,
                                                    parley_error *err) PARLEY_MUST_CHECK;

/*
 * Minimal sets of terms, on this rung or firmer, that cannot hold together under the rules:
 * smallest first, each minimal, all of them unless visit stops. party -1: terms of everybody; else
 * only that party's own (a finding about its own words). Ids are indexes of parley_deal_terms,
 * ascending.
 */
typedef bool (*parley_deal_visit_set)(void *user, parley_ids terms);
PARLEY_API parley_status parley_deal_clashes(parley_deal *deal, parley_rung rung, int32_t party,
                                             parley_deal_visit_set visit, void *user,
                                             parley_error *err) PARLEY_MUST_CHECK;

/*
 * Through which rules do terms clash that parley_deal_clashes gave? rules[] gets a minimal set of
 * rules (indexes of the case's, ascending) under which they cannot hold together, *count how many;
 * 0: by themselves. Of several such sets it is the one whose last rule comes first in the case, and
 * so on down. rules has room for all rules of the case. One question to the space a rule.
 */
PARLEY_API parley_status parley_deal_clash_rules(parley_deal *deal, parley_ids terms,
                                                 int32_t *rules, uint32_t *count,
                                                 parley_error *err) PARLEY_MUST_CHECK;

/*
 * Issues in dispute: one principal's term refuses what another's requires (two terms of two
 * principals that no package can satisfy together). Sets in_dispute[i] for every issue of the case
 * that both terms mention. Rungs up to and with `rung`.
 */
PARLEY_API parley_status parley_deal_dispute(parley_deal *deal, parley_rung rung, bool *in_dispute,
                                             parley_error *err) PARLEY_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
