/*
 * The working text against going through every package (oracle.h): what terms make of parts, what a
 * version changed, and the next version by its definition, on random cases with two versions of a
 * text. The shipped cases and orders of steps by hand.
 */
#include "oracle.h"
#include "random_case.h"

#include <parley/worktext.h>

#define CASES 500
#define PARTS 24

typedef struct trial {
    random_case rc;
    char *text;
    desk d;
    parley_worktext *w;
} trial;

static void trial_begin(trial *t, uint64_t key)
{
    static const char *const answers[] = {"accept", "accept-if", "accept-if", "reject"};
    parley_error err = PARLEY_ERROR_INIT;
    random_case_options options = {.no_answers = true, .one_track = true};
    parley_worktext_options look = PARLEY_WORKTEXT_OPTIONS_INIT;
    memset(t, 0, sizeof *t);
    random_case_make(&t->rc, key + 800000, &options);
    parley_random r = parley_random_stream(key, 93, 0, 0);
    for (int v = 1; v < 3; v++) {
        random_case_add(&t->rc, RANDOM_PROPOSALS, UINT32_MAX,
                        "v%d: {tabled-by: @p0, date: 2025-0%d-10, text: \"(%s) and (%s)\", parts: "
                        "[\"%s\"]%s}",
                        v, v, random_case_formula(&t->rc, 0), random_case_formula(&t->rc, 0),
                        random_case_formula(&t->rc, parley_random_below(&r, 2)),
                        v > 1 ? ", replaces: v1" : "");
        random_case_add(&t->rc, RANDOM_RESPONSES, UINT32_MAX,
                        "{party: @p%u, to: v%d, answer: %s, date: 2025-0%d-11, class: on-record, "
                        "if: [\"%s\", \"%s\"]}",
                        parley_random_below(&r, t->rc.parties), v,
                        answers[parley_random_below(&r, 4)], v, random_case_formula(&t->rc, 0),
                        random_case_formula(&t->rc, 0));
    }
    t->text = random_case_text(&t->rc, 0);
    t->d = desk_text(t->text);
    look.proposal = desk_find(&t->d, "proposals", "v2");
    check_ok(parley_worktext_new(&t->w, t->d.ctx, t->d.c, &look, &err), &err);
    assert_int_equal(parley_worktext_versions(t->w), 2);
}

