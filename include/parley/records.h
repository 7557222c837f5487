/*
 * parley/records.h: a case in pieces, as a journal keeps it.
 *
 * A piece is one record of a section (`claims: c1`), or one whole member of the file's top that is
 * no record (`title`, `mandate`, `values`, an empty section). Its canonical bytes are a small case
 * file of their own with that one thing in it:
 *
 *     claims:
 *       c1: {by: ua, act: accept, about: offer-30, source: weekly}
 *
 * and the bytes below the first line are those that stand in the canonical file. So a whole file is
 * put together from its pieces by writing each section's first line once.
 *
 * Everything a piece says about itself follows from its bytes alone: no other piece is looked at.
 */
#ifndef PARLEY_RECORDS_H
#define PARLEY_RECORDS_H

#include <parley/case.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct parley_piece {
    const char *section;   /* key at the file's top: "claims", "title" */
    const char *id;        /* of the record; NULL for entries of lists, and for no record */
    bool record;           /* false: the whole member */
    parley_date happened;  /* `date:` as typed; form UNKNOWN when not typed */
    parley_date learned;   /* `learned:` as typed, likewise */
    parley_texts speakers; /* claims: `by:` as typed, each once */
    parley_texts names;    /* claims: names of formulas, and whole texts, in about, if, only-if */
    parley_texts claims;   /* claims: ids in `repeats` and `replaces`, and `about` as typed */
    parley_texts repeats;  /* claims: ids */
    parley_texts replaces; /* claims: ids */
    const char *source;    /* claims: id; NULL: none typed */
    parley_texts words;    /* what a search looks through; claims: as parley_claims.search */
    const char *bytes;     /* canonical */
    size_t length;
} parley_piece;

/*
 * Every piece of a case in file order. A piece is borrowed until visit returns; visit returns false
 * to stop. NOMEM, LIMIT. O(length of the file).
 */
PARLEY_API parley_status parley_case_pieces(const parley_case *c,
                                            bool (*visit)(void *user, const parley_piece *piece),
                                            void *user, parley_error *err) PARLEY_MUST_CHECK;

/*
 * Read one piece from bytes that need not be canonical; what it gives lives in the arena. name is
 * what errors call the text. SYNTAX; INVALID (not exactly one piece, an unknown section); LIMIT;
 * NOMEM.
 */
PARLEY_API parley_status parley_piece_read(parley_piece *out, parley_ctx *ctx, parley_arena *arena,
                                           const char *name, const char *bytes, size_t length,
                                           parley_error *err) PARLEY_MUST_CHECK;

/* One member of a record: other words for it, or (value NULL) none. */
typedef struct parley_member_change {
    const char *key;
    const char *value;
} parley_member_change;

/*
 * Change members of the one record in a piece, in the order given; a new key comes last. Added to
 * out as a piece, which need not be canonical. A value is what a case file holds under the key, in
 * brackets where it is a list or a map; conditions may be parted by semicolons and ids by commas
 * instead, and a text needs no quotes. SYNTAX (brackets); NOTFOUND (a section's records have no
 * such key, or there is nothing to take out); INVALID (not one record); LIMIT; NOMEM. O(length).
 */
PARLEY_API parley_status parley_piece_change(parley_text *out, parley_ctx *ctx, const char *name,
                                             const char *bytes, size_t length,
                                             const parley_member_change *changes, size_t count,
                                             parley_error *err) PARLEY_MUST_CHECK;

/*
 * Take canonical bytes apart without reading them: length of the section's key, and where the lines
 * below `section:` begin (0: the piece is no record). False: these are no canonical bytes.
 */
PARLEY_API bool parley_piece_split(const char *bytes, size_t length, size_t *key, size_t *body);

/*
 * Every text in a case file that may be the id of a claim, in file order, some of them twice: of
 * claims what stands under about, repeats and replaces, and all texts of sections whose records may
 * name claims. Nothing is bound: most of them are no ids. They live in the arena. SYNTAX, INVALID
 * (no map of sections), LIMIT, NOMEM. O(length).
 */
PARLEY_API parley_status parley_claims_named(parley_texts *out, parley_ctx *ctx,
                                             parley_arena *arena, const char *name,
                                             const char *bytes, size_t length,
                                             parley_error *err) PARLEY_MUST_CHECK;
/* May records of this section name claims? */
PARLEY_API bool parley_section_names_claims(const char *key, size_t length);

/*
 * From the text of a case, the part that claims lean on: sources, parties, people, tracks, issues,
 * points, concerns, proposals, candidates and incidents, without what refers from these to anything
 * else. Added to out as a case file of its own. SYNTAX, INVALID, LIMIT, NOMEM.
 */
PARLEY_API parley_status parley_frame_text(parley_text *out, parley_ctx *ctx, const char *name,
                                           const char *bytes, size_t length,
                                           parley_error *err) PARLEY_MUST_CHECK;
/* Section i of those, NULL behind the last. */
PARLEY_API const char *parley_frame_section(size_t i);

/* Add a claim that only has an id, for references to claims that are not loaded: `  id: {...}`. */
PARLEY_API void parley_piece_stub(parley_text *out, const char *id, const char *speaker);

/* Is it a section whose records have ids, one whose records stand in a list, or neither? */
typedef enum parley_section_kind {
    PARLEY_SECTION_NONE,
    PARLEY_SECTION_KEYED,
    PARLEY_SECTION_LIST
} parley_section_kind;
PARLEY_API parley_section_kind parley_section_kind_of(const char *key, size_t length);

/*
 * When a text of a case was recorded: bytes begin to end of the text that was read. Sets `recorded`
 * of every row that begins there. The list is sorted by begin. Nothing happens to a case that was
 * projected for an audience: when the team wrote something down is the team's.
 */
typedef struct parley_recorded {
    uint32_t begin;
    uint32_t end;
    int64_t recorded; /* microseconds since 1970-01-01 UTC */
} parley_recorded;
PARLEY_API void parley_case_set_recorded(parley_case *c, const parley_recorded *list, size_t count);

#ifdef __cplusplus
}
#endif
#endif
