/*
 * Cases far too large to go through: 20 to 40 questions. They are made of small groups that no
 * formula ties to one another, so that the count of the whole is the product of the groups, each
 * gone through by itself; questions, listings and disputes over all of them follow from that too.
 */
#include "deal_check.h"

#define GROUPS 12
#define SIZE 4
#define CASES 150

typedef struct atom {
    uint32_t issue; /* of the group */
    uint32_t value;
    bool no;
} atom;

/* (a or b) with a term, or a rule: the rung it stands on. */
typedef struct clause {
    atom at[2];
    parley_rung rung;
} clause;

typedef struct group {
    uint32_t issues;
    uint32_t values[SIZE];
    uint32_t clauses;
    clause clause[6];
} group;

static const char *const firmness[PARLEY_RUNG_COUNT] = {
    NULL, "red-line-tested", "red-line-stated", "condition", NULL, "position", "ask", NULL, NULL};

static void print_clause(char *out, size_t size, uint32_t g, const clause *c)
{
    snprintf(out, size, "i%u-%u %s o%u or i%u-%u %s o%u", g, c->at[0].issue,
             c->at[0].no ? "!=" : "=", c->at[0].value, g, c->at[1].issue, c->at[1].no ? "!=" : "=",
             c->at[1].value);
}

static void make_group(group *g, parley_random *r)
{
    g->issues = 2 + parley_random_below(r, SIZE - 1);
    for (uint32_t i = 0; i < g->issues; i++) {
        g->values[i] = 2 + parley_random_below(r, 3);
    }
    g->clauses = parley_random_below(r, 6);
    for (uint32_t k = 0; k < g->clauses; k++) {
        g->clause[k].rung = (parley_rung)parley_random_below(r, PARLEY_RUNG_COUNT);
        for (int a = 0; a < 2; a++) {
            uint32_t issue = parley_random_below(r, g->issues);
            g->clause[k].at[a] = (atom){issue, parley_random_below(r, g->values[issue]),
                                        parley_random_below(r, 2) == 0};
        }
    }
}

static bool says(const atom *a, const uint32_t *value)
{
    return (value[a->issue] == a->value) != a->no;
}

static bool fits(const group *g, const uint32_t *value, int rung)
{
    for (uint32_t k = 0; k < g->clauses; k++) {
        const clause *c = &g->clause[k];
        if ((int)c->rung <= rung && !says(&c->at[0], value) && !says(&c->at[1], value)) {
            return false;
        }
    }
    return true;
}

static bool next(const group *g, uint32_t *value)
{
    for (uint32_t i = g->issues; i-- > 0;) {
        if (++value[i] < g->values[i]) {
            return true;
        }
        value[i] = 0;
    }
    return false;
}

/* Ways to settle a group at a rung; rung -1: before any rule. extra: with this atom too. */
static uint64_t ways(const group *g, int rung, const atom *extra, uint64_t open[SIZE])
{
    uint32_t value[SIZE] = {0};
    uint64_t count = 0;
    do {
        if (fits(g, value, rung) && (extra == NULL || says(extra, value))) {
            count++;
            for (uint32_t i = 0; open != NULL && i < g->issues; i++) {
                open[i] |= UINT64_C(1) << value[i];
            }
        }
    } while (next(g, value));
    return count;
}

