/* What is said about a formula that cannot be read: the words, the remedy, the very character. */
#include "case/formula_table.h"

#include <stdio.h>

typedef struct row {
    const char *text;
    parley_status status;
    uint32_t column; /* characters, from 1 */
    uint32_t width;  /* bytes */
    const char *message;
    const char *hint;
} row;

#define SYNTAX PARLEY_SYNTAX
#define INVALID PARLEY_INVALID
#define NOTFOUND PARLEY_NOTFOUND

static const row names_rows[] = {
    {"arms = stoped", NOTFOUND, 8, 6, "'stoped' is no option of 'arms'",
     "did you mean 'stopped'? options: continue, limited, stopped"},
    {"arms = stop", NOTFOUND, 8, 4, "'stop' is no option of 'arms'",
     "did you mean 'stopped'? options: continue, limited, stopped"},
    {"arms = STOPPED", NOTFOUND, 8, 7, "'STOPPED' is no option of 'arms'",
     "did you mean 'stopped'? options: continue, limited, stopped"},
    {"arms = frozen", NOTFOUND, 8, 6, "'frozen' is no option of 'arms'",
     "options: continue, limited, stopped"},
    {"arms = Go", NOTFOUND, 8, 2, "'Go' is no option of 'arms'",
     "options: continue, limited, stopped"},
    {"arms = \"Go off\"", NOTFOUND, 8, 8, "'Go off' is no option of 'arms'",
     "options: continue, limited, stopped"},
    {"arms in {limited, stoped}", NOTFOUND, 19, 6, "'stoped' is no option of 'arms'",
     "did you mean 'stopped'? options: continue, limited, stopped"},
    {"armz = stopped", NOTFOUND, 1, 4, "no issue is called 'armz'", "did you mean 'arms'?"},
    {"true and (armz = stopped)", NOTFOUND, 11, 4, "no issue is called 'armz'",
     "did you mean 'arms'?"},
    {"weather = fine", NOTFOUND, 1, 7, "no issue is called 'weather'",
     "issues: duration, start, arms, kursk, land, aid, \xC3\xA9tat, not"},
    {"ru = stopped", NOTFOUND, 1, 2, "no issue is called 'ru'",
     "'ru' is a party: say what it accepts, as in 'ru accepts PROPOSAL'"},
    {"arms = continue or limited", NOTFOUND, 20, 7, "no issue is called 'limited'",
     "'limited' is an option of 'arms': write the issue too, 'arms = ...'"},
    {"\xC3\xA9tat = mot", NOTFOUND, 8, 3, "'mot' is no option of '\xC3\xA9tat'",
     "did you mean 'not'? options: n\xC3\xA9, not"},
    {"fr accepts offer-30", NOTFOUND, 1, 2, "no party is called 'fr'", "parties: us, ua, ru"},
    {"ru accepts offer-3", NOTFOUND, 12, 7, "no proposal is called 'offer-3'",
     "did you mean 'offer-30'?"},
    {"ru accepts \"draft too\"", NOTFOUND, 12, 11, "no proposal is called 'draft too'",
     "did you mean 'draft two'?"},
    {"aid.west >= 40", NOTFOUND, 5, 4, "'west' is no recipient of 'aid'",
     "recipients: north, the south"},
    {"aid.nort >= 40", NOTFOUND, 5, 4, "'nort' is no recipient of 'aid'",
     "did you mean 'north'? recipients: north, the south"},
};

