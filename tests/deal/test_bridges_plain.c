/*
 * Bridges of plain random cases, against a model that this file keeps itself: terms are "this or
 * that or the other", packages are gone through one by one, and the smallest sets of changes are
 * the smallest sets of what some package breaks. Small cases with numbers that could reach further,
 * every softer form tried; and larger ones, a million packages each.
 */
#include "deal_check.h"

#include <parley/bridges.h>

#define SMALL_CASES 1500
#define LARGE_CASES 20
#define ISSUES 10
#define LITERALS 3
#define TERMS 14
#define RULES 3
#define MASKS 4096
#define SOFTER 400
#define WAYS 40
#define PACKAGES 4096 /* of a small case */

typedef struct literal {
    uint32_t issue;
    uint32_t value;
    enum { IS, IS_NOT, AT_MOST, AT_LEAST } how;
} literal;

typedef struct clause {
    literal at[LITERALS];
    uint32_t count;
    bool reading;
    bool refused; /* the party refuses that it does not hold */
} clause;

typedef struct model {
    parley_random random;
    uint32_t issues;
    bool ordered[ISSUES];
    bool quantity[ISSUES];
    uint32_t below[ISSUES]; /* values before the range */
    uint32_t values[ISSUES];
    uint32_t size[ISSUES]; /* with what it could reach */
    uint32_t rules;
    clause rule[RULES];
    uint32_t terms;
    clause term[TERMS];
    uint32_t packages;
    /* as the analysis orders it: soft constraints */
    uint32_t softs;
    int32_t soft_term[TERMS + ISSUES];  /* index of parley_deal_terms, or -1 */
    int32_t soft_issue[TERMS + ISSUES]; /* of a range */
    clause soft[TERMS + ISSUES];
    parley_rung rung[TERMS + ISSUES];
} model;

static uint32_t below(model *m, uint32_t n)
{
    return parley_random_below(&m->random, n);
}

/* ------------------------------------------------------------------- the case */

static void number_of(const model *m, uint32_t issue, uint32_t value, char out[32])
{
    /* 2.5 apart; the range begins at 20 */
    int32_t tenths = 200 + 25 * ((int32_t)value - (int32_t)m->below[issue]);
    snprintf(out, 32, "%d.%d", tenths / 10, tenths % 10);
}

static void put_clause(const model *m, const clause *c, char *out, size_t size)
{
    static const char *const how[] = {"=", "!=", "<=", ">="};
    size_t used = 0;
    out[0] = '\0';
    for (uint32_t k = 0; k < c->count; k++) {
        char value[32];
        const literal *l = &c->at[k];
        if (m->quantity[l->issue]) {
            number_of(m, l->issue, l->value, value);
        } else {
            snprintf(value, sizeof value, "o%u", l->value);
        }
        used += (size_t)snprintf(out + used, size - used, "%si%u %s %s", k > 0 ? " or " : "",
                                 l->issue, how[l->how], value);
    }
}

static clause random_clause(model *m)
{
    clause c = {.count = 1 + below(m, 5) / 2};
    c.count = c.count > LITERALS ? LITERALS : c.count;
    for (uint32_t k = 0; k < c.count; k++) {
        uint32_t issue = below(m, m->issues);
        bool in_line = m->ordered[issue] || m->quantity[issue];
        c.at[k] = (literal){issue, below(m, m->size[issue]), below(m, in_line ? 4 : 2)};
    }
    c.refused = below(m, 3) == 0;
    return c;
}

