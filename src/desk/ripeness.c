/*
 * Is this the moment? Perceptions that were typed, each with whoever says so, and what follows from
 * other records: a party's last answer to what is on the table (somebody who answers looks for a
 * way out, or says that this is none), and who spoke for it on record when it bound itself.
 *
 * Left out: any sum, and any guess from events. Zartman's stalemate is one that the party sees.
 */
#include <parley/ripeness.h>

#include <stdlib.h>

struct parley_ripeness {
    parley_ctx *ctx;
    parley_arena *arena;
    const parley_case *c;
    parley_date at;
    bool *replaced; /* by claim: by one that had happened by then */
    parley_ripe_line *line;
    uint32_t count;
};

const char *parley_ripe_state_word(parley_ripe_state state)
{
    static const char *const words[] = {"not-known", "so", "in-part", "not-so", "both"};
    return words[state];
}

const char *parley_ripe_voice_word(parley_ripe_voice voice)
{
    static const char *const words[] = {"own", "others", "ours"};
    return words[voice];
}

static bool by_then(const parley_ripeness *r, parley_date d)
{
    return r->at.form == PARLEY_DATE_UNKNOWN || parley_date_possibly_by(d, r->at.last);
}

static parley_basis basis_of(const parley_claim *claim)
{
    return parley_class_on_record(claim->cls) ? PARLEY_BASIS_RECORD : PARLEY_BASIS_REPORTED;
}

static void add_perceptions(parley_ripeness *r)
{
    for (uint32_t i = 0; i < parley_case_perceptions(r->c); i++) {
        const parley_perception *row = parley_case_perception(r->c, (int32_t)i);
        const parley_claim *claim = row->claim >= 0 ? parley_case_claim(r->c, row->claim) : NULL;
        parley_date date = row->record.happened;
        if (date.form == PARLEY_DATE_UNKNOWN && claim != NULL) {
            date = claim->record.happened;
        }
        if (by_then(r, date)) {
            r->line[r->count++] =
                (parley_ripe_line){.party = row->party,
                                   .of = row->of,
                                   .sees = row->sees,
                                   .voice = row->ours ? PARLEY_RIPE_OURS
                                            : claim != NULL && parley_claim_is_by(claim, row->party)
                                                ? PARLEY_RIPE_OWN
                                                : PARLEY_RIPE_OTHERS,
                                   .perception = (int32_t)i,
                                   .claim = row->claim,
                                   .response = -1,
                                   .person = -1,
                                   .basis = row->ours       ? PARLEY_BASIS_READING
                                            : claim != NULL ? basis_of(claim)
                                                            : PARLEY_BASIS_REPORTED,
                                   .date = date,
                                   .replaced = row->claim >= 0 && r->replaced[row->claim]};
        }
    }
}

static bool superseded(const parley_case *c, int32_t proposal)
{
    for (uint32_t i = 0; i < parley_case_proposals(c); i++) {
        if (parley_case_proposal(c, (int32_t)i)->replaces == proposal) {
            return true;
        }
    }
    return false;
}

/* The last answer of each party to each text that no later version replaced; by party. */
static void add_answers(parley_ripeness *r, int32_t *last)
{
    uint32_t parties = parley_case_parties(r->c);
    for (uint32_t p = 0; p < parley_case_proposals(r->c); p++) {
        if (superseded(r->c, (int32_t)p)) {
            continue;
        }
        for (uint32_t i = 0; i < parties; i++) {
            last[i] = -1;
        }
        for (uint32_t i = 0; i < parley_case_responses(r->c); i++) {
            const parley_response *a = parley_case_response(r->c, (int32_t)i);
            if (a->proposal == (int32_t)p && a->by.party >= 0 && by_then(r, a->record.happened) &&
                (last[a->by.party] < 0 ||
                 parley_date_compare(parley_case_response(r->c, last[a->by.party])->record.happened,
                                     a->record.happened) <= 0)) {
                last[a->by.party] = (int32_t)i;
            }
        }
        for (uint32_t i = 0; i < parties; i++) {
            if (last[i] < 0) {
                continue;
            }
            const parley_response *a = parley_case_response(r->c, last[i]);
            bool record = parley_class_on_record(a->cls);
            r->line[r->count++] =
                (parley_ripe_line){.party = (int32_t)i,
                                   .of = PARLEY_MOMENT_WAY_OUT,
                                   .voice = PARLEY_RIPE_OWN,
                                   .perception = -1,
                                   .claim = a->claim,
                                   .response = last[i],
                                   .person = -1,
                                   .basis = record ? PARLEY_BASIS_RECORD : PARLEY_BASIS_REPORTED,
                                   .date = a->record.happened,
                                   .replaced = a->claim >= 0 && r->replaced[a->claim]};
        }
    }
}

