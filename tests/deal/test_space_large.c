/*
 * The space engine where brute force does not reach: against other methods that count exactly (a
 * plain depth-first count, a transfer matrix over a chain, a closed form), by laws that every
 * answer must obey, and on structures that are hard for search or for elimination alone.
 */
#include "test_space.h"

#include <stdio.h>

#define EVERYTHING ((space_set){everything, 64})
#define BIG 80

static const uint64_t everything[64] = {
    ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull,
    ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull,
    ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull,
    ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull,
    ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull};

/* A space under construction, with its formulas in an arena. */
typedef struct made {
    parley_ctx *ctx;
    parley_arena *arena;
    parley_random random;
    uint32_t size[BIG];
    space *s;
} made;

static void open_with(made *m, uint32_t seed, const parley_ctx_options *o)
{
    *m = (made){.random = parley_random_stream(seed, 11, 0, 0)};
    check_ok(parley_ctx_new(&m->ctx, o, NULL), NULL);
    m->arena = parley_arena_new(m->ctx);
    assert_non_null(m->arena);
}

static void open_made(made *m, uint32_t seed, uint32_t table_entries)
{
    parley_ctx_options o = PARLEY_CTX_OPTIONS_INIT;
    if (table_entries > 0)
        o.limits.table_entries = table_entries;
    open_with(m, seed, &o);
}

static void close_made(made *m)
{
    space_free(m->s);
    parley_arena_free(m->arena);
    parley_ctx_free(m->ctx);
}

/* `sizes` (or all of one size), the last `projected` of them projected. */
static void make_space(made *m, uint32_t variables, uint32_t size, uint32_t projected)
{
    space_variable v[BIG];
    parley_error err = PARLEY_ERROR_INIT;
    assert_true(variables <= BIG);
    for (uint32_t i = 0; i < variables; i++) {
        m->size[i] = size;
        v[i] = (space_variable){size, i >= variables - projected};
    }
    check_ok(space_new(&m->s, m->ctx, variables, v, &err), &err);
}

static uint32_t below(made *m, uint32_t n)
{
    return parley_random_below(&m->random, n);
}

/* Values lo .. hi of a variable. */
static const space_expr *range(made *m, uint32_t variable, uint32_t lo, uint32_t hi)
{
    space_expr *e = parley_arena_alloc(m->arena, sizeof *e);
    uint64_t *set = parley_arena_array(m->arena, (m->size[variable] + 63) / 64, 8);
    assert_non_null(e);
    assert_non_null(set);
    for (uint32_t i = lo; i <= hi; i++)
        set[i / 64] |= (uint64_t)1 << i % 64;
    *e = (space_expr){SPACE_LITERAL, variable, set, 0, NULL};
    return e;
}

static const space_expr *join(made *m, space_expr_kind kind, uint32_t n,
                              const space_expr *const *args)
{
    space_expr *e = parley_arena_alloc(m->arena, sizeof *e);
    const space_expr **arg = parley_arena_array(m->arena, n, sizeof *arg);
    assert_non_null(e);
    assert_non_null(arg);
    for (uint32_t i = 0; i < n; i++)
        arg[i] = args[i];
    *e = (space_expr){kind, 0, NULL, n, arg};
    return e;
}

static const space_expr *two(made *m, space_expr_kind kind, const space_expr *a,
                             const space_expr *b)
{
    const space_expr *args[2] = {a, b};
    return join(m, kind, 2, args);
}

static const space_expr *negation(made *m, const space_expr *e)
{
    return join(m, SPACE_NOT, 1, &e);
}

static void add(made *m, const space_expr *e)
{
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(space_add(m->s, e, NULL, &err), &err);
}

static parley_count count_on(made *m, space_set on, space_clamp clamp)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_count c;
    check_ok(space_count(m->s, on, clamp, &c, &err), &err);
    return c;
}

static void assert_same_count(parley_count a, parley_count b)
{
    if (parley_count_compare(&a, &b) != 0) {
        char x[512], y[512];
        parley_count_print(&a, 0, x, sizeof x);
        parley_count_print(&b, 0, y, sizeof y);
        fail_msg("%s is not %s", x, y);
    }
}