static void trial_end(trial *t)
{
    parley_worktext_free(t->w);
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

/* Tables of one version: all is found again from the case and its terms. */
typedef struct picture {
    oracle o;
    const parley_text_version *v;
    table part[PARTS];
    bool exact[PARTS];
    table whole;
    bool counts[ORACLE_TERMS];
    bool answer[ORACLE_TERMS]; /* the term is an acceptance */
} picture;

static bool some(picture *p, table a, table b, bool not_b, table c)
{
    table all = oracle_all(&p->o);
    oracle_and(&p->o, all, p->o.rules);
    if (a.bits != NULL) {
        oracle_and(&p->o, all, a);
    }
    if (b.bits != NULL && not_b) {
        oracle_and_not(&p->o, all, b);
    } else if (b.bits != NULL) {
        oracle_and(&p->o, all, b);
    }
    if (c.bits != NULL) {
        oracle_and(&p->o, all, c);
    }
    return !oracle_none(&p->o, all);
}
static const table nothing = {NULL};

static void forget(picture *p, uint32_t mark)
{
    while (p->o.memories > mark) {
        free(p->o.memory[--p->o.memories]);
    }
}

/* some() without keeping its tables */
static bool is_some(picture *p, table a, table b, bool not_b, table c)
{
    uint32_t mark = p->o.memories;
    bool yes = some(p, a, b, not_b, c);
    forget(p, mark);
    return yes;
}

static void picture_make(picture *p, trial *t, uint32_t v)
{
    parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
    memset(p, 0, sizeof *p);
    p->v = parley_worktext_version(t->w, v);
    options.terms.at = p->v->until;
    desk_analyse(&t->d, &options);
    assert_true(p->v->parts <= PARTS);
    oracle_make(&p->o, &t->d, &options, NULL, 0);
    const parley_terms *terms = parley_deal_terms(t->d.deal);
    same(t, "terms", parley_terms_size(terms), parley_terms_size(p->v->terms));
    p->whole = oracle_all(&p->o);
    for (uint32_t i = 0; i < p->v->parts; i++) {
        const parley_formula *f = p->v->part[i].formula;
        if (f == NULL || !oracle_countable(&p->o, f)) {
            continue;
        }
        p->part[i] = oracle_formula(&p->o, f);
        p->exact[i] = is_some(p, p->part[i], nothing, false, nothing);
        if (p->exact[i]) {
            oracle_and(&p->o, p->whole, p->part[i]);
        }
        same(t, "a part against the rules", p->v->part[i].checked == PARLEY_TEXT_AGAINST_RULES,
             !p->exact[i]);
    }
    for (uint32_t k = 0; k < p->o.terms; k++) {
        p->answer[k] = parley_terms_at(terms, k)->mode == PARLEY_MODE_ACCEPTS;
        p->counts[k] = p->o.counts[k] && is_some(p, p->o.term[k], nothing, false, nothing);
    }
}

static bool shares(const parley_formula *a, const parley_formula *b)
{
    uint64_t bits[2] = {0, 0};
    parley_formula_issues(a, &bits[0], 1);
    parley_formula_issues(b, &bits[1], 1);
    return (bits[0] & bits[1]) != 0;
}

static parley_text_stand stand_of(picture *p, uint32_t i, uint32_t k)
{
    if (!p->exact[i] || !p->counts[k]) {
        return PARLEY_TEXT_NOT_ASKED;
    }
    table part = p->part[i];
    table term = p->o.term[k];
    bool shared = shares(p->v->part[i].formula, parley_terms_at(p->v->terms, k)->formula);
    if (!p->answer[k] && !is_some(p, part, term, false, nothing)) {
        return PARLEY_TEXT_OBJECTS;
    }
    if (shared && !is_some(p, term, part, true, nothing) &&
        is_some(p, nothing, part, true, nothing)) {
        return p->answer[k] ? PARLEY_TEXT_ACCEPTS : PARLEY_TEXT_ASKS;
    }
    return shared && !p->answer[k] && is_some(p, part, term, true, nothing) ? PARLEY_TEXT_DEPENDS
                                                                            : PARLEY_TEXT_NOT_ASKED;
}

static void what_a_term_makes_of_a_part_holds_for_every_package(void **state)
{
    (void)state;
    uint64_t seen[PARLEY_TEXT_NOT_ASKED + 1] = {0};
    for (uint64_t key = 0; key < CASES; key++) {
        trial t;
        trial_begin(&t, key);
        for (uint32_t v = 0; v < 2; v++) {
            picture p;
            picture_make(&p, &t, v);
            for (uint32_t i = 0; i < p.v->parts; i++) {
                for (uint32_t k = 0; k < p.v->parties.count; k++) {
                    const parley_text_stance *s = &p.v->stance[i * p.v->parties.count + k];
                    parley_text_stand best = PARLEY_TEXT_NOT_ASKED;
                    uint32_t count = 0;
                    for (uint32_t x = 0; x < p.o.terms; x++) {
                        parley_text_stand one = stand_of(&p, i, x);
                        if (parley_terms_at(p.v->terms, x)->party == p.v->parties.at[k] &&
                            one != PARLEY_TEXT_NOT_ASKED) {
                            count = one < best ? 1 : count + (one == best);
                            best = one < best ? one : best;
                        }
                    }
                    if (s->stand == best) {
                        same(&t, "terms that say so", s->terms.count,
                             best == PARLEY_TEXT_NOT_ASKED ? 0 : count);
                    } else { /* its answer says more than any of its terms */
                        assert_true(s->stand < best);
                        same(&t, "terms beside an answer", s->terms.count, 0);
                    }
                    seen[s->stand]++;
                }
            }
            oracle_free(&p.o);
        }
        trial_end(&t);
    }
    assert_true(seen[PARLEY_TEXT_OBJECTS] > CASES / 5 && seen[PARLEY_TEXT_ASKS] > 10);
    assert_true(seen[PARLEY_TEXT_ACCEPTS] > CASES / 5 && seen[PARLEY_TEXT_DEPENDS] > CASES / 10);
    assert_true(seen[PARLEY_TEXT_NOT_ASKED] > CASES / 5 && seen[PARLEY_TEXT_IF] > CASES / 10);
}

/* --------------------------------------------------------------------- changes */

/* Values of counted issue number k that occur under the rules and a table. */
static uint64_t values_of(picture *p, table text, uint32_t k)
{
    uint64_t out = 0;
    assert_true(p->o.ways == 1);
    for (uint64_t a = 0; a < p->o.size; a++) {
        if (oracle_has(p->o.rules, a) && oracle_has(text, a)) {
            out |= UINT64_C(1) << oracle_value(&p->o, a, k);
        }
    }
    return out;
}

static uint64_t bits_of(parley_ids ids)
{
    uint64_t out = 0;
    for (uint32_t k = 0; k < ids.count; k++) {
        out |= UINT64_C(1) << ids.at[k];
    }
    return out;
}

static const parley_text_change *find_change(const parley_text_version *v,
                                             parley_text_change_kind kind, int32_t issue,
                                             uint32_t term)
{
    for (uint32_t k = 0; k < v->changes; k++) {
        if (v->change[k].kind == kind &&
            (kind == PARLEY_CHANGE_ISSUE ? v->change[k].issue == issue
                                         : v->change[k].term == term)) {
            return &v->change[k];
        }
    }
    return NULL;
}

static void changes_are_those_of_the_packages_of_the_two_texts(void **state)
{
    (void)state;
    uint64_t moved = 0;
    uint64_t terms = 0;
    for (uint64_t key = 0; key < CASES; key++) {
        trial t;
        picture p;
        trial_begin(&t, key);
        picture_make(&p, &t, 1);
        const parley_text_version *old = parley_worktext_version(t.w, 0);
        table before = oracle_all(&p.o);
        for (uint32_t i = 0; i < old->parts; i++) {
            if (old->part[i].checked == PARLEY_TEXT_EXACT) {
                oracle_and(&p.o, before, oracle_formula(&p.o, old->part[i].formula));
            }
        }
        if (!is_some(&p, before, nothing, false, nothing) ||
            !is_some(&p, p.whole, nothing, false, nothing)) {
            same(&t, "changes of a text without any package", p.v->changes, 0);
            oracle_free(&p.o);
            trial_end(&t);
            continue;
        }
        for (uint32_t k = 0; k < p.o.counted; k++) {
            uint64_t was = values_of(&p, before, k);
            uint64_t is = values_of(&p, p.whole, k);
            const parley_text_change *change =
                find_change(p.v, PARLEY_CHANGE_ISSUE, p.o.issue[k], 0);
            same(&t, "a question that moved", change != NULL, was != is);
            if (change != NULL) {
                same(&t, "values before", bits_of(change->values_before), was);
                same(&t, "values after", bits_of(change->values_after), is);
                moved++;
            }
        }
        for (uint32_t k = 0; k < p.o.terms; k++) {
            bool kept = p.counts[k] && is_some(&p, before, p.o.term[k], false, nothing);
            bool now = p.counts[k] && is_some(&p, p.whole, p.o.term[k], false, nothing);
            const parley_text_change *change = find_change(p.v, PARLEY_CHANGE_TERM, 0, k);
            same(&t, "a term crossed by one of the two", change != NULL,
                 !p.answer[k] && kept != now);
            if (change != NULL) {
                same(&t, "crossed now", change->after == PARLEY_MET_CROSSED, !now);
                terms++;
            }
        }
        oracle_free(&p.o);
        trial_end(&t);
    }
    assert_true(moved > CASES / 2 && terms > CASES / 10);
}

/* ------------------------------------------------------------- the next version */

typedef struct drafting {
    picture *p;
    table text; /* what has been chosen, with the rules and without what law keeps out */
    bool objects[ORACLE_TERMS];
    bool ours[ORACLE_TERMS];
    bool crossed[ORACLE_TERMS]; /* by a part that is kept all the same: ours, to be asked about */
} drafting;

static bool fits(drafting *d, bool so_far, table with, uint32_t term)
{
    table t = term == UINT32_MAX ? nothing : d->p->o.term[term];
    uint32_t mark = d->p->o.memories;
    table all = oracle_all(&d->p->o);
    if (d->p->o.flags) {
        oracle_and(&d->p->o, all, d->p->o.kept_in);
    }
    if (so_far) {
        oracle_and(&d->p->o, all, d->text);
    }
    bool yes = some(d->p, all, with, false, t);
    forget(d->p, mark);
    return yes;
}

/* Is any term against it (readings: 0 no, 1 only they, 2 all)? */
static bool opposed(drafting *d, bool so_far, table with, int readings)
{
    for (uint32_t k = 0; k < d->p->o.terms; k++) {
        bool asked = readings == 2 || d->ours[k] == (readings == 1);
        if (d->objects[k] && !d->crossed[k] && asked && !fits(d, so_far, with, k)) {
            return true;
        }
    }
    return false;
}

static table value_table(picture *p, uint32_t k, uint64_t values)
{
    table out = oracle_table(&p->o);
    for (uint64_t a = 0; a < p->o.size; a++) {
        if ((values >> oracle_value(&p->o, a, k) & 1) != 0) {
            out.bits[a / 64] |= UINT64_C(1) << (a % 64);
        }
    }
    return out;
}

static bool in_steps(const parley_issue *issue)
{
    return issue->kind == PARLEY_ISSUE_QUANTITY || issue->ordered ||
           (issue->kind == PARLEY_ISSUE_SPLIT && issue->recipient_count == 2);
}

/* The nearest values that every term lets stand, or 0. */
static uint64_t nearest(drafting *d, uint32_t k, uint64_t old)
{
    const parley_issue *issue = parley_case_issue(d->p->o.c, d->p->o.issue[k]);
    uint64_t best = 0;
    int64_t least = INT64_MAX;
    for (uint32_t v = 0; v < issue->values; v++) {
        uint32_t mark = d->p->o.memories;
        table value = value_table(d->p, k, UINT64_C(1) << v);
        bool good = fits(d, true, value, UINT32_MAX) && !opposed(d, true, value, 2);
        forget(d->p, mark);
        int64_t far = INT64_MAX;
        for (uint32_t u = 0; u < issue->values; u++) {
            int64_t step = u > v ? (int64_t)u - v : (int64_t)v - u;
            step = in_steps(issue) ? step : step != 0;
            far = (old >> u & 1) != 0 && step < far ? step : far;
        }
        if (good && far <= least) {
            best = far < least ? 0 : best;
            least = far;
            best |= UINT64_C(1) << v;
        }
    }
    return best;
}

static int32_t one_issue(const parley_formula *f)
{
    uint64_t bits = 0;
    parley_formula_issues(f, &bits, 1);
    return bits != 0 && (bits & (bits - 1)) == 0 ? __builtin_ctzll(bits) : -1;
}

static uint32_t number_of(const picture *p, int32_t issue)
{
    uint32_t k = 0;
    while (p->o.issue[k] != issue) {
        k++;
    }
    return k;
}

static void the_next_version_is_what_its_definition_says(void **state)
{
    (void)state;
    uint64_t fates[PARLEY_NEXT_LEFT_OUT + 1] = {0};
    for (uint64_t key = 0; key < CASES; key++) {
        trial t;
        picture p;
        trial_begin(&t, key);
        picture_make(&p, &t, 1);
        drafting d = {.p = &p};
        d.text = oracle_all(&p.o);
        for (uint32_t k = 0; k < p.o.terms; k++) {
            d.ours[k] = parley_terms_at(p.v->terms, k)->basis == PARLEY_BASIS_READING;
            d.objects[k] = p.counts[k] && !p.answer[k] && fits(&d, false, nothing, k);
        }
        parley_text_fate fate[PARTS];
        for (uint32_t i = 0; i < p.v->parts; i++) {
            bool exact = p.part[i].bits != NULL;
            bool keep = p.exact[i] && fits(&d, false, p.part[i], UINT32_MAX) &&
                        !opposed(&d, false, p.part[i], 0) &&
                        fits(&d, true, p.part[i], UINT32_MAX) && !opposed(&d, true, p.part[i], 0);
            fate[i] = !exact ? PARLEY_NEXT_UNCHECKED : keep ? PARLEY_NEXT_KEPT : PARLEY_NEXT_OPENED;
            if (keep) {
                oracle_and(&p.o, d.text, p.part[i]);
            }
        }
        for (uint32_t k = 0; k < p.o.terms; k++) {
            d.crossed[k] = d.objects[k] && !fits(&d, true, nothing, k);
            same(&t, "a recorded term crossed by what is kept", d.crossed[k] && !d.ours[k], false);
        }
        for (uint32_t i = 0; i < p.v->parts; i++) {
            const parley_text_move *move = parley_worktext_move(t.w, i);
            int32_t issue = p.v->part[i].formula == NULL ? -1 : one_issue(p.v->part[i].formula);
            uint64_t values = 0;
            if (fate[i] == PARLEY_NEXT_OPENED && p.exact[i] && issue >= 0) {
                uint32_t k = number_of(&p, issue);
                values = nearest(&d, k, values_of(&p, p.part[i], k));
                if (values != 0) {
                    fate[i] = PARLEY_NEXT_REPLACED;
                    oracle_and(&p.o, d.text, value_table(&p, k, values));
                }
            }
            same(&t, "fate of a part", move->fate, fate[i]);
            same(&t, "values in its place", bits_of(move->values), values);
            fates[fate[i]]++;
        }
        uint32_t next = p.v->parts;
        for (uint32_t r = 0; r < parley_case_responses(t.d.c); r++) {
            const parley_response *response = parley_case_response(t.d.c, (int32_t)r);
            for (uint32_t k = 0;
                 response->proposal == p.v->proposal && k < response->conditions.count; k++) {
                const parley_formula *f = response->conditions.at[k].formula;
                bool countable = f != NULL && oracle_countable(&p.o, f);
                table with = countable ? oracle_formula(&p.o, f) : nothing;
                table without = oracle_all(&p.o);
                if (countable) {
                    oracle_and_not(&p.o, without, with);
                }
                if (countable && !fits(&d, true, without, UINT32_MAX)) {
                    continue; /* the text says so already */
                }
                bool in =
                    countable && fits(&d, true, with, UINT32_MAX) && !opposed(&d, true, with, 2);
                assert_true(next < parley_worktext_moves(t.w));
                const parley_text_move *move = parley_worktext_move(t.w, next++);
                same(&t, "fate of a condition", move->fate,
                     in ? PARLEY_NEXT_TAKEN_IN : PARLEY_NEXT_LEFT_OUT);
                fates[move->fate]++;
                if (in) {
                    oracle_and(&p.o, d.text, with);
                }
            }
        }
        same(&t, "moves", parley_worktext_moves(t.w), next);
        /* what it promises: nobody on record is crossed by the whole, and law neither */
        if (fits(&d, false, nothing, UINT32_MAX)) {
            same(&t, "a lawful package of the next version", fits(&d, true, nothing, UINT32_MAX),
                 true);
            same(&t, "a recorded term crossed", opposed(&d, true, nothing, 0), false);
        }
        oracle_free(&p.o);
        trial_end(&t);
    }
    for (int k = PARLEY_NEXT_KEPT; k <= PARLEY_NEXT_LEFT_OUT; k++) {
        assert_true(fates[k] > CASES / 100);
    }
}

/* -------------------------------------------------------------- shipped cases */

static parley_worktext *open_text(const desk *d, const char *proposal)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_worktext_options options = PARLEY_WORKTEXT_OPTIONS_INIT;
    parley_worktext *w = NULL;
    options.proposal = proposal == NULL ? -1 : desk_find(d, "proposals", proposal);
    check_ok(parley_worktext_new(&w, d->ctx, d->c, &options, &err), &err);
    return w;
}