/* Words by which a party binds itself, or undertakes something. */
static bool commits(parley_act act)
{
    switch (act) {
    case PARLEY_ACT_DEMAND:
    case PARLEY_ACT_PROPOSE:
    case PARLEY_ACT_OFFER:
    case PARLEY_ACT_ACCEPT:
    case PARLEY_ACT_ACCEPT_IF:
    case PARLEY_ACT_REJECT:
    case PARLEY_ACT_CONCEDE:
    case PARLEY_ACT_PROMISE:
        return true;
    default:
        return false;
    }
}

/* Who bound a party on record, each with the last such claim. */
static void add_spokesmen(parley_ripeness *r, int32_t *last)
{
    for (uint32_t i = 0; i < parley_case_people(r->c); i++) {
        last[i] = -1;
    }
    for (uint32_t i = 0; i < parley_case_claims(r->c); i++) {
        const parley_claim *claim = parley_case_claim(r->c, (int32_t)i);
        if (!commits(claim->act) || !parley_class_on_record(claim->cls) ||
            !by_then(r, claim->record.happened)) {
            continue;
        }
        for (uint32_t k = 0; k < claim->by.count; k++) {
            int32_t who = claim->by.at[k].person;
            if (who >= 0 &&
                (last[who] < 0 ||
                 parley_date_compare(parley_case_claim(r->c, last[who])->record.happened,
                                     claim->record.happened) <= 0)) {
                last[who] = (int32_t)i;
            }
        }
    }
    for (uint32_t i = 0; i < parley_case_people(r->c); i++) {
        if (last[i] >= 0 && parley_case_person(r->c, (int32_t)i)->party >= 0) {
            r->line[r->count++] =
                (parley_ripe_line){.party = parley_case_person(r->c, (int32_t)i)->party,
                                   .of = PARLEY_MOMENT_SPOKESMAN,
                                   .voice = PARLEY_RIPE_OWN,
                                   .perception = -1,
                                   .claim = last[i],
                                   .response = -1,
                                   .person = (int32_t)i,
                                   .basis = PARLEY_BASIS_RECORD,
                                   .date = parley_case_claim(r->c, last[i])->record.happened};
        }
    }
}

/* The party's own words, those of others, what follows from other records, ours. */
static int rank(const parley_ripe_line *line)
{
    return line->voice == PARLEY_RIPE_OURS     ? 3
           : line->perception < 0              ? 2
           : line->voice == PARLEY_RIPE_OTHERS ? 1
                                               : 0;
}

static int in_order(const void *pa, const void *pb)
{
    const parley_ripe_line *a = pa;
    const parley_ripe_line *b = pb;
    if (a->party != b->party) {
        return a->party < b->party ? -1 : 1;
    }
    if (a->of != b->of) {
        return a->of < b->of ? -1 : 1;
    }
    if (rank(a) != rank(b)) {
        return rank(a) - rank(b);
    }
    bool dated[2] = {a->date.form != PARLEY_DATE_UNKNOWN, b->date.form != PARLEY_DATE_UNKNOWN};
    if (dated[0] != dated[1]) {
        return dated[0] ? -1 : 1;
    }
    int order = parley_date_compare(a->date, b->date);
    const int32_t x[4] = {a->perception, a->response, a->claim, a->person};
    const int32_t y[4] = {b->perception, b->response, b->claim, b->person};
    for (int k = 0; k < 4 && order == 0; k++) {
        order = (x[k] > y[k]) - (x[k] < y[k]);
    }
    return order;
}

