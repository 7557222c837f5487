/* Documents: trees and places, keys used twice, limits, and canonical text that reads back the
 * same. */
#include "case/document_random.h"
#include "support/torture.h"

#define MANY 2000

typedef struct fixture {
    parley_ctx *ctx;
    parley_diagnostics *diagnostics;
    parley_document *document;
    parley_status status;
    parley_error err;
} fixture;

static fixture read_text(const char *name, const char *text, size_t n)
{
    fixture f = {.ctx = check_ctx()};
    f.diagnostics = parley_diagnostics_new(f.ctx);
    assert_non_null(f.diagnostics);
    f.status = parley_document_read(&f.document, f.ctx, name, text, n, f.diagnostics, &f.err);
    return f;
}

static void done(fixture *f)
{
    parley_document_free(f->document);
    parley_diagnostics_free(f->diagnostics);
    check_ctx_done(f->ctx);
}

static const char sample[] = "title: Talks\n"
                             "parties:\n"
                             "  ua: {name: Ukraine, roles: [principal]}\n"
                             "  ru:\n"
                             "    name: \"Russia\"\n"
                             "claims:\n"
                             "- x\n"
                             "- \xC3\xA9: y\n";

static void a_document_is_a_tree_with_places(void **state)
{
    (void)state;
    fixture f = read_text("x.yaml", sample, sizeof sample - 1);
    check_ok(f.status, &f.err);
    size_t n = 0;
    assert_string_equal(parley_document_name(f.document), "x.yaml");
    assert_string_equal(parley_document_bytes(f.document, &n), sample);
    assert_int_equal(n, sizeof sample - 1);
    const parley_node *root = parley_document_root(f.document);
    assert_int_equal(root->kind, PARLEY_NODE_MAP);
    assert_int_equal(root->count, 3);
    const parley_node *parties = parley_node_member(root, "parties");
    assert_int_equal(parties->count, 2);
    assert_int_equal(parties->key->span.line, 2);
    assert_int_equal(parties->span.begin, 24);
    const parley_node *ua = parley_node_member(parties, "ua"),
                      *ru = parley_node_member(parties, "ru");
    assert_true(ua->flow && !ru->flow && !parties->flow);
    assert_memory_equal(sample + ua->span.begin, "{name: Ukraine, roles: [principal]}",
                        ua->span.end - ua->span.begin);
    assert_memory_equal(sample + ru->span.begin, "name: \"Russia\"", ru->span.end - ru->span.begin);
    assert_int_equal(ru->span.end, parties->span.end);
    const parley_node *last = parley_node_member(root, "claims")->first->next;
    assert_int_equal(last->kind, PARLEY_NODE_MAP);
    assert_int_equal(last->span.line, 8);
    assert_int_equal(last->span.column, 3);
    assert_int_equal(last->first->span.column, 6);
    assert_null(last->next);
    assert_null(parley_node_member(root, "none"));
    assert_null(parley_node_member(last->first, "none"));
    done(&f);
}

static void a_place_in_a_value_is_exact_where_bytes_are_the_value(void **state)
{
    (void)state;
    static const char text[] =
        "a: \xC3\xA9 = b\nb: \"x = y\"\nc: \"x\\ty\"\nd: |\n  x\ne: x\n  y\n";
    fixture f = read_text("x.yaml", text, sizeof text - 1);
    check_ok(f.status, &f.err);
    const parley_node *root = parley_document_root(f.document);
    bool exact = false;
    parley_span s = parley_node_place(f.document, parley_node_member(root, "a"), 3, &exact);
    assert_true(exact && s.line == 1 && s.column == 6 && s.begin == 6 && s.end == 7);
    s = parley_node_place(f.document, parley_node_member(root, "b"), 2, &exact);
    assert_true(exact && s.line == 2 && s.column == 7 && text[s.begin] == '=');
    s = parley_node_place(f.document, parley_node_member(root, "b"), 5, &exact);
    assert_true(exact && text[s.begin] == '"'); /* behind the last one: where more would stand */
    static const char *const inexact[] = {"c", "d", "e"};
    for (size_t i = 0; i < CHECK_COUNT(inexact); i++) {
        const parley_node *n = parley_node_member(root, inexact[i]);
        s = parley_node_place(f.document, n, 1, &exact);
        assert_false(exact);
        assert_memory_equal(&s, &n->span, sizeof s);
    }
    s = parley_node_place(f.document, parley_node_member(root, "a"), 1, NULL);
    assert_true(s.column == 4 && s.begin == 3 && s.end == 5); /* of the whole character */
    done(&f);
}

