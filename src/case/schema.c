/*
 * The table that says which keys a case file may hold, what each must be, and where it goes.
 *
 * The binder (bind.c), the JSON Schema (schema_json.c) and the messages all read this table, so
 * that what is documented is what is read. Keys common to all records are repeated in each section
 * by COMMON.
 */
#include "case/case_internal.h"

#include <string.h>

#define AT(type, member) ((uint32_t)offsetof(type, member))
#define F(k, t, type, member, text)                                                                \
    {                                                                                              \
        k, FIELD_##t, 0, 0, AT(type, member), NULL, text                                           \
    }
#define FA(k, t, a, type, member, text)                                                            \
    {                                                                                              \
        k, FIELD_##t, 0, a, AT(type, member), NULL, text                                           \
    }
#define FR(k, t, a, fl, type, member, text)                                                        \
    {                                                                                              \
        k, FIELD_##t, fl, a, AT(type, member), NULL, text                                          \
    }
#define FS(k, fn, type, member, text)                                                              \
    {                                                                                              \
        k, FIELD_SPECIAL, 0, 0, AT(type, member), fn, text                                         \
    }
#define REQ FIELD_REQUIRED
#define STRICT FIELD_STRICT
#define PRUNE FIELD_PRUNABLE

#define COMMON(type)                                                                               \
    F("date", DATE, type, record.happened, "when it happened; may be vague"),                      \
        F("learned", DATE, type, record.learned,                                                   \
          "when the team knew; default: its source's date"),                                       \
        F("label", LABEL, type, record,                                                            \
          "who may see it: team, principals, all, public, party ids"),                             \
    {                                                                                              \
        "note", FIELD_ANY, 0, 0, 0, NULL, "the team's own note"                                    \
    }

static const case_field source_fields[] = {
    F("name", TEXT, parley_source, name, "what people call it"),
    FA("kind", ENUM, PARLEY_WORDS_SOURCE_KIND, parley_source, kind, "what kind of source"),
    FS("published", special_published, parley_source, published, "overrides what the kind says"),
    F("url", TEXT, parley_source, url, "where it can be read"),
    COMMON(parley_source),
};

static const case_field party_fields[] = {
    F("name", TEXT, parley_party, name, "what people call it"),
    FA("roles", ENUMS, PARLEY_WORDS_ROLE, parley_party, roles, "one or more roles"),
    FA("members", REFS, SECTION_PARTIES, parley_party, members, "parties of a bloc"),
    COMMON(parley_party),
};

static const case_field person_fields[] = {
    F("name", TEXT, parley_person, name, "name"),
    FR("of", REF, SECTION_PARTIES, REQ, parley_person, party, "the party spoken for"),
    F("office", TEXT, parley_person, office, "public office"),
    COMMON(parley_person),
};

static const case_field track_fields[] = {
    F("name", TEXT, parley_track, name, "what people call it"),
    FA("table", ENUM, PARLEY_WORDS_TABLE, parley_track, table, "on the table now, later, excluded"),
    COMMON(parley_track),
};

static const case_field issue_fields[] = {
    F("name", TEXT, parley_issue, name, "short name for screens"),
    F("ask", TEXT, parley_issue, ask, "the question"),
    FA("track", REF, SECTION_TRACKS, parley_issue, track, "the track it belongs to"),
    FA("table", ENUM, PARLEY_WORDS_TABLE, parley_issue, table, "overrides the track's"),
    F("ordered", BOOL, parley_issue, ordered, "options stand in an order"),
    FS("options", special_options, parley_issue, options, "answers: id and label, or id and a map"),
    FS("quantity", special_quantity, parley_issue, unit, "a number: unit, from, to, step"),
    FS("split", special_split, parley_issue, recipients, "shares: of, unit, step, among"),
    FS("ours", special_ours, parley_issue, options, "options nobody named"),
    FS("could-reach", special_reach, parley_issue, reach_from,
       "how far a quantity might be extended"),
    FS("needs", special_needs, parley_issue, needs, "parties whose act or consent it takes"),
    FS("by", special_by, parley_issue, by, "parties who carry it out"),
    COMMON(parley_issue),
};

static const case_field point_fields[] = {
    FR("ask", TEXT, 0, REQ, parley_point, ask, "a question of fact"),
    COMMON(parley_point),
};

