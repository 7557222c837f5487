/*
 * Reading a command line: what a command is given for what was typed, and the table itself.
 *
 * The commands are stand-ins; the program as a whole is tried in test_program.py.
 */
#include "support/torture.h"

#include "cli/options.h"

int cmd_status(cli_call *call)
{
    (void)call;
    return CLI_DONE;
}
int cmd_deals(cli_call *call)
{
    return cmd_status(call);
}
int cmd_bridges(cli_call *call)
{
    (void)call;
    return 0;
}
int cmd_blocks(cli_call *call)
{
    return cmd_status(call);
}
int cmd_ask(cli_call *call)
{
    return cmd_status(call);
}
int cmd_counter(cli_call *call)
{
    return cmd_status(call);
}
int cmd_show(cli_call *call)
{
    return cmd_status(call);
}
int cmd_text(cli_call *call)
{
    return cmd_status(call);
}
int cmd_brief(cli_call *call)
{
    return cmd_status(call);
}
int cmd_digest(cli_call *call)
{
    return cmd_status(call);
}
int cmd_page(cli_call *call)
{
    return cmd_status(call);
}
int cmd_relay(cli_call *call)
{
    return cmd_status(call);
}
int cmd_channels(cli_call *call)
{
    return cmd_status(call);
}
int cmd_meet(cli_call *call)
{
    return cmd_status(call);
}
int cmd_promises(cli_call *call)
{
    return cmd_status(call);
}
int cmd_favours(cli_call *call)
{
    return cmd_status(call);
}
int cmd_search(cli_call *call)
{
    return cmd_status(call);
}
int cmd_timeline(cli_call *call)
{
    return cmd_status(call);
}
int cmd_why(cli_call *call)
{
    return cmd_status(call);
}
int cmd_contradictions(cli_call *call)
{
    return cmd_status(call);
}
int cmd_figures(cli_call *call)
{
    return cmd_status(call);
}
int cmd_new(cli_call *call)
{
    return cmd_status(call);
}
int cmd_import(cli_call *call)
{
    return cmd_status(call);
}
int cmd_edit(cli_call *call)
{
    return cmd_status(call);
}
int cmd_flag(cli_call *call)
{
    return cmd_status(call);
}
int cmd_log(cli_call *call)
{
    return cmd_status(call);
}
int cmd_export(cli_call *call)
{
    return cmd_status(call);
}
int cmd_destroy(cli_call *call)
{
    return cmd_status(call);
}
int cmd_exports(cli_call *call)
{
    return cmd_status(call);
}
int cmd_verify(cli_call *call)
{
    return cmd_status(call);
}
int cmd_check(cli_call *call)
{
    return cmd_status(call);
}
int cmd_convert(cli_call *call)
{
    return cmd_status(call);
}
int cmd_words(cli_call *call)
{
    return cmd_status(call);
}
int cmd_help(cli_call *call)
{
    return cmd_status(call);
}

#define WORDS_MAX 16

typedef struct line {
    cli_call call;
    cli_memory memory;
    int status;
    char talk[2000]; /* what was said on stderr */
} line;

/* Read `parley` and the words, cut at blanks; a word `_` stands for an empty one. */
static void read_line(line *l, const char *words)
{
    static char copy[400];
    char *argv[WORDS_MAX] = {"parley"};
    int argc = 1;
    memset(l, 0, sizeof *l);
    assert_true(strlen(words) < sizeof copy);
    strcpy(copy, words);
    for (char *word = strtok(copy, " "); word != NULL; word = strtok(NULL, " ")) {
        assert_true(argc < WORDS_MAX);
        argv[argc++] = strcmp(word, "_") == 0 ? "" : word;
    }
    l->call.talk = tmpfile();
    assert_non_null(l->call.talk);
    l->status = cli_parse(&l->call, &l->memory, argc, argv);
    rewind(l->call.talk);
    l->talk[fread(l->talk, 1, sizeof l->talk - 1, l->call.talk)] = '\0';
    fclose(l->call.talk);
}

