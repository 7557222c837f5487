/*
 * Moves: pairs of an earlier and a later stand of one party on an issue, classified by exact sets.
 *
 * A pair comes from `replaces` (the shifts of the terms), or from later words on the same issue
 * that do not say so: then the earlier ones still stand, and the pair is marked. The table is that
 * of docs/decisions/0012-moves.md, and stands here as it stands there.
 */
#include "case/moves_internal.h"

#include <stdlib.h>
#include <string.h>

/* ----------------------------------------------------------------------- pairs */

/* A move being made: the rows behind it. */
typedef struct pair {
    const moves_row *from;
    const moves_row *to;
    char letter;
    bool said;
    parley_sets sets;
    bool softer;  /* in source, said or not */
    int strength; /* of the firmest earlier source */
    int32_t *earlier;
    uint32_t earlier_count;
    uint32_t earlier_room;
} pair;

typedef struct pairs {
    pair *at;
    uint32_t count;
    uint32_t room;
} pairs;

static void add_earlier(parley_moves *m, pair *p, int32_t claim)
{
    for (uint32_t k = 0; k < p->earlier_count; k++) {
        if (p->earlier[k] == claim) {
            return;
        }
    }
    int32_t *list =
        claim < 0 ? NULL
                  : moves_grow(m, p->earlier, p->earlier_count, &p->earlier_room, sizeof(*list));
    if (list == NULL) {
        return;
    }
    p->earlier = list;
    uint32_t at = p->earlier_count++;
    while (at > 0 && list[at - 1] > claim) {
        list[at] = list[at - 1];
        at--;
    }
    list[at] = claim;
}

/* The same again: does the later one bring another original? */
static bool is_independent(parley_moves *m, const moves_row *e, const moves_row *l)
{
    const moves_row *const both[2] = {e, l};
    parley_move_support support;
    return moves_support(m, both, 2, &support) && support.originals > 1;
}

static void add_pair(parley_moves *m, pairs *out, const moves_row *e, const moves_row *l, bool said,
                     bool softer, bool covered)
{
    parley_sets sets = PARLEY_SETS_NOT_COMPARED;
    if (!e->words && !l->words) {
        sets = moves_compare(m, e->stand.formula, e->stand.refuses, l->stand.formula,
                             l->stand.refuses);
    }
    char letter = moves_classify(m->c, &e->stand, &l->stand, said, sets);
    if (letter == 'H' && !said && e->stand.hold == PARLEY_STAND_BINDS &&
        l->stand.hold == PARLEY_STAND_BINDS && sets != PARLEY_SETS_EQUAL && covered) {
        return;
    }
    if (letter == '-' || m->nomem || (said && letter == '=' && !is_independent(m, e, l))) {
        return;
    }
    int strength = case_class_strength(e->stand.cls);
    for (uint32_t i = out->count; said && i > 0 && i + 64 > out->count; i--) {
        /* the same said several times, and taken out by the same words */
        pair *p = &out->at[i - 1];
        if (p->to == l && p->said && p->letter == letter && moves_same(p->from, e)) {
            add_earlier(m, p, e->stand.claim);
            p->from = p->from->only_repeats && !e->only_repeats ? e : p->from;
            p->softer = p->softer || softer;
            p->strength = p->strength > strength ? p->strength : strength;
            return;
        }
    }
    pair *at = moves_grow(m, out->at, out->count, &out->room, sizeof(*at));
    if (at == NULL) {
        return;
    }
    out->at = at;
    out->at[out->count] = (pair){.from = e,
                                 .to = l,
                                 .letter = letter,
                                 .said = said,
                                 .sets = sets,
                                 .softer = softer,
                                 .strength = strength};
    add_earlier(m, &out->at[out->count++], e->stand.claim);
}

/* The rows of one party: where they begin and end. */
static uint32_t block_end(const parley_moves *m, uint32_t begin)
{
    uint32_t end = begin;
    while (end < m->rows && m->row[end].stand.party == m->row[begin].stand.party) {
        end++;
    }
    return end;
}

