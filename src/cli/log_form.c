/*
 * The form of parley log: who, when, what act, about what, from where, in which words; then the
 * claim as it will be written, with what it counts as; Enter saves it and the next one begins, with
 * the same day and source.
 *
 * TAB completes and lists, a number picks from the list, part of a name is enough where only one
 * fits, arrow up goes back. A terminal that knows no keys is asked in plain lines: `?` lists, `<`
 * goes back. Each claim is on the disk before the next is asked for; Ctrl-C drops the one at hand
 * and nothing else.
 */
#include "cli/candidates.h"
#include "cli/editor.h"
#include "cli/load.h"
#include "cli/log.h"

#include <parley/screens.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEYS_MOST 32
#define LIST_MOST 20 /* choices shown at once */

/* Fields asked for, in order; the others on request. */
static const struct {
    const char *key;
    const char *label;
    const char *what;
} fields[] = {
    {"by", "who", "a party, party:person, a person or a source"},
    {"date", "when", "13mar, today, 2025-03, ~11mar, before 11mar"},
    {"act", "act", "what the speaker does in saying it"},
    {"about", "about", "a proposal, an issue, a formula (arms = stopped), or words"},
    {"if", "if", "the conditions, with ; between them"},
    {"list", "list", "are these all its conditions? open or complete"},
    {"source", "source", "where we have it from, with its class: weekly/on-record"},
    {"says", "words", "what was said, in words"},
};
enum {
    FIELDS = sizeof(fields) / sizeof(fields[0]),
    F_BY = 0,
    F_DATE,
    F_ACT,
    F_ABOUT,
    F_IF,
    F_LIST,
    F_SOURCE,
    F_SAYS
};

typedef struct form {
    cli_logging *l;
    parley_arena *arena; /* of the entry at hand */
    editor e;
    const char *key; /* that is being asked for */
    const char *before;
    const char *value[KEYS_MOST]; /* by column of the table of claims; NULL: none */
    char date[64];                /* of the last entry, and its source */
    char source[600];
    editor_choice listed[EDITOR_CHOICES_MOST]; /* the list last shown for this field */
    size_t listed_count;
    uint32_t saved;
} form;

static size_t column_of(const char *key)
{
    size_t k = 0;
    while (parley_claims_column(k) != NULL && strcmp(parley_claims_column(k), key) != 0) {
        k++;
    }
    return k;
}

static const char **slot(form *f, const char *key)
{
    return &f->value[column_of(key)];
}

static void say(form *f, parley_ink ink, const char *text)
{
    parley_screen_begin(f->l->call->screen, 0, 2);
    parley_screen_add(f->l->call->screen, ink, text);
    parley_screen_end(f->l->call->screen);
    cli_flush(f->l->call);
}

/* ------------------------------------------------------------------- completion */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool begins(const char *text, const char *with, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (lower(text[i]) != lower(with[i])) {
            return false;
        }
    }
    return true;
}

/* Does a word of the text begin so? */
static bool word_begins(const char *text, const char *with, size_t n)
{
    for (const char *at = text; at != NULL && *at != '\0';) {
        if (strnlen(at, n) == n && begins(at, with, n)) {
            return true;
        }
        at = strpbrk(at, " ,:-");
        at = at == NULL ? NULL : at + strspn(at, " ,:-");
    }
    return false;
}

typedef struct collecting {
    form *f;
    editor_choice *out;
    size_t most;
    size_t count;
    const char *typed;
    size_t length;
    bool by_name; /* the name counts too, not only the id */
} collecting;

static bool collect(void *user, const char *text, const char *about)
{
    collecting *k = user;
    bool fits = strnlen(text, k->length) == k->length && begins(text, k->typed, k->length);
    if (!fits && k->by_name && k->length > 0) {
        fits = word_begins(text, k->typed, k->length) ||
               (about != NULL && word_begins(about, k->typed, k->length));
    }
    if (!fits) {
        return true;
    }
    char *copy = parley_arena_copy(k->f->arena, text, strlen(text));
    char *what = about == NULL ? NULL : parley_arena_copy(k->f->arena, about, strlen(about));
    if (copy == NULL || k->count == k->most) {
        return false;
    }
    k->out[k->count++] = (editor_choice){copy, what};
    return true;
}

