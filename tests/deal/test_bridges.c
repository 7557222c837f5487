/*
 * Bridges of thousands of small random cases against all subsets of what binds: the sets, their
 * order, what each leaves, who moves, whose consent it takes, and softer forms by trying all.
 */
#include "oracle.h"
#include "random_case.h"

#include <parley/bridges.h>

#define CASES 3000 /* in which something has to change */
#define ITEMS 12
#define KEPT 512
#define CHANGES 12
#define FORMS 40000
#define SOFTER 600

typedef struct kept_bridge {
    parley_change change[CHANGES];
    uint32_t changes;
    uint32_t readings;
    parley_rung firmest;
    int32_t mover[CHANGES];
    uint32_t movers;
    bool one_sided;
    int32_t consent[16];
    uint32_t consents;
    uint64_t left;
    parley_change softer[SOFTER][CHANGES];
    uint64_t softer_left[SOFTER];
    uint32_t softer_count;
    bool softer_complete;
} kept_bridge;

typedef struct trial {
    uint64_t key;
    char *text;
    desk d;
    oracle o;
    parley_rung rung;
    parley_bridges_options options;
    uint32_t items;
    uint32_t term[ITEMS];
    bool fixed[ITEMS];
    table hard;
    table room;              /* for what a bridge leaves */
    table term_room[SOFTER]; /* softened terms */
    kept_bridge *kept;
    uint32_t count;
    uint64_t softened; /* bridges with softer forms, in all cases */
} trial;

static void fails_at(const trial *t, const char *what, uint64_t found, uint64_t wanted, int line)
{
    if (found != wanted) {
        print_error("key %llu, rung %d: %s: %llu, not %llu\n", (unsigned long long)t->key, t->rung,
                    what, (unsigned long long)found, (unsigned long long)wanted);
        fputs(t->text, stderr);
        _fail(__FILE__, line);
    }
}
#define same(t, what, found, wanted)                                                               \
    fails_at((t), (what), (uint64_t)(found), (uint64_t)(wanted), __LINE__)

static bool keep(void *user, const parley_bridge *b)
{
    trial *t = user;
    assert_true(t->count < KEPT && b->changes <= CHANGES && b->softer_count <= SOFTER);
    kept_bridge *k = &t->kept[t->count++];
    k->changes = b->changes;
    memcpy(k->change, b->change, b->changes * sizeof *b->change);
    k->readings = b->readings;
    k->firmest = b->firmest;
    k->movers = b->movers.count;
    memcpy(k->mover, b->movers.at, b->movers.count * sizeof *k->mover);
    k->one_sided = b->one_sided;
    k->consents = b->consents.count;
    assert_true(k->consents <= CHECK_COUNT(k->consent));
    memcpy(k->consent, b->consents.at, b->consents.count * sizeof *k->consent);
    k->left = desk_count(&b->left);
    k->softer_count = b->softer_count;
    k->softer_complete = b->softer_complete;
    for (uint32_t i = 0; i < b->softer_count; i++) {
        memcpy(k->softer[i], b->softer[i].change, b->changes * sizeof *b->change);
        k->softer_left[i] = desk_count(&b->softer[i].left);
    }
    /* the analysis answers while bridges are looked for */
    bool all = false;
    parley_error err = PARLEY_ERROR_INIT;
    const parley_formula yes = {.kind = PARLEY_F_TRUE};
    check_ok(parley_deal_entails(t->d.deal, PARLEY_RUNG_RULES, &yes, &all, &err), &err);
    assert_true(all);
    return true;
}

static const parley_term *term_of(const trial *t, uint32_t item)
{
    return parley_terms_at(parley_deal_terms(t->d.deal), t->term[item]);
}