/* What stands instead of e by claim `later`: the row nearest in what it speaks about. */
static const moves_row *stand_instead(parley_moves *m, const moves_row *e, int32_t later,
                                      uint32_t begin, uint32_t end)
{
    const moves_row *best = NULL;
    int best_rank = 0;
    for (uint32_t i = begin; i < end; i++) {
        const moves_row *row = &m->row[i];
        if (row->stand.claim != later) {
            continue;
        }
        bool same = memcmp(row->bits, e->bits, m->bit_words * sizeof(*row->bits)) == 0;
        int rank = same                           ? 3
                   : moves_share_issue(m, row, e) ? 2
                   : row->stand.issues.count == 0 ? 1
                                                  : 0;
        if (rank > 0 &&
            (rank > best_rank || (rank == best_rank && row->stand.hold < best->stand.hold))) {
            best = row;
            best_rank = rank;
        }
    }
    if (best != NULL) {
        return best;
    }
    /* it says nothing of its own that can be held: its words stand there */
    const parley_claim *claim = parley_case_claim(m->c, later);
    moves_row *row = parley_arena_alloc(m->arena, sizeof(*row));
    if (row == NULL) {
        m->nomem = true;
        return NULL;
    }
    *row = (moves_row){.words = true, .order = (uint64_t)(uint32_t)later << 32};
    row->bits = parley_arena_array(m->arena, m->bit_words, sizeof(*row->bits));
    row->stand = (parley_stand){
        .party = e->stand.party,
        .hold = claim->act == PARLEY_ACT_DEFER ? PARLEY_STAND_PUT_OFF : PARLEY_STAND_STATES,
        .act = parley_words_word(PARLEY_WORDS_ACT, claim->act),
        .basis = parley_class_on_record(claim->cls) ? PARLEY_BASIS_RECORD : PARLEY_BASIS_REPORTED,
        .cls = claim->cls,
        .text = claim->says != NULL         ? claim->says
                : claim->about.text != NULL ? claim->about.text
                                            : "other words",
        .claim = later,
        .response = -1,
        .person = -1,
        .date = claim->record.happened};
    for (uint32_t k = 0; k < claim->by.count; k++) {
        row->stand.person =
            claim->by.at[k].party == e->stand.party ? claim->by.at[k].person : row->stand.person;
    }
    m->nomem = m->nomem || row->bits == NULL;
    return row->bits != NULL ? row : NULL;
}

static void said_pairs(parley_moves *m, pairs *out, uint32_t begin, uint32_t end)
{
    const case_statements *now = &m->now;
    for (uint32_t i = begin; i < end && !m->nomem; i++) {
        const moves_row *e = &m->row[i];
        int32_t last = -1;
        uint32_t first = e->stand.claim < 0 ? now->shifts : moves_first_shift(m, e->stand.claim);
        for (uint32_t k = first;
             k < now->shifts && now->shift[k].earlier == e->stand.claim && !m->nomem; k++) {
            const parley_shift *shift = &now->shift[k];
            const parley_shift *hit = NULL;
            if (shift->later == last || !moves_replaced_by(m, e, shift->later, &hit)) {
                continue;
            }
            last = shift->later;
            const moves_row *l = stand_instead(m, e, last, begin, end);
            if (l != NULL && l != e) {
                add_pair(m, out, e, l, true, hit->to_confirm, false);
            }
        }
    }
}

/* Had it been replaced before `later` was said? */
static bool gone_before(const parley_moves *m, const moves_row *e, const moves_row *later)
{
    for (uint32_t k = e->stand.claim < 0 ? m->now.shifts : moves_first_shift(m, e->stand.claim);
         k < m->now.shifts && m->now.shift[k].earlier == e->stand.claim; k++) {
        const parley_shift *shift = &m->now.shift[k];
        if (shift->later == later->stand.claim || !moves_replaced_by(m, e, shift->later, NULL)) {
            continue;
        }
        const parley_claim *claim = parley_case_claim(m->c, shift->later);
        int order = parley_date_compare(claim->record.happened, later->stand.date);
        if (order < 0 || (order == 0 && ((uint64_t)(uint32_t)shift->later << 32) < later->order)) {
            return true;
        }
    }
    return false;
}

