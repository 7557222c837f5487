/*
 * Thousands of small random cases, each analysed twice: by the engine, and by going through all
 * packages (oracle.h). Counts, what is open, listings, queries, clashing sets, disputes.
 */
#include "oracle.h"
#include "random_case.h"

#define CASES 3000

typedef struct trial {
    random_case rc;
    char *text;
    desk d;
    parley_deal_options options;
    int32_t track[2];
    const char *without[1];
    char id[48];
} trial;

/* One case with options: mostly the defaults, else tracks, rungs, dates, what is set aside. */
static void trial_begin(trial *t, uint64_t key, const random_case_options *how)
{
    memset(t, 0, sizeof *t);
    random_case_make(&t->rc, key, how);
    t->text = random_case_text(&t->rc, 0);
    t->d = desk_text(t->text);
    t->options = (parley_deal_options)PARLEY_DEAL_OPTIONS_INIT;
    parley_random r = parley_random_stream(key, 2, 0, 0);
    switch (parley_random_below(&r, 8)) {
    case 0:
        t->options.all_tracks = true;
        break;
    case 1:
        t->track[0] = (int32_t)parley_random_below(&r, parley_case_tracks(t->d.c));
        t->options.tracks = t->track;
        t->options.track_count = 1;
        break;
    case 2:
        t->options.up_to = (int)parley_random_below(&r, PARLEY_RUNG_COUNT);
        break;
    case 3:
        t->options.terms.readings_of =
            (int32_t)parley_random_below(&r, parley_case_parties(t->d.c));
        break;
    case 4:
        if (parley_case_claims(t->d.c) > 0) {
            random_case_name(t->id, 'c', parley_random_below(&r, parley_case_claims(t->d.c)), 0, 0);
            t->without[0] = t->id;
            t->options.terms.without = t->without;
            t->options.terms.without_count = 1;
        }
        break;
    default:
        break;
    }
    desk_analyse(&t->d, &t->options);
}

static void trial_end(trial *t)
{
    desk_close(&t->d);
    free(t->text);
    random_case_free(&t->rc);
}

/* In a failing case: which, and what it looks like. */
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

/* ------------------------------------------------------------- rung by rung */

static void compare_question(const trial *t, const oracle *o)
{
    const parley_deal *deal = t->d.deal;
    parley_ids issues = parley_deal_issues(deal);
    parley_ids tracks = parley_deal_tracks(deal);
    parley_ids other = parley_deal_other_tracks(deal);
    uint32_t on = 0;
    uint32_t off = 0;
    same(t, "issues counted", issues.count, o->counted);
    for (uint32_t k = 0; k < o->counted; k++) {
        same(t, "an issue counted", issues.at[k], o->issue[k]);
    }
    for (uint32_t i = 0; i < parley_case_issues(t->d.c); i++) {
        same(t, "why an issue is not counted", parley_deal_why_not(deal, (int32_t)i), o->why[i]);
    }
    for (uint32_t i = 0; i < parley_case_tracks(t->d.c); i++) {
        on += o->on_track[i];
        off += o->other_track[i];
    }
    same(t, "tracks in question", tracks.count, on);
    same(t, "other tracks", other.count, off);
    for (uint32_t k = 0; k < tracks.count; k++) {
        same(t, "a track in question", o->on_track[tracks.at[k]], true);
    }
    for (uint32_t k = 0; k < other.count; k++) {
        same(t, "another track", o->other_track[other.at[k]], true);
    }
    for (uint32_t i = 0; i < parley_case_rules(t->d.c); i++) {
        same(t, "a rule set aside", parley_deal_rule_set_aside(deal, (int32_t)i),
             !oracle_countable(o, parley_case_rule(t->d.c, (int32_t)i)->formula));
    }
}

static bool listed(parley_ids ids, int32_t id)
{
    for (uint32_t k = 0; k < ids.count; k++) {
        if (ids.at[k] == id) {
            return true;
        }
    }
    return false;
}

