/* The bounded list of errors and warnings, against sorting everything at the end. */
#include "support/torture.h"

#include <stdio.h>

static parley_error error_at(uint32_t begin, unsigned number)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_span span = {begin, begin + 1, 1, begin + 1};
    parley_fail_at(&err, PARLEY_INVALID, "f", span, "number %u", number);
    return err;
}

static parley_ctx *ctx_with_bound(uint32_t bound)
{
    parley_ctx_options options = PARLEY_CTX_OPTIONS_INIT;
    options.limits.diagnostics = bound;
    parley_ctx *ctx = NULL;
    check_ok(parley_ctx_new(&ctx, &options, NULL), NULL);
    return ctx;
}

static parley_status make_one(parley_ctx *ctx, void *user, parley_error *err)
{
    (void)user;
    parley_diagnostics *list = parley_diagnostics_new(ctx);
    if (list == NULL) {
        return parley_fail(err, PARLEY_NOMEM, "no list");
    }
    parley_error one = error_at(3, 1);
    parley_diagnostics_add(list, PARLEY_SEVERITY_ERROR, &one);
    assert_int_equal(parley_diagnostics_size(list), 1);
    parley_diagnostics_free(list);
    return PARLEY_OK;
}

static void a_list_survives_every_allocation_failure(void **state)
{
    (void)state;
    torture(make_one, NULL, 3);
}

typedef struct model_entry {
    parley_severity severity;
    uint32_t begin;
    unsigned number;
} model_entry;

/* Stable insertion sort by place, then the first `bound` of each kind. */
static size_t model(model_entry *all, size_t n, size_t bound, model_entry *out)
{
    for (size_t i = 1; i < n; i++) {
        model_entry one = all[i];
        size_t j = i;
        for (; j > 0 && all[j - 1].begin > one.begin; j--) {
            all[j] = all[j - 1];
        }
        all[j] = one;
    }
    size_t kept[2] = {0, 0};
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        size_t kind = all[i].severity == PARLEY_SEVERITY_ERROR ? 0 : 1;
        if (kept[kind]++ < bound) {
            out[m++] = all[i];
        }
    }
    return m;
}

static void what_is_kept_is_the_start_of_the_sorted_whole(void **state)
{
    (void)state;
    for (uint32_t trial = 0; trial < 300; trial++) {
        parley_random r = parley_random_stream(2, 0, 0, trial);
        uint32_t bound = 1 + parley_random_below(&r, 8);
        size_t n = parley_random_below(&r, 60);
        uint32_t places = 1 + parley_random_below(&r, 30);
        model_entry all[60];
        model_entry kept[60];
        parley_ctx *ctx = ctx_with_bound(bound);
        parley_diagnostics *list = parley_diagnostics_new(ctx);
        uint64_t errors = 0;
        for (unsigned i = 0; i < n; i++) {
            all[i].begin = parley_random_below(&r, places);
            all[i].number = i;
            all[i].severity =
                parley_random_below(&r, 2) == 0 ? PARLEY_SEVERITY_ERROR : PARLEY_SEVERITY_WARNING;
            errors += all[i].severity == PARLEY_SEVERITY_ERROR;
            parley_error one = error_at(all[i].begin, i);
            parley_diagnostics_add(list, all[i].severity, &one);
        }
        size_t m = model(all, n, bound, kept);
        assert_int_equal(parley_diagnostics_size(list), m);
        assert_int_equal(parley_diagnostics_errors(list), errors);
        assert_int_equal(parley_diagnostics_warnings(list), n - errors);
        const parley_error *first = NULL;
        for (size_t i = 0; i < m; i++) {
            const parley_diagnostic *d = parley_diagnostics_at(list, i);
            char wanted[32];
            snprintf(wanted, sizeof wanted, "number %u", kept[i].number);
            assert_string_equal(d->error.message, wanted);
            assert_int_equal(d->severity, kept[i].severity);
            if (first == NULL && d->severity == PARLEY_SEVERITY_ERROR) {
                first = &d->error;
            }
        }
        assert_ptr_equal(parley_diagnostics_first(list), first);
        assert_null(parley_diagnostics_at(list, m));
        parley_diagnostics_free(list);
        check_ctx_done(ctx);
    }
}

static void warnings_do_not_crowd_out_errors(void **state)
{
    (void)state;
    parley_ctx *ctx = ctx_with_bound(2);
    parley_diagnostics *list = parley_diagnostics_new(ctx);
    for (uint32_t i = 0; i < 100; i++) {
        parley_error one = error_at(i, i);
        parley_diagnostics_add(list, PARLEY_SEVERITY_WARNING, &one);
    }
    assert_null(parley_diagnostics_first(list));
    parley_error late = error_at(1000, 1000);
    parley_diagnostics_add(list, PARLEY_SEVERITY_ERROR, &late);
    assert_int_equal(parley_diagnostics_size(list), 3);
    assert_string_equal(parley_diagnostics_first(list)->message, "number 1000");
    assert_int_equal(parley_diagnostics_warnings(list), 100);
    parley_diagnostics_free(list);
    check_ctx_done(ctx);
}

static void at_least_one_error_is_kept_whatever_the_limit(void **state)
{
    (void)state;
    parley_ctx *ctx = ctx_with_bound(0);
    parley_diagnostics *list = parley_diagnostics_new(ctx);
    parley_error one = error_at(1, 1);
    parley_diagnostics_add(list, PARLEY_SEVERITY_ERROR, &one);
    assert_non_null(parley_diagnostics_first(list));
    parley_diagnostics_free(list);
    parley_diagnostics_free(NULL);
    check_ctx_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_survives_every_allocation_failure),
        cmocka_unit_test(what_is_kept_is_the_start_of_the_sorted_whole),
        cmocka_unit_test(warnings_do_not_crowd_out_errors),
        cmocka_unit_test(at_least_one_error_is_kept_whatever_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
