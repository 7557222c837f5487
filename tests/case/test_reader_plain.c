/*
 * The quick reader of YAML: it takes what our writer writes, and what it takes it takes as libyaml
 * does, at the same places.
 */
#include "case/case_text.h"
#include "case/document_random.h"
#include "case/reader_pair.h"
#include "support/torture.h"

static const char *folder;

static void what_the_writer_writes_is_taken_to_the_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(shipped_names); i++) {
        parley_ctx *ctx = check_ctx();
        parley_case *c = load_shipped(ctx, folder, shipped_names[i], NULL);
        char *text = write_case(ctx, c, false);
        assert_int_equal(pair_compare(ctx, text, strlen(text)), PAIR_SAME);
        free(text);
        parley_case_free(c);
        check_ctx_done(ctx);
    }
}

static void any_tree_that_the_writer_writes_is_read_alike(void **state)
{
    (void)state;
    parley_random r = parley_random_stream(81, 1, 0, 0);
    uint32_t taken = 0;
    for (int i = 0; i < 2000; i++) {
        parley_ctx *ctx = check_ctx();
        parley_arena *arena = parley_arena_new(ctx);
        parley_text *out = text_of(ctx);
        parley_document_write_yaml(random_tree(&r, arena, 0), out);
        pair_result result = pair_compare(ctx, parley_text_data(out), parley_text_size(out));
        assert_int_not_equal(result, PAIR_DIFFERENT);
        taken += result == PAIR_SAME ? 1 : 0;
        parley_text_free(out);
        parley_arena_free(arena);
        check_ctx_done(ctx);
    }
    print_message("# %u of 2000 taken\n", taken);
    assert_true(taken > 1000); /* lists of nothing, long keys and the like are left to libyaml */
}

static void what_people_write_is_read_alike_or_left_to_libyaml(void **state)
{
    (void)state;
    parley_random r = parley_random_stream(82, 1, 0, 0);
    for (int i = 0; i < 2000; i++) {
        parley_ctx *ctx = check_ctx();
        parley_arena *arena = parley_arena_new(ctx);
        parley_text *out = text_of(ctx);
        uint32_t comments = 0;
        render_random(&r, random_tree(&r, arena, 0), out, &comments);
        assert_int_not_equal(pair_compare(ctx, parley_text_data(out), parley_text_size(out)),
                             PAIR_DIFFERENT);
        parley_text_free(out);
        parley_arena_free(arena);
        check_ctx_done(ctx);
    }
}

/* Canonical text with a few bytes changed, put in or taken out. */
static void spoilt_text_is_read_alike_or_left_to_libyaml(void **state)
{
    (void)state;
    static const char bytes[] = " \n:-,{}[]\"'#~\\|>&*!?%@`\tax0(_.\r";
    parley_random r = parley_random_stream(83, 1, 0, 0);
    uint32_t taken = 0;
    parley_ctx *ctx = check_ctx();
    for (size_t k = 0; k < CHECK_COUNT(shipped_names); k++) {
        parley_case *c = load_shipped(ctx, folder, shipped_names[k], NULL);
        char *text = write_case(ctx, c, false);
        size_t length = strlen(text);
        char *copy = malloc(length + 8);
        assert_non_null(copy);
        for (int i = 0; i < 1500; i++) {
            /* a piece of some lines: most of it is near the change */
            size_t from = parley_random_below(&r, (uint32_t)length);
            while (from > 0 && !(text[from - 1] == '\n' && text[from] != ' ')) {
                from--;
            }
            size_t n = length - from < 900 ? length - from : 900;
            while (n > 0 && text[from + n - 1] != '\n') {
                n--;
            }
            memcpy(copy, text + from, n);
            for (uint32_t edits = 1 + parley_random_below(&r, 3); edits > 0 && n > 1; edits--) {
                size_t at = parley_random_below(&r, (uint32_t)n);
                char put = bytes[parley_random_below(&r, sizeof(bytes) - 1)];
                uint32_t how = parley_random_below(&r, 3);
                if (how == 0) {
                    copy[at] = put;
                } else if (how == 1) {
                    memmove(copy + at + 1, copy + at, n++ - at);
                    copy[at] = put;
                } else {
                    memmove(copy + at, copy + at + 1, --n - at);
                }
            }
            pair_result result = pair_compare(ctx, copy, n);
            if (result == PAIR_DIFFERENT) {
                fail_msg("read differently:\n%.*s", (int)n, copy);
            }
            taken += result == PAIR_SAME ? 1 : 0;
        }
        free(copy);
        free(text);
        parley_case_free(c);
    }
    check_ctx_done(ctx);
    print_message("# %u taken\n", taken);
    assert_true(taken > 500);
}

