/*
 * One line typed after a call, understood word by word from the left: who, to whom, when, what act;
 * then pieces that mark themselves (a source, quoted words, key:value), and what is left is what it
 * is about.
 */
#include "case/intake_internal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const keys[] = {"hedge",     "scope",   "firmness", "list",        "repeats",
                                   "replaces",  "chain",   "grade",    "point",       "implies",
                                   "publicity", "learned", "label",    "note",        "id",
                                   "blames",    "to",      "only-if",  "speaker-text"};

/* Words people type for an act, besides the acts themselves. */
static const struct {
    const char *word;
    parley_act act;
} verbs[] = {
    {"says", PARLEY_ACT_SAY},         {"said", PARLEY_ACT_SAY},
    {"requests", PARLEY_ACT_REQUEST}, {"asks", PARLEY_ACT_REQUEST},
    {"urges", PARLEY_ACT_URGE},       {"demands", PARLEY_ACT_DEMAND},
    {"proposes", PARLEY_ACT_PROPOSE}, {"offers", PARLEY_ACT_OFFER},
    {"accepts", PARLEY_ACT_ACCEPT},   {"yes", PARLEY_ACT_ACCEPT},
    {"yes-if", PARLEY_ACT_ACCEPT_IF}, {"accepts-if", PARLEY_ACT_ACCEPT_IF},
    {"open", PARLEY_ACT_OPEN_TO},     {"defers", PARLEY_ACT_DEFER},
    {"rejects", PARLEY_ACT_REJECT},   {"refuses", PARLEY_ACT_REJECT},
    {"no", PARLEY_ACT_REJECT},        {"concedes", PARLEY_ACT_CONCEDE},
    {"promises", PARLEY_ACT_PROMISE}, {"threatens", PARLEY_ACT_THREATEN},
    {"denies", PARLEY_ACT_DENY},      {"reports", PARLEY_ACT_REPORT},
    {"predicts", PARLEY_ACT_PREDICT},
};

typedef struct line_reader {
    parley_logged *out;
    parley_ctx *ctx;
    const parley_case *c;
    parley_arena *arena;
    char *at; /* the rest of the line, writable, NUL-terminated */
    int32_t today;
    bool act_typed;
    bool failed;                               /* out of memory */
    bool (*known)(void *user, const char *id); /* of a record that a claim can be about */
    void *user;
    parley_error *err;
} line_reader;

static char *keep(line_reader *r, const char *text, size_t length)
{
    char *copy = parley_arena_copy(r->arena, text, length);
    r->failed = r->failed || copy == NULL;
    return copy;
}

static parley_status nomem(parley_error *err)
{
    return parley_fail(err, PARLEY_NOMEM, "out of memory while reading a line");
}

static void skip_blanks(line_reader *r)
{
    while (*r->at == ' ' || *r->at == '\t') {
        r->at++;
    }
}

/* Length of the word at the beginning of the rest. */
static size_t word(const line_reader *r)
{
    return strcspn(r->at, " \t");
}

static bool is_word(const char *at, size_t length, const char *wanted)
{
    return strlen(wanted) == length && memcmp(at, wanted, length) == 0;
}

/* -------------------------------------------------------------------- voices */

/* A person's id alone stands for party:person. NULL: no voice of the case; words such as press
 * only as addressees. */
static const char *voice(line_reader *r, const char *text, size_t length, bool addressee)
{
    const char *colon = memchr(text, ':', length);
    size_t head = colon != NULL ? (size_t)(colon - text) : length;
    int32_t party = parley_case_find(r->c, "parties", text, head);
    int32_t person = colon == NULL ? parley_case_find(r->c, "people", text, length)
                                   : parley_case_find(r->c, "people", colon + 1, length - head - 1);
    if (party >= 0 && colon == NULL) {
        return keep(r, text, length);
    }
    if (person >= 0) {
        const parley_person *row = parley_case_person(r->c, person);
        if (colon != NULL && row->party != party) {
            return NULL;
        }
        const char *whole = parley_arena_format(
            r->arena, "%s:%s", parley_case_party(r->c, row->party)->record.id, row->record.id);
        r->failed = r->failed || whole == NULL;
        return whole;
    }
    if (colon == NULL && parley_case_find(r->c, "sources", text, length) >= 0) {
        return keep(r, text, length);
    }
    static const char *const everybody[] = {"public", "unknown", "press", "parties", "all", "team"};
    for (size_t i = 0; addressee && i < sizeof(everybody) / sizeof(everybody[0]); i++) {
        if (is_word(text, length, everybody[i])) {
            return everybody[i];
        }
    }
    return NULL;
}