static const case_field flag_fields[] = {
    FR("law", TEXT, 0, REQ, parley_flag, law, "the rule of law in question"),
    F("about", ABOUT, parley_flag, about, "what it is about"),
    F("notice", TEXT, parley_flag, notice, "printed on every page of the case"),
    F("by", TEXT, parley_flag, by, "the person who raised it"),
    F("office", TEXT, parley_flag, office, "the person's office"),
    F("because", TEXT, parley_flag, because, "why it was raised"),
    F("keeps-out", FORMULAS, parley_flag, keeps_out, "packages kept out of ideas, bridges, drafts"),
    FA("from", REFS, SECTION_CLAIMS, parley_flag, from, "claims it leans on"),
    FS("lifted", special_lifted, parley_flag, lifted, "who lifted it: by, office, date, because"),
    COMMON(parley_flag),
};

static const case_field concern_fields[] = {
    FR("party", REF, SECTION_PARTIES, REQ, parley_concern, party, "whose concern"),
    FS("says", special_concern_words, parley_concern, text, "the worry, in the party's words"),
    FS("reading", special_concern_words, parley_concern, text, "the worry, as we read it"),
    FA("claim", REF, SECTION_CLAIMS, parley_concern, claim, "where the party says so"),
    FA("from", REFS, SECTION_CLAIMS, parley_concern, from, "claims the reading leans on"),
    F("met-by", FORMULAS, parley_concern, met_by, "what would meet it"),
    F("in-part", FORMULAS, parley_concern, in_part, "what would meet it in part"),
    FR("met-from", REFS, SECTION_CLAIMS, PRUNE, parley_concern, met_from, "claims that say so"),
    COMMON(parley_concern),
};

static const case_field constituency_fields[] = {
    FA("party", REF, SECTION_PARTIES, parley_constituency, party, "whose constituency it is"),
    FA("more-on", REF, SECTION_CONSTITUENCIES, parley_constituency, more_on,
       "the constituency that this row says more about"),
    F("name", TEXT, parley_constituency, name, "what people call it"),
    FA("kind", ENUM, PARLEY_WORDS_CONSTITUENCY_KIND, parley_constituency, kind, "what it is"),
    FA("say", ENUM, PARLEY_WORDS_SAY, parley_constituency, say,
       "does its no stop the party? left out: not known"),
    F("accepts", CONDITIONS, parley_constituency, accepts, "what it would accept"),
    F("requires", CONDITIONS, parley_constituency, requires, "what it would not do without"),
    F("refuses", CONDITIONS, parley_constituency, refuses, "what it would not accept"),
    F("says", TEXT, parley_constituency, says, "in words"),
    FA("claim", REFS, SECTION_CLAIMS, parley_constituency, claims, "where it was said"),
    F("reading", TEXT, parley_constituency, reading, "as we read it: what this row says is ours"),
    FA("from", REFS, SECTION_CLAIMS, parley_constituency, from, "claims the reading leans on"),
    F("needs-share", NUMBER, parley_constituency, needs_share,
      "percent in favour that a poll has to show; none is assumed"),
    COMMON(parley_constituency),
};

static const case_field poll_fields[] = {
    FR("constituency", REF, SECTION_CONSTITUENCIES, REQ, parley_poll, constituency,
       "who was asked"),
    FR("question", TEXT, 0, REQ, parley_poll, question, "the question, as it was put"),
    F("about", ABOUT, parley_poll, about, "what a yes supports: a formula, a proposal, or words"),
    F("share", NUMBER, parley_poll, share, "percent who support it"),
    F("n", NUMBER, parley_poll, n, "how many were asked"),
    F("house", TEXT, parley_poll, house, "who polled"),
    F("claimant", VOICE, parley_poll, claimant, "whose figure"),
    FA("source", REF, SECTION_SOURCES, parley_poll, source, "where we have it from"),
    FA("via", REF, SECTION_SOURCES, parley_poll, via, "who passed it on"),
    F("stale-after", INT, parley_poll, stale_after, "days after which it is stale"),
    F("stale-from", DATE, parley_poll, stale_from, "the day from which it is stale"),
    F("method", TEXT, parley_poll, method, "how it was taken"),
    F("hedge", TEXT, parley_poll, hedge, "the report's own caution"),
    COMMON(parley_poll),
};