static void make_text(parley_text *out, const group *made, uint32_t groups, parley_random *r)
{
    parley_text_puts(out, "parley: 1\nparties:\n  a: {roles: [principal]}\n  b: {roles: "
                          "[principal]}\nissues:\n");
    for (uint32_t g = 0; g < groups; g++) {
        for (uint32_t i = 0; i < made[g].issues; i++) {
            parley_text_printf(out, "  i%u-%u: {options: {", g, i);
            for (uint32_t v = 0; v < made[g].values[i]; v++) {
                parley_text_printf(out, "%so%u: \"%u\"", v > 0 ? ", " : "", v, v);
            }
            parley_text_puts(out, "}}\n");
        }
    }
    for (int pass = 0; pass < 3; pass++) {
        parley_text_puts(out, pass == 0 ? "rules:\n" : pass == 1 ? "claims:\n" : "readings:\n");
        parley_text_puts(out, pass == 0   ? "  r: {formula: \"true\"}\n"
                              : pass == 1 ? "  c: {by: a, act: say, says: hello}\n"
                                          : "  m: {party: a, requires: \"true\", because: so}\n");
        for (uint32_t g = 0; g < groups; g++) {
            for (uint32_t k = 0; k < made[g].clauses; k++) {
                const clause *c = &made[g].clause[k];
                int wanted = c->rung == PARLEY_RUNG_RULES      ? 0
                             : c->rung == PARLEY_RUNG_READINGS ? 2
                                                               : 1;
                char text[256];
                char by = parley_random_below(r, 2) == 0 ? 'a' : 'b';
                print_clause(text, sizeof text, g, c);
                if (wanted != pass) {
                    continue;
                }
                if (pass == 0) {
                    parley_text_printf(out, "  r%u-%u: {formula: \"%s\"}\n", g, k, text);
                } else if (pass == 2) {
                    parley_text_printf(out,
                                       "  m%u-%u: {party: %c, requires: \"%s\", because: so}\n", g,
                                       k, by, text);
                } else {
                    parley_text_printf(out, "  c%u-%u: {by: %c, act: %s, about: \"%s\", class: %s",
                                       g, k, by,
                                       c->rung == PARLEY_RUNG_ACCEPTED ? "accept" : "demand", text,
                                       c->rung == PARLEY_RUNG_REPORTED ? "bare" : "document");
                    if (firmness[c->rung] != NULL) {
                        parley_text_printf(out, ", firmness: %s", firmness[c->rung]);
                    }
                    parley_text_puts(out, "}\n");
                }
            }
        }
    }
}

static void same_count(uint64_t key, const char *what, const parley_count *found,
                       const parley_count *wanted)
{
    if (parley_count_compare(found, wanted) != 0) {
        char a[500];
        char b[500];
        parley_count_print(found, ',', a, sizeof a);
        parley_count_print(wanted, ',', b, sizeof b);
        fail_msg("key %llu: %s: %s, not %s", (unsigned long long)key, what, a, b);
    }
}

static parley_count product(const group *made, uint32_t groups, int rung, const atom *extra,
                            uint32_t where)
{
    parley_count all = parley_count_of(1);
    for (uint32_t g = 0; g < groups; g++) {
        parley_count one = parley_count_of(ways(&made[g], rung, g == where ? extra : NULL, NULL));
        assert_true(parley_count_mul(&all, &all, &one));
    }
    return all;
}

static void twenty_to_forty_questions_count_as_the_product_of_their_groups(void **state)
{
    (void)state;
    uint32_t largest = 0;
    uint32_t dead = 0;
    for (uint64_t key = 0; key < CASES; key++) {
        parley_random r = parley_random_stream(key, 11, 0, 0);
        group made[GROUPS];
        uint32_t groups = 7 + parley_random_below(&r, GROUPS - 6);
        uint32_t issues = 0;
        for (uint32_t g = 0; g < groups; g++) {
            make_group(&made[g], &r);
            issues += made[g].issues;
        }
        parley_ctx *ctx = check_ctx();
        parley_text *text = parley_text_new(ctx, 1 << 20);
        make_text(text, made, groups, &r);
        desk d = desk_text(parley_text_data(text));
        parley_text_free(text);
        parley_ctx_free(ctx);
        desk_analyse(&d, NULL);
        largest = issues > largest ? issues : largest;

        parley_count total = parley_deal_total(d.deal);
        parley_count wanted = product(made, groups, -1, NULL, 0);
        same_count(key, "packages", &total, &wanted);
        for (int k = 0; k < PARLEY_RUNG_COUNT; k++) {
            wanted = product(made, groups, k, NULL, 0);
            same_count(key, parley_rung_heading((parley_rung)k),
                       &parley_deal_rung(d.deal, (parley_rung)k)->left, &wanted);
        }
        int last = parley_deal_last(d.deal);
        dead += parley_deal_dies_at(d.deal) >= 0;
        for (uint32_t g = 0; g < groups; g++) {
            uint64_t open[SIZE] = {0};
            ways(&made[g], last, NULL, open);
            for (uint32_t i = 0; i < made[g].issues && last >= 0; i++) {
                char id[32];
                snprintf(id, sizeof id, "i%u-%u", g, i);
                int32_t issue = desk_find(&d, "issues", id);
                for (uint32_t v = 0; v < made[g].values[i]; v++) {
                    assert_int_equal(parley_deal_open(d.deal, issue, v), open[i] >> v & 1);
                }
            }
        }
        /* a question about one value of one group, at every rung */
        parley_arena *arena = parley_arena_new(d.ctx);
        const parley_formula *f = NULL;
        parley_error err = PARLEY_ERROR_INIT;
        uint32_t where = parley_random_below(&r, groups);
        const atom asked = {parley_random_below(&r, made[where].issues), 0, false};
        char query[64];
        snprintf(query, sizeof query, "i%u-%u = o0", where, asked.issue);
        check_ok(parley_case_formula(&f, d.c, arena, query, &err), &err);
        for (int k = 0; k < PARLEY_RUNG_COUNT; k++) {
            parley_count count;
            bool entails = false;
            parley_count all = product(made, groups, k, NULL, 0);
            wanted = product(made, groups, k, &asked, where);
            check_ok(parley_deal_count(d.deal, (parley_rung)k, f, &count, &err), &err);
            check_ok(parley_deal_entails(d.deal, (parley_rung)k, f, &entails, &err), &err);
            same_count(key, query, &count, &wanted);
            assert_int_equal(entails, parley_count_compare(&all, &wanted) == 0);
        }
        parley_arena_free(arena);
        desk_close(&d);
    }
    assert_true(largest >= 40 && dead > 0 && dead < CASES);
}

