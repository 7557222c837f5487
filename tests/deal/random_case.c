/*
 * Small random cases (random_case.h).
 */
#include "random_case.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const section_names[RANDOM_SECTIONS] = {
    "sources", "parties",  "people",    "tracks",    "issues", "rules",
    "flags",   "concerns", "proposals", "responses", "claims", "readings"};

/* ------------------------------------------------------------------- growing texts */

typedef struct growing {
    char *at;
    size_t used;
    size_t room;
} growing;

static void put(growing *g, const char *text, size_t length)
{
    if (g->used + length + 1 > g->room) {
        g->room = (g->used + length + 1) * 2;
        g->at = realloc(g->at, g->room);
        if (g->at == NULL) {
            abort();
        }
    }
    memcpy(g->at + g->used, text, length);
    g->used += length;
    g->at[g->used] = '\0';
}

__attribute__((format(printf, 2, 3))) static void say(growing *g, const char *format, ...)
{
    char text[2048];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof text) {
        abort();
    }
    put(g, text, (size_t)n);
}

static uint32_t below(random_case *rc, uint32_t n)
{
    return parley_random_below(&rc->random, n);
}

static bool one_in(random_case *rc, uint32_t n)
{
    return below(rc, n) == 0;
}

/* ------------------------------------------------------------------------ formulas */

static void number_of(char out[32], const random_issue *issue, uint32_t index, uint32_t value)
{
    if (issue->kind == RANDOM_SPLIT) {
        snprintf(out, 32, "%u", value * 5);
    } else if (index % 2 == 0) {
        snprintf(out, 32, "%u", 10 + 10 * value);
    } else {
        snprintf(out, 32, "%u.%u", (2 + 3 * value) / 2, 5 * ((2 + 3 * value) % 2));
    }
}

static void put_atom(random_case *rc, growing *g)
{
    static const char *const compare[] = {"=", "!=", "<", "<=", ">", ">="};
    uint32_t i = below(rc, rc->issues);
    if (!rc->options.no_answers && rc->proposals > 0 && one_in(rc, 14)) {
        say(g, "@p%u accepts @q%u", below(rc, rc->parties), below(rc, rc->proposals));
        return;
    }
    while (rc->issue[i].kind == RANDOM_OPEN) {
        i = (i + 1) % rc->issues; /* the first issue is never open */
    }
    const random_issue *issue = &rc->issue[i];
    bool in = one_in(rc, 4);
    uint32_t among = in ? 1 + below(rc, 3) : 1;
    if (issue->kind == RANDOM_CHOICE) {
        const char *how = in                                    ? "in {"
                          : issue->ordered && below(rc, 2) == 0 ? compare[below(rc, 6)]
                                                                : compare[below(rc, 2)];
        say(g, "@i%u %s ", i, how);
        for (uint32_t k = 0; k < among; k++) {
            say(g, "%s@o%u.%u", k > 0 ? ", " : "", i, below(rc, issue->values));
        }
    } else {
        bool split = issue->kind == RANDOM_SPLIT;
        say(g, split ? "@i%u.@x%u.%u" : "@i%u", i, i, below(rc, 2));
        say(g, " %s ", in ? "in {" : compare[below(rc, 6)]);
        for (uint32_t k = 0; k < among; k++) {
            char number[32];
            /* now and then a number that is no value */
            number_of(number, issue, i, below(rc, issue->values + one_in(rc, 6)));
            say(g, "%s%s", k > 0 ? ", " : "", number);
        }
    }
    say(g, "%s", in ? "}" : "");
}

