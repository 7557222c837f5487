/*
 * Shared by the files of the space engine; nobody else includes it.
 *
 * How a question is answered. The constraints switched on are compiled into a *net*: variables with
 * few classes of values that no constraint tells apart, and bit tables over few of them
 * (space_compile.c). A *solver* keeps domains consistent with the tables and finds assignments
 * (space_solve.c); existence, support, listing and clashes stand on it. Counting reduces the net to
 * its independent components (space_reduce.c), eliminates each exactly where the tables stay small
 * (space_eliminate.c) and branches where they do not (space_count.c).
 */
#ifndef PARLEY_DEAL_SPACE_INTERNAL_H
#define PARLEY_DEAL_SPACE_INTERNAL_H

#include "deal/space.h"

#define SPACE_NONE UINT32_MAX

/* Tables of constraints have at most so many entries; wider formulas are cut at auxiliary
 * variables. */
#define SPACE_TABLE 4096u
/* Those of two variables: quantities with many thresholds. */
#define SPACE_PAIR 65536u
/* A table has at most so many variables: sizes are below 2^32 and each variable has two values. */
#define SPACE_ARITY 32u

__extension__ typedef unsigned __int128 space_u128;

/* ----------------------------------------------------------------- scratch */

/* Memory of one question, given back to a mark; unlike an arena it is not cleared. */
typedef struct scratch_block scratch_block;
struct scratch_block {
    scratch_block *next;
    size_t size; /* bytes behind this header */
};

typedef struct scratch {
    parley_ctx *ctx;
    scratch_block *first;
    scratch_block *block; /* in use; those behind it are kept for later */
    size_t used;
    size_t total;
} scratch;

typedef struct scratch_mark {
    scratch_block *block;
    size_t used;
} scratch_mark;

void *scratch_alloc(scratch *m, size_t n, size_t size); /* not cleared; NULL on failure */
void *scratch_zero(scratch *m, size_t n, size_t size);
scratch_mark scratch_here(const scratch *m);
void scratch_reset(scratch *m, scratch_mark mark);
/* Give back all use, and all memory beyond `keep` bytes. */
void scratch_trim(scratch *m, size_t keep);

#define SCRATCH(m, type, n) ((type *)scratch_alloc((m), (n), sizeof(type)))
#define SCRATCH_ZERO(m, type, n) ((type *)scratch_zero((m), (n), sizeof(type)))

/* -------------------------------------------------------------------- bits */

static inline uint32_t bit_words(uint32_t bits)
{
    return bits / 64 + (bits % 64 != 0);
}
static inline bool bit_get(const uint64_t *set, uint32_t i)
{
    return (set[i / 64] >> (i % 64) & 1) != 0;
}
static inline void bit_set(uint64_t *set, uint32_t i)
{
    set[i / 64] |= (uint64_t)1 << (i % 64);
}
static inline void bit_clear(uint64_t *set, uint32_t i)
{
    set[i / 64] &= ~((uint64_t)1 << (i % 64));
}
static inline uint32_t bit_first(uint64_t word)
{
    return (uint32_t)__builtin_ctzll(word);
}
static inline uint32_t bit_ones(uint64_t word)
{
#ifdef __POPCNT__
    return (uint32_t)__builtin_popcountll(word);
#else
    /* Without the instruction the builtin is a call. */
    word -= word >> 1 & 0x5555555555555555u;
    word = (word & 0x3333333333333333u) + (word >> 2 & 0x3333333333333333u);
    word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return (uint32_t)(word * 0x0101010101010101u >> 56);
#endif
}
/* The lowest n bits, 1 <= n <= 64. */
static inline uint64_t bit_low(uint32_t n)
{
    return ~(uint64_t)0 >> (64 - n);
}
static inline bool set_has(space_set set, uint32_t id)
{
    return id / 64 < set.words && bit_get(set.bits, id);
}

/* ----------------------------------------------------------------- storage */

/* Values of one variable, in classes that no literal seen so far tells apart. */
typedef struct value_classes {
    uint32_t size;
    bool projected;
    uint32_t classes;
    uint32_t class_room;
    uint32_t *class_of;   /* [size]; NULL while there is one class */
    uint32_t *class_size; /* [classes] */
    uint32_t literals;
    uint32_t literal_room;
    uint32_t words;    /* of one literal */
    uint64_t *literal; /* [literals x words], sets of classes */
} value_classes;