/* ------------------------------------------------------------ memory that ends late */

#include "support/torture.h"

static void an_assurance_that_could_not_be_looked_at_is_no_verdict(void **state)
{
    (void)state;
    /* so many offers that looking at what they cover needs memory of its own */
    parley_ctx *plain = check_ctx();
    parley_text *text = parley_text_new(plain, 1 << 20);
    parley_text_puts(text, "parley: 1\nparties:\n  a: {roles: [principal]}\nissues:\n");
    for (int i = 0; i < 400; i++) {
        parley_text_printf(text, "  i%d: {options: {p: P, q: Q}}\n", i);
    }
    parley_text_puts(text, "claims:\n");
    for (int i = 0; i < 400; i++) {
        parley_text_printf(
            text, "  c%d: {by: a, act: offer, about: \"i%d = p\", class: document}\n", i, 399 - i);
    }
    static int64_t values[400];
    for (size_t i = 0; i < CHECK_COUNT(values); i++) {
        values[i] = i == 0 ? 0 : -1;
    }
    uint64_t failed = 0;
    for (uint64_t n = 0;; n++) {
        torture_allocator t = TORTURE_ALLOCATOR_INIT;
        parley_ctx_options options = torture_options(&t);
        parley_error err = PARLEY_ERROR_INIT;
        parley_ctx *ctx = NULL;
        parley_case *c = NULL;
        parley_deal *deal = NULL;
        parley_verdict v;
        check_ok(parley_ctx_new(&ctx, &options, &err), &err);
        check_ok(parley_case_read(&c, ctx, "offers.yaml", parley_text_data(text),
                                  parley_text_size(text), NULL, NULL, &err),
                 &err);
        check_ok(parley_deal_new(&deal, ctx, c, NULL, &err), &err);
        t.fail_at = atomic_load(&t.requests) + n;
        parley_status status = parley_deal_verdict(&v, deal, 0, PARLEY_RUNG_READINGS,
                                                   (parley_package){values, 400}, &err);
        bool refused = atomic_load(&t.refused) > 0;
        if (refused) {
            check_fails(status, PARLEY_NOMEM, &err);
            failed++;
        } else {
            check_ok(status, &err);
            assert_int_equal(v.kind, PARLEY_VERDICT_NECESSARILY);
        }
        parley_deal_free(deal);
        parley_case_free(c);
        parley_ctx_free(ctx);
        torture_check_clean(&t);
        if (!refused) {
            break;
        }
    }
    assert_true(failed >= 4);
    parley_text_free(text);
    check_ctx_done(plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twenty_to_forty_questions_count_as_the_product_of_their_groups),
        cmocka_unit_test(an_assurance_that_could_not_be_looked_at_is_no_verdict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
