/*
 * From claims, answers and readings to statements: who says what about which formula, how firmly,
 * on whose word. The table of acts and rungs is DESIGN 2.1 and docs/case-format.md.
 */
#include "case/statements.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *verb;
    int8_t mode;
    uint8_t rung;
    uint8_t firmness;
} acts[PARLEY_ACT_COUNT] = {
    [PARLEY_ACT_SAY] = {"says", -1, 0, 0},
    [PARLEY_ACT_REQUEST] = {"asks for", PARLEY_MODE_REQUIRES, PARLEY_RUNG_ASKS,
                            PARLEY_FIRMNESS_ASK},
    [PARLEY_ACT_URGE] = {"urges", PARLEY_MODE_REQUIRES, PARLEY_RUNG_ASKS, PARLEY_FIRMNESS_ASK},
    [PARLEY_ACT_DEMAND] = {"demands", PARLEY_MODE_REQUIRES, PARLEY_RUNG_POSITIONS,
                           PARLEY_FIRMNESS_POSITION},
    [PARLEY_ACT_PROPOSE] = {"proposes", -1, 0, 0},
    [PARLEY_ACT_OFFER] = {"offers", -1, 0, 0},
    [PARLEY_ACT_ACCEPT] = {"accepts", PARLEY_MODE_ACCEPTS, PARLEY_RUNG_ACCEPTED, 0},
    [PARLEY_ACT_ACCEPT_IF] = {"accepts, if", -1, 0, 0},
    [PARLEY_ACT_OPEN_TO] = {"open to", -1, 0, 0},
    [PARLEY_ACT_DEFER] = {"puts off", -1, 0, 0},
    [PARLEY_ACT_REJECT] = {"refuses", PARLEY_MODE_REFUSES, PARLEY_RUNG_POSITIONS,
                           PARLEY_FIRMNESS_POSITION},
    [PARLEY_ACT_CONCEDE] = {"concedes", PARLEY_MODE_ACCEPTS, PARLEY_RUNG_ACCEPTED, 0},
    [PARLEY_ACT_PROMISE] = {"promises", -1, 0, 0},
    [PARLEY_ACT_THREATEN] = {"threatens", -1, 0, 0},
    [PARLEY_ACT_DENY] = {"denies", -1, 0, 0},
    [PARLEY_ACT_NOT_AWARE] = {"not aware of", -1, 0, 0},
    [PARLEY_ACT_NO_COMMENT] = {"no comment on", -1, 0, 0},
    [PARLEY_ACT_REPORT] = {"reports", -1, 0, 0},
    [PARLEY_ACT_PREDICT] = {"predicts", -1, 0, 0},
};

int case_class_strength(parley_class cls)
{
    if (parley_class_on_record(cls)) {
        return 3;
    }
    switch (cls) {
    case PARLEY_CLASS_OUTLET:
    case PARLEY_CLASS_PARTY_ABOUT_ANOTHER:
    case PARLEY_CLASS_THIRD_PARTY:
        return 2;
    case PARLEY_CLASS_DESCRIBED:
        return 1;
    default:
        return 0;
    }
}

static parley_rung rung_of(parley_firmness firmness, parley_rung otherwise)
{
    switch (firmness) {
    case PARLEY_FIRMNESS_ASPIRATION:
    case PARLEY_FIRMNESS_ASK:
        return PARLEY_RUNG_ASKS;
    case PARLEY_FIRMNESS_POSITION:
        return PARLEY_RUNG_POSITIONS;
    case PARLEY_FIRMNESS_CONDITION:
        return PARLEY_RUNG_CONDITIONS;
    case PARLEY_FIRMNESS_RED_STATED:
        return PARLEY_RUNG_RED_STATED;
    case PARLEY_FIRMNESS_RED_TESTED:
        return PARLEY_RUNG_RED_TESTED;
    default:
        return otherwise;
    }
}

/* ------------------------------------------------------- growing in the arena */

