/*
 * Inside the room "case": the whole case as one struct, and what its files share.
 *
 * Reading goes: bytes -> document (document.h) -> pass 1 collects ids of every section (names.c) ->
 * pass 2 binds fields to rows by the table in schema.c (bind.c, and bind_*.c for what a table
 * cannot say) -> labels and projection (audience.c). Terms and positions are derived on demand.
 */
#ifndef PARLEY_CASE_INTERNAL_H
#define PARLEY_CASE_INTERNAL_H

#include "case/document.h"
#include <parley/case.h>
#include <parley/values.h>

/* Every section, in the order they are written canonically. X(NAME, key, one, row type, keyed) */
#define CASE_SECTIONS(X)                                                                           \
    X(SOURCES, "sources", "source", parley_source, true)                                           \
    X(PARTIES, "parties", "party", parley_party, true)                                             \
    X(PEOPLE, "people", "person", parley_person, true)                                             \
    X(TRACKS, "tracks", "track", parley_track, true)                                               \
    X(ISSUES, "issues", "issue", parley_issue, true)                                               \
    X(POINTS, "points", "point", parley_point, true)                                               \
    X(FLAGS, "flags", "flag", parley_flag, true)                                                   \
    X(CONCERNS, "concerns", "concern", parley_concern, true)                                       \
    X(PERCEPTIONS, "perceptions", "perception", parley_perception, true)                           \
    X(CONSTITUENCIES, "constituencies", "constituency", parley_constituency, true)                 \
    X(POLLS, "polls", "poll", parley_poll, true)                                                   \
    X(PROPOSALS, "proposals", "proposal", parley_proposal, true)                                   \
    X(RESPONSES, "responses", "response", parley_response, false)                                  \
    X(CLAIMS, "claims", "claim", parley_claim, true)                                               \
    X(READINGS, "readings", "reading", parley_reading, true)                                       \
    X(RULES, "rules", "rule", parley_rule, true)                                                   \
    X(VALUES, "values", "values of a party", parley_worth, true)                                   \
    X(FIGURES, "figures", "figure", parley_figure, true)                                           \
    X(LEVERS, "levers", "lever", parley_lever, true)                                               \
    X(CANDIDATES, "candidates", "candidate", parley_candidate, true)                               \
    X(CHANNELS, "channels", "channel", parley_channel, false)                                      \
    X(RELAYS, "relays", "relay", parley_relay, true)                                               \
    X(MEETINGS, "meetings", "meeting", parley_meeting, false)                                      \
    X(FAVOURS, "favours", "favour", parley_favour, false)                                          \
    X(OBLIGATIONS, "obligations", "obligation", parley_obligation, true)                           \
    X(INCIDENTS, "incidents", "incident", parley_incident, true)                                   \
    X(LINKS, "links", "link", parley_link, true)                                                   \
    X(EXPECTED, "expected", "expected item", parley_expected, false)

typedef enum case_section {
#define X(name, key, one, type, keyed) SECTION_##name,
    CASE_SECTIONS(X)
#undef X
        SECTION_COUNT
} case_section;

/* An open-addressing table from text to index; text is borrowed. */
typedef struct case_index {
    uint32_t *slot; /* entry + 1, 0 empty */
    uint32_t mask;
    uint32_t count;
    uint32_t room;
    const char **text;
    uint32_t *hash; /* of each text */
} case_index;

/* What a party last answered to a proposal; sorted by party and proposal. */
typedef struct case_answer {
    int32_t party;
    int32_t proposal;
    int32_t when;
    uint32_t order;
    uint8_t truth; /* parley_truth */
} case_answer;

struct parley_case {
    parley_ctx *ctx;
    parley_document *document;
    parley_arena *arena; /* the document's */
    const char *name;
    const char *title;
    parley_date as_of;
    parley_language language;
    const char *mandate_task;
    const char *mandate_not;
    parley_acceptance acceptance;
    const char *audience;
    int32_t audience_bit; /* -1: the team's own copy */
    int32_t day;          /* parley_case_day */
    void *rows[SECTION_COUNT];
    uint32_t count[SECTION_COUNT];
    case_index index[SECTION_COUNT];
    case_index *option_index; /* by issue, where it has many options; NULL: none has */
    const parley_node *section[SECTION_COUNT];
    const parley_node *root;
    parley_node **row_node[SECTION_COUNT]; /* node of each row, for projection and writing */
    case_answer *answer;
    uint32_t answers;
    parley_formula_names names;
};

