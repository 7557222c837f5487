/*
 * The sheet "line or bargaining": each demand of a principal, or of a party whose consent is
 * needed, with how often it was said, by whom, what tested it, what became of it, and what speaks
 * for a line and for bargaining. Nothing is weighed and nothing is summed up.
 *
 * A demand is tested when an offer that cannot be had together with it was made to the party, and
 * was refused. Only what others put forward counts: a text among the proposals, or an offer of
 * another party to this one (or to nobody in particular). Offers are compared by those of their
 * conjuncts that mention an issue of the demand.
 */
#include "case/moves_internal.h"

#include <string.h>

static const char *const test_words[] = {
#define X(name, word) word,
    PARLEY_OFFER_LIST(X)
#undef X
};
static const char *const evidence_words[] = {
#define X(name, id, line) id,
    PARLEY_FACT_LIST(X)
#undef X
};
static const bool evidence_lines[] = {
#define X(name, id, line) line,
    PARLEY_FACT_LIST(X)
#undef X
};

const char *parley_offer_answer_word(parley_offer_answer answer)
{
    return test_words[answer];
}

const char *parley_fact_word(parley_fact_kind kind)
{
    return evidence_words[kind];
}

/* What every demand looks through, picked out once. */
typedef struct picked {
    uint32_t *offer; /* claims that offer or propose something with a formula */
    uint32_t offers;
    moves_lists answers; /* claims that answer: by proposal, then by the claim they are about */
    uint32_t *listed;    /* claims whose list may be complete */
    uint32_t lists;
    const moves_row **refusal; /* by party, in the order of rows */
    uint32_t *refusals;        /* [parties + 1] where each party's begin */
} picked;

/* A demand being made: its rows, and lists that grow. */
typedef struct draft {
    parley_moves *m;
    const picked *from;
    const moves_row **row; /* in order of date */
    uint32_t rows;
    const moves_row *lead;
    parley_demand *out;
    parley_offer_test *test;
    uint32_t test_room;
    parley_demand_reason *reason;
    uint32_t reason_room;
    parley_fact *evidence;
    uint32_t evidence_room;
    parley_fact spare; /* written when memory has ended */
} draft;

static bool by_then(const parley_moves *m, parley_date happened)
{
    return m->at.form == PARLEY_DATE_UNKNOWN || parley_date_possibly_by(happened, m->at.last);
}

static parley_sets against(draft *d, const parley_formula *f)
{
    const parley_stand *s = &d->lead->stand;
    return moves_compare(d->m, s->formula, s->refuses, f, false);
}

static bool within(parley_sets sets)
{
    return sets == PARLEY_SETS_LESS || sets == PARLEY_SETS_EQUAL;
}

/* One more piece of evidence, to be filled further; never NULL. */
static parley_fact *give(draft *d, parley_fact_kind kind, int32_t claim, parley_date date)
{
    for (uint32_t k = 0; k < d->out->evidence_count; k++) {
        parley_fact *told = &d->evidence[k];
        if ((kind == PARLEY_FACT_HARDENED || kind == PARLEY_FACT_LEFT_OUT) && told->kind == kind &&
            told->claim == claim) {
            return told; /* a claim that hardens two earlier ones hardened once */
        }
    }
    parley_fact *at =
        moves_grow(d->m, d->evidence, d->out->evidence_count, &d->evidence_room, sizeof(*at));
    if (at != NULL) {
        d->evidence = at;
        at = &d->evidence[d->out->evidence_count++];
    } else {
        at = &d->spare;
    }
    *at = (parley_fact){.kind = kind,
                        .line = evidence_lines[kind],
                        .claim = claim,
                        .concern = -1,
                        .person = -1,
                        .test = -1,
                        .move = -1,
                        .date = date};
    return at;
}

/* ------------------------------------------------------------------ what it says */

