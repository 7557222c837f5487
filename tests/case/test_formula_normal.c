/* The normal form: what becomes equal, what stays apart, and that no meaning is lost. */
#include "case/formula_random.h"

/* ------------------------------------------------------ pairs of formulas */

static const struct {
    const char *a;
    const char *b;
    const char *normal; /* of both; NULL: they stay apart */
} pairs[] = {
    {"arms = stopped and start = at-once", "start = at-once and arms = stopped",
     "start = at-once and arms = stopped"},
    {"arms = stopped or (start = at-once or true)", "true", "true"},
    {"arms = stopped and (start = at-once and kursk = escorted)",
     "(kursk = escorted and start = at-once) and arms = stopped and arms = stopped", ""},
    {"not not arms = stopped", "arms = stopped", "arms = stopped"},
    {"not arms = stopped", "arms != stopped", "arms != stopped"},
    {"arms in {stopped}", "arms = stopped", "arms = stopped"},
    {"not arms in {stopped, stopped}", "arms != stopped", "arms != stopped"},
    {"arms in {stopped, limited}", "arms in {limited, stopped, limited}",
     "arms in {limited, stopped}"},
    {"arms = stopped or arms = limited", "arms in {limited, stopped}",
     "arms in {limited, stopped}"},
    {"arms != stopped and arms != limited", "not arms in {limited, stopped}",
     "not arms in {limited, stopped}"},
    {"not (arms = stopped or arms = limited)", "arms != limited and not arms = stopped",
     "not arms in {limited, stopped}"},
    {"not arms < limited", "arms >= limited", "arms >= limited"},
    {"not duration <= 30", "duration > 30.0", "duration > 30"},
    {"not duration > 30", "duration <= 30", "duration <= 30"},
    {"not duration >= 30", "duration < 30.00", "duration < 30"},
    {"duration = 30.0", "duration in {30, 30.00}", "duration = 30"},
    {"duration in {30, 15, -2.50}", "duration = 15 or duration in {-2.5, 30}",
     "duration in {-2.5, 15, 30}"},
    {"aid.north = 3 or aid.\"the south\" = 3", "aid.\"the south\" = 3 or aid.north = 3", ""},
    {"arms = stopped if start = at-once", "start = at-once implies arms = stopped",
     "start = at-once implies arms = stopped"},
    {"arms = stopped iff start = at-once",
     "start = at-once iff arms in {stopped} iff arms = stopped", ""},
    {"arms = stopped iff arms = stopped", "true", "true"},
    {"true and arms = stopped", "false or arms = stopped", "arms = stopped"},
    {"false and arms = stopped", "not true", "false"},
    {"true implies arms = stopped", "arms = stopped if true", "arms = stopped"},
    {"arms = stopped implies false", "not arms = stopped", "arms != stopped"},
    {"false implies arms = stopped", "arms = stopped implies true", "true"},
    {"not ru accepts offer-30", "not not not ru accepts offer-30", "not ru accepts offer-30"},
    {"ru accepts offer-30 and ru accepts offer-30", "ru accepts offer-30", "ru accepts offer-30"},
    /* different things */
    {"arms = stopped", "arms = limited", NULL},
    {"arms = stopped", "kursk = escorted", NULL},
    {"arms = stopped and start = at-once", "arms = stopped or start = at-once", NULL},
    {"arms = stopped implies start = at-once", "arms = stopped if start = at-once", NULL},
    {"duration < 30", "duration <= 30", NULL},
    {"aid.north = 3", "aid.\"the south\" = 3", NULL},
    {"ru accepts offer-30", "ua accepts offer-30", NULL},
    {"(arms = stopped iff start = at-once) iff true", "arms = stopped iff start = at-once iff true",
     NULL},
    /* the same meaning, told only by what knows all options */
    {"start = at-once", "start != after-terms", NULL},
};

