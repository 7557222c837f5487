/*
 * Moves: the table against rules written out by hand on every pair of acts and sets, comparisons
 * against going through all packages, agreement with positions on two dates, and what must not
 * change an answer.
 */
#include "case/case_text.h"
#include "case/moves_check.h"
#include "deal/random_case.h"

/* ------------------------------------------------------------- the table, by hand */

#define VALUES 4
#define EVERY ((1u << VALUES) - 1)

typedef struct saying {
    const char *act;
    unsigned mask; /* values named */
} saying;

static const char *const acts[] = {"demand",  "request", "reject", "accept",
                                   "propose", "open-to", "defer",  "say"};

static bool is(const saying *s, const char *act)
{
    return strcmp(s->act, act) == 0;
}

static bool binds(const saying *s)
{
    return is(s, "demand") || is(s, "request") || is(s, "reject");
}

static bool gives(const saying *s)
{
    return is(s, "accept") || is(s, "propose");
}

static unsigned allowed(const saying *s)
{
    return is(s, "reject") ? EVERY & ~s->mask : s->mask;
}

/*
 * The rules of docs/decisions/0012-moves.md as sentences, in their order; NULL: no move. Both are
 * on record, so nothing hangs on the source.
 */
static const char *expected(const saying *e, const saying *l, bool said)
{
    unsigned before = allowed(e);
    unsigned after = allowed(l);
    bool same = before == after;
    bool within = (after & ~before) == 0; /* the later one allows nothing new */
    bool around = (before & ~after) == 0; /* it allows all that the earlier did */
    bool apart = (before & after) == 0 && !within && !around;
    if (!said && (is(e, "say") || is(l, "say"))) {
        return NULL; /* a mere statement moves nothing */
    }
    if (is(l, "defer")) {
        return is(e, "defer") ? NULL : "deferred";
    }
    if (is(e, "defer")) {
        return binds(l) ? "hardened" : is(l, "say") ? "not-compared" : "softened";
    }
    if (is(e, "say") || is(l, "say")) {
        bool neither = !within && !around;
        if (is(e, "say") && is(l, "say")) {
            return same ? NULL : around ? "softened" : within ? "hardened" : "reframed";
        }
        if (gives(e) && apart) {
            return "reversed";
        }
        if (neither) {
            return "reframed";
        }
        if (is(e, "open-to") || is(l, "open-to")) {
            return "not-compared";
        }
        return binds(e) || gives(l) ? "softened" : "hardened";
    }
    if (binds(e) && binds(l)) {
        if (apart && is(e, "reject") != is(l, "reject")) {
            return "reversed";
        }
        if (same) {
            bool ask = is(e, "request");
            bool asks = is(l, "request");
            return ask == asks ? NULL : asks ? "softened" : "hardened";
        }
        if (around) { /* a refusal of nothing new moves nothing */
            return !said && is(l, "reject") ? NULL : "softened";
        }
        if (within || (!said && !apart)) {
            return "hardened"; /* both stand: less is left */
        }
        return "reframed";
    }
    if (binds(e)) { /* then a yes, or open-to: softer, if it holds anything new or takes back */
        bool softer_words = is(l, "open-to") && same;
        return said || !within || softer_words ? "softened" : NULL;
    }
    if (binds(l)) {
        return gives(e) && apart ? "reversed" : "hardened";
    }
    if (gives(e) && gives(l)) {
        if (said) {
            return same     ? NULL
                   : around ? "softened"
                   : within ? "hardened"
                   : apart  ? "reversed"
                            : "reframed";
        }
        return within ? NULL : "softened";
    }
    if (gives(e)) { /* a yes, and then only open to */
        if (said) {
            return within || around ? "hardened" : apart ? "reversed" : "reframed";
        }
        return same ? "hardened" : within ? NULL : "softened";
    }
    if (gives(l)) { /* open to, and then yes */
        return said && apart ? "reframed" : "softened";
    }
    if (said) {
        return same ? NULL : around ? "softened" : within ? "hardened" : "reframed";
    }
    return within ? NULL : "softened";
}

