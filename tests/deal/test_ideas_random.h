/*
 * Random cases: every property of every idea, and the least changes, by going through all
 * completions (oracle.h). Part of test_ideas.c.
 */
#include "oracle.h"

typedef struct naive {
    found f;
    oracle o;
    table usable; /* rules and flags */
    table base;   /* usable completions of what ideas build on */
    const parley_terms *terms;
    uint32_t concerns;
    table wholly[16];
    table partly[16];
    bool told[16];
    bool own_offer[ORACLE_TERMS];
    bool moot[ORACLE_TERMS];
    uint64_t term_issues[ORACLE_TERMS];
    uint64_t concern_issues[16];
    int32_t tabled_by;
} naive;

/* Passing tables: a ring, so that nobody has to give them back. */
#define RING 512
#define RING_WORDS 16

static table passing(naive *n)
{
    static uint64_t ring[RING][RING_WORDS];
    static uint32_t next;
    assert_true(n->o.words <= RING_WORDS);
    table t = {ring[next++ % RING]};
    memset(t.bits, 0, sizeof ring[0]);
    return t;
}

static table both(naive *n, table a, table b)
{
    table t = passing(n);
    memcpy(t.bits, a.bits, n->o.words * sizeof(uint64_t));
    oracle_and(&n->o, t, b);
    return t;
}

/* The same, and it stays. */
static table stays(naive *n, table a)
{
    table t = oracle_table(&n->o);
    memcpy(t.bits, a.bits, n->o.words * sizeof(uint64_t));
    return t;
}

static bool inside(naive *n, table a, table b)
{
    for (size_t k = 0; k < n->o.words; k++) {
        if ((a.bits[k] & ~b.bits[k]) != 0) {
            return false;
        }
    }
    return true;
}

static bool meet(naive *n, table a, table b)
{
    for (size_t k = 0; k < n->o.words; k++) {
        if ((a.bits[k] & b.bits[k]) != 0) {
            return true;
        }
    }
    return false;
}

static void add_any(naive *n, table t, const parley_conditions *list, bool *told)
{
    for (uint32_t k = 0; k < list->count; k++) {
        const parley_formula *f = list->at[k].formula;
        if (f != NULL && oracle_countable(&n->o, f)) {
            table one = oracle_formula(&n->o, f);
            for (size_t i = 0; i < n->o.words; i++) {
                t.bits[i] |= one.bits[i];
            }
            *told = true;
        }
    }
}

static void note_issues(uint64_t *bits, const parley_conditions *list)
{
    for (uint32_t k = 0; k < list->count; k++) {
        if (list->at[k].formula != NULL) {
            parley_formula_issues(list->at[k].formula, bits, 1);
        }
    }
}

static bool is_bound(const naive *n, uint32_t t)
{
    return n->o.counts[t] && parley_terms_at(n->terms, t)->mode != PARLEY_MODE_ACCEPTS;
}