static const row kinds_rows[] = {
    {"duration = stopped", INVALID, 12, 7,
     "'duration' is a number: 'stopped' is none, compare it with a number",
     "as in 'duration <= 30'"},
    {"arms = 3", INVALID, 8, 1, "'arms' is a choice: compare it with an option",
     "options: continue, limited, stopped"},
    {"start < at-once", INVALID, 7, 1, "'start' has no order: use =, != or in {..}",
     "add 'ordered: true' to the issue"},
    {"start >= at-once", INVALID, 7, 2, "'start' has no order: use =, != or in {..}",
     "add 'ordered: true' to the issue"},
    {"land = here", INVALID, 1, 4, "'land' has no options yet",
     "type its options, or keep this as words"},
    {"land in {here}", INVALID, 1, 4, "'land' has no options yet",
     "type its options, or keep this as words"},
    {"land.north = 3", INVALID, 1, 4, "'land' has no options yet",
     "type its options, or keep this as words"},
    {"land", SYNTAX, 5, 0, "expected a comparison after 'land'",
     "type its options, or keep this as words"},
    {"aid >= 40", INVALID, 1, 3, "'aid' is a split: name the recipient",
     "as in 'aid.NAME'; recipients: north, the south"},
    {"arms.north = 3", INVALID, 5, 1, "'arms' is no split: it has no shares",
     "leave '.' out; names with a point go in double quotes"},
    {"aid. = 3", SYNTAX, 6, 1, "expected a recipient after '.'", ""},
    {"aid.north", SYNTAX, 10, 0, "expected a comparison after 'aid'",
     "use =, !=, <, <=, >, >= or in {..}"},
};

static const row numbers_rows[] = {
    {"duration <= 30 days", SYNTAX, 16, 4, "'days' follows a number",
     "leave the unit out, or join two formulas with and, or"},
    {"duration <= 30days", SYNTAX, 13, 6, "'30days' is no number",
     "write the number alone: leave the unit out"},
    {"duration <= 30%", SYNTAX, 15, 1, "'%' is no operator", "leave the unit out"},
    {"duration <= $30", SYNTAX, 13, 1, "'$' is no operator", "leave the unit out"},
    {"duration = 15-30", SYNTAX, 12, 5, "'15-30' is no number",
     "a range is two comparisons: at least and at most"},
    {"duration <= 1,000", SYNTAX, 13, 5, "'1,000' has a comma: numbers have none", "write 1000"},
    {"duration <= 2,5", SYNTAX, 13, 3, "'2,5' has a comma: numbers have none", "write 2.5"},
    {"duration in {1,000}", SYNTAX, 14, 5, "'1,000' can be read as one number or two",
     "1000 for one number, 1, 000 with a blank for two"},
    {"duration = 10 000", SYNTAX, 15, 3, "'000' left over after the formula",
     "write a number without blanks, or join two formulas with and, or"},
    {"duration = 30.", SYNTAX, 12, 3, "'30.' is no number", "digits follow the point"},
    {"duration = .5", SYNTAX, 12, 1, "expected a number after '='",
     "a digit stands before the point, as in 0.5"},
    {"duration = +5", SYNTAX, 12, 1, "'+' is no operator", "formulas compare, they do not reckon"},
    {"duration = - 5", SYNTAX, 12, 1, "'-' is no operator",
     "a '-' stands right before its number, or inside a name"},
    {"duration = 1e5", SYNTAX, 12, 3, "'1e5' is no number",
     "write the number alone: leave the unit out"},
    {"duration = 99999999999999999999", PARLEY_RANGE, 12, 20,
     "'99999999999999999999' has too many digits", "numbers have up to 18 digits"},
    {"15 <= duration", SYNTAX, 1, 2, "expected a formula",
     "a comparison begins with the issue, as in 'duration <= 30'"},
    {"duration >= 15 <= 30", SYNTAX, 16, 2, "'<=' left over after the formula",
     "write two comparisons and join them with and, or"},
};

