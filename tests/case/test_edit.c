/* Edits: a few by hand, then random ones on random documents, read again and compared. */
#include "case/document_random.h"

#define MANY 3000

typedef struct fixture {
    parley_ctx *ctx;
    parley_document *document;
    const char *source;
} fixture;

static fixture open_text(const char *name, const char *source)
{
    fixture f = {.ctx = check_ctx(), .source = source};
    f.document = read_well(f.ctx, name, source, strlen(source), 0);
    return f;
}

static void done(fixture *f)
{
    parley_document_free(f->document);
    check_ctx_done(f->ctx);
}

static const parley_node *at(const fixture *f, const char *a, const char *b)
{
    const parley_node *node = parley_document_root(f->document);
    node = parley_node_member(node, a);
    return b != NULL ? parley_node_member(node, b) : node;
}

static void check_result(fixture *f, parley_splice splice, const char *wanted)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_text *out = parley_text_new(f->ctx, 1 << 20);
    assert_non_null(out);
    check_ok(parley_document_splice(f->document, &splice, 1, out, &err), &err);
    assert_string_equal(parley_text_data(out), wanted);
    parley_text_free(out);
}

static void check_set(const char *name, const char *source, const char *a, const char *b,
                      const char *value, const char *wanted)
{
    fixture f = open_text(name, source);
    parley_splice splice;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_edit_set(&splice, f.document, at(&f, a, b), value, strlen(value), &err), &err);
    check_result(&f, splice, wanted);
    done(&f);
}

static void a_new_value_keeps_the_style_of_the_old_one(void **state)
{
    (void)state;
    check_set("x.yaml", "a: 30 # why\nb: 2\n", "a", NULL, "15", "a: 15 # why\nb: 2\n");
    check_set("x.yaml", "a: b\n", "a", NULL, "yes", "a: \"yes\"\n");
    check_set("x.yaml", "a: 'b'\n", "a", NULL, "it's", "a: 'it''s'\n");
    check_set("x.yaml", "a: 'b'\n", "a", NULL, "x\ny", "a: \"x\\ny\"\n");
    check_set("x.yaml", "a: \"b\"\n", "a", NULL, "30", "a: \"30\"\n");
    check_set("x.yaml", "a: {b: c, d: e}\n", "a", "b", "x, y", "a: {b: \"x, y\", d: e}\n");
    check_set("x.yaml", "a: | # why\n    x\n    y\n\nb: 1\n", "a", NULL, "one\n\ntwo\n",
              "a: | # why\n    one\n\n    two\n\nb: 1\n");
    check_set("x.yaml", "a: >\n  x\nb: 1\n", "a", NULL, "one", "a: |-\n  one\nb: 1\n");
    check_set("x.yaml", "a: | # why\n  x\nb: 1\n", "a", NULL, " odd", "a: \" odd\" # why\nb: 1\n");
    check_set("x.yaml", "a: |\n  x", "a", NULL, "y\n", "a: |\n  y\n");
    check_set("x.yaml", "a: one\n  two\nb: 1\n", "a", NULL, "x", "a: x\nb: 1\n");
}

static void an_empty_value_can_be_set(void **state)
{
    (void)state;
    check_set("x.yaml", "a:\nb: 1\n", "a", NULL, "x", "a: x\nb: 1\n");
    check_set("x.yaml", "a: # why\nb: 1\n", "a", NULL, "x", "a: x # why\nb: 1\n");
    check_set("x.yaml", "a: {b, c: 1}\n", "a", "b", "x", "a: {b: x, c: 1}\n");
    check_set("x.yaml", "a: {b: , c: 1}\n", "a", "b", "x", "a: {b: x , c: 1}\n");
    check_set("x.yaml", "a:", "a", NULL, "", "a: \"\"");
    check_set("x.yaml", "? a\nb: 1\n", "a", NULL, "x", "? a\n: x\nb: 1\n");
}