static const case_field proposal_fields[] = {
    F("name", TEXT, parley_proposal, name, "what people call it"),
    FR("tabled-by", VOICE, 0, STRICT, parley_proposal, tabled_by, "party, person or source"),
    F("text", TEXT, parley_proposal, text, "a formula, or words"),
    F("parts", CONDITIONS, parley_proposal, parts, "further parts, each a formula or words"),
    F("version", INT, parley_proposal, version, "1, 2, ..."),
    FR("replaces", REF, SECTION_PROPOSALS, PRUNE, parley_proposal, replaces, "the version before"),
    FA("list", ENUM, PARLEY_WORDS_LIST, parley_proposal, list, "open or complete"),
    FA("claim", REF, SECTION_CLAIMS, parley_proposal, claim, "the claim that tables it"),
    FS("steps", special_steps, parley_proposal, steps, "a package in steps"),
    COMMON(parley_proposal),
};

static const case_field response_fields[] = {
    FR("party", VOICE, 0, REQ | STRICT, parley_response, by, "who answers"),
    FR("to", REF, SECTION_PROPOSALS, REQ, parley_response, proposal, "the proposal"),
    FR("answer", ENUM, PARLEY_WORDS_ANSWER, REQ, parley_response, answer, "the answer"),
    F("if", CONDITIONS, parley_response, conditions, "conditions, each a formula or words"),
    F("only-if", CONDITIONS, parley_response, only_if, "refused without these"),
    FA("list", ENUM, PARLEY_WORDS_LIST, parley_response, list, "open or complete"),
    FA("with", REF, SECTION_PROPOSALS, parley_response, with, "the counter-proposal"),
    FA("claim", REF, SECTION_CLAIMS, parley_response, claim, "where it was said"),
    FA("source", REF, SECTION_SOURCES, parley_response, source, "when there is no claim"),
    FA("class", ENUM, PARLEY_WORDS_CLASS, parley_response, cls, "when there is no claim"),
    F("says", TEXT, parley_response, says, "in words"),
    COMMON(parley_response),
};

static const case_field claim_fields[] = {
    FR("by", VOICES, 0, REQ | STRICT, parley_claim, by, "who says so"),
    F("to", VOICES, parley_claim, to, "to whom"),
    FR("act", ENUM, PARLEY_WORDS_ACT, REQ, parley_claim, act, "what the speaker does in saying it"),
    FA("firmness", ENUM, PARLEY_WORDS_FIRMNESS, parley_claim, firmness, "if not as the act has it"),
    F("about", ABOUT, parley_claim, about, "a formula, proposal, issue, concern, claim, or words"),
    F("if", CONDITIONS, parley_claim, conditions, "conditions, each a formula or words"),
    F("only-if", CONDITIONS, parley_claim, only_if, "refused without these"),
    FA("list", ENUM, PARLEY_WORDS_LIST, parley_claim, list, "open or complete"),
    F("says", TEXT, parley_claim, says, "in words"),
    F("hedge", TEXT, parley_claim, hedge, "the report's own caution"),
    F("scope", TEXT, parley_claim, scope, "narrower reach than the formula"),
    F("speaker-text", TEXT, parley_claim, speaker_text, "who an unnamed speaker was said to be"),
    FA("source", REF, SECTION_SOURCES, parley_claim, source, "where we have it from"),
    FA("chain", REFS, SECTION_SOURCES, parley_claim, chain,
       "how it reached us, last the nearest to the origin"),
    FA("class", ENUM, PARLEY_WORDS_CLASS, parley_claim, cls, "source class"),
    F("grade", TEXT, parley_claim, grade, "Admiralty grade a person gave, A1 to F6"),
    FR("repeats", REFS, SECTION_CLAIMS, PRUNE, parley_claim, repeats, "adds a mention, no support"),
    FR("replaces", REFS, SECTION_CLAIMS, PRUNE, parley_claim, replaces,
       "earlier claims it takes out"),
    FA("point", REF, SECTION_POINTS, parley_claim, point, "the question of fact it answers"),
    F("implies", TEXT, parley_claim, implies, "what it implies about the point"),
    F("publicity", TEXT, parley_claim, publicity, "public or private"),
    F("as-typed", TEXTS, parley_claim, as_typed,
      "what was entered and could not be read, `key: words`; the team's own"),
    FR("blames", VOICES, 0, STRICT, parley_claim, blames,
       "about an incident: who did it, as the speaker says"),
    COMMON(parley_claim),
};

static const case_field reading_fields[] = {
    FR("party", REF, SECTION_PARTIES, REQ, parley_reading, party, "about whom"),
    FS("refuses", special_mode, parley_reading, formula, "we think the party refuses this"),
    FS("requires", special_mode, parley_reading, formula, "we think the party requires this"),
    FS("accepts", special_mode, parley_reading, formula, "we think the party accepts this"),
    F("if", CONDITIONS, parley_reading, conditions, "conditions, each a formula or words"),
    FR("because", TEXT, 0, REQ, parley_reading, because, "why we think so"),
    FA("from", REFS, SECTION_CLAIMS, parley_reading, from, "claims it leans on"),
    COMMON(parley_reading),
};