static const row signs_rows[] = {
    {"arms =< stopped", SYNTAX, 6, 2, "'=<' is no operator", "did you mean '<='?"},
    {"arms => stopped", SYNTAX, 6, 2, "'=>' is no operator",
     "did you mean '>='? the word for a consequence is 'implies'"},
    {"arms == stopped", SYNTAX, 6, 2, "'==' is no operator", "one '=' is enough"},
    {"arms <> stopped", SYNTAX, 6, 2, "'<>' is no operator", "did you mean '!='?"},
    {"arms := stopped", SYNTAX, 6, 2, "':=' is no operator", "did you mean '='?"},
    {"arms: stopped", SYNTAX, 5, 1, "':' is no operator", "did you mean '='?"},
    {"arms \xE2\x89\xA4 stopped", SYNTAX, 6, 3, "'\xE2\x89\xA4' is no operator",
     "did you mean '<='?"},
    {"true && false", SYNTAX, 6, 2, "'&&' is no operator", "the word is 'and'"},
    {"true || false", SYNTAX, 6, 2, "'||' is no operator", "the word is 'or'"},
    {"true -> false", SYNTAX, 6, 2, "'->' is no operator", "the word is 'implies'"},
    {"true <-> false", SYNTAX, 6, 3, "'<->' is no operator", "the word is 'iff'"},
    {"!true", SYNTAX, 1, 1, "'!' is no operator", "the word is 'not'; 'is not' is written !="},
    {"arms = 'stopped'", SYNTAX, 8, 1, "''' is no operator",
     "names go in straight double quotes: \"...\""},
    {"arms = \xE2\x80\x9Cstopped\xE2\x80\x9D", SYNTAX, 8, 3, "'\xE2\x80\x9C' is no operator",
     "names go in straight double quotes: \"...\""},
    {"arms in [stopped]", SYNTAX, 9, 1, "'[' is no operator",
     "a list is written in braces: {a, b}"},
    {"arms = stopped #", SYNTAX, 16, 1, "'#' has no meaning in a formula",
     "names with other signs go in double quotes"},
    {"arms = \x01", SYNTAX, 8, 1, "a control character in a formula", "remove it"},
    {"\xC3\xA9tat = \xC3\x28", SYNTAX, 8, 1, "byte 0xC3 is no UTF-8", "save the text as UTF-8"},
};

static const row quotes_rows[] = {
    {"arms = \"stopped", SYNTAX, 8, 8, "unclosed quote", "add the closing '\"'"},
    {"arms = \"stopped\\", SYNTAX, 8, 9, "unclosed quote", "add the closing '\"'"},
    {"arms = \"stopped\\\"", SYNTAX, 8, 10, "unclosed quote", "add the closing '\"'"},
    {"arms = \"\"", SYNTAX, 8, 2, "empty name", "write the name between the quotes"},
    {"arms = \"sto\\pped\"", SYNTAX, 12, 2, "'\\p' is no escape", "in quotes: \\\" and \\\\"},
};