void *statements_grow(collect_state *s, void *at, uint32_t count, uint32_t *room, size_t size)
{
    if (count < *room) {
        return at;
    }
    uint32_t larger = *room == 0 ? 32 : *room * 2;
    void *grown = parley_arena_grow(s->out->arena, at, count * size, (size_t)larger * size);
    if (grown == NULL) {
        s->failed = true;
        return NULL;
    }
    *room = larger;
    return grown;
}

static void push(collect_state *s, const case_statement *statement)
{
    case_statements *out = s->out;
    case_statement *at = statements_grow(s, out->at, out->count, &out->room, sizeof(*at));
    if (at != NULL) {
        out->at = at;
        out->at[out->count++] = *statement;
    }
}

/* ------------------------------------------------------------- statements */

/* A connective over formulas; one operand of AND is itself. NULL when memory ran out. */
static const parley_formula *make(collect_state *s, parley_formula_kind kind,
                                  const parley_formula *const *operand, uint32_t count)
{
    if (s->failed || (kind == PARLEY_F_AND && count == 1)) {
        return s->failed ? NULL : operand[0];
    }
    parley_formula *f = parley_arena_alloc(s->out->arena, sizeof(*f));
    const parley_formula **arg = parley_arena_array(s->out->arena, count, sizeof(*arg));
    if (f == NULL || arg == NULL) {
        s->failed = true;
        return NULL;
    }
    memcpy(arg, operand, count * sizeof(*arg));
    *f = (parley_formula){.kind = (uint8_t)kind,
                          .count = count,
                          .span = operand[0]->span,
                          .issue = -1,
                          .recipient = -1,
                          .party = -1,
                          .proposal = -1,
                          .arg = arg};
    return f;
}

/* All conditions of a list that has no words, as one formula; NULL without conditions or memory. */
static const parley_formula *all_of(collect_state *s, const parley_conditions *list)
{
    if (list->count == 0) {
        return NULL;
    }
    const parley_formula **operand =
        parley_arena_array(s->out->arena, list->count, sizeof(*operand));
    if (operand == NULL) {
        s->failed = true;
        return NULL;
    }
    for (uint32_t k = 0; k < list->count; k++) {
        operand[k] = list->at[k].formula;
    }
    return make(s, PARLEY_F_AND, operand, list->count);
}

/* Formulas as one flat conjunction: of a proposal's, the same nodes as its `whole`. */
static const parley_formula *together(collect_state *s, const parley_formula *const *f,
                                      uint32_t count)
{
    uint32_t total = 0;
    for (uint32_t i = 0; i < count; i++) {
        total += f[i]->kind == PARLEY_F_AND ? f[i]->count : 1;
    }
    const parley_formula **flat = parley_arena_array(s->out->arena, total, sizeof(*flat));
    if (flat == NULL) {
        s->failed = true;
        return NULL;
    }
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; f[i]->kind == PARLEY_F_AND && k < f[i]->count; k++) {
            flat[n++] = f[i]->arg[k];
        }
        if (f[i]->kind != PARLEY_F_AND) {
            flat[n++] = f[i];
        }
    }
    return make(s, PARLEY_F_AND, flat, total);
}

/* F if G; F when there is no G. */
static const parley_formula *given(collect_state *s, const parley_formula *f,
                                   const parley_formula *g)
{
    const parley_formula *const two[2] = {f, g};
    return f == NULL || g == NULL ? f : make(s, PARLEY_F_IF, two, 2);
}

static const parley_formula *both(collect_state *s, const parley_formula *f,
                                  const parley_formula *g)
{
    const parley_formula *const two[2] = {f, g};
    return f == NULL || g == NULL ? f : make(s, PARLEY_F_AND, two, 2);
}

/* One formula as statements: a required or accepted "A and B" counts as two. */
static void say(collect_state *s, const case_statement *like, const parley_formula *f)
{
    if (f == NULL) {
        return;
    }
    bool split = f->kind == PARLEY_F_AND && like->mode != PARLEY_MODE_REFUSES;
    const parley_formula *const one[1] = {f};
    const parley_formula *const *part = split ? f->arg : one;
    uint32_t parts = split ? f->count : 1;
    for (uint32_t k = 0; k < parts; k++) {
        if (part[k]->kind == PARLEY_F_AND && split) {
            say(s, like, part[k]); /* depth is bounded by the limit formula_depth */
            continue;
        }
        case_statement statement = *like;
        statement.formula = part[k];
        statement.order += s->out->count;
        if (!statements_replaced(s, like->claim, like->party, part[k], -1)) {
            push(s, &statement);
        }
    }
}

