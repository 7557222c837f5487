/*
 * parley/words.h: the one set of enumerations of the room "case", and the words for them.
 *
 * Each list makes an enumeration, the word written in case files, and the sentence `parley words`
 * prints. X(NAME, "word", "what it means")
 */
#ifndef PARLEY_WORDS_H
#define PARLEY_WORDS_H

#include <parley/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PARLEY_ACT_LIST(X)                                                                         \
    X(SAY, "say", "states something; binds nothing")                                               \
    X(REQUEST, "request", "asks for it: requires, on the rung of asks")                            \
    X(URGE, "urge", "presses somebody for it: requires, on the rung of asks")                      \
    X(DEMAND, "demand", "insists on it: requires, on the rung of positions")                       \
    X(PROPOSE, "propose", "puts it forward; not held on the ladder")                               \
    X(OFFER, "offer", "says it would give it; not held on the ladder")                             \
    X(ACCEPT, "accept", "says yes to it")                                                          \
    X(ACCEPT_IF, "accept-if", "says yes, if: the list of conditions binds")                        \
    X(OPEN_TO, "open-to", "would consider it; neither accepts nor refuses")                        \
    X(DEFER, "defer", "puts the answer off; binds nothing")                                        \
    X(REJECT, "reject", "says no to it: refuses, on the rung of positions")                        \
    X(CONCEDE, "concede", "gives way on it: accepts")                                              \
    X(PROMISE, "promise", "says it will do it; binds nothing on the ladder")                       \
    X(THREATEN, "threaten", "says it will do harm; binds nothing on the ladder")                   \
    X(DENY, "deny", "says that it is not so")                                                      \
    X(NOT_AWARE, "not-aware", "knows nothing of it; this is not a denial")                         \
    X(NO_COMMENT, "no-comment", "says that it will not say")                                       \
    X(REPORT, "report", "tells what others did or said")                                           \
    X(PREDICT, "predict", "says what will happen")

#define PARLEY_FIRMNESS_LIST(X)                                                                    \
    X(UNSTATED, "", "as the act has it")                                                           \
    X(ASPIRATION, "aspiration", "would like it")                                                   \
    X(ASK, "ask", "asks for it")                                                                   \
    X(POSITION, "position", "insists on it")                                                       \
    X(CONDITION, "condition", "no agreement without it")                                           \
    X(RED_STATED, "red-line-stated", "has said that it will never accept otherwise")               \
    X(RED_TESTED, "red-line-tested", "an offer that crossed it was refused")

#define PARLEY_BASIS_LIST(X)                                                                       \
    X(RULES, "rules", "what cannot or must go together, whoever wants it")                         \
    X(RECORD, "record", "the party's own words, in the open or to us")                             \
    X(REPORTED, "reported", "somebody else says so, named or not")                                 \
    X(READING, "reading", "our own inference")

/* X(NAME, "word", on record?, "what it means") */
#define PARLEY_CLASS_LIST(X)                                                                       \
    X(NONE, "", false, "not typed: counts as reported")                                            \
    X(ON_RECORD, "on-record", true, "a named person of the party, on the record")                  \
    X(ON_RECORD_INSTITUTION, "on-record-institution", true,                                        \
      "the party's institution, on the record")                                                    \
    X(DESCRIBED, "described", false,                                                               \
      "an unnamed speaker who is described: \"a Western official\"")                               \
    X(BARE, "bare", false, "no speaker at all: \"reportedly\"")                                    \
    X(OUTLET, "outlet", false, "an outlet's own words, or one outlet quoting another")             \
    X(DOCUMENT, "document", true, "a document of the party itself")                                \
    X(PARTY_ABOUT_ITSELF, "party-about-itself", true, "a party about itself")                      \
    X(PARTY_ABOUT_ANOTHER, "party-about-another", false, "a party about another party")            \
    X(THIRD_PARTY, "third-party-observation", false, "an observer who is no party")

#define PARLEY_ANSWER_LIST(X)                                                                      \
    X(ACCEPT, "accept", "yes to the whole")                                                        \
    X(ACCEPT_IF, "accept-if", "yes, if the listed conditions are met")                             \
    X(COUNTER, "counter", "answers with a proposal of its own")                                    \
    X(DEFER, "defer", "puts the answer off")                                                       \
    X(REJECT, "reject", "no to the whole")                                                         \
    X(SILENT, "silent", "was asked and has not answered")

