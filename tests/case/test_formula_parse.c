/* The parser: every form, what binds tighter, where nodes stand, limits, memory. */
#include "case/formula_table.h"
#include "support/torture.h"

typedef struct bench {
    table names_table;
    parley_formula_names names;
    parley_ctx *ctx;
    parley_arena *arena;
    parley_text *text;
} bench;

static int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    assert_non_null(b);
    b->names_table = table_halt();
    b->names = table_names(&b->names_table);
    b->ctx = check_ctx();
    b->arena = parley_arena_new(b->ctx);
    b->text = parley_text_new(b->ctx, 1 << 24);
    assert_non_null(b->arena);
    assert_non_null(b->text);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    parley_text_free(b->text);
    parley_arena_free(b->arena);
    check_ctx_done(b->ctx);
    free(b);
    return 0;
}

static const parley_formula *parse(bench *b, const char *text)
{
    const parley_formula *f = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_formula_parse(&f, b->arena, parley_ctx_limits(b->ctx), &b->names, text,
                                  strlen(text), NULL, &err),
             &err);
    assert_non_null(f);
    return f;
}

static const char *print(bench *b, const parley_formula *f)
{
    parley_text_clear(b->text);
    parley_formula_print(f, &b->names, b->text);
    check_ok(parley_text_status(b->text, NULL), NULL);
    return parley_text_data(b->text);
}

/* ------------------------------------------------------------------ forms */

static void a_choice_holds_its_option(void **state)
{
    const parley_formula *f = parse(*state, "arms = stopped");
    assert_int_equal(f->kind, PARLEY_F_CHOICE);
    assert_int_equal(f->compare, PARLEY_EQ);
    assert_int_equal(f->issue, 2);
    assert_int_equal(f->count, 1);
    assert_int_equal(f->option[0], 2);
    assert_int_equal(f->recipient, -1);
    assert_int_equal(f->party, -1);
    assert_null(f->number);
}

static void every_sign_of_comparison_is_read(void **state)
{
    static const struct {
        const char *text;
        parley_compare compare;
    } rows[] = {{"arms = limited", PARLEY_EQ},    {"arms != limited", PARLEY_NE},
                {"arms < limited", PARLEY_LT},    {"arms <= limited", PARLEY_LE},
                {"arms > limited", PARLEY_GT},    {"arms >= limited", PARLEY_GE},
                {"arms in {limited}", PARLEY_IN}, {"arms>=limited", PARLEY_GE},
                {"arms=limited", PARLEY_EQ},      {"arms in{limited}", PARLEY_IN}};
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        assert_int_equal(parse(*state, rows[i].text)->compare, rows[i].compare);
    }
}

static void a_list_keeps_order_and_repetition_as_typed(void **state)
{
    const parley_formula *f = parse(*state, "kursk in {escorted,withdraw , escorted}");
    assert_int_equal(f->compare, PARLEY_IN);
    assert_int_equal(f->count, 3);
    assert_int_equal(f->option[0], 2);
    assert_int_equal(f->option[1], 0);
    assert_int_equal(f->option[2], 2);
}

static void numbers_are_exact_and_may_be_negative(void **state)
{
    const parley_formula *f = parse(*state, "duration in {15, -2.50,30,0.000000000000000001}");
    assert_int_equal(f->kind, PARLEY_F_QUANTITY);
    assert_int_equal(f->count, 4);
    assert_int_equal(parley_decimal_compare(f->number[0], (parley_decimal){15, 0}), 0);
    assert_int_equal(parley_decimal_compare(f->number[1], (parley_decimal){-25, 1}), 0);
    assert_int_equal(parley_decimal_compare(f->number[3], (parley_decimal){1, 18}), 0);
    f = parse(*state, "duration>-5");
    assert_int_equal(f->compare, PARLEY_GT);
    assert_int_equal(parley_decimal_compare(f->number[0], (parley_decimal){-5, 0}), 0);
}

static void a_share_names_split_and_recipient(void **state)
{
    const parley_formula *f = parse(*state, "aid.\"the south\" >= 40");
    assert_int_equal(f->kind, PARLEY_F_SHARE);
    assert_int_equal(f->issue, 5);
    assert_int_equal(f->recipient, 1);
    f = parse(*state, "aid.north in {10, 20}");
    assert_int_equal(f->recipient, 0);
    assert_int_equal(f->count, 2);
}

