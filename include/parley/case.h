/*
 * parley/case.h: one conflict file, its records, and what follows from them.
 *
 * A case is read from YAML or JSON, checked as a whole, and then never changes. Rows are open
 * structs borrowed from the case; references between rows are indexes into the same case (-1:
 * none). Positions and terms are derived from claims and readings, never stored by hand.
 */
#ifndef PARLEY_CASE_H
#define PARLEY_CASE_H

#include <parley/base.h>
#include <parley/formula.h>
#include <parley/query.h>
#include <parley/words.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct parley_case parley_case;

/* A list of indexes, borrowed. */
typedef struct parley_ids {
    const int32_t *at;
    uint32_t count;
} parley_ids;

/* Is id in the list? O(count). */
static inline bool parley_ids_hold(parley_ids ids, int32_t id)
{
    for (uint32_t k = 0; k < ids.count; k++) {
        if (ids.at[k] == id) {
            return true;
        }
    }
    return false;
}

/* A list of texts, borrowed. */
typedef struct parley_texts {
    const char *const *at;
    uint32_t count;
} parley_texts;

/* Who speaks or is spoken to: a party, a person of a party, a source in its own voice, or words. */
typedef struct parley_voice {
    int32_t party;
    int32_t person;
    int32_t source;
    const char *words; /* as typed when it is none of these ("public", "unknown"); else NULL */
} parley_voice;

typedef struct parley_voices {
    const parley_voice *at;
    uint32_t count;
} parley_voices;

/* A text that may be a formula: formula is NULL when it fits none, and text is what was typed. */
typedef struct parley_condition {
    const char *text;
    const parley_formula *formula;
    parley_span span;
} parley_condition;

typedef struct parley_conditions {
    const parley_condition *at;
    uint32_t count;
} parley_conditions;

/* What a claim is about. */
typedef enum parley_about_kind {
    PARLEY_ABOUT_NOTHING,
    PARLEY_ABOUT_WORDS,
    PARLEY_ABOUT_FORMULA,
    PARLEY_ABOUT_PROPOSAL,
    PARLEY_ABOUT_ISSUE,
    PARLEY_ABOUT_CONCERN,
    PARLEY_ABOUT_CLAIM,
    PARLEY_ABOUT_POINT,
    PARLEY_ABOUT_CANDIDATE,
    PARLEY_ABOUT_INCIDENT
} parley_about_kind;

typedef struct parley_about {
    parley_about_kind kind;
    int32_t index;
    const parley_formula *formula; /* FORMULA; for PROPOSAL its `whole` */
    const char *text;              /* as typed */
} parley_about;

typedef struct parley_source {
    parley_record record;
    const char *name;
    parley_source_kind kind;
    bool published;
    const char *url;
} parley_source;

typedef struct parley_party {
    parley_record record;
    const char *name;
    uint32_t roles;     /* bit r: parley_role r */
    parley_ids members; /* of a bloc */
} parley_party;

typedef struct parley_person {
    parley_record record;
    const char *name;
    int32_t party;
    const char *office;
} parley_person;

typedef struct parley_track {
    parley_record record;
    const char *name; /* or the id */
    parley_table_state table;
} parley_track;

typedef struct parley_option {
    const char *id;
    const char *label;
    parley_span span;
    bool ours; /* nobody named it: the team's drafting */
    parley_ids needs;
    parley_ids by;
} parley_option;

/*
 * An issue. CHOICE: `options`, value i is option i. QUANTITY: from, from + step, ... up to `to`.
 * SPLIT: shares of `total` among `recipients` in steps; value i is the i-th composition in
 * lexicographic order of the shares. values is the number of values, 0 while nobody named any.
 */
typedef struct parley_issue {
    parley_record record;
    const char *name; /* short name for screens, or the id */
    const char *ask;
    int32_t track;
    parley_table_state table;
    parley_issue_kind kind;
    bool ordered;
    uint32_t values;
    const parley_option *options; /* CHOICE: values of them */
    const char *unit;
    bool has_range; /* QUANTITY with from, to and step; SPLIT with total and step */
    parley_decimal from;
    parley_decimal to;
    parley_decimal step;
    bool reach_typed; /* could-reach */
    parley_decimal reach_from;
    parley_decimal reach_to;
    parley_decimal total;            /* SPLIT */
    uint32_t units;                  /* SPLIT: steps in the total */
    const parley_option *recipients; /* SPLIT: id and label */
    uint32_t recipient_count;
    parley_ids needs; /* whatever the option */
    parley_ids by;
} parley_issue;