static const case_field rule_fields[] = {
    FR("formula", FORMULA, 0, REQ, parley_rule, formula, "what must hold in any package"),
    F("because", TEXT, parley_rule, because, "why"),
    COMMON(parley_rule),
};

/* Scores, weights and boxes lean on each other: finish_worth in values_bind.c binds them. */
static const case_field worth_fields[] = {
    FA("source", REF, SECTION_SOURCES, parley_worth, source, "where the numbers are from"),
    F("says", TEXT, parley_worth, says, "about them, in words"),
    FS("without-a-deal", special_without, parley_worth, without,
       "worth without a deal: a number, or a package with that worth"),
    F("scale", FRACTION, parley_worth, scale, "what counts as full marks; for printing"),
    F("cap", FRACTION, parley_worth, cap, "worth is never above this"),
    F("discount", FRACTION, parley_worth, discount, "recorded, never applied"),
    FS("divided-by", special_worth_later, parley_worth, divided_by, "divides everything below"),
    F("base", FRACTION, parley_worth, base, "added to every package"),
    FS("weights", special_worth_later, parley_worth, score, "issue to number"),
    FS("out-of", special_worth_later, parley_worth, score,
       "issue to number that divides its scores"),
    FS("scores", special_worth_later, parley_worth, score,
       "issue to scores by option, points of a quantity, or scores by recipient"),
    FS("terms", special_worth_terms, parley_worth, term, "added when a formula holds"),
    FS("boxes", special_worth_later, parley_worth, box, "added inside or outside ranges"),
    F("red-lines", FORMULAS, parley_worth, red_lines, "packages it rejects whatever their worth"),
    COMMON(parley_worth),
};

static const case_field figure_fields[] = {
    FR("what", TEXT, 0, REQ, parley_figure, what, "what is counted"),
    F("low", NUMBER, parley_figure, low, "at least"),
    F("best", NUMBER, parley_figure, best, "the figure given"),
    F("high", NUMBER, parley_figure, high, "at most"),
    F("unit", TEXT, parley_figure, unit, "unit"),
    F("n", NUMBER, parley_figure, n, "sample size"),
    F("hedge", TEXT, parley_figure, hedge, "the report's own caution"),
    F("claimant", VOICE, parley_figure, claimant, "whose figure"),
    F("about", VOICE, parley_figure, about, "about whom"),
    F("method", TEXT, parley_figure, method, "how it was counted"),
    FA("source", REF, SECTION_SOURCES, parley_figure, source, "where we have it from"),
    FA("via", REF, SECTION_SOURCES, parley_figure, via, "who passed it on"),
    COMMON(parley_figure),
};

static const case_field lever_fields[] = {
    FR("holder", VOICE, 0, REQ | STRICT, parley_lever, holder, "who holds it"),
    FR("over", VOICE, 0, REQ | STRICT, parley_lever, over, "over whom"),
    FR("what", TEXT, 0, REQ, parley_lever, what, "what it is"),
    F("about", ABOUT, parley_lever, about, "what is to be got with it: an issue, a formula, words"),
    FS("aspects", special_aspects, parley_lever, aspects,
       "what is said of it: cost, credibility, effect"),
    FS("history", special_history, parley_lever, states, "dated states: date, state, claim"),
    COMMON(parley_lever),
};

static const case_field candidate_fields[] = {
    FR("for", ENUM, PARLEY_WORDS_PURPOSE, REQ, parley_candidate, purpose, "what it would serve as"),
    F("name", TEXT, parley_candidate, name, "what people call it"),
    F("who", VOICE, parley_candidate, who, "the party it is; of a place, its host"),
    F("is", FORMULA, parley_candidate, is, "the answer to an issue that it is"),
    FA("seats", REFS, SECTION_PARTIES, parley_candidate, seats, "of a table: who would sit there"),
    FR("claims", REFS, SECTION_CLAIMS, PRUNE, parley_candidate, claims,
       "claims that speak of it without naming it"),
    FS("aspects", special_aspects, parley_candidate, aspects,
       "what is said of it: access, interest, security, past-use"),
    COMMON(parley_candidate),
};