/* Lines and columns of every byte against counting one by one. */
static void places_agree_with_counting(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "a", "\n", "\r\n", "\r", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "# abcdefghijkl",
        " "};
    for (uint64_t seed = 0; seed < 16; seed++) {
        parley_random r = parley_random_stream(seed, 2, 0, 0);
        static char text[40000];
        size_t n = 0;
        if (seed % 2 == 0) {
            memcpy(text, "\xEF\xBB\xBF", 3);
            n = 3;
        }
        size_t start = n;
        while (n < 6000 * (seed % 5 + 1)) {
            const char *piece = pieces[parley_random_below(&r, seed < 4 ? 4 : CHECK_COUNT(pieces))];
            memcpy(text + n, piece, strlen(piece));
            n += strlen(piece);
        }
        parley_ctx *ctx = check_ctx();
        parley_places places;
        check_ok(parley_places_make(&places, ctx, text, (uint32_t)n, NULL), NULL);
        uint32_t line = 0, column = 0, character = 0;
        parley_place_cursor walking = {0}, by_character = {0};
        for (size_t i = start; i <= n; i++) {
            parley_place_cursor jumping = {0};
            bool begins = i == n || ((unsigned char)text[i] & 0xC0) != 0x80;
            parley_place_to_byte(&places, &jumping, (uint32_t)i);
            parley_place_to_byte(&places, &walking, (uint32_t)i);
            assert_memory_equal(&jumping, &walking, sizeof jumping);
            if (begins) {
                assert_int_equal(jumping.line, line);
                assert_int_equal(jumping.character - jumping.line_start, column);
                parley_place_to_character(&places, &by_character, character);
                assert_int_equal(by_character.byte, i);
                parley_place_cursor there = {0};
                parley_place_to_character(&places, &there, character);
                assert_int_equal(there.byte, i);
                assert_int_equal(there.line, line);
                character++;
                column++;
            }
            if (i < n &&
                (text[i] == '\n' || (text[i] == '\r' && (i + 1 == n || text[i + 1] != '\n')))) {
                line++;
                column = 0;
            }
        }
        parley_places_drop(&places, ctx);
        check_ctx_done(ctx);
    }
}

static void a_key_used_twice_is_told_with_both_places(void **state)
{
    (void)state;
    static const char text[] = "arms: 1\nx: {b: 1, b: 2}\narms: {c: 3, c: 4}\ny: 5\n";
    fixture f = read_text("x.yaml", text, sizeof text - 1);
    assert_int_equal(f.status, PARLEY_INVALID);
    assert_int_equal(parley_diagnostics_size(f.diagnostics), 3);
    static const char *const lines[] = {"x.yaml:2:11: key 'b' is already used at line 2",
                                        "x.yaml:3:1: key 'arms' is already used at line 1",
                                        "x.yaml:3:14: key 'c' is already used at line 3"};
    for (size_t i = 0; i < 3; i++) {
        char line[1024];
        parley_error_print(&parley_diagnostics_at(f.diagnostics, i)->error, line, sizeof line);
        assert_memory_equal(line, lines[i], strlen(lines[i]));
    }
    assert_string_equal(f.err.message, "key 'b' is already used at line 2");
    const parley_node *root = parley_document_root(f.document);
    assert_int_equal(root->count, 3);
    assert_string_equal(parley_node_member(root, "arms")->text, "1");
    assert_string_equal(parley_node_member(parley_node_member(root, "x"), "b")->text, "1");
    assert_string_equal(parley_node_member(root, "y")->text, "5");
    done(&f);
}

static void a_syntax_error_ends_the_reading_with_one_diagnostic(void **state)
{
    (void)state;
    static const char text[] = "a: 1\na: 2\nb: [\n";
    fixture f = read_text("x.yaml", text, sizeof text - 1);
    assert_int_equal(f.status, PARLEY_SYNTAX);
    assert_null(f.document);
    assert_int_equal(f.err.status, PARLEY_SYNTAX);
    assert_int_equal(parley_diagnostics_size(f.diagnostics), 2);
    assert_int_equal(parley_diagnostics_at(f.diagnostics, 1)->error.status, PARLEY_SYNTAX);
    done(&f);
}