typedef struct parley_concern {
    parley_record record;
    int32_t party;
    const char *text;
    bool ours; /* typed as reading, not as the party's words */
    int32_t claim;
    parley_ids from;
    parley_conditions met_by;
    parley_conditions in_part;
    parley_ids met_from;
} parley_concern;

/* A number of a figure or a poll: exact, or unknown. */
typedef struct parley_number {
    bool typed;
    bool unknown; /* typed as `unknown` */
    parley_decimal value;
} parley_number;

/*
 * Somebody at home without whom a party may not be able to carry a package: what it would accept,
 * from claims or as our reading. A row that says more on another one has its party, name, kind and
 * say.
 */
typedef struct parley_constituency {
    parley_record record;
    int32_t party;
    int32_t more_on; /* -1, or the constituency that this row says more about */
    const char *name;
    parley_constituency_kind kind;
    parley_say say;
    parley_conditions accepts;
    parley_conditions requires;
    parley_conditions refuses;
    const char *says;    /* in words, as somebody said it */
    const char *reading; /* in ours; then `from`, not `claims` */
    parley_ids claims;
    parley_ids from;
    parley_number needs_share; /* percent a poll must show; never assumed */
    parley_basis basis;        /* of what this row says: record, reported, reading */
} parley_constituency;

/* A poll about what a constituency supports. Never combined with another one. */
typedef struct parley_poll {
    parley_record record;
    int32_t constituency;
    const char *question;
    parley_about about;
    parley_number share; /* percent who support it */
    parley_number n;     /* asked */
    const char *house;   /* who polled */
    parley_voice claimant;
    int32_t source;
    int32_t via;
    int64_t stale_after;    /* days; 0: not declared */
    parley_date stale_from; /* form UNKNOWN: not declared */
    const char *method;
    const char *hedge;
} parley_poll;

/* One step of a package proposed in steps. */
typedef struct parley_proposal_step {
    const char *what;
    parley_ids by;
    parley_ids gets;
    parley_ids costs;
    const parley_formula *formula;
    parley_texts after;
    parley_texts raises;
    parley_texts lowers;
    parley_span span;
} parley_proposal_step;

typedef struct parley_proposal {
    parley_record record;
    const char *name;
    parley_voice tabled_by;
    const char *text;
    const parley_formula *formula; /* NULL: the text fits no formula */
    parley_conditions parts;       /* further parts, each a formula or words */
    const parley_formula
        *whole; /* text and parts in one, without what is words; NULL: no formula */
    int64_t version;
    int32_t replaces; /* the version before */
    parley_list_state list;
    int32_t claim;
    const parley_proposal_step *steps;
    uint32_t step_count;
} parley_proposal;

typedef struct parley_response {
    parley_record record;
    parley_voice by;
    int32_t proposal;
    parley_answer answer;
    parley_conditions conditions; /* if */
    parley_conditions only_if;
    parley_list_state list;
    int32_t with; /* counter: the proposal it answers with */
    int32_t claim;
    parley_class cls; /* of the claim, or typed */
    int32_t source;
    const char *says;
} parley_response;

typedef struct parley_claim {
    parley_record record;
    parley_voices by;
    parley_voices to;
    parley_act act;
    parley_firmness firmness;
    parley_about about;
    parley_conditions conditions;
    parley_conditions only_if;
    parley_list_state list;
    const char *says;
    const char *hedge;
    const char *scope;
    const char *speaker_text;
    int32_t source;
    parley_ids chain; /* sources, last = nearest to the origin */
    parley_class cls;
    const char *grade;
    parley_ids repeats;
    parley_ids replaces;
    int32_t point;
    const char *implies;
    const char *publicity;
    parley_texts as_typed; /* what was entered and could not be read: "about: arms = nothing" */
    parley_voices blames;  /* about an alleged violation: who did it, according to the speaker */
} parley_claim;

