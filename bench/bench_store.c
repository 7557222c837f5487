/*
 * Question: what does a case on disk cost? A durable entry, opening, claims of a party or with some
 * words among very many, bytes a claim, verifying.
 *
 * 100,000 claims of 200 parties and 400 people over ten years are written in transactions of a
 * thousand; `bench_store --claims N` takes another number. A durable entry waits for the disk: its
 * time is that of the clock, and the median is told; the others are processor time too. The file is
 * made in the folder that TMPDIR names, and deleted.
 */
#include "bench.h"

#include <parley/store.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PARTIES = 200, PEOPLE = 400, ISSUES = 40, SINGLE = 200, WORDS = 20000 };

typedef struct bench_state {
    parley_ctx *ctx;
    parley_store *store;
    parley_store_claims *claims;
    const char *path;
    uint32_t count;
    uint64_t found;
} bench_state;

static double wall(void)
{
    struct timespec t = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void must(parley_status status)
{
    PARLEY_ASSERT(status == PARLEY_OK);
}

static void put(bench_state *b, const char *words, int length)
{
    must(parley_store_add(b->store, NULL, PARLEY_ENTRY_PUT, 0, words, (size_t)length, NULL));
}

/* One claim; words are drawn so that common and rare ones occur. */
static int claim(char *out, size_t size, parley_random *r, uint32_t i)
{
    uint32_t rare = parley_random_below(r, WORDS);
    return snprintf(out, size,
                    "claims: {c%u: {by: \"p%u:man%u\", act: demand, about: \"issue%u = %c\", says: "
                    "\"word%u word%u says that common things about word%u are not settled\", "
                    "source: weekly, class: on-record, date: 20%02u-%02u-%02u}}\n",
                    i, (i * 7) % PARTIES, (i * 7) % PARTIES + (i % 2) * PARTIES,
                    parley_random_below(r, ISSUES), 'a' + (int)parley_random_below(r, 3), rare,
                    rare / 10, rare / 100, 15 + parley_random_below(r, 10),
                    1 + parley_random_below(r, 12), 1 + parley_random_below(r, 28));
}

static void make_frame(bench_state *b)
{
    char words[300];
    must(parley_store_begin(b->store, NULL));
    put(b, words, snprintf(words, sizeof(words), "sources: {weekly: {kind: outlet}}\n"));
    for (int i = 0; i < PARTIES; i++) {
        put(b, words,
            snprintf(words, sizeof(words), "parties: {p%d: {name: \"Party %d\"}}\n", i, i));
    }
    for (int i = 0; i < PEOPLE; i++) {
        put(b, words,
            snprintf(words, sizeof(words), "people: {man%d: {of: p%d, office: minister}}\n", i,
                     i % PARTIES));
    }
    for (int i = 0; i < ISSUES; i++) {
        put(b, words,
            snprintf(words, sizeof(words),
                     "issues: {issue%d: {ask: \"Question %d?\", options: {a: A, b: B, c: C}}}\n", i,
                     i));
    }
    must(parley_store_commit(b->store, NULL));
}

static int by_size(const void *pa, const void *pb)
{
    double a = *(const double *)pa;
    double b = *(const double *)pb;
    return (a > b) - (a < b);
}

/* Seconds of one entry in a transaction of its own, as the clock has it: median and the worst of a
 * hundred. */
static void single_entries(bench_state *b, parley_random *r, double *median, double *slow)
{
    double times[SINGLE];
    char words[500];
    for (uint32_t i = 0; i < SINGLE; i++) {
        int n = claim(words, sizeof(words), r, b->count + i);
        double begin = wall();
        must(parley_store_begin(b->store, NULL));
        put(b, words, n);
        must(parley_store_commit(b->store, NULL));
        times[i] = wall() - begin;
    }
    qsort(times, SINGLE, sizeof(times[0]), by_size);
    *median = times[SINGLE / 2];
    *slow = times[SINGLE - SINGLE / 100 - 1];
}

static bool count_one(void *user, uint64_t i, const parley_claim *row)
{
    (void)i, (void)row;
    ++*(uint64_t *)user;
    return true;
}

static void open_only(void *user)
{
    bench_state *b = user;
    parley_store *store = NULL;
    must(parley_store_open(&store, b->ctx, b->path, NULL, NULL));
    parley_store_close(store);
}

static void open_claims(void *user)
{
    bench_state *b = user;
    parley_store_claims *claims = NULL;
    must(parley_store_claims_new(&claims, b->store, NULL));
    parley_store_claims_free(claims);
}

static void find_one(void *user)
{
    bench_state *b = user;
    parley_claims c = parley_store_claims_of(b->claims);
    char id[20];
    int n = snprintf(id, sizeof(id), "c%u", b->count / 3 * 2);
    int64_t row = c.find(c.self, id, (size_t)n);
    PARLEY_ASSERT(row >= 0 && c.get(c.self, (uint64_t)row) != NULL);
}

static void party_year(void *user)
{
    bench_state *b = user;
    parley_claims c = parley_store_claims_of(b->claims);
    b->found = 0;
    must(c.each(c.self, 3, -1, parley_day_number(2020, 1, 1), parley_day_number(2020, 12, 31),
                count_one, &b->found, NULL));
}

static void party_all(void *user)
{
    bench_state *b = user;
    parley_claims c = parley_store_claims_of(b->claims);
    b->found = 0;
    must(c.each(c.self, 3, -1, INT32_MIN, INT32_MAX, count_one, &b->found, NULL));
}

static void search_two(void *user)
{
    bench_state *b = user;
    parley_claims c = parley_store_claims_of(b->claims);
    b->found = 0;
    must(c.search(c.self, "word4711 common", count_one, &b->found, NULL));
}

static void look(bench_state *b, const char *typed)
{
    parley_claims c = parley_store_claims_of(b->claims);
    parley_query *query = NULL;
    b->found = 0;
    must(parley_query_new(&query, b->ctx, typed, PARLEY_LANGUAGE_ENGLISH, NULL));
    must(c.look(c.self, query, count_one, &b->found, NULL));
    parley_query_free(query);
}

static void look_forms(void *user)
{
    look(user, "word4711 settling");
}

static void look_beginning(void *user)
{
    look(user, "word4711*");
}

static void verify_all(bench_state *b)
{
    parley_verify_result v;
    must(parley_store_verify(&v, b->store, NULL, NULL, NULL));
    PARLEY_ASSERT(v.faults == 0);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        bench_fn run;
    } steps[] = {
        {"open", open_only},
        {"open the claims", open_claims},
        {"one claim by its id", find_one},
        {"a party, one year", party_year},
        {"a party, all years", party_all},
        {"search for two words", search_two},
        {"search for forms of two words", look_forms},
        {"search for a beginning", look_beginning},
    };
    bench_state b = {.count = 100000};
    bool json = false;
    char folder[300];
    char path[320];
    struct stat info;
    for (int i = 1; i < argc; i++) {
        json = json || strcmp(argv[i], "--json") == 0;
        if (strcmp(argv[i], "--claims") == 0 && i + 1 < argc) {
            b.count = (uint32_t)strtoul(argv[i + 1], NULL, 10);
        }
    }
    const char *tmp = getenv("TMPDIR");
    snprintf(folder, sizeof(folder), "%s/bench-store-XXXXXX",
             tmp != NULL && strlen(tmp) < 200 ? tmp : "/tmp");
    if (mkdtemp(folder) == NULL || parley_ctx_new(&b.ctx, NULL, NULL) != PARLEY_OK) {
        return 4;
    }
    snprintf(path, sizeof(path), "%s/case.parley", folder);
    b.path = path;
    must(parley_store_create(&b.store, b.ctx, path, NULL, NULL, NULL));
    make_frame(&b);
    must(stat(path, &info) == 0 ? PARLEY_OK : PARLEY_IO);
    int64_t before = info.st_size;
    parley_random r = parley_random_stream(1, 2, 3, 4);
    double begin = bench_now();
    for (uint32_t i = 0; i < b.count;) {
        must(parley_store_begin(b.store, NULL));
        for (uint32_t k = 0; k < 1000 && i < b.count; k++, i++) {
            char words[500];
            put(&b, words, claim(words, sizeof(words), &r, i));
        }
        must(parley_store_commit(b.store, NULL));
    }
    double bulk = (bench_now() - begin) / (double)b.count;
    must(stat(path, &info) == 0 ? PARLEY_OK : PARLEY_IO);
    double bytes = (double)(info.st_size - before) / (double)b.count;
    double median = 0;
    double slow = 0;
    single_entries(&b, &r, &median, &slow);
    must(parley_store_claims_new(&b.claims, b.store, NULL));
    begin = bench_now();
    verify_all(&b);
    double verified = bench_now() - begin;
    if (json) {
        printf(
            "{\n  \"claims\": %u,\n  \"bytes_a_claim\": %.0f,\n  \"microseconds_a_claim_in_bulk\": "
            "%.1f,\n  \"durable_entry_ms\": %.3f,\n  \"durable_entry_p99_ms\": %.3f,\n"
            "  \"verify_s\": %.2f",
            b.count, bytes, bulk * 1e6, median * 1e3, slow * 1e3, verified);
    } else {
        printf("%u claims, %.0f bytes each; %.1f us each in bulk; verify %.2f s\n", b.count, bytes,
               bulk * 1e6, verified);
        printf("a durable entry: %.2f ms (median), %.2f ms (99 of 100), by the clock\n\n",
               median * 1e3, slow * 1e3);
        printf("%-24s %12s %10s\n", "STEP", "MILLISECONDS", "CLAIMS");
    }
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        b.found = 0;
        double t = bench_time(steps[i].run, &b);
        if (json) {
            printf(",\n  \"%s_ms\": %.3f", steps[i].name, t * 1e3);
        } else {
            printf("%-24s %12.3f %10llu\n", steps[i].name, t * 1e3, (unsigned long long)b.found);
        }
    }
    printf(json ? "\n}\n" : "");
    parley_store_claims_free(b.claims);
    parley_store_close(b.store);
    parley_ctx_free(b.ctx);
    unlink(path);
    rmdir(folder);
    return 0;
}
