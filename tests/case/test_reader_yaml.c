/* The reader of YAML: events, places in bytes and characters, and every fault in plain words. */
#include "document_events.h"

static void events_come_in_the_order_of_the_text(void **state)
{
    (void)state;
    check_events(parley_yaml_reader, "a: 1\nb: [x, 'y', \"z\"]\n",
                 "< p:a p:1 p:b [ p:x s:y d:z ] >");
    check_events(parley_yaml_reader, "- a\n- {b: c}\n- |\n  t\n- >-\n  u\n  v\n",
                 "( p:a { p:b p:c } l:t\n f:u v )");
    check_events(parley_yaml_reader, "a:\nb:\n- \n- c: d\n", "< p:a p: p:b ( p: < p:c p:d > ) >");
    check_events(parley_yaml_reader, "[a: b, c]", "[ { p:a p:b } p:c ]");
    check_events(parley_yaml_reader, "? a\n: b\n", "< p:a p:b >");
    check_events(parley_yaml_reader, "%YAML 1.2\n---\na: b\n...\n", "< p:a p:b >");
    check_events(parley_yaml_reader,
                 "\xEF\xBB\xBF"
                 "a: b\n",
                 "< p:a p:b >");
    check_events(parley_yaml_reader, "'<<': b\n", "< s:<< p:b >");
    check_events(parley_yaml_reader, "a: x:y\n", "< p:a p:x:y >");
}

static void syntax_errors_are_told_in_plain_words(void **state)
{
    (void)state;
    static const fault faults[] = {
        {"a: 1\nb: c: d\n", PARLEY_SYNTAX, 2, 5, "a colon with a space", "in quotes"},
        {"a: \"x\nb: 1\n", PARLEY_SYNTAX, 1, 4, "the quote (\") that opens here", "close it"},
        {"a: 'x\n", PARLEY_SYNTAX, 1, 4, "the quote (') that opens here", "written twice"},
        {"a: 'it's'\n", PARLEY_SYNTAX, 1, 8, "closes the value", "apostrophe"},
        {"a: {b: 1,\n  c: 2\nd: 3\n", PARLEY_SYNTAX, 1, 4, "'{' that opens here is not closed",
         "close it with '}'"},
        {"a: [1, 2\nb: 3\n", PARLEY_SYNTAX, 1, 4, "'[' that opens here is not closed",
         "close it with ']'"},
        {"a: {b: 1 c: 2}\n", PARLEY_SYNTAX, 1, 11, "',' or '}' must stand here", "quotes"},
        {"a: 1\n\tb: 2\n", PARLEY_SYNTAX, 2, 1, "a tab cannot indent", "use spaces"},
        {"a:\n\tb: 2\n", PARLEY_SYNTAX, 2, 1, "a tab cannot indent", "use spaces"},
        {"a: |\n\tb\n", PARLEY_SYNTAX, 2, 1, "a tab cannot indent", "use spaces"},
        {"a: 1\n b: 2\n", PARLEY_SYNTAX, 2, 3, "part of the value above", "in the column"},
        {"a:\n  b: 1\n c: 2\n", PARLEY_SYNTAX, 3, 2, "fits no line above", "line 1 in column 1"},
        {"  a: 1\nb: 2\n", PARLEY_SYNTAX, 2, 1, "fits no line above", "same column"},
        {"a: \"x\" y\n", PARLEY_SYNTAX, 1, 8, "already complete", "one pair of quotes"},
        {"a: @x\n", PARLEY_SYNTAX, 1, 4, "cannot begin with '@'", "in quotes"},
        {"a: `x`\n", PARLEY_SYNTAX, 1, 4, "cannot begin with '`'", "in quotes"},
        {"a: %x\n", PARLEY_SYNTAX, 1, 4, "cannot begin with '%'", "in quotes"},
        {"a: [|]\n", PARLEY_SYNTAX, 1, 5, "within braces", "quotes"},
        {"a: 1\nb\nc: 2\n", PARLEY_SYNTAX, 2, 1, "'b' stands among keys", "key: value"},
        {"a: 1\nb:2\nc: 2\n", PARLEY_SYNTAX, 2, 1, "'b:2' has no space", "space after"},
        {"a: 1\n}\n", PARLEY_SYNTAX, 2, 1, "this '}' closes nothing", "take it out"},
        {"a: |x\n  foo\n", PARLEY_SYNTAX, 1, 5, "text begins on the next line", "next line"},
        {"a: \"\\d\"\n", PARLEY_SYNTAX, 1, 5, "this is none", "single quotes"},
        {"a: \"\\ud800\"\n", PARLEY_SYNTAX, 1, 5, "this is none", "single quotes"},
        {"a: [,1]\n", PARLEY_SYNTAX, 1, 5, "before this ','", "quotes"},
        {"a: - b\n", PARLEY_SYNTAX, 1, 4, "list entry", "[a, b]"},
        {"a: 1\n- b\n", PARLEY_SYNTAX, 2, 1, "among the keys", "indent it"},
        {"a:\n  - b\n  c: x\n", PARLEY_SYNTAX, 3, 3, "begins with a dash", "`- `"},
        {"a: {\n", PARLEY_SYNTAX, 1, 4, "is not closed", "close it"},
        {"a: [{b: \"x\n", PARLEY_SYNTAX, 1, 9, "the quote (\") that opens here", "close it"},
        {"a: [{b: c}, [\n", PARLEY_SYNTAX, 1, 13, "is not closed", "']'"},
        {"a: {b:}\n", PARLEY_SYNTAX, 1, 6, "a colon cannot stand here", "quotes"},
        {"a: \x01\n", PARLEY_SYNTAX, 1, 4, "control character", "escape"},
        {"a: x\n\xC3\xA9 \xFF\n", PARLEY_SYNTAX, 2, 3, "byte 0xFF is not UTF-8", "UTF-8"},
        {"\xFF\xFE"
         "a\n",
         PARLEY_SYNTAX, 1, 1, "UTF-16", "UTF-8"},
        {"a: \"x\n---\n", PARLEY_SYNTAX, 1, 4, "runs into a document mark", "close the quote"},
    };
    check_faults(parley_yaml_reader, faults, CHECK_COUNT(faults));
}