typedef enum node_op { NODE_TRUE, NODE_FALSE, NODE_LITERAL, NODE_AND, NODE_OR, NODE_IFF } node_op;

typedef struct node {
    uint8_t op;
    bool negated;      /* NODE_IFF only */
    uint32_t variable; /* NODE_LITERAL */
    uint32_t first;    /* NODE_LITERAL: number of the literal; else the first entry in `arg` */
    uint32_t count;
} node;

/* One conjunct of a constraint: nodes first .. root, operands before those that use them. */
typedef struct part {
    uint32_t first;
    uint32_t root;
    uint32_t scope; /* in `scope`, ascending variables */
    uint32_t scope_count;
} part;

typedef struct constraint {
    uint32_t part;
    uint32_t count;
    bool never; /* false whatever the values */
} constraint;

struct space {
    parley_ctx *ctx;
    uint32_t variables;
    value_classes *variable;

    uint32_t nodes, node_room;
    node *node;
    uint32_t args, arg_room;
    uint32_t *arg;
    uint32_t scopes, scope_room;
    uint32_t *scope;
    uint32_t parts, part_room;
    part *part;
    uint32_t constraints, constraint_room;
    constraint *constraint;

    scratch tmp;   /* of the question */
    scratch cache; /* results of components, in one question */
    space_work work;
};

/* Refine the classes of a variable so that `set` is a union of them. */
parley_status classes_refine(space *s, uint32_t variable, const uint64_t *set, parley_error *err);
/* The classes that make up a set that was refined by; `out` has bit_words(classes) words. */
void classes_of_set(const value_classes *v, const uint64_t *set, uint64_t *out);
/* Number of the literal with that set of classes, made if new. */
parley_status classes_literal(space *s, uint32_t variable, const uint64_t *classes, uint32_t *out,
                              parley_error *err);
void classes_free(space *s, value_classes *v);

/* Make room for `more` behind `used` in an array of the space; `array` is the address of its
 * pointer. */
parley_status space_room(space *s, void *array, uint32_t used, uint32_t *room, uint32_t more,
                         size_t size, parley_error *err);

/* Copy an expression (negated if so wished) into a new constraint. */
parley_status space_put(space *s, const space_expr *e, bool negated, uint32_t *id,
                        parley_error *err);
/* Where the arrays stood, to take constraints out again. `literals` (of each variable) may be NULL.
 */
typedef struct space_state {
    uint32_t nodes, args, scopes, parts, constraints;
    const uint32_t *literals;
} space_state;
space_state space_here(const space *s);
void space_back(space *s, space_state state);
/* Ascending order, in place. */
void sort_u32(uint32_t *a, uint32_t n);

/* --------------------------------------------------------------------- net */

typedef struct net_variable {
    uint32_t k;       /* classes, at least 2 */
    uint32_t words;   /* of a domain */
    uint32_t at;      /* first word of its domain */
    bool projected;   /* to be eliminated by "some value", before the others */
    uint32_t *weight; /* [k] values in each class; NULL: one each */
} net_variable;

typedef struct net_table {
    uint32_t arity;
    uint32_t owner; /* constraint that can be switched off; NONE: always on */
    uint32_t words; /* of one row */
    uint32_t rows;
    uint32_t next;   /* while compiling: the next table in its bucket */
    uint32_t *scope; /* ascending */
    uint64_t
        *row; /* [rows x words]: classes of scope[0] allowed; scope[1] varies fastest over rows */
} net_table;

typedef struct net {
    uint32_t variables, variable_room;
    net_variable *variable;
    uint32_t tables, table_room;
    net_table *table;
    uint32_t words; /* of all domains */
} net;

/* Room for one more, in scratch; NULL on failure. */
net_variable *net_new_variable(scratch *m, net *n, uint32_t k);
net_table *net_new_table(scratch *m, net *n, uint32_t arity);

/* ---------------------------------------------------------------- question */

#define QUESTION_BUCKETS 256u

/* Counts of components, kept while one question is answered. */
typedef struct count_entry count_entry;
typedef struct count_cache {
    count_entry **slot; /* [slots] */
    uint32_t slots;     /* a power of two */
    uint32_t entries;
    size_t bytes;
} count_cache;

/* The description of a component. */
typedef struct count_key {
    const uint64_t *word;
    size_t words;
    uint64_t hash;
} count_key;

