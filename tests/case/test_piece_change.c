/*
 * Changing members of one record in a piece: values as people type them, what is refused, every
 * record of the shipped sections set to what it says already, which claims a text names, and memory
 * that ends.
 */
#include "deal/random_case.h"
#include "support/torture.h"

#include <parley/records.h>

/* Short, so that what is added still fits on its line. */
static const char claim[] = "claims:\n  c1: {by: ua, act: accept, about: o30, source: w}\n";

/* The canonical bytes after the changes, or NULL with the error. Released with free. */
static char *changed(const char *piece, const parley_member_change *list, size_t count,
                     parley_error *err)
{
    parley_ctx *ctx = check_ctx();
    parley_arena *arena = parley_arena_new(ctx);
    parley_text *out = parley_text_new(ctx, 1 << 20);
    parley_piece read;
    char *copy = NULL;
    assert_non_null(arena);
    assert_non_null(out);
    parley_status status =
        parley_piece_change(out, ctx, "test", piece, strlen(piece), list, count, err);
    if (status == PARLEY_OK) {
        status = parley_piece_read(&read, ctx, arena, "test", parley_text_data(out),
                                   parley_text_size(out), err);
        check_ok(status, err);
        copy = strdup(read.bytes);
        assert_non_null(copy);
    }
    parley_text_free(out);
    parley_arena_free(arena);
    check_ctx_done(ctx);
    return copy;
}

static void a_value_is_typed_as_people_type_it(void **state)
{
    (void)state;
    static const struct {
        const char *piece;
        parley_member_change change;
        const char *wanted;
    } rows[] = {
        {claim, {"act", "reject"}, "claims:\n  c1: {by: ua, act: reject, about: o30, source: w}\n"},
        {claim, {"source", NULL}, "claims:\n  c1: {by: ua, act: accept, about: o30}\n"},
        {claim,
         {"says", "72"}, /* a text, not a number */
         "claims:\n  c1: {by: ua, act: accept, about: o30, source: w, says: \"72\"}\n"},
        {claim,
         {"date", "2025-03-11~"},
         "claims:\n  c1: {by: ua, act: accept, about: o30, source: w, date: "
         "2025-03-11~}\n"},
        {claim,
         {"if", "arms = stopped; monitor != unnamed ;"},
         "claims:\n  c1: {by: ua, act: accept, about: o30, source: w, if: [arms = "
         "stopped, monitor != unnamed]}\n"},
        {claim,
         {"if", "[\"a = b; c\", 'd']"},
         "claims:\n  c1: {by: ua, act: accept, about: o30, source: w, if: [a = b; c, "
         "d]}\n"},
        {claim,
         {"repeats", "c2, c3"},
         "claims:\n  c1: {by: ua, act: accept, about: o30, source: w, repeats: [c2, "
         "c3]}\n"},
        {claim,
         {"says", "yes: \"we\" will # not"},
         "claims:\n  c1: {by: ua, act: accept, about: o30, source: w, says: \"yes: "
         "\\\"we\\\" will # not\"}\n"},
        {"figures:\n  f1: {what: carts, best: 12}\n",
         {"best", "20.5"},
         "figures:\n  f1: {what: carts, best: 20.5}\n"},
        {"claims:\n  c1: {by: a}\n", {"by", NULL}, "claims:\n  c1: {}\n"},
        {"responses:\n  - {party: ua, to: offer-30, answer: accept}\n",
         {"answer", "defer"},
         "responses:\n  - {party: ua, to: offer-30, answer: defer}\n"},
        {"issues:\n  gate: {ask: Open}\n",
         {"options", "{open: Open, shut: \"Shut: for good\"}"},
         "issues:\n  gate: {ask: Open, options: {open: Open, shut: \"Shut: for good\"}}\n"},
    };
    for (size_t k = 0; k < CHECK_COUNT(rows); k++) {
        parley_error err = PARLEY_ERROR_INIT;
        char *found = changed(rows[k].piece, &rows[k].change, 1, &err);
        check_ok(err.status, &err);
        assert_non_null(found);
        assert_string_equal(found, rows[k].wanted);
        free(found);
    }
}