static char *make_case(model *m, uint64_t key, bool large)
{
    static const char *const firmness[] = {"red-line-tested", "red-line-stated", "condition",
                                           "position", "ask"};
    char *text = malloc(1 << 16);
    char formula[256];
    size_t used = 0;
    assert_non_null(text);
#define PUT(...) used += (size_t)snprintf(text + used, (1u << 16) - used, __VA_ARGS__)
    memset(m, 0, sizeof *m);
    m->random = parley_random_stream(key, large ? 77 : 76, 0, 0);
    m->issues = large ? 10 : 3 + below(m, 2);
    PUT("parley: 1\ntitle: \"Plain\"\nas-of: 2025-03-14\nparties:\n");
    PUT("  a: {name: A, roles: [principal]}\n  b: {name: B, roles: [principal]}\n");
    PUT("  c: {name: C, roles: [guarantor]}\ntracks:\n  t: {table: now}\nissues:\n");
    m->packages = 1;
    for (uint32_t i = 0; i < m->issues; i++) {
        m->values[i] = large ? 4 : 2 + below(m, 2);
        m->size[i] = m->values[i];
        m->quantity[i] = !large && below(m, 2) == 0;
        m->ordered[i] = !m->quantity[i] && below(m, 2) == 0;
        PUT("  i%u: {track: t, ask: \"Q%u?\"", i, i);
        if (m->quantity[i]) {
            char from[32];
            char to[32];
            bool reach = below(m, 3) > 0;
            m->below[i] = reach ? below(m, 3) : 0;
            uint32_t above = reach ? below(m, 3) : 0;
            m->size[i] = m->below[i] + m->values[i] + above;
            number_of(m, i, m->below[i], from);
            number_of(m, i, m->below[i] + m->values[i] - 1, to);
            PUT(", quantity: {unit: day, from: %s, to: %s, step: 2.5}", from, to);
            if (reach) {
                number_of(m, i, 0, from);
                number_of(m, i, m->size[i] - 1, to);
                PUT(", could-reach: {from: %s, to: %s}", from, to);
            }
        } else {
            PUT("%s, options: {", m->ordered[i] ? ", ordered: true" : "");
            for (uint32_t v = 0; v < m->values[i]; v++) {
                PUT("%so%u: \"O%u\"", v > 0 ? ", " : "", v, v);
            }
            PUT("}");
        }
        PUT("}\n");
        m->packages *= m->size[i];
    }
    m->rules = below(m, RULES + 1);
    if (m->rules > 0) {
        PUT("rules:\n");
    }
    for (uint32_t r = 0; r < m->rules; r++) {
        m->rule[r] = random_clause(m);
        m->rule[r].refused = false;
        put_clause(m, &m->rule[r], formula, sizeof formula);
        PUT("  r%u: {formula: \"%s\", because: \"so it is\"}\n", r, formula);
    }
    m->terms = large ? TERMS : 4 + below(m, 6);
    PUT("claims:\n");
    uint32_t readings = 1 + m->terms / 5;
    for (uint32_t k = 0; k < m->terms; k++) {
        clause *c = &m->term[k];
        *c = random_clause(m);
        c->reading = k >= m->terms - readings;
        put_clause(m, c, formula, sizeof formula);
        if (k == m->terms - readings) {
            PUT("readings:\n");
        }
        if (c->reading) {
            PUT("  m%u: {party: %c, %s: \"%s%s%s\", because: \"it seems\"}\n", k,
                "abc"[below(m, 3)], c -> refused ? "refuses" : "requires",
                c->refused ? "not (" : "", formula, c->refused ? ")" : "");
        } else {
            PUT("  m%u: {date: 2025-03-01, by: %c, act: %s, about: \"%s%s%s\", says: \"words\", "
                "class: %s, firmness: %s}\n",
                k, "abc"[below(m, 3)], c -> refused ? "reject" : "demand",
                c->refused ? "not (" : "", formula, c->refused ? ")" : "",
                below(m, 4) == 0 ? "bare" : "on-record", firmness[below(m, 5)]);
        }
    }
#undef PUT
    return text;
}