static void what_case_files_do_not_use_is_refused_where_it_stands(void **state)
{
    (void)state;
    static const fault faults[] = {
        {"a: &x y\n", PARLEY_INVALID, 1, 4, "anchors", "repeat"},
        {"a: b\nc: *x\n", PARLEY_INVALID, 2, 4, "aliases", "repeat"},
        {"a: *bold* text\n", PARLEY_INVALID, 1, 4, "aliases", "quotes"},
        {"&m\na: b\n", PARLEY_INVALID, 1, 1, "anchors", "repeat"},
        {"a: !t y\n", PARLEY_INVALID, 1, 4, "tags", "leave it out"},
        {"a: ! y\n", PARLEY_INVALID, 1, 4, "tags", "leave it out"},
        {"a: !!str y\n", PARLEY_INVALID, 1, 4, "tags", "leave it out"},
        {"a: !e!t y\n", PARLEY_INVALID, 1, 4, "tags", "leave it out"},
        {"- !t\n- a\n", PARLEY_INVALID, 1, 3, "tags", "leave it out"},
        {"a: !t {b: c}\n", PARLEY_INVALID, 1, 4, "tags", "leave it out"},
        {"!t a: b\n", PARLEY_INVALID, 1, 1, "tags", "leave it out"},
        {"a:\n  <<: {b: c}\n", PARLEY_INVALID, 2, 3, "merge keys", "members"},
        {"? [a]\n: b\n", PARLEY_INVALID, 1, 3, "cannot be a key", "quotes"},
        {"a: [? b : c]\n", PARLEY_INVALID, 1, 7, "needs braces", "[{key: value}]"},
        {"{a: b}: c\n", PARLEY_INVALID, 1, 1, "cannot be a key", "quotes"},
        {"a: b\n---\nc: d\n", PARLEY_INVALID, 2, 1, "one document", "two files"},
        {"%TAG ! x\n---\na: b\n", PARLEY_INVALID, 1, 1, "%TAG", "leave them out"},
        {"%FOO x\n---\na: b\n", PARLEY_INVALID, 1, 1, "directive", "leave it out"},
        {"%YAML 2.0\n---\na: b\n", PARLEY_INVALID, 1, 1, "directive", "leave it out"},
        {"a: \"x\\0y\"\n", PARLEY_INVALID, 1, 4, "NUL", "leave"},
        {"a: \xC3\xA9 x\xE2\x80\xA8y\n", PARLEY_INVALID, 1, 7, "U+2028 ends a line", "\\u2028"},
        {"# x\xC2\x85y\n", PARLEY_INVALID, 1, 4, "U+0085 ends a line", "\\x85"},
        {"a: 1\n\xEF\xBB\xBF"
         "b: 1\n",
         PARLEY_INVALID, 2, 1, "U+FEFF is nothing", "\\uFEFF"},
        {"", PARLEY_INVALID, 1, 1, "the file is empty", "parley: 1"},
        {" \n\n", PARLEY_INVALID, 1, 1, "the file is empty", "parley: 1"},
        {"# only words\n", PARLEY_INVALID, 1, 1, "the file is empty", "parley: 1"},
        {"\xEF\xBB\xBF", PARLEY_INVALID, 1, 1, "the file is empty", "parley: 1"},
    };
    check_faults(parley_yaml_reader, faults, CHECK_COUNT(faults));
}