static const char *line_fates(phrase *l, const parley_worktext *w)
{
    static const char *const words[] = {"kept", "unchecked", "replaced", "open", "in", "out"};
    *l = (phrase){{0}, 0};
    for (uint32_t i = 0; i < parley_worktext_moves(w); i++) {
        line_add(l, " ", words[parley_worktext_move(w, i)->fate]);
    }
    return l->text;
}

static parley_text_stand stand_on(const desk *d, const parley_text_version *v, uint32_t part,
                                  const char *party)
{
    for (uint32_t k = 0; k < v->parties.count; k++) {
        if (v->parties.at[k] == desk_find(d, "parties", party)) {
            return v->stance[part * v->parties.count + k].stand;
        }
    }
    fail_msg("%s is not there", party);
    return PARLEY_TEXT_NOT_ASKED;
}

/* The halt: the next version names a monitor and takes in neither arms nor Kursk (idea C). */
static void the_halt_would_try_thirty_days_with_a_monitor_named(void **state)
{
    (void)state;
    desk d = desk_open("halt-2025.yaml");
    phrase l;
    parley_worktext *w = open_text(&d, NULL);
    const parley_text_version *v = parley_worktext_version(w, 0);
    assert_int_equal(v->parts, 1);
    assert_int_equal(stand_on(&d, v, 0, "ua"), PARLEY_TEXT_ACCEPTS);
    assert_int_equal(stand_on(&d, v, 0, "ru"), PARLEY_TEXT_IF);
    assert_int_equal(stand_on(&d, v, 0, "us"), PARLEY_TEXT_TABLED);
    check_words(line_fates(&l, w), "kept out out in");
    assert_true(parley_worktext_differs(w));
    parley_worktext_free(w);
    desk_close(&d);
}

