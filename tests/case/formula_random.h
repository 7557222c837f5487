/*
 * Random names and random formulas for the tests, from one Philox stream: the same every time.
 */
#ifndef PARLEY_TESTS_CASE_FORMULA_RANDOM_H
#define PARLEY_TESTS_CASE_FORMULA_RANDOM_H

#include "case/formula_table.h"

/* Plain ids, keywords, near-keywords, many scripts, and all that has to be quoted. */
static const char *const random_pool[] = {
    "arms",
    "x",
    "_",
    "_1",
    "offer-30",
    "a-",
    "b--c",
    "Stop",
    "\xC3\xA9tat",
    "\xD0\xBF\xD0\xB5\xD1\x80\xD0\xB5\xD0\xBC\xD0\xB8\xD1\x80\xD0\xB8\xD0\xB5",
    "\xD9\x87\xD8\xAF\xD9\x86\xD8\xA9",
    "\xE5\x81\x9C\xE6\x88\xB0",
    "\xE0\xA4\xB9\xE0\xA4\xBF\xE0\xA4\xA8\xE0\xA5\x8D\xE0\xA4\xA6\xE0\xA5\x80",
    "e\xCC\x81",
    "x\xD9\xA3",
    "\xF0\x9D\x94\x98",
    "not",
    "and",
    "or",
    "implies",
    "if",
    "iff",
    "in",
    "accepts",
    "true",
    "false",
    "AND",
    "If",
    "nota",
    "andy",
    "in_",
    "iffy",
    "-lead",
    "-5",
    "9lives",
    "30",
    "3.5",
    "1,000",
    "go on",
    " ",
    " x",
    "x ",
    "say \"yes\"",
    "\"",
    "\\",
    "a\\\"b",
    "a.b",
    ".",
    "{x}",
    "(x)",
    "=",
    "a = b",
    "a->b",
    "x>",
    "tab\there",
    "line\nbreak",
    "\xF0\x9F\x95\x8A",
    "\xE2\x80\x9Cq\xE2\x80\x9D",
    "\xCC\x81",
    "\xD9\xA3",
    "\xC2\xA0",
    "l'\xC3\xA9tat",
    "x\xE2\x80\x8Cy",
    "?",
    "#",
    "\x7F"};

static inline void random_pick(parley_random *r, const char **out, uint32_t n, bool plain)
{
    const char *pool[CHECK_COUNT(random_pool)];
    uint32_t left = plain ? 16 : (uint32_t)CHECK_COUNT(random_pool);
    memcpy(pool, random_pool, sizeof pool);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = parley_random_below(r, left);
        out[i] = pool[k];
        pool[k] = pool[--left];
    }
}

/* Between 1 and 8 issues of all closed kinds, with up to 6 names each. */
static inline table random_table(parley_random *r)
{
    table t = {0};
    const char *ids[8];
    uint32_t n = 1 + parley_random_below(r, 8);
    random_pick(r, ids, n, parley_random_below(r, 4) == 0);
    for (uint32_t i = 0; i < n; i++) {
        static const parley_issue_kind kinds[] = {PARLEY_ISSUE_CHOICE, PARLEY_ISSUE_QUANTITY,
                                                  PARLEY_ISSUE_SPLIT};
        t.issue[i].id = ids[i];
        t.issue[i].kind = kinds[parley_random_below(r, 3)];
        t.issue[i].ordered = parley_random_below(r, 2) == 1;
        random_pick(r, t.issue[i].name, 1 + parley_random_below(r, 6), false);
    }
    random_pick(r, t.party, 1 + parley_random_below(r, 5), false);
    random_pick(r, t.proposal, 1 + parley_random_below(r, 5), false);
    return t;
}

static inline uint32_t random_size(const char *const *names)
{
    uint32_t n = 0;
    while (n < TABLE_NAMES && names[n] != NULL) {
        n++;
    }
    return n;
}

/* Numbers come from this list, so that atoms of one quantity meet. */
static const parley_decimal random_numbers[] = {
    {0, 0},   {15, 0}, {30, 0}, {300, 1}, {-25, 1}, {-250, 2}, {1, 18}, {999999999999999999, 0},
    {1500, 2}};

