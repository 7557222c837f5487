/*
 * Bridges of the shipped cases, entered again by hand; whose consent they take; what the law keeps
 * out; 2^25 of them, of which the first come at once; stops, limits, memory that ends; and that a
 * bridge applied to the case leaves what it says it leaves.
 */
#include "deal_check.h"
#include "random_case.h"
#include "support/torture.h"

#include <parley/bridges.h>

/* ------------------------------------------------------------ bridges as lines */

#define LINES 64

typedef struct bridge_lines {
    const desk *d;
    uint32_t most; /* stop after so many; 0: never */
    uint32_t count;
    char at[LINES][512]; /* "term + term: 48, ru !, us?; arms -1: 24" */
} bridge_lines;

static void say(bridge_lines *l, char *to, size_t *used, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void say(bridge_lines *l, char *to, size_t *used, const char *format, ...)
{
    va_list args;
    (void)l;
    va_start(args, format);
    int n = vsnprintf(to + *used, 512 - *used, format, args);
    va_end(args);
    assert_true(n >= 0 && (size_t)n < 512 - *used);
    *used += (size_t)n;
}

static bool line(void *user, const parley_bridge *b)
{
    bridge_lines *l = user;
    const parley_case *c = l->d->c;
    const parley_terms *terms = parley_deal_terms(l->d->deal);
    assert_true(l->count < LINES);
    char *to = l->at[l->count++];
    size_t used = 0;
    for (uint32_t k = 0; k < b->changes; k++) {
        const parley_change *change = &b->change[k];
        char reach[48];
        parley_decimal_print(change->reach, reach, sizeof reach);
        say(l, to, &used, "%s", k > 0 ? " + " : "");
        if (change->term >= 0) {
            say(l, to, &used, "%s", parley_terms_at(terms, (uint32_t)change->term)->name);
        } else {
            say(l, to, &used, "%s to %s", parley_case_issue(c, change->issue)->record.id, reach);
        }
        say(l, to, &used, "%s",
            change->kind == PARLEY_CHANGE_REOPEN    ? " (reopened)"
            : change->kind == PARLEY_CHANGE_CONSENT ? " (consent)"
                                                    : "");
    }
    say(l, to, &used, ": %llu,", (unsigned long long)desk_count(&b->left));
    for (uint32_t k = 0; k < b->movers.count; k++) {
        say(l, to, &used, " %s", parley_case_party(c, b->movers.at[k])->record.id);
    }
    say(l, to, &used, "%s", b->one_sided ? " !" : "");
    for (uint32_t k = 0; k < b->consents.count; k++) {
        say(l, to, &used, " %s?", parley_case_party(c, b->consents.at[k])->record.id);
    }
    for (uint32_t i = 0; i < b->softer_count; i++) {
        say(l, to, &used, ";");
        for (uint32_t k = 0; k < b->changes; k++) {
            const parley_change *change = &b->softer[i].change[k];
            if (change->steps != 0) {
                say(l, to, &used, " %s %+d", parley_case_issue(c, change->issue)->record.id,
                    change->steps);
            }
        }
        say(l, to, &used, ": %llu", (unsigned long long)desk_count(&b->softer[i].left));
    }
    return l->count != l->most;
}

static void check_bridges_at(const desk *d, const parley_bridges_options *options,
                             const char *const *wanted, size_t count, const char *file, int at)
{
    static bridge_lines l;
    parley_error err = PARLEY_ERROR_INIT;
    l.d = d;
    l.count = 0;
    l.most = 0;
    check_ok_at(parley_deal_bridges(d->deal, options, line, &l, &err), &err, file, at);
    for (uint32_t i = 0; i < l.count && i < count; i++) {
        check_words_at(l.at[i], wanted[i], file, at);
    }
    if (l.count != count) {
        print_error("%u bridges, not %zu\n", l.count, count);
        _fail(file, at);
    }
}
#define check_bridges(d, options, ...)                                                             \
    check_bridges_at((d), (options), (const char *const[]){__VA_ARGS__},                           \
                     CHECK_COUNT(((const char *const[]){__VA_ARGS__})), __FILE__, __LINE__)

/* ------------------------------------------------------------ the shipped cases */

#define ARMS "ru requires arms = stopped"
#define KURSK "ru requires kursk = surrender"
#define START "ru requires start = after-terms"
#define MOBILISE "ru requires mobilise = halted"

static void the_halt_has_sixteen(void **state)
{
    (void)state;
    desk d = desk_open("halt-2025.yaml");
    desk_analyse(&d, NULL);
    check_bridges(
        &d, NULL, ARMS " + " KURSK " + " START " + " MOBILISE ": 48, ru ! us?; arms -1: 24",
        ARMS " + " START " + " MOBILISE " + m2: 24, ru ! us?; arms -1: 12",
        ARMS " + " KURSK " + " MOBILISE " + m5: 48, ru ! us?; arms -1: 24",
        ARMS " + " KURSK " + " START " + m3: 48, ru ! us?; arms -1: 24",
        ARMS " + " MOBILISE " + m2 + m5: 24, ru ! us?; arms -1: 12",
        ARMS " + " START " + m2 + m3: 24, ru ! us?; arms -1: 12",
        ARMS " + " KURSK " + m3 + m5: 48, ru ! us?; arms -1: 24",
        ARMS " + m2 + m3 + m5: 24, ru ! us?; arms -1: 12",
        KURSK " + " START " + " MOBILISE " + m1 + m4: 24, ru ! us?",
        START " + " MOBILISE " + m1 + m2 + m4: 12, ru ! us?",
        KURSK " + " MOBILISE " + m1 + m4 + m5: 24, ru ! us?",
        KURSK " + " START " + m1 + m3 + m4: 24, ru ! us?",
        MOBILISE " + m1 + m2 + m4 + m5: 12, ru ! us?", START " + m1 + m2 + m3 + m4: 12, ru ! us?",
        KURSK " + m1 + m3 + m4 + m5: 24, ru ! us?", "m1 + m2 + m3 + m4 + m5: 12, us?");
    parley_bridges_options options = PARLEY_BRIDGES_OPTIONS_INIT;
    options.no_readings = true;
    check_bridges(&d, &options,
                  ARMS " + " KURSK " + " START " + " MOBILISE ": 48, ru ! us?; arms -1: 24");
    options.no_readings = false;
    options.party = desk_find(&d, "parties", "ua"); /* nobody but Ukraine moves: nobody does */
    check_bridges(&d, &options, "m1 + m2 + m3 + m4 + m5: 12, us?");
    options.party = desk_find(&d, "parties", "ua");
    options.no_readings = true;
    check_bridges_at(&d, &options, NULL, 0, __FILE__, __LINE__);
    options = (parley_bridges_options)PARLEY_BRIDGES_OPTIONS_INIT;
    options.rung = PARLEY_RUNG_REPORTED; /* nothing is empty there */
    check_bridges(&d, &options, ": 12, us?");
    desk_close(&d);
}

static void the_shuttle_has_four(void **state)
{
    (void)state;
    desk d = desk_open("shuttle-2022.yaml");
    desk_analyse(&d, NULL);
    check_bridges(&d, NULL,
                  "ru requires crimea = russian + ru requires donbas = two-states: 8, ru !",
                  "ru requires crimea = russian + n4: 4, ru !",
                  "ru requires donbas = two-states + n3: 4, ru !", "n3 + n4: 2,");
    desk_close(&d);
}

static void the_seven_steps_have_four(void **state)
{
    (void)state;
    desk d = desk_open("seven-steps-2022.yaml");
    desk_analyse(&d, NULL);
#define WITHDRAWN "ru requires membership = withdrawn"
#define TREATY "ru requires guarantees = treaty"
#define ALLIES "nato refuses membership = withdrawn + us refuses membership = withdrawn"
    check_bridges(&d, NULL,
                  WITHDRAWN
                  " + " TREATY
                  " + ua requires crimea = ukrainian (consent): 8, ru ua; membership -1 guarantees "
                  "-1: 2",
                  ALLIES " + ua requires crimea = ukrainian (consent): 2, nato us ua",
                  "ru requires crimea = russian + " WITHDRAWN " + " TREATY
                  ": 8, ru ! ua?; membership -1 guarantees -1: 2",
                  "ru requires crimea = russian + " ALLIES ": 2, nato us ru ua?");
    desk_close(&d);
}

static void cases_in_which_nothing_is_in_dispute(void **state)
{
    (void)state;
    desk d = desk_open("relocation-2025.yaml");
    desk_analyse(&d, NULL);
    check_bridges(&d, NULL, ": 1, gazans?");
    desk_close(&d);
    d = desk_open("exchange-2023.yaml"); /* has nothing to count: the one empty package */
    desk_analyse(&d, NULL);
    check_bridges(&d, NULL, ": 1,");
    desk_close(&d);
    d = desk_text("parley: 1\ntitle: T\nparties:\n  a: {name: A, roles: [principal]}\n");
    desk_analyse(&d, NULL);
    check_bridges(&d, NULL, ": 1,");
    desk_close(&d);
}

/* ------------------------------------------------------------------ made by hand */

#define HEAD                                                                                       \
    "parley: 1\ntitle: T\nas-of: 2025-03-14\nparties:\n"                                           \
    "  a: {name: A, roles: [principal]}\n  b: {name: B, roles: [principal]}\n"                     \
    "  c: {name: C, roles: [guarantor]}\ntracks:\n  t: {table: now}\n"
#define DEMAND(id, by, about)                                                                      \
    "  " id ": {date: 2025-03-01, by: " by ", act: demand, about: \"" about                        \
    "\", says: w, class: on-record}\n"

static void a_number_goes_on_as_far_as_it_must(void **state)
{
    (void)state;
    desk d = desk_text(HEAD "issues:\n"
                            "  q: {track: t, ask: \"Q?\", quantity: {unit: day, from: 15, to: 30, "
                            "step: 5}, could-reach: {from: 5, to: 60}}\n"
                            "claims:\n" DEMAND("c1", "a", "q >= 45"));
    desk_analyse(&d, NULL);
    /* 45, 50, 55, 60; the term as a whole gives back the range, eased it gives 30 */
    check_bridges(&d, NULL, "q to 45: 4,; q +3: 1", "a requires q >= 45: 4, a !; q -3: 1");
    desk_close(&d);
    d = desk_text(HEAD "issues:\n"
                       "  q: {track: t, ask: \"Q?\", quantity: {unit: day, from: 15, to: 30, step: "
                       "5}, could-reach: {from: 3, to: 60}}\n"
                       "claims:\n" DEMAND("c1", "a", "q < 10") DEMAND("c2", "b", "q != 5"));
    desk_analyse(&d, NULL); /* 5 is the only number below 10 within reach: in the same steps */
    check_bridges(&d, NULL, "a requires q < 10: 4, a !; q +2: 1",
                  "b requires q != 5 + q to 5: 1, b !; q -2: 1");
    desk_close(&d);
}

static void the_rules_hold_whoever_moves(void **state)
{
    (void)state;
    desk d = desk_text(HEAD "issues:\n  x: {track: t, ask: \"X?\", options: {p: P, q: Q}}\n"
                            "rules:\n  r: {formula: \"x = p and x = q\", because: so}\n"
                            "claims:\n" DEMAND("c1", "a", "x = p"));
    desk_analyse(&d, NULL);
    check_bridges_at(&d, NULL, NULL, 0, __FILE__, __LINE__);
    desk_close(&d);
}

static void what_a_flag_keeps_out_is_no_way_out(void **state)
{
    (void)state;
    static const char text[] =
        HEAD "issues:\n  x: {track: t, ask: \"X?\", options: {p: P, q: Q, r: R}}\n"
             "claims:\n" DEMAND("c1", "a", "x = q")
                 DEMAND("c2", "b", "x = p") "flags:\n"
                                            "  f: {law: L, about: \"x\", notice: N, keeps-out: "
                                            "[\"x = p\"]}\n";
    desk d = desk_text(text);
    desk_analyse(&d, NULL);
    check_bridges(&d, NULL, "b requires x = p: 1, b !");
    desk_close(&d);
}

static void consent_is_asked_of_those_it_hangs_on(void **state)
{
    (void)state;
    desk d = desk_text(HEAD "issues:\n"
                            "  x: {track: t, ask: \"X?\", options: {p: P, q: Q, r: R}, needs: {q: "
                            "[c], r: [c]}}\n"
                            "claims:\n" DEMAND("c1", "a", "x = p") DEMAND("c2", "b", "x != p"));
    desk_analyse(&d, NULL); /* with p nobody else is needed */
    check_bridges(&d, NULL, "a requires x = p: 2, a ! c?", "b requires x != p: 1, b !");
    desk_close(&d);
    d = desk_text(HEAD "issues:\n"
                       "  x: {track: t, ask: \"X?\", options: {p: P, q: Q, r: R}, needs: {q: "
                       "[c], r: [c]}}\n"
                       "claims:\n" DEMAND("c1", "a", "x = p") DEMAND("c2", "b", "x != p")
                           DEMAND("c3", "c", "x != q") "  c4: {date: 2025-03-01, by: c, act: "
                                                       "accept, about: \"x in {p, r}\", says: w, "
                                                       "class: on-record}\n");
    desk_analyse(&d, NULL); /* C has said yes to something there, and moves when asked to */
    check_bridges(&d, NULL, "a requires x = p: 1, a !", "b requires x != p: 1, b !");
    desk_close(&d);
}

static void what_was_accepted_is_reopened(void **state)
{
    (void)state;
    desk d = desk_text(
        HEAD "issues:\n  x: {track: t, ask: \"X?\", ordered: true, options: {p: P, "
             "q: Q, r: R}}\n"
             "claims:\n" DEMAND(
                 "c1", "a",
                 "x = r") "  c2: {date: 2025-03-01, by: b, act: accept, about: \"x = p\", says: w, "
                          "class: on-record}\n");
    desk_analyse(&d, NULL); /* what was accepted is not softened */
    check_bridges(&d, NULL, "a requires x = r: 1, a !", "b accepts x = p (reopened): 1,");
    desk_close(&d);
}

/* --------------------------------------------------------- very many; stops; limits */

/* Two opposite demands on each of 25 questions: 2^25 bridges. */
static char *pairs_text(void)
{
    static char text[1 << 14];
    size_t used = (size_t)snprintf(text, sizeof text, HEAD "issues:\n");
    for (int i = 0; i < 25; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "  i%d: {track: t, ask: \"Q%d?\", options: {p: P, q: Q}}\n", i, i);
    }
    used += (size_t)snprintf(text + used, sizeof text - used, "claims:\n");
    for (int i = 0; i < 25; i++) {
        used += (size_t)snprintf(
            text + used, sizeof text - used,
            "  a%d: {date: 2025-03-01, by: a, act: demand, about: \"i%d = p\", says: w, class: "
            "on-record, firmness: condition}\n"
            "  b%d: {date: 2025-03-01, by: b, act: demand, about: \"i%d = q\", says: w, class: "
            "on-record, firmness: ask}\n",
            i, i, i, i);
    }
    return text;
}

