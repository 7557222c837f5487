/*
 * The claims interface on disk: the suite that every implementation passes, and the interface in
 * memory asked the same things about the same cases.
 */
#include "case/claims_conformance.h"
#include "deal/random_case.h"
#include "store/store_steps.h"
#include "support/torture.h"

static const char *folder;

/* A case in a file of its own, and its claims. */
static parley_store *store_of(store_box *box, const parley_case *c, parley_store_claims **out)
{
    parley_error err = PARLEY_ERROR_INIT;
    store_box_empty(box);
    parley_store *store = store_create(box);
    store_take(store, c, false);
    parley_store_close(store);
    store = store_open(box, false);
    check_ok(parley_store_claims_new(out, store, &err), &err);
    return store;
}

static void claims_on_disk_conform(void **state)
{
    (void)state;
    store_box box;
    parley_store_claims *disk = NULL;
    store_box_make(&box);
    parley_case *c = read_text(box.ctx, "claims.yaml", claims_conformance_case, NULL);
    parley_store *store = store_of(&box, c, &disk);
    parley_claims claims = parley_store_claims_of(disk);
    claims_conformance(&claims);
    parley_store_claims_free(disk);
    parley_store_close(store);
    parley_case_free(c);
    store_box_done(&box);
}

/* They conform as well when everything was corrected once, and something else removed. */
static void claims_conform_after_corrections_and_removals(void **state)
{
    (void)state;
    static const char *const ids[] = {"late", "undated", "same"};
    store_box box;
    parley_error err = PARLEY_ERROR_INIT;
    parley_store_claims *disk = NULL;
    char words[400];
    store_box_make(&box);
    parley_case *c = read_text(box.ctx, "claims.yaml", claims_conformance_case, NULL);
    parley_store *store = store_create(&box);
    store_take(store, c, false);
    uint64_t extra = store_write(store, PARLEY_ENTRY_PUT, 0,
                                 "claims: {extra: {by: ru, act: demand, about: \"arms = stop\", "
                                 "says: \"arms and land\", date: 2025-03-01}}\n");
    for (size_t i = 0; i < CHECK_COUNT(ids); i++) {
        int32_t row = parley_case_find(c, "claims", ids[i], strlen(ids[i]));
        assert_true(row >= 0);
        uint64_t seq = 0; /* the entry that put it there: counted from the end */
        seq = extra - 7 + (uint64_t)row;
        snprintf(words, sizeof(words),
                 "claims: {%s: {by: us, act: say, says: \"arms land days\", about: land}}\n",
                 ids[i]);
        store_write(store, PARLEY_ENTRY_CORRECT, seq, words);
    }
    store_write(store, PARLEY_ENTRY_REMOVE, extra, "");
    store_take(store, c, true); /* and back again */
    store_right(&box, store);
    check_ok(parley_store_claims_new(&disk, store, &err), &err);
    parley_claims claims = parley_store_claims_of(disk);
    claims_conformance(&claims);
    store_write(store, PARLEY_ENTRY_PUT, 0, "title: \"T\"\n");
    claims_seen seen = {"", 0, 0};
    check_fails(claims.search(claims.self, "arms", claims_note, &seen, &err), PARLEY_STATE, &err);
    parley_error_clear(&err);
    check_fails(claims.each(claims.self, -1, -1, 0, 0, claims_note, &seen, &err), PARLEY_STATE,
                &err);
    parley_store_claims_free(disk);
    parley_store_close(store);
    parley_case_free(c);
    store_box_done(&box);
}

static void a_store_without_claims_has_none(void **state)
{
    (void)state;
    static const char *const texts[] = {"parley: 1\n", "parley: 1\nclaims: {}\n"};
    store_box box;
    store_box_make(&box);
    for (size_t i = 0; i < CHECK_COUNT(texts); i++) {
        parley_store_claims *disk = NULL;
        parley_case *c = read_text(box.ctx, "none.yaml", texts[i], NULL);
        parley_store *store = store_of(&box, c, &disk);
        parley_claims claims = parley_store_claims_of(disk);
        assert_int_equal(claims.count(claims.self), 0);
        assert_null(claims.get(claims.self, 0));
        assert_int_equal(claims.find(claims.self, "c1", 2), -1);
        claims_check_each(&claims, -1, -1, INT32_MIN, INT32_MAX, "");
        claims_check_each(&claims, 0, -1, INT32_MIN, INT32_MAX, "");
        claims_check_each(&claims, -1, 5, INT32_MIN, INT32_MAX, "");
        claims_check_search(&claims, "word", "");
        parley_store_claims_free(disk);
        parley_store_close(store);
        parley_case_free(c);
    }
    store_box_done(&box);
}