typedef struct parley_reading {
    parley_record record;
    int32_t party;
    parley_mode mode;
    const parley_formula *formula;
    parley_conditions conditions;
    const char *because;
    parley_ids from;
} parley_reading;

typedef struct parley_rule {
    parley_record record;
    const parley_formula *formula;
    const char *because;
} parley_rule;

typedef struct parley_flag {
    parley_record record;
    const char *law;
    parley_about about;
    const char *notice;
    const char *by; /* who raised it, and why; may be NULL */
    const char *office;
    const char *because;
    parley_conditions keeps_out;
    parley_ids from;
    bool lifted;
    const char *lifted_by;
    const char *lifted_office;
    const char *lifted_because;
    parley_date lifted_date;
} parley_flag;

typedef struct parley_point {
    parley_record record;
    const char *ask;
} parley_point;

typedef struct parley_lever_state {
    parley_date date;
    const char *state;
    int32_t claim;
} parley_lever_state;

/* Something said of a candidate or a lever: in somebody's words (claim), or as we read it (from).
 */
typedef struct parley_aspect {
    parley_aspect_kind of;
    const char *text;
    bool ours;
    int32_t claim;
    parley_ids from;
} parley_aspect;

typedef struct parley_lever {
    parley_record record;
    parley_voice holder;
    parley_voice over;
    const char *what;
    parley_about about;
    const parley_aspect *aspects;
    uint32_t aspect_count;
    const parley_lever_state *states;
    uint32_t state_count;
} parley_lever;

typedef struct parley_figure {
    parley_record record;
    const char *what;
    parley_number low;
    parley_number best;
    parley_number high;
    const char *unit;
    parley_number n; /* sample size */
    const char *hedge;
    parley_voice claimant;
    parley_voice about;
    const char *method;
    int32_t source;
    int32_t via;
} parley_figure;

/*
 * Somebody or somewhere that could serve: as mediator, venue, table, guarantor or monitor. Who
 * asked for it, accepts or refuses it follows from claims: those about it, those about the formula
 * that it is, and those named.
 */
typedef struct parley_candidate {
    parley_record record;
    parley_purpose purpose;
    const char *name; /* or who it is, or the id */
    parley_voice who; /* the party it is; of a place, its host */
    const parley_formula *is;
    parley_ids seats;  /* of a table: who would sit there */
    parley_ids claims; /* that speak of it without naming it */
    const parley_aspect *aspects;
    uint32_t aspect_count;
} parley_candidate;

/* An issue here that hangs together with one in another case. */
typedef struct parley_link {
    parley_record record;
    int32_t issue;
    const char *file;  /* the other case, as typed: relative to this one */
    const char *there; /* id of an issue there; NULL: the case as a whole */
    parley_sign sign;
    parley_voice owner; /* who joins the two */
    const char *text;
    bool ours; /* typed as reading */
    int32_t claim;
    parley_ids from;
} parley_link;

/*
 * What a party is said, or read by us, to see of the moment for talks. The day is the claim's; a
 * perception without a claim has none.
 */
typedef struct parley_perception {
    parley_record record;
    int32_t party;
    parley_moment of;
    parley_sight sees;
    parley_voice who; /* the spokesman, or who could spoil it */
    const char *text; /* NULL: the claim's own words */
    bool ours;        /* typed as reading */
    int32_t claim;
    parley_ids from;
} parley_perception;

/* An event that may breach an obligation. Who says what about it stands in claims about it. */
typedef struct parley_incident {
    parley_record record;
    const char *what;
    const char *place;
    const char *hedge;
    parley_ids may_breach; /* obligations */
    const char *clause;
    parley_ids figures;
    int32_t source;
} parley_incident;

typedef struct parley_channel {
    parley_record record;
    parley_voice from;
    parley_voice to;
    parley_voice through;
    const char *quality;
    const char *publicity;
    int32_t source;
    int32_t claim;
} parley_channel;

/* A step in the life of a relay: who, when, how; fields not typed are NULL or -1. */
typedef struct parley_relay_step {
    bool typed;
    const char *words; /* when it was typed as one word: "none" */
    parley_voice by;
    parley_voice asked_by;
    const char *answer;
    const char *publicity;
    parley_date date;
    int32_t source;
} parley_relay_step;

