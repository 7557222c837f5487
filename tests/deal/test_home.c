/*
 * What each party can carry at home, against going through every package (oracle.h): random
 * constituencies and polls on random cases, counts on every rung and basis, whole and partial
 * packages. Polls against their definition, read out loud. The invented case by hand.
 */
#include "oracle.h"
#include "random_case.h"

#include <parley/home.h>
#include <stdarg.h>

#define CASES 900
#define TERMS 64

static const parley_basis bases[3] = {PARLEY_BASIS_RECORD, PARLEY_BASIS_REPORTED,
                                      PARLEY_BASIS_READING};

typedef struct trial {
    random_case rc;
    char *text;
    desk d;
    parley_home *home;
    oracle o;
    const parley_formula *asked[TERMS];
    uint32_t count;
    bool shared; /* answers that nobody knows are in play */
} trial;

static void say(char *out, size_t size, const char *format, ...)
{
    va_list args;
    size_t used = strlen(out);
    va_start(args, format);
    int n = vsnprintf(out + used, size - used, format, args);
    va_end(args);
    assert_true(n >= 0 && (size_t)n < size - used);
}

/* Two to four constituencies of random parties, one of which may have a row more; polls on three
 * statements. */
static void add_home(random_case *rc, char *out, size_t size)
{
    static const char *const says[] = {", say: blocks", ", say: blocks", ", say: advises", ""};
    static const char *const modes[] = {"accepts", "requires", "refuses"};
    parley_random r = parley_random_stream(rc->key, 91, 0, 0);
    const char *statement[3];
    for (int i = 0; i < 3; i++) {
        statement[i] = random_case_formula(rc, parley_random_below(&r, 2));
    }
    out[0] = '\0';
    say(out, size, "constituencies:\n");
    uint32_t rows = 2 + parley_random_below(&r, 3);
    for (uint32_t i = 0; i < rows; i++) {
        if (i > 1 && parley_random_below(&r, 2) == 0) {
            say(out, size, "  k%u: {more-on: k0", i);
        } else {
            say(out, size, "  k%u: {party: @p%u%s", i, parley_random_below(&r, rc->parties),
                says[parley_random_below(&r, 4)]);
        }
        for (int m = 0; m < 3; m++) {
            if (parley_random_below(&r, 2) == 0) {
                say(out, size, ", %s: [\"%s\"]", modes[m],
                    random_case_formula(rc, parley_random_below(&r, 2)));
            }
        }
        if (parley_random_below(&r, 3) == 0) {
            say(out, size, ", reading: ours, from: []");
        } else if (rc->rows[RANDOM_CLAIMS] > 0 && parley_random_below(&r, 4) > 0) {
            say(out, size, ", claim: @c%u", parley_random_below(&r, rc->rows[RANDOM_CLAIMS]));
        }
        if (parley_random_below(&r, 2) == 0) {
            say(out, size, ", needs-share: %u", 40 + 10 * parley_random_below(&r, 3));
        }
        say(out, size, "}\n");
    }
    say(out, size, "polls:\n");
    uint32_t polls = parley_random_below(&r, 6);
    for (uint32_t i = 0; i < polls; i++) {
        uint32_t day = 1 + parley_random_below(&r, 28);
        say(out, size, "  v%u: {constituency: k%u, question: q, about: \"%s\"", i,
            parley_random_below(&r, rows), statement[parley_random_below(&r, 3)]);
        if (parley_random_below(&r, 5) > 0) {
            say(out, size, ", share: %u", 35 + 5 * parley_random_below(&r, 7));
        }
        switch (parley_random_below(&r, 4)) {
        case 0:
            say(out, size, ", date: 2025-05");
            break;
        case 1:
            break;
        default:
            say(out, size, ", date: 2025-%02u-%02u", 4 + parley_random_below(&r, 3), day);
        }
        if (parley_random_below(&r, 3) == 0) {
            say(out, size, ", stale-after: %u", 1 + parley_random_below(&r, 60));
        }
        if (parley_random_below(&r, 6) == 0) {
            say(out, size, ", stale-from: 2025-06-%02u", day);
        }
        say(out, size, "}\n");
    }
}