/* Where the word begins that ends at the cursor, for the field that is asked for. */
static size_t word_start(const form *f, const char *text)
{
    const char *marks =
        strcmp(f->key, "about") == 0 || strcmp(f->key, "if") == 0 || strcmp(f->key, "only-if") == 0
            ? " ;({,="
        : strcmp(f->key, "source") == 0                           ? "/"
        : strcmp(f->key, "date") == 0 || strcmp(f->key, "?") == 0 ? ""
                                                                  : ",; ";
    size_t from = strlen(text);
    while (from > 0 && strchr(marks, text[from - 1]) == NULL) {
        from--;
    }
    return from;
}

static bool offer_menu(const form *f, cli_offer offer, void *user)
{
    static const char *const words[][2] = {
        {"save", "write it (Enter)"}, {"drop", "forget it"}, {"more", "the rarer fields"}};
    for (size_t i = 0; i < 3; i++) {
        if (!offer(user, words[i][0], words[i][1])) {
            return false;
        }
    }
    for (size_t i = 0; i < FIELDS; i++) {
        if (!offer(user, fields[i].label, fields[i].what)) {
            return false;
        }
    }
    cli_candidates(f->l->c, CLI_PLACE_KEY, "", offer, user);
    return true;
}

static size_t choices(form *f, const char *text, editor_choice *out, size_t most, size_t *from)
{
    *from = word_start(f, text);
    collecting k = {.f = f, .out = out, .most = most, .typed = text + *from};
    k.length = strlen(k.typed);
    char before[EDITOR_LINE_MOST];
    memcpy(before, text, *from);
    before[*from] = '\0';
    bool names = strcmp(f->key, "?") != 0 && strcmp(f->key, "act") != 0;
    for (int pass = 0; pass < 2 && k.count == 0;
         pass++) { /* ids first, then what they are called */
        k.by_name = pass == 1;
        if (pass == 1 && !names) {
            break;
        }
        if (strcmp(f->key, "?") == 0) {
            offer_menu(f, collect, &k);
        } else if (strcmp(f->key, "source") == 0 && *from > 0) {
            cli_candidates(f->l->c, CLI_PLACE_CLASS, before, collect, &k);
        } else {
            cli_candidates_of_key(f->l->c, f->key, before, collect, &k);
        }
    }
    return k.count;
}

static size_t complete(void *user, const char *text, editor_choice *out, size_t most, size_t *from)
{
    return choices(user, text, out, most, from);
}

/* A short numbered list below the line. */
static void show(void *user, const editor_choice *list, size_t count)
{
    form *f = user;
    parley_screen *s = f->l->call->screen;
    size_t shown = count < LIST_MOST ? count : LIST_MOST;
    f->listed_count = shown;
    memcpy(f->listed, list, shown * sizeof(*list));
    for (size_t i = 0; i < shown; i++) {
        parley_screen_begin(s, 2, 8);
        parley_screen_addf(s, PARLEY_INK_DIM, "%2zu ", i + 1);
        parley_screen_add(s, PARLEY_INK_HEADING, list[i].text);
        if (list[i].about != NULL && strcmp(list[i].about, list[i].text) != 0) {
            size_t n = strlen(list[i].about);
            while (n > 44 && ((unsigned char)list[i].about[n] & 0xC0u) == 0x80u) {
                n--;
            }
            size_t cut = n > 44 ? 44 : n;
            while (cut > 0 && cut < n && ((unsigned char)list[i].about[cut] & 0xC0u) == 0x80u) {
                cut--;
            }
            parley_screen_addf(s, PARLEY_INK_DIM, "  %.*s%s", (int)cut, list[i].about,
                               cut < n ? " ..." : "");
        }
        parley_screen_end(s);
    }
    if (count > shown) {
        parley_screen_begin(s, 2, 2);
        parley_screen_addf(s, PARLEY_INK_DIM, "and %zu more: type a few letters", count - shown);
        parley_screen_end(s);
    }
    cli_flush(f->l->call);
}

