/*
 * Question: what does a case on disk cost? A durable entry, opening, claims of a party or with some
 * words among very many, bytes a claim, verifying; pages, from the question to the finished text
 * behind opening; and what people type, as whole commands. Beside each stands the goal for a
 * million claims.
 *
 * 100,000 claims of 200 parties and 400 people over ten years are written in transactions of a
 * thousand; `bench_store --claims N` takes another number, --no-verify leaves out what takes
 * longest, and --keep leaves the file, to be profiled. A durable entry and the commands wait for
 * the disk: their time is that of the clock, and the median is told; the others are processor time.
 * The file is made in the folder that TMPDIR names, and deleted. The program is looked for beside
 * the folder of the benchmark.
 */
#include "bench.h"

#include <fcntl.h>
#include <parley/deal.h>
#include <parley/screens.h>
#include <parley/store.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PARTIES = 200, PEOPLE = 400, ISSUES = 40, SINGLE = 200, WORDS = 20000, TIMES = 5 };

typedef struct bench_state {
    parley_ctx *ctx;
    parley_store *store;
    parley_store_claims *claims;
    const char *path;
    uint32_t count;
    uint64_t found;
    parley_text *text; /* of the whole case */
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

/* ---- pages: from the question to the finished text ---- */

typedef struct paper {
    parley_text *text;
    parley_screen *screen;
} paper;

static paper paper_new(bench_state *b)
{
    paper p = {parley_text_new(b->ctx, 1u << 30), NULL};
    parley_screen_options options = PARLEY_SCREEN_OPTIONS_INIT;
    PARLEY_ASSERT(p.text != NULL);
    must(parley_screen_new(&p.screen, b->ctx, p.text, &options, NULL));
    return p;
}

static void paper_done(paper *p)
{
    must(parley_screen_status(p->screen, NULL));
    PARLEY_ASSERT(parley_text_size(p->text) > 0);
    parley_screen_free(p->screen);
    parley_text_free(p->text);
}

static void why_claim(void *user)
{
    bench_state *b = user;
    char id[20];
    const char *ids[] = {id};
    parley_part part = PARLEY_PART_INIT;
    parley_deal_options options = PARLEY_DEAL_OPTIONS_INIT;
    parley_case *c = NULL;
    parley_deal *deal = NULL;
    snprintf(id, sizeof(id), "c%u", b->count / 3 * 2);
    part.ids = ids;
    part.id_count = 1;
    part.terms = true;
    part.options = &options.terms;
    must(parley_store_part(&c, b->store, &part, NULL, NULL, NULL, NULL));
    b->found = parley_case_claims(c);
    must(parley_deal_new(&deal, b->ctx, c, &options, NULL));
    paper p = paper_new(b);
    must(parley_page_why(p.screen, b->ctx, &(parley_why_page){c, deal, id, true}, NULL));
    paper_done(&p);
    parley_deal_free(deal);
    parley_case_free(c);
}

static void timeline_party(void *user)
{
    bench_state *b = user;
    parley_part part = PARLEY_PART_INIT;
    parley_case *c = NULL;
    part.party = "p3";
    must(parley_store_part(&c, b->store, &part, NULL, NULL, NULL, NULL));
    b->found = parley_case_claims(c);
    const parley_timeline_page page = {.c = c,
                                       .terms = PARLEY_TERMS_OPTIONS_INIT,
                                       .party = parley_case_find(c, "parties", "p3", 2),
                                       .issue = -1,
                                       .most = 200};
    paper p = paper_new(b);
    must(parley_page_timeline(p.screen, b->ctx, &page, NULL));
    paper_done(&p);
    parley_case_free(c);
}

static void search_page(bench_state *b, const char *words)
{
    parley_store_claims *claims = NULL;
    must(parley_store_claims_new(&claims, b->store, NULL));
    const parley_search_page page = {.c = parley_store_claims_frame(claims),
                                     .claims = parley_store_claims_of(claims),
                                     .name = "case.parley",
                                     .query = words,
                                     .party = -1,
                                     .issue = -1,
                                     .source = -1,
                                     .act = -1,
                                     .cls = -1,
                                     .most = 50,
                                     .language = PARLEY_LANGUAGE_ENGLISH};
    paper p = paper_new(b);
    must(parley_page_search(p.screen, b->ctx, &page, &b->found, NULL));
    paper_done(&p);
    parley_store_claims_free(claims);
}

static void search_page_two(void *user)
{
    search_page(user, "word4711 common");
}

static void search_page_forms(void *user)
{
    search_page(user, "word4711 settling");
}

static void read_whole(void *user)
{
    bench_state *b = user;
    parley_case *c = NULL;
    must(parley_store_case(&c, b->store, PARLEY_STORE_NOW, NULL, NULL, NULL, NULL));
    b->found = parley_case_claims(c);
    parley_case_free(c);
}

static void read_text(void *user)
{
    bench_state *b = user;
    parley_case *c = NULL;
    must(parley_case_read(&c, b->ctx, "x.yaml", parley_text_data(b->text),
                          parley_text_size(b->text), NULL, NULL, NULL));
    b->found = parley_case_claims(c);
    parley_case_free(c);
}

static void take_text(bench_state *b)
{
    parley_arena *arena = parley_arena_new(b->ctx);
    b->text = parley_text_new(b->ctx, 1u << 30);
    PARLEY_ASSERT(arena != NULL && b->text != NULL);
    must(parley_store_text(b->store, PARLEY_STORE_NOW, b->text, arena, NULL, NULL, NULL, NULL));
    parley_arena_free(arena);
}

static void verify_all(bench_state *b)
{
    parley_verify_result v;
    must(parley_store_verify(&v, b->store, NULL, NULL, NULL));
    PARLEY_ASSERT(v.faults == 0);
}

/* Seconds of a whole command, as the clock has it: the median. Negative: it cannot be run. */
static double command(const char *program, char *const *words)
{
    double times[TIMES];
    for (int i = 0; i < TIMES; i++) {
        int status = 0;
        double begin = wall();
        pid_t child = fork();
        if (child == 0) {
            int null = open("/dev/null", O_WRONLY);
            if (null < 0 || dup2(null, STDOUT_FILENO) < 0) {
                _exit(126);
            }
            execv(program, words);
            _exit(127);
        }
        if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status) ||
            WEXITSTATUS(status) > 1) {
            return -1;
        }
        times[i] = wall() - begin;
    }
    qsort(times, TIMES, sizeof(times[0]), by_size);
    return times[TIMES / 2];
}