/* Which clause is each term of the analysis? The first row it rests on tells. */
static void find_softs(model *m, const desk *d)
{
    const parley_terms *terms = parley_deal_terms(d->deal);
    m->softs = 0;
    for (uint32_t i = 0; i < parley_terms_size(terms); i++) {
        const parley_term *term = parley_terms_at(terms, i);
        const char *id = term->basis == PARLEY_BASIS_READING
                             ? parley_case_reading(d->c, term->readings.at[0])->record.id
                             : parley_case_claim(d->c, term->claims.at[0])->record.id;
        uint32_t number = (uint32_t)strtoul(id + 1, NULL, 10);
        assert_true(number < m->terms);
        m->soft_term[m->softs] = (int32_t)i;
        m->soft_issue[m->softs] = -1;
        m->rung[m->softs] = term->rung;
        m->soft[m->softs++] = m->term[number];
    }
    for (uint32_t i = 0; i < m->issues; i++) {
        if (m->size[i] > m->values[i]) {
            m->soft_term[m->softs] = -1;
            m->soft_issue[m->softs] = (int32_t)i;
            m->rung[m->softs++] = PARLEY_RUNG_READINGS;
        }
    }
}

/* -------------------------------------------------------------------- packages */

static void package_at(const model *m, uint32_t p, uint32_t *value)
{
    for (uint32_t i = m->issues; i-- > 0; p /= m->size[i]) {
        value[i] = p % m->size[i];
    }
}

static bool holds(const clause *c, const uint32_t *value)
{
    bool yes = false;
    for (uint32_t k = 0; k < c->count; k++) {
        const literal *l = &c->at[k];
        uint32_t v = value[l->issue];
        yes = yes || (l->how == IS        ? v == l->value
                      : l->how == IS_NOT  ? v != l->value
                      : l->how == AT_MOST ? v <= l->value
                                          : v >= l->value);
    }
    return yes;
}

static bool in_range(const model *m, uint32_t issue, uint32_t value, uint32_t down, uint32_t up)
{
    return value + down >= m->below[issue] && value < m->below[issue] + m->values[issue] + up;
}

/* What a package breaks; UINT32_MAX: a rule. */
static uint32_t broken(const model *m, const uint32_t *value)
{
    uint32_t mask = 0;
    for (uint32_t r = 0; r < m->rules; r++) {
        if (!holds(&m->rule[r], value)) {
            return UINT32_MAX;
        }
    }
    for (uint32_t k = 0; k < m->softs; k++) {
        bool good = m->soft_term[k] >= 0
                        ? holds(&m->soft[k], value)
                        : in_range(m, (uint32_t)m->soft_issue[k], value[m->soft_issue[k]], 0, 0);
        mask |= (uint32_t)!good << k;
    }
    return mask;
}

static const model *sorting;

static int by_order(const void *pa, const void *pb)
{
    uint32_t a = *(const uint32_t *)pa;
    uint32_t b = *(const uint32_t *)pb;
    int size[2] = {__builtin_popcount(a), __builtin_popcount(b)};
    int rungs[2][PARLEY_RUNG_COUNT] = {{0}};
    for (uint32_t k = 0; k < sorting->softs; k++) {
        bool reading = sorting->soft_term[k] >= 0 && sorting->soft[k].reading;
        bool range = sorting->soft_term[k] < 0;
        if (!range) {
            rungs[0][reading ? 0 : sorting->rung[k]] += (int)(a >> k & 1);
            rungs[1][reading ? 0 : sorting->rung[k]] += (int)(b >> k & 1);
        }
    }
    if (size[0] != size[1]) {
        return size[0] - size[1];
    }
    for (int r = 0; r < PARLEY_RUNG_COUNT; r++) { /* readings, then rungs, the firmest first */
        if (rungs[0][r] != rungs[1][r]) {
            return rungs[0][r] - rungs[1][r];
        }
    }
    uint32_t differ = a ^ b;
    return differ == 0 ? 0 : (a & differ & (~differ + 1)) != 0 ? -1 : 1;
}

typedef struct findings {
    model m;
    desk d;
    const char *text;
    uint64_t key;
    uint32_t *mask; /* by package */
    uint32_t wanted[MASKS];
    uint64_t left[MASKS];
    uint32_t count;
    uint32_t seen;
    bool softer; /* compare softer forms */
    uint64_t softened;
    uint64_t extended;
} findings;

