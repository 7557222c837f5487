/*
 * What every claim and answer says, one set of issues at a time, whether or not something replaced
 * it later.
 *
 * Statements (statements.c) leave out what a later claim took out. To see it all, claims are
 * coloured so that no two of one colour replace one another, and the statements of each colour are
 * collected with the other colours set aside. Conjuncts of one claim about the same issues are one
 * stand: "at least 15 and at most 30" is one thing to hold.
 *
 * Left out: readings (ours is nobody's move), and acts that hold nothing (threats, denials, reports
 * and predictions).
 */
#include "case/moves_internal.h"

#include <stdlib.h>
#include <string.h>

void *moves_grow(parley_moves *m, void *at, uint32_t count, uint32_t *room, size_t size)
{
    if (count < *room) {
        return at;
    }
    uint32_t larger = *room == 0 ? 8 : *room * 2;
    void *grown = parley_arena_grow(m->arena, at, count * size, (size_t)larger * size);
    if (grown == NULL) {
        m->nomem = true;
        return NULL;
    }
    *room = larger;
    return grown;
}

bool moves_is_unnamed(parley_class cls)
{
    return cls == PARLEY_CLASS_DESCRIBED || cls == PARLEY_CLASS_BARE;
}

/* --------------------------------------------------------------------- colours */

typedef struct colouring {
    uint32_t *colour; /* by claim */
    uint32_t count;
} colouring;

/* The smallest colour that none of the claims it replaces, or is replaced by, has. */
static bool find_colours(parley_moves *m, colouring *out)
{
    const parley_case *c = m->c;
    uint32_t claims = parley_case_claims(c);
    uint32_t *before = parley_arena_array(m->arena, (size_t)claims + 1, sizeof(*before));
    uint32_t edges = 0;
    for (uint32_t i = 0; i < claims; i++) {
        edges += parley_case_claim(c, (int32_t)i)->replaces.count;
    }
    int32_t *by = parley_arena_array(m->arena, edges, sizeof(*by));
    uint32_t *stamp = parley_arena_array(m->arena, (size_t)claims + 2, sizeof(*stamp));
    out->colour = parley_arena_array(m->arena, claims, sizeof(*out->colour));
    out->count = 1;
    if (before == NULL || by == NULL || stamp == NULL || out->colour == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < claims; i++) {
        parley_ids replaces = parley_case_claim(c, (int32_t)i)->replaces;
        for (uint32_t k = 0; k < replaces.count; k++) {
            before[replaces.at[k]]++;
        }
    }
    for (uint32_t i = 0, sum = 0; i <= claims; i++) {
        uint32_t own = i < claims ? before[i] : 0;
        before[i] = sum;
        sum += own;
    }
    for (uint32_t i = claims; i > 0; i--) { /* by[before[x] ..]: who replaces x */
        parley_ids replaces = parley_case_claim(c, (int32_t)i - 1)->replaces;
        for (uint32_t k = 0; k < replaces.count; k++) {
            by[before[replaces.at[k]]++] = (int32_t)i - 1;
        }
    }
    for (uint32_t i = 0; i < claims; i++) {
        parley_ids replaces = parley_case_claim(c, (int32_t)i)->replaces;
        uint32_t from = i == 0 ? 0 : before[i - 1];
        if (replaces.count == 0) {
            continue; /* colour 0: these never replace one another */
        }
        for (uint32_t k = 0; k < replaces.count; k++) {
            stamp[out->colour[replaces.at[k]]] = i + 1;
        }
        for (uint32_t k = from; k < before[i]; k++) {
            stamp[out->colour[by[k]]] = i + 1;
        }
        uint32_t colour = 1;
        while (stamp[colour] == i + 1) {
            colour++;
        }
        out->colour[i] = colour;
        out->count = colour + 1 > out->count ? colour + 1 : out->count;
    }
    return true;
}

/* ------------------------------------------------------------------------ rows */

static int32_t person_of(const parley_voices *by, int32_t party)
{
    for (uint32_t k = 0; k < by->count; k++) {
        if (by->at[k].party == party) {
            return by->at[k].person;
        }
    }
    return -1;
}