static void a_root_that_is_no_map_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"- a\n", "a\n", "--- \n", "\"a\"", "[]", "a:b\n"};
    for (size_t i = 0; i < CHECK_COUNT(texts); i++) {
        fixture f = read_text("x.json", texts[i], strlen(texts[i]));
        assert_int_equal(f.status, PARLEY_INVALID);
        assert_null(f.document);
        assert_non_null(strstr(f.err.message, "a case file is a map"));
        done(&f);
    }
}

static void json_is_read_when_name_and_first_character_say_so(void **state)
{
    (void)state;
    fixture f = read_text("x.json", "\xEF\xBB\xBF {'a': 1}", 12);
    assert_int_equal(f.status, PARLEY_SYNTAX);
    done(&f);
    f = read_text("x.yaml", " {'a': 1}", 9);
    check_ok(f.status, &f.err);
    done(&f);
    f = read_text("x.json", "a: 1", 4);
    check_ok(f.status, &f.err);
    done(&f);
    f = read_text("x.json", "{\"a\": {\"b\": [1, \"1\"]}}", 22);
    check_ok(f.status, &f.err);
    const parley_node *list = parley_document_root(f.document)->first->first;
    assert_int_equal(list->first->style, PARLEY_STYLE_PLAIN);
    assert_int_equal(list->first->next->style, PARLEY_STYLE_DOUBLE);
    done(&f);
}

/* n members, the last with the name of member `doubled`. */
static parley_status read_big_map(size_t n, size_t doubled, uint32_t *line)
{
    parley_ctx *ctx = check_ctx();
    parley_text *text = parley_text_new(ctx, 1 << 24);
    assert_non_null(text);
    for (size_t i = 0; i + 1 < n; i++)
        parley_text_printf(text, "k%zu: v\n", i);
    parley_text_printf(text, "k%zu: v\n", doubled);
    parley_document *d = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = parley_document_read(&d, ctx, "x.yaml", parley_text_data(text),
                                                parley_text_size(text), NULL, &err);
    assert_non_null(d);
    *line = 0;
    if (status != PARLEY_OK)
        assert_int_equal(sscanf(err.message, "key 'k%*u' is already used at line %u", line), 1);
    assert_int_equal(parley_document_root(d)->count, status == PARLEY_OK ? n : n - 1);
    parley_document_free(d);
    parley_text_free(text);
    check_ctx_done(ctx);
    return status;
}

static void doubled_keys_are_found_in_maps_of_every_size(void **state)
{
    (void)state;
    uint32_t line;
    for (size_t n = 2; n < 200; n += 1 + n / 30) {
        assert_int_equal(read_big_map(n, n - 1, &line), PARLEY_OK);
        for (size_t k = 0; k < n - 1; k += 1 + n / 7) {
            assert_int_equal(read_big_map(n, k, &line), PARLEY_INVALID);
            assert_int_equal(line, k + 1);
        }
    }
    assert_int_equal(read_big_map(50000, 49999, &line), PARLEY_OK);
    assert_int_equal(read_big_map(50000, 31234, &line), PARLEY_INVALID);
    assert_int_equal(line, 31235);
}

static void the_number_of_values_has_a_limit(void **state)
{
    (void)state;
    parley_ctx_options options = PARLEY_CTX_OPTIONS_INIT;
    options.limits.nodes = 4;
    parley_ctx *ctx = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_ctx_new(&ctx, &options, &err), &err);
    parley_document *d = NULL;
    check_ok(parley_document_read(&d, ctx, "x", "a: [1, 2]", 9, NULL, &err), &err);
    parley_document_free(d);
    check_fails(parley_document_read(&d, ctx, "x", "a: [1, 2, 3]", 12, NULL, &err), PARLEY_LIMIT,
                &err);
    assert_null(d);
    assert_int_equal(err.span.column, 11);
    check_ctx_done(ctx);
}