static bool gather(parley_ripeness *r)
{
    const parley_case *c = r->c;
    uint32_t parties = parley_case_parties(c);
    uint32_t people = parley_case_people(c);
    size_t most = (size_t)parley_case_perceptions(c) + people + parley_case_responses(c);
    int32_t *last = parley_arena_array(r->arena, (size_t)(parties > people ? parties : people) + 1,
                                       sizeof(*last));
    r->line = parley_arena_array(r->arena, most + 1, sizeof(*r->line));
    r->replaced = parley_arena_array(r->arena, parley_case_claims(c), sizeof(*r->replaced));
    if (last == NULL || r->line == NULL || r->replaced == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < parley_case_claims(c); i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        for (uint32_t k = 0; k < claim->replaces.count && by_then(r, claim->record.happened); k++) {
            r->replaced[claim->replaces.at[k]] = true;
        }
    }
    add_perceptions(r);
    add_answers(r, last);
    add_spokesmen(r, last);
    if (r->count > 1) {
        qsort(r->line, r->count, sizeof(*r->line), in_order);
    }
    return true;
}

parley_status parley_ripeness_new(parley_ripeness **out, parley_ctx *ctx, const parley_case *c,
                                  parley_date at, parley_error *err)
{
    *out = NULL;
    parley_ripeness *r = parley_alloc(ctx, sizeof(*r));
    if (r != NULL) {
        r->ctx = ctx;
        r->c = c;
        r->at = at;
        r->arena = parley_arena_new(ctx);
    }
    if (r == NULL || r->arena == NULL || !gather(r)) {
        parley_ripeness_free(r);
        return parley_fail(err, PARLEY_NOMEM, "out of memory while looking at the moment");
    }
    *out = r;
    return PARLEY_OK;
}

void parley_ripeness_free(parley_ripeness *ripeness)
{
    if (ripeness != NULL) {
        parley_arena_free(ripeness->arena);
        parley_release(ripeness->ctx, ripeness, sizeof(*ripeness));
    }
}

uint32_t parley_ripeness_size(const parley_ripeness *ripeness)
{
    return ripeness->count;
}

const parley_ripe_line *parley_ripeness_at(const parley_ripeness *ripeness, uint32_t i)
{
    PARLEY_ASSERT(i < ripeness->count);
    return &ripeness->line[i];
}

parley_ripe_state parley_ripeness_state(const parley_ripeness *ripeness, int32_t party,
                                        parley_moment of, parley_ripe_voice voice)
{
    static const parley_ripe_state states[] = {PARLEY_RIPE_NOT_KNOWN, PARLEY_RIPE_SO,
                                               PARLEY_RIPE_IN_PART, PARLEY_RIPE_NOT_SO};
    parley_ripe_state found = PARLEY_RIPE_NOT_KNOWN;
    int32_t latest = INT32_MIN; /* first day that the latest of them may mean */
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < ripeness->count; i++) {
            const parley_ripe_line *line = &ripeness->line[i];
            bool dated = line->date.form != PARLEY_DATE_UNKNOWN;
            if (line->party != party || line->of != of || line->voice != voice ||
                line->sees == PARLEY_SIGHT_NONE || line->replaced) {
                continue;
            }
            if (pass == 0) {
                latest = dated && line->date.first > latest ? line->date.first : latest;
            } else if (!dated || line->date.last >= latest) {
                parley_ripe_state state = states[line->sees];
                found = found == PARLEY_RIPE_NOT_KNOWN || found == state ? state : PARLEY_RIPE_BOTH;
            }
        }
    }
    return found;
}
