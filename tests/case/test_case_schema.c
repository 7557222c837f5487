/*
 * The published JSON Schema is the one the table gives. With --print the program writes it, for
 *
 *     test_case_schema --print >docs/case.schema.json
 */
#include "case/case_text.h"

static const char *path;

static char *schema(parley_ctx *ctx)
{
    parley_text *out = text_of(ctx);
    parley_case_schema(out);
    assert_int_equal(parley_text_status(out, NULL), PARLEY_OK);
    char *copy = strdup(parley_text_data(out));
    assert_non_null(copy);
    parley_text_free(out);
    return copy;
}

static void the_checked_in_schema_is_current(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    char *made = schema(ctx);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *kept = calloc(strlen(made) + 2, 1);
    assert_non_null(kept);
    size_t got = fread(kept, 1, strlen(made) + 1, file);
    fclose(file);
    if (got != strlen(made) || memcmp(kept, made, got) != 0) {
        fail_msg("docs/case.schema.json is not current: test_case_schema --print writes it");
    }
    free(kept);
    free(made);
    check_ctx_done(ctx);
}

int main(int count, char **name)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_checked_in_schema_is_current),
    };
    path = count > 1 ? name[1] : "docs/case.schema.json";
    if (strcmp(path, "--print") == 0) {
        parley_ctx *ctx = check_ctx();
        char *made = schema(ctx);
        fputs(made, stdout);
        free(made);
        check_ctx_done(ctx);
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