static void a_value_of_json_stays_json(void **state)
{
    (void)state;
    check_set("x.json", "{\"a\": 30}", "a", NULL, "15", "{\"a\": 15}");
    check_set("x.json", "{\"a\": 30}", "a", NULL, "x", "{\"a\": \"x\"}");
    check_set("x.json", "{\"a\": \"30\"}", "a", NULL, "15", "{\"a\": \"15\"}");
    check_set("x.json", "{\"a\": \"\"}", "a", NULL, "\"\n", "{\"a\": \"\\\"\\n\"}");
}

/* Insert a record, or with a NULL name a list of one word. */
static parley_node *new_value(parley_arena *arena, const char *name)
{
    parley_node *node = name != NULL ? parley_node_map(arena) : parley_node_list(arena);
    assert_true(parley_node_append(arena, node, name, parley_node_scalar(arena, "x y", 3)));
    if (name != NULL)
        assert_true(parley_node_append(arena, node, "size", parley_node_scalar(arena, "30", 2)));
    return node;
}

static void check_insert(const char *name, const char *source, const char *a, const char *key,
                         bool container, const char *wanted)
{
    fixture f = open_text(name, source);
    parley_arena *arena = parley_document_arena(f.document);
    parley_node *value = container ? new_value(arena, "m") : parley_node_scalar(arena, "v", 1);
    parley_splice splice;
    parley_error err = PARLEY_ERROR_INIT;
    const parley_node *into = a != NULL ? at(&f, a, NULL) : parley_document_root(f.document);
    check_ok(parley_edit_insert(&splice, f.document, into, key, value, &err), &err);
    check_result(&f, splice, wanted);
    done(&f);
}

static void an_entry_is_added_in_the_style_of_its_container(void **state)
{
    (void)state;
    check_insert("x.yaml", "a: 1\n", NULL, "k", true, "a: 1\nk: {m: x y, size: 30}\n");
    check_insert("x.yaml", "a: 1", NULL, "k", false, "a: 1\nk: v");
    check_insert("x.yaml", "a:\n    b: 1 # why\n\n# next\nc: 2\n", "a", "k", true,
                 "a:\n    b: 1 # why\n    k: {m: x y, size: 30}\n\n# next\nc: 2\n");
    check_insert("x.yaml", "a:\n- b\nc: 2\n", "a", NULL, true,
                 "a:\n- b\n- {m: x y, size: 30}\nc: 2\n");
    check_insert("x.yaml", "a:\n  - b: 1\n    c: 2\n", "a", NULL, false,
                 "a:\n  - b: 1\n    c: 2\n  - v\n");
    check_insert("x.yaml", "a: {b: 1}\n", "a", "k", true, "a: {b: 1, k: {m: x y, size: 30}}\n");
    check_insert("x.yaml", "a: {}\n", "a", "k", false, "a: {k: v}\n");
    check_insert("x.yaml", "a: [1, 2,]\n", "a", NULL, false, "a: [1, 2, v]\n");
    check_insert("x.yaml", "a: [\n    1,\n    2 # two\n  ]\n", "a", NULL, false,
                 "a: [\n    1,\n    2, # two\n    v\n  ]\n");
    check_insert("x.yaml", "a: |\n  text\n\nb: 1\n", NULL, "k", false,
                 "a: |\n  text\n\nb: 1\nk: v\n");
    check_insert("x.yaml", "b: |\n  text", NULL, "k", false, "b: |-\n  text\nk: v");
    check_insert("x.yaml", "a:\n  b: |+\n    text\n\n\nc: 1\n", "a", "k", false,
                 "a:\n  b: |+\n    text\n\n\n  k: v\nc: 1\n");
    check_insert("x.yaml", "a: # none yet\nb: 1\n", "a", "k", true,
                 "a: # none yet\n  k: {m: x y, size: 30}\nb: 1\n");
    check_insert("x.yaml", "a:\r\n  b: 1\r\n", "a", "k", false, "a:\r\n  b: 1\r\n  k: v\r\n");
    check_insert("x.json", "{\n  \"a\": 1\n}\n", NULL, "k", true,
                 "{\n  \"a\": 1,\n  \"k\": {\"m\": \"x y\", \"size\": 30}\n}\n");
    check_insert("x.json", "{\"a\": [1]}\n", "a", NULL, false, "{\"a\": [1, \"v\"]}\n");
    check_insert("x.yaml", "a: b \t\n  \t\n\nc: d\n", NULL, "k", false,
                 "a: b \t\n  \t\n\nc: d\nk: v\n");
    check_insert("x.yaml", "a: b\n  \t\n", NULL, "k", true, "a: b\nk: {m: x y, size: 30}\n  \n");
    check_insert("x.json", "{}", NULL, "k", false, "{\"k\": \"v\"}");
}