static bool is_conditional_in_words(const parley_conditions *list)
{
    for (uint32_t k = 0; k < list->count; k++) {
        if (list->at[k].formula == NULL) {
            return true;
        }
    }
    return false;
}

/* Formulas of a proposal: its text and its parts. */
static uint32_t proposal_formulas(collect_state *s, int32_t proposal, const parley_formula ***out)
{
    const parley_proposal *p = parley_case_proposal(s->c, proposal);
    const parley_formula **list =
        parley_arena_array(s->out->arena, (size_t)p->parts.count + 1, sizeof(*list));
    uint32_t n = 0;
    *out = list;
    if (list == NULL) {
        s->failed = true;
        return 0;
    }
    if (p->formula != NULL) {
        list[n++] = p->formula;
    }
    for (uint32_t k = 0; k < p->parts.count; k++) {
        if (p->parts.at[k].formula != NULL) {
            list[n++] = p->parts.at[k].formula;
        }
    }
    return n;
}

static void assure(collect_state *s, const case_statement *like, bool list,
                   const parley_formula *const *f, uint32_t count, const parley_conditions *more,
                   int32_t proposal)
{
    if (count + more->count == 0 || is_conditional_in_words(more)) {
        return;
    }
    const parley_formula **all =
        parley_arena_array(s->out->arena, (size_t)count + more->count, sizeof(*all));
    if (all == NULL) {
        s->failed = true;
        return;
    }
    for (uint32_t k = 0; k < count; k++) {
        all[k] = f[k];
    }
    for (uint32_t k = 0; k < more->count; k++) {
        all[count + k] = more->at[k].formula;
    }
    for (uint32_t k = 0; k < count + more->count; k++) {
        if (statements_replaced(s, like->claim, like->party, all[k], -1)) {
            return; /* a whole that is no longer whole assures nothing */
        }
    }
    case_statements *out = s->out;
    parley_assurance *at =
        statements_grow(s, out->assurance, out->assurances, &out->assurance_room, sizeof(*at));
    if (at == NULL) {
        return;
    }
    out->assurance = at;
    out->assurance[out->assurances++] = (parley_assurance){
        like->party, list,           all,     count + more->count, (parley_rung)like->rung,
        like->claim, like->response, proposal};
}

/* The rung a statement stands on: its own on record, "reported only" else. */
static void stand(case_statement *statement, parley_class cls, parley_rung rung)
{
    bool record = parley_class_on_record(cls);
    statement->basis = record ? PARLEY_BASIS_RECORD : PARLEY_BASIS_REPORTED;
    statement->rung = (uint8_t)(record ? rung : PARLEY_RUNG_REPORTED);
}

/* Words on a list of conditions: shown, never counted. */
static void say_words(collect_state *s, case_statement like, const parley_conditions *list)
{
    like.mode = -1;
    for (uint32_t k = 0; k < list->count && !s->failed; k++) {
        if (list->at[k].formula == NULL &&
            !statements_replaced(s, like.claim, like.party, NULL, -1)) {
            case_statement words = like;
            words.text = list->at[k].text;
            words.order += s->out->count;
            push(s, &words);
        }
    }
}

/*
 * accept F (if G): F is held, or "F if G"; only-if G: also requires "F implies G". accept-if F:
 * requires each G. Shared by claims and answers.
 */