static void is_refused_at(const char *words, const char *message, const char *file, int number)
{
    line l;
    read_line(&l, words);
    if (l.status != CLI_USAGE || strstr(l.talk, message) == NULL) {
        print_error("'%s' gave %d and said: %s", words, l.status, l.talk);
        _fail(file, number);
    }
    cli_forget(&l.memory);
}
#define is_refused(words, message) is_refused_at((words), (message), __FILE__, __LINE__)

static void a_case_alone_means_status(void **state)
{
    (void)state;
    static const char *const lines[] = {"x.yaml",        "x.YML",     "x.json",
                                        "x.parley",      "no/such/x", "-",
                                        "--json x.yaml", "-- x.yaml", "x.yaml --json"};
    for (size_t i = 0; i < CHECK_COUNT(lines); i++) {
        line l;
        read_line(&l, lines[i]);
        assert_int_equal(l.status, CLI_DONE);
        assert_ptr_equal(l.call.verb, &cli_verbs[CLI_STATUS]);
        assert_int_equal(l.call.path_count, 1);
        assert_non_null(l.call.path);
        cli_forget(&l.memory);
    }
}

static void options_may_stand_anywhere(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "deals x.yaml --for ru --json --list=5", "--json deals --for=ru x.yaml --list=5",
        "--for ru --list=5 deals --json x.yaml", "--list=5 --json --for ru deals -- x.yaml"};
    for (size_t i = 0; i < CHECK_COUNT(lines); i++) {
        line l;
        read_line(&l, lines[i]);
        assert_int_equal(l.status, CLI_DONE);
        assert_ptr_equal(l.call.verb, &cli_verbs[CLI_DEALS]);
        assert_string_equal(l.call.path, "x.yaml");
        assert_true(l.call.json);
        assert_string_equal(cli_value(&l.call, CLI_OPT_FOR), "ru");
        assert_int_equal(cli_number(&l.call, CLI_OPT_LIST, 9), 5);
        cli_forget(&l.memory);
    }
}

static void values_come_with_their_type(void **state)
{
    (void)state;
    line l;
    read_line(&l, "deals x.yaml --as-of 2025-03-14 --seed 18446744073709551615 --rung readings");
    assert_int_equal(l.status, CLI_DONE);
    parley_date date;
    assert_true(cli_date(&l.call, CLI_OPT_AS_OF, &date));
    assert_int_equal(date.first, parley_day_number(2025, 3, 14));
    assert_false(cli_date(&l.call, CLI_OPT_AT, &date));
    assert_int_equal(date.form, PARLEY_DATE_UNKNOWN);
    assert_true(cli_number(&l.call, CLI_OPT_SEED, 0) == UINT64_MAX);
    assert_int_equal(cli_choice(&l.call, CLI_OPT_RUNG, -1), 8);
    assert_int_equal(cli_choice(&l.call, CLI_OPT_COLOR, -1), -1);
    assert_false(cli_has(&l.call, CLI_OPT_LIST));
    cli_forget(&l.memory);
}

static void an_optional_value_may_be_left_out(void **state)
{
    (void)state;
    line l;
    read_line(&l, "deals --list x.yaml");
    assert_int_equal(l.status, CLI_DONE);
    assert_string_equal(l.call.path, "x.yaml");
    assert_true(cli_has(&l.call, CLI_OPT_LIST));
    assert_null(cli_value(&l.call, CLI_OPT_LIST));
    assert_int_equal(cli_number(&l.call, CLI_OPT_LIST, 20), 20);
    cli_forget(&l.memory);
}