typedef struct counting {
    uint32_t seen;
    uint32_t most;
    uint32_t conditions[40]; /* conditions given up, of the first ones */
    uint32_t which[40];      /* lowest term given up */
    parley_ctx *cancel_at;   /* with the fifth */
    uint32_t changes;        /* of all */
} counting;

static bool count_one(void *user, const parley_bridge *b)
{
    counting *s = user;
    uint32_t conditions = 0;
    for (uint32_t k = 0; k < b->changes; k++) {
        conditions += b->change[k].term < 25; /* conditions stand before asks */
    }
    if (s->seen < CHECK_COUNT(s->conditions)) {
        s->conditions[s->seen] = conditions;
        s->which[s->seen] = (uint32_t)b->change[0].term;
    }
    s->changes = b->changes;
    s->seen++;
    if (s->cancel_at != NULL && s->seen == 5) {
        parley_ctx_cancel(s->cancel_at);
    }
    return s->seen != s->most;
}

static void the_first_of_2_to_the_25_come_at_once_and_in_order(void **state)
{
    (void)state;
    parley_error err = PARLEY_ERROR_INIT;
    desk d = desk_text(pairs_text());
    counting s = {.most = 40};
    desk_analyse(&d, NULL);
    check_ok(parley_deal_bridges(d.deal, NULL, count_one, &s, &err), &err);
    assert_int_equal(s.seen, 40);
    assert_int_equal(s.changes, 25);
    for (uint32_t i = 0; i < 40; i++) { /* all asks; then one condition, each in turn; then two */
        assert_int_equal(s.conditions[i], i == 0 ? 0 : i < 26 ? 1 : 2);
        assert_int_equal(s.which[i], i == 0 ? 25 : i < 26 ? i - 1 : 0);
    }
    desk_close(&d);
}