static void formula_of(char *out, size_t size, unsigned mask, unsigned form)
{
    size_t used = 0;
    unsigned shown = form == 1 ? EVERY & ~mask : mask;
    used += (size_t)snprintf(out, size, "%sx in {", form == 1 ? "not " : "");
    bool first = true;
    for (unsigned v = 0; v < VALUES; v++) {
        if ((shown >> v & 1) != 0) {
            used += (size_t)snprintf(out + used, size - used, "%so%u", first ? "" : ", ", v);
            first = false;
        }
    }
    snprintf(out + used, size - used, "}");
}

/* Two claims of one party; form 1 writes the formulas the other way round. */
static void write_pair(char *out, size_t size, const saying *e, const saying *l, bool said,
                       unsigned form, const char *more)
{
    char f[2][120];
    formula_of(f[0], sizeof f[0], e->mask, form);
    formula_of(f[1], sizeof f[1], l->mask, form);
    snprintf(
        out, size,
        "parley: 1\ntitle: pair\nsources: {s: {kind: outlet}}\n"
        "parties: {p: {roles: [principal]}, q: {roles: [principal]}}\n"
        "tracks: {t: {table: now}}\n"
        "issues:\n  x: {track: t, options: {o0: a, o1: b, o2: c, o3: d}}\n"
        "  y: {track: t, options: {y0: a, y1: b}}\nclaims:\n"
        "  c1: {date: 2025-01-01, by: p, act: %s, about: \"%s\", source: s, class: on-record}\n"
        "  c2: {date: 2025-01-02, by: p, act: %s, about: \"%s\", source: s, class: on-record%s}\n"
        "%s",
        e->act, f[0], l->act, f[1], said ? ", replaces: c1" : "", more);
}

static void check_pair(const saying *e, const saying *l, bool said, unsigned form, const char *more)
{
    char text[2400];
    write_pair(text, sizeof text, e, l, said, form, more);
    moved x = moved_text(text);
    const char *wanted = expected(e, l, said);
    const char *found = NULL;
    for (uint32_t i = 0; i < parley_moves_size(x.m); i++) {
        const parley_move *move = parley_moves_at(x.m, i);
        if (strcmp(claim_id(&x, move->to->claim), "c2") == 0) {
            assert_null(found);
            found = parley_move_word(move->kind);
            assert_int_equal(move->said, said);
            assert_true(move->order_known);
        }
    }
    if ((found == NULL) != (wanted == NULL) || (found != NULL && strcmp(found, wanted) != 0)) {
        fail_msg("%s %x, then %s %x%s: %s, not %s", e->act, e->mask, l->act, l->mask,
                 said ? " (said to replace)" : "", found != NULL ? found : "no move",
                 wanted != NULL ? wanted : "no move");
    }
    moved_close(&x);
}

static void every_pair_of_acts_and_sets_is_classified_as_the_rules_say(void **state)
{
    (void)state;
    static const unsigned sets[][2] = {{1, 1},  {1, 3},  {3, 1}, {3, 6},  {1, 2},
                                       {3, 12}, {7, 14}, {5, 7}, {14, 3}, {6, 6}};
    for (size_t a = 0; a < CHECK_COUNT(acts); a++) {
        for (size_t b = 0; b < CHECK_COUNT(acts); b++) {
            for (size_t k = 0; k < CHECK_COUNT(sets); k++) {
                saying e = {acts[a], sets[k][0]};
                saying l = {acts[b], sets[k][1]};
                for (int said = 0; said < 2; said++) {
                    check_pair(&e, &l, said == 1, 0, "");
                }
            }
        }
    }
}