static void trial_begin(trial *t, uint64_t key)
{
    static char home[1 << 16];
    parley_error err = PARLEY_ERROR_INIT;
    random_case_options options = {.no_answers = key % 2 == 0};
    parley_home_options look = PARLEY_HOME_OPTIONS_INIT;
    memset(t, 0, sizeof *t);
    random_case_make(&t->rc, key + 700000, &options);
    t->shared = key % 2 != 0;
    add_home(&t->rc, home, sizeof home);
    char *plain = random_case_text(&t->rc, 0);
    char *more = random_case_expand(home, 0);
    t->text = malloc(strlen(plain) + strlen(more) + 1);
    assert_non_null(t->text);
    strcpy(t->text, plain);
    strcat(t->text, more);
    free(plain);
    free(more);
    t->d = desk_text(t->text);
    desk_analyse(&t->d, NULL);
    check_ok(parley_date_parse(&look.at, "2025-06-15", 10, &err), &err);
    check_ok(parley_home_new(&t->home, t->d.ctx, t->d.deal, t->d.c, &look, &err), &err);
    assert_true(parley_home_terms(t->home) <= TERMS);
    for (uint32_t i = 0; i < parley_home_terms(t->home); i++) {
        if (parley_home_term_at(t->home, i)->formula != NULL) {
            t->asked[t->count++] = parley_home_term_at(t->home, i)->formula;
        }
    }
    oracle_make(&t->o, &t->d, NULL, t->asked, t->count);
}

static void trial_end(trial *t)
{
    oracle_free(&t->o);
    parley_home_free(t->home);
    desk_close(&t->d);
    free(t->text);
    random_case_free(&t->rc);
}

static void fails_at(const trial *t, const char *what, uint64_t found, uint64_t wanted,
                     const char *file, int line)
{
    if (found != wanted) {
        print_error("key %llu: %s: %llu, not %llu\n", (unsigned long long)t->rc.key, what,
                    (unsigned long long)found, (unsigned long long)wanted);
        fputs(t->text, stderr);
        _fail(file, line);
    }
}
#define same(t, what, found, wanted)                                                               \
    fails_at((t), (what), (uint64_t)(found), (uint64_t)(wanted), __FILE__, __LINE__)

/* What the term lets through, by package and answers. */
static table kept_table(trial *t, const parley_home_term *term)
{
    table f = oracle_formula(&t->o, term->formula);
    if (term->mode != PARLEY_MODE_REFUSES) {
        return f;
    }
    table all = oracle_all(&t->o);
    oracle_and_not(&t->o, all, f);
    return all;
}

/* Forget tables made since. */
static void forget(trial *t, uint32_t mark)
{
    while (t->o.memories > mark) {
        free(t->o.memory[--t->o.memories]);
    }
}

static bool counts(const trial *t, const parley_home_term *term, int32_t party, int32_t who,
                   parley_basis basis)
{
    if (term->counted != PARLEY_HOME_COUNTS || term->basis > basis) {
        return false;
    }
    if (who >= 0) {
        return term->constituency == who;
    }
    return term->blocks &&
           (party < 0 || parley_case_constituency(t->d.c, term->constituency)->party == party);
}

static uint64_t expected(trial *t, parley_rung rung, int32_t party, int32_t who, parley_basis basis)
{
    uint32_t mark = t->o.memories;
    table all = oracle_rung(&t->o, rung);
    for (uint32_t i = 0; i < parley_home_terms(t->home); i++) {
        const parley_home_term *term = parley_home_term_at(t->home, i);
        if (counts(t, term, party, who, basis)) {
            oracle_and(&t->o, all, kept_table(t, term));
        }
    }
    uint64_t count = oracle_count(&t->o, all);
    forget(t, mark);
    return count;
}

/* Where terms share an answer that nobody knows, the engine may count more, never less. */
static void compare(const trial *t, const char *what, uint64_t found, uint64_t wanted)
{
    if (!t->shared || found < wanted) {
        same(t, what, found, wanted);
    }
}