static void put_formula(random_case *rc, growing *g, uint32_t depth)
{
    static const char *const pair[] = {" and ", " or ", " implies ", " if ", " iff "};
    if (depth == 0 || one_in(rc, 3)) {
        if (one_in(rc, 60)) {
            say(g, "%s", one_in(rc, 2) ? "true" : "false");
        } else {
            put_atom(rc, g);
        }
        return;
    }
    uint32_t which = below(rc, 7);
    if (which == 0) {
        say(g, "not (");
        put_formula(rc, g, depth - 1);
        say(g, ")");
        return;
    }
    const char *join = pair[which < 3 ? 0 : which < 5 ? 1 : 2 + below(rc, 3)];
    bool many = join != pair[2] && join != pair[3];
    uint32_t parts = many && one_in(rc, 4) ? 3 : 2;
    for (uint32_t k = 0; k < parts; k++) {
        say(g, "%s(", k > 0 ? join : "");
        put_formula(rc, g, depth - 1);
        say(g, ")");
    }
}

const char *random_case_formula(random_case *rc, uint32_t depth)
{
    growing g = {NULL, 0, 0};
    put_formula(rc, &g, depth);
    uint32_t slot = rc->formulas++ % (uint32_t)(sizeof rc->formula / sizeof *rc->formula);
    free(rc->formula[slot]);
    rc->formula[slot] = g.at;
    return g.at;
}

/* ---------------------------------------------------------------------------- rows */

void random_case_add(random_case *rc, random_section section, uint32_t at, const char *format, ...)
{
    growing g = {NULL, 0, 0};
    char *text = malloc(1 << 16);
    va_list args;
    if (text == NULL || rc->rows[section] == RANDOM_ROWS) {
        abort();
    }
    va_start(args, format);
    int n = vsnprintf(text, 1 << 16, format, args);
    va_end(args);
    if (n < 0 || n >= 1 << 16) {
        abort();
    }
    put(&g, text, (size_t)n);
    free(text);
    char **rows = rc->row[section];
    at = at > rc->rows[section] ? rc->rows[section] : at;
    memmove(&rows[at + 1], &rows[at], (rc->rows[section] - at) * sizeof *rows);
    rows[at] = g.at;
    rc->rows[section]++;
}

static void add_row(random_case *rc, random_section section, growing *g)
{
    if (rc->options.label != NULL) {
        say(g, ", label: %s", rc->options.label);
    }
    random_case_add(rc, section, UINT32_MAX, "%s}", g->at);
    free(g->at);
    *g = (growing){NULL, 0, 0};
}

/* `, key: 2025-..`, or nothing where dates may be missing. Days are given out once each. */
static void put_date(random_case *rc, growing *g)
{
    if (!rc->options.all_dated && one_in(rc, 4)) {
        return;
    }
    uint32_t day = rc->options.all_dated ? rc->days++ : below(rc, 40);
    say(g, ", date: 2025-%02u-%02u", 1 + day / 28, 1 + day % 28);
}

static void put_list(random_case *rc, growing *g, const char *key, uint32_t most, bool words)
{
    uint32_t count = 1 + below(rc, most);
    say(g, ", %s: [", key);
    for (uint32_t k = 0; k < count; k++) {
        say(g, "%s\"", k > 0 ? ", " : "");
        if (words && one_in(rc, 12)) {
            say(g, "the usual courtesies");
        } else {
            put_formula(rc, g, below(rc, 2));
        }
        say(g, "\"");
    }
    say(g, "]");
}

static void put_parties(random_case *rc, growing *g, const char *key)
{
    say(g, ", %s: [@p%u", key, below(rc, rc->parties));
    if (one_in(rc, 3)) {
        say(g, ", @p%u", below(rc, rc->parties));
    }
    say(g, "]");
}

static void put_class(random_case *rc, growing *g)
{
    static const char *const classes[] = {
        "on-record", "on-record-institution", "document", "party-about-itself", "described", "bare",
        "outlet",    "party-about-another"};
    uint32_t which = below(rc, 13);
    if (which < 12) {
        say(g, ", class: %s", classes[which < 6 ? which % 3 : which - 4]);
    }
}

