/*
 * Statements side by side: on one question of fact, on one incident, by two voices of one party,
 * wishes that differ, figures that cannot both be so.
 *
 * Left out on purpose: any weighing. A denial is a side; "not aware" and "no comment" never are. A
 * later statement of the same speaker is a shift. What a person of a party says and what is said of
 * the party through others are two voices of one party.
 */
#include <parley/evidence.h>

#include <string.h>

struct parley_besides {
    parley_ctx *ctx;
    parley_arena *arena;
    const parley_case *c;
    parley_beside *at;
    uint32_t count;
    uint32_t room;
    int64_t *package; /* scratch: one value an issue */
};

/* Statements of one party on one issue that are all compared, the same said twice too. */
#define VOICES_MOST 32u

static parley_status nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while comparing statements");
}

static parley_status push(parley_besides *b, parley_beside item, parley_error *err)
{
    if (b->count == b->room) {
        uint32_t room = b->room == 0 ? 16 : b->room * 2;
        parley_beside *grown =
            parley_arena_grow(b->arena, b->at, b->count * sizeof(*grown), room * sizeof(*grown));
        if (grown == NULL) {
            return nomem(err);
        }
        b->at = grown;
        b->room = room;
    }
    b->at[b->count++] = item;
    return PARLEY_OK;
}

/* Different originals; those not known are one. Marks what repeats another claim here. */
static uint32_t originals(const parley_case *c, parley_beside_claim *claim, uint32_t count)
{
    uint32_t different = 0;
    for (uint32_t i = 0; i < count; i++) {
        int32_t origin = parley_evidence_origin(c, claim[i].claim);
        bool seen = false;
        for (uint32_t k = 0; k < count; k++) {
            claim[i].repeats =
                claim[i].repeats ||
                (k != i &&
                 parley_ids_hold(parley_case_claim(c, claim[i].claim)->repeats, claim[k].claim));
            seen = seen || (k < i && parley_evidence_origin(c, claim[k].claim) == origin);
        }
        different += !seen;
    }
    return different;
}

static bool same_speaker(const parley_claim *a, const parley_claim *b)
{
    if (a->by.count != 1 || b->by.count != 1) {
        return false;
    }
    const parley_voice *x = &a->by.at[0];
    const parley_voice *y = &b->by.at[0];
    return x->party == y->party && x->person == y->person && x->source == y->source &&
           (x->party >= 0 || x->source >= 0);
}

/* Is a surely earlier than b? */
static bool surely_before(parley_date a, parley_date b)
{
    return a.form != PARLEY_DATE_UNKNOWN && b.form != PARLEY_DATE_UNKNOWN && a.last < b.first;
}

/* ------------------------------------------------------- questions of fact */

static bool no_denial(parley_act act)
{
    return act == PARLEY_ACT_NOT_AWARE || act == PARLEY_ACT_NO_COMMENT;
}

static bool names_one_of(const parley_voices *list, const parley_voices *other)
{
    for (uint32_t i = 0; i < list->count; i++) {
        for (uint32_t k = 0; k < other->count; k++) {
            const parley_voice *x = &list->at[i];
            const parley_voice *y = &other->at[k];
            if ((x->party >= 0 && x->party == y->party) ||
                (x->source >= 0 && x->source == y->source)) {
                return true;
            }
        }
    }
    return false;
}

/*
 * Can two accounts of an incident not both be so? Two that blame, differently; or one that blames
 * somebody and one that denies it: of those it names, else of itself.
 */
static bool accounts_differ(const parley_claim *x, const parley_claim *y)
{
    bool denies = x->act == PARLEY_ACT_DENY;
    if (x->implies != NULL || y->implies != NULL || denies == (y->act == PARLEY_ACT_DENY)) {
        return x->implies != NULL || y->implies != NULL || !denies;
    }
    const parley_claim *no = denies ? x : y;
    return names_one_of(no->blames.count > 0 ? &no->blames : &no->by,
                        denies ? &y->blames : &x->blames);
}

/*
 * Opposed: two sides, not both of one speaker whose later word is surely later.
 */