static bool naive_open(naive *n, const char *text)
{
    parley_error err = PARLEY_ERROR_INIT;
    const parley_formula *base = NULL;
    memset(n, 0, sizeof *n);
    n->f = open_text(text, NULL, NULL);
    oracle_make(&n->o, &n->f.d, NULL, NULL, 0);
    n->terms = parley_deal_terms(n->f.d.deal);
    n->concerns = parley_case_concerns(n->f.d.c);
    if (n->o.too_many || n->concerns > 8 || n->o.terms > ORACLE_TERMS || n->o.packages > 600) {
        return false;
    }
    if (n->o.words > RING_WORDS) {
        return false;
    }
    n->usable = stays(n, both(n, n->o.rules, n->o.kept_in));
    parley_arena *arena = parley_arena_new(n->f.d.ctx);
    check_ok(parley_case_formula(&base, n->f.d.c, arena, parley_ideas_base(n->f.ideas), &err),
             &err);
    n->base = stays(n, both(n, n->usable, oracle_formula(&n->o, base)));
    parley_arena_free(arena);
    for (uint32_t k = 0; k < n->concerns; k++) {
        const parley_concern *concern = parley_case_concern(n->f.d.c, (int32_t)k);
        bool whole = false;
        n->wholly[k] = oracle_table(&n->o);
        n->partly[k] = oracle_table(&n->o);
        add_any(n, n->wholly[k], &concern->met_by, &whole);
        n->told[k] = whole;
        add_any(n, n->partly[k], &concern->met_by, &n->told[k]);
        add_any(n, n->partly[k], &concern->in_part, &n->told[k]);
        note_issues(&n->concern_issues[k], &concern->met_by);
        note_issues(&n->concern_issues[k], &concern->in_part);
    }
    int32_t proposal = parley_ideas_proposal(n->f.ideas);
    n->tabled_by = -1;
    table tabled = both(n, n->usable, n->usable);
    if (proposal >= 0) {
        const parley_proposal *p = parley_case_proposal(n->f.d.c, proposal);
        n->tabled_by = p->tabled_by.party;
        if (p->parts.count > 0 || (p->formula != NULL && !oracle_countable(&n->o, p->formula))) {
            return false;
        }
        if (p->formula != NULL) {
            tabled = both(n, tabled, oracle_formula(&n->o, p->formula));
        }
    }
    for (uint32_t t = 0; t < n->o.terms; t++) {
        parley_formula_issues(parley_terms_at(n->terms, t)->formula, &n->term_issues[t], 1);
        n->moot[t] = is_bound(n, t) && !meet(n, n->usable, n->o.term[t]);
        n->own_offer[t] = is_bound(n, t) && n->tabled_by >= 0 &&
                          parley_terms_at(n->terms, t)->party == n->tabled_by && !n->moot[t] &&
                          !meet(n, tabled, n->o.term[t]);
    }
    return !oracle_none(&n->o, tabled) && !oracle_none(&n->o, n->base);
}

static void naive_close(naive *n)
{
    oracle_free(&n->o);
    close_case(&n->f);
}

/* 0: open, 1: in part, 2: wholly. */
static int level_of(naive *n, table completions, uint32_t k)
{
    return !n->told[k]                            ? 0
           : inside(n, completions, n->wholly[k]) ? 2
           : inside(n, completions, n->partly[k]) ? 1
                                                  : 0;
}

static bool raises(naive *n, table completions, uint32_t k)
{
    return level_of(n, completions, k) > level_of(n, n->base, k);
}

static bool may_cross(naive *n, table completions, uint32_t t)
{
    for (uint32_t k = 0; k < n->concerns; k++) {
        if (parley_case_concern(n->f.d.c, (int32_t)k)->party ==
                parley_terms_at(n->terms, t)->party &&
            (n->concern_issues[k] & n->term_issues[t]) != 0 && raises(n, completions, k)) {
            return true;
        }
    }
    return n->own_offer[t];
}

static bool is_crossed(naive *n, table completions, uint32_t t)
{
    return is_bound(n, t) && !n->moot[t] && !meet(n, completions, n->o.term[t]);
}

/* Nothing is crossed, one by one or together, that may not be. */
static bool allowed(naive *n, table completions)
{
    for (uint32_t t = 0; t < n->o.terms; t++) {
        if (is_crossed(n, completions, t) && !may_cross(n, completions, t)) {
            return false;
        }
    }
    for (uint32_t p = 0; p < parley_case_parties(n->f.d.c); p++) {
        table left = both(n, completions, completions);
        table alone = both(n, n->usable, n->usable);
        for (uint32_t t = 0; t < n->o.terms; t++) {
            if (is_bound(n, t) && parley_terms_at(n->terms, t)->party == (int32_t)p) {
                oracle_and(&n->o, alone, n->o.term[t]);
                if (!may_cross(n, completions, t)) {
                    oracle_and(&n->o, left, n->o.term[t]);
                }
            }
        }
        if (!oracle_none(&n->o, alone) && oracle_none(&n->o, left)) {
            return false;
        }
    }
    return true;
}

static bool listed(parley_ids ids, uint32_t id)
{
    for (uint32_t k = 0; k < ids.count; k++) {
        if (ids.at[k] == (int32_t)id) {
            return true;
        }
    }
    return false;
}