/* A second mention of something that still stands by itself. */
static bool leans_on_another(const parley_moves *m, const moves_row *e)
{
    for (uint32_t k = 0;
         e->only_repeats && k < parley_case_claim(m->c, e->stand.claim)->repeats.count; k++) {
        int32_t first = parley_case_claim(m->c, e->stand.claim)->repeats.at[k];
        if (m->now.in_force[first] && !m->now.taken_out[first]) {
            return true;
        }
    }
    return false;
}

static bool may_precede(const parley_moves *m, const moves_row *e, const moves_row *l)
{
    bool one_saying = e->stand.claim >= 0
                          ? e->stand.claim == l->stand.claim
                          : l->stand.claim < 0 && e->stand.response == l->stand.response;
    return !one_saying && moves_share_issue(m, e, l) && !leans_on_another(m, e) &&
           e->stand.hold != PARLEY_STAND_STATES &&
           (!e->words || e->stand.hold == PARLEY_STAND_PUT_OFF ||
            l->stand.hold == PARLEY_STAND_PUT_OFF) &&
           (l->stand.claim < 0 || !moves_replaced_by(m, e, l->stand.claim, NULL)) &&
           !gone_before(m, e, l);
}

/* Certainly: what may have been the same day, or the other way round, is no move. */
static bool surely_before(const parley_stand *e, const parley_stand *l)
{
    return e->date.form != PARLEY_DATE_UNKNOWN && l->date.form != PARLEY_DATE_UNKNOWN &&
           e->date.last < l->date.first;
}

/* A formula with one operand more than `so_far`, as it binds: refused formulas negated. */
static const parley_formula *also_bound(parley_moves *m, const parley_formula *so_far,
                                        const parley_stand *stand)
{
    const parley_formula *f = stand->formula;
    if (stand->refuses) {
        parley_formula *no = parley_arena_alloc(m->arena, sizeof(*no));
        const parley_formula **arg = parley_arena_array(m->arena, 1, sizeof(*arg));
        if (no == NULL || arg == NULL) {
            m->nomem = true;
            return NULL;
        }
        arg[0] = f;
        *no = (parley_formula){.kind = PARLEY_F_NOT,
                               .count = 1,
                               .span = f->span,
                               .issue = -1,
                               .recipient = -1,
                               .party = -1,
                               .proposal = -1,
                               .arg = arg};
        f = no;
    }
    return so_far == NULL ? f : moves_conjoin(m, so_far, f);
}

/*
 * Do the demands that stood just before l, all together, allow nothing that l excludes? Those that
 * l takes out count, and the rest need not be on one day. Of rows that hold the same one is enough;
 * seen[group] is 1 + j when it is there.
 */
static bool asked_all_along(parley_moves *m, uint32_t *seen, uint32_t j)
{
    const moves_row *l = &m->row[j];
    const parley_formula *all = NULL;
    parley_arena_mark mark = parley_arena_here(m->arena);
    for (uint32_t k = 0; k < l->stand.issues.count; k++) {
        int32_t issue = l->stand.issues.at[k];
        const uint32_t *about = &m->by_issue.row[m->by_issue.first[issue]];
        for (uint32_t i = 0; about[i] < j && !m->nomem; i++) {
            const moves_row *e = &m->row[about[i]];
            if (e->stand.hold == PARLEY_STAND_BINDS && !e->words && seen[e->group] != j + 1 &&
                e->stand.claim != l->stand.claim && !gone_before(m, e, l)) {
                all = also_bound(m, all, &e->stand);
                seen[e->group] = j + 1;
            }
        }
    }
    parley_sets sets = moves_compare(m, all, false, l->stand.formula, l->stand.refuses);
    parley_arena_reset(m->arena, mark);
    return sets == PARLEY_SETS_MORE || sets == PARLEY_SETS_EQUAL;
}

/* Does e take the place of what was demanded latest? A refusal of nothing new does not. */
static bool displaces(parley_moves *m, const moves_row *latest, const moves_row *e)
{
    return latest == NULL || !e->stand.refuses ||
           moves_compare(m, latest->stand.formula, latest->stand.refuses, e->stand.formula,
                         e->stand.refuses) != PARLEY_SETS_MORE;
}

