/*
 * What may be typed in a place.
 */
#include "cli/candidates.h"

#include <parley/intake.h>
#include <stdio.h>
#include <string.h>

typedef struct offering {
    const parley_case *c;
    cli_offer offer;
    void *user;
    bool over;
} offering;

static void offer(offering *o, const char *text, const char *about)
{
    o->over = o->over || !o->offer(o->user, text, about);
}

static void offer_words(offering *o, parley_word_list list)
{
    for (size_t i = 0; i < parley_words_size(list) && !o->over; i++) {
        if (parley_words_word(list, i)[0] != '\0') {
            offer(o, parley_words_word(list, i), parley_words_meaning(list, i));
        }
    }
}

static void offer_plain(offering *o, const char *const *words)
{
    for (size_t i = 0; words[i] != NULL && !o->over; i++) {
        offer(o, words[i], NULL);
    }
}

#define OFFER_ROWS(o, many, one, about_of)                                                         \
    for (uint32_t i_ = 0; i_ < parley_case_##many((o)->c) && !(o)->over; i_++) {                   \
        const parley_##one *row = parley_case_##one((o)->c, (int32_t)i_);                          \
        offer((o), row->record.id, (about_of));                                                    \
    }

static void offer_speakers(offering *o, bool addressee)
{
    OFFER_ROWS(o, parties, party, row->name)
    for (uint32_t i = 0; i < parley_case_people(o->c) && !o->over; i++) {
        const parley_person *person = parley_case_person(o->c, (int32_t)i);
        char text[512];
        char about[512];
        if (person->party < 0) {
            continue;
        }
        int n = snprintf(text, sizeof(text), "%s:%s",
                         parley_case_party(o->c, person->party)->record.id, person->record.id);
        snprintf(about, sizeof(about), "%s%s%s", person->name, person->office != NULL ? ", " : "",
                 person->office != NULL ? person->office : "");
        if (n > 0 && (size_t)n < sizeof(text)) {
            offer(o, text, about);
        }
    }
    if (addressee) {
        static const char *const everybody[] = {"press", "public", "parties", "team", NULL};
        offer_plain(o, everybody);
    } else {
        OFFER_ROWS(o, sources, source, row->name)
    }
}

/* The issue that the formula before the cursor compares, or -1: `arms = `, `arms in {a, `. */
static int32_t compared_issue(const parley_case *c, const char *before)
{
    size_t n = strlen(before);
    while (n > 0 && before[n - 1] != '=' && before[n - 1] != '{' && before[n - 1] != ',') {
        if (before[n - 1] != ' ') {
            return -1;
        }
        n--;
    }
    while (n > 0 && before[n - 1] == ',') { /* back over `in {a, b,` */
        while (n > 0 && before[n - 1] != '{') {
            n--;
        }
    }
    if (n > 0 && before[n - 1] == '{') {
        n--;
        while (n > 0 && before[n - 1] == ' ') {
            n--;
        }
        if (n < 3 || strncmp(before + n - 2, "in", 2) != 0) {
            return -1;
        }
        n -= 2;
    } else if (n > 0) {
        n -= before[n - 1] == '=';
        n -= n > 0 && before[n - 1] == '!';
    }
    while (n > 0 && before[n - 1] == ' ') {
        n--;
    }
    size_t from = n;
    while (from > 0 && before[from - 1] != ' ' && before[from - 1] != '(') {
        from--;
    }
    return n > from ? parley_case_find(c, "issues", before + from, n - from) : -1;
}

static void offer_options(offering *o, int32_t issue)
{
    const parley_issue *row = parley_case_issue(o->c, issue);
    for (uint32_t k = 0; k < row->values && row->options != NULL && !o->over; k++) {
        offer(o, row->options[k].id, row->options[k].label);
    }
    for (uint32_t k = 0; k < row->values && k < 40 && row->options == NULL && !o->over; k++) {
        char id[256];
        if (parley_case_value_id(row, k, id, sizeof(id)) < sizeof(id)) {
            offer(o, id, row->unit);
        }
    }
}

static void offer_about(offering *o, const char *before, bool records)
{
    int32_t issue = compared_issue(o->c, before);
    if (issue >= 0) {
        offer_options(o, issue);
        return;
    }
    if (records && before[strspn(before, " ")] == '\0') {
        OFFER_ROWS(o, proposals, proposal, row->name)
    }
    OFFER_ROWS(o, issues, issue, row->ask != NULL ? row->ask : row->name)
    if (records && before[strspn(before, " ")] == '\0') {
        OFFER_ROWS(o, concerns, concern, row->text)
        OFFER_ROWS(o, points, point, row->ask)
        OFFER_ROWS(o, claims, claim, row->says)
    }
}

static void offer_sources(offering *o)
{
    OFFER_ROWS(o, sources, source, row->name)
}

static void offer_keys(offering *o)
{
    for (size_t i = 1; parley_claims_column(i) != NULL && !o->over; i++) {
        offer(o, parley_claims_column(i), NULL);
    }
}

static void offer_audiences(offering *o)
{
    static const char *const fixed[] = {"team", "principals", "all", "public", NULL};
    offer_plain(o, fixed);
    OFFER_ROWS(o, parties, party, row->name)
}