/* What holding it amounts to; false: it holds nothing. */
static bool hold_of(const parley_case *c, const case_statement *s, parley_stand_kind *out)
{
    if (s->mode >= 0) {
        *out = s->mode == PARLEY_MODE_ACCEPTS ? PARLEY_STAND_GIVES : PARLEY_STAND_BINDS;
        return true;
    }
    if (s->claim < 0) {
        return false;
    }
    switch (parley_case_claim(c, s->claim)->act) {
    case PARLEY_ACT_PROPOSE:
    case PARLEY_ACT_OFFER:
    case PARLEY_ACT_PROMISE:
        *out = PARLEY_STAND_GIVES;
        return true;
    case PARLEY_ACT_OPEN_TO:
        *out = PARLEY_STAND_OPEN;
        return true;
    case PARLEY_ACT_DEFER:
        *out = PARLEY_STAND_PUT_OFF;
        return true;
    case PARLEY_ACT_THREATEN:
    case PARLEY_ACT_DENY:
    case PARLEY_ACT_NOT_AWARE:
    case PARLEY_ACT_NO_COMMENT:
    case PARLEY_ACT_REPORT:
    case PARLEY_ACT_PREDICT:
        return false;
    default:
        *out = PARLEY_STAND_STATES; /* what was said under conditions in words, too */
        return true;
    }
}

static uint64_t *new_bits(parley_moves *m)
{
    uint64_t *bits = parley_arena_array(m->arena, m->bit_words, sizeof(*bits));
    m->nomem = m->nomem || bits == NULL;
    return bits;
}

static parley_ids list_bits(parley_moves *m, const uint64_t *bits)
{
    uint32_t count = 0;
    for (size_t w = 0; w < m->bit_words; w++) {
        count += (uint32_t)__builtin_popcountll(bits[w]);
    }
    int32_t *list = parley_arena_array(m->arena, count, sizeof(*list));
    if (list == NULL) {
        m->nomem = true;
        return (parley_ids){NULL, 0};
    }
    uint32_t n = 0;
    for (size_t w = 0; w < m->bit_words; w++) {
        for (uint64_t left = bits[w]; left != 0; left &= left - 1) {
            list[n++] = (int32_t)(w * 64) + __builtin_ctzll(left);
        }
    }
    return (parley_ids){list, n};
}

static moves_row *push_row(parley_moves *m, const moves_row *row)
{
    moves_row *at = moves_grow(m, m->row, m->rows, &m->row_room, sizeof(*at));
    if (at == NULL) {
        return NULL;
    }
    m->row = at;
    m->row[m->rows] = *row;
    return &m->row[m->rows++];
}

/* a and b, the second not already a conjunct of the first. */
const parley_formula *moves_conjoin(parley_moves *m, const parley_formula *a,
                                    const parley_formula *b)
{
    bool joined = a->kind == PARLEY_F_AND;
    uint32_t count = joined ? a->count : 1;
    for (uint32_t k = 0; k < count; k++) {
        if (parley_formula_equal(joined ? a->arg[k] : a, b)) {
            return a;
        }
    }
    parley_formula *f = parley_arena_alloc(m->arena, sizeof(*f));
    const parley_formula **arg = parley_arena_array(m->arena, (size_t)count + 1, sizeof(*arg));
    if (f == NULL || arg == NULL) {
        m->nomem = true;
        return NULL;
    }
    for (uint32_t k = 0; k < count; k++) {
        arg[k] = joined ? a->arg[k] : a;
    }
    arg[count] = b;
    *f = (parley_formula){.kind = PARLEY_F_AND,
                          .count = count + 1,
                          .span = a->span,
                          .issue = -1,
                          .recipient = -1,
                          .party = -1,
                          .proposal = -1,
                          .arg = arg};
    return f;
}