/*
 * Later words that do not say that they replace: against the latest demand and the latest other
 * words of the party on each issue. What was said before in the same way is no move; from an
 * independent source it confirms.
 */
static void unsaid_pairs(parley_moves *m, pairs *out, uint32_t begin, uint32_t end)
{
    const moves_row **same = parley_arena_array(m->arena, (size_t)end - begin, sizeof(*same));
    uint32_t *seen = parley_arena_array(m->arena, (size_t)m->groups + 1, sizeof(*seen));
    m->nomem = m->nomem || same == NULL || seen == NULL;
    for (uint32_t j = begin; j < end && !m->nomem; j++) {
        const moves_row *l = &m->row[j];
        uint32_t again = 0;
        if (l->only_repeats || l->stand.hold == PARLEY_STAND_STATES ||
            (l->words && l->stand.hold != PARLEY_STAND_PUT_OFF)) {
            continue;
        }
        parley_firmness firmest = PARLEY_FIRMNESS_UNSTATED;
        const uint32_t *at = l->group > 0 ? &m->by_group.row[m->by_group.first[l->group]] : NULL;
        for (uint32_t k = 0; at != NULL && at[k] < j; k++) {
            if (may_precede(m, &m->row[at[k]], l)) {
                same[again++] = &m->row[at[k]];
                firmest =
                    m->row[at[k]].stand.firmness > firmest ? m->row[at[k]].stand.firmness : firmest;
            }
        }
        if (again > 0 && firmest == l->stand.firmness) {
            if (moves_brings_original(m, same, again, l)) {
                add_pair(m, out, same[0], l, false, false, false);
            }
            continue;
        }
        bool covered = l->stand.hold == PARLEY_STAND_BINDS && asked_all_along(m, seen, j);
        for (uint32_t k = 0; k < l->stand.issues.count && !m->nomem; k++) {
            int32_t issue = l->stand.issues.at[k];
            const moves_row *latest[2] = {NULL, NULL}; /* a demand, anything else */
            const uint32_t *about = &m->by_issue.row[m->by_issue.first[issue]];
            for (uint32_t i = 0; about[i] < j; i++) {
                const moves_row *e = &m->row[about[i]];
                if (surely_before(&e->stand, &l->stand) && may_precede(m, e, l)) {
                    bool other = e->stand.hold != PARLEY_STAND_BINDS;
                    latest[other] = other || displaces(m, latest[0], e) ? e : latest[0];
                }
            }
            for (int n = 0; n < 2; n++) {
                bool known = latest[n] == NULL;
                for (uint32_t i = out->count; i > 0 && !known && out->at[i - 1].to == l; i--) {
                    known = out->at[i - 1].from == latest[n];
                }
                if (!known) {
                    add_pair(m, out, latest[n], l, false,
                             case_class_strength(l->stand.cls) <
                                 case_class_strength(latest[n]->stand.cls),
                             covered);
                }
            }
        }
    }
}

/* ----------------------------------------------------------------------- moves */

static parley_ids shared_issues(parley_moves *m, const moves_row *e, const moves_row *l)
{
    int32_t *list = parley_arena_array(m->arena, e->stand.issues.count, sizeof(*list));
    uint32_t n = 0;
    if (list == NULL) {
        m->nomem = true;
        return (parley_ids){NULL, 0};
    }
    for (int pass = 0; pass < 2 && n == 0; pass++) { /* none in common: the earlier's */
        for (uint32_t k = 0; k < e->stand.issues.count; k++) {
            int32_t i = e->stand.issues.at[k];
            if (pass == 1 || (l->bits[i / 64] >> (i % 64) & 1) != 0) {
                list[n++] = i;
            }
        }
    }
    return (parley_ids){list, n};
}