static void a_party_accepts_a_proposal(void **state)
{
    const parley_formula *f = parse(*state, "not ru accepts offer-30");
    assert_int_equal(f->kind, PARLEY_F_NOT);
    f = f->arg[0];
    assert_int_equal(f->kind, PARLEY_F_ACCEPTS);
    assert_int_equal(f->party, 2);
    assert_int_equal(f->proposal, 0);
    assert_int_equal(parse(*state, "\"ua\" accepts \"draft two\"")->proposal, 1);
}

static void labels_in_quotes_stand_for_ids(void **state)
{
    bench *b = *state;
    const parley_formula *f = parse(b, "\"How long?\" <= 30 and \"arms\" = \"Go on\"");
    assert_string_equal(print(b, f), "duration <= 30 and arms = continue");
}

static void awkward_names_are_quoted_and_escaped(void **state)
{
    bench *b = *state;
    const parley_formula *f =
        parse(b, "\"not\" = \"say \\\"yes\\\"\" or \"not\" = \"a\\\\b\" or \xC3\xA9tat = \"not\"");
    assert_int_equal(f->arg[0]->option[0], 0);
    assert_int_equal(f->arg[1]->option[0], 1);
    assert_string_equal(
        print(b, f),
        "\"not\" = \"say \\\"yes\\\"\" or \"not\" = \"a\\\\b\" or \xC3\xA9tat = \"not\"");
}

static void blanks_of_all_kinds_separate(void **state)
{
    bench *b = *state;
    assert_string_equal(print(b, parse(b, "\t(arms\n=\r\n stopped)  ")), "arms = stopped");
}

/* ------------------------------------------------------- what binds tighter */

/* A tree in a fixed notation, to see its shape: each node in brackets. */
static void shape(const parley_formula *f, const parley_formula_names *names, parley_text *out)
{
    static const char *const word[] = {"true", "false", "",   "",        "",   "",
                                       "not",  "and",   "or", "implies", "if", "iff"};
    if (f->kind < PARLEY_F_NOT) {
        parley_formula_print(f, names, out);
        return;
    }
    parley_text_printf(out, "[%s", word[f->kind]);
    for (uint32_t i = 0; i < f->count; i++) {
        parley_text_putc(out, ' ');
        shape(f->arg[i], names, out);
    }
    parley_text_putc(out, ']');
}

static void connectives_bind_as_the_table_says(void **state)
{
    bench *b = *state;
    static const struct {
        const char *text;
        const char *shape;
    } rows[] = {
        {"true and false and true", "[and true false true]"},
        {"true or false or true", "[or true false true]"},
        {"true iff false iff true", "[iff true false true]"},
        {"true or false and true", "[or true [and false true]]"},
        {"true and false or true", "[or [and true false] true]"},
        {"not true and false", "[and [not true] false]"},
        {"not (true and false)", "[not [and true false]]"},
        {"not not true", "[not [not true]]"},
        {"true implies false implies true", "[implies true [implies false true]]"},
        {"(true implies false) implies true", "[implies [implies true false] true]"},
        {"true if false if true", "[if [if true false] true]"},
        {"true if (false if true)", "[if true [if false true]]"},
        {"true or false implies true and false", "[implies [or true false] [and true false]]"},
        {"true iff false implies true", "[iff true [implies false true]]"},
        {"true if false iff true", "[iff [if true false] true]"},
        {"(true iff false) iff true", "[iff [iff true false] true]"},
        {"true and (false and true)", "[and true [and false true]]"},
        {"true implies (false if true)", "[implies true [if false true]]"},
        {"not arms = stopped", "[not arms = stopped]"},
        {"((true))", "true"},
        {"not true or true implies false iff false",
         "[iff [implies [or [not true] true] false] false]"},
    };
    parley_text *out = parley_text_new(b->ctx, 1 << 12);
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        const parley_formula *f = parse(b, rows[i].text);
        parley_text_clear(out);
        shape(f, &b->names, out);
        assert_string_equal(parley_text_data(out), rows[i].shape);
        if (strcmp(rows[i].text, "((true))") != 0) {
            assert_string_equal(print(b, f), rows[i].text);
        }
    }
    parley_text_free(out);
}