static void stopping_cancelling_and_limits(void **state)
{
    (void)state;
    parley_error err = PARLEY_ERROR_INIT;
    desk d = desk_text(pairs_text());
    desk_analyse(&d, NULL);
    for (uint32_t most = 1; most < 5; most++) {
        counting s = {.most = most};
        check_ok(parley_deal_bridges(d.deal, NULL, count_one, &s, &err), &err);
        assert_int_equal(s.seen, most);
    }
    parley_bridges_options options = PARLEY_BRIDGES_OPTIONS_INIT;
    counting s = {.cancel_at = d.ctx};
    check_fails(parley_deal_bridges(d.deal, &options, count_one, &s, &err), PARLEY_CANCELLED, &err);
    assert_true(s.seen >= 5 && s.seen < 100000);
    desk_close(&d);

    parley_ctx_options narrow = PARLEY_CTX_OPTIONS_INIT;
    narrow.limits.search_nodes = 300;
    const char *text = pairs_text();
    d = (desk){NULL, NULL, NULL};
    parley_error_clear(&err);
    check_ok(parley_ctx_new(&d.ctx, &narrow, &err), &err);
    check_ok(parley_case_read(&d.c, d.ctx, "c.yaml", text, strlen(text), NULL, NULL, &err), &err);
    desk_analyse(&d, NULL);
    s = (counting){.most = 0};
    check_fails(parley_deal_bridges(d.deal, NULL, count_one, &s, &err), PARLEY_LIMIT, &err);
    assert_non_null(strstr(err.message, "search_nodes"));
    assert_true(s.seen > 5 && s.seen < 300);
    desk_close(&d);
}