static void offer_records(offering *o)
{
#define X(one, many)                                                                               \
    for (uint32_t i = 0; i < parley_case_##many(o->c) && !o->over; i++) {                          \
        const char *id = parley_case_##one(o->c, (int32_t)i)->record.id;                           \
        if (strchr(id, '[') == NULL) {                                                             \
            offer(o, id, #one);                                                                    \
        }                                                                                          \
    }
    PARLEY_CASE_ROWS(X)
#undef X
}

/* ------------------------------------------------------------- the words of a line */

/* Does a word of the line stand for an act, or hold a mark of what comes behind the act? */
static bool is_act(const char *word, size_t length)
{
    return parley_words_find(PARLEY_WORDS_ACT, word, length) >= 0;
}

static void offer_line(offering *o, const char *before)
{
    size_t words = 0;
    bool act = false;
    bool to = false;
    const char *rest = before;
    for (const char *at = before; *at != '\0';) {
        at += strspn(at, " ");
        size_t n = strcspn(at, " ");
        if (n == 0) {
            break;
        }
        to = n == 1 && at[0] == '>';
        words += !to;
        if (!act && is_act(at, n)) {
            act = true;
            rest = at + n;
        }
        at += n;
    }
    if (words == 0 || to) {
        offer_speakers(o, to);
    } else if (!act) {
        offer_words(o, PARLEY_WORDS_ACT);
    } else {
        offer_about(o, rest + strspn(rest, " "), true);
    }
}

/* ------------------------------------------------------------------------- places */

cli_place cli_place_of_key(const char *key)
{
    static const struct {
        const char *key;
        cli_place place;
    } keys[] = {{"by", CLI_PLACE_SPEAKER},     {"to", CLI_PLACE_ADDRESSEE},
                {"date", CLI_PLACE_DATE},      {"learned", CLI_PLACE_DATE},
                {"act", CLI_PLACE_ACT},        {"about", CLI_PLACE_ABOUT},
                {"if", CLI_PLACE_CONDITION},   {"only-if", CLI_PLACE_CONDITION},
                {"source", CLI_PLACE_SOURCE},  {"chain", CLI_PLACE_SOURCE},
                {"class", CLI_PLACE_CLASS},    {"repeats", CLI_PLACE_CLAIM},
                {"replaces", CLI_PLACE_CLAIM}, {"label", CLI_PLACE_AUDIENCE}};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (strcmp(keys[i].key, key) == 0) {
            return keys[i].place;
        }
    }
    return CLI_PLACE_NONE;
}

void cli_candidates_of_key(const parley_case *c, const char *key, const char *before,
                           cli_offer give, void *user)
{
    static const char *const publicity[] = {"public", "private", NULL};
    offering o = {c, give, user, false};
    cli_place place = cli_place_of_key(key);
    if (place != CLI_PLACE_NONE) {
        cli_candidates(c, place, before, give, user);
    } else if (strcmp(key, "firmness") == 0) {
        offer_words(&o, PARLEY_WORDS_FIRMNESS);
    } else if (strcmp(key, "list") == 0) {
        offer_words(&o, PARLEY_WORDS_LIST);
    } else if (strcmp(key, "publicity") == 0) {
        offer_plain(&o, publicity);
    } else if (strcmp(key, "point") == 0 && c != NULL) {
        OFFER_ROWS(&o, points, point, row->ask)
    }
}

void cli_candidates(const parley_case *c, cli_place place, const char *before, cli_offer give,
                    void *user)
{
    static const char *const days[] = {"today", "yesterday", NULL};
    offering o = {c, give, user, false};
    switch (place) {
    case CLI_PLACE_DATE:
        offer_plain(&o, days);
        return;
    case CLI_PLACE_ACT:
        offer_words(&o, PARLEY_WORDS_ACT);
        return;
    case CLI_PLACE_CLASS:
        offer_words(&o, PARLEY_WORDS_CLASS);
        return;
    case CLI_PLACE_LAW:
        offer_words(&o, PARLEY_WORDS_LAW);
        return;
    case CLI_PLACE_KEY:
        offer_keys(&o);
        return;
    default:
        break;
    }
    if (c == NULL) {
        return;
    }
    switch (place) {
    case CLI_PLACE_SPEAKER:
    case CLI_PLACE_ADDRESSEE:
        offer_speakers(&o, place == CLI_PLACE_ADDRESSEE);
        break;
    case CLI_PLACE_ABOUT:
    case CLI_PLACE_CONDITION:
        offer_about(&o, before, place == CLI_PLACE_ABOUT);
        break;
    case CLI_PLACE_SOURCE:
        offer_sources(&o);
        break;
    case CLI_PLACE_CLAIM:
        OFFER_ROWS(&o, claims, claim, row->says)
        break;
    case CLI_PLACE_PARTY:
        OFFER_ROWS(&o, parties, party, row->name)
        break;
    case CLI_PLACE_ISSUE:
        OFFER_ROWS(&o, issues, issue, row->ask)
        break;
    case CLI_PLACE_TRACK:
        OFFER_ROWS(&o, tracks, track, row->name)
        break;
    case CLI_PLACE_PROPOSAL:
        OFFER_ROWS(&o, proposals, proposal, row->name)
        break;
    case CLI_PLACE_RELAY:
        OFFER_ROWS(&o, relays, relay, NULL)
        break;
    case CLI_PLACE_FLAG:
        OFFER_ROWS(&o, flags, flag, row->law)
        break;
    case CLI_PLACE_RECORD:
        offer_records(&o);
        break;
    case CLI_PLACE_AUDIENCE:
        offer_audiences(&o);
        break;
    case CLI_PLACE_LINE:
        offer_line(&o, before);
        break;
    default:
        break;
    }
}