static parley_status unknown_voice(line_reader *r, const char *text, size_t length)
{
    const char *names[600];
    size_t count = 0;
    for (uint32_t i = 0; i < parley_case_parties(r->c) && count < 200; i++) {
        names[count++] = parley_case_party(r->c, (int32_t)i)->record.id;
    }
    for (uint32_t i = 0; i < parley_case_people(r->c) && count < 400; i++) {
        names[count++] = parley_case_person(r->c, (int32_t)i)->record.id;
    }
    for (uint32_t i = 0; i < parley_case_sources(r->c) && count < 600; i++) {
        names[count++] = parley_case_source(r->c, (int32_t)i)->record.id;
    }
    int best = parley_nearest(text, length, names, count);
    parley_status status =
        parley_fail(r->err, PARLEY_NOTFOUND, "'%.*s' is no party, person or source of the case",
                    (int)(length < 60 ? length : 60), text);
    if (best >= 0) {
        parley_error_hint(r->err, "did you mean '%s'?", names[best]);
    } else {
        parley_error_hint(r->err, "a line begins with who said it: a party, party:person, a person "
                                  "or a source");
    }
    return status;
}

/* One voice, or several with commas between them. */
static parley_status voices(line_reader *r, const char *text, size_t length, bool addressee,
                            const char **out)
{
    const char *list = "";
    size_t from = 0;
    uint32_t count = 0;
    while (from <= length) {
        const char *comma = memchr(text + from, ',', length - from);
        size_t end = comma != NULL ? (size_t)(comma - text) : length;
        const char *one = voice(r, text + from, end - from, addressee);
        if (r->failed) {
            return nomem(r->err);
        }
        if (one == NULL) {
            return unknown_voice(r, text + from, end - from);
        }
        list = count == 0 ? one : parley_arena_format(r->arena, "%s,%s", list, one);
        if (list == NULL) {
            return nomem(r->err);
        }
        count++;
        from = end + 1;
    }
    *out = list;
    return PARLEY_OK;
}

/* --------------------------------------------------------------------- dates */

static int month_of(const char *text)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    char lower[4] = "";
    for (int i = 0; i < 3; i++) {
        lower[i] = (char)tolower((unsigned char)text[i]);
    }
    for (int m = 0; m < 12; m++) {
        if (memcmp(&names[m * 3], lower, 3) == 0) {
            return m + 1;
        }
    }
    return 0;
}