static void compare_parties(const trial *t, const oracle *o)
{
    const parley_case *c = t->d.c;
    parley_ids must = parley_deal_must_agree(t->d.deal);
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        bool agree = (parley_case_party(c, (int32_t)p)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
        for (uint32_t k = 0; k < o->counted; k++) {
            const parley_issue *issue = parley_case_issue(c, o->issue[k]);
            bool needed = listed(issue->needs, (int32_t)p);
            bool acts = needed || listed(issue->by, (int32_t)p);
            for (uint32_t v = 0; issue->kind == PARLEY_ISSUE_CHOICE && v < issue->values; v++) {
                bool by = listed(issue->options[v].by, (int32_t)p);
                bool needs = listed(issue->options[v].needs, (int32_t)p);
                needed = needed || needs;
                acts =
                    acts || (parley_deal_open(t->d.deal, o->issue[k], (int64_t)v) && (by || needs));
            }
            same(t, "needed", parley_deal_needed(t->d.deal, (int32_t)p, o->issue[k]), needed);
            same(t, "acts", parley_deal_acts(t->d.deal, (int32_t)p, o->issue[k]), acts);
            agree = agree || needed;
        }
        same(t, "must agree", listed(must, (int32_t)p), agree);
    }
    for (uint32_t k = 1; k < must.count; k++) {
        assert_true(strcmp(parley_case_party(c, must.at[k - 1])->record.id,
                           parley_case_party(c, must.at[k])->record.id) < 0);
    }
}

static void compare_ladder(const trial *t, oracle *o)
{
    const parley_deal *deal = t->d.deal;
    const parley_terms *terms = parley_deal_terms(deal);
    parley_count total = parley_deal_total(deal);
    parley_count usable = parley_deal_usable(deal);
    int dies = -1;
    int last = -1;
    same(t, "packages", desk_count(&total), o->packages);
    for (int r = 0; r < PARLEY_RUNG_COUNT; r++) {
        const parley_ladder_rung *rung = parley_deal_rung(deal, (parley_rung)r);
        table left = oracle_rung(o, (parley_rung)r);
        uint64_t count = oracle_count(o, left);
        uint32_t bound = 0;
        same(t, parley_rung_heading((parley_rung)r), desk_count(&rung->left), count);
        for (uint32_t i = 0; i < o->terms; i++) {
            bool here = o->counts[i] && parley_terms_at(terms, i)->rung == (parley_rung)r;
            same(t, "a term binds", listed(rung->terms, (int32_t)i), here);
            bound += here;
        }
        same(t, "terms that bind", rung->terms.count, bound);
        oracle_and(o, left, o->kept_in);
        same(t, "flagged", desk_count(&rung->flagged), count - oracle_count(o, left));
        if (r == PARLEY_RUNG_RULES) {
            same(t, "usable", desk_count(&usable), oracle_count(o, left));
        }
        last = count > 0 ? r : last;
        dies = count == 0 && dies < 0 ? r : dies;
    }
    same(t, "dies at", parley_deal_dies_at(deal), dies);
    same(t, "last rung", parley_deal_last(deal), last);
    same(t, "flags", parley_deal_flags(deal), o->flags);
    for (uint32_t i = 0; i < o->terms; i++) {
        const parley_term *term = parley_terms_at(terms, i);
        same(t, "a term set aside", parley_deal_set_aside(deal, i),
             !oracle_countable(o, term->formula) && (int)term->rung <= t->options.up_to);
    }
    for (uint32_t k = 0; k < o->counted; k++) {
        uint32_t open = 0;
        for (uint32_t v = 0; v < o->values[k]; v++) {
            bool some = false;
            table left = oracle_rung(o, (parley_rung)(last < 0 ? 0 : last));
            for (uint64_t p = 0; last >= 0 && p < o->packages && !some; p++) {
                some = oracle_value(o, p, k) == v && oracle_package(o, left, p);
            }
            same(t, "a value open", parley_deal_open(deal, o->issue[k], v), some);
            open += some;
        }
        same(t, "values open", parley_deal_open_count(deal, o->issue[k]), open);
    }
}