#define CASE_ROW(c, section, type, i) (&((type *)(c)->rows[section])[i])

/* ---- names.c ---- */
/* Room for so many entries in all; false: no memory. */
bool case_index_reserve(case_index *index, parley_arena *arena, uint32_t room);
bool case_index_add(case_index *index, parley_arena *arena,
                    const char *text); /* false: no memory */
int32_t case_index_find(const case_index *index, const char *text, size_t length);
/* Index the ids of an issue's options when they are many; false: no memory. */
bool case_options_index(parley_case *c, int32_t issue);
/* An option of a choice by its id, or -1. */
int32_t case_option_find(const parley_case *c, const parley_issue *issue, const char *text,
                         size_t length);
size_t case_section_row_size(case_section section);
const char *case_section_key(case_section section);
const char *case_section_one(case_section section);
bool case_section_keyed(case_section section);
/* labels.c: who may see a claim by itself, whatever label is typed on it. */
parley_label case_claim_label(const parley_case *c, const parley_claim *claim);
void case_names_init(parley_case *c);

/* ---- schema.c: the table ---- */

typedef enum field_type {
    FIELD_TEXT,       /* one text */
    FIELD_TEXTS,      /* list of texts (one text counts as a list of one) */
    FIELD_INT,        /* int64_t */
    FIELD_BOOL,       /* bool: true or false */
    FIELD_DATE,       /* parley_date */
    FIELD_NUMBER,     /* parley_number: decimal or `unknown` */
    FIELD_FRACTION,   /* parley_fraction */
    FIELD_ENUM,       /* uint32-sized enumeration; list in arg */
    FIELD_ENUMS,      /* uint32_t bit set; list in arg */
    FIELD_REF,        /* int32_t; section in arg */
    FIELD_REFS,       /* parley_ids; section in arg; one id counts as a list of one */
    FIELD_VOICE,      /* parley_voice */
    FIELD_VOICES,     /* parley_voices */
    FIELD_FORMULA,    /* const parley_formula *, must be one */
    FIELD_FORMULAS,   /* parley_conditions, each must be a formula */
    FIELD_CONDITIONS, /* parley_conditions, each a formula or words */
    FIELD_ABOUT,      /* parley_about */
    FIELD_LABEL,      /* parley_label in the record */
    FIELD_DECIMAL,    /* a number that code takes once all keys of the map are known */
    FIELD_OPTIONS,    /* ids and labels, likewise */
    FIELD_ANY,        /* kept in the document, not looked at */
    FIELD_SPECIAL     /* bound by code: function in special */
} field_type;

enum {
    FIELD_REQUIRED = 1,
    FIELD_STRICT = 2,   /* a voice that must be a party, a person or a source */
    FIELD_PRUNABLE = 4, /* references that a smaller copy simply loses */
    FIELD_DAY = 8,      /* a date that must be one day */
    FIELD_UP_TO = 16    /* a date that must not be before or after another */
};

typedef struct bind_state bind_state;
typedef bool (*field_special)(bind_state *b, void *row, int32_t i, const parley_node *value);

typedef struct case_field {
    const char *key;
    uint8_t type;
    uint8_t flags;
    uint8_t arg;
    uint32_t offset;
    field_special special;
    const char *about; /* one line, for the schema and for messages */
} case_field;

typedef struct case_schema {
    case_section section;
    const case_field *field;
    uint32_t fields;
    const char *about;
} case_schema;

/* Schema of a section; the common record keys (date, learned, label, note) are in each. */
const case_schema *case_schema_of(case_section section);
/* Keys of the file's top that are no sections: parley, title, as-of, mandate, note, acceptance,
 * game.
 */