static void same_at(const findings *f, const char *what, int64_t found, int64_t wanted, int line)
{
    if (found != wanted) {
        print_error("key %llu: %s: %lld, not %lld (bridge %u)\n", (unsigned long long)f->key, what,
                    (long long)found, (long long)wanted, f->seen);
        fputs(f->text, stderr);
        _fail(__FILE__, line);
    }
}
#define same(f, what, found, wanted)                                                               \
    same_at((f), (what), (int64_t)(found), (int64_t)(wanted), __LINE__)

/* The smallest masks, and how many packages break no more. */
static void find_bridges(findings *f)
{
    const model *m = &f->m;
    static uint8_t known[1u << (TERMS + ISSUES)];
    uint32_t value[ISSUES];
    memset(known, 0, (size_t)1 << m->softs);
    f->count = 0;
    for (uint32_t p = 0; p < m->packages; p++) {
        package_at(m, p, value);
        f->mask[p] = broken(m, value);
        if (f->mask[p] != UINT32_MAX) {
            known[f->mask[p]] = 1;
        }
    }
    for (uint32_t set = 0; set < 1u << m->softs; set++) {
        bool within = false; /* does a smaller one lie in it? */
        for (uint32_t k = 0; k < m->softs && !within; k++) {
            within = (set >> k & 1) != 0 && known[set & ~(1u << k)] != 0;
        }
        if (known[set] == 1 && !within) {
            assert_true(f->count < MASKS);
            f->wanted[f->count++] = set;
        }
        known[set] = known[set] != 0 || within ? 2 : 0;
    }
    sorting = m;
    qsort(f->wanted, f->count, sizeof *f->wanted, by_order);
    memset(f->left, 0, sizeof f->left);
    for (uint32_t p = 0; p < m->packages; p++) {
        for (uint32_t i = 0; i < f->count && f->mask[p] != UINT32_MAX; i++) {
            f->left[i] += (f->mask[p] & ~f->wanted[i]) == 0;
        }
    }
}

/* ---------------------------------------------------------------- softer forms */

typedef struct way {
    int32_t issue;
    int32_t steps;
    bool allows[PACKAGES];
} way;

/* What the soft constraint allows when softened; true while it excludes something. */
static bool soften(const model *m, uint32_t soft, way *w)
{
    uint32_t value[ISSUES];
    bool all = true;
    uint32_t k = (uint32_t)(w->steps < 0 ? -w->steps : w->steps);
    for (uint32_t p = 0; p < m->packages; p++) {
        bool yes = false;
        package_at(m, p, value);
        if (m->soft_term[soft] < 0) {
            yes = in_range(m, (uint32_t)w->issue, value[w->issue], w->steps < 0 ? k : 0,
                           w->steps > 0 ? k : 0);
        } else {
            uint32_t v = value[w->issue];
            for (uint32_t s = 0; s <= k && !yes; s++) {
                bool inside = w->steps > 0 ? v >= s : v + s < m->size[w->issue];
                if (inside) {
                    value[w->issue] = w->steps > 0 ? v - s : v + s;
                    yes = holds(&m->soft[soft], value);
                }
            }
        }
        w->allows[p] = yes;
        all = all && yes;
    }
    return !all;
}

static uint32_t ways_of(const findings *f, uint32_t soft, way *out)
{
    const model *m = &f->m;
    uint32_t count = 0;
    for (uint32_t i = 0; i < m->issues; i++) {
        bool mine = m->soft_term[soft] < 0 ? (int32_t)i == m->soft_issue[soft] : false;
        for (uint32_t k = 0; m->soft_term[soft] >= 0 && k < m->soft[soft].count; k++) {
            mine = mine || m->soft[soft].at[k].issue == i;
        }
        if (!mine || (!m->ordered[i] && !m->quantity[i]) ||
            (m->soft_term[soft] >= 0 && m->soft[soft].reading)) {
            continue;
        }
        for (int down = 0; down < 2; down++) {
            for (uint32_t k = 1; k < m->size[i]; k++) {
                assert_true(count < WAYS - 1);
                out[count] = (way){.issue = (int32_t)i, .steps = down ? -(int32_t)k : (int32_t)k};
                bool some = soften(m, soft, &out[count]);
                /* a range that goes no further than it can goes no further */
                uint32_t room = m->soft_term[soft] >= 0 ? k
                                : down                  ? m->below[i]
                                                        : m->size[i] - m->values[i] - m->below[i];
                count += some && k <= room;
            }
        }
    }
    out[count].steps = 0;
    for (uint32_t p = 0; p < m->packages; p++) {
        out[count].allows[p] = true;
    }
    return count + 1;
}