static parley_beside_finding judge(const parley_case *c, const parley_beside_claim *claim,
                                   uint32_t count, uint32_t sides, bool incident)
{
    bool shift = false;
    if (sides < 2) {
        return sides == 1 ? PARLEY_BESIDE_ONE_SIDED : PARLEY_BESIDE_NOTHING;
    }
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < i; k++) {
            if (claim[i].side < 0 || claim[k].side < 0 || claim[i].side == claim[k].side) {
                continue;
            }
            const parley_claim *x = parley_case_claim(c, claim[i].claim);
            const parley_claim *y = parley_case_claim(c, claim[k].claim);
            if (incident && !accounts_differ(x, y)) {
                continue;
            }
            bool replaced = parley_ids_hold(x->replaces, claim[k].claim) ||
                            parley_ids_hold(y->replaces, claim[i].claim);
            bool ordered = surely_before(x->record.happened, y->record.happened) ||
                           surely_before(y->record.happened, x->record.happened);
            if (!replaced && !(same_speaker(x, y) && ordered)) {
                return PARLEY_BESIDE_OPPOSED;
            }
            shift = true;
        }
    }
    return shift ? PARLEY_BESIDE_SHIFT : PARLEY_BESIDE_NO_CONFLICT;
}

/* What a claim says on a question of fact, in a word or two; NULL: it takes no side. */
static const char *side_of(parley_besides *b, const parley_claim *claim, parley_error *err,
                           parley_status *status)
{
    if (claim->implies != NULL || claim->blames.count == 0) {
        return claim->implies != NULL          ? claim->implies
               : claim->act == PARLEY_ACT_DENY ? "denied"
                                               : NULL;
    }
    const char *names = claim->act == PARLEY_ACT_DENY ? "not by" : "by"; /* who denies it of whom */
    for (uint32_t k = 0; names != NULL && k < claim->blames.count; k++) {
        const parley_voice *v = &claim->blames.at[k];
        const char *one = v->party >= 0    ? parley_case_party(b->c, v->party)->name
                          : v->source >= 0 ? parley_case_source(b->c, v->source)->name
                                           : v->words;
        names = parley_arena_format(b->arena, "%s%s %s", names, k > 0 ? "," : "",
                                    one != NULL ? one : "somebody");
    }
    if (names == NULL) {
        *status = nomem(err);
    }
    return names;
}

static bool speaks_to(const parley_claim *claim, int32_t point, int32_t incident)
{
    return point >= 0
               ? claim->point == point
               : claim->about.kind == PARLEY_ABOUT_INCIDENT && claim->about.index == incident;
}

/* Claims on a point (or, point -1, on an incident) side by side. */
static parley_status question(parley_besides *b, int32_t point, int32_t incident, parley_error *err)
{
    const parley_case *c = b->c;
    parley_status status = PARLEY_OK;
    uint32_t claims = parley_case_claims(c);
    uint32_t n = 0;
    uint32_t sides = 0;
    for (uint32_t i = 0; i < claims; i++) {
        n += speaks_to(parley_case_claim(c, (int32_t)i), point, incident);
    }
    parley_beside_claim *row = parley_arena_array(b->arena, n, sizeof(*row));
    const char **side = parley_arena_array(b->arena, n, sizeof(*side));
    if (row == NULL || side == NULL) {
        return nomem(err);
    }
    n = 0;
    for (uint32_t i = 0; i < claims; i++) {
        const parley_claim *claim = parley_case_claim(c, (int32_t)i);
        if (!speaks_to(claim, point, incident)) {
            continue;
        }
        parley_beside_claim *at = &row[n++];
        *at = (parley_beside_claim){(int32_t)i, -1, no_denial((parley_act)claim->act), false};
        const char *says = side_of(b, claim, err, &status);
        if (status != PARLEY_OK) {
            return status;
        }
        for (uint32_t k = 0; says != NULL && !at->not_denial && k < sides; k++) {
            at->side = strcmp(side[k], says) == 0 ? (int32_t)k : at->side;
        }
        if (says != NULL && !at->not_denial && at->side < 0) {
            at->side = (int32_t)sides;
            side[sides++] = says;
        }
    }
    parley_beside item = {.kind = point >= 0 ? PARLEY_BESIDE_POINT : PARLEY_BESIDE_INCIDENT,
                          .finding = judge(c, row, n, sides, point < 0),
                          .point = point,
                          .incident = incident,
                          .issue = -1,
                          .party = -1,
                          .group = -1,
                          .claim = row,
                          .claims = n,
                          .side = side,
                          .sides = sides,
                          .originals = originals(c, row, n)};
    return push(b, item, err);
}