static void counts_are_those_of_going_through_every_package(void **state)
{
    (void)state;
    uint64_t smaller = 0;
    for (uint64_t key = 0; key < CASES; key++) {
        trial t;
        parley_error err = PARLEY_ERROR_INIT;
        parley_count found;
        trial_begin(&t, key);
        for (int r = 0; r < PARLEY_RUNG_COUNT && !t.o.too_many; r += 4) {
            parley_rung rung = (parley_rung)r;
            uint64_t left = desk_count(&parley_deal_rung(t.d.deal, rung)->left);
            for (int b = 0; b < 3; b++) {
                for (int32_t p = -1; p < (int32_t)parley_case_parties(t.d.c); p++) {
                    check_ok(parley_home_carried(&found, t.home, rung, p, bases[b], &err), &err);
                    compare(&t, "carried", desk_count(&found), expected(&t, rung, p, -1, bases[b]));
                    smaller += desk_count(&found) < left;
                }
                parley_ids ids = parley_home_constituencies(t.home);
                for (uint32_t k = 0; k < ids.count; k++) {
                    check_ok(parley_home_count(&found, t.home, rung, ids.at[k], bases[b], &err),
                             &err);
                    compare(&t, "let through", desk_count(&found),
                            expected(&t, rung, -1, ids.at[k], bases[b]));
                }
            }
            for (uint32_t i = 0; i < parley_home_terms(t.home); i++) {
                const parley_home_term *term = parley_home_term_at(t.home, i);
                if (term->counted != PARLEY_HOME_COUNTS) {
                    continue;
                }
                uint32_t mark = t.o.memories;
                table all = oracle_rung(&t.o, rung);
                oracle_and(&t.o, all, kept_table(&t, term));
                check_ok(parley_home_term_left(&found, t.home, rung, i, &err), &err);
                same(&t, "packages that keep one term", desk_count(&found),
                     oracle_count(&t.o, all));
                forget(&t, mark);
            }
        }
        trial_end(&t);
    }
    assert_true(smaller > CASES);
}

/* ------------------------------------------------------------------ packages */

/* Completions that keep the rules, the package, and a table (bits NULL: no table). */
static bool some(trial *t, const int64_t *values, table with, bool crosses)
{
    uint32_t mark = t->o.memories;
    table all = oracle_completions(&t->o, values);
    oracle_and(&t->o, all, t->o.rules);
    if (with.bits != NULL && crosses) {
        oracle_and_not(&t->o, all, with);
    } else if (with.bits != NULL) {
        oracle_and(&t->o, all, with);
    }
    bool none = oracle_none(&t->o, all);
    forget(t, mark);
    return !none;
}

static parley_home_mark marked(trial *t, const int64_t *values, const parley_home_term *term)
{
    uint32_t mark = t->o.memories;
    table kept = kept_table(t, term);
    parley_home_mark out = !some(t, values, kept, false) ? PARLEY_HOME_CROSSED
                           : some(t, values, kept, true) ? PARLEY_HOME_OPEN
                                                         : PARLEY_HOME_KEPT;
    forget(t, mark);
    return out;
}

static bool together(trial *t, const int64_t *values, const int32_t *terms, uint32_t count,
                     uint32_t without)
{
    uint32_t mark = t->o.memories;
    table all = oracle_all(&t->o);
    for (uint32_t k = 0; k < count; k++) {
        if (k != without) {
            oracle_and(&t->o, all, kept_table(t, parley_home_term_at(t->home, (uint32_t)terms[k])));
        }
    }
    bool yes = some(t, values, all, false);
    forget(t, mark);
    return yes;
}

static parley_home_kind check_verdict(trial *t, const int64_t *values, const parley_home_mark *mark,
                                      int32_t party, parley_basis basis)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_home_verdict v;
    int32_t stopping[TERMS];
    uint32_t n = 0;
    uint32_t crossed = 0;
    uint32_t open = 0;
    const parley_package package = {values, parley_case_issues(t->d.c)};
    check_ok(parley_home_verdict_on(&v, t->home, party, basis, package, &err), &err);
    assert_false(v.against_rules);
    for (uint32_t i = 0; i < parley_home_terms(t->home); i++) {
        if (counts(t, parley_home_term_at(t->home, i), party, -1, basis)) {
            stopping[n++] = (int32_t)i;
            crossed += mark[i] == PARLEY_HOME_CROSSED;
            open += mark[i] == PARLEY_HOME_OPEN;
        }
    }
    bool all = together(t, values, stopping, n, UINT32_MAX);
    same(t, "kind", v.kind,
         !all       ? PARLEY_HOME_OUTSIDE
         : open > 0 ? PARLEY_HOME_DEPENDS
                    : PARLEY_HOME_CARRIES);
    if (v.kind == PARLEY_HOME_DEPENDS) {
        same(t, "open terms", v.terms.count, open);
    } else if (crossed > 0) {
        same(t, "terms crossed", v.terms.count, crossed);
        for (uint32_t k = 0; k < v.terms.count; k++) {
            same(t, "a term that stops it", mark[v.terms.at[k]], PARLEY_HOME_CROSSED);
        }
    } else if (v.kind == PARLEY_HOME_OUTSIDE) { /* a smallest clash */
        assert_true(v.terms.count > 1);
        for (uint32_t k = 0; k < v.terms.count; k++) {
            same(t, "a smallest clash", together(t, values, v.terms.at, v.terms.count, k), true);
        }
        same(t, "a clash", together(t, values, v.terms.at, v.terms.count, UINT32_MAX), false);
    }
    return v.kind;
}