typedef struct parley_relay {
    parley_record record;
    parley_voice owner;
    parley_ids words; /* claims */
    parley_voice carrier;
    parley_voice to;
    parley_relay_step said;
    parley_relay_step meant;
    const char *may_say_words;
    const char *may_say_assurance;
    const char *may_say; /* typed as one word */
    parley_date may_say_until;
    parley_relay_step carried;
    parley_relay_step read_back;
} parley_relay;

/* What may be passed on. Only the first four let a carrier go on. */
typedef enum parley_permission {
    PARLEY_MAY_PUBLIC,       /* the words are public already */
    PARLEY_MAY_EXACT,        /* these words and no others */
    PARLEY_MAY_SENSE,        /* the sense of them */
    PARLEY_MAY_UNATTRIBUTED, /* without saying whose */
    PARLEY_MAY_NOT,          /* refused */
    PARLEY_MAY_RUN_OUT,      /* was allowed until a day that is past */
    PARLEY_MAY_NOT_RECORDED, /* nobody wrote down that it is allowed, or in words we do not know */
} parley_permission;

/* On a day (a day number): a permission that ended before it has run out. O(1). */
PARLEY_API parley_permission parley_relay_may_say(const parley_relay *relay, int32_t day);
/* The same of the answer to whether the words were meant. */
PARLEY_API parley_permission parley_relay_may_assure(const parley_relay *relay, int32_t day);
PARLEY_API bool parley_permission_allows(parley_permission permission);
PARLEY_API const char *parley_permission_word(parley_permission permission);

typedef struct parley_meeting {
    parley_record record;
    parley_voices who;
    const char *place;
    const char *outcome;
    parley_ids claims;
    parley_date next;    /* when they meet again */
    parley_ids promises; /* obligations made there */
} parley_meeting;

typedef struct parley_favour {
    parley_record record;
    parley_voice giver;
    parley_voice receiver;
    const char *what;
    parley_date since;
    parley_date due; /* when something was expected back */
    const char *returned;
    int32_t claim;
    int32_t source;
} parley_favour;

typedef struct parley_obligation {
    parley_record record;
    parley_voice bearer;
    parley_voice to;
    const char *what;
    const char *kind;
    const char *publicity;
    const char *state;   /* in words */
    parley_kept kept;    /* how far it is kept, if somebody said */
    const char *under;   /* the agreement it was made in */
    const char *blocker; /* what stands in its way */
    parley_date due;
    int32_t source;
    int32_t claim;
} parley_obligation;

typedef struct parley_expected {
    parley_record record;
    parley_voices from;
    const char *what;
    parley_date due;
    const char *result; /* NULL: still silent */
    int32_t claim;
} parley_expected;

/* ------------------------------------------------------------------ loading */

typedef struct parley_case_options {
    int version;          /* 1 */
    const char *audience; /* NULL: the team's copy; else build only what this audience may see */
    parley_date as_of;    /* form UNKNOWN: the file's own; else only what was learned by then */
    const char *called; /* what an audience's copy is called instead of the file; NULL: as it is */
    struct parley_view *view; /* NULL, or gets what is left out (parley/audience.h) */
    int32_t today; /* day number on which permissions must still hold; INT32_MIN: not known */
} parley_case_options;

#define PARLEY_CASE_OPTIONS_INIT                                                                   \
    {                                                                                              \
        1, NULL, {0, 0, false, INT32_MIN, INT32_MAX, 0, 0, 0}, NULL, NULL, INT32_MIN               \
    }

/*
 * Read a case from `length` bytes (YAML, or JSON by the ending of `name`, which also stands before
 * the places in messages; the bytes may go afterwards). options NULL: the team's copy. All errors
 * and warnings go to diagnostics (may be NULL) in file order; on any error *out is NULL and the
 * first error is in err. With an audience the case is projected before anything else looks at it:
 * records the audience may not see are not there, in no count and no id: claims, readings, rules,
 * and what else is numbered, are numbered again (docs/decisions/0023-the-one-gate.md). DENIED when
 * a visible record leans on a hidden one: the diagnostics name every such pair. O(n log n) in the
 * file's size.
 */