static void check_one(naive *n, const parley_idea *idea)
{
    table completions = both(n, n->usable, oracle_formula(&n->o, idea->package));
    assert_false(oracle_none(&n->o, completions));
    for (uint32_t t = 0; t < n->o.terms; t++) {
        bool satisfied = is_bound(n, t) && inside(n, completions, n->o.term[t]) &&
                         !inside(n, n->base, n->o.term[t]);
        assert_int_equal(listed(idea->crosses, t), is_crossed(n, completions, t));
        assert_int_equal(listed(idea->satisfies, t), satisfied);
    }
    for (uint32_t k = 0; k < n->concerns; k++) {
        int now = level_of(n, completions, k);
        int before = level_of(n, n->base, k);
        assert_int_equal(listed(idea->whole_of, k), now == 2 && now > before);
        assert_int_equal(listed(idea->part_of, k), now == 1 && now > before);
        assert_true(now >= before || listed(idea->worse_for, k));
    }
    for (uint32_t i = 0; i < parley_ideas_conditions(n->f.ideas); i++) {
        const parley_idea_condition *condition = parley_ideas_condition(n->f.ideas, i);
        if (condition->term >= 0 && is_bound(n, (uint32_t)condition->term)) {
            table asked = n->o.term[condition->term];
            assert_int_equal(listed(idea->conditions, i), idea->pattern != PARLEY_PATTERN_SUNSET &&
                                                              inside(n, completions, asked) &&
                                                              !inside(n, n->base, asked));
        }
    }
    if (idea->pattern != PARLEY_PATTERN_SUNSET) {
        assert_true(allowed(n, completions));
    }
    if (idea->pattern < PARLEY_PATTERN_COMPENSATE) {
        assert_true(idea->whole_of.count + idea->part_of.count > 0);
    }
}

/*
 * A random case with what ideas are about: a proposal that decides some choices, an answer with
 * conditions, concerns of every party, and outsiders with ideas.
 */
static char *case_with_concerns(random_case *rc, uint64_t key, const random_case_options *options,
                                bool one_more, uint64_t salt)
{
    char offer[1024] = "";
    random_case_make(rc, key, options);
    for (uint32_t i = 0; i < rc->issues; i++) {
        if (rc->issue[i].kind == RANDOM_CHOICE && parley_random_below(&rc->random, 2) == 0) {
            size_t used = strlen(offer);
            snprintf(offer + used, sizeof offer - used, "%s@i%u = @o%u.%u",
                     used == 0 ? "" : " and ", i, i,
                     parley_random_below(&rc->random, rc->issue[i].values));
        }
    }
    random_case_add(rc, RANDOM_PROPOSALS, UINT32_MAX,
                    "zq: {tabled-by: @p0, date: 2026-01-01, text: \"%s\"}",
                    offer[0] == '\0' ? "words" : offer);
    random_case_add(rc, RANDOM_RESPONSES, UINT32_MAX,
                    "{party: @p%u, to: zq, answer: accept-if, if: [\"%s\", \"%s\"], class: "
                    "on-record, date: 2026-01-02}",
                    parley_random_below(&rc->random, rc->parties), random_case_formula(rc, 0),
                    random_case_formula(rc, 0));
    for (uint32_t k = 0; k < 3; k++) {
        random_case_add(rc, RANDOM_CONCERNS, UINT32_MAX,
                        "k%u: {party: @p%u, reading: \"worry\", from: [], met-by: [\"%s\"], "
                        "in-part: [\"%s\"]}",
                        k, parley_random_below(&rc->random, rc->parties),
                        random_case_formula(rc, k == 0), random_case_formula(rc, 0));
    }
    random_case_add(rc, RANDOM_SOURCES, UINT32_MAX, "zs: {name: \"A column\", kind: column}");
    for (uint32_t k = 0; k < 2; k++) {
        random_case_add(rc, RANDOM_CLAIMS, UINT32_MAX,
                        "z%u: {by: zs, act: propose, about: \"%s\", source: zs, date: "
                        "2026-01-0%u}",
                        k, random_case_formula(rc, 0), 3 + k);
    }
    if (one_more) {
        random_case_add(rc, RANDOM_READINGS, UINT32_MAX,
                        "zz: {date: 2024-03-01, party: @p0, refuses: \"%s\", because: \"x\", "
                        "from: []}",
                        random_case_formula(rc, 1));
    }
    return random_case_text(rc, salt);
}