/* ------------------------------------------------------------------------ asking */

/* The one choice that begins so, or is called so: its id instead of what was typed. */
static const char *resolve(form *f, const char *text)
{
    static const char *const whole[] = {"by", "to", "act", "source", "list", "firmness", NULL};
    editor_choice list[EDITOR_CHOICES_MOST];
    size_t from = 0;
    bool looked_up = false;
    for (size_t i = 0; whole[i] != NULL; i++) {
        looked_up = looked_up || strcmp(f->key, whole[i]) == 0;
    }
    if (!looked_up || text[0] == '\0' || strpbrk(text, ",;\"") != NULL) {
        return text;
    }
    size_t count = choices(f, text, list, EDITOR_CHOICES_MOST, &from);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].text, text + from) == 0) {
            return text;
        }
    }
    return count == 1 ? parley_arena_format(f->arena, "%.*s%s", (int)from, text, list[0].text)
                      : text;
}

/* A number picks from the list that was shown. */
static const char *pick(form *f, const char *text)
{
    char *end = NULL;
    unsigned long n = text[0] >= '1' && text[0] <= '9' ? strtoul(text, &end, 10) : 0;
    if (n == 0 || *end != '\0' || n > f->listed_count) {
        return text;
    }
    return f->listed[n - 1].text;
}

/* A speaker nobody knows is told at once; the same again is taken as it is. */
static bool is_known(form *f, const char *text, const char *before)
{
    if (strcmp(f->key, "by") != 0 || text[0] == '"' || strpbrk(text, ",;") != NULL ||
        (before != NULL && strcmp(before, text) == 0)) {
        return true;
    }
    editor_choice list[EDITOR_CHOICES_MOST];
    const char *names[EDITOR_CHOICES_MOST];
    size_t from = 0;
    size_t count = choices(f, "", list, EDITOR_CHOICES_MOST, &from);
    for (size_t i = 0; i < count; i++) {
        names[i] = list[i].text;
        if (strcmp(list[i].text, text) == 0) {
            return true;
        }
    }
    if (parley_case_find(f->l->c, "people", text, strlen(text)) >= 0 ||
        count == EDITOR_CHOICES_MOST) {
        return true;
    }
    int near = parley_nearest(text, strlen(text), names, count);
    parley_screen *s = f->l->call->screen;
    parley_screen_begin(s, 2, 2);
    parley_screen_addf(s, PARLEY_INK_WARN, "'%s' is no party, person or source", text);
    if (near >= 0) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, "; did you mean '%s'?", names[near]);
    }
    parley_screen_add(s, PARLEY_INK_DIM,
                      near >= 0 ? " TAB or ? lists them" : "; TAB or ? lists them");
    parley_screen_end(s);
    cli_flush(f->l->call);
    return false;
}

/*
 * One field. Enter on an empty line takes what stands in brackets; `-` takes it out. The answer is
 * LINE with *slot set, or why there is none.
 */