/* `13mar`, `13mar25`, `13march2025`, `mar`: as a case file writes it, or NULL. */
static const char *short_date(line_reader *r, const char *text, size_t length)
{
    size_t at = 0;
    int day = 0;
    const parley_date today = parley_date_of_day(r->today);
    int year = today.year;
    while (at < length && at < 2 && isdigit((unsigned char)text[at])) {
        day = day * 10 + (text[at++] - '0');
    }
    size_t letters = at;
    while (letters < length && isalpha((unsigned char)text[letters])) {
        letters++;
    }
    if (letters - at < 3) {
        return NULL;
    }
    int month = month_of(text + at);
    size_t digits = length - letters;
    static const char *const whole[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    for (size_t i = 0; month > 0 && i < letters - at; i++) {
        if (whole[month - 1][i] != (char)tolower((unsigned char)text[at + i])) {
            return NULL; /* `marble` is no month */
        }
    }
    if (month == 0 || (digits != 0 && digits != 2 && digits != 4)) {
        return NULL;
    }
    if (digits > 0) {
        year = 0;
        for (size_t i = letters; i < length; i++) {
            if (!isdigit((unsigned char)text[i])) {
                return NULL;
            }
            year = year * 10 + (text[i] - '0');
        }
        year += digits == 2 ? 2000 : 0;
    } else if (month > today.month || (month == today.month && day > today.day)) {
        year--; /* nobody has said it yet: `31dec` in January was last year */
    }
    const char *date = day > 0 ? parley_arena_format(r->arena, "%04d-%02d-%02d", year, month, day)
                               : parley_arena_format(r->arena, "%04d-%02d", year, month);
    r->failed = r->failed || date == NULL;
    return date;
}

/* One word as a date of a case file, or NULL. */
static const char *plain_date(line_reader *r, const char *text, size_t length)
{
    char day[40];
    bool about = length > 1 && text[0] == '~';
    bool behind = length > 1 && text[length - 1] == '~';
    const char *from = text + (about ? 1 : 0);
    size_t rest = length - (about ? 1u : 0u) - (behind && !about ? 1u : 0u);
    const char *date = NULL;
    parley_date parsed;
    if (is_word(from, rest, "today") || is_word(from, rest, "yesterday")) {
        int32_t number = r->today - (from[0] == 'y');
        parley_date_print(parley_date_of_day(number), day, sizeof(day));
        date = keep(r, day, strlen(day));
    } else if (rest >= 4 && isdigit((unsigned char)from[0]) && isdigit((unsigned char)from[1]) &&
               isdigit((unsigned char)from[2]) && isdigit((unsigned char)from[3])) {
        date = keep(r, from, rest);
    } else {
        date = short_date(r, from, rest);
    }
    if (date != NULL && (about || behind)) {
        date = parley_arena_format(r->arena, "%s~", date);
        r->failed = r->failed || date == NULL;
    }
    return date != NULL && parley_date_parse(&parsed, date, strlen(date), NULL) == PARLEY_OK ? date
                                                                                             : NULL;
}

/* What could not be read, for `as-typed`. */
static void keep_unread(line_reader *r, const char *key, const char *text, size_t length)
{
    char *line = parley_arena_alloc(r->arena, strlen(key) + length + 3);
    if (line == NULL || r->out->as_typed_count == 8) {
        r->failed = r->failed || line == NULL;
        return;
    }
    snprintf(line, strlen(key) + length + 3, "%s: %.*s", key, (int)length, text);
    r->out->as_typed[r->out->as_typed_count++] = line;
}

static int act_of(const char *text, size_t length)
{
    int act = length > 0 ? parley_words_find(PARLEY_WORDS_ACT, text, length) : -1;
    for (size_t i = 0; act < 0 && i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        act = is_word(text, length, verbs[i].word) ? (int)verbs[i].act : -1;
    }
    return act;
}

/*
 * Is the word meant as a date, though it is none? What stands before an act and begins with a
 * digit, or is called tomorrow, cannot be anything else.
 */
static bool meant_as_date(const char *text, size_t length)
{
    const char *behind = text + length + strspn(text + length, " \t");
    const char *digit = text[0] == '~' ? text + 1 : text;
    return (isdigit((unsigned char)*digit) || is_word(text, length, "tomorrow")) &&
           act_of(behind, strcspn(behind, " \t")) >= 0;
}

static void take_date(line_reader *r)
{
    size_t length = word(r);
    const char *side = is_word(r->at, length, "before")  ? "before "
                       : is_word(r->at, length, "after") ? "after "
                                                         : "";
    const char *from = r->at + (side[0] != '\0' ? length + strspn(r->at + length, " \t") : 0);
    size_t rest = strcspn(from, " \t");
    const char *date = rest > 0 ? plain_date(r, from, rest) : NULL;
    if (date != NULL) {
        r->out->date = parley_arena_format(r->arena, "%s%s", side, date);
        r->failed = r->failed || r->out->date == NULL;
        r->at = (char *)(uintptr_t)from + rest;
    } else if (rest > 0 && meant_as_date(from, rest)) {
        size_t whole = (size_t)(from - r->at) + rest;
        keep_unread(r, "date", r->at, whole);
        r->at += whole;
    } else {
        char day[40];
        parley_date_print(parley_date_of_day(r->today), day, sizeof(day));
        r->out->date = keep(r, day, strlen(day));
    }
}

static void take_act(line_reader *r)
{
    size_t length = word(r);
    int act = act_of(r->at, length);
    if (act >= 0) {
        r->at += length;
    }
    r->act_typed = act >= 0;
    r->out->act = parley_words_word(PARLEY_WORDS_ACT, act >= 0 ? (size_t)act : PARLEY_ACT_SAY);
}

/* ------------------------------------------------- pieces that mark themselves */

/* From an opening quotation mark: the words, and the place behind them. NULL: never closed. */
static char *quoted(line_reader *r, const char *open, const char **behind)
{
    char *out = parley_arena_alloc(r->arena, strlen(open) + 1);
    size_t length = 0;
    const char *at = open + 1;
    if (out == NULL) {
        r->failed = true;
        return NULL;
    }
    while (*at != '\0' && *at != '"') {
        if (at[0] == '\\' && (at[1] == '"' || at[1] == '\\')) {
            at++;
        }
        out[length++] = *at++;
    }
    out[length] = '\0';
    *behind = *at == '"' ? at + 1 : NULL;
    return out;
}

static const char *known_key(const char *at, size_t length)
{
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (is_word(at, length, keys[i])) {
            return keys[i];
        }
    }
    return NULL;
}

