/* Evaluation against a naive oracle, Kleene's monotonicity, atoms and issues. */
#include "case/formula_random.h"

/* A partial package: what is decided, on a small grid of values. -1: open. */
typedef struct world {
    int choice[TABLE_NAMES];
    int number[TABLE_NAMES][TABLE_NAMES]; /* by recipient; quantities use 0 */
    int accepts[TABLE_NAMES][TABLE_NAMES];
    uint64_t asked;
} world;

static bool holds(parley_compare compare, int order)
{
    switch (compare) {
    case PARLEY_EQ:
    case PARLEY_IN:
        return order == 0;
    case PARLEY_NE:
        return order != 0;
    case PARLEY_LT:
        return order < 0;
    case PARLEY_LE:
        return order <= 0;
    case PARLEY_GT:
        return order > 0;
    case PARLEY_GE:
        return order >= 0;
    }
    return false;
}

static parley_truth atom_truth(void *user, const parley_formula *a)
{
    world *w = user;
    w->asked++;
    if (a->kind == PARLEY_F_ACCEPTS) {
        int v = w->accepts[a->party][a->proposal];
        return v < 0 ? PARLEY_NOT_KNOWN : v == 0 ? PARLEY_NO : PARLEY_YES;
    }
    int v = a->kind == PARLEY_F_CHOICE     ? w->choice[a->issue]
            : a->kind == PARLEY_F_QUANTITY ? w->number[a->issue][0]
                                           : w->number[a->issue][a->recipient];
    if (v < 0) {
        return PARLEY_NOT_KNOWN;
    }
    bool yes = false;
    for (uint32_t i = 0; i < a->count; i++) {
        int order = a->kind == PARLEY_F_CHOICE
                        ? v - a->option[i]
                        : parley_decimal_compare(random_numbers[v], a->number[i]);
        yes = yes || holds((parley_compare)a->compare, order);
    }
    return yes ? PARLEY_YES : PARLEY_NO;
}

static int roll(parley_random *r, uint32_t values, uint32_t open_in_4)
{
    int v = (int)parley_random_below(r, values);
    return parley_random_below(r, 4) < open_in_4 ? -1 : v;
}

static world random_world(parley_random *r, const table *t, uint32_t open_in_4)
{
    world w = {0};
    for (int i = 0; i < TABLE_NAMES; i++) {
        uint32_t options = t->issue[i].id == NULL ? 0 : random_size(t->issue[i].name);
        w.choice[i] = options == 0 ? -1 : roll(r, options, open_in_4);
        for (int j = 0; j < TABLE_NAMES; j++) {
            w.number[i][j] = roll(r, CHECK_COUNT(random_numbers), open_in_4);
            w.accepts[i][j] = roll(r, 2, open_in_4);
        }
    }
    return w;
}

/* More of the same package: some open things get a value. */
static void decide(parley_random *r, int *v, int full)
{
    *v = *v < 0 && parley_random_below(r, 2) == 0 ? full : *v;
}

static world decide_more(parley_random *r, world w, const world *full)
{
    for (int i = 0; i < TABLE_NAMES; i++) {
        decide(r, &w.choice[i], full->choice[i]);
        for (int j = 0; j < TABLE_NAMES; j++) {
            decide(r, &w.number[i][j], full->number[i][j]);
            decide(r, &w.accepts[i][j], full->accepts[i][j]);
        }
    }
    return w;
}

/* Kleene's tables as arithmetic on 0, 1 (not known), 2: and = min, or = max, not x = 2 - x. */
static int oracle(const parley_formula *f, world *w)
{
    static const int of_truth[] = {[PARLEY_NO] = 0, [PARLEY_NOT_KNOWN] = 1, [PARLEY_YES] = 2};
    int low = 2;
    int high = 0;
    if (f->kind == PARLEY_F_TRUE || f->kind == PARLEY_F_FALSE) {
        return f->kind == PARLEY_F_TRUE ? 2 : 0;
    }
    if (f->kind < PARLEY_F_NOT) {
        return of_truth[atom_truth(w, f)];
    }
    int value[8] = {0};
    for (uint32_t i = 0; i < f->count; i++) {
        value[i] = oracle(f->arg[i], w);
        low = value[i] < low ? value[i] : low;
        high = value[i] > high ? value[i] : high;
    }
    switch ((parley_formula_kind)f->kind) {
    case PARLEY_F_NOT:
        return 2 - value[0];
    case PARLEY_F_AND:
        return low;
    case PARLEY_F_OR:
        return high;
    case PARLEY_F_IMPLIES:
        return 2 - value[0] > value[1] ? 2 - value[0] : value[1];
    case PARLEY_F_IF:
        return 2 - value[1] > value[0] ? 2 - value[1] : value[0];
    default:
        return low > 2 - high ? low : 2 - high; /* all yes, or all no */
    }
}