static editor_answer ask(form *f, const char *key, const char *label, const char *what,
                         const char *otherwise)
{
    char prompt[700];
    const char **to = slot(f, key);
    const char *before = NULL;
    f->key = key;
    f->listed_count = 0;
    for (;;) {
        bool brackets = otherwise != NULL && otherwise[0] != '\0' && *to == NULL;
        parley_text *safe = parley_text_new(f->l->call->ctx, 4096);
        if (safe != NULL && brackets) {
            parley_safe_add(safe, otherwise, strlen(otherwise));
        }
        snprintf(prompt, sizeof(prompt), "%-7s %s%.60s%s", label, brackets ? "[" : "",
                 brackets && safe != NULL ? parley_text_data(safe) : "", brackets ? "] " : "");
        parley_text_free(safe);
        editor_answer answer = editor_ask(&f->e, prompt, before != NULL ? before : *to);
        const char *line = f->e.line + strspn(f->e.line, " \t");
        size_t n = strlen(line);
        while (n > 0 && (line[n - 1] == ' ' || line[n - 1] == '\t')) {
            n--;
        }
        const char *text = parley_arena_copy(f->arena, line, n);
        if (answer != EDITOR_LINE || text == NULL) {
            return answer == EDITOR_LINE ? EDITOR_CANCEL : answer;
        }
        if (strcmp(text, "<") == 0) {
            return EDITOR_BACK;
        }
        if (strcmp(text, "?") == 0) {
            editor_choice list[EDITOR_CHOICES_MOST];
            size_t from = 0;
            size_t count = choices(f, "", list, EDITOR_CHOICES_MOST, &from);
            say(f, PARLEY_INK_DIM, what);
            show(f, list, count);
            continue;
        }
        if (text[0] == '\0') {
            /* on a terminal with keys what stands there is seen: an emptied line is emptied */
            *to = brackets   ? parley_arena_copy(f->arena, otherwise, strlen(otherwise))
                  : f->e.raw ? NULL
                             : *to;
            return EDITOR_LINE;
        }
        if (strcmp(text, "-") == 0) {
            *to = NULL;
            return EDITOR_LINE;
        }
        text = resolve(f, pick(f, text));
        if (text == NULL) {
            return EDITOR_CANCEL;
        }
        if (!is_known(f, text, before)) {
            before = text;
            continue;
        }
        *to = text;
        return EDITOR_LINE;
    }
}

/* --------------------------------------------------------------------- the claim */

/* The members that have a value, `source/class` as two. */
static parley_status take(form *f, parley_taken *taken, parley_error *err)
{
    const char *key[KEYS_MOST];
    const char *value[KEYS_MOST];
    size_t count = 0;
    const char *source = *slot(f, "source");
    const char *slash = source != NULL ? strrchr(source, '/') : NULL;
    bool cut = slash != NULL && *slot(f, "class") == NULL;
    for (size_t k = 0; parley_claims_column(k) != NULL; k++) {
        const char *name = parley_claims_column(k);
        if (f->value[k] == NULL || count + 2 > KEYS_MOST) {
            continue;
        }
        bool here = cut && strcmp(name, "source") == 0;
        key[count] = name;
        value[count++] =
            here ? parley_arena_copy(f->arena, source, (size_t)(slash - source)) : f->value[k];
        if (value[count - 1] == NULL) {
            return parley_fail(err, PARLEY_NOMEM, "out of memory");
        }
        if (strcmp(name, "by") == 0 && f->value[k][0] == '"' && source != NULL) {
            /* a speaker in quotes is kept as words, and the source has the voice */
            const char *words = f->value[k] + 1;
            size_t n = strcspn(words, "\"");
            value[count - 1] =
                cut ? parley_arena_copy(f->arena, source, (size_t)(slash - source)) : source;
            key[count] = "speaker-text";
            value[count++] = parley_arena_copy(f->arena, words, n);
            if (value[count - 1] == NULL || value[count - 2] == NULL) {
                return parley_fail(err, PARLEY_NOMEM, "out of memory");
            }
        }
        if (here && slash[1] != '\0') {
            key[count] = "class";
            value[count++] = slash + 1;
        }
    }
    for (size_t k = 0; k < count; k++) {
        parley_status status = cli_log_ready(f->l, value[k], strlen(value[k]), err);
        if (status != PARLEY_OK) {
            return status;
        }
    }
    return parley_intake_members(taken, f->l->in, f->arena, key, value, count, err);
}