static void make_sides(random_case *rc)
{
    static const char *const roles[] = {"mediator", "guarantor", "supplier", "affected", "outside"};
    growing g = {NULL, 0, 0};
    rc->sources = 1 + below(rc, 2);
    for (uint32_t i = 0; i < rc->sources; i++) {
        say(&g, "@s%u: {name: \"@S%u\", kind: %s", i, i, one_in(rc, 2) ? "outlet" : "call");
        put_date(rc, &g);
        add_row(rc, RANDOM_SOURCES, &g);
    }
    rc->parties = 2 + below(rc, 3);
    for (uint32_t i = 0; i < rc->parties; i++) {
        bool principal = i == 0 || !one_in(rc, 3);
        say(&g, "@p%u: {name: \"@P%u\", roles: [%s", i, i,
            principal ? "principal" : roles[below(rc, 5)]);
        say(&g, principal && one_in(rc, 6) ? ", guarantor]" : "]");
        add_row(rc, RANDOM_PARTIES, &g);
        say(&g, "@h%u: {name: \"@H%u\", of: @p%u, office: envoy", i, i, i);
        add_row(rc, RANDOM_PEOPLE, &g);
    }
    rc->tracks = rc->options.one_track ? 1 : 1 + below(rc, 3);
    for (uint32_t i = 0; i < rc->tracks; i++) {
        static const char *const table[] = {"now", "now", "now", "later", "excluded"};
        say(&g, "@t%u: {table: %s", i, i == 0 ? "now" : table[below(rc, 5)]);
        add_row(rc, RANDOM_TRACKS, &g);
    }
}

static void make_issue(random_case *rc, uint32_t i)
{
    random_issue *issue = &rc->issue[i];
    growing g = {NULL, 0, 0};
    uint32_t kind = below(rc, 12);
    *issue = (random_issue){RANDOM_CHOICE, one_in(rc, 3), 1 + below(rc, RANDOM_VALUES)};
    issue->values = issue->values == 1 && !one_in(rc, 4) ? 2 : issue->values;
    issue->kind = kind < 8                ? RANDOM_CHOICE
                  : kind < 10             ? RANDOM_QUANTITY
                  : kind == 10 || i == 0  ? RANDOM_SPLIT
                  : rc->options.one_track ? RANDOM_CHOICE
                                          : RANDOM_OPEN;
    say(&g, "@i%u: {ask: \"@I%u\"", i, i);
    if (rc->options.one_track || !one_in(rc, 5)) {
        bool main = rc->options.one_track || !one_in(rc, 3);
        say(&g, ", track: @t%u", main ? 0 : below(rc, rc->tracks));
    }
    if (!rc->options.one_track && i > 0 && one_in(rc, 12)) {
        say(&g, ", table: %s", one_in(rc, 2) ? "later" : "now");
    }
    char number[32];
    switch (issue->kind) {
    case RANDOM_CHOICE:
        say(&g, "%s, options: {", issue->ordered ? ", ordered: true" : "");
        for (uint32_t v = 0; v < issue->values; v++) {
            say(&g, "%s@o%u.%u: \"@O%u.%u\"", v > 0 ? ", " : "", i, v, i, v);
        }
        say(&g, "}");
        if (one_in(rc, 5)) {
            say(&g, ", needs: {@o%u.%u: [@p%u]}", i, below(rc, issue->values),
                below(rc, rc->parties));
        }
        if (one_in(rc, 5)) {
            say(&g, ", by: {@o%u.%u: [@p%u]}", i, below(rc, issue->values), below(rc, rc->parties));
        }
        break;
    case RANDOM_QUANTITY:
        number_of(number, issue, i, 0);
        say(&g, ", quantity: {unit: day, from: %s", number);
        number_of(number, issue, i, issue->values - 1);
        say(&g, ", to: %s, step: %s}", number, i % 2 == 0 ? "10" : "1.5");
        break;
    case RANDOM_SPLIT: /* two recipients: values - 1 steps of five */
        issue->values = issue->values < 2 ? 2 : issue->values;
        say(&g,
            ", split: {of: %u, unit: percent, step: 5, among: {@x%u.0: \"@X%u.0\", @x%u.1: "
            "\"@X%u.1\"}}",
            5 * (issue->values - 1), i, i, i, i);
        break;
    case RANDOM_OPEN:
        issue->values = 0;
        break;
    }
    if (issue->kind != RANDOM_CHOICE && one_in(rc, 4)) {
        put_parties(rc, &g, one_in(rc, 2) ? "needs" : "by");
    }
    add_row(rc, RANDOM_ISSUE_ROWS, &g);
}

