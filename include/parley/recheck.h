/*
 * parley/recheck.h: is a result right? A second, simple way to what `deals --json` says.
 *
 * Takes a case and the JSON of `parley deals` (with or without --numbers) and goes through it again
 * without the engine: packages are added up from the case's values in fractions, formulas are
 * looked at one by one, small spaces are walked through whole, and large ones are tried by points,
 * exchanges, straight lines and samples. Every disagreement is an error with line and column of the
 * JSON. The list of checks says what was looked at, how often, and what was not and why.
 *
 * What the two ways share: reading the case, its terms (parley/case.h), and which issues are
 * counted (parley/deal.h). Samples depend on nothing but the result: the same call gives the same
 * answer.
 */
#ifndef PARLEY_RECHECK_H
#define PARLEY_RECHECK_H

#include <parley/base.h>
#include <parley/case.h>
#include <parley/deal.h>
#include <parley/tree.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct parley_recheck parley_recheck;

/* One line of what was, or was not, checked. Texts live as long as the recheck. */
typedef struct parley_recheck_row {
    bool checked;
    const char *what;
    const char *how; /* or, when it was not checked: why not */
    uint64_t count;  /* how many things were looked at */
} parley_recheck_row;

typedef struct parley_recheck_options {
    int version;      /* 1 */
    uint64_t walk;    /* packages walked through at most; 0: two million */
    uint64_t samples; /* packages drawn where a space is not walked through; 0: 20,000 */
} parley_recheck_options;

#define PARLEY_RECHECK_OPTIONS_INIT                                                                \
    {                                                                                              \
        1, 0, 0                                                                                    \
    }

/*
 * Check a result. deal is the analysis of the case with the options the result was made with; all
 * of them, tree included, must outlive what comes out. Disagreements go to faults, in the order in
 * which they were found; it is PARLEY_OK when there are some. INVALID: the text is no result of
 * `deals`, with the place. CANCELLED, NOMEM. Cost: the walk, O(packages * (issues + points) *
 * parties) steps of exact addition, bounded by the options.
 */
PARLEY_API parley_status parley_recheck_new(parley_recheck **out, parley_ctx *ctx,
                                            const parley_case *c, const parley_deal *deal,
                                            const parley_tree *tree,
                                            const parley_recheck_options *options,
                                            parley_diagnostics *faults,
                                            parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_recheck_free(parley_recheck *recheck);
PARLEY_API uint32_t parley_recheck_rows(const parley_recheck *recheck);
PARLEY_API parley_recheck_row parley_recheck_row_at(const parley_recheck *recheck, uint32_t i);

#ifdef __cplusplus
}
#endif
#endif
