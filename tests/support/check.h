/*
 * What every test program includes: cmocka with the headers it wants before it, the base room, and
 * a few checks that say more than cmocka's own.
 */
#ifndef PARLEY_TESTS_SUPPORT_CHECK_H
#define PARLEY_TESTS_SUPPORT_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parley/base.h"

#define CHECK_COUNT(array) (sizeof(array) / sizeof *(array))

/* The call gave PARLEY_OK; else its message is shown. */
static inline void check_ok_at(parley_status status, const parley_error *err, const char *file,
                               int line)
{
    if (status != PARLEY_OK) {
        char text[1024] = "";
        if (err != NULL) {
            parley_error_print(err, text, sizeof text);
        }
        print_error("status '%s': %s\n", parley_status_word(status), text);
        _fail(file, line);
    }
}
#define check_ok(status, err) check_ok_at((status), (err), __FILE__, __LINE__)

/* The call failed with this status, and the error says the same in one line that is not empty. */
static inline void check_fails_at(parley_status status, parley_status wanted,
                                  const parley_error *err, const char *file, int line)
{
    if (status != wanted) {
        print_error("status '%s', not '%s'\n", parley_status_word(status),
                    parley_status_word(wanted));
        _fail(file, line);
    }
    if (err != NULL && (err->status != wanted || err->message[0] == '\0')) {
        print_error("error object says '%s' with message '%s'\n", parley_status_word(err->status),
                    err->message);
        _fail(file, line);
    }
}
#define check_fails(status, wanted, err)                                                           \
    check_fails_at((status), (wanted), (err), __FILE__, __LINE__)

/* A context of defaults; release it with parley_ctx_free. */
static inline parley_ctx *check_ctx(void)
{
    parley_ctx *ctx = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    check_ok(parley_ctx_new(&ctx, NULL, &err), &err);
    return ctx;
}

/* Everything taken from the context was given back; then the context goes. */
static inline void check_ctx_done(parley_ctx *ctx)
{
    assert_int_equal(parley_ctx_bytes(ctx), 0);
    parley_ctx_free(ctx);
}

#endif