static bool principal(const trial *t, int32_t party)
{
    return (parley_case_party(t->d.c, party)->roles >> PARLEY_ROLE_PRINCIPAL & 1) != 0;
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

static bool value_needs(const trial *t, int32_t party, int32_t issue, uint32_t v)
{
    const parley_issue *row = parley_case_issue(t->d.c, issue);
    return listed(row->needs, party) ||
           (row->kind == PARLEY_ISSUE_CHOICE && listed(row->options[v].needs, party));
}

typedef struct mention {
    int32_t issue;
    bool found;
} mention;

static void mention_atom(void *user, const parley_formula *atom)
{
    mention *m = user;
    m->found = m->found || (atom->kind != PARLEY_F_ACCEPTS && atom->issue == m->issue);
}

static bool mentions(const parley_formula *f, int32_t issue)
{
    mention m = {issue, false};
    parley_formula_atoms(f, mention_atom, &m);
    return m.found;
}

static parley_change_kind kind_of(const trial *t, uint32_t item)
{
    const parley_term *term = term_of(t, item);
    if (term->basis == PARLEY_BASIS_READING) {
        return PARLEY_CHANGE_READING;
    }
    if (term->mode == PARLEY_MODE_ACCEPTS) {
        return PARLEY_CHANGE_REOPEN;
    }
    bool needed = false;
    for (uint32_t k = 0; k < t->o.counted; k++) {
        for (uint32_t v = 0; v < t->o.values[k]; v++) {
            needed = needed || (mentions(term->formula, t->o.issue[k]) &&
                                value_needs(t, term->party, t->o.issue[k], v));
        }
    }
    return needed && !principal(t, term->party) ? PARLEY_CHANGE_CONSENT : PARLEY_CHANGE_GIVE_WAY;
}

static bool moves(const trial *t, uint32_t item)
{
    parley_change_kind kind = kind_of(t, item);
    return kind == PARLEY_CHANGE_GIVE_WAY || kind == PARLEY_CHANGE_CONSENT;
}

/* ----------------------------------------------------------------- all subsets */

/* What is left when the items of a set are given up, into t->room. */
static bool leaves(trial *t, uint32_t set)
{
    memcpy(t->room.bits, t->hard.bits, t->o.words * sizeof(uint64_t));
    for (uint32_t i = 0; i < t->items; i++) {
        if ((set >> i & 1) == 0) {
            oracle_and(&t->o, t->room, t->o.term[t->term[i]]);
        }
    }
    return !oracle_none(&t->o, t->room);
}

static const trial *sorting;

/* The order of the header, word by word. */
static int by_order(const void *pa, const void *pb)
{
    const uint32_t sets[2] = {*(const uint32_t *)pa, *(const uint32_t *)pb};
    uint32_t size[2] = {0};
    uint32_t readings[2] = {0};
    int rung[2][ITEMS + 1];
    uint32_t words[2] = {0};
    for (int side = 0; side < 2; side++) {
        for (uint32_t i = 0; i < sorting->items; i++) {
            if ((sets[side] >> i & 1) == 0) {
                continue;
            }
            const parley_term *term = term_of(sorting, i);
            size[side]++;
            if (term->basis == PARLEY_BASIS_READING) {
                readings[side]++;
            } else {
                rung[side][words[side]++] = (int)term->rung; /* terms stand firmest first */
            }
        }
    }
    if (size[0] != size[1]) {
        return size[0] < size[1] ? -1 : 1;
    }
    if (readings[0] != readings[1]) {
        return readings[0] < readings[1] ? -1 : 1;
    }
    for (uint32_t k = 0; k < words[0]; k++) {
        if (rung[0][k] != rung[1][k]) {
            return rung[0][k] > rung[1][k] ? -1 : 1;
        }
    }
    for (uint32_t i = 0; i < sorting->items; i++) { /* the first term that only one has */
        if (((sets[0] ^ sets[1]) >> i & 1) != 0) {
            return (sets[0] >> i & 1) != 0 ? -1 : 1;
        }
    }
    return 0;
}

static uint32_t all_bridges(trial *t, uint32_t *found)
{
    static bool good[1u << ITEMS];
    uint32_t count = 0;
    for (uint32_t set = 0; set < 1u << t->items; set++) {
        bool fits = true;
        bool least = true;
        for (uint32_t i = 0; i < t->items; i++) {
            if ((set >> i & 1) != 0) {
                fits = fits && !t->fixed[i];
                least = least && !good[set & ~(1u << i)];
            }
        }
        /* a set within a good one is good: what is below is known, what is new is tried */
        good[set] = fits && (!least || leaves(t, set));
        if (good[set] && least) {
            assert_true(count < KEPT);
            found[count++] = set;
        }
    }
    sorting = t;
    qsort(found, count, sizeof *found, by_order);
    return count;
}

/* --------------------------------------------------------------- whose consent */

static bool said_yes(const trial *t, int32_t party, int32_t issue)
{
    const parley_terms *terms = parley_deal_terms(t->d.deal);
    for (uint32_t i = 0; i < parley_terms_size(terms); i++) {
        const parley_term *term = parley_terms_at(terms, i);
        if (term->party == party && term->mode == PARLEY_MODE_ACCEPTS && term->rung <= t->rung &&
            mentions(term->formula, issue)) {
            return true;
        }
    }
    for (uint32_t i = 0; i < parley_terms_assurances(terms); i++) {
        const parley_assurance *a = parley_terms_assurance(terms, i);
        for (uint32_t k = 0; a->party == party && a->rung <= t->rung && k < a->count; k++) {
            if (mentions(a->formula[k], issue)) {
                return true;
            }
        }
    }
    return false;
}

static void compare_consents(const trial *t, const kept_bridge *b)
{
    uint32_t n = 0;
    for (uint32_t p = 0; p < parley_case_parties(t->d.c); p++) {
        bool every = true;
        for (uint32_t k = 0; k < b->movers; k++) {
            every = every && b->mover[k] != (int32_t)p;
        }
        for (uint64_t package = 0; package < t->o.packages && every; package++) {
            bool takes = !oracle_package(&t->o, t->room, package);
            for (uint32_t k = 0; k < t->o.counted && !takes; k++) {
                takes =
                    value_needs(t, (int32_t)p, t->o.issue[k], oracle_value(&t->o, package, k)) &&
                    !said_yes(t, (int32_t)p, t->o.issue[k]);
            }
            every = takes;
        }
        if (every && !principal(t, (int32_t)p)) {
            same(t, "consents", n < b->consents, true);
            same(t, "a consent", b->consent[n], p);
            n++;
        }
    }
    same(t, "consents", b->consents, n);
}

/* ----------------------------------------------------------------- softer forms */

typedef struct way {
    uint32_t issue; /* counted */
    bool up;
    uint32_t steps; /* 0: whole */
    table allows;
} way;

static table spare_table(trial *t, uint32_t *used)
{
    assert_true(*used < SOFTER);
    table *room = &t->term_room[(*used)++];
    if (room->bits == NULL) {
        *room = oracle_table(&t->o);
    }
    memset(room->bits, 0, t->o.words * sizeof(uint64_t));
    return *room;
}

/* By hand: a package is allowed if some package up to k steps back along the issue is. */
static bool dilate(trial *t, table out, table of, uint32_t issue, bool up, uint32_t k)
{
    uint64_t stride = 1;
    bool all = true;
    for (uint32_t i = issue + 1; i < t->o.counted; i++) {
        stride *= t->o.values[i];
    }
    for (uint64_t p = 0; p < t->o.packages; p++) {
        uint32_t v = oracle_value(&t->o, p, issue);
        for (uint64_t w = 0; w < t->o.ways; w++) {
            bool yes = false;
            for (uint32_t s = 0; s <= k; s++) {
                bool inside = up ? v >= s : v + s < t->o.values[issue];
                uint64_t back = up ? p - s * stride : p + s * stride;
                yes = yes || (inside && oracle_has(of, back * t->o.ways + w));
            }
            uint64_t at = p * t->o.ways + w;
            out.bits[at / 64] |= (uint64_t)yes << (at % 64);
            all = all && yes;
        }
    }
    return !all; /* does it still exclude anything? */
}

static uint32_t ways_of(trial *t, uint32_t item, way *out, uint32_t *used)
{
    const parley_term *term = term_of(t, item);
    uint32_t count = 0;
    for (uint32_t k = 0; k < t->o.counted && moves(t, item); k++) {
        const parley_issue *issue = parley_case_issue(t->d.c, t->o.issue[k]);
        if ((!issue->ordered && issue->kind != PARLEY_ISSUE_QUANTITY) ||
            !mentions(term->formula, t->o.issue[k])) {
            continue;
        }
        for (int down = 0; down < 2; down++) {
            for (uint32_t s = 1; s < t->o.values[k]; s++) {
                table allows = spare_table(t, used);
                if (dilate(t, allows, t->o.term[t->term[item]], k, down == 0, s)) {
                    out[count++] = (way){k, down == 0, s, allows};
                }
            }
        }
    }
    out[count++] = (way){0, false, 0, t->hard};
    return count;
}

/* a asks for no more than b */
static bool asks_less(const way *a, const way *b)
{
    return b->steps == 0 ||
           (a->steps > 0 && a->issue == b->issue && a->up == b->up && a->steps <= b->steps);
}

/* Returns false when there are too many to try. */
static bool compare_softer(trial *t, const kept_bridge *b, uint32_t set)
{
    static way ways[CHANGES][64];
    static bool good[FORMS];
    uint32_t count[CHANGES];
    uint32_t used = 0;
    uint32_t n = 0;
    uint64_t forms = 1;
    for (uint32_t i = 0; i < t->items; i++) {
        if ((set >> i & 1) != 0) {
            count[n] = ways_of(t, i, ways[n], &used);
            forms *= count[n++];
            if (forms > FORMS) {
                return false;
            }
        }
    }
    table left = spare_table(t, &used);
    bool whole_leaves = leaves(t, set); /* fills t->room */
    assert_true(whole_leaves);
    uint32_t given = 0;
    for (uint64_t f = 0; f < forms; f++) {
        uint64_t rest = f;
        memcpy(left.bits, t->room.bits, t->o.words * sizeof(uint64_t));
        for (uint32_t k = n; k-- > 0; rest /= count[k]) {
            oracle_and(&t->o, left, ways[k][rest % count[k]].allows);
        }
        good[f] = !oracle_none(&t->o, left);
    }
    for (uint64_t f = 0; f + 1 < forms; f++) { /* the last is whole throughout */
        bool least = good[f];
        for (uint64_t g = 0; g < forms && least; g++) {
            uint64_t fr = f;
            uint64_t gr = g;
            bool less = good[g] && g != f;
            for (uint32_t k = n; k-- > 0 && less;) {
                less = asks_less(&ways[k][gr % count[k]], &ways[k][fr % count[k]]);
                fr /= count[k];
                gr /= count[k];
            }
            least = !less;
        }
        if (!least) {
            continue;
        }
        same(t, "softer forms", given < b->softer_count, true);
        uint64_t rest = f;
        memcpy(left.bits, t->room.bits, t->o.words * sizeof(uint64_t));
        for (uint32_t k = n; k-- > 0; rest /= count[k]) {
            const way *x = &ways[k][rest % count[k]];
            const parley_change *c = &b->softer[given][k];
            same(t, "softened along", c->issue, x->steps == 0 ? -1 : t->o.issue[x->issue]);
            same(t, "softened by", c->steps, x->up ? (int32_t)x->steps : -(int32_t)x->steps);
            same(t, "softened term", c->term, b->change[k].term);
            oracle_and(&t->o, left, x->allows);
        }
        same(t, "left when softened", b->softer_left[given], oracle_count(&t->o, left));
        given++;
    }
    same(t, "softer forms", b->softer_count, given);
    same(t, "all softer forms", b->softer_complete, true);
    t->softened += given > 0;
    return true;
}

/* --------------------------------------------------------------------- one case */

static void compare_one(trial *t, const kept_bridge *b, uint32_t set)
{
    uint32_t n = 0;
    uint32_t readings = 0;
    bool mover[64] = {false};
    parley_rung firmest = PARLEY_RUNG_READINGS;
    for (uint32_t i = 0; i < t->items; i++) {
        if ((set >> i & 1) == 0) {
            continue;
        }
        same(t, "changes", n < b->changes, true);
        same(t, "a change", b->change[n].term, t->term[i]);
        same(t, "kind of a change", b->change[n].kind, kind_of(t, i));
        same(t, "party of a change", b->change[n].party, term_of(t, i)->party);
        same(t, "a whole change", b->change[n].steps == 0 && b->change[n].issue == -1, true);
        n++;
        if (term_of(t, i)->basis == PARLEY_BASIS_READING) {
            readings++;
        } else if (term_of(t, i)->rung < firmest) {
            firmest = term_of(t, i)->rung;
        }
        mover[term_of(t, i)->party] = mover[term_of(t, i)->party] || moves(t, i);
    }
    same(t, "changes", b->changes, n);
    same(t, "readings", b->readings, readings);
    same(t, "firmest", b->firmest, firmest);
    uint32_t movers = 0;
    for (int32_t p = 0; p < 64; p++) {
        if (mover[p]) {
            same(t, "movers", movers < b->movers, true);
            same(t, "a mover", b->mover[movers], p);
            movers++;
        }
    }
    same(t, "movers", b->movers, movers);
    parley_ids must = parley_deal_must_agree(t->d.deal);
    same(t, "one-sided", b->one_sided, movers == 1 && must.count > 1 && listed(must, b->mover[0]));
    bool some = leaves(t, set);
    assert_true(some);
    same(t, "left", b->left, oracle_count(&t->o, t->room));
    compare_consents(t, b);
}

static void look_at(trial *t, uint64_t *bridges, uint64_t *skipped)
{
    static uint32_t wanted[KEPT];
    parley_error err = PARLEY_ERROR_INIT;
    parley_random r = parley_random_stream(t->key, 5, 0, 0);
    int rung = parley_random_below(&r, 3) == 0 ? (int)parley_random_below(&r, PARLEY_RUNG_COUNT)
                                               : (int)PARLEY_RUNG_READINGS;
    t->rung = (parley_rung)rung;
    t->options = (parley_bridges_options)PARLEY_BRIDGES_OPTIONS_INIT;
    t->options.rung = rung;
    t->options.softer = SOFTER;
    t->options.no_readings = parley_random_below(&r, 5) == 0;
    t->options.party = parley_random_below(&r, 5) == 0
                           ? (int32_t)parley_random_below(&r, parley_case_parties(t->d.c))
                           : -1;
    t->items = 0;
    for (uint32_t i = 0; i < t->o.terms; i++) {
        const parley_term *term = parley_terms_at(parley_deal_terms(t->d.deal), i);
        if (!t->o.counts[i] || term->rung > t->rung) {
            continue;
        }
        if (t->items == ITEMS) {
            ++*skipped;
            return;
        }
        t->term[t->items] = i;
        t->fixed[t->items] =
            (t->options.no_readings && term->basis == PARLEY_BASIS_READING) ||
            (t->options.party >= 0 && moves(t, t->items) && term->party != t->options.party);
        t->items++;
    }
    t->hard = oracle_all(&t->o);
    t->room = oracle_all(&t->o);
    oracle_and(&t->o, t->hard, t->o.rules);
    if (t->o.flags) {
        oracle_and(&t->o, t->hard, t->o.kept_in);
    }
    memset(t->term_room, 0, sizeof t->term_room);
    uint32_t count = all_bridges(t, wanted);
    t->count = 0;
    check_ok(parley_deal_bridges(t->d.deal, &t->options, keep, t, &err), &err);
    for (uint32_t i = 0; i < count && i < t->count; i++) {
        compare_one(t, &t->kept[i], wanted[i]);
        if (!compare_softer(t, &t->kept[i], wanted[i])) {
            ++*skipped;
        }
    }
    same(t, "bridges", t->count, count);
    *bridges += count;
}

static void bridges_are_those_of_all_subsets(void **state)
{
    (void)state;
    static trial t;
    uint64_t bridges = 0;
    uint64_t skipped = 0;
    uint64_t looked = 0;
    uint64_t disputed = 0;
    t.kept = calloc(KEPT, sizeof *t.kept);
    assert_non_null(t.kept);
    t.softened = 0;
    for (uint64_t key = 0; disputed < CASES; key++) {
        random_case rc;
        const random_case_options how = {
            .issues_most = 4, .claims_most = 16, .one_track = key % 5 != 0};
        random_case_make(&rc, key, &how);
        t.key = key;
        t.text = random_case_text(&rc, 0);
        t.d = desk_text(t.text);
        const parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
        desk_analyse(&t.d, &options);
        oracle_make(&t.o, &t.d, &options, NULL, 0);
        if (!t.o.too_many && t.o.counted > 0) {
            t.count = 0;
            look_at(&t, &bridges, &skipped);
            looked++;
            disputed += t.count > 0 && t.kept[0].changes > 0;
        }
        oracle_free(&t.o);
        desk_close(&t.d);
        free(t.text);
        random_case_free(&rc);
    }
    free(t.kept);
    print_message("# %llu cases, %llu bridges, %llu with softer forms, %llu too large\n",
                  (unsigned long long)looked, (unsigned long long)bridges,
                  (unsigned long long)t.softened, (unsigned long long)skipped);
    /* that there was something to compare */
    assert_true(bridges > 2 * CASES && t.softened > CASES / 10 && skipped < looked / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bridges_are_those_of_all_subsets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