static void every_count_is_that_of_going_through_all_packages(void **state)
{
    (void)state;
    uint64_t dead[PARLEY_RUNG_COUNT + 1] = {0};
    uint64_t unknown = 0;
    uint64_t flagged = 0;
    for (uint64_t key = 0; key < CASES; key++) {
        trial t;
        oracle o;
        trial_begin(&t, key, NULL);
        oracle_make(&o, &t.d, &t.options, NULL, 0);
        if (!o.too_many) {
            compare_question(&t, &o);
            compare_ladder(&t, &o);
            compare_parties(&t, &o);
            dead[parley_deal_dies_at(t.d.deal) + 1]++;
            unknown += o.answers > 0;
            flagged += o.flags;
        }
        oracle_free(&o);
        trial_end(&t);
    }
    /* the generator reaches what it should: death on every rung, answers unknown, flags */
    for (int r = 0; r <= PARLEY_RUNG_COUNT; r++) {
        assert_true(dead[r] >= 5);
    }
    assert_true(unknown > CASES / 10 && flagged > CASES / 10);
}

/* ------------------------------------------------------------------ listings */

typedef struct list_state {
    const trial *t;
    const oracle *o;
    table left;
    uint64_t next; /* package to come */
    uint64_t seen;
    uint64_t stop_after;
} list_state;

static bool list_one(void *user, parley_package package)
{
    list_state *s = user;
    while (s->next < s->o->packages && !oracle_package(s->o, s->left, s->next)) {
        s->next++;
    }
    same(s->t, "a package that there is", s->next < s->o->packages, true);
    same(s->t, "issues of a package", package.count, parley_case_issues(s->t->d.c));
    for (uint32_t i = 0; i < package.count; i++) {
        int64_t wanted = -1;
        for (uint32_t k = 0; k < s->o->counted; k++) {
            wanted =
                s->o->issue[k] == (int32_t)i ? (int64_t)oracle_value(s->o, s->next, k) : wanted;
        }
        same(s->t, "a value of a package", package.value[i], wanted);
    }
    s->next++;
    return ++s->seen != s->stop_after;
}

static void the_listing_is_every_package_once_in_order_from_wherever_it_begins(void **state)
{
    (void)state;
    for (uint64_t key = 0; key < CASES / 2; key++) {
        trial t;
        oracle o;
        trial_begin(&t, key, NULL);
        oracle_make(&o, &t.d, &t.options, NULL, 0);
        parley_random r = parley_random_stream(key, 3, 0, 0);
        for (int round = 0; round < 3 && !o.too_many; round++) {
            int last = parley_deal_last(t.d.deal);
            parley_rung rung = round > 0 && last >= 0
                                   ? (parley_rung)last
                                   : (parley_rung)parley_random_below(&r, PARLEY_RUNG_COUNT);
            list_state s = {&t, &o, oracle_rung(&o, rung), 0, 0, 0};
            uint64_t count = oracle_count(&o, s.left);
            uint64_t skip = round < 2 ? 0 : parley_random_below(&r, (uint32_t)count + 2);
            uint64_t rest = skip < count ? count - skip : 0;
            parley_error err = PARLEY_ERROR_INIT;
            s.stop_after = round == 1 && rest > 0 ? 1 + parley_random_below(&r, (uint32_t)rest) : 0;
            for (uint64_t left = skip; left > 0 && s.next < o.packages; s.next++) {
                left -= oracle_package(&o, s.left, s.next);
            }
            check_ok(parley_deal_list(t.d.deal, rung, skip, list_one, &s, &err), &err);
            same(&t, "packages listed", s.seen, s.stop_after > 0 ? s.stop_after : rest);
        }
        oracle_free(&o);
        trial_end(&t);
    }
}

/* ------------------------------------------------------------------- queries */

