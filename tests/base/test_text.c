/* Growing text: additions, the maximum, failures that stick. */
#include "support/torture.h"

static parley_status write_one(parley_ctx *ctx, void *user, parley_error *err)
{
    (void)user;
    parley_text *text = parley_text_new(ctx, 1 << 20);
    if (text == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "no text");
    }
    parley_text_puts(text, "begin ");
    parley_text_fill(text, '-', 200);
    parley_text_printf(text, "%0500d", 7);
    for (int i = 0; i < 3000; i++) {
        parley_text_putc(text, 'x');
    }
    parley_status status = parley_text_status(text, err);
    if (status == PARLEY_OK) {
        assert_int_equal(parley_text_size(text), 6 + 200 + 500 + 3000);
    }
    parley_text_free(text);
    return status;
}

static void a_text_survives_every_allocation_failure(void **state)
{
    (void)state;
    torture(write_one, NULL, 5);
}

static void additions_follow_one_another(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_text *text = parley_text_new(ctx, 1000);
    assert_string_equal(parley_text_data(text), "");
    assert_int_equal(parley_text_size(text), 0);
    parley_text_add(text, "abcdef", 3);
    parley_text_add(text, NULL, 0);
    parley_text_puts(text, "-");
    parley_text_putc(text, '+');
    parley_text_fill(text, '.', 3);
    parley_text_fill(text, '.', 0);
    parley_text_printf(text, "%d/%s", 5, "x");
    parley_text_printf(text, "%s", "");
    assert_string_equal(parley_text_data(text), "abc-+...5/x");
    assert_int_equal(parley_text_size(text), 11);
    parley_text_clear(text);
    assert_string_equal(parley_text_data(text), "");
    parley_text_puts(text, "again");
    assert_string_equal(parley_text_data(text), "again");
    assert_int_equal(parley_text_status(text, NULL), PARLEY_OK);
    parley_text_free(text);
    parley_text_free(NULL);
    check_ctx_done(ctx);
}

static void a_text_holds_nul_bytes(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_text *text = parley_text_new(ctx, 1000);
    parley_text_add(text, "a\0b", 3);
    parley_text_putc(text, '\0');
    assert_int_equal(parley_text_size(text), 4);
    assert_memory_equal(parley_text_data(text), "a\0b\0", 5);
    parley_text_free(text);
    check_ctx_done(ctx);
}

static void the_maximum_may_be_reached_but_not_passed(void **state)
{
    (void)state;
    for (size_t maximum = 0; maximum < 300; maximum += 37) {
        parley_ctx *ctx = check_ctx();
        parley_text *text = parley_text_new(ctx, maximum);
        for (size_t i = 0; i < maximum; i++) {
            parley_text_putc(text, 'x');
        }
        assert_int_equal(parley_text_status(text, NULL), PARLEY_OK);
        parley_text_putc(text, 'y');
        parley_error err = PARLEY_ERROR_INIT;
        check_fails(parley_text_status(text, &err), PARLEY_LIMIT, &err);
        assert_int_equal(parley_text_size(text), maximum);
        parley_text_free(text);
        check_ctx_done(ctx);
    }
}

static void every_way_of_adding_respects_the_maximum(void **state)
{
    (void)state;
    for (int way = 0; way < 4; way++) {
        parley_ctx *ctx = check_ctx();
        parley_text *text = parley_text_new(ctx, 5);
        parley_text_puts(text, "abc");
        switch (way) {
        case 0:
            parley_text_add(text, "defg", 3);
            break;
        case 1:
            parley_text_fill(text, '.', SIZE_MAX);
            break;
        case 2:
            parley_text_printf(text, "%d", 123);
            break;
        default:
            parley_text_puts(text, "def");
            break;
        }
        assert_int_equal(parley_text_status(text, NULL), PARLEY_LIMIT);
        assert_string_equal(parley_text_data(text), "abc");
        parley_text_free(text);
        check_ctx_done(ctx);
    }
}

static void a_failure_sticks_even_when_the_text_is_cleared(void **state)
{
    (void)state;
    parley_ctx *ctx = check_ctx();
    parley_text *text = parley_text_new(ctx, 3);
    parley_text_puts(text, "ab");
    parley_text_puts(text, "cd");
    parley_text_puts(text, "e");
    assert_string_equal(parley_text_data(text), "ab");
    parley_text_clear(text);
    parley_text_puts(text, "x");
    assert_string_equal(parley_text_data(text), "");
    assert_int_equal(parley_text_status(text, NULL), PARLEY_LIMIT);
    parley_text_free(text);
    check_ctx_done(ctx);
}

static void the_limit_of_the_context_bounds_every_text(void **state)
{
    (void)state;
    parley_ctx_options options = PARLEY_CTX_OPTIONS_INIT;
    options.limits.text_bytes = 10;
    parley_ctx *ctx = NULL;
    check_ok(parley_ctx_new(&ctx, &options, NULL), NULL);
    parley_text *text = parley_text_new(ctx, SIZE_MAX);
    parley_text_fill(text, 'x', 10);
    assert_int_equal(parley_text_status(text, NULL), PARLEY_OK);
    parley_text_putc(text, 'x');
    assert_int_equal(parley_text_status(text, NULL), PARLEY_LIMIT);
    parley_text_free(text);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_survives_every_allocation_failure),
        cmocka_unit_test(additions_follow_one_another),
        cmocka_unit_test(a_text_holds_nul_bytes),
        cmocka_unit_test(the_maximum_may_be_reached_but_not_passed),
        cmocka_unit_test(every_way_of_adding_respects_the_maximum),
        cmocka_unit_test(a_failure_sticks_even_when_the_text_is_cleared),
        cmocka_unit_test(the_limit_of_the_context_bounds_every_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