typedef struct question {
    space *s;
    parley_error *err;
    scratch *tmp;
    scratch_mark mark; /* where the question began */
    net net;
    bool empty;     /* nothing satisfies: seen while compiling */
    uint32_t **map; /* [variables][classes]: class in the net (0 outside the net), NONE: excluded */
    uint32_t *net_of; /* [variables]: variable of the net, NONE: not in it */
    uint32_t *total;  /* [variables]: values that unary constraints and the clamp leave */
    space_clamp clamp;
    uint64_t fails; /* dead ends and branches so far, against limit search_nodes */
    count_cache cache;
    uint32_t bucket[QUESTION_BUCKETS]; /* tables by scope, while compiling */
    uint64_t looked;                   /* work since the cancel flag was looked at */
} question;

/*
 * Compile: constraints of `firm` (and `extra`, if not NONE) are always on; those of `soft` become
 * tables with an owner.
 */
parley_status question_begin(question *q, space *s, space_set firm, space_set soft, uint32_t extra,
                             space_clamp clamp, parley_error *err);
void question_end(question *q);
/* Tables of one part. */
parley_status part_tables(question *q, const part *p, uint32_t owner);
bool part_unary(const space *s, const part *p);
/* Count a dead end or branch; CANCELLED, LIMIT. */
parley_status question_fail(question *q);
/* Count units of about a nanosecond; CANCELLED. */
parley_status question_work(question *q, uint64_t units);
parley_status question_nomem(question *q);
/* The lowest value of a variable that stands for a class of the net (0 outside the net). */
uint32_t question_value(const question *q, uint32_t variable, uint32_t class_);
/* Is a value of a variable still possible, and in which class of the net? NONE: no. */
uint32_t question_class(const question *q, uint32_t variable, uint32_t value);

/* ------------------------------------------------------------------ solver */

typedef struct solver_trail {
    uint32_t variable;
    uint32_t word;
    uint64_t old;
    uint32_t old_size;
} solver_trail;

typedef struct solver_choice {
    uint32_t trail;
    uint32_t variable;
    uint32_t value;
} solver_choice;

typedef struct solver {
    question *q;
    const net *n;
    uint64_t *domain;      /* [words] */
    uint32_t *size;        /* [variables] */
    uint32_t *weight;      /* [variables]: dead ends its tables caused */
    uint32_t *phase;       /* [variables]: value to try first; NONE */
    const uint64_t *avoid; /* [words] values to try last, or NULL */
    uint32_t *model;       /* [variables] */
    uint32_t *start;       /* [variables + 1] into `of` */
    uint32_t *of;          /* tables of each variable */
    uint8_t *active;       /* [tables] */
    uint8_t *queued;       /* [tables] */
    uint32_t *queue;       /* [tables] ring */
    uint32_t head, waiting;
    solver_trail *trail;
    uint32_t trails;
    solver_choice *choice;
    uint32_t *group; /* [variables] variables of the components, one after the other */
    uint32_t *mark;  /* [variables] */
    uint32_t stamp;
    uint32_t *list; /* values of one table's variables, while it is revised */
    uint8_t *hit;
    uint64_t *row;
} solver;

typedef struct solver_mark {
    uint32_t trail;
} solver_mark;

/* All domains full; tables without an owner active and waiting. */
parley_status solver_new(solver **out, question *q, const net *n, bool owned);
solver_mark solver_here(const solver *v);
void solver_back(solver *v, solver_mark mark);
/* Remove all values but those in `keep`. False: none left. */
bool solver_restrict(solver *v, uint32_t variable, const uint64_t *keep);
bool solver_assign(solver *v, uint32_t variable, uint32_t value);
bool solver_remove(solver *v, uint32_t variable, uint32_t value);
void solver_enable(solver *v, uint32_t table, bool on);
/* Take out what no table supports. False: some domain became empty. */
bool solver_propagate(solver *v);
/* From a propagated state: is there an assignment? The state is as before; model[] holds it. */
parley_status solver_solve(solver *v, bool *found);

/* ----------------------------------------------------------------- clashes */

/* Sets of soft constraints, one after the other. */
typedef struct set_list {
    uint64_t *bits; /* [room][words] */
    uint32_t count, room;
} set_list;

/* Numbers of sets in a list. */
typedef struct number_list {
    uint32_t *number;
    uint32_t count, room;
    uint32_t known; /* how long the list of sets was */
} number_list;