/* Conjuncts of a formula that mention an issue of the demand, joined to `so_far`. */
static const parley_formula *touching(draft *d, const parley_formula *so_far,
                                      const parley_formula *f)
{
    parley_moves *m = d->m;
    bool split = f->kind == PARLEY_F_AND;
    uint64_t *bits = parley_arena_array(m->arena, m->bit_words, sizeof(*bits));
    if (bits == NULL) {
        m->nomem = true;
        return NULL;
    }
    for (uint32_t k = 0; k < (split ? f->count : 1) && !m->nomem; k++) {
        const parley_formula *part = split ? f->arg[k] : f;
        bool touches = false;
        memset(bits, 0, m->bit_words * sizeof(*bits));
        parley_formula_issues(part, bits, m->bit_words);
        for (size_t w = 0; w < m->bit_words; w++) {
            touches = touches || (bits[w] & d->lead->bits[w]) != 0;
        }
        if (touches) {
            so_far = so_far == NULL ? part : moves_conjoin(m, so_far, part);
        }
    }
    return so_far;
}

static const parley_formula *proposal_part(draft *d, int32_t proposal)
{
    const parley_proposal *p = parley_case_proposal(d->m->c, proposal);
    const parley_formula *f = p->formula != NULL ? touching(d, NULL, p->formula) : NULL;
    for (uint32_t k = 0; k < p->parts.count && !d->m->nomem; k++) {
        if (p->parts.at[k].formula != NULL) {
            f = touching(d, f, p->parts.at[k].formula);
        }
    }
    return f;
}

static bool speaks(const parley_voices *by, int32_t party)
{
    for (uint32_t k = 0; k < by->count; k++) {
        if (by->at[k].party == party) {
            return true;
        }
    }
    return false;
}

/* ------------------------------------------------------------------------- tests */

static bool later_or_same(parley_date a, parley_date b)
{
    return parley_date_compare(a, b) >= 0;
}

/* Certainly not before it. */
static bool not_before(parley_date a, parley_date b)
{
    return a.form != PARLEY_DATE_UNKNOWN && b.form != PARLEY_DATE_UNKNOWN && a.first >= b.last;
}

static void answer_by_response(draft *d, parley_offer_test *t)
{
    static const uint8_t meaning[PARLEY_ANSWER_COUNT] = {
        [PARLEY_ANSWER_ACCEPT] = PARLEY_OFFER_ACCEPTED,
        [PARLEY_ANSWER_ACCEPT_IF] = PARLEY_OFFER_CONDITIONS,
        [PARLEY_ANSWER_COUNTER] = PARLEY_OFFER_COUNTERED,
        [PARLEY_ANSWER_DEFER] = PARLEY_OFFER_DEFERRED,
        [PARLEY_ANSWER_REJECT] = PARLEY_OFFER_REFUSED,
        [PARLEY_ANSWER_SILENT] = PARLEY_OFFER_SILENT};
    const parley_case *c = d->m->c;
    for (uint32_t i = 0; i < parley_case_responses(c); i++) {
        const parley_response *r = parley_case_response(c, (int32_t)i);
        bool counts = r->by.party == d->out->party && r->proposal == t->proposal &&
                      by_then(d->m, r->record.happened) &&
                      (r->claim < 0 || d->m->now.in_force[r->claim]);
        if (counts && (t->response < 0 || later_or_same(r->record.happened, t->when))) {
            t->answer = (parley_offer_answer)meaning[r->answer];
            t->response = (int32_t)i;
            t->claim = r->claim;
            t->when = r->record.happened;
        }
    }
}

/* A claim of the party about the proposal, or about the claim that made the offer. */
static void answer_by_claim(draft *d, parley_offer_test *t)
{
    const parley_case *c = d->m->c;
    const moves_lists *answers = &d->from->answers;
    uint32_t key =
        t->proposal >= 0 ? (uint32_t)t->proposal : parley_case_proposals(c) + (uint32_t)t->offer;
    for (uint32_t k = answers->first[key]; k < answers->first[key + 1]; k++) {
        uint32_t i = answers->row[k];
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        if (!speaks(&claim->by, d->out->party) ||
            (t->claim >= 0 && !later_or_same(claim->record.happened, t->when))) {
            continue;
        }
        switch (claim->act) {
        case PARLEY_ACT_REJECT:
            t->answer = PARLEY_OFFER_REFUSED;
            break;
        case PARLEY_ACT_ACCEPT:
        case PARLEY_ACT_CONCEDE:
            t->answer = PARLEY_OFFER_ACCEPTED;
            break;
        case PARLEY_ACT_ACCEPT_IF:
            t->answer = PARLEY_OFFER_CONDITIONS;
            break;
        case PARLEY_ACT_DEFER:
            t->answer = PARLEY_OFFER_DEFERRED;
            break;
        default:
            continue;
        }
        t->claim = (int32_t)i;
        t->when = claim->record.happened;
    }
}