/* A clause over three different variables. */
static const space_expr *clause(made *m, uint32_t first, uint32_t variables)
{
    uint32_t x = below(m, variables), y, z;
    do
        y = below(m, variables);
    while (y == x);
    do
        z = below(m, variables);
    while (z == x || z == y);
    const uint32_t v[3] = {first + x, first + y, first + z};
    const space_expr *arg[3];
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t size = m->size[v[i]], lo = below(m, size), hi = lo + below(m, size - lo);
        arg[i] = range(m, v[i], lo, hi > lo + size / 2 ? lo + size / 2 : hi);
    }
    return join(m, below(m, 4) == 0 ? SPACE_IFF : SPACE_OR, 3, arg);
}

/* ------------------------------------------------------------ other methods */

/* Count by assigning one variable after the other, looking at each constraint once it is decided.
 */
static uint64_t plain_count(const toy *t, const uint32_t *last, uint32_t depth, uint32_t *values)
{
    uint64_t sum = 0;
    if (depth == t->variables)
        return 1;
    for (values[depth] = 0; values[depth] < t->variable[depth].size; values[depth]++) {
        bool good = true;
        for (uint32_t i = 0; i < t->constraints && good; i++)
            good = last[i] != depth || toy_eval(t->constraint[i], values);
        if (good)
            sum += plain_count(t, last, depth + 1, values);
    }
    return sum;
}

static uint32_t last_variable(const space_expr *e)
{
    uint32_t last = 0;
    if (e->kind == SPACE_LITERAL)
        return e->variable;
    for (uint32_t i = 0; i < e->count; i++) {
        uint32_t x = last_variable(e->arg[i]);
        last = x > last ? x : last;
    }
    return last;
}

static void a_plain_depth_first_count_agrees(void **state)
{
    (void)state;
    const uint32_t tables[3] = {0, 8, 64};
    for (uint32_t seed = 0; seed < 60; seed++) {
        parley_ctx_options o = PARLEY_CTX_OPTIONS_INIT;
        parley_ctx *ctx = NULL;
        if (seed % 3 > 0)
            o.limits.table_entries = tables[seed % 3];
        check_ok(parley_ctx_new(&ctx, &o, NULL), NULL);
        const toy_kind kind = {12, 4, 16, 2, 3, 0, 0};
        toy t;
        toy_open(&t, ctx, 7000 + seed);
        do {
            space_free(t.s);
            t.s = NULL;
            toy_make(&t, &kind);
        } while (t.variables < 11 || t.constraints < 10);
        uint32_t last[TOY_CONSTRAINTS], values[TOY_VARIABLES] = {0};
        for (uint32_t i = 0; i < t.constraints; i++)
            last[i] = last_variable(t.constraint[i]);
        parley_count got;
        check_ok(space_count(t.s, EVERYTHING, NULL, &got, NULL), NULL);
        assert_same_count(got, parley_count_of(plain_count(&t, last, 0, values)));
        toy_close(&t);
        parley_ctx_free(ctx);
    }
}

/* Sixty variables of ten values in a chain; the constraints on neighbours make a transfer matrix.
 */
static void chain_agrees(uint32_t seed, uint32_t table_entries, bool shuffled)
{
    made m;
    open_made(&m, seed, table_entries);
    enum { N = 60, D = 10 };
    make_space(&m, N, D, 0);
    uint32_t name[N];
    for (uint32_t i = 0; i < N; i++)
        name[i] = i;
    for (uint32_t i = N; shuffled && i > 1; i--) {
        uint32_t j = below(&m, i), x = name[i - 1];
        name[i - 1] = name[j];
        name[j] = x;
    }
    static bool allowed[N][D][D];
    memset(allowed, 1, sizeof allowed);
    for (uint32_t i = 0; i + 1 < N; i++)
        for (uint32_t k = 0; k < 3; k++) {
            uint32_t a = below(&m, D), b = below(&m, D), c = below(&m, D), d = below(&m, D);
            uint32_t a1 = a + below(&m, D - a), c1 = c + below(&m, D - c);
            /* a .. a1 there means b or d or c .. c1 here */
            for (uint32_t x = a; x <= a1; x++)
                for (uint32_t y = 0; y < D; y++)
                    allowed[i][x][y] =
                        allowed[i][x][y] && (y == b || y == d || (y >= c && y <= c1));
            const space_expr *either[3] = {range(&m, name[i + 1], b, b),
                                           range(&m, name[i + 1], d, d),
                                           range(&m, name[i + 1], c, c1)};
            add(&m, two(&m, SPACE_OR, negation(&m, range(&m, name[i], a, a1)),
                        join(&m, SPACE_OR, 3, either)));
        }
    parley_count ways[D], next[D], total = parley_count_of(0);
    for (uint32_t x = 0; x < D; x++)
        ways[x] = parley_count_of(1);
    for (uint32_t i = N - 1; i-- > 0;) {
        for (uint32_t x = 0; x < D; x++) {
            next[x] = parley_count_of(0);
            for (uint32_t y = 0; y < D; y++)
                if (allowed[i][x][y])
                    assert_true(parley_count_add(&next[x], &next[x], &ways[y]));
        }
        memcpy(ways, next, sizeof ways);
    }
    for (uint32_t x = 0; x < D; x++)
        assert_true(parley_count_add(&total, &total, &ways[x]));
    assert_same_count(count_on(&m, EVERYTHING, NULL), total);
    close_made(&m);
}

