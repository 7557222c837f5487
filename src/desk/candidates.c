/*
 * Candidates for mediator, venue, table, guarantor and monitor: what each party made of each.
 *
 * Acceptance and refusal are never typed on a candidate: they follow from dated claims, so that a
 * later claim that replaces an earlier one changes them. A claim about another answer to the same
 * issue is no refusal of this one; it is told as what it is.
 */
#include <parley/candidates.h>

#include <stdlib.h>
#include <string.h>

/* Values of an issue looked at. */
#define VALUES_MOST 4096u

struct parley_candidates {
    parley_ctx *ctx;
    parley_arena *arena;
    const parley_case *c;
    parley_stance *at;
    uint32_t count;
    uint32_t room;
    bool *asked; /* candidate x party */
    parley_positions *positions;
};

static parley_status nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while comparing candidates");
}

const char *parley_stance_word(parley_stance_kind kind)
{
    static const char *const words[] = {"accepts",  "accepts-if", "insists", "asks",
                                        "proposes", "open",       "defers",  "allows",
                                        "refuses",  "another",    "says"};
    return words[kind];
}

static parley_stance_kind kind_of(parley_act act)
{
    switch (act) {
    case PARLEY_ACT_ACCEPT:
    case PARLEY_ACT_CONCEDE:
        return PARLEY_STANCE_ACCEPTS;
    case PARLEY_ACT_ACCEPT_IF:
        return PARLEY_STANCE_ACCEPTS_IF;
    case PARLEY_ACT_DEMAND:
        return PARLEY_STANCE_INSISTS;
    case PARLEY_ACT_REQUEST:
    case PARLEY_ACT_URGE:
        return PARLEY_STANCE_ASKS;
    case PARLEY_ACT_PROPOSE:
    case PARLEY_ACT_OFFER:
        return PARLEY_STANCE_PROPOSES;
    case PARLEY_ACT_OPEN_TO:
        return PARLEY_STANCE_OPEN;
    case PARLEY_ACT_DEFER:
        return PARLEY_STANCE_DEFERS;
    case PARLEY_ACT_REJECT:
        return PARLEY_STANCE_REFUSES;
    default:
        return PARLEY_STANCE_SAYS;
    }
}

static bool push(parley_candidates *s, parley_stance stance)
{
    if (s->count == s->room) {
        uint32_t room = s->room == 0 ? 32 : s->room * 2;
        parley_stance *grown =
            parley_arena_grow(s->arena, s->at, s->count * sizeof(*grown), room * sizeof(*grown));
        if (grown == NULL) {
            return false;
        }
        s->at = grown;
        s->room = room;
    }
    const parley_candidate *row = parley_case_candidate(s->c, stance.candidate);
    stance.itself = stance.party >= 0 && row->who.party == stance.party;
    s->at[s->count++] = stance;
    return true;
}

static bool said_already(const parley_candidates *s, uint32_t first, int32_t claim, int32_t party)
{
    for (uint32_t i = first; i < s->count; i++) {
        if (s->at[i].claim == claim && s->at[i].party == party) {
            return true;
        }
    }
    return false;
}

/* ------------------------------------------------------------------- claims */

/* A claim that speaks of the candidate itself. */
static bool speaks_of(const parley_claim *claim, const parley_candidate *row, int32_t candidate,
                      int32_t i)
{
    return (claim->about.kind == PARLEY_ABOUT_CANDIDATE && claim->about.index == candidate) ||
           parley_ids_hold(row->claims, i);
}

static bool take_claims(parley_candidates *s, const parley_terms *terms, int32_t candidate)
{
    const parley_candidate *row = parley_case_candidate(s->c, candidate);
    for (uint32_t i = 0; i < parley_case_claims(s->c); i++) {
        const parley_claim *claim = parley_case_claim(s->c, (int32_t)i);
        if (!speaks_of(claim, row, candidate, (int32_t)i) ||
            !parley_terms_in_force(terms, (int32_t)i)) {
            continue;
        }
        for (uint32_t k = 0; k < claim->by.count; k++) {
            const parley_stance stance = {.candidate = candidate,
                                          .party = claim->by.at[k].party,
                                          .kind = kind_of((parley_act)claim->act),
                                          .claim = (int32_t)i,
                                          .reading = -1,
                                          .basis = parley_class_on_record(claim->cls)
                                                       ? PARLEY_BASIS_RECORD
                                                       : PARLEY_BASIS_REPORTED,
                                          .date = claim->record.happened};
            if (!push(s, stance)) {
                return false;
            }
        }
    }
    return true;
}