static void lists_are_cut_at_commas_and_add_up(void **state)
{
    (void)state;
    line l;
    read_line(&l, "deals --without c1,c2 x.yaml --without=c9 --track all");
    assert_int_equal(l.status, CLI_DONE);
    assert_int_equal(cli_list_size(&l.call, CLI_OPT_WITHOUT), 3);
    assert_string_equal(cli_list_at(&l.call, CLI_OPT_WITHOUT, 0), "c1");
    assert_string_equal(cli_list_at(&l.call, CLI_OPT_WITHOUT, 1), "c2");
    assert_string_equal(cli_list_at(&l.call, CLI_OPT_WITHOUT, 2), "c9");
    assert_null(cli_list_at(&l.call, CLI_OPT_WITHOUT, 3));
    assert_int_equal(cli_list_size(&l.call, CLI_OPT_TRACK), 1);
    cli_forget(&l.memory);
}

static void the_last_of_several_values_counts(void **state)
{
    (void)state;
    line l;
    read_line(&l, "status x.yaml --for ru --for=ua");
    assert_int_equal(l.status, CLI_DONE);
    assert_string_equal(cli_value(&l.call, CLI_OPT_FOR), "ua");
    cli_forget(&l.memory);
}

static void check_takes_several_files(void **state)
{
    (void)state;
    line l;
    read_line(&l, "check a.yaml --strict b.yaml -- --c.yaml");
    assert_int_equal(l.status, CLI_DONE);
    assert_int_equal(l.call.path_count, 3);
    assert_string_equal(l.call.paths[2], "--c.yaml");
    cli_forget(&l.memory);
    read_line(&l, "check --schema");
    assert_int_equal(l.status, CLI_DONE);
    cli_forget(&l.memory);
}

static void help_is_a_verb_and_an_option(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        const char *verb;
    } lines[] = {
        {"help", NULL},          {"--help", NULL},          {"-h", NULL},
        {"help deals", "deals"}, {"deals --help", "deals"}, {"deals -h x.yaml", "deals"},
        {"x.yaml --help", NULL}, {"--help show", "show"},   {"deals --strict -h", "deals"},
    };
    for (size_t i = 0; i < CHECK_COUNT(lines); i++) {
        line l;
        read_line(&l, lines[i].words);
        assert_int_equal(l.status, CLI_DONE);
        assert_ptr_equal(l.call.verb, &cli_verbs[CLI_HELP]);
        if (lines[i].verb == NULL) {
            assert_null(l.call.path);
        } else {
            assert_string_equal(l.call.path, lines[i].verb);
        }
        cli_forget(&l.memory);
    }
}

static void nothing_and_the_version_have_no_verb(void **state)
{
    (void)state;
    line l;
    read_line(&l, "");
    assert_int_equal(l.status, CLI_DONE);
    assert_null(l.call.verb);
    cli_forget(&l.memory);
    read_line(&l, "deals --version");
    assert_int_equal(l.status, CLI_DONE);
    assert_null(l.call.verb);
    assert_true(cli_has(&l.call, CLI_OPT_VERSION));
    cli_forget(&l.memory);
}

