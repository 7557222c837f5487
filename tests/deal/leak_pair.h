/*
 * Pairs of random cases that differ only in what an audience may not see. The same key gives the
 * same pair.
 */
#ifndef PARLEY_TESTS_DEAL_LEAK_PAIR_H
#define PARLEY_TESTS_DEAL_LEAK_PAIR_H

#include "deal_check.h"
#include "random_case.h"

typedef struct leak_pair {
    char audience[48];
    char *without;
    char *with; /* has records more, which the audience may not see */
} leak_pair;

/* A record of any kind that only `label` may see, somewhere in its section. */
static inline void leak_hide(random_case *rc, uint32_t n, uint32_t claims, const char *label)
{
    uint32_t at = parley_random_below(&rc->random, 6);
    const char *f = random_case_formula(rc, 2);
    uint32_t party = parley_random_below(&rc->random, rc->parties);
    static const char *const acts[] = {"demand", "reject", "accept", "say"};
    switch (parley_random_below(&rc->random, 12)) {
    case 0:
        random_case_add(rc, RANDOM_CLAIMS, at,
                        "@c9%u: {by: @p%u, to: @p%u, act: %s, about: \"%s\", class: on-record, "
                        "date: 2026-05-0%u, label: %s}",
                        n, party, (party + 1) % rc->parties, acts[n % 4], f, n + 1, label);
        break;
    case 1: /* takes out, for those who may see it, what all may see */
        if (claims > 0) {
            random_case_add(rc, RANDOM_CLAIMS, at,
                            "@c9%u: {by: @p%u, act: say, replaces: @c0, about: \"%s\", label: %s}",
                            n, party, f, label);
        }
        break;
    case 2:
        random_case_add(rc, RANDOM_READINGS, at,
                        "@m9%u: {party: @p%u, refuses: \"%s\", because: \"so\", label: %s}", n,
                        party, f, label);
        break;
    case 3:
        random_case_add(rc, RANDOM_RULES, at, "@r9%u: {formula: \"%s\", label: %s}", n, f, label);
        break;
    case 4:
        random_case_add(rc, RANDOM_FLAGS, at,
                        "@w9%u: {law: hidden-law, notice: \"hidden\", keeps-out: [\"%s\"], label: "
                        "%s}",
                        n, f, label);
        break;
    case 5:
        random_case_add(rc, RANDOM_PROPOSALS, at,
                        "@q9%u: {tabled-by: @p%u, text: \"%s\", date: 2026-06-01, label: %s}", n,
                        party, f, label);
        break;
    case 6:
        if (rc->proposals > 0) {
            random_case_add(rc, RANDOM_RESPONSES, at,
                            "{party: @p%u, to: @q0, answer: %s, class: on-record, date: "
                            "2026-07-0%u, label: %s}",
                            party, n % 2 == 0 ? "accept" : "reject", n + 1, label);
        }
        break;
    case 7:
        random_case_add(rc, RANDOM_ISSUE_ROWS, at,
                        "@i9%u: {ask: \"@I9%u\", track: @t0, options: {u: U, v: V, w: W}, label: "
                        "%s}",
                        n, n, label);
        break;
    case 8:
        random_case_add(rc, RANDOM_TRACKS, 0, "@t9%u: {table: now, label: %s}", n, label);
        break;
    case 9:
        random_case_add(rc, RANDOM_PARTIES, at,
                        "@p9%u: {name: \"@P9%u\", roles: [principal, mediator], label: %s}", n, n,
                        label);
        break;
    case 10:
        random_case_add(rc, RANDOM_SOURCES, at,
                        "@s9%u: {name: \"@S9%u\", kind: outlet, date: 2027-01-01, label: %s}", n, n,
                        label);
        break;
    default:
        random_case_add(rc, RANDOM_CONCERNS, at,
                        "@n9%u: {party: @p%u, reading: \"hidden\", met-by: [\"%s\"], label: %s}", n,
                        party, f, label);
        break;
    }
}

/* Records of the desk's own sections, which random cases do not have: the team's, unless said. */
static inline char *leak_with_desk(const char *text, const random_case *rc, const char *label,
                                   uint64_t key)
{
    char a[48];
    char b[48];
    char issue[48];
    char *more = malloc(strlen(text) + 4000);
    if (more == NULL) {
        abort();
    }
    random_case_name(a, 'p', 0, 0, 0);
    random_case_name(b, 'p', rc->parties > 1 ? 1 : 0, 0, 0);
    random_case_name(issue, 'i', 0, 0, 0);
    int length = snprintf(
        more, strlen(text) + 4000,
        "%s"
        "figures:\n  f99: {what: \"hidden\", best: %u, unit: person, claimant: %s, label: %s}\n"
        "channels:\n  - {from: %s, to: %s, quality: works, label: %s}\n"
        "relays:\n  r99: {owner: %s, carrier: %s, to: %s, may-say: exact, label: %s}\n"
        "favours:\n  - {giver: %s, receiver: %s, what: \"hidden\", label: %s}\n"
        "obligations:\n  o99: {bearer: %s, what: \"hidden\", due: 2026-01-01, label: %s}\n"
        "meetings:\n  - {who: [%s, %s], outcome: \"hidden\", date: 2026-02-02, label: %s}\n"
        "expected:\n  - {from: %s, what: \"hidden\", label: %s}\n"
        "levers:\n  l99: {holder: %s, over: %s, what: \"hidden\", history: [{date: 2026-01, state: "
        "on}], label: %s}\n"
        "constituencies:\n  k99: {party: %s, name: \"hidden\", kind: parliament, say: blocks, "
        "label: %s}\n"
        "candidates:\n  a99: {for: mediator, who: %s, aspects: [{of: interest, reading: "
        "\"hidden\"}], label: %s}\n  b99: {for: table, name: \"hidden\", seats: [%s, %s], label: "
        "%s}\n"
        "incidents:\n  e99: {what: \"hidden\", place: \"hidden\", date: 2026-02-03, label: %s}\n"
        "links:\n  h99: {issue: %s, case: \"hidden.yaml\", to: x, sign: hurts, owner: %s, reading: "
        "\"hidden\", label: %s}\n",
        text, (unsigned)(key % 90), a, label, a, b, label, a, b, b, label, a, b, label, b, label, a,
        b, label, a, label, a, b, label, a, label, b, label, a, b, label, label, issue, a, label);
    assert_true(length > 0 && (size_t)length < strlen(text) + 4000);
    return more;
}

static inline void leak_pair_make(leak_pair *out, uint64_t key)
{
    const random_case_options how = {.label = "public"};
    random_case rc;
    char name[48];
    bool public = key % 2 == 0;
    random_case_make(&rc, key + 500000, &how);
    random_case_name(name, 'p', 0, 0, 0);
    snprintf(out->audience, sizeof(out->audience), "%s", public ? "public" : name);
    out->without = random_case_text(&rc, 0);
    uint32_t claims = rc.rows[RANDOM_CLAIMS];
    uint32_t hidden = 1 + parley_random_below(&rc.random, 4);
    for (uint32_t n = 0; n < hidden; n++) {
        leak_hide(&rc, n, claims,
                  public       ? (n % 2 == 0 ? "team" : "@p0")
                  : n % 2 == 0 ? "team"
                               : "@p1");
    }
    char *plain = random_case_text(&rc, 0);
    out->with = leak_with_desk(plain, &rc,
                               key % 4 < 2 ? "team"
                               : public    ? "principals"
                                           : "team",
                               key);
    free(plain);
    random_case_free(&rc);
}

static inline void leak_pair_free(leak_pair *pair)
{
    free(pair->without);
    free(pair->with);
}

#endif
