/*
 * Cases out to Genius and GeniusWeb: what the format can hold comes back the same, what it cannot
 * hold and would change a number is refused with its place, and the rest is named.
 */
#include "formats/import_check.h"
#include "support/torture.h"

/* The files of one export, in order. */
typedef struct outgoing {
    parley_format_file files[IMPORT_FILES + 4];
    char *bytes[IMPORT_FILES + 4];
    char names[IMPORT_FILES + 4][100];
    size_t count;
} outgoing;

static parley_status keep(void *user, const char *name, const char *bytes, size_t length,
                          parley_error *err)
{
    outgoing *o = user;
    (void)err;
    assert_true(o->count < CHECK_COUNT(o->files) && strlen(name) < sizeof o->names[0]);
    char *copy = malloc(length + 1);
    assert_non_null(copy);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    strcpy(o->names[o->count], name);
    o->bytes[o->count] = copy;
    o->files[o->count] = (parley_format_file){o->names[o->count], copy, length};
    o->count++;
    return PARLEY_OK;
}

static void outgoing_done(outgoing *o)
{
    for (size_t i = 0; i < o->count; i++)
        free(o->bytes[i]);
    o->count = 0;
}

static parley_case *case_of(parley_ctx *ctx, const char *text)
{
    parley_case *c = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    const parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    check_ok(parley_case_read(&c, ctx, "c.yaml", text, strlen(text), &options, NULL, &err), &err);
    return c;
}

/* The case from its parties on, without the sources that an import adds. */
static char *essence(parley_ctx *ctx, const parley_case *c)
{
    parley_text *json = parley_text_new(ctx, SIZE_MAX);
    assert_non_null(json);
    parley_case_write_json(c, json);
    const char *from = strstr(parley_text_data(json), "\n  \"parties\":");
    assert_non_null(from);
    char *out = malloc(strlen(from) + 1);
    assert_non_null(out);
    size_t n = 0;
    while (*from != '\0') {
        size_t length = strcspn(from, "\n") + (strchr(from, '\n') != NULL ? 1 : 0);
        bool source = strncmp(from, "      \"source\": ", 16) == 0;
        memcpy(out + n, from, source ? 0 : length);
        n += source ? 0 : length;
        from += length;
    }
    out[n] = '\0';
    parley_text_free(json);
    return out;
}

static void comes_back(parley_format format, const char *text, size_t warnings)
{
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *first = case_of(ctx, text);
    parley_case *second = NULL;
    outgoing o = {.count = 0};
    parley_diagnostics *list = parley_diagnostics_new(ctx);
    check_ok(parley_formats_export(ctx, first, format, keep, &o, list, &err), &err);
    if (parley_diagnostics_size(list) != warnings)
        for (size_t i = 0; i < parley_diagnostics_size(list); i++)
            print_message("# %s\n", parley_diagnostics_at(list, i)->error.message);
    assert_int_equal(parley_diagnostics_size(list), warnings);
    parley_diagnostics_free(list);
    check_ok(parley_formats_import(&second, ctx, format, o.files, o.count, NULL, NULL, &err), &err);
    char *a = essence(ctx, first);
    char *b = essence(ctx, second);
    size_t n = 0;
    while (a[n] != '\0' && a[n] == b[n])
        n++;
    if (a[n] != b[n])
        fail_msg("out '%.100s' comes back as '%.100s'", a + n, b + n);
    free(a);
    free(b);
    outgoing_done(&o);
    parley_case_free(first);
    parley_case_free(second);
    check_ctx_done(ctx);
}

#define HEAD                                                                                       \
    "parley: 1\ntitle: Orchard\nparties: {north: {name: The North, roles: [principal]}, south: "   \
    "{name: South, roles: [principal]}}\ntracks: {talks: {name: Orchard, table: now}}\n"