/* ---- memory and disk ---- */

static void print_voices(parley_text *out, const parley_voices *v)
{
    for (uint32_t i = 0; i < v->count; i++) {
        parley_text_printf(out, " (%d %d %d %s)", v->at[i].party, v->at[i].person, v->at[i].source,
                           v->at[i].words != NULL ? v->at[i].words : "-");
    }
}

static void print_conditions(parley_text *out, const parley_case *c, const parley_conditions *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        parley_text_printf(out, " [%s]", list->at[i].text);
        if (list->at[i].formula != NULL) {
            parley_formula_print(list->at[i].formula, parley_case_names(c), out);
        }
    }
}

static const char *or_dash(const char *s)
{
    return s != NULL ? s : "-";
}

/* Every field of a claim but its place and when it was recorded. */
static bool print_claim(parley_text *out, const parley_case *c, uint64_t i, const parley_claim *k)
{
    char both[80];
    parley_date_print(k->record.happened, both, sizeof(both));
    parley_text_printf(out, "%llu %s %s ", (unsigned long long)i, k->record.id, both);
    parley_date_print(k->record.learned, both, sizeof(both));
    parley_text_printf(out, "%s %d %llx|", both, (int)k->record.label_typed,
                       (unsigned long long)k->record.label.bits[0]);
    print_voices(out, &k->by);
    parley_text_puts(out, " to");
    print_voices(out, &k->to);
    parley_text_printf(out, " %d %d about %d %d %s", (int)k->act, (int)k->firmness,
                       (int)k->about.kind, k->about.index, or_dash(k->about.text));
    if (k->about.formula != NULL) {
        parley_formula_print(k->about.formula, parley_case_names(c), out);
    }
    print_conditions(out, c, &k->conditions);
    parley_text_puts(out, " only");
    print_conditions(out, c, &k->only_if);
    parley_text_printf(out, " %d %s %s %s %s %d %d %s %d %s %s", (int)k->list, or_dash(k->says),
                       or_dash(k->hedge), or_dash(k->scope), or_dash(k->speaker_text), k->source,
                       (int)k->cls, or_dash(k->grade), k->point, or_dash(k->implies),
                       or_dash(k->publicity));
    print_ids("chain", k->chain, out);
    print_ids("repeats", k->repeats, out);
    print_ids("replaces", k->replaces, out);
    print_ids("evidence", (parley_ids){k->record.evidence, k->record.evidence_count}, out);
    parley_text_putc(out, '\n');
    return true;
}

typedef struct printing {
    parley_text *out;
    const parley_case *c;
    uint32_t left;
} printing;

static bool print_visit(void *user, uint64_t i, const parley_claim *claim)
{
    printing *p = user;
    print_claim(p->out, p->c, i, claim);
    return --p->left > 0;
}

/* Ask one thing of both; the answers are the same text. */
typedef struct asked {
    int32_t party;
    int32_t issue;
    int32_t first;
    int32_t last;
    const char *search; /* else each */
    uint32_t most;
    bool look; /* with other forms, and beginnings */
    parley_language language;
} asked;

static char *answer(parley_ctx *ctx, const parley_case *c, const parley_claims *claims,
                    const asked *q)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_text *out = text_of(ctx);
    printing p = {out, c, q->most};
    if (q->look) {
        parley_query *query = NULL;
        check_ok(parley_query_new(&query, ctx, q->search, q->language, &err), &err);
        check_ok(claims->look(claims->self, query, print_visit, &p, &err), &err);
        parley_query_free(query);
    } else if (q->search != NULL) {
        check_ok(claims->search(claims->self, q->search, print_visit, &p, &err), &err);
    } else {
        check_ok(claims->each(claims->self, q->party, q->issue, q->first, q->last, print_visit, &p,
                              &err),
                 &err);
    }
    char *copy = strdup(parley_text_data(out));
    assert_non_null(copy);
    parley_text_free(out);
    return copy;
}