static void the_depth_has_a_ceiling_whatever_the_limit_says(void **state)
{
    (void)state;
    parley_ctx_options options = PARLEY_CTX_OPTIONS_INIT;
    options.limits.depth = 1u << 30;
    parley_ctx *ctx = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_ctx_new(&ctx, &options, &err), &err);
    static char text[5000];
    for (size_t deep = PARLEY_DEPTH_MOST - 1; deep <= PARLEY_DEPTH_MOST; deep++) {
        size_t n = 0;
        parley_document *d = NULL;
        n += (size_t)sprintf(text, "{\"a\": ");
        memset(text + n, '[', deep);
        n += deep;
        memset(text + n, ']', deep);
        n += deep;
        text[n++] = '}';
        parley_status status = parley_document_read(&d, ctx, "x", text, n, NULL, &err);
        assert_int_equal(status, deep < PARLEY_DEPTH_MOST ? PARLEY_OK : PARLEY_LIMIT);
        if (d != NULL) { /* and what can be read can be written */
            parley_text *out = parley_text_new(ctx, 1 << 24);
            parley_document_write_yaml(parley_document_root(d), out);
            parley_document_write_json(parley_document_root(d), out);
            check_ok(parley_text_status(out, &err), &err);
            parley_text_free(out);
        }
        parley_document_free(d);
    }
    check_ctx_done(ctx);
}

static void reading_stops_on_request(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_text *text = parley_text_new(ctx, 1 << 24);
    for (int i = 0; i < 10000; i++)
        parley_text_printf(text, "k%d: v\n", i);
    parley_ctx_cancel(ctx);
    parley_document *d = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_fails(parley_document_read(&d, ctx, "x", parley_text_data(text), parley_text_size(text),
                                     NULL, &err),
                PARLEY_CANCELLED, &err);
    assert_null(d);
    parley_text_free(text);
    check_ctx_done(ctx);
}

/* ---- canonical text ---- */

static void check_canonical(const char *source, const char *yaml, const char *json)
{
    fixture f = read_text("x.yaml", source, strlen(source));
    check_ok(f.status, &f.err);
    parley_text *out = parley_text_new(f.ctx, 1 << 20);
    assert_non_null(out);
    parley_document_write_yaml(parley_document_root(f.document), out);
    assert_string_equal(parley_text_data(out), yaml);
    if (json != NULL) {
        parley_text_clear(out);
        parley_document_write_json(parley_document_root(f.document), out);
        assert_string_equal(parley_text_data(out), json);
    }
    parley_text_free(out);
    done(&f);
}

static void canonical_text_is_plain_only_where_all_readers_agree(void **state)
{
    (void)state;
    static const char *const quoted[] = {
        "yes",   "No",  "on",  "OFF",   "null",       "~",   "y",   "n",     "true",
        "False", "1e3", "0x1", "12:30", "2025-03-11", "30",  "-1",  "1_000", ".5",
        ".inf",  "010", "=",   "<<",    "",           "- a", "a: b"};
    for (size_t i = 0; i < CHECK_COUNT(quoted); i++) {
        char source[64], wanted[64];
        snprintf(source, sizeof source, "a: '%s'\n", quoted[i]);
        snprintf(wanted, sizeof wanted, "a: \"%s\"\n", quoted[i]);
        check_canonical(source, wanted, NULL);
    }
    static const char *const plain[] = {"30",
                                        "-1.5",
                                        "2025-03-11",
                                        "2025-03",
                                        "2025-03-11~",
                                        "true",
                                        "false",
                                        "null",
                                        "~",
                                        "before 2025-03",
                                        "arms = stopped",
                                        "duration <= 30",
                                        "it's",
                                        "\xC3\xA9t\xC3\xA9",
                                        "a-b"};
    for (size_t i = 0; i < CHECK_COUNT(plain); i++) {
        char source[64];
        snprintf(source, sizeof source, "a: %s\n", plain[i]);
        check_canonical(source, source, NULL);
    }
    check_canonical("a: yes\n", "a: \"yes\"\n", "{\n  \"a\": \"yes\"\n}\n");
    check_canonical("a: 2025-02-30\n", "a: \"2025-02-30\"\n", NULL);
    check_canonical("a: 0x1\n", "a: \"0x1\"\n", "{\n  \"a\": \"0x1\"\n}\n");
}

static const char long_word[] =
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