static void the_seven_steps_pull_apart_and_nobody_was_asked(void **state)
{
    (void)state;
    desk d = desk_open("seven-steps-2022.yaml");
    phrase l;
    parley_worktext *w = open_text(&d, "seven-steps");
    const parley_text_version *v = parley_worktext_version(w, 0);
    assert_int_equal(v->parts, 7);
    assert_int_equal(v->ordered, 7);
    assert_int_equal(v->pulls, 1);
    assert_int_equal(v->pull[0].raises, 0);
    assert_int_equal(v->pull[0].lowers, 4);
    for (uint32_t i = 0; i < 7; i++) {
        assert_int_equal(v->part[i].step, i);
        assert_int_equal(stand_on(&d, v, 4, "ua"), PARLEY_TEXT_NOT_ASKED);
    }
    assert_int_equal(stand_on(&d, v, 3, "ru"), PARLEY_TEXT_ASKS);
    assert_int_equal(stand_on(&d, v, 3, "nato"), PARLEY_TEXT_OBJECTS);
    check_words(line_fates(&l, w), "open open replaced open kept kept open");
    assert_int_equal(parley_worktext_others(w).count, 1);
    parley_worktext_free(w);
    desk_close(&d);
}

static void the_river_goes_back_one_step_and_leaves_the_repair_open(void **state)
{
    (void)state;
    desk d = desk_open("river-at-home.yaml");
    phrase l;
    parley_worktext *w = open_text(&d, NULL);
    assert_int_equal(parley_worktext_versions(w), 2);
    const parley_text_version *first = parley_worktext_version(w, 0);
    /* what the mayor said of the second draft does not count against the first */
    assert_int_equal(stand_on(&d, first, 1, "upper"), PARLEY_TEXT_ACCEPTS);
    check_words(line_fates(&l, w), "replaced kept kept open unchecked out out");
    const parley_text_move *move = parley_worktext_move(w, 0);
    assert_int_equal(move->values.count, 1);
    assert_int_equal(move->values.at[0], 1); /* 20, 30, 40, 50: thirty */
    assert_int_equal(move->steps, 1);
    parley_worktext_free(w);
    parley_error err = PARLEY_ERROR_INIT;
    parley_worktext_options options = PARLEY_WORKTEXT_OPTIONS_INIT;
    check_ok(parley_date_parse(&options.terms.at, "2024-06-10", 10, &err), &err);
    check_ok(parley_worktext_new(&w, d.ctx, d.c, &options, &err), &err);
    assert_int_equal(parley_worktext_versions(w), 1); /* the second was not there yet */
    assert_int_equal(parley_worktext_later(w), -1);
    parley_worktext_free(w);
    w = open_text(&d, "first-draft");
    assert_int_equal(parley_worktext_versions(w), 1);
    assert_int_equal(parley_worktext_later(w), desk_find(&d, "proposals", "second-draft"));
    parley_worktext_free(w);
    desk_close(&d);
}