static void ask_both(parley_ctx *ctx, const parley_case *c, const parley_claims *memory,
                     const parley_claims *disk, asked q)
{
    char *a = answer(ctx, c, memory, &q);
    char *b = answer(ctx, c, disk, &q);
    if (strcmp(a, b) != 0) {
        fail_msg("party %d issue %d days %d to %d search '%s': memory says\n%s\ndisk says\n%s",
                 q.party, q.issue, q.first, q.last, or_dash(q.search), a, b);
    }
    free(a);
    free(b);
}

/* old: of a file as the third format had it. */
static void both_say_the_same(store_box *box, const parley_case *c, uint64_t key, bool old)
{
    static const char *const searches[] = {"a",  "words", "the arms", "not",
                                           "30", "halt",  "and the"};
    static const char *const looks[] = {"halts",    "demanding",  "arm stop", "a* the",
                                        "w*",       "\"the\" w*", "talking",  "i*",
                                        "peaceful", "c* p*",      "reports",  "words"};
    parley_store_claims *d = NULL;
    parley_random random = parley_random_stream(key, 91, 0, 0);
    parley_error err = PARLEY_ERROR_INIT;
    parley_store *store = store_of(box, c, &d);
    if (old) {
        parley_store_claims_free(d);
        parley_store_close(store);
        steps_make_third(box->path);
        store = store_open(box, false);
        check_ok(parley_store_claims_new(&d, store, &err), &err);
    }
    parley_claims disk = parley_store_claims_of(d);
    parley_claims memory = parley_claims_of(c);
    assert_int_equal(disk.count(disk.self), memory.count(memory.self));
    for (uint64_t i = 0; i < memory.count(memory.self); i++) {
        parley_text *a = text_of(box->ctx);
        parley_text *b = text_of(box->ctx);
        const parley_claim *one = memory.get(memory.self, i);
        const parley_claim *other = disk.get(disk.self, i);
        assert_non_null(other);
        print_claim(a, c, i, one);
        print_claim(b, c, i, other);
        assert_string_equal(parley_text_data(a), parley_text_data(b));
        assert_int_equal(other->record.recorded, box->now);
        assert_int_equal(disk.find(disk.self, one->record.id, strlen(one->record.id)), (int64_t)i);
        parley_text_free(b);
        parley_text_free(a);
    }
    for (int32_t p = -1; p < (int32_t)parley_case_parties(c); p++) {
        for (int32_t i = -1; i < (int32_t)parley_case_issues(c); i++) {
            int32_t first = 20000 + (int32_t)parley_random_below(&random, 400);
            ask_both(box->ctx, c, &memory, &disk,
                     (asked){p, i, INT32_MIN, INT32_MAX, NULL, UINT32_MAX, false, 0});
            ask_both(box->ctx, c, &memory, &disk,
                     (asked){p, i, first, first + (int32_t)parley_random_below(&random, 60), NULL,
                             1 + parley_random_below(&random, 4), false, 0});
        }
    }
    for (size_t s = 0; s < CHECK_COUNT(searches); s++) {
        ask_both(box->ctx, c, &memory, &disk, (asked){.search = searches[s], .most = UINT32_MAX});
    }
    for (size_t s = 0; s < CHECK_COUNT(looks); s++) {
        static const parley_language languages[] = {PARLEY_LANGUAGE_ENGLISH, PARLEY_LANGUAGE_NONE,
                                                    PARLEY_LANGUAGE_GERMAN,
                                                    PARLEY_LANGUAGE_RUSSIAN};
        for (size_t l = 0; l < CHECK_COUNT(languages); l++) {
            ask_both(box->ctx, c, &memory, &disk,
                     (asked){.search = looks[s],
                             .most = UINT32_MAX,
                             .look = true,
                             .language = languages[l]});
        }
    }
    parley_store_claims_free(d);
    parley_store_close(store);
}

static void shipped_cases_answer_alike_from_memory_and_disk(void **state)
{
    (void)state;
    store_box box;
    store_box_make(&box);
    for (size_t i = 0; i < CHECK_COUNT(shipped_names); i++) {
        parley_case *c = load_shipped(box.ctx, folder, shipped_names[i], NULL);
        both_say_the_same(&box, c, i, i % 3 == 2);
        parley_case_free(c);
    }
    store_box_done(&box);
}