static void a_rung_that_was_not_looked_at(void **state)
{
    (void)state;
    parley_error err = PARLEY_ERROR_INIT;
    parley_deal_options analysis = PARLEY_DEAL_OPTIONS_INIT;
    parley_bridges_options options = PARLEY_BRIDGES_OPTIONS_INIT;
    counting s = {.most = 0};
    desk d = desk_open("halt-2025.yaml");
    analysis.up_to = PARLEY_RUNG_CONDITIONS;
    desk_analyse(&d, &analysis);
    options.rung = PARLEY_RUNG_READINGS;
    check_fails(parley_deal_bridges(d.deal, &options, count_one, &s, &err), PARLEY_INVALID, &err);
    assert_int_equal(s.seen, 0);
    desk_close(&d);
}

/* --------------------------------------------------------------------- applied */

typedef struct applying {
    const desk *d;
    parley_supposed given_up[64];
    const char *without[64];
    uint32_t given;
    uint32_t set_aside;
    uint64_t tried;
} applying;

/* What is left on the last rung when these changes are made in the case itself. */
static uint64_t left_after(applying *a, const parley_bridge *b, uint32_t but)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
    const parley_terms *terms = parley_deal_terms(a->d->deal);
    parley_deal *deal = NULL;
    a->given = 0;
    a->set_aside = 0;
    for (uint32_t k = 0; k < b->changes; k++) {
        const parley_term *term = parley_terms_at(terms, (uint32_t)b->change[k].term);
        if (k == but) {
            continue;
        }
        if (b->change[k].kind == PARLEY_CHANGE_READING) {
            a->without[a->set_aside++] =
                parley_case_reading(a->d->c, term->readings.at[0])->record.id;
        } else {
            a->given_up[a->given++] = (parley_supposed){.kind = PARLEY_SUPPOSE_GIVEN_UP,
                                                        .party = term->party,
                                                        .mode = term->mode,
                                                        .formula = term->formula};
        }
    }
    options.terms.without = a->without;
    options.terms.without_count = a->set_aside;
    options.terms.supposed = a->given_up;
    options.terms.supposed_count = a->given;
    check_ok(parley_deal_new(&deal, a->d->ctx, a->d->c, &options, &err), &err);
    const parley_ladder_rung *last = parley_deal_rung(deal, PARLEY_RUNG_READINGS);
    uint64_t left = desk_count(&last->left) - desk_count(&last->flagged);
    parley_deal_free(deal);
    return left;
}