static void a_nul_byte_is_refused_with_its_place(void **state)
{
    (void)state;
    static const char text[] = "a: b\nc\0d: e\n";
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    parley_reader reader;
    check_fails(parley_yaml_reader(&reader, ctx, "x", text, sizeof text - 1, &err), PARLEY_INVALID,
                &err);
    assert_int_equal(err.span.line, 2);
    assert_int_equal(err.span.column, 2);
    assert_null(reader.self);
    check_ctx_done(ctx);
}

/* Every scalar of a text that mixes widths of characters and line ends is where it is said to be.
 */
static void places_are_bytes_lines_and_characters(void **state)
{
    (void)state;
    static const char text[] =
        "\xEF\xBB\xBF# \xE2\x82\xAC\r\nk\xC3\xA9y: 'v\xF0\x9F\x98\x80l' # x\r\n"
        "lone: [\xC3\xA9, \xC3\xA9\xC3\xA9]\rnext: end\n";
    static const struct {
        const char *text;
        uint32_t line, column, begin;
    } wanted[] = {{"k\xC3\xA9y", 2, 1, 10}, {"v\xF0\x9F\x98\x80l", 2, 6, 16}, {"lone", 3, 1, 30},
                  {"\xC3\xA9", 3, 8, 37},   {"\xC3\xA9\xC3\xA9", 3, 11, 41},  {"next", 4, 1, 47},
                  {"end", 4, 7, 53}};
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    parley_reader reader;
    size_t i = 0;
    check_ok(parley_yaml_reader(&reader, ctx, "x", text, sizeof text - 1, &err), &err);
    for (;;) {
        parley_event e;
        check_ok(reader.next(reader.self, &e, &err), &err);
        if (e.kind == PARLEY_EVENT_END)
            break;
        if (e.kind != PARLEY_EVENT_SCALAR)
            continue;
        assert_string_equal(e.text, wanted[i].text);
        assert_int_equal(e.span.line, wanted[i].line);
        assert_int_equal(e.span.column, wanted[i].column);
        assert_int_equal(e.span.begin, wanted[i].begin);
        i++;
    }
    assert_int_equal(i, CHECK_COUNT(wanted));
    parley_event e;
    assert_int_equal(reader.next(reader.self, &e, NULL), PARLEY_STATE);
    reader.free(reader.self);
    check_ctx_done(ctx);
}

