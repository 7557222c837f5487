/*
 * From claims, answers and readings to statements: who says what about which formula, how firmly,
 * on whose word. The table of acts and rungs is DESIGN 2.1 and docs/case-format.md.
 *
 * `replaces` takes an earlier claim out as far as the later one speaks about the same issues: a
 * conjunct goes when it shares an issue with what the later claim is about, and all of it goes when
 * the later claim names no issue.
 */
#include "case/statements.h"

#include <string.h>

typedef struct collect_state {
    case_statements *out;
    const parley_case *c;
    const parley_terms_options *options;
    size_t words;          /* 64-bit words of an issue set */
    uint64_t **subject;    /* by claim: issues it speaks about; NULL when it replaces nothing */
    parley_ids *replacers; /* by claim: claims in force that replace it */
    bool *response_off;
    bool *reading_off;
    bool failed;
} collect_state;

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

static void *grow(collect_state *s, void *at, uint32_t count, uint32_t *room, size_t size)
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
    case_statement *at = grow(s, out->at, out->count, &out->room, sizeof(*at));
    if (at != NULL) {
        out->at = at;
        out->at[out->count++] = *statement;
    }
}

static void push_shift(collect_state *s, int32_t earlier, int32_t later, int32_t party,
                       int32_t issue)
{
    case_statements *out = s->out;
    /* shifts of one earlier claim are made together: looking back a little finds doubles */
    for (uint32_t i = out->shifts > 64 ? out->shifts - 64 : 0; i < out->shifts; i++) {
        const parley_shift *have = &out->shift[i];
        if (have->earlier == earlier && have->later == later && have->issue == issue &&
            have->party == party) {
            return;
        }
    }
    parley_shift *at = grow(s, out->shift, out->shifts, &out->shift_room, sizeof(*at));
    if (at != NULL) {
        out->shift = at;
        bool softer = case_class_strength(parley_case_claim(s->c, later)->cls) <
                      case_class_strength(parley_case_claim(s->c, earlier)->cls);
        out->shift[out->shifts++] = (parley_shift){earlier, later, party, issue, softer};
    }
}

/* ------------------------------------------------------------ what replaces */

static void add_subject(collect_state *s, uint64_t *bits, const parley_about *about,
                        const parley_conditions *conditions)
{
    if (about->kind == PARLEY_ABOUT_ISSUE) {
        bits[about->index / 64] |= UINT64_C(1) << (about->index % 64);
    }
    if (about->formula != NULL) {
        parley_formula_issues(about->formula, bits, s->words);
    }
    for (uint32_t k = 0; k < conditions->count; k++) {
        if (conditions->at[k].formula != NULL) {
            parley_formula_issues(conditions->at[k].formula, bits, s->words);
        }
    }
}

static bool prepare_replacers(collect_state *s)
{
    const parley_case *c = s->c;
    parley_arena *arena = s->out->arena;
    uint32_t claims = parley_case_claims(c);
    uint32_t *count = parley_arena_array(arena, claims, sizeof(*count));
    s->subject = parley_arena_array(arena, claims, sizeof(*s->subject));
    s->replacers = parley_arena_array(arena, claims, sizeof(*s->replacers));
    if (count == NULL || s->subject == NULL || s->replacers == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < claims; i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        if (!s->out->in_force[i] || claim->replaces.count == 0) {
            continue;
        }
        s->subject[i] = parley_arena_array(arena, s->words, sizeof(uint64_t));
        if (s->subject[i] == NULL) {
            return false;
        }
        add_subject(s, s->subject[i], &claim->about, &claim->conditions);
        for (uint32_t k = 0; k < claim->replaces.count; k++) {
            count[claim->replaces.at[k]]++;
        }
    }
    for (uint32_t i = 0; i < parley_case_responses(c); i++) {
        /* an answer's conditions belong to what its claim speaks about */
        const parley_response *r = parley_case_response(c, (int32_t)i);
        if (r->claim >= 0 && s->subject[r->claim] != NULL) {
            parley_about nothing = {PARLEY_ABOUT_NOTHING, -1, NULL, NULL};
            add_subject(s, s->subject[r->claim], &nothing, &r->conditions);
        }
    }
    for (uint32_t i = 0; i < claims; i++) {
        int32_t *list = count[i] > 0 ? parley_arena_array(arena, count[i], sizeof(*list)) : NULL;
        if (count[i] > 0 && list == NULL) {
            return false;
        }
        s->replacers[i] = (parley_ids){list, 0};
    }
    for (uint32_t i = 0; i < claims; i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        for (uint32_t k = 0; s->subject[i] != NULL && k < claim->replaces.count; k++) {
            parley_ids *ids = &s->replacers[claim->replaces.at[k]];
            ((int32_t *)(uintptr_t)ids->at)[ids->count++] = (int32_t)i;
        }
    }
    return true;
}

static bool is_empty(const uint64_t *bits, size_t words)
{
    for (size_t w = 0; w < words; w++) {
        if (bits[w] != 0) {
            return false;
        }
    }
    return true;
}