/* The party refused, by then or later, something that all of the offer is. */
static void answer_by_refusal(draft *d, parley_offer_test *t, const parley_formula *offered)
{
    parley_moves *m = d->m;
    const uint32_t *at = &d->from->refusals[d->out->party];
    for (uint32_t i = at[0]; i < at[1] && t->answer != PARLEY_OFFER_REFUSED; i++) {
        const parley_stand *s = &d->from->refusal[i]->stand;
        if (not_before(s->date, t->date) &&
            within(moves_compare(m, s->formula, false, offered, false))) {
            t->answer = PARLEY_OFFER_REFUSED;
            t->claim = s->claim;
            t->when = s->date;
        }
    }
}

static void add_test(draft *d, parley_offer_test t, const parley_formula *offered)
{
    parley_demand *out = d->out;
    answer_by_response(d, &t);
    if (t.response < 0) {
        answer_by_claim(d, &t);
    }
    if (t.answer != PARLEY_OFFER_ACCEPTED) {
        answer_by_refusal(d, &t, offered);
    }
    for (uint32_t i = d->rows; i > 0 && t.said_after < 0; i--) {
        const moves_row *row = d->row[i - 1];
        if (!row->only_repeats && row->stand.claim >= 0 && row->stand.claim != t.claim &&
            not_before(row->stand.date, t.date) && row->stand.date.first > t.date.last) {
            t.said_after = row->stand.claim;
        }
    }
    parley_offer_test *at = moves_grow(d->m, d->test, out->test_count, &d->test_room, sizeof(*at));
    if (at == NULL) {
        return;
    }
    d->test = at;
    d->test[out->test_count] = t;
    int32_t index = (int32_t)out->test_count++;
    bool countered = t.response >= 0 &&
                     parley_case_response(d->m->c, t.response)->answer == PARLEY_ANSWER_COUNTER;
    if (t.answer == PARLEY_OFFER_REFUSED) {
        give(d, PARLEY_FACT_REFUSED, t.claim, t.when)->test = index;
    }
    if (t.said_after >= 0 && t.answer != PARLEY_OFFER_ACCEPTED) {
        give(d, PARLEY_FACT_SAID_AFTER, t.said_after,
             parley_case_claim(d->m->c, t.said_after)->record.happened)
            ->test = index;
    }
    if (t.answer == PARLEY_OFFER_ACCEPTED) {
        give(d, PARLEY_FACT_ACCEPTED, t.claim, t.when)->test = index;
    }
    if (countered || t.answer == PARLEY_OFFER_CONDITIONS) {
        give(d, PARLEY_FACT_TALKED, t.claim, t.when)->test = index;
    }
}

static const parley_offer_test no_test = {.proposal = -1,
                                          .offer = -1,
                                          .answer = PARLEY_OFFER_NO_ANSWER,
                                          .response = -1,
                                          .claim = -1,
                                          .said_after = -1};

