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

/* A shipped file as it was typed. */
static char *typed_file(const char *name)
{
    char path[500];
    snprintf(path, sizeof(path), "%s/%s.yaml", folder, name);
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 1u << 20);
    assert_non_null(file);
    assert_non_null(text);
    assert_true(fread(text, 1, (1u << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

/* Canonical text, and text as it was typed, with a few bytes changed, put in or taken out. */
static void spoilt_text_is_read_alike_or_left_to_libyaml(void **state)
{
    (void)state;
    static const char bytes[] = " \n:-,{}[]\"'#~\\|>&*!?%@`\tax0(_.\r";
    parley_random r = parley_random_stream(83, 1, 0, 0);
    uint32_t taken = 0;
    parley_ctx *ctx = check_ctx();
    for (size_t k = 0; k < 2 * CHECK_COUNT(shipped_names); k++) {
        parley_case *c = load_shipped(ctx, folder, shipped_names[k / 2], NULL);
        char *text = k % 2 == 0 ? write_case(ctx, c, false) : typed_file(shipped_names[k / 2]);
        size_t length = strlen(text);
        char *copy = malloc(length + 8);
        assert_non_null(copy);
        for (int i = 0; i < 1000; i++) {
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

/* Canonical text as people type it: comments, blanks, other quotes, deeper blocks. */
static void what_is_typed_with_comments_and_blanks_is_taken(void **state)
{
    (void)state;
    static const char *const ends[] = {"", "", "", " # so", "  ", "   #", " # a: b, 'c' \"d\" {e}"};
    parley_random r = parley_random_stream(84, 1, 0, 0);
    parley_ctx *ctx = check_ctx();
    for (size_t k = 0; k < CHECK_COUNT(shipped_names); k++) {
        parley_case *c = load_shipped(ctx, folder, shipped_names[k], NULL);
        char *text = write_case(ctx, c, false);
        for (int turn = 0; turn < 3; turn++) {
            parley_text *typed = text_of(ctx);
            for (const char *at = text; *at != '\0';) {
                size_t n = strcspn(at, "\n");
                size_t blanks = strspn(at, " ");
                for (size_t i = 0; i < (blanks < n && at[blanks] != '-' && turn > 1 ? 0 : blanks);
                     i++) {
                    parley_text_puts(typed, " ");
                }
                if (turn > 1 && blanks < n && at[blanks] != '-') {
                    for (size_t i = 0; i < blanks; i++) {
                        parley_text_puts(typed, " ");
                    }
                }
                bool inside = false; /* double quotes */
                for (size_t i = blanks; i < n; i++) {
                    inside = inside != (at[i] == '"' && at[i - 1] != '\\');
                    parley_text_printf(typed, "%c", at[i]);
                    if (!inside && turn > 0 && i + 1 < n && (at[i] == ',' || at[i] == ':') &&
                        at[i + 1] == ' ' && parley_random_below(&r, 4) == 0) {
                        parley_text_puts(typed,
                                         at[i] == ',' && at[blanks] != '#' ? " # x\n     " : "  ");
                    }
                }
                parley_text_puts(typed, at[blanks] != '#' && n > 0
                                            ? ends[parley_random_below(&r, CHECK_COUNT(ends))]
                                            : "");
                parley_text_puts(typed, "\n");
                at += n + (at[n] != '\0');
            }
            pair_result result =
                pair_compare(ctx, parley_text_data(typed), parley_text_size(typed));
            if (result == PAIR_DIFFERENT || (turn == 0 && result != PAIR_SAME)) {
                fail_msg("%s, turn %d: %d\n%.3000s", shipped_names[k], turn, (int)result,
                         parley_text_data(typed));
            }
            parley_text_free(typed);
        }
        free(text);
        parley_case_free(c);
    }
    check_ctx_done(ctx);
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
        {"a:   b   # c\nd: # e\n   f: 'g''s \xC3\xA4' # h\n   i:\n      - j # k\n", PAIR_SAME},
        {"a: # nothing\nb: \nc: ''\n'd e': f\n", PAIR_SAME},
        {"a: { b: c, d: [ e ,  f ] , g: 'h' }\n", PAIR_SAME},
        {"a: {b: c, # d\n  # e\n    f: g,\n h: [i,\n  j\n  ]}\nk: l\n", PAIR_GIVEN_UP},
        {"a: {b: c, # d\n    f: g,\n h: [i,\n  j], k: {l: m,\n  },\n  }\nn: o\n", PAIR_SAME},
        {"a: [b,\n\n  c]\n", PAIR_GIVEN_UP},
        {"a: [b,\nc]\n", PAIR_GIVEN_UP},
        {"a: [b\n  c]\n", PAIR_GIVEN_UP},
        {"a: [b # c\n  , d]\n", PAIR_GIVEN_UP},
        {"a: 'b\n  c'\n", PAIR_GIVEN_UP},
        {"a: 'b' c\n", PAIR_GIVEN_UP},
        {"a: 'b'#c\n", PAIR_GIVEN_UP},
        {"a: b#c\n", PAIR_GIVEN_UP},
        {"a: b # \t\n", PAIR_GIVEN_UP},
        {"a:\n    b: c\n  d: e\n", PAIR_GIVEN_UP},
        {"a: b # c\n  d\n", PAIR_GIVEN_UP},
        {"\"a\":}\n", PAIR_GIVEN_UP},
        {"\"a\":", PAIR_GIVEN_UP},
        {"a:", PAIR_GIVEN_UP},
        {"a: b", PAIR_GIVEN_UP},
        {"a: b\r\n", PAIR_GIVEN_UP},
        {"a: b # c\n", PAIR_SAME},
        {"a: b\n  c\n", PAIR_GIVEN_UP},
        {"a: b\n\n  c\n", PAIR_GIVEN_UP},
        {"a: b \n", PAIR_SAME},
        {"a:  b\n", PAIR_SAME},
        {"a: 'b'\n", PAIR_SAME},
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
        {"a:\n    b: c\n", PAIR_SAME},
        {"a:\n  b: c\n d: e\n", PAIR_GIVEN_UP},
        {"a: {b: c\n", PAIR_GIVEN_UP},
        {"a: {b: c]\n", PAIR_GIVEN_UP},
        {"a: {b:c}\n", PAIR_GIVEN_UP},
        {"a: {b}\n", PAIR_GIVEN_UP},
        {"a: [b: c]\n", PAIR_GIVEN_UP},
        {"a: [b, ]\n", PAIR_SAME},
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
        cmocka_unit_test(what_is_typed_with_comments_and_blanks_is_taken),
        cmocka_unit_test(each_form_is_taken_or_given_up),
        cmocka_unit_test(what_is_given_up_is_told_by_libyaml_once),
    };
    folder = count > 1 ? name[1] : "cases";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