static void random_cases_answer_alike_from_memory_and_disk(void **state)
{
    (void)state;
    store_box box;
    store_box_make(&box);
    for (uint64_t key = 1; key <= 25; key++) {
        random_case rc;
        random_case_options options = {.claims_most = 20};
        random_case_make(&rc, key, &options);
        char *text = random_case_text(&rc, key % 2);
        parley_case *c = read_text(box.ctx, "random.yaml", text, NULL);
        both_say_the_same(&box, c, key, key % 3 == 2);
        parley_case_free(c);
        free(text);
        random_case_free(&rc);
    }
    store_box_done(&box);
}

/* More claims than a batch holds, each naming one far away. */
static void claims_beyond_one_batch_answer_alike(void **state)
{
    (void)state;
    enum { CLAIMS = 700 };
    static const char *const about[] = {"x = a", "not x = b", "y", "\"words only\"", "p", "z >= 3"};
    store_box box;
    store_box_make(&box);
    parley_text *t = text_of(box.ctx);
    parley_text_puts(t, "parley: 1\nsources: {s: {kind: outlet, date: 2025-01-01}}\n"
                        "parties: {ru: {}, ua: {}}\npeople: {one: {of: ru}, two: {of: ua}}\n"
                        "issues:\n  x: {options: {a: A, b: B}}\n  y: {ask: \"Why?\"}\n"
                        "  z: {quantity: {unit: day, from: 1, to: 9, step: 1}}\n"
                        "proposals: {p: {tabled-by: ru, text: \"y2\", parts: [\"z = 4\"], claim: "
                        "c0}}\n"
                        "concerns: {k: {party: ru, says: \"w\", claim: c1, met-from: [c2]}}\n"
                        "claims:\n");
    for (int i = 0; i < CLAIMS; i++) {
        static const char *const by[] = {"ru", "\"ru:one\"", "one", "[ua, ru]", "two", "s"};
        parley_text_printf(t, "  c%d: {by: %s, act: say, source: s, about: %s", i, by[i % 6],
                           i % 35 == 7   ? "k"
                           : i % 35 == 8 ? "c3"
                                         : "");
        if (i % 35 != 7 && i % 35 != 8) {
            parley_text_printf(t, "%s%s%s", about[i % 5][0] == '"' ? "" : "\"", about[i % 5],
                               about[i % 5][0] == '"' ? "" : "\"");
        }
        parley_text_printf(t, ", says: \"word%d common\"", i % 50);
        switch (i % 9) { /* every way to say when, many of them the same days */
        case 0:
            parley_text_puts(t, ", date: before 2025-03-01");
            break;
        case 1:
            parley_text_puts(t, ", date: before 2025-03");
            break;
        case 2:
            parley_text_puts(t, ", date: 2025-03");
            break;
        case 3:
            parley_text_puts(t, ", date: 2025-03~");
            break;
        case 4:
            parley_text_puts(t, i % 2 == 0 ? ", date: 2025" : "");
            break;
        case 5:
            parley_text_puts(t, ", date: after 2025-02-28");
            break;
        case 6:
            parley_text_puts(t, ", date: 2025-03-01~");
            break;
        default:
            parley_text_printf(t, ", date: 2025-%02d-%02d", 1 + i % 12, 1 + i % 28);
            break;
        }
        if (i >= 300) {
            parley_text_printf(t, ", repeats: [c%d, c%d]", i - 300, i - 1);
        }
        parley_text_puts(t, "}\n");
    }
    parley_case *c = read_text(box.ctx, "many.yaml", parley_text_data(t), NULL);
    both_say_the_same(&box, c, 3, false);
    parley_case_free(c);
    parley_text_free(t);
    store_box_done(&box);
}

/* ---- memory ---- */

static bool go_on(void *user, uint64_t i, const parley_claim *claim)
{
    (void)user;
    (void)i;
    (void)claim;
    return true;
}

static parley_status ask_all(parley_ctx *ctx, void *user, parley_error *err)
{
    store_box *box = user;
    parley_store *store = NULL;
    parley_store_claims *disk = NULL;
    parley_store_options options = box->options;
    options.write = false;
    parley_status status = parley_store_open(&store, ctx, box->path, &options, err);
    if (status == PARLEY_OK) {
        status = parley_store_claims_new(&disk, store, err);
    }
    if (status == PARLEY_OK) {
        parley_claims claims = parley_store_claims_of(disk);
        status = claims.each(claims.self, 0, -1, INT32_MIN, INT32_MAX, go_on, NULL, err);
        if (status == PARLEY_OK) {
            status = claims.each(claims.self, -1, 0, INT32_MIN, INT32_MAX, go_on, NULL, err);
        }
        if (status == PARLEY_OK) {
            status = claims.search(claims.self, "arms", go_on, NULL, err);
        }
    }
    parley_store_claims_free(disk);
    parley_store_close(store);
    return status;
}

