/*
 * Every allocation of the readers and writers fails once: ours, and those inside libxml2 and
 * jansson.
 */
#include "support/torture.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <libxml/xmlmemory.h>

#include <parley/formats.h>

static const parley_format_file genius[] = {
#define TEXT(name, text)                                                                           \
    {                                                                                              \
        name, text, sizeof(text) - 1                                                               \
    }
    TEXT("d.xml", "<!-- x --><utility_space><objective name=\"a &amp; b & c\"><issue index=\"1\" "
                  "name=\"n\xE9\"><item value=\"x\"/><item value=\"y\"/></issue><issue index=\"2\" "
                  "name=\"m\" type=\"integer\" lowerbound=\"0\" upperbound=\"9\"/></objective>"
                  "</utility_space>junk"),
    TEXT("p.xml",
         "<utility_space><objective><issue index=\"1\"><item value=\"x\" evaluation=\"2\"/>"
         "<item value=\"y\" evaluation=\"1\"/></issue><issue index=\"2\"><evaluator "
         "offset=\"1.5\" slope=\"-0.2\"/></issue><weight index=\"1\" value=\"0.5\"/>"
         "<weight index=\"2\" value=\"0.5\"/></objective><reservation value=\"0.1\"/>"
         "</utility_space>"),
    TEXT("q.xml", "<utility_space type=\"nonlinear\"><objective><utility maxutility=\"9\"><ufun>"
                  "<hyperRectangle utility=\"3\"><INCLUDES index=\"2\" min=\"1\" max=\"3\"/>"
                  "</hyperRectangle><ufun aggregation=\"max\"/></ufun></utility></objective>"
                  "</utility_space>"),
};
static const parley_format_file geniusweb[] = {
    TEXT("d.json", "{\"name\": \"n\", \"issuesValues\": {\"a\": {\"values\": [\"x\", \"y\"]}}}"),
    TEXT("p.json",
         "{\"LinearAdditiveUtilitySpace\": {\"name\": \"p\", \"issueUtilities\": {\"a\": "
         "{\"discreteutils\": {\"valueUtilities\": {\"x\": 1, \"y\": 0.5}}}}, \"issueWeights\": "
         "{\"a\": 1}, \"reservationBid\": {\"issuevalues\": {\"a\": \"y\"}}}}"),
};
static const parley_format_file negolog[] = {
    TEXT("a.json", "{\"reservationValue\": 0.1, \"issueWeights\": {\"a\": 1}, \"issues\": {\"a\": "
                   "{\"x\": 1, \"y\": 0}}}"),
    TEXT("b.json", "{\"issueWeights\": {\"a\": 1}, \"issues\": {\"a\": {\"x\": 0, \"y\": 1}}}"),
};
static const parley_format_file scorable[] = {
    TEXT("config.txt", "A,a,p1\nB,b,player\n"),
    TEXT("a.txt", "1,2\n3,4\n5"),
    TEXT("b.txt", "2,1\n4,3\n5"),
    TEXT("initial_deal.txt", "A1,B2"),
};

typedef struct job {
    parley_format format;
    const parley_format_file *files;
    size_t count;
} job;

static const job jobs[] = {
    {PARLEY_FORMAT_GENIUS, genius, CHECK_COUNT(genius)},
    {PARLEY_FORMAT_GENIUSWEB, geniusweb, CHECK_COUNT(geniusweb)},
    {PARLEY_FORMAT_NEGOLOG, negolog, CHECK_COUNT(negolog)},
    {PARLEY_FORMAT_SCORABLE, scorable, CHECK_COUNT(scorable)},
};

static parley_status discard(void *user, const char *name, const char *bytes, size_t length,
                             parley_error *err)
{
    (void)user;
    (void)name;
    (void)bytes;
    (void)length;
    (void)err;
    return PARLEY_OK;
}

/* In, and out again where the format is written. */
static parley_status there_and_back(parley_ctx *ctx, void *user, parley_error *err)
{
    const job *j = user;
    parley_case *c = NULL;
    parley_status status =
        parley_formats_import(&c, ctx, j->format, j->files, j->count, NULL, NULL, err);
    assert_true((status == PARLEY_OK) == (c != NULL));
    if (status == PARLEY_OK &&
        (j->format == PARLEY_FORMAT_GENIUS || j->format == PARLEY_FORMAT_GENIUSWEB))
        status = parley_formats_export(ctx, c, j->format, discard, NULL, NULL, err);
    parley_case_free(c);
    return status;
}

static void every_allocation_of_ours_may_fail(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(jobs); i++) {
        job j = jobs[i];
        torture(there_and_back, &j, 25);
    }
}

/* ---- inside the libraries ---- */

static int64_t left = -1; /* requests until refusal; -1: none is refused */
static bool refused_one;

static bool refuses(void)
{
    if (left < 0)
        return false;
    if (left == 0) {
        refused_one = true;
        return true;
    }
    left--;
    return false;
}

static void *fragile_malloc(size_t size)
{
    return refuses() ? NULL : malloc(size);
}

static void *fragile_realloc(void *p, size_t size)
{
    return refuses() ? NULL : realloc(p, size);
}

static char *fragile_strdup(const char *s)
{
    char *copy = fragile_malloc(strlen(s) + 1);
    return copy != NULL ? strcpy(copy, s) : NULL;
}

static void every_allocation_inside_the_libraries_may_fail(void **state)
{
    (void)state;
    uint64_t points = 0;
    for (size_t i = 0; i < 3; i++) { /* scoring games use neither library */
        job j = jobs[i];
        for (int64_t n = 0;; n++) {
            parley_ctx *ctx = check_ctx();
            parley_error err = PARLEY_ERROR_INIT;
            left = n;
            refused_one = false;
            parley_status status = there_and_back(ctx, &j, &err);
            left = -1;
            /* a request may be one that the library can do without */
            if (status != PARLEY_OK && status != PARLEY_NOMEM)
                print_error("format %d, request %d: %s\n", (int)i, (int)n, err.message);
            if (status != PARLEY_OK)
                check_fails(status, PARLEY_NOMEM, &err);
            assert_true(status == PARLEY_OK || refused_one);
            check_ctx_done(ctx);
            if (!refused_one)
                break;
            points++;
        }
    }
    print_message("# %llu requests of the libraries refused\n", (unsigned long long)points);
    assert_true(points > 60);
}

int main(void)
{
    /* before anything else of the libraries is called */
    if (xmlMemSetup(free, fragile_malloc, fragile_realloc, fragile_strdup) != 0)
        return 1;
    json_set_alloc_funcs(fragile_malloc, free);
    xmlInitParser();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_of_ours_may_fail),
        cmocka_unit_test(every_allocation_inside_the_libraries_may_fail),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xmlCleanupParser();
    return failed;
}