/* ------------------------------------------------------------------- least changes */

typedef struct least {
    naive *n;
    uint64_t set[ORACLE_ISSUES]; /* values that the base allows, by counted issue */
    uint32_t concern;
    uint64_t tied; /* issues that the concern, and what rules and flags tie to it, speak of */
    bool wholly;
    uint32_t at[4];
    uint32_t value[4];
    uint32_t size;
    bool some;
    bool only_listed; /* every answer to a question without order stands in some idea */
} least;

/* The base as a set of values for each issue; false when it is more than that. */
static bool base_sets(naive *n, table base, uint64_t *set)
{
    for (uint32_t k = 0; k < n->o.counted; k++) {
        set[k] = 0;
        for (uint64_t p = 0; p < n->o.packages; p++) {
            if (oracle_package(&n->o, base, p)) {
                set[k] |= UINT64_C(1) << oracle_value(&n->o, p, k);
            }
        }
    }
    for (uint64_t p = 0; p < n->o.packages; p++) {
        bool in = true;
        for (uint32_t k = 0; k < n->o.counted; k++) {
            in = in && (set[k] >> oracle_value(&n->o, p, k) & 1) != 0;
        }
        if (in != oracle_package(&n->o, base, p)) {
            return false;
        }
    }
    return true;
}

static void look_at_least(least *l)
{
    naive *n = l->n;
    table c = passing(n);
    for (uint64_t p = 0; p < n->o.packages; p++) {
        bool in = oracle_package(&n->o, n->usable, p);
        for (uint32_t k = 0; k < n->o.counted && in; k++) {
            uint32_t v = oracle_value(&n->o, p, k);
            bool fixed = false;
            for (uint32_t i = 0; i < l->size; i++) {
                if (l->at[i] == k) {
                    fixed = true;
                    in = v == l->value[i];
                }
            }
            in = in && (fixed || (l->set[k] >> v & 1) != 0);
        }
        if (in) {
            for (uint64_t way = 0; way < n->o.ways; way++) {
                uint64_t a = p * n->o.ways + way;
                c.bits[a / 64] |= UINT64_C(1) << (a % 64);
            }
        }
    }
    if (oracle_none(&n->o, c) || level_of(n, c, l->concern) < (l->wholly ? 2 : 1) ||
        !allowed(n, c)) {
        return;
    }
    l->some = true;
    const parley_issue *issue = parley_case_issue(n->f.d.c, n->o.issue[l->at[0]]);
    if (l->size == 1 && issue->kind == PARLEY_ISSUE_CHOICE && !issue->ordered) {
        bool there = false;
        for (uint32_t i = 0; i < parley_ideas_size(n->f.ideas); i++) {
            const parley_idea *idea = parley_ideas_at(n->f.ideas, i);
            for (uint32_t k = 0; k < idea->changes; k++) {
                for (uint32_t v = 0; v < idea->choice[k].values; v++) {
                    there = there || (idea->choice[k].issue == n->o.issue[l->at[0]] &&
                                      idea->choice[k].value[v] == (int64_t)l->value[0]);
                }
            }
        }
        l->only_listed = l->only_listed && there;
    }
}

static void try_least(least *l, uint32_t from, uint32_t depth)
{
    if (depth == l->size) {
        look_at_least(l);
        return;
    }
    for (uint32_t k = from; k < l->n->o.counted; k++) {
        if ((l->tied >> l->n->o.issue[k] & 1) == 0) {
            continue;
        }
        uint64_t whole =
            l->n->o.values[k] >= 64 ? UINT64_MAX : (UINT64_C(1) << l->n->o.values[k]) - 1;
        for (uint32_t v = 0; v < l->n->o.values[k]; v++) {
            if (l->set[k] != whole && l->set[k] == UINT64_C(1) << v) {
                continue; /* as the proposal has it */
            }
            l->at[depth] = k;
            l->value[depth] = v;
            try_least(l, k + 1, depth + 1);
        }
    }
}