static const case_field link_fields[] = {
    FR("issue", REF, SECTION_ISSUES, REQ, parley_link, issue, "the issue here"),
    FR("case", TEXT, 0, REQ, parley_link, file, "the other case: a file name relative to this one"),
    F("to", TEXT, parley_link, there, "the id of an issue there"),
    FR("sign", ENUM, PARLEY_WORDS_SIGN, REQ, parley_link, sign, "what it does to the issue here"),
    F("owner", VOICE, parley_link, owner, "who joins the two"),
    FS("says", special_link_words, parley_link, text, "in somebody's words"),
    FS("reading", special_link_words, parley_link, text, "as we read it"),
    FA("claim", REF, SECTION_CLAIMS, parley_link, claim, "where it was said"),
    FA("from", REFS, SECTION_CLAIMS, parley_link, from, "claims the reading leans on"),
    COMMON(parley_link),
};

static const case_field perception_fields[] = {
    FR("party", REF, SECTION_PARTIES, REQ, parley_perception, party, "who sees it"),
    FR("of", ENUM, PARLEY_WORDS_MOMENT, REQ, parley_perception, of, "what it is about"),
    FA("sees", ENUM, PARLEY_WORDS_SIGHT, parley_perception, sees, "whether it sees it so"),
    F("who", VOICE, parley_perception, who, "who can speak for it, or could spoil it"),
    FS("says", special_perception_words, parley_perception, text,
       "in somebody's words; default: those of the claim"),
    FS("reading", special_perception_words, parley_perception, text, "as we read it"),
    FA("claim", REF, SECTION_CLAIMS, parley_perception, claim, "where it was said"),
    FA("from", REFS, SECTION_CLAIMS, parley_perception, from, "claims the reading leans on"),
    COMMON(parley_perception),
};

static const case_field incident_fields[] = {
    FR("what", TEXT, 0, REQ, parley_incident, what, "what is said to have happened"),
    F("place", TEXT, parley_incident, place, "where; may be vague"),
    F("hedge", TEXT, parley_incident, hedge, "the report's own caution"),
    FR("may-breach", REFS, SECTION_OBLIGATIONS, PRUNE, parley_incident, may_breach,
       "obligations it may breach"),
    F("clause", TEXT, parley_incident, clause, "the clause, in words"),
    FR("figures", REFS, SECTION_FIGURES, PRUNE, parley_incident, figures,
       "figures about it; never added up"),
    FA("source", REF, SECTION_SOURCES, parley_incident, source, "where we have it from"),
    COMMON(parley_incident),
};

static const case_field channel_fields[] = {
    FR("from", VOICE, 0, REQ, parley_channel, from, "who"),
    FR("to", VOICE, 0, REQ, parley_channel, to, "reaches whom"),
    F("through", VOICE, parley_channel, through, "through whom or what"),
    F("quality", TEXT, parley_channel, quality, "in words"),
    F("publicity", TEXT, parley_channel, publicity, "open or not"),
    FA("source", REF, SECTION_SOURCES, parley_channel, source, "where we have it from"),
    FA("claim", REF, SECTION_CLAIMS, parley_channel, claim, "the claim that says so"),
    COMMON(parley_channel),
};

static const case_field relay_fields[] = {
    FR("owner", VOICE, 0, REQ | STRICT, parley_relay, owner, "whose words"),
    FR("words", REFS, SECTION_CLAIMS, PRUNE, parley_relay, words, "the claims carried"),
    FR("carrier", VOICE, 0, STRICT, parley_relay, carrier, "who carries them"),
    F("to", VOICE, parley_relay, to, "to whom"),
    FS("said", special_relay_step, parley_relay, said, "where and when it was said"),
    FS("meant", special_relay_step, parley_relay, meant,
       "who asked whether it was meant, who answered"),
    FS("may-say", special_may_say, parley_relay, may_say, "what may be passed on"),
    FS("carried", special_relay_step, parley_relay, carried, "when it was carried"),
    FS("read-back", special_relay_step, parley_relay, read_back, "how it was understood"),
    COMMON(parley_relay),
};

static const case_field meeting_fields[] = {
    FR("who", VOICES, 0, REQ, parley_meeting, who, "who met"),
    F("place", TEXT, parley_meeting, place, "where"),
    F("outcome", TEXT, parley_meeting, outcome,
      "none, continue, partial, text, agreed, unknown ..."),
    FR("claims", REFS, SECTION_CLAIMS, PRUNE, parley_meeting, claims, "what was said of it"),
    F("next", DATE, parley_meeting, next, "when they meet again"),
    FR("promises", REFS, SECTION_OBLIGATIONS, PRUNE, parley_meeting, promises,
       "obligations made there"),
    COMMON(parley_meeting),
};