static void each_form_is_taken_or_given_up(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        pair_result result;
    } rows[] = {
        {"a: b\n", PAIR_SAME},
        {"a:\nb: c\n", PAIR_SAME},
        {"a:\n  b:\n", PAIR_SAME},
        {"a:\n# so\n\n  b: {c: [1, \"x, y\"], d: {}}\n  # and so\n", PAIR_SAME},
        {"a:\n# nothing\n", PAIR_SAME},
        {"a:\n  - b\n  - c: d\n    e: []\n  - - f\n    - g\n", PAIR_SAME},
        {"a: \"\\\"\\\\\\n\\t\\r\\x85\\u2028\"\n", PAIR_SAME},
        {"a: \xC3\xA4 (\xE2\x80\x9Eso\xE2\x80\x9C)\nb: {\xC3\xA9: -1.5, d: ~}\n", PAIR_SAME},
        {"\"a: b\": 2025-03-11~\n", PAIR_SAME},
        {"a: it's & so | > * ! % @\n", PAIR_SAME},
        {"\"a\":}\n", PAIR_GIVEN_UP},
        {"\"a\":", PAIR_GIVEN_UP},
        {"a:", PAIR_GIVEN_UP},
        {"a: b", PAIR_GIVEN_UP},
        {"a: b\r\n", PAIR_GIVEN_UP},
        {"a: b # c\n", PAIR_GIVEN_UP},
        {"a: b\n  c\n", PAIR_GIVEN_UP},
        {"a: b\n\n  c\n", PAIR_GIVEN_UP},
        {"a: b \n", PAIR_GIVEN_UP},
        {"a:  b\n", PAIR_GIVEN_UP},
        {"a: 'b'\n", PAIR_GIVEN_UP},
        {"a: |\n  b\n", PAIR_GIVEN_UP},
        {"a: &b c\n", PAIR_GIVEN_UP},
        {"a: !b c\n", PAIR_GIVEN_UP},
        {"? a\n: b\n", PAIR_GIVEN_UP},
        {"- a\n", PAIR_GIVEN_UP},
        {"---\na: b\n", PAIR_GIVEN_UP},
        {"a: b\n---\nc: d\n", PAIR_GIVEN_UP},
        {"a: b\n...\n", PAIR_GIVEN_UP},
        {"{a: b}\n", PAIR_GIVEN_UP},
        {"a:\n- b\n", PAIR_GIVEN_UP},
        {"a:\n    b: c\n", PAIR_GIVEN_UP},
        {"a:\n  b: c\n d: e\n", PAIR_GIVEN_UP},
        {"a: {b: c\n", PAIR_GIVEN_UP},
        {"a: {b: c]\n", PAIR_GIVEN_UP},
        {"a: {b:c}\n", PAIR_GIVEN_UP},
        {"a: {b}\n", PAIR_GIVEN_UP},
        {"a: [b: c]\n", PAIR_GIVEN_UP},
        {"a: [b, ]\n", PAIR_GIVEN_UP},
        {"a: {b: c}, d\n", PAIR_GIVEN_UP},
        {"a: \"b\nc\"\n", PAIR_GIVEN_UP},
        {"a: \"\\0\"\n", PAIR_GIVEN_UP},
        {"a: \"\\uD800\"\n", PAIR_GIVEN_UP},
        {"a: \"b\" c\n", PAIR_GIVEN_UP},
        {"a: b: c\n", PAIR_GIVEN_UP},
        {"a: http://x\n", PAIR_GIVEN_UP},
        {"a: \xC2\x85\n", PAIR_GIVEN_UP},
        {"a: \xE2\x80\xA8\n", PAIR_GIVEN_UP},
        {"\xEF\xBB\xBF"
         "a: b\n",
         PAIR_GIVEN_UP},
        {"a: \xFF\n", PAIR_GIVEN_UP},
        {"a: -\n", PAIR_GIVEN_UP},
        {"a:\n  -\n", PAIR_GIVEN_UP},
        {"a: b\n#\tc\n", PAIR_GIVEN_UP},
        {" a: b\n", PAIR_GIVEN_UP},
        {"", PAIR_GIVEN_UP},
        {"\n", PAIR_GIVEN_UP},
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        parley_ctx *ctx = check_ctx();
        pair_result result = pair_compare(ctx, rows[i].text, strlen(rows[i].text));
        if (result != rows[i].result) {
            fail_msg("row %zu: %d, not %d:\n%s", i, result, rows[i].result, rows[i].text);
        }
        check_ctx_done(ctx);
    }
}

static void what_is_given_up_is_told_by_libyaml_once(void **state)
{
    (void)state;
    static const char doubled[] = "parley: 1\nparties:\n  ua: {}\n  ua: {}\n";
    parley_ctx *ctx = check_ctx();
    parley_diagnostics *list = parley_diagnostics_new(ctx);
    parley_document *d = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_fails(parley_document_read(&d, ctx, "x.yaml", doubled, strlen(doubled), list, &err),
                PARLEY_INVALID, &err);
    assert_int_equal(parley_diagnostics_errors(list), 1);
    assert_int_equal(err.span.line, 4);
    parley_document_free(d);
    parley_diagnostics_free(list);
    check_ctx_done(ctx);
}

int main(int count, char **name)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_writer_writes_is_taken_to_the_end),
        cmocka_unit_test(any_tree_that_the_writer_writes_is_read_alike),
        cmocka_unit_test(what_people_write_is_read_alike_or_left_to_libyaml),
        cmocka_unit_test(spoilt_text_is_read_alike_or_left_to_libyaml),
        cmocka_unit_test(each_form_is_taken_or_given_up),
        cmocka_unit_test(what_is_given_up_is_told_by_libyaml_once),
    };
    folder = count > 1 ? name[1] : "cases";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