static void tell(form *f, const parley_error *err)
{
    parley_screen *s = f->l->call->screen;
    parley_screen_begin(s, 2, 2);
    parley_screen_add(s, PARLEY_INK_WARN, err->message);
    if (err->hint[0] != '\0') {
        parley_screen_addf(s, PARLEY_INK_PLAIN, "; %s", err->hint);
    }
    parley_screen_end(s);
    cli_flush(f->l->call);
}

/* The claim as it will be written. False: it cannot be, and why was told. */
static bool preview(form *f)
{
    parley_taken taken;
    parley_error err = PARLEY_ERROR_INIT;
    if (take(f, &taken, &err) != PARLEY_OK) {
        tell(f, &err);
        return false;
    }
    cli_log_show(f->l, &taken);
    if (parley_page_claim(f->l->call->screen, f->l->call->ctx, taken.in, taken.claim, &err) !=
        PARLEY_OK) {
        tell(f, &err);
    }
    cli_flush(f->l->call);
    return true;
}

/* Durable. Another program may have written meanwhile: the case is read again under the lock. */
static bool save(form *f)
{
    cli_logging *l = f->l;
    parley_taken taken;
    parley_error err = PARLEY_ERROR_INIT;
    parley_status status = parley_store_begin(l->store, &err);
    if (status == PARLEY_OK) {
        status = cli_log_renew(l, &err);
    }
    if (status == PARLEY_OK) {
        status = take(f, &taken, &err);
    }
    if (status == PARLEY_OK) {
        status = cli_log_add(l, &taken, &err);
    }
    if (status == PARLEY_OK) {
        status = cli_log_check(l, NULL, &err);
    }
    if (status == PARLEY_OK && !l->dry) {
        status = parley_store_commit(l->store, &err);
    }
    if (status != PARLEY_OK || l->dry) {
        parley_error again = PARLEY_ERROR_INIT;
        parley_store_rollback(l->store);
        if (cli_log_renew(l, &again) != PARLEY_OK) {
            tell(f, &again);
        }
    }
    if (status != PARLEY_OK) {
        tell(f, &err);
        return false;
    }
    f->saved++;
    parley_screen_begin(l->call->screen, 0, 0);
    parley_screen_addf(l->call->screen, PARLEY_INK_GOOD, "%s %s", taken.id,
                       l->dry                ? "would be saved (--dry-run)"
                       : taken.corrects >= 0 ? "corrected"
                                             : "saved");
    parley_screen_end(l->call->screen);
    cli_flush(l->call);
    return true;
}

/* -------------------------------------------------------------------- one entry */

/* Is the field asked for, given what was said before? */
static bool is_asked(const form *f, size_t field)
{
    const char *act = f->value[column_of("act")];
    bool conditional = act != NULL && strcmp(act, "accept-if") == 0;
    return (field != F_IF && field != F_LIST) || conditional;
}

static const char *default_of(form *f, size_t field)
{
    char today[40];
    if (field == F_DATE) {
        if (f->date[0] != '\0') {
            return f->date;
        }
        parley_date_print(parley_date_of_day(cli_today()), today, sizeof(today));
        return parley_arena_format(f->arena, "%s", today);
    }
    return field == F_SOURCE && f->source[0] != '\0' ? f->source : NULL;
}

/* The fields one by one. LINE: all were asked for. */
static editor_answer ask_all(form *f)
{
    for (size_t i = 0; i < FIELDS;) {
        if (!is_asked(f, i)) {
            i++;
            continue;
        }
        editor_answer answer =
            ask(f, fields[i].key, fields[i].label, fields[i].what, default_of(f, i));
        if (answer == EDITOR_BACK) {
            while (i > 0 && !is_asked(f, --i)) {
            }
            continue;
        }
        if (answer != EDITOR_LINE) {
            return answer;
        }
        if (i == F_BY && *slot(f, "by") == NULL) {
            if (!f->e.raw || f->e.eof) {
                return EDITOR_END;
            }
            say(f, PARLEY_INK_DIM, "who said it? Ctrl-D ends, TAB lists");
            continue;
        }
        i++;
    }
    return EDITOR_LINE;
}