static void a_transfer_matrix_agrees_beyond_128_bits(void **state)
{
    (void)state;
    for (uint32_t seed = 0; seed < 6; seed++)
        chain_agrees(seed, seed % 3 == 2 ? 4 : 0, seed % 2 == 1);
}

/*
 * Tied to a small space, a variable of 2^20 values with exactly half of them allowed multiplies by
 * 2^19: the same sums in one limb, in two and in many.
 */
static void wide_numbers_agree_with_narrow_ones(void **state)
{
    (void)state;
    for (uint32_t seed = 0; seed < 40; seed++) {
        made m;
        open_made(&m, 300 + seed, seed % 4 == 3 ? 16 : 0);
        enum { N = 9, PADS = 11 };
        space_variable v[N + PADS];
        uint32_t projected = seed % 3;
        for (uint32_t i = 0; i < N + PADS; i++) {
            m.size[i] = i < N ? 4 : 1u << 20;
            v[i] = (space_variable){m.size[i], i < projected};
        }
        check_ok(space_new(&m.s, m.ctx, N + PADS, v, NULL), NULL);
        for (uint32_t i = 0; i < 14; i++)
            add(&m, clause(&m, 0, N));
        uint64_t on = (1u << 14) - 1;
        parley_count narrow;
        /* The padding variables, not tied, are 2^20 each. */
        narrow = count_on(&m, (space_set){&on, 1}, NULL);
        for (uint32_t i = 0; i < PADS; i++) {
            uint32_t at = projected + below(&m, N - projected);
            add(&m, two(&m, SPACE_IFF, range(&m, at, 0, below(&m, 3)),
                        range(&m, N + i, 0, (1u << 19) - 1)));
        }
        for (uint32_t pads = 0; pads <= PADS; pads++) {
            on = ((uint64_t)1 << (14 + pads)) - 1;
            parley_count wide = count_on(&m, (space_set){&on, 1}, NULL), back = wide;
            const parley_count twice = parley_count_of(2);
            for (uint32_t i = 0; i < pads; i++)
                assert_true(parley_count_mul(&back, &back, &twice));
            assert_same_count(back, narrow);
        }
        close_made(&m);
    }
}

/* -------------------------------------------------------------------- laws */

static void fill_dense(made *m, uint32_t variables, uint32_t clauses)
{
    for (uint32_t i = 0; i < clauses; i++)
        add(m, clause(m, 0, variables));
}

static void the_values_of_a_variable_share_the_count(void **state)
{
    (void)state;
    for (uint32_t seed = 0; seed < 12; seed++) {
        made m;
        open_made(&m, 500 + seed, seed % 2 == 0 ? 0 : 32);
        make_space(&m, 25, 5, seed % 3);
        fill_dense(&m, 25, 22);
        parley_count whole = count_on(&m, EVERYTHING, NULL), sum = parley_count_of(0);
        uint32_t v = below(&m, 20);
        uint64_t support[25], *row[25];
        for (uint32_t i = 0; i < 25; i++)
            row[i] = &support[i];
        check_ok(space_support(m.s, EVERYTHING, NULL, row, NULL), NULL);
        for (uint32_t x = 0; x < 5; x++) {
            uint64_t only = (uint64_t)1 << x;
            const uint64_t *clamp[25] = {NULL};
            clamp[v] = &only;
            parley_count one = count_on(&m, EVERYTHING, clamp);
            bool found = false;
            check_ok(space_exists(m.s, EVERYTHING, clamp, &found, NULL, NULL), NULL);
            assert_int_equal(found, !parley_count_is_zero(&one));
            assert_int_equal(found, support[v] >> x & 1);
            assert_true(parley_count_add(&sum, &sum, &one));
        }
        assert_same_count(sum, whole);
        close_made(&m);
    }
}

