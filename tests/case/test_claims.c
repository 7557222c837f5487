/*
 * The claims interface in memory, by the suite that every implementation passes.
 */
#include "case/case_text.h"
#include "case/claims_conformance.h"

static void claims_in_memory_conform(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = read_text(ctx, "claims.yaml", claims_conformance_case, NULL);
    parley_claims claims = parley_claims_of(c);
    claims_conformance(&claims);
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void a_case_without_claims_has_none(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_case *c = read_text(ctx, "none.yaml", "parley: 1\n", NULL);
    parley_claims claims = parley_claims_of(c);
    assert_int_equal(claims.count(claims.self), 0);
    assert_null(claims.get(claims.self, 0));
    assert_int_equal(claims.find(claims.self, "c1", 2), -1);
    claims_check_each(&claims, -1, -1, INT32_MIN, INT32_MAX, "");
    claims_check_search(&claims, "word", "");
    parley_case_free(c);
    check_ctx_done(ctx);
}

static void folding_gives_words_between_blanks(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *folded;
    } row[] = {
        {"", " "},
        {" ,;. ", " "},
        {"Arms", " arms "},
        {"  Two  WORDS!", " two words "},
        {"a-b_c", " a b c "},
        {"30 days", " 30 days "},
        {"\xC3\x84pfel", " \xC3\xA4pfel "},
        {"A\xCC\x88pfel", " \xC3\xA4pfel "},
        {"STRA\xE1\xBA\x9E"
         "E",
         " strasse "},
        {"\xD0\x9C\xD0\x98\xD0\xA0", " \xD0\xBC\xD0\xB8\xD1\x80 "},
        {"\xE5\x92\x8C\xE5\xB9\xB3\xE3\x80\x82", " \xE5\x92\x8C\xE5\xB9\xB3 "},
    };
    parley_ctx *ctx = check_ctx();
    for (size_t i = 0; i < CHECK_COUNT(row); i++) {
        parley_text *out = text_of(ctx);
        parley_error err = PARLEY_ERROR_INIT;
        check_ok(parley_utf8_fold(ctx, row[i].text, strlen(row[i].text), out, &err), &err);
        assert_string_equal(parley_text_data(out), row[i].folded);
        parley_text_free(out);
    }
    parley_text *out = text_of(ctx);
    parley_error err = PARLEY_ERROR_INIT;
    check_fails(parley_utf8_fold(ctx, "a\xFF", 2, out, &err), PARLEY_SYNTAX, &err);
    parley_text_free(out);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claims_in_memory_conform),
        cmocka_unit_test(a_case_without_claims_has_none),
        cmocka_unit_test(folding_gives_words_between_blanks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