static void canonical_yaml_has_records_on_lines(void **state)
{
    (void)state;
    check_canonical("a: 1\nb: {c: {d: [1, two]}, 'e': ''}\nf:\n- {g: 1}\n- [h]\n- - i\nj: []\nk:\n",
                    "a: 1\n"
                    "b:\n"
                    "  c: {d: [1, two]}\n"
                    "  e: \"\"\n"
                    "f:\n"
                    "  - {g: 1}\n"
                    "  - [h]\n"
                    "  - [i]\n"
                    "j: []\n"
                    "k:\n",
                    "{\n"
                    "  \"a\": 1,\n"
                    "  \"b\": {\n"
                    "    \"c\": {\n"
                    "      \"d\": [\n"
                    "        1,\n"
                    "        \"two\"\n"
                    "      ]\n"
                    "    },\n"
                    "    \"e\": \"\"\n"
                    "  },\n"
                    "  \"f\": [\n"
                    "    {\n"
                    "      \"g\": 1\n"
                    "    },\n"
                    "    [\n"
                    "      \"h\"\n"
                    "    ],\n"
                    "    [\n"
                    "      \"i\"\n"
                    "    ]\n"
                    "  ],\n"
                    "  \"j\": [],\n"
                    "  \"k\": \"\"\n"
                    "}\n");
    check_canonical("{}", "{}\n", "{}\n");
    for (size_t width = 100; width <= 101; width++) {
        char flow[256], block[256];
        int more = (int)width - (int)strlen("a: {b: 1, c: }");
        snprintf(flow, sizeof flow, "a: {b: 1, c: %.*s}\n", more, long_word);
        snprintf(block, sizeof block, "a:\n  b: 1\n  c: %.*s\n", more, long_word);
        check_canonical(flow, width <= 100 ? flow : block, NULL);
    }
}

static void a_very_long_key_is_written_apart(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    parley_text *out = parley_text_new(ctx, 1 << 20), *a = parley_text_new(ctx, 1 << 20),
                *b = parley_text_new(ctx, 1 << 20);
    static char key[3000];
    for (size_t length = 90; length < 2500; length += 37) {
        memset(key, 0, sizeof key);
        memset(key, length % 2 == 0 ? 'x' : '\x01', length);
        parley_node *map = parley_node_map(arena), *inner = parley_node_map(arena),
                    *list = parley_node_list(arena);
        assert_true(parley_node_append(arena, inner, key, parley_node_scalar(arena, "v", 1)));
        assert_true(parley_node_append(arena, list, NULL, inner));
        assert_true(parley_node_append(arena, map, key, list));
        parley_text_clear(out);
        parley_text_clear(a);
        parley_text_clear(b);
        parley_document_write_yaml(map, out);
        parley_document *d =
            read_well(ctx, "x.yaml", parley_text_data(out), parley_text_size(out), length);
        dump_tree(a, map, NULL, true);
        dump_tree(b, parley_document_root(d), NULL, true);
        check_same_text(a, b, parley_text_data(out), length);
        parley_document_free(d);
    }
    parley_text_free(out);
    parley_text_free(a);
    parley_text_free(b);
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

/* A tree and what it reads back as, as typed texts. */
static void check_reads_back(parley_ctx *ctx, const parley_node *tree, const char *name,
                             const parley_text *source, bool tones, uint64_t seed)
{
    parley_text *a = parley_text_new(ctx, 1 << 22), *b = parley_text_new(ctx, 1 << 22);
    parley_document *d =
        read_well(ctx, name, parley_text_data(source), parley_text_size(source), seed);
    dump_tree(a, tree, NULL, tones);
    dump_tree(b, parley_document_root(d), NULL, tones);
    check_same_text(a, b, parley_text_data(source), seed);
    parley_document_free(d);
    parley_text_free(a);
    parley_text_free(b);
}

static void random_trees_read_back_from_every_way_of_writing(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < MANY; seed++) {
        parley_ctx *ctx = check_ctx();
        parley_arena *arena = parley_arena_new(ctx);
        parley_text *out = parley_text_new(ctx, 1 << 22);
        parley_random r = parley_random_stream(seed, 3, 0, 0);
        uint32_t comments = 0;
        parley_node *tree = random_tree(&r, arena, 0);
        render_random(&r, tree, out, &comments);
        check_reads_back(ctx, tree, "x.yaml", out, false, seed);
        parley_text_clear(out);
        parley_document_write_yaml(tree, out);
        check_reads_back(ctx, tree, "x.yaml", out, true, seed);
        parley_text_clear(out);
        parley_document_write_json(tree, out);
        check_reads_back(ctx, tree, "x.json", out, true, seed);
        check_reads_back(ctx, tree, "x.yaml", out, true, seed); /* JSON is YAML too */
        parley_text_free(out);
        parley_arena_free(arena);
        check_ctx_done(ctx);
    }
}

