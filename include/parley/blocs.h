/*
 * parley/blocs.h: on which issues two parties agree, overlap or clash, exactly, from their terms.
 *
 * Used for blocs: where members are one, where they split, who outside stands nearer to a member
 * than its own bloc does. Only terms that speak of one issue are compared, value by value: what a
 * party requires, refuses or accepted lets some values of the issue stand, and two such sets are
 * equal, share something, or share nothing. Terms that join several issues are counted and not
 * compared. Nothing is weighed; issues are counted, and nothing is made of the counts.
 */
#ifndef PARLEY_BLOCS_H
#define PARLEY_BLOCS_H

#include <parley/case.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum parley_between {
    PARLEY_BETWEEN_NOT_KNOWN,   /* one of them holds nothing about the issue alone */
    PARLEY_BETWEEN_AGREE,       /* the same values stand for both */
    PARLEY_BETWEEN_OVERLAP,     /* some values stand for both */
    PARLEY_BETWEEN_CLASH,       /* none does */
    PARLEY_BETWEEN_NOT_COMPARED /* too many values, or a party's own terms leave none */
} parley_between;

typedef struct parley_blocs parley_blocs;

/*
 * options NULL: defaults (a date, what is set aside). O(terms x values + parties x issues).
 * NOTFOUND for an unknown id in `without`, NOMEM.
 */
PARLEY_API parley_status parley_blocs_new(parley_blocs **out, parley_ctx *ctx, const parley_case *c,
                                          const parley_terms_options *options,
                                          parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_blocs_free(parley_blocs *blocs);
/* readings: our readings count too; else words alone. O(values of the issue). */
PARLEY_API parley_between parley_blocs_between(const parley_blocs *blocs, int32_t a, int32_t b,
                                               int32_t issue, bool readings);
/* Does a term of the party speak of this issue alone? */
PARLEY_API bool parley_blocs_holds(const parley_blocs *blocs, int32_t party, int32_t issue,
                                   bool readings);
/* Terms of the party that join several issues: not compared. */
PARLEY_API uint32_t parley_blocs_joined(const parley_blocs *blocs, int32_t party);
/* "agree", "overlap", "clash" ... */
PARLEY_API const char *parley_between_word(parley_between between);

#ifdef __cplusplus
}
#endif
#endif