static void what_is_wrong_is_named_with_what_would_be_right(void **state)
{
    (void)state;
    is_refused("statsu x.yaml", "there is no verb 'statsu'; did you mean 'status'?");
    is_refused("nonsense", "'nonsense' is neither a verb nor a case file");
    is_refused("_", "'' is neither a verb nor a case file");
    is_refused("deals x.yaml --jsno", "there is no option '--jsno'; did you mean '--json'?");
    is_refused("deals x.yaml --zzzzzzz", "there is no option '--zzzzzzz'");
    is_refused("deals x.yaml -j", "there is no option '-j'");
    is_refused("deals x.yaml --strict", "'deals' does not take '--strict'; 'log', 'check' do");
    is_refused("x.yaml --without c1", "'status' does not take '--without'; ");
    is_refused("deals x.yaml --json=1", "'--json' takes no value");
    is_refused("deals x.yaml --for", "'--for' needs a value: --for AUDIENCE");
    is_refused("deals x.yaml --for --json", "'--for' needs a value: --for AUDIENCE");
    is_refused("deals x.yaml --for=", "'--for' needs a value: --for AUDIENCE");
    is_refused("deals x.yaml --rung reprted", "did you mean 'reported'?");
    is_refused("deals x.yaml --rung q", "'--rung' takes one of rules, red-tested");
    is_refused("deals x.yaml --seed -1", "a whole number from 0 to 18446744073709551615, not '-1'");
    is_refused("deals x.yaml --seed 1x", "not '1x'");
    is_refused("deals x.yaml --seed 18446744073709551616", "not '18446744073709551616'");
    is_refused("deals x.yaml --threads 1025", "a whole number from 0 to 1024");
    is_refused("deals x.yaml --list=0", "a whole number from 1 to 1000");
    is_refused("deals x.yaml --at 2025-02-30",
               "'--at' takes a date such as 2025-03-14, 2025-03 or today: ");
    is_refused("deals x.yaml --without a,,b", "has an empty entry");
    is_refused("deals x.yaml --without a,", "has an empty entry");
    is_refused("deals", "'deals' needs a case file");
    is_refused("check", "'check' needs a case file");
    is_refused("deals x.yaml y.yaml", "'y.yaml' is one too many");
    line many;
    read_line(&many, "deals --from genius d.xml a.xml b.xml");
    assert_int_equal(many.status, CLI_DONE);
    assert_int_equal(many.call.path_count, 3);
    cli_forget(&many.memory);
    is_refused("words act role", "'role' is one too many");
    is_refused("--json", "there is neither a verb nor a case file");
    is_refused("--", "there is neither a verb nor a case file");
}

static void every_row_of_the_table_is_whole(void **state)
{
    (void)state;
    for (int o = 0; o < CLI_OPT_COUNT; o++) {
        const cli_option_row *row = &cli_options[o];
        assert_non_null(row->name);
        assert_non_null(row->line);
        assert_true((row->argument == NULL) == (row->kind == CLI_FLAG));
        assert_true((row->choices != NULL) == (row->kind == CLI_CHOICE));
        assert_true(row->kind != CLI_NUMBER || row->most > row->least);
        assert_true(row->verbs < CLI_OPTION_BIT(CLI_VERB_COUNT));
        assert_true(row->line[strlen(row->line) - 1] != '.');
        for (int other = 0; other < o; other++) {
            assert_string_not_equal(row->name, cli_options[other].name);
        }
    }
    for (int v = 0; v < CLI_VERB_COUNT; v++) {
        const cli_verb *verb = &cli_verbs[v];
        assert_non_null(verb->name);
        assert_non_null(verb->run);
        assert_true(verb->least <= verb->most);
        assert_ptr_equal(cli_find_verb(verb->name), verb);
        assert_true(cli_takes(verb, CLI_OPT_JSON) && cli_takes(verb, CLI_OPT_HELP));
        const char *text = verb->examples;
        while (*text != '\0') {
            const char *tab = strchr(text, '\t');
            const char *end = strchr(text, '\n');
            assert_true(tab != NULL && end != NULL && tab < end);
            text = end + 1;
        }
    }
}

static void statuses_become_exit_statuses(void **state)
{
    (void)state;
    assert_int_equal(cli_exit_status(PARLEY_OK), 0);
    assert_int_equal(cli_exit_status(PARLEY_SYNTAX), 3);
    assert_int_equal(cli_exit_status(PARLEY_NOTFOUND), 3);
    assert_int_equal(cli_exit_status(PARLEY_LIMIT), 3);
    assert_int_equal(cli_exit_status(PARLEY_NOMEM), 4);
    assert_int_equal(cli_exit_status(PARLEY_IO), 4);
    assert_int_equal(cli_exit_status(PARLEY_INTERNAL), 4);
    assert_int_equal(cli_exit_status(PARLEY_CANCELLED), 130);
}