static bool apply(void *user, const parley_bridge *b)
{
    applying *a = user;
    const parley_terms *terms = parley_deal_terms(a->d->deal);
    for (uint32_t k = 0; k < b->changes; k++) { /* a reading that makes two terms goes as a whole */
        const parley_term *term = parley_terms_at(terms, (uint32_t)b->change[k].term);
        for (uint32_t i = 0; i < parley_terms_size(terms); i++) {
            const parley_term *other = parley_terms_at(terms, i);
            if (b->change[k].kind == PARLEY_CHANGE_READING && other != term &&
                strcmp(other->name, term->name) == 0) {
                return true;
            }
        }
    }
    assert_int_equal(left_after(a, b, UINT32_MAX), desk_count(&b->left));
    for (uint32_t k = 0; k < b->changes; k++) {
        assert_int_equal(left_after(a, b, k), 0);
    }
    a->tried += b->changes > 0;
    return a->tried % 6 != 5;
}

static void a_bridge_applied_leaves_packages_and_no_part_of_it_does(void **state)
{
    (void)state;
    static applying a;
    parley_bridges_options options = PARLEY_BRIDGES_OPTIONS_INIT;
    options.rung = PARLEY_RUNG_READINGS;
    options.softer = 0;
    static const char *const shipped[] = {"halt-2025.yaml", "shuttle-2022.yaml",
                                          "seven-steps-2022.yaml"};
    for (size_t i = 0; i < CHECK_COUNT(shipped); i++) {
        parley_error err = PARLEY_ERROR_INIT;
        desk d = desk_open(shipped[i]);
        desk_analyse(&d, NULL);
        a.d = &d;
        check_ok(parley_deal_bridges(d.deal, &options, apply, &a, &err), &err);
        desk_close(&d);
    }
    for (uint64_t key = 0; key < 900; key++) {
        parley_error err = PARLEY_ERROR_INIT;
        random_case rc;
        const random_case_options how = {.issues_most = 5, .one_track = true};
        random_case_make(&rc, key + 50000, &how);
        char *text = random_case_text(&rc, 0);
        desk d = desk_text(text);
        desk_analyse(&d, NULL);
        a.d = &d;
        check_ok(parley_deal_bridges(d.deal, &options, apply, &a, &err), &err);
        desk_close(&d);
        free(text);
        random_case_free(&rc);
    }
    print_message("# %llu bridges applied\n", (unsigned long long)a.tried);
    assert_true(a.tried > 300);
}