/* ------------------------------------------------------- the answer that it is */

/* How what somebody said stands to the answer: values of the issue that satisfy both, and so on. */
typedef struct overlap {
    uint32_t both;
    uint32_t here;  /* the answer's values */
    uint32_t there; /* what was said */
} overlap;

static overlap compare(const parley_candidates *s, const parley_formula *here,
                       const parley_formula *there, int32_t issue, int64_t *package)
{
    overlap out = {0, 0, 0};
    const parley_package all = {package, parley_case_issues(s->c)};
    for (uint32_t v = 0; v < parley_case_issue(s->c, issue)->values; v++) {
        package[issue] = v;
        bool a = parley_case_eval(s->c, here, all) == PARLEY_YES;
        bool b = parley_case_eval(s->c, there, all) == PARLEY_YES;
        out.here += a;
        out.there += b;
        out.both += a && b;
    }
    package[issue] = -1;
    return out;
}

/* The act of a position; a condition of a yes is held to, whatever the yes is about. */
static parley_act act_of(const parley_case *c, const parley_position *p)
{
    return strcmp(p->act, "yes, if") == 0    ? PARLEY_ACT_DEMAND
           : p->claim >= 0                   ? (parley_act)parley_case_claim(c, p->claim)->act
           : strcmp(p->act, "refuses") == 0  ? PARLEY_ACT_REJECT
           : strcmp(p->act, "accepts") == 0  ? PARLEY_ACT_ACCEPT
           : strcmp(p->act, "requires") == 0 ? PARLEY_ACT_DEMAND
                                             : PARLEY_ACT_SAY;
}

/* False: it says nothing of this candidate. */
static bool stance_of(const parley_position *p, parley_act act, overlap o, parley_stance *out)
{
    bool refuses = strcmp(p->act, "refuses") == 0;
    if (refuses) {
        out->kind = PARLEY_STANCE_REFUSES;
        return o.here > 0 && o.both == o.here; /* a refusal of others leaves this one alone */
    }
    if (o.there == 0 || act == PARLEY_ACT_DENY) {
        return false;
    }
    if (o.both == 0) {
        out->kind = PARLEY_STANCE_ANOTHER;
        return p->binds || act == PARLEY_ACT_PROPOSE || act == PARLEY_ACT_OFFER ||
               act == PARLEY_ACT_OPEN_TO;
    }
    out->kind = o.there > o.both ? PARLEY_STANCE_ALLOWS : kind_of(act);
    return true;
}

/* The same party named the same other answer before: the later word stands for both. */
static bool named_already(parley_candidates *s, uint32_t first, const parley_stance *stance)
{
    for (uint32_t i = first; i < s->count && stance->kind == PARLEY_STANCE_ANOTHER; i++) {
        parley_stance *one = &s->at[i];
        if (one->kind == stance->kind && one->party == stance->party && one->reading < 0 &&
            stance->reading < 0 &&
            parley_formula_compare_trees(one->formula, stance->formula) == 0) {
            if (parley_date_compare(one->date, stance->date) <= 0) {
                *one = *stance;
            }
            return true;
        }
    }
    return false;
}

static bool take_positions(parley_candidates *s, const parley_positions *positions,
                           int32_t candidate, uint32_t first, int64_t *package)
{
    const parley_formula *is = parley_case_candidate(s->c, candidate)->is;
    int32_t issue = parley_formula_only_issue(is);
    if (issue < 0 || parley_case_issue(s->c, issue)->values > VALUES_MOST) {
        return true;
    }
    for (uint32_t i = 0; i < parley_positions_size(positions); i++) {
        const parley_position *p = parley_positions_at(positions, i);
        if (p->issue != issue || parley_formula_only_issue(p->formula) != issue ||
            (p->claim >= 0 && said_already(s, first, p->claim, p->party))) {
            continue;
        }
        parley_stance stance = {.candidate = candidate,
                                .party = p->party,
                                .claim = p->claim,
                                .reading = p->reading,
                                .formula = p->formula,
                                .basis = p->basis,
                                .date = p->date};
        if (!stance_of(p, act_of(s->c, p), compare(s, is, p->formula, issue, package), &stance) ||
            named_already(s, first, &stance)) {
            continue;
        }
        if (!push(s, stance)) {
            return false;
        }
    }
    return true;
}

