/*
 * parley/formats.h: other people's negotiation files, to and from a case.
 *
 * Files come as bytes and go as bytes: nothing here touches a disk or a network. What a file has
 * wrong in a way that is known from files in the wild is repaired, with one warning for each kind
 * of repair; what cannot be understood is an error with its place. Nothing is renormalised. What
 * was repaired, and what a case cannot say, is written into the case as notes of its sources.
 */
#ifndef PARLEY_FORMATS_H
#define PARLEY_FORMATS_H

#include <parley/base.h>
#include <parley/case.h>

#ifdef __cplusplus
extern "C" {
#endif

/* X(NAME, "word", "what it is", "how its files are given") */
#define PARLEY_FORMAT_LIST(X)                                                                      \
    X(GENIUS, "genius", "Genius XML: a domain and one profile a party",                            \
      "DOMAIN.xml PROFILE.xml...")                                                                 \
    X(GENIUSWEB, "geniusweb", "GeniusWeb JSON: a domain and one profile a party",                  \
      "DOMAIN.json PROFILE.json...")                                                               \
    X(NEGOLOG, "negolog", "NegoLog JSON: one profile a party", "PROFILE.json...")                  \
    X(SCORABLE, "scorable", "scoring games in text: a folder with scores_files", "FOLDER")

typedef enum parley_format {
#define PARLEY_FORMAT_ENUM(name, word, text, files) PARLEY_FORMAT_##name,
    PARLEY_FORMAT_LIST(PARLEY_FORMAT_ENUM)
#undef PARLEY_FORMAT_ENUM
        PARLEY_FORMAT_COUNT
} parley_format;

/* "genius", and back: -1 for a word that is none. */
PARLEY_API const char *parley_format_word(parley_format format);
PARLEY_API int parley_format_from_word(const char *word);

/* One file: bytes that stay with the caller, and the name that messages and the case give it. */
typedef struct parley_format_file {
    const char *name;
    const char *bytes;
    size_t length;
} parley_format_file;

typedef struct parley_formats_options {
    int version; /* 1 */
    bool cap;    /* Genius: utilities above 1 count as 1, as Genius has it; else as they add up */
    const char *name; /* of the case; NULL: made from the first file's */
} parley_formats_options;

#define PARLEY_FORMATS_OPTIONS_INIT                                                                \
    {                                                                                              \
        1, false, NULL                                                                             \
    }

/*
 * Read files of one format into a case with values. Genius and GeniusWeb: the domain first, then
 * one profile a party, in party order. NegoLog: the profiles. Scorable: config.txt, NAME.txt of
 * scores_files for each party, and initial_deal.txt if there is one, in any order; only the last
 * part of a name counts. Ids are made from names, which stay as labels; utilities are in the files'
 * own scale.
 *
 * Repairs and losses go to diagnostics (may be NULL) as warnings, errors as errors; on an error
 * *out is NULL and err has it. SYNTAX, INVALID, RANGE, LIMIT, NOMEM, CANCELLED. O(n log n) in the
 * size of the files.
 */
PARLEY_API parley_status parley_formats_import(parley_case **out, parley_ctx *ctx,
                                               parley_format format,
                                               const parley_format_file *files, size_t count,
                                               const parley_formats_options *options,
                                               parley_diagnostics *diagnostics,
                                               parley_error *err) PARLEY_MUST_CHECK;

/* Called with each file that an export makes. A failure ends the export with that status. */
typedef parley_status (*parley_format_write_fn)(void *user, const char *name, const char *bytes,
                                                size_t length, parley_error *err);

/*
 * Write a case's issues and values as files of GENIUS or GENIUSWEB: the domain first, then one
 * profile for each party with values. What the format cannot hold is an error if utilities would
 * change (coupled terms, say), with the place in the case file, else one warning a kind (claims,
 * readings, red lines). Importing the files again gives the same issues, options and values.
 * INVALID (cannot be held, or the case has no values), NOMEM, and whatever write gives.
 */
PARLEY_API parley_status parley_formats_export(parley_ctx *ctx, const parley_case *c,
                                               parley_format format, parley_format_write_fn write,
                                               void *user, parley_diagnostics *diagnostics,
                                               parley_error *err) PARLEY_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
