/*
 * parley/audience.h: what an audience's copy of a case leaves out, under which ids the rest stands
 * in it, and what stops it. For whoever makes the copy, never for the audience.
 *
 * A view is filled by parley_case_read (and parley_store_case) when the options name one and ask
 * for an audience or a day, also when the copy is refused because a record that may be seen leans
 * on one that may not. It belongs to the caller and owns all its texts; the case that was read
 * knows nothing of it.
 */
#ifndef PARLEY_AUDIENCE_H
#define PARLEY_AUDIENCE_H

#include <parley/case.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum parley_withheld {
    PARLEY_WITHHELD_NOT,   /* it stands in the copy */
    PARLEY_WITHHELD_LABEL, /* its label does not name the audience */
    PARLEY_WITHHELD_LATER, /* learned after the day that was asked for, or leans on such a record */
    PARLEY_WITHHELD_NEED   /* only there for records that are withheld: a person, a source, a point
                            */
} parley_withheld;

/* One record of the whole case. */
typedef struct parley_view_row {
    const char *section; /* key: "claims" */
    const char *one;     /* what one of them is called: "claim" */
    const char *id;      /* NULL: records of this section have none */
    const char *name;    /* what people call it, or NULL */
    uint32_t number;     /* its place in its section of the whole case, from 1 */
    const char *shown;   /* its id in the copy; NULL: withheld, or it has none */
    parley_withheld withheld;
} parley_view_row;

/* A record that the audience may see, and one it may not on which the first leans. */
typedef struct parley_view_pair {
    uint32_t row;           /* the visible one: an index of rows */
    uint32_t on;            /* the hidden one, likewise */
    const char *says;       /* the visible one in one line; "" when it has no words */
    const char *on_says;    /* the hidden one */
    const char *may_see;    /* who may see the hidden one, as a label: "team", "[team, ua]" */
    const char *wider;      /* that label with the audience in it */
    parley_span span;       /* of the reference, in the text that was read */
    const char *permission; /* NULL; else why the relay `on` does not let the words of `row` go out;
                               then may_see is whose words they are, wider is "" */
    const uint32_t *behind; /* hidden records on which the hidden one leans in turn, all of them */
    uint32_t behind_count;
} parley_view_pair;

/* Words of a record that the audience may see, which name one it may not, or repeat what it says.
 */
typedef struct parley_view_mention {
    uint32_t row;
    uint32_t of;
    const char *word; /* the id, the name, or what it says */
} parley_view_mention;

typedef struct parley_view parley_view;

PARLEY_API parley_status parley_view_new(parley_view **out, parley_ctx *ctx,
                                         parley_error *err) PARLEY_MUST_CHECK;
/* Takes NULL. */
PARLEY_API void parley_view_free(parley_view *view);

/* False: nothing has filled it yet, or the whole case was asked for. */
PARLEY_API bool parley_view_filled(const parley_view *view);
/* Every record of the whole case, section by section, in file order. */
PARLEY_API uint32_t parley_view_rows(const parley_view *view);
PARLEY_API const parley_view_row *parley_view_row_at(const parley_view *view, uint32_t i);
/* Pairs that stop the copy, in file order; none: it was made. */
PARLEY_API uint32_t parley_view_pairs(const parley_view *view);
PARLEY_API const parley_view_pair *parley_view_pair_at(const parley_view *view, uint32_t i);
/* At most 100 of them: only a hint, for a person to look at. Also names of records with a name. */
PARLEY_API uint32_t parley_view_mentions(const parley_view *view);
PARLEY_API const parley_view_mention *parley_view_mention_at(const parley_view *view, uint32_t i);
/* Members of the file's top that are withheld whole: mandate, note, game, acceptance. */
PARLEY_API parley_texts parley_view_members(const parley_view *view);

#ifdef __cplusplus
}
#endif
#endif