static inline parley_formula *random_atom(parley_random *r, const table *t, parley_arena *arena)
{
    parley_formula *f = parley_arena_alloc(arena, sizeof *f);
    assert_non_null(f);
    *f = (parley_formula){.issue = -1, .recipient = -1, .party = -1, .proposal = -1};
    uint32_t roll = parley_random_below(r, 20);
    if (roll < 2) {
        f->kind = roll == 0 ? PARLEY_F_TRUE : PARLEY_F_FALSE;
        return f;
    }
    if (roll < 5) {
        f->kind = PARLEY_F_ACCEPTS;
        f->party = (int32_t)parley_random_below(r, random_size(t->party));
        f->proposal = (int32_t)parley_random_below(r, random_size(t->proposal));
        return f;
    }
    uint32_t issues = 0;
    while (issues < TABLE_NAMES && t->issue[issues].id != NULL) {
        issues++;
    }
    f->issue = (int32_t)parley_random_below(r, issues);
    const table_issue *issue = &t->issue[f->issue];
    uint32_t names = random_size(issue->name);
    f->kind = issue->kind == PARLEY_ISSUE_CHOICE     ? PARLEY_F_CHOICE
              : issue->kind == PARLEY_ISSUE_QUANTITY ? PARLEY_F_QUANTITY
                                                     : PARLEY_F_SHARE;
    bool ordered = f->kind != PARLEY_F_CHOICE || issue->ordered;
    static const parley_compare some[] = {PARLEY_EQ, PARLEY_NE, PARLEY_IN};
    f->compare =
        (uint8_t)(ordered ? parley_random_below(r, 7) : (uint32_t)some[parley_random_below(r, 3)]);
    f->count = f->compare == PARLEY_IN ? 1 + parley_random_below(r, 5) : 1;
    if (f->kind == PARLEY_F_SHARE) {
        f->recipient = (int32_t)parley_random_below(r, names);
    }
    int32_t *option = parley_arena_array(arena, f->count, sizeof *option);
    parley_decimal *number = parley_arena_array(arena, f->count, sizeof *number);
    assert_non_null(option);
    assert_non_null(number);
    for (uint32_t i = 0; i < f->count; i++) {
        option[i] = f->kind == PARLEY_F_CHOICE ? (int32_t)parley_random_below(r, names) : -1;
        number[i] = random_numbers[parley_random_below(r, CHECK_COUNT(random_numbers))];
    }
    f->option = f->kind == PARLEY_F_CHOICE ? option : NULL;
    f->number = f->kind == PARLEY_F_CHOICE ? NULL : number;
    return f;
}

static inline const parley_formula *random_formula(parley_random *r, const table *t, uint32_t depth,
                                                   parley_arena *arena)
{
    if (depth == 0 || parley_random_below(r, 4) == 0) {
        return random_atom(r, t, arena);
    }
    static const parley_formula_kind kinds[] = {PARLEY_F_NOT, PARLEY_F_AND, PARLEY_F_AND,
                                                PARLEY_F_OR,  PARLEY_F_OR,  PARLEY_F_IMPLIES,
                                                PARLEY_F_IF,  PARLEY_F_IFF};
    parley_formula *f = parley_arena_alloc(arena, sizeof *f);
    assert_non_null(f);
    *f = (parley_formula){.issue = -1, .recipient = -1, .party = -1, .proposal = -1};
    f->kind = (uint8_t)kinds[parley_random_below(r, CHECK_COUNT(kinds))];
    f->count = f->kind == PARLEY_F_NOT ? 1 : 2;
    if (f->kind == PARLEY_F_AND || f->kind == PARLEY_F_OR || f->kind == PARLEY_F_IFF) {
        f->count += parley_random_below(r, 3);
    }
    const parley_formula **arg = parley_arena_array(arena, f->count, sizeof *arg);
    assert_non_null(arg);
    for (uint32_t i = 0; i < f->count; i++) {
        arg[i] = random_formula(r, t, depth - 1, arena);
    }
    f->arg = arg;
    return f;
}

#endif