static void a_term_more_never_removes_a_sticking_point(void **state)
{
    (void)state;
    static clash_lines before;
    static clash_lines after;
    uint64_t points = 0;
    for (uint64_t key = 0; key < 900; key++) {
        random_case rc;
        const random_case_options how = {.issues_most = 5, .one_track = true, .claims_most = 9};
        random_case_make(&rc, key + 90000, &how);
        char *text = random_case_text(&rc, 0);
        desk d = desk_text(text);
        desk_analyse(&d, NULL);
        desk_clashes(&before, &d, PARLEY_RUNG_READINGS, NULL);
        random_case_add(&rc, RANDOM_READINGS, UINT32_MAX,
                        "@m9: {party: @p0, requires: \"%s\", because: \"it seems so\"}",
                        random_case_formula(&rc, 1));
        char *more = random_case_text(&rc, 0);
        desk with = desk_text(more);
        desk_analyse(&with, NULL);
        desk_clashes(&after, &with, PARLEY_RUNG_READINGS, NULL);
        for (uint32_t i = 0; i < before.count; i++) {
            bool still = false;
            for (uint32_t k = 0; k < after.count; k++) {
                still = still || strcmp(before.at[i], after.at[k]) == 0;
            }
            if (!still) {
                print_error("key %llu: gone: %s\n%s", (unsigned long long)key, before.at[i], more);
            }
            assert_true(still);
        }
        points += before.count;
        desk_close(&with);
        desk_close(&d);
        free(more);
        free(text);
        random_case_free(&rc);
    }
    assert_true(points > 300);
}