static const case_field favour_fields[] = {
    FR("giver", VOICE, 0, REQ | STRICT, parley_favour, giver, "who did it"),
    FR("receiver", VOICE, 0, REQ | STRICT, parley_favour, receiver, "for whom"),
    FR("what", TEXT, 0, REQ, parley_favour, what, "what"),
    F("since", DATE, parley_favour, since, "since when"),
    F("due", DATE, parley_favour, due, "when something was expected back"),
    F("returned", TEXT, parley_favour, returned, "what came back"),
    FA("claim", REF, SECTION_CLAIMS, parley_favour, claim, "the claim that says so"),
    FA("source", REF, SECTION_SOURCES, parley_favour, source, "where we have it from"),
    COMMON(parley_favour),
};

static const case_field obligation_fields[] = {
    FR("bearer", VOICE, 0, REQ | STRICT, parley_obligation, bearer, "who promised"),
    F("to", VOICE, parley_obligation, to, "to whom"),
    FR("what", TEXT, 0, REQ, parley_obligation, what, "what"),
    F("kind", TEXT, parley_obligation, kind, "written, unwritten ..."),
    F("publicity", TEXT, parley_obligation, publicity, "public, known, denied ..."),
    F("state", TEXT, parley_obligation, state, "in words"),
    FA("kept", ENUM, PARLEY_WORDS_KEPT, parley_obligation, kept, "how far it is kept"),
    F("under", TEXT, parley_obligation, under, "the agreement it was made in"),
    F("blocker", TEXT, parley_obligation, blocker, "what stands in its way"),
    F("due", DATE, parley_obligation, due, "by when"),
    FA("source", REF, SECTION_SOURCES, parley_obligation, source, "where we have it from"),
    FA("claim", REF, SECTION_CLAIMS, parley_obligation, claim, "the claim that says so"),
    COMMON(parley_obligation),
};

static const case_field expected_fields[] = {
    FR("from", VOICES, 0, REQ, parley_expected, from, "from whom"),
    FR("what", TEXT, 0, REQ, parley_expected, what, "what"),
    F("due", DATE, parley_expected, due, "by when"),
    F("result", TEXT, parley_expected, result, "what came; empty: still silent"),
    FA("claim", REF, SECTION_CLAIMS, parley_expected, claim, "the claim that says so"),
    COMMON(parley_expected),
};

#define S(name, fields, text)                                                                      \
    {                                                                                              \
        SECTION_##name, fields, (uint32_t)(sizeof(fields) / sizeof((fields)[0])), text             \
    }

static const case_schema schemas[SECTION_COUNT] = {
    S(SOURCES, source_fields, "where statements come from"),
    S(PARTIES, party_fields, "actors"),
    S(PEOPLE, person_fields, "persons who speak for a party"),
    S(TRACKS, track_fields, "parts of the talks with a tempo of their own"),
    S(ISSUES, issue_fields, "questions and their possible answers"),
    S(POINTS, point_fields, "questions of fact on which claims are set side by side"),
    S(FLAGS, flag_fields, "law: what is kept out of ideas until a named person lifts it"),
    S(CONCERNS, concern_fields, "why a party holds a position"),
    S(PERCEPTIONS, perception_fields,
      "what parties see of the moment: stalemate, cost, way out ..."),
    S(CONSTITUENCIES, constituency_fields, "whose consent a party needs at home"),
    S(POLLS, poll_fields, "what a constituency was asked and how many agreed"),
    S(PROPOSALS, proposal_fields, "texts and packages on the table"),
    S(RESPONSES, response_fields, "answers to proposals"),
    S(CLAIMS, claim_fields, "attributed statements: who, when, about what, from where"),
    S(READINGS, reading_fields, "our own inferences, always marked as ours"),
    S(RULES, rule_fields, "what cannot or must go together"),
    S(VALUES, worth_fields, "optional numbers by party: what packages are worth to it"),
    S(FIGURES, figure_fields, "numbers, each with its claimant"),
    S(LEVERS, lever_fields, "who can press whom"),
    S(CANDIDATES, candidate_fields,
      "who or what could be mediator, venue, table, guarantor, monitor"),
    S(CHANNELS, channel_fields, "who reaches whom"),
    S(RELAYS, relay_fields, "words carried"),
    S(MEETINGS, meeting_fields, "who met and what came of it"),
    S(FAVOURS, favour_fields, "who did what for whom"),
    S(OBLIGATIONS, obligation_fields, "promises"),
    S(INCIDENTS, incident_fields, "alleged violations; who says what stands in claims about them"),
    S(LINKS, link_fields, "issues here that hang together with issues in other cases"),
    S(EXPECTED, expected_fields, "what should have come"),
};