static void conditional(collect_state *s, case_statement like, parley_class cls,
                        parley_firmness firmness, bool accept_if, const parley_formula *const *f,
                        uint32_t count, const parley_conditions *conditions,
                        const parley_conditions *only_if, parley_list_state list, int32_t proposal)
{
    case_statement term = like;
    term.mode = PARLEY_MODE_REQUIRES;
    term.firmness =
        (uint8_t)(firmness != PARLEY_FIRMNESS_UNSTATED ? firmness : PARLEY_FIRMNESS_CONDITION);
    term.act = "yes, if";
    stand(&term, cls, rung_of(firmness, PARLEY_RUNG_CONDITIONS));
    const parley_formula *whole = count > 0 ? together(s, f, count) : NULL;
    for (uint32_t k = 0; k < only_if->count && whole != NULL && !s->failed; k++) {
        const parley_formula *const two[2] = {whole, only_if->at[k].formula};
        if (two[1] != NULL) {
            say(s, &term, make(s, PARLEY_F_IMPLIES, two, 2));
        }
    }
    say_words(s, term, conditions);
    say_words(s, term, only_if);
    bool in_words = is_conditional_in_words(conditions) || is_conditional_in_words(only_if);
    if (accept_if) {
        for (uint32_t k = 0; k < conditions->count && !s->failed; k++) {
            say(s, &term, conditions->at[k].formula);
        }
        if (list == PARLEY_LIST_COMPLETE && !in_words) {
            assure(s, &term, true, f, count, conditions, proposal);
        }
        return;
    }
    if (in_words) {
        return; /* a yes that hangs on words we cannot count holds nothing */
    }
    case_statement yes = like;
    yes.mode = PARLEY_MODE_ACCEPTS;
    yes.act = "accepts";
    stand(&yes, cls, PARLEY_RUNG_ACCEPTED);
    const parley_formula *when = all_of(s, conditions);
    for (uint32_t i = 0; i < count && !s->failed; i++) {
        say(s, &yes, given(s, f[i], when));
    }
    if (!s->failed) {
        assure(s, &yes, false, f, count, conditions, proposal);
    }
}

/* demand, request, urge, reject: F, or F under conditions; words among these leave nothing to
 * count. */
static void insist(collect_state *s, case_statement like, const parley_claim *claim,
                   const parley_formula *const *f, uint32_t count, int32_t proposal)
{
    bool refuses = like.mode == PARLEY_MODE_REFUSES;
    stand(&like, claim->cls, rung_of(claim->firmness, (parley_rung)acts[claim->act].rung));
    say_words(s, like, &claim->conditions);
    if (is_conditional_in_words(&claim->conditions)) {
        like.mode = -1;
    }
    const parley_formula *when =
        is_conditional_in_words(&claim->conditions) ? NULL : all_of(s, &claim->conditions);
    if (refuses && count > 0 && !s->failed) {
        /* no to the whole: the conjunction is refused, not each part of it */
        say(s, &like, both(s, together(s, f, count), when));
    }
    for (uint32_t i = 0; i < count && !refuses && !s->failed; i++) {
        say(s, &like, given(s, f[i], when));
    }
    bool complete =
        claim->list == PARLEY_LIST_COMPLETE ||
        (proposal >= 0 && parley_case_proposal(s->c, proposal)->list == PARLEY_LIST_COMPLETE);
    if (claim->act == PARLEY_ACT_DEMAND && complete && !s->failed) {
        assure(s, &like, true, f, count, &claim->conditions, proposal);
    }
}

/* As typed, or as imagined; an answer's own list is list_of(). */
static parley_list_state list_of_claim(const collect_state *s, int32_t claim)
{
    for (uint32_t i = 0; i < s->options->supposed_count; i++) {
        const parley_supposed *what = &s->options->supposed[i];
        if (what->kind == PARLEY_SUPPOSE_COMPLETE && what->response < 0 && what->claim == claim) {
            return PARLEY_LIST_COMPLETE;
        }
    }
    return parley_case_claim(s->c, claim)->list;
}