static void row(bool json, const char *name, double seconds, double goal, uint64_t claims)
{
    if (json) {
        printf(",\n  \"%s_ms\": %.3f", name, seconds * 1e3);
        return;
    }
    printf("%-34s %12.3f", name, seconds * 1e3);
    if (goal > 0) {
        printf(" %8.0f", goal);
    } else {
        printf(" %8s", "");
    }
    printf(claims > 0 ? " %10llu\n" : "\n", (unsigned long long)claims);
}

static void commands(const char *self, bench_state *b, bool json)
{
    char program[600];
    char id[20];
    snprintf(program, sizeof(program), "%s", self);
    char *slash = strrchr(program, '/');
    snprintf(slash != NULL ? slash + 1 : program, slash != NULL ? 20 : 30, "../parley");
    snprintf(id, sizeof(id), "c%u", b->count / 3 * 2);
    char *path = (char *)(uintptr_t)b->path;
    const struct {
        const char *name;
        double goal;
        char *words[9];
    } list[] = {
        {"parley log", 100, {"parley", "log", path, "p3", "13mar", "demand", "issue3 = a", NULL}},
        {"parley edit", 100, {"parley", "edit", path, id, "note:seen", "--dry-run", NULL}},
        {"parley why CLAIM", 10, {"parley", "why", path, id, NULL}},
        {"parley why PARTY ISSUE", 0, {"parley", "why", path, "p3 issue7", NULL}},
        {"parley timeline --party", 100, {"parley", "timeline", path, "--party", "p3", NULL}},
        {"parley timeline --issue", 0, {"parley", "timeline", path, "--issue", "issue3", NULL}},
        {"parley search", 50, {"parley", "search", path, "word4711", "common", NULL}},
        {"parley search, forms", 50, {"parley", "search", path, "word4711", "settling", NULL}},
    };
    for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
        double t = command(program, list[i].words);
        if (t >= 0) {
            row(json, list[i].name, t, list[i].goal, 0);
        } else if (!json) {
            printf("%-34s could not be run\n", list[i].name);
        }
    }
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        bench_fn run;
        double goal;
    } steps[] = {
        {"open", open_only, 200},
        {"open the claims", open_claims, 200},
        {"one claim by its id", find_one, 10},
        {"a party, one year", party_year, 0},
        {"a party, all years", party_all, 100},
        {"search for two words", search_two, 50},
        {"search for forms of two words", look_forms, 50},
        {"search for a beginning", look_beginning, 50},
        {"page: why CLAIM", why_claim, 10},
        {"page: timeline --party", timeline_party, 100},
        {"page: search for two words", search_page_two, 50},
        {"page: search for forms", search_page_forms, 50},
        {"the whole case", read_whole, 0},
        {"the whole case, from its text", read_text, 0},
    };
    bench_state b = {.count = 100000};
    bool json = false;
    bool verify = true;
    bool keep = false;
    char folder[300];
    char path[320];
    struct stat info;
    for (int i = 1; i < argc; i++) {
        json = json || strcmp(argv[i], "--json") == 0;
        verify = verify && strcmp(argv[i], "--no-verify") != 0;
        keep = keep || strcmp(argv[i], "--keep") == 0;
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
    if (verify) {
        verify_all(&b);
    }
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
        printf("a durable entry: %.2f ms (median; goal 5), %.2f ms (99 of 100), by the clock\n\n",
               median * 1e3, slow * 1e3);
        printf("%-34s %12s %8s %10s\n", "STEP", "MILLISECONDS", "GOAL", "CLAIMS");
    }
    bool whole = b.count <= 200000; /* beyond, the text passes the limit of a file */
    if (whole) {
        take_text(&b);
    }
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        if (!whole && (steps[i].run == read_whole || steps[i].run == read_text)) {
            continue;
        }
        b.found = 0;
        double t = bench_time(steps[i].run, &b);
        row(json, steps[i].name, t, steps[i].goal, b.found);
    }
    commands(argv[0], &b, json);
    printf(json ? "\n}\n" : "");
    parley_text_free(b.text);
    parley_store_claims_free(b.claims);
    parley_store_close(b.store);
    parley_ctx_free(b.ctx);
    if (keep) {
        fprintf(stderr, "the case is kept: %s\n", path);
    } else {
        unlink(path);
        rmdir(folder);
    }
    return 0;
}