/* ----------------------------------------------------------------- places */

static void check_span(parley_span s, uint32_t begin, uint32_t end, uint32_t line, uint32_t column)
{
    assert_int_equal(s.begin, begin);
    assert_int_equal(s.end, end);
    assert_int_equal(s.line, line);
    assert_int_equal(s.column, column);
}

static void nodes_know_their_place_in_the_text(void **state)
{
    const parley_formula *f =
        parse(*state, " \xC3\xA9tat = n\xC3\xA9 and not (arms = stopped or start = at-once) ");
    check_span(f->span, 1, 56, 1, 2);
    check_span(f->arg[0]->span, 1, 12, 1, 2);
    check_span(f->arg[1]->span, 17, 56, 1, 16);
    const parley_formula *either = f->arg[1]->arg[0];
    check_span(either->span, 22, 55, 1, 21);
    check_span(either->arg[1]->span, 40, 55, 1, 39);
    f = parse(*state, "(true) iff (false)");
    check_span(f->span, 0, 18, 1, 1);
    check_span(f->arg[0]->span, 1, 5, 1, 2);
}

static void nodes_know_their_place_in_the_file(void **state)
{
    bench *b = *state;
    parley_formula_place place = {"case.yaml", {700, 730, 31, 9}, true};
    const parley_formula *f = NULL;
    const char *text = "\xC3\xA9tat = n\xC3\xA9 and true";
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_formula_parse(&f, b->arena, NULL, &b->names, text, strlen(text), &place, &err),
             &err);
    check_span(f->arg[1]->span, 716, 720, 31, 23);
    place.exact = false;
    check_ok(parley_formula_parse(&f, b->arena, NULL, &b->names, text, strlen(text), &place, &err),
             &err);
    check_span(f->arg[1]->span, 700, 730, 31, 9);
}

/* ----------------------------------------------------------------- limits */

static parley_status try_text(bench *b, parley_text *text, const parley_limits *limits,
                              parley_error *err)
{
    const parley_formula *f = NULL;
    parley_error_clear(err);
    parley_status status = parley_formula_parse(
        &f, b->arena, limits, &b->names, parley_text_data(text), parley_text_size(text), NULL, err);
    assert_true((f != NULL) == (status == PARLEY_OK));
    if (f != NULL) {
        /* what was read can be printed and read again under the same limits */
        const parley_formula *g = NULL;
        print(b, f);
        parley_error again = PARLEY_ERROR_INIT;
        check_ok(parley_formula_parse(&g, b->arena, limits, &b->names, parley_text_data(b->text),
                                      parley_text_size(b->text), NULL, &again),
                 &again);
        assert_true(parley_formula_equal(f, g));
    }
    return status;
}

static void nesting_ends_at_the_limit(void **state)
{
    bench *b = *state;
    static const struct {
        const char *head; /* repeated, then `true`, then tail repeated */
        const char *tail;
        uint32_t column; /* of the error at 129 */
    } rows[] = {
        {"(", ")", 129},
        {"not ", "", 128 * 4 + 1},
        {"true implies ", "", 128 * 13 + 6},
        {"", " if true", 4 + 128 * 8 + 2},
        {"(true and ", ")", 0},
        {"not (true or ", ")", 0},
    };
    parley_text *text = parley_text_new(b->ctx, 1 << 20);
    parley_limits limits = PARLEY_LIMITS_INIT;
    for (size_t r = 0; r < CHECK_COUNT(rows); r++) {
        uint32_t deepest = 0;
        for (uint32_t n = 1; n <= 130; n++) {
            parley_text_clear(text);
            for (uint32_t i = 0; i < n; i++) {
                parley_text_puts(text, rows[r].head);
            }
            parley_text_puts(text, "true");
            for (uint32_t i = 0; i < n; i++) {
                parley_text_puts(text, rows[r].tail);
            }
            parley_error err = PARLEY_ERROR_INIT;
            parley_status status = try_text(b, text, &limits, &err);
            if (status == PARLEY_OK) {
                assert_int_equal(deepest, n - 1);
                deepest = n;
                continue;
            }
            check_fails(status, PARLEY_LIMIT, &err);
            assert_string_equal(err.message, "formula nested more than 128 levels deep");
            assert_string_equal(err.hint, "limit formula_depth");
            if (n == 129 && rows[r].column != 0) {
                assert_int_equal(err.span.column, rows[r].column);
            }
        }
        /* `not (` counts twice: once each */
        assert_int_equal(deepest, r == 5 ? 64 : 128);
    }
    parley_text_free(text);
}