static const row shape_rows[] = {
    {"", SYNTAX, 1, 0, "empty formula", "write a comparison such as 'arms = stopped'"},
    {"   ", SYNTAX, 1, 0, "empty formula", "write a comparison such as 'arms = stopped'"},
    {"arms =", SYNTAX, 7, 0, "expected an option after '='", ""},
    {"arms =   ", SYNTAX, 7, 0, "expected an option after '='", ""},
    {"duration =", SYNTAX, 11, 0, "expected a number after '='", ""},
    {"arms", SYNTAX, 5, 0, "expected a comparison after 'arms'",
     "use =, !=, <, <=, >, >= or in {..}"},
    {"start", SYNTAX, 6, 0, "expected a comparison after 'start'", "use =, != or in {..}"},
    {"arms and intelligence", SYNTAX, 6, 3, "expected a comparison after 'arms'",
     "use =, !=, <, <=, >, >= or in {..}"},
    {"arms is stopped", SYNTAX, 6, 2, "expected a comparison after 'arms'", "write '='"},
    {"arms not in {stopped}", SYNTAX, 6, 3, "expected a comparison after 'arms'",
     "use !=, or put 'not' in front: 'not arms in {..}'"},
    {"arms = {stopped}", SYNTAX, 8, 1, "expected an option after '='", "a list follows 'in'"},
    {"arms in stopped", SYNTAX, 9, 7, "expected '{' after 'in'",
     "a list is written in braces: {a, b}"},
    {"arms in (stopped)", SYNTAX, 9, 1, "expected '{' after 'in'",
     "a list is written in braces: {a, b}"},
    {"arms in {}", SYNTAX, 10, 1, "empty list after 'in'", "name at least one option"},
    {"duration in {}", SYNTAX, 14, 1, "empty list after 'in'", "name at least one number"},
    {"arms in {stopped,}", SYNTAX, 18, 1, "expected an option after ','", ""},
    {"arms in {stopped limited}", SYNTAX, 18, 7, "expected ',' or '}' after 'stopped'",
     "the entries of a list stand between commas"},
    {"arms in {stopped", SYNTAX, 17, 0, "expected '}': the '{' at character 9 is not closed",
     "add '}'"},
    {"arms = if", SYNTAX, 8, 2, "expected an option after '='",
     "'if' is a keyword: as a name it is written \"if\""},
    {"in = stopped", SYNTAX, 1, 2, "expected a formula",
     "'in' is a keyword: as a name it is written \"in\""},
    {"not = \"a\\\\b\"", SYNTAX, 5, 1, "expected a formula after 'not'",
     "'not' is a keyword: as a name it is written \"not\""},
    {"ru accepts", SYNTAX, 11, 0, "expected a proposal after 'accepts'", ""},
    {"ru accepts not", SYNTAX, 12, 3, "expected a proposal after 'accepts'",
     "'not' is a keyword: as a name it is written \"not\""},
    {"true AND false", SYNTAX, 6, 3, "'AND' is no keyword", "write 'and' in lower case"},
    {"Not true", SYNTAX, 1, 3, "'Not' is no keyword", "write 'not' in lower case"},
    {"True", SYNTAX, 1, 4, "'True' is no keyword", "write 'true' in lower case"},
    {"true Implies false", SYNTAX, 6, 7, "'Implies' is no keyword",
     "write 'implies' in lower case"},
    {"arms = stopped kursk = surrender", SYNTAX, 16, 5, "'kursk' left over after the formula",
     "join them with and, or"},
    {"(arms = stopped kursk = surrender)", SYNTAX, 17, 5, "'kursk' left over after the formula",
     "join them with and, or"},
    {"true not false", SYNTAX, 6, 3, "'not' left over after the formula", "join them with and, or"},
    {"arms = stopped, true", SYNTAX, 15, 1, "',' left over after the formula",
     "join them with and, or"},
    {"arms = stopped.", SYNTAX, 15, 1, "'.' left over after the formula",
     "a formula ends without a point"},
    {"true accepts offer-30", SYNTAX, 6, 7, "'accepts' left over after the formula",
     "as in 'PARTY accepts PROPOSAL'"},
    {"(true", SYNTAX, 6, 0, "expected ')': the '(' at character 1 is not closed", "add ')'"},
    {"true and (true or (false) ", SYNTAX, 26, 0,
     "expected ')': the '(' at character 10 is not closed", "add ')'"},
    {"true)", SYNTAX, 5, 1, "this ')' closes nothing", "remove it, or add the '('"},
    {"()", SYNTAX, 2, 1, "nothing between the parentheses",
     "write a formula between them, or remove them"},
    {"true and", SYNTAX, 9, 0, "expected a formula after 'and'",
     "a formula is a comparison such as 'arms = stopped'"},
    {"and true", SYNTAX, 1, 3, "expected a formula", "'and' stands between two formulas"},
    {"true and or false", SYNTAX, 10, 2, "expected a formula after 'and'",
     "'or' stands between two formulas"},
    {"if true then false", SYNTAX, 1, 2, "expected a formula", "write 'F if G', or 'G implies F'"},
    {"= stopped", SYNTAX, 1, 1, "expected a formula", "a comparison begins with the issue"},
    {"true implies false if true", SYNTAX, 20, 2,
     "'if' and 'implies' do not mix without parentheses", "put one of them in parentheses"},
    {"true if false implies true", SYNTAX, 15, 7,
     "'if' and 'implies' do not mix without parentheses", "put one of them in parentheses"},
    /* the first fault in the text is told, not the one that is noticed first */
    {"armz == stopped", NOTFOUND, 1, 4, "no issue is called 'armz'", "did you mean 'arms'?"},
    {"arms = stoped && true", NOTFOUND, 8, 6, "'stoped' is no option of 'arms'",
     "did you mean 'stopped'? options: continue, limited, stopped"},
    {"arms = stopped and \"", SYNTAX, 20, 1, "unclosed quote", "add the closing '\"'"},
};