static void find_direction(parley_moves *m, const pair *p, parley_move *move)
{
    const parley_stand *e = &p->from->stand;
    const parley_stand *l = &p->to->stand;
    int64_t low[2] = {0, 0};
    int64_t high[2] = {0, 0};
    uint64_t count[2] = {0, 0};
    if (e->issues.count != 1 || l->issues.count != 1 || e->issues.at[0] != l->issues.at[0] ||
        p->sets == PARLEY_SETS_EQUAL || !moves_range(m, e, &low[0], &high[0], &count[0]) ||
        !moves_range(m, l, &low[1], &high[1], &count[1])) {
        return;
    }
    int64_t at_low = low[1] - low[0];
    int64_t at_high = high[1] - high[0];
    if ((at_low >= 0 && at_high > 0) || (at_low > 0 && at_high >= 0)) {
        move->direction = 1;
    } else if ((at_low <= 0 && at_high < 0) || (at_low < 0 && at_high <= 0)) {
        move->direction = -1;
    } else {
        return;
    }
    if (at_low == at_high || at_low == 0 || at_high == 0) {
        int64_t far = at_low != 0 ? at_low : at_high;
        move->steps = (uint32_t)(far < 0 ? -far : far);
    }
}

/* Everybody in force who says what the later one says. */
static void find_support(parley_moves *m, const pair *p, parley_move *move)
{
    const uint32_t *first = &m->by_group.first[p->to->group];
    uint32_t alike = p->to->group > 0 ? first[1] - first[0] : 0;
    const moves_row **same = parley_arena_array(m->arena, (size_t)alike + 1, sizeof(*same));
    uint32_t n = 0;
    int firmest = 0;
    if (same == NULL) {
        m->nomem = true;
        return;
    }
    same[n++] = p->to;
    for (uint32_t i = 0; i < alike; i++) {
        const moves_row *row = &m->row[m->by_group.row[first[0] + i]];
        if (row != p->to && !moves_replaced(m, row)) {
            int strength = case_class_strength(row->stand.cls);
            same[n++] = row;
            firmest = row->only_repeats || strength < firmest ? firmest : strength;
        }
    }
    if (moves_support(m, same, n, &move->support)) {
        move->to_confirm =
            p->softer && firmest < p->strength && move->kind != PARLEY_MOVE_CONFIRMED;
    }
}

static int by_when(const void *pa, const void *pb)
{
    const pair *a = pa;
    const pair *b = pb;
    int32_t party[2] = {a->from->stand.party, b->from->stand.party};
    if (party[0] != party[1]) {
        return party[0] < party[1] ? -1 : 1;
    }
    int order = parley_date_compare(a->to->stand.date, b->to->stand.date);
    if (order == 0) {
        order = (a->to->order > b->to->order) - (a->to->order < b->to->order);
    }
    if (order == 0) {
        order = parley_date_compare(a->from->stand.date, b->from->stand.date);
    }
    return order != 0 ? order
                      : (a->from->order > b->from->order) - (a->from->order < b->from->order);
}

static bool make_moves(parley_moves *m)
{
    pairs all = {NULL, 0, 0};
    for (uint32_t begin = 0; begin < m->rows && !m->nomem;) {
        uint32_t end = block_end(m, begin);
        if (!moves_list_issues(m, begin, end)) {
            break;
        }
        said_pairs(m, &all, begin, end);
        unsaid_pairs(m, &all, begin, end);
        begin = end;
    }
    m->move = parley_arena_array(m->arena, all.count, sizeof(*m->move));
    if (m->nomem || m->move == NULL) {
        m->nomem = true;
        return false;
    }
    if (all.count > 1) {
        qsort(all.at, all.count, sizeof(*all.at), by_when);
    }
    for (uint32_t i = 0; i < all.count && !m->nomem; i++) {
        const pair *p = &all.at[i];
        const parley_stand *e = &p->from->stand;
        const parley_stand *l = &p->to->stand;
        parley_move *move = &m->move[m->moves++];
        *move = (parley_move){.kind = moves_kind_of(p->letter),
                              .party = e->party,
                              .issues = shared_issues(m, p->from, p->to),
                              .from = e,
                              .to = l,
                              .earlier = {p->earlier, p->earlier_count},
                              .said = p->said,
                              .order_known = surely_before(e, l),
                              .sets = p->sets};
        find_direction(m, p, move);
        find_support(m, p, move);
    }
    return !m->nomem;
}