static void a_case_comes_back_from_genius_the_same(void **state)
{
    (void)state;
    comes_back(PARLEY_FORMAT_GENIUS,
               HEAD
               "issues:\n"
               "  who: {track: talks, name: Who picks, ask: \"Who picks & pays?\", options: {we: "
               "\"We do <gladly>\", you: \"You do\", \"no\": \"No\"}}\n"
               "  Fruit: {track: talks, options: {a: Same, b: Same, c: \"caf\xC3\xA9\"}}\n"
               "  trees: {track: talks, quantity: {from: -3, to: 12, step: 1}}\n"
               "  km: {track: talks, quantity: {from: 10, to: 40, step: 1.5}}\n"
               "values:\n"
               "  north: {without-a-deal: 0.25, cap: 1, discount: 0.9, weights: {who: 0.3, Fruit: "
               "0.00044829734566424756, trees: 0.2, km: 0.1}, out-of: {who: 7}, scores: {who: "
               "{we: 7, you: 2.5, \"no\": -1}, Fruit: {a: 1, b: 0.5, c: 0}, trees: [[-3, 0], "
               "[12, 0.75]], km: [[12, 0], [20, 1], [38.5, 0]]}}\n"
               "  south: {weights: {trees: 0.5}, scores: {trees: [[-3, 1], [2, 1], "
               "[12, 0]], km: [[10, 0.3]]}}\n",
               0);
}

static void boxes_come_back_from_genius_the_same(void **state)
{
    (void)state;
    comes_back(PARLEY_FORMAT_GENIUS,
               HEAD "issues:\n"
                    "  a: {track: talks, quantity: {from: 0, to: 9, step: 1}}\n"
                    "  b: {track: talks, quantity: {from: 0, to: 9, step: 1}}\n"
                    "values:\n"
                    "  north:\n"
                    "    divided-by: 662\n"
                    "    boxes:\n"
                    "      - {where: {a: [2, 7], b: [0, 4]}, add: 40}\n"
                    "      - {outside: {a: [5, 9]}, add: 12.5}\n"
                    "      - {add: 7}\n"
                    "      - {take: max, times: 2, of: [{where: {b: [3, 3]}, add: 9}, {take: min, "
                    "of: [{add: 1}, {add: 2}]}]}\n"
                    "      - {take: min, of: [{add: 3}]}\n"
                    "  south:\n"
                    "    divided-by: 10\n"
                    "    boxes:\n"
                    "      - {take: min, of: [{where: {a: [0, 5]}, add: 4}, {take: sum, times: "
                    "0.5, of: [{add: 6}]}]}\n",
               0);
}

static void a_case_comes_back_from_geniusweb_the_same(void **state)
{
    (void)state;
    comes_back(PARLEY_FORMAT_GENIUSWEB,
               HEAD
               "issues:\n"
               "  Who-picks: {track: talks, name: Who picks, options: {we: we, you: you, o-No: "
               "\"No\"}}\n"
               "  pay: {track: talks, quantity: {from: 0, to: 10, step: 2.5}}\n"
               "values:\n"
               "  north: {without-a-deal: \"Who-picks = you and pay = 7.5\", weights: {Who-picks: "
               "0.6, pay: 0.4}, scores: {Who-picks: {we: 0.75, you: 0.5, o-No: 0}, pay: [[0, 0.1], "
               "[10, 0.9]]}}\n"
               "  south: {weights: {Who-picks: 0.5}, scores: {Who-picks: {we: 0, you: 0.25, o-No: "
               "1}, pay: [[0, 1], [10, 0]]}}\n",
               0);
}

/* ---- random cases ---- */

static void put_number(parley_text *out, parley_random *r)
{
    uint32_t places = parley_random_below(r, 17);
    parley_text_puts(out, "0.");
    for (uint32_t i = 0; i < places; i++)
        parley_text_printf(out, "%u", parley_random_below(r, 10));
    parley_text_printf(out, "%u", 1 + parley_random_below(r, 9));
}

