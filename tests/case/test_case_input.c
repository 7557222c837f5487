/*
 * Bad and doubtful input: every message with its place, its words and its remedy.
 *
 * bad_input.txt holds the cases: a line `== sentence`, the file, a line `-- status`, then every
 * error and warning in the order in which they are told. `@base` stands for the lines of `base`
 * below.
 */
#include "support/check.h"

#include <parley/case.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char base[] =
    "parley: 1\n"
    "sources: {s: {name: \"S\", kind: outlet, date: 2025-03-14}}\n"
    "parties: {us: {roles: [mediator]}, ua: {roles: [principal]}, ru: {roles: [principal]}}\n"
    "people: {putin: {of: ru}}\n"
    "tracks: {halt: {table: now}}\n"
    "issues: {arms: {track: halt, ordered: true, options: {continue: \"Go on\", limited: \"Some\", "
    "stopped: \"All\"}}, duration: {track: halt, quantity: {unit: day, from: 15, to: 30, step: "
    "15}}}\n"
    "proposals: {offer: {tabled-by: us, date: 2025-03-11, text: \"duration = 30\"}}\n";

static const char *input_path;

/* What reading says, as bad_input.txt has it. */
static char *judge(parley_ctx *ctx, const char *name, const char *yaml, size_t length)
{
    parley_case *c = (parley_case *)(uintptr_t)1; /* must become NULL */
    parley_error err = PARLEY_ERROR_INIT;
    parley_diagnostics *list = parley_diagnostics_new(ctx);
    assert_non_null(list);
    parley_status status = parley_case_read(&c, ctx, name, yaml, length, NULL, list, &err);
    assert_int_equal(status == PARLEY_OK, c != NULL);
    assert_int_equal(status, err.status);
    size_t room = 1u << 16;
    char *out = calloc(room, 1);
    assert_non_null(out);
    size_t used = (size_t)snprintf(out, room, "-- %s\n", parley_status_word(status));
    bool first = true;
    for (size_t i = 0; i < parley_diagnostics_size(list); i++) {
        const parley_diagnostic *d = parley_diagnostics_at(list, i);
        char line[1200];
        parley_error_print(&d->error, line, sizeof(line));
        assert_null(strchr(line, '\n'));
        used += (size_t)snprintf(out + used, room - used, "%s %s\n",
                                 d->severity == PARLEY_SEVERITY_ERROR ? "error" : "warning", line);
        if (d->severity == PARLEY_SEVERITY_ERROR && first) {
            /* the status is the first error's, and so is the error object */
            assert_string_equal(err.message, d->error.message);
            assert_int_equal(err.span.begin, d->error.span.begin);
            first = false;
        }
    }
    assert_int_equal(first, status == PARLEY_OK);
    parley_diagnostics_free(list);
    /* the same without anybody listening */
    parley_case *quiet = NULL;
    assert_int_equal(parley_case_read(&quiet, ctx, name, yaml, length, NULL, NULL, NULL), status);
    parley_case_free(quiet);
    parley_case_free(c);
    return out;
}

static char *read_whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = calloc(1u << 20, 1);
    assert_non_null(text);
    size_t got = fread(text, 1, (1u << 20) - 1, file);
    assert_true(got > 0 && got < (1u << 20) - 1);
    fclose(file);
    return text;
}

static void each_bad_input_gives_its_place_its_words_and_its_remedy(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    char *text = read_whole(input_path);
    char *yaml = calloc(1u << 16, 1);
    assert_non_null(yaml);
    bool bless = getenv("PARLEY_BLESS") != NULL;
    int wrong = 0;
    int count = 0;
    for (char *at = text; at != NULL && *at != '\0';) {
        char *title = at;
        char *body = strchr(at, '\n');
        assert_true(strncmp(title, "== ", 3) == 0 && body != NULL);
        *body++ = '\0';
        char *next = strncmp(body, "== ", 3) == 0 ? body : strstr(body, "\n== ");
        size_t length = next != NULL ? (size_t)(next - body) + (next != body) : strlen(body);
        char *expected = strncmp(body, "-- ", 3) == 0 ? body : strstr(body, "\n-- ");
        size_t lines = length;
        if (expected != NULL && expected < body + length) {
            expected += expected != body;
            lines = (size_t)(expected - body);
        } else {
            expected = body + length;
        }
        size_t used = 0;
        const char *own = body;
        if (strncmp(own, "@base\n", 6) == 0) {
            memcpy(yaml, base, sizeof(base) - 1);
            used = sizeof(base) - 1;
            own += 6;
        }
        memcpy(yaml + used, own, lines - (size_t)(own - body));
        used += lines - (size_t)(own - body);
        char *said = judge(ctx, "case.yaml", yaml, used);
        size_t wanted = length - lines;
        if (bless) {
            printf("%s\n%.*s%s", title, (int)lines, body, said);
        } else if (strlen(said) != wanted || strncmp(said, expected, wanted) != 0) {
            print_error("%s\nexpected:\n%.*sfound:\n%s", title, (int)wanted, expected, said);
            wrong++;
        }
        free(said);
        count++;
        at = body + length;
    }
    free(yaml);
    free(text);
    assert_int_equal(wrong, 0);
    assert_true(count > 40);
    check_ctx_done(ctx);
}