/* ------------------------------------------------------------------------- all */

static parley_status derive(parley_moves *m, parley_error *err)
{
    uint32_t issues = parley_case_issues(m->c);
    m->bit_words = (size_t)issues / 64 + 1;
    m->value = parley_arena_array(m->arena, issues, sizeof(*m->value));
    if (m->value == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while finding moves");
    }
    for (uint32_t i = 0; i < issues; i++) {
        m->value[i] = -1;
    }
    parley_status status = moves_gather(m, err);
    if (status == PARLEY_OK && !make_moves(m)) {
        status = PARLEY_NOMEM;
    }
    return status == PARLEY_NOMEM
               ? parley_fail(err, PARLEY_NOMEM, "out of memory while finding moves")
               : status;
}

parley_status parley_moves_derive_in(parley_moves **out, parley_ctx *ctx, const parley_case *c,
                                     const parley_scope *scope, parley_error *err)
{
    const parley_terms_options defaults = PARLEY_TERMS_OPTIONS_INIT;
    *out = NULL;
    parley_moves *m = parley_alloc(ctx, sizeof(*m));
    if (m == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "out of memory while finding moves");
    }
    m->ctx = ctx;
    m->c = c;
    m->options = scope->options != NULL ? scope->options : &defaults;
    m->terms = scope->terms;
    m->party = scope->party;
    m->at = m->options->at;
    m->first_day = PARLEY_DATE_INIT;
    m->arena = parley_arena_new(ctx);
    parley_status status =
        m->arena == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory") : derive(m, err);
    m->options = NULL; /* the caller's */
    m->terms = NULL;
    if (status != PARLEY_OK) {
        parley_moves_free(m);
        return status;
    }
    *out = m;
    return PARLEY_OK;
}

parley_status parley_moves_derive(parley_moves **out, parley_ctx *ctx, const parley_case *c,
                                  const parley_terms_options *options, parley_error *err)
{
    parley_scope scope = PARLEY_SCOPE_INIT;
    scope.options = options;
    return parley_moves_derive_in(out, ctx, c, &scope, err);
}

void parley_moves_free(parley_moves *moves)
{
    if (moves != NULL) {
        parley_arena_free(moves->arena);
        parley_release(moves->ctx, moves, sizeof(*moves));
    }
}

uint32_t parley_moves_size(const parley_moves *moves)
{
    return moves->moves;
}

const parley_move *parley_moves_at(const parley_moves *moves, uint32_t i)
{
    PARLEY_ASSERT(i < moves->moves);
    return &moves->move[i];
}

parley_status parley_moves_find_demands(parley_moves *moves, parley_error *err)
{
    if (!moves->has_demands) {
        if (!moves_make_demands(moves)) {
            return parley_fail(err, PARLEY_NOMEM, "out of memory while looking at demands");
        }
        moves->has_demands = true;
    }
    return PARLEY_OK;
}

uint32_t parley_moves_demands(const parley_moves *moves)
{
    PARLEY_ASSERT(moves->has_demands);
    return moves->demands;
}

const parley_demand *parley_moves_demand(const parley_moves *moves, uint32_t i)
{
    PARLEY_ASSERT(i < moves->demands);
    return &moves->demand[i];
}

uint32_t parley_moves_in_words(const parley_moves *moves)
{
    PARLEY_ASSERT(moves->has_demands);
    return moves->worded_count;
}

const parley_stand *parley_moves_in_words_at(const parley_moves *moves, uint32_t i)
{
    PARLEY_ASSERT(i < moves->worded_count);
    return moves->worded[i];
}

bool parley_move_since(const parley_move *move, parley_date since)
{
    return since.form == PARLEY_DATE_UNKNOWN || move->to->date.form == PARLEY_DATE_UNKNOWN ||
           move->to->date.last >= since.first;
}

parley_date parley_moves_first_day(const parley_moves *moves)
{
    return moves->first_day;
}