static void equal_meanings_of_simple_atoms_become_equal(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    parley_text *text = parley_text_new(ctx, 10000);
    table t = table_halt();
    parley_formula_names names = table_names(&t);
    for (size_t i = 0; i < CHECK_COUNT(pairs); i++) {
        const parley_formula *f[2] = {NULL, NULL};
        parley_error err = PARLEY_ERROR_INIT;
        for (int k = 0; k < 2; k++) {
            const char *s = k == 0 ? pairs[i].a : pairs[i].b;
            const parley_formula *typed = NULL;
            check_ok(parley_formula_parse(&typed, arena, NULL, &names, s, strlen(s), NULL, &err),
                     &err);
            check_ok(parley_formula_normal(&f[k], arena, typed, &err), &err);
        }
        bool wanted = pairs[i].normal != NULL;
        parley_text_clear(text);
        parley_formula_print(f[0], &names, text);
        if (parley_formula_equal(f[0], f[1]) != wanted ||
            (wanted && pairs[i].normal[0] != '\0' &&
             strcmp(parley_text_data(text), pairs[i].normal) != 0)) {
            print_error("%s\n%s\n%s\n", pairs[i].a, pairs[i].b, parley_text_data(text));
            fail();
        }
    }
    parley_text_free(text);
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

static void the_formula_itself_is_left_alone(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    parley_text *text = parley_text_new(ctx, 10000);
    table t = table_halt();
    parley_formula_names names = table_names(&t);
    const char *s = "arms in {stopped, limited, stopped} or not not duration in {30, 15}";
    const parley_formula *f = NULL;
    const parley_formula *g = NULL;
    check_ok(parley_formula_parse(&f, arena, NULL, &names, s, strlen(s), NULL, NULL), NULL);
    check_ok(parley_formula_normal(&g, arena, f, NULL), NULL);
    parley_formula_print(f, &names, text);
    assert_string_equal(parley_text_data(text), s);
    parley_text_free(text);
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

/* ------------------------------------------------- every total assignment */

/* Two choices, a quantity and an answer: 3 x 2 x 4 x 2 worlds. */
static const parley_decimal grid[] = {{0, 0}, {15, 0}, {30, 0}, {-25, 1}};

typedef struct total {
    int choice[2];
    int number;
    bool accepts;
} total;

static parley_truth total_truth(void *user, const parley_formula *a)
{
    const total *w = user;
    if (a->kind == PARLEY_F_ACCEPTS) {
        return w->accepts ? PARLEY_YES : PARLEY_NO;
    }
    bool yes = false;
    for (uint32_t i = 0; i < a->count; i++) {
        int order = a->kind == PARLEY_F_CHOICE
                        ? w->choice[a->issue] - a->option[i]
                        : parley_decimal_compare(grid[w->number], a->number[i]);
        yes = yes || ((a->compare == PARLEY_EQ || a->compare == PARLEY_IN) && order == 0) ||
              (a->compare == PARLEY_NE && order != 0) || (a->compare == PARLEY_LT && order < 0) ||
              (a->compare == PARLEY_LE && order <= 0) || (a->compare == PARLEY_GT && order > 0) ||
              (a->compare == PARLEY_GE && order >= 0);
    }
    return yes ? PARLEY_YES : PARLEY_NO;
}

static table small_table(void)
{
    return (table){.issue = {{"a", NULL, PARLEY_ISSUE_CHOICE, true, {"x", "y", "z"}, {NULL}},
                             {"b", NULL, PARLEY_ISSUE_CHOICE, false, {"u", "v"}, {NULL}},
                             {"q", NULL, PARLEY_ISSUE_QUANTITY, true, {"unused"}, {NULL}}},
                   .party = {"p"},
                   .proposal = {"o"}};
}

static uint64_t truth_table(const parley_formula *f)
{
    uint64_t bits = 0;
    int k = 0;
    for (int a = 0; a < 3; a++) {
        for (int b = 0; b < 2; b++) {
            for (int q = 0; q < 4; q++) {
                for (int p = 0; p < 2; p++) {
                    total w = {{a, b}, q, p == 1};
                    parley_truth truth = parley_formula_eval(f, total_truth, &w);
                    assert_int_not_equal(truth, PARLEY_NOT_KNOWN);
                    bits |= (uint64_t)(truth == PARLEY_YES) << k++;
                }
            }
        }
    }
    return bits;
}

/* A copy with the operands of and, or, iff in another order, and some repeated. */
static const parley_formula *shuffled(parley_random *r, const parley_formula *f,
                                      parley_arena *arena)
{
    if (f->kind < PARLEY_F_NOT) {
        return f;
    }
    parley_formula *g = parley_arena_alloc(arena, sizeof *g);
    const parley_formula **arg = parley_arena_array(arena, f->count + 1, sizeof *arg);
    assert_non_null(g);
    assert_non_null(arg);
    *g = *f;
    g->arg = arg;
    for (uint32_t i = 0; i < f->count; i++) {
        arg[i] = shuffled(r, f->arg[i], arena);
    }
    if (f->kind == PARLEY_F_AND || f->kind == PARLEY_F_OR || f->kind == PARLEY_F_IFF) {
        for (uint32_t i = f->count - 1; i > 0; i--) {
            uint32_t j = parley_random_below(r, i + 1);
            const parley_formula *swap = arg[i];
            arg[i] = arg[j];
            arg[j] = swap;
        }
        if (parley_random_below(r, 2) == 0) {
            arg[f->count] = arg[parley_random_below(r, f->count)];
            g->count++;
        }
    }
    return g;
}

static void the_normal_form_means_the_same_in_every_world(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    parley_text *text = parley_text_new(ctx, 1 << 20);
    table t = small_table();
    parley_formula_names names = table_names(&t);
    for (uint32_t trial = 0; trial < 20000; trial++) {
        parley_random r = parley_random_stream(31, 1, 0, trial);
        parley_arena_mark mark = parley_arena_here(arena);
        const parley_formula *f = random_formula(&r, &t, 1 + trial % 5, arena);
        const parley_formula *n = NULL;
        const parley_formula *again = NULL;
        const parley_formula *other = NULL;
        check_ok(parley_formula_normal(&n, arena, f, NULL), NULL);
        bool same = truth_table(f) == truth_table(n);
        /* normal already */
        check_ok(parley_formula_normal(&again, arena, n, NULL), NULL);
        bool stable = parley_formula_equal(n, again);
        /* the order in which operands were typed does not show */
        check_ok(parley_formula_normal(&other, arena, shuffled(&r, f, arena), NULL), NULL);
        bool unordered = parley_formula_equal(n, other);
        /* it is a formula like any other */
        const parley_formula *read = NULL;
        parley_text_clear(text);
        parley_formula_print(n, &names, text);
        check_ok(parley_formula_parse(&read, arena, NULL, &names, parley_text_data(text),
                                      parley_text_size(text), NULL, NULL),
                 NULL);
        if (!same || !stable || !unordered || !parley_formula_equal(n, read)) {
            parley_text_puts(text, "\nfrom ");
            parley_formula_print(f, &names, text);
            print_error("trial %u: means the same %d, stable %d, unordered %d\n%s\n", trial, same,
                        stable, unordered, parley_text_data(text));
            fail();
        }
        parley_arena_reset(arena, mark);
    }
    parley_text_free(text);
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_meanings_of_simple_atoms_become_equal),
        cmocka_unit_test(the_formula_itself_is_left_alone),
        cmocka_unit_test(the_normal_form_means_the_same_in_every_world),
    };
    return cmocka_run_group_tests_name("formula_normal", tests, NULL, NULL);
}