static void check_remove(const char *source, const char *a, const char *b, const char *wanted)
{
    fixture f = open_text("x.yaml", source);
    parley_splice splice;
    parley_error err = PARLEY_ERROR_INIT;
    const parley_node *container = b != NULL ? at(&f, a, NULL) : parley_document_root(f.document);
    const parley_node *child = container->first;
    if (container->kind == PARLEY_NODE_MAP)
        child = parley_node_member(container, b != NULL ? b : a);
    else
        for (int i = atoi(b); i > 0; i--)
            child = child->next;
    check_ok(parley_edit_remove(&splice, f.document, container, child, &err), &err);
    check_result(&f, splice, wanted);
    done(&f);
}

static void an_entry_goes_with_its_line_and_no_more(void **state)
{
    (void)state;
    check_remove("# one\na: 1 # why\n# two\nb: 2\n", "a", NULL, "# one\n# two\nb: 2\n");
    check_remove("a: 1\nb:\n  c: 1\n  # in b\n\n  d: 2\ne: 3\n", "b", NULL, "a: 1\ne: 3\n");
    check_remove("a: {b: 1, c: 2, d: 3}\n", "a", "b", "a: {c: 2, d: 3}\n");
    check_remove("a: {b: 1, c: 2, d: 3}\n", "a", "c", "a: {b: 1, d: 3}\n");
    check_remove("a: {b: 1, c: 2, d: 3}\n", "a", "d", "a: {b: 1, c: 2}\n");
    check_remove("a: {b: 1}\n", "a", "b", "a: {}\n");
    check_remove("a:\n  b: 1 # why\nc: 2\n", "a", "b", "a:\n   {} # why\nc: 2\n");
    check_remove("a:\n- b\nc: 2\n", "a", "0", "a:\n []\nc: 2\n");
    check_remove("a:\n- b\n- c\n", "a", "0", "a:\n- c\n");
    check_remove("a: {\n  b: 1, # one\n  c: 2\n}\n", "a", "b", "a: {\n  c: 2\n}\n");
    check_remove("a: {\n  b: 1, # one\n  c: 2\n}\n", "a", "c", "a: {\n  b: 1 # one\n  \n}\n");
    check_remove("a: |+\n  x\nb: 1\n\n    # deep\nc: 1\n", "b", NULL, "a: |+\n  x\nc: 1\n");
    check_remove("a: 1\nb: 2", "b", NULL, "a: 1\n");
    check_remove("a:\n  - b: 1\n    # two\n    c: 2\n", "a", "0", "a:\n   []\n");
    check_remove("a: [1,#one\n  2 ]\n", "a", "1", "a: [1 #one\n   ]\n");
    check_remove("a: [\n1, ---, 3]\n", "a", "0", "a: [\n ---, 3]\n");
}

static void splices_that_overlap_are_a_conflict(void **state)
{
    (void)state;
    fixture f = open_text("x.yaml", "abc: 1\n");
    parley_text *out = parley_text_new(f.ctx, 100);
    assert_non_null(out);
    parley_error err = PARLEY_ERROR_INIT;
    const parley_splice over[] = {{2, 4, "", 0}, {0, 3, "", 0}};
    check_fails(parley_document_splice(f.document, over, 2, out, &err), PARLEY_CONFLICT, &err);
    parley_error_clear(&err);
    const parley_splice beyond = {5, 8, "", 0};
    check_fails(parley_document_splice(f.document, &beyond, 1, out, &err), PARLEY_RANGE, &err);
    parley_error_clear(&err);
    const parley_splice fine[] = {{3, 3, "2", 1}, {0, 3, "x", 1}, {3, 3, "3", 1}, {5, 6, "4", 1}};
    check_ok(parley_document_splice(f.document, fine, 4, out, &err), &err);
    assert_string_equal(parley_text_data(out), "x23: 4\n");
    parley_text_free(out);
    done(&f);
}

