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
 * SPEAKER and ADDRESSEE are parties, `party:person`, persons or sources; a speaker in quotes is
 * kept as words, and the source has the voice. DATE is a date of a case
 * file, a day and a month (`13mar`, the last one before tomorrow, or `13mar25`), `today` or
 * `yesterday`, with `before`, `after` or
 * `~`. ABOUT is a proposal, issue, concern, claim, point, candidate or incident, a formula, or
 * words. key is one of hedge, scope, firmness, list, repeats, replaces, chain, grade, point,
 * implies, publicity, learned, label, note, id, blames, to, only-if, speaker-text. What fits
 * nothing is kept as words, never dropped: what was meant as a formula and is none, and an unknown
 * source, under as-typed.
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
    bool source_unread; /* one was typed that the case does not have */
    const char *cls;
    const char *key[24]; /* the others, as typed */
    const char *value[24];
    uint32_t keys;
    const char *as_typed[8]; /* what could not be read: "about: arms = nothing", "source: x" */
    uint32_t as_typed_count;
} parley_logged;

/*
 * Understand a line. today: a day number, for `today`, `yesterday`, days without a year and lines
 * without a date. The id is typed, or the next free one of the claims' commonest letter. SYNTAX
 * (nothing but blanks, an open quotation, a zero byte, no UTF-8), NOTFOUND (an unknown speaker or
 * addressee, with the nearest), INVALID (a key given twice), LIMIT, NOMEM. O(length + records).
 */
PARLEY_API parley_status parley_log_line(parley_logged *out, parley_ctx *ctx, const parley_case *c,
                                         parley_arena *arena, const char *line, size_t length,
                                         int32_t today, parley_error *err) PARLEY_MUST_CHECK;

/* The claim as a piece of a case file: `claims:` and one record. */
PARLEY_API void parley_log_piece(parley_text *out, const parley_logged *claim);

#ifdef __cplusplus
}
#endif
#endif