static void a_chain_of_thousands_is_flat(void **state)
{
    bench *b = *state;
    static const char *const joint[] = {" and ", " or ", " iff "};
    parley_text *text = parley_text_new(b->ctx, 1 << 20);
    for (size_t k = 0; k < CHECK_COUNT(joint); k++) {
        parley_text_clear(text);
        parley_text_puts(text, "true");
        uint32_t n = 1;
        while (parley_text_size(text) < 65000) {
            parley_text_puts(text, joint[k]);
            parley_text_puts(text, "true");
            n++;
        }
        parley_error err = PARLEY_ERROR_INIT;
        const parley_formula *f = NULL;
        check_ok(parley_formula_parse(&f, b->arena, NULL, &b->names, parley_text_data(text),
                                      parley_text_size(text), NULL, &err),
                 &err);
        assert_true(n > 7000);
        assert_int_equal(f->count, n);
        assert_string_equal(print(b, f), parley_text_data(text));
    }
    parley_text_free(text);
}

static void a_text_too_long_is_refused_unread(void **state)
{
    bench *b = *state;
    parley_limits limits = PARLEY_LIMITS_INIT;
    limits.formula_bytes = 4;
    const parley_formula *f = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_formula_parse(&f, b->arena, &limits, &b->names, "true", 4, NULL, &err), &err);
    check_fails(parley_formula_parse(&f, b->arena, &limits, &b->names, "false", 5, NULL, &err),
                PARLEY_LIMIT, &err);
    assert_null(f);
    assert_string_equal(err.message, "formula of 5 bytes; at most 4 are read");
    assert_string_equal(err.hint, "limit formula_bytes");
}

static void a_missing_table_means_no_such_names(void **state)
{
    bench *b = *state;
    static const char *const texts[] = {"a = b", "a accepts b", "\"a\" = 3", "a.b = 3"};
    parley_formula_names none = {0};
    for (size_t i = 0; i < CHECK_COUNT(texts); i++) {
        const parley_formula *f = NULL;
        parley_error err = PARLEY_ERROR_INIT;
        check_fails(
            parley_formula_parse(&f, b->arena, NULL, &none, texts[i], strlen(texts[i]), NULL, &err),
            PARLEY_NOTFOUND, &err);
        assert_string_equal(err.hint, "");
        assert_int_equal(
            parley_formula_parse(&f, b->arena, NULL, &none, texts[i], strlen(texts[i]), NULL, NULL),
            PARLEY_NOTFOUND);
    }
}

/* ----------------------------------------------------------------- memory */

typedef struct load {
    const char *text;
    size_t pad; /* taken from the arena before, so that its blocks end elsewhere */
} load;

static parley_status parse_load(parley_ctx *ctx, void *user, parley_error *err)
{
    const load *l = user;
    table t = table_halt();
    parley_formula_names names = table_names(&t);
    parley_arena *arena = parley_arena_new(ctx);
    if (arena == NULL || parley_arena_alloc(arena, l->pad) == NULL) {
        parley_arena_free(arena);
        return parley_fail(err, PARLEY_NOMEM, "no arena");
    }
    const parley_formula *f = NULL;
    const parley_formula *g = NULL;
    parley_status status =
        parley_formula_parse(&f, arena, NULL, &names, l->text, strlen(l->text), NULL, err);
    assert_true((f != NULL) == (status == PARLEY_OK));
    if (status == PARLEY_OK) {
        status = parley_formula_normal(&g, arena, f, err);
        assert_true((g != NULL) == (status == PARLEY_OK));
    }
    parley_arena_free(arena);
    return status;
}

