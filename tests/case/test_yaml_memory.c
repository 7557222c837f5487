/*
 * libyaml takes its memory from malloc, not from the context. Here its allocation functions, which
 * are exported, are replaced by ones that refuse the n-th request: the reader must say NOMEM and
 * leave nothing behind.
 */
#include "case/document.h"
#include "support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t requests, refused, fail_at;
static bool fail_on;
static int64_t live;

/* libyaml's own names (see its yaml_private.h); it finds them here only if they can be seen. */
PARLEY_API void *yaml_malloc(size_t size);
PARLEY_API void *yaml_realloc(void *p, size_t size);
PARLEY_API void yaml_free(void *p);
PARLEY_API unsigned char *yaml_strdup(const unsigned char *s);

static bool refuse(void)
{
    uint64_t n = requests++;
    if (n != fail_at && !(fail_on && n > fail_at))
        return false;
    refused++;
    return true;
}

void *yaml_malloc(size_t size)
{
    void *p = refuse() ? NULL : malloc(size > 0 ? size : 1);
    live += p != NULL;
    return p;
}

void *yaml_realloc(void *p, size_t size)
{
    if (refuse())
        return NULL;
    void *q = realloc(p, size > 0 ? size : 1);
    live += p == NULL && q != NULL;
    return q;
}

void yaml_free(void *p)
{
    live -= p != NULL;
    free(p);
}

unsigned char *yaml_strdup(const unsigned char *s)
{
    size_t n = s != NULL ? strlen((const char *)s) + 1 : 0;
    unsigned char *copy = s != NULL && !refuse() ? malloc(n) : NULL;
    if (copy != NULL)
        memcpy(copy, s, n);
    live += copy != NULL;
    return copy;
}

static parley_status read_once(const char *text, uint64_t at)
{
    parley_ctx *ctx = check_ctx();
    parley_document *d = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    requests = refused = 0;
    live = 0;
    fail_at = at;
    parley_status status = parley_document_read(&d, ctx, "x.yaml", text, strlen(text), NULL, &err);
    fail_at = UINT64_MAX;
    assert_int_equal(err.status, status);
    assert_true((d == NULL) == (status != PARLEY_OK));
    parley_document_free(d);
    check_ctx_done(ctx);
    if (live != 0)
        print_error("with request %llu refused %lld blocks are left\n", (unsigned long long)at,
                    (long long)live);
    assert_int_equal(live, 0);
    return status;
}

static void check_text(const char *text)
{
    for (int on = 0; on < 2; on++) {
        fail_on = on == 1;
        uint64_t n = 0;
        for (;; n++) {
            parley_status status = read_once(text, n);
            if (refused == 0) {
                assert_int_equal(status, PARLEY_OK);
                break;
            }
            assert_int_equal(status, PARLEY_NOMEM);
        }
        assert_true(n > 20); /* the fault did fire */
    }
}

static void a_refusal_inside_libyaml_is_no_memory(void **state)
{
    (void)state;
    static char text[20000]; /* the last one makes stacks and strings grow */
    size_t n = 0;
    check_text("a: >-\n  a folded text: for libyaml\n");
    check_text("%YAML 1.1\n---\na: [b, 'c', \"d\", {e: f}]\ng: |\n  h\n  i\n? j\n: >-\n  k\n");
    n += (size_t)sprintf(text + n, "for: >-\n  libyaml\na: ");
    for (int i = 0; i < 60; i++)
        text[n++] = '[';
    n += (size_t)sprintf(text + n, "'%03000d'", 0);
    for (int i = 0; i < 60; i++)
        text[n++] = ']';
    n += (size_t)sprintf(text + n, "\nb: %03000d\nc:\n", 0);
    for (int i = 1; i <= 40; i++)
        n += (size_t)sprintf(text + n, "%*sk:\n", i, "");
    text[n] = '\0';
    check_text(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refusal_inside_libyaml_is_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