/* Two parts of what one claim or answer says about the same issues. */
static bool same_saying(const parley_moves *m, const moves_row *a, const moves_row *b)
{
    const parley_stand *x = &a->stand;
    const parley_stand *y = &b->stand;
    return x->party == y->party && x->claim == y->claim &&
           (x->claim >= 0 || x->response == y->response) && x->hold == y->hold && !x->refuses &&
           !y->refuses && x->firmness == y->firmness && x->formula != NULL && y->formula != NULL &&
           memcmp(a->bits, b->bits, m->bit_words * sizeof(*a->bits)) == 0;
}

/* The same refusal once as a claim and once as the answer that leans on it. */
static bool same_refusal(const moves_row *a, const moves_row *b)
{
    const parley_stand *x = &a->stand;
    const parley_stand *y = &b->stand;
    return x->party == y->party && x->claim >= 0 && x->claim == y->claim && x->refuses &&
           y->refuses && parley_formula_equal(x->formula, y->formula);
}

static void take(parley_moves *m, const case_statement *s, uint32_t run_begins)
{
    const parley_case *c = m->c;
    moves_row row = {.words = s->formula == NULL, .order = s->order};
    parley_stand_kind hold = PARLEY_STAND_STATES;
    if (!hold_of(c, s, &hold)) {
        return;
    }
    uint64_t *bits = new_bits(m);
    if (bits == NULL) {
        return;
    }
    if (s->formula != NULL) {
        parley_formula_issues(s->formula, bits, m->bit_words);
    } else if (s->issue >= 0) {
        bits[s->issue / 64] |= UINT64_C(1) << (s->issue % 64);
    }
    const parley_claim *claim = s->claim >= 0 ? parley_case_claim(c, s->claim) : NULL;
    const parley_response *response =
        s->response >= 0 ? parley_case_response(c, s->response) : NULL;
    row.bits = bits;
    row.stand = (parley_stand){.party = s->party,
                               .hold = hold,
                               .refuses = s->mode == PARLEY_MODE_REFUSES,
                               .act = s->act,
                               .firmness = (parley_firmness)s->firmness,
                               .basis = (parley_basis)s->basis,
                               .cls = claim != NULL      ? claim->cls
                                      : response != NULL ? response->cls
                                                         : PARLEY_CLASS_NONE,
                               .formula = s->formula,
                               .text = s->text != NULL ? s->text : "",
                               .claim = s->claim,
                               .response = s->response,
                               .person = claim != NULL      ? person_of(&claim->by, s->party)
                                         : response != NULL ? response->by.person
                                                            : -1,
                               .date = s->date};
    for (uint32_t k = 0; claim != NULL && k < claim->repeats.count; k++) {
        row.only_repeats = row.only_repeats || m->now.in_force[claim->repeats.at[k]];
    }
    uint32_t *last = s->claim >= 0      ? &m->of_claim[s->claim]
                     : s->response >= 0 ? &m->of_response[s->response]
                                        : NULL;
    /* only what one claim or one answer says can be the same saying */
    for (uint32_t i = last != NULL ? *last : 0; i > run_begins; i = m->row[i - 1].before) {
        moves_row *other = &m->row[i - 1];
        if (same_refusal(other, &row)) {
            return;
        }
        if (same_saying(m, other, &row)) {
            other->stand.formula = moves_conjoin(m, other->stand.formula, s->formula);
            return;
        }
    }
    row.before = last != NULL ? *last : 0;
    push_row(m, &row);
    if (last != NULL && !m->nomem) {
        *last = m->rows;
    }
}