static void check_span(const char *text, const char *scalar, uint32_t begin, uint32_t end)
{
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    parley_reader reader;
    bool found = false;
    check_ok(parley_yaml_reader(&reader, ctx, "x", text, strlen(text), &err), &err);
    for (;;) {
        parley_event e;
        check_ok(reader.next(reader.self, &e, &err), &err);
        if (e.kind == PARLEY_EVENT_END)
            break;
        if (e.kind != PARLEY_EVENT_SCALAR || strcmp(e.text, scalar) != 0)
            continue;
        found = true;
        assert_int_equal(e.span.begin, begin);
        assert_int_equal(e.span.end, end);
    }
    assert_true(found);
    reader.free(reader.self);
    check_ctx_done(ctx);
}

static void empty_values_and_blocks_have_tight_places(void **state)
{
    (void)state;
    check_span("a: # c\nb: 1\n", "", 2, 2);
    check_span("- # c\n- b\n", "", 1, 1);
    check_span("{a , b: 1}", "", 2, 2);
    check_span("? a # c\n\nb: 1\n", "", 3, 3);
    check_span("a: |\n  x\n\n\nb: 1\n", "x\n", 3, 8);
    check_span("a: |\n  x\n    \nb: 1\n", "x\n  \n", 3, 13);
    check_span("a: |+\n  x\n\n\nb: 1\n", "x\n\n\n", 3, 11);
    check_span("a: |\r\n  x\r\n\r\nb: 1\r\n", "x\n", 3, 9);
    check_span("a: |2\n   x\n\nb: 1\n", " x\n", 3, 11);
    check_span("a: |\n  x", "x", 3, 8);
    check_span("a: |2\n   ", " ", 3, 9);
    check_span("a: one\n  two # c\n", "one two", 3, 12);
}

static void deep_nesting_is_a_limit_and_quick(void **state)
{
    (void)state;
    static const char *const pieces[] = {"[", "{a: ", "- ", "[a: "};
    for (size_t i = 0; i < CHECK_COUNT(pieces); i++) {
        size_t width = strlen(pieces[i]), n = 100000;
        char *text = malloc(n * width + 1);
        assert_non_null(text);
        for (size_t k = 0; k < n; k++)
            memcpy(text + k * width, pieces[i], width);
        parley_ctx *ctx = check_ctx();
        parley_error err = PARLEY_ERROR_INIT;
        char out[4096];
        check_fails(events_of(ctx, parley_yaml_reader, text, n * width, out, sizeof out, &err),
                    PARLEY_LIMIT, &err);
        assert_non_null(strstr(err.message, "limit depth"));
        check_ctx_done(ctx);
        free(text);
    }
}

static void a_file_that_is_too_big_is_a_limit(void **state)
{
    (void)state;
    parley_ctx_options options = PARLEY_CTX_OPTIONS_INIT;
    options.limits.file_bytes = 4;
    parley_ctx *ctx = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_ctx_new(&ctx, &options, &err), &err);
    parley_reader reader;
    check_fails(parley_yaml_reader(&reader, ctx, "x", "a: b\n", 5, &err), PARLEY_LIMIT, &err);
    check_ctx_done(ctx);
}

static parley_status read_all(parley_ctx *ctx, void *user, parley_error *err)
{
    char out[4096];
    return events_of(ctx, parley_yaml_reader, user, strlen(user), out, sizeof out, err);
}

static void the_reader_survives_every_allocation_failure(void **state)
{
    (void)state;
    torture(read_all, "a: [b, {c: d}]\n\xC3\xA9: |\n  x\n", 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_come_in_the_order_of_the_text),
        cmocka_unit_test(syntax_errors_are_told_in_plain_words),
        cmocka_unit_test(what_case_files_do_not_use_is_refused_where_it_stands),
        cmocka_unit_test(a_nul_byte_is_refused_with_its_place),
        cmocka_unit_test(places_are_bytes_lines_and_characters),
        cmocka_unit_test(empty_values_and_blocks_have_tight_places),
        cmocka_unit_test(deep_nesting_is_a_limit_and_quick),
        cmocka_unit_test(a_file_that_is_too_big_is_a_limit),
        cmocka_unit_test(the_reader_survives_every_allocation_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