static parley_status put_key(line_reader *r, const char *key, const char *value)
{
    const char **own = strcmp(key, "id") == 0   ? &r->out->id
                       : strcmp(key, "to") == 0 ? &r->out->to
                                                : NULL;
    bool twice = own != NULL && *own != NULL;
    for (uint32_t i = 0; i < r->out->keys; i++) {
        twice = twice || strcmp(r->out->key[i], key) == 0;
    }
    if (twice) {
        return parley_fail(r->err, PARLEY_INVALID, "'%s' is given twice", key);
    }
    if (own != NULL) {
        if (own == &r->out->to) {
            return voices(r, value, strlen(value), true, own);
        }
        *own = value;
        return PARLEY_OK;
    }
    if (r->out->keys == sizeof(r->out->key) / sizeof(r->out->key[0])) {
        return parley_fail(r->err, PARLEY_LIMIT, "too many keys on one line");
    }
    r->out->key[r->out->keys] = key;
    r->out->value[r->out->keys++] = value;
    return PARLEY_OK;
}

/* `@source/class` or `@source`. An unknown source is kept as it was typed. */
static parley_status take_source(line_reader *r, const char *text, size_t length)
{
    const char *slash = memchr(text, '/', length);
    size_t name = slash != NULL ? (size_t)(slash - text) : length;
    size_t cls = slash != NULL ? length - name - 1 : 0;
    if (r->out->source != NULL || r->out->source_unread) {
        return parley_fail(r->err, PARLEY_INVALID, "'@source' is given twice");
    }
    if (slash != NULL && parley_words_find(PARLEY_WORDS_CLASS, slash + 1, cls) >= 0 && cls > 0) {
        r->out->cls = keep(r, slash + 1, cls);
    } else if (slash != NULL) {
        name = length; /* no class: a source whose name we do not know */
    }
    if (parley_case_find(r->c, "sources", text, name) >= 0) {
        r->out->source = keep(r, text, name);
        return PARLEY_OK;
    }
    if (slash != NULL && parley_case_find(r->c, "sources", text, (size_t)(slash - text)) >= 0) {
        r->out->source = keep(r, text, (size_t)(slash - text));
        keep_unread(r, "class", slash + 1, cls);
        return r->failed ? nomem(r->err) : PARLEY_OK;
    }
    r->out->source_unread = true;
    keep_unread(r, "source", text, name);
    return r->failed ? nomem(r->err) : PARLEY_OK;
}

/*
 * Take what marks itself out of the rest; what stays is what it is about, with single blanks.
 */