/* A principal's term, or a reading of it: the first day counts from here. */
static void note_day(parley_moves *m, const case_statement *s, bool *exact)
{
    parley_date d = s->date;
    bool principal = (parley_case_party(m->c, s->party)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
    if (!principal || s->mode < 0 || d.form == PARLEY_DATE_UNKNOWN) {
        return;
    }
    bool day = d.form == PARLEY_DATE_DAY && d.side == PARLEY_DATE_ON;
    d.last = d.first != INT32_MIN ? d.first : d.last;
    if (m->first_day.form == PARLEY_DATE_UNKNOWN || (day && !*exact) ||
        (day == *exact && d.last < m->first_day.last)) {
        m->first_day = d;
        *exact = day;
    }
}

/* Answers that put something off say nothing else; they are rows all the same. */
static void take_deferrals(parley_moves *m)
{
    const parley_case *c = m->c;
    for (uint32_t i = 0; i < parley_case_responses(c) && !m->nomem; i++) {
        const parley_response *r = parley_case_response(c, (int32_t)i);
        bool typed = r->claim >= 0 && (parley_case_claim(c, r->claim)->act == PARLEY_ACT_DEFER ||
                                       !m->now.in_force[r->claim]);
        const parley_date at = m->at;
        if (r->answer != PARLEY_ANSWER_DEFER || r->by.party < 0 || typed ||
            (m->party >= 0 && m->party != r->by.party) ||
            (at.form != PARLEY_DATE_UNKNOWN &&
             !parley_date_possibly_by(r->record.happened, at.last))) {
            continue;
        }
        const parley_proposal *p = parley_case_proposal(c, r->proposal);
        uint64_t *bits = new_bits(m);
        if (bits == NULL) {
            return;
        }
        if (p->formula != NULL) {
            parley_formula_issues(p->formula, bits, m->bit_words);
        }
        for (uint32_t k = 0; k < p->parts.count; k++) {
            if (p->parts.at[k].formula != NULL) {
                parley_formula_issues(p->parts.at[k].formula, bits, m->bit_words);
            }
        }
        moves_row row = {
            .words = true, .bits = bits, .order = ((uint64_t)1 << 62) + ((uint64_t)i << 32)};
        row.stand = (parley_stand){.party = r->by.party,
                                   .hold = PARLEY_STAND_PUT_OFF,
                                   .act = "puts off",
                                   .basis = parley_class_on_record(r->cls) ? PARLEY_BASIS_RECORD
                                                                           : PARLEY_BASIS_REPORTED,
                                   .cls = r->cls,
                                   .text = p->name,
                                   .claim = r->claim,
                                   .response = (int32_t)i,
                                   .person = r->by.person,
                                   .date = r->record.happened};
        push_row(m, &row);
    }
}

static int by_party_and_date(const void *pa, const void *pb)
{
    const moves_row *a = pa;
    const moves_row *b = pb;
    if (a->stand.party != b->stand.party) {
        return a->stand.party < b->stand.party ? -1 : 1;
    }
    int order = parley_date_compare(a->stand.date, b->stand.date);
    return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

static bool print_texts(parley_moves *m)
{
    parley_text *text = parley_text_new(m->ctx, parley_ctx_limits(m->ctx)->text_bytes);
    for (uint32_t i = 0; text != NULL && i < m->rows && !m->nomem; i++) {
        parley_stand *stand = &m->row[i].stand;
        stand->issues = list_bits(m, m->row[i].bits);
        if (stand->formula != NULL) {
            parley_text_clear(text);
            parley_formula_print(stand->formula, parley_case_names(m->c), text);
            stand->text =
                parley_arena_copy(m->arena, parley_text_data(text), parley_text_size(text));
            m->nomem =
                m->nomem || stand->text == NULL || parley_text_status(text, NULL) != PARLEY_OK;
        }
    }
    m->nomem = m->nomem || text == NULL;
    parley_text_free(text);
    return !m->nomem;
}

static void find_groups(parley_moves *m);
static void list_groups(parley_moves *m);

parley_status moves_gather(parley_moves *m, parley_error *err)
{
    const parley_case *c = m->c;
    uint32_t claims = parley_case_claims(c);
    colouring k = {NULL, 0};
    bool exact = false;
    parley_status status = PARLEY_OK;
    if (m->terms != NULL) {
        m->now = *case_terms_statements(m->terms);
    } else {
        status = case_statements_collect(&m->now, c, m->arena, m->options, CASE_SELECT_ALL, err);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    m->of_claim = parley_arena_array(m->arena, claims, sizeof(*m->of_claim));
    m->of_response =
        parley_arena_array(m->arena, parley_case_responses(c), sizeof(*m->of_response));
    if (m->of_claim == NULL || m->of_response == NULL || !find_colours(m, &k)) {
        m->nomem = true;
        return PARLEY_NOMEM;
    }
    for (uint32_t colour = 0; colour < k.count && !m->nomem; colour++) {
        case_statements all;
        case_selection select = {m->party, k.colour, colour};
        status = case_statements_collect(&all, c, m->arena, m->options, select, err);
        if (status != PARLEY_OK) {
            return status;
        }
        uint32_t begins = m->rows;
        for (uint32_t i = 0; i < all.count && !m->nomem; i++) {
            const case_statement *s = &all.at[i];
            if (s->claim >= 0 ? k.colour[s->claim] != colour : colour > 0) {
                continue; /* an answer or a reading without a claim stands in every run */
            }
            note_day(m, s, &exact);
            if (s->reading < 0) {
                take(m, s, begins);
            }
        }
    }
    take_deferrals(m);
    if (!m->nomem && m->rows > 1) {
        qsort(m->row, m->rows, sizeof(*m->row), by_party_and_date);
    }
    if (!m->nomem && print_texts(m)) {
        find_groups(m);
        list_groups(m);
        m->stamp = parley_arena_array(m->arena, claims, sizeof(*m->stamp));
        m->nomem = m->nomem || m->stamp == NULL;
    }
    return m->nomem ? PARLEY_NOMEM : PARLEY_OK;
}

/* ------------------------------------------------------------------- questions */

bool moves_share_issue(const parley_moves *m, const moves_row *a, const moves_row *b)
{
    for (size_t w = 0; w < m->bit_words; w++) {
        if ((a->bits[w] & b->bits[w]) != 0) {
            return true;
        }
    }
    return false;
}

uint32_t moves_first_shift(const parley_moves *m, int32_t earlier)
{
    uint32_t low = 0;
    uint32_t high = m->now.shifts;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (m->now.shift[middle].earlier < earlier) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* A shift that takes this row out: on one of its issues, or as a whole when it names none. */
static bool takes_out(const moves_row *row, const parley_shift *shift)
{
    if (shift->party != row->stand.party) {
        return false;
    }
    return shift->issue < 0 ? row->stand.issues.count == 0
                            : (row->bits[shift->issue / 64] >> (shift->issue % 64) & 1) != 0;
}

bool moves_replaced_by(const parley_moves *m, const moves_row *row, int32_t later,
                       const parley_shift **out)
{
    int32_t claim = row->stand.claim;
    for (uint32_t i = claim < 0 ? m->now.shifts : moves_first_shift(m, claim);
         i < m->now.shifts && m->now.shift[i].earlier == claim; i++) {
        if ((later < 0 || m->now.shift[i].later == later) && takes_out(row, &m->now.shift[i])) {
            if (out != NULL) {
                *out = &m->now.shift[i];
            }
            return true;
        }
    }
    return false;
}

bool moves_replaced(const parley_moves *m, const moves_row *row)
{
    return moves_replaced_by(m, row, -1, NULL);
}

bool moves_same(const moves_row *a, const moves_row *b)
{
    return a == b || (a->stand.party == b->stand.party && a->group != 0 && a->group == b->group);
}

const moves_row *moves_row_of(const parley_stand *stand)
{
    return (const moves_row *)stand;
}

static bool alike(parley_moves *m, const moves_row *a, const moves_row *b)
{
    const parley_stand *x = &a->stand;
    const parley_stand *y = &b->stand;
    return x->hold == y->hold && !a->words && !b->words &&
           (moves_share_issue(m, a, b) || x->issues.count + y->issues.count == 0) &&
           moves_compare(m, x->formula, x->refuses, y->formula, y->refuses) == PARLEY_SETS_EQUAL;
}

/* The same formula held in the same way: alike without comparing sets. */
static bool same_words(const parley_stand *x, const parley_stand *y)
{
    return x->party == y->party && x->hold == y->hold && x->refuses == y->refuses &&
           strcmp(x->text, y->text) == 0;
}

static uint32_t hash_of(const parley_stand *s)
{
    uint32_t h = 2166136261u ^ (uint32_t)s->party; /* FNV-1a */
    h = (h ^ (uint32_t)s->hold) * 16777619u;
    h = (h ^ (uint32_t)s->refuses) * 16777619u;
    for (const char *at = s->text; *at != '\0'; at++) {
        h = (h ^ (uint8_t)*at) * 16777619u;
    }
    return h ^ h >> 15;
}

/*
 * Number the rows that hold the same, from 1; words are like nothing else (0). Most often somebody
 * says again what stands in the same formula: a table of formulas met finds those, and only a new
 * formula is compared with the groups there are.
 */
static void find_groups(parley_moves *m)
{
    uint32_t room = 16;
    while (room < m->rows * 2) {
        room *= 2;
    }
    uint32_t *first = parley_arena_array(m->arena, m->rows, sizeof(*first)); /* row of each group */
    uint32_t *met = parley_arena_array(m->arena, room, sizeof(*met)); /* 1 + a row; 0: none */
    uint32_t begin = 0;                                               /* groups of this party */
    m->nomem = m->nomem || first == NULL || met == NULL;
    for (uint32_t i = 0; i < m->rows && !m->nomem; i++) {
        moves_row *row = &m->row[i];
        if (i > 0 && m->row[i - 1].stand.party != row->stand.party) {
            begin = m->groups;
        }
        if (row->words) {
            continue;
        }
        uint32_t slot = hash_of(&row->stand) & (room - 1);
        while (met[slot] != 0 && !same_words(&m->row[met[slot] - 1].stand, &row->stand)) {
            slot = (slot + 1) & (room - 1);
        }
        if (met[slot] != 0) {
            row->group = m->row[met[slot] - 1].group;
            continue;
        }
        for (uint32_t k = begin; k < m->groups && row->group == 0; k++) {
            row->group = alike(m, &m->row[first[k]], row) ? k + 1 : 0;
        }
        if (row->group == 0) {
            first[m->groups++] = i;
            row->group = m->groups;
        }
        met[slot] = i + 1;
    }
}

/* Counts at first[k + 1] become where each list begins; the caller then fills by it. */
static bool lists_begin(parley_moves *m, moves_lists *lists, uint32_t keys)
{
    uint32_t all = 0;
    for (uint32_t k = 0; k <= keys; k++) {
        all += lists->first[k];
        lists->first[k] = all;
    }
    lists->row = parley_arena_array(m->arena, all, sizeof(*lists->row));
    m->nomem = m->nomem || lists->row == NULL;
    return !m->nomem;
}

static void list_groups(parley_moves *m)
{
    moves_lists *l = &m->by_group;
    l->first = parley_arena_array(m->arena, (size_t)m->groups + 3, sizeof(*l->first));
    m->nomem = m->nomem || l->first == NULL;
    for (uint32_t i = 0; i < m->rows && !m->nomem; i++) {
        l->first[m->row[i].group + 2] += m->row[i].group > 0;
    }
    if (m->nomem || !lists_begin(m, l, m->groups + 2)) {
        return;
    }
    for (uint32_t i = 0; i < m->rows; i++) {
        if (m->row[i].group > 0) {
            l->row[l->first[m->row[i].group + 1]++] = i;
        }
    }
}

bool moves_list_issues(parley_moves *m, uint32_t begin, uint32_t end)
{
    moves_lists *l = &m->by_issue;
    uint32_t issues = parley_case_issues(m->c);
    l->first = parley_arena_array(m->arena, (size_t)issues + 2, sizeof(*l->first));
    m->nomem = m->nomem || l->first == NULL;
    for (uint32_t i = begin; i < end && !m->nomem; i++) {
        for (uint32_t k = 0; k < m->row[i].stand.issues.count; k++) {
            l->first[m->row[i].stand.issues.at[k] + 2]++;
        }
    }
    if (m->nomem || !lists_begin(m, l, issues + 1)) {
        return false;
    }
    for (uint32_t i = begin; i < end; i++) {
        for (uint32_t k = 0; k < m->row[i].stand.issues.count; k++) {
            l->row[l->first[m->row[i].stand.issues.at[k] + 1]++] = i;
        }
    }
    return true;
}