/* Choices and whole numbers, with lines and scores as Genius has them. */
static void put_random_case(parley_text *out, parley_random *r)
{
    uint32_t options[5];
    uint32_t most[5];
    uint32_t issues = 1 + parley_random_below(r, 5);
    parley_text_puts(out, HEAD "issues:\n");
    for (uint32_t i = 0; i < issues; i++) {
        options[i] = parley_random_below(r, 3) > 0 ? 1 + parley_random_below(r, 4) : 0;
        most[i] = 1 + parley_random_below(r, 30);
        parley_text_printf(out, "  i%u: {track: talks", i);
        if (parley_random_below(r, 2) == 0)
            parley_text_printf(out, ", name: \"Issue \\\"%u\\\" & more\"", i);
        if (options[i] == 0) {
            parley_text_printf(out, ", quantity: {from: 0, to: %u, step: 1}}\n", most[i]);
            continue;
        }
        parley_text_puts(out, ", options: {");
        for (uint32_t k = 0; k < options[i]; k++)
            parley_text_printf(out, "%so%u: \"%s %u\"", k > 0 ? ", " : "", k,
                               parley_random_below(r, 2) == 0 ? "Yes <" : "no", k);
        parley_text_puts(out, "}}\n");
    }
    parley_text_puts(out, "values:\n");
    for (uint32_t p = 0; p < 2; p++) {
        uint32_t top[5];
        parley_text_printf(out, "  %s: {weights: {", p == 0 ? "north" : "south");
        for (uint32_t i = 0; i < issues; i++) {
            parley_text_printf(out, "%si%u: ", i > 0 ? ", " : "", i);
            put_number(out, r);
        }
        bool any = false;
        for (uint32_t i = 0; i < issues; i++) {
            top[i] = 2 + parley_random_below(r, 9);
            if (options[i] > 0) {
                parley_text_printf(out, "%si%u: %u", any ? ", " : "}, out-of: {", i, top[i]);
                any = true;
            }
        }
        parley_text_puts(out, "}, scores: {");
        for (uint32_t i = 0; i < issues; i++) {
            parley_text_printf(out, "%si%u: ", i > 0 ? ", " : "", i);
            if (options[i] == 0) {
                /* from 0 up, or from 1 down: no value but the ends lies on 0 or 1 */
                bool down = parley_random_below(r, 2) == 0;
                parley_text_printf(out, "[[0, %d], [%u, ", down ? 1 : 0, most[i]);
                put_number(out, r);
                parley_text_puts(out, "]]");
                continue;
            }
            parley_text_puts(out, "{");
            for (uint32_t k = 0; k < options[i]; k++)
                parley_text_printf(out, "%so%u: %u", k > 0 ? ", " : "", k,
                                   k == 0 ? top[i] : parley_random_below(r, top[i]));
            parley_text_puts(out, "}");
        }
        parley_text_puts(out, "}}\n");
    }
}

/* Worth of every option and point, compared within what rounding of slopes may do. */
static bool nearly(const parley_case *a, const parley_case *b)
{
    for (int32_t p = 0; p < 2; p++) {
        const parley_worth *x = parley_case_worth(a, p);
        const parley_worth *y = parley_case_worth(b, p);
        if (x->scores != y->scores)
            return false;
        for (uint32_t s = 0; s < x->scores; s++) {
            const parley_issue *issue = parley_case_issue(a, x->score[s].issue);
            if (parley_fraction_compare(x->score[s].weight, y->score[s].weight) != 0)
                return false;
            for (uint32_t k = 0; issue->kind == PARLEY_ISSUE_CHOICE && k < issue->values; k++)
                if (parley_fraction_compare(x->score[s].option[k], y->score[s].option[k]) != 0)
                    return false;
            if (issue->kind == PARLEY_ISSUE_CHOICE)
                continue;
            const parley_curve *u = x->score[s].curve;
            const parley_curve *v = y->score[s].curve;
            double first = parley_fraction_double(u->point[0].score) -
                           parley_fraction_double(v->point[0].score);
            double last = parley_fraction_double(u->point[u->count - 1].score) -
                          parley_fraction_double(v->point[v->count - 1].score);
            if (first * first > 1e-30 || last * last > 1e-30)
                return false;
        }
    }
    return true;
}

