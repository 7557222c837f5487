/*
 * parley/query.h: words that claims are searched for.
 *
 *     stopped arms        each of the two, in any form of it the language has (stops, stopping)
 *     "arms"              this word and no other form; also several, in any order
 *     guarant*            every word that begins so
 *
 * Words are compared as parley_utf8_fold gives them. Two words are forms of one when they begin
 * with the same letter and have the same stem. Memory, disk and the marks on a page all ask here,
 * so that they cannot differ.
 */
#ifndef PARLEY_QUERY_H
#define PARLEY_QUERY_H

#include <parley/base.h>
#include <parley/words.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum parley_query_kind {
    PARLEY_QUERY_EXACT,
    PARLEY_QUERY_BEGINS,
    PARLEY_QUERY_FORMS
} parley_query_kind;

typedef struct parley_query_word {
    parley_query_kind kind;
    const char *text; /* folded */
    size_t length;
    const char *stem; /* FORMS */
    size_t stem_length;
} parley_query_word;

typedef struct parley_query parley_query;

/* Read what was typed. language NONE: no other forms. SYNTAX (no UTF-8), NOMEM. A query may hold no
 * word; then it finds nothing. */
PARLEY_API parley_status parley_query_new(parley_query **out, parley_ctx *ctx, const char *typed,
                                          parley_language language,
                                          parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_query_free(parley_query *query);
PARLEY_API uint32_t parley_query_size(const parley_query *query);
PARLEY_API const parley_query_word *parley_query_at(const parley_query *query, uint32_t i);

/* Does a folded word fit asked word i? O(length). */
PARLEY_API bool parley_query_fits(parley_query *query, uint32_t i, const char *word, size_t length);
/* Does each asked word fit some word of a folded text? False for a query without words. */
PARLEY_API bool parley_query_holds(parley_query *query, const char *folded);
/* NOMEM when the stemmer ran out of memory in between: then the answers above are not to be used.
 */
PARLEY_API parley_status parley_query_status(const parley_query *query, parley_error *err);

#ifdef __cplusplus
}
#endif
#endif