static void a_constraint_and_its_opposite_share_the_count(void **state)
{
    (void)state;
    for (uint32_t seed = 0; seed < 12; seed++) {
        made m;
        open_made(&m, 700 + seed, seed % 2 == 0 ? 0 : 16);
        make_space(&m, 20, 5, 0);
        fill_dense(&m, 20, 15);
        const space_expr *arg[10];
        for (uint32_t i = 0; i < 10; i++)
            arg[i] = clause(&m, 0, 20);
        const space_expr *e = join(&m, SPACE_AND, 10, arg); /* a wide one when negated */
        add(&m, e);
        add(&m, negation(&m, e));
        uint64_t base = (1u << 15) - 1, with = base | 1u << 15, against = base | 1u << 16;
        parley_count all = count_on(&m, (space_set){&base, 1}, NULL);
        parley_count a = count_on(&m, (space_set){&with, 1}, NULL);
        parley_count b = count_on(&m, (space_set){&against, 1}, NULL);
        assert_true(parley_count_compare(&a, &all) <= 0);
        assert_true(parley_count_add(&a, &a, &b));
        assert_same_count(a, all);
        bool entailed = true;
        check_ok(space_entails(m.s, (space_set){&with, 1}, e, &entailed, NULL), NULL);
        assert_true(entailed);
        check_ok(space_entails(m.s, (space_set){&base, 1}, e, &entailed, NULL), NULL);
        assert_int_equal(entailed, parley_count_is_zero(&b));
        close_made(&m);
    }
}

static void adding_a_constraint_never_enlarges(void **state)
{
    (void)state;
    for (uint32_t seed = 0; seed < 10; seed++) {
        made m;
        open_made(&m, 900 + seed, 0);
        make_space(&m, 24, 4, seed % 4);
        fill_dense(&m, 24, 30);
        parley_count last = parley_count_of(0);
        uint64_t before[24], now[24], *row[24];
        memset(before, 0xff, sizeof before);
        for (uint32_t i = 0; i < 24; i++)
            row[i] = &now[i];
        for (uint32_t n = 0; n <= 30; n += 2) {
            uint64_t on = ((uint64_t)1 << n) - 1;
            parley_count c = count_on(&m, (space_set){&on, 1}, NULL);
            assert_true(n == 0 || parley_count_compare(&c, &last) <= 0);
            check_ok(space_support(m.s, (space_set){&on, 1}, NULL, row, NULL), NULL);
            for (uint32_t v = 0; v < 24; v++)
                assert_int_equal(now[v] & ~before[v], 0);
            memcpy(before, now, sizeof before);
            last = c;
        }
        close_made(&m);
    }
}

static bool collect_clash(void *user, const uint32_t *ids, uint32_t count)
{
    uint64_t(*sets)[65] = user, set = 0;
    for (uint32_t i = 0; i < count; i++)
        set |= (uint64_t)1 << ids[i];
    (*sets)[1 + (*sets)[0]++] = set;
    return (*sets)[0] < 64;
}