static void a_query_is_answered_as_by_looking_at_every_package(void **state)
{
    (void)state;
    uint64_t yes = 0;
    uint64_t refused = 0;
    for (uint64_t key = 0; key < CASES; key++) {
        trial t;
        oracle o;
        trial_begin(&t, key, NULL);
        parley_arena *arena = parley_arena_new(t.d.ctx);
        const parley_formula *f[6];
        parley_error err = PARLEY_ERROR_INIT;
        assert_non_null(arena);
        for (size_t k = 0; k < CHECK_COUNT(f); k++) {
            char *text = random_case_expand(random_case_formula(&t.rc, 2), 0);
            check_ok(parley_case_formula(&f[k], t.d.c, arena, text, &err), &err);
            free(text);
        }
        oracle_make(&o, &t.d, &t.options, f, CHECK_COUNT(f));
        parley_random r = parley_random_stream(key, 4, 0, 0);
        for (size_t k = 0; k < CHECK_COUNT(f) && !o.too_many; k++) {
            parley_rung rung = (parley_rung)parley_random_below(&r, PARLEY_RUNG_COUNT);
            bool entails = true;
            parley_count count = parley_count_of(7);
            parley_error_clear(&err);
            if (!oracle_countable(&o, f[k])) {
                check_fails(parley_deal_entails(t.d.deal, rung, f[k], &entails, &err),
                            PARLEY_INVALID, &err);
                parley_error_clear(&err);
                check_fails(parley_deal_count(t.d.deal, rung, f[k], &count, &err), PARLEY_INVALID,
                            &err);
                assert_false(entails);
                assert_true(parley_count_is_zero(&count));
                refused++;
                continue;
            }
            table left = oracle_rung(&o, rung);
            table both = oracle_rung(&o, rung);
            table wanted = oracle_formula(&o, f[k]);
            oracle_and(&o, both, wanted);
            oracle_and_not(&o, left, wanted);
            check_ok(parley_deal_entails(t.d.deal, rung, f[k], &entails, &err), &err);
            same(&t, "entails", entails, oracle_none(&o, left));
            check_ok(parley_deal_count(t.d.deal, rung, f[k], &count, &err), &err);
            same(&t, "packages with it", desk_count(&count), oracle_count(&o, both));
            yes += entails;
        }
        oracle_free(&o);
        parley_arena_free(arena);
        trial_end(&t);
    }
    assert_true(yes > CASES / 10 && refused > CASES / 100);
}

/* ------------------------------------------------------------------- clashes */

typedef struct clash_state {
    const trial *t;
    uint64_t sets[4096]; /* as bits over terms */
    uint32_t count;
} clash_state;

static bool clash_one(void *user, parley_ids ids)
{
    clash_state *s = user;
    uint64_t bits = 0;
    for (uint32_t k = 0; k < ids.count; k++) {
        assert_true(ids.at[k] < 64 && (k == 0 || ids.at[k - 1] < ids.at[k]));
        bits |= UINT64_C(1) << ids.at[k];
    }
    if (s->count > 0) {
        same(s->t, "smaller sets first",
             __builtin_popcountll(s->sets[s->count - 1]) <= __builtin_popcountll(bits), true);
    }
    assert_true(s->count < CHECK_COUNT(s->sets));
    s->sets[s->count++] = bits;
    return true;
}

static bool clashing(oracle *o, uint64_t set)
{
    uint32_t mark = o->memories;
    table t = oracle_all(o);
    oracle_and(o, t, o->rules);
    for (uint32_t i = 0; i < o->terms; i++) {
        if ((set >> i & 1) != 0) {
            oracle_and(o, t, o->term[i]);
        }
    }
    bool none = oracle_none(o, t);
    free(o->memory[--o->memories]);
    assert_int_equal(mark, o->memories);
    return none;
}

/* All minimal clashing subsets of the terms in `of`, by trying every subset. */
static uint32_t brute_clashes(oracle *o, uint64_t of, uint64_t *out)
{
    uint32_t place[64];
    uint32_t n = 0;
    uint32_t found = 0;
    for (uint32_t i = 0; i < o->terms; i++) {
        if ((of >> i & 1) != 0) {
            place[n++] = i;
        }
    }
    for (uint32_t size = 0; size <= n; size++) {
        for (uint32_t subset = 0; subset < UINT32_C(1) << n; subset++) {
            uint64_t set = 0;
            if ((uint32_t)__builtin_popcount(subset) != size) {
                continue;
            }
            for (uint32_t k = 0; k < n; k++) {
                set |= (subset >> k & 1) != 0 ? UINT64_C(1) << place[k] : 0;
            }
            bool minimal = true;
            for (uint32_t k = 0; k < found && minimal; k++) {
                minimal = (out[k] & ~set) != 0;
            }
            if (minimal && clashing(o, set)) {
                out[found++] = set;
            }
        }
    }
    return found;
}