static void a_package_is_judged_over_all_its_completions(void **state)
{
    (void)state;
    uint64_t kinds[3] = {0};
    for (uint64_t key = 0; key < CASES; key += 2) { /* without unknown answers */
        trial t;
        trial_begin(&t, key);
        parley_random r = parley_random_stream(key, 92, 0, 0);
        for (int round = 0; round < 8 && !t.o.too_many; round++) {
            int64_t values[ORACLE_ISSUES];
            parley_home_mark mark[TERMS];
            parley_error err = PARLEY_ERROR_INIT;
            bool against = false;
            for (size_t i = 0; i < ORACLE_ISSUES; i++) {
                values[i] = -1;
            }
            for (uint32_t k = 0; k < t.o.counted; k++) {
                if (round % 4 == 0 || parley_random_below(&r, 2) == 0) {
                    values[t.o.issue[k]] = (int64_t)parley_random_below(&r, t.o.values[k]);
                }
            }
            const parley_package package = {values, parley_case_issues(t.d.c)};
            check_ok(parley_home_judge(mark, &against, t.home, package, &err), &err);
            same(&t, "against the rules", against, !some(&t, values, (table){NULL}, false));
            for (uint32_t i = 0; i < parley_home_terms(t.home); i++) {
                const parley_home_term *term = parley_home_term_at(t.home, i);
                bool seen =
                    term->counted == PARLEY_HOME_COUNTS || term->counted == PARLEY_HOME_ACCEPTS;
                same(&t, "mark", mark[i],
                     against || !seen ? PARLEY_HOME_UNMARKED : marked(&t, values, term));
            }
            for (int b = 0; b < 3 && !against; b++) {
                int32_t party =
                    (int32_t)parley_random_below(&r, parley_case_parties(t.d.c) + 1) - 1;
                kinds[check_verdict(&t, values, mark, party, bases[b])]++;
            }
        }
        trial_end(&t);
    }
    assert_true(kinds[PARLEY_HOME_OUTSIDE] > CASES / 20);
    assert_true(kinds[PARLEY_HOME_DEPENDS] > CASES / 20);
    assert_true(kinds[PARLEY_HOME_CARRIES] > CASES / 20);
}

/* --------------------------------------------------------------------- polls */

static bool usable(const parley_home_poll *p)
{
    return p->state != PARLEY_POLL_UNKNOWN && p->state != PARLEY_POLL_STALE &&
           p->state != PARLEY_POLL_MAY_BE_STALE && p->state != PARLEY_POLL_LATER;
}

static int32_t root(const trial *t, int32_t row)
{
    int32_t more = parley_case_constituency(t->d.c, row)->more_on;
    return more >= 0 ? more : row;
}

/* Both about the same, of the same constituency? Statements come from a list: texts tell. */
static bool alike(const trial *t, const parley_poll *a, const parley_poll *b)
{
    return strcmp(a->about.text, b->about.text) == 0 &&
           root(t, a->constituency) == root(t, b->constituency);
}

static bool is_newest(const trial *t, uint32_t i)
{
    const parley_poll *a = parley_case_poll(t->d.c, parley_home_poll_at(t->home, i)->poll);
    for (uint32_t k = 0; k < parley_home_polls(t->home); k++) {
        const parley_home_poll *p = parley_home_poll_at(t->home, k);
        const parley_poll *b = parley_case_poll(t->d.c, p->poll);
        if (usable(p) && alike(t, a, b) && b->record.happened.first > a->record.happened.last) {
            return false;
        }
    }
    return true;
}