#define PARLEY_ROLE_LIST(X)                                                                        \
    X(PRINCIPAL, "principal", "its agreement is needed for any deal")                              \
    X(MEDIATOR, "mediator", "carries words and proposes")                                          \
    X(GUARANTOR, "guarantor", "stands behind the deal")                                            \
    X(SUPPLIER, "supplier", "gives means to a party")                                              \
    X(AFFECTED, "affected", "lives with the outcome")                                              \
    X(OUTSIDE, "outside", "not in the talks")

#define PARLEY_TABLE_LIST(X)                                                                       \
    X(NOW, "now", "on the table")                                                                  \
    X(LATER, "later", "parked for later talks")                                                    \
    X(EXCLUDED, "excluded", "kept out of these talks")

#define PARLEY_LIST_LIST(X)                                                                        \
    X(UNKNOWN, "", "nobody said whether the list is complete")                                     \
    X(OPEN, "open", "more conditions may come")                                                    \
    X(COMPLETE, "complete", "these and no others")

#define PARLEY_MODE_LIST(X)                                                                        \
    X(REFUSES, "refuses", "a package with it is refused")                                          \
    X(REQUIRES, "requires", "a package without it is refused")                                     \
    X(ACCEPTS, "accepts", "has said yes to it; refuses nothing")

/*
 * How far a promise is kept: the four levels in which the Peace Accords Matrix (Kroc Institute)
 * codes stipulations.
 */
#define PARLEY_KEPT_LIST(X)                                                                        \
    X(UNKNOWN, "", "not said")                                                                     \
    X(NONE, "none", "nothing has been done")                                                       \
    X(MINIMAL, "minimal", "begun, and far from done")                                              \
    X(INTERMEDIATE, "intermediate", "on the way, and could be finished")                           \
    X(FULL, "full", "done, or as good as done")

/* Law that a flag may be about; other words are allowed, and are kept as they are typed. */
#define PARLEY_LAW_LIST(X)                                                                         \
    X(FORCIBLE_TRANSFER, "forcible-transfer", "people moved against their will")                   \
    X(HOSTAGE_TAKING, "hostage-taking", "people held so that somebody acts")                       \
    X(DENIAL_OF_AID, "denial-of-aid", "relief kept from people who need it")                       \
    X(AMNESTY, "amnesty-for-atrocities", "amnesty for the gravest crimes")                         \
    X(CHILD_DETAINEES, "child-detainees", "children held, or traded")                              \
    X(ANNEXATION, "annexation", "land taken by force is to be recognised")

/* Languages whose forms of words a search counts as one. */
#define PARLEY_LANGUAGE_LIST(X)                                                                    \
    X(ENGLISH, "english", "the default")                                                           \
    X(NONE, "none", "words are taken as they are")                                                 \
    X(ARABIC, "arabic", "Arabic")                                                                  \
    X(ARMENIAN, "armenian", "Armenian")                                                            \
    X(BASQUE, "basque", "Basque")                                                                  \
    X(CATALAN, "catalan", "Catalan")                                                               \
    X(DANISH, "danish", "Danish")                                                                  \
    X(DUTCH, "dutch", "Dutch")                                                                     \
    X(FINNISH, "finnish", "Finnish")                                                               \
    X(FRENCH, "french", "French")                                                                  \
    X(GERMAN, "german", "German")                                                                  \
    X(GREEK, "greek", "Greek")                                                                     \
    X(HINDI, "hindi", "Hindi")                                                                     \
    X(HUNGARIAN, "hungarian", "Hungarian")                                                         \
    X(INDONESIAN, "indonesian", "Indonesian")                                                      \
    X(IRISH, "irish", "Irish")                                                                     \
    X(ITALIAN, "italian", "Italian")                                                               \
    X(LITHUANIAN, "lithuanian", "Lithuanian")                                                      \
    X(NEPALI, "nepali", "Nepali")                                                                  \
    X(NORWEGIAN, "norwegian", "Norwegian")                                                         \
    X(PORTUGUESE, "portuguese", "Portuguese")                                                      \
    X(ROMANIAN, "romanian", "Romanian")                                                            \
    X(RUSSIAN, "russian", "Russian")                                                               \
    X(SERBIAN, "serbian", "Serbian")                                                               \
    X(SPANISH, "spanish", "Spanish")                                                               \
    X(SWEDISH, "swedish", "Swedish")                                                               \
    X(TAMIL, "tamil", "Tamil")                                                                     \
    X(TURKISH, "turkish", "Turkish")                                                               \
    X(YIDDISH, "yiddish", "Yiddish")