static void make_proposals(random_case *rc)
{
    growing g = {NULL, 0, 0};
    uint32_t count = below(rc, 3);
    rc->proposals = count; /* formulas may speak of all of them */
    for (uint32_t i = 0; i < count; i++) {
        say(&g, "@q%u: {tabled-by: @p%u", i, below(rc, rc->parties));
        put_date(rc, &g);
        say(&g, ", text: \"");
        bool answers = rc->options.no_answers;
        rc->options.no_answers = answers || !one_in(rc, 3);
        if (one_in(rc, 8)) {
            say(&g, "a draft of four pages");
        } else {
            uint32_t atoms = 1 + below(rc, 3);
            for (uint32_t k = 0; k < atoms; k++) {
                say(&g, "%s", k > 0 ? " and " : "");
                put_atom(rc, &g);
            }
        }
        say(&g, "\"");
        if (one_in(rc, 5)) {
            put_list(rc, &g, "parts", 2, true);
        }
        rc->options.no_answers = answers;
        if (one_in(rc, 2)) {
            say(&g, ", list: %s", one_in(rc, 2) ? "complete" : "open");
        }
        add_row(rc, RANDOM_PROPOSALS, &g);
    }
}

static void put_about(random_case *rc, growing *g)
{
    uint32_t what = below(rc, 20);
    if (what == 0) {
        say(g, ", about: \"the manner of it all\"");
    } else if (what == 1) {
        say(g, ", about: @i%u", below(rc, rc->issues));
    } else if (what < 6 && rc->proposals > 0) {
        say(g, ", about: @q%u", below(rc, rc->proposals));
    } else {
        say(g, ", about: \"");
        put_formula(rc, g, below(rc, 3));
        say(g, "\"");
    }
}