static void what_cannot_be_edited_is_refused(void **state)
{
    (void)state;
    fixture f = open_text("x.yaml", "a: {b: 1}\nc: [1]\nd: x\n");
    parley_arena *arena = parley_document_arena(f.document);
    parley_node *v = parley_node_scalar(arena, "v", 1);
    parley_splice s;
    parley_error err = PARLEY_ERROR_INIT;
    const parley_node *a = at(&f, "a", NULL), *c = at(&f, "c", NULL), *d = at(&f, "d", NULL);
    check_fails(parley_edit_insert(&s, f.document, a, "b", v, &err), PARLEY_CONFLICT, &err);
    parley_error_clear(&err);
    check_fails(parley_edit_insert(&s, f.document, a, NULL, v, &err), PARLEY_INVALID, &err);
    parley_error_clear(&err);
    check_fails(parley_edit_insert(&s, f.document, c, "k", v, &err), PARLEY_INVALID, &err);
    parley_error_clear(&err);
    check_fails(parley_edit_insert(&s, f.document, d, "k", v, &err), PARLEY_INVALID, &err);
    parley_error_clear(&err);
    check_fails(parley_edit_set(&s, f.document, a, "x", 1, &err), PARLEY_INVALID, &err);
    parley_error_clear(&err);
    check_fails(parley_edit_set(&s, f.document, d, "\xFF", 1, &err), PARLEY_INVALID, &err);
    parley_error_clear(&err);
    check_fails(parley_edit_remove(&s, f.document, a, d, &err), PARLEY_NOTFOUND, &err);
    done(&f);
}

/* ---- random documents, random edits ---- */

static void collect(const parley_node *node, const parley_node **list, const parley_node **parents,
                    size_t *n, size_t most)
{
    for (const parley_node *m = node->first; m != NULL && *n < most; m = m->next) {
        parents[*n] = node;
        list[(*n)++] = m;
        if (m->kind != PARLEY_NODE_SCALAR)
            collect(m, list, parents, n, most);
    }
}

/* One random edit of a document; false: there is nothing of the kind to edit. */
static bool random_edit(parley_random *r, parley_document *d, change *c, parley_splice *splice)
{
    static const parley_node *list[4000], *parents[4000];
    size_t n = 0;
    parley_error err = PARLEY_ERROR_INIT;
    const parley_node *root = parley_document_root(d);
    collect(root, list, parents, &n, CHECK_COUNT(list));
    uint32_t kind = parley_random_below(r, 3);
    size_t i = n > 0 ? parley_random_below(r, (uint32_t)n) : 0;
    memset(c, 0, sizeof *c);
    if (kind == 0) {
        if (n == 0 || list[i]->kind != PARLEY_NODE_SCALAR)
            return false;
        c->set = list[i];
        c->text = random_word(r);
        check_ok(parley_edit_set(splice, d, list[i], c->text, strlen(c->text), &err), &err);
    } else if (kind == 1) {
        const parley_node *into = n == 0 || parley_random_below(r, 5) == 0 ? root : list[i];
        if (into->kind == PARLEY_NODE_SCALAR && into->span.begin < into->span.end)
            return false;
        bool map = into->kind == PARLEY_NODE_SCALAR ? parley_random_below(r, 2) == 0
                                                    : into->kind == PARLEY_NODE_MAP;
        c->into = into;
        c->key = map ? parley_random_below(r, 2) == 0 ? "new" : random_word(r) : NULL;
        if (map && into->kind == PARLEY_NODE_MAP && parley_node_member(into, c->key) != NULL)
            return false;
        c->value = random_tree(r, parley_document_arena(d), 2);
        check_ok(parley_edit_insert(splice, d, into, c->key, c->value, &err), &err);
    } else {
        if (n == 0)
            return false;
        c->without = list[i];
        check_ok(parley_edit_remove(splice, d, parents[i], list[i], &err), &err);
    }
    return true;
}