/* "Yes to this, if": positions hold the conditions only. */
static bool take_yes_if(parley_candidates *s, const parley_terms *terms, int32_t candidate,
                        uint32_t first, int64_t *package)
{
    const parley_formula *is = parley_case_candidate(s->c, candidate)->is;
    int32_t issue = parley_formula_only_issue(is);
    for (uint32_t i = 0; issue >= 0 && i < parley_case_claims(s->c); i++) {
        const parley_claim *claim = parley_case_claim(s->c, (int32_t)i);
        if (claim->act != PARLEY_ACT_ACCEPT_IF || !parley_terms_in_force(terms, (int32_t)i) ||
            parley_formula_only_issue(claim->about.formula) != issue ||
            parley_case_issue(s->c, issue)->values > VALUES_MOST) {
            continue;
        }
        overlap o = compare(s, is, claim->about.formula, issue, package);
        for (uint32_t k = 0; o.both > 0 && k < claim->by.count; k++) {
            const parley_stance stance = {
                .candidate = candidate,
                .party = claim->by.at[k].party,
                .kind = o.there > o.both ? PARLEY_STANCE_ALLOWS : PARLEY_STANCE_ACCEPTS_IF,
                .claim = (int32_t)i,
                .reading = -1,
                .formula = claim->about.formula,
                .basis = parley_class_on_record(claim->cls) ? PARLEY_BASIS_RECORD
                                                            : PARLEY_BASIS_REPORTED,
                .date = claim->record.happened};
            if (!said_already(s, first, (int32_t)i, stance.party) && !push(s, stance)) {
                return false;
            }
        }
    }
    return true;
}

/* -------------------------------------------------------------------- asked */

static void mark_asked(parley_candidates *s, int32_t candidate)
{
    uint32_t parties = parley_case_parties(s->c);
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->at[i].candidate != candidate || s->at[i].claim < 0) {
            continue;
        }
        const parley_voices *to = &parley_case_claim(s->c, s->at[i].claim)->to;
        for (uint32_t k = 0; k < to->count; k++) {
            if (to->at[k].party >= 0) {
                s->asked[(size_t)candidate * parties + (size_t)to->at[k].party] = true;
            }
        }
    }
}

static int by_candidate(const void *pa, const void *pb)
{
    const parley_stance *a = pa;
    const parley_stance *b = pb;
    if (a->candidate != b->candidate) {
        return a->candidate < b->candidate ? -1 : 1;
    }
    if (a->party != b->party) { /* those outside, -1, last */
        return (uint32_t)a->party < (uint32_t)b->party ? -1 : 1;
    }
    if (a->claim != b->claim) {
        return (uint32_t)a->claim < (uint32_t)b->claim ? -1 : 1;
    }
    return (a->reading > b->reading) - (a->reading < b->reading);
}

static parley_status gather(parley_candidates *s, parley_date at, parley_error *err)
{
    parley_terms_options options = PARLEY_TERMS_OPTIONS_INIT;
    parley_terms *terms = NULL;
    uint32_t issues = parley_case_issues(s->c);
    uint32_t candidates = parley_case_candidates(s->c);
    int64_t *package = parley_arena_array(s->arena, issues, sizeof(*package));
    s->asked = parley_arena_array(s->arena, (size_t)candidates * parley_case_parties(s->c) + 1,
                                  sizeof(bool));
    if (package == NULL || s->asked == NULL) {
        return nomem(err);
    }
    for (uint32_t i = 0; i < issues; i++) {
        package[i] = -1;
    }
    options.at = at;
    parley_status status = parley_positions_derive(&s->positions, s->ctx, s->c, &options, err);
    if (status == PARLEY_OK) {
        status = parley_terms_derive(&terms, s->ctx, s->c, &options, err);
    }
    for (uint32_t k = 0; k < candidates && status == PARLEY_OK; k++) {
        uint32_t first = s->count;
        if (!take_claims(s, terms, (int32_t)k) ||
            !take_yes_if(s, terms, (int32_t)k, first, package) ||
            !take_positions(s, s->positions, (int32_t)k, first, package)) {
            status = nomem(err);
        } else {
            mark_asked(s, (int32_t)k);
        }
    }
    if (s->count > 1) {
        qsort(s->at, s->count, sizeof(*s->at), by_candidate);
    }
    parley_terms_free(terms);
    return status;
}

