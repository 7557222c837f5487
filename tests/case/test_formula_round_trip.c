/* Printing and reading back: random trees over random names, and no parenthesis too many. */
#include "case/formula_random.h"
#include "support/torture.h"

#define ROUNDS 40000

static void what_is_printed_reads_back_as_the_same_tree(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    parley_text *text = parley_text_new(ctx, 1 << 20);
    for (uint32_t trial = 0; trial < ROUNDS; trial++) {
        parley_random r = parley_random_stream(11, 1, 0, trial);
        parley_arena_mark mark = parley_arena_here(arena);
        table t = random_table(&r);
        parley_formula_names names = table_names(&t);
        const parley_formula *f = random_formula(&r, &t, 1 + trial % 6, arena);
        const parley_formula *g = NULL;
        parley_text_clear(text);
        parley_formula_print(f, &names, text);
        parley_error err = PARLEY_ERROR_INIT;
        parley_status status = parley_formula_parse(&g, arena, NULL, &names, parley_text_data(text),
                                                    parley_text_size(text), NULL, &err);
        if (status != PARLEY_OK || !parley_formula_equal(f, g)) {
            print_error("trial %u: %s\n%s\n", trial, err.message, parley_text_data(text));
            fail();
        }
        assert_int_equal(parley_formula_compare_trees(f, g), 0);
        parley_arena_reset(arena, mark);
    }
    parley_text_free(text);
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

/* Position of the parenthesis that closes the one at i; quotes are skipped. */
static size_t closing(const char *s, size_t i)
{
    int depth = 0;
    bool quoted = false;
    for (;; i++) {
        if (quoted && s[i] == '\\') {
            i++;
            continue;
        }
        quoted = s[i] == '"' ? !quoted : quoted;
        depth += !quoted && s[i] == '(' ? 1 : !quoted && s[i] == ')' ? -1 : 0;
        if (depth == 0) {
            return i;
        }
    }
}

static void every_printed_parenthesis_is_needed(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    parley_text *text = parley_text_new(ctx, 1 << 20);
    parley_text *less = parley_text_new(ctx, 1 << 20);
    uint32_t pairs = 0;
    for (uint32_t trial = 0; trial < 3000; trial++) {
        parley_random r = parley_random_stream(12, 1, 0, trial);
        parley_arena_mark mark = parley_arena_here(arena);
        table t = table_halt();
        parley_formula_names names = table_names(&t);
        t.issue[4] = t.issue[3]; /* no open issue */
        t.issue[4].id = "again";
        const parley_formula *f = random_formula(&r, &t, 4, arena);
        parley_text_clear(text);
        parley_formula_print(f, &names, text);
        const char *s = parley_text_data(text);
        bool quoted = false;
        for (size_t i = 0; s[i] != '\0'; i++) {
            if (quoted && s[i] == '\\') {
                i++;
                continue;
            }
            quoted = s[i] == '"' ? !quoted : quoted;
            if (quoted || s[i] != '(') {
                continue;
            }
            size_t end = closing(s, i);
            parley_text_clear(less);
            parley_text_add(less, s, i);
            parley_text_add(less, s + i + 1, end - i - 1);
            parley_text_puts(less, s + end + 1);
            const parley_formula *g = NULL;
            parley_status status =
                parley_formula_parse(&g, arena, NULL, &names, parley_text_data(less),
                                     parley_text_size(less), NULL, NULL);
            assert_true(status != PARLEY_OK || !parley_formula_equal(f, g));
            pairs++;
        }
        parley_arena_reset(arena, mark);
    }
    assert_true(pairs > 3000);
    parley_text_free(less);
    parley_text_free(text);
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

static void the_order_of_trees_is_total(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    parley_random r = parley_random_stream(13, 1, 0, 0);
    table t = table_halt();
    t.issue[4].kind = PARLEY_ISSUE_QUANTITY;
    const parley_formula *f[60];
    for (size_t i = 0; i < CHECK_COUNT(f); i++) {
        f[i] = random_formula(&r, &t, (uint32_t)i % 4, arena);
    }
    for (size_t i = 0; i < CHECK_COUNT(f); i++) {
        for (size_t j = 0; j < CHECK_COUNT(f); j++) {
            int ij = parley_formula_compare_trees(f[i], f[j]);
            int ji = parley_formula_compare_trees(f[j], f[i]);
            assert_int_equal((ij > 0) - (ij < 0), (ji < 0) - (ji > 0));
            assert_int_equal(parley_formula_equal(f[i], f[j]), ij == 0);
            for (size_t k = 0; k < CHECK_COUNT(f); k++) {
                if (ij <= 0 && parley_formula_compare_trees(f[j], f[k]) <= 0) {
                    assert_true(parley_formula_compare_trees(f[i], f[k]) <= 0);
                }
            }
        }
    }
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

static void names_that_are_not_told_print_as_question_marks(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_text *text = parley_text_new(ctx, 1000);
    parley_formula_names none = {0};
    int32_t option = 7;
    parley_formula f = {.kind = PARLEY_F_CHOICE, .count = 1, .issue = 3, .option = &option};
    parley_formula_print(&f, &none, text);
    assert_string_equal(parley_text_data(text), "\"?\" = \"?\"");
    parley_text_free(text);
    check_ctx_done(ctx);
}

static parley_status print_one(parley_ctx *ctx, void *user, parley_error *err)
{
    parley_text *text = parley_text_new(ctx, 1 << 20);
    if (text == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "no text");
    }
    table t = table_halt();
    parley_formula_names names = table_names(&t);
    for (int i = 0; i < 300; i++) {
        parley_formula_print(user, &names, text);
    }
    parley_status status = parley_text_status(text, err);
    parley_text_free(text);
    return status;
}

static void printing_without_memory_is_told_by_the_text(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    table t = table_halt();
    t.issue[4].kind = PARLEY_ISSUE_QUANTITY;
    parley_random r = parley_random_stream(14, 1, 0, 0);
    const parley_formula *f = random_formula(&r, &t, 6, arena);
    torture(print_one, (void *)(uintptr_t)f, 3);
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_printed_reads_back_as_the_same_tree),
        cmocka_unit_test(every_printed_parenthesis_is_needed),
        cmocka_unit_test(the_order_of_trees_is_total),
        cmocka_unit_test(names_that_are_not_told_print_as_question_marks),
        cmocka_unit_test(printing_without_memory_is_told_by_the_text),
    };
    return cmocka_run_group_tests_name("formula_round_trip", tests, NULL, NULL);
}