/* One level of the walk. */
typedef struct clash_level {
    uint64_t *chosen;    /* the set so far */
    uint64_t *out;       /* what may not join it */
    uint64_t *left;      /* what is left to try at this level */
    number_list unmet;   /* corrections that the set does not meet */
    number_list threats; /* clashing sets without anything that is out */
} clash_level;

/* What corrections are made smaller with; see space_widen.c. */
typedef struct clash_widener {
    bool auxiliary;    /* the net has auxiliary variables */
    uint32_t *only;    /* [softs] the one variable it restricts, by one table; NONE */
    uint32_t *start;   /* [variables + 1] into `unary` */
    uint32_t *unary;   /* those softs by variable */
    number_list local; /* clashing sets of one variable's softs, in chains */
    uint32_t *next;    /* [local.room] */
    uint32_t *first;   /* [variables] the first of its chain in `local`; NONE */
    uint64_t *box;     /* [words of the net] */
    uint64_t *spare;   /* [words of the net] */
    bool *must;        /* [tables] */
    uint64_t *out;     /* [words] softs the correction keeps */
    uint64_t *chosen;  /* [words] */
    uint64_t *remain;  /* [most softs of a variable + 1][most words of a domain] */
    uint32_t *place;   /* [most softs of a variable + 1] */
    uint32_t *element; /* [most softs of a variable + 1] */
} clash_widener;

typedef struct clasher {
    question *q;
    solver *v;
    uint32_t softs, words;
    uint32_t *id;    /* [softs] */
    uint32_t *table; /* [softs] first table of each in the net */
    uint32_t *end;   /* [softs] and the one behind its last */
    bool merged;     /* each stands for all that say the same: ids twin[twins[i] .. twins[i + 1]) */
    uint32_t *twin;
    uint32_t *twins;
    uint32_t **base; /* [variables][classes of the net]: a class of values behind it */
    bool *truth;     /* of the nodes of one part */
    set_list corrections;
    set_list clashes;
    uint32_t first; /* clashing set of the size in hand */
    uint64_t *good; /* the constraints that hold in what is grown */
    uint64_t *bad;  /* the others */
    uint64_t *blocked;
    uint64_t *others;
    uint64_t *apart;
    uint64_t *rest;
    clash_level *level; /* [levels] */
    uint32_t levels;
    uint64_t nodes; /* of the walk */
    uint32_t turn;  /* where growing begins, so that corrections differ */
    clash_widener wide;
    uint32_t *ids; /* [softs] for the visitor */
} clasher;

/* The soft constraints of a question, which has just been compiled; of those that say the same only
 * the first, if so wished. */
parley_status clash_prepare(clasher *c, bool merge);
/* Keep the first of those that say the same; see space_twins.c. Before a solver is made. */
parley_status twins_merge(clasher *c);
/* Give the sets of constraints for which the clashing sets first to end - 1, all of one size,
 * stand: ascending, until the visitor has enough (*more false). */
parley_status twins_give(clasher *c, uint32_t first, uint32_t end, space_visit_set visit,
                         void *user, bool *more);
/* Switch the tables of soft constraint number `soft` on or off. */
void clash_enable(clasher *c, uint32_t soft, bool on);
parley_status clash_append(clasher *c, set_list *list, const uint64_t *set);
/* Can `chosen` hold? If so it is grown as far as it goes, and the rest made a new correction. */
parley_status clash_try(clasher *c, const uint64_t *chosen, bool *holds);
parley_status widen_prepare(clasher *c);
/* A clashing set was found. */
parley_status widen_learn(clasher *c, uint32_t clash);
/*
 * Take from the correction what is not needed, given the assignment found last, which satisfies the
 * hard constraints and all soft ones outside the correction (c->good). Whatever has nothing in
 * common with what is left, and contains no clashing set known, can hold.
 */
parley_status widen_correction(clasher *c, uint64_t *correction);

/* -------------------------------------------------------------------- queue */

/* What waits, smallest key first (space_queue.c): `counts` words, then a set of `words` words. */
typedef struct space_waiting {
    const uint64_t *key;
    void *what;
} space_waiting;
typedef struct space_queue {
    space_waiting *at; /* [count]: a heap, at[0] the smallest */
    uint32_t count, room;
    uint32_t counts, words;
} space_queue;
/* < 0: key a comes before b. 0: they are equal. */
int space_key_order(const space_queue *q, const uint64_t *a, const uint64_t *b);
/* The key must stay as it is while it waits. false: out of memory, and nothing was added. */
bool space_queue_add(space_queue *q, scratch *m, const uint64_t *key, void *what);
/* The smallest; there must be one (count > 0). */
void *space_queue_take(space_queue *q);