/* How the newest polls alike stand against a threshold: bit 0 some below, bit 1 some not. */
static int sides(const trial *t, uint32_t i, const parley_constituency *row)
{
    int out = 0;
    const parley_poll *a = parley_case_poll(t->d.c, parley_home_poll_at(t->home, i)->poll);
    for (uint32_t k = 0; k < parley_home_polls(t->home); k++) {
        const parley_home_poll *p = parley_home_poll_at(t->home, k);
        const parley_poll *b = parley_case_poll(t->d.c, p->poll);
        if (usable(p) && alike(t, a, b) && is_newest(t, k)) {
            out |= parley_decimal_compare(b->share.value, row->needs_share.value) < 0 ? 1 : 2;
        }
    }
    return out;
}

static parley_poll_state wanted_state(const trial *t, uint32_t i)
{
    const parley_home_poll *p = parley_home_poll_at(t->home, i);
    const parley_poll *poll = parley_case_poll(t->d.c, p->poll);
    const int32_t today = parley_day_number(2025, 6, 15);
    const parley_date taken = poll->record.happened;
    bool dated = taken.form != PARLEY_DATE_UNKNOWN;
    if (dated && taken.first > today) {
        return PARLEY_POLL_LATER;
    }
    bool from = poll->stale_from.form != PARLEY_DATE_UNKNOWN && today >= poll->stale_from.first;
    bool surely = poll->stale_after > 0 && dated && today - taken.last > poll->stale_after;
    bool maybe = poll->stale_after > 0 && (!dated || today - taken.first > poll->stale_after);
    if (from || surely || maybe) {
        return from || surely ? PARLEY_POLL_STALE : PARLEY_POLL_MAY_BE_STALE;
    }
    if (!poll->share.typed) {
        return PARLEY_POLL_UNKNOWN;
    }
    if (poll->about.formula == NULL) {
        return PARLEY_POLL_SHOWN; /* words: nothing to compare */
    }
    if (!is_newest(t, i)) {
        return PARLEY_POLL_OLDER;
    }
    bool declared = false;
    bool split = false;
    for (uint32_t r = 0; r < parley_case_constituencies(t->d.c); r++) {
        const parley_constituency *row = parley_case_constituency(t->d.c, (int32_t)r);
        if (row->needs_share.typed && root(t, (int32_t)r) == root(t, poll->constituency)) {
            int against = sides(t, i, row);
            declared = true;
            split = split || against == 3;
            if (against == 1) {
                return PARLEY_POLL_TOO_FEW;
            }
        }
    }
    return split ? PARLEY_POLL_UNDECIDED : declared ? PARLEY_POLL_ENOUGH : PARLEY_POLL_SHOWN;
}

static void a_poll_counts_when_it_is_the_newest_and_falls_short_of_what_was_declared(void **state)
{
    (void)state;
    uint64_t seen[9] = {0};
    for (uint64_t key = 0; key < CASES; key++) {
        trial t;
        trial_begin(&t, key);
        for (uint32_t i = 0; i < parley_home_polls(t.home); i++) {
            parley_poll_state state_found = parley_home_poll_at(t.home, i)->state;
            same(&t, "state of a poll", state_found, wanted_state(&t, i));
            seen[state_found]++;
        }
        for (uint32_t i = 0; i < parley_home_terms(t.home); i++) {
            const parley_home_term *term = parley_home_term_at(t.home, i);
            if (term->poll >= 0) { /* a poll is reported at best, and refuses what it asked about */
                const parley_constituency *row = parley_case_constituency(t.d.c, term->row);
                assert_int_equal(term->mode, PARLEY_MODE_REFUSES);
                assert_true(row->needs_share.typed);
                assert_int_equal(term->basis, row->basis == PARLEY_BASIS_READING
                                                  ? PARLEY_BASIS_READING
                                                  : PARLEY_BASIS_REPORTED);
            }
        }
        trial_end(&t);
    }
    for (int k = 0; k < 9; k++) {
        assert_true(seen[k] > 0);
    }
}

/* --------------------------------------------------- the invented case, by hand */