static void random_cases_come_back_from_genius_the_same(void **state)
{
    (void)state;
    for (uint32_t trial = 0; trial < 300; trial++) {
        parley_ctx *ctx = check_ctx();
        parley_random r = parley_random_stream(20251122, 61, trial, 0);
        parley_error err = PARLEY_ERROR_INIT;
        parley_text *text = parley_text_new(ctx, SIZE_MAX);
        put_random_case(text, &r);
        parley_case *first = case_of(ctx, parley_text_data(text));
        parley_case *second = NULL;
        outgoing o = {.count = 0};
        check_ok(parley_formats_export(ctx, first, PARLEY_FORMAT_GENIUS, keep, &o, NULL, &err),
                 &err);
        check_ok(parley_formats_import(&second, ctx, PARLEY_FORMAT_GENIUS, o.files, o.count, NULL,
                                       NULL, &err),
                 &err);
        char *a = essence(ctx, first);
        char *b = essence(ctx, second);
        /* slopes such as 1/7 have no end: everything up to the values is the same, they nearly */
        char *values_a = strstr(a, "\n  \"values\":");
        char *values_b = strstr(b, "\n  \"values\":");
        bool same_head = values_a - a == values_b - b && memcmp(a, b, (size_t)(values_a - a)) == 0;
        if (!same_head || !nearly(first, second))
            print_error("%s\n----\n%s\n", a, b);
        assert_true(same_head && nearly(first, second));
        free(a);
        free(b);
        outgoing_done(&o);
        parley_case_free(first);
        parley_case_free(second);
        parley_text_free(text);
        check_ctx_done(ctx);
    }
}

/* ---- what does not go ---- */

#define ISSUES                                                                                     \
    "issues:\n"                                                                                    \
    "  who: {track: talks, options: {we: We, you: You}}\n"                                         \
    "  men: {track: talks, quantity: {from: 0, to: 9, step: 3}}\n"                                 \
    "  land: {track: talks, split: {of: 100, unit: percent, step: 25, among: {a: A, b: B}}}\n"
#define WHO_ONLY "issues:\n  who: {track: talks, options: {we: We, you: You}}\n"
#define MEN_ONLY "issues:\n  men: {track: talks, quantity: {from: 0, to: 9, step: 1}}\n"

static void what_a_format_cannot_hold_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        parley_format format;
        const char *text;
        uint32_t line;
        const char *words;
    } rows[] = {
        {PARLEY_FORMAT_GENIUS, HEAD ISSUES, 0, "no values"},
        {PARLEY_FORMAT_GENIUS, HEAD ISSUES "values: {north: {scores: {who: {we: 1, you: 0}}}}\n", 7,
         "21 steps; 'men' has neither"},
        {PARLEY_FORMAT_GENIUSWEB, HEAD ISSUES "values: {north: {scores: {who: {we: 1, you: 0}}}}\n",
         8, "no splits such as 'land'"},
        {PARLEY_FORMAT_GENIUS,
         HEAD WHO_ONLY "values: {north: {scores: {who: {we: 1, you: 0}}, terms: [{when: \"who = "
                       "we\", add: 1}]}}\n",
         7, "terms"},
        {PARLEY_FORMAT_GENIUS,
         HEAD WHO_ONLY "values: {north: {base: 2, scores: {who: {we: 1, you: 0}}}}\n", 7, "base"},
        {PARLEY_FORMAT_GENIUS,
         HEAD WHO_ONLY "values: {north: {cap: 2, scores: {who: {we: 1, you: 0}}}}\n", 7, "cap"},
        {PARLEY_FORMAT_GENIUS, HEAD WHO_ONLY "values: {north: {scores: {who: {we: -1, you: 0}}}}\n",
         7, "largest score"},
        {PARLEY_FORMAT_GENIUS,
         HEAD WHO_ONLY "values: {north: {without-a-deal: \"who = we\", scores: {who: {we: 1, you: "
                       "0}}}}\n",
         7, "as a number"},
        {PARLEY_FORMAT_GENIUSWEB,
         HEAD WHO_ONLY "values: {north: {without-a-deal: 0.5, scores: {who: {we: 1, you: 0}}}}\n",
         7, "as a package"},
        {PARLEY_FORMAT_GENIUSWEB,
         HEAD WHO_ONLY "values: {north: {boxes: [{where: {who: [we]}, add: 1}]}}\n", 7, "no boxes"},
        {PARLEY_FORMAT_GENIUS,
         HEAD WHO_ONLY "values: {north: {boxes: [{where: {who: [we]}, add: 1}]}}\n", 7,
         "whole numbers; 'who' is not"},
        {PARLEY_FORMAT_GENIUS,
         HEAD MEN_ONLY "values: {north: {scores: {men: [[0, 0], [4, 1], [9, 0.5]]}}}\n", 7,
         "no line"},
        {PARLEY_FORMAT_GENIUSWEB,
         HEAD MEN_ONLY "values: {north: {scores: {men: [[0, 0], [4, 1], [9, 0.5]]}}}\n", 7,
         "no straight line"},
        {PARLEY_FORMAT_GENIUS,
         HEAD MEN_ONLY "values: {north: {boxes: [{where: {men: [0, 3]}, outside: {men: [5, 9]}, "
                       "add: 1}]}}\n",
         7, "not both"},
        {PARLEY_FORMAT_NEGOLOG, HEAD WHO_ONLY "values: {north: {scores: {who: {we: 1, you: 0}}}}\n",
         0, "read, not written"},
    };
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        parley_ctx *ctx = check_ctx();
        parley_error err = PARLEY_ERROR_INIT;
        parley_case *c = case_of(ctx, rows[i].text);
        outgoing o = {.count = 0};
        parley_status status = parley_formats_export(ctx, c, rows[i].format, keep, &o, NULL, &err);
        if (status != PARLEY_INVALID || strstr(err.message, rows[i].words) == NULL ||
            err.span.line != rows[i].line)
            print_error("row %zu: %u: %s\n", i, err.span.line, err.message);
        check_fails(status, PARLEY_INVALID, &err);
        assert_non_null(strstr(err.message, rows[i].words));
        assert_int_equal(err.span.line, rows[i].line);
        assert_int_equal(o.count, 0);
        parley_case_free(c);
        check_ctx_done(ctx);
    }
}