parley_status parley_candidates_new(parley_candidates **out, parley_ctx *ctx, const parley_case *c,
                                    parley_date at, parley_error *err)
{
    *out = NULL;
    parley_candidates *s = parley_alloc(ctx, sizeof(*s));
    if (s == NULL) {
        return nomem(err);
    }
    s->ctx = ctx;
    s->c = c;
    s->arena = parley_arena_new(ctx);
    parley_status status = s->arena == NULL ? nomem(err) : gather(s, at, err);
    if (status != PARLEY_OK) {
        parley_candidates_free(s);
        return status;
    }
    *out = s;
    return PARLEY_OK;
}

void parley_candidates_free(parley_candidates *s)
{
    if (s != NULL) {
        parley_positions_free(s->positions);
        parley_arena_free(s->arena);
        parley_release(s->ctx, s, sizeof(*s));
    }
}

uint32_t parley_candidates_size(const parley_candidates *s)
{
    return s->count;
}

const parley_stance *parley_candidates_at(const parley_candidates *s, uint32_t i)
{
    PARLEY_ASSERT(i < s->count);
    return &s->at[i];
}

parley_consent parley_candidates_consent(const parley_candidates *s, int32_t candidate,
                                         int32_t party)
{
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->at[i].candidate == candidate && s->at[i].party == party) {
            return PARLEY_CONSENT_SPOKE;
        }
    }
    return s->asked[(size_t)candidate * parley_case_parties(s->c) + (size_t)party]
               ? PARLEY_CONSENT_SILENT
               : PARLEY_CONSENT_UNKNOWN;
}

bool parley_candidates_refused(const parley_candidates *s, int32_t candidate, int32_t party,
                               bool with_readings)
{
    for (uint32_t i = 0; i < s->count; i++) {
        const parley_stance *one = &s->at[i];
        if (one->candidate == candidate && one->party == party &&
            one->kind == PARLEY_STANCE_REFUSES &&
            (with_readings || one->basis != PARLEY_BASIS_READING)) {
            return true;
        }
    }
    return false;
}

/* ----------------------------------------------------- who must, who is away */

bool parley_needs_party(const parley_case *c, int32_t issue, int32_t party)
{
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        const parley_issue *row = parley_case_issue(c, (int32_t)i);
        if ((issue >= 0 && issue != (int32_t)i) || row->table == PARLEY_TABLE_EXCLUDED) {
            continue;
        }
        bool needs = parley_ids_hold(row->needs, party);
        for (uint32_t v = 0; row->kind == PARLEY_ISSUE_CHOICE && v < row->values; v++) {
            needs = needs || parley_ids_hold(row->options[v].needs, party);
        }
        if (needs) {
            return true;
        }
    }
    return false;
}

static bool holds(const parley_voices *voices, int32_t party)
{
    for (uint32_t k = 0; k < voices->count; k++) {
        if (voices->at[k].party == party) {
            return true;
        }
    }
    return false;
}

bool parley_absent(const parley_case *c, int32_t party)
{
    for (uint32_t i = 0; i < parley_case_meetings(c); i++) {
        if (holds(&parley_case_meeting(c, (int32_t)i)->who, party)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < parley_case_claims(c); i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        if (holds(&claim->by, party) || holds(&claim->to, party)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < parley_case_responses(c); i++) {
        if (parley_case_response(c, (int32_t)i)->by.party == party) {
            return false;
        }
    }
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        if ((int32_t)p != party &&
            parley_channels_reach(c, (int32_t)p, party) == PARLEY_REACH_WORKS) {
            return false;
        }
    }
    return true;
}