const case_schema *case_schema_of(case_section section)
{
    return &schemas[section];
}

#define TOP(k, t, fl, type, member, fn, text)                                                      \
    {                                                                                              \
        k, FIELD_##t, fl, 0, AT(type, member), fn, text                                            \
    }

const case_field case_top_fields[] = {
    {"parley", FIELD_INT, REQ, 0, 0, NULL, "version of the format: 1"},
    TOP("title", TEXT, 0, parley_case, title, NULL, "what the case is called"),
    TOP("as-of", DATE, FIELD_UP_TO, parley_case, as_of, NULL, "the day up to which it is known"),
    {"language", FIELD_ENUM, 0, PARLEY_WORDS_LANGUAGE, AT(parley_case, language), NULL,
     "whose forms of words a search counts as one; default: english"},
    TOP("mandate", SPECIAL, 0, parley_case, mandate_task, special_mandate, "task, not, basis"),
    {"note", FIELD_ANY, 0, 0, 0, NULL, "the team's own note"},
    TOP("acceptance", SPECIAL, 0, parley_case, acceptance, special_acceptance,
        "how parties with values accept: at-least, vetoes, strict"),
    {"game", FIELD_ANY, 0, 0, 0, NULL, "graph model; kept as it is"},
};
const uint32_t case_top_field_count = sizeof(case_top_fields) / sizeof(case_top_fields[0]);

static const case_field mandate_fields[] = {
    TOP("task", TEXT, 0, parley_case, mandate_task, NULL, "what the team was asked to do"),
    TOP("not", TEXT, 0, parley_case, mandate_not, NULL, "what it was not"),
    {"basis", FIELD_ANY, 0, 0, 0, NULL, "who says so"},
};

/* Offsets below are into the small structs of bind_issue.c and bind_rows.c, which name them again.
 */
static const case_field option_fields[] = {
    F("label", TEXT, parley_option, label, "what people call it"),
    F("ours", BOOL, parley_option, ours, "nobody named it"),
    FA("needs", REFS, SECTION_PARTIES, parley_option, needs, "parties whose consent it takes"),
    FA("by", REFS, SECTION_PARTIES, parley_option, by, "parties who carry it out"),
};

static const case_field quantity_fields[] = {
    F("unit", TEXT, parley_issue, unit, "unit"),
    {"from", FIELD_DECIMAL, 0, 0, 0, NULL, "smallest value"},
    {"to", FIELD_DECIMAL, 0, 0, 0, NULL, "largest value"},
    {"step", FIELD_DECIMAL, 0, 0, 0, NULL, "distance between values"},
};

static const case_field split_fields[] = {
    {"of", FIELD_DECIMAL, REQ, 0, 0, NULL, "what is shared out"},
    F("unit", TEXT, parley_issue, unit, "unit"),
    {"step", FIELD_DECIMAL, 0, 0, 0, NULL, "smallest share that is told apart"},
    {"among", FIELD_OPTIONS, REQ, 0, 0, NULL, "recipients: id and label"},
};

static const case_field reach_fields[] = {
    {"from", FIELD_DECIMAL, 0, 0, 0, NULL, "smallest value within reach"},
    {"to", FIELD_DECIMAL, 0, 0, 0, NULL, "largest value within reach"},
};

static const case_field step_fields[] = {
    FR("what", TEXT, 0, REQ, parley_proposal_step, what, "what is done"),
    FA("by", REFS, SECTION_PARTIES, parley_proposal_step, by, "who does it"),
    FA("gets", REFS, SECTION_PARTIES, parley_proposal_step, gets, "who gains"),
    FA("costs", REFS, SECTION_PARTIES, parley_proposal_step, costs, "who bears it"),
    F("formula", FORMULA, parley_proposal_step, formula, "the step as a formula"),
    F("after", TEXTS, parley_proposal_step, after, "steps that come first, by number"),
    F("raises", TEXTS, parley_proposal_step, raises, "what it raises"),
    F("lowers", TEXTS, parley_proposal_step, lowers, "what it lowers"),
};

static const case_field lifted_fields[] = {
    F("by", TEXT, parley_flag, lifted_by, "a named person"),
    F("office", TEXT, parley_flag, lifted_office, "the person's office"),
    FR("date", DATE, 0, FIELD_DAY, parley_flag, lifted_date, "the day"),
    F("because", TEXT, parley_flag, lifted_because, "why"),
};