/* X(NAME, "id", "heading", "kind") */
#define PARLEY_RUNG_LIST(X)                                                                        \
    X(RULES, "rules", "rules", "rule")                                                             \
    X(RED_TESTED, "red-tested", "tested red lines", "tested red line")                             \
    X(RED_STATED, "red-stated", "stated red lines", "stated red line")                             \
    X(CONDITIONS, "conditions", "conditions", "condition")                                         \
    X(ACCEPTED, "accepted", "what was accepted", "acceptance")                                     \
    X(POSITIONS, "positions", "other positions on record", "position")                             \
    X(ASKS, "asks", "asks and aspirations", "ask")                                                 \
    X(REPORTED, "reported", "reported only", "report")                                             \
    X(READINGS, "readings", "our readings", "reading")

#define PARLEY_SOURCE_KIND_LIST(X)                                                                 \
    X(NONE, "", false, "not typed")                                                                \
    X(OUTLET, "outlet", true, "a news outlet: published")                                          \
    X(COLUMN, "column", true, "an author's column: published")                                     \
    X(POLL, "poll", true, "a published poll")                                                      \
    X(DOCUMENT, "document", false, "a text; published only if it says so")                         \
    X(STATEMENT, "statement", true, "a party's public statement")                                  \
    X(MEETING, "meeting", false, "notes of a meeting")                                             \
    X(CALL, "call", false, "notes of a call")                                                      \
    X(MESSAGE, "message", false, "a message to the team")                                          \
    X(OBSERVATION, "observation", false, "what an observer saw")

#define PARLEY_CONSTITUENCY_KIND_LIST(X)                                                           \
    X(NONE, "", "not typed")                                                                       \
    X(PARLIAMENT, "parliament", "votes on it, or has to be asked by law")                          \
    X(PUBLIC, "public", "the people at home: a vote, an election, the street")                     \
    X(ALLY, "ally", "a state or movement the party leans on")                                      \
    X(COALITION, "coalition", "those it governs with, or its own wing")                            \
    X(FORCES, "forces", "those who carry arms for it")                                             \
    X(OTHER, "other", "another body whose word counts at home")

#define PARLEY_SAY_LIST(X)                                                                         \
    X(UNKNOWN, "", "nobody said whether its no would stop the party")                              \
    X(BLOCKS, "blocks", "its no stops the party")                                                  \
    X(ADVISES, "advises", "it is heard; its no does not stop the party")

#define PARLEY_PURPOSE_LIST(X)                                                                     \
    X(NONE, "", "not typed")                                                                       \
    X(MEDIATOR, "mediator", "to carry words, or to lead the talks")                                \
    X(VENUE, "venue", "a place to meet")                                                           \
    X(TABLE, "table", "who would sit in the room")                                                 \
    X(GUARANTOR, "guarantor", "to stand for what was agreed")                                      \
    X(MONITOR, "monitor", "to watch whether it is kept")

#define PARLEY_ASPECT_LIST(X)                                                                      \
    X(NONE, "", "not typed")                                                                       \
    X(ACCESS, "access", "whom it reaches, or who can reach it")                                    \
    X(INTEREST, "interest", "what it would gain by it")                                            \
    X(SECURITY, "security", "how safe it is, and for whom")                                        \
    X(SYMBOLISM, "symbolism", "what it would be taken to mean")                                    \
    X(PAST_USE, "past-use", "what it served for before")                                           \
    X(KNOWLEDGE, "knowledge", "what it knows of the matter")                                       \
    X(COST, "cost", "what it costs whoever uses it")                                               \
    X(CREDIBILITY, "credibility", "whether it would be used")                                      \
    X(EFFECT, "effect", "what it changes for whom it is held over")                                \
    X(WITHOUT_A_DEAL, "without-a-deal", "what it means for a party's position without a deal")