static void random_pairs_are_classified_alike_however_they_are_written(void **state)
{
    (void)state;
    parley_random r = parley_random_stream(12, 0x70f, 0, 0);
    static const char *const more =
        "  c3: {date: 2025-01-01, by: q, act: demand, about: \"x = o0\", source: s}\n"
        "  c4: {date: 2025-01-03, by: p, act: demand, about: \"y = y1\", source: s}\n"
        "  c5: {date: 2025-01-03, by: p, act: report, about: \"x = o2\", source: s}\n"
        "readings:\n"
        "  m1: {date: 2025-01-01, party: p, refuses: \"x = o1\", because: guess, from: []}\n";
    for (int n = 0; n < 600; n++) {
        saying e = {acts[parley_random_below(&r, CHECK_COUNT(acts))],
                    1 + parley_random_below(&r, EVERY - 1)};
        saying l = {acts[parley_random_below(&r, CHECK_COUNT(acts))],
                    1 + parley_random_below(&r, EVERY - 1)};
        bool said = parley_random_below(&r, 2) == 1;
        check_pair(&e, &l, said, parley_random_below(&r, 2), n % 2 == 0 ? "" : more);
    }
}

static void turning_two_demands_round_turns_softer_into_harder(void **state)
{
    (void)state;
    for (unsigned a = 1; a < EVERY; a++) {
        for (unsigned b = 1; b < EVERY; b++) {
            saying x = {"demand", a};
            saying y = {"demand", b};
            const char *there = expected(&x, &y, true);
            const char *back = expected(&y, &x, true);
            if (there == NULL) {
                assert_null(back);
            } else if (strcmp(there, "softened") == 0) {
                assert_string_equal(back, "hardened");
            } else if (strcmp(there, "reframed") == 0) {
                assert_string_equal(back, "reframed");
            }
            check_pair(&x, &y, true, 0, "");
        }
    }
}

/* ------------------------------------------------------------- comparing formulas */

static void compare_on_all_packages(const desk *d, const parley_formula *a, bool an,
                                    const parley_formula *b, bool bn, const char *shown)
{
    uint32_t issues = parley_case_issues(d->c);
    int64_t value[RANDOM_ISSUES] = {0};
    bool common = false;
    bool only_a = false;
    bool only_b = false;
    for (uint32_t i = 0; i < issues; i++) {
        if (parley_case_issue(d->c, (int32_t)i)->values == 0) {
            value[i] = -1;
        }
    }
    for (bool more = true; more;) {
        parley_package package = {value, issues};
        bool in_a = (parley_case_eval(d->c, a, package) == PARLEY_YES) != an;
        bool in_b = (parley_case_eval(d->c, b, package) == PARLEY_YES) != bn;
        common = common || (in_a && in_b);
        only_a = only_a || (in_a && !in_b);
        only_b = only_b || (in_b && !in_a);
        more = false;
        for (uint32_t i = 0; i < issues && !more; i++) {
            if (value[i] >= 0) {
                more = ++value[i] < (int64_t)parley_case_issue(d->c, (int32_t)i)->values;
                value[i] = more ? value[i] : 0;
            }
        }
    }
    parley_sets wanted = !only_a && !only_b ? PARLEY_SETS_EQUAL
                         : !only_a          ? PARLEY_SETS_MORE
                         : !only_b          ? PARLEY_SETS_LESS
                         : common           ? PARLEY_SETS_OVERLAP
                                            : PARLEY_SETS_APART;
    parley_sets found = PARLEY_SETS_NOT_COMPARED;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_moves_compare(&found, d->ctx, d->c, a, an, b, bn, &err), &err);
    if (found != wanted) {
        fail_msg("%s: '%s', not '%s'", shown, parley_moves_sets_word(found),
                 parley_moves_sets_word(wanted));
    }
}

