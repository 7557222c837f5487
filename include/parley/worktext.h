/*
 * parley/worktext.h: the working text: proposals in versions, who says what to which part, what a
 * new version changed for whom, and the next version that the engine would try.
 *
 * Versions are proposals linked by `replaces`. Each is looked at with the terms as they stood until
 * the next one was tabled. A part is one conjunct of the text, an entry of `parts`, or a step; what
 * is said about it is exact over all packages that the rules allow. Silence is never a yes. The
 * next version is an idea of ours: nobody has proposed or accepted it. Pure: no files, clock or
 * log.
 */
#ifndef PARLEY_WORKTEXT_H
#define PARLEY_WORKTEXT_H

#include <parley/base.h>
#include <parley/case.h>
#include <parley/deal.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct parley_worktext parley_worktext;

typedef struct parley_worktext_options {
    int version;      /* 1 */
    int32_t proposal; /* the last version to look at; -1: the end of the longest chain, then the
                         latest tabled, then the last in the file */
    parley_terms_options terms; /* as for an analysis; texts tabled after `at` are not there, unless
                                   one is named */
} parley_worktext_options;

#define PARLEY_WORKTEXT_OPTIONS_INIT                                                               \
    {                                                                                              \
        1, -1, PARLEY_TERMS_OPTIONS_INIT                                                           \
    }

/* Why a part cannot be looked at exactly. */
typedef enum parley_text_checked {
    PARLEY_TEXT_EXACT,
    PARLEY_TEXT_WORDS,        /* fits no formula */
    PARLEY_TEXT_NOT_COUNTED,  /* about an issue without options or range */
    PARLEY_TEXT_AGAINST_RULES /* the rules leave no package with it */
} parley_text_checked;

typedef struct parley_text_part {
    const parley_formula *formula; /* NULL: words */
    const char *text;              /* printed, or as typed */
    int32_t step;                  /* index of the step that is this part; -1: none */
    int32_t before;                /* the same part of the version before; -1: new */
    parley_text_checked checked;
    bool flagged; /* nothing with it is outside what an unlifted flag keeps out */
} parley_text_part;

/* What a party says to a part; the first that fits. Never a yes from silence. */
typedef enum parley_text_stand {
    PARLEY_TEXT_OBJECTS,   /* a term of its own is crossed by the part whatever else is agreed */
    PARLEY_TEXT_TABLED,    /* its own text */
    PARLEY_TEXT_ACCEPTS,   /* it accepted this, or the whole text */
    PARLEY_TEXT_ASKS,      /* it demands or asks for this itself */
    PARLEY_TEXT_DEPENDS,   /* a term of its own may be crossed, as the rest comes out */
    PARLEY_TEXT_IF,        /* yes to the whole, if; nothing against this part */
    PARLEY_TEXT_REJECTS,   /* no to the whole; nothing against this part by itself */
    PARLEY_TEXT_COUNTERS,  /* answered with something else */
    PARLEY_TEXT_DEFERS,    /* put the answer off */
    PARLEY_TEXT_SILENT,    /* asked, and typed as silent */
    PARLEY_TEXT_NO_ANSWER, /* it was put to it; no answer is typed */
    PARLEY_TEXT_NOT_ASKED
} parley_text_stand;

typedef struct parley_text_stance {
    parley_text_stand stand;
    parley_ids terms; /* indexes into the version's terms: that object, accept, ask, depend */
    int32_t response; /* its answer to the version, or -1 */
} parley_text_stance;

typedef enum parley_text_change_kind {
    PARLEY_CHANGE_ISSUE,     /* the values that the text leaves of a question */
    PARLEY_CHANGE_CONCERN,   /* a concern met wholly, in part, or no longer */
    PARLEY_CHANGE_CONDITION, /* a condition of an answer to the version before */
    PARLEY_CHANGE_TERM       /* a term crossed by one of the two versions, and not by the other */
} parley_text_change_kind;

/* How far something is met by a whole text, in every package of it. */
typedef enum parley_text_met {
    PARLEY_MET_CROSSED, /* no package of the text meets it */
    PARLEY_MET_OPEN,    /* some do */
    PARLEY_MET_IN_PART,
    PARLEY_MET_WHOLLY,
    PARLEY_MET_NOT_KNOWN /* words */
} parley_text_met;