/* -------------------------------------------------------------- memory that ends */

typedef struct prepared {
    parley_case *c;
} prepared;

static parley_status find_all(parley_ctx *ctx, void *user, parley_error *err)
{
    prepared *p = user;
    parley_deal *deal = NULL;
    counting s = {.most = 3};
    parley_bridges_options options = PARLEY_BRIDGES_OPTIONS_INIT;
    options.packages = 2;
    parley_status status = parley_deal_new(&deal, ctx, p->c, NULL, err);
    if (status == PARLEY_OK) {
        status = parley_deal_bridges(deal, &options, count_one, &s, err);
    }
    parley_deal_free(deal);
    return status;
}

static void every_allocation_fails_once(void **state)
{
    (void)state;
    desk d = desk_open("halt-2025.yaml");
    prepared p = {d.c};
    torture(find_all, &p, 40);
    desk_close(&d);
    d = desk_text(HEAD "issues:\n"
                       "  q: {track: t, ask: \"Q?\", quantity: {unit: day, from: 15, to: 30, step: "
                       "5}, could-reach: {from: 5, to: 60}}\n"
                       "  x: {track: t, ask: \"X?\", ordered: true, options: {p: P, q: Q, r: R}, "
                       "needs: {q: [c]}}\n"
                       "claims:\n" DEMAND("c1", "a", "q >= 45 or x = r")
                           DEMAND("c2", "b", "x = p"));
    p = (prepared){d.c};
    torture(find_all, &p, 30);
    desk_close(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_halt_has_sixteen),
        cmocka_unit_test(the_shuttle_has_four),
        cmocka_unit_test(the_seven_steps_have_four),
        cmocka_unit_test(cases_in_which_nothing_is_in_dispute),
        cmocka_unit_test(a_number_goes_on_as_far_as_it_must),
        cmocka_unit_test(the_rules_hold_whoever_moves),
        cmocka_unit_test(what_a_flag_keeps_out_is_no_way_out),
        cmocka_unit_test(consent_is_asked_of_those_it_hangs_on),
        cmocka_unit_test(what_was_accepted_is_reopened),
        cmocka_unit_test(the_first_of_2_to_the_25_come_at_once_and_in_order),
        cmocka_unit_test(stopping_cancelling_and_limits),
        cmocka_unit_test(a_rung_that_was_not_looked_at),
        cmocka_unit_test(a_bridge_applied_leaves_packages_and_no_part_of_it_does),
        cmocka_unit_test(a_term_more_never_removes_a_sticking_point),
        cmocka_unit_test(every_allocation_fails_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