/* Do the terms of `set` clash under the rules in `rules` (bits over the case's)? */
static bool clashing_under(oracle *o, uint64_t set, uint64_t rules)
{
    uint32_t mark = o->memories;
    table t = oracle_all(o);
    for (uint32_t i = 0; i < parley_case_rules(o->c); i++) {
        const parley_formula *f = parley_case_rule(o->c, (int32_t)i)->formula;
        if ((rules >> i & 1) != 0 && oracle_countable(o, f)) {
            oracle_and(o, t, oracle_formula(o, f));
        }
    }
    for (uint32_t i = 0; i < o->terms; i++) {
        if ((set >> i & 1) != 0) {
            oracle_and(o, t, o->term[i]);
        }
    }
    bool none = oracle_none(o, t);
    while (o->memories > mark) {
        free(o->memory[--o->memories]);
    }
    return none;
}

/* The rules named are enough, and none of them can be spared. */
static uint32_t compare_rules(const trial *t, oracle *o, uint64_t set)
{
    parley_error err = PARLEY_ERROR_INIT;
    int32_t terms[64];
    int32_t rules[64];
    uint32_t n = 0;
    uint32_t count = 99;
    uint64_t bits = 0;
    for (int32_t i = 0; i < 64; i++) {
        if ((set >> i & 1) != 0) {
            terms[n++] = i;
        }
    }
    assert_true(parley_case_rules(t->d.c) <= CHECK_COUNT(rules));
    check_ok(parley_deal_clash_rules(t->d.deal, (parley_ids){terms, n}, rules, &count, &err), &err);
    for (uint32_t k = 0; k < count; k++) {
        assert_true(k == 0 || rules[k - 1] < rules[k]);
        bits |= UINT64_C(1) << rules[k];
    }
    same(t, "clashing under the rules named", clashing_under(o, set, bits), true);
    for (uint32_t k = 0; k < count; k++) {
        same(t, "clashing with one rule less",
             clashing_under(o, set, bits & ~(UINT64_C(1) << rules[k])), false);
    }
    return count;
}

static uint32_t through_rules; /* clashing sets that need a rule */

static void compare_clashes(const trial *t, oracle *o, parley_rung rung, int32_t party)
{
    static clash_state s;
    static uint64_t brute[4096];
    const parley_terms *terms = parley_deal_terms(t->d.deal);
    parley_error err = PARLEY_ERROR_INIT;
    uint64_t of = 0;
    for (uint32_t i = 0; i < o->terms && i < 64; i++) {
        const parley_term *term = parley_terms_at(terms, i);
        of |= o->counts[i] && term->rung <= rung && (party < 0 || term->party == party)
                  ? UINT64_C(1) << i
                  : 0;
    }
    if (o->terms > 64 || __builtin_popcountll(of) > 10) {
        return;
    }
    s.t = t;
    s.count = 0;
    check_ok(parley_deal_clashes(t->d.deal, rung, party, clash_one, &s, &err), &err);
    uint32_t wanted = brute_clashes(o, of, brute);
    same(t, "clashing sets", s.count, wanted);
    for (uint32_t i = 0; i < wanted; i++) {
        bool found = false;
        for (uint32_t k = 0; k < s.count; k++) {
            found = found || s.sets[k] == brute[i];
        }
        same(t, "a clashing set found", found, true);
        through_rules += compare_rules(t, o, brute[i]) > 0;
    }
}

static void clashing_sets_are_those_of_trying_every_subset(void **state)
{
    (void)state;
    uint64_t own = 0;
    for (uint64_t key = 0; key < CASES; key++) {
        trial t;
        oracle o;
        trial_begin(&t, key, NULL);
        oracle_make(&o, &t.d, &t.options, NULL, 0);
        if (!o.too_many) {
            parley_random r = parley_random_stream(key, 5, 0, 0);
            compare_clashes(&t, &o, PARLEY_RUNG_READINGS, -1);
            compare_clashes(&t, &o, (parley_rung)parley_random_below(&r, PARLEY_RUNG_COUNT), -1);
            for (uint32_t p = 0; p < parley_case_parties(t.d.c); p++) {
                compare_clashes(&t, &o, PARLEY_RUNG_READINGS, (int32_t)p);
                own++;
            }
        }
        oracle_free(&o);
        trial_end(&t);
    }
    assert_true(own > CASES);
    assert_true(through_rules > CASES / 10);
}

