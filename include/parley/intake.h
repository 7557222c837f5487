/*
 * parley/intake.h: claims coming in, whichever way: one line, a form, JSON, a table.
 *
 * Every way ends in the same place. What came in is made a claim of the case and read as a case
 * file is read, with everything a claim can lean on. A member that cannot be read (a formula that
 * is none, an unknown source, a date nobody understands) is not lost and does not stop the rest: it
 * goes under `as-typed`, as `key: words`, is in no count, and `parley status` and `parley check`
 * name it until somebody mends it. Refused is only what must not be guessed: a speaker who is
 * nearly somebody, a label, an id, a text that is not well formed.
 *
 * An id that the case has makes it a correction: the members given are changed, the others stay.
 *
 * Nothing is written here. The bytes of a taken claim are for the journal (parley_store_add); say
 * parley_intake_done when they are in it, so that what comes next may lean on it.
 */
#ifndef PARLEY_INTAKE_H
#define PARLEY_INTAKE_H

#include <parley/logline.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PARLEY_INTAKE_LINE_MOST (1u << 20) /* bytes of one line or one JSON object */

typedef struct parley_intake parley_intake;

/* A claim that came in. Texts live in the arena that was given. */
typedef struct parley_taken {
    const char *id;
    bool id_made;        /* nobody typed it */
    int32_t corrects;    /* the claim of the case with this id, or -1: a new one */
    bool about_is_words; /* what it is about fits no formula and no id */
    bool same;           /* it says what the case holds already: there is nothing to write */
    const char *piece;   /* canonical bytes, as a journal wants them */
    size_t length;
    parley_texts unread; /* what went under as-typed this time */
    parley_texts why;    /* and what was said against each */
    /* The claim by itself, read with what claims lean on; until the next call. */
    const parley_case *in;
    int32_t claim;
    uint32_t line; /* of a table: where its row begins, from 1; else 0 */
} parley_taken;

/*
 * Get ready for claims of a case, which must stay as it is meanwhile. today: a day number, for
 * lines that name no day or no year. NOMEM, LIMIT. O(size of the case).
 */
PARLEY_API parley_status parley_intake_new(parley_intake **out, parley_ctx *ctx,
                                           const parley_case *c, int32_t today,
                                           parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_intake_free(parley_intake *in);
/*
 * The case is a part of a larger one: the next id that is made is this one, a small letter and a
 * number, and all behind it are free. INVALID (another form).
 */
PARLEY_API parley_status parley_intake_from(parley_intake *in, const char *id,
                                            parley_error *err) PARLEY_MUST_CHECK;

/*
 * One line, as parley/logline.h has it. INVALID, NOTFOUND (speakers), CONFLICT (the id was given in
 * this sitting already), SYNTAX, LIMIT (PARLEY_INTAKE_LINE_MOST), NOMEM. O(what claims lean on).
 */
PARLEY_API parley_status parley_intake_line(parley_taken *out, parley_intake *in,
                                            parley_arena *arena, const char *line, size_t length,
                                            parley_error *err) PARLEY_MUST_CHECK;

/* The same for members that were asked for one by one: key i has value i, as typed. */
PARLEY_API parley_status parley_intake_members(parley_taken *out, parley_intake *in,
                                               parley_arena *arena, const char *const *key,
                                               const char *const *value, size_t count,
                                               parley_error *err) PARLEY_MUST_CHECK;

/*
 * One JSON object with the members of a claim as in a case file, `id` among them or not; null takes
 * a member out. Or {"line": "..."} with a log line. Errors have the column in the object (span).
 * As parley_intake_line; SYNTAX also for keys that stand twice.
 */
PARLEY_API parley_status parley_intake_json(parley_taken *out, parley_intake *in,
                                            parley_arena *arena, const char *text, size_t length,
                                            parley_error *err) PARLEY_MUST_CHECK;

/*
 * The rows of a table (RFC 4180; columns parted by commas, semicolons or tabs as the first line
 * shows; UTF-8, with or without a byte order mark; line ends of any kind). The header names members
 * of a claim, `id` among them or not, in any order; docs/getting-claims-in.md has all. Another
 * column is kept in the claim's note as `column: words`. A row whose id the case has changes what
 * differs from parley_claims_table, and nothing else; an empty cell takes out. visit gets each row
 * that is not empty: taken, or an error with its line and the column's name in the message; false
 * stops. The taken claim lives in the arena until visit returns. SYNTAX, INVALID (the header),
 * NOMEM.
 */
typedef bool (*parley_visit_taken)(void *user, const parley_taken *taken,
                                   const parley_error *error);
PARLEY_API parley_status parley_intake_table(parley_intake *in, const char *bytes, size_t length,
                                             parley_visit_taken visit, void *user,
                                             parley_error *err) PARLEY_MUST_CHECK;

/* The claim is written: its id is taken, and others may lean on it. */
PARLEY_API parley_status parley_intake_done(parley_intake *in, const parley_taken *taken,
                                            parley_error *err) PARLEY_MUST_CHECK;

/* Columns of the table, in order; NULL behind the last. */
PARLEY_API const char *parley_claims_column(size_t i);
/*
 * The claims of a case as such a table: every member as it was typed. A cell that a spreadsheet
 * would take for a formula of its own gets an apostrophe in front, which reading takes away.
 */
PARLEY_API void parley_claims_table(parley_text *out, const parley_case *c);

#ifdef __cplusplus
}
#endif
#endif
