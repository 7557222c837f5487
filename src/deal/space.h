/*
 * Inside the room "deal": a space of packages, and exact questions about it.
 *
 * A space has variables with a finite number of values each, and constraints over literals
 * "variable v takes a value in set S". Every question names the constraints that are switched on,
 * so that one space answers all rungs of a ladder, all sticking points and all bridges. Variables
 * may be *projected*: they are not part of a package (an unknown answer of a party, say), and a
 * package counts once if some value of the projected variables satisfies the constraints.
 *
 * Nothing here knows parties, claims or dates.
 */
#ifndef PARLEY_DEAL_SPACE_H
#define PARLEY_DEAL_SPACE_H

#include <parley/base.h>

typedef enum space_expr_kind {
    SPACE_TRUE,
    SPACE_FALSE,
    SPACE_LITERAL, /* variable in set */
    SPACE_NOT,     /* one argument */
    SPACE_AND,
    SPACE_OR,
    SPACE_IFF /* two or more: all alike */
} space_expr_kind;

typedef struct space_expr space_expr;
struct space_expr {
    space_expr_kind kind;
    uint32_t variable;   /* LITERAL */
    const uint64_t *set; /* LITERAL: bit v = value v; (size + 63) / 64 words */
    uint32_t count;      /* operands */
    const space_expr *const *arg;
};

typedef struct space space;

typedef struct space_variable {
    uint32_t size; /* number of values, at least 1 */
    bool projected;
} space_variable;

/* A space without constraints. sizes are bounded by limit `options`. */
parley_status space_new(space **out, parley_ctx *ctx, uint32_t variables,
                        const space_variable *variable, parley_error *err) PARLEY_MUST_CHECK;
void space_free(space *s);

/*
 * Add a constraint; ids count up from 0. Conjunctions are split inside (the id stays one). The
 * expression is copied. A constraint may have any scope: wide formulas cost time, not correctness.
 */
parley_status space_add(space *s, const space_expr *e, uint32_t *id,
                        parley_error *err) PARLEY_MUST_CHECK;
uint32_t space_constraints(const space *s);

/* Union-find: the root of what `at` is tied to; the path to it is halved. parent[root] is root. */
static inline uint32_t space_root(uint32_t *parent, uint32_t at)
{
    while (parent[at] != at) {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    return at;
}

/* A set of constraint ids, as bits; missing words are 0. */
typedef struct space_set {
    const uint64_t *bits;
    uint32_t words;
} space_set;

/* Extra unary restrictions of one question: value sets by variable (NULL: all values). May be NULL.
 */
typedef const uint64_t *const *space_clamp;

/*
 * Number of packages (assignments of the variables that are not projected) that satisfy every
 * constraint switched on. Exact. LIMIT (named limits count_bits, search_nodes) and CANCELLED end it
 * without a result. *out is zeroed first.
 */
parley_status space_count(space *s, space_set on, space_clamp clamp, parley_count *out,
                          parley_error *err) PARLEY_MUST_CHECK;

/* Is there one? If witness is not NULL it gets a value for every variable (lexicographic first not
 * promised). */
parley_status space_exists(space *s, space_set on, space_clamp clamp, bool *out, uint32_t *witness,
                           parley_error *err) PARLEY_MUST_CHECK;

/*
 * Which values of each variable occur in some satisfying assignment: support[v] has (size + 63) /
 * 64 words, owned by the caller. All empty when there is none.
 */
parley_status space_support(space *s, space_set on, space_clamp clamp, uint64_t *const *support,
                            parley_error *err) PARLEY_MUST_CHECK;

/* Called for each package, in lexicographic order of the variables; values of projected ones are 0.
 * Return false to stop. */
typedef bool (*space_visit)(void *user, const uint32_t *values);
parley_status space_list(space *s, space_set on, space_clamp clamp, space_visit visit, void *user,
                         parley_error *err) PARLEY_MUST_CHECK;

/* Does every assignment that satisfies the constraints switched on satisfy e? (e is not added.) */
parley_status space_entails(space *s, space_set on, const space_expr *e, bool *out,
                            parley_error *err) PARLEY_MUST_CHECK;

/*
 * Minimal clashing sets: minimal sets of `soft` constraints (ids) that, together with all of
 * `hard`, leave nothing. Smallest first, then by ids; each is minimal (no proper subset clashes),
 * none is given twice, and without a stop all are given. If `hard` alone leaves nothing, the one
 * empty set is given. visit gets ascending ids; return false to stop. (Hitting-set duality: Reiter
 * 1987, doi:10.1016/0004-3702(87)90062-2; Liffiton et al. 2016, doi:10.1007/s10601-015-9183-0.)
 */
typedef bool (*space_visit_set)(void *user, const uint32_t *ids, uint32_t count);
parley_status space_clashes(space *s, space_set hard, space_set soft, space_visit_set visit,
                            void *user, parley_error *err) PARLEY_MUST_CHECK;

/*
 * Minimal correction sets: minimal sets of `soft` constraints without which the others hold
 * together with all of `hard`. Fewest first; among as many, those with fewer of grade 0, then with
 * fewer of grade 1, and so on (grade[id] < SPACE_GRADES); then by ids. Each once, and all of them
 * unless visit stops; what was given stands when LIMIT (search_nodes) or CANCELLED ends it. The
 * empty set when all hold together; none when `hard` alone leaves nothing. The first come long
 * before all are known. visit must not ask this space anything. (src/deal/space_regions.c)
 */
#define SPACE_GRADES 10u
parley_status space_corrections(space *s, space_set hard, space_set soft, const uint8_t *grade,
                                space_visit_set visit, void *user, parley_error *err);

/* What the last question cost, for benchmarks and tests. */
typedef struct space_work {
    uint64_t tables;   /* tables made */
    uint64_t entries;  /* table entries computed */
    uint64_t branches; /* conditioning branches */
    uint32_t width;    /* largest number of variables in one table */
} space_work;
space_work space_last_work(const space *s);

#endif