static void formulas_compare_as_all_their_packages_do(void **state)
{
    (void)state;
    uint32_t kinds = 0;
    for (uint64_t key = 1; key <= 400; key++) {
        random_case rc;
        random_case_options options = {.no_answers = true, .one_track = true};
        random_case_make(&rc, key, &options);
        char *text = random_case_text(&rc, 0);
        char *f[2];
        for (int k = 0; k < 2; k++) {
            f[k] = random_case_expand(random_case_formula(&rc, 2), 0);
        }
        desk d = desk_text(text);
        parley_arena *arena = parley_arena_new(d.ctx);
        const parley_formula *tree[2] = {NULL, NULL};
        parley_error err = PARLEY_ERROR_INIT;
        for (int k = 0; k < 2; k++) {
            check_ok(parley_case_formula(&tree[k], d.c, arena, f[k], &err), &err);
        }
        char shown[2000];
        snprintf(shown, sizeof shown, "%.900s | %.900s", f[0], f[1]);
        for (int n = 0; n < 4; n++) {
            compare_on_all_packages(&d, tree[0], (n & 1) != 0, tree[1], (n & 2) != 0, shown);
            kinds++;
        }
        parley_arena_free(arena);
        desk_close(&d);
        free(f[0]);
        free(f[1]);
        free(text);
        random_case_free(&rc);
    }
    assert_int_equal(kinds, 1600);
}

static void wide_questions_are_compared_by_what_the_formulas_tell_apart(void **state)
{
    (void)state;
    desk d = desk_text("parley: 1\ntitle: wide\nparties: {p: {roles: [principal]}}\n"
                       "tracks: {t: {table: now}}\nissues:\n"
                       "  q: {track: t, quantity: {unit: day, from: 0, to: 90000, step: 1}}\n"
                       "  r: {track: t, quantity: {unit: day, from: 0, to: 90000, step: 1}}\n"
                       "  open: {track: t, quantity: {unit: person}}\n");
    parley_arena *arena = parley_arena_new(d.ctx);
    static const struct {
        const char *a;
        const char *b;
        parley_sets wanted;
    } rows[] = {{"q <= 30", "q <= 40", PARLEY_SETS_MORE},
                {"q <= 30", "q < 31", PARLEY_SETS_EQUAL},
                {"q <= 30 and r >= 5", "q <= 30", PARLEY_SETS_MORE},
                {"q <= 30", "q > 30 or r = 1", PARLEY_SETS_OVERLAP},
                {"q < 5", "q > 5", PARLEY_SETS_APART},
                {"open <= 5", "open <= 6", PARLEY_SETS_NOT_COMPARED},
                {"open <= 5", "not open > 5", PARLEY_SETS_EQUAL}};
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        const parley_formula *a = NULL;
        const parley_formula *b = NULL;
        parley_sets found = PARLEY_SETS_NOT_COMPARED;
        parley_error err = PARLEY_ERROR_INIT;
        check_ok(parley_case_formula(&a, d.c, arena, rows[i].a, &err), &err);
        check_ok(parley_case_formula(&b, d.c, arena, rows[i].b, &err), &err);
        check_ok(parley_moves_compare(&found, d.ctx, d.c, a, false, b, false, &err), &err);
        if (found != rows[i].wanted) {
            fail_msg("%s | %s: %s", rows[i].a, rows[i].b, parley_moves_sets_word(found));
        }
    }
    parley_arena_free(arena);
    desk_close(&d);
}

/* ---------------------------------------------------- positions on two dates */

static bool same_position(const parley_position *a, const parley_position *b)
{
    return a->party == b->party && a->issue == b->issue && a->claim == b->claim &&
           strcmp(a->text, b->text) == 0 && strcmp(a->act, b->act) == 0;
}

static bool is_in(const parley_positions *all, const parley_position *p)
{
    for (uint32_t i = 0; i < parley_positions_size(all); i++) {
        if (same_position(parley_positions_at(all, i), p)) {
            return true;
        }
    }
    return false;
}