static parley_truth as_truth(int value)
{
    return value == 0 ? PARLEY_NO : value == 2 ? PARLEY_YES : PARLEY_NOT_KNOWN;
}

static void evaluation_agrees_with_the_tables_of_kleene(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    uint32_t seen[3] = {0};
    for (uint32_t trial = 0; trial < 40000; trial++) {
        parley_random r = parley_random_stream(21, 1, 0, trial);
        parley_arena_mark mark = parley_arena_here(arena);
        table t = random_table(&r);
        const parley_formula *f = random_formula(&r, &t, 1 + trial % 5, arena);
        world w = random_world(&r, &t, trial % 4);
        parley_truth truth = parley_formula_eval(f, atom_truth, &w);
        uint64_t asked = w.asked;
        w.asked = 0;
        assert_int_equal(truth, as_truth(oracle(f, &w)));
        assert_true(asked <= w.asked);
        assert_true(trial % 4 != 0 || truth != PARLEY_NOT_KNOWN); /* nothing open */
        seen[truth]++;
        parley_arena_reset(arena, mark);
    }
    for (int i = 0; i < 3; i++) {
        assert_true(seen[i] > 3000);
    }
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

static void deciding_more_never_turns_a_yes_or_no(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    uint32_t known = 0;
    for (uint32_t trial = 0; trial < 10000; trial++) {
        parley_random r = parley_random_stream(22, 1, 0, trial);
        parley_arena_mark mark = parley_arena_here(arena);
        table t = random_table(&r);
        const parley_formula *f = random_formula(&r, &t, 1 + trial % 5, arena);
        const parley_formula *g = NULL;
        check_ok(parley_formula_normal(&g, arena, f, NULL), NULL);
        world full = random_world(&r, &t, 0);
        world w = random_world(&r, &t, 4);
        parley_truth before = PARLEY_NOT_KNOWN;
        for (int step = 0; step < 5; step++) {
            parley_truth truth = parley_formula_eval(f, atom_truth, &w);
            assert_true(before == PARLEY_NOT_KNOWN || truth == before);
            /* the normal form knows at least as much */
            assert_true(truth == PARLEY_NOT_KNOWN ||
                        parley_formula_eval(g, atom_truth, &w) == truth);
            known += before == PARLEY_NOT_KNOWN && truth != PARLEY_NOT_KNOWN && step > 0;
            before = truth;
            w = decide_more(&r, w, &full);
        }
        parley_arena_reset(arena, mark);
    }
    assert_true(known > 1000);
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

static void evaluation_stops_as_soon_as_it_knows(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        parley_truth truth;
        uint64_t asked;
    } rows[] = {
        {"false and arms = stopped", PARLEY_NO, 0},
        {"true or arms = stopped", PARLEY_YES, 0},
        {"false implies arms = stopped", PARLEY_YES, 0},
        {"arms = stopped if false", PARLEY_YES, 0},
        {"true iff false iff arms = stopped", PARLEY_NO, 0},
        {"arms = stopped or arms != stopped", PARLEY_NOT_KNOWN, 2},
        {"arms = stopped implies true", PARLEY_YES, 1},
        {"arms = stopped implies false", PARLEY_NOT_KNOWN, 1},
        {"arms = stopped iff true", PARLEY_NOT_KNOWN, 1},
    };
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    table t = table_halt();
    parley_formula_names names = table_names(&t);
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        const parley_formula *f = NULL;
        world w = {.choice = {-1, -1, -1, -1}};
        check_ok(parley_formula_parse(&f, arena, NULL, &names, rows[i].text, strlen(rows[i].text),
                                      NULL, NULL),
                 NULL);
        assert_int_equal(parley_formula_eval(f, atom_truth, &w), rows[i].truth);
        assert_int_equal(w.asked, rows[i].asked);
    }
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

/* ------------------------------------------------------------------ atoms */

static void collect(void *user, const parley_formula *atom)
{
    parley_text *out = user;
    static const char letters[] = "tfcqsa";
    parley_text_printf(out, "%c%d ", letters[atom->kind],
                       atom->kind == PARLEY_F_ACCEPTS ? atom->party : atom->issue);
}

static void atoms_are_visited_from_left_to_right(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    parley_text *out = parley_text_new(ctx, 1000);
    table t = table_halt();
    parley_formula_names names = table_names(&t);
    const char *text =
        "(kursk = surrender if arms = stopped and true) iff not (ru accepts offer-30 or "
        "aid.north >= 3) iff (duration = 15 implies arms = limited)";
    const parley_formula *f = NULL;
    check_ok(parley_formula_parse(&f, arena, NULL, &names, text, strlen(text), NULL, NULL), NULL);
    parley_formula_atoms(f, collect, out);
    assert_string_equal(parley_text_data(out), "c3 c2 a2 s5 q0 c2 ");
    uint64_t bits[2] = {0, 0};
    parley_formula_issues(f, bits, 2);
    assert_int_equal(bits[0], 1 << 3 | 1 << 2 | 1 << 5 | 1 << 0);
    assert_int_equal(bits[1], 0);
    parley_text_free(out);
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

static void issues_beyond_the_bits_are_left_out(void **state)
{
    (void)state;
    parley_formula far[4] = {{.kind = PARLEY_F_CHOICE, .issue = 63},
                             {.kind = PARLEY_F_QUANTITY, .issue = 64},
                             {.kind = PARLEY_F_SHARE, .issue = 128},
                             {.kind = PARLEY_F_TRUE, .issue = -1}};
    const parley_formula *arg[4] = {&far[0], &far[1], &far[2], &far[3]};
    parley_formula all = {.kind = PARLEY_F_AND, .count = 4, .arg = arg};
    uint64_t bits[2] = {1, 0};
    parley_formula_issues(&all, bits, 2);
    assert_true(bits[0] == (UINT64_C(1) << 63 | 1));
    assert_true(bits[1] == 1);
}

static void a_formula_says_which_issues_it_speaks_of(void **state)
{
    static const struct {
        const char *text;
        int32_t only;
        uint64_t mentions;
    } rows[] = {
        {"true", -1, 0},
        {"arms = stopped", 2, 1 << 2},
        {"arms = stopped or not arms = limited", 2, 1 << 2},
        {"arms = stopped and kursk = surrender", -1, 1 << 2 | 1 << 3},
        {"arms = stopped and kursk = surrender and arms = limited", -1, 1 << 2 | 1 << 3},
        {"ru accepts offer-30", -1, 0},
        {"ru accepts offer-30 and arms = stopped", -1, 1 << 2},
        {"arms = stopped and ru accepts offer-30", -1, 1 << 2},
        {"aid.north >= 3 implies aid.north >= 2", 5, 1 << 5},
    };
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    table t = table_halt();
    parley_formula_names names = table_names(&t);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const parley_formula *f = NULL;
        check_ok(parley_formula_parse(&f, arena, NULL, &names, rows[i].text, strlen(rows[i].text),
                                      NULL, NULL),
                 NULL);
        assert_int_equal(parley_formula_only_issue(f), rows[i].only);
        for (int32_t issue = 0; issue < 8; issue++) {
            assert_int_equal(parley_formula_mentions(f, issue), rows[i].mentions >> issue & 1);
        }
    }
    assert_int_equal(parley_formula_only_issue(NULL), -1);
    assert_false(parley_formula_mentions(NULL, 0));
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(evaluation_agrees_with_the_tables_of_kleene),
        cmocka_unit_test(deciding_more_never_turns_a_yes_or_no),
        cmocka_unit_test(evaluation_stops_as_soon_as_it_knows),
        cmocka_unit_test(atoms_are_visited_from_left_to_right),
        cmocka_unit_test(issues_beyond_the_bits_are_left_out),
        cmocka_unit_test(a_formula_says_which_issues_it_speaks_of),
    };
    return cmocka_run_group_tests_name("formula_eval", tests, NULL, NULL);
}