static parley_status points(parley_besides *b, parley_error *err)
{
    parley_status status = PARLEY_OK;
    for (uint32_t p = 0; p < parley_case_points(b->c) && status == PARLEY_OK; p++) {
        status = question(b, (int32_t)p, -1, err);
    }
    for (uint32_t i = 0; i < parley_case_incidents(b->c) && status == PARLEY_OK; i++) {
        status = question(b, -1, (int32_t)i, err);
    }
    return status;
}

/* ---------------------------------------------------------------- positions */

static bool speaks_of(const parley_position *p, int32_t issue)
{
    return p->claim >= 0 && p->formula != NULL && p->issue == issue &&
           parley_formula_only_issue(p->formula) == issue;
}

/* What cannot be found out is never called a contradiction. */
static bool can_both_hold(parley_besides *b, const parley_position *x, const parley_position *y)
{
    parley_holding one = {x->formula, strcmp(x->act, "refuses") == 0};
    parley_holding other = {y->formula, strcmp(y->act, "refuses") == 0};
    return parley_case_both_hold(b->c, one, other, b->package) != PARLEY_NO;
}

/*
 * Does it leave no room for other answers? Being open to, asking for, proposing or accepting one
 * thing does.
 */
static bool exclusive(const parley_position *p)
{
    return p->binds && p->firmness > PARLEY_FIRMNESS_ASK && strcmp(p->act, "accepts") != 0 &&
           strcmp(p->act, "concedes") != 0;
}

static parley_status pair(parley_besides *b, parley_beside_kind kind, parley_beside_finding finding,
                          int32_t issue, int32_t party, const int32_t *claim, uint32_t count,
                          parley_error *err)
{
    parley_beside_claim *row = parley_arena_array(b->arena, count, sizeof(*row));
    if (row == NULL) {
        return nomem(err);
    }
    for (uint32_t i = 0; i < count; i++) {
        row[i] = (parley_beside_claim){claim[i], (int32_t)i, false, false};
    }
    return push(b,
                (parley_beside){.kind = kind,
                                .finding = finding,
                                .point = -1,
                                .incident = -1,
                                .issue = issue,
                                .party = party,
                                .group = -1,
                                .claim = row,
                                .claims = count,
                                .originals = originals(b->c, row, count)},
                err);
}

/* Two statements of a cell that cannot both hold, if they cannot; first: where the cell begins. */
static parley_status compare_voices(parley_besides *b, const parley_position *x,
                                    const parley_position *y, uint32_t first, parley_error *err)
{
    if (y->claim == x->claim || !(exclusive(x) || exclusive(y)) || can_both_hold(b, x, y)) {
        return PARLEY_OK;
    }
    bool ordered = surely_before(x->date, y->date) || surely_before(y->date, x->date);
    bool y_first = y->claim < x->claim;
    y_first = surely_before(x->date, y->date) ? false : y_first;
    y_first = surely_before(y->date, x->date) ? true : y_first;
    const int32_t claims[2] = {y_first ? y->claim : x->claim, y_first ? x->claim : y->claim};
    for (uint32_t k = b->count; k > first; k--) { /* the answer and its claim hold it both */
        const parley_beside *other = &b->at[k - 1];
        if (other->claim[0].claim == claims[0] && other->claim[1].claim == claims[1]) {
            return PARLEY_OK;
        }
    }
    return pair(b, PARLEY_BESIDE_VOICES, ordered ? PARLEY_BESIDE_SHIFT : PARLEY_BESIDE_OPPOSED,
                x->issue, x->party, claims, 2, err);
}

static bool says_the_same(const parley_position *x, const parley_position *y)
{
    return strcmp(x->act, y->act) == 0 && strcmp(x->text, y->text) == 0;
}