/*
 * Is this conjunct (or, formula NULL, this issue; or, both missing, these words) of claim `claim`
 * taken out by a later one? Records the shift.
 */
static bool replaced(collect_state *s, int32_t claim, int32_t party, const parley_formula *formula,
                     int32_t issue)
{
    if (claim < 0 || s->replacers[claim].count == 0) {
        return false;
    }
    parley_arena *arena = s->out->arena;
    uint64_t *mine = parley_arena_array(arena, s->words, sizeof(*mine));
    if (mine == NULL) {
        s->failed = true;
        return false;
    }
    if (formula != NULL) {
        parley_formula_issues(formula, mine, s->words);
    } else if (issue >= 0) {
        mine[issue / 64] |= UINT64_C(1) << (issue % 64);
    }
    bool out = false;
    for (uint32_t k = 0; k < s->replacers[claim].count; k++) {
        int32_t later = s->replacers[claim].at[k];
        const uint64_t *theirs = s->subject[later];
        bool whole = is_empty(theirs, s->words) || is_empty(mine, s->words);
        bool hit = whole;
        for (size_t w = 0; w < s->words; w++) {
            uint64_t both = mine[w] & theirs[w];
            for (uint64_t bits = whole ? mine[w] : both; bits != 0; bits &= bits - 1) {
                push_shift(s, claim, later, party, (int32_t)(w * 64) + __builtin_ctzll(bits));
            }
            hit = hit || both != 0;
        }
        if (hit && whole) {
            push_shift(s, claim, later, party, -1);
        }
        out = out || hit;
    }
    return out;
}

/* ------------------------------------------------------------- statements */