typedef struct parley_text_change {
    parley_text_change_kind kind;
    int32_t party; /* whom it concerns; -1 for a question */
    int32_t issue; /* ISSUE */
    parley_ids values_before;
    parley_ids values_after;
    int64_t steps;    /* ISSUE with an order: how far the nearest values moved, upwards positive */
    bool has_order;   /* steps can be told, and the two sets do not meet */
    int32_t concern;  /* CONCERN */
    int32_t response; /* CONDITION, with the number of the condition */
    uint32_t condition;
    uint32_t term; /* TERM: index into this version's terms */
    parley_text_met before;
    parley_text_met after;
    int64_t short_before; /* CONDITION on one ordered question: steps still missing; else -1 */
    int64_t short_after;
} parley_text_change;

/* Two steps that pull apart, or a step whose order cannot be kept. */
typedef struct parley_text_pull {
    uint32_t raises; /* step that raises what the other lowers */
    uint32_t lowers;
    const char *what;
} parley_text_pull;

typedef struct parley_text_version {
    int32_t proposal;
    parley_date until; /* terms up to this day; form UNKNOWN: no bound */
    const parley_terms *terms;
    const parley_text_part *part;
    uint32_t parts;
    parley_ids parties;               /* whose stances are given */
    const parley_text_stance *stance; /* part by part, one a party */
    const parley_text_change *change; /* against the version before, in the order of their kinds */
    uint32_t changes;
    const uint32_t *order; /* steps in an order that keeps every `after`; those in or behind a
                              circle are left out */
    uint32_t ordered;
    const parley_text_pull *pull;
    uint32_t pulls;
} parley_text_version;

/* What became of a part, or of a condition, in the next version. */
typedef enum parley_text_fate {
    PARLEY_NEXT_KEPT,      /* nobody's recorded term is against it */
    PARLEY_NEXT_UNCHECKED, /* words, or not counted: kept as it is */
    PARLEY_NEXT_REPLACED,  /* by the nearest values that nobody refuses */
    PARLEY_NEXT_OPENED,    /* left open: no such value */
    PARLEY_NEXT_TAKEN_IN,  /* a condition of an answer that nobody refuses */
    PARLEY_NEXT_LEFT_OUT   /* a condition that somebody refuses, or may, as we read it */
} parley_text_fate;

typedef struct parley_text_move {
    parley_text_fate fate;
    int32_t part;     /* of the last version; -1 for a condition */
    int32_t response; /* the answer whose condition it is; -1 for a part */
    uint32_t condition;
    int32_t issue;      /* REPLACED: the question */
    parley_ids values;  /* REPLACED: the nearest values, ascending */
    int64_t steps;      /* REPLACED: how far they are away; -1: without an order */
    parley_ids because; /* terms of the last version: against it; of KEPT: readings of ours */
    bool law;           /* an unlifted flag is against it */
    bool together;      /* not by itself, but with the parts kept */
    parley_ids needs;   /* REPLACED, TAKEN_IN: whose consent it takes */
} parley_text_move;

/*
 * Look at a working text. A case without proposals gives no versions. The case must outlive the
 * result. NOMEM, LIMIT, CANCELLED. Cost: an analysis a version (parley_deal_new), then a question
 * of existence for each pair of a part and a term, and a pass over the values of an issue for each
 * term where a part is replaced.
 */
PARLEY_API parley_status parley_worktext_new(parley_worktext **out, parley_ctx *ctx,
                                             const parley_case *c,
                                             const parley_worktext_options *options,
                                             parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_worktext_free(parley_worktext *w);

/* Versions, the oldest first. */
PARLEY_API uint32_t parley_worktext_versions(const parley_worktext *w);
PARLEY_API const parley_text_version *parley_worktext_version(const parley_worktext *w, uint32_t i);
/* The version that replaces the last one looked at; -1: none. */
PARLEY_API int32_t parley_worktext_later(const parley_worktext *w);
/* Ends of other chains. */
PARLEY_API parley_ids parley_worktext_others(const parley_worktext *w);

/* The next version: parts of the last one in order, then conditions of its answers in file order.
 */
PARLEY_API uint32_t parley_worktext_moves(const parley_worktext *w);
PARLEY_API const parley_text_move *parley_worktext_move(const parley_worktext *w, uint32_t i);
/* Does it differ from the last version? */
PARLEY_API bool parley_worktext_differs(const parley_worktext *w);

/* What it would change against the last version: questions, concerns, terms. */
PARLEY_API uint32_t parley_worktext_next_changes(const parley_worktext *w);
PARLEY_API const parley_text_change *parley_worktext_next_change(const parley_worktext *w,
                                                                 uint32_t i);

#ifdef __cplusplus
}
#endif
#endif