static bool principal(const parley_case *c, int32_t party)
{
    return (parley_case_party(c, party)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
}

static void
an_issue_is_in_dispute_where_one_principals_term_refuses_what_anothers_requires(void **state)
{
    (void)state;
    uint64_t disputed = 0;
    for (uint64_t key = 0; key < CASES; key++) {
        trial t;
        oracle o;
        trial_begin(&t, key, NULL);
        oracle_make(&o, &t.d, &t.options, NULL, 0);
        const parley_terms *terms = parley_deal_terms(t.d.deal);
        parley_random r = parley_random_stream(key, 6, 0, 0);
        parley_rung rung = (parley_rung)(parley_random_below(&r, 2) == 0
                                             ? PARLEY_RUNG_READINGS
                                             : parley_random_below(&r, PARLEY_RUNG_COUNT));
        bool found[ORACLE_ISSUES];
        uint64_t wanted = 0;
        parley_error err = PARLEY_ERROR_INIT;
        for (uint32_t i = 0; i < o.terms && !o.too_many; i++) {
            const parley_term *a = parley_terms_at(terms, i);
            for (uint32_t j = 0; j < i; j++) {
                const parley_term *b = parley_terms_at(terms, j);
                uint64_t mine = 0;
                uint64_t theirs = 0;
                if (a->party == b->party || !principal(t.d.c, a->party) ||
                    !principal(t.d.c, b->party) || a->rung > rung || b->rung > rung ||
                    a->mode == PARLEY_MODE_ACCEPTS || b->mode == PARLEY_MODE_ACCEPTS ||
                    !o.counts[i] || !o.counts[j] ||
                    !clashing(&o, UINT64_C(1) << i | UINT64_C(1) << j)) {
                    continue;
                }
                parley_formula_issues(a->formula, &mine, 1);
                parley_formula_issues(b->formula, &theirs, 1);
                wanted |= mine & theirs;
            }
        }
        if (!o.too_many) {
            check_ok(parley_deal_dispute(t.d.deal, rung, found, &err), &err);
            for (uint32_t i = 0; i < parley_case_issues(t.d.c); i++) {
                same(&t, "in dispute", found[i], wanted >> i & 1);
            }
            disputed += wanted != 0;
        }
        oracle_free(&o);
        trial_end(&t);
    }
    assert_true(disputed > CASES / 50);
}

/* ---------------------------------------------------------- found by the above */

#define SIDES                                                                                      \
    "parley: 1\nparties:\n  a: {roles: [principal]}\n  b: {roles: [principal]}\n"                  \
    "tracks:\n  t: {table: now}\n  u: {table: now}\n"

static void an_issue_parked_by_itself_stays_out_when_its_track_is_asked_for_by_name(void **state)
{
    (void)state;
    desk d = desk_text(SIDES "issues:\n  x: {track: t, options: {p: P, q: Q}}\n"
                             "  y: {track: t, table: later, options: {p: P, q: Q}}\n");
    const int32_t track = desk_find(&d, "tracks", "t");
    parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
    options.tracks = &track;
    options.track_count = 1;
    for (int by_name = 0; by_name < 2; by_name++) {
        desk_analyse(&d, by_name ? &options : NULL);
        assert_int_equal(parley_deal_issues(d.deal).count, 1);
        assert_int_equal(parley_deal_why_not(d.deal, 1), PARLEY_NOT_COUNTED_LATER);
    }
    desk_close(&d);
}

static void a_rule_with_an_issue_on_no_track_draws_the_other_track_in(void **state)
{
    (void)state;
    desk d = desk_text(SIDES "issues:\n  x: {track: t, options: {p: P, q: Q}}\n"
                             "  y: {track: u, options: {p: P, q: Q}}\n"
                             "  z: {options: {p: P, q: Q}}\n"
                             "rules:\n  r: {formula: \"z = p implies y = q\"}\n");
    desk_analyse(&d, NULL);
    assert_int_equal(parley_deal_tracks(d.deal).count, 2);
    assert_int_equal(parley_deal_other_tracks(d.deal).count, 0);
    assert_false(parley_deal_rule_set_aside(d.deal, 0));
    check_ladder(d.deal, 6, 6, 6, 6, 6, 6, 6, 6, 6);
    desk_close(&d);
}

static void an_answer_nobody_knows_may_come_out_either_way_in_a_query(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t count;
        bool entails;
    } rows[] = {
        {"a accepts draft", 2, false},
        {"not a accepts draft", 2, false},
        {"a accepts draft or not a accepts draft", 2, true},
        {"a accepts draft and not a accepts draft", 0, false},
        {"a accepts draft implies x = p", 2, false},
        {"a accepts draft and x = p", 1, false},
    };
    desk d = desk_text(SIDES "issues:\n  x: {track: t, options: {p: P, q: Q}}\n"
                             "proposals:\n  draft: {tabled-by: b, text: \"x = p\"}\n");
    parley_arena *arena = parley_arena_new(d.ctx);
    desk_analyse(&d, NULL);
    for (size_t k = 0; k < CHECK_COUNT(rows); k++) {
        const parley_formula *f = NULL;
        parley_error err = PARLEY_ERROR_INIT;
        parley_count count;
        bool entails = false;
        check_ok(parley_case_formula(&f, d.c, arena, rows[k].text, &err), &err);
        check_ok(parley_deal_count(d.deal, PARLEY_RUNG_RULES, f, &count, &err), &err);
        check_ok(parley_deal_entails(d.deal, PARLEY_RUNG_RULES, f, &entails, &err), &err);
        if (desk_count(&count) != rows[k].count || entails != rows[k].entails) {
            fail_msg("'%s': %llu, %d", rows[k].text, (unsigned long long)desk_count(&count),
                     entails);
        }
    }
    parley_arena_free(arena);
    desk_close(&d);
}