/* `key:value`, a field's name, or a key. False: it is none of these. */
static bool change(form *f, const char *text, editor_answer *answer)
{
    size_t n = strcspn(text, ": ");
    const char *name = parley_arena_copy(f->arena, text, n);
    const char *key = NULL;
    const char *what = "its value";
    *answer = EDITOR_LINE;
    if (name == NULL) {
        *answer = EDITOR_CANCEL;
        return true;
    }
    for (size_t i = 0; i < FIELDS; i++) {
        if (strcmp(name, fields[i].label) == 0 || strcmp(name, fields[i].key) == 0) {
            key = fields[i].key;
            what = fields[i].what;
        }
    }
    size_t column = column_of(name);
    key = key == NULL && column > 0 ? parley_claims_column(column) : key;
    if (key == NULL) {
        return false;
    }
    if (text[n] != '\0') {
        const char *value = text + n + 1 + strspn(text + n + 1, " ");
        *slot(f, key) = value[0] == '\0' ? NULL : value;
        return true;
    }
    *answer = ask(f, key, key, what, NULL);
    *answer = *answer == EDITOR_BACK ? EDITOR_LINE : *answer;
    return true;
}

/* Save, correct or drop. LINE: the entry is saved; BACK: it is dropped. */
static editor_answer decide(form *f)
{
    for (bool good = preview(f);;) {
        f->key = "?";
        f->listed_count = 0;
        editor_answer answer = editor_ask(&f->e,
                                          good ? "save?   [Enter; a field to correct, more, drop] "
                                               : "mend    [a field to correct, more, drop] ",
                                          NULL);
        if (answer == EDITOR_BACK) {
            answer = ask(f, "says", "words", fields[F_SAYS].what, NULL);
            if (answer == EDITOR_BACK) {
                answer = ask_all(f);
            }
            if (answer != EDITOR_LINE) {
                return answer;
            }
            good = preview(f);
            continue;
        }
        if (answer != EDITOR_LINE) {
            return answer;
        }
        const char *line = f->e.line + strspn(f->e.line, " ");
        const char *text = parley_arena_copy(f->arena, line, strlen(line));
        if (text == NULL) {
            return EDITOR_CANCEL;
        }
        text = pick(f, text);
        if (strcmp(text, "drop") == 0 || strcmp(text, "d") == 0) {
            say(f, PARLEY_INK_DIM, "dropped");
            return EDITOR_BACK;
        }
        if (good && (text[0] == '\0' || strcmp(text, "save") == 0 || strcmp(text, "s") == 0 ||
                     strcmp(text, "y") == 0)) {
            if (save(f)) {
                return EDITOR_LINE;
            }
            good = false;
            continue;
        }
        if (strcmp(text, "more") == 0 || strcmp(text, "m") == 0 || strcmp(text, "?") == 0) {
            editor_choice list[EDITOR_CHOICES_MOST];
            collecting k = {.f = f, .out = list, .most = EDITOR_CHOICES_MOST, .typed = ""};
            cli_candidates(f->l->c, CLI_PLACE_KEY, "", collect, &k);
            say(f, PARLEY_INK_DIM, "a number, a name, or name:value at once");
            show(f, list, k.count < LIST_MOST ? k.count : k.count);
            continue;
        }
        if (text[0] != '\0' && !change(f, text, &answer)) {
            say(f, PARLEY_INK_DIM,
                "Enter saves; drop forgets; more lists the fields; or type the "
                "name of one");
            continue;
        }
        if (answer == EDITOR_DROP || answer == EDITOR_CANCEL || answer == EDITOR_END) {
            return answer;
        }
        good = preview(f);
    }
}