static bool join_issues(naive *n, uint64_t *issues, const parley_formula *f)
{
    uint64_t own = 0;
    if (f == NULL || !oracle_countable(&n->o, f)) {
        return false;
    }
    parley_formula_issues(f, &own, 1);
    bool grown = (own & *issues) != 0 && (own & ~*issues) != 0;
    *issues |= grown ? own : 0;
    return grown;
}

static uint64_t tied_to(naive *n, uint32_t k)
{
    uint64_t issues = n->concern_issues[k];
    const parley_case *c = n->f.d.c;
    bool grown = true;
    while (grown) {
        grown = false;
        for (uint32_t i = 0; i < parley_case_rules(c); i++) {
            grown = join_issues(n, &issues, parley_case_rule(c, (int32_t)i)->formula) || grown;
        }
        for (uint32_t i = 0; i < parley_case_flags(c); i++) {
            const parley_flag *flag = parley_case_flag(c, (int32_t)i);
            for (uint32_t x = 0; !flag->lifted && x < flag->keeps_out.count; x++) {
                grown = join_issues(n, &issues, flag->keeps_out.at[x].formula) || grown;
            }
        }
    }
    return issues;
}

static bool credited_raises(naive *n, uint32_t k)
{
    for (uint32_t i = 0; i < parley_ideas_size(n->f.ideas); i++) {
        const parley_idea *idea = parley_ideas_at(n->f.ideas, i);
        if (idea->credits.count > 0 && (listed(idea->whole_of, k) || listed(idea->part_of, k))) {
            return true;
        }
    }
    return false;
}

/* Of a concern that no credited idea meets: is the least there, and is nothing less? */
static bool check_least(naive *n, uint32_t k)
{
    least l = {.n = n, .concern = k, .tied = tied_to(n, k), .only_listed = true};
    table base = n->base;
    if (!n->told[k] || credited_raises(n, k) || level_of(n, base, k) == 2 ||
        parley_ideas_reopened(n->f.ideas) > 0 || n->o.counted > 4 || n->o.packages > 100) {
        return false;
    }
    const parley_formula *f = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    parley_arena *arena = parley_arena_new(n->f.d.ctx);
    check_ok(parley_case_formula(&f, n->f.d.c, arena, parley_ideas_base(n->f.ideas), &err), &err);
    bool product = base_sets(n, oracle_formula(&n->o, f), l.set);
    parley_arena_free(arena);
    if (!product) {
        return false;
    }
    for (int pass = 0; pass < 2 && !l.some; pass++) {
        l.wholly = pass == 0;
        if (!l.wholly && level_of(n, base, k) >= 1) {
            continue;
        }
        for (l.size = 1; l.size <= n->o.counted && !l.some; l.size++) {
            try_least(&l, 0, 0);
            if (l.some) {
                break;
            }
        }
    }
    uint32_t fewest = UINT32_MAX;
    for (uint32_t i = 0; i < parley_ideas_size(n->f.ideas); i++) {
        const parley_idea *idea = parley_ideas_at(n->f.ideas, i);
        bool here = l.wholly ? listed(idea->whole_of, k)
                             : listed(idea->whole_of, k) || listed(idea->part_of, k);
        if (here && idea->pattern < PARLEY_PATTERN_COMPENSATE && idea->changes < fewest) {
            fewest = idea->changes;
        }
    }
    if (fewest != (l.some ? l.size : UINT32_MAX)) {
        print_error("concern %s: %u changes, not %u\n",
                    parley_case_concern(n->f.d.c, (int32_t)k)->record.id, fewest,
                    l.some ? l.size : UINT32_MAX);
        parley_text *text = parley_text_new(n->f.d.ctx, 1u << 20);
        parley_case_write_yaml(n->f.d.c, text);
        fputs(parley_text_data(text), stderr);
        parley_text_free(text);
        fail();
    }
    if (!l.some) {
        return true;
    }
    assert_true(l.only_listed);
    return true;
}