static const case_field history_fields[] = {
    F("date", DATE, parley_lever_state, date, "when"),
    FR("state", TEXT, 0, REQ, parley_lever_state, state, "in a word"),
    FA("claim", REF, SECTION_CLAIMS, parley_lever_state, claim, "the claim that says so"),
};

static const case_field aspect_fields[] = {
    FR("of", ENUM, PARLEY_WORDS_ASPECT, REQ, parley_aspect, of, "what it is about"),
    FS("says", special_aspect_words, parley_aspect, text, "in somebody's words"),
    FS("reading", special_aspect_words, parley_aspect, text, "as we read it"),
    FA("claim", REF, SECTION_CLAIMS, parley_aspect, claim, "where it was said"),
    FA("from", REFS, SECTION_CLAIMS, parley_aspect, from, "claims the reading leans on"),
};

static const case_field relay_step_fields[] = {
    F("by", VOICE, parley_relay_step, by, "who"),
    F("asked-by", VOICE, parley_relay_step, asked_by, "who asked"),
    F("answer", TEXT, parley_relay_step, answer, "the answer"),
    F("publicity", TEXT, parley_relay_step, publicity, "public or private"),
    F("date", DATE, parley_relay_step, date, "when"),
    FA("source", REF, SECTION_SOURCES, parley_relay_step, source, "where we have it from"),
};

static const case_field acceptance_fields[] = {
    F("at-least", INT, parley_acceptance, at_least, "how many must accept; default: all"),
    FA("vetoes", REFS, SECTION_PARTIES, parley_acceptance, vetoes, "who must be among them"),
    F("strict", BOOL, parley_acceptance, strict, "worth must lie above that without a deal"),
    F("label", LABEL, parley_acceptance, record, "who may see it; default: team"),
};

static const case_field worth_term_fields[] = {
    FR("when", FORMULA, 0, REQ, parley_worth_term, formula, "when it counts"),
    FR("add", FRACTION, 0, REQ, parley_worth_term, add, "what it adds; may be below 0"),
    F("because", TEXT, parley_worth_term, because, "why"),
};

static const case_field box_fields[] = {
    {"where", FIELD_SPECIAL, 0, 0, 0, special_worth_later, "ranges that must all hold"},
    {"outside", FIELD_SPECIAL, 0, 0, 0, special_worth_later, "ranges of which one must not hold"},
    {"add", FIELD_FRACTION, 0, 0, 0, NULL, "what it counts"},
    {"take", FIELD_SPECIAL, 0, 0, 0, special_worth_later, "of a group: sum, min or max"},
    {"times", FIELD_FRACTION, 0, 0, sizeof(parley_fraction), NULL, "of a group: multiplies it"},
    {"of", FIELD_SPECIAL, 0, 0, 0, special_worth_later, "the members of a group"},
};

static const case_field may_say_fields[] = {
    F("words", TEXT, parley_relay, may_say_words, "public, exact, sense, unattributed, no"),
    F("assurance", TEXT, parley_relay, may_say_assurance, "the same, or not-recorded"),
    F("until", DATE, parley_relay, may_say_until, "the last day on which it may be said"),
};

#define I(name, fields)                                                                            \
    {                                                                                              \
        name, fields, (uint32_t)(sizeof(fields) / sizeof((fields)[0]))                             \
    }

const case_inner case_inners[] = {
    I("mandate", mandate_fields),       I("option", option_fields),
    I("quantity", quantity_fields),     I("split", split_fields),
    I("could-reach", reach_fields),     I("steps", step_fields),
    I("lifted", lifted_fields),         I("history", history_fields),
    I("aspects", aspect_fields),        I("relay step", relay_step_fields),
    I("may-say", may_say_fields),       I("acceptance", acceptance_fields),
    I("worth-term", worth_term_fields), I("box", box_fields),
};
const uint32_t case_inner_count = sizeof(case_inners) / sizeof(case_inners[0]);

const case_inner *case_inner_of(const char *name)
{
    for (uint32_t i = 0; i < case_inner_count; i++) {
        if (strcmp(case_inners[i].name, name) == 0) {
            return &case_inners[i];
        }
    }
    return NULL;
}

const case_inner *case_entries_of(const case_field *field)
{
    return field->special == special_history   ? case_inner_of("history")
           : field->special == special_aspects ? case_inner_of("aspects")
                                               : NULL;
}