static void find_tests(draft *d)
{
    parley_moves *m = d->m;
    const parley_case *c = m->c;
    for (uint32_t i = 0; i < parley_case_proposals(c) && !m->nomem; i++) {
        const parley_proposal *p = parley_case_proposal(c, (int32_t)i);
        if (p->tabled_by.party == d->out->party || !by_then(m, p->record.happened)) {
            continue;
        }
        const parley_formula *f = proposal_part(d, (int32_t)i);
        if (f != NULL && against(d, f) == PARLEY_SETS_APART) {
            parley_offer_test t = no_test;
            t.proposal = (int32_t)i;
            t.date = p->record.happened;
            add_test(d, t, f);
        }
    }
    for (uint32_t k = 0; k < d->from->offers && !m->nomem; k++) {
        int32_t i = (int32_t)d->from->offer[k];
        const parley_claim *claim = parley_case_claim(c, i);
        if ((claim->to.count > 0 && !speaks(&claim->to, d->out->party)) ||
            speaks(&claim->by, d->out->party)) {
            continue;
        }
        const parley_formula *f = touching(d, NULL, claim->about.formula);
        if (f != NULL && against(d, f) == PARLEY_SETS_APART) {
            parley_offer_test t = no_test;
            t.offer = i;
            t.date = claim->record.happened;
            add_test(d, t, f);
        }
    }
}

/* ----------------------------------------------------------------------- reasons */

static const parley_formula **others_among(draft *d, const parley_conditions *list, uint32_t *count)
{
    const parley_formula **out = parley_arena_array(d->m->arena, list->count, sizeof(*out));
    *count = 0;
    if (out == NULL) {
        d->m->nomem = true;
        return NULL;
    }
    for (uint32_t k = 0; k < list->count; k++) {
        const parley_formula *f = list->at[k].formula;
        parley_sets sets = f != NULL ? against(d, f) : PARLEY_SETS_NOT_COMPARED;
        if (sets != PARLEY_SETS_NOT_COMPARED && !within(sets)) {
            out[(*count)++] = f;
        }
    }
    return out;
}

static void find_reasons(draft *d)
{
    parley_moves *m = d->m;
    for (uint32_t i = 0; i < parley_case_concerns(m->c) && !m->nomem; i++) {
        const parley_concern *concern = parley_case_concern(m->c, (int32_t)i);
        bool behind = false;
        if (concern->party != d->out->party ||
            (concern->claim >= 0 && !m->now.in_force[concern->claim])) {
            continue;
        }
        for (uint32_t k = 0; k < concern->met_by.count; k++) {
            const parley_formula *f = concern->met_by.at[k].formula;
            behind = behind || (f != NULL && within(against(d, f)));
        }
        if (!behind) {
            continue;
        }
        parley_demand_reason reason = {.concern = (int32_t)i};
        reason.other = others_among(d, &concern->met_by, &reason.others);
        reason.in_part = others_among(d, &concern->in_part, &reason.in_parts);
        parley_demand_reason *at =
            moves_grow(m, d->reason, d->out->reason_count, &d->reason_room, sizeof(*at));
        if (at == NULL) {
            return;
        }
        d->reason = at;
        d->reason[d->out->reason_count++] = reason;
        if (reason.others > 0) {
            give(d, PARLEY_FACT_OTHER_WAY, concern->claim, PARLEY_DATE_INIT)->concern = (int32_t)i;
        }
    }
}

/* ------------------------------------------------------------------------ voices */

/* Another person of the party, who allows something that the demand does not, or asks otherwise. */
static void find_other_voices(draft *d)
{
    parley_moves *m = d->m;
    for (uint32_t i = 0; i < m->rows && !m->nomem; i++) {
        const moves_row *row = &m->row[i];
        const parley_stand *s = &row->stand;
        if (s->party != d->out->party || s->person < 0 || s->claim < 0 || row->words ||
            s->hold > PARLEY_STAND_OPEN || d->out->persons.count == 0 ||
            moves_holds(&d->out->persons, s->person) || moves_same(row, d->lead) ||
            !moves_share_issue(m, row, d->lead)) {
            continue;
        }
        bool replaces = false;
        for (uint32_t k = 0; k < d->rows; k++) {
            replaces = replaces || moves_replaced_by(m, d->row[k], s->claim, NULL) ||
                       (d->row[k]->stand.claim >= 0 &&
                        moves_replaced_by(m, row, d->row[k]->stand.claim, NULL));
        }
        const parley_stand *own = &d->lead->stand;
        parley_sets sets = moves_compare(m, own->formula, own->refuses, s->formula, s->refuses);
        bool differs = s->hold == PARLEY_STAND_BINDS ? sets != PARLEY_SETS_EQUAL : !within(sets);
        if (!replaces && differs && sets != PARLEY_SETS_NOT_COMPARED) {
            give(d, PARLEY_FACT_OTHER_VOICE, s->claim, s->date)->person = s->person;
        }
    }
}