#define PARLEY_SIGN_LIST(X)                                                                        \
    X(NONE, "", "not typed")                                                                       \
    X(HELPS, "helps", "what is given there makes it easier here")                                  \
    X(HURTS, "hurts", "what is given there makes it harder here")                                  \
    X(PAID_FOR_BY, "paid-for-by", "what is given here is paid for there")                          \
    X(PAYS_FOR, "pays-for", "what is given there is paid for here")

/* What makes a moment for talks, as a party sees it: Zartman's stalemate that hurts and way out,
 * somebody who can bind the party, and whoever could undo what was agreed. */
#define PARLEY_MOMENT_LIST(X)                                                                      \
    X(NONE, "", "not typed")                                                                       \
    X(STALEMATE, "stalemate", "it cannot get what it wants by going on")                           \
    X(COST, "cost", "going on costs it more than it will bear")                                    \
    X(WAY_OUT, "way-out", "talks could end in something it can live with")                         \
    X(SPOKESMAN, "spokesman", "somebody can speak for it, and is followed")                        \
    X(SPOILER, "spoiler", "somebody on its side could undo what was agreed")

#define PARLEY_SIGHT_LIST(X)                                                                       \
    X(NONE, "", "not said whether")                                                                \
    X(SO, "so", "it is so")                                                                        \
    X(IN_PART, "in-part", "it is so in part, or it may be")                                        \
    X(NOT_SO, "not-so", "it is not so")

typedef enum parley_act {
#define X(name, word, text) PARLEY_ACT_##name,
    PARLEY_ACT_LIST(X)
#undef X
        PARLEY_ACT_COUNT
} parley_act;

typedef enum parley_firmness {
#define X(name, word, text) PARLEY_FIRMNESS_##name,
    PARLEY_FIRMNESS_LIST(X)
#undef X
        PARLEY_FIRMNESS_COUNT
} parley_firmness;

typedef enum parley_basis {
#define X(name, word, text) PARLEY_BASIS_##name,
    PARLEY_BASIS_LIST(X)
#undef X
        PARLEY_BASIS_COUNT
} parley_basis;

typedef enum parley_class {
#define X(name, word, record, text) PARLEY_CLASS_##name,
    PARLEY_CLASS_LIST(X)
#undef X
        PARLEY_CLASS_COUNT
} parley_class;

typedef enum parley_answer {
#define X(name, word, text) PARLEY_ANSWER_##name,
    PARLEY_ANSWER_LIST(X)
#undef X
        PARLEY_ANSWER_COUNT
} parley_answer;

typedef enum parley_role {
#define X(name, word, text) PARLEY_ROLE_##name,
    PARLEY_ROLE_LIST(X)
#undef X
        PARLEY_ROLE_COUNT
} parley_role;

typedef enum parley_table_state {
#define X(name, word, text) PARLEY_TABLE_##name,
    PARLEY_TABLE_LIST(X)
#undef X
        PARLEY_TABLE_COUNT
} parley_table_state;

typedef enum parley_list_state {
#define X(name, word, text) PARLEY_LIST_##name,
    PARLEY_LIST_LIST(X)
#undef X
        PARLEY_LIST_COUNT
} parley_list_state;

typedef enum parley_mode {
#define X(name, word, text) PARLEY_MODE_##name,
    PARLEY_MODE_LIST(X)
#undef X
        PARLEY_MODE_COUNT
} parley_mode;

typedef enum parley_rung {
#define X(name, word, text, kind) PARLEY_RUNG_##name,
    PARLEY_RUNG_LIST(X)
#undef X
        PARLEY_RUNG_COUNT
} parley_rung;

typedef enum parley_source_kind {
#define X(name, word, published, text) PARLEY_SOURCE_##name,
    PARLEY_SOURCE_KIND_LIST(X)
#undef X
        PARLEY_SOURCE_KIND_COUNT
} parley_source_kind;

typedef enum parley_constituency_kind {
#define X(name, word, text) PARLEY_CONSTITUENCY_##name,
    PARLEY_CONSTITUENCY_KIND_LIST(X)
#undef X
        PARLEY_CONSTITUENCY_KIND_COUNT
} parley_constituency_kind;