static parley_status take_marked(line_reader *r, char *rest)
{
    size_t length = 0;
    bool between = true; /* at the beginning of a word */
    parley_status status = PARLEY_OK;
    for (const char *at = r->at; *at != '\0' && status == PARLEY_OK && !r->failed;) {
        size_t size = strcspn(at, " \t");
        const char *colon = memchr(at, ':', size);
        const char *key = between && colon != NULL ? known_key(at, (size_t)(colon - at)) : NULL;
        if (*at == ' ' || *at == '\t') {
            between = true;
            at++;
            continue;
        }
        if (between && *at == '@' && size > 1) {
            status = take_source(r, at + 1, size - 1);
            at += size;
        } else if (between && key != NULL && colon[1] == '"') {
            const char *behind = NULL;
            char *value = quoted(r, colon + 1, &behind);
            if (value != NULL && behind == NULL) {
                return parley_fail(r->err, PARLEY_SYNTAX, "the quotation after '%s:' is not closed",
                                   key);
            }
            status = value == NULL ? nomem(r->err) : put_key(r, key, value);
            at = behind;
        } else if (between && key != NULL && (size_t)(colon - at) + 1 < size) {
            char *value = keep(r, colon + 1, size - (size_t)(colon - at) - 1);
            status = value == NULL ? nomem(r->err) : put_key(r, key, value);
            at += size;
        } else if (between && *at == '"' && r->out->says == NULL) {
            const char *behind = NULL;
            char *says = quoted(r, at, &behind);
            if (says != NULL && behind == NULL) {
                return parley_fail(r->err, PARLEY_SYNTAX, "the quotation is not closed");
            }
            /* a name in a formula may be quoted too: then an operator stands beside it */
            size_t blank = behind != NULL ? strspn(behind, " \t") : 0;
            bool name =
                behind != NULL && ((behind[blank] == '=' || behind[blank] == '!' ||
                                    behind[blank] == '<' || behind[blank] == '>') ||
                                   (length > 0 && strchr("=<>{,", rest[length - 1]) != NULL));
            if (name) {
                if (length > 0) {
                    rest[length++] = ' ';
                }
                memcpy(rest + length, at, (size_t)(behind - at));
                length += (size_t)(behind - at);
            } else {
                r->out->says = says;
            }
            at = behind;
        } else {
            if (length > 0 && between) {
                rest[length++] = ' ';
            }
            memcpy(rest + length, at, size);
            length += size;
            at += size;
        }
        between = false;
        if (at == NULL) {
            break;
        }
    }
    rest[length] = '\0';
    return r->failed ? nomem(r->err) : status;
}

/* -------------------------------------------------------------------- about */

/* The act that the word is nearly, or NULL; only for words that cannot be a part of the matter. */
static const char *nearly_act(const char *text, size_t length)
{
    const char *names[PARLEY_ACT_COUNT + sizeof(verbs) / sizeof(verbs[0])];
    size_t n = 0;
    for (size_t k = 0; k < PARLEY_ACT_COUNT; k++) {
        names[n++] = parley_words_word(PARLEY_WORDS_ACT, k);
    }
    for (size_t k = 0; k < sizeof(verbs) / sizeof(verbs[0]); k++) {
        names[n++] = verbs[k].word;
    }
    int best = length >= 4 ? parley_nearest(text, length, names, n) : -1;
    return best < 0 ? NULL
           : (size_t)best < PARLEY_ACT_COUNT
               ? names[best]
               : parley_words_word(PARLEY_WORDS_ACT, verbs[(size_t)best - PARLEY_ACT_COUNT].act);
}

static bool is_formula(line_reader *r, const char *text, const char **why)
{
    const parley_formula *f = NULL;
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = parley_case_formula(&f, r->c, r->arena, text, &err);
    r->failed = r->failed || status == PARLEY_NOMEM;
    if (status != PARLEY_OK && why != NULL) {
        size_t first = strcspn(text, " ");
        const char *act = r->act_typed || text[first] == '\0' ? NULL : nearly_act(text, first);
        parley_error rest = PARLEY_ERROR_INIT;
        bool acts = act != NULL && parley_case_formula(&f, r->c, r->arena,
                                                       text + first + strspn(text + first, " "),
                                                       &rest) == PARLEY_OK;
        *why = acts ? parley_arena_format(r->arena, "'%.*s' is no act; did you mean '%s'?",
                                          (int)first, text, act)
               : err.hint[0] != '\0' && strncmp(err.hint, "did you mean", 12) == 0
                   ? parley_arena_format(r->arena, "%s; %s", err.message, err.hint)
                   : keep(r, err.message, strlen(err.message));
        r->failed = r->failed || *why == NULL;
    }
    return status == PARLEY_OK;
}