static void ideas_are_what_a_naive_check_of_all_completions_says(void **state)
{
    (void)state;
    const random_case_options options = {
        .issues_most = 4, .claims_most = 7, .one_track = true, .no_answers = true};
    uint32_t looked = 0;
    uint32_t ideas = 0;
    uint32_t least_of = 0;
    for (uint64_t key = 0; key < 700; key++) {
        static naive n;
        random_case rc;
        char *text = case_with_concerns(&rc, key, &options, false, 0);
        bool whole = naive_open(&n, text);
        for (uint32_t i = 0; whole && i < parley_ideas_size(n.f.ideas); i++) {
            const parley_idea *idea = parley_ideas_at(n.f.ideas, i);
            if (idea->package != NULL && idea->pattern != PARLEY_PATTERN_STAGE) {
                check_one(&n, idea);
                ideas++;
            }
        }
        for (uint32_t k = 0; whole && k < n.concerns; k++) {
            least_of += check_least(&n, k);
        }
        looked += whole;
        naive_close(&n);
        free(text);
        random_case_free(&rc);
    }
    print_message("# %u cases, %u ideas, %u concerns by their least changes\n", looked, ideas,
                  least_of);
    assert_true(looked > 200 && ideas > 50 && least_of > 50);
}

/* ------------------------------------------------------------------- near packages */

typedef struct near_row {
    uint32_t cost[3];
    uint32_t value[ORACLE_ISSUES];
    uint32_t counted;
} near_row;

static int by_nearness(const void *pa, const void *pb)
{
    const near_row *a = pa;
    const near_row *b = pb;
    for (uint32_t k = 0; k < 3; k++) {
        if (a->cost[k] != b->cost[k]) {
            return a->cost[k] < b->cost[k] ? -1 : 1;
        }
    }
    for (uint32_t k = 0; k < a->counted; k++) {
        if (a->value[k] != b->value[k]) {
            return a->value[k] < b->value[k] ? -1 : 1;
        }
    }
    return 0;
}

static void near_packages_come_in_order_and_none_is_missing(void **state)
{
    (void)state;
    const random_case_options options = {
        .issues_most = 4, .claims_most = 6, .one_track = true, .no_answers = true};
    uint32_t compared = 0;
    for (uint64_t key = 1000; key < 1150; key++) {
        static naive n;
        static near_row row[700];
        uint64_t tabled[ORACLE_ISSUES];
        random_case rc;
        char *text = case_with_concerns(&rc, key, &options, false, 0);
        bool whole = naive_open(&n, text) && n.o.packages <= 150 &&
                     parley_ideas_reopened(n.f.ideas) == 0 && base_sets(&n, n.base, tabled);
        parley_ideas_free(n.f.ideas);
        n.f.ideas = ideas_of(&n.f.d, NULL, NULL, 1000);
        uint32_t rows = 0;
        uint64_t spoken = 0;
        uint32_t got = parley_ideas_nearest(n.f.ideas);
        whole = whole && got > 0;
        for (uint32_t k = 0; whole && k < parley_ideas_nearest_at(n.f.ideas, 0)->choices; k++) {
            spoken |= UINT64_C(1) << parley_ideas_nearest_at(n.f.ideas, 0)->choice[k].issue;
        }
        for (uint64_t p = 0; whole && p < n.o.packages; p++) {
            near_row r = {.counted = n.o.counted};
            bool in = oracle_package(&n.o, n.usable, p);
            for (uint32_t k = 0; k < n.o.counted; k++) {
                r.value[k] = oracle_value(&n.o, p, k);
                in = in && ((spoken >> n.o.issue[k] & 1) != 0 || r.value[k] == 0);
            }
            for (uint32_t t = 0; in && t < n.o.terms; t++) {
                if (is_bound(&n, t) && !oracle_package(&n.o, n.o.term[t], p)) {
                    r.cost[parley_terms_at(n.terms, t)->basis == PARLEY_BASIS_READING]++;
                }
            }
            if (in) {
                row[rows++] = r;
            }
        }
        /* what the proposal decides shows in what is kept or changed */
        for (uint32_t i = 0; whole && i < rows; i++) {
            for (uint32_t k = 0; k < n.o.counted; k++) {
                for (uint32_t g = 0; g < got; g++) {
                    const parley_idea_nearest *near = parley_ideas_nearest_at(n.f.ideas, g);
                    bool same = true;
                    for (uint32_t x = 0; x < near->choices; x++) {
                        for (uint32_t y = 0; y < n.o.counted; y++) {
                            same = same && (n.o.issue[y] != near->choice[x].issue ||
                                            near->choice[x].value[0] == (int64_t)row[i].value[y]);
                        }
                    }
                    if (same) {
                        row[i].cost[2] = near->changes;
                    }
                }
            }
        }
        if (whole) {
            qsort(row, rows, sizeof row[0], by_nearness);
            assert_true(parley_ideas_nearest_complete(n.f.ideas));
            assert_int_equal(got, rows);
            for (uint32_t i = 0; i < rows; i++) {
                const parley_idea_nearest *near = parley_ideas_nearest_at(n.f.ideas, i);
                for (uint32_t x = 0; x < near->choices; x++) {
                    for (uint32_t y = 0; y < n.o.counted; y++) {
                        if (n.o.issue[y] == near->choice[x].issue) {
                            assert_int_equal(near->choice[x].value[0], row[i].value[y]);
                        }
                    }
                }
            }
            compared++;
        }
        naive_close(&n);
        free(text);
        random_case_free(&rc);
    }
    print_message("# %u cases\n", compared);
    assert_true(compared > 30);
}