static const parley_formula *make(collect_state *s, parley_formula_kind kind,
                                  const parley_formula *a, const parley_formula *b)
{
    parley_formula *f = parley_arena_alloc(s->out->arena, sizeof(*f));
    const parley_formula **arg = parley_arena_array(s->out->arena, 2, sizeof(*arg));
    if (f == NULL || arg == NULL) {
        s->failed = true;
        return NULL;
    }
    arg[0] = a;
    arg[1] = b;
    *f = (parley_formula){.kind = (uint8_t)kind,
                          .count = 2,
                          .span = a->span,
                          .issue = -1,
                          .recipient = -1,
                          .party = -1,
                          .proposal = -1,
                          .arg = arg};
    return f;
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
        if (!replaced(s, like->claim, like->party, part[k], -1)) {
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
    case_statements *out = s->out;
    parley_assurance *at =
        grow(s, out->assurance, out->assurances, &out->assurance_room, sizeof(*at));
    if (all == NULL || at == NULL) {
        s->failed = true;
        return;
    }
    for (uint32_t k = 0; k < count; k++) {
        all[k] = f[k];
    }
    for (uint32_t k = 0; k < more->count; k++) {
        all[count + k] = more->at[k].formula;
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
    for (uint32_t k = 0; k < only_if->count && count > 0; k++) {
        for (uint32_t i = 0; i < count && only_if->at[k].formula != NULL && !s->failed; i++) {
            say(s, &term, make(s, PARLEY_F_IMPLIES, f[i], only_if->at[k].formula));
        }
    }
    if (accept_if) {
        for (uint32_t k = 0; k < conditions->count && !s->failed; k++) {
            say(s, &term, conditions->at[k].formula);
        }
        if (list == PARLEY_LIST_COMPLETE) {
            assure(s, &term, true, f, count, conditions, proposal);
        }
        return;
    }
    if (is_conditional_in_words(conditions)) {
        return; /* a yes that hangs on words we cannot count holds nothing */
    }
    case_statement yes = like;
    yes.mode = PARLEY_MODE_ACCEPTS;
    yes.act = "accepts";
    stand(&yes, cls, PARLEY_RUNG_ACCEPTED);
    for (uint32_t i = 0; i < count && !s->failed; i++) {
        const parley_formula *held = f[i];
        for (uint32_t k = 0; k < conditions->count && !s->failed; k++) {
            held = make(s, PARLEY_F_IF, held, conditions->at[k].formula);
        }
        if (!s->failed) {
            say(s, &yes, held);
        }
    }
    assure(s, &yes, false, f, count, conditions, proposal);
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
                           .order = (uint64_t)(uint32_t)index << 32};
    stand(&like, claim->cls, PARLEY_RUNG_POSITIONS);

    switch (claim->act) {
    case PARLEY_ACT_ACCEPT:
    case PARLEY_ACT_CONCEDE:
    case PARLEY_ACT_ACCEPT_IF:
        conditional(s, like, claim->cls, claim->firmness, claim->act == PARLEY_ACT_ACCEPT_IF, f,
                    count, &claim->conditions, &claim->only_if, claim->list, proposal);
        break;
    case PARLEY_ACT_DEMAND:
    case PARLEY_ACT_REQUEST:
    case PARLEY_ACT_URGE:
    case PARLEY_ACT_REJECT: {
        parley_rung rung = rung_of(claim->firmness, (parley_rung)acts[claim->act].rung);
        stand(&like, claim->cls, rung);
        for (uint32_t i = 0; i < count && !s->failed; i++) {
            say(s, &like, f[i]);
        }
        bool complete =
            claim->list == PARLEY_LIST_COMPLETE ||
            (proposal >= 0 && parley_case_proposal(s->c, proposal)->list == PARLEY_LIST_COMPLETE);
        if (claim->act == PARLEY_ACT_DEMAND && complete) {
            assure(s, &like, true, f, count, &claim->conditions, proposal);
        }
        break;
    }
    case PARLEY_ACT_PROPOSE:
    case PARLEY_ACT_OFFER:
        stand(&like, claim->cls, PARLEY_RUNG_ACCEPTED);
        assure(s, &like, false, f, count, &claim->conditions, proposal);
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
        if (!replaced(s, index, party, NULL, like.issue)) {
            push(s, &like);
        }
    }
}

static void from_claim(collect_state *s, int32_t index)
{
    const parley_claim *claim = parley_case_claim(s->c, index);
    for (uint32_t k = 0; k < claim->by.count && !s->failed; k++) {
        int32_t party = claim->by.at[k].party;
        bool seen = party < 0;
        for (uint32_t j = 0; j < k; j++) {
            seen = seen || claim->by.at[j].party == party;
        }
        if (!seen) {
            from_voice(s, claim, index, party);
        }
    }
}

static void from_response(collect_state *s, int32_t index)
{
    const parley_response *r = parley_case_response(s->c, index);
    const parley_formula **f = NULL;
    if (r->by.party < 0 || (r->claim >= 0 && !s->out->in_force[r->claim])) {
        return;
    }
    uint32_t count = proposal_formulas(s, r->proposal, &f);
    uint64_t order = r->claim >= 0 ? (uint64_t)(uint32_t)r->claim << 32
                                   : ((uint64_t)1 << 62) + ((uint64_t)(uint32_t)index << 32);
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
                    f, count, &r->conditions, &r->only_if, r->list, r->proposal);
    } else if (r->answer == PARLEY_ANSWER_REJECT && count > 0) {
        /* no to the whole: the conjunction is refused, not each part of it */
        const parley_formula *whole = f[0];
        for (uint32_t i = 1; i < count && !s->failed; i++) {
            whole = make(s, PARLEY_F_AND, whole, f[i]);
        }
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
    const parley_formula *f = r->formula;
    for (uint32_t k = 0; k < r->conditions.count && !s->failed; k++) {
        f = make(s, PARLEY_F_IF, f, r->conditions.at[k].formula);
    }
    if (!s->failed) {
        say(s, &like, f);
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
                                      parley_error *err)
{
    *out = (case_statements){.arena = arena};
    uint32_t claims = parley_case_claims(c);
    uint32_t responses = parley_case_responses(c);
    uint32_t readings = parley_case_readings(c);
    collect_state s = {.out = out,
                       .c = c,
                       .options = options,
                       .words = ((size_t)parley_case_issues(c) + 63) / 64 + 1,
                       .response_off = parley_arena_array(arena, responses, sizeof(bool)),
                       .reading_off = parley_arena_array(arena, readings, sizeof(bool))};
    out->in_force = parley_arena_array(arena, claims, sizeof(bool));
    out->taken_out = parley_arena_array(arena, claims, sizeof(bool));
    if (out->in_force == NULL || out->taken_out == NULL || s.response_off == NULL ||
        s.reading_off == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while collecting statements");
    }
    for (uint32_t i = 0; i < claims; i++) {
        out->in_force[i] = by_then(options, parley_case_claim(c, (int32_t)i)->record.happened);
    }
    for (uint32_t i = 0; i < responses; i++) {
        s.response_off[i] = !by_then(options, parley_case_response(c, (int32_t)i)->record.happened);
    }
    for (uint32_t i = 0; i < readings; i++) {
        const parley_reading *r = parley_case_reading(c, (int32_t)i);
        s.reading_off[i] = !by_then(options, r->record.happened) ||
                           (options->readings_of >= 0 && options->readings_of != r->party);
    }
    for (uint32_t i = 0; i < options->without_count; i++) {
        parley_status status = set_aside(&s, options->without[i], err);
        if (status != PARLEY_OK) {
            return status;
        }
    }
    s.failed = !prepare_replacers(&s);
    for (uint32_t i = 0; i < claims && !s.failed; i++) {
        uint32_t before = out->count;
        uint32_t shifts = out->shifts;
        if (out->in_force[i]) {
            from_claim(&s, (int32_t)i);
            out->taken_out[i] = out->count == before && out->shifts > shifts;
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
    return s.failed ? parley_fail(err, PARLEY_NOMEM, "out of memory while collecting statements")
                    : PARLEY_OK;
}