/* A case with `count` claims, each by nobody. */
static char *many_errors(uint32_t count)
{
    char *text = calloc((size_t)count * 100 + 200, 1);
    assert_non_null(text);
    size_t used =
        (size_t)sprintf(text, "parley: 1\nparties: {ru: {roles: [principal]}}\nclaims:\n");
    for (uint32_t i = 0; i < count; i++) {
        used += (size_t)sprintf(text + used, "  c%u: {by: nobody%u, act: say, date: 2025}\n", i, i);
    }
    return text;
}

static void at_most_fifty_errors_are_kept_and_the_rest_is_counted(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    char *text = many_errors(120);
    parley_diagnostics *list = parley_diagnostics_new(ctx);
    parley_case *c = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_fails(parley_case_read(&c, ctx, "many.yaml", text, strlen(text), NULL, list, &err),
                PARLEY_NOTFOUND, &err);
    assert_null(c);
    assert_int_equal(parley_diagnostics_errors(list), 120);
    size_t kept = 0;
    uint32_t before = 0;
    for (size_t i = 0; i < parley_diagnostics_size(list); i++) {
        const parley_diagnostic *d = parley_diagnostics_at(list, i);
        kept += d->severity == PARLEY_SEVERITY_ERROR;
        assert_true(d->error.span.begin >= before);
        before = d->error.span.begin;
    }
    assert_int_equal(kept, 50);
    assert_int_equal(err.span.line, 4);
    parley_diagnostics_free(list);
    free(text);
    check_ctx_done(ctx);
}

static void thousands_of_wrong_ids_do_not_take_the_square_of_the_time(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    char *text = many_errors(40000); /* the time limit of the test is the check */
    parley_case *c = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_fails(parley_case_read(&c, ctx, "many.yaml", text, strlen(text), NULL, NULL, &err),
                PARLEY_NOTFOUND, &err);
    free(text);
    check_ctx_done(ctx);
}

static void an_error_of_another_file_in_the_list_is_not_told_again(void **state)
{
    (void)state;
    static const char bad[] = "parley: 1\nzz: 1\n";
    static const char worse[] = "parley: 1\n\n\nparties: {ru: {role: x}}\n";
    parley_ctx *ctx = check_ctx();
    parley_diagnostics *list = parley_diagnostics_new(ctx);
    parley_case *c = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_fails(parley_case_read(&c, ctx, "bad.yaml", bad, sizeof(bad) - 1, NULL, list, &err),
                PARLEY_INVALID, &err);
    parley_error_clear(&err);
    check_fails(parley_case_read(&c, ctx, "worse.yaml", worse, sizeof(worse) - 1, NULL, list, &err),
                PARLEY_INVALID, &err);
    assert_string_equal(err.source, "worse.yaml");
    assert_int_equal(err.span.line, 4);
    parley_diagnostics_free(list);
    check_ctx_done(ctx);
}

/* Read with changed limits; gives the message. */
static void check_limit(const char *text, size_t length, const parley_limits *limits,
                        parley_status wanted, const char *message)
{
    parley_ctx_options options = PARLEY_CTX_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    parley_ctx *ctx = NULL;
    parley_case *c = NULL;
    options.limits = *limits;
    check_ok(parley_ctx_new(&ctx, &options, &err), &err);
    parley_status status = parley_case_read(&c, ctx, "big.yaml", text, length, NULL, NULL, &err);
    check_fails(status, wanted, &err);
    assert_null(c);
    if (strstr(err.message, message) == NULL) {
        fail_msg("'%s' is not in '%s'", message, err.message);
    }
    check_ctx_done(ctx);
}