/* ------------------------------------------------------------- corrections */

/*
 * One search for minimal correction sets, in order (space_correct.c). Several may be open in one
 * space at the same time, closed in the opposite order; `opened` counts the steps of all of them
 * against limit search_nodes. On failure *out may be there all the same, to be closed.
 */
typedef struct seeker seeker;
parley_status seeker_open(seeker **out, space *s, space_set hard, space_set soft,
                          const uint8_t *grade, uint64_t *opened, parley_error *err);
void seeker_close(seeker *k);
/* Does `hard` leave anything? If not there are no corrections. */
bool seeker_possible(const seeker *k);
/* Search until correction i (from 0) is found, or (*there false) there are not so many. */
parley_status seeker_reach(seeker *k, uint32_t i, bool *there);
/* Constraints of correction i, which was reached, ascending; how many. */
uint32_t seeker_set(const seeker *k, uint32_t i, uint32_t *ids);

/* ------------------------------------------------------------------ counts */

/* A net while it is reduced; tables still have its variables' numbers. */
typedef struct reducer {
    question *q;
    scratch *m;
    const net *n;
    bool all_or;       /* only existence matters: every variable is taken as projected */
    uint32_t *k;       /* [variables] classes left */
    uint32_t **weight; /* [variables][k] */
    bool *gone;        /* [variables] eliminated: its weight is in the factor */
    net_table *table;
    uint32_t tables;
    uint64_t *bloom; /* [tables]: variables mod 64 */
    parley_count factor;
    bool empty; /* some table allows nothing */
} reducer;

static inline bool reducer_or(const reducer *r, uint32_t variable)
{
    return r->all_or || r->n->variable[variable].projected;
}

/*
 * The table `t`, whose variable v has old_k[v] classes, over the classes value[v][0 .. k[v] - 1] of
 * them. *keep: does it still exclude anything?
 */
parley_status reduce_table(reducer *r, const net_table *t, const uint32_t *old_k,
                           uint32_t *const *value, net_table *out, bool *keep);
/* Merge classes that no table tells apart, and drop those a projected variable need not take. */
parley_status reduce_values(reducer *r, bool *changed);
/* Eliminate variables of one table where that leaves a table of bits and a constant. */
parley_status reduce_pendants(reducer *r, bool *changed);

/*
 * Restrict a net (its tables that are active; NULL: those without an owner) to domains that are
 * closed under propagation, simplify it and cut it into components; `factor` gets the weight of
 * what is in none. The components: an array in scratch. `all_or`: only existence matters.
 */
parley_status net_reduce(question *q, const net *n, const uint8_t *active, const uint64_t *domain,
                         bool all_or, net **out, uint32_t *count, parley_count *factor);

/*
 * Has what is left of a net an assignment? Gives up (*known false) after so many branches. Slower
 * to begin than a search, but it sees symmetry and structure.
 */
parley_status decide_net(question *q, const net *n, const uint8_t *active, const uint64_t *domain,
                         uint64_t patience, bool *known, bool *found);

/* An order of elimination with its price in table entries. */
typedef struct elimination {
    uint32_t *order;  /* [variables] */
    uint64_t entries; /* in all buckets together, saturating */
    uint64_t largest; /* largest table made, in words of 64 bits */
    uint32_t width;   /* most variables in one bucket */
    uint32_t split;   /* variable of a small separator between two expensive sides; NONE */
} elimination;

/* Sides of at least this price make a separator worth branching on. */
parley_status eliminate_order(question *q, const net *n, bool all_or, uint64_t heavy,
                              elimination *out);
/* Number of packages of a net; with `all_or` 1 or 0. */
parley_status eliminate_count(question *q, const net *n, const elimination *e, bool all_or,
                              parley_count *out);

parley_status cache_key(question *q, const net *n, bool all_or, count_key *out);
bool cache_find(const question *q, const count_key *key, parley_count *out);
parley_status cache_put(question *q, const count_key *key, const parley_count *value);

parley_status limit_bits(question *q);

#endif