/* What was typed and is not saved, as words, so that it can be copied. */
static void show_lost(form *f)
{
    parley_screen *s = f->l->call->screen;
    bool any = false;
    for (size_t k = 0; parley_claims_column(k) != NULL; k++) {
        if (f->value[k] == NULL) {
            continue;
        }
        if (!any) {
            parley_screen_begin(s, 0, 4);
            parley_screen_add(s, PARLEY_INK_WARN, "not saved:");
        }
        parley_screen_addf(s, PARLEY_INK_PLAIN, " %s:\"%s\"", parley_claims_column(k), f->value[k]);
        any = true;
    }
    if (any) {
        parley_screen_end(s);
        cli_flush(f->l->call);
    }
}

static void remember(form *f)
{
    const char *date = *slot(f, "date");
    const char *source = *slot(f, "source");
    snprintf(f->date, sizeof(f->date), "%s", date != NULL ? date : "");
    snprintf(f->source, sizeof(f->source), "%s", source != NULL ? source : "");
}

static int end(form *f, editor_answer last)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_head head;
    if (last != EDITOR_LINE) {
        show_lost(f);
    }
    parley_screen_begin(f->l->call->screen, 0, 0);
    parley_screen_addf(f->l->call->screen, PARLEY_INK_PLAIN, "%u claim%s saved", f->saved,
                       f->saved == 1 ? "" : "s");
    parley_screen_end(f->l->call->screen);
    if (f->saved > 0 && !f->l->dry &&
        parley_store_head(&head, f->l->store, PARLEY_STORE_NOW, &err) == PARLEY_OK) {
        cli_show_head(f->l->call, &head);
    }
    cli_flush(f->l->call);
    return last == EDITOR_CANCEL ? CLI_INTERRUPTED : CLI_DONE;
}

int cli_log_form(cli_logging *l)
{
    form *f = parley_alloc(l->call->ctx, sizeof(*f));
    parley_error err = PARLEY_ERROR_INIT;
    parley_arena *arena = parley_arena_new(l->call->ctx);
    if (f == NULL || arena == NULL) {
        parley_release(l->call->ctx, f, f != NULL ? sizeof(*f) : 0);
        parley_arena_free(arena);
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(l->call, &err);
    }
    f->l = l;
    l->form = true;
    f->arena = arena;
    editor_begin(&f->e, l->call->ctx, l->call->width);
    f->e.complete = complete;
    f->e.show = show;
    f->e.user = f;
    say(f, PARLEY_INK_DIM,
        f->e.raw ? "TAB completes and lists, arrow up goes back, Ctrl-C drops the entry, Ctrl-D "
                   "ends."
                 : "? lists, < goes back, - leaves out, an empty 'who' ends.");
    parley_arena_mark here = parley_arena_here(arena);
    editor_answer answer = EDITOR_LINE;
    for (bool over = false; !over;) {
        memset(f->value, 0, sizeof(f->value));
        parley_arena_reset(arena, here);
        parley_arena_mark shown = parley_arena_here(l->arena);
        answer = ask_all(f);
        if (answer == EDITOR_LINE) {
            answer = decide(f);
        }
        bool blank = true;
        for (size_t k = 0; k < KEYS_MOST; k++) {
            blank = blank && f->value[k] == NULL;
        }
        if (answer == EDITOR_LINE) {
            remember(f);
        }
        over = answer == EDITOR_END || answer == EDITOR_CANCEL || (answer == EDITOR_DROP && blank);
        if (answer == EDITOR_DROP && !blank) {
            show_lost(f);
        }
        parley_arena_reset(l->arena, shown);
        if (!over) {
            say(f, PARLEY_INK_PLAIN, "");
        }
    }
    int exit = end(f, answer == EDITOR_DROP ? EDITOR_LINE : answer);
    parley_release(l->call->ctx, f, sizeof(*f));
    parley_arena_free(arena);
    return exit;
}