static void add_issues(draft *d, uint64_t *bits, const parley_formula *f)
{
    if (f != NULL) {
        parley_formula_issues(f, bits, d->m->bit_words);
    }
}

static void add_list(draft *d, uint64_t *bits, const parley_conditions *list)
{
    for (uint32_t k = 0; k < list->count; k++) {
        add_issues(d, bits, list->at[k].formula);
    }
}

/* Does the list speak of the demand's track, and of none of its issues? */
static bool leaves_out(draft *d, const uint64_t *bits)
{
    const parley_moves *m = d->m;
    bool same_track = false;
    for (uint32_t k = 0; k < d->lead->stand.issues.count; k++) {
        int32_t own = d->lead->stand.issues.at[k];
        if ((bits[own / 64] >> (own % 64) & 1) != 0) {
            return false;
        }
        for (uint32_t i = 0; i < parley_case_issues(m->c) && !same_track; i++) {
            same_track =
                (bits[i / 64] >> (i % 64) & 1) != 0 &&
                parley_case_issue(m->c, (int32_t)i)->track == parley_case_issue(m->c, own)->track;
        }
    }
    return same_track;
}

/* A list of the party's own, said to be complete, that does not have it. */
static void find_lists(draft *d)
{
    parley_moves *m = d->m;
    const parley_case *c = m->c;
    uint64_t *bits = parley_arena_array(m->arena, m->bit_words, sizeof(*bits));
    m->nomem = m->nomem || bits == NULL;
    for (uint32_t n = 0; n < d->from->lists && !m->nomem; n++) {
        int32_t i = (int32_t)d->from->listed[n];
        const parley_claim *claim = parley_case_claim(c, i);
        const parley_about *about = &claim->about;
        const parley_proposal *p =
            about->kind == PARLEY_ABOUT_PROPOSAL ? parley_case_proposal(c, about->index) : NULL;
        bool own =
            p != NULL && (p->tabled_by.party == d->out->party || claim->act == PARLEY_ACT_DEMAND);
        bool complete = claim->list == PARLEY_LIST_COMPLETE ||
                        (own && p->list == PARLEY_LIST_COMPLETE &&
                         (claim->act == PARLEY_ACT_DEMAND || claim->act == PARLEY_ACT_PROPOSE ||
                          claim->act == PARLEY_ACT_OFFER));
        if (!complete || !speaks(&claim->by, d->out->party) ||
            !later_or_same(claim->record.happened, d->out->first)) {
            continue;
        }
        memset(bits, 0, m->bit_words * sizeof(*bits));
        add_issues(d, bits, about->formula);
        add_list(d, bits, &claim->conditions);
        add_list(d, bits, &claim->only_if);
        if (leaves_out(d, bits)) {
            int32_t person = -1;
            for (uint32_t k = 0; k < claim->by.count; k++) {
                person = claim->by.at[k].party == d->out->party ? claim->by.at[k].person : person;
            }
            give(d, PARLEY_FACT_LEFT_OUT, i, claim->record.happened)->person = person;
        }
    }
    for (uint32_t i = 0; i < parley_case_responses(c) && !m->nomem; i++) {
        const parley_response *r = parley_case_response(c, (int32_t)i);
        if (r->list != PARLEY_LIST_COMPLETE || r->by.party != d->out->party || r->claim < 0 ||
            !m->now.in_force[r->claim] || !by_then(m, r->record.happened) ||
            !later_or_same(r->record.happened, d->out->first)) {
            continue;
        }
        memset(bits, 0, m->bit_words * sizeof(*bits));
        add_list(d, bits, &r->conditions);
        add_list(d, bits, &r->only_if);
        if (leaves_out(d, bits)) {
            give(d, PARLEY_FACT_LEFT_OUT, r->claim, r->record.happened)->person = r->by.person;
        }
    }
}

/* ------------------------------------------------------------------- one demand */

