/* The reader of JSON: the same events as YAML gives, and the usual slips by name. */
#include "document_events.h"

static void events_come_in_the_order_of_the_text(void **state)
{
    (void)state;
    check_events(parley_json_reader, " {\"a\": 1, \"b\" : [true, null, -0.5e+3, \"x\", {}, []]}\n",
                 "{ d:a p:1 d:b [ p:true p:null p:-0.5e+3 d:x { } [ ] ] }");
    check_events(parley_json_reader, "123456789012345678901234567890",
                 "p:123456789012345678901234567890");
    check_events(parley_json_reader, "\xEF\xBB\xBF\"\"", "d:");
}

static void escapes_make_characters(void **state)
{
    (void)state;
    check_events(parley_json_reader, "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "d:\"\\/\b\f\n\r\t");
    check_events(parley_json_reader, "\"\\u0041\\u00e9\\u20AC\\ud83d\\uDE00\"",
                 "d:A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
    check_events(parley_json_reader,
                 "\"\\u007f\\u0080\\u07ff\\u0800\\uffff\\ud800\\udc00\\udbff\\udfff\"",
                 "d:\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
}

static void the_usual_slips_are_named(void **state)
{
    (void)state;
    static const fault faults[] = {
        {"{\"a\": 1,}", PARLEY_SYNTAX, 1, 8, "a comma stands before", "none behind"},
        {"[1,\n]", PARLEY_SYNTAX, 1, 3, "a comma stands before", "none behind"},
        {"{'a': 1}", PARLEY_SYNTAX, 1, 2, "double quotes", "\"...\""},
        {"{\"a\": 'b'}", PARLEY_SYNTAX, 1, 7, "double quotes", "\"...\""},
        {"{a: 1}", PARLEY_SYNTAX, 1, 2, "key 'a' must stand in double quotes", "\"a\""},
        {"[NaN]", PARLEY_SYNTAX, 1, 2, "'NaN' is no JSON value", "true, false and null"},
        {"[True]", PARLEY_SYNTAX, 1, 2, "'True' is no JSON value", "true, false and null"},
        {"[01]", PARLEY_SYNTAX, 1, 2, "'01' is no JSON number", "leading zeros"},
        {"[+1]", PARLEY_SYNTAX, 1, 2, "'+1' is no JSON number", ""},
        {"[1.]", PARLEY_SYNTAX, 1, 2, "'1.' is no JSON number", ""},
        {"[.5]", PARLEY_SYNTAX, 1, 2, "'.5' is no JSON number", ""},
        {"[-]", PARLEY_SYNTAX, 1, 2, "'-' is no JSON number", ""},
        {"[1e]", PARLEY_SYNTAX, 1, 2, "'1e' is no JSON number", ""},
        {"[2025-03-11]", PARLEY_SYNTAX, 1, 2, "is no JSON number", "dates"},
        {"{\"a\": 1 // x\n}", PARLEY_SYNTAX, 1, 9, "no comments", "YAML"},
        {"# x\n{}", PARLEY_SYNTAX, 1, 1, "no comments", "YAML"},
        {"{} // x\n", PARLEY_SYNTAX, 1, 4, "no comments", "YAML"},
        {"{\"a\" 1}", PARLEY_SYNTAX, 1, 6, "a colon", ""},
        {"{\"a\": 1\n \"b\": 2}", PARLEY_SYNTAX, 2, 2, "',' or '}' must stand here", ""},
        {"[1 2]", PARLEY_SYNTAX, 1, 4, "',' or ']' must stand here", ""},
        {"[\"x\n\"]", PARLEY_SYNTAX, 1, 2, "not closed on its line", "\\n"},
        {"[\"x", PARLEY_SYNTAX, 1, 2, "not closed on its line", "\\n"},
        {"[\"x\ty\"]", PARLEY_SYNTAX, 1, 4, "control character", "\\t"},
        {"{\"a\": [1, 2", PARLEY_SYNTAX, 1, 7, "never closed", "']'"},
        {"{\"a\":", PARLEY_SYNTAX, 1, 1, "never closed", "'}'"},
        {"[1}", PARLEY_SYNTAX, 1, 3, "must stand before this '}'", "']'"},
        {"{\"a\": }", PARLEY_SYNTAX, 1, 7, "a value must stand before", ""},
        {"[\"\\d\"]", PARLEY_SYNTAX, 1, 3, "this is none", "backslash"},
        {"[\"\\u12\"]", PARLEY_SYNTAX, 1, 3, "four hexadecimal", ""},
        {"[\"\\ud800\"]", PARLEY_SYNTAX, 1, 3, "half of a surrogate pair", "both"},
        {"[\"\\udc00\\ud800\"]", PARLEY_SYNTAX, 1, 3, "half of a surrogate pair", "both"},
        {"[\"\\ud800\\u0041\"]", PARLEY_SYNTAX, 1, 3, "half of a surrogate pair", "both"},
        {"[\"\\u0000\"]", PARLEY_INVALID, 1, 3, "NUL", "leave"},
        {"{} x", PARLEY_SYNTAX, 1, 4, "text follows", "take it out"},
        {"[\"\xC3\xA9\", x]", PARLEY_SYNTAX, 1, 7, "'x' is no JSON value", ""},
        {"[\xC3\xA9]", PARLEY_SYNTAX, 1, 2, "is no JSON value", ""},
        {"[\x01]", PARLEY_SYNTAX, 1, 2, "a value must stand here", ""},
        {"", PARLEY_INVALID, 1, 1, "the file is empty", ""},
    };
    check_faults(parley_json_reader, faults, CHECK_COUNT(faults));
}

/* Cut anywhere, a document is an error; its place lies in the file. */
static void a_document_cut_short_is_an_error(void **state)
{
    (void)state;
    static const char text[] =
        "{\"a\": [1, \"\\u00e9\\ud83d\\ude00\", {\"b\": null}], \"c\": -1.5e3}";
    for (size_t n = 0; n < sizeof text - 1; n++) {
        parley_ctx *ctx = check_ctx();
        parley_error err = PARLEY_ERROR_INIT;
        char out[4096];
        parley_status status = events_of(ctx, parley_json_reader, text, n, out, sizeof out, &err);
        assert_int_not_equal(status, PARLEY_OK);
        assert_true(err.span.line == 1 && err.span.end <= n);
        check_ctx_done(ctx);
    }
}

static void deep_nesting_is_a_limit(void **state)
{
    (void)state;
    size_t n = 100000;
    char *text = malloc(n);
    assert_non_null(text);
    memset(text, '[', n);
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    char out[4096];
    check_fails(events_of(ctx, parley_json_reader, text, n, out, sizeof out, &err), PARLEY_LIMIT,
                &err);
    assert_int_equal(err.span.column, 65);
    check_ctx_done(ctx);
    free(text);
}

static parley_status read_all(parley_ctx *ctx, void *user, parley_error *err)
{
    static char out[8192];
    return events_of(ctx, parley_json_reader, user, strlen(user), out, sizeof out, err);
}

static void the_reader_survives_every_allocation_failure(void **state)
{
    (void)state;
    static char text[2000];
    strcpy(text, "{\"a\": [1, {\"b\": \"");
    memset(text + strlen(text), 'x', 1500);
    strcat(text, "\"}]}");
    torture(read_all, text, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_come_in_the_order_of_the_text),
        cmocka_unit_test(escapes_make_characters),
        cmocka_unit_test(the_usual_slips_are_named),
        cmocka_unit_test(a_document_cut_short_is_an_error),
        cmocka_unit_test(deep_nesting_is_a_limit),
        cmocka_unit_test(the_reader_survives_every_allocation_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