static uint64_t carried(parley_home *h, int32_t party, parley_basis basis)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_count count;
    check_ok(parley_home_carried(&count, h, PARLEY_RUNG_RULES, party, basis, &err), &err);
    return desk_count(&count);
}

/*
 * 240 packages, 228 after the rule: gauge joint (4 x 3 = 12 of each share) loses the share in which
 * the lower town pays nothing. The council wants release at most 40 (3 of 4) and at most half from
 * the upper town (3 shares of 5, none of them the one lost): 3 x 4 x 3 x 3 = 108. Our reading takes
 * one gauge of four: 81. The vote refuses a half or more from the lower town: of the other two
 * shares 25 keeps 48 packages and 0 keeps 36: 84. Together nothing.
 */
static void the_two_towns_cannot_both_carry_a_division_of_the_repair(void **state)
{
    (void)state;
    desk d = desk_open("river-at-home.yaml");
    parley_error err = PARLEY_ERROR_INIT;
    parley_home *h = NULL;
    desk_analyse(&d, NULL);
    int32_t upper = desk_find(&d, "parties", "upper");
    int32_t lower = desk_find(&d, "parties", "lower");
    check_ok(parley_home_new(&h, d.ctx, d.deal, d.c, NULL, &err), &err);
    assert_int_equal(carried(h, upper, PARLEY_BASIS_RECORD), 108);
    assert_int_equal(carried(h, upper, PARLEY_BASIS_READING), 81);
    assert_int_equal(carried(h, lower, PARLEY_BASIS_RECORD), 228);
    assert_int_equal(carried(h, lower, PARLEY_BASIS_REPORTED), 84);
    assert_int_equal(carried(h, -1, PARLEY_BASIS_RECORD), 108);
    assert_int_equal(carried(h, -1, PARLEY_BASIS_REPORTED), 0);
    assert_true(parley_home_known(h, upper));
    assert_false(parley_home_known(h, desk_find(&d, "parties", "basin")));
    parley_home_free(h);
    desk_close(&d);
}

static void a_row_goes_with_the_claim_it_rests_on(void **state)
{
    (void)state;
    desk d = desk_open("river-at-home.yaml");
    parley_error err = PARLEY_ERROR_INIT;
    parley_home *h = NULL;
    parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
    const char *without[] = {"h1"};
    options.terms.without = without;
    options.terms.without_count = 1;
    desk_analyse(&d, &options);
    check_ok(parley_home_new(&h, d.ctx, d.deal, d.c, NULL, &err), &err);
    assert_int_equal(carried(h, desk_find(&d, "parties", "upper"), PARLEY_BASIS_RECORD), 228);
    parley_home_free(h);
    desk_close(&d);
}

static void from_april_the_vote_is_for_it_and_in_july_it_is_not(void **state)
{
    (void)state;
    desk d = desk_open("river-at-home.yaml");
    parley_error err = PARLEY_ERROR_INIT;
    parley_home *h = NULL;
    parley_home_options look = PARLEY_HOME_OPTIONS_INIT;
    desk_analyse(&d, NULL);
    check_ok(parley_date_parse(&look.at, "2024-05-01", 10, &err), &err);
    check_ok(parley_home_new(&h, d.ctx, d.deal, d.c, &look, &err), &err);
    assert_int_equal(carried(h, desk_find(&d, "parties", "lower"), PARLEY_BASIS_REPORTED), 228);
    assert_int_equal(parley_home_poll_at(h, 0)->state, PARLEY_POLL_ENOUGH);
    assert_int_equal(parley_home_poll_at(h, 0)->age_most, 13);
    assert_int_equal(parley_home_poll_at(h, 1)->state, PARLEY_POLL_LATER);
    parley_home_free(h);
    desk_close(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_those_of_going_through_every_package),
        cmocka_unit_test(a_package_is_judged_over_all_its_completions),
        cmocka_unit_test(a_poll_counts_when_it_is_the_newest_and_falls_short_of_what_was_declared),
        cmocka_unit_test(the_two_towns_cannot_both_carry_a_division_of_the_repair),
        cmocka_unit_test(a_row_goes_with_the_claim_it_rests_on),
        cmocka_unit_test(from_april_the_vote_is_for_it_and_in_july_it_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