static void find_who(draft *d)
{
    parley_demand *out = d->out;
    int32_t *persons = parley_arena_array(d->m->arena, d->rows, sizeof(*persons));
    const moves_row *lead = NULL;
    bool mentions_only = true;
    if (persons == NULL) {
        d->m->nomem = true;
        return;
    }
    out->persons.at = persons;
    for (uint32_t i = 0; i < d->rows; i++) {
        mentions_only = mentions_only && d->row[i]->only_repeats;
    }
    for (uint32_t i = 0; i < d->rows; i++) {
        const moves_row *row = d->row[i];
        out->in_force = out->in_force || !moves_replaced(d->m, row);
        out->typed_tested = out->typed_tested || row->stand.firmness == PARLEY_FIRMNESS_RED_TESTED;
        if (row->only_repeats && !mentions_only) {
            continue;
        }
        out->times += row->stand.claim < 0;
        if (lead == NULL || row->stand.firmness > lead->stand.firmness) {
            lead = row;
        }
        out->first = out->first.form == PARLEY_DATE_UNKNOWN ? row->stand.date : out->first;
        out->last = row->stand.date.form == PARLEY_DATE_UNKNOWN ? out->last : row->stand.date;
        if (row->stand.person >= 0) {
            moves_insert(persons, &out->persons, row->stand.person);
        }
    }
    d->lead = lead != NULL ? lead : d->lead;
    out->stand = &d->lead->stand;
    if (moves_support(d->m, d->row, d->rows, &out->support)) {
        out->times += out->support.claims.count;
    }
}

static void find_moves(draft *d, bool line)
{
    for (uint32_t i = 0; i < d->m->moves; i++) {
        const parley_move *move = &d->m->move[i];
        bool away = moves_same(moves_row_of(move->from), d->lead) &&
                    move->kind != PARLEY_MOVE_HARDENED && move->kind != PARLEY_MOVE_CONFIRMED;
        bool harder =
            move->kind == PARLEY_MOVE_HARDENED && moves_same(moves_row_of(move->to), d->lead);
        if (line ? harder : away) {
            give(d, line ? PARLEY_FACT_HARDENED : PARLEY_FACT_MOVED, move->to->claim,
                 move->to->date)
                ->move = (int32_t)i;
        }
    }
}

static void find_said(draft *d)
{
    const parley_demand *out = d->out;
    parley_firmness firmness = out->stand->firmness;
    int32_t claim = out->stand->claim;
    if (firmness >= PARLEY_FIRMNESS_RED_STATED) {
        give(d, PARLEY_FACT_RED_LINE, claim, out->stand->date);
    } else if (firmness == PARLEY_FIRMNESS_CONDITION) {
        give(d, PARLEY_FACT_CONDITION, claim, out->stand->date);
    } else if (firmness <= PARLEY_FIRMNESS_ASK) {
        give(d, PARLEY_FACT_ASKED, claim, out->stand->date);
    }
    if (out->persons.count > 1) {
        give(d, PARLEY_FACT_VOICES, -1, PARLEY_DATE_INIT)->count = out->persons.count;
    }
    if (out->support.originals > 1) {
        give(d, PARLEY_FACT_ORIGINALS, -1, PARLEY_DATE_INIT)->count = out->support.originals;
    }
}

/* For a line first; otherwise as found. */
static bool sort_evidence(draft *d)
{
    uint32_t count = d->out->evidence_count;
    parley_fact *sorted = parley_arena_array(d->m->arena, count, sizeof(*sorted));
    uint32_t n = 0;
    if (sorted == NULL) {
        d->m->nomem = true;
        return false;
    }
    for (int line = 1; line >= 0; line--) {
        for (uint32_t i = 0; i < count; i++) {
            if (d->evidence[i].line == (line == 1)) {
                sorted[n++] = d->evidence[i];
            }
        }
    }
    d->out->evidence = sorted;
    return true;
}