/* Acts that hold nothing are nobody's move. */
static bool holds(const desk *d, const parley_position *p)
{
    if (p->claim < 0) {
        return false; /* a reading, or an answer that nothing replaces */
    }
    switch (parley_case_claim(d->c, p->claim)->act) {
    case PARLEY_ACT_THREATEN:
    case PARLEY_ACT_DENY:
    case PARLEY_ACT_NOT_AWARE:
    case PARLEY_ACT_NO_COMMENT:
    case PARLEY_ACT_REPORT:
    case PARLEY_ACT_PREDICT:
    case PARLEY_ACT_DEFER: /* put off, and put off again */
        return false;
    default:
        return true;
    }
}

static bool in_list(parley_ids ids, int32_t id)
{
    for (uint32_t k = 0; k < ids.count; k++) {
        if (ids.at[k] == id) {
            return true;
        }
    }
    return false;
}

/* The same, now on the word of the claim that replaced it: no move. */
static bool said_again(const moved *x, const parley_positions *now, const parley_position *p)
{
    for (uint32_t i = 0; i < parley_positions_size(now) && p->formula != NULL; i++) {
        const parley_position *q = parley_positions_at(now, i);
        parley_sets sets = PARLEY_SETS_NOT_COMPARED;
        parley_error err = PARLEY_ERROR_INIT;
        if (q->party == p->party && q->issue == p->issue && q->formula != NULL && q->claim >= 0 &&
            strcmp(q->act, p->act) == 0 &&
            in_list(parley_case_claim(x->d.c, q->claim)->replaces, p->claim)) {
            check_ok(parley_moves_compare(&sets, x->d.ctx, x->d.c, p->formula, false, q->formula,
                                          false, &err),
                     &err);
            if (sets == PARLEY_SETS_EQUAL) {
                return true;
            }
        }
    }
    return false;
}

/* Is there a typed move of the party away from this claim, in the days after `from`? */
static bool explained(const moved *x, const parley_position *p, int32_t from)
{
    for (uint32_t i = 0; i < parley_moves_size(x->m); i++) {
        const parley_move *move = parley_moves_at(x->m, i);
        if (move->said && move->party == p->party && in_list(move->earlier, p->claim) &&
            (p->issue < 0 || in_list(move->from->issues, p->issue)) &&
            move->to->date.first > from) {
            return true;
        }
    }
    return false;
}

static void what_is_shown_on_two_dates_agrees_with_the_moves_between_them(void **state)
{
    (void)state;
    uint32_t gone = 0;
    uint32_t kept = 0;
    for (uint64_t key = 1; key <= 400; key++) {
        random_case rc;
        random_case_options options = {.all_dated = true, .claims_most = 20};
        random_case_make(&rc, key, &options);
        char *text = random_case_text(&rc, 0);
        moved x = {desk_text(text), NULL};
        for (uint32_t i = 0; i + 1 < parley_case_claims(x.d.c); i += 3) {
            parley_error err = PARLEY_ERROR_INIT;
            parley_terms_options at[2] = {PARLEY_TERMS_OPTIONS_INIT, PARLEY_TERMS_OPTIONS_INIT};
            parley_positions *p[2] = {NULL, NULL};
            at[0].at = parley_case_claim(x.d.c, (int32_t)i)->record.happened;
            at[1].at =
                parley_case_claim(x.d.c, (int32_t)parley_case_claims(x.d.c) - 1)->record.happened;
            if (at[0].at.form == PARLEY_DATE_UNKNOWN || at[1].at.form == PARLEY_DATE_UNKNOWN ||
                at[0].at.last >= at[1].at.last) {
                continue;
            }
            for (int k = 0; k < 2; k++) {
                check_ok(parley_positions_derive(&p[k], x.d.ctx, x.d.c, &at[k], &err), &err);
            }
            moved_derive(&x, &at[1]);
            for (uint32_t n = 0; n < parley_positions_size(p[0]); n++) {
                const parley_position *row = parley_positions_at(p[0], n);
                if (!holds(&x.d, row)) {
                    continue;
                }
                if (is_in(p[1], row)) {
                    kept++;
                    continue;
                }
                gone++;
                if (!explained(&x, row, at[0].at.last) && !said_again(&x, p[1], row)) {
                    fail_msg("case %llu: %s '%s' is gone, and no move says why\n%s",
                             (unsigned long long)key, claim_id(&x, row->claim), row->text, text);
                }
            }
            /* and the other way: what a typed move took out is not shown any more */
            for (uint32_t n = 0; n < parley_moves_size(x.m); n++) {
                const parley_move *move = parley_moves_at(x.m, n);
                for (uint32_t k = 0; move->said && k < parley_positions_size(p[1]); k++) {
                    const parley_position *row = parley_positions_at(p[1], k);
                    assert_false(row->party == move->party && row->claim >= 0 &&
                                 row->claim == move->from->claim &&
                                 strcmp(row->text, move->from->text) == 0 &&
                                 strcmp(row->act, move->from->act) == 0);
                }
            }
            parley_positions_free(p[0]);
            parley_positions_free(p[1]);
        }
        moved_close(&x);
        free(text);
        random_case_free(&rc);
    }
    assert_true(gone > 30 && kept > 500);
}