static void take_about(line_reader *r, char *rest)
{
    char *when = rest[0] == 'i' && rest[1] == 'f' && rest[2] == ' ' ? rest : strstr(rest, " if ");
    uint32_t room = 1;
    for (const char *at = rest; *at != '\0'; at++) {
        room += *at == ';';
    }
    /* `F if G` is a formula of its own; a list of conditions stands after a proposal or an
     * accept-if
     */
    bool lists = when != NULL && (strcmp(r->out->act, "accept-if") == 0 ||
                                  strchr(when, ';') != NULL || !is_formula(r, rest, NULL));
    if (lists) {
        const char **list = parley_arena_array(r->arena, room, sizeof(*list));
        char *at = when + (when == rest ? 3 : 4);
        r->failed = r->failed || list == NULL;
        *when = '\0';
        while (!r->failed && at != NULL) {
            char *next = strchr(at, ';');
            if (next != NULL) {
                *next++ = '\0';
            }
            at += strspn(at, " ");
            size_t length = strlen(at);
            while (length > 0 && at[length - 1] == ' ') {
                length--;
            }
            if (length > 0) {
                list[r->out->condition_count++] = keep(r, at, length);
            }
            at = next;
        }
        r->out->conditions = list;
    }
    if (rest[0] == '\0') {
        return;
    }
    const char *text = keep(r, rest, strlen(rest));
    r->out->about_is_words =
        !r->failed && !r->known(r->user, rest) && !is_formula(r, rest, &r->out->why_words);
    if (!r->out->about_is_words) {
        r->out->about = text;
        return;
    }
    bool meant = parley_formula_looks_like(rest, strlen(rest));
    if (meant) { /* a formula that is wrong is no `about` */
        keep_unread(r, "about", rest, strlen(rest));
    }
    if (r->out->says == NULL) {
        r->out->says = text;
    } else if (!meant) {
        r->out->about = text;
    }
}

/* ----------------------------------------------------------------------- ids */

/* The next free id of the commonest letter among the claims: c24 after c23. */
const char *intake_next_id(const parley_case *c, parley_arena *arena)
{
    uint32_t count[26] = {0};
    uint32_t most[26] = {0};
    int best = 'c' - 'a';
    for (uint32_t i = 0; i < parley_case_claims(c); i++) {
        const char *id = parley_case_claim(c, (int32_t)i)->record.id;
        char *end = NULL;
        unsigned long n = islower((unsigned char)id[0]) ? strtoul(id + 1, &end, 10) : 0;
        if (end != NULL && end > id + 1 && *end == '\0' && n < 1000000000) {
            count[id[0] - 'a']++;
            most[id[0] - 'a'] = n > most[id[0] - 'a'] ? (uint32_t)n : most[id[0] - 'a'];
        }
    }
    for (int k = 0; k < 26; k++) {
        best = count[k] > count[best] ? k : best;
    }
    const char *id = NULL;
    for (uint32_t n = most[best] + 1; id == NULL; n++) {
        id = parley_arena_format(arena, "%c%u", 'a' + best, n);
        if (id == NULL) {
            return NULL;
        }
        id = parley_case_find(c, "claims", id, strlen(id)) >= 0 ? NULL : id;
    }
    return id;
}

static bool known_record(void *user, const char *text)
{
    static const char *const kinds[] = {"proposals", "issues",     "concerns", "claims",
                                        "points",    "candidates", "incidents"};
    for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
        if (parley_case_find(user, kinds[k], text, strlen(text)) >= 0) {
            return true;
        }
    }
    return false;
}