static void a_part_kept_against_a_reading_shuts_no_condition_out(void **state)
{
    (void)state;
    phrase l;
    desk d = desk_open("tutorial-river.yaml");
    parley_worktext *w = open_text(&d, NULL);
    /* m1 speaks of the release, and of neither the repair nor the dry weeks */
    assert_string_equal(line_fates(&l, w), "kept kept in in");
    parley_worktext_free(w);
    desk_close(&d);
}

static void a_case_without_proposals_has_no_versions(void **state)
{
    (void)state;
    desk d = desk_open("relocation-2025.yaml");
    parley_worktext *w = open_text(&d, NULL);
    assert_int_equal(parley_worktext_versions(w), 0);
    assert_int_equal(parley_worktext_moves(w), 0);
    assert_false(parley_worktext_differs(w));
    parley_worktext_free(w);
    desk_close(&d);
}

static void steps_in_a_circle_have_no_order_and_silence_is_no_yes(void **state)
{
    (void)state;
    desk d = desk_text("parley: 1\n"
                       "parties: {a: {roles: [principal]}, b: {roles: [principal]}, c: {roles: "
                       "[principal]}}\n"
                       "issues: {x: {options: {m: M, k: K}}}\n"
                       "proposals:\n"
                       "  p:\n"
                       "    tabled-by: a\n"
                       "    claim: c1\n"
                       "    text: \"x = m\"\n"
                       "    steps:\n"
                       "      - {what: first, after: [\"2\"]}\n"
                       "      - {what: second, after: [\"1\"]}\n"
                       "      - {what: third, after: [\"2\", \"9\"]}\n"
                       "      - {what: fourth, raises: [tension]}\n"
                       "      - {what: fifth, after: [\"4\"], lowers: [tension]}\n"
                       "responses:\n"
                       "  - {party: b, to: p, answer: silent}\n"
                       "claims:\n"
                       "  c1: {by: a, to: [b, c], act: propose, about: p, class: on-record}\n");
    parley_worktext *w = open_text(&d, "p");
    const parley_text_version *v = parley_worktext_version(w, 0);
    assert_int_equal(v->parts, 6);
    assert_int_equal(v->ordered, 2);
    assert_int_equal(v->order[0], 3);
    assert_int_equal(v->order[1], 4);
    assert_int_equal(v->pulls, 1);
    assert_int_equal(stand_on(&d, v, 0, "a"), PARLEY_TEXT_TABLED);
    assert_int_equal(stand_on(&d, v, 0, "b"), PARLEY_TEXT_SILENT);
    assert_int_equal(stand_on(&d, v, 0, "c"), PARLEY_TEXT_NO_ANSWER);
    parley_worktext_free(w);
    desk_close(&d);
}