static void make_demand(parley_moves *m, const picked *from, const moves_row **row, uint32_t rows)
{
    draft d = {.m = m,
               .from = from,
               .row = row,
               .rows = rows,
               .lead = row[0],
               .out = &m->demand[m->demands]};
    *d.out = (parley_demand){
        .party = row[0]->stand.party, .first = PARLEY_DATE_INIT, .last = PARLEY_DATE_INIT};
    void (*const steps[])(draft *) = {find_who,     find_said,         find_tests,
                                      find_reasons, find_other_voices, find_lists};
    for (size_t k = 0; k < sizeof(steps) / sizeof(steps[0]) && !m->nomem; k++) {
        steps[k](&d);
    }
    if (m->nomem) {
        return;
    }
    find_moves(&d, true);
    find_moves(&d, false);
    d.out->tests = d.test;
    d.out->reasons = d.reason;
    if (!m->nomem && sort_evidence(&d)) {
        m->demands++;
    }
}

/* Does the row say in words what somebody insists on, asks for or refuses? */
static bool demands_in_words(const parley_moves *m, const moves_row *row)
{
    if (!row->words || row->only_repeats || row->stand.claim < 0 || moves_replaced(m, row)) {
        return false;
    }
    switch (parley_case_claim(m->c, row->stand.claim)->act) {
    case PARLEY_ACT_DEMAND:
    case PARLEY_ACT_REQUEST:
    case PARLEY_ACT_URGE:
    case PARLEY_ACT_REJECT:
    case PARLEY_ACT_ACCEPT_IF:
        return true;
    default:
        return false;
    }
}