static void what_is_left_out_is_named(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_error err = PARLEY_ERROR_INIT;
    parley_case *c = case_of(
        ctx, HEAD WHO_ONLY
        "  later: {track: talks, ask: \"And then?\"}\n"
        "rules: {r: {formula: \"who = we\"}}\n"
        "readings: {m: {party: north, refuses: \"who = you\", because: \"so\", from: []}}\n"
        "acceptance: {at-least: 1}\n"
        "values: {north: {scale: 100, red-lines: [\"who = you\"], scores: {who: {we: \"1/3\", you: "
        "0}}}, south: {out-of: {who: 3}, scores: {who: {we: 2, you: 0}}}}\n");
    parley_diagnostics *list = parley_diagnostics_new(ctx);
    outgoing o = {.count = 0};
    check_ok(parley_formats_export(ctx, c, PARLEY_FORMAT_GENIUS, keep, &o, list, &err), &err);
    assert_int_equal(o.count, 3);
    assert_string_equal(o.names[0], "domain.xml");
    assert_string_equal(o.names[1], "north.xml");
    static const char *const words[] = {
        "1 rule, so that more packages", "1 reading",           "how many must accept",
        "'later' has no options",        "the scale",           "red lines",
        "no end as a decimal",           "rounded to 18 digits"};
    const import im = {.list = list};
    for (size_t i = 0; i < CHECK_COUNT(words); i++)
        if (!has_warning(&im, words[i], 0))
            fail_msg("no warning '%s'", words[i]);
    assert_non_null(strstr(o.bytes[1], "evaluation=\"0.333333333333333333\""));
    outgoing_done(&o);
    parley_diagnostics_free(list);
    parley_case_free(c);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_comes_back_from_genius_the_same),
        cmocka_unit_test(boxes_come_back_from_genius_the_same),
        cmocka_unit_test(a_case_comes_back_from_geniusweb_the_same),
        cmocka_unit_test(random_cases_come_back_from_genius_the_same),
        cmocka_unit_test(what_a_format_cannot_hold_is_refused_with_its_place),
        cmocka_unit_test(what_is_left_out_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
