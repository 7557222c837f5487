/*
 * A table of names for the tests of the formula language: ids and labels in arrays, nothing clever.
 * `halt` below has the shape of the case of March 2025, one issue of every kind, and awkward names.
 */
#ifndef PARLEY_TESTS_CASE_FORMULA_TABLE_H
#define PARLEY_TESTS_CASE_FORMULA_TABLE_H

#include "support/check.h"

#include <parley/formula.h>
#include <string.h>

#define TABLE_NAMES 12

typedef struct table_issue {
    const char *id;
    const char *label;
    parley_issue_kind kind;
    bool ordered;
    const char *name[TABLE_NAMES];  /* options or recipients, then NULL */
    const char *words[TABLE_NAMES]; /* their labels */
} table_issue;

typedef struct table {
    table_issue issue[TABLE_NAMES]; /* ends with an id of NULL */
    const char *party[TABLE_NAMES];
    const char *proposal[TABLE_NAMES];
} table;

static inline bool table_same(const char *a, const char *s, size_t length)
{
    return a != NULL && strlen(a) == length && memcmp(a, s, length) == 0;
}

static inline int32_t table_find(const char *const *id, const char *const *label, const char *s,
                                 size_t length, bool quoted)
{
    for (int32_t i = 0; i < TABLE_NAMES && id[i] != NULL; i++) {
        if (table_same(id[i], s, length)) {
            return i;
        }
    }
    for (int32_t i = 0; label != NULL && quoted && i < TABLE_NAMES && id[i] != NULL; i++) {
        if (table_same(label[i], s, length)) {
            return i;
        }
    }
    return -1;
}

static inline int32_t table_issue_of(void *user, const char *s, size_t length, bool quoted)
{
    const table *t = user;
    for (int pass = 0; pass < 1 + quoted; pass++) {
        for (int32_t i = 0; i < TABLE_NAMES && t->issue[i].id != NULL; i++) {
            if (table_same(pass == 0 ? t->issue[i].id : t->issue[i].label, s, length)) {
                return i;
            }
        }
    }
    return -1;
}

static inline parley_issue_kind table_kind(void *user, int32_t issue)
{
    return ((const table *)user)->issue[issue].kind;
}

static inline bool table_ordered(void *user, int32_t issue)
{
    return ((const table *)user)->issue[issue].ordered;
}

static inline int32_t table_name_of(void *user, int32_t issue, const char *s, size_t length,
                                    bool quoted)
{
    const table_issue *i = &((const table *)user)->issue[issue];
    return table_find(i->name, i->words, s, length, quoted);
}

static inline int32_t table_party(void *user, const char *s, size_t length, bool quoted)
{
    return table_find(((const table *)user)->party, NULL, s, length, quoted);
}

static inline int32_t table_proposal(void *user, const char *s, size_t length, bool quoted)
{
    return table_find(((const table *)user)->proposal, NULL, s, length, quoted);
}

static inline const char *table_issue_id(void *user, int32_t i)
{
    return i < TABLE_NAMES ? ((const table *)user)->issue[i].id : NULL;
}

static inline const char *table_name_id(void *user, int32_t issue, int32_t i)
{
    return i < TABLE_NAMES ? ((const table *)user)->issue[issue].name[i] : NULL;
}

static inline const char *table_party_id(void *user, int32_t i)
{
    return i < TABLE_NAMES ? ((const table *)user)->party[i] : NULL;
}

static inline const char *table_proposal_id(void *user, int32_t i)
{
    return i < TABLE_NAMES ? ((const table *)user)->proposal[i] : NULL;
}

static inline parley_formula_names table_names(table *t)
{
    return (parley_formula_names){t,
                                  table_issue_of,
                                  table_kind,
                                  table_ordered,
                                  table_name_of,
                                  table_name_of,
                                  table_party,
                                  table_proposal,
                                  table_issue_id,
                                  table_name_id,
                                  table_name_id,
                                  table_party_id,
                                  table_proposal_id};
}

static inline table table_halt(void)
{
    return (table){
        .issue =
            {{"duration", "How long?", PARLEY_ISSUE_QUANTITY, true, {NULL}, {NULL}},
             {"start",
              "When does it begin?",
              PARLEY_ISSUE_CHOICE,
              false,
              {"at-once", "after-terms"},
              {"Both at once", "Once terms are talked through"}},
             {"arms",
              "Foreign arms meanwhile",
              PARLEY_ISSUE_CHOICE,
              true,
              {"continue", "limited", "stopped"},
              {"Go on", "Certain types stop", "All stop"}},
             {"kursk",
              "Ukrainian troops in Kursk",
              PARLEY_ISSUE_CHOICE,
              false,
              {"withdraw", "surrender", "escorted"},
              {"Leave unharmed", "Give themselves up", "Escorted exit"}},
             {"land", "Which land is kept and lost", PARLEY_ISSUE_OPEN, false, {NULL}, {NULL}},
             {"aid", "Who gets how much", PARLEY_ISSUE_SPLIT, true, {"north", "the south"}, {NULL}},
             {"\xC3\xA9tat",
              "L'\xC3\xA9tat",
              PARLEY_ISSUE_CHOICE,
              false,
              {"n\xC3\xA9", "not"},
              {NULL}},
             {"not", NULL, PARLEY_ISSUE_CHOICE, false, {"say \"yes\"", "a\\b"}, {NULL}}},
        .party = {"us", "ua", "ru"},
        .proposal = {"offer-30", "draft two"}};
}

#endif