static void order_of_variables_and_constraints_changes_nothing(void **state)
{
    (void)state;
    enum { N = 14, C = 24 };
    for (uint32_t seed = 0; seed < 10; seed++) {
        made m;
        open_made(&m, 1100 + seed, 0);
        make_space(&m, N, 4, 0);
        const space_expr *e[C];
        uint32_t to[N], id[C];
        for (uint32_t i = 0; i < N; i++)
            to[i] = i;
        for (uint32_t i = 0; i < C; i++) {
            uint32_t v = below(&m, N), lo = below(&m, 4);
            e[i] = i % 3 == 0 ? clause(&m, 0, N) : range(&m, v, lo, lo + below(&m, 4 - lo));
            id[i] = i;
            add(&m, e[i]);
        }
        parley_count base = count_on(&m, EVERYTHING, NULL);
        uint64_t sets[65] = {0}, none = 0, all = ((uint64_t)1 << C) - 1;
        check_ok(space_clashes(m.s, (space_set){&none, 1}, (space_set){&all, 1}, collect_clash,
                               &sets, NULL),
                 NULL);
        for (uint32_t round = 0; round < 3; round++) {
            for (uint32_t i = N; i > 1; i--) {
                uint32_t j = below(&m, i), x = to[i - 1];
                to[i - 1] = to[j];
                to[j] = x;
            }
            for (uint32_t i = C; i > 1; i--) {
                uint32_t j = below(&m, i), x = id[i - 1];
                id[i - 1] = id[j];
                id[j] = x;
            }
            made p;
            open_made(&p, 1, 0);
            make_space(&p, N, 4, 0);
            for (uint32_t i = 0; i < C; i++) {
                const space_expr *x = e[id[i]];
                if (x->kind == SPACE_LITERAL) {
                    space_expr y = *x;
                    y.variable = to[x->variable];
                    add(&p, &y);
                    continue;
                }
                space_expr y[3];
                const space_expr *arg[3];
                for (uint32_t j = 0; j < 3; j++) {
                    y[j] = *x->arg[j];
                    y[j].variable = to[y[j].variable];
                    arg[j] = &y[j];
                }
                add(&p, join(&p, x->kind, 3, arg));
            }
            assert_same_count(count_on(&p, EVERYTHING, NULL), base);
            uint64_t other[65] = {0};
            check_ok(space_clashes(p.s, (space_set){&none, 1}, (space_set){&all, 1}, collect_clash,
                                   &other, NULL),
                     NULL);
            assert_int_equal(other[0], sets[0]);
            for (uint64_t i = 1; i <= other[0] && sets[0] < 64; i++) {
                uint64_t set = 0;
                bool same = false;
                for (uint32_t j = 0; j < C; j++)
                    if (other[i] >> j & 1)
                        set |= (uint64_t)1 << id[j];
                for (uint64_t j = 1; j <= sets[0]; j++)
                    same = same || sets[j] == set;
                assert_true(same);
            }
            close_made(&p);
        }
        close_made(&m);
    }
}

/* ------------------------------------------------------------ hard structure */

static void parity_is_counted_and_refuted(void **state)
{
    (void)state;
    for (uint32_t odd = 0; odd < 2; odd++) {
        made m;
        open_made(&m, 1300, 0);
        make_space(&m, 60, 2, 0);
        for (uint32_t i = 0; i + 2 < 60; i++) {
            const space_expr *a = two(&m, SPACE_IFF, range(&m, i, 1, 1), range(&m, i + 1, 1, 1));
            add(&m, two(&m, SPACE_IFF, a, range(&m, i + 2, 1, 1)));
        }
        /* x0 and x1 decide all; the chain has period three, so x57 = x0. */
        const space_expr *ends = two(&m, SPACE_IFF, range(&m, 0, 1, 1), range(&m, 57, 1, 1));
        add(&m, odd ? negation(&m, ends) : ends);
        bool found = true;
        check_ok(space_exists(m.s, EVERYTHING, NULL, &found, NULL, NULL), NULL);
        assert_int_equal(found, !odd);
        assert_same_count(count_on(&m, EVERYTHING, NULL), parley_count_of(odd ? 0 : 4));
        close_made(&m);
    }
}

static bool never_visit(void *user, const uint32_t *values)
{
    (void)user;
    (void)values;
    fail();
    return false;
}

static void more_pigeons_than_holes_are_refuted(void **state)
{
    (void)state;
    enum { HOLES = 9 };
    for (uint32_t pigeons = HOLES; pigeons <= HOLES + 1; pigeons++) {
        made m;
        open_made(&m, 1400, 0);
        make_space(&m, pigeons, HOLES, 0);
        for (uint32_t i = 0; i < pigeons; i++)
            for (uint32_t j = 0; j < i; j++)
                for (uint32_t h = 0; h < HOLES; h++)
                    add(&m,
                        negation(&m, two(&m, SPACE_AND, range(&m, i, h, h), range(&m, j, h, h))));
        bool found = false;
        uint32_t witness[HOLES + 1];
        check_ok(space_exists(m.s, EVERYTHING, NULL, &found, witness, NULL), NULL);
        assert_int_equal(found, pigeons == HOLES);
        for (uint32_t i = 0; found && i < pigeons; i++)
            for (uint32_t j = 0; j < i; j++)
                assert_true(witness[i] != witness[j]);
        if (found)
            assert_same_count(count_on(&m, EVERYTHING, NULL), parley_count_of(362880));
        else
            check_ok(space_list(m.s, EVERYTHING, NULL, never_visit, NULL, NULL), NULL);
        close_made(&m);
    }
}