parley_status intake_read_line(parley_logged *out, parley_ctx *ctx, const parley_case *c,
                               parley_arena *arena, const char *line, size_t length, int32_t today,
                               bool (*known)(void *user, const char *id), void *user,
                               parley_error *err)
{
    line_reader r = {.out = out,
                     .ctx = ctx,
                     .c = c,
                     .arena = arena,
                     .today = today,
                     .known = known,
                     .user = user,
                     .err = err};
    size_t bad = 0;
    *out = (parley_logged){.id = NULL};
    if (!parley_utf8_valid(line, length, &bad)) {
        parley_fail(err, PARLEY_SYNTAX, "character %zu of the line is no UTF-8",
                    parley_utf8_characters(line, bad) + 1);
        parley_error_hint(err, "save the text as UTF-8");
        return PARLEY_SYNTAX;
    }
    if (memchr(line, '\0', length) != NULL) {
        return parley_fail(err, PARLEY_SYNTAX, "a line has no zero bytes");
    }
    char *copy = parley_arena_alloc(arena, length + 1);
    char *rest = parley_arena_alloc(arena, length * 2 + 2);
    if (copy == NULL || rest == NULL) {
        return nomem(err);
    }
    memcpy(copy, line, length);
    while (length > 0 && (copy[length - 1] == '\n' || copy[length - 1] == '\r')) {
        length--;
    }
    copy[length] = '\0';
    r.at = copy;
    skip_blanks(&r);
    if (*r.at == '\0') {
        parley_fail(err, PARLEY_SYNTAX, "the line is empty");
        parley_error_hint(err, "who, when, what act, about what: ru 13mar demand arms = stopped");
        return PARLEY_SYNTAX;
    }
    size_t size = 0;
    parley_status status = PARLEY_OK;
    const char *words = NULL;
    if (*r.at == '"') {
        const char *behind = NULL;
        words = quoted(&r, r.at, &behind);
        if (words != NULL && (behind == NULL || words[0] == '\0')) {
            return parley_fail(err, PARLEY_SYNTAX, "the speaker's quotation is %s",
                               behind == NULL ? "not closed" : "empty");
        }
        size = behind != NULL ? (size_t)(behind - r.at) : 0;
        status = words == NULL ? nomem(err) : put_key(&r, "speaker-text", words);
    } else {
        size = word(&r);
        status = voices(&r, r.at, size, false, &out->by);
    }
    if (status != PARLEY_OK) {
        return status;
    }
    r.at += size;
    skip_blanks(&r);
    if (r.at[0] == '>') {
        r.at++;
        skip_blanks(&r);
        size = word(&r);
        status = voices(&r, r.at, size, true, &out->to);
        if (status != PARLEY_OK) {
            return status;
        }
        r.at += size;
        skip_blanks(&r);
    }
    take_date(&r);
    skip_blanks(&r);
    take_act(&r);
    status = take_marked(&r, rest);
    if (status != PARLEY_OK) {
        return status;
    }
    take_about(&r, rest);
    if (!r.failed && out->by == NULL) {
        out->by = out->source;
        if (out->by == NULL) {
            parley_fail(err, PARLEY_INVALID, "nobody speaks for \"%.60s\"", words);
            parley_error_hint(err, "add the source that has it: @source");
            return PARLEY_INVALID;
        }
    }
    return r.failed ? nomem(err) : PARLEY_OK;
}

parley_status parley_log_line(parley_logged *out, parley_ctx *ctx, const parley_case *c,
                              parley_arena *arena, const char *line, size_t length, int32_t today,
                              parley_error *err)
{
    parley_status status = intake_read_line(out, ctx, c, arena, line, length, today, known_record,
                                            (void *)(uintptr_t)c, err);
    if (status == PARLEY_OK && out->id == NULL) {
        out->id = intake_next_id(c, arena);
        out->id_made = true;
        if (out->id == NULL) {
            return nomem(err);
        }
    }
    return status;
}

const char *intake_date(parley_ctx *ctx, parley_arena *arena, int32_t today, const char *text)
{
    parley_logged out = {.id = NULL};
    line_reader r = {.out = &out, .ctx = ctx, .arena = arena, .today = today};
    size_t length = strlen(text);
    r.at = parley_arena_copy(arena, text, length);
    if (r.at == NULL) {
        return NULL;
    }
    take_date(&r);
    return r.failed || r.at[strspn(r.at, " ")] != '\0' ? NULL : out.date;
}

const char *intake_act(const char *text)
{
    int act = act_of(text, strlen(text));
    return act < 0 ? NULL : parley_words_word(PARLEY_WORDS_ACT, (size_t)act);
}