static void several_changes_are_made_in_order(void **state)
{
    (void)state;
    static const parley_member_change list[] = {
        {"says", "one"}, {"says", "two"}, {"source", NULL}, {"source", "wire"}};
    parley_error err = PARLEY_ERROR_INIT;
    char *found = changed(claim, list, 4, &err);
    assert_non_null(found);
    assert_string_equal(
        found, "claims:\n  c1: {by: ua, act: accept, about: o30, says: two, source: wire}\n");
    free(found);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *piece;
        parley_member_change change;
        parley_status status;
    } rows[] = {
        {claim, {"hege", "x"}, PARLEY_NOTFOUND},
        {claim, {"hedge", NULL}, PARLEY_NOTFOUND},
        {claim, {"if", "[a, b"}, PARLEY_SYNTAX},
        {claim, {"if", "{a: b"}, PARLEY_SYNTAX},
        {claim, {"if", "[a], b: c"}, PARLEY_SYNTAX},
        {"title: x\n", {"title", "y"}, PARLEY_INVALID},
        {"claims:\n  c1: {by: a}\n  c2: {by: b}\n", {"by", "c"}, PARLEY_INVALID},
        {"nothing:\n  c1: {by: a}\n", {"by", "c"}, PARLEY_INVALID},
        {"claims: [", {"by", "c"}, PARLEY_SYNTAX},
    };
    for (size_t k = 0; k < CHECK_COUNT(rows); k++) {
        parley_error err = PARLEY_ERROR_INIT;
        char *found = changed(rows[k].piece, &rows[k].change, 1, &err);
        if (found != NULL || err.status != rows[k].status) {
            fail_msg("row %zu: %s, '%s'", k, parley_status_word(err.status),
                     found != NULL ? found : err.message);
        }
    }
    parley_error err = PARLEY_ERROR_INIT;
    free(changed(claim, &(parley_member_change){"hege", "x"}, 1, &err));
    assert_string_equal(err.hint, "did you mean 'hedge'?");
}

/* ------------------------------------------------------------- set to what it is */

typedef struct counter {
    parley_ctx *ctx;
    uint64_t tried;
} counter;

/* Take `says` out of a claim and put it back: nothing but its place may change, and a second time
 * changes nothing. */
static bool there_and_back(void *user, const parley_piece *piece)
{
    counter *n = user;
    if (strcmp(piece->section, "claims") != 0) {
        return true;
    }
    parley_error err = PARLEY_ERROR_INIT;
    const parley_member_change hedge = {"hedge", "some: words; \"and\" [more], 12"};
    const parley_member_change list[] = {hedge, {"hedge", NULL}};
    char *once = changed(piece->bytes, &hedge, 1, &err);
    assert_non_null(once);
    char *twice = changed(once, &hedge, 1, &err);
    assert_string_equal(once, twice);
    char *back = changed(piece->bytes, list, 2, &err);
    assert_non_null(back);
    assert_string_equal(back, piece->bytes);
    free(once);
    free(twice);
    free(back);
    n->tried++;
    return true;
}

static void a_member_put_in_and_taken_out_leaves_the_same_bytes(void **state)
{
    (void)state;
    counter n = {check_ctx(), 0};
    for (uint64_t key = 1; key <= 40; key++) {
        random_case rc;
        random_case_options options = {.claims_most = 12};
        parley_error err = PARLEY_ERROR_INIT;
        parley_case *c = NULL;
        random_case_make(&rc, key, &options);
        char *text = random_case_text(&rc, 0);
        check_ok(parley_case_read(&c, n.ctx, "case.yaml", text, strlen(text), NULL, NULL, &err),
                 &err);
        check_ok(parley_case_pieces(c, there_and_back, &n, &err), &err);
        parley_case_free(c);
        free(text);
        random_case_free(&rc);
    }
    check_ctx_done(n.ctx);
    assert_true(n.tried > 100);
}

/* --------------------------------------------------------------- claims in a text */