static bool asks_less(const way *a, const way *b)
{
    return b->steps == 0 || (a->steps != 0 && a->issue == b->issue &&
                             (a->steps > 0) == (b->steps > 0) && abs(a->steps) <= abs(b->steps));
}

static void compare_softer(findings *f, const parley_bridge *b, uint32_t set)
{
    static way ways[4][WAYS];
    static uint64_t left[WAYS * WAYS * WAYS * 4];
    const model *m = &f->m;
    uint32_t count[4];
    uint32_t n = 0;
    uint64_t forms = 1;
    if (b->changes > 4) {
        return;
    }
    for (uint32_t k = 0; k < m->softs; k++) {
        if ((set >> k & 1) != 0) {
            count[n] = ways_of(f, k, ways[n]);
            forms *= count[n++];
        }
    }
    if (forms > 2000) {
        return;
    }
    memset(left, 0, forms * sizeof *left);
    for (uint32_t p = 0; p < m->packages; p++) {
        for (uint64_t form = 0; form < forms && (f->mask[p] & ~set) == 0; form++) {
            uint64_t rest = form;
            bool yes = true;
            for (uint32_t k = n; k-- > 0; rest /= count[k]) {
                yes = yes && ways[k][rest % count[k]].allows[p];
            }
            left[form] += yes;
        }
    }
    uint32_t given = 0;
    for (uint64_t form = 0; form + 1 < forms; form++) {
        bool least = left[form] > 0;
        for (uint64_t other = 0; other < forms && least; other++) {
            uint64_t x = form;
            uint64_t y = other;
            bool less = left[other] > 0 && other != form;
            for (uint32_t k = n; k-- > 0 && less;) {
                less = asks_less(&ways[k][y % count[k]], &ways[k][x % count[k]]);
                x /= count[k];
                y /= count[k];
            }
            least = !less;
        }
        if (!least) {
            continue;
        }
        same(f, "softer forms", given < b->softer_count, true);
        uint64_t rest = form;
        for (uint32_t k = n; k-- > 0; rest /= count[k]) {
            const way *w = &ways[k][rest % count[k]];
            const parley_change *c = &b->softer[given].change[k];
            same(f, "softened by", c->steps, w->steps);
            if (w->steps != 0) {
                same(f, "softened along", c->issue, w->issue);
            }
            if (w->steps != 0 && c->term < 0) {
                char number[32];
                char reach[48];
                uint32_t i = (uint32_t)w->issue;
                int32_t last = w->steps > 0 ? (int32_t)(m->below[i] + m->values[i]) - 1 + w->steps
                                            : (int32_t)m->below[i] + w->steps;
                number_of(m, i, (uint32_t)last, number);
                parley_decimal wanted;
                check_ok(parley_decimal_parse(&wanted, number, strlen(number), NULL), NULL);
                parley_decimal_print(c->reach, reach, sizeof reach);
                same(f, "reach", parley_decimal_compare(c->reach, wanted), 0);
            }
        }
        same(f, "left when softened", desk_count(&b->softer[given].left), left[form]);
        given++;
    }
    same(f, "softer forms", b->softer_count, given);
    same(f, "all of them", b->softer_complete, true);
    f->softened += given > 0;
}