static void check_row(const row *r)
{
    table t = table_halt();
    parley_formula_names names = table_names(&t);
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    const parley_formula_place exact = {"case.yaml", {1000, 1100, 14, 9}, true};
    const parley_formula_place vague = {"case.yaml", {1000, 1100, 14, 9}, false};
    const parley_formula_place *const place[] = {NULL, &exact, &vague};
    for (int k = 0; k < 3; k++) {
        const parley_formula *f = NULL;
        parley_error e = PARLEY_ERROR_INIT;
        parley_status status = parley_formula_parse(&f, arena, parley_ctx_limits(ctx), &names,
                                                    r->text, strlen(r->text), place[k], &e);
        assert_null(f);
        char message[PARLEY_ERROR_MESSAGE_MAX];
        snprintf(message, sizeof message, "%s", r->message);
        parley_span want = {0, 0, 14, 9};
        if (k == 2) {
            snprintf(message, sizeof message, "%s (at character %u of the formula)", r->message,
                     r->column);
            want = vague.span;
        } else {
            want.line = k == 0 ? 1 : 14;
            want.column = k == 0 ? r->column : r->column + 8;
        }
        bool same = status == r->status && strcmp(e.hint, r->hint) == 0 &&
                    e.span.line == want.line && e.span.column == want.column;
        /* the place of an opening brace or parenthesis is told in columns of the file if it is
         * known */
        same = same && (k == 1 && strstr(message, "at character") != NULL
                            ? strstr(e.message, "at column") != NULL
                            : strcmp(e.message, message) == 0);
        same = same && (k == 2 ? e.span.begin == 1000 && e.span.end == 1100
                               : e.span.end - e.span.begin == r->width);
        same = same && strcmp(e.source, k == 0 ? "" : "case.yaml") == 0;
        if (!same) {
            char line[1024];
            parley_error_print(&e, line, sizeof line);
            print_error("%s\n  gave   %s [%s, %u bytes]\n  wanted 1:%u: %s; %s\n", r->text, line,
                        parley_status_word(status), e.span.end - e.span.begin, r->column, message,
                        r->hint);
            fail();
        }
        assert_int_equal(
            parley_formula_parse(&f, arena, NULL, &names, r->text, strlen(r->text), place[k], NULL),
            r->status);
    }
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

#define CHECK_ROWS(rows)                                                                           \
    (void)state;                                                                                   \
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {                                               \
        check_row(&rows[i]);                                                                       \
    }

static void an_unknown_name_is_named_with_the_nearest_one(void **state)
{
    CHECK_ROWS(names_rows)
}

static void a_comparison_that_the_issue_does_not_allow_is_explained(void **state)
{
    CHECK_ROWS(kinds_rows)
}

static void units_commas_and_ranges_in_numbers_are_explained(void **state)
{
    CHECK_ROWS(numbers_rows)
}

static void signs_of_other_notations_are_translated(void **state)
{
    CHECK_ROWS(signs_rows)
}

static void quotes_that_go_wrong_are_shown(void **state)
{
    CHECK_ROWS(quotes_rows)
}

static void a_broken_shape_is_shown_where_it_breaks(void **state)
{
    CHECK_ROWS(shape_rows)
}

static void an_opening_parenthesis_is_named_by_its_column_in_the_file(void **state)
{
    (void)state;
    table t = table_halt();
    parley_formula_names names = table_names(&t);
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    parley_formula_place place = {"case.yaml", {1000, 1005, 14, 9}, true};
    const parley_formula *f = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_fails(parley_formula_parse(&f, arena, NULL, &names, "true and (true", 14, &place, &err),
                SYNTAX, &err);
    char line[400];
    parley_error_print(&err, line, sizeof line);
    assert_string_equal(
        line, "case.yaml:14:23: expected ')': the '(' at column 18 is not closed; add ')'");
    assert_int_equal(err.span.begin, 1014);
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

static void a_nul_byte_is_no_end(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t length;
        uint32_t column;
        const char *message;
    } rows[] = {{"true\0", 5, 5, "a control character in a formula"},
                {"arms = \"a\0b\"", 12, 10, "a NUL byte in a name"}};
    table t = table_halt();
    parley_formula_names names = table_names(&t);
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        const parley_formula *f = NULL;
        parley_error err = PARLEY_ERROR_INIT;
        check_fails(
            parley_formula_parse(&f, arena, NULL, &names, rows[i].text, rows[i].length, NULL, &err),
            SYNTAX, &err);
        assert_string_equal(err.message, rows[i].message);
        assert_int_equal(err.span.column, rows[i].column);
    }
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

static void long_names_leave_a_message_of_one_whole_line(void **state)
{
    (void)state;
    table t = table_halt();
    char id[400];
    for (size_t i = 0; i + 2 < sizeof id; i += 2) {
        memcpy(id + i, "\xC3\xA9", 3);
    }
    id[sizeof id - 2] = '\0';
    for (int i = 1; i < 4; i++) {
        t.issue[i].id = id;
        t.issue[i].name[0] = id;
        t.issue[i].name[1] = id;
        t.issue[i].name[2] = "line\nbreak";
        t.party[i - 1] = id;
    }
    parley_formula_names names = table_names(&t);
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    static const char *const shape[] = {"x = %s",     "%s = %sx",      "%s = \"line\nbreak2\"",
                                        "%s = 3",     "%s accepts %s", "%s < %s",
                                        "%s.%s = %s", "%s %s"};
    for (size_t i = 0; i < CHECK_COUNT(shape); i++) {
        char text[1600] = "";
        size_t n = 0;
        for (const char *s = shape[i]; *s != '\0'; s++) {
            if (*s == '%') {
                memcpy(text + n, id, strlen(id));
                n += strlen(id);
                s++;
            } else {
                text[n++] = *s;
            }
        }
        const parley_formula *f = NULL;
        parley_error err = PARLEY_ERROR_INIT;
        assert_int_not_equal(parley_formula_parse(&f, arena, NULL, &names, text, n, NULL, &err),
                             PARLEY_OK);
        assert_null(strchr(err.message, '\n'));
        assert_null(strchr(err.hint, '\n'));
        assert_true(parley_utf8_valid(err.message, strlen(err.message), NULL));
        assert_true(parley_utf8_valid(err.hint, strlen(err.hint), NULL));
        assert_true(strlen(err.message) < PARLEY_ERROR_MESSAGE_MAX - 40);
    }
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unknown_name_is_named_with_the_nearest_one),
        cmocka_unit_test(a_comparison_that_the_issue_does_not_allow_is_explained),
        cmocka_unit_test(units_commas_and_ranges_in_numbers_are_explained),
        cmocka_unit_test(signs_of_other_notations_are_translated),
        cmocka_unit_test(quotes_that_go_wrong_are_shown),
        cmocka_unit_test(a_broken_shape_is_shown_where_it_breaks),
        cmocka_unit_test(an_opening_parenthesis_is_named_by_its_column_in_the_file),
        cmocka_unit_test(a_nul_byte_is_no_end),
        cmocka_unit_test(long_names_leave_a_message_of_one_whole_line),
    };
    return cmocka_run_group_tests_name("formula_errors", tests, NULL, NULL);
}