/* Two dense groups with one link: each is counted once for each state of the link, not for each
 * other. */
static void two_dense_groups_cost_no_more_than_their_sum(void **state)
{
    (void)state;
    enum { N = 18 };
    made m;
    open_made(&m, 1500, 0);
    make_space(&m, 2 * N, 4, 0);
    for (uint32_t i = 0; i < 2 * N; i++) {
        add(&m, clause(&m, 0, N));
        add(&m, clause(&m, N, N));
    }
    uint64_t first = 0x5555555555555555u, second = first << 1;
    const uint32_t terms = 4 * N;
    assert_true(terms > 64 && terms < 128);
    uint64_t a_on[2] = {first, first & 0xff}, b_on[2] = {second, second & 0xff};
    uint64_t both_on[2] = {~(uint64_t)0, 0xff};
    parley_count a = count_on(&m, (space_set){a_on, 2}, NULL);
    uint64_t a_branches = space_last_work(m.s).branches;
    parley_count b = count_on(&m, (space_set){b_on, 2}, NULL);
    uint64_t b_branches = space_last_work(m.s).branches;
    parley_count both = count_on(&m, (space_set){both_on, 2}, NULL), product;
    assert_true(parley_count_mul(&product, &a, &b));
    parley_count free_ = parley_count_of(1), four = parley_count_of(4), scaled = both;
    for (uint32_t i = 0; i < 2 * N; i++)
        assert_true(parley_count_mul(&free_, &free_, &four));
    assert_true(parley_count_mul(&scaled, &both, &free_)); /* each group had the other one free */
    assert_same_count(scaled, product);
    add(&m, two(&m, SPACE_OR, range(&m, 0, 0, 1), range(&m, N, 1, 2)));
    both_on[1] = 0x1ff;
    parley_count linked = count_on(&m, (space_set){both_on, 2}, NULL);
    assert_true(parley_count_compare(&linked, &both) <= 0);
    assert_true(space_last_work(m.s).branches <= 8 * (a_branches + b_branches + 8));
    close_made(&m);
}

/* A path and a star of the same tables: the memory of counts must tell them apart. */
static void components_of_equal_tables_and_other_scopes_are_not_mixed_up(void **state)
{
    (void)state;
    made m;
    open_made(&m, 1550, 1);
    make_space(&m, 5, 2, 0);
    const uint32_t link[5][3] = {{0, 1, 2}, {1, 2, 0}, {2, 3, 0}, {0, 2, 1}, {0, 3, 1}};
    for (uint32_t i = 0; i < 5; i++) {
        const space_expr *both[2] = {range(&m, link[i][0], 1, 1), range(&m, link[i][1], 1, 1)};
        const space_expr *e = negation(&m, join(&m, SPACE_AND, 2, both));
        /* The first always, the others when the fifth variable says path (0) or star (1). */
        add(&m,
            i == 0 ? e : two(&m, SPACE_OR, negation(&m, range(&m, 4, link[i][2], link[i][2])), e));
    }
    assert_same_count(count_on(&m, EVERYTHING, NULL), parley_count_of(8 + 9));
    assert_true(space_last_work(m.s).branches > 2);
    close_made(&m);
}

static void a_long_quantity_costs_its_thresholds(void **state)
{
    (void)state;
    made m;
    open_made(&m, 1600, 0);
    make_space(&m, 3, 100000, 0);
    /* x < y in steps of 1000: sum over blocks */
    for (uint32_t i = 1; i < 100; i++)
        add(&m, two(&m, SPACE_OR, range(&m, 0, 0, i * 1000 - 1), range(&m, 1, i * 1000, 99999)));
    add(&m, two(&m, SPACE_OR, range(&m, 1, 0, 49999), range(&m, 2, 777, 777)));
    /* x's block is at most y's; y below 50000 leaves the third free, else it has one value. */
    uint64_t low = 0, high = 0;
    for (uint64_t y = 0; y < 100; y++)
        *(y < 50 ? &low : &high) += (y + 1) * 1000 * 1000;
    parley_count want = parley_count_of(low * 100000 + high);
    assert_same_count(count_on(&m, EVERYTHING, NULL), want);
    assert_true(space_last_work(m.s).entries < 3000000);
    close_made(&m);
}