static void trees_made_by_hand_refuse_what_does_not_fit(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    parley_node *map = parley_node_map(arena), *list = parley_node_list(arena),
                *s = parley_node_scalar(arena, "x", 1);
    assert_false(parley_node_append(arena, map, NULL, s));
    assert_false(parley_node_append(arena, list, "k", s));
    assert_false(parley_node_append(arena, s, NULL, map));
    assert_false(parley_node_append(arena, NULL, NULL, s));
    assert_false(parley_node_append(arena, list, NULL, NULL));
    assert_null(parley_node_scalar(arena, NULL, 0));
    assert_int_equal(map->count + list->count, 0);
    parley_arena_free(arena);
    check_ctx_done(ctx);
}

/* ---- faults ---- */

static parley_status everything(parley_ctx *ctx, void *user, parley_error *err)
{
    const char *const *source = user;
    parley_document *d = NULL;
    parley_status status =
        parley_document_read(&d, ctx, source[0], source[1], strlen(source[1]), NULL, err);
    if (status != PARLEY_OK) {
        assert_null(d);
        return status;
    }
    const parley_node *root = parley_document_root(d);
    parley_text *out = parley_text_new(ctx, 1 << 20);
    parley_arena *arena = parley_document_arena(d);
    if (out == NULL)
        status = parley_fail(err, PARLEY_NOMEM, "no text");
    parley_node *map = parley_node_map(arena);
    bool made = parley_node_append(arena, map, "m", parley_node_scalar(arena, "v", 1));
    if (status == PARLEY_OK && !made)
        status = parley_fail(err, PARLEY_NOMEM, "no node");
    parley_splice splices[3];
    if (status == PARLEY_OK)
        status = parley_edit_set(&splices[0], d, root->first, "new", 3, err);
    if (status == PARLEY_OK)
        status = parley_edit_insert(&splices[1], d, root, "last", map, err);
    if (status == PARLEY_OK)
        status = parley_edit_remove(&splices[2], d, root, root->first->next, err);
    if (status == PARLEY_OK)
        status = parley_document_splice(d, splices, 3, out, err);
    if (status == PARLEY_OK) {
        parley_document_write_yaml(root, out);
        parley_document_write_json(root, out);
        status = parley_text_status(out, err);
    }
    parley_text_free(out);
    parley_document_free(d);
    return status;
}

static void everything_survives_every_allocation_failure(void **state)
{
    (void)state;
    static const char *yaml[] = {
        "x.yaml", "a: 1\nb: 2\nc: {d1: 1, d2: 2, d3: 3, d4: 4, d5: 5, d6: 6, d7: 7, d8: 8, "
                  "d9: 9, e1: 1, e2: 2, e3: 3, e4: 4, e5: 5, e6: 6, e7: 7, e8: 8, e9: 9}\n"};
    static const char *json[] = {"x.json",
                                 "{\"a\": 1, \"b\": [[2]], \"c\": {\"d\": \"\xC3\xA9\"}}"};
    torture(everything, yaml, 12);
    torture(everything, json, 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_is_a_tree_with_places),
        cmocka_unit_test(a_place_in_a_value_is_exact_where_bytes_are_the_value),
        cmocka_unit_test(places_agree_with_counting),
        cmocka_unit_test(a_key_used_twice_is_told_with_both_places),
        cmocka_unit_test(a_syntax_error_ends_the_reading_with_one_diagnostic),
        cmocka_unit_test(a_root_that_is_no_map_is_refused),
        cmocka_unit_test(json_is_read_when_name_and_first_character_say_so),
        cmocka_unit_test(doubled_keys_are_found_in_maps_of_every_size),
        cmocka_unit_test(the_number_of_values_has_a_limit),
        cmocka_unit_test(the_depth_has_a_ceiling_whatever_the_limit_says),
        cmocka_unit_test(reading_stops_on_request),
        cmocka_unit_test(canonical_text_is_plain_only_where_all_readers_agree),
        cmocka_unit_test(canonical_yaml_has_records_on_lines),
        cmocka_unit_test(a_very_long_key_is_written_apart),
        cmocka_unit_test(random_trees_read_back_from_every_way_of_writing),
        cmocka_unit_test(trees_made_by_hand_refuse_what_does_not_fit),
        cmocka_unit_test(everything_survives_every_allocation_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