/* -------------------------------------------------------------------- metamorphic */

static uint64_t print_of(const parley_idea *idea)
{
    uint64_t h = idea->pattern;
    h = h * 31 + idea->changes;
    h = h * 31 + idea->credits.count;
    h = h * 31 + idea->whole_of.count;
    h = h * 31 + idea->part_of.count;
    h = h * 31 + idea->crosses.count;
    return h * 31 + idea->satisfies.count;
}

static void names_and_order_of_rows_change_no_idea(void **state)
{
    (void)state;
    const random_case_options options = {
        .issues_most = 5, .claims_most = 8, .one_track = true, .all_dated = true};
    uint32_t compared = 0;
    for (uint64_t key = 2000; key < 2200; key++) {
        random_case rc;
        char *one = case_with_concerns(&rc, key, &options, false, 0);
        char *two = random_case_text(&rc, key + 1);
        found a = open_text(one, NULL, NULL);
        found b = open_text(two, NULL, NULL);
        if (parley_ideas_reopened(a.ideas) == 0 && parley_ideas_reopened(b.ideas) == 0) {
            uint64_t sum[2] = {0, 0};
            assert_int_equal(parley_ideas_size(a.ideas), parley_ideas_size(b.ideas));
            for (uint32_t i = 0; i < parley_ideas_size(a.ideas); i++) {
                sum[0] += print_of(parley_ideas_at(a.ideas, i));
                sum[1] += print_of(parley_ideas_at(b.ideas, i));
            }
            assert_true(sum[0] == sum[1]);
            compared += parley_ideas_size(a.ideas) > 0;
        }
        close_case(&a);
        close_case(&b);
        free(one);
        free(two);
        random_case_free(&rc);
    }
    print_message("# %u cases with ideas\n", compared);
    assert_true(compared > 10);
}

static void a_term_more_never_adds_an_idea_that_crosses_it(void **state)
{
    (void)state;
    const random_case_options options = {
        .issues_most = 4, .claims_most = 6, .one_track = true, .no_answers = true};
    uint32_t crossed = 0;
    for (uint64_t key = 3000; key < 3150; key++) {
        static naive n;
        random_case rc;
        char *text = case_with_concerns(&rc, key, &options, true, 0);
        bool whole = naive_open(&n, text);
        for (uint32_t i = 0; whole && i < parley_ideas_size(n.f.ideas); i++) {
            const parley_idea *idea = parley_ideas_at(n.f.ideas, i);
            for (uint32_t k = 0; k < idea->crosses.count; k++) {
                uint32_t t = (uint32_t)idea->crosses.at[k];
                if (strcmp(parley_terms_at(n.terms, t)->name, "zz") == 0 && idea->package != NULL &&
                    idea->pattern < PARLEY_PATTERN_COMPENSATE) {
                    table c = both(&n, n.usable, oracle_formula(&n.o, idea->package));
                    assert_true(may_cross(&n, c, t));
                    crossed++;
                }
            }
        }
        naive_close(&n);
        free(text);
        random_case_free(&rc);
    }
    (void)crossed;
}