/* ------------------------------------------------------------- limits, faults */

static void limits_are_named_and_cancelling_stops(void **state)
{
    (void)state;
    parley_ctx_options o = PARLEY_CTX_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    parley_count count;
    o.limits.search_nodes = 20;
    made m;
    open_with(&m, 1700, &o);
    make_space(&m, 40, 5, 0);
    fill_dense(&m, 40, 70);
    memset(&count, 0xff, sizeof count);
    check_fails(space_count(m.s, EVERYTHING, NULL, &count, &err), PARLEY_LIMIT, &err);
    assert_non_null(strstr(err.message, "search_nodes"));
    assert_true(parley_count_is_zero(&count));
    /* Still usable. */
    parley_error_clear(&err);
    uint64_t few = 3;
    check_ok(space_count(m.s, (space_set){&few, 1}, NULL, &count, &err), &err);
    assert_false(parley_count_is_zero(&count));
    close_made(&m);

    o = (parley_ctx_options)PARLEY_CTX_OPTIONS_INIT;
    o.limits.count_bits = 40;
    open_with(&m, 1800, &o);
    make_space(&m, 40, 5, 0);
    check_fails(space_count(m.s, EVERYTHING, NULL, &count, &err), PARLEY_LIMIT, &err);
    assert_non_null(strstr(err.message, "count_bits"));
    parley_error_clear(&err);
    for (uint32_t i = 0; i < 90; i++) {
        const space_expr *arg[3];
        for (uint32_t j = 0; j < 3; j++) {
            uint32_t v = below(&m, 40), lo = below(&m, 4);
            arg[j] = range(&m, v, lo, lo + 1);
        }
        add(&m, join(&m, SPACE_OR, 3, arg));
    }
    parley_ctx_cancel(m.ctx);
    check_fails(space_count(m.s, EVERYTHING, NULL, &count, &err), PARLEY_CANCELLED, &err);
    close_made(&m);
}

static void counts_of_1024_bits_are_the_last(void **state)
{
    (void)state;
    made m;
    open_made(&m, 1900, 0);
    space_variable v[BIG];
    parley_count count;
    parley_error err = PARLEY_ERROR_INIT;
    for (uint32_t i = 0; i < 52; i++) {
        m.size[i] = 1u << 20;
        v[i] = (space_variable){1u << 20, false};
    }
    check_ok(space_new(&m.s, m.ctx, 52, v, NULL), NULL);
    check_fails(space_count(m.s, EVERYTHING, NULL, &count, &err), PARLEY_LIMIT, &err);
    /* Tied in a chain of equal halves: 2^20 * 2^(19 * 51) = 2^989. */
    for (uint32_t i = 0; i + 1 < 52; i++)
        add(&m, two(&m, SPACE_IFF, range(&m, i, 0, (1u << 19) - 1),
                    range(&m, i + 1, 0, (1u << 19) - 1)));
    count = count_on(&m, EVERYTHING, NULL);
    assert_int_equal(count.used, 16);
    assert_true(count.limb[15] == (uint64_t)1 << (989 - 960));
    for (uint32_t i = 0; i < 15; i++)
        assert_true(count.limb[i] == 0);
    close_made(&m);
}