static void from_voice(collect_state *s, const parley_claim *claim, int32_t index, int32_t party)
{
    const parley_about *about = &claim->about;
    const parley_formula **f = NULL;
    const parley_formula *one[1] = {about->formula};
    uint32_t count = about->kind == PARLEY_ABOUT_FORMULA && about->formula != NULL ? 1 : 0;
    int32_t proposal = -1;
    if (about->kind == PARLEY_ABOUT_PROPOSAL) {
        proposal = about->index;
        count = proposal_formulas(s, proposal, &f);
    } else {
        f = one;
    }
    case_statement like = {.party = party,
                           .mode = acts[claim->act].mode,
                           .firmness = (uint8_t)(claim->firmness != PARLEY_FIRMNESS_UNSTATED
                                                     ? claim->firmness
                                                     : acts[claim->act].firmness),
                           .act = acts[claim->act].verb,
                           .issue = -1,
                           .claim = index,
                           .response = -1,
                           .reading = -1,
                           .date = claim->record.happened,
                           .order = ((uint64_t)(uint32_t)index << 32) + 1};
    stand(&like, claim->cls, PARLEY_RUNG_POSITIONS);

    switch (claim->act) {
    case PARLEY_ACT_ACCEPT:
    case PARLEY_ACT_CONCEDE:
    case PARLEY_ACT_ACCEPT_IF:
        conditional(s, like, claim->cls, claim->firmness, claim->act == PARLEY_ACT_ACCEPT_IF, f,
                    count, &claim->conditions, &claim->only_if, list_of_claim(s, index), proposal);
        break;
    case PARLEY_ACT_DEMAND:
    case PARLEY_ACT_REQUEST:
    case PARLEY_ACT_URGE:
    case PARLEY_ACT_REJECT:
        insist(s, like, claim, f, count, proposal);
        break;
    case PARLEY_ACT_PROPOSE:
    case PARLEY_ACT_OFFER:
        stand(&like, claim->cls, PARLEY_RUNG_ACCEPTED);
        if (count > 0) {
            assure(s, &like, false, f, count, &claim->conditions, proposal);
        }
        like.mode = -1;
        for (uint32_t i = 0; i < count && !s->failed; i++) {
            say(s, &like, f[i]);
        }
        break;
    default:
        for (uint32_t i = 0; i < count && !s->failed; i++) {
            say(s, &like, f[i]);
        }
        break;
    }
    if (count == 0 && !s->failed) {
        /* about an issue as a whole, or words: shown, never counted */
        like.mode = -1;
        like.issue = about->kind == PARLEY_ABOUT_ISSUE ? about->index : -1;
        like.text = claim->says != NULL ? claim->says : about->text;
        like.order += s->out->count;
        if (!statements_replaced(s, index, party, NULL, like.issue)) {
            push(s, &like);
        }
    }
}

static void from_claim(collect_state *s, int32_t index)
{
    const parley_claim *claim = parley_case_claim(s->c, index);
    uint64_t seen[PARLEY_LABEL_WORDS] = {0}; /* parties are fewer than audiences */
    for (uint32_t k = 0; k < claim->by.count && !s->failed; k++) {
        int32_t party = claim->by.at[k].party;
        if (party >= 0 && (s->party < 0 || s->party == party) &&
            (seen[party / 64] >> (party % 64) & 1) == 0) {
            seen[party / 64] |= UINT64_C(1) << (party % 64);
            from_voice(s, claim, index, party);
        }
    }
}

static parley_list_state list_of(const collect_state *s, int32_t response)
{
    for (uint32_t i = 0; i < s->options->supposed_count; i++) {
        const parley_supposed *what = &s->options->supposed[i];
        if (what->kind == PARLEY_SUPPOSE_COMPLETE && what->response == response) {
            return PARLEY_LIST_COMPLETE;
        }
    }
    return parley_case_response(s->c, response)->list;
}