/* Of statements that say the same the latest stays, in its place. */
static uint32_t keep_latest(const parley_position **at, uint32_t n)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = 0;
        while (k < kept && !says_the_same(at[k], at[i])) {
            k++;
        }
        if (k < kept && surely_before(at[i]->date, at[k]->date)) {
            continue;
        }
        if (k < kept) {
            memmove(&at[k], &at[k + 1], (kept - k - 1) * sizeof(*at));
            kept--;
        }
        at[kept++] = at[i];
    }
    return kept;
}

/*
 * Statements in force of one party on one issue that cannot both hold. Where a party said much
 * about an issue, each thing it said stands once, as it said it last: a hundred demands against a
 * hundred others are one contradiction, and ten thousand lines help nobody.
 */
static parley_status voices(parley_besides *b, const parley_positions *positions, parley_error *err)
{
    uint32_t n = parley_positions_size(positions);
    parley_status status = PARLEY_OK;
    const parley_position **at = parley_arena_array(b->arena, n, sizeof(*at));
    if (at == NULL) {
        return nomem(err);
    }
    for (uint32_t begin = 0, end = 0; begin < n && status == PARLEY_OK; begin = end) {
        const parley_position *first = parley_positions_at(positions, begin);
        uint32_t count = 0;
        for (end = begin; end < n; end++) { /* positions stand cell by cell */
            const parley_position *p = parley_positions_at(positions, end);
            if (p->party != first->party || p->issue != first->issue) {
                break;
            }
            if (p->issue >= 0 && speaks_of(p, p->issue)) {
                at[count++] = p;
            }
        }
        if (count > VOICES_MOST) {
            count = keep_latest(at, count);
        }
        uint32_t told = b->count;
        for (uint32_t i = 0; i < count && status == PARLEY_OK; i++) {
            for (uint32_t k = i; k > 0 && status == PARLEY_OK; k--) {
                status = compare_voices(b, at[i], at[k - 1], told, err);
            }
        }
    }
    return status;
}

/* Does claim i only repeat one that the same later claim took out too? */
static bool told_already(const parley_besides *b, const parley_terms *terms, uint32_t i)
{
    const parley_shift *s = parley_terms_shift(terms, i);
    for (uint32_t k = 0; k < parley_terms_shifts(terms); k++) {
        const parley_shift *other = parley_terms_shift(terms, k);
        if (k != i && other->later == s->later && other->issue == s->issue &&
            parley_ids_hold(parley_case_claim(b->c, s->earlier)->repeats, other->earlier)) {
            return true;
        }
    }
    return false;
}

/* Shifts that rest on a softer source than what they replaced. */
static parley_status shifts(parley_besides *b, const parley_terms *terms, parley_error *err)
{
    for (uint32_t i = 0; i < parley_terms_shifts(terms); i++) {
        const parley_shift *s = parley_terms_shift(terms, i);
        const int32_t claims[2] = {s->earlier, s->later};
        if (!s->to_confirm || s->issue < 0 || told_already(b, terms, i)) {
            continue;
        }
        parley_status status = pair(b, PARLEY_BESIDE_VOICES, PARLEY_BESIDE_TO_CONFIRM, s->issue,
                                    s->party, claims, 2, err);
        if (status != PARLEY_OK) {
            return status;
        }
    }
    return PARLEY_OK;
}