typedef enum parley_say {
#define X(name, word, text) PARLEY_SAY_##name,
    PARLEY_SAY_LIST(X)
#undef X
        PARLEY_SAY_COUNT
} parley_say;

typedef enum parley_language {
#define X(name, word, text) PARLEY_LANGUAGE_##name,
    PARLEY_LANGUAGE_LIST(X)
#undef X
        PARLEY_LANGUAGE_COUNT
} parley_language;

typedef enum parley_law {
#define X(name, word, text) PARLEY_LAW_##name,
    PARLEY_LAW_LIST(X)
#undef X
        PARLEY_LAW_COUNT
} parley_law;

typedef enum parley_kept {
#define X(name, word, text) PARLEY_KEPT_##name,
    PARLEY_KEPT_LIST(X)
#undef X
        PARLEY_KEPT_COUNT
} parley_kept;

typedef enum parley_purpose {
#define X(name, word, text) PARLEY_PURPOSE_##name,
    PARLEY_PURPOSE_LIST(X)
#undef X
        PARLEY_PURPOSE_COUNT
} parley_purpose;

typedef enum parley_aspect_kind {
#define X(name, word, text) PARLEY_ASPECT_##name,
    PARLEY_ASPECT_LIST(X)
#undef X
        PARLEY_ASPECT_COUNT
} parley_aspect_kind;

typedef enum parley_sign {
#define X(name, word, text) PARLEY_SIGN_##name,
    PARLEY_SIGN_LIST(X)
#undef X
        PARLEY_SIGN_COUNT
} parley_sign;

typedef enum parley_moment {
#define X(name, word, text) PARLEY_MOMENT_##name,
    PARLEY_MOMENT_LIST(X)
#undef X
        PARLEY_MOMENT_COUNT
} parley_moment;

typedef enum parley_sight {
#define X(name, word, text) PARLEY_SIGHT_##name,
    PARLEY_SIGHT_LIST(X)
#undef X
        PARLEY_SIGHT_COUNT
} parley_sight;

/* The enumerations as data: for `parley words`, the JSON Schema and "did you mean". */
typedef enum parley_word_list {
    PARLEY_WORDS_ACT,
    PARLEY_WORDS_FIRMNESS,
    PARLEY_WORDS_BASIS,
    PARLEY_WORDS_CLASS,
    PARLEY_WORDS_ANSWER,
    PARLEY_WORDS_ROLE,
    PARLEY_WORDS_TABLE,
    PARLEY_WORDS_LIST,
    PARLEY_WORDS_MODE,
    PARLEY_WORDS_RUNG,
    PARLEY_WORDS_SOURCE_KIND,
    PARLEY_WORDS_CONSTITUENCY_KIND,
    PARLEY_WORDS_SAY,
    PARLEY_WORDS_KEPT,
    PARLEY_WORDS_LAW,
    PARLEY_WORDS_PURPOSE,
    PARLEY_WORDS_ASPECT,
    PARLEY_WORDS_SIGN,
    PARLEY_WORDS_MOMENT,
    PARLEY_WORDS_SIGHT,
    PARLEY_WORDS_LANGUAGE,
    PARLEY_WORDS_COUNT
} parley_word_list;

/* Name of the list as screens print it: "act", "firmness", "source class" ... */
PARLEY_API const char *parley_words_name(parley_word_list list);
/* What the list is about, one line. */
PARLEY_API const char *parley_words_about(parley_word_list list);
PARLEY_API size_t parley_words_size(parley_word_list list);
/* Word and meaning of value i ("" for a value that is not typed); never NULL for i < size. */
PARLEY_API const char *parley_words_word(parley_word_list list, size_t i);
PARLEY_API const char *parley_words_meaning(parley_word_list list, size_t i);
/* Index of a word (spaces and underscores count as hyphens), or -1. */
PARLEY_API int parley_words_find(parley_word_list list, const char *word, size_t length);

PARLEY_API bool parley_class_on_record(parley_class cls);
PARLEY_API bool parley_source_kind_published(parley_source_kind kind);
PARLEY_API const char *parley_rung_heading(parley_rung rung);
PARLEY_API const char *parley_rung_kind(parley_rung rung);
PARLEY_API parley_basis parley_rung_basis(parley_rung rung);

#ifdef __cplusplus
}
#endif
#endif