static void from_response(collect_state *s, int32_t index)
{
    const parley_response *r = parley_case_response(s->c, index);
    const parley_formula **f = NULL;
    if (r->by.party < 0 || (s->party >= 0 && s->party != r->by.party) ||
        (r->claim >= 0 && !s->out->in_force[r->claim])) {
        return;
    }
    uint32_t count = proposal_formulas(s, r->proposal, &f);
    uint64_t order = r->claim >= 0 ? ((uint64_t)(uint32_t)r->claim << 32) + 1
                                   : ((uint64_t)1 << 62) + ((uint64_t)(uint32_t)index << 32) + 1;
    case_statement like = {.party = r->by.party,
                           .mode = -1,
                           .act = parley_words_word(PARLEY_WORDS_ANSWER, r->answer),
                           .issue = -1,
                           .claim = r->claim,
                           .response = index,
                           .reading = -1,
                           .date = r->record.happened,
                           .order = order};
    stand(&like, r->cls, PARLEY_RUNG_POSITIONS);
    if (r->answer == PARLEY_ANSWER_ACCEPT || r->answer == PARLEY_ANSWER_ACCEPT_IF) {
        conditional(s, like, r->cls, PARLEY_FIRMNESS_UNSTATED, r->answer == PARLEY_ANSWER_ACCEPT_IF,
                    f, count, &r->conditions, &r->only_if, list_of(s, index), r->proposal);
    } else if (r->answer == PARLEY_ANSWER_REJECT && count > 0) {
        /* no to the whole: the conjunction is refused, not each part of it */
        const parley_formula *whole = together(s, f, count);
        like.mode = PARLEY_MODE_REFUSES;
        like.firmness = PARLEY_FIRMNESS_POSITION;
        like.act = "refuses";
        if (!s->failed) {
            say(s, &like, whole);
        }
    }
}

static void from_reading(collect_state *s, int32_t index)
{
    static const char *const verbs[] = {"refuses", "requires", "accepts"};
    const parley_reading *r = parley_case_reading(s->c, index);
    if (r->formula == NULL || is_conditional_in_words(&r->conditions)) {
        return;
    }
    case_statement like = {.party = r->party,
                           .mode = (int8_t)r->mode,
                           .rung = PARLEY_RUNG_READINGS,
                           .basis = PARLEY_BASIS_READING,
                           .act = verbs[r->mode],
                           .issue = -1,
                           .claim = -1,
                           .response = -1,
                           .reading = index,
                           .date = r->record.happened,
                           .order = ((uint64_t)1 << 63) + ((uint64_t)(uint32_t)index << 32)};
    const parley_formula *when = all_of(s, &r->conditions);
    const parley_formula *f =
        r->mode == PARLEY_MODE_REFUSES ? both(s, r->formula, when) : given(s, r->formula, when);
    if (!s->failed) {
        say(s, &like, f);
    }
}

/* A term that nobody said: last in the order of its rung. */
static void from_supposed(collect_state *s, uint32_t index)
{
    static const char *const verbs[] = {"refuses", "requires", "accepts"};
    const parley_supposed *what = &s->options->supposed[index];
    if (what->kind == PARLEY_SUPPOSE_TERM && (s->party < 0 || s->party == what->party)) {
        case_statement like = {.party = what->party,
                               .mode = (int8_t)what->mode,
                               .rung = (uint8_t)what->rung,
                               .firmness = (uint8_t)what->firmness,
                               .basis = (uint8_t)what->basis,
                               .act = verbs[what->mode],
                               .issue = -1,
                               .claim = -1,
                               .response = -1,
                               .reading = -1,
                               .order = ((uint64_t)3 << 62) + ((uint64_t)index << 32)};
        say(s, &like, what->formula);
    }
}

/* --------------------------------------------------------------- what counts */

static parley_status set_aside(collect_state *s, const char *id, parley_error *err)
{
    const parley_case *c = s->c;
    size_t length = strlen(id);
    int32_t claim = case_index_find(&c->index[SECTION_CLAIMS], id, length);
    int32_t reading = case_index_find(&c->index[SECTION_READINGS], id, length);
    int32_t response = case_index_find(&c->index[SECTION_RESPONSES], id, length);
    if (claim >= 0) {
        s->out->in_force[claim] = false;
    }
    if (reading >= 0) {
        s->reading_off[reading] = true;
    }
    if (response >= 0) {
        s->response_off[response] = true;
    }
    if (claim >= 0 || reading >= 0 || response >= 0) {
        return PARLEY_OK;
    }
    parley_status status =
        parley_fail(err, PARLEY_NOTFOUND, "no claim or reading has the id '%s'", id);
    int best =
        parley_nearest(id, length, c->index[SECTION_CLAIMS].text, c->index[SECTION_CLAIMS].count);
    int other = parley_nearest(id, length, c->index[SECTION_READINGS].text,
                               c->index[SECTION_READINGS].count);
    if (best >= 0) {
        parley_error_hint(err, "did you mean '%s'?", c->index[SECTION_CLAIMS].text[best]);
    } else if (other >= 0) {
        parley_error_hint(err, "did you mean '%s'?", c->index[SECTION_READINGS].text[other]);
    }
    return status;
}