static void every_limit_has_a_message_of_its_own(void **state)
{
    (void)state;
    static const char text[] =
        "parley: 1\nparties: {a: {roles: [principal]}, b: {}, c: {}}\n"
        "issues: {x: {options: {p: \"P\", q: \"Q\", r: \"R\"}}, y: {}, z: {quantity: {from: 0, "
        "to: 9, step: 1}}}\nrules: {r: {formula: \"x = p or x = q\"}}\n"
        "note: [[[[[[[[[[[[1]]]]]]]]]]]]\n";
    static const struct {
        const char *message;
        size_t offset;
        uint32_t value;
    } row[] = {
        {"file_bytes", offsetof(parley_limits, file_bytes), 100},
        {"depth", offsetof(parley_limits, depth), 8},
        {"nodes", offsetof(parley_limits, nodes), 10},
        {"'parties'", offsetof(parley_limits, parties), 2},
        {"'issues'", offsetof(parley_limits, issues), 2},
        {"'options'", offsetof(parley_limits, options), 2},
        {"at most 5 are read", offsetof(parley_limits, formula_bytes), 5},
    };
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        parley_limits limits = PARLEY_LIMITS_INIT;
        memcpy((char *)&limits + row[i].offset, &row[i].value, sizeof(row[i].value));
        check_limit(text, sizeof(text) - 1, &limits, PARLEY_LIMIT, row[i].message);
    }
}

static void more_parties_than_labels_can_hold_are_refused_not_written_past(void **state)
{
    (void)state;
    parley_limits limits = PARLEY_LIMITS_INIT;
    char *text = calloc(40000, 1);
    assert_non_null(text);
    size_t used = (size_t)sprintf(text, "parley: 1\nparties:\n");
    for (int i = 0; i < 300; i++) {
        used += (size_t)sprintf(text + used, "  p%d: {roles: [principal], label: [p%d]}\n", i, i);
    }
    check_limit(text, used, &limits, PARLEY_LIMIT, "more than 250 parties");
    limits.parties = 100000;
    check_limit(text, used, &limits, PARLEY_LIMIT, "more than 252 parties");
    free(text);
}

static void bytes_that_are_no_text_are_named(void **state)
{
    (void)state;
    static const char utf8[] = "parley: 1\ntitle: \"a\xFF\"\n";
    static const char nul[] = "parley: 1\ntitle: \"a\0b\"\n";
    const parley_limits limits = PARLEY_LIMITS_INIT;
    check_limit(utf8, sizeof(utf8) - 1, &limits, PARLEY_SYNTAX, "UTF-8");
    check_limit(nul, sizeof(nul) - 1, &limits, PARLEY_INVALID, "NUL");
}

static void a_file_that_is_not_there_or_no_file_says_so(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = NULL;
    check_fails(parley_case_load(&c, ctx, "no/such/case.yaml", NULL, NULL, &err), PARLEY_NOTFOUND,
                &err);
    assert_null(c);
    assert_true(err.hint[0] != '\0');
    parley_error_clear(&err);
    check_fails(parley_case_load(&c, ctx, ".", NULL, NULL, &err), PARLEY_IO, &err);
    assert_null(c);
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    options.version = 7;
    parley_error_clear(&err);
    check_fails(parley_case_read(&c, ctx, "x", "parley: 1\n", 10, &options, NULL, &err),
                PARLEY_INVALID, &err);
    check_ctx_done(ctx);
}

int main(int count, char **name)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_bad_input_gives_its_place_its_words_and_its_remedy),
        cmocka_unit_test(at_most_fifty_errors_are_kept_and_the_rest_is_counted),
        cmocka_unit_test(thousands_of_wrong_ids_do_not_take_the_square_of_the_time),
        cmocka_unit_test(an_error_of_another_file_in_the_list_is_not_told_again),
        cmocka_unit_test(every_limit_has_a_message_of_its_own),
        cmocka_unit_test(more_parties_than_labels_can_hold_are_refused_not_written_past),
        cmocka_unit_test(bytes_that_are_no_text_are_named),
        cmocka_unit_test(a_file_that_is_not_there_or_no_file_says_so),
    };
    input_path = count > 1 ? name[1] : "bad_input.txt";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