/* Issues on which parties wish for different things and nobody demands or refuses anything. */
static parley_status wishes(parley_besides *b, const parley_positions *positions, parley_error *err)
{
    uint32_t n = parley_positions_size(positions);
    int32_t *claim = parley_arena_array(b->arena, n, sizeof(*claim));
    const parley_position **first = parley_arena_array(b->arena, n, sizeof(*first));
    if (claim == NULL || first == NULL) {
        return nomem(err);
    }
    for (uint32_t issue = 0; issue < parley_case_issues(b->c); issue++) {
        uint32_t count = 0;
        bool differ = false;
        bool hard = false;
        for (uint32_t i = 0; i < n; i++) {
            const parley_position *p = parley_positions_at(positions, i);
            if (p->issue != (int32_t)issue) {
                continue;
            }
            hard = hard || (p->binds && p->firmness > PARLEY_FIRMNESS_ASK) || p->reading >= 0;
            if (!speaks_of(p, (int32_t)issue)) {
                continue;
            }
            for (uint32_t k = 0; k < count; k++) {
                differ = differ || (first[k]->party != p->party && !can_both_hold(b, first[k], p));
            }
            first[count] = p;
            claim[count++] = p->claim;
        }
        if (differ && !hard) {
            parley_status status = pair(b, PARLEY_BESIDE_WISHES, PARLEY_BESIDE_NO_CONFLICT,
                                        (int32_t)issue, -1, claim, count, err);
            if (status != PARLEY_OK) {
                return status;
            }
        }
    }
    return PARLEY_OK;
}

static parley_status figures_beside(parley_besides *b, const parley_figures *figures,
                                    parley_error *err)
{
    for (uint32_t g = 0; figures != NULL && g < parley_figures_groups(figures); g++) {
        const parley_figure_group *group = parley_figures_group(figures, g);
        if (group->against[0] < 0 && !group->grows) {
            continue;
        }
        parley_status status = push(
            b,
            (parley_beside){.kind = PARLEY_BESIDE_FIGURES,
                            .finding = group->grows ? PARLEY_BESIDE_SHIFT : PARLEY_BESIDE_OPPOSED,
                            .point = -1,
                            .incident = -1,
                            .issue = -1,
                            .party = -1,
                            .group = (int32_t)g},
            err);
        if (status != PARLEY_OK) {
            return status;
        }
    }
    return PARLEY_OK;
}

/* ------------------------------------------------------------------- all */

static parley_status gather(parley_besides *b, const parley_figures *figures, parley_error *err)
{
    uint32_t issues = parley_case_issues(b->c);
    parley_positions *positions = NULL;
    parley_terms *terms = NULL;
    b->package = parley_arena_array(b->arena, issues, sizeof(*b->package));
    if (b->package == NULL) {
        return nomem(err);
    }
    for (uint32_t i = 0; i < issues; i++) {
        b->package[i] = -1;
    }
    parley_status status = parley_positions_derive(&positions, b->ctx, b->c, NULL, err);
    if (status == PARLEY_OK) {
        status = parley_terms_derive(&terms, b->ctx, b->c, NULL, err);
    }
    status = status == PARLEY_OK ? points(b, err) : status;
    status = status == PARLEY_OK ? voices(b, positions, err) : status;
    status = status == PARLEY_OK ? shifts(b, terms, err) : status;
    status = status == PARLEY_OK ? wishes(b, positions, err) : status;
    status = status == PARLEY_OK ? figures_beside(b, figures, err) : status;
    parley_terms_free(terms);
    parley_positions_free(positions);
    return status;
}

parley_status parley_besides_new(parley_besides **out, parley_ctx *ctx, const parley_case *c,
                                 const parley_figures *figures, parley_error *err)
{
    *out = NULL;
    parley_besides *b = parley_alloc(ctx, sizeof(*b));
    if (b == NULL) {
        return nomem(err);
    }
    b->ctx = ctx;
    b->c = c;
    b->arena = parley_arena_new(ctx);
    parley_status status = b->arena == NULL ? nomem(err) : gather(b, figures, err);
    if (status != PARLEY_OK) {
        parley_besides_free(b);
        return status;
    }
    *out = b;
    return PARLEY_OK;
}

void parley_besides_free(parley_besides *b)
{
    if (b != NULL) {
        parley_arena_free(b->arena);
        parley_release(b->ctx, b, sizeof(*b));
    }
}

uint32_t parley_besides_size(const parley_besides *b)
{
    return b->count;
}

const parley_beside *parley_besides_at(const parley_besides *b, uint32_t i)
{
    PARLEY_ASSERT(i < b->count);
    return &b->at[i];
}

uint32_t parley_besides_opposed(const parley_besides *b)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < b->count; i++) {
        count += b->at[i].finding == PARLEY_BESIDE_OPPOSED;
    }
    return count;
}