static bool by_then(const parley_terms_options *options, parley_date happened)
{
    return options->at.form == PARLEY_DATE_UNKNOWN ||
           parley_date_possibly_by(happened, options->at.last);
}

parley_status case_statements_collect(case_statements *out, const parley_case *c,
                                      parley_arena *arena, const parley_terms_options *options,
                                      case_selection select, parley_error *err)
{
    *out = (case_statements){.arena = arena};
    uint32_t claims = parley_case_claims(c);
    uint32_t responses = parley_case_responses(c);
    uint32_t readings = parley_case_readings(c);
    collect_state s = {.out = out,
                       .c = c,
                       .options = options,
                       .party = select.party,
                       .words = ((size_t)parley_case_issues(c) + 63) / 64 + 1,
                       .response_off = parley_arena_array(arena, responses, sizeof(bool)),
                       .reading_off = parley_arena_array(arena, readings, sizeof(bool))};
    out->in_force = parley_arena_array(arena, claims, sizeof(bool));
    out->taken_out = parley_arena_array(arena, claims, sizeof(bool));
    out->spoke = parley_arena_array(arena, claims, sizeof(bool));
    out->stands = parley_arena_array(arena, claims, sizeof(bool));
    if (out->in_force == NULL || out->taken_out == NULL || out->spoke == NULL ||
        out->stands == NULL || s.response_off == NULL || s.reading_off == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while collecting statements");
    }
    for (uint32_t i = 0; i < claims; i++) {
        out->in_force[i] = (select.colour == NULL || select.colour[i] == select.only) &&
                           by_then(options, parley_case_claim(c, (int32_t)i)->record.happened);
    }
    for (uint32_t i = 0; i < responses; i++) {
        s.response_off[i] = !by_then(options, parley_case_response(c, (int32_t)i)->record.happened);
    }
    for (uint32_t i = 0; i < readings; i++) {
        const parley_reading *r = parley_case_reading(c, (int32_t)i);
        s.reading_off[i] = !by_then(options, r->record.happened) ||
                           (select.party >= 0 && select.party != r->party) ||
                           (options->readings_of >= 0 && options->readings_of != r->party);
    }
    for (uint32_t i = 0; i < options->without_count; i++) {
        parley_status status = set_aside(&s, options->without[i], err);
        if (status != PARLEY_OK) {
            return status;
        }
    }
    if (select.colour == NULL && select.party < 0) {
        /* most claims say one thing: room for that at once, so that growing leaves nothing behind
         */
        out->room = claims + responses + readings;
        out->at = parley_arena_array(arena, out->room, sizeof(*out->at));
        s.failed = out->at == NULL;
    }
    s.failed = s.failed || !statements_prepare(&s);
    for (uint32_t i = 0; i < claims && !s.failed; i++) {
        if (out->in_force[i]) {
            from_claim(&s, (int32_t)i);
        }
    }
    for (uint32_t i = 0; i < responses && !s.failed; i++) {
        if (!s.response_off[i]) {
            from_response(&s, (int32_t)i);
        }
    }
    for (uint32_t i = 0; i < readings && !s.failed; i++) {
        if (!s.reading_off[i]) {
            from_reading(&s, (int32_t)i);
        }
    }
    for (uint32_t i = 0; i < options->supposed_count && !s.failed; i++) {
        from_supposed(&s, i);
    }
    for (uint32_t i = 0; i < claims && !s.failed; i++) {
        /* all it said is gone; or it said nothing that binds, and something came after it */
        out->taken_out[i] = !out->stands[i] && s.replacers[i].count > 0 &&
                            (out->spoke[i] || statements_replaced_in_silence(&s, (int32_t)i));
    }
    statements_sort_shifts(out);
    return s.failed ? parley_fail(err, PARLEY_NOMEM, "out of memory while collecting statements")
                    : PARLEY_OK;
}