static parley_status read_a_file(parley_ctx *ctx, void *user, parley_error *err)
{
    char *bytes = NULL;
    size_t length = 0;
    size_t size = 0;
    parley_status status = cli_read(ctx, user, &bytes, &length, &size, err);
    if (status == PARLEY_OK) {
        assert_true(length == 6 && strcmp(bytes, "hello\n") == 0 && size > length);
    } else {
        assert_null(bytes);
    }
    parley_release(ctx, bytes, size);
    return status;
}

static void files_are_read_whole_or_not_at_all(void **state)
{
    (void)state;
    char name[] = "/tmp/parley-test-XXXXXX";
    int fd = mkstemp(name);
    FILE *file = fdopen(fd, "w");
    assert_non_null(file);
    fputs("hello\n", file);
    fclose(file);
    torture(read_a_file, name, 1);

    parley_ctx_options options = PARLEY_CTX_OPTIONS_INIT;
    options.limits.file_bytes = 5;
    parley_ctx *ctx = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_ctx_new(&ctx, &options, &err), &err);
    check_fails(read_a_file(ctx, name, &err), PARLEY_LIMIT, &err);
    parley_error_clear(&err);
    check_fails(read_a_file(ctx, "no/such/file", &err), PARLEY_NOTFOUND, &err);
    parley_error_clear(&err);
    check_fails(read_a_file(ctx, ".", &err), PARLEY_INVALID, &err);
    remove(name);
    check_ctx_done(ctx);
}

static void diagnostics_are_printed_in_order_and_counted(void **state)
{
    (void)state;
    parley_ctx_options options = PARLEY_CTX_OPTIONS_INIT;
    options.limits.diagnostics = 2;
    cli_call call = {.talk = stderr};
    check_ok(parley_ctx_new(&call.ctx, &options, NULL), NULL);
    parley_diagnostics *list = parley_diagnostics_new(call.ctx);
    parley_text *text = parley_text_new(call.ctx, SIZE_MAX);
    for (uint32_t i = 0; i < 4; i++) {
        parley_error err = PARLEY_ERROR_INIT;
        parley_span span = {i, i + 1, i + 1, 3};
        (void)parley_fail_at(&err, PARLEY_INVALID, "x.yaml", span, "bad \xe2\x80\xae value %u", i);
        parley_error_hint(&err, "did you mean 'this'?");
        parley_diagnostics_add(list, PARLEY_SEVERITY_ERROR, &err);
    }
    assert_int_equal(cli_diagnose(&call, list, text), CLI_INPUT);
    assert_string_equal(parley_text_data(text), "x.yaml:1:3: error: bad \\u202e value 0\n"
                                                "  did you mean 'this'?\n"
                                                "x.yaml:2:3: error: bad \\u202e value 1\n"
                                                "  did you mean 'this'?\n"
                                                "... and 2 more errors\n");
    parley_diagnostics_free(list);
    parley_text_free(text);
    check_ctx_done(call.ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_alone_means_status),
        cmocka_unit_test(options_may_stand_anywhere),
        cmocka_unit_test(values_come_with_their_type),
        cmocka_unit_test(an_optional_value_may_be_left_out),
        cmocka_unit_test(lists_are_cut_at_commas_and_add_up),
        cmocka_unit_test(the_last_of_several_values_counts),
        cmocka_unit_test(check_takes_several_files),
        cmocka_unit_test(help_is_a_verb_and_an_option),
        cmocka_unit_test(nothing_and_the_version_have_no_verb),
        cmocka_unit_test(what_is_wrong_is_named_with_what_would_be_right),
        cmocka_unit_test(every_row_of_the_table_is_whole),
        cmocka_unit_test(statuses_become_exit_statuses),
        cmocka_unit_test(files_are_read_whole_or_not_at_all),
        cmocka_unit_test(diagnostics_are_printed_in_order_and_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