/* Principals, and whoever's consent an issue or one of its options needs. */
static void mark_parties(const parley_moves *m, bool *counts)
{
    const parley_case *c = m->c;
    for (uint32_t i = 0; i < parley_case_parties(c); i++) {
        counts[i] = (parley_case_party(c, (int32_t)i)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
    }
    for (uint32_t i = 0; i < parley_case_issues(c); i++) {
        const parley_issue *issue = parley_case_issue(c, (int32_t)i);
        for (uint32_t k = 0; k < issue->needs.count; k++) {
            counts[issue->needs.at[k]] = true;
        }
        for (uint32_t v = 0; issue->kind == PARLEY_ISSUE_CHOICE && v < issue->values; v++) {
            for (uint32_t k = 0; k < issue->options[v].needs.count; k++) {
                counts[issue->options[v].needs.at[k]] = true;
            }
        }
    }
}

/* ----------------------------------------------------------------------- picking */

static bool answers(parley_act act)
{
    return act == PARLEY_ACT_REJECT || act == PARLEY_ACT_ACCEPT || act == PARLEY_ACT_CONCEDE ||
           act == PARLEY_ACT_ACCEPT_IF || act == PARLEY_ACT_DEFER;
}

/* What an answer is about, as a key of picked.answers; NONE: it is no answer. */
static uint32_t answered(const parley_case *c, const parley_claim *claim)
{
    const parley_about *about = &claim->about;
    if (!answers(claim->act) || about->index < 0) {
        return UINT32_MAX;
    }
    return about->kind == PARLEY_ABOUT_PROPOSAL ? (uint32_t)about->index
           : about->kind == PARLEY_ABOUT_CLAIM  ? parley_case_proposals(c) + (uint32_t)about->index
                                                : UINT32_MAX;
}

static void pick_answers(parley_moves *m, picked *out)
{
    const parley_case *c = m->c;
    uint32_t claims = parley_case_claims(c);
    uint32_t keys = parley_case_proposals(c) + claims;
    moves_lists *l = &out->answers;
    uint32_t all = 0;
    l->first = parley_arena_array(m->arena, (size_t)keys + 2, sizeof(*l->first));
    m->nomem = m->nomem || l->first == NULL;
    for (uint32_t i = 0; i < claims && !m->nomem; i++) {
        uint32_t key = answered(c, parley_case_claim(c, (int32_t)i));
        if (key != UINT32_MAX && m->now.in_force[i]) {
            l->first[key + 2]++;
            all++;
        }
    }
    l->row = parley_arena_array(m->arena, all, sizeof(*l->row));
    m->nomem = m->nomem || l->row == NULL;
    for (uint32_t k = 0; k < keys && !m->nomem; k++) {
        l->first[k + 2] += l->first[k + 1];
    }
    for (uint32_t i = 0; i < claims && !m->nomem; i++) {
        uint32_t key = answered(c, parley_case_claim(c, (int32_t)i));
        if (key != UINT32_MAX && m->now.in_force[i]) {
            l->row[l->first[key + 1]++] = i;
        }
    }
}

static bool pick(parley_moves *m, picked *out)
{
    const parley_case *c = m->c;
    uint32_t claims = parley_case_claims(c);
    uint32_t parties = parley_case_parties(c);
    *out = (picked){.offer = parley_arena_array(m->arena, claims, sizeof(*out->offer)),
                    .listed = parley_arena_array(m->arena, claims, sizeof(*out->listed)),
                    .refusal = parley_arena_array(m->arena, m->rows, sizeof(*out->refusal)),
                    .refusals =
                        parley_arena_array(m->arena, (size_t)parties + 1, sizeof(*out->refusals))};
    m->nomem = m->nomem || out->offer == NULL || out->listed == NULL || out->refusal == NULL ||
               out->refusals == NULL;
    for (uint32_t i = 0; i < claims && !m->nomem; i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        if (!m->now.in_force[i]) {
            continue;
        }
        bool offer = claim->act == PARLEY_ACT_OFFER || claim->act == PARLEY_ACT_PROPOSE;
        if (offer && claim->by.count > 0 && claim->by.at[0].party >= 0 &&
            claim->about.kind == PARLEY_ABOUT_FORMULA && claim->about.formula != NULL) {
            out->offer[out->offers++] = i;
        }
        if (claim->list == PARLEY_LIST_COMPLETE || claim->about.kind == PARLEY_ABOUT_PROPOSAL) {
            out->listed[out->lists++] = i;
        }
    }
    uint32_t refusals = 0;
    for (uint32_t i = 0, party = 0; !m->nomem && party < parties; party++) {
        out->refusals[party] = refusals;
        for (; i < m->rows && m->row[i].stand.party == (int32_t)party; i++) {
            const parley_stand *s = &m->row[i].stand;
            if (s->refuses && s->formula != NULL && s->claim >= 0) {
                out->refusal[refusals++] = &m->row[i];
            }
        }
        out->refusals[party + 1] = refusals;
    }
    if (!m->nomem) {
        pick_answers(m, out);
    }
    return !m->nomem;
}

bool moves_make_demands(parley_moves *m)
{
    picked from;
    bool *counts = parley_arena_array(m->arena, parley_case_parties(m->c), sizeof(*counts));
    bool *done = parley_arena_array(m->arena, m->rows, sizeof(*done));
    const moves_row **row = parley_arena_array(m->arena, m->rows, sizeof(*row));
    m->demand = parley_arena_array(m->arena, m->rows, sizeof(*m->demand));
    m->worded = parley_arena_array(m->arena, m->rows, sizeof(*m->worded));
    m->nomem = m->nomem || counts == NULL || done == NULL || row == NULL || m->demand == NULL ||
               m->worded == NULL;
    if (!m->nomem && pick(m, &from)) {
        mark_parties(m, counts);
    }
    for (uint32_t i = 0; i < m->rows && !m->nomem; i++) {
        const parley_stand *s = &m->row[i].stand;
        if (counts[s->party] && demands_in_words(m, &m->row[i])) {
            m->worded[m->worded_count++] = s;
        }
        if (done[i] || s->hold != PARLEY_STAND_BINDS || m->row[i].words || !counts[s->party]) {
            continue;
        }
        uint32_t rows = 0;
        const moves_row **own = NULL;
        for (uint32_t j = i; j < m->rows && m->row[j].stand.party == s->party; j++) {
            if (moves_same(&m->row[i], &m->row[j])) {
                row[rows++] = &m->row[j];
                done[j] = true;
            }
        }
        own = parley_arena_array(m->arena, rows, sizeof(*own));
        if (own == NULL) {
            m->nomem = true;
            break;
        }
        memcpy(own, row, rows * sizeof(*own));
        make_demand(m, &from, own, rows);
    }
    return !m->nomem;
}
