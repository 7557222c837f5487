/*
 * parley/logline.h: one line typed after a call, as a claim.
 *
 *     SPEAKER [> ADDRESSEE] [DATE] [ACT] [ABOUT] [if CONDITION; CONDITION] [@SOURCE[/CLASS]]
 *     ["WORDS"] [key:value ...]
 *
 *     ru:putin 13mar demand arms = stopped @weekly/on-record "foreign arms must stop"
 *     ua > us ~11mar accept offer-30 @weekly
 *     ru accept-if offer-30 if arms = stopped; monitor != unnamed list:open
 *     zelensky today says hopeful about the tone
 *
 * SPEAKER and ADDRESSEE are parties, `party:person`, persons or sources. DATE is a date of a case
 * file, a day and a month (`13mar`, `13mar25`), `today` or `yesterday`, with `before`, `after` or
 * `~`. ABOUT is a proposal, issue, concern, claim or point, a formula, or words. key is one of
 * hedge, scope, firmness, list, repeats, replaces, chain, grade, point, implies, publicity,
 * learned, label, note, id, to, only-if. What fits nothing is kept as words, never dropped.
 */
#ifndef PARLEY_LOGLINE_H
#define PARLEY_LOGLINE_H

#include <parley/case.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a line was understood as; texts live in the arena. NULL: not given. */
typedef struct parley_logged {
    const char *id;
    bool id_made; /* not typed: the next free one of the case */
    const char *by;
    const char *to;
    const char *date;
    const char *act;
    const char *about;
    bool about_is_words;   /* it fits no formula and no id: it stands in says, or in a note */
    const char *why_words; /* then: what the formula reader had against it; may be NULL */
    const char *const *conditions;
    uint32_t condition_count;
    const char *says;
    const char *source;
    const char *cls;
    const char *key[16]; /* the others, as typed */
    const char *value[16];
    uint32_t keys;
} parley_logged;

/*
 * Understand a line. today: a day number, for `today`, `yesterday`, days without a year and lines
 * without a date. The id is typed, or the next free one of the claims' commonest letter. SYNTAX
 * (nothing but blanks, an open quotation), NOTFOUND (an unknown speaker or addressee, with the
 * nearest), INVALID (a key given twice), LIMIT, NOMEM. O(length + records).
 */
PARLEY_API parley_status parley_log_line(parley_logged *out, parley_ctx *ctx, const parley_case *c,
                                         parley_arena *arena, const char *line, size_t length,
                                         int32_t today, parley_error *err) PARLEY_MUST_CHECK;

/* The claim as a piece of a case file: `claims:` and one record. */
PARLEY_API void parley_log_piece(parley_text *out, const parley_logged *claim);

/*
 * Rows of a table with the header
 * id,date,learned,by,to,act,about,if,says,source,class,hedge,scope,repeats,replaces,label
 * (RFC 4180; columns in any order, unknown ones are an error; conditions and lists are parted by
 * semicolons). visit gets each row as a claim, or an error in err with its line; false stops.
 */
typedef bool (*parley_visit_logged)(void *user, const parley_logged *claim);
PARLEY_API parley_status parley_log_table(parley_ctx *ctx, const parley_case *c, const char *bytes,
                                          size_t length, int32_t today, parley_visit_logged visit,
                                          void *user, parley_error *err) PARLEY_MUST_CHECK;
/* The claims of a case as such a table. */
PARLEY_API void parley_log_write_table(parley_text *out, const parley_case *c);

#ifdef __cplusplus
}
#endif
#endif
