/*
 * parley/evidence.h: what was said side by side, and how many originals it really rests on.
 *
 * Nothing here says what is true. Statements on one question of fact, two voices of one party and
 * figures on one thing are put beside each other; copies of one report count once; a later
 * statement of the same speaker is a shift and no contradiction; "not aware" and "no comment" are
 * no denial. Pure: a case goes in, a result comes out.
 */
#ifndef PARLEY_EVIDENCE_H
#define PARLEY_EVIDENCE_H

#include <parley/case.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------- originals */

/* The source nearest to the origin: the last of the chain, else the claim's source; -1 unknown. */
PARLEY_API int32_t parley_evidence_origin(const parley_case *c, int32_t claim);

/* ------------------------------------------------------------------ figures */

/* From where to where a figure goes. An end that is not known is open-ended. */
typedef struct parley_extent {
    bool has_from;
    bool has_to;
    bool above;      /* more than `from`, not `from` itself */
    bool below;      /* less than `to` */
    bool convention; /* an end follows a convention for a word: "some" is within a tenth */
    parley_decimal from;
    parley_decimal to;
} parley_extent;

/*
 * What a figure says as an extent: low and high as typed, best alone as a point. Words widen a
 * single number: at least n [n, -); more than, over n (n, -); up to, as many as, at most, may have
 * been n [-, n]; nearly, almost n [.9 n, n); some, about, around, roughly, approximately n
 * [.9 n, 1.1 n]. False: no number is known.
 */
PARLEY_API bool parley_evidence_extent(parley_extent *out, const parley_figure *figure);

typedef struct parley_figure_row {
    int32_t figure;
    bool known; /* has an extent */
    parley_extent extent;
    int32_t origin;  /* source, -1: not given */
    bool own_side;   /* a party about itself */
    bool other_side; /* a party about another party */
} parley_figure_row;

/* Figures on the same thing: same words, same unit, about the same party. */
typedef struct parley_figure_group {
    const parley_figure_row *row; /* by date, then file order */
    uint32_t rows;
    uint32_t claimants; /* different ones; not given counts as one */
    bool known;
    parley_extent range; /* from the lowest end to the highest of all rows that are known */
    /* Two rows whose extents have nothing in common, for the same day or with a day unknown, from
     * different claimants: indexes into row; -1 when there are none. */
    int32_t against[2];
    bool grows; /* disjoint only because the days differ: an update, no conflict */
} parley_figure_group;

typedef struct parley_figures parley_figures;

/* NOMEM. O(f log f) in the number of figures. */
PARLEY_API parley_status parley_figures_new(parley_figures **out, parley_ctx *ctx,
                                            const parley_case *c,
                                            parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_figures_free(parley_figures *figures);
PARLEY_API uint32_t parley_figures_groups(const parley_figures *figures);
PARLEY_API const parley_figure_group *parley_figures_group(const parley_figures *figures,
                                                           uint32_t i);
/* The range of a group without every row that goes back to `origin`; false: nothing is left. */
PARLEY_API bool parley_figures_without(parley_extent *out, const parley_figure_group *group,
                                       int32_t origin);

/* ----------------------------------------------------------- contradictions */

typedef enum parley_beside_kind {
    PARLEY_BESIDE_POINT,   /* claims on a question of fact */
    PARLEY_BESIDE_VOICES,  /* what one party's voices say about one issue */
    PARLEY_BESIDE_WISHES,  /* parties that would like different things, and refuse nothing */
    PARLEY_BESIDE_FIGURES, /* figures on one thing */
    PARLEY_BESIDE_INCIDENT /* accounts of an alleged violation */
} parley_beside_kind;

typedef enum parley_beside_finding {
    PARLEY_BESIDE_OPPOSED,    /* they cannot both be so: a finding, without a verdict */
    PARLEY_BESIDE_ONE_SIDED,  /* something is said or implied, and nobody says otherwise */
    PARLEY_BESIDE_NOTHING,    /* nothing is said either way (not aware, no comment) */
    PARLEY_BESIDE_SHIFT,      /* the later statement came after: a shift to look at */
    PARLEY_BESIDE_TO_CONFIRM, /* a shift that rests on a softer source than what it replaced */
    PARLEY_BESIDE_NO_CONFLICT
} parley_beside_finding;

typedef struct parley_beside_claim {
    int32_t claim;
    int32_t side;    /* number of the side it takes, or -1: takes none */
    bool not_denial; /* not aware, no comment */
    bool repeats;    /* of another one here */
} parley_beside_claim;

typedef struct parley_beside {
    parley_beside_kind kind;
    parley_beside_finding finding;
    int32_t point;                    /* POINT */
    int32_t incident;                 /* INCIDENT */
    int32_t issue;                    /* VOICES, WISHES */
    int32_t party;                    /* VOICES */
    int32_t group;                    /* FIGURES: of the figures given */
    const parley_beside_claim *claim; /* in order of the file */
    uint32_t claims;
    const char *const *side; /* POINT, INCIDENT: what each side says, as typed or by whom */
    uint32_t sides;
    uint32_t originals; /* different ones among the claims; unknown ones count as one */
} parley_beside;

typedef struct parley_besides parley_besides;

/*
 * Everything that stands side by side: points in file order, then parties and issues, then figures
 * (of `figures`, which must outlive the result). Where a party made more than 32 statements on an
 * issue, of those that say the same only the latest is compared with others. LIMIT, NOMEM. O(s^2)
 * for s different statements on an issue.
 */
PARLEY_API parley_status parley_besides_new(parley_besides **out, parley_ctx *ctx,
                                            const parley_case *c, const parley_figures *figures,
                                            parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_besides_free(parley_besides *besides);
PARLEY_API uint32_t parley_besides_size(const parley_besides *besides);
PARLEY_API const parley_beside *parley_besides_at(const parley_besides *besides, uint32_t i);
/* How many are OPPOSED. */
PARLEY_API uint32_t parley_besides_opposed(const parley_besides *besides);

#ifdef __cplusplus
}
#endif
#endif