extern const case_field case_top_fields[];
extern const uint32_t case_top_field_count;
/* Keys of the maps inside rows, for messages and the JSON Schema. */
typedef struct case_inner {
    const char *name; /* "quantity", "split", "option", "step", "lifted", ... */
    const case_field *field;
    uint32_t fields;
} case_inner;
extern const case_inner case_inners[];
extern const uint32_t case_inner_count;
const case_inner *case_inner_of(const char *name);
/* The maps in a list whose entries stand each for itself (a lever's states, aspects), or NULL. */
const case_inner *case_entries_of(const case_field *field);

/* ---- bind.c ---- */

/* A reference from one row to another. */
typedef struct case_lean {
    uint8_t from_section;
    uint8_t to_section;
    bool prunable;
    bool entry; /* by an entry of a list: a copy by date loses the entry, not the row */
    uint32_t from;
    uint32_t to;
    const parley_node *at;
} case_lean;

struct bind_state {
    parley_case *c;
    parley_arena *arena;
    parley_diagnostics *diagnostics;
    const parley_limits *limits;
    parley_status fatal; /* NOMEM or CANCELLED: stop */
    uint64_t errors;
    parley_error first; /* earliest error in file order */
    uint64_t nearest_work;
    case_section section; /* row that is being bound */
    uint32_t row;
    bool prunable;   /* by a key whose references may be lost */
    bool entry;      /* by an entry of a list that a copy by date loses */
    bool note_leans; /* a smaller copy is wanted: keep every reference */
    case_lean *lean; /* of the context, not of the arena */
    uint32_t leans;
    uint32_t lean_room;
};

/* Report at a node. bind_error returns false so that binders can `return bind_error(...)`. */
bool bind_error(bind_state *b, const parley_node *at, parley_status status, const char *hint,
                const char *format, ...) PARLEY_PRINTF(5, 6);
void bind_warning(bind_state *b, const parley_node *at, const char *hint, const char *format, ...)
    PARLEY_PRINTF(4, 5);
bool bind_nomem(bind_state *b);
/* For messages; texts live in the arena. A text cut to one line of about 60 bytes. */
const char *bind_shown(bind_state *b, const char *text, size_t length);
/* "did you mean 'x'?", or NULL. */
const char *bind_nearest(bind_state *b, const char *text, size_t length, const char *const *names,
                         size_t count);
/* head and all names; NULL without memory. */
const char *bind_list_names(bind_state *b, const char *head, const char *const *names,
                            size_t count);
/* "a map", "a list", "a text" */
const char *bind_kind(const parley_node *node);
/* A plain scalar that other YAML readers take for a truth value or for nothing. */
bool bind_turns(const parley_node *value);
bool bind_one_word(const char *text);
/* Note that the row being bound leans on another. */
void bind_lean(bind_state *b, case_section section, int32_t target, const parley_node *at);
/* Hand on an error found by a parser (already has its place, if any). */
bool bind_pass(bind_state *b, const parley_error *error);

/* A list of texts that grows in an arena; failed: memory ran out, and it is not whole. */
typedef struct case_texts {
    parley_arena *arena;
    const char **at;
    uint32_t count, room;
    bool failed;
} case_texts;
void case_texts_add(case_texts *t, const char *text);
void case_texts_add_copy(case_texts *t, const char *text, size_t length);

/* The node that a row was bound from. O(1). */
const parley_node *case_node_of(const parley_case *c, case_section s, const void *row);
/* The value of a key of a row, or the row itself, as a place for messages. */
const parley_node *case_place_of(const parley_case *c, case_section s, const void *row,
                                 const char *key);
/* Was a key typed at all? Says so too when its value was wrong, or the row is no map: that was
 * told already. */
bool case_is_typed(const parley_case *c, case_section s, const void *row, const char *key);

/*
 * Bind the fields of a map to a row; unknown keys are errors with "did you mean". i: the row's
 * number, -1 for a map inside a row. what names the map in messages; NULL: the row being bound.
 */
bool bind_map(bind_state *b, const case_field *field, uint32_t fields, const parley_node *map,
              void *row, int32_t i, const char *what);
