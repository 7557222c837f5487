/*
 * Parties compared issue by issue: which values of it the terms of each let stand.
 */
#include <parley/blocs.h>

#include <string.h>

/* Values of an issue compared. */
#define VALUES_MOST 4096u

/* What the terms of one party let stand of one issue: words, and with our readings. */
typedef struct stand {
    uint64_t *words;
    uint64_t *all;
    bool by_words;
    bool by_all;
} stand;

struct parley_blocs {
    parley_ctx *ctx;
    parley_arena *arena;
    const parley_case *c;
    stand *at; /* party x issue */
    uint32_t *joined;
};

static parley_status nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while comparing parties");
}

const char *parley_between_word(parley_between between)
{
    static const char *const words[] = {"not-known", "agree", "overlap", "clash", "not-compared"};
    return words[between];
}

static size_t words_of(const parley_case *c, int32_t issue)
{
    return ((size_t)parley_case_issue(c, issue)->values + 63) / 64;
}

/* All values stand, to begin with. */
static uint64_t *full(parley_blocs *b, int32_t issue)
{
    size_t words = words_of(b->c, issue);
    uint64_t *set = parley_arena_array(b->arena, words + 1, sizeof(*set));
    for (uint32_t v = 0; set != NULL && v < parley_case_issue(b->c, issue)->values; v++) {
        set[v / 64] |= UINT64_C(1) << (v % 64);
    }
    return set;
}

static bool take(parley_blocs *b, const parley_term *term, int64_t *package)
{
    int32_t issue = parley_formula_only_issue(term->formula);
    if (issue < 0) {
        b->joined[term->party]++;
        return true;
    }
    stand *at = &b->at[(size_t)term->party * parley_case_issues(b->c) + (size_t)issue];
    uint32_t values = parley_case_issue(b->c, issue)->values;
    bool words = term->basis != PARLEY_BASIS_READING;
    at->by_all = true;
    at->by_words = at->by_words || words;
    if (values == 0 || values > VALUES_MOST) {
        return true;
    }
    at->words = at->words == NULL ? full(b, issue) : at->words;
    at->all = at->all == NULL ? full(b, issue) : at->all;
    if (at->words == NULL || at->all == NULL) {
        return false;
    }
    for (uint32_t v = 0; v < values; v++) {
        package[issue] = v;
        bool holds =
            parley_case_eval(b->c, term->formula,
                             (parley_package){package, parley_case_issues(b->c)}) == PARLEY_YES;
        if (holds == (term->mode == PARLEY_MODE_REFUSES)) {
            at->all[v / 64] &= ~(UINT64_C(1) << (v % 64));
            at->words[v / 64] &= words ? ~(UINT64_C(1) << (v % 64)) : ~UINT64_C(0);
        }
    }
    package[issue] = -1;
    return true;
}

static parley_status gather(parley_blocs *b, const parley_terms_options *options, parley_error *err)
{
    uint32_t issues = parley_case_issues(b->c);
    uint32_t parties = parley_case_parties(b->c);
    parley_terms *terms = NULL;
    int64_t *package = parley_arena_array(b->arena, issues, sizeof(*package));
    b->at = parley_arena_array(b->arena, (size_t)parties * issues + 1, sizeof(*b->at));
    b->joined = parley_arena_array(b->arena, parties, sizeof(*b->joined));
    if (package == NULL || b->at == NULL || b->joined == NULL) {
        return nomem(err);
    }
    for (uint32_t i = 0; i < issues; i++) {
        package[i] = -1;
    }
    parley_status status = parley_terms_derive(&terms, b->ctx, b->c, options, err);
    for (uint32_t i = 0; status == PARLEY_OK && i < parley_terms_size(terms); i++) {
        status = take(b, parley_terms_at(terms, i), package) ? PARLEY_OK : nomem(err);
    }
    parley_terms_free(terms);
    return status;
}

parley_status parley_blocs_new(parley_blocs **out, parley_ctx *ctx, const parley_case *c,
                               const parley_terms_options *options, parley_error *err)
{
    const parley_terms_options defaults = PARLEY_TERMS_OPTIONS_INIT;
    *out = NULL;
    parley_blocs *b = parley_alloc(ctx, sizeof(*b));
    if (b == NULL) {
        return nomem(err);
    }
    b->ctx = ctx;
    b->c = c;
    b->arena = parley_arena_new(ctx);
    parley_status status =
        b->arena == NULL ? nomem(err) : gather(b, options != NULL ? options : &defaults, err);
    if (status != PARLEY_OK) {
        parley_blocs_free(b);
        return status;
    }
    *out = b;
    return PARLEY_OK;
}

void parley_blocs_free(parley_blocs *b)
{
    if (b != NULL) {
        parley_arena_free(b->arena);
        parley_release(b->ctx, b, sizeof(*b));
    }
}

static const stand *stand_of(const parley_blocs *b, int32_t party, int32_t issue)
{
    return &b->at[(size_t)party * parley_case_issues(b->c) + (size_t)issue];
}

bool parley_blocs_holds(const parley_blocs *b, int32_t party, int32_t issue, bool readings)
{
    const stand *at = stand_of(b, party, issue);
    return readings ? at->by_all : at->by_words;
}

uint32_t parley_blocs_joined(const parley_blocs *b, int32_t party)
{
    return b->joined[party];
}

parley_between parley_blocs_between(const parley_blocs *b, int32_t a, int32_t other, int32_t issue,
                                    bool readings)
{
    if (!parley_blocs_holds(b, a, issue, readings) ||
        !parley_blocs_holds(b, other, issue, readings)) {
        return PARLEY_BETWEEN_NOT_KNOWN;
    }
    const uint64_t *x = readings ? stand_of(b, a, issue)->all : stand_of(b, a, issue)->words;
    const uint64_t *y =
        readings ? stand_of(b, other, issue)->all : stand_of(b, other, issue)->words;
    if (x == NULL || y == NULL) {
        return PARLEY_BETWEEN_NOT_COMPARED;
    }
    bool some_x = false;
    bool some_y = false;
    bool both = false;
    bool same = true;
    for (size_t w = 0; w < words_of(b->c, issue); w++) {
        some_x = some_x || x[w] != 0;
        some_y = some_y || y[w] != 0;
        both = both || (x[w] & y[w]) != 0;
        same = same && x[w] == y[w];
    }
    return !some_x || !some_y ? PARLEY_BETWEEN_NOT_COMPARED
           : same             ? PARLEY_BETWEEN_AGREE
           : both             ? PARLEY_BETWEEN_OVERLAP
                              : PARLEY_BETWEEN_CLASH;
}