static void no_failed_allocation_leaks_or_goes_unnoticed(void **state)
{
    (void)state;
    store_box box;
    parley_store_claims *disk = NULL;
    store_box_make(&box);
    parley_case *c = read_text(box.ctx, "claims.yaml", claims_conformance_case, NULL);
    parley_store *store = store_of(&box, c, &disk);
    parley_store_claims_free(disk);
    parley_store_close(store);
    parley_case_free(c);
    torture(ask_all, &box, 120);
    store_box_done(&box);
}

/* A file of the third format gets the tables of the fourth from what it has: the same as a file
 * that had them from the beginning. */
static void a_file_of_the_third_format_becomes_what_a_new_one_is(void **state)
{
    (void)state;
    store_box box;
    store_box_make(&box);
    for (uint64_t key = 0; key < 6; key++) {
        random_case rc;
        random_case_options options = {.claims_most = 30};
        random_case_make(&rc, 9000 + key, &options);
        char *text = random_case_text(&rc, false);
        parley_case *c = read_text(box.ctx, "random.yaml", text, NULL);
        store_box_empty(&box);
        parley_store *store = store_create(&box);
        store_take(store, c, false);
        parley_store_close(store);
        steps_make_third(box.path);
        store = store_open(&box, true);
        store_right(&box, store); /* as the format it has */
        store_write(store, PARLEY_ENTRY_PUT, 0, "mandate: {note: \"a word that was not there\"}\n");
        store_right(&box, store); /* every table is compared with one made from the journal */
        parley_store_close(store);
        parley_case_free(c);
        free(text);
        random_case_free(&rc);
    }
    store_box_done(&box);
}

/* The next id goes on with the letter that most have: of several letters with very many ids each,
 * and of two with as many, the first. */
static void the_next_id_goes_on_with_the_commonest_letter(void **state)
{
    (void)state;
    static const struct {
        uint32_t a;
        uint32_t c;
        uint32_t x;
        const char *next;
    } row[] = {{0, 0, 0, "c1"},         {0, 0, 3, "x4"},          {2, 2, 0, "a3"},
               {2, 3, 3, "c4"},         {1100, 1024, 0, "a1101"}, {1024, 1025, 1025, "c1026"},
               {3, 1500, 1499, "c1501"}};
    store_box box;
    parley_error err = PARLEY_ERROR_INIT;
    store_box_make(&box);
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        char next[24];
        char words[80];
        const uint32_t counts[] = {row[i].a, row[i].c, row[i].x};
        store_box_empty(&box);
        parley_store *store = store_create(&box);
        check_ok(parley_store_begin(store, &err), &err);
        for (size_t k = 0; k < 3; k++) {
            for (uint32_t n = 1; n <= counts[k]; n++) {
                int length = snprintf(words, sizeof(words), "claims: {%c%u: {act: say, says: w}}\n",
                                      "acx"[k], n);
                check_ok(
                    parley_store_add(store, NULL, PARLEY_ENTRY_PUT, 0, words, (size_t)length, &err),
                    &err);
            }
        }
        check_ok(parley_store_commit(store, &err), &err);
        check_ok(parley_store_free_id(next, store, &err), &err);
        assert_string_equal(next, row[i].next);
        parley_store_close(store);
    }
    store_box_done(&box);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claims_on_disk_conform),
        cmocka_unit_test(claims_conform_after_corrections_and_removals),
        cmocka_unit_test(a_store_without_claims_has_none),
        cmocka_unit_test(shipped_cases_answer_alike_from_memory_and_disk),
        cmocka_unit_test(random_cases_answer_alike_from_memory_and_disk),
        cmocka_unit_test(a_file_of_the_third_format_becomes_what_a_new_one_is),
        cmocka_unit_test(the_next_id_goes_on_with_the_commonest_letter),
        cmocka_unit_test(claims_beyond_one_batch_answer_alike),
        cmocka_unit_test(no_failed_allocation_leaks_or_goes_unnoticed),
    };
    folder = argc > 1 ? argv[1] : "cases";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