typedef struct tally {
    uint32_t kind[PARLEY_MOVE_KIND_COUNT];
    uint32_t evidence[PARLEY_FACT_COUNT];
    uint32_t said;
    uint32_t confirm;
    uint32_t demands;
    uint32_t originals;
    uint32_t tests;
} tally;

static tally count_all(const moved *x)
{
    tally t = {.said = 0};
    for (uint32_t i = 0; i < parley_moves_size(x->m); i++) {
        const parley_move *move = parley_moves_at(x->m, i);
        t.kind[move->kind]++;
        t.said += move->said;
        t.confirm += move->to_confirm;
        t.originals += move->support.originals;
    }
    t.demands = parley_moves_demands(x->m);
    for (uint32_t i = 0; i < t.demands; i++) {
        const parley_demand *d = parley_moves_demand(x->m, i);
        t.originals += d->support.originals;
        t.tests += d->test_count;
        for (uint32_t k = 0; k < d->evidence_count; k++) {
            t.evidence[d->evidence[k].kind]++;
        }
    }
    return t;
}

/* Everything a move says, so that two can be compared. */
static void put_move(parley_text *out, const parley_move *m)
{
    parley_text_printf(out, "%s %d %d>%d %d-%d %d %d %d %d %u %u %d %d [",
                       parley_move_word(m->kind), m->party, m->from->claim, m->to->claim,
                       m->from->response, m->to->response, m->said, m->order_known, m->to_confirm,
                       (int)m->sets, m->steps, m->support.originals, m->support.on_record,
                       m->support.unnamed);
    print_ids("issues", m->issues, out);
    print_ids("earlier", m->earlier, out);
    print_ids("claims", m->support.claims, out);
    print_ids("mentions", m->support.mentions, out);
    parley_text_printf(out, "] %s %s | %s %s\n", m->from->act, m->from->text, m->to->act,
                       m->to->text);
}

static void put_position(parley_text *out, const parley_position *p)
{
    parley_text_printf(out, "%d %d %s %s %d %d %d %d %d\n", p->party, p->issue, p->act, p->text,
                       (int)p->firmness, (int)p->basis, p->claim, p->reading, p->binds);
}

/* Moves and positions of a party (-1: all) within a scope; or those of all that are the party's. */
static void put_all(parley_text *out, desk *d, const parley_scope *scope, int32_t party)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_moves *m = NULL;
    parley_positions *p = NULL;
    parley_text_clear(out);
    check_ok(parley_moves_derive_in(&m, d->ctx, d->c, scope, &err), &err);
    check_ok(parley_positions_derive_in(&p, d->ctx, d->c, scope, &err), &err);
    for (uint32_t i = 0; i < parley_moves_size(m); i++) {
        if (party < 0 || parley_moves_at(m, i)->party == party) {
            put_move(out, parley_moves_at(m, i));
        }
    }
    for (uint32_t i = 0; i < parley_positions_size(p); i++) {
        if (party < 0 || parley_positions_at(p, i)->party == party) {
            put_position(out, parley_positions_at(p, i));
        }
    }
    parley_positions_free(p);
    parley_moves_free(m);
}