static void make_claims(random_case *rc)
{
    static const char *const acts[] = {
        "demand",  "demand",    "demand",   "reject",  "reject",     "accept",
        "accept",  "concede",   "request",  "urge",    "accept-if",  "accept-if",
        "propose", "offer",     "say",      "open-to", "defer",      "promise",
        "deny",    "not-aware", "threaten", "report",  "no-comment", "predict"};
    static const char *const firmness[] = {
        "aspiration", "ask", "position", "condition", "red-line-stated", "red-line-tested"};
    growing g = {NULL, 0, 0};
    uint32_t most = rc->options.claims_most > 0 ? rc->options.claims_most : 12;
    uint32_t count = below(rc, most + 1);
    for (uint32_t i = 0; i < count; i++) {
        const char *act = acts[below(rc, sizeof acts / sizeof *acts)];
        uint32_t party = below(rc, rc->parties);
        uint32_t voice = below(rc, 10);
        say(&g, "@c%u: {act: %s", i, act);
        if (voice == 0) {
            say(&g, ", by: [@p%u, @p%u]", party, (party + 1) % rc->parties);
        } else if (voice == 1) {
            say(&g, ", by: \"@p%u:@h%u\"", party, party);
        } else {
            say(&g, ", by: @p%u", party);
        }
        put_date(rc, &g);
        put_about(rc, &g);
        put_class(rc, &g);
        if (one_in(rc, 3)) {
            say(&g, ", firmness: %s", firmness[below(rc, 6)]);
        }
        bool conditional = strncmp(act, "accept", 6) == 0;
        if (strcmp(act, "accept-if") == 0 || one_in(rc, 10)) {
            put_list(rc, &g, "if", 2, true);
        }
        if (conditional && one_in(rc, 5)) {
            put_list(rc, &g, "only-if", 1, true);
        }
        if (one_in(rc, 5)) {
            say(&g, ", list: %s", one_in(rc, 2) ? "complete" : "open");
        }
        if (i > 0 && !rc->options.no_replacing && one_in(rc, 6)) {
            say(&g, ", replaces: @c%u", below(rc, i));
        } else if (i > 0 && one_in(rc, 10)) {
            say(&g, ", repeats: @c%u", below(rc, i));
        }
        add_row(rc, RANDOM_CLAIMS, &g);
    }
    static const char *const answers[] = {"accept", "accept",  "accept-if", "accept-if",
                                          "reject", "counter", "defer",     "silent"};
    uint32_t responses = rc->proposals > 0 ? below(rc, 4) : 0;
    for (uint32_t i = 0; i < responses; i++) {
        const char *answer = answers[below(rc, 8)];
        say(&g, "{party: @p%u, to: @q%u, answer: %s", below(rc, rc->parties),
            below(rc, rc->proposals), answer);
        put_date(rc, &g);
        put_class(rc, &g);
        if (strcmp(answer, "accept-if") == 0 || (strcmp(answer, "accept") == 0 && one_in(rc, 5))) {
            put_list(rc, &g, one_in(rc, 4) ? "only-if" : "if", 2, true);
        }
        if (one_in(rc, 2)) {
            say(&g, ", list: %s", one_in(rc, 2) ? "complete" : "open");
        }
        add_row(rc, RANDOM_RESPONSES, &g);
    }
}

static void make_ours(random_case *rc)
{
    static const char *const modes[] = {"refuses", "requires", "accepts"};
    growing g = {NULL, 0, 0};
    uint32_t rules = below(rc, 3);
    uint32_t readings = below(rc, 5);
    uint32_t flags = one_in(rc, 3) ? 1 + below(rc, 2) : 0;
    for (uint32_t i = 0; i < rules; i++) {
        say(&g, "@r%u: {formula: \"", i);
        put_formula(rc, &g, 2);
        say(&g, "\", because: \"it cannot be otherwise\"");
        add_row(rc, RANDOM_RULES, &g);
    }
    for (uint32_t i = 0; i < readings; i++) {
        say(&g, "@m%u: {party: @p%u, because: \"it seems so\", from: [], %s: \"", i,
            below(rc, rc->parties), modes[below(rc, 3)]);
        put_formula(rc, &g, below(rc, 3));
        say(&g, "\"");
        put_date(rc, &g);
        if (one_in(rc, 5)) {
            put_list(rc, &g, "if", 1, true);
        }
        add_row(rc, RANDOM_READINGS, &g);
    }
    for (uint32_t i = 0; i < flags; i++) {
        say(&g, "@w%u: {law: a-law", i);
        put_list(rc, &g, "keeps-out", 2, false);
        if (one_in(rc, 4)) {
            say(&g,
                ", lifted: {by: Somebody, office: judge, date: 2025-01-01, because: \"waived\"}");
        }
        add_row(rc, RANDOM_FLAGS, &g);
    }
}

void random_case_make(random_case *rc, uint64_t key, const random_case_options *options)
{
    memset(rc, 0, sizeof *rc);
    rc->key = key;
    rc->random = parley_random_stream(key, 0xdea1, 0, 0);
    rc->options = options != NULL ? *options : (random_case_options){0};
    make_sides(rc);
    uint32_t most = rc->options.issues_most > 0 ? rc->options.issues_most : 6;
    rc->issues = 1 + below(rc, most);
    for (uint32_t i = 0; i < rc->issues; i++) {
        make_issue(rc, i);
    }
    make_proposals(rc);
    make_claims(rc);
    make_ours(rc);
}