static void wrong_input_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    made m;
    parley_error err = PARLEY_ERROR_INIT;
    open_made(&m, 2000, 0);
    space_variable bad = {0, false};
    check_fails(space_new(&m.s, m.ctx, 1, &bad, &err), PARLEY_INVALID, &err);
    assert_null(m.s);
    bad.size = (1u << 20) + 1;
    parley_error_clear(&err);
    check_fails(space_new(&m.s, m.ctx, 1, &bad, &err), PARLEY_LIMIT, &err);
    assert_null(m.s);
    make_space(&m, 3, 4, 0);
    add(&m, two(&m, SPACE_OR, range(&m, 0, 0, 0), range(&m, 1, 1, 2)));
    parley_count before = count_on(&m, EVERYTHING, NULL);

    uint64_t set = 1;
    const space_expr outside = {SPACE_LITERAL, 3, &set, 0, NULL};
    const space_expr no_set = {SPACE_LITERAL, 0, NULL, 0, NULL};
    const space_expr good = {SPACE_LITERAL, 2, &set, 0, NULL};
    const space_expr *args[2] = {&good, &outside}, *hole[2] = {&good, NULL};
    const space_expr not_two = {SPACE_NOT, 0, NULL, 2, args};
    const space_expr nested = {SPACE_OR, 0, NULL, 2, args};
    const space_expr missing = {SPACE_AND, 0, NULL, 2, hole};
    const space_expr no_args = {SPACE_AND, 0, NULL, 2, NULL};
    const space_expr strange = {(space_expr_kind)77, 0, NULL, 0, NULL};
    const space_expr *wrong[] = {&outside, &no_set,  &not_two, &nested,
                                 &missing, &no_args, &strange};
    for (uint32_t i = 0; i < CHECK_COUNT(wrong); i++) {
        uint32_t id = 5;
        bool out = true;
        parley_error_clear(&err);
        check_fails(space_add(m.s, wrong[i], &id, &err), PARLEY_INVALID, &err);
        assert_int_equal(space_constraints(m.s), 1);
        parley_error_clear(&err);
        check_fails(space_entails(m.s, EVERYTHING, wrong[i], &out, &err), PARLEY_INVALID, &err);
        assert_false(out);
    }
    assert_same_count(count_on(&m, EVERYTHING, NULL), before);
    close_made(&m);
}

static void deep_and_wide_formulas_need_no_stack(void **state)
{
    (void)state;
    made m;
    open_made(&m, 2100, 0);
    make_space(&m, 40, 3, 0);
    const space_expr *deep = range(&m, 0, 1, 2);
    for (uint32_t i = 0; i < 200000; i++)
        deep = negation(&m, deep);
    add(&m, deep);
    const space_expr *mixed = range(&m, 1, 0, 0);
    for (uint32_t i = 0; i < 3000; i++) {
        uint32_t v = 1 + i % 39;
        mixed = two(&m, i % 2 ? SPACE_AND : SPACE_OR, mixed, range(&m, v, i % 3, i % 3));
    }
    add(&m, mixed);
    const space_expr **many = parley_arena_array(m.arena, 30000, sizeof *many);
    assert_non_null(many);
    for (uint32_t i = 0; i < 30000; i++)
        many[i] = two(&m, SPACE_AND, range(&m, i % 40, 1, 1), range(&m, (i + 1) % 40, 1, 1));
    add(&m, join(&m, SPACE_OR, 30000, many));
    bool found = false;
    uint32_t witness[40];
    check_ok(space_exists(m.s, EVERYTHING, NULL, &found, witness, NULL), NULL);
    assert_true(found);
    assert_true(witness[0] > 0);
    close_made(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_depth_first_count_agrees),
        cmocka_unit_test(a_transfer_matrix_agrees_beyond_128_bits),
        cmocka_unit_test(wide_numbers_agree_with_narrow_ones),
        cmocka_unit_test(the_values_of_a_variable_share_the_count),
        cmocka_unit_test(a_constraint_and_its_opposite_share_the_count),
        cmocka_unit_test(adding_a_constraint_never_enlarges),
        cmocka_unit_test(order_of_variables_and_constraints_changes_nothing),
        cmocka_unit_test(parity_is_counted_and_refuted),
        cmocka_unit_test(more_pigeons_than_holes_are_refuted),
        cmocka_unit_test(two_dense_groups_cost_no_more_than_their_sum),
        cmocka_unit_test(components_of_equal_tables_and_other_scopes_are_not_mixed_up),
        cmocka_unit_test(a_long_quantity_costs_its_thresholds),
        cmocka_unit_test(limits_are_named_and_cancelling_stops),
        cmocka_unit_test(counts_of_1024_bits_are_the_last),
        cmocka_unit_test(wrong_input_is_refused_and_changes_nothing),
        cmocka_unit_test(deep_and_wide_formulas_need_no_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