static void one_party_alone_and_terms_that_are_there_give_the_same(void **state)
{
    (void)state;
    size_t compared = 0;
    for (uint64_t key = 1; key <= 150; key++) {
        random_case rc;
        random_case_options options = {.claims_most = 30};
        random_case_make(&rc, key, &options);
        char *text = random_case_text(&rc, 0);
        desk d = desk_text(text);
        parley_text *wanted = text_of(d.ctx);
        parley_text *found = text_of(d.ctx);
        parley_terms_options asked = PARLEY_TERMS_OPTIONS_INIT;
        if (key % 3 == 0 && parley_case_claims(d.c) > 0) {
            asked.at = parley_case_claim(d.c, 0)->record.happened;
        }
        parley_error err = PARLEY_ERROR_INIT;
        parley_terms *terms = NULL;
        check_ok(parley_terms_derive(&terms, d.ctx, d.c, &asked, &err), &err);
        for (int32_t party = -1; party < (int32_t)parley_case_parties(d.c); party++) {
            parley_scope scope = PARLEY_SCOPE_INIT;
            scope.options = &asked;
            put_all(wanted, &d, &scope, party);
            compared += parley_text_size(wanted);
            for (int k = 0; k < 2; k++) {
                scope.party = party;
                scope.terms = k == 0 ? NULL : terms;
                put_all(found, &d, &scope, -1);
                if (strcmp(parley_text_data(found), parley_text_data(wanted)) != 0) {
                    fail_msg("case %llu, party %d, terms %d:\n%s\nnot:\n%s\n%s",
                             (unsigned long long)key, party, k, parley_text_data(found),
                             parley_text_data(wanted), text);
                }
            }
        }
        parley_terms_free(terms);
        parley_text_free(wanted);
        parley_text_free(found);
        desk_close(&d);
        free(text);
        random_case_free(&rc);
    }
    assert_true(compared > 100000);
}

static void names_and_the_order_of_the_file_change_nothing(void **state)
{
    (void)state;
    uint32_t moves = 0;
    for (uint64_t key = 1; key <= 400; key++) {
        random_case rc;
        random_case_options options = {.all_dated = true, .claims_most = 20};
        random_case_make(&rc, key, &options);
        tally t[2];
        for (uint64_t salt = 0; salt < 2; salt++) {
            char *text = random_case_text(&rc, salt * 7919 * key);
            moved x = moved_text(text);
            t[salt] = count_all(&x);
            moves += parley_moves_size(x.m);
            moved_close(&x);
            free(text);
        }
        if (memcmp(&t[0], &t[1], sizeof t[0]) != 0) {
            fail_msg("case %llu moves otherwise under other names", (unsigned long long)key);
        }
        random_case_free(&rc);
    }
    assert_true(moves > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_of_acts_and_sets_is_classified_as_the_rules_say),
        cmocka_unit_test(random_pairs_are_classified_alike_however_they_are_written),
        cmocka_unit_test(turning_two_demands_round_turns_softer_into_harder),
        cmocka_unit_test(formulas_compare_as_all_their_packages_do),
        cmocka_unit_test(wide_questions_are_compared_by_what_the_formulas_tell_apart),
        cmocka_unit_test(what_is_shown_on_two_dates_agrees_with_the_moves_between_them),
        cmocka_unit_test(one_party_alone_and_terms_that_are_there_give_the_same),
        cmocka_unit_test(names_and_the_order_of_the_file_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