/* Every comment of the text before is there, except those within what was taken out. */
static void check_comments(const char *before, const parley_splice *splice, const char *after,
                           uint64_t seed)
{
    for (const char *p = strstr(before, "#c"); p != NULL; p = strstr(p + 1, "#c")) {
        size_t place = (size_t)(p - before);
        char mark[32];
        size_t n = 0;
        if (place >= splice->begin && place < splice->end)
            continue;
        while (n < sizeof mark - 1 && p[n] != ':' && p[n] != '\0')
            n++;
        if (p[n] != ':')
            continue; /* not one of ours */
        memcpy(mark, p, n + 1);
        mark[n + 1] = '\0';
        if (strstr(after, mark) == NULL) {
            print_error("seed %llu: %s is lost\n%s\n--- after:\n%s\n", (unsigned long long)seed,
                        mark, before, after);
            fail();
        }
    }
}

static void edit_once(parley_ctx *ctx, const char *name, parley_text *source, uint64_t seed,
                      parley_random *r)
{
    parley_text *wanted = parley_text_new(ctx, 1 << 22), *got = parley_text_new(ctx, 1 << 22);
    parley_text *after = parley_text_new(ctx, 1 << 22), *show = parley_text_new(ctx, 1 << 22);
    parley_document *d =
        read_well(ctx, name, parley_text_data(source), parley_text_size(source), seed);
    change c;
    parley_splice splice;
    parley_error err = PARLEY_ERROR_INIT;
    if (random_edit(r, d, &c, &splice)) {
        check_ok(parley_document_splice(d, &splice, 1, after, &err), &err);
        parley_text_printf(show, "%s\n--- after (%s):\n%s", parley_text_data(source),
                           c.set != NULL    ? "set"
                           : c.into != NULL ? "insert"
                                            : "remove",
                           parley_text_data(after));
        dump_tree(wanted, parley_document_root(d), &c, false);
        parley_document *again = NULL;
        if (parley_document_read(&again, ctx, name, parley_text_data(after),
                                 parley_text_size(after), NULL, &err) != PARLEY_OK) {
            char line[1024];
            parley_error_print(&err, line, sizeof line);
            print_error("seed %llu: %s\n%s\n", (unsigned long long)seed, line,
                        parley_text_data(show));
            fail();
        }
        dump_tree(got, parley_document_root(again), NULL, false);
        check_same_text(wanted, got, parley_text_data(show), seed);
        check_comments(parley_text_data(source), &splice, parley_text_data(after), seed);
        parley_document_free(again);
    }
    parley_document_free(d);
    parley_text_free(wanted);
    parley_text_free(got);
    parley_text_free(after);
    parley_text_free(show);
}

static void random_edits_of_random_documents_give_the_edited_tree(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < MANY; seed++) {
        parley_ctx *ctx = check_ctx();
        parley_arena *arena = parley_arena_new(ctx);
        parley_text *source = parley_text_new(ctx, 1 << 22);
        parley_random r = parley_random_stream(seed, 1, 0, 0);
        uint32_t comments = 0;
        parley_node *tree = random_tree(&r, arena, 0);
        render_random(&r, tree, source, &comments);
        for (int i = 0; i < 6; i++)
            edit_once(ctx, "x.yaml", source, seed, &r);
        parley_text_clear(source);
        parley_document_write_json(tree, source);
        for (int i = 0; i < 3; i++)
            edit_once(ctx, "x.json", source, seed, &r);
        parley_text_clear(source);
        parley_sink sink = {.text = source};
        parley_put_flow(&sink, tree, true, SIZE_MAX);
        edit_once(ctx, "x.json", source, seed, &r);
        parley_text_free(source);
        parley_arena_free(arena);
        check_ctx_done(ctx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_value_keeps_the_style_of_the_old_one),
        cmocka_unit_test(an_empty_value_can_be_set),
        cmocka_unit_test(a_value_of_json_stays_json),
        cmocka_unit_test(an_entry_is_added_in_the_style_of_its_container),
        cmocka_unit_test(an_entry_goes_with_its_line_and_no_more),
        cmocka_unit_test(splices_that_overlap_are_a_conflict),
        cmocka_unit_test(what_cannot_be_edited_is_refused),
        cmocka_unit_test(random_edits_of_random_documents_give_the_edited_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