static void every_allocation_failure_is_told_and_nothing_leaks(void **state)
{
    bench *b = *state;
    parley_text *text = parley_text_new(b->ctx, 1 << 20);
    parley_text_puts(text, "arms = \"continue\" iff \"not\" = \"a\\\\b\"");
    for (int i = 0; i < 300; i++) {
        parley_text_puts(text, i % 2 == 0 ? " and kursk in {withdraw, escorted, withdraw}"
                                          : " or duration in {1, 2, 3, 4.5} if not true");
        if (i % 2 == 1) {
            parley_text_puts(text,
                             i < 200 ? " iff ru accepts offer-30" : " iff not aid.north >= 3");
        }
    }
    load l = {parley_text_data(text), 0};
    torture(parse_load, &l, 8);
    parley_text_free(text);
}

static void memory_may_end_at_any_step(void **state)
{
    (void)state;
    load l = {"(true if arms != stopped and not \"not\" = \"a\\\\b\" and start != at-once) iff "
              "duration in {1, 2, 3.0, 4, 5} or duration = 7 or ru accepts offer-30 iff "
              "not not aid.north >= 3 iff (not true and kursk = escorted implies false)",
              0};
    for (; l.pad < 16384; l.pad += 16) {
        torture(parse_load, &l, 1);
    }
}

/* ------------------------------------------------------------ looks like? */

static void formulas_are_told_from_prose(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool like;
    } rows[] = {
        {"a = b", true},
        {"duration <= 30", true},
        {"ru accepts offer-30", true},
        {"price in {a, b}", true},
        {"price in{a}", true},
        {"a != b", true},
        {"a < b", true},
        {"a > b", true},
        {"not (ru accepts offer-30)", true},
        {"arms = stopped implies ru accepts offer-30", true},
        {"ru accepts offer-30 and ua accepts offer-30", true},
        {"\"the north\" accepts \"draft two\"", true},
        {"x \xE2\x89\xA4 3", true},
        {"\"a = b\" = c", true},
        {"\"a \\\" = b\" and c = d", true},
        {"arms and intelligence", false},
        {"hostages for prisoners", false},
        {"the talks", false},
        {"Russia's stand on Gaza", false},
        {"the Russian preconditions as a whole", false},
        {"European positions", false},
        {"a halt", false},
        {"\"a = b\"", false},
        {"\"a \\\" = b\"", false},
        {"the words \"a <= b\" in a text", false},
        {"unclosed \"a = b", false},
        {"Ukraine accepts that talks come first", false},
        {"ru accepts", false},
        {"accepts offer-30", false},
        {"what Kyiv accepts today", false},
        {"in brackets {a}", false},
        {"within {a}", false},
        {"a in b", false},
        {"true", false},
        {"", false},
        {"\"", false},
        {"\\", false},
        {"\xFF\xC3", false},
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        if (parley_formula_looks_like(rows[i].text, strlen(rows[i].text)) != rows[i].like) {
            print_error("%s\n", rows[i].text);
            fail();
        }
    }
}

#define WITH_BENCH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_BENCH(a_choice_holds_its_option),
        WITH_BENCH(every_sign_of_comparison_is_read),
        WITH_BENCH(a_list_keeps_order_and_repetition_as_typed),
        WITH_BENCH(numbers_are_exact_and_may_be_negative),
        WITH_BENCH(a_share_names_split_and_recipient),
        WITH_BENCH(a_party_accepts_a_proposal),
        WITH_BENCH(labels_in_quotes_stand_for_ids),
        WITH_BENCH(awkward_names_are_quoted_and_escaped),
        WITH_BENCH(blanks_of_all_kinds_separate),
        WITH_BENCH(connectives_bind_as_the_table_says),
        WITH_BENCH(nodes_know_their_place_in_the_text),
        WITH_BENCH(nodes_know_their_place_in_the_file),
        WITH_BENCH(nesting_ends_at_the_limit),
        WITH_BENCH(a_chain_of_thousands_is_flat),
        WITH_BENCH(a_text_too_long_is_refused_unread),
        WITH_BENCH(a_missing_table_means_no_such_names),
        WITH_BENCH(every_allocation_failure_is_told_and_nothing_leaks),
        cmocka_unit_test(memory_may_end_at_any_step),
        cmocka_unit_test(formulas_are_told_from_prose),
    };
    return cmocka_run_group_tests_name("formula_parse", tests, NULL, NULL);
}