/* The nearest number beyond the range among packages that break nothing else. */
static void compare_reach(findings *f, const parley_change *change, uint32_t set)
{
    const model *m = &f->m;
    uint32_t value[ISSUES];
    uint32_t i = (uint32_t)change->issue;
    uint32_t best = UINT32_MAX; /* twice the distance, and one more when below */
    uint32_t at = 0;
    for (uint32_t p = 0; p < m->packages; p++) {
        if (f->mask[p] == UINT32_MAX || (f->mask[p] & ~set) != 0) {
            continue;
        }
        package_at(m, p, value);
        bool up = value[i] >= m->below[i] + m->values[i];
        same(f, "a package within the range", up || value[i] < m->below[i], true);
        uint32_t far =
            up ? 2 * (value[i] - m->below[i] - m->values[i] + 1) : 2 * (m->below[i] - value[i]) + 1;
        if (far < best) {
            best = far;
            at = value[i];
        }
    }
    char number[32];
    parley_decimal wanted;
    number_of(m, i, at, number);
    check_ok(parley_decimal_parse(&wanted, number, strlen(number), NULL), NULL);
    same(f, "the nearest number", parley_decimal_compare(change->reach, wanted), 0);
    f->extended++;
}

/* -------------------------------------------------------------------- the tests */

static bool compare(void *user, const parley_bridge *b)
{
    findings *f = user;
    const model *m = &f->m;
    uint32_t set = 0;
    same(f, "bridges", f->seen < f->count, true);
    for (uint32_t k = 0; k < b->changes; k++) {
        const parley_change *c = &b->change[k];
        uint32_t at = 0;
        while (at < m->softs &&
               !(m->soft_term[at] == c->term && (c->term >= 0 || m->soft_issue[at] == c->issue))) {
            at++;
        }
        same(f, "a change that is none", at < m->softs, true);
        set |= 1u << at;
        same(f, "a range", c->kind == PARLEY_CHANGE_EXTEND, c->term < 0);
    }
    same(f, "a bridge", set, f->wanted[f->seen]);
    same(f, "left", desk_count(&b->left), f->left[f->seen]);
    for (uint32_t k = 0; k < b->changes; k++) {
        if (b->change[k].kind == PARLEY_CHANGE_EXTEND) {
            compare_reach(f, &b->change[k], set);
        }
    }
    if (f->softer) {
        compare_softer(f, b, set);
    }
    f->seen++;
    return true;
}

static uint64_t one_case(findings *f, uint64_t key, bool large)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_bridges_options options = PARLEY_BRIDGES_OPTIONS_INIT;
    char *text = make_case(&f->m, key, large);
    f->text = text;
    f->key = key;
    f->d = desk_text(text);
    desk_analyse(&f->d, NULL);
    find_softs(&f->m, &f->d);
    f->mask = malloc(f->m.packages * sizeof *f->mask);
    assert_non_null(f->mask);
    find_bridges(f);
    options.rung = PARLEY_RUNG_READINGS;
    options.softer = large ? 2 : SOFTER;
    f->softer = !large;
    f->seen = 0;
    check_ok(parley_deal_bridges(f->d.deal, &options, compare, f, &err), &err);
    same(f, "bridges", f->seen, f->count);
    free(f->mask);
    desk_close(&f->d);
    free(text);
    return f->count;
}

static void small_cases_with_numbers_that_could_reach_further(void **state)
{
    static findings f;
    uint64_t bridges = 0;
    (void)state;
    for (uint64_t key = 0; key < SMALL_CASES; key++) {
        bridges += one_case(&f, key, false);
    }
    print_message("# %llu bridges, %llu with softer forms, %llu ranges extended\n",
                  (unsigned long long)bridges, (unsigned long long)f.softened,
                  (unsigned long long)f.extended);
    assert_true(bridges > SMALL_CASES && f.softened > SMALL_CASES / 4 &&
                f.extended > SMALL_CASES / 4);
}

static void ten_questions_with_four_answers(void **state)
{
    static findings f;
    uint64_t bridges = 0;
    uint64_t key = 0;
    (void)state;
    for (uint32_t found = 0; found < LARGE_CASES; key++) {
        uint64_t more = one_case(&f, key, true);
        found += more > 1;
        bridges += more;
    }
    print_message("# %llu bridges in %llu cases\n", (unsigned long long)bridges,
                  (unsigned long long)key);
    assert_true(bridges >= 2 * LARGE_CASES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_cases_with_numbers_that_could_reach_further),
        cmocka_unit_test(ten_questions_with_four_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