static void a_query_about_more_than_eight_unknown_answers_is_refused_with_a_hint(void **state)
{
    (void)state;
    desk d =
        desk_text(SIDES "issues:\n  x: {track: t, options: {p: P, q: Q}}\n"
                        "proposals:\n  d1: {text: one}\n  d2: {text: two}\n  d3: {text: three}\n"
                        "  d4: {text: four}\n  d5: {text: five}\n");
    parley_arena *arena = parley_arena_new(d.ctx);
    const parley_formula *f = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    parley_count count;
    bool entails = true;
    desk_analyse(&d, NULL);
    check_ok(parley_case_formula(&f, d.c, arena,
                                 "a accepts d1 or b accepts d1 or a accepts d2 or b accepts d2 or "
                                 "a accepts d3 or b accepts d3 or a accepts d4 or b accepts d4 or "
                                 "a accepts d5",
                                 &err),
             &err);
    check_fails(parley_deal_count(d.deal, PARLEY_RUNG_RULES, f, &count, &err), PARLEY_LIMIT, &err);
    assert_true(err.hint[0] != '\0');
    parley_error_clear(&err);
    check_fails(parley_deal_entails(d.deal, PARLEY_RUNG_RULES, f, &entails, &err), PARLEY_LIMIT,
                &err);
    assert_false(entails);
    parley_arena_free(arena);
    desk_close(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_count_is_that_of_going_through_all_packages),
        cmocka_unit_test(the_listing_is_every_package_once_in_order_from_wherever_it_begins),
        cmocka_unit_test(a_query_is_answered_as_by_looking_at_every_package),
        cmocka_unit_test(clashing_sets_are_those_of_trying_every_subset),
        cmocka_unit_test(an_issue_parked_by_itself_stays_out_when_its_track_is_asked_for_by_name),
        cmocka_unit_test(a_rule_with_an_issue_on_no_track_draws_the_other_track_in),
        cmocka_unit_test(an_answer_nobody_knows_may_come_out_either_way_in_a_query),
        cmocka_unit_test(a_query_about_more_than_eight_unknown_answers_is_refused_with_a_hint),
        cmocka_unit_test(
            an_issue_is_in_dispute_where_one_principals_term_refuses_what_anothers_requires),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