static void what_is_said_to_the_new_version_is_not_said_to_the_old_one(void **state)
{
    (void)state;
    desk d = desk_text("parley: 1\n"
                       "parties: {a: {roles: [principal]}, b: {roles: [principal]}}\n"
                       "issues: {x: {options: {m: M, k: K, l: L}}}\n"
                       "proposals:\n"
                       "  old: {tabled-by: a, date: 2025-01-01, text: \"x = m\"}\n"
                       "  new: {tabled-by: a, date: 2025-02-01, text: \"x in {m, k}\", replaces: "
                       "old}\n"
                       "claims:\n"
                       "  c1: {by: b, date: 2025-02-01, act: reject, about: \"x = m\", class: "
                       "on-record}\n");
    parley_worktext *w = open_text(&d, NULL);
    assert_int_equal(parley_worktext_versions(w), 2);
    assert_int_equal(stand_on(&d, parley_worktext_version(w, 0), 0, "b"), PARLEY_TEXT_NOT_ASKED);
    assert_int_equal(stand_on(&d, parley_worktext_version(w, 1), 0, "b"), PARLEY_TEXT_DEPENDS);
    parley_worktext_free(w);
    desk_close(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_term_makes_of_a_part_holds_for_every_package),
        cmocka_unit_test(changes_are_those_of_the_packages_of_the_two_texts),
        cmocka_unit_test(the_next_version_is_what_its_definition_says),
        cmocka_unit_test(the_halt_would_try_thirty_days_with_a_monitor_named),
        cmocka_unit_test(the_seven_steps_pull_apart_and_nobody_was_asked),
        cmocka_unit_test(the_river_goes_back_one_step_and_leaves_the_repair_open),
        cmocka_unit_test(a_part_kept_against_a_reading_shuts_no_condition_out),
        cmocka_unit_test(a_case_without_proposals_has_no_versions),
        cmocka_unit_test(what_is_said_to_the_new_version_is_not_said_to_the_old_one),
        cmocka_unit_test(steps_in_a_circle_have_no_order_and_silence_is_no_yes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