PARLEY_API parley_status parley_case_read(parley_case **out, parley_ctx *ctx, const char *name,
                                          const char *bytes, size_t length,
                                          const parley_case_options *options,
                                          parley_diagnostics *diagnostics,
                                          parley_error *err) PARLEY_MUST_CHECK;
/* The same from a file of text; one on disk is read with parley/store.h. NOTFOUND, IO, LIMIT. */
PARLEY_API parley_status parley_case_load(parley_case **out, parley_ctx *ctx, const char *path,
                                          const parley_case_options *options,
                                          parley_diagnostics *diagnostics,
                                          parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_case_free(parley_case *c);

/* The published JSON Schema (draft 2020-12) of a case file, made from the table that reads it. */
PARLEY_API void parley_case_schema(parley_text *out);

/*
 * The whole case again: canonical YAML, canonical JSON (what an audience may see, if projected).
 * Reading that gives the same case. O(size); a failure stays in `out` (parley_text_status).
 */
PARLEY_API void parley_case_write_yaml(const parley_case *c, parley_text *out);
PARLEY_API void parley_case_write_json(const parley_case *c, parley_text *out);

/* ---------------------------------------------------------------- the rows */

PARLEY_API const char *parley_case_name(const parley_case *c); /* file name without folders */
PARLEY_API const char *parley_case_title(const parley_case *c);
PARLEY_API parley_date parley_case_as_of(const parley_case *c); /* after options and projection */
/*
 * The day on which permissions to pass words on are looked at: the as-of date; today as well
 * (parley_case_options) where that is later, unless an as-of date was typed or asked for. For an
 * audience today counts always: what is shown to it is passed on today. INT32_MIN: not known.
 */
PARLEY_API int32_t parley_case_day(const parley_case *c);
/* Whose forms of words a search counts as one: `language:`, else English. */
PARLEY_API parley_language parley_case_language(const parley_case *c);
PARLEY_API const char *parley_case_mandate_task(const parley_case *c);
PARLEY_API const char *parley_case_mandate_not(const parley_case *c);
/* NULL for the team's copy. */
PARLEY_API const char *parley_case_audience(const parley_case *c);

/* Each kind of row: how many, and row i of 0 .. how many - 1 (a programming error outside). O(1).
 */
#define PARLEY_CASE_ROWS(X)                                                                        \
    X(source, sources)                                                                             \
    X(party, parties)                                                                              \
    X(person, people)                                                                              \
    X(track, tracks)                                                                               \
    X(issue, issues)                                                                               \
    X(concern, concerns)                                                                           \
    X(perception, perceptions)                                                                     \
    X(constituency, constituencies)                                                                \
    X(poll, polls)                                                                                 \
    X(proposal, proposals)                                                                         \
    X(response, responses)                                                                         \
    X(claim, claims)                                                                               \
    X(reading, readings)                                                                           \
    X(rule, rules)                                                                                 \
    X(flag, flags)                                                                                 \
    X(point, points)                                                                               \
    X(lever, levers)                                                                               \
    X(figure, figures)                                                                             \
    X(channel, channels)                                                                           \
    X(relay, relays)                                                                               \
    X(meeting, meetings)                                                                           \
    X(favour, favours)                                                                             \
    X(obligation, obligations)                                                                     \
    X(candidate, candidates)                                                                       \
    X(link, links)                                                                                 \
    X(incident, incidents)                                                                         \
    X(expected, expectations)

#define PARLEY_CASE_ROW_ACCESS(one, many)                                                          \
    PARLEY_API uint32_t parley_case_##many(const parley_case *c);                                  \
    PARLEY_API const parley_##one *parley_case_##one(const parley_case *c, int32_t i);
PARLEY_CASE_ROWS(PARLEY_CASE_ROW_ACCESS)
#undef PARLEY_CASE_ROW_ACCESS

/*
 * Index of a row by id (length bytes, no NUL needed), or -1: no such row, no such section. kind is
 * a section's name: "claims", "issues", ... O(1) on average.
 */
PARLEY_API int32_t parley_case_find(const parley_case *c, const char *kind, const char *id,
                                    size_t length);

/* How formulas of this case resolve and print names; borrowed from the case. */
PARLEY_API const parley_formula_names *parley_case_names(const parley_case *c);

/*
 * Parse a formula typed by a user (a query, a package); arena owns the result. SYNTAX, NOTFOUND,
 * INVALID with line and column in `text` and what would be right; LIMIT; NOMEM. O(length).
 */
PARLEY_API parley_status parley_case_formula(const parley_formula **out, const parley_case *c,
                                             parley_arena *arena, const char *text,
                                             parley_error *err) PARLEY_MUST_CHECK;

/* The claims interface: in memory here, on disk in the room store; both pass one conformance suite.
 */
typedef struct parley_claims parley_claims;
struct parley_claims {
    void *self;
    uint64_t (*count)(void *self);
    /* Row i in file order, or NULL. Borrowed until the next call. */
    const parley_claim *(*get)(void *self, uint64_t i);
    int64_t (*find)(void *self, const char *id, size_t length);
    /* Visit the claims of these rows, in this order; each at most once. INVALID: no such row. */
    parley_status (*pick)(void *self, const uint64_t *rows, size_t count,
                          bool (*visit)(void *user, uint64_t i, const parley_claim *claim),
                          void *user, parley_error *err);
    /* Visit in order of happening; party, issue -1: any; day bounds inclusive. Return false to
     * stop. */
    parley_status (*each)(void *self, int32_t party, int32_t issue, int32_t first_day,
                          int32_t last_day,
                          bool (*visit)(void *user, uint64_t i, const parley_claim *claim),
                          void *user, parley_error *err);
    /*
     * Claims whose words (says, about, hedge, speaker-text, as-typed) hold every word of the query,
     * in file order. Words are whole runs of letters and digits, compared as parley_utf8_fold gives
     * them. A query without words finds nothing.
     */
    parley_status (*search)(void *self, const char *query,
                            bool (*visit)(void *user, uint64_t i, const parley_claim *claim),
                            void *user, parley_error *err);
    /* The same for a query with other forms of words and with beginnings (parley/query.h). */
    parley_status (*look)(void *self, parley_query *query,
                          bool (*visit)(void *user, uint64_t i, const parley_claim *claim),
                          void *user, parley_error *err);
};

/* Does one of the conditions that are formulas speak of the issue? O(atoms). */
PARLEY_API bool parley_conditions_mention(const parley_conditions *list, int32_t issue);
/* Does a text that was put forward speak of the issue, as a whole or in its parts? O(atoms). */
PARLEY_API bool parley_proposal_mentions(const parley_proposal *proposal, int32_t issue);
/* Does the party speak in a claim, alone or with others? */
PARLEY_API bool parley_claim_is_by(const parley_claim *claim, int32_t party);
/* Does a claim speak about an issue: as a whole, in a formula, in a proposal, or in its conditions?
 */
PARLEY_API bool parley_claim_is_about(const parley_case *c, const parley_claim *claim,
                                      int32_t issue);

PARLEY_API parley_claims parley_claims_of(const parley_case *c);

/* ------------------------------------------------------------------- values */

/* One value per issue (index of the value), -1 where undecided. */
typedef struct parley_package {
    const int64_t *value;
    uint32_t count; /* issues */
} parley_package;

/* Does a choice, quantity or share atom hold for value v (0 .. values - 1) of its issue? */
PARLEY_API bool parley_case_atom_holds(const parley_case *c, const parley_formula *atom, int64_t v);
/* The number that value v of a quantity stands for, in the issue's unit. */
PARLEY_API parley_decimal parley_case_quantity(const parley_issue *issue, int64_t v);
/* Share of recipient r in value v of a split. */
PARLEY_API parley_decimal parley_case_share(const parley_issue *issue, int64_t v, uint32_t r);
/*
 * Id of a value: option id, or the number ("30"), or "a 40, b 60"; for people: label and unit.
 * These three write at most `size` bytes with the NUL and give the length of the whole (as
 * snprintf does). 256 bytes hold what is no split of many, or of very long labels.
 */
PARLEY_API size_t parley_case_value_id(const parley_issue *issue, int64_t v, char *out,
                                       size_t size);
/* A number of a quantity or split with its unit, for people: `30 days`, `40 %`. */
PARLEY_API size_t parley_case_number_words(const parley_issue *issue, parley_decimal d, char *out,
                                           size_t size);
PARLEY_API size_t parley_case_value_words(const parley_issue *issue, int64_t v, char *out,
                                          size_t size);

/*
 * Yes, no or not known for a partial package. `party accepts proposal` is read from the case's
 * responses and claims as of its date: yes after accept, no after reject, else not known.
 */
PARLEY_API parley_truth parley_case_eval(const parley_case *c, const parley_formula *f,
                                         parley_package package);
/* Something held: that a formula be so, or (refuses) that it not be. */
typedef struct parley_holding {
    const parley_formula *formula;
    bool refuses;
} parley_holding;

/*
 * Can two holdings about one issue both be met: is there an answer to it that each lets stand?
 * NOT_KNOWN when one of them is about no issue, about another or about several, when the issue has
 * no answers typed, or more than 4,096. package: scratch, one value for each issue of the case, all
 * -1, and left so. O(values of the issue).
 */
PARLEY_API parley_truth parley_case_both_hold(const parley_case *c, parley_holding a,
                                              parley_holding b, int64_t *package);
PARLEY_API parley_truth parley_case_accepts(const parley_case *c, int32_t party, int32_t proposal);

/*
 * A package from a formula that is a conjunction of `issue = value`: values has room for every
 * issue of the case and gets the index of its value, -1 where it is left open. INVALID for another
 * formula, and for one that is never so (two answers to one issue).
 */
PARLEY_API parley_status parley_case_package(int64_t *values, const parley_case *c,
                                             const parley_formula *f,
                                             parley_error *err) PARLEY_MUST_CHECK;

/* -------------------------------------------------------------------- terms */

typedef struct parley_term {
    const char *name; /* "ru requires arms = stopped", or the reading's id */
    int32_t party;
    parley_mode mode;
    const parley_formula *formula; /* as typed, one conjunct */
    const char *text;              /* the formula printed */
    parley_rung rung;
    parley_basis basis;
    parley_firmness firmness;
    parley_ids claims;  /* every claim that says it, mentions too; ascending */
    parley_ids support; /* without those that only repeat another */
    parley_ids readings;
    parley_ids responses;
    parley_date date; /* of the claim at the firmest rung */
    bool set_aside;   /* does not count: about an issue that is not counted (filled by deal) */
    bool supposed;    /* nobody said it: it stands for an answer we imagine */
} parley_term;

/* A conjunct that a later claim took out: the raw material of "moved". */
typedef struct parley_shift {
    int32_t earlier; /* claim */
    int32_t later;   /* claim */
    int32_t party;
    int32_t issue;   /* -1: no single issue */
    bool to_confirm; /* later one softer in source than the earlier */
} parley_shift;

typedef struct parley_terms parley_terms;

/* An answer we imagine, to see what it would change; nothing of the case is touched. */
typedef enum parley_suppose_kind {
    PARLEY_SUPPOSE_TERM,     /* the party holds this: a term more */
    PARLEY_SUPPOSE_GIVEN_UP, /* the party no longer holds this: its term of words in this mode and
                               with this meaning goes, whoever reported it */
    PARLEY_SUPPOSE_COMPLETE, /* the list of conditions of this answer is complete */
} parley_suppose_kind;

typedef struct parley_supposed {
    parley_suppose_kind kind;
    int32_t party;                 /* TERM, GIVEN_UP */
    parley_mode mode;              /* TERM, GIVEN_UP */
    const parley_formula *formula; /* TERM, GIVEN_UP; must outlive what is derived */
    parley_rung rung;              /* TERM */
    parley_basis basis;            /* TERM */
    parley_firmness firmness;      /* TERM */
    int32_t response;              /* COMPLETE */
    int32_t claim;                 /* COMPLETE, response -1: an accept-if without an answer typed */
} parley_supposed;

typedef struct parley_terms_options {
    int version;    /* 1 */
    parley_date at; /* form UNKNOWN: no bound; else claims that may have happened by then */
    const char *const *without; /* ids of claims, readings or responses to set aside */
    uint32_t without_count;
    int32_t readings_of;             /* -1: all; else only readings about this party */
    const parley_supposed *supposed; /* answers to imagine */
    uint32_t supposed_count;
} parley_terms_options;

#define PARLEY_TERMS_OPTIONS_INIT                                                                  \
    {                                                                                              \
        1, {0, 0, false, INT32_MIN, INT32_MAX, 0, 0, 0}, NULL, 0, -1, NULL, 0                      \
    }

/*
 * options NULL: all of the case as of its day. Derive the terms of all parties, in ladder order
 * (rung, then file order of the first source that puts it there). NOTFOUND for an unknown id in
 * `without`.
 */
PARLEY_API parley_status parley_terms_derive(parley_terms **out, parley_ctx *ctx,
                                             const parley_case *c,
                                             const parley_terms_options *options,
                                             parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_terms_free(parley_terms *terms);
PARLEY_API uint32_t parley_terms_size(const parley_terms *terms);
PARLEY_API const parley_term *parley_terms_at(const parley_terms *terms, uint32_t i);
PARLEY_API uint32_t parley_terms_shifts(const parley_terms *terms);
PARLEY_API const parley_shift *parley_terms_shift(const parley_terms *terms, uint32_t i);
/* Is claim i in force (happened, learned, not replaced as a whole, not set aside)? */
PARLEY_API bool parley_terms_in_force(const parley_terms *terms, int32_t claim);

/* A whole acceptance or complete list: what makes a package necessarily acceptable to a party. */
typedef struct parley_assurance {
    int32_t party;
    bool list;                            /* a complete condition list; else an acceptance */
    const parley_formula *const *formula; /* all must hold */
    uint32_t count;
    parley_rung rung; /* from this rung on */
    int32_t claim;
    int32_t response;
    int32_t proposal;
} parley_assurance;
PARLEY_API uint32_t parley_terms_assurances(const parley_terms *terms);
PARLEY_API const parley_assurance *parley_terms_assurance(const parley_terms *terms, uint32_t i);

/* ---------------------------------------------------------------- positions */

/* One thing a party is known, or read by us, to hold on an issue: a cell entry of the matrix. */
typedef struct parley_position {
    int32_t party;
    int32_t issue;
    const char *act; /* "demands", "accepts", "open to", "refuses" ... as the claim's act has it */
    const parley_formula
        *formula;     /* the conjunct, NULL when the claim is about the issue as a whole */
    const char *text; /* formula printed, or the claim's words */
    parley_firmness firmness;
    parley_basis basis;
    int32_t claim;   /* -1 for a reading or a response without a claim */
    int32_t reading; /* -1 */
    parley_date date;
    bool binds; /* makes a term */
} parley_position;

/*
 * What positions and moves are to be found of. Terms of the same case under the same options, where
 * they are there already, save collecting the statements again: they must then outlive what is
 * found.
 */
typedef struct parley_scope {
    int version;                         /* 1 */
    const parley_terms_options *options; /* NULL: the defaults */
    const parley_terms *terms;           /* derived under these options, or NULL */
    int32_t party;                       /* -1: everybody; else what this one holds alone */
} parley_scope;

#define PARLEY_SCOPE_INIT                                                                          \
    {                                                                                              \
        1, NULL, NULL, -1                                                                          \
    }

typedef struct parley_positions parley_positions;
/*
 * Cell by cell: by party, then issue (-1, about no issue, first), then in the order of the file.
 * NOTFOUND for an unknown id in `without`; NOMEM. O(s log s) for s statements.
 */
PARLEY_API parley_status parley_positions_derive(parley_positions **out, parley_ctx *ctx,
                                                 const parley_case *c,
                                                 const parley_terms_options *options,
                                                 parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_positions_derive_in(parley_positions **out, parley_ctx *ctx,
                                                    const parley_case *c, const parley_scope *scope,
                                                    parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_positions_free(parley_positions *positions);
PARLEY_API uint32_t parley_positions_size(const parley_positions *positions);
PARLEY_API const parley_position *parley_positions_at(const parley_positions *positions,
                                                      uint32_t i);

#ifdef __cplusplus
}
#endif
#endif