bool bind_value(bind_state *b, const case_field *field, void *row, int32_t i,
                const parley_node *value);
bool bind_case(bind_state *b);

/* Value binders shared by the table and the special ones. */
const char *bind_text(bind_state *b, const parley_node *value, const char *what);
bool bind_ids(bind_state *b, const parley_node *value, case_section section, parley_ids *out,
              const char *what);
bool bind_ref(bind_state *b, const parley_node *value, case_section section, int32_t *out,
              const char *what);
bool bind_voice(bind_state *b, const parley_node *value, bool strict, parley_voice *out,
                const char *what);
bool bind_decimal(bind_state *b, const parley_node *value, parley_decimal *out, const char *what);
bool bind_date(bind_state *b, const parley_node *value, parley_date *out);
bool bind_bool(bind_state *b, const parley_node *value, bool *out, const char *what);
bool bind_int(bind_state *b, const parley_node *value, int64_t *out, const char *what);
bool bind_about(bind_state *b, const parley_node *value, parley_about *out);
/* May a smaller copy lose an `about:` that names such a row? */
bool case_about_may_go(case_section section);
bool bind_label(bind_state *b, const parley_node *value, parley_record *record);
bool bind_formula(bind_state *b, const parley_node *value, const parley_formula **out);
bool bind_conditions(bind_state *b, const parley_node *value, bool strict, parley_conditions *out,
                     const char *what);

/* bind_issue.c, bind_rows.c: the special fields */
bool special_options(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_ours(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_quantity(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_reach(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_split(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_needs(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_by(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_concern_words(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_mode(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_steps(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_lifted(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_history(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_aspects(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_aspect_words(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_perception_words(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_link_words(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_relay_step(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_may_say(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_mandate(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_published(bind_state *b, void *row, int32_t i, const parley_node *value);
/* values_bind.c, values_boxes.c */
bool special_worth_later(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_without(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_worth_terms(bind_state *b, void *row, int32_t i, const parley_node *value);
bool special_acceptance(bind_state *b, void *row, int32_t i, const parley_node *value);
bool bind_fraction(bind_state *b, const parley_node *value, parley_fraction *out, const char *what);
/* After the fields of a party's values: scores, weights, boxes. */
bool finish_worth(bind_state *b, parley_worth *worth, const parley_node *node);
/* Who has a veto has values. */
void check_acceptance(bind_state *b);
/* After the fields of an issue: value counts, ordered, quantity checks. */
bool finish_issue(bind_state *b, parley_issue *issue, const parley_node *node);

/* ---- rows.c: what holds between rows once all are bound (errors and warnings) ---- */
bool case_check_rows(bind_state *b);

/* rows_home.c: the same for constituencies and polls; called by case_check_rows */
void case_check_home(bind_state *b);

/* rows_desk.c: the same for levers, candidates, links, incidents; called by case_check_rows */
void case_check_desk(bind_state *b);

/* ---- labels.c ---- */
/* 0 .. 3 for team, principals, all, public; else -1. */
int32_t case_audience_fixed(const char *text);
/* Labels of all records: typed ones as they are meant, the others from what they lean on. */
void case_label_rows(parley_case *c);
/* Fills audience and audience_bit. NOTFOUND. */
bool case_find_audience(bind_state *b, const char *audience);

/* ---- audience.c ---- */
/*
 * Take out of the tree what the audience may not see, and what was learned after as_of (form
 * UNKNOWN: no bound); set the tree's as-of date; for an audience, number again. The rows are stale
 * afterwards. DENIED, with every pair, when a visible record leans on a hidden one. view may be
 * NULL.
 */
bool case_project(bind_state *b, parley_date as_of, struct parley_view *view);

/* ---- values.c ---- */
/* Who last answered what: parley_case_accepts looks it up. */
bool case_collect_answers(bind_state *b);
/* Ways to share n steps among r recipients, C(n + r - 1, r - 1), or most + 1 when there are more.
 */
uint64_t case_compositions(uint64_t n, uint32_t r, uint64_t most);
parley_truth case_atom_truth(const parley_case *c, const parley_formula *atom,
                             const int64_t *value);

#endif
