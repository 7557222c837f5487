/*
 * How many packages are left rung by rung, and the first bridge: the smallest program that uses
 * libparley for something. docs/c-interface.md goes through it.
 *
 *     cc -std=c17 ladder.c -o ladder $(pkg-config --cflags --libs parley)
 *     ./ladder cases/halt-2025.yaml
 */
#include <parley/parley.h>
#include <stdio.h>

#define COUNT_MAX 430 /* digits of the largest count, with commas */

typedef struct printing {
    const parley_case *c;
    const parley_terms *terms;
} printing;

static void print_ladder(const parley_deal *deal)
{
    for (int r = 0; r <= (int)parley_deal_up_to(deal); r++) {
        char left[COUNT_MAX];
        const parley_ladder_rung *rung = parley_deal_rung(deal, (parley_rung)r);
        parley_count_print(&rung->left, ',', left, sizeof left);
        printf("%-12s %s\n", parley_words_word(PARLEY_WORDS_RUNG, (size_t)r), left);
    }
}

/* Everything a visited bridge points to is borrowed until this returns. */
static bool print_bridge(void *user, const parley_bridge *bridge)
{
    const printing *p = (const printing *)user;
    char left[COUNT_MAX];
    parley_count_print(&bridge->left, ',', left, sizeof left);
    printf("first bridge, %s left:\n", left);
    for (uint32_t i = 0; i < bridge->changes; i++) {
        const parley_change *change = &bridge->change[i];
        if (change->term >= 0) {
            printf("  no longer: %s\n", parley_terms_at(p->terms, (uint32_t)change->term)->name);
        } else {
            printf("  goes further: %s\n", parley_case_issue(p->c, change->issue)->name);
        }
    }
    return false; /* one is enough */
}

int main(int argc, char **argv)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_ctx *ctx = NULL;
    parley_case *c = NULL;
    parley_deal *deal = NULL;
    if (argc != 2) {
        fprintf(stderr, "usage: ladder CASE.yaml (libparley %s)\n", parley_version());
        return 2;
    }
    parley_status status = parley_ctx_new(&ctx, NULL, &err);
    if (status == PARLEY_OK) {
        status = parley_case_load(&c, ctx, argv[1], NULL, NULL, &err);
    }
    if (status == PARLEY_OK) {
        status = parley_deal_new(&deal, ctx, c, NULL, &err);
    }
    if (status == PARLEY_OK && parley_deal_issues(deal).count == 0) {
        printf("nothing to count yet\n");
    } else if (status == PARLEY_OK) {
        printing p = {c, parley_deal_terms(deal)};
        parley_bridges_options options = PARLEY_BRIDGES_OPTIONS_INIT;
        print_ladder(deal);
        status = parley_deal_bridges(deal, &options, print_bridge, &p, &err);
    }
    if (status != PARLEY_OK) {
        char line[900];
        parley_error_print(&err, line, sizeof line);
        fprintf(stderr, "ladder: %s\n", line);
    }
    parley_deal_free(deal); /* in the other order than they were made; NULL is fine */
    parley_case_free(c);
    parley_ctx_free(ctx);
    return status == PARLEY_OK ? 0 : 1;
}