/* What a text names, and the same text with a member behind it that only libyaml reads. */
static uint32_t named_both_ways(parley_ctx *ctx, const char *text, size_t length)
{
    static const char behind[] = "zz: |\n  a text\n  over lines\n";
    parley_arena *arena = parley_arena_new(ctx);
    parley_error err = PARLEY_ERROR_INIT;
    parley_texts quick;
    parley_texts slow;
    char *longer = malloc(length + sizeof(behind));
    assert_non_null(arena);
    assert_non_null(longer);
    memcpy(longer, text, length);
    memcpy(longer + length, behind, sizeof(behind));
    check_ok(parley_claims_named(&quick, ctx, arena, "x.yaml", text, length, &err), &err);
    check_ok(
        parley_claims_named(&slow, ctx, arena, "x.yaml", longer, length + sizeof(behind) - 1, &err),
        &err);
    assert_int_equal(quick.count, slow.count);
    for (uint32_t k = 0; k < quick.count; k++) {
        assert_string_equal(quick.at[k], slow.at[k]);
    }
    uint32_t count = quick.count;
    free(longer);
    parley_arena_free(arena);
    return count;
}

static void what_a_text_names_is_the_same_with_and_without_a_tree(void **state)
{
    static const struct {
        const char *text;
        uint32_t count;
    } rows[] = {
        {"parley: 1\n", 0},
        {"claims: {c1: {about: c2, says: about c3}}\n", 1},
        {"claims:\n  c1: {about: c2, repeats: [c3, c4], replaces: c5, says: c6}\n", 4},
        {"claims:\n  c1:\n    repeats:\n      - c3\n      - c4\n    says: c6\n", 2},
        {"claims:\n  about: {says: c1}\n  repeats: {about: about}\n", 1},
        {"claims: [c1, {about: c2}]\nissues: {about: {ask: c3}}\n", 1},
        {"claims: c1\ntitle: c2\n", 0},
        {"responses: {r1: {claim: c1, if: [a, {b: c}]}}\nclaims: {c2: {about: {c: d}}}\n", 4},
        {"claims: {c1: {about: \"\", repeats: [], act: say}, c2: {about: c1}}\n", 1},
    };
    (void)state;
    parley_ctx *ctx = check_ctx();
    uint32_t some = 0;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(named_both_ways(ctx, rows[i].text, strlen(rows[i].text)), rows[i].count);
    }
    for (uint64_t key = 1; key <= 60; key++) {
        random_case rc;
        random_case_options options = {.claims_most = 12};
        parley_error err = PARLEY_ERROR_INIT;
        parley_case *c = NULL;
        random_case_make(&rc, key, &options);
        char *text = random_case_text(&rc, 0);
        check_ok(parley_case_read(&c, ctx, "case.yaml", text, strlen(text), NULL, NULL, &err),
                 &err);
        parley_text *canonical = parley_text_new(ctx, 1 << 20);
        parley_case_write_yaml(c, canonical);
        some += named_both_ways(ctx, parley_text_data(canonical), parley_text_size(canonical)) > 0;
        parley_text_free(canonical);
        parley_case_free(c);
        free(text);
        random_case_free(&rc);
    }
    assert_true(some > 30);
    check_ctx_done(ctx);
}

/* ------------------------------------------------------------------------ memory */

static parley_status change_once(parley_ctx *ctx, void *user, parley_error *err)
{
    static const parley_member_change list[] = {
        {"if", "a = b; c = d"}, {"only-if", "[x, y]"}, {"hedge", "so"}, {"source", NULL}};
    (void)user;
    parley_text *out = parley_text_new(ctx, 1 << 20);
    if (out == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "no text");
    }
    parley_status status =
        parley_piece_change(out, ctx, "test", claim, strlen(claim), list, 4, err);
    parley_text_free(out);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    torture(change_once, NULL, 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_typed_as_people_type_it),
        cmocka_unit_test(several_changes_are_made_in_order),
        cmocka_unit_test(what_cannot_be_is_refused),
        cmocka_unit_test(a_member_put_in_and_taken_out_leaves_the_same_bytes),
        cmocka_unit_test(what_a_text_names_is_the_same_with_and_without_a_tree),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