void random_case_free(random_case *rc)
{
    for (int s = 0; s < RANDOM_SECTIONS; s++) {
        for (uint32_t i = 0; i < rc->rows[s]; i++) {
            free(rc->row[s][i]);
        }
    }
    for (size_t i = 0; i < sizeof rc->formula / sizeof *rc->formula; i++) {
        free(rc->formula[i]);
    }
    memset(rc, 0, sizeof *rc);
}

/* ------------------------------------------------------------------------- writing */

void random_case_name(char out[48], char kind, uint32_t index, uint32_t second, uint64_t salt)
{
    bool label = kind >= 'A' && kind <= 'Z';
    uint32_t shown = index;
    char letters[8] = "";
    if (salt != 0) {
        /* other letters in front, so that alphabetical order changes too */
        parley_random r = parley_random_stream(salt, (uint32_t)(unsigned char)kind, index, second);
        for (int i = 0; i < 5; i++) {
            letters[i] = (char)('a' + (int)parley_random_below(&r, 26));
        }
    }
    if (label) {
        snprintf(out, 48, "%s words %c%u %u", letters, kind, shown, second);
    } else {
        snprintf(out, 48, "%s%c%u-%u", letters, kind, shown, second);
    }
}

char *random_case_expand(const char *text, uint64_t salt)
{
    growing g = {NULL, 0, 0};
    put(&g, "", 0);
    while (*text != '\0') {
        size_t plain = strcspn(text, "@");
        put(&g, text, plain);
        text += plain;
        if (*text == '@') {
            char name[48];
            char kind = text[1];
            bool two = strchr("oOxX", kind) != NULL;
            char *end = NULL;
            uint32_t index = (uint32_t)strtoul(text + 2, &end, 10);
            uint32_t second = 0;
            if (two && *end == '.') {
                second = (uint32_t)strtoul(end + 1, &end, 10);
            }
            random_case_name(name, kind, index, second, salt);
            put(&g, name, strlen(name));
            text = end;
        }
    }
    return g.at;
}

/* 0 .. n-1 in an order of its own; in order for salt 0. */
static void shuffle(uint32_t *order, uint32_t n, uint64_t salt, uint32_t engine)
{
    parley_random r = parley_random_stream(salt, engine, 0, 0);
    for (uint32_t i = 0; i < n; i++) {
        order[i] = i;
    }
    for (uint32_t i = n; salt != 0 && i > 1; i--) {
        uint32_t j = parley_random_below(&r, i);
        uint32_t kept = order[i - 1];
        order[i - 1] = order[j];
        order[j] = kept;
    }
}

char *random_case_text(const random_case *rc, uint64_t salt)
{
    growing g = {NULL, 0, 0};
    uint32_t sections[RANDOM_SECTIONS];
    say(&g, "parley: 1\ntitle: \"Random case\"\n");
    shuffle(sections, RANDOM_SECTIONS, salt, 1);
    for (uint32_t k = 0; k < RANDOM_SECTIONS; k++) {
        uint32_t s = sections[k];
        uint32_t order[RANDOM_ROWS];
        shuffle(order, rc->rows[s], salt, 100 + s);
        if (rc->rows[s] > 0) {
            say(&g, "%s:\n", section_names[s]);
        }
        for (uint32_t i = 0; i < rc->rows[s]; i++) {
            put(&g, s == RANDOM_RESPONSES ? "  - " : "  ", s == RANDOM_RESPONSES ? 4 : 2);
            put(&g, rc->row[s][order[i]], strlen(rc->row[s][order[i]]));
            put(&g, "\n", 1);
        }
    }
    char *text = random_case_expand(g.at, salt);
    free(g.at);
    return text;
}
